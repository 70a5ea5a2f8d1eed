//! A file as it is written: every key, value, comment and blank line, in their order.

use anyhow::{Context as _, bail};
use toml_parser::Source;
use toml_parser::parser::{Event, EventKind, RecursionGuard, parse_document};

/// How deep values may stand in each other, as for the reader.
const DEEPEST: u32 = 255;

/// What stands in a table or list.
#[derive(Debug)]
pub(super) enum Piece<'t> {
    /// Blank lines, however many.
    Blank,
    /// A comment on a line of its own.
    Comment(&'t str),
    /// A value with its key; in a list, without.
    Entry(Entry<'t>),
}

#[derive(Debug)]
pub(super) struct Entry<'t> {
    pub(super) key: Key<'t>,
    pub(super) value: Value<'t>,
    /// The comment that follows in the same line.
    pub(super) after: Option<&'t str>,
}

/// The parts of a key, as they are written.
pub(super) type Key<'t> = Vec<&'t str>;

#[derive(Debug)]
pub(super) enum Value<'t> {
    /// A text, number, date, true or false, as it is written.
    Scalar(&'t str),
    List(Vec<Piece<'t>>),
    Table(Vec<Piece<'t>>),
}

/// What stands under a header; what stands above all headers has none.
#[derive(Debug, Default)]
pub(super) struct Section<'t> {
    /// The comments right above the header.
    pub(super) before: Vec<&'t str>,
    pub(super) header: Option<Header<'t>>,
    pub(super) body: Vec<Piece<'t>>,
}

impl<'t> Section<'t> {
    /// The key of the header; above all headers, nothing.
    pub(super) fn key(&self) -> &[&'t str] {
        self.header.as_ref().map_or(&[], |header| &header.key)
    }

    /// Whether it begins a table of the list that is called by the first `depth` parts of the key.
    pub(super) fn begins(&self, depth: usize) -> bool {
        self.header.as_ref().is_some_and(|header| header.list && header.key.len() == depth)
    }
}

#[derive(Debug)]
pub(super) struct Header<'t> {
    pub(super) key: Key<'t>,
    /// Whether it adds a table to a list: `[[run]]`.
    pub(super) list: bool,
    pub(super) after: Option<&'t str>,
}

/// A file, as its sections; the first has no header.
pub(super) fn parse(text: &str) -> anyhow::Result<Vec<Section<'_>>> {
    let source = Source::new(text);
    let (mut events, mut error) = (Vec::new(), None);
    parse_document(&source.lex().into_vec(), &mut RecursionGuard::new(&mut events, DEEPEST), &mut error);
    if let Some(error) = error {
        bail!("{}", error.description());
    }
    Parser { text, events: events.into_iter() }.sections()
}

struct Parser<'t> {
    text: &'t str,
    events: std::vec::IntoIter<Event>,
}

/// What stands up to some end.
struct Part<'t> {
    /// A comment in the line in which it begins.
    first: Option<&'t str>,
    pieces: Vec<Piece<'t>>,
    end: Option<EventKind>,
}

impl<'t> Parser<'t> {
    fn sections(mut self) -> anyhow::Result<Vec<Section<'t>>> {
        let mut sections = Vec::new();
        let mut section = Section::default();
        loop {
            let mut part = self.part(section.header.is_none())?;
            if let Some(header) = &mut section.header {
                header.after = part.first;
            }
            let list = part.end == Some(EventKind::ArrayTableOpen);
            let before = if part.end.is_some() { comments_at_end(&mut part.pieces) } else { Vec::new() };
            section.body = part.pieces;
            sections.push(section);
            if part.end.is_none() {
                return Ok(sections);
            }
            let header = Some(Header { key: self.key()?, list, after: None });
            section = Section { before, header, body: Vec::new() };
        }
    }

    /// What stands from here to the next header or bracket that is not opened here.
    fn part(&mut self, at_line_start: bool) -> anyhow::Result<Part<'t>> {
        let (mut first, mut pieces, mut fresh) = (None, Vec::new(), at_line_start);
        let end = loop {
            let Some(event) = self.events.next() else { break None };
            let was_fresh = fresh;
            match event.kind() {
                EventKind::Newline => {
                    if was_fresh && !matches!(pieces.last(), Some(Piece::Blank)) {
                        pieces.push(Piece::Blank);
                    }
                    fresh = true;
                }
                EventKind::Comment => {
                    let comment = self.written(&event).trim_end();
                    match pieces.last_mut() {
                        None if !was_fresh && first.is_none() => first = Some(comment),
                        Some(Piece::Entry(entry)) if !was_fresh && entry.after.is_none() => entry.after = Some(comment),
                        _ => pieces.push(Piece::Comment(comment)),
                    }
                    fresh = false;
                }
                EventKind::Whitespace => {}
                EventKind::ValueSep => fresh = false,
                EventKind::SimpleKey => {
                    let mut key = self.key()?;
                    key.insert(0, plain(self.written(&event)));
                    let event = self.next_but_blanks().context("a key without a value")?;
                    pieces.push(Piece::Entry(Entry { key, value: self.value(&event)?, after: None }));
                    fresh = false;
                }
                EventKind::Scalar | EventKind::ArrayOpen | EventKind::InlineTableOpen => {
                    pieces.push(Piece::Entry(Entry { key: Vec::new(), value: self.value(&event)?, after: None }));
                    fresh = false;
                }
                end => break Some(end),
            }
        };
        Ok(Part { first, pieces, end })
    }

    /// The parts of a key that are still to come, up to what ends it.
    fn key(&mut self) -> anyhow::Result<Key<'t>> {
        let mut key = Vec::new();
        loop {
            let event = self.events.next().context("a key without an end")?;
            match event.kind() {
                EventKind::SimpleKey => key.push(plain(self.written(&event))),
                EventKind::KeySep | EventKind::Whitespace => {}
                _ => return Ok(key),
            }
        }
    }

    fn value(&mut self, event: &Event) -> anyhow::Result<Value<'t>> {
        let close = match event.kind() {
            EventKind::Scalar => return Ok(Value::Scalar(self.written(event))),
            EventKind::ArrayOpen => EventKind::ArrayClose,
            EventKind::InlineTableOpen => EventKind::InlineTableClose,
            other => bail!("{} in place of a value", other.description()),
        };
        let Part { first, mut pieces, end } = self.part(false)?;
        if end != Some(close) {
            bail!("a bracket without its counterpart");
        }
        pieces.splice(0..0, first.map(Piece::Comment));
        Ok(if close == EventKind::ArrayClose { Value::List(pieces) } else { Value::Table(pieces) })
    }

    fn next_but_blanks(&mut self) -> Option<Event> {
        self.events.find(|event| event.kind() != EventKind::Whitespace)
    }

    fn written(&self, event: &Event) -> &'t str {
        &self.text[event.span().start()..event.span().end()]
    }
}

/// What has a value.
pub(super) fn entries<'p, 't>(pieces: &'p [Piece<'t>]) -> impl Iterator<Item = &'p Entry<'t>> {
    pieces.iter().filter_map(|piece| match piece {
        Piece::Entry(entry) => Some(entry),
        _ => None,
    })
}

/// Takes out the comments that stand right above what comes next.
fn comments_at_end<'t>(pieces: &mut Vec<Piece<'t>>) -> Vec<&'t str> {
    let mut comments = Vec::new();
    while let Some(Piece::Comment(comment)) = pieces.last() {
        comments.insert(0, *comment);
        pieces.pop();
    }
    comments
}

/// A part of a key without quotes that it does not need.
fn plain(written: &str) -> &str {
    let bare = |text: &str| text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte));
    let quoted = |quote| written.strip_prefix(quote).and_then(|rest| rest.strip_suffix(quote));
    quoted('"').or_else(|| quoted('\'')).filter(|inner| !inner.is_empty() && bare(inner)).unwrap_or(written)
}
