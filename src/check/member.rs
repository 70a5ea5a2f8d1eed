//! `name-without-consent` and `name-beside-condition`: user representatives with their names.
//!
//! Who represents people with a condition often has it too. A name beside it tells about a person's health.

use std::cell::OnceCell;

use super::Found;
use crate::diagnostic::{Diagnostic, Place};
use crate::lang::Text;
use crate::model::{Background, Manifest, Member, Organisation, OrganisationKind, Role};
use crate::registry::{Entry, Registry};
use crate::source::{FileId, KeyPath, Step};
use crate::{rules, say};

pub(super) fn check(registry: &Registry, found: &mut Found) {
    let words = OnceCell::new();
    for member in registry.members.iter().filter(|member| member.name.is_some()) {
        let role = |role: Role| member.appointment.iter().any(|appointment| appointment.role == role);
        if member.background != Background::UserRepresentative && !role(Role::UserRepresentative) {
            continue;
        }
        let words = words.get_or_init(|| Words::of(&registry.manifest));
        match condition_of(registry, member, words) {
            // A name that must not stand here needs no consent.
            Some((file, path)) => found.push(beside_condition(member, Place::key(file, path))),
            // What could not be read may be the consent.
            None if member.consent.is_none() && !member.broken => found.push(without_consent(member)),
            None => {}
        }
    }
}

/// Where a record or the organisations that it names speak of a condition.
fn condition_of(registry: &Registry, member: &Entry<Member>, words: &Words) -> Option<(FileId, KeyPath)> {
    let key = |key: &'static str| KeyPath(vec![Step::Key(key)]);
    let texts = [("function", &member.function), ("note", &member.note)];
    let spoken = texts.into_iter().find(|(_, text)| text.as_ref().is_some_and(|text| words.stand_in(text)));
    if let Some((text, _)) = spoken {
        return Some((member.file, key(text)));
    }
    if member.role_description.as_deref().is_some_and(|text| words.stand_in_text(text)) {
        return Some((member.file, key("role-description")));
    }
    let notes = |text: &Option<Text>| text.as_ref().is_some_and(|text| words.stand_in(text));
    if let Some(at) = member.appointment.iter().position(|appointment| notes(&appointment.note)) {
        return Some((member.file, KeyPath(vec![Step::Key("appointment"), Step::Index(at), Step::Key("note")])));
    }
    let represented = member.appointment.iter().filter_map(|appointment| appointment.represents.as_ref());
    let ids = std::iter::once(member.organisation.id()).chain(represented.map(|body| body.id()));
    ids.filter_map(|id| registry.organisations.get(id)).find_map(|organisation| {
        let tied = tied_by(organisation, words)?;
        Some((organisation.file, key(tied)))
    })
}

/// The key by which an organisation is tied to a condition.
fn tied_by(organisation: &Organisation, words: &Words) -> Option<&'static str> {
    if !organisation.condition.is_empty() {
        return Some("condition");
    }
    let named = organisation.kind == OrganisationKind::UserOrganisation && words.stand_in(&organisation.name);
    named.then_some("name")
}

/// What people call the conditions of the manifest.
struct Words {
    /// Words so short that only their capitals tell them from others: MS.
    short: Vec<String>,
    /// Other words, in small letters. What begins with one is about it: `hjarte` and «Hjartelaget».
    long: Vec<String>,
}

impl Words {
    fn of(manifest: &Manifest) -> Self {
        let all = manifest.condition.iter().flat_map(|condition| {
            condition.title.wordings().chain(condition.also.iter().map(|word| &**word)).map(str::trim)
        });
        let (short, long): (Vec<&str>, Vec<&str>) =
            all.filter(|word| !word.is_empty()).partition(|word| word.chars().count() <= 3);
        Self {
            short: short.into_iter().map(str::to_owned).collect(),
            long: long.into_iter().map(str::to_lowercase).collect(),
        }
    }

    fn stand_in(&self, text: &Text) -> bool {
        text.wordings().any(|text| self.stand_in_text(text))
    }

    fn stand_in_text(&self, text: &str) -> bool {
        let small = text.to_lowercase();
        let is_letter = |char: Option<char>| char.is_some_and(char::is_alphanumeric);
        let begins = |text: &str, at: usize| !is_letter(text[..at].chars().next_back());
        let ends = |text: &str, at: usize| !is_letter(text[at..].chars().next());
        self.long.iter().any(|word| small.match_indices(&**word).any(|(at, _)| begins(&small, at)))
            || self
                .short
                .iter()
                .any(|word| text.match_indices(&**word).any(|(at, _)| begins(text, at) && ends(text, at + word.len())))
    }
}

fn without_consent(member: &Entry<Member>) -> Diagnostic {
    let message = say!(
        nn: "ein brukarrepresentant står med namn, men «consent» seier ikkje når personen sa ja til det",
        nb: "en brukerrepresentant står med navn, men «consent» sier ikke når personen sa ja til det",
        en: "a user representative is named, but \"consent\" does not say when the person agreed to it",
    );
    let hint = say!(
        nn: "ta bort namnet: organisasjonen og rolla er nok; vil personen stå her, skriv dagen for samtykket i «consent»",
        nb: "ta bort navnet: organisasjonen og rollen er nok; vil personen stå her, skriver du dagen for samtykket i «consent»",
        en: "remove the name: organisation and role are enough; if the person wants to stand here, write the day of consent in \"consent\"",
    );
    Diagnostic::new(&rules::NAME_WITHOUT_CONSENT, name_of(member), message).hint(hint)
}

fn beside_condition(member: &Entry<Member>, condition: Place) -> Diagnostic {
    let message = say!(
        nn: "namnet på ein brukarrepresentant står saman med ein tilstand, og kan røpe at personen har han",
        nb: "navnet på en brukerrepresentant står sammen med en tilstand, og kan røpe at personen har den",
        en: "the name of a user representative stands beside a condition, and may reveal that the person has it",
    );
    let hint = say!(
        nn: "ta bort namnet, også om personen har samtykt: organisasjonen og rolla er nok",
        nb: "ta bort navnet, også om personen har samtykket: organisasjonen og rollen er nok",
        en: "remove the name, even if the person agreed: organisation and role are enough",
    );
    Diagnostic::new(&rules::NAME_BESIDE_CONDITION, name_of(member), message)
        .hint(hint)
        .related(condition, say!(nn: "tilstanden står her", nb: "tilstanden står her", en: "the condition stands here"))
}

fn name_of(member: &Entry<Member>) -> Place {
    Place::key(member.file, KeyPath(vec![Step::Key("name")]))
}
