//! Moves: changes of the unknowns that leave every printed number as it is.

use super::problem::Problem;

/// How much each of some things changes, by their number, ascending, none by 0.
pub(super) type Changes = Vec<(u32, i64)>;

/// Unknowns that change together, and the numbers that change with them.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Move {
    pub(super) unknowns: Changes,
    pub(super) cells: Changes,
}

impl Move {
    /// One unknown grows by one.
    pub(super) fn grow(problem: &Problem, unknown: u32) -> Self {
        let cells = &problem.unknowns[unknown as usize].cells;
        Self { unknowns: vec![(unknown, 1)], cells: cells.iter().map(|cell| (*cell, 1)).collect() }
    }

    /// Both together, the other one as often as `times` says.
    pub(super) fn with(&self, other: &Self, times: i64) -> Self {
        Self {
            unknowns: combined(&self.unknowns, &other.unknowns, times),
            cells: combined(&self.cells, &other.cells, times),
        }
    }

    /// By how much a number changes.
    pub(super) fn of(&self, cell: u32) -> i64 {
        self.cells.binary_search_by_key(&cell, |(at, _)| *at).map_or(0, |found| self.cells[found].1)
    }

    /// The printed numbers that change and have to be hidden for the move to be one.
    pub(super) fn disturbed(&self, problem: &Problem) -> impl Iterator<Item = (u32, i64)> {
        self.cells.iter().copied().filter(|(cell, _)| !problem.hidden(*cell))
    }

    /// What is lost when all that it disturbs is hidden.
    pub(super) fn cost(&self, problem: &Problem) -> u64 {
        self.cells.iter().map(|(cell, _)| problem.price(*cell)).sum()
    }

    /// The same of both together, before they are put together.
    pub(super) fn cost_with(&self, problem: &Problem, other: &[(u32, i64)], times: i64) -> u64 {
        Together { left: &self.cells, right: other, times }.map(|(cell, _)| problem.price(cell)).sum()
    }
}

fn combined(left: &[(u32, i64)], right: &[(u32, i64)], times: i64) -> Changes {
    let mut sum = Vec::with_capacity(left.len() + right.len());
    sum.extend(Together { left, right, times });
    sum
}

/// The changes of both, the right ones so many times; what adds up to 0 is left out.
struct Together<'a> {
    left: &'a [(u32, i64)],
    right: &'a [(u32, i64)],
    times: i64,
}

impl Iterator for Together<'_> {
    type Item = (u32, i64);

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let change = match (self.left.split_first(), self.right.split_first()) {
                (Some((one, left)), Some((other, right))) if one.0 == other.0 => {
                    (self.left, self.right) = (left, right);
                    (one.0, one.1 + other.1 * self.times)
                }
                (Some((one, left)), other) if other.is_none_or(|(other, _)| one.0 < other.0) => {
                    self.left = left;
                    *one
                }
                (_, Some((other, right))) => {
                    self.right = right;
                    (other.0, other.1 * self.times)
                }
                (_, None) => return None,
            };
            if change.1 != 0 {
                return Some(change);
            }
        }
    }
}

/// Unknowns that a reader must think possible: the true ones, or others that agree with all that is printed.
#[derive(Clone, Debug, Default)]
pub(super) struct Possible {
    away: Move,
}

impl Possible {
    /// How often a move can be made, or made backwards with `sign` −1, at most `most` times: no unknown falls below 0,
    /// nor does a number that it changes, all of which are hidden then, fall below 1.
    pub(super) fn room(&self, problem: &Problem, step: &Move, sign: i64, most: i64) -> i64 {
        let fits = |value: i64, by: i64, floor: i64| {
            if by * sign < 0 { ((value - floor) / -(by * sign)).max(0) } else { i64::MAX }
        };
        let unknowns = step.unknowns.iter().map(|(unknown, by)| {
            fits(problem.unknowns[*unknown as usize].value + at(&self.away.unknowns, *unknown), *by, 0)
        });
        let cells = step
            .cells
            .iter()
            .map(|(cell, by)| fits(problem.cells[*cell as usize].value + at(&self.away.cells, *cell), *by, 1));
        unknowns.chain(cells).fold(most, i64::min)
    }

    /// Makes a move.
    pub(super) fn go(&mut self, step: &Move, times: i64) {
        self.away = self.away.with(step, times);
    }
}

fn at(changes: &Changes, key: u32) -> i64 {
    changes.binary_search_by_key(&key, |(at, _)| *at).map_or(0, |found| changes[found].1)
}
