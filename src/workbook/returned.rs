//! A workbook or CSV file that came back: which sheet is which, which column is which key, and what was exported.

use std::collections::{BTreeMap, HashMap};

use super::answer::{heading, to_correct};
use super::book::{HIDDEN, LISTS, MARK, MEMORY, MEMORY_START, Memory, VERSION};
use super::columns::{Column, Part, columns};
use super::grid::{Grid, Raw, letter};
use super::mapping::Mapping;
use super::meaning::Place;
use super::{csv, xlsx};
use crate::lang::{Lang, Said};
use crate::names::folded;
use crate::personal::masked;
use crate::say;
use crate::spelling::quoted;

/// What came back.
#[derive(Debug, Default)]
pub struct Returned {
    /// What the workbook says of itself; nothing for what was not exported from here, and for CSV.
    pub origin: Option<Origin>,
    /// Its sheets with rows of the registry.
    pub sheets: Vec<Sheet>,
    /// What was passed over, in words.
    pub notes: Vec<Said>,
    /// How many headings are written as in each language.
    spoken: [usize; 3],
}

impl Returned {
    /// The language of its texts: that of the workbook, or of its headings.
    #[must_use]
    pub fn lang(&self) -> Option<Lang> {
        let most = self.spoken.iter().max().copied().unwrap_or_default();
        let mut best = Lang::ALL.into_iter().zip(self.spoken).filter(|(_, spoken)| *spoken == most);
        let by_headings = best.next().filter(|_| best.next().is_none()).map(|(lang, _)| lang);
        self.origin.as_ref().map(|origin| origin.lang).or(by_headings)
    }

    /// What somebody wrote in a cell, without whole national identity numbers.
    #[must_use]
    pub fn said(&self, (number, row): Place, column: usize) -> String {
        let given = self.sheets[number].rows.iter().find(|given| given.number == row);
        given.map(|given| masked(&given.said(column)).into_owned()).unwrap_or_default()
    }

    /// Tells of sheets that were exported with rows and did not come back.
    fn note_missing_sheets(&mut self) {
        let Some(origin) = &self.origin else { return };
        for part in Part::ALL {
            let is_there = self.sheets.iter().any(|sheet| sheet.part == part);
            if is_there || !origin.memory.keys().any(|id| part.has(id)) {
                continue;
            }
            let label = part.label();
            let (nn, nb, en) = (label.nn, label.nb, label.en);
            self.notes.push(say!(
                nn: "arket «{nn}» manglar; ingenting der er endra",
                nb: "arket «{nb}» mangler; ingenting der er endret",
                en: "the sheet \"{en}\" is missing; nothing in it was changed",
            ));
        }
    }
}

/// What a workbook says of itself.
#[derive(Debug, Default)]
pub struct Origin {
    /// The language of its texts.
    pub lang: Lang,
    /// Whose rows it has.
    pub organisations: Vec<String>,
    /// What was exported.
    pub(super) memory: Memory,
    /// What words were called then, by the lists of columns.
    pub(super) names: HashMap<String, HashMap<String, String>>,
}

/// What was exported of a row, by key.
pub(super) type Then = BTreeMap<String, Vec<String>>;

impl Origin {
    /// What was exported of a row.
    pub(super) fn then(&self, id: &str) -> Option<Then> {
        serde_json::from_str(&self.memory.get(id)?.1).ok()
    }
}

/// A sheet that came back.
#[derive(Debug)]
pub struct Sheet {
    /// What it is called.
    pub name: String,
    /// What its rows are.
    pub part: Part,
    /// All columns that it could have.
    pub columns: Vec<Column>,
    /// For each of them its place in the sheet, if it is there.
    pub places: Vec<Option<u32>>,
    /// The places of the columns that nobody sees: the id and the revision.
    pub hidden: [Option<u32>; 2],
    /// Its rows.
    pub rows: Vec<GivenRow>,
}

/// A row that came back.
#[derive(Clone, Debug)]
pub struct GivenRow {
    /// Its number as people see it.
    pub number: u32,
    /// What it was known by when it was exported; empty for a new one.
    pub id: String,
    /// Its revision then.
    pub rev: String,
    /// What it has in each column.
    pub cells: Vec<Option<Raw>>,
    /// Why it can't be read at all.
    pub unfit: Option<Said>,
}

impl Sheet {
    /// Where a column stands, as people say it: `F7`.
    #[must_use]
    pub fn cell(&self, row: u32, column: usize) -> String {
        self.places[column].map_or_else(|| row.to_string(), |place| format!("{}{row}", letter(place)))
    }
}

/// Reads a workbook or a CSV file; `mapped` tells what the columns of one from elsewhere mean.
///
/// # Errors
///
/// When it can't be read, or nothing in it is known.
pub fn read(bytes: &[u8], part: Option<Part>, mapped: Option<&Mapping>) -> Result<Returned, Said> {
    let mut grids = match bytes {
        [b'P', b'K', ..] => xlsx::grids(bytes)?,
        [0xd0, 0xcf, 0x11, 0xe0, ..] => return Err(xlsx::locked()),
        _ => vec![csv::grid(bytes)?],
    };
    let mut returned = Returned { origin: origin(&grids)?, ..Returned::default() };
    grids.retain(|grid| grid.name != MEMORY && grid.name != LISTS && !of_answer(grid));
    // Sheets that carry ids come before others with the same headings.
    grids.sort_by_key(|grid| !grid.rows.iter().take(FIRST_ROWS).any(|(_, cells)| has_ids(cells)));
    for grid in &grids {
        match sheet(grid, part, mapped, &mut returned)? {
            Some(sheet)
                if returned.origin.is_some() && returned.sheets.iter().any(|known| known.part == sheet.part) =>
            {
                let name = quoted(&grid.name);
                returned.notes.push(say!(
                    nn: "arket «{name}» er ikkje lese, for det er ikkje frå denne arbeidsboka",
                    nb: "arket «{name}» er ikke lest, for det er ikke fra denne arbeidsboken",
                    en: "the sheet \"{name}\" was not read, since it is not from this workbook",
                ));
            }
            Some(sheet) if returned.sheets.iter().any(|known| known.part == sheet.part) => {
                let name = quoted(&grid.name);
                return Err(say!(
                    nn: "arket «{name}» har dei same kolonnane som eit anna ark; slett det eine",
                    nb: "arket «{name}» har de samme kolonnene som et annet ark; slett det ene",
                    en: "the sheet \"{name}\" has the same columns as another one; delete one of them",
                ));
            }
            Some(sheet) => returned.sheets.push(sheet),
            None => {}
        }
    }
    if returned.sheets.is_empty() {
        return Err(say!(
            nn: "fann ingen overskrifter som er kjende her; kolonnane skal heite som i arbeidsboka frå «lmnet export --workbook», eller vere skildra i mappings/ (import --from)",
            nb: "fant ingen overskrifter som er kjent her; kolonnene skal hete som i arbeidsboken fra «lmnet export --workbook», eller være beskrevet i mappings/ (import --from)",
            en: "no headings were found that are known here; columns must be called as in the workbook of \"lmnet export --workbook\", or be described in mappings/ (import --from)",
        ));
    }
    returned.sheets.sort_by_key(|sheet| sheet.part);
    returned.note_missing_sheets();
    Ok(returned)
}

/// Whether a sheet is the one that an answer puts first: by its name, and by what stands above it.
pub(super) fn of_answer(grid: &Grid) -> bool {
    let above = grid.rows.first().filter(|(number, _)| *number == 1).map(|_| grid.text(0, 0)).unwrap_or_default();
    let number = |text: &str, start: &str| text.strip_prefix(start)?.strip_suffix(')')?.parse::<usize>().ok();
    Lang::ALL.into_iter().any(|lang| {
        let (name, none, some) = (to_correct(), heading(0), heading(1));
        let (name, some) = (name.get(lang), some.get(lang).trim_end_matches("1)"));
        let is_named = grid.name == name || number(&grid.name, &format!("{name} (")).is_some();
        is_named && (above == none.get(lang) || number(&above, some).is_some())
    })
}

/// Among how many rows the headings are looked for.
const FIRST_ROWS: usize = 20;

/// Whether these are headings with the two hidden ones among them.
fn has_ids(cells: &[(u32, Raw)]) -> bool {
    HIDDEN.iter().all(|name| cells.iter().any(|(_, raw)| raw.words() == *name))
}

/// What the hidden sheets say.
fn origin(grids: &[Grid]) -> Result<Option<Origin>, Said> {
    let Some(memory) = grids.iter().find(|grid| grid.name == MEMORY && grid.text(0, 0) == MARK) else {
        return Ok(None);
    };
    if memory.text(0, 1) != VERSION {
        return Err(say!(
            nn: "arbeidsboka er laga av ei anna utgåve av lmnet; hent ut ei ny",
            nb: "arbeidsboken er laget av en annen utgave av lmnet; hent ut en ny",
            en: "the workbook was made by another version of lmnet; export a new one",
        ));
    }
    let fact = |key: &str| {
        let row = (0..memory.rows.len().min(MEMORY_START as usize)).find(|row| memory.text(*row, 0) == key);
        row.map(|row| memory.text(row, 1)).unwrap_or_default()
    };
    let mut origin = Origin { lang: Lang::from_code(&fact("language")).unwrap_or_default(), ..Origin::default() };
    let organisations = fact("organisations");
    origin.organisations =
        organisations.split(';').map(str::trim).filter(|id| !id.is_empty()).map(str::to_owned).collect();
    for (number, cells) in &memory.rows {
        if *number <= MEMORY_START {
            continue;
        }
        let mut texts = cells.iter().map(|(_, raw)| raw.words());
        let (id, rev) = (texts.next().unwrap_or_default(), texts.next().unwrap_or_default());
        origin.memory.insert(id, (rev, texts.collect()));
    }
    if let Some(lists) = grids.iter().find(|grid| grid.name == LISTS) {
        origin.names = names(lists);
    }
    Ok(Some(origin))
}

fn names(lists: &Grid) -> HashMap<String, HashMap<String, String>> {
    let Some((1, heads)) = lists.rows.first() else { return HashMap::new() };
    let mut names: HashMap<u32, (String, HashMap<String, String>)> =
        heads.iter().map(|(column, key)| (*column, (key.words(), HashMap::new()))).collect();
    for (_, cells) in &lists.rows[1..] {
        for pair in cells.chunk_by(|a, b| a.0 + 1 == b.0 && a.0 % 2 == 0) {
            if let [(column, name), (_, word)] = pair
                && let Some((_, list)) = names.get_mut(column)
            {
                list.insert(name.words(), word.words());
            }
        }
    }
    names.into_values().collect()
}

/// Where the headings of a sheet stand, and what they are.
struct Header {
    part: Part,
    /// The place of the row among those that are not empty.
    at: usize,
    columns: Vec<Column>,
    places: Vec<Option<u32>>,
    /// Places of the hidden columns.
    hidden: [Option<u32>; 2],
    /// Headings that mean nothing here.
    unknown: Vec<String>,
    /// How many headings are known.
    known: usize,
    /// A heading that stands there twice.
    twice: Option<String>,
    /// How many headings are written as in each language.
    spoken: [usize; 3],
}

fn sheet(
    grid: &Grid,
    part: Option<Part>,
    mapped: Option<&Mapping>,
    returned: &mut Returned,
) -> Result<Option<Sheet>, Said> {
    let named = Part::ALL.into_iter().find(|part| {
        let label = part.label();
        [label.nn, label.nb, label.en].iter().any(|name| folded(name) == folded(&grid.name))
    });
    let parts: Vec<Part> =
        mapped.map(|mapped| mapped.part).or(part).or(named).map_or_else(|| Part::ALL.to_vec(), |part| vec![part]);
    let rows = 0..grid.rows.len().min(FIRST_ROWS);
    let mut best: Option<Header> = None;
    for (part, at) in parts.iter().flat_map(|part| rows.clone().map(|at| (*part, at))) {
        let header = header(grid, part, at, mapped);
        if header.known >= 2 && best.as_ref().is_none_or(|best| header.known > best.known) {
            best = Some(header);
        }
    }
    let Some(header) = best else {
        if named.is_some() {
            let name = quoted(&grid.name);
            return Err(say!(
                nn: "arket «{name}» har ikkje lenger overskriftene sine; hent ut ei ny arbeidsbok, eller skriv dei att",
                nb: "arket «{name}» har ikke lenger overskriftene sine; hent ut en ny arbeidsbok, eller skriv dem igjen",
                en: "the sheet \"{name}\" has lost its headings; export a new workbook, or write them again",
            ));
        }
        return Ok(None);
    };
    let name = grid.name.clone();
    if let Some(heading) = &header.twice {
        return Err(say!(
            nn: "to kolonnar heiter «{heading}»; gje den eine eit anna namn, eller slett han",
            nb: "to kolonner heter «{heading}»; gi den ene et annet navn, eller slett den",
            en: "two columns are called \"{heading}\"; give one of them another name, or delete it",
        ));
    }
    if !header.unknown.is_empty() {
        let (sheet, list) = (quoted(&name), header.unknown.join("», «"));
        let english = header.unknown.join("\", \"");
        returned.notes.push(say!(
            nn: "{sheet}: desse kolonnane er ikkje kjende her, og er ikkje lesne: «{list}»",
            nb: "{sheet}: disse kolonnene er ikke kjent her, og er ikke lest: «{list}»",
            en: "{sheet}: these columns are not known here, and were not read: \"{english}\"",
        ));
    }
    for (sum, spoken) in returned.spoken.iter_mut().zip(header.spoken) {
        *sum += spoken;
    }
    let mut rows = Vec::new();
    for at in header.at + 1..grid.rows.len() {
        rows.extend(given_row(grid, at, &header, mapped));
    }
    let seen: Vec<String> =
        grid.hidden.iter().filter(|row| rows.iter().any(|given| given.number == **row)).map(u32::to_string).collect();
    if !seen.is_empty() {
        const SHOWN: usize = 10;
        let dots = if seen.len() > SHOWN { ", …" } else { "" };
        let list = seen[..seen.len().min(SHOWN)].join(", ") + dots;
        let sheet = quoted(&name);
        returned.notes.push(say!(
            nn: "{sheet}: gøymde rader er lesne som dei andre: {list}",
            nb: "{sheet}: skjulte rader er lest som de andre: {list}",
            en: "{sheet}: hidden rows were read like the others: {list}",
        ));
    }
    Ok(Some(Sheet {
        name,
        part: header.part,
        columns: header.columns,
        places: header.places,
        hidden: header.hidden,
        rows,
    }))
}

impl GivenRow {
    /// What somebody wrote in a column; empty where nothing stands there.
    pub(super) fn said(&self, index: usize) -> String {
        self.cells[index].as_ref().map(|raw| raw.words().trim().to_owned()).unwrap_or_default()
    }
}

fn given_row(grid: &Grid, at: usize, header: &Header, mapped: Option<&Mapping>) -> Option<GivenRow> {
    let number = grid.rows[at].0;
    let hidden = header.hidden.map(|place| place.map(|place| grid.text(at, place)).unwrap_or_default());
    let mut cells: Vec<Option<Raw>> =
        header.places.iter().map(|place| place.and_then(|place| grid.cell(at, place)).cloned()).collect();
    let [id, rev] = hidden.map(|text| text.trim().to_owned());
    if id.is_empty() && cells.iter().all(Option::is_none) {
        return None;
    }
    if let Some(mapped) = mapped {
        translate(&mut cells, header, mapped);
    }
    let merged = grid.merged_over(number);
    let unfit = merged.map(|[(first, left), (last, right)]| {
        let (from, to) = (format!("{}{first}", letter(*left)), format!("{}{last}", letter(*right)));
        say!(
            nn: "cellene {from}:{to} er slegne saman, så det går ikkje fram kva rad det gjeld; del dei, og skriv verdien i kvar celle",
            nb: "cellene {from}:{to} er slått sammen, så det går ikke fram hvilken rad det gjelder; del dem, og skriv verdien i hver celle",
            en: "the cells {from}:{to} are merged, so that it cannot be told which row is meant; split them, and write the value into each cell",
        )
    });
    let beyond = grid.rows[header.at].1.last().map_or(0, |(column, _)| *column);
    let stray = grid.rows[at].1.iter().find(|(column, raw)| *column > beyond && !raw.is_blank());
    // In a CSV file, the texts of a row have moved then; in a sheet, somebody has noted something beside it.
    let unfit = unfit.or_else(|| {
        let (column, _) = stray.filter(|_| grid.name.is_empty())?;
        let (cells, headings) = (column + 1, beyond + 1);
        Some(say!(
            nn: "rada har {cells} celler, men det er berre {headings} overskrifter; set hermeteikn rundt ein tekst som har skiljeteiknet i seg",
            nb: "raden har {cells} celler, men det er bare {headings} overskrifter; sett anførselstegn rundt en tekst som har skilletegnet i seg",
            en: "the row has {cells} cells, but there are only {headings} headings; put quotation marks around a text that has the separator in it",
        ))
    });
    Some(GivenRow { number, id, rev, cells, unfit })
}

/// Puts what a mapping says of words, and of cells that are not there.
fn translate(cells: &mut [Option<Raw>], header: &Header, mapped: &Mapping) {
    for (cell, column) in cells.iter_mut().zip(&header.columns) {
        match cell {
            Some(Raw::Text(text)) => *text = mapped.said(&column.key, text),
            Some(_) => {}
            None => *cell = mapped.fixed.get(&column.key).cloned().map(Raw::Text),
        }
    }
}

fn header(grid: &Grid, part: Part, at: usize, mapped: Option<&Mapping>) -> Header {
    let columns = columns(part);
    let mut header = Header {
        part,
        at,
        places: vec![None; columns.len()],
        hidden: [None, None],
        unknown: Vec::new(),
        known: 0,
        twice: None,
        spoken: [0; 3],
        columns,
    };
    for (column, raw) in &grid.rows[at].1 {
        let heading = raw.words();
        let plain = heading.trim().trim_end_matches('*').trim();
        let wanted = folded(plain);
        if let Some(hidden) = HIDDEN.iter().position(|name| *name == wanted) {
            header.hidden[hidden] = Some(*column);
            continue;
        }
        let known = header.columns.iter().position(|column| match mapped {
            Some(mapped) => mapped.key(plain) == Some(&column.key),
            None => column.key == plain || column.headings().iter().any(|heading| folded(heading) == wanted),
        });
        match known {
            Some(index) if header.places[index].is_some() => header.twice = Some(quoted(plain)),
            Some(index) => {
                header.places[index] = Some(*column);
                let headings = header.columns[index].headings();
                for (spoken, heading) in header.spoken.iter_mut().zip(headings) {
                    *spoken += usize::from(heading == plain);
                }
                header.known += 1;
            }
            None => header.unknown.push(quoted(plain)),
        }
    }
    header
}
