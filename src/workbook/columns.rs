//! The sheets of a workbook and their columns, which follow from the keys of the records.

use crate::lang::{Label, Lang, Said};
use crate::model::Kind;
use crate::names::{label, label_within};
use crate::read::{FieldInfo, Shape, Target};
use crate::registry::fields_of_kind;

/// What the rows of a sheet are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// Offerings.
    Offerings,
    /// Runs of offerings.
    Runs,
    /// Courses.
    Courses,
    /// Appointments of members.
    Seats,
}

impl Part {
    /// All of them, in the order of the sheets.
    pub const ALL: [Self; 4] = [Self::Offerings, Self::Runs, Self::Courses, Self::Seats];

    /// The kind of record that a row is, or is a part of.
    #[must_use]
    pub fn kind(self) -> Kind {
        match self {
            Self::Offerings | Self::Runs => Kind::Offering,
            Self::Courses => Kind::Course,
            Self::Seats => Kind::Member,
        }
    }

    /// The list of the record that a row is a part of; nothing where a row is a record.
    #[must_use]
    pub fn list(self) -> Option<&'static str> {
        match self {
            Self::Runs => Some("run"),
            Self::Seats => Some("appointment"),
            Self::Offerings | Self::Courses => None,
        }
    }

    /// What the sheet is called.
    #[must_use]
    pub fn label(self) -> Label {
        match self {
            Self::Offerings => Label { nn: "Tilbod", nb: "Tilbud", en: "Offerings" },
            Self::Runs => Label { nn: "Gjennomføringar", nb: "Gjennomføringer", en: "Runs" },
            Self::Courses => Label { nn: "Kurs", nb: "Kurs", en: "Courses" },
            Self::Seats => Label { nn: "Plassar", nb: "Plasser", en: "Seats" },
        }
    }

    /// The word for it where records and commands are spoken of.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Offerings => "offerings",
            Self::Runs => "runs",
            Self::Courses => "courses",
            Self::Seats => "seats",
        }
    }

    /// The sheet with this word.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|part| part.word() == word)
    }

    /// Whether a row that is known so is one of these.
    pub(super) fn has(self, id: &str) -> bool {
        let rest = id.strip_prefix(self.kind().word()).filter(|rest| rest.starts_with('/'));
        rest.is_some_and(|rest| rest.matches('/').count() == 1 + usize::from(self.list().is_some()))
    }

    /// The keys of what a row is.
    #[must_use]
    pub fn fields(self) -> Vec<FieldInfo> {
        let own = fields_of_kind(self.kind());
        match self.list() {
            None => own,
            Some(list) => own
                .into_iter()
                .find(|field| field.key == list)
                .and_then(|field| field.shape.fields())
                .unwrap_or_default(),
        }
    }
}

/// A column.
#[derive(Clone, Debug)]
pub struct Column {
    /// The key, such as `reach` or `referral.required`.
    pub key: String,
    /// What may stand in it.
    pub shape: Shape,
    /// Whether a new row must have something there.
    pub required: bool,
    /// What stands above it.
    pub heading: Said,
    /// Whether it names the record that the row is a part of.
    pub is_parent: bool,
}

/// Keys that are not for a sheet: names of persons, and what is kept for machines and for those who keep the registry.
const KEPT: [&str; 7] = ["id", "name", "consent", "source", "shows", "waive", "arrangement"];

/// The columns of a sheet, in the order of the keys.
#[must_use]
pub fn columns(part: Part) -> Vec<Column> {
    let fields = part.fields();
    let parent = part.list().map(|_| Column {
        key: parent_key(part).to_owned(),
        shape: Shape::Reference(Target::Record(part.kind())),
        required: true,
        heading: match part {
            Part::Seats => Said { nn: "Medlem".into(), nb: "Medlem".into(), en: "Member".into() },
            _ => Said { nn: "Tilbod".into(), nb: "Tilbud".into(), en: "Offering".into() },
        },
        is_parent: true,
    });
    let own = fields.iter().filter(|field| !KEPT.contains(&field.key)).flat_map(of_field);
    parent.into_iter().chain(own).collect()
}

/// The key for the column that names the record of a part.
pub(super) fn parent_key(part: Part) -> &'static str {
    if part == Part::Seats { "member" } else { "offering" }
}

/// A column for a key with a simple value, and one for each such key in its table.
fn of_field(field: &FieldInfo) -> Vec<Column> {
    let mut found = Vec::new();
    if let Some(shape) = simple(&field.shape) {
        found.push(Column {
            key: field.key.to_owned(),
            shape,
            required: field.required,
            heading: all(|lang| {
                label(field.key).map_or_else(|| field.key.to_owned(), |label| label.get(lang).to_owned())
            }),
            is_parent: false,
        });
    }
    if let Shape::Table(fields) | Shape::Settings(fields) = long(&field.shape) {
        for inner in fields() {
            let Some(shape) = simple(&inner.shape) else { continue };
            found.push(Column {
                key: format!("{}.{}", field.key, inner.key),
                shape,
                required: false,
                heading: all(|lang| heading_within(field.key, inner.key, lang)),
                is_parent: false,
            });
        }
    }
    found
}

fn all(heading: impl Fn(Lang) -> String) -> Said {
    Said { nn: heading(Lang::Nn), nb: heading(Lang::Nb), en: heading(Lang::En) }
}

/// `Brukarmedverknad: i planlegginga`; `Tilvising krevst` says it already.
fn heading_within(outer: &str, key: &str, lang: Lang) -> String {
    let of = |label: Option<Label>, key: &str| label.map_or_else(|| key.to_owned(), |label| label.get(lang).to_owned());
    let (above, own) = (of(label(outer), outer), of(label_within(outer, key), key));
    if own.starts_with(&above) { own } else { format!("{above}: {}", own.to_lowercase()) }
}

/// What a table may stand for.
fn long(shape: &Shape) -> &Shape {
    match shape {
        Shape::Either(_, long) => long,
        other => other,
    }
}

/// The shape of what can stand in one cell, several values with `;` between them.
fn simple(shape: &Shape) -> Option<Shape> {
    match shape {
        Shape::Text
        | Shape::String
        | Shape::Choice(..)
        | Shape::Reference(_)
        | Shape::When
        | Shape::Day
        | Shape::MonthDay
        | Shape::ClockTime
        | Shape::Duration
        | Shape::Year
        | Shape::Whole(_)
        | Shape::Count { .. }
        | Shape::Flag => Some(shape.clone()),
        Shape::List(each) => match **each {
            Shape::Choice(..) | Shape::Reference(_) | Shape::String => Some(shape.clone()),
            _ => None,
        },
        Shape::Either(short, _) => match **short {
            Shape::Count { .. } => simple(short),
            _ => None,
        },
        _ => None,
    }
}

impl Column {
    /// The heading as it is known in each language.
    pub fn headings(&self) -> [&str; 3] {
        [&self.heading.nn, &self.heading.nb, &self.heading.en]
    }

    /// What each value in it may be.
    #[must_use]
    pub fn each(&self) -> &Shape {
        match &self.shape {
            Shape::List(each) => each,
            other => other,
        }
    }

    /// Whether several values may stand in it.
    #[must_use]
    pub fn is_list(&self) -> bool {
        matches!(self.shape, Shape::List(_))
    }
}
