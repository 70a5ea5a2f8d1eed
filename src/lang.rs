//! The three languages, the texts that records carry in them, and [`say!`], by which the program speaks.
//!
//! Knows nothing of records or rules.

use std::fmt;

/// A language that lmnet writes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Lang {
    /// Nynorsk.
    #[default]
    Nn,
    /// Bokmål.
    Nb,
    /// English.
    En,
}

impl Lang {
    /// All languages, in the order in which they are offered.
    pub const ALL: [Self; 3] = [Self::Nn, Self::Nb, Self::En];

    /// The code as written in records and on the command line: `nn`, `nb`, `en`.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Nn => "nn",
            Self::Nb => "nb",
            Self::En => "en",
        }
    }

    /// The language with this code, if lmnet writes it.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|lang| lang.code() == code)
    }

    /// Where to look for a text that is missing in this language: the other written Norwegian before English.
    #[must_use]
    pub fn fallback(self) -> [Self; 3] {
        match self {
            Self::Nn => [Self::Nn, Self::Nb, Self::En],
            Self::Nb => [Self::Nb, Self::Nn, Self::En],
            Self::En => [Self::En, Self::Nb, Self::Nn],
        }
    }
}

impl fmt::Display for Lang {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// One sentence of the program in all three languages.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Said {
    /// Nynorsk.
    pub nn: String,
    /// Bokmål.
    pub nb: String,
    /// English.
    pub en: String,
}

impl Said {
    /// The sentence in `lang`.
    #[must_use]
    pub fn get(&self, lang: Lang) -> &str {
        match lang {
            Lang::Nn => &self.nn,
            Lang::Nb => &self.nb,
            Lang::En => &self.en,
        }
    }

    /// The sentence, and another one after a semicolon.
    #[must_use]
    pub fn and(&self, other: &Self) -> Self {
        let both = |one: &str, other: &str| format!("{one}; {other}");
        Self { nn: both(&self.nn, &other.nn), nb: both(&self.nb, &other.nb), en: both(&self.en, &other.en) }
    }

    /// The same words in every language: a name, a quotation.
    #[must_use]
    pub fn same(words: impl Into<String>) -> Self {
        let words = words.into();
        Self { nn: words.clone(), nb: words.clone(), en: words }
    }
}

/// A fixed phrase in all three languages: a heading, a label.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Label {
    /// Nynorsk.
    pub nn: &'static str,
    /// Bokmål.
    pub nb: &'static str,
    /// English.
    pub en: &'static str,
}

impl Label {
    /// The phrase in `lang`.
    #[must_use]
    pub fn get(&self, lang: Lang) -> &'static str {
        match lang {
            Lang::Nn => self.nn,
            Lang::Nb => self.nb,
            Lang::En => self.en,
        }
    }
}

/// Says one thing in all three languages at once, so that a missing language does not compile.
///
/// `say!(nn: "…{id}…", nb: "…", en: "…")` gives a [`Said`]; with a language first, `say!(lang, nn: …)`, only the
/// `String` in that language is made.
#[macro_export]
macro_rules! say {
    (nn: $nn:literal, nb: $nb:literal, en: $en:literal $(,)?) => {
        $crate::lang::Said { nn: format!($nn), nb: format!($nb), en: format!($en) }
    };
    ($lang:expr, nn: $nn:literal, nb: $nb:literal, en: $en:literal $(,)?) => {
        match $lang {
            $crate::lang::Lang::Nn => format!($nn),
            $crate::lang::Lang::Nb => format!($nb),
            $crate::lang::Lang::En => format!($en),
        }
    };
}

/// A human text of a record: the same in every language (a name), or a table by language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Text {
    /// `title = "KOLS-skule"`: in no particular language.
    Plain(Box<str>),
    /// `title = { nn = "…", nb = "…" }`: code and text, in the order written. Sámi and Kven are kept too.
    ByLanguage(Vec<(&'static str, Box<str>)>),
}

impl Default for Text {
    fn default() -> Self {
        Self::Plain(Box::default())
    }
}

impl Text {
    /// The languages that a record may use: the three of the program, and Northern, Lule and Southern Sámi and Kven.
    pub const LANGUAGES: [&'static str; 7] = ["nn", "nb", "en", "se", "smj", "sma", "fkv"];

    /// The text in `lang` or, where it is missing, in the next best language ([`Lang::fallback`]), else the first given.
    #[must_use]
    pub fn get(&self, lang: Lang) -> &str {
        self.found(lang).0
    }

    /// The text as [`Text::get`] has it, and the code of its language ([`Text::LANGUAGES`]) where that is another one than asked
    /// for.
    #[must_use]
    pub fn found(&self, lang: Lang) -> (&str, Option<&'static str>) {
        match self {
            Self::Plain(text) => (text, None),
            Self::ByLanguage(texts) => {
                let of = |wanted: Lang| texts.iter().find(|(code, _)| *code == wanted.code());
                let found = lang.fallback().into_iter().find_map(of).or(texts.first());
                found.map_or(("", None), |(code, text)| (text, Some(*code).filter(|code| *code != lang.code())))
            }
        }
    }

    /// Every wording of the text, for searches.
    pub fn wordings(&self) -> impl Iterator<Item = &str> {
        let (plain, rest): (Option<&str>, &[(&str, Box<str>)]) = match self {
            Self::Plain(text) => (Some(text), &[]),
            Self::ByLanguage(texts) => (None, texts),
        };
        plain.into_iter().chain(rest.iter().map(|(_, text)| &**text))
    }

    /// Whether there is nothing to read.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        // Zero-width characters and soft hyphens are not blanks, but nobody sees them.
        let unseen = |char: char| {
            char.is_whitespace() || matches!(char, '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}')
        };
        self.wordings().all(|text| text.chars().all(unseen))
    }
}

/// A text, with its language where that is another one than that around it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Phrase {
    /// The text.
    pub text: String,
    /// The code of its language, one of [`Text::LANGUAGES`]; nothing for that around it.
    pub lang: Option<&'static str>,
}

impl Phrase {
    /// A text of a record in this language, or marked as in the next best.
    #[must_use]
    pub fn of(text: &Text, lang: Lang) -> Self {
        let (text, lang) = text.found(lang);
        Self { text: text.trim().to_owned(), lang }
    }

    /// The text between others, in its own language as a whole.
    #[must_use]
    pub fn within(&self, around: impl FnOnce(&str) -> String) -> Self {
        Self { text: around(&self.text), lang: self.lang }
    }
}

/// Machines get the text alone.
impl serde::Serialize for Phrase {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.text)
    }
}

impl<T: Into<String>> From<T> for Phrase {
    fn from(text: T) -> Self {
        Self { text: text.into(), lang: None }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_language_falls_back_to_the_other_norwegian_first() {
        let text = Text::ByLanguage(vec![("en", "course".into()), ("nb", "kurs på sykehuset".into())]);
        assert_eq!(text.get(Lang::Nn), "kurs på sykehuset");
        assert_eq!([Lang::Nn, Lang::Nb, Lang::En].map(|lang| text.found(lang).1), [Some("nb"), None, None]);
        assert_eq!(text.get(Lang::En), "course");
        let sami = Text::ByLanguage(vec![("se", "gursa".into())]);
        assert_eq!(sami.found(Lang::Nb), ("gursa", Some("se")));
        assert_eq!(text.found(Lang::Nn), ("kurs på sykehuset", Some("nb")));
        assert_eq!(text.found(Lang::Nb), ("kurs på sykehuset", None));
        assert_eq!(Text::Plain("Fjordnett".into()).found(Lang::En), ("Fjordnett", None));
    }
}
