//! What differs between two records, field by field, in the words of the field.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use crate::lang::{Lang, Text};
use crate::names::{Names, label};
use crate::read::{FieldInfo, Shape};
use crate::say;

/// One state of a registry.
pub(super) struct Side<'a> {
    pub(super) names: Names<'a>,
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
}

/// The fields that differ between two tables, each once.
pub(super) fn compare(sides: &[Side<'_>; 2], fields: &[FieldInfo], old: &Value, new: &Value) -> Vec<FieldChange> {
    let mut comparison = Comparison { sides, found: Vec::new() };
    comparison.tables(fields, [old, new], &At { path: String::new(), label: String::new() });
    comparison.found
}

struct Comparison<'s, 'a> {
    sides: &'s [Side<'a>; 2],
    found: Vec<FieldChange>,
}

impl Comparison<'_, '_> {
    fn lang(&self) -> Lang {
        self.sides[1].names.lang
    }

    fn tables(&mut self, fields: &[FieldInfo], values: [&Value; 2], at: &At) {
        for field in fields {
            let values = values.map(|value| value.get(field.key).unwrap_or(&Value::Null));
            let name = label(field.key).map_or(field.key, |label| label.get(self.lang()));
            let inner = At {
                path: if at.path.is_empty() { field.key.to_owned() } else { format!("{}.{}", at.path, field.key) },
                label: match &*at.label {
                    "" => name.to_owned(),
                    above => format!("{above}: {name}"),
                },
            };
            self.values(&field.shape, values, &inner);
        }
    }

    fn values(&mut self, shape: &Shape, values: [&Value; 2], at: &At) {
        let [old, new] = values;
        if old == new {
            return;
        }
        match (shape, old, new) {
            (Shape::List(each), Value::Array(before), Value::Array(after)) => self.lists(each, [before, after], at),
            (Shape::Text, Value::Object(before), Value::Object(after)) => self.texts([before, after], at),
            _ => match table(shape, values) {
                Some(fields) => self.tables(&fields, values, at),
                None => self.push(shape, values, at),
            },
        }
    }

    /// A text in several languages: one by one.
    fn texts(&mut self, texts: [&Map<String, Value>; 2], at: &At) {
        for lang in Text::LANGUAGES {
            let values = texts.map(|text| text.get(lang).unwrap_or(&Value::Null));
            let inner = At { path: format!("{}.{lang}", at.path), label: format!("{} ({lang})", at.label) };
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
        let pairs = paired(before, after);
        let in_order = pairs.is_sorted_by_key(|(_, new)| *new);
        let all = pairs.len() == before.len() && pairs.len() == after.len();
        if all && !in_order && pairs.iter().all(|(old, new)| before[*old] == after[*new]) {
            return self.words_of_lists(each, lists, at);
        }
        let kept: [BTreeSet<usize>; 2] =
            [pairs.iter().map(|(old, _)| *old).collect(), pairs.iter().map(|(_, new)| *new).collect()];
        for (index, value) in before.iter().enumerate().filter(|(index, _)| !kept[0].contains(index)) {
            self.push(each, [value, &Value::Null], &self.element(at, index, value, 0));
        }
        for (index, value) in after.iter().enumerate() {
            let inner = self.element(at, index, value, 1);
            match pairs.iter().find(|(_, new)| *new == index) {
                Some((old, _)) => self.values(each, [&before[*old], value], &inner),
                None => self.push(each, [&Value::Null, value], &inner),
            }
        }
    }

    /// An element of a list of tables, by its id, its title, its day or its number.
    fn element(&self, at: &At, index: usize, value: &Value, side: usize) -> At {
        let names = &self.sides[side].names;
        let told = |key: &&str| match value.get(*key)? {
            text @ Value::Object(_) if *key == "title" => Some(names.value(&Shape::Text, text)),
            Value::String(text) => Some(text.clone()),
            _ => None,
        };
        let name = ["id", "title", "start", "on", "from"].iter().find_map(told).unwrap_or_else(|| {
            let number = index + 1;
            say!(names.lang, nn: "nr. {number}", nb: "nr. {number}", en: "no. {number}")
        });
        At { path: format!("{}[{index}]", at.path), label: format!("{}, {name}", at.label) }
    }

    /// Lists of words and references: what left and what came; the order, where that is all.
    fn words_of_lists(&mut self, each: &Shape, lists: [&[Value]; 2], at: &At) {
        let [before, after] = lists;
        let only = |own: &[Value], other: &[Value], side: usize| {
            let mut rest: Vec<&Value> = other.iter().collect();
            let left = own.iter().filter(|value| match rest.iter().position(|other| other == value) {
                Some(place) => {
                    rest.swap_remove(place);
                    false
                }
                None => true,
            });
            left.map(|value| self.sides[side].names.value(each, value)).collect::<Vec<_>>()
        };
        let words = [only(before, after, 0), only(after, before, 1)];
        let values = lists.map(|list| Value::Array(list.to_vec()));
        let parts = !before.is_empty() && !after.is_empty() && words.iter().any(|words| !words.is_empty());
        if !parts {
            return self.push(&Shape::List(Box::new(each.clone())), [&values[0], &values[1]], at);
        }
        let [old, new] = values;
        let words = words.map(|words| words.join(", "));
        self.found.push(FieldChange { path: at.path.clone(), label: at.label.clone(), old, new, words, parts });
    }

    fn push(&mut self, shape: &Shape, values: [&Value; 2], at: &At) {
        let words = [0, 1].map(|side| self.sides[side].names.value(shape, values[side]));
        let [old, new] = values.map(Clone::clone);
        self.found.push(FieldChange {
            path: at.path.clone(),
            label: at.label.clone(),
            old,
            new,
            words: shortened(words),
            parts: false,
        });
    }
}

/// The keys of a table that both values are, where they are more than a count or a text.
fn table(shape: &Shape, values: [&Value; 2]) -> Option<Vec<FieldInfo>> {
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

/// Which elements of two lists of tables are the same one: by their ids where they have them, else those that are equal, then
/// those that share most, then those in the same place.
fn paired(before: &[Value], after: &[Value]) -> Vec<(usize, usize)> {
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
    // An element with an id is never taken for one with another.
    let may = |a, b| ids(a, b).iter().any(Option::is_none);
    pair(&mut pairs, &|a, b| usize::from(!may(a, b) && ids(a, b)[0] == ids(a, b)[1]));
    pair(&mut pairs, &|a, b| usize::from(before[a] == after[b]));
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

/// How much of a long text is told.
const LONGEST: usize = 160;
/// How much is told before the place where two long texts part.
const BEFORE: usize = 30;

/// Long texts from a little before the place where they part.
fn shortened(words: [String; 2]) -> [String; 2] {
    if words.iter().all(|words| words.chars().count() <= LONGEST) {
        return words;
    }
    let [old, new] = words.each_ref().map(|words| words.chars().collect::<Vec<char>>());
    let same = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
    let start = if same > BEFORE * 2 { same - BEFORE } else { 0 };
    [old, new].map(|chars| {
        let part: String = chars.iter().skip(start).take(LONGEST).collect();
        let before = if start > 0 { "…" } else { "" };
        let after = if chars.len() > start + LONGEST { "…" } else { "" };
        format!("{before}{part}{after}")
    })
}
