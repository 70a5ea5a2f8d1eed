//! `lmnet export --workbook`: rows to be filled in by those whose they are.

use std::path::{Path, PathBuf};

use anyhow::bail;
use clap::Args;

use crate::cli::{Context, Done, language_of, unsound};
use crate::model::Kind;
use crate::say;
use crate::spelling::escaped;
use crate::view::{none_of, unknown};
use crate::workbook::{Scope, book, tabs};

/// What makes a workbook.
#[derive(Debug, Args)]
pub(super) struct Workbook {
    /// Make a workbook with rows to be filled in: offerings, runs, courses, seats
    #[arg(
        long,
        value_name = "FILE.xlsx",
        conflicts_with_all = ["format", "table", "network", "year", "audience", "excel", "from", "until", "partial"]
    )]
    pub(super) workbook: Option<PathBuf>,
    /// Only the rows of this organisation and what is part of it; may be given several times
    #[arg(long, value_name = "ID", requires = "workbook")]
    organisation: Vec<String>,
    /// Take the place of a workbook that is there already
    #[arg(long, requires = "workbook")]
    replace: bool,
}

pub(super) fn run(arguments: &Workbook, file: &Path, context: &Context<'_>) -> anyhow::Result<Done> {
    if context.cli.output.is_some() {
        bail!(say!(
            nn: "--workbook nemner fila alt; ta bort --output",
            nb: "--workbook nevner filen allerede; ta bort --output",
            en: "--workbook names the file already; leave --output out",
        ));
    }
    if !file.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("xlsx")) {
        let file = file.display();
        bail!(say!(
            nn: "{file}: ei arbeidsbok sluttar på .xlsx",
            nb: "{file}: en arbeidsbok slutter på .xlsx",
            en: "{file}: a workbook ends in .xlsx",
        ));
    }
    let loaded = context.load_readable()?;
    let registry = &loaded.registry;
    for id in &arguments.organisation {
        if registry.organisations.get(id).is_none() {
            let ids = registry.organisations.iter().map(|known| &*known.id);
            bail!(unknown(id, &none_of(Kind::Organisation), ids));
        }
    }
    // In the language in which the organisation is written to.
    let lang = match (context.asked()?, &arguments.organisation[..]) {
        (None, [id]) => language_of(registry, id).map_or_else(|| context.lang(registry), Ok)?,
        _ => context.lang(registry)?,
    };
    // It may have been filled in, and there is no other copy of that.
    if !arguments.replace && context.world.folder.join(file).exists() {
        let shown = escaped(&file.display().to_string());
        bail!(say!(lang,
            nn: "{shown} finst alt, og kan vere fylt ut; vel eit anna namn, eller skriv over med --replace",
            nb: "{shown} finnes allerede, og kan være fylt ut; velg et annet navn, eller skriv over med --replace",
            en: "{shown} is there already, and may have been filled in; choose another name, or write over it with --replace",
        ));
    }
    let tabs = tabs(registry, &Scope { organisations: arguments.organisation.clone() }, lang);
    let bytes = book(registry, &tabs, &arguments.organisation, context.today()?, lang)?;
    let counts: Vec<String> =
        tabs.iter().map(|tab| format!("{} {}", tab.rows.len(), tab.part.label().get(lang).to_lowercase())).collect();
    let counts = counts.join(", ");
    let talk = say!(lang, nn: "lmnet: i arbeidsboka: {counts}\n", nb: "lmnet: i arbeidsboken: {counts}\n", en: "lmnet: in the workbook: {counts}\n");
    Ok(Done { to: Some(file.to_owned()), talk: unsound(&loaded, lang) + &talk, ..Done::with(bytes) })
}
