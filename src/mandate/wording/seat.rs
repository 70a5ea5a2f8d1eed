//! Seats in words: the role, the body, whom it is for; terms that end; roles that the sides do not share.

use crate::date::Date;
use crate::lang::Lang;
use crate::mandate::{Occurrence, SeatLine, SeatOf, Status, Unshared};
use crate::model::{EachSeat, Role, Strength};
use crate::names::{Names, capital};
use crate::read::Target;
use crate::say;

/// The role of a seat; of one without a role, that of whoever takes part.
#[must_use]
pub fn role(role: Option<Role>, lang: Lang) -> String {
    match role {
        Some(role) => role.label().get(lang).to_owned(),
        None => say!(lang, nn: "deltakar", nb: "deltaker", en: "participant"),
    }
}

/// What stands between a role and the body: `medlem av`, `leiar i`, `leader of`.
#[must_use]
pub fn preposition(role: Option<Role>, lang: Lang) -> String {
    match role {
        Some(Role::Member) => say!(lang, nn: "av", nb: "av", en: "of"),
        Some(Role::Leader | Role::Deputy | Role::Coordinator | Role::Secretary) => {
            say!(lang, nn: "i", nb: "i", en: "of")
        }
        _ => say!(lang, nn: "i", nb: "i", en: "in"),
    }
}

/// A seat in words: the role, the body, whom it is for.
#[must_use]
pub fn seat(seat: &SeatOf<'_>, names: &Names<'_>) -> String {
    let (role, of) = (capital(&role(seat.role, names.lang)), preposition(seat.role, names.lang));
    let body = names.short(seat.seat.body.id());
    let whom = match (&seat.seat.each, seat.of) {
        (Some(EachSeat::Area), Some(area)) => format!(" ({})", names.reference(Target::Area, area)),
        (_, Some(of)) => format!(" ({})", names.short(of)),
        _ => String::new(),
    };
    format!("{role} {of} {body}{whom}")
}

/// That a term ends or has ended, and whether somebody new was or has to be appointed.
pub(super) fn term(of: &SeatOf<'_>, term: &Occurrence<'_>, names: &Names<'_>) -> String {
    let (lang, seat) = (names.lang, seat(of, names));
    let ends = if term.is_past {
        say!(lang, nn: "perioden er ute", nb: "perioden er ute", en: "the term has ended")
    } else {
        say!(lang, nn: "perioden går ut", nb: "perioden går ut", en: "the term ends")
    };
    let next = match (term.status, term.strength) {
        (status, _) if status.is_met() => {
            say!(lang, nn: "ny er oppnemnd", nb: "ny er oppnevnt", en: "a new appointment was made")
        }
        (Status::Passed | Status::NotRecorded, _) | (_, Strength::May) => return format!("{seat}: {ends}"),
        (_, Strength::Shall) => {
            say!(lang, nn: "ny må oppnemnast", nb: "ny må oppnevnes", en: "a new appointment is needed")
        }
        (_, Strength::Should | Strength::Aim) => {
            say!(lang, nn: "ny bør oppnemnast", nb: "ny bør oppnevnes", en: "a new appointment should be made")
        }
    };
    format!("{seat}: {ends}; {next}")
}

/// That the roles of a seat are not shared between the sides as they should, and who it is that stands in the way.
#[must_use]
pub fn unshared(line: &SeatLine<'_>, how: Unshared, day: Date, names: &Names<'_>) -> String {
    let (lang, seat) = (names.lang, line.of.seat);
    let sides =
        super::listed(&seat.sides.iter().map(|side| side.label().get(lang).to_owned()).collect::<Vec<_>>(), lang);
    let body = names.short(seat.body.id());
    match how {
        Unshared::SameSide(side) => {
            let roles = seat.roles.iter().map(|role| role.label().get(lang).to_owned()).collect::<Vec<_>>();
            let (roles, side) = (capital(&super::listed(&roles, lang)), side.label().get(lang));
            let of = preposition(line.of.role, lang);
            say!(lang,
                nn: "{roles} {of} {body} er frå same side ({side}), men rollene skal vere delte mellom {sides}",
                nb: "{roles} {of} {body} er fra samme side ({side}), men rollene skal være delt mellom {sides}",
                en: "{roles} {of} {body} are from the same side ({side}), but the roles are to be shared between {sides}",
            )
        }
        Unshared::NeitherSide => {
            let who =
                line.on(day).next().map(|sitting| names.short(sitting.member.organisation.id())).unwrap_or_default();
            let seat = self::seat(&line.of, names);
            say!(lang,
                nn: "{seat} er frå {who}, som ikkje er på nokon av sidene; rollene skal vere delte mellom {sides}",
                nb: "{seat} er fra {who}, som ikke er på noen av sidene; rollene skal være delt mellom {sides}",
                en: "{seat} is from {who}, which is on neither side; the roles are to be shared between {sides}",
            )
        }
    }
}
