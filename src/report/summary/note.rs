//! The handover note as a document.

use super::document::{gone, names, texts, words};
use super::handover::{Chair, Handover, OpenMatter, StandingDuty};
use crate::document::Document;
use crate::lang::Lang;
use crate::mandate::Status;
use crate::names::capital;
use crate::say;

/// The handover note of an organisation.
#[must_use]
pub fn handover_document(note: &Handover) -> Document {
    written(note, sections(note), None)
}

/// More duties of a sort than these are counted rather than named where people have something else to decide.
const NAMED: usize = 5;

/// The handover note of one that is merged: what people decide stands first, and many duties are counted. `list` is the command
/// that lists them.
#[must_use]
pub fn merged_document(note: &Handover, list: &str) -> Document {
    let (duties, mut decided): (Vec<_>, Vec<_>) = sections(note).into_iter().partition(|section| section.are_duties);
    let (many, few): (Vec<_>, Vec<_>) = duties.into_iter().partition(|section| section.points.len() > NAMED);
    decided.extend(few);
    let lang = note.lang;
    let counted: Vec<String> =
        many.iter().map(|Section { heading, points, .. }| format!("{heading}: {}", points.len())).collect();
    let counted = (!counted.is_empty()).then(|| {
        let counted = counted.join("; ");
        say!(lang, nn: "{counted}. «{list}» viser dei.", nb: "{counted}. «{list}» viser dem.", en: "{counted}. \"{list}\" shows them.")
    });
    written(note, decided, counted)
}

/// A part of the note.
struct Section {
    heading: String,
    points: Vec<String>,
    /// Whether these are duties, which follow from the agreements.
    are_duties: bool,
}

fn sections(note: &Handover) -> Vec<Section> {
    let lang = note.lang;
    let duties = |heading: String, points: Vec<String>| Section { heading, points, are_duties: true };
    let decided = |heading: String, points: Vec<String>| Section { heading, points, are_duties: false };
    vec![
        duties(capital(Status::Overdue.label().get(lang)), texts(&note.overdue)),
        duties(
            say!(lang, nn: "Fristar det neste året", nb: "Frister det neste året", en: "Deadlines within a year"),
            texts(&note.ahead),
        ),
        decided(
            say!(lang,
                nn: "Plassar som er ledige eller snart blir det",
                nb: "Plasser som er ledige eller snart blir det",
                en: "Seats that are vacant or soon will be",
            ),
            texts(&note.vacant),
        ),
        decided(
            say!(lang, nn: "Plassar som er fylte", nb: "Plasser som er fylt", en: "Seats held"),
            note.seats.iter().map(|seat| chair(seat, lang)).collect(),
        ),
        decided(
            say!(lang, nn: "Opne saker", nb: "Åpne saker", en: "Open matters"),
            note.matters.iter().map(|matter| open_matter(matter, lang)).collect(),
        ),
        decided(
            say!(lang, nn: "Tiltak utan frist", nb: "Tiltak uten frist", en: "Actions without a deadline"),
            note.actions.clone(),
        ),
        duties(
            say!(lang, nn: "Ventar frå andre", nb: "Ventes fra andre", en: "Awaited from others"),
            texts(&note.awaited),
        ),
        duties(
            say!(lang, nn: "Varige plikter", nb: "Varige plikter", en: "Standing duties"),
            note.standing.iter().map(|duty| standing(duty, lang)).collect(),
        ),
    ]
}

/// The note with these parts, and what is only counted.
fn written(note: &Handover, sections: Vec<Section>, counted: Option<String>) -> Document {
    let lang = note.lang;
    let mut document = Document::new(lang);
    let (name, day) = (&note.name, &note.day);
    document.heading(
        1,
        say!(lang, nn: "Overlevering: {name}, {day}", nb: "Overlevering: {name}, {day}", en: "Handover note: {name}, {day}"),
    );
    if let Some(last) = note.last {
        document.paragraph(gone(std::slice::from_ref(&note.r#for), last, &note.successors, lang));
    }
    if !note.not_tracked.is_empty() {
        let networks = names(&note.not_tracked, lang);
        document.paragraph(say!(lang,
            nn: "Plikter og plassar er ikkje førte denne dagen for {networks}; det som manglar der, er ikkje med.",
            nb: "Plikter og plasser er ikke ført denne dagen for {networks}; det som mangler der, er ikke med.",
            en: "No records of duties and seats are kept on this day for {networks}; what is missing there is left out.",
        ));
    }
    let before = document.blocks.len();
    for Section { heading, points, .. } in sections.into_iter().filter(|section| !section.points.is_empty()) {
        document.heading(2, format!("{heading} ({})", points.len()));
        document.list(points);
    }
    document.paragraph(counted.unwrap_or_default());
    if note.judged > 0 {
        let judged = note.judged;
        document.paragraph(say!(lang,
            nn: "Plikter som må vurderast: {judged}.",
            nb: "Plikter som må vurderes: {judged}.",
            en: "Duties to be judged: {judged}.",
        ));
    }
    if document.blocks.len() == before {
        document.paragraph(say!(lang,
            nn: "Ingenting i registeret står ope her.", nb: "Ingenting i registeret står åpent her.", en: "Nothing in the registry is open here.",
        ));
    }
    document
}

/// `Kontaktperson, Fjordnett (Øyane): fysioterapeut, frå 1. januar 2023`
fn chair(seat: &Chair, lang: Lang) -> String {
    let area = seat.area.as_ref().map_or(String::new(), |area| format!(" ({})", area.name));
    let mut about: Vec<String> = seat.function.iter().cloned().collect();
    about.extend(seat.organisation.iter().map(|organisation| organisation.name.clone()));
    let until = words(seat.until, lang);
    if !until.is_empty() {
        about.push(say!(lang, nn: "til {until}", nb: "til {until}", en: "until {until}"));
    }
    let head = format!("{}, {}{area}", capital(&seat.role), seat.body.name);
    if about.is_empty() { head } else { format!("{head}: {}", about.join(", ")) }
}

fn open_matter(matter: &OpenMatter, lang: Lang) -> String {
    let since = words(matter.opened, lang);
    let mut about = vec![matter.kind.clone()];
    about.extend(matter.status.clone());
    if !since.is_empty() {
        about.push(say!(lang, nn: "frå {since}", nb: "fra {since}", en: "from {since}"));
    }
    format!("{} ({})", matter.matter.name, about.join(", "))
}

fn standing(duty: &StandingDuty, lang: Lang) -> String {
    let (text, path) = (&duty.text, &duty.duty);
    match &duty.newest {
        Some(newest) => {
            let newest = &newest.name;
            say!(lang, nn: "{text} ({path}; sist: {newest})", nb: "{text} ({path}; sist: {newest})", en: "{text} ({path}; latest: {newest})")
        }
        None => format!("{text} ({path})"),
    }
}
