//! `wrong-organisation-number`, `wrong-municipality-code` and `shared-municipality-code`: numbers that others gave out, and
//! that don't fit.

use super::Found;
use crate::date::{Date, Span};
use crate::diagnostic::{Diagnostic, Place, Rule};
use crate::lang::Said;
use crate::model::{Organisation, OrganisationKind};
use crate::registry::{Entry, Registry};
use crate::source::{KeyPath, Step};
use crate::spelling::quoted;
use crate::{rules, say};

pub(super) fn check(registry: &Registry, found: &mut Found) {
    for organisation in &registry.organisations {
        found.extend(organisation.number.as_deref().and_then(|number| wrong_number(organisation, number)));
        let codes = organisation.codes.iter().enumerate();
        found.extend(codes.filter_map(|(at, code)| wrong_code(organisation, at, &code.code)));
    }
    shared(numbers(registry), found);
    shared(codes(registry), found);
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

/// How many digits a code may have: four of a municipality, two of a county.
fn digits(kind: OrganisationKind) -> &'static [usize] {
    match kind {
        OrganisationKind::Municipality => &[4],
        OrganisationKind::County => &[2],
        _ => &[2, 4],
    }
}

/// A code as the classification writes it, where it is only blanks and a leading zero that differ.
fn plain(kind: OrganisationKind, code: &str) -> String {
    let code = code.trim();
    let lacks_zero = digits(kind).contains(&(code.len() + 1)) && code.bytes().all(|byte| byte.is_ascii_digit());
    if lacks_zero { format!("0{code}") } else { code.to_owned() }
}

fn code_at(at: usize) -> KeyPath {
    KeyPath(vec![Step::Key("codes"), Step::Index(at), Step::Key("code")])
}

fn wrong_code(organisation: &Entry<Organisation>, at: usize, code: &str) -> Option<Diagnostic> {
    let kind = organisation.kind;
    let is_code = |code: &str| digits(kind).contains(&code.len()) && code.bytes().all(|byte| byte.is_ascii_digit());
    if organisation.broken || is_code(code) {
        return None;
    }
    let shown = quoted(code);
    let message = match kind {
        OrganisationKind::Municipality => say!(
            nn: "«{shown}» er ikkje noko kommunenummer: det skal vere fire siffer og ikkje noko anna",
            nb: "«{shown}» er ikke noe kommunenummer: det skal være fire sifre og ikke noe annet",
            en: "\"{shown}\" is not a municipality code: it must be four digits and nothing else",
        ),
        OrganisationKind::County => say!(
            nn: "«{shown}» er ikkje noko fylkesnummer: det skal vere to siffer og ikkje noko anna",
            nb: "«{shown}» er ikke noe fylkesnummer: det skal være to sifre og ikke noe annet",
            en: "\"{shown}\" is not a county code: it must be two digits and nothing else",
        ),
        _ => say!(
            nn: "«{shown}» er verken kommunenummer (fire siffer) eller fylkesnummer (to siffer)",
            nb: "«{shown}» er verken kommunenummer (fire sifre) eller fylkesnummer (to sifre)",
            en: "\"{shown}\" is neither a municipality code (four digits) nor a county code (two digits)",
        ),
    };
    let plain = plain(kind, code);
    let hint = if is_code(&plain) {
        say!(nn: "skriv \"{plain}\"", nb: "skriv \"{plain}\"", en: "write \"{plain}\"")
    } else {
        say!(
            nn: "slå opp nummeret i KLASS 131 (kommunar) eller 104 (fylke) hos Statistisk sentralbyrå",
            nb: "slå opp nummeret i KLASS 131 (kommuner) eller 104 (fylker) hos Statistisk sentralbyrå",
            en: "look the code up in KLASS 131 (municipalities) or 104 (counties) of Statistics Norway",
        )
    };
    Some(
        Diagnostic::new(&rules::WRONG_MUNICIPALITY_CODE, Place::key(organisation.file, code_at(at)), message)
            .hint(hint),
    )
}

/// A number or code of an organisation, with the days on which it surely had it.
struct Held<'a> {
    number: String,
    days: Span,
    organisation: &'a Entry<Organisation>,
    path: KeyPath,
    rule: &'static Rule,
}

impl Held<'_> {
    fn place(&self) -> Place {
        Place::key(self.organisation.file, self.path.clone())
    }
}

/// The organisations that could be read, with the days on which they surely were there.
fn lives(registry: &Registry) -> impl Iterator<Item = (&Entry<Organisation>, Span)> {
    let semesters = registry.semesters();
    let sound = registry.organisations.iter().filter(|organisation| !organisation.broken);
    sound.map(move |organisation| (organisation, Span::sure(organisation.from, organisation.to, &semesters)))
}

fn numbers(registry: &Registry) -> Vec<Held<'_>> {
    let given = |(organisation, days): (_, Span)| {
        let organisation: &Entry<Organisation> = organisation;
        let number = organisation.number.as_deref().filter(|number| is_organisation_number(number))?.to_owned();
        let path = KeyPath(vec![Step::Key("number")]);
        Some(Held { number, days, organisation, path, rule: &rules::WRONG_ORGANISATION_NUMBER })
    };
    lives(registry).filter_map(given).collect()
}

fn codes(registry: &Registry) -> Vec<Held<'_>> {
    let semesters = registry.semesters();
    let mut held = Vec::new();
    for (organisation, life) in lives(registry) {
        for (at, code) in organisation.codes.iter().enumerate() {
            let (number, path) = (plain(organisation.kind, &code.code), code_at(at));
            let days = life.and(Span::sure(code.from, code.to, &semesters));
            held.push(Held { number, days, organisation, path, rule: &rules::SHARED_MUNICIPALITY_CODE });
        }
    }
    held
}

/// Numbers that two organisations have on the same day.
fn shared(mut held: Vec<Held<'_>>, found: &mut Found) {
    held.retain(|held| !held.days.is_empty());
    held.sort_by(|a, b| (&a.number, a.days.from).cmp(&(&b.number, b.days.from)));
    for same in held.chunk_by(|a, b| a.number == b.number) {
        let mut longest = &same[0];
        for next in &same[1..] {
            if next.days.meets(&longest.days) && next.organisation.id != longest.organisation.id {
                found.push(shared_number(longest, next));
            }
            let end = |held: &Held<'_>| held.days.to.unwrap_or(Date::MAX);
            if end(next) > end(longest) {
                longest = next;
            }
        }
    }
}

fn shared_number(earlier: &Held<'_>, later: &Held<'_>) -> Diagnostic {
    let (number, one, other) = (quoted(&later.number), &later.organisation.id, &earlier.organisation.id);
    let is_code = std::ptr::eq(later.rule, &rules::SHARED_MUNICIPALITY_CODE);
    let [nn, nb, en] = if is_code {
        ["koden", "koden", "code"]
    } else {
        ["organisasjonsnummeret", "organisasjonsnummeret", "organisation number"]
    };
    let message = match later.days.from {
        None => say!(
            nn: "både «{one}» og «{other}» har {nn} «{number}»",
            nb: "både «{one}» og «{other}» har {nb} «{number}»",
            en: "both \"{one}\" and \"{other}\" have the {en} \"{number}\"",
        ),
        Some(day) => say!(
            nn: "«{one}» har {nn} «{number}», som «{other}» òg har den {day}",
            nb: "«{one}» har {nb} «{number}», som «{other}» også har den {day}",
            en: "\"{one}\" has the {en} \"{number}\", which \"{other}\" has too on {day}",
        ),
    };
    let hint = if is_code { code_of_one() } else { number_of_one() };
    Diagnostic::new(later.rule, later.place(), message)
        .hint(hint)
        .related(earlier.place(), say!(nn: "òg her", nb: "også her", en: "here too"))
}

fn code_of_one() -> Said {
    say!(
        nn: "rett koden, eller skriv når den eine slutta med han: «to» på koden eller på organisasjonen",
        nb: "rett koden, eller skriv når den ene sluttet med den: «to» på koden eller på organisasjonen",
        en: "correct the code, or write when one of them stopped having it: \"to\" of the code or of the organisation",
    )
}

fn number_of_one() -> Said {
    say!(
        nn: "slå opp begge i Einingsregisteret; er dei same organisasjonen, slå postane saman",
        nb: "slå opp begge i Enhetsregisteret; er de samme organisasjon, slår du postene sammen",
        en: "look both up in the national register of entities; if they are the same organisation, make one record of them",
    )
}
