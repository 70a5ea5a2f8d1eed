//! The sheet that an answer puts before all others: what is to be corrected, with links.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use quick_xml::Reader;
use quick_xml::events::Event;

use super::{Looks, SHEETS, TYPE, held, text_cell};
use crate::package::{DECLARATION, OFFICE};
use crate::workbook::opened::{BOOK, Opened, Outline, spliced, with_attributes};
use crate::workbook::xlsx::{attribute, elements};

/// The first sheet: what is to be corrected.
pub(in crate::workbook) struct Front {
    pub(in crate::workbook) name: String,
    pub(in crate::workbook) title: String,
    /// How to go on, below the title.
    pub(in crate::workbook) hint: String,
    pub(in crate::workbook) headings: [String; 3],
    /// What stands below the headings.
    pub(in crate::workbook) lines: Vec<FrontLine>,
    /// The sheet of an earlier answer, which it takes the place of.
    pub(in crate::workbook) instead_of: Option<String>,
}

/// A line of the first sheet.
pub(in crate::workbook) struct FrontLine {
    pub(in crate::workbook) texts: [String; 3],
    /// The sheet and the cell that the first text leads to.
    pub(in crate::workbook) target: Option<(String, String)>,
}

/// Puts the list of what is to be corrected before all other sheets, and opens the workbook there.
pub(super) fn first_sheet(book: &mut Opened, front: &Front, looks: &Looks) -> Option<()> {
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
    elements(sheets.as_bytes(), |element| {
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
