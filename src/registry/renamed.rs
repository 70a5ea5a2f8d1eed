//! Records that have another name than before.

use std::collections::{HashMap, HashSet, VecDeque};

use super::Registry;
use crate::model::Kind;

/// The records that have another name now: of the same kind, and at least four fifths of the words are the same. Layout and
/// order do not count.
#[must_use]
pub fn renamed(before: &Registry, now: &Registry) -> Vec<(String, String)> {
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

/// A record that is only there before, or only now, by what it says: its words in order of the alphabet.
struct Lone {
    record: String,
    words: Vec<String>,
}

/// How many pairs of records are looked at for likeness; beyond that, only what says the very same counts as renamed.
const MOST_PAIRS: usize = 100_000;

fn kind(record: &str) -> String {
    record.split('/').next().unwrap_or_default().to_owned()
}

/// The records of a registry that the other one does not have.
fn lone(registry: &Registry, other: &Registry) -> Vec<Lone> {
    let others: HashSet<String> = other.files().filter_map(|(_, path)| record_of(&path)).collect();
    let own = registry.files().filter_map(|(file, path)| Some((file, record_of(&path)?)));
    own.filter(|(_, record)| !others.contains(record))
        .map(|(file, record)| {
            let text = registry.text(file).unwrap_or_default();
            let mut words: Vec<String> = text
                .split(|char: char| !char.is_alphanumeric())
                .filter(|word| !word.is_empty())
                .map(str::to_owned)
                .collect();
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
            std::cmp::Ordering::Less => _ = a.next(),
            std::cmp::Ordering::Greater => _ = b.next(),
            std::cmp::Ordering::Equal => {
                count += 1;
                a.next();
                b.next();
            }
        }
    }
    count
}

/// The record in a file of the registry, as `kind/id`. The folders between kind and file do not count.
#[must_use]
pub fn record_of(path: &str) -> Option<String> {
    let (folder, rest) = path.split_once('/')?;
    let kind = Kind::from_word(folder)?;
    let stem = rest.rsplit('/').next()?.strip_suffix(".toml")?;
    Some(format!("{}/{stem}", kind.word()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_is_known_by_its_kind_and_its_file_name() {
        for (path, record) in [
            ("offerings/kols.toml", Some("offerings/kols")),
            ("offerings/2016/vår/kols.toml", Some("offerings/kols")),
            ("offerings/kols.txt", None),
            ("lmnet.toml", None),
            ("other/kols.toml", None),
        ] {
            assert_eq!(record_of(path).as_deref(), record, "{path}");
        }
    }
}
