//! From rows to files: what every row changes, gathered by record, as texts that were not written yet.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::PathBuf;
use std::rc::Rc;

use super::columns::Part;
use super::meaning::{Change, Meaning, Merged, Parent, Place, Remark, Sort};
use crate::compose::{Draft, Family};
use crate::edit::{Edit, edited, with_parts};
use crate::lang::{Label, Said};
use crate::model::Kind;
use crate::read::FieldInfo;
use crate::registry::{Registry, fields_of_kind};
use crate::say;
use crate::store::ChangeSet;

/// What is to become of the registry.
#[derive(Debug, Default)]
pub struct Plan {
    /// The files.
    pub changes: ChangeSet,
    /// Which row each key of a file comes from: the file, how the key begins, the row.
    origins: Vec<(String, String, Place)>,
    /// What can't be done.
    pub remarks: Vec<Remark>,
    /// Rows of each sort that are carried out.
    pub tally: Tally,
}

/// How many rows do what.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Rows whose record or part is changed.
    pub changed: usize,
    /// Rows that are new.
    pub new: usize,
    /// Rows whose part is taken out.
    pub deleted: usize,
}

impl Plan {
    /// The row that a key of a file comes from.
    #[must_use]
    pub fn origin(&self, path: &str, key: &str) -> Option<Place> {
        let own = self.origins.iter().filter(|(file, start, _)| file == path && key.starts_with(start.as_str()));
        own.max_by_key(|(_, start, _)| start.len()).map(|(.., place)| *place)
    }

    /// The row that a file comes from, where it is only one.
    #[must_use]
    pub fn only_row(&self, path: &str) -> Option<Place> {
        let mut own = self.origins.iter().filter(|(file, ..)| file == path).map(|(.., place)| *place);
        let first = own.next()?;
        own.all(|other| other == first).then_some(first)
    }
}

/// Everything that happens to one record.
#[derive(Default)]
struct OfRecord<'a> {
    /// Rows with the part that they are about, and what is to become of its keys.
    edits: Vec<(Place, Option<usize>, Vec<Edit>)>,
    removed: Vec<(Place, usize)>,
    added: Vec<(Place, &'a [Edit])>,
}

/// Works out the files. Rows with remarks are left out whole. Without `delete`, what is gone from the sheet stays.
#[must_use]
pub fn plan(registry: &Registry, merged: &Merged, delete: bool) -> Plan {
    let left_out: HashSet<Place> =
        merged.remarks.iter().filter(|remark| remark.sort != Sort::Note).map(|remark| remark.place).collect();
    let mut plan = Plan::default();
    let mut records: BTreeMap<(Kind, String), OfRecord<'_>> = BTreeMap::new();
    let mut under_new: HashMap<Place, Vec<(Place, &[Edit])>> = HashMap::new();
    let mut new: Vec<(&Change, &[Edit])> = Vec::new();
    for change in merged.changes.iter().filter(|change| !left_out.contains(&change.place)) {
        let kind = change.part.kind();
        match &change.meaning {
            Meaning::Edits { record, index, edits, .. } => {
                let within = |edit: &Edit| match (change.part.list(), index) {
                    (Some(list), Some(index)) => {
                        Edit { key: format!("{list}[{index}].{}", edit.key), to: edit.to.clone() }
                    }
                    _ => edit.clone(),
                };
                let of = records.entry((kind, record.clone())).or_default();
                of.edits.push((change.place, *index, edits.iter().map(within).collect()));
                plan.tally.changed += 1;
            }
            Meaning::New { parent: Parent::None, edits } => new.push((change, edits)),
            Meaning::New { parent: Parent::Known(record), edits } => {
                records.entry((kind, record.clone())).or_default().added.push((change.place, edits));
                plan.tally.new += 1;
            }
            Meaning::New { parent: Parent::New(place), edits } => {
                under_new.entry(*place).or_default().push((change.place, edits));
            }
            Meaning::Gone { record, index, .. } => plan.gone(registry, change, record, *index, delete, &mut records),
        }
    }
    for ((kind, id), of) in &records {
        plan.record(registry, *kind, id, of);
    }
    let mut families: HashMap<Kind, Rc<Family<'_>>> = HashMap::new();
    for (change, edits) in new {
        let kind = change.part.kind();
        let family = families.entry(kind).or_insert_with(|| Rc::new(Family::new(registry, kind)));
        let parts = under_new.remove(&change.place).unwrap_or_default();
        plan.new_record(family, kind, change.place, edits, &parts);
    }
    for (place, _) in under_new.into_values().flatten() {
        plan.cannot(
            place,
            say!(
                nn: "det som rada høyrer til, er sjølv ikkje teke inn",
                nb: "det som raden hører til, er selv ikke tatt inn",
                en: "what the row belongs to was itself not taken in",
            ),
        );
    }
    plan
}

impl Plan {
    fn gone<'a>(
        &mut self,
        registry: &Registry,
        change: &Change,
        record: &str,
        index: Option<usize>,
        delete: bool,
        records: &mut BTreeMap<(Kind, String), OfRecord<'a>>,
    ) {
        let kind = change.part.kind();
        let of = format!("{}/{record}", kind.word());
        let Label { nn, nb, en } = match change.part {
            Part::Seats => Label { nn: "oppnemning", nb: "oppnevning", en: "appointment" },
            _ => Label { nn: "gjennomføring", nb: "gjennomføring", en: "run" },
        };
        match (delete, index) {
            (true, Some(index)) => {
                records.entry((kind, record.to_owned())).or_default().removed.push((change.place, index));
                self.tally.deleted += 1;
            }
            (false, Some(index)) => {
                let number = index + 1;
                self.note(
                    change.place,
                    say!(
                        nn: "{of}: {nn} nr. {number} manglar i arket og står som før; --delete tek slikt ut",
                        nb: "{of}: {nb} nr. {number} mangler i arket og står som før; --delete tar slikt ut",
                        en: "{of}: {en} no. {number} is missing from the sheet and stays; --delete takes such out",
                    ),
                );
            }
            (_, None) => {
                let path = registry.pointed(kind, record).map(|found| registry.path(found.file)).unwrap_or_default();
                self.note(change.place, say!(
                    nn: "{of} manglar i arket og står som før; andre postar kan vise til han, så sett «to» på han, eller slett {path} sjølv",
                    nb: "{of} mangler i arket og står som før; andre poster kan vise til den, så sett «to» på den, eller slett {path} selv",
                    en: "{of} is missing from the sheet and stays; other records may refer to it, so set its \"to\", or delete {path} yourself",
                ));
            }
        }
    }

    /// The new text of a record that is there.
    fn record(&mut self, registry: &Registry, kind: Kind, id: &str, of: &OfRecord<'_>) {
        let Some(file) = registry.pointed(kind, id).map(|found| found.file) else { return };
        let Some(bytes) = registry.bytes_again(file) else { return };
        let fields = fields_of_kind(kind);
        let place = registry.place(file).to_owned();
        let path = registry.path(file);
        let Ok(text) = String::from_utf8(bytes.clone()) else { return };
        let list = if kind == Kind::Member { "appointment" } else { "run" };
        let all: Vec<Edit> = of.edits.iter().flat_map(|(.., edits)| edits.clone()).collect();
        let mut after = edited(&text, &fields, &all).unwrap_or_else(|_| self.row_by_row(&text, &fields, &of.edits));
        let mut removed: Vec<(Place, usize)> = of.removed.clone();
        removed.sort_by_key(|(_, index)| std::cmp::Reverse(*index));
        for (place, index) in &removed {
            let out = Edit { key: format!("{list}[{index}]"), to: None };
            match edited(&after, &fields, &[out]) {
                Ok(text) => after = text,
                Err(why) => self.cannot(*place, why),
            }
        }
        let there = parts_in(registry, kind, id).saturating_sub(removed.len());
        after = self.with_added(&after, &fields, list, &of.added);
        for (place, index, _) in &of.edits {
            // What is taken out before it moves it up.
            let moved = |index: usize| index - removed.iter().filter(|(_, gone)| *gone < index).count();
            let start = index.map(|index| format!("{list}[{}]", moved(index)));
            self.origins.push((path.clone(), start.unwrap_or_default(), *place));
        }
        for (index, (place, _)) in of.added.iter().enumerate() {
            self.origins.push((path.clone(), format!("{list}[{}]", there + index), *place));
        }
        if after != text {
            self.changes.set(&place, Some(bytes), after.into_bytes());
        }
    }

    /// The text with what each row says, but for those that can't be carried out.
    fn row_by_row(&mut self, text: &str, fields: &[FieldInfo], rows: &[(Place, Option<usize>, Vec<Edit>)]) -> String {
        let mut after = text.to_owned();
        for (place, _, edits) in rows {
            match edited(&after, fields, edits) {
                Ok(text) => after = text,
                Err(why) => self.cannot(*place, why),
            }
        }
        after
    }

    fn with_added(&mut self, text: &str, fields: &[FieldInfo], list: &str, added: &[(Place, &[Edit])]) -> String {
        if added.is_empty() {
            return text.to_owned();
        }
        let all = with_parts(text, fields, list, true, added.iter().map(|(_, edits)| *edits));
        all.unwrap_or_else(|_| {
            let mut after = text.to_owned();
            for (place, edits) in added {
                match with_parts(&after, fields, list, true, [*edits]) {
                    Ok(text) => after = text,
                    Err(why) => self.cannot(*place, why),
                }
            }
            after
        })
    }

    fn new_record(
        &mut self,
        family: &Rc<Family<'_>>,
        kind: Kind,
        place: Place,
        edits: &[Edit],
        parts: &[(Place, &[Edit])],
    ) {
        let draft = Draft::of(family, edits.to_vec());
        let made = draft.text().and_then(|text| Ok((text, draft.folder(None)?)));
        let (text, folder): (String, PathBuf) = match made {
            Ok(made) => made,
            Err(why) => return self.cannot(place, why),
        };
        let id = draft.id();
        if let Err(why) = draft.usable(&id) {
            return self.cannot(place, why);
        }
        family.take(&id);
        let text = self.with_added(&text, &fields_of_kind(kind), "run", parts);
        let path = folder.join(format!("{id}.toml"));
        let shown = crate::spelling::shown_path(&path);
        self.origins.push((shown.clone(), String::new(), place));
        for (index, (place, _)) in parts.iter().enumerate() {
            self.origins.push((shown.clone(), format!("run[{index}]"), *place));
        }
        self.tally.new += 1 + parts.len();
        self.changes.set(&path, None, text.into_bytes());
    }

    fn cannot(&mut self, place: Place, words: Said) {
        self.remarks.push(Remark { place, column: None, sort: Sort::Wrong, value: String::new(), words, now: None });
    }

    fn note(&mut self, place: Place, words: Said) {
        self.remarks.push(Remark { place, column: None, sort: Sort::Note, value: String::new(), words, now: None });
    }
}

/// How many parts the list of a record has.
fn parts_in(registry: &Registry, kind: Kind, id: &str) -> usize {
    match kind {
        Kind::Offering => registry.offerings.get(id).map_or(0, |entry| entry.run.iter().count()),
        Kind::Member => registry.members.get(id).map_or(0, |entry| entry.appointment.iter().count()),
        _ => 0,
    }
}
