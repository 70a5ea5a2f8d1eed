//! Who sat where in the year.

use super::{Desk, Seat};
use crate::date::Span;
use crate::model::{Appointment, Member};
use crate::registry::Entry;
use crate::say;
use crate::tally;

impl Desk<'_> {
    /// Seats in the network and its bodies, and those elsewhere of people who sit there or sit for them.
    pub(super) fn seats(&self) -> Vec<Seat> {
        let ours = |body: &str| tally::belongs_to(self.registry, body, self.network);
        let year = Span::year(self.year);
        let mut own = Vec::new();
        let mut elsewhere = Vec::new();
        for member in &self.registry.members {
            let held: Vec<&Appointment> =
                member.appointment.iter().filter(|seat| tally::touches(self.registry, seat.dates(), &year)).collect();
            let sits_here = held.iter().any(|seat| ours(seat.body.id()));
            for seat in held {
                let represents = seat.represents.as_ref().is_some_and(|body| ours(body.id()));
                if ours(seat.body.id()) {
                    own.push((member, seat));
                } else if represents || (sits_here && !self.is_others(seat.body.id())) {
                    elsewhere.push((member, seat));
                }
            }
        }
        let in_order = |(member, seat): &(&Entry<Member>, &Appointment)| {
            let body = seat.body.id();
            (body != &*self.network.id, body.to_owned(), seat.role, member.organisation.id().to_owned())
        };
        own.sort_by_key(in_order);
        elsewhere.sort_by_key(in_order);
        own.append(&mut elsewhere);
        own.into_iter().map(|(member, seat)| self.seat(member, seat)).collect()
    }

    /// Whether a body belongs to another network that reports on it itself.
    fn is_others(&self, body: &str) -> bool {
        self.registry
            .networks
            .iter()
            .any(|other| !other.governed_by.is_empty() && tally::belongs_to(self.registry, body, other))
    }

    fn seat(&self, member: &Entry<Member>, seat: &Appointment) -> Seat {
        let period = match (seat.from, seat.to) {
            (Some(from), Some(to)) if from == to => from.words(self.lang),
            (Some(from), Some(to)) => format!("{}–{}", from.words(self.lang), to.words(self.lang)),
            (Some(from), None) => {
                let from = from.words(self.lang);
                say!(self.lang, nn: "frå {from}", nb: "fra {from}", en: "from {from}")
            }
            (None, Some(to)) => {
                let to = to.words(self.lang);
                say!(self.lang, nn: "til {to}", nb: "til {to}", en: "until {to}")
            }
            (None, None) => say!(self.lang, nn: "ikkje registrert", nb: "ikke registrert", en: "not recorded"),
        };
        Seat {
            body: self.names.body_phrase_in(seat.body.id(), self.year),
            role: seat.role.label().get(self.lang).to_owned(),
            organisation: self.names.body_phrase_in(member.organisation.id(), self.year),
            function: self.optional_phrase(member.function.as_ref()).unwrap_or_default(),
            period,
        }
    }
}
