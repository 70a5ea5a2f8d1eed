//! Findings for people (excerpts in the style of rustc) and as JSON.

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{Annotation, AnnotationKind, Group, Level, Origin, Renderer, Snippet};
use serde_json::{Value, json};

use crate::check::{Finding, Outcome, Spot};
use crate::diagnostic::Severity;
use crate::lang::Lang;
use crate::say;

/// For people, with colour codes; whoever prints takes them out where they are not wanted. `shown` turns a path of the
/// registry into the one that the reader can open.
#[must_use]
pub fn human(outcome: &Outcome, lang: Lang, width: Option<usize>, shown: &dyn Fn(&str) -> String) -> String {
    let renderer = Renderer::styled().decor_style(DecorStyle::Unicode).term_width(width.unwrap_or(140));
    let mut text = String::new();
    for finding in &outcome.findings {
        text.push_str(&renderer.render(&groups(finding, lang, shown)));
        text.push_str("\n\n");
    }
    text.push_str(&closing_line(outcome, lang));
    text.push('\n');
    text
}

fn groups<'a>(finding: &'a Finding, lang: Lang, shown: &dyn Fn(&str) -> String) -> Vec<Group<'a>> {
    let name = severity_name(finding.severity, lang);
    let level = match finding.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    };
    let title = level.with_name(name).primary_title(finding.message.get(lang)).id(finding.rule.id);
    let mut group = place(Group::with_title(title), &finding.place, AnnotationKind::Primary, None, shown);
    if let Some((spot, words)) = &finding.related {
        group = place(group, spot, AnnotationKind::Context, Some(words.get(lang)), shown);
    }
    let mut groups = vec![group];
    if let Some(hint) = &finding.hint {
        let help = match lang {
            Lang::Nn => "hjelp",
            Lang::Nb => "hjelp",
            Lang::En => "help",
        };
        groups.push(Group::with_title(Level::HELP.with_name(help).secondary_title(hint.get(lang))));
    }
    groups
}

fn place<'a>(
    group: Group<'a>,
    spot: &'a Spot,
    kind: AnnotationKind,
    label: Option<&'a str>,
    shown: &dyn Fn(&str) -> String,
) -> Group<'a> {
    let path = shown(&spot.path);
    let Some(excerpt) = &spot.excerpt else { return group.element(Origin::path(path)) };
    let annotation: Annotation<'a> = kind.span(excerpt.bytes.clone()).label(label);
    let snippet = Snippet::source(&*excerpt.line).line_start(excerpt.start.line).annotation(annotation);
    let whole_line = excerpt.line[..excerpt.bytes.start].chars().count() + 1 == excerpt.start.column;
    if whole_line {
        return group.element(snippet.path(path));
    }
    // Of a very long line only a part is shown, so that its column must be told.
    group.element(Origin::path(path).line(excerpt.start.line).char_column(excerpt.start.column)).element(snippet)
}

fn severity_name(severity: Severity, lang: Lang) -> &'static str {
    match (severity, lang) {
        (Severity::Error, Lang::Nn | Lang::Nb) => "feil",
        (Severity::Error, Lang::En) => "error",
        (Severity::Warning, Lang::Nn) => "åtvaring",
        (Severity::Warning, Lang::Nb) => "advarsel",
        (Severity::Warning, Lang::En) => "warning",
        (Severity::Note, Lang::Nn | Lang::Nb) => "merknad",
        (Severity::Note, Lang::En) => "note",
    }
}

/// What was looked at and found, in one line.
#[must_use]
pub fn closing_line(outcome: &Outcome, lang: Lang) -> String {
    let records = outcome.records;
    let (errors, warnings, notes) =
        (outcome.count(Severity::Error), outcome.count(Severity::Warning), outcome.count(Severity::Note));
    let plural = |count: usize, one: &'static str, several: &'static str| if count == 1 { one } else { several };
    let posts = match lang {
        Lang::Nn => plural(records, "post", "postar"),
        Lang::Nb => plural(records, "post", "poster"),
        Lang::En => plural(records, "record", "records"),
    };
    let mut line = if outcome.findings.is_empty() {
        say!(lang, nn: "{records} {posts}, ingen funn", nb: "{records} {posts}, ingen funn", en: "{records} {posts}, no findings")
    } else {
        let warned = match lang {
            Lang::Nn => plural(warnings, "åtvaring", "åtvaringar"),
            Lang::Nb => plural(warnings, "advarsel", "advarsler"),
            Lang::En => plural(warnings, "warning", "warnings"),
        };
        let erred = match lang {
            Lang::Nn | Lang::Nb => "feil",
            Lang::En => plural(errors, "error", "errors"),
        };
        let noted = match lang {
            Lang::Nn => plural(notes, "merknad", "merknader"),
            Lang::Nb => plural(notes, "merknad", "merknader"),
            Lang::En => plural(notes, "note", "notes"),
        };
        let mut parts = vec![format!("{errors} {erred}"), format!("{warnings} {warned}")];
        if notes > 0 {
            parts.push(format!("{notes} {noted}"));
        }
        let parts = parts.join(", ");
        say!(lang, nn: "{records} {posts}: {parts}", nb: "{records} {posts}: {parts}", en: "{records} {posts}: {parts}")
    };
    if outcome.waived > 0 {
        let waived = outcome.waived;
        line += &say!(lang, nn: "; {waived} med unntak", nb: "; {waived} med unntak", en: "; {waived} waived");
    }
    if outcome.omitted > 0 {
        let omitted = outcome.omitted;
        line += &say!(lang,
            nn: "; {omitted} funn til er ikkje med, i filer med svært mange funn",
            nb: "; {omitted} funn til er ikke med, i filer med svært mange funn",
            en: "; {omitted} more are not shown, in files with very many",
        );
    }
    line
}

/// As JSON: `lmnet-check`, version 1. Lines and columns count from 1; a finding about a whole file stands at 1, 1.
#[must_use]
pub fn json(outcome: &Outcome, lang: Lang, shown: &dyn Fn(&str) -> String) -> String {
    let findings: Vec<Value> = outcome
        .findings
        .iter()
        .map(|finding| {
            let mut value = spot_json(&finding.place, shown);
            value["rule"] = json!(finding.rule.id);
            value["severity"] = json!(finding.severity.code());
            value["message"] = json!(finding.message.get(lang));
            value["hint"] = json!(finding.hint.as_ref().map(|hint| hint.get(lang)));
            value["related"] = finding.related.as_ref().map_or(Value::Null, |(spot, words)| {
                let mut value = spot_json(spot, shown);
                value["message"] = json!(words.get(lang));
                value
            });
            value
        })
        .collect();
    let value = json!({
        "schema": "lmnet-check",
        "version": 1,
        "language": lang.code(),
        "records": outcome.records,
        "errors": outcome.count(Severity::Error),
        "warnings": outcome.count(Severity::Warning),
        "notes": outcome.count(Severity::Note),
        "waived": outcome.waived,
        "omitted": outcome.omitted,
        "findings": findings,
    });
    super::table::pretty_json(&value)
}

fn spot_json(spot: &Spot, shown: &dyn Fn(&str) -> String) -> Value {
    let (start, end) = spot.excerpt.as_ref().map_or(((1, 1), (1, 1)), |excerpt| {
        ((excerpt.start.line, excerpt.start.column), (excerpt.end.line, excerpt.end.column))
    });
    json!({
        "path": shown(&spot.path),
        "line": start.0,
        "column": start.1,
        "end-line": end.0,
        "end-column": end.1,
        "key": spot.key,
    })
}
