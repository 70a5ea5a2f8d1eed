//! Any value: conditions that an obligation sets on the fields of records.

use serde::ser::{Serialize, SerializeMap, Serializer};
use toml_spanner::{Item, Value as Toml};

use super::scalar::read_day;
use super::{Field, Reader, Shape};
use crate::date::Date;

/// Any TOML value, for conditions that an obligation sets on the fields of records.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// A string.
    Text(Box<str>),
    /// A whole number.
    Whole(i64),
    /// True or false.
    Flag(bool),
    /// A day.
    Day(Date),
    /// A list.
    List(Vec<Value>),
    /// A table, in the order written.
    Table(Vec<(Box<str>, Value)>),
}

impl Value {
    /// A value that has been through JSON, where days are texts; nothing for what no condition can hold.
    #[must_use]
    pub fn of_json(value: &serde_json::Value) -> Option<Self> {
        use serde_json::Value as Json;
        Some(match value {
            Json::Null => return None,
            Json::Bool(flag) => Self::Flag(*flag),
            Json::Number(number) => Self::Whole(number.as_i64()?),
            Json::String(text) => Self::Text(text.as_str().into()),
            Json::Array(values) => Self::List(values.iter().filter_map(Self::of_json).collect()),
            Json::Object(map) => {
                let entry = |(key, value): (&String, _)| Some((key.as_str().into(), Self::of_json(value)?));
                Self::Table(map.iter().filter_map(entry).collect())
            }
        })
    }
}

impl Default for Value {
    fn default() -> Self {
        Self::Table(Vec::new())
    }
}

impl Serialize for Value {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Text(text) => serializer.serialize_str(text),
            Self::Whole(number) => serializer.serialize_i64(*number),
            Self::Flag(flag) => serializer.serialize_bool(*flag),
            Self::Day(day) => serializer.collect_str(day),
            Self::List(values) => values.serialize(serializer),
            Self::Table(entries) => {
                let mut map = serializer.serialize_map(Some(entries.len()))?;
                for (key, value) in entries {
                    map.serialize_entry(key, value)?;
                }
                map.end()
            }
        }
    }
}

impl Field for Value {
    fn read(item: &Item<'_>, cx: &mut Reader<'_>) -> Option<Self> {
        read_value(item, cx, 8)
    }

    fn shape() -> Shape {
        Shape::Free
    }
}

fn read_value(item: &Item<'_>, cx: &mut Reader<'_>, levels: usize) -> Option<Value> {
    if levels == 0 {
        return cx.malformed(item, &Shape::Free);
    }
    cx.look_at_braces(item);
    Some(match item.value() {
        Toml::String(text) => Value::Text((*text).into()),
        Toml::Integer(_) => match item.as_i64() {
            Some(number) => Value::Whole(number),
            None => return cx.malformed(item, &u32::shape()),
        },
        Toml::Float(_) => return cx.wrong_type(item, &u32::shape()),
        Toml::Boolean(flag) => Value::Flag(*flag),
        Toml::DateTime(time) => Value::Day(read_day(time, item, cx, &Shape::Day)?),
        Toml::Array(list) => Value::List(list.iter().filter_map(|item| read_value(item, cx, levels - 1)).collect()),
        Toml::Table(table) => Value::Table(
            table.iter().filter_map(|(key, item)| Some((key.name.into(), read_value(item, cx, levels - 1)?))).collect(),
        ),
    })
}
