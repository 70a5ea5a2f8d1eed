//! E-mail addresses and Norwegian telephone numbers, as people write them.

use std::ops::Range;

/// A way to reach somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Contact {
    /// An e-mail address.
    Email,
    /// A telephone number of the Norwegian plan.
    Phone,
}

/// How many of each are looked for; more can only come from a text that nobody wrote.
const MOST: usize = 500;

/// Where e-mail addresses and telephone numbers stand in a text, in order.
#[must_use]
pub fn contacts(text: &str) -> Vec<(Range<usize>, Contact)> {
    let emails = emails(text).take(MOST).map(|range| (range, Contact::Email));
    let phones = phones(text).take(MOST).map(|range| (range, Contact::Phone));
    let mut found: Vec<_> = emails.chain(phones).collect();
    found.sort_unstable_by_key(|(range, _)| range.start);
    found
}

fn emails(text: &str) -> impl Iterator<Item = Range<usize>> {
    let local = |char: char| char.is_alphanumeric() || matches!(char, '.' | '_' | '%' | '+' | '-');
    let domain = |char: char| char.is_alphanumeric() || matches!(char, '.' | '-');
    text.match_indices('@').filter_map(move |(at, _)| {
        let before = &text[..at];
        let name = before[before.trim_end_matches(local).len()..].trim_start_matches('.');
        let after = &text[at + 1..];
        let host = after[..after.len() - after.trim_start_matches(domain).len()].trim_end_matches(['.', '-']);
        let start = at - name.len();
        let whole = !name.is_empty() && is_host(host) && !is_step_of_address(&text[..start]);
        whole.then_some(start..at + 1 + host.len())
    })
}

fn is_host(host: &str) -> bool {
    let Some((name, top)) = host.rsplit_once('.') else { return false };
    !name.is_empty()
        && !name.starts_with(['.', '-'])
        && top.chars().count() >= 2
        && top.chars().all(char::is_alphabetic)
}

/// Whether what follows is a step of a web address or the user in it: `https://example.org/logo@2x.png`.
fn is_step_of_address(before: &str) -> bool {
    const FAR: usize = 300;
    let near = &before[before.ceil_char_boundary(before.len().saturating_sub(FAR))..];
    let word = near.rsplit(|char: char| char.is_whitespace() || matches!(char, '"' | '<' | '(')).next().unwrap_or(near);
    word.ends_with('/') && word.contains("://")
}

/// A step so short that a telephone number, however written, is not stepped over.
const STEP: usize = 8;

/// Words after which eight digits are a telephone number, however they are divided.
const LABELS: [&str; 11] =
    ["tlf", "tel", "telefon", "telefonnummer", "telefonnr", "mobil", "mobilnummer", "mobilnr", "mob", "phone", "ring"];

fn phones(text: &str) -> impl Iterator<Item = Range<usize>> {
    let bytes = text.as_bytes();
    let mut at = STEP - 1;
    let rows = std::iter::from_fn(move || {
        while let Some(byte) = bytes.get(at) {
            // As a rule it is a letter, or a space between words.
            if byte.is_ascii_digit() || (!byte.is_ascii_graphic() && is_in_row(text, at)) {
                let row = row_around(text, at);
                at = row.end + STEP;
                return Some(row);
            }
            at += STEP;
        }
        None
    });
    rows.filter_map(|row| phone_in(text, row))
}

/// Whether a byte belongs to a space between two digits.
fn is_in_row(text: &str, at: usize) -> bool {
    let at = text.floor_char_boundary(at);
    let space = space_after(text, at);
    space > 0 && at > 0 && is_digit(text, at - 1) && is_digit(text, at + space)
}

/// The digits around a byte with the single spaces between them.
fn row_around(text: &str, at: usize) -> Range<usize> {
    let at = text.floor_char_boundary(at);
    let (mut start, mut end) = (at, at);
    loop {
        let space = space_after(text, end);
        match (is_digit(text, end), space > 0 && is_digit(text, end + space)) {
            (true, _) => end += 1,
            (_, true) => end += space,
            _ => break,
        }
    }
    while start > 0 {
        let space = space_before(text, start);
        match (is_digit(text, start - 1), space > 0 && space < start && is_digit(text, start - space - 1)) {
            (true, _) => start -= 1,
            (_, true) => start -= space,
            _ => break,
        }
    }
    start..end
}

fn is_digit(text: &str, at: usize) -> bool {
    text.as_bytes().get(at).is_some_and(u8::is_ascii_digit)
}

/// Spaces as they stand between the digits of a number: plain, and three that are narrow or do not break.
const SPACES: [char; 4] = [' ', '\u{a0}', '\u{2009}', '\u{202f}'];

fn is_space(char: char) -> bool {
    SPACES.contains(&char)
}

/// How long the space is that begins at a byte; 0 where there is none.
fn space_after(text: &str, at: usize) -> usize {
    match text.as_bytes().get(at) {
        Some(b' ') => 1,
        Some(0x80..) => text[at..].chars().next().filter(|char| is_space(*char)).map_or(0, char::len_utf8),
        _ => 0,
    }
}

/// How long the space is that ends before a byte; 0 where there is none.
fn space_before(text: &str, at: usize) -> usize {
    match text.as_bytes()[at - 1] {
        b' ' => 1,
        0x80.. => text[..at].chars().next_back().filter(|char| is_space(*char)).map_or(0, char::len_utf8),
        _ => 0,
    }
}

/// The telephone number that stands in a row of numbers.
fn phone_in(text: &str, row: Range<usize>) -> Option<Range<usize>> {
    let Range { start, end } = row;
    if end - start < 8 || is_part(text, start, end) {
        return None;
    }
    let (before, numbers) = (&text[..start], &text[start..end]);
    let abroad = numbers.strip_prefix(if before.ends_with('+') { "47" } else { "0047" });
    let own = abroad.unwrap_or(numbers);
    let mut digits = own.char_indices().filter(|(_, char)| char.is_ascii_digit());
    let (first, last) = (digits.clone().next()?.0, digits.nth(7)?.0 + 1);
    let divided = |parts: &[usize]| own.split(is_space).map(str::len).eq(parts.iter().copied());
    // Where it is said that a telephone number follows, it may be divided in any way, and other numbers may come after it.
    let named = abroad.is_some() || is_labelled(before);
    let whole = if named { !is_digit(own, last) } else { divided(&[2, 2, 2, 2]) || divided(&[3, 2, 3]) };
    (whole && is_given_out(&own[first..])).then(|| start..start + (numbers.len() - own.len()) + last)
}

/// Whether the row is a part of something longer: a word, a date, a sum with decimals, a range.
fn is_part(text: &str, start: usize, end: usize) -> bool {
    let joins = |next: Option<char>, second: Option<char>| match next {
        Some(char) if char.is_alphanumeric() || char == '_' => true,
        Some('.' | ',' | ':' | '-' | '–') => second.is_some_and(char::is_numeric),
        _ => false,
    };
    let (mut left, mut right) = (text[..start].chars().rev(), text[end..].chars());
    joins(left.next(), left.next()) || joins(right.next(), right.next())
}

/// Whether a word just before says that a telephone number follows.
fn is_labelled(before: &str) -> bool {
    let before = before.trim_end_matches(|char: char| is_space(char) || matches!(char, '.' | ':' | '=' | '"' | '\''));
    if before.ends_with("+47)") {
        return true;
    }
    let word = before[before.trim_end_matches(char::is_alphabetic).len()..].to_lowercase();
    LABELS.contains(&&*word)
}

/// Whether numbers of eight digits that begin like this are given out (Nkom's plan): not those with 0, 1 and 58.
fn is_given_out(number: &str) -> bool {
    let mut digits = number.chars().filter(char::is_ascii_digit);
    !matches!((digits.next(), digits.next()), (Some('0' | '1'), _) | (Some('5'), Some('8')))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<&str> {
        contacts(text).into_iter().map(|(range, _)| &text[range]).collect()
    }

    #[test]
    fn addresses_are_found_as_people_write_them() {
        for (text, address) in [
            ("skriv til kari.eksempel@nordvik.example.", "kari.eksempel@nordvik.example"),
            ("<post@nordvik.example>", "post@nordvik.example"),
            ("mailto:kari+kurs@post.nordvik.example?subject=Kurs", "kari+kurs@post.nordvik.example"),
            ("https://nordvik.example/kurs?svar=kari@nordvik.example&dag=2", "kari@nordvik.example"),
            ("url = \"kåre@blåbær.example\"", "kåre@blåbær.example"),
            ("to: a@b.example/c@b.example", "a@b.example"),
        ] {
            assert_eq!(found(text).first(), Some(&address), "{text}");
        }
    }

    #[test]
    fn what_only_has_the_sign_is_no_address() {
        for text in [
            "https://nordvik.example/logo@2x.png",
            "https://kart.example/@60.39,5.32,15z",
            "https://brukar@nordvik.example/kurs",
            "@nordvik",
            "@ nordvik.example",
            "kari@nordvik",
            "kari @nordvik.example",
            "12 stk @ 40.50",
            "kari@-.example",
        ] {
            assert!(found(text).is_empty(), "{text}: {:?}", found(text));
        }
    }

    #[test]
    fn telephone_numbers_are_found_as_people_write_them() {
        for (text, number) in [
            ("55 00 00 00", "55 00 00 00"),
            ("mobil 900 00 000.", "900 00 000"),
            ("(55 00 00 00)", "55 00 00 00"),
            ("55\u{a0}00\u{a0}00\u{a0}00", "55\u{a0}00\u{a0}00\u{a0}00"),
            ("55 00 00 00/55 00 00 01", "55 00 00 00"),
            ("+47 55000000", "47 55000000"),
            ("tel:+4790000000", "4790000000"),
            ("0047 900 00 000", "0047 900 00 000"),
            ("004755000000", "004755000000"),
            ("(+47) 55000000", "55000000"),
            ("Tlf.: 55000000 17. mai", "55000000"),
            ("mobil 9000 0000", "9000 0000"),
            ("phone = \"55000000\"", "55000000"),
            ("sidan 2016  55 00 00 00", "55 00 00 00"),
        ] {
            for lead in 0..9 {
                let text = format!("{} {text}", "x".repeat(lead));
                assert_eq!(found(&text).first(), Some(&number), "{text}");
            }
        }
    }

    #[test]
    fn other_numbers_are_no_telephone_numbers() {
        for text in [
            "999 999 999", // an organisation number
            "999999999",
            "2013 2018", // years
            "2016 2017 2018 2019",
            "2016-02-03 2016-02-17",
            "03.02.2016",
            "4601 4602",    // municipality codes
            "55000000",     // a count, a number of a case
            "2 500 000 kr", // sums
            "45 000 000",
            "1 234 567,50",
            "20 30 40 50 60", // more of them
            "12 34 56 78",    // numbers that nobody has
            "58 00 00 00",
            "00 00 00 00",
            "§ 3-8 og §§ 6-1, 6-2",
            "LOV-2011-06-24-30",
            "kl. 18.00 22 33",
            "20 30 40 50,5",
            "rom22 33 44 55",
            "+46 70 12 34 56", // abroad
            "tlf. 116 117",    // the same for everybody
            "tlf. 02000",
            "tlf. 5500000",
            "tlf. 550000001",
            "https://nordvik.example/55/00/00/00",
        ] {
            for lead in 0..9 {
                let text = format!("{} {text}", "x".repeat(lead));
                assert!(found(&text).is_empty(), "{text}: {:?}", found(&text));
            }
        }
    }
}
