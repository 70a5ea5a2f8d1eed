//! What has a day of its own in a record, in words: actions, endings, and what lapses.

use super::{beginning, quoted, wording};
use crate::mandate::{Dated, Duty, Found};
use crate::model::Kind;
use crate::names::{Names, capital};
use crate::{rules, say};

/// More of a duty's wording than this is not needed to know which one it is.
const WORDING: usize = 90;

/// What has a day, or had it where that is past: which record, which part of it.
pub(super) fn words(past: bool, dated: Dated, found: &Found<'_>, part: Option<usize>, names: &Names<'_>) -> String {
    let lang = names.lang;
    let title = names.title(found.kind(), found.id());
    match (dated, found, part) {
        (Dated::Waiver, _, Some(part)) => waiver(past, found, part, names),
        (Dated::Excuse, Found::Network(network), Some(part)) => {
            let duty = quoted(&told_duty(network.excuse[part].duty.id(), names), lang);
            let (lapses, network) = (lapses(past, names), names.short(&network.id));
            say!(lang,
                nn: "Fritaket frå {duty} {lapses} ({network})",
                nb: "Fritaket fra {duty} {lapses} ({network})",
                en: "The excuse from {duty} {lapses} ({network})",
            )
        }
        (Dated::AgreementEnd, ..) if past => {
            say!(lang, nn: "Avtalen tok slutt: {title}", nb: "Avtalen tok slutt: {title}", en: "The agreement ended: {title}")
        }
        (Dated::Notice, ..) if past => {
            say!(lang, nn: "Oppseiinga gjekk ut: {title}", nb: "Oppsigelsen gikk ut: {title}", en: "The notice ran out: {title}")
        }
        (Dated::Action, Found::Plan(plan), Some(part)) => {
            format!("{}: {} ({title})", capital(dated.label().get(lang)), plan.action[part].title.get(lang))
        }
        (Dated::Transfer, Found::Plan(plan), Some(part)) => {
            let offering = names.title(Kind::Offering, plan.transfer[part].offering.id());
            format!("{}: {offering} ({title})", capital(dated.label().get(lang)))
        }
        _ => format!("{}: {title}", capital(dated.label().get(lang))),
    }
}

/// The beginning of the wording of a duty at a path.
fn told_duty(path: &str, names: &Names<'_>) -> String {
    let known = path.split_once('/').and_then(|(agreement, id)| {
        let agreement = names.registry.agreements.get(agreement)?;
        let obligation = agreement.obligation.iter().find(|obligation| *obligation.id == *id)?;
        Some(Duty { agreement, obligation })
    });
    known.map_or_else(|| path.to_owned(), |duty| beginning(&wording(&duty, names.lang), WORDING))
}

fn lapses(past: bool, names: &Names<'_>) -> String {
    match past {
        true => say!(names.lang, nn: "gjekk ut", nb: "gikk ut", en: "lapsed"),
        false => say!(names.lang, nn: "går ut", nb: "går ut", en: "lapses"),
    }
}

/// That a record's exception from a rule lapses: which record, why it was made, what the rule finds.
fn waiver(past: bool, found: &Found<'_>, part: usize, names: &Names<'_>) -> String {
    let (lang, waiver) = (names.lang, &found.remarks().waive[part]);
    let title = quoted(&names.title(found.kind(), found.id()), lang);
    let (id, reason) = (&waiver.rule, waiver.reason.get(lang).trim().trim_end_matches('.'));
    let rule = match rules::find(id) {
        Some(rule) => format!("{} ({id})", rules::Page::of(rule).first(lang)),
        None => id.to_string(),
    };
    let lapses = lapses(past, names);
    say!(lang,
        nn: "Unntaket for {title} {lapses}. Regelen: {rule}. Grunngjevinga: {reason}",
        nb: "Unntaket for {title} {lapses}. Regelen: {rule}. Begrunnelsen: {reason}",
        en: "The waiver for {title} {lapses}. The rule: {rule}. The reason: {reason}",
    )
}
