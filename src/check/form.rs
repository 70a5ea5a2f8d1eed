//! Keys of duties and seats that have no effect beside others: how a duty is met, which roles and how many a seat has. And
//! figures that answer a duty for a part of its period.

use crate::lang::Said;
use crate::mandate::holds_a_whole;
use crate::model::{Answers, Obligation, Seat};
use crate::registry::Registry;
use crate::say;

/// What cannot stand together in who owes a duty, how it is met and where it is computed.
pub(super) fn of_duty(obligation: &Obligation) -> Vec<(&'static str, Said)> {
    let mut faults = Vec::new();
    let rhythm = obligation.every.map(|_| "every").or(obligation.gap.map(|_| "gap"));
    if obligation.judged {
        let why = || {
            say!(
                nn: "ei plikt som må vurderast («judged»), har ingen frist og blir ikkje rekna for kvar post",
                nb: "en plikt som må vurderes («judged»), har ingen frist og regnes ikke for hver post",
                en: "a duty that a person has to judge (\"judged\") has no deadline and is not counted for each record",
            )
        };
        faults.extend(rhythm.into_iter().chain(obligation.per.as_ref().map(|_| "per")).map(|key| (key, why())));
        return faults;
    }
    match (&obligation.per, &*obligation.require) {
        (Some(_), []) => faults.push((
            "per",
            say!(
                nn: "«per» seier ikkje kva kvar post må ha; det gjer «require»",
                nb: "«per» sier ikke hva hver post må ha; det gjør «require»",
                en: "\"per\" does not say what each record must have; \"require\" does",
            ),
        )),
        (None, [_, ..]) => faults.push((
            "require",
            say!(
                nn: "«require» seier ikkje kva postar det gjeld; det gjer «per»",
                nb: "«require» sier ikke hvilke poster det gjelder; det gjør «per»",
                en: "\"require\" does not say which records are meant; \"per\" does",
            ),
        )),
        _ => {}
    }
    if obligation.per.is_some() {
        faults.extend(obligation.by.as_ref().map(|_| ("by", say!(
            nn: "det som gjeld kvar post («per»), ligg på den som står for posten, og «by» har ingen verknad",
            nb: "det som gjelder hver post («per»), ligger på den som står for posten, og «by» har ingen virkning",
            en: "what holds for each record (\"per\") is owed by whoever answers for the record, and \"by\" has no effect",
        ))));
        faults.extend(rhythm.map(|key| {
            (
                key,
                say!(
                    nn: "det som gjeld kvar post («per»), har ingen frist",
                    nb: "det som gjelder hver post («per»), har ingen frist",
                    en: "what holds for each record (\"per\") has no deadline",
                ),
            )
        }));
    }
    faults
}

/// The keys of a seat that are at fault, each with why.
pub(super) fn of_seat(seat: &Seat) -> Vec<(&'static str, Said)> {
    let id = &seat.id;
    let mut faults = Vec::new();
    if seat.role.is_some() && !seat.roles.is_empty() {
        faults.push((
            "roles",
            say!(
                nn: "plassen {id} har alt «role», så «roles» har ingen verknad",
                nb: "plassen {id} har allerede «role», så «roles» har ingen virkning",
                en: "the seat {id} has a \"role\" already, so \"roles\" has no effect",
            ),
        ));
    } else if seat.roles.len() < 2 && !seat.sides.is_empty() {
        faults.push((
            "sides",
            say!(
                nn: "plassen {id} har ikkje meir enn éi rolle («roles»), så sidene har ikkje noko å dele",
                nb: "plassen {id} har ikke mer enn én rolle («roles»), så sidene har ikke noe å dele",
                en: "the seat {id} has no more than one role (\"roles\"), so the sides have nothing to share",
            ),
        ));
    }
    if seat.count.is_some() {
        let bounds = seat.min.map(|_| "min").into_iter().chain(seat.max.map(|_| "max"));
        faults.extend(bounds.map(|key| {
            (
                key,
                say!(
                    nn: "«count» seier nøyaktig kor mange, så «{key}» har ingen verknad",
                    nb: "«count» sier nøyaktig hvor mange, så «{key}» har ingen virkning",
                    en: "\"count\" says exactly how many, so \"{key}\" has no effect",
                ),
            )
        }));
    }
    faults
}

/// That a figure answers a duty for less than one of its periods, so that it cannot tell whether the duty was met.
pub(super) fn of_answer(registry: &Registry, answers: &Answers) -> Option<Said> {
    let path = answers.duty.id();
    let (agreement, id) = path.split_once('/')?;
    let obligations = &registry.agreements.get(agreement)?.obligation;
    let obligation = obligations.iter().find(|obligation| *obligation.id == *id)?;
    let length = obligation.every.or(obligation.gap)?;
    let semesters = registry.semesters();
    let (first, last) = (answers.period.first(&semesters), answers.period.last(&semesters));
    (!holds_a_whole(length.unit, first, last, &semesters)).then(|| {
        say!(
            nn: "talet gjeld berre ein del av ein periode i plikta {path}",
            nb: "tallet gjelder bare en del av en periode i plikten {path}",
            en: "the figure is for a part of a period of the duty {path} alone",
        )
    })
}
