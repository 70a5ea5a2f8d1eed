//! Counts with their quality, whole or with decimals.

use serde::ser::{Serialize, Serializer};
use toml_spanner::{Item, Value as Toml};

use super::{Field, Reader, Shape};
use crate::count::{Count, Quality};

/// An amount of something that can be divided: hours, posts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Amount(pub Count);

impl Serialize for Amount {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

impl Field for Amount {
    fn read(item: &Item<'_>, cx: &mut Reader<'_>) -> Option<Self> {
        read_count(item, cx, true).map(Self)
    }

    fn shape() -> Shape {
        Shape::Count { decimals: true }
    }
}

impl Field for Count {
    fn read(item: &Item<'_>, cx: &mut Reader<'_>) -> Option<Self> {
        read_count(item, cx, false)
    }

    fn shape() -> Shape {
        Shape::Count { decimals: false }
    }
}

fn read_count(item: &Item<'_>, cx: &mut Reader<'_>, decimals: bool) -> Option<Count> {
    const KEYS: [&str; 4] = ["exact", "at-least", "about", "words"];
    let shape = Shape::Count { decimals };
    match item.value() {
        Toml::Integer(_) | Toml::Float(_) => {
            read_thousandths(item, cx, &shape).map(|number| Count::new(number, Quality::Exact, None))
        }
        Toml::String(word) if *word == "not-recorded" => Some(Count::default()),
        Toml::String(_) => cx.malformed(item, &shape),
        Toml::Table(table) => {
            let (mut found, mut words, mut lost, mut several, mut unknown) = (None, None, false, false, false);
            for (key, part) in table {
                let quality = match key.name {
                    "exact" => Quality::Exact,
                    "at-least" => Quality::AtLeast,
                    "about" => Quality::About,
                    "words" => {
                        words = cx.field::<Box<str>>("words", part);
                        continue;
                    }
                    _ => {
                        cx.unknown(key, table, &KEYS);
                        unknown = true;
                        continue;
                    }
                };
                match read_thousandths(part, cx, &shape) {
                    Some(number) => several |= found.replace((number, quality)).is_some(),
                    None => lost = true,
                }
            }
            match found {
                _ if lost => None,
                None if unknown => None, // the number was meant by that key
                Some((number, quality)) if !several => Some(Count::new(number, quality, words)),
                _ => cx.malformed(item, &shape),
            }
        }
        _ => cx.wrong_type(item, &shape),
    }
}

fn read_thousandths(item: &Item<'_>, cx: &mut Reader<'_>, shape: &Shape) -> Option<u64> {
    let decimals = matches!(shape, Shape::Count { decimals: true });
    let thousandths = match item.value() {
        Toml::Integer(number) => {
            u64::try_from(number.as_i128()).ok().filter(|number| *number <= Count::MAX).map(|n| n * 1000)
        }
        Toml::Float(number) if decimals => Some(*number * 1000.0)
            .filter(|number| (0.0..=Count::MAX as f64).contains(number) && (number.round() - number).abs() < 1e-6)
            .map(|number| number.round() as u64),
        _ => return cx.wrong_type(item, shape),
    };
    thousandths.or_else(|| cx.malformed(item, shape))
}
