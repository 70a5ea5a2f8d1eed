//! Tables of typed cells: what lists and reports are made of before they become bytes.

use serde_json::{Map, Value, json};

use crate::count::{Count, Quality, Sum};
use crate::date::{Date, When};
use crate::lang::{Lang, Phrase};
use crate::say;
use crate::spelling::escaped;

/// A table.
#[derive(Clone, Debug, Default)]
pub struct Sheet {
    /// Its key in machine formats.
    pub id: &'static str,
    /// What stands above it.
    pub caption: Phrase,
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
    pub label: Phrase,
}

impl Column {
    /// A column.
    #[must_use]
    pub fn new(key: impl Into<String>, label: impl Into<Phrase>) -> Self {
        Self { key: key.into(), label: label.into() }
    }
}

/// A cell: what people read, and what machines read.
#[derive(Clone, Debug, Default)]
pub struct Cell {
    /// For people.
    pub text: String,
    /// For machines: made of the rest as long as nobody reads it.
    pub machine: Machine,
    /// What it is, for whoever sets it or computes with it.
    pub content: Content,
    /// The code of the text's language where that is another one than the document's.
    pub lang: Option<&'static str>,
}

/// What machines read of a cell.
#[derive(Clone, Debug, Default)]
pub enum Machine {
    /// Nothing.
    #[default]
    Nothing,
    /// The text.
    Text,
    /// The count.
    Count,
    /// A sum, with how much of it is missing.
    Sum(Sum),
    /// Something else.
    Value(Value),
}

/// A cell with the text, in its language.
impl From<&Phrase> for Cell {
    fn from(phrase: &Phrase) -> Self {
        Self { lang: phrase.lang, ..Self::text(&*phrase.text) }
    }
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
    /// No number, but the sign that says why.
    Sign(Sign),
}

impl Content {
    /// Whether it is a number, or stands for one, and so stands to the right.
    #[must_use]
    pub fn is_number(&self) -> bool {
        matches!(self, Self::Year(_) | Self::Whole(_) | Self::Count(_) | Self::Sign(_))
    }
}

/// What stands in a table of a document where there is no number, as Statistics Norway writes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sign {
    /// The number must not be published.
    Hidden,
    /// Nobody wrote it down.
    NotRecorded,
    /// There can be no number.
    NotApplicable,
    /// Exactly nothing.
    Nothing,
}

impl Sign {
    /// All signs, in the order in which they are explained.
    pub const ALL: [Self; 4] = [Self::Hidden, Self::NotRecorded, Self::NotApplicable, Self::Nothing];

    /// The sign.
    #[must_use]
    pub fn text(self) -> &'static str {
        match self {
            Self::Hidden => ":",
            Self::NotRecorded => "..",
            Self::NotApplicable => ".",
            Self::Nothing => "-",
        }
    }

    /// What it tells.
    #[must_use]
    pub fn meaning(self, lang: Lang) -> String {
        match self {
            Self::Hidden => say!(lang,
                nn: "talet er skjerma, fordi det er lite eller ville ha røpt eit lite tal",
                nb: "tallet er skjermet, fordi det er lite eller ville ha røpet et lite tall",
                en: "the number is suppressed, since it is small or would give a small one away",
            ),
            Self::NotRecorded => say!(lang, nn: "ikkje registrert", nb: "ikke registrert", en: "not recorded"),
            Self::NotApplicable => {
                say!(lang, nn: "her er det ingenting å telje", nb: "her er det ingenting å telle", en: "there is nothing to count")
            }
            Self::Nothing => say!(lang, nn: "null", nb: "null", en: "zero"),
        }
    }

    /// The sign that stands for a count; none where the number is printed.
    #[must_use]
    pub fn of_count(count: &Count) -> Option<Self> {
        match (count.quality(), count.thousandths()) {
            (Quality::NotRecorded, _) => Some(Self::NotRecorded),
            (Quality::Exact, Some(0)) => Some(Self::Nothing),
            _ => None,
        }
    }

    /// The sign that a cell shows.
    #[must_use]
    pub fn of(cell: &Cell) -> Option<Self> {
        match cell.content {
            Content::Sign(sign) => Some(sign),
            _ => None,
        }
    }
}

impl Cell {
    /// The same for both.
    #[must_use]
    pub fn text(text: impl Into<String>) -> Self {
        Self { text: text.into(), machine: Machine::Text, ..Self::default() }
    }

    /// One thing for people, another for machines.
    #[must_use]
    pub fn shown(text: impl Into<String>, value: impl Into<Value>) -> Self {
        Self { text: text.into(), machine: Machine::Value(value.into()), ..Self::default() }
    }

    /// An id, a code or another name that may look like a number and is none.
    #[must_use]
    pub fn code(code: impl Into<String>) -> Self {
        Self { content: Content::Code, ..Self::text(code) }
    }

    /// A whole number.
    #[must_use]
    pub fn whole(number: usize, lang: Lang) -> Self {
        Self { machine: Machine::Value(json!(number)), ..Self::count(&Count::exact(number), lang) }
    }

    /// A whole number that nobody counted, and that may be negative.
    #[must_use]
    pub fn number(number: i64) -> Self {
        Self { content: Content::Whole(number), ..Self::shown(number.to_string(), number) }
    }

    /// A count with its quality.
    #[must_use]
    pub fn count(count: &Count, lang: Lang) -> Self {
        let text = count.in_words(lang);
        Self { text, content: Content::Count(count.clone()), machine: Machine::Count, ..Self::default() }
    }

    /// A sum of counts, in words with how much of it is missing, or as the sign that stands for it.
    #[must_use]
    pub fn sum(sum: Sum, lang: Lang) -> Self {
        let count = sum.count();
        let machine = Machine::Sum(sum);
        match Sign::of_count(&count) {
            Some(sign) => Self { machine, ..Self::sign(sign, Value::Null) },
            None => Self { text: sum.in_words(lang), machine, ..Self::count(&count, lang) },
        }
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

    /// A count of a document, with its quality or as the sign that stands for it. What is absent is not recorded.
    #[must_use]
    pub fn published(count: Option<&Count>, lang: Lang) -> Self {
        let Some(count) = count else { return Self::sign(Sign::NotRecorded, Value::Null) };
        let cell = Self::count(count, lang);
        Sign::of_count(count).map(|sign| Self::sign(sign, cell.value())).unwrap_or(cell)
    }

    /// A sign in the place of a number.
    #[must_use]
    pub fn sign(sign: Sign, value: Value) -> Self {
        Self { content: Content::Sign(sign), ..Self::shown(sign.text(), value) }
    }

    /// A count that must not be published.
    #[must_use]
    pub fn hidden() -> Self {
        Self::sign(Sign::Hidden, json!({ "hidden": true }))
    }

    /// Whether it is a number, or stands for one, and so stands to the right.
    #[must_use]
    pub fn is_number(&self) -> bool {
        self.content.is_number()
    }

    /// What machines read.
    #[must_use]
    pub fn value(&self) -> Value {
        match (&self.machine, &self.content) {
            (Machine::Text, _) => Value::String(self.text.clone()),
            (Machine::Count, Content::Count(count)) => json!(count),
            (Machine::Sum(sum), _) => json!(sum),
            (Machine::Value(value), _) => value.clone(),
            (Machine::Nothing | Machine::Count, _) => Value::Null,
        }
    }

    /// The number that machines read: the value itself, or that of a count. Nothing where it is hidden or not recorded.
    #[must_use]
    pub fn amount(&self) -> Option<f64> {
        let of_count = |count: &Count| Some(count.thousandths()? as f64 / 1000.0);
        match (&self.machine, &self.content) {
            (Machine::Value(value), _) => value.as_f64().or_else(|| value.get("value")?.as_f64()),
            (Machine::Sum(sum), _) => of_count(&sum.count()),
            (Machine::Count, Content::Count(count)) => of_count(count),
            _ => None,
        }
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

/// The longest text that a cell of a workbook can hold, in units of UTF-16.
pub const LONGEST: usize = 32_767;

/// Text as a cell of a workbook may hold it, its lines kept.
#[must_use]
pub fn fitting(text: &str) -> String {
    let text =
        if text.contains('\n') { text.lines().map(escaped).collect::<Vec<_>>().join("\n") } else { escaped(text) };
    if text.len() <= LONGEST || text.encode_utf16().count() <= LONGEST {
        return text;
    }
    let mut units = 1; // for the dots
    let kept = text.chars().take_while(|char| {
        units += char.len_utf16();
        units <= LONGEST
    });
    kept.chain(std::iter::once('…')).collect()
}

/// Excel has no days before 1900, and takes that for a leap year, so that programs disagree until March.
#[must_use]
pub fn is_in_excel(day: Date) -> bool {
    Date::from_ymd_opt(1900, 3, 1).is_some_and(|first| day >= first)
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
            let cells = self.columns.iter().zip(row).map(|(column, cell)| (column.key.clone(), cell.value()));
            Value::Object(cells.collect::<Map<_, _>>())
        };
        Value::Array(self.rows.iter().map(row).collect())
    }
}
