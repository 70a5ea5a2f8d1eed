//! Changes to files as unified diffs, which `git apply` and `patch` take.

use std::fmt::Write as _;

use similar::TextDiff;

use crate::personal::masked;
use crate::spelling::shown_path;
use crate::store::ChangeSet;

/// Every change, file by file. `shown` turns a path relative to the registry's root into the one of the diff.
#[must_use]
pub fn unified(changes: &ChangeSet, shown: &dyn Fn(&str) -> String) -> String {
    let mut text = String::new();
    for (path, change) in changes.iter() {
        let (old, new) = (shown(&shown_path(path)), shown(&shown_path(change.place(path))));
        if old != new {
            let _ = writeln!(text, "diff --git a/{old} b/{new}\nrename from {old}\nrename to {new}");
        }
        let before = change.before.as_deref().unwrap_or_default();
        let old = if change.before.is_some() { format!("a/{old}") } else { "/dev/null".to_owned() };
        let diff = TextDiff::from_lines(&*String::from_utf8_lossy(before), &*String::from_utf8_lossy(&change.after))
            .unified_diff()
            .header(&label(&old), &label(&format!("b/{new}")))
            .to_string();
        // Nobody may see a whole national identity number, even if the diff cannot be applied then.
        text.push_str(&masked(&diff));
    }
    text
}

/// A path as the head of a diff has it: after a space in it, a tab tells where it ends.
fn label(path: &str) -> String {
    let end = if path.contains(' ') { "\t" } else { "" };
    format!("{path}{end}")
}
