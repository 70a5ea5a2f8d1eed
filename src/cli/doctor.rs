//! `lmnet doctor`: what is in force here, from where, and what the files are like.

use clap::{Args, ValueEnum};

use super::{Context, Done};
use crate::render::{markdown, table, text};
use crate::report::checkup::{Given, Origin, Setting, checkup};

/// What `doctor` takes.
#[derive(Debug, Args)]
#[command(before_long_help = "\
Examples:
  lmnet doctor                     why lmnet does what it does here: registry, day, language, git, files, what is switched off
  lmnet doctor --format json       the same to send along with a question

It changes nothing, and finds no mistakes in records: that is what lmnet check is for.")]
pub struct Arguments {
    /// How to print [default: table, or by the ending of --output]
    #[arg(long, value_enum)]
    format: Option<Format>,
}

/// Formats of the checkup.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    /// For people
    #[value(alias = "txt")]
    Table,
    /// lmnet-doctor version 1
    Json,
    /// Markdown
    Md,
}

pub(super) fn run(arguments: &Arguments, context: &Context<'_>) -> anyhow::Result<Done> {
    let loaded = context.load()?;
    let lang = context.lang(&loaded.registry)?;
    let by = |option: bool, variable: &str, otherwise: Origin| match option {
        true => Origin::CommandLine,
        false if (context.world.variable)(variable).is_some() => Origin::Environment,
        false => otherwise,
    };
    let cli = context.cli;
    let registry = if cli.registry.is_some() { Origin::CommandLine } else { Origin::Folders };
    let given = Given {
        registry: Setting { value: loaded.root.display().to_string(), from: registry },
        today: Setting {
            value: context.today()?.to_string(),
            from: by(cli.today.is_some(), "LMNET_TODAY", Origin::Clock),
        },
        language: context.asked()?.map(|lang| (lang, by(cli.lang.is_some(), "LMNET_LANG", Origin::Usual))),
    };
    let checkup = checkup(&loaded.registry, given);
    let out = match context.format(arguments.format, Format::Table)? {
        Format::Table => text::document(&checkup.document(lang), context.width()),
        Format::Md => markdown::document(&checkup.document(lang)),
        Format::Json => table::pretty_json(&serde_json::to_value(&checkup)?),
    };
    Ok(Done::with(out))
}
