//! The first sheet: what the workbook is, what it holds, and what its signs mean.

use rust_xlsxwriter::{Url, Worksheet, utility::quote_sheet_name};

use super::contents::{Contents, Part};
use super::style::Styles;
use super::table::{is_doubtful, is_unrecorded};
use crate::lang::Lang;
use crate::say;
use crate::sheet::{Cell, Sign};
use crate::spelling::escaped;

/// Writes from the top down.
struct Writer<'a> {
    sheet: &'a mut Worksheet,
    styles: &'a Styles,
    row: u32,
}

pub(super) fn write(sheet: &mut Worksheet, contents: &Contents<'_>, lang: Lang, styles: &Styles) -> anyhow::Result<()> {
    sheet.set_name(&contents.about)?.set_paper_size(9).set_print_fit_to_pages(1, 0);
    sheet.set_column_width(0, 34)?.set_column_width(1, 90)?;
    let mut writer = Writer { sheet, styles, row: 0 };
    for part in &contents.parts {
        writer.part(part)?;
    }
    writer.signs(contents, lang)?;
    let mut footers: Vec<&str> = contents.parts.iter().filter_map(|part| part.footer).collect();
    footers.dedup();
    for footer in footers {
        writer.across(footer)?;
    }
    Ok(())
}

impl Writer<'_> {
    fn part(&mut self, part: &Part<'_>) -> anyhow::Result<()> {
        if !part.title.is_empty() {
            self.sheet.write_string_with_format(self.row, 0, escaped(part.title), &self.styles.title)?;
            self.row += 1;
        }
        for paragraph in &part.opening {
            self.across(paragraph)?;
        }
        self.row += u32::from(self.row > 0);
        if part.tabs.is_empty() {
            return Ok(());
        }
        self.heading(&say!(part.lang, nn: "Ark", nb: "Ark", en: "Sheets"))?;
        for tab in &part.tabs {
            let target = Url::new(format!("internal:{}!A1", quoted(&tab.name))).set_text(&tab.name);
            self.sheet.write_url_with_format(self.row, 0, target, &self.styles.link)?;
            self.sheet.write_string_with_format(self.row, 1, escaped(&tab.caption), &self.styles.plain)?;
            self.row += 1;
        }
        self.row += 1;
        Ok(())
    }

    /// The signs that some table has.
    fn signs(&mut self, contents: &Contents<'_>, lang: Lang) -> anyhow::Result<()> {
        let some = |is: &dyn Fn(&Cell) -> bool| contents.tables().any(|table| table.rows.iter().flatten().any(is));
        let is_sign =
            |cell: &Cell, sign| Sign::of(cell) == Some(sign) || sign == Sign::NotRecorded && is_unrecorded(cell, lang);
        // Zero is a number in a workbook.
        let used = [Sign::Hidden, Sign::NotRecorded, Sign::NotApplicable]
            .map(|sign| (some(&|cell| is_sign(cell, sign)), sign.text().to_owned(), sign.meaning(lang)));
        let signs = used.into_iter().chain([
            (
                some(&|cell| is_doubtful(cell, lang)),
                say!(lang, nn: "minst, om lag", nb: "minst, ca.", en: "at least, about"),
                say!(lang,
                    nn: "Tal som ikkje er nøyaktige eller har ein merknad, står som tekst, så ingen summerer dei som om dei var det. Kolonnen til høgre har berre talet.",
                    nb: "Tall som ikke er nøyaktige eller har en merknad, står som tekst, så ingen summerer dem som om de var det. Kolonnen til høyre har bare tallet.",
                    en: "Numbers that are not exact, or come with a remark, are text, so that nobody adds them up as if they were. The column to the right has the number only.",
                ),
            ),
        ]);
        let signs: Vec<_> = signs.filter(|(is_used, ..)| *is_used).collect();
        if signs.is_empty() {
            return Ok(());
        }
        self.heading(&say!(lang, nn: "Teikn", nb: "Tegn", en: "Signs"))?;
        for (_, sign, meaning) in &signs {
            self.sheet.write_string_with_format(self.row, 0, sign, &self.styles.plain)?;
            self.sheet.write_string_with_format(self.row, 1, meaning, &self.styles.plain)?;
            self.row += 1;
        }
        self.row += 1;
        Ok(())
    }

    fn heading(&mut self, text: &str) -> anyhow::Result<()> {
        self.sheet.write_string_with_format(self.row, 0, text, &self.styles.heading)?;
        self.row += 1;
        Ok(())
    }

    /// A paragraph over the width of the page. No program finds the height of merged cells by itself.
    fn across(&mut self, text: &str) -> anyhow::Result<()> {
        const SIGNS: usize = 115;
        const LINE: f64 = 15.0;
        let text = escaped(text);
        let lines = text.chars().count().div_ceil(SIGNS).max(1);
        self.sheet.merge_range(self.row, 0, self.row, 1, &text, &self.styles.plain)?;
        self.sheet.set_row_height(self.row, LINE * lines as f64)?;
        self.row += 1;
        Ok(())
    }
}

/// The name as it stands in a reference.
fn quoted(name: &str) -> String {
    match quote_sheet_name(name) {
        quoted if quoted.starts_with('\'') => quoted,
        plain => format!("'{plain}'"),
    }
}
