//! What could not be read before or now: of this nobody can tell what changed, and it counts on neither side.

use std::collections::BTreeMap;

use super::Carry;
use crate::model::Kind;
use crate::registry::{MANIFEST, ManifestRead, Registry, record_of};

/// How a record was met in a state.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Met {
    /// It is not there.
    Absent,
    /// It could be read.
    Read,
    /// It could not be read, or not all of it.
    Lost,
}

/// A record that could not be read before, now, or both.
#[derive(Clone, Debug)]
pub struct Unread {
    /// `offerings/kols-skule`, as it is called now; the manifest is `lmnet.toml`.
    pub record: String,
    /// How it was met before and now.
    pub met: [Met; 2],
    /// Whether the file has another text than before.
    pub changed: bool,
}

/// Leaves out on both sides what could not be read on one of them, so that it is not taken for gone or new, and gives it.
pub(super) fn leave_out(old: &mut Registry, new: &mut Registry, carry: &Carry) -> Vec<Unread> {
    let mut found: BTreeMap<(Kind, String), [Met; 2]> = BTreeMap::new();
    let was: BTreeMap<String, &str> = carry.records().map(|(was, now)| (now.to_owned(), was)).collect();
    let id_before = |kind: Kind, id: &str| {
        let was = was.get(&format!("{}/{id}", kind.word())).and_then(|was| was.split_once('/'));
        was.map_or(id, |(_, id)| id).to_owned()
    };
    let lost = [&mut *old, &mut *new].map(Registry::leave_out_broken);
    for (side, lost) in lost.iter().enumerate() {
        for (kind, id) in lost {
            // What lies beside a record under the same id takes nothing from it.
            if [&*old, &*new][side].pointed(*kind, id).is_none() {
                let id = if side == 0 { carry.id(*kind, id) } else { id.to_string() };
                found.entry((*kind, id)).or_insert([Met::Absent; 2])[side] = Met::Lost;
            }
        }
    }
    for ((kind, id), met) in &mut found {
        let there = [old.pointed(*kind, &id_before(*kind, id)).is_some(), new.pointed(*kind, id).is_some()];
        for side in [0, 1] {
            if there[side] {
                met[side] = Met::Read;
            }
        }
    }
    let out = |id: &dyn Fn(Kind, &str) -> String| -> Vec<(Kind, Box<str>)> {
        found.keys().map(|(kind, now)| (*kind, id(*kind, now).into())).collect()
    };
    old.leave_out(&out(&id_before));
    new.leave_out(&out(&|_, id| id.to_owned()));
    let texts = if found.is_empty() { Default::default() } else { [texts(old), texts(new)] };
    let record = |((kind, id), met): ((Kind, String), [Met; 2])| {
        let was = format!("{}/{}", kind.word(), id_before(kind, &id));
        let record = format!("{}/{id}", kind.word());
        let changed = texts[0].get(&was) != texts[1].get(&record);
        Unread { record, met, changed }
    };
    manifest(old, new).into_iter().chain(found.into_iter().map(record)).collect()
}

fn manifest(old: &Registry, new: &Registry) -> Option<Unread> {
    let sides = [old, new];
    let met = sides.map(|registry| match registry.manifest_read() {
        ManifestRead::Missing => Met::Absent,
        ManifestRead::Whole => Met::Read,
        ManifestRead::Partly | ManifestRead::OtherFormat => Met::Lost,
    });
    let text = |registry: &Registry| {
        let file = registry.files().find(|(_, path)| path == MANIFEST)?.0;
        registry.bytes_again(file)
    };
    met.contains(&Met::Lost).then(|| Unread { record: MANIFEST.to_owned(), met, changed: text(old) != text(new) })
}

/// The texts of the files of each record.
fn texts(registry: &Registry) -> BTreeMap<String, Vec<Option<Vec<u8>>>> {
    let mut texts: BTreeMap<String, Vec<Option<Vec<u8>>>> = BTreeMap::new();
    for (file, path) in registry.files() {
        if let Some(record) = record_of(&path) {
            texts.entry(record).or_default().push(registry.bytes_again(file));
        }
    }
    texts
}
