//! How many instructions `lmnet check` takes for a record, counted by callgrind: a number without noise, so that the program does not
//! slowly become slower. What is aimed at stands in `benches/README.md`.

#![cfg(feature = "outside")]

#[path = "../benches/generate/mod.rs"]
mod generate;
#[path = "../benches/measure.rs"]
#[allow(dead_code, reason = "times are measured elsewhere")]
mod measure;

mod common;

use std::path::Path;
use std::process::Command;

/// How many records there are. With few of them the start would count, with more it takes long.
const RECORDS: usize = 1_300;

/// Thousands for a record, as the program took when this was last set, and five in a hundred more, since libraries take other ways on
/// other processors. Whoever makes it faster sets it lower; whoever has to set it higher says why in `benches/README.md`.
const MOST: f64 = 72.0;

#[test]
fn a_check_takes_no_more_than_it_did() {
    let tree = common::Tree::empty();
    generate::write(RECORDS, &tree.root).unwrap();
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let built =
        Command::new(env!("CARGO")).args(["build", "--release", "--locked", "--quiet"]).current_dir(root).status();
    assert!(built.unwrap().success());
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap();
    let mut check = Command::new(target.join("release/lmnet"));
    check.args(["check", "--registry"]).arg(&tree.root);
    let each = measure::instructions(&check).unwrap() as f64 / 1000.0 / RECORDS as f64;
    assert!((MOST * 0.9..=MOST).contains(&each), "{each:.1} thousand instructions a record, where {MOST} is the most");
}
