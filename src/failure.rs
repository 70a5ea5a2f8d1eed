//! Why something could not be done, as an error: said in all three languages where it happens, put into words where it is
//! printed.

use std::error::Error;
use std::fmt;
use std::io::{self, ErrorKind};

use crate::lang::{Lang, Said};
use crate::say;

/// A sentence in all three languages, as an error.
#[derive(Debug)]
pub struct Failure {
    said: Said,
    cause: Option<anyhow::Error>,
}

impl Failure {
    /// What came of another error.
    #[must_use]
    pub fn after(cause: impl Into<anyhow::Error>, said: Said) -> anyhow::Error {
        Self { said, cause: Some(cause.into()) }.into()
    }
}

impl From<Said> for Failure {
    fn from(said: Said) -> Self {
        Self { said, cause: None }
    }
}

impl From<Said> for anyhow::Error {
    fn from(said: Said) -> Self {
        Failure::from(said).into()
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.said.en)
    }
}

impl Error for Failure {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.cause.as_ref().map(AsRef::as_ref)
    }
}

/// An error in words, with what it came of.
#[must_use]
pub fn told(error: &anyhow::Error, lang: Lang) -> String {
    error.chain().map(|cause| one(cause, lang)).collect::<Vec<_>>().join(": ")
}

fn one(error: &(dyn Error + 'static), lang: Lang) -> String {
    match (error.downcast_ref::<Failure>(), error.downcast_ref::<io::Error>()) {
        (Some(failure), _) => failure.said.get(lang).to_owned(),
        (None, Some(error)) => reason(error, lang),
        (None, None) => error.to_string(),
    }
}

/// Why the system did not do something.
fn reason(error: &io::Error, lang: Lang) -> String {
    if let Some(inner) = error.get_ref() {
        return anyhow::Chain::new(inner).map(|cause| one(cause, lang)).collect::<Vec<_>>().join(": ");
    }
    match error.kind() {
        ErrorKind::NotFound => say!(lang,
            nn: "det finst inga slik fil eller mappe",
            nb: "det finnes ingen slik fil eller mappe",
            en: "there is no such file or folder",
        ),
        ErrorKind::PermissionDenied => {
            say!(lang, nn: "løyvet manglar", nb: "tillatelsen mangler", en: "permission denied")
        }
        ErrorKind::IsADirectory => {
            say!(lang, nn: "dette er ei mappe, inga fil", nb: "dette er en mappe, ingen fil", en: "this is a folder, not a file")
        }
        ErrorKind::NotADirectory => {
            say!(lang, nn: "dette er inga mappe", nb: "dette er ingen mappe", en: "this is not a folder")
        }
        ErrorKind::AlreadyExists => say!(lang,
            nn: "det finst alt noko med det namnet der",
            nb: "det finnes allerede noe med det navnet der",
            en: "something of that name is there already",
        ),
        ErrorKind::DirectoryNotEmpty => {
            say!(lang, nn: "mappa er ikkje tom", nb: "mappen er ikke tom", en: "the folder is not empty")
        }
        ErrorKind::FileTooLarge | ErrorKind::QuotaExceeded => say!(lang,
            nn: "fila er større enn ho får vere her",
            nb: "filen er større enn den får være her",
            en: "the file is larger than it may be here",
        ),
        ErrorKind::ReadOnlyFilesystem => {
            say!(lang, nn: "disken kan berre lesast", nb: "disken kan bare leses", en: "the disk can only be read")
        }
        ErrorKind::StorageFull => {
            say!(lang, nn: "disken er full", nb: "disken er full", en: "the disk is full")
        }
        _ => error.to_string(),
    }
}
