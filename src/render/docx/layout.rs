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
        let measures = Measures::of(sheet);
        let mut layouts = LETTERS.into_iter().map(|letter| Self::with(&measures, page, letter));
        layouts.find(|layout| layout.fits).unwrap_or_else(|| Self::with(&measures, page, LETTERS[LETTERS.len() - 1]))
    }

    fn with(measures: &Measures, page: usize, letter: usize) -> Self {
        let least = measures.words.iter().map(|word| (word * letter / 1000 + AROUND).min(page / 3));
        let mut widths: Vec<usize> = least.collect();
        let fits = widths.iter().sum::<usize>() <= page;
        match fits {
            true => widen(&measures.in_letters(letter), &mut widths, page, &measures.numbers),
            false => cut(&mut widths, page),
        }
        Self { widths, letter, fits }
    }

    /// How many lines a row has, roughly.
    pub(super) fn lines(&self, row: &[Cell]) -> usize {
        let breadth = |cell: &Cell| breadth(&cell.text) * self.letter / 1000;
        row.iter().zip(&self.widths).map(|(cell, width)| lines(breadth(cell), *width)).max().unwrap_or(1)
    }

    /// How many lines the first rows have together, roughly.
    pub(super) fn height(&self, sheet: &Sheet) -> usize {
        sheet.rows.iter().take(LOOKED_AT).map(|row| self.lines(row)).sum()
    }
}

/// Whether a table wants a page that lies on its side: upright its words would be broken, or its rows be many times as high
/// as wide enough columns make them.
pub(super) fn is_wide(sheet: &Sheet) -> bool {
    let upright = Layout::with(&Measures::of(sheet), UPRIGHT, LETTERS[0]);
    let rows = sheet.rows.len().min(LOOKED_AT);
    !upright.fits || sheet.columns.len() >= 6 && upright.height(sheet) > 4 * rows
}

/// What a table holds, in thousandths of the height of its letters.
#[derive(Debug)]
struct Measures {
    /// The widest word of each column.
    words: Vec<usize>,
    /// The cells of the first rows and of the header.
    rows: Vec<Vec<usize>>,
    /// The columns of numbers.
    numbers: Vec<bool>,
}

impl Measures {
    fn of(sheet: &Sheet) -> Self {
        let mut words: Vec<usize> = sheet.columns.iter().map(|column| bold(widest_word(&column.label.text))).collect();
        for row in &sheet.rows {
            for (most, cell) in words.iter_mut().zip(row) {
                *most = (*most).max(widest_word(&cell.text));
            }
        }
        let cells = sheet.rows.iter().take(LOOKED_AT);
        let mut rows: Vec<Vec<usize>> = cells.map(|row| row.iter().map(|cell| breadth(&cell.text)).collect()).collect();
        rows.push(sheet.columns.iter().map(|column| bold(breadth(&column.label.text))).collect());
        Self { words, rows, numbers: numbers(sheet) }
    }

    /// The rows in letters of this height.
    fn in_letters(&self, letter: usize) -> Vec<Vec<usize>> {
        self.rows.iter().map(|row| row.iter().map(|cell| cell * letter / 1000).collect()).collect()
    }
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

/// Gives away, step by step, the width that is left to the column that makes the most lines; in the end to columns of words.
fn widen(rows: &[Vec<usize>], widths: &mut [usize], page: usize, numbers: &[bool]) {
    const STEP: usize = 120;
    let least = widths.to_vec();
    let mut left = page.saturating_sub(widths.iter().sum());
    while left >= STEP
        && let Some(column) = highest(rows, widths)
    {
        widths[column] += STEP;
        left -= STEP;
    }
    shared(widths, left, numbers);
    evened(rows, widths, &least);
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

/// How much room a text takes on one line, in thousandths of the height of its letters.
fn breadth(text: &str) -> usize {
    text.chars().map(thousandths).sum()
}

/// The same in bold letters.
fn bold(breadth: usize) -> usize {
    breadth * 27 / 25
}

/// The breadth of the widest word. A hyphen stays with the word before it.
fn widest_word(text: &str) -> usize {
    let (mut most, mut word) = (0, 0);
    for char in text.chars() {
        word += if char == ' ' { 0 } else { thousandths(char) };
        most = most.max(word);
        if matches!(char, ' ' | '-' | '–') {
            word = 0;
        }
    }
    most
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sheet::Column;

    fn sheet(rows: &[&[&str]]) -> Sheet {
        let columns = rows[0].iter().map(|_| Column::new("c", "Ord")).collect();
        let rows = rows.iter().map(|row| row.iter().map(|text| Cell::text(*text)).collect()).collect();
        Sheet { columns, rows, ..Sheet::default() }
    }

    #[test]
    fn words_stay_whole_as_long_as_smaller_letters_help() {
        let word = "meistringssenteret";
        for (columns, letter, fits) in [(5, 180, true), (6, 160, true), (7, 150, false)] {
            let layout = Layout::new(&sheet(&[&vec![word; columns]]), UPRIGHT);
            assert_eq!((layout.letter, layout.fits), (letter, fits), "{columns}: {layout:?}");
            assert!(layout.widths.iter().sum::<usize>() <= UPRIGHT, "{layout:?}");
        }
    }

    #[test]
    fn only_the_longest_words_are_broken() {
        let long = "meistringssenteret".repeat(3);
        let layout = Layout::new(&sheet(&[&[&*long, &*long, &*long, &*long, "ja", "nei", "kanskje"]]), UPRIGHT);
        let whole = breadth("kanskje") * layout.letter / 1000 + AROUND;
        assert!(!layout.fits && layout.widths[6] == whole && layout.widths[0] == layout.widths[3], "{layout:?}");
    }

    #[test]
    fn long_texts_get_the_room_that_short_ones_leave() {
        let text = "Opplæringa skjer individuelt og i grupper. ".repeat(4);
        let layout = Layout::new(&sheet(&[&["ja", &*text, "nei"], &["nei", &*text, "ja"]]), UPRIGHT);
        assert!(layout.widths[1] > UPRIGHT * 4 / 5, "{layout:?}");
        assert_eq!(layout.widths.iter().sum::<usize>(), UPRIGHT);
    }
}
