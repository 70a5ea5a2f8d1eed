//! Which files of a folder are records, and what else lies there.

use std::path::{Path, PathBuf};

use walkdir::{DirEntry, WalkDir};

use crate::model::Kind;

/// What a walk met.
pub(super) enum Met {
    /// A file to be read as a record of this kind.
    Record(Kind),
    /// The manifest.
    Manifest,
    /// A symbolic link. Links are never followed.
    Link(Option<Kind>),
    /// Neither file nor folder.
    Special(Option<Kind>),
    /// A file or folder that belongs to nothing.
    Stray,
    /// What the system refuses to show, and why.
    Refused(String),
}

/// Everything below `root` that matters, by path.
pub(super) fn walk(root: &Path) -> Vec<(PathBuf, Met)> {
    let mut met = Vec::new();
    let mut entries = WalkDir::new(root).min_depth(1).follow_links(false).follow_root_links(true).into_iter();
    while let Some(entry) = entries.next() {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                let path = error.path().map(|path| relative(root, path)).unwrap_or_default();
                let reason = error.io_error().map_or_else(|| error.to_string(), ToString::to_string);
                met.push((path, Met::Refused(reason)));
                continue;
            }
        };
        let hidden = entry.file_name().as_encoded_bytes().starts_with(b".");
        let folder = entry.file_type().is_dir();
        if hidden {
            if folder {
                entries.skip_current_dir();
            }
            continue;
        }
        let path = relative(root, entry.path());
        let kind = kind_of(&path);
        if folder {
            if entry.depth() == 1 && kind.is_none() {
                entries.skip_current_dir();
                if !matches!(path.to_str(), Some("mappings" | "schema")) {
                    met.push((path, Met::Stray));
                }
            }
            continue;
        }
        if let Some(found) = judge(&entry, kind) {
            met.push((path, found));
        }
    }
    met.sort_unstable_by(|(a, _), (b, _)| a.cmp(b));
    met
}

fn judge(entry: &DirEntry, kind: Option<Kind>) -> Option<Met> {
    let name = entry.file_name().as_encoded_bytes();
    let record = name.ends_with(b".toml");
    let top = entry.depth() == 1;
    if name.ends_with(b".md") {
        return None;
    }
    let kind = kind.filter(|_| record && !top);
    if entry.path_is_symlink() {
        return Some(Met::Link(kind));
    }
    if !entry.file_type().is_file() {
        return Some(Met::Special(kind));
    }
    Some(match kind {
        Some(kind) => Met::Record(kind),
        None if top && name == super::MANIFEST.as_bytes() => Met::Manifest,
        None => Met::Stray,
    })
}

/// The kind whose folder a path lies in.
fn kind_of(path: &Path) -> Option<Kind> {
    Kind::from_word(path.iter().next()?.to_str()?)
}

fn relative(root: &Path, path: &Path) -> PathBuf {
    path.strip_prefix(root).unwrap_or(path).to_owned()
}
