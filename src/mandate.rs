//! The engine: what agreements demand, unrolled over time and held against the records.
//!
//! Knows no organisation, network or date by name, and no clock: every question is asked of a day. What each key of a seat
//! or an obligation means is told in `registry/README.md`.

mod compiled;
mod condition;
mod dated;
mod days;
pub mod folded;
mod gather;
mod ground;
mod line;
mod occurrence;
mod per_record;
mod period;
mod record;
mod seat;
mod settle;
mod sides;
mod unfit;
pub mod wording;

use chrono::Days as Count;

pub use days::Days;
pub use ground::{Ground, Party, bound, existence, successors, wholes};
pub use line::{By, Duty, Evidence, How, Line, Reported};
pub use occurrence::{Dated, Late, Occurrence, Status, What};
pub use per_record::{Kept, PerRecord};
pub use period::{Period, holds_a_whole, is_free};
pub use record::Found;
pub use seat::{SeatLine, SeatOf, SeatStatus, Sitting};
pub use sides::{Unshared, side_of};
pub use unfit::{OneSided, Outsider};

use crate::date::Date;
use crate::registry::Registry;
use crate::threads::by_halves;

/// So many duties or seats are enough for a second thread.
const WORTH_A_THREAD: usize = 64;

/// How long before its day something that lapses is called due rather than upcoming: terms, notice, waivers.
const LAPSES_SOON: Count = Count::new(90);

/// Every duty and seat of a registry, with all that can show how it stands.
#[derive(Debug)]
pub struct Mandates<'a> {
    /// The registry.
    pub registry: &'a Registry,
    /// The networks.
    pub grounds: Vec<Ground<'a>>,
    /// The duties, each with each who owes it.
    pub lines: Vec<Line<'a>>,
    /// The seats.
    pub seats: Vec<SeatLine<'a>>,
}

impl<'a> Mandates<'a> {
    /// Gathers what the agreements of a registry demand.
    #[must_use]
    pub fn new(registry: &'a Registry) -> Self {
        let grounds = Ground::all(registry);
        let gatherer = gather::Gatherer::new(registry, &grounds);
        let duties: Vec<Duty<'a>> = registry
            .agreements
            .iter()
            .flat_map(|agreement| agreement.obligation.iter().map(move |obligation| Duty { agreement, obligation }))
            .collect();
        let lines = by_halves(&duties, WORTH_A_THREAD, |duty| gatherer.lines(*duty));
        let seats = seat::all(registry, &grounds);
        Self { registry, grounds, lines, seats }
    }

    /// The networks and seats alone: what can be held against each other without asking for a day.
    #[must_use]
    pub fn for_check(registry: &'a Registry) -> Self {
        let grounds = Ground::all(registry);
        let seats = seat::all(registry, &grounds);
        Self { registry, grounds, lines: Vec::new(), seats }
    }

    /// Everything with a day between `from` and `until`, as it stands on `day`: by due date, duties before the rest. What has
    /// no day is left out.
    #[must_use]
    pub fn dated(&self, day: Date, from: Date, until: Date) -> Vec<Occurrence<'a>> {
        let settling = self.settling(day, from, until);
        let is_dated = |line: &Line<'a>| {
            let obligation = line.duty.obligation;
            !obligation.judged && (obligation.every.is_some() || obligation.gap.is_some())
        };
        let mut lines: Vec<&Line<'a>> = self.lines.iter().filter(|line| is_dated(line)).collect();
        lines.sort_by(|a, b| a.order().cmp(&b.order()));
        let mut found = by_halves(&lines, WORTH_A_THREAD, |line| settling.occurrences(line));
        self.compile(&mut found, day);
        let mut others: Vec<_> = self.seats.iter().flat_map(|line| self.seat_occurrences(line, day)).collect();
        others.extend(self.dated_records(day));
        others.retain(|occurrence| occurrence.due.is_some_and(|due| (from..=until).contains(&due)));
        others.sort_by_cached_key(Occurrence::order);
        found.append(&mut others);
        // What falls due on one day stays in this order.
        found.sort_by_cached_key(|occurrence| occurrence.due);
        found
    }

    /// How a line stands on a day: its occurrences with a due date in between; of one without dates, its one state.
    #[must_use]
    pub fn of_line(&self, line: &Line<'a>, day: Date, from: Date, until: Date) -> Vec<Occurrence<'a>> {
        let settling = self.settling(day, from, until);
        let mut found = settling.occurrences(line);
        self.compile(&mut found, day);
        found
    }

    fn settling(&self, day: Date, from: Date, until: Date) -> settle::Settling<'_, 'a> {
        let registry = self.registry;
        settle::Settling { registry, grounds: &self.grounds, semesters: registry.semesters(), day, from, until }
    }

    /// The ids of networks by their places.
    #[must_use]
    pub fn ids(&self, grounds: &[usize]) -> Vec<&'a str> {
        grounds.iter().map(|index| self.grounds[*index].id()).collect()
    }
}
