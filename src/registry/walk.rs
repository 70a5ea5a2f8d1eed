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

/// Everything below `root` that matters, by path; the paths begin with the root.
pub(super) fn walk(root: &Path) -> Vec<(PathBuf, Met)> {
    let mut met = Vec::new();
    let mut kind = None;
    let mut entries = WalkDir::new(root).min_depth(1).follow_links(false).follow_root_links(true).into_iter();
    while let Some(entry) = entries.next() {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                let path = error.path().map(Path::to_owned).unwrap_or_default();
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
        if entry.depth() == 1 {
            kind = entry.file_name().to_str().and_then(Kind::from_word);
        }
        if folder {
            if entry.depth() == 1 && kind.is_none() {
                entries.skip_current_dir();
                if !matches!(entry.file_name().to_str(), Some("mappings" | "schema")) {
                    met.push((entry.into_path(), Met::Stray));
                }
            }
            continue;
        }
        if let Some(found) = judge(&entry, kind) {
            met.push((entry.into_path(), found));
        }
    }
    // By bytes, which is much faster than part by part.
    met.sort_unstable_by(|(a, _), (b, _)| a.as_os_str().cmp(b.as_os_str()));
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
