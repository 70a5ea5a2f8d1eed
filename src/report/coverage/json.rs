//! Coverage for machines: lmnet-coverage version 1, and a row for each of who owes what for which period.

use serde_json::{Map, Value, json};

use super::grid::{Column, Mark};
use super::{Chair, Coverage, DutyYear, NetworkYear, RecordYear, SeatYear};
use crate::lang::Lang;
use crate::mandate::{Duty, Mandates, Occurrence, What};
use crate::names::Names;
use crate::sheet::{Cell, Sheet};

/// lmnet-coverage version 1. Holds what nothing is known of too.
#[must_use]
pub fn json(coverage: &Coverage<'_>, mandates: &Mandates<'_>, names: &Names<'_>) -> Value {
    let networks: Vec<Value> = coverage.networks.iter().map(|network| of_network(network, mandates, names)).collect();
    json!({
        "schema": "lmnet-coverage",
        "version": 1,
        "year": coverage.year,
        "today": coverage.day.to_string(),
        "networks": networks,
    })
}

fn of_network(network: &NetworkYear<'_>, mandates: &Mandates<'_>, names: &Names<'_>) -> Value {
    let grid = network.grid(mandates, names, true);
    let rows = grid.rows.iter().map(|row| {
        let cells: Vec<Vec<Value>> = row.cells.iter().map(|marks| marks.iter().map(mark).collect()).collect();
        json!({ "by": row.id, "cells": cells })
    });
    let others = network.duties.iter().filter(|duty| !duty.stands_in_grid());
    let seats = network.seats.iter().filter(|seat| !seat.stands_in_grid());
    json!({
        "network": network.id,
        "exists": network.exists,
        "columns": grid.columns.iter().map(|column| head(column, names)).collect::<Vec<_>>(),
        "rows": rows.collect::<Vec<_>>(),
        "duties": others.map(|duty| of_duty(duty, names)).collect::<Vec<_>>(),
        "seats": seats.map(of_seat).collect::<Vec<_>>(),
        "per-record": network.records.iter().map(of_records).collect::<Vec<_>>(),
        "judged": network.judged.iter().map(Duty::path).collect::<Vec<_>>(),
    })
}

fn head(column: &Column<'_, '_>, names: &Names<'_>) -> Value {
    let (done, of, unknown) = column.share();
    let mut value = match column {
        Column::Duty(duties) => {
            let duty = duties[0];
            let periods: Vec<String> =
                duties.iter().filter_map(|duty| duty.period).map(|period| period.code()).collect();
            let mut value = about(duty, names);
            value.insert("periods".to_owned(), json!(periods));
            value
        }
        Column::Seat(seat) => object(json!({
            "kind": "seat",
            "path": seat.of.path(),
            "role": seat.of.role.map(crate::model::Role::word),
            "clause": seat.of.seat.clause,
            "strength": seat.strength().word(),
        })),
    };
    value.insert("share".to_owned(), json!({ "done": done, "of": of, "not-recorded": unknown }));
    Value::Object(without_nothing(value))
}

/// What a duty is.
fn about(duty: &DutyYear<'_>, names: &Names<'_>) -> Map<String, Value> {
    let also: Vec<String> = duty.also().iter().map(Duty::path).collect();
    object(json!({
        "kind": "duty",
        "path": duty.duty.path(),
        "also": also,
        "text": crate::mandate::wording::wording(&duty.duty, names.lang),
        "clause": duty.duty.obligation.clause,
        "strength": duty.strength().word(),
        "reported": duty.reported.map(|figure| json!({ "value": figure.value.0, "of": figure.of })),
    }))
}

fn mark(mark: &Mark<'_>) -> Value {
    Value::Object(without_nothing(object(json!({
        "status": mark.standing.word(),
        "period": mark.period.map(|period| period.code()),
        "with": mark.with,
        "on": mark.on.map(|on| on.to_string()),
        "late-by": mark.late_by.map(|late| late.days),
        "late-by-at-least": mark.late_by.filter(|late| late.at_least).map(|_| true),
        "got": mark.share.0,
        "of": mark.share.1,
        "reason": mark.reason.map(|(reason, _)| reason),
        "until": mark.reason.and_then(|(_, until)| until).map(|until| until.to_string()),
        "evidence": mark.shown_by,
    }))))
}

fn of_duty(duty: &DutyYear<'_>, names: &Names<'_>) -> Value {
    let mut value = about(duty, names);
    value.insert("period".to_owned(), json!(duty.period.map(|period| period.code())));
    value.insert("states".to_owned(), duty.all.iter().map(state).collect());
    Value::Object(without_nothing(value))
}

fn state(one: &Occurrence<'_>) -> Value {
    Value::Object(without_nothing(object(json!({
        "by": one.by.ids,
        "to": one.to,
        "due": one.due.map(|due| due.to_string()),
        "status": one.status.word(),
        "late-by": one.late_by.map(|late| late.days),
        "late-by-at-least": one.late_by.filter(|late| late.at_least).map(|_| true),
        "got": one.got,
        "of": one.of,
        "outstanding": one.outstanding,
        "missing": one.missing,
        "reason": one.reason.map(|(reason, _)| reason),
        "until": one.reason.and_then(|(_, until)| until).map(|until| until.to_string()),
        "evidence": one.shown_by(),
    }))))
}

fn of_seat(seat: &SeatYear<'_>) -> Value {
    let chair = |chair: &Chair<'_>| {
        Value::Object(without_nothing(object(json!({
            "for": chair.of,
            "on": chair.on.to_string(),
            "status": chair.status.word(),
            "filled": chair.filled,
            "members": chair.members,
        }))))
    };
    Value::Object(without_nothing(object(json!({
        "path": seat.of.path(),
        "body": seat.of.seat.body.id(),
        "role": seat.of.role.map(crate::model::Role::word),
        "clause": seat.of.seat.clause,
        "strength": seat.strength().word(),
        "seats": seat.chairs.iter().map(chair).collect::<Vec<_>>(),
    }))))
}

fn of_records(records: &RecordYear<'_>) -> Value {
    json!({
        "path": records.duty.path(),
        "hold": records.holding.len(),
        "of": records.holding.len() + records.lacking.len(),
        "lacking": records.lacking.iter().map(|found| found.path()).collect::<Vec<_>>(),
    })
}

fn object(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(map) => map,
        _ => Map::new(),
    }
}

fn without_nothing(mut map: Map<String, Value>) -> Map<String, Value> {
    map.retain(|_, value| !value.is_null() && value.as_array().is_none_or(|list| !list.is_empty()));
    map
}

/// A row for each of who owes what for which period, and for each seat.
#[must_use]
pub fn sheet(coverage: &Coverage<'_>, lang: Lang) -> Sheet {
    let keys =
        ["network", "kind", "path", "by", "period", "due", "status", "late-by", "got", "of", "evidence", "reason"];
    let columns = keys.map(|key| crate::sheet::Column::new(key, key)).to_vec();
    let mut rows: Vec<Vec<Cell>> = Vec::new();
    for network in &coverage.networks {
        rows.extend(network.duties.iter().flat_map(|duty| &duty.all).map(|one| duty_row(network.id, one, lang)));
        for seat in &network.seats {
            rows.extend(seat.chairs.iter().map(|chair| seat_row(network.id, seat, chair)));
        }
    }
    Sheet { id: "coverage", caption: "".into(), columns, rows }
}

fn duty_row(network: &str, one: &Occurrence<'_>, lang: Lang) -> Vec<Cell> {
    let path = match &one.what {
        What::Duty(duty, _) => duty.path(),
        _ => String::new(),
    };
    let values = [
        json!(network),
        json!("duty"),
        json!(path),
        json!(one.by.ids),
        json!(one.period.map(|period| period.code())),
        json!(one.due.map(|due| due.to_string())),
        json!(one.status.word()),
        json!(one.late_by.map(|late| late.days)),
        json!(one.got),
        json!(one.of),
        json!(one.shown_by()),
        json!(one.reason.map(|(reason, _)| reason.get(lang))),
    ];
    values.map(|value| Cell::shown("", value)).to_vec()
}

fn seat_row(network: &str, seat: &SeatYear<'_>, chair: &Chair<'_>) -> Vec<Cell> {
    let members: Vec<String> = chair.members.iter().map(|member| format!("members/{member}")).collect();
    let values = [
        json!(network),
        json!("seat"),
        json!(seat.of.path()),
        json!(chair.of.unwrap_or(seat.of.seat.body.id())),
        Value::Null,
        json!(chair.on.to_string()),
        json!(chair.status.word()),
        Value::Null,
        json!(chair.filled),
        json!(chair.min),
        json!(members),
        Value::Null,
    ];
    values.map(|value| Cell::shown("", value)).to_vec()
}
