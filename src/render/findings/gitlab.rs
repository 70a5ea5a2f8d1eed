//! Findings for GitLab's Code Quality report: a list in JSON.

use serde_json::{Value, json};

use super::Shown;
use crate::diagnostic::Severity;

/// As a Code Quality report. Of its five severities three are used: what is the matter with a registry blocks nobody.
#[must_use]
pub fn gitlab(shown: &Shown<'_>) -> String {
    let issues = shown.outcome.new_findings().map(|finding| {
        let (start, end) = finding.place.range();
        let severity = match finding.severity {
            Severity::Error => "major",
            Severity::Warning => "minor",
            Severity::Note => "info",
        };
        json!({
            "description": shown.message_and_hint(finding).replace('\n', "; "),
            "check_name": finding.rule.id,
            "fingerprint": finding.fingerprint.to_string(),
            "severity": severity,
            "location": {
                "path": shown.path(&finding.place),
                "lines": { "begin": start.line, "end": end.line },
            },
        })
    });
    crate::render::table::pretty_json(&issues.collect::<Value>())
}
