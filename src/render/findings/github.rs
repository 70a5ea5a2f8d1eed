//! Findings for GitHub Actions: commands that put them beside the lines of a change, and the rest for the page of the run.

use std::fmt::Write;

use super::{Shown, closing_line, severity_name};
use crate::check::Finding;
use crate::diagnostic::Severity;
use crate::document::Document;
use crate::render::markdown;
use crate::say;
use crate::sheet::{Cell, Column, Sheet};

/// How many annotations of one level GitHub shows of a step.
const MOST_PER_LEVEL: usize = 10;

/// How many bytes the page of a step may have, with room for what the step writes there besides: GitHub takes 1024 KiB.
const LARGEST_PAGE: usize = 1_000_000;

/// Findings for GitHub Actions.
#[derive(Debug)]
pub struct Annotated {
    /// Workflow commands, the worst first, and a line with the true totals.
    pub commands: String,
    /// Markdown for the page of the run: what no command shows. Empty where nothing is left.
    pub summary: String,
}

/// As workflow commands, no more of a level than GitHub shows, and the rest as Markdown.
#[must_use]
pub fn github(shown: &Shown<'_>) -> Annotated {
    let mut commands = String::new();
    let mut rest = Vec::new();
    for severity in [Severity::Error, Severity::Warning, Severity::Note] {
        let findings = shown.outcome.new_findings().filter(|finding| finding.severity == severity);
        for (number, finding) in findings.enumerate() {
            if number < MOST_PER_LEVEL {
                let _ = writeln!(commands, "{}", command(finding, shown));
            } else {
                rest.push(finding);
            }
        }
    }
    commands += &closing_line(shown.outcome, shown.lang);
    commands.push('\n');
    if !rest.is_empty() {
        let count = rest.len();
        commands += &say!(shown.lang,
            nn: "{count} av dei er ikkje merkte ved linjene, for GitHub viser berre {MOST_PER_LEVEL} av kvart slag; dei står på sida for køyringa",
            nb: "{count} av dem er ikke merket ved linjene, for GitHub viser bare {MOST_PER_LEVEL} av hvert slag; de står på siden for kjøringen",
            en: "{count} of them are not marked at their lines, since GitHub shows only {MOST_PER_LEVEL} of each level; they are on the page of the run",
        );
        commands.push('\n');
    }
    Annotated { commands, summary: summary(rest, shown) }
}

fn command(finding: &Finding, shown: &Shown<'_>) -> String {
    let name = match finding.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "notice",
    };
    let (start, end) = finding.place.range();
    let file = property(&shown.path(&finding.place));
    let (rule, message) = (property(finding.rule.id), data(&shown.message_and_hint(finding)));
    let (line, column, end_line, end_column) = (start.line, start.column, end.line, end.column);
    format!(
        "::{name} file={file},line={line},endLine={end_line},col={column},endColumn={end_column},title={rule}::{message}"
    )
}

/// What a command says, so that it stays one line.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// The value of a property, so that it ends where it should.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

/// The findings that no command shows, as a table that GitHub takes.
fn summary(mut rest: Vec<&Finding>, shown: &Shown<'_>) -> String {
    if rest.is_empty() {
        return String::new();
    }
    let all = rest.len();
    loop {
        let text = page(&rest, all, shown);
        if text.len() <= LARGEST_PAGE {
            return text;
        }
        rest.truncate((rest.len() * LARGEST_PAGE / text.len()).min(rest.len() - 1));
    }
}

fn page(rest: &[&Finding], all: usize, shown: &Shown<'_>) -> String {
    let lang = shown.lang;
    let labels = [
        ("severity", say!(lang, nn: "Kor viktig", nb: "Hvor viktig", en: "Severity")),
        ("place", say!(lang, nn: "Stad", nb: "Sted", en: "Place")),
        ("finding", say!(lang, nn: "Funn", nb: "Funn", en: "Finding")),
        ("hint", say!(lang, nn: "Hjelp", nb: "Hjelp", en: "Help")),
        ("rule", say!(lang, nn: "Regel", nb: "Regel", en: "Rule")),
    ];
    let rows = rest.iter().map(|finding| {
        let line = finding.place.range().0.line;
        let hint = finding.hint.as_ref().map_or("", |hint| hint.get(lang));
        let cells = [
            severity_name(finding.severity, lang),
            &format!("{}:{line}", shown.path(&finding.place)),
            finding.message.get(lang),
            hint,
            finding.rule.id,
        ];
        cells.map(Cell::text).to_vec()
    });
    let sheet = Sheet {
        columns: labels.map(|(key, label)| Column::new(key, label)).to_vec(),
        rows: rows.collect(),
        ..Sheet::default()
    };
    let heading = say!(lang,
        nn: "Funn som ikkje er merkte ved linjene",
        nb: "Funn som ikke er merket ved linjene",
        en: "Findings that are not marked at their lines",
    );
    let mut page = Document::new(lang);
    page.heading(3, heading);
    page.paragraph(closing_line(shown.outcome, lang));
    page.table(sheet);
    let left = all - rest.len();
    if left > 0 {
        page.paragraph(say!(lang,
            nn: "{left} til får ikkje plass her; «lmnet check» viser alle.",
            nb: "{left} til får ikke plass her; «lmnet check» viser alle.",
            en: "{left} more have no room here; \"lmnet check\" shows them all.",
        ));
    }
    markdown::document(&page)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_text_ends_a_command_or_a_property() {
        assert_eq!(data("50 %,\r\nså: mer"), "50 %25,%0D%0Aså: mer");
        assert_eq!(property("a:b,c%\n"), "a%3Ab%2Cc%25%0A");
    }
}
