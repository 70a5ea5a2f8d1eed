//! Which files of a folder are records, and what else lies there.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

use walkdir::{DirEntry, WalkDir};

use crate::model::Kind;

/// What a walk met.
pub(super) enum Met {
    /// A file to be read as a record of this kind.
    Record(Kind),
    /// The manifest.
    Manifest,
    /// Text beside the records.
    Note,
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
    let mut folders = Vec::new();
    let top = WalkDir::new(root).min_depth(1).max_depth(1).follow_root_links(true);
    for entry in top {
        let Some(entry) = seen(entry, &mut met) else { continue };
        let name = entry.file_name().to_str();
        match (entry.file_type().is_dir(), name.and_then(Kind::from_word)) {
            (true, Some(kind)) => folders.push((entry.into_path(), kind)),
            (true, None) if matches!(name, Some("mappings" | "schema")) => {}
            (true, None) => met.push((entry.into_path(), Met::Stray)),
            (false, _) => met.extend(judge(&entry, None).map(|found| (entry.into_path(), found))),
        }
    }
    // Two threads take the folders of the kinds one by one: the system, not the processor, is what they wait for.
    let next = AtomicUsize::new(0);
    let work = || {
        let mut met = Vec::new();
        while let Some((folder, kind)) = folders.get(next.fetch_add(1, Ordering::Relaxed)) {
            walk_kind(folder, *kind, &mut met);
        }
        met
    };
    std::thread::scope(|scope| {
        let other = scope.spawn(work);
        met.extend(work());
        met.extend(other.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
    });
    // By bytes, which is much faster than part by part.
    met.sort_unstable_by(|(a, _), (b, _)| a.as_os_str().cmp(b.as_os_str()));
    met
}

fn walk_kind(folder: &Path, kind: Kind, met: &mut Vec<(PathBuf, Met)>) {
    let mut entries = WalkDir::new(folder).min_depth(1).follow_links(false).into_iter();
    while let Some(entry) = entries.next() {
        let is_folder = entry.as_ref().is_ok_and(|entry| entry.file_type().is_dir());
        match seen(entry, met) {
            None if is_folder => entries.skip_current_dir(),
            Some(entry) if !is_folder => met.extend(judge(&entry, Some(kind)).map(|found| (entry.into_path(), found))),
            _ => {}
        }
    }
}

/// What the walk met, unless it is hidden or the system refuses to show it.
fn seen(entry: walkdir::Result<DirEntry>, met: &mut Vec<(PathBuf, Met)>) -> Option<DirEntry> {
    match entry {
        Ok(entry) => (!entry.file_name().as_encoded_bytes().starts_with(b".")).then_some(entry),
        Err(error) => {
            let path = error.path().map(Path::to_owned).unwrap_or_default();
            let reason = error.io_error().map_or_else(|| error.to_string(), ToString::to_string);
            met.push((path, Met::Refused(reason)));
            None
        }
    }
}

/// What a walk would meet at a path of a tree that is held in memory, where a folder that belongs to nothing stands for all
/// that is in it.
pub(super) fn meet(path: &Path, link: bool) -> Option<(PathBuf, Met)> {
    let hidden = |part: &OsStr| part.as_encoded_bytes().starts_with(b".");
    let first = path.iter().next().filter(|first| !hidden(first))?;
    let top = path.iter().nth(1).is_none();
    let kind = first.to_str().and_then(Kind::from_word).filter(|_| !top);
    if !top && kind.is_none() {
        let known = matches!(first.to_str(), Some("mappings" | "schema"));
        return (!known).then(|| (first.into(), Met::Stray));
    }
    if path.iter().any(hidden) {
        return None;
    }
    let sort = if link { Sort::Link } else { Sort::File };
    met(path.file_name()?.as_encoded_bytes(), kind, sort).map(|met| (path.to_owned(), met))
}

fn judge(entry: &DirEntry, kind: Option<Kind>) -> Option<Met> {
    let sort = if entry.path_is_symlink() {
        Sort::Link
    } else if entry.file_type().is_file() {
        Sort::File
    } else {
        Sort::Special
    };
    met(entry.file_name().as_encoded_bytes(), kind, sort)
}

/// What lies under a name, if it is no folder.
enum Sort {
    File,
    Link,
    Special,
}

fn met(name: &[u8], kind: Option<Kind>, sort: Sort) -> Option<Met> {
    if name.ends_with(b".md") {
        return matches!(sort, Sort::File).then_some(Met::Note);
    }
    let top = kind.is_none();
    let kind = kind.filter(|_| name.ends_with(b".toml"));
    Some(match (sort, kind) {
        (Sort::Link, _) => Met::Link(kind),
        (Sort::Special, _) => Met::Special(kind),
        (Sort::File, Some(kind)) => Met::Record(kind),
        (Sort::File, None) if top && name == super::MANIFEST.as_bytes() => Met::Manifest,
        (Sort::File, None) => Met::Stray,
    })
}
