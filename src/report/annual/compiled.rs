//! The report that a body compiles of those it gets: what the networks have in common, who is missing and who was late, and
//! what becomes of it further up. Everything about deadlines comes from the duties.

use std::collections::BTreeSet;

use serde::Serialize;

use super::breakdown::of_kind;
use super::content::about_all;
use super::offerings::ids;
use super::{Audience, Desk, Figure, Signature, Traced};
use crate::count::{Count, Sum};
use crate::date::{Date, Span, When};
use crate::lang::{Lang, Phrase};
use crate::mandate::{Line, Mandates, Occurrence, Status};
use crate::model::{Measure, Network, Offering, OrganisationKind, Record as _, Report, ReportKind};
use crate::names::Names;
use crate::read::RecordKind;
use crate::registry::{Entry, Registry};
use crate::report::ledger::{EnteredTotals, Ledger, Shown};
use crate::report::participants::Totals;
use crate::report::veil::Worth;
use crate::tally;

/// A compiled report.
#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Compiled {
    /// `lmnet-compiled-report`.
    pub schema: &'static str,
    /// The version of the schema.
    pub version: u32,
    /// The year.
    pub year: i32,
    /// The body that compiles it, by id.
    pub body: String,
    /// Its name.
    pub name: String,
    /// The language of the report.
    pub language: &'static str,
    /// The day on which it is told.
    pub day: Date,
    /// The networks, those that are missing first, then those that were late.
    pub networks: Vec<NetworkPart>,
    /// From the networks to the body, and from the body on.
    pub chain: Vec<Step>,
    /// What is counted over all of them; an offering once.
    pub sum: Totals,
    /// Of a body that trusts are parts of: each trust.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub trusts: Vec<TrustPart>,
    /// Signatures of the compiled report, where it is recorded.
    pub signatures: Vec<Signature>,
    /// Where the numbers come from.
    #[serde(skip)]
    pub origins: Vec<Traced>,
    #[serde(skip)]
    pub(super) lang: Lang,
}

/// What a network has handed in.
#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct NetworkPart {
    /// Its id.
    pub network: String,
    /// Its name.
    pub name: Phrase,
    /// What people write for it.
    pub short: String,
    /// Whether its report is there.
    pub delivery: Delivery,
    /// How that stands, in words.
    pub standing: String,
    /// By how much it was late, in words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub late: Option<String>,
    /// The reports that are there, by id, with their titles.
    pub reports: Vec<(String, String)>,
    /// What counts in the year.
    pub totals: Totals,
    /// As published.
    pub figures: Vec<Figure>,
    /// What the report tells of each focus area, with its title.
    pub areas: Vec<(Phrase, Vec<Phrase>)>,
    /// What it tells otherwise: how the year went, and the way ahead.
    pub narrative: Vec<Phrase>,
    /// The ids of the offerings that count.
    #[serde(skip)]
    pub ids: Vec<String>,
}

/// Whether a report is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Delivery {
    /// It should be, and is not.
    Missing,
    /// It came too late.
    Late,
    /// It is not there, and not due yet.
    Open,
    /// Nothing is kept of that time.
    NotRecorded,
    /// It need not be there.
    Excused,
    /// No duty says when it should be.
    NoDuty,
    /// It is there, on a day that is not known exactly.
    Unsure,
    /// It came in time.
    InTime,
}

/// A report on its way from one to another.
#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Step {
    /// The duty, as agreement/duty.
    pub duty: String,
    /// Who hands it in.
    pub who: String,
    /// To whom.
    pub to: Vec<String>,
    /// The last day on which it is in time.
    pub due: Option<Date>,
    /// When it was sent.
    pub sent: Option<String>,
    /// How it stands.
    pub status: &'static str,
    /// The same in words.
    pub standing: String,
    /// Whose parts are missing.
    pub missing: Vec<String>,
    /// Whether it goes on from the body that compiles.
    pub onward: bool,
    /// The records that show it.
    #[serde(skip)]
    pub records: Vec<String>,
}

/// What a trust answers for.
#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct TrustPart {
    /// Its id.
    pub trust: String,
    /// Its name.
    pub name: String,
    /// What it answers for, itself or through its parts; a joint offering stands under each.
    pub totals: Totals,
    /// The ids of these offerings.
    #[serde(skip)]
    pub ids: Vec<String>,
}

impl Compiled {
    /// How many networks stand so.
    #[must_use]
    pub fn count(&self, delivery: Delivery) -> usize {
        self.networks.iter().filter(|part| part.delivery == delivery).count()
    }

    /// A published figure over all networks: as good as its weakest part; nothing where one of them is hidden.
    #[must_use]
    pub fn published(&self, measure: Measure) -> Option<Count> {
        if self.networks.iter().filter_map(|part| about_all(&part.figures, measure)).any(|figure| figure.hidden) {
            return None;
        }
        let mut sum = Sum::default();
        self.networks.iter().for_each(|part| sum.add(part.published(measure)));
        Some(sum.count())
    }
}

impl NetworkPart {
    /// A published figure about all of the network.
    #[must_use]
    pub fn published(&self, measure: Measure) -> Option<&Count> {
        about_all(&self.figures, measure).map(|figure| &figure.value)
    }
}

/// The report for a year that a body compiles, as it stands on a day.
#[must_use]
pub fn compile(mandates: &Mandates<'_>, body: &str, year: i32, audience: Audience, day: Date, lang: Lang) -> Compiled {
    let registry = mandates.registry;
    let compiler = Compiler { mandates, registry, body, year, audience, day, lang, names: Names { registry, lang } };
    let inward = compiler.occurrences(&compiler.inward());
    let onward = compiler.occurrences(&compiler.onward());
    let networks = compiler.networks(&inward);
    let desks: Vec<Desk<'_>> = networks.into_iter().map(|network| compiler.desk(network)).collect();
    let entered = compiler.enter(&desks);
    let shown = entered.ledger.veil();
    let numbered = desks.iter().zip(entered.networks);
    let mut parts: Vec<NetworkPart> =
        numbered.map(|(desk, entered)| compiler.part(desk, &inward, entered, &shown)).collect();
    parts.sort_by_key(|part| part.delivery);
    let steps =
        |found: &[Occurrence<'_>], onward| found.iter().map(|one| compiler.step(one, onward)).collect::<Vec<_>>();
    let mut chain = steps(&inward, false);
    chain.extend(steps(&onward, true));
    let trust = |(trust, totals, ids): (&str, EnteredTotals, Vec<String>)| TrustPart {
        trust: trust.to_owned(),
        name: compiler.names.body_in(trust, year),
        totals: shown.totals(&totals),
        ids,
    };
    let mut compiled = Compiled {
        schema: "lmnet-compiled-report",
        version: 1,
        year,
        body: body.to_owned(),
        // It is compiled when the year is over.
        name: compiler.names.body_in(body, year + 1),
        language: lang.code(),
        day,
        networks: parts,
        chain,
        sum: shown.totals(&entered.sum),
        trusts: entered.trusts.into_iter().map(trust).collect(),
        signatures: compiler.signatures(),
        origins: Vec::new(),
        lang,
    };
    compiled.origins = compiled.origins(audience);
    compiled
}

/// The numbers of a compiled report, entered in its ledger.
struct EnteredReport<'a> {
    ledger: Ledger,
    /// By network, with the ids of its offerings.
    networks: Vec<(EnteredTotals, Vec<String>)>,
    sum: EnteredTotals,
    trusts: Vec<(&'a str, EnteredTotals, Vec<String>)>,
}

struct Compiler<'a> {
    mandates: &'a Mandates<'a>,
    registry: &'a Registry,
    body: &'a str,
    year: i32,
    audience: Audience,
    day: Date,
    lang: Lang,
    names: Names<'a>,
}

impl<'a> Compiler<'a> {
    fn desk(&self, network: &'a Entry<Network>) -> Desk<'a> {
        Desk::new(self.mandates, network, self.year, self.audience, self.day, self.lang)
    }

    /// What the body compiles for others.
    fn onward(&self) -> Vec<&'a Line<'a>> {
        let own = |line: &&Line<'a>| line.by.ids.contains(&self.body) && !line.duty.obligation.compiles.is_empty();
        self.mandates.lines.iter().filter(own).collect()
    }

    /// What it compiles that from, and what else is reported to it.
    fn inward(&self) -> Vec<&'a Line<'a>> {
        let onward = self.onward();
        let is_part = |line: &Line<'a>| {
            let mut parts = onward.iter().flat_map(|line| &line.duty.obligation.compiles);
            parts.any(|part| line.duty.is(part.id()))
        };
        let reports = |line: &Line<'a>| {
            let obligation = line.duty.obligation;
            let is_report = obligation.evidence.iter().any(|one| one.record.contains(&RecordKind::Report));
            is_report && obligation.every.is_some() && line.receivers.iter().any(|(to, _)| *to == self.body)
        };
        self.mandates.lines.iter().filter(|line| is_part(line) || reports(line)).collect()
    }

    /// How these stand for the year, the first due first.
    fn occurrences(&self, lines: &[&'a Line<'a>]) -> Vec<Occurrence<'a>> {
        let semesters = self.registry.semesters();
        let from = When::Year(self.year - 1).first(&semesters);
        let until = When::Year(self.year + 3).last(&semesters);
        let of_year = |one: &Occurrence<'a>| {
            one.period.is_some_and(|period| {
                period.first(&semesters) >= When::Year(self.year).first(&semesters)
                    && period.last(&semesters) <= When::Year(self.year).last(&semesters)
            })
        };
        let all = lines.iter().flat_map(|line| self.mandates.of_line(line, self.day, from, until));
        let mut found: Vec<_> = all.filter(of_year).collect();
        found.sort_by_key(|one| (one.due, one.networks.first().copied()));
        found
    }

    /// The networks that report to the body, by duty or by what they say themselves, and those in which parts of it take part.
    fn networks(&self, inward: &[Occurrence<'a>]) -> Vec<&'a Entry<Network>> {
        let year = Span::year(self.year);
        let by_duty: BTreeSet<&str> = inward.iter().flat_map(|one| one.networks.iter().copied()).collect();
        let takes_part = |network: &Entry<Network>| {
            let mut parties =
                network.parties.iter().filter(|party| tally::touches(self.registry, party.dates(), &year));
            parties.any(|party| {
                let id = party.organisation.id();
                id != self.body && tally::is_part_of(self.registry, id, self.body, Some(&year))
            })
        };
        let reports = |network: &&Entry<Network>| {
            let there = tally::touches(self.registry, network.when(), &year);
            let says = network.reports_to.iter().any(|to| to.id() == self.body);
            by_duty.contains(&*network.id) || there && (says || takes_part(network))
        };
        self.registry.networks.iter().filter(reports).collect()
    }

    /// Enters what each network, all of them and each trust come to.
    fn enter(&self, desks: &[Desk<'a>]) -> EnteredReport<'a> {
        let mut ledger = Ledger::new(self.registry, self.audience);
        let in_year = |offerings: Vec<&'a Entry<Offering>>| -> Vec<_> {
            offerings.into_iter().map(|offering| (offering, self.year)).collect()
        };
        let mut all = Vec::new();
        let mut networks = Vec::new();
        for desk in desks {
            let counted = desk.counted();
            desk.enter_figures(&mut ledger, &counted);
            let ids = ids(&counted);
            let counted = in_year(counted);
            networks.push((ledger.totals(&counted, Worth::Part), ids));
            all.extend(counted);
        }
        let sum = ledger.totals(&all, Worth::Whole);
        let trust = |trust: &'a str| {
            let offerings = self.of_trust(trust);
            let ids = ids(&offerings);
            (trust, ledger.totals(&in_year(offerings), Worth::Part), ids)
        };
        let trusts = self.trust_ids().into_iter().map(trust).collect();
        EnteredReport { ledger, networks, sum, trusts }
    }

    fn part(
        &self,
        desk: &Desk<'a>,
        inward: &[Occurrence<'a>],
        (totals, ids): (EnteredTotals, Vec<String>),
        shown: &Shown,
    ) -> NetworkPart {
        let network = desk.network;
        let own: Vec<&Occurrence<'a>> = inward.iter().filter(|one| one.networks.contains(&&*network.id)).collect();
        let areas = desk.areas().into_iter().map(|area| (area.title, desk.area_narrative(&area.id)));
        let narrative = [crate::model::Section::Assessment, crate::model::Section::Cooperation];
        let reports = desk.reports().filter(|report| report.kind == ReportKind::Annual);
        NetworkPart {
            network: network.id.to_string(),
            name: self.names.body_phrase_in(&network.id, self.year),
            short: self.names.short(&network.id),
            delivery: delivery(&own),
            late: own.iter().filter_map(|one| one.late_by).max().map(|late| late.words(self.lang)),
            standing: match &own[..] {
                [] => self.without_duty(desk),
                own => crate::mandate::folded::standing_of_all(own, &self.names),
            },
            reports: reports
                .map(|report| (report.id.to_string(), self.names.title(crate::model::Kind::Report, &report.id)))
                .collect(),
            totals: shown.totals(&totals),
            ids,
            figures: desk.figures_shown(shown, |_| true),
            areas: areas.filter(|(_, told)| !told.is_empty()).collect(),
            narrative: narrative.into_iter().flat_map(|section| desk.narrative(section)).collect(),
        }
    }

    /// Of a network that no duty binds: whether a report went to the body all the same.
    fn without_duty(&self, desk: &Desk<'a>) -> String {
        let mut sent = desk.reports().flat_map(|report| report.sent.iter()).filter(|sent| sent.to.id() == self.body);
        match sent.next().map(|sent| sent.on.words(self.lang)) {
            Some(day) => crate::say!(self.lang, nn: "kom {day}", nb: "kom {day}", en: "came {day}"),
            None => crate::say!(self.lang,
                nn: "ingen frist er registrert", nb: "ingen frist er registrert", en: "no deadline is recorded",
            ),
        }
    }

    fn step(&self, one: &Occurrence<'a>, onward: bool) -> Step {
        let name = |id: &&str| self.names.short(id);
        let sent = one.evidence.iter().filter_map(|evidence| evidence.on);
        Step {
            duty: one.path().unwrap_or_default(),
            who: crate::mandate::wording::who(&one.by, &self.names),
            to: one.to.iter().map(name).collect(),
            due: one.due,
            sent: sent.max_by_key(|on| on.last(&self.registry.semesters())).map(|on| on.words(self.lang)),
            status: one.status.word(),
            standing: one.standing(&self.names),
            missing: one.missing.iter().map(name).collect(),
            onward,
            records: one.evidence.iter().map(|evidence| evidence.found.path()).collect(),
        }
    }

    /// The trusts and hospitals that are parts of the body.
    fn trust_ids(&self) -> Vec<&'a str> {
        let year = Span::year(self.year);
        let is_trust = |kind| matches!(kind, OrganisationKind::HealthTrust | OrganisationKind::Hospital);
        let part_of = |id: &str, whole: &str| tally::is_part_of(self.registry, id, whole, Some(&year));
        let own = self.registry.organisations.iter().filter(|one| is_trust(one.kind) && *one.id != *self.body);
        let own = own.filter(|one| part_of(&one.id, self.body) && tally::touches(self.registry, one.when(), &year));
        // A hospital of a trust is counted with the trust.
        let of_trust = |one: &Entry<crate::model::Organisation>| {
            let mut above = one.part_of.iter().map(|above| above.organisation.id());
            above.any(|id| of_kind(self.registry, id, OrganisationKind::HealthTrust, &year).is_some())
        };
        own.filter(|one| !of_trust(one)).map(|one| &*one.id).collect()
    }

    /// What a trust answers for, in whatever network.
    fn of_trust(&self, trust: &str) -> Vec<&'a Entry<Offering>> {
        let year = Span::year(self.year);
        let answers = |offering: &&Entry<Offering>| {
            let mut organisers = offering.organiser.iter();
            tally::has_participants(offering)
                && tally::counts_in(self.registry, offering, self.year)
                && organisers.any(|id| tally::is_part_of(self.registry, id.id(), trust, Some(&year)))
        };
        self.registry.offerings.iter().filter(answers).collect()
    }

    /// The compiled report of the year, where it is recorded.
    fn signatures(&self) -> Vec<Signature> {
        let own = |report: &&Entry<Report>| {
            let by = report.by.as_ref().is_some_and(|by| by.id() == self.body);
            report.kind == ReportKind::Compiled && report.year.0 == self.year && by
        };
        let reports = self.registry.reports.iter().filter(own);
        reports.filter_map(|report| Signature::of(report, &self.names)).collect()
    }
}

/// Whether a network's reports are there: as it stands with the one with which it stands worst.
fn delivery(own: &[&Occurrence<'_>]) -> Delivery {
    let of_one = |one: &&Occurrence<'_>| match one.status {
        Status::Overdue | Status::NotMet => Delivery::Missing,
        Status::Due | Status::Upcoming => Delivery::Open,
        Status::MetLate => Delivery::Late,
        Status::MetOnTime => Delivery::InTime,
        Status::Met => Delivery::Unsure,
        Status::Excused | Status::ReceiverEnded | Status::Passed => Delivery::Excused,
        Status::NotRecorded => Delivery::NotRecorded,
        Status::ToBeJudged | Status::Standing => Delivery::NoDuty,
    };
    own.iter().map(of_one).min().unwrap_or(Delivery::NoDuty)
}
