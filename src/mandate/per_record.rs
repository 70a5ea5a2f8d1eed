//! Duties that are owed for each record of a kind: what the record must have.

use super::Mandates;
use super::condition::Asked;
use super::days::Days;
use super::ground::{self, Ground, Near};
use super::line::Duty;
use super::record::Found;
use crate::date::Date;
use crate::read::{Dates, Value};
use crate::registry::Registry;
use crate::threads::by_halves;

/// A duty that is owed for each record, in a network.
#[derive(Debug)]
pub struct PerRecord<'a> {
    /// The duty.
    pub duty: Duty<'a>,
    /// The networks in which it is owed, by their place among the grounds.
    pub grounds: Vec<usize>,
    /// The records that it is owed for.
    pub records: Vec<Kept<'a>>,
}

/// A record, and what it lacks.
#[derive(Debug)]
pub struct Kept<'a> {
    /// The record.
    pub found: Found<'a>,
    /// The networks that it belongs to, by their place among the grounds.
    pub grounds: Vec<usize>,
    /// The entries of `require` that don't hold.
    pub lacks: Vec<&'a Value>,
    /// Whether evidence was kept when it was made, so that what it lacks was not done.
    pub tracked: bool,
}

impl<'a> Mandates<'a> {
    /// The duties that are owed for each record, each with its records. Asks no day: what a record says of itself holds or not.
    #[must_use]
    pub fn per_record(&self) -> Vec<PerRecord<'a>> {
        per_record(self.registry, &self.grounds)
    }
}

/// See [`Mandates::per_record`].
pub(super) fn per_record<'a>(registry: &'a Registry, grounds: &[Ground<'a>]) -> Vec<PerRecord<'a>> {
    let mut duties = Vec::new();
    for agreement in &registry.agreements {
        for obligation in agreement.obligation.iter().filter(|obligation| obligation.per.is_some()) {
            let duty = Duty { agreement, obligation };
            let governed: Vec<usize> =
                (0..grounds.len()).filter(|index| grounds[*index].governed.contains_key(&*agreement.id)).collect();
            if !governed.is_empty() {
                duties.push(PerRecord { duty, records: Vec::new(), grounds: governed });
            }
        }
    }
    let all: Vec<Found<'a>> = Found::all(registry).collect();
    let near = Near::new(grounds);
    let kept = by_halves(&all, 1000, |found| {
        let asked = duties.iter().enumerate().filter(|(_, duty)| duty.asks_of(found));
        let mut concerned: Option<Vec<usize>> = None;
        let mut of_each = Vec::new();
        for (at, duty) in asked {
            let concerned = concerned.get_or_insert_with(|| near.concerned(found));
            let here: Vec<usize> = concerned.iter().copied().filter(|index| duty.grounds.contains(index)).collect();
            if !here.is_empty() {
                of_each.extend(kept(registry, grounds, duty.duty, here, *found).map(|kept| (at, kept)));
            }
        }
        of_each
    });
    for (at, kept) in kept {
        duties[at].records.push(kept);
    }
    duties
}

fn kept<'a>(
    registry: &'a Registry,
    grounds: &[Ground<'a>],
    duty: Duty<'a>,
    here: Vec<usize>,
    found: Found<'a>,
) -> Option<Kept<'a>> {
    let obligation = duty.obligation;
    let owners = found.owners();
    let day = registry.span(found.when()).from;
    let asked = Asked { registry, selves: Some(&owners), receiver: None, day };
    let wanted = obligation.per.as_ref().and_then(|per| per.r#where.as_ref());
    if found.is_cancelled() || !wanted.is_none_or(|wanted| asked.matches(&found, wanted)) {
        return None;
    }
    // The days that the record is about; a run of an offering is its latest word.
    let mut about = Days::of([registry.span(found.when())]);
    if let Found::Offering(offering) = found
        && !offering.run.is_empty()
        && offering.from.is_none()
    {
        about = Days::of(offering.run.iter().map(|run| registry.span(run.dates())));
    }
    let of_duty = Days::of([registry.span(Dates::Validity(obligation.from, obligation.to))]);
    let of_duty = of_duty.and(&ground::in_force(registry, duty.agreement)).and(&about);
    let owed = |index: &usize| {
        let ground = &grounds[*index];
        of_duty.and(&ground.days).and(&ground.governed[&*duty.agreement.id])
    };
    let here: Vec<usize> = here.into_iter().filter(|index| !owed(index).is_empty()).collect();
    if here.is_empty() {
        return None;
    }
    let tracked = here.iter().any(|index| !owed(index).and(&grounds[*index].tracked).is_empty());
    let lacks = obligation.require.iter().filter(|entry| !asked.holds(&found, entry)).collect();
    Some(Kept { found, grounds: here, lacks, tracked })
}

impl<'a> PerRecord<'a> {
    /// Whether it is owed for records of this kind.
    fn asks_of(&self, found: &Found<'a>) -> bool {
        let per = self.duty.obligation.per.as_ref();
        per.is_some_and(|per| per.record.iter().any(|kind| kind.kind() == found.kind()))
    }

    /// The records of a network that were there on a day.
    pub fn on(&self, registry: &'a Registry, ground: Option<usize>, day: Date) -> impl Iterator<Item = &Kept<'a>> {
        self.records.iter().filter(move |kept| {
            let begun = registry.span(kept.found.when()).from.is_none_or(|first| first <= day);
            begun && ground.is_none_or(|ground| kept.grounds.contains(&ground))
        })
    }
}
