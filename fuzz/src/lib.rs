//! What the targets share: how an input is a tree of files, and the small registries that it is laid into.

use std::path::{Component, Path, PathBuf};

use lmnet::check::Outcome;
use lmnet::diagnostic::Severity;
use lmnet::lang::Lang;
use lmnet::registry::Registry;
use lmnet::spelling::is_obeyed;
use lmnet::workbook;

/// Files by their paths, relative to the root.
pub type Files = Vec<(PathBuf, Vec<u8>)>;

/// A small registry with all ten kinds of record, in which nothing is to be found.
pub const SOUND: &str = include_str!("../../tests/common/sound.md");
/// A municipality with an offering that ran twice, a course, and a member with a seat.
pub const NETWORK: &str = include_str!("../../tests/common/network.md");

/// The files of a page of the tests: `~~~toml PATH`, the text, `~~~`.
pub fn fenced(page: &str) -> Files {
    let mut files = Files::new();
    let mut open: Option<(PathBuf, String)> = None;
    for line in page.lines() {
        match (&mut open, line.strip_prefix("~~~toml ")) {
            (None, Some(path)) => open = Some((path.into(), String::new())),
            (None, None) => {}
            (Some(_), _) if line == "~~~" => files.extend(open.take().map(|(path, text)| (path, text.into_bytes()))),
            (Some((_, text)), _) => text.extend([line, "\n"]),
        }
    }
    files
}

/// The files of an input: each stands below a line `=== PATH`. What stands before the first such line belongs to none.
pub fn parts(data: &[u8]) -> Files {
    let mut files = Files::new();
    for line in data.split_inclusive(|byte| *byte == b'\n') {
        match line.strip_prefix(b"=== ") {
            Some(path) => {
                let path = String::from_utf8_lossy(path.trim_ascii()).into_owned();
                files.push((path.into(), Vec::new()));
            }
            None => files.iter_mut().next_back().into_iter().for_each(|(_, bytes)| bytes.extend(line)),
        }
    }
    files
}

/// Whether a file can be made at a path of an input without leaving the folder.
pub fn is_within(path: &Path) -> bool {
    let plain = |part: Component<'_>| match part {
        Component::Normal(name) => name.len() < 100 && !name.as_encoded_bytes().contains(&0),
        _ => false,
    };
    path.components().count() < 6 && path.iter().next().is_some() && path.components().all(plain)
}

/// A registry in which these files stand instead of, or beside, those of a page.
pub fn laid(page: &str, files: Files) -> Files {
    let mut all = fenced(page);
    all.retain(|(path, _)| !files.iter().any(|(own, _)| own == path));
    all.extend(files);
    all
}

/// Whether a text has nothing in it that a terminal obeys, but for colours.
pub fn is_safe(text: &str) -> bool {
    let colour = |part: &str| {
        let codes = part.strip_prefix('[').and_then(|rest| rest.split_once('m'));
        codes.is_some_and(|(codes, _)| codes.bytes().all(|byte| byte.is_ascii_digit() || byte == b';'))
    };
    let plain = |part: &str| !part.chars().any(|char| is_obeyed(char) && char != '\n');
    text.split('\u{1b}').enumerate().all(|(at, part)| (at == 0 || colour(part)) && plain(part))
}

/// The errors, each with its file, in order.
pub fn errors(outcome: &Outcome) -> Vec<(&'static str, String)> {
    let errors = outcome.findings.iter().filter(|finding| finding.severity == Severity::Error);
    errors.map(|finding| (finding.rule.id, finding.message.en.clone())).collect()
}

/// Whether the second has nothing that the first does not have.
pub fn only_fewer<T: PartialEq + Clone>(before: &[T], after: &[T]) -> bool {
    let mut left = before.to_vec();
    after.iter().all(|one| left.iter().position(|known| known == one).map(|at| left.swap_remove(at)).is_some())
}

/// Takes in what came back, as `lmnet import` does, and holds that what is written can be read and says so again.
pub fn import(
    registry: &Registry,
    page: &str,
    bytes: &[u8],
    part: Option<workbook::Part>,
    mapping: Option<&workbook::Mapping>,
) {
    let Ok(returned) = workbook::read(bytes, part, mapping) else { return };
    let lang = returned.lang().unwrap_or(Lang::Nn);
    let mut merged = workbook::merge(registry, &returned, lang);
    merged.remarks.extend(workbook::duplicates(registry, &returned, &merged, lang));
    for delete in [false, true] {
        let plan = workbook::plan(registry, &merged, delete);
        let mut files = fenced(page);
        for (path, change) in plan.changes.iter() {
            let text = std::str::from_utf8(&change.after).expect("what is written is text");
            let known = files.iter_mut().find(|(own, _)| own == path);
            assert_eq!(change.before.is_some(), known.is_some(), "{path:?}: new where it is not");
            if let Err(error) = toml::from_str::<toml::Table>(text) {
                panic!("{path:?} is no TOML afterwards: {error}\n{text}");
            }
            match known {
                Some((_, old)) => *old = change.after.clone(),
                None => files.push((path.to_owned(), change.after.clone())),
            }
        }
        if !plan.changes.is_empty() {
            let after = Registry::from_texts(files);
            let outcome = lmnet::check::run(&after);
            for finding in &outcome.findings {
                let _ = plan.origin(&finding.place.path, &finding.place.key);
                for sheet in &returned.sheets {
                    let _ = workbook::spoken(&finding.message, &sheet.columns, registry);
                }
            }
        }
        let mut remarks = merged.remarks.clone();
        remarks.extend(plan.remarks.iter().cloned());
        remarks.sort_by_key(|remark| (remark.place, remark.column));
        for remark in &remarks {
            let _ = workbook::place(&returned, remark, lang);
        }
        let written: Vec<&workbook::Change> = merged.changes.iter().collect();
        if let Ok(answer) = workbook::answer(bytes, &returned, &remarks, if delete { &written } else { &[] }, lang)
            && let Err(error) = workbook::read(&answer, part, mapping)
        {
            panic!("the answer cannot be read: {}", error.en);
        }
    }
}
