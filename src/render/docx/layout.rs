//! How wide the columns of a table are, and when a page lies on its side. Lengths are in twentieths of a point.

use crate::sheet::{Cell, Sheet};

/// How wide the text is on a page of A4 between margins of 2 cm.
pub(super) const UPRIGHT: usize = 11906 - 2 * MARGIN;

/// The same on a page that lies on its side.
pub(super) const ON_ITS_SIDE: usize = 16838 - 2 * MARGIN;

/// The margins of the page: 2 cm.
pub(super) const MARGIN: usize = 1134;

/// How high letters in tables are: 9 points, and less only where words would be broken.
pub(super) const LETTERS: [usize; 4] = [180, 170, 160, 150];

/// What the margins of a cell take, and a little more, since letters are not measured to the last twentieth.
const AROUND: usize = 2 * 85 + 40;

/// How many rows are looked at to find out how wide columns should be.
const LOOKED_AT: usize = 100;

/// A table whose columns have widths.
#[derive(Debug)]
pub(super) struct Layout {
    /// The widths of the columns.
    pub(super) widths: Vec<usize>,
    /// How high its letters are.
    pub(super) letter: usize,
    /// Whether the words of each column find room without being broken.
    pub(super) fits: bool,
}

impl Layout {
    /// The widths that make the table low on a page this wide, with the largest letters that leave words whole; if there are
    /// none, the longest words are broken.
    pub(super) fn new(sheet: &Sheet, page: usize) -> Self {
        let mut layouts = LETTERS.into_iter().map(|letter| Self::with(sheet, page, letter));
        layouts.find(|layout| layout.fits).unwrap_or_else(|| Self::with(sheet, page, LETTERS[LETTERS.len() - 1]))
    }

    fn with(sheet: &Sheet, page: usize, letter: usize) -> Self {
        let ruler = Ruler { letter };
        let mut widths: Vec<usize> =
            (0..sheet.columns.len()).map(|column| ruler.least(sheet, column).min(page / 3)).collect();
        let fits = widths.iter().sum::<usize>() <= page;
        match fits {
            true => ruler.widen(sheet, &mut widths, page),
            false => cut(&mut widths, page),
        }
        Self { widths, letter, fits }
    }

    /// How many lines a row has, roughly.
    pub(super) fn lines(&self, row: &[Cell]) -> usize {
        let ruler = Ruler { letter: self.letter };
        row.iter().zip(&self.widths).map(|(cell, width)| lines(ruler.breadth(&cell.text), *width)).max().unwrap_or(1)
    }

    /// How many lines all rows have, roughly.
    pub(super) fn height(&self, sheet: &Sheet) -> usize {
        sheet.rows.iter().take(LOOKED_AT).map(|row| self.lines(row)).sum()
    }
}

/// Whether a table wants a page that lies on its side: upright its words would be broken, or its rows be many times as high
/// as wide enough columns make them.
pub(super) fn is_wide(sheet: &Sheet) -> bool {
    let upright = Layout::with(sheet, UPRIGHT, LETTERS[0]);
    if !upright.fits {
        return true;
    }
    let rows = sheet.rows.len().min(LOOKED_AT);
    sheet.columns.len() >= 6 && upright.height(sheet) > 4 * rows
}

/// The columns in which there are numbers only: they stand to the right.
pub(super) fn numbers(sheet: &Sheet) -> Vec<bool> {
    (0..sheet.columns.len()).map(|column| sheet.is_of_numbers(column)).collect()
}

/// Makes columns that are too wide together narrower, the widest first, and so many as it takes.
fn cut(widths: &mut [usize], page: usize) {
    let mut left = page;
    let mut narrow: Vec<usize> = widths.to_vec();
    narrow.sort_unstable();
    let mut most = page;
    for (number, width) in narrow.iter().enumerate() {
        most = left / (narrow.len() - number);
        if *width > most {
            break;
        }
        left -= width;
    }
    widths.iter_mut().for_each(|width| *width = (*width).min(most));
}

/// Measures texts in letters of a height like those of Arial.
#[derive(Clone, Copy, Debug)]
struct Ruler {
    letter: usize,
}

impl Ruler {
    /// How much room a text takes on one line.
    fn breadth(self, text: &str) -> usize {
        text.chars().map(thousandths).sum::<usize>() * self.letter / 1000
    }

    /// The same for headings of columns, which are bold.
    fn bold(self, text: &str) -> usize {
        self.breadth(text) * 27 / 25
    }

    /// The width of a column that leaves its words whole.
    fn least(self, sheet: &Sheet, column: usize) -> usize {
        // A hyphen stays with the word before it.
        let words = |text: &str| {
            text.split_inclusive(['-', '–', ' ']).map(str::trim_end).map(str::to_owned).collect::<Vec<_>>()
        };
        let heading = words(&sheet.columns[column].label).iter().map(|word| self.bold(word)).max();
        let cells = sheet.rows.iter().filter_map(|row| row.get(column));
        let cell = cells.flat_map(|cell| words(&cell.text)).map(|word| self.breadth(&word)).max();
        heading.max(cell).unwrap_or(0) + AROUND
    }

    /// Gives away, step by step, the width that is left to the column that makes the most lines; in the end to columns of
    /// words.
    fn widen(self, sheet: &Sheet, widths: &mut [usize], page: usize) {
        const STEP: usize = 120;
        let cells = sheet.rows.iter().take(LOOKED_AT);
        let mut rows: Vec<Vec<usize>> =
            cells.map(|row| row.iter().map(|cell| self.breadth(&cell.text)).collect()).collect();
        rows.push(sheet.columns.iter().map(|column| self.bold(&column.label)).collect());
        let least = widths.to_vec();
        let mut left = page.saturating_sub(widths.iter().sum());
        while left >= STEP
            && let Some(column) = highest(&rows, widths)
        {
            widths[column] += STEP;
            left -= STEP;
        }
        shared(widths, left, &numbers(sheet));
        evened(&rows, widths, &least);
    }
}

/// The column that makes rows high: the more lines, and in the more rows, the more so. Nothing if every row has one line.
fn highest(rows: &[Vec<usize>], widths: &[usize]) -> Option<usize> {
    let mut weights = vec![0; widths.len()];
    for row in rows {
        let lines: Vec<usize> = row.iter().zip(widths).map(|(breadth, width)| lines(*breadth, *width)).collect();
        let most = lines.iter().copied().max().unwrap_or(1);
        for (weight, lines) in weights.iter_mut().zip(lines) {
            *weight += if lines == most { most - 1 } else { 0 };
        }
    }
    let weights = weights.into_iter().enumerate().filter(|(_, weight)| *weight > 0);
    weights.max_by_key(|(_, weight)| *weight).map(|(column, _)| column)
}

/// Moves width from one column to another as long as that makes the table lower, or, where it does not, its cells.
fn evened(rows: &[Vec<usize>], widths: &mut [usize], least: &[usize]) {
    let mut height = heights(rows, widths);
    for step in [960, 480, 240, 120] {
        for to in 0..widths.len() {
            for from in 0..widths.len() {
                if from == to || widths[from] < least[from] + step {
                    continue;
                }
                widths[from] -= step;
                widths[to] += step;
                let now = heights(rows, widths);
                if now < height {
                    height = now;
                } else {
                    widths[from] += step;
                    widths[to] -= step;
                }
            }
        }
    }
}

/// The lines of all rows, and those of all cells.
fn heights(rows: &[Vec<usize>], widths: &[usize]) -> (usize, usize) {
    rows.iter().fold((0, 0), |(high, all), row| {
        let lines = row.iter().zip(widths).map(|(breadth, width)| lines(*breadth, *width));
        let (most, sum) = lines.fold((1, 0), |(most, sum), lines| (most.max(lines), sum + lines));
        (high + most, all + sum)
    })
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
