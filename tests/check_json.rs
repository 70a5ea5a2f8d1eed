//! `docs/lmnet-check.schema.json` tells every key that `check --format json` prints, and none besides. Types and values are
//! held against it by an outside validator, in `check_readers.rs`.

mod common;
#[path = "common/repository.rs"]
mod repository;

use std::collections::BTreeSet;

use repository::Repository;
use serde_json::Value;

const SCHEMA: &str = include_str!("../docs/lmnet-check.schema.json");

/// The keys that a schema tells, each after those above it; lists and references are looked through.
fn told(root: &Value, schema: &Value, above: &str, keys: &mut BTreeSet<String>) {
    if let Some(target) = schema["$ref"].as_str() {
        told(root, root.pointer(target.trim_start_matches('#')).unwrap(), above, keys);
    }
    for (key, inner) in schema["properties"].as_object().into_iter().flatten() {
        let path = format!("{above}/{key}");
        assert!(inner["description"].as_str().is_some_and(|text| text.ends_with('.')), "{path} is not described");
        told(root, inner, &path, keys);
        keys.insert(path);
    }
    for inner in schema.get("items").into_iter().chain(schema["anyOf"].as_array().into_iter().flatten()) {
        told(root, inner, above, keys);
    }
}

/// The keys that are printed.
fn printed(value: &Value, above: &str, keys: &mut BTreeSet<String>) {
    match value {
        Value::Object(map) => {
            for (key, inner) in map {
                let path = format!("{above}/{key}");
                printed(inner, &path, keys);
                keys.insert(path);
            }
        }
        Value::Array(list) => list.iter().for_each(|inner| printed(inner, above, keys)),
        _ => {}
    }
}

#[test]
fn every_key_is_told_and_every_key_that_is_told_is_printed() {
    let repository = Repository::with("registry", |tree| {
        tree.file(
            "offerings/late.toml",
            "title = \"A\"\norganiser = \"nordvik\"\n[[run]]\nstart = 2016-02-17\nend = 2016-02-03\n",
        );
    });
    repository.commit("a finding with a second place, to be fixed");
    repository.rename("offerings/late.toml", "offerings/later.toml");
    repository.file("offerings/late.toml", "title = \"B\"\n[[run]]\nstart = 2016-04-17\nend = 2016-02-03\n");
    repository.file(
        "courses/slip.toml",
        "title = \"C\"\nmodule = \"grunnkurs\"\norganisar = \"nordvik\"\nstart = 2016-01-01\n",
    );
    let schema: Value = serde_json::from_str(SCHEMA).unwrap();
    let (mut wanted, mut found) = (BTreeSet::new(), BTreeSet::new());
    told(&schema, &schema, "", &mut wanted);
    printed(&repository.json(&["--since", "HEAD"]), "", &mut found);
    repository.commit("another state");
    repository.file("offerings/late.toml", "title = \"B\"\norganiser = \"nordvik\"\n");
    repository.file("offerings/later.toml", "title = \"B\"\norganiser = \"nordvik\"\n");
    repository.file(
        "courses/slip.toml",
        "title = \"C\"\nmodule = \"grunnkurs\"\norganiser = \"nordvik\"\nstart = 2016-01-01\n",
    );
    printed(&repository.json(&["--since", "HEAD"]), "", &mut found);
    wanted.remove("/fixed/state"); // what is fixed is neither new nor kept
    assert_eq!(found, wanted);
    assert!(wanted.len() > 40, "{wanted:#?}");
}
