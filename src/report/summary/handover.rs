//! The handover note of an organisation or network: for whoever takes over when somebody leaves.

use serde::Serialize;

use super::offerings::is_open;
use super::things::{Thing, coming, things};
use super::{Named, named, occurrences, titled};
use crate::date::{Date, Span, When, day_words};
use crate::lang::Lang;
use crate::mandate::wording::wording;
use crate::mandate::{By, Found, Mandates, Occurrence, Status, What, existence, successors};
use crate::model::{ActionStatus, Matter};
use crate::names::Names;
use crate::read::Target;
use crate::registry::Entry;
use crate::tally;

/// What an organisation owes, holds and has under way on a day.
#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Handover {
    /// `lmnet-summary`.
    pub schema: &'static str,
    /// The version of the schema.
    pub version: u32,
    /// The day.
    pub today: String,
    /// The language of all texts.
    pub language: &'static str,
    /// For whom.
    pub r#for: Named,
    /// The full name.
    pub name: String,
    /// Its last day, where it is gone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ended: Option<String>,
    /// Who carries on from it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub successors: Vec<Named>,
    /// The networks in which it takes part and of which nothing is recorded on the day.
    pub not_tracked: Vec<Named>,
    /// What should have been done.
    pub overdue: Vec<Thing>,
    /// What falls due within a year.
    pub ahead: Vec<Thing>,
    /// Duties without a deadline.
    pub standing: Vec<StandingDuty>,
    /// Duties that a person has to judge.
    pub judged: usize,
    /// Seats that its people hold.
    pub seats: Vec<Chair>,
    /// Seats that it has to fill, and terms of its people that end.
    pub vacant: Vec<Thing>,
    /// What others owe it.
    pub awaited: Vec<Thing>,
    /// Open matters that name it.
    pub matters: Vec<OpenMatter>,
    /// Actions of plans that are its to do and have no deadline.
    pub actions: Vec<String>,
    #[serde(skip)]
    pub(super) lang: Lang,
    #[serde(skip)]
    pub(super) day: String,
    #[serde(skip)]
    pub(super) last: Option<Date>,
}

/// A duty without a deadline.
#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct StandingDuty {
    /// `agreement/duty`
    pub duty: String,
    /// Its wording.
    pub text: String,
    /// The newest record that shows it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub newest: Option<Named>,
}

/// A seat that somebody of the organisation holds.
#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Chair {
    /// `members/id`
    pub member: String,
    /// The body.
    pub body: Named,
    /// The role.
    pub role: String,
    /// The area.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub area: Option<Named>,
    /// The office of whoever holds it; never a name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub function: Option<String>,
    /// For which organisation, where that is another one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub organisation: Option<Named>,
    /// Since when.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
    /// The last day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to: Option<String>,
    #[serde(skip)]
    pub(super) until: Option<When>,
}

/// A matter that is not closed.
#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct OpenMatter {
    /// The matter.
    pub matter: Named,
    /// What it is.
    pub kind: String,
    /// How it stands.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<String>,
    /// Since when.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub since: Option<String>,
    #[serde(skip)]
    pub(super) opened: Option<When>,
}

/// The handover note for a body; with a network, only of what belongs to it.
#[must_use]
pub fn handover(mandates: &Mandates<'_>, id: &str, network: Option<&str>, day: Date, lang: Lang) -> Handover {
    let names = Names { registry: mandates.registry, lang };
    let found = occurrences(mandates, day);
    Note { mandates, names, id, network, day, found: &found }.write()
}

struct Note<'n, 'a> {
    mandates: &'n Mandates<'a>,
    names: Names<'a>,
    id: &'n str,
    network: Option<&'n str>,
    day: Date,
    found: &'n [Occurrence<'a>],
}

impl<'a> Note<'_, 'a> {
    fn write(&self) -> Handover {
        let is_seat = |one: &Occurrence<'a>| matches!(one.what, What::Seat(_) | What::Term(..));
        let mine = || self.in_network().filter(|one| self.owes(&one.by));
        let overdue = mine().filter(|one| !is_seat(one) && one.status == Status::Overdue);
        // A seat that is vacant, or soon will be, is told by itself; a term that ends later is a deadline like others.
        let vacant = mine().filter(|one| is_seat(one) && matches!(one.status, Status::Overdue | Status::Due));
        let ahead = mine().filter(|one| match one.status {
            Status::Due => !is_seat(one),
            status => status == Status::Upcoming,
        });
        let awaited = self.in_network().filter(|one| {
            let own = one.to.iter().any(|to| self.is_own(to));
            own && matches!(one.status, Status::Overdue | Status::Due)
        });
        let (standing, judged) = self.standing();
        let registry = self.mandates.registry;
        let last = existence(registry, self.id).last().filter(|last| *last < self.day);
        let after = successors(registry, self.id).filter(|_| last.is_some());
        Handover {
            schema: "lmnet-summary",
            version: 1,
            today: self.day.to_string(),
            language: self.names.lang.code(),
            r#for: named(&self.names, self.id),
            name: self.names.body(self.id),
            ended: last.map(|last| last.to_string()),
            successors: after.map(|(successor, _)| named(&self.names, &successor.id)).collect(),
            not_tracked: self.not_tracked(),
            overdue: things(overdue, &self.names, self.day),
            ahead: coming(ahead, &self.names, self.day),
            standing,
            judged,
            seats: self.chairs(),
            vacant: things(vacant, &self.names, self.day),
            awaited: things(awaited, &self.names, self.day),
            matters: self.matters(),
            actions: self.actions(),
            lang: self.names.lang,
            day: day_words(self.day, self.names.lang),
            last,
        }
    }

    fn is_own(&self, id: &str) -> bool {
        let day = Span { from: Some(self.day), to: Some(self.day) };
        tally::is_part_of(self.mandates.registry, id, self.id, Some(&day))
    }

    /// Whether it is one of those who owe something.
    fn owes(&self, by: &By<'_>) -> bool {
        by.ids.iter().any(|id| self.is_own(id))
    }

    fn is_near(&self, networks: &[&str]) -> bool {
        self.network.is_none_or(|network| networks.contains(&network))
    }

    fn in_network(&self) -> impl Iterator<Item = &Occurrence<'a>> {
        self.found.iter().filter(|one| self.is_near(&one.networks))
    }

    fn not_tracked(&self) -> Vec<Named> {
        let here = self.mandates.grounds.iter().filter(|ground| {
            let takes_part = ground.parties.iter().any(|party| party.days.holds(self.day) && self.is_own(party.id));
            let concerned = takes_part || ground.bodies.contains(self.id);
            concerned && !ground.governed.is_empty() && !ground.tracked.holds(self.day) && self.is_near(&[ground.id()])
        });
        here.map(|ground| Named { id: ground.id().to_owned(), name: self.names.body(ground.id()) }).collect()
    }

    /// The standing duties that it owes, and how many a person has to judge.
    fn standing(&self) -> (Vec<StandingDuty>, usize) {
        let mut standing: Vec<StandingDuty> = Vec::new();
        let mut judged = std::collections::BTreeSet::new();
        for line in &self.mandates.lines {
            if !line.days.holds(self.day) || !self.is_near(&self.mandates.ids(&line.grounds)) || !self.owes(&line.by) {
                continue;
            }
            let path = line.duty.path();
            let is_standing = super::duties::is_standing(line) && standing.iter().all(|known| known.duty != path);
            if !line.duty.obligation.judged && !is_standing {
                continue;
            }
            // What all parties owe together, those owe who take part on the day.
            let states = self.mandates.of_line(line, self.day, self.day, self.day);
            let Some(state) = states.first().filter(|state| self.owes(&state.by)) else { continue };
            if line.duty.obligation.judged {
                judged.insert(path);
                continue;
            }
            standing.push(StandingDuty {
                duty: path,
                text: wording(&line.duty, self.names.lang),
                newest: state.evidence.first().map(|evidence| titled(&self.names, &evidence.found)),
            });
        }
        (standing, judged.len())
    }

    fn chairs(&self) -> Vec<Chair> {
        let registry = self.mandates.registry;
        let day = Span { from: Some(self.day), to: Some(self.day) };
        let lang = self.names.lang;
        let mut chairs = Vec::new();
        for member in &registry.members {
            let of_own = self.is_own(member.organisation.id());
            for seat in member.appointment.iter().filter(|seat| tally::touches(registry, seat.dates(), &day)) {
                let body = seat.body.id();
                let near = self.network.is_none_or(|network| {
                    let ground = self.mandates.grounds.iter().find(|ground| ground.id() == network);
                    ground.is_some_and(|ground| ground.bodies.contains(body))
                });
                if !near || !(of_own || body == self.id) {
                    continue;
                }
                let other = member.organisation.id();
                chairs.push(Chair {
                    member: Found::Member(member).path(),
                    body: named(&self.names, body),
                    role: seat.role.label().get(lang).to_owned(),
                    area: seat.area.as_ref().map(|area| Named {
                        id: area.id().to_owned(),
                        name: self.names.reference(Target::Area, area.id()),
                    }),
                    function: member.function.as_ref().map(|function| function.get(lang).to_owned()),
                    organisation: (other != self.id).then(|| named(&self.names, other)),
                    from: seat.from.map(|from| from.to_string()),
                    to: seat.to.map(|to| to.to_string()),
                    until: seat.to,
                });
            }
        }
        chairs.sort_by(|a, b| a.body.name.cmp(&b.body.name));
        chairs
    }

    fn matters(&self) -> Vec<OpenMatter> {
        let lang = self.names.lang;
        let names_it = |matter: &Entry<Matter>| {
            let bodies = matter.body.iter().chain(&matter.by).chain(&matter.to).chain(&matter.with);
            let network = matter.network.as_ref().is_some_and(|network| network.id() == self.id);
            network || bodies.chain(&matter.ordered_by).any(|body| self.is_own(body.id()))
        };
        let near = |matter: &Entry<Matter>| {
            self.network.is_none_or(|network| matter.network.as_ref().is_some_and(|own| own.id() == network))
        };
        let matters = self.mandates.registry.matters.iter();
        let open = matters.filter(|matter| is_open(matter, &self.names, self.day) && names_it(matter) && near(matter));
        let mut open: Vec<OpenMatter> = open
            .map(|matter| OpenMatter {
                matter: titled(&self.names, &Found::Matter(matter)),
                kind: matter.kind.label().get(lang).to_owned(),
                status: matter.status.map(|status| status.label().get(lang).to_owned()),
                since: matter.opened.map(|opened| opened.to_string()),
                opened: matter.opened,
            })
            .collect();
        open.sort_by_key(|matter| matter.opened.map(|opened| opened.first(&self.mandates.registry.semesters())));
        open
    }

    fn actions(&self) -> Vec<String> {
        let mut found = Vec::new();
        for plan in &self.mandates.registry.plans {
            let network = plan.network.as_ref().map(|network| network.id());
            if self.network.is_some() && self.network != network {
                continue;
            }
            for action in plan.action.iter().filter(|action| action.due.is_none()) {
                let open = !matches!(action.status, ActionStatus::Done | ActionStatus::Dropped);
                if open && action.responsible.iter().any(|body| self.is_own(body.id())) {
                    let (title, plan) = (action.title.get(self.names.lang), titled(&self.names, &Found::Plan(plan)));
                    found.push(format!("{title} ({})", plan.name));
                }
            }
        }
        found
    }
}
