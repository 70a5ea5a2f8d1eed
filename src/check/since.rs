//! What is new, fixed and kept since a revision.
//!
//! Findings are paired one to one: first those that are the same in everything, then those that are the same without the
//! numbers in lists, then those of records that have been given another name since.

use std::collections::{HashMap, VecDeque};

use super::identity::record_of;
use super::{Finding, Outcome};
use crate::registry::Registry;

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
        let commit: String = self.commit.chars().take(10).collect();
        if self.revision.starts_with(&commit) { commit } else { format!("{} ({commit})", self.revision) }
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

/// A record that is only there before, or only now, by what it says: its words in order of the alphabet.
struct Lone {
    record: String,
    words: Vec<String>,
}

/// How many pairs of records are looked at for likeness; beyond that, only what says the very same counts as renamed.
const MOST_PAIRS: usize = 100_000;

/// The records that have another name now: of the same kind, and at least four fifths of the words are the same. Layout and
/// order do not count.
fn renamed(before: &Registry, now: &Registry) -> Vec<(String, String)> {
    let mut gone = lone(before, now);
    let mut come = lone(now, before);
    let mut found = Vec::new();
    let mut take = |gone: &mut Vec<Lone>, come: &mut Vec<Lone>, (old, new): (usize, usize)| {
        found.push((std::mem::take(&mut gone[old].record), std::mem::take(&mut come[new].record)));
    };
    let mut same: HashMap<(String, Vec<String>), VecDeque<usize>> = HashMap::new();
    for (index, lone) in come.iter().enumerate() {
        same.entry((kind(&lone.record), lone.words.clone())).or_default().push_back(index);
    }
    for old in 0..gone.len() {
        let key = (kind(&gone[old].record), gone[old].words.clone());
        if let Some(new) = same.get_mut(&key).and_then(VecDeque::pop_front) {
            take(&mut gone, &mut come, (old, new));
        }
    }
    gone.retain(|lone| !lone.record.is_empty());
    come.retain(|lone| !lone.record.is_empty());
    if gone.len() * come.len() > MOST_PAIRS {
        return found;
    }
    let mut pairs: Vec<(usize, usize, usize)> = Vec::new();
    for (old, before) in gone.iter().enumerate() {
        for (new, now) in come.iter().enumerate().filter(|(_, now)| kind(&now.record) == kind(&before.record)) {
            let (shared, all) = (shared(&before.words, &now.words), before.words.len() + now.words.len());
            if shared * 2 * 5 >= all * 4 {
                pairs.push((shared * 2 * 1000 / all.max(1), old, new));
            }
        }
    }
    pairs.sort_by_key(|(likeness, old, new)| (std::cmp::Reverse(*likeness), *old, *new));
    for (_, old, new) in pairs {
        if !gone[old].record.is_empty() && !come[new].record.is_empty() {
            take(&mut gone, &mut come, (old, new));
        }
    }
    found
}

fn kind(record: &str) -> String {
    record.split('/').next().unwrap_or_default().to_owned()
}

/// The records of a registry that the other one does not have.
fn lone(registry: &Registry, other: &Registry) -> Vec<Lone> {
    let others: std::collections::HashSet<String> = other.files().filter_map(|(_, path)| record_of(&path)).collect();
    let own = registry.files().filter_map(|(file, path)| Some((file, record_of(&path)?)));
    own.filter(|(_, record)| !others.contains(record))
        .map(|(file, record)| {
            let text = registry.text(file).unwrap_or_default();
            let mut words: Vec<String> =
                text.split(|char: char| !char.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned).collect();
            words.sort_unstable();
            Lone { record, words }
        })
        .collect()
}

/// How many words two sorted lists have in common.
fn shared(a: &[String], b: &[String]) -> usize {
    let (mut a, mut b, mut count) = (a.iter().peekable(), b.iter().peekable(), 0);
    while let (Some(one), Some(other)) = (a.peek(), b.peek()) {
        match one.cmp(other) {
            std::cmp::Ordering::Less => drop(a.next()),
            std::cmp::Ordering::Greater => drop(b.next()),
            std::cmp::Ordering::Equal => {
                count += 1;
                (a.next(), b.next());
            }
        }
    }
    count
}
