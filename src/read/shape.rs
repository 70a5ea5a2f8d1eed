//! What may stand in a place, in words and for whoever documents the records.

use std::ops::RangeInclusive;

use toml_spanner::{Item, Value as Toml};

use super::Target;
use super::scalar::day_of;
use crate::date::When;
use crate::lang::{Label, Said};
use crate::say;
use crate::spelling::escaped;

/// What may stand in a place: for messages, for "did you mean", for whoever documents the records.
#[derive(Clone, Debug)]
pub enum Shape {
    /// Human text, plain or by language.
    Text,
    /// A string that is no human text.
    String,
    /// One word of a closed list, with what people call the word at each place.
    Choice(&'static [&'static str], fn(usize) -> Option<Label>),
    /// The id of the part that it stands in.
    Id,
    /// The id of something.
    Reference(Target),
    /// A day, month, semester or year.
    When,
    /// A day.
    Day,
    /// A day of the year: `"11-30"`.
    MonthDay,
    /// A time of day: `"18:00"`.
    ClockTime,
    /// A stretch of time: `"2 years"`.
    Duration,
    /// A calendar year.
    Year,
    /// A whole number within bounds.
    Whole(RangeInclusive<u32>),
    /// A count with its quality; with decimals or without.
    Count {
        /// Whether 12.5 is allowed.
        decimals: bool,
    },
    /// True or false.
    Flag,
    /// Several of the same.
    List(Box<Shape>),
    /// A table with these keys.
    Table(fn() -> Vec<FieldInfo>),
    /// A table whose keys are names from elsewhere, such as those of rules.
    Settings(fn() -> Vec<FieldInfo>),
    /// The first as a short form of the second.
    Either(Box<Shape>, Box<Shape>),
    /// Any value: conditions of an obligation.
    Free,
}

/// A key of a table.
#[derive(Clone, Debug)]
pub struct FieldInfo {
    /// The key.
    pub key: &'static str,
    /// What it means.
    pub doc: &'static str,
    /// Whether it must be there.
    pub required: bool,
    /// How many parts it may have, if it is a list.
    pub parts: RangeInclusive<usize>,
    /// What may stand there.
    pub shape: Shape,
}

impl Shape {
    /// What is wanted, in words that fit after "must be".
    #[must_use]
    pub fn wanted(&self) -> Said {
        match self {
            Self::Text => say!(
                nn: "ein tekst: \"…\" eller {{ nn = \"…\", nb = \"…\" }}",
                nb: "en tekst: \"…\" eller {{ nn = \"…\", nb = \"…\" }}",
                en: "a text: \"…\" or {{ nn = \"…\", nb = \"…\" }}",
            ),
            Self::String => say!(nn: "ein tekst i hermeteikn", nb: "en tekst i anførselstegn", en: "a text in quotes"),
            Self::Choice(words, _) => {
                let words = words.join(", ");
                say!(nn: "eitt av desse orda: {words}", nb: "ett av disse ordene: {words}", en: "one of these words: {words}")
            }
            Self::Id | Self::Reference(_) => {
                say!(nn: "ein id i hermeteikn", nb: "en id i anførselstegn", en: "an id in quotes")
            }
            Self::When => say!(
                nn: "ei tid: 2016-05-31, \"2016-05\", \"2016-autumn\" eller \"2016\"",
                nb: "en tid: 2016-05-31, \"2016-05\", \"2016-autumn\" eller \"2016\"",
                en: "a time: 2016-05-31, \"2016-05\", \"2016-autumn\" or \"2016\"",
            ),
            Self::Day => say!(
                nn: "ein dato utan hermeteikn: 2016-05-31",
                nb: "en dato uten anførselstegn: 2016-05-31",
                en: "a date without quotes: 2016-05-31",
            ),
            Self::MonthDay => {
                say!(nn: "månad og dag: \"11-30\"", nb: "måned og dag: \"11-30\"", en: "month and day: \"11-30\"")
            }
            Self::ClockTime => {
                say!(nn: "eit klokkeslett: \"18:00\"", nb: "et klokkeslett: \"18:00\"", en: "a time of day: \"18:00\"")
            }
            Self::Duration => say!(
                nn: "ei tidslengd: \"1 year\", \"2 semesters\", \"6 months\"",
                nb: "en tidslengde: \"1 year\", \"2 semesters\", \"6 months\"",
                en: "a length of time: \"1 year\", \"2 semesters\", \"6 months\"",
            ),
            Self::Year => {
                say!(nn: "eit årstal utan hermeteikn: 2016", nb: "et årstall uten anførselstegn: 2016", en: "a year without quotes: 2016")
            }
            Self::Whole(bounds) => match (*bounds.start(), *bounds.end()) {
                (0, u32::MAX) => say!(nn: "eit heiltal: 12", nb: "et heltall: 12", en: "a whole number: 12"),
                (least, u32::MAX) => say!(
                    nn: "eit heiltal, minst {least}", nb: "et heltall, minst {least}", en: "a whole number, at least {least}",
                ),
                (least, most) => say!(
                    nn: "eit heiltal frå {least} til {most}",
                    nb: "et heltall fra {least} til {most}",
                    en: "a whole number from {least} to {most}",
                ),
            },
            Self::Count { decimals: false } => say!(
                nn: "eit heiltal: 12, {{ at-least = 12 }}, {{ about = 12 }} eller \"not-recorded\"",
                nb: "et heltall: 12, {{ at-least = 12 }}, {{ about = 12 }} eller \"not-recorded\"",
                en: "a count: 12, {{ at-least = 12 }}, {{ about = 12 }} or \"not-recorded\"",
            ),
            Self::Count { decimals: true } => say!(
                nn: "eit tal: 12, 12.5, {{ at-least = 12 }}, {{ about = 12 }} eller \"not-recorded\"",
                nb: "et tall: 12, 12.5, {{ at-least = 12 }}, {{ about = 12 }} eller \"not-recorded\"",
                en: "a number: 12, 12.5, {{ at-least = 12 }}, {{ about = 12 }} or \"not-recorded\"",
            ),
            Self::Flag => say!(nn: "true eller false", nb: "true eller false", en: "true or false"),
            Self::List(each) => {
                let Said { nn, nb, en } = each.wanted();
                say!(nn: "ei liste der kvart ledd er {nn}", nb: "en liste der hvert ledd er {nb}", en: "a list in which each part is {en}")
            }
            Self::Table(fields) | Self::Settings(fields) => {
                let keys: Vec<_> = fields().iter().map(|field| field.key).collect();
                let keys = keys.join(", ");
                say!(nn: "ein tabell med nøklane {keys}", nb: "en tabell med nøklene {keys}", en: "a table with the keys {keys}")
            }
            Self::Either(short, long) => {
                let (short, long) = (short.wanted(), long.wanted());
                let (a, b) = (&short.nn, &long.nn);
                let nn = format!("{a}, eller {b}");
                let (a, b) = (&short.nb, &long.nb);
                let nb = format!("{a}, eller {b}");
                let (a, b) = (&short.en, &long.en);
                Said { nn, nb, en: format!("{a}, or {b}") }
            }
            Self::Free => say!(nn: "ein verdi", nb: "en verdi", en: "a value"),
        }
    }

    /// The keys of the table that may stand here, alone or as parts of a list; nothing where it is none, or any key may
    /// stand in it.
    #[must_use]
    pub fn fields(&self) -> Option<Vec<FieldInfo>> {
        match self {
            Self::Table(fields) => Some(fields()),
            Self::List(each) => each.fields(),
            Self::Either(_, long) => long.fields(),
            _ => None,
        }
    }

    /// What one value may be: of a list each part, of a table its short form.
    #[must_use]
    pub fn innermost(&self) -> &Self {
        match self {
            Self::List(each) => each.innermost(),
            Self::Either(short, _) => short.innermost(),
            shape => shape,
        }
    }

    /// Whether a value is of this kind, as far as its type and words show.
    pub(super) fn fits(&self, item: &Item<'_>) -> bool {
        match (self, item.value()) {
            (Self::Choice(words, _), Toml::String(word)) => words.contains(word),
            (Self::When, Toml::String(text)) => When::parse(text).is_some(),
            (Self::Text | Self::Count { .. }, Toml::String(_) | Toml::Table(_)) => true,
            (Self::String | Self::Id | Self::Reference(_), Toml::String(_)) => true,
            (Self::MonthDay | Self::ClockTime | Self::Duration, Toml::String(_)) => true,
            (Self::When | Self::Day, Toml::DateTime(_)) => true,
            (Self::Year | Self::Whole(_) | Self::Count { .. }, Toml::Integer(_)) => true,
            (Self::Count { decimals }, Toml::Float(_)) => *decimals,
            (Self::Flag, Toml::Boolean(_)) => true,
            (Self::List(_), Toml::Array(_)) | (Self::Table(_) | Self::Settings(_), Toml::Table(_)) => true,
            (Self::List(each), _) => each.fits(item),
            (Self::Either(short, long), _) => short.fits(item) || long.fits(item),
            (Self::Free, _) => true,
            _ => false,
        }
    }

    /// The tables inside, each with how a person reaches it (`[[run]]`, `[referral]`).
    pub(super) fn tables(&self, path: &str, list: bool, found: &mut Vec<(String, Vec<FieldInfo>)>) {
        match self {
            Self::List(each) => each.tables(path, true, found),
            Self::Either(_, long) => long.tables(path, list, found),
            Self::Table(fields) => {
                let fields = fields();
                for field in &fields {
                    let inner = if path.is_empty() { field.key.to_owned() } else { format!("{path}.{}", field.key) };
                    field.shape.tables(&inner, false, found);
                }
                let header = match (path, list) {
                    ("", _) => String::new(),
                    (path, true) => format!("[[{path}]]"),
                    (path, false) => format!("[{path}]"),
                };
                found.push((header, fields));
            }
            _ => {}
        }
    }
}

/// A value as a message shows it, shortened.
pub(super) fn shown(item: &Item<'_>) -> String {
    match item.value() {
        Toml::String(text) => {
            let short: String = escaped(text).chars().take(60).collect();
            format!("\"{short}\"")
        }
        Toml::Integer(number) => number.as_i128().to_string(),
        Toml::Float(number) => number.to_string(),
        Toml::Boolean(flag) => flag.to_string(),
        Toml::DateTime(time) => day_of(time).map_or_else(|| "…".to_owned(), |day| day.to_string()),
        Toml::Array(_) => "[…]".to_owned(),
        Toml::Table(_) => "{…}".to_owned(),
    }
}

/// The type of a value, in words that fit after "is".
pub(super) fn type_name(item: &Item<'_>) -> Said {
    match item.value() {
        Toml::String(_) => say!(nn: "ein tekst", nb: "en tekst", en: "a text"),
        Toml::Integer(_) => say!(nn: "eit heiltal", nb: "et heltall", en: "a whole number"),
        Toml::Float(_) => say!(nn: "eit desimaltal", nb: "et desimaltall", en: "a number with decimals"),
        Toml::Boolean(_) => say!(nn: "true eller false", nb: "true eller false", en: "true or false"),
        Toml::DateTime(time) if time.time().is_some() && time.date().is_some() => {
            say!(nn: "ein dato med klokkeslett", nb: "en dato med klokkeslett", en: "a date with a time of day")
        }
        Toml::DateTime(time) if time.time().is_some() => {
            say!(nn: "eit klokkeslett", nb: "et klokkeslett", en: "a time of day")
        }
        Toml::DateTime(_) => say!(nn: "ein dato", nb: "en dato", en: "a date"),
        Toml::Array(_) => say!(nn: "ei liste", nb: "en liste", en: "a list"),
        Toml::Table(_) => say!(nn: "ein tabell", nb: "en tabell", en: "a table"),
    }
}
