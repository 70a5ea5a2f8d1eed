//! `lmnet doctor`: what is in force here, from where, and what the files are like.

use clap::{Args, ValueEnum};
use serde_json::Value;

use super::{Context, Done};
use crate::document::Document;
use crate::registry::Registry;
use crate::render::{markdown, table, text};
use crate::report::checkup::{Given, Nowhere, Origin, Setting, checkup};

/// What `doctor` takes.
#[derive(Debug, Args)]
#[command(before_long_help = "\
Examples:
  lmnet doctor                     why lmnet does what it does here: registry, day, language, git, files, what is switched off
  lmnet doctor --format json       the same to send along with a question

It changes nothing, and finds no mistakes in records: that is what lmnet check is for. Where there is no registry, it says
where it looked for one, with exit code 1.")]
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
    let format = context.format(arguments.format, Format::Table)?;
    let by = |option: bool, variable: &str, otherwise: Origin| match option {
        true => Origin::CommandLine,
        false if (context.world.variable)(variable).is_some() => Origin::Environment,
        false => otherwise,
    };
    let cli = context.cli;
    let today =
        Setting { value: context.today()?.to_string(), from: by(cli.today.is_some(), "LMNET_TODAY", Origin::Clock) };
    let language = context.asked()?.map(|lang| (lang, by(cli.lang.is_some(), "LMNET_LANG", Origin::Usual)));
    let folder = &context.world.folder;
    if cli.registry.is_none() && Registry::find(folder).is_none() {
        let looked_in = Registry::looked_in(folder).map(|folder| folder.display().to_string()).collect();
        let nowhere = Nowhere::new(looked_in, today, language);
        let document = nowhere.document(context.asked()?.unwrap_or_default());
        let out = printed(format, &document, serde_json::to_value(&nowhere)?, context);
        return Ok(Done { code: 1, ..Done::with(out) });
    }
    let loaded = context.load()?;
    let from = if cli.registry.is_some() { Origin::CommandLine } else { Origin::Folders };
    let registry = Setting { value: loaded.root.display().to_string(), from };
    let checkup = checkup(&loaded.registry, Given { registry, today, language });
    let document = checkup.document(context.lang(&loaded.registry)?);
    Ok(Done::with(printed(format, &document, serde_json::to_value(&checkup)?, context)))
}

fn printed(format: Format, document: &Document, value: Value, context: &Context<'_>) -> String {
    match format {
        Format::Table => text::document(document, context.width()),
        Format::Md => markdown::document(document),
        Format::Json => table::pretty_json(&value),
    }
}
