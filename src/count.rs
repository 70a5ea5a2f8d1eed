//! Counts that say how good they are, and sums that never pretend to be better than their parts.

use std::fmt;

use serde::ser::{Serialize, SerializeMap, Serializer};

use crate::lang::Lang;
use crate::say;

/// How well a number is known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Quality {
    /// Counted.
    Exact,
    /// Counted in part: it was this many or more.
    AtLeast,
    /// Estimated.
    About,
    /// Estimated in part.
    AtLeastAbout,
    /// Nobody wrote it down.
    #[default]
    NotRecorded,
}

impl Quality {
    /// All of them, the best first.
    pub const ALL: [Self; 5] = [Self::Exact, Self::AtLeast, Self::About, Self::AtLeastAbout, Self::NotRecorded];

    /// The quality with this code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|quality| quality.code() == code)
    }

    /// The key in records and JSON.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Exact => "exact",
            Self::AtLeast => "at-least",
            Self::About => "about",
            Self::AtLeastAbout => "at-least-about",
            Self::NotRecorded => "not-recorded",
        }
    }
}

/// A number of something, its quality, and the source's own words for it ("vel 3550").
///
/// Held in thousandths, so that sums of staff (`12.5`) come out the same on every machine.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Count {
    /// The number in thousandths; 0 when not recorded.
    thousandths: u64,
    quality: Quality,
    words: Option<Box<str>>,
}

impl Count {
    /// The highest number that a record may give.
    pub const MAX: u64 = 1_000_000_000;

    /// A count in thousandths of one.
    #[must_use]
    pub fn new(thousandths: u64, quality: Quality, words: Option<Box<str>>) -> Self {
        Self { thousandths: if quality == Quality::NotRecorded { 0 } else { thousandths }, quality, words }
    }

    /// An exact whole number.
    #[must_use]
    pub fn exact(number: usize) -> Self {
        Self::new(number as u64 * 1000, Quality::Exact, None)
    }

    /// How well it is known.
    #[must_use]
    pub fn quality(&self) -> Quality {
        self.quality
    }

    /// The words of the source, where a record keeps them.
    #[must_use]
    pub fn words(&self) -> Option<&str> {
        self.words.as_deref()
    }

    /// The number in thousandths, if there is one.
    #[must_use]
    pub fn thousandths(&self) -> Option<u64> {
        (self.quality != Quality::NotRecorded).then_some(self.thousandths)
    }

    /// How many there surely are or more, in thousandths; nothing for an estimate.
    #[must_use]
    pub fn surely(&self) -> Option<u64> {
        matches!(self.quality, Quality::Exact | Quality::AtLeast).then_some(self.thousandths)
    }

    /// The number with its quality in words, without the source's wording: `minst 3 550`, `om lag 13`.
    #[must_use]
    pub fn in_words(&self, lang: Lang) -> String {
        let number = number(self.thousandths, lang);
        match self.quality {
            Quality::Exact => number,
            Quality::AtLeast => say!(lang, nn: "minst {number}", nb: "minst {number}", en: "at least {number}"),
            Quality::About => say!(lang, nn: "om lag {number}", nb: "ca. {number}", en: "about {number}"),
            Quality::AtLeastAbout => {
                say!(lang, nn: "minst om lag {number}", nb: "minst ca. {number}", en: "at least about {number}")
            }
            Quality::NotRecorded => say!(lang, nn: "ikkje registrert", nb: "ikke registrert", en: "not recorded"),
        }
    }

    /// As a report prints a published figure: the number in words and, where they differ, the source's wording.
    #[must_use]
    pub fn as_published(&self, lang: Lang) -> String {
        let plain = self.in_words(lang);
        match self.words() {
            Some(words) if *words != *plain => match lang {
                Lang::Nn | Lang::Nb => format!("{plain} («{words}»)"),
                Lang::En => format!("{plain} (“{words}”)"),
            },
            _ => plain,
        }
    }
}

impl Serialize for Count {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("quality", self.quality.code())?;
        if let Some(thousandths) = self.thousandths() {
            map.serialize_entry("value", &Plain(thousandths))?;
        }
        if let Some(words) = &self.words {
            map.serialize_entry("words", words)?;
        }
        map.end()
    }
}

/// A number of thousandths as JSON has numbers: whole where it is whole.
struct Plain(u64);

impl Serialize for Plain {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.0.is_multiple_of(1000) {
            serializer.serialize_u64(self.0 / 1000)
        } else {
            serializer.serialize_f64(self.0 as f64 / 1000.0)
        }
    }
}

/// Adds up counts. The sum is as good as its weakest part, and knows how many parts said nothing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sum {
    thousandths: u64,
    /// What of it was counted, in full or in part.
    counted: u64,
    about: bool,
    at_least: bool,
    /// How many counts gave a number.
    pub recorded: usize,
    /// How many counts were asked.
    pub of: usize,
}

impl Serialize for Sum {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        let count = self.count();
        map.serialize_entry("quality", count.quality().code())?;
        if let Some(thousandths) = count.thousandths() {
            map.serialize_entry("value", &(thousandths / 1000))?;
        }
        map.serialize_entry("not-recorded", &self.not_recorded())?;
        map.serialize_entry("of", &self.of)?;
        map.end()
    }
}

impl Sum {
    /// Adds one count; an absent one is "not recorded".
    pub fn add(&mut self, count: Option<&Count>) {
        self.of += 1;
        let Some((count, thousandths)) = count.and_then(|count| Some((count, count.thousandths()?))) else { return };
        self.recorded += 1;
        self.thousandths = self.thousandths.saturating_add(thousandths);
        self.counted = self.counted.saturating_add(count.surely().unwrap_or(0));
        self.about |= matches!(count.quality, Quality::About | Quality::AtLeastAbout);
        self.at_least |= matches!(count.quality, Quality::AtLeast | Quality::AtLeastAbout);
    }

    /// How many there surely are or more, in thousandths: estimates add nothing.
    #[must_use]
    pub fn surely(&self) -> u64 {
        self.counted
    }

    /// How many counts gave no number.
    #[must_use]
    pub fn not_recorded(&self) -> usize {
        self.of - self.recorded
    }

    /// The total. Of nothing at all it is an exact zero; of counts that all say nothing it is not recorded.
    #[must_use]
    pub fn count(&self) -> Count {
        let missing = self.not_recorded() > 0;
        let quality = if self.of > 0 && self.recorded == 0 {
            Quality::NotRecorded
        } else if self.about {
            if missing { Quality::AtLeastAbout } else { Quality::About }
        } else if self.at_least || missing {
            Quality::AtLeast
        } else {
            Quality::Exact
        };
        Count::new(self.thousandths, quality, None)
    }

    /// The total in words, with how much is missing: `minst 31 (2 av 6 ikkje registrerte)`.
    #[must_use]
    pub fn in_words(&self, lang: Lang) -> String {
        let (total, missing, of) = (self.count().in_words(lang), self.not_recorded(), self.of);
        if missing == 0 || self.recorded == 0 {
            return total;
        }
        let [missing, of] = [missing, of].map(|number| whole(number, lang));
        say!(lang,
            nn: "{total} (ikkje registrert: {missing} av {of})",
            nb: "{total} (ikke registrert: {missing} av {of})",
            en: "{total} ({missing} of {of} not recorded)",
        )
    }
}

/// How many of something, as the language writes it.
#[must_use]
pub fn whole(number: usize, lang: Lang) -> String {
    self::number(number as u64 * 1000, lang)
}

/// A number as the language writes it: `3 550` with a no-break space and `12,5` in Norwegian, `3,550` and `12.5` in
/// English.
#[must_use]
pub fn number(thousandths: u64, lang: Lang) -> String {
    let (group, point) = if lang == Lang::En { (',', '.') } else { ('\u{a0}', ',') };
    let whole = (thousandths / 1000).to_string();
    let mut text = String::new();
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index).is_multiple_of(3) {
            text.push(group);
        }
        text.push(digit);
    }
    let rest = thousandths % 1000;
    if rest > 0 {
        text.push(point);
        text.push_str(format!("{rest:03}").trim_end_matches('0'));
    }
    text
}

impl fmt::Display for Count {
    /// For machines: `12`, `>=3550`, `~13`, `not-recorded`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = match self.quality {
            Quality::Exact => "",
            Quality::AtLeast => ">=",
            Quality::About => "~",
            Quality::AtLeastAbout => ">=~",
            Quality::NotRecorded => return f.write_str("not-recorded"),
        };
        let (whole, rest) = (self.thousandths / 1000, self.thousandths % 1000);
        write!(f, "{sign}{whole}")?;
        if rest > 0 {
            write!(f, ".{}", format!("{rest:03}").trim_end_matches('0'))?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn count(number: u64, quality: Quality) -> Count {
        Count::new(number * 1000, quality, None)
    }

    fn sum(counts: &[Count]) -> Count {
        let mut sum = Sum::default();
        counts.iter().for_each(|count| sum.add(Some(count)));
        sum.count()
    }

    #[test]
    fn a_sum_is_as_good_as_its_weakest_part() {
        use Quality::{About, AtLeast, AtLeastAbout, Exact, NotRecorded};
        let total = |qualities: &[Quality]| {
            sum(&qualities.iter().map(|quality| count(5, *quality)).collect::<Vec<_>>()).quality()
        };
        assert_eq!(total(&[]), Exact);
        assert_eq!(total(&[Exact, Exact]), Exact);
        assert_eq!(total(&[Exact, AtLeast]), AtLeast);
        assert_eq!(total(&[Exact, NotRecorded]), AtLeast);
        assert_eq!(total(&[AtLeast, NotRecorded]), AtLeast);
        assert_eq!(total(&[Exact, About]), About);
        assert_eq!(total(&[AtLeast, About]), About);
        assert_eq!(total(&[About, NotRecorded]), AtLeastAbout);
        assert_eq!(total(&[NotRecorded, NotRecorded]), NotRecorded);
        assert_eq!(sum(&[count(5, NotRecorded), count(7, Exact)]), count(7, AtLeast));
        let mut mixed = Sum::default();
        for (number, quality) in [(5, Exact), (7, AtLeast), (9, About), (9, AtLeastAbout), (9, NotRecorded)] {
            mixed.add(Some(&count(number, quality)));
        }
        assert_eq!((mixed.surely(), mixed.count()), (12_000, count(30, AtLeastAbout)));
    }

    #[test]
    fn numbers_read_as_in_each_language() {
        assert_eq!(number(3_550_000, Lang::Nn), "3\u{a0}550");
        assert_eq!(number(1_234_567_000, Lang::En), "1,234,567");
        assert_eq!(number(12_500, Lang::Nb), "12,5");
        let published = Count::new(3_550_000, Quality::AtLeast, Some("vel 3550".into()));
        assert_eq!(published.as_published(Lang::Nb), "minst 3\u{a0}550 («vel 3550»)");
        assert_eq!(published.as_published(Lang::En), "at least 3,550 (“vel 3550”)");
    }
}
