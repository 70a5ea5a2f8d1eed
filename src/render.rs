//! From results to bytes: one renderer a file. Knows documents, tables and findings, never the registry.

pub mod datapackage;
pub mod diff;
pub mod docx;
pub mod findings;
pub mod html;
pub mod ics;
pub mod markdown;
pub mod table;
pub mod text;
pub mod xlsx;
mod xml;
