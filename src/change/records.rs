//! Which records were removed, added, renamed and changed.

use std::collections::BTreeSet;

use serde_json::Value;

use super::Carry;
use super::fields::{FieldChange, Sides, compare};
use crate::lang::Lang;
use crate::mandate::Found;
use crate::model::Kind;
use crate::names::Names;
use crate::read::FieldInfo;
use crate::registry::{MANIFEST, ManifestRead, Registry, fields_of_kind, for_each_kind};
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
    /// Whose record it is, by id as of now: of an organisation or a network it is itself.
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

/// A field that differs only in that it names something by its new id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Followed {
    /// `plans/fjordnett-2026`
    pub record: String,
    /// Its key path.
    pub key: String,
}

/// The records that differ: what was removed first, then what was added, renamed and changed, each by kind and id. Fields that
/// only follow a new id are told apart from them.
#[must_use]
pub fn records(old: &Registry, new: &Registry, carry: &Carry, lang: Lang) -> (Vec<RecordChange>, Vec<Followed>) {
    let names = [old, new].map(|registry| Names { registry, lang });
    let mut comparison = Comparison { sides: Sides { names, carry }, changes: Vec::new(), followed: Vec::new() };
    comparison.manifest();
    for kind in Kind::ALL {
        comparison.of_kind(*kind);
    }
    let Comparison { mut changes, followed, .. } = comparison;
    changes.sort_by_key(|change| change.state);
    (changes, followed)
}

struct Comparison<'a> {
    sides: Sides<'a>,
    changes: Vec<RecordChange>,
    followed: Vec<Followed>,
}

impl Comparison<'_> {
    fn registry(&self, side: usize) -> &Registry {
        self.sides.names[side].registry
    }

    fn manifest(&mut self) {
        let change = |state, fields| RecordChange {
            state,
            path: MANIFEST.to_owned(),
            was: None,
            title: MANIFEST.to_owned(),
            whose: Vec::new(),
            fields,
        };
        match [0, 1].map(|side| self.registry(side).manifest_read()) {
            [ManifestRead::Missing, ManifestRead::Whole] => self.changes.push(change(State::Added, Vec::new())),
            [ManifestRead::Whole, ManifestRead::Missing] => self.changes.push(change(State::Removed, Vec::new())),
            [ManifestRead::Whole, ManifestRead::Whole] => {
                let values = [0, 1].map(|side| serde_json::to_value(&self.registry(side).manifest).unwrap_or_default());
                let fields = self.fields(MANIFEST, &crate::model::Manifest::fields(), &values);
                if !fields.is_empty() {
                    self.changes.push(change(State::Changed, fields));
                }
            }
            _ => {}
        }
    }

    /// The fields of a record that differ; those that only follow a new id are put down.
    fn fields(&mut self, path: &str, fields: &[FieldInfo], values: &[Value; 2]) -> Vec<FieldChange> {
        let (found, followed) = compare(&self.sides, fields, &values[0], &values[1]);
        self.followed.extend(followed.into_iter().map(|key| Followed { record: path.to_owned(), key }));
        found
    }

    fn of_kind(&mut self, kind: Kind) {
        let ids = |side: usize| self.registry(side).ids(kind).map(ToOwned::to_owned).collect::<BTreeSet<String>>();
        let (before, mut come) = (ids(0), ids(1));
        let mut gone = Vec::new();
        for was in before {
            let id = self.sides.carry.id(kind, &was);
            if come.remove(&id) {
                self.compare(kind, &was, &id);
            } else {
                gone.push(was);
            }
        }
        // What could not be read on the other side is neither gone nor new.
        gone.retain(|id| !self.registry(1).is_unreadable(kind, id));
        come.retain(|id| !self.registry(0).is_unreadable(kind, id));
        for (side, ids) in [(0, gone), (1, come.into_iter().collect())] {
            for id in ids {
                self.alone(kind, side, &id);
            }
        }
    }

    /// A record that is there on one side only.
    fn alone(&mut self, kind: Kind, side: usize, id: &str) {
        let change = RecordChange {
            state: [State::Removed, State::Added][side],
            path: path(kind, id),
            was: None,
            title: self.sides.names[side].title(kind, id),
            whose: self.whose(side, kind, id),
            fields: Vec::new(),
        };
        self.changes.push(change);
    }

    fn compare(&mut self, kind: Kind, was: &str, id: &str) {
        let values = [value(self.registry(0), kind, was), value(self.registry(1), kind, id)];
        let fields = self.fields(&path(kind, id), &fields_of_kind(kind), &values);
        let state = if was == id { State::Changed } else { State::Renamed };
        if state == State::Changed && fields.is_empty() {
            return;
        }
        self.changes.push(RecordChange {
            state,
            path: path(kind, id),
            was: (was != id).then(|| path(kind, was)),
            title: self.sides.names[1].title(kind, id),
            whose: self.whose(1, kind, id),
            fields,
        });
    }

    fn whose(&self, side: usize, kind: Kind, id: &str) -> Vec<String> {
        let found = Found::get(self.registry(side), kind, id);
        let owners = found.iter().flat_map(Found::owners);
        let mut owners: Vec<String> =
            owners.map(|owner| if side == 0 { self.sides.carry.body(owner) } else { owner.to_owned() }).collect();
        owners.dedup();
        owners
    }
}

fn path(kind: Kind, id: &str) -> String {
    format!("{}/{id}", kind.word())
}

macro_rules! by_kind {
    ($($type:ident $table:ident,)*) => {
        /// A record as values.
        pub(super) fn value(registry: &Registry, kind: Kind, id: &str) -> Value {
            match kind {
                $( Kind::$type => registry.$table.get(id)
                    .and_then(|entry| serde_json::to_value(&entry.record).ok()), )*
            }
            .unwrap_or_default()
        }
    };
}

for_each_kind!(by_kind);
