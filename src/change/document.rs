//! A change as a brief for whoever reviews it.

use std::collections::BTreeMap;

use super::{Brief, Effect, FieldChange, RecordChange, State};
use crate::check::Finding;
use crate::document::Document;
use crate::lang::Lang;
use crate::mandate::wording::some_of;
use crate::names::Names;
use crate::say;
use crate::sheet::{Cell, Column, Sheet};

/// More than these of one sort are only counted: a comment on a pull request holds only so much.
const MOST: usize = 100;
/// How many records of one owner are named.
const NAMED: usize = 10;

/// The brief in words. `names` are those of the state after the change; nothing at all for a change of nothing.
#[must_use]
pub fn document(brief: &Brief, names: &Names<'_>, title: String) -> Document {
    let mut page = Document::new(brief.lang);
    if brief.is_empty() {
        return page;
    }
    page.heading(1, title);
    page.paragraph(counted(brief));
    for state in State::ALL {
        let of_state: Vec<&RecordChange> = brief.records.iter().filter(|record| record.state == *state).collect();
        if !of_state.is_empty() {
            page.heading(2, format!("{} ({})", state.label().get(brief.lang), of_state.len()));
            records(&of_state, *state, names, &mut page);
        }
    }
    unreadable(brief, &mut page);
    let lang = brief.lang;
    let effects = &brief.effects;
    table_of(&effects.figures, say!(lang, nn: "Tal", nb: "Tall", en: "Figures"), lang, &mut page);
    table_of(&effects.deadlines, say!(lang, nn: "Fristar", nb: "Frister", en: "Deadlines"), lang, &mut page);
    table_of(&effects.seats, say!(lang, nn: "Plassar", nb: "Plasser", en: "Seats"), lang, &mut page);
    findings(&brief.new, say!(lang, nn: "Nye funn", nb: "Nye funn", en: "New findings"), lang, &mut page);
    findings(&brief.fixed, say!(lang, nn: "Retta funn", nb: "Rettede funn", en: "Fixed findings"), lang, &mut page);
    owners(brief, names, &mut page);
    page
}

/// `2 fjerna, 1 ny, 3 endra; 1 nytt funn, 2 retta`
fn counted(brief: &Brief) -> String {
    let lang = brief.lang;
    let of = |state| brief.records.iter().filter(|record| record.state == state).count();
    let (removed, added, renamed, changed) =
        (of(State::Removed), of(State::Added), of(State::Renamed), of(State::Changed));
    let (new, fixed) = (brief.new.len(), brief.fixed.len());
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
    let records = match parts.is_empty() {
        true => say!(lang, nn: "Ingen endra felt", nb: "Ingen endrede felt", en: "No field changed"),
        false => {
            let parts = parts.join(", ");
            say!(lang, nn: "Postar: {parts}", nb: "Poster: {parts}", en: "Records: {parts}")
        }
    };
    say!(lang,
        nn: "{records}. Funn: {new} nye, {fixed} retta.",
        nb: "{records}. Funn: {new} nye, {fixed} rettet.",
        en: "{records}. Findings: {new} new, {fixed} fixed.",
    )
}

fn records(list: &[&RecordChange], state: State, names: &Names<'_>, page: &mut Document) {
    let shown = &list[..list.len().min(MOST)];
    let rest = list.len() - shown.len();
    match state {
        State::Removed | State::Added => page.list(shown.iter().map(|record| line(record, names)).collect()),
        State::Renamed | State::Changed => {
            for record in shown {
                page.heading(3, line(record, names));
                page.table(fields(&record.fields, names.lang));
            }
        }
    }
    more(rest, names.lang, page);
}

/// `Kols-skule (offerings/kols-skule; Stord)`
fn line(record: &RecordChange, names: &Names<'_>) -> String {
    let whose = some_of(&record.whose.iter().map(|id| names.short(id)).collect::<Vec<_>>(), NAMED, names.lang);
    let path = match &record.was {
        Some(was) => format!("{was} → {}", record.path),
        None => record.path.clone(),
    };
    match (record.title == record.path, whose.is_empty()) {
        (true, true) => path,
        (true, false) => format!("{path} ({whose})"),
        (false, true) => format!("{} ({path})", record.title),
        (false, false) => format!("{} ({path}; {whose})", record.title),
    }
}

fn fields(fields: &[FieldChange], lang: Lang) -> Sheet {
    let (out, come) = (say!(lang, nn: "ut", nb: "ut", en: "out"), say!(lang, nn: "inn", nb: "inn", en: "in"));
    let told = |change: &FieldChange, side: usize, sign: &str| match (&*change.words[side], change.parts) {
        ("", _) => String::new(),
        (words, true) => format!("{sign}: {words}"),
        (words, false) => words.to_owned(),
    };
    let row = |change: &FieldChange| {
        [change.label.clone(), told(change, 0, &out), told(change, 1, &come)].map(Cell::text).to_vec()
    };
    let what = say!(lang, nn: "Felt", nb: "Felt", en: "Field");
    before_and_after(what, fields.iter().map(row).collect(), lang)
}

fn before_and_after(what: String, rows: Vec<Vec<Cell>>, lang: Lang) -> Sheet {
    let columns = vec![
        Column::new("what", what),
        Column::new("old", say!(lang, nn: "Før", nb: "Før", en: "Before")),
        Column::new("new", say!(lang, nn: "No", nb: "Nå", en: "Now")),
    ];
    Sheet { id: "change", caption: String::new(), columns, rows }
}

fn table_of(effects: &[Effect], heading: String, lang: Lang, page: &mut Document) {
    if effects.is_empty() {
        return;
    }
    page.heading(2, heading);
    let rows = effects.iter().take(MOST).map(|effect| {
        let cells = [&effect.label, &effect.old, &effect.new];
        cells.map(|text| Cell::text(text.clone())).to_vec()
    });
    let what = say!(lang, nn: "Kva", nb: "Hva", en: "What");
    page.table(before_and_after(what, rows.collect(), lang));
    more(effects.len().saturating_sub(MOST), lang, page);
}

fn findings(findings: &[Finding], heading: String, lang: Lang, page: &mut Document) {
    if findings.is_empty() {
        return;
    }
    page.heading(2, format!("{heading} ({})", findings.len()));
    let told = |finding: &Finding| {
        let line = finding.place.excerpt.as_ref().map_or(1, |excerpt| excerpt.start.line);
        format!("{}:{line} {}: {}", finding.place.path, finding.rule.id, finding.message.get(lang))
    };
    page.list(findings.iter().take(MOST).map(told).collect());
    more(findings.len().saturating_sub(MOST), lang, page);
}

fn unreadable(brief: &Brief, page: &mut Document) {
    let lang = brief.lang;
    let [before, now] = &brief.unreadable;
    let told = |paths: &[String]| some_of(paths, MOST, lang);
    if before == now {
        return;
    }
    page.heading(2, say!(lang, nn: "Kan ikkje lesast", nb: "Kan ikke leses", en: "Unreadable"));
    let mut points = Vec::new();
    if !before.is_empty() {
        let paths = told(before);
        points.push(say!(lang, nn: "før: {paths}", nb: "før: {paths}", en: "before: {paths}"));
    }
    if !now.is_empty() {
        let paths = told(now);
        points.push(say!(lang,
            nn: "no: {paths}; kva som er endra i dei, kan ikkje seiast",
            nb: "nå: {paths}; hva som er endret i dem, kan ikke sies",
            en: "now: {paths}; what changed in them cannot be told",
        ));
    }
    page.list(points);
}

/// Whose records they are, so that those who should look can be asked.
fn owners(brief: &Brief, names: &Names<'_>, page: &mut Document) {
    let lang = brief.lang;
    let mut owners: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for record in &brief.records {
        for owner in &record.whose {
            owners.entry(owner).or_default().push(record.path.clone());
        }
    }
    if owners.is_empty() {
        return;
    }
    page.heading(2, say!(lang, nn: "Kven det gjeld", nb: "Hvem det gjelder", en: "Whose records"));
    let point =
        |(owner, paths): (&&str, &Vec<String>)| format!("{}: {}", names.short(owner), some_of(paths, NAMED, lang));
    page.list(owners.iter().map(point).collect());
}

fn more(rest: usize, lang: Lang, page: &mut Document) {
    if rest > 0 {
        page.paragraph(say!(lang, nn: "… og {rest} til.", nb: "… og {rest} til.", en: "… and {rest} more."));
    }
}
