//! How duties and seats stand on a day, beside the network, agreement or organisation that they are about.

mod page;
mod seats;
mod state;

use serde_json::Value;

use super::View;
use crate::date::day_words;
use crate::document::Block;
use crate::mandate::{Duty, Found, Mandates};
use crate::model::{Agreement, Kind};
use crate::names::Names;
use crate::registry::Entry;
use crate::{say, tally};
use page::Page;
use state::{Stand, State, each_record, states, states_of};

/// What is known of the duties and seats of a record.
#[derive(Debug, Default)]
pub(super) struct Beside {
    /// For people.
    pub(super) blocks: Vec<Block>,
    /// For machines, by key.
    pub(super) fields: Vec<(&'static str, Value)>,
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
    states.extend(each_record(mandates, view.today, Some(at), &|_| true));
    states.sort_by_key(|state| state.order());
    let mut seats = seats::of(mandates, view.today, &|line| line.grounds.contains(&at));
    seats.sort_by_key(seats::Fold::order);
    let mut page = Page::new(view, &names);
    page.duties("duties", heading_duties(view), &states);
    page.seats(mandates, &seats);
    let (empty, tracked) = (states.is_empty() && seats.is_empty(), mandates.grounds[at].tracked.holds(view.today));
    if !empty && !tracked {
        let day = day_words(view.today, view.lang);
        page.document.paragraph(say!(view.lang,
            nn: "{day} ligg utanfor registreringsperiodane til nettverket («tracked»), så det som ikkje står i registeret, er ikkje rekna som forsømt.",
            nb: "{day} ligger utenfor registreringsperiodene til nettverket («tracked»), så det som ikke står i registeret, regnes ikke som forsømt.",
            en: "{day} lies outside the tracked periods of the network, so what the registry does not hold is not counted as neglected.",
        ));
    }
    page.done()
}

fn agreement(mandates: &Mandates<'_>, view: &View<'_>, entry: &Entry<Agreement>) -> Beside {
    let names = Names { registry: view.registry, lang: view.lang };
    let of_duty = |duty: &Duty<'_>| duty.agreement.id == entry.id;
    let mut found = states(mandates, view.today, &|line| of_duty(&line.duty));
    found.extend(each_record(mandates, view.today, None, &|_| true).into_iter().filter(|state| of_duty(&state.duty)));
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
        ordered.push(State { duty, also: Vec::new(), networks, stand, counted_in, reached: false });
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
    let mut owed = states_of(mandates, view.today, &|line| line.by.ids.iter().any(|owner| is_own(owner)), &|one| {
        one.by.ids.iter().any(|owner| is_own(owner))
    });
    let of_own = |found: &Found<'_>| found.owners().into_iter().any(is_own);
    let each = each_record(mandates, view.today, None, &of_own);
    owed.extend(each.into_iter().filter(|state| !state.has_no_record()));
    owed.sort_by_key(|state| state.order());
    let mut owed_to =
        states_of(mandates, view.today, &|line| line.receivers.iter().any(|(to, _)| is_own(to)), &|one| {
            one.to.iter().any(|to| is_own(to))
        });
    for state in &mut owed_to {
        state.reached = state.first().is_some_and(|first| {
            first.status.is_open() && first.evidence.iter().any(|evidence| evidence.to.is_some_and(is_own))
        });
    }
    owed_to.sort_by_key(|state| state.order());
    let mut seats = seats::of(mandates, view.today, &|line| seats::is_of(line, id, view.today, &is_own));
    seats.sort_by_key(seats::Fold::order);
    let mut page = Page::new(view, &names);
    page.duties("owed", heading_duties(view), &owed);
    page.duties(
        "owed-to",
        say!(view.lang, nn: "Det andre skal levere hit, per {day}", nb: "Det andre skal levere hit, per {day}", en: "What others owe it, as of {day}"),
        &owed_to,
    );
    page.seats(mandates, &seats);
    page.done()
}

fn heading_duties(view: &View<'_>) -> String {
    let day = day_words(view.today, view.lang);
    say!(view.lang, nn: "Plikter per {day}", nb: "Plikter per {day}", en: "Duties as of {day}")
}
