//! By what offerings are told apart, and which parts an offering is in.

use std::collections::BTreeSet;
use std::ops::RangeInclusive;

use crate::date::Span;
use crate::lang::{Label, Lang, Phrase};
use crate::model::{Audience, CareLevel, Form, Offering, OrganisationKind, Reach, Scope};
use crate::names::{Names, capital, label, norwegian};
use crate::say;
use crate::tally;

/// A property of offerings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dimension {
    /// The hospital trust that answers for it, itself or through a part of it.
    Trust,
    /// The municipality that answers for it or takes part, itself or through a part of it, houses a run, or whose people it
    /// is open to.
    Municipality,
    /// How far it reaches.
    Reach,
    /// The level of the service.
    CareLevel,
    /// How it is given.
    Form,
    /// For one diagnosis or across.
    Scope,
    /// The condition.
    Condition,
    /// Whom it is for.
    Audience,
    /// The year in which it counts.
    Year,
}

impl Dimension {
    /// All of them.
    pub const ALL: [Self; 9] = [
        Self::Trust,
        Self::Municipality,
        Self::Reach,
        Self::CareLevel,
        Self::Form,
        Self::Scope,
        Self::Condition,
        Self::Audience,
        Self::Year,
    ];

    /// Its word on the command line and in machine formats.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Trust => "trust",
            Self::Municipality => "municipality",
            Self::Reach => "reach",
            Self::CareLevel => "care-level",
            Self::Form => "form",
            Self::Scope => "scope",
            Self::Condition => "condition",
            Self::Audience => "audience",
            Self::Year => "year",
        }
    }

    /// The property with this word.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|by| by.word() == word)
    }

    /// Its heading.
    #[must_use]
    pub fn label(self, lang: Lang) -> String {
        match self {
            // The heading of the list is for several.
            Self::Trust => say!(lang, nn: "Helseføretak", nb: "Helseforetak", en: "Hospital trust"),
            _ => label(self.word()).map_or(self.word(), |label| label.get(lang)).to_owned(),
        }
    }

    /// What those are called that are in no part.
    #[must_use]
    pub fn without(self, lang: Lang) -> String {
        match self {
            Self::Trust => say!(lang, nn: "Utan helseføretak", nb: "Uten helseforetak", en: "No hospital trust"),
            Self::Municipality => say!(lang, nn: "Utan kommune", nb: "Uten kommune", en: "No municipality"),
            _ => say!(lang, nn: "Ikkje kategorisert", nb: "Ikke kategorisert", en: "Unclassified"),
        }
    }
}

/// A part of the offerings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// Its word or id; nothing for what is in no other part.
    pub code: Option<String>,
    /// What people call it.
    pub name: Phrase,
    /// Its place among others, before their names decide.
    rank: usize,
}

/// The parts that an offering is in: at least one.
pub(super) fn parts(by: Dimension, names: &Names<'_>, offering: &Offering, year: i32) -> Vec<Part> {
    let lang = names.lang;
    let word = |word: &str, label: Label, rank: usize| Part {
        code: Some(word.to_owned()),
        name: capital(label.get(lang)).into(),
        rank,
    };
    let body = |id: &str| Part { code: Some(id.to_owned()), name: names.short_phrase(id), rank: 0 };
    let mut parts: Vec<Part> = match by {
        Dimension::Trust => bodies(by, names, offering, year).into_iter().map(body).collect(),
        Dimension::Municipality => bodies(by, names, offering, year).into_iter().map(body).collect(),
        Dimension::Reach => {
            offering.reach.map(|it: Reach| word(it.word(), it.label(), it as usize)).into_iter().collect()
        }
        Dimension::CareLevel => {
            offering.care_level.map(|it: CareLevel| word(it.word(), it.label(), it as usize)).into_iter().collect()
        }
        Dimension::Form => offering.form.map(|it: Form| word(it.word(), it.label(), it as usize)).into_iter().collect(),
        Dimension::Scope => {
            offering.scope.map(|it: Scope| word(it.word(), it.label(), it as usize)).into_iter().collect()
        }
        Dimension::Condition => {
            let name = |id: &str| names.condition(id).within(capital);
            let part = |id: &str| Part { code: Some(id.to_owned()), name: name(id), rank: 0 };
            offering.condition.iter().map(|condition| part(condition.id())).collect()
        }
        Dimension::Audience => {
            offering.audience.iter().map(|it: &Audience| word(it.word(), it.label(), *it as usize)).collect()
        }
        Dimension::Year => vec![of_year(year)],
    };
    // A record may name one twice.
    let mut seen = BTreeSet::new();
    parts.retain(|part| seen.insert(part.code.clone()));
    if parts.is_empty() {
        parts.push(Part { code: None, name: by.without(lang).into(), rank: usize::MAX });
    }
    parts
}

/// The organisations of a kind that an offering has to do with in a year.
fn bodies<'a>(by: Dimension, names: &Names<'a>, offering: &'a Offering, year: i32) -> BTreeSet<&'a str> {
    let registry = names.registry;
    let organisers = offering.organiser.iter().map(|organiser| organiser.id());
    let (kind, ids, places): (_, Vec<&str>, Vec<&str>) = match by {
        Dimension::Municipality => {
            let open_to = offering.open_to.iter().map(|municipality| municipality.id());
            let housing = tally::runs_in(offering, year).filter_map(|run| run.municipality.as_ref());
            let places = open_to.chain(housing.map(|municipality| municipality.id()));
            let partners = offering.partners.iter().map(|partner| partner.id());
            (OrganisationKind::Municipality, organisers.chain(partners).collect(), places.collect())
        }
        _ => (OrganisationKind::HealthTrust, organisers.collect(), Vec::new()),
    };
    let span = Span::year(year);
    let mut found: BTreeSet<&str> = BTreeSet::new();
    for id in ids {
        tally::wholes(registry, id, &span, &mut found);
    }
    found.extend(places);
    found.retain(|id| registry.organisations.get(id).is_some_and(|organisation| organisation.kind == kind));
    found
}

fn of_year(year: i32) -> Part {
    Part { code: Some(year.to_string()), name: year.to_string().into(), rank: usize::try_from(year).unwrap_or(0) }
}

/// The parts in their order, each once. Years are there even if nothing counts in them.
pub(super) fn ordered(by: Dimension, used: impl Iterator<Item = Part>, years: &RangeInclusive<i32>) -> Vec<Part> {
    if by == Dimension::Year {
        return years.clone().map(of_year).collect();
    }
    let mut seen = BTreeSet::new();
    let mut parts: Vec<Part> = used.filter(|part| seen.insert(part.code.clone())).collect();
    let order = norwegian();
    parts.sort_by(|a, b| {
        a.rank.cmp(&b.rank).then_with(|| order.compare(&a.name.text, &b.name.text)).then_with(|| a.code.cmp(&b.code))
    });
    parts
}
