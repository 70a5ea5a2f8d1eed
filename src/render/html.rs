//! Documents as web pages.

use crate::document::Document;

/// The documents, one after the other, in one file.
#[must_use]
pub fn documents(documents: &[Document]) -> String {
    todo!("{}", documents.len())
}
