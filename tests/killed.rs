//! A process that is killed while it writes loses nothing: each file is as it was or as it is to be, and a second run does
//! the rest.

mod common;

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::{Duration, Instant};

use common::{Tree, run, toml_files};

/// How often a process is killed, for each of the two commands.
const TIMES: u32 = 50;

type Files = BTreeMap<PathBuf, String>;

fn files(tree: &Tree) -> Files {
    let mut paths = Vec::new();
    toml_files(&tree.root, &mut paths);
    let read = |path: PathBuf| (path.strip_prefix(&tree.root).unwrap().to_owned(), fs::read_to_string(&path).unwrap());
    paths.into_iter().map(read).collect()
}

/// Puts a tree back, with nothing of an earlier run left in it.
fn restore(tree: &Tree, wanted: &Files) {
    for path in files(tree).keys().filter(|path| !wanted.contains_key(*path)) {
        fs::remove_file(tree.path(path)).unwrap();
    }
    let now = files(tree);
    for (path, text) in wanted.iter().filter(|(path, text)| now.get(*path) != Some(text)) {
        fs::write(tree.path(path), text).unwrap();
    }
    left_behind(&tree.root).iter().for_each(|path| fs::remove_file(path).unwrap());
}

/// Files that wait beside their places.
fn left_behind(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(left_behind(&path));
        } else if path.extension().is_some_and(|ending| ending == "tmp") {
            found.push(path);
        }
    }
    found
}

/// Kills a command as soon as the first file waits beside its place, or as soon as the first has its place, and a little later
/// each time. Gives how often some files were new and others old then.
fn killed(tree: &Tree, arguments: &[&str], seen_in: &str) -> u32 {
    let before = files(tree);
    let started = Instant::now();
    assert_eq!(run(&mut tree.command(arguments)).code, Some(0));
    let whole = started.elapsed();
    let after = files(tree);
    let written: Vec<&PathBuf> =
        after.iter().filter(|(path, text)| before.get(*path) != Some(text)).map(|one| one.0).collect();
    let first = tree.path(written.iter().find(|path| before.contains_key(**path)).unwrap());
    assert!(written.len() >= 30, "many files are written");

    let mut between = 0;
    for time in 0..TIMES {
        restore(tree, &before);
        let mut child = tree.command(arguments).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        let was = fs::metadata(&first).unwrap().ino();
        let begun = || match time % 2 {
            0 => !left_behind(&tree.path(seen_in)).is_empty(),
            _ => fs::metadata(&first).is_ok_and(|there| there.ino() != was),
        };
        while !begun() && child.try_wait().unwrap().is_none() {}
        std::thread::sleep(if time % 2 == 0 { whole * time / (2 * TIMES) } else { Duration::from_micros(50) * time });
        let _ = child.kill();
        child.wait().unwrap();

        let found = files(tree);
        let mut new = 0;
        for (path, text) in &found {
            let (old, done) = (before.get(path) == Some(text), after.get(path) == Some(text));
            assert!(old || done, "{}: neither as it was nor as it is to be:\n{text}", path.display());
            new += u32::from(!old);
        }
        assert_eq!(found.len(), before.len(), "a file is lost or twice there");
        let all_new = found == after;
        between += u32::from(new > 0 && !all_new);

        let again = run(&mut tree.command(arguments));
        // What was done already cannot be done again.
        assert!(again.code == Some(0) || all_new, "{again:?}");
        assert!(files(tree) == after, "the second run did not do the rest: {again:?}");
    }
    between
}

#[test]
fn whatever_is_killed_while_it_writes_loses_nothing() {
    let tree = Tree::fjordnett();
    let all = files(&tree);
    for (path, text) in all.iter().take(40) {
        fs::write(tree.path(path), text.replace("\n\n", "\n\n\n\n").replacen(" = ", "   =   ", 1)).unwrap();
    }
    let between = killed(&tree, &["fmt"], "agreements");
    let tree = Tree::fjordnett();
    let between = between + killed(&tree, &["rename", "organisations/helse-ytterkyst", "hyk"], "agreements");
    assert!(between >= 10, "only {between} of {} were killed between two files", 2 * TIMES);
}
