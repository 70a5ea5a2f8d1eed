//! Offerings and participants of a year: what is published, what is registered, and what must not be shown.

use super::{Beside, Desk, Figure, Years};
use crate::lang::Phrase;
use crate::model::{Measure, Offering, Section};
use crate::registry::Entry;
use crate::report::ledger::{Ledger, Line};
use crate::report::participants::{Participants, Totals, Who};
use crate::report::veil::Worth;
use crate::tally;

/// What is counted of offerings, published and registered alike.
pub(super) const COUNTED: [Measure; 5] =
    [Measure::Offerings, Measure::Runs, Measure::Participants, Measure::Patients, Measure::Relatives];

/// Offerings and participants.
#[derive(Debug, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Offerings {
    /// What the report tells.
    pub narrative: Vec<Phrase>,
    /// As published.
    pub figures: Vec<Figure>,
    /// What was published beside what is registered, with why they differ.
    pub beside: Vec<Beside>,
    /// Offerings that count in the year, information meetings left out.
    pub offerings: usize,
    /// Their runs.
    pub runs: usize,
    /// Their participants.
    pub participants: Participants,
    /// Information meetings: offerings and runs.
    pub information_meetings: (usize, usize),
    /// The ids of these.
    #[serde(skip)]
    pub information_meeting_ids: Vec<String>,
    /// Offerings and runs by what tells them apart.
    pub breakdowns: Vec<Breakdown>,
    /// This year beside the last.
    pub years: Years,
    /// Each offering.
    pub rows: Vec<Row>,
    /// How many offerings have a number of participants hidden.
    pub hidden: usize,
}

/// Offerings and runs by one property.
#[derive(Debug, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Breakdown {
    /// The property.
    pub by: &'static str,
    /// Its values, in order.
    pub parts: Vec<Part>,
}

/// The offerings of one value of a property.
#[derive(Debug, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Part {
    /// The value.
    pub key: String,
    /// What people call it.
    pub name: String,
    /// What its offerings come to.
    #[serde(flatten)]
    pub totals: Totals,
    /// The ids of the offerings.
    #[serde(skip)]
    pub ids: Vec<String>,
}

/// An offering in the table.
#[derive(Debug, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Row {
    /// Its id.
    pub id: String,
    /// The year that the numbers are about.
    #[serde(skip)]
    pub year: i32,
    /// Who answers for it.
    pub organisers: Vec<String>,
    /// Its title.
    pub title: Phrase,
    /// The conditions.
    pub conditions: Vec<String>,
    /// Whom it is for.
    pub audience: Vec<String>,
    /// How far it reaches; nothing where nobody classified it.
    pub reach: Option<String>,
    /// How it is given.
    pub form: Option<String>,
    /// How many runs.
    pub runs: usize,
    /// Its participants.
    pub participants: Participants,
    /// Users' part in planning, delivery and evaluation: somebody, nobody, or nothing stated.
    pub involvement: [Option<bool>; 3],
    /// Who else took part in making it.
    pub partners: Vec<String>,
}

impl<'a> Desk<'a> {
    pub(super) fn offerings(&self) -> Offerings {
        let mut counted = self.counted();
        let order = crate::names::norwegian();
        counted.sort_by(|a, b| order.compare(a.title.get(self.lang), b.title.get(self.lang)));
        let meetings: Vec<_> = self.held().filter(|offering| !tally::has_participants(offering)).collect();

        let mut ledger = Ledger::new(self.registry, self.audience);
        let lines: Vec<Line> =
            counted.iter().map(|offering| ledger.line([(*offering, self.year)], Worth::Detail)).collect();
        let years = self.enter_years(&mut ledger, &[self.year - 1, self.year]);
        let breakdowns = self.enter_breakdowns(&mut ledger, &counted);
        let shown = ledger.veil();
        let years = self.years(years, &shown);
        let total = years.years.last().map(|line| line.all).unwrap_or_default();
        let rows: Vec<Row> =
            counted.iter().zip(&lines).map(|(offering, line)| self.row(offering, shown.participants(line))).collect();
        let mut offerings = Offerings {
            narrative: self.narrative(Section::Offerings),
            figures: self.figures_shown(&shown, |measure| COUNTED.contains(&measure) || measure == Measure::Other),
            beside: Vec::new(),
            offerings: total.offerings,
            runs: total.runs,
            participants: total.participants,
            information_meeting_ids: ids(&meetings),
            information_meetings: (
                meetings.len(),
                meetings.iter().map(|offering| tally::runs_in(offering, self.year).count()).sum(),
            ),
            breakdowns: breakdowns.into_iter().map(|breakdown| breakdown.shown(&shown)).collect(),
            hidden: rows.iter().filter(|row| row.participants.any_hidden()).count(),
            years,
            rows,
        };
        offerings.beside = self.beside(&offerings);
        offerings
    }

    /// The network's offerings that count in the year, information meetings among them.
    fn held(&self) -> impl Iterator<Item = &'a Entry<Offering>> {
        let ours = self.registry.offerings.iter().filter(|offering| self.is_ours(&offering.record));
        ours.filter(|offering| tally::counts_in(self.registry, offering, self.year))
    }

    /// Those with participants to count.
    pub(super) fn counted(&self) -> Vec<&'a Entry<Offering>> {
        self.held().filter(|offering| tally::has_participants(offering)).collect()
    }

    /// Enters the published figures about participants beside the sums of what is registered.
    pub(super) fn enter_figures(&self, ledger: &mut Ledger, counted: &[&'a Entry<Offering>]) {
        for figure in self.reports().flat_map(|report| &report.figure) {
            let Some(who) = Who::measured(figure.measure) else { continue };
            let of = |offering: &&&'a Entry<Offering>| {
                let organiser = figure.organisation.as_ref();
                organiser.is_none_or(|organiser| organisers(offering).contains(&organiser.id()))
            };
            let about = (&*self.network.id, figure.organisation.as_ref().map(|organisation| organisation.id()));
            ledger.figure(self.year, who, &figure.value.0, about, counted.iter().filter(of).copied());
        }
    }

    fn row(&self, offering: &Entry<Offering>, participants: Participants) -> Row {
        let involvement = offering.involvement.as_ref();
        let stated = |who: Option<&crate::read::List<_>>| who.filter(|who| who.is_given()).map(|who| !who.is_empty());
        Row {
            id: offering.id.to_string(),
            year: self.year,
            organisers: organisers(offering).into_iter().map(|id| self.names.short(id)).collect(),
            title: self.phrase(&offering.title),
            conditions: offering
                .condition
                .iter()
                .map(|condition| self.names.reference(crate::read::Target::Condition, condition.id()))
                .collect(),
            audience: offering.audience.iter().map(|audience| audience.label().get(self.lang).to_owned()).collect(),
            reach: offering.reach.map(|reach| reach.label().get(self.lang).to_owned()),
            form: offering.form.map(|form| form.label().get(self.lang).to_owned()),
            runs: tally::runs_in(offering, self.year).count(),
            participants,
            involvement: [
                stated(involvement.map(|involvement| &involvement.planning)),
                stated(involvement.map(|involvement| &involvement.delivery)),
                stated(involvement.map(|involvement| &involvement.evaluation)),
            ],
            partners: offering.partners.iter().map(|id| self.names.short(id.id())).collect(),
        }
    }
}

/// Who answers for an offering, each once, however often the record names them.
pub(super) fn organisers(offering: &Offering) -> Vec<&str> {
    let mut ids: Vec<&str> = Vec::new();
    for organiser in offering.organiser.iter() {
        if !ids.contains(&organiser.id()) {
            ids.push(organiser.id());
        }
    }
    ids
}

pub(super) fn ids(offerings: &[&Entry<Offering>]) -> Vec<String> {
    offerings.iter().map(|offering| offering.id.to_string()).collect()
}
