//! What agreements demand and the tree alone can answer: duties that are owed for each record, seats that nobody can hold or
//! too many do, and duties said again where what they repeat does not hold.

use std::collections::HashSet;

use super::{Found, circle, severity};
use crate::date::{Date, day_words};
use crate::diagnostic::{Diagnostic, Place, Rule};
use crate::lang::{Lang, Said};
use crate::mandate::{Days, Ground, Kept, Mandates, PerRecord, SeatLine};
use crate::model::{Agreement, EachSeat, Seat, Strength};
use crate::read::{Dates, Value};
use crate::registry::{Entry, Registry};
use crate::source::{FileId, KeyPath, Step};
use crate::{rules, say};

/// What duties already report as lacking, by record and key, so that no other rule says it again.
#[derive(Default)]
pub(super) struct Told<'a>(HashSet<(FileId, &'a str)>);

impl<'a> Told<'a> {
    fn add(&mut self, file: FileId, entry: &'a Value) {
        // `involvement.planning.kind` tells of `involvement.planning`.
        let told = |path: &'a str| path.match_indices('.').nth(1).map_or(path, |(at, _)| &path[..at]);
        match entry {
            Value::Text(path) => {
                self.0.insert((file, told(path)));
            }
            Value::List(any) => any.iter().for_each(|entry| self.add(file, entry)),
            Value::Table(conditions) => self.0.extend(conditions.iter().map(|(path, _)| (file, told(path)))),
            _ => {}
        }
    }

    /// Whether it is reported that a record lacks a key, such as `referral.routine`, or the table that it stands in.
    pub(super) fn has(&self, file: FileId, key: &str) -> bool {
        let table = key.split('.').next().unwrap_or(key);
        self.0.contains(&(file, key)) || self.0.contains(&(file, table))
    }
}

pub(super) fn check<'a>(
    registry: &Registry,
    mandates: &Mandates<'_>,
    owed: &[PerRecord<'a>],
    found: &mut Found,
) -> Told<'a> {
    let mut told = Told::default();
    for duty in owed {
        let rule = match duty.duty.obligation.strength {
            None | Some(Strength::Shall) => &rules::UNMET_DUTY,
            Some(Strength::Should) => &rules::UNMET_RECOMMENDATION,
            Some(Strength::Aim | Strength::May) => continue,
        };
        for kept in duty.records.iter().filter(|kept| kept.tracked && !kept.lacks.is_empty()) {
            found.push(unmet(rule, duty, kept));
            if severity(registry, rule).is_some() {
                kept.lacks.iter().for_each(|lack| told.add(kept.found.file(), lack));
            }
        }
    }
    restated(registry, mandates, found);
    seats(registry, mandates, found);
    told
}

fn unmet(rule: &'static Rule, duty: &PerRecord<'_>, kept: &Kept<'_>) -> Diagnostic {
    let lacks = |marks| kept.lacks.iter().map(|entry| told(entry, marks)).collect::<Vec<_>>().join(", ");
    let (lacks, quoted, path) = (lacks(("«", "»")), lacks(("\"", "\"")), duty.duty.path());
    let id = rule.id;
    let clause = duty.duty.obligation.clause.as_deref();
    let point = clause.map_or_else(String::new, |clause| format!(" (punkt: {clause})"));
    let clause = clause.map_or_else(String::new, |clause| format!(" (clause: {clause})"));
    let (nn, nb, en) = match std::ptr::eq(rule, &rules::UNMET_DUTY) {
        true => ("krev", "krever", "demands"),
        false => ("tilrår", "anbefaler", "recommends"),
    };
    let message = say!(
        nn: "posten manglar {lacks}, som {path} {nn}{point}",
        nb: "posten mangler {lacks}, som {path} {nb}{point}",
        en: "the record lacks {quoted}, which {path} {en}{clause}",
    );
    let hint = say!(
        nn: "før det opp; «lmnet explain {path}» seier kvifor. Gjeld det ikkje her: waive = [{{ rule = \"{id}\", reason = \"…\" }}]",
        nb: "før det opp; «lmnet explain {path}» sier hvorfor. Gjelder det ikke her: waive = [{{ rule = \"{id}\", reason = \"…\" }}]",
        en: "enter it; \"lmnet explain {path}\" says why. If it does not apply here: waive = [{{ rule = \"{id}\", reason = \"…\" }}]",
    );
    Diagnostic::new(rule, Place::key(kept.found.file(), KeyPath::default()), message).hint(hint)
}

/// An entry of `require` in a few words, between quotation marks.
fn told(entry: &Value, marks: (&str, &str)) -> String {
    let (open, close) = marks;
    match entry {
        Value::Text(path) => format!("{open}{path}{close}"),
        Value::List(any) => any.iter().map(|entry| told(entry, marks)).collect::<Vec<_>>().join(" / "),
        Value::Table(conditions) => {
            let one = |(path, wanted): &(Box<str>, Value)| format!("{open}{path} = {}{close}", plain(wanted));
            conditions.iter().map(one).collect::<Vec<_>>().join(" + ")
        }
        entry => plain(entry),
    }
}

fn plain(value: &Value) -> String {
    match value {
        Value::Text(text) => text.to_string(),
        Value::List(values) => values.iter().map(plain).collect::<Vec<_>>().join(" / "),
        Value::Table(entries) => {
            entries.iter().map(|(key, value)| format!("{key} = {}", plain(value))).collect::<Vec<_>>().join(", ")
        }
        Value::Whole(number) => number.to_string(),
        Value::Flag(flag) => flag.to_string(),
        Value::Day(day) => day.to_string(),
    }
}

/// Duties that repeat one of an agreement that does not govern the same network, and have no form of their own.
fn restated(registry: &Registry, mandates: &Mandates<'_>, found: &mut Found) {
    for agreement in &registry.agreements {
        for (at, obligation) in agreement.obligation.iter().enumerate() {
            let Some((restated, part)) = obligation.restates.as_ref().and_then(|duty| duty.id().split_once('/')) else {
                continue;
            };
            // A reference to nothing has been reported as such.
            let there = registry.agreements.get(restated);
            let Some(there) = there.and_then(|there| there.obligation.iter().find(|duty| *duty.id == *part)) else {
                continue;
            };
            if there.restates.is_some() {
                if !circle::restates_itself(registry, &agreement.id, obligation) {
                    found.push(chained_restatement(agreement.file, at, restated, part));
                }
                continue;
            }
            let own = obligation.every.is_some()
                || obligation.gap.is_some()
                || obligation.per.is_some()
                || obligation.judged
                || !obligation.evidence.is_empty();
            let mut governed = mandates.grounds.iter().filter(|ground| ground.governed.contains_key(&*agreement.id));
            let Some(ground) = governed.find(|ground| !own && !ground.governed.contains_key(restated)) else {
                continue;
            };
            let network = ground.id();
            let place = KeyPath(vec![Step::Key("obligation"), Step::Index(at), Step::Key("restates")]);
            let message = say!(
                nn: "plikta gjentek ei plikt i {restated}; den avtalen gjeld ikkje for nettverket {network}, så der blir plikta aldri kravd",
                nb: "plikten gjentar en plikt i {restated}; den avtalen gjelder ikke for nettverket {network}, så der blir plikten aldri krevd",
                en: "the duty repeats a duty of {restated}; that agreement does not govern the network {network}, so the duty is never asked for there",
            );
            let hint = say!(
                nn: "før {restated} opp i «governed-by» på nettverket, eller skriv her korleis plikta blir oppfylt (every, evidence …)",
                nb: "før {restated} opp i «governed-by» på nettverket, eller skriv her hvordan plikten blir oppfylt (every, evidence …)",
                en: "enter {restated} under \"governed-by\" of the network, or write here how the duty is met (every, evidence …)",
            );
            found.push(
                Diagnostic::new(&rules::UNFOUNDED_RESTATEMENT, Place::key(agreement.file, place), message).hint(hint),
            );
        }
    }
}

fn seats(registry: &Registry, mandates: &Mandates<'_>, found: &mut Found) {
    for agreement in &registry.agreements {
        let governs = mandates.grounds.iter().any(|ground| ground.governed.contains_key(&*agreement.id));
        for (at, seat) in agreement.seat.iter().enumerate().filter(|_| governs) {
            let Some(Said { nn, nb, en }) = impossible(registry, mandates, agreement, seat) else { continue };
            let message = say!(
                nn: "ingen kan fylle plassen: {nn}",
                nb: "ingen kan fylle plassen: {nb}",
                en: "nobody can hold the seat: {en}",
            );
            let hint = say!(
                nn: "rett plassen, eller rett partane, områda eller «governed-by» i nettverket",
                nb: "rett plassen, eller rett partene, områdene eller «governed-by» i nettverket",
                en: "correct the seat, or the parties, the areas or \"governed-by\" of the network",
            );
            let place = KeyPath(vec![Step::Key("seat"), Step::Index(at)]);
            found.push(Diagnostic::new(&rules::IMPOSSIBLE_SEAT, Place::key(agreement.file, place), message).hint(hint));
        }
    }
    for line in &mandates.seats {
        crowded(line, found);
    }
}

/// Why nobody can ever hold a seat.
fn impossible(registry: &Registry, mandates: &Mandates<'_>, agreement: &Entry<Agreement>, seat: &Seat) -> Option<Said> {
    if seat.min.zip(seat.max).is_some_and(|(min, max)| min > max) {
        return Some(
            say!(nn: "«min» er større enn «max»", nb: "«min» er større enn «max»", en: "\"min\" is greater than \"max\""),
        );
    }
    if !seat.sides.is_empty() && seat.roles.len() > seat.sides.len() {
        return Some(say!(
            nn: "det er fleire roller enn sider å dele dei på",
            nb: "det er flere roller enn sider å dele dem på",
            en: "there are more roles than sides to divide them between",
        ));
    }
    if mandates.seats.iter().any(|line| std::ptr::eq(line.of.seat, seat)) {
        return None;
    }
    let (id, body) = (&*agreement.id, seat.body.id());
    let here = |ground: &&Ground<'_>| {
        ground.governed.contains_key(id) && (ground.id() == body || registry.networks.get(body).is_none())
    };
    let grounds: Vec<_> = mandates.grounds.iter().filter(here).collect();
    if grounds.is_empty() {
        // Somebody sent into a network of others; only who is sent for each of its parties can't be told.
        return matches!(seat.each, Some(EachSeat::Area | EachSeat::Party)).then(|| {
            say!(
                nn: "avtalen gjeld ikkje for nettverket som plassen er i",
                nb: "avtalen gjelder ikke for nettverket som plassen er i",
                en: "the agreement does not govern the network that the seat is in",
            )
        });
    }
    let of_seat = Days::of([registry.span(Dates::Validity(seat.from, seat.to))]);
    if grounds.iter().all(|ground| ground.governed[id].and(&ground.days).and(&of_seat).is_empty()) {
        return Some(say!(
            nn: "det finst ingen dag då både plassen og avtalen gjeld",
            nb: "det finnes ingen dag da både plassen og avtalen gjelder",
            en: "there is no day on which both the seat and the agreement hold",
        ));
    }
    match &seat.each {
        Some(EachSeat::Area) if grounds.iter().all(|ground| ground.network.areas.is_empty()) => Some(say!(
            nn: "det skal vere éin for kvart område, men nettverket har ingen område",
            nb: "det skal være én for hvert område, men nettverket har ingen områder",
            en: "there is to be one for each area, but the network has no areas",
        )),
        Some(EachSeat::Party) => Some(say!(
            nn: "det skal vere éin for kvar part, men ingen part er av det slaget som kan ha plassen",
            nb: "det skal være én for hver part, men ingen part er av det slaget som kan ha plassen",
            en: "there is to be one for each party, but no party is of the kind that can hold it",
        )),
        _ => None,
    }
}

/// More people in a seat than it holds, on some day; said once, where the last of them came in.
fn crowded(line: &SeatLine<'_>, found: &mut Found) {
    // There are only more of them from a day on which somebody comes or the seat begins.
    let begins = line.days.stretches().map(|(first, _)| first);
    let comes = line.appointments.iter().map(|sitting| sitting.sure.0).filter(|first| line.days.holds(*first));
    let Some(first) = begins.chain(comes).filter(|day| line.surely_on(*day).count() > line.max).min() else { return };
    let Some(sitting) = line.surely_on(first).last() else { return };
    let (count, max, path) = (line.surely_on(first).count(), line.max, line.of.path());
    let message = if first == Date::MIN {
        say!(
            nn: "det sit {count} i plassen {path}, som har rom for {max}",
            nb: "det sitter {count} i plassen {path}, som har rom for {max}",
            en: "there are {count} in the seat {path}, which holds {max}",
        )
    } else {
        let day = |lang: Lang| day_words(first, lang);
        let (nn, nb, en) = (day(Lang::Nn), day(Lang::Nb), day(Lang::En));
        say!(
            nn: "frå {nn} sit det {count} i plassen {path}, som har rom for {max}",
            nb: "fra {nb} sitter det {count} i plassen {path}, som har rom for {max}",
            en: "from {en} on there are {count} in the seat {path}, which holds {max}",
        )
    };
    let hint = say!(
        nn: "set «to» på den som gjekk ut, eller rett rolla eller området",
        nb: "sett «to» på den som gikk ut, eller rett rollen eller området",
        en: "set \"to\" for whoever left, or correct the role or the area",
    );
    let place = KeyPath(vec![Step::Key("appointment"), Step::Index(sitting.place())]);
    found.push(Diagnostic::new(&rules::CROWDED_SEAT, Place::key(sitting.member.file, place), message).hint(hint));
}

/// A duty that repeats one which itself only repeats another.
fn chained_restatement(file: FileId, at: usize, agreement: &str, duty: &str) -> Diagnostic {
    let path = format!("{agreement}/{duty}");
    let place = KeyPath(vec![Step::Key("obligation"), Step::Index(at), Step::Key("restates")]);
    let message = say!(
        nn: "plikta gjentek {path}, som sjølv berre gjentek ei anna, så ingen av dei blir rekna med",
        nb: "plikten gjentar {path}, som selv bare gjentar en annen, så ingen av dem blir regnet med",
        en: "the duty repeats {path}, which itself only repeats another, so neither is counted",
    );
    let hint = say!(
        nn: "la «restates» vise til plikta der ho er sagd fyrst, med «every», «evidence» eller «per»",
        nb: "la «restates» vise til plikten der den er sagt først, med «every», «evidence» eller «per»",
        en: "let \"restates\" point to where the duty is said first, with \"every\", \"evidence\" or \"per\"",
    );
    Diagnostic::new(&rules::UNFOUNDED_RESTATEMENT, Place::key(file, place), message).hint(hint)
}
