//! The working memory of a learning and coping network: a registry of TOML files, read, checked, listed and reported.
//!
//! The modules stand in reading order, from the command line down to dates and counts; each may use only those below
//! it, and a test holds it so. `ARCHITECTURE.md` tells why.

pub mod check;
pub mod cli;
pub mod count;
pub mod date;
pub mod diagnostic;
pub mod document;
pub mod lang;
pub mod model;
pub mod names;
pub mod read;
pub mod registry;
pub mod render;
pub mod report;
pub mod rules;
pub mod sheet;
pub mod source;
pub mod tally;
pub mod view;
