//! Files of Office Open XML: parts in a zip. Knows nothing of what stands in them.

use std::io::{Cursor, Write as _};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

/// The beginning of the names of relations between parts.
pub(crate) const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// What a part begins with.
pub(crate) const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";

/// The parts in one file. The same parts give the same bytes.
///
/// # Errors
///
/// When the file would be larger than such a file may be.
pub(crate) fn packed(parts: &[(String, impl AsRef<[u8]>)]) -> anyhow::Result<Vec<u8>> {
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default()) // 1980, the first day that such a file knows
        .unix_permissions(0o644);
    let mut file = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, part) in parts {
        file.start_file(&**name, options)?;
        file.write_all(part.as_ref())?;
    }
    Ok(file.finish()?.into_inner())
}

/// Whether XML 1.0 can hold a character.
pub(crate) fn is_held(char: &char) -> bool {
    matches!(char, '\t' | '\n' | '\r' | '\u{20}'..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..)
}
