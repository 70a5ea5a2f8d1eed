//! The tables of a registry year by year, so that what many registries say over many years can be added up elsewhere, and no more
//! than one year is in memory at a time.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::ops::RangeInclusive;

use serde_json::Value;

use super::chosen::Chosen;
use super::{Exporter, Wanted};
use crate::date::{Date, Span, When};
use crate::lang::Lang;
use crate::model::Kind;
use crate::registry::Registry;
use crate::report::participants::Audience;
use crate::tables::Table;

/// The years in which something of the registry happens, up to the present one.
#[must_use]
pub fn years(registry: &Registry, today: Date) -> RangeInclusive<i32> {
    use chrono::Datelike as _;
    let runs = registry.offerings.iter().flat_map(|offering| offering.run.iter().map(|run| run.start.year()));
    let courses = registry.courses.iter().map(|course| course.start.year());
    let meetings = registry.meetings.iter().map(|meeting| meeting.start.year());
    let reports = registry.reports.iter().map(|report| report.year.0);
    let plans = registry.plans.iter().map(|plan| plan.year.0);
    let all = runs.chain(courses).chain(meetings).chain(reports).chain(plans);
    all.fold(today.year()..=today.year(), |span, year| *span.start().min(&year)..=*span.end().max(&year))
}

/// The tables of each year: records that hold or happen in it, as `--year` of lists has them, and offerings that were to be held in
/// it. Of their lists the parts that begin
/// in it, where parts begin (runs), and those that hold in it, where they hold for a time (appointments).
pub struct ByYear<'a> {
    exporter: Exporter<'a>,
    wanted: Wanted,
}

impl<'a> ByYear<'a> {
    /// Prepares the tables.
    #[must_use]
    pub fn of(registry: &'a Registry, wanted: Wanted, audience: Audience, lang: Lang) -> Self {
        Self { exporter: Exporter::new(registry, audience, lang), wanted }
    }

    /// The tables of a year that have rows, all columns in each, so that every year has the same.
    ///
    /// # Errors
    ///
    /// When there is no such network or table.
    pub fn tables(&self, year: i32) -> anyhow::Result<Vec<Table>> {
        let Exporter { registry, reading, .. } = &self.exporter;
        let wanted = Wanted { year: Some(year), ..self.wanted.clone() };
        let mut chosen = Chosen::wanted(registry, &wanted, reading.lang)?;
        // A run that was cancelled counts nowhere, but it is told that it was to be.
        let everything = Chosen::wanted(registry, &self.wanted, reading.lang)?;
        for offering in &registry.offerings {
            let begins = offering.run.iter().any(|run| run.start.year() == year);
            if begins && everything.has(Kind::Offering, &offering.id) {
                chosen.add(Kind::Offering, &offering.id);
            }
        }
        let mut all = self.exporter.tables(&chosen, true)?;
        self.keep_year(all.iter_mut().map(|(table, _)| table), year);
        super::named(&mut all, &self.wanted.tables)?;
        let mut tables: Vec<Table> = all.into_iter().map(|(table, _)| table).collect();
        tables.retain(|table| !table.rows.is_empty());
        Ok(tables)
    }

    /// Leaves out parts of lists that are of other years, and whatever is a part of those.
    fn keep_year<'t>(&self, tables: impl Iterator<Item = &'t mut Table>, year: i32) {
        let mut kept: HashMap<String, HashSet<Vec<Value>>> = HashMap::new();
        let own = |values: Vec<&Value>| values.into_iter().cloned().collect::<Vec<_>>();
        for table in tables {
            if Kind::from_word(&table.name).is_some() {
                continue;
            }
            let above = table.links.first().and_then(|link| kept.get(&link.table));
            let above: Option<Vec<bool>> = above.map(|kept| {
                let columns = &table.links[0].columns;
                table.picked(columns).map(|values| kept.contains(&own(values))).collect()
            });
            let [start, from, to] = ["start", "from", "to"].map(|name| table.column(name));
            if above.is_none() && start.is_none() && from.is_none() {
                continue;
            }
            let when = |row: &[Value], at: Option<usize>| row[at?].as_str().and_then(When::parse);
            let is_of_year = |row: &[Value]| match (when(row, start), from) {
                (Some(start), _) => start.year() == year,
                (None, Some(_)) if start.is_none() => {
                    let span = Span::new(when(row, from), when(row, to), &self.exporter.reading.semesters);
                    span.meets(&Span::year(year))
                }
                _ => true,
            };
            let mut at = 0;
            table.rows.retain(|row| {
                let is_above = above.as_ref().is_none_or(|above| above[at]);
                at += 1;
                is_above && is_of_year(row)
            });
            let keys = table.picked(&table.key).map(own).collect();
            kept.insert(table.name.clone(), keys);
        }
    }
}

/// What was written of each table.
#[derive(Debug, Default)]
pub struct Written {
    tables: BTreeMap<String, (Table, Vec<i32>)>,
}

impl Written {
    /// Takes note of a table of a year.
    pub fn add(&mut self, mut table: Table, year: i32) {
        table.rows.clear();
        self.tables.entry(table.name.clone()).or_insert_with(|| (table, Vec::new())).1.push(year);
    }

    /// Each table without its rows, with the years that it has.
    pub fn tables(&self) -> impl Iterator<Item = (&Table, &[i32])> {
        self.tables.values().map(|(table, years)| (table, &**years))
    }
}
