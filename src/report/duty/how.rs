//! How a duty is computed: a sentence for each key of it.

use super::condition::{either, requirements, selection};
use crate::date::{Date, day_words, month_name};
use crate::lang::{Lang, Text};
use crate::mandate::wording::{listed, quoted, source, who};
use crate::mandate::{Duty, Line, Mandates};
use crate::model::{Covers, Obligation, OrganisationKind, Owner, Receivers, Shift, Strength};
use crate::names::Names;
use crate::read::{Duration, Shape, Unit};
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
    all.extend(rhythm(obligation, names));
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

/// How often, by which day, for which period.
fn rhythm(obligation: &Obligation, names: &Names<'_>) -> Vec<String> {
    let lang = names.lang;
    if obligation.judged {
        return vec![say!(lang,
            nn: "Om plikta er oppfylt, må eit menneske vurdere. Programmet reknar henne aldri som oppfylt.",
            nb: "Om plikten er oppfylt, må et menneske vurdere. Programmet regner den aldri som oppfylt.",
            en: "Whether it is met is for a person to judge. The program never counts it as met.",
        )];
    }
    if let Some(gap) = obligation.gap {
        let window = duration(gap, names);
        let times = match obligation.at_least.unwrap_or(1) {
            1 => say!(lang, nn: "minst éin gong", nb: "minst én gang", en: "at least once"),
            times => say!(lang, nn: "minst {times} gonger", nb: "minst {times} ganger", en: "at least {times} times"),
        };
        let from = counted_from(gap.unit, lang);
        return vec![say!(lang,
            nn: "Det må gjerast {times} i løpet av {window}. {from}",
            nb: "Det må gjøres {times} i løpet av {window}. {from}",
            en: "It must be done {times} within {window}. {from}",
        )];
    }
    let Some(every) = obligation.every else {
        if obligation.per.is_some() || obligation.restates.is_some() {
            return Vec::new();
        }
        return vec![say!(lang,
            nn: "Plikta er varig: ho har ingen frist og kan aldri gå over han. Den nyaste dokumentasjonen, om det finst noka, står nedanfor.",
            nb: "Plikten er varig: den har ingen frist og kan ikke forfalle. Den nyeste dokumentasjonen, om det finnes noen, står nedenfor.",
            en: "The duty is standing: it has no deadline and is never overdue. The newest evidence, if there is any, stands below.",
        )];
    };
    let mut all = vec![how_often(every, obligation.at_least.unwrap_or(1), lang), due(obligation, every, lang)];
    if let Some(first) = obligation.first {
        let first = first.0;
        all.push(say!(lang, nn: "Den fyrste fristen er i {first}.", nb: "Den første fristen er i {first}.", en: "The first deadline is in {first}."));
    }
    all.push(match obligation.covers {
        Some(Covers::Next) => say!(lang,
            nn: "Det som blir levert, gjeld perioden etter fristen; året i posten viser kva for ein.",
            nb: "Det som leveres, gjelder perioden etter fristen; året i posten viser hvilken.",
            en: "What is handed in is for the period after the deadline; the year in the record tells which.",
        ),
        Some(Covers::Previous) => say!(lang,
            nn: "Det som blir levert, gjeld perioden før fristen; året i posten viser kva for ein.",
            nb: "Det som leveres, gjelder perioden før fristen; året i posten viser hvilken.",
            en: "What is handed in is for the period before the deadline; the year in the record tells which.",
        ),
        None if obligation.due.is_some() || obligation.month.is_some() => say!(lang,
            nn: "Ein post tel i perioden han er datert i. Er han datert etter fristen, er det gjort for seint. Det som er til overs i ein periode, tel for den eldste perioden som framleis står open.",
            nb: "En post teller i perioden den er datert i. Er den datert etter fristen, er det gjort for sent. Det som er til overs i en periode, teller for den eldste perioden som fortsatt står åpen.",
            en: "A record counts in the period of its date. If it is dated after the deadline, the duty is met late. What a period does not need counts for the oldest period that is still open.",
        ),
        None => say!(lang,
            nn: "Ein post tel i perioden han er datert i. Det som er til overs i ein periode, tel for den eldste perioden som framleis står open.",
            nb: "En post teller i perioden den er datert i. Det som er til overs i en periode, teller for den eldste perioden som fortsatt står åpen.",
            en: "A record counts in the period of its date. What a period does not need counts for the oldest period that is still open.",
        ),
    });
    all.push(match obligation.shift.unwrap_or(Shift::None) {
        Shift::None => say!(lang,
            nn: "Fristen står fast, òg når han fell i ei helg eller på ein heilagdag.",
            nb: "Fristen står fast, også når den faller i en helg eller på en helligdag.",
            en: "The deadline does not move, even if it falls on a weekend or a public holiday.",
        ),
        Shift::NextWorkingDay => say!(lang,
            nn: "Fell fristen i ei helg eller på ein heilagdag, gjeld neste yrkedag.",
            nb: "Faller fristen i en helg eller på en helligdag, gjelder neste virkedag.",
            en: "A deadline on a weekend or a public holiday moves to the next working day.",
        ),
        Shift::PreviousWorkingDay => say!(lang,
            nn: "Fell fristen i ei helg eller på ein heilagdag, gjeld yrkedagen før.",
            nb: "Faller fristen i en helg eller på en helligdag, gjelder virkedagen før.",
            en: "A deadline on a weekend or a public holiday moves to the working day before.",
        ),
    });
    all
}

/// From when the time runs within which something must be done: in whole units, not from day to day.
fn counted_from(unit: Unit, lang: Lang) -> String {
    match unit {
        Unit::Year => say!(lang,
            nn: "Tida blir rekna i heile kalenderår: ho tek til med det fyrste heile året som er registrert, og på nytt med året etter at det er gjort.",
            nb: "Tiden regnes i hele kalenderår: den begynner med det første hele året som er registrert, og på nytt med året etter at det er gjort.",
            en: "The time is counted in whole calendar years: it begins with the first whole year that is tracked, and again with the year after it was done.",
        ),
        Unit::Semester => say!(lang,
            nn: "Tida blir rekna i heile semester: ho tek til med det fyrste heile semesteret som er registrert, og på nytt med semesteret etter at det er gjort.",
            nb: "Tiden regnes i hele semestre: den begynner med det første hele semesteret som er registrert, og på nytt med semesteret etter at det er gjort.",
            en: "The time is counted in whole semesters: it begins with the first whole semester that is tracked, and again with the semester after it was done.",
        ),
        Unit::Month => say!(lang,
            nn: "Tida blir rekna i heile kalendermånader: ho tek til med den fyrste heile månaden som er registrert, og på nytt med månaden etter at det er gjort.",
            nb: "Tiden regnes i hele kalendermåneder: den begynner med den første hele måneden som er registrert, og på nytt med måneden etter at det er gjort.",
            en: "The time is counted in whole calendar months: it begins with the first whole month that is tracked, and again with the month after it was done.",
        ),
        Unit::Week => say!(lang,
            nn: "Tida blir rekna i heile veker, frå måndag: ho tek til med den fyrste heile veka som er registrert, og på nytt med veka etter at det er gjort.",
            nb: "Tiden regnes i hele uker, fra mandag: den begynner med den første hele uken som er registrert, og på nytt med uken etter at det er gjort.",
            en: "The time is counted in whole weeks, from Monday: it begins with the first whole week that is tracked, and again with the week after it was done.",
        ),
        Unit::Day => say!(lang,
            nn: "Tida tek til med den fyrste dagen som er registrert, og på nytt med dagen etter at det er gjort.",
            nb: "Tiden begynner med den første dagen som er registrert, og på nytt med dagen etter at det er gjort.",
            en: "The time begins with the first day that is tracked, and again with the day after it was done.",
        ),
    }
}

fn how_often(every: Duration, times: u32, lang: Lang) -> String {
    let times = match times {
        1 => say!(lang, nn: "éin gong", nb: "én gang", en: "once"),
        _ => say!(lang, nn: "minst {times} gonger", nb: "minst {times} ganger", en: "at least {times} times"),
    };
    let count = every.count;
    let often = match (every.unit, count) {
        (Unit::Year, 1) => say!(lang, nn: "i året", nb: "i året", en: "a year"),
        (Unit::Semester, 1) => say!(lang, nn: "i semesteret", nb: "i semesteret", en: "a semester"),
        (Unit::Month, 1) => say!(lang, nn: "i månaden", nb: "i måneden", en: "a month"),
        (Unit::Week, 1) => say!(lang, nn: "i veka", nb: "i uken", en: "a week"),
        (Unit::Day, 1) => say!(lang, nn: "om dagen", nb: "om dagen", en: "a day"),
        (Unit::Year, 2) => say!(lang, nn: "annakvart år", nb: "annethvert år", en: "every other year"),
        (Unit::Semester, 2) => {
            say!(lang, nn: "annakvart semester", nb: "annethvert semester", en: "every other semester")
        }
        (Unit::Month, 2) => say!(lang, nn: "annankvar månad", nb: "annenhver måned", en: "every other month"),
        (Unit::Week, 2) => say!(lang, nn: "annakvar veke", nb: "annenhver uke", en: "every other week"),
        (Unit::Day, 2) => say!(lang, nn: "annankvar dag", nb: "annenhver dag", en: "every other day"),
        (Unit::Year, _) => say!(lang, nn: "kvart {count}. år", nb: "hvert {count}. år", en: "every {count} years"),
        (Unit::Semester, _) => {
            say!(lang, nn: "kvart {count}. semester", nb: "hvert {count}. semester", en: "every {count} semesters")
        }
        (Unit::Month, _) => {
            say!(lang, nn: "kvar {count}. månad", nb: "hver {count}. måned", en: "every {count} months")
        }
        (Unit::Week, _) => say!(lang, nn: "kvar {count}. veke", nb: "hver {count}. uke", en: "every {count} weeks"),
        (Unit::Day, _) => say!(lang, nn: "kvar {count}. dag", nb: "hver {count}. dag", en: "every {count} days"),
    };
    say!(lang, nn: "Det skal gjerast {times} {often}.", nb: "Det skal gjøres {times} {often}.", en: "It is to be done {times} {often}.")
}

fn due(obligation: &Obligation, every: Duration, lang: Lang) -> String {
    match (obligation.due, obligation.month, every.unit) {
        (Some(due), ..) => {
            let (day, month) = (due.day, month_name(due.month, lang));
            say!(lang, nn: "Fristen er {day}. {month}.", nb: "Fristen er {day}. {month}.", en: "The deadline is {day} {month}.")
        }
        (None, Some(month), _) => {
            let month = month_name(month, lang);
            say!(lang, nn: "Fristen er siste dagen i {month}.", nb: "Fristen er siste dag i {month}.", en: "The deadline is the last day of {month}.")
        }
        (None, None, Unit::Year) if every.count == 1 => say!(lang,
            nn: "Fristen er siste dagen i året.", nb: "Fristen er siste dag i året.", en: "The deadline is the last day of the year.",
        ),
        (None, None, Unit::Semester) if every.count == 1 => say!(lang,
            nn: "Fristen er siste dagen i semesteret.", nb: "Fristen er siste dag i semesteret.", en: "The deadline is the last day of the semester.",
        ),
        (None, None, Unit::Month) if every.count == 1 => say!(lang,
            nn: "Fristen er siste dagen i månaden.", nb: "Fristen er siste dag i måneden.", en: "The deadline is the last day of the month.",
        ),
        (None, None, Unit::Week) if every.count == 1 => say!(lang,
            nn: "Fristen er siste dagen i veka.", nb: "Fristen er siste dag i uken.", en: "The deadline is the last day of the week.",
        ),
        _ => say!(lang,
            nn: "Fristen er siste dagen i perioden.", nb: "Fristen er siste dag i perioden.", en: "The deadline is the last day of the period.",
        ),
    }
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

/// `2 semester`, `éi veke`
pub(super) fn duration(length: Duration, names: &Names<'_>) -> String {
    if length.count == 1 {
        return match length.unit {
            Unit::Year => say!(names.lang, nn: "eitt år", nb: "ett år", en: "one year"),
            Unit::Semester => say!(names.lang, nn: "eitt semester", nb: "ett semester", en: "one semester"),
            Unit::Month => say!(names.lang, nn: "éin månad", nb: "én måned", en: "one month"),
            Unit::Week => say!(names.lang, nn: "éi veke", nb: "én uke", en: "one week"),
            Unit::Day => say!(names.lang, nn: "éin dag", nb: "én dag", en: "one day"),
        };
    }
    names.value(&Shape::Duration, &serde_json::json!(length))
}
