//! Exceptions that records make from rules, each with its reason.

use std::collections::HashSet;

use super::Found;
use crate::diagnostic::{Diagnostic, Place};
use crate::model::Record;

use crate::registry::{Registry, for_each_kind};
use crate::source::{FileId, KeyPath, Step};
use crate::spelling::{nearest, quoted};
use crate::{rules, say};

/// Takes out the findings that a waiver covers and counts them. Reports waivers of rules that don't exist.
pub(super) fn apply(registry: &Registry, found: &mut Found) -> usize {
    let mut waivers: Vec<(FileId, usize, &str)> = Vec::new();
    macro_rules! collect {
        ($($type:ident $table:ident,)*) => {$(
            for entry in &registry.$table {
                for (index, waiver) in entry.remarks().waive.iter().enumerate() {
                    waivers.push((entry.file, index, &waiver.rule));
                }
            }
        )*};
    }
    for_each_kind!(collect);

    let before = found.total();
    let waived: HashSet<(FileId, &str)> = waivers.iter().map(|(file, _, rule)| (*file, *rule)).collect();
    found.retain(|file, rule| !waived.contains(&(file, rule)));
    let waived = before - found.total();
    for (file, index, rule) in waivers {
        if rules::find(rule).is_none() {
            found.push(unknown_rule(file, index, rule));
        }
    }
    waived
}

fn unknown_rule(file: FileId, index: usize, rule: &str) -> Diagnostic {
    let path = KeyPath(vec![Step::Key("waive"), Step::Index(index), Step::Key("rule")]);
    let hint = match nearest(rule, rules::ALL.iter().map(|rule| rule.id), 1).first() {
        Some(near) => say!(nn: "meinte du «{near}»?", nb: "mente du «{near}»?", en: "did you mean \"{near}\"?"),
        None => say!(
            nn: "«lmnet explain» viser alle reglane",
            nb: "«lmnet explain» viser alle reglene",
            en: "\"lmnet explain\" shows all rules",
        ),
    };
    let rule = quoted(rule);
    Diagnostic::new(
        &rules::UNKNOWN_CHOICE,
        Place::key(file, path),
        say!(nn: "«{rule}» er ingen regel", nb: "«{rule}» er ingen regel", en: "\"{rule}\" is not a rule"),
    )
    .hint(hint)
}
