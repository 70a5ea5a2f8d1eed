//! The one layout of a file: the order of its keys, its lines and blank lines, where its comments stand.
//!
//! A person decides what stands in a file, what is said in comments, what a blank line parts and whether a table is
//! written in one line or under a header. The rest follows from that, so that nobody has to think of it and changes
//! show what was changed. Knows the keys of records, but no record, and opens no file.

mod order;
mod print;
mod tree;

use anyhow::{Context as _, bail};

use crate::read::FieldInfo;

/// The text of a file as it is to be laid out. `fields` are the keys of its kind in their order; without them, and where
/// a key stands that is none of them, all keys stay where they are, since then it is not certain what was meant.
///
/// # Errors
///
/// When the text is no TOML.
pub fn layout(text: &str, fields: Option<&[FieldInfo]>) -> anyhow::Result<String> {
    let mut file = tree::parse(text.strip_prefix('\u{feff}').unwrap_or(text))?;
    if let Some(fields) = fields {
        order::put_in_order(&mut file, fields);
    }
    let laid_out = print::print(&file, line_end(text));
    // Whatever happens here, nobody's file may come to say something else.
    if !says_the_same(text, &laid_out)? {
        bail!("the file would say something else when laid out; please report this");
    }
    Ok(laid_out)
}

/// The first line end counts for all: files that come and go through Windows keep theirs.
fn line_end(text: &str) -> &'static str {
    let first = text.find('\n').map_or("", |end| &text[..end]);
    if first.ends_with('\r') { "\r\n" } else { "\n" }
}

fn says_the_same(before: &str, after: &str) -> anyhow::Result<bool> {
    let arena = toml_spanner::Arena::new();
    let read = |text| toml_spanner::parse(text, &arena).map_err(|error| anyhow::anyhow!("{error}"));
    let before = read(before).context("this is no TOML")?;
    Ok(read(after).is_ok_and(|after| after.table() == before.table()))
}
