//! `lmnet rename`: another id, and every reference follows.

mod common;

use std::fs;
use std::path::{Path, PathBuf};

use common::{Ran, Tree, run, toml_files};
use lmnet::check;
use lmnet::model::Kind;
use lmnet::registry::{Registry, fields_of_file, record_of};
use lmnet::rename::Rename;

type Texts = Vec<(PathBuf, String)>;

fn texts(root: &str) -> Texts {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join(root);
    let mut files = Vec::new();
    toml_files(&root, &mut files);
    files.sort();
    let read = |path: PathBuf| (path.strip_prefix(&root).unwrap().to_owned(), fs::read_to_string(&path).unwrap());
    files.into_iter().map(read).filter(|(path, _)| fields_of_file(path).is_some()).collect()
}

fn renamed(texts: &Texts, rename: Rename<'_>) -> Texts {
    let own = format!("{}/{}", rename.kind.word(), rename.old);
    let one = |(path, text): &(PathBuf, String)| {
        let is_own = record_of(path.to_str().unwrap()).as_deref() == Some(&*own);
        let place = if is_own { path.with_file_name(format!("{}.toml", rename.new)) } else { path.clone() };
        (place, rename.followed(text, &fields_of_file(path).unwrap()).unwrap())
    };
    texts.iter().map(one).collect()
}

/// How many findings there are of each rule, since what a finding says names ids.
fn found(texts: &Texts) -> Vec<String> {
    let bytes = texts.iter().map(|(path, text)| (path.clone(), text.clone().into_bytes()));
    let findings = check::run(&Registry::from_texts(bytes)).findings;
    let mut rules: Vec<String> = findings.iter().map(|finding| finding.rule.id.to_owned()).collect();
    rules.sort_unstable();
    rules
}

/// Each record of both registries gets another id, and back: nothing points to nothing in between, and at the end every byte
/// is as it was.
#[test]
fn every_reference_follows_and_follows_back() {
    let mut followed = 0;
    for root in ["registry", "examples/fjordnett"] {
        let before = texts(root);
        let found_before = found(&before);
        for (path, _) in &before {
            let Some(record) = record_of(path.to_str().unwrap()) else { continue };
            let (kind, old) = record.split_once('/').unwrap();
            let kind = Kind::from_word(kind).unwrap();
            let there = renamed(&before, Rename { kind, old, new: "eit-anna-namn" });
            let changed = there.iter().zip(&before).filter(|(new, old)| new.1 != old.1).count();
            followed += changed;
            if changed > 0 {
                assert_eq!(found(&there), found_before, "{record}");
            }
            let back = renamed(&there, Rename { kind, old: "eit-anna-namn", new: old });
            assert!(back == before, "{record}");
        }
    }
    assert!(followed > 1000, "{followed} files changed");
}

fn lmnet(tree: &Tree, arguments: &[&str]) -> Ran {
    run(&mut tree.command(&[arguments, &["--lang", "en"]].concat()))
}

const AGREEMENT: &str = r#"# nordvik in a comment stays
title = "nordvik"
kind = "mandate"
parties = ["nordvik"]

[[obligation]]
id = "one"
text = "nordvik"
by = { jointly = ["nordvik"] }
receiver = ["nordvik"]
evidence = [
  { record = "course", where = { organiser = "nordvik", title = "nordvik" } },      # nordvik
  { record = ["matter", "meeting"], where = { "attended.organisation" = ["self", "nordvik"] } },
]

[[obligation]]
id = "two"
text = "nordvik"
by = "nordvik"

[obligation.per]
record = "offering"
where = { network.parties.organisation.id = 'nordvik' }

[[obligation.require]]
organiser = "nordvik"
"#;

#[test]
fn references_follow_in_values_and_conditions_and_nothing_else_does() {
    let tree = Tree::sound();
    tree.file("agreements/ny.toml", AGREEMENT);
    let ran = lmnet(&tree, &["rename", "organisations/nordvik", "organisations/nyvik", "--force"]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    assert!(ran.talk.contains("organisations/nyvik.toml: written\n"), "{ran:?}");
    assert!(!tree.path("organisations/nordvik.toml").exists() && tree.path("organisations/nyvik.toml").exists());
    let mut wanted = AGREEMENT.replace("\"nordvik\"", "\"nyvik\"").replace("'nordvik'", "\"nyvik\"");
    for text in ["title = ", "text = "] {
        wanted = wanted.replace(&format!("{text}\"nyvik\""), &format!("{text}\"nordvik\""));
    }
    assert_eq!(fs::read_to_string(tree.path("agreements/ny.toml")).unwrap(), wanted);
}

#[test]
fn what_would_lose_a_reference_or_take_an_id_is_refused() {
    let tree = Tree::sound();
    tree.file("offerings/skadd.toml", "organiser = \"nordvik\ntitle = 3");
    let ran = lmnet(&tree, &["rename", "organisations/nordvik", "nyvik"]);
    assert!(ran.code == Some(2) && ran.talk.contains("offerings/skadd.toml: the file cannot be read"), "{ran:?}");
    tree.file("offerings/skadd.toml", "organiser = 'annan\ntitle = 3");
    let taken = fs::read_dir(tree.path("networks")).unwrap().next().unwrap().unwrap().file_name();
    let taken = taken.to_str().unwrap().strip_suffix(".toml").unwrap().to_owned();
    for (new, says) in [
        (&*taken, "is taken"),
        ("Sør Vik", "can be no id"),
        ("con", "can be no id"),
        ("network", "means something else in duties"),
    ] {
        let ran = lmnet(&tree, &["rename", "organisations/nordvik", new]);
        assert!(ran.code == Some(2) && ran.talk.contains(says), "{new}: {ran:?}");
    }
    assert!(tree.path("organisations/nordvik.toml").exists());
    // What duties call `network` is no organisation, so a file of that name takes none of them along.
    tree.file("organisations/network.toml", "name = \"Vik\"\nkind = \"municipality\"\n");
    let ran = lmnet(&tree, &["rename", "organisations/network", "vik"]);
    assert!(ran.code == Some(2) && ran.talk.contains("\"network\" cannot be an id"), "{ran:?}");
    fs::remove_file(tree.path("organisations/network.toml")).unwrap();
    let ran = lmnet(&tree, &["rename", "organisations/nordvik", "nordvik"]);
    assert_eq!((ran.code, &*ran.talk), (Some(0), "lmnet: it says so already\n"));
    let ran = lmnet(&tree, &["rename", "organisations/nordvik", "nyvik", "-n"]);
    assert!(ran.code == Some(0) && ran.out.contains("rename from ") && ran.out.contains("rename to "), "{ran:?}");
    assert!(tree.path("organisations/nordvik.toml").exists());
}
