//! References, dates, and the walk that meets them.

use std::fmt;
use std::marker::PhantomData;

use serde::ser::{Serialize, Serializer};
use toml_spanner::Item;

use super::{Field, Kind, Met, Reader, Shape};
use crate::date::When;
use crate::lang::Text;
use crate::source::KeyPath;

/// What a reference points to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Target {
    /// A record of one kind.
    Record(Kind),
    /// An organisation or a network.
    Body,
    /// `agreement/area`: a focus area of an agreement.
    FocusArea,
    /// `agreement/duty`: an obligation of an agreement.
    Duty,
    /// `kind/id`: a record of any kind.
    AnyRecord,
    /// A condition of the list in the manifest.
    Condition,
    /// An area of the network in question.
    Area,
}

/// A type that names what references point to.
pub trait Pointed {
    /// What they point to.
    const TARGET: Target;
}

/// A reference, by id.
pub struct Ref<T> {
    id: Box<str>,
    to: PhantomData<fn() -> T>,
}

impl<T> Ref<T> {
    /// The id as written.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The same id, read as pointing to something else.
    #[must_use]
    pub(crate) fn retarget<U>(&self) -> Ref<U> {
        Ref { id: self.id.clone(), to: PhantomData }
    }
}

impl<T> Default for Ref<T> {
    fn default() -> Self {
        Self { id: Box::default(), to: PhantomData }
    }
}

impl<T> Clone for Ref<T> {
    fn clone(&self) -> Self {
        Self { id: self.id.clone(), to: PhantomData }
    }
}

impl<T> fmt::Debug for Ref<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.id.fmt(f)
    }
}

impl<T> PartialEq for Ref<T> {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

impl<T> Serialize for Ref<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.id)
    }
}

impl<T: Pointed> Field for Ref<T> {
    const WALKS: bool = true;

    fn read(item: &Item<'_>, cx: &mut Reader<'_>) -> Option<Self> {
        match item.as_str() {
            Some("") => cx.malformed(item, &Self::shape()),
            Some(id) => Some(Self { id: id.into(), to: PhantomData }),
            None => cx.wrong_type(item, &Self::shape()),
        }
    }

    fn shape() -> Shape {
        Shape::Reference(T::TARGET)
    }

    fn walk<'a>(&'a self, trail: &mut Trail, visit: &mut dyn FnMut(&Trail, Seen<'a>)) {
        if !self.id.is_empty() {
            visit(trail, Seen::Reference(Link { target: T::TARGET, id: &self.id }));
        }
    }

    fn met(&self) -> Met<'_> {
        Met::Link(Link { target: T::TARGET, id: &self.id })
    }
}

/// A reference met on a walk.
#[derive(Clone, Copy, Debug)]
pub struct Link<'a> {
    /// What it points to.
    pub target: Target,
    /// The id as written.
    pub id: &'a str,
}

/// What a walk over a record meets.
#[derive(Clone, Copy, Debug)]
pub enum Seen<'a> {
    /// A reference.
    Reference(Link<'a>),
    /// A table with dates of its own; the trail leads to the table.
    Dates(Dates),
    /// A text for people.
    Text(&'a Text),
}

/// The dates of a record or of a part of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Dates {
    /// None of its own.
    #[default]
    None,
    /// `from` and `to`: it holds in between, and an absent end is open.
    Validity(Option<When>, Option<When>),
    /// `start` and `end`: it happens then; without an end, at the start.
    Held(Option<When>, Option<When>),
}

/// The way from the top of a record to where a walk is now, with the dates passed on the way.
#[derive(Debug, Default)]
pub struct Trail {
    /// The keys.
    pub path: KeyPath,
    /// The dates of the tables around, outermost first, each with how deep its table lies; those without dates are
    /// left out.
    pub dates: Vec<(usize, Dates)>,
}
