//! Bodies with their seats: filled, vacant, and what is odd about them.

use serde::Serialize;

use super::{Desk, Named};
use crate::mandate::wording::role;
use crate::mandate::{SeatLine, SeatStatus};
use crate::model::{EachSeat, Strength};
use crate::names::Names;
use crate::read::Target;

/// The seats of a body on the day.
#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct BodySeats {
    /// The body.
    pub body: Named,
    /// How many seats somebody holds.
    pub filled: usize,
    /// How many must be filled and are not.
    pub vacant: usize,
    /// How many seats nobody is known to hold, where nothing is recorded.
    pub not_recorded: usize,
    /// Filled, but the term is over.
    pub term_ended: usize,
    /// More hold the seat than may.
    pub too_many: usize,
    /// Roles that the sides do not share as they should.
    pub one_side: usize,
    /// The seats that must, or should, be filled.
    pub vacancies: Vec<Vacancy>,
}

/// A seat that nobody, or too few, hold.
#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Vacancy {
    /// `agreement/seat`
    pub seat: String,
    /// The role, as people call it.
    pub role: String,
    /// How binding it is.
    pub strength: &'static str,
    /// How many are missing.
    pub count: usize,
    /// The parties or areas for which it is vacant, where it is repeated.
    pub of: Vec<Named>,
}

impl BodySeats {
    fn new(body: Named) -> Self {
        Self {
            body,
            filled: 0,
            vacant: 0,
            not_recorded: 0,
            term_ended: 0,
            too_many: 0,
            one_side: 0,
            vacancies: Vec::new(),
        }
    }
}

impl<'a> Desk<'_, 'a> {
    /// The bodies that have seats on the day, the network itself first; those of which nothing is known are left out.
    pub(super) fn bodies(&self) -> Vec<BodySeats> {
        let mut bodies = vec![BodySeats::new(self.named(self.ground().id()))];
        let here = |line: &&SeatLine<'a>| line.grounds.contains(&self.at) && line.days.holds(self.day);
        for line in self.mandates.seats.iter().filter(here) {
            let id = line.of.seat.body.id();
            let at = bodies.iter().position(|body| body.body.id == id).unwrap_or_else(|| {
                bodies.push(BodySeats::new(self.named(id)));
                bodies.len() - 1
            });
            self.add(line, &mut bodies[at]);
        }
        let order = crate::names::norwegian();
        for vacancy in bodies.iter_mut().flat_map(|body| &mut body.vacancies) {
            vacancy.of.sort_by(|a, b| order.compare(&a.name, &b.name));
        }
        bodies.retain(|body| body.filled > 0 || !body.vacancies.is_empty());
        bodies
    }

    fn add(&self, line: &SeatLine<'a>, body: &mut BodySeats) {
        let filled = line.held(self.day);
        body.filled += filled;
        let missing = line.min.saturating_sub(filled);
        match self.mandates.seat_status(line, self.day) {
            SeatStatus::Filled => {}
            SeatStatus::TermEnded => body.term_ended += filled,
            SeatStatus::TooMany => body.too_many += 1,
            SeatStatus::OneSide => body.one_side += 1,
            SeatStatus::NotRecorded if line.strength() == Strength::May => {}
            SeatStatus::NotRecorded => body.not_recorded += missing,
            SeatStatus::Vacant => {
                body.vacant += missing;
                self.vacancy(line, missing, body);
            }
            SeatStatus::Open if line.strength() == Strength::May || missing == 0 => {}
            SeatStatus::Open => self.vacancy(line, missing, body),
        }
    }

    fn vacancy(&self, line: &SeatLine<'a>, missing: usize, body: &mut BodySeats) {
        let (seat, role) = (line.of.path(), role(line.of.role, self.names.lang));
        let of = repeated_for(line, &self.names);
        match body.vacancies.iter_mut().find(|vacancy| vacancy.seat == seat && vacancy.role == role) {
            Some(vacancy) => {
                vacancy.count += missing;
                vacancy.of.extend(of);
            }
            None => {
                let strength = line.strength().word();
                body.vacancies.push(Vacancy { seat, role, strength, count: missing, of: of.into_iter().collect() });
            }
        }
    }
}

/// What a repeated seat is for.
pub(super) fn repeated_for(line: &SeatLine<'_>, names: &Names<'_>) -> Option<Named> {
    let id = line.of.of?;
    let name = match &line.of.seat.each {
        Some(EachSeat::Area) => names.reference(Target::Area, id),
        _ => names.short(id),
    };
    Some(Named { id: id.to_owned(), name })
}
