//! A workbook to be filled in: instructions first, a sheet for each kind of row, and two hidden ones: the lists that cells choose
//! from, and what was exported.

use std::collections::{BTreeMap, HashMap, HashSet};

use rust_xlsxwriter::{
    DataValidation, DataValidationErrorStyle, DocProperties, ExcelDateTime, Format, Formula, IgnoreError, Note,
    ProtectionOptions, Workbook, Worksheet,
};

use super::choices::{Vocabulary, list_key};
use super::columns::{Column, Part};
use super::content::{Shown, shown};
use super::front;
use super::returned::Then;
use super::rows::{Row, Tab};
use super::style::{self, Look, Styles};
use crate::date::Date;
use crate::lang::Lang;
use crate::model::Kind;
use crate::read::Shape;
use crate::registry::Registry;
use crate::say;

/// The hidden sheet with what was exported.
pub(super) const MEMORY: &str = "lmnet";
/// The hidden sheet with lists.
pub(super) const LISTS: &str = "lmnet-lists";
/// What the first cell of the hidden sheet says.
pub(super) const MARK: &str = "lmnet-workbook";
/// The version of the layout of workbooks.
pub(super) const VERSION: &str = "1";
/// The headings of the two hidden columns.
pub(super) const HIDDEN: [&str; 2] = ["id", "rev"];
/// The row of the hidden sheet from which on there are exported rows.
pub(super) const MEMORY_START: u32 = 8;
/// How many units of UTF-16 of a row's memory are put into one cell.
const CHUNK: usize = 30_000;
/// How many rows below the last one are ready to be filled in.
const READY: u32 = 300;
const LINE: f64 = 15.0;

/// What a workbook is about.
#[derive(Clone, Debug)]
pub(super) struct About {
    /// The language of headings, choices and texts.
    pub(super) lang: Lang,
    /// What the registry is called.
    pub(super) registry: String,
    /// Whose rows they are, by id.
    pub(super) organisations: Vec<String>,
    /// Whose rows they are, by name; nothing where they are everybody's.
    pub(super) whose: Option<String>,
    /// The day.
    pub(super) day: Date,
}

/// A sheet as it is written.
pub(super) struct Page<'a> {
    pub(super) part: Part,
    pub(super) columns: &'a [Column],
    pub(super) lines: Vec<Line>,
}

/// A row as it is written.
#[derive(Default)]
pub(super) struct Line {
    pub(super) id: String,
    pub(super) rev: String,
    pub(super) cells: Vec<Shown>,
}

/// What was exported of each row, by its id, with its revision: JSON by key.
pub(super) type Memory = BTreeMap<String, (String, String)>;

/// A workbook with these rows.
///
/// # Errors
///
/// When it is larger than a workbook can be.
pub fn book(
    registry: &Registry,
    tabs: &[Tab],
    organisations: &[String],
    day: Date,
    lang: Lang,
) -> anyhow::Result<Vec<u8>> {
    let vocabulary = vocabulary(registry, tabs, lang);
    let about = About::of(registry, organisations, day, lang);
    let memory = tabs.iter().flat_map(|tab| {
        tab.rows
            .iter()
            .map(|row| (row.id.clone(), (row.rev.clone(), remembered(&contents(&tab.columns, &row.contents)))))
    });
    let pages = tabs.iter().map(|tab| Page {
        part: tab.part,
        columns: &tab.columns,
        lines: tab.rows.iter().map(|row| line(tab, row, &vocabulary, lang)).collect(),
    });
    write(&about, &pages.collect::<Vec<_>>(), &vocabulary, &memory.collect())
}

/// What can be chosen. What a new row can be a part of is one's own, as the rows are.
pub(super) fn vocabulary(registry: &Registry, tabs: &[Tab], lang: Lang) -> Vocabulary {
    let columns: Vec<(Part, Vec<Column>)> = tabs.iter().map(|tab| (tab.part, tab.columns.clone())).collect();
    let mut vocabulary = Vocabulary::of(registry, &columns, lang);
    for kind in [Kind::Offering, Kind::Member] {
        let own = tabs.iter().filter(|tab| tab.part.kind() == kind);
        let own: HashSet<&str> = own.flat_map(|tab| &tab.rows).map(Row::record).collect();
        vocabulary.offer(kind, &own);
    }
    vocabulary
}

fn line(tab: &Tab, row: &Row, vocabulary: &Vocabulary, lang: Lang) -> Line {
    let cells = tab.columns.iter().zip(&row.contents);
    let cells = cells.map(|(column, content)| shown(column, vocabulary.list(tab.part, column), content, lang));
    Line { id: row.id.clone(), rev: row.rev.clone(), cells: cells.collect() }
}

/// What a row says, by key.
fn contents(columns: &[Column], contents: &[super::Content]) -> Then {
    columns.iter().zip(contents).filter_map(|(column, content)| Some((column.key.clone(), content.clone()?))).collect()
}

/// The contents of a row as JSON by key.
pub(super) fn remembered(contents: &Then) -> String {
    serde_json::to_string(contents).unwrap_or_default()
}

impl About {
    pub(super) fn of(registry: &Registry, organisations: &[String], day: Date, lang: Lang) -> Self {
        let names = crate::names::Names { registry, lang };
        let whose = organisations.iter().map(|id| names.body(id)).collect::<Vec<_>>().join(", ");
        Self {
            lang,
            registry: registry.manifest.title.as_ref().map(|title| title.get(lang).to_owned()).unwrap_or_default(),
            organisations: organisations.to_vec(),
            whose: (!whose.is_empty()).then_some(whose),
            day,
        }
    }
}

/// Writes a workbook. The same gives the same bytes.
fn write(about: &About, pages: &[Page<'_>], vocabulary: &Vocabulary, memory: &Memory) -> anyhow::Result<Vec<u8>> {
    let styles = Styles::new();
    let mut workbook = Workbook::new();
    workbook.set_properties(&properties(about)?);
    front::write(workbook.add_worksheet(), about, pages, &styles)?;
    let ranges = ranges(vocabulary);
    for page in pages {
        data(workbook.add_worksheet(), page, about.lang, vocabulary, &ranges, &styles)?;
    }
    lists(workbook.add_worksheet(), vocabulary, &styles)?;
    memorise(workbook.add_worksheet(), about, memory, &styles)?;
    Ok(workbook.save_to_buffer()?)
}

fn properties(about: &About) -> anyhow::Result<DocProperties> {
    // The library would write the time on the clock.
    let made = ExcelDateTime::from_ymd(2000, 1, 1)?;
    Ok(DocProperties::new()
        .set_title(front::title(about))
        .set_creation_datetime(&made)
        .set_custom_property("lmnet-workbook", VERSION)
        .set_custom_property("lmnet-registry", &*about.registry)
        .set_custom_property("lmnet-language", about.lang.code())
        .set_custom_property("lmnet-organisations", about.organisations.join("; "))
        .set_custom_property("lmnet-format", crate::model::FORMAT.to_string()))
}

/// Where each list stands, as a formula.
fn ranges(vocabulary: &Vocabulary) -> HashMap<String, String> {
    let range = |(index, (key, choices)): (usize, (&str, &super::Choices))| {
        let column = rust_xlsxwriter::utility::column_number_to_name(u16::try_from(2 * index).ok()?);
        let last = choices.offered().len().max(1) + 1;
        Some((key.to_owned(), format!("='{LISTS}'!${column}$2:${column}${last}")))
    };
    vocabulary.lists().enumerate().filter_map(range).collect()
}

fn lists(sheet: &mut Worksheet, vocabulary: &Vocabulary, styles: &Styles) -> anyhow::Result<()> {
    sheet.set_name(LISTS)?.set_hidden(true);
    for (index, (key, choices)) in vocabulary.lists().enumerate() {
        let column = u16::try_from(2 * index)?;
        sheet.write_string_with_format(0, column, key, &styles.code)?;
        for (row, (word, name)) in (1..).zip(choices.offered()) {
            sheet.write_string_with_format(row, column, name, &styles.code)?;
            sheet.write_string_with_format(row, column + 1, word, &styles.code)?;
        }
    }
    Ok(())
}

fn memorise(sheet: &mut Worksheet, about: &About, memory: &Memory, styles: &Styles) -> anyhow::Result<()> {
    sheet.set_name(MEMORY)?.set_hidden(true);
    let facts = [
        (MARK, VERSION.to_owned()),
        ("registry", about.registry.clone()),
        ("language", about.lang.code().to_owned()),
        ("organisations", about.organisations.join("; ")),
        ("format", crate::model::FORMAT.to_string()),
        ("day", about.day.to_string()),
    ];
    for (row, (key, value)) in (0..).zip(&facts) {
        sheet.write_string_with_format(row, 0, *key, &styles.code)?;
        sheet.write_string_with_format(row, 1, value, &styles.code)?;
    }
    for (row, (id, (rev, contents))) in (MEMORY_START..).zip(memory) {
        sheet.write_string_with_format(row, 0, id, &styles.code)?;
        sheet.write_string_with_format(row, 1, rev, &styles.code)?;
        for (column, chunk) in (2..).zip(chunks(contents)) {
            sheet.write_string_with_format(row, column, chunk, &styles.code)?;
        }
    }
    Ok(())
}

/// A text in pieces that fit into cells.
pub(super) fn chunks(text: &str) -> Vec<String> {
    let mut chunks = vec![String::new()];
    let mut units = 0;
    for char in text.chars() {
        if units + char.len_utf16() > CHUNK {
            chunks.push(String::new());
            units = 0;
        }
        units += char.len_utf16();
        if let Some(last) = chunks.last_mut() {
            last.push(char);
        }
    }
    chunks
}

fn data(
    sheet: &mut Worksheet,
    page: &Page<'_>,
    lang: Lang,
    vocabulary: &Vocabulary,
    ranges: &HashMap<String, String>,
    styles: &Styles,
) -> anyhow::Result<()> {
    sheet.set_name(page.part.label().get(lang))?;
    let first = u16::try_from(HIDDEN.len())?;
    let last_row = u32::try_from(page.lines.len())? + READY;
    let last_column = first + u16::try_from(page.columns.len())? - 1;
    for (column, name) in (0..).zip(HIDDEN) {
        sheet.set_column_format(column, &styles.code)?.set_column_hidden(column)?;
        sheet.write_string_with_format(0, column, name, &styles.header)?;
    }
    // A row can be deleted if none of its cells is locked.
    const LAST: u16 = 16_383;
    sheet.set_column_range_format(last_column + 1, LAST, &Format::new().set_unlocked())?;
    for (at, column) in (first..).zip(page.columns) {
        sheet.set_column_format(at, &style::blank(column))?.set_column_width(at, style::width(column))?;
        let (heading, format) = match column.required {
            true => (format!("{} *", column.heading.get(lang)), &styles.needed),
            false => (column.heading.get(lang).to_owned(), &styles.header),
        };
        sheet.write_string_with_format(0, at, heading, format)?;
        let help = Note::new(front::help(column, lang)).add_author_prefix(false).set_width(260).set_height(110);
        sheet.insert_note(0, at, &help)?;
        let range = list_key(page.part, column).and_then(|key| ranges.get(&key).map(|range| (key, range)));
        if let Some((_, range)) = range {
            let is_closed = vocabulary.list(page.part, column).is_some_and(|choices| choices.is_closed);
            sheet.add_data_validation(
                1,
                at,
                last_row,
                at,
                &validation(range, is_closed && !column.is_list(), lang)?,
            )?;
        }
    }
    for (row, line) in (1..).zip(&page.lines) {
        put_line(sheet, row, first, page, line, styles)?;
    }
    sheet.set_row_height(0, 3.0 * LINE)?;
    sheet.set_freeze_panes(1, first + 1)?;
    sheet.autofilter(0, 0, last_row, last_column)?;
    sheet.ignore_error_range(0, 0, last_row, last_column, IgnoreError::NumberStoredAsText)?;
    sheet.set_print_area(0, 2, u32::try_from(page.lines.len())? + 10, last_column)?;
    // As many pages side by side as can be read, each with the header and the first column.
    const ACROSS: f64 = 170.0;
    let wide: f64 = page.columns.iter().map(style::width).sum();
    sheet.set_paper_size(9).set_landscape().set_print_fit_to_pages((wide / ACROSS).ceil() as u16, 0);
    sheet.set_repeat_rows(0, 0)?.set_repeat_columns(first, first)?;
    sheet.protect_with_options(&ProtectionOptions {
        format_cells: true,
        format_columns: true,
        format_rows: true,
        insert_rows: true,
        delete_rows: true,
        sort: true,
        use_autofilter: true,
        ..ProtectionOptions::new()
    });
    Ok(())
}

fn validation(range: &str, is_closed: bool, lang: Lang) -> anyhow::Result<DataValidation> {
    let list = DataValidation::new().allow_list_formula(Formula::new(range)).show_input_message(false);
    if !is_closed {
        return Ok(list.show_error_message(false));
    }
    let title = say!(lang, nn: "Vel frå lista", nb: "Velg fra listen", en: "Choose from the list");
    let message = say!(lang,
        nn: "Her kan det berre stå noko av det som står i lista, eller ingenting.",
        nb: "Her kan det bare stå noe av det som står i listen, eller ingenting.",
        en: "Only what the list has can stand here, or nothing.",
    );
    Ok(list.set_error_style(DataValidationErrorStyle::Stop).set_error_title(title)?.set_error_message(message)?)
}

fn put_line(
    sheet: &mut Worksheet,
    row: u32,
    first: u16,
    page: &Page<'_>,
    line: &Line,
    styles: &Styles,
) -> anyhow::Result<()> {
    for (column, text) in [(0, &line.id), (1, &line.rev)] {
        if !text.is_empty() {
            sheet.write_string_with_format(row, column, text, &styles.code)?;
        }
    }
    let mut lines = 1;
    for ((at, column), cell) in (first..).zip(page.columns).zip(&line.cells) {
        let look = if column.is_parent && !line.id.is_empty() { Look::Fixed } else { Look::Input };
        put(sheet, row, at, column, cell, look)?;
        if let Shown::Text(text) = cell {
            let width = style::width(column) as usize;
            lines = lines.max(text.lines().map(|line| line.chars().count() / width + 1).sum());
        }
    }
    const MOST: usize = 6;
    if lines > 1 {
        sheet.set_row_height(row, LINE * lines.min(MOST) as f64)?;
    }
    Ok(())
}

fn put(sheet: &mut Worksheet, row: u32, at: u16, column: &Column, cell: &Shown, look: Look) -> anyhow::Result<()> {
    match cell {
        Shown::Nothing if look == Look::Input => return Ok(()),
        Shown::Nothing => sheet.write_blank(row, at, &style::text(look))?,
        Shown::Text(text) if matches!(column.each(), Shape::Count { .. }) => {
            let format = style::text(look).set_align(rust_xlsxwriter::FormatAlign::Right);
            sheet.write_string_with_format(row, at, text, &format)?
        }
        Shown::Text(text) => sheet.write_string_with_format(row, at, text, &style::text(look))?,
        Shown::Number(number) => sheet.write_number_with_format(row, at, *number, &style::number(look))?,
        Shown::Day(day) => {
            use chrono::Datelike as _;
            let (month, of_month) = (u8::try_from(day.month())?, u8::try_from(day.day())?);
            let day = ExcelDateTime::from_ymd(u16::try_from(day.year())?, month, of_month)?;
            sheet.write_datetime_with_format(row, at, &day, &style::day(look))?
        }
    };
    Ok(())
}
