//! The schemas that stand in the registry and in the example are those that `lmnet schema` makes, editors are told which
//! files each is for, and every record is valid by its schema.

#[path = "common/records.rs"]
mod records;

mod common;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::process::Command;

use common::{KINDS, Ran, Tree, run};
use lmnet::schema::{named, names};
use records::{REGISTRIES, json_of, records, validator};
use serde_json::Value;

fn lmnet(arguments: &[&str]) -> Ran {
    run(Command::new(env!("CARGO_BIN_EXE_lmnet")).args(arguments).current_dir(env!("CARGO_MANIFEST_DIR")))
}

/// The files of a folder, by name.
fn folder(path: &Path) -> BTreeMap<String, String> {
    let files = fs::read_dir(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    files
        .map(|file| file.unwrap())
        .map(|file| (file.file_name().into_string().unwrap(), fs::read_to_string(file.path()).unwrap()))
        .collect()
}

#[test]
fn the_schemas_beside_the_records_are_fresh() {
    let tree = Tree::empty();
    let made = tree.path("made/schema");
    assert_eq!(lmnet(&["schema", "-o", made.to_str().unwrap()]).code, Some(0));
    let made = folder(&made);
    assert_eq!(made.len(), KINDS.len() + 1);
    let kept = folder(&Path::new(env!("CARGO_MANIFEST_DIR")).join("registry/schema"));
    assert!(kept == made, "the schemas are old: cargo run -- schema -o registry/schema");
}

#[test]
fn one_schema_is_printed_alone_and_all_of_them_together() {
    let all: Value = serde_json::from_str(&lmnet(&["schema"]).out).unwrap();
    assert_eq!(all.as_object().unwrap().keys().collect::<Vec<_>>(), names());
    for name in names() {
        let one: Value = serde_json::from_str(&lmnet(&["schema", name]).out).unwrap();
        assert_eq!((&one, Some(&one)), (&all[name], named(name).as_ref()), "{name}");
    }
    let unknown = lmnet(&["schema", "offering"]);
    assert_eq!((unknown.code, unknown.out.as_str()), (Some(2), ""));
    assert!(unknown.talk.contains("offerings"), "{}", unknown.talk);
}

/// Which files editors are told that each schema is for.
fn wired(path: &Path, list: &str, schema: impl Fn(&toml::Value) -> &toml::Value) -> BTreeSet<(String, String)> {
    let config: toml::Table = fs::read_to_string(path).unwrap().parse().unwrap();
    let mut wired = BTreeSet::new();
    for rule in config[list].as_array().unwrap() {
        let [include] = &rule["include"].as_array().unwrap()[..] else { panic!("{rule:?}") };
        wired.insert((include.as_str().unwrap().to_owned(), schema(rule).as_str().unwrap().to_owned()));
    }
    wired
}

#[test]
fn editors_are_told_which_schema_each_file_has() {
    for registry in REGISTRIES {
        // The example takes those of the registry.
        let way = if registry == "registry" { "schema" } else { "../../registry/schema" };
        let mut expected = BTreeSet::from([("lmnet.toml".to_owned(), format!("{way}/lmnet.json"))]);
        expected.extend(KINDS.map(|kind| (format!("{kind}/**/*.toml"), format!("{way}/{kind}.json"))));
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join(registry);
        assert_eq!(wired(&root.join(".taplo.toml"), "rule", |rule| &rule["schema"]["path"]), expected);
        assert_eq!(wired(&root.join(".tombi.toml"), "schemas", |rule| &rule["path"]), expected);
    }
}

#[test]
fn every_schema_is_a_schema_and_every_record_is_valid() {
    let mut valid = 0;
    for name in names() {
        let schema = named(name).unwrap();
        assert!(jsonschema::draft7::meta::is_valid(&schema), "{name}");
        let validator = validator(name);
        for record in REGISTRIES.into_iter().flat_map(records).filter(|record| record.schema == name) {
            let wrong: Vec<_> = validator.iter_errors(&json_of(&record.table)).map(|error| error.to_string()).collect();
            assert!(wrong.is_empty(), "{}: {wrong:#?}", record.path.display());
            valid += 1;
        }
    }
    assert!(valid > 450, "{valid}");
}

/// Every schema inside a schema, with the way to it.
fn inner<'a>(schema: &'a Value, at: &str, visit: &mut dyn FnMut(&str, &'a Value)) {
    visit(at, schema);
    for (key, value) in schema["properties"].as_object().into_iter().flatten() {
        inner(value, &format!("{at}/{key}"), visit);
    }
    let several = schema["anyOf"].as_array().into_iter().flatten();
    several.chain(schema.get("items")).for_each(|value| inner(value, at, visit));
}

#[test]
fn every_key_is_described_and_no_table_takes_unknown_keys() {
    let (mut tables, mut keys) = (0, 0);
    for name in names() {
        inner(&named(name).unwrap(), name, &mut |at, schema| {
            for (key, value) in schema["properties"].as_object().into_iter().flatten() {
                let of = |one: &Value| one["description"].as_str().is_some_and(|text| text.len() >= "Why.".len());
                let described = of(value) || value["anyOf"].as_array().is_some_and(|any| any.iter().all(of));
                // The parts of a count and the languages of a text speak for themselves.
                let plain = schema["properties"].get("exact").or(schema["properties"].get("nb")).is_some();
                assert!(described || plain, "{at}/{key}");
                keys += 1;
            }
            if schema.get("properties").is_some() {
                assert_eq!(schema["additionalProperties"], Value::Bool(false), "{at}");
                tables += 1;
            }
        });
    }
    assert!(tables > 150 && keys > 700, "{tables} tables, {keys} keys");
}
