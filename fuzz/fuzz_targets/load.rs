//! Any files in a registry are loaded and checked, and what is found is printed: nothing that a terminal obeys, and twice the
//! same.

#![no_main]

use libfuzzer_sys::fuzz_target;
use lmnet::lang::Lang;
use lmnet::registry::Registry;
use lmnet::render::findings::{self, Shown};
use lmnet_fuzz::{SOUND, laid, parts};

fuzz_target!(|data: &[u8]| {
    let registry = Registry::from_texts(laid(SOUND, parts(data)));
    let outcome = lmnet::check::run(&registry);
    let shown = Shown { outcome: &outcome, lang: Lang::Nb, prefix: "" };
    let text = findings::human(&shown, Some(80), None);
    // Our own colours apart.
    let foreign = text.split('\u{1b}').enumerate().any(|(at, part)| {
        let colour = |part: &str| {
            let codes = part.strip_prefix('[').and_then(|rest| rest.split_once('m'));
            codes.is_some_and(|(codes, _)| codes.bytes().all(|byte| byte.is_ascii_digit() || byte == b';'))
        };
        at > 0 && !colour(part) || part.chars().any(|char| char.is_control() && char != '\n')
    });
    assert!(!foreign, "{text:?}");
    for finding in &outcome.findings {
        for excerpt in finding.place.excerpt.iter() {
            assert!(excerpt.line.get(excerpt.bytes.clone()).is_some(), "{finding:?}");
        }
    }
});
