//! What has a day of its own in a record: actions and transfers, agreements and notices that end, and what lapses.

use super::ground::notices;
use super::line::{By, How};
use super::occurrence::{Dated, Occurrence, Status, What};
use super::period::later;
use super::record::Found;
use super::settle::{met, open};
use super::{Evidence, LAPSES_SOON, Mandates};
use crate::date::{Date, When};
use crate::model::{ActionStatus, Network, Plan, Strength};
use crate::registry::Entry;

impl<'a> Mandates<'a> {
    /// Everything of this kind, as it stands on the day.
    pub(super) fn dated_records(&self, day: Date) -> Vec<Occurrence<'a>> {
        let mut found = Vec::new();
        for plan in &self.registry.plans {
            self.actions(plan, day, &mut found);
        }
        self.endings(day, &mut found);
        for network in &self.registry.networks {
            self.excuses(network, day, &mut found);
        }
        let valid = self.registry.manifest.verified_for;
        for record in Found::all(self.registry) {
            let remarks = record.remarks();
            for (at, waiver) in remarks.waive.iter().enumerate() {
                let Some(until) = waiver.until else { continue };
                let status = open(Strength::Shall, soon(until), until, day);
                let reason = Some((&waiver.reason, Some(until)));
                found.push(Occurrence { status, reason, ..self.blank(Dated::Waiver, record, Some(at), until, day) });
            }
            if let (Some(on), Some(valid)) = (remarks.verified, valid) {
                let until = later(on, valid);
                let status = open(Strength::Shall, soon(until), until, day);
                if on <= day {
                    found.push(Occurrence { status, ..self.blank(Dated::Verification, record, None, until, day) });
                }
            }
        }
        found
    }

    fn blank(&self, dated: Dated, record: Found<'a>, part: Option<usize>, due: Date, day: Date) -> Occurrence<'a> {
        let networks = self.grounds.iter().filter(|ground| match record {
            Found::Agreement(agreement) => ground.governed.contains_key(&*agreement.id),
            Found::Network(network) => ground.id() == &*network.id,
            _ => ground.concerns(&record),
        });
        Occurrence {
            what: What::Record(dated, record, part),
            networks: networks.map(|ground| ground.id()).collect(),
            by: By { ids: Vec::new(), how: How::Alone },
            to: Vec::new(),
            period: None,
            opens: soon(due),
            due: Some(due),
            is_past: due < day,
            status: Status::Upcoming,
            late_by: None,
            strength: Strength::Shall,
            got: 0,
            of: 1,
            evidence: Vec::new(),
            outstanding: Vec::new(),
            missing: Vec::new(),
            reason: None,
        }
    }

    fn actions(&self, plan: &'a Entry<Plan>, day: Date, found: &mut Vec<Occurrence<'a>>) {
        let semesters = self.registry.semesters();
        let opens = When::Year(plan.year.0).first(&semesters);
        let record = Found::Plan(plan);
        let tracked = |due: Date| match record.network() {
            Some(network) => self.grounds.iter().any(|ground| ground.id() == network && ground.tracked.holds(due)),
            None => true,
        };
        let standing = |status: ActionStatus, done: Option<When>, due: Date| {
            let shown = done.is_none_or(|done| done.first(&semesters) <= day);
            match status {
                ActionStatus::Done if shown => {
                    let first = done.map_or(Date::MIN, |done| done.first(&semesters));
                    let last = done.map_or(Date::MAX, |done| done.last(&semesters));
                    let evidence = Evidence { found: record, on: done, first, last, times: 1, to: None };
                    let (status, late) = met(&[evidence], due);
                    (status, late, vec![evidence])
                }
                _ if !tracked(due) => (Status::NotRecorded, None, Vec::new()),
                _ => (open(Strength::Shall, opens, due, day), None, Vec::new()),
            }
        };
        let mut push = |dated, at, due: When, status, done, ids: Vec<&'a str>| {
            let due = due.last(&semesters);
            let (status, late_by, evidence) = standing(status, done, due);
            let ids = if ids.is_empty() { record.network().into_iter().collect() } else { ids };
            let how = if ids.len() > 1 { How::Jointly } else { How::Alone };
            let got = evidence.len();
            let blank = self.blank(dated, record, Some(at), due, day);
            found.push(Occurrence { by: By { ids, how }, opens, status, late_by, evidence, got, ..blank });
        };
        // What was laid aside has no deadline any more.
        for (at, action) in plan.action.iter().enumerate().filter(|(_, one)| one.status != ActionStatus::Dropped) {
            if let Some(due) = action.due {
                let ids = action.responsible.iter().map(|body| body.id()).collect();
                push(Dated::Action, at, due, action.status, action.done, ids);
            }
        }
        for (at, transfer) in plan.transfer.iter().enumerate().filter(|(_, one)| one.status != ActionStatus::Dropped) {
            if let Some(due) = transfer.due {
                push(Dated::Transfer, at, due, transfer.status, None, transfer.to.iter().map(|to| to.id()).collect());
            }
        }
    }

    /// Agreements and notices that run out.
    fn endings(&self, day: Date, found: &mut Vec<Occurrence<'a>>) {
        for agreement in &self.registry.agreements {
            let record = Found::Agreement(agreement);
            let mut push = |dated, part, due, ids: Vec<&'a str>| {
                let status = if day > due { Status::Passed } else { open(Strength::Shall, soon(due), due, day) };
                let how = if ids.len() > 1 { How::Jointly } else { How::Alone };
                found.push(Occurrence { by: By { ids, how }, status, ..self.blank(dated, record, part, due, day) });
            };
            if let Some(to) = agreement.to {
                let due = to.last(&self.registry.semesters());
                push(Dated::AgreementEnd, None, due, Vec::new());
            }
            for (at, (notice, end)) in notices(agreement).enumerate() {
                if notice.on <= day {
                    push(Dated::Notice, Some(at), end, vec![notice.by.id()]);
                }
            }
        }
    }

    fn excuses(&self, network: &'a Entry<Network>, day: Date, found: &mut Vec<Occurrence<'a>>) {
        for (at, excuse) in network.excuse.iter().enumerate() {
            let Some(until) = excuse.until else { continue };
            let status = if day > until { Status::Passed } else { open(Strength::Shall, soon(until), until, day) };
            let ids: Vec<&str> = excuse.by.iter().map(|by| by.id()).collect();
            let how = if ids.len() > 1 { How::Jointly } else { How::Alone };
            let reason = Some((&excuse.reason, Some(until)));
            let blank = self.blank(Dated::Excuse, Found::Network(network), Some(at), until, day);
            found.push(Occurrence { by: By { ids, how }, status, reason, ..blank });
        }
    }
}

/// The first day on which something that lapses is called due.
fn soon(day: Date) -> Date {
    day.checked_sub_days(LAPSES_SOON).unwrap_or(day)
}
