//! Matters of the year, by the areas of the strategy.

use super::{Area, Desk, MatterArea, MatterLine, Matters};
use crate::date::{Span, When};
use crate::lang::Phrase;
use crate::model::{Matter, MatterStatus, Record, Section};
use crate::registry::Entry;
use crate::tally;

impl Desk<'_> {
    pub(super) fn matters(&self, areas: &[Area]) -> Matters {
        let mut parts: Vec<MatterArea> = areas
            .iter()
            .map(|area| MatterArea {
                area: Some(area.clone()),
                narrative: self.area_narrative(&area.id),
                matters: self.matters_of(|matter| matter.focus_area.as_ref().is_some_and(|own| own.id() == area.id)),
            })
            .collect();
        let others = self.matters_of(|matter| {
            let known = matter.focus_area.as_ref().is_some_and(|own| areas.iter().any(|area| area.id == own.id()));
            !known && matter.status != Some(MatterStatus::CarriedOver)
        });
        if !others.is_empty() {
            parts.push(MatterArea { area: None, narrative: Vec::new(), matters: others });
        }
        Matters { narrative: self.narrative(Section::Matters), areas: parts }
    }

    pub(super) fn area_narrative(&self, id: &str) -> Vec<Phrase> {
        let parts = self.reports().flat_map(|report| &report.narrative);
        parts
            .filter(|part| part.focus_area.as_ref().is_some_and(|area| area.id() == id))
            .map(|part| self.phrase(&part.text))
            .collect()
    }

    /// Matters that somebody worked on in the year: those that began or ended in it, and those still open.
    pub(super) fn matters_of(&self, wanted: impl Fn(&Entry<Matter>) -> bool) -> Vec<MatterLine> {
        let over = |matter: &Entry<Matter>| {
            matter.closed.is_none()
                && matter.opened.is_some_and(|opened| opened.year() < self.year)
                && matches!(matter.status, Some(MatterStatus::Done | MatterStatus::Refused | MatterStatus::Granted))
        };
        let mut matters: Vec<&Entry<Matter>> = self
            .registry
            .matters
            .iter()
            .filter(|matter| self.is_ours(&matter.record))
            .filter(|matter| matter.opened.is_some() || matter.closed.is_some())
            .filter(|matter| tally::touches(self.registry, matter.when(), &Span::year(self.year)) && !over(matter))
            .filter(|matter| wanted(matter))
            .collect();
        matters.sort_by_key(|matter| (matter.order.unwrap_or(u32::MAX), matter.opened.map(When::year)));
        matters.into_iter().map(|matter| self.matter(matter)).collect()
    }

    fn matter(&self, matter: &Entry<Matter>) -> MatterLine {
        // What is told at length decides which language the point is in.
        let told = self.optional_phrase(matter.description.as_ref()).or(self.optional_phrase(matter.outcome.as_ref()));
        let title = self.phrase(&matter.title);
        let lang = told.map_or(title.lang, |told| told.lang);
        MatterLine {
            id: matter.id.to_string(),
            title: Phrase { lang, ..title },
            kind: matter.kind.label().get(self.lang).to_owned(),
            status: matter.status.map(|status| status.label().get(self.lang).to_owned()),
            since: matter.opened.map(When::year).filter(|year| *year < self.year),
            description: self.optional(matter.description.as_ref()),
            outcome: self.optional(matter.outcome.as_ref()),
            with: self.bodies(&matter.with),
            to: self.bodies(&matter.to),
        }
    }
}
