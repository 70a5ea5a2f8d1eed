//! A three-way merge, cell by cell: what was exported, what stands in the registry now, what came back.

mod words;

use std::collections::{HashMap, HashSet};

use serde_json::Value;

use super::cell::{edit, is_by_language, plain};
use super::choices::{Vocabulary, list_key};
use super::columns::{Column, Part};
use super::content::{Content, Shown, meant, shown};
use super::current::Current;
use super::grid::{Raw, letter};
use super::meaning::{Change, Meaning, Merged, Now, Parent, Place, Remark, Sort};
use super::returned::{GivenRow, Origin, Returned, Sheet, Then};
use super::rows::{Scope, rows};
use crate::lang::{Lang, Said};
use crate::model::Kind;
use crate::personal::masked;
use crate::read::Shape;
use crate::registry::Registry;
use crate::say;
use crate::spelling::quoted;
use words::{cannot_be_emptied, cannot_be_read, cannot_move, for_others, identity_number, must_be_there, not_one};

/// Holds what came back against the registry.
#[must_use]
pub fn merge(registry: &Registry, returned: &Returned, lang: Lang) -> Merged {
    let columns: Vec<(Part, Vec<Column>)> =
        returned.sheets.iter().map(|sheet| (sheet.part, sheet.columns.clone())).collect();
    let vocabulary = Vocabulary::of(registry, &columns, lang);
    let mut merged = Merged::default();
    let mut new_titles: HashMap<String, Vec<(Place, String)>> = HashMap::new();
    for (number, sheet) in returned.sheets.iter().enumerate() {
        let rows = rows(registry, &Scope::default(), sheet.part, &sheet.columns, lang);
        let mut merge = Merge {
            registry,
            origin: returned.origin.as_ref(),
            vocabulary: &vocabulary,
            lang,
            number,
            sheet,
            current: Current::new(sheet, rows, returned.origin.as_ref()),
            new_titles: &mut new_titles,
            merged: &mut merged,
        };
        merge.sheet();
    }
    merged
}

struct Merge<'a> {
    registry: &'a Registry,
    origin: Option<&'a Origin>,
    vocabulary: &'a Vocabulary,
    lang: Lang,
    number: usize,
    sheet: &'a Sheet,
    current: Current,
    /// The new rows by their folded titles, each with the title as it was written.
    new_titles: &'a mut HashMap<String, Vec<(Place, String)>>,
    merged: &'a mut Merged,
}

impl Merge<'_> {
    fn sheet(&mut self) {
        let copies = self.copies();
        let (known, new): (Vec<_>, Vec<_>) =
            self.sheet.rows.iter().partition(|row| !row.id.is_empty() && !copies.contains(&row.number));
        let mut seen = HashSet::new();
        for row in known {
            seen.insert(row.id.as_str());
            self.known_row(row);
        }
        for row in new {
            if copies.contains(&row.number) {
                self.note(
                    row,
                    say!(
                        nn: "rada er ein kopi av ei anna, og er teken som ny",
                        nb: "raden er en kopi av en annen, og er tatt som ny",
                        en: "the row is a copy of another one, and was taken as new",
                    ),
                );
            }
            self.new_row(row);
        }
        self.missing(&seen);
    }

    /// Rows that carry the id of another row: of several, the one that says most of what was exported keeps it.
    fn copies(&self) -> HashSet<u32> {
        let mut by_id: HashMap<&str, Vec<&GivenRow>> = HashMap::new();
        for row in self.sheet.rows.iter().filter(|row| !row.id.is_empty()) {
            by_id.entry(&row.id).or_default().push(row);
        }
        let mut copies = HashSet::new();
        for (id, rows) in by_id.iter().filter(|(_, rows)| rows.len() > 1) {
            let then = self.then(id);
            let differing = |row: &&&GivenRow| {
                let cells = self.sheet.columns.iter().zip(&row.cells);
                let differs = |(column, cell): &(&Column, &Option<Raw>)| {
                    let said = cell.as_ref().map(Raw::words).unwrap_or_default();
                    let meant = self.meant(column, &said).ok().flatten();
                    meant.as_ref() != then.as_ref().and_then(|then| then.get(&column.key))
                };
                cells.filter(differs).count()
            };
            let original = rows.iter().min_by_key(differing).map(|row| row.number);
            copies.extend(rows.iter().map(|row| row.number).filter(|number| Some(*number) != original));
        }
        copies
    }

    /// What was exported of a row.
    fn then(&self, id: &str) -> Option<Then> {
        self.origin?.then(id)
    }

    fn known_row(&mut self, row: &GivenRow) {
        let then = self.then(&row.id);
        if row.cells.iter().all(Option::is_none) {
            return; // an empty row says no more than a missing one; `missing` tells of both
        }
        if let Some(why) = &row.unfit {
            self.remark(row, None, Sort::Wrong, why.clone());
            return;
        }
        let Some(at) = self.current.find(&row.id) else {
            self.gone(row, then.as_ref());
            return;
        };
        let current = self.current.rows[at].clone();
        // Without a memory, the revision tells that the row is as it was exported.
        let as_exported = then.is_none() && current.rev == row.rev;
        let before = self.merged.remarks.len();
        let (mut edits, mut said) = (Vec::new(), Vec::new());
        for index in 0..self.sheet.columns.len() {
            if self.sheet.places[index].is_none() {
                continue;
            }
            let column = &self.sheet.columns[index];
            let now = &current.contents[index];
            let exported = match &then {
                Some(then) => Some(then.get(&column.key).cloned()),
                None => as_exported.then(|| now.clone()),
            };
            match self.given(row, index, exported.as_ref()) {
                Err(why) => self.remark(row, Some(index), Sort::Wrong, why),
                Ok(given) if Some(&given) == exported.as_ref() || given == *now => {}
                Ok(_) if column.is_parent => self.remark(row, Some(index), Sort::Wrong, cannot_move()),
                Ok(given) if column.required && given.as_ref().is_none_or(Vec::is_empty) => {
                    self.remark(row, Some(index), Sort::Wrong, cannot_be_emptied())
                }
                Ok(given) if exported.as_ref() == Some(now) => {
                    match edit(column, &current.value, is_by_language(&current.value), &given, self.lang) {
                        Ok(edit) => edits.push(edit),
                        Err(why) => self.remark(row, Some(index), Sort::Wrong, why),
                    }
                    said.push((index, given));
                }
                Ok(given) => {
                    let [words, here] = self.conflict(column, exported.as_ref(), now, &given);
                    self.remark(row, Some(index), Sort::Conflict, words);
                    // What is remembered can be put right in an answer, so that it can come back.
                    let shown = self.now_shown(column, now);
                    if let Some(remark) = self.merged.remarks.last_mut().filter(|_| then.is_some()) {
                        remark.now = Some(Now { words: here, content: now.clone(), shown });
                    }
                }
            }
        }
        if edits.is_empty() {
            self.merged.unchanged += usize::from(self.merged.remarks.len() == before);
            return;
        }
        let index = self.current.part_index(at);
        let meaning = Meaning::Edits { record: current.record().to_owned(), index, edits, said };
        self.change(row.number, meaning);
    }

    /// What a cell means. What stands there as it was exported means that, even if it could not be written anew.
    fn given(&self, row: &GivenRow, index: usize, exported: Option<&Content>) -> Result<Content, Said> {
        let column = &self.sheet.columns[index];
        let Some(raw) = &row.cells[index] else { return Ok(None) };
        // The words of a source may say more than can be read from them, and so may less.
        if let (Shape::Count { .. }, Some(Some(values)), Raw::Text(said)) = (&column.shape, exported, raw)
            && self.is_shown_so(column, values, said)
        {
            return Ok(Some(values.clone()));
        }
        let given = plain(raw, column).and_then(|said| match masked(&said) == said {
            true => self.meant(column, &said),
            false => Err(identity_number()),
        });
        given.or_else(|why| match (exported, raw) {
            (Some(Some(values)), Raw::Text(said)) if values[..] == [said.trim()] => Ok(Some(values.clone())),
            (Some(Some(values)), Raw::Day(day)) if values[..] == [day.to_string()] => Ok(Some(values.clone())),
            _ => Err(why),
        })
    }

    /// Whether a cell shows this so.
    fn is_shown_so(&self, column: &Column, values: &[String], said: &str) -> bool {
        let choices = self.vocabulary.list(self.sheet.part, column);
        shown(column, choices, &Some(values.to_vec()), self.lang) == Shown::Text(said.trim().to_owned())
    }

    /// What a text means in a column: by the lists of the workbook, from which it was chosen, or else by what things are called now.
    fn meant(&self, column: &Column, said: &str) -> Result<Content, Said> {
        let choices = self.vocabulary.list(self.sheet.part, column);
        let names = list_key(self.sheet.part, column).and_then(|key| self.origin?.names.get(&key));
        let Some(names) = names else { return meant(column, choices, said) };
        let parts = said.split(';').map(str::trim).filter(|part| !part.is_empty());
        let words: Option<Vec<String>> = parts.map(|part| names.get(part).cloned()).collect();
        if let Some(words) = words.filter(|words| words.len() == 1 || !words.is_empty() && column.is_list()) {
            return Ok(Some(words));
        }
        let known = said.split(';').map(|part| names.get(part.trim()).map_or(part, String::as_str));
        meant(column, choices, &known.collect::<Vec<_>>().join(";"))
    }

    /// What is told of a cell that was changed here and in the registry: where it stands as it came, and where it has what the
    /// registry has.
    fn conflict(&self, column: &Column, exported: Option<&Content>, now: &Content, given: &Content) -> [Said; 2] {
        let show = |content: &Content| {
            let shown = shown(column, self.vocabulary.list(self.sheet.part, column), content, self.lang);
            match shown {
                Shown::Nothing => "–".to_owned(),
                Shown::Text(text) => quoted(&text.replace('\n', " ")),
                Shown::Number(number) if self.lang == Lang::En => number.to_string(),
                Shown::Number(number) => number.to_string().replace('.', ","),
                Shown::Day(day) => day.format("%d.%m.%Y").to_string(),
            }
        };
        let remedy = match given {
            Some(_) => {
                let given = show(given);
                say!(
                    nn: "skriv «{given}» der om det er det som skal gjelde",
                    nb: "skriv «{given}» der om det er det som skal gjelde",
                    en: "write \"{given}\" there if that is what is to hold",
                )
            }
            None => say!(
                nn: "tøm cella der om ingenting skal stå der",
                nb: "tøm cellen der om ingenting skal stå der",
                en: "empty the cell there if nothing is to stand in it",
            ),
        };
        let (now, given) = (show(now), show(given));
        let Some(then) = exported.map(show) else {
            let words = say!(
                nn: "registeret har endra seg sidan, og fila seier ikkje kva som stod der då: i registeret no «{now}», her «{given}»; hent ut ei ny arbeidsbok",
                nb: "registeret har endret seg siden, og filen sier ikke hva som sto der da: i registeret nå «{now}», her «{given}»; hent ut en ny arbeidsbok",
                en: "the registry has changed since, and the file does not say what stood there then: in the registry now \"{now}\", here \"{given}\"; export a new workbook",
            );
            return [words.clone(), words];
        };
        let Said { nn, nb, en } = &remedy;
        let elsewhere = say!(
            nn: "endra både her og i registeret sidan arbeidsboka vart laga: då «{then}», i registeret no «{now}», her «{given}»; i svaret (-o) har cella det som registeret har, så {nn}",
            nb: "endret både her og i registeret siden arbeidsboken ble laget: da «{then}», i registeret nå «{now}», her «{given}»; i svaret (-o) har cellen det som registeret har, så {nb}",
            en: "changed both here and in the registry since the workbook was made: then \"{then}\", in the registry now \"{now}\", here \"{given}\"; in the answer (-o) the cell has what the registry has, so {en}",
        );
        let here = say!(
            nn: "endra både i arbeidsboka og i registeret sidan ho vart laga: då «{then}», i registeret no «{now}», i arbeidsboka «{given}»; cella har no det som registeret har, så {nn}",
            nb: "endret både i arbeidsboken og i registeret siden den ble laget: da «{then}», i registeret nå «{now}», i arbeidsboken «{given}»; cellen har nå det som registeret har, så {nb}",
            en: "changed both in the workbook and in the registry since it was made: then \"{then}\", in the registry now \"{now}\", in the workbook \"{given}\"; the cell now has what the registry has, so {en}",
        );
        [elsewhere, here]
    }

    /// How a cell shows what the registry has, so that it means just that when it comes back: as the lists of the workbook have
    /// it, or by what is behind the names.
    fn now_shown(&self, column: &Column, now: &Content) -> Shown {
        let shown = shown(column, self.vocabulary.list(self.sheet.part, column), now, self.lang);
        match (&shown, now) {
            (Shown::Text(text), Some(values)) if self.meant(column, text).ok().as_ref() != Some(now) => {
                Shown::Text(values.join("; "))
            }
            _ => shown,
        }
    }

    /// A row of something that is no longer there.
    fn gone(&mut self, row: &GivenRow, then: Option<&Then>) {
        let same = then.is_some_and(|then| {
            (0..self.sheet.columns.len()).filter(|index| self.sheet.places[*index].is_some()).all(|index| {
                let exported = then.get(&self.sheet.columns[index].key).cloned();
                self.given(row, index, Some(&exported)).is_ok_and(|given| given == exported)
            })
        });
        if self.is_unread(&row.id) {
            let sort = if same { Sort::Note } else { Sort::Conflict };
            self.remark(row, None, sort, cannot_be_read());
            return;
        }
        if same {
            self.note(
                row,
                say!(
                    nn: "er borte frå registeret sidan arbeidsboka vart laga, og er uendra her",
                    nb: "er borte fra registeret siden arbeidsboken ble laget, og er uendret her",
                    en: "is gone from the registry since the workbook was made, and unchanged here",
                ),
            );
            return;
        }
        let known = self.origin.is_none_or(|origin| origin.memory.contains_key(&row.id));
        let column = self.sheet.hidden[0].map(letter).unwrap_or_default();
        let cell = format!("{column}{}", row.number);
        let (sort, words) = if known {
            (
                Sort::Conflict,
                say!(
                    nn: "er borte frå registeret, men endra her; skal rada takast inn som ny, så tøm den gøymde cella {cell}",
                    nb: "er borte fra registeret, men endret her; skal raden tas inn som ny, så tøm den skjulte cellen {cell}",
                    en: "is gone from the registry, but changed here; if the row is to be taken in as new, empty the hidden cell {cell}",
                ),
            )
        } else {
            (
                Sort::Wrong,
                say!(
                    nn: "det som står i den gøymde cella {cell}, er ikkje frå denne arbeidsboka; er rada ny, så tøm den cella",
                    nb: "det som står i den skjulte cellen {cell}, er ikke fra denne arbeidsboken; er raden ny, så tøm den cellen",
                    en: "what the hidden cell {cell} says is not from this workbook; if the row is new, empty that cell",
                ),
            )
        };
        self.remark(row, None, sort, words);
    }

    /// Whether the record of a row is there, but can't be read whole.
    fn is_unread(&self, id: &str) -> bool {
        let record = id.split('/').nth(1).unwrap_or_default();
        let is_broken = match self.sheet.part.kind() {
            Kind::Offering => self.registry.offerings.get(record).is_some_and(|entry| entry.broken),
            Kind::Course => self.registry.courses.get(record).is_some_and(|entry| entry.broken),
            _ => self.registry.members.get(record).is_some_and(|entry| entry.broken),
        };
        is_broken || self.registry.is_unreadable(self.sheet.part.kind(), record)
    }

    fn new_row(&mut self, row: &GivenRow) {
        if let Some(why) = &row.unfit {
            self.remark(row, None, Sort::Wrong, why.clone());
            return;
        }
        let mut parent = Parent::None;
        let mut edits = Vec::new();
        let before = self.merged.remarks.len();
        for index in 0..self.sheet.columns.len() {
            let column = &self.sheet.columns[index];
            let said = row.said(index);
            let named = if column.is_parent { self.new_parents(&said) } else { &[] };
            let given = self.given(row, index, None);
            let is_unclear = match &given {
                Err(_) => named.len() > 1,
                // Who writes an id means it; a title can be that of a new row to the letter.
                Ok(given) => {
                    given.as_ref().is_some_and(|values| said != values.concat())
                        && named.iter().any(|(_, title)| *title == said)
                }
            };
            let given = match given {
                _ if is_unclear => {
                    self.remark(row, Some(index), Sort::Wrong, not_one());
                    continue;
                }
                Err(_) if !named.is_empty() => {
                    parent = Parent::New(named[0].0);
                    continue;
                }
                Err(why) => {
                    self.remark(row, Some(index), Sort::Wrong, why);
                    continue;
                }
                Ok(given) => given,
            };
            match given {
                given if column.required && given.as_ref().is_none_or(Vec::is_empty) => {
                    self.remark(row, Some(index), Sort::Wrong, must_be_there());
                }
                None => {}
                Some(values) if column.is_parent => {
                    parent = Parent::Known(values.into_iter().next().unwrap_or_default())
                }
                given => match edit(column, &Value::Null, self.most_by_language(column), &given, self.lang) {
                    Ok(edit) => edits.push(edit),
                    Err(why) => self.remark(row, Some(index), Sort::Wrong, why),
                },
            }
        }
        if self.sheet.part.list().is_none()
            && let Some(title) = self.title(row)
        {
            self.new_titles.entry(self.folded(&title)).or_default().push(((self.number, row.number), title));
        }
        if self.merged.remarks[before..].iter().any(|remark| remark.sort != Sort::Note) {
            return;
        }
        if self.is_for_others(row, &parent) {
            self.note(row, for_others());
        }
        self.change(row.number, Meaning::New { parent, edits });
    }

    /// Whether a new row is about none of those whom the workbook was made for.
    fn is_for_others(&self, row: &GivenRow, parent: &Parent) -> bool {
        let Some(origin) = self.origin.filter(|origin| !origin.organisations.is_empty()) else { return false };
        let scope = Scope { organisations: origin.organisations.clone() };
        let organisers = match (self.sheet.part, parent) {
            (Part::Runs, Parent::Known(id)) => self
                .registry
                .offerings
                .get(id)
                .map(|offering| offering.organiser.iter().map(|organiser| organiser.id().to_owned()).collect()),
            (Part::Seats, Parent::Known(id)) => {
                self.registry.members.get(id).map(|member| vec![member.organisation.id().to_owned()])
            }
            (Part::Offerings | Part::Courses, _) => {
                let index = self.sheet.columns.iter().position(|column| column.key == "organiser");
                index.and_then(|index| self.given(row, index, None).ok().flatten())
            }
            // What it belongs to is told of.
            (Part::Runs | Part::Seats, _) => None,
        };
        organisers.is_some_and(|own: Vec<String>| !scope.has(self.registry, own.iter().map(String::as_str)))
    }

    /// Whether most records have the text under its language.
    fn most_by_language(&self, column: &Column) -> bool {
        let texts = self
            .current
            .rows
            .iter()
            .filter_map(|row| column.key.split('.').try_fold(&row.value, |value, key| value.get(key)));
        let (by_language, plain): (Vec<_>, Vec<_>) = texts.partition(|text| text.is_object());
        by_language.len() >= plain.len()
    }

    fn title(&self, row: &GivenRow) -> Option<String> {
        let index = self.sheet.columns.iter().position(|column| column.key == "title")?;
        Some(row.said(index)).filter(|title| !title.is_empty())
    }

    /// A title as it is compared, with the kind of record that it is of.
    fn folded(&self, title: &str) -> String {
        format!("{}/{}", self.sheet.part.kind().word(), crate::names::folded(title))
    }

    /// The new rows that are called what is named as the parent.
    fn new_parents(&self, said: &str) -> &[(Place, String)] {
        self.new_titles.get(&self.folded(said)).map_or(&[], Vec::as_slice)
    }

    /// What was exported and is there still, but not in the sheet.
    fn missing(&mut self, seen: &HashSet<&str>) {
        let Some(origin) = self.origin else { return };
        let empty: HashSet<&str> = self
            .sheet
            .rows
            .iter()
            .filter(|row| row.cells.iter().all(Option::is_none))
            .map(|row| row.id.as_str())
            .collect();
        let own = origin
            .memory
            .keys()
            .filter(|id| self.sheet.part.has(id) && (!seen.contains(id.as_str()) || empty.contains(id.as_str())));
        let own: Vec<(&String, usize)> = own.filter_map(|id| Some((id, self.current.find(id)?))).collect();
        for (id, at) in own {
            let index = self.current.part_index(at);
            let record = self.current.rows[at].record().to_owned();
            // A part that says something else now may be another one, and nobody has said that it should go.
            if index.is_some() && !self.is_as_exported(id, at) {
                continue;
            }
            self.change(0, Meaning::Gone { exported: id.clone(), record, index });
        }
    }

    /// Whether a row of the registry says what an id stood for when it was exported.
    fn is_as_exported(&self, id: &str, at: usize) -> bool {
        let now = &self.current.rows[at];
        let is_same = |then: Then| {
            let columns = self.sheet.columns.iter().zip(&now.contents);
            columns.filter(|(column, _)| !column.is_parent).all(|(column, now)| then.get(&column.key) == now.as_ref())
        };
        self.then(id).is_some_and(is_same)
    }

    fn change(&mut self, row: u32, meaning: Meaning) {
        self.merged.changes.push(Change { place: (self.number, row), part: self.sheet.part, meaning });
    }

    fn note(&mut self, row: &GivenRow, words: Said) {
        self.remark(row, None, Sort::Note, words);
    }

    fn remark(&mut self, row: &GivenRow, column: Option<usize>, sort: Sort, words: Said) {
        let value = column.and_then(|column| row.cells[column].as_ref()).map(Raw::words).unwrap_or_default();
        let value = masked(&value).into_owned();
        self.merged.remarks.push(Remark { place: (self.number, row.number), column, sort, value, words, now: None });
    }
}
