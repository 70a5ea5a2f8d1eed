//! Free-text search that finds Nynorsk and Bokmål spellings alike.

use icu_normalizer::ComposingNormalizerBorrowed;
use serde::Serialize;
use serde_json::Value;

use crate::registry::{Entry, Registry};

/// Word parts that differ between the two written forms, and other words for the same thing: Bokmål (or the other
/// word) first, Nynorsk second. Both sides are folded to the second before they are compared. A part that stands in
/// another comes after it.
const PAIRS: &[(&str, &str)] = &[
    ("mestring", "meistring"),
    ("parorende", "parorande"),
    ("henvisning", "tilvising"),
    ("tilbud", "tilbod"),
    ("medvirkning", "medverknad"),
    ("bruker", "brukar"),
    ("oppnevning", "oppnemning"),
    ("egenandel", "eigendel"),
    ("deltaker", "deltakar"),
    ("sykehus", "sjukehus"),
    ("sykdom", "sjukdom"),
    ("syk", "sjuk"),
    ("hoyskole", "hogskule"),
    ("skole", "skule"),
    ("veileder", "rettleiar"),
    ("veiledning", "rettleiing"),
    ("leder", "leiar"),
    ("hjerte", "hjarte"),
    ("forebyggende", "forebyggande"),
    ("tjeneste", "teneste"),
    ("utvalg", "utval"),
    ("selvhjelp", "sjolvhjelp"),
    ("enhet", "eining"),
    ("ansvarlig", "ansvarleg"),
];

/// The same for short words, which only count where a word begins.
const BEGINNINGS: &[(&str, &str)] = &[("uke", "veke"), ("host", "haust")];

/// Words to look for.
#[derive(Debug)]
pub struct Search<'a> {
    words: Vec<String>,
    registry: &'a Registry,
}

impl<'a> Search<'a> {
    /// A search for records that hold every word.
    #[must_use]
    pub fn new(words: &str, registry: &'a Registry) -> Self {
        Self { words: words.split_whitespace().map(folded).collect(), registry }
    }

    /// Whether the record holds every word somewhere: in its id, its texts, or another name of its condition.
    #[must_use]
    pub fn finds<T: Serialize>(&self, entry: &Entry<T>) -> bool {
        let mut hay = String::from(&*entry.id);
        let record = serde_json::to_value(&entry.record).unwrap_or_default();
        self.gather(&record, &mut hay);
        let hay = folded(&hay);
        self.words.iter().all(|word| hay.contains(word))
    }

    fn gather(&self, value: &Value, hay: &mut String) {
        match value {
            Value::String(text) => {
                hay.push('\n');
                hay.push_str(text);
            }
            Value::Array(values) => values.iter().for_each(|value| self.gather(value, hay)),
            Value::Object(map) => {
                for (key, value) in map {
                    self.gather(value, hay);
                    if key == "condition" {
                        self.gather_conditions(value, hay);
                    }
                }
            }
            _ => {}
        }
    }

    fn gather_conditions(&self, ids: &Value, hay: &mut String) {
        let named = |id: &str| ids.as_array().is_some_and(|ids| ids.iter().any(|named| named.as_str() == Some(id)));
        for condition in self.registry.manifest.condition.iter().filter(|condition| named(&condition.id)) {
            for words in condition.title.wordings().chain(condition.also.iter().map(|also| &**also)) {
                hay.push('\n');
                hay.push_str(words);
            }
        }
    }
}

/// Text in the one form in which spellings are compared: small letters, å as a, æ as ae, ø as o, Nynorsk forms.
fn folded(text: &str) -> String {
    let composed = ComposingNormalizerBorrowed::new_nfc();
    let mut folded = String::with_capacity(text.len());
    for char in composed.normalize_iter(text.chars()).flat_map(char::to_lowercase) {
        match char {
            'å' => folded.push('a'),
            'æ' | 'ä' => folded.push_str("ae"),
            'ø' | 'ö' => folded.push('o'),
            char => folded.push(char),
        }
    }
    let folded = folded.replace("aa", "a").replace("oe", "o");
    let folded = PAIRS.iter().fold(folded, |text, (from, to)| text.replace(from, to));
    folded.split_inclusive(|char: char| !char.is_alphanumeric()).map(begun).collect()
}

/// A word in its Nynorsk form, as far as its beginning tells.
fn begun(word: &str) -> String {
    match BEGINNINGS.iter().find_map(|(from, to)| Some((to, word.strip_prefix(from)?))) {
        Some((to, rest)) => format!("{to}{rest}"),
        None => word.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_written_forms_find_each_other() {
        for (bokmal, nynorsk) in [
            ("Læring og mestring", "Læring og meistring"),
            ("pårørende", "pårørande"),
            ("henvisning", "tilvising"),
            ("tilbud", "tilbod"),
            ("uke 48", "veke 48"),
            ("helseforetak", "helseføretak"),
            ("brukermedvirkning", "brukarmedverknad"),
            ("oppnevning", "oppnemning"),
            ("egenandel", "eigendel"),
            ("KOLS-skole", "KOLS-skule"),
            ("hjerteskole", "hjarteskule"),
            ("Ålesund", "Aalesund"),
            ("Bømlo", "Boemlo"),
            ("samarbeidsutvalg", "samarbeidsutval"),
        ] {
            assert_eq!(folded(bokmal), folded(nynorsk), "{bokmal}");
        }
        assert_ne!(folded("kurs"), folded("skule"));
    }
}
