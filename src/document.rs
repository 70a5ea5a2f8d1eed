//! What a result becomes before it becomes bytes: headings, text, lists and tables.

use crate::lang::Lang;
use crate::sheet::Sheet;

/// A document in one language.
#[derive(Clone, Debug, Default)]
pub struct Document {
    /// Its language.
    pub lang: Lang,
    /// What it is made of.
    pub blocks: Vec<Block>,
}

/// A part of a document.
#[derive(Clone, Debug)]
pub enum Block {
    /// A heading: 1 for the title, 2 for sections, 3 within them.
    Heading(u8, String),
    /// A paragraph.
    Paragraph(String),
    /// Points.
    List(Vec<String>),
    /// A table with its caption.
    Table(Sheet),
}

impl Document {
    /// An empty document.
    #[must_use]
    pub fn new(lang: Lang) -> Self {
        Self { lang, blocks: Vec::new() }
    }

    /// Adds a heading.
    pub fn heading(&mut self, level: u8, text: impl Into<String>) {
        self.blocks.push(Block::Heading(level, text.into()));
    }

    /// Adds a paragraph, or one for each part that an empty line divides; nothing for nothing.
    pub fn paragraph(&mut self, text: impl AsRef<str>) {
        for part in text.as_ref().split("\n\n").map(str::trim).filter(|part| !part.is_empty()) {
            self.blocks.push(Block::Paragraph(unwrapped(part)));
        }
    }

    /// Adds points; nothing for none.
    pub fn list(&mut self, points: Vec<String>) {
        if !points.is_empty() {
            self.blocks.push(Block::List(points));
        }
    }

    /// With what stands in another below it.
    #[must_use]
    pub fn then(mut self, other: Self) -> Self {
        self.blocks.extend(other.blocks);
        self
    }

    /// Adds a table; nothing for one without rows.
    pub fn table(&mut self, sheet: Sheet) {
        if !sheet.rows.is_empty() {
            self.blocks.push(Block::Table(sheet));
        }
    }
}

/// A paragraph on one line: lines that were broken in the record only for its editor run on.
fn unwrapped(text: &str) -> String {
    text.lines().map(str::trim).collect::<Vec<_>>().join(" ")
}
