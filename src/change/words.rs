//! Values before and now, as people read them: short enough for a table, and each with what tells it from the others.

use serde_json::Value;

use super::fields::table;
use crate::mandate::wording::beginning;
use crate::names::Names;
use crate::read::Shape;
use crate::say;

/// How much of a long text is told.
const LONGEST: usize = 160;
/// How much is told before the place where two long texts part.
const BEFORE: usize = 30;
/// How much of a text is told that stands among other values.
const LONGEST_AMONG: usize = 80;
/// How much is told of a table, whose texts are short already.
const LONGEST_TABLE: usize = 800;

/// A value in words. Of long texts among other values only the beginning is told, so that the others are not lost.
pub(super) fn told(names: &Names<'_>, key: &str, shape: &Shape, value: &Value) -> String {
    match value {
        Value::Object(_) | Value::Array(_) if !matches!(shape, Shape::Text) => {
            beginning(&names.value_of(key, shape, &begun(value)), LONGEST_TABLE)
        }
        _ => names.value_of(key, shape, value),
    }
}

fn begun(value: &Value) -> Value {
    match value {
        Value::String(text) if text.contains(' ') => Value::String(beginning(text, LONGEST_AMONG)),
        Value::Array(values) => values.iter().map(begun).collect(),
        Value::Object(map) => Value::Object(map.iter().map(|(key, value)| (key.clone(), begun(value))).collect()),
        other => other.clone(),
    }
}

/// What stands in the record, where its words do not tell it from something else.
pub(super) fn written(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// A text with its languages: `nn: KOLS-skule; nb: KOLS-skole`; one for all languages bare.
pub(super) fn each_language(text: &Value) -> String {
    match text {
        Value::Object(map) => {
            let told = map.iter().map(|(lang, text)| format!("{lang}: {}", text.as_str().unwrap_or_default()));
            told.collect::<Vec<_>>().join("; ")
        }
        text => written(text),
    }
}

/// An element of a list of tables: by its id, else by the first of its values, and as many more as tell it from the others; else by
/// its number.
pub(super) fn entry(names: &Names<'_>, each: &Shape, list: &[Value], index: usize) -> String {
    let fields = table(each, [&list[index]; 2]).unwrap_or_default();
    let mut alike: Vec<usize> = (0..list.len()).filter(|other| *other != index).collect();
    let mut name: Vec<String> = Vec::new();
    for field in fields.iter().filter(|field| names_something(&field.shape)) {
        let Some(value) = list[index].get(field.key) else { continue };
        let rest: Vec<usize> =
            alike.iter().copied().filter(|other| list[*other].get(field.key) == Some(value)).collect();
        if name.is_empty() || rest.len() < alike.len() {
            name.push(beginning(&names.value_of(field.key, &field.shape, value), LONGEST_AMONG));
            alike = rest;
        }
        if alike.is_empty() {
            break;
        }
    }
    if name.is_empty() || !alike.is_empty() {
        let number = index + 1;
        name.push(say!(names.lang, nn: "nr. {number}", nb: "nr. {number}", en: "no. {number}"));
    }
    name.join(", ")
}

fn names_something(shape: &Shape) -> bool {
    match shape {
        Shape::Id
        | Shape::Reference(_)
        | Shape::Text
        | Shape::Choice(..)
        | Shape::String
        | Shape::When
        | Shape::Day
        | Shape::Year => true,
        Shape::Either(short, _) => names_something(short),
        _ => false,
    }
}

/// Long texts from a little before the place where they part.
pub(super) fn shortened(words: [String; 2]) -> [String; 2] {
    if words.iter().all(|words| words.chars().count() <= LONGEST) || words.iter().any(String::is_empty) {
        return words.map(|words| beginning(&words, LONGEST_TABLE));
    }
    let [old, new] = words.each_ref().map(|words| words.chars().collect::<Vec<char>>());
    let same = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
    let start = if same > BEFORE * 2 { same - BEFORE } else { 0 };
    [old, new].map(|chars| {
        let part: String = chars.iter().skip(start).take(LONGEST).collect();
        let before = if start > 0 { "…" } else { "" };
        let after = if chars.len() > start + LONGEST { "…" } else { "" };
        format!("{before}{part}{after}")
    })
}
