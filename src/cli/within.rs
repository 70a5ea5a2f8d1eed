//! Files and folders of the registry, named on the command line.

use std::path::{Path, PathBuf};

use anyhow::bail;

use crate::say;

/// The part of the registry that is meant.
pub(super) struct Within(Vec<PathBuf>);

impl Within {
    /// The files and folders that are named, as ways from the registry's root; all of it if none is.
    pub(super) fn new(paths: &[PathBuf], folder: &Path, root: &Path) -> anyhow::Result<Self> {
        let way = |path: &PathBuf| {
            let asked = folder.join(path);
            // What a link leads to does not matter: the link itself is what lies in the registry.
            let whole = match (asked.parent(), asked.file_name()) {
                (Some(parent), Some(name)) if asked.is_symlink() => {
                    parent.canonicalize().map(|parent| parent.join(name))
                }
                _ => asked.canonicalize(),
            };
            let path = path.display();
            let Ok(whole) = whole else {
                bail!(say!(
                    nn: "{path}: det finst inga slik fil eller mappe",
                    nb: "{path}: det finnes ingen slik fil eller mappe",
                    en: "{path}: there is no such file or folder",
                ))
            };
            let root = root.canonicalize().unwrap_or_else(|_| root.to_owned());
            match whole.strip_prefix(&root) {
                Ok(way) => Ok(way.to_owned()),
                // The whole registry lies in what is named.
                Err(_) if root.starts_with(&whole) => Ok(PathBuf::new()),
                Err(_) => {
                    let root = root.display();
                    bail!(say!(
                        nn: "{path}: ligg ikkje i registeret {root}",
                        nb: "{path}: ligger ikke i registeret {root}",
                        en: "{path}: is not in the registry {root}",
                    ))
                }
            }
        };
        Ok(Self(paths.iter().map(way).collect::<anyhow::Result<_>>()?))
    }

    pub(super) fn holds(&self, path: &str) -> bool {
        self.0.is_empty() || self.0.iter().any(|within| Path::new(path).starts_with(within))
    }
}
