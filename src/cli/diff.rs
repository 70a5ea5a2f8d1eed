//! `lmnet diff`: what changed between two revisions, in the words of the field.

use std::mem::ManuallyDrop;

use clap::{Args, ValueEnum};

use super::{Context, Done};
use crate::change::{Brief, document};
use crate::lang::Lang;
use crate::names::Names;
use crate::registry::{Revision, revision_words};
use crate::render::{markdown, table, text};
use crate::say;

/// What `diff` takes.
#[derive(Debug, Args)]
#[command(before_long_help = "\
Examples:
  lmnet diff origin/main                 from there to the files as they are now
  lmnet diff main...                     from where the work that is checked out parted from main
  lmnet diff v2025 v2026 --format md     between two revisions, as Markdown")]
pub struct Arguments {
    /// The revision before, such as origin/main; main... is the commit at which what is checked out parted from main
    #[arg(value_name = "BASE")]
    base: String,
    /// The revision after [default: the files as they are now]
    #[arg(value_name = "HEAD")]
    head: Option<String>,
    /// How to print [default: human, or by the ending of --output]
    #[arg(long, value_enum)]
    format: Option<Format>,
}

/// Formats of changes.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    /// For people
    #[value(alias = "txt")]
    Human,
    /// Markdown, for the description of a pull request or a comment on it
    Md,
    /// lmnet-diff version 1
    Json,
}

pub(super) fn run(arguments: &Arguments, context: &Context<'_>) -> anyhow::Result<Done> {
    let mut loaded = context.load()?;
    let before = loaded.registry.at(&arguments.base)?;
    let after = arguments.head.as_ref().map(|head| loaded.registry.at(head)).transpose()?;
    let title_of = |revision: &Revision| revision_words(&revision.asked, &revision.commit);
    let titles = (title_of(&before), after.as_ref().map(title_of));
    // Where there was no registry yet, everything is new.
    let mut old = ManuallyDrop::new(before.registry.unwrap_or_default());
    if let Some(after) = after {
        loaded.registry = ManuallyDrop::new(after.registry.unwrap_or_default());
    }
    let new = &mut loaded.registry;
    let lang = context.lang(new)?;
    let brief = Brief::of(&mut old, new, context.today()?, lang);
    let page = document(&brief, &Names { registry: new, lang }, title(&titles.0, titles.1.as_deref(), lang));
    let out = match context.format(arguments.format, Format::Human)? {
        Format::Human => text::document(&page, context.width()),
        Format::Md => markdown::document(&page),
        Format::Json => table::pretty_json(&brief.json()),
    };
    Ok(Done::with(out))
}

fn title(before: &str, after: Option<&str>, lang: Lang) -> String {
    match after {
        Some(after) => say!(lang,
            nn: "Endringar frå {before} til {after}",
            nb: "Endringer fra {before} til {after}",
            en: "Changes from {before} to {after}",
        ),
        None => {
            say!(lang, nn: "Endringar sidan {before}", nb: "Endringer siden {before}", en: "Changes since {before}")
        }
    }
}
