//! What differs between two records, field by field, in the words of the field.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use super::Carry;
use super::carry::same_but_id;
use super::words::{each_language, entry, shortened};
use crate::lang::{Lang, Text};
use crate::names::condition::is_selection;
use crate::names::{Names, label_within};
use crate::read::{FieldInfo, Shape};
use crate::say;

/// Two states of a registry.
pub(super) struct Sides<'a> {
    /// What things are called before and now.
    pub(super) names: [Names<'a>; 2],
    /// What has another id now.
    pub(super) carry: &'a Carry,
}

/// A field that differs.
#[derive(Clone, Debug)]
pub struct FieldChange {
    /// Its key path, as in findings: `run[2].patients`. Of what is gone, where it stood.
    pub path: String,
    /// What people call it: `Gjennomføringar, 2016-02-03: Pasientar`.
    pub label: String,
    /// The value before; null where there was none.
    pub old: Value,
    /// The value now; null where there is none.
    pub new: Value,
    /// The values as people read them; for a list of several what left it and what came.
    pub words: [String; 2],
    /// Whether the words are what left a list and what came, rather than all of it.
    pub parts: bool,
}

/// Where in a record.
#[derive(Clone)]
struct At {
    path: String,
    label: String,
    /// The key that it stands under.
    key: &'static str,
}

/// The fields that differ between two tables, each once, and the paths of those that only follow a new id.
pub(super) fn compare(
    sides: &Sides<'_>,
    fields: &[FieldInfo],
    old: &Value,
    new: &Value,
) -> (Vec<FieldChange>, Vec<String>) {
    let mut comparison = Comparison { sides, found: Vec::new(), followed: Vec::new() };
    comparison.tables(fields, [old, new], &At { path: String::new(), label: String::new(), key: "" });
    (comparison.found, comparison.followed)
}

struct Comparison<'s, 'a> {
    sides: &'s Sides<'a>,
    found: Vec<FieldChange>,
    followed: Vec<String>,
}

impl Comparison<'_, '_> {
    fn lang(&self) -> Lang {
        self.sides.names[1].lang
    }

    fn tables(&mut self, fields: &[FieldInfo], values: [&Value; 2], at: &At) {
        for field in fields {
            let values = values.map(|value| value.get(field.key).unwrap_or(&Value::Null));
            let name = label_within(at.key, field.key).map_or(field.key, |label| label.get(self.lang()));
            let inner = At {
                path: if at.path.is_empty() { field.key.to_owned() } else { format!("{}.{}", at.path, field.key) },
                label: match &*at.label {
                    "" => name.to_owned(),
                    above => format!("{above}: {name}"),
                },
                key: field.key,
            };
            self.values(&field.shape, values, &inner);
        }
    }

    fn values(&mut self, shape: &Shape, values: [&Value; 2], at: &At) {
        let [old, new] = values;
        if old == new {
            return;
        }
        if *self.sides.carry.value(shape, old) == *new {
            return self.followed.push(at.path.clone());
        }
        match (shape, old, new) {
            (Shape::List(each), Value::Array(before), Value::Array(after)) => self.lists(each, [before, after], at),
            (Shape::Text, Value::Object(before), Value::Object(after)) => self.texts([before, after], at),
            // A flag that is not stated is not set; the model does not tell one from the other.
            (Shape::Flag, Value::Null, _) => self.push(shape, [&Value::Bool(false), new], at),
            (Shape::Flag, _, Value::Null) => self.push(shape, [old, &Value::Bool(false)], at),
            (Shape::Settings(fields), ..) => self.tables(&fields(), values, at),
            _ => match table(shape, values) {
                // Conditions make sense only beside the kinds of record that they are about.
                Some(fields) if is_selection(&fields) => self.push(shape, values, at),
                Some(fields) => self.tables(&fields, values, at),
                None => self.push(shape, values, at),
            },
        }
    }

    /// A text in several languages: one by one.
    fn texts(&mut self, texts: [&Map<String, Value>; 2], at: &At) {
        for lang in Text::LANGUAGES {
            let values = texts.map(|text| text.get(lang).unwrap_or(&Value::Null));
            let inner =
                At { path: format!("{}.{lang}", at.path), label: format!("{} ({lang})", at.label), key: at.key };
            self.values(&Shape::String, values, &inner);
        }
    }

    fn lists(&mut self, each: &Shape, lists: [&[Value]; 2], at: &At) {
        // A table in which only one key is given is a word in long form.
        let is_bare = |value: &Value| {
            table(each, [value, value]).is_none()
                || matches!(each, Shape::Either(..)) && value.as_object().is_some_and(|map| map.len() < 2)
        };
        if lists.iter().all(|list| list.iter().all(is_bare)) {
            return self.words_of_lists(each, lists, at);
        }
        let [before, after] = lists;
        let carried: Vec<Value> = before.iter().map(|value| self.sides.carry.value(each, value).into_owned()).collect();
        let pairs = paired(&carried, after);
        let in_order = pairs.is_sorted_by_key(|(_, new)| *new);
        let all = pairs.len() == before.len() && pairs.len() == after.len();
        if all && !in_order && pairs.iter().all(|(old, new)| carried[*old] == after[*new]) {
            return self.words_of_lists(each, lists, at);
        }
        let kept: [BTreeSet<usize>; 2] =
            [pairs.iter().map(|(old, _)| *old).collect(), pairs.iter().map(|(_, new)| *new).collect()];
        for (index, value) in before.iter().enumerate().filter(|(index, _)| !kept[0].contains(index)) {
            self.push(each, [value, &Value::Null], &self.element(at, each, before, index, 0));
        }
        for (index, value) in after.iter().enumerate() {
            let old = pairs.iter().find(|(_, new)| *new == index).map_or(&Value::Null, |(old, _)| &before[*old]);
            if old == value {
                continue;
            }
            let inner = self.element(at, each, after, index, 1);
            match old {
                Value::Null => self.push(each, [old, value], &inner),
                old => self.values(each, [old, value], &inner),
            }
        }
    }

    /// An element of a list of tables, by what tells it from the others.
    fn element(&self, at: &At, each: &Shape, list: &[Value], index: usize, side: usize) -> At {
        let name = entry(&self.sides.names[side], each, list, index);
        At { path: format!("{}[{index}]", at.path), label: format!("{}, {name}", at.label), key: at.key }
    }

    /// Lists of words and references: what left and what came; the order, where that is all.
    fn words_of_lists(&mut self, each: &Shape, lists: [&[Value]; 2], at: &At) {
        let [before, after] = lists;
        let mut came: Vec<&Value> = after.iter().collect();
        let left: Vec<&Value> = before
            .iter()
            .filter(|value| {
                let carried = self.sides.carry.value(each, value);
                let place = came.iter().position(|other| *other == *value || **other == *carried);
                place.map(|place| came.remove(place)).is_none()
            })
            .collect();
        let values = lists.map(|list| Value::Array(list.to_vec()));
        let only_order = left.is_empty() && came.is_empty();
        let list = Shape::List(Box::new(each.clone()));
        if before.is_empty() || after.is_empty() || only_order && !table_in(each) {
            return self.push(&list, values.each_ref(), at);
        }
        let words = if only_order {
            let lang = self.lang();
            [String::new(), say!(lang, nn: "anna rekkjefølgje", nb: "annen rekkefølge", en: "another order")]
        } else {
            let told = |side: usize, values: &[&Value]| {
                let names = &self.sides.names[side];
                values.iter().map(|value| names.value_of(at.key, each, value)).collect::<Vec<_>>().join(", ")
            };
            shortened([told(0, &left), told(1, &came)])
        };
        let [old, new] = values;
        let (path, label) = (at.path.clone(), at.label.clone());
        self.found.push(FieldChange { path, label, old, new, words, parts: !only_order });
    }

    fn push(&mut self, shape: &Shape, values: [&Value; 2], at: &At) {
        let words = match (shape, values) {
            // Otherwise nobody would see that other languages came or went.
            (Shape::Text, [Value::Object(_), Value::String(_)] | [Value::String(_), Value::Object(_)]) => {
                values.map(each_language)
            }
            _ => [0, 1].map(|side| super::words::told(&self.sides.names[side], at.key, shape, values[side])),
        };
        let words = match &words {
            // What has the same name is told by what is written.
            [old, new] if old == new => values.map(super::words::written),
            _ => words,
        };
        let [old, new] = values.map(Clone::clone);
        let (path, label) = (at.path.clone(), at.label.clone());
        self.found.push(FieldChange { path, label, old, new, words: shortened(words), parts: false });
    }
}

fn table_in(shape: &Shape) -> bool {
    match shape {
        Shape::Table(_) => true,
        Shape::Either(_, long) => table_in(long),
        _ => false,
    }
}

/// The keys of a table that both values are, where they are more than a count or a text.
pub(super) fn table(shape: &Shape, values: [&Value; 2]) -> Option<Vec<FieldInfo>> {
    let fields = match shape {
        Shape::Table(fields) => fields(),
        Shape::Either(_, long) => return table(long, values),
        _ => return None,
    };
    let is_one = |value: &Value| {
        value.as_object().is_some_and(|map| map.keys().all(|key| fields.iter().any(|field| field.key == key)))
    };
    values.into_iter().all(is_one).then_some(fields)
}

/// Which elements of two lists of tables are the same one: by their ids where they have them, then those that are equal but for
/// their ids; of those without ids, those that are equal, that share most, that stand in the same place.
pub(super) fn paired(before: &[Value], after: &[Value]) -> Vec<(usize, usize)> {
    let id = |value: &Value| value.get("id").and_then(Value::as_str).map(ToOwned::to_owned);
    let mut pairs: Vec<(usize, usize)> = Vec::new();
    let (mut old, mut new): (BTreeSet<usize>, BTreeSet<usize>) =
        ((0..before.len()).collect(), (0..after.len()).collect());
    let mut pair = |pairs: &mut Vec<(usize, usize)>, score: &dyn Fn(usize, usize) -> usize| {
        let mut scored: Vec<(usize, usize, usize)> = Vec::new();
        for a in &old {
            for b in &new {
                let score = score(*a, *b);
                if score > 0 {
                    scored.push((score, *a, *b));
                }
            }
        }
        scored.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.abs_diff(a.2).cmp(&b.1.abs_diff(b.2))).then(a.cmp(b)));
        for (_, a, b) in scored {
            if old.contains(&a) && new.contains(&b) {
                old.remove(&a);
                new.remove(&b);
                pairs.push((a, b));
            }
        }
    };
    let ids = |a: usize, b: usize| [id(&before[a]), id(&after[b])];
    // An element with an id is not taken for one with another, unless all else is the same.
    let may = |a, b| ids(a, b).iter().any(Option::is_none);
    pair(&mut pairs, &|a, b| usize::from(!may(a, b) && ids(a, b)[0] == ids(a, b)[1]));
    pair(&mut pairs, &|a, b| usize::from(before[a] == after[b] || same_but_id(&before[a], &after[b])));
    pair(&mut pairs, &|a, b| if may(a, b) { shared(&before[a], &after[b]) } else { 0 });
    pair(&mut pairs, &|a, b| usize::from(a == b && may(a, b)));
    pairs.sort_unstable();
    pairs
}

/// How many keys of two tables have the same value.
fn shared(a: &Value, b: &Value) -> usize {
    let (Some(a), Some(b)) = (a.as_object(), b.as_object()) else { return 0 };
    a.iter().filter(|(key, value)| b.get(*key) == Some(value)).count()
}
