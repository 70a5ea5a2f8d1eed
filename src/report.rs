//! From the registry to typed results: what a report holds, before it becomes a document.

pub mod annual;
pub mod appointments;
pub mod checkup;
pub mod coverage;
pub mod deadlines;
pub mod stats;
pub mod summary;
pub mod duty;
pub mod veil;
pub mod nag;
pub mod plan;
pub mod ledger;
pub mod participants;
