//! `count-above-published`: more is registered of a year than was published about it.

use std::collections::HashMap;

use super::Found;
use crate::count::{Quality, number};
use crate::date::Span;
use crate::diagnostic::{Diagnostic, Place};
use crate::lang::Lang;
use crate::model::{Figure, Measure, Offering, Report, ReportKind};
use crate::registry::{Entry, Registry};
use crate::source::{KeyPath, Step};
use crate::tally::{self, Total};
use crate::{rules, say};

pub(super) fn check(registry: &Registry, found: &mut Found) {
    let mut book = Book { registry, totals: HashMap::new(), index: None };
    for report in registry.reports.iter().filter(|report| !report.broken) {
        // Others tell of a part of the year, or of something else.
        if !matches!(report.kind, ReportKind::Annual | ReportKind::Compiled) {
            continue;
        }
        let networks = networks(registry, report);
        for (at, figure) in report.figure.iter().enumerate() {
            let Some(published) = exact_total(figure) else { continue };
            let Some(registered) = book.registered(report, &networks, figure) else { continue };
            if registered > published {
                found.push(above(report, at, figure, registered));
            }
        }
    }
}

/// The number of a figure that tells all there is to its measure, in thousandths: of one that says "at least" or "about" there
/// may be more, and one with a title of its own measures something narrower.
pub(super) fn exact_total(figure: &Figure) -> Option<u64> {
    let whole = figure.title.is_none() && figure.value.0.quality() == Quality::Exact;
    whole.then(|| figure.value.0.thousandths()).flatten()
}

/// The networks that a report is about: its own, or those whose reports it compiles.
pub(super) fn networks<'a>(registry: &'a Registry, report: &'a Report) -> Vec<&'a str> {
    let compiled = report.compiles.iter().filter_map(|part| registry.reports.get(part.id()));
    let compiled = compiled.filter(|part| part.year == report.year).filter_map(|part| part.network.as_ref());
    let mut networks: Vec<&str> = match (&report.network, report.kind) {
        (Some(network), _) => vec![network.id()],
        (None, ReportKind::Compiled) => compiled.map(|network| network.id()).collect(),
        _ => Vec::new(),
    };
    networks.sort_unstable();
    networks.dedup();
    networks
}

/// Of whom a figure is: networks, or an organisation, in some networks or, with none named, in all.
#[derive(PartialEq, Eq, Hash)]
struct Scope<'a> {
    year: i32,
    networks: Vec<&'a str>,
    organisation: Option<&'a str>,
}

/// Offerings by the id of somebody.
type Shelves<'a> = HashMap<&'a str, Vec<&'a Entry<Offering>>>;

/// What is registered, counted once for each scope that somebody published a figure about.
struct Book<'a> {
    registry: &'a Registry,
    totals: HashMap<Scope<'a>, Total>,
    /// The offerings of each network and each organiser; made when first asked for.
    index: Option<[Shelves<'a>; 2]>,
}

impl<'a> Book<'a> {
    /// What is surely registered of what a figure measures, in thousandths.
    fn registered(&mut self, report: &'a Report, networks: &[&'a str], figure: &'a Figure) -> Option<u64> {
        let of: fn(&Total) -> u64 = match figure.measure {
            Measure::Offerings => |total| total.offerings as u64 * 1000,
            Measure::Runs => |total| total.runs as u64 * 1000,
            Measure::Participants => |total| total.participants.all.surely(),
            Measure::Patients => |total| total.participants.patients.surely(),
            Measure::Relatives => |total| total.participants.relatives.surely(),
            _ => return None,
        };
        let own = figure.organisation.as_ref().map(|organisation| organisation.id());
        // A figure may name the network itself; a report of an organisation is about whoever made it.
        let whole = own.is_some_and(|own| networks.contains(&own));
        let (networks, organisation) = match own {
            Some(own) if whole => (vec![own], None),
            Some(own) => (networks.to_vec(), Some(own)),
            None if networks.is_empty() => (Vec::new(), report.by.as_ref().map(|by| by.id())),
            None => (networks.to_vec(), None),
        };
        if networks.is_empty() && organisation.is_none() {
            return None;
        }
        let scope = Scope { year: report.year.0, networks, organisation };
        if let Some(total) = self.totals.get(&scope) {
            return Some(of(total));
        }
        let total = self.count(&scope);
        let registered = of(&total);
        self.totals.insert(scope, total);
        Some(registered)
    }

    fn count(&mut self, scope: &Scope<'_>) -> Total {
        let (registry, year) = (self.registry, Span::year(scope.year));
        let [networks, organisers] = self.index.get_or_insert_with(|| index(registry));
        let offerings: Vec<_> = match scope.organisation {
            None => scope.networks.iter().filter_map(|network| networks.get(network)).flatten().collect(),
            Some(organisation) => {
                let parts =
                    organisers.iter().filter(|(id, _)| tally::is_part_of(registry, id, organisation, Some(&year)));
                let mut offerings: Vec<_> = parts.flat_map(|(_, offerings)| offerings).collect();
                offerings.sort_unstable_by_key(|offering| &offering.id);
                offerings.dedup_by_key(|offering| &offering.id);
                let here = |id: &str| scope.networks.is_empty() || scope.networks.contains(&id);
                offerings.retain(|it| here(it.network.as_ref().map_or("", |network| network.id())));
                offerings
            }
        };
        let mut total = Total::default();
        offerings.into_iter().for_each(|offering| total.add(registry, offering, scope.year));
        total
    }
}

/// The offerings of each network, and of each organiser.
fn index(registry: &Registry) -> [Shelves<'_>; 2] {
    let mut index = [HashMap::new(), HashMap::new()];
    for offering in registry.offerings.iter().filter(|offering| !offering.broken) {
        let [networks, organisers]: &mut [Shelves<'_>; 2] = &mut index;
        if let Some(network) = &offering.network {
            networks.entry(network.id()).or_default().push(offering);
        }
        for organiser in offering.organiser.iter() {
            organisers.entry(organiser.id()).or_default().push(offering);
        }
    }
    index
}

fn above(report: &Entry<Report>, at: usize, figure: &Figure, registered: u64) -> Diagnostic {
    let label = figure.measure.label();
    let year = report.year.0;
    let [nn, nb, en] = Lang::ALL.map(|lang| {
        let published = figure.value.0.in_words(lang);
        (label.get(lang), number(registered, lang), published)
    });
    let ((nn, nn_all, nn_published), (nb, nb_all, nb_published), (en, en_all, en_published)) = (nn, nb, en);
    let message = say!(
        nn: "«{nn}» i {year}: {nn_all} er registrerte, men {nn_published} vart publisert",
        nb: "«{nb}» i {year}: {nb_all} er registrert, men {nb_published} ble publisert",
        en: "\"{en}\" in {year}: {en_all} registered, but {en_published} published",
    );
    let hint = say!(
        nn: "sjå etter om noko er ført to gonger eller på feil år; stemmer registeret og rapporten tok feil, skriv det i «note» og gjer unntak: waive = [{{ rule = \"count-above-published\", reason = \"…\" }}]",
        nb: "se etter om noe er ført to ganger eller på feil år; stemmer registeret og rapporten tok feil, skriv det i «note» og gjør unntak: waive = [{{ rule = \"count-above-published\", reason = \"…\" }}]",
        en: "see whether something is entered twice or in the wrong year; if the registry is right and the report was wrong, say so in \"note\" and add waive = [{{ rule = \"count-above-published\", reason = \"…\" }}]",
    );
    let place = KeyPath(vec![Step::Key("figure"), Step::Index(at), Step::Key("value")]);
    Diagnostic::new(&rules::COUNT_ABOVE_PUBLISHED, Place::key(report.file, place), message).hint(hint)
}
