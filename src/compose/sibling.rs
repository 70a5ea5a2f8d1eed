//! Records that are there already, held against a new one.

use std::cell::{OnceCell, RefCell};
use std::collections::{HashMap, HashSet};
use std::path::PathBuf;

use serde_json::Value;

use crate::model::Kind;
use crate::registry::{Registry, for_each_kind};

/// A record of the same kind.
pub(super) struct Sibling {
    pub(super) id: String,
    /// Where its file lies, relative to the root.
    pub(super) path: PathBuf,
    /// What it says.
    pub(super) value: Value,
}

/// The records of a kind, gathered once for any number of new ones.
pub struct Family<'r> {
    pub(super) registry: &'r Registry,
    pub(super) kind: Kind,
    all: OnceCell<Vec<Sibling>>,
    /// The last one that is like a new one in these words.
    last: RefCell<HashMap<Vec<Vec<String>>, Option<usize>>>,
    /// Ids that are in use, those of new records among them.
    taken: RefCell<HashSet<String>>,
}

impl<'r> Family<'r> {
    /// The records of a kind.
    #[must_use]
    pub fn new(registry: &'r Registry, kind: Kind) -> Self {
        let taken = sharing(kind).iter().flat_map(|kind| registry.ids(*kind)).map(str::to_owned).collect();
        Self { registry, kind, all: OnceCell::new(), last: RefCell::default(), taken: RefCell::new(taken) }
    }

    pub(super) fn all(&self) -> &[Sibling] {
        self.all.get_or_init(|| all(self.registry, self.kind))
    }

    pub(super) fn is_taken(&self, id: &str) -> bool {
        let unreadable = || sharing(self.kind).iter().any(|kind| self.registry.is_unreadable(*kind, id));
        self.taken.borrow().contains(id) || unreadable()
    }

    /// Notes that a new record has the id.
    pub fn take(&self, id: &str) {
        self.taken.borrow_mut().insert(id.to_owned());
    }

    /// The record that is most like the new one, and of those the last; nothing if none is like it in anything.
    pub(super) fn last_like(&self, new: &Value) -> Option<&Sibling> {
        let own = LIKE.map(|key| value_of(new, key).map(words).unwrap_or_default()).to_vec();
        let all = self.all();
        let index = *self.last.borrow_mut().entry(own).or_insert_with(|| last_like(all, new));
        all.get(index?)
    }
}

/// The kinds that share their ids with a kind.
fn sharing(kind: Kind) -> &'static [Kind] {
    match kind {
        Kind::Organisation | Kind::Network => &[Kind::Organisation, Kind::Network],
        other => &Kind::ALL[other as usize..=other as usize],
    }
}

macro_rules! declare {
    ($($type:ident $table:ident,)*) => {
        /// The records of a kind.
        fn all(registry: &Registry, kind: Kind) -> Vec<Sibling> {
            match kind {
                $( Kind::$type => registry.$table.iter().map(|entry| Sibling {
                    id: entry.id.to_string(),
                    path: registry.place(entry.file).to_owned(),
                    value: serde_json::to_value(&entry.record).unwrap_or_default(),
                }).collect(), )*
            }
        }
    };
}

for_each_kind!(declare);

/// The keys by which records are alike; of lists, those of any part.
const LIKE: [&str; 10] = [
    "kind",
    "network",
    "organiser",
    "organisation",
    "module",
    "body",
    "background",
    "form",
    "appointment.role",
    "appointment.body",
];

/// The keys that tell when a record is from.
const WHEN: [&str; 6] = ["start", "year", "opened", "from", "run.start", "appointment.from"];

fn last_like(all: &[Sibling], new: &Value) -> Option<usize> {
    let alike = |sibling: &Sibling| LIKE.iter().filter(|key| shares(&sibling.value, new, key)).count();
    let ranked =
        all.iter().enumerate().map(|(index, sibling)| (alike(sibling), when(&sibling.value), &sibling.id, index));
    ranked.filter(|(alike, ..)| *alike > 0).max().map(|(.., index)| index)
}

/// Whether two records have a word in common under a key.
fn shares(one: &Value, other: &Value, key: &str) -> bool {
    let words = |value| value_of(value, key).map(words).unwrap_or_default();
    let (one, other) = (words(one), words(other));
    one.iter().any(|word| other.contains(word))
}

/// When a record is from, as far as it says; later times are greater.
pub(super) fn when(value: &Value) -> String {
    WHEN.iter().filter_map(|key| value_of(value, key)).flat_map(words).max().unwrap_or_default()
}

/// What stands under a key; of a list, in its last part.
pub(super) fn value_of<'v>(value: &'v Value, key: &str) -> Option<&'v Value> {
    key.split('.').try_fold(value, |value, part| match value {
        Value::Array(parts) => parts.last()?.get(part),
        other => other.get(part),
    })
}

/// The words of a value: one, or several of a list. Of tables in a list, the first word.
pub(super) fn words(value: &Value) -> Vec<String> {
    match value {
        Value::String(text) => vec![text.clone()],
        Value::Number(number) => vec![number.to_string()],
        Value::Array(parts) => parts.iter().flat_map(words).collect(),
        Value::Object(table) => table.values().next().map(words).unwrap_or_default(),
        Value::Bool(_) | Value::Null => Vec::new(),
    }
}

/// A text as a record of a kind.
pub(super) fn read(kind: Kind, text: String) -> Value {
    let path = PathBuf::from(format!("{}/new.toml", kind.word()));
    let registry = Registry::from_texts([(path, text.into_bytes())]);
    all(&registry, kind).pop().map(|sibling| sibling.value).unwrap_or_default()
}
