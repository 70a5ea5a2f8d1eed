//! Exceptions that records make from rules, each with its reason.

use std::collections::HashSet;

use super::Found;
use crate::diagnostic::{Diagnostic, Place, Rule};
use crate::model::{Record, Waiver};

use crate::registry::{Registry, for_each_kind};
use crate::source::{FileId, KeyPath, Step};
use crate::spelling::{nearest, quoted};
use crate::{rules, say};

/// Takes out the findings that a waiver covers and counts them. Reports waivers of rules that don't exist or can't be waived,
/// that cover nothing, or that say nothing of why.
pub(super) fn apply(registry: &Registry, found: &mut Found) -> usize {
    let mut waivers: Vec<(FileId, usize, &str)> = Vec::new();
    let mut poor: Vec<Diagnostic> = Vec::new();
    macro_rules! collect {
        ($($type:ident $table:ident,)*) => {$(
            for entry in &registry.$table {
                for (index, waiver) in entry.remarks().waive.iter().enumerate() {
                    // In a record that could not be read whole, findings, rules and reasons may be lost.
                    if !entry.broken || !waiver.rule.is_empty() {
                        waivers.push((entry.file, index, &waiver.rule));
                    }
                    if !entry.broken {
                        poor.extend(unused(entry.file, index, &waiver.rule, found));
                        poor.extend(unexplained(entry.file, index, waiver));
                    }
                }
            }
        )*};
    }
    for_each_kind!(collect);

    // Whatever is found of a protected rule stays.
    let protected = |rule: &str| rules::find(rule).is_some_and(|rule| rule.protected);
    let before = found.total();
    let waived: HashSet<(FileId, &str)> =
        waivers.iter().filter(|(_, _, rule)| !protected(rule)).map(|(file, _, rule)| (*file, *rule)).collect();
    found.retain(|file, rule| !waived.contains(&(file, rule)));
    let waived = before - found.total();
    for (file, index, rule) in waivers {
        if rules::find(rule).is_none() {
            found.push(unknown_rule(file, index, rule));
        } else if protected(rule) {
            found.push(protected_rule(file, index, rule));
        }
    }
    found.extend(poor);
    waived
}

/// What is wrong with a waiver that no finding of the record needs.
fn unused(file: FileId, index: usize, rule: &str, found: &Found) -> Option<Diagnostic> {
    let needed = |rule: &&Rule| rule.protected || found.counts.contains_key(&(file, rule.id));
    let rule = rules::find(rule).filter(|rule| !needed(rule))?;
    let id = rule.id;
    let message = if is_of_reading(rule) {
        say!(
            nn: "«{id}» kan ikkje ha unntak: slike feil gjer at fila ikkje kan lesast som ho er meint",
            nb: "«{id}» kan ikke ha unntak: slike feil gjør at filen ikke kan leses slik den er ment",
            en: "\"{id}\" can't be waived: with such mistakes a file can't be read as it is meant",
        )
    } else {
        say!(
            nn: "unntaket frå «{id}» dekkjer ingenting: regelen finn ikkje noko i posten",
            nb: "unntaket fra «{id}» dekker ingenting: regelen finner ikke noe i posten",
            en: "the waiver of \"{id}\" covers nothing: the rule finds nothing in the record",
        )
    };
    let hint = say!(
        nn: "ta bort unntaket; elles skjuler det den neste feilen av same slag",
        nb: "ta bort unntaket; ellers skjuler det den neste feilen av samme slag",
        en: "remove the waiver; otherwise it hides the next mistake of the kind",
    );
    Some(Diagnostic::new(&rules::UNUSED_WAIVER, place(file, index, "rule"), message).hint(hint))
}

/// Whether a rule is about how files and waivers are written. Those come before the rules on what stands in the records.
fn is_of_reading(rule: &Rule) -> bool {
    let late = [&rules::NEWER_TOML, &rules::UNUSED_WAIVER, &rules::UNEXPLAINED_WAIVER];
    let mut reading = rules::ALL.iter().take_while(|rule| rule.id != rules::UNKNOWN_REFERENCE.id).chain(&late);
    reading.any(|of_reading| of_reading.id == rule.id)
}

fn unexplained(file: FileId, index: usize, waiver: &Waiver) -> Option<Diagnostic> {
    if waiver.reason.wordings().any(|reason| reason.contains(char::is_alphanumeric)) {
        return None;
    }
    let rule = quoted(&waiver.rule);
    let message = say!(
        nn: "unntaket frå «{rule}» seier ikkje kvifor",
        nb: "unntaket fra «{rule}» sier ikke hvorfor",
        en: "the waiver of \"{rule}\" does not say why",
    );
    let hint = say!(
        nn: "skriv i «reason» kva som gjer dette rett her, så den neste som ser på posten, kan vurdere det på nytt",
        nb: "skriv i «reason» hva som gjør dette riktig her, så den neste som ser på posten, kan vurdere det på nytt",
        en: "write in \"reason\" what makes this right here, so that whoever looks at the record next can judge it anew",
    );
    Some(Diagnostic::new(&rules::UNEXPLAINED_WAIVER, place(file, index, "reason"), message).hint(hint))
}

fn place(file: FileId, index: usize, key: &'static str) -> Place {
    Place::key(file, KeyPath(vec![Step::Key("waive"), Step::Index(index), Step::Key(key)]))
}

fn protected_rule(file: FileId, index: usize, rule: &str) -> Diagnostic {
    let message = say!(
        nn: "regelen «{rule}» gjeld alle postar og kan ikkje ha unntak",
        nb: "regelen «{rule}» gjelder alle poster og kan ikke ha unntak",
        en: "the rule \"{rule}\" holds for every record and cannot be waived",
    );
    let hint = say!(
        nn: "ta bort unntaket; «lmnet explain {rule}» fortel kva du kan gjere i staden",
        nb: "ta bort unntaket; «lmnet explain {rule}» forteller hva du kan gjøre i stedet",
        en: "remove the waiver; \"lmnet explain {rule}\" tells what you can do instead",
    );
    Diagnostic::new(&rules::PROTECTED_RULE, place(file, index, "rule"), message).hint(hint)
}

fn unknown_rule(file: FileId, index: usize, rule: &str) -> Diagnostic {
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
        place(file, index, "rule"),
        say!(nn: "«{rule}» er ingen regel", nb: "«{rule}» er ingen regel", en: "\"{rule}\" is not a rule"),
    )
    .hint(hint)
}
