//! What references lead to.

use hashbrown::{HashMap, HashSet};

use super::{Entry, ManifestRead, Pointed, Registry};
use crate::model::{Kind, Network, Organisation};
use crate::read::{Link, Target};

/// What a reference leads to.
#[derive(Clone, Copy, Debug)]
pub enum Resolved<'a> {
    /// A record.
    Record(Pointed<'a>),
    /// A part of an agreement or of the manifest: it is there.
    Part,
    /// Something in a file that can't be read: it may be there.
    Unsure,
    /// Nothing.
    Nothing,
}

impl Registry {
    /// What a reference leads to. Areas depend on the network in question and are for the rule to judge.
    #[must_use]
    pub fn resolve<'a>(&'a self, link: Link<'_>) -> Resolved<'a> {
        match link.target {
            Target::Record(kind) => self.record(kind, link.id),
            Target::Body => match self.record(Kind::Organisation, link.id) {
                Resolved::Nothing => self.record(Kind::Network, link.id),
                found => found,
            },
            Target::AnyRecord => match link.id.split_once('/') {
                Some((folder, id)) => Kind::from_word(folder).map_or(Resolved::Nothing, |kind| self.record(kind, id)),
                None => Resolved::Nothing,
            },
            Target::FocusArea => self.part(link.id, &self.parts.focus_areas),
            Target::Duty => self.part(link.id, &self.parts.duties),
            Target::Condition => {
                if self.parts.conditions.contains(link.id) {
                    Resolved::Part
                } else if self.conditions_known {
                    Resolved::Nothing
                } else {
                    Resolved::Unsure
                }
            }
            Target::Area => Resolved::Part,
        }
    }

    fn record<'a>(&'a self, kind: Kind, id: &str) -> Resolved<'a> {
        match self.pointed(kind, id) {
            Some(found) => Resolved::Record(found),
            None => match self.reserved.binary_search_by(|(reserved, known)| (*reserved, &**known).cmp(&(kind, id))) {
                Ok(_) => Resolved::Unsure,
                Err(_) => Resolved::Nothing,
            },
        }
    }

    /// Whether there is a file for a record that could not be read.
    #[must_use]
    pub fn is_unreadable(&self, kind: Kind, id: &str) -> bool {
        matches!(self.record(kind, id), Resolved::Unsure)
    }

    /// How much of the manifest could be read.
    #[must_use]
    pub fn manifest_read(&self) -> ManifestRead {
        self.manifest_read
    }

    fn part(&self, path: &str, known: &HashSet<String>) -> Resolved<'_> {
        if known.contains(path) {
            return Resolved::Part;
        }
        let Some((agreement, _)) = path.split_once('/') else { return Resolved::Nothing };
        match self.agreements.get(agreement) {
            Some(found) if found.broken => Resolved::Unsure,
            Some(_) => Resolved::Nothing,
            None => match self.record(Kind::Agreement, agreement) {
                Resolved::Unsure => Resolved::Unsure,
                _ => Resolved::Nothing,
            },
        }
    }

    /// Whether a network has an area; one that was not read whole may have it.
    #[must_use]
    pub fn has_area(&self, network: &Entry<Network>, area: &str) -> bool {
        network.broken || self.parts.areas.contains(&format!("{}/{area}", network.id))
    }

    /// The organisations that carry on from another one, by id.
    pub fn successors(&self, id: &str) -> impl Iterator<Item = &Entry<Organisation>> {
        let after = self.parts.successors.get(id).into_iter().flatten();
        after.filter_map(|after| self.organisations.get(after))
    }

    /// Notes down the parts of records that references can point to, and who carries on from whom.
    pub(super) fn index_parts(&mut self) {
        let of = |record: &str, part: &str| format!("{record}/{part}");
        let mut parts = Parts::default();
        for agreement in &self.agreements {
            parts.focus_areas.extend(agreement.focus_areas.iter().map(|area| of(&agreement.id, &area.id)));
            parts.duties.extend(agreement.obligation.iter().map(|duty| of(&agreement.id, &duty.id)));
        }
        for network in &self.networks {
            parts.areas.extend(network.areas.iter().map(|area| of(&network.id, &area.id)));
        }
        for organisation in &self.organisations {
            for succession in &organisation.succeeds {
                let after = parts.successors.entry(succession.organisation.id().into()).or_default();
                after.push(organisation.id.clone());
                after.dedup();
            }
        }
        parts.conditions.extend(self.manifest.condition.iter().map(|condition| condition.id.to_string()));
        self.parts = parts;
    }
}

/// What is looked up again and again: parts of records that references point to (`agreement/area`, `agreement/duty`, `network/area`,
/// conditions), and successors.
#[derive(Debug, Default)]
pub(super) struct Parts {
    focus_areas: HashSet<String>,
    duties: HashSet<String>,
    areas: HashSet<String>,
    conditions: HashSet<String>,
    /// The organisations that carry on from each, by id.
    successors: HashMap<Box<str>, Vec<Box<str>>>,
}
