//! One declaration for everything that a table or a closed list needs.

use toml_spanner::Table;

use super::{Field, FieldInfo, Reader, Shape};
use crate::spelling::likeliest;

/// The keys of a kind of table.
#[must_use]
pub fn fields_of<T: Field>() -> Vec<FieldInfo> {
    match T::shape() {
        Shape::Table(fields) => fields(),
        _ => Vec::new(),
    }
}

/// The keys of a table, for messages.
#[must_use]
pub fn keys_of(fields: &[FieldInfo]) -> Vec<&'static str> {
    fields.iter().map(|field| field.key).collect()
}

/// Reports the keys of `table` that are required and absent. What a misspelt key was meant to be has been said there.
pub fn report_missing(table: &Table<'_>, fields: &[FieldInfo], cx: &mut Reader<'_>) {
    let own = keys_of(fields);
    let mut missing: Vec<_> = fields.iter().filter(|field| field.required && !table.contains_key(field.key)).collect();
    for (key, _) in table.iter().filter(|(key, _)| !own.contains(&key.name)) {
        let near = likeliest(key.name, own.iter().copied());
        if let Some(meant) = missing.iter().position(|field| near.contains(&field.key)) {
            missing.remove(meant);
        }
    }
    for field in missing {
        cx.missing(table.span().into(), field.key, &field.shape);
    }
}

/// The key of a Rust field: `care_level` is `care-level`, `r#where` is `where`.
#[doc(hidden)]
pub const fn key_length(field: &str) -> usize {
    field.len() - raw_prefix(field.as_bytes())
}

/// See [`key_length`].
#[doc(hidden)]
pub const fn key_bytes<const LENGTH: usize>(field: &str) -> [u8; LENGTH] {
    let bytes = field.as_bytes();
    let skip = raw_prefix(bytes);
    let mut key = [0; LENGTH];
    let mut index = 0;
    while index < LENGTH {
        let byte = bytes[index + skip];
        key[index] = if byte == b'_' { b'-' } else { byte };
        index += 1;
    }
    key
}

const fn raw_prefix(field: &[u8]) -> usize {
    if field.len() > 2 && field[0] == b'r' && field[1] == b'#' { 2 } else { 0 }
}

/// The key of a Rust field, as a constant.
#[doc(hidden)]
#[macro_export]
macro_rules! key_of {
    ($field:ident) => {{
        const FIELD: &str = stringify!($field);
        const BYTES: [u8; $crate::read::key_length(FIELD)] = $crate::read::key_bytes(FIELD);
        // A constant, so that nothing is left to do when the program runs.
        const KEY: &str = match std::str::from_utf8(&BYTES) {
            Ok(key) => key,
            Err(_) => FIELD,
        };
        KEY
    }};
}

/// Declares a table of a record.
///
/// `dates |this| …;` gives the dates that the table carries; `short field;` lets a bare value stand for a table in
/// which only `field` is given.
#[macro_export]
macro_rules! record {
    (
        $(#[doc = $doc:literal])*
        $(dates |$this:ident| $dates:expr;)?
        $(short $short:ident: $short_type:ty;)?
        pub struct $name:ident {
            $( $(#[doc = $field_doc:literal])+ $field:ident: $type:ty, )+
        }
    ) => {
        $(#[doc = $doc])*
        #[derive(Clone, Debug, Default)]
        pub struct $name {
            $( $(#[doc = $field_doc])+ pub $field: $type, )+
        }

        impl $name {
            /// The keys of the table, with their meaning.
            #[must_use]
            pub fn fields() -> Vec<$crate::read::FieldInfo> {
                vec![$( $crate::read::FieldInfo {
                    key: $crate::key_of!($field),
                    doc: concat!($($field_doc,)+),
                    required: !<$type as $crate::read::Field>::OPTIONAL,
                    parts: <$type as $crate::read::Field>::PARTS,
                    shape: <$type as $crate::read::Field>::shape(),
                }, )+]
            }

            /// The dates that it carries itself.
            #[must_use]
            pub fn dates(&self) -> $crate::read::Dates {
                $( let $this = self; return $dates; )?
                #[allow(unreachable_code)]
                $crate::read::Dates::None
            }
        }

        impl $crate::read::Field for $name {
            const WALKS: bool = false
                $( || <$type as $crate::read::Field>::WALKS )+
                $( || { let _ = stringify!($this); true } )?;

            #[allow(non_upper_case_globals)]
            fn read(item: &toml_spanner::Item<'_>, cx: &mut $crate::read::Reader<'_>) -> Option<Self> {
                $(
                    if item.as_table().is_none() && item.as_array().is_none() {
                        let mut this_table = Self::default();
                        this_table.$short = <$short_type as $crate::read::Field>::read(item, cx)?;
                        return Some(this_table);
                    }
                )?
                let Some(table) = item.as_table() else {
                    return cx.wrong_type(item, &<Self as $crate::read::Field>::shape());
                };
                $( const $field: &str = $crate::key_of!($field); )+
                let mut this_table = Self::default();
                for (found_key, found_item) in table {
                    match found_key.name {
                        $( $field => if let Some(found_value) = cx.field($field, found_item) {
                            this_table.$field = found_value;
                        }, )+
                        _ => cx.unknown(found_key, table, &$crate::read::keys_of(&Self::fields())),
                    }
                }
                if false $( || !<$type as $crate::read::Field>::OPTIONAL && !table.contains_key($field) )+ {
                    $crate::read::report_missing(table, &Self::fields(), cx);
                }
                Some(this_table)
            }

            fn shape() -> $crate::read::Shape {
                let table = $crate::read::Shape::Table(Self::fields);
                $(
                    let short = <$short_type as $crate::read::Field>::shape();
                    return $crate::read::Shape::Either(Box::new(short), Box::new(table));
                )?
                #[allow(unreachable_code)]
                table
            }

            fn met(&self) -> $crate::read::Met<'_> {
                $crate::read::Met::Table(self)
            }

            fn walk<'a>(
                &'a self,
                trail: &mut $crate::read::Trail,
                visit: &mut dyn FnMut(&$crate::read::Trail, $crate::read::Seen<'a>),
            ) {
                let dates = self.dates();
                let dated = dates != $crate::read::Dates::None;
                if dated {
                    visit(trail, $crate::read::Seen::Dates(dates));
                    trail.dates.push((trail.path.0.len(), dates));
                }
                $( if <$type as $crate::read::Field>::WALKS {
                    trail.path.0.push($crate::source::Step::Key($crate::key_of!($field)));
                    $crate::read::Field::walk(&self.$field, trail, visit);
                    trail.path.0.pop();
                } )+
                if dated {
                    trail.dates.pop();
                }
            }
        }

        impl $crate::read::Keys for $name {
            #[allow(non_upper_case_globals)]
            fn key(&self, key: &str) -> Option<$crate::read::Met<'_>> {
                $( const $field: &str = $crate::key_of!($field); )+
                match key {
                    $( $field => Some($crate::read::Field::met(&self.$field)), )+
                    _ => None,
                }
            }

            fn short(&self) -> Option<$crate::read::Met<'_>> {
                $( return Some($crate::read::Field::met(&self.$short)); )?
                #[allow(unreachable_code)]
                None
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                use serde::ser::SerializeMap;
                let mut map = serializer.serialize_map(None)?;
                $( if !$crate::read::Field::is_unset(&self.$field) {
                    map.serialize_entry($crate::key_of!($field), &self.$field)?;
                } )+
                map.end()
            }
        }
    };
}

/// Declares a closed list of words: the type, the word in records, and the label in three languages.
#[macro_export]
macro_rules! words {
    (
        $(#[doc = $doc:literal])*
        pub enum $name:ident {
            $( $variant:ident = $word:literal, $nn:literal, $nb:literal, $en:literal; )+
        }
    ) => {
        $(#[doc = $doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name {
            $( #[doc = concat!("`", $word, "`: ", $en)] $variant, )+
        }

        impl $name {
            /// Every choice, in the order in which they are offered.
            pub const ALL: &'static [Self] = &[$( Self::$variant ),+];
            /// The words, in the same order.
            pub const WORDS: &'static [&'static str] = &[$( $word ),+];

            /// The word in records.
            #[must_use]
            pub fn word(self) -> &'static str {
                Self::WORDS[self as usize]
            }

            /// The choice with this word.
            #[must_use]
            pub fn from_word(word: &str) -> Option<Self> {
                Self::WORDS.iter().position(|known| *known == word).map(|index| Self::ALL[index])
            }

            /// What people call it.
            #[must_use]
            pub fn label(self) -> $crate::lang::Label {
                match self {
                    $( Self::$variant => $crate::lang::Label { nn: $nn, nb: $nb, en: $en }, )+
                }
            }
        }

        impl $crate::read::Word for $name {
            const WORDS: &'static [&'static str] = Self::WORDS;

            fn from_word(word: &str) -> Option<Self> {
                Self::from_word(word)
            }
        }

        impl Default for $name {
            fn default() -> Self {
                Self::ALL[0]
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.word())
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.word())
            }
        }

        impl $crate::read::Field for $name {
            fn read(item: &toml_spanner::Item<'_>, cx: &mut $crate::read::Reader<'_>) -> Option<Self> {
                cx.choice(item, Self::WORDS).map(|index| Self::ALL[index])
            }

            fn shape() -> $crate::read::Shape {
                $crate::read::Shape::Choice(Self::WORDS, |index| Self::ALL.get(index).map(|word| word.label()))
            }

            fn met(&self) -> $crate::read::Met<'_> {
                $crate::read::Met::Text(self.word())
            }
        }
    };
}
