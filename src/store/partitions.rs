//! Folders that several registries share, each with its own part of every table.

#![allow(clippy::disallowed_methods, reason = "this is the door that they are kept for")]

use std::fs;
use std::io::{self, Write as _};
use std::path::Path;

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
/// whoever ends the program between leaves a folder that the next run puts in order. What others have stays.
///
/// # Errors
///
/// When a part of this name is there that lmnet did not write, or the folder can't be written.
pub fn replace_parts(root: &Path, name: &str, make: Make) -> anyhow::Result<()> {
    let about = root.join(ABOUT);
    let told = about.join(format!("{name}.json"));
    let own = format!("registry={name}");
    fs::create_dir_all(&about)?;
    let tables = || -> io::Result<Vec<String>> {
        let folders = fs::read_dir(root)?.filter_map(Result::ok);
        let named = folders.map(|entry| entry.file_name().to_string_lossy().into_owned());
        Ok(named.filter(|table| table != ABOUT && root.join(table).join(&own).is_dir()).collect())
    };
    let old = tables()?;
    if let Some(table) = old.first().filter(|_| !told.is_file()) {
        bail!(say!(
            nn: "lmnet har ikkje skrive «{table}/{own}»; nemn ei anna mappe, eller eit anna namn med --as",
            nb: "lmnet har ikke skrevet «{table}/{own}»; nevn en annen mappe, eller et annet navn med --as",
            en: "lmnet did not write '{table}/{own}'; name another folder, or another name with --as",
        ));
    }
    let (new, aside) = (about.join(format!(".{name}.new")), about.join(format!(".{name}.old")));
    for left in [&new, &aside] {
        if left.is_dir() {
            fs::remove_dir_all(left)?;
        }
    }
    fs::create_dir(&new)?;
    let made = make(&mut |path, text| {
        let place = new.join(path);
        fs::create_dir_all(place.parent().unwrap_or(&new))?;
        let mut file = fs::File::create(&place)?;
        file.write_all(text.as_bytes()).and_then(|()| file.sync_data()).with_context(|| path.to_owned())
    });
    if made.is_err() {
        let _ = fs::remove_dir_all(&new);
        // Only if nothing else is in them.
        let _ = fs::remove_dir(&about).and_then(|()| fs::remove_dir(root));
    }
    let description = made?;
    // From here on the parts are known as lmnet's, whatever happens.
    if !told.is_file() {
        super::replace(&told, description.as_bytes())?;
    }
    fs::create_dir_all(&aside)?;
    for table in &old {
        fs::rename(root.join(table).join(&own), aside.join(table))?;
    }
    for entry in fs::read_dir(&new)? {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            let table = root.join(entry.file_name());
            fs::create_dir_all(&table)?;
            fs::rename(entry.path(), table.join(&own))?;
        }
    }
    super::replace(&told, description.as_bytes())?;
    fs::remove_dir_all(&new)?;
    fs::remove_dir_all(&aside)?;
    for table in &old {
        // Only if nobody has anything in it.
        let _ = fs::remove_dir(root.join(table));
    }
    Ok(())
}
