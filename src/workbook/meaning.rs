//! What rows that came back mean for the registry, and what is to be told of them.

use super::columns::Part;
use super::content::{Content, Shown};
use crate::edit::Edit;
use crate::lang::Said;

/// A row of a sheet: the sheets are counted, rows have the numbers that people see.
pub type Place = (usize, u32);

/// Why something is told of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sort {
    /// It can't be taken in so.
    Wrong,
    /// It was changed here and in the registry.
    Conflict,
    /// It looks like something that is there.
    Duplicate,
    /// For information only.
    Note,
}

/// What is told of a row.
#[derive(Clone, Debug)]
pub struct Remark {
    /// The row.
    pub place: Place,
    /// The column; nothing where it is about the row as a whole.
    pub column: Option<usize>,
    /// Why.
    pub sort: Sort,
    /// What stands there.
    pub value: String,
    /// What it is, and what to do.
    pub words: Said,
    /// What the registry has now, where it was changed here and there.
    pub now: Option<Now>,
}

/// What stands in the registry.
#[derive(Clone, Debug)]
pub struct Now {
    /// What it is, and what to do, for whoever reads it in the cell that has it.
    pub(super) words: Said,
    /// In the words of records.
    pub(super) content: Content,
    /// As a cell shows it.
    pub(super) shown: Shown,
}

/// What a row means for the registry.
#[derive(Clone, Debug)]
pub enum Meaning {
    /// What is to become of something that is there, by key.
    Edits {
        /// The record.
        record: String,
        /// The part of its list, counted from 0.
        index: Option<usize>,
        /// What is to become of its keys.
        edits: Vec<Edit>,
        /// What its columns say now.
        said: Vec<(usize, Content)>,
    },
    /// Something new, by key.
    New {
        /// What it is a part of.
        parent: Parent,
        /// Its keys.
        edits: Vec<Edit>,
    },
    /// It is gone from the sheet.
    Gone {
        /// What it was known by when it was exported.
        exported: String,
        /// The record.
        record: String,
        /// The part of its list, counted from 0.
        index: Option<usize>,
    },
}

/// What a new row is a part of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Parent {
    /// Nothing: it is a record of its own.
    None,
    /// A record that is there.
    Known(String),
    /// Another new row.
    New(Place),
}

/// A row with its meaning.
#[derive(Clone, Debug)]
pub struct Change {
    /// The row; of one that is gone from the sheet, the sheet with 0.
    pub place: Place,
    /// What kind of row it is.
    pub part: Part,
    /// What it means.
    pub meaning: Meaning,
}

/// What came of it.
#[derive(Debug, Default)]
pub struct Merged {
    /// Rows that change something.
    pub changes: Vec<Change>,
    /// What is to be told.
    pub remarks: Vec<Remark>,
    /// How many rows are as they were.
    pub unchanged: usize,
}
