//! Appointments that a seat does not allow: of organisations that are no party where the seats are for parties, and of two from
//! one side where the sides share the roles.

use hashbrown::HashMap;

use super::Mandates;
use super::days::Days;
use super::ground::{Ground, wholes};
use super::period::after;
use super::seat::{Sitting, fits};
use super::sides::side;
use crate::date::{Date, Span};
use crate::model::{Agreement, Appointment, Background, EachSeat, Member, Seat, SeatSide};
use crate::read::Dates;
use crate::registry::Entry;

/// Somebody in a seat for parties whose organisation is none.
#[derive(Debug)]
pub struct Outsider<'a> {
    /// The member.
    pub member: &'a Entry<Member>,
    /// The place of the appointment among those of the member.
    pub appointment: usize,
    /// The agreement that has the seat.
    pub agreement: &'a Entry<Agreement>,
    /// The place of the seat among those of the agreement.
    pub seat: usize,
    /// The networks whose parties the seat is for.
    pub networks: Vec<&'a str>,
    /// The first day on which the organisation sits there for sure and is no party; nothing if it never was one.
    pub since: Option<Date>,
}

/// Two who sit together in roles that the sides should share, and are from one side.
#[derive(Debug)]
pub struct OneSided<'s, 'a> {
    /// Who came last.
    pub last: &'s Sitting<'a>,
    /// Who sat there already.
    pub other: &'s Sitting<'a>,
    /// The side that both are from.
    pub side: SeatSide,
    /// The seat.
    pub seat: &'a Seat,
}

type SeatAt<'a> = (&'a Entry<Agreement>, usize, &'a Seat);

impl<'a> Mandates<'a> {
    /// Everybody in a seat for parties whose organisation is none, or not all the time.
    #[must_use]
    pub fn outsiders(&self) -> Vec<Outsider<'a>> {
        let mut seats: HashMap<&str, Vec<SeatAt<'a>>> = HashMap::new();
        for agreement in &self.registry.agreements {
            for (at, seat) in agreement.seat.iter().enumerate() {
                seats.entry(seat.body.id()).or_default().push((agreement, at, seat));
            }
        }
        let mut found = Vec::new();
        for member in self.registry.members.iter().filter(|member| !member.broken) {
            for (at, appointment) in member.appointment.iter().enumerate() {
                let here = seats.get(appointment.body.id()).map_or(&[][..], Vec::as_slice);
                found.extend(self.outsider(member, at, appointment, here));
            }
        }
        found
    }

    fn outsider(
        &self,
        member: &'a Entry<Member>,
        at: usize,
        appointment: &'a Appointment,
        seats: &[SeatAt<'a>],
    ) -> Option<Outsider<'a>> {
        let mut takes = seats.iter().filter(|(.., seat)| self.takes(seat, member, appointment));
        // Whoever may have another seat of the body, or sits there for others, need not be a party.
        let (agreement, seat, asked) = takes.next().copied()?;
        let others = takes.any(|(.., other)| !is_for_parties(other));
        if others || !is_for_parties(asked) || appointment.represents.is_some() {
            return None;
        }
        let grounds = self.governed(agreement, asked);
        let holds = |ground: &Ground<'a>| ground.parties.iter().any(|party| self.can_hold(asked, party.id));
        if grounds.iter().any(|ground| ground.network.broken) || !grounds.iter().any(|ground| holds(ground)) {
            return None;
        }
        let (mut there, mut party) = (Days::default(), Days::default());
        for ground in &grounds {
            there = there.or(&ground.governed[&*agreement.id].and(&ground.days));
            party = party.or(&self.party_days(ground, member.organisation.id()));
        }
        let there = there.and(&Days::of([self.registry.span(Dates::Validity(asked.from, asked.to))]));
        // Who sits for what is gone refers to nothing, which is said as such.
        let life = self.registry.organisations.get(member.organisation.id()).map(|organisation| organisation.dates());
        let there = there.and(&Days::of([self.registry.span(life.unwrap_or_default())]));
        let semesters = self.registry.semesters();
        let wide = self.registry.span(appointment.dates());
        let span = if party.and(&Days::of([wide])).is_empty() {
            wide
        } else {
            // Of an appointment without a beginning only its end can be held against the party's.
            let from = appointment.from.map(|from| from.last(&semesters)).or(party.first());
            Span { from, to: appointment.to.map(|to| to.first(&semesters)) }
        };
        let day = first_outside(&there.and(&Days::of([span])), &party)?;
        let networks = grounds.iter().map(|ground| ground.id()).collect();
        let since = Some(day).filter(|_| !party.is_empty());
        Some(Outsider { member, appointment: at, agreement, seat, networks, since })
    }

    /// Whether an appointment can be to a seat.
    fn takes(&self, seat: &Seat, member: &Member, appointment: &Appointment) -> bool {
        let role = match (seat.role, &*seat.roles) {
            (None, []) => true,
            (role, roles) => role == Some(appointment.role) || roles.contains(&appointment.role),
        };
        let holder = seat.holder.as_ref();
        let background = holder.and_then(|holder| holder.background);
        role && background.is_none_or(|background| background == member.background)
            && fits(self.registry, member.organisation.id(), holder, None)
            && (!is_for_parties(seat) || is_told_apart(seat, member))
    }

    fn can_hold(&self, seat: &Seat, organisation: &str) -> bool {
        fits(self.registry, organisation, seat.holder.as_ref(), None)
    }

    /// The networks that a seat is for: the one that it is in, or all that the agreement governs.
    fn governed(&self, agreement: &Entry<Agreement>, seat: &Seat) -> Vec<&Ground<'a>> {
        let governed = self.grounds.iter().filter(|ground| ground.governed.contains_key(&*agreement.id));
        let governed: Vec<_> = governed.collect();
        match governed.iter().find(|ground| ground.id() == seat.body.id()) {
            Some(own) => vec![own],
            None => governed,
        }
    }

    /// The days on which an organisation is a party, as itself or as a part of one.
    fn party_days(&self, ground: &Ground<'a>, organisation: &str) -> Days {
        let mut days = Days::default();
        for (id, since) in wholes(self.registry, organisation).into_iter().chain([(organisation, Days::all())]) {
            for party in ground.parties.iter().filter(|party| party.id == id) {
                days = days.or(&party.days.and(&since));
            }
        }
        days
    }

    /// Everybody who is from the same side as another with whom the sides should share the roles.
    #[must_use]
    pub fn one_sided(&self) -> Vec<OneSided<'_, 'a>> {
        let mut found: Vec<OneSided<'_, 'a>> = Vec::new();
        for (at, line) in self.seats.iter().enumerate().filter(|(_, line)| !line.of.seat.sides.is_empty()) {
            let same = self.seats[at + 1..].iter().take_while(|other| std::ptr::eq(other.of.seat, line.of.seat));
            for other in same.filter(|other| other.of.of == line.of.of && other.of.role != line.of.role) {
                for (one, two) in line.appointments.iter().flat_map(|a| other.appointments.iter().map(move |b| (a, b)))
                {
                    let Some(side) = self.shared_side(&line.days, one, two) else { continue };
                    let (other, last) = if one.sure.0 > two.sure.0 { (two, one) } else { (one, two) };
                    if !found.iter().any(|known| std::ptr::eq(known.last.appointment, last.appointment)) {
                        found.push(OneSided { last, other, side, seat: line.of.seat });
                    }
                }
            }
        }
        found
    }

    /// The side of two who surely sit together on some day of a seat, if it is the same.
    fn shared_side(&self, days: &Days, one: &Sitting<'a>, two: &Sitting<'a>) -> Option<SeatSide> {
        let (from, to) = (one.sure.0.max(two.sure.0), one.sure.1.min(two.sure.1));
        let together = days.and(&Days::of([Span { from: Some(from), to: Some(to) }]));
        let (first, last) = together.stretches().next()?;
        // On the first of all days nobody was part of anything yet.
        let day = if first == Date::MIN { last } else { first };
        side(self.registry, one.member, day).filter(|own| side(self.registry, two.member, day) == Some(*own))
    }
}

fn is_for_parties(seat: &Seat) -> bool {
    matches!(seat.each, Some(EachSeat::Party))
}

/// Whether a seat for parties says enough to tell that somebody is in it. One without role and holder would take in whoever has
/// any part in the body; and user representatives speak for the users, unless the seat is for them.
fn is_told_apart(seat: &Seat, member: &Member) -> bool {
    let holder = seat.holder.as_ref();
    if holder.is_some_and(|holder| !holder.kind.is_empty() || !holder.organisation.is_empty()) {
        return true;
    }
    let for_users = holder.and_then(|holder| holder.background) == Some(Background::UserRepresentative);
    let has_role = seat.role.is_some() || !seat.roles.is_empty();
    has_role && (member.background != Background::UserRepresentative || for_users)
}

/// The first of some days that is not among others.
fn first_outside(days: &Days, others: &Days) -> Option<Date> {
    days.stretches().find_map(|(first, last)| {
        match others.stretches().find(|(from, to)| *from <= first && first <= *to) {
            None => Some(first),
            Some((_, to)) => Some(after(to)).filter(|_| to < last),
        }
    })
}
