//! Text that stays text in HTML.

use crate::lang::{Lang, Phrase};
use crate::spelling::escaped;

/// Text on one line, for elements and attributes: nothing in it is markup, and nothing in it acts.
pub(super) fn safe(text: &str) -> String {
    let text = text.lines().map(str::trim).collect::<Vec<_>>().join(" ");
    let text = escaped(&text);
    let mut out = String::with_capacity(text.len());
    for char in text.chars() {
        match char {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            char => out.push(char),
        }
    }
    out
}

/// ` lang="…"` where a language, told by its code, is another one than that around it.
pub(super) fn lang_attribute(lang: Option<&str>, around: Lang) -> String {
    lang.filter(|lang| *lang != around.code()).map(|lang| format!(" lang=\"{lang}\"")).unwrap_or_default()
}

/// Text inside an element that holds more, in a language of its own where it has one.
pub(super) fn inline(phrase: &Phrase, around: Lang) -> String {
    match lang_attribute(phrase.lang, around) {
        none if none.is_empty() => safe(&phrase.text),
        lang => format!("<span{lang}>{}</span>", safe(&phrase.text)),
    }
}

/// A text of at most so many signs, cut between words. What must not be shown goes first, since only whole numbers are known as
/// such.
pub(super) fn cut(text: &str, longest: usize) -> String {
    let text = escaped(text);
    if text.chars().count() <= longest {
        return text;
    }
    let start: String = text.chars().take(longest - 1).collect();
    let whole = start.rsplit_once(char::is_whitespace).map_or(&*start, |(words, _)| words);
    format!("{}…", whole.trim_end())
}

/// A text in lines of at most so many signs, broken between words, and within those that are longer. What must not
/// be shown goes first.
pub(super) fn wrapped(text: &str, longest: usize) -> Vec<String> {
    let text = escaped(text);
    let signs: Vec<Vec<char>> = text.split(' ').map(|word| word.chars().collect()).collect();
    let words = signs.iter().flat_map(|word| word.chunks(longest)).map(|part| part.iter().collect::<String>());
    let mut lines: Vec<String> = Vec::new();
    for word in words {
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= longest => {
                line.push(' ');
                line.push_str(&word);
            }
            _ => lines.push(word),
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_texts_are_cut_and_broken_between_words() {
        assert_eq!(cut("ærleg tale", 10), "ærleg tale");
        assert_eq!(cut("ærleg talemål", 10), "ærleg…");
        assert_eq!(cut("meistringsnettverk", 10), "meistring…");
        assert_eq!(
            wrapped("lærings- og meistringsnettverk i Ytterkyst", 12),
            ["lærings- og", "meistringsne", "ttverk i", "Ytterkyst"]
        );
    }
}
