//! An independent reader of data packages accepts what lmnet exports, and finds what is spoilt in it.
//!
//! It is the Python package `frictionless`, called by a script in `tests/outside/`. `.ci/run` installs it.

#![cfg(feature = "outside")]

mod common;

use std::fs;
use std::path::Path;
use std::process::Command;

use common::{Tree, quiet_environment, run};
use serde_json::{Value, json};

/// What the reader makes of a package.
fn read(folder: &Path) -> Value {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut command = Command::new(root.join("target/outside/python/bin/python"));
    command.arg(root.join("tests/outside/package_frictionless.py")).arg("datapackage.json").current_dir(folder);
    let ran = run(&mut command);
    assert_eq!(ran.code, Some(0), "{}", ran.talk);
    serde_json::from_str(&ran.out).unwrap()
}

/// A package of a registry.
fn package(tree: &Tree, registry: &str, arguments: &[&str]) -> std::path::PathBuf {
    let folder = tree.path(registry.replace('/', "-"));
    let mut command = Command::new(env!("CARGO_BIN_EXE_lmnet"));
    quiet_environment(&mut command);
    command.args(["export", "--registry", registry, "--format", "datapackage", "-o"]).arg(&folder).args(arguments);
    let ran = run(command.current_dir(env!("CARGO_MANIFEST_DIR")));
    assert_eq!((ran.code, &*ran.talk), (Some(0), ""), "every reference is a key");
    folder
}

#[test]
fn packages_are_valid_for_everybody_in_whole_and_in_part() {
    for (registry, arguments, keys) in [
        ("registry", &["--lang", "nn"][..], 90),
        ("registry", &["--network", "lms-nord", "--year", "2016"], 60),
        ("examples/fjordnett", &["--lang", "en"], 150),
        ("examples/fjordnett", &["--audience", "internal"], 180),
        ("examples/fjordnett", &["--table", "offerings,offerings.run,bodies"], 1),
    ] {
        let tree = Tree::empty();
        let seen = read(&package(&tree, registry, arguments));
        assert_eq!(seen["valid"], true, "{registry} {arguments:?}: {}", seen["messages"]);
        let all: u64 = seen["keys"].as_object().unwrap().values().map(|keys| keys.as_u64().unwrap()).sum();
        assert!(all >= keys, "{registry} {arguments:?}: {all} keys");
        assert!(seen["rows"]["bodies"].as_u64().unwrap() > 20, "{registry} {arguments:?}: {}", seen["rows"]);
    }
}

#[test]
fn what_is_spoilt_is_found() {
    let tree = Tree::empty();
    let some = "offerings,offerings.organiser,offerings.run,organisations,networks,bodies,meetings";
    let folder = package(&tree, "examples/fjordnett", &["--table", some]);
    for (file, from, to, error) in [
        ("offerings.organiser.csv", "\ndiabetesleir,1,", "\ndiabetesleie,1,", "foreign-key"),
        ("bodies.csv", "\nlm-fjordnett,", "\nlm-fjordnet,", "foreign-key"),
        ("offerings.run.csv", "\nkols-skule,2,", "\nkols-skule,1,", "primary-key"),
        ("offerings.csv", ",specialist,national,", ",specialist,nasjonalt,", "constraint-error"),
        (
            "offerings.run.csv",
            ",2024-06-24,2024-06-24,2024-06-24,",
            ",i fjor,2024-06-24,2024-06-24,",
            "constraint-error",
        ),
        ("offerings.run.csv", ",exact,", ",eksakt,", "constraint-error"),
        ("meetings.csv", ",2.5,exact,", ",\"2,5\",exact,", "type-error"),
    ] {
        let path = folder.join(file);
        let good = fs::read_to_string(&path).unwrap();
        let spoilt = good.replacen(from, to, 1);
        assert_ne!(spoilt, good, "{from:?} is not in {file}");
        fs::write(&path, spoilt).unwrap();
        let seen = read(&folder);
        fs::write(&path, good).unwrap();
        let errors = seen["errors"].as_array().unwrap();
        assert_eq!(seen["valid"], false, "{file}: {to}");
        assert!(errors.iter().any(|found| found[1] == error), "{file}: {to}: {errors:?}");
        // What led there leads nowhere now; otherwise, only this file has a fault.
        let is_here = |found: &Value| found[1] == "foreign-key" || found[0] == json!(file.trim_end_matches(".csv"));
        assert!(errors.iter().all(is_here), "{file}: {to}: {errors:?}");
    }
    assert_eq!(read(&folder)["valid"], true);
}
