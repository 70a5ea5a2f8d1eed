//! The working memory of a learning and coping network: a registry of TOML files, read, checked, listed and reported.
//!
//! The modules stand in reading order, from the command line down to dates and counts; each may use only those below
//! it, and a test holds it so. `ARCHITECTURE.md` tells why.

#![deny(clippy::disallowed_methods)]

pub mod cli;
pub mod render;
pub mod export;
pub mod change;
pub mod check;
pub mod report;
pub mod view;
pub mod mandate;
pub mod workbook;
pub mod names;
pub mod merge;
pub mod tally;
pub mod start;
pub mod schema;
pub mod compose;
pub mod rename;
pub mod registry;
pub mod model;
pub mod edit;
pub mod layout;
pub mod read;
pub mod document;
pub mod tables;
pub mod sheet;
pub mod calendar;
pub mod rules;
pub mod diagnostic;
pub mod source;
pub mod store;
mod package;
pub mod spelling;
pub mod failure;
pub mod personal;
pub mod threads;
pub mod count;
pub mod date;
pub mod lang;
