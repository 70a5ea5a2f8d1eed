//! Any CSV file is taken in and answered. The first line tells what its rows are, or that a mapping does.

#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use lmnet::registry::Registry;
use lmnet::workbook::{Mapping, Part, mapping};
use lmnet_fuzz::{NETWORK, fenced, import};

static REGISTRY: LazyLock<Registry> = LazyLock::new(|| Registry::from_texts(fenced(NETWORK)));
static MAPPING: LazyLock<Mapping> = LazyLock::new(|| {
    mapping(
        "rows = \"offerings\"\n[columns]\n\"Kurs\" = \"title\"\n\"Kven\" = \"audience\"\n\"Arr\" = \"organiser\"\n[values.audience]\n\
         \"Pasient\" = \"patients\"\n[fixed]\nnetwork = \"lm-fjord\"\n",
    )
    .unwrap_or_else(|said| panic!("{}", said.en))
});

fuzz_target!(|data: &[u8]| {
    let end = data.iter().position(|byte| *byte == b'\n').unwrap_or(data.len());
    let (word, rest) = (&data[..end], data.get(end + 1..).unwrap_or_default());
    let part = std::str::from_utf8(word).ok().and_then(Part::from_word);
    let mapping = (word == b"mapping").then(|| &*MAPPING);
    import(&REGISTRY, NETWORK, rest, part, mapping);
});
