//! Which numbers of participants are hidden, so that nobody can be recognised.
//!
//! Whatever is shown is a sum of atoms: of offerings that are in the same parts throughout. Where each atom has nobody or
//! enough, no difference of sums is a small group either, and all is shown. Otherwise:
//!
//! - Where no parts overlap in their runs, parts of the first property are hidden that are small, or that have little to share among the
//!   parts of the second in them, and so many others that what is hidden could be shared among them in many ways. Of the others
//!   the sums are shown, not how they are shared.
//! - Where parts overlap, all of them are hidden, and the total is shown if it could be shared among them in many ways.
//!
//! Patients, relatives and their sum are hidden together. Each hidden number is then one of more than the limit for whoever
//! knows that it is at least 1: with `k` hidden that add up to `s`, each lies between 1 and `s - k + 1`.

use super::{Figures, Stats};

/// Hides what must be hidden in the table.
pub(super) fn hide(stats: &mut Stats, atoms: &[Figures], below: u64) {
    if !atoms.iter().any(|atom| people(atom).iter().any(|people| !may_be_shown(*people, 1, below))) {
        return;
    }
    stats.hidden = true;
    let runs = |parts: &[Figures]| parts.iter().map(|part| part.runs).sum::<usize>();
    let is_whole = |parts: &[Figures]| parts.is_empty() || runs(parts) == stats.total.runs;
    let is_safe = match is_whole(&stats.rows) && is_whole(&stats.columns) {
        true => hide_some(stats, below),
        false => hide_all(stats, below),
    };
    stats.total.hidden = !is_safe && stats.total.runs > 0;
}

/// Patients, relatives and both.
fn people(figures: &Figures) -> [u64; 3] {
    figures.sums().map(|sum| sum.count().thousandths().unwrap_or(0).div_ceil(1000))
}

/// Whether a number may be shown that so many parts share, each of at least one: nobody, or enough for each to be anything.
fn may_be_shown(people: u64, parts: usize, below: u64) -> bool {
    let spread = if parts > 1 { parts as u64 } else { 0 };
    people == 0 || people >= below + spread
}

/// Hides parts of the first property, the smallest first, until their sum may be shown, and how the others are shared among
/// the parts of the second. Says whether the total may be shown.
fn hide_some(stats: &mut Stats, below: u64) -> bool {
    let within = |cells: &[Figures]| cells.iter().filter(|cell| cell.runs > 0).count().max(1);
    let parts: Vec<usize> = stats.cells.iter().map(|cells| within(cells)).collect();
    let is_small = |row: usize| !people(&stats.rows[row]).iter().all(|people| may_be_shown(*people, parts[row], below));
    let mut order: Vec<usize> = (0..stats.rows.len()).filter(|row| stats.rows[*row].runs > 0).collect();
    order.sort_by_key(|row| (!is_small(*row), people(&stats.rows[*row])[2]));
    let small = order.iter().filter(|row| is_small(**row)).count();
    let is_enough = |count: &usize| {
        let hidden = &order[..*count];
        let sum = |measure: usize| hidden.iter().map(|row| people(&stats.rows[*row])[measure]).sum();
        let parts = hidden.iter().map(|row| parts[*row]).sum();
        *count == 0 || *count > 1 && (0..3).all(|measure| may_be_shown(sum(measure), parts, below))
    };
    let enough = (small..=order.len()).find(is_enough);
    let (hidden, shown) = order.split_at(enough.unwrap_or(order.len()));
    for row in hidden {
        stats.rows[*row].hidden = true;
        stats.cells[*row].iter_mut().for_each(|cell| cell.hidden = cell.runs > 0);
    }
    for row in shown.iter().filter(|row| parts[**row] > 1) {
        stats.cells[*row].iter_mut().for_each(|cell| cell.hidden = cell.runs > 0);
    }
    // A part of the second property follows from what is shown unless it has one of several cells that share a sum.
    let has = |row: &usize, column: usize| stats.cells[*row][column].runs > 0;
    let shared = (0..stats.columns.len()).filter(|column| hidden.iter().any(|row| has(row, *column))).count();
    let is_open = |column: usize| {
        shown.iter().any(|row| parts[*row] > 1 && has(row, column))
            || (shared > 1 || enough.is_none()) && hidden.iter().any(|row| has(row, column))
    };
    let open: Vec<bool> = (0..stats.columns.len()).map(is_open).collect();
    stats.columns.iter_mut().zip(open).for_each(|(column, open)| column.hidden = open);
    enough.is_some()
}

/// Hides all parts. Says whether the total may be shown; then those that have all of it are shown too.
fn hide_all(stats: &mut Stats, below: u64) -> bool {
    let runs = stats.total.runs;
    let cells = stats.rows.len() * stats.columns.len().max(1);
    let is_shared =
        [&stats.rows, &stats.columns].into_iter().flatten().filter(|part| (1..runs).contains(&part.runs)).count() > 1;
    let is_safe = is_shared && people(&stats.total).iter().all(|people| may_be_shown(*people, cells, below));
    for part in stats.rows.iter_mut().chain(&mut stats.columns).chain(stats.cells.iter_mut().flatten()) {
        part.hidden = part.runs > 0 && !(is_safe && part.runs == runs);
    }
    is_safe
}
