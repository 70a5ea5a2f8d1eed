//! Text that is safe to print on one line, and words that are nearly right.

use std::path::Path;

use crate::lang::Said;
use crate::personal::masked;
use crate::say;

/// Text without characters that a terminal would obey, without line breaks, and without whole national identity numbers.
#[must_use]
pub fn escaped(text: &str) -> String {
    inert(&masked(text))
}

fn inert(text: &str) -> String {
    if !text.contains(is_obeyed) {
        return text.to_owned();
    }
    text.chars()
        .flat_map(|char| {
            let (plain, code) = if is_obeyed(char) { (None, Some(char.escape_unicode())) } else { (Some(char), None) };
            plain.into_iter().chain(code.into_iter().flatten())
        })
        .collect()
}

/// A path with `/` between its parts and nothing in it that a terminal obeys.
#[must_use]
pub fn shown_path(path: &Path) -> String {
    let parts: Vec<_> = path.iter().map(|part| escaped(&part.to_string_lossy())).collect();
    parts.join("/")
}

/// Whether a terminal does something at the character rather than show it.
#[must_use]
pub fn is_obeyed(char: char) -> bool {
    let turns = matches!(char, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    char.is_control() || turns || matches!(char, '\u{2028}' | '\u{2029}' | '\u{feff}')
}

/// Text as a message quotes it: escaped, and cut where nobody would read on.
#[must_use]
pub fn quoted(text: &str) -> String {
    const LONGEST: usize = 80;
    let text = masked(text); // before it is cut, since only whole numbers are known as such
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => inert(&text[..end]) + "…",
        None => inert(&text),
    }
}

/// The candidates nearest to `word`, best first, at most `most`, and none that is not alike.
#[must_use]
pub fn nearest<'a>(word: &str, candidates: impl Iterator<Item = &'a str>, most: usize) -> Vec<&'a str> {
    alike(word, candidates).into_iter().take(most).map(|(_, candidate)| candidate).collect()
}

/// The candidates nearest to `word`, if they are alike: several where none is nearer than the others.
#[must_use]
pub fn likeliest<'a>(word: &str, candidates: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    let near = alike(word, candidates);
    let first = near.first().map(|(distance, _)| *distance);
    near.into_iter().filter(|(distance, _)| Some(*distance) == first).map(|(_, candidate)| candidate).collect()
}

/// The candidates that are like `word`, with how far they are from it, best first.
fn alike<'a>(word: &str, candidates: impl Iterator<Item = &'a str>) -> Vec<(usize, &'a str)> {
    if word.len() > 64 {
        return Vec::new();
    }
    let mut near: Vec<(usize, &str)> = candidates
        .filter(|candidate| candidate.len().abs_diff(word.len()) <= 3)
        .map(|candidate| (strsim::damerau_levenshtein(word, candidate), candidate))
        .filter(|(distance, candidate)| *distance <= 1 + word.len().min(candidate.len()) / 4)
        .collect();
    near.sort_unstable();
    near.dedup();
    near
}

/// What may have been meant, in words; nothing where there is nothing like it.
#[must_use]
pub fn did_you_mean<T: AsRef<str>>(near: &[T]) -> Option<Said> {
    let near: Vec<&str> = near.iter().map(AsRef::as_ref).collect();
    match &near[..] {
        [] => None,
        [one] => Some(say!(nn: "meinte du «{one}»?", nb: "mente du «{one}»?", en: "did you mean \"{one}\"?")),
        several => {
            let (list, quoted) = (several.join("», «"), several.join("\", \""));
            Some(say!(
                nn: "meinte du ein av desse: «{list}»?",
                nb: "mente du en av disse: «{list}»?",
                en: "did you mean one of these: \"{quoted}\"?",
            ))
        }
    }
}

/// That there is nothing of this name; `none` is as in "there is no network".
#[must_use]
pub fn missing(id: &str, none: &Said) -> Said {
    let (id, Said { nn, nb, en }) = (quoted(id), none);
    say!(nn: "det finst {nn} «{id}»", nb: "det finnes {nb} «{id}»", en: "there is {en} '{id}'")
}

/// Whether one of these ids was meant.
#[must_use]
pub fn meant<T: AsRef<str>>(near: &[T]) -> Said {
    let near = |or: &str| near.iter().map(AsRef::as_ref).collect::<Vec<_>>().join(or);
    let (or, english) = (near(" eller "), near(" or "));
    say!(nn: "meinte du {or}?", nb: "mente du {or}?", en: "did you mean {english}?")
}

/// The word that was meant by a slip: the only candidate that differs by one letter put in, left out, changed or swapped
/// with its neighbour.
#[must_use]
pub fn slip<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let mut near = candidates.into_iter().filter(|candidate| is_slip(word, candidate));
    let meant = near.next()?;
    near.next().is_none().then_some(meant)
}

/// Whether one word is a slip of the other.
#[must_use]
pub fn is_slip(word: &str, other: &str) -> bool {
    const SHORTEST: usize = 3; // of two letters, one says too little: sv is not se
    let lengths = (word.len(), other.len());
    lengths.0.max(lengths.1) >= SHORTEST
        && lengths.0 <= 64
        && lengths.0.abs_diff(lengths.1) <= 3
        && strsim::damerau_levenshtein(word, other) == 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_has_one_meaning() {
        let keys = ["partners", "form", "from", "to", "nn", "nb"];
        for (word, meant) in [
            ("partner", Some("partners")),
            ("parnters", Some("partners")),
            ("pårtners", Some("partners")),
            ("partners", None), // no slip
            ("partne", None),   // two letters
            ("fxrm", Some("form")),
            ("fform", Some("form")),
            ("too", Some("to")),
            ("no", None), // nn, nb or to
            ("tp", None), // too short to tell
        ] {
            assert_eq!(slip(word, keys), meant, "{word}");
        }
        assert_eq!(slip("ford", ["form", "fork"]), None);
    }

    #[test]
    fn of_what_is_equally_near_nothing_is_left_out() {
        let keys = ["form", "from", "to", "frequency"];
        for (word, near) in [("frm", vec!["form", "from"]), ("fromm", vec!["from"]), ("x", vec![])] {
            assert_eq!(likeliest(word, keys.into_iter()), near, "{word}");
        }
    }
}
