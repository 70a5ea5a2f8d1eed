//! Workbooks, read by calamine.

#![allow(dead_code, reason = "no test file uses all of it")]

use std::io::Cursor;
use std::path::Path;

use calamine::{Data, Reader, Xlsx};

/// A workbook: its sheets by name, in order, each with its rows.
#[derive(Debug)]
pub(crate) struct Workbook {
    pub(crate) sheets: Vec<(String, Vec<Vec<Value>>)>,
    /// How many formulas there are on all sheets.
    pub(crate) formulas: usize,
}

/// A cell.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Value {
    Nothing,
    Text(String),
    Number(f64),
    /// As `2016-02-03`.
    Day(String),
}

impl Value {
    pub(crate) fn text(&self) -> &str {
        match self {
            Self::Text(text) => text,
            other => panic!("no text: {other:?}"),
        }
    }
}

impl Workbook {
    pub(crate) fn open(path: &Path) -> Self {
        Self::read(std::fs::read(path).unwrap())
    }

    pub(crate) fn read(bytes: Vec<u8>) -> Self {
        let mut book = Xlsx::new(Cursor::new(bytes)).unwrap();
        let names = book.sheet_names();
        let formulas = names.iter().map(|name| book.worksheet_formula(name).unwrap().used_cells().count()).sum();
        let sheets = names.into_iter().map(|name| {
            let range = book.worksheet_range(&name).unwrap();
            assert_eq!(range.start().unwrap_or_default(), (0, 0), "{name}");
            (name, range.rows().map(|row| row.iter().map(value).collect()).collect())
        });
        Self { sheets: sheets.collect(), formulas }
    }

    /// The rows of a sheet below its header, each with the header's words.
    pub(crate) fn records(&self, sheet: usize) -> Vec<Vec<(&str, &Value)>> {
        let (header, rows) = self.sheets[sheet].1.split_first().unwrap();
        rows.iter().map(|row| header.iter().map(Value::text).zip(row).collect()).collect()
    }
}

fn value(data: &Data) -> Value {
    match data {
        Data::Empty => Value::Nothing,
        Data::String(text) => Value::Text(text.clone()),
        Data::Float(number) => Value::Number(*number),
        Data::Int(number) => Value::Number(*number as f64),
        Data::DateTime(day) => {
            let (year, month, day, hour, minute, second, milli) = day.to_ymd_hms_milli();
            assert_eq!((hour, minute, second, milli), (0, 0, 0, 0));
            Value::Day(format!("{year:04}-{month:02}-{day:02}"))
        }
        other => panic!("nothing of the kind is written: {other:?}"),
    }
}
