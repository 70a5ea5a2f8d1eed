//! Norwegian telephone numbers.

use std::ops::Range;

/// Words that end like these say that a telephone number follows: tlf, mobiltelefon, kontakttelefonen.
const ENDS: [&str; 9] =
    ["tlf", "telefon", "telefonen", "mobil", "mobilen", "phone", "mobile", "telefonnummer", "mobilnummer"];

/// Other words that say so.
const LABELS: [&str; 7] = ["tel", "mob", "ring", "sms", "telefonnr", "mobilnr", "tlfnr"];

/// Words after which numbers in pairs are something else.
const OTHERS: [&str; 23] = [
    "uke", "uka", "uken", "uker", "ukene", "veke", "veka", "veker", "vekene", "rom", "romma", "rommene", "alder", "kl",
    "klokka", "klokken", "side", "sidene", "s", "kr", "nok", "beløp", "sum",
];

/// Words after a sum.
const UNITS: [&str; 7] = ["kr", "krone", "kroner", "nok", "euro", "mill", "millionar"];

/// Where telephone numbers stand in a text with these runs of digits.
pub(super) fn phones(text: &str, runs: &[Range<usize>]) -> impl Iterator<Item = Range<usize>> {
    // A row is of digits with single signs between them.
    let rows = runs.chunk_by(|run, next| is_one_sign(text, run.end..next.start));
    rows.filter_map(|row| phone_in(text, row.first()?.start..row.last()?.end))
}

/// Whether what stands between two runs of digits is one sign.
fn is_one_sign(text: &str, between: Range<usize>) -> bool {
    match text.as_bytes()[between.clone()] {
        [byte] => is_sign(byte.into()),
        [_, _] | [_, _, _] => {
            let mut chars = text[between].chars();
            chars.next().is_some_and(is_sign) && chars.next().is_none()
        }
        _ => false,
    }
}

fn is_digit(text: &str, at: usize) -> bool {
    text.as_bytes().get(at).is_some_and(u8::is_ascii_digit)
}

/// Spaces as they stand between the digits of a number: plain, and three that are narrow or do not break.
fn is_space(char: char) -> bool {
    matches!(char, ' ' | '\u{a0}' | '\u{2009}' | '\u{202f}')
}

/// Whether a sign may stand between the digits of a number.
fn is_sign(char: char) -> bool {
    is_space(char) || matches!(char, '-' | '.' | '\u{2011}')
}

/// The telephone number that stands in a row of numbers.
fn phone_in(text: &str, row: Range<usize>) -> Option<Range<usize>> {
    if row.len() < 8 || is_day(&text.as_bytes()[row.clone()]) {
        return None;
    }
    let (before, numbers) = (&text[..row.start], &text[row.clone()]);
    let abroad = numbers.strip_prefix(if before.ends_with('+') { "47" } else { "0047" });
    let forms = [abroad.or_else(|| numbers.strip_prefix("47")), Some(numbers)];
    let end = forms.into_iter().flatten().find_map(|form| {
        let own = form.trim_start_matches(is_sign);
        let number = eight_digits(own)?;
        let usual = is_usual(number);
        let spaced = !number.contains(|char| is_sign(char) && !is_space(char));
        let end = row.end - own.len() + number.len();
        let plain = usual && spaced && end == row.end && !is_part(text, &row) && !is_something_else(text, &row);
        // Where it is said that a telephone number follows, it may be divided in any way, and other numbers may come after it.
        let told = || (usual || spaced) && is_apart(text, row.start..end) && (abroad.is_some() || is_labelled(before));
        (plain || told()).then_some(end)
    })?;
    Some(row.start..end)
}

/// Whether a row is a day such as 2016-05-31, as most of them are.
fn is_day(row: &[u8]) -> bool {
    row.len() == 10 && row[4] == b'-' && row[7] == b'-'
}

/// The first eight digits, if they are not part of a longer number and such numbers are given out (Nkom's plan): not those
/// with 0, 1 and 58.
fn eight_digits(numbers: &str) -> Option<&str> {
    if numbers.starts_with(['0', '1']) {
        return None;
    }
    let last = numbers.bytes().enumerate().filter(|(_, byte)| byte.is_ascii_digit()).nth(7)?.0;
    let given_out = !numbers.starts_with("58") && !numbers.starts_with("5 8");
    (given_out && !is_digit(numbers, last + 1)).then(|| &numbers[..=last])
}

/// Whether a number is divided as telephone numbers are.
fn is_usual(number: &str) -> bool {
    let divided = |parts: &[usize]| number.split(is_sign).map(str::len).eq(parts.iter().copied());
    divided(&[2, 2, 2, 2]) || divided(&[3, 2, 3])
}

/// Whether the row is a part of something longer: a word, a date, a sum with decimals, a range.
fn is_part(text: &str, row: &Range<usize>) -> bool {
    let chained = |next: Option<char>, second: Option<char>| {
        matches!(next, Some('.' | ',' | ':' | '-' | '–')) && second.is_some_and(char::is_numeric)
    };
    let (mut left, mut right) = (text[..row.start].chars().rev(), text[row.end..].chars());
    !is_apart(text, row.clone()) || chained(left.next(), left.next()) || chained(right.next(), right.next())
}

/// Whether no letter or digit touches the number.
fn is_apart(text: &str, number: Range<usize>) -> bool {
    let touches = |char: char| char.is_alphanumeric() || char == '_';
    !text[..number.start].ends_with(touches) && !text[number.end..].starts_with(touches)
}

/// Whether a row in pairs counts something: weeks, rooms, ages, hours, kroner.
fn is_something_else(text: &str, row: &Range<usize>) -> bool {
    let after = text[row.end..].trim_start_matches(is_space);
    let unit = after.split(|char: char| !char.is_alphabetic()).next().unwrap_or_default();
    is_evenly_spaced(&text[row.clone()])
        || OTHERS.contains(&&*said_before(&text[..row.start]))
        || UNITS.contains(&&*unit.to_lowercase())
        || after.starts_with([',', ':']) && after[1..].starts_with(['-', '–'])
}

/// Whether each part is greater than the one before by the same small number, as in a list: 20 30 40 50.
fn is_evenly_spaced(row: &str) -> bool {
    let parts: Vec<i32> = row.split(is_sign).filter_map(|part| part.parse().ok()).collect();
    let steps: Vec<i32> = parts.windows(2).map(|pair| pair[1] - pair[0]).collect();
    steps.iter().all(|step| *step == steps[0] && (1..=10).contains(step))
}

/// Whether a word just before says that a telephone number follows.
fn is_labelled(before: &str) -> bool {
    let before = before.trim_end_matches(is_space);
    let word = said_before(before);
    let initial = before.ends_with(':') && matches!(&*word, "t" | "m");
    initial || before.ends_with("+47)") || LABELS.contains(&&*word) || ENDS.iter().any(|end| word.ends_with(end))
}

/// The word that says what the number after a text is, in small letters; «nr.» says nothing.
fn said_before(text: &str) -> String {
    let (before, word) = last_word(text);
    if matches!(&*word, "nr" | "nummer") { last_word(before).1 } else { word }
}

/// The last word of a text, in small letters, after what stands before it.
fn last_word(text: &str) -> (&str, String) {
    let text = text.trim_end_matches(|char: char| is_sign(char) || matches!(char, ':' | '=' | '"' | '\''));
    let before = text.trim_end_matches(char::is_alphabetic);
    (before, text[before.len()..].to_lowercase())
}
