//! `contradicted-report`: a report that cannot be right, by what it says itself, by the reports that it compiles, or by what is
//! registered.

use std::collections::BTreeSet;

use super::Found;
use super::published::networks;
use crate::count::{Quality, number};
use crate::date::{Span, When};
use crate::diagnostic::{Diagnostic, Place};
use crate::lang::{Lang, Said};
use crate::model::{EventStatus, Figure, Measure, Module, OrganisationKind, Report, ReportKind};
use crate::registry::{Entry, Registry};
use crate::source::{KeyPath, Step};
use crate::{rules, say, tally};

pub(super) fn check(registry: &Registry, found: &mut Found) {
    for report in registry.reports.iter().filter(|report| !report.broken) {
        days(registry, report, found);
        compiled(registry, report, found);
        for (at, figure) in report.figure.iter().enumerate() {
            found.extend(above_all(report, at, figure));
            found.extend(below_parts(registry, report, at, figure));
            found.extend(below_records(registry, report, at, figure));
        }
    }
}

fn finding(report: &Entry<Report>, path: KeyPath, message: Said, hint: Said) -> Diagnostic {
    Diagnostic::new(&rules::CONTRADICTED_REPORT, Place::key(report.file, path), message).hint(hint)
}

fn path<const N: usize>(steps: [Step; N]) -> KeyPath {
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

fn value_at(at: usize) -> KeyPath {
    path([Step::Key("figure"), Step::Index(at), Step::Key("value")])
}

/// More of something than there is of it.
fn above_all(report: &Entry<Report>, at: usize, figure: &Figure) -> Option<Diagnostic> {
    let of = figure.of?;
    if figure.value.0.surely()? <= u64::from(of) * 1000 {
        return None;
    }
    let [nn, nb, en] = Lang::ALL.map(|lang| figure.value.0.in_words(lang));
    let message = say!(
        nn: "talet er {nn} av {of}: meir enn alle",
        nb: "tallet er {nb} av {of}: mer enn alle",
        en: "the figure is {en} out of {of}: more than all",
    );
    let hint = say!(
        nn: "rett «value» eller «of»; har kjelda sjølv feilen, skriv det i «note» og waive med grunn",
        nb: "rett «value» eller «of»; har kilden selv feilen, skriv det i «note» og waive med grunn",
        en: "correct \"value\" or \"of\"; if the source itself has the mistake, say so in \"note\" and waive it with the reason",
    );
    let related = path([Step::Key("figure"), Step::Index(at), Step::Key("of")]);
    Some(
        finding(report, value_at(at), message, hint).related(
            Place::key(report.file, related),
            say!(nn: "av så mange", nb: "av så mange", en: "out of so many"),
        ),
    )
}

/// A total that is exact and smaller than its parts: a single one, or all together where nothing can be in two of them.
fn below_parts(registry: &Registry, report: &Entry<Report>, at: usize, total: &Figure) -> Option<Diagnostic> {
    let whole = total.organisation.is_none() && total.title.is_none() && total.value.0.quality() == Quality::Exact;
    let value = total.value.0.thousandths().filter(|_| whole)?;
    let has_parts = matches!(
        total.measure,
        Measure::Offerings
            | Measure::Runs
            | Measure::Participants
            | Measure::Patients
            | Measure::Relatives
            | Measure::MeetingParticipants
            | Measure::Fte
            | Measure::Projects
            | Measure::Meetings
    );
    if !has_parts {
        return None;
    }
    let parts: Vec<(usize, &str, u64)> = report
        .figure
        .iter()
        .enumerate()
        .filter(|(_, part)| part.measure == total.measure && part.title.is_none())
        .filter_map(|(at, part)| Some((at, part.organisation.as_ref()?.id(), part.value.0.surely()?)))
        .collect();
    let (first, _, greatest) = *parts.iter().max_by_key(|(at, _, part)| (*part, std::cmp::Reverse(*at)))?;
    let sum: u64 = parts.iter().map(|(.., part)| part).sum();
    let all = if greatest > value {
        greatest
    } else if sum > value && are_apart(registry, report, total.measure, &parts) {
        sum
    } else {
        return None;
    };
    let [nn, nb, en] = Lang::ALL.map(|lang| (total.value.0.in_words(lang), number(all, lang)));
    let ((nn, nn_all), (nb, nb_all), (en, en_all)) = (nn, nb, en);
    let message = say!(
        nn: "i alt er det {nn}, men delane i same rapport kjem til {nn_all}",
        nb: "i alt er det {nb}, men delene i samme rapport kommer til {nb_all}",
        en: "the total is {en}, but the parts in the same report come to {en_all}",
    );
    let hint = say!(
        nn: "sjå i kjelda og rett det eine; er talet trykt slik, skriv det i «note» og waive med grunn",
        nb: "se i kilden og rett det ene; er tallet trykt slik, skriv det i «note» og waive med grunn",
        en: "look at the source and correct one of them; if it is printed so, say so in \"note\" and waive it with the reason",
    );
    Some(finding(report, value_at(at), message, hint).related(
        Place::key(report.file, value_at(first)),
        say!(nn: "ein av delane", nb: "en av delene", en: "one of the parts"),
    ))
}

/// Whether nothing can be in two parts: no organisation is a part of another, and for what several may do together, nothing of
/// the year has several of them as organisers. A joint offering stands under each of its organisers.
fn are_apart(registry: &Registry, report: &Report, measure: Measure, parts: &[(usize, &str, u64)]) -> bool {
    let span = Span::year(report.year.0);
    let nested = parts.iter().enumerate().any(|(at, (_, one, _))| {
        parts
            .iter()
            .enumerate()
            .any(|(other_at, (_, other, _))| at != other_at && tally::is_part_of(registry, one, other, Some(&span)))
    });
    if nested {
        return false;
    }
    match measure {
        Measure::Fte | Measure::MeetingParticipants => true,
        Measure::Offerings | Measure::Runs | Measure::Participants | Measure::Patients | Measure::Relatives => {
            let joint = |organisers: &[crate::read::Ref<_>]| {
                let is_inside = |part: &str| {
                    organisers.iter().any(|organiser| tally::is_part_of(registry, organiser.id(), part, Some(&span)))
                };
                parts.iter().filter(|(_, part, _)| is_inside(part)).count() > 1
            };
            !registry.offerings.iter().any(|offering| {
                offering.organiser.len() > 1
                    && tally::counts_in(registry, offering, report.year.0)
                    && joint(&offering.organiser)
            })
        }
        _ => false,
    }
}

/// Fewer than the records surely show: trusts with a basic course in the year, networks whose reports are compiled.
fn below_records(registry: &Registry, report: &Entry<Report>, at: usize, figure: &Figure) -> Option<Diagnostic> {
    let whole = figure.organisation.is_none() && figure.title.is_none() && figure.value.0.quality() == Quality::Exact;
    let value = figure.value.0.thousandths().filter(|_| whole)?;
    let shown: BTreeSet<&str> = match (figure.measure, report.kind) {
        (Measure::TrustsWithBasicCourse, _) => {
            trusts_with_basic_course(registry, &networks(registry, report), report.year.0)
        }
        (Measure::Networks, ReportKind::Compiled) => networks(registry, report).into_iter().collect(),
        _ => return None,
    };
    if shown.len() as u64 * 1000 <= value {
        return None;
    }
    let (count, who) = (shown.len(), shown.into_iter().collect::<Vec<_>>().join(", "));
    let [nn, nb, en] = Lang::ALL.map(|lang| (figure.measure.label().get(lang), figure.value.0.in_words(lang)));
    let ((nn, nn_value), (nb, nb_value), (en, en_value)) = (nn, nb, en);
    let message = say!(
        nn: "«{nn}»: rapporten seier {nn_value}, men registeret viser {count}: {who}",
        nb: "«{nb}»: rapporten sier {nb_value}, men registeret viser {count}: {who}",
        en: "\"{en}\": the report says {en_value}, but the registry shows {count}: {who}",
    );
    let hint = say!(
        nn: "sjå etter om talet er rett skrive av, og om alt i registeret vart halde det året",
        nb: "se etter om tallet er riktig skrevet av, og om alt i registeret ble holdt det året",
        en: "see whether the figure is copied correctly, and whether all that is registered took place that year",
    );
    Some(finding(report, value_at(at), message, hint))
}

/// The trusts that surely held a basic course in a year, themselves or through a part of theirs.
fn trusts_with_basic_course<'a>(registry: &'a Registry, networks: &[&str], year: i32) -> BTreeSet<&'a str> {
    let span = Span::year(year);
    let held = registry.courses.iter().filter(|course| {
        !course.broken
            && course.module == Module::Grunnkurs
            && course.start.year() == year
            && !matches!(course.status, Some(EventStatus::Cancelled | EventStatus::Planned))
            && course.held.as_ref().is_none_or(|held| held.thousandths() != Some(0))
            && course.network.as_ref().is_some_and(|network| networks.contains(&network.id()))
    });
    let organisers: BTreeSet<&str> = held.flat_map(|course| course.organiser.iter()).map(|it| it.id()).collect();
    let trusts = registry.organisations.iter().filter(|it| it.kind == OrganisationKind::HealthTrust);
    let holds = |trust: &str| organisers.iter().any(|id| tally::is_part_of(registry, id, trust, Some(&span)));
    if organisers.is_empty() {
        return BTreeSet::new();
    }
    trusts.filter(|trust| holds(&trust.id)).map(|trust| &*trust.id).collect()
}
