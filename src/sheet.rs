//! Tables of typed cells: what lists and reports are made of before they become bytes.

use serde_json::{Map, Value, json};

use crate::count::Count;
use crate::date::When;
use crate::lang::Lang;

/// A table.
#[derive(Clone, Debug, Default)]
pub struct Sheet {
    /// Its key in machine formats.
    pub id: &'static str,
    /// What stands above it.
    pub caption: String,
    /// The columns.
    pub columns: Vec<Column>,
    /// The rows, each with a cell per column.
    pub rows: Vec<Vec<Cell>>,
}

/// A column.
#[derive(Clone, Debug)]
pub struct Column {
    /// Its key in machine formats.
    pub key: String,
    /// Its heading.
    pub label: String,
}

impl Column {
    /// A column.
    #[must_use]
    pub fn new(key: impl Into<String>, label: impl Into<String>) -> Self {
        Self { key: key.into(), label: label.into() }
    }
}

/// A cell: what people read, and what machines read.
#[derive(Clone, Debug, Default)]
pub struct Cell {
    /// For people.
    pub text: String,
    /// For machines.
    pub value: Value,
    /// Whether it is a number and stands to the right.
    pub number: bool,
}

impl Cell {
    /// The same for both.
    #[must_use]
    pub fn text(text: impl Into<String>) -> Self {
        let text = text.into();
        Self { value: Value::String(text.clone()), text, number: false }
    }

    /// One thing for people, another for machines.
    #[must_use]
    pub fn shown(text: impl Into<String>, value: impl Into<Value>) -> Self {
        Self { text: text.into(), value: value.into(), number: false }
    }

    /// A whole number.
    #[must_use]
    pub fn whole(number: usize, lang: Lang) -> Self {
        Self { text: crate::count::whole(number, lang), value: json!(number), number: true }
    }

    /// A count with its quality.
    #[must_use]
    pub fn count(count: &Count, lang: Lang) -> Self {
        Self { text: count.in_words(lang), value: serde_json::to_value(count).unwrap_or_default(), number: true }
    }

    /// A time, as precisely as it is known.
    #[must_use]
    pub fn when(when: When) -> Self {
        Self::text(when.to_string())
    }

    /// A list of names for people, of ids for machines.
    #[must_use]
    pub fn list(names: &[String], ids: &[&str]) -> Self {
        Self { text: names.join(", "), value: json!(ids), number: false }
    }

    /// A count that must not be published: the sign of Statistics Norway.
    #[must_use]
    pub fn hidden() -> Self {
        Self { text: ":".to_owned(), value: json!({ "hidden": true }), number: true }
    }
}

impl Sheet {
    /// The rows as objects by column key.
    #[must_use]
    pub fn to_json(&self) -> Value {
        let row = |row: &Vec<Cell>| {
            let cells = self.columns.iter().zip(row).map(|(column, cell)| (column.key.clone(), cell.value.clone()));
            Value::Object(cells.collect::<Map<_, _>>())
        };
        Value::Array(self.rows.iter().map(row).collect())
    }
}
