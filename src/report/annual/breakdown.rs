//! Offerings, runs and participants of a year by what tells offerings apart.

use super::Desk;
use super::offerings::{Breakdown, Part, ids, organisers};
use crate::date::Span;
use crate::lang::Label;
use crate::model::{Offering, OrganisationKind};
use crate::names::capital;
use crate::registry::{Entry, Registry};
use crate::report::ledger::{EnteredTotals, Ledger, Shown};
use crate::report::veil::Worth;
use crate::say;
use crate::tally;

/// Where an offering belongs: the place in the order, the key for machines, and what people call it.
type Value = (usize, String, String);

/// The offerings of one value of a property.
pub(super) struct Group<'a> {
    /// The value, for machines.
    pub key: String,
    /// What people call it.
    pub name: String,
    rank: usize,
    /// The offerings.
    pub offerings: Vec<&'a Entry<Offering>>,
}

/// The parts of a property, each with its numbers entered in a ledger.
pub(super) struct EnteredBreakdown<'a> {
    by: &'static str,
    parts: Vec<(Group<'a>, EnteredTotals)>,
}

impl EnteredBreakdown<'_> {
    pub(super) fn shown(self, shown: &Shown) -> Breakdown {
        let part = |(group, totals): (Group<'_>, EnteredTotals)| Part {
            ids: ids(&group.offerings),
            key: group.key,
            name: group.name,
            totals: shown.totals(&totals),
        };
        Breakdown { by: self.by, parts: self.parts.into_iter().map(part).collect() }
    }
}

/// What offerings are told apart by.
const PROPERTIES: [&str; 5] = ["reach", "care-level", "form", "organiser", "trust"];

impl<'a> Desk<'a> {
    /// A joint offering stands under each of its organisers, so that those parts may add up to more than all.
    pub(super) fn enter_breakdowns(
        &self,
        ledger: &mut Ledger,
        counted: &[&'a Entry<Offering>],
    ) -> Vec<EnteredBreakdown<'a>> {
        let mut enter = |group: Group<'a>| {
            let of: Vec<_> = group.offerings.iter().map(|offering| (*offering, self.year)).collect();
            let totals = ledger.totals(&of, Worth::Part);
            (group, totals)
        };
        let mut breakdown =
            |by| EnteredBreakdown { by, parts: self.groups(by, counted).into_iter().map(&mut enter).collect() };
        PROPERTIES.into_iter().map(&mut breakdown).collect()
    }

    /// The offerings by the values of a property.
    fn groups(&self, by: &str, counted: &[&'a Entry<Offering>]) -> Vec<Group<'a>> {
        let mut groups: Vec<Group<'a>> = Vec::new();
        for offering in counted {
            for (rank, key, name) in self.values(by, offering) {
                match groups.iter_mut().find(|group| group.key == key) {
                    Some(group) => group.offerings.push(offering),
                    None => groups.push(Group { key, name, rank, offerings: vec![offering] }),
                }
            }
        }
        let order = crate::names::norwegian();
        groups.sort_by(|a, b| a.rank.cmp(&b.rank).then_with(|| order.compare(&a.name, &b.name)));
        groups
    }

    fn values(&self, by: &str, offering: &Entry<Offering>) -> Vec<Value> {
        let classified = |found: Option<(usize, &str, Label)>| match found {
            Some((rank, word, label)) => vec![(rank, word.to_owned(), capital(label.get(self.lang)))],
            None => {
                let name = say!(self.lang, nn: "Ikkje kategorisert", nb: "Ikke kategorisert", en: "Unclassified");
                vec![(usize::MAX, "unclassified".to_owned(), name)]
            }
        };
        match by {
            "reach" => classified(offering.reach.map(|one| (one as usize, one.word(), one.label()))),
            "care-level" => classified(offering.care_level.map(|one| (one as usize, one.word(), one.label()))),
            "form" => classified(offering.form.map(|one| (one as usize, one.word(), one.label()))),
            "organiser" => {
                let value = |id: &str| (0, id.to_owned(), self.names.body_in(id, self.year));
                organisers(offering).into_iter().map(value).collect()
            }
            _ => {
                let mut values: Vec<Value> = organisers(offering).into_iter().map(|id| self.trust(id)).collect();
                values.sort_unstable();
                values.dedup();
                values
            }
        }
    }

    /// The trust or hospital that an organiser is a part of; what is neither stands together.
    fn trust(&self, id: &str) -> Value {
        let part_of = |kind| of_kind(self.registry, id, kind, &Span::year(self.year));
        let specialist = part_of(OrganisationKind::HealthTrust).or_else(|| part_of(OrganisationKind::Hospital));
        match specialist {
            Some(trust) => (0, trust.to_owned(), self.names.body_in(trust, self.year)),
            None if part_of(OrganisationKind::Municipality).is_some() => {
                (1, "municipalities".to_owned(), say!(self.lang, nn: "Kommunar", nb: "Kommuner", en: "Municipalities"))
            }
            None => (2, "others".to_owned(), say!(self.lang, nn: "Andre", nb: "Andre", en: "Others")),
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
