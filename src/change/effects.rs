//! What a change does to the figures of the year, to deadlines and to seats, as they stand on a day.

use std::collections::BTreeMap;

use crate::date::{Date, day_words};
use crate::lang::Lang;
use crate::mandate::wording::seat;
use crate::mandate::{Mandates, Occurrence, SeatLine, SeatStatus, Status, What};
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
}

/// What reads differently on the day.
#[must_use]
pub(super) fn effects(old: &Registry, new: &Registry, day: Date, lang: Lang) -> Effects {
    let sides = [old, new].map(|registry| Side { mandates: Mandates::new(registry), names: Names { registry, lang } });
    Effects {
        figures: differing(sides.each_ref().map(|side| figures(side, day, lang))),
        deadlines: differing(sides.each_ref().map(|side| dated(side, day))),
        seats: differing(sides.each_ref().map(|side| seats(side, day))),
    }
}

/// How things read on a side, by what they are.
type Readings = BTreeMap<Vec<String>, Effect>;

/// What reads differently on the two sides.
fn differing([mut old, new]: [Readings; 2]) -> Vec<Effect> {
    let mut effects: BTreeMap<Vec<String>, Effect> = BTreeMap::new();
    for (key, reading) in new {
        let before = old.remove(&key).map(|before| before.new).unwrap_or_default();
        if before != reading.new {
            effects.insert(key, Effect { old: before, ..reading });
        }
    }
    for (key, reading) in old {
        effects.insert(key, Effect { old: reading.new, new: String::new(), ..reading });
    }
    effects.into_values().filter(|effect| effect.old != effect.new).collect()
}

fn figures(side: &Side<'_>, day: Date, lang: Lang) -> Readings {
    let networks: Vec<_> = side.names.registry.networks.iter().map(|network| (network, lang)).collect();
    let summary = summary::compute(&side.mandates, &networks, day, lang, true);
    let mut readings = Readings::new();
    for network in &summary.networks {
        for year in &network.offerings {
            for (at, (key, label, text)) in year.lines(lang).into_iter().enumerate() {
                let place = vec![network.network.id.clone(), year.year.to_string(), format!("{at:02}")];
                let effect = Effect {
                    networks: vec![network.network.id.clone()],
                    key: format!("{}/{key}", year.year),
                    label: format!("{} {}: {label}", side.names.short(&network.network.id), year.year),
                    old: String::new(),
                    new: text,
                };
                readings.insert(place, effect);
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
        let due = one.due.map(|due| due.to_string()).unwrap_or_default();
        let period = one.period.map(|period| period.code());
        let key = one.path().or(one.subject()).unwrap_or_default();
        // A term has no period; whose it is, and until when, tells it apart.
        let place = vec![
            period.clone().unwrap_or_else(|| due.clone()),
            key.clone(),
            one.subject().unwrap_or_default(),
            one.by.ids.join(" "),
        ];
        let effect = Effect {
            networks: one.networks.iter().map(|id| (*id).to_owned()).collect(),
            key: period.map_or(key.clone(), |period| format!("{key}/{period}")),
            label: labelled(one, &side.names),
            old: String::new(),
            new: format!("{} ({})", one.standing(&side.names), day_words(one.due.unwrap_or_default(), side.names.lang)),
        };
        readings.insert(place, effect);
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
        let place = vec![
            line.of.path(),
            line.of.role.map(|role| role.word().to_owned()).unwrap_or_default(),
            line.of.of.unwrap_or_default().to_owned(),
        ];
        let effect = Effect {
            networks: side.mandates.ids(&line.grounds).into_iter().map(ToOwned::to_owned).collect(),
            key: place.iter().filter(|part| !part.is_empty()).cloned().collect::<Vec<_>>().join("/"),
            label: seat(&line.of, &side.names),
            old: String::new(),
            new: reading(line, status, side, day),
        };
        readings.insert(place, effect);
    }
    readings
}

/// `fylt (Stord, Bømlo)`
fn reading(line: &SeatLine<'_>, status: SeatStatus, side: &Side<'_>, day: Date) -> String {
    let whose: Vec<String> = line.on(day).map(|sitting| side.names.short(sitting.member.organisation.id())).collect();
    let status = status.label().get(side.names.lang);
    if whose.is_empty() { status.to_owned() } else { format!("{status} ({})", whose.join(", ")) }
}
