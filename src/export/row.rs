//! Records, turned into rows along a plan.

use serde_json::{Value, json};

use super::plan::{Part, Plan, Source};
use crate::date::{Semesters, When};
use crate::lang::Lang;
use crate::names::text_of;

/// What turns the values of records into those of columns.
#[derive(Clone, Copy, Debug)]
pub(super) struct Reading {
    pub(super) lang: Lang,
    pub(super) semesters: Semesters,
}

impl Reading {
    /// Adds the rows that a record has in a table. The record has been through JSON.
    pub(super) fn fill(&self, plan: &mut Plan, id: &str, record: &Value) {
        let mut rows = Vec::new();
        parts(record, &plan.lists, &mut Vec::new(), &mut |places, part| {
            let mut row = vec![json!(id)];
            row.extend(places.iter().map(|place| json!(place)));
            row.extend(plan.sources.iter().map(|source| self.value(source, id, part)));
            rows.push(row);
        });
        plan.table.rows.extend(rows);
    }

    fn value(&self, source: &Source, id: &str, part: &Value) -> Value {
        let mut value = part;
        for key in &source.keys {
            match value.get(*key) {
                Some(inner) => value = inner,
                // A flag that is not stated is not set; but in a table that is not there, nothing is stated.
                None if source.part == Part::Flag && Some(key) == source.keys.last() => return json!(false),
                None => return Value::Null,
            }
        }
        let when = || value.as_str().and_then(When::parse);
        match source.part {
            Part::Whole | Part::Flag => match value {
                Value::Array(_) | Value::Object(_) => Value::Null,
                value => value.clone(),
            },
            Part::Text => json!(text_of(value).get(self.lang)),
            Part::In(code) => value.get(code).cloned().unwrap_or_default(),
            Part::Earliest => json!(when().map(|when| when.first(&self.semesters).to_string())),
            Part::Latest => json!(when().map(|when| when.last(&self.semesters).to_string())),
            Part::Of(property) => value.get(property).cloned().unwrap_or_default(),
            Part::Parts => json!(value.as_array().map(Vec::len)),
            Part::Reference => json!(value.as_str().map(|own| format!("{id}/{own}"))),
            Part::Nested => value.clone(),
        }
    }
}

/// Shows every part that the lists lead to, with its places in them, from 1.
fn parts(value: &Value, lists: &[Vec<&'static str>], places: &mut Vec<usize>, show: &mut impl FnMut(&[usize], &Value)) {
    let Some((keys, further)) = lists.split_first() else { return show(places, value) };
    let list = keys.iter().try_fold(value, |value, key| value.get(key));
    for (index, part) in list.and_then(Value::as_array).into_iter().flatten().enumerate() {
        places.push(index + 1);
        parts(part, further, places, show);
        places.pop();
    }
}
