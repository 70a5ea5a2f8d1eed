//! Which records were removed, added, renamed and changed.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::fields::{FieldChange, Side, compare};
use crate::lang::Lang;
use crate::mandate::Found;
use crate::model::Kind;
use crate::names::Names;
use crate::read::{FieldInfo, fields_of};
use crate::registry::{MANIFEST, Registry, for_each_kind};
use crate::words;

/// A record that differs between two states of a registry.
#[derive(Clone, Debug)]
pub struct RecordChange {
    /// What became of it.
    pub state: State,
    /// `offerings/kols-skule`; of a removed record the old one. The manifest is `lmnet.toml`.
    pub path: String,
    /// What it was called before it was renamed.
    pub was: Option<String>,
    /// What people call it.
    pub title: String,
    /// Whose record it is, by id.
    pub whose: Vec<String>,
    /// What differs, field by field; nothing for a record that is there on one side only.
    pub fields: Vec<FieldChange>,
}

words! {
    /// What became of a record.
    pub enum State {
        Removed = "removed", "Fjerna", "Fjernet", "Removed";
        Added = "added", "Nye", "Nye", "Added";
        Renamed = "renamed", "Med ny id", "Med ny id", "Renamed";
        Changed = "changed", "Endra", "Endret", "Changed";
    }
}

/// Records of the same kind that share at least this much of what they say are one that was renamed, in hundredths.
const ALIKE: usize = 60;
/// More pairs than these are only held against each other where they are the same.
const MOST_PAIRS: usize = 40_000;

/// A record of one side as values.
struct Content {
    value: Value,
    leaves: BTreeSet<(String, String)>,
}

impl Content {
    fn new(value: Value) -> Self {
        let mut leaves = BTreeSet::new();
        gather("", &value, &mut leaves);
        Self { value, leaves }
    }

    /// How much two records share of what either says, in hundredths.
    fn alike(&self, other: &Self) -> usize {
        let shared = self.leaves.intersection(&other.leaves).count();
        let all = self.leaves.len() + other.leaves.len() - shared;
        (shared * 100).checked_div(all).unwrap_or(100)
    }
}

/// What a value says, each with its keys; the place in a list does not matter.
fn gather(path: &str, value: &Value, leaves: &mut BTreeSet<(String, String)>) {
    match value {
        Value::Object(map) => map.iter().for_each(|(key, value)| gather(&format!("{path}.{key}"), value, leaves)),
        Value::Array(values) => values.iter().for_each(|value| gather(path, value, leaves)),
        value => drop(leaves.insert((path.to_owned(), value.to_string()))),
    }
}

/// The records that differ: what was removed first, then what was added, renamed and changed, each by kind and id.
#[must_use]
pub fn records(old: &Registry, new: &Registry, lang: Lang) -> Vec<RecordChange> {
    let sides = Side::both(old, new, lang);
    let mut changes: Vec<RecordChange> = manifest(&sides).into_iter().collect();
    for kind in Kind::ALL {
        of_kind(&sides, *kind, &mut changes);
    }
    changes.sort_by(|a, b| a.state.cmp(&b.state));
    changes
}

fn manifest(sides: &[Side<'_>; 2]) -> Option<RecordChange> {
    if !sides.iter().all(|side| side.names.registry.knows_manifest()) {
        return None;
    }
    let [old, new] =
        sides.each_ref().map(|side| serde_json::to_value(&side.names.registry.manifest).unwrap_or_default());
    let fields = compare(sides, &crate::model::Manifest::fields(), &old, &new);
    (!fields.is_empty()).then(|| RecordChange {
        state: State::Changed,
        path: MANIFEST.to_owned(),
        was: None,
        title: MANIFEST.to_owned(),
        whose: Vec::new(),
        fields,
    })
}

fn of_kind(sides: &[Side<'_>; 2], kind: Kind, changes: &mut Vec<RecordChange>) {
    let [old, new] = sides;
    let fields = fields_of_kind(kind);
    let ids = |side: &Side<'_>| side.names.registry.ids(kind).map(ToOwned::to_owned).collect::<BTreeSet<String>>();
    let (before, after) = (ids(old), ids(new));
    for id in before.intersection(&after) {
        changes.extend(changed(sides, &fields, kind, [id, id]));
    }
    // What could not be read on the other side is neither gone nor new.
    let gone = before.difference(&after).filter(|id| !new.names.registry.is_unreadable(kind, id));
    let come = after.difference(&before).filter(|id| !old.names.registry.is_unreadable(kind, id));
    let content = |side: &Side<'_>, id: &String| Content::new(value(side.names.registry, kind, id));
    let gone: Vec<(&String, Content)> = gone.map(|id| (id, content(old, id))).collect();
    let mut come: BTreeMap<&String, Content> = come.map(|id| (id, content(new, id))).collect();
    for (was, id) in renamed(&gone, &come) {
        changes.extend(changed(sides, &fields, kind, [was, id]));
        come.remove(id);
    }
    let kept: BTreeSet<&str> = changes.iter().filter_map(|change| change.was.as_deref()).collect();
    let gone: Vec<_> = gone.iter().filter(|(id, _)| !kept.contains(&*path(kind, id))).collect();
    let alone = |state, side: &Side<'_>, id: &str| RecordChange {
        state,
        path: path(kind, id),
        was: None,
        title: side.names.title(kind, id),
        whose: whose(side.names.registry, kind, id),
        fields: Vec::new(),
    };
    changes.extend(gone.into_iter().map(|(id, _)| alone(State::Removed, old, id)));
    changes.extend(come.into_keys().map(|id| alone(State::Added, new, id)));
}

/// Which of those that are gone came back under another id: the most alike first.
fn renamed<'i>(gone: &[(&'i String, Content)], come: &BTreeMap<&'i String, Content>) -> Vec<(&'i String, &'i String)> {
    let few = gone.len() * come.len() <= MOST_PAIRS;
    let mut pairs: Vec<(usize, &String, &String)> = Vec::new();
    let same: BTreeMap<String, &String> = come.iter().map(|(id, content)| (content.value.to_string(), *id)).collect();
    for (was, content) in gone {
        if let Some(id) = same.get(&content.value.to_string()) {
            pairs.push((100, was, id));
        } else if few {
            let near = come.iter().map(|(id, other)| (content.alike(other), *was, *id));
            pairs.extend(near.filter(|(alike, ..)| *alike >= ALIKE));
        }
    }
    pairs.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| (a.1, a.2).cmp(&(b.1, b.2))));
    let (mut from, mut to) = (BTreeSet::new(), BTreeSet::new());
    pairs.retain(|(_, was, id)| !from.contains(was) && !to.contains(id) && from.insert(*was) && to.insert(*id));
    pairs.into_iter().map(|(_, was, id)| (was, id)).collect()
}

fn changed(sides: &[Side<'_>; 2], fields: &[FieldInfo], kind: Kind, ids: [&str; 2]) -> Option<RecordChange> {
    let [old, new] = [0, 1].map(|at| value(sides[at].names.registry, kind, ids[at]));
    let fields = compare(sides, fields, &old, &new);
    let [was, id] = ids;
    let state = if was == id { State::Changed } else { State::Renamed };
    (state == State::Renamed || !fields.is_empty()).then(|| RecordChange {
        state,
        path: path(kind, id),
        was: (was != id).then(|| path(kind, was)),
        title: sides[1].names.title(kind, id),
        whose: whose(sides[1].names.registry, kind, id),
        fields,
    })
}

fn path(kind: Kind, id: &str) -> String {
    format!("{}/{id}", kind.word())
}

fn whose(registry: &Registry, kind: Kind, id: &str) -> Vec<String> {
    let found = Found::get(registry, kind, id);
    let mut owners: Vec<String> =
        found.iter().flat_map(Found::owners).filter(|owner| *owner != id).map(ToOwned::to_owned).collect();
    owners.dedup();
    owners
}

macro_rules! by_kind {
    ($($type:ident $table:ident,)*) => {
        /// The keys of a kind.
        fn fields_of_kind(kind: Kind) -> Vec<FieldInfo> {
            match kind {
                $( Kind::$type => fields_of::<crate::model::$type>(), )*
            }
        }

        /// A record as values.
        fn value(registry: &Registry, kind: Kind, id: &str) -> Value {
            match kind {
                $( Kind::$type => registry.$table.get(id)
                    .and_then(|entry| serde_json::to_value(&entry.record).ok()), )*
            }
            .unwrap_or_default()
        }
    };
}

for_each_kind!(by_kind);

/// The names of both sides.
impl<'a> Side<'a> {
    fn both(old: &'a Registry, new: &'a Registry, lang: Lang) -> [Self; 2] {
        [old, new].map(|registry| Self { names: Names { registry, lang } })
    }
}
