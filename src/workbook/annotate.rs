//! Remarks put into a workbook as it came: red cells with notes, a first sheet that lists them, other values in some cells.
//! Everything else in the file stays as it is. What an earlier answer put there goes.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::ops::Range;

use quick_xml::Reader;
use quick_xml::escape::escape;
use quick_xml::events::Event;

use super::content::Shown;
use super::grid::letter;
use super::opened::{BOOK, Cells, Opened, Outline, appended, spliced, with_attributes};
use super::xlsx::{attribute, column_of};
use crate::package::{DECLARATION, OFFICE, is_held};

/// Whose notes they are.
const AUTHOR: &str = "lmnet";
/// What they begin with, since not every program keeps whose they are.
const START: &str = "lmnet: ";
/// True in every cell, and by which the red is known again in what programs have saved.
const ALWAYS: &str = "N(\"lmnet\")=0";
/// The namespaces of drawings of notes.
const VML: &str = "xmlns:v=\"urn:schemas-microsoft-com:vml\" xmlns:o=\"urn:schemas-microsoft-com:office:office\" \
     xmlns:x=\"urn:schemas-microsoft-com:office:excel\"";
/// The namespace of workbooks.
const SHEETS: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const TYPE: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml";

/// What is put into a sheet.
#[derive(Default)]
pub(super) struct Annotated {
    /// Cells in which something is wrong, with what is.
    pub(super) notes: Cells<String>,
    /// Cells that get another value.
    pub(super) values: Cells<Shown>,
}

/// The first sheet: what is to be corrected.
pub(super) struct Front {
    pub(super) name: String,
    pub(super) title: String,
    /// How to go on, below the title.
    pub(super) hint: String,
    pub(super) headings: [String; 3],
    /// What stands below the headings.
    pub(super) lines: Vec<FrontLine>,
    /// The sheet of an earlier answer, which it takes the place of.
    pub(super) instead_of: Option<String>,
}

/// A line of the first sheet.
pub(super) struct FrontLine {
    pub(super) texts: [String; 3],
    /// The sheet and the cell that the first text leads to.
    pub(super) target: Option<(String, String)>,
}

/// The styles that are added to the workbook, by number.
struct Looks {
    plain: usize,
    bold: usize,
    link: usize,
    /// The one for cells in which something is wrong.
    wrong: usize,
}

/// Puts everything in; nothing where the workbook is written in a way that can't be added to.
pub(super) fn annotated(mut book: Opened, sheets: &BTreeMap<String, Annotated>, front: &Front) -> Option<Opened> {
    if !book.is_plain() {
        return None;
    }
    let looks = looks(&mut book)?;
    for (name, part) in book.sheets() {
        if book.has(&part) && front.instead_of.as_ref() != Some(&name) {
            let nothing = Annotated::default();
            sheet(&mut book, &part, sheets.get(&name).unwrap_or(&nothing), looks.wrong)?;
        }
    }
    first_sheet(&mut book, front, &looks)?;
    Some(book)
}

/// Adds the styles.
fn looks(book: &mut Opened) -> Option<Looks> {
    const FONTS: [&str; 2] = [
        "<b/><sz val=\"11\"/><name val=\"Calibri\"/>",
        "<u/><sz val=\"11\"/><color rgb=\"FF0563C1\"/><name val=\"Calibri\"/>",
    ];
    let part = book.of_book("styles")?;
    let mut xml = book.text(&part)?.to_owned();
    let p = Outline::of(&xml)?.prefix;
    let fonts: Vec<String> =
        FONTS.iter().map(|inner| format!("<{p}font>{}</{p}font>", inner.replace('<', &format!("<{p}")))).collect();
    let font = more(&mut xml, "fonts", &fonts)?;
    let cell = |font: usize| {
        format!(
            "<{p}xf numFmtId=\"0\" fontId=\"{font}\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyFont=\"1\" applyAlignment=\"1\">\
             <{p}alignment vertical=\"top\" wrapText=\"1\"/></{p}xf>"
        )
    };
    let plain = more(&mut xml, "cellXfs", &[cell(0), cell(font), cell(font + 1)])?;
    let red = format!(
        "<{p}dxf><{p}font><{p}color rgb=\"FF9C0006\"/></{p}font>\
         <{p}fill><{p}patternFill patternType=\"solid\"><{p}fgColor rgb=\"FFFFC7CE\"/><{p}bgColor rgb=\"FFFFC7CE\"/></{p}patternFill></{p}fill></{p}dxf>"
    );
    if Outline::of(&xml)?.place("dxfs").is_none() {
        let at = Outline::of(&xml)?.before(&["tableStyles", "colors", "extLst"]);
        xml.insert_str(at, &format!("<{p}dxfs count=\"0\"/>"));
    }
    let wrong = more(&mut xml, "dxfs", &[red])?;
    book.set(&part, xml);
    Some(Looks { plain, bold: plain + 1, link: plain + 2, wrong })
}

/// Adds elements to a counted list below the root; the number of the first of them.
fn more(xml: &mut String, list: &str, new: &[String]) -> Option<usize> {
    let place = Outline::of(xml)?.place(list)?;
    let old = &xml[place.clone()];
    let there = Outline::of(old).map_or(0, |outline| outline.children.len());
    let count = (there + new.len()).to_string();
    let longer = with_attributes(&appended(old, &new.concat()), &[("count", Some(&count))]);
    xml.replace_range(place, &longer);
    Some(there)
}

/// What comes after the red of cells in a sheet, and before the notes.
const AFTER_RED: [&str; 22] = [
    "dataValidations",
    "hyperlinks",
    "printOptions",
    "pageMargins",
    "pageSetup",
    "headerFooter",
    "rowBreaks",
    "colBreaks",
    "customProperties",
    "cellWatches",
    "ignoredErrors",
    "smartTags",
    "drawing",
    "legacyDrawing",
    "legacyDrawingHF",
    "drawingHF",
    "picture",
    "oleObjects",
    "controls",
    "webPublishItems",
    "tableParts",
    "extLst",
];
/// What comes after the notes.
const AFTER_NOTES: &[&str] = {
    let (_, after) = AFTER_RED.split_at(14);
    after
};

fn sheet(book: &mut Opened, part: &str, new: &Annotated, red: usize) -> Option<()> {
    let notes_id = notes(book, part, &new.notes)?;
    let xml = book.text(part)?;
    let Some(outline) = Outline::of(xml) else { return new.notes.is_empty().then_some(()) };
    let mut pieces: Vec<(Range<usize>, String)> = Vec::new();
    for (name, place) in &outline.children {
        let old = &xml[place.clone()];
        match &**name {
            // Two sheets that are chosen at once would be written into together.
            "sheetViews" => pieces.push((place.clone(), unchosen(old))),
            "conditionalFormatting" if is_ours(old) => pieces.push((place.clone(), without_ours(old))),
            "sheetData" if !new.values.is_empty() => {
                pieces.push((place.clone(), with_values(old, &outline.prefix, &new.values)?))
            }
            _ => {}
        }
    }
    if !new.notes.is_empty() {
        let at = outline.before(&AFTER_RED);
        pieces.push((at..at, reddened(xml, &outline.prefix, new.notes.keys(), red)));
    }
    if let Some(id) = notes_id {
        let p = &outline.prefix;
        let at = outline.before(AFTER_NOTES);
        pieces.push((at..at, format!("<{p}legacyDrawing xmlns:r=\"{OFFICE}\" r:id=\"{id}\"/>")));
    }
    let xml = spliced(xml, pieces);
    book.set(part, xml);
    Some(())
}

/// Whether the red of cells is from here. What it says may be written with other signs for the quotation marks.
fn is_ours(xml: &str) -> bool {
    xml.contains(ALWAYS) || xml.contains(&*escape(ALWAYS))
}

/// The rules for some cells without ours; nothing where no other is left.
fn without_ours(rules: &str) -> String {
    let Some(outline) = Outline::of(rules) else { return rules.to_owned() };
    let (ours, others): (Vec<_>, Vec<_>) =
        outline.children.into_iter().map(|(_, place)| place).partition(|place| is_ours(&rules[place.clone()]));
    match others.is_empty() {
        true => String::new(),
        false => spliced(rules, ours.into_iter().map(|place| (place, String::new())).collect()),
    }
}

/// The views of a sheet that is not the one that is seen first.
fn unchosen(views: &str) -> String {
    let Some(outline) = Outline::of(views) else { return views.to_owned() };
    let piece = |(_, place): &(String, Range<usize>)| {
        (place.clone(), with_attributes(&views[place.clone()], &[("tabSelected", None)]))
    };
    spliced(views, outline.children.iter().filter(|(name, _)| name == "sheetView").map(piece).collect())
}

fn reddened<'a>(xml: &str, p: &str, cells: impl Iterator<Item = &'a (u32, u32)>, red: usize) -> String {
    /// How many cells one rule names.
    const MOST: usize = 500;
    let used: BTreeSet<usize> =
        xml.split("priority=\"").skip(1).filter_map(|rest| rest.split('"').next()?.parse().ok()).collect();
    let free = (1..).filter(|priority| !used.contains(priority));
    let cells: Vec<String> = cells.map(|cell| name_of(*cell)).collect();
    let rules = free.zip(cells.chunks(MOST)).map(|(priority, cells)| {
        let (cells, formula) = (cells.join(" "), escape(ALWAYS));
        format!(
            "<{p}conditionalFormatting sqref=\"{cells}\"><{p}cfRule type=\"expression\" dxfId=\"{red}\" priority=\"{priority}\">\
             <{p}formula>{formula}</{p}formula></{p}cfRule></{p}conditionalFormatting>"
        )
    });
    rules.collect()
}

fn name_of((row, column): (u32, u32)) -> String {
    format!("{}{row}", letter(column))
}

/// A text as it stands in a part.
fn held(text: &str) -> String {
    escape(text.chars().filter(is_held).collect::<String>()).into_owned()
}

/// The rows of a sheet with other values in some cells. A row that is not there gets none.
fn with_values(data: &str, p: &str, values: &Cells<Shown>) -> Option<String> {
    let mut reader = Reader::from_str(data);
    let (mut row, mut column, mut start, mut style) = (0, 0, 0, None);
    let mut pieces: Vec<(Range<usize>, String)> = Vec::new();
    let mut left: Vec<(u32, &Shown)> = Vec::new();
    let put = |row: u32, column: u32, style: Option<&str>, value: &Shown| {
        let style = style.map(|style| format!(" s=\"{style}\"")).unwrap_or_default();
        let start = format!("<{p}c r=\"{}\"{style}", name_of((row, column)));
        match value {
            Shown::Nothing => format!("{start}/>"),
            Shown::Number(number) => format!("{start}><{p}v>{number}</{p}v></{p}c>"),
            Shown::Text(text) => text_cell(&start, p, text),
            // As text, since the cell may be one for texts.
            Shown::Day(day) => text_cell(&start, p, &day.format("%d.%m.%Y").to_string()),
        }
    };
    loop {
        let before = usize::try_from(reader.buffer_position()).ok()?;
        let event = reader.read_event().ok()?;
        let after = usize::try_from(reader.buffer_position()).ok()?;
        let is_empty = matches!(event, Event::Empty(_));
        match event {
            Event::Start(element) | Event::Empty(element) => match element.local_name().as_ref() {
                "row" => {
                    row = attribute(&element, "r").and_then(|row| row.parse().ok()).unwrap_or(row + 1);
                    column = 0;
                    left = values.range((row, 0)..(row + 1, 0)).map(|((_, column), value)| (*column, value)).collect();
                    if is_empty && !left.is_empty() {
                        let cells = left.drain(..).map(|(column, value)| put(row, column, None, value));
                        pieces.push((before..after, appended(&data[before..after], &cells.collect::<String>())));
                    }
                }
                "c" => {
                    column = attribute(&element, "r").and_then(|cell| column_of(&cell)).unwrap_or(column);
                    style = attribute(&element, "s");
                    start = before;
                    let earlier: Vec<_> = left.extract_if(.., |(other, _)| *other < column).collect();
                    for (other, value) in earlier {
                        pieces.push((before..before, put(row, other, None, value)));
                    }
                    if is_empty {
                        cell_ends(&mut pieces, &mut left, before..after, column, |value| {
                            put(row, column, style.as_deref(), value)
                        });
                        column += 1;
                    }
                }
                _ => {}
            },
            Event::End(element) => match element.local_name().as_ref() {
                "c" => {
                    cell_ends(&mut pieces, &mut left, start..after, column, |value| {
                        put(row, column, style.as_deref(), value)
                    });
                    column += 1;
                }
                "row" => {
                    let rest = left.drain(..).map(|(column, value)| put(row, column, None, value));
                    pieces.push((before..before, rest.collect()));
                }
                _ => {}
            },
            Event::Eof => return Some(spliced(data, pieces)),
            _ => {}
        }
    }
}

/// Puts the value of a cell in its place, if it gets another.
fn cell_ends(
    pieces: &mut Vec<(Range<usize>, String)>,
    left: &mut Vec<(u32, &Shown)>,
    place: Range<usize>,
    column: u32,
    put: impl Fn(&Shown) -> String,
) {
    if let Some(at) = left.iter().position(|(own, _)| *own == column) {
        let (_, value) = left.remove(at);
        pieces.push((place, put(value)));
    }
}

fn text_cell(start: &str, p: &str, text: &str) -> String {
    let text = held(text);
    format!("{start} t=\"inlineStr\"><{p}is><{p}t xml:space=\"preserve\">{text}</{p}t></{p}is></{p}c>")
}

/// Writes the notes of a sheet; the id of the drawing that holds them, where the sheet has none so far.
fn notes(book: &mut Opened, sheet: &str, new: &Cells<String>) -> Option<Option<String>> {
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
        let place = outline.place("legacyDrawing")?;
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

/// Puts the list of what is to be corrected before all other sheets, and opens the workbook there.
fn first_sheet(book: &mut Opened, front: &Front, looks: &Looks) -> Option<()> {
    let xml = front_xml(front, looks);
    let sheets = book.sheets();
    let there = front.instead_of.as_ref().and_then(|name| sheets.iter().position(|(own, _)| own == name));
    let at = match there {
        Some(at) => {
            book.set(&sheets[at].1, xml);
            shown(book, at)?;
            at
        }
        None => {
            let part = book.free("xl/worksheets/answer", ".xml");
            book.set(&part, xml);
            book.declare(&part, &format!("{TYPE}.worksheet+xml"));
            let id = book.relate(BOOK, "worksheet", &part);
            listed(book, &front.name, &id)?;
            0
        }
    };
    let xml = book.text(BOOK)?;
    if let Some(place) = Outline::of(xml)?.place("bookViews") {
        let views = &xml[place.clone()];
        let (at, views_outline) = (at.to_string(), Outline::of(views)?);
        let first = views_outline.place("workbookView")?;
        let view = with_attributes(&views[first.clone()], &[("activeTab", Some(&at)), ("firstSheet", Some("0"))]);
        let xml = spliced(xml, vec![(place, spliced(views, vec![(first, view)]))]);
        book.set(BOOK, xml);
    }
    Some(())
}

/// Shows a sheet that somebody has hidden.
fn shown(book: &mut Opened, at: usize) -> Option<()> {
    let xml = book.text(BOOK)?;
    let place = Outline::of(xml)?.place("sheets")?;
    let sheets = &xml[place.clone()];
    let own = Outline::of(sheets)?.children.get(at)?.1.clone();
    let sheet = with_attributes(&sheets[own.clone()], &[("state", None)]);
    let xml = spliced(xml, vec![(place, spliced(sheets, vec![(own, sheet)]))]);
    book.set(BOOK, xml);
    Some(())
}

/// Lists a new sheet before the others. What is counted by sheets counts one more.
fn listed(book: &mut Opened, name: &str, id: &str) -> Option<()> {
    let xml = book.text(BOOK)?;
    let outline = Outline::of(xml)?;
    let (p, place) = (&outline.prefix, outline.place("sheets")?);
    let sheets = &xml[place.clone()];
    let mut used = BTreeSet::new();
    super::xlsx::elements(sheets.as_bytes(), |element| {
        used.extend(attribute(element, "sheetId").and_then(|number| number.parse::<u32>().ok()));
    });
    let number = (1..).find(|number| !used.contains(number))?;
    let first = Outline::of(sheets)?.children.first()?.1.start;
    let new = format!("<{p}sheet xmlns:r=\"{OFFICE}\" name=\"{}\" sheetId=\"{number}\" r:id=\"{id}\"/>", held(name));
    let mut pieces = vec![(place.start + first..place.start + first, new)];
    if let Some(names) = outline.place("definedNames") {
        for (_, own) in Outline::of(&xml[names.clone()])?.children {
            let own = names.start + own.start..names.start + own.end;
            let old = &xml[own.clone()];
            let mut reader = Reader::from_str(old);
            let Ok(Event::Start(element)) = reader.read_event() else { continue };
            let sheet = attribute(&element, "localSheetId").and_then(|sheet| sheet.parse::<u32>().ok());
            if let Some(sheet) = sheet {
                let moved = sheet.saturating_add(1).to_string();
                pieces.push((own, with_attributes(old, &[("localSheetId", Some(&moved))])));
            }
        }
    }
    let xml = spliced(xml, pieces);
    book.set(BOOK, xml);
    Some(())
}

fn front_xml(front: &Front, looks: &Looks) -> String {
    const WIDTHS: [usize; 3] = [34, 34, 76];
    let cell = |row: usize, column: usize, style: usize, text: &str| {
        text_cell(&format!("<c r=\"{}{row}\" s=\"{style}\"", ["A", "B", "C"][column]), "", text)
    };
    let title = cell(1, 0, looks.bold, &front.title);
    // Beside the others, since a wrapped cell is as wide as its column.
    let hint = cell(2, 2, looks.plain, &front.hint);
    let mut rows = format!("<row r=\"1\">{title}</row><row r=\"2\" ht=\"30\" customHeight=\"1\">{hint}</row>");
    let headings: String = (0..).zip(&front.headings).map(|(column, text)| cell(3, column, looks.bold, text)).collect();
    let _ = write!(rows, "<row r=\"3\">{headings}</row>");
    let mut links = String::new();
    for (row, FrontLine { texts, target }) in (4..).zip(&front.lines) {
        let lines =
            texts.iter().zip(WIDTHS).map(|(text, width)| text.chars().count().div_ceil(width)).max().unwrap_or(1);
        let height = 15 * lines.clamp(1, 12);
        let style = |column: usize| if column == 0 && target.is_some() { looks.link } else { looks.plain };
        let cells: String = (0..).zip(texts).map(|(column, text)| cell(row, column, style(column), text)).collect();
        let _ = write!(rows, "<row r=\"{row}\" ht=\"{height}\" customHeight=\"1\">{cells}</row>");
        if let Some((sheet, cell)) = target {
            let sheet = held(&sheet.replace('\'', "''"));
            let _ = write!(links, "<hyperlink ref=\"A{row}\" location=\"'{sheet}'!{cell}\"/>");
        }
    }
    let columns: String = (1..)
        .zip(WIDTHS)
        .map(|(column, width): (usize, usize)| {
            format!("<col min=\"{column}\" max=\"{column}\" width=\"{width}\" customWidth=\"1\"/>")
        })
        .collect();
    let links = if links.is_empty() { links } else { format!("<hyperlinks>{links}</hyperlinks>") };
    format!(
        "{DECLARATION}<worksheet xmlns=\"{SHEETS}\"><sheetPr><pageSetUpPr fitToPage=\"1\"/></sheetPr><sheetViews><sheetView showGridLines=\"0\" tabSelected=\"1\" workbookViewId=\"0\">\
         <pane ySplit=\"3\" topLeftCell=\"A4\" activePane=\"bottomLeft\" state=\"frozen\"/></sheetView></sheetViews>\
         <cols>{columns}</cols><sheetData>{rows}</sheetData>{links}<pageSetup paperSize=\"9\" orientation=\"landscape\" fitToHeight=\"0\"/></worksheet>"
    )
}
