//! Folders that several registries share, each with its own part of every table.

#![allow(clippy::disallowed_methods, reason = "this is the door that they are kept for")]

use std::collections::BTreeSet;
use std::fs::{self, TryLockError};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};

use crate::say;

/// The folder that says whose parts are there. Programs that read the tables pass over what begins so.
const ABOUT: &str = "_lmnet";

/// Takes a file: its path, and its text.
pub type Take<'a> = &'a mut dyn FnMut(&str, &str) -> anyhow::Result<()>;

/// Makes files one by one, and gives the text that tells of them all.
pub type Make = Box<dyn FnOnce(Take<'_>) -> anyhow::Result<String>>;

/// Puts the files of one registry in place of those it had there, for `main` alone: `TABLE/registry=NAME/…`, and what is told of
/// them in `_lmnet/NAME.json`. Files are written one by one beside the old ones, which they take the place of when all are there;
/// what a program that was ended between left is put in order by the next. What others have stays.
///
/// # Errors
///
/// When something is in the way that lmnet did not write, another program is writing the same, or the folder can't be written.
pub fn replace_parts(root: &Path, name: &str, make: Make) -> anyhow::Result<()> {
    let is_new = !root.exists();
    fs::create_dir_all(root)?;
    let written = Parts::of(&fs::canonicalize(root)?, name).and_then(|parts| parts.replace(make));
    if written.is_err() && is_new {
        let _ = fs::remove_dir(root.join(ABOUT)).and_then(|()| fs::remove_dir(root));
    }
    written
}

struct Parts {
    root: PathBuf,
    /// The folder of a registry in that of a table.
    own: String,
    /// What is told of the parts.
    told: PathBuf,
    /// Where new parts are made.
    new: PathBuf,
    /// Where old parts are put aside.
    aside: PathBuf,
    /// Held while the parts are written.
    lock: PathBuf,
}

impl Parts {
    fn of(root: &Path, name: &str) -> anyhow::Result<Self> {
        let about = root.join(ABOUT);
        folder(&about)?;
        Ok(Self {
            root: root.to_owned(),
            own: format!("registry={name}"),
            told: about.join(format!("{name}.json")),
            new: about.join(format!(".{name}.new")),
            aside: about.join(format!(".{name}.old")),
            lock: about.join(format!(".{name}.lock")),
        })
    }

    fn replace(self, make: Make) -> anyhow::Result<()> {
        let lock = fs::File::create(&self.lock)?;
        match lock.try_lock() {
            Err(TryLockError::WouldBlock) => bail!(say!(
                nn: "eit anna program skriv det same no; prøv igjen når det er ferdig",
                nb: "et annet program skriver det samme nå; prøv igjen når det er ferdig",
                en: "another program is writing the same now; try again when it is done",
            )),
            Err(TryLockError::Error(error)) => return Err(error.into()),
            Ok(()) => {}
        }
        let written = self.swap(make);
        let _ = fs::remove_dir_all(&self.new);
        let _ = fs::remove_file(&self.lock);
        written
    }

    fn swap(&self, make: Make) -> anyhow::Result<()> {
        self.put_back()?;
        let old = self.tables()?;
        fs::create_dir(&self.new)?;
        let description = make(&mut |path, text| {
            let place = self.new.join(path);
            fs::create_dir_all(place.parent().unwrap_or(&self.new))?;
            let mut file = fs::File::create(&place)?;
            file.write_all(text.as_bytes()).and_then(|()| file.sync_data()).with_context(|| path.to_owned())
        })?;
        let new: Vec<String> = names(&self.new)?;
        for table in &new {
            folder(&self.root.join(table))?;
            if self.part(table).exists() && !old.contains(table) {
                bail!(self.not_ours(table));
            }
        }
        // From here on all of them are known as lmnet's, whatever happens.
        super::replace(&self.told, description.as_bytes())?;
        fs::create_dir(&self.aside)?;
        for table in old.iter().filter(|table| self.part(table).exists()) {
            fs::rename(self.part(table), self.aside.join(table))?;
        }
        for table in &new {
            fs::rename(self.new.join(table), self.part(table))?;
        }
        fs::remove_dir_all(&self.aside)?;
        for table in &old {
            // Only if nobody has anything in it.
            let _ = fs::remove_dir(self.root.join(table));
        }
        Ok(())
    }

    /// Puts what a program that was ended had put aside where it belongs, unless something new is there by now.
    fn put_back(&self) -> anyhow::Result<()> {
        if self.new.is_dir() {
            fs::remove_dir_all(&self.new)?;
        }
        if self.aside.is_dir() {
            for table in names(&self.aside)? {
                if !self.part(&table).exists() {
                    folder(&self.root.join(&table))?;
                    fs::rename(self.aside.join(&table), self.part(&table))?;
                }
            }
            fs::remove_dir_all(&self.aside)?;
        }
        Ok(())
    }

    /// The tables of which lmnet has written a part.
    fn tables(&self) -> anyhow::Result<BTreeSet<String>> {
        let text = match fs::read_to_string(&self.told) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(BTreeSet::new()),
            Err(error) => return Err(error).with_context(|| self.told.display().to_string()),
        };
        let told: serde_json::Value = serde_json::from_str(&text).unwrap_or_default();
        let tables = told["tables"].as_array().filter(|_| told["schema"] == "lmnet-tables");
        let Some(tables) = tables else {
            let told = self.told.display();
            bail!(say!(
                nn: "lmnet har ikkje skrive {told}; nemn ei anna mappe, eller eit anna namn med --as",
                nb: "lmnet har ikke skrevet {told}; nevn en annen mappe, eller et annet navn med --as",
                en: "lmnet did not write {told}; name another folder, or another name with --as",
            ));
        };
        let is_name = |name: &&str| !name.contains(['/', '\\']) && !name.starts_with('.');
        Ok(tables.iter().filter_map(|table| table["name"].as_str().filter(is_name).map(str::to_owned)).collect())
    }

    fn part(&self, table: &str) -> PathBuf {
        self.root.join(table).join(&self.own)
    }

    fn not_ours(&self, table: &str) -> crate::lang::Said {
        let own = &self.own;
        say!(
            nn: "lmnet har ikkje skrive «{table}/{own}»; nemn ei anna mappe, eller eit anna namn med --as",
            nb: "lmnet har ikke skrevet «{table}/{own}»; nevn en annen mappe, eller et annet navn med --as",
            en: "lmnet did not write '{table}/{own}'; name another folder, or another name with --as",
        )
    }
}

/// Makes a folder, unless it is there; what lies elsewhere is not written into through a link.
fn folder(path: &Path) -> anyhow::Result<()> {
    match fs::symlink_metadata(path) {
        Ok(there) if there.is_dir() => Ok(()),
        Ok(_) => {
            let path = path.display();
            bail!(say!(
                nn: "{path} er inga mappe; flytt det som ligg der, eller nemn ei anna mappe",
                nb: "{path} er ingen mappe; flytt det som ligger der, eller nevn en annen mappe",
                en: "{path} is not a folder; move what lies there, or name another folder",
            ))
        }
        Err(_) => Ok(fs::create_dir(path)?),
    }
}

/// The names of the folders in a folder.
fn names(folder: &Path) -> io::Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            names.push(entry.file_name().to_string_lossy().into_owned());
        }
    }
    Ok(names)
}
