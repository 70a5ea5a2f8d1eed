//! What moves are put together from: steps, in classes that differ only in the details they disturb.

use std::cmp::Reverse;
use std::collections::{BTreeSet, HashMap};

use super::index;
use super::moves::{Changes, Move};
use super::problem::Problem;

/// Numbers of at most so many unknowns are details of one thing; those of more are what things have in common.
const NARROW: usize = 4;

/// Whether a number is a sum over many things.
pub(super) fn is_sum(problem: &Problem, cell: u32) -> bool {
    problem.cells[cell as usize].unknowns.len() > NARROW
}

/// How many steps of a class are tried, and how many are looked at for that.
pub(super) const TRIED: usize = 6;
pub(super) const LOOKED_AT: usize = 64;

/// Every step: an unknown grows, or one grows as much as another shrinks with which alone it makes up a number.
#[derive(Debug)]
pub(super) struct Steps {
    pub(super) steps: Vec<Move>,
    /// The class of each step.
    class_of: Vec<u32>,
    classes: Vec<Class>,
    /// The steps that change an unknown.
    of_unknown: Vec<Vec<u32>>,
    /// The classes that change a number of many unknowns.
    of_cell: Vec<Vec<u32>>,
    /// How many sums have been hidden since the start.
    pub(super) sums_hidden: usize,
}

/// Steps that change the same sums in the same way.
#[derive(Debug, Default)]
pub(super) struct Class {
    /// The sums; the first one grows.
    pub(super) sums: Changes,
    /// What disturbs little besides, before what disturbs more.
    cheap: Vec<u32>,
    /// What disturbs nothing besides, those with most room first.
    open: BTreeSet<(Reverse<i64>, u32)>,
}

impl Steps {
    pub(super) fn new(problem: &Problem) -> Self {
        let mut new = Self {
            steps: Vec::new(),
            class_of: Vec::new(),
            classes: Vec::new(),
            of_unknown: vec![Vec::new(); problem.unknowns.len()],
            of_cell: vec![Vec::new(); problem.cells.len()],
            sums_hidden: 0,
        };
        let mut known = HashMap::new();
        for unknown in 0..problem.unknowns.len() {
            new.add(problem, &mut known, Move::grow(problem, index(unknown)));
        }
        for cell in &problem.cells {
            if let [one, other] = *cell.unknowns {
                let step = Move::grow(problem, one).with(&Move::grow(problem, other), -1);
                new.add(problem, &mut known, step);
            }
        }
        for class in &mut new.classes {
            let cost = |step: &u32| -> u64 {
                let narrow = narrow(problem, &new.steps[*step as usize]);
                narrow.map(|cell| problem.cells[cell as usize].cost).sum()
            };
            class.cheap.sort_by_cached_key(|step| (cost(step), *step));
        }
        for step in 0..new.steps.len() {
            new.open_if_free(problem, index(step));
        }
        new
    }

    fn add(&mut self, problem: &Problem, known: &mut HashMap<Changes, u32>, step: Move) {
        let mut sums: Changes = step.cells.iter().copied().filter(|(cell, _)| is_sum(problem, *cell)).collect();
        let backwards = sums.first().is_some_and(|(_, by)| *by < 0);
        let step = if backwards { Move::default().with(&step, -1) } else { step };
        if backwards {
            sums.iter_mut().for_each(|(_, by)| *by = -*by);
        }
        let id = index(self.steps.len());
        let class = *known.entry(sums).or_insert_with_key(|sums| {
            let class = index(self.classes.len());
            sums.iter().for_each(|(cell, _)| self.of_cell[*cell as usize].push(class));
            self.classes.push(Class { sums: sums.clone(), ..Class::default() });
            class
        });
        self.classes[class as usize].cheap.push(id);
        self.class_of.push(class);
        step.unknowns.iter().for_each(|(unknown, _)| self.of_unknown[*unknown as usize].push(id));
        self.steps.push(step);
    }

    fn open_if_free(&mut self, problem: &Problem, id: u32) {
        let step = &self.steps[id as usize];
        if narrow(problem, step).all(|cell| problem.hidden(cell)) {
            let room = step.unknowns.iter().map(|(unknown, _)| problem.unknowns[*unknown as usize].value).sum();
            self.classes[self.class_of[id as usize] as usize].open.insert((Reverse(room), id));
        }
    }

    /// Takes in that a number has been hidden.
    pub(super) fn hidden(&mut self, problem: &Problem, cell: u32) {
        let unknowns = &problem.cells[cell as usize].unknowns;
        if is_sum(problem, cell) {
            self.sums_hidden += 1;
        } else {
            for unknown in unknowns {
                for at in 0..self.of_unknown[*unknown as usize].len() {
                    self.open_if_free(problem, self.of_unknown[*unknown as usize][at]);
                }
            }
        }
    }

    /// The steps that change an unknown.
    pub(super) fn changing(&self, unknown: u32) -> &[u32] {
        &self.of_unknown[unknown as usize]
    }

    pub(super) fn class(&self, step: u32) -> &Class {
        &self.classes[self.class_of[step as usize] as usize]
    }

    pub(super) fn classes(&self) -> &[Class] {
        &self.classes
    }

    /// The classes that change a sum.
    pub(super) fn classes_changing(&self, cell: u32) -> impl Iterator<Item = &Class> {
        self.of_cell[cell as usize].iter().map(|class| &self.classes[*class as usize])
    }
}

impl Class {
    /// Steps that disturb nothing besides, then others, the cheapest first.
    pub(super) fn open(&self) -> impl Iterator<Item = u32> {
        self.open.iter().map(|(_, step)| *step).take(LOOKED_AT)
    }

    /// Steps, those that disturb least first.
    pub(super) fn cheap(&self) -> impl Iterator<Item = u32> {
        self.cheap.iter().copied().take(LOOKED_AT)
    }

    /// The sum over fewest things.
    pub(super) fn narrowest(&self, problem: &Problem) -> Option<u32> {
        self.narrow_first(problem).first().copied()
    }

    /// The sums, those over fewest things first.
    pub(super) fn narrow_first(&self, problem: &Problem) -> Vec<u32> {
        let mut sums: Vec<u32> = self.sums.iter().map(|(cell, _)| *cell).collect();
        sums.sort_by_key(|cell| (problem.cells[*cell as usize].unknowns.len(), *cell));
        sums
    }

    /// The step that disturbs least.
    pub(super) fn first(&self) -> Option<u32> {
        self.open().chain(self.cheap()).next()
    }
}

/// The numbers of few unknowns that a step changes.
fn narrow(problem: &Problem, step: &Move) -> impl Iterator<Item = u32> {
    step.cells.iter().map(|(cell, _)| *cell).filter(|cell| !is_sum(problem, *cell))
}
