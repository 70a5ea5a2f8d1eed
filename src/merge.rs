//! Mergers of organisations: what the registry says otherwise from the day on which one carries on from several.
//!
//! Those that are gone get their last day. What one carries on from another, and whatever holds of the old ones for a time
//! (parts, owners, parties of networks and agreements), ends with them and begins for the new one. Who sits where, who does
//! what and who holds an offering is for people to decide.

mod condition;

use std::collections::BTreeMap;

use chrono::Days;

use crate::compose::Draft;
use crate::date::{Date, Span};
use crate::edit::{Edit, edited, with_part};
use crate::lang::Said;
use crate::model::{Kind, Organisation, OrganisationKind, Record as _};
use crate::read::{Dates, FieldInfo, Seen};
use crate::registry::{Entry, Registry, fields_of_kind};
use crate::say;
use crate::source::{FileId, Step};
use crate::tally;

/// A merger.
#[derive(Debug)]
pub struct Merger<'r> {
    registry: &'r Registry,
    /// Those that are there before.
    before: Vec<&'r Entry<Organisation>>,
    into: &'r str,
    on: Date,
}

/// What is to be written into one file.
#[derive(Debug, Default)]
pub struct Changes {
    edits: Vec<Edit>,
    parts: Vec<(&'static str, Vec<Edit>)>,
}

/// What is only known of the organisation that comes of a merger by being told.
#[derive(Debug, Default)]
pub struct New<'n> {
    /// Its name.
    pub name: Option<&'n str>,
    /// Its municipality code.
    pub code: Option<&'n str>,
    /// Its number in the national register.
    pub number: Option<&'n str>,
}

impl<'r> Merger<'r> {
    /// The merger of organisations into one from a day on, which may be one of them.
    ///
    /// # Errors
    ///
    /// When one of them is not there on the day before, or `into` is there only later.
    pub fn new(
        registry: &'r Registry,
        before: Vec<&'r Entry<Organisation>>,
        into: &'r str,
        on: Date,
    ) -> Result<Self, Said> {
        let day_before = Span { from: Some(last_day(on)), to: Some(last_day(on)) };
        for organisation in &before {
            if !tally::touches(registry, organisation.when(), &day_before) {
                let (id, day) = (&organisation.id, last_day(on));
                return Err(say!(
                    nn: "{id}: organisasjonen finst ikkje {day}, dagen før samanslåinga",
                    nb: "{id}: organisasjonen finnes ikke {day}, dagen før sammenslåingen",
                    en: "{id}: the organisation is not there on {day}, the day before the merger",
                ));
            }
        }
        let there = registry.organisations.get(into);
        let on_day = Span { from: Some(on), to: Some(on) };
        if there.is_some_and(|there| !tally::touches(registry, there.when(), &on_day)) {
            return Err(say!(
                nn: "{into}: organisasjonen finst ikkje {on}",
                nb: "{into}: organisasjonen finnes ikke {on}",
                en: "{into}: the organisation is not there on {on}",
            ));
        }
        let merger = Self { registry, before, into, on };
        if merger.gone().next().is_none() {
            return Err(say!(
                nn: "{into} kan ikkje slåast saman med seg sjølv; nemn dei andre òg",
                nb: "{into} kan ikke slås sammen med seg selv; nevn de andre også",
                en: "{into} cannot be merged with itself; name the others too",
            ));
        }
        merger.kind()?;
        Ok(merger)
    }

    /// Those that there are no longer from the day on.
    pub fn gone(&self) -> impl Iterator<Item = &'r Entry<Organisation>> {
        self.before.iter().copied().filter(|organisation| &*organisation.id != self.into)
    }

    /// What is to be written into the files that are there.
    #[must_use]
    pub fn changes(&self) -> BTreeMap<FileId, Changes> {
        let mut changes: BTreeMap<FileId, Changes> = BTreeMap::new();
        for organisation in self.gone() {
            let own = &mut changes.entry(organisation.file).or_default().edits;
            own.push(Edit::set("to", last_day(self.on)));
            let open = organisation.codes.iter().enumerate().filter(|(_, code)| code.to.is_none());
            own.extend(open.map(|(at, _)| Edit::set(&format!("codes[{at}].to"), last_day(self.on))));
        }
        if let Some(into) = self.registry.organisations.get(self.into) {
            let known = |id: &str| into.succeeds.iter().any(|succession| succession.organisation.id() == id);
            let own = changes.entry(into.file).or_default();
            own.parts.extend(self.gone().filter(|gone| !known(&gone.id)).map(|gone| self.succession(gone)));
        }
        for (file, list) in self.lists() {
            self.hand_over(&list, changes.entry(file).or_default());
        }
        changes
    }

    /// The networks in which the old ones were in several areas, or in others than the new one is.
    #[must_use]
    pub fn without_area(&self) -> Vec<&'r str> {
        let lists = self.lists();
        let of_new = |list: &DatedList| {
            let network = self.registry.networks.get(&list.id);
            let parties = network.into_iter().flat_map(|network| network.parties.iter());
            let own = parties.filter(|party| party.organisation.id() == self.into && list.has_new);
            own.map(|party| party.area.as_ref().map(|area| area.id())).collect::<Vec<_>>()
        };
        let unsure = lists.iter().filter(|(_, list)| {
            let old = self.areas(list);
            old.len() > 1 || (list.has_new && old != of_new(list))
        });
        unsure.filter_map(|(_, list)| self.registry.networks.get(&list.id)).map(|network| &*network.id).collect()
    }

    /// Seats and obligations of agreements in force on the day that name one that is gone, conditions included, as
    /// agreement/id.
    #[must_use]
    pub fn demands(&self) -> Vec<String> {
        let gone: Vec<&str> = self.gone().map(|gone| &*gone.id).collect();
        let on_day = Span { from: Some(self.on), to: Some(self.on) };
        let mut found: Vec<String> = Vec::new();
        self.registry.walk(|site, trail, seen| {
            let (Seen::Reference(link), [Step::Key(list), Step::Index(at), ..]) = (seen, &trail.path.0[..]) else {
                return;
            };
            let Some(agreement) = self.registry.agreements.get(site.id).filter(|_| site.kind == Kind::Agreement) else {
                return;
            };
            let part = match *list {
                "seat" => agreement.seat.get(*at).map(|seat| &*seat.id),
                "obligation" => agreement.obligation.get(*at).map(|duty| &*duty.id),
                _ => None,
            };
            let named = gone.contains(&link.id) && tally::touches(self.registry, agreement.when(), &on_day);
            if let Some(part) = part.filter(|_| named) {
                let path = format!("{}/{part}", site.id);
                if !found.contains(&path) {
                    found.push(path);
                }
            }
        });
        let in_force = self.registry.agreements.iter().filter(|one| tally::touches(self.registry, one.when(), &on_day));
        for agreement in in_force {
            let named = agreement.obligation.iter().filter(|obligation| condition::names(obligation, &gone));
            for path in named.map(|obligation| format!("{}/{}", agreement.id, &*obligation.id)) {
                if !found.contains(&path) {
                    found.push(path);
                }
            }
        }
        found
    }

    /// The text of the organisation that comes of the merger, if it has none yet.
    ///
    /// # Errors
    ///
    /// When what is told of it does not fit.
    pub fn text(&self, new: &New<'_>) -> Result<String, Said> {
        let kind = self.kind()?;
        let from = Edit::set("from", self.on);
        let told = [("name", new.name), ("number", new.number)];
        let told = told.into_iter().filter_map(|(key, value)| Some(Edit::set(key, value?)));
        let language = self.before[0].language.filter(|own| self.before.iter().all(|one| one.language == Some(*own)));
        let language = language.map(|language| Edit::set("language", language.word()));
        let mut conditions: Vec<String> = Vec::new();
        for condition in self.before.iter().flat_map(|organisation| organisation.condition.iter()) {
            if !conditions.iter().any(|known| known == condition.id()) {
                conditions.push(condition.id().to_owned());
            }
        }
        let conditions = (!conditions.is_empty()).then(|| Edit { key: "condition".to_owned(), to: Some(conditions) });
        let told = told.chain(conditions);
        let edits = told.chain([Edit::set("kind", kind.word()), from.clone()]).chain(language).collect();
        let text = Draft::new(self.registry, Kind::Organisation, edits).text()?;
        let mut changes = Changes::default();
        if let Some(code) = new.code {
            changes.parts.push(("codes", vec![Edit::set("code", code), from.clone()]));
        }
        changes.parts.extend(self.gone().map(|gone| self.succession(gone)));
        for (list, whole) in self.wholes() {
            changes.parts.push((list, vec![Edit::set("organisation", whole), from.clone()]));
        }
        changes.made(&text, &fields_of_kind(Kind::Organisation))
    }

    /// What all of them are.
    fn kind(&self) -> Result<OrganisationKind, Said> {
        let all = self.before.iter().copied().chain(self.registry.organisations.get(self.into));
        let mut kinds: Vec<OrganisationKind> = all.map(|organisation| organisation.kind).collect();
        kinds.dedup();
        match kinds[..] {
            [kind] => Ok(kind),
            _ => Err(say!(
                nn: "organisasjonane er ikkje av same slag («kind»), og kan ikkje bli éin",
                nb: "organisasjonene er ikke av samme slag («kind»), og kan ikke bli én",
                en: "the organisations are not of one kind (\"kind\"), and cannot become one",
            )),
        }
    }

    fn succession(&self, gone: &Entry<Organisation>) -> (&'static str, Vec<Edit>) {
        ("succeeds", vec![Edit::set("organisation", &gone.id), Edit::set("on", self.on)])
    }

    /// What all of them are a part of or in the catchment of, the day before.
    fn wholes(&self) -> Vec<(&'static str, &'r str)> {
        let day = Span { from: Some(last_day(self.on)), to: Some(last_day(self.on)) };
        let of = |organisation: &'r Entry<Organisation>| -> Vec<(&'static str, &'r str)> {
            let lists = [("part-of", &organisation.part_of), ("trust", &organisation.trust)];
            let held = lists.into_iter().flat_map(|(list, wholes)| wholes.iter().map(move |whole| (list, whole)));
            let held = held.filter(|(_, whole)| tally::touches(self.registry, whole.dates(), &day));
            held.map(|(list, whole)| (list, whole.organisation.id())).collect()
        };
        let mut wholes = self.before.iter().map(|organisation| of(organisation));
        let first = wholes.next().unwrap_or_default();
        wholes.fold(first, |common, other| common.into_iter().filter(|whole| other.contains(whole)).collect())
    }

    /// The lists that say of one that is gone that it holds for a time, each with the parts that do so.
    fn lists(&self) -> Vec<(FileId, DatedList)> {
        let gone: Vec<&str> = self.gone().map(|gone| &*gone.id).collect();
        let mut found: BTreeMap<(FileId, &'static str), DatedList> = BTreeMap::new();
        self.registry.walk(|site, trail, seen| {
            let (Seen::Reference(link), &[Step::Key(list), Step::Index(at), Step::Key(key)]) =
                (seen, &trail.path.0[..])
            else {
                return;
            };
            let (2, dates) = trail.dates.last().copied().unwrap_or_default() else { return };
            // What has ended itself by then, says nothing of the new order.
            let of_record = trail.dates.iter().find(|(depth, _)| *depth == 0);
            if of_record.is_some_and(|(_, dates)| self.registry.span(*dates).to.is_some_and(|to| to < self.on)) {
                return;
            }
            let lasts = matches!(site.kind, Kind::Organisation | Kind::Network | Kind::Agreement);
            if lasts && matches!(dates, Dates::Validity(..)) && matches!(key, "organisation" | "body") {
                let new = || DatedList {
                    list,
                    key,
                    kind: site.kind,
                    id: site.id.to_owned(),
                    parts: Vec::new(),
                    has_new: false,
                };
                let known = found.entry((site.file, list)).or_insert_with(new);
                let span = self.registry.span(dates);
                if gone.contains(&link.id)
                    && span.from.is_none_or(|from| from < self.on)
                    && span.to.is_none_or(|to| to >= self.on)
                {
                    known.parts.push(at);
                }
                known.has_new |= link.id == self.into && span.to.is_none_or(|to| to >= self.on);
            }
        });
        found.into_iter().filter(|(_, list)| !list.parts.is_empty()).map(|((file, _), list)| (file, list)).collect()
    }

    /// What holds of the old ones ends with them, and begins for the new one.
    fn hand_over(&self, list: &DatedList, changes: &mut Changes) {
        for at in &list.parts {
            changes.edits.push(Edit::set(&format!("{}[{at}].to", list.list), last_day(self.on)));
        }
        if !list.has_new {
            let mut part = vec![Edit::set(list.key, self.into)];
            if let [Some(area)] = self.areas(list)[..] {
                part.push(Edit::set("area", area));
            }
            part.push(Edit::set("from", self.on));
            changes.parts.push((list.list, part));
        }
    }

    /// The areas of a network that the old ones were in.
    fn areas(&self, list: &DatedList) -> Vec<Option<&'r str>> {
        let is_parties = list.kind == Kind::Network && list.list == "parties";
        let network = self.registry.networks.get(&list.id).filter(|_| is_parties);
        let parties = list.parts.iter().filter_map(|at| network?.parties.get(*at));
        let mut areas: Vec<_> = parties.map(|party| party.area.as_ref().map(|area| area.id())).collect();
        areas.sort_unstable();
        areas.dedup();
        areas
    }
}

/// A list of what holds for a time.
struct DatedList {
    kind: Kind,
    /// The record that it stands in.
    id: String,
    list: &'static str,
    /// The key under which a part names whom it is about.
    key: &'static str,
    /// The parts about those that are gone.
    parts: Vec<usize>,
    /// Whether it says the same of the new one already.
    has_new: bool,
}

impl Changes {
    /// The text of a file with these keys, changed.
    ///
    /// # Errors
    ///
    /// When the text is no TOML.
    pub fn made(&self, text: &str, fields: &[FieldInfo]) -> Result<String, Said> {
        let changed = edited(text, fields, &self.edits)?;
        self.parts.iter().try_fold(changed, |text, (list, part)| with_part(&text, fields, list, false, part))
    }
}

/// The last day of what there was before.
fn last_day(on: Date) -> Date {
    on.checked_sub_days(Days::new(1)).unwrap_or(on)
}
