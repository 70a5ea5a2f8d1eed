//! What counts as how bad, what makes `check` fail, and which part of the findings is shown.

mod common;

use std::fs;

use common::{Check, Ran, Tree, run};

/// A registry with an error, a warning and, by its manifest, nothing of a rule that is switched off.
fn tree() -> Tree {
    let tree = Tree::sound();
    tree.file("offerings/half.toml", "title = \"A\"\norganiser = \"nobody\"\n")
        .file("members/stray.txt", "")
        .file("offerings/odd.toml", "\u{feff}title = \"B\"\norganiser = \"fjord-hf\"\n");
    let manifest = fs::read_to_string(tree.path("lmnet.toml")).unwrap();
    let rules = "byte-order-mark = \"off\"\nstray-file = \"note\"";
    tree.file("lmnet.toml", manifest.replace("stray-file = \"warning\"", rules));
    tree
}

fn check(tree: &Tree, arguments: &[&str]) -> (Option<i32>, Vec<(String, String)>) {
    let ran = run(&mut tree.command(&[&["check", "--format", "json"], arguments].concat()));
    let check = Check::of(&ran);
    let severities =
        check.json["findings"].as_array().unwrap().iter().map(|finding| finding["severity"].as_str().unwrap());
    let rules = check.findings.iter().map(|finding| finding.at.rule.clone());
    (ran.code, rules.zip(severities.map(str::to_owned)).collect())
}

fn found(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    pairs.iter().map(|(rule, severity)| ((*rule).to_owned(), (*severity).to_owned())).collect()
}

#[test]
fn the_command_line_wins_over_the_manifest_and_the_last_word_over_the_first() {
    let tree = tree();
    let usual = found(&[("stray-file", "note"), ("unknown-reference", "error")]);
    assert_eq!(check(&tree, &[]), (Some(1), usual));
    for (arguments, code, pairs) in [
        (
            &["-W", "stray-file", "-N", "unknown-reference"][..],
            0,
            &[("stray-file", "warning"), ("unknown-reference", "note")][..],
        ),
        (&["--allow", "unknown-reference", "--deny", "stray-file"], 1, &[("stray-file", "error")]),
        (&["-A", "unknown-reference", "-A", "stray-file"], 0, &[]),
        (&["-D", "stray-file", "-A", "unknown-reference", "-A", "stray-file"], 0, &[]),
        (
            &["-A", "stray-file", "-W", "unknown-reference", "-D", "stray-file", "-D", "unknown-reference"],
            1,
            &[("stray-file", "error"), ("unknown-reference", "error")],
        ),
        (
            &["--warn", "byte-order-mark", "--note", "unknown-reference"],
            0,
            &[("stray-file", "note"), ("unknown-reference", "note"), ("byte-order-mark", "warning")],
        ),
    ] {
        assert_eq!(check(&tree, arguments), (Some(code), found(pairs)), "{arguments:?}");
    }
}

#[test]
fn an_unknown_rule_is_no_rule_and_a_like_one_is_named() {
    let ran = run(&mut tree().command(&["check", "-A", "unkown-reference"]));
    assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""));
    assert!(ran.talk.contains("'unknown-reference'"), "{}", ran.talk);
    let ran = run(&mut tree().command(&["check", "-A", "national-identity-number"]));
    assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""));
    assert!(ran.talk.contains("lmnet explain national-identity-number"), "{}", ran.talk);
}

#[test]
fn what_fails_is_chosen_and_is_the_same_in_every_format() {
    let tree = tree();
    for (arguments, code) in [
        (&[][..], 1),
        (&["--fail-on", "never"], 0),
        (&["--exit-zero"], 0),
        (&["--exit-zero", "--fail-on", "note"], 0),
        (&["-A", "unknown-reference"], 0),
        (&["-A", "unknown-reference", "--fail-on", "warning"], 0),
        (&["-A", "unknown-reference", "--fail-on", "note"], 1),
        (&["-W", "unknown-reference", "--fail-on", "error"], 0),
        (&["-W", "unknown-reference", "--fail-on", "warning"], 1),
    ] {
        for format in ["human", "concise", "json", "sarif", "github", "gitlab", "junit"] {
            let ran = run(&mut tree.command(&[&["check", "--format", format], arguments].concat()));
            assert_eq!(ran.code, Some(code), "{format} {arguments:?}");
        }
    }
    let failures = |arguments: &[&str]| {
        let ran = run(&mut tree.command(&[&["check", "--format", "junit"], arguments].concat()));
        ran.out.matches("<failure ").count()
    };
    let counts = [&["--fail-on", "note"][..], &["--fail-on", "error"], &["--fail-on", "never"]].map(failures);
    assert_eq!(counts, [2, 1, 0]);
}

#[test]
fn what_could_not_run_is_2_whatever_was_asked() {
    let tree = tree();
    let ran = run(&mut tree.command(&["check", "--exit-zero", "--format", "junit", "-o", "no/such/folder.xml"]));
    assert_eq!(ran.code, Some(2), "{}", ran.talk);
}

fn within(tree: &Tree, folder: &str, paths: &[&str]) -> Ran {
    let mut command = tree.command(&[&["check", "--format", "concise", "--lang", "en"], paths].concat());
    run(command.current_dir(tree.path(folder)))
}

#[test]
fn named_files_and_folders_choose_what_is_shown_not_what_is_looked_at() {
    let tree = tree();
    std::os::unix::fs::symlink("half.toml", tree.path("offerings/link.toml")).unwrap();
    for (folder, paths, rules) in [
        ("", &["offerings"][..], &["[unknown-reference]", "[linked-file]"][..]),
        ("", &["offerings/half.toml"], &["[unknown-reference]"]),
        ("", &["offerings/link.toml"], &["[linked-file]"]),
        ("offerings", &["half.toml"], &["[unknown-reference]"]),
        ("offerings", &["../members"], &["[stray-file]"]),
        ("offerings", &["."], &["[unknown-reference]", "[linked-file]"]),
        ("", &["members", "offerings/half.toml"], &["[stray-file]", "[unknown-reference]"]),
        ("", &["organisations", "lmnet.toml"], &[]),
        ("", &["."], &["[stray-file]", "[unknown-reference]", "[linked-file]"]),
        ("", &[".."], &["[stray-file]", "[unknown-reference]", "[linked-file]"]),
    ] {
        let ran = within(&tree, folder, paths);
        assert_eq!(ran.code, Some(i32::from(rules.iter().any(|rule| *rule != "[stray-file]"))), "{paths:?}");
        assert_eq!(ran.out.matches("[").count(), rules.len(), "{paths:?}: {}", ran.out);
        assert!(rules.iter().all(|rule| ran.out.contains(rule)), "{paths:?}: {}", ran.out);
        assert!(ran.out.contains("17 records"), "{}", ran.out);
        // What is printed leads to the file from where one is.
        let printed = ran.out.lines().filter_map(|line| Some(line.split_once(": ")?.0.split_once(':')?.0));
        let (found, lost): (Vec<_>, Vec<_>) =
            printed.partition(|path| tree.path(folder).join(path).symlink_metadata().is_ok());
        assert!(
            found.len() == rules.len() && lost.is_empty() && found.iter().all(|path| !path.starts_with('/')),
            "{}",
            ran.out
        );
    }
}

#[test]
fn what_is_not_there_or_not_in_the_registry_is_refused() {
    let tree = tree();
    let outside = Tree::empty();
    let outside = outside.root.to_str().unwrap();
    for path in ["offerings/none.toml", outside] {
        let ran = within(&tree, "", &[path]);
        assert!(ran.code == Some(2) && ran.talk.contains(path), "{ran:?}");
    }
}
