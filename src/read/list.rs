//! Values that may be absent, and lists of values.

use std::ops::RangeInclusive;

use hashbrown::HashMap;
use serde::ser::{Serialize, Serializer};
use toml_spanner::{Array, Item};

use super::{Field, Met, Reader, Seen, Shape, Trail, Values};
use crate::lang::Said;
use crate::say;
use crate::source::Step;

impl<T: Field> Field for Option<T> {
    const OPTIONAL: bool = true;
    const PARTS: RangeInclusive<usize> = T::PARTS;
    const WALKS: bool = T::WALKS;

    fn read(item: &Item<'_>, cx: &mut Reader<'_>) -> Option<Self> {
        T::read(item, cx).map(Some)
    }

    fn shape() -> Shape {
        T::shape()
    }

    fn walk<'a>(&'a self, trail: &mut Trail, visit: &mut dyn FnMut(&Trail, Seen<'a>)) {
        if let Some(value) = self {
            value.walk(trail, visit);
        }
    }

    fn met(&self) -> Met<'_> {
        self.as_ref().map_or(Met::Nothing, Field::met)
    }

    fn is_unset(&self) -> bool {
        self.is_none()
    }
}

/// A list of values. An empty list says that there is none; an absent one says nothing.
#[derive(Clone, Debug)]
pub struct List<T>(Option<Box<[T]>>);

impl<T> List<T> {
    /// Whether the list is there, be it empty.
    #[must_use]
    pub fn is_given(&self) -> bool {
        self.0.is_some()
    }
}

impl<T> Default for List<T> {
    fn default() -> Self {
        Self(None)
    }
}

impl<T> From<Vec<T>> for List<T> {
    fn from(values: Vec<T>) -> Self {
        Self(Some(values.into()))
    }
}

impl<T> std::ops::Deref for List<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        self.0.as_deref().unwrap_or_default()
    }
}

impl<'a, T> IntoIterator for &'a List<T> {
    type Item = &'a T;
    type IntoIter = std::slice::Iter<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl<T: Serialize> Serialize for List<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self)
    }
}

impl<T: Field> Field for List<T> {
    const OPTIONAL: bool = true;
    const WALKS: bool = T::WALKS;

    fn read(item: &Item<'_>, cx: &mut Reader<'_>) -> Option<Self> {
        let Some(list) = item.as_array() else {
            // One value may stand for a list of one; a table under its own header may not, since [x] and [[x]] differ.
            if item.as_table().is_some_and(|table| table.style() == toml_spanner::TableStyle::Header) {
                return cx.wrong_type(item, &Self::shape());
            }
            return T::read(item, cx).map(|value| Self::from(vec![value]));
        };
        report_repeated(list, cx);
        let mut values = Vec::with_capacity(list.len());
        for (index, item) in list.iter().enumerate() {
            cx.path.0.push(Step::Index(index));
            // A lost part leaves a hole, so that those after it keep their places.
            values.push(cx.value(item).unwrap_or_default());
            cx.path.0.pop();
        }
        Some(Self::from(values))
    }

    fn shape() -> Shape {
        Shape::List(Box::new(T::shape()))
    }

    fn walk<'a>(&'a self, trail: &mut Trail, visit: &mut dyn FnMut(&Trail, Seen<'a>)) {
        for (index, value) in self.iter().enumerate() {
            trail.path.0.push(Step::Index(index));
            value.walk(trail, visit);
            trail.path.0.pop();
        }
    }

    fn met(&self) -> Met<'_> {
        if self.is_given() { Met::List(self) } else { Met::Nothing }
    }

    fn is_unset(&self) -> bool {
        !self.is_given()
    }
}

impl<T: Field> Values for List<T> {
    fn count(&self) -> usize {
        self.len()
    }

    fn at(&self, index: usize) -> Met<'_> {
        self.get(index).map_or(Met::Nothing, Field::met)
    }
}

/// Reports words and ids that a list has more than once, each where it stands for the second time.
fn report_repeated(list: &Array<'_>, cx: &mut Reader<'_>) {
    const FEW: usize = 16;
    if list.len() < 2 {
        return;
    }
    let mut times: HashMap<&str, usize> = HashMap::new();
    for (at, item) in list.iter().enumerate() {
        let Some(word) = item.as_str() else { continue };
        let before = if list.len() <= FEW {
            list.iter().take(at).filter(|earlier| earlier.as_str() == Some(word)).count()
        } else {
            let times = times.entry(word).or_default();
            *times += 1;
            *times - 1
        };
        if before == 1 {
            cx.path.0.push(Step::Index(at));
            cx.repeated(item, word);
            cx.path.0.pop();
        }
    }
}

/// A list with at least so many parts and at most so many.
#[derive(Clone, Debug)]
pub struct Parts<T, const LEAST: usize, const MOST: usize>(pub List<T>);

/// A list that must not be empty.
pub type OneOrMore<T> = Parts<T, 1, { usize::MAX }>;

impl<T, const LEAST: usize, const MOST: usize> Default for Parts<T, LEAST, MOST> {
    fn default() -> Self {
        Self(List::default())
    }
}

impl<T, const LEAST: usize, const MOST: usize> std::ops::Deref for Parts<T, LEAST, MOST> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        &self.0
    }
}

impl<T: Serialize, const LEAST: usize, const MOST: usize> Serialize for Parts<T, LEAST, MOST> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

impl<T: Field, const LEAST: usize, const MOST: usize> Field for Parts<T, LEAST, MOST> {
    const WALKS: bool = T::WALKS;
    const PARTS: RangeInclusive<usize> = LEAST..=MOST;

    fn read(item: &Item<'_>, cx: &mut Reader<'_>) -> Option<Self> {
        // What is no list stands for a list of one.
        if !Self::PARTS.contains(&item.as_array().map_or(1, Array::len)) {
            let Said { nn, nb, en } = Self::shape().wanted();
            let wanted = if LEAST == MOST {
                say!(
                    nn: "{nn}, med nøyaktig {LEAST} ledd",
                    nb: "{nb}, med nøyaktig {LEAST} ledd",
                    en: "{en}, with exactly {LEAST} parts",
                )
            } else {
                say!(
                    nn: "{nn}, med minst {LEAST} ledd",
                    nb: "{nb}, med minst {LEAST} ledd",
                    en: "{en}, with {LEAST} or more parts",
                )
            };
            return cx.unfit(item, wanted);
        }
        List::read(item, cx).map(Self)
    }

    fn shape() -> Shape {
        List::<T>::shape()
    }

    fn walk<'a>(&'a self, trail: &mut Trail, visit: &mut dyn FnMut(&Trail, Seen<'a>)) {
        self.0.walk(trail, visit);
    }

    fn met(&self) -> Met<'_> {
        self.0.met()
    }
}
