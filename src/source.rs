//! Files by number, key paths into them, and where a key path stands in a text.
//!
//! Opens no file: whoever has the text hands it over.

use std::fmt;

use toml_spanner::{Arena, Item, Table};

/// A file of the tree, by its number in the registry's list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(pub u32);

/// One step down into a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Step {
    /// Into the value of a key.
    Key(&'static str),
    /// Into an element of a list, from 0.
    Index(usize),
}

/// The way from the top of a file to a value: `run[2].start`.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct KeyPath(pub Vec<Step>);

impl KeyPath {
    /// The path extended by one key.
    #[must_use]
    pub fn key(&self, key: &'static str) -> Self {
        let mut steps = self.0.clone();
        steps.push(Step::Key(key));
        Self(steps)
    }
}

impl fmt::Display for KeyPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (position, step) in self.0.iter().enumerate() {
            match step {
                Step::Key(key) if position == 0 => write!(f, "{key}")?,
                Step::Key(key) => write!(f, ".{key}")?,
                Step::Index(index) => write!(f, "[{index}]")?,
            }
        }
        Ok(())
    }
}

/// Bytes of a text, from `start` up to but not including `end`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Bytes {
    /// First byte.
    pub start: u32,
    /// The byte after the last.
    pub end: u32,
}

impl From<toml_spanner::Span> for Bytes {
    fn from(span: toml_spanner::Span) -> Self {
        Self { start: span.start, end: span.end }
    }
}

/// Finds where values stand. Where a way ends early (the key is absent), the last part that exists is given: a list
/// element by its first line, the file by its start.
#[must_use]
pub fn locate(text: &str, paths: &[&KeyPath]) -> Vec<Bytes> {
    let arena = Arena::new();
    let document = toml_spanner::parse_recoverable(text, &arena);
    let place = |path| find(document.table(), path).map_or_else(Bytes::default, |item| item.span().into());
    paths.iter().map(|path| first_line(text, place(path))).collect()
}

/// Finds strings: where each stands, with its quotes, and what it says. A string that stands for a table ends the way to
/// it early.
#[must_use]
pub fn strings(text: &str, paths: &[&KeyPath]) -> Vec<Option<(Bytes, String)>> {
    let arena = Arena::new();
    let document = toml_spanner::parse_recoverable(text, &arena);
    let string = |path| find(document.table(), path).and_then(|item| Some((item.span().into(), item.as_str()?.into())));
    paths.iter().map(|path| string(path)).collect()
}

/// Finds every place where the key `old` of the table at `path` is written: a table may have several headers, or several
/// dotted keys. Nothing if the text would be no TOML with `new` in all these places.
#[must_use]
pub fn spellings(text: &str, path: &KeyPath, old: &str, new: &str) -> Option<Vec<Bytes>> {
    const MOST: usize = 100;
    let mut text = text.to_owned();
    let (mut found, mut grown) = (Vec::<Bytes>::new(), 0);
    loop {
        let arena = Arena::new();
        let document = toml_spanner::parse_recoverable(&text, &arena);
        let table = if path.0.is_empty() { Some(document.table()) } else { find(document.table(), path)?.as_table() };
        let Some((key, _)) = table?.get_key_value(old) else {
            return (!document.has_errors()).then_some(found);
        };
        // The parser tells the first place only; with that one changed, the next is the first.
        let bytes = Bytes::from(key.span);
        let (start, end) = (bytes.start as usize, bytes.end as usize);
        drop(document);
        text.replace_range(start..end, new);
        let before = |byte: u32| (i64::from(byte) - grown) as u32;
        found.push(Bytes { start: before(bytes.start), end: before(bytes.end) });
        grown += new.len() as i64 - (end - start) as i64;
        if found.len() > MOST || !found.is_sorted_by_key(|bytes| bytes.start) {
            return None;
        }
    }
}

/// The last value on the way that a path leads.
fn find<'a, 'de>(table: &'a Table<'de>, path: &KeyPath) -> Option<&'a Item<'de>> {
    let mut found = None;
    let mut here = Here::Table(table);
    for step in &path.0 {
        let next = match (step, here) {
            (Step::Key(key), Here::Table(table)) => table.get(key),
            (Step::Key(key), Here::Item(item)) => item.as_table().and_then(|table| table.get(key)),
            (Step::Index(index), Here::Item(item)) => match item.as_array() {
                Some(list) => list.get(*index),
                None if *index == 0 => Some(item), // a single value may stand for a list of one
                None => None,
            },
            (Step::Index(_), Here::Table(_)) => None,
        };
        let Some(item) = next else { break };
        found = Some(item);
        here = Here::Item(item);
    }
    found
}

#[derive(Clone, Copy)]
enum Here<'a, 'de> {
    Table(&'a Table<'de>),
    Item(&'a Item<'de>),
}

/// Cuts a place to its first line: a whole table is pointed at by its header.
#[must_use]
pub fn first_line(text: &str, bytes: Bytes) -> Bytes {
    let (start, end) = (floor(text, bytes.start), floor(text, bytes.end));
    let end = text[start..end.max(start)].find(['\n', '\r']).map_or(end.max(start), |length| start + length);
    Bytes { start: start as u32, end: end as u32 }
}

/// The nearest character boundary at or before a byte, also where the text has become shorter meanwhile.
fn floor(text: &str, byte: u32) -> usize {
    text.floor_char_boundary(byte as usize)
}

/// A line and a column, both from 1; columns count code points.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// The line.
    pub line: usize,
    /// The column.
    pub column: usize,
}

/// Where the lines of a text begin, so that many places in it are found quickly.
#[derive(Debug)]
pub struct Lines<'t> {
    text: &'t str,
    starts: Vec<usize>,
}

impl<'t> Lines<'t> {
    /// Looks for the lines of `text`.
    #[must_use]
    pub fn new(text: &'t str) -> Self {
        let mark = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
        let starts = std::iter::once(mark).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        Self { text, starts }
    }

    /// Where a byte stands. A byte order mark takes no column.
    #[must_use]
    pub fn position(&self, byte: u32) -> Position {
        let (line, start) = self.line_of(byte);
        let byte = floor(self.text, byte).max(start);
        Position { line, column: self.text[start..byte].chars().count() + 1 }
    }

    /// The text of the line that a byte stands in, and where it begins.
    #[must_use]
    pub fn text_of(&self, byte: u32) -> (&'t str, usize) {
        let (line, start) = self.line_of(byte);
        let end = self.starts.get(line).copied().unwrap_or(self.text.len());
        (self.text[start..end].trim_end_matches(['\n', '\r']), start)
    }

    /// The number of the line, from 1, and where it begins.
    fn line_of(&self, byte: u32) -> (usize, usize) {
        let line = self.starts.partition_point(|start| *start <= byte as usize).max(1);
        (line, self.starts[line - 1])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str =
        "title = \"Blåbær\"\norganiser = \"vik\"\n\n[[run]]\nstart = 2016-02-03\n\n[[run]]\nstart = 2016-13-01\n";

    fn at(steps: &[Step]) -> &'static str {
        let bytes = locate(TEXT, &[&KeyPath(steps.to_vec())])[0];
        &TEXT[bytes.start as usize..bytes.end as usize]
    }

    #[test]
    fn a_key_path_finds_its_value() {
        assert_eq!(at(&[Step::Key("title")]), "\"Blåbær\"");
        assert_eq!(at(&[Step::Key("run"), Step::Index(0), Step::Key("start")]), "2016-02-03");
        assert_eq!(at(&[Step::Key("run"), Step::Index(1)]), "[[run]]");
        assert_eq!(at(&[Step::Key("organiser"), Step::Index(0)]), "\"vik\"");
        assert_eq!(at(&[Step::Key("run"), Step::Index(0), Step::Key("end")]), "[[run]]");
        assert_eq!(at(&[Step::Key("nothing")]), "");
    }

    #[test]
    fn columns_count_code_points_from_one() {
        let byte = TEXT.find("\"\norg").unwrap() as u32;
        let at = |text, byte| Lines::new(text).position(byte);
        assert_eq!(at(TEXT, byte), Position { line: 1, column: 16 });
        assert_eq!(at("\u{feff}a = 1", 3), Position { line: 1, column: 1 });
        assert_eq!(at("a", 99), Position { line: 1, column: 2 });
        assert_eq!(Lines::new("a\r\nbå\n").text_of(4), ("bå", 3));
    }
}
