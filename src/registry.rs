//! The registry in memory: every record by kind and id, and what was wrong with the files.
//!
//! This module and those below it are the only readers of files. Records keep no places: [`Registry::text`] gives a
//! file's text again, on the cold path, for whoever shows a finding.

mod beside;
mod called;
mod file;
mod id;
mod led;
mod load;
mod renamed;
mod resolve;
mod revision;
mod table;
mod walk;

use std::path::{Path, PathBuf};

pub(crate) use crate::read::slug;
pub use file::{LARGEST, handed_in};
use hashbrown::HashMap;
pub use led::{keys_of, led_to};
pub use load::files_read;
pub use renamed::{record_of, renamed};
use resolve::Parts;
pub use resolve::Resolved;
pub use revision::{Revision, Tree, revision_words};
pub use table::{Entries, Table};

use crate::date::{Semesters, Span};
use crate::diagnostic::Diagnostic;
use crate::model::{
    Agreement, Course, Kind, Manifest, Matter, Meeting, Member, Network, Offering, Organisation, Plan, Record, Report,
};
use crate::read::{Address, Dates, Field as _, FieldInfo, Seen, Trail};
use crate::source::FileId;
use crate::spelling::shown_path;
use crate::store::ChangeSet;

/// The name of the manifest.
pub const MANIFEST: &str = "lmnet.toml";

/// Calls a macro with every kind of record and the name of its table.
macro_rules! for_each_kind {
    ($macro:ident) => {
        $macro! {
            Organisation organisations,
            Agreement agreements,
            Network networks,
            Member members,
            Offering offerings,
            Course courses,
            Meeting meetings,
            Plan plans,
            Report reports,
            Matter matters,
        }
    };
}
pub(crate) use for_each_kind;

/// A record with its id and file.
#[derive(Clone, Debug)]
pub struct Entry<T> {
    /// The id: the file's stem.
    pub id: Box<str>,
    /// The file.
    pub file: FileId,
    /// Whether values were lost in reading, so that only its presence and its references can be relied on.
    pub broken: bool,
    /// The record.
    pub record: T,
}

impl<T> std::ops::Deref for Entry<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.record
    }
}

/// How much of the manifest could be read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ManifestRead {
    /// There is none.
    #[default]
    Missing,
    /// All of it.
    Whole,
    /// Not all of it: what it says cannot be relied on.
    Partly,
    /// It names a format that this program does not know, so that no record was read.
    OtherFormat,
}

/// A kind of record that the registry has a table of.
pub trait Stored: Record {
    /// Its table.
    fn table(registry: &Registry) -> &Table<Self>;
}

macro_rules! declare {
    ($($type:ident $table:ident,)*) => {
        /// A folder of records.
        #[derive(Debug, Default)]
        pub struct Registry {
            /// `lmnet.toml`; empty where it is missing or can't be read.
            pub manifest: Manifest,
            $(
                #[doc = concat!("The records below `", stringify!($table), "/`.")]
                pub $table: Table<$type>,
            )*
            /// What is wrong with the files themselves, in the order of their paths.
            pub problems: Vec<Diagnostic>,
            /// Ways to reach somebody that stand outside an organisation's `contact`, file by file.
            pub addresses: Vec<(FileId, Address)>,
            files: Vec<PathBuf>,
            origin: Origin,
            parts: Parts,
            /// How much of the manifest could be read.
            manifest_read: ManifestRead,
            /// Whether the list of conditions could be read, so that what is not in it does not exist.
            conditions_known: bool,
            /// Ids of files that could not be read at all, so that references to them are not called unknown.
            reserved: Vec<(Kind, Box<str>)>,
        }

        $(
            impl Stored for $type {
                fn table(registry: &Registry) -> &Table<Self> {
                    &registry.$table
                }
            }
        )*

        /// The keys of the records of a kind.
        #[must_use]
        pub fn fields_of_kind(kind: Kind) -> Vec<FieldInfo> {
            match kind {
                $( Kind::$type => $type::fields(), )*
            }
        }

        impl Registry {
            /// Shows every reference, every dated table and every text of every record, kind by kind and id by id.
            pub fn walk<'a>(&'a self, visit: impl FnMut(Site<'a>, &Trail, Seen<'a>)) {
                self.walk_part(Part::Whole, visit);
            }

            /// The same for half of each table, so that two threads can share the walk.
            pub fn walk_part<'a>(&'a self, part: Part, mut visit: impl FnMut(Site<'a>, &Trail, Seen<'a>)) {
                $(
                    for entry in part.of(self.$table.all()) {
                        let site = Site { kind: Kind::$type, id: &entry.id, file: entry.file };
                        entry.record.walk(&mut Trail::default(), &mut |trail, seen| visit(site, trail, seen));
                    }
                )*
            }

            /// The record of a kind with this id, as far as references need to know it.
            #[must_use]
            pub fn pointed(&self, kind: Kind, id: &str) -> Option<Pointed<'_>> {
                match kind {
                    $( Kind::$type => self.$table.get(id).map(|entry| Pointed {
                        kind,
                        id: &entry.id,
                        file: entry.file,
                        when: entry.record.when(),
                        title: entry.record.title(),
                    }), )*
                }
            }

            /// The ids of a kind, in order.
            pub fn ids(&self, kind: Kind) -> Box<dyn Iterator<Item = &str> + '_> {
                match kind {
                    $( Kind::$type => Box::new(self.$table.iter().map(|entry| &*entry.id)), )*
                }
            }

            /// How many records there are of a kind.
            #[must_use]
            pub fn count(&self, kind: Kind) -> usize {
                match kind {
                    $( Kind::$type => self.$table.len(), )*
                }
            }
        }
    };
}

for_each_kind!(declare);

/// The keys of the file at a path, relative to the root: a record, or the manifest. Nothing if it is neither.
#[must_use]
pub fn fields_of_file(path: &Path) -> Option<Vec<FieldInfo>> {
    if path == Path::new(MANIFEST) {
        return Some(Manifest::fields());
    }
    let folder = path.iter().next().filter(|_| path.extension().is_some_and(|ending| ending == "toml"))?;
    Some(fields_of_kind(Kind::from_word(folder.to_str()?)?))
}

/// How much of each table a walk goes through.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// All records.
    Whole,
    /// The first half.
    First,
    /// The second half.
    Second,
}

impl Part {
    fn of<T>(self, entries: &[T]) -> &[T] {
        let (first, second) = entries.split_at(entries.len() / 2);
        match self {
            Self::Whole => entries,
            Self::First => first,
            Self::Second => second,
        }
    }
}

/// A record that a walk is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Site<'a> {
    /// Its kind.
    pub kind: Kind,
    /// Its id.
    pub id: &'a str,
    /// Its file.
    pub file: FileId,
}

/// A record that a reference points to.
#[derive(Clone, Copy, Debug)]
pub struct Pointed<'a> {
    /// Its kind.
    pub kind: Kind,
    /// Its id.
    pub id: &'a str,
    /// Its file.
    pub file: FileId,
    /// When it holds or happens.
    pub when: Dates,
    /// Its name.
    pub title: Option<&'a crate::lang::Text>,
}

/// Where texts come from.
#[derive(Debug)]
enum Origin {
    /// A folder, and the files of which other bytes count than those on the disk.
    Folder(PathBuf, HashMap<FileId, Vec<u8>>),
    Memory(Vec<Vec<u8>>),
}

impl Default for Origin {
    fn default() -> Self {
        Self::Memory(Vec::new())
    }
}

impl Registry {
    /// Reads a folder: every record, and every problem. Never stops at a bad file.
    #[must_use]
    pub fn load(root: &Path) -> Self {
        load::folder(root, &ChangeSet::default())
    }

    /// Reads a folder as it would be after `changes`.
    #[must_use]
    pub fn load_changed(root: &Path, changes: &ChangeSet) -> Self {
        load::folder(root, changes)
    }

    /// Reads files held in memory, by their paths relative to the root.
    #[must_use]
    pub fn from_texts(texts: impl IntoIterator<Item = (PathBuf, Vec<u8>)>) -> Self {
        load::texts(texts)
    }

    /// The path of a file as it may be shown: relative to the root, with `/` between its parts, and nothing in it that a
    /// terminal obeys or that nobody may see.
    #[must_use]
    pub fn path(&self, file: FileId) -> String {
        shown_path(self.place(file))
    }

    /// The path of a file, relative to the root.
    #[must_use]
    pub fn place(&self, file: FileId) -> &Path {
        let path = self.files.get(file.0 as usize).map(PathBuf::as_path).unwrap_or(Path::new(""));
        match &self.origin {
            Origin::Folder(root, _) => path.strip_prefix(root).unwrap_or(path),
            Origin::Memory(_) => path,
        }
    }

    /// All files that were met, with their paths.
    pub fn files(&self) -> impl Iterator<Item = (FileId, String)> {
        (0..self.files.len() as u32).map(FileId).map(|file| (file, self.path(file)))
    }

    /// The text of a file, read again. Nothing where it can't be read; what is no UTF-8 in it is replaced.
    #[must_use]
    pub fn text(&self, file: FileId) -> Option<String> {
        let bytes = self.bytes_again(file)?;
        Some(String::from_utf8(bytes).unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned()))
    }

    /// The bytes of a file, read again. Nothing where it can't be read.
    #[must_use]
    pub fn bytes_again(&self, file: FileId) -> Option<Vec<u8>> {
        if let Some(bytes) = self.held(file) {
            return Some(bytes.to_owned());
        }
        let path = self.files.get(file.0 as usize)?;
        if !std::fs::symlink_metadata(path).is_ok_and(|metadata| metadata.is_file()) {
            return None;
        }
        let mut bytes = Vec::new();
        file::read_file(path, &mut bytes).ok()?;
        Some(bytes)
    }

    /// The bytes that count instead of those on the disk.
    fn held(&self, file: FileId) -> Option<&[u8]> {
        match &self.origin {
            Origin::Memory(texts) => texts.get(file.0 as usize).map(Vec::as_slice),
            Origin::Folder(_, held) => held.get(&file).map(Vec::as_slice),
        }
    }

    /// How many records there are in all.
    #[must_use]
    pub fn record_count(&self) -> usize {
        Kind::ALL.iter().map(|kind| self.count(*kind)).sum()
    }

    /// The root folder of the registry that a command run in `folder` means: the nearest one upwards, up to the root of
    /// the git repository.
    #[must_use]
    pub fn find(folder: &Path) -> Option<PathBuf> {
        let roots = Self::looked_in(folder).flat_map(|folder| [folder.to_owned(), folder.join("registry")]);
        roots.into_iter().find(|root| root.join(MANIFEST).is_file())
    }

    /// The folders in which a registry is looked for, each with the one called `registry` in it.
    pub fn looked_in(folder: &Path) -> impl Iterator<Item = &Path> {
        let mut is_within = true;
        folder.ancestors().take_while(move |folder| std::mem::replace(&mut is_within, !folder.join(".git").exists()))
    }

    /// The root of the git repository that a folder lies in.
    #[must_use]
    pub fn git_root(folder: &Path) -> Option<PathBuf> {
        folder.ancestors().find(|folder| folder.join(".git").exists()).map(Path::to_owned)
    }

    /// Where the manifest divides the year.
    #[must_use]
    pub fn semesters(&self) -> Semesters {
        self.manifest.semesters.as_ref().map(crate::model::SemesterStarts::semesters).unwrap_or_default()
    }

    /// Participant counts from 1 to below this are hidden in what is published.
    #[must_use]
    pub fn suppress_below(&self) -> u32 {
        self.manifest.publish.as_ref().and_then(|publish| publish.suppress_below).unwrap_or(5)
    }

    /// The days that dates of a record can mean.
    #[must_use]
    pub fn span(&self, dates: Dates) -> Span {
        let semesters = self.semesters();
        match dates {
            Dates::None => Span::default(),
            Dates::Validity(from, to) => Span::new(from, to, &semesters),
            Dates::Held(start, end) => Span::new(start, end.or(start), &semesters),
        }
    }
}
