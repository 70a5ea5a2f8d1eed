//! Tables for the terminal, as CSV, JSON and YAML. What machines read shows no whole national identity number either.

use comfy_table::{Cell as Shown, CellAlignment, ColumnConstraint, ContentArrangement, LineStyle, Table, TableStyle};
use serde_json::Value;

use crate::personal;
use crate::sheet::Sheet;
use crate::spelling::{escaped, is_obeyed};

/// For people: columns under their headings, as wide as the terminal or, where there is none, as wide as needed.
#[must_use]
pub fn terminal(sheet: &Sheet, width: Option<usize>) -> String {
    let mut table = Table::new();
    table.load_style(TableStyle::new().header_separator(LineStyle::none().fill('─').junction('─')));
    table.set_content_arrangement(ContentArrangement::Dynamic);
    table.set_width(width.and_then(|width| u16::try_from(width).ok()).unwrap_or(u16::MAX));
    table.set_header(sheet.columns.iter().map(|column| Shown::new(escaped(&column.label.text))));
    for row in &sheet.rows {
        table.add_row(row.iter().map(|cell| {
            let alignment = if cell.is_number() { CellAlignment::Right } else { CellAlignment::Left };
            Shown::new(lines(&cell.text)).set_alignment(alignment)
        }));
    }
    // An id that is broken over two lines can't be copied.
    let id = sheet.columns.iter().position(|column| column.key == "id");
    if let Some(column) = id.and_then(|index| table.column_mut(index)) {
        column.set_constraint(ColumnConstraint::ContentWidth);
    }
    let mut out = String::new();
    for line in table.to_string().lines() {
        out.push_str(line.trim_end());
        out.push('\n');
    }
    out
}

fn lines(text: &str) -> String {
    text.lines().map(|line| escaped(line.trim())).collect::<Vec<_>>().join(" ")
}

/// For machines, as RFC 4180 has it: column keys above, values below.
///
/// # Errors
///
/// Never for tables in memory.
pub fn csv(sheet: &Sheet) -> anyhow::Result<String> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(sheet.columns.iter().map(|column| &column.key))?;
    for row in &sheet.rows {
        writer.write_record(row.iter().map(|cell| plain(&masked(&cell.value()))))?;
    }
    Ok(String::from_utf8(writer.into_inner()?)?)
}

/// For people with a Norwegian Excel: semicolons, decimal commas, the end of line of Windows and the mark by which Excel
/// knows UTF-8. An apostrophe stands before text that Excel would take for a formula.
///
/// # Errors
///
/// Never for tables in memory.
pub fn csv_for_excel(sheet: &Sheet) -> anyhow::Result<String> {
    let mut writer = csv::WriterBuilder::new()
        .delimiter(b';')
        .terminator(csv::Terminator::CRLF)
        .from_writer("\u{feff}".as_bytes().to_vec());
    writer.write_record(sheet.columns.iter().map(|column| &column.key))?;
    for row in &sheet.rows {
        writer.write_record(row.iter().map(|cell| match masked(&cell.value()) {
            Value::Number(number) => number.to_string().replace('.', ","),
            Value::String(text) if text.starts_with(['=', '+', '-', '@', '\t', '\r', '\0']) => format!("'{text}"),
            value => plain(&value),
        }))?;
    }
    Ok(String::from_utf8(writer.into_inner()?)?)
}

/// A value as one field: lists divided by semicolons, counts as `12`, `>=3550`, `~13`, `not-recorded` and `:`.
fn plain(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Array(values) => values.iter().map(plain).collect::<Vec<_>>().join("; "),
        Value::Object(map) => {
            let number = map.get("value").map(plain).unwrap_or_default();
            match map.get("quality").and_then(Value::as_str) {
                Some("exact") => number,
                Some("at-least") => format!(">={number}"),
                Some("about") => format!("~{number}"),
                Some("at-least-about") => format!(">=~{number}"),
                Some(quality) => quality.to_owned(),
                None if map.contains_key("hidden") => ":".to_owned(),
                None => value.to_string(),
            }
        }
        other => other.to_string(),
    }
}

/// JSON with two spaces and a line end. What a terminal would obey is written by its number.
#[must_use]
pub fn pretty_json(value: &Value) -> String {
    let text = serde_json::to_string_pretty(&masked(value)).unwrap_or_default() + "\n";
    let is_obeyed = |char: char| char != '\n' && is_obeyed(char);
    if !text.contains(is_obeyed) {
        return text;
    }
    let escaped = |char: char| match is_obeyed(char) {
        true => format!("\\u{:04x}", u32::from(char)),
        false => char.to_string(),
    };
    text.chars().map(escaped).collect()
}

/// JSON on one line, with its end.
#[must_use]
pub fn json_line(value: &Value) -> String {
    format!("{}\n", masked(value))
}

/// The value without whole national identity numbers in its strings and keys.
fn masked(value: &Value) -> Value {
    let text = |text: &str| personal::masked(text).into_owned();
    match value {
        Value::String(words) => Value::String(text(words)),
        Value::Array(values) => values.iter().map(masked).collect(),
        Value::Object(map) => Value::Object(map.iter().map(|(key, value)| (text(key), masked(value))).collect()),
        other => other.clone(),
    }
}

/// Keys that older readers of YAML take for true and false unless they are quoted.
const TRUTHS: [&str; 6] = ["on", "off", "yes", "no", "y", "n"];

/// The value with a sign on its doubtful keys that makes the writer quote them; it is taken out again afterwards.
fn marked(value: &Value) -> Value {
    match value {
        Value::Object(map) => Value::Object(
            map.iter()
                .map(|(key, value)| {
                    let key = if TRUTHS.contains(&&**key) { format!("{key}\u{1}") } else { key.clone() };
                    (key, marked(value))
                })
                .collect(),
        ),
        Value::Array(values) => Value::Array(values.iter().map(marked).collect()),
        other => other.clone(),
    }
}

/// YAML.
///
/// # Errors
///
/// Never for JSON values.
pub fn yaml(value: &Value) -> anyhow::Result<String> {
    let text = serde_yaml::to_string(&marked(&masked(value)))?;
    Ok(TRUTHS.iter().fold(text, |text, key| text.replace(&format!("\"{key}\\x01\":"), &format!("\"{key}\":"))))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::sheet::{Cell, Column};

    #[test]
    fn machines_get_no_whole_national_identity_number() {
        let number = "01810010068";
        let value = json!({ number: [{ "on": format!("nr. {number}") }] });
        let sheet = Sheet {
            id: "",
            caption: "".into(),
            columns: vec![Column::new("a", "A".to_owned())],
            rows: vec![vec![Cell::shown(String::new(), json!([number, "x"]))]],
        };
        for out in [pretty_json(&value), yaml(&value).unwrap(), csv(&sheet).unwrap()] {
            assert!(out.contains("018100*****") && !out.contains(number), "{out}");
        }
    }
}
