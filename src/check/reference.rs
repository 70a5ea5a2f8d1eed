//! `unknown-reference` and `reference-outside-validity`: references to nothing, and to what was not there then.

use std::cell::OnceCell;
use std::collections::HashSet;

use super::Found;
use super::named::Named;
use crate::date::{Date, Span};
use crate::diagnostic::{At, Diagnostic, Edit, Fix, Place};
use crate::lang::Said;
use crate::mandate;
use crate::model::{Kind, Network};
use crate::read::{Dates, Link, Target, Trail};
use crate::registry::{Entry, Pointed, Registry, Resolved, Site, slug};
use crate::source::Step;
use crate::spelling::{nearest, quoted};
use crate::{rules, say};

/// How many ids one half of the records may have looked at for suggestions: each unknown reference costs a look at
/// every id of its kind.
const SUGGESTIONS: usize = 1_500_000;

/// How many ids a message suggests.
const SUGGESTED: usize = 3;

/// Looks at references one by one.
pub(super) struct Check<'a> {
    budget: usize,
    named: OnceCell<Named<'a>>,
}

impl<'a> Check<'a> {
    pub(super) fn new() -> Self {
        Self { budget: SUGGESTIONS, named: OnceCell::new() }
    }

    pub(super) fn check(
        &mut self,
        registry: &'a Registry,
        site: Site<'_>,
        trail: &Trail,
        link: Link<'_>,
        found: &mut Found,
    ) {
        let missing = match registry.resolve(link) {
            Resolved::Record(to) => {
                found.extend(outside_validity(registry, site, trail, to));
                false
            }
            Resolved::Part => link.target == Target::Area && !area_exists(registry, site, trail, link.id),
            Resolved::Unsure => false,
            Resolved::Nothing => true,
        };
        if missing && !is_word(&trail.path.0, link.id) {
            let make = || self.nothing_there(registry, site, trail, link);
            found.push_with(site.file, &rules::UNKNOWN_REFERENCE, make);
        }
    }

    fn nothing_there(&mut self, registry: &'a Registry, site: Site<'_>, trail: &Trail, link: Link<'_>) -> Diagnostic {
        let networks: Vec<&str> = match link.target {
            Target::Area => networks_of(registry, site, trail).iter().map(|network| &*network.id).collect(),
            _ => Vec::new(),
        };
        let named = self.named.get_or_init(|| Named::new(registry)).meant(link.target, link.id, &networks);
        let fix = match &*named {
            [id] => {
                let edit = Edit { at: At::Key(trail.path.clone()), was: link.id.to_owned(), text: format!("\"{id}\"") };
                Some(Fix::respelling(link.id, id, vec![edit]))
            }
            _ => None,
        };
        let near = if named.is_empty() { suggestions(registry, site, trail, link, &mut self.budget) } else { named };
        let near: Vec<String> = near.iter().take(SUGGESTED).map(|id| quoted(id)).collect();
        Diagnostic::new(&rules::UNKNOWN_REFERENCE, Place::key(site.file, trail.path.clone()), not_there(link))
            .hint(remedy(link.target, &near))
            .fix(fix)
    }
}

/// Words that stand in a place of references: `jointly = "parties"`.
fn is_word(path: &[Step], id: &str) -> bool {
    id == "parties" && path.contains(&Step::Key("jointly"))
}

fn not_there(link: Link<'_>) -> Said {
    let id = quoted(link.id);
    match link.target {
        Target::Record(kind) => {
            let folder = kind.word();
            say!(
                nn: "«{id}» finst ikkje i {folder}/",
                nb: "«{id}» finnes ikke i {folder}/",
                en: "\"{id}\" does not exist in {folder}/",
            )
        }
        Target::Body => say!(
            nn: "«{id}» er verken ein organisasjon eller eit nettverk i registeret",
            nb: "«{id}» er verken en organisasjon eller et nettverk i registeret",
            en: "\"{id}\" is neither an organisation nor a network of the registry",
        ),
        Target::FocusArea => say!(
            nn: "«{id}» er ikkje noko satsingsområde; skriv avtale/område",
            nb: "«{id}» er ikke noe satsingsområde; skriv avtale/område",
            en: "\"{id}\" is not a strategy area; it must be agreement/area",
        ),
        Target::Duty => say!(
            nn: "«{id}» er inga plikt; skriv avtale/plikt",
            nb: "«{id}» er ingen plikt; skriv avtale/plikt",
            en: "\"{id}\" is not a duty; it must be agreement/duty",
        ),
        Target::AnyRecord => say!(
            nn: "«{id}» er ingen post; skriv mappe/id, som offerings/kols-skule",
            nb: "«{id}» er ingen post; skriv mappe/id, som offerings/kols-skole",
            en: "\"{id}\" is not a record; it must be folder/id, such as offerings/copd-school",
        ),
        Target::Condition => say!(
            nn: "«{id}» står ikkje i lista over tilstandar i lmnet.toml",
            nb: "«{id}» står ikke i listen over tilstander i lmnet.toml",
            en: "\"{id}\" is not in the list of conditions in lmnet.toml",
        ),
        Target::Area => say!(
            nn: "nettverket har ikkje noko område «{id}»",
            nb: "nettverket har ikke noe område «{id}»",
            en: "the network has no area \"{id}\"",
        ),
    }
}

/// What to do about a reference to nothing: the ids that are near to it, or else what would make it right.
pub(super) fn remedy(target: Target, near: &[String]) -> Said {
    match near {
        [] => match target {
            Target::Record(kind) => {
                let folder = kind.word();
                say!(
                    nn: "lag posten i {folder}/, eller rett id-en",
                    nb: "lag posten i {folder}/, eller rett id-en",
                    en: "make the record in {folder}/, or correct the id",
                )
            }
            _ => say!(
                nn: "rett id-en, eller lag det han viser til",
                nb: "rett id-en, eller lag det den viser til",
                en: "correct the id, or make what it points to",
            ),
        },
        [one] => say!(nn: "meinte du «{one}»?", nb: "mente du «{one}»?", en: "did you mean \"{one}\"?"),
        several => {
            let (list, quoted) = (several.join("», «"), several.join("\", \""));
            say!(
                nn: "meinte du ein av desse: «{list}»?",
                nb: "mente du en av disse: «{list}»?",
                en: "did you mean one of these: \"{quoted}\"?",
            )
        }
    }
}

/// The ids nearest to what was written, which may also be the name that an id was made of.
fn suggestions(registry: &Registry, site: Site<'_>, trail: &Trail, link: Link<'_>, budget: &mut usize) -> Vec<String> {
    let mut near = |word: &str, ids: &mut dyn Iterator<Item = &str>| -> Vec<String> {
        let wanted = slug(word);
        let ids: Vec<&str> = ids.take(*budget).collect();
        *budget -= ids.len();
        nearest(&wanted, ids.into_iter(), SUGGESTED).into_iter().map(str::to_owned).collect()
    };
    match link.target {
        Target::Record(kind) => near(link.id, &mut registry.ids(kind)),
        Target::Body => near(link.id, &mut registry.ids(Kind::Organisation).chain(registry.ids(Kind::Network))),
        Target::Condition => near(link.id, &mut registry.manifest.condition.iter().map(|condition| &*condition.id)),
        Target::Area => {
            let networks = networks_of(registry, site, trail);
            near(link.id, &mut networks.iter().flat_map(|network| network.areas.iter().map(|area| &*area.id)))
        }
        Target::AnyRecord => {
            let (folder, id) = link.id.split_once('/').unwrap_or(("", link.id));
            let kinds: Vec<Kind> = Kind::from_word(folder).map_or_else(|| Kind::ALL.to_vec(), |kind| vec![kind]);
            let mut found: Vec<String> = kinds
                .into_iter()
                .flat_map(|kind| {
                    near(id, &mut registry.ids(kind)).into_iter().map(move |id| format!("{}/{id}", kind.word()))
                })
                .collect();
            found.truncate(SUGGESTED);
            found
        }
        Target::FocusArea | Target::Duty => {
            let (agreement, part) = link.id.split_once('/').unwrap_or((link.id, ""));
            let Some(found) = registry.agreements.get(agreement) else {
                let found = near(agreement, &mut registry.ids(Kind::Agreement));
                return found.into_iter().map(|id| format!("{id}/{part}")).collect();
            };
            let parts = if link.target == Target::Duty {
                near(part, &mut found.obligation.iter().map(|duty| &*duty.id))
            } else {
                near(part, &mut found.focus_areas.iter().map(|area| &*area.id))
            };
            parts.into_iter().map(|part| format!("{agreement}/{part}")).collect()
        }
    }
}

fn area_exists(registry: &Registry, site: Site<'_>, trail: &Trail, id: &str) -> bool {
    let networks = networks_of(registry, site, trail);
    networks.is_empty() || networks.iter().any(|network| registry.has_area(network, id))
}

/// The networks whose areas are meant where an area is named.
fn networks_of<'a>(registry: &'a Registry, site: Site<'_>, trail: &Trail) -> Vec<&'a Entry<Network>> {
    let body = match site.kind {
        Kind::Network => return registry.networks.get(site.id).into_iter().collect(),
        Kind::Member => {
            let Some(Step::Index(index)) = trail.path.0.get(1) else { return Vec::new() };
            registry.members.get(site.id).and_then(|member| member.appointment.get(*index)).map(|seat| seat.body.id())
        }
        Kind::Matter => {
            registry.matters.get(site.id).and_then(|matter| matter.network.as_ref().map(|network| network.id()))
        }
        _ => None,
    };
    let Some(body) = body else { return Vec::new() };
    if let Some(network) = registry.networks.get(body) {
        return vec![network];
    }
    // A body belongs to the networks that the agreement governs which set it up.
    let agreement = registry.organisations.get(body).and_then(|body| body.set_up_by.as_ref());
    let Some(agreement) = agreement else { return Vec::new() };
    let governs = |network: &&Entry<Network>| {
        network.governed_by.iter().any(|governing| governing.agreement == agreement.agreement)
    };
    registry.networks.iter().filter(governs).collect()
}

/// Keys that point to the past on purpose.
const PAST: [&str; 3] = ["succeeds", "replaces", "set-up-by"];

/// A reference must point to what was there on the dates of whoever refers to it. What holds from one day to another
/// must lie within the life of what it refers to; what merely happens must touch it.
fn outside_validity(registry: &Registry, site: Site<'_>, trail: &Trail, to: Pointed<'_>) -> Option<Diagnostic> {
    if !matches!(to.kind, Kind::Organisation | Kind::Network | Kind::Agreement) {
        return None;
    }
    if matches!(trail.path.0.first(), Some(Step::Key(key)) if PAST.contains(key)) {
        return None;
    }
    let life = registry.span(to.when);
    let (depth, own) = *trail.dates.last()?;
    let here = match own {
        // What happens has its own day, wherever it is told: a report about 2024 is sent in 2025.
        Dates::Held(..) => registry.span(own),
        _ => trail.dates.iter().map(|(_, dates)| registry.span(*dates)).fold(Span::default(), Span::and),
    };
    let lasting = depth > 0 && matches!(own, Dates::Validity(..));
    let early = matches!((here.from, life.from), (Some(here), Some(life)) if here < life);
    let late = life.to.is_some_and(|life| here.to.is_none_or(|here| here > life));
    if if lasting { !early && !late } else { here.meets(&life) } {
        return None;
    }
    Some(words(registry, site, trail, to, life, here))
}

fn words(registry: &Registry, site: Site<'_>, trail: &Trail, to: Pointed<'_>, life: Span, here: Span) -> Diagnostic {
    let id = to.id;
    let ended = life.to.filter(|end| here.from.is_none_or(|from| from > *end) || here.to.is_none_or(|to| to > *end));
    let (message, hint) = match (ended, life.from) {
        (Some(end), _) => (
            say!(
                nn: "«{id}» gjaldt til og med {end}, men er brukt her etter den dagen",
                nb: "«{id}» gjaldt til og med {end}, men er brukt her etter den dagen",
                en: "\"{id}\" ended on {end}, but is referred to here after that day",
            ),
            carry_on(registry, trail, id, end, here),
        ),
        (None, from) => {
            let from = from.unwrap_or_default();
            (
                say!(
                    nn: "«{id}» gjeld frå {from}, men er brukt her før den dagen",
                    nb: "«{id}» gjelder fra {from}, men er brukt her før den dagen",
                    en: "\"{id}\" exists from {from}, but is referred to here before that day",
                ),
                say!(
                    nn: "rett datoane, eller vis til den som var der då",
                    nb: "rett datoene, eller vis til den som var der da",
                    en: "correct the dates, or refer to the one that was there then",
                ),
            )
        }
    };
    Diagnostic::new(&rules::REFERENCE_OUTSIDE_VALIDITY, Place::key(site.file, trail.path.clone()), message)
        .hint(hint)
        .related(
            Place::key(to.file, crate::source::KeyPath::default().key(if ended.is_some() { "to" } else { "from" })),
            say!(nn: "datoen står her", nb: "datoen står her", en: "the date stands here"),
        )
}

/// The remedy for what outlives what it refers to: an end of its own, and then whoever carries on. All of those, since
/// a municipality may be split. What only happens has no end to set.
fn carry_on(registry: &Registry, trail: &Trail, id: &str, end: Date, here: Span) -> Said {
    let next = successors(registry, id, here);
    let (next, quoted) = (next.join("», «"), next.join("\", \""));
    let own = trail.dates.last().map(|(depth, dates)| (*depth > 0, *dates));
    let dated = match (own, trail.path.0.last()) {
        (Some((_, Dates::Held(..))), _) => None,
        // A bare id in a list has no place for an end; written as a table it has.
        (Some((true, Dates::Validity(..))), Some(Step::Key(key))) => Some(format!("{key} = \"{id}\", to = {end}")),
        _ => Some(format!("to = {end}")),
    };
    match (dated, next.is_empty()) {
        (Some(dated), false) => say!(
            nn: "skriv {dated}, og vis til «{next}», som tok over",
            nb: "skriv {dated}, og vis til «{next}», som tok over",
            en: "write {dated}, and refer to \"{quoted}\", which took over",
        ),
        (Some(dated), true) => say!(
            nn: "skriv {dated}, eller vis til den som gjeld no",
            nb: "skriv {dated}, eller vis til den som gjelder nå",
            en: "write {dated}, or refer to the one that is there now",
        ),
        (None, false) => say!(
            nn: "vis til «{next}», som tok over, eller rett datoen",
            nb: "vis til «{next}», som tok over, eller rett datoen",
            en: "refer to \"{quoted}\", which took over, or correct the date",
        ),
        (None, true) => say!(
            nn: "vis til den som var der då, eller rett datoen",
            nb: "vis til den som var der da, eller rett datoen",
            en: "refer to the one that was there then, or correct the date",
        ),
    }
}

/// Who carries on from an organisation at some time: of those that had ended themselves by then, again whoever carries on.
fn successors<'a>(registry: &'a Registry, id: &str, here: Span) -> Vec<&'a str> {
    let mut next: Vec<&str> = Vec::new();
    let mut ended = vec![id];
    let mut seen: HashSet<&str> = HashSet::from([id]);
    while let Some(id) = ended.pop() {
        for (organisation, _) in mandate::successors(registry, id) {
            let (id, life) = (&*organisation.id, registry.span(organisation.dates()));
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
