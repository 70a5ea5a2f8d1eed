//! A meeting, a matter, or how good a number is, told in words.

use super::{MatterLine, MeetingLine};
use crate::count::{Count, Quality};
use crate::lang::{Lang, Phrase};
use crate::say;

/// A meeting, or several that are counted together.
pub(super) fn meeting(meeting: &MeetingLine, lang: Lang) -> Phrase {
    let mut text = format!("{} ({}): {}", meeting.title.text, meeting.kind, meeting.when);
    let mut add = |part: String| {
        text.push_str("; ");
        text.push_str(&part);
    };
    if let Some(held) = &meeting.held {
        let held = held.as_published(lang);
        add(say!(lang, nn: "{held} møte", nb: "{held} møter", en: "{held} meetings"));
    }
    if let Some(hours) = &meeting.hours {
        let hours = hours.in_words(lang);
        add(match meeting.held {
            Some(_) => match &*hours {
                "1" => say!(lang, nn: "kvart på 1 time", nb: "hvert på 1 time", en: "1 hour each"),
                _ => {
                    say!(lang, nn: "kvart på {hours} timar", nb: "hvert på {hours} timer", en: "{hours} hours each")
                }
            },
            None if hours == "1" => say!(lang, nn: "1 time", nb: "1 time", en: "1 hour"),
            None => say!(lang, nn: "{hours} timar", nb: "{hours} timer", en: "{hours} hours"),
        });
    }
    for part in [&meeting.mode, &meeting.place].into_iter().flatten() {
        add(part.clone());
    }
    let list = |names: &[String]| names.join(", ");
    if !meeting.organisers.is_empty() {
        let organisers = list(&meeting.organisers);
        add(say!(lang, nn: "arrangør: {organisers}", nb: "arrangør: {organisers}", en: "arranged by {organisers}"));
    }
    if !meeting.audience.is_empty() {
        let audience = list(&meeting.audience);
        add(say!(lang, nn: "for {audience}", nb: "for {audience}", en: "for {audience}"));
    }
    if let Some(participants) = &meeting.participants {
        let words = participants.as_published(lang);
        add(match participants.quality() {
            Quality::NotRecorded => {
                say!(lang, nn: "deltakarar ikkje registrerte", nb: "deltakere ikke registrert", en: "participants not recorded")
            }
            _ => say!(lang, nn: "{words} deltakarar", nb: "{words} deltakere", en: "{words} participants"),
        });
    }
    if let Some(theme) = &meeting.theme {
        add(say!(lang, nn: "tema: {theme}", nb: "tema: {theme}", en: "theme: {theme}"));
    }
    if !meeting.agenda.is_empty() {
        let agenda = list(&meeting.agenda);
        add(say!(lang, nn: "på saklista: {agenda}", nb: "på sakslisten: {agenda}", en: "on the agenda: {agenda}"));
    }
    if !text.ends_with(['.', '?', '!']) {
        text.push('.');
    }
    for remark in &meeting.remarks {
        text.push(' ');
        text.push_str(remark);
    }
    Phrase { text, lang: meeting.title.lang }
}

/// A matter, with what came of it.
pub(super) fn matter(matter: &MatterLine, lang: Lang) -> Phrase {
    let status = matter.status.clone().unwrap_or_else(
        || say!(lang, nn: "status ikkje registrert", nb: "status ikke registrert", en: "status not recorded"),
    );
    let since = matter.since.map(|year| say!(lang, nn: ", sidan {year}", nb: ", siden {year}", en: ", since {year}"));
    let mut text = format!("{} ({}, {status}{}).", matter.title.text, matter.kind, since.unwrap_or_default());
    for part in [&matter.description, &matter.outcome].into_iter().flatten() {
        text.push(' ');
        text.push_str(part);
    }
    let with = matter.with.join(", ");
    if !with.is_empty() {
        text.push_str(
            &say!(lang, nn: " Saman med: {with}.", nb: " Sammen med: {with}.", en: " Together with: {with}."),
        );
    }
    let to = matter.to.join(", ");
    if !to.is_empty() {
        text.push_str(&say!(lang, nn: " Retta til: {to}.", nb: " Rettet til: {to}.", en: " Addressed to: {to}."));
    }
    Phrase { text, lang: matter.title.lang }
}

/// How good a number is, in words.
pub(super) fn quality(count: &Count, lang: Lang) -> String {
    match count.quality() {
        Quality::Exact => say!(lang, nn: "nøyaktig", nb: "nøyaktig", en: "exact"),
        Quality::AtLeast => say!(lang, nn: "minst", nb: "minst", en: "at least"),
        Quality::About => say!(lang, nn: "om lag", nb: "ca.", en: "about"),
        Quality::AtLeastAbout => say!(lang, nn: "minst om lag", nb: "minst ca.", en: "at least about"),
        Quality::NotRecorded => say!(lang, nn: "ikkje registrert", nb: "ikke registrert", en: "not recorded"),
    }
}
