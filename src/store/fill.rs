//! Folders that are made of files as a whole.

#![allow(clippy::disallowed_methods, reason = "this is the door that they are kept for")]

use std::fs;
use std::io;
use std::path::Path;

use anyhow::bail;

use super::ChangeSet;
use crate::failure::Failure;
use crate::lang::Said;
use crate::say;

/// The hidden file by which a folder is known again.
const MARK: &str = ".lmnet-export";

/// What it says.
const MARKED: &str = "lmnet wrote this folder, and replaces it as a whole when it is asked to write it again.\n";

/// Makes these files all that is in a folder, which is made if need be; for `main` alone. What was there before must be from
/// an earlier time, as its mark and `is_own` of each name say, and goes if it is not among the files. Hidden files stay.
///
/// # Errors
///
/// When something else is in the folder, or it can't be written: it is as it was then. When only what is left of an earlier
/// time can't be removed, the error says so.
pub fn fill(folder: &Path, files: &[(String, String)], is_own: fn(&str) -> bool) -> anyhow::Result<()> {
    let is_new = fs::symlink_metadata(folder).is_err_and(|error| error.kind() == io::ErrorKind::NotFound);
    if is_new {
        fs::create_dir_all(folder)?;
    }
    let filled = fs::canonicalize(folder).map_err(Into::into).and_then(|folder| put(&folder, files, is_own));
    if filled.is_err() && is_new {
        let _ = fs::remove_dir(folder);
    }
    filled
}

fn not_removed(name: &str) -> Said {
    say!(
        nn: "alt er skrive, men den gamle «{name}» kunne ikkje takast bort",
        nb: "alt er skrevet, men den gamle «{name}» kunne ikke tas bort",
        en: "all is written, but the old '{name}' could not be removed",
    )
}

fn put(folder: &Path, files: &[(String, String)], is_own: fn(&str) -> bool) -> anyhow::Result<()> {
    let mut there = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.starts_with('.') {
            continue;
        }
        if !is_own(&name) || !entry.file_type()?.is_file() {
            bail!(say!(
                nn: "der ligg «{name}», som ikkje er noko av det som blir skrive; nemn ei ny eller tom mappe",
                nb: "der ligger «{name}», som ikke er noe av det som skrives; nevn en ny eller tom mappe",
                en: "there is '{name}' in it, which is no part of what is written; name a new or an empty folder",
            ));
        }
        there.push(name);
    }
    let marked = folder.join(MARK).is_file();
    if let Some(name) = there.first().filter(|_| !marked) {
        bail!(say!(
            nn: "det er ikkje lmnet som har skrive «{name}» der; nemn ei ny eller tom mappe",
            nb: "det er ikke lmnet som har skrevet «{name}» der; nevn en ny eller tom mappe",
            en: "lmnet did not write '{name}' in it; name a new or an empty folder",
        ));
    }
    let mut changes = ChangeSet::default();
    if !marked {
        changes.set(Path::new(MARK), None, MARKED.as_bytes().to_vec());
    }
    for (name, text) in files {
        let before = there.contains(name).then(|| fs::read(folder.join(name))).transpose()?;
        if before.as_deref() != Some(text.as_bytes()) {
            changes.set(Path::new(name), before, text.clone().into_bytes());
        }
    }
    changes.write(folder)?;
    for name in there.iter().filter(|name| !files.iter().any(|(new, _)| new == *name)) {
        let removed = fs::remove_file(folder.join(name));
        removed.map_err(|error| Failure::after(error, not_removed(name)))?;
    }
    Ok(())
}
