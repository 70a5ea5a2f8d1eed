//! What changed between two states of a registry: every field that was edited is told once, and nothing else.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use lmnet::change::{RecordChange, State, records};
use lmnet::lang::Lang;
use lmnet::registry::Registry;
use proptest::prelude::*;
use proptest::sample::Index;
use toml::{Table, Value};

type Texts = BTreeMap<PathBuf, String>;

/// The files of the fictional network.
fn example() -> Texts {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/fjordnett");
    let files = walkdir::WalkDir::new(&root).into_iter().map(Result::unwrap);
    let files = files.filter(|entry| entry.path().extension().is_some_and(|end| end == "toml"));
    let files = files.filter(|entry| !entry.file_name().to_string_lossy().starts_with('.'));
    let text = |entry: walkdir::DirEntry| {
        let path = entry.path().strip_prefix(&root).unwrap().to_owned();
        (path, std::fs::read_to_string(entry.path()).unwrap())
    };
    files.map(text).collect()
}

fn registry(texts: &Texts) -> Registry {
    Registry::from_texts(texts.iter().map(|(path, text)| (path.clone(), text.clone().into_bytes())))
}

/// What is told of a change, and what could not be read after it.
fn told(old: &Texts, new: &Texts) -> (Vec<RecordChange>, Vec<String>) {
    let (mut old, mut new) = (registry(old), registry(new));
    old.leave_out_broken();
    let broken = new.leave_out_broken();
    let broken = broken.iter().map(|(kind, id)| format!("{}/{id}", kind.word())).collect();
    (records(&old, &new, Lang::Nn), broken)
}

/// `offerings/kols-skule` of a path; the manifest stands for itself.
fn record_of(path: &Path) -> String {
    let folder = path.iter().next().unwrap().to_string_lossy();
    match path.parent() {
        Some(parent) if parent.as_os_str().is_empty() => folder.into_owned(),
        _ => format!("{folder}/{}", path.file_stem().unwrap().to_string_lossy()),
    }
}

/// The key paths of all single values, each with its steps. A list of words counts as one value.
fn leaves(value: &Value, at: &str, found: &mut Vec<String>) {
    match value {
        Value::Table(table) => {
            for (key, value) in table {
                leaves(value, &if at.is_empty() { key.clone() } else { format!("{at}.{key}") }, found);
            }
        }
        Value::Array(values) if values.iter().any(Value::is_table) => {
            values.iter().enumerate().for_each(|(index, value)| leaves(value, &format!("{at}[{index}]"), found));
        }
        _ => found.push(at.to_owned()),
    }
}

fn at<'v>(value: &'v mut Value, path: &str) -> &'v mut Value {
    path.split('.').fold(value, |value, step| {
        let (key, index) = step.split_once('[').map_or((step, None), |(key, index)| (key, Some(index)));
        let value = &mut value[key];
        match index {
            Some(index) => &mut value[index.trim_end_matches(']').parse::<usize>().unwrap()],
            None => value,
        }
    })
}

/// Another value of the same kind.
fn other(value: &Value) -> Value {
    match value {
        Value::String(text) => Value::String(format!("{text}-x")),
        Value::Integer(number) => Value::Integer(number + 1),
        Value::Float(number) => Value::Float(number + 0.5),
        Value::Boolean(flag) => Value::Boolean(!flag),
        Value::Datetime(time) => {
            let mut time = *time;
            if let Some(date) = &mut time.date {
                date.day = if date.day == 1 { 2 } else { date.day - 1 };
            }
            Value::Datetime(time)
        }
        Value::Array(values) => Value::Array(values.iter().skip(1).cloned().collect()),
        Value::Table(table) => Value::Table(table.clone()),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_edited_field_is_told_once_and_nothing_else(picks in prop::collection::vec((any::<Index>(), any::<Index>()), 1..6)) {
        let old = example();
        let mut new = old.clone();
        let paths: Vec<&PathBuf> = old.keys().collect();
        let mut wanted: BTreeSet<(String, String)> = BTreeSet::new();
        for (file, leaf) in picks {
            let path = *file.get(&paths);
            if wanted.iter().any(|(record, _)| *record == record_of(path)) {
                continue;
            }
            let mut value = Value::Table(new[path].parse::<Table>().unwrap());
            let mut keys = Vec::new();
            leaves(&value, "", &mut keys);
            let key = leaf.get(&keys).clone();
            // An id tells parts apart: with another id a part is another part.
            prop_assume!(key != "format" && !key.ends_with("id"));
            let place = at(&mut value, &key);
            let edited = other(place);
            prop_assume!(edited != *place);
            *place = edited;
            new.insert(path.clone(), toml::to_string(&value).unwrap());
            wanted.insert((record_of(path), key));
        }
        let (changes, broken) = told(&old, &new);
        prop_assume!(broken.is_empty());
        let mut found: Vec<(String, String)> = Vec::new();
        for change in &changes {
            prop_assert_eq!(change.state, State::Changed);
            found.extend(change.fields.iter().map(|field| (change.path.clone(), field.path.clone())));
        }
        // A value that may stand for a table or a list is told where it really stands: a little further in or out.
        let meets = |(record, key): &(String, String), (other, told): &(String, String)| {
            record == other && (told.starts_with(key.as_str()) || key.starts_with(told.as_str()))
        };
        for edit in &wanted {
            prop_assert_eq!(found.iter().filter(|field| meets(edit, field)).count(), 1, "{:?} in {:?}", edit, found);
        }
        prop_assert_eq!(found.len(), wanted.len(), "{:?} for {:?}", found, wanted);
    }
}
