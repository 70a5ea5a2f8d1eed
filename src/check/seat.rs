//! Who sits where somebody else should: `seat-of-outsider` and `one-sided-leadership`.

use super::Found;
use crate::date::day_words;
use crate::diagnostic::{Diagnostic, Place};
use crate::lang::Lang;
use crate::mandate::wording::{listed, some_of};
use crate::mandate::{Mandates, OneSided, Outsider, Sitting};
use crate::source::{KeyPath, Step};
use crate::{rules, say};

/// How many networks a message names.
const NAMED: usize = 3;

pub(super) fn check(mandates: &Mandates<'_>, found: &mut Found) {
    found.extend(mandates.outsiders().iter().map(of_outsider));
    found.extend(mandates.one_sided().iter().map(one_sided));
}

fn of_outsider(outsider: &Outsider<'_>) -> Diagnostic {
    let organisation = outsider.member.organisation.id();
    let networks: Vec<String> = outsider.networks.iter().map(|id| (*id).to_owned()).collect();
    let [nn, nb, en] = [Lang::Nn, Lang::Nb, Lang::En].map(|lang| some_of(&networks, NAMED, lang));
    let message = match outsider.since {
        None => say!(
            nn: "«{organisation}» er ikkje part i {nn}, men har ein plass som er for partane",
            nb: "«{organisation}» er ikke part i {nb}, men har en plass som er for partene",
            en: "\"{organisation}\" is no party of {en}, but has a seat that is for the parties",
        ),
        Some(day) => {
            let [nynorsk, bokmal, english] = [Lang::Nn, Lang::Nb, Lang::En].map(|lang| day_words(day, lang));
            say!(
                nn: "«{organisation}» er ikkje part i {nn} {nynorsk}, men har då ein plass som er for partane",
                nb: "«{organisation}» er ikke part i {nb} {bokmal}, men har da en plass som er for partene",
                en: "\"{organisation}\" is no party of {en} on {english}, but then has a seat that is for the parties",
            )
        }
    };
    let hint = say!(
        nn: "set «from» og «to» på oppnemninga til den tida {organisation} var part, eller rett partane i nettverket",
        nb: "sett «from» og «to» på oppnevningen til den tiden {organisation} var part, eller rett partene i nettverket",
        en: "let \"from\" and \"to\" of the appointment be when {organisation} was a party, or correct the parties of the network",
    );
    let place = vec![Step::Key("appointment"), Step::Index(outsider.appointment), Step::Key("body")];
    Diagnostic::new(&rules::SEAT_OF_OUTSIDER, Place::key(outsider.member.file, KeyPath(place)), message)
        .hint(hint)
        .related(
            Place::key(outsider.agreement.file, KeyPath(vec![Step::Key("seat"), Step::Index(outsider.seat)])),
            say!(
                nn: "denne plassen er for partane",
                nb: "denne plassen er for partene",
                en: "this seat is for the parties",
            ),
        )
}

fn one_sided(pair: &OneSided<'_, '_>) -> Diagnostic {
    let (last, other) = (pair.last, pair.other);
    // Both roles, their common side, and the sides that should share them.
    let words = |lang: Lang| {
        let roles = [other, last].map(|sitting| sitting.appointment.role.label().get(lang));
        let sides: Vec<String> = pair.seat.sides.iter().map(|side| side.label().get(lang).to_owned()).collect();
        (roles, pair.side.label().get(lang), listed(&sides, lang))
    };
    let ([nn_one, nn_two], nn_side, nn) = words(Lang::Nn);
    let ([nb_one, nb_two], nb_side, nb) = words(Lang::Nb);
    let ([en_one, en_two], en_side, en) = words(Lang::En);
    let message = say!(
        nn: "{nn_one} og {nn_two} er begge frå {nn_side}, men rollene skal delast mellom {nn}",
        nb: "{nb_one} og {nb_two} er begge fra {nb_side}, men rollene skal deles mellom {nb}",
        en: "{en_one} and {en_two} are both from {en_side}, but the roles are to be divided between {en}",
    );
    let hint = say!(
        nn: "set «to» på den oppnemninga som er over, eller rett rolla; stemmer alt, må nettverket velje éin av dei på nytt",
        nb: "sett «to» på den oppnevningen som er over, eller rett rollen; stemmer alt, må nettverket velge én av dem på nytt",
        en: "set \"to\" on the appointment that is over, or correct the role; if all is right, one of the two has to be elected again",
    );
    let place = |sitting: &Sitting<'_>| {
        let steps = vec![Step::Key("appointment"), Step::Index(sitting.place())];
        Place::key(sitting.member.file, KeyPath(steps))
    };
    Diagnostic::new(&rules::ONE_SIDED_LEADERSHIP, place(last), message)
        .hint(hint)
        .related(place(other), say!(nn: "{nn_one} sit her", nb: "{nb_one} sitter her", en: "the {en_one} sits here"))
}
