//! A web page, read by the parser of a browser.

#![allow(dead_code, reason = "no test file uses all of it")]

use std::collections::BTreeSet;

use scraper::{ElementRef, Html, Selector};

/// A table, and where in it numbers are marked as such.
#[derive(Debug)]
pub(crate) struct Marked {
    /// Its caption without its number.
    pub(crate) caption: String,
    /// Its rows, the header first.
    pub(crate) rows: Vec<Vec<String>>,
    /// Rows and columns.
    pub(crate) numbers: BTreeSet<(usize, usize)>,
}

/// A page.
#[derive(Debug)]
pub(crate) struct Page(Html);

impl Page {
    pub(crate) fn of(html: &str) -> Self {
        Self(Html::parse_document(html))
    }

    /// What the parser had to mend.
    pub(crate) fn errors(&self) -> Vec<String> {
        self.0.errors.iter().map(ToString::to_string).collect()
    }

    pub(crate) fn count(&self, selector: &str) -> usize {
        self.0.select(&parsed(selector)).count()
    }

    /// The texts of the elements, in the order of the page.
    pub(crate) fn texts(&self, selector: &str) -> Vec<String> {
        self.0.select(&parsed(selector)).map(|element| element.text().collect::<String>().trim().to_owned()).collect()
    }

    /// The text of the only element of its kind.
    pub(crate) fn text(&self, selector: &str) -> String {
        match &self.texts(selector)[..] {
            [one] => one.clone(),
            several => panic!("{selector}: {several:?}"),
        }
    }

    /// The attribute of the elements, in the order of the page.
    pub(crate) fn attribute(&self, selector: &str, name: &str) -> Vec<String> {
        self.0.select(&parsed(selector)).filter_map(|element| element.attr(name)).map(str::to_owned).collect()
    }

    /// Every attribute of every element.
    pub(crate) fn attributes(&self) -> Vec<(String, String)> {
        let elements = self.0.tree.nodes().filter_map(|node| node.value().as_element());
        elements.flat_map(|element| element.attrs().map(|(name, value)| (name.to_owned(), value.to_owned()))).collect()
    }

    /// The tables, in the order of the page.
    pub(crate) fn tables(&self) -> Vec<Marked> {
        let (caption, number, row, cell) = (parsed("caption"), parsed(".number"), parsed("tr"), parsed("th, td"));
        let text = |element: ElementRef<'_>| element.text().collect::<String>().trim().to_owned();
        let table = |table: ElementRef<'_>| {
            let caption = table.select(&caption).next().unwrap();
            let number = caption.select(&number).next().map(text).unwrap_or_default();
            let mut found = Marked {
                caption: text(caption).strip_prefix(&number).unwrap().trim().to_owned(),
                rows: Vec::new(),
                numbers: BTreeSet::new(),
            };
            for (at, row) in table.select(&row).enumerate() {
                let cells: Vec<_> = row.select(&cell).collect();
                let is_number = |column: &usize| cells[*column].value().classes().any(|class| class == "n");
                found.numbers.extend((0..cells.len()).filter(is_number).map(|column| (at, column)));
                found.rows.push(cells.into_iter().map(text).collect());
            }
            found
        };
        self.0.select(&parsed("table")).map(table).collect()
    }

    /// The levels of the headings, in the order of the page.
    pub(crate) fn levels(&self) -> Vec<u8> {
        let headings = parsed("h1, h2, h3, h4, h5, h6");
        self.0.select(&headings).map(|heading| heading.value().name()[1..].parse().unwrap()).collect()
    }
}

fn parsed(selector: &str) -> Selector {
    Selector::parse(selector).unwrap_or_else(|error| panic!("{selector}: {error}"))
}
