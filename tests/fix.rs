//! `lmnet check --fix` and `--diff`: to the byte what is fixed, and that nothing else happens.

mod common;

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::{PermissionsExt as _, symlink};

use common::{Check, Item, Ran, Tree, items, run};
use lmnet::check::Outcome;
use lmnet::check::fix::Fixing;
use lmnet::diagnostic::Severity;

const PAGE: &str = include_str!("fix/fixes.md");

type Files = BTreeMap<String, Vec<u8>>;

/// Every file below the root, with its bytes.
fn files(tree: &Tree) -> Files {
    let (mut found, mut folders) = (Files::new(), vec![tree.root.clone()]);
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(&tree.root).unwrap().to_str().unwrap().to_owned();
                found.insert(name, fs::read(&path).unwrap());
            }
        }
    }
    found
}

/// What is found, but for where it stands and what its file is called.
fn told(outcome: &Outcome) -> Vec<(&'static str, String)> {
    outcome.findings.iter().map(|finding| (finding.rule.id, finding.message.en.clone())).collect()
}

fn errors(outcome: &Outcome) -> Vec<(&'static str, String)> {
    let errors = outcome.findings.iter().filter(|finding| finding.severity == Severity::Error);
    errors.map(|finding| (finding.rule.id, finding.message.en.clone())).collect()
}

/// Whether the second has nothing that the first does not have.
fn only_fewer<T: PartialEq + Clone>(before: &[T], after: &[T]) -> bool {
    let mut left = before.to_vec();
    after.iter().all(|one| left.iter().position(|known| known == one).map(|at| left.swap_remove(at)).is_some())
}

/// How a file may be written.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Form {
    Plain,
    Windows,
    Marked,
    NoLastEnd,
}

impl Form {
    fn of(self, items: &[Item]) -> Files {
        let bytes = |item: &Item| match item {
            Item::Bytes(path, bytes) => {
                let text = String::from_utf8(bytes.clone()).unwrap();
                let text = match self {
                    Self::Plain => text,
                    Self::Windows => text.replace('\n', "\r\n"),
                    Self::Marked => format!("\u{feff}{text}"),
                    Self::NoLastEnd => text.trim_end_matches('\n').to_owned(),
                };
                (path.clone(), text.into_bytes())
            }
            _ => panic!("{item:?} is no file with text"),
        };
        items.iter().map(bytes).collect()
    }
}

#[test]
fn each_fix_is_made_to_the_byte_and_only_once() {
    let sections: Vec<_> = PAGE.split("\n## ").skip(1).collect();
    assert!(sections.len() > 15);
    for section in sections {
        let (name, _) = section.split_once('\n').unwrap();
        let (before, after) = section.split_once("\nbecomes\n").unwrap_or((section, ""));
        let gone = section.lines().find_map(|line| line.strip_prefix("gone: "));
        for form in [Form::Plain, Form::Windows, Form::Marked, Form::NoLastEnd] {
            let (before, after) = (form.of(&items(before)), form.of(&items(after)));
            if form == Form::Marked && before.contains_key("lmnet.toml") {
                continue; // where the rule about the mark can't be switched off
            }
            let tree = Tree::sound();
            if form == Form::Marked {
                let manifest = fs::read_to_string(tree.path("lmnet.toml")).unwrap();
                tree.file("lmnet.toml", manifest.replace("[rules]", "[rules]\nbyte-order-mark = \"off\""));
            }
            let sound = files(&tree);
            for (path, bytes) in &before {
                tree.file(path, bytes);
            }
            let untouched = files(&tree);
            let found = Fixing::all(&tree.root).none().outcome;
            assert!(!found.findings.is_empty(), "{name}: nothing is found");

            let fixed = Fixing::all(&tree.root).run();
            assert_eq!(files(&tree), untouched, "{name}, {form:?}: written before it was asked for");
            fixed.changes.write(&tree.root).unwrap();
            let mut wanted = sound;
            wanted.extend(before.into_iter().filter(|(path, _)| gone != Some(path)));
            wanted.extend(after);
            let there = files(&tree);
            if let Some(path) = there.keys().chain(wanted.keys()).find(|path| there.get(*path) != wanted.get(*path)) {
                let shown = |files: &Files| files.get(path).map(|bytes| String::from_utf8_lossy(bytes).into_owned());
                assert_eq!(shown(&there), shown(&wanted), "{name}, {form:?}, {path}: {:?}", fixed.made);
            }

            let left = told(&fixed.outcome);
            // A record that now is read as it is meant may call forth warnings, but no error.
            let [before, after] = [&found, &fixed.outcome].map(errors);
            assert!(only_fewer(&before, &after), "{name}: {before:#?} {after:#?}");
            let changed = there != untouched;
            assert_eq!(fixed.made.is_empty(), !changed, "{name}");
            let again = Fixing::all(&tree.root).run();
            assert!(again.changes.is_empty() && again.made.is_empty(), "{name}: fixed twice");
            assert_eq!(told(&again.outcome), left, "{name}: what remains is told as it is");
        }
    }
}

/// A registry with a key, a reference and a file name to be fixed, and a mistake that stays.
fn mistaken() -> Tree {
    let tree = Tree::sound();
    tree.file("matters/Bær og sånt.toml", "title = \"Bær\"\nkind = \"case\"\n# no line end");
    tree.file("offerings/a.toml", "title = \"Kurs\"\norganisar = \"Nordvik\"\n");
    tree.file("offerings/b.toml", "\u{feff}title = \"Kurs\"\r\norganiser = [\"nordvikk\", \"fhf\"]\r\n");
    tree
}

fn check(tree: &Tree, arguments: &[&str]) -> Ran {
    run(&mut tree.command(&[&["check", "--lang", "en"], arguments].concat()))
}

#[test]
fn fixing_tells_what_was_done_and_what_remains() {
    let tree = mistaken();
    let ran = check(&tree, &["--fix", "--format", "json"]);
    let near = tree.root.file_name().unwrap().to_str().unwrap();
    let said: Vec<_> = ran.talk.lines().map(|line| line.replace(near, "R")).collect();
    let wanted = [
        "lmnet: R/matters/Bær og sånt.toml: \"Bær og sånt.toml\" becomes \"baer-og-sant.toml\"",
        "lmnet: R/offerings/a.toml: \"organisar\" becomes \"organiser\"",
        "lmnet: R/offerings/a.toml: \"Nordvik\" becomes \"nordvik\"",
        "lmnet: R/offerings/b.toml: the BOM is taken out",
        "lmnet: R/offerings/b.toml: \"fhf\" becomes \"fjord-hf\"",
    ];
    assert_eq!(said.iter().collect::<std::collections::BTreeSet<_>>(), wanted.map(str::to_owned).iter().collect());
    let left = Check::of(&ran);
    assert_eq!((left.code, left.rules()), (Some(1), vec![("offerings/b.toml", "unknown-reference")]));
    assert_eq!(left.json["findings"], tree.check().json["findings"], "what was foretold is there");

    tree.file("offerings/b.toml", "title = \"Eit anna kurs\"\norganiser = [\"Nordvik\"]\n");
    let ran = check(&tree, &["--fix", "--quiet"]);
    assert_eq!((ran.code, &*ran.talk, &*ran.out), (Some(0), "", "18 records, no findings\n"));
    assert_eq!(check(&tree, &["--fix"]).talk, "");
}

#[test]
fn a_diff_shows_and_writes_nothing() {
    let tree = mistaken();
    let before = files(&tree);
    let ran = check(&tree, &["--diff"]);
    let wanted = "\
diff --git a/matters/Bær og sånt.toml b/matters/baer-og-sant.toml
rename from matters/Bær og sånt.toml
rename to matters/baer-og-sant.toml
--- a/offerings/a.toml
+++ b/offerings/a.toml
@@ -1,2 +1,2 @@
 title = \"Kurs\"
-organisar = \"Nordvik\"
+organiser = \"nordvik\"
--- a/offerings/b.toml
+++ b/offerings/b.toml
@@ -1,2 +1,2 @@
-\u{feff}title = \"Kurs\"\r
-organiser = [\"nordvikk\", \"fhf\"]\r
+title = \"Kurs\"\r
+organiser = [\"nordvikk\", \"fjord-hf\"]\r
";
    assert_eq!((&*ran.out, &*ran.talk, ran.code), (wanted, "", Some(1)));
    assert_eq!(check(&tree, &["--diff", "--fix"]).out, wanted);
    assert_eq!(check(&tree, &["--diff", "--exit-zero"]), Ran { code: Some(0), ..ran });
    assert_eq!(files(&tree), before);
    check(&tree, &["--fix"]);
    assert_eq!(check(&tree, &["--diff"]), Ran { code: Some(0), out: String::new(), talk: String::new() });
}

#[cfg(feature = "outside")]
#[test]
fn git_applies_the_diff() {
    let (shown, fixed) = (mistaken(), mistaken());
    for tree in [&shown, &fixed] {
        tree.file("matters/Renamed And Edited.toml", "title = \"Bær\"\nknid = \"case\" # last");
    }
    check(&fixed, &["--fix"]);
    let patch = Tree::empty();
    patch.file("patch", check(&shown, &["--diff"]).out);
    let mut git = std::process::Command::new("git");
    git.args(["apply", "--verbose"]).arg(patch.path("patch")).current_dir(&shown.root);
    let ran = run(&mut git);
    assert_eq!(ran.code, Some(0), "{}", ran.talk);
    assert_eq!(files(&shown), files(&fixed));
}

#[test]
fn json_has_the_fix_with_its_places() {
    let check = mistaken().check();
    let fixes: Vec<_> = check.json["findings"].as_array().unwrap().iter().map(|finding| &finding["fix"]).collect();
    let edit = |path: &str, place: [u64; 6], text: &str| {
        let [line, column, end_line, end_column, offset, length] = place;
        serde_json::json!({
            "path": path, "line": line, "column": column, "end-line": end_line, "end-column": end_column,
            "offset": offset, "length": length, "text": text,
        })
    };
    let fix = |title: &str, edits: &[serde_json::Value]| serde_json::json!({ "title": title, "edits": edits, "rename": null });
    let mut rename = fix("\"Bær og sånt.toml\" becomes \"baer-og-sant.toml\"", &[]);
    rename["rename"] = "matters/baer-og-sant.toml".into();
    let wanted = [
        &rename,
        &fix("\"organisar\" becomes \"organiser\"", &[edit("offerings/a.toml", [2, 1, 2, 10, 15, 9], "organiser")]),
        &fix("the BOM is taken out", &[edit("offerings/b.toml", [1, 1, 1, 1, 0, 3], "")]),
        &serde_json::Value::Null,
        &fix("\"fhf\" becomes \"fjord-hf\"", &[edit("offerings/b.toml", [2, 26, 2, 31, 44, 5], "\"fjord-hf\"")]),
    ];
    assert_eq!(fixes, wanted);
}

#[test]
fn what_may_not_be_written_leaves_everything_as_it_was() {
    let tree = mistaken();
    fs::set_permissions(tree.path("offerings/b.toml"), fs::Permissions::from_mode(0o444)).unwrap();
    let before = files(&tree);
    let report = tree.path("report.md");
    let ran = check(&tree, &["--fix", "--quiet", "--format", "json", "--output", report.to_str().unwrap()]);
    assert_eq!((ran.code, &*ran.out), (Some(2), ""));
    assert!(ran.talk.starts_with("lmnet: ") && ran.talk.contains("offerings/b.toml"), "{}", ran.talk);
    assert!(!ran.talk.contains("becomes"), "{}", ran.talk);
    assert_eq!(files(&tree), before, "and no report is there");
}

#[test]
fn a_file_that_changes_between_reading_and_writing_stays() {
    let tree = mistaken();
    let fixed = Fixing::all(&tree.root).run();
    tree.file("offerings/b.toml", "title = \"Somebody else was faster\"\n");
    let before = files(&tree);
    let error = fixed.changes.write(&tree.root).unwrap_err().to_string();
    assert!(error.contains("b.toml: the file was changed by somebody else"), "{error}");
    assert_eq!(files(&tree), before);
}

#[test]
fn the_registry_may_be_a_link_but_nothing_in_it() {
    let (tree, outside) = (mistaken(), Tree::empty());
    outside.file("linked.toml", "title = \"Kurs\"\norganisar = \"nordvik\"\n");
    outside.file("folder/linked.toml", "title = \"Kurs\"\norganisar = \"nordvik\"\n");
    symlink(outside.path("linked.toml"), tree.path("offerings/Linked One.toml")).unwrap();
    symlink(outside.path("folder"), tree.path("offerings/folder")).unwrap();
    let before = files(&outside);
    symlink(&tree.root, outside.path("registry")).unwrap();
    let linked = Tree { root: outside.path("registry") };
    assert_eq!(check(&linked, &["--fix"]).talk.lines().count(), 5);
    std::mem::forget(linked);
    fs::remove_file(outside.path("registry")).unwrap();
    assert_eq!(files(&outside), before);
    assert!(tree.path("offerings/Linked One.toml").is_symlink());
    assert_eq!(
        fs::read_to_string(tree.path("offerings/a.toml")).unwrap(),
        "title = \"Kurs\"\norganiser = \"nordvik\"\n"
    );
}

#[test]
fn many_fixes_of_which_half_would_do_harm_end_soon() {
    let tree = Tree::sound();
    for number in 0..600 {
        let partner = ["Nordvik", "nobody"][number % 2];
        tree.file(
            format!("offerings/kurs-{number}.toml"),
            format!("title = \"Kurs\"\norganiser = \"nordvik\"\npartner = \"{partner}\"\n[referal]\nroutine = \"{partner}\"\n"),
        );
    }
    let ran = check(&tree, &["--fix", "--format", "json"]);
    let (said, left) = (ran.talk.lines().count(), Check::of(&ran).findings.len());
    // In every second file the partner is fixed; no routine of these names is there.
    assert_eq!((said, left), (600, 900));
}

#[test]
fn a_waived_finding_is_not_fixed() {
    let tree = Tree::sound();
    tree.file(
        "offerings/waived.toml",
        "title = \"Kurs\"\norganiser = \"Nordvik\"\nwaive = [{ rule = \"unknown-reference\", reason = \"Slik står det\" }]\n",
    );
    let ran = check(&tree, &["--fix"]);
    assert_eq!((&*ran.talk, &*ran.out, ran.code), ("", "16 records, no findings; 1 waived\n", Some(0)));
}
