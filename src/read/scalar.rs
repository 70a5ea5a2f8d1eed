//! Texts, flags, years, times: values that stand alone.

use std::fmt;

use serde::ser::{Serialize, SerializeMap, Serializer};
use toml_spanner::Item;

use super::{Field, Met, Reader, Seen, Shape, Trail};
use chrono::Datelike;

use crate::date::{Date, MonthDay, When};
use crate::lang::{Lang, Said, Text};
use crate::{rules, say};

pub(super) fn day_of(time: &toml_spanner::DateTime) -> Option<Date> {
    let date = time.date().filter(|_| time.time().is_none() && time.offset().is_none())?;
    Date::from_ymd_opt(i32::from(date.year), u32::from(date.month), u32::from(date.day))
        .filter(|day| When::YEARS.contains(&day.year()))
}

/// Reads a day, or reports why it is none.
pub(super) fn read_day(
    time: &toml_spanner::DateTime,
    item: &Item<'_>,
    cx: &mut Reader<'_>,
    shape: &Shape,
) -> Option<Date> {
    match (day_of(time), time.date()) {
        (Some(day), _) => Some(day),
        (None, Some(date)) if time.time().is_none() => cx.out_of_range(item, &format!("{:04}", date.year)),
        _ => cx.wrong_type(item, shape),
    }
}

/// Adds `Serialize` by a string form.
macro_rules! serialize_as_string {
    ($($type:ty),*) => {$(
        impl Serialize for $type {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }
    )*};
}

serialize_as_string!(When, MonthDay, ClockTime, Duration);

impl Serialize for Text {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Plain(text) => serializer.serialize_str(text),
            Self::ByLanguage(texts) => {
                let mut map = serializer.serialize_map(Some(texts.len()))?;
                for (code, text) in texts {
                    map.serialize_entry(code, text)?;
                }
                map.end()
            }
        }
    }
}

impl Field for Text {
    const WALKS: bool = true;

    fn read(item: &Item<'_>, cx: &mut Reader<'_>) -> Option<Self> {
        if let Some(text) = item.as_str() {
            return Some(Self::Plain(text.into()));
        }
        let Some(table) = item.as_table() else { return cx.wrong_type(item, &Shape::Text) };
        if table.is_empty() {
            return cx.malformed(item, &Shape::Text);
        }
        let mut texts = Vec::with_capacity(table.len());
        for (key, item) in table {
            match Self::LANGUAGES.iter().find(|code| **code == key.name) {
                Some(code) => texts.extend(cx.field::<Box<str>>(code, item).map(|text| (*code, text))),
                None => cx.unknown(key, table, &Self::LANGUAGES),
            }
        }
        // What is left of a text of which a part is lost proves nothing about its languages.
        (texts.len() == table.len()).then_some(Self::ByLanguage(texts))
    }

    fn is_blank(&self) -> bool {
        self.is_empty()
    }

    fn shape() -> Shape {
        Shape::Text
    }

    fn walk<'a>(&'a self, trail: &mut Trail, visit: &mut dyn FnMut(&Trail, Seen<'a>)) {
        visit(trail, Seen::Text(self));
    }

    fn met(&self) -> Met<'_> {
        match self.get(Lang::default()) {
            "" => Met::Nothing,
            text => Met::Text(text),
        }
    }
}

impl Field for Box<str> {
    fn read(item: &Item<'_>, cx: &mut Reader<'_>) -> Option<Self> {
        match item.as_str() {
            Some(text) => Some(text.into()),
            None => cx.wrong_type(item, &Shape::String),
        }
    }

    fn shape() -> Shape {
        Shape::String
    }

    fn met(&self) -> Met<'_> {
        if self.is_empty() { Met::Nothing } else { Met::Text(self) }
    }
}

impl Field for bool {
    const OPTIONAL: bool = true;

    fn read(item: &Item<'_>, cx: &mut Reader<'_>) -> Option<Self> {
        item.as_bool().or_else(|| cx.wrong_type(item, &Shape::Flag))
    }

    fn shape() -> Shape {
        Shape::Flag
    }

    fn is_unset(&self) -> bool {
        !self
    }

    fn met(&self) -> Met<'_> {
        Met::Flag(*self)
    }
}

impl Field for u32 {
    fn read(item: &Item<'_>, cx: &mut Reader<'_>) -> Option<Self> {
        Between::<{ Self::MIN }, { Self::MAX }>::read(item, cx).map(|number| number.0)
    }

    fn shape() -> Shape {
        Shape::Whole(Self::MIN..=Self::MAX)
    }

    fn met(&self) -> Met<'_> {
        Met::Whole((*self).into())
    }
}

/// A whole number with bounds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Between<const LEAST: u32, const MOST: u32>(pub u32);

/// How many, where there is at least one.
pub type Several = Between<1, { u32::MAX }>;

impl<const LEAST: u32, const MOST: u32> Serialize for Between<LEAST, MOST> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_u32(self.0)
    }
}

impl<const LEAST: u32, const MOST: u32> Field for Between<LEAST, MOST> {
    fn read(item: &Item<'_>, cx: &mut Reader<'_>) -> Option<Self> {
        let Some(number) = item.as_i64() else { return cx.wrong_type(item, &Self::shape()) };
        let number = u32::try_from(number).ok().filter(|number| (LEAST..=MOST).contains(number));
        number.map(Self).or_else(|| cx.malformed(item, &Self::shape()))
    }

    fn shape() -> Shape {
        Shape::Whole(LEAST..=MOST)
    }

    fn met(&self) -> Met<'_> {
        Met::Whole(self.0.into())
    }
}

/// A calendar year.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Year(pub i32);

impl Serialize for Year {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_i32(self.0)
    }
}

impl Field for Year {
    fn read(item: &Item<'_>, cx: &mut Reader<'_>) -> Option<Self> {
        let Some(number) = item.as_i64() else { return cx.wrong_type(item, &Shape::Year) };
        let year = i32::try_from(number).ok().filter(|year| When::YEARS.contains(year));
        year.map(Self).or_else(|| cx.out_of_range(item, &number.to_string()))
    }

    fn shape() -> Shape {
        Shape::Year
    }

    fn met(&self) -> Met<'_> {
        Met::Whole(self.0.into())
    }
}

impl Field for When {
    fn read(item: &Item<'_>, cx: &mut Reader<'_>) -> Option<Self> {
        if let Some(time) = item.as_datetime() {
            return read_day(time, item, cx, &Shape::When).map(Self::Day);
        }
        let Some(text) = item.as_str() else { return cx.wrong_type(item, &Shape::When) };
        Self::parse(text).or_else(|| impossible_or_malformed(text, item, cx, &Shape::When))
    }

    fn shape() -> Shape {
        Shape::When
    }

    fn met(&self) -> Met<'_> {
        Met::When(*self)
    }
}

/// A time that is written right but does not exist gets a rule of its own.
fn impossible_or_malformed<T>(text: &str, item: &Item<'_>, cx: &mut Reader<'_>, shape: &Shape) -> Option<T> {
    let year = text.get(..4).filter(|year| year.bytes().all(|byte| byte.is_ascii_digit()));
    // In 2000 every day exists that exists in any year.
    if let Some(year) = year.filter(|year| When::parse(&format!("2000{}", &text[year.len()..])).is_some())
        && year.parse().is_ok_and(|year| !When::YEARS.contains(&year))
    {
        return cx.out_of_range(item, year);
    }
    let digits_only = text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
    if !digits_only || !matches!(text.len(), 7 | 10) {
        return cx.malformed(item, shape);
    }
    let Said { nn, nb, en } = shape.wanted();
    cx.report(
        &rules::IMPOSSIBLE_DATE,
        item.span(),
        say!(nn: "{text} finst ikkje i kalenderen", nb: "{text} finnes ikke i kalenderen", en: "{text} is not in the calendar"),
        Some(say!(nn: "det skal vere {nn}", nb: "det skal være {nb}", en: "it must be {en}")),
    );
    None
}

impl Field for Date {
    fn read(item: &Item<'_>, cx: &mut Reader<'_>) -> Option<Self> {
        match item.as_datetime() {
            Some(time) => read_day(time, item, cx, &Shape::Day),
            None => cx.wrong_type(item, &Shape::Day),
        }
    }

    fn shape() -> Shape {
        Shape::Day
    }

    fn met(&self) -> Met<'_> {
        Met::When(When::Day(*self))
    }
}

/// Adds `Field` to a type with one string form.
macro_rules! read_from_string {
    ($($type:ty => $shape:ident),*) => {$(
        impl Field for $type {
            fn read(item: &Item<'_>, cx: &mut Reader<'_>) -> Option<Self> {
                match item.as_str() {
                    Some(text) => Self::parse(text).or_else(|| cx.malformed(item, &Shape::$shape)),
                    None => cx.wrong_type(item, &Shape::$shape),
                }
            }

            fn shape() -> Shape {
                Shape::$shape
            }
        }
    )*};
}

read_from_string!(MonthDay => MonthDay, ClockTime => ClockTime, Duration => Duration);

impl Default for MonthDay {
    fn default() -> Self {
        Self { month: 1, day: 1 }
    }
}

/// A time of day, local to the place.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct ClockTime {
    /// 0 to 23.
    pub hour: u8,
    /// 0 to 59.
    pub minute: u8,
}

impl ClockTime {
    /// Reads `18:00`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (hour, minute) = text.split_once(':')?;
        if hour.len() != 2 || minute.len() != 2 || !text.bytes().all(|byte| byte.is_ascii_digit() || byte == b':') {
            return None;
        }
        let time = Self { hour: hour.parse().ok()?, minute: minute.parse().ok()? };
        (time.hour < 24 && time.minute < 60).then_some(time)
    }
}

impl fmt::Display for ClockTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}:{:02}", self.hour, self.minute)
    }
}

/// A length of time as agreements give it: `2 years`, `year` for one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Duration {
    /// How many; at least 1.
    pub count: u32,
    /// Of what.
    pub unit: Unit,
}

/// A unit of time in agreements.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Unit {
    /// Calendar years.
    #[default]
    Year,
    /// Semesters, as the manifest divides the year.
    Semester,
    /// Calendar months.
    Month,
    /// Weeks.
    Week,
    /// Days.
    Day,
}

impl Duration {
    const UNITS: [(&'static str, Unit); 5] = [
        ("year", Unit::Year),
        ("semester", Unit::Semester),
        ("month", Unit::Month),
        ("week", Unit::Week),
        ("day", Unit::Day),
    ];

    fn parse(text: &str) -> Option<Self> {
        let (count, unit) = match text.split_once(' ') {
            Some((count, unit)) => {
                let plain = |number: &u32| (1..=100).contains(number) && number.to_string() == count;
                (count.parse().ok().filter(plain)?, unit)
            }
            None => (1, text),
        };
        let unit = unit.strip_suffix('s').filter(|_| count > 1).unwrap_or(unit);
        Self::UNITS.iter().find(|(name, _)| *name == unit).map(|(_, unit)| Self { count, unit: *unit })
    }
}

impl fmt::Display for Duration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = Self::UNITS.iter().find(|(_, unit)| *unit == self.unit).map_or("", |(name, _)| name);
        match self.count {
            1 => f.write_str(name),
            count => write!(f, "{count} {name}s"),
        }
    }
}
