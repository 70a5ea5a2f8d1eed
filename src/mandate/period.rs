//! Calendar arithmetic of agreements: periods, due dates, terms, notice, days that nobody works.

use chrono::{Datelike, Days as Count, Months, NaiveDate, Weekday};

use crate::date::{Date, Season, Semesters, When};
use crate::lang::Lang;
use crate::model::Shift;
use crate::read::{Duration, Unit};

/// One or several calendar years, semesters, months, weeks or days in a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Period {
    /// Of what.
    pub unit: Unit,
    /// The first one, by number.
    pub from: i64,
    /// The last one.
    pub to: i64,
}

impl Period {
    /// Several in a row.
    #[must_use]
    pub fn new(unit: Unit, from: i64, count: u32) -> Self {
        Self { unit, from, to: from + i64::from(count) - 1 }
    }

    /// The first day.
    #[must_use]
    pub fn first(&self, semesters: &Semesters) -> Date {
        first_day(self.unit, self.from, semesters)
    }

    /// The last day.
    #[must_use]
    pub fn last(&self, semesters: &Semesters) -> Date {
        before(first_day(self.unit, self.to + 1, semesters))
    }

    /// The period of the same length that lies `by` lengths later.
    #[must_use]
    pub fn moved(&self, by: i64) -> Self {
        let length = self.to - self.from + 1;
        Self { unit: self.unit, from: self.from + by * length, to: self.to + by * length }
    }

    /// In records and JSON: `2027`, `2026-autumn`, `2017..2018`.
    #[must_use]
    pub fn code(&self) -> String {
        self.ends(
            &|number| match self.unit {
                Unit::Year | Unit::Semester | Unit::Month => when(self.unit, number).to_string(),
                Unit::Week => week(number).format("%G-W%V").to_string(),
                Unit::Day => day(number).to_string(),
            },
            "..",
        )
    }

    /// In words: `2027`, `hausten 2026`, `2017–2018`.
    #[must_use]
    pub fn words(&self, lang: Lang) -> String {
        self.ends(
            &|number| match self.unit {
                Unit::Year | Unit::Semester | Unit::Month => when(self.unit, number).words(lang),
                Unit::Week => {
                    let (week, year) = (week(number).iso_week().week(), week(number).iso_week().year());
                    crate::say!(lang, nn: "veke {week} {year}", nb: "uke {week} {year}", en: "week {week} of {year}")
                }
                Unit::Day => crate::date::day_words(day(number), lang),
            },
            "–",
        )
    }

    fn ends(&self, name: &dyn Fn(i64) -> String, between: &str) -> String {
        if self.from == self.to { name(self.from) } else { format!("{}{between}{}", name(self.from), name(self.to)) }
    }
}

/// The number of the year, semester, month, week or day that a day lies in.
#[must_use]
pub(super) fn number(unit: Unit, day: Date, semesters: &Semesters) -> i64 {
    let year = i64::from(day.year());
    match unit {
        Unit::Year => year,
        Unit::Semester if day >= semesters.autumn.in_year(day.year()) => year * 2 + 1,
        Unit::Semester if day >= semesters.spring.in_year(day.year()) => year * 2,
        Unit::Semester => year * 2 - 1,
        Unit::Month => year * 12 + i64::from(day.month0()),
        Unit::Week => (i64::from(day.num_days_from_ce()) - 1).div_euclid(7),
        Unit::Day => i64::from(day.num_days_from_ce()),
    }
}

/// Whether the days from `first` to `last` hold a whole year, semester, month, week or day.
#[must_use]
pub fn holds_a_whole(unit: Unit, first: Date, last: Date, semesters: &Semesters) -> bool {
    let own = number(unit, first, semesters);
    let begins = if first_day(unit, own, semesters) < first { own + 1 } else { own };
    Period::new(unit, begins, 1).last(semesters) <= last
}

/// The first day of the year, semester, month, week or day with this number.
fn first_day(unit: Unit, number: i64, semesters: &Semesters) -> Date {
    match unit {
        Unit::Week => week(number),
        Unit::Day => day(number),
        _ => when(unit, number).first(semesters),
    }
}

fn when(unit: Unit, number: i64) -> When {
    let part = |of: i64| (number.div_euclid(of) as i32, number.rem_euclid(of));
    match (unit, part(2), part(12)) {
        (Unit::Semester, (year, 0), _) => When::Semester(year, Season::Spring),
        (Unit::Semester, (year, _), _) => When::Semester(year, Season::Autumn),
        (Unit::Month, _, (year, month)) => When::Month(year, month as u32 + 1),
        _ => When::Year(number as i32),
    }
}

fn week(number: i64) -> Date {
    day(number * 7 + 1)
}

fn day(number: i64) -> Date {
    NaiveDate::from_num_days_from_ce_opt(number as i32).unwrap_or_default()
}

/// The day before.
#[must_use]
pub(super) fn before(day: Date) -> Date {
    day.pred_opt().unwrap_or(day)
}

/// The day after.
#[must_use]
pub(super) fn after(day: Date) -> Date {
    day.succ_opt().unwrap_or(day)
}

/// The same day so much later; the month's last where there is none of that number. Semesters count as half years.
#[must_use]
pub(super) fn later(day: Date, length: Duration) -> Date {
    let months = |count: u32| day.checked_add_months(Months::new(count));
    let days = |count: u32| day.checked_add_days(Count::new(u64::from(count)));
    match length.unit {
        Unit::Year => months(length.count * 12),
        Unit::Semester => months(length.count * 6),
        Unit::Month => months(length.count),
        Unit::Week => days(length.count * 7),
        Unit::Day => days(length.count),
    }
    .unwrap_or(Date::MAX)
}

/// The last day of a term: the day before the same date so much later, counted from the first of the next month where that
/// date does not exist (29 February counts as 1 March).
#[must_use]
pub(super) fn term_end(first: Date, term: Duration) -> Date {
    let end = later(first, term);
    let moved = matches!(term.unit, Unit::Year | Unit::Semester | Unit::Month) && end.day() < first.day();
    if moved { end } else { before(end) }
}

/// Where a due date goes.
#[must_use]
pub(super) fn shifted(due: Date, shift: Option<Shift>) -> Date {
    let step: fn(Date) -> Date = match shift {
        None | Some(Shift::None) => return due,
        Some(Shift::NextWorkingDay) => after,
        Some(Shift::PreviousWorkingDay) => before,
    };
    std::iter::successors(Some(due), |day| Some(step(*day))).find(|day| !is_free(*day)).unwrap_or(due)
}

/// Whether a day is a Saturday, a Sunday or a Norwegian public holiday (lov om helligdager og helligdagsfred § 2; lov om 1
/// og 17 mai).
#[must_use]
pub fn is_free(day: Date) -> bool {
    let from_easter = (day - easter(day.year())).num_days();
    matches!(day.weekday(), Weekday::Sat | Weekday::Sun)
        || matches!((day.month(), day.day()), (1 | 5, 1) | (5, 17) | (12, 25 | 26))
        || [-3, -2, 1, 39, 50].contains(&from_easter)
}

/// Easter Sunday of the Gregorian calendar (the rule of Meeus, Jones and Butcher).
fn easter(year: i32) -> Date {
    let (a, b, c) = (year % 19, year / 100, year % 100);
    let h = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
    let l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
    let m = (a + 11 * h + 22 * l) / 451;
    let n = h + l - 7 * m + 114;
    Date::from_ymd_opt(year, (n / 31) as u32, (n % 31 + 1) as u32).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    fn length(count: u32, unit: Unit) -> Duration {
        Duration { count, unit }
    }

    #[test]
    fn terms_end_the_day_before_and_leap_days_count_as_march() {
        let two = length(2, Unit::Year);
        for (first, last) in [
            ("2017-05-01", "2019-04-30"),
            ("2016-02-29", "2018-02-28"),
            ("2014-02-28", "2016-02-27"),
            ("2014-03-01", "2016-02-29"),
            ("2017-01-01", "2018-12-31"),
        ] {
            assert_eq!(term_end(day(first), two), day(last), "{first}");
        }
        assert_eq!(term_end(day("2016-08-31"), length(6, Unit::Month)), day("2017-02-28"));
    }

    #[test]
    fn notice_ends_on_the_same_number_or_the_months_last() {
        assert_eq!(later(day("2027-03-15"), length(1, Unit::Year)), day("2028-03-15"));
        assert_eq!(later(day("2016-02-29"), length(1, Unit::Year)), day("2017-02-28"));
        assert_eq!(later(day("2017-08-31"), length(6, Unit::Month)), day("2018-02-28"));
    }

    #[test]
    fn a_period_knows_its_days_and_its_name() {
        let semesters = Semesters::default();
        let at = |unit, text: &str, count| Period::new(unit, number(unit, day(text), &semesters), count);
        for (period, first, last, code) in [
            (at(Unit::Year, "2016-05-01", 1), "2016-01-01", "2016-12-31", "2016"),
            (at(Unit::Year, "2017-01-01", 2), "2017-01-01", "2018-12-31", "2017..2018"),
            (at(Unit::Semester, "2016-07-31", 1), "2016-01-01", "2016-07-31", "2016-spring"),
            (at(Unit::Semester, "2016-08-01", 2), "2016-08-01", "2017-07-31", "2016-autumn..2017-spring"),
            (at(Unit::Month, "2016-02-10", 1), "2016-02-01", "2016-02-29", "2016-02"),
            (at(Unit::Week, "2016-01-03", 1), "2015-12-28", "2016-01-03", "2015-W53"),
            (at(Unit::Day, "2016-02-29", 1), "2016-02-29", "2016-02-29", "2016-02-29"),
        ] {
            assert_eq!((period.first(&semesters), period.last(&semesters)), (day(first), day(last)), "{code}");
            assert_eq!(period.code(), code);
        }
    }

    #[test]
    fn a_semester_may_begin_elsewhere() {
        let part = |text: &str| crate::date::MonthDay::parse(text).unwrap();
        let semesters = Semesters { spring: part("01-10"), autumn: part("08-15") };
        assert_eq!(number(Unit::Semester, day("2017-01-09"), &semesters), 2016 * 2 + 1);
        assert_eq!(number(Unit::Semester, day("2017-08-14"), &semesters), 2017 * 2);
        assert_eq!(Period::new(Unit::Semester, 2016 * 2 + 1, 1).last(&semesters), day("2017-01-09"));
    }

    #[test]
    fn deadlines_move_only_where_they_are_told_to() {
        let saturday = day("2019-11-30");
        assert_eq!(shifted(saturday, None), saturday);
        assert_eq!(shifted(saturday, Some(Shift::NextWorkingDay)), day("2019-12-02"));
        assert_eq!(shifted(saturday, Some(Shift::PreviousWorkingDay)), day("2019-11-29"));
        // Maundy Thursday to Easter Monday, as the church calendar has them.
        assert_eq!(shifted(day("2024-03-28"), Some(Shift::NextWorkingDay)), day("2024-04-02"));
        assert_eq!(shifted(day("2026-05-25"), Some(Shift::PreviousWorkingDay)), day("2026-05-22"));
        for free in ["2025-04-18", "2025-05-29", "2025-06-09", "2026-05-17", "2026-01-01", "2026-12-26"] {
            assert!(is_free(day(free)), "{free}");
        }
        assert!(!is_free(day("2026-12-24")) && !is_free(day("2026-04-01")));
    }
}
