//! Numbers of participants that the public must not see.
//!
//! Annual reports are public too, and tell what the runs of each offering in a year come to. An export hides what they hide, and of
//! the runs behind a sum that they show, all where one is small: nothing follows from both together that does not follow
//! from the report alone, which has its own veil.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use serde_json::{Map, Value, json};

use crate::count::Count;
use crate::lang::Lang;
use crate::mandate::Mandates;
use crate::model::{Kind, Measure, Offering, Report, ReportKind, Run};
use crate::registry::{Entry, Registry};
use crate::report::annual;
use crate::report::participants::{Number, Who};
use crate::tables::HIDDEN;
use crate::tally;

/// What runs count.
const COUNTED: [&str; 2] = ["patients", "relatives"];

/// What is hidden of the whole registry, whatever part of it is exported: two exports never give away what one hides.
#[derive(Debug, Default)]
pub(super) struct Veiled {
    /// Patients and relatives of runs that are hidden, by offering, in the order of its runs.
    runs: HashMap<Box<str>, Vec<[bool; 2]>>,
    /// Reports whose figures about participants are hidden.
    reports: HashSet<Box<str>>,
}

impl Veiled {
    /// What is hidden from the public.
    pub(super) fn new(registry: &Registry) -> Self {
        let limit = registry.suppress_below();
        let told = Told::by_annual_reports(registry);
        let mut veiled = Self::default();
        let mut years = BTreeSet::new();
        for offering in &registry.offerings {
            let hidden: Vec<[bool; 2]> = offering
                .run
                .iter()
                .map(|run| [0, 1].map(|who| told.hides(offering, run, who) || some_small(offering, run, who, limit)))
                .collect();
            let some = offering.run.iter().zip(&hidden).filter(|(_, hidden)| hidden.contains(&true));
            years.extend(some.map(|(run, _)| run.start.year()));
            veiled.runs.insert(offering.id.clone(), hidden);
        }
        let hides_figures = |report: &&Entry<Report>| match told_by(registry, report) {
            Some(network) => told.figures.contains(&(network, report.year.0)),
            // What several networks come to tells of each of them.
            None => years.contains(&report.year.0) || figures(report).any(|count| is_small(count, limit)),
        };
        veiled.reports = registry.reports.iter().filter(hides_figures).map(|report| report.id.clone()).collect();
        veiled
    }

    /// Hides in a record, which has been through JSON, what must not be shown, and the words in which a source gave the
    /// numbers of a run, since they could tell more.
    pub(super) fn hide(&self, kind: Kind, id: &str, record: &mut Value) {
        let hidden = || Map::from_iter([("quality".to_owned(), json!(HIDDEN))]);
        match kind {
            Kind::Offering => {
                let told = self.runs.get(id).into_iter().flatten();
                for (run, told) in parts(record, "run").zip(told) {
                    for (key, hides) in COUNTED.iter().zip(told) {
                        let Some(count) = run.get_mut(*key).and_then(Value::as_object_mut) else { continue };
                        match *hides && count.contains_key("value") {
                            true => *count = hidden(),
                            false => drop(count.remove("words")),
                        }
                    }
                }
            }
            Kind::Report if self.reports.contains(id) => {
                for figure in parts(record, "figure").filter_map(Value::as_object_mut) {
                    let measure = figure.get("measure").and_then(Value::as_str).and_then(Measure::from_word);
                    if measure.and_then(Who::measured).is_some() {
                        figure.insert("value".to_owned(), hidden().into());
                        figure.remove("of");
                    }
                }
            }
            _ => {}
        }
    }
}

fn parts<'a>(record: &'a mut Value, list: &str) -> impl Iterator<Item = &'a mut Value> {
    record.get_mut(list).and_then(Value::as_array_mut).into_iter().flatten()
}

/// What the annual reports of all networks and years hide.
#[derive(Debug, Default)]
struct Told<'a> {
    /// Offerings in years, with whether patients and relatives are hidden.
    rows: HashMap<(String, i32), [bool; 2]>,
    /// Networks and years whose published figures are hidden.
    figures: HashSet<(&'a str, i32)>,
}

impl<'a> Told<'a> {
    fn by_annual_reports(registry: &'a Registry) -> Self {
        let mut years: BTreeMap<&str, BTreeSet<i32>> = BTreeMap::new();
        for offering in &registry.offerings {
            let of = offering.network.as_ref().map_or("", |network| network.id());
            years.entry(of).or_default().extend(offering.run.iter().map(|run| run.start.year()));
        }
        for report in &registry.reports {
            let of = report.network.as_ref().map_or("", |network| network.id());
            years.entry(of).or_default().insert(report.year.0);
        }
        let mandates = Mandates::new(registry);
        let mut told = Self::default();
        for network in &registry.networks {
            for year in years.get(&*network.id).into_iter().flatten() {
                let offerings = annual::offerings_shown(&mandates, network, Lang::default(), *year);
                for row in offerings.rows {
                    let numbers = [row.participants.patients, row.participants.relatives];
                    told.rows.insert((row.id, *year), numbers.map(|number| number == Number::Hidden));
                }
                if offerings.figures.iter().any(|figure| figure.hidden) {
                    told.figures.insert((&network.id, *year));
                }
            }
        }
        told
    }

    fn hides(&self, offering: &Entry<Offering>, run: &Run, who: usize) -> bool {
        let row = self.rows.get(&(offering.id.to_string(), run.start.year()));
        tally::counts(run) && row.is_some_and(|hidden| hidden[who])
    }
}

/// The network whose annual report has the figures of this one.
fn told_by<'a>(registry: &'a Registry, report: &'a Report) -> Option<&'a str> {
    let network = report.network.as_ref().filter(|_| report.kind != ReportKind::Compiled)?;
    registry.networks.get(network.id()).map(|network| &*network.id)
}

/// Whether a number is small of some run that is in the same sum as this one. What was cancelled is in none.
fn some_small(offering: &Offering, run: &Run, who: usize, limit: u32) -> bool {
    let sum = |run: &Run| (run.start.year(), tally::counts(run));
    let mut same = offering.run.iter().filter(|other| sum(other) == sum(run));
    same.any(|run| [&run.patients, &run.relatives][who].as_ref().is_some_and(|count| is_small(count, limit)))
}

fn is_small(count: &Count, limit: u32) -> bool {
    count.thousandths().is_some_and(|number| (1..u64::from(limit) * 1000).contains(&number))
}

/// The published figures about participants.
fn figures(report: &Report) -> impl Iterator<Item = &Count> {
    report.figure.iter().filter(|figure| Who::measured(figure.measure).is_some()).map(|figure| &figure.value.0)
}
