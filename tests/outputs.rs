//! Where results go, and what is not made up on the way: files keep what they are, and what could not be read is left
//! out rather than filled in.

mod common;

use std::fs;
use std::os::unix::fs::{FileTypeExt, PermissionsExt, symlink};
use std::process::Command;

use common::{Tree, run};

fn list_into(file: &std::path::Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_lmnet"));
    common::quiet_environment(&mut command);
    command.args(["offerings", "list", "--registry", "examples/fjordnett"]).args(arguments).arg("-o").arg(file);
    command.current_dir(env!("CARGO_MANIFEST_DIR"));
    command
}

#[test]
fn a_file_keeps_its_permissions_and_a_link_its_target() {
    let tree = Tree::empty();
    let (file, link) = (tree.path("kept.csv"), tree.path("link.csv"));
    fs::write(&file, "before").unwrap();
    fs::set_permissions(&file, fs::Permissions::from_mode(0o600)).unwrap();
    symlink(&file, &link).unwrap();
    assert_eq!(run(&mut list_into(&link, &[])).code, Some(0));
    assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
    assert!(fs::read_to_string(&file).unwrap().starts_with("id,title,"));
    assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
}

#[test]
fn a_file_that_nobody_may_write_stays() {
    let tree = Tree::empty();
    let file = tree.path("locked.csv");
    fs::write(&file, "before").unwrap();
    fs::set_permissions(&file, fs::Permissions::from_mode(0o444)).unwrap();
    let ran = run(&mut list_into(&file, &[]));
    assert_eq!((ran.code, fs::read_to_string(&file).unwrap().as_str()), (Some(2), "before"), "{}", ran.talk);
}

#[test]
fn a_pipe_is_written_to_and_stays_a_pipe() {
    let tree = Tree::empty();
    let pipe = tree.path("pipe.csv");
    assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    let reader = std::thread::spawn({
        let pipe = pipe.clone();
        move || fs::read_to_string(pipe).unwrap()
    });
    assert_eq!(run(&mut list_into(&pipe, &[])).code, Some(0));
    assert!(reader.join().unwrap().starts_with("id,title,"));
    assert!(fs::metadata(&pipe).unwrap().file_type().is_fifo());
}

#[test]
fn an_ending_without_a_format_is_refused() {
    let tree = Tree::empty();
    let file = tree.path("list.ods");
    let ran = run(&mut list_into(&file, &[]));
    assert_eq!(ran.code, Some(2));
    assert!(ran.talk.contains(".ods") && !file.exists(), "{}", ran.talk);
    assert_eq!(run(&mut list_into(&file, &["--format", "csv"])).code, Some(0));
}

#[test]
fn what_could_not_be_read_whole_is_left_out_and_not_filled_in() {
    let tree = Tree::sound();
    tree.file("organisations/half.toml", "name = \"Halvlest\"\nkind = \"othr\"\n");
    let listed = run(&mut tree.command(&["organisations", "list", "--format", "csv", "--lang", "en"]));
    assert_eq!(listed.code, Some(0));
    assert!(!listed.out.contains("half"), "{}", listed.out);
    assert!(listed.talk.contains("records left out: 1"), "{}", listed.talk);
    let shown = run(&mut tree.command(&["organisations", "show", "half"]));
    assert_eq!((shown.code, shown.out.as_str()), (Some(2), ""));
    assert!(shown.talk.contains("lmnet check"), "{}", shown.talk);
}

#[test]
fn yaml_keys_are_no_truths_for_older_readers() {
    let mut command = Command::new(env!("CARGO_BIN_EXE_lmnet"));
    common::quiet_environment(&mut command);
    command.args(["organisations", "show", "vagvik", "--registry", "examples/fjordnett", "--format", "yaml"]);
    let ran = run(command.current_dir(env!("CARGO_MANIFEST_DIR")));
    assert_eq!(ran.code, Some(0), "{}", ran.talk);
    assert!(ran.out.contains("\"on\": 2025-01-01"), "{}", ran.out);
    assert!(!ran.out.contains("\n  on:") && !ran.out.contains("\\x01"));
}
