//! What goes wrong around lmnet while it writes: a disk that is full, a folder that may not be written to, files that change and
//! branches that are checked out meanwhile. Nothing is lost, nothing is half written, and it is said why.

mod common;

#[path = "common/repository.rs"]
mod repository;

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicBool, Ordering};

use common::{Ran, Tree, run};
use repository::git;

/// All files of a folder, hidden ones too.
fn files(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut open = vec![folder.to_owned()];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            match path.is_dir() {
                true => open.push(path),
                false => drop(found.insert(path.clone(), fs::read(&path).unwrap())),
            }
        }
    }
    found
}

/// Runs a command that can write no more than some 512-byte blocks into a file: as on a full disk, each write beyond fails.
fn with_blocks(blocks: u32, command: &Command) -> Ran {
    let mut shell = Command::new("sh");
    shell.arg("-c").arg(format!("trap '' XFSZ; ulimit -f {blocks}; exec \"$@\"")).arg("sh");
    shell.arg(command.get_program()).args(command.get_args());
    run(&mut shell)
}

/// Commands that write into the registry, and into another folder.
fn writers(tree: &Tree, out: &Path) -> Vec<Command> {
    let long = "x".repeat(3000);
    let registry: [&[&str]; 5] = [
        &["set", "offerings/kols-skule", "description.nn", &long],
        &["rename", "organisations/helse-ytterkyst", "hyk"],
        &[
            "new",
            "offering",
            "--title",
            &long,
            "--organiser",
            "helse-ytterkyst",
            "--network",
            "lm-fjordnett",
            "--id",
            "lang",
        ],
        &[
            "merge",
            "organisations",
            "vagvik",
            "oyfjord",
            "--into",
            "nordfjorden",
            "--name",
            "Nordfjorden",
            "--code",
            "9999",
            "--on",
            "2028-01-01",
        ],
        &["offerings", "run", "add", "kols-skule", "--start", "2027-02-02", "--place", &long],
    ];
    let mut commands: Vec<Command> = registry.iter().map(|arguments| tree.command(arguments)).collect();
    let outside: [&[&str]; 4] = [
        &["export", "--format", "datapackage", "-o"],
        &["export", "--format", "ndjson", "--partition-by", "year", "--as", "fjord", "-o"],
        &["report", "--year", "2025", "-o"],
        &["export", "--workbook"],
    ];
    for (arguments, name) in outside.iter().zip(["pakke", "deler", "rapport.html", "bok.xlsx"]) {
        let place = out.join(name);
        commands.push(tree.command(&[arguments, &[place.to_str().unwrap()][..]].concat()));
    }
    commands
}

#[test]
fn on_a_full_disk_all_stays_as_it_was() {
    for lang in ["nn", "nb", "en"] {
        let (tree, out) = (Tree::fjordnett(), Tree::empty());
        let before = files(&tree.root);
        for mut command in writers(&tree, &out.root) {
            command.args(["--lang", lang]);
            for blocks in [0, 1] {
                let ran = with_blocks(blocks, &command);
                assert_eq!(ran.code, Some(2), "{command:?}: {ran:?}");
                assert!(ran.talk.starts_with("lmnet: ") && !ran.talk.contains("os error"), "{command:?}: {}", ran.talk);
                assert!(files(&tree.root) == before, "{command:?} left something");
                assert_eq!(files(&out.root).into_keys().collect::<Vec<_>>(), [] as [PathBuf; 0], "{command:?}");
            }
        }
    }
}

/// Root may write everywhere: who runs the tests as root runs these commands as nobody.
#[test]
fn where_nothing_may_be_written_nothing_changes() {
    let (tree, out) = (Tree::fjordnett(), Tree::empty());
    let is_root = String::from_utf8(Command::new("id").arg("-u").output().unwrap().stdout).unwrap().trim() == "0";
    let before = files(&tree.root);
    let lock = |mode: u32| {
        for folder in [&tree.root, &tree.path("offerings"), &tree.path("organisations"), &out.root] {
            fs::set_permissions(folder, fs::Permissions::from_mode(mode)).unwrap();
        }
    };
    lock(0o555);
    // Where the project lies, nobody may have no way to.
    let (elsewhere, program) = (Tree::empty(), env!("CARGO_BIN_EXE_lmnet"));
    fs::copy(program, elsewhere.path("lmnet")).unwrap();
    let mut told = Vec::new();
    for command in writers(&tree, &out.root) {
        let ran = match is_root {
            true => {
                let mut nobody = Command::new("setpriv");
                nobody.args(["--reuid=65534", "--regid=65534", "--clear-groups"]);
                run(nobody.arg(elsewhere.path("lmnet")).args(command.get_args()).args(["--lang", "nn"]))
            }
            false => run(Command::new(command.get_program()).args(command.get_args()).args(["--lang", "nn"])),
        };
        told.push((format!("{command:?}"), ran));
    }
    lock(0o755);
    for (command, ran) in told {
        assert_eq!(ran.code, Some(2), "{command}: {ran:?}");
        assert!(ran.talk.contains("løyvet manglar"), "{command}: {}", ran.talk);
    }
    assert!(files(&tree.root) == before && files(&out.root).is_empty());
}

/// Two branches are checked out in turn while commands read and write: every run ends in order, and each file is one that some
/// branch or command made.
#[test]
fn branches_that_change_underneath_lose_nothing() {
    let tree = Tree::fjordnett();
    let git = |arguments: &[&str]| git(&tree.root, arguments);
    git(&["init", "-q"]);
    git(&["add", "-A"]);
    git(&["commit", "-qm", "a"]);
    git(&["checkout", "-qb", "other"]);
    let renamed = run(&mut tree.command(&["rename", "organisations/helse-ytterkyst", "hyk"]));
    assert_eq!(renamed.code, Some(0));
    git(&["add", "-A"]);
    git(&["commit", "-qm", "b"]);
    let known = |tree: &Tree| {
        let text = |path: &Path| fs::read_to_string(path).unwrap_or_default();
        ["offerings/kols-skule.toml", "offerings/diabetesleir.toml"].map(|path| text(&tree.path(path)))
    };
    let done = AtomicBool::new(false);
    std::thread::scope(|scope| {
        let turning = scope.spawn(|| {
            let mut turns = 0;
            while !done.load(Ordering::Relaxed) {
                // What a command has changed meanwhile may stand in the way of a checkout; then it is thrown away.
                let root = tree.root.to_str().unwrap();
                let _ = Command::new("git").args(["-C", root, "checkout", "-qf", "-"]).output();
                turns += 1;
            }
            turns
        });
        for round in 0..10 {
            let frequency = format!("runde {round}");
            for arguments in [
                &["check", "-q"][..],
                &["offerings", "list"],
                &["set", "offerings/kols-skule", "frequency.nn", &frequency],
                &["report", "--year", "2025"],
            ] {
                let ran = run(&mut tree.command(arguments));
                assert!(matches!(ran.code, Some(0..=2)), "{arguments:?}: {ran:?}");
                assert!(ran.code != Some(2) || ran.talk.starts_with("lmnet: "), "{arguments:?}: {ran:?}");
            }
        }
        done.store(true, Ordering::Relaxed);
        assert!(turning.join().unwrap() > 5);
    });
    for text in known(&tree) {
        assert!(text.contains("title = ") && toml::from_str::<toml::Value>(&text).is_ok(), "half a file:\n{text}");
    }
    git(&["checkout", "-qf", "other"]);
    git(&["reset", "-q", "--hard"]);
    let check = run(&mut tree.command(&["check"]));
    assert_eq!(check.code, Some(0), "{}", check.out);
    let left: Vec<PathBuf> =
        files(&tree.root).into_keys().filter(|path| path.to_string_lossy().contains(".tmp")).collect();
    assert_eq!(left, [] as [PathBuf; 0], "nothing waits beside its place");
}
