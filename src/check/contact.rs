//! `personal-contact`: e-mail addresses and telephone numbers outside an organisation's `contact`.

use super::Found;
use crate::diagnostic::{About, Diagnostic, Place};
use crate::lang::Said;
use crate::personal::Contact;
use crate::registry::Registry;
use crate::{rules, say};

pub(super) fn check(registry: &Registry, found: &mut Found) {
    for (file, address) in &registry.addresses {
        // The line shows it; what is said goes into more logs than that.
        let Said { nn, nb, en } = match address.kind {
            Contact::Email => {
                say!(nn: "ei e-postadresse", nb: "en e-postadresse", en: "an e-mail address")
            }
            Contact::Phone => say!(nn: "eit telefonnummer", nb: "et telefonnummer", en: "a telephone number"),
        };
        let key = if address.kind == Contact::Email { "email" } else { "phone" };
        let message = say!(
            nn: "{nn} står her, utanfor «contact» på ein organisasjon",
            nb: "{nb} står her, utenfor «contact» på en organisasjon",
            en: "{en} stands here, outside the \"contact\" of an organisation",
        );
        let hint = say!(
            nn: "er det til eit kontor, skriv contact = {{ {key} = \"…\" }} på organisasjonen og vis dit; er det til ein person, ta det ut",
            nb: "er det til et kontor, skriver du contact = {{ {key} = \"…\" }} på organisasjonen og viser dit; er det til en person, tar du det ut",
            en: "if it is that of an office, write contact = {{ {key} = \"…\" }} on the organisation and refer to it; if it is a person's, take it out",
        );
        let place = Place { file: *file, at: address.at.clone() };
        found.push(Diagnostic::new(&rules::PERSONAL_CONTACT, place, message).hint(hint).about(About::Hidden));
    }
}
