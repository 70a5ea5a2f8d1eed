//! New rows that look like something that is there already, or like each other.

use std::collections::HashMap;

use super::columns::Part;
use super::meaning::{Meaning, Merged, Parent, Remark, Sort};
use super::returned::Returned;
use super::rows::{Row, Scope, rows};
use crate::date::When;
use crate::edit::Edit;
use crate::lang::{Lang, Said};
use crate::names::{Names, folded};
use crate::registry::Registry;
use crate::say;
use crate::spelling::quoted;

/// Before what is new itself.
const NEW: char = '\n';

/// The keys in which two rows that are the same thing are alike.
fn keys(part: Part) -> &'static [&'static str] {
    match part {
        Part::Offerings => &["title", "organiser"],
        Part::Courses => &["title", "organiser", "start"],
        Part::Runs => &["start"],
        Part::Seats => &["body", "role", "from"],
    }
}

/// Tells which new rows are likely to be there already. Which of the two is meant is for people to say.
#[must_use]
pub fn duplicates(registry: &Registry, returned: &Returned, merged: &Merged, lang: Lang) -> Vec<Remark> {
    let mut found = Vec::new();
    let own = lang;
    for (number, sheet) in returned.sheets.iter().enumerate() {
        let mut known: HashMap<String, String> = HashMap::new();
        // A title is the same in whatever language it is.
        for lang in Lang::ALL {
            for row in rows(registry, &Scope::default(), sheet.part, &sheet.columns, lang) {
                let values = |key: &str| {
                    let index = sheet.columns.iter().position(|column| column.key == key);
                    index.and_then(|index| row.contents[index].clone()).unwrap_or_default()
                };
                for mark in marks(sheet.part, row.record(), &values) {
                    known.entry(mark).or_insert_with(|| there(registry, &row, sheet.part, own));
                }
            }
        }
        let new = merged.changes.iter().filter(|change| change.place.0 == number);
        for change in new {
            let Meaning::New { parent, edits } = &change.meaning else { continue };
            let record = match parent {
                Parent::Known(record) => record.clone(),
                Parent::New(place) => format!("{place:?}"),
                Parent::None => String::new(),
            };
            let values = |key: &str| values_of(edits, key, lang);
            let marks = marks(sheet.part, &record, &values);
            if let Some(like) = marks.iter().find_map(|mark| known.get(mark)) {
                found.push(Remark {
                    place: change.place,
                    column: None,
                    now: None,
                    sort: Sort::Duplicate,
                    value: String::new(),
                    words: words(like),
                });
            }
            let here = format!("{NEW}{}:{}", sheet.name, change.place.1);
            for mark in marks {
                known.entry(mark).or_insert_with(|| here.clone());
            }
        }
    }
    found
}

fn values_of(edits: &[Edit], key: &str, lang: Lang) -> Vec<String> {
    let by_language = format!("{key}.{lang}");
    let own = edits.iter().find(|edit| edit.key == key || edit.key == by_language);
    own.and_then(|edit| edit.to.clone()).unwrap_or_default()
}

/// What a row is known by, once for each of its organisers.
fn marks(part: Part, record: &str, values: &dyn Fn(&str) -> Vec<String>) -> Vec<String> {
    let of_record = if part.list().is_some() { record } else { "" };
    let mut marks = vec![of_record.to_owned()];
    for key in keys(part) {
        let own = values(key);
        let own = if own.is_empty() { vec![String::new()] } else { own };
        marks =
            marks.iter().flat_map(|mark| own.iter().map(move |value| format!("{mark}\n{}", folded(value)))).collect();
    }
    marks
}

/// What people call a row that is there: by its title, and of a run or a seat, its time.
fn there(registry: &Registry, row: &Row, part: Part, lang: Lang) -> String {
    let title = quoted(&Names { registry, lang }.title(part.kind(), row.record()));
    let key = if part == Part::Seats { "from" } else { "start" };
    let time = row.value.get(key).and_then(|value| When::parse(value.as_str()?)).map(|when| when.words(lang));
    time.map_or(title.clone(), |time| format!("{title}, {time}"))
}

fn words(like: &str) -> Said {
    match like.strip_prefix(NEW).and_then(|rest| rest.rsplit_once(':')) {
        Some((sheet, row)) => say!(
            nn: "rada liknar rad {row} i arket «{sheet}»; er det det same, så slett den eine; er ho ny, så sei frå",
            nb: "raden ligner rad {row} i arket «{sheet}»; er det det samme, så slett den ene; er den ny, så si fra",
            en: "the row looks like row {row} of the sheet \"{sheet}\"; if it is the same, delete one of them; if it is new, say so",
        ),
        None => say!(
            nn: "rada liknar «{like}», som finst frå før; er det det same, så rett den rada i staden; er ho ny, så sei frå",
            nb: "raden ligner «{like}», som finnes fra før; er det det samme, så rett den raden i stedet; er den ny, så si fra",
            en: "the row looks like \"{like}\", which is there already; if it is the same, correct that row instead; if it is new, say so",
        ),
    }
}
