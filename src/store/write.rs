//! Writing: all files or none, and never half a file.

#![allow(clippy::disallowed_methods, reason = "this is the door that they are kept for")]

use std::fs::{self, File, OpenOptions, Permissions};
use std::io::{self, Read as _, Write as _};
use std::path::{Component, Path, PathBuf};

use anyhow::{Context as _, bail};

use super::{ChangeSet, FileChange};
use crate::failure::Failure;
use crate::lang::Said;
use crate::say;

impl ChangeSet {
    /// Writes the changes below `root`; for `main` alone. Every file is written beside its place first, and only when
    /// all are there do they take their places, each in one step. Folders that are missing are made first. What fails is
    /// undone, folders included.
    ///
    /// # Errors
    ///
    /// When a file has changed since it was read, may not be written, lies behind a link or outside of `root`, or when
    /// its new place is taken. Nothing is changed then; if the undoing failed too, the error names the files.
    pub fn write(&self, root: &Path) -> anyhow::Result<()> {
        let mut folders = Folders::default();
        let mut staged = self.stage(root, &mut folders)?;
        commit(&mut staged)?;
        folders.keep();
        Ok(())
    }

    fn stage(&self, root: &Path, folders: &mut Folders) -> anyhow::Result<Vec<Staged<'_>>> {
        for (path, change) in self.iter().filter(|(_, change)| change.before.is_none() || change.moved.is_some()) {
            folders.make(root, change.place(path))?;
        }
        let mut staged: Vec<Staged<'_>> =
            self.iter().map(|(path, change)| Staged::new(root, path, change)).collect::<anyhow::Result<_>>()?;
        // New names come last: whoever is stopped in between finds the old ones still, and can begin again.
        staged.sort_by_key(|file| file.from != file.to || file.change.before.is_none());
        Ok(staged)
    }
}

/// Folders that were made; they go again unless they are kept, if nobody has put anything into them.
#[derive(Default)]
struct Folders(Vec<PathBuf>);

impl Folders {
    /// Makes the folders below the root that a file needs. What is there already, is looked at by [`inside`].
    fn make(&mut self, root: &Path, file: &Path) -> anyhow::Result<()> {
        let (mut full, mut there) = (root.to_owned(), PathBuf::new());
        for part in file.parent().into_iter().flat_map(Path::components) {
            full.push(part);
            there.push(part);
            if fs::symlink_metadata(&full).is_err_and(|error| error.kind() == io::ErrorKind::NotFound) {
                inside(root, &there)?; // not through a link
                fs::create_dir(&full).with_context(|| full.display().to_string())?;
                self.0.push(full.clone());
            }
        }
        Ok(())
    }

    fn keep(mut self) {
        for folder in self.0.drain(..) {
            sync_folder(&folder);
        }
    }
}

impl Drop for Folders {
    fn drop(&mut self) {
        for folder in self.0.iter().rev() {
            let _ = fs::remove_dir(folder);
        }
    }
}

/// A file that waits beside its place.
struct Staged<'a> {
    change: &'a FileChange,
    /// Where the new bytes wait; nothing once they have their place.
    waiting: Option<PathBuf>,
    from: PathBuf,
    to: PathBuf,
    permissions: Option<Permissions>,
    moved: bool,
}

impl<'a> Staged<'a> {
    fn new(root: &Path, path: &Path, change: &'a FileChange) -> anyhow::Result<Self> {
        let from = inside(root, path)?;
        let to = change.moved.as_ref().map_or_else(|| Ok(from.clone()), |to| inside(root, to))?;
        let mut staged = Self { change, waiting: None, from, to, permissions: None, moved: false };
        staged.still_as_read()?;
        if change.before.is_some() {
            // Another file is put in its place, so that it would not guard itself.
            let file = OpenOptions::new().write(true).open(&staged.from);
            let there = file.and_then(|file| file.metadata()).with_context(|| staged.from.display().to_string())?;
            if there.permissions().readonly() {
                bail!(nothing_written(
                    &staged.from,
                    &say!(
                        nn: "fila kan berre lesast",
                        nb: "filen kan bare leses",
                        en: "the file is read-only",
                    )
                ));
            }
            staged.permissions = Some(there.permissions());
        }
        let waiting = beside(&staged.from, &change.after, staged.permissions.as_ref());
        staged.waiting = Some(waiting.with_context(|| staged.from.display().to_string())?);
        Ok(staged)
    }

    /// Holds that nobody else has written the file, and that its new place is free.
    fn still_as_read(&self) -> anyhow::Result<()> {
        let there = match fs::symlink_metadata(&self.from) {
            Ok(there) if !there.is_file() => {
                bail!(nothing_written(
                    &self.from,
                    &say!(
                        nn: "dette er ei lenkje eller inga fil",
                        nb: "dette er en lenke eller ingen fil",
                        en: "this is a link or no file",
                    )
                ))
            }
            Ok(_) => true,
            Err(error) if error.kind() == io::ErrorKind::NotFound => false,
            Err(error) => return Err(error).with_context(|| self.from.display().to_string()),
        };
        let same = match &self.change.before {
            Some(before) => there && has_bytes(&self.from, before).with_context(|| self.from.display().to_string())?,
            None => !there,
        };
        if !same {
            bail!(nothing_written(
                &self.from,
                &say!(
                    nn: "nokon annan har endra fila i mellomtida",
                    nb: "noen andre har endret filen i mellomtiden",
                    en: "the file was changed by somebody else meanwhile",
                )
            ));
        }
        if self.to != self.from && !is_free(&self.to, &self.from) {
            bail!(nothing_written(
                &self.to,
                &say!(
                    nn: "det finst alt ei fil med dette namnet",
                    nb: "det finnes allerede en fil med dette navnet",
                    en: "there is a file of this name already",
                )
            ));
        }
        Ok(())
    }

    fn put(&mut self) -> anyhow::Result<()> {
        self.still_as_read()?;
        if let Some(waiting) = &self.waiting {
            fs::rename(waiting, &self.from).with_context(|| self.from.display().to_string())?;
            self.waiting = None;
        }
        if self.to != self.from {
            fs::rename(&self.from, &self.to).with_context(|| self.to.display().to_string())?;
            self.moved = true;
        }
        Ok(())
    }

    fn undo(&self) -> io::Result<()> {
        if self.moved {
            fs::rename(&self.to, &self.from)?;
        }
        match &self.change.before {
            _ if self.waiting.is_some() => Ok(()), // it never had its place
            Some(before) => fs::rename(beside(&self.from, before, self.permissions.as_ref())?, &self.from),
            None => fs::remove_file(&self.from),
        }
    }
}

impl Drop for Staged<'_> {
    fn drop(&mut self) {
        if let Some(waiting) = &self.waiting {
            let _ = fs::remove_file(waiting);
        }
    }
}

fn commit(staged: &mut [Staged<'_>]) -> anyhow::Result<()> {
    for index in 0..staged.len() {
        let Err(error) = staged[index].put() else { continue };
        let stuck = staged[..=index].iter().rev().filter(|file| file.undo().is_err());
        let stuck: Vec<_> = stuck.map(|file| file.from.display().to_string()).collect();
        if stuck.is_empty() {
            return Err(error);
        }
        let stuck = stuck.join(", ");
        return Err(Failure::after(
            error,
            say!(
                nn: "desse filene vart skrivne og kunne ikkje setjast tilbake: {stuck}",
                nb: "disse filene ble skrevet og kunne ikke settes tilbake: {stuck}",
                en: "these files were written and could not be put back: {stuck}",
            ),
        ));
    }
    for file in staged.iter() {
        for path in [&file.from, &file.to] {
            sync_folder(path);
        }
    }
    Ok(())
}

/// Why nothing was written.
fn nothing_written(path: &Path, why: &Said) -> Said {
    let (path, Said { nn, nb, en }) = (path.display(), why);
    say!(
        nn: "{path}: {nn}; ingenting er skrive",
        nb: "{path}: {nb}; ingenting er skrevet",
        en: "{path}: {en}; nothing was written",
    )
}

/// The path below the root, of which no part is a link.
fn inside(root: &Path, path: &Path) -> anyhow::Result<PathBuf> {
    if path.as_os_str().is_empty() || !path.components().all(|part| matches!(part, Component::Normal(_))) {
        bail!(nothing_written(
            path,
            &say!(
                nn: "dette ligg utanfor registeret",
                nb: "dette ligger utenfor registeret",
                en: "this lies outside of the registry",
            )
        ));
    }
    let mut full = root.to_owned();
    for part in path.parent().into_iter().flat_map(Path::components) {
        full.push(part);
        let folder = fs::symlink_metadata(&full).with_context(|| full.display().to_string())?;
        if !folder.is_dir() {
            bail!(nothing_written(
                &full,
                &say!(
                    nn: "dette er ei lenkje eller inga mappe",
                    nb: "dette er en lenke eller ingen mappe",
                    en: "this is a link or no folder",
                )
            ));
        }
    }
    Ok(root.join(path))
}

/// Whether no other file has the name. Where capitals do not count, the file itself may have it.
fn is_free(to: &Path, from: &Path) -> bool {
    if fs::symlink_metadata(to).is_err_and(|error| error.kind() == io::ErrorKind::NotFound) {
        return true;
    }
    let same_but_for_capitals = to.as_os_str().eq_ignore_ascii_case(from.as_os_str());
    let listed = to
        .parent()
        .and_then(|folder| fs::read_dir(folder).ok())
        .is_none_or(|entries| entries.filter_map(Result::ok).any(|entry| Some(&*entry.file_name()) == to.file_name()));
    same_but_for_capitals && !listed
}

fn has_bytes(path: &Path, bytes: &[u8]) -> io::Result<bool> {
    let mut there = Vec::with_capacity(bytes.len() + 1);
    File::open(path)?.take(bytes.len() as u64 + 1).read_to_end(&mut there)?;
    Ok(there == bytes)
}

/// Gives a file other bytes in one step, so that nothing half-written is ever left under its name. What is there keeps
/// its permissions.
///
/// # Errors
///
/// When it can't be written; it is as it was then.
pub fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let permissions = fs::metadata(path).ok().map(|there| there.permissions());
    let waiting = beside(path, bytes, permissions.as_ref())?;
    let placed = fs::rename(&waiting, path);
    if placed.is_err() {
        let _ = fs::remove_file(&waiting);
    }
    sync_folder(path);
    placed
}

/// Whether [`replace`] could give a file other bytes now, found out before something else is written that belongs to it.
///
/// # Errors
///
/// When a folder lies there, or its folder is not there or can't be written into.
pub fn can_replace(path: &Path) -> io::Result<()> {
    match fs::metadata(path) {
        Ok(there) if there.is_dir() => return Err(io::ErrorKind::IsADirectory.into()),
        Ok(there) if !there.is_file() => return Ok(()),
        Ok(there) if there.permissions().readonly() => return Err(io::ErrorKind::PermissionDenied.into()),
        _ => {}
    }
    fs::remove_file(beside(path, b"", None)?)
}

/// Writes bytes into a new file beside `path`, under a name that no walk over records takes up, and has them put on the
/// disk.
fn beside(path: &Path, bytes: &[u8], permissions: Option<&Permissions>) -> io::Result<PathBuf> {
    let mut name = std::ffi::OsString::from(".");
    name.push(path.file_name().unwrap_or_default());
    name.push(format!(".{}.tmp", std::process::id()));
    let waiting = path.with_file_name(name);
    // Never through what somebody else has put there.
    let mut file = OpenOptions::new().write(true).create_new(true).open(&waiting)?;
    let written = file
        .write_all(bytes)
        .and_then(|()| permissions.map_or(Ok(()), |permissions| fs::set_permissions(&waiting, permissions.clone())))
        .and_then(|()| file.sync_all());
    if written.is_err() {
        let _ = fs::remove_file(&waiting);
    }
    written.map(|()| waiting)
}

/// Has the names in a folder put on the disk, on systems that can.
fn sync_folder(path: &Path) {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    if let Ok(folder) = File::open(folder) {
        let _ = folder.sync_all();
    }
}

// Below tests/, since they need a temporary folder, and nothing below src/ but main may ask the system for one.
#[cfg(test)]
#[path = "../../tests/store/write.rs"]
mod tests;
