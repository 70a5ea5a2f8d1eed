//! What a change comes to, in one line.

use crate::change::{Brief, State};
use crate::check::Silence;
use crate::say;

/// `Postar: 2 fjerna, 1 ny, 3 endra. Funn: 1 nytt, ingen retta.`
pub(super) fn counted(brief: &Brief) -> String {
    let lang = brief.lang;
    let of = |state| brief.records.iter().filter(|record| record.state == state).count();
    let (removed, added, renamed, changed) =
        (of(State::Removed), of(State::Added), of(State::Renamed), of(State::Changed));
    let unread = brief.unread.iter().filter(|one| one.changed).count();
    let mut parts = Vec::new();
    if removed > 0 {
        parts.push(say!(lang, nn: "{removed} fjerna", nb: "{removed} fjernet", en: "{removed} removed"));
    }
    if added > 0 {
        parts.push(match added {
            1 => say!(lang, nn: "1 ny", nb: "1 ny", en: "1 added"),
            _ => say!(lang, nn: "{added} nye", nb: "{added} nye", en: "{added} added"),
        });
    }
    if renamed > 0 {
        parts.push(say!(lang, nn: "{renamed} med ny id", nb: "{renamed} med ny id", en: "{renamed} renamed"));
    }
    if changed > 0 {
        parts.push(say!(lang, nn: "{changed} endra", nb: "{changed} endret", en: "{changed} changed"));
    }
    if unread > 0 {
        parts.push(say!(lang,
            nn: "{unread} som ikkje kan samanliknast",
            nb: "{unread} som ikke kan sammenlignes",
            en: "{unread} that cannot be compared",
        ));
    }
    let records = match parts.is_empty() {
        true => say!(lang, nn: "Ingen endra felt", nb: "Ingen endrede felt", en: "No field changed"),
        false => {
            let parts = parts.join(", ");
            say!(lang, nn: "Postar: {parts}", nb: "Poster: {parts}", en: "Records: {parts}")
        }
    };
    let findings = findings(brief);
    say!(lang, nn: "{records}. Funn: {findings}.", nb: "{records}. Funn: {findings}.", en: "{records}. Findings: {findings}.")
}

/// `1 nytt, ingen retta`
fn findings(brief: &Brief) -> String {
    let lang = brief.lang;
    let mut parts = vec![
        match brief.new.len() {
            0 => say!(lang, nn: "ingen nye", nb: "ingen nye", en: "none new"),
            1 => say!(lang, nn: "1 nytt", nb: "1 nytt", en: "1 new"),
            new => say!(lang, nn: "{new} nye", nb: "{new} nye", en: "{new} new"),
        },
        match brief.gone.fixed.len() {
            0 => say!(lang, nn: "ingen retta", nb: "ingen rettet", en: "none fixed"),
            fixed => say!(lang, nn: "{fixed} retta", nb: "{fixed} rettet", en: "{fixed} fixed"),
        },
    ];
    let silenced = |why| brief.gone.silenced.iter().filter(|(_, of)| *of == why).count();
    match silenced(Silence::Waived) {
        0 => {}
        count => parts.push(say!(lang,
            nn: "{count} har fått unntak",
            nb: "{count} har fått unntak",
            en: "{count} waived",
        )),
    }
    match silenced(Silence::Off) {
        0 => {}
        count => parts.push(say!(lang, nn: "{count} slått av", nb: "{count} slått av", en: "{count} switched off")),
    }
    parts.join(", ")
}
