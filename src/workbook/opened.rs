//! A workbook as the parts that it consists of, so that something can be changed in it and everything else stays as it is.

use std::collections::BTreeMap;
use std::io::{Cursor, Read as _};
use std::ops::Range;

use quick_xml::Reader;
use quick_xml::escape::escape;
use quick_xml::events::{BytesStart, Event};
use zip::ZipArchive;

use super::xlsx::attribute;
use crate::package::{DECLARATION, OFFICE, packed};

/// The part that lists the sheets.
pub(super) const BOOK: &str = "xl/workbook.xml";
const TYPES: &str = "[Content_Types].xml";
const BOM: &[u8] = b"\xef\xbb\xbf";

/// The parts, in the order of the file.
pub(super) struct Opened {
    parts: Vec<(String, Vec<u8>)>,
}

/// What a part refers to.
pub(super) struct Relation {
    pub(super) id: String,
    /// The end of the name of its kind, such as `worksheet`.
    kind: String,
    /// The other part.
    pub(super) part: String,
}

impl Opened {
    /// Unpacks a file that has been read before.
    pub(super) fn of(bytes: &[u8]) -> anyhow::Result<Self> {
        let mut archive = ZipArchive::new(Cursor::new(bytes))?;
        let mut parts = Vec::new();
        for index in 0..archive.len() {
            let mut part = archive.by_index(index)?;
            let name = part.name()?.into_owned();
            if part.is_dir() {
                continue;
            }
            let mut unpacked = Vec::new();
            part.read_to_end(&mut unpacked)?;
            // Places in a part are counted from what stands after it.
            if unpacked.starts_with(BOM) {
                unpacked.drain(..BOM.len());
            }
            parts.push((name, unpacked));
        }
        Ok(Self { parts })
    }

    pub(super) fn packed(&self) -> anyhow::Result<Vec<u8>> {
        packed(&self.parts)
    }

    /// The text of a part; nothing where there is no such part, or one in another encoding.
    pub(super) fn text(&self, part: &str) -> Option<&str> {
        let (_, bytes) = self.parts.iter().find(|(name, _)| name.eq_ignore_ascii_case(part))?;
        std::str::from_utf8(bytes).ok()
    }

    /// Whether there is a part of this name, in whatever encoding.
    pub(super) fn has(&self, part: &str) -> bool {
        self.parts.iter().any(|(name, _)| name.eq_ignore_ascii_case(part))
    }

    /// Whether it is a workbook and nothing else: what holds programs, or is a pattern for others, must be called otherwise.
    pub(super) fn is_plain(&self) -> bool {
        self.text(TYPES).is_some_and(|types| !types.contains("macroEnabled") && !types.contains("template.main"))
    }

    pub(super) fn set(&mut self, part: &str, text: String) {
        match self.parts.iter_mut().find(|(name, _)| name.eq_ignore_ascii_case(part)) {
            Some((_, bytes)) => *bytes = text.into_bytes(),
            None => self.parts.push((part.to_owned(), text.into_bytes())),
        }
    }

    /// The first name of a part that is free: `xl/worksheets/answer1.xml`.
    pub(super) fn free(&self, start: &str, end: &str) -> String {
        let name = |number: usize| format!("{start}{number}{end}");
        (1..).map(name).find(|name| !self.has(name)).unwrap_or_default()
    }

    fn relations(&self, part: &str) -> Vec<Relation> {
        let mut found = Vec::new();
        let Some(xml) = self.text(&relations_of(part)) else { return found };
        super::xlsx::elements(xml.as_bytes(), |element| {
            let of = |name| attribute(element, name);
            if let (Some(id), Some(kind), Some(target)) = (of("Id"), of("Type"), of("Target")) {
                let kind = kind.rsplit('/').next().unwrap_or_default().to_owned();
                found.push(Relation { id, kind, part: resolved(part, &target) });
            }
        });
        found
    }

    /// What a part refers to, of one kind.
    pub(super) fn related(&self, part: &str, kind: &str) -> Vec<Relation> {
        self.relations(part).into_iter().filter(|relation| relation.kind == kind).collect()
    }

    /// Lets a part refer to another; the id by which it does so.
    pub(super) fn relate(&mut self, part: &str, kind: &str, other: &str) -> String {
        const EMPTY: &str = "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"/>";
        let own = self.relations(part);
        let id = (1..).map(|number| format!("rIdLmnet{number}"));
        let id = id.into_iter().find(|id| own.iter().all(|relation| relation.id != *id)).unwrap_or_default();
        let path = relations_of(part);
        let xml = self.text(&path).map_or_else(|| format!("{DECLARATION}{EMPTY}"), str::to_owned);
        let target = escape(other);
        let p = root_prefix(&xml);
        let line = format!("<{p}Relationship Id=\"{id}\" Type=\"{OFFICE}/{kind}\" Target=\"/{target}\"/>");
        self.set(&path, appended(&xml, &line));
        id
    }

    /// Says what kind of part a new one is.
    pub(super) fn declare(&mut self, part: &str, kind: &str) {
        let Some(xml) = self.text(TYPES) else { return };
        let p = root_prefix(xml);
        let line = match part.rsplit_once('.') {
            Some((_, end @ "vml")) => format!("<{p}Default Extension=\"{end}\" ContentType=\"{kind}\"/>"),
            _ => format!("<{p}Override PartName=\"/{}\" ContentType=\"{kind}\"/>", escape(part)),
        };
        let mut is_there = false;
        super::xlsx::elements(xml.as_bytes(), |element| {
            let extension = attribute(element, "Extension").unwrap_or_default();
            is_there |= part.ends_with(".vml") && extension.eq_ignore_ascii_case("vml");
        });
        if !is_there {
            let xml = appended(xml, &line);
            self.set(TYPES, xml);
        }
    }

    /// The part of the whole workbook that is of one kind, such as its styles.
    pub(super) fn of_book(&self, kind: &str) -> Option<String> {
        self.related(BOOK, kind).into_iter().next().map(|relation| relation.part)
    }

    /// The sheets in their order: their names and parts.
    pub(super) fn sheets(&self) -> Vec<(String, String)> {
        let relations = self.relations(BOOK);
        let mut found = Vec::new();
        super::xlsx::elements(self.text(BOOK).unwrap_or_default().as_bytes(), |element| {
            if element.local_name().as_ref() != "sheet" {
                return;
            }
            let part = attribute(element, "id").and_then(|id| {
                relations.iter().find(|relation| relation.id == id).map(|relation| relation.part.clone())
            });
            if let (Some(name), Some(part)) = (attribute(element, "name"), part) {
                found.push((name, part));
            }
        });
        found
    }
}

/// The part that says what a part refers to.
fn relations_of(part: &str) -> String {
    let (folder, name) = part.rsplit_once('/').unwrap_or(("", part));
    format!("{folder}/_rels/{name}.rels")
}

/// The part that a path means, seen from another one.
fn resolved(from: &str, target: &str) -> String {
    if let Some(whole) = target.strip_prefix('/') {
        return whole.to_owned();
    }
    let mut steps: Vec<&str> = from.split('/').collect();
    steps.pop();
    for step in target.split('/') {
        match step {
            "." => {}
            ".." => {
                steps.pop();
            }
            step => steps.push(step),
        }
    }
    steps.join("/")
}

/// A part from outside: what stands right below its root, and where.
pub(super) struct Outline {
    /// What stands before the names of its elements: nothing, or `x:`.
    pub(super) prefix: String,
    /// The names of the elements below the root, without what stands before them.
    pub(super) children: Vec<(String, Range<usize>)>,
    /// Where the root ends.
    end: usize,
}

impl Outline {
    /// Nothing where it can't be read, or nothing stands in it.
    pub(super) fn of(xml: &str) -> Option<Self> {
        let mut reader = Reader::from_str(xml);
        let (mut depth, mut start) = (0, 0);
        let mut outline = Self { prefix: String::new(), children: Vec::new(), end: 0 };
        loop {
            let before = usize::try_from(reader.buffer_position()).ok()?;
            let event = reader.read_event().ok()?;
            let after = usize::try_from(reader.buffer_position()).ok()?;
            match event {
                Event::Start(element) => {
                    match depth {
                        0 => outline.prefix = prefix(&element),
                        1 => {
                            start = before;
                            outline.children.push((element.local_name().as_ref().to_owned(), before..before));
                        }
                        _ => {}
                    }
                    depth += 1;
                }
                Event::Empty(element) if depth == 1 => {
                    outline.children.push((element.local_name().as_ref().to_owned(), before..after));
                }
                Event::End(_) => {
                    depth -= 1;
                    match depth {
                        0 => {
                            outline.end = before;
                            return Some(outline);
                        }
                        1 => outline.children.last_mut()?.1 = start..after,
                        _ => {}
                    }
                }
                Event::Eof => return None,
                _ => {}
            }
        }
    }

    /// Where an element stands.
    pub(super) fn place(&self, name: &str) -> Option<Range<usize>> {
        self.children.iter().find(|(own, _)| own == name).map(|(_, place)| place.clone())
    }

    /// Where a new element belongs: before the first of those that come after it.
    pub(super) fn before(&self, later: &[&str]) -> usize {
        let first = self.children.iter().find(|(name, _)| later.contains(&&**name));
        first.map_or(self.end, |(_, place)| place.start)
    }
}

fn prefix(element: &BytesStart<'_>) -> String {
    element.name().prefix().map(|prefix| format!("{}:", prefix.as_ref())).unwrap_or_default()
}

/// What stands before the name of the root.
fn root_prefix(xml: &str) -> String {
    let mut prefix_of_root = None;
    super::xlsx::elements(xml.as_bytes(), |element| {
        prefix_of_root.get_or_insert_with(|| prefix(element));
    });
    prefix_of_root.unwrap_or_default()
}

/// The text of an element with one more at its end.
pub(super) fn appended(xml: &str, child: &str) -> String {
    if let Some(outline) = Outline::of(xml) {
        return format!("{}{child}{}", &xml[..outline.end], &xml[outline.end..]);
    }
    // Nothing stands in it, or it is not well-formed.
    let trimmed = xml.trim_end();
    match trimmed.strip_suffix("/>") {
        Some(open) => {
            let name = open.rsplit_once('<').map_or("", |(_, rest)| rest);
            let name = name.split(char::is_whitespace).next().unwrap_or_default();
            format!("{}>{child}</{name}>", open.trim_end())
        }
        None => match trimmed.rfind("</") {
            Some(end) => format!("{}{child}{}", &trimmed[..end], &trimmed[end..]),
            None => xml.to_owned(),
        },
    }
}

/// The text of an element with other attributes in its own tag; those that get nothing are taken out.
pub(super) fn with_attributes(xml: &str, new: &[(&str, Option<&str>)]) -> String {
    let mut reader = Reader::from_str(xml);
    let (element, is_empty) = match reader.read_event() {
        Ok(Event::Start(element)) => (element, false),
        Ok(Event::Empty(element)) => (element, true),
        _ => return xml.to_owned(),
    };
    let Ok(rest) = usize::try_from(reader.buffer_position()) else { return xml.to_owned() };
    let mut tag = format!("<{}", element.name().as_ref());
    for one in element.attributes().filter_map(Result::ok) {
        let name: &str = one.key.as_ref();
        if new.iter().all(|(own, _)| *own != name) {
            tag += &format!(" {name}=\"{}\"", one.value.replace('"', "&quot;"));
        }
    }
    for (name, value) in new {
        if let Some(value) = value {
            tag += &format!(" {name}=\"{}\"", escape(*value));
        }
    }
    tag + if is_empty { "/>" } else { ">" } + &xml[rest..]
}

/// The text with other pieces in place of some.
pub(super) fn spliced(text: &str, mut pieces: Vec<(Range<usize>, String)>) -> String {
    pieces.sort_by_key(|(place, _)| (place.start, place.end));
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for (place, new) in pieces {
        out += &text[at..place.start];
        out += &new;
        at = place.end;
    }
    out + &text[at..]
}

/// Cells of a sheet, by row from 1 and column from 0.
pub(super) type Cells<T> = BTreeMap<(u32, u32), T>;
