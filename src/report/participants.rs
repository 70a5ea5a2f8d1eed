//! Numbers of offerings and participants as documents print them.

use serde::ser::{Serialize, SerializeMap, Serializer};

use crate::count::Sum;
use crate::lang::Lang;
use crate::model::Measure;
use crate::sheet::{Cell, Sign};
use crate::tally;

/// Who will read a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Audience {
    /// Everybody: small counts of participants are hidden.
    Public,
    /// The network itself: nothing is hidden.
    Internal,
}

/// Whom a number counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Who {
    /// Patients.
    Patients,
    /// Relatives.
    Relatives,
    /// Both.
    All,
}

impl Who {
    /// Whom a published figure counts, where it is about participants of offerings.
    #[must_use]
    pub fn measured(measure: Measure) -> Option<Self> {
        match measure {
            Measure::Participants => Some(Self::All),
            Measure::Patients => Some(Self::Patients),
            Measure::Relatives => Some(Self::Relatives),
            _ => None,
        }
    }
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
    /// As a table prints it.
    #[must_use]
    pub fn cell(&self, lang: Lang) -> Cell {
        match self {
            Self::Nobody => Cell::sign(Sign::NotApplicable, serde_json::Value::Null),
            Self::Hidden => Cell::hidden(),
            Self::Sum(sum) => Cell::sum(*sum, lang),
        }
    }
}

impl From<Sum> for Number {
    fn from(sum: Sum) -> Self {
        if sum.of == 0 { Self::Nobody } else { Self::Sum(sum) }
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
            Self::Sum(sum) => sum.serialize(serializer),
        }
    }
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

impl Participants {
    /// The three numbers.
    #[must_use]
    pub fn columns(&self) -> [Number; 3] {
        [self.patients, self.relatives, self.all]
    }

    /// Whether any of the three is hidden.
    #[must_use]
    pub fn any_hidden(&self) -> bool {
        self.columns().contains(&Number::Hidden)
    }
}

impl From<tally::Participants> for Participants {
    fn from(sums: tally::Participants) -> Self {
        Self { patients: sums.patients.into(), relatives: sums.relatives.into(), all: sums.all.into() }
    }
}

/// What offerings come to, information meetings left out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Totals {
    /// Offerings, each once.
    pub offerings: usize,
    /// Their runs.
    pub runs: usize,
    /// Those who took part, as far as it may be shown.
    pub participants: Participants,
}
