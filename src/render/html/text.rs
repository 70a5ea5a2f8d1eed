//! Text that stays text in HTML.

use crate::lang::Lang;
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

/// ` lang="…"` where a language is another one than that around it.
pub(super) fn lang_attribute(lang: Option<Lang>, around: Lang) -> String {
    lang.filter(|lang| *lang != around).map(|lang| format!(" lang=\"{lang}\"")).unwrap_or_default()
}

/// A text of at most so many signs, cut between words.
pub(super) fn cut(text: &str, longest: usize) -> String {
    if text.chars().count() <= longest {
        return text.to_owned();
    }
    let start: String = text.chars().take(longest - 1).collect();
    let whole = start.rsplit_once(char::is_whitespace).map_or(&*start, |(words, _)| words);
    format!("{}…", whole.trim_end())
}

/// A text in lines of about so many signs, broken between words.
pub(super) fn wrapped(text: &str, longest: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= longest => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
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
            ["lærings- og", "meistringsnettverk", "i Ytterkyst"]
        );
    }
}
