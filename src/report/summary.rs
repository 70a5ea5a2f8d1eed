//! How a network stands on a day, on one screen: what to do first, seats, duties, coverage, offerings, needs, and what
//! lapses. And the handover note of an organisation: what it owes, holds and has under way.
//!
//! Internal: nothing is hidden.

mod coverage;
mod document;
mod duties;
mod handover;
mod note;
mod offerings;
mod seats;
mod things;

use chrono::Datelike;
use serde::Serialize;

pub use coverage::{Cover, Reported, Share};
pub use document::document;
pub use duties::{Duties, OfStatus, Standing};
pub use handover::{Chair, Handover, OpenMatter, StandingDuty, handover};
pub use note::{handover_document, merged_document};
pub use offerings::{BothLevels, Involvement, Need, OfferingYear, Total};
pub use seats::{BodySeats, Vacancy};
pub use things::{LeftOpen, Thing};

use crate::date::{Date, day_words};
use crate::lang::Lang;
use crate::mandate::{Found, Ground, Line, Mandates, Occurrence, PerRecord};
use crate::model::Network;
use crate::names::Names;
use crate::registry::Entry;
use crate::report::appointments::{Appointments, begun};
use crate::say;

/// How networks stand on a day.
#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Summary {
    /// `lmnet-summary`.
    pub schema: &'static str,
    /// The version of the schema.
    pub version: u32,
    /// The day.
    pub today: String,
    /// Network by network.
    pub networks: Vec<NetworkSummary>,
    /// Networks that no agreement governs; they are only named.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub only_named: Vec<Named>,
    /// What lapses and belongs to no network.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub lapses_elsewhere: Vec<Thing>,
    #[serde(skip)]
    lang: Lang,
}

/// How a network stands on a day.
#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct NetworkSummary {
    /// The network.
    pub network: Named,
    /// The language of all texts.
    pub language: &'static str,
    /// Whether it exists on the day.
    pub exists: bool,
    /// Whether evidence is kept on the day.
    pub tracked: bool,
    /// When evidence is kept, in words, where it ever is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tracked_when: Option<String>,
    /// Networks that keep records on a day of which this one keeps none, and in which something of it is overdue.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub also_owed_in: Vec<Named>,
    /// What to do first: at most three things.
    pub next: Vec<Thing>,
    /// Bodies with filled and vacant seats.
    pub bodies: Vec<BodySeats>,
    /// Appointments that began, last year and this.
    pub appointments: [Appointments; 2],
    /// Duties by how they stand; nothing where no evidence is kept in either year.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub duties: Option<Duties>,
    /// Of how many of those who should have something, how many have it.
    pub coverage: Vec<Cover>,
    /// How many offerings people can come to these days.
    pub on_offer: usize,
    /// Offerings and participants, last year and this.
    pub offerings: [OfferingYear; 2],
    /// Needs that no offering in the area answers.
    pub needs: Vec<Need>,
    /// Conditions offered at both levels in one area.
    pub both_levels: Vec<BothLevels>,
    /// What lapses within 90 days, or has.
    pub lapses: Vec<Thing>,
    /// What mergers and endings leave open.
    pub left_open: Vec<LeftOpen>,
    #[serde(skip)]
    day: String,
    #[serde(skip)]
    lang: Lang,
}

/// Something with an id and what people call it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Named {
    /// The id.
    pub id: String,
    /// What people call it.
    pub name: String,
}

/// How these networks stand on a day, each in its language. `all` says that nobody asked for one of them alone.
#[must_use]
pub fn compute<'a>(
    mandates: &Mandates<'a>,
    networks: &[(&Entry<Network>, Lang)],
    day: Date,
    lang: Lang,
    all: bool,
) -> Summary {
    let names = Names { registry: mandates.registry, lang };
    let found = occurrences(mandates, day);
    let per_record = mandates.per_record();
    let (shown, only_named): (Vec<_>, Vec<_>) =
        networks.iter().partition(|(network, _)| !all || !network.governed_by.is_empty());
    let of_network = |(network, lang): &&(&Entry<Network>, Lang)| {
        let at = mandates.grounds.iter().position(|ground| ground.id() == &*network.id)?;
        let names = Names { registry: mandates.registry, lang: *lang };
        let desk = Desk { mandates, names, day, at, found: &found, per_record: &per_record };
        Some(desk.summary())
    };
    let nowhere = found.iter().filter(|one| one.networks.is_empty());
    Summary {
        schema: "lmnet-summary",
        version: 1,
        today: day.to_string(),
        networks: shown.iter().filter_map(of_network).collect(),
        only_named: only_named.iter().map(|(network, _)| named(&names, &network.id)).collect(),
        lapses_elsewhere: if all { things::lapses(nowhere, &names, day) } else { Vec::new() },
        lang,
    }
}

/// All that has a day up to a year from now, as it stands on the day.
fn occurrences<'a>(mandates: &Mandates<'a>, day: Date) -> Vec<Occurrence<'a>> {
    let year_end = last_day(day.year());
    let ahead = day.checked_add_months(chrono::Months::new(12)).unwrap_or(day);
    mandates.dated(day, Date::MIN, ahead.max(year_end))
}

/// Where the summary of a network is written.
struct Desk<'d, 'a> {
    mandates: &'d Mandates<'a>,
    names: Names<'a>,
    day: Date,
    /// The place of the network among the grounds.
    at: usize,
    found: &'d [Occurrence<'a>],
    per_record: &'d [PerRecord<'a>],
}

impl<'d, 'a> Desk<'d, 'a> {
    fn summary(&self) -> NetworkSummary {
        let ground = self.ground();
        let lang = self.names.lang;
        let (exists, tracked) = (ground.days.holds(self.day), ground.tracked.holds(self.day));
        let [last, this] = self.years();
        let recorded = ground.tracked.meets(first_day(last), self.day);
        NetworkSummary {
            network: Named { id: ground.id().to_owned(), name: self.names.body(ground.id()) },
            language: lang.code(),
            exists,
            tracked,
            also_owed_in: if tracked { Vec::new() } else { self.also_owed_in() },
            tracked_when: self.tracked_when(),
            next: self.next(),
            bodies: self.bodies(),
            appointments: [last, this].map(|year| begun(self.mandates.registry, ground.network, year, self.day)),
            duties: recorded.then(|| self.duties()),
            coverage: self.coverage(),
            on_offer: self.on_offer().len(),
            offerings: [self.offering_year(last), self.offering_year(this)],
            needs: self.needs(),
            both_levels: self.both_levels(),
            lapses: things::lapses(self.occurrences(), &self.names, self.day),
            left_open: self.left_open(),
            day: day_words(self.day, lang),
            lang,
        }
    }

    fn ground(&self) -> &'d Ground<'a> {
        &self.mandates.grounds[self.at]
    }

    /// Last year and this.
    fn years(&self) -> [i32; 2] {
        [self.day.year() - 1, self.day.year()]
    }

    /// What has a day and belongs to the network.
    fn occurrences(&self) -> impl Iterator<Item = &'d Occurrence<'a>> + Clone {
        let id = self.ground().id();
        self.found.iter().filter(move |one| one.networks.contains(&id))
    }

    /// The duties of the network that are owed on a day.
    fn lines(&self, day: Date) -> impl Iterator<Item = &'d Line<'a>> {
        let at = self.at;
        self.mandates.lines.iter().filter(move |line| line.grounds.contains(&at) && line.days.holds(day))
    }

    fn named(&self, id: &str) -> Named {
        named(&self.names, id)
    }

    /// `frå 1. januar 2024`, `1. januar 2016–31. desember 2016`
    fn tracked_when(&self) -> Option<String> {
        let lang = self.names.lang;
        let words = |day: Date| day_words(day, lang);
        let stretches = self.ground().tracked.stretches().map(|(first, last)| match (first, last) {
            (Date::MIN, Date::MAX) => say!(lang, nn: "heile tida", nb: "hele tiden", en: "all the time"),
            (first, Date::MAX) => {
                let first = words(first);
                say!(lang, nn: "frå {first}", nb: "fra {first}", en: "from {first}")
            }
            (Date::MIN, last) => {
                let last = words(last);
                say!(lang, nn: "til {last}", nb: "til {last}", en: "until {last}")
            }
            (first, last) => {
                let (first, last) = (words(first), words(last));
                say!(lang, nn: "frå {first} til {last}", nb: "fra {first} til {last}", en: "from {first} to {last}")
            }
        });
        let stretches: Vec<String> = stretches.collect();
        (!stretches.is_empty()).then(|| crate::mandate::wording::listed(&stretches, lang))
    }
}

/// An organisation or network with what people write for it.
fn named(names: &Names<'_>, id: &str) -> Named {
    Named { id: id.to_owned(), name: names.short(id) }
}

/// A record with its title.
fn titled(names: &Names<'_>, found: &Found<'_>) -> Named {
    Named { id: found.path(), name: names.title(found.kind(), found.id()) }
}

fn first_day(year: i32) -> Date {
    Date::from_ymd_opt(year, 1, 1).unwrap_or_default()
}

fn last_day(year: i32) -> Date {
    Date::from_ymd_opt(year, 12, 31).unwrap_or_default()
}
