//! The numbers of a document as equations: each different number once, over as few unknowns as tell them apart.

use std::collections::HashMap;

use super::{Worth, index};

/// An unknown: atoms that always stand together, as a sum. Those that are 0 are left out, since somebody may know them.
#[derive(Clone, Debug)]
pub(super) struct Unknown {
    /// The true value.
    pub(super) value: i64,
    /// The numbers that it is a part of, ascending.
    pub(super) cells: Vec<u32>,
}

/// A number that the document prints, somewhere or in several places, or that it must not give away.
#[derive(Clone, Debug)]
pub(super) struct Cell {
    /// Its parts, ascending.
    pub(super) unknowns: Vec<u32>,
    /// The true value.
    pub(super) value: i64,
    /// What is lost when it is hidden.
    pub(super) cost: u64,
    /// Whether it is hidden.
    pub(super) hidden: bool,
}

/// The numbers of a document, and which are hidden so far.
#[derive(Clone, Debug)]
pub(super) struct Problem {
    pub(super) limit: i64,
    pub(super) unknowns: Vec<Unknown>,
    pub(super) cells: Vec<Cell>,
    /// What is lost when each number is hidden; nothing of those that are. They are asked for more often than all else.
    prices: Vec<u64>,
}

impl Problem {
    /// The numbers with the small ones hidden, and which number stands in each place; none where it is 0.
    pub(super) fn new(atoms: &[u64], places: Vec<(Vec<u32>, Option<Worth>)>, limit: i64) -> (Self, Vec<Option<u32>>) {
        let value = |atom: &u32| atoms.get(*atom as usize).copied().unwrap_or(0);
        let mut known: HashMap<Vec<u32>, u32> = HashMap::new();
        let mut cells: Vec<Cell> = Vec::new();
        let mut sets: Vec<Vec<u32>> = Vec::new();
        let mut of_place = Vec::with_capacity(places.len());
        for (mut set, worth) in places {
            set.retain(|atom| value(atom) > 0);
            set.sort_unstable();
            set.dedup();
            let sum = set.iter().fold(0_i64, |sum, atom| sum.saturating_add_unsigned(value(atom)));
            let small = (1..limit).contains(&sum);
            if set.is_empty() || worth.is_none() && !small {
                of_place.push(None);
                continue;
            }
            let cell = *known.entry(set).or_insert_with_key(|set| {
                sets.push(set.clone());
                cells.push(Cell { unknowns: Vec::new(), value: sum, cost: 0, hidden: small });
                index(cells.len() - 1)
            });
            cells[cell as usize].cost += worth.map_or(0, |worth| cost(worth, sum));
            of_place.push(Some(cell));
        }
        let prices = cells.iter().map(|cell| if cell.hidden { 0 } else { cell.cost }).collect();
        let mut problem = Self { limit, unknowns: unknowns(atoms, &sets), cells, prices };
        for (at, unknown) in problem.unknowns.iter().enumerate() {
            for cell in &unknown.cells {
                problem.cells[*cell as usize].unknowns.push(index(at));
            }
        }
        (problem, of_place)
    }

    pub(super) fn hidden(&self, cell: u32) -> bool {
        self.cells[cell as usize].hidden
    }

    pub(super) fn hide(&mut self, cell: u32) {
        self.cells[cell as usize].hidden = true;
        self.prices[cell as usize] = 0;
    }

    /// What is lost when a number is hidden that perhaps is already.
    pub(super) fn price(&self, cell: u32) -> u64 {
        self.prices[cell as usize]
    }
}

/// Puts the atoms together that are parts of the same numbers.
fn unknowns(atoms: &[u64], sets: &[Vec<u32>]) -> Vec<Unknown> {
    let mut signatures: Vec<Vec<u32>> = vec![Vec::new(); atoms.len()];
    for (cell, set) in sets.iter().enumerate() {
        for atom in set {
            signatures[*atom as usize].push(index(cell));
        }
    }
    let mut known: HashMap<Vec<u32>, usize> = HashMap::new();
    let mut unknowns: Vec<Unknown> = Vec::new();
    for (atom, cells) in signatures.into_iter().enumerate().filter(|(_, cells)| !cells.is_empty()) {
        let at = *known.entry(cells).or_insert_with_key(|cells| {
            unknowns.push(Unknown { value: 0, cells: cells.clone() });
            unknowns.len() - 1
        });
        unknowns[at].value = unknowns[at].value.saturating_add_unsigned(atoms[atom]);
    }
    unknowns
}

/// What is lost with a number: a sum is worth more than any detail, and a large number more than a small one, but less
/// than in proportion.
fn cost(worth: Worth, value: i64) -> u64 {
    let rank = match worth {
        Worth::Detail => 1,
        Worth::Part => 100,
        Worth::Whole => 10_000,
    };
    rank * (32 + value.unsigned_abs().saturating_mul(16).isqrt())
}
