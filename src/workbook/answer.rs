//! The answer to a workbook: the same rows once more, with what is to be corrected in the cells in question.

use super::book::{About, FIRST_IN_ANSWER, Line, Memory, Page, vocabulary, write};
use super::columns::{Column, Part};
use super::content::Shown;
use super::front::Found;
use super::grid::{Raw, letter};
use super::meaning::{Remark, Sort};
use super::returned::{Returned, Sheet};
use super::rows::{Scope, tabs};
use crate::date::Date;
use crate::lang::Lang;
use crate::registry::Registry;
use crate::sheet::is_in_excel;
use crate::spelling::quoted;

/// A workbook with what came back, annotated. What was exported is remembered as before, so that it can come back again.
///
/// # Errors
///
/// When it is larger than a workbook can be.
pub fn answer(
    registry: &Registry,
    returned: &Returned,
    remarks: &[Remark],
    day: Date,
    lang: Lang,
) -> anyhow::Result<Vec<u8>> {
    let organisations = returned.origin.as_ref().map(|origin| origin.organisations.clone()).unwrap_or_default();
    let own = tabs(registry, &Scope { organisations: organisations.clone() }, lang);
    let vocabulary = vocabulary(registry, &own, lang);
    let pages = own.iter().filter_map(|tab| {
        let number = returned.sheets.iter().position(|sheet| sheet.part == tab.part)?;
        Some(page(tab.part, &tab.columns, number, &returned.sheets[number], remarks, lang))
    });
    let about = About::of(registry, &organisations, day, lang);
    let empty = Memory::new();
    let memory = returned.origin.as_ref().map_or(&empty, |origin| &origin.memory);
    let found: Vec<Found> = remarks
        .iter()
        .filter(|remark| remark.sort != Sort::Note)
        .map(|remark| Found {
            place: own_place(returned, remark, lang),
            value: quoted(&remark.value),
            words: remark.words.get(lang).to_owned(),
        })
        .collect();
    write(&about, &pages.collect::<Vec<_>>(), &vocabulary, memory, Some(&found))
}

/// Where something is, for people: sheet, cell and heading.
#[must_use]
pub fn place(returned: &Returned, remark: &Remark, lang: Lang) -> String {
    let (number, row) = remark.place;
    let Some(sheet) = returned.sheets.get(number) else { return String::new() };
    let name = if sheet.name.is_empty() { sheet.part.label().get(lang).to_owned() } else { quoted(&sheet.name) };
    match remark.column {
        _ if row == 0 => name,
        Some(column) => format!("{name} {} ({})", sheet.cell(row, column), sheet.columns[column].heading.get(lang)),
        None => format!("{name} {row}"),
    }
}

/// The same in the answer, where columns stand as they are exported and no row is left empty.
fn own_place(returned: &Returned, remark: &Remark, lang: Lang) -> String {
    let (number, row) = remark.place;
    let Some(sheet) = returned.sheets.get(number) else { return String::new() };
    let name = sheet.part.label().get(lang);
    let Some(row) = sheet.rows.iter().position(|given| given.number == row) else { return name.to_owned() };
    let row = row + 2;
    match remark.column {
        Some(column) => {
            let letter = letter(FIRST_IN_ANSWER + u32::try_from(column).unwrap_or(0));
            format!("{name} {letter}{row} ({})", sheet.columns[column].heading.get(lang))
        }
        None => format!("{name} {row}"),
    }
}

fn page<'a>(
    part: Part,
    columns: &'a [Column],
    number: usize,
    sheet: &Sheet,
    remarks: &[Remark],
    lang: Lang,
) -> Page<'a> {
    let mut by_row: std::collections::HashMap<u32, Vec<&Remark>> = std::collections::HashMap::new();
    for remark in remarks.iter().filter(|remark| remark.place.0 == number && remark.sort != Sort::Note) {
        by_row.entry(remark.place.1).or_default().push(remark);
    }
    let line = |row: &super::returned::GivenRow| Line {
        id: row.id.clone(),
        rev: row.rev.clone(),
        cells: row.cells.iter().map(|cell| cell.as_ref().map_or(Shown::Nothing, as_given)).collect(),
        remarks: by_row
            .get(&row.number)
            .into_iter()
            .flatten()
            .map(|remark| {
                let words = remark.words.get(lang);
                let words = match remark.column {
                    Some(column) => format!("{}: {words}", sheet.columns[column].heading.get(lang)),
                    None => words.to_owned(),
                };
                (remark.column, words)
            })
            .collect(),
    };
    Page { part, columns, lines: sheet.rows.iter().map(line).collect() }
}

/// A cell as it came back. What a formula was stands there as text.
fn as_given(raw: &Raw) -> Shown {
    match raw {
        Raw::Number(number) => Shown::Number(*number),
        Raw::Day(day) if is_in_excel(*day) => Shown::Day(*day),
        other => Shown::Text(super::content::text(&other.words())),
    }
}
