//! What conditions meet in a record: the values in its fields, one step at a time.

use super::Link;
use crate::date::When;

/// What stands in a place of a record.
#[derive(Clone, Copy)]
pub enum Met<'a> {
    /// Nothing, or a text without words.
    Nothing,
    /// A text, or a word of a closed list.
    Text(&'a str),
    /// A reference.
    Link(Link<'a>),
    /// A whole number.
    Whole(i64),
    /// True or false.
    Flag(bool),
    /// A time.
    When(When),
    /// Several values, perhaps none.
    List(&'a dyn Values),
    /// A table.
    Table(&'a dyn Keys),
    /// Something that conditions cannot look into.
    Something,
}

/// A list, as conditions meet it.
pub trait Values {
    /// How many values there are.
    fn count(&self) -> usize;

    /// One of them.
    fn at(&self, index: usize) -> Met<'_>;
}

/// A table, as conditions meet it.
pub trait Keys {
    /// What stands under a key; nothing if there is no such key.
    fn key(&self, key: &str) -> Option<Met<'_>>;

    /// The value that may stand for the whole table.
    fn short(&self) -> Option<Met<'_>>;
}
