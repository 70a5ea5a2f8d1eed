//! Names of sheets, as Excel allows them.

use std::collections::HashSet;

use icu_normalizer::ComposingNormalizerBorrowed;

use crate::spelling::escaped;

/// The longest name, in units of UTF-16.
const LONGEST: usize = 31;

/// Gives names that no other sheet has, whatever the case.
#[derive(Debug)]
pub(super) struct Naming {
    taken: HashSet<String>,
}

impl Naming {
    pub(super) fn new() -> Self {
        // Excel keeps this one to itself.
        Self { taken: HashSet::from(["history".to_owned()]) }
    }

    /// A name made of a text; where another sheet has it, with a number behind.
    pub(super) fn name(&mut self, text: &str, otherwise: &str) -> String {
        let clean = match clean(text) {
            clean if clean.contains(char::is_alphanumeric) => clean,
            _ => otherwise.to_owned(),
        };
        let numbered = (2..).map(|number: usize| format!(" ({number})"));
        for end in std::iter::once(String::new()).chain(numbered) {
            let name = cut(&clean, LONGEST - length(&end)) + &end;
            if self.taken.insert(name.to_lowercase()) {
                return name;
            }
        }
        unreachable!("there are more numbers than sheets")
    }
}

/// The text without signs that no name may have, on one line.
fn clean(text: &str) -> String {
    let text = escaped(&text.split_whitespace().collect::<Vec<_>>().join(" "));
    let text: String = ComposingNormalizerBorrowed::new_nfc()
        .normalize(&text)
        .chars()
        .filter_map(|char| match char {
            '[' => Some('('),
            ']' => Some(')'),
            '/' | '\\' => Some('-'),
            ':' | '*' | '?' => None,
            other => Some(other),
        })
        .collect();
    trimmed(&text).to_owned()
}

/// Without what may stand neither first nor last.
fn trimmed(text: &str) -> &str {
    text.trim_matches(|char: char| char == '\'' || char.is_whitespace())
}

/// At most so many units, cut after a word where one ends in the second half.
fn cut(text: &str, most: usize) -> String {
    if length(text) <= most {
        return text.to_owned();
    }
    let mut end = 0;
    let mut units = 1; // for the dots
    for (place, char) in text.char_indices() {
        units += char.len_utf16();
        if units > most {
            break;
        }
        end = place + char.len_utf8();
    }
    let kept = &text[..end];
    let word = if text[end..].starts_with(' ') { Some(end) } else { kept.rfind(' ').filter(|space| *space * 2 > end) };
    let kept = kept[..word.unwrap_or(end)].trim_end_matches([' ', ',', '.', ';', '(', '-', '–', '\'']);
    format!("{}…", if kept.is_empty() { &text[..end] } else { kept })
}

fn length(text: &str) -> usize {
    text.chars().map(char::len_utf16).sum()
}
