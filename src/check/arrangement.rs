//! `unsettled-arrangement`: who is responsible for a joint offering, how it is organised and who pays must be settled, in an
//! agreement that was in force when the offering ran.

use super::Found;
use super::duty::Told;
use super::offering::is_followed;
use crate::date::{Date, Span, period};
use crate::diagnostic::{Diagnostic, Place};
use crate::lang::{Label, Lang, Said};
use crate::mandate::wording::listed;
use crate::mandate::{Days, bound, side_of};
use crate::model::{Agreement, CareLevel, Clause, Offering, Record, SeatSide};
use crate::registry::{Entry, Registry};
use crate::source::{KeyPath, Step};
use crate::{rules, say, tally};

const PARTS: [(&str, &str, Label); 3] = [
    ("responsibility", "arrangement.responsibility", Label { nn: "ansvar", nb: "ansvar", en: "responsibility" }),
    ("organisation", "arrangement.organisation", Label { nn: "organisering", nb: "organisering", en: "organisation" }),
    ("financing", "arrangement.financing", Label { nn: "finansiering", nb: "finansiering", en: "financing" }),
];

pub(super) fn check(registry: &Registry, offering: &Entry<Offering>, told: &Told<'_>, found: &mut Found) {
    let own = offering.arrangement.as_ref();
    let settled: [Option<&Clause>; 3] = [
        own.and_then(|own| own.responsibility.as_ref()),
        own.and_then(|own| own.organisation.as_ref()),
        own.and_then(|own| own.financing.as_ref()),
    ];
    let missing: Vec<(&str, Label)> = PARTS
        .iter()
        .zip(&settled)
        .filter(|((_, path, _), clause)| clause.is_none() && !told.has(offering.file, path))
        .map(|((key, _, label), _)| (*key, *label))
        .collect();
    if !missing.is_empty() && is_joint(registry, offering) && is_followed(registry, offering) {
        found.push(unsettled(offering, &missing));
    }
    // Of several parts in the same agreement, the first one speaks for all.
    for (at, clause) in settled.iter().enumerate().filter_map(|(at, clause)| Some((at, (*clause)?))) {
        let same = |other: &Option<&Clause>| other.is_some_and(|other| other.agreement == clause.agreement);
        if !settled[..at].iter().any(same) {
            found.extend(lapsed(registry, offering, PARTS[at].0, clause));
        }
    }
}

/// Whether both levels answer for an offering: it says so, or its organisers are of both.
fn is_joint(registry: &Registry, offering: &Offering) -> bool {
    if offering.care_level == Some(CareLevel::Joint) {
        return true;
    }
    let has = |side| offering.organiser.iter().any(|organiser| side_of(registry, organiser.id(), None) == Some(side));
    offering.organiser.len() > 1 && has(SeatSide::Municipality) && has(SeatSide::Specialist)
}

fn unsettled(offering: &Entry<Offering>, missing: &[(&str, Label)]) -> Diagnostic {
    let [nn, nb, en] = Lang::ALL
        .map(|lang| listed(&missing.iter().map(|(_, part)| part.get(lang).to_owned()).collect::<Vec<_>>(), lang));
    let other = offering.care_level.filter(|level| *level != CareLevel::Joint).map(CareLevel::word);
    let message = match other {
        None => say!(
            nn: "tilbodet er felles for begge nivåa, men det står ikkje kva avtale som avklarar {nn}",
            nb: "tilbudet er felles for begge nivåene, men det står ikke hvilken avtale som avklarer {nb}",
            en: "the offering is joint between both levels, but it does not say which agreement settles {en}",
        ),
        Some(level) => say!(
            nn: "«organiser» nemner begge nivåa, men «care-level» er «{level}», og det står ikkje kva avtale som avklarar {nn}",
            nb: "«organiser» nevner begge nivåene, men «care-level» er «{level}», og det står ikke hvilken avtale som avklarer {nb}",
            en: "\"organiser\" names both levels, but \"care-level\" is \"{level}\", and it does not say which agreement settles {en}",
        ),
    };
    let hint = match other {
        None => say!(
            nn: "vis under [arrangement] til avtalen og punktet: financing = {{ agreement = \"…\", clause = \"…\" }}",
            nb: "vis under [arrangement] til avtalen og punktet: financing = {{ agreement = \"…\", clause = \"…\" }}",
            en: "name the agreement and the clause under [arrangement]: financing = {{ agreement = \"…\", clause = \"…\" }}",
        ),
        Some(_) => say!(
            nn: "svarar berre den eine for tilbodet, flytt den andre til «partners»; elles skriv care-level = \"joint\" og avtalen under [arrangement]",
            nb: "svarer bare den ene for tilbudet, flytter du den andre til «partners»; ellers skriver du care-level = \"joint\" og avtalen under [arrangement]",
            en: "if only one of them answers for the offering, move the other to \"partners\"; else write care-level = \"joint\" and the agreement under [arrangement]",
        ),
    };
    let key = match (&offering.arrangement, offering.care_level) {
        (Some(_), _) => "arrangement",
        (None, Some(CareLevel::Joint)) => "care-level",
        _ => "organiser",
    };
    let place = Place::key(offering.file, KeyPath::default().key(key));
    let parts = missing.iter().map(|(key, _)| *key);
    Diagnostic::new(&rules::UNSETTLED_ARRANGEMENT, place, message).hint(hint).parts(parts)
}

/// A part that was settled in an agreement which was surely not in force when the offering ran.
fn lapsed(registry: &Registry, offering: &Entry<Offering>, key: &'static str, clause: &Clause) -> Option<Diagnostic> {
    let agreement = registry.agreements.get(clause.agreement.id())?;
    let validity = registry.span(offering.when());
    let never_ends = agreement.from.is_none() && agreement.to.is_none() && agreement.notice.is_none();
    // A reference to what the whole offering lies outside of has been reported as such.
    if never_ends || agreement.broken || !registry.span(agreement.when()).meets(&validity) {
        return None;
    }
    let days = days_of(registry, offering, agreement);
    let outside = |span: &Span| !holds(&days, span);
    let id = &agreement.id;
    let place = Place::key(offering.file, KeyPath(vec![Step::Key("arrangement"), Step::Key(key)]));
    if offering.run.is_empty() {
        let (span, message) = lapsed_without_runs(registry, offering, id, &days)?;
        let hint = remedy(registry, offering, agreement, &span);
        return Some(Diagnostic::new(&rules::UNSETTLED_ARRANGEMENT, place, message).hint(hint));
    }
    let mut late =
        offering.run.iter().enumerate().filter(|(_, run)| tally::counts(run) && outside(&registry.span(run.dates())));
    let (at, run) = late.next()?;
    let more = late.count();
    let [whom_nn, whom_nb, whom_en] = whom(registry, offering, agreement, &registry.span(run.dates()));
    let [nn, nb, en] = Lang::ALL.map(|lang| period(run.start, run.end, lang));
    let [more_nn, more_nb, more_en] = match more {
        0 => [const { String::new() }; 3],
        _ => [format!(" (og {more} til)"), format!(" (og {more} til)"), format!(" (and {more} more)")],
    };
    let message = say!(
        nn: "ordninga viser til «{id}», som ikkje var i kraft{whom_nn} då tilbodet vart gjennomført {nn}{more_nn}",
        nb: "ordningen viser til «{id}», som ikke var i kraft{whom_nb} da tilbudet ble gjennomført {nb}{more_nb}",
        en: "the arrangement refers to \"{id}\", which was not in force{whom_en} when the offering ran, {en}{more_en}",
    );
    let related = KeyPath(vec![Step::Key("run"), Step::Index(at), Step::Key("start")]);
    Some(
        Diagnostic::new(&rules::UNSETTLED_ARRANGEMENT, place, message)
            .hint(remedy(registry, offering, agreement, &registry.span(run.dates())))
            .related(
                Place::key(offering.file, related),
                say!(nn: "gjennomføringa står her", nb: "gjennomføringen står her", en: "the run stands here"),
            ),
    )
}

/// When an offering without runs was held after the days of its agreement, and how that is said: all its time, or, of one that
/// runs all the time, the last of it.
fn lapsed_without_runs(registry: &Registry, offering: &Offering, id: &str, days: &Days) -> Option<(Span, Said)> {
    let validity = registry.span(offering.when());
    if !holds(days, &validity) {
        let message = say!(
            nn: "ordninga viser til «{id}», som var sagd opp og ikkje gjaldt lenger då tilbodet tok til",
            nb: "ordningen viser til «{id}», som var sagt opp og ikke gjaldt lenger da tilbudet begynte",
            en: "the arrangement refers to \"{id}\", which had been given notice of and no longer held when the offering began",
        );
        return Some((validity, message));
    }
    let last = offering.to.map_or(Date::MAX, |to| to.first(&registry.semesters()));
    let ended = days.last().filter(|ended| offering.continuous && *ended < last)?;
    let message = say!(
        nn: "ordninga viser til «{id}», som var i kraft til og med {ended}, men tilbodet varer lenger",
        nb: "ordningen viser til «{id}», som var i kraft til og med {ended}, men tilbudet varer lenger",
        en: "the arrangement refers to \"{id}\", which was in force until {ended}, but the offering goes on after that day",
    );
    Some((Span { from: Some(last), to: Some(last) }, message))
}

/// For whom an agreement was not in force, where it was for another of the organisers.
fn whom(registry: &Registry, offering: &Offering, agreement: &Agreement, span: &Span) -> [String; 3] {
    let organisers = offering.organiser.iter().map(|organiser| organiser.id());
    let (inside, outside): (Vec<&str>, Vec<&str>) =
        organisers.partition(|organiser| holds(&bound(registry, agreement, organiser), span));
    if inside.is_empty() {
        return Default::default();
    }
    let outside: Vec<String> = outside.into_iter().map(str::to_owned).collect();
    Lang::ALL.map(|lang| format!(" for {}", listed(&outside, lang)))
}

/// Whether some of the days lie in a span.
fn holds(days: &Days, span: &Span) -> bool {
    days.meets(span.from.unwrap_or(Date::MIN), span.to.unwrap_or(Date::MAX))
}

/// The days on which an agreement, or one that it carries on from, bound all the organisers: what ran under the one before was
/// settled there.
fn days_of<'a>(registry: &'a Registry, offering: &Offering, agreement: &'a Entry<Agreement>) -> Days {
    let (mut line, mut days) = (vec![agreement], Days::default());
    let mut at = 0;
    while let Some(agreement) = line.get(at).copied() {
        days = days.or(&days_in(registry, offering, agreement));
        for before in agreement.replaces.iter().filter_map(|before| registry.agreements.get(before.id())) {
            if !line.iter().any(|known| known.id == before.id) {
                line.push(before);
            }
        }
        at += 1;
    }
    days
}

/// The days on which an agreement bound all the organisers.
fn days_in(registry: &Registry, offering: &Offering, agreement: &Agreement) -> Days {
    let organisers = offering.organiser.iter().map(|organiser| organiser.id());
    organisers.fold(Days::all(), |days, organiser| days.and(&bound(registry, agreement, organiser)))
}

/// What to refer to instead: an agreement that carries on from this one and was in force then.
fn remedy(registry: &Registry, offering: &Offering, agreement: &Entry<Agreement>, span: &Span) -> Said {
    let next = registry.agreements.iter().find(|next| {
        next.replaces.iter().any(|before| before.id() == &*agreement.id)
            && holds(&days_in(registry, offering, next), span)
    });
    match next.map(|next| &next.id) {
        Some(next) => say!(
            nn: "vis til «{next}», som tok over",
            nb: "vis til «{next}», som tok over",
            en: "refer to \"{next}\", which took over",
        ),
        None => say!(
            nn: "vis til avtalen som galdt då, eller rett datoane i avtalen eller gjennomføringa",
            nb: "vis til avtalen som gjaldt da, eller rett datoene i avtalen eller gjennomføringen",
            en: "refer to the agreement that was in force then, or correct the dates of the agreement or the run",
        ),
    }
}
