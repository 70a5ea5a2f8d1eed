//! Lines: each duty with each who owes it, on which days, and all that could show that it was met.

use super::days::Days;
use super::record::Found;
use crate::date::{Date, When};
use crate::model::{Agreement, Excuse, Obligation};
use crate::registry::Entry;

/// An obligation with its agreement.
#[derive(Clone, Copy, Debug)]
pub struct Duty<'a> {
    /// The agreement.
    pub agreement: &'a Entry<Agreement>,
    /// The obligation.
    pub obligation: &'a Obligation,
}

impl Duty<'_> {
    /// `agreement/duty`
    #[must_use]
    pub fn path(&self) -> String {
        format!("{}/{}", self.agreement.id, self.obligation.id)
    }

    /// Whether it is the one that a reference names: the same as asking its path, and cheaper.
    #[must_use]
    pub fn is(&self, path: &str) -> bool {
        let (agreement, duty) = (&*self.agreement.id, &*self.obligation.id);
        path.strip_prefix(agreement).and_then(|rest| rest.strip_prefix('/')) == Some(duty)
    }
}

/// Who owes a duty.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct By<'a> {
    /// One body; several when they owe it together; of a pair both.
    pub ids: Vec<&'a str>,
    /// How they owe it.
    pub how: How,
}

/// How several owe a duty.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum How {
    /// One alone.
    Alone,
    /// Together: one fulfils it for all.
    Jointly,
    /// All parties together.
    Parties,
    /// Both of a pair.
    Pair,
}

/// A duty of one who owes it.
#[derive(Debug)]
pub struct Line<'a> {
    /// The duty.
    pub duty: Duty<'a>,
    /// Duties that say the same again.
    pub also: Vec<Duty<'a>>,
    /// The networks for which it is owed, by their place among the grounds.
    pub grounds: Vec<usize>,
    /// Who owes it.
    pub by: By<'a>,
    /// To whom, and when they exist.
    pub receivers: Vec<(&'a str, Days)>,
    /// The days on which it can fall due.
    pub days: Days,
    /// The days of which evidence is kept.
    pub tracked: Days,
    /// What shows it, or could.
    pub evidence: Vec<Evidence<'a>>,
    /// Periods that a published figure answers by number.
    pub reported: Vec<Reported<'a>>,
    /// Why whoever owes it need not, for some periods.
    pub excuses: Vec<&'a Excuse>,
}

impl Line<'_> {
    /// By the duty, then by who owes it.
    pub(super) fn order(&self) -> impl Ord + '_ {
        (&*self.duty.agreement.id, &*self.duty.obligation.id, &self.by)
    }
}

/// A record that shows that a duty was met.
#[derive(Clone, Copy, Debug)]
pub struct Evidence<'a> {
    /// The record.
    pub found: Found<'a>,
    /// When, as precisely as is known.
    pub on: Option<When>,
    /// The first day that it can mean.
    pub first: Date,
    /// The last day that it can mean.
    pub last: Date,
    /// How many times over.
    pub times: u32,
    /// Who got it.
    pub to: Option<&'a str>,
}

/// A published figure that answers a duty by number.
#[derive(Clone, Copy, Debug)]
pub struct Reported<'a> {
    /// The report.
    pub report: Found<'a>,
    /// The place of the figure in it.
    pub figure: usize,
    /// The period.
    pub period: When,
    /// The first day on which the report was there.
    pub since: Date,
}

impl<'a> Evidence<'a> {
    /// A new appointment, as evidence that a seat was filled again.
    pub(super) fn of_member(sitting: &super::seat::Sitting<'a>) -> Self {
        let on = sitting.appointment.from;
        let found = Found::Member(sitting.member);
        Self { found, on, first: sitting.first, last: sitting.first, times: 1, to: None }
    }
}
