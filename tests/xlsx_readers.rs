//! Programs from outside read workbooks as they are meant: openpyxl sees the same values, types, number formats and links,
//! LibreOffice shows them as people see them.
//!
//! `.ci/run` installs both.

#![cfg(feature = "outside")]

#[path = "common/workbook.rs"]
mod workbook;

mod common;

use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use common::{Tree, on_fjordnett, run};
use lmnet::count::{Count, Quality};
use lmnet::date::{Date, When};
use lmnet::document::Document;
use lmnet::lang::Lang;
use lmnet::render::xlsx;
use lmnet::sheet::{Cell, Column, Sheet};
use serde_json::Value as Json;
use workbook::{Value, Workbook};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// What openpyxl sees.
fn openpyxl(file: &Path) -> Json {
    let mut python = Command::new(root().join("target/outside/python/bin/python"));
    let ran = run(python.arg(root().join("tests/outside/workbook_openpyxl.py")).arg(file));
    assert_eq!(ran.code, Some(0), "{}", ran.talk);
    serde_json::from_str(&ran.out).unwrap()
}

/// The sheets as LibreOffice shows them, as CSV, in order.
fn libreoffice(folder: &Path, file: &Path) -> Vec<Vec<Vec<String>>> {
    // Separator, quotes, UTF-8, from line 1; the ninth: cells as shown; the last: every sheet in a file of its own.
    const AS_CSV: &str = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,true,false,false,-1";
    // Two at once can't share one.
    let profile = root().join("target/outside").join(folder.file_name().unwrap());
    let mut command = Command::new("libreoffice");
    command.arg(format!("-env:UserInstallation=file://{}", profile.display()));
    command.args(["--headless", "--convert-to", AS_CSV, "--outdir"]).arg(folder).arg(file);
    let start = Instant::now();
    let status = command.env("LC_ALL", "C.UTF-8").output().unwrap();
    assert!(start.elapsed() < Duration::from_secs(120) && status.status.success(), "{status:?}");
    std::fs::remove_dir_all(profile).unwrap();
    let stem = file.file_stem().unwrap().to_str().unwrap();
    let sheets = Workbook::open(file).sheets;
    let read = |name: &String| {
        let path = folder.join(format!("{stem}-{name}.csv"));
        let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
        reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect()
    };
    sheets.iter().map(|(name, _)| read(name)).collect()
}

/// A value as openpyxl must see it.
fn as_openpyxl(value: &Value) -> Json {
    match value {
        Value::Nothing => Json::Null,
        Value::Text(text) => serde_json::json!({ "text": text }),
        Value::Number(number) => serde_json::json!({ "number": number }),
        Value::Day(day) => serde_json::json!({ "day": day }),
    }
}

/// A value as LibreOffice must show it in a Norwegian workbook.
fn is_shown(value: &Value, shown: &str) -> bool {
    match value {
        Value::Nothing => shown.is_empty(),
        Value::Text(text) => text == shown,
        Value::Number(number) => {
            let plain: String = shown.chars().filter(|char| *char != '\u{a0}').collect();
            plain.parse() == Ok(*number)
                && (number.abs() < 1000.0 || (1800.0..3000.0).contains(number) || shown != plain)
        }
        Value::Day(day) => {
            let parts: Vec<&str> = day.split('-').collect();
            shown == format!("{}.{}.{}", parts[2], parts[1], parts[0])
        }
    }
}

#[test]
fn openpyxl_and_libreoffice_read_what_was_written() {
    let asks: [(&str, &[&str]); 6] = [
        ("report", &["report", "--year", "2025", "--lang", "nb"]),
        ("offerings", &["offerings", "list", "--all", "--lang", "nn", "--columns", "id,title,condition,runs,patients"]),
        ("organisations", &["organisations", "list", "--all", "--lang", "nb"]),
        ("meetings", &["meetings", "list", "--all", "--lang", "nb"]),
        ("plans", &["plans", "list", "--all", "--lang", "nn", "--columns", "id,title,year,actions"]),
        ("agreement", &["agreements", "show", "mandat-fjordnett", "--lang", "nn"]),
    ];
    let (mut days, mut numbers) = (0, 0);
    for (name, ask) in asks {
        let tree = Tree::empty();
        let path = tree.path(format!("{name}.xlsx"));
        let ran = run(on_fjordnett(ask).arg("-o").arg(&path));
        assert_eq!(ran.code, Some(0), "{}", ran.talk);
        let book = Workbook::open(&path);
        let (python, office) = (openpyxl(&path), libreoffice(&tree.root, &path));
        let titles: Vec<&str> = book.sheets.iter().map(|(name, _)| &**name).collect();
        assert_eq!(python["titles"], serde_json::json!(titles), "{name}");
        for (at, (sheet, rows)) in book.sheets.iter().enumerate() {
            let expected: Vec<Vec<Json>> = rows.iter().map(|row| row.iter().map(as_openpyxl).collect()).collect();
            assert_eq!(python["sheets"][at]["cells"], serde_json::json!(expected), "{name}: {sheet}");
            if at > 0 {
                assert_eq!(python["sheets"][at]["frozen"], "A2", "{name}: {sheet}");
                assert!(python["sheets"][at]["filter"].as_str().is_some_and(|range| range.starts_with("A1:")));
            }
            for (row, shown) in rows.iter().zip(&office[at]) {
                for (column, value) in row.iter().enumerate() {
                    let shown = shown.get(column).map_or("", |shown| shown);
                    assert!(is_shown(value, shown), "{name}, {sheet}: {value:?} is shown as {shown:?}");
                    days += usize::from(matches!(value, Value::Day(_)));
                    numbers += usize::from(matches!(value, Value::Number(_)));
                }
            }
            assert_eq!(rows.len(), office[at].len(), "{name}: {sheet}");
        }
        let links = python["links"].as_array().unwrap();
        let targets: Vec<String> = links
            .iter()
            .map(|link| link.as_str().unwrap().trim_end_matches("!A1").trim_matches('\'').to_owned())
            .collect();
        assert_eq!(targets, titles[1..], "{name}: a link to each sheet");
    }
    assert!(days > 20 && numbers > 100, "{days} days, {numbers} numbers");
}

#[test]
fn every_cell_has_the_format_of_what_it_is() {
    let formats = |lang: Lang| {
        let cells = vec![
            Cell::text("=1+1"),
            Cell::code("0301"),
            Cell::when(When::Day(Date::from_ymd_opt(2016, 2, 3).unwrap())),
            Cell::whole(1_234_567, lang),
            Cell::whole(3550, lang),
            Cell::whole(12, lang),
            Cell::count(&Count::new(12_500, Quality::Exact, None), lang),
            Cell::hidden(),
        ];
        let mut document = Document::new(lang);
        let columns = cells.iter().enumerate().map(|(at, _)| Column::new(at.to_string(), at.to_string())).collect();
        document.table(Sheet { id: "", caption: "Test's".into(), columns, rows: vec![cells] });
        let tree = Tree::empty();
        let path = tree.path("formats.xlsx");
        std::fs::write(&path, xlsx::documents(&[document]).unwrap()).unwrap();
        let formats = openpyxl(&path)["sheets"][1]["formats"][1].clone();
        let shown = libreoffice(&tree.root, &path)[1][1].clone();
        (formats, shown)
    };
    let [(nn, shown_nn), (nb, shown_nb), (en, shown_en)] = Lang::ALL.map(formats);
    assert_eq!(nn, nb);
    assert_eq!(shown_nn, shown_nb);
    assert_eq!(shown_nb, ["=1+1", "0301", "03.02.2016", "1\u{a0}234\u{a0}567", "3\u{a0}550", "12", "12.5", ":"]);
    assert_eq!(shown_en, ["=1+1", "0301", "3 February 2016", "1,234,567", "3,550", "12", "12.5", ":"]);
    for formats in [nb, en] {
        let text: Vec<bool> = formats.as_array().unwrap().iter().map(|format| format == "@").collect();
        assert_eq!(text, [true, true, false, false, false, false, false, true], "{formats}");
    }
}
