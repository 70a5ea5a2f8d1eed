//! The command line: arguments in, result out. One small file per command.

mod check;
mod completions;
mod coverage;
mod deadlines;
mod diff;
mod explain;
mod footer;
mod levels;
mod list;
mod man;
mod report;
mod schema;
mod stats;
mod summary;

use std::mem::ManuallyDrop;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use clap::{Parser, Subcommand, ValueEnum};
use serde_json::Value;

use crate::date::Date;
use crate::diagnostic::{Diagnostic, Severity};
use crate::document::Document;
use crate::lang::Lang;
use crate::mandate::wording::some_of;
use crate::model;
use crate::registry::{Entry, Registry};
use crate::say;
use crate::store::ChangeSet;

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
}

/// What a command leaves behind.
#[derive(Debug, Default)]
pub struct Done {
    /// The result, for stdout or the file named by `--output`.
    pub out: Out,
    /// Several results by their file names, for the folder named by `--output`, in place of `out`.
    pub files: Vec<(String, String)>,
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
    pub fn failed(error: &anyhow::Error) -> Self {
        Self { talk: format!("lmnet: {error:#}\n"), code: 2, ..Self::default() }
    }
}

const EXAMPLES: &str = "\
Examples:
  lmnet check                                   every problem of the registry, with file, line and remedy
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
    /// Find every problem of the registry
    #[command(alias = "validate")]
    Check(check::Arguments),
    /// Explain a rule, with a wrong and a right example; or a duty or seat, as AGREEMENT/DUTY
    Explain(explain::Arguments),
    /// What is due, what was and what will be: who owes what to whom
    Deadlines(deadlines::Arguments),
    /// How networks stand on a day, and what to do first; the handover note of an organisation
    Summary(summary::Arguments),
    /// Who has done what in a year, of those who each owe it; holes and excuses shown
    Coverage(coverage::Arguments),
    /// What changed since a revision, in words: a brief for the pull request
    Diff(diff::Arguments),
    /// Make the annual report of a network, or of all; several years side by side; a compiled report
    Report(report::Arguments),
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
        Command::Check(arguments) => check::run(arguments, &context),
        Command::Explain(arguments) => explain::run(arguments, &context),
        Command::Deadlines(arguments) => deadlines::run(arguments, &context),
        Command::Summary(arguments) => summary::run(arguments, &context),
        Command::Coverage(arguments) => coverage::run(arguments, &context),
        Command::Diff(arguments) => diff::run(arguments, &context),
        Command::Report(arguments) => report::run(arguments, &context),
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
        Command::Completions(arguments) => Ok(completions::run(arguments)),
        Command::Man(_) => man::run(&context),
    }
}

/// A day on the command line, of the years that a registry can be about.
fn day(text: &str) -> Result<Date, String> {
    match crate::date::When::parse(text) {
        Some(crate::date::When::Day(day)) => Ok(day),
        _ => Err("is not a date such as 2026-11-30".to_owned()),
    }
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

/// What commands ask of the command line and the world.
struct Context<'a> {
    cli: &'a Cli,
    world: &'a World,
}

impl Context<'_> {
    /// The day that counts as today.
    fn today(&self) -> anyhow::Result<Date> {
        if let Some(day) = self.cli.today {
            return Ok(day);
        }
        match (self.world.variable)("LMNET_TODAY") {
            Some(text) => day(&text).map_err(|error| anyhow::anyhow!("LMNET_TODAY: '{text}' {error}")),
            None => Ok(self.world.today),
        }
    }

    /// The language asked for, on the command line or in the environment.
    fn asked(&self) -> anyhow::Result<Option<Lang>> {
        if let Some(choice) = self.cli.lang {
            return Ok(Some(match choice {
                LangChoice::Nn => Lang::Nn,
                LangChoice::Nb => Lang::Nb,
                LangChoice::En => Lang::En,
            }));
        }
        let Some(code) = (self.world.variable)("LMNET_LANG") else { return Ok(None) };
        let lang = Lang::from_code(&code).with_context(|| format!("LMNET_LANG: '{code}' is none of nn, nb, en"))?;
        Ok(Some(lang))
    }

    /// The language of what concerns the whole registry.
    fn lang(&self, registry: &Registry) -> anyhow::Result<Lang> {
        Ok(self.asked()?.or(registry.manifest.language.map(Lang::from)).unwrap_or_default())
    }

    /// The language of what concerns a network, or the whole registry where there is none.
    fn lang_of(&self, registry: &Registry, network: Option<&Entry<model::Network>>) -> anyhow::Result<Lang> {
        match (self.asked()?, network.and_then(|network| network.language)) {
            (None, Some(language)) => Ok(language.into()),
            _ => self.lang(registry),
        }
    }

    /// The root folder of the registry.
    fn root(&self) -> anyhow::Result<PathBuf> {
        let folder = &self.world.folder;
        match &self.cli.registry {
            Some(root) => {
                let root = folder.join(root);
                if !root.is_dir() {
                    bail!("{}: there is no such folder", root.display());
                }
                Ok(root)
            }
            None => Registry::find(folder).with_context(|| {
                format!(
                    "no registry found: neither lmnet.toml nor registry/lmnet.toml in {} or above it, up to the root \
                     of the git repository; name its folder with --registry DIR",
                    folder.display()
                )
            }),
        }
    }

    /// How wide tables may be; as wide as they need where the result goes to a file or another program.
    fn width(&self) -> Option<usize> {
        self.world.width.filter(|_| self.world.terminal && self.cli.output.is_none())
    }

    /// The registry, and what to print before the paths of its files.
    fn load(&self) -> anyhow::Result<Loaded> {
        let root = self.root()?;
        let registry = ManuallyDrop::new(Registry::load(&root));
        Ok(Loaded { registry, root })
    }

    /// The registry as far as it could be read whole.
    fn load_readable(&self) -> anyhow::Result<Readable> {
        let mut loaded = self.load()?;
        let left_out = loaded.registry.leave_out_broken();
        Ok(Readable { registry: loaded.registry, left_out })
    }

    /// The registry without errors: what half a registry says is worse than nothing.
    fn load_sound(&self) -> anyhow::Result<Loaded> {
        let loaded = self.load()?;
        let lang = self.lang(&loaded.registry)?;
        let errors = crate::check::run(&loaded.registry).count(Severity::Error);
        if errors > 0 {
            let message = say!(lang,
                nn: "rapporten er ikkje laga, for registeret har feil ({errors}), og tal frå eit halvt register er verre enn ingen; «lmnet check» viser feila",
                nb: "rapporten er ikke laget, for registeret har feil ({errors}), og tall fra et halvt register er verre enn ingen; «lmnet check» viser feilene",
                en: "the report was not made: the registry has errors ({errors}), and figures from half a registry are worse than none; \"lmnet check\" shows the errors",
            );
            bail!(message);
        }
        Ok(loaded)
    }

    /// Whether the result may hold links: on a terminal of this machine, unless it is to be plain.
    fn links(&self) -> bool {
        let plain = matches!(self.cli.color, Colour::Never) || (self.world.variable)("TERM").as_deref() == Some("dumb");
        // From another machine, a link would lead to a file of the same name on the reader's own.
        let elsewhere = (self.world.variable)("SSH_CONNECTION").is_some();
        self.world.terminal && self.cli.output.is_none() && !plain && !elsewhere
    }

    /// The ending of the output file.
    fn ending(&self) -> Option<&str> {
        self.cli.output.as_ref()?.extension()?.to_str()
    }

    /// The format asked for, by `--format` or by the ending of the output file.
    fn format<F: ValueEnum>(&self, asked: Option<F>, default: F) -> anyhow::Result<F> {
        let ending = self.ending();
        let by_ending = ending.and_then(|ending| F::from_str(ending, true).ok());
        if let (Some(ending), None, None) = (ending, by_ending.as_ref(), asked.as_ref()) {
            let known: Vec<String> = F::value_variants()
                .iter()
                .filter_map(|format| format.to_possible_value().map(|value| value.get_name().to_owned()))
                .collect();
            bail!("there is no format for the ending .{ending}; name one with --format: {}", known.join(", "));
        }
        match (asked, by_ending) {
            (Some(asked), Some(by_ending)) => {
                let name = |format: &F| format.to_possible_value().map(|value| value.get_name().to_owned());
                if name(&asked) != name(&by_ending) {
                    let ending = ending.unwrap_or_default();
                    bail!("--format {} and the ending .{ending} do not agree", name(&asked).unwrap_or_default());
                }
                Ok(asked)
            }
            (Some(format), None) | (None, Some(format)) => Ok(format),
            (None, None) => Ok(default),
        }
    }
}

/// More records left out than these are counted rather than named.
const NAMED: usize = 5;

/// A registry without the records that could not be read whole: nothing stands in for what is not known.
struct Readable {
    registry: ManuallyDrop<Registry>,
    /// What was left out, by kind and id.
    left_out: Vec<(model::Kind, Box<str>)>,
}

impl Readable {
    /// Whether nothing in the registry was left unread. What only stands where it should not is read.
    fn is_whole(&self) -> bool {
        let is_error = |problem: &Diagnostic| problem.rule.severity == Severity::Error;
        self.left_out.is_empty() && !self.registry.problems.iter().any(is_error)
    }

    fn is_left_out(&self, kind: model::Kind, id: &str) -> bool {
        self.left_out.iter().any(|(of, left_out)| *of == kind && **left_out == *id)
    }

    /// What was left out, as paths such as `meetings/x`.
    fn left_out(&self) -> Vec<String> {
        self.left_out.iter().map(|(kind, id)| format!("{}/{id}", kind.word())).collect()
    }

    /// A result for machines, with what was left out of it.
    fn machine(&self, mut value: Value) -> Value {
        if let Value::Object(map) = &mut value {
            map.insert("left-out".to_owned(), self.left_out().into());
        }
        value
    }

    /// That something was left out of a document, as its last line; nothing where all could be read.
    fn remark(&self, lang: Lang) -> Document {
        let mut document = Document::new(lang);
        let left_out = self.left_out();
        if left_out.is_empty() {
            return document;
        }
        let (count, some) = (left_out.len(), some_of(&left_out, NAMED, lang));
        document.paragraph(match count {
            1 => say!(lang,
                nn: "1 post kunne ikkje lesast og er ikkje med her: {some}. «lmnet check» viser kvifor.",
                nb: "1 post kunne ikke leses og er ikke med her: {some}. «lmnet check» viser hvorfor.",
                en: "1 record could not be read and is left out here: {some}. “lmnet check” shows why.",
            ),
            _ => say!(lang,
                nn: "{count} postar kunne ikkje lesast og er ikkje med her: {some}. «lmnet check» viser kvifor.",
                nb: "{count} poster kunne ikke leses og er ikke med her: {some}. «lmnet check» viser hvorfor.",
                en: "{count} records could not be read and are left out here: {some}. “lmnet check” shows why.",
            ),
        });
        document
    }
}

/// A registry with the folder that it was read from.
struct Loaded {
    /// Never taken apart: the program ends when the command does, and freeing every record would only cost time.
    registry: ManuallyDrop<Registry>,
    root: PathBuf,
}

impl Loaded {
    /// What machine formats print before the paths of files: the way from the root of the git repository.
    fn git_prefix(&self) -> String {
        let Ok(root) = self.root.canonicalize() else { return String::new() };
        let git = Registry::git_root(&root);
        prefix(git.as_deref().and_then(|git| root.strip_prefix(git).ok()))
    }

    /// What people see before the paths of files: the way from where they are, if that is above the registry or within it.
    fn near_prefix(&self, folder: &Path) -> String {
        match folder.strip_prefix(&self.root) {
            Ok(within) => "../".repeat(within.components().count()),
            Err(_) => prefix(self.root.strip_prefix(folder).ok().or(Some(&self.root))),
        }
    }
}

/// A list shows what could be read; that something could not is said beside it.
fn unsound(loaded: &Readable, lang: Lang) -> String {
    if loaded.is_whole() {
        return String::new();
    }
    let left_out = loaded.left_out.len();
    let line = say!(lang,
        nn: "lmnet: noko i registeret kunne ikkje lesast (postar som er utelatne: {left_out}); «lmnet check» viser kva",
        nb: "lmnet: noe i registeret kunne ikke leses (poster som er utelatt: {left_out}); «lmnet check» viser hva",
        en: "lmnet: something in the registry could not be read (records left out: {left_out}); \"lmnet check\" shows what",
    );
    line + "\n"
}

/// The network with this id.
fn known_network<'a>(registry: &'a Registry, id: &str) -> anyhow::Result<&'a Entry<model::Network>> {
    let ids = registry.networks.iter().map(|known| &*known.id);
    registry.networks.get(id).ok_or_else(|| crate::view::unknown(id, "network", ids))
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
    Err(crate::view::unknown(id, "organisation or network", ids))
}

/// The language in which a body is written to.
fn language_of(registry: &Registry, id: &str) -> Option<Lang> {
    let organisation = registry.organisations.get(id).and_then(|organisation| organisation.language);
    organisation.or_else(|| registry.networks.get(id).and_then(|network| network.language)).map(Lang::from)
}

fn prefix(folder: Option<&Path>) -> String {
    let parts: Vec<_> =
        folder.into_iter().flat_map(Path::iter).map(|part| part.to_string_lossy()).filter(|part| part != ".").collect();
    let joined = parts.join("/").replace("//", "/");
    if joined.is_empty() { joined } else { format!("{joined}/") }
}
