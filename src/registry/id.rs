//! Ids: what a file's name gives, and what a name suggests.

use std::path::Path;

use icu_normalizer::{ComposingNormalizerBorrowed, DecomposingNormalizerBorrowed};

use super::Registry;
use crate::source::FileId;
use crate::spelling::escaped;
use crate::{rules, say};

impl Registry {
    /// The id that a file's name gives, with a finding if it breaks the rules for names.
    pub(super) fn id_of(&mut self, file: FileId) -> Box<str> {
        let path = &self.files[file.0 as usize];
        let stem = stem(path);
        let utf8 = path.to_str().is_some();
        if utf8 && is_id(&stem) {
            return stem.into();
        }
        let (shown, better) = (escaped(&stem), slug(&stem));
        let reason = if is_reserved(&stem) {
            say!(
                nn: "Windows kan ikkje ha filer med namnet «{shown}»",
                nb: "Windows kan ikke ha filer med navnet «{shown}»",
                en: "Windows cannot have files named \"{shown}\"",
            )
        } else {
            say!(
                nn: "filnamnet «{shown}» kan ikkje vere ein id",
                nb: "filnavnet «{shown}» kan ikke være en id",
                en: "the file name \"{shown}\" cannot be an id",
            )
        };
        let hint = if better.is_empty() {
            say!(
                nn: "bruk små bokstavar a–z, siffer og bindestrek",
                nb: "bruk små bokstaver a–z, siffer og bindestrek",
                en: "use the small letters a–z, digits and hyphens",
            )
        } else {
            say!(
                nn: "kall fila «{better}.toml»: små bokstavar a–z, siffer og bindestrek",
                nb: "kall filen «{better}.toml»: små bokstaver a–z, siffer og bindestrek",
                en: "name it \"{better}.toml\": the small letters a–z, digits and hyphens",
            )
        };
        self.problem(&rules::UNUSABLE_FILE_NAME, file, reason, hint);
        if better.is_empty() { stem.into() } else { better.into() }
    }
}

pub(super) fn stem(path: &Path) -> String {
    path.file_stem().unwrap_or_default().to_string_lossy().into_owned()
}

/// Whether a text can be an id: what shells, addresses and every file system take.
pub(super) fn is_id(text: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
    (1..=64).contains(&text.len())
        && text.bytes().all(|byte| plain(byte) || byte == b'-')
        && text.bytes().next().is_some_and(plain)
        && !is_reserved(text)
}

/// Names that Windows keeps for devices.
fn is_reserved(text: &str) -> bool {
    let text = text.to_ascii_lowercase();
    matches!(&*text, "con" | "prn" | "aux" | "nul")
        || (text.len() == 4
            && (text.starts_with("com") || text.starts_with("lpt"))
            && matches!(text.as_bytes()[3], b'1'..=b'9'))
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
    if is_reserved(&slug) {
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
