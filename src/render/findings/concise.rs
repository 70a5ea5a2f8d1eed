//! Findings for editors: a line each.

use std::fmt::Write;

use super::{Shown, closing_line};
use crate::check::Finding;

/// `path:line:column: level[rule] message`, the level by its code in every language.
#[must_use]
pub fn concise(shown: &Shown<'_>) -> String {
    let mut text = String::new();
    for finding in shown.outcome.new_findings() {
        let _ = writeln!(text, "{}", line(finding, shown));
    }
    text + &closing_line(shown.outcome, shown.lang) + "\n"
}

pub(super) fn line(finding: &Finding, shown: &Shown<'_>) -> String {
    let (start, _) = finding.place.range();
    let (path, level, rule) = (shown.path(&finding.place), finding.severity.code(), finding.rule.id);
    format!("{path}:{}:{}: {level}[{rule}] {}", start.line, start.column, finding.message.get(shown.lang))
}
