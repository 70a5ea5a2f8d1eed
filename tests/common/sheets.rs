//! Workbooks as people change them: every cell of a file, changed here and there, written anew by another hand than lmnet's.

#![allow(dead_code, reason = "no test file uses all of it")]

use std::path::{Path, PathBuf};

use super::common::{Ran, Tree, run};
use super::workbook::{Value, Workbook};

/// A municipality with an offering that ran twice, a course, and a member with a seat.
pub(crate) fn network() -> Tree {
    let tree = Tree::empty();
    tree.lay(include_str!("network.md"));
    let check = run(&mut tree.command(&["check", "--lang", "en"]));
    assert_eq!(check.code, Some(0), "{}{}", check.out, check.talk);
    tree
}

/// The workbook of a registry, where it lies, and the folder that it lies in.
pub(crate) fn exported(tree: &Tree) -> (Tree, PathBuf, Workbook) {
    let folder = Tree::empty();
    let file = folder.path("book.xlsx");
    let ran = run(tree.command(&["export", "--lang", "nn"]).arg("--workbook").arg(&file));
    assert_eq!(ran.code, Some(0), "{}", ran.talk);
    let book = Workbook::open(&file);
    (folder, file, book)
}

pub(crate) fn import(tree: &Tree, file: &Path, arguments: &[&str]) -> Ran {
    run(tree.command(&["import", "--lang", "en"]).arg(file).args(arguments))
}

pub(crate) fn read(tree: &Tree, path: &str) -> String {
    std::fs::read_to_string(tree.path(path)).unwrap()
}

pub(crate) fn text(text: &str) -> Value {
    Value::Text(text.to_owned())
}

impl Workbook {
    /// The rows of a sheet by its name.
    pub(crate) fn rows(&mut self, sheet: &str) -> &mut Vec<Vec<Value>> {
        let found = self.sheets.iter_mut().find(|(name, _)| name == sheet);
        &mut found.unwrap_or_else(|| panic!("no sheet {sheet}")).1
    }

    /// Where a heading stands.
    pub(crate) fn column(&mut self, sheet: &str, heading: &str) -> usize {
        let header = &self.rows(sheet)[0];
        let is_own = |cell: &Value| matches!(cell, Value::Text(text) if text.trim_end_matches(" *") == heading);
        header.iter().position(is_own).unwrap_or_else(|| panic!("no {heading} in {header:?}"))
    }

    /// Where the row of an id stands, among all rows.
    pub(crate) fn row(&mut self, sheet: &str, id: &str) -> usize {
        let is_own = |row: &Vec<Value>| row.first() == Some(&Value::Text(id.to_owned()));
        self.rows(sheet).iter().position(is_own).unwrap_or_else(|| panic!("no row {id}"))
    }

    /// Changes the cell in the row of an id.
    pub(crate) fn put(&mut self, sheet: &str, id: &str, heading: &str, value: Value) {
        let (row, column) = (self.row(sheet, id), self.column(sheet, heading));
        let cells = &mut self.rows(sheet)[row];
        cells.resize(cells.len().max(column + 1), Value::Nothing);
        cells[column] = value;
    }

    /// Adds a row with these cells.
    pub(crate) fn add(&mut self, sheet: &str, cells: &[(&str, Value)]) {
        let places: Vec<usize> = cells.iter().map(|(heading, _)| self.column(sheet, heading)).collect();
        let mut row = vec![Value::Nothing; places.iter().max().map_or(0, |last| last + 1)];
        for (place, (_, value)) in places.iter().zip(cells) {
            row[*place] = value.clone();
        }
        self.rows(sheet).push(row);
    }

    /// Writes it anew.
    pub(crate) fn save(&self, path: &Path) {
        use rust_xlsxwriter::{ExcelDateTime, Format};
        let day = Format::new().set_num_format("yyyy-mm-dd");
        let mut book = rust_xlsxwriter::Workbook::new();
        for (name, rows) in &self.sheets {
            let sheet = book.add_worksheet();
            sheet.set_name(name).unwrap();
            for (row, cells) in (0..).zip(rows) {
                for (column, value) in (0..).zip(cells) {
                    match value {
                        Value::Nothing => continue,
                        Value::Text(text) => sheet.write_string(row, column, text).unwrap(),
                        Value::Number(number) => sheet.write_number(row, column, *number).unwrap(),
                        Value::Day(text) => {
                            let date = ExcelDateTime::parse_from_str(text).unwrap();
                            sheet.write_datetime_with_format(row, column, &date, &day).unwrap()
                        }
                    };
                }
            }
        }
        book.save(path).unwrap();
    }

    /// One sheet as CSV.
    pub(crate) fn csv(&mut self, sheet: &str, delimiter: char, day: impl Fn(&str) -> String) -> String {
        let cell = |value: &Value| match value {
            Value::Nothing => String::new(),
            Value::Text(text) => format!("\"{}\"", text.replace('"', "\"\"")),
            Value::Number(number) => number.to_string().replace('.', ","),
            Value::Day(text) => day(text),
        };
        let line = |row: &Vec<Value>| row.iter().map(cell).collect::<Vec<_>>().join(&delimiter.to_string()) + "\r\n";
        self.rows(sheet).iter().map(line).collect()
    }
}
