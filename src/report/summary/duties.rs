//! Duties by how they stand.

use std::collections::{BTreeMap, BTreeSet};

use chrono::Datelike;
use serde::Serialize;

use super::Desk;
use crate::mandate::{Line, PerRecord, Status, What};

/// The duties of a network by how they stand.
#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Duties {
    /// Last year and this.
    pub years: [i32; 2],
    /// How many deadlines stand how.
    pub by_status: Vec<OfStatus>,
    /// Duties without a deadline: how many there is something to show for.
    pub standing: Standing,
    /// What every record of a kind must have: how many have it.
    pub per_record_met: usize,
    /// How many records it is asked of.
    pub per_record: usize,
    /// Of what they must or should have alone: how many have it. `check` finds those that don't.
    pub per_record_binding_met: usize,
    /// Of what they must or should have alone: how many it is asked of.
    pub per_record_binding: usize,
    /// Duties that a person has to judge.
    pub judged: usize,
}

/// How many deadlines stand like this.
#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct OfStatus {
    /// How they stand.
    pub status: &'static str,
    /// How many of them fell, or fall, due last year and this.
    pub deadlines: [usize; 2],
}

/// Duties without a deadline, may and aim left out.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Standing {
    /// There is something to show for each who owes it.
    pub shown: usize,
    /// There is for some of them.
    pub partly: usize,
    /// There is nothing.
    pub not_shown: usize,
}

impl Desk<'_, '_> {
    pub(super) fn duties(&self) -> Duties {
        let mut counts: BTreeMap<Status, [usize; 2]> = BTreeMap::new();
        for one in self.occurrences().filter(|one| matches!(one.what, What::Duty(..))) {
            let year = one.due.map(|due| due.year());
            if let Some(at) = self.years().iter().position(|own| Some(*own) == year) {
                counts.entry(one.status).or_default()[at] += 1;
            }
        }
        let of_status = |status: &Status| Some(OfStatus { status: status.word(), deadlines: *counts.get(status)? });
        let binding = |duty: &PerRecord<'_>| duty.duty.obligation.strength.unwrap_or_default().is_binding();
        let (per_record_met, per_record) = self.each_record(|_| true);
        let (per_record_binding_met, per_record_binding) = self.each_record(binding);
        Duties {
            years: self.years(),
            by_status: Status::ALL.iter().filter_map(of_status).collect(),
            standing: self.standing(),
            per_record_met,
            per_record,
            per_record_binding_met,
            per_record_binding,
            judged: self
                .lines(self.day)
                .filter(|line| line.duty.obligation.judged)
                .map(|line| line.duty.path())
                .collect::<BTreeSet<_>>()
                .len(),
        }
    }

    fn standing(&self) -> Standing {
        let mut duties: BTreeMap<String, Vec<bool>> = BTreeMap::new();
        for line in self.lines(self.day).filter(|line| is_standing(line)) {
            if line.duty.obligation.strength.unwrap_or_default().is_binding() {
                let states = self.mandates.of_line(line, self.day, self.day, self.day);
                let shown = states.iter().any(|state| !state.evidence.is_empty());
                duties.entry(line.duty.path()).or_default().push(shown);
            }
        }
        let mut standing = Standing::default();
        for owners in duties.values() {
            match owners.iter().filter(|shown| **shown).count() {
                0 => standing.not_shown += 1,
                shown if shown == owners.len() => standing.shown += 1,
                _ => standing.partly += 1,
            }
        }
        standing
    }

    /// Of the records that must have something, how many have it. What was made when nothing was recorded and lacks it is
    /// left out.
    fn each_record(&self, wanted: impl Fn(&PerRecord<'_>) -> bool) -> (usize, usize) {
        let duties = self.per_record.iter().filter(|duty| wanted(duty));
        let kept = duties.flat_map(|duty| duty.on(self.mandates.registry, Some(self.at), self.day));
        let kept: Vec<bool> =
            kept.filter(|kept| kept.tracked || kept.lacks.is_empty()).map(|kept| kept.lacks.is_empty()).collect();
        (kept.iter().filter(|holds| **holds).count(), kept.len())
    }
}

impl Duties {
    /// Whether there is nothing to tell.
    pub(super) fn is_empty(&self) -> bool {
        let Standing { shown, partly, not_shown } = self.standing;
        self.by_status.is_empty() && shown + partly + not_shown + self.per_record + self.judged == 0
    }
}

/// Whether a duty has no deadline and is no matter of judgement.
pub(super) fn is_standing(line: &Line<'_>) -> bool {
    let obligation = line.duty.obligation;
    obligation.every.is_none() && obligation.gap.is_none() && !obligation.judged
}
