//! Documents as workbooks.

use crate::document::Document;

/// The documents, one after the other, in one file.
pub fn documents(documents: &[Document]) -> anyhow::Result<Vec<u8>> {
    todo!("{}", documents.len())
}
