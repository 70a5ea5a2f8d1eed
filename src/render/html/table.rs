//! Tables.

use std::collections::BTreeSet;
use std::fmt::Write;

use super::text::{inline, lang_attribute, safe};
use crate::lang::{Lang, Phrase};
use crate::sheet::{Cell, Sheet};

/// As many columns as these need a page on its side.
pub(super) const WIDE: usize = 8;

/// As many columns as these may not find room on a telephone; fewer are narrowed.
const SCROLLED: usize = 3;

/// No more rows than these stay on one page.
const WHOLE: usize = 8;

/// The longest text that names a row, in signs.
const LONGEST_NAME: usize = 80;

/// What names a table.
#[derive(Debug)]
pub(super) enum Caption<'a> {
    /// Its number and caption.
    Numbered(String, &'a Phrase),
    /// The heading that it stands under, which only those need to hear who don't see it.
    Repeated(&'a Phrase),
}

/// A table, in a part of the page that can be moved sideways where it is broad.
pub(super) fn table(sheet: &Sheet, caption: &Caption<'_>, id: &str, lang: Lang) -> String {
    let columns = sheet.columns.len();
    let pairs = is_pairs(sheet);
    let numbers: Vec<bool> = (0..columns).map(|at| sheet.is_of_numbers(at)).collect();
    let names = naming_column(sheet);
    let mut out = String::new();
    if columns >= SCROLLED {
        let _ = writeln!(out, "<div class=\"scroll\" role=\"group\" aria-labelledby=\"{id}\" tabindex=\"0\">");
    }
    let shape = match columns {
        _ if pairs => "pairs",
        WIDE.. => "broad",
        SCROLLED.. if numbers.iter().filter(|number| !**number).count() > 1 => "some",
        SCROLLED.. => "figures",
        _ => "narrow",
    };
    let whole = if sheet.rows.len() <= WHOLE { " whole" } else { "" };
    let _ = writeln!(out, "<table class=\"{shape}{whole}\">");
    let _ = match caption {
        Caption::Numbered(number, text) => {
            writeln!(
                out,
                "<caption id=\"{id}\"><span class=\"number\">{number}</span> {}</caption>",
                inline(text, lang)
            )
        }
        Caption::Repeated(heading) => {
            writeln!(
                out,
                "<caption id=\"{id}\" class=\"bare\"><span class=\"unseen\"{}>{}</span></caption>",
                lang_attribute(heading.lang, lang),
                safe(&heading.text)
            )
        }
    };
    out.push_str("<thead>\n<tr>");
    for (column, number) in sheet.columns.iter().zip(&numbers) {
        let language = lang_attribute(column.label.lang, lang);
        let label = safe(&column.label.text);
        let label = if pairs { format!("<span class=\"unseen\">{label}</span>") } else { label };
        let _ = write!(out, "<th scope=\"col\"{}{language}>{label}</th>", class(*number));
    }
    out.push_str("</tr>\n</thead>\n<tbody>\n");
    for row in &sheet.rows {
        out.push_str("<tr>");
        for (at, cell) in row.iter().enumerate() {
            let language = lang_attribute(cell.lang, lang);
            let text = safe(&cell.text);
            let _ = match names == Some(at) {
                true => write!(out, "<th scope=\"row\"{language}>{text}</th>"),
                false => write!(out, "<td{}{language}>{text}</td>", class(cell.is_number())),
            };
        }
        out.push_str("</tr>\n");
    }
    out.push_str("</tbody>\n</table>\n");
    if columns >= SCROLLED {
        out.push_str("</div>\n");
    }
    out
}

fn class(number: bool) -> &'static str {
    if number { " class=\"n\"" } else { "" }
}

/// Whether it is a record's keys with their values, whose headings say nothing that the eye does not.
fn is_pairs(sheet: &Sheet) -> bool {
    matches!(&sheet.columns[..], [key, value] if key.key == "key" && value.key == "value")
}

/// The column whose cells tell the rows apart: the first, or the second where the first only groups.
fn naming_column(sheet: &Sheet) -> Option<usize> {
    let names = |at: usize| {
        let is_name =
            |cell: &&Cell| !cell.is_number() && !cell.text.is_empty() && cell.text.chars().count() <= LONGEST_NAME;
        let cells: BTreeSet<&str> =
            sheet.rows.iter().filter_map(|row| row.get(at)).filter(is_name).map(|cell| &*cell.text).collect();
        cells.len() == sheet.rows.len()
    };
    let last = sheet.columns.len().saturating_sub(1).min(2);
    (0..last).find(|at| names(*at))
}
