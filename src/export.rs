//! The registry for others: as tables for those who compute, as a calendar of what happens.
//!
//! For the public unless it is said otherwise: without what is internal ([`crate::model::is_internal`]), and without
//! numbers of participants that are small or would give a small one away.

mod chosen;
mod events;
mod plan;
mod row;
mod veiled;
mod years;

use std::collections::HashSet;

use anyhow::bail;
use serde_json::{Value, json};

pub use chosen::Wanted;
pub use events::{Agenda, Days, agenda};
pub use years::{ByYear, Written, years};

use crate::lang::{Label, Lang};
use crate::model::{ConditionEntry, Kind, RecordKind};
use crate::names::Names;
use crate::read::FieldInfo;
use crate::registry::{Registry, fields_of_kind, for_each_kind};
use crate::report::participants::Audience;
use crate::say;
use crate::spelling::{meant, missing, nearest};
use crate::tables::{Column, Holds, Link, Table};
use chosen::Chosen;
use plan::{Root, plans, words};
use row::Reading;
use veiled::Veiled;

/// The table of organisations and networks, which many columns lead to.
const BODIES: &str = "bodies";
/// The table of all records.
const RECORDS: &str = "records";
/// The table of the conditions in the manifest.
const CONDITIONS: &str = "conditions";

/// Whether an export can have a table of this name.
#[must_use]
pub fn is_table(name: &str) -> bool {
    let first = name.split('.').next().unwrap_or_default();
    Kind::from_word(first).is_some() || [BODIES, RECORDS, CONDITIONS].contains(&first)
}

/// The tables of a registry.
#[derive(Clone, Debug)]
pub struct Tables {
    /// By name.
    pub tables: Vec<Table>,
    /// Columns that lead to something that is not there, as `table: column`.
    pub dangling: Vec<String>,
}

/// The registry as tables: those that are wanted by name, or all, but of those of lists only such as have rows.
///
/// # Errors
///
/// When there is no such network or table.
pub fn tables(registry: &Registry, wanted: &Wanted, audience: Audience, lang: Lang) -> anyhow::Result<Tables> {
    let chosen = Chosen::of(registry, wanted, lang)?;
    let mut all = Exporter::new(registry, audience, lang).tables(&chosen, false)?;
    let dangling = keep_sound_links(&mut all);
    named(&mut all, &wanted.tables)?;
    Ok(Tables { tables: all.into_iter().map(|(table, _)| table).collect(), dangling })
}

/// What makes tables of records.
struct Exporter<'a> {
    registry: &'a Registry,
    reading: Reading,
    public: bool,
    /// What the public must not see, worked out once.
    veiled: Option<Veiled>,
}

impl<'a> Exporter<'a> {
    fn new(registry: &'a Registry, audience: Audience, lang: Lang) -> Self {
        let public = audience == Audience::Public;
        let reading = Reading { lang, semesters: registry.semesters() };
        Self { registry, reading, public, veiled: public.then(|| Veiled::new(registry)) }
    }

    /// All tables of the records, each with whether it is one of whole records; with the columns of all languages, or only of
    /// those that some row uses.
    fn tables(&self, chosen: &Chosen<'_>, all_languages: bool) -> anyhow::Result<Vec<(Table, bool)>> {
        let Self { registry, reading, public, veiled } = self;
        let lang = reading.lang;
        let mut all = Vec::new();
        let mut add = |root: &Root, fields: &[FieldInfo], records: Vec<(String, Value)>| {
            for mut plan in plans(root, fields, *public, lang) {
                records.iter().for_each(|(id, record)| reading.fill(&mut plan, id, record));
                if !all_languages {
                    plan.drop_unused_languages();
                }
                all.push((plan.table, plan.lists.is_empty()));
            }
        };
        macro_rules! add_kinds {
            ($($kind:ident $table:ident,)*) => {$(
                let kind = Kind::$kind;
                let records = registry.$table.iter().filter(|entry| chosen.has(kind, &entry.id)).map(|entry| {
                    let mut record = serde_json::to_value(&entry.record)?;
                    if let Some(veiled) = veiled {
                        veiled.hide(kind, &entry.id, &mut record);
                    }
                    Ok((entry.id.to_string(), record))
                });
                let records: Vec<_> = records.collect::<serde_json::Result<_>>()?;
                add(&root_of(kind), &fields_of_kind(kind), records);
            )*};
        }
        for_each_kind!(add_kinds);
        let conditions =
            registry.manifest.condition.iter().map(|one| Ok((one.id.to_string(), serde_json::to_value(one)?)));
        let conditions: Vec<_> = conditions.collect::<serde_json::Result<_>>()?;
        add(&CONDITION, &ConditionEntry::fields(), conditions);
        all.extend([records(registry, chosen, lang), bodies(registry, chosen, lang)].map(|table| (table, true)));
        all.sort_by(|(a, _), (b, _)| a.name.cmp(&b.name));
        Ok(all)
    }
}

const CONDITION: Root = Root {
    name: CONDITIONS,
    labels: [
        Label { nn: "tilstandar", nb: "tilstander", en: "conditions" },
        Label { nn: "tilstand", nb: "tilstand", en: "condition" },
    ],
    kind: None,
};

fn root_of(kind: Kind) -> Root {
    let one = RecordKind::ALL[kind as usize].label();
    Root { name: kind.word(), labels: [kind.label(), one], kind: Some(kind) }
}

/// Keeps the tables with these names; without names those that have rows, and those of whole records.
fn named(all: &mut Vec<(Table, bool)>, names: &[String]) -> anyhow::Result<()> {
    for name in names {
        if !all.iter().any(|(table, _)| table.name == *name) {
            let near = nearest(name, all.iter().map(|(table, _)| &*table.name), 3);
            let way = match near.is_empty() {
                true => say!(
                    nn: "utan --table kjem alle med",
                    nb: "uten --table kommer alle med",
                    en: "without --table, all are exported",
                ),
                false => meant(&near),
            };
            let none = say!(nn: "ingen tabell", nb: "ingen tabell", en: "no table");
            bail!(missing(name, &none).and(&way));
        }
    }
    all.retain(|(table, whole)| match names {
        [] => *whole || !table.rows.is_empty(),
        names => names.contains(&table.name),
    });
    let there: HashSet<String> = all.iter().map(|(table, _)| table.name.clone()).collect();
    all.iter_mut().for_each(|(table, _)| table.links.retain(|link| there.contains(&link.table)));
    Ok(())
}

/// All records, for columns in which a record of any kind may stand.
fn records(registry: &Registry, chosen: &Chosen<'_>, lang: Lang) -> Table {
    let kinds = Kind::ALL.iter().flat_map(|kind| registry.ids(*kind).map(|id| (*kind, id)));
    let rows = kinds.filter(|(kind, id)| chosen.has(*kind, id));
    let rows = rows.map(|(kind, id)| vec![json!(format!("{}/{id}", kind.word())), json!(kind.word()), json!(id)]);
    let reference = say!(lang, nn: "Vist til som", nb: "Vist til som", en: "Referred to as");
    let columns = [
        ("ref", reference, Holds::Code),
        ("kind", words("kind", lang), Holds::Word(Kind::WORDS.to_vec())),
        ("id", words("id", lang), Holds::Code),
    ];
    let label = say!(lang, nn: "Alle postar", nb: "Alle poster", en: "All records");
    index(RECORDS, label, "All records, whatever their kind", columns, rows.collect())
}

/// Organisations and networks, for columns in which either may stand.
fn bodies(registry: &Registry, chosen: &Chosen<'_>, lang: Lang) -> Table {
    let names = Names { registry, lang };
    let kinds = [Kind::Organisation, Kind::Network];
    let rows = kinds.iter().flat_map(|kind| registry.ids(*kind).map(|id| (*kind, id)));
    let rows = rows.filter(|(kind, id)| chosen.has(*kind, id));
    let rows = rows.map(|(kind, id)| vec![json!(id), json!(names.title(kind, id)), json!(kind.word())]);
    let columns = [
        ("id", words("id", lang), Holds::Code),
        ("name", words("name", lang), Holds::Text),
        ("kind", words("kind", lang), Holds::Word(kinds.map(Kind::word).to_vec())),
    ];
    let label = say!(lang,
        nn: "Organisasjonar og nettverk", nb: "Organisasjoner og nettverk", en: "Organisations and networks",
    );
    index(BODIES, label, "Organisations and networks", columns, rows.collect())
}

/// A table that tells in which other one something stands. Its first column is its key.
fn index(name: &str, label: String, about: &str, columns: [(&str, String, Holds); 3], rows: Vec<Vec<Value>>) -> Table {
    let key = vec![columns[0].0.to_owned()];
    let column = |(name, label, holds): (&str, String, Holds)| Column {
        name: name.to_owned(),
        about: String::new(),
        label,
        holds,
        required: true,
    };
    let columns = columns.into_iter().map(column).collect();
    Table { name: name.to_owned(), label, about: about.to_owned(), columns, key, links: Vec::new(), rows }
}

/// Takes away the links that not all values keep, and gives their columns.
fn keep_sound_links(tables: &mut [(Table, bool)]) -> Vec<String> {
    let keeps = |table: &Table, link: &Link| {
        let other = tables.iter().find(|(other, _)| other.name == link.table);
        let there: HashSet<_> = other.into_iter().flat_map(|(other, _)| other.picked(&link.to)).collect();
        let mut values = table.picked(&link.columns).filter(|values| !values.iter().all(|value| value.is_null()));
        values.all(|values| there.contains(&values))
    };
    let broken = |table: &Table| table.links.iter().filter(|link| !keeps(table, link)).cloned().collect();
    let broken: Vec<Vec<Link>> = tables.iter().map(|(table, _)| broken(table)).collect();
    let mut dangling = Vec::new();
    for ((table, _), broken) in tables.iter_mut().zip(broken) {
        table.links.retain(|link| !broken.contains(link));
        dangling.extend(broken.iter().map(|link| format!("{}: {}", table.name, link.columns.join(", "))));
    }
    dangling
}
