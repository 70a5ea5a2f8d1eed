//! What changed between two states of a registry, in the words of the field: for whoever reviews a change before it is taken in.
//!
//! Knows no git: the two states are handed over. Internal: nothing is hidden.

mod carry;
mod document;
mod effects;
mod fields;
mod json;
mod records;
mod unread;
mod words;

pub use carry::Carry;
pub use document::{Shown, document};
pub use effects::{Effect, Effects};
pub use fields::FieldChange;
pub use records::{Followed, RecordChange, State, records};
pub use unread::{Met, Unread};

use crate::check::{self, Finding, Gone};
use crate::date::Date;
use crate::lang::Lang;
use crate::registry::{ManifestRead, Registry};
use crate::rules;

/// A change of a registry.
#[derive(Debug)]
pub struct Brief {
    /// The records that differ: removed first, then added, renamed, changed.
    pub records: Vec<RecordChange>,
    /// Fields that differ only in that they name a record or a part by its new id.
    pub followed: Vec<Followed>,
    /// Records that could not be read before, now, or both. They count on neither side.
    pub unread: Vec<Unread>,
    /// Whether the records of both states were read. If not, one is written in a format that this program does not know, and
    /// nothing else can be told.
    pub comparable: bool,
    /// What reads differently on the day.
    pub effects: Effects,
    /// Findings that are new.
    pub new: Vec<Finding>,
    /// Findings that are gone.
    pub gone: Gone,
    /// The day.
    pub day: Date,
    /// The language.
    pub lang: Lang,
}

impl Brief {
    /// What changed from one state to another, as it reads on a day. Records that could not be read in one of them are left
    /// out of both.
    #[must_use]
    pub fn of(old: &mut Registry, new: &mut Registry, day: Date, lang: Lang) -> Self {
        lend_manifest(old, new);
        let mut found = check::run(new);
        let mut gone = check::compare(&mut found, new, check::run(old), old);
        let mut findings: Vec<Finding> = found.findings.into_iter().filter(|finding| !finding.kept).collect();
        let carry = Carry::of(old, new);
        let unread = unread::leave_out(old, new, &carry);
        let comparable = [&*old, &*new].iter().all(|side| side.manifest_read() != ManifestRead::OtherFormat);
        if !comparable {
            // What the side that was not read lacks is neither new nor put right.
            findings.retain(|finding| finding.rule.id == rules::UNSUPPORTED_FORMAT.id);
            gone.fixed.retain(|finding| finding.rule.id == rules::UNSUPPORTED_FORMAT.id);
            gone.silenced.clear();
        }
        let (records, followed) = if comparable { records(old, new, &carry, lang) } else { Default::default() };
        let effects = if comparable { effects::effects(old, new, &carry, day, lang) } else { Effects::default() };
        Self { records, followed, unread, comparable, effects, new: findings, gone, day, lang }
    }

    /// Whether nothing changed.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        let findings = self.new.len() + self.gone.fixed.len() + self.gone.silenced.len();
        self.comparable && self.records.is_empty() && findings == 0 && self.unread.iter().all(|one| !one.changed)
    }
}

/// Where the manifest could be read whole on one side only, what it says there counts on the other as well: rules that are
/// lost would seem to make findings, and semesters figures.
fn lend_manifest(old: &mut Registry, new: &mut Registry) {
    match [&*old, &*new].map(Registry::manifest_read) {
        [ManifestRead::Whole, ManifestRead::Partly] => new.manifest = old.manifest.clone(),
        [ManifestRead::Partly, ManifestRead::Whole] => old.manifest = new.manifest.clone(),
        _ => {}
    }
}
