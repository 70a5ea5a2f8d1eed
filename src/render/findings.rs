//! Findings for people, for editors and for the services that review changes: the same ones in each format.

mod concise;
mod github;
mod gitlab;
mod human;
mod json;
mod junit;
mod sarif;

use std::fmt::Write;

pub use concise::concise;
pub use github::{Annotated, github};
pub use gitlab::gitlab;
pub use human::human;
pub use json::json;
pub use junit::{LookedAt, junit};
pub use sarif::sarif;

use crate::check::{Finding, Outcome, Since, Spot};
use crate::diagnostic::Severity;
use crate::lang::Lang;
use crate::say;

/// What is shown, and how.
#[derive(Clone, Copy, Debug)]
pub struct Shown<'a> {
    /// What was found.
    pub outcome: &'a Outcome,
    /// The language of the words.
    pub lang: Lang,
    /// What stands before a path of the registry, so that the reader can open it.
    pub prefix: &'a str,
}

impl Shown<'_> {
    fn path(&self, spot: &Spot) -> String {
        format!("{}{}", self.prefix, spot.path)
    }

    /// What is wrong, and below it what to do.
    fn message_and_hint(&self, finding: &Finding) -> String {
        let mut text = finding.message.get(self.lang).to_owned();
        if let Some(hint) = &finding.hint {
            let _ = write!(text, "\n{}", hint.get(self.lang));
        }
        text
    }
}

/// A path as part of an address: everything but letters, digits and `-._~/` as percent signs with two hexadecimal digits.
fn in_address(path: &str) -> String {
    path.bytes().fold(String::with_capacity(path.len()), |mut out, byte| {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
        out
    })
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
    let since = outcome.since.as_ref().map(Since::words);
    let nothing = outcome.new_findings().next().is_none();
    let mut line = if let (Some(since), true) = (&since, nothing) {
        say!(lang,
            nn: "{records} {posts}, ingen nye funn sidan {since}",
            nb: "{records} {posts}, ingen nye funn siden {since}",
            en: "{records} {posts}, no new findings since {since}",
        )
    } else if nothing {
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
        let since = since
            .map(|since| say!(lang, nn: ", nye sidan {since}", nb: ", nye siden {since}", en: ", new since {since}"));
        let since = since.unwrap_or_default();
        say!(lang, nn: "{records} {posts}{since}: {parts}", nb: "{records} {posts}{since}: {parts}", en: "{records} {posts}{since}: {parts}")
    };
    if outcome.waived > 0 {
        let waived = outcome.waived;
        line += &say!(lang, nn: "; {waived} med unntak", nb: "; {waived} med unntak", en: "; {waived} waived");
    }
    let fixable = outcome.findings.iter().filter(|finding| finding.fix.is_some()).count();
    if fixable > 0 {
        line += &say!(lang,
            nn: "; {fixable} kan rettast med --fix",
            nb: "; {fixable} kan rettes med --fix",
            en: "; {fixable} can be fixed with --fix",
        );
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
