//! A table on its sheet: typed cells below a header that stays in sight.

use chrono::Datelike;
use rust_xlsxwriter::{ExcelDateTime, IgnoreError, Worksheet};

use super::contents::{Part, Tab};
use super::style::Styles;
use crate::count::{Count, Quality};
use crate::date::Date;
use crate::lang::Lang;
use crate::say;
use crate::sheet::{Cell, Content, Sheet, Sign, fitting, is_in_excel};
use crate::spelling::escaped;

/// Columns are never narrower or wider than this, in characters.
const WIDTHS: std::ops::RangeInclusive<usize> = 6..=60;

/// All columns together, where text can be broken that much.
const ACROSS: usize = 170;

/// Text is not broken into less than this.
const NARROW: usize = 16;

/// The height of a line, in points.
const LINE: f64 = 15.0;

/// What stands in a cell of a sheet.
#[derive(Debug, PartialEq)]
enum Entry {
    Nothing,
    Text(String),
    /// Text that is not broken over lines.
    Code(String),
    /// Text in the place of a number.
    Sign(String),
    Day(Date),
    Year(i64),
    Whole(i64),
    /// Thousandths of one.
    Number(u64),
}

/// A column of a sheet: one of the table, or the bare numbers beside it.
struct Place {
    index: usize,
    bare: bool,
    label: String,
}

/// The sheet of a table.
pub(super) fn written(tab: &Tab<'_>, part: &Part<'_>, styles: &Styles) -> anyhow::Result<Worksheet> {
    let (table, lang) = (&*tab.table, part.lang);
    let mut sheet = Worksheet::new();
    sheet.set_name(&tab.name)?;
    let places = places(table, lang);
    let columns: Vec<Vec<Entry>> = places.iter().map(|place| place.entries(table, lang)).collect();
    let widths = widths(&places, &columns, lang);
    for (index, (place, entries)) in places.iter().zip(&columns).enumerate() {
        let column = u16::try_from(index)?;
        let header = if is_numeric(entries) { &styles.header_right } else { &styles.header };
        sheet.write_string_with_format(0, column, &place.label, header)?;
        for (row, entry) in entries.iter().enumerate() {
            put(&mut sheet, u32::try_from(row + 1)?, column, entry, lang, styles)?;
        }
        sheet.set_column_width(column, widths[index] as f64)?;
    }
    for row in 0..table.rows.len() {
        // Not every program finds the height by itself.
        let lines = columns.iter().zip(&widths).map(|(entries, width)| entries[row].lines(*width)).max().unwrap_or(1);
        if lines > 1 {
            sheet.set_row_height(u32::try_from(row + 1)?, LINE * lines as f64)?;
        }
    }
    let lines = places.iter().zip(&widths).map(|(place, width)| broken(&place.label, width.saturating_sub(3))).max();
    sheet.set_row_height(0, LINE * lines.unwrap_or(1) as f64)?;
    let (last_row, last_column) = (u32::try_from(table.rows.len())?, u16::try_from(places.len() - 1)?);
    sheet.set_freeze_panes(1, 0)?;
    sheet.autofilter(0, 0, last_row, last_column)?;
    // Codes of digits are meant to be text.
    sheet.ignore_error_range(0, 0, last_row, last_column, IgnoreError::NumberStoredAsText)?;
    on_paper(&mut sheet, part, tab)?;
    Ok(sheet)
}

impl Place {
    fn entries(&self, table: &Sheet, lang: Lang) -> Vec<Entry> {
        table.rows.iter().map(|row| entry(row.get(self.index), self.bare, lang)).collect()
    }
}

impl Entry {
    /// How many lines it takes in a column.
    fn lines(&self, width: usize) -> usize {
        match self {
            Self::Text(text) | Self::Sign(text) => broken(text, width.saturating_sub(1)),
            _ => 1,
        }
    }

    fn is_breakable(&self) -> bool {
        matches!(self, Self::Text(_) | Self::Sign(_))
    }
}

/// How many lines a text takes, broken between words.
fn broken(text: &str, width: usize) -> usize {
    let of_line = |line: &str| {
        let (mut lines, mut used) = (1, 0);
        for word in line.split(' ') {
            let length = word.chars().count();
            if used > 0 && used + 1 + length > width {
                lines += 1;
                used = 0;
            }
            used += length + usize::from(used > 0);
            if used > width {
                lines += (used - 1) / width.max(1);
                used %= width.max(1);
            }
        }
        lines
    };
    // Excel has no higher rows.
    text.lines().map(of_line).sum::<usize>().clamp(1, 27)
}

/// A4 across, as wide as the page, the header on every page.
fn on_paper(sheet: &mut Worksheet, part: &Part<'_>, tab: &Tab<'_>) -> anyhow::Result<()> {
    const A4: u8 = 9;
    let head =
        if tab.caption == part.title { part.title.to_owned() } else { format!("{} – {}", part.title, tab.caption) };
    let head: String = escaped(&head).chars().take(100).collect();
    sheet.set_paper_size(A4).set_landscape().set_print_fit_to_pages(1, 0).set_repeat_rows(0, 0)?;
    sheet.set_header(format!("&L{}", head.replace('&', "&&"))).set_footer("&R&P / &N");
    Ok(())
}

/// The columns of the table; after one with counts that are not exact, one with the bare numbers.
fn places(table: &Sheet, lang: Lang) -> Vec<Place> {
    let mut places = Vec::new();
    for (index, column) in table.columns.iter().enumerate() {
        let label = escaped(&column.label.text);
        let doubtful = table.rows.iter().filter_map(|row| row.get(index)).any(|cell| is_doubtful(cell, lang));
        places.push(Place { index, bare: false, label: label.clone() });
        if doubtful {
            let label = say!(lang, nn: "{label}: berre talet", nb: "{label}: bare tallet", en: "{label}: number only");
            places.push(Place { index, bare: true, label });
        }
    }
    places
}

/// Whether the cell has a number that can't stand as one: it is not exact, or more is said of it.
pub(super) fn is_doubtful(cell: &Cell, lang: Lang) -> bool {
    cell.counted().is_some_and(|count| !is_plain(cell, count, lang))
}

fn is_plain(cell: &Cell, count: &Count, lang: Lang) -> bool {
    count.quality() == Quality::Exact && cell.text == count.in_words(lang)
}

/// Whether the cell is a count that nobody wrote down, and nothing else is said of it.
pub(super) fn is_unrecorded(cell: &Cell, lang: Lang) -> bool {
    matches!(&cell.content, Content::Count(count)
        if count.quality() == Quality::NotRecorded && cell.text == count.in_words(lang))
}

fn entry(cell: Option<&Cell>, bare: bool, lang: Lang) -> Entry {
    let Some(cell) = cell.filter(|cell| !cell.text.is_empty()) else { return Entry::Nothing };
    if bare {
        let zero = (Sign::of(cell) == Some(Sign::Nothing)).then_some(0);
        let number = cell.counted().and_then(Count::thousandths).or(zero);
        return number.map_or(Entry::Nothing, Entry::Number);
    }
    let words = || fitting(&cell.text);
    match &cell.content {
        Content::Text => Entry::Text(words()),
        Content::Code => Entry::Code(words()),
        Content::Day(day) if is_in_excel(*day) => Entry::Day(*day),
        Content::Day(_) => Entry::Code(words()),
        Content::Year(year) => Entry::Year(*year),
        Content::Whole(number) => Entry::Whole(*number),
        Content::Count(_) if is_unrecorded(cell, lang) => Entry::Sign(Sign::NotRecorded.text().to_owned()),
        Content::Count(count) => match count.thousandths() {
            Some(thousandths) if is_plain(cell, count, lang) => Entry::Number(thousandths),
            _ => Entry::Sign(words()),
        },
        Content::Sign(Sign::Nothing) => Entry::Number(0),
        Content::Sign(_) => Entry::Sign(words()),
    }
}

fn put(sheet: &mut Worksheet, row: u32, column: u16, entry: &Entry, lang: Lang, styles: &Styles) -> anyhow::Result<()> {
    match entry {
        Entry::Nothing => return Ok(()),
        Entry::Text(text) => sheet.write_string_with_format(row, column, text, &styles.text)?,
        Entry::Code(text) => sheet.write_string_with_format(row, column, text, &styles.code)?,
        Entry::Sign(text) => sheet.write_string_with_format(row, column, text, &styles.sign)?,
        Entry::Day(day) => {
            let (month, of_month) = (u8::try_from(day.month())?, u8::try_from(day.day())?);
            let day = ExcelDateTime::from_ymd(u16::try_from(day.year())?, month, of_month)?;
            sheet.write_datetime_with_format(row, column, &day, styles.day(lang))?
        }
        Entry::Year(year) => sheet.write_number_with_format(row, column, *year as f64, &styles.year)?,
        Entry::Whole(number) => {
            let format = styles.number(number.unsigned_abs().saturating_mul(1000), lang);
            sheet.write_number_with_format(row, column, *number as f64, format)?
        }
        Entry::Number(thousandths) => {
            let format = styles.number(*thousandths, lang);
            sheet.write_number_with_format(row, column, *thousandths as f64 / 1000.0, format)?
        }
    };
    Ok(())
}

/// Whether everything in a column is a number or stands for one.
fn is_numeric(entries: &[Entry]) -> bool {
    let mut entries = entries.iter().filter(|entry| **entry != Entry::Nothing).peekable();
    entries.peek().is_some()
        && entries.all(|entry| matches!(entry, Entry::Sign(_) | Entry::Year(_) | Entry::Whole(_) | Entry::Number(_)))
}

/// How wide the columns are. Where they are too wide together, the widest of those whose text can be broken give way.
fn widths(places: &[Place], columns: &[Vec<Entry>], lang: Lang) -> Vec<usize> {
    let mut widths: Vec<usize> =
        places.iter().zip(columns).map(|(place, entries)| width(&place.label, entries, lang)).collect();
    let breakable: Vec<bool> = columns.iter().map(|entries| entries.iter().any(Entry::is_breakable)).collect();
    while widths.iter().sum::<usize>() > ACROSS {
        let widest = (0..widths.len()).filter(|at| breakable[*at] && widths[*at] > NARROW).max_by_key(|at| widths[*at]);
        let Some(widest) = widest else { break };
        widths[widest] -= 1;
    }
    widths
}

/// As wide as the longest line, within bounds, and wide enough for each word of the header and the sign of the filter.
fn width(label: &str, entries: &[Entry], lang: Lang) -> usize {
    let longest = |text: &str| text.lines().map(|line| line.chars().count()).max().unwrap_or(0);
    let word = label.split_whitespace().map(|word| word.chars().count()).max().unwrap_or(0) + 3;
    let of = |entry: &Entry| match entry {
        Entry::Nothing => 0,
        Entry::Text(text) | Entry::Code(text) | Entry::Sign(text) => longest(text),
        Entry::Day(_) if lang == Lang::En => "30 September 2016".len(),
        Entry::Day(_) => "30.09.2016".len(),
        Entry::Year(year) => year.to_string().len(),
        Entry::Whole(number) => number.to_string().len() + 3,
        Entry::Number(thousandths) => crate::count::number(*thousandths, lang).chars().count(),
    };
    let widest = entries.iter().map(of).max().unwrap_or(0).max(longest(label).min(24)).max(word) + 2;
    widest.clamp(*WIDTHS.start(), *WIDTHS.end())
}
