//! Cross tables for machines: a row for each combination that some offering is in, then the sums.

use serde_json::{Map, Value, json};

use super::document::Measure;
use super::{Audience, Axis, Stats};
use crate::lang::Lang;
use crate::report::participants::Totals;
use crate::sheet::{Cell, Column, Sheet};

/// What stands in place of a part in a sum over all of them.
const TOTAL: &str = "total";

/// What stands in place of a part for what is in none.
const NONE: &str = "unclassified";

/// A combination of parts, for each property one or the sum over all, with its figures.
type Line<'a> = (Vec<Option<usize>>, &'a Totals);

/// The combinations; those of two properties that no offering is in are left out.
fn groups(stats: &Stats) -> Vec<Line<'_>> {
    match stats.axes.len() {
        2 => {
            let cells = stats.cells.iter().enumerate().flat_map(|(row, cells)| {
                cells.iter().enumerate().map(move |(column, figures)| (vec![Some(row), Some(column)], figures))
            });
            cells.filter(|(_, figures)| figures.offerings > 0).collect()
        }
        _ => stats.rows.iter().enumerate().map(|(row, figures)| (vec![Some(row)], figures)).collect(),
    }
}

/// The sums over one of two properties.
fn margins(stats: &Stats) -> Vec<Line<'_>> {
    if stats.axes.len() < 2 {
        return Vec::new();
    }
    let rows = stats.rows.iter().enumerate().map(|(row, figures)| (vec![Some(row), None], figures));
    rows.chain(stats.columns.iter().enumerate().map(|(column, figures)| (vec![None, Some(column)], figures))).collect()
}

/// One table of everything, a line for each combination and sum.
#[must_use]
pub fn sheet(stats: &Stats, lang: Lang) -> Sheet {
    let total = (vec![None; stats.axes.len()], &stats.total);
    let part = |(axis, place): (&Axis, &Option<usize>)| match place {
        None => Cell::code(TOTAL),
        Some(place) => Cell::code(axis.parts[*place].code.as_deref().unwrap_or(NONE)),
    };
    let rows = groups(stats).into_iter().chain(margins(stats)).chain([total]).map(|(places, figures)| {
        let parts = stats.axes.iter().zip(&places).map(part);
        parts.chain(Measure::ALL.map(|measure| measure.cell(figures, lang))).collect()
    });
    let figures = Measure::ALL.map(|measure| Column::new(measure.key(), measure.label(lang)));
    let columns = stats.axes.iter().map(|axis| Column::new(axis.by.word(), axis.by.label(lang))).chain(figures);
    Sheet { id: "stats", caption: "".into(), columns: columns.collect(), rows: rows.collect() }
}

/// `lmnet-offerings-stats` version 1.
#[must_use]
pub fn json(stats: &Stats) -> Value {
    let line = |(places, figures): Line<'_>| {
        let mut map = Map::new();
        for (axis, place) in stats.axes.iter().zip(places) {
            if let Some(place) = place {
                map.insert(axis.by.word().to_owned(), json!(axis.parts[place].code));
            }
        }
        map.extend(measures(figures));
        Value::Object(map)
    };
    let axis = |axis: &Axis| {
        let parts: Vec<_> = axis.parts.iter().map(|part| json!({ "code": part.code, "name": part.name })).collect();
        json!({ "by": axis.by.word(), "overlaps": axis.overlaps, "parts": parts })
    };
    json!({
        "schema": "lmnet-offerings-stats",
        "version": 1,
        "years": [stats.query.years.start(), stats.query.years.end()],
        "audience": match stats.query.audience { Audience::Public => "public", Audience::Internal => "internal" },
        "axes": stats.axes.iter().map(axis).collect::<Vec<_>>(),
        "groups": groups(stats).into_iter().map(line).collect::<Vec<_>>(),
        "sums": margins(stats).into_iter().map(line).collect::<Vec<_>>(),
        "total": measures(&stats.total),
        "information-meetings": { "offerings": stats.meetings.0, "runs": stats.meetings.1 },
    })
}

fn measures(figures: &Totals) -> Map<String, Value> {
    let [patients, relatives, all] = figures.participants.columns().map(|number| json!(number));
    let values = [json!(figures.offerings), json!(figures.runs), patients, relatives, all];
    Measure::ALL.iter().map(|measure| measure.key().to_owned()).zip(values).collect()
}
