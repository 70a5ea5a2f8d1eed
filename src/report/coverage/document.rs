//! Coverage as a document: the grid with its legend, then all other duties and seats, then what nothing is known of.

use std::collections::BTreeSet;

use super::words::{self, Notes, beginning, each_record, out_of, published, record_share, seat_standing};
use super::{Coverage, DutyYear, Grid, NetworkYear, RecordYear, SeatYear};
use crate::date::day_words;
use crate::document::Document;
use crate::lang::Lang;
use crate::mandate::folded::{age, standing_of_all};
use crate::mandate::wording::{listed, quoted, seat, who, wording};
use crate::mandate::{Found, Mandates, Occurrence, Status};
use crate::names::{Names, capital};
use crate::report::deadlines::some_names;
use crate::say;
use crate::sheet::{Cell, Column, Sheet};

/// In a grid of more rows than this, so many of a kind of whom all is the same share a row.
const MANY: usize = 12;
const FOLDED: usize = 4;

/// For people, network by network.
#[must_use]
pub fn document(coverage: &Coverage<'_>, mandates: &Mandates<'_>, names: &Names<'_>) -> Document {
    let lang = names.lang;
    let mut document = Document::new(lang);
    let (year, day) = (coverage.year, day_words(coverage.day, lang));
    document.heading(
        1,
        say!(lang,
            nn: "Dekning i {year}, slik det er kjent {day}",
            nb: "Dekning i {year}, slik det er kjent {day}",
            en: "Coverage in {year}, as known on {day}",
        ),
    );
    for network in &coverage.networks {
        document.heading(2, names.body_phrase(network.id));
        if network.exists {
            Page { document: &mut document, network, names }.fill(mandates, coverage.day);
        } else {
            document.paragraph(say!(lang,
                nn: "Nettverket fanst ikkje i {year}.",
                nb: "Nettverket fantes ikke i {year}.",
                en: "The network did not exist in {year}.",
            ));
        }
    }
    if coverage.networks.is_empty() {
        document.paragraph(say!(lang,
            nn: "Ingen avtale styrer noko nettverk.", nb: "Ingen avtale styrer noe nettverk.", en: "No agreement governs any network.",
        ));
    }
    document
}

struct Page<'p, 'a> {
    document: &'p mut Document,
    network: &'p NetworkYear<'a>,
    names: &'p Names<'p>,
}

impl Page<'_, '_> {
    fn fill(&mut self, mandates: &Mandates<'_>, day: crate::date::Date) {
        let lang = self.names.lang;
        let grid = self.network.grid(mandates, self.names, false);
        if !grid.rows.is_empty() {
            self.grid(&grid);
        }
        let rows = self.others(day);
        if !rows.is_empty() {
            let title = say!(lang, nn: "Andre plikter og plassar", nb: "Andre plikter og plasser", en: "Other duties and seats");
            self.document.heading(3, title);
            let columns = vec![
                Column::new("duty", say!(lang, nn: "Plikt eller plass", nb: "Plikt eller plass", en: "Duty or seat")),
                Column::new("by", say!(lang, nn: "Kven", nb: "Hvem", en: "Who")),
                Column::new("period", say!(lang, nn: "For", nb: "For", en: "For")),
                Column::new("status", say!(lang, nn: "Korleis det står", nb: "Hvordan det står", en: "How it stands")),
                Column::new("evidence", say!(lang, nn: "Viser det", nb: "Viser det", en: "Shown by")),
            ];
            self.document.table(Sheet { id: "others", caption: "".into(), columns, rows });
        }
        let silent = self.network.duties.iter().filter(|duty| is_silent(duty)).count();
        if silent > 0 {
            self.document.paragraph(say!(lang,
                nn: "Varige plikter som ingenting i registeret viser noko om: {silent}.",
                nb: "Varige plikter som ingenting i registeret viser noe om: {silent}.",
                en: "Standing duties that nothing in the registry shows anything of: {silent}.",
            ));
        }
        let judged = self.network.judged.len();
        if judged > 0 {
            self.document.paragraph(
                say!(lang, nn: "Må vurderast: {judged}.", nb: "Må vurderes: {judged}.", en: "To be judged: {judged}."),
            );
        }
        self.unrecorded();
    }

    fn grid(&mut self, grid: &Grid<'_, '_>) {
        let (lang, year) = (self.names.lang, self.network.year);
        let heads: Vec<String> =
            grid.columns.iter().map(|column| words::head(column, self.network.id, self.names)).collect();
        let mut notes = Notes::default();
        let mut alike: Vec<(Vec<&str>, Vec<String>)> = Vec::new();
        for row in &grid.rows {
            let cells: Vec<String> =
                row.cells.iter().map(|marks| words::cell(marks, year, &mut notes, self.names)).collect();
            let kind = |id: &str| self.names.registry.organisations.get(id).map(|organisation| organisation.kind);
            match alike.iter_mut().find(|(ids, known)| *known == cells && kind(ids[0]) == kind(row.id)) {
                Some((ids, _)) => ids.push(row.id),
                None => alike.push((vec![row.id], cells)),
            }
        }
        let mut rows: Vec<Vec<Cell>> = Vec::new();
        let mut line = |who: String, cells: &[String]| {
            rows.push(std::iter::once(who).chain(cells.iter().cloned()).map(Cell::text).collect());
        };
        for row in &grid.rows {
            let Some((ids, cells)) = alike.iter().find(|(ids, _)| ids.contains(&row.id)) else { continue };
            if grid.rows.len() <= MANY || ids.len() < FOLDED {
                line(self.names.short(row.id), cells);
            } else if ids[0] == row.id {
                let all: Vec<String> = ids.iter().map(|id| self.names.short(id)).collect();
                line(format!("{}: {}", ids.len(), some_names(&all, lang)), cells);
            }
        }
        let shares = grid.columns.iter().map(|column| Cell::text(words::share(column, self.names)));
        let sum = say!(lang, nn: "I alt", nb: "I alt", en: "In all");
        rows.push(std::iter::once(Cell::text(sum)).chain(shares).collect());
        let mut columns = vec![Column::new("by", say!(lang, nn: "Kven", nb: "Hvem", en: "Who"))];
        columns.extend(heads.iter().map(|head| Column::new(head, head)));
        self.document.table(Sheet { id: "grid", caption: "".into(), columns, rows });
        let standings: BTreeSet<_> = grid.marks().map(|mark| mark.standing).collect();
        let mut legend: Vec<String> =
            standings.into_iter().filter_map(|standing| words::meaning(standing, lang)).collect();
        legend.push(say!(lang, nn: "tomt: plikta gjeld ikkje der", nb: "tomt: plikten gjelder ikke der", en: "empty: not owed there"));
        legend.dedup();
        self.document.paragraph(format!("{}.", capital(&legend.join("; "))));
        self.document.list(notes.lines(lang));
        let keys = grid.columns.iter().zip(&heads).map(|(column, head)| {
            let key = words::key(column, self.names);
            format!("{head}: {key}")
        });
        self.document.list(keys.collect());
    }

    fn others(&self, day: crate::date::Date) -> Vec<Vec<Cell>> {
        let known = |duty: &&DutyYear<'_>| !duty.stands_in_grid() && !duty.is_unrecorded() && !is_silent(duty);
        let duties = self.network.duties.iter().filter(known);
        let seats = self
            .network
            .seats
            .iter()
            .filter(|seat| !seat.stands_in_grid() && !seat.is_unrecorded() && !self.network.is_untold(seat));
        let mut rows: Vec<Vec<Cell>> = duties.map(|duty| self.duty(duty, day)).collect();
        rows.extend(self.network.records.iter().map(|records| self.records(records)));
        rows.extend(seats.map(|seat| self.seat(seat)));
        rows
    }

    fn duty(&self, duty: &DutyYear<'_>, day: crate::date::Date) -> Vec<Cell> {
        let (lang, names) = (self.names.lang, self.names);
        let all: Vec<&Occurrence<'_>> = duty.all.iter().collect();
        let mut standing = standing_of_all(&all, names);
        if let Some(figure) = duty.reported {
            standing = format!("{standing}; {}", published(figure, lang));
        }
        for one in &all {
            let remarks = match one.status {
                Status::Overdue | Status::Due => one.remarks(names, day),
                status if status.is_met() => one.parts_missing(names).into_iter().collect(),
                _ => Vec::new(),
            };
            standing = std::iter::once(standing).chain(remarks).collect::<Vec<_>>().join("; ");
        }
        let period = match duty.period {
            Some(period) => period.words(lang),
            None => Status::Standing.label().get(lang).to_owned(),
        };
        vec![
            Cell::text(self.quoted(&wording(&duty.duty, lang))),
            Cell::text(capital(&words::each(duty, names).unwrap_or_else(|| owed(all[0], names)))),
            Cell::text(period),
            Cell::text(capital(&standing)),
            Cell::text(shown_by(duty, names, day)),
        ]
    }

    fn records(&self, records: &RecordYear<'_>) -> Vec<Cell> {
        let (lang, names) = (self.names.lang, self.names);
        let share = record_share(records, lang);
        let standing = match (&titles(&records.lacking, names)[..], records.is_binding()) {
            ([], _) | (_, false) => {
                say!(lang, nn: "Oppfylt for {share}", nb: "Oppfylt for {share}", en: "Met for {share}")
            }
            (lacking, true) => {
                let lacking = listed(lacking, lang);
                say!(lang,
                    nn: "Oppfylt for {share}; manglar: {lacking}",
                    nb: "Oppfylt for {share}; mangler: {lacking}",
                    en: "Met for {share}; missing: {lacking}",
                )
            }
        };
        vec![
            Cell::text(self.quoted(&wording(&records.duty, lang))),
            Cell::text(each_record(records, lang)),
            Cell::text(self.network.year.to_string()),
            Cell::text(standing),
            Cell::default(),
        ]
    }

    fn seat(&self, year: &SeatYear<'_>) -> Vec<Cell> {
        let (lang, names) = (self.names.lang, self.names);
        let mut holders: Vec<String> =
            year.chairs.iter().flat_map(|chair| &chair.holders).map(|id| names.short(id)).collect();
        holders.sort();
        holders.dedup();
        let on = year.chairs.iter().map(|chair| chair.on).max().map(|on| day_words(on, lang)).unwrap_or_default();
        vec![
            Cell::text(seat(&year.of, names)),
            Cell::text(names.short(year.of.seat.body.id())),
            Cell::text(on),
            Cell::text(capital(&seat_standing(year, names))),
            Cell::text(holders.join(", ")),
        ]
    }

    fn quoted(&self, text: &str) -> String {
        quoted(&beginning(text), self.names.lang)
    }

    /// What lies outside the time of which records are kept, in one line.
    fn unrecorded(&mut self) {
        let (lang, year) = (self.names.lang, self.network.year);
        let (duties, seats) = (self.network.unrecorded_duties(), self.network.unrecorded_seats());
        let mut parts = Vec::new();
        if duties > 0 {
            parts.push(say!(lang, nn: "plikter ({duties})", nb: "plikter ({duties})", en: "duties ({duties})"));
        }
        if seats > 0 {
            parts.push(say!(lang, nn: "plassar ({seats})", nb: "plasser ({seats})", en: "seats ({seats})"));
        }
        if !parts.is_empty() {
            let parts = parts.join(", ");
            self.document.paragraph(say!(lang,
                nn: "Ikkje registrert for {year}, sidan det fell utanfor registreringsperioden («tracked»): {parts}.",
                nb: "Ikke registrert for {year}, siden det faller utenfor registreringsperioden («tracked»): {parts}.",
                en: "Not recorded for {year}, since it falls outside the tracked period (“tracked”): {parts}.",
            ));
        }
    }
}

/// Whether it is a standing duty that nothing shows.
fn is_silent(duty: &DutyYear<'_>) -> bool {
    duty.period.is_none() && duty.reported.is_none() && duty.all.iter().all(|one| one.evidence.is_empty())
}

/// Who owes it, and to whom.
pub(crate) fn owed(one: &Occurrence<'_>, names: &Names<'_>) -> String {
    let (by, to) = (who(&one.by, names), &one.to);
    match to.len() {
        0 => by,
        1..=4 => format!("{by} → {}", one.whom(names)),
        count => {
            say!(names.lang, nn: "{by} → {count} mottakarar", nb: "{by} → {count} mottakere", en: "{by} → {count} receivers")
        }
    }
}

/// What shows that a duty was done: of a standing one the newest, with its age.
fn shown_by(duty: &DutyYear<'_>, names: &Names<'_>, day: crate::date::Date) -> String {
    if duty.period.is_none() {
        let newest = duty.all.iter().filter_map(|one| one.evidence.first()).max_by_key(|evidence| evidence.last);
        return newest.map_or_else(String::new, |evidence| {
            let title = names.title(evidence.found.kind(), evidence.found.id());
            match evidence.on {
                Some(_) => format!("{title} ({})", age(evidence.last.min(day), day, names.lang)),
                None => title,
            }
        });
    }
    let mut found: Vec<Found<'_>> = Vec::new();
    for evidence in duty.all.iter().flat_map(|one| &one.evidence) {
        if !found.iter().any(|known| known.path() == evidence.found.path()) {
            found.push(evidence.found);
        }
    }
    let titles = titles(&found, names);
    match titles.len() {
        0..=3 => titles.join("; "),
        count => {
            let (first, more) = (titles[..2].join("; "), count - 2);
            say!(names.lang, nn: "{first} og {more} til", nb: "{first} og {more} til", en: "{first} and {more} more")
        }
    }
}

fn titles(found: &[Found<'_>], names: &Names<'_>) -> Vec<String> {
    found.iter().map(|found| names.title(found.kind(), found.id())).collect()
}

/// How many of those who each owe a duty have done it: `7 av 8`, or what was published.
pub(crate) fn done(duty: &DutyYear<'_>, lang: Lang) -> String {
    let (done, of) = duty.share();
    match duty.reported.filter(|_| duty.unrecorded() > 0) {
        Some(figure) => published(figure, lang),
        None => out_of(done, of, lang),
    }
}
