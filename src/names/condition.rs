//! Conditions of duties in words: which records are meant, and what they must have.

use serde_json::json;

use super::{Names, label_within, listed};
use crate::lang::Lang;
use crate::model::Selection;
use crate::read::{FieldInfo, Kind, RecordKind, Shape, Target, Value};
use crate::registry::fields_of_kind;
use crate::say;

/// Whether these are the keys of a [`Selection`].
#[must_use]
pub fn is_selection(fields: &[FieldInfo]) -> bool {
    fields.iter().map(|field| field.key).eq(Selection::fields().iter().map(|field| field.key))
}

/// A selection that has been through JSON.
pub(super) fn read_back(map: &serde_json::Map<String, serde_json::Value>) -> Selection {
    let r#where = map.get("where").and_then(Value::of_json);
    Selection { record: kinds_of(map.get("record")).into(), r#where }
}

/// The kinds of record in a list that has been through JSON.
pub(super) fn kinds_of(list: Option<&serde_json::Value>) -> Vec<RecordKind> {
    let words = list.and_then(serde_json::Value::as_array).into_iter().flatten();
    words.filter_map(|word| RecordKind::from_word(word.as_str()?)).collect()
}

/// The records that a selection means: `møte (type: samarbeidsmøte; deltakarar frå: den som har plikta)`.
#[must_use]
pub fn selection(selection: &Selection, names: &Names<'_>) -> String {
    let kinds: Vec<String> = selection.record.iter().map(|kind| kind.label().get(names.lang).to_owned()).collect();
    let kinds = either(&kinds, names.lang);
    match &selection.r#where {
        Some(Value::Table(conditions)) if !conditions.is_empty() => {
            let fields = fields_of_kinds(&selection.record);
            format!("{kinds} ({})", table(conditions, &fields, names, "; "))
        }
        _ => kinds,
    }
}

/// What a record must have, all of it: `ordning (ansvar, organisering og finansiering) og tema`. What lies in one table stands
/// together.
#[must_use]
pub fn requirements(kinds: &[RecordKind], entries: &[&Value], names: &Names<'_>) -> String {
    let mut parts: Vec<(String, Vec<String>)> = Vec::new();
    for entry in entries {
        let (outer, inner) = match entry {
            Value::Text(path) => {
                let end = follow(path, &fields_of_kinds(kinds), names.lang);
                (end.steps[0].clone(), end.steps[1..].join(", "))
            }
            other => (requirement(kinds, other, names), String::new()),
        };
        match parts.iter_mut().find(|(known, inside)| *known == outer && !inside.is_empty() && !inner.is_empty()) {
            Some((_, inside)) => inside.push(inner),
            None => parts.push((outer, Some(inner).filter(|inner| !inner.is_empty()).into_iter().collect())),
        }
    }
    let told = parts.into_iter().map(|(outer, inside)| match &*inside {
        [] => outer,
        inside => format!("{outer} ({})", listed(inside, names.lang)),
    });
    listed(&told.collect::<Vec<_>>(), names.lang)
}

/// What a record must have: `ordning (ansvar)`, `tilvising (rutine) eller tilvising (kriterium)`.
fn requirement(kinds: &[RecordKind], entry: &Value, names: &Names<'_>) -> String {
    let fields = fields_of_kinds(kinds);
    match entry {
        Value::Text(path) => follow(path, &fields, names.lang).words(),
        Value::List(any) => {
            let any: Vec<String> = any.iter().map(|entry| requirement(kinds, entry, names)).collect();
            either(&any, names.lang)
        }
        Value::Table(conditions) => table(conditions, &fields, names, ", "),
        other => value(&Shape::Free, other, names),
    }
}

/// `A, B eller C`
#[must_use]
pub fn either(list: &[String], lang: Lang) -> String {
    match list {
        [] => String::new(),
        [one] => one.clone(),
        [most @ .., last] => {
            let most = most.join(", ");
            say!(lang, nn: "{most} eller {last}", nb: "{most} eller {last}", en: "{most} or {last}")
        }
    }
}

fn table(conditions: &[(Box<str>, Value)], fields: &[FieldInfo], names: &Names<'_>, between: &str) -> String {
    let parts = conditions.iter().map(|(path, wanted)| {
        let end = follow(path, fields, names.lang);
        match wanted {
            Value::Table(inner) => format!("{}: {}", end.words(), table(inner, &end.inner, names, ", ")),
            wanted => format!("{}: {}", end.words(), value(&end.shape, wanted, names)),
        }
    });
    parts.collect::<Vec<_>>().join(between)
}

/// Where a path of keys leads.
struct End {
    /// The keys as people call them, at least one.
    steps: Vec<String>,
    /// What stands there.
    shape: Shape,
    /// The keys of the tables that stand there.
    inner: Vec<FieldInfo>,
}

fn follow(path: &str, fields: &[FieldInfo], lang: Lang) -> End {
    let mut end = End { steps: Vec::new(), shape: Shape::Free, inner: fields.to_vec() };
    let (mut short, mut outer) = (None, "");
    for key in path.split('.') {
        let field = end.inner.iter().find(|field| field.key == key).cloned();
        // The first key of a table with a short form goes without saying: `attended.organisation` is `attended`.
        if short.as_deref() != Some(key) || end.steps.is_empty() {
            let label = label_within(outer, key);
            end.steps.push(label.map_or_else(|| key.to_owned(), |label| label.get(lang).to_lowercase()));
        }
        let shape = field.map_or(Shape::Free, |field| field.shape);
        (end.shape, end.inner, short) = opened(shape);
        outer = key;
    }
    end
}

impl End {
    /// `arrangørar (type)`
    fn words(&self) -> String {
        match &*self.steps {
            [] => String::new(),
            [one] => one.clone(),
            [first, rest @ ..] => format!("{first} ({})", rest.join(", ")),
        }
    }
}

/// What single values of a shape look like, the keys of what lies behind them, and the key for which a bare value stands.
fn opened(shape: Shape) -> (Shape, Vec<FieldInfo>, Option<String>) {
    match shape {
        Shape::List(each) => opened(*each),
        Shape::Either(short, long) => {
            let (long, inner, _) = opened(*long);
            let (short, behind, _) = opened(*short);
            let first = inner.first().map(|field| field.key.to_owned());
            // A reference in its long form leads on to the fields of what it points to as well.
            let inner = inner.into_iter().chain(behind).collect();
            (if matches!(short, Shape::Free) { long } else { short }, inner, first)
        }
        Shape::Table(fields) => (Shape::Table(fields), fields(), None),
        Shape::Reference(target) => (Shape::Reference(target), fields_behind(target), None),
        other => (other, Vec::new(), None),
    }
}

fn fields_behind(target: Target) -> Vec<FieldInfo> {
    match target {
        Target::Record(kind) => fields_of_kind(kind),
        Target::Body => fields_of_kind(Kind::Organisation),
        _ => Vec::new(),
    }
}

fn fields_of_kinds(kinds: &[RecordKind]) -> Vec<FieldInfo> {
    kinds.iter().flat_map(|kind| fields_of_kind(kind.kind())).collect()
}

fn value(shape: &Shape, wanted: &Value, names: &Names<'_>) -> String {
    let lang = names.lang;
    match wanted {
        Value::List(any) => either(&any.iter().map(|wanted| value(shape, wanted, names)).collect::<Vec<_>>(), lang),
        Value::Text(word) if **word == *"self" => {
            say!(lang, nn: "den som har plikta", nb: "den som har plikten", en: "whoever owes it")
        }
        Value::Text(word) if **word == *"receiver" => {
            say!(lang, nn: "mottakaren", nb: "mottakeren", en: "the receiver")
        }
        other => names.value(shape, &json!(other)),
    }
}
