//! Days, months, semesters and years, as precisely as a record gives them, and the periods between them.
//!
//! Knows no clock: the present is an argument.

use std::fmt;

use chrono::{Datelike, Days, Months};

use crate::lang::Lang;

/// A calendar day.
pub type Date = chrono::NaiveDate;

/// A day of the year without its year, such as a semester's first day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct MonthDay {
    /// 1 to 12.
    pub month: u32,
    /// 1 to 31; 29 February only counts in leap years and is refused.
    pub day: u32,
}

impl MonthDay {
    /// Reads `11-30`. Gives nothing for a day that some year doesn't have.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (month, day) = text.split_once('-')?;
        if month.len() != 2 || day.len() != 2 {
            return None;
        }
        let (month, day) = (digits(month)?, digits(day)?);
        Date::from_ymd_opt(2015, month, day)?;
        Some(Self { month, day })
    }

    /// The day in `year`.
    #[must_use]
    pub fn in_year(self, year: i32) -> Date {
        Date::from_ymd_opt(year, self.month, self.day).unwrap_or_default()
    }
}

impl MonthDay {
    /// In words: `30. november`.
    #[must_use]
    pub fn words(self, lang: Lang) -> String {
        let (day, month) = (self.day, month_name(self.month, lang));
        match lang {
            Lang::Nn | Lang::Nb => format!("{day}. {month}"),
            Lang::En => format!("{day} {month}"),
        }
    }
}

impl fmt::Display for MonthDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}-{:02}", self.month, self.day)
    }
}

/// Where the year divides into semesters. The documents don't say; the manifest does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Semesters {
    /// First day of spring.
    pub spring: MonthDay,
    /// First day of autumn.
    pub autumn: MonthDay,
}

impl Default for Semesters {
    /// 1 January to 31 July, 1 August to 31 December, as the universities count.
    fn default() -> Self {
        Self { spring: MonthDay { month: 1, day: 1 }, autumn: MonthDay { month: 8, day: 1 } }
    }
}

/// Half a study year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Season {
    /// From the first day of spring to the day before autumn.
    Spring,
    /// From the first day of autumn to the day before spring.
    Autumn,
}

/// A time as precisely as the source gives it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    /// `2016-05-31`
    Day(Date),
    /// `"2016-06"`
    Month(i32, u32),
    /// `"2016-autumn"`
    Semester(i32, Season),
    /// `"2016"`
    Year(i32),
}

impl Default for When {
    fn default() -> Self {
        Self::Day(Date::default())
    }
}

impl When {
    /// The years that a record can be about.
    pub const YEARS: std::ops::RangeInclusive<i32> = 1800..=2999;

    /// Reads the text forms: `2016`, `2016-06`, `2016-autumn`, and a day too. Gives nothing for what is no time.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        if text.len() == 10 {
            // Blanks and signs, which the parser would allow, have no place in a date.
            let plain = text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
            let day =
                Date::parse_from_str(text, "%Y-%m-%d").ok().filter(|day| plain && Self::YEARS.contains(&day.year()));
            return day.map(Self::Day);
        }
        let (year, rest) = text.split_once('-').unwrap_or((text, ""));
        if year.len() != 4 {
            return None;
        }
        let year = i32::try_from(digits(year)?).ok().filter(|year| Self::YEARS.contains(year))?;
        match rest {
            "" if text.len() == 4 => Some(Self::Year(year)),
            "spring" => Some(Self::Semester(year, Season::Spring)),
            "autumn" => Some(Self::Semester(year, Season::Autumn)),
            month if month.len() == 2 => {
                digits(month).filter(|month| (1..=12).contains(month)).map(|month| Self::Month(year, month))
            }
            _ => None,
        }
    }

    /// The first day that it can mean.
    #[must_use]
    pub fn first(self, semesters: &Semesters) -> Date {
        match self {
            Self::Day(day) => day,
            Self::Month(year, month) => Date::from_ymd_opt(year, month, 1).unwrap_or_default(),
            Self::Semester(year, Season::Spring) => semesters.spring.in_year(year),
            Self::Semester(year, Season::Autumn) => semesters.autumn.in_year(year),
            Self::Year(year) => Date::from_ymd_opt(year, 1, 1).unwrap_or_default(),
        }
    }

    /// The last day that it can mean.
    #[must_use]
    pub fn last(self, semesters: &Semesters) -> Date {
        let day_before = |day: Date| day - Days::new(1);
        match self {
            Self::Day(day) => day,
            Self::Month(..) => day_before(self.first(semesters) + Months::new(1)),
            Self::Semester(year, Season::Spring) => day_before(semesters.autumn.in_year(year)),
            Self::Semester(year, Season::Autumn) => day_before(semesters.spring.in_year(year + 1)),
            Self::Year(year) => Date::from_ymd_opt(year, 12, 31).unwrap_or_default(),
        }
    }

    /// The calendar year that it lies in (of an autumn, the year in which it begins).
    #[must_use]
    pub fn year(self) -> i32 {
        match self {
            Self::Day(day) => day.year(),
            Self::Month(year, _) | Self::Semester(year, _) | Self::Year(year) => year,
        }
    }

    /// In words: `31. mai 2016`, `juni 2016`, `hausten 2016`; `31 May 2016` in English.
    #[must_use]
    pub fn words(self, lang: Lang) -> String {
        match self {
            Self::Day(day) => day_words(day, lang),
            Self::Month(year, month) => format!("{} {year}", month_name(month, lang)),
            Self::Semester(year, Season::Spring) => {
                crate::say!(lang, nn: "våren {year}", nb: "våren {year}", en: "spring {year}")
            }
            Self::Semester(year, Season::Autumn) => {
                crate::say!(lang, nn: "hausten {year}", nb: "høsten {year}", en: "autumn {year}")
            }
            Self::Year(year) => year.to_string(),
        }
    }
}

impl fmt::Display for When {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Day(day) => write!(f, "{}", day.format("%Y-%m-%d")),
            Self::Month(year, month) => write!(f, "{year:04}-{month:02}"),
            Self::Semester(year, Season::Spring) => write!(f, "{year:04}-spring"),
            Self::Semester(year, Season::Autumn) => write!(f, "{year:04}-autumn"),
            Self::Year(year) => write!(f, "{year:04}"),
        }
    }
}

/// A stretch of days, both ends inside, open where an end is absent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Span {
    /// First day; absent means always before.
    pub from: Option<Date>,
    /// Last day; absent means ever after.
    pub to: Option<Date>,
}

impl Span {
    /// The days that `from` and `to` of a record can mean, at their widest.
    #[must_use]
    pub fn new(from: Option<When>, to: Option<When>, semesters: &Semesters) -> Self {
        Self { from: from.map(|when| when.first(semesters)), to: to.map(|when| when.last(semesters)) }
    }

    /// The days that `from` and `to` of a record surely mean.
    #[must_use]
    pub fn sure(from: Option<When>, to: Option<When>, semesters: &Semesters) -> Self {
        Self { from: from.map(|when| when.last(semesters)), to: to.map(|when| when.first(semesters)) }
    }

    /// Whether there is no day in it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        matches!((self.from, self.to), (Some(from), Some(to)) if to < from)
    }

    /// The whole of a calendar year.
    #[must_use]
    pub fn year(year: i32) -> Self {
        Self { from: Date::from_ymd_opt(year, 1, 1), to: Date::from_ymd_opt(year, 12, 31) }
    }

    /// Whether the two have a day in common.
    #[must_use]
    pub fn meets(&self, other: &Self) -> bool {
        !matches!((self.to, other.from), (Some(to), Some(from)) if to < from)
            && !matches!((other.to, self.from), (Some(to), Some(from)) if to < from)
    }

    /// The days that lie in both.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        let to = match (self.to, other.to) {
            (Some(a), Some(b)) => Some(a.min(b)),
            (a, b) => a.or(b),
        };
        Self { from: self.from.max(other.from), to }
    }
}

/// A day in words, as CLDR has it for Norwegian: `30. november 2026`.
#[must_use]
pub fn day_words(day: Date, lang: Lang) -> String {
    let (number, month, year) = (day.day(), month_name(day.month(), lang), day.year());
    match lang {
        Lang::Nn | Lang::Nb => format!("{number}. {month} {year}"),
        Lang::En => format!("{number} {month} {year}"),
    }
}

/// A period in words: `31. mai–2. juni 2016`.
#[must_use]
pub fn period(start: When, end: Option<When>, lang: Lang) -> String {
    match (start, end) {
        (start, None) => start.words(lang),
        (start, Some(end)) if start == end => start.words(lang),
        (When::Day(first), Some(When::Day(last))) => {
            let words = start.words(lang);
            let same_year = start.year() == When::Day(last).year();
            let first_part = if same_year { words.trim_end_matches(char::is_numeric).trim_end() } else { &*words };
            let same_month = same_year && first.format("%m").to_string() == last.format("%m").to_string();
            let first_part = match (same_month, lang) {
                (true, Lang::En) => first_part.split(' ').next().unwrap_or(first_part),
                (true, _) => first_part.split_inclusive('.').next().unwrap_or(first_part),
                _ => first_part,
            };
            format!("{first_part}–{}", end.unwrap_or(start).words(lang))
        }
        (start, Some(end)) => format!("{}–{}", start.words(lang), end.words(lang)),
    }
}

/// The name of a month; equal in Nynorsk and Bokmål.
#[must_use]
pub fn month_name(month: u32, lang: Lang) -> &'static str {
    const NORWEGIAN: [&str; 12] = [
        "januar",
        "februar",
        "mars",
        "april",
        "mai",
        "juni",
        "juli",
        "august",
        "september",
        "oktober",
        "november",
        "desember",
    ];
    const ENGLISH: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    let names = if lang == Lang::En { ENGLISH } else { NORWEGIAN };
    names[(month.clamp(1, 12) - 1) as usize]
}

fn digits(text: &str) -> Option<u32> {
    text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    #[test]
    fn a_vague_time_spans_all_that_it_can_mean() {
        let semesters = Semesters::default();
        for (text, first, last) in [
            ("2016", "2016-01-01", "2016-12-31"),
            ("2016-02", "2016-02-01", "2016-02-29"),
            ("2016-12", "2016-12-01", "2016-12-31"),
            ("2016-spring", "2016-01-01", "2016-07-31"),
            ("2016-autumn", "2016-08-01", "2016-12-31"),
            ("2016-05-31", "2016-05-31", "2016-05-31"),
        ] {
            let when = When::parse(text).unwrap();
            assert_eq!((when.first(&semesters), when.last(&semesters)), (day(first), day(last)), "{text}");
            assert_eq!(when.to_string(), text);
        }
    }

    #[test]
    fn what_is_no_time_is_refused() {
        for text in
            ["2016-13", "2016-00", "2016-02-30", "16", "20160", "2016-6", "2016-5-31", "2016-haust", "", "-", "+016"]
        {
            assert_eq!(When::parse(text), None, "{text}");
        }
        for text in ["02-29", "13-01", "1-1", "11-31", ""] {
            assert_eq!(MonthDay::parse(text), None, "{text}");
        }
    }

    #[test]
    fn spans_are_inclusive() {
        let early = Span { from: None, to: Some(day("2019-12-31")) };
        let late = Span { from: Some(day("2020-01-01")), to: None };
        assert!(!early.meets(&late));
        let on = |text: &str| Span { from: Some(day(text)), to: Some(day(text)) };
        assert!(early.meets(&on("2019-12-31")) && !early.meets(&on("2020-01-01")));
        assert!(late.meets(&on("2020-01-01")) && Span::default().meets(&early));
        assert_eq!(early.and(Span::year(2019)), Span::year(2019));
    }

    #[test]
    fn periods_say_nothing_twice() {
        let when = |text: &str| When::parse(text).unwrap();
        let words = |start: &str, end: &str, lang| period(when(start), Some(when(end)), lang);
        assert_eq!(words("2016-05-31", "2016-06-02", Lang::Nb), "31. mai–2. juni 2016");
        assert_eq!(words("2016-06-02", "2016-06-04", Lang::Nn), "2.–4. juni 2016");
        assert_eq!(words("2016-06-02", "2016-06-04", Lang::En), "2–4 June 2016");
        assert_eq!(words("2016-12-31", "2017-01-02", Lang::En), "31 December 2016–2 January 2017");
        assert_eq!(words("2016", "2017", Lang::En), "2016–2017");
    }
}
