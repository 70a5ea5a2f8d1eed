//! Files and folders of the registry, named on the command line.

use std::path::{Path, PathBuf};

use anyhow::bail;

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
            let Ok(whole) = whole else { bail!("{}: there is no such file or folder", path.display()) };
            let root = root.canonicalize().unwrap_or_else(|_| root.to_owned());
            match whole.strip_prefix(&root) {
                Ok(way) => Ok(way.to_owned()),
                // The whole registry lies in what is named.
                Err(_) if root.starts_with(&whole) => Ok(PathBuf::new()),
                Err(_) => bail!("{}: is not in the registry {}", path.display(), root.display()),
            }
        };
        Ok(Self(paths.iter().map(way).collect::<anyhow::Result<_>>()?))
    }

    pub(super) fn holds(&self, path: &str) -> bool {
        self.0.is_empty() || self.0.iter().any(|within| Path::new(path).starts_with(within))
    }
}
