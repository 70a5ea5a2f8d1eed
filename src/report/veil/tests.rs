use super::*;

/// A table with its margins: the counts row by row, which cells are hidden, and which sums of rows, of columns and of all.
fn table<const C: usize>(rows: &[[u64; C]], limit: u32) -> (Vec<Vec<bool>>, Vec<bool>, Vec<bool>, bool) {
    let mut cells = Cells::default();
    let atoms: Vec<Vec<Atom>> = rows.iter().map(|row| row.iter().map(|value| cells.atom(*value)).collect()).collect();
    let inner: Vec<Vec<Place>> =
        atoms.iter().map(|row| row.iter().map(|atom| cells.print([*atom], Worth::Detail)).collect()).collect();
    let of_rows: Vec<Place> = atoms.iter().map(|row| cells.print(row.iter().copied(), Worth::Part)).collect();
    let of_columns: Vec<Place> =
        (0..C).map(|column| cells.print(atoms.iter().map(|row| row[column]), Worth::Part)).collect();
    let all = cells.print(atoms.iter().flatten().copied(), Worth::Whole);
    let veil = cells.veil(limit);
    let of = |places: &[Place]| places.iter().map(|place| veil.hides(*place)).collect::<Vec<bool>>();
    (inner.iter().map(|row| of(row)).collect(), of(&of_rows), of(&of_columns), veil.hides(all))
}

#[test]
fn nothing_is_hidden_where_nothing_is_small() {
    let (inner, rows, columns, all) = table(&[[5, 0, 9], [12, 40, 0]], 5);
    assert!(!inner.iter().flatten().chain(&rows).chain(&columns).any(|hidden| *hidden) && !all);
    let (inner, ..) = table(&[[1, 2], [3, 4]], 0);
    assert!(!inner.iter().flatten().any(|hidden| *hidden), "a limit of 0 hides none");
}

#[test]
fn a_small_number_takes_a_rectangle_with_it_and_no_sum() {
    let (inner, rows, columns, all) = table(&[[3, 20, 30], [20, 11, 60], [70, 80, 90]], 5);
    assert_eq!(inner, [[true, true, false], [true, true, false], [false; 3]]);
    assert_eq!((rows, columns, all), (vec![false; 3], vec![false; 3], false));
}

#[test]
fn in_large_tables_too_no_sum_is_hidden() {
    // Each count is alone in its row and column, and each sum is over more things than are looked at one by one.
    let mut rows = [[0; 40]; 30];
    for (at, count) in rows.iter_mut().flatten().enumerate() {
        *count = 6 + (at as u64 * 7) % 23;
    }
    rows[3][5] = 2;
    rows[17][31] = 1;
    let (inner, rows, columns, all) = table(&rows, 5);
    assert!(!rows.iter().chain(&columns).any(|hidden| *hidden) && !all);
    let hidden = inner.iter().flatten().filter(|hidden| **hidden).count();
    assert!(inner[3][5] && inner[17][31] && (4..=12).contains(&hidden), "{hidden} hidden");
}

#[test]
fn zeros_are_known_and_help_nobody_to_hide() {
    // Beside the 3 there is a 0 in its row and in its column: only the far corner and the sums are left.
    let (inner, rows, columns, _) = table(&[[3, 0], [0, 20]], 5);
    assert!(inner[0][0] && !inner[0][1] && !inner[1][0]);
    assert!(rows[0] && columns[0], "the sums over the 3 are the 3");
}

#[test]
fn two_small_numbers_do_not_protect_each_other() {
    // 1 + 1 = 2: each would be known to be 1.
    let mut cells = Cells::default();
    let atoms = [1, 1, 30, 40].map(|value| cells.atom(value));
    let places = atoms.map(|atom| cells.print([atom], Worth::Detail));
    let all = cells.print(atoms, Worth::Whole);
    let veil = cells.veil(5);
    assert_eq!(places.map(|place| veil.hides(place)), [true, true, true, false]);
    assert!(!veil.hides(all));
}

#[test]
fn the_same_number_is_hidden_wherever_it_stands() {
    let mut cells = Cells::default();
    let [patients, relatives, others] = [4, 0, 50].map(|value| cells.atom(value));
    let table = cells.print([patients], Worth::Detail);
    let sum = cells.print([patients, relatives], Worth::Part);
    let sentence = cells.print([relatives, patients, patients], Worth::Whole);
    let zero = cells.print([relatives], Worth::Detail);
    let apart = cells.print([others], Worth::Detail);
    let veil = cells.veil(5);
    assert!([table, sum, sentence].iter().all(|place| veil.hides(*place)));
    assert!(!veil.hides(zero) && !veil.hides(apart));
}

#[test]
fn what_two_organisers_share_does_not_follow_from_their_sums() {
    // One has 12 + 3, the other 3 + 20, both together 35: the 3 is what they count twice, though no table shows it.
    let sums = |kept: bool| {
        let mut cells = Cells::default();
        let [one, shared, other] = [12, 3, 20].map(|value| cells.atom(value));
        let places = [
            cells.print([one, shared], Worth::Part),
            cells.print([shared, other], Worth::Part),
            cells.print([one, shared, other], Worth::Whole),
        ];
        if kept {
            cells.keep([shared]);
        }
        let veil = cells.veil(5);
        places.map(|place| veil.hides(place))
    };
    assert_eq!(sums(false), [false, false, false]);
    let hidden = sums(true);
    assert!((hidden[0] || hidden[1]) && !hidden[2], "{hidden:?}");
}
