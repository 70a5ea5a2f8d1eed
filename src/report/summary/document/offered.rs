//! Offerings, needs, and what both levels offer.

use super::{names, section, words};
use crate::document::Document;
use crate::lang::Lang;
use crate::model::CareLevel;
use crate::report::summary::offerings::{BothLevels, Need};
use crate::report::summary::{Named, NetworkSummary};
use crate::say;
use crate::sheet::{Cell, Column, Sheet};

pub(super) fn offerings(network: &NetworkSummary, document: &mut Document) {
    let lang = network.lang;
    let [last, this] = &network.offerings;
    if last.offerings + this.offerings + last.information_meetings + this.information_meetings == 0 {
        let (count, from, to) = (network.on_offer, last.year, this.year);
        if count > 0 {
            document.paragraph(say!(lang,
                nn: "Tilbod i registeret: {count}, men utan gjennomføringar i {from} og {to}.",
                nb: "Tilbud i registeret: {count}, men uten gjennomføringer i {from} og {to}.",
                en: "Offerings in the registry: {count}, but no runs in {from} and {to}.",
            ));
        }
        return;
    }
    // Sums are told in words, so that plain numbers stand to the left like them.
    let rows = last.lines(lang).into_iter().zip(this.lines(lang)).filter_map(|((_, label, last), (_, _, this))| {
        let told = [&last, &this].iter().any(|text| !text.is_empty() && **text != "0");
        told.then(|| [label, last, this].map(Cell::text).to_vec())
    });
    let rows = rows.collect();
    let mut columns = vec![Column::new("what", String::new())];
    columns.extend([last, this].map(|year| Column::new(year.year.to_string(), year.year.to_string())));
    let heading = say!(lang, nn: "Tilbod og deltakarar", nb: "Tilbud og deltakere", en: "Offerings and participants");
    section(document, heading, Sheet { id: "offerings", caption: "".into(), columns, rows });
}

pub(super) fn need(need: &Need, lang: Lang) -> String {
    let title = &need.matter.name;
    let by = names(&need.by, lang);
    let since = words(need.opened, lang);
    let area = need.area.as_ref().map(|area| area.name.clone()).unwrap_or_default();
    let about: Vec<String> = [area, by, since].into_iter().filter(|part| !part.is_empty()).collect();
    let about = about.join(", ");
    let head = if about.is_empty() { title.clone() } else { format!("{title} ({about})") };
    if need.conditions.is_empty() {
        return say!(lang,
            nn: "{head}: behovet nemner ingen tilstand, så nokon må sjå etter",
            nb: "{head}: behovet nevner ingen tilstand, så noen må se etter",
            en: "{head}: the need names no condition, so somebody has to look",
        );
    }
    let conditions = names(&need.conditions, lang);
    let none = match &need.area {
        Some(_) => say!(lang,
            nn: "ingen tilbod i området om: {conditions}", nb: "ingen tilbud i området om: {conditions}", en: "no offering in the area on: {conditions}",
        ),
        None => {
            say!(lang, nn: "ingen tilbod om: {conditions}", nb: "ingen tilbud om: {conditions}", en: "no offering on: {conditions}")
        }
    };
    if need.elsewhere.is_empty() {
        return format!("{head}: {none}");
    }
    let elsewhere = names(&need.elsewhere, lang);
    say!(lang,
        nn: "{head}: {none} (elles i nettverket: {elsewhere})",
        nb: "{head}: {none} (ellers i nettverket: {elsewhere})",
        en: "{head}: {none} (elsewhere in the network: {elsewhere})",
    )
}

pub(super) fn both_levels(both: &BothLevels, lang: Lang) -> String {
    let level = |level: CareLevel, given: &[Named]| format!("{}: {}", level.label().get(lang), names(given, lang));
    let areas = names(&both.areas, lang);
    let head =
        if areas.is_empty() { both.condition.name.clone() } else { format!("{} ({areas})", both.condition.name) };
    let (specialist, municipal) =
        (level(CareLevel::Specialist, &both.specialist), level(CareLevel::Municipal, &both.municipal));
    format!("{head} – {specialist}; {municipal}")
}
