//! Seats: who must sit where, who does on a day, and which terms end.

use hashbrown::HashMap;

use super::days::Days;
use super::ground::{self, Ground, is_part_of};
use super::line::{By, How};
use super::occurrence::{Occurrence, Status, What};
use super::period::{after, before, term_end};
use super::settle::{met, open};
use super::{LAPSES_SOON, Mandates, WORTH_A_THREAD};
use crate::date::{Date, Span};
use crate::model::{Agreement, Appointment, EachSeat, Holder, Member, OrganisationKind, Role, Seat, Strength};
use crate::read::Dates;
use crate::registry::{Entry, Registry};
use crate::threads::by_halves;
use crate::words;

/// A seat with its agreement, and whom it is for where it is repeated.
#[derive(Clone, Copy, Debug)]
pub struct SeatOf<'a> {
    /// The agreement.
    pub agreement: &'a Entry<Agreement>,
    /// The seat.
    pub seat: &'a Seat,
    /// The role.
    pub role: Option<Role>,
    /// The party, organisation or area that it is repeated for.
    pub of: Option<&'a str>,
}

impl SeatOf<'_> {
    /// `agreement/seat`
    #[must_use]
    pub fn path(&self) -> String {
        format!("{}/{}", self.agreement.id, self.seat.id)
    }
}

/// A seat over time: when it is there, and whoever was ever appointed to it.
#[derive(Debug)]
pub struct SeatLine<'a> {
    /// The seat.
    pub of: SeatOf<'a>,
    /// The networks, by their place among the grounds.
    pub grounds: Vec<usize>,
    /// When it is there.
    pub days: Days,
    /// The days of which records are kept.
    pub tracked: Days,
    /// At least how many.
    pub min: usize,
    /// At most how many.
    pub max: usize,
    /// Who was appointed, in the order of their first days.
    pub appointments: Vec<Sitting<'a>>,
}

/// An appointment that fills a seat.
#[derive(Clone, Copy, Debug)]
pub struct Sitting<'a> {
    /// The member.
    pub member: &'a Entry<Member>,
    /// The appointment.
    pub appointment: &'a Appointment,
    /// The first day that it can mean.
    pub first: Date,
    /// The last day: of the appointment as given.
    pub last: Date,
    /// The last day of the term.
    pub term: Option<Date>,
    /// The first and the last day on which it holds for sure, where the record gives only a month or a year.
    pub sure: (Date, Date),
}

impl Sitting<'_> {
    /// The place of the appointment among those of the member.
    #[must_use]
    pub fn place(&self) -> usize {
        let mut appointments = self.member.appointment.iter();
        appointments.position(|appointment| std::ptr::eq(appointment, self.appointment)).unwrap_or_default()
    }
}

words! {
    /// How a seat stands on a day.
    pub enum SeatStatus {
        Filled = "filled", "fylt", "fylt", "filled";
        TermEnded = "term-ended", "fylt, perioden er ute", "fylt, perioden er ute", "filled, term ended";
        Vacant = "vacant", "ledig", "ledig", "vacant";
        Open = "open", "ikkje fylt", "ikke fylt", "not filled";
        TooMany = "too-many", "for mange", "for mange", "too many";
        OneSide = "one-side", "ikkje delt mellom sidene", "ikke delt mellom sidene", "not shared between the sides";
        NotRecorded = "not-recorded", "ikkje registrert", "ikke registrert", "not recorded";
    }
}

impl<'a> SeatLine<'a> {
    /// Who sits there on a day.
    pub fn on(&self, day: Date) -> impl Iterator<Item = &Sitting<'a>> {
        self.appointments.iter().filter(move |sitting| sitting.first <= day && day <= sitting.last)
    }

    /// Who sits there for sure on a day.
    pub fn surely_on(&self, day: Date) -> impl Iterator<Item = &Sitting<'a>> {
        self.appointments.iter().filter(move |sitting| sitting.sure.0 <= day && day <= sitting.sure.1)
    }

    /// How many seats are held on a day: never more than there are, however many sit there. A seat of which the agreement
    /// says no number is one; where it only says how many at least, everybody who sits there has one.
    #[must_use]
    pub fn held(&self, day: Date) -> usize {
        let seat = self.of.seat;
        let seats = if seat.count.is_some() || seat.min.or(seat.max).is_some() { self.max } else { 1 };
        self.on(day).count().min(seats)
    }

    /// How it stands on a day.
    #[must_use]
    pub fn status(&self, day: Date) -> SeatStatus {
        let filled = self.on(day).count();
        if self.surely_on(day).count() > self.max {
            SeatStatus::TooMany
        } else if filled >= self.min && filled > 0 {
            let ended = self.on(day).all(|sitting| sitting.term.is_some_and(|end| end < day));
            if ended { SeatStatus::TermEnded } else { SeatStatus::Filled }
        } else if !self.tracked.holds(day) {
            SeatStatus::NotRecorded
        } else if self.strength() == Strength::Shall && self.min > 0 {
            SeatStatus::Vacant
        } else {
            SeatStatus::Open
        }
    }

    /// How binding it is.
    #[must_use]
    pub fn strength(&self) -> Strength {
        self.of.seat.strength.unwrap_or(Strength::Shall)
    }

    /// Since when it has been vacant.
    fn vacant_since(&self, day: Date) -> Date {
        let days = self.days.and(&self.tracked);
        let begun = days.stretches().filter(|(first, _)| *first <= day).map(|(first, _)| first).next_back();
        let left = self.appointments.iter().map(|sitting| sitting.last).filter(|last| *last < day).max().map(after);
        begun.max(left).unwrap_or(day).min(day)
    }
}

/// The seats of all agreements.
pub(super) fn all<'a>(registry: &'a Registry, grounds: &[Ground<'a>]) -> Vec<SeatLine<'a>> {
    let mut members: HashMap<&str, Vec<&'a Entry<Member>>> = HashMap::new();
    for member in &registry.members {
        for appointment in member.appointment.iter() {
            let known = members.entry(appointment.body.id()).or_default();
            if known.last().is_none_or(|last| !std::ptr::eq(*last, member)) {
                known.push(member);
            }
        }
    }
    let seats: Vec<(&Entry<Agreement>, &Seat)> = registry
        .agreements
        .iter()
        .flat_map(|agreement| agreement.seat.iter().map(move |seat| (agreement, seat)))
        .collect();
    let of_body = |seat: &Seat| members.get(seat.body.id()).map_or(&[][..], Vec::as_slice);
    by_halves(&seats, WORTH_A_THREAD, |(agreement, seat)| lines(registry, grounds, agreement, seat, of_body(seat)))
}

/// The lines of a seat.
fn lines<'a>(
    registry: &'a Registry,
    grounds: &[Ground<'a>],
    agreement: &'a Entry<Agreement>,
    seat: &'a Seat,
    members: &[&'a Entry<Member>],
) -> Vec<SeatLine<'a>> {
    let governs = |ground: &Ground<'a>| ground.governed.contains_key(&*agreement.id);
    let own = |ground: &Ground<'a>| ground.id() == seat.body.id();
    // A seat in a network that the agreement governs is a seat of that network; another of all that it governs.
    let of_one = grounds.iter().any(|ground| governs(ground) && own(ground));
    let governed = grounds.iter().enumerate().filter(|(_, ground)| governs(ground) && (own(ground) || !of_one));
    let roles: Vec<Option<Role>> = match (seat.role, &*seat.roles) {
        (Some(role), _) => vec![Some(role)],
        (None, []) => vec![None],
        (None, roles) => roles.iter().copied().map(Some).collect(),
    };
    let span = registry.span(Dates::Validity(seat.from, seat.to));
    let of_seat = Days::of([span]).and(&ground::existence(registry, seat.body.id()));
    let candidates: Vec<_> = roles.iter().map(|role| (*role, Candidate::all(registry, seat, *role, members))).collect();
    let mut lines: Vec<SeatLine<'a>> = Vec::new();
    for (index, ground) in governed {
        let days = ground.governed[&*agreement.id].and(&ground.days).and(&of_seat);
        for (of, also) in repeated(registry, ground, agreement, seat) {
            let days = days.and(&also);
            if days.is_empty() {
                continue;
            }
            for (role, candidates) in &candidates {
                let of = SeatOf { agreement, seat, role: *role, of };
                let appointed = || {
                    let here = candidates.iter().filter(|candidate| candidate.is_for(registry, ground, &of));
                    here.map(|candidate| candidate.sitting).collect()
                };
                let count = seat.count.map(|count| count.0);
                // A seat that is not repeated for something of the network is one, however many networks it serves.
                match lines.iter_mut().find(|line| line.of.role == *role && line.of.of == of.of) {
                    Some(line) => {
                        line.days = line.days.or(&days);
                        line.tracked = line.tracked.or(&ground.tracked);
                        line.grounds.push(index);
                    }
                    None => lines.push(SeatLine {
                        appointments: appointed(),
                        grounds: vec![index],
                        days: days.clone(),
                        tracked: ground.tracked.clone(),
                        min: count.or(seat.min).unwrap_or(u32::from(seat.max.is_none())) as usize,
                        max: count.or(seat.max).map_or(usize::MAX, |max| max as usize),
                        of,
                    }),
                }
            }
        }
    }
    lines
}

/// What a seat is repeated for, and when: a party for which notice was given has none afterwards.
fn repeated<'a>(
    registry: &'a Registry,
    ground: &Ground<'a>,
    agreement: &Agreement,
    seat: &'a Seat,
) -> Vec<(Option<&'a str>, Days)> {
    let bound = |id: &str, days: &Days| days.and(&ground::bound(registry, agreement, id));
    match &seat.each {
        None => vec![(None, Days::all())],
        Some(EachSeat::Area) => ground.network.areas.iter().map(|area| (Some(&*area.id), Days::all())).collect(),
        Some(EachSeat::Party) => {
            let mut found: Vec<(Option<&str>, Days)> = Vec::new();
            for party in ground.parties.iter().filter(|party| fits(registry, party.id, seat.holder.as_ref(), None)) {
                let own = bound(party.id, &party.days);
                match found.iter_mut().find(|(id, _)| *id == Some(party.id)) {
                    Some((_, days)) => *days = days.or(&own),
                    None => found.push((Some(party.id), own)),
                }
            }
            found
        }
        Some(each) => {
            let each = ground::each_of(registry, ground, each).into_iter();
            each.map(|(id, days)| (Some(id), bound(id, &days))).collect()
        }
    }
}

/// Whether an organisation can hold a seat, as itself or as a part of a whole that can.
pub(super) fn fits(registry: &Registry, organisation: &str, holder: Option<&Holder>, day: Option<Date>) -> bool {
    let Some(holder) = holder else { return true };
    let of_kind = |id: &str, kinds: &[OrganisationKind]| {
        registry.organisations.get(id).is_some_and(|found| kinds.contains(&found.kind))
    };
    let kind = holder.kind.is_empty()
        || of_kind(organisation, &holder.kind)
        || ground::wholes(registry, organisation)
            .iter()
            .any(|(whole, days)| of_kind(whole, &holder.kind) && day.is_none_or(|day| days.holds(day)));
    let single = holder.organisation.is_empty()
        || holder.organisation.iter().any(|asked| is_part_of(registry, organisation, asked.id(), day));
    kind && single
}

/// An appointment that may fill a seat, whatever the seat is repeated for.
struct Candidate<'a> {
    sitting: Sitting<'a>,
    /// The day on which parts are asked for their wholes.
    day: Option<Date>,
    wholes: Vec<(&'a str, Days)>,
}

impl<'a> Candidate<'a> {
    /// Those who have the body, the role and what else the seat asks of whoever holds it.
    fn all(registry: &'a Registry, seat: &Seat, role: Option<Role>, members: &[&'a Entry<Member>]) -> Vec<Self> {
        let semesters = registry.semesters();
        let background = seat.holder.as_ref().and_then(|holder| holder.background);
        let mut found = Vec::new();
        for member in members.iter().filter(|member| background.is_none_or(|wanted| wanted == member.background)) {
            for (at, appointment) in member.appointment.iter().enumerate() {
                if appointment.body.id() != seat.body.id() || role.is_some_and(|role| role != appointment.role) {
                    continue;
                }
                let span = registry.span(appointment.dates());
                let day = span.from.or(span.to);
                let organisation = member.organisation.id();
                if !fits(registry, organisation, seat.holder.as_ref(), day)
                    || !seat.among.as_ref().is_none_or(|body| sits(members, member, at, body.id(), &span, registry))
                {
                    continue;
                }
                let sure = (
                    appointment.from.map_or(Date::MIN, |from| from.last(&semesters)),
                    appointment.to.map_or(Date::MAX, |to| to.first(&semesters)),
                );
                let sitting = Sitting {
                    member,
                    appointment,
                    first: span.from.unwrap_or(Date::MIN),
                    last: span.to.unwrap_or(Date::MAX),
                    term: seat.term.zip(span.from).map(|(term, first)| term_end(first, term)),
                    sure,
                };
                found.push(Self { sitting, day, wholes: ground::wholes(registry, organisation) });
            }
        }
        found.sort_by_key(|candidate| (candidate.sitting.first, &candidate.sitting.member.id));
        found
    }

    /// Whether it is for what the seat is repeated for.
    fn is_for(&self, registry: &Registry, ground: &Ground<'a>, of: &SeatOf<'a>) -> bool {
        let organisation = self.sitting.member.organisation.id();
        match (&of.seat.each, of.of) {
            (Some(EachSeat::Area), Some(area)) => {
                let own = self.sitting.appointment.area.as_ref().map(|area| area.id());
                own.or_else(|| ground.area_of(registry, organisation, self.day.unwrap_or_default())) == Some(area)
            }
            (Some(_), Some(id)) => {
                let holds = |days: &Days| self.day.is_none_or(|day| days.holds(day));
                organisation == id || self.wholes.iter().any(|(whole, days)| *whole == id && holds(days))
            }
            _ => true,
        }
    }
}

/// Whether whoever has an appointment also sits in a body: by another appointment of the same member, or of the same
/// organisation, since records have no names to tell persons by.
fn sits(
    members: &[&Entry<Member>],
    member: &Entry<Member>,
    at: usize,
    body: &str,
    span: &Span,
    registry: &Registry,
) -> bool {
    members.iter().filter(|other| other.organisation == member.organisation).any(|other| {
        let appointments = other.appointment.iter().enumerate();
        let mut others = appointments.filter(|(index, _)| other.id != member.id || *index != at);
        others.any(|(_, other)| other.body.id() == body && registry.span(other.dates()).meets(span))
    })
}

impl<'a> Mandates<'a> {
    /// The seats that are vacant on the day, and the terms that end.
    pub(super) fn seat_occurrences(&self, line: &SeatLine<'a>, day: Date) -> Vec<Occurrence<'a>> {
        let blank = Occurrence {
            what: What::Seat(line.of),
            networks: self.ids(&line.grounds),
            by: By { ids: vec![self.owner(line)], how: How::Alone },
            to: Vec::new(),
            period: None,
            opens: Date::MIN,
            due: None,
            is_past: false,
            status: Status::Upcoming,
            late_by: None,
            strength: line.strength(),
            got: line.on(day).count(),
            of: line.min,
            evidence: Vec::new(),
            outstanding: Vec::new(),
            missing: Vec::new(),
            reason: None,
        };
        let mut found = Vec::new();
        let since = line.vacant_since(day);
        // That somebody's term ended and nobody came is said once, by the term.
        let told = line.appointments.iter().any(|sitting| sitting.last < Date::MAX && after(sitting.last) == since)
            && line.tracked.holds(before(since));
        if line.days.holds(day) && line.status(day) == SeatStatus::Vacant && !told {
            let status = if since < day { Status::Overdue } else { Status::Due };
            found.push(Occurrence { opens: since, due: Some(since), is_past: since < day, status, ..blank.clone() });
        }
        let capacity = line.min.max(1);
        for (at, sitting) in line.appointments.iter().enumerate().filter(|(_, sitting)| sitting.first <= day) {
            let given = Some(sitting.last).filter(|last| *last < Date::MAX);
            let Some(end) = given.into_iter().chain(sitting.term).min() else { continue };
            if !line.days.holds(after(end)) {
                continue;
            }
            let next = line.appointments.get(at + capacity).filter(|next| next.first <= day);
            let opens = end.checked_sub_days(LAPSES_SOON).unwrap_or(end);
            let (status, late_by) = match next {
                Some(next) => met(&[super::line::Evidence::of_member(next)], after(end)),
                // A seat that is gone by now is not filled again.
                None if day > end && !line.days.holds(day) => (Status::Passed, None),
                None if !line.tracked.holds(after(end)) => (Status::NotRecorded, None),
                None => (open(line.strength(), opens, end, day), None),
            };
            found.push(Occurrence {
                what: What::Term(line.of, &sitting.member.id),
                by: By { ids: vec![sitting.member.organisation.id()], how: How::Alone },
                opens,
                due: Some(end),
                is_past: end < day,
                status,
                late_by,
                got: usize::from(next.is_some()),
                of: 1,
                evidence: next.map(super::line::Evidence::of_member).into_iter().collect(),
                ..blank.clone()
            });
        }
        found
    }

    /// Who has to fill a seat: the party that it is for, who appoints, or the body that it is in.
    fn owner(&self, line: &SeatLine<'a>) -> &'a str {
        let seat = line.of.seat;
        let party = line
            .of
            .of
            .filter(|of| !matches!(seat.each, Some(EachSeat::Area)) && self.registry.organisations.get(of).is_some());
        let appointing = seat.appointed_by.as_ref().map(|body| body.id());
        let single = seat
            .holder
            .as_ref()
            .filter(|holder| holder.organisation.len() == 1)
            .map(|holder| holder.organisation[0].id());
        party.or(appointing).or(single).unwrap_or(seat.body.id())
    }
}
