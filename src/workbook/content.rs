//! What stands in a cell: from a record, for people, and back from what people wrote.

use serde_json::Value;

use super::choices::Choices;
use super::columns::Column;
use crate::count::{Count, Quality};
use crate::date::{Date, When};
use crate::edit::canonical;
use crate::lang::{Lang, Said};
use crate::names::count_of;
use crate::read::{ClockTime, Shape};
use crate::say;
use crate::sheet::{fitting, is_in_excel};
use crate::spelling::is_obeyed;

/// What stands in a cell in the words of records: ids, words of lists, days as `2026-11-30`. Nothing where the key is absent; no
/// values where a list says that there is none.
pub type Content = Option<Vec<String>>;

/// How something is shown in a cell.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Shown {
    Nothing,
    Text(String),
    Number(f64),
    Day(Date),
}

/// What a record, which has been through JSON, has in a column; texts in the language, or in the next best.
#[must_use]
pub(super) fn content_of(column: &Column, record: &Value, lang: Lang) -> Content {
    let value = column.key.split('.').try_fold(record, |value, key| value.get(key))?;
    match (&column.shape, value) {
        (_, Value::Null) => None,
        (Shape::List(each), Value::Array(values)) => {
            Some(values.iter().filter_map(|value| one(each, value, lang)).collect())
        }
        (Shape::List(each), value) => one(each, value, lang).map(|word| vec![word]),
        (shape, value) => one(shape, value, lang).map(|word| vec![word]),
    }
}

fn one(shape: &Shape, value: &Value, lang: Lang) -> Option<String> {
    match (shape, value) {
        (Shape::Text, value) => {
            let text = text(crate::names::text_of(value).get(lang));
            (!text.is_empty()).then_some(text)
        }
        (Shape::Count { decimals }, Value::Object(map)) if map.contains_key("quality") => {
            let said = count(&count_of(value));
            canonical(&Shape::Count { decimals: *decimals }, &said).ok()
        }
        (Shape::Count { .. }, _) => None,
        (_, Value::String(word)) => Some(word.clone()),
        (_, Value::Number(number)) => Some(number.to_string()),
        (_, Value::Bool(flag)) => Some(flag.to_string()),
        _ => None,
    }
}

/// A count as `edit` reads it.
fn count(count: &Count) -> String {
    let Some(words) = count.words() else { return count.to_string() };
    let key = match count.quality() {
        Quality::NotRecorded => return count.to_string(),
        Quality::AtLeast => "at-least",
        Quality::About | Quality::AtLeastAbout => "about",
        Quality::Exact => "exact",
    };
    let bare = Count::new(count.thousandths().unwrap_or(0), Quality::Exact, None);
    format!("{{ {key} = {bare}, words = {} }}", toml_edit::Value::from(words))
}

/// A text as a cell holds it: its lines kept, and nothing in it that a program would obey.
pub(super) fn text(text: &str) -> String {
    fitting(&text.trim().replace('\t', " "))
}

/// A text as somebody wrote it: with line breaks for all that parts lines, and without signs that nobody sees.
pub(super) fn lines(said: &str) -> String {
    let said = said.replace("\r\n", "\n").replace(['\r', '\u{b}', '\u{c}', '\u{85}', '\u{2028}', '\u{2029}'], "\n");
    said.trim().replace('\t', " ").chars().filter(|char| *char == '\n' || !is_obeyed(*char)).collect()
}

/// How the content of a cell is shown.
pub(super) fn shown(column: &Column, choices: Option<&Choices>, content: &Content, lang: Lang) -> Shown {
    let Some(values) = content else { return Shown::Nothing };
    if column.is_list() {
        if values.is_empty() {
            return Shown::Text(none(lang));
        }
        let names = values.iter().map(|value| choices.map_or(&**value, |choices| choices.shown(value)));
        return Shown::Text(names.collect::<Vec<_>>().join("; "));
    }
    let Some(value) = values.first() else { return Shown::Nothing };
    let plain = || Shown::Text(value.clone());
    match &column.shape {
        Shape::When | Shape::Day => match When::parse(value) {
            Some(When::Day(day)) if is_in_excel(day) => Shown::Day(day),
            Some(When::Semester(year, season)) => {
                use crate::date::Season::{Autumn, Spring};
                Shown::Text(match season {
                    Spring => say!(lang, nn: "{year}-vår", nb: "{year}-vår", en: "{year}-spring"),
                    Autumn => say!(lang, nn: "{year}-haust", nb: "{year}-høst", en: "{year}-autumn"),
                })
            }
            _ => plain(),
        },
        Shape::Whole(_) | Shape::Year => value.parse().map_or_else(|_| plain(), Shown::Number),
        Shape::Count { .. } => match value.parse::<f64>() {
            Ok(number) => Shown::Number(number),
            Err(_) => Shown::Text(count_shown(&column.shape, value, lang)),
        },
        _ => Shown::Text(choices.map_or(&**value, |choices| choices.shown(value)).to_owned()),
    }
}

/// Nobody and nothing, where a list says so.
fn none(lang: Lang) -> String {
    say!(lang, nn: "ingen", nb: "ingen", en: "none")
}

/// A count that is not exact as people say it: in the words of the source where they say it all.
fn count_shown(shape: &Shape, value: &str, lang: Lang) -> String {
    let Ok(table) = value.parse::<toml_edit::Value>() else {
        return say!(lang, nn: "ikkje registrert", nb: "ikke registrert", en: "not recorded");
    };
    let table = table.as_inline_table();
    let number = |key: &str| {
        let number = table?.get(key)?.to_string().trim().to_owned();
        Some(if lang == Lang::En { number } else { number.replace('.', ",") })
    };
    let words = table.and_then(|table| table.get("words")?.as_str().map(str::to_owned));
    let said = match (words, number("at-least"), number("about")) {
        // What it comes to is remembered beside it.
        (Some(words), ..) => return words,
        (None, Some(number), _) => say!(lang, nn: "minst {number}", nb: "minst {number}", en: "at least {number}"),
        (None, None, Some(number)) => say!(lang, nn: "om lag {number}", nb: "ca. {number}", en: "about {number}"),
        (None, None, None) => return value.to_owned(),
    };
    if canonical(shape, &said).is_ok_and(|meant| meant == value) { said } else { value.to_owned() }
}

/// What a text in a cell means.
///
/// # Errors
///
/// When it does not fit the column.
pub(super) fn meant(column: &Column, choices: Option<&Choices>, said: &str) -> Result<Content, Said> {
    let said = said.trim();
    if said.is_empty() {
        return Ok(None);
    }
    if !column.is_list() {
        return one_meant(column, choices, said).map(|value| Some(vec![value]));
    }
    if matches!(&*said.to_lowercase(), "ingen" | "none" | "[]") {
        return Ok(Some(Vec::new()));
    }
    let parts = said.split([';', '\n']).map(str::trim).filter(|part| !part.is_empty());
    let mut values = Vec::new();
    for part in parts {
        for value in several(column, choices, part)? {
            if !values.contains(&value) {
                values.push(value);
            }
        }
    }
    Ok(Some(values))
}

/// A value, or several with commas between where each of them is one.
fn several(column: &Column, choices: Option<&Choices>, said: &str) -> Result<Vec<String>, Said> {
    one_meant(column, choices, said).map(|value| vec![value]).or_else(|why| {
        let parts = said.split(',').map(|part| one_meant(column, choices, part.trim()));
        let all: Result<Vec<String>, Said> = if said.contains(',') { parts.collect() } else { Err(why.clone()) };
        all.map_err(|_| why)
    })
}

fn one_meant(column: &Column, choices: Option<&Choices>, said: &str) -> Result<String, Said> {
    if let Some(choices) = choices {
        return choices.word(said).map(str::to_owned);
    }
    match column.each() {
        Shape::Text | Shape::String if said.starts_with(['{', '[']) => Err(say!(
            nn: "ein tekst kan ikkje byrje med «{{» eller «[» her; set eit anna teikn fyrst",
            nb: "en tekst kan ikke begynne med «{{» eller «[» her; sett et annet tegn først",
            en: "a text cannot begin with \"{{\" or \"[\" here; put another character first",
        )),
        Shape::Text => Ok(lines(said)),
        Shape::When => canonical(&Shape::When, said).map_err(|_| no_time(said)),
        Shape::Day => canonical(&Shape::Day, said).map_err(|_| no_day(said)),
        Shape::ClockTime => {
            let time = canonical(&Shape::ClockTime, said)?;
            ClockTime::parse(&time).map(|_| time).ok_or_else(|| no_clock(said))
        }
        shape @ Shape::Count { .. } => canonical(shape, said).map_err(|_| no_count(said)),
        shape => canonical(shape, said),
    }
}

fn no_time(said: &str) -> Said {
    let said = crate::spelling::quoted(said);
    say!(
        nn: "«{said}» er inga tid; skriv 30.11.2026, eller så mykje som er kjent: 2026-11, 2026-haust, 2026",
        nb: "«{said}» er ingen tid; skriv 30.11.2026, eller så mye som er kjent: 2026-11, 2026-høst, 2026",
        en: "\"{said}\" is no time; write 30.11.2026, or as much as is known: 2026-11, 2026-autumn, 2026",
    )
}

fn no_clock(said: &str) -> Said {
    let said = crate::spelling::quoted(said);
    say!(
        nn: "«{said}» er ikkje noko klokkeslett; skriv 18:00",
        nb: "«{said}» er ikke noe klokkeslett; skriv 18:00",
        en: "\"{said}\" is no time of day; write 18:00",
    )
}

fn no_day(said: &str) -> Said {
    let said = crate::spelling::quoted(said);
    say!(
        nn: "«{said}» er ingen dato; skriv 30.11.2026",
        nb: "«{said}» er ingen dato; skriv 30.11.2026",
        en: "\"{said}\" is no date; write 30.11.2026",
    )
}

fn no_count(said: &str) -> Said {
    let said = crate::spelling::quoted(said);
    say!(
        nn: "«{said}» er ikkje noko tal her; skriv 12, «om lag 12», «minst 12» eller «ikkje registrert»",
        nb: "«{said}» er ikke noe tall her; skriv 12, «ca. 12», «minst 12» eller «ikke registrert»",
        en: "\"{said}\" is no count here; write 12, \"about 12\", \"at least 12\" or \"not recorded\"",
    )
}
