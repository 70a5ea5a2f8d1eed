//! `lmnet offerings stats`, beside the verbs of every kind of record.

use std::ops::RangeInclusive;

use anyhow::bail;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, Subcommand, ValueEnum};

use super::footer::Footer;
use super::list::{self, Noun, OfferingFilters};
use super::report::Audience;
use super::{Context, Done, asked_network};
use crate::lang::{Lang, Said};
use crate::model::Offering;
use crate::names::{Names, label};
use crate::read::Target;
use crate::render::{docx, html, markdown, table, text, xlsx};
use crate::report::stats::{self, Dimension, Query};
use crate::say;
use crate::view::{self, Filter, OfferingFilter, Order, View, Wanted};

/// What can be done with offerings.
#[derive(Debug, Subcommand)]
pub enum Offerings {
    /// What can be done with records of every kind.
    #[command(flatten)]
    Noun(Noun<OfferingFilters>),
    /// Count offerings, runs and participants by one or two properties
    Stats(Box<Arguments>),
    /// Add a run: one more time that an offering was or will be held
    Run(Box<super::run::Arguments>),
}

/// What `offerings stats` takes.
#[derive(Debug, Args)]
#[command(
    before_long_help = "\
Examples:
  lmnet offerings stats --by reach --year 2025
  lmnet offerings stats --by trust,reach --years 2023..2025 -o tilbod.xlsx
  lmnet offerings stats --by year --years 2023..2025 --municipality vagvik -o vagvik.html
  lmnet offerings stats --by condition --for relatives --year 2025 --format csv",
    after_long_help = "\
A joint offering counts once in totals and under each part that it belongs to. Small numbers of participants are hidden,
with as many others as it takes, unless the figures are for the network itself (--audience internal). That protects one
table, not several held together: tables of the same offerings with other filters can give away what is hidden here.",
    mut_arg("audience", |filter| filter.long("for"))
)]
pub struct Arguments {
    /// By what: one property, or two divided by a comma
    #[arg(long, required = true, value_delimiter = ',', value_name = "PROPERTIES", value_parser = dimension())]
    by: Vec<Dimension>,
    /// The year
    #[arg(long, value_parser = clap::value_parser!(i32).range(1800..3000), required_unless_present = "years")]
    year: Option<i32>,
    /// The years from the first to the last, as 2014..2016
    #[arg(long, value_name = "YEARS", value_parser = years, conflicts_with = "year")]
    years: Option<RangeInclusive<i32>>,
    #[command(flatten)]
    filters: OfferingFilters,
    /// Only what belongs to this network
    #[arg(long, value_name = "ID")]
    network: Option<String>,
    /// Only offerings with these words, in Nynorsk or Bokmål spelling
    #[arg(long, value_name = "WORDS")]
    search: Option<String>,
    /// Who will read it
    #[arg(id = "reader", long = "audience", value_enum, default_value_t = Audience::Public, value_name = "AUDIENCE")]
    reader: Audience,
    /// How to print [default: table, or by the ending of --output]
    #[arg(long, value_enum)]
    format: Option<Format>,
    /// Count what could be read of a registry with errors
    #[arg(long)]
    partial: bool,
}

/// Formats of cross tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For the terminal
    #[value(alias = "txt")]
    Table,
    /// lmnet-offerings-stats version 1
    Json,
    /// A line for each combination and each sum
    Csv,
    /// Markdown
    Md,
    /// A web page with a chart, all in one file
    #[value(alias = "htm")]
    Html,
    /// For Word and LibreOffice
    Docx,
    /// A workbook with a sheet for each table
    Xlsx,
}

fn dimension() -> impl TypedValueParser<Value = Dimension> {
    PossibleValuesParser::new(Dimension::ALL.map(Dimension::word))
        .try_map(|word| Dimension::from_word(&word).ok_or("unknown property"))
}

fn years(text: &str) -> Result<RangeInclusive<i32>, String> {
    match super::years(text)? {
        years if years.end() - years.start() >= 100 => Err("are more than a hundred".to_owned()),
        years => Ok(years),
    }
}

pub(super) fn run(noun: &Offerings, context: &Context<'_>) -> anyhow::Result<Done> {
    match noun {
        Offerings::Noun(noun) => list::run::<Offering, _>(noun, context),
        Offerings::Stats(arguments) => count(arguments, context),
        Offerings::Run(arguments) => super::run::run(arguments, context),
    }
}

fn no_years() -> Said {
    say!(nn: "--year og --years manglar", nb: "--year og --years mangler", en: "no --year and no --years")
}

fn count(arguments: &Arguments, context: &Context<'_>) -> anyhow::Result<Done> {
    match arguments.by[..] {
        [first, second] if first == second => {
            let word = first.word();
            bail!(say!(
                nn: "--by nemner «{word}» to gonger",
                nb: "--by nevner «{word}» to ganger",
                en: "--by names '{word}' twice",
            ))
        }
        [_] | [_, _] => {}
        _ => bail!(say!(
            nn: "--by tek éin eigenskap eller to, med komma imellom",
            nb: "--by tar én egenskap eller to, med komma imellom",
            en: "--by takes one property or two, divided by a comma",
        )),
    }
    let loaded = if arguments.partial { context.load_readable()? } else { context.load_sound()? };
    let registry = &*loaded.registry;
    let lang = context.lang_of(registry, asked_network(registry, arguments.network.as_deref())?)?;
    let names = Names { registry, lang };
    let filter = OfferingFilter::from(arguments.filters.clone());
    filter.check(registry)?;
    let view = View { registry, lang, today: context.today()?, year: None };
    let wanted = Wanted {
        search: arguments.search.clone(),
        network: arguments.network.clone(),
        all: true, // which of them count in the years is told by the counting
        columns: Vec::new(),
        sort: Vec::new(),
    };
    let list = view::select::<Offering>(&view, &wanted, &filter, Order::Id)?;
    let years = arguments.years.clone().or(arguments.year.map(|year| year..=year)).ok_or_else(no_years)?;
    let query = Query {
        by: arguments.by.clone(),
        years,
        audience: arguments.reader.into(),
        selection: selection(arguments, &filter, &names),
    };
    let stats = stats::compute(&names, &list.entries, query);
    let format = context.format(arguments.format, Format::Table)?;
    let document = || stats::document(&stats, lang, format == Format::Html).then(loaded.remark(lang));
    let page = || [Footer::new(registry, view.today).under(document())];
    let out = match format {
        Format::Table => text::document(&document(), context.width()).into(),
        Format::Md => markdown::document(&document()).into(),
        Format::Html => html::documents(&page()).into(),
        Format::Docx => docx::documents(&page())?.into(),
        Format::Xlsx => xlsx::documents(&page())?.into(),
        Format::Csv => table::csv(&stats::sheet(&stats, lang))?.into(),
        Format::Json => table::pretty_json(&loaded.machine(stats::json(&stats))).into(),
    };
    Ok(Done { out, talk: super::unsound(&loaded, lang), ..Done::default() })
}

/// What was asked for, in words.
fn selection(arguments: &Arguments, filter: &OfferingFilter, names: &Names<'_>) -> Vec<(String, String)> {
    let lang = names.lang;
    let heading = |key: &str| label(key).map_or(key, |label| label.get(lang)).to_owned();
    let body = |id: &Option<String>| id.as_ref().map(|id| names.short(id));
    let reach = filter.reach.map(|reach| match reach {
        Some(reach) => reach.label().get(lang).to_owned(),
        None => Dimension::Reach.without(lang).to_lowercase(),
    });
    let search = |lang: Lang| say!(lang, nn: "Søk", nb: "Søk", en: "Search");
    let parts = [
        (heading("network"), body(&arguments.network)),
        (heading("organiser"), body(&filter.organiser)),
        (Dimension::Trust.label(lang), body(&filter.trust)),
        (heading("municipality"), body(&filter.municipality)),
        (heading("care-level"), filter.care_level.map(|it| it.label().get(lang).to_owned())),
        (heading("reach"), reach),
        (heading("form"), filter.form.map(|it| it.label().get(lang).to_owned())),
        (heading("scope"), filter.scope.map(|it| it.label().get(lang).to_owned())),
        (heading("condition"), filter.condition.as_ref().map(|id| names.reference(Target::Condition, id))),
        (heading("audience"), filter.audience.map(|it| it.label().get(lang).to_owned())),
        (search(lang), arguments.search.clone()),
    ];
    parts.into_iter().filter_map(|(what, value)| Some((what, value?))).collect()
}
