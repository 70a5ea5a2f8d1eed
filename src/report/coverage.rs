//! Coverage: how every duty and seat of a network stood in a year, and who of those who each owe something has done it.

mod document;
mod grid;
mod json;
mod words;

use std::collections::BTreeSet;

pub use document::document;
pub(crate) use document::{done, owed};
pub use grid::{Column, Grid, Mark, Row, Standing};
pub use json::{json, sheet};
pub(crate) use words::{beginning, each, each_record, lacking, out_of, published, record_share};

use crate::date::{Date, Span};
use crate::mandate::{
    Duty, Found, Ground, Line, Mandates, Occurrence, PerRecord, Period, SeatLine, SeatOf, SeatStatus, Status,
};
use crate::model::{EachSeat, Figure, Obligation, Owner, Strength};
use crate::read::Unit;
use crate::registry::Registry;
use crate::tally;

/// How networks stood in a year.
#[derive(Debug)]
pub struct Coverage<'a> {
    /// The day on which it is asked.
    pub day: Date,
    /// The year.
    pub year: i32,
    /// The networks that agreements govern.
    pub networks: Vec<NetworkYear<'a>>,
}

/// How a network stood in a year.
#[derive(Debug)]
pub struct NetworkYear<'a> {
    /// Its id.
    pub id: &'a str,
    /// The year.
    pub year: i32,
    /// Whether it was there in the year.
    pub exists: bool,
    /// Whether evidence was kept in the year, or a part of it.
    pub tracked: bool,
    /// The last day of the year, or the day on which it is asked where the year is not over.
    pub on: Date,
    /// The duties, by period where they have one, in the order of the agreements.
    pub duties: Vec<DutyYear<'a>>,
    /// The seats, those together that are repeated.
    pub seats: Vec<SeatYear<'a>>,
    /// What each record of a kind must have.
    pub records: Vec<RecordYear<'a>>,
    /// The duties that a person has to judge.
    pub judged: Vec<Duty<'a>>,
}

/// A duty in a period, of all who owe it.
#[derive(Debug)]
pub struct DutyYear<'a> {
    /// The duty.
    pub duty: Duty<'a>,
    /// The period; nothing for a standing duty.
    pub period: Option<Period>,
    /// How it stands with each who owes it.
    pub all: Vec<Occurrence<'a>>,
    /// The published figure that answers it by number.
    pub reported: Option<&'a Figure>,
    /// The report that this figure stands in.
    pub reported_in: Option<Found<'a>>,
}

/// A seat, or all that are repeated for something.
#[derive(Debug)]
pub struct SeatYear<'a> {
    /// The seat.
    pub of: SeatOf<'a>,
    /// Each of them.
    pub chairs: Vec<Chair<'a>>,
}

/// One seat on its last day in the year.
#[derive(Debug)]
pub struct Chair<'a> {
    /// The party, organisation or area that it is for.
    pub of: Option<&'a str>,
    /// The day.
    pub on: Date,
    /// How it stands.
    pub status: SeatStatus,
    /// How many hold it.
    pub filled: usize,
    /// How many seats that is, where it is one for several.
    pub held: usize,
    /// How many must.
    pub min: usize,
    /// The members who hold it.
    pub members: Vec<&'a str>,
    /// The organisations that they come from.
    pub holders: Vec<&'a str>,
}

/// A duty that is owed for each record, and how many of the year's records hold it.
#[derive(Debug)]
pub struct RecordYear<'a> {
    /// The duty.
    pub duty: Duty<'a>,
    /// The records that have what they must.
    pub holding: Vec<Found<'a>>,
    /// Those that don't, made when evidence was kept.
    pub lacking: Vec<Found<'a>>,
}

/// How the networks stood in a year, as it is known on a day.
#[must_use]
pub fn compute<'a>(mandates: &Mandates<'a>, day: Date, year: i32, network: Option<&str>) -> Coverage<'a> {
    let asked = |ground: &Ground<'a>| network.map_or(!ground.governed.is_empty(), |id| ground.id() == id);
    let places = (0..mandates.grounds.len()).filter(|at| asked(&mandates.grounds[*at]));
    let owed = mandates.per_record();
    Coverage { day, year, networks: places.map(|at| of_network(mandates, &owed, at, day, year)).collect() }
}

/// How a network, by its place among the grounds, stood in a year. `owed` are the duties that are owed for each record.
#[must_use]
pub fn of_network<'a>(
    mandates: &Mandates<'a>,
    owed: &[PerRecord<'a>],
    at: usize,
    day: Date,
    year: i32,
) -> NetworkYear<'a> {
    let ground = &mandates.grounds[at];
    let [first, last] = ends(year);
    let desk = Desk { mandates, at, day, year, first, last };
    NetworkYear {
        id: ground.id(),
        year,
        exists: ground.days.meets(first, last),
        tracked: ground.tracked.meets(first, last),
        on: day.min(last),
        duties: desk.duties(),
        seats: desk.seats(),
        records: desk.records(owed),
        judged: desk.judged(),
    }
}

/// The first and the last day of a year.
fn ends(year: i32) -> [Date; 2] {
    [(1, 1), (12, 31)].map(|(month, day)| Date::from_ymd_opt(year, month, day).unwrap_or_default())
}

struct Desk<'m, 'a> {
    mandates: &'m Mandates<'a>,
    at: usize,
    day: Date,
    year: i32,
    first: Date,
    last: Date,
}

impl<'m, 'a> Desk<'m, 'a> {
    fn lines(&self) -> impl Iterator<Item = &'m Line<'a>> {
        let at = self.at;
        self.mandates.lines.iter().filter(move |line| line.grounds.contains(&at))
    }

    fn duties(&self) -> Vec<DutyYear<'a>> {
        let mut found: Vec<DutyYear<'a>> = Vec::new();
        let mut lines: Vec<&Line<'a>> = self.lines().filter(|line| !line.duty.obligation.judged).collect();
        while let Some(next) = lines.first() {
            let duty = next.duty;
            let (same, others): (Vec<&Line<'a>>, Vec<_>) =
                lines.into_iter().partition(|line| std::ptr::eq(line.duty.obligation, duty.obligation));
            lines = others;
            let mut all: Vec<Occurrence<'a>> = same.iter().flat_map(|line| self.of_line(line)).collect();
            all.sort_by_key(|one| one.period);
            for one in all {
                match found
                    .last_mut()
                    .filter(|last| std::ptr::eq(last.duty.obligation, duty.obligation) && last.period == one.period)
                {
                    Some(last) => last.all.push(one),
                    None => {
                        let (reported_in, reported) = self.reported(same[0], one.period).unzip();
                        found.push(DutyYear { duty, period: one.period, all: vec![one], reported, reported_in });
                    }
                }
            }
        }
        found
    }

    /// The occurrences of a line for periods that the year has a part in; of a standing duty its state at the year's end.
    fn of_line(&self, line: &Line<'a>) -> Vec<Occurrence<'a>> {
        let Some(reach) = reach(line.duty.obligation) else {
            let seen = self.day.min(self.last);
            let owed = line.days.meets(self.first, seen.max(self.first));
            return if owed { self.mandates.of_line(line, seen, seen, seen) } else { Vec::new() };
        };
        let (from, until) = (ends(self.year - reach)[0], ends(self.year + reach)[1]);
        let mut found = self.mandates.of_line(line, self.day, from, until);
        found.retain(|one| one.period.is_some_and(|period| self.has_part_in(period)));
        found
    }

    fn has_part_in(&self, period: Period) -> bool {
        let semesters = self.mandates.registry.semesters();
        period.first(&semesters) <= self.last && self.first <= period.last(&semesters)
    }

    /// The published figure, known on the day, that answers a duty by number, and the report that it stands in.
    fn reported(&self, line: &Line<'a>, period: Option<Period>) -> Option<(Found<'a>, &'a Figure)> {
        let semesters = self.mandates.registry.semesters();
        let [first, last] = match period {
            Some(period) => [period.first(&semesters), period.last(&semesters)],
            None => [self.first, self.last],
        };
        let answers = line.reported.iter().find(|reported| {
            let (from, to) = (reported.period.first(&semesters), reported.period.last(&semesters));
            reported.since <= self.day && from <= last && first <= to
        })?;
        match answers.report {
            Found::Report(report) => Some((answers.report, report.figure.get(answers.figure)?)),
            _ => None,
        }
    }

    fn seats(&self) -> Vec<SeatYear<'a>> {
        let mut found: Vec<SeatYear<'a>> = Vec::new();
        for line in self.mandates.seats.iter().filter(|line| line.grounds.contains(&self.at)) {
            let Some(chair) = self.chair(line) else { continue };
            let same =
                |known: &&mut SeatYear<'a>| std::ptr::eq(known.of.seat, line.of.seat) && known.of.role == line.of.role;
            match found.iter_mut().find(same) {
                Some(known) => known.chairs.push(chair),
                None => found.push(SeatYear { of: SeatOf { of: None, ..line.of }, chairs: vec![chair] }),
            }
        }
        found
    }

    /// A seat on its last day in the year, as far as that has come.
    fn chair(&self, line: &SeatLine<'a>) -> Option<Chair<'a>> {
        let seen = self.day.min(self.last);
        let stretch = line.days.stretches().rfind(|(first, _)| *first <= seen)?;
        let on = stretch.1.min(seen);
        if on < self.first.min(seen) {
            return None;
        }
        let sitting: Vec<_> = line.on(on).collect();
        Some(Chair {
            of: line.of.of,
            on,
            status: self.mandates.seat_status(line, on),
            filled: sitting.len(),
            held: line.held(on),
            min: line.min,
            members: sitting.iter().map(|sitting| &*sitting.member.id).collect(),
            holders: sitting.iter().map(|sitting| sitting.member.organisation.id()).collect(),
        })
    }

    fn records(&self, owed: &[PerRecord<'a>]) -> Vec<RecordYear<'a>> {
        let registry = self.mandates.registry;
        let mut found = Vec::new();
        for duty in owed {
            let here =
                duty.on(registry, Some(self.at), self.day).filter(|kept| is_of(registry, &kept.found, self.year));
            let (holding, lacking): (Vec<_>, Vec<_>) = here.partition(|kept| kept.lacks.is_empty());
            let holding: Vec<Found<'a>> = holding.into_iter().map(|kept| kept.found).collect();
            let lacking: Vec<Found<'a>> =
                lacking.into_iter().filter(|kept| kept.tracked).map(|kept| kept.found).collect();
            if !holding.is_empty() || !lacking.is_empty() {
                found.push(RecordYear { duty: duty.duty, holding, lacking });
            }
        }
        found
    }

    fn judged(&self) -> Vec<Duty<'a>> {
        let mut found: Vec<Duty<'a>> = Vec::new();
        for line in self.lines().filter(|line| line.duty.obligation.judged && line.days.meets(self.first, self.last)) {
            if !found.iter().any(|known| std::ptr::eq(known.obligation, line.duty.obligation)) {
                found.push(line.duty);
            }
        }
        found
    }
}

/// Whether a record is one of a year: an offering that counts in it, a plan or report for it, what happens or holds in it.
fn is_of(registry: &Registry, found: &Found<'_>, year: i32) -> bool {
    match (found, found.years()) {
        (Found::Offering(offering), _) => tally::counts_in(registry, offering, year),
        (_, Some((from, to))) => (from..=to).contains(&year),
        _ => tally::touches(registry, found.when(), &Span::year(year)),
    }
}

/// How many years from a period its due date can lie at most; nothing for a duty without dates.
fn reach(obligation: &Obligation) -> Option<i32> {
    let length = obligation.every.or(obligation.gap)?;
    let in_a_year = match length.unit {
        Unit::Year => 1,
        Unit::Semester => 2,
        Unit::Month => 12,
        Unit::Week => 52,
        Unit::Day => 365,
    };
    Some(i32::try_from(length.count.div_ceil(in_a_year)).unwrap_or(i32::MAX / 8).min(500) * 2 + 1)
}

impl NetworkYear<'_> {
    /// How many duties nothing is known of in some period, since no evidence was kept.
    #[must_use]
    pub fn unrecorded_duties(&self) -> usize {
        let unrecorded = self.duties.iter().filter(|duty| duty.is_unrecorded());
        unrecorded.map(|duty| duty.duty.path()).collect::<BTreeSet<String>>().len()
    }

    /// How many seats, those that are repeated counted once, nothing is known of, since no records were kept.
    #[must_use]
    pub fn unrecorded_seats(&self) -> usize {
        self.seats.iter().filter(|seat| self.is_untold(seat)).count()
    }

    /// Whether a seat is told in a line with all others of which nothing is known; in a year of which nothing was kept, one
    /// of which not all is known too.
    #[must_use]
    pub fn is_untold(&self, seat: &SeatYear<'_>) -> bool {
        let mut unknown = seat.chairs.iter().map(|chair| chair.status == SeatStatus::NotRecorded);
        if self.tracked { unknown.all(|unknown| unknown) } else { unknown.any(|unknown| unknown) }
    }
}

impl<'a> DutyYear<'a> {
    /// Whether each of a kind, or each pair, owes it.
    #[must_use]
    pub fn is_of_each(&self) -> bool {
        matches!(self.duty.obligation.by, Some(Owner::Each(_) | Owner::Pair(_)))
    }

    /// How binding it is.
    #[must_use]
    pub fn strength(&self) -> Strength {
        self.duty.obligation.strength.unwrap_or(Strength::Shall)
    }

    /// Whether nothing is known of it: no evidence was kept, and there is none.
    #[must_use]
    pub fn is_unrecorded(&self) -> bool {
        self.reported.is_none() && self.all.iter().all(|one| one.status == Status::NotRecorded)
    }

    /// The duties that say the same again.
    #[must_use]
    pub fn also(&self) -> &[Duty<'a>] {
        match &self.all[0].what {
            crate::mandate::What::Duty(_, also) => also,
            _ => &[],
        }
    }

    /// How many have done it, and of how many; those excused, and those whose receiver is gone, left out.
    #[must_use]
    pub fn share(&self) -> (usize, usize) {
        let out = |one: &&Occurrence<'a>| !matches!(one.status, Status::Excused | Status::ReceiverEnded);
        let done = |one: &&Occurrence<'a>| match one.status {
            Status::Standing => !one.evidence.is_empty(),
            status => status.is_met(),
        };
        (self.all.iter().filter(done).count(), self.all.iter().filter(out).count())
    }

    /// How many of those who owe it nothing is recorded of.
    #[must_use]
    pub fn unrecorded(&self) -> usize {
        self.all.iter().filter(|one| one.status == Status::NotRecorded).count()
    }
}

impl RecordYear<'_> {
    /// Whether what a record does not have is missing: what it may have, or aims at, is only counted.
    #[must_use]
    pub fn is_binding(&self) -> bool {
        self.duty.obligation.strength.unwrap_or_default().is_binding()
    }
}

impl SeatYear<'_> {
    /// Whether it stands in the grid: it is repeated for parties or other organisations, and it matters that it is filled.
    #[must_use]
    pub fn stands_in_grid(&self) -> bool {
        matches!(self.of.seat.each, Some(EachSeat::Party | EachSeat::Of(_))) && self.strength() != Strength::May
    }

    /// How binding it is.
    #[must_use]
    pub fn strength(&self) -> Strength {
        self.of.seat.strength.unwrap_or(Strength::Shall)
    }

    /// Whether nothing is known of it, or nobody need hold it and nobody does.
    #[must_use]
    pub fn is_unrecorded(&self) -> bool {
        self.chairs.iter().all(|chair| match chair.status {
            SeatStatus::NotRecorded => true,
            SeatStatus::Open => self.strength() == Strength::May,
            _ => false,
        })
    }

    /// How many seats are held, and of how many.
    #[must_use]
    pub fn share(&self) -> (usize, usize) {
        let filled = |chair: &&Chair<'_>| chair.is_filled();
        (self.chairs.iter().filter(filled).count(), self.chairs.len())
    }
}

impl Chair<'_> {
    /// Whether as many hold it as must.
    #[must_use]
    pub fn is_filled(&self) -> bool {
        !matches!(self.status, SeatStatus::Vacant | SeatStatus::Open | SeatStatus::NotRecorded)
    }
}
