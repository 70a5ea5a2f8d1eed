//! Records named on the command line, to be changed.

use std::path::PathBuf;

use anyhow::bail;

use crate::lang::Said;
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
                let none = match kinds[..] {
                    [kind] => view::none_of(kind),
                    _ => say!(nn: "ingen post", nb: "ingen post", en: "no record"),
                };
                bail!(view::unknown(id, &none, kinds.iter().flat_map(|kind| registry.ids(*kind))))
            }
            [(first, _), .., (last, _)] if first == last => bail!(say!(
                nn: "{name}: fleire filer har denne id-en",
                nb: "{name}: flere filer har denne id-en",
                en: "{name}: several files have this id",
            )),
            _ => {
                let all: Vec<String> = named.iter().map(|(kind, _)| of(*kind)).collect();
                let all = all.join(", ");
                bail!(say!(
                    nn: "{name}: fleire postar har denne id-en: {all}",
                    nb: "{name}: flere poster har denne id-en: {all}",
                    en: "{name}: several records have this id: {all}",
                ))
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
            let all: Vec<Said> = kinds.iter().map(|kind| view::none_of(*kind)).collect();
            let all = |part: fn(&Said) -> &str, or: &str| all.iter().map(part).collect::<Vec<_>>().join(or);
            let (nn, nb) = (all(|said| &said.nn, " og "), all(|said| &said.nb, " og "));
            let en = all(|said| &said.en, " or ").replace(" or no ", " or ");
            bail!(say!(nn: "{name} er {nn}", nb: "{name} er {nb}", en: "{name} is {en}"));
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
        Ok(found.ok_or_else(|| {
            say!(
                nn: "{name}: fila kan ikkje lesast",
                nb: "{name}: filen kan ikke leses",
                en: "{name}: the file cannot be read",
            )
        })?)
    }

    /// Whether a word stands anywhere in the file.
    pub(super) fn mentions(&self, word: &str) -> bool {
        memchr::memmem::find(&self.bytes, word.as_bytes()).is_some()
    }

    /// The text; what is no UTF-8 can't be changed.
    pub(super) fn text(&self) -> Result<&str, Said> {
        std::str::from_utf8(&self.bytes).map_err(|_| {
            let path = crate::spelling::shown_path(&self.path);
            say!(
                nn: "{path}: fila er ikkje i UTF-8 og kan ikkje endrast; «lmnet check» viser kvar",
                nb: "{path}: filen er ikke i UTF-8 og kan ikke endres; «lmnet check» viser hvor",
                en: "{path}: the file is not in UTF-8 and cannot be changed; \"lmnet check\" shows where",
            )
        })
    }
}

/// A kind by its folder, or by its singular.
fn kind_of(word: &str) -> anyhow::Result<Kind> {
    let kind = Kind::from_word(word).or_else(|| RecordKind::from_word(word).map(RecordKind::kind));
    Ok(kind.ok_or_else(|| {
        let none = say!(nn: "ikkje noko slag", nb: "ikke noe slag", en: "no kind");
        view::unknown(word, &none, RecordKind::WORDS.iter().copied().chain(Kind::WORDS.iter().copied()))
    })?)
}
