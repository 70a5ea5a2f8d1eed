//! `lmnet doctor`: what is in force, from where, and what the files are like.

mod common;

use std::process::Command;

use common::{Tree, run};
use serde_json::{Value, json};

fn doctor(command: &mut Command) -> Value {
    let ran = run(command.args(["doctor", "--format", "json"]));
    assert_eq!((ran.code, &*ran.talk), (Some(0), ""), "{ran:?}");
    serde_json::from_str(&ran.out).unwrap()
}

#[test]
fn each_setting_says_where_it_comes_from() {
    let tree = Tree::sound();
    let given = doctor(tree.command(&["--lang", "nb", "--today", "2026-02-03"]).current_dir(&tree.root));
    assert_eq!(given["language"], json!({ "value": "nb", "from": "command-line" }));
    assert_eq!(given["today"], json!({ "value": "2026-02-03", "from": "command-line" }));
    assert_eq!(given["registry"]["from"], "command-line");
    assert_eq!(given["suppress-below"], json!({ "value": "5", "from": "manifest" }));

    tree.file(
        "lmnet.toml",
        "format = 1\nlanguage = \"en\"\n[publish]\nsuppress-below = 8\n[rules]\nstray-file = \"off\"\n",
    );
    let mut command = Command::new(env!("CARGO_BIN_EXE_lmnet"));
    common::quiet_environment(&mut command);
    let found = doctor(command.current_dir(tree.path("offerings")));
    assert_eq!(found["language"], json!({ "value": "en", "from": "manifest" }));
    assert_eq!(found["today"], json!({ "value": "2026-11-30", "from": "environment" }));
    assert_eq!(found["registry"]["from"], "folders");
    assert_eq!(found["suppress-below"], json!({ "value": "8", "from": "manifest" }));
    assert_eq!(found["rules"], json!({ "stray-file": "off" }));
    tree.file("lmnet.toml", "format = 1\n");
    let mut command = Command::new(env!("CARGO_BIN_EXE_lmnet"));
    common::quiet_environment(&mut command);
    let by_variable = doctor(command.env("LMNET_LANG", "nn").env_remove("LMNET_TODAY").current_dir(&tree.root));
    assert_eq!(by_variable["language"], json!({ "value": "nn", "from": "environment" }));
    assert_eq!(by_variable["today"]["from"], "clock");
    assert_eq!(by_variable["suppress-below"], json!({ "value": "5", "from": "usual" }));
}

#[test]
fn files_are_told_as_they_are_and_a_broken_registry_is_no_hindrance() {
    let tree = Tree::sound();
    let before = doctor(&mut tree.command(&[]));
    assert_eq!((&before["files"]["not-utf8"], &before["manifest"]), (&json!(0), &json!("whole")));
    let all = before["files"]["all"].as_u64().unwrap();
    tree.file("offerings/a.toml", b"title = \"Bl\xe5\"\r\n").file("offerings/b.toml", "\u{feff}title = \"B\"\r\n");
    tree.file("matters/c.toml", "title = \"C\"\nwaive = [{ rule = \"stray-file\", reason = \"x\" }]\n");
    tree.file("lmnet.toml", "format = 1\nlanguage = 3\n");
    let after = doctor(&mut tree.command(&[]));
    let files = &after["files"];
    assert_eq!(files["all"], json!(all + 3));
    assert_eq!(
        [&files["not-utf8"], &files["byte-order-mark"], &files["windows-line-ends"]],
        [&json!(1), &json!(1), &json!(2)]
    );
    assert_eq!((&after["manifest"], &after["waived"]), (&json!("partly"), &json!({ "stray-file": 1 })));
    for (lang, says) in [
        ("nn", ["Filer ikkje UTF-8: 1", "lmnet.toml kunne ikkje lesast heil", "stray-file: unntak i postar: 1"]),
        ("nb", ["Filer ikke UTF-8: 1", "lmnet.toml kunne ikke leses hel", "stray-file: unntak i poster: 1"]),
        ("en", ["Files not UTF-8: 1", "lmnet.toml could not be read whole", "stray-file: exceptions in records: 1"]),
    ] {
        let ran = run(&mut tree.command(&["doctor", "--lang", lang]));
        assert!(ran.code == Some(0) && says.iter().all(|says| ran.out.contains(says)), "{lang}: {ran:?}");
    }
}

#[test]
fn git_is_told_as_it_stands() {
    let tree = Tree::sound();
    assert_eq!(doctor(&mut tree.command(&[]))["git"], Value::Null);
    let git = |arguments: &[&str]| {
        let name = ["-c", "user.name=N", "-c", "user.email=n@example.org"];
        let status = Command::new("git").args(name).args(arguments).current_dir(&tree.root).status().unwrap();
        assert!(status.success(), "{arguments:?}");
    };
    git(&["init", "-q"]);
    git(&["add", "."]);
    git(&["commit", "-q", "-m", "All"]);
    let clean = doctor(&mut tree.command(&[]));
    let id = Command::new("git").args(["rev-parse", "HEAD^{tree}"]).current_dir(&tree.root).output().unwrap();
    assert_eq!(clean["git"], json!({ "tree": String::from_utf8(id.stdout).unwrap().trim(), "changed": false }));
    tree.file("offerings/ny.toml", "title = \"Ny\"\n");
    assert_eq!(doctor(&mut tree.command(&[]))["git"]["changed"], true);
}

#[test]
fn where_there_is_no_registry_it_says_where_it_looked_and_how_to_begin_one() {
    let tree = Tree::empty();
    tree.file("depot/.git/HEAD", "").file("depot/notat/les.txt", "");
    let doctor = |arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_lmnet"));
        common::quiet_environment(&mut command);
        let ran = run(command.arg("doctor").args(arguments).current_dir(tree.path("depot/notat")));
        assert_eq!((ran.code, &*ran.talk), (Some(1), ""), "{ran:?}");
        ran.out
    };
    let real = tree.root.canonicalize().unwrap();
    let looked_in = ["depot/notat", "depot"].map(|folder| real.join(folder).display().to_string());
    for (lang, says) in [
        ("nn", ["Inkje register", "«lmnet init» byrjar eit register her", "Dagen i dag: 2026-11-30 (miljøvariabel)"]),
        ("nb", ["Ikke noe register", "«lmnet init» begynner et register her", "Språk: nb (kommandolinjen)"]),
        ("en", ["No registry", "\"lmnet init\" begins a registry here", "Language: en (the command line)"]),
    ] {
        let out = doctor(&["--lang", lang]);
        assert!(says.iter().all(|says| out.contains(says)) && out.contains("lmnet.toml"), "{out}");
        assert!(looked_in.iter().all(|folder| out.contains(&format!("- {folder}\n"))), "{out}");
        assert!(out.starts_with(concat!("lmnet ", env!("CARGO_PKG_VERSION"))), "{out}");
    }
    // Above the root of the git repository nobody looks.
    let json: Value = serde_json::from_str(&doctor(&["--format", "json"])).unwrap();
    assert_eq!((&json["looked-in"], &json["registry"]), (&json!(looked_in), &Value::Null));
    assert_eq!((&json["schema"], &json["language"]["from"]), (&json!("lmnet-doctor"), &json!("usual")));
    // A folder that is named and has no manifest is told of as it is.
    let named = run(&mut tree.command(&["doctor", "--lang", "en"]));
    assert!(named.code == Some(0) && named.out.contains("lmnet.toml is missing; \"lmnet init\" makes it"), "{named:?}");
    assert!(named.out.contains("Records: 0\n"), "{named:?}");
}
