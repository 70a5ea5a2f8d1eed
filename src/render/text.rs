//! Documents for the terminal.

use std::fmt::Write;

use crate::document::{Block, Chart, Document};
use crate::spelling::escaped;

/// The document as plain text, with headings underlined by their weight.
#[must_use]
pub fn document(document: &Document, width: Option<usize>) -> String {
    let mut out = String::new();
    for block in &document.blocks {
        if !out.is_empty() {
            out.push('\n');
        }
        match block {
            Block::Heading(_, text) => {
                let _ = writeln!(out, "\u{1b}[1m{}\u{1b}[0m", escaped(&text.text));
            }
            Block::Paragraph(text) => {
                let _ = writeln!(out, "{}", escaped(&text.text));
            }
            Block::List(points) => {
                for point in points {
                    let _ = writeln!(out, "- {}", escaped(&point.text));
                }
            }
            Block::Table(sheet) | Block::Chart(Chart { table: sheet, .. }) => {
                if !sheet.caption.text.is_empty() {
                    let _ = writeln!(out, "{}\n", escaped(&sheet.caption.text));
                }
                out += &super::table::terminal(sheet, width);
            }
        }
    }
    if let Some(footer) = &document.footer {
        let _ = writeln!(out, "\n{}", escaped(footer));
    }
    out
}
