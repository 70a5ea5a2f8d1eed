//! `unknown-reference` and `reference-outside-validity`: references to nothing, and to what was not there then.

mod validity;

use std::cell::OnceCell;

use super::Found;
use super::named::Named;
use crate::diagnostic::{At, Diagnostic, Edit, Fix, Place};
use crate::lang::Said;
use crate::model::{Kind, Network};
use crate::read::{Link, Target, Trail};
use crate::registry::{Entry, Registry, Resolved, Site, slug};
use crate::source::Step;
use crate::spelling::{did_you_mean, nearest, quoted};
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
    validity: validity::Check,
}

impl<'a> Check<'a> {
    pub(super) fn new() -> Self {
        Self { budget: SUGGESTIONS, named: OnceCell::new(), validity: validity::Check::default() }
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
                found.extend(self.validity.check(registry, site, trail, to));
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
    did_you_mean(near).unwrap_or_else(|| match target {
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
    })
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
