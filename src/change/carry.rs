//! Ids that are new: what stood under the old one is held against what stands under the new one.

use std::borrow::Cow;
use std::collections::HashMap;

use serde_json::Value;

use super::fields::paired;
use super::records::value;
use crate::model::{Kind, Manifest};
use crate::read::{FieldInfo, Shape, Target};
use crate::registry::{Registry, fields_of_kind, renamed};

/// What records, and the parts of them that are referred to, are called now that had other ids before.
#[derive(Debug, Default)]
pub struct Carry {
    /// By `kind/id`.
    records: HashMap<String, String>,
    /// By the key of the list and the path of the part, with the new id of its record.
    parts: HashMap<(&'static str, String), String>,
}

/// Duties and seats of an agreement share their ids.
const DUTY: &str = "obligation";
const FOCUS_AREA: &str = "focus-areas";
const AREA: &str = "areas";
const CONDITION: &str = "condition";

impl Carry {
    /// What has another id in the state after.
    #[must_use]
    pub fn of(old: &Registry, new: &Registry) -> Self {
        let mut carry = Self { records: renamed(old, new).into_iter().collect(), parts: HashMap::new() };
        for kind in [Kind::Agreement, Kind::Network] {
            let fields = fields_of_kind(kind);
            for was in old.ids(kind) {
                let id = carry.id(kind, was);
                let values = [value(old, kind, was), value(new, kind, &id)];
                carry.take_parts(
                    &fields,
                    &values,
                    &if kind == Kind::Agreement { format!("{id}/") } else { String::new() },
                );
            }
        }
        let manifests = [old, new].map(|one| serde_json::to_value(&one.manifest).unwrap_or_default());
        carry.take_parts(&Manifest::fields(), &manifests, "");
        carry
    }

    /// Puts down the parts of a record that have another id and are the same otherwise.
    fn take_parts(&mut self, fields: &[FieldInfo], values: &[Value; 2], prefix: &str) {
        for field in fields {
            let list = match field.key {
                DUTY | "seat" => DUTY,
                FOCUS_AREA => FOCUS_AREA,
                AREA => AREA,
                CONDITION => CONDITION,
                _ => continue,
            };
            let Shape::List(each) = &field.shape else { continue };
            let [Some(Value::Array(before)), Some(Value::Array(after))] =
                values.each_ref().map(|value| value.get(field.key))
            else {
                continue;
            };
            if before == after {
                continue;
            }
            let carried: Vec<Value> = before.iter().map(|one| self.value(each, one).into_owned()).collect();
            let id = |value: &Value| value.get("id").and_then(Value::as_str).map(ToOwned::to_owned);
            for (was, now) in paired(&carried, after) {
                if let (Some(was), Some(now)) = (id(&before[was]), id(&after[now]))
                    && was != now
                {
                    self.parts.insert((list, format!("{prefix}{was}")), now);
                }
            }
        }
    }

    /// What has a new id, as `kind/id` before and now.
    pub(super) fn records(&self) -> impl Iterator<Item = (&str, &str)> {
        self.records.iter().map(|(was, now)| (&**was, &**now))
    }

    /// What a record, `kind/id`, is called now.
    #[must_use]
    pub fn record<'a>(&'a self, path: &'a str) -> &'a str {
        self.records.get(path).map_or(path, |now| now)
    }

    /// The id that a record of a kind has now.
    #[must_use]
    pub fn id(&self, kind: Kind, id: &str) -> String {
        self.known(kind, id).unwrap_or_else(|| id.to_owned())
    }

    fn known(&self, kind: Kind, id: &str) -> Option<String> {
        let now = self.records.get(&format!("{}/{id}", kind.word()))?;
        now.split_once('/').map(|(_, id)| id.to_owned())
    }

    /// The id that an organisation or a network has now.
    #[must_use]
    pub fn body(&self, id: &str) -> String {
        self.known(Kind::Organisation, id).unwrap_or_else(|| self.id(Kind::Network, id))
    }

    /// `agreement/duty` or `agreement/seat` as it is called now.
    #[must_use]
    pub fn duty(&self, path: &str) -> String {
        self.part(DUTY, path)
    }

    /// The id that an area has now.
    #[must_use]
    pub fn area(&self, id: &str) -> String {
        self.parts.get(&(AREA, id.to_owned())).cloned().unwrap_or_else(|| id.to_owned())
    }

    fn part(&self, list: &'static str, path: &str) -> String {
        let Some((agreement, part)) = path.split_once('/') else { return path.to_owned() };
        let agreement = self.id(Kind::Agreement, agreement);
        let part = self.parts.get(&(list, format!("{agreement}/{part}"))).map_or(part, |now| now);
        format!("{agreement}/{part}")
    }

    fn reference(&self, target: Target, id: &str) -> String {
        match target {
            Target::Record(kind) => self.id(kind, id),
            Target::Body => self.body(id),
            Target::AnyRecord => self.record(id).to_owned(),
            Target::FocusArea => self.part(FOCUS_AREA, id),
            Target::Duty => self.duty(id),
            Target::Area => self.area(id),
            Target::Condition => self.parts.get(&(CONDITION, id.to_owned())).cloned().unwrap_or_else(|| id.to_owned()),
        }
    }

    /// A value from before, with the ids of now in its references.
    pub(super) fn value<'v>(&self, shape: &Shape, value: &'v Value) -> Cow<'v, Value> {
        if self.records.is_empty() && self.parts.is_empty() {
            return Cow::Borrowed(value);
        }
        Cow::Owned(match (shape, value) {
            (Shape::Reference(target), Value::String(id)) => Value::String(self.reference(*target, id)),
            (Shape::List(each), Value::Array(values)) => {
                values.iter().map(|value| self.value(each, value).into_owned()).collect()
            }
            (Shape::Either(_, long), Value::Object(_)) => return self.value(long, value),
            (Shape::Either(short, _), _) => return self.value(short, value),
            (Shape::Table(fields), Value::Object(map)) => {
                let fields = fields();
                let inner = |(key, value): (&String, &'v Value)| {
                    let field = fields.iter().find(|field| field.key == *key);
                    let value = field.map_or(Cow::Borrowed(value), |field| self.value(&field.shape, value));
                    (key.clone(), value.into_owned())
                };
                Value::Object(map.iter().map(inner).collect())
            }
            (Shape::Free, value) => self.free(value),
            _ => return Cow::Borrowed(value),
        })
    }

    /// In conditions of duties, any text may be an id.
    fn free(&self, value: &Value) -> Value {
        match value {
            Value::String(text) => {
                let now = Kind::ALL.iter().find_map(|kind| self.known(*kind, text));
                Value::String(now.unwrap_or_else(|| self.record(text).to_owned()))
            }
            Value::Array(values) => values.iter().map(|value| self.free(value)).collect(),
            Value::Object(map) => {
                Value::Object(map.iter().map(|(key, value)| (key.clone(), self.free(value))).collect())
            }
            other => other.clone(),
        }
    }
}

/// Whether two tables have the same values under every key but `id`.
pub(super) fn same_but_id(a: &Value, b: &Value) -> bool {
    let (Some(a), Some(b)) = (a.as_object(), b.as_object()) else { return false };
    let rest = |key: &&String| *key != "id";
    a.len() > 1
        && a.len() == b.len()
        && [a, b].iter().all(|map| map.contains_key("id"))
        && a.keys().filter(rest).all(|key| a.get(key) == b.get(key))
}
