//! A plan ready to send: what is to be done for each focus area, what passes from one level to another and what stays, and
//! to whom it goes and when.

use crate::date::{Date, When, day_words};
use crate::document::Document;
use crate::lang::{Lang, Phrase, Text};
use crate::mandate::{Found, Mandates, Occurrence};
use crate::model::{Action, CareLevel, Kind, Plan, PlanKind, Transfer};
use crate::names::{Names, capital, label, listed};
use crate::registry::{Entry, Registry};
use crate::say;
use crate::sheet::{Cell, Column, Sheet};

/// A plan as a document, as it stands on a day.
#[must_use]
pub fn document(mandates: &Mandates<'_>, plan: &Entry<Plan>, day: Date, lang: Lang) -> Document {
    let registry = mandates.registry;
    let mut page = Page { registry, lang, names: Names { registry, lang }, document: Document::new(lang) };
    page.document.heading(1, page.names.title_phrase(Kind::Plan, &plan.id));
    page.head(plan);
    page.actions(plan);
    page.transfers(plan);
    page.remaining(plan);
    page.sending(mandates, plan, day);
    page.documents(plan);
    page.document
}

struct Page<'a> {
    registry: &'a Registry,
    lang: Lang,
    names: Names<'a>,
    document: Document,
}

impl Page<'_> {
    fn column(&self, key: &'static str) -> Column {
        Column::new(key, label(key).map_or(key, |label| label.get(self.lang)))
    }

    fn phrase(&self, text: &Text) -> Phrase {
        Phrase::of(text, self.lang)
    }

    fn bodies<'b, T: 'b>(&self, ids: impl IntoIterator<Item = &'b crate::read::Ref<T>>) -> String {
        let names: Vec<String> = ids.into_iter().map(|id| self.names.body(id.id())).collect();
        names.join(", ")
    }

    fn remark(&self, text: Option<&Text>) -> Cell {
        text.map_or_else(Cell::default, |text| Cell::from(&self.phrase(text)))
    }

    fn when(&self, when: Option<When>) -> Cell {
        when.map_or_else(Cell::default, |when| Cell::shown(when.words(self.lang), when.to_string()))
    }

    fn head(&mut self, plan: &Entry<Plan>) {
        let lang = self.lang;
        let mut parts = Vec::new();
        if let Some(network) = &plan.network {
            let network = self.names.body(network.id());
            parts.push(say!(lang, nn: "Nettverk: {network}.", nb: "Nettverk: {network}.", en: "Network: {network}."));
        }
        let kinds: Vec<String> = plan.kind.iter().map(|kind| kind.label().get(lang).to_owned()).collect();
        let kinds = capital(&listed(&kinds, lang));
        let year = plan.year.0;
        parts.push(match plan.until.map(|until| until.0).filter(|until| *until != year) {
            Some(until) => say!(lang,
                nn: "{kinds} for {year}–{until}.", nb: "{kinds} for {year}–{until}.", en: "{kinds} for {year}–{until}.",
            ),
            None => say!(lang, nn: "{kinds} for {year}.", nb: "{kinds} for {year}.", en: "{kinds} for {year}."),
        });
        if let Some(decided) = &plan.decided {
            let (by, on) = (self.names.body(decided.by.id()), decided.on.words(lang));
            parts.push(say!(lang,
                nn: "Vedteken av {by} {on}.", nb: "Vedtatt av {by} {on}.", en: "Adopted by {by}, {on}.",
            ));
        }
        self.document.paragraph(parts.join(" "));
    }

    fn actions(&mut self, plan: &Entry<Plan>) {
        let lang = self.lang;
        if plan.action.is_empty() && !plan.kind.contains(&PlanKind::Action) {
            return;
        }
        self.document.heading(2, say!(lang, nn: "Tiltak", nb: "Tiltak", en: "Actions"));
        let mut areas: Vec<Option<&str>> = Vec::new();
        let planned = plan.focus_areas.iter().map(|area| Some(area.id()));
        let used = plan.action.iter().map(|action| action.focus_area.as_ref().map(|area| area.id()));
        for area in planned.chain(used) {
            if !areas.contains(&area) {
                areas.push(area);
            }
        }
        // What serves no area stands last.
        areas.sort_by_key(Option::is_none);
        if areas.is_empty() {
            self.document.paragraph(say!(lang, nn: "Ingen tiltak.", nb: "Ingen tiltak.", en: "No actions."));
        }
        for area in areas {
            let actions: Vec<&Action> =
                plan.action.iter().filter(|action| action.focus_area.as_ref().map(|own| own.id()) == area).collect();
            let title = match area {
                Some(area) => self.names.focus_area(area),
                None => say!(lang,
                    nn: "Utanom satsingsområda", nb: "Utenom satsingsområdene", en: "Outside the focus areas",
                )
                .into(),
            };
            self.document.heading(3, title.clone());
            if actions.is_empty() {
                self.document.paragraph(say!(lang,
                    nn: "Ingen tiltak i denne planen.", nb: "Ingen tiltak i denne planen.", en: "No actions in this plan.",
                ));
            }
            self.area(&title, &actions);
        }
    }

    fn area(&mut self, title: &Phrase, actions: &[&Action]) {
        let lang = self.lang;
        let row = |action: &&Action| {
            let status = match action.done {
                Some(done) => format!("{}, {}", action.status.label().get(lang), done.words(lang)),
                None => action.status.label().get(lang).to_owned(),
            };
            vec![
                Cell::from(&self.phrase(&action.title)),
                self.remark(action.goal.as_ref()),
                Cell::text(self.bodies(&action.responsible)),
                self.when(action.due),
                Cell::shown(status, action.status.word()),
                self.remark(action.note.as_ref()),
            ]
        };
        let columns = vec![
            Column::new("action", say!(lang, nn: "Tiltak", nb: "Tiltak", en: "Action")),
            Column::new("goal", say!(lang, nn: "Mål", nb: "Mål", en: "Goal")),
            Column::new("responsible", say!(lang, nn: "Ansvarleg", nb: "Ansvarlig", en: "Responsible")),
            Column::new("due", say!(lang, nn: "Frist", nb: "Frist", en: "Due")),
            self.column("status"),
            Column::new("note", say!(lang, nn: "Merknad", nb: "Merknad", en: "Remark")),
        ];
        let caption =
            title.within(|title| say!(lang, nn: "Tiltak: {title}", nb: "Tiltak: {title}", en: "Actions: {title}"));
        self.document.table(used(Sheet { id: "actions", caption, columns, rows: actions.iter().map(row).collect() }));
    }

    fn transfers(&mut self, plan: &Entry<Plan>) {
        let lang = self.lang;
        if plan.transfer.is_empty() && !plan.kind.contains(&PlanKind::Transfer) {
            return;
        }
        let title =
            say!(lang, nn: "Overføring mellom nivåa", nb: "Overføring mellom nivåene", en: "Transfer between levels");
        self.document.heading(2, title);
        if plan.transfer.is_empty() {
            self.document.paragraph(say!(lang,
                nn: "Ingen tilbod skal overførast.", nb: "Ingen tilbud skal overføres.", en: "No offerings are to be transferred.",
            ));
        }
        let row = |transfer: &Transfer| {
            let offering = self.registry.offerings.get(transfer.offering.id());
            let level = offering.and_then(|offering| offering.care_level).map(CareLevel::label);
            vec![
                Cell::from(&self.names.title_phrase(Kind::Offering, transfer.offering.id())),
                Cell::text(offering.map(|offering| self.bodies(offering.organiser.iter())).unwrap_or_default()),
                Cell::text(level.map(|level| level.get(lang)).unwrap_or_default()),
                Cell::text(self.bodies(&transfer.to)),
                self.when(transfer.due),
                Cell::shown(transfer.status.label().get(lang), transfer.status.word()),
                self.remark(transfer.note.as_ref()),
            ]
        };
        let columns = vec![
            Column::new("offering", say!(lang, nn: "Tilbod", nb: "Tilbud", en: "Offering")),
            Column::new("from", say!(lang, nn: "Frå", nb: "Fra", en: "From")),
            Column::new("care-level", say!(lang, nn: "Nivå no", nb: "Nivå nå", en: "Level now")),
            Column::new("to", say!(lang, nn: "Til", nb: "Til", en: "To")),
            Column::new("due", say!(lang, nn: "Frist", nb: "Frist", en: "Due")),
            self.column("status"),
            Column::new("note", say!(lang, nn: "Merknad", nb: "Merknad", en: "Remark")),
        ];
        let caption = say!(lang,
            nn: "Tilbod som skal overførast", nb: "Tilbud som skal overføres", en: "Offerings to be transferred",
        );
        let rows = plan.transfer.iter().map(row).collect();
        self.document.table(used(Sheet { id: "transfers", caption: caption.into(), columns, rows }));
    }

    fn remaining(&mut self, plan: &Entry<Plan>) {
        if plan.remains_specialist.is_empty() {
            return;
        }
        let title = say!(self.lang,
            nn: "Blir verande i spesialisthelsetenesta",
            nb: "Blir værende i spesialisthelsetjenesten",
            en: "Stays in the specialist health service",
        );
        self.document.heading(2, title);
        let line = |id: &str| {
            let title = self.names.title_phrase(Kind::Offering, id);
            let organiser = self.registry.offerings.get(id).map(|offering| self.bodies(offering.organiser.iter()));
            match organiser.filter(|organiser| !organiser.is_empty()) {
                Some(organiser) => title.within(|title| format!("{title} ({organiser})")),
                None => title,
            }
        };
        let points: Vec<Phrase> = plan.remains_specialist.iter().map(|offering| line(offering.id())).collect();
        self.document.list(points);
    }

    /// To whom it was sent and when, and to whom it is still to be sent by which duty.
    fn sending(&mut self, mandates: &Mandates<'_>, plan: &Entry<Plan>, day: Date) {
        let lang = self.lang;
        let duties = duties(mandates, plan, day);
        if plan.sent.is_empty() && duties.is_empty() {
            return;
        }
        self.document.heading(2, say!(lang, nn: "Utsending", nb: "Utsending", en: "Distribution"));
        let mut rows: Vec<Vec<Cell>> = Vec::new();
        for sent in &plan.sent {
            let due = duties.iter().find(|one| one.to.contains(&sent.to.id()));
            let due = due.and_then(|one| one.due);
            rows.push(vec![
                Cell::text(self.names.body(sent.to.id())),
                due.map_or_else(Cell::default, |due| Cell::shown(day_words(due, lang), due.to_string())),
                self.when(Some(sent.on)),
            ]);
        }
        let mut open: Vec<(&str, Option<Date>)> = Vec::new();
        for one in &duties {
            for to in one.to.iter().filter(|to| !plan.sent.iter().any(|sent| sent.to.id() == **to)) {
                if !open.contains(&(to, one.due)) {
                    open.push((to, one.due));
                }
            }
        }
        let not_sent = || say!(lang, nn: "ikkje send", nb: "ikke sendt", en: "not sent");
        rows.extend(open.into_iter().map(|(to, due)| {
            vec![
                Cell::text(self.names.body(to)),
                due.map_or_else(Cell::default, |due| Cell::shown(day_words(due, lang), due.to_string())),
                Cell::text(not_sent()),
            ]
        }));
        let columns = vec![
            Column::new("to", say!(lang, nn: "Til", nb: "Til", en: "To")),
            Column::new("due", say!(lang, nn: "Frist", nb: "Frist", en: "Deadline")),
            Column::new("sent", say!(lang, nn: "Sendt", nb: "Sendt", en: "Sent")),
        ];
        let caption = say!(lang,
            nn: "Kven planen blir sendt til, og når", nb: "Hvem planen sendes til, og når", en: "To whom the plan is sent, and when",
        );
        self.document.table(Sheet { id: "sent", caption: caption.into(), columns, rows });
    }

    fn documents(&mut self, plan: &Entry<Plan>) {
        if plan.documents.is_empty() {
            return;
        }
        self.document.heading(2, say!(self.lang, nn: "Vedlegg", nb: "Vedlegg", en: "Attachments"));
        let point = |document: &crate::model::Document| {
            let mut phrase = self.phrase(&document.title);
            let more = document.date.map(|date| date.words(self.lang)).into_iter();
            for part in more.chain(document.url.as_deref().map(str::to_owned)) {
                phrase.text = format!("{}, {part}", phrase.text);
            }
            phrase
        };
        let points: Vec<Phrase> = plan.documents.iter().map(point).collect();
        self.document.list(points);
    }
}

/// The duties that a plan answers, or is to answer: those of its network for the years that it is for, of which a record
/// like this one is the evidence.
fn duties<'a>(mandates: &'a Mandates<'a>, plan: &Entry<Plan>, day: Date) -> Vec<Occurrence<'a>> {
    let semesters = mandates.registry.semesters();
    let Some(network) = &plan.network else { return Vec::new() };
    let (first, last) = (When::Year(plan.year.0 - 2), When::Year(plan.until.unwrap_or(plan.year).0 + 1));
    let Some(own) = Found::get(mandates.registry, Kind::Plan, &plan.id) else { return Vec::new() };
    let lines = mandates.lines.iter().filter(|line| mandates.ids(&line.grounds).contains(&network.id()));
    let lines = lines.filter(|line| line.asks_for(mandates.registry, &own));
    let found = lines.flat_map(|line| mandates.of_line(line, day, first.first(&semesters), last.last(&semesters)));
    let of_years = |one: &Occurrence<'a>| {
        one.period.is_none_or(|period| {
            let (first, last) = (period.first(&semesters), period.last(&semesters));
            let years = (When::Year(plan.year.0), When::Year(plan.until.unwrap_or(plan.year).0));
            years.0.first(&semesters) <= last && first <= years.1.last(&semesters)
        })
    };
    let mut found: Vec<_> = found.filter(|one| one.due.is_some() && !one.to.is_empty()).filter(of_years).collect();
    found.sort_by_key(|one| one.due);
    found
}

/// A table without the columns that no row fills.
fn used(sheet: Sheet) -> Sheet {
    let keep: Vec<bool> = (0..sheet.columns.len())
        .map(|at| at == 0 || sheet.rows.iter().any(|row| row.get(at).is_some_and(|cell| !cell.text.is_empty())))
        .collect();
    fn kept<T>(list: Vec<T>, keep: &[bool]) -> Vec<T> {
        list.into_iter().zip(keep).filter(|(_, keep)| **keep).map(|(one, _)| one).collect()
    }
    let rows = sheet.rows.into_iter().map(|row| kept(row, &keep)).collect();
    Sheet { columns: kept(sheet.columns, &keep), rows, ..sheet }
}
