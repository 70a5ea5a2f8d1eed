//! Conditions of obligations that name an organisation: nothing refers to it there but a word, which leads nowhere once it is
//! gone.

use crate::model::{Kind, Obligation, Selection};
use crate::read::{Shape, Target, Value};
use crate::registry::led_to;

/// Whether a condition of an obligation names one of these organisations.
pub(super) fn names(obligation: &Obligation, ids: &[&str]) -> bool {
    let selected =
        |selection: &Selection| selection.r#where.as_ref().is_some_and(|wanted| wants(&shapes(selection), wanted, ids));
    let required = |per: &Selection| obligation.require.iter().any(|entry| requires(&shapes(per), entry, ids));
    obligation.evidence.iter().any(selected)
        || obligation.per.as_ref().is_some_and(|per| selected(per) || required(per))
}

/// The kinds of record that a selection means, as references to them.
fn shapes(selection: &Selection) -> Vec<Shape> {
    selection.record.iter().map(|kind| Shape::Reference(Target::Record(kind.kind()))).collect()
}

/// Whether an entry of `require` names one: a bare word there is a path.
fn requires(shapes: &[Shape], entry: &Value, ids: &[&str]) -> bool {
    match entry {
        Value::Text(_) => false,
        Value::List(any) => any.iter().any(|entry| requires(shapes, entry, ids)),
        wanted => wants(shapes, wanted, ids),
    }
}

fn wants(shapes: &[Shape], wanted: &Value, ids: &[&str]) -> bool {
    match wanted {
        Value::List(any) => any.iter().any(|wanted| wants(shapes, wanted, ids)),
        Value::Table(conditions) => conditions.iter().any(|(path, wanted)| {
            let ends = path.split('.').fold(shapes.to_vec(), |here, key| led_to(&here, key));
            wants(&ends, wanted, ids)
        }),
        Value::Text(word) => shapes.iter().any(|shape| match shape.innermost() {
            Shape::Reference(Target::Body | Target::Record(Kind::Organisation)) => ids.contains(&&**word),
            Shape::Reference(Target::AnyRecord) => {
                word.strip_prefix("organisations/").is_some_and(|id| ids.contains(&id))
            }
            _ => false,
        }),
        _ => false,
    }
}
