//! Completions and manual pages tell of every command and option, and `tests/sessions/help.md` of every command's help.
//! With `--features outside`, the shells and groff take them (Debian: zsh, fish, groff; `.ci/run` installs them).

mod common;

use std::collections::BTreeMap;
use std::fs;
use std::process::Command;

use clap::CommandFactory;
use common::{Ran, Tree, run};
use lmnet::cli::Cli;

const SHELLS: [&str; 5] = ["bash", "elvish", "fish", "powershell", "zsh"];

fn lmnet(arguments: &[&str]) -> Ran {
    run(Command::new(env!("CARGO_BIN_EXE_lmnet")).args(arguments))
}

fn completions(shell: &str) -> String {
    let ran = lmnet(&["completions", shell]);
    assert_eq!(ran.code, Some(0), "{shell}: {}", ran.talk);
    ran.out
}

/// Every command with the words that call it: `offerings list`.
fn commands() -> BTreeMap<String, clap::Command> {
    fn gather(command: &clap::Command, words: &str, found: &mut BTreeMap<String, clap::Command>) {
        found.insert(words.trim().to_owned(), command.clone());
        for below in command.get_subcommands().filter(|below| below.get_name() != "help") {
            gather(below, &format!("{words} {}", below.get_name()), found);
        }
    }
    let mut lmnet = Cli::command();
    lmnet.build();
    let mut found = BTreeMap::new();
    gather(&lmnet, "", &mut found);
    assert!(found.len() > 35, "{} commands", found.len());
    found
}

/// The long names of a command's options.
fn options(command: &clap::Command) -> impl Iterator<Item = &str> {
    command.get_arguments().filter_map(|argument| argument.get_long())
}

#[test]
fn completions_know_every_command_and_option() {
    for shell in SHELLS {
        let script = completions(shell);
        for (words, command) in commands() {
            assert!(script.contains(command.get_name()), "{shell}: {words}");
            for option in options(&command) {
                let dashes = if shell == "fish" { format!("-l {option}") } else { format!("--{option}") };
                assert!(script.contains(&dashes), "{shell}: {words} {dashes}");
            }
        }
    }
    assert_eq!(lmnet(&["completions", "tcsh"]).code, Some(2));
}

#[test]
fn braces_and_quotes_are_balanced_where_no_shell_looks() {
    for shell in ["powershell", "elvish"] {
        let mut open = Vec::new();
        let mut quoted = false;
        for char in completions(shell).chars() {
            match char {
                '\'' => quoted = !quoted,
                '(' | '{' | '[' if !quoted => open.push(char),
                ')' | '}' | ']' if !quoted => {
                    let fits =
                        open.pop().is_some_and(|before| matches!((before, char), ('(', ')') | ('{', '}') | ('[', ']')));
                    assert!(fits, "{shell}: {char} closes nothing");
                }
                _ => {}
            }
        }
        assert!(open.is_empty() && !quoted, "{shell}: {open:?}");
    }
}

/// The manual pages, by file name.
fn pages() -> BTreeMap<String, String> {
    let tree = Tree::empty();
    let folder = tree.path("man1");
    assert_eq!(lmnet(&["man", "-o", folder.to_str().unwrap()]).code, Some(0));
    let files = fs::read_dir(folder).unwrap().map(Result::unwrap);
    files.map(|file| (file.file_name().into_string().unwrap(), fs::read_to_string(file.path()).unwrap())).collect()
}

#[test]
fn every_command_has_a_page_with_its_options_and_examples() {
    let (pages, commands) = (pages(), commands());
    let names = commands.keys().map(|words| format!("lmnet {words}").trim().replace(' ', "-") + ".1");
    assert_eq!(pages.keys().cloned().collect::<Vec<_>>(), {
        let mut names: Vec<_> = names.collect();
        names.sort();
        names
    });
    for (words, command) in &commands {
        let name = format!("lmnet {words}").trim().replace(' ', "-");
        let page = pages[&format!("{name}.1")].replace('\\', "");
        assert!(page.contains(&format!(".TH {name} 1 ")), "{name}");
        for option in options(command) {
            assert!(page.contains(&format!("--{option}")), "{name} has no --{option}");
        }
        let examples = command.get_before_long_help().map(ToString::to_string).unwrap_or_default();
        for line in examples.lines().skip(1) {
            assert!(page.contains(line), "{name} has no {line}");
        }
    }
    assert_eq!(lmnet(&["man"]).out, pages["lmnet.1"]);
}

#[test]
fn the_help_of_every_command_stands_among_the_sessions() {
    let sessions = fs::read_to_string("tests/sessions/help.md").unwrap();
    for words in commands().keys() {
        let asked = if words.is_empty() { "$ lmnet --help\n".to_owned() } else { format!("$ lmnet {words} -h\n") };
        assert!(sessions.contains(&asked), "{asked}");
    }
}

#[test]
fn a_folder_that_is_a_file_is_refused() {
    let tree = Tree::empty();
    tree.file("taken", "before");
    for arguments in [&["man"][..], &["schema"]] {
        let ran = lmnet(&[arguments, &["-o", tree.path("taken").to_str().unwrap()]].concat());
        assert_eq!(ran.code, Some(2), "{arguments:?}");
        assert!(ran.talk.contains("taken"), "{}", ran.talk);
    }
    assert_eq!(fs::read_to_string(tree.path("taken")).unwrap(), "before");
}

#[cfg(feature = "outside")]
mod outside {
    use super::*;

    #[test]
    fn shells_take_the_scripts() {
        let tree = Tree::empty();
        for (shell, check) in [("bash", "-n"), ("zsh", "-n"), ("fish", "--no-execute")] {
            let good = completions(shell);
            for (script, fine) in [(good.clone(), true), (format!("{good}\nif ( {{\n"), false)] {
                tree.file("script", script);
                let ran = run(Command::new(shell).arg(check).arg(tree.path("script")));
                assert_eq!(ran.code == Some(0) && ran.talk.is_empty(), fine, "{shell}: {}", ran.talk);
            }
        }
    }

    #[test]
    fn bash_and_fish_complete_commands_and_choices() {
        let tree = Tree::empty();
        tree.file("lmnet.bash", completions("bash")).file("lmnet.fish", completions("fish"));
        let folder = tree.root.display();
        for (words, expected) in [
            ("lmnet dea", "deadlines"),
            ("lmnet offerings list --care-level mun", "municipal"),
            ("lmnet offerings list --ca", "--care-level"),
        ] {
            let listed: Vec<&str> = words.split(' ').collect();
            let bash = format!(
                "source {folder}/lmnet.bash; COMP_WORDS=({words}); COMP_CWORD={at}; _lmnet lmnet {last} {before}; echo \"${{COMPREPLY[@]}}\"",
                at = listed.len() - 1,
                last = listed[listed.len() - 1],
                before = listed[listed.len() - 2],
            );
            let fish = format!("source {folder}/lmnet.fish; complete -C '{words}'");
            for (shell, script) in [("bash", bash), ("fish", fish)] {
                let ran = run(Command::new(shell).arg("-c").arg(script));
                let first: Vec<&str> = ran.out.lines().filter_map(|line| line.split('\t').next()).collect();
                assert_eq!(first, [expected], "{shell}: {words}: {}", ran.talk);
            }
        }
    }

    #[test]
    fn groff_sets_every_page_without_a_warning() {
        let tree = Tree::empty();
        let pages = pages();
        for (name, page) in &pages {
            tree.file(name, page);
            let ran = run(Command::new("groff").args(["-man", "-ww", "-Kutf8", "-Tutf8"]).arg(tree.path(name)));
            assert_eq!((ran.code, ran.talk.as_str()), (Some(0), ""), "{name}");
            assert!(ran.out.contains(name.trim_end_matches(".1")), "{name}: {}", ran.out);
        }
        tree.file("spoilt", format!("{}\n.SH \"\n.nosuchmacro\n", pages["lmnet.1"]));
        let spoilt = run(Command::new("groff").args(["-man", "-ww", "-z", "-Tutf8"]).arg(tree.path("spoilt")));
        assert!(spoilt.talk.contains("nosuchmacro"), "{}", spoilt.talk);
    }
}
