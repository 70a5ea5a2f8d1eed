//! Names for places on a page, which addresses can lead to.

use std::collections::BTreeSet;

/// The names that a page has given.
#[derive(Debug, Default)]
pub(super) struct Ids(BTreeSet<String>);

impl Ids {
    /// A name made from a text and not given before: `6. Tilbod på øya` is `tilbod-paa-oeya`.
    pub(super) fn fresh(&mut self, text: &str) -> String {
        let base = slug(text);
        let mut id = base.clone();
        let mut number = 1;
        while !self.0.insert(id.clone()) {
            number += 1;
            id = format!("{base}-{number}");
        }
        id
    }
}

/// Letters from a to z, digits and hyphens, beginning with a letter.
fn slug(text: &str) -> String {
    let mut out = String::new();
    for char in text.chars().flat_map(char::to_lowercase) {
        match char {
            'æ' | 'ä' => out.push_str("ae"),
            'ø' | 'ö' => out.push_str("oe"),
            'å' => out.push_str("aa"),
            'a'..='z' => out.push(char),
            '0'..='9' if !out.is_empty() => out.push(char),
            _ if !out.is_empty() && !out.ends_with('-') => out.push('-'),
            _ => {}
        }
    }
    let out = out.trim_end_matches('-');
    if out.is_empty() { "x".to_owned() } else { out.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_place_has_a_name_of_its_own() {
        let mut ids = Ids::default();
        let texts = ["6. Tilbod på øya", "Tilbod, på øya!", "Tilbod på øya 2", "2016", "?", "«» <script>"];
        assert_eq!(
            texts.map(|text| ids.fresh(text)),
            ["tilbod-paa-oeya", "tilbod-paa-oeya-2", "tilbod-paa-oeya-2-2", "x", "x-2", "script"]
        );
    }
}
