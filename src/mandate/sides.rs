//! Sides: who stands on which, and whether roles are shared between them.

use super::seat::{SeatLine, SeatStatus};
use super::{Mandates, ground};
use crate::date::Date;
use crate::model::{Background, Member, OrganisationKind, SeatSide};
use crate::registry::{Entry, Registry};

/// How the roles of a seat are not shared between the sides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unshared {
    /// Two of them are held from this side.
    SameSide(SeatSide),
    /// Whoever holds it is from none of the sides.
    NeitherSide,
}

/// The side that whoever sits somewhere stands on.
pub(super) fn side(registry: &Registry, member: &Entry<Member>, day: Date) -> Option<SeatSide> {
    if member.background == Background::UserRepresentative {
        return Some(SeatSide::UserRepresentative);
    }
    side_of(registry, member.organisation.id(), Some(day))
}

/// The side that an organisation stands on by its kind, or by what it is a part of: on a day, or ever.
#[must_use]
pub fn side_of(registry: &Registry, id: &str, day: Option<Date>) -> Option<SeatSide> {
    let wholes = ground::wholes(registry, id);
    let here = wholes.iter().filter(|(_, days)| day.is_none_or(|day| days.holds(day))).map(|(whole, _)| *whole);
    let kinds: Vec<_> = here.chain([id]).filter_map(|id| registry.organisations.get(id)).map(|it| it.kind).collect();
    let is = |asked: &[OrganisationKind]| kinds.iter().any(|kind| asked.contains(kind));
    if is(&[OrganisationKind::Municipality]) {
        Some(SeatSide::Municipality)
    } else if is(&[OrganisationKind::HealthTrust, OrganisationKind::Hospital]) {
        Some(SeatSide::Specialist)
    } else if is(&[
        OrganisationKind::UserOrganisation,
        OrganisationKind::UmbrellaOrganisation,
        OrganisationKind::UserCommittee,
    ]) {
        Some(SeatSide::UserRepresentative)
    } else {
        None
    }
}

impl<'a> Mandates<'a> {
    /// How a seat stands on a day, its sides among it.
    #[must_use]
    pub fn seat_status(&self, line: &SeatLine<'a>, day: Date) -> SeatStatus {
        match self.unshared(line, day) {
            Some(_) => SeatStatus::OneSide,
            None => line.status(day),
        }
    }

    /// How a role that somebody holds is not shared between the sides as it should; nothing where it is.
    #[must_use]
    pub fn unshared(&self, line: &SeatLine<'a>, day: Date) -> Option<Unshared> {
        let sides = &line.of.seat.sides;
        if sides.is_empty() || line.status(day) != SeatStatus::Filled {
            return None;
        }
        let of = |line: &SeatLine<'a>| line.on(day).next().and_then(|one| side(self.registry, one.member, day));
        let Some(own) = of(line).filter(|own| sides.contains(own)) else { return Some(Unshared::NeitherSide) };
        let mut others = self
            .seats
            .iter()
            .filter(|other| std::ptr::eq(other.of.seat, line.of.seat) && other.of.role != line.of.role);
        others.any(|other| of(other) == Some(own)).then_some(Unshared::SameSide(own))
    }
}
