//! Workbooks that go out to be filled in, and come back: rows of one's own offerings, runs, courses and seats.
//!
//! A cell is held in the words of records ([`Content`]), whatever it is shown as, so that what was exported, what stands in
//! the registry now and what came back can be compared. Each row carries an id and the revision that was exported, and a
//! hidden sheet what was exported, cell by cell. Knows no file and no clock.

mod annotate;
mod answer;
mod book;
mod cell;
mod choices;
mod columns;
mod content;
mod csv;
mod current;
mod duplicate;
mod front;
mod grid;
mod mapping;
mod meaning;
mod merge;
mod opened;
mod plan;
mod returned;
mod rows;
mod spoken;
mod style;
mod xlsx;

pub use answer::{answer, place};
pub use book::book;
pub use choices::{Choices, Vocabulary};
pub use columns::{Column, Part, columns};
pub use content::Content;
pub use duplicate::duplicates;
pub use grid::Raw;
pub use mapping::{Mapping, mapping};
pub use meaning::{Change, Meaning, Merged, Parent, Place, Remark, Sort};
pub use merge::merge;
pub use plan::{Plan, Tally, plan};
pub use returned::{GivenRow, Origin, Returned, Sheet, read};
pub use rows::{Row, Scope, Tab, tabs};
pub use spoken::{as_written, spoken};
