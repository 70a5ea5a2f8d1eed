//! Rows of what is there: each record, or part of one, with what it says in each column.

use serde_json::Value;
use uuid::Uuid;

use super::columns::{Column, Part, columns};
use super::content::{Content, content_of};
use crate::lang::Lang;
use crate::model::Kind;
use crate::registry::Registry;
use crate::tally::is_part_of;

/// Whose rows are wanted.
#[derive(Clone, Debug, Default)]
pub struct Scope {
    /// These organisations, with what is part of them; everybody's where none is named.
    pub organisations: Vec<String>,
}

impl Scope {
    /// Whether one of these is meant.
    pub(super) fn has<'a>(&self, registry: &Registry, ids: impl IntoIterator<Item = &'a str>) -> bool {
        let is_own = |id: &str| self.organisations.iter().any(|own| is_part_of(registry, id, own, None));
        self.organisations.is_empty() || ids.into_iter().any(is_own)
    }
}

/// A sheet: what its rows are, its columns, its rows.
#[derive(Clone, Debug)]
pub struct Tab {
    /// What the rows are.
    pub part: Part,
    /// Its columns.
    pub columns: Vec<Column>,
    /// Its rows.
    pub rows: Vec<Row>,
}

/// A record, or a part of one.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// What it is known by: `offerings/kols-skule`, and of a part `offerings/kols-skule/2`, counted from 0.
    pub id: String,
    /// Tells whether anything in it has changed, be it in a column or not.
    pub rev: String,
    /// What it has in each column.
    pub contents: Vec<Content>,
    /// All that it says.
    pub(super) value: Value,
}

impl Row {
    /// The id of the record.
    #[must_use]
    pub fn record(&self) -> &str {
        self.id.split('/').nth(1).unwrap_or_default()
    }
}

/// All sheets. Records that could not be read whole are left out.
#[must_use]
pub fn tabs(registry: &Registry, scope: &Scope, lang: Lang) -> Vec<Tab> {
    let tab = |part| {
        let columns = columns(part);
        let rows = rows(registry, scope, part, &columns, lang);
        Tab { part, columns, rows }
    };
    Part::ALL.into_iter().map(tab).collect()
}

pub(super) fn rows(registry: &Registry, scope: &Scope, part: Part, columns: &[Column], lang: Lang) -> Vec<Row> {
    let records: Vec<(&str, Value)> = match part.kind() {
        Kind::Offering => {
            let own = registry.offerings.iter().filter(|entry| {
                !entry.broken && scope.has(registry, entry.organiser.iter().map(|organiser| organiser.id()))
            });
            own.map(|entry| (&*entry.id, json(&entry.record))).collect()
        }
        Kind::Course => {
            let own = registry.courses.iter().filter(|entry| {
                !entry.broken && scope.has(registry, entry.organiser.iter().map(|organiser| organiser.id()))
            });
            own.map(|entry| (&*entry.id, json(&entry.record))).collect()
        }
        _ => {
            let own =
                registry.members.iter().filter(|entry| !entry.broken && scope.has(registry, [entry.organisation.id()]));
            own.map(|entry| (&*entry.id, json(&entry.record))).collect()
        }
    };
    records.iter().flat_map(|(id, record)| of_record(part, columns, id, record, lang)).collect()
}

fn json(record: &impl serde::Serialize) -> Value {
    serde_json::to_value(record).unwrap_or_default()
}

/// The rows that a record gives.
fn of_record(part: Part, columns: &[Column], id: &str, record: &Value, lang: Lang) -> Vec<Row> {
    let kind = part.kind().word();
    let row = |row_id: String, value: &Value| Row {
        id: row_id,
        rev: revision(value),
        value: value.clone(),
        contents: columns
            .iter()
            .map(|column| if column.is_parent { Some(vec![id.to_owned()]) } else { content_of(column, value, lang) })
            .collect(),
    };
    match part.list() {
        None => {
            let mut own = record.clone();
            // What has rows of its own is no part of this one.
            if let Some(keys) = own.as_object_mut() {
                keys.shift_remove("run");
            }
            vec![row(format!("{kind}/{id}"), &own)]
        }
        Some(list) => {
            let parts = record.get(list).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
            parts.iter().enumerate().map(|(index, value)| row(format!("{kind}/{id}/{index}"), value)).collect()
        }
    }
}

/// The same for the same content, on every machine.
fn revision(value: &Value) -> String {
    const REVISIONS: Uuid = Uuid::from_u128(0x5d2f_0c1e_8a34_4b7e_9f60_6c6d_6e65_7401);
    let id = Uuid::new_v5(&REVISIONS, value.to_string().as_bytes());
    id.simple().to_string().chars().take(12).collect()
}
