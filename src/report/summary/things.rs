//! Things to do: what is open, folded so that one duty of many is one thing; what lapses; what endings leave open.

use std::collections::BTreeSet;

use chrono::Datelike;
use serde::Serialize;
use serde_json::Value;

use super::{Desk, Named, named};
use crate::date::{Date, day_words};
use crate::mandate::wording::distance;
use crate::mandate::{Dated, Occurrence, SeatStatus, Status, What, successors};
use crate::model::{Record, Strength};
use crate::names::Names;
use crate::report::deadlines::{folded, line, one_json};
use crate::say;

/// How many things to do first are shown.
const FIRST: usize = 3;

/// One thing to do, of however many who owe it and however many times it was left undone.
#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Thing {
    /// In words.
    pub text: String,
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

/// What an organisation that is gone left open, and what its successors have still to fill.
#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct LeftOpen {
    /// The organisation.
    pub organisation: Named,
    /// Its last day.
    pub ended: String,
    /// Who carries on from it.
    pub successors: Vec<Named>,
    /// Duties that it left undone.
    pub duties: Vec<Thing>,
    /// Appointments of its members that nobody ended.
    pub appointments: Vec<Named>,
    /// Seats that its successors have not filled.
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
        let mut ids: BTreeSet<&str> = ground.parties.iter().map(|party| party.id).chain(ground.bodies.iter().copied()).collect();
        // Parts of parties sit in bodies too.
        let members = self.mandates.registry.members.iter();
        let here = members.filter(|member| {
            member.appointment.iter().any(|appointment| ground.bodies.contains(appointment.body.id()))
        });
        ids.extend(here.map(|member| member.organisation.id()));
        let mut found: Vec<LeftOpen> = ids.into_iter().filter_map(|id| self.left_by(id)).collect();
        found.sort_by(|a, b| (b.last, &a.organisation.name).cmp(&(a.last, &b.organisation.name)));
        found
    }

    /// What one left open; nothing where it is still there or all is in order.
    fn left_by(&self, id: &'a str) -> Option<LeftOpen> {
        let registry = self.mandates.registry;
        let names = &self.names;
        let last = crate::mandate::last_day(registry, id).filter(|last| *last < self.day)?;
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
            organisation: self.named(id),
            ended: last.to_string(),
            successors: after.iter().map(|id| self.named(id)).collect(),
            duties: things(duties, names, self.day),
            appointments: self.appointments_of(id),
            seats: things(seats, names, self.day),
            without_receiver: things(unheard, names, self.day),
            last,
        };
        let in_order = left.duties.is_empty()
            && left.appointments.is_empty()
            && left.seats.is_empty()
            && left.without_receiver.is_empty();
        (!in_order).then_some(left)
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
        still
            .map(|member| super::titled(&self.names, &crate::mandate::Found::Member(member)))
            .collect()
    }
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
    let mut text = line(&folds[0], names, day);
    let again: BTreeSet<String> = folds[1..].iter().flatten().filter_map(|one| Some(day_words(one.due?, names.lang))).collect();
    let more = again.len();
    if more > 0 && first.status == Status::Overdue {
        text += &say!(names.lang,
            nn: "; det same står att frå fleire fristar: {more}",
            nb: "; det samme gjenstår fra flere frister: {more}",
            en: "; the same is left from more deadlines: {more}",
        );
    }
    Thing {
        text,
        status: first.status.word(),
        due: first.due.map(|due| due.to_string()),
        duty: first.path(),
        deadlines: folds.iter().flatten().map(|one| one_json(one, names, day)).collect(),
    }
}
