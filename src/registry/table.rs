//! The records of one kind.

use std::hash::BuildHasher as _;

use hashbrown::{DefaultHashBuilder, HashTable};

use super::Entry;

/// The records of one kind, sorted by id.
#[derive(Debug)]
pub struct Table<T> {
    entries: Vec<Box<Entry<T>>>, // boxed, since sorting and gathering move them, and records are large
    /// Where each of them is, by the hash of its id: references are looked up more often than anything else.
    places: HashTable<u32>,
    hash: DefaultHashBuilder,
}

/// The records of a table, by id.
pub type Entries<'a, T> = std::iter::Map<std::slice::Iter<'a, Box<Entry<T>>>, fn(&'a Box<Entry<T>>) -> &'a Entry<T>>;

impl<T> Default for Table<T> {
    fn default() -> Self {
        Self { entries: Vec::new(), places: HashTable::new(), hash: DefaultHashBuilder::default() }
    }
}

impl<T> Table<T> {
    /// The record with this id.
    #[must_use]
    pub fn get(&self, id: &str) -> Option<&Entry<T>> {
        let place = self.places.find(self.hash.hash_one(id), |place| *self.entries[*place as usize].id == *id)?;
        Some(&self.entries[*place as usize])
    }

    /// All records, by id.
    pub fn iter(&self) -> Entries<'_, T> {
        self.entries.iter().map(|entry| &**entry)
    }

    /// How many records there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    pub(super) fn all(&self) -> &[Box<Entry<T>>] {
        &self.entries
    }

    /// Takes in more records. They are not found before the table is in order.
    pub(super) fn extend(&mut self, more: Vec<Box<Entry<T>>>) {
        self.entries.extend(more);
    }

    /// Leaves out what is not to be kept.
    pub(super) fn retain(&mut self, keep: impl FnMut(&Box<Entry<T>>) -> bool) {
        self.entries.retain(keep);
        self.put_in_order();
    }

    /// Sorts the records and notes where each of them is.
    pub(super) fn put_in_order(&mut self) {
        self.entries.sort_unstable_by(|a, b| a.id.cmp(&b.id));
        self.entries.shrink_to_fit();
        let hash_at = |place: &u32| self.hash.hash_one(&*self.entries[*place as usize].id);
        self.places.clear();
        self.places.reserve(self.entries.len(), hash_at);
        for place in 0..self.entries.len() as u32 {
            self.places.insert_unique(hash_at(&place), place, hash_at);
        }
    }
}

impl<'a, T> IntoIterator for &'a Table<T> {
    type Item = &'a Entry<T>;
    type IntoIter = Entries<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}
