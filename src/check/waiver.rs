//! Exceptions that records make from rules, each with its reason.

use std::collections::HashSet;

use super::Found;
use crate::diagnostic::{Diagnostic, Place, Rule};
use crate::lang::Said;
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
                    let rule = rules::find(&waiver.rule);
                    let twice = entry.remarks().waive[..index].iter().any(|other| other.rule == waiver.rule);
                    let needed = |rule: &Rule| entry.broken || found.counts.contains_key(&(entry.file, rule.id));
                    let idle = rule.and_then(|rule| idle(rule, twice, needed(rule)));
                    poor.extend(idle.map(|(message, hint)| {
                        Diagnostic::new(&rules::UNUSED_WAIVER, place(entry.file, index, "rule"), message).hint(hint)
                    }));
                    if !entry.broken {
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

/// Why a waiver has no effect, and what to do about it. Of a protected rule it is told in other words.
fn idle(rule: &Rule, twice: bool, needed: bool) -> Option<(Said, Said)> {
    let id = rule.id;
    if rule.protected {
        None
    } else if let Some(Said { nn, nb, en }) = why_never(rule) {
        Some((
            say!(
                nn: "«{id}» kan ikkje ha unntak: {nn}",
                nb: "«{id}» kan ikke ha unntak: {nb}",
                en: "\"{id}\" can't be waived: {en}",
            ),
            say!(
                nn: "ta bort unntaket, og rett det regelen finn",
                nb: "ta bort unntaket, og rett det regelen finner",
                en: "remove the waiver, and put right what the rule finds",
            ),
        ))
    } else if twice {
        Some((
            say!(
                nn: "posten har alt eit unntak frå «{id}» lenger oppe",
                nb: "posten har allerede et unntak fra «{id}» lenger oppe",
                en: "the record has a waiver of \"{id}\" already, further up",
            ),
            say!(
                nn: "behald det eine, med begge grunnane i «reason»: det gjeld alt regelen finn i posten",
                nb: "behold det ene, med begge grunnene i «reason»: det gjelder alt regelen finner i posten",
                en: "keep one, with both reasons in \"reason\": it covers all that the rule finds in the record",
            ),
        ))
    } else if !needed {
        Some((
            say!(
                nn: "unntaket frå «{id}» dekkjer ingenting: regelen finn ikkje noko i posten",
                nb: "unntaket fra «{id}» dekker ingenting: regelen finner ikke noe i posten",
                en: "the waiver of \"{id}\" covers nothing: the rule finds nothing in the record",
            ),
            say!(
                nn: "ta bort unntaket; elles skjuler det den neste feilen av same slag",
                nb: "ta bort unntaket; ellers skjuler det den neste feilen av samme slag",
                en: "remove the waiver; otherwise it hides the next mistake of the kind",
            ),
        ))
    } else {
        None
    }
}

/// Why nobody can waive a rule; nothing if a record can. Rules on files and how they are written come before those on what
/// stands in the records.
fn why_never(rule: &Rule) -> Option<Said> {
    let before = |end: &Rule| rules::ALL.iter().take_while(|other| other.id != end.id).any(|other| other.id == rule.id);
    let is = |others: &[&Rule]| others.iter().any(|other| other.id == rule.id);
    Some(if is(&[&rules::BYTE_ORDER_MARK, &rules::NEWER_TOML]) {
        say!(
            nn: "andre program stansar ved det, kva grunnen enn er",
            nb: "andre programmer stanser ved det, uansett grunn",
            en: "other programs stop at it, whatever the reason",
        )
    } else if is(&[&rules::UNUSED_WAIVER, &rules::UNEXPLAINED_WAIVER]) {
        say!(nn: "regelen gjeld unntaka sjølve", nb: "regelen gjelder unntakene selv", en: "the rule is about waivers themselves")
    } else if is(&[&rules::UNUSABLE_FILE_NAME, &rules::DUPLICATE_ID]) {
        say!(
            nn: "utan ein eigen id kan ingen vise til posten",
            nb: "uten en egen id kan ingen vise til posten",
            en: "without an id of its own nobody can refer to the record",
        )
    } else if before(&rules::BROKEN_SYNTAX) {
        say!(
            nn: "regelen gjeld filer som ikkje blir lesne som postar, og unntak står i postar",
            nb: "regelen gjelder filer som ikke blir lest som poster, og unntak står i poster",
            en: "the rule is about files that are not read as records, and waivers stand in records",
        )
    } else if before(&rules::UNKNOWN_REFERENCE) {
        say!(
            nn: "slike feil gjer at fila ikkje kan lesast som ho er meint",
            nb: "slike feil gjør at filen ikke kan leses slik den er ment",
            en: "with such mistakes a file can't be read as it is meant",
        )
    } else {
        return None;
    })
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
