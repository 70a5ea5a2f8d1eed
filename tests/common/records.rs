//! The records of the registry and of the invented network as JSON Schemas see them.

#![allow(dead_code, reason = "no test file uses all of it")]

use std::fmt::Write;
use std::path::{Path, PathBuf};

use jsonschema::Validator;
use lmnet::model;
use lmnet::read::{Field, FieldInfo, Reader, fields_of};
use lmnet::source::FileId;
use serde_json::Value as Json;
use toml::{Table, Value};

/// The registries whose folders have schemas.
pub(crate) const REGISTRIES: [&str; 2] = ["registry", "examples/fjordnett"];

/// A record, or the manifest.
#[derive(Debug)]
pub(crate) struct Record {
    pub(crate) path: PathBuf,
    /// The name of its schema.
    pub(crate) schema: &'static str,
    pub(crate) table: Table,
}

/// Every record of a registry, and its manifest.
pub(crate) fn records(registry: &str) -> Vec<Record> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join(registry);
    let mut records = Vec::new();
    for file in walkdir::WalkDir::new(&root).sort_by_file_name() {
        let path = file.unwrap().into_path();
        let inside = path.strip_prefix(&root).unwrap();
        let hidden = inside.iter().any(|part| part.to_str().unwrap().starts_with('.'));
        if hidden || path.extension().is_none_or(|ending| ending != "toml") {
            continue;
        }
        let first = Path::new(inside.iter().next().unwrap()).file_stem().unwrap().to_str().unwrap();
        let schema = lmnet::schema::names().into_iter().find(|name| *name == first).unwrap();
        let table = std::fs::read_to_string(&path).unwrap().parse().unwrap();
        records.push(Record { path, schema, table });
    }
    records
}

/// A value as editors hand it to a schema: times become texts.
pub(crate) fn json(value: &Value) -> Json {
    match value {
        Value::String(text) => text.as_str().into(),
        Value::Integer(number) => (*number).into(),
        Value::Float(number) => (*number).into(),
        Value::Boolean(flag) => (*flag).into(),
        Value::Datetime(time) => time.to_string().into(),
        Value::Array(values) => values.iter().map(json).collect(),
        Value::Table(table) => json_of(table),
    }
}

pub(crate) fn json_of(table: &Table) -> Json {
    Json::Object(table.iter().map(|(key, value)| (key.clone(), json(value))).collect())
}

/// Writes a table with all that is inside it between braces and brackets: between headers, [x] and [[x]] differ, which
/// JSON does not know.
pub(crate) fn written(table: &Table) -> String {
    fn inline(value: &Value) -> String {
        match value {
            Value::String(text) => serde_json::to_string(text).unwrap(),
            Value::Integer(number) => number.to_string(),
            Value::Float(number) => format!("{number:?}"),
            Value::Boolean(flag) => flag.to_string(),
            Value::Datetime(time) => time.to_string(),
            Value::Array(values) => format!("[{}]", values.iter().map(inline).collect::<Vec<_>>().join(", ")),
            Value::Table(table) => {
                let pairs: Vec<_> = table.iter().map(|(key, value)| format!("{key:?} = {}", inline(value))).collect();
                format!("{{ {} }}", pairs.join(", "))
            }
        }
    }
    table.iter().fold(String::new(), |mut text, (key, value)| {
        writeln!(text, "{key:?} = {}", inline(value)).unwrap();
        text
    })
}

/// What holds values against a schema, formats of dates among it.
pub(crate) fn validator(schema: &str) -> Validator {
    let schema = lmnet::schema::named(schema).unwrap();
    jsonschema::options().should_validate_formats(true).build(&schema).unwrap()
}

/// What reading finds in a text.
fn read<T: Field>(text: &str) -> Vec<&'static str> {
    let mut reader = Reader::new(FileId(0), text, fields_of::<T>);
    reader.document::<T>();
    reader.problems.iter().map(|problem| problem.rule.id).collect()
}

pub(crate) type Read = fn(&str) -> Vec<&'static str>;

/// How each schema's files are read, and their keys.
pub(crate) fn kind(schema: &str) -> (Read, Vec<FieldInfo>) {
    match schema {
        "organisations" => (read::<model::Organisation>, model::Organisation::fields()),
        "agreements" => (read::<model::Agreement>, model::Agreement::fields()),
        "networks" => (read::<model::Network>, model::Network::fields()),
        "members" => (read::<model::Member>, model::Member::fields()),
        "offerings" => (read::<model::Offering>, model::Offering::fields()),
        "courses" => (read::<model::Course>, model::Course::fields()),
        "meetings" => (read::<model::Meeting>, model::Meeting::fields()),
        "plans" => (read::<model::Plan>, model::Plan::fields()),
        "reports" => (read::<model::Report>, model::Report::fields()),
        "matters" => (read::<model::Matter>, model::Matter::fields()),
        "lmnet" => (read::<model::Manifest>, model::Manifest::fields()),
        other => panic!("{other}"),
    }
}
