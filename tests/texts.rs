//! The pure half of loading: files held in memory give the same registry as the same files in a folder.

mod common;

use std::path::PathBuf;

use common::Tree;
use lmnet::check;
use lmnet::registry::Registry;

fn findings(registry: &Registry) -> Vec<(String, &'static str, String)> {
    let outcome = check::run(registry);
    outcome.findings.into_iter().map(|found| (found.place.path, found.rule.id, found.message.en)).collect()
}

#[test]
fn texts_and_folders_give_the_same_registry() {
    let tree = Tree::sound();
    tree.file("offerings/half.toml", "title = 3\norganiser = \"nobody\"\n[[run]]\nstart = 2016-02-30\n")
        .file("matters/Æra.toml", "title = \"Æra\"\nkind = \"case\"\n")
        .file("stray.txt", "")
        .file("stray/a.toml", "")
        .file("stray/b/c.toml", "")
        .file("mappings/a.csv", "")
        .file("matters/.hidden.toml", "")
        .file("offerings/.hidden/a.toml", "")
        .file(".hidden/a.toml", "")
        .file("offerings/note.md", "");
    let files =
        walkdir::WalkDir::new(&tree.root).into_iter().map(Result::unwrap).filter(|file| file.file_type().is_file());
    let texts: Vec<(PathBuf, Vec<u8>)> = files
        .map(|file| (file.path().strip_prefix(&tree.root).unwrap().to_owned(), std::fs::read(file.path()).unwrap()))
        .collect();
    let (folder, memory) = (Registry::load(&tree.root), Registry::from_texts(texts));
    assert_eq!(folder.record_count(), memory.record_count());
    assert_eq!(findings(&folder), findings(&memory));
    assert!(findings(&memory).len() >= 5);
}
