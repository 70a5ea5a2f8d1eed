//! `lmnet fmt`: which files are written, what is said, and what is left alone.

mod common;

use std::fs;
use std::io::Write as _;
use std::os::unix::fs::symlink;
use std::process::Stdio;

use common::{Ran, Tree, run};

const CARELESS: &str = "organiser=\"nordvik\"\ntitle   = \"Kurs\" # comment\n";
const LAID_OUT: &str = "title = \"Kurs\" # comment\norganiser = \"nordvik\"\n";

fn fmt(tree: &Tree, arguments: &[&str]) -> Ran {
    run(&mut tree.command(&[&["fmt", "--lang", "en"], arguments].concat()))
}

/// The same with something on stdin.
fn piped(tree: &Tree, arguments: &[&str], text: &[u8]) -> Ran {
    let mut command = tree.command(&[&["fmt", "-", "--lang", "en"], arguments].concat());
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(text).unwrap();
    let output = child.wait_with_output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    Ran { code: output.status.code(), out: text(output.stdout), talk: text(output.stderr) }
}

fn text(tree: &Tree, path: &str) -> String {
    fs::read_to_string(tree.path(path)).unwrap()
}

#[test]
fn careless_files_are_written_and_the_others_are_not_touched() {
    let tree = Tree::sound();
    tree.file("offerings/under/kurs.toml", CARELESS);
    fmt(&tree, &[]);
    tree.file("offerings/under/kurs.toml", CARELESS);
    let before = fs::metadata(tree.path("lmnet.toml")).unwrap().modified().unwrap();
    let ran = fmt(&tree, &[]);
    assert_eq!(text(&tree, "offerings/under/kurs.toml"), LAID_OUT);
    assert_eq!((ran.code, ran.talk.lines().count()), (Some(0), 1), "{ran:?}");
    assert!(ran.talk.ends_with("offerings/under/kurs.toml: laid out anew\n"), "{ran:?}");
    assert!(ran.out.starts_with("files: ") && ran.out.ends_with("; laid out anew: 1\n"), "{ran:?}");
    assert_eq!(fs::metadata(tree.path("lmnet.toml")).unwrap().modified().unwrap(), before);
    let again = fmt(&tree, &["--check"]);
    assert_eq!((again.code, &*again.out), (Some(0), ""), "{again:?}");
}

#[test]
fn check_names_the_files_and_diff_can_be_applied_and_neither_writes() {
    let tree = Tree::sound();
    fmt(&tree, &[]);
    tree.file("offerings/kurs.toml", CARELESS);
    let ran = fmt(&tree, &["--check"]);
    assert_eq!(ran.code, Some(1));
    assert!(ran.out.ends_with("offerings/kurs.toml\n") && ran.out.lines().count() == 1, "{ran:?}");
    let ran = fmt(&tree, &["--diff"]);
    assert_eq!((ran.code, &*ran.talk), (Some(1), ""));
    assert_eq!(text(&tree, "offerings/kurs.toml"), CARELESS);
    tree.file(".diff", &ran.out);
    let patched = std::process::Command::new("git").args(["apply", ".diff"]).current_dir(&tree.root).output().unwrap();
    assert!(patched.status.success(), "{patched:?}");
    assert_eq!(text(&tree, "offerings/kurs.toml"), LAID_OUT);
}

#[test]
fn what_is_no_toml_is_reported_and_left_and_the_rest_is_laid_out() {
    let tree = Tree::sound();
    fmt(&tree, &[]);
    let broken: [(&str, &[u8], &str); 4] = [
        ("offerings/a.toml", b"title = \"Kurs\n", "broken-syntax"),
        ("offerings/b.toml", b"title = \"Kurs\"\nfrom = 2016-02-30\n", "impossible-date"),
        ("offerings/c.toml", b"title = \"B\xe6rum\"\n", "foreign-encoding"),
        ("offerings/d.toml", b"title = \"Kurs\"\ntitle = \"Kurs\"\n", "broken-syntax"),
    ];
    for (path, bytes, _) in broken {
        tree.file(path, bytes);
    }
    tree.file("offerings/kurs.toml", CARELESS);
    tree.file("elsewhere.toml", CARELESS);
    symlink(tree.path("elsewhere.toml"), tree.path("offerings/link.toml")).unwrap();
    let ran = fmt(&tree, &[]);
    assert_eq!(ran.code, Some(1), "{ran:?}");
    for (path, bytes, rule) in broken {
        assert_eq!(fs::read(tree.path(path)).unwrap(), bytes);
        assert!(ran.out.contains(path) && ran.out.contains(&format!("[{rule}]")), "{path}: {}", ran.out);
    }
    assert!(ran.out.contains("[linked-file]") && !ran.out.contains("[stray-file]"), "{}", ran.out);
    assert!(ran.out.ends_with("; laid out anew: 1; could not be read and were left alone: 5\n"), "{}", ran.out);
    assert_eq!((text(&tree, "offerings/kurs.toml"), text(&tree, "elsewhere.toml")), (LAID_OUT.into(), CARELESS.into()));
    tree.file("lmnet.toml", "format = 1\n\n[rules]\nbroken-syntax = \"off\"\n");
    let ran = fmt(&tree, &[]);
    assert!(ran.code == Some(1) && ran.out.contains("offerings/a.toml: cannot be read\n"), "{}", ran.out);
    let named = tree.path("offerings/kurs.toml");
    assert_eq!(fmt(&tree, &[named.to_str().unwrap()]).code, Some(0), "only what is named counts");
}

#[test]
fn findings_stay_the_same_where_keys_stand_below_a_run_by_mistake() {
    let tree = Tree::sound();
    tree.file(
        "offerings/kurs.toml",
        "organiser=\"nordvik\"\ntitle=\"Kurs\"\n\n\n[[run]]\nstart=2026-03-01\nreach=\"local\"\nform=\"group\"\n",
    );
    let rules = |tree: &Tree| {
        tree.check().findings.iter().map(|found| (found.message.clone(), found.hint.clone())).collect::<Vec<_>>()
    };
    let before = rules(&tree);
    assert!(before.iter().any(|(message, _)| message.contains("reach")), "{before:?}");
    fmt(&tree, &[]);
    assert!(
        text(&tree, "offerings/kurs.toml")
            .starts_with("organiser = \"nordvik\"\ntitle = \"Kurs\"\n\n[[run]]\nstart = 2026")
    );
    assert_eq!(rules(&tree), before);
}

#[test]
fn stdin_goes_to_stdout() {
    let tree = Tree::empty();
    let ran = piped(&tree, &["--stdin-path", "registry/offerings/under/x.toml"], CARELESS.as_bytes());
    assert_eq!((ran.code, &*ran.out, &*ran.talk), (Some(0), LAID_OUT, ""));
    let unordered = "organiser = \"nordvik\"\ntitle = \"Kurs\" # comment\n";
    assert_eq!(piped(&tree, &[], CARELESS.as_bytes()).out, unordered, "of no kind");
    assert_eq!(piped(&tree, &["--check"], CARELESS.as_bytes()).code, Some(1));
    assert_eq!(piped(&tree, &["--check"], unordered.as_bytes()).code, Some(0));
    let diff = piped(&tree, &["--diff", "--stdin-path", "offerings/x.toml"], CARELESS.as_bytes());
    assert!(diff.code == Some(1) && diff.out.starts_with("--- a/offerings/x.toml\n"), "{diff:?}");
    for bad in [&b"title = \n"[..], b"title = \"B\xe6rum\"\n"] {
        let ran = piped(&tree, &["--stdin-path", "offerings/x.toml"], bad);
        assert_eq!((ran.code, &*ran.out), (Some(2), ""));
        assert!(ran.talk.contains("offerings/x.toml:1"), "{ran:?}");
    }
    let ran = piped(&tree, &[], " ".repeat((1 << 20) + 1).as_bytes());
    assert!(ran.code == Some(2) && ran.talk.contains("larger than 1 MiB"), "{ran:?}");
}

#[test]
fn no_whole_identity_number_is_shown() {
    let tree = Tree::sound();
    tree.file("offerings/kurs.toml", "note=\"01810010068\"\ntitle=\"Kurs\"\norganiser = \"nordvik\"\n");
    let ran = fmt(&tree, &["--diff"]);
    assert!(ran.out.contains("note=\"") && !ran.out.contains("01810010068"), "{}", ran.out);
}
