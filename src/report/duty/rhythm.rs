//! When a duty is due: a sentence for each key of its rhythm.

use crate::date::month_name;
use crate::lang::Lang;
use crate::model::{Covers, Obligation, Shift};
use crate::names::Names;
use crate::read::{Between, Duration, Shape, Unit};
use crate::say;

/// How often, by which day, for which period.
pub(super) fn sentences(obligation: &Obligation, names: &Names<'_>) -> Vec<String> {
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
        let times = match obligation.at_least.map_or(1, |times| times.0) {
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
    let mut all =
        vec![how_often(every, obligation.at_least.map_or(1, |times| times.0), lang), due(obligation, every, lang)];
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
            let due = due.words(lang);
            say!(lang, nn: "Fristen er {due}.", nb: "Fristen er {due}.", en: "The deadline is {due}.")
        }
        (None, Some(Between(month)), _) => {
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
