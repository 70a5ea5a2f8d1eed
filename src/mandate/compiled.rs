//! Compiled duties: whose part of a compiled report is not there.

use chrono::{Datelike, Days as Count};

use super::{Line, Mandates, Occurrence, Period, Status, What};
use crate::date::Date;
use crate::model::Obligation;

/// Parts may fall due so long before or after what is compiled of them.
const AROUND: Count = Count::new(366);

/// What is compiled: a duty of somebody, as it stands over the time that is asked for.
struct Part<'m, 'a> {
    line: &'m Line<'a>,
    occurrences: Vec<Occurrence<'a>>,
}

impl<'a> Mandates<'a> {
    /// Names the networks whose part of a compiled report is not there.
    pub(super) fn compile(&self, found: &mut [Occurrence<'a>], day: Date) {
        let mut settled: Vec<(&Obligation, Vec<Part<'_, 'a>>)> = Vec::new();
        for at in 0..found.len() {
            let What::Duty(duty, _) = &found[at].what else { continue };
            let obligation = duty.obligation;
            let (false, Some(period), Some(due)) = (obligation.compiles.is_empty(), found[at].period, found[at].due)
            else {
                continue;
            };
            let known = settled.iter().position(|(known, _)| std::ptr::eq(*known, obligation));
            let known = known.unwrap_or_else(|| {
                settled.push((obligation, self.parts(obligation, found, day)));
                settled.len() - 1
            });
            let networks = &found[at].networks;
            let lacking = settled[known].1.iter().filter(|part| part.is_missing(&period, due, self));
            let whose = lacking.flat_map(|part| self.ids(&part.line.grounds));
            let mut missing: Vec<&str> = whose.filter(|id| networks.contains(id)).collect();
            missing.sort_unstable();
            missing.dedup();
            found[at].missing = missing;
        }
    }

    /// The parts of what an obligation compiles, around the periods that are found of it.
    fn parts(&self, obligation: &Obligation, found: &[Occurrence<'a>], day: Date) -> Vec<Part<'_, 'a>> {
        let semesters = self.registry.semesters();
        let is_own = |one: &&Occurrence<'a>| matches!(&one.what, What::Duty(duty, _) if std::ptr::eq(duty.obligation, obligation));
        let periods = || found.iter().filter(is_own).filter_map(|one| one.period);
        let first = periods().map(|period| period.first(&semesters)).min().unwrap_or(day);
        let last = periods().map(|period| period.last(&semesters)).max().unwrap_or(day);
        let from = first.checked_sub_days(AROUND).unwrap_or(first);
        let until = last.checked_add_days(AROUND).unwrap_or(last);
        let settling = self.settling(day, from, until);
        let is_part = |line: &&Line<'a>| obligation.compiles.iter().any(|part| line.duty.is(part.id()));
        let lines = self.lines.iter().filter(is_part);
        lines.map(|line| Part { line, occurrences: settling.occurrences(line) }).collect()
    }
}

impl Part<'_, '_> {
    /// Whether it is not there for what is compiled for a period and due on a day. A part of another rhythm belongs to it
    /// where their periods meet and it is due no later; one without dates is missing where nothing shows it in a period of
    /// which evidence is kept.
    fn is_missing(&self, period: &Period, due: Date, mandates: &Mandates<'_>) -> bool {
        let semesters = mandates.registry.semesters();
        let (first, last) = (period.first(&semesters), period.last(&semesters));
        self.occurrences.iter().any(|one| match (one.period, one.due) {
            (Some(own), Some(own_due)) => {
                let meets = own.first(&semesters) <= last && first <= own.last(&semesters);
                let belongs = own == *period || meets && own_due <= due;
                let open = matches!(one.status, Status::Overdue | Status::Due | Status::Upcoming | Status::NotMet);
                belongs && open
            }
            _ => {
                let shows = |evidence: &super::Evidence<'_>| match evidence.found.years() {
                    Some((from, to)) => from <= last.year() && first.year() <= to,
                    None => evidence.on.is_some() && evidence.first <= last && first <= evidence.last,
                };
                let standing = one.status == Status::Standing && self.line.tracked.covers(first, last);
                standing && !one.evidence.iter().any(shows)
            }
        })
    }
}
