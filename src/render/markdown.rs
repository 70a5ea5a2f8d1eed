//! Documents as Markdown (CommonMark with tables).

use std::fmt::Write;

use crate::document::{Block, Chart, Document};
use crate::sheet::Sheet;
use crate::spelling::escaped;

/// The document as Markdown. Nothing in a record can become markup, a link, a mention of somebody or a picture.
#[must_use]
pub fn document(document: &Document) -> String {
    let mut out = String::new();
    for block in &document.blocks {
        if !out.is_empty() {
            out.push('\n');
        }
        match block {
            Block::Heading(level, text) => {
                let _ = writeln!(out, "{} {}", "#".repeat(usize::from(*level)), inline(&text.text));
            }
            Block::Paragraph(text) => {
                let _ = writeln!(out, "{}", line_start(&inline(&text.text)));
            }
            Block::List(points) => {
                for point in points {
                    let _ = writeln!(out, "- {}", line_start(&inline(&point.text)));
                }
            }
            Block::Table(sheet) | Block::Chart(Chart { table: sheet, .. }) => {
                if !sheet.caption.text.is_empty() {
                    let _ = writeln!(out, "**{}**\n", inline(&sheet.caption.text));
                }
                out += &table(sheet);
            }
        }
    }
    if let Some(footer) = &document.footer {
        let _ = writeln!(out, "\n---\n\n{}", line_start(&inline(footer)));
    }
    out
}

/// One table.
#[must_use]
pub fn table(sheet: &Sheet) -> String {
    let mut out = String::new();
    let row = |cells: &mut dyn Iterator<Item = String>| -> String {
        let cells: Vec<_> = cells.collect();
        format!("| {} |\n", cells.join(" | "))
    };
    out += &row(&mut sheet.columns.iter().map(|column| inline(&column.label.text)));
    out +=
        &row(&mut (0..sheet.columns.len())
            .map(|index| if sheet.is_of_numbers(index) { "---:" } else { "---" }.to_owned()));
    for cells in &sheet.rows {
        out += &row(&mut cells.iter().map(|cell| inline(&cell.text)));
    }
    out
}

/// Text inside a line: one line, and nothing in it means anything to Markdown or to the services that show it.
fn inline(text: &str) -> String {
    let text = text.lines().map(str::trim).collect::<Vec<_>>().join(" ");
    let text = escaped(&text);
    let mut out = String::with_capacity(text.len());
    let mut before = ' ';
    for (place, char) in text.char_indices() {
        let rest = &text[place + char.len_utf8()..];
        let after = rest.chars().next().unwrap_or(' ');
        let markup = match char {
            '\\' | '`' | '*' | '<' | '>' | '|' | '[' | ']' | '~' => true,
            '_' => !(before.is_alphanumeric() && after.is_alphanumeric()),
            '&' => after.is_alphanumeric() || after == '#',
            '!' => after == '[',
            // Addresses become links by themselves.
            ':' => rest.starts_with("//"),
            '.' => ends_in(&text[..place], "www"),
            _ => false,
        };
        if markup {
            out.push('\\');
        }
        out.push(char);
        if calls(char, &text[..place], rest) {
            out.push_str(NOTHING);
        }
        before = char;
    }
    out
}

/// A comment, of which nobody sees anything. The services look for names and numbers after they have made HTML of Markdown, when
/// a backslash is gone already.
const NOTHING: &str = "<!-- -->";

/// Whether a sign makes a service put in something: `@name` and addresses of e-mail, `#12`, `GH-12` and `!12`, `:smile:`.
fn calls(sign: char, before: &str, rest: &str) -> bool {
    match sign {
        '@' => rest.starts_with(char::is_alphanumeric),
        '#' | '!' | '&' | '$' | '%' => rest.starts_with(|char: char| char.is_ascii_digit()),
        '-' => ends_in(before, "gh") && rest.starts_with(|char: char| char.is_ascii_digit()),
        ':' => {
            let is_in_name = |char: char| char.is_ascii_alphanumeric() || "_+-".contains(char);
            let end = rest.trim_start_matches(is_in_name);
            end.len() < rest.len() && end.starts_with(':')
        }
        _ => false,
    }
}

/// Whether a text ends in this word, in small letters or capitals.
fn ends_in(text: &str, word: &str) -> bool {
    let start = text.len().checked_sub(word.len()).filter(|start| text.is_char_boundary(*start));
    start.is_some_and(|start| {
        text[start..].eq_ignore_ascii_case(word) && !text[..start].ends_with(char::is_alphanumeric)
    })
}

/// A line that begins like a heading, a list or a rule is made to begin like text.
fn line_start(line: &str) -> String {
    let digits = line.chars().take_while(char::is_ascii_digit).count();
    if digits > 0 && line[digits..].starts_with(['.', ')']) {
        return format!("{}\\{}", &line[..digits], &line[digits..]);
    }
    if line.starts_with(['#', '-', '+', '=']) { format!("\\{line}") } else { line.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lang::Lang;

    #[test]
    fn texts_of_records_stay_text() {
        let mut page = Document::new(Lang::Nb);
        page.heading(2, "A | B");
        page.paragraph("# no *heading* <script>\nlms_nord _x_ [a](b) `c`\u{1b}[31m");
        page.list(vec!["1. first", "- second"]);
        assert_eq!(
            document(&page),
            "## A \\| B\n\n\\# no \\*heading\\* \\<script\\> lms_nord \\_x\\_ \\[a\\](b) \\`c\\`\\\\u{1b}\\[31m\n\n\
             - 1\\. first\n- \\- second\n"
        );
    }
    #[test]
    fn nothing_becomes_a_link_or_a_mention_by_itself() {
        let mut page = Document::new(Lang::Nb);
        page.paragraph(
            "www.a.example HTTPS://b.example c@d.example @octocat o/r#12 GH-7 (!8) :tada: kl. 12:30, 8:15: x",
        );
        assert_eq!(
            document(&page),
            "www\\.a.example HTTPS\\://b.example c@<!-- -->d.example @<!-- -->octocat o/r#<!-- -->12 GH-<!-- -->7 (!<!-- -->8) \
             :<!-- -->tada: kl. 12:30, 8:<!-- -->15: x\n"
        );
    }
}
