//! From TOML to typed values, with every shape error of a file and its place.
//!
//! [`record!`] declares a table of a record once: from the one list of fields come its type, its reading, its place in
//! "did you mean", its JSON and the walk over its references. [`words!`] does the same for a closed list.
//!
//! Opens no file and knows no registry: whether a reference points to something is for others to ask.

mod amount;
mod id;
mod kind;
mod list;
mod macros;
mod met;
mod newer;
mod personal;
mod reader;
mod reference;
mod scalar;
mod shape;
mod short;
mod syntax;
mod value;

use std::ops::RangeInclusive;

use serde::Serialize;
use toml_spanner::Item;

pub use amount::Amount;
pub use id::Id;
pub(crate) use id::{is_id, is_keyword, is_reserved, slug};
pub use kind::{Kind, RecordKind};
pub use list::{List, OneOrMore, Parts};
pub use macros::{fields_of, key_bytes, key_length, keys_of, report_missing};
pub use met::{Keys, Met, Values};
pub use personal::{Address, addresses_in, identity_numbers_in};
pub use reader::Reader;
pub use reference::{Dates, Link, Pointed, Ref, Seen, Target, Trail};
pub use scalar::{Between, ClockTime, Duration, Several, Unit, Year};
pub use shape::{FieldInfo, Shape};
pub use short::short_names;
pub use value::Value;

/// A word of a closed list.
pub trait Word: Copy + Send + Sync + 'static {
    /// Every word.
    const WORDS: &'static [&'static str];

    /// The choice with this word.
    fn from_word(word: &str) -> Option<Self>;
}

/// A value that a record can hold. `Default` fills the hole where a value could not be read, so that the rest of its
/// record is still looked at; such a record is marked broken.
pub trait Field: Default + Serialize {
    /// Whether the key may be absent.
    const OPTIONAL: bool = false;

    /// How many parts it may have, if it is a list.
    const PARTS: RangeInclusive<usize> = 0..=usize::MAX;

    /// Whether there can be a reference, a date or a text inside, so that a walk has something to meet.
    const WALKS: bool = false;

    /// Reads the value, or reports why not.
    fn read(item: &Item<'_>, cx: &mut Reader<'_>) -> Option<Self>;

    /// What may stand here.
    fn shape() -> Shape;

    /// Shows every reference, every dated table and every text inside to `visit`.
    fn walk<'a>(&'a self, _trail: &mut Trail, _visit: &mut dyn FnMut(&Trail, Seen<'a>)) {}

    /// What conditions meet here.
    fn met(&self) -> Met<'_> {
        Met::Something
    }

    /// Whether a text that must be there says nothing.
    fn is_blank(&self) -> bool {
        false
    }

    /// Whether there is nothing to write down.
    fn is_unset(&self) -> bool {
        false
    }
}
