//! Remarks put into a workbook as it came: red cells with notes, a first sheet that lists them, other values in some cells.
//! Everything else in the file stays as it is. What an earlier answer put there goes.

mod front;
mod notes;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use quick_xml::Reader;
use quick_xml::escape::escape;
use quick_xml::events::Event;

use super::content::Shown;
use super::grid::letter;
use super::opened::{Cells, Opened, Outline, appended, spliced, with_attributes};
use super::xlsx::{attribute, column_of};
use crate::package::{OFFICE, is_held};
use front::first_sheet;
pub(super) use front::{Front, FrontLine};
use notes::notes;

/// True in every cell, and by which the red is known again in what programs have saved.
const ALWAYS: &str = "N(\"lmnet\")=0";
/// The namespace of workbooks.
const SHEETS: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const TYPE: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml";

/// The element of a sheet that leads to the drawings of its notes.
const NOTES: &str = "legacyDrawing";

/// What is put into a sheet.
#[derive(Default)]
pub(super) struct Annotated {
    /// Cells in which something is wrong, with what is.
    pub(super) notes: Cells<String>,
    /// Cells that get another value.
    pub(super) values: Cells<Shown>,
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

/// What comes after the red of cells in a sheet, in order; the notes among them.
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
    NOTES,
    "legacyDrawingHF",
    "drawingHF",
    "picture",
    "oleObjects",
    "controls",
    "webPublishItems",
    "tableParts",
    "extLst",
];
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
        let later: Vec<&str> = AFTER_RED.into_iter().skip_while(|name| *name != NOTES).skip(1).collect();
        let at = outline.before(&later);
        pieces.push((at..at, format!("<{p}{NOTES} xmlns:r=\"{OFFICE}\" r:id=\"{id}\"/>")));
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
