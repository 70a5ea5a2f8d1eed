//! What a record is: one file per kind. Types only; no files, no rules.
//!
//! The doc comments of the fields are the reference for whoever writes records.

mod agreement;
mod common;
mod course;
mod internal;
mod manifest;
mod matter;
mod meeting;
mod member;
mod network;
mod obligation;
mod offering;
mod organisation;
mod plan;
mod report;

pub use agreement::*;
pub use common::*;
pub use course::*;
pub use internal::is_internal;
pub use manifest::*;
pub use matter::*;
pub use meeting::*;
pub use member::*;
pub use network::*;
pub use obligation::*;
pub use offering::*;
pub use organisation::*;
pub use plan::*;
pub use report::*;

pub use crate::read::{Kind, RecordKind};
