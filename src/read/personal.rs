//! What a file tells of persons, in its values, keys and comments: national identity numbers, which stand nowhere, and ways
//! to reach somebody, which stand in an organisation's `contact`.

use std::ops::Range;

use toml_spanner::{Item, Table};

use super::{FieldInfo, Reader, Shape};
use crate::diagnostic::{About, At, Diagnostic, Place};
use crate::lang::Text;
use crate::personal::{Contact, Plain, contacts, identity_numbers, masked};
use crate::source::{Bytes, FileId, KeyPath, Step};
use crate::spelling::is_obeyed;
use crate::{rules, say};

/// How many of one file are kept; more can only come from a file that is no record.
const MOST: usize = 1000;

/// A way to reach somebody, outside `contact`.
#[derive(Clone, Debug)]
pub struct Address {
    /// Where it stands, with the key path of its value; without one in a comment or note. The file as a whole stands for
    /// its name.
    pub at: At,
    /// What it is.
    pub kind: Contact,
}

impl Reader<'_> {
    /// Looks for what tells of persons. Of a file with broken syntax it is not sure what belongs to `contact`.
    pub(super) fn personal(&mut self, document: &Table<'_>) {
        let plain = Plain::of(self.text);
        let mut numbers = plain.identity_numbers();
        numbers.truncate(MOST);
        let paths = key_paths(document, self.root, &numbers);
        for (number, path) in numbers.into_iter().zip(paths) {
            self.problems.push(identity_number(self.file, self.text, number, path));
        }
        if self.partial {
            return;
        }
        let (places, kinds): (Vec<_>, Vec<_>) = plain.contacts().into_iter().unzip();
        let paths = key_paths(document, self.root, &places);
        for ((place, kind), path) in places.into_iter().zip(kinds).zip(paths) {
            // Only organisations have the key.
            if path.0.first() != Some(&Step::Key("contact")) {
                self.addresses.push(Address { at: At::Bytes(bytes(&place), path), kind });
            }
        }
    }
}

/// The national identity numbers of a text that is no record.
#[must_use]
pub fn identity_numbers_in(file: FileId, text: &str) -> Vec<Diagnostic> {
    let numbers = identity_numbers(text).into_iter().take(MOST);
    numbers.map(|number| identity_number(file, text, number, KeyPath::default())).collect()
}

/// The ways to reach somebody that stand in a text that is no record, unless it shows how `contact` is written.
#[must_use]
pub fn addresses_in(text: &str) -> Vec<Address> {
    let line = |at: usize| text[..at].rsplit('\n').next().unwrap_or_default();
    let shows_contact = |place: &Range<usize>| line(place.start).trim_start().starts_with("contact = {");
    let found = contacts(text).into_iter().filter(|(place, _)| !shows_contact(place));
    found.map(|(place, kind)| Address { at: At::Bytes(bytes(&place), KeyPath::default()), kind }).collect()
}

/// Says that there is a national identity number, and shows what may be shown of it.
fn identity_number(file: FileId, text: &str, number: Range<usize>, path: KeyPath) -> Diagnostic {
    let masked = masked(&text[number.clone()]);
    let shown: String = masked.chars().filter(|char| !is_obeyed(*char)).collect(); // no line break, no zeros of UTF-16
    let place = Place { file, at: At::Bytes(bytes(&number), path) };
    let message = say!(
        nn: "«{shown}» er eit fødselsnummer eller D-nummer, eller ser ut som eit",
        nb: "«{shown}» er et fødselsnummer eller D-nummer, eller ser ut som et",
        en: "\"{shown}\" is a national identity number, or looks like one",
    );
    let hint = say!(
        nn: "ta det ut, og meld frå til personvernombodet: det ligg framleis i historikken til git; «lmnet explain national-identity-number» fortel meir",
        nb: "ta det ut, og meld fra til personvernombudet: det ligger fortsatt i historikken til git; «lmnet explain national-identity-number» forteller mer",
        en: "take it out, and tell the data protection officer: it is still in the history of git; \"lmnet explain national-identity-number\" tells more",
    );
    Diagnostic::new(&rules::NATIONAL_IDENTITY_NUMBER, place, message).hint(hint).about(About::Hidden)
}

fn bytes(range: &Range<usize>) -> Bytes {
    Bytes { start: range.start as u32, end: range.end as u32 }
}

/// The key paths of the values that places, in order, lie in, as far as the keys are known; empty for what lies in no value.
fn key_paths(document: &Table<'_>, root: fn() -> Vec<FieldInfo>, places: &[Range<usize>]) -> Vec<KeyPath> {
    let mut found = vec![KeyPath::default(); places.len()];
    if !places.is_empty() {
        Paths { places, found: &mut found, here: KeyPath::default() }.table(document, &root());
    }
    found
}

struct Paths<'p> {
    places: &'p [Range<usize>],
    found: &'p mut [KeyPath],
    here: KeyPath,
}

impl Paths<'_> {
    fn table(&mut self, table: &Table<'_>, fields: &[FieldInfo]) {
        for (key, item) in table {
            match fields.iter().find(|field| field.key == key.name) {
                Some(field) => self.within(Step::Key(field.key), item, &field.shape),
                None => self.item(item, &Shape::Free),
            }
        }
    }

    fn within(&mut self, step: Step, item: &Item<'_>, shape: &Shape) {
        self.here.0.push(step);
        self.item(item, shape);
        self.here.0.pop();
    }

    fn item(&mut self, item: &Item<'_>, shape: &Shape) {
        if let (Shape::Either(_, long), true) = (shape, item.as_table().is_some()) {
            self.item(item, long);
        } else if let (Shape::List(each), None) = (shape, item.as_array()) {
            self.item(item, each); // a single value may stand for a list of one
        } else if let Some(list) = item.as_array() {
            let each = if let Shape::List(each) = shape { each } else { &Shape::Free };
            for (index, item) in list.iter().enumerate() {
                self.within(Step::Index(index), item, each);
            }
        } else if let Some(table) = item.as_table() {
            match shape {
                Shape::Table(fields) => self.table(table, &fields()),
                Shape::Text => {
                    for (key, item) in table {
                        match Text::LANGUAGES.iter().find(|code| **code == key.name) {
                            Some(code) => self.within(Step::Key(code), item, &Shape::Free),
                            None => self.item(item, &Shape::Free),
                        }
                    }
                }
                _ => table.iter().for_each(|(_, item)| self.item(item, &Shape::Free)),
            }
        } else {
            let span = item.span();
            let first = self.places.partition_point(|place| place.start < span.start as usize);
            let inside = self.places[first..].iter().take_while(|place| place.end <= span.end as usize).count();
            self.found[first..first + inside].fill(self.here.clone());
        }
    }
}
