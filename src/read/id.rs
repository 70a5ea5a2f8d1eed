//! Ids: what may be one, and what a name suggests. Files take theirs from their names, parts of a record give their own.

use std::fmt;
use std::ops::Deref;

use icu_normalizer::{ComposingNormalizerBorrowed, DecomposingNormalizerBorrowed};
use serde::ser::{Serialize, Serializer};
use toml_spanner::Item;

use super::{Field, Met, Reader, Shape};
use crate::spelling::quoted;
use crate::{rules, say};

/// The id of a part of a record.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Id(Box<str>);

impl Deref for Id {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self)
    }
}

impl Serialize for Id {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self)
    }
}

impl Field for Id {
    fn read(item: &Item<'_>, cx: &mut Reader<'_>) -> Option<Self> {
        let Some(id) = item.as_str() else { return cx.wrong_type(item, &Self::shape()) };
        if !is_id(id) {
            report_unusable(id, item, cx);
        }
        // Kept all the same, so that what refers to it is not called unknown.
        Some(Self(id.into()))
    }

    fn shape() -> Shape {
        Shape::Id
    }

    fn met(&self) -> Met<'_> {
        if self.is_empty() { Met::Nothing } else { Met::Text(self) }
    }
}

fn report_unusable(id: &str, item: &Item<'_>, cx: &mut Reader<'_>) {
    let (id, better) = (quoted(id), slug(&crate::personal::masked(id)));
    let hint = if better.is_empty() {
        say!(
            nn: "bruk små bokstavar a–z, siffer og bindestrek",
            nb: "bruk små bokstaver a–z, siffer og bindestrek",
            en: "use the small letters a–z, digits and hyphens",
        )
    } else {
        say!(
            nn: "bruk små bokstavar a–z, siffer og bindestrek, til dømes «{better}»",
            nb: "bruk små bokstaver a–z, siffer og bindestrek, for eksempel «{better}»",
            en: "use the small letters a–z, digits and hyphens, for example \"{better}\"",
        )
    };
    let message =
        say!(nn: "«{id}» kan ikkje vere ein id", nb: "«{id}» kan ikke være en id", en: "\"{id}\" cannot be an id");
    cx.report(&rules::MALFORMED_VALUE, item.span(), message, Some(hint));
}

/// Whether a text can be an id: what shells, addresses and every file system take.
pub(crate) fn is_id(text: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
    (1..=64).contains(&text.len())
        && text.bytes().all(|byte| plain(byte) || byte == b'-')
        && text.bytes().next().is_some_and(plain)
        && !is_reserved(text)
}

/// Words that mean somebody in what agreements demand, so that no record can be called so.
pub(crate) fn is_keyword(text: &str) -> bool {
    ["network", "parties", "receiver", "self"].iter().any(|word| text.eq_ignore_ascii_case(word))
}

/// Names that Windows keeps for devices.
pub(crate) fn is_reserved(text: &str) -> bool {
    let (device, number) = text.split_at_checked(3).unwrap_or((text, ""));
    let is_one_of = |names: &[&str]| names.iter().any(|name| device.eq_ignore_ascii_case(name));
    match number.as_bytes() {
        [] => is_one_of(&["con", "prn", "aux", "nul"]),
        [b'1'..=b'9'] => is_one_of(&["com", "lpt"]),
        _ => false,
    }
}

/// The id that a name suggests: `Blåbær-Skule` gives `blabaer-skule`.
pub(crate) fn slug(name: &str) -> String {
    let mut slug = String::new();
    let composed = ComposingNormalizerBorrowed::new_nfc();
    let decomposed = DecomposingNormalizerBorrowed::new_nfd();
    for char in composed.normalize_iter(name.chars()).flat_map(char::to_lowercase) {
        match char {
            'æ' | 'ä' => slug.push_str("ae"),
            'ø' | 'ö' => slug.push('o'),
            'å' => slug.push('a'),
            'a'..='z' | '0'..='9' => slug.push(char),
            _ => {
                let base = decomposed.normalize_iter([char].into_iter()).next().filter(char::is_ascii_alphanumeric);
                match base {
                    Some(base) => slug.push(base),
                    None if !slug.is_empty() && !slug.ends_with('-') => slug.push('-'),
                    None => {}
                }
            }
        }
    }
    slug.truncate(60);
    let mut slug = slug.trim_end_matches('-').to_owned();
    if is_reserved(&slug) || is_keyword(&slug) {
        slug.push_str("-1");
    }
    slug
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_ids() {
        assert_eq!(slug("Blåbær-Skule"), "blabaer-skule");
        assert_eq!(slug("Bla\u{30a}ba\u{308}r"), "blabaer");
        assert_eq!(slug("Kurs i «KOLS», Øyfjord"), "kurs-i-kols-oyfjord");
        assert_eq!(slug("…"), "");
        for id in ["a", "2016", "lm-fjordnett"] {
            assert!(is_id(id), "{id}");
        }
        for id in ["", "-a", "A", "å", "a_b", "con", "lpt1", "a.b", &"a".repeat(65)] {
            assert!(!is_id(id), "{id}");
        }
    }
}
