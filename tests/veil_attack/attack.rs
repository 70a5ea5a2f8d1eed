//! A reader who wants to know what is hidden: knows every number printed, and which counts each is the sum of, and solves
//! for what is not.

use std::collections::{BTreeMap, BTreeSet};

use microlp::{ComparisonOp, Error, OptimizationDirection, Problem};

/// More people than any count of a test can stand for: where nothing bounds a number, this does.
const MANY: i32 = 10_000;

/// What one of the sums of a document shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Seen {
    /// A number.
    Number(u64),
    /// That it is hidden, and therefore not 0.
    Hidden,
    /// Nothing: no place is about it, yet nobody is to know it.
    Unprinted,
}

/// A sum of counts, by their names.
pub(crate) type Sum = BTreeSet<String>;

/// All that is known of a document.
#[derive(Clone, Debug, Default)]
pub(crate) struct Attack {
    pub(crate) seen: Vec<(String, Sum, Seen)>,
}

impl Attack {
    /// Takes in what stands in a place.
    pub(crate) fn see(&mut self, place: impl Into<String>, sum: impl IntoIterator<Item = String>, seen: Seen) {
        self.seen.push((place.into(), sum.into_iter().collect(), seen));
    }

    /// The lowest and the highest that each hidden number can be, with its place; each number once.
    pub(crate) fn intervals(&self) -> Vec<(String, i64, i64)> {
        let printed: BTreeSet<&Sum> =
            self.seen.iter().filter(|(.., seen)| matches!(seen, Seen::Number(_))).map(|(_, sum, _)| sum).collect();
        let mut targets: BTreeMap<&Sum, (&str, Seen)> = BTreeMap::new();
        for (place, sum, seen) in &self.seen {
            // What is shown somewhere is known everywhere, and is no longer to be found out.
            match seen {
                Seen::Hidden => {
                    assert!(!printed.contains(sum), "{place} is hidden here and shown elsewhere");
                    targets.insert(sum, (place, *seen));
                }
                Seen::Unprinted if !printed.contains(sum) => {
                    targets.entry(sum).or_insert((place, *seen));
                }
                _ => {}
            }
        }
        let of = |(sum, (place, _)): (&&Sum, &(&str, Seen))| {
            let bound = |direction| self.bound(sum, direction);
            ((*place).to_owned(), bound(OptimizationDirection::Minimize), bound(OptimizationDirection::Maximize))
        };
        targets.iter().map(of).collect()
    }

    /// The places whose numbers can be only fewer than `limit` different ones.
    pub(crate) fn leaks(&self, limit: i64) -> Vec<String> {
        let narrow = |(_, low, high): &(String, i64, i64)| high - low + 1 < limit;
        let leaks = self.intervals().into_iter().filter(narrow);
        leaks.map(|(place, low, high)| format!("{place} is between {low} and {high}")).collect()
    }

    fn bound(&self, target: &Sum, direction: OptimizationDirection) -> i64 {
        let mut problem = Problem::new(direction);
        let names: BTreeSet<&String> = self.seen.iter().flat_map(|(_, sum, _)| sum).collect();
        let unknowns: BTreeMap<&String, _> = names
            .into_iter()
            .map(|name| (name, problem.add_integer_var(f64::from(u8::from(target.contains(name))), (0, MANY))))
            .collect();
        for (_, sum, seen) in &self.seen {
            let (comparison, number) = match seen {
                Seen::Number(number) => (ComparisonOp::Eq, *number as f64),
                Seen::Hidden => (ComparisonOp::Ge, 1.0),
                Seen::Unprinted => continue,
            };
            let terms: Vec<_> = sum.iter().map(|name| (unknowns[name], 1.0)).collect();
            problem.add_constraint(&terms[..], comparison, number);
        }
        match problem.solve() {
            Ok(outcome) => {
                assert!(outcome.is_optimal(), "the solver stopped early");
                outcome.solution().unwrap().objective().round() as i64
            }
            Err(Error::Infeasible) => panic!("what is printed contradicts itself: {:?}", self.seen),
            Err(error) => panic!("{error}"),
        }
    }
}

#[test]
fn the_attack_finds_what_can_be_worked_out() {
    let sum = |names: &str| names.split(' ').map(str::to_owned).collect::<Vec<_>>();
    let interval = |seen: &[(&str, Seen)], of: &str| {
        let mut attack = Attack::default();
        seen.iter().for_each(|(names, seen)| attack.see(*names, sum(names), *seen));
        let (_, low, high) = attack.intervals().into_iter().find(|(place, ..)| place == of).unwrap();
        (low, high)
    };
    use Seen::{Hidden, Number, Unprinted};
    assert_eq!(interval(&[("a", Hidden), ("b", Number(20)), ("a b", Number(23))], "a"), (3, 3));
    assert_eq!(interval(&[("a", Hidden), ("b", Hidden), ("a b", Number(10))], "a"), (1, 9));
    assert_eq!(interval(&[("a", Hidden), ("b", Hidden), ("a b", Hidden)], "a b"), (2, i64::from(2 * MANY)));
    // Two organisers share b: 15 + 23 − 35.
    assert_eq!(
        interval(&[("a b", Number(15)), ("b c", Number(23)), ("a b c", Number(35)), ("b", Unprinted)], "b"),
        (3, 3)
    );
    // No sum of any two tables gives it, but the three together do.
    let triangle = [("a", Hidden), ("a b", Number(5)), ("b c", Number(5)), ("a c", Number(6))];
    assert_eq!(interval(&triangle, "a"), (3, 3));
    // People are whole: a and c are the same number, so that both together are no odd one.
    let whole = [("a b", Number(5)), ("b c", Number(5)), ("a c", Hidden)];
    assert_eq!(interval(&whole, "a c"), (2, 10));
}
