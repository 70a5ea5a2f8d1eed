//! Coverage: of those who each should hold a seat or each owe a duty, how many do. Which seats and duties that is, is told
//! by the mandates alone: every repeated seat, and every duty that each of a kind, or each pair, owes.

use std::collections::BTreeSet;

use chrono::Datelike;
use serde::Serialize;

use super::duties::is_standing;
use super::seats::repeated_for;
use super::{Desk, Named, first_day, last_day};
use crate::count::Count;
use crate::date::Date;
use crate::mandate::wording::{seat, wording};
use crate::mandate::{Found, Line, Occurrence, SeatLine, SeatOf, SeatStatus, Status, What};
use crate::model::{EachSeat, OrganisationKind, Owner, Strength};
use crate::say;

/// A seat or duty of many.
#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Cover {
    /// `seat` or `duty`.
    pub kind: &'static str,
    /// `agreement/seat` or `agreement/duty`
    pub path: String,
    /// What it is, in words.
    pub text: String,
    /// How binding it is.
    pub strength: &'static str,
    /// Whether it has a deadline.
    pub deadline: bool,
    /// For whom: the kind of organisation, or the areas.
    pub each: String,
    /// At the end of last year (of a duty with a deadline: those of last year), and on the day.
    pub years: [Option<Share>; 2],
    /// Those who still lack it.
    pub remaining: Vec<Named>,
}

/// How many have what they should.
#[derive(Debug, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Share {
    /// How many have it.
    pub have: usize,
    /// Of how many: those excused left out.
    pub of: usize,
    /// How many are excused.
    #[serde(skip_serializing_if = "is_zero")]
    pub excused: usize,
    /// Of how many nothing is recorded.
    #[serde(skip_serializing_if = "is_zero")]
    pub not_recorded: usize,
    /// What a published report says: how many, and of how many.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reported: Option<Reported>,
}

/// A published figure.
#[derive(Debug, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Reported {
    /// How many.
    pub value: Count,
    /// Of how many.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub of: Option<u32>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "as serde wants it")]
fn is_zero(number: &usize) -> bool {
    *number == 0
}

impl Share {
    /// Nothing where nothing at all is known.
    fn known(self) -> Option<Self> {
        let unknown = self.have == 0 && self.not_recorded == self.of && self.excused == 0 && self.reported.is_none();
        (!unknown).then_some(self)
    }
}

impl<'d, 'a> Desk<'d, 'a> {
    pub(super) fn coverage(&self) -> Vec<Cover> {
        let mut covers = self.covered_seats();
        covers.extend(self.covered_duties());
        covers.retain(|cover| cover.years.iter().any(Option::is_some));
        let order = crate::names::norwegian();
        covers.iter_mut().for_each(|cover| cover.remaining.sort_by(|a, b| order.compare(&a.name, &b.name)));
        covers
    }

    fn covered_seats(&self) -> Vec<Cover> {
        let repeated = |line: &&SeatLine<'a>| {
            line.grounds.contains(&self.at) && line.of.of.is_some() && line.strength() != Strength::May
        };
        let lines: Vec<&SeatLine<'a>> = self.mandates.seats.iter().filter(repeated).collect();
        // The lines of a seat stand one after another; roles apart.
        let mut groups: Vec<Vec<&SeatLine<'a>>> = Vec::new();
        for line in lines {
            let same = |group: &&mut Vec<&SeatLine<'a>>| {
                std::ptr::eq(group[0].of.seat, line.of.seat) && group[0].of.role == line.of.role
            };
            match groups.iter_mut().find(same) {
                Some(group) => group.push(line),
                None => groups.push(vec![line]),
            }
        }
        groups.iter().map(|group| self.covered_seat(group)).collect()
    }

    fn covered_seat(&self, group: &[&SeatLine<'a>]) -> Cover {
        let [last, _] = self.years();
        let first = group[0];
        let now = || group.iter().copied().filter(|line| line.days.holds(self.day));
        let lacking = now().filter(|line| matches!(line.status(self.day), SeatStatus::Vacant | SeatStatus::Open));
        Cover {
            kind: "seat",
            path: first.of.path(),
            text: seat(&SeatOf { of: None, ..first.of }, &self.names),
            strength: first.strength().word(),
            deadline: false,
            each: self.seat_for(group),
            years: [last_day(last), self.day].map(|day| share_of_seats(group, day)),
            remaining: lacking.filter_map(|line| repeated_for(line, &self.names)).collect(),
        }
    }

    /// `kommune`, `område`
    fn seat_for(&self, group: &[&SeatLine<'a>]) -> String {
        let lang = self.names.lang;
        if matches!(group[0].of.seat.each, Some(EachSeat::Area)) {
            return say!(lang, nn: "område", nb: "område", en: "area");
        }
        let organisations = &self.names.registry.organisations;
        let kinds = group.iter().filter_map(|line| Some(organisations.get(line.of.of?)?.kind));
        self.kinds(kinds.collect(), ", ")
    }

    fn kinds(&self, kinds: BTreeSet<OrganisationKind>, between: &str) -> String {
        let labels: Vec<&str> = kinds.into_iter().map(|kind| kind.label().get(self.names.lang)).collect();
        labels.join(between)
    }

    fn covered_duties(&self) -> Vec<Cover> {
        let mut groups: Vec<Vec<&'d Line<'a>>> = Vec::new();
        for line in self.mandates.lines.iter().filter(|line| line.grounds.contains(&self.at)) {
            let obligation = line.duty.obligation;
            let of_each = matches!(obligation.by, Some(Owner::Each(_) | Owner::Pair(_)));
            let strength = obligation.strength.unwrap_or(Strength::Shall);
            if !of_each || obligation.judged || strength == Strength::May {
                continue;
            }
            match groups.iter_mut().find(|group| std::ptr::eq(group[0].duty.obligation, obligation)) {
                Some(group) => group.push(line),
                None => groups.push(vec![line]),
            }
        }
        groups.iter().map(|group| self.covered_duty(group)).collect()
    }

    fn covered_duty(&self, group: &[&'d Line<'a>]) -> Cover {
        let duty = group[0].duty;
        let [last, this] = self.years();
        let each = match &duty.obligation.by {
            Some(Owner::Pair(kinds)) => self.kinds(kinds.iter().copied().collect(), " + "),
            Some(Owner::Each(kinds)) => self.kinds(kinds.iter().copied().collect(), ", "),
            _ => String::new(),
        };
        let standing = is_standing(group[0]);
        let (before, now): (Vec<Occurrence<'a>>, Vec<Occurrence<'a>>) = if standing {
            (self.states(group, last_day(last)), self.states(group, self.day))
        } else {
            let path = duty.path();
            let own = |year: i32| {
                let of_duty = self.occurrences().filter(|one| matches!(one.what, What::Duty(..)));
                let of_year = of_duty.filter(|one| one.due.is_some_and(|due| due.year() == year));
                of_year.filter(|one| one.path().as_deref() == Some(&*path)).cloned().collect()
            };
            (own(last), own(this))
        };
        let common: Vec<&str> =
            group[0].by.ids.iter().copied().filter(|id| group.iter().all(|line| line.by.ids.contains(id))).collect();
        let mut remaining: Vec<Named> = Vec::new();
        let lacking = now.iter().filter(|one| match one.status {
            Status::Standing => one.evidence.is_empty() && group.iter().any(|line| line.tracked.holds(self.day)),
            status => status.is_open() || status == Status::NotMet,
        });
        for id in lacking.flat_map(|one| &one.by.ids).filter(|id| group.len() == 1 || !common.contains(id)) {
            if remaining.iter().all(|known| known.id != *id) {
                remaining.push(self.named(id));
            }
        }
        Cover {
            kind: "duty",
            path: duty.path(),
            text: wording(&duty, self.names.lang),
            strength: duty.obligation.strength.unwrap_or(Strength::Shall).word(),
            deadline: !standing,
            each,
            years: [self.share(group, &before, last), self.share(group, &now, this)],
            remaining,
        }
    }

    /// The states of a standing duty on a day, of all who owe it then.
    fn states(&self, group: &[&'d Line<'a>], day: Date) -> Vec<Occurrence<'a>> {
        let owed = group.iter().filter(|line| line.days.holds(day));
        owed.flat_map(|line| self.mandates.of_line(line, day, day, day)).collect()
    }

    fn share(&self, group: &[&'d Line<'a>], all: &[Occurrence<'a>], year: i32) -> Option<Share> {
        let count = |wanted: &dyn Fn(&Occurrence<'a>) -> bool| all.iter().filter(|one| wanted(one)).count();
        let excused = count(&|one| one.status == Status::Excused);
        // Without evidence being kept, nothing shown says nothing.
        let day = self.day.min(last_day(year));
        let kept = group.iter().any(|line| line.tracked.holds(day));
        let unknown = |one: &Occurrence<'a>| match one.status {
            Status::Standing => one.evidence.is_empty() && !kept,
            status => status == Status::NotRecorded,
        };
        let not_recorded = count(&unknown);
        let reported = if not_recorded > 0 { self.reported(group, all, year) } else { None };
        Share {
            have: count(&|one| match one.status {
                Status::Standing => !one.evidence.is_empty(),
                status => status.is_met(),
            }),
            of: count(&|one| !matches!(one.status, Status::Excused | Status::ReceiverEnded)),
            excused,
            not_recorded,
            reported,
        }
        .known()
        .filter(|_| !all.is_empty())
    }

    /// The published figure that answers these occurrences by number.
    fn reported(&self, group: &[&'d Line<'a>], all: &[Occurrence<'a>], year: i32) -> Option<Reported> {
        let semesters = self.mandates.registry.semesters();
        let answers = |first: Date, last: Date| {
            let periods = all.iter().filter_map(|one| one.period);
            let spans: Vec<(Date, Date)> =
                periods.map(|period| (period.first(&semesters), period.last(&semesters))).collect();
            let spans = if spans.is_empty() { vec![(first_day(year), last_day(year))] } else { spans };
            spans.iter().any(|(from, to)| *from <= last && first <= *to)
        };
        let figures = group.iter().flat_map(|line| &line.reported).filter(|reported| {
            let period = reported.period;
            reported.since <= self.day && answers(period.first(&semesters), period.last(&semesters))
        });
        let figure = figures.filter_map(|reported| match reported.report {
            Found::Report(report) => report.figure.get(reported.figure),
            _ => None,
        });
        figure.map(|figure| Reported { value: figure.value.0.clone(), of: figure.of }).next()
    }
}

fn share_of_seats(group: &[&SeatLine<'_>], day: Date) -> Option<Share> {
    let there: Vec<SeatStatus> =
        group.iter().filter(|line| line.days.holds(day)).map(|line| line.status(day)).collect();
    let count = |wanted: &[SeatStatus]| there.iter().filter(|status| wanted.contains(status)).count();
    let share = Share {
        have: count(&[SeatStatus::Filled, SeatStatus::TermEnded, SeatStatus::TooMany, SeatStatus::OneSide]),
        of: there.len(),
        excused: 0,
        not_recorded: count(&[SeatStatus::NotRecorded]),
        reported: None,
    };
    share.known().filter(|share| share.of > 0)
}
