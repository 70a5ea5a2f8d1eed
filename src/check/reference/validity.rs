//! `reference-outside-validity`: references to what was not there on the dates of whoever refers to it.

use hashbrown::HashSet;

use crate::date::{Date, Span, period};
use crate::diagnostic::{Diagnostic, Place};
use crate::lang::{Lang, Said};
use crate::mandate;
use crate::model::{Kind, Offering, Record as _};
use crate::read::{Dates, Trail};
use crate::registry::{Pointed, Registry, Site};
use crate::source::{FileId, KeyPath, Step};
use crate::{rules, say, tally};

/// Keys that point to the past on purpose.
const PAST: [&str; 3] = ["succeeds", "replaces", "set-up-by"];

/// Looks at references one by one.
#[derive(Default)]
pub(super) struct Check {
    /// Agreements of arrangements that have been told of: one agreement may settle all its parts.
    told: HashSet<(FileId, Box<str>)>,
}

/// The time at which something was not there, and the part of the record that is of that time.
struct Outside {
    here: Span,
    part: Option<Part>,
}

/// A run or an appointment, and how many more there are like it.
struct Part {
    path: KeyPath,
    dates: Dates,
    more: usize,
    /// Whether others of its kind lie in the life of what is referred to.
    split: bool,
}

impl Check {
    /// A reference must point to what was there on the dates of whoever refers to it.
    pub(super) fn check(
        &mut self,
        registry: &Registry,
        site: Site<'_>,
        trail: &Trail,
        to: Pointed<'_>,
    ) -> Option<Diagnostic> {
        if !matches!(to.kind, Kind::Organisation | Kind::Network | Kind::Agreement) {
            return None;
        }
        let key = first_key(trail);
        if PAST.contains(&key) {
            return None;
        }
        let life = registry.span(to.when);
        if life == Span::default() {
            return None;
        }
        let outside = of_dates(registry, site, trail, life)
            .map(|here| Outside { here, part: None })
            .or_else(|| of_parts(registry, site, key, life))?;
        if is_handed_over(registry, site, key, to, &outside) {
            return None;
        }
        if key == "arrangement" && !self.told.insert((site.file, to.id.into())) {
            return None;
        }
        Some(words(registry, site, trail, to, life, &outside))
    }
}

fn first_key(trail: &Trail) -> &'static str {
    match trail.path.0.first() {
        Some(Step::Key(key)) => key,
        _ => "",
    }
}

/// What holds from one day to another must lie within the life of what it refers to; what merely happens must touch it.
fn is_outside(here: Span, life: Span, lasting: bool) -> bool {
    let early = matches!((here.from, life.from), (Some(here), Some(life)) if here < life);
    let late = life.to.is_some_and(|life| here.to.is_none_or(|here| here > life));
    if lasting { early || late } else { !here.meets(&life) }
}

/// The dates around the reference, if what it points to was not there then.
fn of_dates(registry: &Registry, site: Site<'_>, trail: &Trail, life: Span) -> Option<Span> {
    let (depth, own) = *trail.dates.last()?;
    let here = match own {
        // What happens has its own day, wherever it is told: a report about 2024 is sent in 2025.
        Dates::Held(..) => registry.span(own),
        _ => trail.dates.iter().map(|(_, dates)| registry.span(*dates)).fold(Span::default(), Span::and),
    };
    let runs_on = || makers(registry, site, first_key(trail)).is_some_and(|offering| offering.continuous);
    let lasting = matches!(own, Dates::Validity(..)) && (depth > 0 || runs_on());
    is_outside(here, life, lasting).then_some(here)
}

/// The offering in which a key names those who make it, and who must be there whenever it is held.
fn makers<'a>(registry: &'a Registry, site: Site<'_>, key: &str) -> Option<&'a Offering> {
    if site.kind != Kind::Offering || !matches!(key, "organiser" | "partners") {
        return None;
    }
    registry.offerings.get(site.id).filter(|offering| !offering.broken).map(|entry| &entry.record)
}

/// The first part of the record at whose time there was nothing to refer to: a run of an offering, or an appointment of a
/// member, whose records have no dates of their own.
fn of_parts(registry: &Registry, site: Site<'_>, key: &str, life: Span) -> Option<Outside> {
    if let Some(offering) = makers(registry, site, key) {
        let held = offering.run.iter().enumerate().filter(|(_, run)| tally::counts(run));
        return first_outside(registry, "run", held.map(|(at, run)| (at, run.dates())), life, false);
    }
    if site.kind != Kind::Member || key != "organisation" {
        return None;
    }
    let member = registry.members.get(site.id).filter(|member| !member.broken)?;
    let held = member.appointment.iter().enumerate();
    first_outside(registry, "appointment", held.map(|(at, seat)| (at, seat.dates())), life, true)
}

fn first_outside(
    registry: &Registry,
    list: &'static str,
    parts: impl Iterator<Item = (usize, Dates)>,
    life: Span,
    lasting: bool,
) -> Option<Outside> {
    let (mut first, mut more, mut split) = (None, 0, false);
    for (at, dates) in parts {
        let here = registry.span(dates);
        match first {
            _ if !is_outside(here, life, lasting) => split = true,
            None => first = Some((at, dates, here)),
            Some(_) => more += 1,
        }
    }
    let (at, dates, here) = first?;
    let path = KeyPath(vec![Step::Key(list), Step::Index(at)]);
    Some(Outside { here, part: Some(Part { path, dates, more, split }) })
}

/// Whether the offering was held by the one that was gone while that one was there, and names besides who carried on from it,
/// or whom it carried on from.
fn is_handed_over(registry: &Registry, site: Site<'_>, key: &str, to: Pointed<'_>, outside: &Outside) -> bool {
    let Some(offering) = makers(registry, site, key) else { return false };
    let was_there = match &outside.part {
        Some(part) => part.split,
        None => registry.span(to.when).meets(&outside.here),
    };
    if !was_there {
        return false;
    }
    let named = if key == "organiser" { &*offering.organiser } else { &*offering.partners };
    let carries_on = |one: &str, other: &str, here| heirs(registry, Kind::Organisation, one, here).contains(&other);
    named.iter().map(|other| other.id()).any(|other| {
        let Some(other) = registry.organisations.get(other).filter(|other| *other.id != *to.id) else { return false };
        registry.span(other.when()).meets(&outside.here)
            && (carries_on(to.id, &other.id, outside.here) || carries_on(&other.id, to.id, registry.span(to.when)))
    })
}

fn words(
    registry: &Registry,
    site: Site<'_>,
    trail: &Trail,
    to: Pointed<'_>,
    life: Span,
    outside: &Outside,
) -> Diagnostic {
    let here = outside.here;
    let after = |end: &Date| here.from.is_none_or(|from| from > *end) || here.to.is_none_or(|to| to > *end);
    let ended = life.to.filter(after);
    let limit = ended.or(life.from).unwrap_or_default();
    let (message, hint) = match (ended, &outside.part) {
        (Some(end), None) => (used(to.id, end, true), carry_on(registry, trail, to, end, here)),
        (None, None) => (used(to.id, limit, false), there_then()),
        (_, Some(_)) if site.kind == Kind::Member => (
            seated(to.id, limit, ended.is_some()),
            ended.map_or_else(there_then, |end| sit_on(registry, to, end, here)),
        ),
        (_, Some(part)) => (
            ran(to.id, limit, ended.is_some(), part),
            ended.map_or_else(there_then, |_| run_on(registry, trail, to, here, part)),
        ),
    };
    let diagnostic =
        Diagnostic::new(&rules::REFERENCE_OUTSIDE_VALIDITY, Place::key(site.file, trail.path.clone()), message)
            .hint(hint);
    match &outside.part {
        Some(part) if site.kind == Kind::Member => diagnostic.related(
            Place::key(site.file, part.path.clone()),
            say!(nn: "oppnemninga står her", nb: "oppnevningen står her", en: "the appointment stands here"),
        ),
        Some(part) => diagnostic.related(
            Place::key(site.file, part.path.key("start")),
            say!(nn: "gjennomføringa står her", nb: "gjennomføringen står her", en: "the run stands here"),
        ),
        None => diagnostic.related(
            Place::key(to.file, KeyPath::default().key(if ended.is_some() { "to" } else { "from" })),
            say!(nn: "datoen står her", nb: "datoen står her", en: "the date stands here"),
        ),
    }
}

fn used(id: &str, day: Date, late: bool) -> Said {
    if late {
        return say!(
            nn: "«{id}» gjaldt til og med {day}, men er brukt her etter den dagen",
            nb: "«{id}» gjaldt til og med {day}, men er brukt her etter den dagen",
            en: "\"{id}\" ended on {day}, but is referred to here after that day",
        );
    }
    say!(
        nn: "«{id}» gjeld frå {day}, men er brukt her før den dagen",
        nb: "«{id}» gjelder fra {day}, men er brukt her før den dagen",
        en: "\"{id}\" exists from {day}, but is referred to here before that day",
    )
}

fn ran(id: &str, day: Date, late: bool, part: &Part) -> Said {
    let [nn, nb, en] = match part.dates {
        Dates::Held(Some(start), end) | Dates::Validity(Some(start), end) => {
            Lang::ALL.map(|lang| period(start, end, lang))
        }
        _ => Default::default(),
    };
    let [more_nn, more_nb, more_en] = match part.more {
        0 => [const { String::new() }; 3],
        more => [format!(" (og {more} til)"), format!(" (og {more} til)"), format!(" (and {more} more)")],
    };
    if late {
        return say!(
            nn: "«{id}» gjaldt til og med {day}, men tilbodet har ei gjennomføring etter den dagen: {nn}{more_nn}",
            nb: "«{id}» gjaldt til og med {day}, men tilbudet har en gjennomføring etter den dagen: {nb}{more_nb}",
            en: "\"{id}\" ended on {day}, but the offering has a run after that day: {en}{more_en}",
        );
    }
    say!(
        nn: "«{id}» gjeld frå {day}, men tilbodet har ei gjennomføring før den dagen: {nn}{more_nn}",
        nb: "«{id}» gjelder fra {day}, men tilbudet har en gjennomføring før den dagen: {nb}{more_nb}",
        en: "\"{id}\" exists from {day}, but the offering has a run before that day: {en}{more_en}",
    )
}

fn seated(id: &str, day: Date, late: bool) -> Said {
    if late {
        return say!(
            nn: "«{id}» gjaldt til og med {day}, men oppnemninga gjeld etter den dagen",
            nb: "«{id}» gjaldt til og med {day}, men oppnevningen gjelder etter den dagen",
            en: "\"{id}\" ended on {day}, but the appointment holds after that day",
        );
    }
    say!(
        nn: "«{id}» gjeld frå {day}, men oppnemninga byrjar før den dagen",
        nb: "«{id}» gjelder fra {day}, men oppnevningen begynner før den dagen",
        en: "\"{id}\" exists from {day}, but the appointment begins before that day",
    )
}

fn there_then() -> Said {
    say!(
        nn: "rett datoane, eller vis til den som var der då",
        nb: "rett datoene, eller vis til den som var der da",
        en: "correct the dates, or refer to the one that was there then",
    )
}

/// The remedy for what outlives what it refers to: an end of its own, and then whoever carries on. All of those, since
/// a municipality may be split. What only happens, or begins later, has no end to set.
fn carry_on(registry: &Registry, trail: &Trail, to: Pointed<'_>, end: Date, here: Span) -> Said {
    let id = to.id;
    let dated = match (trail.dates.last(), trail.path.0.last()) {
        _ if here.from.is_some_and(|from| from > end) => None,
        // A bare id in a list has no place for an end; written as a table it has.
        (Some((depth, Dates::Validity(..))), Some(Step::Key(key))) if *depth > 0 => {
            Some(format!("{key} = \"{id}\", to = {end}"))
        }
        (Some((_, Dates::Validity(..))), _) => Some(format!("to = {end}")),
        _ => None,
    };
    let Some(dated) = dated else { return instead(registry, to, here) };
    match named(&heirs(registry, to.kind, id, here)) {
        Some((next, quoted)) => say!(
            nn: "skriv {dated}, og vis til «{next}», som tok over",
            nb: "skriv {dated}, og vis til «{next}», som tok over",
            en: "write {dated}, and refer to \"{quoted}\", which took over",
        ),
        None => say!(
            nn: "skriv {dated}, eller vis til den som gjeld no",
            nb: "skriv {dated}, eller vis til den som gjelder nå",
            en: "write {dated}, or refer to the one that is there now",
        ),
    }
}

/// The remedy for what lies after the end as a whole: whoever carries on.
fn instead(registry: &Registry, to: Pointed<'_>, here: Span) -> Said {
    match named(&heirs(registry, to.kind, to.id, here)) {
        Some((next, quoted)) => say!(
            nn: "vis til «{next}», som tok over, eller rett datoen",
            nb: "vis til «{next}», som tok over, eller rett datoen",
            en: "refer to \"{quoted}\", which took over, or correct the date",
        ),
        None => say!(
            nn: "vis til den som var der då, eller rett datoen",
            nb: "vis til den som var der da, eller rett datoen",
            en: "refer to the one that was there then, or correct the date",
        ),
    }
}

/// The remedy for an offering with runs after the end, which may have others before it.
fn run_on(registry: &Registry, trail: &Trail, to: Pointed<'_>, here: Span, part: &Part) -> Said {
    if !part.split {
        return instead(registry, to, here);
    }
    match named(&heirs(registry, to.kind, to.id, here)) {
        Some((next, quoted)) => say!(
            nn: "før opp «{next}», som tok over, i tillegg, eller flytt gjennomføringane etter den dagen til eit eige tilbod",
            nb: "før opp «{next}», som tok over, i tillegg, eller flytt gjennomføringene etter den dagen til et eget tilbud",
            en: "name \"{quoted}\" too, which took over, or move the runs after that day to an offering of their own",
        ),
        None if first_key(trail) == "partners" => say!(
            nn: "før partnaren opp i «partners» under dei gjennomføringane han var med på, eller rett datoen",
            nb: "før partneren opp i «partners» under de gjennomføringene den var med på, eller rett datoen",
            en: "name the partner in \"partners\" of the runs that it took part in, or correct the date",
        ),
        None => say!(
            nn: "flytt gjennomføringane etter den dagen til eit eige tilbod, eller rett datoen",
            nb: "flytt gjennomføringene etter den dagen til et eget tilbud, eller rett datoen",
            en: "move the runs after that day to an offering of their own, or correct the date",
        ),
    }
}

/// The remedy for an appointment that outlives the organisation.
fn sit_on(registry: &Registry, to: Pointed<'_>, end: Date, here: Span) -> Said {
    if here.from.is_some_and(|from| from > end) {
        return instead(registry, to, here);
    }
    match named(&heirs(registry, to.kind, to.id, here)) {
        Some((next, quoted)) => say!(
            nn: "skriv to = {end} i oppnemninga, og lag ein eigen post for den som sit for «{next}», som tok over",
            nb: "skriv to = {end} i oppnevningen, og lag en egen post for den som sitter for «{next}», som tok over",
            en: "write to = {end} in the appointment, and make a record of its own for whoever sits for \"{quoted}\", which took over",
        ),
        None => say!(
            nn: "skriv to = {end} i oppnemninga, eller rett datoen",
            nb: "skriv to = {end} i oppnevningen, eller rett datoen",
            en: "write to = {end} in the appointment, or correct the date",
        ),
    }
}

/// Ids as messages name them, in Norwegian and in English; nothing of nobody.
fn named(ids: &[&str]) -> Option<(String, String)> {
    (!ids.is_empty()).then(|| (ids.join("», «"), ids.join("\", \"")))
}

/// Who carries on from an organisation or an agreement at some time: of those that had ended themselves by then, again
/// whoever carries on.
fn heirs<'a>(registry: &'a Registry, kind: Kind, id: &str, here: Span) -> Vec<&'a str> {
    let mut next: Vec<&str> = Vec::new();
    let mut ended = vec![id];
    let mut seen: HashSet<&str> = HashSet::from([id]);
    while let Some(id) = ended.pop() {
        for (id, dates) in successors(registry, kind, id) {
            let life = registry.span(dates);
            if !seen.insert(id) {
                continue;
            }
            match life.to {
                Some(end) if here.from.is_some_and(|from| from > end) => ended.push(id),
                _ if life.meets(&here) => next.push(id),
                _ => {}
            }
        }
    }
    next.sort_unstable();
    next
}

fn successors<'a>(registry: &'a Registry, kind: Kind, id: &str) -> Vec<(&'a str, Dates)> {
    match kind {
        Kind::Organisation => mandate::successors(registry, id)
            .map(|(organisation, _)| (&*organisation.id, organisation.when()))
            .collect(),
        Kind::Agreement => registry
            .agreements
            .iter()
            .filter(|agreement| agreement.replaces.iter().any(|before| before.id() == id))
            .map(|agreement| (&*agreement.id, agreement.when()))
            .collect(),
        _ => Vec::new(),
    }
}
