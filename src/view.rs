//! Records as people look at them: lists with chosen columns, filters and order, and one record with everything that
//! refers to it.

mod column;
mod duties;
mod filter;
mod search;
mod show;
mod sort;

pub use column::{Listed, columns};
pub use filter::{
    AgreementFilter, CourseFilter, Filter, MatterFilter, MeetingFilter, MemberFilter, NetworkFilter, OfferingFilter,
    OrganisationFilter, PlanFilter, ReportFilter,
};
pub use search::Search;
pub use show::{Shown, show};
pub use sort::Order;

use anyhow::bail;
use serde_json::{Value, json};

use crate::date::{Date, Span};
use crate::document::Document;
use crate::lang::{Label, Lang, Said};
use crate::model::Kind;
use crate::registry::{Entry, Registry};
use crate::say;
use crate::sheet::{Column, Sheet};
use crate::spelling::{meant, missing, nearest};

/// The registry seen in a language, on a day.
#[derive(Clone, Copy, Debug)]
pub struct View<'a> {
    /// The registry.
    pub registry: &'a Registry,
    /// The language.
    pub lang: Lang,
    /// The day.
    pub today: Date,
    /// The year that figures are for; all years, unless given.
    pub year: Option<i32>,
}

/// What is asked of a list, whatever the kind.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    /// Words that must occur, in any spelling.
    pub search: Option<String>,
    /// The network that records must belong to.
    pub network: Option<String>,
    /// Whether to list what is not in force on the day, too.
    pub all: bool,
    /// Columns by key; those usual for the kind, unless given.
    pub columns: Vec<String>,
    /// Columns to sort by, with a hyphen in front to turn the order.
    pub sort: Vec<String>,
}

/// A list, and how many records it leaves out because they are not in force on the day.
#[derive(Debug)]
pub struct List<'a, T> {
    /// The records, in order.
    pub entries: Vec<&'a Entry<T>>,
    /// How many were left out.
    pub left_out: usize,
}

/// The records that are wanted, in order.
///
/// # Errors
///
/// When a network or column that was named does not exist.
pub fn select<'a, T: Listed>(
    view: &View<'a>,
    wanted: &Wanted,
    filter: &dyn Filter<T>,
    order: Order,
) -> anyhow::Result<List<'a, T>> {
    let network = match &wanted.network {
        None => None,
        Some(id) => Some(
            view.registry
                .networks
                .get(id)
                .ok_or_else(|| unknown(id, &none_of(Kind::Network), view.registry.ids(Kind::Network)))?,
        ),
    };
    let search = wanted.search.as_deref().map(|words| Search::new(words, view.registry));
    let moment = match view.year {
        Some(year) => Span::year(year),
        None => Span { from: Some(view.today), to: Some(view.today) },
    };
    let mut left_out = 0;
    let mut entries = Vec::new();
    for entry in T::table(view.registry) {
        let wanted_here = network.is_none_or(|network| T::in_network(view.registry, entry, network))
            && filter.keeps(view, entry)
            && search.as_ref().is_none_or(|search| search.finds(entry));
        if !wanted_here {
            continue;
        }
        if wanted.all || T::in_force(view, entry, &moment) {
            entries.push(entry);
        } else {
            left_out += 1;
        }
    }
    sort::sort(view, &mut entries, &wanted.sort, order)?;
    Ok(List { entries, left_out })
}

/// A list as a table.
///
/// # Errors
///
/// When a column does not exist.
pub fn sheet<T: Listed>(view: &View<'_>, entries: &[&Entry<T>], keys: &[String]) -> anyhow::Result<Sheet> {
    let columns = column::chosen::<T>(keys)?;
    Ok(Sheet {
        id: T::KIND.word(),
        caption: "".into(),
        columns: columns.iter().map(|column| Column::new(column.key(), column.label(view.lang))).collect(),
        rows: entries
            .iter()
            .map(|entry| {
                let row = column::Row::new(*entry);
                columns.iter().map(|column| column.cell(view, &row)).collect()
            })
            .collect(),
    })
}

/// A list as a document: what it lists, the day or year that it is about, and the table.
#[must_use]
pub fn page<T: Listed>(view: &View<'_>, filter: &dyn Filter<T>, sheet: Sheet) -> Document {
    let mut page = Document::new(view.lang);
    let title = crate::names::capital(T::KIND.label().get(view.lang));
    page.heading(1, title.clone());
    page.paragraph(filter.words(view).join(" "));
    let day = crate::date::day_words(view.today, view.lang);
    page.paragraph(match view.year {
        Some(year) => say!(view.lang, nn: "For {year}.", nb: "For {year}.", en: "For {year}."),
        None => say!(view.lang, nn: "Slik det stod {day}.", nb: "Slik det sto {day}.", en: "As of {day}."),
    });
    match sheet.rows.is_empty() {
        true => page.paragraph(say!(view.lang, nn: "Ingen treff.", nb: "Ingen treff.", en: "Nothing found.")),
        false => page.table(Sheet { caption: title.into(), ..sheet }),
    }
    page
}

/// A list for machines: the columns that were asked for, or whole records.
///
/// # Errors
///
/// When a column does not exist.
pub fn machine<T: Listed>(view: &View<'_>, entries: &[&Entry<T>], keys: &[String]) -> anyhow::Result<Value> {
    let records = if keys.is_empty() {
        let record = |entry: &&Entry<T>| {
            let mut value = serde_json::to_value(&entry.record)?;
            if let Some(map) = value.as_object_mut() {
                map.shift_insert(0, "id".to_owned(), json!(entry.id));
            }
            Ok(value)
        };
        Value::Array(entries.iter().map(record).collect::<anyhow::Result<_>>()?)
    } else {
        sheet(view, entries, keys)?.to_json()
    };
    Ok(json!({ "schema": format!("lmnet-{}", T::KIND.word()), "version": 1, "records": records }))
}

/// Says that something named on the command line does not exist, with what is near or begins alike. `none` is as in "there
/// is no network".
pub(crate) fn unknown<'a>(id: &str, none: &Said, ids: impl Iterator<Item = &'a str>) -> Said {
    let near = alike(&crate::registry::slug(id), ids);
    let missing = missing(id, none);
    if near.is_empty() { missing } else { missing.and(&meant(&near)) }
}

/// None of a kind, as in "there is no network".
pub(crate) fn none_of(kind: Kind) -> Said {
    let one = crate::read::RecordKind::ALL[kind as usize].label();
    let Label { nn, nb, en } = one;
    match kind {
        Kind::Network | Kind::Member | Kind::Offering | Kind::Course | Kind::Meeting => {
            say!(nn: "ikkje noko {nn}", nb: "ikke noe {nb}", en: "no {en}")
        }
        Kind::Matter => say!(nn: "inga {nn}", nb: "ingen {nb}", en: "no {en}"),
        Kind::Organisation | Kind::Agreement | Kind::Plan | Kind::Report => {
            say!(nn: "ingen {nn}", nb: "ingen {nb}", en: "no {en}")
        }
    }
}

/// No organisation or network, as in "there is no organisation".
pub(crate) fn no_body() -> Said {
    say!(
        nn: "ingen organisasjon og ikkje noko nettverk",
        nb: "ingen organisasjon og ikke noe nettverk",
        en: "no organisation or network",
    )
}

/// The ids nearest to a word, or those that begin with it.
fn alike<'a>(word: &str, ids: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    let ids: Vec<&str> = ids.collect();
    let near = nearest(word, ids.iter().copied(), 3);
    if !near.is_empty() || word.is_empty() {
        return near;
    }
    ids.into_iter().filter(|id| id.starts_with(word)).take(3).collect()
}

/// Refuses an id that no record of the kind has.
///
/// # Errors
///
/// When there is none.
pub fn must_exist(registry: &Registry, kinds: &[Kind], none: &Said, id: Option<&String>) -> anyhow::Result<()> {
    let Some(id) = id else { return Ok(()) };
    if kinds.iter().any(|kind| registry.pointed(*kind, id).is_some()) {
        return Ok(());
    }
    bail!(unknown(id, none, kinds.iter().flat_map(|kind| registry.ids(*kind))))
}
