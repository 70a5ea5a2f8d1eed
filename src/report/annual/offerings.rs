//! Offerings and participants of a year: what is published, what is registered, and what must not be shown.

use super::{Audience, Beside, Desk, Figure, Years};
use crate::lang::Phrase;
use crate::model::{Measure, Offering, Section};
use crate::registry::Entry;
use crate::report::participants::{Ledger, Line, Participants, Who};
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
    /// What people call each value, with offerings and runs.
    pub parts: Vec<(String, usize, usize)>,
    /// The participants of each part, where nothing of the document has to be hidden.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub participants: Vec<Participants>,
}

/// An offering in the table.
#[derive(Debug, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Row {
    /// Its id.
    pub id: String,
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

impl Desk<'_> {
    pub(super) fn offerings(&self, audience: Audience) -> Offerings {
        let mut counted: Vec<&Entry<Offering>> = self
            .registry
            .offerings
            .iter()
            .filter(|offering| self.is_ours(&offering.record))
            .filter(|offering| tally::counts_in(self.registry, offering, self.year))
            .collect();
        let order = crate::names::norwegian();
        counted.sort_by(|a, b| order.compare(a.title.get(self.lang), b.title.get(self.lang)));
        let meetings: Vec<_> = counted.iter().filter(|offering| !tally::has_participants(offering)).copied().collect();
        counted.retain(|offering| tally::has_participants(offering));

        let runs = |offering: &Entry<Offering>| tally::runs_in(offering, self.year).count();
        let mut total = tally::Total::default();
        counted.iter().for_each(|offering| total.add(self.registry, offering, self.year));
        let mut ledger = Ledger::new(self.registry, audience);
        let sum = ledger.line(counted.iter().map(|offering| (*offering, self.year)), Worth::Whole);
        let lines: Vec<Line> =
            counted.iter().map(|offering| ledger.line([(*offering, self.year)], Worth::Detail)).collect();
        self.enter_figures(&mut ledger, &counted);
        let shown = ledger.veil();
        let rows: Vec<Row> =
            counted.iter().zip(&lines).map(|(offering, line)| self.row(offering, shown.participants(line))).collect();
        let mut offerings = Offerings {
            narrative: self.narrative(Section::Offerings),
            figures: self.figures_for(audience, shown.figures(), |measure| {
                COUNTED.contains(&measure) || measure == Measure::Other
            }),
            beside: Vec::new(),
            offerings: total.offerings,
            runs: total.runs,
            participants: shown.participants(&sum),
            information_meetings: (meetings.len(), meetings.iter().map(|offering| runs(offering)).sum()),
            breakdowns: self.breakdowns(&counted, self.is_open(audience, &[self.year])),
            hidden: rows.iter().filter(|row| row.participants.any_hidden()).count(),
            years: self.years(audience, &[self.year - 1, self.year], shown.figures()),
            rows,
        };
        offerings.beside = self.beside(&offerings);
        offerings
    }

    /// Enters the published figures about participants beside the sums of what is registered.
    fn enter_figures<'o>(&self, ledger: &mut Ledger<'o>, counted: &[&'o Entry<Offering>]) {
        for figure in self.reports().flat_map(|report| &report.figure) {
            let Some(who) = who(figure.measure) else { continue };
            let of = |offering: &&&'o Entry<Offering>| {
                let organiser = figure.organisation.as_ref();
                organiser.is_none_or(|organiser| organisers(offering).contains(&organiser.id()))
            };
            let offerings = counted.iter().filter(of).map(|offering| (*offering, self.year));
            ledger.figure(who, &figure.value.0, offerings);
        }
    }

    fn row(&self, offering: &Entry<Offering>, participants: Participants) -> Row {
        let involvement = offering.involvement.as_ref();
        let stated = |who: Option<&crate::read::List<_>>| who.filter(|who| who.is_given()).map(|who| !who.is_empty());
        Row {
            id: offering.id.to_string(),
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

/// Whom a published figure counts, where it is about participants of offerings.
pub(super) fn who(measure: Measure) -> Option<Who> {
    match measure {
        Measure::Participants => Some(Who::All),
        Measure::Patients => Some(Who::Patients),
        Measure::Relatives => Some(Who::Relatives),
        _ => None,
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
