//! What lies in the folder that is no record: said, and never read.

use std::ops::Range;
use std::path::Path;

use super::id::stem;
use super::walk::Met;
use super::{MANIFEST, Registry};
use crate::diagnostic::{At, Diagnostic, Place, Rule};
use crate::lang::Said;
use crate::model::Kind;
use crate::personal::{Plain, contacts, identity_numbers, masked};
use crate::read::{Address, slug};
use crate::source::FileId;
use crate::spelling::{escaped, nearest};
use crate::{rules, say};

impl Registry {
    pub(super) fn problem(&mut self, rule: &'static Rule, file: FileId, message: Said, hint: Said) {
        self.problems.push(Diagnostic::new(rule, Place::file(file), message).hint(hint));
    }

    /// Reports what is neither a record nor the manifest.
    pub(super) fn judge_other(&mut self, file: FileId, met: Met) {
        let path = self.path(file);
        match met {
            Met::Record(_) | Met::Manifest | Met::Note => {}
            Met::Link(kind) => {
                self.reserve(kind, file);
                self.problem(
                    &rules::LINKED_FILE,
                    file,
                    say!(nn: "«{path}» er ei lenkje", nb: "«{path}» er en lenke", en: "\"{path}\" is a link"),
                    say!(
                        nn: "lmnet følgjer ikkje lenkjer: legg sjølve fila her",
                        nb: "lmnet følger ikke lenker: legg selve filen her",
                        en: "lmnet does not follow links: put the file itself here",
                    ),
                );
            }
            Met::Special(kind) => {
                self.reserve(kind, file);
                self.problem(
                    &rules::SPECIAL_FILE,
                    file,
                    say!(nn: "«{path}» er inga vanleg fil", nb: "«{path}» er ingen vanlig fil", en: "\"{path}\" is not an ordinary file"),
                    say!(nn: "ta henne bort frå registeret", nb: "ta den bort fra registeret", en: "take it out of the registry"),
                );
            }
            Met::Stray => self.stray(file, &path),
            Met::Refused(reason) => {
                let kind = Path::new(&path).iter().next().and_then(|part| part.to_str()).and_then(Kind::from_word);
                self.reserve(kind, file);
                self.unreadable(file, &path, &reason);
            }
        }
    }

    /// Finds what tells of persons in the names of files and folders; of a folder at the first file in it.
    pub(super) fn judge_names(&mut self) {
        let silent = |path: &str| {
            let plain = Plain::of(path);
            plain.identity_numbers().is_empty() && plain.contacts().is_empty()
        };
        for index in 0..self.files.len() {
            if self.files[index].to_str().is_some_and(silent) {
                continue;
            }
            let file = FileId(index as u32);
            let path = self.place(file).to_string_lossy().into_owned();
            let before =
                index.checked_sub(1).map(|before| self.place(FileId(before as u32)).to_string_lossy().into_owned());
            let new = |place: &Range<usize>| {
                let folder = path[place.end..].find('/').map(|length| &path[..=place.end + length]);
                !folder.zip(before.as_ref()).is_some_and(|(folder, before)| before.starts_with(folder))
            };
            for number in identity_numbers(&path).into_iter().filter(new) {
                self.number_in_name(file, &masked(&path[number]));
            }
            // Its ending is no part of a host: logo@2x.png.
            let name = Path::new(&path).with_extension("");
            let found = contacts(&name.to_string_lossy()).into_iter().filter(|(place, _)| new(place));
            self.addresses.extend(found.map(|(_, kind)| (file, Address { at: At::File, kind })));
        }
    }

    fn number_in_name(&mut self, file: FileId, shown: &str) {
        let message = say!(
            nn: "filnamnet har eit fødselsnummer eller D-nummer i seg, eller noko som ser ut som eit: «{shown}»",
            nb: "filnavnet har et fødselsnummer eller D-nummer i seg, eller noe som ser ut som et: «{shown}»",
            en: "the file name has a national identity number in it, or what looks like one: \"{shown}\"",
        );
        let hint = say!(
            nn: "kall fila noko anna, og meld frå til personvernombodet: det gamle namnet ligg framleis i historikken til git",
            nb: "kall filen noe annet, og meld fra til personvernombudet: det gamle navnet ligger fortsatt i historikken til git",
            en: "rename the file, and tell the data protection officer: the old name is still in the history of git",
        );
        self.problem(&rules::NATIONAL_IDENTITY_NUMBER, file, message, hint);
    }

    fn stray(&mut self, file: FileId, path: &str) {
        let name = path.rsplit('/').next().unwrap_or(path);
        let hint = if path.contains('/') {
            say!(
                nn: "gje fila endinga .toml om ho er ein post, .md om ho er ein merknad; elles høyrer ho heime utanfor registeret",
                nb: "gi filen endelsen .toml om den er en post, .md om den er et notat; ellers hører den hjemme utenfor registeret",
                en: "name it .toml if it is a record, .md if it is a note; otherwise it belongs outside the registry",
            )
        } else if let Some(near) =
            nearest(&name.to_lowercase(), Kind::WORDS.iter().copied().chain([MANIFEST]), 1).first()
        {
            say!(nn: "meinte du «{near}»?", nb: "mente du «{near}»?", en: "did you mean \"{near}\"?")
        } else {
            let folders = Kind::WORDS.join(", ");
            say!(
                nn: "postane ligg i mappene {folders}; alt anna høyrer heime utanfor registeret",
                nb: "postene ligger i mappene {folders}; alt annet hører hjemme utenfor registeret",
                en: "records lie in the folders {folders}; everything else belongs outside the registry",
            )
        };
        self.problem(
            &rules::STRAY_FILE,
            file,
            say!(nn: "«{path}» er ingen post og blir ikkje lesen", nb: "«{path}» er ingen post og blir ikke lest", en: "\"{path}\" is not a record and is not read"),
            hint,
        );
    }

    fn unreadable(&mut self, file: FileId, path: &str, reason: &str) {
        let reason = escaped(reason);
        self.problem(
            &rules::UNREADABLE_FILE,
            file,
            say!(nn: "«{path}» kan ikkje lesast: {reason}", nb: "«{path}» kan ikke leses: {reason}", en: "\"{path}\" cannot be read: {reason}"),
            say!(
                nn: "sjå etter om du har løyve til å lese fila, og om ho ligg i for mange mapper inni kvarandre",
                nb: "sjekk om du har tillatelse til å lese filen, og om den ligger i for mange mapper inni hverandre",
                en: "check that you may read it, and that it does not lie in too many nested folders",
            ),
        );
    }

    fn reserve(&mut self, kind: Option<Kind>, file: FileId) {
        if let Some(kind) = kind {
            let id = stem(&self.files[file.0 as usize]);
            self.reserved.push((kind, slug(&id).into()));
        }
    }
}
