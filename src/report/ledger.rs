//! The ledger in which a document enters all numbers of participants before it prints any, so that the small ones can be
//! hidden.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::participants::{Audience, Number, Participants, Totals, Who};
use super::veil::{Atom, Cells, Place, Veil, Worth};
use crate::count::{Count, Sum};
use crate::model::Offering;
use crate::registry::{Entry, Registry};
use crate::source::FileId;
use crate::tally;

/// All numbers of participants that a document prints. Enter every one, draw the veil, and then ask for each.
///
/// A number is about offerings in years. The same offerings in the same years give the same number, in whatever table,
/// chart or sentence it stands. No offering's count of a year that is small follows from what is printed, even where no
/// line is about that offering alone.
#[derive(Debug)]
pub struct Ledger {
    /// Counts from 1 to below this are hidden.
    limit: u32,
    cells: Cells,
    /// Patients and relatives of an offering in a year.
    atoms: HashMap<(FileId, i32), [Atom; 2]>,
    /// Published figures that say the same as numbers of the document, with their years.
    figures: Vec<(i32, Place)>,
    /// All published figures by year.
    published: BTreeMap<i32, Vec<Published>>,
}

/// A published figure about participants.
#[derive(Clone, Debug)]
struct Published {
    who: Who,
    network: String,
    /// Nothing for one about the whole network.
    organisation: Option<String>,
    thousandths: u64,
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

/// What offerings come to, entered.
#[derive(Clone, Copy, Debug)]
pub struct EnteredTotals {
    offerings: usize,
    runs: usize,
    line: Line,
}

/// What of a ledger may be shown.
#[derive(Clone, Debug)]
pub struct Shown {
    veil: Veil,
    /// Years whose published figures about participants may not be shown.
    without_figures: BTreeSet<i32>,
}

impl Ledger {
    /// A ledger for readers of the registry's documents; `publish.suppress-below` says what is small, 5 unless given.
    #[must_use]
    pub fn new(registry: &Registry, audience: Audience) -> Self {
        let limit = if audience == Audience::Public { registry.suppress_below() } else { 0 };
        Self { limit, cells: Cells::default(), atoms: HashMap::new(), figures: Vec::new(), published: BTreeMap::new() }
    }

    /// Enters patients, relatives and both of offerings in years, each pair once. Information meetings count nobody.
    pub fn line<'o>(&mut self, of: impl IntoIterator<Item = (&'o Entry<Offering>, i32)>, worth: Worth) -> Line {
        let (atoms, sums) = self.counted(of);
        let mut enter = |who, sum| Entered { place: self.cells.print(chosen(&atoms, who), worth), sum };
        Line {
            patients: enter(Who::Patients, sums.patients),
            relatives: enter(Who::Relatives, sums.relatives),
            all: enter(Who::All, sums.all),
        }
    }

    /// Enters what offerings come to in years, each pair once, with the years of an offering one after another.
    pub fn totals(&mut self, of: &[(&Entry<Offering>, i32)], worth: Worth) -> EnteredTotals {
        EnteredTotals {
            offerings: of.chunk_by(|a, b| std::ptr::eq(a.0, b.0)).count(),
            runs: of.iter().map(|(offering, year)| tally::runs_in(offering, *year).count()).sum(),
            line: self.line(of.iter().copied(), worth),
        }
    }

    /// Enters one number of offerings in years, each pair once, for a table or sentence that prints only that.
    pub fn number<'o>(
        &mut self,
        who: Who,
        of: impl IntoIterator<Item = (&'o Entry<Offering>, i32)>,
        worth: Worth,
    ) -> Entered {
        let (atoms, sums) = self.counted(of);
        Entered { place: self.cells.print(chosen(&atoms, who), worth), sum: chosen_sum(&sums, who) }
    }

    /// Enters a published figure about participants of a year, with the offerings that it would be the sum of if the
    /// registry were complete, and the network and the organisation that it is about. Where it is that sum, it is hidden with it.
    pub fn figure<'o>(
        &mut self,
        year: i32,
        who: Who,
        value: &Count,
        (network, organisation): (&str, Option<&str>),
        of: impl IntoIterator<Item = &'o Entry<Offering>>,
    ) {
        let Some(thousandths) = value.thousandths().filter(|number| *number > 0) else { return };
        let (network, organisation) = (network.to_owned(), organisation.map(str::to_owned));
        self.published.entry(year).or_default().push(Published { who, network, organisation, thousandths });
        let (atoms, sums) = self.counted(of.into_iter().map(|offering| (offering, year)));
        if chosen_sum(&sums, who).count().thousandths() == Some(thousandths) {
            self.figures.push((year, self.cells.print(chosen(&atoms, who), Worth::Whole)));
        }
    }

    /// Decides what is hidden.
    #[must_use]
    pub fn veil(self) -> Shown {
        let veil = if self.limit == 0 { Veil::lifted() } else { self.cells.veil(self.limit) };
        let repeated = self.figures.iter().filter(|(_, place)| veil.hides(*place)).map(|(year, _)| *year);
        let limit = u64::from(self.limit) * 1000;
        let telling =
            self.published.iter().filter(|(_, figures)| tell_a_small_number(figures, limit)).map(|(year, _)| *year);
        let without_figures = repeated.chain(telling).collect();
        Shown { veil, without_figures }
    }

    fn counted<'o>(
        &mut self,
        of: impl IntoIterator<Item = (&'o Entry<Offering>, i32)>,
    ) -> (Vec<[Atom; 2]>, tally::Participants) {
        let mut sums = tally::Participants::default();
        let mut atoms = Vec::new();
        for (offering, year) in of {
            if tally::has_participants(offering) {
                tally::runs_in(offering, year).for_each(|run| sums.add(offering, run));
                if self.limit > 0 {
                    atoms.push(self.atoms_of(offering, year));
                }
            }
        }
        (atoms, sums)
    }

    fn atoms_of(&mut self, offering: &Entry<Offering>, year: i32) -> [Atom; 2] {
        let cells = &mut self.cells;
        *self.atoms.entry((offering.file, year)).or_insert_with(|| {
            let sums = tally::Participants::of(tally::runs_in(offering, year).map(|run| (&**offering, run)));
            let atoms =
                [sums.patients, sums.relatives].map(|sum| cells.atom(sum.count().thousandths().unwrap_or(0) / 1000));
            cells.keep(atoms);
            atoms.iter().for_each(|atom| cells.keep([*atom]));
            atoms
        })
    }
}

/// Whether a small number stands among published figures of a year or follows from two of them of which one counts some of
/// those that the other counts, or from that about a whole network and those about its organisations. They may count other
/// people than the registry knows of.
fn tell_a_small_number(figures: &[Published], limit: u64) -> bool {
    let small = |number: u64| (1..limit).contains(&number);
    let within = |one: &Published, other: &Published| {
        one.network == other.network && (one.organisation.is_none() || one.organisation == other.organisation)
    };
    let differ = |one: &Published| {
        figures.iter().any(|other| within(one, other) && small(one.thousandths.abs_diff(other.thousandths)))
    };
    let rest = |all: &Published| {
        let single = figures.iter().filter(|one| one.who == all.who && one.network == all.network);
        let single: u64 = single.filter(|one| one.organisation.is_some()).map(|one| one.thousandths).sum();
        all.organisation.is_none() && small(all.thousandths.saturating_sub(single))
    };
    figures.iter().any(|one| small(one.thousandths) || differ(one) || rest(one))
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

    /// What offerings come to, as far as it may be shown.
    #[must_use]
    pub fn totals(&self, entered: &EnteredTotals) -> Totals {
        let EnteredTotals { offerings, runs, line } = entered;
        Totals { offerings: *offerings, runs: *runs, participants: self.participants(line) }
    }

    /// Whether anything is hidden, so that remarks in free words could give it away.
    #[must_use]
    pub fn hides_anything(&self) -> bool {
        self.veil.hides_anything()
    }

    /// Whether published figures about participants of a year may be shown. Since what they add up to need not be known to
    /// the registry, they are shown all or none: none where one is small, gives a small one away or is the same as a hidden number.
    #[must_use]
    pub fn figures(&self, year: i32) -> bool {
        !self.without_figures.contains(&year)
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
        let of = |ids: &[&str]| -> Vec<_> { registry.offerings.iter().filter(|one| ids.contains(&&*one.id)).collect() };
        let in_2024 = |ids: &[&str]| -> Vec<_> { of(ids).into_iter().map(|one| (one, 2024)).collect() };
        let mut ledger = Ledger::new(&registry, audience);
        let both = ledger.number(Who::Patients, in_2024(&["one", "two"]), Worth::Whole);
        for id in ["one", "two"] {
            ledger.line(in_2024(&[id]), Worth::Detail);
        }
        let value = Count::exact(usize::try_from(number).unwrap_or_default());
        ledger.figure(2024, Who::Patients, &value, ("lm", None), of(&whose.split(' ').collect::<Vec<_>>()));
        let shown = ledger.veil();
        (shown.figures(2024), shown.number(&both))
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
    fn no_small_number_follows_from_published_figures() {
        use Who::{All, Patients, Relatives};
        let tells = |figures: &[(Who, &str, u64)]| {
            let figures: Vec<_> = figures
                .iter()
                .map(|(who, of, number)| {
                    let (network, organisation) = of.split_once('/').unwrap_or((of, ""));
                    let organisation = Some(organisation.to_owned()).filter(|id| !id.is_empty());
                    Published { who: *who, network: network.to_owned(), organisation, thousandths: number * 1000 }
                })
                .collect();
            tell_a_small_number(&figures, 5000)
        };
        assert!(tells(&[(All, "a", 4)]));
        assert!(tells(&[(All, "a", 103), (Relatives, "a", 100)]), "3 patients");
        assert!(tells(&[(Patients, "a", 193), (Patients, "a/x", 190)]), "3 elsewhere");
        assert!(tells(&[(Patients, "a", 93), (Patients, "a/x", 40), (Patients, "a/y", 50)]), "3 elsewhere");
        assert!(tells(&[(All, "a/x", 33), (Relatives, "a/x", 30)]), "3 patients of x");
        assert!(!tells(&[(All, "a", 103), (Relatives, "a", 98), (Patients, "a/x", 60)]));
        assert!(!tells(&[(All, "a", 103), (All, "b", 100), (All, "a/x", 60), (All, "a/y", 63)]), "nobody is in both");
    }

    #[test]
    fn what_a_sum_leaves_out_does_not_follow() {
        let registry = registry();
        let one: Vec<_> = registry.offerings.iter().map(|offering| (offering, 2024)).collect();
        let mut ledger = Ledger::new(&registry, Audience::Public);
        let all = ledger.number(Who::Patients, one.clone(), Worth::Whole);
        let some = ledger.number(Who::Patients, one[..1].to_vec(), Worth::Part);
        let shown = ledger.veil();
        assert!(matches!(shown.number(&all), Number::Sum(_)));
        assert_eq!(shown.number(&some), Number::Hidden);
    }
}
