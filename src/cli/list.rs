//! `lmnet <kind> list` and `lmnet <kind> show`.

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, Subcommand, ValueEnum};

use super::footer::Footer;
use super::{Context, Done, unsound};
use crate::date::Date;
use crate::mandate::Mandates;
use crate::model::{
    AgreementKind, Audience, Background, CareLevel, Form, Kind, MatterKind, MatterStatus, MeetingKind, Module,
    OrganisationKind, PlanKind, Reach, ReportKind, Role, Scope, Side,
};
use crate::read::Word;
use crate::render::{docx, html, markdown, table, text, xlsx};
use crate::report;
use crate::say;
use crate::view::{self, Filter, Listed, Order, View, Wanted};

const LIST_EXAMPLES: &str = "\
Examples:
  lmnet offerings list --search meistring --columns id,title,organiser,condition
  lmnet offerings list --municipality oyfjord --since 2025-08-01 -o tilbod.docx
  lmnet organisations list --kind municipality --trust helse-ytterkyst --today 2024-12-31
  lmnet meetings list --network lm-fjordnett --year 2025 --sort start
  lmnet matters list --status ongoing --format csv -o saker.csv";

const SHOW_EXAMPLES: &str = "\
Examples:
  lmnet organisations show vagvik
  lmnet agreements show mandat-fjordnett --lang en
  lmnet plans show fjordnett-2026 -o handlingsplan.docx
  lmnet reports show fjordnett-2025 --format json";

/// What can be done with records of a kind.
#[derive(Debug, Subcommand)]
pub enum Noun<F: Args> {
    /// List records: filtered, sorted, with the columns you choose
    #[command(before_long_help = LIST_EXAMPLES)]
    List(Box<ListArguments<F>>),
    /// Show one record and everything that refers to it
    #[command(before_long_help = SHOW_EXAMPLES)]
    Show(ShowArguments),
}

/// What `list` takes.
#[derive(Debug, Args)]
pub struct ListArguments<F: Args> {
    #[command(flatten)]
    filters: F,
    /// Only what belongs to this network
    #[arg(long, value_name = "ID")]
    network: Option<String>,
    /// Only what counts in, holds in or touches this year; figures are for the year
    #[arg(long, value_name = "YEAR", value_parser = clap::value_parser!(i32).range(1800..3000))]
    year: Option<i32>,
    /// Only records with these words, in Nynorsk or Bokmål spelling
    #[arg(long, value_name = "WORDS")]
    search: Option<String>,
    /// Also what is not in force on the day (--today)
    #[arg(long)]
    all: bool,
    /// Columns, divided by commas; any key of the kind, and a few that are computed. Without it, html, docx and xlsx have
    /// those that others need: of offerings no counts
    #[arg(long, value_name = "KEYS", value_delimiter = ',')]
    columns: Vec<String>,
    /// Columns to sort by, divided by commas; -year turns the order
    #[arg(long, value_name = "KEYS", value_delimiter = ',', allow_hyphen_values = true)]
    sort: Vec<String>,
    /// How to print [default: table, or by the ending of --output]
    #[arg(long, value_enum)]
    format: Option<Format>,
}

/// What `show` takes.
#[derive(Debug, Args)]
pub struct ShowArguments {
    /// The id of the record
    id: String,
    /// How to print [default: table, or by the ending of --output]
    #[arg(long, value_enum)]
    format: Option<Format>,
}

/// Formats of lists and records.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For the terminal
    #[value(alias = "txt")]
    Table,
    /// JSON with schema and version
    Json,
    /// YAML with schema and version
    #[value(alias = "yml")]
    Yaml,
    /// CSV as RFC 4180 has it
    Csv,
    /// Markdown
    Md,
    /// A web page, all in one file
    #[value(alias = "htm")]
    Html,
    /// For Word and LibreOffice
    Docx,
    /// A workbook
    Xlsx,
}

/// A word of a closed list on the command line.
fn word<T: Word>() -> impl TypedValueParser<Value = T> {
    PossibleValuesParser::new(T::WORDS).try_map(|word| T::from_word(&word).ok_or("unknown word"))
}

/// A reach, or the word for offerings that nobody has classified.
fn reach() -> impl TypedValueParser<Value = ReachChoice> {
    PossibleValuesParser::new(Reach::WORDS.iter().copied().chain(["unclassified"]))
        .map(|word| ReachChoice(Reach::from_word(&word)))
}

/// A reach, or none.
#[derive(Clone, Copy, Debug)]
pub struct ReachChoice(Option<Reach>);

macro_rules! filters {
    ($(
        $(#[doc = $doc:literal])*
        $name:ident for $filter:ident {
            $( $(#[doc = $field_doc:literal])* $(#[arg($($arg:tt)*)])* $field:ident: $type:ty, )*
        }
    )*) => {$(
        $(#[doc = $doc])*
        #[derive(Clone, Debug, Args)]
        pub struct $name {
            $( $(#[doc = $field_doc])* $(#[arg($($arg)*)])* $field: Option<$type>, )*
        }

        impl From<$name> for view::$filter {
            fn from(filters: $name) -> Self {
                Self { $( $field: filters.$field.map(Into::into), )* }
            }
        }
    )*};
}

impl From<ReachChoice> for Option<Reach> {
    fn from(choice: ReachChoice) -> Self {
        choice.0
    }
}

filters! {
    /// Filters of offerings.
    OfferingFilters for OfferingFilter {
        /// Who answers for it
        #[arg(long, value_name = "ID")]
        organiser: String,
        /// A municipality that answers for it or takes part, itself or a part of it, houses a run, or whose people it is open to
        #[arg(long, value_name = "ID")]
        municipality: String,
        /// A trust that answers for it, itself or through a part of it
        #[arg(long, value_name = "ID")]
        trust: String,
        /// The level of the service
        #[arg(long, value_parser = word::<CareLevel>(), value_name = "LEVEL")]
        care_level: CareLevel,
        /// How far it reaches
        #[arg(long, value_parser = reach(), value_name = "REACH")]
        reach: ReachChoice,
        /// How it is given
        #[arg(long, value_parser = word::<Form>(), value_name = "FORM")]
        form: Form,
        /// For one diagnosis or across
        #[arg(long, value_parser = word::<Scope>(), value_name = "SCOPE")]
        scope: Scope,
        /// The condition, from the list in lmnet.toml
        #[arg(long, value_name = "ID")]
        condition: String,
        /// Whom it is for
        #[arg(long, value_parser = word::<Audience>(), value_name = "AUDIENCE")]
        audience: Audience,
        /// Only what is new: offerings that begin on this day or later, or with a run that does; a time that is not known to
        /// the day counts as late as it can be
        #[arg(long, value_parser = super::day, value_name = "DATE")]
        since: Date,
    }

    /// Filters of organisations.
    OrganisationFilters for OrganisationFilter {
        /// What it is
        #[arg(long, value_parser = word::<OrganisationKind>(), value_name = "KIND")]
        kind: OrganisationKind,
        /// A trust that it is a part of or in whose catchment it lies
        #[arg(long, value_name = "ID")]
        trust: String,
        /// A municipality or county code that it has or had
        #[arg(long, value_name = "CODE")]
        code: String,
    }

    /// Filters of networks.
    NetworkFilters for NetworkFilter {
        /// An organisation that takes part, or did
        #[arg(long, value_name = "ID")]
        party: String,
    }

    /// Filters of agreements.
    AgreementFilters for AgreementFilter {
        /// What it is
        #[arg(long, value_parser = word::<AgreementKind>(), value_name = "KIND")]
        kind: AgreementKind,
        /// Whom it binds
        #[arg(long, value_name = "ID")]
        party: String,
    }

    /// Filters of members.
    MemberFilters for MemberFilter {
        /// Where they come from
        #[arg(long, value_name = "ID")]
        organisation: String,
        /// Where they sit
        #[arg(long, value_name = "ID")]
        body: String,
        /// The role
        #[arg(long, value_parser = word::<Role>(), value_name = "ROLE")]
        role: Role,
        /// Professional or user representative
        #[arg(long, value_parser = word::<Background>(), value_name = "BACKGROUND")]
        background: Background,
    }

    /// Filters of courses.
    CourseFilters for CourseFilter {
        /// The module
        #[arg(long, value_parser = word::<Module>(), value_name = "MODULE")]
        module: Module,
        /// Who holds it, itself or through a part of it
        #[arg(long, value_name = "ID")]
        organiser: String,
        /// Whom it is for
        #[arg(long, value_parser = word::<Side>(), value_name = "SIDE")]
        audience: Side,
    }

    /// Filters of meetings.
    MeetingFilters for MeetingFilter {
        /// What it is
        #[arg(long, value_parser = word::<MeetingKind>(), value_name = "KIND")]
        kind: MeetingKind,
        /// Who meets
        #[arg(long, value_name = "ID")]
        body: String,
        /// Who arranges it, itself or through a part of it
        #[arg(long, value_name = "ID")]
        organiser: String,
        /// Whom it is for
        #[arg(long, value_parser = word::<Side>(), value_name = "SIDE")]
        audience: Side,
    }

    /// Filters of plans.
    PlanFilters for PlanFilter {
        /// What it plans
        #[arg(long, value_parser = word::<PlanKind>(), value_name = "KIND")]
        kind: PlanKind,
    }

    /// Filters of reports.
    ReportFilters for ReportFilter {
        /// What it is
        #[arg(long, value_parser = word::<ReportKind>(), value_name = "KIND")]
        kind: ReportKind,
        /// Who compiles it
        #[arg(long, value_name = "ID")]
        by: String,
    }

    /// Filters of matters.
    MatterFilters for MatterFilter {
        /// What it is
        #[arg(long, value_parser = word::<MatterKind>(), value_name = "KIND")]
        kind: MatterKind,
        /// How it stands
        #[arg(long, value_parser = word::<MatterStatus>(), value_name = "STATUS")]
        status: MatterStatus,
        /// The focus area, as agreement/area
        #[arg(long, value_name = "AREA")]
        focus_area: String,
        /// Who has it, did it, got it or took part
        #[arg(long, value_name = "ID")]
        body: String,
    }
}

/// What turns command-line filters into filters of records.
pub(super) trait Filters<T>: Args + Clone {
    /// The filter.
    type Filter: Filter<T> + From<Self>;
}

macro_rules! filter_kinds {
    ($($kind:ident $filters:ident $filter:ident,)*) => {$(
        impl Filters<crate::model::$kind> for $filters {
            type Filter = view::$filter;
        }
    )*};
}

filter_kinds! {
    Offering OfferingFilters OfferingFilter,
    Organisation OrganisationFilters OrganisationFilter,
    Network NetworkFilters NetworkFilter,
    Agreement AgreementFilters AgreementFilter,
    Member MemberFilters MemberFilter,
    Course CourseFilters CourseFilter,
    Meeting MeetingFilters MeetingFilter,
    Plan PlanFilters PlanFilter,
    Report ReportFilters ReportFilter,
    Matter MatterFilters MatterFilter,
}

/// How wide a card is that does not go to a terminal.
const CARD: usize = 120;

pub(super) fn run<T: Listed, F: Filters<T>>(noun: &Noun<F>, context: &Context<'_>) -> anyhow::Result<Done> {
    match noun {
        Noun::List(arguments) => list::<T, F>(arguments, context),
        Noun::Show(arguments) => show::<T>(arguments, context),
    }
}

fn list<T: Listed, F: Filters<T>>(arguments: &ListArguments<F>, context: &Context<'_>) -> anyhow::Result<Done> {
    let loaded = context.load_readable()?;
    let registry = &*loaded.registry;
    let network = arguments.network.as_ref().and_then(|id| registry.networks.get(id));
    let lang = context.lang_of(registry, network)?;
    let view = View { registry, lang, today: context.today()?, year: arguments.year };
    let wanted = Wanted {
        search: arguments.search.clone(),
        network: arguments.network.clone(),
        all: arguments.all,
        columns: arguments.columns.clone(),
        sort: arguments.sort.clone(),
    };
    let filter = F::Filter::from(arguments.filters.clone());
    filter.check(registry)?;
    let format = context.format(arguments.format, Format::Table)?;
    let order = if matches!(format, Format::Csv | Format::Json | Format::Yaml) { Order::Id } else { Order::Name };
    let list = view::select::<T>(&view, &wanted, &filter, order)?;
    let sheet = || view::sheet(&view, &list.entries, &wanted.columns);
    // A document goes to others, and has the columns for them.
    let sent = || match &wanted.columns[..] {
        [] => T::SENT.iter().map(|key| (*key).to_owned()).collect(),
        columns => columns.to_vec(),
    };
    let page = || {
        let sheet = view::sheet(&view, &list.entries, &sent())?;
        Ok::<_, anyhow::Error>([Footer::new(registry, view.today).under(view::page::<T>(&view, &filter, sheet))])
    };
    let machine = || view::machine(&view, &list.entries, &wanted.columns);
    let out = match format {
        Format::Table => table::terminal(&sheet()?, context.width()).into(),
        Format::Md => markdown::table(&sheet()?).into(),
        Format::Html => html::documents(&page()?).into(),
        Format::Docx => docx::documents(&page()?)?.into(),
        Format::Xlsx => xlsx::documents(&page()?)?.into(),
        Format::Csv => table::csv(&sheet()?)?.into(),
        Format::Json => table::pretty_json(&machine()?).into(),
        Format::Yaml => table::yaml(&machine()?)?.into(),
    };
    let mut talk = unsound(&loaded, lang);
    if format == Format::Table {
        talk += &closing(list.entries.len(), list.left_out, &view);
    }
    Ok(Done { out, talk, ..Done::default() })
}

fn show<T: Listed>(arguments: &ShowArguments, context: &Context<'_>) -> anyhow::Result<Done> {
    let loaded = context.load_readable()?;
    let registry = &*loaded.registry;
    let lang = context.lang(registry)?;
    let view = View { registry, lang, today: context.today()?, year: None };
    // The id may be written as cards print it, with the folder in front.
    let id = arguments.id.strip_prefix(T::KIND.word()).and_then(|rest| rest.strip_prefix('/')).unwrap_or(&arguments.id);
    if T::table(registry).get(id).is_none() && loaded.is_left_out(T::KIND, id) {
        let path = format!("{}/{id}", T::KIND.word());
        let what = T::KIND.singular();
        anyhow::bail!(say!(
            nn: "{path} kunne ikkje lesast heil; «lmnet check» viser kvifor",
            nb: "{path} kunne ikke leses i sin helhet; «lmnet check» viser hvorfor",
            en: "the {what} '{id}' could not be read whole; 'lmnet check' shows why",
        ));
    }
    let shown = view::show::<T>(&view, id)?;
    let format = context.format(arguments.format, Format::Table)?;
    let document = match registry.plans.get(id).filter(|_| T::KIND == Kind::Plan && format != Format::Table) {
        Some(plan) => {
            let network = plan.network.as_ref().and_then(|network| registry.networks.get(network.id()));
            let lang = context.lang_of(registry, network)?;
            report::plan::document(&Mandates::new(registry), plan, view.today, lang)
        }
        None => shown.document,
    };
    let page = |document| [Footer::new(registry, view.today).under(document)];
    let out = match format {
        Format::Table => text::document(&document, context.width().or(Some(CARD))).into(),
        Format::Md => markdown::document(&document).into(),
        Format::Html => html::documents(&page(document)).into(),
        Format::Docx => docx::documents(&page(document))?.into(),
        Format::Xlsx => xlsx::documents(&page(shown.workbook))?.into(),
        Format::Csv => table::csv(&shown.lines)?.into(),
        Format::Json => table::pretty_json(&shown.value).into(),
        Format::Yaml => table::yaml(&shown.value)?.into(),
    };
    Ok(Done { out, talk: unsound(&loaded, lang), ..Done::default() })
}

fn closing(shown: usize, left_out: usize, view: &View<'_>) -> String {
    let day = crate::date::day_words(view.today, view.lang);
    let when = match view.year {
        Some(year) => say!(view.lang, nn: "i {year}", nb: "i {year}", en: "in {year}"),
        None => say!(view.lang, nn: "{day}", nb: "{day}", en: "on {day}"),
    };
    let line = if left_out == 0 {
        say!(view.lang, nn: "viser {shown}", nb: "viser {shown}", en: "{shown} shown")
    } else {
        say!(view.lang,
            nn: "viser {shown}; {left_out} gjeld ikkje {when} (--all tek med alle)",
            nb: "viser {shown}; {left_out} gjelder ikke {when} (--all tar med alle)",
            en: "{shown} shown; {left_out} not valid {when} (--all shows all)",
        )
    };
    line + "\n"
}
