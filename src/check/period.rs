//! `reversed-period`: something ends before it begins.

use super::Found;
use crate::diagnostic::{Diagnostic, Place};
use crate::model::Kind;
use crate::read::{Dates, Trail};
use crate::registry::{Registry, Site};
use crate::{rules, say};

pub(super) fn check(registry: &Registry, site: Site<'_>, trail: &Trail, dates: Dates, found: &mut Found) {
    let (Dates::Validity(Some(start), Some(end)) | Dates::Held(Some(start), Some(end))) = dates else { return };
    let semesters = registry.semesters();
    if start.first(&semesters) <= end.last(&semesters) {
        return;
    }
    let whole = trail.path.0.is_empty();
    let (first, last) = match (site.kind, dates) {
        (Kind::Matter, _) if whole => ("opened", "closed"),
        (Kind::Plan, _) if whole => ("year", "until"),
        (_, Dates::Validity(..)) => ("from", "to"),
        _ => ("start", "end"),
    };
    let message = say!(
        nn: "perioden sluttar {end}, før han byrjar {start}",
        nb: "perioden slutter {end}, før den begynner {start}",
        en: "the period ends on {end}, before it begins on {start}",
    );
    let hint = say!(
        nn: "rett «{first}» eller «{last}»; er slutten ukjend, sløyf «{last}»",
        nb: "rett «{first}» eller «{last}»; er slutten ukjent, sløyf «{last}»",
        en: "correct \"{first}\" or \"{last}\"; if the end is unknown, leave \"{last}\" out",
    );
    found.push(
        Diagnostic::new(&rules::REVERSED_PERIOD, Place::key(site.file, trail.path.key(last)), message)
            .hint(hint)
            .related(
                Place::key(site.file, trail.path.key(first)),
                say!(nn: "byrjar her", nb: "begynner her", en: "begins here"),
            ),
    );
}
