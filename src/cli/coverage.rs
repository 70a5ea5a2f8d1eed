//! `lmnet coverage`: who of those who each owe something in a year has done it.

use clap::{Args, ValueEnum};

use super::{Context, Done};
use crate::lang::Lang;
use crate::mandate::Mandates;
use crate::names::Names;
use crate::registry::Registry;
use crate::render::{markdown, table, text};
use crate::report::coverage::{compute, document, json, sheet};

/// What `coverage` takes.
#[derive(Debug, Args)]
#[command(
    before_long_help = "\
Examples:
  lmnet coverage --year 2026                          every network: who has done what, and who sits where
  lmnet coverage --year 2026 --network lm-fjordnett
  lmnet coverage --year 2025 --format csv -o coverage-2025.csv",
    after_long_help = "\
A duty belongs to the year that it is for: the report for 2025, due in January 2026, stands in 2025. How it stands is told
as of today (or --today), so a year that is not over shows what is still to come. Seats are those on the last day of the
year, or today. What evidence was not kept for (\"tracked\" in the network's record) is told in one line; json and csv hold
all of it."
)]
pub struct Arguments {
    /// The year
    #[arg(long, value_parser = clap::value_parser!(i32).range(1800..3000))]
    year: i32,
    /// Only this network
    #[arg(long, value_name = "ID")]
    network: Option<String>,
    /// How to print [default: table, or by the ending of --output]
    #[arg(long, value_enum)]
    format: Option<Format>,
}

/// Formats of coverage.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    /// For people: a grid for each network
    #[value(alias = "txt")]
    Table,
    /// lmnet-coverage version 1
    Json,
    /// CSV as RFC 4180 has it: a row for each of who owes what for which period
    Csv,
    /// Markdown
    Md,
}

pub(super) fn run(arguments: &Arguments, context: &Context<'_>) -> anyhow::Result<Done> {
    let loaded = context.load_readable()?;
    let registry: &Registry = &loaded.registry;
    let day = context.today()?;
    let network = super::asked_network(registry, arguments.network.as_deref())?;
    let lang = match (context.asked()?, network.and_then(|network| network.language)) {
        (None, Some(language)) => Lang::from(language),
        _ => context.lang(registry)?,
    };
    let mandates = Mandates::new(registry);
    let coverage = compute(&mandates, day, arguments.year, arguments.network.as_deref());
    let names = Names { registry, lang };
    let page = || document(&coverage, &mandates, &names).then(loaded.remark(lang));
    let out = match context.format(arguments.format, Format::Table)? {
        Format::Table => text::document(&page(), context.width()),
        Format::Md => markdown::document(&page()),
        Format::Csv => table::csv(&sheet(&coverage, lang))?,
        Format::Json => table::pretty_json(&loaded.machine(json(&coverage, &mandates, &names))),
    };
    Ok(Done { out: out.into(), talk: super::unsound(&loaded, lang), ..Done::default() })
}
