//! The tables of a document, each format read by a reader of its own.

use std::collections::BTreeSet;

use lmnet::lang::Lang;

use crate::page::Page;
use crate::read::{self, Piece, Word};
use crate::workbook::{Value, Workbook};

/// A table as people see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Table {
    /// Its caption without its number, or the heading that it stands under.
    pub(crate) caption: String,
    /// Its rows, the header first.
    pub(crate) rows: Vec<Vec<String>>,
}

/// A table of a workbook.
#[derive(Debug)]
pub(crate) struct Sheet {
    caption: String,
    rows: Vec<Vec<Value>>,
}

/// A text on one line.
fn line(text: &str) -> String {
    text.split_ascii_whitespace().collect::<Vec<_>>().join(" ")
}

fn table(caption: &str, rows: &[Vec<String>]) -> Table {
    let rows = rows.iter().map(|row| row.iter().map(|cell| line(cell)).collect()).collect();
    Table { caption: line(caption), rows }
}

/// The tables of pieces, those of each document together. `caption` takes the number off a caption.
fn of_pieces(pieces: Vec<Piece>, caption: impl Fn(&str) -> String) -> Vec<Vec<Table>> {
    let mut documents = Vec::new();
    let mut above = String::new();
    for piece in pieces {
        match piece {
            Piece::Heading(1, text) => {
                documents.push(Vec::new());
                above = text;
            }
            Piece::Heading(_, text) => above = unnumbered(&text).to_owned(),
            Piece::Caption(text) => above = caption(&text),
            Piece::Table(rows) => {
                documents.last_mut().unwrap().push(table(&above, &rows));
            }
            Piece::Paragraph(_) | Piece::Point(_) => {}
        }
    }
    documents
}

/// `Tilbod` of `6. Tilbod`.
fn unnumbered(heading: &str) -> &str {
    let rest = heading.trim_start_matches(|char: char| char.is_ascii_digit());
    rest.strip_prefix(". ").filter(|_| rest != heading).unwrap_or(heading)
}

pub(crate) fn of_markdown(bytes: &[u8]) -> Vec<Vec<Table>> {
    of_pieces(read::markdown(std::str::from_utf8(bytes).unwrap()), str::to_owned)
}

/// Each caption is divided from its number by a colon.
pub(crate) fn of_docx(bytes: &[u8]) -> Vec<Vec<Table>> {
    of_pieces(Word::open(bytes).pieces(), |text| text.split_once(": ").unwrap().1.to_owned())
}

/// The tables of a page, and for each where a cell is marked as a number.
pub(crate) fn of_html(bytes: &[u8]) -> Vec<(Table, BTreeSet<(usize, usize)>)> {
    let tables = Page::of(std::str::from_utf8(bytes).unwrap()).tables();
    tables.into_iter().map(|table| (self::table(&table.caption, &table.rows), table.numbers)).collect()
}

/// The sheets that the first one lists, without those of the text beside the tables.
pub(crate) fn of_xlsx(bytes: Vec<u8>) -> Vec<Sheet> {
    let mut sheets = Workbook::read(bytes).sheets.into_iter();
    let (_, about) = sheets.next().unwrap();
    let captions = |name: &str| {
        let row = about.iter().find(|row| row[0] == Value::Text(name.to_owned()));
        row.unwrap_or_else(|| panic!("{name} is not listed"))[1].text().to_owned()
    };
    let sheets = sheets.map(|(name, rows)| Sheet { caption: captions(&name), rows });
    sheets.filter(|sheet| !["Tekst", "Text"].contains(&&*sheet.caption)).collect()
}

impl Sheet {
    /// Holds that the sheet has the same cells, each as what it is.
    pub(crate) fn is(&self, table: &Table, numbers: &BTreeSet<(usize, usize)>, lang: Lang, of: &str) {
        assert_eq!(line(&self.caption), table.caption, "{of}");
        assert_eq!(self.rows.len(), table.rows.len(), "{of} {}", table.caption);
        let labels: Vec<&str> = self.rows[0].iter().map(Value::text).collect();
        let bare = |at: &usize| {
            let [nn, nb, en] = [": berre talet", ": bare tallet", ": number only"];
            let ending = [nn, nb, en][lang as usize];
            labels[*at].strip_suffix(ending).is_some_and(|label| labels[*at - 1] == label)
        };
        let own: Vec<usize> = (0..labels.len()).filter(|at| !bare(at)).collect();
        assert_eq!(own.iter().map(|at| line(labels[*at])).collect::<Vec<_>>(), table.rows[0], "{of} {}", table.caption);
        for (row, cells) in table.rows.iter().enumerate().skip(1) {
            for (column, text) in cells.iter().enumerate() {
                let (cell, at) = (&self.rows[row][own[column]], own[column] + 1);
                let of = || format!("{of} {} {row}/{column}: '{text}' is {cell:?}", table.caption);
                assert!(is_cell(cell, text, numbers.contains(&(row, column)), lang), "{}", of());
                if at < labels.len() && bare(&at) {
                    let number = &self.rows[row][at];
                    assert_eq!(*number, first_number(text, lang).map_or(Value::Nothing, Value::Number), "{}", of());
                }
            }
        }
    }
}

/// Whether a cell of a workbook is what the others print: a number if it is one, else the same words. What is not recorded has
/// the same sign in all of a workbook.
fn is_cell(cell: &Value, text: &str, is_number: bool, lang: Lang) -> bool {
    match cell {
        Value::Nothing => text.is_empty(),
        Value::Text(words) if words == ".." => text == ".." || text == not_recorded(lang),
        Value::Text(words) => line(words) == text && !(is_number && number(text, lang).is_some()),
        Value::Number(found) => is_number && number(text, lang) == Some(*found),
        Value::Day(day) => day == text,
    }
}

pub(crate) fn not_recorded(lang: Lang) -> &'static str {
    ["ikkje registrert", "ikke registrert", "not recorded"][lang as usize]
}

/// The number that a text is: `3 550`, `−3`, `+0,5`, and the sign for none.
pub(crate) fn number(text: &str, lang: Lang) -> Option<f64> {
    let (sign, digits) = match text.strip_prefix('\u{2212}').or_else(|| text.strip_prefix('-')) {
        Some(digits) => (-1.0, digits),
        None => (1.0, text.strip_prefix('+').unwrap_or(text)),
    };
    match first_digits(digits, lang) {
        "" => (text == "-").then_some(0.0),
        all if all == digits => Some(sign * parsed(all, lang)),
        _ => None,
    }
}

/// The first number in a text: 12 in `minst 12 («eit dusin»)`.
pub(crate) fn first_number(text: &str, lang: Lang) -> Option<f64> {
    let start = text.find(|char: char| char.is_ascii_digit());
    let Some(start) = start else { return number(text, lang) };
    Some(parsed(first_digits(&text[start..], lang), lang))
}

/// The number at the beginning of a text, as the language groups and divides its digits.
fn first_digits(text: &str, lang: Lang) -> &str {
    let within = if lang == Lang::En { [',', '.'] } else { ['\u{a0}', ','] };
    let end = text.find(|char: char| !char.is_ascii_digit() && !within.contains(&char)).unwrap_or(text.len());
    text[..end].trim_end_matches(within)
}

fn parsed(digits: &str, lang: Lang) -> f64 {
    let (group, point) = if lang == Lang::En { (',', '.') } else { ('\u{a0}', ',') };
    digits.replace(group, "").replace(point, ".").parse().unwrap_or_else(|error| panic!("{digits}: {error}"))
}
