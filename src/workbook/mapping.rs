//! `mappings/NAME.toml`: how the columns of a sheet from elsewhere are called, kept in the registry.

use std::collections::BTreeMap;

use toml_edit::{DocumentMut, Item, TableLike};

use super::columns::{Part, columns};
use crate::lang::Said;
use crate::names::folded;
use crate::say;
use crate::spelling::{did_you_mean, likeliest, quoted};

/// What the columns of a sheet from elsewhere mean.
#[derive(Clone, Debug)]
pub struct Mapping {
    /// What its rows are.
    pub part: Part,
    /// The key for each heading.
    pub columns: BTreeMap<String, String>,
    /// What words in it mean, by key.
    pub values: BTreeMap<String, BTreeMap<String, String>>,
    /// What every new row has, by key.
    pub fixed: BTreeMap<String, String>,
}

impl Mapping {
    /// The key that a heading means, in whatever case it is written.
    pub(super) fn key(&self, heading: &str) -> Option<&str> {
        let wanted = folded(heading);
        self.columns.iter().find(|(own, _)| folded(own.trim()) == wanted).map(|(_, key)| &**key)
    }

    /// A cell in the words of records, as far as the mapping says.
    pub(super) fn said(&self, key: &str, said: &str) -> String {
        let Some(values) = self.values.get(key) else { return said.to_owned() };
        let word = |said: &str| {
            let wanted = folded(said.trim());
            values.iter().find(|(own, _)| folded(own.trim()) == wanted).map(|(_, word)| word.clone())
        };
        word(said).unwrap_or_else(|| {
            let parts = said.split([';', ',']).map(|part| word(part).unwrap_or_else(|| part.trim().to_owned()));
            let parts: Vec<String> = parts.collect();
            if parts.iter().any(|part| values.values().any(|word| word == part)) {
                parts.join("; ")
            } else {
                said.to_owned()
            }
        })
    }
}

/// Reads a mapping.
///
/// # Errors
///
/// When it is no TOML, or names rows or keys that there are not.
pub fn mapping(text: &str) -> Result<Mapping, Said> {
    let document: DocumentMut = text.parse().map_err(|error: toml_edit::TomlError| {
        let why = quoted(error.message());
        say!(nn: "fila er ikkje rett TOML: {why}", nb: "filen er ikke riktig TOML: {why}", en: "the file is not valid TOML: {why}")
    })?;
    let tables = ["rows", "columns", "values", "fixed"];
    if let Some((key, _)) = document.iter().find(|(key, _)| !tables.contains(key)) {
        return Err(unknown(key, &tables.map(str::to_owned)));
    }
    let words = Part::ALL.map(|part| part.word().to_owned());
    let rows = document.get("rows").and_then(Item::as_str).unwrap_or_default();
    let part = Part::from_word(rows).ok_or_else(|| {
        let words = words.join(", ");
        say!(
            nn: "«rows» skal seie kva radene er: {words}",
            nb: "«rows» skal si hva radene er: {words}",
            en: "\"rows\" must say what the rows are: {words}",
        )
    })?;
    let keys: Vec<String> = columns(part).into_iter().map(|column| column.key).collect();
    let known = |key: &str| if keys.iter().any(|own| own == key) { Ok(()) } else { Err(unknown(key, &keys)) };
    let columns = strings(document.get("columns"))?;
    let fixed = strings(document.get("fixed"))?;
    let mut values = BTreeMap::new();
    for (key, item) in document.get("values").and_then(Item::as_table_like).into_iter().flat_map(TableLike::iter) {
        values.insert(key.to_owned(), strings(Some(item))?);
    }
    columns.values().chain(fixed.keys()).chain(values.keys()).try_for_each(|key| known(key))?;
    Ok(Mapping { part, columns, values, fixed })
}

fn strings(item: Option<&Item>) -> Result<BTreeMap<String, String>, Said> {
    let Some(item) = item else { return Ok(BTreeMap::new()) };
    let table = item.as_table_like().into_iter().flat_map(TableLike::iter);
    let string = |(key, item): (&str, &Item)| {
        let value = item.as_str().ok_or_else(|| {
            let key = quoted(key);
            say!(
                nn: "«{key}» skal ha ein tekst i hermeteikn",
                nb: "«{key}» skal ha en tekst i anførselstegn",
                en: "\"{key}\" must have a text in quotes",
            )
        })?;
        Ok((key.to_owned(), value.to_owned()))
    };
    table.map(string).collect()
}

fn unknown(key: &str, known: &[String]) -> Said {
    let near = likeliest(key, known.iter().map(String::as_str));
    let list = known.join(", ");
    let meant = did_you_mean(&near)
        .unwrap_or_else(|| say!(nn: "det finst {list}", nb: "det finnes {list}", en: "there are {list}"));
    let (key, Said { nn, nb, en }) = (quoted(key), meant);
    say!(
        nn: "nøkkelen «{key}» finst ikkje her; {nn}",
        nb: "nøkkelen «{key}» finnes ikke her; {nb}",
        en: "there is no key \"{key}\" here; {en}",
    )
}
