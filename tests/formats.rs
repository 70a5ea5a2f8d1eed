//! A report is the same in all formats: the same tables in the same order, cell by cell, each format read by a reader of its own,
//! and the totals that machines are told stand in those tables.

mod common;

#[path = "formats/machine.rs"]
mod machine;
#[path = "html/page.rs"]
mod page;
#[path = "docx/read.rs"]
mod read;
#[path = "formats/tables.rs"]
mod tables;
#[path = "common/workbook.rs"]
mod workbook;

use std::process::Command;

use common::{Tree, quiet_environment, run};
use lmnet::lang::Lang;
use machine::Told;
use serde_json::Value as Json;
use tables::{Table, of_docx, of_html, of_markdown, of_xlsx};

const FJORDNETT: [&str; 2] = ["--registry", "examples/fjordnett"];

/// What a command writes into a file with this ending.
fn written(arguments: &[&str], lang: Lang, ending: &str) -> Vec<u8> {
    let tree = Tree::empty();
    let path = tree.path(format!("out.{ending}"));
    let mut command = Command::new(env!("CARGO_BIN_EXE_lmnet"));
    quiet_environment(&mut command);
    command.args(arguments).args(["--lang", lang.code(), "-o"]).arg(&path).current_dir(env!("CARGO_MANIFEST_DIR"));
    let ran = run(&mut command);
    assert_eq!((ran.code, &*ran.out), (Some(0), ""), "{arguments:?} {ending}: {}", ran.talk);
    std::fs::read(path).unwrap()
}

/// The tables of a report, which are the same in all formats, those of each document together. `pictured` is how many of a page
/// belong to pictures that no other format has.
fn same_in_all(arguments: &[&str], lang: Lang, pictured: usize) -> Vec<Vec<Table>> {
    let of = format!("{} {lang}", arguments.join(" "));
    let documents = of_markdown(&written(arguments, lang, "md"));
    assert_eq!(of_docx(&written(arguments, lang, "docx")), documents, "docx {of}");

    let tables: Vec<&Table> = documents.iter().flatten().collect();
    let mut page = of_html(&written(arguments, lang, "html"));
    for (picture, _) in page.drain(..pictured) {
        stands_in(&picture, &tables);
    }
    assert_eq!(page.iter().map(|(table, _)| table).collect::<Vec<_>>(), tables, "html {of}");

    let sheets = of_xlsx(written(arguments, lang, "xlsx"));
    assert_eq!(sheets.len(), tables.len(), "xlsx {of}");
    for (sheet, (table, numbers)) in sheets.iter().zip(&page) {
        sheet.is(table, numbers, lang, &format!("xlsx {of}"));
    }
    documents
}

/// Holds that each cell beside a picture stands in another table, in the same column of the same row.
fn stands_in(picture: &Table, tables: &[&Table]) {
    let cell = |table: &Table, row: &str, label: &str| {
        let column = table.rows[0].iter().position(|other| other == label)?;
        Some(table.rows.iter().find(|cells| cells[0] == row)?[column].clone())
    };
    for row in &picture.rows[1..] {
        for (label, text) in picture.rows[0].iter().zip(row).skip(1) {
            let found = tables.iter().any(|table| cell(table, &row[0], label).as_ref() == Some(text));
            assert!(found, "{} {} {label}: {text}", picture.caption, row[0]);
        }
    }
}

/// Holds a report against itself in all formats and languages; `totals` finds in it what machines are told.
fn hold(commands: &[&[&str]], pictured: usize, totals: impl Fn(&Json, &mut Told<'_>)) {
    let (mut cells, mut numbers) = (0, 0);
    for command in commands {
        let english = same_in_all(command, Lang::En, pictured);
        for lang in Lang::ALL {
            let documents = if lang == Lang::En { english.clone() } else { same_in_all(command, lang, pictured) };
            let shape = |documents: &[Vec<Table>]| documents.iter().map(Vec::len).collect::<Vec<_>>();
            assert_eq!(shape(&documents), shape(&english), "{command:?} {lang}");
            let json: Json = serde_json::from_slice(&written(command, lang, "json")).unwrap();
            let mut told = Told::new(&documents, &english, lang);
            totals(&json, &mut told);
            numbers += told.numbers;
            cells += documents.iter().flatten().flat_map(|table| &table.rows).flatten().count();
        }
    }
    assert!(cells > 500 && numbers > 100, "{cells} cells, {numbers} numbers");
}

fn on_fjordnett<'a>(arguments: &[&'a str]) -> Vec<&'a str> {
    [arguments, &FJORDNETT].concat()
}

#[test]
fn annual_reports_are_the_same_in_all_formats() {
    let network = ["--network", "lm-fjordnett"];
    let mut commands = vec![
        vec!["report", "--year", "2016", "--network", "lms-nord"],
        vec!["report", "--year", "2016", "--network", "lms-nord", "--audience", "internal"],
        vec!["report", "--year", "2016"],
        on_fjordnett(&["report", "--year", "2025"]),
    ];
    for year in ["2025", "2024"] {
        for audience in ["public", "internal"] {
            commands.push(on_fjordnett(&[&["report", "--year", year, "--audience", audience], &network[..]].concat()));
        }
    }
    hold(&commands.iter().map(|command| &command[..]).collect::<Vec<_>>(), 0, machine::annual);
}

#[test]
fn years_side_by_side_are_the_same_in_all_formats() {
    let commands = [
        vec!["report", "--years", "2014..2016"],
        on_fjordnett(&["report", "--years", "2023..2025"]),
        on_fjordnett(&["report", "--years", "2023..2025", "--audience", "internal"]),
        on_fjordnett(&["report", "--years", "2024..2025", "--network", "lm-fjordnett"]),
    ];
    hold(&commands.each_ref().map(|command| &command[..]), 0, machine::years);
}

#[test]
fn compiled_reports_are_the_same_in_all_formats() {
    let body = ["--compiled-for", "samhandlingssekretariatet"];
    let mut commands = vec![
        vec!["report", "--year", "2016", "--compiled-for", "helse-nord-rhf"],
        vec!["report", "--year", "2022", "--compiled-for", "fousam"],
        on_fjordnett(&["report", "--year", "2025", "--compiled-for", "helse-havgap-rhf", "--audience", "internal"]),
    ];
    for year in ["2024", "2025"] {
        for audience in ["public", "internal"] {
            commands.push(on_fjordnett(&[&["report", "--year", year, "--audience", audience], &body[..]].concat()));
        }
    }
    hold(&commands.iter().map(|command| &command[..]).collect::<Vec<_>>(), 0, machine::compiled);
}

#[test]
fn cross_tables_are_the_same_in_all_formats() {
    let counted = |by, years| on_fjordnett(&["offerings", "stats", "--by", by, "--years", years]);
    let commands = [
        counted("trust", "2024..2025"),
        counted("year", "2023..2025"),
        counted("condition", "2024..2025"),
        counted("trust,reach", "2024..2025"),
        counted("municipality,year", "2024..2025"),
        [&counted("trust,reach", "2024..2025")[..], &["--audience", "internal"]].concat(),
        counted("care-level,form", "2024..2025"),
    ];
    hold(&commands.each_ref().map(|command| &command[..]), 1, machine::crossed);
}
