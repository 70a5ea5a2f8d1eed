//! The order of lists: Norwegian for people, by id for machines.

use std::cmp::Ordering;

use icu_collator::CollatorBorrowed;

use super::View;
use super::column::{Listed, Row, one};
use crate::names::norwegian;
use crate::registry::Entry;
use crate::sheet::Cell;

/// In which order a list comes unless it is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// By name, as Norwegian sorts: æ ø å after z, aa as å.
    Name,
    /// By id, in byte order.
    Id,
}

/// Sorts by the columns asked for, else by name or id; what is equal stays in the order of ids.
pub(super) fn sort<T: Listed>(
    view: &View<'_>,
    entries: &mut Vec<&Entry<T>>,
    by: &[String],
    order: Order,
) -> anyhow::Result<()> {
    let name = ["title".to_owned()];
    let by = match (by, order) {
        ([], Order::Id) => return Ok(()),
        ([], Order::Name) => &name[..],
        (by, _) => by,
    };
    let collator = norwegian();
    let mut columns = Vec::new();
    for key in by {
        let (key, reverse) = key.strip_prefix('-').map_or((key.as_str(), false), |key| (key, true));
        columns.push((one::<T>(key)?, reverse));
    }
    let mut keyed: Vec<(Vec<Cell>, &Entry<T>)> = entries
        .iter()
        .map(|entry| {
            let row = Row::new(*entry);
            (columns.iter().map(|(column, _)| column.cell(view, &row)).collect(), *entry)
        })
        .collect();
    keyed.sort_by(|(a, _), (b, _)| {
        let each = a.iter().zip(b).zip(&columns).map(|((a, b), (_, reverse))| {
            let order = compare(a, b, &collator);
            if *reverse { order.reverse() } else { order }
        });
        each.fold(Ordering::Equal, Ordering::then)
    });
    *entries = keyed.into_iter().map(|(_, entry)| entry).collect();
    Ok(())
}

/// Numbers by size, all else by name; what is empty comes last.
fn compare(a: &Cell, b: &Cell, collator: &CollatorBorrowed<'_>) -> Ordering {
    a.text.is_empty().cmp(&b.text.is_empty()).then_with(|| match (a.amount(), b.amount()) {
        (Some(a), Some(b)) => a.total_cmp(&b),
        _ => collator.compare(&a.text, &b.text),
    })
}
