//! Changes to the text of a record: a key is given other words, or none, and everything else stays as it is written.
//!
//! What is said on the command line becomes TOML by the [`Shape`] of the key (`value.rs`); the key leads to a place in the
//! text (`place.rs`). Whether the value makes sense beside others is for `check` to say.

mod part;
mod place;
mod refusal;
mod value;

use std::fmt;

pub use place::{key_and_value, shape_at};
use toml_edit::{DocumentMut, InlineTable, Item, Table};
pub use value::day;

use crate::lang::Said;
use crate::layout::layout;
use crate::read::{FieldInfo, Shape};
use crate::say;

/// What is to become of a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// The key, as in `title.nb`, `run[2].patients` or `run[2026-02-01].patients`.
    pub key: String,
    /// Its value as people say it, several for a list; nothing takes the key out.
    pub to: Option<Vec<String>>,
}

impl Edit {
    /// Gives a key one value.
    #[must_use]
    pub fn set(key: &str, value: impl fmt::Display) -> Self {
        Self { key: key.to_owned(), to: Some(vec![value.to_string()]) }
    }
}

/// The text with these changes. A file that is laid out stays so; in another, only what changes is touched.
///
/// # Errors
///
/// When the text is no TOML, a key is unknown or leads nowhere, or a value does not fit it.
pub fn edited(text: &str, fields: &[FieldInfo], edits: &[Edit]) -> Result<String, Said> {
    rewritten(text, fields, |document| edits.iter().try_for_each(|edit| place::edit(document, fields, edit)))
}

/// What a value is written as in a record, a string without its quotes: `2016-05-31` for `31.5.2016`, `local` for `lokalt`. Two
/// ways to say the same give the same.
///
/// # Errors
///
/// When it does not fit the key.
pub fn canonical(shape: &Shape, said: &str) -> Result<String, Said> {
    let value = value::value(shape, &[said.to_owned()])?;
    Ok(value.as_str().map_or_else(|| value.to_string().trim().to_owned(), str::to_owned))
}

/// The text with one part more in the list at a key of the top, such as a `[[run]]`, under a header or within the list.
///
/// # Errors
///
/// As for [`edited`].
pub fn with_part(text: &str, fields: &[FieldInfo], list: &str, header: bool, part: &[Edit]) -> Result<String, Said> {
    with_parts(text, fields, list, header, [part])
}

/// The text with several parts more.
///
/// # Errors
///
/// As for [`edited`].
pub fn with_parts<'e>(
    text: &str,
    fields: &[FieldInfo],
    list: &str,
    header: bool,
    parts: impl IntoIterator<Item = &'e [Edit]>,
) -> Result<String, Said> {
    let own = fields.iter().find(|field| field.key == list).and_then(|field| field.shape.fields());
    let own = own.unwrap_or_default();
    rewritten(text, fields, |document| {
        for part in parts {
            let mut table = DocumentMut::new();
            part.iter().try_for_each(|edit| place::edit(&mut table, &own, edit))?;
            place::push(document, list, header, table.as_table().clone());
        }
        Ok(())
    })
}

/// The text with a change to what it holds.
///
/// # Errors
///
/// When the text is no TOML, or the change is refused.
pub(crate) fn rewritten(
    text: &str,
    fields: &[FieldInfo],
    change: impl FnOnce(&mut DocumentMut) -> Result<(), Said>,
) -> Result<String, Said> {
    let is_laid_out = layout(text, Some(fields)).is_ok_and(|laid_out| laid_out == text);
    let mut document: DocumentMut = text.parse().map_err(|_| {
        say!(
            nn: "fila kan ikkje lesast; «lmnet check» viser kvifor",
            nb: "filen kan ikke leses; «lmnet check» viser hvorfor",
            en: "the file cannot be read; \"lmnet check\" shows why",
        )
    })?;
    let untouched = document.to_string();
    change(&mut document)?;
    let mut after = document.to_string();
    if after == untouched {
        return Ok(text.to_owned());
    }
    // The library ends lines as Unix does.
    if text.contains("\r\n") && !text.replace("\r\n", "").contains('\n') {
        after = after.replace("\r\n", "\n").replace('\n', "\r\n");
    }
    Ok(if is_laid_out { layout(&after, Some(fields)).unwrap_or(after) } else { after })
}

/// A new table: with a header of its own at the top of a file, within the line elsewhere.
fn new_table(header: bool) -> Item {
    if header { Item::Table(Table::new()) } else { Item::Value(InlineTable::new().into()) }
}

/// What may stand under a key of a table with these keys; nothing if there is no such key.
fn shape_of(fields: Option<&[FieldInfo]>, key: &str) -> Result<Shape, Vec<&'static str>> {
    let Some(fields) = fields else { return Ok(Shape::Free) };
    let known = fields.iter().find(|field| field.key == key);
    known.map(|field| field.shape.clone()).ok_or_else(|| fields.iter().map(|field| field.key).collect())
}
