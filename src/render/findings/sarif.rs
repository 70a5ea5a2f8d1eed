//! Findings as SARIF 2.1.0, for code scanning on GitHub and other viewers.
//!
//! `partialFingerprints` has our own fingerprint and no `primaryLocationLineHash`: the action that uploads to GitHub works
//! that one out from the file itself, and warns of every result where it finds another one there.

use serde_json::{Value, json};

use super::{Shown, in_address};
use crate::check::{Finding, Spot};
use crate::diagnostic::{Rule, Severity};
use crate::lang::Lang;
use crate::rules::{self, Page};

/// How many characters GitHub takes of a description.
const LONGEST: usize = 1024;

/// As SARIF. `help` is a rule's whole page as Markdown.
#[must_use]
pub fn sarif(shown: &Shown<'_>, help: &dyn Fn(&Rule, Lang) -> String) -> String {
    let lang = shown.lang;
    let rules: Vec<Value> = rules::ALL.iter().map(|rule| rule_json(rule, lang, help)).collect();
    let results: Vec<Value> = shown.outcome.new_findings().map(|finding| result(finding, shown)).collect();
    let value = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": {
                "driver": {
                    "name": "lmnet",
                    "semanticVersion": env!("CARGO_PKG_VERSION"),
                    "informationUri": information(),
                    "language": lang.code(),
                    "rules": rules,
                }
            },
            // A category and no number of a run: several registries of one repository are kept apart by their folders.
            "automationDetails": { "id": format!("lmnet/{}", shown.prefix) },
            "columnKind": "unicodeCodePoints",
            "results": results,
        }]
    });
    crate::render::table::pretty_json(&value)
}

/// Where to read about the tool: the address of its repository or, until the package names one, a sentence as an address.
fn information() -> String {
    match env!("CARGO_PKG_REPOSITORY") {
        "" => {
            let words = "lmnet checks registries of learning and coping networks; lmnet --help tells about it";
            format!("data:text/plain,{}", in_address(words))
        }
        address => address.to_owned(),
    }
}

fn rule_json(rule: &Rule, lang: Lang, help: &dyn Fn(&Rule, Lang) -> String) -> Value {
    let why = Page::of(rule).why(lang).replace('\n', " ");
    let first = why.split_inclusive(". ").next().unwrap_or(&why).trim();
    let urgency = match rule.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "recommendation",
    };
    json!({
        "id": rule.id,
        "shortDescription": { "text": cut(first) },
        "fullDescription": { "text": cut(&why) },
        "help": { "text": why, "markdown": help(rule, lang) },
        "defaultConfiguration": { "level": rule.severity.code() },
        "properties": { "tags": ["registry"], "precision": "very-high", "problem.severity": urgency },
    })
}

fn result(finding: &Finding, shown: &Shown<'_>) -> Value {
    let index = rules::ALL.iter().position(|rule| rule.id == finding.rule.id);
    let hint = finding.hint.as_ref().map(|hint| sentence(hint.get(shown.lang)));
    let message = [Some(sentence(finding.message.get(shown.lang))), hint];
    let mut value = json!({
        "ruleId": finding.rule.id,
        "ruleIndex": index,
        "level": finding.severity.code(),
        "message": { "text": message.into_iter().flatten().collect::<Vec<_>>().join(" ") },
        "locations": [location(&finding.place, shown)],
        "partialFingerprints": { "lmnet/v1": finding.fingerprint.to_string() },
    });
    if let Some((spot, words)) = &finding.related {
        let mut related = location(spot, shown);
        related["message"] = json!({ "text": sentence(words.get(shown.lang)) });
        value["relatedLocations"] = json!([related]);
    }
    value
}

fn location(spot: &Spot, shown: &Shown<'_>) -> Value {
    let (start, end) = spot.range();
    let region = if spot.excerpt.is_some() {
        json!({ "startLine": start.line, "startColumn": start.column, "endLine": end.line, "endColumn": end.column })
    } else {
        json!({ "startLine": start.line })
    };
    json!({
        "physicalLocation": { "artifactLocation": { "uri": in_address(&shown.path(spot)) }, "region": region }
    })
}

/// The words with a capital and a full stop, as viewers of SARIF put them one after the other.
fn sentence(words: &str) -> String {
    let mut chars = words.chars();
    let first = chars.next().map(|char| char.to_uppercase().to_string()).unwrap_or_default();
    let stop = if words.ends_with(['.', '?', '!']) { "" } else { "." };
    format!("{first}{}{stop}", chars.as_str())
}

fn cut(text: &str) -> String {
    text.chars().take(LONGEST).collect()
}
