//! The ground that duties stand on: each network with what governs it, who takes part, and since when evidence is kept.

use std::collections::{BTreeMap, BTreeSet};

use hashbrown::HashMap;

use super::days::Days;
use super::period::{before, later};
use super::record::Found;
use crate::date::{Date, Span};
use crate::model::{Agreement, EachSeat, Excuse, Network, Organisation, OrganisationKind, Owner, Receivers};
use crate::read::Dates;
use crate::registry::{Entry, Registry};

/// A network as duties see it.
#[derive(Debug)]
pub struct Ground<'a> {
    /// The network.
    pub network: &'a Entry<Network>,
    /// When it exists.
    pub days: Days,
    /// The agreements that govern it, each with the days on which it does and is in force.
    pub governed: BTreeMap<&'a str, Days>,
    /// Who takes part, and when.
    pub parties: Vec<Party<'a>>,
    /// Since when evidence is kept.
    pub tracked: Days,
    /// The bodies that its agreements speak of or set up, and itself: what concerns them concerns the network.
    pub bodies: BTreeSet<&'a str>,
}

/// An organisation that takes part in a network.
#[derive(Clone, Debug)]
pub struct Party<'a> {
    /// The organisation.
    pub id: &'a str,
    /// The area that it belongs to.
    pub area: Option<&'a str>,
    /// When it is there and takes part.
    pub days: Days,
}

impl<'a> Ground<'a> {
    /// The grounds of all networks, in the order of the registry.
    #[must_use]
    pub fn all(registry: &'a Registry) -> Vec<Self> {
        let mut set_up: HashMap<&str, Vec<&'a str>> = HashMap::new();
        for organisation in &registry.organisations {
            if let Some(clause) = &organisation.set_up_by {
                set_up.entry(clause.agreement.id()).or_default().push(&organisation.id);
            }
        }
        registry.networks.iter().map(|network| Self::new(registry, network, &set_up)).collect()
    }

    fn new(registry: &'a Registry, network: &'a Entry<Network>, set_up: &HashMap<&str, Vec<&'a str>>) -> Self {
        let span = |from, to| registry.span(Dates::Validity(from, to));
        let mut governed: BTreeMap<&str, Days> = BTreeMap::new();
        for governing in &network.governed_by {
            let Some(agreement) = registry.agreements.get(governing.agreement.id()) else { continue };
            let days = Days::of([span(governing.from, governing.to)]).and(&in_force(registry, agreement));
            let known = governed.entry(&agreement.id).or_default();
            *known = known.or(&days);
        }
        let parties = network.parties.iter().map(|party| Party {
            id: party.organisation.id(),
            area: party.area.as_ref().map(|area| area.id()),
            days: Days::of([span(party.from, party.to)]).and(&existence(registry, party.organisation.id())),
        });
        let mut bodies: BTreeSet<&str> = BTreeSet::from([&*network.id]);
        bodies.extend(network.reports_to.iter().map(|body| body.id()));
        for id in governed.keys() {
            bodies.extend(set_up.get(id).into_iter().flatten());
            bodies.extend(registry.agreements.get(id).into_iter().flat_map(|agreement| named(agreement)));
        }
        Self {
            days: Days::of([registry.span(network.dates())]),
            governed,
            parties: parties.collect(),
            tracked: Days::of(network.tracked.iter().map(|tracked| span(tracked.from, tracked.to))),
            bodies,
            network,
        }
    }

    /// The id of the network.
    #[must_use]
    pub fn id(&self) -> &'a str {
        &self.network.id
    }

    /// When somebody of the network is of a kind: the parties of that kind, and the wholes of parties that are parts of such.
    #[must_use]
    pub fn of_kind(
        &self,
        registry: &'a Registry,
        agreement: &'a Agreement,
        kind: OrganisationKind,
    ) -> BTreeMap<&'a str, Days> {
        let mut found: BTreeMap<&str, Days> = BTreeMap::new();
        let mut add = |id: &'a str, days: Days| {
            let known = found.entry(id).or_default();
            *known = known.or(&days);
        };
        let is_kind = |id: &str| registry.organisations.get(id).is_some_and(|organisation| organisation.kind == kind);
        for party in &self.parties {
            let days = party.days.and(&bound(registry, agreement, party.id));
            if is_kind(party.id) {
                add(party.id, days);
            } else {
                for (whole, since) in wholes(registry, party.id) {
                    if is_kind(whole) {
                        add(whole, days.and(&since));
                    }
                }
            }
        }
        found
    }

    /// When parts of the parties are of a kind.
    pub(super) fn parts_of_kind(
        &self,
        registry: &'a Registry,
        agreement: &'a Agreement,
        kind: OrganisationKind,
    ) -> BTreeMap<&'a str, Days> {
        let mut found: BTreeMap<&str, Days> = BTreeMap::new();
        let is_part =
            |organisation: &&Entry<Organisation>| organisation.kind == kind && !organisation.part_of.is_empty();
        for organisation in registry.organisations.iter().filter(is_part) {
            for (whole, since) in wholes(registry, &organisation.id) {
                for party in self.parties.iter().filter(|party| party.id == whole) {
                    let days = party.days.and(&since).and(&bound(registry, agreement, party.id));
                    let known = found.entry(&organisation.id).or_default();
                    *known = known.or(&days);
                }
            }
        }
        found
    }

    /// The area of the network that an organisation belongs to on a day: its own, or that of its whole.
    #[must_use]
    pub fn area_of(&self, registry: &Registry, organisation: &str, day: Date) -> Option<&'a str> {
        let on_day = self.parties.iter().filter(|party| party.days.holds(day));
        on_day.filter(|party| is_part_of(registry, organisation, party.id, Some(day))).find_map(|party| party.area)
    }

    /// Whether a record concerns the network: it names it, or a body that its agreements name or set up.
    #[must_use]
    pub fn concerns(&self, found: &Found<'a>) -> bool {
        match found.network() {
            Some(network) if network == &*self.network.id => true,
            Some(_) => found.bodies().any(|body| body == &*self.network.id),
            None => found.bodies().any(|body| self.bodies.contains(body)),
        }
    }

    /// Whether an organisation takes part, or ever did.
    #[must_use]
    pub fn is_party(&self, id: &str) -> bool {
        self.parties.iter().any(|party| party.id == id)
    }

    /// The excuses from a duty.
    pub fn excuses(&self, duty: &str) -> impl Iterator<Item = &'a Excuse> {
        self.network.excuse.iter().filter(move |excuse| excuse.duty.id() == duty)
    }
}

/// The networks that are near a body, by their place among the grounds, so that not all have to be asked about each record.
pub(super) struct Near<'g, 'a> {
    grounds: &'g [Ground<'a>],
    of: HashMap<&'a str, Vec<usize>>,
}

impl<'g, 'a> Near<'g, 'a> {
    pub(super) fn new(grounds: &'g [Ground<'a>]) -> Self {
        let mut of: HashMap<&str, Vec<usize>> = HashMap::new();
        for (index, ground) in grounds.iter().enumerate() {
            ground.bodies.iter().for_each(|body| of.entry(body).or_default().push(index));
        }
        Self { grounds, of }
    }

    /// The networks that a record concerns.
    pub(super) fn concerned(&self, found: &Found<'a>) -> Vec<usize> {
        let ids = found.network().into_iter().chain(found.bodies());
        let mut near: Vec<usize> = ids.flat_map(|id| self.of.get(id).into_iter().flatten().copied()).collect();
        near.sort_unstable();
        near.dedup();
        near.retain(|index| self.grounds[*index].concerns(found));
        near
    }
}

/// The bodies that an agreement names: those who owe, receive or have seats.
fn named(agreement: &Agreement) -> impl Iterator<Item = &str> {
    let seats = agreement.seat.iter().map(|seat| seat.body.id());
    let duties = agreement.obligation.iter().flat_map(|duty| {
        let owners = match &duty.by {
            Some(Owner::Body(body)) => std::slice::from_ref(body),
            Some(Owner::Jointly(bodies)) => bodies,
            _ => &[],
        };
        let receivers: &[_] = match &duty.receiver {
            Some(Receivers::Bodies(bodies)) => bodies,
            _ => &[],
        };
        owners.iter().chain(receivers).map(|body| body.id())
    });
    seats.chain(duties)
}

/// The days on which an agreement is in force: until it ends, or until a notice given for all of it runs out.
#[must_use]
pub(super) fn in_force(registry: &Registry, agreement: &Agreement) -> Days {
    let mut days = Days::of([registry.span(agreement.dates())]);
    for (notice, end) in notices(agreement) {
        if notice.r#for.is_empty() {
            days = days.and(&Days::until(end));
        }
    }
    days
}

/// The notices given, each with the last day in force.
pub(super) fn notices(agreement: &Agreement) -> impl Iterator<Item = (&crate::model::NoticeGiven, Date)> {
    let notice = agreement.notice.iter();
    notice.flat_map(|notice| notice.given.iter().map(|given| (given, later(given.on, notice.period))))
}

/// The days on which an agreement binds a party, as far as notices say.
#[must_use]
pub fn bound(registry: &Registry, agreement: &Agreement, party: &str) -> Days {
    let mut days = in_force(registry, agreement);
    for (notice, end) in notices(agreement) {
        if notice.r#for.iter().any(|body| is_part_of(registry, party, body.id(), None)) {
            days = days.and(&Days::until(end));
        }
    }
    days
}

/// The days on which an organisation or network exists.
#[must_use]
pub fn existence(registry: &Registry, id: &str) -> Days {
    let organisation = registry.organisations.get(id).map(|organisation| organisation.dates());
    let dates = organisation.or_else(|| registry.networks.get(id).map(|network| network.dates()));
    let succeeded = succession_end(registry, id);
    let days = Days::of([registry.span(dates.unwrap_or_default())]);
    succeeded.map_or_else(|| days.clone(), |end| days.and(&Days::until(end)))
}

/// The last day of an organisation that others carry on from as a whole, where it does not say so itself.
fn succession_end(registry: &Registry, id: &str) -> Option<Date> {
    let organisation = registry.organisations.get(id).filter(|organisation| organisation.to.is_none())?;
    let semesters = registry.semesters();
    let (first, _) = successors(registry, &organisation.id)
        .find(|(_, succession)| !succession.part)
        .map(|(_, s)| (s.on.first(&semesters), ()))?;
    Some(before(first))
}

/// Who carries on from an organisation.
pub fn successors<'a>(
    registry: &'a Registry,
    id: &str,
) -> impl Iterator<Item = (&'a Entry<Organisation>, &'a crate::model::Succession)> {
    registry.successors(id).flat_map(move |organisation| {
        let from = organisation.succeeds.iter().filter(move |succession| succession.organisation.id() == id);
        from.map(move |succession| (organisation, succession))
    })
}

/// What an organisation is a part of, followed upwards, with the days on which it is.
#[must_use]
pub fn wholes<'a>(registry: &'a Registry, id: &str) -> Vec<(&'a str, Days)> {
    fn climb<'a>(registry: &'a Registry, id: &str, days: &Days, levels: usize, found: &mut Vec<(&'a str, Days)>) {
        let Some(organisation) = registry.organisations.get(id).filter(|_| levels > 0) else { return };
        for above in &organisation.part_of {
            let days = days.and(&Days::of([registry.span(above.dates())]));
            climb(registry, above.organisation.id(), &days, levels - 1, found);
            found.push((above.organisation.id(), days));
        }
    }
    let mut found = Vec::new();
    climb(registry, id, &Days::all(), LEVELS, &mut found);
    found
}

/// How far a part is followed upwards; a registry that runs in circles ends there.
const LEVELS: usize = 8;

/// Whether an organisation is another one or, followed upwards, a part of it: on a day, or ever.
#[must_use]
pub(super) fn is_part_of(registry: &Registry, id: &str, whole: &str, day: Option<Date>) -> bool {
    let on = day.map(|day| Span { from: Some(day), to: Some(day) });
    crate::tally::is_part_of(registry, id, whole, on.as_ref())
}

/// The organisations of a kind in whose name a seat is repeated, and when.
#[must_use]
pub(super) fn each_of<'a>(registry: &'a Registry, ground: &Ground<'a>, each: &EachSeat) -> BTreeMap<&'a str, Days> {
    let EachSeat::Of(of) = each else { return BTreeMap::new() };
    let mut found = BTreeMap::new();
    // All whose catchment can be meant, so that the many others are soon passed.
    let mut meant: BTreeSet<&str> = BTreeSet::new();
    for asked in &of.catchment_of {
        let parties = ground.parties.iter().map(|party| party.id).filter(|_| **asked == *"parties");
        parties.chain([&**asked]).for_each(|id| crate::tally::wholes(registry, id, &Span::default(), &mut meant));
    }
    for organisation in registry.organisations.iter().filter(|organisation| of.kind.contains(&organisation.kind)) {
        let mut days = Days::all();
        if !of.part_of.is_empty() {
            let wholes = wholes(registry, &organisation.id);
            let inside = wholes.iter().filter(|(whole, _)| of.part_of.iter().any(|asked| asked.id() == *whole));
            days = days.and(&inside.fold(Days::default(), |days, (_, since)| days.or(since)));
        }
        if !of.catchment_of.is_empty() {
            let mut inside = Days::default();
            for trust in organisation.trust.iter().filter(|trust| meant.contains(trust.organisation.id())) {
                let since = Days::of([registry.span(trust.dates())]);
                let trust = trust.organisation.id();
                for asked in &of.catchment_of {
                    if **asked == *"parties" {
                        for party in &ground.parties {
                            if is_part_of(registry, party.id, trust, None) {
                                inside = inside.or(&since.and(&party.days));
                            }
                        }
                    } else if is_part_of(registry, asked, trust, None) {
                        inside = inside.or(&since);
                    }
                }
            }
            days = days.and(&inside);
        }
        // Most lie elsewhere, which is known before it is asked when they were there.
        if days.is_empty() {
            continue;
        }
        days = days.and(&existence(registry, &organisation.id));
        if !days.is_empty() {
            found.insert(&*organisation.id, days);
        }
    }
    found
}
