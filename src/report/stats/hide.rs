//! Which numbers of participants are hidden, so that nobody can be recognised.
//!
//! Whatever is shown is a sum of atoms: of offerings that are in the same parts throughout. Where each atom has nobody or
//! enough, no difference of sums is a small group either, and all is shown. Otherwise:
//!
//! - Parts of one property that do not overlap, with their total: small parts are hidden, and so many others that what is
//!   hidden could be shared among them in many ways.
//! - In every other table all parts are hidden, and the total is shown if it could be shared among them in many ways.
//!
//! Patients, relatives and their sum are hidden together. Each hidden number is then one of at least as many as the limit
//! for whoever knows that it is at least 1: with `k` hidden that add up to `s`, each lies between 1 and `s - k + 1`.

use super::{Figures, Stats};

/// Hides what must be hidden in the table.
pub(super) fn hide(stats: &mut Stats, atoms: &[Figures], below: u64) {
    if !atoms.iter().any(|atom| is_small(atom, below)) {
        return;
    }
    stats.hidden = true;
    let one_by_one = stats.columns.is_empty() && !stats.axes.iter().any(|axis| axis.overlaps);
    let safe = match one_by_one {
        true => some(&mut stats.rows, below),
        false => all(stats, below),
    };
    stats.total.hidden = !safe && stats.total.runs > 0;
}

/// Whether there is a number from 1 to below the limit.
fn is_small(figures: &Figures, below: u64) -> bool {
    figures.sums().iter().any(|sum| (1..below).contains(&people(sum.count().thousandths())))
}

fn people(thousandths: Option<u64>) -> u64 {
    thousandths.unwrap_or(0).div_ceil(1000)
}

/// Hides the small ones, and of the others the smallest, until their sum may be shown. Says whether it may.
fn some(parts: &mut [Figures], below: u64) -> bool {
    let mut order: Vec<usize> = (0..parts.len()).filter(|at| parts[*at].runs > 0).collect();
    order.sort_by_key(|at| (!is_small(&parts[*at], below), people(parts[*at].participants.all.count().thousandths())));
    let small = order.iter().filter(|at| is_small(&parts[**at], below)).count();
    let together = |count: usize| order[..count].iter().map(|at| parts[*at]).collect::<Vec<_>>();
    let enough = (small..=order.len()).find(|count| may_be_shared(&together(*count), below));
    let hidden = enough.unwrap_or(order.len());
    order[..hidden].iter().for_each(|at| parts[*at].hidden = true);
    enough.is_some()
}

/// Hides all parts. Says whether the total may be shown.
fn all(stats: &mut Stats, below: u64) -> bool {
    let cells = match stats.columns.is_empty() {
        true => stats.rows.len(),
        false => stats.rows.len() * stats.columns.len(),
    };
    let parts = stats.rows.iter_mut().chain(&mut stats.columns).chain(stats.cells.iter_mut().flatten());
    parts.filter(|part| part.runs > 0).for_each(|part| part.hidden = true);
    let whole = |part: &&Figures| part.runs > 0 && part.runs < stats.total.runs;
    let divides = stats.rows.iter().chain(&stats.columns).filter(whole).count() > 1;
    divides && stats.total.sums().iter().all(|sum| is_enough(people(sum.count().thousandths()), cells, below))
}

/// Whether what is hidden does not follow from its sum.
fn may_be_shared(hidden: &[Figures], below: u64) -> bool {
    let sum = |column: usize| hidden.iter().map(|part| people(part.sums()[column].count().thousandths())).sum();
    hidden.len() > 1 && (0..3).all(|column| is_enough(sum(column), hidden.len(), below))
}

/// Whether so many people can be shared among so many parts, at least one in each, in as many ways as the limit.
fn is_enough(people: u64, parts: usize, below: u64) -> bool {
    people == 0 || people >= below + parts as u64
}
