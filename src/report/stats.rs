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
use crate::report::participants::{Audience, Ledger, Line, Participants};
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
    pub total: Figures,
    /// The parts of the first property.
    pub rows: Vec<Figures>,
    /// The parts of the second property, if there is one.
    pub columns: Vec<Figures>,
    /// For each part of the first property those of the second, if there is one.
    pub cells: Vec<Vec<Figures>>,
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

/// What a part comes to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Figures {
    /// Offerings, each once.
    pub offerings: usize,
    /// Their runs.
    pub runs: usize,
    /// Those who took part, as far as it may be shown.
    pub participants: Participants,
}

/// A part while it is counted.
#[derive(Clone, Default)]
struct Counted<'a> {
    offerings: usize,
    runs: usize,
    of: Vec<(&'a Entry<Offering>, i32)>,
    /// The offering that was counted last.
    last: Option<usize>,
}

impl<'a> Counted<'a> {
    fn add(&mut self, item: &Item<'a>) {
        self.offerings += usize::from(self.last.replace(item.number) != Some(item.number));
        self.runs += tally::runs_in(item.offering, item.year).count();
        self.of.push((item.offering, item.year));
    }
}

/// An offering in a year in which it counts.
struct Item<'a> {
    /// Which of the offerings it is.
    number: usize,
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
    for (number, offering) in offerings.iter().enumerate().filter(|(_, offering)| tally::has_participants(offering)) {
        for year in query.years.clone().filter(|year| counted(offering, *year)) {
            let parts: Vec<_> = query.by.iter().map(|by| parts(*by, names, offering, year)).collect();
            keys.push((number, *offering, year, parts));
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
        .map(|(number, offering, year, parts)| {
            let places = parts.iter().zip(&places);
            let places = places.map(|(parts, at)| parts.iter().map(|part| at[&part.code.as_deref()]).collect());
            Item { number: *number, offering, year: *year, places: places.collect() }
        })
        .collect();
    let mut stats = counted_up(registry, axes, query, &items);
    stats.meetings = meetings;
    stats
}

fn counted_up<'a>(registry: &Registry, mut axes: Vec<Axis>, query: Query, items: &[Item<'a>]) -> Stats {
    let empty = |axis: Option<&Axis>| vec![Counted::default(); axis.map_or(0, |axis| axis.parts.len())];
    let mut total = Counted::default();
    let mut margins = [empty(axes.first()), empty(axes.get(1))];
    let mut cells = vec![empty(axes.get(1)); margins[0].len()];
    for item in items {
        total.add(item);
        for (margin, places) in margins.iter_mut().zip(&item.places) {
            places.iter().for_each(|place| margin[*place].add(item));
        }
        if let [rows, columns] = &item.places[..] {
            for row in rows {
                columns.iter().for_each(|column| cells[*row][*column].add(item));
            }
        }
    }
    for (axis, margin) in axes.iter_mut().zip(&margins) {
        axis.overlaps = margin.iter().map(|part| part.offerings).sum::<usize>() > total.offerings;
    }
    let mut ledger = Ledger::new(registry, query.audience);
    let mut enter = |part: Counted<'a>, worth| (part.offerings, part.runs, ledger.line(part.of, worth));
    let total = enter(total, Worth::Whole);
    let [rows, columns] =
        margins.map(|margin| margin.into_iter().map(|part| enter(part, Worth::Part)).collect::<Vec<_>>());
    let cells: Vec<Vec<_>> =
        cells.into_iter().map(|row| row.into_iter().map(|part| enter(part, Worth::Detail)).collect()).collect();
    let shown = ledger.veil();
    let figures = |(offerings, runs, line): (usize, usize, Line)| Figures {
        offerings,
        runs,
        participants: shown.participants(&line),
    };
    let all = |parts: Vec<_>| parts.into_iter().map(figures).collect::<Vec<_>>();
    let (total, cells) = (figures(total), cells.into_iter().map(all).collect());
    Stats { query, axes, total, rows: all(rows), columns: all(columns), cells, meetings: (0, 0) }
}
