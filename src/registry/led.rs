//! Where keys lead, from record to record: `plan.network.parties`, as conditions of obligations write it.

use super::fields_of_kind;
use crate::model::Kind;
use crate::read::{FieldInfo, Shape, Target};

/// What a key leads to from any of these places: from a reference, into the record that it points to.
#[must_use]
pub fn led_to(from: &[Shape], key: &str) -> Vec<Shape> {
    from.iter().flat_map(|shape| step(shape, key)).collect()
}

fn step(shape: &Shape, key: &str) -> Vec<Shape> {
    let of_kind = |kind: Kind| -> Vec<Shape> {
        let reference = (key == "id").then_some(Shape::Reference(Target::Record(kind)));
        reference.into_iter().chain(under(fields_of_kind(kind), key)).collect()
    };
    match shape {
        Shape::List(each) => step(each, key),
        Shape::Either(short, long) => [step(short, key), step(long, key)].concat(),
        Shape::Table(fields) => under(fields(), key),
        Shape::Reference(target) => kinds_of(*target).into_iter().flat_map(of_kind).collect(),
        _ => Vec::new(),
    }
}

fn under(fields: Vec<FieldInfo>, key: &str) -> Vec<Shape> {
    fields.into_iter().filter(|field| field.key == key).map(|field| field.shape).collect()
}

/// The keys that lead on from a place.
#[must_use]
pub fn keys_of(shape: &Shape) -> Vec<FieldInfo> {
    match shape {
        Shape::List(each) => keys_of(each),
        Shape::Either(short, long) => keys_of(short).into_iter().chain(keys_of(long)).collect(),
        Shape::Table(fields) => fields(),
        Shape::Reference(Target::AnyRecord) => Vec::new(), // nearly every key there is
        Shape::Reference(target) => kinds_of(*target).into_iter().take(1).flat_map(fields_of_kind).collect(),
        _ => Vec::new(),
    }
}

/// The kinds of record that a reference can point to.
fn kinds_of(target: Target) -> Vec<Kind> {
    match target {
        Target::Record(kind) => vec![kind],
        Target::Body => vec![Kind::Organisation, Kind::Network],
        Target::AnyRecord => Kind::ALL.to_vec(),
        Target::FocusArea | Target::Duty | Target::Condition | Target::Area => Vec::new(),
    }
}
