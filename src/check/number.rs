//! `wrong-organisation-number` and `shared-municipality-code`: numbers that others gave out, and that don't fit.

use super::Found;
use crate::date::{Date, Span};
use crate::diagnostic::{Diagnostic, Place};
use crate::model::Organisation;
use crate::registry::{Entry, Registry};
use crate::source::{KeyPath, Step};
use crate::spelling::quoted;
use crate::{rules, say};

pub(super) fn check(registry: &Registry, found: &mut Found) {
    for organisation in &registry.organisations {
        found.extend(organisation.number.as_deref().and_then(|number| wrong_number(organisation, number)));
    }
    shared_codes(registry, found);
}

/// Nine digits, of which the last one checks the others (modulus 11).
fn is_organisation_number(number: &str) -> bool {
    let digits: Vec<u32> = number.chars().filter_map(|char| char.to_digit(10)).collect();
    let sum: u32 = digits.iter().zip([3, 2, 7, 6, 5, 4, 3, 2, 1]).map(|(digit, weight)| digit * weight).sum();
    digits.len() == 9 && number.len() == 9 && sum.is_multiple_of(11)
}

fn wrong_number(organisation: &Entry<Organisation>, number: &str) -> Option<Diagnostic> {
    if is_organisation_number(number) {
        return None;
    }
    let shown = quoted(number);
    let plain: String = number.chars().filter(char::is_ascii_digit).collect();
    let message = if number.len() == 9 && plain.len() == 9 {
        say!(
            nn: "«{shown}» er ikkje noko organisasjonsnummer: det siste sifferet stemmer ikkje med dei andre",
            nb: "«{shown}» er ikke noe organisasjonsnummer: det siste sifferet stemmer ikke med de andre",
            en: "\"{shown}\" is not an organisation number: the last digit does not fit the others",
        )
    } else {
        say!(
            nn: "«{shown}» er ikkje noko organisasjonsnummer: det skal vere ni siffer og ikkje noko anna",
            nb: "«{shown}» er ikke noe organisasjonsnummer: det skal være ni sifre og ikke noe annet",
            en: "\"{shown}\" is not an organisation number: it must be nine digits and nothing else",
        )
    };
    let hint = if is_organisation_number(&plain) {
        say!(nn: "skriv \"{plain}\"", nb: "skriv \"{plain}\"", en: "write \"{plain}\"")
    } else {
        say!(
            nn: "slå opp organisasjonen i Einingsregisteret; er nummeret ukjent, sløyf «number»",
            nb: "slå opp organisasjonen i Enhetsregisteret; er nummeret ukjent, sløyfer du «number»",
            en: "look the organisation up in the national register of entities; if its number is unknown, leave \"number\" out",
        )
    };
    let place = Place::key(organisation.file, KeyPath(vec![Step::Key("number")]));
    Some(Diagnostic::new(&rules::WRONG_ORGANISATION_NUMBER, place, message).hint(hint))
}

/// A code of an organisation, with the days on which it surely had it.
struct Held<'a> {
    code: &'a str,
    days: Span,
    organisation: &'a Entry<Organisation>,
    at: usize,
}

impl Held<'_> {
    fn place(&self) -> Place {
        let path = KeyPath(vec![Step::Key("codes"), Step::Index(self.at), Step::Key("code")]);
        Place::key(self.organisation.file, path)
    }
}

fn shared_codes(registry: &Registry, found: &mut Found) {
    let semesters = registry.semesters();
    let mut held: Vec<Held<'_>> = Vec::new();
    for organisation in registry.organisations.iter().filter(|organisation| !organisation.broken) {
        let life = Span::sure(organisation.from, organisation.to, &semesters);
        for (at, code) in organisation.codes.iter().enumerate() {
            let days = life.and(Span::sure(code.from, code.to, &semesters));
            held.push(Held { code: &code.code, days, organisation, at });
        }
    }
    held.retain(|held| !held.days.is_empty());
    held.sort_by_key(|held| (held.code, held.days.from));
    for same in held.chunk_by(|a, b| a.code == b.code) {
        let mut longest = &same[0];
        for next in &same[1..] {
            if next.days.meets(&longest.days) && next.organisation.id != longest.organisation.id {
                found.push(shared_code(longest, next));
            }
            let end = |held: &Held<'_>| held.days.to.unwrap_or(Date::MAX);
            if end(next) > end(longest) {
                longest = next;
            }
        }
    }
}

fn shared_code(earlier: &Held<'_>, later: &Held<'_>) -> Diagnostic {
    let (code, one, other) = (quoted(later.code), &later.organisation.id, &earlier.organisation.id);
    let message = match later.days.from {
        None => say!(
            nn: "både «{one}» og «{other}» har koden «{code}»",
            nb: "både «{one}» og «{other}» har koden «{code}»",
            en: "both \"{one}\" and \"{other}\" have the code \"{code}\"",
        ),
        Some(day) => say!(
            nn: "«{one}» har koden «{code}», som «{other}» òg har den {day}",
            nb: "«{one}» har koden «{code}», som «{other}» også har den {day}",
            en: "\"{one}\" has the code \"{code}\", which \"{other}\" has too on {day}",
        ),
    };
    let hint = say!(
        nn: "rett koden, eller skriv når den eine slutta å bruke koden: «to» på koden eller på organisasjonen",
        nb: "rett koden, eller skriv når den ene sluttet å bruke koden: «to» på koden eller på organisasjonen",
        en: "correct the code, or write when one of them stopped using it: \"to\" of the code or of the organisation",
    );
    Diagnostic::new(&rules::SHARED_MUNICIPALITY_CODE, later.place(), message)
        .hint(hint)
        .related(earlier.place(), say!(nn: "òg her", nb: "også her", en: "here too"))
}
