//! Offerings and participants of a year: what is published, what is registered, and what must not be shown.

use serde::ser::{Serialize, SerializeMap, Serializer};

use super::{Audience, Beside, Desk, Figure, Years};
use crate::count::Sum;
use crate::document::Phrase;
use crate::lang::Lang;
use crate::model::{Measure, Offering, Section};
use crate::registry::Entry;
use crate::tally;

/// What is counted of offerings, published and registered alike.
pub(super) const COUNTED: [Measure; 5] =
    [Measure::Offerings, Measure::Runs, Measure::Participants, Measure::Patients, Measure::Relatives];

/// Offerings and participants.
#[derive(Debug, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Offerings {
    /// What the report tells.
    pub narrative: Vec<Phrase>,
    /// As published.
    pub figures: Vec<Figure>,
    /// What was published beside what is registered, with why they differ.
    pub beside: Vec<Beside>,
    /// Offerings that count in the year, information meetings left out.
    pub offerings: usize,
    /// Their runs.
    pub runs: usize,
    /// Their participants.
    pub participants: Participants,
    /// Information meetings: offerings and runs.
    pub information_meetings: (usize, usize),
    /// Offerings and runs by what tells them apart.
    pub breakdowns: Vec<Breakdown>,
    /// This year beside the last.
    pub years: Years,
    /// Each offering.
    pub rows: Vec<Row>,
    /// How many offerings have their participants hidden.
    pub hidden: usize,
}

/// Offerings and runs by one property.
#[derive(Debug, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Breakdown {
    /// The property.
    pub by: &'static str,
    /// What people call each value, with offerings and runs.
    pub parts: Vec<(String, usize, usize)>,
    /// The participants of each part, where nothing of the document has to be hidden.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub participants: Vec<Participants>,
}

/// An offering in the table.
#[derive(Debug, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Row {
    /// Its id.
    pub id: String,
    /// Who answers for it.
    pub organisers: Vec<String>,
    /// Its title.
    pub title: String,
    /// The conditions.
    pub conditions: Vec<String>,
    /// Whom it is for.
    pub audience: Vec<String>,
    /// How far it reaches; nothing where nobody classified it.
    pub reach: Option<String>,
    /// How it is given.
    pub form: Option<String>,
    /// How many runs.
    pub runs: usize,
    /// Its participants.
    pub participants: Participants,
    /// Users' part in planning, delivery and evaluation: somebody, nobody, or nothing stated.
    pub involvement: [Option<bool>; 3],
    /// Who else took part in making it.
    pub partners: Vec<String>,
}

/// Participants by whom they came as.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Participants {
    /// Patients.
    pub patients: Number,
    /// Relatives.
    pub relatives: Number,
    /// Both.
    pub all: Number,
}

/// A number of participants, as far as it may be shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Number {
    /// There is nobody to count: no run, or an information meeting.
    #[default]
    Nobody,
    /// Hidden, so that nobody can be recognised.
    Hidden,
    /// The sum of what is recorded.
    Sum(Sum),
}

impl Number {
    /// As people read it; `:` is the sign of Statistics Norway for what must not be published.
    #[must_use]
    pub fn text(&self, lang: Lang) -> String {
        match self {
            Self::Nobody => String::new(),
            Self::Hidden => ":".to_owned(),
            Self::Sum(sum) => sum.in_words(lang),
        }
    }

    pub(super) fn thousandths(&self) -> u64 {
        match self {
            Self::Sum(sum) => sum.count().thousandths().unwrap_or(0),
            _ => 0,
        }
    }

    /// Whether it is so small that somebody could be recognised.
    pub(super) fn is_small(&self, below: u64) -> bool {
        (1..below).contains(&self.thousandths().div_ceil(1000))
    }

    fn is_recorded(&self) -> bool {
        matches!(self, Self::Sum(sum) if sum.recorded > 0)
    }
}

impl Serialize for Number {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Nobody => serializer.serialize_none(),
            Self::Hidden => {
                let mut map = serializer.serialize_map(Some(1))?;
                map.serialize_entry("hidden", &true)?;
                map.end()
            }
            Self::Sum(sum) => {
                let mut map = serializer.serialize_map(None)?;
                let count = sum.count();
                map.serialize_entry("quality", count.quality().code())?;
                if let Some(thousandths) = count.thousandths() {
                    map.serialize_entry("value", &(thousandths / 1000))?;
                }
                map.serialize_entry("not-recorded", &sum.not_recorded())?;
                map.serialize_entry("of", &sum.of)?;
                map.end()
            }
        }
    }
}

impl From<tally::Participants> for Participants {
    fn from(sums: tally::Participants) -> Self {
        let number = |sum: Sum| if sum.of == 0 { Number::Nobody } else { Number::Sum(sum) };
        Self { patients: number(sums.patients), relatives: number(sums.relatives), all: number(sums.all) }
    }
}

impl Participants {
    const HIDDEN: Self = Self { patients: Number::Hidden, relatives: Number::Hidden, all: Number::Hidden };

    pub(super) fn columns(&self) -> [&Number; 3] {
        [&self.patients, &self.relatives, &self.all]
    }
}

impl Desk<'_> {
    pub(super) fn offerings(&self, audience: Audience) -> Offerings {
        let mut counted: Vec<&Entry<Offering>> = self
            .registry
            .offerings
            .iter()
            .filter(|offering| self.is_ours(&offering.record))
            .filter(|offering| tally::counts_in(self.registry, offering, self.year))
            .collect();
        let order = crate::names::norwegian();
        counted.sort_by(|a, b| order.compare(a.title.get(self.lang), b.title.get(self.lang)));
        let meetings: Vec<_> = counted.iter().filter(|offering| !tally::has_participants(offering)).copied().collect();
        counted.retain(|offering| tally::has_participants(offering));

        let runs = |offering: &Entry<Offering>| tally::runs_in(offering, self.year).count();
        let mut total = tally::Total::default();
        counted.iter().for_each(|offering| total.add(self.registry, offering, self.year));
        let mut participants = Participants::from(total.participants);
        let mut rows: Vec<Row> = counted.iter().map(|offering| self.row(offering)).collect();
        let below = self.registry.manifest.publish.as_ref().and_then(|publish| publish.suppress_below).unwrap_or(5);
        let is_open = self.is_open(audience, &[self.year]);
        if audience == Audience::Public {
            hide(&mut rows, &mut participants, u64::from(below));
        }
        let figures = self.figures(|measure| COUNTED.contains(&measure) || measure == Measure::Other);
        let mut offerings = Offerings {
            narrative: self.narrative(Section::Offerings),
            figures,
            beside: Vec::new(),
            offerings: total.offerings,
            runs: total.runs,
            participants,
            information_meetings: (meetings.len(), meetings.iter().map(|offering| runs(offering)).sum()),
            breakdowns: self.breakdowns(&counted, is_open),
            hidden: rows.iter().filter(|row| row.participants == Participants::HIDDEN).count(),
            years: self.years(audience, &[self.year - 1, self.year]),
            rows,
        };
        offerings.beside = self.beside(&offerings);
        offerings
    }

    fn row(&self, offering: &Entry<Offering>) -> Row {
        let involvement = offering.involvement.as_ref();
        let stated = |who: Option<&crate::read::List<_>>| who.filter(|who| who.is_given()).map(|who| !who.is_empty());
        Row {
            id: offering.id.to_string(),
            organisers: organisers(offering).into_iter().map(|id| self.names.short(id)).collect(),
            title: self.text(&offering.title),
            conditions: offering
                .condition
                .iter()
                .map(|condition| self.names.reference(crate::read::Target::Condition, condition.id()))
                .collect(),
            audience: offering.audience.iter().map(|audience| audience.label().get(self.lang).to_owned()).collect(),
            reach: offering.reach.map(|reach| reach.label().get(self.lang).to_owned()),
            form: offering.form.map(|form| form.label().get(self.lang).to_owned()),
            runs: tally::runs_in(offering, self.year).count(),
            participants: tally::Participants::of(tally::runs_in(offering, self.year)).into(),
            involvement: [
                stated(involvement.map(|involvement| &involvement.planning)),
                stated(involvement.map(|involvement| &involvement.delivery)),
                stated(involvement.map(|involvement| &involvement.evaluation)),
            ],
            partners: offering.partners.iter().map(|id| self.names.short(id.id())).collect(),
        }
    }
}

/// Who answers for an offering, each once, however often the record names them.
pub(super) fn organisers(offering: &Offering) -> Vec<&str> {
    let mut ids: Vec<&str> = Vec::new();
    for organiser in offering.organiser.iter() {
        if !ids.contains(&organiser.id()) {
            ids.push(organiser.id());
        }
    }
    ids
}

/// Hides the participants of offerings with small counts, and of as many others as it takes that nobody can work them
/// out from the totals: of each column, what is hidden adds up to more than the limit over at least two offerings.
/// Where that can't be reached, the totals are hidden too.
fn hide(rows: &mut [Row], totals: &mut Participants, below: u64) {
    let small = |number: &Number| number.is_small(below);
    let mut hidden: Vec<usize> =
        (0..rows.len()).filter(|row| rows[*row].participants.columns().iter().any(|number| small(number))).collect();
    if hidden.is_empty() {
        if totals.columns().iter().any(|number| small(number)) {
            *totals = Participants::HIDDEN;
        }
        return;
    }
    let mut others: Vec<usize> =
        (0..rows.len()).filter(|row| !hidden.contains(row) && rows[*row].participants.all.is_recorded()).collect();
    others.sort_by_key(|row| (rows[*row].participants.all.thousandths(), *row));
    let mut others = others.into_iter();
    loop {
        let safe = (0..3).all(|column| {
            let parts: Vec<u64> =
                hidden.iter().map(|row| rows[*row].participants.columns()[column].thousandths() / 1000).collect();
            let some = parts.iter().filter(|part| **part > 0).count();
            let sum: u64 = parts.iter().sum();
            sum == 0 || (some >= 2 && sum > below)
        });
        if safe {
            break;
        }
        match others.next() {
            Some(row) => hidden.push(row),
            None => {
                *totals = Participants::HIDDEN;
                break;
            }
        }
    }
    for row in hidden {
        rows[row].participants = Participants::HIDDEN;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::count::Count;

    fn row(patients: usize, relatives: usize) -> Row {
        let mut sums = tally::Participants::default();
        for (part, count) in [(&mut sums.patients, patients), (&mut sums.relatives, relatives)] {
            part.add(Some(&Count::exact(count)));
            sums.all.add(Some(&Count::exact(count)));
        }
        Row {
            id: String::new(),
            organisers: Vec::new(),
            title: String::new(),
            conditions: Vec::new(),
            audience: Vec::new(),
            reach: None,
            form: None,
            runs: 1,
            participants: sums.into(),
            involvement: [None; 3],
            partners: Vec::new(),
        }
    }

    fn total(rows: &[Row]) -> Participants {
        let column = |column: usize| {
            let mut sum = Sum::default();
            for row in rows {
                let thousandths = row.participants.columns()[column].thousandths();
                sum.add(Some(&Count::exact((thousandths / 1000) as usize)));
            }
            Number::Sum(sum)
        };
        Participants { patients: column(0), relatives: column(1), all: column(2) }
    }

    fn hidden(counts: &[(usize, usize)]) -> (Vec<bool>, bool) {
        let mut rows: Vec<Row> = counts.iter().map(|(patients, relatives)| row(*patients, *relatives)).collect();
        let mut totals = total(&rows);
        hide(&mut rows, &mut totals, 5);
        (rows.iter().map(|row| row.participants == Participants::HIDDEN).collect(), totals == Participants::HIDDEN)
    }

    #[test]
    fn small_counts_and_what_would_give_them_away_are_hidden() {
        assert_eq!(hidden(&[(12, 8), (20, 9)]), (vec![false, false], false));
        assert_eq!(hidden(&[(12, 8), (20, 3), (30, 11)]), (vec![true, true, false], false));
        assert_eq!(hidden(&[(12, 3)]), (vec![true], true));
        assert_eq!(hidden(&[(3, 2), (2, 3)]), (vec![true, true], true));
        assert_eq!(hidden(&[(12, 0), (20, 0)]), (vec![false, false], false));
    }
}
