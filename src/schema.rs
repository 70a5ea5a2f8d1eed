//! JSON Schemas of the records and of the manifest, for editors and for whoever makes records with other programs.
//!
//! They are made of the same [`Shape`]s that reading goes by, in draft 7, the newest that all of the usual TOML editors
//! know. A TOML date stands in them as a string, as JSON has it.
//!
//! Editors follow some ways of saying a thing and not others, so nothing here refers to a common definition where it can
//! stand in its place, and what a value may be is told by its types in one table of keywords rather than by alternatives.
//! There is no `$id`: no schema refers to another, and some editors refuse one that is no web address.

mod value;

use serde_json::{Map, Value, json};

use crate::model::Manifest;
use crate::read::{FieldInfo, Kind, RecordKind};
use crate::registry::fields_of_kind;

/// What has a schema: the folders of the records, and `lmnet` for the manifest.
#[must_use]
pub fn names() -> Vec<&'static str> {
    Kind::WORDS.iter().copied().chain([MANIFEST]).collect()
}

const MANIFEST: &str = "lmnet";

/// The schema with this name.
#[must_use]
pub fn named(name: &str) -> Option<Value> {
    if name == MANIFEST {
        return Some(document("The manifest: lmnet.toml.", &Manifest::fields()));
    }
    let kind = Kind::from_word(name)?;
    let label = RecordKind::ALL[kind as usize].label();
    Some(document(&format!("A file in {name}/: {}.", value::in_words(label)), &fields_of_kind(kind)))
}

fn document(description: &str, fields: &[FieldInfo]) -> Value {
    let mut schema = Map::new();
    schema.insert("$schema".to_owned(), json!("http://json-schema.org/draft-07/schema#"));
    schema.insert("$comment".to_owned(), json!("Made by lmnet schema from what lmnet check reads by."));
    schema.insert("description".to_owned(), json!(description));
    schema.extend(value::table(fields, "#"));
    Value::Object(schema)
}
