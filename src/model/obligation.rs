//! Obligations: who owes what to whom, by when, and what shows that it was done.
//!
//! The names are frozen; `registry/README.md` gives each its meaning.

use super::common::{Body, Duty};
use super::organisation::OrganisationKind;
use crate::date::{MonthDay, When};
use crate::lang::Text;
use crate::read::{
    Between, Duration, Field, Id, List, OneOrMore, Parts, Pointed, Reader, RecordKind, Ref, Seen, Several, Shape,
    Target, Trail, Value, Year,
};
use crate::{record, words};

record! {
    /// Who owes what to whom, by when, and what shows that it was done.
    pub struct Obligation {
        /// Its id, unique among the seats and obligations of the agreement.
        id: Id,
        /// The document's wording.
        text: Option<Text>,
        /// The clause.
        clause: Option<Box<str>>,
        /// How binding it is; shall, unless given.
        strength: Option<Strength>,
        /// Who owes it.
        by: Option<Owner>,
        /// To whom it must be sent.
        receiver: Option<Receivers>,
        /// Once in each such period.
        every: Option<Duration>,
        /// At most so far apart.
        gap: Option<Duration>,
        /// The day of the year on which it is due; the period's last, unless given.
        due: Option<MonthDay>,
        /// The month on whose last day it is due.
        month: Option<Between<1, 12>>,
        /// The year of the first due date.
        first: Option<Year>,
        /// Which period the evidence is for, where it is not the one it is dated in.
        covers: Option<Covers>,
        /// How many times in a period; once, unless given.
        at_least: Option<Several>,
        /// Whether a due date moves off weekends and holidays; it does not, unless given.
        shift: Option<Shift>,
        /// First day of the duty, where it is not that of the agreement.
        from: Option<When>,
        /// Last day of the duty.
        to: Option<When>,
        /// Duties whose evidence is gathered in this one's, as agreement/duty.
        compiles: List<Ref<Duty>>,
        /// Owed for each such record.
        per: Option<Selection>,
        /// What each such record must have.
        require: List<Value>,
        /// What shows that it was met: any of these.
        evidence: List<Selection>,
        /// Whether a person has to judge it.
        judged: bool,
        /// The duty that this one says again, as agreement/duty.
        restates: Option<Ref<Duty>>,
        /// Remarks, such as which reading was chosen.
        note: Option<Text>,
    }
}

words! {
    /// How binding a duty is.
    pub enum Strength {
        Shall = "shall", "skal", "skal", "shall";
        Should = "should", "bør", "bør", "should";
        Aim = "aim", "mål", "mål", "aim";
        May = "may", "kan", "kan", "may";
    }
}

impl Strength {
    /// Whether it is more than an aim or a permission, so that what is not done is missing.
    #[must_use]
    pub fn is_binding(self) -> bool {
        matches!(self, Self::Shall | Self::Should)
    }
}

words! {
    /// Which period evidence is for.
    pub enum Covers {
        Next = "next", "neste periode", "neste periode", "the next period";
        Previous = "previous", "førre periode", "forrige periode", "the previous period";
    }
}

words! {
    /// Where a due date goes that falls on a weekend or holiday.
    pub enum Shift {
        None = "none", "står fast", "står fast", "stays";
        NextWorkingDay = "next-working-day", "neste yrkedag", "neste virkedag", "next working day";
        PreviousWorkingDay = "previous-working-day", "førre yrkedag", "forrige virkedag", "previous working day";
    }
}

record! {
    /// Records that are meant: of these kinds, with these values in their fields.
    pub struct Selection {
        /// The kinds of record.
        record: List<RecordKind>,
        /// Values that their fields must have.
        r#where: Option<Value>,
    }
}

/// Who owes a duty.
#[derive(Clone, Debug, Default)]
pub enum Owner {
    /// The network that the agreement governs.
    #[default]
    Network,
    /// One body.
    Body(Ref<Body>),
    /// Each party of these kinds.
    Each(List<OrganisationKind>),
    /// These together: one fulfils it for all.
    Jointly(List<Ref<Body>>),
    /// All parties together.
    JointlyParties,
    /// Each pair of one and another kind that belong together.
    Pair(List<OrganisationKind>),
}

record! {
    /// The long forms of an owner.
    pub struct OwnerTable {
        /// Each party of these kinds.
        each: Option<OneOrMore<OrganisationKind>>,
        /// These together; the word parties for all.
        jointly: Option<OneOrMore<Ref<PartiesOrBody>>>,
        /// Each pair of these two kinds.
        pair: Option<Parts<OrganisationKind, 2, 2>>,
    }
}

/// A body, or the word `parties`.
#[derive(Debug)]
pub enum PartiesOrBody {}

impl Pointed for PartiesOrBody {
    const TARGET: Target = Target::Body;
}

impl serde::Serialize for Owner {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Network => serializer.serialize_str("network"),
            Self::Body(body) => body.serialize(serializer),
            Self::Each(kinds) => serializer.collect_map([("each", kinds)]),
            Self::Jointly(bodies) => serializer.collect_map([("jointly", bodies)]),
            Self::JointlyParties => serializer.collect_map([("jointly", "parties")]),
            Self::Pair(kinds) => serializer.collect_map([("pair", kinds)]),
        }
    }
}

impl Field for Owner {
    const WALKS: bool = true;

    fn read(item: &toml_spanner::Item<'_>, cx: &mut Reader<'_>) -> Option<Self> {
        if item.as_str() == Some("network") {
            return Some(Self::Network);
        }
        if item.as_table().is_none() {
            return Ref::read(item, cx).map(Self::Body);
        }
        let before = std::mem::replace(&mut cx.broken, false);
        let table = OwnerTable::read(item, cx);
        let lost = cx.broken;
        cx.broken |= before;
        let OwnerTable { each, jointly, pair } = table?;
        match (each, jointly, pair) {
            (Some(each), None, None) => Some(Self::Each(each.0)),
            (None, Some(jointly), None) => Some(match &*jointly {
                [one] if one.id() == "parties" => Self::JointlyParties,
                _ => Self::Jointly(jointly.iter().map(Ref::retarget).collect::<Vec<_>>().into()),
            }),
            (None, None, Some(pair)) => Some(Self::Pair(pair.0)),
            _ if lost => None, // what is wrong in it has been said
            _ => cx.malformed(item, &Self::shape()),
        }
    }

    fn shape() -> Shape {
        Shape::Either(Box::new(Shape::Reference(Target::Body)), Box::new(OwnerTable::shape()))
    }

    fn walk<'a>(&'a self, trail: &mut Trail, visit: &mut dyn FnMut(&Trail, Seen<'a>)) {
        match self {
            Self::Body(body) => body.walk(trail, visit),
            Self::Jointly(bodies) => {
                trail.path.0.push(crate::source::Step::Key("jointly"));
                bodies.walk(trail, visit);
                trail.path.0.pop();
            }
            _ => {}
        }
    }
}

/// To whom something must be sent.
#[derive(Clone, Debug)]
pub enum Receivers {
    /// These bodies, each of them.
    Bodies(List<Ref<Body>>),
    /// Each party of these kinds.
    Each(List<OrganisationKind>),
}

impl Receivers {
    /// Whether it names nobody.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        match self {
            Self::Bodies(bodies) => bodies.is_empty(),
            Self::Each(kinds) => kinds.is_empty(),
        }
    }
}

impl Default for Receivers {
    fn default() -> Self {
        Self::Bodies(List::default())
    }
}

record! {
    /// The long form of receivers.
    pub struct ReceiverTable {
        /// Each party of these kinds.
        each: OneOrMore<OrganisationKind>,
    }
}

impl serde::Serialize for Receivers {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Bodies(bodies) => bodies.serialize(serializer),
            Self::Each(kinds) => serializer.collect_map([("each", kinds)]),
        }
    }
}

impl Field for Receivers {
    const WALKS: bool = true;

    fn read(item: &toml_spanner::Item<'_>, cx: &mut Reader<'_>) -> Option<Self> {
        if item.as_table().is_some() {
            return ReceiverTable::read(item, cx).map(|table| Self::Each(table.each.0));
        }
        List::read(item, cx).map(Self::Bodies)
    }

    fn shape() -> Shape {
        Shape::Either(Box::new(List::<Ref<Body>>::shape()), Box::new(ReceiverTable::shape()))
    }

    fn walk<'a>(&'a self, trail: &mut Trail, visit: &mut dyn FnMut(&Trail, Seen<'a>)) {
        if let Self::Bodies(bodies) = self {
            bodies.walk(trail, visit);
        }
    }
}
