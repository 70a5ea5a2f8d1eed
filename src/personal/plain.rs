//! A text as it is meant, whatever it is written with.

use std::borrow::Cow;
use std::ops::Range;

use memchr::memchr2;

/// A text with the escapes of TOML's strings read, and without the zeros that UTF-16 has between its letters.
pub(super) struct Plain<'t> {
    pub(super) text: Cow<'t, str>,
    /// After each sign that was read: where that is here, and where it stood.
    jumps: Vec<(usize, usize)>,
}

impl<'t> Plain<'t> {
    pub(super) fn of(text: &'t str) -> Self {
        let signs = |from: usize| memchr2(b'\\', 0, &text.as_bytes()[from..]).map(|more| from + more);
        let Some(mut sign) = signs(0) else { return Self { text: Cow::Borrowed(text), jumps: Vec::new() } };
        let (mut plain, mut jumps) = (String::with_capacity(text.len()), Vec::new());
        let mut at = 0;
        loop {
            plain.push_str(&text[at..sign]);
            let (char, length) = if text[sign..].starts_with('\0') { (None, 1) } else { escape(&text[sign..]) };
            plain.extend(char);
            at = sign + length;
            jumps.push((plain.len(), at));
            match signs(at) {
                Some(next) => sign = next,
                None => break,
            }
        }
        plain.push_str(&text[at..]);
        Self { text: Cow::Owned(plain), jumps }
    }

    /// Where a part of it stood.
    pub(super) fn place(&self, part: Range<usize>) -> Range<usize> {
        self.stood(part.start)..self.stood(part.end)
    }

    fn stood(&self, at: usize) -> usize {
        let passed = self.jumps.partition_point(|(here, _)| *here <= at);
        passed.checked_sub(1).map_or(at, |last| self.jumps[last].1 + at - self.jumps[last].0)
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
