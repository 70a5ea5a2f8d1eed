//! How a duty is computed: a sentence for each key of it.

use super::rhythm;
use crate::date::{Date, day_words};
use crate::lang::{Lang, Text};
use crate::mandate::wording::{listed, quoted, source, who};
use crate::mandate::{Duty, Line, Mandates};
use crate::model::{Obligation, OrganisationKind, Owner, Receivers, Strength};
use crate::names::Names;
use crate::names::condition::{either, requirements, selection};
use crate::say;

/// More who owe a duty than these are counted rather than named.
const NAMED: usize = 20;

/// The sentences, in the order in which people ask.
pub(super) fn sentences(mandates: &Mandates<'_>, duty: Duty<'_>, names: &Names<'_>, day: Date) -> Vec<String> {
    let obligation = duty.obligation;
    let mut all = Vec::new();
    if obligation.restates.is_none() || obligation.strength.is_some() {
        all.push(strength(obligation, names.lang));
    }
    all.extend(restated(duty, names));
    all.extend(owners(mandates, duty, names, day));
    all.extend(receivers(obligation, names));
    all.extend(rhythm::sentences(obligation, names));
    all.extend(evidence(duty, names));
    all.extend(per_record(obligation, names));
    all.extend(compiled(obligation, names));
    all.extend(said_again(mandates, duty, names));
    all.extend(validity(obligation, names.lang));
    all.extend(super::ground::of_duty(mandates, duty, names));
    all
}

/// A remark of the record.
pub(super) fn note(note: &Text, lang: Lang) -> String {
    let note = note.get(lang);
    say!(lang, nn: "Merknad: {note}", nb: "Merknad: {note}", en: "Note: {note}")
}

/// How binding it is, and what follows from that.
fn strength(obligation: &Obligation, lang: Lang) -> String {
    let dated = !obligation.judged && (obligation.every.is_some() || obligation.gap.is_some());
    let word = match obligation.strength.unwrap_or(Strength::Shall) {
        Strength::Shall => say!(lang, nn: "Bindande («skal»)", nb: "Bindende («skal»)", en: "Binding (“shall”)"),
        Strength::Should => say!(lang, nn: "Tilrådd («bør»)", nb: "Anbefalt («bør»)", en: "Recommended (“should”)"),
        Strength::Aim => say!(lang, nn: "Eit mål", nb: "Et mål", en: "An aim"),
        Strength::May => say!(lang, nn: "Valfritt («kan»)", nb: "Valgfritt («kan»)", en: "Optional (“may”)"),
    };
    match (obligation.strength.unwrap_or(Strength::Shall), dated, obligation.per.is_some()) {
        (Strength::Shall, true, _) => say!(lang,
            nn: "{word}: det som ikkje er gjort når fristen er ute, står som «over fristen».",
            nb: "{word}: det som ikke er gjort når fristen er ute, står som «forfalt».",
            en: "{word}: what is not done by its deadline reads “overdue”.",
        ),
        (_, true, _) => say!(lang,
            nn: "{word}: det som ikkje er gjort når fristen er ute, står som «ikkje oppfylt», aldri som «over fristen».",
            nb: "{word}: det som ikke er gjort når fristen er ute, står som «ikke oppfylt», aldri som «forfalt».",
            en: "{word}: what is not done by its deadline reads “not met”, never “overdue”.",
        ),
        (Strength::Shall, _, true) => say!(lang,
            nn: "{word}: det som manglar, gjev ei åtvaring i «lmnet check».",
            nb: "{word}: det som mangler, gir en advarsel i «lmnet check».",
            en: "{word}: what is missing gives a warning in “lmnet check”.",
        ),
        (Strength::Should, _, true) => say!(lang,
            nn: "{word}: det som manglar, gjev ein merknad i «lmnet check».",
            nb: "{word}: det som mangler, gir en merknad i «lmnet check».",
            en: "{word}: what is missing gives a note in “lmnet check”.",
        ),
        (_, _, true) => say!(lang,
            nn: "{word}: det som manglar, blir berre talt.",
            nb: "{word}: det som mangler, blir bare talt.",
            en: "{word}: what is missing is only counted.",
        ),
        _ => say!(lang, nn: "{word}.", nb: "{word}.", en: "{word}."),
    }
}

fn restated(duty: Duty<'_>, names: &Names<'_>) -> Option<String> {
    let path = duty.obligation.restates.as_ref()?.id();
    let (agreement, id) = path.split_once('/')?;
    let record = names.registry.agreements.get(agreement)?;
    let clause = record.obligation.iter().find(|other| *other.id == *id).and_then(|other| other.clause.as_deref());
    let place = source(agreement, clause, names);
    Some(say!(names.lang,
        nn: "Seier det same som {place} ({path}). I nettverk som den avtalen styrer, blir plikta rekna der, og berre éin gong.",
        nb: "Sier det samme som {place} ({path}). I nettverk som den avtalen styrer, regnes plikten der, og bare én gang.",
        en: "Says the same as {place} ({path}). In networks which that agreement governs, the duty is counted there, and only once.",
    ))
}

/// Who owes it: by which rule, and who that is on the day.
fn owners(mandates: &Mandates<'_>, duty: Duty<'_>, names: &Names<'_>, day: Date) -> Vec<String> {
    let (lang, obligation) = (names.lang, duty.obligation);
    if obligation.restates.is_some() && obligation.by.is_none() {
        return Vec::new();
    }
    let rule = match &obligation.by {
        None if obligation.per.is_some() => say!(lang,
            nn: "Plikta ligg på den som står for posten: arrangøren, eller nettverket når det er ein plan eller ein rapport.",
            nb: "Plikten ligger på den som står for posten: arrangøren, eller nettverket når det er en plan eller en rapport.",
            en: "It is owed by whoever answers for the record: the organiser, or the network if it is a plan or a report.",
        ),
        None | Some(Owner::Network) => {
            say!(lang, nn: "Plikta ligg på nettverket.", nb: "Plikten ligger på nettverket.", en: "The network owes it.")
        }
        Some(Owner::Body(body)) => {
            let body = names.body(body.id());
            say!(lang, nn: "Plikta ligg på {body}.", nb: "Plikten ligger på {body}.", en: "It is owed by {body}.")
        }
        Some(Owner::Each(each)) => {
            let each = kinds(each, lang);
            say!(lang,
                nn: "Plikta ligg på alle partar av typen {each}, kvar for seg.",
                nb: "Plikten ligger på alle parter av typen {each}, hver for seg.",
                en: "Each party of the kind {each} owes it on its own.",
            )
        }
        Some(Owner::Jointly(bodies)) => {
            let all = listed(&bodies.iter().map(|body| names.body(body.id())).collect::<Vec<_>>(), lang);
            say!(lang,
                nn: "Plikta ligg på {all} saman: det held at éin av dei gjer det.",
                nb: "Plikten ligger på {all} sammen: det holder at én av dem gjør det.",
                en: "It is owed by {all} together: it is enough that one of them does it.",
            )
        }
        Some(Owner::JointlyParties) => say!(lang,
            nn: "Plikta ligg på alle partane saman: det held at éin av dei gjer det.",
            nb: "Plikten ligger på alle partene sammen: det holder at én av dem gjør det.",
            en: "It is owed by all parties together: it is enough that one of them does it.",
        ),
        Some(Owner::Pair(pair)) => {
            let pair = listed(&labels(pair, lang), lang);
            say!(lang,
                nn: "Plikta ligg på kvart par av {pair} i same føretaksområde: begge må vere med.",
                nb: "Plikten ligger på hvert par av {pair} i samme foretaksområde: begge må være med.",
                en: "It is owed by each pair of {pair} in the same catchment area: both must take part.",
            )
        }
    };
    let mut all = vec![rule];
    if matches!(obligation.by, Some(Owner::Each(_) | Owner::Pair(_))) {
        let same = |line: &&Line<'_>| std::ptr::eq(line.duty.obligation, obligation) && line.days.holds(day);
        let here: Vec<String> = mandates.lines.iter().filter(same).map(|line| who(&line.by, names)).collect();
        let pairs = matches!(obligation.by, Some(Owner::Pair(_)));
        all.push(owing(&here, pairs, &day_words(day, lang), lang));
    }
    all
}

/// How many owe it on the day, and who they are where that is readable.
fn owing(who: &[String], pairs: bool, on: &str, lang: Lang) -> String {
    let (count, names) = (who.len(), listed(who, lang));
    let names = if count > NAMED { String::new() } else { format!(": {names}") };
    match (count, pairs) {
        (0, _) => {
            say!(lang, nn: "Ingen har plikta {on}.", nb: "Ingen har plikten {on}.", en: "Nobody owes it on {on}.")
        }
        (1, false) => say!(lang,
            nn: "Éin har plikta {on}{names}.", nb: "Én har plikten {on}{names}.", en: "One owes it on {on}{names}.",
        ),
        (1, true) => say!(lang,
            nn: "Eitt par har plikta {on}{names}.", nb: "Ett par har plikten {on}{names}.", en: "One pair owes it on {on}{names}.",
        ),
        (_, false) => {
            say!(lang, nn: "{count} har plikta {on}{names}.", nb: "{count} har plikten {on}{names}.", en: "{count} owe it on {on}{names}.")
        }
        (_, true) => say!(lang,
            nn: "{count} par har plikta {on}{names}.", nb: "{count} par har plikten {on}{names}.", en: "{count} pairs owe it on {on}{names}.",
        ),
    }
}

fn receivers(obligation: &Obligation, names: &Names<'_>) -> Option<String> {
    let lang = names.lang;
    Some(match obligation.receiver.as_ref().filter(|receiver| !receiver.is_empty())? {
        Receivers::Bodies(bodies) => {
            let all = listed(&bodies.iter().map(|body| names.body(body.id())).collect::<Vec<_>>(), lang);
            if bodies.len() > 1 {
                say!(lang,
                    nn: "Det skal sendast til {all}, og er gjort når alle har fått det.",
                    nb: "Det skal sendes til {all}, og er gjort når alle har fått det.",
                    en: "It is to be sent to {all}, and is done when each of them has got it.",
                )
            } else {
                say!(lang, nn: "Det skal sendast til {all}.", nb: "Det skal sendes til {all}.", en: "It is to be sent to {all}.")
            }
        }
        Receivers::Each(each) => {
            let each = kinds(each, lang);
            say!(lang,
                nn: "Det skal sendast til alle partar av typen {each}, og er gjort når alle har fått det.",
                nb: "Det skal sendes til alle parter av typen {each}, og er gjort når alle har fått det.",
                en: "It is to be sent to each party of the kind {each}, and is done when each of them has got it.",
            )
        }
    })
}

fn evidence(duty: Duty<'_>, names: &Names<'_>) -> Option<String> {
    let (lang, obligation) = (names.lang, duty.obligation);
    let path = duty.path();
    if obligation.judged || obligation.per.is_some() {
        return None;
    }
    if obligation.evidence.is_empty() {
        return obligation.restates.is_none().then(|| {
            say!(lang,
                nn: "Ingen post tel som dokumentasjon av seg sjølv. Ein post må seie det: shows = [\"{path}\"].",
                nb: "Ingen post teller som dokumentasjon av seg selv. En post må si det: shows = [\"{path}\"].",
                en: "No record counts as evidence by itself. A record has to say so: shows = [\"{path}\"].",
            )
        });
    }
    let shown = either(&obligation.evidence.iter().map(|one| selection(one, names)).collect::<Vec<_>>(), lang);
    Some(say!(lang,
        nn: "Som dokumentasjon tel: {shown}. Andre postar tel òg, når dei seier det sjølve: shows = [\"{path}\"].",
        nb: "Som dokumentasjon teller: {shown}. Andre poster teller også, når de selv sier det: shows = [\"{path}\"].",
        en: "This counts as evidence: {shown}. Other records count too, when they say so themselves: shows = [\"{path}\"].",
    ))
}

fn per_record(obligation: &Obligation, names: &Names<'_>) -> Vec<String> {
    let Some(per) = &obligation.per else { return Vec::new() };
    let lang = names.lang;
    let each = selection(per, names);
    let wanted = requirements(&per.record, &obligation.require.iter().collect::<Vec<_>>(), names);
    vec![
        say!(lang, nn: "Plikta gjeld kvar post av dette slaget: {each}.", nb: "Plikten gjelder hver post av dette slaget: {each}.", en: "It is owed for each record of this kind: {each}."),
        say!(lang, nn: "For kvar av dei må dette stå: {wanted}.", nb: "For hver av dem må dette stå: {wanted}.", en: "For each of them, this must be given: {wanted}."),
    ]
}

fn compiled(obligation: &Obligation, names: &Names<'_>) -> Option<String> {
    let lang = names.lang;
    let parts = obligation.compiles.iter().map(|part| {
        let agreement = part.id().split_once('/').map_or("", |(agreement, _)| agreement);
        format!("{} ({})", source(agreement, None, names), part.id())
    });
    let parts = listed(&parts.collect::<Vec<_>>(), lang);
    (!parts.is_empty()).then(|| {
        say!(lang,
            nn: "Samlar det som er levert etter {parts}. Det som manglar, blir nemnt.",
            nb: "Samler det som er levert etter {parts}. Det som mangler, blir nevnt.",
            en: "Gathers what is handed in under {parts}. What is missing of it is named.",
        )
    })
}

fn said_again(mandates: &Mandates<'_>, duty: Duty<'_>, names: &Names<'_>) -> Vec<String> {
    let lang = names.lang;
    let path = duty.path();
    let mut all = Vec::new();
    for agreement in &mandates.registry.agreements {
        for other in
            agreement.obligation.iter().filter(|other| other.restates.as_ref().is_some_and(|one| one.id() == path))
        {
            let place = source(&agreement.id, other.clause.as_deref(), names);
            let text = match &other.text {
                Some(text) => format!(": {}", quoted(text.get(lang), lang)),
                None => ".".to_owned(),
            };
            all.push(say!(lang,
                nn: "Det same står i {place}{text}", nb: "Det samme står i {place}{text}", en: "The same is said in {place}{text}",
            ));
        }
    }
    all
}

fn validity(obligation: &Obligation, lang: Lang) -> Option<String> {
    let (from, to) = (obligation.from.map(|from| from.words(lang)), obligation.to.map(|to| to.words(lang)));
    Some(match (from, to) {
        (None, None) => return None,
        (Some(from), None) => {
            say!(lang, nn: "Plikta gjeld frå og med {from}.", nb: "Plikten gjelder fra og med {from}.", en: "It is owed from {from}.")
        }
        (None, Some(to)) => {
            say!(lang, nn: "Plikta gjeld til og med {to}.", nb: "Plikten gjelder til og med {to}.", en: "It is owed until {to}.")
        }
        (Some(from), Some(to)) => say!(lang,
            nn: "Plikta gjeld frå og med {from} til og med {to}.",
            nb: "Plikten gjelder fra og med {from} til og med {to}.",
            en: "It is owed from {from} until {to}.",
        ),
    })
}

fn labels(kinds: &[OrganisationKind], lang: Lang) -> Vec<String> {
    kinds.iter().map(|kind| kind.label().get(lang).to_owned()).collect()
}

/// `kommune eller helseføretak`
pub(super) fn kinds(kinds: &[OrganisationKind], lang: Lang) -> String {
    either(&labels(kinds, lang), lang)
}
