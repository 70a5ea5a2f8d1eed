//! Findings as JSON: `lmnet-check`, version 1. `docs/lmnet-check.schema.json` tells what each key means.

use serde_json::{Value, json};

use super::Shown;
use crate::check::{Finding, Repair, Replacement, Spot};
use crate::diagnostic::Severity;

/// As JSON. Lines and columns count from 1; a finding about a whole file stands at 1, 1.
#[must_use]
pub fn json(shown: &Shown<'_>) -> String {
    let outcome = shown.outcome;
    let mut value = json!({
        "schema": "lmnet-check",
        "version": 1,
        "language": shown.lang.code(),
        "records": outcome.records,
        "errors": outcome.count(Severity::Error),
        "warnings": outcome.count(Severity::Warning),
        "notes": outcome.count(Severity::Note),
        "waived": outcome.waived,
        "omitted": outcome.omitted,
    });
    let findings = outcome.findings.iter().map(|finding| {
        let mut value = finding_json(finding, shown);
        if outcome.since.is_some() {
            value["state"] = json!(if finding.kept { "kept" } else { "new" });
        }
        value
    });
    value["findings"] = findings.collect();
    if let Some(since) = &outcome.since {
        let then = Shown { prefix: &since.folder, ..*shown };
        value["since"] = json!({ "revision": since.revision, "commit": since.commit });
        value["fixed"] = since.gone.fixed.iter().map(|finding| finding_json(finding, &then)).collect();
    }
    crate::render::table::pretty_json(&value)
}

fn finding_json(finding: &Finding, shown: &Shown<'_>) -> Value {
    let mut value = spot_json(&finding.place, shown);
    value["rule"] = json!(finding.rule.id);
    value["severity"] = json!(finding.severity.code());
    value["message"] = json!(finding.message.get(shown.lang));
    value["hint"] = json!(finding.hint.as_ref().map(|hint| hint.get(shown.lang)));
    value["related"] = finding.related.as_ref().map_or(Value::Null, |(spot, words)| {
        let mut value = spot_json(spot, shown);
        value["message"] = json!(words.get(shown.lang));
        value
    });
    value["fix"] = finding.fix.as_ref().map_or(Value::Null, |fix| fix_json(fix, &finding.place, shown));
    value["record"] = json!(finding.place.record());
    value["fingerprint"] = json!(finding.fingerprint.to_string());
    value
}

/// What `--fix` would do: other text for stretches of the file (bytes from 0, lines and columns from 1), another path.
fn fix_json(fix: &Repair, spot: &Spot, shown: &Shown<'_>) -> Value {
    let edit = |edit: &Replacement| {
        json!({
            "path": shown.path(spot),
            "line": edit.start.line,
            "column": edit.start.column,
            "end-line": edit.end.line,
            "end-column": edit.end.column,
            "offset": edit.bytes.start,
            "length": edit.bytes.len(),
            "text": edit.text,
        })
    };
    json!({
        "title": fix.title.get(shown.lang),
        "edits": fix.edits.iter().map(edit).collect::<Vec<_>>(),
        "rename": fix.rename.as_ref().map(|path| format!("{}{path}", shown.prefix)),
    })
}

fn spot_json(spot: &Spot, shown: &Shown<'_>) -> Value {
    let (start, end) = spot.range();
    json!({
        "path": shown.path(spot),
        "line": start.line,
        "column": start.column,
        "end-line": end.line,
        "end-column": end.column,
        "key": spot.key,
    })
}
