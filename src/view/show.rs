//! One record, and everything that refers to it.

use anyhow::bail;
use serde_json::{Map, Value, json};

use super::column::typed;
use super::{Listed, View};
use crate::document::Document;
use crate::model::Kind;
use crate::names::{Names, label};
use crate::read::{FieldInfo, Link, Seen, Shape, Target, fields_of};
use crate::registry::Registry;
use crate::say;
use crate::sheet::{Cell, Column, Content, Sheet};
use crate::spelling::{meant, missing};

/// More columns than these are shown as cards, one below the other.
const WIDEST: usize = 7;

/// A record to be shown.
#[derive(Debug)]
pub struct Shown {
    /// For people.
    pub document: Document,
    /// For people who compute: wide tables stay tables, and values keep what they are.
    pub workbook: Document,
    /// Its keys and values, and the references to it, one a line.
    pub lines: Sheet,
    /// For machines.
    pub value: Value,
}

/// A reference from another record.
struct Referrer {
    kind: Kind,
    id: String,
    key: String,
}

/// The record with this id, and everything that refers to it.
///
/// # Errors
///
/// When there is none.
pub fn show<T: Listed>(view: &View<'_>, id: &str) -> anyhow::Result<Shown> {
    let registry = view.registry;
    let Some(entry) = T::table(registry).get(id) else {
        let missing = missing(id, &super::none_of(T::KIND));
        let slug = crate::registry::slug(id);
        let elsewhere = Kind::ALL.iter().find(|kind| registry.pointed(**kind, &slug).is_some());
        let own = T::KIND.word();
        bail!(missing.and(&match (super::alike(&slug, registry.ids(T::KIND)), elsewhere) {
            (_, Some(kind)) if *kind != T::KIND => {
                let kind = kind.word();
                say!(
                    nn: "«lmnet {kind} show {slug}» viser ein post som heiter så",
                    nb: "«lmnet {kind} show {slug}» viser en post som heter det",
                    en: "'lmnet {kind} show {slug}' is one",
                )
            }
            (near, _) if near.is_empty() => say!(
                nn: "«lmnet {own} list» viser alle",
                nb: "«lmnet {own} list» viser alle",
                en: "'lmnet {own} list' shows them all",
            ),
            (near, _) => meant(&near),
        }))
    };
    let names = Names { registry, lang: view.lang };
    let record = serde_json::to_value(&entry.record)?;
    let referrers = referrers(registry, T::KIND, id);

    let mut lines = Sheet { id: "record", caption: "".into(), columns: key_columns(view), rows: Vec::new() };
    let pair = |label: String, key: &str, cell: Cell| vec![Cell::shown(label, json!(key)), cell];
    let mut short = Sheet { columns: key_columns(view), ..Sheet::default() };
    let id_label = label("id").map_or("id", |label| label.get(view.lang));
    short.rows.push(pair(id_label.to_owned(), "id", Cell::code(format!("{}/{id}", T::KIND.word()))));
    lines.rows.push(pair(id_label.to_owned(), "id", Cell::text(id)));
    let mut tables = Vec::new();
    for field in fields_of::<T>() {
        let Some(value) = record.get(field.key) else { continue };
        let cell = typed(&names, field.key, &field.shape, value.clone());
        lines.rows.push(pair(heading(view, field.key), field.key, Cell::text(cell.text.clone())));
        match table_of(&field.shape).filter(|_| value.as_array().is_some_and(|rows| rows.iter().any(Value::is_object)))
        {
            Some(fields) => tables.push(part(view, &names, &field, &fields, value)),
            None => short.rows.push(pair(heading(view, field.key), field.key, cell)),
        }
    }
    for referrer in &referrers {
        let path = format!("{}/{} {}", referrer.kind.word(), referrer.id, referrer.key);
        lines.rows.push(pair(heading(view, "referred-to-by"), "referred-to-by", Cell::text(path)));
    }
    let beside = super::duties::beside(view, T::KIND, id);
    let references = references(view, &names, &referrers);
    let [document, workbook] = [true, false].map(|on_paper| {
        let mut document = Document::new(view.lang);
        document.heading(1, names.title_phrase(T::KIND, id));
        document.table(if on_paper { as_words(&short) } else { short.clone() });
        document.blocks.extend(beside.blocks.iter().cloned());
        for sheet in &tables {
            document.heading(2, sheet.caption.clone());
            match on_paper && sheet.columns.len() > WIDEST {
                true => cards(&mut document, view, sheet),
                false => document.table(Sheet { caption: "".into(), ..sheet.clone() }),
            }
        }
        document.heading(2, heading(view, "referred-to-by"));
        if referrers.is_empty() {
            document.paragraph(
                say!(view.lang, nn: "Ingen post viser hit.", nb: "Ingen post viser hit.", en: "No record refers to it."),
            );
        }
        document.table(references.clone());
        document
    });

    let referred: Vec<Value> = referrers
        .iter()
        .map(|referrer| json!({ "kind": referrer.kind.word(), "id": referrer.id, "key": referrer.key }))
        .collect();
    let mut value = json!({
        "schema": format!("lmnet-{}", T::KIND.singular()),
        "version": 1,
        "id": id,
        "record": record,
        "referred-to-by": referred,
    });
    if let Value::Object(map) = &mut value {
        map.extend(beside.fields.into_iter().map(|(key, value)| (key.to_owned(), value)));
    }
    Ok(Shown { document, workbook, lines, value })
}

fn heading(view: &View<'_>, key: &str) -> String {
    label(key).map_or_else(|| key.to_owned(), |label| label.get(view.lang).to_owned())
}

fn key_columns(view: &View<'_>) -> Vec<Column> {
    vec![
        Column::new("key", say!(view.lang, nn: "Nøkkel", nb: "Nøkkel", en: "Key")),
        Column::new("value", say!(view.lang, nn: "Verdi", nb: "Verdi", en: "Value")),
    ]
}

/// The keys of the tables in a list.
fn table_of(shape: &Shape) -> Option<Vec<FieldInfo>> {
    match shape {
        Shape::List(each) => match &**each {
            Shape::Table(fields) => Some(fields()),
            Shape::Either(_, long) => match &**long {
                Shape::Table(fields) => Some(fields()),
                _ => None,
            },
            _ => None,
        },
        _ => None,
    }
}

/// A list of tables as a table, with the columns that some row uses.
fn part(view: &View<'_>, names: &Names<'_>, field: &FieldInfo, fields: &[FieldInfo], value: &Value) -> Sheet {
    let empty = Map::new();
    let rows: Vec<&Map<String, Value>> =
        value.as_array().into_iter().flatten().map(|row| row.as_object().unwrap_or(&empty)).collect();
    let used: Vec<&FieldInfo> =
        fields.iter().filter(|field| rows.iter().any(|row| row.contains_key(field.key))).collect();
    Sheet {
        id: field.key,
        caption: heading(view, field.key).into(),
        columns: used.iter().map(|field| Column::new(field.key, heading(view, field.key))).collect(),
        rows: rows
            .iter()
            .map(|row| {
                let cell = |field: &&FieldInfo| match row.get(field.key) {
                    Some(value) => typed(names, field.key, &field.shape, value.clone()),
                    None => Cell::default(),
                };
                used.iter().map(cell).collect()
            })
            .collect(),
    }
}

/// Keys and values in which numbers do not stand to the right: each row is about something else.
fn as_words(sheet: &Sheet) -> Sheet {
    let words = |cell: &Cell| Cell { content: Content::Text, ..cell.clone() };
    Sheet { rows: sheet.rows.iter().map(|row| row.iter().map(words).collect()).collect(), ..sheet.clone() }
}

/// The rows of a wide table, each as keys and values below its id, title or number.
fn cards(document: &mut Document, view: &View<'_>, sheet: &Sheet) {
    for (index, row) in sheet.rows.iter().enumerate() {
        let cells = || sheet.columns.iter().zip(row).filter(|(_, cell)| !cell.text.is_empty());
        let name = cells().find(|(column, _)| matches!(&*column.key, "id" | "title"));
        let name_of = |cell: &Cell| crate::lang::Phrase { text: cell.text.clone(), lang: cell.lang };
        document.heading(3, name.map_or_else(|| (index + 1).to_string().into(), |(_, cell)| name_of(cell)));
        let named = name.map(|(column, _)| &column.key);
        let rows = cells()
            .filter(|(column, _)| Some(&column.key) != named)
            .map(|(column, cell)| {
                vec![
                    Cell::shown(&*column.label.text, json!(column.key)),
                    Cell { content: Content::Text, ..cell.clone() },
                ]
            })
            .collect();
        document.table(Sheet { id: sheet.id, caption: "".into(), columns: key_columns(view), rows });
    }
}

fn references(view: &View<'_>, names: &Names<'_>, referrers: &[Referrer]) -> Sheet {
    let column = |key: &str, text: String| Column::new(key, text);
    Sheet {
        id: "referred-to-by",
        caption: "".into(),
        columns: vec![
            column("record", say!(view.lang, nn: "Post", nb: "Post", en: "Record")),
            column("title", heading(view, "title")),
            column("key", say!(view.lang, nn: "Nøkkel", nb: "Nøkkel", en: "Key")),
        ],
        rows: referrers
            .iter()
            .map(|referrer| {
                vec![
                    Cell::code(format!("{}/{}", referrer.kind.word(), referrer.id)),
                    Cell::from(&names.title_phrase(referrer.kind, &referrer.id)),
                    Cell::code(referrer.key.clone()),
                ]
            })
            .collect(),
    }
}

/// Who refers to a record, by kind and id.
fn referrers(registry: &Registry, kind: Kind, id: &str) -> Vec<Referrer> {
    let mut found = Vec::new();
    registry.walk(|site, trail, seen| {
        let Seen::Reference(link) = seen else { return };
        if points_to(link, kind, id) && (site.kind, site.id) != (kind, id) {
            found.push(Referrer { kind: site.kind, id: site.id.to_owned(), key: trail.path.to_string() });
        }
    });
    found
}

fn points_to(link: Link<'_>, kind: Kind, id: &str) -> bool {
    match link.target {
        Target::Record(target) => target == kind && link.id == id,
        Target::Body => matches!(kind, Kind::Organisation | Kind::Network) && link.id == id,
        Target::AnyRecord => link.id.split_once('/') == Some((kind.word(), id)),
        Target::FocusArea | Target::Duty => {
            kind == Kind::Agreement && link.id.split_once('/').is_some_and(|(agreement, _)| agreement == id)
        }
        Target::Condition | Target::Area => false,
    }
}
