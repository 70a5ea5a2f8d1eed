//! What a result becomes before it becomes bytes: headings, text, lists and tables.

use std::collections::BTreeMap;

use crate::lang::{Lang, Phrase};
use crate::say;
use crate::sheet::{Sheet, Sign};

/// A document in one language.
#[derive(Clone, Debug, Default)]
pub struct Document {
    /// Its language.
    pub lang: Lang,
    /// What it is made of.
    pub blocks: Vec<Block>,
    /// Where the numbers of tables come from, by the place of the table among the blocks. Web pages tell it.
    pub origins: BTreeMap<usize, Vec<Origin>>,
    /// What stands at its foot: the day, the state of the registry, the version of the program.
    pub footer: Option<String>,
}

/// Where the numbers of a row come from.
#[derive(Clone, Debug)]
pub struct Origin {
    /// What the row is about.
    pub of: Phrase,
    /// What `--explain` calls the row.
    pub row: String,
    /// The records, in words.
    pub records: String,
}

/// A part of a document.
#[derive(Clone, Debug)]
pub enum Block {
    /// A heading: 1 for the title, 2 for sections, 3 within them.
    Heading(u8, Phrase),
    /// A paragraph.
    Paragraph(Phrase),
    /// Points.
    List(Vec<Phrase>),
    /// A table with its caption.
    Table(Sheet),
    /// A picture of a table, which stands beside it for whoever can't see it.
    Chart(Chart),
}

/// A chart of some columns of a table. The first column names what each row is about; a cell without a number has no bar.
#[derive(Clone, Debug)]
pub struct Chart {
    /// What is to be seen, in a sentence.
    pub description: String,
    /// The numbers. Its caption is the chart's too.
    pub table: Sheet,
    /// The columns that are drawn.
    pub series: Vec<usize>,
}

impl Document {
    /// An empty document.
    #[must_use]
    pub fn new(lang: Lang) -> Self {
        Self { lang, ..Self::default() }
    }

    /// Adds a heading.
    pub fn heading(&mut self, level: u8, text: impl Into<Phrase>) {
        self.blocks.push(Block::Heading(level, text.into()));
    }

    /// Adds a paragraph, or one for each part that an empty line divides; nothing for nothing.
    pub fn paragraph(&mut self, text: impl AsRef<str>) {
        self.told(text.as_ref(), None);
    }

    /// The same, of a text that may be in another language.
    pub fn phrase(&mut self, phrase: &Phrase) {
        self.told(&phrase.text, phrase.lang);
    }

    fn told(&mut self, text: &str, lang: Option<&'static str>) {
        for part in text.split("\n\n").map(str::trim).filter(|part| !part.is_empty()) {
            self.blocks.push(Block::Paragraph(Phrase { text: unwrapped(part), lang }));
        }
    }

    /// Adds a table with a picture of it; only the table where there is nothing to compare.
    pub fn chart(&mut self, chart: Chart) {
        match chart.table.rows.len() {
            0 | 1 => self.table(chart.table),
            _ => self.blocks.push(Block::Chart(chart)),
        }
    }

    /// Says where the numbers of the table that was added last come from.
    pub fn trace(&mut self, origins: impl Iterator<Item = Origin>) {
        let origins: Vec<Origin> = origins.collect();
        if let Some(last) = self.blocks.len().checked_sub(1).filter(|_| !origins.is_empty()) {
            self.origins.insert(last, origins);
        }
    }

    /// Adds points; nothing for none.
    pub fn list<P: Into<Phrase>>(&mut self, points: Vec<P>) {
        if !points.is_empty() {
            self.blocks.push(Block::List(points.into_iter().map(Into::into).collect()));
        }
    }

    /// Adds a paragraph that explains the signs in the tables and charts so far; nothing where there are none.
    pub fn explain_signs(&mut self) {
        let lang = self.lang;
        let sheets = self.blocks.iter().filter_map(|block| match block {
            Block::Table(sheet) => Some(sheet),
            Block::Chart(chart) => Some(&chart.table),
            _ => None,
        });
        let found: Vec<Sign> = sheets.flat_map(|sheet| sheet.rows.iter().flatten()).filter_map(Sign::of).collect();
        let told: Vec<String> = Sign::ALL
            .into_iter()
            .filter(|sign| found.contains(sign))
            .map(|sign| {
                let (sign, meaning) = (sign.text(), sign.meaning(lang));
                if lang == Lang::En { format!("“{sign}” {meaning}") } else { format!("«{sign}» {meaning}") }
            })
            .collect();
        if !told.is_empty() {
            let told = told.join("; ");
            self.paragraph(say!(lang,
                nn: "Teikn i tabellane: {told}.",
                nb: "Tegn i tabellene: {told}.",
                en: "Signs in the tables: {told}.",
            ));
        }
    }

    /// The title: its first heading.
    #[must_use]
    pub fn title(&self) -> Option<&Phrase> {
        self.blocks.iter().find_map(|block| match block {
            Block::Heading(_, text) => Some(text),
            _ => None,
        })
    }

    /// With what stands in another below it.
    #[must_use]
    pub fn then(mut self, other: Self) -> Self {
        self.blocks.extend(other.blocks);
        self.footer = self.footer.or(other.footer);
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
