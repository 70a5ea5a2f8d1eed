//! `lmnet nag`: messages to those who owe what is overdue or due soon.

use std::fmt::Write;

use chrono::Days;
use clap::{Args, ValueEnum};

use super::{Context, Done};
use crate::date::Date;
use crate::mandate::Mandates;
use crate::names::Names;
use crate::registry::Registry;
use crate::render::{markdown, table, text};
use crate::report::deadlines::Query;
use crate::report::nag::compute;
use crate::say;

/// What `nag` takes.
#[derive(Debug, Args)]
#[command(
    before_long_help = "\
Examples:
  lmnet nag                                   a message to each who owes something now or within 30 days
  lmnet nag --to havnoy --within 60
  lmnet nag --network lm-fjordnett --format md -o messages.md",
    after_long_help = "\
Each message is in the language of whom it goes to, unless --lang is given, quotes the wording and the clause, and is ready to
be pasted into a letter. Greeting and signature stand in lmnet.toml, under [messages]. Nothing is sent."
)]
pub struct Arguments {
    /// Days ahead
    #[arg(long, value_name = "DAYS", default_value_t = 30, value_parser = clap::value_parser!(u64).range(..=36_600))]
    within: u64,
    /// Only this network
    #[arg(long, value_name = "ID")]
    network: Option<String>,
    /// Only to this body and its parts
    #[arg(long, value_name = "ID")]
    to: Option<String>,
    /// How to print [default: text, or by the ending of --output]
    #[arg(long, value_enum)]
    format: Option<Format>,
}

/// Formats of messages.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    /// To be pasted
    #[value(alias = "txt")]
    Text,
    /// Markdown
    Md,
    /// lmnet-nag version 1
    Json,
}

pub(super) fn run(arguments: &Arguments, context: &Context<'_>) -> anyhow::Result<Done> {
    let loaded = context.load_readable()?;
    let registry: &Registry = &loaded.registry;
    let day = context.today()?;
    super::asked_network(registry, arguments.network.as_deref())?;
    if let Some(id) = &arguments.to {
        super::known_body(registry, id)?;
    }
    let (asked, of_registry) = (context.asked()?, context.lang(registry)?);
    let query = Query {
        day,
        from: None,
        until: day.checked_add_days(Days::new(arguments.within)).unwrap_or(Date::MAX),
        network: arguments.network.clone(),
        owed_by: arguments.to.clone(),
        owed_to: None,
        status: Vec::new(),
        all: false,
    };
    let mandates = Mandates::new(registry);
    let lang = |id: &str| asked.or_else(|| super::language_of(registry, id)).unwrap_or(of_registry);
    let nag = compute(&mandates, query, lang);
    let documents = || nag.documents(&mandates);
    let out = match context.format(arguments.format, Format::Text)? {
        Format::Text => {
            let messages: Vec<String> =
                documents().iter().map(|document| text::document(document, context.width())).collect();
            messages.join("\n----\n\n")
        }
        Format::Md => documents().iter().map(markdown::document).collect::<Vec<_>>().join("\n"),
        Format::Json => table::pretty_json(&loaded.machine(nag.json(&mandates))),
    };
    let mut talk = super::unsound(&loaded, of_registry);
    let names = Names { registry, lang: of_registry };
    if nag.messages.is_empty() {
        let day = crate::date::day_words(nag.until, names.lang);
        let line = say!(names.lang,
            nn: "ingen er over fristen, og ingen har frist fram til {day}",
            nb: "ingen har noe forfalt, og ingen har frist fram til {day}",
            en: "nobody has anything overdue or due by {day}",
        );
        writeln!(talk, "lmnet: {line}")?;
    }
    if nag.nobodys > 0 {
        let count = nag.nobodys;
        let line = say!(names.lang,
            nn: "fristar som ingen står oppført med, og som derfor ikkje er med her: {count}; «lmnet deadlines» viser dei",
            nb: "frister som ingen står oppført med, og som derfor ikke er med her: {count}; «lmnet deadlines» viser dem",
            en: "deadlines for which nobody is named, and which are therefore left out here: {count}; \"lmnet deadlines\" shows them",
        );
        writeln!(talk, "lmnet: {line}")?;
    }
    Ok(Done { out: out.into(), talk, ..Done::default() })
}
