//! Gathering: who owes each duty, on which days, and which records could show that it was met.

use std::collections::{BTreeMap, BTreeSet};

use hashbrown::HashMap;

use super::condition::{Asked, speaks_of};
use super::days::Days;
use super::ground::{self, Ground, Near, is_part_of};
use super::line::{By, Duty, Evidence, How, Line, Reported};
use super::record::Found;
use crate::date::{Date, When};
use crate::model::{Agreement, Kind, Obligation, Organisation, OrganisationKind, Owner, Receivers, Selection, Shows};
use crate::read::{Dates, Value};
use crate::registry::Registry;

/// Gathers the lines of all agreements.
pub(super) struct Gatherer<'g, 'a> {
    registry: &'a Registry,
    grounds: &'g [Ground<'a>],
    /// The records that concern each network, by kind; of the kinds that some duty asks for.
    records: Vec<Vec<Vec<Found<'a>>>>,
    asked: Vec<bool>,
    shows: HashMap<&'a str, Vec<(Found<'a>, &'a Shows)>>,
    answers: HashMap<&'a str, Vec<Reported<'a>>>,
    restated: HashMap<&'a str, Vec<Duty<'a>>>,
}

impl<'g, 'a> Gatherer<'g, 'a> {
    pub(super) fn new(registry: &'a Registry, grounds: &'g [Ground<'a>]) -> Self {
        let mut gatherer = Self {
            registry,
            grounds,
            records: grounds.iter().map(|_| vec![Vec::new(); Kind::ALL.len()]).collect(),
            asked: vec![false; Kind::ALL.len()],
            shows: HashMap::new(),
            answers: HashMap::new(),
            restated: HashMap::new(),
        };
        let near = Near::new(grounds);
        let obligations = registry.agreements.iter().flat_map(|agreement| agreement.obligation.iter());
        for kind in obligations.flat_map(|obligation| &*obligation.evidence).flat_map(|selection| &*selection.record) {
            gatherer.asked[kind.kind() as usize] = true;
        }
        for found in Found::all(registry) {
            gatherer.index(found, &near);
        }
        for agreement in &registry.agreements {
            for obligation in &agreement.obligation {
                if let Some(restated) = &obligation.restates {
                    gatherer.restated.entry(restated.id()).or_default().push(Duty { agreement, obligation });
                }
            }
        }
        gatherer
    }

    fn index(&mut self, found: Found<'a>, near: &Near<'_, 'a>) {
        if self.asked[found.kind() as usize] {
            for index in near.concerned(&found) {
                self.records[index][found.kind() as usize].push(found);
            }
        }
        for shows in found.remarks().shows {
            self.shows.entry(shows.duty.id()).or_default().push((found, shows));
        }
        if let Found::Report(report) = found {
            for (figure, answer) in
                report.figure.iter().enumerate().filter_map(|(at, figure)| Some((at, figure.answers.as_ref()?)))
            {
                let on = found.times(None).first().and_then(|(on, _)| *on);
                let since = on.map_or(Date::MIN, |on| on.first(&self.registry.semesters()));
                let reported = Reported { report: found, figure, period: answer.period, since };
                self.answers.entry(answer.duty.id()).or_default().push(reported);
            }
        }
    }

    /// The lines of an obligation; none for one that is owed for each record or says another again.
    pub(super) fn lines(&self, duty: Duty<'a>) -> Vec<Line<'a>> {
        let obligation = duty.obligation;
        if obligation.per.is_some() {
            return Vec::new();
        }
        let governed: Vec<usize> = (0..self.grounds.len())
            .filter(|index| self.grounds[*index].governed.contains_key(&*duty.agreement.id))
            .filter(|index| !self.is_told_elsewhere(obligation, *index))
            .collect();
        let has_form = obligation.every.is_some()
            || obligation.gap.is_some()
            || obligation.judged
            || !obligation.evidence.is_empty();
        if obligation.restates.is_some() && (governed.is_empty() || !has_form) {
            return Vec::new();
        }
        let candidates: Vec<(&Selection, Vec<(usize, Found<'a>)>)> =
            obligation.evidence.iter().map(|selection| (selection, self.candidates(selection, &governed))).collect();
        let path = duty.path();
        let mut lines: Vec<Line<'a>> = self
            .owners(duty, &governed)
            .into_iter()
            .map(|(by, (grounds, days))| {
                let mut tracked = Days::default();
                for index in &grounds {
                    tracked = tracked.or(&self.grounds[*index].tracked);
                }
                let receivers = self.receivers(duty, &grounds);
                let reported = self.answers.get(&*path).into_iter().flatten().copied();
                let reported = reported
                    .filter(|reported| grounds.iter().any(|index| self.grounds[*index].concerns(&reported.report)));
                let also = self.restated.get(&*path).into_iter().flatten().copied();
                let also = also.filter(|also| {
                    grounds.iter().any(|index| self.grounds[*index].governed.contains_key(&*also.agreement.id))
                });
                let excuses = grounds.iter().flat_map(|index| &self.grounds[*index].network.excuse);
                let excuses = excuses.filter(|excuse| {
                    duty.is(excuse.duty.id())
                        && (excuse.by.is_empty() || excuse.by.iter().any(|whose| by.ids.contains(&whose.id())))
                });
                Line {
                    duty,
                    also: also.collect(),
                    excuses: excuses.collect(),
                    reported: reported.collect(),
                    grounds,
                    by,
                    receivers,
                    days,
                    tracked,
                    evidence: Vec::new(),
                }
            })
            .collect();
        for line in &mut lines {
            line.evidence = self.evidence(line, &path, &candidates);
        }
        lines
    }

    /// Whether a network is governed by the agreement whose duty this one says again, so that it counts there.
    fn is_told_elsewhere(&self, obligation: &Obligation, index: usize) -> bool {
        obligation
            .restates
            .as_ref()
            .and_then(|restated| restated.id().split_once('/'))
            .is_some_and(|(agreement, _)| self.grounds[index].governed.contains_key(agreement))
    }

    /// Who owes a duty: for which networks, and on which days.
    fn owners(&self, duty: Duty<'a>, governed: &[usize]) -> BTreeMap<By<'a>, (Vec<usize>, Days)> {
        let (registry, agreement) = (self.registry, &duty.agreement.record);
        let span = registry.span(Dates::Validity(duty.obligation.from, duty.obligation.to));
        let of_duty = Days::of([span]).and(&ground::in_force(registry, agreement));
        let ground_days = |index: usize| {
            let ground = &self.grounds[index];
            ground.governed[&*duty.agreement.id].and(&ground.days).and(&of_duty)
        };
        let mut owners: BTreeMap<By<'a>, (Vec<usize>, Days)> = BTreeMap::new();
        let mut add = |by: By<'a>, index: Option<usize>, days: Days| {
            if days.is_empty() {
                return;
            }
            let (grounds, known) = owners.entry(by).or_default();
            grounds.extend(index);
            *known = known.or(&days);
        };
        let bodies = |ids: Vec<&'a str>, add: &mut dyn FnMut(By<'a>, Option<usize>, Days)| {
            let there = ids.iter().fold(Days::default(), |days, id| days.or(&ground::existence(registry, id)));
            let how = if ids.len() > 1 { How::Jointly } else { How::Alone };
            for index in governed {
                add(By { ids: ids.clone(), how }, Some(*index), ground_days(*index).and(&there));
            }
            if governed.is_empty() {
                add(By { ids, how }, None, of_duty.and(&there));
            }
        };
        match duty.obligation.by.as_ref().unwrap_or(&Owner::Network) {
            Owner::Body(body) => bodies(vec![body.id()], &mut add),
            Owner::Jointly(list) => bodies(list.iter().map(|body| body.id()).collect(), &mut add),
            Owner::Network => {
                for index in governed {
                    add(
                        By { ids: vec![self.grounds[*index].id()], how: How::Alone },
                        Some(*index),
                        ground_days(*index),
                    );
                }
            }
            Owner::JointlyParties => {
                for index in governed {
                    let mut ids: Vec<_> = self.grounds[*index].parties.iter().map(|party| party.id).collect();
                    ids.dedup();
                    let parties = self.grounds[*index].parties.iter();
                    let there = parties.fold(Days::default(), |days, party| days.or(&party.days));
                    add(By { ids, how: How::Parties }, Some(*index), ground_days(*index).and(&there));
                }
            }
            Owner::Each(kinds) => {
                for index in governed {
                    for (id, days) in self.of_kinds(*index, agreement, kinds) {
                        add(By { ids: vec![id], how: How::Alone }, Some(*index), days.and(&ground_days(*index)));
                    }
                }
            }
            Owner::Pair(kinds) => {
                let [a, b] = &**kinds else { return owners };
                for index in governed {
                    for (pair, days) in self.pairs(*index, agreement, *a, *b) {
                        add(By { ids: pair.into(), how: How::Pair }, Some(*index), days.and(&ground_days(*index)));
                    }
                }
            }
        }
        owners
    }

    fn of_kinds(&self, index: usize, agreement: &'a Agreement, kinds: &[OrganisationKind]) -> BTreeMap<&'a str, Days> {
        let (ground, registry) = (&self.grounds[index], self.registry);
        let mut found: BTreeMap<&str, Days> = BTreeMap::new();
        for kind in kinds {
            found.extend(ground.of_kind(registry, agreement, *kind));
        }
        if found.is_empty() {
            for kind in kinds {
                found.extend(ground.parts_of_kind(registry, agreement, *kind));
            }
        }
        found
    }

    /// The pairs of a network: those that catchments join, and all where no catchment is recorded.
    fn pairs(
        &self,
        index: usize,
        agreement: &'a Agreement,
        a: OrganisationKind,
        b: OrganisationKind,
    ) -> Vec<([&'a str; 2], Days)> {
        let registry = self.registry;
        let firsts = self.of_kinds(index, agreement, &[a]);
        let mut seconds = self.of_kinds(index, agreement, &[b]);
        if seconds.is_empty() {
            // Those who are no party belong by their catchment alone.
            let of_kind = registry
                .organisations
                .iter()
                .filter(|organisation| organisation.kind == b && !organisation.trust.is_empty());
            seconds
                .extend(of_kind.map(|organisation| (&*organisation.id, ground::existence(registry, &organisation.id))));
        }
        let mut pairs = Vec::new();
        for (first, there) in &firsts {
            for (second, also) in
                seconds.iter().filter(|(second, _)| if a == b { *second > first } else { *second != first })
            {
                let links = [(*first, *second), (*second, *first)].map(|(trust, of)| {
                    registry.organisations.get(of).filter(|of| !of.trust.is_empty()).map(|of| self.catchment(of, trust))
                });
                let joined = match links {
                    [None, None] => Days::all(),
                    links => links.into_iter().flatten().fold(Days::default(), |days, link| days.or(&link)),
                };
                let days = there.and(also).and(&joined);
                if !days.is_empty() {
                    pairs.push(([*first, *second], days));
                }
            }
        }
        pairs
    }

    /// The days on which an organisation lies in the catchment of a trust.
    fn catchment(&self, organisation: &Organisation, trust: &str) -> Days {
        let links = organisation.trust.iter().filter(|link| {
            let id = link.organisation.id();
            is_part_of(self.registry, id, trust, None) || is_part_of(self.registry, trust, id, None)
        });
        Days::of(links.map(|link| self.registry.span(link.dates())))
    }

    fn receivers(&self, duty: Duty<'a>, grounds: &[usize]) -> Vec<(&'a str, Days)> {
        match &duty.obligation.receiver {
            None => Vec::new(),
            Some(Receivers::Bodies(bodies)) => {
                let once = |at: &usize| !bodies[..*at].iter().any(|before| before == &bodies[*at]);
                let bodies = (0..bodies.len()).filter(once).map(|at| &bodies[at]);
                bodies.map(|body| (body.id(), ground::existence(self.registry, body.id()))).collect()
            }
            Some(Receivers::Each(kinds)) => {
                let mut each: BTreeMap<&str, Days> = BTreeMap::new();
                for index in grounds {
                    for (id, days) in self.of_kinds(*index, &duty.agreement.record, kinds) {
                        let known = each.entry(id).or_default();
                        *known = known.or(&days);
                    }
                }
                each.into_iter().collect()
            }
        }
    }

    /// The records that a selection can mean, whoever owes the duty.
    fn candidates(&self, selection: &Selection, governed: &[usize]) -> Vec<(usize, Found<'a>)> {
        let asked = Asked { registry: self.registry, selves: None, receiver: None, day: None };
        let fits = |found: &Found<'a>| selection.r#where.as_ref().is_none_or(|wanted| asked.matches(found, wanted));
        let mut candidates = Vec::new();
        for kind in selection.record.iter().map(|kind| kind.kind()) {
            for index in governed {
                // What no record of the network's own says of itself may say whose it is by its fields.
                let of_owner = selection.r#where.as_ref().is_some_and(|wanted| speaks_of(wanted, "self"));
                let of_all = kind == Kind::Agreement || kind == Kind::Organisation && of_owner;
                if of_all {
                    let all = Found::all(self.registry).filter(|found| found.kind() == kind && fits(found));
                    candidates.extend(all.map(|found| (*index, found)));
                } else {
                    let near = self.records[*index][kind as usize].iter().filter(|found| fits(found));
                    candidates.extend(near.map(|found| (*index, *found)));
                }
            }
        }
        candidates
    }

    fn evidence(
        &self,
        line: &Line<'a>,
        path: &str,
        candidates: &[(&'a Selection, Vec<(usize, Found<'a>)>)],
    ) -> Vec<Evidence<'a>> {
        let mut evidence = Vec::new();
        let mut seen = BTreeSet::new();
        for (selection, candidates) in candidates {
            for (_, found) in candidates.iter().filter(|(index, _)| line.grounds.contains(index)) {
                if seen.insert((found.kind(), found.id()))
                    && !self.show(line, found, selection.r#where.as_ref(), &mut evidence)
                {
                    seen.remove(&(found.kind(), found.id()));
                }
            }
        }
        for (found, shows) in self.shows.get(path).into_iter().flatten() {
            let whose = shows.by.is_empty()
                || shows
                    .by
                    .iter()
                    .any(|by| line.by.ids.iter().any(|own| is_part_of(self.registry, by.id(), own, None)));
            let near =
                found.network().is_none() || line.grounds.iter().any(|index| self.grounds[*index].concerns(found));
            if whose && near && seen.insert((found.kind(), found.id())) {
                self.add(line, found, None, &mut evidence);
            }
        }
        // What is known to have been early stands before what may have been late.
        evidence.sort_by_key(|evidence| (evidence.last, evidence.first, evidence.found.kind(), evidence.found.id()));
        evidence
    }

    /// Adds a record as evidence if it fits whoever owes. Says whether it did.
    fn show(
        &self,
        line: &Line<'a>,
        found: &Found<'a>,
        wanted: Option<&Value>,
        evidence: &mut Vec<Evidence<'a>>,
    ) -> bool {
        let fits = |selves: &[&str], receiver: Option<&str>, day: Option<Date>| {
            let asked = Asked { registry: self.registry, selves: Some(selves), receiver, day };
            wanted.is_none_or(|wanted| asked.matches_whose(found, wanted))
        };
        let day = self.registry.span(found.when()).from;
        let of_owner = |receiver: Option<&str>| match line.by.how {
            How::Pair => line.by.ids.iter().all(|id| fits(&[id], receiver, day)),
            _ => fits(&line.by.ids, receiver, day),
        };
        let asks_receiver = wanted.is_some_and(|wanted| speaks_of(wanted, "receiver"));
        let before = evidence.len();
        if !asks_receiver {
            if wanted.is_none_or(|wanted| !speaks_of(wanted, "self")) || of_owner(None) {
                self.add(line, found, None, evidence);
            }
        } else {
            for (receiver, _) in &line.receivers {
                if of_owner(Some(receiver)) {
                    self.add(line, found, Some(receiver), evidence);
                }
            }
        }
        evidence.len() > before
    }

    /// Adds a record as evidence at each time at which it shows something: for one receiver by what it says of them, else for
    /// each whom it was sent to.
    fn add(&self, line: &Line<'a>, found: &Found<'a>, of: Option<&'a str>, evidence: &mut Vec<Evidence<'a>>) {
        let semesters = self.registry.semesters();
        let mut push = |to: Option<&'a str>, times: Vec<(Option<When>, u32)>| {
            evidence.extend(times.into_iter().map(|(on, times)| Evidence {
                found: *found,
                on,
                first: on.map_or(Date::MIN, |on| on.first(&semesters)),
                last: on.map_or(Date::MAX, |on| on.last(&semesters)),
                times,
                to,
            }));
        };
        match of {
            Some(receiver) => push(Some(receiver), found.times(None)),
            None if line.receivers.is_empty() => push(None, found.times(None)),
            None => line.receivers.iter().for_each(|(receiver, _)| push(Some(receiver), found.times(Some(receiver)))),
        }
    }
}
