//! How duties and seats stand on a day, beside the network, agreement or organisation that they are about.

mod seats;

use serde_json::{Map, Value, json};

use super::View;
use crate::date::{Date, day_words};
use crate::document::{Block, Document};
use crate::lang::Lang;
use crate::mandate::folded::{age, standing_of_all};
use crate::mandate::wording::{distance, listed};
use crate::mandate::{Duty, Evidence, Found, Line, Mandates, Occurrence, PerRecord, Status};
use crate::model::{Agreement, Kind, Obligation, Owner};
use crate::names::Names;
use crate::registry::Entry;
use crate::say;
use crate::sheet::{Cell, Column, Sheet};
use crate::tally;

/// More of a wording than this does not fit beside the rest.
const WORDING: usize = 110;

/// More records than these are counted rather than named.
const NAMED: usize = 4;

/// What is known of the duties and seats of a record.
#[derive(Debug, Default)]
pub(super) struct Beside {
    /// For people.
    pub(super) blocks: Vec<Block>,
    /// For machines, by key.
    pub(super) fields: Vec<(&'static str, Value)>,
}

/// A duty as it stands on a day, over all who owe it here.
struct State<'a> {
    duty: Duty<'a>,
    also: Vec<Duty<'a>>,
    networks: Vec<&'a str>,
    stand: Stand<'a>,
    /// Where it is counted instead, for a duty that says another one again.
    counted_in: Option<String>,
}

enum Stand<'a> {
    /// One occurrence for each who owes it: the one that matters on the day.
    Owed(Vec<Occurrence<'a>>),
    /// Owed for each record: how many have what they must, how many there are, which of them lack something.
    EachRecord { hold: usize, of: usize, lacking: Vec<Found<'a>>, unrecorded: usize },
    /// Nobody owes it on the day.
    Idle,
}

/// What stands beside a record of this kind; nothing for kinds that have no duties or seats.
pub(super) fn beside(view: &View<'_>, kind: Kind, id: &str) -> Beside {
    match kind {
        Kind::Network => network(&Mandates::new(view.registry), view, id),
        Kind::Agreement => match view.registry.agreements.get(id) {
            Some(entry) => agreement(&Mandates::new(view.registry), view, entry),
            None => Beside::default(),
        },
        Kind::Organisation => organisation(&Mandates::new(view.registry), view, id),
        _ => Beside::default(),
    }
}

fn network(mandates: &Mandates<'_>, view: &View<'_>, id: &str) -> Beside {
    let names = Names { registry: view.registry, lang: view.lang };
    let Some(at) = mandates.grounds.iter().position(|ground| ground.id() == id) else { return Beside::default() };
    let mut states = states(mandates, view.today, &|line| line.grounds.contains(&at));
    states.extend(each_record(mandates, view.today, &|duty| duty.grounds.contains(&at).then_some(at), &|_| true));
    states.sort_by_key(|state| state.order());
    let mut seats = seats::of(mandates, view.today, &|line| line.grounds.contains(&at));
    seats.sort_by_key(seats::Fold::order);
    let mut page = Page::new(view, &names);
    page.duties("duties", heading_duties(view), &states);
    page.seats(mandates, &seats);
    if !(states.is_empty() && seats.is_empty()) && !mandates.grounds[at].tracked.holds(view.today) {
        let day = day_words(view.today, view.lang);
        page.document.paragraph(say!(view.lang,
            nn: "For {day} er det ikkje ført noko for dette nettverket («tracked»), så det som ikkje står i registeret, er ikkje rekna som forsømt.",
            nb: "For {day} er det ikke ført noe for dette nettverket («tracked»), så det som ikke står i registeret, regnes ikke som forsømt.",
            en: "Nothing was tracked for this network on {day}, so what the registry does not hold is not counted as neglected.",
        ));
    }
    page.done()
}

fn agreement(mandates: &Mandates<'_>, view: &View<'_>, entry: &Entry<Agreement>) -> Beside {
    let names = Names { registry: view.registry, lang: view.lang };
    let of_duty = |duty: &Duty<'_>| duty.agreement.id == entry.id;
    let mut found = states(mandates, view.today, &|line| of_duty(&line.duty));
    let with_ground = |duty: &PerRecord<'_>| of_duty(&duty.duty).then(|| duty.grounds[0]);
    found.extend(each_record(mandates, view.today, &with_ground, &|_| true));
    let mut ordered = Vec::new();
    for obligation in &entry.obligation {
        let own = found.iter().position(|state| std::ptr::eq(state.duty.obligation, obligation));
        if let Some(own) = own {
            ordered.push(found.swap_remove(own));
            continue;
        }
        let duty = Duty { agreement: entry, obligation };
        let here = |other: &Duty<'_>| std::ptr::eq(other.obligation, obligation);
        let told = states(mandates, view.today, &|line| line.also.iter().any(here)).pop();
        let counted_in = obligation.restates.as_ref().map(|restated| restated.id().to_owned());
        let (stand, networks) = told.map_or((Stand::Idle, Vec::new()), |told| (told.stand, told.networks));
        ordered.push(State { duty, also: Vec::new(), networks, stand, counted_in });
    }
    let seats = seats::of(mandates, view.today, &|line| line.of.agreement.id == entry.id);
    let mut page = Page::new(view, &names);
    page.governs(mandates, &entry.id);
    page.duties("duties", heading_duties(view), &ordered);
    page.seats(mandates, &seats);
    page.done()
}

fn organisation(mandates: &Mandates<'_>, view: &View<'_>, id: &str) -> Beside {
    let names = Names { registry: view.registry, lang: view.lang };
    let is_own = |other: &str| tally::is_part_of(view.registry, other, id, None);
    let day = day_words(view.today, view.lang);
    let mut owed = states(mandates, view.today, &|line| line.by.ids.iter().any(|owner| is_own(owner)));
    owed.extend(each_record(mandates, view.today, &|duty| Some(duty.grounds[0]), &|found| {
        found.owners().into_iter().any(is_own)
    }));
    owed.sort_by_key(|state| state.order());
    let mut owed_to = states(mandates, view.today, &|line| line.receivers.iter().any(|(to, _)| is_own(to)));
    owed_to.sort_by_key(|state| state.order());
    let mut seats = seats::of(mandates, view.today, &|line| seats::is_of(line, id, view.today, &is_own));
    seats.sort_by_key(seats::Fold::order);
    let mut page = Page::new(view, &names);
    page.duties(
        "owed",
        say!(view.lang, nn: "Skal gjere, per {day}", nb: "Skal gjøre, per {day}", en: "Owes, as of {day}"),
        &owed,
    );
    page.duties(
        "owed-to",
        say!(view.lang, nn: "Skal få frå andre, per {day}", nb: "Skal få fra andre, per {day}", en: "Is owed, as of {day}"),
        &owed_to,
    );
    page.seats(mandates, &seats);
    page.done()
}

fn heading_duties(view: &View<'_>) -> String {
    let day = day_words(view.today, view.lang);
    say!(view.lang, nn: "Plikter per {day}", nb: "Plikter per {day}", en: "Duties as of {day}")
}

/// The duties of the lines that are meant, each as it stands on the day.
fn states<'a>(mandates: &Mandates<'a>, day: Date, meant: &dyn Fn(&Line<'a>) -> bool) -> Vec<State<'a>> {
    let mut found: Vec<State<'a>> = Vec::new();
    for line in mandates.lines.iter().filter(|line| meant(line)) {
        let Some(current) = mandates.current(line, day) else { continue };
        let networks = mandates.ids(&line.grounds);
        let same = found.last_mut().filter(|state| std::ptr::eq(state.duty.obligation, line.duty.obligation));
        if let Some(State { stand: Stand::Owed(all), networks: known, .. }) = same {
            all.push(current);
            known.extend(networks);
            known.sort_unstable();
            known.dedup();
            continue;
        }
        let stand = Stand::Owed(vec![current]);
        found.push(State { duty: line.duty, also: line.also.clone(), networks, stand, counted_in: None });
    }
    found
}

/// The duties that are owed for each record: of the ground that is meant, and only those records.
fn each_record<'a>(
    mandates: &Mandates<'a>,
    day: Date,
    meant: &dyn Fn(&PerRecord<'a>) -> Option<usize>,
    of_whom: &dyn Fn(&Found<'a>) -> bool,
) -> Vec<State<'a>> {
    let mut found = Vec::new();
    for per in mandates.per_record() {
        let Some(ground) = meant(&per) else { continue };
        let only = per.grounds.iter().all(|index| meant(&per) == Some(*index));
        let mut kept: Vec<_> = per.on(mandates.registry, only.then_some(ground), day).collect();
        kept.retain(|kept| of_whom(&kept.found) && (only || kept.grounds.iter().any(|at| per.grounds.contains(at))));
        let lacking = kept.iter().filter(|kept| !kept.lacks.is_empty());
        let (tracked, untracked): (Vec<_>, Vec<_>) = lacking.partition(|kept| kept.tracked);
        let stand = Stand::EachRecord {
            hold: kept.len() - tracked.len() - untracked.len(),
            of: kept.len(),
            lacking: tracked.iter().map(|kept| kept.found).collect(),
            unrecorded: untracked.len(),
        };
        let networks = mandates.ids(&per.grounds);
        found.push(State { duty: per.duty, also: Vec::new(), networks, stand, counted_in: None });
    }
    found
}
