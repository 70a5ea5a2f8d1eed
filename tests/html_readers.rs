//! Programs from outside take the web pages: the Nu checker and html-validate find nothing, axe-core finds nothing against
//! WCAG 2.1 A and AA in a Chromium that shows them, and what Chromium prints of them holds their figures.
//!
//! They are the npm packages `vnu-jar` (which needs Java), `html-validate`, `axe-core` and `playwright-core`, and Debian's
//! `chromium` and `poppler-utils`. `.ci/run` installs them.

#![cfg(feature = "outside")]

mod common;
#[path = "html/page.rs"]
mod page;
#[path = "html/samples.rs"]
mod samples;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use common::Tree;
use page::Page;
use samples::pages;
use serde_json::{Value, json};

fn modules() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("target/outside/node_modules")
}

/// What a program prints, however long it takes. Checkers end badly where they find something.
fn printed(command: &mut Command) -> String {
    let output = command.output().unwrap_or_else(|error| panic!("{command:?}: {error}"));
    let talk = String::from_utf8_lossy(&output.stderr);
    assert!(!output.stdout.is_empty(), "{command:?}: {talk}");
    String::from_utf8(output.stdout).unwrap()
}

/// Pages as files.
fn files<'a>(tree: &Tree, pages: impl IntoIterator<Item = (&'a str, String)>) -> Vec<PathBuf> {
    let file = |(name, html): (&str, String)| {
        let path = format!("{name}.html");
        tree.file(&path, html);
        tree.path(path)
    };
    pages.into_iter().map(file).collect()
}

/// A page in which one thing is replaced by another.
fn spoilt(from: &str, to: &str) -> String {
    let (_, html) = pages().iter().find(|(name, _)| name == "everything-nn").unwrap();
    assert!(html.contains(from), "{from}");
    html.replacen(from, to, 1)
}

/// What the Nu checker has to say, errors, warnings and hints.
fn nu(files: &[PathBuf]) -> Vec<String> {
    let mut command = Command::new("java");
    command.arg("-jar").arg(modules().join("vnu-jar/build/dist/vnu.jar"));
    command.args(["--format", "json", "--stdout", "--exit-zero-always"]).args(files);
    let found: Value = serde_json::from_str(&printed(&mut command)).unwrap();
    found["messages"].as_array().unwrap().iter().map(ToString::to_string).collect()
}

/// What html-validate has to say under its recommended and its stricter rules on accessibility.
fn html_validate(files: &[PathBuf]) -> Vec<String> {
    let mut command = Command::new("node");
    command.arg(modules().join("html-validate/bin/html-validate.mjs"));
    command.args(["--preset", "recommended,a11y", "--formatter", "json"]).args(files);
    let found: Value = serde_json::from_str(&printed(&mut command)).unwrap();
    let files = found.as_array().unwrap().iter();
    files.flat_map(|file| file["messages"].as_array().unwrap()).map(ToString::to_string).collect()
}

#[test]
fn two_checkers_find_no_error_and_no_warning() {
    let tree = Tree::empty();
    let files = files(&tree, pages().iter().map(|(name, html)| (&**name, html.clone())));
    assert_eq!(nu(&files), Vec::<String>::new());
    assert_eq!(html_validate(&files), Vec::<String>::new());
}

#[test]
fn two_checkers_refuse_what_is_spoilt() {
    for (from, to) in [
        ("</h1>", ""),
        ("</header>", "</div>"),
        ("scope=\"col\"", "scope=\"column\""),
        (" id=\"", " id=\"years\" id=\""),
    ] {
        let tree = Tree::empty();
        let files = files(&tree, [("spoilt", spoilt(from, to))]);
        assert!(!nu(&files).is_empty(), "{from}");
        assert!(!html_validate(&files).is_empty(), "{from}");
    }
}

/// What is wrong with each page in a browser, and the folder of what it printed.
fn shown(tree: &Tree, files: &[PathBuf]) -> BTreeMap<String, Vec<String>> {
    let given = json!({
        "pages": files,
        "pdf": tree.root,
        "tags": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"],
    });
    tree.file("given.json", given.to_string());
    let mut command = Command::new("node");
    command.arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/outside/html_pages.cjs"));
    let printed = printed(command.arg(tree.path("given.json")).env("NODE_PATH", modules()));
    serde_json::from_str(&printed).unwrap()
}

/// How often each row of digits stands in words.
fn digits<'a>(words: impl Iterator<Item = &'a str>) -> BTreeMap<&'a str, usize> {
    let mut counted = BTreeMap::new();
    let rows = words.flat_map(|word| word.split(|char: char| !char.is_ascii_digit()));
    for digits in rows.filter(|digits| !digits.is_empty()) {
        *counted.entry(digits).or_insert(0) += 1;
    }
    counted
}

#[test]
fn a_browser_shows_and_prints_them_to_everybody() {
    const KINDS: [&str; 8] = ["everything", "charts", "several", "nord", "fjordnett", "stord", "agreement", "columns"];
    let tree = Tree::empty();
    let chosen = || pages().iter().filter(|(name, _)| KINDS.contains(&name.rsplit_once('-').unwrap().0));
    let files = files(&tree, chosen().map(|(name, html)| (&**name, html.clone())));
    assert_eq!(files.len(), 3 * KINDS.len());
    let wrong = shown(&tree, &files);
    assert_eq!(wrong.len(), files.len());
    let wrong: Vec<_> = wrong.iter().filter(|(_, wrong)| !wrong.is_empty()).collect();
    assert_eq!(wrong, Vec::<(&String, &Vec<String>)>::new());

    for (name, html) in chosen() {
        let pdf = tree.path(format!("{name}.pdf"));
        let info = printed(Command::new("pdfinfo").arg(&pdf));
        assert!(info.lines().any(|line| line.starts_with("Tagged:") && line.ends_with("yes")), "{name}: {info}");
        let text = printed(Command::new("pdftotext").arg(&pdf).arg("-"));
        let printed = digits(text.split_whitespace());
        let shown = Page::of(html).texts("h1, main p, main li, td, tbody th, figcaption, svg text").join("\n");
        // Where a line ends in a hyphen, pdftotext joins what stands on both sides.
        let expected = digits(shown.split_whitespace().filter(|word| !word.contains(['-', '–'])));
        let missing: Vec<_> = expected
            .iter()
            .filter(|(digits, count)| printed.get(**digits).is_none_or(|printed| printed < count))
            .collect();
        assert_eq!(missing, Vec::<(&&str, &usize)>::new(), "{name}");
        assert!(expected.len() > 5, "{name}: {expected:?}");
    }
}

#[test]
fn a_browser_finds_what_is_spoilt() {
    let cases = [
        (" lang=\"nn\"", "", "html-has-lang"),
        ("<main ", "<button></button><main ", "button-name"),
        ("--text: #1c2126", "--text: #c0c0c0", "light, 1280 px: color-contrast"),
        ("--text: #e4e8ec", "--text: #404040", "dark, 320 px: color-contrast"),
        (".scroll {\n", ".scroll { width: 50rem;\n", "px broad"),
        ("<header>", "<img alt=\"\" src=\"https://a.example/b.png\"><header>", "console"),
        ("class=\"skip\"", "class=\"skip\" tabindex=\"-1\"", "skip link"),
        ("figure { ", "main { display: none } figure { ", "does not come to be seen"),
    ];
    let tree = Tree::empty();
    let names: Vec<String> = (0..cases.len()).map(|at| format!("spoilt-{at}")).collect();
    let pages = names.iter().zip(cases).map(|(name, (from, to, _))| (&**name, spoilt(from, to)));
    let wrong = shown(&tree, &files(&tree, pages));
    for (name, (from, _, told)) in names.iter().zip(cases) {
        assert!(wrong[name].iter().any(|wrong| wrong.contains(told)), "{from}: {:?}", wrong[name]);
    }
}
