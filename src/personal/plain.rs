//! A text as it is meant, whatever it is written with, and what it tells of persons.

use std::borrow::Cow;
use std::ops::Range;

use memchr::memchr2;

use super::contact::Contact;
use super::digits::runs;
use super::email::emails;
use super::identity::in_runs;
use super::phone::phones;

/// How many of each are looked for; more can only come from a text that nobody wrote.
const MOST: usize = 500;

/// A text with the escapes of TOML's strings read, and without the zeros that UTF-16 has between its letters. All that it tells is
/// looked for in the same runs of digits.
pub struct Plain<'t> {
    text: Cow<'t, str>,
    runs: Vec<Range<usize>>,
    /// After each sign that was read: where that is here, and where it stood.
    jumps: Vec<(usize, usize)>,
}

impl<'t> Plain<'t> {
    /// A text as it is meant.
    #[must_use]
    pub fn of(text: &'t str) -> Self {
        let (text, jumps) = read(text);
        let runs = runs(&text);
        Self { text, runs, jumps }
    }

    /// Where national identity numbers stand, in order, from the first to the last digit of each.
    #[must_use]
    pub fn identity_numbers(&self) -> Vec<Range<usize>> {
        in_runs(&self.text, &self.runs).map(|range| self.place(range)).collect()
    }

    /// Where e-mail addresses and telephone numbers stand, in order.
    #[must_use]
    pub fn contacts(&self) -> Vec<(Range<usize>, Contact)> {
        let emails = emails(&self.text).take(MOST).map(|range| (range, Contact::Email));
        let phones = phones(&self.text, &self.runs).take(MOST).map(|range| (range, Contact::Phone));
        let mut found: Vec<_> = emails.chain(phones).map(|(range, kind)| (self.place(range), kind)).collect();
        found.sort_unstable_by_key(|(range, _)| range.start);
        found
    }

    /// Where a part of it stood.
    fn place(&self, part: Range<usize>) -> Range<usize> {
        self.stood(part.start)..self.stood(part.end)
    }

    fn stood(&self, at: usize) -> usize {
        let passed = self.jumps.partition_point(|(here, _)| *here <= at);
        passed.checked_sub(1).map_or(at, |last| self.jumps[last].1 + at - self.jumps[last].0)
    }
}

/// A text with its escapes read, and the jumps that were made for them.
fn read(text: &str) -> (Cow<'_, str>, Vec<(usize, usize)>) {
    let signs = |from: usize| memchr2(b'\\', 0, &text.as_bytes()[from..]).map(|more| from + more);
    let Some(mut sign) = signs(0) else { return (Cow::Borrowed(text), Vec::new()) };
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
    (Cow::Owned(plain), jumps)
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
