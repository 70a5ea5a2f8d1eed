//! `lmnet report`: the annual report of a network, or of all; several years side by side; the report that a body compiles.

use anyhow::Context as _;
use clap::{Args, ValueEnum};
use serde::Serialize;

use super::context::Readable;
use super::footer::Footer;
use super::{Context, Done};
use crate::document::Document;
use crate::lang::Lang;
use crate::mandate::Mandates;
use crate::model::Network;
use crate::registry::{Entry, Registry};
use crate::render::{docx, html, markdown, table, xlsx};
use crate::report::annual;
use crate::say;

/// What `report` takes.
#[derive(Debug, Args)]
#[command(
    before_long_help = "\
Examples:
  lmnet report --year 2025
  lmnet report --year 2025 --network lm-fjordnett --lang en
  lmnet report --year 2025 --network lm-fjordnett -o arsmelding-2025.docx
  lmnet report --years 2023..2025 --network lm-fjordnett
  lmnet report --year 2025 --network lm-fjordnett --explain registered/runs
  lmnet report --year 2024 --compiled-for samhandlingssekretariatet -o samla-rapport.docx",
    after_long_help = "\
Each network's report is in the network's own language unless --lang is given, a compiled one in that of the body. Small
counts of participants are hidden unless the report is for the network itself (--audience internal). Duties are told as they
stand today (or --today).

Years are compared like with like: beside the totals stand those of the parties that are present in all the years. A
compiled report gathers the networks that report to a body, by duty or by their own 'reports-to', and those in which trusts
take part that are parts of it; it tells who is missing and who was late."
)]
pub struct Arguments {
    /// The year
    #[arg(long, value_parser = clap::value_parser!(i32).range(1800..3000), required_unless_present = "years")]
    year: Option<i32>,
    /// Several years side by side, as 2014..2016
    #[arg(long, value_name = "FIRST..LAST", value_parser = years, conflicts_with_all = ["year", "compiled_for"])]
    years: Option<(i32, i32)>,
    /// The network; all networks of the registry, unless given
    #[arg(long, value_name = "ID", group = "whose")]
    network: Option<String>,
    /// The report that this body compiles of those that it gets
    #[arg(long, value_name = "BODY", group = "whose")]
    compiled_for: Option<String>,
    /// The records behind a number of a network's report or a compiled one, named by table, row and column as
    /// reach/local/runs; one that is none gets a list of those that there are
    #[arg(long, value_name = "CELL", requires = "whose")]
    explain: Option<String>,
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

/// The most years that stand side by side on a page.
const WIDEST: i32 = 12;

/// Years on the command line, the first and the last.
fn years(text: &str) -> Result<(i32, i32), String> {
    let (first, last) = super::years(text)?.into_inner();
    match last - first {
        0 => Err("are one year; --year tells of one".to_owned()),
        1..WIDEST => Ok((first, last)),
        _ => Err(format!("are more than {WIDEST}, which do not stand side by side")),
    }
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
pub(super) enum Audience {
    /// Everybody: small counts of participants are hidden
    Public,
    /// The network itself: nothing is hidden
    Internal,
}

impl From<Audience> for annual::Audience {
    fn from(audience: Audience) -> Self {
        match audience {
            Audience::Public => Self::Public,
            Audience::Internal => Self::Internal,
        }
    }
}

pub(super) fn run(arguments: &Arguments, context: &Context<'_>) -> anyhow::Result<Done> {
    let loaded = if arguments.partial { context.load_readable()? } else { context.load_sound()? };
    let registry = &*loaded.registry;
    let audience = arguments.audience.into();
    let day = context.today()?;
    let mandates = Mandates::new(registry);
    let format = context.format(arguments.format, Format::Md)?;
    let for_machines = matches!(format, Format::Json | Format::Yaml);
    let told = |explained: &annual::Explained| {
        written(&[explained.document()], serde_json::to_value(explained), format, (context, &loaded))
    };
    let (documents, machine) = match (&arguments.compiled_for, arguments.years) {
        (Some(body), _) => {
            super::known_body(registry, body)?;
            let lang = context.asked()?.or(super::language_of(registry, body));
            let lang = lang.map_or_else(|| context.lang(registry), Ok)?;
            let report = annual::compile(&mandates, body, arguments.year.unwrap_or_default(), audience, day, lang);
            if let Some(cell) = &arguments.explain {
                let explained = annual::explain_compiled(&mandates, &report, cell, audience)?;
                return told(&explained);
            }
            made(for_machines, &report, |report| vec![annual::compiled_document(report)])
        }
        (None, Some(years)) => {
            let networks = networks(arguments, context, registry)?;
            let report = annual::compute_years(&mandates, &networks, years, audience, day);
            if let (Some(cell), [network]) = (&arguments.explain, &report.networks[..]) {
                let explained = annual::explain_years(&mandates, network, years, cell, audience)?;
                return told(&explained);
            }
            made(for_machines, &report, annual::years_document)
        }
        (None, None) => {
            let networks = networks(arguments, context, registry)?;
            if let (Some(cell), [(network, lang)]) = (&arguments.explain, &networks[..]) {
                let asked = (arguments.year.unwrap_or_default(), &**cell);
                let explained = annual::explain(&mandates, network, *lang, asked, audience, day)?;
                return told(&explained);
            }
            let report = annual::compute(&mandates, &networks, arguments.year.unwrap_or_default(), audience, day);
            made(for_machines, &report, annual::document)
        }
    };
    let footer = Footer::new(registry, day);
    // A line that says that there was nothing to report on needs no foot.
    let under = |document: Document| {
        let remark = loaded.remark(document.lang);
        let document = document.then(remark);
        if document.title().is_some() { footer.under(document) } else { document }
    };
    let documents: Vec<Document> = documents.into_iter().map(under).collect();
    written(&documents, machine, format, (context, &loaded))
}

/// A report as people read it, or as machines do.
fn made<R: Serialize>(
    for_machines: bool,
    report: &R,
    documents: impl FnOnce(&R) -> Vec<Document>,
) -> (Vec<Document>, serde_json::Result<serde_json::Value>) {
    if for_machines {
        (Vec::new(), serde_json::to_value(report))
    } else {
        (documents(report), Ok(serde_json::Value::Null))
    }
}

/// The result in the format that is asked for.
fn written(
    documents: &[Document],
    machine: serde_json::Result<serde_json::Value>,
    format: Format,
    (context, loaded): (&Context<'_>, &Readable),
) -> anyhow::Result<Done> {
    let machine = || machine.map(|value| loaded.machine(value)).context("the report for machines");
    let out = match format {
        Format::Md => documents.iter().map(markdown::document).collect::<Vec<_>>().join("\n").into(),
        Format::Html => html::documents(documents).into(),
        Format::Docx => docx::documents(documents)?.into(),
        Format::Xlsx => xlsx::documents(documents)?.into(),
        Format::Json => table::pretty_json(&machine()?).into(),
        Format::Yaml => table::yaml(&machine()?)?.into(),
    };
    let lang = context.lang(&loaded.registry)?;
    let mut talk = super::unsound(loaded, lang);
    if loaded.registry.networks.iter().next().is_none() {
        let none = say!(lang,
            nn: "lmnet: registeret har ingen nettverk å rapportere om",
            nb: "lmnet: registeret har ingen nettverk å rapportere om",
            en: "lmnet: the registry has no network to report on",
        );
        talk += &(none + "\n");
    }
    Ok(Done { out, talk, ..Done::default() })
}

/// The networks that are asked about, each with the language of its report.
fn networks<'a>(
    arguments: &Arguments,
    context: &Context<'_>,
    registry: &'a Registry,
) -> anyhow::Result<Vec<(&'a Entry<Network>, Lang)>> {
    let (asked, of_registry) = (context.asked()?, context.lang(registry)?);
    let lang = |network: &Entry<Network>| asked.or(network.language.map(Lang::from)).unwrap_or(of_registry);
    let networks = chosen(registry, arguments.network.as_deref())?;
    Ok(networks.into_iter().map(|network| (network, lang(network))).collect())
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
