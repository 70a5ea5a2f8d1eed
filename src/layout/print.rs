//! From what is written to how it is to be written.

use super::tree::{Entry, Piece, Section, Value, entries};

/// How long a line with a list may be; a longer list has a line for each part, if it has several.
const WIDTH: usize = 120;
/// The same for lists of tables, which are read as rows.
const ROWS: usize = 80;
/// What stands before a part of a list that has lines for its parts.
const STEP: &str = "  ";

/// The text of a file.
pub(super) fn print(sections: &[Section<'_>], line_end: &str) -> String {
    let mut lines = Vec::new();
    for section in sections {
        let mut own = Vec::new();
        own.extend(section.before.iter().map(|comment| (*comment).to_owned()));
        if let Some(header) = &section.header {
            let key = header.key.join(".");
            let text = if header.list { format!("[[{key}]]") } else { format!("[{key}]") };
            own.push(with_comment(text, header.after));
        }
        pieces(&section.body, "", "", &mut own);
        if !lines.is_empty() && !own.is_empty() {
            lines.push(String::new());
        }
        lines.append(&mut own);
    }
    lines.into_iter().map(|line| line + line_end).collect()
}

/// A line with the comment that stands in it.
fn with_comment(line: String, comment: Option<&str>) -> String {
    match comment {
        Some(comment) => line + " " + comment,
        None => line,
    }
}

/// What stands in a table or a list that has lines of its own: one for each piece, and blank ones only between them.
fn pieces(all: &[Piece<'_>], indent: &str, end: &str, lines: &mut Vec<String>) {
    let blank = |piece: &Piece<'_>| matches!(piece, Piece::Blank);
    let first = all.iter().position(|piece| !blank(piece)).unwrap_or(all.len());
    let last = all.iter().rposition(|piece| !blank(piece)).map_or(first, |last| last + 1);
    for piece in &all[first..last] {
        match piece {
            Piece::Blank => lines.push(String::new()),
            Piece::Comment(comment) => lines.push(format!("{indent}{comment}")),
            Piece::Entry(entry) => self::entry(entry, indent, end, lines),
        }
    }
}

fn entry(entry: &Entry<'_>, indent: &str, end: &str, lines: &mut Vec<String>) {
    let start = format!("{indent}{}", before_value(entry));
    let one_line = format!("{start}{}{end}", flat(&entry.value));
    let (open, inner, close) = match &entry.value {
        Value::List(inner) if has_comment(inner) || is_long(&one_line, inner) => ('[', inner, ']'),
        Value::Table(inner) if has_comment(inner) => ('{', inner, '}'),
        _ => return lines.push(with_comment(one_line, entry.after)),
    };
    lines.push(format!("{start}{open}"));
    pieces(inner, &format!("{indent}{STEP}"), ",", lines);
    lines.push(with_comment(format!("{indent}{close}{end}"), entry.after));
}

/// The key with its sign; nothing for parts of lists.
fn before_value(entry: &Entry<'_>) -> String {
    if entry.key.is_empty() { String::new() } else { format!("{} = ", entry.key.join(".")) }
}

/// Whether a list is too long for a line, and has several parts to be put below each other.
fn is_long(one_line: &str, parts: &[Piece<'_>]) -> bool {
    let width = if entries(parts).any(|part| matches!(part.value, Value::Table(_))) { ROWS } else { WIDTH };
    has_several(parts) && (one_line.contains('\n') || one_line.chars().count() > width)
}

fn has_several(parts: &[Piece<'_>]) -> bool {
    let mut entries = entries(parts);
    match (entries.next(), entries.next()) {
        (Some(Entry { value: Value::List(inner), .. }), None) => has_several(inner),
        (_, second) => second.is_some(),
    }
}

/// A value in one line, but for line ends in texts.
fn flat(value: &Value<'_>) -> String {
    let joined = |inner: &[Piece<'_>]| {
        let parts = entries(inner).map(|entry| before_value(entry) + &flat(&entry.value));
        parts.collect::<Vec<_>>().join(", ")
    };
    match value {
        Value::Scalar(written) => (*written).to_owned(),
        Value::List(inner) => format!("[{}]", joined(inner)),
        Value::Table(inner) if entries(inner).next().is_none() => "{}".to_owned(),
        Value::Table(inner) => format!("{{ {} }}", joined(inner)),
    }
}

fn has_comment(pieces: &[Piece<'_>]) -> bool {
    pieces.iter().any(|piece| match piece {
        Piece::Blank => false,
        Piece::Comment(_) => true,
        Piece::Entry(entry) => {
            entry.after.is_some()
                || match &entry.value {
                    Value::Scalar(_) => false,
                    Value::List(inner) | Value::Table(inner) => has_comment(inner),
                }
        }
    })
}
