//! Ids of files: what their names give.

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};

use super::Registry;
use super::load::Job;
use crate::diagnostic::Fix;
use crate::personal::masked;
use crate::read::{is_id, is_keyword, is_reserved, slug};
use crate::source::FileId;
use crate::spelling::escaped;
use crate::{rules, say};

impl Registry {
    /// The id that a file's name gives, with a finding if it breaks the rules for names.
    pub(super) fn id_of(&mut self, file: FileId) -> Box<str> {
        let path = &self.files[file.0 as usize];
        let stem = path.file_stem().unwrap_or_default();
        let usable = |stem: &&str| is_id(stem) && !is_keyword(stem) && path.to_str().is_some();
        if let Some(id) = stem.to_str().filter(usable) {
            return id.into();
        }
        let stem = masked(&stem.to_string_lossy()).into_owned();
        let (shown, better) = (escaped(&stem), slug(&stem));
        let reason = if is_keyword(&stem) {
            say!(
                nn: "«{shown}» er eit ord med eiga tyding i pliktene, og kan ikkje vere ein id",
                nb: "«{shown}» er et ord med egen betydning i pliktene, og kan ikke være en id",
                en: "\"{shown}\" is a word with a meaning of its own in duties, and cannot be an id",
            )
        } else if is_reserved(&stem) {
            say!(
                nn: "Windows kan ikkje ha filer med namnet «{shown}»",
                nb: "Windows kan ikke ha filer med navnet «{shown}»",
                en: "Windows cannot have files named \"{shown}\"",
            )
        } else {
            say!(
                nn: "filnamnet «{shown}» kan ikkje vere ein id",
                nb: "filnavnet «{shown}» kan ikke være en id",
                en: "the file name \"{shown}\" cannot be an id",
            )
        };
        let hint = if better.is_empty() {
            say!(
                nn: "bruk små bokstavar a–z, siffer og bindestrek",
                nb: "bruk små bokstaver a–z, siffer og bindestrek",
                en: "use the small letters a–z, digits and hyphens",
            )
        } else {
            say!(
                nn: "kall fila «{better}.toml»: små bokstavar a–z, siffer og bindestrek",
                nb: "kall filen «{better}.toml»: små bokstaver a–z, siffer og bindestrek",
                en: "name it \"{better}.toml\": the small letters a–z, digits and hyphens",
            )
        };
        self.problem(&rules::UNUSABLE_FILE_NAME, file, reason, hint);
        if better.is_empty() { stem.into() } else { better.into() }
    }
}

impl Registry {
    /// Has files whose name can't be an id renamed to the id that they have anyway, where no other file (`twins`) has
    /// it too and no other lies there. What refers to them goes by that id already.
    pub(super) fn offer_names(&mut self, jobs: &[Job], twins: &HashSet<FileId>) {
        let unusable: HashMap<FileId, usize> = self
            .problems
            .iter()
            .enumerate()
            .filter(|(_, problem)| std::ptr::eq(problem.rule, &rules::UNUSABLE_FILE_NAME))
            .map(|(index, problem)| (problem.place.file, index))
            .collect();
        if unusable.is_empty() {
            return;
        }
        let taken: HashSet<&Path> = self.files.iter().map(PathBuf::as_path).collect();
        let offer = |job: &Job| {
            let index = *unusable.get(&job.file)?;
            let path = &self.files[job.file.0 as usize];
            let (old, new) = (path.file_name()?.to_str()?, format!("{}.toml", job.id));
            let free = is_id(&job.id) && !twins.contains(&job.file) && !taken.contains(&*path.with_file_name(&new));
            free.then(|| (index, Fix::rename(old, new)))
        };
        let offers: Vec<(usize, Fix)> = jobs.iter().filter_map(offer).collect();
        for (index, fix) in offers {
            self.problems[index].fix = Some(fix);
        }
    }
}

pub(super) fn stem(path: &Path) -> String {
    path.file_stem().unwrap_or_default().to_string_lossy().into_owned()
}
