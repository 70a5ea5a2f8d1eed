//! Which part of a list is meant.

use toml_edit::{TableLike, Value};

use crate::lang::Said;
use crate::say;
use crate::spelling::quoted;

/// The words and days in the values of a table.
pub(super) fn words_in(table: &dyn TableLike) -> Vec<String> {
    table.iter().filter_map(|(_, item)| item.as_value()).flat_map(words_of).collect()
}

pub(super) fn words_of(value: &Value) -> Vec<String> {
    match value {
        Value::String(text) => vec![text.value().clone()],
        Value::InlineTable(table) => words_in(table),
        Value::Array(parts) => parts.iter().flat_map(words_of).collect(),
        Value::Datetime(day) => vec![day.value().to_string()],
        Value::Integer(_) | Value::Float(_) | Value::Boolean(_) => Vec::new(),
    }
}

/// The part of a list that is meant: by its number, or as the only one in which these words stand.
pub(super) fn index_of(key: &str, part: &str, parts: Vec<Vec<String>>) -> Result<usize, Said> {
    let with: Vec<usize> = (0..parts.len()).filter(|index| parts[*index].iter().any(|word| word == part)).collect();
    let number = part.parse().ok().filter(|index: &usize| *index < parts.len());
    match (number, &with[..]) {
        (Some(index), _) | (None, &[index]) => Ok(index),
        _ => {
            let label = |(index, words): (usize, &Vec<String>)| match words.first() {
                Some(first) => format!("{key}[{index}] ({})", quoted(first)),
                None => format!("{key}[{index}]"),
            };
            let known: Vec<String> = parts.iter().enumerate().take(10).map(label).collect();
            let (part, known) = (quoted(part), known.join(", "));
            Err(if with.is_empty() {
                say!(
                    nn: "ingen del av lista er «{part}»; det finst {known}",
                    nb: "ingen del av listen er «{part}»; det finnes {known}",
                    en: "no part of the list is \"{part}\"; there are {known}",
                )
            } else {
                say!(
                    nn: "fleire delar av lista har «{part}»; vel mellom {known}",
                    nb: "flere deler av listen har «{part}»; velg mellom {known}",
                    en: "several parts of the list have \"{part}\"; choose from {known}",
                )
            })
        }
    }
}
