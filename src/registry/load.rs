//! From files to records: each file is read once, by several threads.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

use hashbrown::{HashMap, HashSet};

use super::file::FileRead;
use super::walk::{Met, meet, walk};
use super::{Entry, MANIFEST, ManifestRead, Origin, Registry, for_each_kind};
use crate::diagnostic::{Diagnostic, Place};
use crate::model::{
    Agreement, ConditionEntry, Course, FORMAT, Kind, Manifest, Matter, Meeting, Member, Network, Offering,
    Organisation, Plan, Record, Report,
};
use crate::read::Address;
use crate::source::{FileId, KeyPath, Step};
use crate::spelling::quoted;
use crate::store::ChangeSet;
use crate::{rules, say};

/// How many files have been read, for whoever waits. Nothing that is worked out depends on it.
static READ: AtomicUsize = AtomicUsize::new(0);

/// How many files with records have been read so far, since the program began.
#[must_use]
pub fn files_read() -> usize {
    READ.load(Ordering::Relaxed)
}

pub(super) fn folder(root: &Path, changes: &ChangeSet) -> Registry {
    let mut registry = Registry::default();
    let mut ahead = Ahead::default();
    let mut found = walk(root);
    if !changes.is_empty() {
        add_files(root, changes, &mut found);
        move_files(root, changes, &mut found);
    }
    let held = held(root, changes, &found);
    registry.origin = Origin::Folder(root.to_owned(), held);
    for (path, met) in found {
        let file = registry.add_file(path);
        registry.judge(file, met, &mut ahead);
    }
    registry.read_all(ahead);
    registry
}

/// Adds the files that are to be made.
fn add_files(root: &Path, changes: &ChangeSet, found: &mut Vec<(PathBuf, Met)>) {
    for (path, _) in changes.iter().filter(|(_, change)| change.before.is_none()) {
        let met = meet(path, false).map(|(path, met)| (root.join(path), met));
        found.extend(met.filter(|(path, _)| !found.iter().any(|(known, _)| known == path)));
    }
}

/// Gives files their new places.
fn move_files(root: &Path, changes: &ChangeSet, found: &mut [(PathBuf, Met)]) {
    for (path, _) in found.iter_mut() {
        let moved = path.strip_prefix(root).ok().and_then(|place| changes.of(place)?.moved.as_ref());
        if let Some(moved) = moved {
            *path = root.join(moved);
        }
    }
    found.sort_unstable_by(|(a, _), (b, _)| a.as_os_str().cmp(b.as_os_str()));
}

/// The bytes that changed files are to have.
fn held(root: &Path, changes: &ChangeSet, found: &[(PathBuf, Met)]) -> HashMap<FileId, Vec<u8>> {
    if changes.is_empty() {
        return HashMap::new();
    }
    let after: HashMap<PathBuf, &Vec<u8>> =
        changes.iter().map(|(path, change)| (root.join(change.place(path)), &change.after)).collect();
    let numbered = found.iter().enumerate();
    numbered.filter_map(|(file, (path, _))| Some((FileId(file as u32), (*after.get(path)?).clone()))).collect()
}

pub(super) fn texts(texts: impl IntoIterator<Item = (PathBuf, Vec<u8>)>) -> Registry {
    let met = texts.into_iter().filter_map(|(path, text)| meet(&path, false).map(|(path, met)| (path, met, text)));
    tree(met.collect())
}

/// A tree in memory: what a walk through it would have met, and the texts of what is read.
pub(super) fn tree(mut tree: Vec<(PathBuf, Met, Vec<u8>)>) -> Registry {
    tree.sort_by(|(a, ..), (b, ..)| a.as_os_str().cmp(b.as_os_str()));
    // A folder that belongs to nothing is met with every file in it.
    tree.dedup_by(|(a, ..), (b, ..)| a == b);
    let mut registry = Registry::default();
    let mut ahead = Ahead::default();
    let mut texts = Vec::with_capacity(tree.len());
    for (path, met, text) in tree {
        let file = registry.add_file(path);
        texts.push(text);
        registry.judge(file, met, &mut ahead);
    }
    registry.origin = Origin::Memory(texts);
    registry.read_all(ahead);
    registry
}

/// How many threads read: more than most machines have cores, since a disk that is read for the first time is waited for. Where nothing
/// is waited for, they cost next to nothing.
const READERS: usize = 8;

/// How many files a thread takes at a time.
const BLOCK: usize = 64;

/// What is to be read.
#[derive(Default)]
struct Ahead {
    manifest: Option<FileId>,
    records: Vec<Job>,
    notes: Vec<FileId>,
}

/// A file to be read as a record.
pub(super) struct Job {
    kind: Kind,
    pub(super) file: FileId,
    pub(super) id: Box<str>,
    /// Whether another file has the id, so that this one is only looked at for its problems.
    twin: bool,
}

impl Registry {
    fn add_file(&mut self, path: PathBuf) -> FileId {
        self.files.push(path);
        FileId(self.files.len() as u32 - 1)
    }

    /// Reports what lies there that is no record, and puts down what is to be read.
    fn judge(&mut self, file: FileId, met: Met, ahead: &mut Ahead) {
        match met {
            Met::Record(kind) => {
                let id = self.id_of(file);
                ahead.records.push(Job { kind, file, id, twin: false });
            }
            Met::Manifest => ahead.manifest = Some(file),
            Met::Note => ahead.notes.push(file),
            other => self.judge_other(file, other),
        }
    }

    /// Reads the manifest, every record and every note.
    fn read_all(&mut self, mut ahead: Ahead) {
        self.judge_names();
        let readable = self.read_manifest(ahead.manifest);
        if readable {
            self.mark_twins(&mut ahead.records);
            self.read_records(&ahead.records);
            let mut buffer = Vec::new();
            for note in ahead.notes {
                let (problems, addresses) = self.read_note(note, &mut buffer);
                self.problems.extend(problems);
                self.addresses.extend(addresses.into_iter().map(|address| (note, address)));
            }
        }
        self.reserved.sort_unstable();
        self.index_parts();
        self.problems.sort_by(|a, b| a.place.cmp(&b.place).then_with(|| a.rule.id.cmp(b.rule.id)));
    }

    /// Gives false if the registry is written in a format that this program does not know.
    fn read_manifest(&mut self, file: Option<FileId>) -> bool {
        let Some(file) = file else {
            let file = self.add_file(PathBuf::from(MANIFEST));
            if let Origin::Memory(texts) = &mut self.origin {
                texts.push(Vec::new());
            }
            self.problem(
                &rules::MISSING_MANIFEST,
                file,
                say!(nn: "lmnet.toml manglar", nb: "lmnet.toml mangler", en: "lmnet.toml is missing"),
                say!(
                    nn: "lag fila lmnet.toml øvst i registeret, med linja: format = {FORMAT}",
                    nb: "lag filen lmnet.toml øverst i registeret, med linjen: format = {FORMAT}",
                    en: "make a file lmnet.toml at the top of the registry, with the line: format = {FORMAT}",
                ),
            );
            return true;
        };
        let mut bytes = Vec::new();
        let FileRead { mut problems, addresses, value } = self.read_one::<Manifest>(file, &mut bytes);
        self.addresses.extend(addresses.into_iter().map(|address| (file, address)));
        self.manifest_read = ManifestRead::Partly;
        let Some((manifest, broken)) = value else {
            self.problems.extend(problems);
            return true;
        };
        let format = manifest.format;
        // What else a newer manifest has is not wrong, only unknown here.
        if format > FORMAT || format != FORMAT && !broken {
            let place = Place::key(file, KeyPath(vec![Step::Key("format")]));
            let message = say!(
                nn: "registeret er skrive i format {format}, men denne utgåva av lmnet les format {FORMAT}",
                nb: "registeret er skrevet i format {format}, men denne utgaven av lmnet leser format {FORMAT}",
                en: "the registry is written in format {format}, but this version of lmnet reads format {FORMAT}",
            );
            let hint = say!(
                nn: "hent ei nyare utgåve av lmnet; postane er ikkje lesne",
                nb: "hent en nyere utgave av lmnet; postene er ikke lest",
                en: "get a newer version of lmnet; the records were not read",
            );
            self.manifest_read = ManifestRead::OtherFormat;
            problems.retain(|problem| problem.rule.protected);
            self.problems.extend(problems);
            self.addresses.clear();
            self.problems.push(Diagnostic::new(&rules::UNSUPPORTED_FORMAT, place, message).hint(hint));
            return false;
        }
        let lost = |condition: &ConditionEntry| condition.id.is_empty();
        let unparsed = problems.iter().any(|problem| std::ptr::eq(problem.rule, &rules::BROKEN_SYNTAX));
        let some_lost = manifest.condition.iter().any(lost) || (broken && manifest.condition.is_empty());
        self.conditions_known = !(unparsed || some_lost);
        if !(unparsed || broken) {
            self.manifest_read = ManifestRead::Whole;
        }
        self.problems.extend(problems);
        self.report_repeated_conditions(file, &manifest);
        self.report_swapped_semesters(file, &manifest);
        self.report_protected_rules(file, &manifest);
        self.manifest = manifest;
        true
    }

    /// Autumn before spring means that month and day were swapped.
    fn report_swapped_semesters(&mut self, file: FileId, manifest: &Manifest) {
        let Some(semesters) = manifest.semesters.as_ref().map(crate::model::SemesterStarts::semesters) else { return };
        if semesters.spring < semesters.autumn {
            return;
        }
        let path = KeyPath(vec![Step::Key("semesters"), Step::Key("autumn")]);
        let (spring, autumn) = (semesters.spring, semesters.autumn);
        let message = say!(
            nn: "haustsemesteret byrjar {autumn}, før vårsemesteret {spring}",
            nb: "høstsemesteret begynner {autumn}, før vårsemesteret {spring}",
            en: "the autumn semester begins on {autumn}, before the spring semester on {spring}",
        );
        let hint = say!(
            nn: "skriv månaden fyrst og så dagen: 1. august er \"08-01\"",
            nb: "skriv måneden først og så dagen: 1. august er \"08-01\"",
            en: "write the month first and then the day: 1 August is \"08-01\"",
        );
        self.problems.push(Diagnostic::new(&rules::MALFORMED_VALUE, Place::key(file, path), message).hint(hint));
    }

    fn report_protected_rules(&mut self, file: FileId, manifest: &Manifest) {
        for (rule, _) in &manifest.rules.0 {
            if rules::find(rule).is_some_and(|rule| rule.protected) {
                let path = KeyPath(vec![Step::Key("rules"), Step::Key(rule)]);
                let message = say!(
                    nn: "regelen «{rule}» gjeld i alle register og kan ikkje stillast inn",
                    nb: "regelen «{rule}» gjelder i alle registre og kan ikke stilles inn",
                    en: "the rule \"{rule}\" holds in every registry and cannot be set",
                );
                let hint = say!(
                    nn: "ta bort linja; «lmnet explain {rule}» fortel kva du kan gjere i staden",
                    nb: "ta bort linjen; «lmnet explain {rule}» forteller hva du kan gjøre i stedet",
                    en: "remove the line; \"lmnet explain {rule}\" tells what you can do instead",
                );
                self.problems.push(Diagnostic::new(&rules::PROTECTED_RULE, Place::key(file, path), message).hint(hint));
            }
        }
    }

    fn report_repeated_conditions(&mut self, file: FileId, manifest: &Manifest) {
        let mut seen = HashSet::new();
        for (index, condition) in manifest.condition.iter().enumerate() {
            if !condition.id.is_empty() && !seen.insert(&*condition.id) {
                self.problems.push(repeated_id(file, "condition", index, &condition.id));
            }
        }
    }

    /// Marks files whose id another file has already.
    fn mark_twins(&mut self, jobs: &mut [Job]) {
        // Organisations and networks share their ids, since a body may be either.
        let space = |kind: Kind| if kind == Kind::Network { Kind::Organisation } else { kind };
        let mut seen = HashMap::with_capacity(jobs.len());
        let firsts: Vec<FileId> =
            jobs.iter().map(|job| *seen.entry((space(job.kind), &*job.id)).or_insert(job.file)).collect();
        drop(seen);
        let mut twins = Vec::new();
        for (job, first) in jobs.iter_mut().zip(firsts).filter(|(job, first)| job.file != *first) {
            job.twin = true;
            twins.push((job.file, first, job.id.clone()));
        }
        self.offer_names(jobs, &twins.iter().flat_map(|(file, first, _)| [*file, *first]).collect());
        for (file, first, id) in twins {
            let other = self.path(first);
            let message = say!(
                nn: "id-en «{id}» er alt brukt i {other}",
                nb: "id-en «{id}» er allerede brukt i {other}",
                en: "the id \"{id}\" is taken: {other}",
            );
            let hint = say!(
                nn: "gje den eine fila eit anna namn; nokre maskiner skil ikkje mellom store og små bokstavar",
                nb: "gi den ene filen et annet navn; noen maskiner skiller ikke mellom store og små bokstaver",
                en: "give one of the files another name; some computers do not tell capitals from small letters",
            );
            self.problem(&rules::DUPLICATE_ID, file, message, hint);
        }
    }

    fn read_records(&mut self, jobs: &[Job]) {
        let blocks: Vec<&[Job]> = jobs.chunks(BLOCK).collect();
        let next = AtomicUsize::new(0);
        let registry = &*self;
        // Whoever is free takes the next block; the order does not matter, since tables and problems are sorted.
        let work = || {
            let mut batch = Batch::default();
            while let Some(jobs) = blocks.get(next.fetch_add(1, Ordering::Relaxed)) {
                registry.read_block(jobs, &mut batch);
            }
            batch
        };
        let mut batches = Vec::new();
        std::thread::scope(|scope| {
            let others: Vec<_> = (1..READERS.min(blocks.len())).map(|_| scope.spawn(work)).collect();
            batches.push(work());
            for other in others {
                batches.push(other.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
            }
        });
        for batch in batches {
            self.take_in(batch);
        }
        self.sort_tables();
    }
}

macro_rules! batches {
    ($($type:ident $table:ident,)*) => {
        /// What one thread read.
        #[derive(Default)]
        struct Batch {
            $( $table: Vec<Box<Entry<$type>>>, )*
            problems: Vec<Diagnostic>,
            addresses: Vec<(FileId, Address)>,
            reserved: Vec<(Kind, Box<str>)>,
        }

        impl Registry {
            fn read_block(&self, jobs: &[Job], batch: &mut Batch) {
                let mut buffer = Vec::new();
                READ.fetch_add(jobs.len(), Ordering::Relaxed);
                for job in jobs {
                    match job.kind {
                        $( Kind::$type => {
                            let FileRead { problems, addresses, value } = self.read_one::<$type>(job.file, &mut buffer);
                            batch.problems.extend(problems);
                            batch.addresses.extend(addresses.into_iter().map(|address| (job.file, address)));
                            match value {
                                // Its id may be that of another kind, which references of this kind do not reach.
                                _ if job.twin => batch.reserved.push((job.kind, job.id.clone())),
                                Some((record, broken)) => {
                                    duplicate_parts(&record, job.file, &mut batch.problems);
                                    batch.$table.push(Box::new(Entry { id: job.id.clone(), file: job.file, broken, record }));
                                }
                                None => batch.reserved.push((job.kind, job.id.clone())),
                            }
                        } )*
                    }
                }
            }

            fn take_in(&mut self, batch: Batch) {
                $( self.$table.extend(batch.$table); )*
                self.problems.extend(batch.problems);
                self.addresses.extend(batch.addresses);
                self.reserved.extend(batch.reserved);
            }

            /// Leaves out the records that could not be read whole, so that nothing is made up in their place, and
            /// gives their kinds and ids, with those of files that could not be read at all. Their ids stay reserved.
            pub fn leave_out_broken(&mut self) -> Vec<(Kind, Box<str>)> {
                let mut left_out = self.reserved.clone();
                $( self.$table.retain(|entry| {
                    if entry.broken {
                        left_out.push((Kind::$type, entry.id.clone()));
                    }
                    !entry.broken
                }); )*
                left_out.sort_unstable();
                left_out.dedup();
                self.reserved.clone_from(&left_out);
                left_out
            }

            /// Leaves out these records as if their files could not be read.
            pub fn leave_out(&mut self, records: &[(Kind, Box<str>)]) {
                let out: HashSet<(Kind, &str)> = records.iter().map(|(kind, id)| (*kind, &**id)).collect();
                let is_out = |kind: Kind, id: &str| out.contains(&(kind, id));
                $( self.$table.retain(|entry| !is_out(Kind::$type, &entry.id)); )*
                self.reserved.extend(records.iter().cloned());
                self.reserved.sort_unstable();
                self.reserved.dedup();
            }

            fn sort_tables(&mut self) {
                $( self.$table.put_in_order(); )*
            }
        }
    };
}

for_each_kind!(batches);

/// Reports ids that stand twice inside one record.
fn duplicate_parts<T: Record>(record: &T, file: FileId, problems: &mut Vec<Diagnostic>) {
    let mut seen: HashSet<(&'static str, &str)> = HashSet::new();
    record.parts(&mut |list, index, id| {
        // Seats and obligations share their ids: both are referred to as agreement/id.
        let space = if list == "seat" { "obligation" } else { list };
        if !seen.insert((space, id)) {
            problems.push(repeated_id(file, list, index, id));
        }
    });
}

fn repeated_id(file: FileId, list: &'static str, index: usize, id: &str) -> Diagnostic {
    let path = KeyPath(vec![Step::Key(list), Step::Index(index), Step::Key("id")]);
    let id = quoted(id);
    let message = say!(
        nn: "id-en «{id}» står to gonger i fila",
        nb: "id-en «{id}» står to ganger i filen",
        en: "the id \"{id}\" stands twice in the file",
    );
    let hint = say!(nn: "gje den eine ein annan id", nb: "gi den ene en annen id", en: "give one of them another id");
    Diagnostic::new(&rules::DUPLICATE_ID, Place::key(file, path), message).hint(hint)
}
