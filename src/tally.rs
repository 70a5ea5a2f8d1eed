//! What counts when: the counting definitions, in one place, for lists and reports alike.
//!
//! An offering counts in a year if a run starts in it, or if it is continuous and valid in it. A run's participants
//! count in the year in which it starts. Information meetings and cancelled runs never enter participants. Relatives of an
//! offering for patients alone, and patients of one for relatives alone, count where they are given, and are never missing.

use std::collections::BTreeSet;

use chrono::Datelike;

use crate::count::Sum;
use crate::date::{Date, Span};
use crate::model::{Appointment, Audience, EventStatus, Form, Member, Network, Offering, Record, Run};
use crate::read::Dates;
use crate::registry::{Entry, Registry};

/// Whether the run was, or is to be, held.
#[must_use]
pub fn counts(run: &Run) -> bool {
    run.status != Some(EventStatus::Cancelled)
}

/// The runs that count in a year.
pub fn runs_in(offering: &Offering, year: i32) -> impl Iterator<Item = &Run> {
    offering.run.iter().filter(move |run| counts(run) && run.start.year() == year)
}

/// Whether the offering counts in a year.
#[must_use]
pub fn counts_in(registry: &Registry, offering: &Offering, year: i32) -> bool {
    runs_in(offering, year).next().is_some()
        || (offering.continuous && registry.span(offering.when()).meets(&Span::year(year)))
}

/// Whether participants are counted at all.
#[must_use]
pub fn has_participants(offering: &Offering) -> bool {
    offering.form != Some(Form::InformationMeeting)
}

/// Whether a run has patients to count: it says how many, or the offering is not for relatives alone.
#[must_use]
pub fn counts_patients(offering: &Offering, run: &Run) -> bool {
    run.patients.is_some() || !is_for_none_but(offering, &[Audience::Relatives, Audience::Parents, Audience::Siblings])
}

/// Whether a run has relatives to count: it says how many, or the offering is not for patients alone.
#[must_use]
pub fn counts_relatives(offering: &Offering, run: &Run) -> bool {
    run.relatives.is_some() || !is_for_none_but(offering, &[Audience::Patients])
}

/// Whether an offering says whom it is for, and names nobody else. Children and others may come as either.
fn is_for_none_but(offering: &Offering, these: &[Audience]) -> bool {
    !offering.audience.is_empty() && offering.audience.iter().all(|audience| these.contains(audience))
}

/// Participants of runs, by whom they came as.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Participants {
    /// Patients.
    pub patients: Sum,
    /// Relatives.
    pub relatives: Sum,
    /// Both together.
    pub all: Sum,
}

impl Participants {
    /// Adds a run of an offering. Whom the offering is not for is not missing where nobody counted them.
    pub fn add(&mut self, offering: &Offering, run: &Run) {
        if counts_patients(offering, run) {
            self.patients.add(run.patients.as_ref());
            self.all.add(run.patients.as_ref());
        }
        if counts_relatives(offering, run) {
            self.relatives.add(run.relatives.as_ref());
            self.all.add(run.relatives.as_ref());
        }
    }

    /// The participants of runs, each with its offering.
    #[must_use]
    pub fn of<'a>(runs: impl Iterator<Item = (&'a Offering, &'a Run)>) -> Self {
        let mut participants = Self::default();
        runs.for_each(|(offering, run)| participants.add(offering, run));
        participants
    }
}

/// What offerings come to in a year. Information meetings are left out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Total {
    /// Offerings.
    pub offerings: usize,
    /// Their runs.
    pub runs: usize,
    /// Those who took part in the runs.
    pub participants: Participants,
}

impl Total {
    /// Adds an offering, if it counts in the year.
    pub fn add(&mut self, registry: &Registry, offering: &Offering, year: i32) {
        if has_participants(offering) && counts_in(registry, offering, year) {
            self.offerings += 1;
            self.runs += runs_in(offering, year).count();
            runs_in(offering, year).for_each(|run| self.participants.add(offering, run));
        }
    }
}

/// Whether an organisation is another one or, followed upwards, a part of it: on some day of a span, or ever.
#[must_use]
pub fn is_part_of(registry: &Registry, id: &str, whole: &str, span: Option<&Span>) -> bool {
    fn climb(registry: &Registry, id: &str, whole: &str, span: Option<&Span>, levels: usize) -> bool {
        id == whole
            || levels > 0
                && registry.organisations.get(id).is_some_and(|organisation| {
                    organisation.part_of.iter().any(|above| {
                        span.is_none_or(|span| registry.span(above.dates()).meets(span))
                            && climb(registry, above.organisation.id(), whole, span, levels - 1)
                    })
                })
    }
    climb(registry, id, whole, span, 8)
}

/// Adds an organisation and all that it is a part of, followed upwards, on some day of a span.
pub fn wholes<'a>(registry: &'a Registry, id: &'a str, span: &Span, found: &mut BTreeSet<&'a str>) {
    if !found.insert(id) {
        return;
    }
    let above = registry.organisations.get(id).into_iter().flat_map(|organisation| &organisation.part_of);
    for above in above.filter(|above| registry.span(above.dates()).meets(span)) {
        wholes(registry, above.organisation.id(), span, found);
    }
}

/// Whether a body belongs to a network: it is the network, or an agreement that governs the network set it up.
#[must_use]
pub fn belongs_to(registry: &Registry, body: &str, network: &Entry<Network>) -> bool {
    body == &*network.id
        || registry
            .organisations
            .get(body)
            .and_then(|body| body.set_up_by.as_ref())
            .is_some_and(|clause| network.governed_by.iter().any(|governing| governing.agreement == clause.agreement))
}

/// The appointments to a network and its bodies that began in a year, as far as they had begun on a day. An appointment
/// begins on the first day that its `from` can mean; one without began nobody knows when, and does not count.
pub fn appointments_begun<'a>(
    registry: &'a Registry,
    network: &Entry<Network>,
    year: i32,
    day: Date,
) -> impl Iterator<Item = (&'a Entry<Member>, &'a Appointment)> {
    let all = registry.members.iter().flat_map(|member| member.appointment.iter().map(move |one| (member, one)));
    all.filter(move |(_, appointment)| {
        let from = registry.span(appointment.dates()).from;
        from.is_some_and(|from| from.year() == year && from <= day)
            && belongs_to(registry, appointment.body.id(), network)
    })
}

/// Whether a record holds or happens on some day of a span; what has no dates always does.
#[must_use]
pub fn touches(registry: &Registry, dates: Dates, span: &Span) -> bool {
    registry.span(dates).meets(span)
}
