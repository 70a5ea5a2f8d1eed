//! `lmnet report`: the annual report of a network, or of all.

use anyhow::Context as _;
use clap::{Args, ValueEnum};

use super::{Context, Done};
use crate::lang::Lang;
use crate::mandate::Mandates;
use crate::model::Network;
use crate::registry::{Entry, Registry};
use crate::render::{docx, html, markdown, table, xlsx};
use crate::report::annual;

/// What `report` takes.
#[derive(Debug, Args)]
#[command(
    before_long_help = "\
Examples:
  lmnet report --year 2025
  lmnet report --year 2025 --network lm-fjordnett --lang en
  lmnet report --year 2025 --network lm-fjordnett -o arsmelding-2025.md",
    after_long_help = "\
Each network's report is in the network's own language unless --lang is given. Small counts of participants are hidden
unless the report is for the network itself (--audience internal). Duties are told as they stand today (or --today)."
)]
pub struct Arguments {
    /// The year
    #[arg(long, value_parser = clap::value_parser!(i32).range(1800..3000))]
    year: i32,
    /// The network; all networks of the registry, unless given
    #[arg(long, value_name = "ID")]
    network: Option<String>,
    /// Who will read it
    #[arg(long, value_enum, default_value_t = Audience::Public)]
    audience: Audience,
    /// How to print [default: md, or by the ending of --output]
    #[arg(long, value_enum)]
    format: Option<Format>,
    /// Report on what could be read of a registry with errors
    #[arg(long)]
    partial: bool,
}

/// Formats of reports.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    /// Markdown
    Md,
    /// A web page, all in one file
    #[value(alias = "htm")]
    Html,
    /// For Word and LibreOffice
    Docx,
    /// A workbook with a sheet for each table
    Xlsx,
    /// lmnet-report version 1
    Json,
    /// The same as YAML
    #[value(alias = "yml")]
    Yaml,
}

/// Who will read a report.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum Audience {
    /// Everybody: small counts of participants are hidden
    Public,
    /// The network itself: nothing is hidden
    Internal,
}

pub(super) fn run(arguments: &Arguments, context: &Context<'_>) -> anyhow::Result<Done> {
    let registry = if arguments.partial { context.load_readable()?.registry } else { context.load_sound()?.registry };
    let registry = &*registry;
    let asked = context.asked()?;
    let of_registry = context.lang(registry)?;
    let lang = |network: &Entry<Network>| asked.or(network.language.map(Lang::from)).unwrap_or(of_registry);
    let networks: Vec<(&Entry<Network>, Lang)> =
        chosen(registry, arguments.network.as_deref())?.into_iter().map(|network| (network, lang(network))).collect();
    let audience = match arguments.audience {
        Audience::Public => annual::Audience::Public,
        Audience::Internal => annual::Audience::Internal,
    };
    let mandates = Mandates::new(registry);
    let report = annual::compute(&mandates, &networks, arguments.year, audience, context.today()?);
    let out = match context.format(arguments.format, Format::Md)? {
        Format::Md => {
            let pages: Vec<_> = annual::document(&report).iter().map(markdown::document).collect();
            pages.join("\n").into()
        }
        Format::Html => html::documents(&annual::document(&report)).into(),
        Format::Docx => docx::documents(&annual::document(&report))?.into(),
        Format::Xlsx => xlsx::documents(&annual::document(&report))?.into(),
        Format::Json => table::pretty_json(&serde_json::to_value(&report).context("the report as JSON")?).into(),
        Format::Yaml => table::yaml(&serde_json::to_value(&report).context("the report as YAML")?)?.into(),
    };
    Ok(Done { out, ..Done::default() })
}

fn chosen<'a>(registry: &'a Registry, network: Option<&str>) -> anyhow::Result<Vec<&'a Entry<Network>>> {
    match network {
        None => {
            // Networks that agreements govern come before those that are only known by name.
            let mut networks: Vec<_> = registry.networks.iter().collect();
            networks.sort_by_key(|network| network.governed_by.is_empty());
            Ok(networks)
        }
        Some(id) => Ok(vec![super::known_network(registry, id)?]),
    }
}
