//! `lmnet check`: every problem of the registry.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::{Append, Context, Done, explain};
use crate::diagnostic::{Rule, Severity};
use crate::registry::Registry;
use crate::render::findings::{self, LookedAt, Shown};
use crate::rules;

/// What `check` takes.
#[derive(Debug, Args)]
#[command(before_long_help = "\
Examples:
  lmnet check
  lmnet check --format json -o findings.json
  lmnet check --registry examples/fjordnett --lang en")]
pub struct Arguments {
    /// How to show the findings [default: human, or by the ending of --output]
    #[arg(long, value_enum)]
    format: Option<Format>,
}

/// Formats of findings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// Excerpts for people
    #[value(alias = "txt")]
    Human,
    /// A line each: path:line:column: level[rule] message
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
    let loaded = context.load()?;
    let registry: &Registry = &loaded.registry;
    let lang = context.lang(registry)?;
    let outcome = crate::check::run(registry);
    let format = match arguments.format {
        Some(format) if context.ending().is_some_and(|ending| format.may_end_in(ending)) => format,
        asked => context.format(asked, Format::Human)?,
    };
    let prefix = match format {
        Format::Human | Format::Concise => loaded.near_prefix(&context.world.folder),
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
            let files: Vec<String> = registry.paths().collect();
            let looked_at: Vec<&Rule> =
                rules::ALL.iter().copied().filter(|rule| crate::check::severity(registry, rule).is_some()).collect();
            findings::junit(&shown, &LookedAt { files: &files, rules: &looked_at, fail_on: Some(Severity::Error) })?
        }
    };
    let code = u8::from(outcome.count(Severity::Error) > 0);
    Ok(Done { out, code, append, ..Done::default() })
}
