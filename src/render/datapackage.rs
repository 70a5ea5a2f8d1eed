//! What tells programs of a folder of CSV files: a Data Package (version 2, <https://datapackage.org>).

use serde_json::{Map, Value, json};

use crate::tables::{Column, Holds, Link, Table};

/// The name of the file that tells of the others.
pub const DESCRIPTOR: &str = "datapackage.json";

/// The file in which a table stands.
#[must_use]
pub fn file_of(table: &Table) -> String {
    format!("{}.csv", table.name)
}

/// What a package says of itself besides its tables: title, languages, for whom it is.
#[must_use]
pub fn descriptor(about: Map<String, Value>, tables: &[Table]) -> Value {
    let mut package = Map::new();
    package.insert("$schema".to_owned(), json!("https://datapackage.org/profiles/2.0/datapackage.json"));
    package.extend(about);
    package.insert("resources".to_owned(), tables.iter().map(resource).collect());
    Value::Object(package)
}

/// What is told of tables in parts, each with the years that it has: their columns as a Data Package has them. The folders say
/// which registry and year a part is of, and its keys have both before those of the table.
pub fn parts<'a>(
    about: Map<String, Value>,
    ending: &str,
    tables: impl Iterator<Item = (&'a Table, &'a [i32])>,
) -> Value {
    let registry = about.get("registry").and_then(Value::as_str).unwrap_or_default().to_owned();
    let tables = tables.map(|(table, years)| {
        let mut schema = schema(table);
        schema["primaryKey"] = ["registry", "year"].into_iter().chain(table.key.iter().map(String::as_str)).collect();
        json!({
            "name": table.name,
            "path": format!("{}/registry={registry}/year=*/part-0.{ending}", table.name),
            "years": years,
            "title": table.label,
            "description": table.about,
            "schema": schema,
        })
    });
    let mut whole = Map::from_iter([("schema".to_owned(), json!("lmnet-tables"))]);
    whole.extend(about);
    whole.insert("tables".to_owned(), tables.collect());
    Value::Object(whole)
}

fn schema(table: &Table) -> Value {
    let mut schema = json!({
        "$schema": "https://datapackage.org/profiles/2.0/tableschema.json",
        "fields": table.columns.iter().map(field).collect::<Vec<_>>(),
        "primaryKey": table.key,
        "missingValues": [""],
    });
    if !table.links.is_empty() {
        schema["foreignKeys"] = table.links.iter().map(|link| foreign_key(table, link)).collect();
    }
    schema
}

fn resource(table: &Table) -> Value {
    json!({
        "name": table.name,
        "path": file_of(table),
        "type": "table",
        "title": table.label,
        "description": table.about,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": { "$schema": "https://datapackage.org/profiles/2.0/tabledialect.json", "delimiter": "," },
        "schema": schema(table),
    })
}

fn foreign_key(table: &Table, link: &Link) -> Value {
    // Within a table, the table is not named.
    let other = if link.table == table.name { "" } else { &link.table };
    json!({ "fields": link.columns, "reference": { "resource": other, "fields": link.to } })
}

fn field(column: &Column) -> Value {
    let mut constraints = Map::new();
    if column.required {
        constraints.insert("required".to_owned(), json!(true));
    }
    let (kind, format) = match &column.holds {
        Holds::Text | Holds::Code | Holds::Nested => ("string", None),
        Holds::Word(words) => {
            constraints.insert("enum".to_owned(), json!(words));
            ("string", None)
        }
        Holds::When => {
            constraints.insert("pattern".to_owned(), json!(WHEN));
            ("string", None)
        }
        Holds::Day => ("date", None),
        Holds::Year => ("year", None),
        Holds::Clock => ("time", Some("%H:%M")),
        Holds::Whole => ("integer", None),
        Holds::Number => ("number", None),
        Holds::Flag => ("boolean", None),
    };
    let mut field = json!({ "name": column.name, "type": kind, "title": column.label });
    if let Some(format) = format {
        field["format"] = json!(format);
    }
    if !column.about.is_empty() {
        field["description"] = json!(column.about);
    }
    if !constraints.is_empty() {
        field["constraints"] = Value::Object(constraints);
    }
    field
}

/// A day, a month, a semester or a year.
const WHEN: &str = "[0-9]{4}(-[0-9]{2}(-[0-9]{2})?|-spring|-autumn)?";
