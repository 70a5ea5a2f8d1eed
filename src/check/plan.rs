//! Plans held against what is decided and what is there: `undecided-focus-area`, `idle-focus-area`, `undecided-offering`.

use hashbrown::{HashMap, HashSet};

use super::Found;
use crate::date::{Date, Span};
use crate::diagnostic::{Diagnostic, Place};
use crate::lang::Lang;
use crate::mandate::wording::some_of;
use crate::mandate::{Ground, Mandates, PerRecord, wholes};
use crate::model::{CareLevel, FocusArea, Offering, OrganisationKind, Plan, PlanKind, Strength};
use crate::read::{Link, Ref, Target, Value};
use crate::registry::{Entry, Registry, Resolved};
use crate::source::{FileId, KeyPath, Step};
use crate::{rules, say};

/// How many ids a message names.
const NAMED: usize = 5;

pub(super) fn check(registry: &Registry, mandates: &Mandates<'_>, owed: &[PerRecord<'_>], found: &mut Found) {
    let grounds: HashMap<&str, &Ground<'_>> = mandates.grounds.iter().map(|ground| (ground.id(), ground)).collect();
    let mut specialist = None;
    for plan in &registry.plans {
        let ground = plan.network.as_ref().and_then(|network| grounds.get(network.id()).copied());
        let ground = ground.filter(|ground| !ground.network.broken);
        let mut undecided = HashSet::new();
        if let Some(ground) = ground {
            focus_areas(registry, ground, plan, &mut undecided, found);
        }
        if plan.broken {
            continue;
        }
        if plan.kind.contains(&PlanKind::Action) {
            idle(registry, plan, &undecided, found);
        }
        if let Some(ground) = ground.filter(|_| plan.kind.contains(&PlanKind::Transfer)) {
            let specialist = specialist.get_or_insert_with(|| of_trusts(registry));
            let left = left_open(registry, ground, plan, specialist);
            if !left.is_empty() && !is_told(owed, plan.file) {
                found.push(undecided_offerings(plan, &left));
            }
        }
    }
}

/// The first and the last day of the years that a plan is for.
fn days(registry: &Registry, plan: &Plan) -> (Date, Date) {
    let span = registry.span(plan.dates());
    (span.from.unwrap_or(Date::MIN), span.to.unwrap_or(Date::MAX))
}

/// Focus areas that no agreement sets which governs the network in the years of the plan; each is told once.
fn focus_areas<'a>(
    registry: &Registry,
    ground: &Ground<'_>,
    plan: &'a Entry<Plan>,
    undecided: &mut HashSet<&'a str>,
    found: &mut Found,
) {
    let (first, last) = days(registry, plan);
    let governs = |agreement: &str| ground.governed.get(agreement).is_some_and(|days| days.meets(first, last));
    let of_plan = plan.focus_areas.iter().enumerate();
    let of_plan = of_plan.map(|(at, area)| (vec![Step::Key("focus-areas"), Step::Index(at)], area));
    let of_actions = plan.action.iter().enumerate().filter_map(|(at, action)| {
        let steps = vec![Step::Key("action"), Step::Index(at), Step::Key("focus-area")];
        action.focus_area.as_ref().map(|area| (steps, area))
    });
    for (steps, area) in of_plan.chain(of_actions) {
        let id = area.id();
        let link = Link { target: Target::FocusArea, id };
        // A reference to nothing has been reported as such.
        let Some((agreement, _)) = id.split_once('/').filter(|_| matches!(registry.resolve(link), Resolved::Part))
        else {
            continue;
        };
        if !governs(agreement) && undecided.insert(id) {
            let setting =
                registry.agreements.iter().filter(|there| !there.focus_areas.is_empty() && governs(&there.id));
            let decided: Vec<(FileId, String)> = setting
                .flat_map(|there| {
                    there.focus_areas.iter().map(|area| (there.file, format!("{}/{}", there.id, area.id)))
                })
                .collect();
            found.push(undecided_area(ground, plan, KeyPath(steps), area, agreement, &decided));
        }
    }
}

/// Whether there is such a focus area: a reference to nothing has been reported as such.
fn exists(registry: &Registry, area: &str) -> bool {
    matches!(registry.resolve(Link { target: Target::FocusArea, id: area }), Resolved::Part)
}

fn undecided_area(
    ground: &Ground<'_>,
    plan: &Entry<Plan>,
    path: KeyPath,
    area: &Ref<FocusArea>,
    agreement: &str,
    decided: &[(FileId, String)],
) -> Diagnostic {
    let (area, network, years) = (area.id(), ground.id(), years(plan));
    let message = say!(
        nn: "«{area}» er ikkje mellom satsingsområda som er vedtekne for {network} i {years}",
        nb: "«{area}» er ikke blant satsingsområdene som er vedtatt for {network} i {years}",
        en: "\"{area}\" is not among the strategy areas that are decided for {network} in {years}",
    );
    let ids: Vec<String> = decided.iter().map(|(_, id)| id.clone()).collect();
    let [nn, nb, en] = [Lang::Nn, Lang::Nb, Lang::En].map(|lang| some_of(&ids, NAMED, lang));
    let hint = if decided.is_empty() {
        say!(
            nn: "gjeld {agreement} for nettverket då, før avtalen opp i «governed-by»; elles ta området bort",
            nb: "gjelder {agreement} for nettverket da, før avtalen opp i «governed-by»; ellers ta området bort",
            en: "if {agreement} governs the network then, enter it under \"governed-by\"; otherwise remove the area",
        )
    } else {
        say!(
            nn: "vel mellom {nn}; eller gjeld {agreement} for nettverket då, før avtalen opp i «governed-by»",
            nb: "velg mellom {nb}; eller gjelder {agreement} for nettverket da, før avtalen opp i «governed-by»",
            en: "choose from {en}; or, if {agreement} governs the network then, enter it under \"governed-by\"",
        )
    };
    let (file, key, words) = match decided.first() {
        Some((file, _)) => (
            *file,
            "focus-areas",
            say!(nn: "her er områda vedtekne", nb: "her er områdene vedtatt", en: "the areas are decided here"),
        ),
        None => (
            ground.network.file,
            "governed-by",
            say!(nn: "desse avtalane styrer nettverket", nb: "disse avtalene styrer nettverket", en: "these agreements govern the network"),
        ),
    };
    Diagnostic::new(&rules::UNDECIDED_FOCUS_AREA, Place::key(plan.file, path), message)
        .hint(hint)
        .related(Place::key(file, KeyPath::default().key(key)), words)
}

/// Focus areas of an action plan that no action serves.
fn idle(registry: &Registry, plan: &Entry<Plan>, undecided: &HashSet<&str>, found: &mut Found) {
    for (at, area) in plan.focus_areas.iter().enumerate() {
        let id = area.id();
        let serves = plan.action.iter().any(|action| action.focus_area.as_ref() == Some(area));
        if serves || undecided.contains(id) || !exists(registry, id) {
            continue;
        }
        let message = say!(
            nn: "handlingsplanen har ingen tiltak for satsingsområdet «{id}»",
            nb: "handlingsplanen har ingen tiltak for satsingsområdet «{id}»",
            en: "the action plan has no action for the strategy area \"{id}\"",
        );
        let hint = say!(
            nn: "skriv focus-area = \"{id}\" i tiltaket som høyrer til området, eller ta området bort frå «focus-areas»",
            nb: "skriv focus-area = \"{id}\" i tiltaket som hører til området, eller ta området bort fra «focus-areas»",
            en: "write focus-area = \"{id}\" in the action that belongs to it, or remove the area from \"focus-areas\"",
        );
        let place = KeyPath(vec![Step::Key("focus-areas"), Step::Index(at)]);
        found.push(Diagnostic::new(&rules::IDLE_FOCUS_AREA, Place::key(plan.file, place), message).hint(hint));
    }
}

/// The specialist offerings of trusts and hospitals: by the network that counts them, or, without one, by who organises them
/// and all that those are part of.
fn of_trusts(registry: &Registry) -> HashMap<&str, Vec<&Entry<Offering>>> {
    let mut offerings: HashMap<&str, Vec<&Entry<Offering>>> = HashMap::new();
    for offering in &registry.offerings {
        if offering.care_level != Some(CareLevel::Specialist) {
            continue;
        }
        let near = |id| wholes(registry, id).into_iter().map(|(whole, _)| whole).chain([id]);
        let near: HashSet<&str> = offering.organiser.iter().flat_map(|organiser| near(organiser.id())).collect();
        let of_trust = |id: &&str| {
            let kind = registry.organisations.get(id).map(|organisation| organisation.kind);
            matches!(kind, Some(OrganisationKind::HealthTrust | OrganisationKind::Hospital))
        };
        if !near.iter().any(of_trust) {
            continue;
        }
        match &offering.network {
            Some(network) => offerings.entry(network.id()).or_default().push(offering),
            None => near.into_iter().for_each(|id| offerings.entry(id).or_default().push(offering)),
        }
    }
    offerings
}

/// The offerings of the network's trusts in the years of the plan about which it says nothing. What began after the plan was
/// adopted and sent, it could not know of.
fn left_open<'a>(
    registry: &Registry,
    ground: &Ground<'_>,
    plan: &Plan,
    specialist: &HashMap<&str, Vec<&'a Entry<Offering>>>,
) -> Vec<&'a Entry<Offering>> {
    let (first, last) = days(registry, plan);
    let parties = ground.parties.iter().filter(|party| party.days.meets(first, last)).map(|party| party.id);
    let semesters = registry.semesters();
    let settled = plan.decided.iter().map(|decision| decision.on).chain(plan.sent.iter().map(|sent| sent.on));
    let settled = settled.map(|when| when.last(&semesters)).max().unwrap_or(Date::MAX);
    let years = Span { from: Some(first), to: Some(last) };
    let mut open: Vec<&Entry<Offering>> = parties
        .chain([ground.id()])
        .flat_map(|id| specialist.get(id).into_iter().flatten().copied())
        .filter(|offering| {
            let life = registry.span(offering.dates());
            let told = |id: &str| *id == *offering.id;
            life.meets(&years)
                && life.from.is_none_or(|from| from <= settled)
                && !plan.remains_specialist.iter().any(|offering| told(offering.id()))
                && !plan.transfer.iter().any(|transfer| told(transfer.offering.id()))
        })
        .collect();
    open.sort_by(|a, b| a.id.cmp(&b.id));
    open.dedup_by(|a, b| a.id == b.id);
    open
}

/// Whether a duty has reported that the plan lacks its lists of offerings.
fn is_told(owed: &[PerRecord<'_>], plan: FileId) -> bool {
    let binding = |duty: &&PerRecord<'_>| !matches!(duty.duty.obligation.strength, Some(Strength::Aim | Strength::May));
    let records = owed.iter().filter(binding).flat_map(|duty| &duty.records);
    let lists = |lack: &&Value| matches!(lack, Value::Text(key) if matches!(&**key, "remains-specialist" | "transfer"));
    records.filter(|kept| kept.tracked && kept.found.file() == plan).any(|kept| kept.lacks.iter().any(lists))
}

fn undecided_offerings(plan: &Entry<Plan>, left: &[&Entry<Offering>]) -> Diagnostic {
    let ids: Vec<String> = left.iter().map(|offering| offering.id.to_string()).collect();
    let [nn, nb, en] = [Lang::Nn, Lang::Nb, Lang::En].map(|lang| some_of(&ids, NAMED, lang));
    let message = say!(
        nn: "overføringsplanen seier ikkje kva som skal skje med {nn}",
        nb: "overføringsplanen sier ikke hva som skal skje med {nb}",
        en: "the transfer plan does not say what is to become of {en}",
    );
    let hint = say!(
        nn: "før kvart tilbod opp i «remains-specialist» eller som [[transfer]]; er eit tilbod slutt, set «to» på det",
        nb: "før hvert tilbud opp i «remains-specialist» eller som [[transfer]]; er et tilbud slutt, sett «to» på det",
        en: "enter each offering under \"remains-specialist\" or as a [[transfer]]; if one has ended, give it a \"to\"",
    );
    let key = if plan.remains_specialist.is_given() { "remains-specialist" } else { "kind" };
    let place = Place::key(plan.file, KeyPath::default().key(key));
    let diagnostic = Diagnostic::new(&rules::UNDECIDED_OFFERING, place, message).hint(hint).parts(ids);
    match left.first() {
        Some(offering) => diagnostic.related(
            Place::key(offering.file, KeyPath::default().key("care-level")),
            say!(
                nn: "dette tilbodet høyrer til spesialisthelsetenesta",
                nb: "dette tilbudet hører til spesialisthelsetjenesten",
                en: "this offering belongs to the specialist health service",
            ),
        ),
        None => diagnostic,
    }
}

/// `2025`, `2025–2027`
fn years(plan: &Plan) -> String {
    let first = plan.year.0;
    plan.until.filter(|until| until.0 > first).map_or_else(|| first.to_string(), |until| format!("{first}–{}", until.0))
}
