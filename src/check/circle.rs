//! `circular-reference`: what is a part of itself, stands under itself or carries on from itself, by way of others.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::Found;
use crate::date::Span;
use crate::diagnostic::{Diagnostic, Place};
use crate::model::{Kind, Obligation};
use crate::read::{Dates, Trail};
use crate::registry::{Registry, Site};
use crate::source::Step;
use crate::spelling::quoted;
use crate::{rules, say};

/// How many links may be followed in all; more are only there where somebody wants it.
const STEPS: usize = 1_000_000;

/// How many of a circle are named.
const NAMED: usize = 5;

/// References that lead upwards or back, and must never return. Each key is looked at by itself: whoever is housed by its
/// own part is no part of itself.
const KEYS: [&str; 9] =
    ["part-of", "owners", "hosted-by", "succeeds", "under", "replaces", "compiles", "restates", "continues"];

/// A record or, after its agreement, a duty.
type Node<'a> = (&'a str, &'a str);

/// That one refers to another.
struct Link<'a> {
    from: Node<'a>,
    to: Node<'a>,
    /// The days on which it surely does.
    days: Span,
    place: Place,
}

/// The links of all records, by kind and key.
#[derive(Default)]
pub(super) struct Links<'a>(BTreeMap<(Kind, &'static str), Vec<Link<'a>>>);

impl<'a> Links<'a> {
    /// Puts down a reference if it is of those that must not return.
    pub(super) fn note(&mut self, registry: &'a Registry, site: Site<'a>, trail: &Trail, to: &'a str) {
        let path = &trail.path.0;
        let kinds = [Kind::Organisation, Kind::Agreement, Kind::Report, Kind::Matter];
        let Some(Step::Key(first)) = path.first().filter(|_| kinds.contains(&site.kind)) else { return };
        let of_duty = *first == "obligation";
        let Some(Step::Key(key)) = path.get(if of_duty { 2 } else { 0 }) else { return };
        if !KEYS.contains(key) {
            return;
        }
        let at = match path.get(1) {
            Some(Step::Index(at)) => *at,
            _ => 0,
        };
        // Whoever was carried on as a whole is gone. A part may be split off and come back.
        let part =
            || registry.organisations.get(site.id).is_some_and(|from| from.succeeds.get(at).is_some_and(|to| to.part));
        if *key == "succeeds" && part() {
            return;
        }
        let (from, to) = if of_duty {
            let duty = registry.agreements.get(site.id).and_then(|agreement| agreement.obligation.get(at));
            let Some((duty, to)) = duty.zip(to.split_once('/')) else { return };
            ((site.id, &*duty.id), to)
        } else {
            ((site.id, ""), (to, ""))
        };
        let days = match trail.dates.last() {
            Some((depth, Dates::Validity(from, to))) if *depth > 0 && !of_duty => {
                Span::sure(*from, *to, &registry.semesters())
            }
            _ => Span::default(),
        };
        let place = Place::key(site.file, trail.path.clone());
        self.0.entry((site.kind, *key)).or_default().push(Link { from, to, days, place });
    }

    /// Takes in the links of other records.
    pub(super) fn absorb(&mut self, other: Self) {
        for (key, links) in other.0 {
            self.0.entry(key).or_default().extend(links);
        }
    }

    /// Reports every circle once.
    pub(super) fn check(self, found: &mut Found) {
        let mut steps = STEPS;
        for mut links in self.0.into_values() {
            // What leads nowhere or comes from nowhere is in no circle. As a rule nothing is left then.
            drop_ends(&mut links, |link| link.from, |link| link.to);
            drop_ends(&mut links, |link| link.to, |link| link.from);
            circles(&links, &mut steps, found);
        }
    }
}

/// Drops the links from whose ends no other link begins, until none is left.
fn drop_ends<'a>(links: &mut Vec<Link<'a>>, from: fn(&Link<'a>) -> Node<'a>, to: fn(&Link<'a>) -> Node<'a>) {
    let mut leaving: HashMap<Node<'_>, usize> = HashMap::new();
    let mut coming: HashMap<Node<'_>, Vec<Node<'_>>> = HashMap::new();
    for link in &*links {
        *leaving.entry(from(link)).or_default() += 1;
        leaving.entry(to(link)).or_default();
        coming.entry(to(link)).or_default().push(from(link));
    }
    let mut ends: Vec<Node<'_>> = leaving.iter().filter(|(_, count)| **count == 0).map(|(node, _)| *node).collect();
    while let Some(end) = ends.pop() {
        for before in coming.remove(&end).unwrap_or_default() {
            let count = leaving.entry(before).or_default();
            *count -= 1;
            if *count == 0 {
                ends.push(before);
            }
        }
    }
    links.retain(|link| leaving[&to(link)] > 0);
}

/// Goes from each node that is in no known circle, along links that have days in common, until it is back.
fn circles(links: &[Link<'_>], steps: &mut usize, found: &mut Found) {
    let mut leaving: BTreeMap<Node<'_>, Vec<usize>> = BTreeMap::new();
    for (at, link) in links.iter().enumerate() {
        leaving.entry(link.from).or_default().push(at);
    }
    let mut told: HashSet<Node<'_>> = HashSet::new();
    for start in leaving.keys() {
        if told.contains(start) {
            continue;
        }
        if let Some(circle) = circle_from(*start, links, &leaving, steps) {
            let circle: Vec<&Link<'_>> = circle.into_iter().map(|at| &links[at]).collect();
            told.extend(circle.iter().map(|link| link.from));
            found.push(say_circle(&circle));
        }
    }
}

/// The shortest way from a node back to it, as links.
fn circle_from(
    start: Node<'_>,
    links: &[Link<'_>],
    leaving: &BTreeMap<Node<'_>, Vec<usize>>,
    steps: &mut usize,
) -> Option<Vec<usize>> {
    // Each place that was reached: by which link, from which place before, and on which days.
    let mut reached: Vec<(usize, Option<usize>, Span)> = Vec::new();
    let mut been: HashMap<Node<'_>, Vec<Span>> = HashMap::new();
    let mut next = 0;
    let (mut here, mut from, mut days) = (start, None, Span::default());
    loop {
        for at in leaving.get(&here).into_iter().flatten() {
            *steps = steps.checked_sub(1)?;
            let link = &links[*at];
            let days = days.and(link.days);
            if days.is_empty() {
                continue;
            }
            if link.to == start {
                let mut circle = vec![*at];
                while let Some(before) = from {
                    let (at, earlier, _) = reached[before];
                    circle.push(at);
                    from = earlier;
                }
                circle.reverse();
                return Some(circle);
            }
            let been = been.entry(link.to).or_default();
            if !been.iter().any(|earlier| days.and(*earlier) == days) {
                been.push(days);
                reached.push((*at, from, days));
            }
        }
        let (at, _, on) = *reached.get(next)?;
        (here, from, days) = (links[at].to, Some(next), on);
        next += 1;
    }
}

fn say_circle(circle: &[&Link<'_>]) -> Diagnostic {
    let name =
        |(record, duty): Node<'_>| if duty.is_empty() { quoted(record) } else { quoted(&format!("{record}/{duty}")) };
    let mut names: Vec<String> = circle.iter().take(NAMED).map(|link| name(link.from)).collect();
    if circle.len() > NAMED {
        names.push("…".to_owned());
    }
    names.push(name(circle[0].from));
    let way = names.join(" → ");
    let message = say!(
        nn: "referansane går i ring: {way}",
        nb: "referansene går i ring: {way}",
        en: "the references run in a circle: {way}",
    );
    let hint = say!(
        nn: "eitt av ledda er feil: sjå i kjelda kva som kom fyrst eller står øvst, og ta bort eller dater den referansen som ikkje stemmer",
        nb: "ett av leddene er feil: se i kilden hva som kom først eller står øverst, og ta bort eller dater den referansen som ikke stemmer",
        en: "one of them is wrong: look at the source for what came first or stands highest, and remove or date the reference that is not true",
    );
    let diagnostic = Diagnostic::new(&rules::CIRCULAR_REFERENCE, circle[0].place.clone(), message).hint(hint);
    match circle.get(1) {
        Some(next) => diagnostic.related(
            next.place.clone(),
            say!(nn: "herfrå går det vidare", nb: "herfra går det videre", en: "from here it goes on"),
        ),
        None => diagnostic,
    }
}

/// Whether a duty restates itself by way of others.
pub(super) fn restates_itself(registry: &Registry, agreement: &str, duty: &Obligation) -> bool {
    const LONGEST: usize = 100;
    let mut here = duty.restates.as_ref().map(|to| to.id());
    for _ in 0..LONGEST {
        let Some((there, part)) = here.and_then(|to| to.split_once('/')) else { return false };
        if (there, part) == (agreement, &*duty.id) {
            return true;
        }
        let next =
            registry.agreements.get(there).and_then(|there| there.obligation.iter().find(|duty| *duty.id == *part));
        here = next.and_then(|next| next.restates.as_ref()).map(|to| to.id());
    }
    false
}
