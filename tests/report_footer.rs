//! What stands at the foot of a report: the day, the state of the registry in git, the version.

mod common;

#[path = "common/repository.rs"]
mod repository;

use common::{Tree, run};
use repository::Repository;

fn foot(command: &mut std::process::Command) -> String {
    let ran = run(command);
    assert_eq!(ran.code, Some(0), "{}", ran.talk);
    ran.out.rsplit("\n---\n\n").next().unwrap().trim().to_owned()
}

const ASK: [&str; 7] = ["report", "--year", "2016", "--network", "lm-fjord", "--lang", "en"];

#[test]
fn it_names_the_day_the_tree_and_the_version() {
    for (folder, name) in [("registry", "HEAD:registry"), ("a/b", "HEAD:a/b"), ("", "HEAD^{tree}")] {
        let repository = Repository::with(folder, |_| {});
        let made = format!("Made on 30 November 2026 with lmnet {}.", env!("CARGO_PKG_VERSION"));
        let foot = || foot(&mut repository.command(&ASK));
        assert_eq!(foot(), made, "{folder}: before the first commit");
        repository.commit("First");
        let tree = repository.git(&["rev-parse", name]);
        let clean = format!("{made} Registry: git tree {tree}.");
        assert_eq!(foot(), clean, "{folder}");
        // What is no part of the registry changes nothing.
        repository.tree.file("outside.txt", "x");
        repository.file(".hidden", "x");
        assert_eq!(foot(), clean, "{folder}: beside the registry");
        repository.file("organisations/ny.toml", "name = \"Ny\"\nkind = \"other\"\n");
        let changed = format!("{made} Registry: git tree {tree}, with changes that are not committed.");
        assert_eq!(foot(), changed, "{folder}: a record that git does not know");
        repository.commit("Second");
        assert_ne!(repository.git(&["rev-parse", name]), tree);
        assert!(foot().ends_with(&format!("git tree {}.", repository.git(&["rev-parse", name]))), "{folder}");
        let manifest = repository.read("lmnet.toml");
        repository.file("lmnet.toml", &format!("{manifest}# More.\n"));
        assert!(foot().contains("not committed"), "{folder}: another manifest");
        repository.file("lmnet.toml", &manifest);
        assert!(!foot().contains("not committed"), "{folder}: as it was");
    }
}

#[test]
fn outside_git_it_names_no_tree() {
    let tree = Tree::sound();
    let foot = foot(&mut tree.command(&ASK));
    assert_eq!(foot, format!("Made on 30 November 2026 with lmnet {}.", env!("CARGO_PKG_VERSION")));
}

#[test]
fn no_filter_of_the_repository_is_run() {
    let repository = Repository::with("registry", |_| {});
    repository.commit("First");
    let mark = repository.tree.path("mark");
    repository.git(&["config", "filter.evil.clean", &format!("touch {}", mark.display())]);
    repository.tree.file(".gitattributes", "* filter=evil\n");
    assert!(foot(&mut repository.command(&ASK)).contains("git tree"));
    assert!(!mark.exists());
}
