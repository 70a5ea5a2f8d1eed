//! The duties and seats of a record, put together: tables for people, fields for machines.

use serde_json::{Value, json};

use super::state::{State, who};
use super::{Beside, seats};
use crate::date::{Date, day_words};
use crate::document::Document;
use crate::mandate::Mandates;
use crate::mandate::wording::{beginning, listed, quoted};
use crate::names::{Names, capital};
use crate::say;
use crate::view::View;

/// More of a wording than this does not fit beside the rest.
const WORDING: usize = 110;

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

    /// A line for each duty, below a heading; those that only a person can judge, and those without any record, on one.
    pub(super) fn duties(&mut self, key: &'static str, heading: String, states: &[State<'_>]) {
        let (view, names, lang) = (self.view, self.names, self.view.lang);
        self.fields.push((key, states.iter().map(|state| state.json(names)).collect()));
        if states.is_empty() {
            return;
        }
        self.document.heading(2, heading);
        let (judged, others): (Vec<&State<'_>>, Vec<_>) = states.iter().partition(|state| state.is_judged());
        let (without, others): (Vec<&State<'_>>, Vec<_>) = others.into_iter().partition(|state| state.has_no_record());
        self.document.list(others.iter().map(|state| line(state, view, names)).collect());
        let named = |states: &[&State<'_>]| {
            let paths = states.iter().map(|state| state.duty.path()).collect::<Vec<_>>().join(", ");
            (states.len(), paths)
        };
        if !without.is_empty() {
            let (count, paths) = named(&without);
            self.document.paragraph(say!(lang,
                nn: "Gjeld postar som det ikkje finst nokon av ({count}): {paths}",
                nb: "Gjelder poster som det ikke finnes noen av ({count}): {paths}",
                en: "For records of which there are none ({count}): {paths}",
            ));
        }
        if !judged.is_empty() {
            let (count, paths) = named(&judged);
            self.document.paragraph(say!(lang,
                nn: "Må vurderast ({count}): {paths}",
                nb: "Må vurderes ({count}): {paths}",
                en: "To be judged ({count}): {paths}",
            ));
        }
    }

    pub(super) fn seats(&mut self, mandates: &Mandates<'_>, seats: &[seats::Fold<'_, '_>]) {
        let (view, names) = (self.view, self.names);
        self.fields.push(("seats", seats.iter().map(|seat| seat.json(mandates, view.today)).collect()));
        if !seats.is_empty() {
            let day = day_words(view.today, view.lang);
            let heading = say!(view.lang, nn: "Plassar per {day}", nb: "Plasser per {day}", en: "Seats as of {day}");
            self.document.heading(2, heading);
            self.document.list(seats.iter().map(|seat| seat.line(names, view.today)).collect());
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

/// A duty on a line: how it stands, when, who owes it, what, where it is written.
fn line(state: &State<'_>, view: &View<'_>, names: &Names<'_>) -> String {
    let lang = view.lang;
    let standing = capital(&state.standing(names));
    let when = state.when(view);
    let when = if when.is_empty() { when } else { format!(", {when}") };
    let who = who(state, names);
    let what = match &state.duty.obligation.text {
        Some(text) => quoted(&beginning(text.get(lang), WORDING), lang),
        None => state.duty.obligation.id.to_string(),
    };
    let mut more = vec![state.clause(), state.duty.path()];
    more.retain(|part| !part.is_empty());
    format!("{standing}{when} – {who}: {what} ({})", more.join("; "))
}
