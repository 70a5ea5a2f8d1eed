//! What changed between two states of a registry, in the words of the field: for whoever reviews a change before it is taken in.
//!
//! Knows no git: the two states are handed over. Internal: nothing is hidden.

mod document;
mod effects;
mod fields;
mod json;
mod records;

pub use document::document;
pub use effects::{Effect, Effects};
pub use fields::FieldChange;
pub use records::{RecordChange, State, records};

use crate::check::{self, Finding};
use crate::date::Date;
use crate::lang::Lang;
use crate::registry::Registry;

/// A change of a registry.
#[derive(Debug)]
pub struct Brief {
    /// The records that differ: removed first, then added, renamed, changed.
    pub records: Vec<RecordChange>,
    /// Records that could not be read: before and now, as `offerings/kols-skule`.
    pub unreadable: [Vec<String>; 2],
    /// What reads differently on the day.
    pub effects: Effects,
    /// Findings that are new.
    pub new: Vec<Finding>,
    /// Findings that are gone.
    pub fixed: Vec<Finding>,
    /// The day.
    pub day: Date,
    /// The language.
    pub lang: Lang,
}

impl Brief {
    /// What changed from one state to another, as it reads on a day. Records that could not be read are left out of both.
    #[must_use]
    pub fn of(old: &mut Registry, new: &mut Registry, day: Date, lang: Lang) -> Self {
        let mut found = check::run(new);
        let fixed = check::compare(&mut found, new, check::run(old), old);
        let unreadable = [&mut *old, &mut *new].map(|registry| {
            let left_out = registry.leave_out_broken();
            left_out.iter().map(|(kind, id)| format!("{}/{id}", kind.word())).collect()
        });
        Self {
            records: records(old, new, lang),
            effects: effects::effects(old, new, day, lang),
            unreadable,
            new: found.findings.into_iter().filter(|finding| !finding.kept).collect(),
            fixed,
            day,
            lang,
        }
    }

    /// Whether nothing changed.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.records.is_empty()
            && self.new.is_empty()
            && self.fixed.is_empty()
            && self.unreadable[0] == self.unreadable[1]
    }
}
