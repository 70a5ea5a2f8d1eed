//! `personal-contact`: e-mail addresses and telephone numbers outside an organisation's `contact`.

use super::Found;
use crate::diagnostic::{About, At, Diagnostic, Place};
use crate::lang::Said;
use crate::personal::Contact;
use crate::registry::Registry;
use crate::{rules, say};

pub(super) fn check(registry: &Registry, found: &mut Found) {
    for (file, address) in &registry.addresses {
        let place = Place { file: *file, at: address.at.clone() };
        let (message, hint) = if place.at == At::File { in_name(address.kind) } else { in_text(address.kind) };
        found.push(Diagnostic::new(&rules::PERSONAL_CONTACT, place, message).hint(hint).about(About::Hidden));
    }
}

/// What was found. The line shows it; what is said goes into more logs than that.
fn named(kind: Contact) -> Said {
    match kind {
        Contact::Email => say!(nn: "ei e-postadresse", nb: "en e-postadresse", en: "an e-mail address"),
        Contact::Phone => say!(nn: "eit telefonnummer", nb: "et telefonnummer", en: "a telephone number"),
    }
}

fn in_text(kind: Contact) -> (Said, Said) {
    let Said { nn, nb, en } = named(kind);
    let key = if kind == Contact::Email { "email" } else { "phone" };
    (
        say!(
            nn: "{nn} står her, utanfor «contact» på ein organisasjon",
            nb: "{nb} står her, utenfor «contact» på en organisasjon",
            en: "{en} stands here, outside the \"contact\" of an organisation",
        ),
        say!(
            nn: "høyrer det til eit kontor, skriv contact = {{ {key} = \"…\" }} på organisasjonen og vis dit; høyrer det til ein person, ta det bort",
            nb: "hører det til et kontor, skriver du contact = {{ {key} = \"…\" }} på organisasjonen og viser dit; hører det til en person, tar du det bort",
            en: "if it is that of an office, write contact = {{ {key} = \"…\" }} on the organisation and refer to it; if it is a person's, remove it",
        ),
    )
}

fn in_name(kind: Contact) -> (Said, Said) {
    let Said { nn, nb, en } = named(kind);
    (
        say!(nn: "{nn} står i filnamnet", nb: "{nb} står i filnavnet", en: "{en} stands in the file name"),
        say!(
            nn: "kall fila noko anna; adresser til kontor høyrer heime i «contact» på organisasjonen",
            nb: "kall filen noe annet; adresser til kontorer hører hjemme i «contact» på organisasjonen",
            en: "rename the file; addresses of offices belong in the \"contact\" of the organisation",
        ),
    )
}
