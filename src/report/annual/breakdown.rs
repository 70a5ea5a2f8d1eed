//! Offerings, runs and participants of a year by what tells offerings apart.

use super::Desk;
use super::offerings::{Breakdown, Participants, organisers};
use crate::date::Span;
use crate::lang::Label;
use crate::model::{CareLevel, Form, Offering, OrganisationKind, Reach};
use crate::names::capital;
use crate::registry::{Entry, Registry};
use crate::say;
use crate::tally;

/// Where an offering belongs: the place in the order, and what people call it.
type Value = (usize, String);

/// What counts under one value.
struct Part {
    value: Value,
    offerings: usize,
    runs: usize,
    participants: tally::Participants,
}

impl Desk<'_> {
    /// A joint offering stands under each of its organisers, so that those parts may add up to more than all.
    /// Participants are left out unless nothing of the document has to be hidden.
    pub(super) fn breakdowns(&self, counted: &[&Entry<Offering>], is_open: bool) -> Vec<Breakdown> {
        let classified = |position: Option<usize>, label: Option<Label>| {
            let unclassified =
                || say!(self.lang, nn: "ikkje kategorisert", nb: "ikke kategorisert", en: "unclassified");
            let label = label.map_or_else(unclassified, |label| label.get(self.lang).to_owned());
            vec![(position.unwrap_or(usize::MAX), capital(&label))]
        };
        let by = |by, values: &dyn Fn(&Entry<Offering>) -> Vec<Value>| self.breakdown(by, counted, values, is_open);
        vec![
            by("reach", &|one| classified(one.reach.map(|reach| reach as usize), one.reach.map(Reach::label))),
            by("care-level", &|one| {
                classified(one.care_level.map(|level| level as usize), one.care_level.map(CareLevel::label))
            }),
            by("form", &|one| classified(one.form.map(|form| form as usize), one.form.map(Form::label))),
            by("organiser", &|one| {
                organisers(one).into_iter().map(|id| (0, self.names.body_in(id, self.year))).collect()
            }),
            by("trust", &|one| {
                let mut values: Vec<Value> = organisers(one).into_iter().map(|id| self.trust(id)).collect();
                values.sort_unstable();
                values.dedup();
                values
            }),
        ]
    }

    /// The trust or hospital that an organiser is a part of; what is neither stands together.
    fn trust(&self, id: &str) -> Value {
        let part_of = |kind| of_kind(self.registry, id, kind, &Span::year(self.year));
        let specialist = part_of(OrganisationKind::HealthTrust).or_else(|| part_of(OrganisationKind::Hospital));
        match specialist {
            Some(trust) => (0, self.names.body_in(trust, self.year)),
            None if part_of(OrganisationKind::Municipality).is_some() => {
                (1, say!(self.lang, nn: "Kommunar", nb: "Kommuner", en: "Municipalities"))
            }
            None => (2, say!(self.lang, nn: "Andre", nb: "Andre", en: "Others")),
        }
    }

    fn breakdown(
        &self,
        by: &'static str,
        counted: &[&Entry<Offering>],
        values: &dyn Fn(&Entry<Offering>) -> Vec<Value>,
        is_open: bool,
    ) -> Breakdown {
        let mut parts: Vec<Part> = Vec::new();
        for offering in counted {
            for value in values(offering) {
                let at = parts.iter().position(|part| part.value.1 == value.1).unwrap_or_else(|| {
                    parts.push(Part { value, offerings: 0, runs: 0, participants: tally::Participants::default() });
                    parts.len() - 1
                });
                parts[at].offerings += 1;
                for run in tally::runs_in(offering, self.year) {
                    parts[at].runs += 1;
                    parts[at].participants.add(run);
                }
            }
        }
        let order = crate::names::norwegian();
        parts.sort_by(|a, b| a.value.0.cmp(&b.value.0).then_with(|| order.compare(&a.value.1, &b.value.1)));
        let participants = parts.iter().filter(|_| is_open).map(|part| Participants::from(part.participants));
        Breakdown {
            by,
            participants: participants.collect(),
            parts: parts.into_iter().map(|part| (part.value.1, part.offerings, part.runs)).collect(),
        }
    }
}

/// The nearest organisation of a kind: itself, or what it was a part of.
pub(super) fn of_kind<'a>(registry: &'a Registry, id: &str, kind: OrganisationKind, span: &Span) -> Option<&'a str> {
    climb(registry, id, kind, span, LEVELS)
}

/// How far a part is followed upwards; a registry that runs in circles ends there.
const LEVELS: usize = 8;

fn climb<'a>(registry: &'a Registry, id: &str, kind: OrganisationKind, span: &Span, levels: usize) -> Option<&'a str> {
    let organisation = registry.organisations.get(id).filter(|_| levels > 0)?;
    if organisation.kind == kind {
        return Some(&organisation.id);
    }
    let mut above = organisation.part_of.iter().filter(|above| tally::touches(registry, above.dates(), span));
    above.find_map(|above| climb(registry, above.organisation.id(), kind, span, levels - 1))
}
