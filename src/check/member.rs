//! `name-without-consent` and `name-beside-condition`: user representatives with their names.
//!
//! Who represents people with a condition often has it too. A name beside it tells about a person's health.

use std::cell::OnceCell;

use super::Found;
use crate::diagnostic::{At, Diagnostic, Place};
use crate::lang::Text;
use crate::model::{Background, Manifest, Member, Organisation, OrganisationKind, Role};
use crate::names::folded;
use crate::registry::{Entry, Registry};
use crate::source::{Bytes, FileId, KeyPath, Step};
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
            Some(place) => found.push(beside_condition(member, place)),
            // What could not be read may be the consent.
            None if member.consent.is_none() && !member.broken => found.push(without_consent(member)),
            None => {}
        }
    }
}

/// Where a record or the organisations that it names speak of a condition.
fn condition_of(registry: &Registry, member: &Entry<Member>, words: &Words) -> Option<Place> {
    let key = |path: &[Step]| Place::key(member.file, KeyPath(path.to_vec()));
    let texts = [("function", &member.function), ("note", &member.note)];
    let spoken = texts.into_iter().find(|(_, text)| text.as_ref().is_some_and(|text| words.stand_in(text)));
    if let Some((text, _)) = spoken {
        return Some(key(&[Step::Key(text)]));
    }
    if member.role_description.as_deref().is_some_and(|text| words.stand_in_text(text)) {
        return Some(key(&[Step::Key("role-description")]));
    }
    let notes = |text: &Option<Text>| text.as_ref().is_some_and(|text| words.stand_in(text));
    if let Some(at) = member.appointment.iter().position(|appointment| notes(&appointment.note)) {
        return Some(key(&[Step::Key("appointment"), Step::Index(at), Step::Key("note")]));
    }
    let bodies = member.appointment.iter().flat_map(|seat| [Some(&seat.body), seat.represents.as_ref()]).flatten();
    let ids = std::iter::once(member.organisation.id()).chain(bodies.map(|body| body.id()));
    ids.filter_map(|id| tied(registry, id, words)).next().or_else(|| in_comment(registry, member.file, words))
}

/// Where an organisation, or one that it is a part of, is tied to a condition.
fn tied(registry: &Registry, id: &str, words: &Words) -> Option<Place> {
    let mut wholes = vec![registry.organisations.get(id)?];
    let mut at = 0;
    while let Some(organisation) = wholes.get(at).copied() {
        if let Some(key) = tied_by(organisation, words) {
            return Some(Place::key(organisation.file, KeyPath(vec![Step::Key(key)])));
        }
        for whole in organisation.part_of.iter().filter_map(|whole| registry.organisations.get(whole.organisation.id()))
        {
            if wholes.iter().all(|known| known.id != whole.id) {
                wholes.push(whole);
            }
        }
        at += 1;
    }
    None
}

/// The key by which an organisation is tied to a condition.
fn tied_by(organisation: &Organisation, words: &Words) -> Option<&'static str> {
    if !organisation.condition.is_empty() {
        return Some("condition");
    }
    if organisation.kind != OrganisationKind::UserOrganisation {
        return None;
    }
    let names = [
        ("name", words.stand_in(&organisation.name)),
        ("abbreviation", organisation.abbreviation.iter().any(|name| words.stand_in(name))),
        ("also-called", organisation.also_called.iter().any(|name| words.stand_in(name))),
        ("formerly", organisation.formerly.iter().any(|former| words.stand_in(&former.name))),
    ];
    names.into_iter().find_map(|(key, spoken)| spoken.then_some(key))
}

/// Where a comment of a file speaks of a condition. Records keep no comments, so that the file is read again.
fn in_comment(registry: &Registry, file: FileId, words: &Words) -> Option<Place> {
    let text = registry.text(file)?;
    let mut start = 0;
    text.split_inclusive('\n').find_map(|line| {
        let line_start = start;
        start += line.len();
        // A sign between quotes begins no comment.
        let outside = |at: &usize| line[..*at].matches('"').count() % 2 == 0;
        let comment = line.match_indices('#').map(|(at, _)| at).find(outside)?;
        let bytes = Bytes { start: (line_start + comment) as u32, end: (line_start + line.trim_end().len()) as u32 };
        words.stand_in_text(&line[comment..]).then(|| Place { file, at: At::Bytes(bytes, KeyPath::default()) })
    })
}

/// What people call the conditions of the manifest.
struct Words {
    /// Words so short that only their capitals tell them from others: MS.
    short: Vec<String>,
    /// Words in capitals, folded. Other words begin with the same letters: KOLS, but not Kolstad.
    acronyms: Vec<String>,
    /// Other words, folded. What begins with one is about it: `hjarte` and «Hjartelaget».
    long: Vec<String>,
}

/// What an acronym is put before in one word, folded: Kolslaget.
const HEADS: [&str; 9] = ["lag", "foren", "forein", "grupp", "skule", "kurs", "pasient", "sjuk", "ramm"];

impl Words {
    fn of(manifest: &Manifest) -> Self {
        let names = manifest
            .condition
            .iter()
            .flat_map(|condition| condition.title.wordings().chain(condition.also.iter().map(|word| &**word)));
        let mut words = Self { short: Vec::new(), acronyms: Vec::new(), long: Vec::new() };
        // «Multippel sklerose (MS)» is two of them.
        for name in names.flat_map(|name| name.split(['(', ')'])).map(str::trim).filter(|name| !name.is_empty()) {
            let capitals = !name.contains(char::is_lowercase);
            match name.chars().count() {
                ..=3 => words.short.push(name.to_owned()),
                _ if capitals => words.acronyms.push(folded(name)),
                _ => words.long.push(folded(name)),
            }
            // «Hjarte- og karsjukdom» is about the heart too.
            let first = name.split_once("- ").map(|(first, _)| first);
            words.long.extend(first.filter(|first| first.chars().count() > 3).map(folded));
        }
        words
    }

    fn stand_in(&self, text: &Text) -> bool {
        text.wordings().any(|text| self.stand_in_text(text))
    }

    fn stand_in_text(&self, text: &str) -> bool {
        let folded = folded(text);
        let headed = |rest: &str| ends_word(rest) || HEADS.iter().any(|head| rest.starts_with(head));
        self.short.iter().any(|word| begins(text, word, ends_word))
            || self.acronyms.iter().any(|word| begins(&folded, word, headed))
            || self.long.iter().any(|word| begins(&folded, word, |_| true))
    }
}

/// Whether a word of the text begins with another, and what follows is as it must be.
fn begins(text: &str, word: &str, follows: impl Fn(&str) -> bool) -> bool {
    let alone = |at: usize| !text[..at].ends_with(char::is_alphanumeric);
    text.match_indices(word).any(|(at, _)| alone(at) && follows(&text[at + word.len()..]))
}

fn ends_word(rest: &str) -> bool {
    !rest.starts_with(char::is_alphanumeric)
}

fn without_consent(member: &Entry<Member>) -> Diagnostic {
    let message = say!(
        nn: "ein brukarrepresentant står med namn, men «consent» seier ikkje når personen sa ja til det",
        nb: "en brukerrepresentant står med navn, men «consent» sier ikke når personen sa ja til det",
        en: "a user representative is named, but \"consent\" does not say when the person agreed to it",
    );
    let hint = say!(
        nn: "ta bort namnet: organisasjonen og rolla er nok; vil personen stå med namn, skriv dagen for samtykket i «consent»",
        nb: "ta bort navnet: organisasjonen og rollen er nok; vil personen stå med navn, skriver du dagen for samtykket i «consent»",
        en: "remove the name: organisation and role are enough; if the person wants to be named, write the day of consent in \"consent\"",
    );
    Diagnostic::new(&rules::NAME_WITHOUT_CONSENT, name_of(member), message).hint(hint)
}

fn beside_condition(member: &Entry<Member>, condition: Place) -> Diagnostic {
    let message = say!(
        nn: "namnet på ein brukarrepresentant står saman med ein tilstand, og kan røpe at personen sjølv har denne tilstanden",
        nb: "navnet på en brukerrepresentant står sammen med en tilstand, og kan røpe at personen selv har denne tilstanden",
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
