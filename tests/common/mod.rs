//! What the tests share: a tree of files in a temporary folder, and what a check of it finds.
//!
//! Trees are written as Markdown, as on the pages of `src/rules/`: a fence `~~~toml PATH` is a file, and lines such as
//! `link PATH to TARGET` make what no fence can.

#![allow(dead_code, reason = "no test file uses all of it")]

pub(crate) mod terminal;

use std::fs;
use std::io::Read;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

use serde_json::Value;

/// A small registry with all ten kinds of record, in which nothing is to be found.
pub(crate) const SOUND: &str = include_str!("sound.md");

/// Adds all files of a folder that end in `.toml`.
pub(crate) fn toml_files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            toml_files(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "toml") {
            found.push(path);
        }
    }
}

/// A folder of files that goes when the test ends.
#[derive(Debug)]
pub(crate) struct Tree {
    pub(crate) root: PathBuf,
}

impl Tree {
    pub(crate) fn empty() -> Self {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let root = std::env::temp_dir().join(format!("lmnet-test-{}-{number}", std::process::id()));
        fs::create_dir_all(&root).unwrap();
        Self { root }
    }

    /// The sound registry with every mistake of `tests/planted/` at once.
    pub(crate) fn planted() -> Self {
        let tree = Self::sound();
        let pages = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/planted");
        let mut pages: Vec<PathBuf> = fs::read_dir(pages).unwrap().map(|page| page.unwrap().path()).collect();
        pages.sort();
        for page in pages {
            let mut text = fs::read_to_string(page).unwrap();
            while let Some((before, rest)) = text.split_once('⟪') {
                text = before.to_owned() + rest.split_once('⟫').unwrap().1;
            }
            tree.lay(&text);
        }
        tree
    }

    /// A copy of a folder of the project, `registry` or `examples/fjordnett`.
    pub(crate) fn copy_of(folder: &str) -> Self {
        let tree = Self::empty();
        let from = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder).join(".");
        assert!(Command::new("cp").arg("-r").arg(from).arg(&tree.root).status().unwrap().success());
        tree
    }

    /// A copy of the invented registry.
    pub(crate) fn fjordnett() -> Self {
        Self::copy_of("examples/fjordnett")
    }

    /// The sound registry, to be spoilt.
    pub(crate) fn sound() -> Self {
        let tree = Self::empty();
        tree.lay(SOUND);
        tree
    }

    pub(crate) fn path(&self, path: impl AsRef<Path>) -> PathBuf {
        self.root.join(path)
    }

    /// Where a file is to stand, with its folder made.
    pub(crate) fn place(&self, path: impl AsRef<Path>) -> PathBuf {
        let path = self.path(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        path
    }

    pub(crate) fn file(&self, path: impl AsRef<Path>, bytes: impl AsRef<[u8]>) -> &Self {
        fs::write(self.place(path), bytes).unwrap();
        self
    }

    /// Lays out the files of a piece of Markdown.
    pub(crate) fn lay(&self, markdown: &str) {
        for item in items(markdown) {
            self.put(&item);
        }
    }

    pub(crate) fn put(&self, item: &Item) {
        match item {
            Item::Bytes(path, bytes) => {
                self.file(path, bytes);
            }
            Item::Size(path, size) => fs::File::create(self.place(path)).unwrap().set_len(*size).unwrap(),
            Item::Link(path, target) => symlink(target, self.place(path)).unwrap(),
            Item::Fifo(path) => {
                assert!(Command::new("mkfifo").arg(self.place(path)).status().unwrap().success(), "mkfifo {path}");
            }
            Item::Without(path) => fs::remove_file(self.path(path)).unwrap(),
            Item::Unreadable(path) => fs::set_permissions(self.path(path), fs::Permissions::from_mode(0o000)).unwrap(),
        }
    }

    /// `lmnet --registry ROOT …`, in a fixed language and on a fixed day.
    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_lmnet"));
        quiet_environment(&mut command);
        command.args(arguments).arg("--registry").arg(&self.root).current_dir(std::env::temp_dir());
        command
    }

    /// What `check --format json` finds, in English.
    pub(crate) fn check(&self) -> Check {
        Check::of(&run(&mut self.command(&["check", "--format", "json", "--lang", "en"])))
    }
}

impl Drop for Tree {
    fn drop(&mut self) {
        if fs::remove_dir_all(&self.root).is_err() {
            // Too deep for paths: rm goes down step by step.
            let _ = Command::new("rm").arg("-rf").arg(&self.root).status();
        }
    }
}

/// Takes out of the environment what could colour a result.
pub(crate) fn quiet_environment(command: &mut Command) {
    for name in ["LMNET_LANG", "NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "LANG", "LC_ALL"] {
        command.env_remove(name);
    }
    command.env("LMNET_TODAY", "2026-11-30");
}

/// What a program left behind.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Ran {
    /// The exit code; nothing if a signal ended it.
    pub(crate) code: Option<i32>,
    pub(crate) out: String,
    pub(crate) talk: String,
}

/// Runs a program to its end, for which it has 20 seconds.
pub(crate) fn run(command: &mut Command) -> Ran {
    const LIMIT: Duration = Duration::from_secs(20);
    let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let out = collect(child.stdout.take().unwrap());
    let talk = collect(child.stderr.take().unwrap());
    let start = Instant::now();
    let status = loop {
        if let Some(status) = child.try_wait().unwrap() {
            break status;
        }
        if start.elapsed() > LIMIT {
            child.kill().unwrap();
            panic!("still running after {LIMIT:?}: {command:?}");
        }
        std::thread::sleep(Duration::from_millis(3));
    };
    Ran { code: status.code(), out: out.join().unwrap(), talk: talk.join().unwrap() }
}

fn collect(mut stream: impl Read + Send + 'static) -> std::thread::JoinHandle<String> {
    std::thread::spawn(move || {
        let mut text = String::new();
        stream.read_to_string(&mut text).unwrap();
        text
    })
}

/// A check as JSON tells it.
#[derive(Debug)]
pub(crate) struct Check {
    pub(crate) code: Option<i32>,
    pub(crate) json: Value,
    pub(crate) findings: Vec<Finding>,
}

impl Check {
    pub(crate) fn of(ran: &Ran) -> Self {
        let json: Value = serde_json::from_str(&ran.out).unwrap_or_else(|error| panic!("{error}: {ran:?}"));
        let findings = json["findings"].as_array().unwrap().iter().map(Finding::of).collect();
        Self { code: ran.code, json, findings }
    }

    /// The rules found, each with its file, in order.
    pub(crate) fn rules(&self) -> Vec<(&str, &str)> {
        self.findings.iter().map(|finding| (&*finding.at.path, &*finding.at.rule)).collect()
    }

    pub(crate) fn number(&self, key: &str) -> u64 {
        self.json[key].as_u64().unwrap()
    }

    /// The findings as sorted places.
    pub(crate) fn places(&self) -> Vec<At> {
        let mut places: Vec<_> = self.findings.iter().map(|finding| finding.at.clone()).collect();
        places.sort();
        places
    }
}

/// What is found where.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct At {
    pub(crate) path: String,
    pub(crate) line: u64,
    pub(crate) column: u64,
    pub(crate) rule: String,
}

/// A finding as JSON tells it.
#[derive(Debug)]
pub(crate) struct Finding {
    pub(crate) at: At,
    pub(crate) message: String,
    pub(crate) hint: String,
}

impl Finding {
    fn of(value: &Value) -> Self {
        let text = |key: &str| value[key].as_str().unwrap_or_default().to_owned();
        let number = |key: &str| value[key].as_u64().unwrap();
        let at = At { path: text("path"), line: number("line"), column: number("column"), rule: text("rule") };
        Self { at, message: text("message"), hint: text("hint") }
    }
}

/// Something to lay out in a folder.
#[derive(Clone, Debug)]
pub(crate) enum Item {
    Bytes(String, Vec<u8>),
    Size(String, u64),
    Link(String, String),
    Fifo(String),
    Without(String),
    Unreadable(String),
}

/// The files of a piece of Markdown.
pub(crate) fn items(markdown: &str) -> Vec<Item> {
    let mut items = Vec::new();
    let mut lines = markdown.lines();
    while let Some(line) = lines.next() {
        if let Some(path) = line.strip_prefix("~~~toml ") {
            let mut text = String::new();
            loop {
                match lines.next() {
                    Some("~~~") => break,
                    Some(line) => text.extend([line, "\n"]),
                    None => panic!("the fence of {path} is not closed"),
                }
            }
            items.push(Item::Bytes(path.to_owned(), text.into_bytes()));
            continue;
        }
        let own = |text: &str| text.to_owned();
        match line.split(' ').collect::<Vec<_>>()[..] {
            ["file", path, "bytes", ref bytes @ ..] => {
                let byte = |hex: &&str| u8::from_str_radix(hex, 16).unwrap();
                items.push(Item::Bytes(own(path), bytes.iter().map(byte).collect()));
            }
            ["file", path, "size", size] => items.push(Item::Size(own(path), size.parse().unwrap())),
            ["link", path, "to", target] => items.push(Item::Link(own(path), own(target))),
            ["fifo", path] => items.push(Item::Fifo(own(path))),
            ["without", path] => items.push(Item::Without(own(path))),
            ["unreadable", path] => items.push(Item::Unreadable(own(path))),
            _ => {}
        }
    }
    items
}

/// The ten kinds of record, as commands name them.
pub(crate) const KINDS: [&str; 10] = [
    "organisations",
    "agreements",
    "networks",
    "members",
    "offerings",
    "courses",
    "meetings",
    "plans",
    "reports",
    "matters",
];

/// `lmnet …` on the fictional network of the examples.
pub(crate) fn on_fjordnett(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_lmnet"));
    quiet_environment(&mut command);
    command.args(arguments).args(["--registry", "examples/fjordnett"]).current_dir(env!("CARGO_MANIFEST_DIR"));
    command
}

/// The result of a command on the fictional network that must go well.
pub(crate) fn printed(arguments: &[&str]) -> String {
    let ran = run(&mut on_fjordnett(arguments));
    assert_eq!(ran.code, Some(0), "{arguments:?}: {}", ran.talk);
    ran.out
}

/// Documents in Markdown without their feet, which tell of the day and of git.
pub(crate) fn without_feet(markdown: &str) -> String {
    let mut parts = markdown.split("\n---\n\n");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |text, part| text + part.split_once('\n').map_or("", |(_, rest)| rest))
}
