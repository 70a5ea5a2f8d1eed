//! From files to records: each file is read once, by as many threads as the machine has.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use icu_normalizer::{ComposingNormalizerBorrowed, DecomposingNormalizerBorrowed};

use super::walk::{Met, walk};
use super::{Entry, MANIFEST, Origin, Registry, for_each_kind};
use crate::diagnostic::{At, Diagnostic, Place, Rule};
use crate::lang::Said;
use crate::model::{
    Agreement, ConditionEntry, Course, FORMAT, Kind, Manifest, Matter, Meeting, Member, Network, Offering,
    Organisation, Plan, Record, Report,
};
use crate::read::Reader;
use crate::source::{Bytes, FileId, KeyPath, Step};
use crate::spelling::{escaped, nearest, quoted};
use crate::{rules, say};

/// The largest file that is read, in bytes; records have a few thousand.
const LARGEST: u64 = 1 << 20;

pub(super) fn folder(root: &Path) -> Registry {
    let mut registry = Registry { origin: Origin::Folder(root.to_owned()), ..Registry::default() };
    let mut jobs = Vec::new();
    let mut manifest = None;
    for (path, met) in walk(root) {
        let file = registry.add_file(path);
        registry.judge(file, met, &mut jobs, &mut manifest);
    }
    registry.read_all(&jobs, manifest);
    registry
}

pub(super) fn texts(texts: impl IntoIterator<Item = (PathBuf, Vec<u8>)>) -> Registry {
    let mut texts: Vec<_> = texts.into_iter().collect();
    texts.sort();
    let mut registry = Registry::default();
    let mut jobs = Vec::new();
    let mut manifest = None;
    let mut bytes = Vec::with_capacity(texts.len());
    for (path, text) in texts {
        let top = path.iter().count() == 1;
        let kind = path.iter().next().and_then(|part| part.to_str()).and_then(Kind::from_word);
        let met = match (kind, path.extension().is_some_and(|end| end == "toml")) {
            (Some(kind), true) if !top => Met::Record(kind),
            _ if path == Path::new(MANIFEST) => Met::Manifest,
            _ if path.extension().is_some_and(|end| end == "md") => continue,
            _ => Met::Stray,
        };
        let file = registry.add_file(path);
        bytes.push(text);
        registry.judge(file, met, &mut jobs, &mut manifest);
    }
    registry.origin = Origin::Memory(bytes);
    registry.read_all(&jobs, manifest);
    registry
}

/// A file to be read as a record.
struct Job {
    kind: Kind,
    file: FileId,
    id: Box<str>,
    /// Whether another file has the id, so that this one is only looked at for its problems.
    twin: bool,
}

impl Registry {
    fn add_file(&mut self, path: PathBuf) -> FileId {
        self.files.push(path);
        FileId(self.files.len() as u32 - 1)
    }

    fn problem(&mut self, rule: &'static Rule, file: FileId, message: Said, hint: Said) {
        self.problems.push(Diagnostic::new(rule, Place::file(file), message).hint(hint));
    }

    /// Reports what lies there that is no record, and puts down what is to be read.
    fn judge(&mut self, file: FileId, met: Met, jobs: &mut Vec<Job>, manifest: &mut Option<FileId>) {
        match met {
            Met::Record(kind) => {
                let id = self.id_of(file);
                jobs.push(Job { kind, file, id, twin: false });
            }
            Met::Manifest => *manifest = Some(file),
            other => self.judge_other(file, other),
        }
    }

    /// Reports what is neither a record nor the manifest.
    fn judge_other(&mut self, file: FileId, met: Met) {
        let path = self.path(file);
        match met {
            Met::Record(_) | Met::Manifest => {}
            Met::Link(kind) => {
                self.reserve(kind, file);
                self.problem(
                    &rules::LINKED_FILE,
                    file,
                    say!(nn: "«{path}» er ei lenkje", nb: "«{path}» er en lenke", en: "\"{path}\" is a link"),
                    say!(
                        nn: "lmnet følgjer ikkje lenkjer: legg sjølve fila her",
                        nb: "lmnet følger ikke lenker: legg selve filen her",
                        en: "lmnet does not follow links: put the file itself here",
                    ),
                );
            }
            Met::Special(kind) => {
                self.reserve(kind, file);
                self.problem(
                    &rules::SPECIAL_FILE,
                    file,
                    say!(nn: "«{path}» er inga vanleg fil", nb: "«{path}» er ingen vanlig fil", en: "\"{path}\" is not an ordinary file"),
                    say!(nn: "ta henne bort frå registeret", nb: "ta den bort fra registeret", en: "take it out of the registry"),
                );
            }
            Met::Stray => self.stray(file, &path),
            Met::Refused(reason) => {
                let kind = Path::new(&path).iter().next().and_then(|part| part.to_str()).and_then(Kind::from_word);
                self.reserve(kind, file);
                self.unreadable(file, &path, &reason);
            }
        }
    }

    fn stray(&mut self, file: FileId, path: &str) {
        let name = path.rsplit('/').next().unwrap_or(path);
        let hint = if path.contains('/') {
            say!(
                nn: "gje fila endinga .toml om ho er ein post, .md om ho er ein merknad; elles høyrer ho heime utanfor registeret",
                nb: "gi filen endelsen .toml om den er en post, .md om den er et notat; ellers hører den hjemme utenfor registeret",
                en: "name it .toml if it is a record, .md if it is a note; otherwise it belongs outside the registry",
            )
        } else if let Some(near) =
            nearest(&name.to_lowercase(), Kind::WORDS.iter().copied().chain([MANIFEST]), 1).first()
        {
            say!(nn: "meinte du «{near}»?", nb: "mente du «{near}»?", en: "did you mean \"{near}\"?")
        } else {
            let folders = Kind::WORDS.join(", ");
            say!(
                nn: "postane ligg i mappene {folders}; alt anna høyrer heime utanfor registeret",
                nb: "postene ligger i mappene {folders}; alt annet hører hjemme utenfor registeret",
                en: "records lie in the folders {folders}; everything else belongs outside the registry",
            )
        };
        self.problem(
            &rules::STRAY_FILE,
            file,
            say!(nn: "«{path}» er ingen post og blir ikkje lesen", nb: "«{path}» er ingen post og blir ikke lest", en: "\"{path}\" is not a record and is not read"),
            hint,
        );
    }

    fn unreadable(&mut self, file: FileId, path: &str, reason: &str) {
        let reason = escaped(reason);
        self.problem(
            &rules::UNREADABLE_FILE,
            file,
            say!(nn: "«{path}» kan ikkje lesast: {reason}", nb: "«{path}» kan ikke leses: {reason}", en: "\"{path}\" cannot be read: {reason}"),
            say!(
                nn: "sjå etter om du har løyve til å lese fila, og om ho ligg i for mange mapper inni kvarandre",
                nb: "sjekk om du har tillatelse til å lese filen, og om den ligger i for mange mapper inni hverandre",
                en: "check that you may read it, and that it does not lie in too many nested folders",
            ),
        );
    }

    fn reserve(&mut self, kind: Option<Kind>, file: FileId) {
        if let Some(kind) = kind {
            let id = stem(&self.files[file.0 as usize]);
            self.reserved.push((kind, slug(&id).into()));
        }
    }

    /// The id that a file's name gives, with a finding if it breaks the rules for names.
    fn id_of(&mut self, file: FileId) -> Box<str> {
        let path = &self.files[file.0 as usize];
        let stem = stem(path);
        let utf8 = path.to_str().is_some();
        if utf8 && is_id(&stem) {
            return stem.into();
        }
        let (shown, better) = (escaped(&stem), slug(&stem));
        let reason = if is_reserved(&stem) {
            say!(
                nn: "Windows kan ikkje ha filer med namnet «{shown}»",
                nb: "Windows kan ikke ha filer med navnet «{shown}»",
                en: "Windows cannot have files named \"{shown}\"",
            )
        } else {
            say!(
                nn: "filnamnet «{shown}» kan ikkje vere ein id",
                nb: "filnavnet «{shown}» kan ikke være en id",
                en: "the file name \"{shown}\" cannot be an id",
            )
        };
        let hint = if better.is_empty() {
            say!(
                nn: "bruk små bokstavar a–z, siffer og bindestrek",
                nb: "bruk små bokstaver a–z, siffer og bindestrek",
                en: "use the small letters a–z, digits and hyphens",
            )
        } else {
            say!(
                nn: "kall fila «{better}.toml»: små bokstavar a–z, siffer og bindestrek",
                nb: "kall filen «{better}.toml»: små bokstaver a–z, siffer og bindestrek",
                en: "name it \"{better}.toml\": the small letters a–z, digits and hyphens",
            )
        };
        self.problem(&rules::UNUSABLE_FILE_NAME, file, reason, hint);
        if better.is_empty() { stem.into() } else { better.into() }
    }

    /// Reads the manifest and every record.
    fn read_all(&mut self, jobs: &[Job], manifest: Option<FileId>) {
        let readable = self.read_manifest(manifest);
        if readable {
            let jobs = self.without_twins(jobs);
            self.read_records(&jobs);
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
        let (problems, read) = self.read_one::<Manifest>(file, &mut bytes);
        let Some((manifest, broken)) = read else {
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
            self.problems.push(Diagnostic::new(&rules::UNSUPPORTED_FORMAT, place, message).hint(hint));
            return false;
        }
        let lost = |condition: &ConditionEntry| condition.id.is_empty();
        self.conditions_known = !problems.iter().any(|problem| std::ptr::eq(problem.rule, &rules::BROKEN_SYNTAX))
            && !manifest.condition.iter().any(lost)
            && !(broken && manifest.condition.is_empty());
        self.problems.extend(problems);
        self.report_repeated_conditions(file, &manifest);
        self.manifest = manifest;
        true
    }

    fn report_repeated_conditions(&mut self, file: FileId, manifest: &Manifest) {
        let mut seen = std::collections::HashSet::new();
        for (index, condition) in manifest.condition.iter().enumerate() {
            if !condition.id.is_empty() && !seen.insert(&*condition.id) {
                self.problems.push(repeated_id(file, "condition", index, &condition.id));
            }
        }
    }

    /// Marks files whose id another file has already.
    fn without_twins(&mut self, jobs: &[Job]) -> Vec<Job> {
        // Organisations and networks share their ids, since a body may be either.
        let space = |kind: Kind| if kind == Kind::Network { Kind::Organisation } else { kind };
        let mut seen: std::collections::HashMap<(Kind, &str), FileId> = std::collections::HashMap::new();
        let mut kept = Vec::with_capacity(jobs.len());
        let mut twins = Vec::new();
        for job in jobs {
            let first = *seen.entry((space(job.kind), &job.id)).or_insert(job.file);
            if first != job.file {
                twins.push((job.file, first, job.id.clone()));
            }
            kept.push(Job { kind: job.kind, file: job.file, id: job.id.clone(), twin: first != job.file });
        }
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
        kept
    }

    fn read_records(&mut self, jobs: &[Job]) {
        let threads = std::thread::available_parallelism().map_or(1, usize::from).min(8);
        let share = jobs.len().div_ceil(threads).max(64);
        let mut batches: Vec<Batch> = Vec::new();
        if jobs.len() <= share {
            batches.push(self.read_batch(jobs));
        } else {
            let registry = &*self;
            std::thread::scope(|scope| {
                let workers: Vec<_> =
                    jobs.chunks(share).map(|jobs| scope.spawn(move || registry.read_batch(jobs))).collect();
                batches.extend(workers.into_iter().map(|worker| worker.join().unwrap_or_default()));
            });
        }
        for batch in batches {
            self.take_in(batch);
        }
        self.sort_tables();
    }

    /// Reads a file as a `T`. Gives nothing if it can't be read as text at all.
    fn read_one<T: crate::read::Field + Described>(
        &self,
        file: FileId,
        buffer: &mut Vec<u8>,
    ) -> (Vec<Diagnostic>, Option<(T, bool)>) {
        let fail = |rule, message: Said, hint: Said| {
            (vec![Diagnostic::new(rule, Place::file(file), message).hint(hint)], None)
        };
        if let Err(problem) = self.bytes(file, buffer) {
            let path = self.path(file);
            return match problem {
                Unread::TooLarge => fail(
                    &rules::OVERSIZED_FILE,
                    say!(nn: "«{path}» er større enn 1 MiB", nb: "«{path}» er større enn 1 MiB", en: "\"{path}\" is larger than 1 MiB"),
                    say!(
                        nn: "ein post er nokre få kilobyte: legg vedlegg utanfor registeret og skriv adressa i url",
                        nb: "en post er noen få kilobyte: legg vedlegg utenfor registeret og skriv adressen i url",
                        en: "a record is a few kilobytes: keep attachments outside the registry and give their address in url",
                    ),
                ),
                Unread::Refused(reason) => {
                    let reason = escaped(&reason);
                    fail(
                        &rules::UNREADABLE_FILE,
                        say!(nn: "«{path}» kan ikkje lesast: {reason}", nb: "«{path}» kan ikke leses: {reason}", en: "\"{path}\" cannot be read: {reason}"),
                        say!(
                            nn: "sjå etter om du har løyve til å lese fila",
                            nb: "sjekk om du har tillatelse til å lese filen",
                            en: "see that you are permitted to read it",
                        ),
                    )
                }
            };
        }
        let text = match std::str::from_utf8(buffer) {
            Ok(text) => text,
            Err(error) => return (vec![self.foreign(file, buffer, error.valid_up_to())], None),
        };
        let mut reader = Reader::new(file, text, T::keys);
        let value = reader.document();
        let mut problems = std::mem::take(&mut reader.problems);
        if text.starts_with('\u{feff}') {
            let message = say!(
                nn: "fila byrjar med eit usynleg teikn (BOM)",
                nb: "filen begynner med et usynlig tegn (BOM)",
                en: "the file begins with an invisible character (BOM)",
            );
            let hint = say!(
                nn: "lagre fila på nytt som UTF-8 utan BOM; andre program stansar ved teiknet",
                nb: "lagre filen på nytt som UTF-8 uten BOM; andre programmer stanser ved tegnet",
                en: "save the file again as UTF-8 without BOM; other programs stop at the character",
            );
            problems.push(Diagnostic::new(&rules::BYTE_ORDER_MARK, Place::file(file), message).hint(hint));
        }
        (problems, Some((value, reader.broken)))
    }

    fn foreign(&self, file: FileId, bytes: &[u8], valid: usize) -> Diagnostic {
        let line = bytes[..valid].iter().filter(|byte| **byte == b'\n').count() + 1;
        let message = say!(
            nn: "fila er ikkje i UTF-8: linje {line} har teikn i ei anna koding",
            nb: "filen er ikke i UTF-8: linje {line} har tegn i en annen koding",
            en: "the file is not in UTF-8: line {line} has characters in another encoding",
        );
        let hint = say!(
            nn: "opne fila i eit reint tekstprogram og lagre henne som UTF-8; då blir æ, ø og å rette",
            nb: "åpne filen i et rent tekstprogram og lagre den som UTF-8; da blir æ, ø og å riktige",
            en: "open the file in a plain text editor and save it as UTF-8; then æ, ø and å come out right",
        );
        let start = valid as u32;
        let at = At::Bytes(Bytes { start, end: start + 1 }, KeyPath::default());
        Diagnostic::new(&rules::FOREIGN_ENCODING, Place { file, at }, message).hint(hint)
    }

    fn bytes(&self, file: FileId, buffer: &mut Vec<u8>) -> Result<(), Unread> {
        buffer.clear();
        match &self.origin {
            Origin::Memory(texts) => {
                buffer.extend_from_slice(&texts[file.0 as usize]);
                if buffer.len() as u64 > LARGEST { Err(Unread::TooLarge) } else { Ok(()) }
            }
            Origin::Folder(root) => {
                debug_assert!(self.files[file.0 as usize].starts_with(root));
                read_file(&self.files[file.0 as usize], buffer)
            }
        }
    }
}

/// Why a file's bytes could not be had.
#[derive(Debug)]
pub(super) enum Unread {
    TooLarge,
    Refused(String),
}

/// Reads a file, but never more of it than a record may have.
pub(super) fn read_file(path: &Path, buffer: &mut Vec<u8>) -> Result<(), Unread> {
    let refused = |error: io::Error| Unread::Refused(error.to_string());
    let file = File::open(path).map_err(refused)?;
    file.take(LARGEST + 1).read_to_end(buffer).map_err(refused)?;
    if buffer.len() as u64 > LARGEST { Err(Unread::TooLarge) } else { Ok(()) }
}

/// A document whose keys are known.
trait Described {
    fn keys() -> Vec<crate::read::FieldInfo>;
}

impl Described for Manifest {
    fn keys() -> Vec<crate::read::FieldInfo> {
        Self::fields()
    }
}

macro_rules! batches {
    ($($type:ident $table:ident,)*) => {
        /// What one thread read.
        #[derive(Default)]
        struct Batch {
            $( $table: Vec<Box<Entry<$type>>>, )*
            problems: Vec<Diagnostic>,
            reserved: Vec<(Kind, Box<str>)>,
        }

        $(
            impl Described for $type {
                fn keys() -> Vec<crate::read::FieldInfo> {
                    Self::fields()
                }
            }
        )*

        impl Registry {
            fn read_batch(&self, jobs: &[Job]) -> Batch {
                let mut batch = Batch::default();
                let mut buffer = Vec::new();
                for job in jobs {
                    match job.kind {
                        $( Kind::$type => {
                            let (problems, read) = self.read_one::<$type>(job.file, &mut buffer);
                            batch.problems.extend(problems);
                            match read {
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
                batch
            }

            fn take_in(&mut self, batch: Batch) {
                $( self.$table.0.extend(batch.$table); )*
                self.problems.extend(batch.problems);
                self.reserved.extend(batch.reserved);
            }

            fn sort_tables(&mut self) {
                $( self.$table.0.sort_unstable_by(|a, b| a.id.cmp(&b.id)); )*
                $( self.$table.0.shrink_to_fit(); )*
            }
        }
    };
}

for_each_kind!(batches);

/// Reports ids that stand twice inside one record.
fn duplicate_parts<T: Record>(record: &T, file: FileId, problems: &mut Vec<Diagnostic>) {
    let mut seen: std::collections::HashSet<(&'static str, &str)> = std::collections::HashSet::new();
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

fn stem(path: &Path) -> String {
    path.file_stem().unwrap_or_default().to_string_lossy().into_owned()
}

/// Whether a text can be an id: what shells, addresses and every file system take.
fn is_id(text: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
    (1..=64).contains(&text.len())
        && text.bytes().all(|byte| plain(byte) || byte == b'-')
        && text.bytes().next().is_some_and(plain)
        && !is_reserved(text)
}

/// Names that Windows keeps for devices.
fn is_reserved(text: &str) -> bool {
    let text = text.to_ascii_lowercase();
    matches!(&*text, "con" | "prn" | "aux" | "nul")
        || (text.len() == 4
            && (text.starts_with("com") || text.starts_with("lpt"))
            && matches!(text.as_bytes()[3], b'1'..=b'9'))
}

/// The id that a name suggests: `Blåbær-Skule` gives `blabaer-skule`.
pub(crate) fn slug(name: &str) -> String {
    let mut slug = String::new();
    let composed = ComposingNormalizerBorrowed::new_nfc();
    let decomposed = DecomposingNormalizerBorrowed::new_nfd();
    for char in composed.normalize_iter(name.chars()).flat_map(char::to_lowercase) {
        match char {
            'æ' | 'ä' => slug.push_str("ae"),
            'ø' | 'ö' => slug.push('o'),
            'å' => slug.push('a'),
            'a'..='z' | '0'..='9' => slug.push(char),
            _ => {
                let base = decomposed.normalize_iter([char].into_iter()).next().filter(char::is_ascii_alphanumeric);
                match base {
                    Some(base) => slug.push(base),
                    None if !slug.is_empty() && !slug.ends_with('-') => slug.push('-'),
                    None => {}
                }
            }
        }
    }
    slug.truncate(60);
    let mut slug = slug.trim_end_matches('-').to_owned();
    if is_reserved(&slug) {
        slug.push_str("-1");
    }
    slug
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_ids() {
        assert_eq!(slug("Blåbær-Skule"), "blabaer-skule");
        assert_eq!(slug("Bla\u{30a}ba\u{308}r"), "blabaer");
        assert_eq!(slug("Kurs i «KOLS», Øygarden"), "kurs-i-kols-oygarden");
        assert_eq!(slug("…"), "");
        for id in ["a", "2016", "lm-bergen"] {
            assert!(is_id(id), "{id}");
        }
        for id in ["", "-a", "A", "å", "a_b", "con", "lpt1", "a.b", &"a".repeat(65)] {
            assert!(!is_id(id), "{id}");
        }
    }
}
