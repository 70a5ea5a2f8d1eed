//! Makes the fixes of findings, in memory: what is to be written is handed out as a [`ChangeSet`].
//!
//! A fix is made only if its finding goes and no error comes. An error that a fix uncovers is a sign that something else
//! was meant: a value that does not fit the key that its own was taken for. Warnings and notes may come: they are about a
//! record that only now can be read as it is meant.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::ops::Range;
use std::path::{Path, PathBuf};

use super::{Finding, Outcome, Repair};
use crate::diagnostic::Severity;
use crate::lang::Said;
use crate::registry::Registry;
use crate::source::FileId;
use crate::spelling::shown_path;
use crate::store::ChangeSet;

/// How often the registry may be checked to find out which fixes have to be left out.
const CHECKS: usize = 500;

/// What has come of fixing.
#[derive(Debug)]
pub struct Fixed {
    /// The registry as it will be.
    pub registry: Registry,
    /// What remains.
    pub outcome: Outcome,
    /// What has to be written for that.
    pub changes: ChangeSet,
    /// The fixes: the path that the file had, and what became of what.
    pub made: Vec<(String, Said)>,
}

/// What is to be fixed.
pub struct Fixing<'f> {
    /// The folder of the registry.
    pub root: &'f Path,
    /// What is done to the registry once it is read, such as giving rules another severity.
    pub prepare: &'f dyn Fn(&mut Registry),
    /// Whether a file, by its path, is to be fixed.
    pub within: &'f dyn Fn(&str) -> bool,
}

impl<'f> Fixing<'f> {
    /// The whole registry as it stands.
    #[must_use]
    pub fn all(root: &'f Path) -> Self {
        Self { root, prepare: &|_| {}, within: &|_| true }
    }

    /// Checks, and fixes nothing.
    #[must_use]
    pub fn none(&self) -> Fixed {
        let State { registry, outcome, changes } = self.state(ChangeSet::default());
        Fixed { registry, outcome, changes, made: Vec::new() }
    }

    /// Makes every fix that can be made, and those that only then can be.
    #[must_use]
    pub fn run(&self) -> Fixed {
        let mut work = Work { fixing: self, now: self.state(ChangeSet::default()), made: Vec::new(), checks: CHECKS };
        let refused = loop {
            let before = work.made.len();
            let refused = work.pass();
            // What was refused may do no harm after what was made later.
            if work.made.len() == before || work.checks == 0 {
                break refused;
            }
        };
        let identities = work.now.identities();
        let State { registry, mut outcome, changes } = work.now;
        for (finding, identity) in outcome.findings.iter_mut().zip(&identities) {
            if refused.contains(identity) {
                finding.fix = None;
            }
        }
        Fixed { registry, outcome, changes, made: work.made }
    }

    fn state(&self, changes: ChangeSet) -> State {
        let mut registry = Registry::load_changed(self.root, &changes);
        (self.prepare)(&mut registry);
        let outcome = super::run(&registry);
        State { registry, outcome, changes }
    }
}

struct Work<'f> {
    fixing: &'f Fixing<'f>,
    now: State,
    made: Vec<(String, Said)>,
    checks: usize,
}

/// A registry after changes, and what is found in it.
struct State {
    registry: Registry,
    outcome: Outcome,
    changes: ChangeSet,
}

/// A fix, with what it fixes and where its file lies on the disk.
struct Candidate<'a> {
    identity: Identity,
    path: PathBuf,
    repair: &'a Repair,
}

impl Candidate<'_> {
    /// The path, and what becomes of what.
    fn told(&self) -> (String, Said) {
        (shown_path(&self.path), self.repair.title.clone())
    }
}

/// What a finding is known by when lines and names change: its rule, its file, its place there and its message.
type Identity = (&'static str, String, String, String);

impl Work<'_> {
    fn candidates<'s>(&self, state: &'s State, refused: &HashSet<Identity>) -> Vec<Candidate<'s>> {
        state.candidates(self.fixing.within, refused)
    }

    /// Tries every fix, together as far as it goes, and gives those that were refused.
    fn pass(&mut self) -> HashSet<Identity> {
        let mut refused = HashSet::new();
        loop {
            let mut tried: Vec<Identity> =
                self.candidates(&self.now, &refused).into_iter().map(|one| one.identity).collect();
            if tried.is_empty() || self.checks == 0 {
                return refused;
            }
            // Fewer and fewer, until they are made or it is plain which do harm.
            while let Err(harmed) = self.attempt(&tried, &refused) {
                let (blamed, clean): (Vec<_>, Vec<_>) =
                    tried.iter().cloned().partition(|(_, path, ..)| harmed.contains(path));
                let mut files = HashSet::new();
                let firsts: Vec<_> = blamed.iter().filter(|(_, path, ..)| files.insert(path)).cloned().collect();
                tried = if self.checks == 0 || tried.len() == 1 || clean.is_empty() && firsts.len() == blamed.len() {
                    refused.extend(tried);
                    break;
                } else if blamed.is_empty() {
                    // What is new stands in a file of which nothing is fixed.
                    clean[..clean.len() / 2].to_vec()
                } else if clean.is_empty() {
                    firsts
                } else {
                    clean
                };
            }
        }
    }

    /// Fixes these findings together, unless something new is found then or one of them still is; gives the files in
    /// which that is so.
    fn attempt(&mut self, findings: &[Identity], refused: &HashSet<Identity>) -> Result<(), HashSet<String>> {
        let wanted: HashSet<&Identity> = findings.iter().collect();
        let mut candidates = self.candidates(&self.now, refused);
        candidates.retain(|one| wanted.contains(&one.identity));
        let mut made: Vec<_> = candidates.iter().map(Candidate::told).collect();
        let mut next = self.fixing.state(self.now.with(&candidates));
        self.checks = self.checks.saturating_sub(1);
        let mut new = next.new_since(&self.now);
        // What comes may be put right in its turn, once.
        let mut followed = HashSet::new();
        while self.checks > 0 && !new.is_empty() {
            let mut following = self.candidates(&next, refused);
            following.retain(|one| new.contains(&one.identity) && followed.insert(one.identity.clone()));
            if following.is_empty() {
                break;
            }
            made.extend(following.iter().map(Candidate::told));
            let changes = next.with(&following);
            next = self.fixing.state(changes);
            self.checks -= 1;
            new = next.new_since(&self.now);
        }
        let still = next.identities().into_iter().filter(|identity| wanted.contains(identity));
        let harmed: HashSet<String> = new.into_iter().chain(still).map(|(_, path, ..)| path).collect();
        if harmed.is_empty() {
            self.made.append(&mut made);
            self.now = next;
            return Ok(());
        }
        Err(harmed)
    }
}

impl State {
    /// The fixes that can be made at the same time, but for those refused. Of two that touch the same text, the first
    /// can.
    fn candidates(&self, within: &dyn Fn(&str) -> bool, refused: &HashSet<Identity>) -> Vec<Candidate<'_>> {
        let mut touched: BTreeMap<FileId, Vec<Range<usize>>> = BTreeMap::new();
        let mut chosen = Vec::new();
        for (finding, identity) in self.outcome.findings.iter().zip(self.identities()) {
            let wanted = within(&finding.place.path) && !refused.contains(&identity);
            let Some(repair) = finding.fix.as_ref().filter(|_| wanted) else { continue };
            let touched = touched.entry(repair.file).or_default();
            let overlap =
                |bytes: &Range<usize>| touched.iter().any(|other| bytes.start < other.end && other.start < bytes.end);
            if !repair.edits.iter().any(|edit| overlap(&edit.bytes)) {
                touched.extend(repair.edits.iter().map(|edit| edit.bytes.clone()));
                let path = self.changes.origin(self.registry.place(repair.file)).to_owned();
                chosen.push(Candidate { identity, path, repair });
            }
        }
        chosen
    }

    /// The changes with more fixes.
    fn with(&self, candidates: &[Candidate<'_>]) -> ChangeSet {
        let mut by_file: BTreeMap<&Path, Vec<&Repair>> = BTreeMap::new();
        for candidate in candidates {
            by_file.entry(&candidate.path).or_default().push(candidate.repair);
        }
        let mut changes = self.changes.clone();
        for (path, repairs) in by_file {
            let Some(bytes) = repairs.first().and_then(|repair| self.registry.bytes_again(repair.file)) else {
                continue;
            };
            if let Some(name) = repairs.iter().find_map(|repair| repair.rename.as_ref()) {
                changes.relocate(path, &bytes, path.with_file_name(Path::new(name).file_name().unwrap_or_default()));
            }
            let mut edits: Vec<_> = repairs.iter().flat_map(|repair| &repair.edits).collect();
            edits.sort_by_key(|edit| edit.bytes.start);
            let mut after = bytes.clone();
            // From the end, so that what comes before keeps its place.
            for edit in edits.into_iter().rev() {
                if bytes.get(edit.bytes.clone()) == Some(edit.was.as_bytes()) {
                    after.splice(edit.bytes.clone(), edit.text.bytes());
                }
            }
            if after != bytes {
                changes.set(path, Some(bytes), after);
            }
        }
        changes
    }

    /// The errors that were not found before.
    fn new_since(&self, before: &Self) -> HashSet<Identity> {
        let mut known: HashMap<Identity, usize> = HashMap::new();
        for identity in before.identities() {
            *known.entry(identity).or_default() += 1;
        }
        let found = self.outcome.findings.iter().zip(self.identities());
        let errors = found.filter(|(finding, _)| finding.severity == Severity::Error).map(|(_, identity)| identity);
        let new = errors.filter(|identity| match known.get_mut(identity) {
            Some(left) if *left > 0 => {
                *left -= 1;
                false
            }
            _ => true,
        });
        new.collect()
    }

    fn identities(&self) -> Vec<Identity> {
        let moved = self
            .changes
            .iter()
            .filter_map(|(path, change)| Some((shown_path(change.moved.as_ref()?), shown_path(path))));
        let moved: HashMap<String, String> = moved.collect();
        let identity = |finding: &Finding| {
            let path = &finding.place.path;
            let path = moved.get(path).unwrap_or(path).clone();
            (finding.rule.id, path, finding.place.key.clone(), finding.message.en.clone())
        };
        self.outcome.findings.iter().map(identity).collect()
    }
}
