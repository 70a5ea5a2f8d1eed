//! What a network keeps to itself: the keys of records that are not for the public.

use crate::read::Kind;

/// Remarks in free words, which could name somebody or tell a small count, and the exceptions that were made.
const ANYWHERE: [&str; 2] = ["note", "waive"];

/// Keys of one kind, with all that stands below them: ways to reach people, and why somebody did not do what was owed.
const OF_KIND: [(Kind, &str); 2] = [(Kind::Organisation, "contact"), (Kind::Network, "excuse")];

/// Of members, the public sees seats, not people: only these keys, and what stands below them. A new key stays inside
/// until it is named here.
const OF_MEMBERS: [&str; 6] = ["organisation", "background", "function", "remunerated", "appointment", "verified"];

/// Whether a key is not for the public, such as `contact` of organisations or `run.note` of offerings.
#[must_use]
pub fn is_internal(kind: Kind, path: &str) -> bool {
    let mut steps = path.split('.');
    let first = steps.clone().next().unwrap_or_default();
    steps.any(|step| ANYWHERE.contains(&step))
        || OF_KIND.contains(&(kind, first))
        || (kind == Kind::Member && !OF_MEMBERS.contains(&first))
}
