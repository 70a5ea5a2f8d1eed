//! Offerings, needs, and what both levels offer.

use super::{names, section, words};
use crate::document::Document;
use crate::lang::Lang;
use crate::model::CareLevel;
use crate::report::summary::offerings::{BothLevels, Involvement, Need, OfferingYear, Total};
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
    let mut rows: Vec<Vec<Cell>> = Vec::new();
    let mut row = |label: String, cell: &dyn Fn(&OfferingYear) -> Cell| {
        let cells: Vec<Cell> = [last, this].map(cell).into();
        if cells.iter().any(|cell| !cell.text.is_empty() && cell.text != "0") {
            rows.push([Cell::text(label)].into_iter().chain(cells).collect());
        }
    };
    // Sums are told in words, so that plain numbers stand to the left like them.
    let whole = |number: usize| Cell { number: false, ..Cell::whole(number, lang) };
    let total = |total: &Total| Cell::text(if total.of == 0 { String::new() } else { total.sum.in_words(lang) });
    row(say!(lang, nn: "Tilbod", nb: "Tilbud", en: "Offerings"), &|year| whole(year.offerings));
    row(say!(lang, nn: "Gjennomføringar", nb: "Gjennomføringer", en: "Runs"), &|year| whole(year.runs));
    row(say!(lang, nn: "Gjennomføringar som kjem", nb: "Gjennomføringer som kommer", en: "Runs to come"), &|year| {
        whole(year.runs_ahead)
    });
    row(say!(lang, nn: "Pasientar", nb: "Pasienter", en: "Patients"), &|year| total(&year.patients));
    row(say!(lang, nn: "Pårørande", nb: "Pårørende", en: "Relatives"), &|year| total(&year.relatives));
    row(say!(lang, nn: "Deltakarar i alt", nb: "Deltakere i alt", en: "Participants in all"), &|year| {
        total(&year.participants)
    });
    row(
        say!(lang, nn: "Informasjonsmøte, utanom", nb: "Informasjonsmøter, utenom", en: "Information meetings, besides"),
        &|year| whole(year.information_meetings),
    );
    let part = |of: &Involvement| Cell::text(involvement(of, lang));
    row(
        say!(lang, nn: "Brukarar med i planlegginga", nb: "Brukere med i planleggingen", en: "Users involved in planning"),
        &|year| part(&year.planning),
    );
    row(
        say!(lang, nn: "Brukarar med i gjennomføringa", nb: "Brukere med i gjennomføringen", en: "Users involved in delivery"),
        &|year| part(&year.delivery),
    );
    row(
        say!(lang, nn: "Brukarar med i evalueringa", nb: "Brukere med i evalueringen", en: "Users involved in evaluation"),
        &|year| part(&year.evaluation),
    );
    let mut columns = vec![Column::new("what", String::new())];
    columns.extend([last, this].map(|year| Column::new(year.year.to_string(), year.year.to_string())));
    let heading = say!(lang, nn: "Tilbod og deltakarar", nb: "Tilbud og deltakere", en: "Offerings and participants");
    section(document, heading, Sheet { id: "offerings", caption: String::new(), columns, rows });
}

/// `minst 9 av 12 (75 %), ikkje oppgitt: 2`
fn involvement(part: &Involvement, lang: Lang) -> String {
    let (somebody, missing) = (part.somebody, part.not_stated);
    let of = somebody + part.nobody + missing;
    if of == 0 {
        return String::new();
    }
    if missing == of {
        return say!(lang, nn: "ikkje oppgitt", nb: "ikke oppgitt", en: "not stated");
    }
    let share = (somebody * 100 + of / 2) / of;
    if missing == 0 {
        return say!(lang,
            nn: "{somebody} av {of} ({share}\u{a0}%)", nb: "{somebody} av {of} ({share}\u{a0}%)", en: "{somebody} of {of} ({share}%)",
        );
    }
    say!(lang,
        nn: "minst {somebody} av {of} ({share}\u{a0}%), ikkje oppgitt: {missing}",
        nb: "minst {somebody} av {of} ({share}\u{a0}%), ikke oppgitt: {missing}",
        en: "at least {somebody} of {of} ({share}%), not stated: {missing}",
    )
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
