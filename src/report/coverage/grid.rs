//! The grid: who owes it down the side, what and for which period across, and how it stands where they meet.

use std::collections::{BTreeMap, BTreeSet};

use super::{Chair, DutyYear, NetworkYear, SeatYear};
use crate::date::When;
use crate::lang::Text;
use crate::mandate::{Ground, How, Late, Mandates, Occurrence, Period, SeatStatus, Status};
use crate::names::Names;

/// Periods of a duty that stand in columns of their own; of more, one column says how many are done.
const APART: usize = 2;

/// Who owes it down the side, what across.
#[derive(Debug)]
pub struct Grid<'n, 'a> {
    /// What, and for which period.
    pub columns: Vec<Column<'n, 'a>>,
    /// Who, each with a cell for each column.
    pub rows: Vec<Row<'a>>,
}

/// A duty for one or several periods, or a seat.
#[derive(Debug)]
pub enum Column<'n, 'a> {
    /// A duty, by period.
    Duty(Vec<&'n DutyYear<'a>>),
    /// A seat.
    Seat(&'n SeatYear<'a>),
}

/// Who owes it.
#[derive(Debug)]
pub struct Row<'a> {
    /// An organisation.
    pub id: &'a str,
    /// What stands in each column; nothing where nothing is owed.
    pub cells: Vec<Vec<Mark<'a>>>,
}

/// How something stands with somebody.
#[derive(Clone, Debug)]
pub struct Mark<'a> {
    /// How it stands.
    pub standing: Standing,
    /// Which period it is for; nothing for a seat.
    pub period: Option<Period>,
    /// When it was done.
    pub on: Option<When>,
    /// How late.
    pub late_by: Option<Late>,
    /// How many there are, and must be.
    pub share: (usize, usize),
    /// Why it is excused, and until when.
    pub reason: Option<(&'a Text, Option<crate::date::Date>)>,
    /// With whom it is owed.
    pub with: Vec<&'a str>,
    /// What shows it.
    pub shown_by: Vec<String>,
}

/// How a duty or a seat stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// A duty.
    Duty(Status),
    /// A seat.
    Seat(SeatStatus),
}

impl Standing {
    /// The word in machine formats.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Duty(status) => status.word(),
            Self::Seat(status) => status.word(),
        }
    }

    /// Whether something is missing that had to be there.
    #[must_use]
    pub fn is_hole(self) -> bool {
        matches!(self, Self::Duty(Status::Overdue) | Self::Seat(SeatStatus::Vacant))
    }
}

impl<'a> Grid<'_, 'a> {
    /// Every mark.
    pub fn marks(&self) -> impl Iterator<Item = &Mark<'a>> {
        self.rows.iter().flat_map(|row| row.cells.iter().flatten())
    }
}

impl<'a> NetworkYear<'a> {
    /// The duties with periods that each of several owes, and the seats repeated for them. What nothing is known of stays
    /// out unless `all` is asked for.
    #[must_use]
    pub fn grid<'n>(&'n self, mandates: &Mandates<'a>, names: &Names<'_>, all: bool) -> Grid<'n, 'a> {
        let mut columns: Vec<Column<'n, 'a>> = Vec::new();
        let mut duties: Vec<&DutyYear<'a>> = self.duties.iter().filter(|duty| duty.stands_in_grid()).collect();
        duties.retain(|duty| all || !duty.is_unrecorded());
        while let Some(first) = duties.first() {
            let obligation = first.duty.obligation;
            let (same, others): (Vec<_>, Vec<_>) =
                duties.into_iter().partition(|duty| std::ptr::eq(duty.duty.obligation, obligation));
            duties = others;
            match same.len() {
                0..=APART => columns.extend(same.into_iter().map(|one| Column::Duty(vec![one]))),
                _ => columns.push(Column::Duty(same)),
            }
        }
        let seats = self
            .seats
            .iter()
            .filter(|seat| seat.stands_in_grid() && (all || !self.is_untold(seat) && !seat.is_unrecorded()));
        columns.extend(seats.map(Column::Seat));
        let mut cells: BTreeMap<&'a str, Vec<Vec<Mark<'a>>>> = BTreeMap::new();
        for (at, column) in columns.iter().enumerate() {
            for (id, mark) in column.marks() {
                cells.entry(id).or_insert_with(|| vec![Vec::new(); columns.len()])[at].push(mark);
            }
        }
        let mut rows: Vec<Row<'a>> = cells.into_iter().map(|(id, cells)| Row { id, cells }).collect();
        let ground = mandates.grounds.iter().find(|ground| ground.id() == self.id);
        let order = crate::names::norwegian();
        rows.sort_by(|a, b| {
            let rank = |id: &str| rank(mandates, ground, id);
            rank(a.id).cmp(&rank(b.id)).then_with(|| order.compare(&names.short(a.id), &names.short(b.id)))
        });
        Grid { columns, rows }
    }
}

/// Parties come first, kind by kind as the network names them, and then everybody else.
fn rank(mandates: &Mandates<'_>, ground: Option<&Ground<'_>>, id: &str) -> (bool, usize) {
    let kind = |id: &str| mandates.registry.organisations.get(id).map(|organisation| organisation.kind);
    let parties = || ground.iter().flat_map(|ground| &ground.parties);
    let own = kind(id);
    let place = parties().position(|party| kind(party.id) == own).unwrap_or(usize::MAX);
    (!parties().any(|party| party.id == id), place)
}

impl DutyYear<'_> {
    /// Whether it stands in the grid: it has a period, and each of several owes it.
    pub(crate) fn stands_in_grid(&self) -> bool {
        self.period.is_some() && self.is_of_each()
    }

    /// Of a pair, which of the two tells them apart: the one of which there are more.
    fn own_side(&self) -> usize {
        let side = |at: usize| {
            let ids: BTreeSet<&str> = self.all.iter().filter_map(|one| one.by.ids.get(at).copied()).collect();
            ids.len()
        };
        usize::from(side(1) >= side(0))
    }
}

impl<'a> Column<'_, 'a> {
    /// How it stands with each who owes it.
    fn marks(&self) -> Vec<(&'a str, Mark<'a>)> {
        match self {
            Self::Duty(duties) => duties.iter().flat_map(|duty| marks(duty)).collect(),
            Self::Seat(seat) => {
                seat.chairs.iter().filter_map(|chair| Some((chair.of?, Mark::of_chair(chair)))).collect()
            }
        }
    }

    /// How many have done it and of how many, and of how many nothing is recorded.
    #[must_use]
    pub fn share(&self) -> (usize, usize, usize) {
        match self {
            Self::Duty(duties) => duties.iter().fold((0, 0, 0), |(done, of, unknown), duty| {
                let (own, all) = duty.share();
                (done + own, of + all, unknown + duty.unrecorded())
            }),
            Self::Seat(seat) => {
                let (held, of) = seat.share();
                let unknown = seat.chairs.iter().filter(|chair| chair.status == SeatStatus::NotRecorded).count();
                (held, of, unknown)
            }
        }
    }
}

fn marks<'a>(duty: &DutyYear<'a>) -> Vec<(&'a str, Mark<'a>)> {
    let side = duty.own_side();
    let mark = |one: &Occurrence<'a>| {
        let at = if one.by.how == How::Pair { side } else { 0 };
        let own = one.by.ids.get(at).copied()?;
        Some((own, Mark::of_occurrence(one, own)))
    };
    duty.all.iter().filter_map(mark).collect()
}

impl<'a> Mark<'a> {
    /// How an occurrence stands with somebody who owes it.
    fn of_occurrence(one: &Occurrence<'a>, own: &str) -> Self {
        let done = one.status.is_met();
        Self {
            standing: Standing::Duty(one.status),
            period: one.period,
            on: one.evidence.last().filter(|_| done).and_then(|evidence| evidence.on),
            late_by: one.late_by,
            share: (one.got, one.of),
            reason: one.reason,
            with: one.by.ids.iter().copied().filter(|id| *id != own).collect(),
            shown_by: one.shown_by(),
        }
    }

    fn of_chair(chair: &Chair<'a>) -> Self {
        Self {
            standing: Standing::Seat(chair.status),
            period: None,
            on: None,
            late_by: None,
            share: (chair.filled, chair.min),
            reason: None,
            with: Vec::new(),
            shown_by: chair.members.iter().map(|member| format!("members/{member}")).collect(),
        }
    }
}
