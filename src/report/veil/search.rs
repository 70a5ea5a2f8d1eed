//! Hides what must be hidden: for each hidden number the moves that prove it safe, and where there are too few, those that
//! cost least.

use std::cmp::Reverse;
use std::collections::{BTreeMap, VecDeque};

use super::moves::{Move, Possible};
use super::pairs::Pairs;
use super::problem::Problem;
use super::steps::{Class, Steps, TRIED};

/// How many steps a move is put together from at most, in the search that looks further than two.
const LONGEST: usize = 6;
/// How many unfinished moves that search keeps at a time.
const WIDTH: usize = 10;
/// How many classes it tries for each.
const CLASSES: usize = 48;
/// How many moves it makes in all before it settles for short ones, so that no document takes for ever.
const PATIENCE: usize = 20_000;
/// How many classes beside its own a step is tried with.
const NEAR: usize = 24;
/// A number of at most so many unknowns can be changed back by any step that changes it.
const FEW: usize = 24;
/// From how many of its unknowns the moves of a number start.
const STARTS: usize = 16;
/// What costs less disturbs only details.
const DETAILS: u64 = 3_200;

/// Hides more until every hidden number could be any of enough values.
pub(super) fn protect(problem: &mut Problem) {
    if !problem.cells.iter().any(|cell| cell.hidden) {
        return;
    }
    let mut search =
        Search { steps: Steps::new(problem), pairs: Pairs::default(), causes: BTreeMap::new(), left: PATIENCE };
    let mut waiting: VecDeque<u32> =
        (0_u32..).zip(&problem.cells).filter(|(_, cell)| cell.hidden).map(|(at, _)| at).collect();
    while let Some(target) = waiting.pop_front() {
        let (mut high, mut low) = (Possible::default(), Possible::default());
        let mut need = problem.limit - 1;
        while need > 0 {
            // There always is one: an unknown that grows, and all that it disturbs hidden.
            let Some(chosen) = search.best(problem, &Aim { target, need, high: &high, low: &low }) else { break };
            let disturbed: Vec<u32> = chosen.disturbed(problem).map(|(cell, _)| cell).collect();
            for cell in disturbed {
                problem.hide(cell);
                search.steps.hidden(problem, cell);
                search.causes.insert(cell, chosen.clone());
                waiting.push_back(cell);
            }
            let (up, down) = Aim { target, need, high: &high, low: &low }.times(problem, &chosen);
            high.go(&chosen, up);
            low.go(&chosen, -down);
            need -= up + down;
        }
    }
}

struct Search {
    steps: Steps,
    pairs: Pairs,
    /// The move for which each number was hidden.
    causes: BTreeMap<u32, Move>,
    left: usize,
}

/// What a move is to do: widen what is possible for a number.
struct Aim<'a> {
    target: u32,
    /// How many more values it must be able to have.
    need: i64,
    high: &'a Possible,
    low: &'a Possible,
}

impl Aim<'_> {
    /// How often a move that makes the number larger can be made from the highest that is known to be possible, and
    /// backwards from the lowest, as far as it is needed: each time, the number has one more value.
    fn times(&self, problem: &Problem, step: &Move) -> (i64, i64) {
        if step.of(self.target) <= 0 {
            return (0, 0);
        }
        let up = self.high.room(problem, step, 1, self.need);
        (up, self.low.room(problem, step, -1, self.need - up))
    }
}

/// The best move so far.
#[derive(Default)]
struct Best {
    found: Option<(Price, Move)>,
}

/// What a move disturbs, as often as moves like it are needed; then how many unknowns it changes, and how far it leads.
type Price = (u64, usize, Reverse<i64>);

impl Best {
    /// Whether the move does anything for the aim; keeps it if it is the best one so far.
    fn offer(&mut self, problem: &Problem, aim: &Aim<'_>, step: &Move) -> bool {
        let (up, down) = aim.times(problem, step);
        let gain = up + down;
        if gain <= 0 {
            return false;
        }
        let often = ((aim.need + gain - 1) / gain).unsigned_abs();
        let price = (step.cost(problem).saturating_mul(often), step.unknowns.len(), Reverse(gain));
        let better = self.found.as_ref().is_none_or(|(known, best)| (known, best) > (&price, step));
        if better {
            self.found = Some((price, step.clone()));
        }
        true
    }

    /// Whether a move that costs so much could be better.
    fn could_be(&self, cost: u64) -> bool {
        self.found.as_ref().is_none_or(|((known, ..), _)| cost <= *known)
    }

    /// Whether nothing more has to be hidden, and nothing more has to be found.
    fn is_enough(&self, aim: &Aim<'_>) -> bool {
        self.found.as_ref().is_some_and(|((cost, _, gain), _)| *cost == 0 && gain.0 >= aim.need)
    }

    fn disturbs_sums(&self, problem: &Problem) -> bool {
        let dear = |(cell, _): (u32, i64)| problem.cells[cell as usize].cost >= DETAILS;
        self.found.as_ref().is_none_or(|(_, step)| step.disturbed(problem).any(dear))
    }
}

/// The cheapest of unfinished moves, each once.
#[derive(Default)]
struct Cheapest(Vec<(u64, Move)>);

impl Cheapest {
    fn takes(&self, cost: u64) -> bool {
        self.0.len() < WIDTH || self.0.last().is_some_and(|(dearest, _)| cost <= *dearest)
    }

    fn keep(&mut self, cost: u64, step: Move) {
        let new = (cost, step);
        if let Err(at) = self.0.binary_search(&new) {
            self.0.insert(at, new);
            self.0.truncate(WIDTH);
        }
    }
}

impl Search {
    fn best(&mut self, problem: &Problem, aim: &Aim<'_>) -> Option<Move> {
        let mut best = Best::default();
        if let Some(cause) = self.causes.get(&aim.target) {
            let sign = cause.of(aim.target).signum();
            best.offer(problem, aim, &Move::default().with(cause, sign));
            if best.is_enough(aim) {
                return best.found.map(|(_, step)| step);
            }
        }
        let mut unfinished = Vec::new();
        for unknown in self.starts(problem, aim.target) {
            for id in self.steps.changing(unknown) {
                let step = &self.steps.steps[*id as usize];
                let sign = step.of(aim.target).signum();
                if sign == 0 || best.is_enough(aim) {
                    continue;
                }
                let start = Move::default().with(step, sign);
                best.offer(problem, aim, &start);
                self.with_likes(problem, aim, &start, self.steps.class(*id), sign, &mut best);
                unfinished.push((*id, sign, start));
            }
        }
        if best.disturbs_sums(problem) {
            if self.pairs.outdated(&self.steps) {
                self.pairs = Pairs::new(problem, &self.steps);
            }
            self.with_pairs(problem, aim, &unfinished, &mut best);
        }
        if best.disturbs_sums(problem) {
            self.look_further(problem, aim, unfinished.into_iter().map(|(.., start)| start).collect(), &mut best);
        }
        best.found.map(|(_, step)| step)
    }

    /// A step, another one that changes a sum back, the narrowest sums first, and a pair of steps that changes back the
    /// rest.
    fn with_pairs(&self, problem: &Problem, aim: &Aim<'_>, starts: &[(u32, i64, Move)], best: &mut Best) {
        for (id, sign, start) in starts {
            let mut tried = vec![*id];
            let sums = self.steps.class(*id).narrow_first(problem).into_iter();
            for sum in sums.filter(|sum| !problem.hidden(*sum)) {
                let by = self.steps.steps[*id as usize].of(sum) * sign;
                for other in self.steps.classes_changing(sum).filter_map(Class::first).take(NEAR) {
                    if best.is_enough(aim) || tried.len() > NEAR {
                        break;
                    }
                    let back = -(self.steps.steps[other as usize].of(sum) * by).signum();
                    let two = start.with(&self.steps.steps[other as usize], back);
                    if two.of(aim.target) > 0 && !tried.contains(&other) {
                        tried.push(other);
                        best.offer(problem, aim, &two);
                        for four in self.pairs.completed(problem, &self.steps, &two) {
                            best.offer(problem, aim, &four);
                        }
                    }
                }
            }
        }
    }

    /// The unknowns of a number, those first that could change at the least cost.
    fn starts(&self, problem: &Problem, target: u32) -> Vec<u32> {
        let mut starts: Vec<u32> = problem.cells[target as usize].unknowns.iter().copied().take(256).collect();
        starts.sort_by_cached_key(|unknown| (Move::grow(problem, *unknown).cost(problem), *unknown));
        starts.truncate(STARTS);
        starts
    }

    /// A step, and another one of its class backwards: no sum changes.
    fn with_likes(&self, problem: &Problem, aim: &Aim<'_>, start: &Move, class: &Class, sign: i64, best: &mut Best) {
        let mut offer = |id: &u32| {
            if best.is_enough(aim) {
                return false;
            }
            let both = start.with(&self.steps.steps[*id as usize], -sign);
            best.offer(problem, aim, &both)
        };
        class.open().filter(&mut offer).take(TRIED).for_each(drop);
        class.cheap().filter(&mut offer).take(TRIED).for_each(drop);
    }

    /// Adds steps that change back what a move disturbs, the dearest number first, and keeps the cheapest moves.
    fn look_further(&mut self, problem: &Problem, aim: &Aim<'_>, mut unfinished: Vec<Move>, best: &mut Best) {
        for _ in 1..LONGEST {
            let mut longer = Cheapest::default();
            for step in &unfinished {
                let dearest =
                    step.disturbed(problem).max_by_key(|(cell, _)| (problem.cells[*cell as usize].cost, *cell));
                let Some((cell, by)) = dearest else { continue };
                for (id, sign) in self.changing_back(problem, step, cell, by) {
                    if self.left == 0 || best.is_enough(aim) {
                        return;
                    }
                    self.left -= 1;
                    let other = &self.steps.steps[id as usize];
                    let cost = step.cost_with(problem, &other.cells, sign);
                    if best.could_be(cost) || longer.takes(cost) {
                        let next = step.with(other, sign);
                        best.offer(problem, aim, &next);
                        longer.keep(cost, next);
                    }
                }
            }
            unfinished = longer.0.into_iter().map(|(_, step)| step).collect();
        }
    }

    /// Steps that change a number the other way, with their sign.
    fn changing_back(&self, problem: &Problem, step: &Move, cell: u32, by: i64) -> Vec<(u32, i64)> {
        let unknowns = &problem.cells[cell as usize].unknowns;
        let back = |id: u32| {
            let sign = -(self.steps.steps[id as usize].of(cell) * by).signum();
            (sign != 0).then_some((id, sign))
        };
        if unknowns.len() <= FEW {
            let mut ids: Vec<u32> =
                unknowns.iter().flat_map(|unknown| self.steps.changing(*unknown)).copied().collect();
            ids.sort_unstable();
            ids.dedup();
            return ids.into_iter().filter_map(back).collect();
        }
        let mut classes: Vec<(u64, (u32, i64))> = self
            .steps
            .classes_changing(cell)
            .filter_map(|class| {
                let (id, sign) = class.first().and_then(back)?;
                Some((step.cost_with(problem, &class.sums, sign), (id, sign)))
            })
            .collect();
        classes.sort_unstable();
        classes.truncate(CLASSES);
        classes.into_iter().map(|(_, found)| found).collect()
    }
}
