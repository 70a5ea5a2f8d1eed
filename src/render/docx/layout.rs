//! How wide the columns of a table are, and when a page lies on its side. Lengths are in twentieths of a point.

use crate::sheet::{Cell, Sheet};

/// How wide the text is on a page of A4 between margins of 2 cm.
pub(super) const UPRIGHT: usize = 11906 - 2 * MARGIN;

/// The same on a page that lies on its side.
pub(super) const ON_ITS_SIDE: usize = 16838 - 2 * MARGIN;

/// The margins of the page: 2 cm.
pub(super) const MARGIN: usize = 1134;

/// The letters in tables: 9 points.
const LETTER: usize = 180;

/// What the margins of a cell take, and a little more, since letters are not measured to the last twentieth.
const AROUND: usize = 2 * 85 + 40;

/// How many rows are looked at to find out how wide columns should be.
const LOOKED_AT: usize = 200;

/// A table whose columns have widths.
#[derive(Debug)]
pub(super) struct Layout {
    /// The widths of the columns.
    pub(super) widths: Vec<usize>,
    /// Whether the words of each column find room without being broken.
    pub(super) fits: bool,
}

impl Layout {
    /// The widths that make the table low on a page this wide, without broken words if that can be.
    pub(super) fn new(sheet: &Sheet, page: usize) -> Self {
        let least: Vec<usize> = (0..sheet.columns.len()).map(|column| least(sheet, column).min(page / 3)).collect();
        let needed: usize = least.iter().sum();
        if needed > page {
            let widths = least.iter().map(|width| width * page / needed).collect();
            return Self { widths, fits: false };
        }
        Self { widths: widened(sheet, least, page), fits: true }
    }

    /// How many lines a row has, roughly.
    pub(super) fn lines(&self, row: &[Cell]) -> usize {
        row.iter().zip(&self.widths).map(|(cell, width)| lines(breadth(&cell.text), *width)).max().unwrap_or(1)
    }

    /// How many lines all rows have, roughly.
    pub(super) fn height(&self, sheet: &Sheet) -> usize {
        sheet.rows.iter().take(LOOKED_AT).map(|row| self.lines(row)).sum()
    }
}

/// Whether a table wants a page that lies on its side: upright its words would be broken, or its rows be many times as high
/// as wide enough columns make them.
pub(super) fn is_wide(sheet: &Sheet) -> bool {
    let upright = Layout::new(sheet, UPRIGHT);
    if !upright.fits {
        return true;
    }
    let rows = sheet.rows.len().min(LOOKED_AT);
    sheet.columns.len() >= 6 && upright.height(sheet) > 4 * rows
}

/// The columns in which there are numbers only: they stand to the right.
pub(super) fn numbers(sheet: &Sheet) -> Vec<bool> {
    let is_number = |column: usize| {
        let mut cells =
            sheet.rows.iter().filter_map(|row| row.get(column)).filter(|cell| !cell.text.is_empty()).peekable();
        cells.peek().is_some() && cells.all(|cell| cell.number)
    };
    (0..sheet.columns.len()).map(is_number).collect()
}

/// The width of the widest word of a column, its heading included.
fn least(sheet: &Sheet, column: usize) -> usize {
    let word = |text: &str| text.split([' ', '-', '–']).map(breadth).max().unwrap_or(0);
    let heading = bold(word(&sheet.columns[column].label));
    let cells = sheet.rows.iter().filter_map(|row| row.get(column)).map(|cell| word(&cell.text));
    // A hyphen stays with the word before it.
    cells.max().unwrap_or(0).max(heading) + breadth("-") + AROUND
}

/// Gives away, step by step, the width that is left to the column that makes the most lines; in the end to columns of words.
fn widened(sheet: &Sheet, mut widths: Vec<usize>, page: usize) -> Vec<usize> {
    const STEP: usize = 120;
    let headings: Vec<usize> = sheet.columns.iter().map(|column| bold(breadth(&column.label))).collect();
    let cells = sheet.rows.iter().take(LOOKED_AT);
    let mut rows: Vec<Vec<usize>> = cells.map(|row| row.iter().map(|cell| breadth(&cell.text)).collect()).collect();
    rows.push(headings);
    let mut left = page.saturating_sub(widths.iter().sum());
    while left >= STEP {
        let mut extra = vec![0; widths.len()];
        for row in &rows {
            let lines: Vec<usize> = row.iter().zip(&widths).map(|(breadth, width)| lines(*breadth, *width)).collect();
            let most = lines.iter().copied().max().unwrap_or(1);
            for (extra, lines) in extra.iter_mut().zip(lines) {
                *extra += if lines == most { most - 1 } else { 0 };
            }
        }
        let Some((column, _)) =
            extra.iter().enumerate().filter(|(_, extra)| **extra > 0).max_by_key(|(_, extra)| **extra)
        else {
            break;
        };
        widths[column] += STEP;
        left -= STEP;
    }
    shared(&mut widths, left, &numbers(sheet));
    widths
}

/// Shares out what nobody needs among the columns of words, by their widths.
fn shared(widths: &mut [usize], left: usize, numbers: &[bool]) {
    let takes = |column: usize| !numbers[column] || numbers.iter().all(|number| *number);
    let whole: usize = (0..widths.len()).filter(|column| takes(*column)).map(|column| widths[column]).sum();
    let mut given = 0;
    let mut last = None;
    for (column, width) in widths.iter_mut().enumerate().filter(|(column, _)| takes(*column)) {
        let more = *width * left / whole.max(1);
        *width += more;
        given += more;
        last = Some(column);
    }
    if let Some(last) = last {
        widths[last] += left - given;
    }
}

/// On how many lines a text of this breadth stands in a column of this width. Lines are seldom filled to their end.
fn lines(breadth: usize, width: usize) -> usize {
    let room = (width.saturating_sub(AROUND) * 15 / 16).max(1);
    if breadth + AROUND <= width { 1 } else { breadth.div_ceil(room) }
}

/// How much room a text takes on one line, in letters like those of Arial.
fn breadth(text: &str) -> usize {
    text.chars().map(thousandths).sum::<usize>() * LETTER / 1000
}

fn bold(breadth: usize) -> usize {
    breadth * 27 / 25
}

/// The width of a character, in thousandths of its height.
fn thousandths(char: char) -> usize {
    match char {
        'i' | 'j' | 'l' | '\'' | '|' => 222,
        '.' | ',' | ':' | ';' | '!' | ' ' | '\u{a0}' | '/' | 'f' | 't' | 'I' | '[' | ']' => 278,
        '-' | '(' | ')' | 'r' | '«' | '»' | '"' => 350,
        'c' | 'k' | 's' | 'v' | 'x' | 'y' | 'z' | 'J' => 500,
        'w' | 'A'..='H' | 'K' | 'N' | 'P' | 'R'..='V' | 'X'..='Z' | 'Å' => 722,
        'O' | 'Q' | 'Ø' => 778,
        'm' | 'M' | 'æ' | '%' => 889,
        'W' | 'Æ' | '@' | '…' | '—' => 1000,
        char if char.is_ascii() || char.is_lowercase() => 556,
        char if char < '\u{1100}' => 722,
        _ => 1000,
    }
}
