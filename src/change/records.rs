//! Which records were removed, added, renamed and changed.

use std::collections::BTreeSet;

use serde_json::Value;

use super::fields::{FieldChange, Side, compare};
use crate::lang::Lang;
use crate::mandate::Found;
use crate::model::Kind;
use crate::names::Names;
use crate::read::FieldInfo;
use crate::registry::{MANIFEST, Registry, fields_of_kind, for_each_kind, renamed};
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

/// The records that differ: what was removed first, then what was added, renamed and changed, each by kind and id.
#[must_use]
pub fn records(old: &Registry, new: &Registry, lang: Lang) -> Vec<RecordChange> {
    let sides = Side::both(old, new, lang);
    let mut changes: Vec<RecordChange> = manifest(&sides).into_iter().collect();
    let renamed = renamed(old, new);
    for kind in Kind::ALL {
        of_kind(&sides, *kind, &renamed, &mut changes);
    }
    changes.sort_by_key(|change| change.state);
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

fn of_kind(sides: &[Side<'_>; 2], kind: Kind, renamed: &[(String, String)], changes: &mut Vec<RecordChange>) {
    let [old, new] = sides;
    let fields = fields_of_kind(kind);
    let ids = |side: &Side<'_>| side.names.registry.ids(kind).map(ToOwned::to_owned).collect::<BTreeSet<String>>();
    let (mut before, mut after) = (ids(old), ids(new));
    for (was, id) in renamed {
        let id_of =
            |path: &str| path.strip_prefix(kind.word()).and_then(|rest| rest.strip_prefix('/')).map(str::to_owned);
        let (Some(was), Some(id)) = (id_of(was), id_of(id)) else { continue };
        if before.contains(&was) && after.contains(&id) {
            changes.extend(changed(sides, &fields, kind, [&was, &id]));
            before.remove(&was);
            after.remove(&id);
        }
    }
    for id in before.intersection(&after) {
        changes.extend(changed(sides, &fields, kind, [id, id]));
    }
    let alone = |state, side: &Side<'_>, id: &str| RecordChange {
        state,
        path: path(kind, id),
        was: None,
        title: side.names.title(kind, id),
        whose: whose(side.names.registry, kind, id),
        fields: Vec::new(),
    };
    // What could not be read on the other side is neither gone nor new.
    let gone = before.difference(&after).filter(|id| !new.names.registry.is_unreadable(kind, id));
    let come = after.difference(&before).filter(|id| !old.names.registry.is_unreadable(kind, id));
    changes.extend(gone.map(|id| alone(State::Removed, old, id)));
    changes.extend(come.map(|id| alone(State::Added, new, id)));
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
