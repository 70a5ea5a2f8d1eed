//! Changes to the files of a registry, and the one door through which files are written.
//!
//! A command only gathers a [`ChangeSet`] and hands it over with its result; `main` has it written. Until then the
//! registry can be read as if the changes were made, so that a command can look at what comes of them.

mod fill;
mod partitions;
mod write;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

pub use fill::fill;
pub use partitions::{Make, Take, replace_parts};
pub use write::{can_replace, replace};

/// What is to become of files, each by where it lies now, relative to the root.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ChangeSet {
    files: BTreeMap<PathBuf, FileChange>,
}

/// What is to become of one file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileChange {
    /// The bytes that were read from it, and that it must still have when it is written; nothing for a new file.
    pub before: Option<Vec<u8>>,
    /// The bytes that it is to have.
    pub after: Vec<u8>,
    /// Where it is to lie, relative to the root, if elsewhere.
    pub moved: Option<PathBuf>,
}

impl FileChange {
    /// Where the file is to lie that lies at `path` now.
    #[must_use]
    pub fn place<'a>(&'a self, path: &'a Path) -> &'a Path {
        self.moved.as_deref().unwrap_or(path)
    }
}

impl ChangeSet {
    /// Whether nothing is to be changed.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// The changes, by where the files lie now.
    pub fn iter(&self) -> impl Iterator<Item = (&Path, &FileChange)> {
        self.files.iter().map(|(path, change)| (&**path, change))
    }

    /// Gives a file other bytes. `before` is what was read from it; of a file that is changed already, what was read
    /// first counts.
    pub fn set(&mut self, path: &Path, before: Option<Vec<u8>>, after: Vec<u8>) {
        let new = || FileChange { before, after: Vec::new(), moved: None };
        self.files.entry(path.to_owned()).or_insert_with(new).after = after;
    }

    /// Moves a file, whose bytes are `bytes`.
    pub fn relocate(&mut self, path: &Path, bytes: &[u8], to: PathBuf) {
        let new = || FileChange { before: Some(bytes.to_owned()), after: bytes.to_owned(), moved: None };
        self.files.entry(path.to_owned()).or_insert_with(new).moved = Some(to);
    }

    /// What is to become of the file that lies at `path` now.
    #[must_use]
    pub fn of(&self, path: &Path) -> Option<&FileChange> {
        self.files.get(path)
    }

    /// Where the file lies now that is to lie at `path`.
    #[must_use]
    pub fn origin<'a>(&'a self, path: &'a Path) -> &'a Path {
        let moved = self.files.iter().find(|(_, change)| change.moved.as_deref() == Some(path));
        moved.map_or(path, |(origin, _)| origin)
    }
}
