//! What a workbook holds: of each document its title, what stands before anything else, its tables, and its text.

use std::borrow::Cow;

use super::naming::Naming;
use crate::document::{Block, Chart, Document};
use crate::lang::Lang;
use crate::say;
use crate::sheet::{Cell, Column, Sheet};

/// All of a workbook.
#[derive(Debug)]
pub(super) struct Contents<'a> {
    /// The name of the sheet that tells what the others are.
    pub(super) about: String,
    /// A part for each document.
    pub(super) parts: Vec<Part<'a>>,
}

/// What comes from one document.
#[derive(Debug)]
pub(super) struct Part<'a> {
    pub(super) lang: Lang,
    pub(super) title: &'a str,
    /// The paragraphs before the first section or table.
    pub(super) opening: Vec<&'a str>,
    pub(super) tabs: Vec<Tab<'a>>,
    pub(super) footer: Option<&'a str>,
}

/// A table and where it stands.
#[derive(Debug)]
pub(super) struct Tab<'a> {
    /// The name of its sheet.
    pub(super) name: String,
    /// What stands above it, in full.
    pub(super) caption: String,
    pub(super) table: Cow<'a, Sheet>,
}

impl<'a> Contents<'a> {
    pub(super) fn of(documents: &'a [Document]) -> Self {
        let lang = documents.first().map(|document| document.lang).unwrap_or_default();
        let mut naming = Naming::new();
        let about = naming.name(&say!(lang, nn: "Om", nb: "Om", en: "About"), "");
        Self { about, parts: documents.iter().map(|document| part(document, &mut naming)).collect() }
    }

    pub(super) fn tables(&self) -> impl Iterator<Item = &Sheet> {
        self.parts.iter().flat_map(|part| &part.tabs).map(|tab| &*tab.table)
    }
}

fn part<'a>(document: &'a Document, naming: &mut Naming) -> Part<'a> {
    let title = document.title().map_or("", |title| &*title.text);
    let mut part =
        Part { lang: document.lang, title, opening: Vec::new(), tabs: Vec::new(), footer: document.footer.as_deref() };
    let mut headings: Vec<(u8, &str)> = Vec::new();
    let mut text = Vec::new();
    for block in &document.blocks {
        match block {
            Block::Heading(level, heading) => {
                headings.retain(|(above, _)| above < level);
                headings.push((*level, &heading.text));
            }
            Block::Paragraph(phrase) if headings.len() < 2 && part.tabs.is_empty() => part.opening.push(&phrase.text),
            Block::Paragraph(phrase) => text.push((section(&headings), &*phrase.text)),
            Block::List(points) => text.extend(points.iter().map(|point| (section(&headings), &*point.text))),
            Block::Table(table) | Block::Chart(Chart { table, .. }) if !table.columns.is_empty() => {
                let (name, caption) = called(table, section(&headings), &part.tabs);
                let name = naming.name(&name, &number(part.tabs.len() + 1, part.lang));
                part.tabs.push(Tab { name, caption, table: Cow::Borrowed(table) });
            }
            Block::Table(_) | Block::Chart(_) => {}
        }
    }
    if !text.is_empty() {
        let table = text_table(&text, part.lang);
        let name = naming.name(&table.caption.text, "");
        part.tabs.push(Tab { name, caption: table.caption.text.clone(), table: Cow::Owned(table) });
    }
    part
}

/// What a table is called, in short and in full: by its caption, or by the nearest heading. Of several below one heading the
/// later ones are called by what their rows are about.
fn called(table: &Sheet, section: &str, before: &[Tab<'_>]) -> (String, String) {
    let caption = &table.caption.text;
    if !caption.is_empty() {
        return (caption.clone(), caption.clone());
    }
    match before.iter().any(|tab| tab.caption == section).then(|| &table.columns[0].label.text) {
        Some(label) => (label.clone(), format!("{section}: {label}")),
        None => (section.to_owned(), section.to_owned()),
    }
}

/// The nearest heading.
fn section<'a>(headings: &[(u8, &'a str)]) -> &'a str {
    headings.last().map_or("", |(_, heading)| heading)
}

fn number(number: usize, lang: Lang) -> String {
    say!(lang, nn: "Tabell {number}", nb: "Tabell {number}", en: "Table {number}")
}

/// What the document says beside its tables.
fn text_table(text: &[(&str, &str)], lang: Lang) -> Sheet {
    Sheet {
        id: "text",
        caption: say!(lang, nn: "Tekst", nb: "Tekst", en: "Text").into(),
        columns: vec![
            Column::new("section", say!(lang, nn: "Avsnitt", nb: "Avsnitt", en: "Section")),
            Column::new("text", say!(lang, nn: "Tekst", nb: "Tekst", en: "Text")),
        ],
        rows: text.iter().map(|(section, text)| [*section, *text].map(Cell::text).to_vec()).collect(),
    }
}
