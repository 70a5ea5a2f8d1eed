//! Duties, seats and coverage of the year: how each duty stood, which seats were filled, how many have what they should.

use std::collections::{BTreeSet, HashSet};

use serde::Serialize;

use super::{Audience, Desk};
use crate::count::Count;
use crate::date::day_words;
use crate::mandate::folded::{standing_for_all_to_read, standing_of_all};
use crate::mandate::wording::{quoted, role, seat, sources, wording};
use crate::mandate::{Duty, Found, Occurrence, PerRecord, SeatStatus, Status};
use crate::model::{Kind, Strength};
use crate::names::capital;
use crate::report::coverage::{self, Chair, DutyYear, NetworkYear, RecordYear, SeatYear};
use crate::say;

/// What the network was obliged to, and what it did of that.
#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Commitments {
    /// The day on which it is told; nothing once no day can change it any more.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub as_of: Option<String>,
    /// Whether evidence was kept in the year, or a part of it.
    pub tracked: bool,
    /// The duties of which something is known, those with deadlines first, by how they stand.
    pub duties: Vec<DutyLine>,
    /// Duties not met, which only the network itself is told of one by one.
    pub withheld: usize,
    /// Duties that a person has to judge.
    pub judged: usize,
    /// Duties of which nothing is recorded.
    pub not_recorded: usize,
    /// The day on which the seats are counted: the last of the year, or the day on which it is told.
    pub seats_on: String,
    /// The bodies with their seats.
    pub bodies: Vec<BodyLine>,
    /// Of those who each owe a duty or should have a seat, how many.
    pub coverage: Vec<CoverageLine>,
}

/// A duty in a period.
#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct DutyLine {
    /// As agreement/duty.
    pub duty: String,
    /// The duties that say the same again.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub also: Vec<String>,
    /// Its wording.
    pub text: String,
    /// The agreements and clauses that it stands in.
    pub clauses: Vec<String>,
    /// How binding it is.
    pub strength: &'static str,
    /// Who owes it, to whom.
    pub who: String,
    /// The period; nothing for a duty without deadlines.
    pub period: Option<String>,
    /// The same for machines.
    pub period_code: Option<String>,
    /// How it stands; of several who owe it, the worst; nothing for one that is owed for each record.
    pub status: Option<&'static str>,
    /// How it stands, in words.
    pub standing: String,
    /// The records that show it, or that it is owed for.
    #[serde(skip)]
    pub records: Vec<String>,
    /// The language of the wording, where it is another one than the report's.
    #[serde(skip)]
    pub lang: Option<&'static str>,
}

/// A body with its seats.
#[derive(Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct BodyLine {
    /// The body's id.
    pub id: String,
    /// Its name.
    pub body: String,
    /// How many hold a seat in it.
    pub filled: usize,
    /// How many more must.
    pub vacant: usize,
    /// The seats that are vacant.
    pub vacancies: Vec<String>,
    /// Those who hold the others.
    #[serde(skip)]
    pub records: Vec<String>,
}

/// A duty or seat of many.
#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct CoverageLine {
    /// As agreement/duty or agreement/seat.
    pub path: String,
    /// What it is.
    pub text: String,
    /// For whom, and for which period.
    pub who: String,
    /// How many have it.
    pub done: usize,
    /// Of how many.
    pub of: usize,
    /// Of how many nothing is recorded.
    pub not_recorded: usize,
    /// What was published instead: how many, and of how many.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reported: Option<(Count, Option<u32>)>,
    /// How many of how many, in words.
    pub share: String,
    /// The records that show it.
    #[serde(skip)]
    pub records: Vec<String>,
    /// The language of the text, where it is another one than the report's.
    #[serde(skip)]
    pub lang: Option<&'static str>,
}

impl Commitments {
    /// Whether nothing is known.
    pub(super) fn is_bare(&self) -> bool {
        self.duties.is_empty() && self.bodies.is_empty() && self.coverage.is_empty()
    }

    /// Whether there is something to tell, be it that nothing is known of what was owed.
    pub(super) fn is_told(&self) -> bool {
        !self.is_bare() || self.withheld + self.judged + self.not_recorded > 0
    }
}

impl<'a> Desk<'a> {
    pub(super) fn commitments(&self, owed: &[PerRecord<'a>]) -> Commitments {
        let at = self.mandates.grounds.iter().position(|ground| ground.id() == &*self.network.id);
        let year = coverage::of_network(self.mandates, owed, at.unwrap_or_default(), self.day, self.year);
        let tracked = year.tracked;
        let running = |one: &Occurrence<'a>| one.status.is_open() || one.status == Status::NotMet;
        let open = year.on == self.day || year.duties.iter().flat_map(|duty| &duty.all).any(running);
        let (duties, withheld) = self.duties(&year);
        Commitments {
            as_of: open.then(|| day_words(self.day, self.lang)),
            tracked,
            duties,
            withheld,
            judged: year.judged.len(),
            not_recorded: year.unrecorded_duties(),
            seats_on: day_words(year.on, self.lang),
            bodies: if tracked { self.bodies_with_seats(&year) } else { Vec::new() },
            coverage: self.covered(&year),
        }
    }

    /// The duties of which something is known, and how many are left out since the public is not told of them.
    fn duties(&self, year: &NetworkYear<'a>) -> (Vec<DutyLine>, usize) {
        let known = |duty: &&DutyYear<'a>| match duty.period {
            Some(_) => !duty.is_unrecorded(),
            None => year.tracked && duty.all.iter().any(|one| !one.evidence.is_empty()),
        };
        let unmet = |duty: &&DutyYear<'a>| self.is_withheld(duty);
        let (unmet, mut duties): (Vec<&DutyYear<'a>>, Vec<_>) = year.duties.iter().filter(known).partition(unmet);
        duties.sort_by_key(|duty| (duty.period.is_none(), worst(duty), duty.all[0].due));
        let mut lines: Vec<DutyLine> = duties.into_iter().map(|duty| self.duty(duty)).collect();
        if year.tracked {
            lines.extend(year.records.iter().map(|records| self.records(records)));
        }
        (lines, unmet.len())
    }

    /// Whether a duty was not met, of which the public is not told.
    fn is_withheld(&self, duty: &DutyYear<'a>) -> bool {
        self.audience == Audience::Public && matches!(worst(duty), Status::Overdue | Status::NotMet)
    }

    fn duty(&self, duty: &DutyYear<'a>) -> DutyLine {
        let all: Vec<&Occurrence<'a>> = duty.all.iter().collect();
        let mut standing = match (duty.period, self.audience) {
            (None, Audience::Public) => standing_for_all_to_read(&all, &self.names),
            _ => standing_of_all(&all, &self.names),
        };
        if let Some(figure) = duty.reported {
            standing = format!("{standing}; {}", coverage::published(figure, self.lang));
        }
        let begun = all.iter().filter(|one| one.status != Status::Upcoming);
        for missing in begun.filter_map(|one| one.parts_missing(&self.names)) {
            standing = format!("{standing}; {missing}");
        }
        if duty.period.is_none() {
            let newest = all.iter().filter_map(|one| one.evidence.first()).max_by_key(|evidence| evidence.last);
            if let Some(evidence) = newest {
                let title = self.names.title(evidence.found.kind(), evidence.found.id());
                let on = evidence.on.map(|on| on.words(self.lang));
                let title = on.map_or_else(|| title.clone(), |on| format!("{title}, {on}"));
                standing = say!(self.lang,
                    nn: "{standing}; nyast: {title}", nb: "{standing}; nyest: {title}", en: "{standing}; newest: {title}",
                );
            }
        }
        let each = coverage::each(duty, &self.names);
        DutyLine {
            who: capital(&each.unwrap_or_else(|| coverage::owed(all[0], &self.names))),
            period: duty.period.map(|period| period.words(self.lang)),
            period_code: duty.period.map(|period| period.code()),
            status: Some(worst(duty).word()),
            standing: capital(&standing),
            records: evidence(duty),
            ..self.line(&duty.duty, duty.also())
        }
    }

    fn records(&self, records: &RecordYear<'a>) -> DutyLine {
        let share = coverage::record_share(records, self.lang);
        DutyLine {
            who: coverage::each_record(records, self.lang),
            period: Some(self.year.to_string()),
            period_code: Some(self.year.to_string()),
            standing: say!(self.lang, nn: "Oppfylt for {share}", nb: "Oppfylt for {share}", en: "Met for {share}"),
            records: records.holding.iter().chain(&records.lacking).map(Found::path).collect(),
            ..self.line(&records.duty, &[])
        }
    }

    /// What a duty is; not yet how it stands.
    fn line(&self, duty: &Duty<'a>, also: &[Duty<'a>]) -> DutyLine {
        DutyLine {
            duty: duty.path(),
            also: also.iter().map(Duty::path).collect(),
            text: wording(duty, self.lang),
            clauses: sources(duty, also, &self.names),
            strength: duty.obligation.strength.unwrap_or(Strength::Shall).word(),
            who: String::new(),
            period: None,
            period_code: None,
            status: None,
            standing: String::new(),
            records: Vec::new(),
            lang: duty.language(self.lang),
        }
    }

    /// The bodies that have seats on the last day, the network itself first.
    fn bodies_with_seats(&self, year: &NetworkYear<'a>) -> Vec<BodyLine> {
        let mut found: Vec<BodyLine> = Vec::new();
        for of in &year.seats {
            let id = of.of.seat.body.id();
            let there = of.chairs.iter().filter(|chair| chair.on == year.on);
            let (mut filled, mut vacant) = (0, 0);
            for chair in there.clone() {
                filled += chair.held;
                vacant += if chair.status == SeatStatus::Vacant { chair.min - chair.filled } else { 0 };
            }
            if filled + vacant == 0 {
                continue;
            }
            let at = found.iter().position(|known| known.id == id).unwrap_or_else(|| {
                let (id, body) = (id.to_owned(), self.names.body_in(id, self.year));
                found.push(BodyLine { id, body, filled: 0, vacant: 0, vacancies: Vec::new(), records: Vec::new() });
                found.len() - 1
            });
            let records = std::mem::take(&mut found[at].records);
            found[at].records = distinct(records.into_iter().chain(members(there)));
            found[at].filled += filled;
            found[at].vacant += vacant;
            if vacant > 0 {
                found[at].vacancies.push(self.vacancy(of, vacant));
            }
        }
        found.sort_by_key(|line| line.id != *self.network.id);
        found
    }

    /// `Leiar`; of several `Kontaktperson: Bokn og Etne`.
    fn vacancy(&self, of: &SeatYear<'a>, vacant: usize) -> String {
        let role = capital(&role(of.of.role, self.lang));
        match &coverage::lacking(of, &self.names)[..] {
            [] if vacant == 1 => role,
            [] => format!("{role} ({vacant})"),
            lacking => {
                let lacking = crate::report::deadlines::some_names(lacking, self.lang);
                format!("{role}: {lacking}")
            }
        }
    }

    fn covered(&self, year: &NetworkYear<'a>) -> Vec<CoverageLine> {
        let known = |duty: &&DutyYear<'a>| match duty.period {
            Some(_) => duty.is_of_each() && !duty.is_unrecorded(),
            None => duty.is_of_each() && year.tracked && duty.all.iter().any(|one| !one.evidence.is_empty()),
        };
        let told = |duty: &&DutyYear<'a>| known(duty) && !self.is_withheld(duty);
        let duties = year.duties.iter().filter(told).map(|duty| {
            let (done, of) = duty.share();
            let who = coverage::each(duty, &self.names).unwrap_or_default();
            let period = match duty.period {
                Some(period) => period.words(self.lang),
                None => Status::Standing.label().get(self.lang).to_owned(),
            };
            CoverageLine {
                path: duty.duty.path(),
                text: quoted(&coverage::beginning(&wording(&duty.duty, self.lang)), self.lang),
                who: format!("{}, {period}", capital(&who)),
                done,
                of,
                not_recorded: duty.unrecorded(),
                reported: duty.reported.map(|figure| (figure.value.0.clone(), figure.of)),
                share: coverage::done(duty, self.lang),
                records: evidence(duty),
                lang: duty.duty.language(self.lang),
            }
        });
        let mut found: Vec<CoverageLine> = duties.collect();
        let seats = year.seats.iter().filter(|of| year.tracked && of.of.seat.each.is_some() && of.chairs.len() > 1);
        found.extend(seats.filter(|of| of.strength() != Strength::May && !of.is_unrecorded()).map(|of| {
            let (done, all) = of.share();
            let unknown = of.chairs.iter().filter(|chair| chair.status == SeatStatus::NotRecorded).count();
            CoverageLine {
                path: of.of.path(),
                text: seat(&of.of, &self.names),
                who: self.repeated(of),
                done,
                of: all,
                not_recorded: unknown,
                reported: None,
                share: coverage::out_of(done, all, self.lang),
                records: members(of.chairs.iter()),
                lang: None,
            }
        }));
        found
    }

    /// What a seat is repeated for: the kinds of those whom it is for, or the areas.
    fn repeated(&self, of: &SeatYear<'a>) -> String {
        let ids = of.chairs.iter().filter_map(|chair| chair.of);
        let kinds: BTreeSet<_> =
            ids.filter_map(|id| self.registry.organisations.get(id)).map(|organisation| organisation.kind).collect();
        let labels: Vec<&str> = kinds.into_iter().map(|kind| kind.label().get(self.lang)).collect();
        if labels.is_empty() {
            return say!(self.lang, nn: "Område", nb: "Område", en: "Area");
        }
        capital(&labels.join(", "))
    }
}

/// Of all who owe a duty, how it stands with the one with whom it stands worst.
fn worst(duty: &DutyYear<'_>) -> Status {
    duty.all.iter().map(|one| one.status).min().unwrap_or(Status::Standing)
}

/// The records that show how a duty stands, by path.
fn evidence(duty: &DutyYear<'_>) -> Vec<String> {
    let shown = duty.all.iter().flat_map(|one| &one.evidence).map(|evidence| &evidence.found);
    distinct(shown.chain(&duty.reported_in).map(Found::path))
}

/// Those who sit there, by path.
fn members<'c, 'a: 'c>(chairs: impl Iterator<Item = &'c Chair<'a>>) -> Vec<String> {
    let members = chairs.flat_map(|chair| &chair.members);
    distinct(members.map(|member| format!("{}/{member}", Kind::Member.word())))
}

/// Each once, in the order of the first.
fn distinct(paths: impl Iterator<Item = String>) -> Vec<String> {
    let mut seen = HashSet::new();
    paths.filter(|path| seen.insert(path.clone())).collect()
}
