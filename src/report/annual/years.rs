//! Several years side by side: all that counts in each, and like with like, that is, over the parties present in all.

use std::collections::BTreeMap;

use serde::Serialize;

use super::offerings::{COUNTED, ids, organisers};
use super::{Audience, Desk, Figure, Traced};
use crate::date::{Date, Span};
use crate::lang::Lang;
use crate::mandate::{Mandates, existence, successors};
use crate::model::{Network, Offering, Record as _};
use crate::registry::{Entry, Registry};
use crate::report::ledger::{EnteredTotals, Ledger, Shown};
use crate::report::participants::{Number, Totals};
use crate::report::veil::Worth;
use crate::tally;

/// A network over several years.
#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Years {
    /// Each year, the earliest first.
    pub years: Vec<YearLine>,
    /// The parties present in all of them, by the names that they had in the last.
    pub parties: Vec<String>,
}

/// One year of several.
#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct YearLine {
    /// The year.
    pub year: i32,
    /// All that counts in it.
    pub all: Totals,
    /// What those parties alone answer for that are present in all the years; nothing where there are none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub like_with_like: Option<Totals>,
    /// As published.
    pub figures: Vec<Figure>,
    /// The ids of the offerings: all, and those of the parties that are present in all the years.
    #[serde(skip)]
    pub ids: [Vec<String>; 2],
}

/// Networks over several years.
#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Spans {
    /// `lmnet-report-years`.
    pub schema: &'static str,
    /// The version of the schema.
    pub version: u32,
    /// The first year and the last.
    pub years: (i32, i32),
    /// Network by network.
    pub networks: Vec<NetworkYears>,
}

/// A network over several years.
#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct NetworkYears {
    /// The network's id.
    pub network: String,
    /// Its name.
    pub name: String,
    /// The language of the report.
    pub language: &'static str,
    /// The years; nothing for a network that was there in none of them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub content: Option<Years>,
    /// Where the numbers come from.
    #[serde(skip)]
    pub origins: Vec<Traced>,
    #[serde(skip)]
    pub(super) lang: Lang,
}

/// Networks over several years, each in its language.
#[must_use]
pub fn compute_years(
    mandates: &Mandates<'_>,
    networks: &[(&Entry<Network>, Lang)],
    (first, last): (i32, i32),
    audience: Audience,
    day: Date,
) -> Spans {
    let registry = mandates.registry;
    let years: Vec<i32> = (first..=last).collect();
    let of_network = |(network, lang): &(&Entry<Network>, Lang)| {
        let (network, lang) = (*network, *lang);
        let desk = Desk::new(mandates, network, last, audience, day, lang);
        let there = years.iter().any(|year| tally::touches(registry, network.when(), &Span::year(*year)));
        let content = there.then(|| {
            let mut ledger = Ledger::new(registry, audience);
            let entered = desk.enter_years(&mut ledger, &years);
            desk.years(entered, &ledger.veil())
        });
        NetworkYears {
            origins: content.as_ref().map(|years| years.origins(lang, audience)).unwrap_or_default(),
            network: network.id.to_string(),
            name: desk.text(&network.name),
            language: lang.code(),
            content,
            lang,
        }
    };
    let networks = networks.iter().map(of_network).collect();
    Spans { schema: "lmnet-report-years", version: 1, years: (first, last), networks }
}

/// Years whose numbers have been entered in a ledger.
pub(super) struct EnteredYears<'a> {
    years: Vec<EnteredYear>,
    parties: Vec<&'a str>,
}

struct EnteredYear {
    year: i32,
    all: EnteredTotals,
    like_with_like: Option<EnteredTotals>,
    ids: [Vec<String>; 2],
}

impl<'a> Desk<'a> {
    /// The same network, asked about another year.
    pub(super) fn in_year(&self, year: i32) -> Self {
        Self { year, ..*self }
    }

    /// Enters these years: all that counts in each, and like with like.
    pub(super) fn enter_years(&self, ledger: &mut Ledger, years: &[i32]) -> EnteredYears<'a> {
        let parties = self.present_in_all(years);
        let mut enter = |year: &i32| {
            let desk = self.in_year(*year);
            let counted = desk.counted();
            desk.enter_figures(ledger, &counted);
            let mut totals = |of: &[&'a Entry<Offering>], worth| {
                let of: Vec<_> = of.iter().map(|offering| (*offering, *year)).collect();
                ledger.totals(&of, worth)
            };
            let all = totals(&counted, Worth::Whole);
            let like: Vec<_> = counted.iter().copied().filter(|offering| desk.is_of(offering, &parties)).collect();
            let like_with_like = (!parties.is_empty()).then(|| totals(&like, Worth::Part));
            EnteredYear { year: *year, all, like_with_like, ids: [ids(&counted), ids(&like)] }
        };
        EnteredYears { years: years.iter().map(&mut enter).collect(), parties }
    }

    /// These years side by side, as far as they may be shown.
    pub(super) fn years(&self, entered: EnteredYears<'a>, shown: &Shown) -> Years {
        let last = entered.years.last().map_or(self.year, |entered| entered.year);
        let line = |entered: EnteredYear| YearLine {
            year: entered.year,
            all: shown.totals(&entered.all),
            like_with_like: entered.like_with_like.as_ref().map(|like| shown.totals(like)),
            figures: self.in_year(entered.year).figures_shown(shown, |measure| COUNTED.contains(&measure)),
            ids: entered.ids,
        };
        let mut names: Vec<String> = entered.parties.iter().map(|id| self.names.body_in(id, last)).collect();
        let order = crate::names::norwegian();
        names.sort_by(|a, b| order.compare(a, b));
        Years { years: entered.years.into_iter().map(line).collect(), parties: names }
    }

    /// Whether all who answer for an offering are, or are a part of, one of these parties or of what became of it.
    fn is_of(&self, offering: &Offering, parties: &[&str]) -> bool {
        let year = Span::year(self.year);
        let organisers = organisers(offering);
        let is_of = |id: &&str| {
            parties.iter().any(|party| {
                let whole = |whole: &str| tally::is_part_of(self.registry, id, whole, Some(&year));
                whole(party) || predecessors(self.registry, party).into_iter().any(whole)
            })
        };
        !organisers.is_empty() && organisers.iter().all(is_of)
    }

    /// The parties that took part in each of these years. One that others were merged into is the same as all of them
    /// together, and so is only there where all of them took part.
    fn present_in_all(&self, years: &[i32]) -> Vec<&'a str> {
        let mut groups: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for party in &self.network.parties {
            groups.entry(latest(self.registry, party.organisation.id())).or_default();
        }
        for (latest, group) in &mut groups {
            group.push(latest);
            group.extend(predecessors(self.registry, latest));
        }
        let takes_part = |id: &str, year: &Span| {
            let mut own = self.network.parties.iter().filter(|party| party.organisation.id() == id);
            own.any(|party| tally::touches(self.registry, party.dates(), year))
        };
        let existed = |id: &str, year: &Span| {
            existence(self.registry, id).meets(year.from.unwrap_or_default(), year.to.unwrap_or_default())
        };
        let present = |group: &[&str], year: i32| {
            let year = Span::year(year);
            if !tally::touches(self.registry, self.network.when(), &year) {
                return false;
            }
            let mut there = group.iter().filter(|id| existed(id, &year)).peekable();
            there.peek().is_some() && there.all(|id| takes_part(id, &year))
        };
        let all = groups.into_iter().filter(|(_, group)| years.iter().all(|year| present(group, *year)));
        all.map(|(latest, _)| latest).collect()
    }
}

/// How many times organisations are followed from one to the next; a registry that runs in circles ends there.
const STEPS: usize = 8;

/// What became of an organisation in the end: itself, or the one that it was merged into as a whole.
fn latest<'a>(registry: &'a Registry, id: &'a str) -> &'a str {
    (0..STEPS).fold(id, |id, _| {
        let mut whole = successors(registry, id).filter(|(_, succession)| !succession.part);
        whole.next().map_or(id, |(next, _)| &*next.id)
    })
}

/// The organisations that were merged into one, as wholes.
fn predecessors<'a>(registry: &'a Registry, id: &str) -> Vec<&'a str> {
    let mut found: Vec<&'a str> = Vec::new();
    let mut open: Vec<&str> = vec![id];
    while let Some(next) = open.pop() {
        let Some(organisation) = registry.organisations.get(next) else { continue };
        for succession in organisation.succeeds.iter().filter(|succession| !succession.part) {
            let former = succession.organisation.id();
            if former != id && !found.contains(&former) {
                found.push(former);
                open.push(former);
            }
        }
    }
    found
}

/// How a number differs from an earlier one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// There was nothing, or nothing recorded, before.
    New,
    /// Both are counted: so many more, or fewer.
    By(i64),
    /// One of them is not known exactly.
    Unsure,
    /// One of them is hidden.
    Hidden,
    /// There is nothing to compare.
    Nothing,
}

impl Change {
    /// From one sum to a later one.
    #[must_use]
    pub fn of(before: Option<&Number>, after: Option<&Number>) -> Self {
        if [before, after].contains(&Some(&Number::Hidden)) {
            return Self::Hidden;
        }
        let count = |number: Option<&Number>| match number {
            Some(Number::Sum(sum)) => Some(sum.count()),
            _ => None,
        };
        Self::of_counts(count(before).as_ref(), count(after).as_ref())
    }

    /// From one count to a later one.
    #[must_use]
    pub fn of_counts(before: Option<&crate::count::Count>, after: Option<&crate::count::Count>) -> Self {
        use crate::count::Quality::Exact;
        let known = |count: Option<&crate::count::Count>| {
            count.and_then(|count| Some((count.thousandths()?, count.quality() == Exact)))
        };
        match (known(before), known(after)) {
            (None | Some((0, _)), Some((1.., _))) => Self::New,
            (Some((before, true)), Some((after, true))) => Self::By((after as i64 - before as i64) / 1000),
            (Some(_), Some(_)) => Self::Unsure,
            (_, None) | (None, Some(_)) => Self::Nothing,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::count::{Count, Quality};

    #[test]
    fn a_change_from_or_to_what_is_hidden_is_hidden() {
        let (hidden, sum) = (Number::Hidden, Number::Sum(crate::count::Sum::default()));
        for (before, after) in [(Some(&hidden), Some(&sum)), (Some(&sum), Some(&hidden)), (None, Some(&hidden))] {
            assert_eq!(Change::of(before, after), Change::Hidden);
        }
    }

    #[test]
    fn a_change_is_only_as_sure_as_what_it_is_made_of() {
        let count = |number: u64, quality| Count::new(number * 1000, quality, None);
        let exact = |number| count(number, Quality::Exact);
        let change = |before: Count, after: Count| Change::of_counts(Some(&before), Some(&after));
        assert_eq!(change(exact(3), exact(5)), Change::By(2));
        assert_eq!(change(exact(5), exact(3)), Change::By(-2));
        assert_eq!(change(exact(0), exact(3)), Change::New);
        assert_eq!(change(count(0, Quality::NotRecorded), count(3, Quality::About)), Change::New);
        assert_eq!(Change::of_counts(None, Some(&exact(3))), Change::New);
        assert_eq!(change(exact(0), exact(0)), Change::By(0));
        assert_eq!(change(count(5, Quality::AtLeast), exact(9)), Change::Unsure);
        assert_eq!(change(exact(5), count(0, Quality::NotRecorded)), Change::Nothing);
    }
}
