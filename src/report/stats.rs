//! Cross tables of offerings: by one or two properties, over one or more years.
//!
//! What counts when stands in `tally`. An offering counts once in a total, however many years or parts it is in, and under
//! each part that it belongs to; parts may therefore add up to more than their total.

mod dimension;
mod document;
mod machine;

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

pub use dimension::Dimension;
pub use document::document;
pub use machine::{json, sheet};

use crate::model::Offering;
use crate::names::Names;
use crate::registry::{Entry, Registry};
use crate::report::ledger::{EnteredTotals, Ledger};
use crate::report::participants::{Audience, Totals};
use crate::report::veil::Worth;
use crate::tally;
use dimension::{Part, parts};

/// What is asked for.
#[derive(Clone, Debug)]
pub struct Query {
    /// By what the offerings are told apart: one property or two.
    pub by: Vec<Dimension>,
    /// The years.
    pub years: RangeInclusive<i32>,
    /// Who will read it.
    pub audience: Audience,
    /// Which offerings were looked at, in words: what is asked for, and its value.
    pub selection: Vec<(String, String)>,
}

/// Offerings told apart.
#[derive(Debug)]
pub struct Stats {
    /// What was asked for.
    pub query: Query,
    /// A dimension for each property asked for.
    pub axes: Vec<Axis>,
    /// All offerings.
    pub total: Totals,
    /// The parts of the first property.
    pub rows: Vec<Totals>,
    /// The parts of the second property, if there is one.
    pub columns: Vec<Totals>,
    /// For each part of the first property those of the second, if there is one.
    pub cells: Vec<Vec<Totals>>,
    /// What is not counted above: information meetings and their runs.
    pub meetings: (usize, usize),
}

/// A property with the parts that offerings fall into.
#[derive(Debug)]
pub struct Axis {
    /// The property.
    pub by: Dimension,
    /// Its parts, in order.
    pub parts: Vec<Part>,
    /// Whether some offering is in several parts, so that they add up to more than there are.
    pub overlaps: bool,
}

/// A part while it is counted: offerings in years, the years of an offering one after another.
type Counted<'a> = Vec<(&'a Entry<Offering>, i32)>;

/// An offering in a year in which it counts.
struct Item<'a> {
    offering: &'a Entry<Offering>,
    year: i32,
    /// For each property the parts that it is in, by their places on the axis.
    places: Vec<Vec<usize>>,
}

/// The cross table of some offerings.
#[must_use]
pub fn compute(names: &Names<'_>, offerings: &[&Entry<Offering>], query: Query) -> Stats {
    let registry = names.registry;
    let counted = |offering: &Entry<Offering>, year: i32| tally::counts_in(registry, offering, year);
    let mut meetings = (0, 0);
    for meeting in offerings.iter().filter(|offering| !tally::has_participants(offering)) {
        let years: Vec<i32> = query.years.clone().filter(|year| counted(meeting, *year)).collect();
        meetings.0 += usize::from(!years.is_empty());
        meetings.1 += years.iter().map(|year| tally::runs_in(meeting, *year).count()).sum::<usize>();
    }
    let mut keys = Vec::new();
    for offering in offerings.iter().filter(|offering| tally::has_participants(offering)) {
        for year in query.years.clone().filter(|year| counted(offering, *year)) {
            let parts: Vec<_> = query.by.iter().map(|by| parts(*by, names, offering, year)).collect();
            keys.push((*offering, year, parts));
        }
    }
    let mut axes: Vec<Axis> = Vec::new();
    for (at, by) in query.by.iter().enumerate() {
        let used = keys.iter().flat_map(|(.., parts)| &parts[at]).cloned();
        axes.push(Axis { by: *by, parts: dimension::ordered(*by, used, &query.years), overlaps: false });
    }
    let places: Vec<BTreeMap<Option<&str>, usize>> = axes
        .iter()
        .map(|axis| axis.parts.iter().enumerate().map(|(at, part)| (part.code.as_deref(), at)).collect())
        .collect();
    let items: Vec<Item<'_>> = keys
        .iter()
        .map(|(offering, year, parts)| {
            let places = parts.iter().zip(&places);
            let places = places.map(|(parts, at)| parts.iter().map(|part| at[&part.code.as_deref()]).collect());
            Item { offering, year: *year, places: places.collect() }
        })
        .collect();
    let mut stats = counted_up(registry, axes, query, &items);
    stats.meetings = meetings;
    stats
}

fn counted_up<'a>(registry: &Registry, mut axes: Vec<Axis>, query: Query, items: &[Item<'a>]) -> Stats {
    let empty = |axis: Option<&Axis>| vec![Counted::new(); axis.map_or(0, |axis| axis.parts.len())];
    let mut total = Counted::new();
    let mut margins = [empty(axes.first()), empty(axes.get(1))];
    let mut cells = vec![empty(axes.get(1)); margins[0].len()];
    for item in items {
        let counted = (item.offering, item.year);
        total.push(counted);
        for (margin, places) in margins.iter_mut().zip(&item.places) {
            places.iter().for_each(|place| margin[*place].push(counted));
        }
        if let [rows, columns] = &item.places[..] {
            for row in rows {
                columns.iter().for_each(|column| cells[*row][*column].push(counted));
            }
        }
    }
    let mut ledger = Ledger::new(registry, query.audience);
    let total = ledger.totals(&total, Worth::Whole);
    let mut enter = |parts: Vec<Counted<'a>>, worth| -> Vec<EnteredTotals> {
        parts.iter().map(|part| ledger.totals(part, worth)).collect()
    };
    let [rows, columns] = margins.map(|margin| enter(margin, Worth::Part));
    let cells: Vec<Vec<EnteredTotals>> = cells.into_iter().map(|row| enter(row, Worth::Detail)).collect();
    let shown = ledger.veil();
    let all = |parts: Vec<EnteredTotals>| parts.iter().map(|part| shown.totals(part)).collect::<Vec<_>>();
    let (total, rows, columns) = (shown.totals(&total), all(rows), all(columns));
    for (axis, margin) in axes.iter_mut().zip([&rows, &columns]) {
        axis.overlaps = margin.iter().map(|part| part.offerings).sum::<usize>() > total.offerings;
    }
    Stats { query, axes, total, rows, columns, cells: cells.into_iter().map(all).collect(), meetings: (0, 0) }
}
