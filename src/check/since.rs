//! What is new, fixed and kept since a revision.
//!
//! Findings are paired one to one: first those that are the same in everything, then those that are the same without the
//! numbers in lists, then those of records that have been given another name since.

use std::collections::{HashMap, HashSet, VecDeque};

use super::identity::without_indexes;
use super::{Finding, Outcome, severity};
use crate::diagnostic::{About, Rule};
use crate::mandate::Found;
use crate::registry::{Registry, record_of, renamed, revision_words};
use crate::words;

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
    pub gone: Gone,
}

/// What was found before and no longer is.
#[derive(Clone, Debug, Default)]
pub struct Gone {
    /// What is not found any more.
    pub fixed: Vec<Finding>,
    /// What is only not told any more.
    pub silenced: Vec<(Finding, Silence)>,
}

words! {
    /// Why a finding is not told.
    pub enum Silence {
        Waived = "waived", "fått unntak", "fått unntak", "waived";
        Off = "off", "regelen er slått av", "regelen er slått av", "the rule is switched off";
    }
}

impl Since {
    /// The revision, with as much of the commit's name as people need.
    #[must_use]
    pub fn words(&self) -> String {
        revision_words(&self.revision, &self.commit)
    }
}

/// Holds what is found now against what was found `before`: marks what is kept, and gives what is gone.
#[must_use]
pub fn compare(now: &mut Outcome, registry: &Registry, before: Outcome, registry_before: &Registry) -> Gone {
    let mut left: Vec<Finding> = before.findings;
    let same = |finding: &Finding| key(finding, str::to_owned);
    pair(&mut now.findings, &mut left, same, same, str::to_owned);
    let alike = |finding: &Finding| key(finding, without_indexes);
    pair(&mut now.findings, &mut left, alike, alike, str::to_owned);
    let mut names = Names::default();
    if !left.is_empty() {
        names = Names::of(&renamed(registry_before, registry));
        let before = |finding: &Finding| names.after(alike(finding));
        pair(&mut now.findings, &mut left, before, alike, |id| names.ids.get(id).map_or(id, String::as_str).to_owned());
    }
    let mut gone = Gone::default();
    let waived = if left.is_empty() { HashSet::new() } else { waived(registry) };
    for finding in left {
        let record = finding.place.record();
        let record = record.map(|record| names.records.get(&record).cloned().unwrap_or(record));
        match silence(registry, &waived, record, finding.rule) {
            None => gone.fixed.push(finding),
            Some(why) => gone.silenced.push((finding, why)),
        }
    }
    gone
}

/// Why nothing is told of a rule in a record, if there is a reason.
fn silence(
    registry: &Registry,
    waived: &HashSet<(String, &str)>,
    record: Option<String>,
    rule: &Rule,
) -> Option<Silence> {
    if severity(registry, rule).is_none() {
        return Some(Silence::Off);
    }
    (!rule.protected && waived.contains(&(record?, rule.id))).then_some(Silence::Waived)
}

/// The records that waive rules, each with a rule. By their files: one whose name can't be an id has another id than the name says.
fn waived(registry: &Registry) -> HashSet<(String, &str)> {
    let waive = Found::all(registry).filter(|found| !found.remarks().waive.is_empty());
    let by_file = waive.filter_map(|found| Some((record_of(&registry.path(found.file()))?, found)));
    let rules = by_file
        .flat_map(|(record, found)| found.remarks().waive.iter().map(move |waiver| (record.clone(), &*waiver.rule)));
    rules.collect()
}

/// Rule, record, key and message, and what is not shown.
type Key = (&'static str, [String; 3], String);

fn key(finding: &Finding, key: impl Fn(&str) -> String) -> Key {
    (finding.rule.id, finding.named(key), finding.hidden.clone())
}

/// Pairs the findings of now that are still new with those left from before, and takes the latter out. One that has got more
/// parts is new, though the one from before is not fixed.
fn pair(
    now: &mut [Finding],
    left: &mut Vec<Finding>,
    key_before: impl Fn(&Finding) -> Key,
    key_now: impl Fn(&Finding) -> Key,
    part_now: impl Fn(&str) -> String,
) {
    let mut waiting: HashMap<Key, VecDeque<usize>> = HashMap::new();
    for (index, finding) in left.iter().enumerate() {
        waiting.entry(key_before(finding)).or_default().push_back(index);
    }
    let mut taken = vec![false; left.len()];
    for finding in now.iter_mut().filter(|finding| !finding.kept) {
        if let Some(index) = waiting.get_mut(&key_now(finding)).and_then(VecDeque::pop_front) {
            finding.kept = has_no_more(&finding.about, &left[index].about, &part_now);
            taken[index] = true;
        }
    }
    let mut taken = taken.into_iter();
    left.retain(|_| !taken.next().unwrap_or_default());
}

/// Whether all that is lacking was lacking before.
fn has_no_more(now: &About, before: &About, part_now: impl Fn(&str) -> String) -> bool {
    let (About::Parts(now), About::Parts(before)) = (now, before) else { return true };
    let mut before: Vec<String> = before.iter().map(|part| part_now(part)).collect();
    now.iter().all(|part| before.iter().position(|other| other == part).map(|at| before.swap_remove(at)).is_some())
}

/// What records are called now that had other names before.
#[derive(Default)]
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
    fn after(&self, (rule, [record, key, message], hidden): Key) -> Key {
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
        (rule, [record, key, text], hidden)
    }
}
