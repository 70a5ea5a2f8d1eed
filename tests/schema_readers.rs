//! Programs from outside take the schemas: two validators judge every record as `lmnet` does, and two tools for editors
//! find nothing in the registries and something in what is wrong.
//!
//! They are the Python packages `jsonschema`, `taplo` and `tombi` and the npm package `ajv`. `.ci/run` installs them.

#![cfg(feature = "outside")]

#[path = "common/records.rs"]
mod records;

mod common;

use std::path::Path;
use std::process::Command;

use common::{Ran, Tree, run};
use lmnet::schema::{named, names};
use records::{REGISTRIES, json_of, kind, records, written};
use serde_json::{Map, Value, json};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn python(program: &str) -> Command {
    Command::new(root().join("target/outside/python/bin").join(program))
}

/// Which of the values, each with the name of its schema, are valid.
fn judged(mut validator: Command, script: &str, values: &[(&str, Value)]) -> Vec<bool> {
    let schemas: Map<String, Value> = names().into_iter().map(|name| (name.to_owned(), named(name).unwrap())).collect();
    let tree = Tree::empty();
    tree.file("given.json", json!({ "schemas": schemas, "values": values }).to_string());
    validator.arg(root().join("tests/outside").join(script)).arg(tree.path("given.json"));
    let ran = run(validator.env("NODE_PATH", root().join("target/outside/node_modules")));
    assert_eq!(ran.code, Some(0), "{script}: {}", ran.talk);
    serde_json::from_str(&ran.out).unwrap()
}

/// Every record, and every record with a key less, that key misspelt, and its value in a list; of the keys, each record in
/// turn gives another.
fn right_and_wrong() -> (Vec<(&'static str, Value)>, Vec<bool>) {
    let (mut values, mut right) = (Vec::new(), Vec::new());
    for (number, record) in REGISTRIES.into_iter().flat_map(records).enumerate() {
        let mut versions = vec![record.table.clone()];
        if let Some((key, value)) = record.table.iter().nth(number % record.table.len()) {
            let mut without = record.table.clone();
            without.remove(key);
            let mut misspelt = without.clone();
            misspelt.insert(format!("{key}s"), value.clone());
            let mut doubled = record.table.clone();
            doubled.insert(key.clone(), toml::Value::Array(vec![value.clone()]));
            versions.extend([without, misspelt, doubled]);
        }
        for version in versions {
            right.push(kind(record.schema).0(&written(&version)).is_empty());
            values.push((record.schema, json_of(&version)));
        }
    }
    (values, right)
}

#[test]
fn two_validators_judge_as_lmnet_does() {
    let (values, right) = right_and_wrong();
    let both = [
        judged(python("python"), "schema_jsonschema.py", &values),
        judged(Command::new("node"), "schema_ajv.cjs", &values),
    ];
    for judged in both {
        let differ = (0..right.len()).filter(|at| judged[*at] != right[*at]).map(|at| &values[at]);
        assert_eq!(differ.collect::<Vec<_>>(), Vec::<&(&str, Value)>::new());
    }
    let good = right.iter().filter(|right| **right).count();
    assert!(good > 800 && right.len() - good > 600, "{good} of {}", right.len());
}

/// What the tools for editors say of the files of a registry.
fn linted(registry: &Path, files: &[&str]) -> [(&'static str, Ran); 2] {
    let lint =
        |program: &str, arguments: &[&str]| run(python(program).args(arguments).args(files).current_dir(registry));
    [
        ("taplo", lint("taplo", &["lint", "--colors", "never"])),
        ("tombi", lint("tombi", &["lint", "--offline", "--error-on-warnings"])),
    ]
}

#[test]
fn editors_find_nothing_in_the_registries() {
    for registry in REGISTRIES {
        for (tool, ran) in linted(&root().join(registry), &[]) {
            assert_eq!(ran.code, Some(0), "{tool} in {registry}: {}{}", ran.out, ran.talk);
        }
    }
}

#[test]
fn editors_find_what_is_wrong_in_every_kind_of_file() {
    let registry = root().join("registry");
    for name in names() {
        let tree = Tree::empty();
        for beside in [".taplo.toml", ".tombi.toml", &format!("schema/{name}.json")] {
            tree.file(beside, std::fs::read(registry.join(beside)).unwrap());
        }
        let file = if name == "lmnet" { "lmnet.toml".to_owned() } else { format!("{name}/below/wrong.toml") };
        tree.file(&file, "nothing-of-the-kind = 1\n");
        for (tool, ran) in linted(&tree.root, &[&file]) {
            assert_eq!(ran.code, Some(1), "{tool} in {file}: {}{}", ran.out, ran.talk);
            assert!(format!("{}{}", ran.out, ran.talk).contains("nothing-of-the-kind"), "{tool} in {file}");
        }
    }
}
