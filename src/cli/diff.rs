//! `lmnet diff`: what changed between two revisions, in the words of the field.

use std::mem::ManuallyDrop;

use clap::{Args, ValueEnum};

use super::{Context, Done};
use crate::change::{Brief, Shown, document};
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
    /// Markdown, for a comment on a pull request: what has no room there is counted
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
    let command =
        format!("lmnet diff {}", [&*before.asked, after.as_ref().map_or("", |after| &*after.asked)].join(" "));
    // Where there was no registry yet, everything is new.
    let mut old = ManuallyDrop::new(before.registry.unwrap_or_default());
    if let Some(after) = after {
        loaded.registry = ManuallyDrop::new(after.registry.unwrap_or_default());
    }
    let new = &mut loaded.registry;
    // A manifest that lost its language to a mistake had one before.
    let lang = context.lang(if new.manifest.language.is_some() { new } else { &old })?;
    let brief = Brief::of(&mut old, new, context.today()?, lang);
    let shown = Shown {
        names: [&*old, new].map(|registry| Names { registry, lang }),
        title: title(&titles.0, titles.1.as_deref(), lang),
        command: command.trim_end().to_owned(),
        tables: false,
        most: usize::MAX,
        records: usize::MAX,
    };
    let out = match context.format(arguments.format, Format::Human)? {
        Format::Human => text::document(&document(&brief, &shown), context.width()),
        Format::Md => within(&brief, shown),
        Format::Json => table::pretty_json(&brief.json()),
    };
    Ok(Done::with(out))
}

/// How long the Markdown may be, in UTF-16 units: a comment on GitHub holds 65,536, and something may stand around it.
const LONGEST: usize = 60_000;

/// As Markdown, with as much of it as a comment on a pull request holds: first what the change comes to, then the fields of as many
/// records as there is room for.
fn within(brief: &Brief, shown: Shown<'_>) -> String {
    let page = |most: usize, records: usize| {
        markdown::document(&document(brief, &Shown { tables: true, most, records, ..shown.clone() }))
    };
    let fits = |most: usize, records: usize| page(most, records).encode_utf16().count() <= LONGEST;
    let most = [100, 30, 10, 3].into_iter().find(|most| fits(*most, 0)).unwrap_or_default();
    // The most records that fit, by halves.
    let (mut some, mut beyond) = (0, brief.records.len() + 1);
    while beyond - some > 1 {
        let half = usize::midpoint(some, beyond);
        if fits(most, half) { some = half } else { beyond = half }
    }
    page(most, some)
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
