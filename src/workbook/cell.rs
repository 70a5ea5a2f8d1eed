//! One cell that came back: its text, and the edit that it asks for.

use serde_json::Value;

use super::columns::Column;
use super::content::Content;
use super::grid::Raw;
use crate::edit::Edit;
use crate::lang::{Lang, Said};
use crate::read::Shape;
use crate::say;
use crate::sheet::LONGEST;
use crate::spelling::quoted;

/// The text of a cell, as `meant` reads it.
pub(super) fn plain(raw: &Raw, column: &Column) -> Result<String, Said> {
    Ok(match raw {
        Raw::Text(text) => text.replace("\r\n", "\n").trim().to_owned(),
        Raw::Time(text) => text.clone(),
        Raw::Number(number) => number.to_string(),
        Raw::Flag(flag) => flag.to_string(),
        Raw::Day(day) => {
            let serial = (*day - crate::date::Date::from_ymd_opt(1899, 12, 30).unwrap_or_default()).num_days();
            if matches!(column.shape, Shape::When | Shape::Day) && (1800..3000).contains(&serial) {
                return Err(a_year(serial, *day));
            }
            match column.shape {
                Shape::When | Shape::Day => day.to_string(),
                _ => day.format("%d.%m.%Y").to_string(),
            }
        }
        Raw::Error(error) => {
            let error = quoted(error);
            return Err(say!(
                nn: "cella viser feilen {error}; skriv verdien sjølv",
                nb: "cellen viser feilen {error}; skriv verdien selv",
                en: "the cell shows the error {error}; write the value itself",
            ));
        }
        Raw::Formula(_) => {
            return Err(say!(
                nn: "cella har ein formel, og kva han gjev, kan ikkje takast for gjeve; skriv verdien sjølv (kopier, og lim inn berre verdien)",
                nb: "cellen har en formel, og hva den gir, kan ikke tas for gitt; skriv verdien selv (kopier, og lim inn bare verdien)",
                en: "the cell has a formula, and what it gives cannot be relied on; write the value itself (copy, and paste values only)",
            ));
        }
    })
}

/// A year that was typed into a cell for dates, of which programs make a day of 1905.
fn a_year(year: i64, day: crate::date::Date) -> Said {
    let day = day.format("%d.%m.%Y").to_string();
    say!(
        nn: "{day} er nok året {year}, som programmet har gjort til ein dato; skriv '{year} med apostrof framfor, eller heile datoen",
        nb: "{day} er nok året {year}, som programmet har gjort til en dato; skriv '{year} med apostrof foran, eller hele datoen",
        en: "{day} is probably the year {year}, of which the program has made a date; write '{year} with an apostrophe before it, or the whole date",
    )
}

/// What is to become of a key. A text goes to the language of the workbook, unless the record has it without a language.
pub(super) fn edit(column: &Column, record: &Value, by_language: bool, to: &Content, lang: Lang) -> Result<Edit, Said> {
    let there = column.key.split('.').try_fold(record, |value, key| value.get(key));
    if let Some(why) = counted_otherwise(column, record, there).filter(|_| to.is_some()) {
        return Err(why);
    }
    let mut key = column.key.clone();
    if matches!(column.shape, Shape::Text) {
        let own = there.and_then(|there| there.get(lang.code()));
        match (there, to) {
            (Some(Value::Object(_)), None) if own.is_none() => {
                return Err(say!(
                    nn: "teksten står berre på eit anna språk i registeret, og kan ikkje takast bort her; lat han stå",
                    nb: "teksten står bare på et annet språk i registeret, og kan ikke fjernes her; la den stå",
                    en: "the registry has the text in another language only, and it cannot be taken away here; leave it",
                ));
            }
            (Some(Value::Object(_)), _) => key = format!("{key}.{lang}"),
            (Some(_), _) => {}
            (None, _) if by_language => key = format!("{key}.{lang}"),
            (None, _) => {}
        }
        let is_cut = own.or(there).and_then(Value::as_str).is_some_and(|text| text.encode_utf16().count() > LONGEST);
        if is_cut {
            return Err(say!(
                nn: "teksten i registeret er lengre enn ei celle kan vere; endre han i registeret",
                nb: "teksten i registeret er lengre enn en celle kan være; endre den i registeret",
                en: "the text in the registry is longer than a cell can be; change it in the registry",
            ));
        }
    }
    Ok(Edit { key, to: to.clone() })
}

/// Whether texts of a record stand under their language: if it has one that does, or none at all.
pub(super) fn is_by_language(record: &Value) -> bool {
    let Value::Object(keys) = record else { return true };
    let title = ["title", "function", "place", "note"].iter().find_map(|key| keys.get(*key));
    title.is_none_or(Value::is_object)
}

/// Why a count can't stand in a column: the record has it in all where it is wanted in parts, or the other way round.
fn counted_otherwise(column: &Column, record: &Value, there: Option<&Value>) -> Option<Said> {
    if !matches!(column.shape, Shape::Count { .. }) {
        return None;
    }
    let is_total = |value: &Value| value.get("quality").is_some();
    let outer = column.key.split_once('.').and_then(|(outer, _)| record.get(outer));
    if there.is_some_and(|there| there.is_object() && !is_total(there)) {
        return Some(say!(
            nn: "deltakarane er oppgjevne etter kvar dei kjem frå; endre dei kolonnane",
            nb: "deltakerne er oppgitt etter hvor de kommer fra; endre de kolonnene",
            en: "the participants are given by where they come from; change those columns",
        ));
    }
    outer.is_some_and(is_total).then(|| {
        say!(
            nn: "deltakarane er oppgjevne i alt; tøm den kolonnen og importer fyrst, eller endre talet der",
            nb: "deltakerne er oppgitt i alt; tøm den kolonnen og importer først, eller endre tallet der",
            en: "the participants are given in all; empty that column and import first, or change the number there",
        )
    })
}
