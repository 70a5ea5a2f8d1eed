//! Of what there is one a year: annual reports and plans.

use serde_json::Value;

use super::sibling::{Family, value_of, words};
use crate::lang::Label;
use crate::model::{Kind, PlanKind, ReportKind};

/// A record that says already what a new one is to say.
#[derive(Debug)]
pub struct Twin {
    /// Its id.
    pub id: String,
    /// What both are.
    pub label: Label,
    /// The network or body whose they are.
    pub whose: String,
    /// The year.
    pub year: String,
}

/// The record of the same sort and year for the same network or body, where there is one a year of the sort.
pub(super) fn twin(family: &Family<'_>, new: &Value) -> Option<Twin> {
    let words = |value: &Value, key: &str| value_of(value, key).map(words).unwrap_or_default();
    let (kinds, year) = (words(new, "kind"), words(new, "year"));
    let (network, by) = (words(new, "network"), words(new, "by"));
    let whose = network.first().or(by.first())?.clone();
    let same = |key: &str, own: &[String], value: &Value| words(value, key) == own;
    family.all().iter().find_map(|other| {
        let value = &other.value;
        let is_same = same("year", &year, value) && same("network", &network, value) && same("by", &by, value);
        let kind = words(value, "kind").into_iter().find(|kind| is_same && kinds.contains(kind))?;
        let label = one_a_year(family.kind, &kind)?;
        Some(Twin { id: other.id.clone(), label, whose: whose.clone(), year: year.first()?.clone() })
    })
}

/// What a sort is called of which a network has one a year.
fn one_a_year(kind: Kind, word: &str) -> Option<Label> {
    match kind {
        Kind::Report => {
            let kind = ReportKind::from_word(word)?;
            matches!(kind, ReportKind::Annual | ReportKind::Compiled).then(|| kind.label())
        }
        Kind::Plan => {
            let kind = PlanKind::from_word(word)?;
            matches!(kind, PlanKind::Action | PlanKind::Competence | PlanKind::Transfer).then(|| kind.label())
        }
        _ => None,
    }
}
