//! One file: its bytes, its text, and the record in it.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use super::Registry;
use crate::diagnostic::{At, Diagnostic, Edit, Fix, Place};
use crate::failure::Failure;
use crate::lang::Said;
use crate::read::{Address, Field, Reader, addresses_in, fields_of, identity_numbers_in};
use crate::source::{Bytes, FileId, KeyPath};
use crate::spelling::escaped;
use crate::{rules, say};

/// The largest file that is read, in bytes; records have a few thousand.
pub const LARGEST: u64 = 1 << 20;

/// The bytes of a file that was handed in from outside of the registry.
///
/// # Errors
///
/// When it can't be read, or has more bytes than it may.
pub fn handed_in(path: &Path, most: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    File::open(path)?.take(most + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > most {
        let most = most >> 20;
        return Err(io::Error::other(Failure::from(say!(
            nn: "fila er på meir enn {most} MB, og blir ikkje lesen",
            nb: "filen er på mer enn {most} MB, og blir ikke lest",
            en: "the file has more than {most} MB, and is not read",
        ))));
    }
    Ok(bytes)
}

/// What a file gave.
pub(super) struct FileRead<T> {
    /// What is wrong with it.
    pub(super) problems: Vec<Diagnostic>,
    /// Ways to reach somebody that stand in it.
    pub(super) addresses: Vec<Address>,
    /// What it says, and whether values were lost; nothing if it can't be read as text at all.
    pub(super) value: Option<(T, bool)>,
}

impl Registry {
    /// Reads a file as a `T`.
    pub(super) fn read_one<T: Field>(&self, file: FileId, buffer: &mut Vec<u8>) -> FileRead<T> {
        let fail = |problems| FileRead { problems, addresses: Vec::new(), value: None };
        if let Err(problem) = self.bytes(file, buffer) {
            return fail(self.unread(file, problem, buffer));
        }
        let text = match std::str::from_utf8(buffer) {
            Ok(text) => text,
            Err(error) => {
                let mut problems = identity_numbers_in(file, &String::from_utf8_lossy(buffer));
                problems.push(Self::foreign(file, error.valid_up_to()));
                return fail(problems);
            }
        };
        let mut reader = Reader::new(file, text, fields_of::<T>);
        let value = reader.document();
        let mut problems = std::mem::take(&mut reader.problems);
        if text.starts_with('\u{feff}') {
            let message = say!(
                nn: "fila byrjar med eit usynleg teikn (BOM)",
                nb: "filen begynner med et usynlig tegn (BOM)",
                en: "the file begins with an invisible character (BOM)",
            );
            let hint = say!(
                nn: "lagre fila på nytt som UTF-8 utan BOM; andre program stansar ved teiknet",
                nb: "lagre filen på nytt som UTF-8 uten BOM; andre programmer stanser ved tegnet",
                en: "save the file again as UTF-8 without BOM; other programs stop at the character",
            );
            let fix = without_mark();
            problems
                .push(Diagnostic::new(&rules::BYTE_ORDER_MARK, Place::file(file), message).hint(hint).fix(Some(fix)));
        }
        FileRead { problems, addresses: reader.addresses, value: Some((value, reader.broken)) }
    }

    /// Looks through a note beside the records. It may say what it likes, but not hold what tells of persons.
    pub(super) fn read_note(&self, file: FileId, buffer: &mut Vec<u8>) -> (Vec<Diagnostic>, Vec<Address>) {
        match self.bytes(file, buffer) {
            Ok(()) => {
                let text = String::from_utf8_lossy(buffer);
                (identity_numbers_in(file, &text), addresses_in(&text))
            }
            Err(problem) => (self.unread(file, problem, buffer), Vec::new()),
        }
    }

    /// Why a file was not read, and what stands in the part of it that was.
    fn unread(&self, file: FileId, problem: Unread, buffer: &[u8]) -> Vec<Diagnostic> {
        let path = self.path(file);
        let fail = |rule, message: Said, hint: Said| Diagnostic::new(rule, Place::file(file), message).hint(hint);
        let fault = match problem {
            Unread::TooLarge => fail(
                &rules::OVERSIZED_FILE,
                say!(nn: "«{path}» er større enn 1 MiB", nb: "«{path}» er større enn 1 MiB", en: "\"{path}\" is larger than 1 MiB"),
                say!(
                    nn: "ein post er nokre få kilobyte: legg vedlegg utanfor registeret og skriv adressa i url",
                    nb: "en post er noen få kilobyte: legg vedlegg utenfor registeret og skriv adressen i url",
                    en: "a record is a few kilobytes: keep attachments outside the registry and give their address in url",
                ),
            ),
            Unread::Refused(reason) => {
                let reason = escaped(&reason);
                fail(
                    &rules::UNREADABLE_FILE,
                    say!(nn: "«{path}» kan ikkje lesast: {reason}", nb: "«{path}» kan ikke leses: {reason}", en: "\"{path}\" cannot be read: {reason}"),
                    say!(
                        nn: "sjå etter om du har løyve til å lese fila",
                        nb: "sjekk om du har tillatelse til å lese filen",
                        en: "see that you are permitted to read it",
                    ),
                )
            }
        };
        let mut problems = identity_numbers_in(file, &String::from_utf8_lossy(buffer));
        problems.iter_mut().for_each(|problem| problem.place = Place::file(file)); // of such a file no text is shown
        problems.push(fault);
        problems
    }

    fn foreign(file: FileId, valid: usize) -> Diagnostic {
        let message = say!(
            nn: "fila er ikkje i UTF-8: her står teikn i ei anna koding",
            nb: "filen er ikke i UTF-8: her står tegn i en annen koding",
            en: "the file is not in UTF-8: here are characters in another encoding",
        );
        let hint = say!(
            nn: "opne fila i eit reint tekstprogram og lagre henne som UTF-8; då blir æ, ø og å rette",
            nb: "åpne filen i et rent tekstprogram og lagre den som UTF-8; da blir æ, ø og å riktige",
            en: "open the file in a plain text editor and save it as UTF-8; then æ, ø and å come out right",
        );
        let start = valid as u32;
        let at = At::Bytes(Bytes { start, end: start + 1 }, KeyPath::default());
        Diagnostic::new(&rules::FOREIGN_ENCODING, Place { file, at }, message).hint(hint)
    }

    fn bytes(&self, file: FileId, buffer: &mut Vec<u8>) -> Result<(), Unread> {
        buffer.clear();
        match self.held(file) {
            Some(bytes) => {
                buffer.extend_from_slice(bytes);
                if buffer.len() as u64 > LARGEST { Err(Unread::TooLarge) } else { Ok(()) }
            }
            None => read_file(&self.files[file.0 as usize], buffer),
        }
    }
}

/// A byte order mark says nothing in UTF-8: without it, every program reads the same.
fn without_mark() -> Fix {
    let mark = '\u{feff}';
    let bytes = Bytes { start: 0, end: mark.len_utf8() as u32 };
    let edit = Edit { at: At::Bytes(bytes, KeyPath::default()), was: mark.to_string(), text: String::new() };
    let title = say!(nn: "BOM er teken bort", nb: "BOM er tatt bort", en: "the BOM is taken out");
    Fix { title, edits: vec![edit], rename: None }
}

/// Why a file's bytes could not be had.
#[derive(Debug)]
pub(super) enum Unread {
    TooLarge,
    Refused(String),
}

/// Reads a file, but never more of it than a record may have.
pub(super) fn read_file(path: &Path, buffer: &mut Vec<u8>) -> Result<(), Unread> {
    let refused = |error: io::Error| Unread::Refused(error.to_string());
    let file = File::open(path).map_err(refused)?;
    file.take(LARGEST + 1).read_to_end(buffer).map_err(refused)?;
    if buffer.len() as u64 > LARGEST { Err(Unread::TooLarge) } else { Ok(()) }
}
