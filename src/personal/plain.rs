//! A text as it is meant, whatever it is written with.

use std::borrow::Cow;
use std::ops::Range;

/// A text with the escapes of TOML's strings read, and without the zeros that UTF-16 has between its letters.
pub(super) struct Plain<'t> {
    pub(super) text: Cow<'t, str>,
    /// Where each of its bytes, and its end, stood; empty where nothing had to be read.
    places: Vec<usize>,
}

impl<'t> Plain<'t> {
    pub(super) fn of(text: &'t str) -> Self {
        if memchr::memchr2(b'\\', 0, text.as_bytes()).is_none() {
            return Self { text: Cow::Borrowed(text), places: Vec::new() };
        }
        let (mut plain, mut places) = (String::with_capacity(text.len()), Vec::with_capacity(text.len() + 1));
        let mut at = 0;
        while let Some(char) = text[at..].chars().next() {
            let (char, length) = match char {
                '\\' => escape(&text[at..]),
                '\0' => (None, 1),
                char => (Some(char), char.len_utf8()),
            };
            plain.extend(char);
            places.resize(plain.len(), at);
            at += length;
        }
        places.push(at);
        Self { text: Cow::Owned(plain), places }
    }

    /// Where a part of it stood.
    pub(super) fn place(&self, part: Range<usize>) -> Range<usize> {
        if self.places.is_empty() { part } else { self.places[part.start]..self.places[part.end] }
    }
}

/// What the escape at the beginning of a text means, and how long it is. What is no escape means itself.
fn escape(text: &str) -> (Option<char>, usize) {
    let coded = |digits: usize| {
        let code = text.get(2..2 + digits).and_then(|code| u32::from_str_radix(code, 16).ok())?;
        Some((Some(char::from_u32(code)?), 2 + digits))
    };
    let read = match text.as_bytes().get(1) {
        Some(b'u') => coded(4),
        Some(b'U') => coded(8),
        Some(b'x') => coded(2),
        Some(b't') => Some((Some('\t'), 2)),
        Some(b'n' | b'r' | b'f' | b'b' | b'e') => Some((Some('\n'), 2)), // whichever: none of them stands inside a number
        Some(b'\\') => Some((Some('\\'), 2)),
        Some(b'"') => Some((Some('"'), 2)),
        Some(b' ' | b'\t' | b'\r' | b'\n') => line_end(text),
        _ => None,
    };
    read.unwrap_or((Some('\\'), 1))
}

/// A line that goes on in the next one: a backslash at its end, which takes the space after it along.
fn line_end(text: &str) -> Option<(Option<char>, usize)> {
    let rest = text[1..].trim_start_matches([' ', '\t', '\r', '\n']);
    let space = &text[1..text.len() - rest.len()];
    space.contains('\n').then_some((None, 1 + space.len()))
}
