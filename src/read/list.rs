//! Values that may be absent, and lists of values.

use serde::ser::{Serialize, Serializer};
use toml_spanner::Item;

use super::{Field, Reader, Seen, Shape, Trail};
use crate::source::Step;

impl<T: Field> Field for Option<T> {
    const OPTIONAL: bool = true;
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

    fn is_unset(&self) -> bool {
        self.is_none()
    }
}

impl<T: Field> Field for Vec<T> {
    const OPTIONAL: bool = true;
    const WALKS: bool = T::WALKS;

    fn read(item: &Item<'_>, cx: &mut Reader<'_>) -> Option<Self> {
        let Some(list) = item.as_array() else {
            // One value may stand for a list of one; a table under its own header may not, since [x] and [[x]] differ.
            if item.as_table().is_some_and(|table| table.style() == toml_spanner::TableStyle::Header) {
                return cx.wrong_type(item, &Self::shape());
            }
            return T::read(item, cx).map(|value| vec![value]);
        };
        let mut values = Self::with_capacity(list.len());
        for (index, item) in list.iter().enumerate() {
            cx.path.0.push(Step::Index(index));
            // A lost part leaves a hole, so that those after it keep their places.
            values.push(T::read(item, cx).unwrap_or_default());
            cx.path.0.pop();
        }
        Some(values)
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

    fn is_unset(&self) -> bool {
        self.is_empty()
    }
}

/// A list that must not be empty or absent.
#[derive(Clone, Debug)]
pub struct OneOrMore<T>(pub Vec<T>);

impl<T> Default for OneOrMore<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T> std::ops::Deref for OneOrMore<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        &self.0
    }
}

impl<T: Serialize> Serialize for OneOrMore<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

impl<T: Field> Field for OneOrMore<T> {
    const WALKS: bool = T::WALKS;

    fn read(item: &Item<'_>, cx: &mut Reader<'_>) -> Option<Self> {
        if item.as_array().is_some_and(toml_spanner::Array::is_empty) {
            return cx.malformed(item, &Self::shape());
        }
        Vec::read(item, cx).map(Self)
    }

    fn shape() -> Shape {
        Vec::<T>::shape()
    }

    fn walk<'a>(&'a self, trail: &mut Trail, visit: &mut dyn FnMut(&Trail, Seen<'a>)) {
        self.0.walk(trail, visit);
    }
}
