//! The command line: arguments in, result out. One small file per command.

mod ask;
mod check;
mod completions;
mod confirm;
mod context;
mod coverage;
mod deadlines;
mod diff;
mod doctor;
mod explain;
mod export;
mod fmt;
mod footer;
mod import;
mod init;
mod levels;
mod list;
mod man;
mod merge;
mod nag;
mod named;
mod new;
mod rename;
mod report;
mod run;
mod schema;
mod sent;
mod set;
mod stats;
mod summary;
mod target;
mod within;
mod writing;

use std::io;
use std::path::PathBuf;

use anyhow::bail;
use clap::{Parser, Subcommand, ValueEnum};
use context::{Context, Loaded, Readable, unsound};

use crate::date::Date;
use crate::failure;
use crate::lang::Lang;
use crate::model;
use crate::registry::{Entry, Registry};
use crate::say;
use crate::store::{ChangeSet, Make};

/// What a command may know of the world outside the registry.
#[derive(Debug)]
pub struct World {
    /// The day on the clock.
    pub today: Date,
    /// A variable of the environment, unless it is empty.
    pub variable: fn(&str) -> Option<String>,
    /// The working directory.
    pub folder: PathBuf,
    /// Columns of the terminal, where there is one.
    pub width: Option<usize>,
    /// Whether the result goes to a terminal.
    pub terminal: bool,
    /// What is handed in, read to its end, up to a limit.
    pub input: fn() -> io::Result<Vec<u8>>,
    /// Asks somebody, where there is a terminal for it.
    pub ask: Option<Ask>,
}

/// Shows a text on the terminal and gives the line that is typed then; nothing at the end of input.
pub type Ask = fn(&str) -> io::Result<Option<String>>;

/// What a command leaves behind.
#[derive(Debug, Default)]
pub struct Done {
    /// The result, for stdout or the file named by `--output`.
    pub out: Out,
    /// Several results by their file names, for the folder named by `--output`, in place of `out`.
    pub files: Vec<(String, String)>,
    /// Files that take the place of all that is in the folder named by `--output`, in place of `out`.
    pub folder: Option<Folder>,
    /// The parts of tables that take the place of the registry's own in the folder named by `--output`.
    pub parts: Option<Parts>,
    /// The file for `out` that the command itself was given, where `--output` names none.
    pub to: Option<PathBuf>,
    /// What is said beside it, for stderr.
    pub talk: String,
    /// 0 nothing found, 1 findings, 2 could not run.
    pub code: u8,
    /// What is written to the end of a file that the environment names.
    pub append: Option<Append>,
    /// What is to be written into the registry at this folder before anything else.
    pub changes: Option<(PathBuf, ChangeSet)>,
}

/// A result: text, which may be coloured, or the bytes of a file that only other programs read.
#[derive(Debug)]
pub enum Out {
    /// For people or machines to read as it stands.
    Text(String),
    /// For a file.
    Bytes(Vec<u8>),
}

impl Default for Out {
    fn default() -> Self {
        Self::Text(String::new())
    }
}

impl From<String> for Out {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<Vec<u8>> for Out {
    fn from(bytes: Vec<u8>) -> Self {
        Self::Bytes(bytes)
    }
}

/// Files that make up a folder.
#[derive(Debug)]
pub struct Folder {
    /// Each by its name.
    pub files: Vec<(String, String)>,
    /// Whether a file of this name can be from such a folder made earlier. One that is not stays, and nothing is written.
    pub is_own: fn(&str) -> bool,
}

/// The parts of tables of one registry, in a folder that others may share.
pub struct Parts {
    /// The registry's name there.
    pub name: String,
    /// Makes the files, each by its path in the table's part.
    pub make: Make,
}

impl std::fmt::Debug for Parts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Parts").field("name", &self.name).finish_non_exhaustive()
    }
}

/// A text for the end of a file.
#[derive(Debug)]
pub struct Append {
    /// The file, which may be missing.
    pub path: PathBuf,
    /// The text.
    pub text: String,
}

impl Done {
    /// A result and nothing to say.
    #[must_use]
    pub fn with(out: impl Into<Out>) -> Self {
        Self { out: out.into(), ..Self::default() }
    }

    /// The command could not run.
    #[must_use]
    pub fn failed(error: &anyhow::Error, lang: Lang) -> Self {
        Self { talk: format!("lmnet: {}\n", failure::told(error, lang)), code: 2, ..Self::default() }
    }
}

const EXAMPLES: &str = "\
Examples:
  lmnet check                                   every problem of the registry, with file, line and remedy
  lmnet fmt                                     one layout for all files
  lmnet deadlines                               what is overdue, and what is due in the next 90 days
  lmnet summary                                 how each network stands today, and what to do first
  lmnet diff origin/main                        what changed since then, and what it does to figures and deadlines
  lmnet report --year 2025                      the annual reports of all networks for 2025
  lmnet report --year 2025 --network lm-fjordnett --lang en -o report.md
  lmnet offerings list --trust helse-ytterkyst  offerings of a trust
  lmnet organisations show vagvik               one record, and everything that refers to it
  lmnet explain reversed-period                 why a rule exists, with a wrong and a right example";

const AFTER: &str = "\
The registry is found from the working directory upwards, as far as the root of the git repository: lmnet.toml, then
registry/lmnet.toml. Exit code: 0 nothing found, 1 findings, 2 could not run. lmnet never uses the network.";

/// Working memory for Norwegian learning and coping networks (lærings- og meistringsnettverk).
#[derive(Debug, Parser)]
#[command(name = "lmnet", version, before_long_help = EXAMPLES, after_long_help = AFTER, disable_help_subcommand = false)]
pub struct Cli {
    /// The registry's folder, instead of the one found from here upwards
    #[arg(long, global = true, help_heading = "Global options", value_name = "DIR")]
    pub registry: Option<PathBuf>,
    /// Language of the output: nn, nb or en [default: LMNET_LANG, the network's, the registry's]
    #[arg(long, global = true, help_heading = "Global options", value_enum)]
    pub lang: Option<LangChoice>,
    /// The day that counts as today, as 2026-11-30 [default: LMNET_TODAY, the clock]
    #[arg(long, global = true, help_heading = "Global options", value_name = "DATE", value_parser = day)]
    pub today: Option<Date>,
    /// When to use colour
    #[arg(long, global = true, help_heading = "Global options", value_enum, default_value_t = Colour::Auto, value_name = "WHEN")]
    pub color: Colour,
    /// Write the result to a file instead of the terminal
    #[arg(short, long, global = true, help_heading = "Global options", value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Say nothing beside the result
    #[arg(short, long, global = true, help_heading = "Global options")]
    pub quiet: bool,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

impl Cli {
    /// When colour is wanted, for `anstream`.
    #[must_use]
    pub fn colour(&self) -> anstream::ColorChoice {
        match self.color {
            Colour::Auto => anstream::ColorChoice::Auto,
            Colour::Always => anstream::ColorChoice::Always,
            Colour::Never => anstream::ColorChoice::Never,
        }
    }
}

/// A language on the command line.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum LangChoice {
    /// Nynorsk
    Nn,
    /// Bokmål
    Nb,
    /// English
    En,
}

/// When to use colour.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum Colour {
    /// On terminals, unless NO_COLOR is set
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Begin a registry: manifest, folders, README, settings for editors, CI, the first network
    Init(init::Arguments),
    /// Find every problem of the registry
    #[command(alias = "validate")]
    Check(check::Arguments),
    /// Lay files out the one way: order of keys, line breaks, blank lines; comments are kept
    Fmt(fmt::Arguments),
    /// Make a record: asks on a terminal for what it needs, and takes everything by options too
    New(Box<new::Arguments>),
    /// Give a key of a record another value; comments and layout are kept
    Set(set::Arguments),
    /// Give a record another id; every reference follows
    Rename(rename::Arguments),
    /// Merge organisations into one from a day on: validity, succession, parties; shows what people have to decide
    Merge(merge::Arguments),
    /// Note that somebody looked and records are still true: sets verified to today
    Confirm(confirm::Arguments),
    /// Note that a plan or report was sent
    Sent(sent::Arguments),
    /// Explain a rule, with a wrong and a right example; or a duty or seat, as AGREEMENT/DUTY
    Explain(explain::Arguments),
    /// What is due, what was and what will be: who owes what to whom
    Deadlines(deadlines::Arguments),
    /// Messages to those who owe what is overdue or due soon, ready to be pasted
    Nag(nag::Arguments),
    /// How networks stand on a day, and what to do first; the handover note of an organisation
    Summary(summary::Arguments),
    /// Who has done what in a year, of those who each owe it; holes and excuses shown
    Coverage(coverage::Arguments),
    /// What changed since a revision, in words: a brief for the pull request
    Diff(diff::Arguments),
    /// Make the annual report of a network, or of all; several years side by side; a compiled report
    Report(report::Arguments),
    /// The registry for others: tables (csv, json, ndjson, xlsx, datapackage), a calendar (ics), a workbook to be filled in
    Export(export::Arguments),
    /// Take in a workbook that was filled in, or a CSV file; what is wrong is told row by row
    Import(import::Arguments),
    /// Learning and coping offerings
    #[command(subcommand, alias = "offering")]
    Offerings(stats::Offerings),
    /// Who sits where, for how long
    #[command(subcommand, alias = "member")]
    Members(list::Noun<list::MemberFilters>),
    /// Trusts, municipalities, user organisations, committees
    #[command(subcommand, alias = "organisation")]
    Organisations(list::Noun<list::OrganisationFilters>),
    /// Networks, their parties and areas
    #[command(subcommand, alias = "network")]
    Networks(list::Noun<list::NetworkFilters>),
    /// Agreements, mandates, strategies, guidelines, laws
    #[command(subcommand, alias = "agreement")]
    Agreements(list::Noun<list::AgreementFilters>),
    /// Courses for professionals and user representatives
    #[command(subcommand, alias = "course")]
    Courses(list::Noun<list::CourseFilters>),
    /// Meetings, professional days, gatherings
    #[command(subcommand, alias = "meeting")]
    Meetings(list::Noun<list::MeetingFilters>),
    /// Action plans and transfer plans
    #[command(subcommand, alias = "plan")]
    Plans(list::Noun<list::PlanFilters>),
    /// Reports that were handed in, as records
    #[command(subcommand)]
    Reports(list::Noun<list::ReportFilters>),
    /// Matters, and whatever else is done and noted
    #[command(subcommand, alias = "matter")]
    Matters(list::Noun<list::MatterFilters>),
    /// JSON Schemas of the records, for editors
    Schema(schema::Arguments),
    /// What is in force here and from where, git, files, encodings, what is switched off
    Doctor(doctor::Arguments),
    /// Completions of commands and options, for a shell
    Completions(completions::Arguments),
    /// The manual page, or with --output all pages
    Man(man::Arguments),
}

/// Carries out a command.
///
/// # Errors
///
/// When it could not run: no registry, a file that can't be written, a report on a broken tree.
pub fn run(cli: &Cli, world: &World) -> anyhow::Result<Done> {
    let context = Context { cli, world };
    match &cli.command {
        Command::Init(arguments) => init::run(arguments, &context),
        Command::Check(arguments) => check::run(arguments, &context),
        Command::Fmt(arguments) => fmt::run(arguments, &context),
        Command::New(arguments) => new::run(arguments, &context),
        Command::Set(arguments) => set::run(arguments, &context),
        Command::Rename(arguments) => rename::run(arguments, &context),
        Command::Merge(arguments) => merge::run(arguments, &context),
        Command::Confirm(arguments) => confirm::run(arguments, &context),
        Command::Sent(arguments) => sent::run(arguments, &context),
        Command::Explain(arguments) => explain::run(arguments, &context),
        Command::Deadlines(arguments) => deadlines::run(arguments, &context),
        Command::Nag(arguments) => nag::run(arguments, &context),
        Command::Summary(arguments) => summary::run(arguments, &context),
        Command::Coverage(arguments) => coverage::run(arguments, &context),
        Command::Diff(arguments) => diff::run(arguments, &context),
        Command::Report(arguments) => report::run(arguments, &context),
        Command::Export(arguments) => export::run(arguments, &context),
        Command::Import(arguments) => import::run(arguments, &context),
        Command::Offerings(noun) => stats::run(noun, &context),
        Command::Members(noun) => list::run::<model::Member, _>(noun, &context),
        Command::Organisations(noun) => list::run::<model::Organisation, _>(noun, &context),
        Command::Networks(noun) => list::run::<model::Network, _>(noun, &context),
        Command::Agreements(noun) => list::run::<model::Agreement, _>(noun, &context),
        Command::Courses(noun) => list::run::<model::Course, _>(noun, &context),
        Command::Meetings(noun) => list::run::<model::Meeting, _>(noun, &context),
        Command::Plans(noun) => list::run::<model::Plan, _>(noun, &context),
        Command::Reports(noun) => list::run::<model::Report, _>(noun, &context),
        Command::Matters(noun) => list::run::<model::Matter, _>(noun, &context),
        Command::Schema(arguments) => Ok(schema::run(arguments, &context)),
        Command::Doctor(arguments) => doctor::run(arguments, &context),
        Command::Completions(arguments) => Ok(completions::run(arguments)),
        Command::Man(_) => man::run(&context),
    }
}

/// The language in which it is said that a command could not run: that which is asked for, or the registry's.
#[must_use]
pub fn language(cli: &Cli, world: &World) -> Lang {
    let context = Context { cli, world };
    context.asked().ok().flatten().or_else(|| context.language_of_manifest()).unwrap_or_default()
}

/// That something goes on, for whoever waits: how many files have been read so far, and for how many seconds.
#[must_use]
pub fn going_on(lang: Lang, read: usize, seconds: u64) -> String {
    say!(lang,
        nn: "lmnet: arbeider (lesne filer: {read}, {seconds} s)",
        nb: "lmnet: arbeider (leste filer: {read}, {seconds} s)",
        en: "lmnet: working (files read: {read}, {seconds} s)",
    )
}

/// A day on the command line, of the years that a registry can be about.
fn day(text: &str) -> Result<Date, String> {
    crate::edit::day(text.trim()).ok_or_else(|| "is not a date such as 2026-11-30 or 30.11.2026".to_owned())
}

/// Years on the command line, `2014..2016`, both of which are meant.
fn years(text: &str) -> Result<std::ops::RangeInclusive<i32>, String> {
    let year = |text: &str| {
        let digits = text.len() == 4 && text.bytes().all(|byte| byte.is_ascii_digit());
        text.parse().ok().filter(|year| digits && (1800..3000).contains(year))
    };
    match text.split_once("..").and_then(|(first, last)| Some(year(first)?..=year(last)?)) {
        None => Err("are no years such as 2014..2016".to_owned()),
        Some(years) if years.is_empty() => Err("end before they begin".to_owned()),
        Some(years) => Ok(years),
    }
}

/// The network with this id.
fn known_network<'a>(registry: &'a Registry, id: &str) -> anyhow::Result<&'a Entry<model::Network>> {
    let ids = registry.networks.iter().map(|known| &*known.id);
    registry
        .networks
        .get(id)
        .ok_or_else(|| crate::view::unknown(id, &crate::view::none_of(model::Kind::Network), ids).into())
}

/// The network that was asked for, if one was.
fn asked_network<'a>(registry: &'a Registry, id: Option<&str>) -> anyhow::Result<Option<&'a Entry<model::Network>>> {
    id.map(|id| known_network(registry, id)).transpose()
}

/// That there is an organisation or a network with this id.
fn known_body(registry: &Registry, id: &str) -> anyhow::Result<()> {
    if registry.organisations.get(id).is_some() || registry.networks.get(id).is_some() {
        return Ok(());
    }
    let ids =
        registry.organisations.iter().map(|known| &*known.id).chain(registry.networks.iter().map(|known| &*known.id));
    bail!(crate::view::unknown(id, &crate::view::no_body(), ids))
}

/// The language in which a body is written to.
fn language_of(registry: &Registry, id: &str) -> Option<Lang> {
    let organisation = registry.organisations.get(id).and_then(|organisation| organisation.language);
    organisation.or_else(|| registry.networks.get(id).and_then(|network| network.language)).map(Lang::from)
}
