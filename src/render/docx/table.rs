//! Tables.

use std::fmt::Write as _;

use super::layout::{self, Layout};
use super::text::{Tongue, escaped};
use crate::sheet::{Cell, Sheet};

/// A table of so few lines stands on one page.
const WHOLE: usize = 12;

/// A row of so many lines may be broken: it would leave half a page empty.
const BROKEN: usize = 25;

/// What goes with a table.
#[derive(Debug)]
pub(super) struct Beside<'a> {
    /// Its caption, for those who can't see it.
    pub(super) caption: &'a str,
    /// What is to be seen in it, if that has been said.
    pub(super) description: &'a str,
    /// The languages.
    pub(super) tongue: Tongue,
    /// How wide the text of the page is.
    pub(super) page: usize,
}

/// Writes a table. Its header is repeated on each page, and rows stay whole.
pub(super) fn table(out: &mut String, sheet: &Sheet, beside: &Beside<'_>) {
    let layout = Layout::new(sheet, beside.page);
    let numbers = layout::numbers(sheet);
    let page = beside.page;
    let _ = write!(
        out,
        "<w:tbl><w:tblPr><w:tblStyle w:val=\"TableGridLight\"/><w:tblW w:w=\"{page}\" w:type=\"dxa\"/>\
         <w:tblLayout w:type=\"fixed\"/><w:tblLook w:val=\"0620\" w:firstRow=\"1\" w:lastRow=\"0\" w:firstColumn=\"0\" \
         w:lastColumn=\"0\" w:noHBand=\"1\" w:noVBand=\"1\"/>"
    );
    for (name, text) in [("tblCaption", beside.caption), ("tblDescription", beside.description)] {
        if !text.is_empty() {
            let _ = write!(out, "<w:{name} w:val=\"{}\"/>", escaped(text));
        }
    }
    *out += "</w:tblPr><w:tblGrid>";
    for width in &layout.widths {
        let _ = write!(out, "<w:gridCol w:w=\"{width}\"/>");
    }
    *out += "</w:tblGrid>";
    let letter = letter(&layout);
    let cell = |out: &mut String, column: usize, style: &str, more: &str, text: &str, lang: Option<&str>| {
        let width = layout.widths[column];
        let _ = write!(
            out,
            "<w:tc><w:tcPr><w:tcW w:w=\"{width}\" w:type=\"dxa\"/></w:tcPr><w:p><w:pPr><w:pStyle w:val=\"{style}\"/>{more}</w:pPr>"
        );
        if !text.is_empty() {
            let properties = beside.tongue.properties_in(lang, &letter);
            let _ = write!(out, "<w:r>{properties}<w:t xml:space=\"preserve\">{}</w:t></w:r>", escaped(text));
        }
        *out += "</w:p></w:tc>";
    };
    *out += "<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>";
    for (column, heading) in sheet.columns.iter().enumerate() {
        cell(
            out,
            column,
            "TableHeader",
            if numbers[column] { "<w:jc w:val=\"right\"/>" } else { "" },
            &heading.label.text,
            heading.label.lang,
        );
    }
    *out += "</w:tr>";
    let whole = sheet.rows.len() <= WHOLE && layout.height(sheet) <= WHOLE;
    for (number, row) in sheet.rows.iter().enumerate() {
        let keep = if whole && number + 1 < sheet.rows.len() { "<w:keepNext/>" } else { "" };
        *out += if layout.lines(row) < BROKEN { "<w:tr><w:trPr><w:cantSplit/></w:trPr>" } else { "<w:tr>" };
        for (column, number) in numbers.iter().enumerate() {
            let (text, lang) = row.get(column).map_or(("", None), |cell: &Cell| (&cell.text, cell.lang));
            cell(out, column, if *number { "TableNumber" } else { "TableText" }, keep, text, lang);
        }
        *out += "</w:tr>";
    }
    *out += "</w:tbl>";
}

/// The properties of letters that are smaller than those of the style.
fn letter(layout: &Layout) -> String {
    let half_points = layout.letter / 10;
    if layout.letter == layout::LETTERS[0] {
        return String::new();
    }
    format!("<w:sz w:val=\"{half_points}\"/><w:szCs w:val=\"{half_points}\"/>")
}
