//! Workbooks that go out and come back: what was not touched changes nothing, what was changed arrives as exactly that.

mod common;

use std::path::{Path, PathBuf};

use common::{Ran, Tree, run};
use lmnet::lang::Lang;
use lmnet::registry::Registry;
use lmnet::workbook::{self, Part, Scope, columns, tabs};

/// A copy of a registry in a folder of its own.
fn copy_of(registry: &str) -> Tree {
    let tree = Tree::empty();
    let from = Path::new(env!("CARGO_MANIFEST_DIR")).join(registry);
    for entry in walkdir::WalkDir::new(&from) {
        let entry = entry.unwrap();
        let below = entry.path().strip_prefix(&from).unwrap();
        if entry.file_type().is_file() && !below.components().any(|part| part.as_os_str() == ".git") {
            std::fs::copy(entry.path(), tree.place(below)).unwrap();
        }
    }
    tree
}

/// Every file of a registry with its bytes.
fn bytes_of(tree: &Tree) -> Vec<(PathBuf, Vec<u8>)> {
    let mut files: Vec<(PathBuf, Vec<u8>)> = walkdir::WalkDir::new(&tree.root)
        .into_iter()
        .map(Result::unwrap)
        .filter(|entry| entry.file_type().is_file())
        .map(|entry| (entry.path().to_owned(), std::fs::read(entry.path()).unwrap()))
        .collect();
    files.sort();
    files
}

/// `lmnet export --workbook` into a folder beside the registry.
fn export(tree: &Tree, arguments: &[&str]) -> (Tree, PathBuf) {
    let folder = Tree::empty();
    let file = folder.path("out.xlsx");
    let ran = run(tree.command(&["export"]).arg("--workbook").arg(&file).args(arguments));
    assert_eq!(ran.code, Some(0), "{}", ran.talk);
    (folder, file)
}

fn import(tree: &Tree, file: &Path, arguments: &[&str]) -> Ran {
    run(tree.command(&["import"]).arg(file).args(arguments))
}

#[test]
fn a_heading_means_one_column_in_any_language() {
    for part in Part::ALL {
        let columns = columns(part);
        let mut known = std::collections::HashMap::new();
        for column in &columns {
            for heading in [&column.heading.nn, &column.heading.nb, &column.heading.en] {
                let before = known.insert(lmnet::names::folded(heading), &column.key);
                assert!(
                    before.is_none_or(|key| *key == column.key),
                    "{part:?}: {heading} is {before:?} and {}",
                    column.key
                );
            }
        }
    }
}

#[test]
fn an_untouched_workbook_changes_no_byte() {
    for registry in ["registry", "examples/fjordnett"] {
        let tree = copy_of(registry);
        let before = bytes_of(&tree);
        for lang in Lang::ALL {
            let (_folder, file) = export(&tree, &["--lang", lang.code()]);
            let ran = import(&tree, &file, &["--lang", "en"]);
            assert_eq!(ran.code, Some(0), "{registry} {lang}: {}{}", ran.out, ran.talk);
            let loaded = Registry::load(&tree.root);
            let rows: usize = tabs(&loaded, &Scope::default(), lang).iter().map(|tab| tab.rows.len()).sum();
            let told = format!("rows changed: 0, new: 0, taken out: 0, as before: {rows}; to be corrected: 0");
            assert!(rows > 20 && ran.talk.contains(&told), "{registry} {lang}: {rows} rows, {}", ran.talk);
            assert!(bytes_of(&tree) == before, "{registry} {lang}");
        }
    }
}

#[test]
fn the_same_registry_gives_the_same_bytes() {
    let tree = copy_of("examples/fjordnett");
    let [first, second] = [0, 1].map(|_| {
        let (_folder, file) = export(&tree, &[]);
        std::fs::read(file).unwrap()
    });
    assert!(first == second);
    let _ = workbook::read(&first, None, None).unwrap();
}
