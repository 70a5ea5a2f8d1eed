//! Offerings of last year and this: participants, users' part in making them; needs that none answers; conditions that
//! both levels offer in one area.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::{Desk, Named, titled};
use crate::count::{Count, Sum, whole};
use crate::date::{Date, Span, When};
use crate::lang::Lang;
use crate::mandate::Found;
use crate::model::{CareLevel, Matter, MatterKind, MatterStatus, Offering, Organisation, Record};
use crate::names::Names;
use crate::read::{List, Ref, Target};
use crate::registry::Entry;
use crate::say;
use crate::sheet::Cell;
use crate::tally;

/// The offerings that count in a year, information meetings apart.
#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct OfferingYear {
    /// The year.
    pub year: i32,
    /// How many offerings count.
    pub offerings: usize,
    /// Their runs that have begun by the day.
    pub runs: usize,
    /// Their runs that begin later.
    pub runs_ahead: usize,
    /// Patients in the runs begun.
    pub patients: Total,
    /// Relatives.
    pub relatives: Total,
    /// Both together.
    pub participants: Total,
    /// How many information meetings count; they are no offerings here, and nobody counts who came.
    pub information_meetings: usize,
    /// Users' part in planning.
    pub planning: Involvement,
    /// Users' part in delivery.
    pub delivery: Involvement,
    /// Users' part in evaluation.
    pub evaluation: Involvement,
}

/// A sum with how much it leaves out.
#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Total {
    /// The sum.
    #[serde(flatten)]
    pub count: Count,
    /// How many counts are missing in it.
    pub not_recorded: usize,
    /// How many counts were asked.
    pub of: usize,
    #[serde(skip)]
    pub(super) sum: Sum,
}

/// Of how many offerings users had a part in making them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Involvement {
    /// Somebody had.
    pub somebody: usize,
    /// Nobody had.
    pub nobody: usize,
    /// The record does not say.
    pub not_stated: usize,
}

/// A need that no offering in its area, or in the network, answers.
#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Need {
    /// The matter.
    pub matter: Named,
    /// Who told of it.
    pub by: Vec<Named>,
    /// The area; the whole network, unless given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub area: Option<Named>,
    /// Since when.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub since: Option<String>,
    /// The conditions that nothing is offered for; none where the need names none and a person has to look.
    pub conditions: Vec<Named>,
    /// Offerings on these conditions that are not given in the area.
    pub elsewhere: Vec<Named>,
    #[serde(skip)]
    pub(super) opened: Option<When>,
}

/// A condition that the specialist and the municipal health service both offer something for in one area.
#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct BothLevels {
    /// The condition.
    pub condition: Named,
    /// The areas; the whole network where it has none.
    pub areas: Vec<Named>,
    /// Offerings of the specialist health service.
    pub specialist: Vec<Named>,
    /// Offerings of municipalities.
    pub municipal: Vec<Named>,
}

impl OfferingYear {
    /// Each figure with its name, in the order in which people read them; nothing stands for what there is none of.
    #[must_use]
    pub fn lines(&self, lang: Lang) -> Vec<(&'static str, String, String)> {
        let whole = |number: usize| Cell::whole(number, lang).text;
        let total = |total: &Total| if total.of == 0 { String::new() } else { total.sum.in_words(lang) };
        let part = |of: &Involvement| of.in_words(lang);
        vec![
            ("offerings", say!(lang, nn: "Tilbod", nb: "Tilbud", en: "Offerings"), whole(self.offerings)),
            ("runs", say!(lang, nn: "Gjennomføringar", nb: "Gjennomføringer", en: "Runs"), whole(self.runs)),
            (
                "runs-ahead",
                say!(lang, nn: "Gjennomføringar som kjem", nb: "Gjennomføringer som kommer", en: "Runs to come"),
                whole(self.runs_ahead),
            ),
            ("patients", say!(lang, nn: "Pasientar", nb: "Pasienter", en: "Patients"), total(&self.patients)),
            ("relatives", say!(lang, nn: "Pårørande", nb: "Pårørende", en: "Relatives"), total(&self.relatives)),
            (
                "participants",
                say!(lang, nn: "Deltakarar i alt", nb: "Deltakere i alt", en: "Participants in all"),
                total(&self.participants),
            ),
            (
                "information-meetings",
                say!(lang,
                    nn: "Informasjonsmøte, utanom",
                    nb: "Informasjonsmøter, utenom",
                    en: "Information meetings, besides",
                ),
                whole(self.information_meetings),
            ),
            (
                "planning",
                say!(lang,
                    nn: "Brukarar med i planlegginga",
                    nb: "Brukere med i planleggingen",
                    en: "Users involved in planning",
                ),
                part(&self.planning),
            ),
            (
                "delivery",
                say!(lang,
                    nn: "Brukarar med i gjennomføringa",
                    nb: "Brukere med i gjennomføringen",
                    en: "Users involved in delivery",
                ),
                part(&self.delivery),
            ),
            (
                "evaluation",
                say!(lang,
                    nn: "Brukarar med i evalueringa",
                    nb: "Brukere med i evalueringen",
                    en: "Users involved in evaluation",
                ),
                part(&self.evaluation),
            ),
        ]
    }
}

impl Involvement {
    /// `minst 9 av 12 (75 %), ikkje oppgitt: 2`
    fn in_words(&self, lang: Lang) -> String {
        let (somebody, missing) = (self.somebody, self.not_stated);
        let of = somebody + self.nobody + missing;
        if of == 0 {
            return String::new();
        }
        if missing == of {
            return say!(lang, nn: "ikkje oppgitt", nb: "ikke oppgitt", en: "not stated");
        }
        // Neither all nor none is said of what is only nearly so.
        let most = if somebody < of { 99 } else { 100 };
        let share = ((somebody * 100 + of / 2) / of).clamp(usize::from(somebody > 0), most);
        let [somebody, of] = [somebody, of].map(|number| whole(number, lang));
        if missing == 0 {
            return say!(lang,
                nn: "{somebody} av {of} ({share}\u{a0}%)", nb: "{somebody} av {of} ({share}\u{a0}%)", en: "{somebody} of {of} ({share}%)",
            );
        }
        let missing = whole(missing, lang);
        say!(lang,
            nn: "minst {somebody} av {of} ({share}\u{a0}%), ikkje oppgitt: {missing}",
            nb: "minst {somebody} av {of} ({share}\u{a0}%), ikke oppgitt: {missing}",
            en: "at least {somebody} of {of} ({share}%), not stated: {missing}",
        )
    }
}

impl Total {
    fn new(sum: Sum) -> Self {
        Self { count: sum.count(), not_recorded: sum.not_recorded(), of: sum.of, sum }
    }
}

impl Involvement {
    fn add(&mut self, who: Option<&List<Ref<Organisation>>>) {
        match who.filter(|who| who.is_given()) {
            None => self.not_stated += 1,
            Some(who) if who.is_empty() => self.nobody += 1,
            Some(_) => self.somebody += 1,
        }
    }
}

impl<'a> Desk<'_, 'a> {
    pub(super) fn offering_year(&self, year: i32) -> OfferingYear {
        let registry = self.mandates.registry;
        let semesters = registry.semesters();
        let (offerings, meetings): (Vec<_>, Vec<_>) = self
            .own_offerings()
            .filter(|offering| tally::counts_in(registry, offering, year))
            .partition(|offering| tally::has_participants(offering));
        let runs = offerings
            .iter()
            .flat_map(|offering| tally::runs_in(offering, year).map(move |run| (&offering.record, run)));
        let (begun, ahead): (Vec<_>, Vec<_>) = runs.partition(|(_, run)| run.start.first(&semesters) <= self.day);
        let sums = tally::Participants::of(begun.iter().copied());
        let [mut planning, mut delivery, mut evaluation] = [Involvement::default(); 3];
        for offering in &offerings {
            let involvement = offering.involvement.as_ref();
            planning.add(involvement.map(|involvement| &involvement.planning));
            delivery.add(involvement.map(|involvement| &involvement.delivery));
            evaluation.add(involvement.map(|involvement| &involvement.evaluation));
        }
        OfferingYear {
            year,
            offerings: offerings.len(),
            runs: begun.len(),
            runs_ahead: ahead.len(),
            patients: Total::new(sums.patients),
            relatives: Total::new(sums.relatives),
            participants: Total::new(sums.all),
            information_meetings: meetings.len(),
            planning,
            delivery,
            evaluation,
        }
    }

    fn own_offerings(&self) -> impl Iterator<Item = &'a Entry<Offering>> {
        let id = self.ground().id();
        self.mandates
            .registry
            .offerings
            .iter()
            .filter(move |offering| offering.network().is_some_and(|network| network.id() == id))
    }

    /// The offerings that people can come to these days: valid on the day and, where runs are recorded, with one this
    /// year, last year or later. Information meetings are none.
    pub(super) fn on_offer(&self) -> Vec<&'a Entry<Offering>> {
        let registry = self.mandates.registry;
        let day = Span { from: Some(self.day), to: Some(self.day) };
        let [last, _] = self.years();
        self.own_offerings()
            .filter(|offering| tally::has_participants(offering) && tally::touches(registry, offering.when(), &day))
            .filter(|offering| {
                let mut runs = offering.run.iter().filter(|run| tally::counts(run));
                offering.continuous || offering.run.is_empty() || runs.any(|run| run.start.year() >= last)
            })
            .collect()
    }

    /// The areas in which an offering is given: those of its organisers, of whom it is open to, and of the places of its
    /// runs. None where it is for the whole network.
    fn areas(&self, offering: &Entry<Offering>) -> BTreeSet<&'a str> {
        let registry = self.mandates.registry;
        let semesters = registry.semesters();
        let [last, _] = self.years();
        let ground = self.ground();
        let of = |organisation: &str, day| ground.area_of(registry, organisation, day);
        let mut areas: BTreeSet<&'a str> = BTreeSet::new();
        areas.extend(offering.organiser.iter().chain(&offering.open_to).filter_map(|id| of(id.id(), self.day)));
        for run in offering.run.iter().filter(|run| tally::counts(run) && run.start.year() >= last) {
            let place = run.municipality.as_ref();
            areas.extend(place.and_then(|place| of(place.id(), run.start.first(&semesters))));
        }
        areas
    }

    pub(super) fn needs(&self) -> Vec<Need> {
        let id = self.ground().id();
        let on_offer = self.on_offer();
        let matters = self.mandates.registry.matters.iter();
        let needs = matters.filter(|matter| matter.kind == MatterKind::Need && self.is_open(matter));
        let own = needs.filter(|matter| matter.network.as_ref().is_some_and(|network| network.id() == id));
        let mut needs: Vec<Need> = own.filter_map(|matter| self.need(matter, &on_offer)).collect();
        needs.sort_by_key(|need| need.opened.map(|opened| opened.first(&self.mandates.registry.semesters())));
        needs
    }

    pub(super) fn is_open(&self, matter: &Entry<Matter>) -> bool {
        is_open(matter, &self.names, self.day)
    }

    /// Nothing where something is offered.
    fn need(&self, matter: &'a Entry<Matter>, on_offer: &[&'a Entry<Offering>]) -> Option<Need> {
        let area = matter.area.as_ref().map(|area| area.id());
        let about = |condition: &str| {
            let condition = condition.to_owned();
            let about =
                move |offering: &&&'a Entry<Offering>| offering.condition.iter().any(|own| own.id() == condition);
            on_offer.iter().filter(about)
        };
        let here = |offering: &Entry<Offering>| area.is_none_or(|area| self.areas(offering).contains(area));
        let open: Vec<&str> = matter
            .condition
            .iter()
            .map(|condition| condition.id())
            .filter(|condition| !about(condition).any(|offering| here(offering)))
            .collect();
        if open.is_empty() && !matter.condition.is_empty() {
            return None;
        }
        let mut elsewhere: Vec<Named> = Vec::new();
        for offering in open.iter().flat_map(|condition| about(condition)) {
            let found = titled(&self.names, &Found::Offering(offering));
            if !elsewhere.contains(&found) {
                elsewhere.push(found);
            }
        }
        Some(Need {
            matter: titled(&self.names, &Found::Matter(matter)),
            by: matter.by.iter().map(|by| self.named(by.id())).collect(),
            area: area.map(|id| self.area(id)),
            since: matter.opened.map(|opened| opened.to_string()),
            conditions: open.into_iter().map(|id| self.condition(id)).collect(),
            elsewhere,
            opened: matter.opened,
        })
    }

    fn area(&self, id: &str) -> Named {
        Named { id: id.to_owned(), name: self.names.reference(Target::Area, id) }
    }

    fn condition(&self, id: &str) -> Named {
        Named { id: id.to_owned(), name: self.names.reference(Target::Condition, id) }
    }

    pub(super) fn both_levels(&self) -> Vec<BothLevels> {
        type Given<'a> = Vec<(&'a Entry<Offering>, BTreeSet<&'a str>)>;
        let all: BTreeSet<&str> = self.ground().network.areas.iter().map(|area| &*area.id).collect();
        let mut conditions: BTreeMap<&str, [Given<'a>; 2]> = BTreeMap::new();
        for offering in self.on_offer() {
            let level = match offering.care_level {
                Some(CareLevel::Specialist) => 0,
                Some(CareLevel::Municipal) => 1,
                _ => continue,
            };
            let areas = self.areas(offering);
            let areas = if areas.is_empty() { all.clone() } else { areas };
            for condition in &offering.condition {
                conditions.entry(condition.id()).or_default()[level].push((offering, areas.clone()));
            }
        }
        let mut found = Vec::new();
        for (condition, [specialist, municipal]) in conditions {
            let areas_of = |given: &Given<'a>| -> BTreeSet<&str> {
                given.iter().flat_map(|(_, areas)| areas.iter().copied()).collect()
            };
            let both: Vec<&str> = areas_of(&specialist).intersection(&areas_of(&municipal)).copied().collect();
            let without_areas = all.is_empty() && !specialist.is_empty() && !municipal.is_empty();
            if both.is_empty() && !without_areas {
                continue;
            }
            let there = |given: Given<'a>| {
                let here =
                    given.into_iter().filter(|(_, areas)| all.is_empty() || both.iter().any(|at| areas.contains(at)));
                here.map(|(offering, _)| titled(&self.names, &Found::Offering(offering))).collect()
            };
            found.push(BothLevels {
                condition: self.condition(condition),
                specialist: there(specialist),
                municipal: there(municipal),
                areas: both.into_iter().map(|area| self.area(area)).collect(),
            });
        }
        found
    }
}

/// Whether somebody has still to do something about a matter on the day. Where no day of closing is given, its status tells.
pub(super) fn is_open(matter: &Entry<Matter>, names: &Names<'_>, day: Date) -> bool {
    let semesters = names.registry.semesters();
    let begun = matter.opened.is_none_or(|opened| opened.first(&semesters) <= day);
    let over = [MatterStatus::Granted, MatterStatus::Refused, MatterStatus::Done, MatterStatus::CarriedOver];
    begun
        && match matter.closed {
            Some(closed) => closed.last(&semesters) > day,
            None => !matter.status.is_some_and(|status| over.contains(&status)),
        }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_is_neither_all_nor_none_of_what_is_only_nearly_so() {
        let share = |somebody, nobody| Involvement { somebody, nobody, not_stated: 0 }.in_words(Lang::En);
        assert_eq!(share(295, 1), "295 of 296 (99%)");
        assert_eq!(share(296, 0), "296 of 296 (100%)");
        assert_eq!(share(1, 299), "1 of 300 (1%)");
        assert_eq!(share(0, 300), "0 of 300 (0%)");
        assert_eq!(share(286, 1452), "286 of 1,738 (16%)");
    }
}
