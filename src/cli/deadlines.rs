//! `lmnet deadlines`: what is due, what was, what will be.

use anyhow::bail;
use chrono::Days;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, ValueEnum};

use super::{Context, Done};
use crate::date::Date;
use crate::mandate::{Mandates, Status};
use crate::names::Names;
use crate::registry::Registry;
use crate::render::{ics, markdown, table, text};
use crate::report::deadlines::{Query, compute};
use crate::say;

/// What `deadlines` takes.
#[derive(Debug, Args)]
#[command(
    before_long_help = "\
Examples:
  lmnet deadlines                                    what is overdue, and what is due in the next 90 days
  lmnet deadlines --network lm-fjordnett --within 365
  lmnet deadlines --owed-to samhandlingssekretariatet --from 2026-01-01 --until 2026-12-31 --all
  lmnet deadlines --format ics -o deadlines.ics      all-day events for a calendar
  lmnet deadlines --fail-on overdue -q               for a scheduled job: exit code 1 if something is overdue",
    after_long_help = "\
Without --from: everything that is overdue, due or upcoming, from the oldest unmet on. With --from also what is done.
A calendar made with --format ics can be imported or subscribed to; a subscribed calendar is fetched by the reader's own
program when it likes, so it does not replace a reminder."
)]
pub struct Arguments {
    /// First due date [default: that of the oldest unmet]
    #[arg(long, value_name = "DATE", value_parser = super::day)]
    from: Option<Date>,
    /// Last due date
    #[arg(long, value_name = "DATE", value_parser = super::day, conflicts_with = "within")]
    until: Option<Date>,
    /// Days ahead
    #[arg(long, value_name = "DAYS", default_value_t = 90, value_parser = clap::value_parser!(u64).range(..=36_600))]
    within: u64,
    /// Only this network
    #[arg(long, value_name = "ID")]
    network: Option<String>,
    /// Only what this body owes
    #[arg(long, value_name = "ID")]
    owed_by: Option<String>,
    /// Only what this body is to get
    #[arg(long, value_name = "ID")]
    owed_to: Option<String>,
    /// Only what stands like this; several divided by commas
    #[arg(long, value_parser = status(), value_name = "STATUS", value_delimiter = ',')]
    status: Vec<Status>,
    /// Also what is done, excused or not recorded
    #[arg(long)]
    all: bool,
    /// Exit with 1 if something is like this
    #[arg(long, value_parser = status(), value_name = "STATUS")]
    fail_on: Option<Status>,
    /// Of ics only: a reminder so many days before
    #[arg(long, value_name = "DAYS")]
    alarm: Option<u32>,
    /// How to print [default: table, or by the ending of --output]
    #[arg(long, value_enum)]
    format: Option<Format>,
}

/// Formats of deadlines.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    /// For people, what needs doing first on top
    #[value(alias = "txt")]
    Table,
    /// lmnet-deadlines version 1
    Json,
    /// CSV as RFC 4180 has it
    Csv,
    /// Markdown
    Md,
    /// iCalendar: all-day events
    Ics,
}

fn status() -> impl TypedValueParser<Value = Status> {
    PossibleValuesParser::new(Status::WORDS).try_map(|word| Status::from_word(&word).ok_or("unknown word"))
}

pub(super) fn run(arguments: &Arguments, context: &Context<'_>) -> anyhow::Result<Done> {
    let loaded = context.load_readable()?;
    let registry: &Registry = &loaded.registry;
    let day = context.today()?;
    let network = super::asked_network(registry, arguments.network.as_deref())?;
    for id in arguments.owed_by.iter().chain(&arguments.owed_to) {
        super::known_body(registry, id)?;
    }
    let lang = context.lang_of(registry, network)?;
    let start = arguments.from.map_or(day, |from| from.max(day));
    let until = arguments.until.or_else(|| start.checked_add_days(Days::new(arguments.within))).unwrap_or(Date::MAX);
    if let Some(from) = arguments.from.filter(|from| *from > until) {
        bail!(say!(
            nn: "--from {from} ligg etter --until {until}",
            nb: "--from {from} ligger etter --until {until}",
            en: "--from {from} lies after --until {until}",
        ));
    }
    if arguments.fail_on.is_some() && !loaded.is_whole() {
        bail!(say!(
            nn: "noko av registeret kunne ikkje lesast, så --fail-on kan ikkje seie at ingenting vart funne; «lmnet check» viser kvifor",
            nb: "noe av registeret kunne ikke leses, så --fail-on kan ikke si at ingenting ble funnet; «lmnet check» viser hvorfor",
            en: "part of the registry could not be read, so --fail-on can't say that nothing was found; 'lmnet check' shows why",
        ));
    }
    let format = context.format(arguments.format, Format::Table)?;
    if arguments.alarm.is_some() && !matches!(format, Format::Ics) {
        bail!(say!(
            nn: "--alarm er berre for kalendrar: legg til «--format ics»",
            nb: "--alarm er bare for kalendere: legg til «--format ics»",
            en: "--alarm is for calendars only: add '--format ics'",
        ));
    }
    let query = Query {
        day,
        from: arguments.from,
        until,
        network: arguments.network.clone(),
        owed_by: arguments.owed_by.clone(),
        owed_to: arguments.owed_to.clone(),
        status: arguments.status.clone(),
        all: arguments.all,
    };
    let mandates = Mandates::new(registry);
    let deadlines = compute(&mandates, query);
    let names = Names { registry, lang };
    let page = || deadlines.document(&names).then(loaded.remark(lang));
    let out = match format {
        Format::Table => text::document(&page(), context.width()),
        Format::Md => markdown::document(&page()),
        Format::Csv => table::csv(&deadlines.sheet(&names))?,
        Format::Json => table::pretty_json(&loaded.machine(deadlines.json(&names))),
        Format::Ics => ics::ics(&deadlines.calendar(&names), arguments.alarm),
    };
    let mut talk = super::unsound(&loaded, lang);
    let (found, shown) = arguments.fail_on.map_or((0, 0), |status| deadlines.count(status));
    if let Some(status) = arguments.fail_on.filter(|_| found > shown) {
        let word = status.word();
        talk += &say!(lang,
            nn: "lmnet: --fail-on {word}: fann {found}, og {shown} av dei er viste; «--status {word}» viser alle\n",
            nb: "lmnet: --fail-on {word}: fant {found}, og {shown} av dem er vist; «--status {word}» viser alle\n",
            en: "lmnet: --fail-on {word}: {found} found, {shown} of them shown; '--status {word}' shows all\n",
        );
    }
    Ok(Done { out: out.into(), talk, code: u8::from(found > 0), ..Done::default() })
}
