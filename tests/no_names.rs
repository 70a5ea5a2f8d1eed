//! The program knows no organisation, network or agreement of the registry by name: a network of one's own works by adding
//! TOML alone.
//!
//! An id counts where it stands as an id: between quotes or backticks, as a step of a path, or as a word of a command line
//! (`lmnet … show ID`). The same letters in a sentence are a word. A name counts wherever it stands as whole words, with its
//! capitals. Ids and names that the invented registry in `examples/fjordnett/` uses too are common words (AU, LMS,
//! samarbeidsavtale): there they can't mean the real ones.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use toml::{Table, Value};

#[test]
fn the_source_names_nothing_of_the_registry() {
    let known = Known::gathered();
    let mut found = Vec::new();
    let sources = files("src", &["rs", "md"]);
    for path in &sources {
        let text = fs::read_to_string(path).unwrap();
        for (number, line) in text.lines().enumerate() {
            found.extend(
                known.in_line(line).into_iter().map(|word| format!("{}:{}: {word}", path.display(), number + 1)),
            );
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
    assert!(sources.len() > 80, "{} files", sources.len());
}

#[test]
fn what_is_looked_for_is_found() {
    let known = Known::gathered();
    for (line, words) in [
        ("  lmnet deadlines --network lm-fonna --within 365", &["lm-fonna"][..]),
        ("  lmnet organisations show stord", &["stord"]),
        ("/// `plans/lm-fonna/x`, `mandat-fonna/handlingsplan`", &["lm-fonna", "mandat-fonna"]),
        ("let text = \"organiser = \\\"unn\\\"\";", &["unn"]),
        ("// as UNN does in Helse Nord", &["UNN", "Helse Nord"]),
        ("// Fonna alone, and LMS Fagnettverk Nord", &["Fonna", "LMS Fagnettverk Nord"]),
        ("matches!(id, \"haraldsplass\" | 'voss')", &["haraldsplass", "voss"]),
    ] {
        let expected: BTreeSet<String> = words.iter().map(|word| (*word).to_owned()).collect();
        assert_eq!(known.in_line(line), expected, "{line}");
    }
}

#[test]
fn common_words_are_let_through() {
    let known = Known::gathered();
    for line in [
        "// a stord word, an unn of no kind",           // in a sentence, not as an id
        "let name = \"unngå\"; // `lm-fonnafjord`",     // parts of longer words
        "// the LMS and its AU",                        // the invented registry has them too
        "lmnet offerings list --trust helse-ytterkyst", // an invented id
        "//! fonna and helse nord without capitals",
    ] {
        assert_eq!(known.in_line(line), BTreeSet::new(), "{line}");
    }
}

/// What the registry calls its records, without common words.
struct Known {
    ids: BTreeSet<String>,
    names: BTreeSet<String>,
}

impl Known {
    fn gathered() -> Self {
        let mut invented = BTreeSet::new();
        let mut invented_text = String::new();
        for path in files("examples/fjordnett", &["toml", "md"]) {
            let text = fs::read_to_string(&path).unwrap();
            invented.insert(stem(&path));
            invented.extend(words(&text).map(|(_, word)| word.to_owned()));
            invented_text.push_str(&text);
            invented_text.push('\n');
        }
        let (mut ids, mut names) = (BTreeSet::new(), BTreeSet::new());
        for kind in ["organisations", "networks", "agreements"] {
            for path in files(&format!("registry/{kind}"), &["toml"]) {
                ids.insert(stem(&path));
                let record: Table = fs::read_to_string(&path).unwrap().parse().unwrap();
                let of = record.get("kind").and_then(Value::as_str).unwrap_or_default();
                if kind == "networks" || ["health-trust", "regional-authority", "hospital"].contains(&of) {
                    names.extend(short_names(&record, of));
                }
            }
        }
        ids.retain(|id| !invented.contains(id));
        names.retain(|name| !stands_in(name, &invented_text));
        assert!(ids.len() > 200 && names.len() > 30, "{} ids, {} names", ids.len(), names.len());
        Self { ids, names }
    }

    /// The ids and names that a line holds.
    fn in_line(&self, line: &str) -> BTreeSet<String> {
        let names = self.names.iter().filter(|name| stands_in(name, line)).cloned();
        // Of names in names the longest is told.
        let names: Vec<String> = names.collect();
        let inside = |name: &String| names.iter().any(|other| other != name && stands_in(name, other));
        let mut found: BTreeSet<String> = names.iter().filter(|name| !inside(name)).cloned().collect();
        let command = line.find("lmnet ");
        for (at, word) in words(line) {
            let (before, after) = (&line[..at], &line[at + word.len()..]);
            let quoted = before.ends_with(['"', '\'', '`', '«', '/'])
                && after.starts_with(['"', '\'', '`', '»', '/', '#', '\\']);
            let argument = command.is_some_and(|command| command < at)
                && before.ends_with([' ', '=', ','])
                && (after.is_empty() || after.starts_with([' ', ',', '/', '`', '"', '\\']));
            if self.ids.contains(word) && (quoted || argument) {
                found.insert(word.to_owned());
            }
        }
        found
    }
}

/// What people call a record: its name, abbreviation and other names, without the form of company; Fonna of Helse Fonna.
fn short_names(record: &Table, kind: &str) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for key in ["name", "abbreviation", "also-called"] {
        record.get(key).into_iter().for_each(|value| texts(value, &mut names));
    }
    let short = |name: &String| {
        let name =
            [" HF", " RHF", " AS"].iter().fold(name.as_str(), |name, form| name.strip_suffix(form).unwrap_or(name));
        let place = name.strip_prefix("Helse ").filter(|place| kind == "health-trust" && !place.contains(' '));
        [Some(name), place].into_iter().flatten().map(str::to_owned).collect::<Vec<_>>()
    };
    names.iter().flat_map(short).collect()
}

fn texts(value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::String(text) => {
            found.insert(text.clone());
        }
        Value::Array(values) => values.iter().for_each(|value| texts(value, found)),
        Value::Table(values) => values.values().for_each(|value| texts(value, found)),
        _ => {}
    }
}

/// Whether a name stands in a text as whole words.
fn stands_in(name: &str, text: &str) -> bool {
    text.match_indices(name).any(|(at, _)| {
        let before = text[..at].chars().next_back();
        let after = text[at + name.len()..].chars().next();
        [before, after].into_iter().flatten().all(|char| !char.is_alphanumeric())
    })
}

/// The runs of letters, digits and hyphens of a text, with their places.
fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut from = 0;
    text.split(|char: char| !(char.is_alphanumeric() || char == '-')).filter_map(move |word| {
        let at = from + text[from..].find(word)?;
        from = at + word.len();
        (!word.is_empty()).then_some((at, word))
    })
}

fn stem(path: &Path) -> String {
    path.file_stem().unwrap().to_str().unwrap().to_owned()
}

/// The files of a folder of the project with these endings, at whatever depth.
fn files(folder: &str, endings: &[&str]) -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let all = walkdir::WalkDir::new(root).sort_by_file_name().into_iter().map(|file| file.unwrap().into_path());
    all.filter(|path| path.extension().is_some_and(|ending| endings.iter().any(|asked| ending == *asked))).collect()
}
