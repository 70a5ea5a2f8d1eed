//! Numbers of participants that the public must not see.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde_json::{Value, json};

use crate::model::{Kind, Measure, Offering};
use crate::registry::{Entry, Registry};
use crate::report::ledger::{Ledger, Shown};
use crate::report::participants::{Audience, Number, Who};
use crate::report::veil::Worth;
use crate::tables::HIDDEN;

/// What is hidden of the whole registry, whatever part of it is exported: two exports never give away what one hides.
#[derive(Debug)]
pub(super) struct Veiled {
    /// Patients and relatives of runs that are not shown, by offering and place of the run.
    runs: HashMap<(Box<str>, usize), [bool; 2]>,
    shown: Shown,
}

const COUNTED: [&str; 2] = ["patients", "relatives"];

impl Veiled {
    /// Everything that an export prints for the audience is entered, and the sums that annual reports print, which readers
    /// may know from there: of each offering in a year, and of each network in a year.
    pub(super) fn new(registry: &Registry, audience: Audience) -> Self {
        let mut ledger = Ledger::by_run(registry, audience);
        let mut entered = Vec::new();
        for offering in &registry.offerings {
            for place in 0..offering.run.len() {
                entered.push(((offering.id.clone(), place), ledger.run(offering, place)));
            }
        }
        let mut of_networks: BTreeMap<(&str, i32), Vec<&Entry<Offering>>> = BTreeMap::new();
        for offering in &registry.offerings {
            let years: BTreeSet<i32> = offering.run.iter().map(|run| run.start.year()).collect();
            for year in years {
                ledger.line([(offering, year)], Worth::Part);
                let network = offering.network.as_ref().map_or("", |network| network.id());
                of_networks.entry((network, year)).or_default().push(offering);
            }
        }
        for ((network, year), offerings) in &of_networks {
            if !network.is_empty() {
                ledger.line(offerings.iter().map(|offering| (*offering, *year)), Worth::Whole);
            }
        }
        enter_figures(registry, &mut ledger, &of_networks);
        let shown = ledger.veil();
        let hidden = entered.into_iter().map(|(run, numbers)| {
            (run, numbers.map(|number| matches!(shown.number(&number), Number::Hidden)))
        });
        Self { runs: hidden.filter(|(_, hidden)| hidden.contains(&true)).collect(), shown }
    }

    /// Hides in a record, which has been through JSON, what must not be shown.
    pub(super) fn hide(&self, kind: Kind, id: &str, record: &mut Value) {
        let hidden = || json!({ "quality": HIDDEN });
        match kind {
            Kind::Offering => {
                for (place, run) in parts(record, "run").enumerate() {
                    let told = self.runs.get(&(id.into(), place)).copied().unwrap_or_default();
                    for (key, _) in COUNTED.iter().zip(told).filter(|(_, hides)| *hides) {
                        run[*key] = hidden();
                    }
                }
            }
            Kind::Report => {
                let year = record["year"].as_i64().and_then(|year| i32::try_from(year).ok()).unwrap_or_default();
                for figure in parts(record, "figure").filter_map(Value::as_object_mut) {
                    let measure = figure["measure"].as_str().and_then(Measure::from_word);
                    if measure.and_then(Who::measured).is_some() && !self.shown.figures(year) {
                        figure.insert("value".to_owned(), hidden());
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

/// Published figures beside the sums of what is registered.
fn enter_figures(
    registry: &Registry,
    ledger: &mut Ledger,
    of_networks: &BTreeMap<(&str, i32), Vec<&Entry<Offering>>>,
) {
    for report in &registry.reports {
        let year = report.year.0;
        // A compiled report is about the networks whose reports are in it.
        let compiled = report.compiles.iter().filter_map(|other| registry.reports.get(other.id())?.network.as_ref());
        let networks: BTreeSet<&str> = report.network.iter().chain(compiled).map(|network| network.id()).collect();
        let offerings: Vec<_> =
            networks.iter().filter_map(|network| of_networks.get(&(*network, year))).flatten().copied().collect();
        let whose = report.network.as_ref().map(|it| it.id()).or(report.by.as_ref().map(|it| it.id()));
        for figure in &report.figure {
            let Some(who) = Who::measured(figure.measure) else { continue };
            let organisation = figure.organisation.as_ref().map(|it| it.id());
            let of = offerings.iter().filter(|offering| {
                organisation.is_none_or(|id| offering.organiser.iter().any(|organiser| organiser.id() == id))
            });
            ledger.figure(year, who, &figure.value.0, (whose.unwrap_or_default(), organisation), of.copied());
        }
    }
}
