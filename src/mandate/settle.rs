//! Settling: which evidence answers which occurrence, and how each stands on a day.

use chrono::Datelike;

use super::ground::{self, Ground};
use super::line::{Evidence, How, Line};
use super::occurrence::{Late, Occurrence, Status};
use super::period::{self, Period, number, shifted};
use crate::date::{Date, Semesters};
use crate::model::{Covers, Excuse, Obligation, Strength};
use crate::read::{Between, Duration, Unit};
use crate::registry::Registry;

/// What settling needs besides the line.
#[derive(Clone, Copy)]
pub(super) struct Settling<'g, 'a> {
    pub(super) registry: &'a Registry,
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
    /// The last day before the next one opens: what comes later is for that.
    closes: Date,
    tracked: bool,
    /// Whether nobody is there on the due date who could get it.
    gone: bool,
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
        if let Some(every) = obligation.every.filter(|_| !obligation.judged) {
            return self.rhythm(line, every).iter().map(|due| self.occurrence(line, due, blank())).collect();
        }
        if let Some(gap) = obligation.gap.filter(|_| !obligation.judged) {
            return self.rolling(line, gap).iter().map(|due| self.occurrence(line, due, blank())).collect();
        }
        // What has no date is owed by those, and to those, who are there on the day.
        let mut undated = blank();
        if line.by.how == How::Parties {
            undated.by.ids = self.parties_on(line, self.day);
        }
        undated.to = line.receivers.iter().filter(|(_, days)| days.holds(self.day)).map(|(id, _)| *id).collect();
        if obligation.judged {
            return vec![Occurrence { status: Status::ToBeJudged, ..undated }];
        }
        let mut evidence: Vec<_> = self.seen(line).copied().collect();
        evidence.sort_by_key(|evidence| evidence.on.map(|_| evidence.last));
        evidence.reverse();
        vec![Occurrence { got: evidence.len(), of: 0, evidence, ..undated }]
    }

    /// The evidence that is seen on the day.
    fn seen<'l>(&self, line: &'l Line<'a>) -> impl Iterator<Item = &'l Evidence<'a>> + use<'l, 'a> {
        let day = self.day;
        line.evidence.iter().filter(move |evidence| evidence.first <= day)
    }

    fn rhythm(&self, line: &Line<'a>, every: Duration) -> Vec<Due<'a>> {
        let mut dues = self.dues(line, every);
        let covers = line.duty.obligation.covers.is_some();
        let needed = line.duty.obligation.at_least.map_or(1, |times| times.0);
        for receiver in receivers(line) {
            let mut evidence: Vec<&Evidence<'a>> = self.seen(line).filter(|evidence| evidence.to == receiver).collect();
            // A period takes what is dated in it, or is for it, and what it takes shows no other.
            for due in &mut dues {
                let (period, opens, closes) = (due.period, due.opens, due.closes);
                let Some(slot) = due.slots.iter_mut().find(|slot| slot.receiver == receiver) else { continue };
                slot.fill(&mut evidence, needed, due.due, |evidence| match evidence.found.years().filter(|_| covers) {
                    Some(years) => self.is_for(years, &period),
                    None if covers => self.lies_in(evidence, &period),
                    None => evidence.on.is_some() && opens <= evidence.last && evidence.first <= closes,
                });
            }
            // What its own period does not need settles the oldest that was still open when it came, whatever became known
            // or lapsed afterwards.
            evidence.sort_by_key(|evidence| (evidence.first, evidence.last));
            for evidence in evidence.into_iter().filter(|evidence| !covers && evidence.on.is_some()) {
                let came = evidence.first;
                let open = dues.iter_mut().filter(|due| {
                    due.closes < came
                        && due.tracked
                        && !due.gone
                        && self.excuse_on(line, &due.period, came).is_none()
                        && !self.is_reported(line, &due.period, came)
                });
                let mut slots = open.flat_map(|due| due.slots.iter_mut()).filter(|slot| slot.receiver == receiver);
                if let Some(slot) = slots.find(|slot| slot.got < needed) {
                    slot.add(evidence);
                }
            }
        }
        dues.retain(|due| due.due >= self.from && due.due <= self.until);
        dues
    }

    fn is_for(&self, (from, to): (i32, i32), period: &Period) -> bool {
        from <= period.last(&self.semesters).year() && period.first(&self.semesters).year() <= to
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
        let dated = obligation.from.is_some() || line.duty.agreement.from.is_some();
        let known = line.days.first().filter(|_| dated).or(line.tracked.first());
        let start = known.unwrap_or(self.from).max(earliest());
        let (unit, length) = (every.unit, i64::from(every.count));
        let on_a_day = unit == Unit::Year && (obligation.due.is_some() || obligation.month.is_some());
        let begin = number(unit, start, &self.semesters);
        let since = known.unwrap_or(earliest()).max(earliest());
        let mut rest = number(unit, since, &self.semesters);
        // Where it begins with what is tracked, it begins with the first that is tracked as a whole.
        if !dated && !on_a_day && Period::new(unit, rest, 1).first(&self.semesters) < since {
            rest += 1;
        }
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
            // Periods that have begun are needed even when nobody asks for them: they take what is dated in them.
            if due > self.until && own.first(&self.semesters) > self.day {
                break;
            }
            at += length;
            let closes =
                period::before(Period { from: own.from + length, to: own.to + length, ..own }.first(&self.semesters));
            // A deadline that is moved past its period still takes what is done up to it.
            let closes = closes.max(due);
            let covered = match obligation.covers {
                None => own,
                Some(covers) => {
                    let block = if on_a_day { Period { from: own.to - length + 1, ..own } } else { own };
                    block.moved(if covers == Covers::Next { 1 } else { -1 })
                }
            };
            let (covered_first, covered_last) = (covered.first(&self.semesters), covered.last(&self.semesters));
            let owed = line.days.holds(due) && line.days.meets(covered_first, covered_last);
            // Nothing is owed to somebody who is not there yet.
            let to_come = line.receivers.iter().all(|(_, days)| days.first().is_some_and(|first| due < first));
            let owed = owed && (line.receivers.is_empty() || !to_come);
            if !owed || first.is_some_and(|first| at - length < first) {
                continue;
            }
            let opens = own.first(&self.semesters);
            let tracked =
                if on_a_day { line.tracked.holds(due) } else { line.tracked.covers(covered_first, covered_last) };
            // Without a first day of its own, the first period is the first that is tracked.
            if dues.is_empty() && !tracked && !dated && known.is_some() {
                continue;
            }
            dues.push(self.due(line, covered, [opens, due, closes], tracked));
        }
        dues
    }

    fn due(&self, line: &Line<'a>, period: Period, [opens, due, closes]: [Date; 3], tracked: bool) -> Due<'a> {
        // Of receivers that are all gone by then, each is still asked whether it got it while it was there.
        let gone = line.receivers.iter().all(|(_, days)| !days.holds(due));
        let there = line.receivers.iter().filter(|(_, days)| gone || days.holds(due));
        let slot = |receiver| Slot { receiver, got: 0, evidence: Vec::new() };
        let slots =
            if line.receivers.is_empty() { vec![slot(None)] } else { there.map(|(id, _)| slot(Some(*id))).collect() };
        Due {
            excuse: self.excuse_on(line, &period, self.day),
            period,
            opens,
            due,
            closes,
            tracked,
            gone: gone && line.duty.obligation.receiver.as_ref().is_some_and(|receiver| !receiver.is_empty()),
            slots,
        }
    }

    /// The excuse that holds for a period on a day.
    fn excuse_on(&self, line: &Line<'a>, period: &Period, day: Date) -> Option<&'a Excuse> {
        line.excuses.iter().copied().find(|excuse| {
            excuse.until.is_none_or(|until| day <= until)
                && excuse.covers.first(&self.semesters) <= period.last(&self.semesters)
                && period.first(&self.semesters) <= excuse.covers.last(&self.semesters)
        })
    }

    /// The windows of a duty that may lie only so far apart, up to the first that is still open.
    fn rolling(&self, line: &Line<'a>, gap: Duration) -> Vec<Due<'a>> {
        let needed = line.duty.obligation.at_least.map_or(1, |times| times.0);
        let mut dues = Vec::new();
        let days = line.tracked.and(&line.days);
        let mut stretches = days.stretches().peekable();
        while let Some((first, last)) = stretches.next() {
            let first = first.max(earliest());
            // What comes in the next stretch is for that.
            let end = stretches.peek().map_or(Date::MAX, |(next, _)| period::before(*next));
            let comes = |evidence: &&Evidence<'a>| evidence.on.is_some() && evidence.first <= end;
            let mut evidence: Vec<&Evidence<'a>> = self.seen(line).filter(comes).collect();
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
                let mut next = self.due(line, window, [opens, due, due], true);
                // A window that is excused when it ends, or that a figure answers afterwards, is left behind: the next one
                // begins the day after, and what comes then is for that.
                let excused = self.excuse_on(line, &window, due).is_some();
                let is_left = |day| due < day && (excused || self.is_reported(line, &window, day));
                for slot in &mut next.slots {
                    let receiver = slot.receiver;
                    slot.fill(&mut evidence, needed, due, |evidence| {
                        evidence.to == receiver && opens <= evidence.last && !is_left(evidence.first)
                    });
                }
                let taken = next.slots.iter().flat_map(|slot| &slot.evidence);
                let rolled = taken.map(|evidence| evidence.last.min(evidence.first.max(due))).max();
                let met = next.is_met(needed);
                at = match rolled.filter(|_| met) {
                    Some(day) => number(gap.unit, day, &self.semesters) + 1,
                    None => at + i64::from(gap.count),
                };
                dues.push(next);
                if !met && !is_left(self.day) {
                    break;
                }
            }
        }
        dues.retain(|due| due.due >= self.from && due.due <= self.until);
        dues
    }

    /// Whether a published figure answers for a period by number on a day.
    fn is_reported(&self, line: &Line<'a>, period: &Period, day: Date) -> bool {
        line.reported.iter().any(|reported| {
            reported.since <= day
                && reported.period.first(&self.semesters) <= period.last(&self.semesters)
                && period.first(&self.semesters) <= reported.period.last(&self.semesters)
        })
    }

    /// The parties that owe something together on a day.
    fn parties_on(&self, line: &Line<'a>, day: Date) -> Vec<&'a str> {
        let parties = line.grounds.iter().flat_map(|index| &self.grounds[*index].parties);
        let bound = |id| ground::bound(self.registry, line.duty.agreement, id).holds(day);
        let mut ids: Vec<&str> =
            parties.filter(|party| party.days.holds(day) && bound(party.id)).map(|party| party.id).collect();
        ids.sort_unstable();
        ids.dedup();
        ids
    }

    fn occurrence(&self, line: &Line<'a>, due: &Due<'a>, mut blank: Occurrence<'a>) -> Occurrence<'a> {
        let needed = line.duty.obligation.at_least.map_or(1, |times| times.0);
        let several = due.slots.len() > 1;
        let done = due.slots.iter().filter(|slot| slot.got >= needed).count();
        let (got, of) = if several {
            (done, due.slots.len())
        } else {
            (due.slots.iter().map(|slot| slot.got).sum::<u32>() as usize, needed as usize)
        };
        let mut evidence: Vec<Evidence<'a>> = due.slots.iter().flat_map(|slot| slot.evidence.iter().copied()).collect();
        evidence.sort_by_key(|evidence| (evidence.last, evidence.first, evidence.to));
        let reported = self.is_reported(line, &due.period, self.day);
        let mut late_by = None;
        let status = if due.is_met(needed) {
            let (status, late) = met(&evidence, due.due);
            late_by = late;
            status
        } else if due.gone {
            Status::ReceiverEnded
        } else if due.excuse.is_some() {
            Status::Excused
        } else if !due.tracked || reported {
            Status::NotRecorded
        } else {
            open(blank.strength, due.opens, due.due, self.day)
        };
        let reason = due.excuse.filter(|_| status == Status::Excused).map(|excuse| (&excuse.reason, excuse.until));
        let to = due.slots.iter().filter_map(|slot| slot.receiver).collect();
        let lacking = due.slots.iter().filter(|slot| several && done > 0 && slot.got < needed);
        let outstanding = lacking.filter_map(|slot| slot.receiver).collect();
        if line.by.how == How::Parties {
            blank.by.ids = self.parties_on(line, due.due);
        }
        Occurrence {
            to,
            period: Some(due.period),
            opens: due.opens,
            due: Some(due.due),
            is_past: due.due < self.day,
            status,
            late_by,
            got,
            of,
            evidence,
            outstanding,
            reason,
            ..blank
        }
    }
}

impl<'a> Due<'a> {
    fn is_met(&self, needed: u32) -> bool {
        !self.slots.is_empty() && self.slots.iter().all(|slot| slot.got >= needed)
    }
}

impl<'a> Slot<'a> {
    /// Takes what fits out of the evidence until there is enough: what was or may have been in time before what was late,
    /// and of either the earliest. So nothing that comes to be known later makes it stand worse.
    fn fill(
        &mut self,
        evidence: &mut Vec<&Evidence<'a>>,
        needed: u32,
        due: Date,
        fits: impl Fn(&Evidence<'a>) -> bool,
    ) {
        let favour = |evidence: &Evidence<'a>| {
            let late = evidence.first > due;
            (late, if late { evidence.first } else { evidence.last })
        };
        while self.got < needed {
            let fitting = evidence.iter().enumerate().filter(|(_, evidence)| fits(evidence));
            let Some((at, _)) = fitting.min_by_key(|(_, evidence)| favour(evidence)) else { break };
            self.add(evidence.remove(at));
        }
    }

    fn add(&mut self, evidence: &Evidence<'a>) {
        self.got += evidence.times;
        self.evidence.push(*evidence);
    }
}

/// Whether evidence was in time: if its last possible day is. Late if its first is late. Else the day is unsure.
pub(super) fn met(evidence: &[Evidence<'_>], due: Date) -> (Status, Option<Late>) {
    let last = evidence.iter().map(|evidence| evidence.last).max().unwrap_or(due);
    if last <= due {
        return (Status::MetOnTime, None);
    }
    let surely = evidence.iter().map(|evidence| evidence.first).max().unwrap_or(due).max(earliest());
    let late = Late { days: (surely - due).num_days(), at_least: surely < last };
    if late.days > 0 { (Status::MetLate, Some(late)) } else { (Status::Met, None) }
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
        (None, Some(Between(month))) => {
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
