//! `contradicted-report`, by its figures: more than there is, a whole smaller than its parts, less than the records show; and
//! `malformed-value`, of parts of what is counted in whole numbers.

use std::collections::BTreeSet;

use super::Found;
use super::published::{exact_total, networks};
use super::report::{finding, path};
use crate::count::number;
use crate::date::Span;
use crate::diagnostic::{Diagnostic, Place};
use crate::lang::Lang;
use crate::mandate::{Days, wholes};
use crate::model::{EventStatus, Figure, Measure, Module, OrganisationKind, Report, ReportKind};
use crate::registry::{Entry, Registry};
use crate::source::{KeyPath, Step};
use crate::{rules, say, tally};

pub(super) fn check(registry: &Registry, report: &Entry<Report>, found: &mut Found) {
    let mut totals: Vec<Measure> = Vec::new();
    for (at, figure) in report.figure.iter().enumerate() {
        found.extend(divided(report, at, figure));
        found.extend(above_all(report, at, figure));
        // Of several totals of one measure, the first is held against parts and records.
        let Some(total) = exact_total(figure).filter(|_| figure.organisation.is_none()) else { continue };
        if totals.contains(&figure.measure) {
            continue;
        }
        totals.push(figure.measure);
        found.extend(below_parts(registry, report, at, total));
        found.extend(below_records(registry, report, at, total));
    }
}

fn value_at(at: usize) -> KeyPath {
    path([Step::Key("figure"), Step::Index(at), Step::Key("value")])
}

/// A part of something that only comes whole, such as a patient. What a figure with a title of its own measures may be divided:
/// a mean.
fn divided(report: &Entry<Report>, at: usize, figure: &Figure) -> Option<Diagnostic> {
    let divisible = matches!(figure.measure, Measure::Fte | Measure::YearsRunning | Measure::Other);
    if divisible || figure.title.is_some() || figure.value.0.thousandths()?.is_multiple_of(1000) {
        return None;
    }
    let [nn, nb, en] = Lang::ALL.map(|lang| figure.value.0.in_words(lang));
    let label = figure.measure.label();
    let (what_nn, what_nb, what_en) = (label.nn, label.nb, label.en);
    let message = say!(
        nn: "talet er {nn}, men «{what_nn}» blir talde i heile tal",
        nb: "tallet er {nb}, men «{what_nb}» telles i hele tall",
        en: "the figure is {en}, but \"{what_en}\" are counted in whole numbers",
    );
    let hint = say!(
        nn: "rett «value»; er talet eit gjennomsnitt eller noko anna enn ei teljing, skriv i «title» kva det er",
        nb: "rett «value»; er tallet et gjennomsnitt eller noe annet enn en telling, skriv i «title» hva det er",
        en: "correct \"value\"; if the figure is a mean or something else than a count, say in \"title\" what it is",
    );
    Some(Diagnostic::new(&rules::MALFORMED_VALUE, Place::key(report.file, value_at(at)), message).hint(hint))
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
        nn: "rett «value» eller «of»; står feilen i kjelda, skriv det i «note» og gjer unntak: waive = [{{ rule = \"contradicted-report\", reason = \"…\" }}]",
        nb: "rett «value» eller «of»; står feilen i kilden, skriv det i «note» og gjør unntak: waive = [{{ rule = \"contradicted-report\", reason = \"…\" }}]",
        en: "correct \"value\" or \"of\"; if the source itself has the mistake, say so in \"note\" and add waive = [{{ rule = \"contradicted-report\", reason = \"…\" }}]",
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
fn below_parts(registry: &Registry, report: &Entry<Report>, at: usize, value: u64) -> Option<Diagnostic> {
    let total = &report.figure[at];
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
        nn: "sjå i kjelda og rett det eine; står det slik i kjelda, skriv det i «note» og gjer unntak: waive = [{{ rule = \"contradicted-report\", reason = \"…\" }}]",
        nb: "se i kilden og rett det ene; står det slik i kilden, skriv det i «note» og gjør unntak: waive = [{{ rule = \"contradicted-report\", reason = \"…\" }}]",
        en: "look at the source and correct one of them; if the source has it so, say so in \"note\" and add waive = [{{ rule = \"contradicted-report\", reason = \"…\" }}]",
    );
    Some(finding(report, value_at(at), message, hint).related(
        Place::key(report.file, value_at(first)),
        say!(nn: "ein av delane", nb: "en av delene", en: "one of the parts"),
    ))
}

/// Whether nothing can be in two parts: no organisation is a part of another, and for what several may do together, nothing of
/// the year has several of them as organisers. A joint offering stands under each of its organisers.
fn are_apart(registry: &Registry, report: &Report, measure: Measure, parts: &[(usize, &str, u64)]) -> bool {
    let year = Span::year(report.year.0);
    let of: BTreeSet<&str> = parts.iter().map(|(_, organisation, _)| *organisation).collect();
    // The parts that an organisation is in: itself, and what it is a part of in the year.
    let inside = |id: &str| -> BTreeSet<&str> {
        let wholes = wholes(registry, id).into_iter();
        let wholes = wholes.filter(|(_, days)| !days.and(&Days::of([year])).is_empty()).map(|(whole, _)| whole);
        wholes.chain([id]).filter_map(|id| of.get(id).copied()).collect()
    };
    if of.len() < parts.len() || of.iter().any(|id| inside(id).len() > 1) {
        return false;
    }
    match measure {
        Measure::Fte | Measure::MeetingParticipants => true,
        Measure::Offerings | Measure::Runs | Measure::Participants | Measure::Patients | Measure::Relatives => {
            let mut joint = registry
                .offerings
                .iter()
                .filter(|offering| offering.organiser.len() > 1 && tally::counts_in(registry, offering, report.year.0));
            !joint.any(|offering| {
                let organisers = offering.organiser.iter().map(|organiser| organiser.id());
                organisers.flat_map(inside).collect::<BTreeSet<_>>().len() > 1
            })
        }
        _ => false,
    }
}

/// Fewer than the records surely show: trusts with a basic course in the year, networks whose reports are compiled.
fn below_records(registry: &Registry, report: &Entry<Report>, at: usize, value: u64) -> Option<Diagnostic> {
    let figure = &report.figure[at];
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
