//! Tables of typed cells: what lists and reports are made of before they become bytes.

use serde_json::{Map, Value, json};

use crate::count::{Count, Quality};
use crate::date::{Date, When};
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
    /// What it is, for whoever sets it or computes with it.
    pub content: Content,
    /// The language of the text where that is another one than the document's.
    pub lang: Option<Lang>,
}

/// What a cell is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Content {
    /// Words, or nothing.
    #[default]
    Text,
    /// Signs that name something and are no number even if they are digits: an id, a municipality code, a telephone number.
    Code,
    /// A day.
    Day(Date),
    /// A calendar year: a number that is never grouped.
    Year(i64),
    /// A whole number that nobody counted, such as days that are left.
    Whole(i64),
    /// How many, and how well that is known.
    Count(Count),
    /// A count that must not be published.
    Hidden,
}

impl Content {
    /// Whether it is a number, or stands for one, and so stands to the right.
    #[must_use]
    pub fn is_number(&self) -> bool {
        matches!(self, Self::Year(_) | Self::Whole(_) | Self::Count(_) | Self::Hidden)
    }
}

impl Cell {
    /// The same for both.
    #[must_use]
    pub fn text(text: impl Into<String>) -> Self {
        let text = text.into();
        Self { value: Value::String(text.clone()), text, ..Self::default() }
    }

    /// One thing for people, another for machines.
    #[must_use]
    pub fn shown(text: impl Into<String>, value: impl Into<Value>) -> Self {
        Self { text: text.into(), value: value.into(), ..Self::default() }
    }

    /// An id, a code or another name that may look like a number and is none.
    #[must_use]
    pub fn code(code: impl Into<String>) -> Self {
        Self { content: Content::Code, ..Self::text(code) }
    }

    /// A whole number.
    #[must_use]
    pub fn whole(number: usize, lang: Lang) -> Self {
        Self { value: json!(number), ..Self::count(&Count::exact(number), lang) }
    }

    /// A whole number that nobody counted, and that may be negative.
    #[must_use]
    pub fn number(number: i64) -> Self {
        Self { content: Content::Whole(number), ..Self::shown(number.to_string(), number) }
    }

    /// A count with its quality.
    #[must_use]
    pub fn count(count: &Count, lang: Lang) -> Self {
        let value = serde_json::to_value(count).unwrap_or_default();
        Self { content: Content::Count(count.clone()), ..Self::shown(count.in_words(lang), value) }
    }

    /// A time, as precisely as it is known.
    #[must_use]
    pub fn when(when: When) -> Self {
        let content = match when {
            When::Day(day) => Content::Day(day),
            _ => Content::Code,
        };
        Self { content, ..Self::text(when.to_string()) }
    }

    /// A list of names for people, of ids for machines.
    #[must_use]
    pub fn list(names: &[String], ids: &[&str]) -> Self {
        Self::shown(names.join(", "), json!(ids))
    }

    /// A count that must not be published: the sign of Statistics Norway.
    #[must_use]
    pub fn hidden() -> Self {
        Self { content: Content::Hidden, ..Self::shown(":", json!({ "hidden": true })) }
    }

    /// Whether it is a number, or stands for one, and so stands to the right.
    #[must_use]
    pub fn is_number(&self) -> bool {
        self.content.is_number()
    }

    /// The number that machines read: the value itself, or that of a count. Nothing where it is hidden or not recorded.
    #[must_use]
    pub fn amount(&self) -> Option<f64> {
        self.value.as_f64().or_else(|| self.value.get("value")?.as_f64())
    }

    /// The count in it, if it has a number.
    #[must_use]
    pub fn counted(&self) -> Option<&Count> {
        match &self.content {
            Content::Count(count) if count.quality() != Quality::NotRecorded => Some(count),
            _ => None,
        }
    }
}

impl Sheet {
    /// Whether every cell of the column that says something is a number, so that the column stands to the right.
    #[must_use]
    pub fn is_of_numbers(&self, column: usize) -> bool {
        let mut cells =
            self.rows.iter().filter_map(|row| row.get(column)).filter(|cell| !cell.text.is_empty()).peekable();
        cells.peek().is_some() && cells.all(Cell::is_number)
    }

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
