//! What a change does to the figures of the year, to deadlines and to seats, as they stand on a day.

use std::collections::BTreeMap;

use super::Carry;
use crate::date::{Date, day_words};
use crate::lang::Lang;
use crate::mandate::wording::seat;
use crate::mandate::{How, Mandates, Occurrence, SeatLine, SeatStatus, Status, What};
use crate::model::{EachSeat, Kind};
use crate::names::Names;
use crate::registry::Registry;
use crate::report::{deadlines, summary};
use crate::say;

/// Something that reads differently after the change.
#[derive(Clone, Debug)]
pub struct Effect {
    /// The networks that it concerns.
    pub networks: Vec<String>,
    /// For machines: what it is, such as `2026/participants` or `mandat-fjordnett/handlingsplan`.
    pub key: String,
    /// What it is, for people.
    pub label: String,
    /// How it read before; empty where it was not there.
    pub old: String,
    /// How it reads now; empty where it is not there any more.
    pub new: String,
}

/// The effects of a change.
#[derive(Clone, Debug, Default)]
pub struct Effects {
    /// On the figures of last year and this.
    pub figures: Vec<Effect>,
    /// On what is due within a year.
    pub deadlines: Vec<Effect>,
    /// On who sits where.
    pub seats: Vec<Effect>,
}

/// One state, with what it demands.
struct Side<'a> {
    mandates: Mandates<'a>,
    names: Names<'a>,
    /// What is called otherwise in the other state; nothing on the side after.
    carry: &'a Carry,
}

/// What reads differently on the day.
#[must_use]
pub(super) fn effects(old: &Registry, new: &Registry, carry: &Carry, day: Date, lang: Lang) -> Effects {
    let nothing = Carry::default();
    let sides = [(old, carry), (new, &nothing)].map(|(registry, carry)| Side {
        mandates: Mandates::new(registry),
        names: Names { registry, lang },
        carry,
    });
    Effects {
        figures: differing(sides.each_ref().map(|side| figures(side, day, lang))),
        deadlines: differing(sides.each_ref().map(|side| dated(side, day))),
        seats: differing(sides.each_ref().map(|side| seats(side, day))),
    }
}

/// How something reads on a side.
struct Reading {
    effect: Effect,
    /// What it comes to, with ids as they are now in place of names: two readings differ if this does.
    sense: String,
    /// What it comes to, as far as it is told of what is done.
    status: &'static str,
    /// Whether it is told although it has not another status.
    is_open: bool,
    /// The day by which it is sorted.
    day: Option<Date>,
}

/// How things read on a side, by what they are, in ids as they are now.
type Readings = BTreeMap<Vec<String>, Reading>;

/// What reads differently on the two sides. Of what is done only a change of its status is told.
fn differing([mut old, new]: [Readings; 2]) -> Vec<Effect> {
    let mut found: Vec<(Option<Date>, Effect)> = Vec::new();
    for (key, reading) in new {
        let before = old.remove(&key);
        let differs = match &before {
            None => reading.is_open,
            Some(before) if before.is_open || reading.is_open => before.sense != reading.sense,
            Some(before) => before.status != reading.status,
        };
        if differs {
            let old = before.map(|before| before.effect.new).unwrap_or_default();
            found.push((reading.day, Effect { old, ..reading.effect }));
        }
    }
    for reading in old.into_values().filter(|reading| reading.is_open) {
        let Reading { effect, day, .. } = reading;
        found.push((day, Effect { old: effect.new.clone(), new: String::new(), ..effect }));
    }
    found.sort_by_key(|(day, _)| *day);
    found.into_iter().map(|(_, effect)| effect).collect()
}

fn figures(side: &Side<'_>, day: Date, lang: Lang) -> Readings {
    let networks: Vec<_> = side.names.registry.networks.iter().map(|network| (network, lang)).collect();
    let summary = summary::compute(&side.mandates, &networks, day, lang, true);
    let mut readings = Readings::new();
    for network in &summary.networks {
        for year in &network.offerings {
            for (at, (key, label, text)) in year.lines(lang).into_iter().enumerate() {
                let id = side.carry.id(Kind::Network, &network.network.id);
                let effect = Effect {
                    networks: vec![id.clone()],
                    key: format!("{}/{key}", year.year),
                    label: format!("{} {}: {label}", side.names.short(&network.network.id), year.year),
                    old: String::new(),
                    new: text.clone(),
                };
                let place = vec![id, year.year.to_string(), format!("{at:02}")];
                readings.insert(place, Reading { effect, sense: text, status: "", is_open: true, day: None });
            }
        }
    }
    readings
}

/// Everything due up to a year from the day that somebody was to keep evidence of; seats are told apart.
fn dated(side: &Side<'_>, day: Date) -> Readings {
    let until = day.checked_add_months(chrono::Months::new(12)).unwrap_or(day);
    let told = |one: &Occurrence<'_>| {
        !matches!(one.what, What::Seat(_)) && !matches!(one.status, Status::NotRecorded | Status::Passed)
    };
    let found = side.mandates.dated(day, Date::MIN, until);
    let mut readings = Readings::new();
    for one in found.iter().filter(|one| told(one)) {
        let bodies = |ids: &[&str]| ids.iter().map(|id| side.carry.body(id)).collect::<Vec<_>>();
        let period = one.period.map(|period| period.code());
        let path = one.path().map(|path| side.carry.duty(&path));
        let subject = one.subject().map(|subject| match subject.split_once('#') {
            Some((record, part)) => format!("{}#{part}", side.carry.record(record)),
            None => side.carry.record(&subject).to_owned(),
        });
        let networks = bodies(&one.networks);
        // What several owe together stays the same one when one of them comes or goes.
        let by = match one.by.how {
            How::Jointly | How::Parties => networks.join(" "),
            How::Alone | How::Pair => bodies(&one.by.ids).join(" "),
        };
        let key = path.clone().or(subject.clone()).unwrap_or_default();
        let mut place = vec![
            period.clone().unwrap_or_default(),
            one.kind().to_owned(),
            key.clone(),
            subject.unwrap_or_default(),
            by,
        ];
        // Of several terms of one member, the first is held against the first.
        while readings.contains_key(&place) {
            place.push(String::new());
        }
        let effect = Effect {
            networks,
            key: period.map_or(key.clone(), |period| format!("{key}/{period}")),
            label: labelled(one, &side.names),
            old: String::new(),
            new: format!("{} ({})", one.standing(&side.names), day_words(one.due.unwrap_or_default(), side.names.lang)),
        };
        let reason = one.reason.map(|(reason, until)| (reason.get(side.names.lang), until));
        let share = one.partly(&side.names).map(|_| (one.got, one.of, bodies(&one.outstanding)));
        let sense = format!("{:?}", (one.status, one.due, one.late_by, share, reason));
        let reading = Reading { effect, sense, status: one.status.word(), is_open: one.status.is_open(), day: one.due };
        readings.insert(place, reading);
    }
    readings
}

/// Who owes what to whom, and for when.
fn labelled(one: &Occurrence<'_>, names: &Names<'_>) -> String {
    let (lang, what) = (names.lang, deadlines::what(&[one], names));
    match one.period.map(|period| period.words(lang)) {
        Some(period) => say!(lang, nn: "{what}, for {period}", nb: "{what}, for {period}", en: "{what}, for {period}"),
        None => what,
    }
}

/// How each seat that is there on the day stands, with who sits in it.
fn seats(side: &Side<'_>, day: Date) -> Readings {
    let there = side.mandates.seats.iter().filter(|line| line.days.holds(day));
    let mut readings = Readings::new();
    for line in there {
        let status = side.mandates.seat_status(line, day);
        if status == SeatStatus::NotRecorded {
            continue;
        }
        let of = line.of.of.map(|of| match line.of.seat.each {
            Some(EachSeat::Area) => side.carry.area(of),
            _ => side.carry.body(of),
        });
        let place = vec![
            side.carry.duty(&line.of.path()),
            line.of.role.map(|role| role.word().to_owned()).unwrap_or_default(),
            of.unwrap_or_default(),
        ];
        let sitting = line.on(day).map(|sitting| side.carry.body(sitting.member.organisation.id()));
        let networks = side.mandates.ids(&line.grounds);
        let effect = Effect {
            networks: networks.into_iter().map(|id| side.carry.id(Kind::Network, id)).collect(),
            key: place.iter().filter(|part| !part.is_empty()).cloned().collect::<Vec<_>>().join("/"),
            label: seat(&line.of, &side.names),
            old: String::new(),
            new: reading(line, status, side, day),
        };
        let sense = format!("{:?}", (status, sitting.collect::<Vec<_>>()));
        readings.insert(place, Reading { effect, sense, status: status.word(), is_open: true, day: None });
    }
    readings
}

/// `fylt (Stord, Bømlo)`
fn reading(line: &SeatLine<'_>, status: SeatStatus, side: &Side<'_>, day: Date) -> String {
    let whose: Vec<String> = line.on(day).map(|sitting| side.names.short(sitting.member.organisation.id())).collect();
    let status = status.label().get(side.names.lang);
    if whose.is_empty() { status.to_owned() } else { format!("{status} ({})", whose.join(", ")) }
}
