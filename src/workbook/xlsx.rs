//! Workbooks as they are read: never more of them than a registry can need, and what is broken is told.

use std::collections::HashMap;
use std::io::{Cursor, Read};

use calamine::{DataRef, Reader as _, SheetType, Xlsx};
use quick_xml::events::{BytesStart, Event};
use zip::ZipArchive;

use super::grid::{Grid, Raw};
use crate::date::Date;
use crate::lang::Said;
use crate::say;
use crate::spelling::quoted;

/// The most bytes that a workbook may hold, unpacked.
const LARGEST: u64 = 128 << 20;
/// The most parts that a workbook may have.
const PARTS: usize = 2_000;
/// The most rows that are read of a sheet.
pub(super) const ROWS: u32 = 50_000;
/// The most columns that are read of a sheet.
pub(super) const COLUMNS: u32 = 300;

/// The sheets of a workbook.
///
/// # Errors
///
/// When it is damaged, locked or too large.
pub(super) fn grids(bytes: &[u8]) -> Result<Vec<Grid>, Said> {
    let mut hidden = unpack(bytes)?;
    let mut book = Xlsx::new(Cursor::new(bytes)).map_err(|_| damaged())?;
    // A chart has no cells.
    let sheets = book.sheets_metadata().iter().filter(|sheet| sheet.typ == SheetType::WorkSheet);
    let names: Vec<String> = sheets.map(|sheet| sheet.name.clone()).collect();
    let mut grids = Vec::new();
    for name in names {
        let mut grid = Grid::default();
        grid.hidden = hidden.remove(&name).unwrap_or_default();
        let merged = book.merge_cells_by_sheet_name(&name).map_err(|_| unread(&name))?;
        grid.merge(merged.iter().map(|area| [area.start, area.end].map(|(row, column)| (row + 1, column))).collect());
        cells(&mut book, &name, &mut grid)?;
        grid.name = name;
        grids.push(grid);
    }
    Ok(grids)
}

fn cells(book: &mut Xlsx<Cursor<&[u8]>>, name: &str, grid: &mut Grid) -> Result<(), Said> {
    let mut reader = book.worksheet_cells_reader(name).map_err(|_| unread(name))?;
    while let Some(cell) = reader.next_cell_with_formula().map_err(|_| damaged())? {
        let (row, column) = cell.pos;
        let raw = match cell.formula {
            Some(formula) if !formula.is_empty() => Some(Raw::Formula(formula)),
            _ => raw(cell.value),
        };
        let Some(raw) = raw.filter(|raw| !raw.is_blank()) else { continue };
        if row >= ROWS || column >= COLUMNS {
            return Err(too_many(name));
        }
        match grid.rows.last_mut() {
            Some((last, cells)) if *last == row + 1 => cells.push((column, raw)),
            _ => grid.rows.push((row + 1, vec![(column, raw)])),
        }
    }
    Ok(())
}

fn raw(value: DataRef<'_>) -> Option<Raw> {
    Some(match value {
        DataRef::Empty => return None,
        DataRef::Int(number) => Raw::Number(number as f64),
        DataRef::Float(number) => Raw::Number(number),
        DataRef::String(text) => Raw::Text(text),
        DataRef::SharedString(text) => Raw::Text(text.to_owned()),
        DataRef::Bool(flag) => Raw::Flag(flag),
        DataRef::Error(error) => Raw::Error(error.to_string()),
        DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => Raw::Text(text),
        DataRef::DateTime(time) => {
            let (year, month, day, hour, minute, ..) = time.to_ymd_hms_milli();
            let date = Date::from_ymd_opt(i32::from(year), u32::from(month), u32::from(day));
            match date {
                _ if time.as_f64() < 1.0 => Raw::Time(format!("{hour:02}:{minute:02}")),
                Some(date) if (hour, minute) == (0, 0) => Raw::Day(date),
                Some(date) => Raw::Text(format!("{date} {hour:02}:{minute:02}")),
                None => Raw::Number(time.as_f64()),
            }
        }
    })
}

/// Unpacks every part once, so that a workbook that is larger than it pretends, or damaged, is found before anything is read of
/// it. Tells which rows are hidden, by sheet.
fn unpack(bytes: &[u8]) -> Result<HashMap<String, Vec<u32>>, Said> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| damaged())?;
    if archive.len() > PARTS {
        return Err(damaged());
    }
    let (mut left, mut hidden, mut parts) = (LARGEST, HashMap::new(), HashMap::new());
    for index in 0..archive.len() {
        let part = archive.by_index(index).map_err(|error| match error {
            zip::result::ZipError::UnsupportedArchive(_) | zip::result::ZipError::InvalidPassword => locked(),
            _ => damaged(),
        })?;
        if part.size() > left {
            return Err(too_large());
        }
        let name = part.name().map_err(|_| damaged())?.into_owned();
        let mut unpacked = Vec::new();
        part.take(left + 1).read_to_end(&mut unpacked).map_err(|_| damaged())?;
        left = left.checked_sub(unpacked.len() as u64).ok_or_else(too_large)?;
        if name.starts_with("xl/worksheets/") && name.ends_with(".xml") {
            let rows = hidden_rows(&unpacked).ok_or_else(cannot_be_read)?;
            if !rows.is_empty() {
                hidden.insert(name, rows);
            }
        } else if name == "xl/workbook.xml" || name == "xl/_rels/workbook.xml.rels" {
            parts.insert(name, unpacked);
        } else if name == "mimetype" && unpacked.starts_with(b"application/vnd.oasis") {
            return Err(other_program());
        }
    }
    let part = |name: &str| parts.get(name).ok_or_else(no_workbook);
    Ok(by_sheet(part("xl/workbook.xml")?, part("xl/_rels/workbook.xml.rels")?, &hidden))
}

/// The rows that nobody sees; nothing where the part is no XML to its end, cells stand nowhere, or areas end before they begin, which
/// the library can't bear.
fn hidden_rows(xml: &[u8]) -> Option<Vec<u32>> {
    let (mut rows, mut is_sound) = (Vec::new(), true);
    let is_whole = elements(xml, |element| {
        let holds = |name: &str, is_such: fn(&str) -> bool| attribute(element, name).is_none_or(|said| is_such(&said));
        match element.local_name().as_ref() {
            "row" => {
                let is_hidden = attribute(element, "hidden").is_some_and(|value| value == "1" || value == "true");
                let row = attribute(element, "r").map(|row| row.parse::<u32>().ok().filter(|row| *row > 0));
                is_sound &= row != Some(None);
                rows.extend(row.flatten().filter(|_| is_hidden));
            }
            "c" => is_sound &= holds("r", |said| cell_of(said).is_some()),
            "mergeCell" | "dimension" | "f" => is_sound &= holds("ref", is_area),
            _ => {}
        }
    });
    (is_whole && is_sound).then_some(rows)
}

/// Whether this is an area as `A1:B2` that ends where it begins or after.
fn is_area(said: &str) -> bool {
    let said = said.replace('$', "");
    let (first, last) = said.split_once(':').unwrap_or((&said, &said));
    cell_of(first).zip(cell_of(last)).is_some_and(|(first, last)| first.0 <= last.0 && first.1 <= last.1)
}

/// The row and the column of `AB12`.
fn cell_of(said: &str) -> Option<(u32, u32)> {
    let (letters, digits) = said.split_at(said.find(|char: char| char.is_ascii_digit())?);
    let is_column = (1..=3).contains(&letters.len()) && letters.bytes().all(|byte| byte.is_ascii_uppercase());
    let row = digits.parse::<u32>().ok().filter(|row| *row > 0 && is_column)?;
    Some((row, column_of(letters)?))
}

/// The column of `AB12`, from 0.
pub(super) fn column_of(cell: &str) -> Option<u32> {
    let letters = cell.bytes().take_while(u8::is_ascii_uppercase);
    let number = letters.take(3).fold(0, |sum, letter| sum * 26 + u32::from(letter - b'A') + 1);
    number.checked_sub(1)
}

/// What is known of parts, by the names of the sheets that they are.
fn by_sheet(workbook: &[u8], relations: &[u8], hidden: &HashMap<String, Vec<u32>>) -> HashMap<String, Vec<u32>> {
    let mut targets = HashMap::new();
    elements(relations, |element| {
        if let (Some(id), Some(target)) = (attribute(element, "Id"), attribute(element, "Target")) {
            let target = target.trim_start_matches("/xl/").to_owned();
            targets.insert(id, format!("xl/{target}"));
        }
    });
    let mut found = HashMap::new();
    elements(workbook, |element| {
        if element.local_name().as_ref() != "sheet" {
            return;
        }
        let rows = attribute(element, "id").and_then(|id| hidden.get(targets.get(&id)?));
        if let (Some(name), Some(rows)) = (attribute(element, "name"), rows) {
            found.insert(name, rows.clone());
        }
    });
    found
}

/// Shows every element of a part, as far as it can be read, and tells whether that is to its end.
pub(super) fn elements(xml: &[u8], mut visit: impl FnMut(&BytesStart<'_>)) -> bool {
    let mut reader = quick_xml::Reader::from_reader(xml);
    loop {
        match reader.read_event() {
            Ok(Event::Start(element) | Event::Empty(element)) => visit(&element),
            Ok(Event::Eof) => return true,
            Err(_) => return false,
            Ok(_) => {}
        }
    }
}

/// An attribute by its name, whatever stands for its namespace.
pub(super) fn attribute(element: &BytesStart<'_>, name: &str) -> Option<String> {
    let own = |attribute: quick_xml::events::attributes::Attribute<'_>| {
        (attribute.key.local_name().as_ref() == name)
            .then(|| quick_xml::escape::unescape(&attribute.value).ok().map(Into::into))?
    };
    element.attributes().filter_map(Result::ok).find_map(own)
}

fn cannot_be_read() -> Said {
    say!(
        nn: "arbeidsboka er skriven på ein måte som ikkje kan lesast; opne henne, og lagre ein kopi som .xlsx",
        nb: "arbeidsboken er skrevet på en måte som ikke kan leses; åpne den, og lagre en kopi som .xlsx",
        en: "the workbook is written in a way that cannot be read; open it, and save a copy as .xlsx",
    )
}

fn unread(sheet: &str) -> Said {
    let sheet = quoted(sheet);
    say!(
        nn: "arket «{sheet}» kan ikkje lesast; opne arbeidsboka, og lagre ein kopi som .xlsx",
        nb: "arket «{sheet}» kan ikke leses; åpne arbeidsboken, og lagre en kopi som .xlsx",
        en: "the sheet \"{sheet}\" cannot be read; open the workbook, and save a copy as .xlsx",
    )
}

pub(super) fn damaged() -> Said {
    say!(
        nn: "arbeidsboka er avkutta eller øydelagd; be om å få ho send ein gong til",
        nb: "arbeidsboken er avkuttet eller ødelagt; be om å få den sendt en gang til",
        en: "the workbook is cut off or damaged; ask for it to be sent again",
    )
}

fn no_workbook() -> Said {
    say!(
        nn: "fila er ikkje ei arbeidsbok; lagre henne som .xlsx eller .csv",
        nb: "filen er ingen arbeidsbok; lagre den som .xlsx eller .csv",
        en: "the file is no workbook; save it as .xlsx or .csv",
    )
}

fn other_program() -> Said {
    say!(
        nn: "arbeidsboka er lagra som .ods; opne henne, og lagre ein kopi som .xlsx",
        nb: "arbeidsboken er lagret som .ods; åpne den, og lagre en kopi som .xlsx",
        en: "the workbook is saved as .ods; open it, and save a copy as .xlsx",
    )
}

/// What Excel wrote before 2007, and what it locks with a password, looks the same from outside.
pub(super) fn locked() -> Said {
    say!(
        nn: "arbeidsboka er låst med passord eller lagra som gammal .xls; opne henne, ta bort passordet, og lagre ein kopi som .xlsx",
        nb: "arbeidsboken er låst med passord eller lagret som gammel .xls; åpne den, fjern passordet, og lagre en kopi som .xlsx",
        en: "the workbook is locked with a password, or saved as an old .xls; open it, take the password away, and save a copy as .xlsx",
    )
}

pub(super) fn too_large() -> Said {
    let most = LARGEST >> 20;
    say!(
        nn: "arbeidsboka er mykje større enn ho kan vere (meir enn {most} MB utpakka), og blir ikkje lesen; hent ut ei ny",
        nb: "arbeidsboken er mye større enn den kan være (mer enn {most} MB utpakket), og blir ikke lest; hent ut en ny",
        en: "the workbook is much larger than it can be (more than {most} MB unpacked), and is not read; export a new one",
    )
}

pub(super) fn too_many(sheet: &str) -> Said {
    let sheet = quoted(sheet);
    say!(
        nn: "arket «{sheet}» har noko utanfor dei første {ROWS} radene og {COLUMNS} kolonnane; slett det, eller del arket",
        nb: "arket «{sheet}» har noe utenfor de første {ROWS} radene og {COLUMNS} kolonnene; slett det, eller del arket",
        en: "the sheet \"{sheet}\" has something outside of the first {ROWS} rows and {COLUMNS} columns; delete it, or split the sheet",
    )
}
