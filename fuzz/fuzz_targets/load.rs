//! Any files in a registry are loaded and checked, and what is found is printed: nothing that a terminal obeys, and twice the
//! same.

#![no_main]

use libfuzzer_sys::fuzz_target;
use lmnet::lang::Lang;
use lmnet::registry::Registry;
use lmnet::render::findings::{self, Shown};
use lmnet_fuzz::{SOUND, is_safe, laid, parts};

fuzz_target!(|data: &[u8]| {
    let registry = Registry::from_texts(laid(SOUND, parts(data)));
    let outcome = lmnet::check::run(&registry);
    let shown = Shown { outcome: &outcome, lang: Lang::Nb, prefix: "" };
    let text = findings::human(&shown, Some(80), None);
    assert!(is_safe(&text), "{text:?}");
    for finding in &outcome.findings {
        for excerpt in finding.place.excerpt.iter() {
            assert!(excerpt.line.get(excerpt.bytes.clone()).is_some(), "{finding:?}");
        }
    }
});
