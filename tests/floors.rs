//! The floors of the house: each module uses only those below it, and only the lowest doors lead outside.

use std::fs;
use std::path::{Path, PathBuf};

/// A source file by its path below `src/`, such as `check/period.rs`.
struct Source {
    path: String,
    text: String,
}

impl Source {
    fn new(path: &str, text: &str) -> Self {
        Self { path: path.to_owned(), text: text.to_owned() }
    }

    /// The module at the top that it belongs to.
    fn module(&self) -> &str {
        self.path.split('/').next().unwrap_or_default().trim_end_matches(".rs")
    }

    /// The code line by line from 1, without lines of comment.
    fn code(&self) -> impl Iterator<Item = (usize, &str)> {
        self.text
            .lines()
            .enumerate()
            .map(|(at, line)| (at + 1, line))
            .filter(|(_, line)| !line.trim().starts_with("//"))
    }

    /// What follows `crate::`, with its line; of `crate::{a, b::c}` both `a` and `b`.
    fn uses(&self) -> Vec<(usize, String)> {
        let code: Vec<(usize, &str)> = self.code().collect();
        let mut found = Vec::new();
        for (index, (line, text)) in code.iter().enumerate() {
            for (at, _) in text.match_indices("crate::") {
                let before = text[..at].chars().next_back();
                if before.is_some_and(|char| char == '$' || is_word(char)) {
                    continue; // `$crate::` stands in macros, which run wherever they are called.
                }
                let rest = code[index..].iter().map(|(_, text)| *text).collect::<Vec<_>>().join("\n");
                let names = names(&rest[at + "crate::".len()..]);
                found.extend(names.into_iter().map(|name| (*line, name)));
            }
        }
        found
    }
}

fn is_word(char: char) -> bool {
    char.is_alphanumeric() || char == '_'
}

fn first_word(text: &str) -> String {
    text.chars().take_while(|char| is_word(*char)).collect()
}

/// The first parts of the paths that a text begins with: `a::b;` has `a`, `{a, b::{c, d}}` has `a` and `b`.
fn names(text: &str) -> Vec<String> {
    if !text.starts_with('{') {
        return vec![first_word(text)];
    }
    let (mut depth, mut names) = (0, Vec::new());
    for (at, char) in text.char_indices() {
        match char {
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            break;
        }
        if depth == 1 && matches!(char, '{' | ',') {
            names.push(first_word(text[at + 1..].trim_start()));
        }
    }
    names.retain(|name| !name.is_empty());
    names
}

/// The modules from top to bottom, as `lib.rs` declares them.
fn floors(sources: &[Source]) -> Vec<String> {
    let Some(lib) = sources.iter().find(|source| source.path == "lib.rs") else { return Vec::new() };
    let declared = |(_, line): (usize, &str)| {
        let line = line.trim().strip_prefix("pub ").unwrap_or(line.trim());
        line.strip_prefix("mod ")?.strip_suffix(';').map(str::to_owned)
    };
    lib.code().filter_map(declared).collect()
}

/// The module in which an exported macro is written.
fn home_of_macro<'s>(sources: &'s [Source], name: &str) -> Option<&'s str> {
    let start = format!("macro_rules! {name} {{");
    let home = sources.iter().find(|source| {
        let lines: Vec<&str> = source.text.lines().collect();
        lines.windows(2).any(|pair| pair[0].trim() == "#[macro_export]" && pair[1].trim() == start)
    })?;
    Some(home.module())
}

/// What neighbours keep from each other although one stands below the other.
const APART: [(&str, &[&str]); 4] = [
    ("check", &["report", "view"]),
    ("report", &["check", "view"]),
    ("view", &["check", "report"]),
    ("render", &["registry", "model", "tally", "names", "view", "report"]),
];

/// Every use of a module that stands above, or apart.
fn climbing(sources: &[Source]) -> Vec<String> {
    let floors = floors(sources);
    let floor = |module: &str| floors.iter().position(|name| name == module);
    let mut wrong = Vec::new();
    for source in sources.iter().filter(|source| !matches!(&*source.path, "lib.rs" | "main.rs")) {
        let (path, here) = (&source.path, source.module());
        let Some(own) = floor(here) else {
            wrong.push(format!("src/{path} is of no module that src/lib.rs declares"));
            continue;
        };
        for (line, name) in source.uses() {
            let target = if floor(&name).is_some() { Some(&*name) } else { home_of_macro(sources, &name) };
            let Some((target, other)) = target.and_then(|target| Some((target, floor(target)?))) else {
                wrong.push(format!("src/{path}:{line} uses crate::{name}, which is neither a module nor a macro"));
                continue;
            };
            if other < own {
                wrong.push(format!("src/{path}:{line} uses {target}, which stands above {here} in src/lib.rs"));
            }
            if APART.iter().any(|(one, others)| *one == here && others.contains(&target)) {
                wrong.push(format!("src/{path}:{line} uses {target}, which {here} must not know"));
            }
        }
        let deep = path.contains('/');
        for (line, text) in source.code() {
            let around = text.match_indices("super::").any(|(at, _)| {
                let next = first_word(&text[at + "super::".len()..]);
                if deep { next == "super" } else { floor(&next).is_some() && next != here }
            });
            if around {
                wrong.push(format!("src/{path}:{line} goes round the floors with super::; write crate::"));
            }
        }
    }
    wrong
}

/// Doors to the outside, and the files in which they may be opened.
const DOORS: [(&[&str], &[&str], &str); 4] = [
    (
        &["std::env", "std::time", "chrono::Local", "chrono::Utc", "Local::now", "Utc::now", "SystemTime", "Instant"],
        &["main.rs"],
        "the clock and the environment are for src/main.rs alone",
    ),
    (
        &["std::fs", "File::"],
        &["main.rs", "registry.rs", "registry/", "store/"],
        "files are for src/main.rs, src/registry and src/store alone",
    ),
    (
        &["println!", "eprintln!", "print!", "eprint!", "io::stdout", "io::stderr", "io::stdin"],
        &["main.rs"],
        "results and talk are handed to src/main.rs, which writes them",
    ),
    (
        &["process::Command", "process::{Command"],
        &["registry/revision.rs"],
        "git is the only program that is run, by src/registry/revision.rs alone",
    ),
];

/// Every door that is opened where it may not be.
fn doors(sources: &[Source]) -> Vec<String> {
    let mut wrong = Vec::new();
    for source in sources {
        for (line, text) in source.code() {
            for (words, allowed, why) in DOORS {
                let may = allowed
                    .iter()
                    .any(|path| source.path == *path || path.ends_with('/') && source.path.starts_with(path));
                let door = words.iter().find(|word| stands_in(text, word));
                if let Some(door) = door.filter(|_| !may) {
                    wrong.push(format!("src/{}:{line} has {door}: {why}", source.path));
                }
            }
        }
    }
    wrong.extend(sources.iter().flat_map(|source| {
        let said = source.code().filter(|(_, text)| ["println!", "eprintln!"].iter().any(|word| stands_in(text, word)));
        said.filter(|_| source.path == "main.rs").map(|(line, _)| {
            format!("src/main.rs:{line} prints past the stream that knows about colour and closed pipes")
        })
    }));
    wrong
}

/// Whether a word stands in a line, and not as the end of a longer one.
fn stands_in(line: &str, word: &str) -> bool {
    line.match_indices(word).any(|(at, _)| !line[..at].chars().next_back().is_some_and(is_word))
}

fn sources() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let (mut found, mut folders) = (Vec::new(), vec![root.clone()]);
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path: PathBuf = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|end| end == "rs") {
                let below = path.strip_prefix(&root).unwrap().to_str().unwrap().replace('\\', "/");
                found.push(Source { path: below, text: fs::read_to_string(&path).unwrap() });
            }
        }
    }
    found.sort_by(|a, b| a.path.cmp(&b.path));
    found
}

#[test]
fn modules_use_only_those_below_them() {
    let sources = sources();
    assert!(floors(&sources).len() > 10 && sources.len() > 30, "the sources were not found");
    let wrong = climbing(&sources);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn only_the_lowest_doors_lead_outside() {
    let wrong = doors(&sources());
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_module_that_climbs_is_caught() {
    let house = |path: &str, text: &str| {
        let lib = "pub mod cli;\npub mod render;\npub mod check;\npub mod report;\npub mod view;\npub mod registry;\npub mod lang;\n";
        let lang = "#[macro_export]\nmacro_rules! say {\n}\n";
        climbing(&[Source::new("lib.rs", lib), Source::new("lang.rs", lang), Source::new(path, text)])
    };
    for (path, text, says) in [
        ("registry/load.rs", "use crate::cli::Cli;", "src/registry/load.rs:1 uses cli, which stands above registry"),
        (
            "registry.rs",
            "\nuse crate::{\n    lang::Lang,\n    check::{self, Finding},\n};",
            "registry.rs:2 uses check, which stands",
        ),
        ("registry.rs", "fn x() {\n    crate::render::table();\n}", "registry.rs:2 uses render, which stands above"),
        ("check.rs", "use crate::view;", "check.rs:1 uses view, which check must not know"),
        ("view.rs", "use crate::report;", "view.rs:1 uses report, which stands above"),
        ("render/html.rs", "use crate::{registry::Registry};", "html.rs:1 uses registry, which render must not know"),
        ("registry.rs", "use crate::nothing;", "registry.rs:1 uses crate::nothing, which is neither"),
        ("registry/load.rs", "use super::super::cli;", "load.rs:1 goes round the floors"),
        ("registry.rs", "use super::cli;", "registry.rs:1 goes round the floors"),
        ("cellar.rs", "", "src/cellar.rs is of no module"),
    ] {
        let wrong = house(path, text);
        assert!(wrong.iter().any(|words| words.contains(says)), "{text:?}: {wrong:?}");
    }
    for (path, text) in [
        ("check/period.rs", "use crate::registry::Registry;\nuse crate::{lang, say};\nuse super::waiver;"),
        ("lang.rs", "#[macro_export]\nmacro_rules! say {\n    () => { $crate::check::run() };\n}"),
        ("lang.rs", "/// See [`crate::cli`].\nmod tests {\n    use super::*;\n}"),
        ("main.rs", "use lmnet::cli;"),
    ] {
        assert_eq!(house(path, text), Vec::<String>::new(), "{text:?}");
    }
}

#[test]
fn a_back_door_is_caught() {
    for (path, text, says) in [
        ("cli.rs", "let day = chrono::Local::now();", "src/cli.rs:1 has chrono::Local: the clock"),
        ("check.rs", "\nuse std::env;", "src/check.rs:2 has std::env: the clock"),
        ("registry.rs", "let start = Instant::now();", "src/registry.rs:1 has Instant: the clock"),
        ("render.rs", "std::fs::write(path, text)", "src/render.rs:1 has std::fs: files"),
        ("registry_like.rs", "File::open(path)", "src/registry_like.rs:1 has File::: files"),
        ("view.rs", "    println!(\"{x}\");", "src/view.rs:1 has println!: results"),
        ("check.rs", "use std::process::{Command, Stdio};", "src/check.rs:1 has process::{Command: git"),
        ("main.rs", "eprintln!(\"{x}\");", "src/main.rs:1 prints past the stream"),
    ] {
        let wrong = doors(&[Source::new(path, text)]);
        assert!(wrong.len() == 1 && wrong[0].starts_with(says), "{text:?}: {wrong:?}");
    }
    for (path, text) in [
        ("main.rs", "std::env::var(name); chrono::Local::now(); std::fs::write(a, b)"),
        ("registry/load.rs", "File::open(path)"),
        ("check.rs", "Place::file(file); At::File => None; // std::fs"),
        ("check.rs", "/// Like `println!`."),
    ] {
        let wrong = doors(&[Source::new(path, text.trim_end_matches("// std::fs"))]);
        assert_eq!(wrong, Vec::<String>::new(), "{text:?}");
    }
}
