//! `contradicted-report`: a report that cannot be right, by its own days or by the reports that it compiles; by its figures, see
//! `figure`.

use super::{Found, figure};
use crate::date::{Span, When};
use crate::diagnostic::{Diagnostic, Place};
use crate::lang::Said;
use crate::model::Report;
use crate::registry::{Entry, Registry};
use crate::source::{KeyPath, Step};
use crate::{rules, say, tally};

pub(super) fn check(registry: &Registry, found: &mut Found) {
    for report in registry.reports.iter().filter(|report| !report.broken) {
        days(registry, report, found);
        compiled(registry, report, found);
        figure::check(registry, report, found);
    }
}

pub(super) fn finding(report: &Entry<Report>, path: KeyPath, message: Said, hint: Said) -> Diagnostic {
    Diagnostic::new(&rules::CONTRADICTED_REPORT, Place::key(report.file, path), message).hint(hint)
}

pub(super) fn path<const N: usize>(steps: [Step; N]) -> KeyPath {
    KeyPath(steps.to_vec())
}

/// Signed or sent before its year, or sent before it was signed.
fn days(registry: &Registry, report: &Entry<Report>, found: &mut Found) {
    let semesters = registry.semesters();
    let year = report.year.0;
    let signed_at = || path([Step::Key("signed"), Step::Key("on")]);
    let too_early = |on: When| Span::year(year).from.is_some_and(|first| on.last(&semesters) < first);
    let hint = || {
        say!(
            nn: "rett datoen eller «year»",
            nb: "rett datoen eller «year»",
            en: "correct the date or \"year\"",
        )
    };
    let signed = report.signed.as_ref().map(|signed| signed.on);
    if let Some(on) = signed.filter(|on| too_early(*on)) {
        let message = say!(
            nn: "rapporten gjeld {year}, men vart underskriven {on}, før året tok til",
            nb: "rapporten gjelder {year}, men ble underskrevet {on}, før året begynte",
            en: "the report is about {year}, but was signed on {on}, before the year began",
        );
        found.push(finding(report, signed_at(), message, hint()));
    }
    for (at, sent) in report.sent.iter().enumerate() {
        let (on, sent_at) = (sent.on, path([Step::Key("sent"), Step::Index(at), Step::Key("on")]));
        if too_early(on) {
            let message = say!(
                nn: "rapporten gjeld {year}, men vart send {on}, før året tok til",
                nb: "rapporten gjelder {year}, men ble sendt {on}, før året begynte",
                en: "the report is about {year}, but was sent on {on}, before the year began",
            );
            found.push(finding(report, sent_at, message, hint()));
        } else if let Some(signed) = signed.filter(|signed| on.last(&semesters) < signed.first(&semesters)) {
            let message = say!(
                nn: "rapporten vart send {on}, men fyrst underskriven {signed}",
                nb: "rapporten ble sendt {on}, men først underskrevet {signed}",
                en: "the report was sent on {on}, but only signed on {signed}",
            );
            let hint = say!(
                nn: "rett den eine av datoane; var det eit utkast som vart sendt, før berre opp den ferdige rapporten",
                nb: "rett den ene av datoene; var det et utkast som ble sendt, før bare opp den ferdige rapporten",
                en: "correct one of the dates; if it was a draft that was sent, enter the finished report only",
            );
            let related = say!(nn: "underskriven her", nb: "underskrevet her", en: "signed here");
            found.push(finding(report, sent_at, message, hint).related(Place::key(report.file, signed_at()), related));
        }
    }
}

/// Compiles a report of another year, or one of a network that reports to others.
fn compiled(registry: &Registry, report: &Entry<Report>, found: &mut Found) {
    for (at, part) in report.compiles.iter().enumerate() {
        let Some(part) = registry.reports.get(part.id()).filter(|part| !part.broken) else { continue };
        let place = path([Step::Key("compiles"), Step::Index(at)]);
        let (id, own, other) = (&part.id, report.year.0, part.year.0);
        if part.id == report.id {
            continue; // a circle, which has a rule of its own
        }
        if own != other {
            let message = say!(
                nn: "rapporten gjeld {own}, men samlar «{id}», som gjeld {other}",
                nb: "rapporten gjelder {own}, men samler «{id}», som gjelder {other}",
                en: "the report is about {own}, but compiles \"{id}\", which is about {other}",
            );
            let mut same = registry.reports.iter().filter(|it| {
                it.year.0 == own && it.kind == part.kind && it.network.is_some() && it.network == part.network
            });
            let hint = match same.next().map(|same| &same.id) {
                Some(same) => say!(nn: "meinte du «{same}»?", nb: "mente du «{same}»?", en: "did you mean \"{same}\"?"),
                None => say!(
                    nn: "vis til rapporten for {own}, eller rett «year»",
                    nb: "vis til rapporten for {own}, eller rett «year»",
                    en: "refer to the report about {own}, or correct \"year\"",
                ),
            };
            found.push(finding(report, place, message, hint).related(
                Place::key(part.file, KeyPath::default().key("year")),
                say!(nn: "året står her", nb: "året står her", en: "the year stands here"),
            ));
        } else {
            found.extend(reports_elsewhere(registry, report, place, part));
        }
    }
}

/// A report of a network that says whom it reports to, which is not the one that compiles it.
fn reports_elsewhere(
    registry: &Registry,
    report: &Entry<Report>,
    place: KeyPath,
    part: &Entry<Report>,
) -> Option<Diagnostic> {
    let by = report.by.as_ref()?.id();
    let network =
        registry.networks.get(part.network.as_ref()?.id()).filter(|network| !network.reports_to.is_empty())?;
    // A secretariat may compile for the committee whose contact point it is.
    let serves = registry.organisations.get(by).map(|by| &by.contact_for);
    let reports = network.reports_to.iter().any(|to| {
        tally::is_part_of(registry, by, to.id(), None)
            || tally::is_part_of(registry, to.id(), by, None)
            || serves.is_some_and(|serves| serves.iter().any(|served| served == to))
    });
    // What was sent to the one that compiles did come there, whatever the network is to do.
    if reports || part.sent.iter().any(|sent| sent.to.id() == by) {
        return None;
    }
    let (id, network_id) = (&part.id, &network.id);
    let to = network.reports_to.iter().map(|to| to.id()).collect::<Vec<_>>().join(", ");
    let message = say!(
        nn: "«{by}» samlar «{id}», men nettverket {network_id} rapporterer til {to}",
        nb: "«{by}» samler «{id}», men nettverket {network_id} rapporterer til {to}",
        en: "\"{by}\" compiles \"{id}\", but the network {network_id} reports to {to}",
    );
    let hint = say!(
        nn: "rett «by» eller «compiles», eller før {by} opp i «reports-to» på nettverket",
        nb: "rett «by» eller «compiles», eller før {by} opp i «reports-to» på nettverket",
        en: "correct \"by\" or \"compiles\", or enter {by} under \"reports-to\" of the network",
    );
    let related = Place::key(network.file, KeyPath::default().key("reports-to"));
    Some(
        finding(report, place, message, hint)
            .related(related, say!(nn: "det står her", nb: "det står her", en: "it says so here")),
    )
}
