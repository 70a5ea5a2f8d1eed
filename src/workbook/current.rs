//! Which row of the registry a row that was exported is now.

use std::collections::{HashMap, HashSet};

use super::columns::Part;
use super::returned::{Origin, Sheet, Then};
use super::rows::Row;

/// The rows of the registry, and which of them those that were exported are now.
pub(super) struct Current {
    pub(super) rows: Vec<Row>,
    /// By record, in the order of its parts.
    by_record: HashMap<String, Vec<usize>>,
    found: HashMap<String, usize>,
}

impl Current {
    pub(super) fn new(sheet: &Sheet, rows: Vec<Row>, origin: Option<&Origin>) -> Self {
        let mut by_record: HashMap<String, Vec<usize>> = HashMap::new();
        for (at, row) in rows.iter().enumerate() {
            by_record.entry(row.record().to_owned()).or_default().push(at);
        }
        let mut current = Self { rows, by_record, found: HashMap::new() };
        current.assign(sheet, origin);
        current
    }

    /// What a row is now; nothing if it is gone.
    pub(super) fn find(&self, id: &str) -> Option<usize> {
        self.found.get(id).copied()
    }

    /// The place of a part in its record's list; nothing for what is no part.
    pub(super) fn part_index(&self, at: usize) -> Option<usize> {
        let row = &self.rows[at];
        row.id.split('/').nth(2)?;
        self.by_record.get(row.record())?.iter().position(|own| *own == at)
    }

    /// Finds all rows. Records go by their id. Parts have none that lasts: first those that say the same find each other, then those
    /// of the same time, and last, of what is left, those that have at least half in common.
    fn assign(&mut self, sheet: &Sheet, origin: Option<&Origin>) {
        let remembered = origin.into_iter().flat_map(|origin| &origin.memory).map(|(id, (rev, _))| (&**id, &**rev));
        let given = sheet.rows.iter().map(|row| (&*row.id, &*row.rev));
        let mut seen = HashSet::new();
        let mut left: Vec<Lost<'_>> = remembered
            .chain(given)
            .filter(|(id, _)| sheet.part.has(id))
            .filter(|(id, _)| seen.insert(*id))
            .map(|(id, rev)| Lost { id, rev, then: origin.and_then(|origin| origin.then(id)) })
            .collect();
        let mut claimed = HashSet::new();
        let keys: &[&str] = if sheet.part == Part::Runs { &["start"] } else { &["body", "role", "from"] };
        for pass in [Pass::Record, Pass::Same, Pass::Alike(keys), Pass::Half] {
            left.retain(|lost| match self.best(lost, pass, sheet, &claimed) {
                Some(at) => {
                    claimed.insert(at);
                    self.found.insert(lost.id.to_owned(), at);
                    false
                }
                None => true,
            });
        }
    }

    fn best(&self, lost: &Lost<'_>, pass: Pass<'_>, sheet: &Sheet, claimed: &HashSet<usize>) -> Option<usize> {
        let mut steps = lost.id.split('/').skip(1);
        let own = self.by_record.get(steps.next()?)?;
        let Some(index) = steps.next() else { return own.first().copied().filter(|at| !claimed.contains(at)) };
        let in_place = index.parse().ok().and_then(|index: usize| own.get(index)).copied();
        let now = |at: usize, key: &str| {
            let place = sheet.columns.iter().position(|column| column.key == key)?;
            self.rows[at].contents[place].as_ref()
        };
        let score = |at: usize| -> Option<usize> {
            match (pass, &lost.then) {
                (Pass::Record, _) => None,
                (Pass::Same, _) => (self.rows[at].rev == lost.rev).then_some(0),
                (Pass::Alike(keys), Some(then)) => keys.iter().all(|key| now(at, key) == then.get(*key)).then_some(0),
                (Pass::Half, Some(then)) => {
                    let common = then.iter().filter(|(key, values)| now(at, key) == Some(*values)).count();
                    (2 * common >= then.len()).then_some(common)
                }
                // Without a memory, only the place is left to go by.
                (Pass::Alike(_) | Pass::Half, None) => (Some(at) == in_place).then_some(0),
            }
        };
        let free = own.iter().copied().filter(|at| !claimed.contains(at));
        free.filter_map(|at| Some((score(at)?, Some(at) == in_place, std::cmp::Reverse(at)))).max().map(|(.., at)| at.0)
    }
}

/// A row that was exported and is to be found again.
struct Lost<'a> {
    id: &'a str,
    rev: &'a str,
    then: Option<Then>,
}

/// What is looked for.
#[derive(Clone, Copy)]
enum Pass<'a> {
    Record,
    Same,
    Alike(&'a [&'a str]),
    Half,
}
