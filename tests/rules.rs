//! The pages of the rules: the wrong tree of each breaks that rule and no other, the right one breaks none.

#![allow(clippy::print_stderr, reason = "a test that cannot be made here says why")]

mod common;

use std::os::unix::fs::MetadataExt;
use std::os::unix::process::CommandExt;

use common::{Check, Item, Tree, items, run};
use lmnet::diagnostic::Rule;
use lmnet::rules::{ALL, Page};

/// Files that stand in every example unless it gives or leaves them out.
const STANDARD: &str = r#"
~~~toml lmnet.toml
format = 1
language = "nn"

[[condition]]
id = "kols"
title = "KOLS"
~~~

~~~toml organisations/nordvik.toml
name = "Nordvik"
kind = "municipality"
~~~

~~~toml organisations/sorvik.toml
name = "Sørvik"
kind = "municipality"
to = 2019-12-31
~~~

~~~toml organisations/fjord-hf.toml
name = "Fjord HF"
kind = "health-trust"
~~~

~~~toml networks/lm-fjord.toml
name = "LM Fjord"
parties = ["nordvik", "fjord-hf"]
~~~
"#;

fn example(section: &str) -> Tree {
    let tree = Tree::empty();
    tree.lay(STANDARD);
    tree.lay(section);
    tree
}

/// The rules that are broken in an example.
fn found(tree: &Tree) -> Vec<String> {
    tree.check().findings.into_iter().map(|finding| finding.at.rule).collect()
}

fn needs_permissions(section: &str) -> bool {
    items(section).iter().any(|item| matches!(item, Item::Unreadable(_)))
}

/// Root may read everything, so that it has to become nobody first. Nothing where the machine does not let it.
fn found_by_nobody(tree: &Tree) -> Option<Vec<String>> {
    if std::fs::metadata("/proc/self").ok()?.uid() != 0 {
        return Some(found(tree));
    }
    // The program may lie where only root can go.
    let program = tree.path(".lmnet");
    std::fs::copy(env!("CARGO_BIN_EXE_lmnet"), &program).ok()?;
    let nobody = |arguments: &[&str]| {
        let mut command = std::process::Command::new(&program);
        common::quiet_environment(&mut command);
        command
            .args(arguments)
            .arg("--registry")
            .arg(&tree.root)
            .current_dir(std::env::temp_dir())
            .uid(65534)
            .gid(65534);
        command
    };
    nobody(&["--version"]).output().ok()?;
    let check = Check::of(&run(&mut nobody(&["check", "--format", "json"])));
    Some(check.findings.into_iter().map(|finding| finding.at.rule).collect())
}

fn wrong(rule: &Rule) -> Option<Vec<String>> {
    let section = Page::of(rule).wrong;
    let tree = example(section);
    if needs_permissions(section) { found_by_nobody(&tree) } else { Some(found(&tree)) }
}

#[test]
fn the_standard_files_are_sound() {
    assert_eq!(found(&example("")), Vec::<String>::new());
}

#[test]
fn the_wrong_example_of_each_rule_breaks_it_and_no_other() {
    let mut problems = Vec::new();
    for rule in ALL {
        match wrong(rule) {
            None => eprintln!("{}: not tried, for root cannot become nobody here and may read everything", rule.id),
            Some(found) if found.is_empty() || found.iter().any(|other| other != rule.id) => {
                problems.push(format!("{}.md: the wrong example breaks {found:?}", rule.id));
            }
            Some(_) => {}
        }
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

#[test]
fn the_right_example_of_each_rule_breaks_none() {
    let mut problems = Vec::new();
    for rule in ALL {
        let found = found(&example(Page::of(rule).right));
        if !found.is_empty() {
            problems.push(format!("{}.md: the right example breaks {found:?}", rule.id));
        }
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

#[test]
fn every_line_of_an_example_outside_fences_makes_a_file() {
    for rule in ALL {
        let page = Page::of(rule);
        for section in [page.wrong, page.right] {
            let fences = section.lines().filter(|line| line.starts_with("~~~toml ")).count();
            let mut fenced = false;
            let plain = section.lines().filter(|line| {
                let fence = line.starts_with("~~~");
                let plain = !fence && !fenced && !line.trim().is_empty();
                fenced ^= fence;
                plain
            });
            assert_eq!(items(section).len(), fences + plain.count(), "{}.md", rule.id);
        }
    }
}

#[test]
fn every_page_is_of_a_rule() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src/rules");
    for page in std::fs::read_dir(folder).unwrap() {
        let name = page.unwrap().file_name().into_string().unwrap();
        let rule = name.strip_suffix(".md").unwrap();
        assert!(lmnet::rules::find(rule).is_some(), "{name} is the page of no rule");
    }
}
