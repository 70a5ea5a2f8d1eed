//! Sets of days: when a duty is owed, when evidence is kept, when somebody is a party.

use crate::date::{Date, Span};

/// A set of days, as stretches in order that neither meet nor touch.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Days(Vec<(Date, Date)>);

impl Days {
    /// Every day.
    #[must_use]
    pub fn all() -> Self {
        Self(vec![(Date::MIN, Date::MAX)])
    }

    /// The days of several spans together.
    #[must_use]
    pub fn of(spans: impl IntoIterator<Item = Span>) -> Self {
        let ends = |span: Span| (span.from.unwrap_or(Date::MIN), span.to.unwrap_or(Date::MAX));
        Self::joined(spans.into_iter().map(ends).filter(|(first, last)| first <= last).collect())
    }

    /// The days up to and including one.
    #[must_use]
    pub fn until(last: Date) -> Self {
        Self(vec![(Date::MIN, last)])
    }

    /// The days from one on.
    #[must_use]
    pub fn since(first: Date) -> Self {
        Self(vec![(first, Date::MAX)])
    }

    fn joined(mut stretches: Vec<(Date, Date)>) -> Self {
        stretches.sort_unstable();
        let mut days: Vec<(Date, Date)> = Vec::with_capacity(stretches.len());
        for (first, last) in stretches {
            match days.last_mut() {
                Some(before) if before.1.succ_opt().is_none_or(|next| first <= next) => before.1 = before.1.max(last),
                _ => days.push((first, last)),
            }
        }
        Self(days)
    }

    /// The days that lie in both.
    #[must_use]
    pub fn and(&self, other: &Self) -> Self {
        let mut both = Vec::new();
        for (first, last) in &self.0 {
            for (from, to) in &other.0 {
                let (first, last) = (*first.max(from), *last.min(to));
                if first <= last {
                    both.push((first, last));
                }
            }
        }
        Self(both)
    }

    /// The days that lie in one or the other.
    #[must_use]
    pub fn or(&self, other: &Self) -> Self {
        Self::joined(self.0.iter().chain(&other.0).copied().collect())
    }

    /// Whether the day is one of them.
    #[must_use]
    pub fn holds(&self, day: Date) -> bool {
        self.0.iter().any(|(first, last)| (*first..=*last).contains(&day))
    }

    /// Whether one of the days from `first` to `last` is among them.
    #[must_use]
    pub fn meets(&self, first: Date, last: Date) -> bool {
        self.0.iter().any(|(from, to)| *from <= last && first <= *to)
    }

    /// Whether all the days from `first` to `last` are among them.
    #[must_use]
    pub fn covers(&self, first: Date, last: Date) -> bool {
        self.0.iter().any(|(from, to)| *from <= first && last <= *to)
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The stretches, in order.
    pub fn stretches(&self) -> impl DoubleEndedIterator<Item = (Date, Date)> + '_ {
        self.0.iter().copied()
    }

    /// The first day; nothing where there is no first one.
    #[must_use]
    pub fn first(&self) -> Option<Date> {
        self.0.first().map(|(first, _)| *first).filter(|first| *first > Date::MIN)
    }

    /// The last day; nothing where there is no last one.
    #[must_use]
    pub fn last(&self) -> Option<Date> {
        self.0.last().map(|(_, last)| *last).filter(|last| *last < Date::MAX)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    fn days(stretches: &[(&str, &str)]) -> Days {
        Days::of(stretches.iter().map(|(first, last)| Span { from: Some(day(first)), to: Some(day(last)) }))
    }

    #[test]
    fn stretches_that_touch_are_one() {
        let joined = days(&[("2017-01-01", "2017-12-31"), ("2016-01-01", "2016-12-31"), ("2018-02-01", "2018-02-28")]);
        assert_eq!(joined, days(&[("2016-01-01", "2017-12-31"), ("2018-02-01", "2018-02-28")]));
        assert!(joined.covers(day("2016-06-01"), day("2017-06-01")));
        assert!(!joined.covers(day("2017-06-01"), day("2018-02-10")));
        assert!(
            joined.meets(day("2018-01-01"), day("2018-02-01")) && !joined.meets(day("2018-01-01"), day("2018-01-31"))
        );
        assert_eq!((joined.first(), joined.last()), (Some(day("2016-01-01")), Some(day("2018-02-28"))));
    }

    #[test]
    fn both_and_either() {
        let (a, b) = (days(&[("2016-01-01", "2016-06-30")]), days(&[("2016-06-30", "2016-07-31")]));
        assert_eq!(a.and(&b), days(&[("2016-06-30", "2016-06-30")]));
        assert_eq!(a.or(&b), days(&[("2016-01-01", "2016-07-31")]));
        assert_eq!(a.and(&Days::all()), a);
        assert!(a.and(&Days::since(day("2016-07-01"))).is_empty());
        assert_eq!((Days::all().first(), Days::until(day("2016-01-01")).first()), (None, None));
    }
}
