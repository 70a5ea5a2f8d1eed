//! `lmnet check`: every problem of the registry.

use std::mem::ManuallyDrop;
use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::levels::{FailOn, Levels};
use super::within::Within;
use super::{Append, Context, Done, Loaded, explain};
use crate::check::fix::{self, Fixed};
use crate::check::{self, Gone, Outcome, Since};
use crate::diagnostic::Rule;
use crate::lang::Lang;
use crate::registry::{Registry, Revision};
use crate::render::diff;
use crate::render::findings::{self, LookedAt, Shown};
use crate::{rules, say};

/// What `check` takes.
#[derive(Debug, Args)]
#[command(before_long_help = "\
Examples:
  lmnet check
  lmnet check offerings/ members/au-leiar.toml      findings in these only; everything is looked at
  lmnet check --since origin/main                   only what is new since then, and how much is fixed and kept
  lmnet check --fix                                 put right what has only one remedy; --diff shows it first
  lmnet check --format json -o findings.json
  lmnet check -D stray-file -A unmet-recommendation --fail-on warning
  lmnet check --registry examples/fjordnett --lang en")]
pub struct Arguments {
    /// Show only what is found in these files and folders; the whole registry is looked at all the same
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Put right what can be put right without a decision, whenever it came, and report what remains
    #[arg(long)]
    fix: bool,
    /// Show as a unified diff what --fix would change, and change nothing; exit code 1 if there is something
    #[arg(long, conflicts_with = "format")]
    diff: bool,
    /// How to show the findings [default: human, or by the ending of --output]
    #[arg(long, value_enum)]
    format: Option<Format>,
    /// Hold the registry against a revision, such as origin/main or HEAD~3: what is new since then is shown and counts;
    /// main... is the commit at which what is checked out parted from main
    #[arg(long, value_name = "REVISION")]
    since: Option<String>,
    #[command(flatten)]
    levels: Levels,
    /// From which severity on findings make the exit code 1
    #[arg(long, value_enum, default_value_t = FailOn::Error, value_name = "SEVERITY")]
    fail_on: FailOn,
    /// Exit with 0 whatever is found, for a step that only hands the findings on; 2 still means that it could not run
    #[arg(long)]
    exit_zero: bool,
}

/// Formats of findings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// Excerpts for people
    #[value(alias = "txt")]
    Human,
    /// A line each, for editors: path:line:column: level[rule] message, with paths as seen from here
    Concise,
    /// lmnet-check version 1; lines and columns count from 1
    Json,
    /// SARIF 2.1.0, for code scanning
    Sarif,
    /// Workflow commands of GitHub Actions; what is too much for them goes to GITHUB_STEP_SUMMARY
    Github,
    /// Code Quality report of GitLab
    Gitlab,
    /// JUnit report: a test for each rule in each file
    #[value(alias = "xml")]
    Junit,
}

impl Format {
    /// Whether a file with this ending may hold the format, although the ending alone would mean another one.
    fn may_end_in(self, ending: &str) -> bool {
        match self {
            Self::Concise | Self::Github => ending == "txt",
            Self::Sarif | Self::Gitlab => ending == "json",
            Self::Human | Self::Json | Self::Junit => false,
        }
    }
}

pub(super) fn run(arguments: &Arguments, context: &Context<'_>) -> anyhow::Result<Done> {
    let root = context.root()?;
    let within = Within::new(&arguments.paths, &context.world.folder, &root)?;
    let fixing = fix::Fixing {
        root: &root,
        prepare: &|registry| arguments.levels.apply(&mut registry.manifest),
        within: &|path| within.holds(path),
    };
    let fixed = if arguments.fix || arguments.diff { fixing.run() } else { fixing.none() };
    let Fixed { registry, mut outcome, changes, made } = fixed;
    let loaded = Loaded { registry: ManuallyDrop::new(registry), root };
    let registry: &Registry = &loaded.registry;
    let lang = context.lang(registry)?;
    let near = loaded.near_prefix(&context.world.folder);
    if arguments.diff {
        let prefix = loaded.git_prefix();
        let out = diff::unified(&changes, &|path| format!("{prefix}{path}"));
        return Ok(Done {
            out: out.into(),
            code: u8::from(!arguments.exit_zero && !changes.is_empty()),
            ..Done::default()
        });
    }
    let mut talk: String =
        made.iter().map(|(path, title)| format!("lmnet: {near}{path}: {}\n", title.get(lang))).collect();
    if let Some(revision) = &arguments.since {
        talk += &hold_against(revision, &mut outcome, arguments, registry, lang)?;
    }
    outcome.findings.retain(|finding| within.holds(&finding.place.path));
    if let Some(since) = &mut outcome.since {
        since.gone.fixed.retain(|finding| within.holds(&finding.place.path));
        since.gone.silenced.retain(|(finding, _)| within.holds(&finding.place.path));
    }
    let format = match arguments.format {
        Some(format) if context.ending().is_some_and(|ending| format.may_end_in(ending)) => format,
        asked => context.format(asked, Format::Human)?,
    };
    let prefix = match format {
        Format::Human | Format::Concise => near,
        _ => loaded.git_prefix(),
    };
    let shown = Shown { outcome: &outcome, lang, prefix: &prefix };
    let mut append = None;
    let out = match format {
        Format::Human => findings::human(&shown, context.width(), context.links().then_some(&*loaded.root)),
        Format::Concise => findings::concise(&shown),
        Format::Json => findings::json(&shown),
        Format::Sarif => findings::sarif(&shown, &explain::page),
        Format::Gitlab => findings::gitlab(&shown),
        Format::Github => {
            let annotated = findings::github(&shown);
            let page = (context.world.variable)("GITHUB_STEP_SUMMARY").map(PathBuf::from);
            append =
                page.filter(|_| !annotated.summary.is_empty()).map(|path| Append { path, text: annotated.summary });
            annotated.commands
        }
        Format::Junit => {
            let files: Vec<String> = registry.files().map(|(_, path)| path).filter(|path| within.holds(path)).collect();
            let looked_at: Vec<&Rule> =
                rules::ALL.iter().copied().filter(|rule| check::severity(registry, rule).is_some()).collect();
            findings::junit(&shown, &LookedAt { files: &files, rules: &looked_at, fail_on: arguments.fail_on.least() })?
        }
    };
    let fails = |least| outcome.new_findings().any(|finding| finding.severity >= least);
    let code = u8::from(!arguments.exit_zero && arguments.fail_on.least().is_some_and(fails));
    let changes = (!changes.is_empty()).then_some((loaded.root, changes));
    Ok(Done { out: out.into(), talk, code, append, changes, ..Done::default() })
}

/// Marks what was there at a revision already. Gives what there is to say about it.
fn hold_against(
    revision: &str,
    outcome: &mut Outcome,
    arguments: &Arguments,
    registry: &Registry,
    lang: Lang,
) -> anyhow::Result<String> {
    let Revision { commit, folder, registry: before, .. } = registry.at(revision)?;
    let (mut talk, mut gone) = (String::new(), Gone::default());
    if let Some(before) = before {
        let mut before = ManuallyDrop::new(before);
        arguments.levels.apply(&mut before.manifest);
        let found = check::run(&before);
        gone = check::compare(outcome, registry, found, &before);
    } else {
        talk = say!(lang,
            nn: "lmnet: registeret fanst ikkje i {revision}, så alt er nytt",
            nb: "lmnet: registeret fantes ikke i {revision}, så alt er nytt",
            en: "lmnet: the registry did not exist in {revision}, so that everything is new",
        ) + "\n";
    }
    let revision = crate::personal::masked(revision).into_owned(); // branches are named as people like
    outcome.since = Some(Since { revision, commit, folder, gone });
    Ok(talk)
}
