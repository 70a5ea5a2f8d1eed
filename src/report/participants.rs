//! Numbers of participants as documents print them, and the ledger in which a document enters all of them before it
//! prints any, so that the small ones can be hidden.

use std::collections::HashMap;

use serde::ser::{Serialize, SerializeMap, Serializer};

use crate::count::{Count, Sum};
use crate::lang::Lang;
use crate::model::Offering;
use crate::registry::{Entry, Registry};
use crate::report::veil::{Atom, Cells, Place, Veil, Worth};
use crate::sheet::{Cell, Sign};
use crate::tally;

/// Who will read a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Audience {
    /// Everybody: small counts of participants are hidden.
    Public,
    /// The network itself: nothing is hidden.
    Internal,
}

/// Whom a number counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Who {
    /// Patients.
    Patients,
    /// Relatives.
    Relatives,
    /// Both.
    All,
}

/// A number of participants, as far as it may be shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Number {
    /// There is nobody to count: no run, or an information meeting.
    #[default]
    Nobody,
    /// Hidden, so that nobody can be recognised.
    Hidden,
    /// The sum of what is recorded.
    Sum(Sum),
}

impl Number {
    /// As a table prints it.
    #[must_use]
    pub fn cell(&self, lang: Lang) -> Cell {
        let value = serde_json::to_value(self).unwrap_or_default();
        match self {
            Self::Nobody => Cell::sign(Sign::NotApplicable, value),
            Self::Hidden => Cell::hidden(),
            Self::Sum(sum) => match Sign::of_count(&sum.count()) {
                Some(sign) => Cell::sign(sign, value),
                None => Cell { text: sum.in_words(lang), value, ..Cell::count(&sum.count(), lang) },
            },
        }
    }

    /// Whether it is so small that somebody could be recognised.
    #[must_use]
    pub fn is_small(&self, below: u64) -> bool {
        match self {
            Self::Sum(sum) => (1..below).contains(&sum.count().thousandths().unwrap_or(0).div_ceil(1000)),
            _ => false,
        }
    }
}

impl From<Sum> for Number {
    fn from(sum: Sum) -> Self {
        if sum.of == 0 { Self::Nobody } else { Self::Sum(sum) }
    }
}

impl Serialize for Number {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Nobody => serializer.serialize_none(),
            Self::Hidden => {
                let mut map = serializer.serialize_map(Some(1))?;
                map.serialize_entry("hidden", &true)?;
                map.end()
            }
            Self::Sum(sum) => {
                let mut map = serializer.serialize_map(None)?;
                let count = sum.count();
                map.serialize_entry("quality", count.quality().code())?;
                if let Some(thousandths) = count.thousandths() {
                    map.serialize_entry("value", &(thousandths / 1000))?;
                }
                map.serialize_entry("not-recorded", &sum.not_recorded())?;
                map.serialize_entry("of", &sum.of)?;
                map.end()
            }
        }
    }
}

/// Participants by whom they came as.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Participants {
    /// Patients.
    pub patients: Number,
    /// Relatives.
    pub relatives: Number,
    /// Both.
    pub all: Number,
}

impl Participants {
    /// The three numbers.
    #[must_use]
    pub fn columns(&self) -> [Number; 3] {
        [self.patients, self.relatives, self.all]
    }

    /// Whether any of the three is hidden.
    #[must_use]
    pub fn any_hidden(&self) -> bool {
        self.columns().contains(&Number::Hidden)
    }
}

impl From<tally::Participants> for Participants {
    fn from(sums: tally::Participants) -> Self {
        Self { patients: sums.patients.into(), relatives: sums.relatives.into(), all: sums.all.into() }
    }
}

/// All numbers of participants that a document prints. Enter every one, draw the veil, and then ask for each.
///
/// A number is about offerings in years. The same offerings in the same years give the same number, in whatever table,
/// chart or sentence it stands. No offering's count of a year that is small follows from what is printed, even where no
/// line is about that offering alone.
#[derive(Debug)]
pub struct Ledger<'r> {
    /// Counts from 1 to below this are hidden.
    limit: u32,
    cells: Cells,
    /// Patients and relatives of an offering in a year.
    atoms: HashMap<(&'r str, i32), [Atom; 2]>,
    figures: Vec<Place>,
    small_figure: bool,
}

/// A number that has been entered.
#[derive(Clone, Copy, Debug)]
pub struct Entered {
    place: Place,
    sum: Sum,
}

/// Three numbers that have been entered: patients, relatives and both.
#[derive(Clone, Copy, Debug)]
pub struct Line {
    patients: Entered,
    relatives: Entered,
    all: Entered,
}

/// What of a ledger may be shown.
#[derive(Clone, Debug)]
pub struct Shown {
    veil: Veil,
    figures: bool,
}

impl<'r> Ledger<'r> {
    /// A ledger for readers of the registry's documents; `publish.suppress-below` says what is small, 5 unless given.
    #[must_use]
    pub fn new(registry: &Registry, audience: Audience) -> Self {
        let limit = if audience == Audience::Public { registry.suppress_below() } else { 0 };
        Self { limit, cells: Cells::default(), atoms: HashMap::new(), figures: Vec::new(), small_figure: false }
    }

    /// Enters patients, relatives and both of offerings in years, each pair once. Information meetings count nobody.
    pub fn line(&mut self, of: impl IntoIterator<Item = (&'r Entry<Offering>, i32)>, worth: Worth) -> Line {
        let (atoms, sums) = self.counted(of);
        let mut enter = |who, sum| Entered { place: self.cells.print(chosen(&atoms, who), worth), sum };
        Line {
            patients: enter(Who::Patients, sums.patients),
            relatives: enter(Who::Relatives, sums.relatives),
            all: enter(Who::All, sums.all),
        }
    }

    /// Enters one number of offerings in years, each pair once, for a table or sentence that prints only that.
    pub fn number(
        &mut self,
        who: Who,
        of: impl IntoIterator<Item = (&'r Entry<Offering>, i32)>,
        worth: Worth,
    ) -> Entered {
        let (atoms, sums) = self.counted(of);
        Entered { place: self.cells.print(chosen(&atoms, who), worth), sum: chosen_sum(&sums, who) }
    }

    /// Says that no number of offerings in years may follow from the document, if it is small, though none is printed: of
    /// those, say, that one of two sums leaves out.
    pub fn keep(&mut self, of: impl IntoIterator<Item = (&'r Entry<Offering>, i32)>) {
        let (atoms, _) = self.counted(of);
        for who in [Who::Patients, Who::Relatives, Who::All] {
            self.cells.keep(chosen(&atoms, who));
        }
    }

    /// Enters a published figure about participants, with the offerings that it would be the sum of if the registry
    /// were complete. Where it is that sum, it is hidden with it.
    pub fn figure(&mut self, who: Who, value: &Count, of: impl IntoIterator<Item = (&'r Entry<Offering>, i32)>) {
        let Some(thousandths) = value.thousandths().filter(|number| *number > 0) else { return };
        self.small_figure |= thousandths < u64::from(self.limit) * 1000;
        let (atoms, sums) = self.counted(of);
        if chosen_sum(&sums, who).count().thousandths() == Some(thousandths) {
            self.figures.push(self.cells.print(chosen(&atoms, who), Worth::Whole));
        }
    }

    /// Decides what is hidden.
    #[must_use]
    pub fn veil(self) -> Shown {
        let veil = if self.limit == 0 { Veil::lifted() } else { self.cells.veil(self.limit) };
        let figures = !self.small_figure && !self.figures.iter().any(|place| veil.hides(*place));
        Shown { veil, figures }
    }

    fn counted(
        &mut self,
        of: impl IntoIterator<Item = (&'r Entry<Offering>, i32)>,
    ) -> (Vec<[Atom; 2]>, tally::Participants) {
        let mut sums = tally::Participants::default();
        let mut atoms = Vec::new();
        for (offering, year) in of {
            if tally::has_participants(offering) {
                tally::runs_in(offering, year).for_each(|run| sums.add(run));
                if self.limit > 0 {
                    atoms.push(self.atoms_of(offering, year));
                }
            }
        }
        (atoms, sums)
    }

    fn atoms_of(&mut self, offering: &'r Entry<Offering>, year: i32) -> [Atom; 2] {
        let cells = &mut self.cells;
        *self.atoms.entry((&*offering.id, year)).or_insert_with(|| {
            let sums = tally::Participants::of(tally::runs_in(offering, year));
            let atoms =
                [sums.patients, sums.relatives].map(|sum| cells.atom(sum.count().thousandths().unwrap_or(0) / 1000));
            cells.keep(atoms);
            atoms.iter().for_each(|atom| cells.keep([*atom]));
            atoms
        })
    }
}

fn chosen(atoms: &[[Atom; 2]], who: Who) -> impl Iterator<Item = Atom> + '_ {
    let which = match who {
        Who::Patients => 0..1,
        Who::Relatives => 1..2,
        Who::All => 0..2,
    };
    atoms.iter().flat_map(move |atoms| atoms[which.clone()].iter().copied())
}

fn chosen_sum(sums: &tally::Participants, who: Who) -> Sum {
    match who {
        Who::Patients => sums.patients,
        Who::Relatives => sums.relatives,
        Who::All => sums.all,
    }
}

impl Shown {
    /// A number, as far as it may be shown.
    #[must_use]
    pub fn number(&self, entered: &Entered) -> Number {
        if self.veil.hides(entered.place) { Number::Hidden } else { entered.sum.into() }
    }

    /// Patients, relatives and both, as far as they may be shown.
    #[must_use]
    pub fn participants(&self, line: &Line) -> Participants {
        Participants {
            patients: self.number(&line.patients),
            relatives: self.number(&line.relatives),
            all: self.number(&line.all),
        }
    }

    /// Whether published figures about participants may be shown. Since what they add up to need not be known to the
    /// registry, they are shown all or none: none where one is small or the same as a hidden number.
    #[must_use]
    pub fn figures(&self) -> bool {
        self.figures
    }
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::*;

    const TEXTS: [(&str, &str); 3] = [
        (
            "offerings/one.toml",
            "title = \"A\"\norganiser = \"a\"\n[[run]]\nstart = 2024-02-01\npatients = 12\nrelatives = 0\n",
        ),
        ("offerings/two.toml", "title = \"B\"\norganiser = \"b\"\n[[run]]\nstart = 2024-02-01\npatients = 3\n"),
        ("lmnet.toml", "format = 1\n"),
    ];

    fn registry() -> Registry {
        Registry::from_texts(TEXTS.map(|(path, text)| (PathBuf::from(path), text.as_bytes().to_vec())))
    }

    fn published(number: u64, whose: &str, audience: Audience) -> (bool, Number) {
        let registry = registry();
        let of = |ids: &[&str]| -> Vec<_> {
            registry.offerings.iter().filter(|one| ids.contains(&&*one.id)).map(|one| (one, 2024)).collect()
        };
        let mut ledger = Ledger::new(&registry, audience);
        let both = ledger.number(Who::Patients, of(&["one", "two"]), Worth::Whole);
        for id in ["one", "two"] {
            ledger.line(of(&[id]), Worth::Detail);
        }
        let value = Count::exact(usize::try_from(number).unwrap_or_default());
        ledger.figure(Who::Patients, &value, of(&whose.split(' ').collect::<Vec<_>>()));
        let shown = ledger.veil();
        (shown.figures(), shown.number(&both))
    }

    #[test]
    fn a_published_figure_is_hidden_with_the_number_that_it_repeats() {
        let shown = |number, whose| published(number, whose, Audience::Public).0;
        assert!(shown(15, "one two"), "the sum is shown, and the figure is the sum");
        assert!(shown(40, "one two"), "and another number says nothing of what is registered");
        assert!(!shown(12, "one"), "the 12 is hidden, since 15 − 12 is 3");
        assert!(!shown(4, "one two"), "4 is small, whatever is registered");
        assert!(published(3, "two", Audience::Internal).0);
    }

    #[test]
    fn what_a_sum_leaves_out_is_kept() {
        let registry = registry();
        let one: Vec<_> = registry.offerings.iter().map(|offering| (offering, 2024)).collect();
        let mut ledger = Ledger::new(&registry, Audience::Public);
        let all = ledger.number(Who::Patients, one.clone(), Worth::Whole);
        let some = ledger.number(Who::Patients, one[..1].to_vec(), Worth::Part);
        ledger.keep(one[1..].to_vec());
        let shown = ledger.veil();
        assert!(matches!(shown.number(&all), Number::Sum(_)));
        assert_eq!(shown.number(&some), Number::Hidden);
    }
}
