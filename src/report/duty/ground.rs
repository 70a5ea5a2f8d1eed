//! The networks of a duty or seat: since when the agreement governs them, since when something is tracked, who is excused.

use crate::date::{Date, day_words};
use crate::lang::Lang;
use crate::mandate::wording::listed;
use crate::mandate::{Days, Duty, Ground, Mandates};
use crate::names::Names;
use crate::say;

/// For each network: since when the agreement governs it, since when something is tracked, who is excused.
pub(super) fn of_duty(mandates: &Mandates<'_>, duty: Duty<'_>, names: &Names<'_>) -> Vec<String> {
    let lang = names.lang;
    let mut all = Vec::new();
    for ground in &mandates.grounds {
        let Some(days) = ground.governed.get(&*duty.agreement.id) else { continue };
        all.push(words(ground, days, names));
        for excuse in ground.excuses(&duty.path()) {
            let by = listed(&excuse.by.iter().map(|by| names.short(by.id())).collect::<Vec<_>>(), lang);
            let by = if by.is_empty() { names.short(ground.id()) } else { by };
            let (period, reason) = (excuse.covers.words(lang), excuse.reason.get(lang));
            let until = excuse.until.map(|until| day_words(until, lang));
            let until = until.map_or_else(String::new, |until| {
                say!(lang, nn: " (gjeld til {until})", nb: " (gjelder til {until})", en: " (holds until {until})")
            });
            all.push(say!(lang,
                nn: "Fritak: {by} for {period}{until}. {reason}",
                nb: "Fritak: {by} for {period}{until}. {reason}",
                en: "Excused: {by} for {period}{until}. {reason}",
            ));
        }
    }
    if all.is_empty() {
        all.push(say!(lang,
            nn: "Avtalen styrer ikkje noko nettverk i registeret.",
            nb: "Avtalen styrer ikke noe nettverk i registeret.",
            en: "The agreement governs no network in the registry.",
        ));
    }
    all
}

/// Since when an agreement governs a network, and of which days evidence is kept.
pub(super) fn words(ground: &Ground<'_>, days: &Days, names: &Names<'_>) -> String {
    let lang = names.lang;
    let (name, governed) = (names.short(ground.id()), stretches(days, lang));
    if ground.tracked.is_empty() {
        return say!(lang,
            nn: "{name}: avtalen gjeld {governed}. Ingen registreringsperiode er oppgjeven («tracked»), så det som ikkje står i registeret, er «ikkje registrert».",
            nb: "{name}: avtalen gjelder {governed}. Ingen registreringsperiode er oppgitt («tracked»), så det som ikke står i registeret, er «ikke registrert».",
            en: "{name}: the agreement holds {governed}. No period is given as tracked, so what the registry does not hold is “not recorded”.",
        );
    }
    let tracked = stretches(&ground.tracked, lang);
    say!(lang,
        nn: "{name}: avtalen gjeld {governed}. Registreringsperiode: {tracked}.",
        nb: "{name}: avtalen gjelder {governed}. Registreringsperiode: {tracked}.",
        en: "{name}: the agreement holds {governed}. Tracked: {tracked}.",
    )
}

fn stretches(days: &Days, lang: Lang) -> String {
    let each = days.stretches().map(|(first, last)| {
        let (from, to) = (day_words(first, lang), day_words(last, lang));
        match (first > Date::MIN, last < Date::MAX) {
            (false, false) => say!(lang, nn: "heile tida", nb: "hele tiden", en: "at all times"),
            (true, false) => say!(lang, nn: "frå {from}", nb: "fra {from}", en: "from {from}"),
            (false, true) => say!(lang, nn: "til {to}", nb: "til {to}", en: "until {to}"),
            (true, true) => say!(lang, nn: "frå {from} til {to}", nb: "fra {from} til {to}", en: "from {from} to {to}"),
        }
    });
    listed(&each.collect::<Vec<_>>(), lang)
}
