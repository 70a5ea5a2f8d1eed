//! Records named on the command line, to be changed.

use std::path::PathBuf;

use anyhow::bail;

use crate::model::Kind;
use crate::read::{FieldInfo, RecordKind};
use crate::registry::{MANIFEST, Registry, fields_of_file, record_of};
use crate::say;
use crate::source::FileId;
use crate::view;

/// A file that is to be changed.
pub(super) struct Target {
    /// Where it lies, relative to the root.
    pub(super) path: PathBuf,
    /// Its bytes.
    pub(super) bytes: Vec<u8>,
    /// Its keys.
    pub(super) fields: Vec<FieldInfo>,
    /// What kind of record it is; nothing for the manifest.
    pub(super) kind: Option<Kind>,
}

impl Target {
    /// The record that is called `kind/id`, or `id` where only one record has it; `lmnet` is the manifest.
    pub(super) fn find(registry: &Registry, name: &str) -> anyhow::Result<Self> {
        if name == "lmnet" || name == MANIFEST {
            let manifest = registry.files().find(|(_, path)| path == MANIFEST).map(|(file, _)| file);
            return Self::of(registry, manifest, name, None);
        }
        let (kinds, id) = match name.split_once('/') {
            Some((kind, id)) => (vec![kind_of(kind)?], id.strip_suffix(".toml").unwrap_or(id)),
            None => (Kind::ALL.to_vec(), name),
        };
        let of = |kind: Kind| format!("{}/{id}", kind.word());
        let named: Vec<(Kind, FileId)> = registry
            .files()
            .filter_map(|(file, path)| {
                let record = record_of(&path)?;
                kinds.iter().find(|kind| of(**kind) == record).map(|kind| (*kind, file))
            })
            .collect();
        match named[..] {
            [(kind, file)] => Self::of(registry, Some(file), name, Some(kind)),
            [] => {
                let what = if let [kind] = kinds[..] { kind.singular() } else { "record" };
                Err(view::unknown(id, what, kinds.iter().flat_map(|kind| registry.ids(*kind))))
            }
            [(first, _), .., (last, _)] if first == last => bail!("{name}: several files have this id"),
            _ => {
                let all: Vec<String> = named.iter().map(|(kind, _)| of(*kind)).collect();
                bail!("{name}: several records have this id: {}", all.join(", "))
            }
        }
    }

    /// The same, of one of these kinds.
    pub(super) fn find_of(registry: &Registry, name: &str, kinds: &[Kind]) -> anyhow::Result<Self> {
        let known = |kind: &&Kind| name.split_once('/').is_none() && registry.ids(**kind).any(|id| id == name);
        let found = match &kinds.iter().filter(known).collect::<Vec<_>>()[..] {
            [kind] => Self::find(registry, &format!("{}/{name}", kind.word()))?,
            [] if kinds.len() == 1 && !name.contains('/') => {
                Self::find(registry, &format!("{}/{name}", kinds[0].word()))?
            }
            _ => Self::find(registry, name)?,
        };
        if !found.kind.is_some_and(|kind| kinds.contains(&kind)) {
            let wanted: Vec<&str> = kinds.iter().map(|kind| kind.singular()).collect();
            bail!("{name} is no {}", wanted.join(" or "));
        }
        Ok(found)
    }

    /// What lies in a file, if it is one that records or the manifest stand in.
    pub(super) fn of(
        registry: &Registry,
        file: Option<FileId>,
        name: &str,
        kind: Option<Kind>,
    ) -> anyhow::Result<Self> {
        let found = file.and_then(|file| {
            let path = registry.place(file).to_owned();
            Some(Self { bytes: registry.bytes_again(file)?, fields: fields_of_file(&path)?, path, kind })
        });
        found.ok_or_else(|| anyhow::anyhow!("{name}: the file cannot be read"))
    }

    /// Whether a word stands anywhere in the file.
    pub(super) fn mentions(&self, word: &str) -> bool {
        memchr::memmem::find(&self.bytes, word.as_bytes()).is_some()
    }

    /// The text; what is no UTF-8 can't be changed.
    pub(super) fn text(&self, lang: crate::lang::Lang) -> anyhow::Result<&str> {
        std::str::from_utf8(&self.bytes).map_err(|_| {
            let path = crate::spelling::shown_path(&self.path);
            anyhow::anyhow!(say!(lang,
                nn: "{path}: fila er ikkje i UTF-8 og kan ikkje endrast; «lmnet check» viser kvar",
                nb: "{path}: filen er ikke i UTF-8 og kan ikke endres; «lmnet check» viser hvor",
                en: "{path}: the file is not in UTF-8 and cannot be changed; \"lmnet check\" shows where",
            ))
        })
    }
}

/// A kind by its folder, or by its singular.
fn kind_of(word: &str) -> anyhow::Result<Kind> {
    let kind = Kind::from_word(word).or_else(|| RecordKind::from_word(word).map(RecordKind::kind));
    kind.ok_or_else(|| {
        view::unknown(word, "kind", RecordKind::WORDS.iter().copied().chain(Kind::WORDS.iter().copied()))
    })
}
