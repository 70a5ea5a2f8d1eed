//! Any workbook is taken in and answered: as bytes, or, so that more than its checksums is tried, as the texts of its parts.

#![no_main]

use std::io::{Cursor, Write as _};
use std::sync::LazyLock;

use libfuzzer_sys::{Corpus, fuzz_target};
use lmnet::registry::Registry;
use lmnet_fuzz::{Files, NETWORK, fenced, import, parts};
use zip::write::{SimpleFileOptions, ZipWriter};

static REGISTRY: LazyLock<Registry> = LazyLock::new(|| Registry::from_texts(fenced(NETWORK)));

fn packed(files: &Files) -> Option<Vec<u8>> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for (path, bytes) in files {
        zip.start_file(path.to_str()?, options).ok()?;
        zip.write_all(bytes).ok()?;
    }
    Some(zip.finish().ok()?.into_inner())
}

fuzz_target!(|data: &[u8]| -> Corpus {
    if data.starts_with(b"PK") {
        import(&REGISTRY, NETWORK, data, None, None);
        return Corpus::Keep;
    }
    let Some(bytes) = packed(&parts(data)) else { return Corpus::Reject };
    import(&REGISTRY, NETWORK, &bytes, None, None);
    Corpus::Keep
});
