//! What an offering should say of itself: users' part in it, how people are referred to it, why it is as it is, and runs
//! within its own time. Where a duty of an agreement reports the same, nothing is said twice.

use super::duty::Told;
use super::{Found, arrangement};
use crate::date::Span;
use crate::diagnostic::{Diagnostic, Place};
use crate::lang::{Label, Lang};
use crate::mandate::side_of;
use crate::mandate::wording::listed;
use crate::model::{CareLevel, EventStatus, Form, Intensity, Offering, Record, Run, Scope, SeatSide};
use crate::registry::{Entry, Registry};
use crate::source::{KeyPath, Step};
use crate::{rules, say, tally};

pub(super) fn check(registry: &Registry, told: &Told<'_>, found: &mut Found) {
    for offering in registry.offerings.iter().filter(|offering| !offering.broken) {
        arrangement::check(registry, offering, told, found);
        found.extend(involvement(registry, offering, told));
        found.extend(referral(registry, offering, told));
        found.extend(specialist(registry, offering, told));
        runs(registry, offering, found);
    }
}

/// Whether evidence of a time is kept: always, unless the network of the offering says when it is.
fn is_kept(registry: &Registry, offering: &Offering, span: &Span) -> bool {
    let network = offering.network.as_ref().and_then(|network| registry.networks.get(network.id()));
    let mut tracked = network.into_iter().flat_map(|network| &network.tracked).peekable();
    tracked.peek().is_none() || tracked.any(|tracked| registry.span(tracked.dates()).meets(span))
}

/// Whether evidence is kept of the time that an offering is about: that of its runs, or else its own.
pub(super) fn is_followed(registry: &Registry, offering: &Offering) -> bool {
    if offering.run.is_empty() {
        return is_kept(registry, offering, &registry.span(offering.when()));
    }
    offering.run.iter().any(|run| is_kept(registry, offering, &registry.span(run.dates())))
}

/// Whether a run was surely held: it says so, or somebody counted who came.
fn was_held(run: &Run) -> bool {
    let counted = || [&run.patients, &run.relatives].into_iter().flatten().any(|count| count.thousandths().is_some());
    match run.status {
        Some(status) => status == EventStatus::Held,
        None => counted(),
    }
}

fn involvement(registry: &Registry, offering: &Entry<Offering>, told: &Told<'_>) -> Option<Diagnostic> {
    const STEPS: [(&str, Label); 3] = [
        ("involvement.planning", Label { nn: "planlegging", nb: "planlegging", en: "planning" }),
        ("involvement.delivery", Label { nn: "gjennomføring", nb: "gjennomføring", en: "delivery" }),
        ("involvement.evaluation", Label { nn: "evaluering", nb: "evaluering", en: "evaluation" }),
    ];
    let own = offering.involvement.as_ref();
    let given = |list: Option<&crate::read::List<_>>| list.is_some_and(crate::read::List::is_given);
    let stated = [
        given(own.map(|own| &own.planning)),
        given(own.map(|own| &own.delivery)),
        given(own.map(|own| &own.evaluation)),
    ];
    if stated == [true; 3] || offering.form == Some(Form::InformationMeeting) {
        return None;
    }
    let took_place = offering.continuous && is_kept(registry, offering, &registry.span(offering.when()))
        || offering.run.iter().any(|run| was_held(run) && is_kept(registry, offering, &registry.span(run.dates())));
    let of_users = |id: &str| side_of(registry, id, None) == Some(SeatSide::UserRepresentative);
    if !took_place || offering.organiser.iter().all(|organiser| of_users(organiser.id())) {
        return None;
    }
    let missing: Vec<&(&str, Label)> = STEPS
        .iter()
        .zip(stated)
        .filter(|((key, _), stated)| !stated && !told.has(offering.file, key))
        .map(|(step, _)| step)
        .collect();
    if missing.is_empty() {
        return None;
    }
    let [nn, nb, en] = Lang::ALL
        .map(|lang| listed(&missing.iter().map(|(_, label)| label.get(lang).to_owned()).collect::<Vec<_>>(), lang));
    let keys = missing.iter().map(|(key, _)| key.trim_start_matches("involvement."));
    let example = keys.map(|key| format!("{key} = [\"…\"]")).collect::<Vec<_>>().join(", ");
    let message = say!(
        nn: "brukarmedverknad er ikkje oppgitt for {nn}",
        nb: "brukermedvirkning er ikke oppgitt for {nb}",
        en: "user involvement is not stated for {en}",
    );
    let hint = say!(
        nn: "før under [involvement] kven av brukarsida som var med: {example}; [] seier at ingen var det",
        nb: "før under [involvement] hvem av brukersiden som var med: {example}; [] sier at ingen var det",
        en: "say under [involvement] who of the users' side took part: {example}; [] says that nobody did",
    );
    let place = Place::key(offering.file, KeyPath::default().key("involvement"));
    let parts = missing.iter().map(|(key, _)| *key);
    Some(Diagnostic::new(&rules::UNSTATED_INVOLVEMENT, place, message).hint(hint).parts(parts))
}

fn referral(registry: &Registry, offering: &Entry<Offering>, told: &Told<'_>) -> Option<Diagnostic> {
    let referral = offering.referral.as_ref().filter(|referral| referral.required)?;
    let described = referral.routine.is_some() || referral.criteria.as_ref().is_some_and(|text| !text.is_empty());
    let reported = || ["referral.routine", "referral.criteria"].iter().any(|key| told.has(offering.file, key));
    if described || reported() || !is_followed(registry, offering) {
        return None;
    }
    let message = say!(
        nn: "tilbodet krev tilvising, men verken rutine eller kriterium er oppgitt",
        nb: "tilbudet krever henvisning, men verken rutine eller kriterier er oppgitt",
        en: "the offering requires a referral, but neither a routine nor criteria are given",
    );
    let hint = say!(
        nn: "skriv «routine» (id-en til saka der rutinen står) eller «criteria» (i ord), eller required = false",
        nb: "skriv «routine» (id-en til saken der rutinen står) eller «criteria» (i ord), eller required = false",
        en: "write \"routine\" (the id of the matter that holds it) or \"criteria\" (in words), or required = false",
    );
    let place = Place::key(offering.file, KeyPath::default().key("referral").key("required"));
    Some(Diagnostic::new(&rules::REFERRAL_WITHOUT_ROUTINE, place, message).hint(hint))
}

fn specialist(registry: &Registry, offering: &Entry<Offering>, told: &Told<'_>) -> Option<Diagnostic> {
    if offering.care_level != Some(CareLevel::Specialist) {
        return None;
    }
    let long = offering.intensity == Some(Intensity::LongRunning) && !told.has(offering.file, "intensity");
    let across = offering.scope == Some(Scope::CrossDiagnosis) && !told.has(offering.file, "scope");
    if !(long || across) || !is_followed(registry, offering) {
        return None;
    }
    let (key, words) = match (long, across) {
        (true, true) => (
            "intensity",
            [
                "går over tid og på tvers av diagnosar",
                "går over tid og på tvers av diagnoser",
                "is long-running and cross-diagnosis",
            ],
        ),
        (true, false) => ("intensity", ["går over tid", "går over tid", "is long-running"]),
        _ => ("scope", ["går på tvers av diagnosar", "går på tvers av diagnoser", "is cross-diagnosis"]),
    };
    let ([nn, nb, en], rule) = (words, rules::UNEXPLAINED_SPECIALIST_OFFERING.id);
    let message = say!(
        nn: "tilbodet ligg i spesialisthelsetenesta og {nn}, men det står ikkje kvifor",
        nb: "tilbudet ligger i spesialisthelsetjenesten og {nb}, men det står ikke hvorfor",
        en: "the offering is in the specialist health service and {en}, but it does not say why",
    );
    let hint = say!(
        nn: "skriv grunnen i posten: waive = [{{ rule = \"{rule}\", reason = \"…\" }}]; er tilbodet felles eller kommunalt, rett «care-level»",
        nb: "skriv grunnen i posten: waive = [{{ rule = \"{rule}\", reason = \"…\" }}]; er tilbudet felles eller kommunalt, rett «care-level»",
        en: "write the reason in the record: waive = [{{ rule = \"{rule}\", reason = \"…\" }}]; if the offering is joint or municipal, correct \"care-level\"",
    );
    let place = Place::key(offering.file, KeyPath::default().key(key));
    let parts = [("intensity", long), ("scope", across)].into_iter().filter(|(_, is)| *is).map(|(key, _)| key);
    Some(Diagnostic::new(&rules::UNEXPLAINED_SPECIALIST_OFFERING, place, message).hint(hint).parts(parts))
}

/// Runs that surely begin before the offering, or end after it.
fn runs(registry: &Registry, offering: &Entry<Offering>, found: &mut Found) {
    if offering.from.is_none() && offering.to.is_none() {
        return;
    }
    let semesters = registry.semesters();
    let own = registry.span(offering.when());
    if matches!((own.from, own.to), (Some(from), Some(to)) if to < from) {
        return; // reported as a reversed period
    }
    for (at, run) in offering.run.iter().enumerate().filter(|(_, run)| tally::counts(run)) {
        let (start, end) = (run.start, run.end.unwrap_or(run.start));
        if end.last(&semesters) < start.first(&semesters) {
            continue; // so is this
        }
        let early = offering.from.filter(|_| own.from.is_some_and(|from| start.last(&semesters) < from));
        let late = offering.to.filter(|_| own.to.is_some_and(|to| end.first(&semesters) > to));
        let (key, limit, message) = if let Some(from) = early {
            let message = say!(
                nn: "gjennomføringa byrjar {start}, men tilbodet gjeld fyrst frå {from}",
                nb: "gjennomføringen begynner {start}, men tilbudet gjelder først fra {from}",
                en: "the run begins on {start}, but the offering only exists from {from}",
            );
            ("start", "from", message)
        } else if let Some(to) = late {
            let key = if run.end.is_some() { "end" } else { "start" };
            let message = say!(
                nn: "gjennomføringa varer til {end}, men tilbodet gjaldt berre til og med {to}",
                nb: "gjennomføringen varer til {end}, men tilbudet gjaldt bare til og med {to}",
                en: "the run lasts until {end}, but the offering ended on {to}",
            );
            (key, "to", message)
        } else {
            continue;
        };
        let hint = say!(
            nn: "rett datoen, eller flytt «{limit}» for tilbodet; er gjennomføringa avlyst, skriv status = \"cancelled\"",
            nb: "rett datoen, eller flytt «{limit}» for tilbudet; er gjennomføringen avlyst, skriv status = \"cancelled\"",
            en: "correct the date, or move \"{limit}\" of the offering; if the run was cancelled, write status = \"cancelled\"",
        );
        let place = KeyPath(vec![Step::Key("run"), Step::Index(at), Step::Key(key)]);
        let related = Place::key(offering.file, KeyPath::default().key(limit));
        found.push(
            Diagnostic::new(&rules::RUN_OUTSIDE_VALIDITY, Place::key(offering.file, place), message)
                .hint(hint)
                .related(related, say!(nn: "grensa står her", nb: "grensen står her", en: "the limit stands here")),
        );
    }
}
