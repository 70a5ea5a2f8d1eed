//! `lmnet summary`: how networks stand on a day, and the handover note of an organisation.

use anyhow::Context as _;
use clap::{Args, ValueEnum};

use super::{Context, Done};
use crate::document::Document;
use crate::lang::Lang;
use crate::mandate::Mandates;
use crate::model::Network;
use crate::registry::{Entry, Registry};
use crate::render::{markdown, table, text};
use crate::report::summary::{compute, document, handover, handover_document};

/// What `summary` takes.
#[derive(Debug, Args)]
#[command(
    before_long_help = "\
Examples:
  lmnet summary                               how each network stands today
  lmnet summary --network lm-fjordnett --today 2025-06-01
  lmnet summary --for reinvik                 the handover note when somebody at Reinvik leaves
  lmnet summary --for reinvik --format md -o handover.md",
    after_long_help = "\
What evidence is not kept for (\"tracked\" in the network's record) is not called missing. Each network's summary is in its
own language unless --lang is given. The summary is for the network itself: small counts are shown."
)]
pub struct Arguments {
    /// Only this network
    #[arg(long, value_name = "ID")]
    network: Option<String>,
    /// The handover note of this organisation or network: open duties, seats, matters, deadlines
    #[arg(long, value_name = "ID")]
    r#for: Option<String>,
    /// How to print [default: table, or by the ending of --output]
    #[arg(long, value_enum)]
    format: Option<Format>,
}

/// Formats of summaries.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    /// For people
    #[value(alias = "txt")]
    Table,
    /// lmnet-summary version 1
    Json,
    /// Markdown
    Md,
}

pub(super) fn run(arguments: &Arguments, context: &Context<'_>) -> anyhow::Result<Done> {
    let loaded = context.load_readable()?;
    let registry: &Registry = &loaded.registry;
    let day = context.today()?;
    let asked = context.asked()?;
    let of_registry = context.lang(registry)?;
    let network = super::asked_network(registry, arguments.network.as_deref())?;
    let mandates = Mandates::new(registry);
    let (mut documents, json, lang) = match &arguments.r#for {
        Some(id) => {
            super::known_body(registry, id)?;
            let lang = asked.or(super::language_of(registry, id)).unwrap_or(of_registry);
            let note = handover(&mandates, id, arguments.network.as_deref(), day, lang);
            (vec![handover_document(&note)], serde_json::to_value(&note), lang)
        }
        None => {
            let lang = |network: &Entry<Network>| asked.or(network.language.map(Lang::from)).unwrap_or(of_registry);
            let networks: Vec<_> = match network {
                Some(network) => vec![network],
                None => registry.networks.iter().collect(),
            };
            let networks: Vec<_> = networks.into_iter().map(|network| (network, lang(network))).collect();
            let own = network.map_or(of_registry, lang);
            let summary = compute(&mandates, &networks, day, own, network.is_none());
            (document(&summary), serde_json::to_value(&summary), own)
        }
    };
    let remark = loaded.remark(lang);
    if !remark.blocks.is_empty() {
        documents.push(remark);
    }
    let pages = |page: &dyn Fn(&Document) -> String| documents.iter().map(page).collect::<Vec<_>>().join("\n");
    let out = match context.format(arguments.format, Format::Table)? {
        Format::Table => pages(&|document| text::document(document, context.width())),
        Format::Md => pages(&markdown::document),
        Format::Json => table::pretty_json(&loaded.machine(json.context("the summary as JSON")?)),
    };
    Ok(Done { out: out.into(), talk: super::unsound(&loaded, lang), ..Done::default() })
}
