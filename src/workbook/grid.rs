//! What came back, cell by cell, whatever the form of the file.

use crate::date::Date;

/// A sheet as it was read.
#[derive(Clone, Debug, Default)]
pub(super) struct Grid {
    /// What the sheet is called; nothing for a file that has only one.
    pub(super) name: String,
    /// Its rows that are not empty: the number as people see it, from 1, and the cells by their column, from 0.
    pub(super) rows: Vec<(u32, Vec<(u32, Raw)>)>,
    /// Merged cells, by their first row: first row and column, last row and column, rows from 1. With each the place of the one
    /// up to there that reaches furthest down.
    merged: Vec<([(u32, u32); 2], usize)>,
    /// Rows that were hidden.
    pub(super) hidden: Vec<u32>,
}

/// What stands in a cell.
#[derive(Clone, Debug, PartialEq)]
pub enum Raw {
    /// Text.
    Text(String),
    /// A number.
    Number(f64),
    /// A day.
    Day(Date),
    /// A time of day, `18:00`.
    Time(String),
    /// True or false.
    Flag(bool),
    /// An error such as `#REF!`.
    Error(String),
    /// A formula.
    Formula(String),
}

impl Raw {
    /// As people wrote it, as far as that can be told.
    #[must_use]
    pub fn words(&self) -> String {
        match self {
            Self::Text(text) | Self::Time(text) | Self::Error(text) => text.clone(),
            Self::Number(number) => number.to_string(),
            Self::Day(day) => day.format("%d.%m.%Y").to_string(),
            Self::Flag(flag) => flag.to_string(),
            Self::Formula(formula) => format!("={}", formula.trim_start_matches('=')),
        }
    }

    /// Whether nobody sees anything there.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        matches!(self, Self::Text(text) if text.trim().is_empty())
    }
}

impl Grid {
    /// Sets the merged cells.
    pub(super) fn merge(&mut self, mut areas: Vec<[(u32, u32); 2]>) {
        areas.sort_unstable();
        let mut furthest = 0;
        for (at, area) in areas.into_iter().enumerate() {
            if self.merged.get(furthest).is_none_or(|(other, _)| other[1].0 <= area[1].0) {
                furthest = at;
            }
            self.merged.push((area, furthest));
        }
    }

    /// Merged cells of which one is in the row.
    pub(super) fn merged_over(&self, row: u32) -> Option<&[(u32, u32); 2]> {
        let above = self.merged.partition_point(|(area, _)| area[0].0 <= row).checked_sub(1)?;
        let (area, _) = &self.merged[self.merged[above].1];
        (area[1].0 >= row).then_some(area)
    }

    /// What stands in a row of this number in a column.
    pub(super) fn cell(&self, row: usize, column: u32) -> Option<&Raw> {
        let (_, cells) = self.rows.get(row)?;
        cells.iter().find(|(at, _)| *at == column).map(|(_, raw)| raw)
    }

    /// The text in a row of this number in a column.
    pub(super) fn text(&self, row: usize, column: u32) -> String {
        self.cell(row, column).map(Raw::words).unwrap_or_default()
    }
}

/// The letter of a column, from 0: `A`, `AB`.
pub(super) fn letter(column: u32) -> String {
    rust_xlsxwriter::utility::column_number_to_name(u16::try_from(column).unwrap_or(u16::MAX))
}
