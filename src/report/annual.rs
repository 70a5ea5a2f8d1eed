//! The annual report of a network: what was done in a year, what is registered and what was published, and how good
//! each number is. The sections follow the annual report of a professional network, in its order.

mod beside;
mod breakdown;
mod commitments;
mod compiled;
mod content;
mod document;
mod events;
mod explain;
mod lines;
mod matters;
mod offerings;
mod origin;
mod prose;
mod seats;
mod years;

use serde::Serialize;

pub use beside::Beside;
pub use commitments::{BodyLine, Commitments, CoverageLine, DutyLine};
pub use compiled::{Compiled, Delivery, NetworkPart, Step, TrustPart, compile};
pub use content::*;
pub use document::{compiled_document, document, years_document};
pub use explain::{Behind, Explained, explain, explain_compiled, explain_years};
pub use offerings::{Offerings, Row};
pub use origin::{Source, Traced};
pub use years::{Change, NetworkYears, Spans, YearLine, Years, compute_years};

use crate::date::{Date, Span};
use crate::lang::{Lang, Phrase, Text};
use crate::mandate::{Mandates, PerRecord};
use crate::model::{ActionStatus, Kind, MatterStatus, Measure, Network, Plan, Record, Report, ReportKind, Section};
use crate::names::Names;
use crate::registry::{Entry, Registry};
use crate::report::appointments::begun;
use crate::report::ledger::Shown;
pub use crate::report::participants::Audience;
use crate::report::participants::Who;
use crate::tally;
use crate::threads::by_halves;

/// The annual reports of one or more networks.
#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Annual {
    /// `lmnet-report`.
    pub schema: &'static str,
    /// The version of the schema.
    pub version: u32,
    /// The year.
    pub year: i32,
    /// Network by network.
    pub networks: Vec<NetworkReport>,
}

/// The annual report of a network.
#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct NetworkReport {
    /// The network's id.
    pub network: String,
    /// Its name.
    pub name: String,
    /// The language of the report.
    pub language: &'static str,
    /// The year.
    pub year: i32,
    /// What the year held; nothing for a network that was not there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub content: Option<Content>,
    #[serde(skip)]
    lang: Lang,
}

/// The annual reports of networks for a year, each in its language; duties as they stand on a day.
#[must_use]
pub fn compute(
    mandates: &Mandates<'_>,
    networks: &[(&Entry<Network>, Lang)],
    year: i32,
    audience: Audience,
    day: Date,
) -> Annual {
    let owed = mandates.per_record();
    let of_network = |(network, lang): &(&Entry<Network>, Lang)| {
        vec![Desk::new(mandates, network, year, audience, day, *lang).report(&owed)]
    };
    let networks = by_halves(networks, 4, of_network);
    Annual { schema: "lmnet-report", version: 1, year, networks }
}

/// The offerings of a network in a year, as its annual report tells the public of them.
#[must_use]
pub fn offerings_shown(mandates: &Mandates<'_>, network: &Entry<Network>, lang: Lang, year: i32) -> Offerings {
    Desk::new(mandates, network, year, Audience::Public, Date::default(), lang).offerings()
}

/// Where one report is written: the network, the year and the language.
struct Desk<'a> {
    mandates: &'a Mandates<'a>,
    registry: &'a Registry,
    network: &'a Entry<Network>,
    lang: Lang,
    year: i32,
    audience: Audience,
    day: Date,
    names: Names<'a>,
}

impl<'a> Desk<'a> {
    fn new(
        mandates: &'a Mandates<'a>,
        network: &'a Entry<Network>,
        year: i32,
        audience: Audience,
        day: Date,
        lang: Lang,
    ) -> Self {
        let registry = mandates.registry;
        Self { mandates, registry, network, lang, year, audience, day, names: Names { registry, lang } }
    }

    /// `owed` are the duties that are owed for each record.
    fn report(&self, owed: &[PerRecord<'a>]) -> NetworkReport {
        let there = tally::touches(self.registry, self.network.when(), &Span::year(self.year));
        NetworkReport {
            network: self.network.id.to_string(),
            name: self.text(&self.network.name),
            language: self.lang.code(),
            year: self.year,
            content: there.then(|| self.content(owed)),
            lang: self.lang,
        }
    }

    fn content(&self, owed: &[PerRecord<'a>]) -> Content {
        let areas = self.areas();
        let mut content = Content {
            origins: Vec::new(),
            about: self.about(),
            representation: Representation {
                narrative: self.narrative(Section::Representation),
                seats: self.seats(),
                appointments: begun(self.registry, self.network, self.year, Date::MAX),
            },
            meetings: self.meetings(),
            matters: self.matters(&areas),
            offerings: self.offerings(),
            courses: self.courses(),
            assessment: self.narrative(Section::Assessment),
            cooperation: self.cooperation(),
            commitments: self.commitments(owed),
            attachments: self
                .reports()
                .flat_map(|report| &report.attachments)
                .map(|document| self.phrase(&document.title))
                .collect(),
            signatures: self.signatures(),
            strategy_areas: areas,
        };
        content.origins = self.origins(&content);
        content
    }

    fn text(&self, text: &Text) -> String {
        text.get(self.lang).trim().to_owned()
    }

    fn phrase(&self, text: &Text) -> Phrase {
        Phrase::of(text, self.lang)
    }

    fn optional_phrase(&self, text: Option<&Text>) -> Option<Phrase> {
        text.map(|text| self.phrase(text)).filter(|phrase| !phrase.text.is_empty())
    }

    fn optional(&self, text: Option<&Text>) -> Option<String> {
        text.map(|text| self.text(text)).filter(|text| !text.is_empty())
    }

    fn bodies<'b, T: 'b>(&self, ids: impl IntoIterator<Item = &'b crate::read::Ref<T>>) -> Vec<String> {
        ids.into_iter().map(|id| self.names.body_in(id.id(), self.year)).collect()
    }

    /// Whether a record names the network as the one that it belongs to.
    fn is_ours(&self, record: &impl Record) -> bool {
        record.network().is_some_and(|own| own.id() == &*self.network.id)
    }

    /// The reports that the network handed in about the year.
    fn reports(&self) -> impl Iterator<Item = &'a Entry<Report>> {
        let (network, year) = (self.network, self.year);
        self.registry.reports.iter().filter(move |report| {
            report.year.0 == year
                && report.kind != ReportKind::Compiled
                && report.network.as_ref().is_some_and(|own| own.id() == &*network.id)
        })
    }

    fn narrative(&self, section: Section) -> Vec<Phrase> {
        let parts = self.reports().flat_map(|report| &report.narrative);
        parts.filter(|part| part.section == Some(section)).map(|part| self.phrase(&part.text)).collect()
    }

    fn figures(&self, wanted: impl Fn(Measure) -> bool) -> Vec<Figure> {
        let figures = self.reports().flat_map(|report| report.figure.iter().map(move |figure| (report, figure)));
        figures
            .filter(|(_, figure)| wanted(figure.measure))
            .map(|(report, figure)| Figure {
                record: format!("{}/{}", Kind::Report.word(), report.id),
                measure: figure.measure.word(),
                counts_participants: Who::measured(figure.measure).is_some(),
                hidden: false,
                label: self.figure_label(figure),
                value: figure.value.0.clone(),
                of: figure.of,
                organisation: figure.organisation.as_ref().map(|of| of.id().to_owned()),
                source: figure.source.as_deref().map(str::to_owned),
                note: self.optional_phrase(figure.note.as_ref()),
            })
            .collect()
    }

    /// The same as far as they may be shown.
    fn figures_shown(&self, shown: &Shown, wanted: impl Fn(Measure) -> bool) -> Vec<Figure> {
        let mut figures = self.figures(wanted);
        for figure in figures.iter_mut().filter(|figure| figure.counts_participants) {
            if !shown.figures(self.year) {
                figure.hide();
            } else if shown.hides_anything() {
                figure.note = None; // what it says could be what is hidden
            }
        }
        figures
    }

    /// What a figure counts, and for whom where it is not for all.
    fn figure_label(&self, figure: &crate::model::Figure) -> Phrase {
        let measure = || crate::names::capital(figure.measure.label().get(self.lang)).into();
        let label = figure.title.as_ref().map_or_else(measure, |title| self.phrase(title));
        match &figure.organisation {
            Some(organisation) => {
                label.within(|label| format!("{label}: {}", self.names.body_in(organisation.id(), self.year)))
            }
            None => label,
        }
    }

    /// The agreements that governed the network that year.
    fn governing(&self) -> impl Iterator<Item = &'a Entry<crate::model::Agreement>> {
        let (registry, year) = (self.registry, Span::year(self.year));
        self.network.governed_by.iter().filter_map(move |governing| {
            let agreement = registry.agreements.get(governing.agreement.id())?;
            let governed =
                tally::touches(registry, governing.dates(), &year) && tally::touches(registry, agreement.when(), &year);
            governed.then_some(agreement)
        })
    }

    fn about(&self) -> About {
        let year = Span::year(self.year);
        let mut parties: Vec<Parties> = Vec::new();
        for party in self.network.parties.iter().filter(|party| tally::touches(self.registry, party.dates(), &year)) {
            let Some(organisation) = self.registry.organisations.get(party.organisation.id()) else { continue };
            let name = self.names.body_in(&organisation.id, self.year);
            match parties.iter_mut().find(|parties| parties.kind == organisation.kind.word()) {
                // One that took part in two stretches of the year is still one.
                Some(parties) if parties.names.contains(&name) => {}
                Some(parties) => parties.names.push(name),
                None => parties.push(Parties {
                    kind: organisation.kind.word(),
                    label: organisation.kind.label().get(self.lang).to_owned(),
                    names: vec![name],
                }),
            }
        }
        let order = crate::names::norwegian();
        parties.iter_mut().for_each(|parties| parties.names.sort_by(|a, b| order.compare(a, b)));
        let funders =
            self.network.funded_by.iter().filter(|funder| tally::touches(self.registry, funder.dates(), &year));
        About {
            description: self.optional_phrase(self.network.description.as_ref()),
            narrative: self.narrative(Section::About),
            governed_by: self.governing().map(|agreement| self.text(&agreement.title)).collect(),
            tasks: self
                .governing()
                .filter(|agreement| !agreement.tasks.is_empty())
                .map(|agreement| Tasks {
                    agreement: self.text(&agreement.title),
                    purpose: self.optional_phrase(agreement.purpose.as_ref()),
                    tasks: agreement.tasks.iter().map(|task| self.phrase(task)).collect(),
                })
                .collect(),
            figures: self.figures(|measure| {
                matches!(
                    measure,
                    Measure::Fte
                        | Measure::YearsRunning
                        | Measure::Municipalities
                        | Measure::Networks
                        | Measure::Projects
                )
            }),
            parties,
            funded_by: self.bodies(funders.map(|funder| &funder.body)),
        }
    }

    fn areas(&self) -> Vec<Area> {
        self.governing()
            .flat_map(|agreement| {
                agreement.focus_areas.iter().map(|area| Area {
                    id: format!("{}/{}", agreement.id, area.id),
                    title: self.numbered(area.clause.as_deref(), &area.title),
                    agreement: self.phrase(&agreement.title),
                    // With tasks, the purpose leads to them.
                    purpose: self.optional_phrase(agreement.purpose.as_ref()).filter(|_| agreement.tasks.is_empty()),
                })
            })
            .collect()
    }

    /// `1. Title`, where the clause is a number.
    fn numbered(&self, clause: Option<&str>, title: &Text) -> Phrase {
        let title = self.phrase(title);
        match clause {
            Some(number) if number.bytes().all(|byte| byte.is_ascii_digit()) => {
                title.within(|title| format!("{number}. {title}"))
            }
            _ => title,
        }
    }

    fn cooperation(&self) -> Cooperation {
        let next = |plan: &&Entry<Plan>| plan.year.0 == self.year + 1 && self.is_ours(&plan.record);
        let planned = self.registry.plans.iter().filter(next).flat_map(|plan| &plan.action);
        Cooperation {
            narrative: self.narrative(Section::Cooperation),
            carried_over: self.matters_of(|matter| matter.status == Some(MatterStatus::CarriedOver)),
            planned: planned
                .filter(|action| action.status != ActionStatus::Dropped)
                .map(|action| self.phrase(&action.title))
                .collect(),
        }
    }

    fn signatures(&self) -> Vec<Signature> {
        self.reports().filter_map(|report| Signature::of(report, &self.names)).collect()
    }
}
