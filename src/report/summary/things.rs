//! Things to do: what is open, folded so that one duty of many is one thing; what lapses; what endings leave open.

use std::collections::BTreeSet;

use chrono::Datelike;
use serde::Serialize;
use serde_json::Value;

use super::{Desk, Named};
use crate::date::{Date, day_words};
use crate::mandate::wording::{distance, wording};
use crate::mandate::{Dated, Found, Occurrence, Status, What, existence, successors};
use crate::model::Strength;
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
        let open = self.occurrences().filter(|one| one.status.is_open() && is_work(one) && is_binding(one));
        let mut things = things(open, &self.names, self.day);
        things.truncate(FIRST);
        things
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

fn is_binding(one: &Occurrence<'_>) -> bool {
    matches!(one.strength, Strength::Shall | Strength::Should)
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
    let mut found: Vec<Thing> = folded(&others).into_iter().map(|fold| thing(&[fold], names, day)).collect();
    if verifications.len() > 1 {
        let (count, oldest) = (verifications.len(), verifications[0].due.unwrap_or(day));
        let (on, away) = (day_words(oldest, names.lang), distance((oldest - day).num_days(), names.lang));
        let text = say!(names.lang,
            nn: "{count} postar må stadfestast på nytt, den fyrste {on} ({away})",
            nb: "{count} poster må bekreftes på nytt, den første {on} ({away})",
            en: "{count} records have to be verified again, the first on {on} ({away})",
        );
        found.push(Thing { short: text.clone(), text, ..thing(&[verifications], names, day) });
    } else {
        found.extend(verifications.into_iter().map(|one| thing(&[vec![one]], names, day)));
    }
    found
}

/// Occurrences as things: those overdue first, then by due date; each duty or seat once.
pub(super) fn things<'o, 'a: 'o>(
    occurrences: impl Iterator<Item = &'o Occurrence<'a>>,
    names: &Names<'_>,
    day: Date,
) -> Vec<Thing> {
    let mut all: Vec<&Occurrence<'a>> = occurrences.collect();
    all.sort_by_key(|one| (one.status != Status::Overdue, one.due));
    let mut groups: Vec<(Option<String>, Vec<Vec<&Occurrence<'a>>>)> = Vec::new();
    for fold in folded(&all) {
        let first = fold[0];
        let key = first.path().map(|path| format!("{} {path} {:?}", first.kind(), role(first)));
        match groups.iter_mut().find(|(known, _)| key.is_some() && *known == key) {
            Some((_, folds)) => folds.push(fold),
            None => groups.push((key, vec![fold])),
        }
    }
    groups.into_iter().map(|(_, folds)| thing(&folds, names, day)).collect()
}

fn role(one: &Occurrence<'_>) -> Option<crate::model::Role> {
    match &one.what {
        What::Seat(seat) | What::Term(seat, _) => seat.role,
        _ => None,
    }
}

fn thing(folds: &[Vec<&Occurrence<'_>>], names: &Names<'_>, day: Date) -> Thing {
    let first = folds[0][0];
    let all = || folds.iter().flatten().copied();
    // Whoever owes the same by the same day stands on the line, however far each has come.
    let same: Vec<&Occurrence<'_>> = all().filter(|one| (one.due, one.period) == (first.due, first.period)).collect();
    let others = all().filter(|one| one.status == first.status && one.due != first.due);
    let more = others.map(|one| one.due).collect::<BTreeSet<_>>().len();
    let more = if more > 0 && first.status == Status::Overdue {
        say!(names.lang,
            nn: "; fleire fristar for det same er ute: {more}",
            nb: "; flere frister for det samme er ute: {more}",
            en: "; more deadlines for the same have passed: {more}",
        )
    } else {
        String::new()
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
