//! Documents as workbooks: a sheet for each table, one first that tells what the workbook is, and the text on its own.
//!
//! Text is only ever written as text, whatever it looks like, so that nothing in a record becomes a formula, a number or a
//! date. What is not exact is text too, with the bare number in a column beside it, so that no sum takes it for counted.

mod about;
mod contents;
mod naming;
mod style;
mod table;

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook};

use crate::document::Document;
use crate::spelling::escaped;
use crate::threads::by_halves;
use contents::Contents;
use style::Styles;

/// The documents, one after the other, in one workbook. The same documents give the same bytes.
///
/// # Errors
///
/// When a table is larger than a workbook can hold.
pub fn documents(documents: &[Document]) -> anyhow::Result<Vec<u8>> {
    let lang = documents.first().map(|document| document.lang).unwrap_or_default();
    let contents = Contents::of(documents);
    let styles = Styles::new();
    let title = documents.iter().find_map(Document::title).map(|title| escaped(&title.text)).unwrap_or_default();

    let mut workbook = Workbook::new();
    // The library would write the time on the clock.
    let properties =
        DocProperties::new().set_title(&title).set_creation_datetime(&ExcelDateTime::from_ymd(2000, 1, 1)?);
    workbook.set_properties(&properties);
    // Most of the time would go into the last few per cent of the size.
    workbook.set_zip_compression_level(1);
    about::write(workbook.add_worksheet(), &contents, lang, &styles)?;
    let tabs: Vec<_> = contents.parts.iter().flat_map(|part| part.tabs.iter().map(move |tab| (part, tab))).collect();
    for sheet in by_halves(&tabs, 8, |(part, tab)| vec![table::written(tab, part, &styles)]) {
        workbook.push_worksheet(sheet?);
    }
    Ok(workbook.save_to_buffer()?)
}
