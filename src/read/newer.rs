//! What TOML has only since version 1.1, and other programs may stop at: tables in braces over several lines or with a comma
//! at the end, `\e` and `\x41`, times without seconds.
//!
//! The parser takes all of it and tells nothing, so the text is gone through once more, if a table that was read or some byte shows that
//! it may be worth it. It must be sound TOML: otherwise nobody can say where a text or a table ends.

use memchr::{memchr, memchr_iter, memchr2};
use toml_spanner::{Item, TableStyle};

use crate::lang::Said;
use crate::say;
use crate::source::Bytes;

/// A thing that only TOML 1.1 has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Newer {
    /// A table in braces that goes on after the end of its line.
    Lines,
    /// A comma after the last part of a table in braces.
    Comma,
    /// `\e` or `\x` in a text.
    Escape,
    /// A time of day without seconds.
    Time,
}

impl Newer {
    /// What is found, and what to do about it.
    pub(super) fn words(self) -> (Said, Said) {
        match self {
            Self::Lines => (
                say!(
                    nn: "ein tabell i krøllparentesar over fleire linjer finst berre i TOML 1.1, og eldre program stansar her",
                    nb: "en tabell i krøllparenteser over flere linjer finnes bare i TOML 1.1, og eldre programmer stanser her",
                    en: "only TOML 1.1 has tables in braces over several lines, and older programs stop here",
                ),
                say!(
                    nn: "skriv han på éi linje, utan komma på slutten, eller under ei eiga overskrift: [namn] eller [[namn]]",
                    nb: "skriv den på én linje, uten komma på slutten, eller under en egen overskrift: [navn] eller [[navn]]",
                    en: "write it on one line without a comma at the end, or below a header of its own: [name] or [[name]]",
                ),
            ),
            Self::Comma => (
                say!(
                    nn: "eit komma etter det siste leddet i ein tabell finst berre i TOML 1.1, og eldre program stansar her",
                    nb: "et komma etter det siste leddet i en tabell finnes bare i TOML 1.1, og eldre programmer stanser her",
                    en: "only TOML 1.1 allows a comma after the last part of a table, and older programs stop here",
                ),
                say!(nn: "ta bort kommaet", nb: "ta bort kommaet", en: "remove the comma"),
            ),
            Self::Escape => (
                say!(
                    nn: "teikna \\e og \\x finst berre i TOML 1.1, og eldre program stansar her",
                    nb: "tegnene \\e og \\x finnes bare i TOML 1.1, og eldre programmer stanser her",
                    en: "only TOML 1.1 has the escapes \\e and \\x, and older programs stop here",
                ),
                say!(
                    nn: "skriv \\u og fire siffer: \\u001B for \\e, \\u0041 for \\x41",
                    nb: "skriv \\u og fire sifre: \\u001B for \\e, \\u0041 for \\x41",
                    en: "write \\u and four digits: \\u001B for \\e, \\u0041 for \\x41",
                ),
            ),
            Self::Time => (
                say!(
                    nn: "eit klokkeslett utan sekund finst berre i TOML 1.1, og eldre program stansar her",
                    nb: "et klokkeslett uten sekunder finnes bare i TOML 1.1, og eldre programmer stanser her",
                    en: "only TOML 1.1 has times without seconds, and older programs stop here",
                ),
                say!(
                    nn: "skriv sekunda med: 18:00:00, eller klokkeslettet i hermeteikn: \"18:00\"",
                    nb: "skriv sekundene med: 18:00:00, eller klokkeslettet i anførselstegn: \"18:00\"",
                    en: "write the seconds too: 18:00:00, or the time in quotes: \"18:00\"",
                ),
            ),
        }
    }
}

/// All such things of a text, from top to bottom.
pub(super) fn newer(text: &str) -> Vec<(Newer, Bytes)> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    // The brackets and braces around: where each stands, whether it is a brace, and whether its lines have been told.
    let mut around: Vec<(usize, bool, bool)> = Vec::new();
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'#' => {
                at = memchr(b'\n', &bytes[at..]).map_or(bytes.len(), |more| at + more);
                continue;
            }
            b'"' | b'\'' => {
                at = after_text(bytes, at, &mut found);
                continue;
            }
            b'[' | b'{' => around.push((at, *byte == b'{', false)),
            b'\n' => {
                if let Some((open, true, told @ false)) = around.last_mut() {
                    *told = true;
                    found.push((Newer::Lines, bytes_of(*open, at)));
                }
            }
            b']' => drop(around.pop()),
            b'}' => {
                let told = around.pop().is_none_or(|(.., told)| told);
                let blank = bytes[..at].iter().rev().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
                let before = at.saturating_sub(blank + 1);
                if !told && bytes[before] == b',' {
                    found.push((Newer::Comma, bytes_of(before, before + 1)));
                }
            }
            b':' if lacks_seconds(bytes, at) => found.push((Newer::Time, bytes_of(at.saturating_sub(2), at + 3))),
            _ => {}
        }
        at += 1;
    }
    found.sort_by_key(|(_, place)| place.start);
    found
}

/// Whether some escape or time of a text may be such a thing, which hardly ever is so: a look at the few bytes by which it shows.
pub(super) fn has_newer_signs(text: &str) -> bool {
    let bytes = text.as_bytes();
    memchr_iter(b'\\', bytes).any(|at| matches!(bytes.get(at + 1), Some(b'e' | b'x')))
        || memchr_iter(b':', bytes)
            .any(|at| bytes.get(at + 1).is_some_and(u8::is_ascii_digit) && lacks_seconds(bytes, at))
}

/// Whether a value may be a table with braces that a line ends in, or with a comma before the last of them.
pub(super) fn is_newer_table(item: &Item<'_>, text: &str) -> bool {
    item.as_table().is_some_and(|table| table.style() == TableStyle::Inline) && {
        let braces = &text.as_bytes()[item.span().start as usize..item.span().end as usize];
        let ends_in_comma = |brace| braces[..brace].trim_ascii_end().ends_with(b",");
        memchr(b'\n', braces).is_some() || memchr_iter(b'}', braces).any(ends_in_comma)
    }
}

/// Where a text that begins at `at` is over. Its escapes are looked at on the way.
fn after_text(bytes: &[u8], at: usize, found: &mut Vec<(Newer, Bytes)>) -> usize {
    let quote = bytes[at];
    let long = bytes[at..].starts_with(&[quote; 3]);
    let mut here = at + if long { 3 } else { 1 };
    loop {
        let rest = bytes.get(here..).unwrap_or_default();
        here += memchr2(quote, b'\\', rest).unwrap_or(rest.len());
        match bytes.get(here) {
            None => return here,
            Some(b'\\') if quote == b'\'' => here += 1,
            Some(b'\\') => {
                if let Some(b'e' | b'x') = bytes.get(here + 1) {
                    found.push((Newer::Escape, bytes_of(here, here + 2)));
                }
                here += 2;
            }
            Some(_) if !long => return here + 1,
            // A long text may itself end with one or two quotes.
            Some(_) => match bytes[here..].iter().take_while(|byte| **byte == quote).take(5).count() {
                quotes @ 3.. => return here + quotes,
                quotes => here += quotes,
            },
        }
    }
}

/// Whether a colon outside of texts stands between hours and minutes that no seconds follow. In an offset, which begins with a
/// sign, it does not.
fn lacks_seconds(bytes: &[u8], colon: usize) -> bool {
    let before = colon.checked_sub(3).and_then(|at| bytes.get(at));
    !matches!(before, Some(b':' | b'+' | b'-')) && bytes.get(colon + 3) != Some(&b':')
}

fn bytes_of(start: usize, end: usize) -> Bytes {
    Bytes { start: start as u32, end: end as u32 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<(Newer, &str)> {
        newer(text).into_iter().map(|(newer, at)| (newer, &text[at.start as usize..at.end as usize])).collect()
    }

    #[test]
    fn a_table_over_several_lines_is_told_once_where_it_begins() {
        assert_eq!(found("a = { b = 1,\n c = 2,\n}\n"), [(Newer::Lines, "{ b = 1,")]);
        assert_eq!(found("a = { b = { c = 1 }, # why\n d = 2 }"), [(Newer::Lines, "{ b = { c = 1 }, # why")]);
        assert_eq!(found("a = { b = {\n c = 1 }, d = 2 }"), [(Newer::Lines, "{")]);
        assert_eq!(found("a = [{\n b = 1 }, {\n c = 1 }]"), [(Newer::Lines, "{"), (Newer::Lines, "{")]);
    }

    #[test]
    fn lists_and_texts_inside_a_table_may_have_lines() {
        assert_eq!(found("a = { b = [\n  1, # one\n  2,\n], c = \"\"\"\n}\n\"\"\", d = '''\n{\n''' }\n"), []);
        assert_eq!(found("[[a]]\nb = [\n  { c = 1 },\n]\n# {\n\"{\" = 1\n"), []);
    }

    #[test]
    fn a_comma_at_the_end_of_a_table() {
        assert_eq!(found("a = { b = 1 , }\nc = [1,]\n"), [(Newer::Comma, ",")]);
        assert_eq!(found("a = { b = [1,], c = \",\" }\nd = {}\n"), []);
    }

    #[test]
    fn escapes_count_in_texts_that_have_some() {
        assert_eq!(found(r#"a = "\x41 \e \\e \u0041""#), [(Newer::Escape, r"\x"), (Newer::Escape, r"\e")]);
        assert_eq!(found("a = '\\x41'\nb = '''\\e'''\n# \\x\nc = \"\"\"\\\n  x\"\"\""), []);
        assert_eq!(
            found("\"\\x41\" = \"\"\"\\e\"\"\"\"\"\nb = \"\\e\""),
            [(Newer::Escape, r"\x"), (Newer::Escape, r"\e"), (Newer::Escape, r"\e"),]
        );
    }

    #[test]
    fn times_without_seconds() {
        let times = "a = 07:32\nb = 1979-05-27T07:32Z\nc = 1979-05-27 07:32-07:00\n";
        assert_eq!(found(times), [(Newer::Time, "07:32"); 3]);
        assert_eq!(found("a = 07:32:00\nb = 1979-05-27T07:32:00+01:00\nc = \"07:32\" # 07:32\n"), []);
        assert_eq!(found("a = 1979-05-27T07:32:00.5-07:00\n'b:c' = 1\n"), []);
    }
}
