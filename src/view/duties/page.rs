//! The duties and seats of a record, put together: tables for people, fields for machines.

use serde_json::{Value, json};

use super::state::{State, shortened, who};
use super::{Beside, seats};
use crate::date::{Date, day_words};
use crate::document::Document;
use crate::mandate::Mandates;
use crate::mandate::wording::listed;
use crate::names::Names;
use crate::say;
use crate::sheet::{Cell, Column, Sheet};
use crate::view::View;

/// What is being put together.
pub(super) struct Page<'v, 'n> {
    view: &'v View<'v>,
    names: &'n Names<'n>,
    pub(super) document: Document,
    fields: Vec<(&'static str, Value)>,
}

impl<'v, 'n> Page<'v, 'n> {
    pub(super) fn new(view: &'v View<'v>, names: &'n Names<'n>) -> Self {
        Self { view, names, document: Document::new(view.lang), fields: Vec::new() }
    }

    /// A row for each duty, below a heading.
    pub(super) fn duties(&mut self, key: &'static str, heading: String, states: &[State<'_>]) {
        let (view, names, lang) = (self.view, self.names, self.view.lang);
        self.fields.push((key, states.iter().map(|state| state.json(names)).collect()));
        if states.is_empty() {
            return;
        }
        let column = |key: &str, text: String| Column::new(key, text);
        let rows = states.iter().map(|state| {
            let text = state.duty.obligation.text.as_ref().map(|text| shortened(text.get(lang)));
            let cells = [
                state.duty.path(),
                state.standing(names),
                state.when(view),
                who(state.duty.obligation, names),
                text.unwrap_or_default(),
                state.clause(),
            ];
            cells.into_iter().map(Cell::text).collect()
        });
        let columns = vec![
            column("id", say!(lang, nn: "Plikt", nb: "Plikt", en: "Duty")),
            column("status", say!(lang, nn: "Status", nb: "Status", en: "Status")),
            column(
                "when",
                say!(lang, nn: "Frist eller sist vist", nb: "Frist eller sist vist", en: "Due or last shown"),
            ),
            column("who", say!(lang, nn: "Kven", nb: "Hvem", en: "Who")),
            column("text", say!(lang, nn: "Ordlyd", nb: "Ordlyd", en: "Wording")),
            column("clause", say!(lang, nn: "Punkt", nb: "Punkt", en: "Clause")),
        ];
        self.document.heading(2, heading);
        self.document.table(Sheet { id: key, caption: String::new(), columns, rows: rows.collect() });
    }

    pub(super) fn seats(&mut self, mandates: &Mandates<'_>, seats: &[seats::Fold<'_, '_>]) {
        let (view, names) = (self.view, self.names);
        self.fields.push(("seats", seats.iter().map(|seat| seat.json(mandates, view.today)).collect()));
        if !seats.is_empty() {
            let day = day_words(view.today, view.lang);
            let heading = say!(view.lang, nn: "Plassar per {day}", nb: "Plasser per {day}", en: "Seats as of {day}");
            self.document.heading(2, heading);
            self.document.table(seats::sheet(seats, names, view.today));
        }
    }

    /// Which networks an agreement governs, and when.
    pub(super) fn governs(&mut self, mandates: &Mandates<'_>, id: &str) {
        let lang = self.view.lang;
        let mut networks = Vec::new();
        let mut values = Vec::new();
        for ground in &mandates.grounds {
            let Some(days) = ground.governed.get(id) else { continue };
            let name = self.names.short(ground.id());
            let (from, to) = (days.first(), days.last());
            let words = (from.map(|day| day_words(day, lang)), to.map(|day| day_words(day, lang)));
            networks.push(match words {
                (None, None) => name,
                (Some(from), None) => {
                    say!(lang, nn: "{name} (frå {from})", nb: "{name} (fra {from})", en: "{name} (since {from})")
                }
                (None, Some(to)) => {
                    say!(lang, nn: "{name} (til {to})", nb: "{name} (til {to})", en: "{name} (until {to})")
                }
                (Some(from), Some(to)) => format!("{name} ({from}–{to})"),
            });
            let date = |day: Option<Date>| day.map(|day| day.to_string());
            values.push(json!({ "network": ground.id(), "from": date(from), "to": date(to) }));
        }
        self.fields.push(("governs", Value::Array(values)));
        if networks.is_empty() {
            self.document.paragraph(say!(lang,
                nn: "Avtalen styrer ikkje noko nettverk i registeret.",
                nb: "Avtalen styrer ikke noe nettverk i registeret.",
                en: "The agreement governs no network in the registry.",
            ));
        } else {
            let networks = listed(&networks, lang);
            self.document.paragraph(
                say!(lang, nn: "Avtalen styrer {networks}.", nb: "Avtalen styrer {networks}.", en: "The agreement governs {networks}."),
            );
        }
    }

    pub(super) fn done(self) -> Beside {
        Beside { blocks: self.document.blocks, fields: self.fields }
    }
}
