//! Notes at the cells of a sheet, and the drawings without which programs don't show them.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use quick_xml::Reader;
use quick_xml::events::Event;

use super::{NOTES, SHEETS, TYPE, held, name_of};
use crate::package::DECLARATION;
use crate::workbook::opened::{Cells, Opened, Outline, appended, spliced};
use crate::workbook::xlsx::{attribute, column_of};

/// Whose notes they are.
const AUTHOR: &str = "lmnet";
/// What they begin with, since not every program keeps whose they are.
const START: &str = "lmnet: ";
/// The namespaces of drawings of notes.
const VML: &str = "xmlns:v=\"urn:schemas-microsoft-com:vml\" xmlns:o=\"urn:schemas-microsoft-com:office:office\" \
     xmlns:x=\"urn:schemas-microsoft-com:office:excel\"";

/// Writes the notes of a sheet; the id of the drawing that holds them, where the sheet has none so far.
pub(super) fn notes(book: &mut Opened, sheet: &str, new: &Cells<String>) -> Option<Option<String>> {
    let there = book.related(sheet, "comments").into_iter().next();
    if new.is_empty() && there.is_none() {
        return Some(None);
    }
    let part = there.as_ref().map(|relation| relation.part.clone());
    let part = part.unwrap_or_else(|| book.free("xl/answer", ".xml"));
    let empty = format!("{DECLARATION}<comments xmlns=\"{SHEETS}\"><authors/><commentList/></comments>");
    let old = book.text(&part).map_or(empty, str::to_owned);
    let (xml, gone, put) = with_notes(&old, new)?;
    if gone.is_empty() && put.is_empty() {
        return Some(None);
    }
    book.set(&part, xml);
    if there.is_none() {
        book.declare(&part, &format!("{TYPE}.comments+xml"));
        book.relate(sheet, "comments", &part);
    }
    drawn(book, sheet, &gone, &put)
}

/// The notes with new ones; which cells had one of ours, and which have one now. Where somebody has put a note of their own, none
/// is put.
#[expect(clippy::type_complexity, reason = "the text, the cells before, the cells after")]
fn with_notes(xml: &str, new: &Cells<String>) -> Option<(String, BTreeSet<(u32, u32)>, BTreeSet<(u32, u32)>)> {
    let outline = Outline::of(xml)?;
    let p = &outline.prefix;
    let authors = outline.place("authors")?;
    let names: Vec<&str> = xml[authors.clone()]
        .split('<')
        .filter_map(|piece| {
            let (tag, text) = piece.split_once('>')?;
            tag.starts_with(&format!("{p}author")).then_some(text).filter(|_| !tag.starts_with(&format!("{p}authors")))
        })
        .collect();
    let own = names.iter().position(|name| *name == AUTHOR);
    let author = own.unwrap_or(names.len());
    let list = outline.place("commentList")?;
    let inner = &xml[list.clone()];
    let (mut gone, mut kept, mut pieces) = (BTreeSet::new(), BTreeSet::new(), Vec::new());
    for (_, place) in Outline::of(inner).map(|outline| outline.children).unwrap_or_default() {
        let mut reader = Reader::from_str(&inner[place.clone()]);
        let Ok(Event::Start(comment) | Event::Empty(comment)) = reader.read_event() else { continue };
        let cell = attribute(&comment, "ref").unwrap_or_default();
        let row = cell.trim_start_matches(|char: char| char.is_ascii_uppercase()).parse().unwrap_or(0);
        let cell = (row, column_of(&cell).unwrap_or(0));
        let is_own = text_of(&inner[place.clone()]).starts_with(START)
            || own.is_some() && attribute(&comment, "authorId").is_some_and(|id| id == author.to_string());
        if is_own {
            gone.insert(cell);
            pieces.push((place, String::new()));
        } else {
            kept.insert(cell);
        }
    }
    let mut fresh = String::new();
    let mut put = BTreeSet::new();
    for (cell, words) in new.iter().filter(|(cell, _)| !kept.contains(cell)) {
        put.insert(*cell);
        let _ = write!(
            fresh,
            "<{p}comment ref=\"{}\" authorId=\"{author}\"><{p}text><{p}r><{p}t xml:space=\"preserve\">{}</{p}t></{p}r></{p}text></{p}comment>",
            name_of(*cell),
            held(&format!("{START}{words}"))
        );
    }
    let longer = appended(&spliced(inner, pieces), &fresh);
    let authors_now = match own {
        Some(_) => xml[authors.clone()].to_owned(),
        None => appended(&xml[authors.clone()], &format!("<{p}author>{AUTHOR}</{p}author>")),
    };
    Some((spliced(xml, vec![(authors, authors_now), (list, longer)]), gone, put))
}

/// The text in an element.
fn text_of(xml: &str) -> String {
    let mut reader = Reader::from_str(xml);
    let mut text = String::new();
    loop {
        match reader.read_event() {
            Ok(Event::Text(piece)) => text.push_str(&piece),
            Ok(Event::Eof) | Err(_) => return text.trim_start().to_owned(),
            Ok(_) => {}
        }
    }
}

/// Draws the notes, without which programs don't show them. The part need not be well-formed, so it is read as text.
fn drawn(
    book: &mut Opened,
    sheet: &str,
    gone: &BTreeSet<(u32, u32)>,
    put: &BTreeSet<(u32, u32)>,
) -> Option<Option<String>> {
    const KIND: &str = "vmlDrawing";
    let empty =
        format!("<xml {VML}><o:shapelayout v:ext=\"edit\"><o:idmap v:ext=\"edit\" data=\"1\"/></o:shapelayout></xml>");
    let kind = format!(
        "<v:shapetype {VML} id=\"_x0000_t202\" coordsize=\"21600,21600\" o:spt=\"202\" path=\"m,l,21600r21600,l21600,xe\">\
         <v:stroke joinstyle=\"miter\"/><v:path gradientshapeok=\"t\" o:connecttype=\"rect\"/></v:shapetype>"
    );
    // The drawings of heads and feet are of this kind too.
    let id = Outline::of(book.text(sheet)?).and_then(|outline| {
        let place = outline.place(NOTES)?;
        let xml = book.text(sheet)?;
        let mut reader = Reader::from_str(&xml[place]);
        match reader.read_event() {
            Ok(Event::Start(element) | Event::Empty(element)) => attribute(&element, "id"),
            _ => None,
        }
    });
    let there = id.and_then(|id| book.related(sheet, KIND).into_iter().find(|relation| relation.id == id));
    let part = there.as_ref().map(|relation| relation.part.clone());
    let part = part.unwrap_or_else(|| book.free("xl/answer", ".vml"));
    let mut xml = if book.has(&part) { undrawn(book.text(&part)?, gone) } else { empty };
    if !xml.contains("_x0000_t202\"") {
        xml = appended(&xml, &kind);
    }
    let used = xml
        .split("_x0000_s")
        .skip(1)
        .filter_map(|rest| rest.split(|char: char| !char.is_ascii_digit()).next()?.parse::<u32>().ok());
    let first = used.max().unwrap_or(1024) + 1;
    let shapes: String = (first..).zip(put).map(|(number, cell)| shape(number, *cell)).collect();
    book.set(&part, appended(&xml, &shapes));
    if there.is_some() {
        return Some(None);
    }
    book.declare(&part, "application/vnd.openxmlformats-officedocument.vmlDrawing");
    Some(Some(book.relate(sheet, KIND, &part)))
}

/// The drawing without the shapes of the notes of cells, whatever stands for the namespaces.
fn undrawn(xml: &str, cells: &BTreeSet<(u32, u32)>) -> String {
    const END: &str = ":shape>";
    let mut pieces = Vec::new();
    let mut at = 0;
    while let Some(name) = xml[at..].find(":shape ").map(|name| at + name) {
        at = name + 1;
        let Some(tag) = xml[name..].find('>').map(|end| name + end) else { break };
        let Some(end) = xml[tag..].find(END).map(|end| tag + end + END.len()) else { break };
        if xml[..tag].ends_with('/') {
            continue; // nothing stands in it
        }
        let says = |tag: &str| {
            let (_, rest) = xml[name..end].split_once(&format!(":{tag}>"))?;
            rest.split('<').next()?.trim().parse::<u32>().ok()
        };
        if let (Some(row), Some(column)) = (says("Row"), says("Column"))
            && cells.contains(&(row.saturating_add(1), column))
        {
            let start = xml[..name].rfind('<').unwrap_or(name);
            pieces.push((start..end, String::new()));
        }
        at = end;
    }
    spliced(xml, pieces)
}

fn shape(number: u32, (row, column): (u32, u32)) -> String {
    let row = row.saturating_sub(1);
    let (left, right, top, bottom) = (column + 1, column + 4, row.saturating_sub(1), row + 6);
    format!(
        "<v:shape {VML} id=\"_x0000_s{number}\" type=\"#_x0000_t202\" \
         style=\"position:absolute;margin-left:0;margin-top:0;width:195pt;height:82.5pt;z-index:1;visibility:hidden\" \
         fillcolor=\"#ffffe1\" o:insetmode=\"auto\"><v:fill color2=\"#ffffe1\"/><v:shadow on=\"t\" color=\"black\" obscured=\"t\"/>\
         <v:path o:connecttype=\"none\"/><v:textbox/><x:ClientData ObjectType=\"Note\"><x:MoveWithCells/><x:SizeWithCells/>\
         <x:Anchor>{left}, 15, {top}, 2, {right}, 15, {bottom}, 4</x:Anchor><x:AutoFill>False</x:AutoFill>\
         <x:Row>{row}</x:Row><x:Column>{column}</x:Column></x:ClientData></v:shape>"
    )
}
