//! What makes a finding this one and no other: its rule, its record, the key and the words, but no line. It stays the
//! same when lines move, a file is laid out anew, or something is put into a list before it.

use std::collections::HashMap;
use std::fmt::Write;

use uuid::{Uuid, uuid};

use super::{Finding, Spot};
use crate::diagnostic::About;
use crate::registry::record_of;

/// The namespace of all fingerprints. With another one, every finding that is known somewhere would be new there.
const NAMESPACE: Uuid = uuid!("c30c6926-4d8d-47e4-9817-ba477987ac09");

impl Spot {
    /// The record that the file holds, as `kind/id`; nothing for the manifest and what is no record.
    #[must_use]
    pub fn record(&self) -> Option<String> {
        record_of(&self.path)
    }
}

impl Finding {
    /// Its record, or the file that is none; its key, with or without the numbers in lists; and the message, for which English
    /// stands in every language. What a record has once is known by the record alone.
    pub(super) fn named(&self, key: impl Fn(&str) -> String) -> [String; 3] {
        let record = self.place.record().unwrap_or_else(|| self.place.path.clone());
        match self.about {
            About::Parts(_) => [record, String::new(), String::new()],
            About::Words | About::Hidden => [record, key(&self.place.key), self.message.en.clone()],
        }
    }
}

/// A key path without the numbers in lists: `run.start` for `run[2].start`.
pub(super) fn without_indexes(path: &str) -> String {
    let mut key = String::with_capacity(path.len());
    let mut inside = false;
    for char in path.chars() {
        inside = (inside || char == '[') && char != ']';
        if !inside && char != ']' {
            key.push(char);
        }
    }
    key
}

/// Gives each finding its fingerprint. Those that nothing tells apart are numbered in the order in which they stand.
pub(super) fn assign(findings: &mut [Finding]) {
    let mut alike: HashMap<String, u32> = HashMap::new();
    for finding in findings {
        let name = name(finding);
        let number = alike.entry(name.clone()).or_default();
        finding.fingerprint = Uuid::new_v5(&NAMESPACE, format!("{name}{number}").as_bytes());
        *number += 1;
    }
}

/// Each part tells its length, so that no two lists have one name.
fn name(finding: &Finding) -> String {
    let [record, key, message] = finding.named(without_indexes);
    let parts = [finding.rule.id, &record, &key, &message];
    parts.iter().fold(String::new(), |mut name, part| {
        let _ = write!(name, "{}:{part},", part.len());
        name
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_in_lists_do_not_count() {
        for (key, plain) in [("run[12].start", "run.start"), ("a[0].b[1]", "a.b"), ("title", "title"), ("", "")] {
            assert_eq!(without_indexes(key), plain);
        }
    }
}
