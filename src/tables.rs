//! Tables with keys: what a registry becomes before it becomes data for other programs.

use serde_json::{Map, Value};

use crate::count::{Count, Quality};
use crate::date::When;
use crate::lang::Lang;
use crate::sheet::{Cell, Column as Heading, Content, Sheet, Sign};

/// What a column is called beside a count: how well it is known.
pub const QUALITY: &str = ".quality";
/// What a column is called beside a count: the words of the source.
pub const WORDS: &str = ".words";
/// The quality of a count that must not be shown.
pub const HIDDEN: &str = "hidden";

/// A table of plain values, one row for each thing that it is about.
#[derive(Clone, Debug)]
pub struct Table {
    /// Its name, such as `offerings` or `offerings.run`.
    pub name: String,
    /// What people call it.
    pub label: String,
    /// What a row is, in English.
    pub about: String,
    /// The columns.
    pub columns: Vec<Column>,
    /// The columns that tell rows apart.
    pub key: Vec<String>,
    /// Where its columns lead.
    pub links: Vec<Link>,
    /// The rows, each with a text, number, flag or nothing per column, or what has parts.
    pub rows: Vec<Vec<Value>>,
}

/// A column.
#[derive(Clone, Debug)]
pub struct Column {
    /// Its name, such as `start` or `referral.required`.
    pub name: String,
    /// What people call it.
    pub label: String,
    /// What it means, in English.
    pub about: String,
    /// What stands in it.
    pub holds: Holds,
    /// Whether something stands in each row.
    pub required: bool,
}

/// What stands in a column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Holds {
    /// Words.
    Text,
    /// Signs that name something and are no number even if they are digits.
    Code,
    /// One of these words.
    Word(Vec<&'static str>),
    /// A day, month, semester or year, as `2016-05-31`, `2016-05`, `2016-autumn` or `2016`.
    When,
    /// A day.
    Day,
    /// A calendar year.
    Year,
    /// A time of day.
    Clock,
    /// A whole number.
    Whole,
    /// A number, perhaps with decimals.
    Number,
    /// True or false.
    Flag,
    /// A word or an id, or a value of several parts.
    Nested,
}

/// That the values of columns stand in columns of another table, or of the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// The columns.
    pub columns: Vec<String>,
    /// The other table.
    pub table: String,
    /// Its columns.
    pub to: Vec<String>,
}

impl Table {
    /// The place of a column.
    #[must_use]
    pub fn column(&self, name: &str) -> Option<usize> {
        self.columns.iter().position(|column| column.name == name)
    }

    /// What the columns with these names hold, row by row.
    pub fn picked<'a>(&'a self, names: &[String]) -> impl Iterator<Item = Vec<&'a Value>> + 'a {
        let places: Vec<usize> = names.iter().filter_map(|name| self.column(name)).collect();
        self.rows.iter().map(move |row| places.iter().map(|place| &row[*place]).collect())
    }

    /// The rows as objects, without what is empty.
    pub fn objects(&self) -> impl Iterator<Item = Map<String, Value>> + '_ {
        self.rows.iter().map(|row| {
            let cells = self.columns.iter().zip(row).filter(|(_, value)| !value.is_null());
            cells.map(|(column, value)| (column.name.clone(), value.clone())).collect()
        })
    }

    /// The table as it is. What has parts stands in it as JSON.
    #[must_use]
    pub fn sheet(&self) -> Sheet {
        let plain = |value: &Value| match value {
            Value::Array(_) | Value::Object(_) => Value::String(value.to_string()),
            value => value.clone(),
        };
        let cells = |row: &Vec<Value>| row.iter().map(|value| Cell::shown(String::new(), plain(value))).collect();
        Sheet {
            columns: self.columns.iter().map(|column| Heading::new(&*column.name, &*column.label)).collect(),
            rows: self.rows.iter().map(cells).collect(),
            ..Sheet::default()
        }
    }

    /// The table for people: what is empty throughout is left out, numbers and days are what they are, and a count stands
    /// in one column with its quality.
    #[must_use]
    pub fn for_people(&self, lang: Lang) -> Sheet {
        let is_beside = |name: &str| {
            let of = name.strip_suffix(QUALITY).or(name.strip_suffix(WORDS));
            of.is_some_and(|of| self.column(&format!("{of}{QUALITY}")).is_some())
        };
        let told = |place: &usize| {
            let beside = self.column(&format!("{}{QUALITY}", self.columns[*place].name)).unwrap_or(*place);
            !is_beside(&self.columns[*place].name) && self.rows.iter().any(|row| !row[beside].is_null())
        };
        let places: Vec<usize> = (0..self.columns.len()).filter(told).collect();
        let heading = |place: &usize| Heading::new(&*self.columns[*place].name, &*self.columns[*place].label);
        let cell = |row: &Vec<Value>, place: usize| self.cell(row, place, lang);
        Sheet {
            caption: self.label.clone().into(),
            columns: places.iter().map(heading).collect(),
            rows: self.rows.iter().map(|row| places.iter().map(|place| cell(row, *place)).collect()).collect(),
            ..Sheet::default()
        }
    }

    fn cell(&self, row: &[Value], place: usize, lang: Lang) -> Cell {
        let Column { name, holds, .. } = &self.columns[place];
        let beside = |what: &str| Some(row[self.column(&format!("{name}{what}"))?].as_str().unwrap_or_default());
        match beside(QUALITY) {
            None => holds.cell(&row[place]),
            Some("") => Cell::default(),
            Some(HIDDEN) => Cell::hidden(),
            Some(quality) => {
                let words = beside(WORDS).filter(|words| !words.is_empty());
                let quality = Quality::from_code(quality).unwrap_or_default();
                let count = Count::new(thousandths(&row[place]).unwrap_or(0), quality, words.map(Into::into));
                match Sign::of_count(&count) {
                    Some(Sign::NotRecorded) => Cell::published(None, lang),
                    _ => Cell { text: count.as_published(lang), ..Cell::count(&count, lang) },
                }
            }
        }
    }
}

impl Holds {
    fn cell(&self, value: &Value) -> Cell {
        let text = match value {
            Value::Null => return Cell::default(),
            Value::String(text) => text.clone(),
            value => value.to_string(),
        };
        let content = match self {
            Self::Whole | Self::Number => {
                thousandths(value).map(|number| Content::Count(Count::new(number, Quality::Exact, None)))
            }
            Self::Year => value.as_i64().map(Content::Year),
            Self::When | Self::Day => match When::parse(&text) {
                Some(When::Day(day)) => Some(Content::Day(day)),
                _ => Some(Content::Code),
            },
            Self::Code | Self::Clock | Self::Nested => Some(Content::Code),
            Self::Text | Self::Word(_) | Self::Flag => None,
        };
        Cell { content: content.unwrap_or_default(), ..Cell::shown(text, value.clone()) }
    }
}

fn thousandths(value: &Value) -> Option<u64> {
    value.as_f64().map(|number| (number * 1000.0).round() as u64)
}
