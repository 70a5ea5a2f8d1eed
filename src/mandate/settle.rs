//! Settling: which evidence answers which occurrence, and how each stands on a day.

use chrono::Datelike;

use super::ground::Ground;
use super::line::{Evidence, Line};
use super::occurrence::{Occurrence, Status};
use super::period::{self, Period, number, shifted};
use crate::date::{Date, Semesters};
use crate::model::{Covers, Excuse, Obligation, Strength};
use crate::read::{Duration, Unit};

/// What settling needs besides the line.
#[derive(Clone, Copy)]
pub(super) struct Settling<'g, 'a> {
    pub(super) grounds: &'g [Ground<'a>],
    pub(super) semesters: Semesters,
    /// The day on which it is asked; what is dated later is not seen.
    pub(super) day: Date,
    /// The first and the last due date that is asked for.
    pub(super) from: Date,
    pub(super) until: Date,
}

/// A due date that a duty with a rhythm has.
struct Due<'a> {
    period: Period,
    opens: Date,
    due: Date,
    tracked: bool,
    excuse: Option<&'a Excuse>,
    /// Who is to get it, each with the evidence that they did. One without a name where nobody is.
    slots: Vec<Slot<'a>>,
}

struct Slot<'a> {
    receiver: Option<&'a str>,
    got: u32,
    evidence: Vec<Evidence<'a>>,
}

impl<'a> Settling<'_, 'a> {
    /// The occurrences of a line whose due date lies in what is asked for; of one without dates, how it stands.
    pub(super) fn occurrences(&self, line: &Line<'a>) -> Vec<Occurrence<'a>> {
        let obligation = line.duty.obligation;
        let blank = || Occurrence::of_line(line, line.grounds.iter().map(|index| self.grounds[*index].id()).collect());
        if obligation.judged {
            return vec![Occurrence { status: Status::ToBeJudged, ..blank() }];
        }
        if let Some(every) = obligation.every {
            return self.rhythm(line, every).iter().map(|due| self.occurrence(line, due, blank())).collect();
        }
        if let Some(gap) = obligation.gap {
            return self.rolling(line, gap).iter().map(|due| self.occurrence(line, due, blank())).collect();
        }
        let mut evidence: Vec<_> = self.seen(line).copied().collect();
        evidence.sort_by_key(|evidence| evidence.on.map(|_| evidence.last));
        evidence.reverse();
        vec![Occurrence { got: evidence.len(), of: 0, evidence, ..blank() }]
    }

    /// The evidence that is seen on the day.
    fn seen<'l>(&self, line: &'l Line<'a>) -> impl Iterator<Item = &'l Evidence<'a>> + use<'l, 'a> {
        let day = self.day;
        line.evidence.iter().filter(move |evidence| evidence.first <= day)
    }

    fn rhythm(&self, line: &Line<'a>, every: Duration) -> Vec<Due<'a>> {
        let mut dues = self.dues(line, every);
        let covers = line.duty.obligation.covers.is_some();
        let needed = line.duty.obligation.at_least.unwrap_or(1);
        for receiver in receivers(line) {
            let mut evidence: Vec<&Evidence<'a>> = self.seen(line).filter(|evidence| evidence.to == receiver).collect();
            if covers {
                for due in &mut dues {
                    let first = due.period.first(&self.semesters).year();
                    let last = due.period.last(&self.semesters).year();
                    let of_period = |evidence: &&&Evidence<'a>| match evidence.found.years() {
                        Some((from, to)) => from <= last && first <= to,
                        None => self.lies_in(evidence, &due.period),
                    };
                    let Some(slot) = due.slots.iter_mut().find(|slot| slot.receiver == receiver) else { continue };
                    evidence.iter().filter(of_period).for_each(|evidence| slot.take(evidence, needed));
                }
                continue;
            }
            // The oldest open period takes what it can; what it leaves may show a period that nobody asks about.
            evidence.retain(|evidence| {
                let open = dues.iter_mut().filter(|due| due.is_asked() && due.opens <= evidence.last);
                let mut slots = open.flat_map(|due| due.slots.iter_mut()).filter(|slot| slot.receiver == receiver);
                match slots.find(|slot| slot.got < needed) {
                    Some(slot) => {
                        slot.take(evidence, needed);
                        false
                    }
                    None => true,
                }
            });
            for due in dues.iter_mut().filter(|due| !due.is_asked()) {
                let own = Period::new(due.period.unit, due.period.from, 1);
                let period = Period { to: due.period.to, ..own };
                let Some(slot) = due.slots.iter_mut().find(|slot| slot.receiver == receiver) else { continue };
                evidence.retain(|evidence| {
                    let fits = slot.got < needed && self.lies_in(evidence, &period);
                    if fits {
                        slot.take(evidence, needed);
                    }
                    !fits
                });
            }
        }
        dues.retain(|due| due.due >= self.from && due.due <= self.until);
        dues
    }

    fn lies_in(&self, evidence: &Evidence<'a>, period: &Period) -> bool {
        evidence.on.is_some()
            && evidence.first <= period.last(&self.semesters)
            && period.first(&self.semesters) <= evidence.last
    }

    /// Every due date of a duty with a rhythm, from the first that evidence could be held against to the last asked for.
    fn dues(&self, line: &Line<'a>, every: Duration) -> Vec<Due<'a>> {
        let obligation = line.duty.obligation;
        // Without a first day of its own it begins with what is tracked; without that, with what is asked for.
        let known = line.days.first().or(line.tracked.first());
        let start = known.unwrap_or(self.from).max(earliest());
        let (unit, length) = (every.unit, i64::from(every.count));
        let on_a_day = unit == Unit::Year && (obligation.due.is_some() || obligation.month.is_some());
        let begin = number(unit, start, &self.semesters);
        let rest = number(unit, known.unwrap_or(earliest()).max(earliest()), &self.semesters);
        // The number of a unit in which something falls due; the others lie whole lengths before and after.
        let first = obligation.first.map(|year| {
            let first = Date::from_ymd_opt(year.0, 1, 1).unwrap_or_default();
            number(unit, first, &self.semesters) + if unit == Unit::Year { 0 } else { length - 1 }
        });
        let anchor = first.unwrap_or(rest + length - 1);
        let mut at = anchor + (begin - anchor).div_euclid(length) * length;
        let mut dues = Vec::new();
        loop {
            let own = if on_a_day { Period::new(unit, at, 1) } else { Period { unit, from: at - length + 1, to: at } };
            let day = own.last(&self.semesters);
            let due = shifted(due_day(obligation, day, on_a_day), obligation.shift);
            if due > self.until {
                break;
            }
            at += length;
            let covered = match obligation.covers {
                None => own,
                Some(covers) => {
                    let block = if on_a_day { Period { from: own.to - length + 1, ..own } } else { own };
                    block.moved(if covers == Covers::Next { 1 } else { -1 })
                }
            };
            let (covered_first, covered_last) = (covered.first(&self.semesters), covered.last(&self.semesters));
            let owed = line.days.holds(due) && line.days.meets(covered_first, covered_last);
            if !owed || first.is_some_and(|first| at - length < first) {
                continue;
            }
            let opens = own.first(&self.semesters);
            let tracked = if on_a_day { line.tracked.holds(due) } else { line.tracked.covers(opens, day) };
            dues.push(self.due(line, covered, opens, due, tracked));
        }
        dues
    }

    fn due(&self, line: &Line<'a>, period: Period, opens: Date, due: Date, tracked: bool) -> Due<'a> {
        let there = line.receivers.iter().filter(|(_, days)| days.holds(due));
        let slot = |receiver| Slot { receiver, got: 0, evidence: Vec::new() };
        let slots =
            if line.receivers.is_empty() { vec![slot(None)] } else { there.map(|(id, _)| slot(Some(*id))).collect() };
        Due { excuse: self.excuse(line, &period), period, opens, due, tracked, slots }
    }

    /// The excuse that holds on the day for a period.
    fn excuse(&self, line: &Line<'a>, period: &Period) -> Option<&'a Excuse> {
        let path = line.duty.path();
        let (first, last) = (period.first(&self.semesters), period.last(&self.semesters));
        let mut excuses = line.grounds.iter().flat_map(|index| self.grounds[*index].excuses(&path));
        excuses.find(|excuse| {
            excuse.until.is_none_or(|until| self.day <= until)
                && (excuse.by.is_empty() || excuse.by.iter().any(|by| line.by.ids.contains(&by.id())))
                && excuse.covers.first(&self.semesters) <= last
                && first <= excuse.covers.last(&self.semesters)
        })
    }

    /// The windows of a duty that may lie only so far apart, up to the first that is still open.
    fn rolling(&self, line: &Line<'a>, gap: Duration) -> Vec<Due<'a>> {
        let needed = line.duty.obligation.at_least.unwrap_or(1);
        let mut dues = Vec::new();
        for (first, last) in line.tracked.and(&line.days).stretches() {
            let first = first.max(earliest());
            let mut at = number(gap.unit, first, &self.semesters);
            if Period::new(gap.unit, at, 1).first(&self.semesters) < first {
                at += 1;
            }
            loop {
                let window = Period::new(gap.unit, at, gap.count);
                let (opens, due) = (window.first(&self.semesters), window.last(&self.semesters));
                if due > last || opens > self.until {
                    break;
                }
                let mut next = self.due(line, window, opens, due, true);
                let mut rolled = None;
                for slot in &mut next.slots {
                    let receiver = slot.receiver;
                    let later = self.seen(line).filter(|evidence| evidence.to == receiver && opens <= evidence.last);
                    for evidence in later.filter(|evidence| evidence.on.is_some()) {
                        if slot.got < needed {
                            slot.take(evidence, needed);
                            rolled = rolled.max(Some(evidence.last.min(evidence.first.max(due))));
                        }
                    }
                }
                let met = next.is_met(needed);
                let excused = next.excuse.is_some();
                at = match rolled.filter(|_| met) {
                    Some(day) => number(gap.unit, day, &self.semesters) + 1,
                    None => at + i64::from(gap.count),
                };
                dues.push(next);
                if !met && !excused {
                    break;
                }
            }
        }
        dues.retain(|due| due.due >= self.from && due.due <= self.until);
        dues
    }

    fn occurrence(&self, line: &Line<'a>, due: &Due<'a>, blank: Occurrence<'a>) -> Occurrence<'a> {
        let needed = line.duty.obligation.at_least.unwrap_or(1);
        let several = due.slots.len() > 1;
        let done = due.slots.iter().filter(|slot| slot.got >= needed).count();
        let (got, of) = if several {
            (done, due.slots.len())
        } else {
            (due.slots.iter().map(|slot| slot.got).sum::<u32>() as usize, needed as usize)
        };
        let mut evidence: Vec<Evidence<'a>> = due.slots.iter().flat_map(|slot| slot.evidence.iter().copied()).collect();
        evidence.sort_by_key(|evidence| (evidence.last, evidence.first, evidence.to));
        let reported = line.reported.iter().any(|reported| {
            reported.since <= self.day
                && reported.period.first(&self.semesters) <= due.period.last(&self.semesters)
                && due.period.first(&self.semesters) <= reported.period.last(&self.semesters)
        });
        let mut late_by = None;
        let status = if due.slots.is_empty() {
            Status::ReceiverEnded
        } else if due.is_met(needed) {
            let (status, late) = met(&evidence, due.due);
            late_by = late;
            status
        } else if due.excuse.is_some() {
            Status::Excused
        } else if !due.tracked || reported {
            Status::NotRecorded
        } else {
            open(blank.strength, due.opens, due.due, self.day)
        };
        let reason = due.excuse.filter(|_| status == Status::Excused).map(|excuse| (&excuse.reason, excuse.until));
        let to = due.slots.iter().filter_map(|slot| slot.receiver).collect();
        let to = if due.slots.is_empty() { line.receivers.iter().map(|(id, _)| *id).collect() } else { to };
        Occurrence {
            to,
            period: Some(due.period),
            opens: due.opens,
            due: Some(due.due),
            status,
            late_by,
            got,
            of,
            evidence,
            reason,
            ..blank
        }
    }
}

impl<'a> Due<'a> {
    /// Whether evidence of another period can settle it.
    fn is_asked(&self) -> bool {
        self.tracked && self.excuse.is_none()
    }

    fn is_met(&self, needed: u32) -> bool {
        !self.slots.is_empty() && self.slots.iter().all(|slot| slot.got >= needed)
    }
}

impl<'a> Slot<'a> {
    fn take(&mut self, evidence: &Evidence<'a>, needed: u32) {
        if self.got < needed {
            self.got += evidence.times;
            self.evidence.push(*evidence);
        }
    }
}

/// Whether evidence was in time: if its last possible day is. Late if its first is late. Else the day is unsure.
pub(super) fn met(evidence: &[Evidence<'_>], due: Date) -> (Status, Option<i64>) {
    if evidence.iter().all(|evidence| evidence.last <= due) {
        return (Status::MetOnTime, None);
    }
    let late = evidence.iter().map(|evidence| (evidence.first.max(earliest()) - due).num_days()).max().unwrap_or(0);
    if late > 0 { (Status::MetLate, Some(late)) } else { (Status::Met, None) }
}

/// How something stands that was not done.
pub(super) fn open(strength: Strength, opens: Date, due: Date, day: Date) -> Status {
    if day < opens {
        Status::Upcoming
    } else if day <= due {
        Status::Due
    } else if strength == Strength::Shall {
        Status::Overdue
    } else {
        Status::NotMet
    }
}

fn receivers<'a>(line: &Line<'a>) -> Vec<Option<&'a str>> {
    if line.receivers.is_empty() { vec![None] } else { line.receivers.iter().map(|(id, _)| Some(*id)).collect() }
}

fn due_day(obligation: &Obligation, last_of_period: Date, on_a_day: bool) -> Date {
    if !on_a_day {
        return last_of_period;
    }
    let year = last_of_period.year();
    match (obligation.due, obligation.month) {
        (Some(due), _) => due.in_year(year),
        (None, Some(month)) => {
            let first = Date::from_ymd_opt(year, month, 1).unwrap_or(last_of_period);
            period::before(first + chrono::Months::new(1))
        }
        _ => last_of_period,
    }
}

/// Before this no record can be.
fn earliest() -> Date {
    Date::from_ymd_opt(*crate::date::When::YEARS.start(), 1, 1).unwrap_or_default()
}
