//! What syntax errors mean to a person.

use crate::diagnostic::Rule;
use crate::lang::Said;
use crate::personal::masked;
use crate::source::Bytes;
use crate::spelling::escaped;
use crate::{rules, say};

/// What a syntax error of the parser means to a person.
pub(super) fn syntax_words(error: &toml_spanner::Error, text: &str) -> (&'static Rule, Said, Option<Said>) {
    use toml_spanner::ErrorKind;
    let broken = &rules::BROKEN_SYNTAX;
    let char_words = |char: char| escaped(&char.to_string());
    match error.kind() {
        ErrorKind::UnexpectedEof => (
            broken,
            say!(nn: "fila sluttar midt i ein verdi", nb: "filen slutter midt i en verdi", en: "the file ends in the middle of a value"),
            Some(say!(
                nn: "skriv verdien ferdig, og sjå etter hermeteikn og klammer som ikkje er lukka",
                nb: "skriv verdien ferdig, og se etter anførselstegn og klammer som ikke er lukket",
                en: "finish the value, and look for quotes and brackets that are not closed",
            )),
        ),
        ErrorKind::Unexpected('\n' | '\r' | '#') if after_equals(text, error.span().start) => (
            broken,
            say!(nn: "verdien manglar", nb: "verdien mangler", en: "the value is missing"),
            Some(say!(
                nn: "skriv verdien etter «=», eller slett linja om han ikkje er kjend",
                nb: "skriv verdien etter «=», eller slett linjen om den ikke er kjent",
                en: "write the value after \"=\", or delete the line if it is not known",
            )),
        ),
        ErrorKind::InvalidCharInString(char) | ErrorKind::Unexpected(char) => {
            let char = char_words(char);
            (
                broken,
                say!(nn: "teiknet «{char}» kan ikkje stå her", nb: "tegnet «{char}» kan ikke stå her", en: "the character \"{char}\" cannot stand here"),
                Some(say!(
                    nn: "skriv nøkkel = verdi, med tekst i rette hermeteikn: \"…\"",
                    nb: "skriv nøkkel = verdi, med tekst i rette anførselstegn: \"…\"",
                    en: "write key = value, with texts in straight quotes: \"…\"",
                )),
            )
        }
        ErrorKind::InvalidEscape(_) | ErrorKind::InvalidHexEscape(_) | ErrorKind::InvalidEscapeValue(_) => (
            broken,
            say!(
                nn: "omvend skråstrek innleier eit spesialteikn som ikkje finst",
                nb: "omvendt skråstrek innleder et spesialtegn som ikke finnes",
                en: "the backslash begins a special character that does not exist",
            ),
            Some(say!(
                nn: "skriv \\\\ for ein omvend skråstrek, eller bruk enkle hermeteikn: '…'",
                nb: "skriv \\\\ for en omvendt skråstrek, eller bruk enkle anførselstegn: '…'",
                en: "write \\\\ for a backslash, or use single quotes: '…'",
            )),
        ),
        ErrorKind::UnterminatedString(quote) => (
            broken,
            say!(nn: "teksten er ikkje avslutta", nb: "teksten er ikke avsluttet", en: "the text is not closed"),
            Some(say!(
                nn: "set {quote} etter siste ord; tekst over fleire linjer står mellom tre hermeteikn: \"\"\"",
                nb: "sett {quote} etter siste ord; tekst over flere linjer står mellom tre anførselstegn: \"\"\"",
                en: "put {quote} after the last word; text over several lines stands between three quotes: \"\"\"",
            )),
        ),
        ErrorKind::InvalidDateTime(_) => (
            &rules::IMPOSSIBLE_DATE,
            {
                let found = word_at(text, error.span().start);
                say!(nn: "{found} er ingen dato som finst", nb: "{found} er ingen dato som finnes", en: "{found} is not a date that exists")
            },
            Some(say!(
                nn: "skriv år-månad-dag: 2016-05-31; er berre månaden kjend, \"2016-05\"",
                nb: "skriv år-måned-dag: 2016-05-31; er bare måneden kjent, \"2016-05\"",
                en: "write year-month-day: 2016-05-31; if only the month is known, \"2016-05\"",
            )),
        ),
        ErrorKind::InvalidInteger(_) | ErrorKind::InvalidFloat(_) | ErrorKind::Wanted { .. }
            if date_like(&word_at(text, error.span().start)) =>
        {
            let found = word_at(text, error.span().start);
            (
                &rules::IMPOSSIBLE_DATE,
                say!(nn: "{found} er ikkje skriven som ei tid", nb: "{found} er ikke skrevet som en tid", en: "{found} is not written as a time"),
                Some(say!(
                    nn: "skriv år-månad-dag utan hermeteikn: 2016-05-31; er berre månaden eller året kjent, med hermeteikn: \"2016-05\", \"2016\"",
                    nb: "skriv år-måned-dag uten anførselstegn: 2016-05-31; er bare måneden eller året kjent, med anførselstegn: \"2016-05\", \"2016\"",
                    en: "write year-month-day without quotes: 2016-05-31; if only the month or year is known, with quotes: \"2016-05\", \"2016\"",
                )),
            )
        }
        ErrorKind::Wanted { .. } if decimal_comma(text, error.span().start) => (
            broken,
            say!(nn: "desimaltal har komma her", nb: "desimaltall har komma her", en: "a number has a decimal comma here"),
            Some(
                say!(nn: "skriv punktum i staden for komma: 3.5", nb: "skriv punktum i stedet for komma: 3.5", en: "write a point instead of the comma: 3.5"),
            ),
        ),
        ErrorKind::InvalidInteger(_) | ErrorKind::InvalidFloat(_) => (
            broken,
            {
                let found = word_at(text, error.span().start);
                say!(nn: "{found} er ikkje noko tal", nb: "{found} er ikke noe tall", en: "{found} is not a number")
            },
            Some(say!(
                nn: "skriv tal utan mellomrom og utan nullar framfor; kodar og nummer skal stå i hermeteikn: \"0301\"",
                nb: "skriv tall uten mellomrom og uten nuller foran; koder og numre skal stå i anførselstegn: \"0301\"",
                en: "write numbers without spaces or leading zeros; codes and reference numbers go in quotes: \"0301\"",
            )),
        ),
        ErrorKind::DuplicateKey { .. } => (
            broken,
            say!(nn: "nøkkelen står to gonger", nb: "nøkkelen står to ganger", en: "the key stands twice"),
            Some(say!(
                nn: "slett den eine, eller flytt han under den tabellen han gjeld",
                nb: "slett den ene, eller flytt den under tabellen den gjelder",
                en: "delete one of them, or move it below the table that it is about",
            )),
        ),
        ErrorKind::DuplicateTable { .. }
        | ErrorKind::RedefineAsArray { .. }
        | ErrorKind::DottedKeyInvalidType { .. } => (
            broken,
            say!(nn: "tabellen står lenger oppe, skriven på ein annan måte", nb: "tabellen står lenger oppe, skrevet på en annen måte", en: "the table stands further up, written in another way"),
            Some(say!(
                nn: "kan det vere fleire, står kvar under [[namn]] med doble klammer",
                nb: "kan det være flere, står hver under [[navn]] med doble klammer",
                en: "where there may be several, each stands below [[name]] with double brackets",
            )),
        ),
        ErrorKind::UnquotedString => (
            broken,
            say!(nn: "teksten manglar hermeteikn", nb: "teksten mangler anførselstegn", en: "the text lacks its quotes"),
            Some(
                say!(nn: "skriv \"…\" rundt teksten", nb: "skriv \"…\" rundt teksten", en: "write \"…\" around the text"),
            ),
        ),
        ErrorKind::MissingArrayComma | ErrorKind::MissingInlineTableComma => (
            broken,
            say!(nn: "det manglar eit komma mellom ledda", nb: "det mangler et komma mellom leddene", en: "a comma is missing between the parts"),
            Some(
                say!(nn: "set komma mellom ledda", nb: "sett komma mellom leddene", en: "put a comma between the parts"),
            ),
        ),
        ErrorKind::UnclosedArray | ErrorKind::UnclosedInlineTable => (
            broken,
            say!(nn: "lista eller tabellen er ikkje lukka", nb: "listen eller tabellen er ikke lukket", en: "the list or table is not closed"),
            Some(
                say!(nn: "set ] etter ei liste og }} etter ein tabell", nb: "sett ] etter en liste og }} etter en tabell", en: "put ] after a list and }} after a table"),
            ),
        ),
        ErrorKind::OutOfRange { .. } => (
            broken,
            say!(nn: "listene eller tabellane ligg for djupt i kvarandre", nb: "listene eller tabellene ligger for dypt i hverandre", en: "the lists or tables are nested too deeply"),
            Some(
                say!(nn: "ein post treng aldri fleire enn nokre få nivå", nb: "en post trenger aldri flere enn noen få nivåer", en: "a record never needs more than a few levels"),
            ),
        ),
        ErrorKind::Wanted { expected, found } => {
            let (expected, found) = (token(expected), token(found));
            let Said { nn: nn_found, nb: nb_found, en: en_found } = found;
            let Said { nn, nb, en } = expected;
            (
                broken,
                say!(
                    nn: "her skulle det stå {nn}, men det står {nn_found}",
                    nb: "her skulle det stå {nb}, men det står {nb_found}",
                    en: "expected {en} here, found {en_found}",
                ),
                Some(say!(
                    nn: "skriv nøkkel = verdi på éi linje, og [tabell] eller [[tabell]] på ei eiga linje",
                    nb: "skriv nøkkel = verdi på én linje, og [tabell] eller [[tabell]] på en egen linje",
                    en: "write key = value on one line, and [table] or [[table]] on a line of its own",
                )),
            )
        }
        _ => (
            broken,
            say!(nn: "linja er ikkje gyldig TOML", nb: "linjen er ikke gyldig TOML", en: "the line is not valid TOML"),
            Some(say!(nn: "skriv nøkkel = verdi", nb: "skriv nøkkel = verdi", en: "write key = value")),
        ),
    }
}

/// What the parser calls a part of the text, in words.
fn token(name: &str) -> Said {
    match name {
        "a newline" | "newline" => say!(nn: "eit linjeskift", nb: "et linjeskift", en: "a line break"),
        "a carriage return" => say!(nn: "eit returteikn (CR)", nb: "et returtegn (CR)", en: "a carriage return (CR)"),
        "eof" => say!(nn: "slutten på fila", nb: "slutten på filen", en: "the end of the file"),
        "whitespace" => say!(nn: "eit mellomrom", nb: "et mellomrom", en: "a space"),
        "a comment" => say!(nn: "ein kommentar", nb: "en kommentar", en: "a comment"),
        "a string" => say!(nn: "ein tekst", nb: "en tekst", en: "a text"),
        "a table key" | "an identifier" => say!(nn: "ein nøkkel", nb: "en nøkkel", en: "a key"),
        "a character" => say!(nn: "eit teikn", nb: "et tegn", en: "a character"),
        "an equals" => Said::same("="),
        "a comma" => say!(nn: "«,»", nb: "«,»", en: "\",\""),
        "a period" => say!(nn: "«.»", nb: "«.»", en: "\".\""),
        "a colon" => say!(nn: "«:»", nb: "«:»", en: "\":\""),
        "a plus" => say!(nn: "«+»", nb: "«+»", en: "\"+\""),
        "a left bracket" => Said::same("["),
        "a right bracket" => Said::same("]"),
        "a left brace" => Said::same("{"),
        "a right brace" => Said::same("}"),
        other => Said::same(escaped(other)),
    }
}

/// Where a thing was written first, for errors about writing it twice.
pub(super) fn first_definition(error: &toml_spanner::Error) -> Option<(Bytes, Said)> {
    use toml_spanner::ErrorKind;
    match error.kind() {
        ErrorKind::DuplicateKey { first }
        | ErrorKind::DuplicateTable { first, .. }
        | ErrorKind::RedefineAsArray { first }
        | ErrorKind::DottedKeyInvalidType { first } => {
            Some((first.into(), say!(nn: "her står det fyrst", nb: "her står det først", en: "it stands here first")))
        }
        _ => None,
    }
}

/// Whether a word looks like a date in some other way of writing: `01.01.2024`, `2024-10`.
fn date_like(word: &str) -> bool {
    let parts: Vec<&str> = word.split(['.', '-', '/']).collect();
    let digits = |part: &&str| !part.is_empty() && part.len() <= 4 && part.bytes().all(|byte| byte.is_ascii_digit());
    (2..=3).contains(&parts.len()) && parts.iter().all(digits) && parts.iter().any(|part| part.len() == 4)
}

/// Whether nothing but spaces stands between a byte and the equals sign before it.
fn after_equals(text: &str, byte: u32) -> bool {
    text.get(..byte as usize).is_some_and(|before| before.trim_end_matches([' ', '\t']).ends_with('='))
}

/// Whether a byte is a comma between digits.
fn decimal_comma(text: &str, byte: u32) -> bool {
    let bytes = text.as_bytes();
    let at = |index: usize| bytes.get(index).copied().unwrap_or(b' ');
    let byte = byte as usize;
    byte > 0 && at(byte) == b',' && at(byte - 1).is_ascii_digit() && at(byte + 1).is_ascii_digit()
}

/// The run of letters and digits around a byte, shortened, so that a message can name what it is about.
fn word_at(text: &str, byte: u32) -> String {
    let word = word_around(text, byte);
    let word: String = masked(&text[word.start as usize..word.end as usize]).chars().take(40).collect();
    if word.is_empty() { "…".to_owned() } else { word }
}

/// Where the run of letters and digits around a byte stands.
pub(super) fn word_around(text: &str, byte: u32) -> Bytes {
    let byte = text.floor_char_boundary(byte as usize);
    let line = text[..byte].rfind('\n').map_or(0, |at| at + 1);
    let part = |char: char| char.is_alphanumeric() || matches!(char, '-' | ':' | '.' | '+' | '_');
    let start = text[line..byte]
        .rfind(|char| !part(char))
        .map_or(line, |at| line + at + text[line + at..].chars().next().map_or(1, char::len_utf8));
    let end = text[start..].find(|char| !part(char)).map_or(text.len(), |length| start + length);
    Bytes { start: start as u32, end: end as u32 }
}
