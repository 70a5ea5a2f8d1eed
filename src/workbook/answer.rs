//! The answer to a workbook: the same workbook, with what is to be corrected in the cells in question.

use std::collections::{BTreeMap, HashMap};

use anyhow::anyhow;
use rust_xlsxwriter::Workbook;

use super::annotate::{Annotated, Front, FrontLine, annotated};
use super::book::{MEMORY, chunks, remembered};
use super::columns::Part;
use super::content::Shown;
use super::grid::{Grid, letter};
use super::meaning::{Change, Meaning, Place, Remark, Sort};
use super::opened::{Cells, Opened};
use super::returned::{Returned, Sheet, of_answer};
use super::style::Styles;
use super::{Content, csv, xlsx};
use crate::lang::{Lang, Said};
use crate::say;
use crate::sheet::fitting;
use crate::spelling::quoted;

/// What came back, annotated: a workbook as it is, a CSV file as a workbook. Of what is in the registry now (`written`), new rows
/// are emptied, so that they can't come back as new, and what others say is remembered. A cell that was changed here and in the
/// registry gets what the registry has, and is remembered so: left alone, it changes nothing.
///
/// # Errors
///
/// When it can't be added to, or is larger than a workbook can be.
pub fn answer(
    bytes: &[u8],
    returned: &Returned,
    remarks: &[Remark],
    written: &[&Change],
    lang: Lang,
) -> anyhow::Result<Vec<u8>> {
    let grids = match is_workbook(bytes) {
        true => xlsx::grids(bytes),
        false => csv::grid(bytes).map(|grid| vec![grid]),
    };
    let grids = grids.map_err(|said| anyhow!("{}", said.get(lang)))?;
    let opened = match (is_workbook(bytes), &grids[..], &returned.sheets[..]) {
        (true, ..) => Opened::of(bytes)?,
        (false, [grid], [sheet]) => Opened::of(&typed(grid, sheet.part, lang)?)?,
        (false, ..) => return Err(anyhow!("{}", cannot_be_added_to().get(lang))),
    };
    let told: Vec<&Remark> = remarks.iter().filter(|remark| remark.sort != Sort::Note).collect();
    let mut sheets: BTreeMap<String, Annotated> = BTreeMap::new();
    for remark in &told {
        let Some((sheet, cell)) = target(returned, remark) else { continue };
        let own = sheets.entry(name(sheet, lang)).or_default();
        let words = own.notes.entry(cell).or_default();
        if !words.is_empty() {
            words.push_str("\n\n");
        }
        words.push_str(words_of(remark).get(lang));
        if let Some(now) = &remark.now {
            own.values.insert(cell, now.shown.clone());
            // What was written there is nowhere else any longer, and may be longer than it was quoted.
            let given = super::content::text(&remark.value);
            if quoted(&given) != given {
                words.push_str(&format!("\n\n{given}"));
            }
        }
    }
    let is_new = |change: &&&Change| matches!(change.meaning, Meaning::New { .. });
    let new: Vec<Place> = written.iter().filter(is_new).map(|change| change.place).collect();
    for (number, row) in &new {
        let sheet = &returned.sheets[*number];
        let own = sheets.entry(name(sheet, lang)).or_default();
        let columns = sheet.places.iter().chain(&sheet.hidden).flatten();
        own.values.extend(columns.map(|column| ((*row, *column), Shown::Nothing)));
    }
    if let Some(memory) = grids.iter().find(|grid| grid.name == MEMORY) {
        let values = memory_now(memory, returned, remarks, written);
        sheets.entry(MEMORY.to_owned()).or_default().values = values;
    }
    for words in sheets.values_mut().flat_map(|own| own.notes.values_mut()) {
        *words = fitting(words);
    }
    let front = front(&grids, returned, &told, !new.is_empty(), lang);
    let done = annotated(opened, &sheets, &front).ok_or_else(|| anyhow!("{}", cannot_be_added_to().get(lang)))?;
    done.packed()
}

/// What a remark says in the answer, where a cell in conflict has what the registry has.
fn words_of(remark: &Remark) -> &Said {
    remark.now.as_ref().map_or(&remark.words, |now| &now.words)
}

fn is_workbook(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK")
}

/// What is called as it is in the answer: a CSV file becomes a sheet by what its rows are.
fn name(sheet: &Sheet, lang: Lang) -> String {
    if sheet.name.is_empty() { sheet.part.label().get(lang).to_owned() } else { sheet.name.clone() }
}

/// The cell that a remark is about; for a row as a whole its first cell.
fn target<'a>(returned: &'a Returned, remark: &Remark) -> Option<(&'a Sheet, (u32, u32))> {
    let (number, row) = remark.place;
    let sheet = returned.sheets.get(number).filter(|_| row > 0)?;
    let column = remark.column.and_then(|column| sheet.places[column]);
    let column = column.or_else(|| sheet.places.iter().flatten().min().copied())?;
    Some((sheet, (row, column)))
}

/// Where something is, for people: sheet, cell and heading.
#[must_use]
pub fn place(returned: &Returned, remark: &Remark, lang: Lang) -> String {
    let (number, row) = remark.place;
    let Some(sheet) = returned.sheets.get(number) else { return String::new() };
    let name = quoted(&name(sheet, lang));
    match remark.column {
        _ if row == 0 => name,
        Some(column) => format!("{name} {} ({})", sheet.cell(row, column), sheet.columns[column].heading.get(lang)),
        None => format!("{name} {row}"),
    }
}

/// A CSV file as a workbook, every cell where it was.
fn typed(grid: &Grid, part: Part, lang: Lang) -> anyhow::Result<Vec<u8>> {
    let styles = Styles::new();
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.set_name(part.label().get(lang))?;
    let text = super::style::text(super::style::Look::Input);
    for (at, (number, cells)) in grid.rows.iter().enumerate() {
        for (column, raw) in cells {
            let look = if at == 0 { &styles.header } else { &text };
            let (row, column) = (number.saturating_sub(1), u16::try_from(*column)?);
            sheet.write_string_with_format(
                row,
                column,
                super::content::text(&super::content::lines(&raw.words())),
                look,
            )?;
        }
    }
    let columns = grid.rows.iter().filter_map(|(_, cells)| cells.last()).map(|(column, _)| *column).max();
    for column in 0..=columns.unwrap_or_default() {
        const WIDTH: f64 = 22.0;
        sheet.set_column_width(u16::try_from(column)?, WIDTH)?;
    }
    Ok(book.save_to_buffer()?)
}

/// The cells of the hidden sheet in which what was exported is no longer what the cells are held against.
fn memory_now(memory: &Grid, returned: &Returned, remarks: &[Remark], written: &[&Change]) -> Cells<Shown> {
    let mut by_row: BTreeMap<&str, Vec<(&str, &Content)>> = BTreeMap::new();
    let in_conflict =
        remarks.iter().filter_map(|remark| Some((remark.place, remark.column?, &remark.now.as_ref()?.content)));
    let said = written.iter().flat_map(|change| match &change.meaning {
        Meaning::Edits { said, .. } => said.iter().map(|(column, content)| (change.place, *column, content)).collect(),
        _ => Vec::new(),
    });
    for ((number, row), column, content) in in_conflict.chain(said) {
        let sheet = &returned.sheets[number];
        let Some(given) = sheet.rows.iter().find(|given| given.number == row) else { continue };
        by_row.entry(&given.id).or_default().push((&sheet.columns[column].key, content));
    }
    let places: HashMap<String, (u32, usize)> =
        (0..memory.rows.len()).map(|at| (memory.text(at, 0), (memory.rows[at].0, memory.rows[at].1.len()))).collect();
    let mut values = Cells::new();
    // What was taken out is not looked for again.
    for change in written {
        if let Meaning::Gone { exported, index: Some(_), .. } = &change.meaning
            && let Some((row, cells)) = places.get(exported)
        {
            values.extend((0..*cells as u32).map(|column| ((*row, column), Shown::Nothing)));
        }
    }
    for (id, changed) in by_row {
        let then = returned.origin.as_ref().and_then(|origin| origin.then(id));
        let (Some(mut then), Some((row, cells))) = (then, places.get(id)) else { continue };
        for (key, content) in changed {
            match content {
                Some(values) => then.insert(key.to_owned(), values.clone()),
                None => then.remove(key),
            };
        }
        let mut pieces = chunks(&remembered(&then)).into_iter();
        // The first two cells are the id and the revision.
        let mut column = 2;
        loop {
            let value = match pieces.next() {
                Some(piece) => Shown::Text(piece),
                None if (column as usize) < *cells => Shown::Nothing,
                None => break,
            };
            values.insert((*row, column), value);
            column += 1;
        }
    }
    values
}

fn front(grids: &[Grid], returned: &Returned, told: &[&Remark], has_emptied: bool, lang: Lang) -> Front {
    let mut hint = say!(lang,
        nn: "Rett dei raude cellene der dei står; denne lista blir laga på nytt kvar gong.",
        nb: "Rett de røde cellene der de står; denne listen blir laget på nytt hver gang.",
        en: "Correct the red cells where they stand; this list is made anew each time.",
    );
    if has_emptied {
        hint += &say!(lang,
            nn: " Nye rader som er tekne inn, er tømde i arka.",
            nb: " Nye rader som er tatt inn, er tømt i arkene.",
            en: " New rows that were taken in have been emptied in the sheets.",
        );
    }
    let line = |remark: &&Remark| {
        let target = target(returned, remark);
        let target = target.map(|(sheet, (row, column))| (name(sheet, lang), format!("{}{row}", letter(column))));
        let value = super::content::text(&remark.value);
        FrontLine { texts: [place(returned, remark, lang), value, words_of(remark).get(lang).to_owned()], target }
    };
    let earlier = grids.iter().find(|grid| of_answer(grid)).map(|grid| grid.name.clone());
    let names: Vec<&str> = grids.iter().map(|grid| &*grid.name).collect();
    let own = to_correct().get(lang).to_owned();
    let free = (1..).map(|number| if number == 1 { own.clone() } else { format!("{own} ({number})") });
    let is_free = |name: &String| !names.iter().any(|other| other.to_lowercase() == name.to_lowercase());
    let free = free.into_iter().find(is_free).unwrap_or_default();
    Front {
        name: free,
        title: heading(told.len()).get(lang).to_owned(),
        hint,
        headings: [
            say!(lang, nn: "Kvar", nb: "Hvor", en: "Where"),
            say!(lang, nn: "Det som stod der", nb: "Det som sto der", en: "What stood there"),
            say!(lang, nn: "Kva som er gale, og kva du kan gjere", nb: "Hva som er galt, og hva du kan gjøre", en: "What is wrong, and what to do"),
        ],
        lines: told.iter().map(line).collect(),
        instead_of: earlier,
    }
}

/// What the first sheet of an answer is called.
pub(super) fn to_correct() -> Said {
    say!(nn: "Må rettast", nb: "Må rettes", en: "To be corrected")
}

/// What stands above it.
pub(super) fn heading(count: usize) -> Said {
    if count == 0 {
        return say!(nn: "Ingenting å rette", nb: "Ingenting å rette", en: "Nothing to correct");
    }
    say!(
        nn: "Dette må rettast ({count})",
        nb: "Dette må rettes ({count})",
        en: "This is to be corrected ({count})",
    )
}

fn cannot_be_added_to() -> Said {
    say!(
        nn: "arbeidsboka er skriven på ein måte som svaret ikkje kan setjast inn i; opne henne, lagre ein kopi som .xlsx, og importer kopien",
        nb: "arbeidsboken er skrevet på en måte som svaret ikke kan settes inn i; åpne den, lagre en kopi som .xlsx, og importer kopien",
        en: "the workbook is written in a way that the answer cannot be put into; open it, save a copy as .xlsx, and import the copy",
    )
}
