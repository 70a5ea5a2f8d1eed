//! National identity numbers: eleven digits that begin with a date and end with two check digits.
//!
//! Besides birth numbers these are D-numbers (day + 40), H-numbers (month + 40), and the made-up numbers of test systems
//! (month + 40, + 65 or + 80). The first check digit may follow today's rule or the one that comes in 2032, of which
//! today's is one case in four. What has no date (bank accounts, FH-numbers) is none.

use std::borrow::Cow;
use std::ops::Range;

use super::plain::Plain;

/// How people divide the number, in digits: what stands before the longest part, that part, what comes after it.
const WRITTEN: [(&[usize], usize, &[usize]); 4] =
    [(&[], 11, &[]), (&[], 6, &[5]), (&[], 6, &[3, 2]), (&[2, 2, 2], 5, &[])];

/// However the number is written, some part of it is at least as long.
const LONG_PART: usize = 5;

/// Where national identity numbers stand in a text, from the first to the last digit of each. Escapes as in the strings
/// of TOML are understood.
#[must_use]
pub fn identity_numbers(text: &str) -> Vec<Range<usize>> {
    Plain::of(text).identity_numbers()
}

/// The text with only the first six digits of each national identity number left, and as long in bytes as before.
#[must_use]
pub fn masked(text: &str) -> Cow<'_, str> {
    let numbers = identity_numbers(text);
    if numbers.is_empty() {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len());
    for number in numbers {
        let number = number.start.max(shown.len())..number.end; // two may share digits
        shown.push_str(&text[shown.len()..number.start]);
        // Nothing is left of a number with escapes in it: their digits are no digits of the number.
        let mut left = if text[number.clone()].contains('\\') { 0 } else { 6 };
        for char in text[number].chars() {
            let hidden = (char.is_ascii_alphanumeric() || char == '\\') && left == 0;
            left -= usize::from(char.is_ascii_digit() && left > 0);
            shown.push(if hidden { '*' } else { char });
        }
    }
    shown.push_str(&text[shown.len()..]);
    Cow::Owned(shown)
}

/// Where national identity numbers stand in a text with these runs of digits.
pub(super) fn in_runs(text: &str, runs: &[Range<usize>]) -> impl Iterator<Item = Range<usize>> {
    runs.iter().filter(|run| run.len() >= LONG_PART).filter_map(|run| number_around(text, run.clone()))
}

/// The number that a run of digits is the longest part of.
fn number_around(text: &str, run: Range<usize>) -> Option<Range<usize>> {
    WRITTEN.iter().filter(|(_, longest, _)| *longest == run.len()).find_map(|(before, _, after)| {
        let (mut start, mut end) = (run.start, run.end);
        for part in before.iter().rev() {
            start = part_before(text, start, *part)?;
        }
        for part in *after {
            end = part_after(text, end, *part)?;
        }
        let digits: Vec<u8> = text[start..end].bytes().filter(u8::is_ascii_digit).map(|byte| byte - b'0').collect();
        let whole = stands_alone(text, &(start..end), run.len() < digits.len());
        (whole && is_identity_number(&digits.try_into().ok()?)).then_some(start..end)
    })
}

/// Where a part of so many digits begins that stands before `end`, with a gap in between.
fn part_before(text: &str, end: usize, length: usize) -> Option<usize> {
    let end = end - gap(text[..end].chars().rev())?;
    let start = end.checked_sub(length)?;
    let bytes = text.as_bytes();
    (bytes[start..end].iter().all(u8::is_ascii_digit) && !before(bytes, start).is_ascii_digit()).then_some(start)
}

/// Where a part of so many digits ends that stands after `start`, with a gap in between.
fn part_after(text: &str, start: usize, length: usize) -> Option<usize> {
    let start = start + gap(text[start..].chars())?;
    let part = text.as_bytes().get(start..start + length)?;
    let next = text.as_bytes().get(start + length);
    (part.iter().all(u8::is_ascii_digit) && !next.is_some_and(u8::is_ascii_digit)).then_some(start + length)
}

fn before(bytes: &[u8], at: usize) -> u8 {
    at.checked_sub(1).map_or(b' ', |before| bytes[before])
}

/// How long a gap is inside a number, in bytes: one sign, two, or one with spaces around it.
fn gap(chars: impl Iterator<Item = char>) -> Option<usize> {
    const MOST: usize = 3;
    let length: usize = chars.take(MOST).take_while(|char| divides(*char)).map(char::len_utf8).sum();
    (length > 0).then_some(length)
}

/// Whether a sign may stand inside a number: spaces of every width, points, hyphens, strokes, and what is not seen at all.
fn divides(char: char) -> bool {
    let space = char.is_whitespace() && !matches!(char, '\n' | '\r');
    let unseen = matches!(char, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{fffd}');
    space || unseen || matches!(char, '.' | '-' | '_' | '/' | '\u{2010}'..='\u{2015}' | '\u{2212}')
}

/// Whether the number is no part of a longer one or, where it is divided, of a chain of numbers such as
/// 1.2.578.310170.12345. Letters may touch it: many a file name is made so.
fn stands_alone(text: &str, number: &Range<usize>, divided: bool) -> bool {
    let apart = |next: Option<char>, second: Option<char>| {
        let Some(next) = next else { return true };
        let chained = divided && divides(next) && !next.is_whitespace() && second.is_some_and(char::is_numeric);
        !next.is_numeric() && !chained
    };
    let (mut left, mut right) = (text[..number.start].chars().rev(), text[number.end..].chars());
    apart(left.next(), left.next()) && apart(right.next(), right.next())
}

fn is_identity_number(digits: &[u8; 11]) -> bool {
    let weighed = |weights: &[u8]| {
        let sum = weights.iter().zip(digits).map(|(weight, digit)| u32::from(weight * digit)).sum::<u32>();
        sum % 11
    };
    // The first check digit leaves 0 today; from 2032 on 1, 2 and 3 are right too.
    weighed(&[5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1]) == 0
        && weighed(&[3, 7, 6, 1, 8, 9, 4, 5, 2, 1]) <= 3
        && has_date(digits)
}

/// Whether the first six digits can be a date of some century.
fn has_date(digits: &[u8; 11]) -> bool {
    let two = |at: usize| digits[at] * 10 + digits[at + 1];
    let day = match two(0) {
        day @ 41.. => day - 40,
        day => day,
    };
    let month = match two(2) {
        month @ 81.. => month - 80,
        month @ 66.. => month - 65,
        month @ 41.. => month - 40,
        month => month,
    };
    let days = match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if two(4) % 4 == 0 => 29,
        2 => 28,
        _ => 0,
    };
    (1..=days).contains(&day)
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;
    use proptest::prelude::*;

    use super::*;

    /// Made-up numbers of every form: month + 80 by today's rule and by that of 2032, day + 40, month + 40 on a leap day,
    /// month + 65.
    const MADE_UP: [&str; 5] = ["01810010068", "01810010076", "41810010051", "29420050060", "31779920057"];

    fn found(text: &str) -> Vec<&str> {
        identity_numbers(text).into_iter().map(|range| &text[range]).collect()
    }

    #[test]
    fn numbers_are_found_as_people_write_them() {
        for number in MADE_UP {
            let (date, rest) = number.split_at(6);
            let (day, month, year) = (&date[..2], &date[2..4], &date[4..]);
            let (three, two) = rest.split_at(3);
            for written in [
                number.to_owned(),
                format!("{date} {rest}"),
                format!("{date}.{rest}"),
                format!("{date}-{rest}"),
                format!("{date}\u{a0}{rest}"),
                format!("{date}\u{2009}{rest}"),
                format!("{date}\u{200b}{rest}"),
                format!("{date}\\u00a0{rest}"),
                format!("{date}\\t{rest}"),
                format!("{date}\\U00002013{rest}"),
                format!("{date} {three} {two}"),
                format!("{day}.{month}.{year} {rest}"),
                format!("{day} {month} {year}-{rest}"),
                number.replace('0', "\\u0030"),
                format!("{date}/{rest}"),
                format!("{date} - {rest}"),
                format!("{date}  {rest}"),
                format!("{date}_{rest}"),
                format!("{date}\\\n    {rest}"),
                format!("{day}.{month}.{year} - {rest}"),
            ] {
                for (before, after) in [
                    ("", ""),
                    ("født ", "."),
                    ("(", ")"),
                    ("å", " å"),
                    ("fnr", "b"),
                    ("nr.", ""),
                    ("_", "_"),
                    ("\\n", "\\n"),
                    ("2016 ", " 2"),
                ] {
                    let text = format!("{before}{written}{after}");
                    assert_eq!(found(&text), [&written], "{text}");
                    let masked = masked(&text);
                    assert_eq!((masked.len(), found(&masked).len()), (text.len(), 0), "{text}: {masked}");
                    let hidden = masked.chars().filter(|char| *char == '*').count();
                    assert!(hidden >= 5, "{text}: {masked}");
                }
            }
        }
    }

    #[test]
    fn a_mask_leaves_the_first_six_digits_and_all_around() {
        for (text, shown) in [
            ("a 01810010068, 018100 10068!", "a 018100*****, 018100 *****!"),
            ("01.81.00\u{a0}10068 å", "01.81.00\u{a0}***** å"),
            ("018100\\u00a010068", "*****************"),
            ("C:\\01810010068", "C:\\018100*****"),
            ("01810010069", "01810010069"),
        ] {
            assert_eq!(masked(text), shown);
        }
        let wide = |text: &str| text.chars().flat_map(|char| [char, '\0']).collect::<String>();
        assert_eq!(masked(&wide("fnr01810010068")), wide("fnr018100*****"), "in UTF-16");
    }

    #[test]
    fn what_looks_alike_is_none() {
        for text in [
            "01810010069",   // wrong check digit
            "01810010033",   // the first check digit one too low
            "32810010070",   // there is no such day
            "30820010000",   // nor this one
            "1810010068",    // a digit too few
            "018100100680",  // too many
            "0181.00.10068", // a bank account, as it is written
            "0181 00 10068",
            "1.2.578.018100.10068", // a chain of numbers
            "018100-10068-7",
            "7_018100_10068",
            "018100    10068",
            "018100\n10068",
            "018 100 10068",
            "0181001006%38", // an address with one digit coded
        ] {
            assert_eq!(found(text), [""; 0], "{text}");
        }
    }

    /// What the rules say, in their own words.
    fn by_the_rules(digits: &[u32]) -> bool {
        let sum = |weights: &[u32]| weights.iter().zip(digits).map(|(weight, digit)| weight * digit).sum::<u32>() % 11;
        let check = |from: u32, sum: u32| match from - sum {
            over @ 11.. => Some(over - 11),
            10 => None,
            check => Some(check),
        };
        let first = [11, 12, 13, 14].map(|from| check(from, sum(&[3, 7, 6, 1, 8, 9, 4, 5, 2])));
        let second = check(11, sum(&[5, 4, 3, 2, 7, 6, 5, 4, 3, 2]));
        let two = |at: usize| digits[at] * 10 + digits[at + 1];
        let day_forms = [0, 40].map(|more| two(0).wrapping_sub(more));
        let month_forms = [0, 40, 65, 80].map(|more| two(2).wrapping_sub(more));
        let dated = day_forms.iter().any(|day| {
            let exists = |month: &u32| {
                [1800, 1900, 2000]
                    .iter()
                    .any(|century| NaiveDate::from_ymd_opt(century + two(4) as i32, *month, *day).is_some())
            };
            month_forms.iter().any(exists)
        });
        first.contains(&Some(digits[9])) && second == Some(digits[10]) && dated
    }

    fn digits_of(number: u64) -> Vec<u32> {
        format!("{number:011}").bytes().map(|byte| u32::from(byte - b'0')).collect()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(4_000))]

        #[test]
        fn eleven_digits_are_a_number_where_the_rules_say_so(number in 0u64..100_000_000_000) {
            prop_assert_eq!(!found(&format!("{number:011}")).is_empty(), by_the_rules(&digits_of(number)));
        }

        #[test]
        fn digits_after_a_date_are_a_number_where_the_rules_say_so(
            day in 0u64..75, month in 0u64..95, year in 0u64..100, rest in 0u64..100_000,
        ) {
            let number = ((day * 100 + month) * 100 + year) * 100_000 + rest;
            prop_assert_eq!(!found(&format!("{number:011}")).is_empty(), by_the_rules(&digits_of(number)));
        }

        #[test]
        fn numbers_made_by_the_rules_are_found(
            days in 0u64..73_000, more in 0usize..8, individual in 0u64..1000, place in 0usize..40,
        ) {
            let date = NaiveDate::from_ymd_opt(1900, 1, 1).unwrap() + chrono::Days::new(days);
            let dated: u64 = date.format("%d%m%y").to_string().parse().unwrap();
            let more = [0, 40, 65, 80][more % 4] * 100 + more as u64 / 4 * 40 * 10_000;
            let start = ((dated + more) * 1000 + individual) * 100;
            let made = (start..start + 100).filter(|number| by_the_rules(&digits_of(*number)));
            for number in made {
                let text = format!("{} {number:011} {}", "1".repeat(place), "x".repeat(place));
                prop_assert_eq!(found(&text), [format!("{number:011}")]);
            }
        }

        #[test]
        fn any_text_can_be_masked(text in "[0-9 .\\\\uU\u{a0}x\"å-]{0,60}") {
            let masked = masked(&text);
            prop_assert_eq!(masked.len(), text.len());
            prop_assert!(identity_numbers(&masked).is_empty(), "{} {}", text, masked);
        }
    }
}
