//! A file that is laid out says the same as before, to another reader too, and stays as it is when laid out again.

#![no_main]

use libfuzzer_sys::fuzz_target;
use lmnet::layout::layout;
use lmnet::registry::fields_of_file;
use lmnet_fuzz::parts;

/// What another reader sees; not-a-number included.
fn said(text: &str) -> Option<String> {
    toml::from_str::<toml::Table>(text.strip_prefix('\u{feff}').unwrap_or(text)).ok().map(|table| format!("{table:?}"))
}

fuzz_target!(|data: &[u8]| {
    for (path, bytes) in parts(data) {
        let Ok(text) = String::from_utf8(bytes) else { continue };
        let fields = fields_of_file(&path);
        let laid_out = match layout(&text, fields.as_deref()) {
            Ok(laid_out) => laid_out,
            Err(error) => {
                let arena = toml_spanner::Arena::new();
                assert!(toml_spanner::parse(&text, &arena).is_err() || said(&text).is_none(), "{error:#}\n{text}");
                continue;
            }
        };
        let again = layout(&laid_out, fields.as_deref()).expect("what was laid out can be laid out again");
        assert_eq!(laid_out, again);
        if let Some(said_before) = said(&text) {
            assert_eq!(Some(said_before), said(&laid_out), "{text}\n{laid_out}");
        }
    }
});
