//! `lmnet check`: every problem of the registry.

use clap::{Args, ValueEnum};

use super::{Context, Done};
use crate::diagnostic::Severity;
use crate::render::findings;

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
#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    /// Excerpts for people
    Human,
    /// lmnet-check version 1; lines and columns count from 1
    Json,
}

pub(super) fn run(arguments: &Arguments, context: &Context<'_>) -> anyhow::Result<Done> {
    let loaded = context.load()?;
    let lang = context.lang(&loaded.registry)?;
    let outcome = crate::check::run(&loaded.registry);
    let out = match context.format(arguments.format, Format::Human)? {
        Format::Human => {
            let prefix = loaded.near_prefix(&context.world.folder);
            findings::human(&outcome, lang, context.width(), &|path| format!("{prefix}{path}"))
        }
        Format::Json => {
            let prefix = loaded.git_prefix();
            findings::json(&outcome, lang, &|path| format!("{prefix}{path}"))
        }
    };
    let code = u8::from(outcome.count(Severity::Error) > 0);
    Ok(Done { out, code, ..Done::default() })
}
