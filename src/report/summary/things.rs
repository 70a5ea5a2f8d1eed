//! Things to do: what is open, folded so that one duty of many is one thing; what lapses; what endings leave open.

use std::collections::BTreeSet;

use chrono::Datelike;
use serde::Serialize;
use serde_json::Value;

use super::{Desk, Named};
use crate::date::{Date, day_words};
use crate::mandate::wording::{distance, source, unshared, wording};
use crate::mandate::{
    Dated, Found, Occurrence, SeatLine, SeatOf, SeatStatus, Status, Unshared, What, existence, successors,
};
use crate::names::Names;
use crate::report::deadlines::{folded, line, one_json, told};
use crate::say;

/// How many things to do first are shown.
const FIRST: usize = 3;

/// One thing to do, of however many who owe it and however many times it was left undone.
#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Thing {
    /// In words, with clause and remarks.
    pub text: String,
    /// In fewer words.
    #[serde(skip)]
    pub(super) short: String,
    /// How it stands.
    pub status: &'static str,
    /// The first day by which it should be done.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub due: Option<String>,
    /// `agreement/duty` or `agreement/seat`
    #[serde(skip_serializing_if = "Option::is_none")]
    pub duty: Option<String>,
    /// Each deadline, as `lmnet deadlines` has it.
    pub deadlines: Vec<Value>,
}

/// What organisations that are gone left open, and what their successors have still to fill. Those that ended on one day
/// with the same successors stand together.
#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct LeftOpen {
    /// The organisations.
    pub organisations: Vec<Named>,
    /// Their last day.
    pub ended: String,
    /// Who carries on from them.
    pub successors: Vec<Named>,
    /// Duties that they left undone.
    pub duties: Vec<Thing>,
    /// Appointments of their members that nobody ended.
    pub appointments: Vec<Named>,
    /// Seats that their successors have not filled.
    pub seats: Vec<Thing>,
    /// Duties of this year and last that nobody receives any more.
    pub without_receiver: Vec<Thing>,
    #[serde(skip)]
    pub(super) last: Date,
}

impl<'a> Desk<'_, 'a> {
    /// What to do first: what is overdue, then what is due next.
    pub(super) fn next(&self) -> Vec<Thing> {
        let open = self.occurrences().filter(|one| one.status.is_open() && is_work(one) && one.strength.is_binding());
        let mut found = self.unshared();
        found.extend(things(open, &self.names, self.day));
        found.truncate(FIRST);
        found
    }

    /// Roles that the sides do not share as they should, each seat once: no deadline will ever bring it up.
    fn unshared(&self) -> Vec<Thing> {
        let mut found: Vec<(SeatOf<'a>, Thing)> = Vec::new();
        let here = |line: &&SeatLine<'a>| line.grounds.contains(&self.at) && line.days.holds(self.day);
        for line in self.mandates.seats.iter().filter(here) {
            let Some(how) = self.mandates.unshared(line, self.day) else { continue };
            let (seat, path) = (line.of.seat, line.of.path());
            let told = |(of, _): &(SeatOf<'a>, Thing)| std::ptr::eq(of.seat, seat) && of.of == line.of.of;
            if matches!(how, Unshared::SameSide(_)) && found.iter().any(told) {
                continue;
            }
            let words = unshared(line, how, self.day, &self.names);
            let clause = source(&line.of.agreement.id, seat.clause.as_deref(), &self.names);
            let thing = Thing {
                text: format!("{words} ({clause}; {path})"),
                short: format!("{words} ({path})"),
                status: SeatStatus::OneSide.word(),
                due: None,
                duty: Some(path),
                deadlines: Vec::new(),
            };
            found.push((line.of, thing));
        }
        found.into_iter().map(|(_, thing)| thing).collect()
    }

    /// The other networks on account of which something is called vacant or overdue on a day of which this one keeps no
    /// records: what bodies owe for all of them is owed once.
    pub(super) fn also_owed_in(&self) -> Vec<Named> {
        let mut found: Vec<Named> = Vec::new();
        let ground = self.ground();
        for one in self.occurrences().filter(|one| one.status == Status::Overdue) {
            let own = one.due.is_some_and(|due| ground.tracked.holds(due));
            for id in one.networks.iter().filter(|id| !own && **id != ground.id()) {
                if found.iter().all(|known| known.id != **id) {
                    found.push(self.named(id));
                }
            }
        }
        found
    }

    pub(super) fn left_open(&self) -> Vec<LeftOpen> {
        let ground = self.ground();
        let mut ids: BTreeSet<&str> =
            ground.parties.iter().map(|party| party.id).chain(ground.bodies.iter().copied()).collect();
        // Parts of parties sit in bodies too.
        let members = self.mandates.registry.members.iter();
        let here = members.filter(|member| {
            member.appointment.iter().any(|appointment| ground.bodies.contains(appointment.body.id()))
        });
        ids.extend(here.map(|member| member.organisation.id()));
        let mut found: Vec<LeftOpen> = Vec::new();
        for left in ids.into_iter().filter_map(|id| self.left_by(id)) {
            let same = |known: &&mut LeftOpen| known.last == left.last && known.successors == left.successors;
            match found.iter_mut().find(same) {
                // The seats are those of the successors, which are the same.
                Some(known) => {
                    known.organisations.extend(left.organisations);
                    known.duties.extend(left.duties);
                    known.appointments.extend(left.appointments);
                    known.without_receiver.extend(left.without_receiver);
                }
                None => found.push(left),
            }
        }
        found.sort_by_key(|left| std::cmp::Reverse(left.last));
        found
    }

    /// What one left open; nothing where it is still there or all is in order.
    fn left_by(&self, id: &'a str) -> Option<LeftOpen> {
        let registry = self.mandates.registry;
        let names = &self.names;
        let last = existence(registry, id).last().filter(|last| *last < self.day)?;
        let after: Vec<&str> = successors(registry, id).map(|(successor, _)| &*successor.id).collect();
        let of = |one: &&Occurrence<'a>, asked: &[&str]| one.by.ids.iter().any(|by| asked.contains(by));
        let open = || self.occurrences().filter(|one| one.status == Status::Overdue);
        let duties = open().filter(|one| matches!(one.what, What::Duty(..)) && of(one, &[id]));
        let recent = last.year() >= self.day.year() - 1;
        let seats = open().filter(|one| recent && matches!(one.what, What::Seat(_)) && of(one, &after));
        let [year, _] = self.years();
        let unheard = self.occurrences().filter(|one| {
            let gone = one.status == Status::ReceiverEnded && one.to.contains(&id);
            gone && one.due.is_some_and(|due| (year..=self.day.year()).contains(&due.year()))
        });
        let left = LeftOpen {
            organisations: vec![self.named(id)],
            ended: last.to_string(),
            successors: after.iter().map(|id| self.named(id)).collect(),
            duties: things(duties, names, self.day),
            appointments: self.appointments_of(id),
            seats: things(seats, names, self.day),
            without_receiver: self.unheard(unheard),
            last,
        };
        let in_order = left.duties.is_empty()
            && left.appointments.is_empty()
            && left.seats.is_empty()
            && left.without_receiver.is_empty();
        (!in_order).then_some(left)
    }

    /// Duties that nobody receives any more: no day is told, since there is nothing to do by it.
    fn unheard<'o>(&self, occurrences: impl Iterator<Item = &'o Occurrence<'a>>) -> Vec<Thing>
    where
        'a: 'o,
    {
        let mut things = things(occurrences, &self.names, self.day);
        for thing in &mut things {
            let Some(What::Duty(duty, _)) = self.duty(thing.duty.as_deref()) else { continue };
            let words = wording(duty, self.names.lang);
            let path = duty.path();
            thing.short = say!(self.names.lang,
                nn: "Ingen tek imot lenger: «{words}» ({path})",
                nb: "Ingen tar imot lenger: «{words}» ({path})",
                en: "Nobody receives it any more: “{words}” ({path})",
            );
        }
        things
    }

    fn duty(&self, path: Option<&str>) -> Option<&What<'a>> {
        self.occurrences().find(|one| one.path().as_deref() == path && path.is_some()).map(|one| &one.what)
    }

    /// The members of one that is gone who are still appointed in the network.
    fn appointments_of(&self, id: &str) -> Vec<Named> {
        let registry = self.mandates.registry;
        let day = crate::date::Span { from: Some(self.day), to: Some(self.day) };
        let members = registry.members.iter().filter(|member| member.organisation.id() == id);
        let still = members.filter(|member| {
            member.appointment.iter().any(|appointment| {
                self.ground().bodies.contains(appointment.body.id())
                    && crate::tally::touches(registry, appointment.dates(), &day)
            })
        });
        still.map(|member| super::titled(&self.names, &Found::Member(member))).collect()
    }
}

/// Whether it is something to do, rather than a record that has to be looked at again.
fn is_work(one: &Occurrence<'_>) -> bool {
    !matches!(one.what, What::Record(Dated::Waiver | Dated::Excuse | Dated::Verification, ..))
}

/// What has lapsed or is about to: terms, agreements, notices, waivers, excuses; verifications together.
pub(super) fn lapses<'o, 'a: 'o>(
    occurrences: impl Iterator<Item = &'o Occurrence<'a>>,
    names: &Names<'_>,
    day: Date,
) -> Vec<Thing> {
    let soon = occurrences.filter(|one| matches!(one.status, Status::Overdue | Status::Due)).filter(|one| {
        let action = matches!(one.what, What::Record(Dated::Action | Dated::Transfer, ..));
        matches!(one.what, What::Term(..) | What::Record(..)) && !action
    });
    let mut all: Vec<&Occurrence<'a>> = soon.collect();
    all.sort_by_key(|one| one.due);
    let (verifications, others): (Vec<_>, Vec<_>) =
        all.into_iter().partition(|one| matches!(one.what, What::Record(Dated::Verification, ..)));
    let mut found: Vec<Thing> = folded(&others).into_iter().map(|fold| thing(&[fold], false, names, day)).collect();
    if verifications.len() > 1 {
        let (count, oldest) = (verifications.len(), verifications[0].due.unwrap_or(day));
        let (on, away) = (day_words(oldest, names.lang), distance((oldest - day).num_days(), names.lang));
        let text = say!(names.lang,
            nn: "{count} postar må stadfestast på nytt, den fyrste {on} ({away})",
            nb: "{count} poster må bekreftes på nytt, den første {on} ({away})",
            en: "{count} records have to be verified again, the first on {on} ({away})",
        );
        found.push(Thing { short: text.clone(), text, ..thing(&[verifications], false, names, day) });
    } else {
        found.extend(verifications.into_iter().map(|one| thing(&[vec![one]], false, names, day)));
    }
    found
}

/// Occurrences as things: those overdue first, then by due date; each duty or seat once.
pub(super) fn things<'o, 'a: 'o>(
    occurrences: impl Iterator<Item = &'o Occurrence<'a>>,
    names: &Names<'_>,
    day: Date,
) -> Vec<Thing> {
    grouped(occurrences, false).iter().map(|folds| thing(folds, false, names, day)).collect()
}

/// What is to come: each duty or seat once for all who owe it by the same day, and again for whoever is not named there; what
/// else they owe of it is counted.
pub(super) fn coming<'o, 'a: 'o>(
    occurrences: impl Iterator<Item = &'o Occurrence<'a>>,
    names: &Names<'_>,
    day: Date,
) -> Vec<Thing> {
    grouped(occurrences, true).iter().map(|folds| thing(folds, true, names, day)).collect()
}

/// Folds of the same duty or seat together; with `each` only as far as the first names everybody who owes the others.
fn grouped<'o, 'a: 'o>(
    occurrences: impl Iterator<Item = &'o Occurrence<'a>>,
    each: bool,
) -> Vec<Vec<Vec<&'o Occurrence<'a>>>> {
    let mut all: Vec<&Occurrence<'a>> = occurrences.collect();
    all.sort_by_key(|one| (one.status != Status::Overdue, one.due));
    let mut groups: Vec<Vec<Vec<&Occurrence<'a>>>> = Vec::new();
    for fold in folded(&all) {
        let first = fold[0];
        let is_same = |group: &Vec<Vec<&Occurrence<'a>>>| {
            let known = group[0][0];
            let key = |one: &Occurrence<'a>| (one.kind(), one.path(), role(one));
            let on_the_line =
                || group.iter().flatten().filter(|one| (one.due, one.period) == (known.due, known.period));
            let is_named = |one: &&Occurrence<'a>| on_the_line().any(|other| other.by == one.by);
            let belongs = !each || (first.due, first.period) == (known.due, known.period) || fold.iter().all(is_named);
            first.path().is_some() && key(known) == key(first) && belongs
        };
        match groups.iter_mut().find(|group| is_same(group)) {
            Some(group) => group.push(fold),
            None => groups.push(vec![fold]),
        }
    }
    groups
}

fn role(one: &Occurrence<'_>) -> Option<crate::model::Role> {
    match &one.what {
        What::Seat(seat) | What::Term(seat, _) => seat.role,
        _ => None,
    }
}

/// One thing, of however many folds: the first is told, the others are counted, those to come if that is asked for.
fn thing(folds: &[Vec<&Occurrence<'_>>], to_come: bool, names: &Names<'_>, day: Date) -> Thing {
    let first = folds[0][0];
    let all = || folds.iter().flatten().copied();
    // Whoever owes the same by the same day stands on the line, however far each has come.
    let same: Vec<&Occurrence<'_>> = all().filter(|one| (one.due, one.period) == (first.due, first.period)).collect();
    let overdue = first.status == Status::Overdue;
    let others = all().filter(|one| (one.status == Status::Overdue) == overdue && one.due != first.due);
    let more = others.map(|one| one.due).collect::<BTreeSet<_>>().len();
    let more = match (more, overdue) {
        (1.., true) => say!(names.lang,
            nn: "; fleire fristar for det same er ute: {more}",
            nb: "; flere frister for det samme er ute: {more}",
            en: "; more deadlines for the same have passed: {more}",
        ),
        (1.., false) if to_come => say!(names.lang,
            nn: "; fleire fristar for det same innan eit år: {more}",
            nb: "; flere frister for det samme innen et år: {more}",
            en: "; more deadlines for the same within the year: {more}",
        ),
        _ => String::new(),
    };
    let path = first.path().map_or(String::new(), |path| format!(" ({path})"));
    Thing {
        text: line(&same, names, day) + &more,
        short: told(&same, names, day) + &path + &more,
        status: first.status.word(),
        due: first.due.map(|due| due.to_string()),
        duty: first.path(),
        deadlines: all().map(|one| one_json(one, names, day)).collect(),
    }
}
