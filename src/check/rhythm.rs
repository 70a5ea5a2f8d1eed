//! `contradictory-duty`: keys of an obligation or seat that shut each other out, or can have no effect where they stand.

use super::{Found, form};
use crate::diagnostic::{Diagnostic, Place};
use crate::lang::Said;
use crate::model::Obligation;
use crate::read::Unit;
use crate::registry::Registry;
use crate::source::{FileId, KeyPath, Step};
use crate::{rules, say};

pub(super) fn check(registry: &Registry, found: &mut Found) {
    for agreement in &registry.agreements {
        for (at, obligation) in agreement.obligation.iter().enumerate() {
            let forms = if agreement.broken { Vec::new() } else { form::of_duty(obligation) };
            for (key, why) in forms.into_iter().chain(obligation_faults(registry, obligation)) {
                found.push(fault(agreement.file, [Step::Key("obligation"), Step::Index(at), Step::Key(key)], why));
            }
        }
        for (at, seat) in agreement.seat.iter().enumerate() {
            let faults = if agreement.broken { Vec::new() } else { form::of_seat(seat) };
            for (key, why) in faults {
                found.push(fault(agreement.file, [Step::Key("seat"), Step::Index(at), Step::Key(key)], why));
            }
        }
    }
    for report in registry.reports.iter().filter(|report| !report.broken) {
        for (at, figure) in report.figure.iter().enumerate() {
            if let Some(why) = figure.answers.as_ref().and_then(|answers| form::of_answer(registry, answers)) {
                let place = [Step::Key("figure"), Step::Index(at), Step::Key("answers"), Step::Key("period")];
                found.push(fault(report.file, place, why));
            }
        }
    }
}

/// The keys that are at fault, each with why.
fn obligation_faults(registry: &Registry, obligation: &Obligation) -> Vec<(&'static str, Said)> {
    let yearly = obligation.every.is_some_and(|every| every.unit == Unit::Year);
    let span = registry.span(crate::read::Dates::Validity(obligation.from, obligation.to));
    let needs_year = || {
        say!(
            nn: "ein fast dato krev at «every» er heile år («year», «2 years»)",
            nb: "en fast dato krever at «every» er hele år («year», «2 years»)",
            en: "a date in the year only works together with \"every\" in years",
        )
    };
    let needs_every = || {
        say!(
            nn: "nøkkelen gjeld berre saman med «every»",
            nb: "nøkkelen gjelder bare sammen med «every»",
            en: "the key only works together with \"every\"",
        )
    };
    let mut faults = Vec::new();
    if obligation.every.is_some() && obligation.gap.is_some() {
        faults.push((
            "gap",
            say!(
                nn: "«every» og «gap» er to ulike rytmar; ei plikt har berre éin",
                nb: "«every» og «gap» er to ulike rytmer; en plikt har bare én",
                en: "\"every\" and \"gap\" are two different rhythms; a duty has only one",
            ),
        ));
    }
    if obligation.due.is_some() && obligation.month.is_some() {
        faults.push((
            "month",
            say!(
                nn: "«due» og «month» seier kvar sin frist",
                nb: "«due» og «month» sier hver sin frist",
                en: "\"due\" and \"month\" each give a deadline",
            ),
        ));
    }
    if !yearly {
        faults.extend(obligation.due.map(|_| ("due", needs_year())));
        faults.extend(obligation.month.map(|_| ("month", needs_year())));
    }
    if obligation.every.is_none() {
        faults.extend(obligation.first.map(|_| ("first", needs_every())));
        faults.extend(obligation.covers.map(|_| ("covers", needs_every())));
        faults.extend(obligation.shift.map(|_| ("shift", needs_every())));
    }
    if obligation.receiver.as_ref().is_some_and(crate::model::Receivers::is_empty) {
        faults.push(("receiver", say!(
            nn: "lista over mottakarar er tom, så ingen får det", nb: "listen over mottakere er tom, så ingen får det", en: "the list of receivers is empty, so nobody gets it",
        )));
    }
    if matches!((span.from, span.to), (Some(from), Some(to)) if to < from) {
        faults.push(("to", say!(
            nn: "plikta sluttar før ho byrjar", nb: "plikten slutter før den begynner", en: "the duty ends before it begins",
        )));
    }
    faults
}

fn fault<const STEPS: usize>(file: FileId, place: [Step; STEPS], why: Said) -> Diagnostic {
    let hint = say!(
        nn: "ta bort nøkkelen, eller rett nøkkelen han høyrer saman med",
        nb: "ta bort nøkkelen, eller rett nøkkelen den hører sammen med",
        en: "remove the key, or correct the key that it goes with",
    );
    Diagnostic::new(&rules::CONTRADICTORY_DUTY, Place::key(file, KeyPath(place.into())), why).hint(hint)
}
