//! What is new, fixed and kept since a revision.
//!
//! Findings are paired one to one: first those that are the same in everything, then those that are the same without the
//! numbers in lists, then those of records that have been given another name since.

use std::collections::{HashMap, VecDeque};

use super::{Finding, Outcome};
use crate::registry::{Registry, renamed, revision_words};

/// What a registry was held against.
#[derive(Clone, Debug)]
pub struct Since {
    /// The revision, as it was asked for.
    pub revision: String,
    /// The commit that it names.
    pub commit: String,
    /// The way from the root of the repository to the registry as it was then: empty, or ending in `/`.
    pub folder: String,
    /// What was found then and no longer is.
    pub fixed: Vec<Finding>,
}

impl Since {
    /// The revision, with as much of the commit's name as people need.
    #[must_use]
    pub fn words(&self) -> String {
        revision_words(&self.revision, &self.commit)
    }
}

/// Holds what is found now against what was found `before`: marks what is kept, and gives what is fixed.
#[must_use]
pub fn compare(now: &mut Outcome, registry: &Registry, before: Outcome, registry_before: &Registry) -> Vec<Finding> {
    let mut left: Vec<Finding> = before.findings;
    let same = |finding: &Finding| key(finding, &finding.place.key);
    pair(&mut now.findings, &mut left, same, same);
    let alike = |finding: &Finding| key(finding, &finding.place.key_without_numbers());
    pair(&mut now.findings, &mut left, alike, alike);
    if !left.is_empty() && now.new_findings().next().is_some() {
        let names = Names::of(&renamed(registry_before, registry));
        pair(&mut now.findings, &mut left, |finding| names.after(alike(finding)), alike);
    }
    left
}

/// Rule, record, key and message. English stands for the message in every language.
type Key = (&'static str, String, String, String);

fn key(finding: &Finding, key: &str) -> Key {
    let record = finding.place.record().unwrap_or_else(|| finding.place.path.clone());
    (finding.rule.id, record, key.to_owned(), finding.message.en.clone())
}

/// Pairs the findings of now that are still new with those left from before, and takes the latter out.
fn pair(
    now: &mut [Finding],
    left: &mut Vec<Finding>,
    key_before: impl Fn(&Finding) -> Key,
    key_now: impl Fn(&Finding) -> Key,
) {
    let mut waiting: HashMap<Key, VecDeque<usize>> = HashMap::new();
    for (index, finding) in left.iter().enumerate() {
        waiting.entry(key_before(finding)).or_default().push_back(index);
    }
    let mut taken = vec![false; left.len()];
    for finding in now.iter_mut().filter(|finding| !finding.kept) {
        if let Some(index) = waiting.get_mut(&key_now(finding)).and_then(VecDeque::pop_front) {
            finding.kept = true;
            taken[index] = true;
        }
    }
    let mut taken = taken.into_iter();
    left.retain(|_| !taken.next().unwrap_or_default());
}

/// What records are called now that had other names before.
struct Names {
    records: HashMap<String, String>,
    ids: HashMap<String, String>,
}

impl Names {
    fn of(renamed: &[(String, String)]) -> Self {
        let id = |record: &str| record.rsplit('/').next().unwrap_or_default().to_owned();
        let ids = renamed.iter().map(|(before, now)| (id(before), id(now))).collect();
        Self { records: renamed.iter().cloned().collect(), ids }
    }

    /// The key that a finding from before would have now. Messages name records by their ids.
    fn after(&self, (rule, record, key, message): Key) -> Key {
        let record = self.records.get(&record).cloned().unwrap_or(record);
        let mut text = String::with_capacity(message.len());
        let mut rest = &*message;
        while !rest.is_empty() {
            let in_id = |char: char| char.is_alphanumeric() || char == '-';
            let word = &rest[..rest.find(|char| !in_id(char)).unwrap_or(rest.len())];
            text.push_str(self.ids.get(word).map_or(word, String::as_str));
            rest = &rest[word.len()..];
            let between = rest.find(in_id).unwrap_or(rest.len());
            text.push_str(&rest[..between]);
            rest = &rest[between..];
        }
        (rule, record, key, text)
    }
}
