//! The summary of networks as documents.

mod offered;

use offered::{both_levels, need, offerings};

use super::coverage::{Cover, Share};
use super::duties::Duties;
use super::seats::BodySeats;
use super::things::{LeftOpen, Thing};
use super::{Named, NetworkSummary, Summary};
use crate::count::whole;
use crate::date::{Date, When, day_words};
use crate::document::Document;
use crate::lang::Lang;
use crate::mandate::wording::beginning;
use crate::mandate::{SeatStatus, Status};
use crate::model::Strength;
use crate::names::capital;
use crate::report::appointments;
use crate::report::deadlines::some_names;
use crate::say;
use crate::sheet::{Cell, Column, Sheet};

/// More of a wording than this does not fit into a table.
const WORDING: usize = 90;

/// So many are named beside the seats of a body.
const FEW: usize = 3;

/// A document for each network, and one for what belongs to none.
#[must_use]
pub fn document(summary: &Summary) -> Vec<Document> {
    let mut documents: Vec<Document> = summary.networks.iter().map(of_network).collect();
    let lang = summary.lang;
    let mut rest = Document::new(lang);
    if !summary.lapses_elsewhere.is_empty() {
        rest.heading(
            1,
            say!(lang, nn: "Elles i registeret", nb: "Ellers i registeret", en: "Elsewhere in the registry"),
        );
        rest.list(shorts(&summary.lapses_elsewhere));
    }
    if !summary.only_named.is_empty() {
        let networks = names(&summary.only_named, lang);
        rest.paragraph(say!(lang,
            nn: "Utan avtale i registeret, og difor utan oversyn: {networks}.",
            nb: "Uten avtale i registeret, og derfor uten oversikt: {networks}.",
            en: "Without an agreement in the registry, and so without a summary: {networks}.",
        ));
    }
    if !rest.blocks.is_empty() {
        documents.push(rest);
    }
    documents
}

fn of_network(network: &NetworkSummary) -> Document {
    let lang = network.lang;
    let mut document = Document::new(lang);
    let (name, day) = (&network.network.name, &network.day);
    document.heading(1, format!("{name}, {day}"));
    if !network.exists {
        document.paragraph(say!(lang,
            nn: "Nettverket finst ikkje denne dagen.", nb: "Nettverket finnes ikke denne dagen.", en: "The network does not exist on this day.",
        ));
        return document;
    }
    if !network.tracked {
        document.paragraph(untracked(network));
    }
    if network.tracked || !network.next.is_empty() {
        document.heading(2, say!(lang, nn: "Gjer dette fyrst", nb: "Gjør dette først", en: "Do this first"));
        document.list(shorts(&network.next));
        if network.next.is_empty() {
            document.paragraph(say!(lang,
                nn: "Ingenting har frist det neste året.", nb: "Ingenting har frist det neste året.", en: "Nothing is due within a year.",
            ));
        }
    }
    let begun = appointments::words(&network.appointments, lang);
    if !network.bodies.is_empty() || begun.is_some() {
        document.heading(2, say!(lang, nn: "Plassar", nb: "Plasser", en: "Seats"));
        document.table(seats(&network.bodies, lang));
        document.paragraph(begun.unwrap_or_default());
    }
    if let Some(duties) = network.duties.as_ref().filter(|duties| !duties.is_empty()) {
        document.heading(2, say!(lang, nn: "Plikter", nb: "Plikter", en: "Duties"));
        document.table(by_status(duties, lang));
        document.list(other_duties(duties, lang));
    }
    let years = [network.offerings[0].year, network.offerings[1].year];
    covered(&network.coverage, years, lang, &mut document);
    offerings(network, &mut document);
    let points = |document: &mut Document, heading: String, points: Vec<String>| {
        if !points.is_empty() {
            document.heading(2, heading);
            document.list(points);
        }
    };
    points(
        &mut document,
        say!(lang, nn: "Behov utan tilbod", nb: "Behov uten tilbud", en: "Needs without an offering"),
        network.needs.iter().map(|one| need(one, lang)).collect(),
    );
    points(
        &mut document,
        say!(lang,
            nn: "Same tilstand, tilbod frå begge nivå",
            nb: "Samme tilstand, tilbud fra begge nivåer",
            en: "The same condition, offered at both levels",
        ),
        network.both_levels.iter().map(|one| both_levels(one, lang)).collect(),
    );
    points(
        &mut document,
        say!(lang, nn: "Går ut, eller har gått ut", nb: "Går ut, eller har gått ut", en: "Lapses, or has lapsed"),
        shorts(&network.lapses),
    );
    if !network.left_open.is_empty() {
        document.heading(
            2,
            say!(lang,
                nn: "Står att etter dei som er slegne saman eller nedlagde",
                nb: "Gjenstår etter dem som er slått sammen eller nedlagt",
                en: "Left open by those that were merged or closed",
            ),
        );
        network.left_open.iter().for_each(|left| left_open(left, lang, &mut document));
    }
    document
}

fn untracked(network: &NetworkSummary) -> String {
    let lang = network.lang;
    let id = &network.network.id;
    let except = if network.also_owed_in.is_empty() {
        String::new()
    } else {
        let others = names(&network.also_owed_in, lang);
        say!(lang,
            nn: ", så nær som det som òg er ei plikt i {others}",
            nb: ", unntatt det som også er en plikt i {others}",
            en: ", except what is also owed in {others}",
        )
    };
    match &network.tracked_when {
        None => say!(lang,
            nn: "Det er ikkje ført noko om plikter og plassar her enno, så ingenting står som «ledig» eller «over fristen»{except}. Set «tracked» i networks/{id}.toml når det tek til.",
            nb: "Det er ikke ført noe om plikter og plasser her ennå, så ingenting står som «ledig» eller «forfalt»{except}. Sett «tracked» i networks/{id}.toml når det begynner.",
            en: "No records of duties and seats are kept here yet, so nothing is called vacant or overdue{except}. Set “tracked” in networks/{id}.toml when that begins.",
        ),
        Some(when) => say!(lang,
            nn: "Plikter og plassar er berre førte {when}. Det som fell utanfor den tida, står ikkje som «ledig» eller «over fristen»{except}.",
            nb: "Plikter og plasser er bare ført {when}. Det som faller utenfor den tiden, står ikke som «ledig» eller «forfalt»{except}.",
            en: "Records of duties and seats are only kept {when}. What falls outside that time is not called vacant or overdue{except}.",
        ),
    }
}

fn section(document: &mut Document, heading: String, sheet: Sheet) {
    if !sheet.rows.is_empty() {
        document.heading(2, heading);
        document.table(sheet);
    }
}

fn seats(bodies: &[BodySeats], lang: Lang) -> Sheet {
    let columns = vec![
        Column::new("body", say!(lang, nn: "Kvar", nb: "Hvor", en: "Where")),
        Column::new("filled", say!(lang, nn: "Fylte", nb: "Fylte", en: "Filled")),
        Column::new("vacant", say!(lang, nn: "Ledige", nb: "Ledige", en: "Vacant")),
        Column::new("remarks", say!(lang, nn: "Merknad", nb: "Merknad", en: "Remark")),
    ];
    let row = |body: &BodySeats| {
        vec![
            Cell::text(&*body.body.name),
            Cell::whole(body.filled, lang),
            Cell::whole(body.vacant, lang),
            Cell::text(seat_remarks(body, lang)),
        ]
    };
    Sheet { id: "seats", caption: "".into(), columns, rows: bodies.iter().map(row).collect() }
}

fn seat_remarks(body: &BodySeats, lang: Lang) -> String {
    let vacant = |shall: bool| {
        // Seats of one role stand together, whatever agreements they are of.
        let mut roles: Vec<(&str, usize, Vec<Named>)> = Vec::new();
        for seat in body.vacancies.iter().filter(|seat| (seat.strength == Strength::Shall.word()) == shall) {
            match roles.iter_mut().find(|(role, ..)| *role == seat.role) {
                Some((_, count, of)) => {
                    *count += seat.count;
                    of.extend(seat.of.iter().cloned());
                }
                None => roles.push((&seat.role, seat.count, seat.of.clone())),
            }
        }
        let seats = roles.iter().map(|(role, count, of)| match (&**of, count) {
            ([], 1) => (*role).to_owned(),
            // Who they are stands under coverage.
            (of, count) if of.len() > FEW || of.len() < *count => format!("{role} ({count})"),
            (of, _) => format!("{role} ({})", names(of, lang)),
        });
        seats.collect::<Vec<_>>().join(", ")
    };
    let mut remarks = Vec::new();
    let (shall, should) = (vacant(true), vacant(false));
    if !shall.is_empty() {
        remarks.push(say!(lang, nn: "ledig: {shall}", nb: "ledig: {shall}", en: "vacant: {shall}"));
    }
    if !should.is_empty() {
        remarks.push(
            say!(lang, nn: "bør vere fylt: {should}", nb: "bør være fylt: {should}", en: "should be filled: {should}"),
        );
    }
    for (count, status) in [
        (body.term_ended, SeatStatus::TermEnded),
        (body.too_many, SeatStatus::TooMany),
        (body.one_side, SeatStatus::OneSide),
        (body.not_recorded, SeatStatus::NotRecorded),
    ] {
        if count > 0 {
            remarks.push(format!("{}: {count}", status.label().get(lang)));
        }
    }
    remarks.join("; ")
}

fn by_status(duties: &Duties, lang: Lang) -> Sheet {
    let mut columns = vec![Column::new("status", say!(lang, nn: "Fristar", nb: "Frister", en: "Deadlines"))];
    columns.extend(duties.years.map(|year| Column::new(year.to_string(), year.to_string())));
    let row = |of: &super::OfStatus| {
        let label = Status::from_word(of.status).map(|status| capital(status.label().get(lang)));
        let mut row = vec![Cell::text(label.unwrap_or_default())];
        row.extend(of.deadlines.map(|count| Cell::whole(count, lang)));
        row
    };
    Sheet { id: "duties", caption: "".into(), columns, rows: duties.by_status.iter().map(row).collect() }
}

fn other_duties(duties: &Duties, lang: Lang) -> Vec<String> {
    let mut points = Vec::new();
    let (shown, partly, none) = (duties.standing.shown, duties.standing.partly, duties.standing.not_shown);
    if shown + partly + none > 0 {
        let of = shown + partly + none;
        let partly = match partly {
            0 => String::new(),
            _ => say!(lang, nn: ", {partly} til dels", nb: ", {partly} til dels", en: ", {partly} in part"),
        };
        points.push(say!(lang,
            nn: "Varige plikter: {shown} av {of} dokumenterte{partly}",
            nb: "Varige plikter: {shown} av {of} dokumentert{partly}",
            en: "Standing duties: {shown} of {of} evidenced{partly}",
        ));
    }
    if duties.per_record_binding > 0 {
        let (met, of) = (duties.per_record_binding_met, duties.per_record_binding);
        let rest = if met < of {
            say!(lang,
                nn: " («lmnet check» viser resten)",
                nb: " («lmnet check» viser resten)",
                en: " (“lmnet check” shows the rest)",
            )
        } else {
            String::new()
        };
        let [met, of] = [met, of].map(|number| whole(number, lang));
        points.push(say!(lang,
            nn: "Krav til kvar post: {met} av {of} er oppfylte{rest}",
            nb: "Krav til hver post: {met} av {of} er oppfylt{rest}",
            en: "What each record must have: {met} of {of} met{rest}",
        ));
    }
    let (met, of) =
        (duties.per_record_met - duties.per_record_binding_met, duties.per_record - duties.per_record_binding);
    if of > 0 {
        let [met, of] = [met, of].map(|number| whole(number, lang));
        points.push(say!(lang,
            nn: "Mål og valfrie krav til kvar post: {met} av {of} er oppfylte (blir berre talde)",
            nb: "Mål og valgfrie krav til hver post: {met} av {of} er oppfylt (telles bare)",
            en: "Aims and options for each record: {met} of {of} met (only counted)",
        ));
    }
    if duties.judged > 0 {
        let judged = duties.judged;
        points
            .push(say!(lang, nn: "Må vurderast: {judged}", nb: "Må vurderes: {judged}", en: "To be judged: {judged}"));
    }
    points
}

/// Coverage. Standing duties that nobody has anything to show for are counted, since a row each would say nothing more.
fn covered(covers: &[Cover], years: [i32; 2], lang: Lang, document: &mut Document) {
    let bare = |cover: &&Cover| {
        let have = cover.years.iter().flatten().any(|share| share.have > 0 || share.reported.is_some());
        cover.kind == "duty" && !cover.deadline && !have
    };
    let (bare, shown): (Vec<&Cover>, Vec<&Cover>) = covers.iter().partition(bare);
    let sheet = coverage(&shown, years, lang);
    if sheet.rows.is_empty() && bare.is_empty() {
        return;
    }
    document.heading(2, say!(lang, nn: "Dekning", nb: "Dekning", en: "Coverage"));
    document.table(sheet);
    if shown.iter().any(|cover| !cover.deadline) {
        let year = years[0];
        document.paragraph(say!(lang,
            nn: "Plassar og varige plikter: slik det var ved utgangen av {year}, og slik det er i dag. Andre plikter: fristane i året.",
            nb: "Plasser og varige plikter: slik det var ved utgangen av {year}, og slik det er i dag. Andre plikter: fristene i året.",
            en: "Seats and standing duties: as it was at the end of {year}, and as it is today. Other duties: the deadlines of the year.",
        ));
    }
    let count = bare.len();
    if count > 0 {
        document.paragraph(say!(lang,
            nn: "Varige plikter for fleire partar utan dokumentasjon frå nokon: {count}.",
            nb: "Varige plikter for flere parter uten dokumentasjon fra noen: {count}.",
            en: "Standing duties of several parties with no evidence from any: {count}.",
        ));
    }
}

fn coverage(covers: &[&Cover], years: [i32; 2], lang: Lang) -> Sheet {
    let mut columns = vec![
        Column::new("what", say!(lang, nn: "Kva", nb: "Hva", en: "What")),
        Column::new("each", say!(lang, nn: "For kvar", nb: "For hver", en: "For each")),
    ];
    columns.extend(years.map(|year| Column::new(year.to_string(), year.to_string())));
    columns.push(Column::new("remaining", say!(lang, nn: "Står att", nb: "Gjenstår", en: "Still to come")));
    let row = |cover: &&Cover| {
        let strength = Strength::from_word(cover.strength).filter(|strength| *strength != Strength::Shall);
        let text = beginning(&cover.text, WORDING);
        let mut row = vec![
            Cell::text(match strength {
                Some(strength) => format!("({}) {text}", strength.label().get(lang)),
                None => text,
            }),
            Cell::text(&*cover.each),
        ];
        row.extend(
            cover.years.iter().map(|share| Cell::text(share.as_ref().map_or(String::new(), |own| of_share(own, lang)))),
        );
        row.push(Cell::text(names(&cover.remaining, lang)));
        row
    };
    Sheet { id: "coverage", caption: "".into(), columns, rows: covers.iter().map(row).collect() }
}

fn of_share(share: &Share, lang: Lang) -> String {
    let (have, of) = (share.have, share.of);
    let mut text = match &share.reported {
        Some(reported) => {
            let value = reported.value.in_words(lang);
            match reported.of {
                Some(of) => {
                    say!(lang, nn: "{value} av {of} (rapportert)", nb: "{value} av {of} (rapportert)", en: "{value} of {of} (reported)")
                }
                None => say!(lang, nn: "{value} (rapportert)", nb: "{value} (rapportert)", en: "{value} (reported)"),
            }
        }
        None => say!(lang, nn: "{have} av {of}", nb: "{have} av {of}", en: "{have} of {of}"),
    };
    for (count, status) in [(share.excused, Status::Excused), (share.not_recorded, Status::NotRecorded)] {
        if count > 0 && !(share.reported.is_some() && status == Status::NotRecorded) {
            text += &format!(", {}: {count}", status.label().get(lang));
        }
    }
    text
}

/// That some are gone, and who carries on from them.
pub(super) fn gone(organisations: &[Named], last: Date, successors: &[Named], lang: Lang) -> String {
    let (gone, last, after) = (names(organisations, lang), day_words(last, lang), names(successors, lang));
    if after.is_empty() {
        return say!(lang, nn: "{gone} fanst til {last}.", nb: "{gone} fantes til {last}.", en: "{gone} existed until {last}.");
    }
    say!(lang,
        nn: "{gone} fanst til {last}; {after} følgjer etter.",
        nb: "{gone} fantes til {last}; {after} følger etter.",
        en: "{gone} existed until {last}; {after} carries on.",
    )
}

fn left_open(left: &LeftOpen, lang: Lang, document: &mut Document) {
    document.paragraph(gone(&left.organisations, left.last, &left.successors, lang));
    let mut points = shorts(&left.duties);
    points.extend(left.appointments.iter().map(|member| {
        let member = &member.name;
        say!(lang, nn: "Framleis oppnemnd: {member}", nb: "Fortsatt oppnevnt: {member}", en: "Still appointed: {member}")
    }));
    points.extend(shorts(&left.seats));
    points.extend(shorts(&left.without_receiver));
    document.list(points);
}

fn shorts(things: &[Thing]) -> Vec<String> {
    things.iter().map(|thing| thing.short.clone()).collect()
}

pub(super) fn texts(things: &[Thing]) -> Vec<String> {
    things.iter().map(|thing| thing.text.clone()).collect()
}

pub(super) fn names(named: &[Named], lang: Lang) -> String {
    some_names(&named.iter().map(|one| one.name.clone()).collect::<Vec<_>>(), lang)
}

/// The days of a record in words.
pub(super) fn words(when: Option<When>, lang: Lang) -> String {
    when.map(|when| when.words(lang)).unwrap_or_default()
}
