//! Fixes as those who show or make them need them: the bytes, lines and columns of what is to be replaced.

use super::Severity;
use crate::diagnostic::{At, Diagnostic, Fix};
use crate::lang::Said;
use crate::source::{Bytes, FileId, KeyPath, Lines, Position, strings};

/// A fix of a finding, with its places.
#[derive(Clone, Debug)]
pub struct Repair {
    /// The file that it changes.
    pub file: FileId,
    /// What becomes of what.
    pub title: Said,
    /// Other text, from top to bottom.
    pub edits: Vec<Replacement>,
    /// The path that the file is to have, relative to the registry's root.
    pub rename: Option<String>,
}

/// Other text for a stretch of a file.
#[derive(Clone, Debug)]
pub struct Replacement {
    /// The bytes that it replaces.
    pub bytes: std::ops::Range<usize>,
    /// Where they begin.
    pub start: Position,
    /// The position after their end.
    pub end: Position,
    /// What stands there.
    pub was: String,
    /// What is to stand there.
    pub text: String,
}

impl Repair {
    /// A fix whose places are known, for the file at `path`.
    pub(super) fn new(fix: Fix, path: &str, file: FileId, lines: Option<&Lines<'_>>) -> Self {
        let edits = fix.edits.into_iter().filter_map(|edit| {
            let (At::Bytes(bytes, _), Some(lines)) = (edit.at, lines) else { return None };
            let (start, end) = (lines.position(bytes.start), lines.position(bytes.end));
            let bytes = bytes.start as usize..bytes.end as usize;
            Some(Replacement { bytes, start, end, was: edit.was, text: edit.text })
        });
        let folder = path.rfind('/').map_or("", |at| &path[..=at]);
        let rename = fix.rename.map(|name| format!("{folder}{name}"));
        Self { file, title: fix.title, edits: edits.collect(), rename }
    }
}

/// Finds the values that fixes are about, once for a file, and takes out the fixes of what does not stand where they
/// have it.
pub(super) fn locate(text: Option<&str>, diagnostics: &mut [(Diagnostic, Severity)]) {
    let mut fixes: Vec<&mut Option<Fix>> = diagnostics.iter_mut().map(|(diagnostic, _)| &mut diagnostic.fix).collect();
    let edits = || fixes.iter().filter_map(|fix| fix.as_ref()).flat_map(|fix| &fix.edits);
    let paths: Vec<KeyPath> =
        edits().filter_map(|edit| if let At::Key(path) = &edit.at { Some(path.clone()) } else { None }).collect();
    let found = text.filter(|_| !paths.is_empty()).map(|text| strings(text, &paths.iter().collect::<Vec<_>>()));
    let mut found = found.unwrap_or_default().into_iter();
    let stands = |bytes: Bytes| text.and_then(|text| text.get(bytes.start as usize..bytes.end as usize));
    for slot in &mut fixes {
        let Some(fix) = slot else { continue };
        let mut sure = true;
        for edit in &mut fix.edits {
            if let At::Key(path) = &edit.at {
                match found.next().flatten() {
                    Some((bytes, says)) if says == edit.was => {
                        edit.was = stands(bytes).unwrap_or_default().to_owned();
                        edit.at = At::Bytes(bytes, path.clone());
                    }
                    _ => sure = false,
                }
            }
            if let At::Bytes(bytes, _) = &edit.at {
                sure &= stands(*bytes) == Some(&*edit.was);
            }
        }
        if sure {
            fix.edits.sort_by(|a, b| a.at.cmp(&b.at));
        } else {
            **slot = None;
        }
    }
}
