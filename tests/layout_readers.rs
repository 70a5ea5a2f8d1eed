//! Editors that lay files out themselves leave what `lmnet fmt` has laid out as it is, with the settings of the registry.
//!
//! They are the Python packages `taplo`, which is what Even Better TOML has, and `tombi`. `.ci/run` installs them.

#![cfg(feature = "outside")]

mod common;

use std::path::Path;
use std::process::Command;

use common::{Item, Tree, items, run};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn leaves_all(program: &str, arguments: &[&str], folder: &Path) {
    let mut command = Command::new(root().join("target/outside/python/bin").join(program));
    let ran = run(command.args(arguments).current_dir(folder));
    assert_eq!(ran.code, Some(0), "{program} in {}: {}{}", folder.display(), ran.out, ran.talk);
}

/// What the page of layouts shows, but for what one of them can't read or has another mind about.
fn laid_out() -> Tree {
    let tree = Tree::empty();
    for settings in [".taplo.toml", ".tombi.toml"] {
        tree.file(settings, std::fs::read(root().join("registry").join(settings)).unwrap());
    }
    for pair in items(include_str!("layout/cases.md")).chunks(2) {
        let [Item::Bytes(path, _), Item::Bytes(_, after)] = pair else { panic!("{pair:?}") };
        let apart = ["newer", "empty"]; // TOML 1.1 is nothing to taplo, and it gives an empty file a line
        if path != "lmnet.toml" && !apart.iter().any(|name| path.contains(name)) {
            tree.file(path, after);
        }
    }
    tree
}

#[test]
fn editors_lay_out_as_lmnet_does() {
    let tree = laid_out();
    leaves_all("taplo", &["fmt", "--check", "--diff"], &tree.root);
    leaves_all("tombi", &["format", "--check", "--offline", "offerings", "agreements"], &tree.root);
    for registry in ["registry", "examples/fjordnett"] {
        leaves_all("taplo", &["fmt", "--check", "--diff"], &root().join(registry));
    }
}

#[test]
fn what_is_not_laid_out_is_seen() {
    let tree = laid_out();
    tree.file("offerings/careless.toml", "title   = \"Kurs\"\n");
    for (program, arguments) in [("taplo", &["fmt", "--check"][..]), ("tombi", &["format", "--check", "--offline"])] {
        let mut command = Command::new(root().join("target/outside/python/bin").join(program));
        assert_eq!(run(command.args(arguments).arg("offerings/careless.toml").current_dir(&tree.root)).code, Some(1));
    }
}
