//! The blocks of one document.

use std::fmt::Write;

use super::contents::Link;
use super::ids::Ids;
use super::svg;
use super::table::{Caption, WIDE, table};
use super::text::{inline, lang_attribute, safe};
use crate::document::{Block, Chart, Document, Origin};
use crate::lang::{Lang, Phrase};
use crate::say;
use crate::sheet::Sheet;

/// Writes a document below its title.
#[derive(Debug)]
pub(super) struct Body<'a> {
    document: &'a Document,
    ids: &'a mut Ids,
    /// The level of the title.
    top: u8,
    /// The level of the last heading, and its text without its number.
    level: u8,
    heading: Phrase,
    tables: usize,
    figures: usize,
    /// The section that is being written, and whether a table in it needs a page on its side.
    section: Option<String>,
    section_is_wide: bool,
    /// What is written.
    pub(super) out: String,
    /// Whether a table before the first section needs a page on its side.
    pub(super) wide: bool,
    /// The headings.
    pub(super) links: Vec<Link>,
}

impl<'a> Body<'a> {
    /// Begins a document whose title has this level.
    pub(super) fn new(document: &'a Document, top: u8, ids: &'a mut Ids) -> Self {
        Self {
            document,
            ids,
            top,
            level: top,
            heading: super::title(document),
            tables: 0,
            figures: 0,
            section: None,
            section_is_wide: false,
            out: String::new(),
            wide: false,
            links: Vec::new(),
        }
    }

    /// Writes everything but the title.
    pub(super) fn all(&mut self) {
        let is_heading = |block: &Block| matches!(block, Block::Heading(..));
        let is_paragraph = |block: &Block| matches!(block, Block::Paragraph(..));
        let blocks = &self.document.blocks;
        let title = blocks.iter().position(is_heading).or_else(|| blocks.iter().position(is_paragraph));
        for (at, block) in blocks.iter().enumerate() {
            if Some(at) != title {
                self.block(block);
            }
            if let Some(origins) = self.document.origins.get(&at) {
                self.write(&note(origins, self.document.lang));
            }
        }
        self.close();
    }

    fn block(&mut self, block: &Block) {
        let lang = self.document.lang;
        match block {
            Block::Heading(level, heading) => self.headed(*level, heading),
            Block::Paragraph(phrase) => {
                // What leads up to something stays with it on paper.
                let name = if phrase.text.ends_with(':') { "p class=\"lead\"" } else { "p" };
                self.write(&format!("{}\n", element(name, phrase, lang)));
            }
            Block::List(points) => {
                // Points that bring their own numbers need no other mark.
                let is_numbered = |point: &Phrase| unnumbered(&point.text) != point.text;
                let numbered = if points.iter().all(is_numbered) { " class=\"numbered\"" } else { "" };
                let points: Vec<String> = points.iter().map(|point| element("li", point, lang) + "\n").collect();
                self.write(&format!("<ul{numbered}>\n{}</ul>\n", points.concat()));
            }
            Block::Table(sheet) => {
                let table = self.table(sheet);
                self.write(&table);
            }
            Block::Chart(chart) if chart.table.rows.is_empty() => {}
            Block::Chart(chart) => self.chart(chart),
        }
    }

    fn write(&mut self, html: &str) {
        self.section.as_mut().unwrap_or(&mut self.out).push_str(html);
    }

    /// A heading, at most one level below the one before, so that none is skipped.
    fn headed(&mut self, level: u8, heading: &Phrase) {
        let level = (self.top + level.max(2) - 1).min(self.level + 1).min(6);
        let id = self.ids.fresh(&heading.text);
        let depth = level - self.top - 1;
        if depth == 0 {
            self.close();
            self.section = Some(String::new());
        }
        let opening = format!("h{level} id=\"{id}\"");
        self.write(&format!("{}\n", element(&opening, heading, self.document.lang)));
        self.level = level;
        self.heading = heading.within(|text| unnumbered(text).to_owned());
        self.links.push(Link { depth, id, text: heading.clone() });
    }

    fn close(&mut self) {
        if let Some(section) = self.section.take() {
            let wide = if self.section_is_wide { " class=\"wide\"" } else { "" };
            let _ = write!(self.out, "<section{wide}>\n{section}</section>\n");
        }
        self.section_is_wide = false;
    }

    fn table(&mut self, sheet: &Sheet) -> String {
        if sheet.columns.len() >= WIDE {
            match self.section {
                Some(_) => self.section_is_wide = true,
                None => self.wide = true,
            }
        }
        let lang = self.document.lang;
        let (word, caption) = if sheet.caption.text.is_empty() {
            (self.heading.text.clone(), Caption::Repeated(&self.heading))
        } else {
            self.tables += 1;
            let number = self.tables;
            let number = say!(lang, nn: "Tabell {number}.", nb: "Tabell {number}.", en: "Table {number}.");
            (number.clone(), Caption::Numbered(number, &sheet.caption))
        };
        let id = self.ids.fresh(&word);
        table(sheet, &caption, &id, lang)
    }

    /// The picture, what is to be seen in it, and its table.
    fn chart(&mut self, chart: &Chart) {
        self.figures += 1;
        let (lang, number) = (self.document.lang, self.figures);
        let number = say!(lang, nn: "Figur {number}.", nb: "Figur {number}.", en: "Figure {number}.");
        let id = self.ids.fresh(&number);
        let name = if chart.table.caption.text.is_empty() { &self.heading } else { &chart.table.caption };
        let picture = svg::chart(chart, &name.text, &id);
        let table = self.table(&chart.table);
        self.write(&format!(
            "<figure>\n<figcaption><span class=\"number\">{number}</span> {}</figcaption>\n{picture}<div>\n{table}</div>\n</figure>\n",
            safe(&chart.description)
        ));
    }
}

/// An element by its name, which attributes may follow.
fn element(opening: &str, phrase: &Phrase, around: Lang) -> String {
    let name = opening.split(' ').next().unwrap_or_default();
    format!("<{opening}{}>{}</{name}>", lang_attribute(phrase.lang, around), safe(&phrase.text))
}

/// A heading without the number in front: `Tilbod` of `6. Tilbod`.
fn unnumbered(heading: &str) -> &str {
    let rest = heading.trim_start_matches(|char: char| char.is_ascii_digit() || char == '.');
    match rest.strip_prefix(' ') {
        Some(rest) if !rest.is_empty() => rest,
        _ => heading,
    }
}

/// Where the numbers of a table come from, folded away: whoever doesn't ask isn't held up by it.
fn note(origins: &[Origin], lang: Lang) -> String {
    let row = |origin: &Origin| {
        let (of, row, records) = (inline(&origin.of, lang), safe(&origin.row), safe(&origin.records));
        format!("<dt>{of} <code>{row}</code></dt>\n<dd>{records}</dd>\n")
    };
    let rows: String = origins.iter().map(row).collect();
    let summary = say!(lang,
        nn: "Kva postar tala kjem frå", nb: "Hvilke poster tallene kommer fra", en: "Which records the numbers come from",
    );
    format!("<details>\n<summary>{summary}</summary>\n<dl>\n{rows}</dl>\n</details>\n")
}
