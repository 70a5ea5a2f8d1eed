//! Another id for a record: every reference to it, in values as in the conditions of obligations.
//!
//! Looks at the text of a file along the shapes of its keys, so that only what is a reference changes: a word in a title
//! that happens to be the same stays.

use toml_edit::{Item, TableLike, Value};

use crate::edit::rewritten;
use crate::lang::Said;
use crate::model::Kind;
use crate::read::{FieldInfo, RecordKind, Shape, Target};
use crate::registry::led_to;

/// A record that gets another id.
#[derive(Clone, Copy, Debug)]
pub struct Rename<'a> {
    /// Its kind.
    pub kind: Kind,
    /// The id that it has.
    pub old: &'a str,
    /// The id that it is to have.
    pub new: &'a str,
}

impl Rename<'_> {
    /// The text of a file with these keys, in which every reference follows.
    ///
    /// # Errors
    ///
    /// When the text is no TOML.
    pub fn followed(&self, text: &str, fields: &[FieldInfo]) -> Result<String, Said> {
        if !text.contains(self.old) {
            return Ok(text.to_owned());
        }
        rewritten(text, fields, |document| {
            self.table(document.as_table_mut(), fields);
            Ok(())
        })
    }

    fn table(&self, table: &mut dyn TableLike, fields: &[FieldInfo]) {
        let selected = kinds(table.get("record"));
        let each = kinds(table.get("per").and_then(Item::as_table_like).and_then(|per| per.get("record")));
        for (key, item) in table.iter_mut() {
            let shapes: Vec<Shape> =
                fields.iter().filter(|field| field.key == key.get()).map(|field| field.shape.clone()).collect();
            if shapes.iter().any(|shape| matches!(shape.innermost(), Shape::Free)) {
                self.condition(item, if key.get() == "require" { &each } else { &selected });
            } else {
                each_part(item, &mut |part| self.part(part, &shapes));
            }
        }
    }

    fn part(&self, part: Part<'_>, shapes: &[Shape]) {
        match part {
            Part::Value(value) => self.value(value, shapes),
            Part::Table(table) => {
                let fields: Vec<FieldInfo> = shapes.iter().filter_map(Shape::fields).flatten().collect();
                self.table(table, &fields);
            }
        }
    }

    /// The conditions on records, each a path from the record to what is wanted there.
    fn condition(&self, item: &mut Item, from: &[Shape]) {
        each_part(item, &mut |part| {
            if let Part::Table(table) = part {
                self.wanted(table, from);
            }
        });
    }

    fn wanted(&self, table: &mut dyn TableLike, from: &[Shape]) {
        for (path, item) in table.iter_mut() {
            let ends = path.get().split('.').fold(from.to_vec(), |here, key| led_to(&here, key));
            each_part(item, &mut |part| match part {
                Part::Value(value) => self.value(value, &ends),
                Part::Table(table) => self.wanted(table, &ends),
            });
        }
    }

    fn value(&self, value: &mut Value, shapes: &[Shape]) {
        let Value::String(text) = &*value else { return };
        let follows = |shape: &Shape| match shape.innermost() {
            Shape::Reference(target) => self.follows(*target, text.value()),
            _ => None,
        };
        if let Some(new) = shapes.iter().find_map(follows) {
            let mut new = Value::from(new);
            new.decor_mut().clone_from(value.decor());
            *value = new;
        }
    }

    /// What a reference becomes; nothing if it points to something else.
    fn follows(&self, target: Target, id: &str) -> Option<String> {
        let Self { kind, old, new } = *self;
        match target {
            Target::Record(of) => (of == kind && id == old).then(|| new.to_owned()),
            Target::Body => (matches!(kind, Kind::Organisation | Kind::Network) && id == old).then(|| new.to_owned()),
            Target::AnyRecord => {
                (id.split_once('/') == Some((kind.word(), old))).then(|| format!("{}/{new}", kind.word()))
            }
            Target::FocusArea | Target::Duty => {
                let (agreement, part) = id.split_once('/')?;
                (kind == Kind::Agreement && agreement == old).then(|| format!("{new}/{part}"))
            }
            Target::Condition | Target::Area => None,
        }
    }
}

/// A value that is no list and no table, or a table.
enum Part<'d> {
    Value(&'d mut Value),
    Table(&'d mut dyn TableLike),
}

/// Shows what stands under a key: of lists, each part.
fn each_part(item: &mut Item, see: &mut dyn FnMut(Part<'_>)) {
    match item {
        Item::Value(value) => each_value(value, see),
        Item::Table(table) => see(Part::Table(table)),
        Item::ArrayOfTables(tables) => tables.iter_mut().for_each(|table| see(Part::Table(table))),
        Item::None => {}
    }
}

fn each_value(value: &mut Value, see: &mut dyn FnMut(Part<'_>)) {
    match value {
        Value::Array(parts) => parts.iter_mut().for_each(|part| each_value(part, see)),
        Value::InlineTable(table) => see(Part::Table(table)),
        value => see(Part::Value(value)),
    }
}

/// The kinds of record that a selection names, as references to them.
fn kinds(record: Option<&Item>) -> Vec<Shape> {
    let words = match record.and_then(Item::as_value) {
        Some(Value::Array(words)) => words.iter().filter_map(Value::as_str).collect(),
        Some(word) => word.as_str().into_iter().collect(),
        None => Vec::new(),
    };
    let kinds = words.into_iter().filter_map(RecordKind::from_word);
    kinds.map(|kind| Shape::Reference(Target::Record(kind.kind()))).collect()
}
