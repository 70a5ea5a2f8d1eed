//! Pairs of steps that change one sum in the middle back and leave others changed: two of them that leave the same others,
//! one forwards and one backwards, are a move that disturbs no sum.

use std::cmp::Reverse;
use std::collections::HashMap;

use super::moves::{Changes, Move};
use super::problem::Problem;
use super::steps::{Steps, is_sum};

/// How many classes around one sum are paired.
const CLASSES: usize = 24;
/// How many pairs there are in all.
const PAIRS: usize = 60_000;
/// How many pairs there are around one sum even so.
const FEWEST: usize = 6;
/// How many pairs are kept that leave the same.
const LIKE: usize = 8;

/// Two steps, the second one as often as the first, forwards or backwards.
type Pair = (u32, u32, i64);

/// Pairs of steps by what they leave changed, as long as that is printed.
#[derive(Debug, Default)]
pub(super) struct Pairs {
    by_rest: HashMap<Changes, Vec<(Reverse<i64>, Pair)>>,
    /// Which numbers were hidden when the pairs were made.
    hidden: Vec<bool>,
    sums_hidden: usize,
}

impl Pairs {
    /// Pairs of classes that have their narrowest sum in common.
    pub(super) fn new(problem: &Problem, steps: &Steps) -> Self {
        let hidden: Vec<bool> = problem.cells.iter().map(|cell| cell.hidden).collect();
        let mut new = Self { by_rest: HashMap::new(), hidden, sums_hidden: steps.sums_hidden };
        let mut around: Vec<Vec<u32>> = vec![Vec::new(); problem.cells.len()];
        for class in steps.classes() {
            if let (Some(cell), Some(step)) = (class.narrowest(problem), class.first()) {
                let others = &mut around[cell as usize];
                if others.len() < CLASSES {
                    others.push(step);
                }
            }
        }
        let each = PAIRS / around.iter().filter(|ids| ids.len() > 1).count().max(1);
        for (cell, ids) in (0_u32..).zip(&around) {
            let pairs = (1..ids.len()).flat_map(|later| (0..later).map(move |at| (ids[at], ids[later])));
            for (one, other) in pairs.take(each.max(FEWEST)) {
                let times = -(steps.steps[one as usize].of(cell) * steps.steps[other as usize].of(cell)).signum();
                let both = together(steps, (one, other, times));
                let room = both.unknowns.iter().map(|(unknown, _)| problem.unknowns[*unknown as usize].value).min();
                let (rest, _) = new.rest(problem, &both);
                let like = new.by_rest.entry(rest).or_default();
                like.push((Reverse(room.unwrap_or(0)), (one, other, times)));
                if like.len() > 2 * LIKE {
                    like.sort_unstable();
                    like.truncate(LIKE);
                }
            }
        }
        new.by_rest.values_mut().for_each(|like| like.sort_unstable());
        new
    }

    /// Whether so many more sums have been hidden that it is worth while to pair again.
    pub(super) fn outdated(&self, steps: &Steps) -> bool {
        self.hidden.is_empty() || steps.sums_hidden > self.sums_hidden + 4 + self.sums_hidden / 4
    }

    /// A move with pairs that change back what sums it changes.
    pub(super) fn completed<'p>(
        &'p self,
        problem: &'p Problem,
        steps: &'p Steps,
        step: &'p Move,
    ) -> impl Iterator<Item = Move> + 'p {
        let (rest, sign) = self.rest(problem, step);
        let found = if rest.is_empty() { None } else { self.by_rest.get(&rest) };
        found.into_iter().flatten().take(LIKE).map(move |(_, pair)| {
            let pair = together(steps, *pair);
            let (_, other) = self.rest(problem, &pair);
            step.with(&pair, -sign * other)
        })
    }

    /// The printed sums that a move changes, turned so that the first one grows; and whether it had to be turned.
    fn rest(&self, problem: &Problem, step: &Move) -> (Changes, i64) {
        let is_sum = |(cell, _): &(u32, i64)| is_sum(problem, *cell) && !self.hidden[*cell as usize];
        let mut rest: Changes = step.cells.iter().copied().filter(is_sum).collect();
        let sign = rest.first().map_or(1, |(_, by)| by.signum());
        rest.iter_mut().for_each(|(_, by)| *by *= sign);
        (rest, sign)
    }
}

fn together(steps: &Steps, (one, other, times): Pair) -> Move {
    steps.steps[one as usize].with(&steps.steps[other as usize], times)
}
