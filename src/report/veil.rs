//! Counts that must not be shown: which numbers of a document are hidden, so that none of them follows from the others.
//!
//! A document prints *cells*; a cell is the sum of some *atoms*, which are the counts that its tables are made of. Cells
//! over the same atoms are the same number wherever they stand, in a table, a chart or a sentence. A number from 1 to
//! below the limit is hidden (primary suppression), and so is whatever else it takes (secondary suppression), until each
//! hidden number could be any of at least as many values as the limit says for a reader who
//!
//! - knows every number that is printed, and which atoms each number is the sum of,
//! - knows that atoms are whole and not negative, and which of them are 0,
//! - knows that what is hidden is 1 or more, since zeros are printed.
//!
//! That a number could be another one is proved by showing how: from the true numbers, *moves* ([`moves`]) lead to others
//! that agree with everything printed. What can't be proved safe is not shown: more is hidden, the details first, parts
//! next, and whole sums last. Hiding more never undoes a proof, so each number is looked at once, and the end, at the
//! latest, is that nothing is printed, from which nothing follows.
//!
//! This holds for the document as a whole, not for several documents together.

mod moves;
mod pairs;
mod problem;
mod search;
mod steps;
#[cfg(test)]
mod tests;

use problem::Problem;

/// One of the counts that numbers of the document are sums of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Atom(u32);

/// A number of the document, to ask for later.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place(u32);

/// How much is lost when a number is hidden. What is worth less is hidden first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Worth {
    /// A number about one thing among many.
    Detail,
    /// A sum over some of them.
    Part,
    /// A sum over all of them.
    Whole,
}

/// All numbers that a document would print.
#[derive(Clone, Debug, Default)]
pub struct Cells {
    atoms: Vec<u64>,
    cells: Vec<(Vec<u32>, Option<Worth>)>,
}

impl Cells {
    /// A count that numbers can be sums of. What is not recorded is 0: it adds nothing to any sum.
    pub fn atom(&mut self, value: u64) -> Atom {
        self.atoms.push(value);
        Atom(index(self.atoms.len() - 1))
    }

    /// A number that is to be printed, as the sum of atoms, each of which counts once.
    pub fn print(&mut self, atoms: impl IntoIterator<Item = Atom>, worth: Worth) -> Place {
        self.cells.push((atoms.into_iter().map(|atom| atom.0).collect(), Some(worth)));
        Place(index(self.cells.len() - 1))
    }

    /// A number that is not printed, and that must not follow from what is, if it is small.
    pub fn keep(&mut self, atoms: impl IntoIterator<Item = Atom>) {
        self.cells.push((atoms.into_iter().map(|atom| atom.0).collect(), None));
    }

    /// Decides what is hidden: numbers from 1 to below `limit`, and what would give them away.
    #[must_use]
    pub fn veil(self, limit: u32) -> Veil {
        let (mut problem, of_place) = Problem::new(&self.atoms, self.cells, i64::from(limit));
        search::protect(&mut problem);
        let hidden = of_place.into_iter().map(|cell| cell.is_some_and(|cell| problem.hidden(cell))).collect();
        Veil { hidden: Some(hidden) }
    }
}

/// What is hidden.
#[derive(Clone, Debug)]
pub struct Veil {
    /// By place; nothing where nothing at all is hidden.
    hidden: Option<Vec<bool>>,
}

impl Veil {
    /// Hides nothing.
    #[must_use]
    pub fn lifted() -> Self {
        Self { hidden: None }
    }

    /// Whether any number must not be shown.
    #[must_use]
    pub fn hides_anything(&self) -> bool {
        self.hidden.as_ref().is_some_and(|hidden| hidden.contains(&true))
    }

    /// Whether the number at a place must not be shown.
    #[must_use]
    pub fn hides(&self, place: Place) -> bool {
        self.hidden.as_ref().is_some_and(|hidden| hidden.get(place.0 as usize).copied().unwrap_or(true))
    }
}

/// An index in the half of the space that it needs.
fn index(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}
