//! "Did you mean": every reference of the registry, with one slip in it, has the id that was meant first among the suggestions.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use lmnet::check;
use lmnet::read::{Seen, Target};
use lmnet::registry::Registry;
use lmnet::source::{FileId, KeyPath, locate};

/// A reference where it stands.
struct Reference {
    file: FileId,
    path: KeyPath,
    id: String,
    slip: String,
}

fn texts(root: &Path) -> BTreeMap<PathBuf, String> {
    let files = walkdir::WalkDir::new(root).into_iter().map(Result::unwrap);
    let records = files.filter(|entry| entry.path().extension().is_some_and(|end| end == "toml"));
    let visible = records.filter(|entry| !entry.file_name().to_string_lossy().starts_with('.'));
    let text = |entry: walkdir::DirEntry| {
        (entry.path().strip_prefix(root).unwrap().to_owned(), std::fs::read_to_string(entry.path()).unwrap())
    };
    visible.map(text).collect()
}

fn registry(texts: &BTreeMap<PathBuf, String>) -> Registry {
    Registry::from_texts(texts.iter().map(|(path, text)| (path.clone(), text.clone().into_bytes())))
}

/// The id with one letter left out, put in, changed, or in the place of its neighbour; which and where follows from the number.
fn with_slip(id: &str, number: usize) -> String {
    let mut letters: Vec<char> = id.chars().collect();
    let at = number / 4 % letters.len();
    let other = char::from(b"etaonrislkdmgvfupbhyj"[number / 7 % 21]);
    match number % 4 {
        0 if letters.len() > 1 => drop(letters.remove(at)),
        1 => letters.insert(at, other),
        2 if at + 1 < letters.len() => letters.swap(at, at + 1),
        _ => letters[at] = other,
    }
    letters.into_iter().collect()
}

/// Of how many references with a slip the id that was meant came first, and how many there were.
fn found_first(root: &str) -> (usize, usize) {
    let texts = texts(&Path::new(env!("CARGO_MANIFEST_DIR")).join(root));
    let sound = registry(&texts);
    let mut references = Vec::new();
    sound.walk(|site, trail, seen| {
        let Seen::Reference(link) = seen else { return };
        let slip = with_slip(link.id, references.len());
        // A slip may happen to name something else that is there, or to be no slip at all.
        let there = sound.resolve(lmnet::read::Link { id: &slip, ..link });
        let names_something = !matches!(there, lmnet::registry::Resolved::Nothing);
        if link.target != Target::Area && !names_something && slip != link.id {
            references.push(Reference { file: site.file, path: trail.path.clone(), id: link.id.to_owned(), slip });
        }
    });
    // Some at a time, so that most of each record stays as it is.
    const ROUNDS: usize = 12;
    let (mut first, mut all) = (0, 0);
    for round in 0..ROUNDS {
        let mut spoilt = texts.clone();
        let mut asked: BTreeMap<(String, String), &Reference> = BTreeMap::new();
        let mut by_file: BTreeMap<FileId, Vec<&Reference>> = BTreeMap::new();
        references.iter().skip(round).step_by(ROUNDS).for_each(|one| by_file.entry(one.file).or_default().push(one));
        for (file, references) in by_file {
            let path = PathBuf::from(sound.path(file));
            let text = spoilt.get_mut(&path).unwrap();
            let paths: Vec<&KeyPath> = references.iter().map(|one| &one.path).collect();
            let mut places: Vec<_> = locate(text, &paths).into_iter().zip(references).collect();
            places.sort_by_key(|(bytes, _)| std::cmp::Reverse(bytes.start));
            for (bytes, reference) in places {
                let (start, end) = (bytes.start as usize, bytes.end as usize);
                // In a short form or a key of its own the id may stand somewhere inside.
                let Some(at) = text[start..end].find(&format!("\"{}\"", reference.id)) else { continue };
                let at = start + at + 1;
                text.replace_range(at..at + reference.id.len(), &reference.slip);
                asked.insert((path.display().to_string(), reference.path.to_string()), reference);
            }
        }
        let spoilt = registry(&spoilt);
        for finding in check::run(&spoilt).findings.iter().filter(|finding| finding.rule.id == "unknown-reference") {
            let Some(reference) = asked.remove(&(finding.place.path.clone(), finding.place.key.clone())) else {
                continue;
            };
            let hint = finding.hint.as_ref().map(|hint| hint.en.clone()).unwrap_or_default();
            let suggested = hint.split('"').nth(1).unwrap_or_default();
            all += 1;
            first += usize::from(suggested == reference.id);
        }
        assert!(asked.is_empty(), "{root}: {} references with a slip are not found", asked.len());
    }
    (first, all)
}

#[test]
fn the_id_that_was_meant_is_suggested_first() {
    for (root, least) in [("registry", 600), ("examples/fjordnett", 700)] {
        let (first, all) = found_first(root);
        assert!(all >= least, "{root}: {first} of {all}");
        assert!(first * 100 >= all * 95, "{root}: {first} of {all}");
    }
}
