//! Findings as values: the rule, the place, the words. Where and how they are shown is decided elsewhere.

use crate::lang::Said;
use crate::say;
use crate::source::{Bytes, FileId, KeyPath};
use crate::spelling::quoted;

/// How much a finding matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Worth knowing.
    Note,
    /// Should be mended; reports can still be made.
    Warning,
    /// Must be mended: what would be reported is not what was meant.
    Error,
}

impl Severity {
    /// The word in machine formats and in the manifest.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// One thing that can be wrong with a registry. Named for the thing found; an id is never reused.
#[derive(Debug)]
pub struct Rule {
    /// The name, such as `reversed-period`.
    pub id: &'static str,
    /// How much it matters unless the manifest says otherwise.
    pub severity: Severity,
    /// Whether it holds in every registry: no record can waive it, no manifest set it.
    pub protected: bool,
    /// The page that `lmnet explain` shows: why in three languages, and trees that are wrong and right.
    pub page: &'static str,
}

/// Where in a file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum At {
    /// The file as a whole.
    File,
    /// A stretch of its text, known because the text was just read.
    Bytes(Bytes, KeyPath),
    /// A value, looked up again in the text only if somebody wants to see it.
    Key(KeyPath),
}

/// A place in the tree.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The file.
    pub file: FileId,
    /// The place in it.
    pub at: At,
}

impl Place {
    /// The value at a key path.
    #[must_use]
    pub fn key(file: FileId, path: KeyPath) -> Self {
        Self { file, at: At::Key(path) }
    }

    /// A whole file.
    #[must_use]
    pub fn file(file: FileId) -> Self {
        Self { file, at: At::File }
    }
}

/// How a finding is put right where only one thing can have been meant, so that nobody has to be asked. It is about the
/// file of the finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// What becomes of what, in a line that is true before and after.
    pub title: Said,
    /// Other text.
    pub edits: Vec<Edit>,
    /// Another name for the file, in the same folder.
    pub rename: Option<String>,
}

impl Fix {
    /// A fix by which one word becomes another.
    #[must_use]
    pub fn respelling(old: &str, new: &str, edits: Vec<Edit>) -> Self {
        let (old, new) = (quoted(old), quoted(new));
        let title = say!(nn: "«{old}» blir «{new}»", nb: "«{old}» blir «{new}»", en: "\"{old}\" becomes \"{new}\"");
        Self { title, edits, rename: None }
    }

    /// A fix by which a file gets another name.
    #[must_use]
    pub fn rename(old: &str, new: String) -> Self {
        Self { rename: Some(new.clone()), ..Self::respelling(old, &new, Vec::new()) }
    }
}

/// Other text for a stretch of a file or for a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// The stretch, or the key path of a string.
    pub at: At,
    /// What stands there: the bytes of the stretch, or what the string says. If it is anything else, nothing is fixed.
    pub was: String,
    /// What is to stand there instead, as TOML.
    pub text: String,
}

/// What tells a finding from others of its rule and place when two registries are held against each other.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum About {
    /// The message: with other words it is another finding.
    #[default]
    Words,
    /// What is lacking, in a finding that a record has once: with less of it, it is the same finding.
    Parts(Vec<String>),
    /// What stands at the place, which must not be shown, so that no fingerprint is made of it either.
    Hidden,
}

/// One finding.
#[derive(Clone, Debug)]
pub struct Diagnostic {
    /// What kind of finding.
    pub rule: &'static Rule,
    /// Where it is.
    pub place: Place,
    /// What is wrong, naming the thing.
    pub message: Said,
    /// What to do about it.
    pub hint: Option<Said>,
    /// Another place that explains it, with what is to be seen there.
    pub related: Option<(Place, Said)>,
    /// The remedy that needs no decision.
    pub fix: Option<Fix>,
    /// What tells it from others.
    pub about: About,
}

impl Diagnostic {
    /// A finding without a remedy in words.
    #[must_use]
    pub fn new(rule: &'static Rule, place: Place, message: Said) -> Self {
        Self { rule, place, message, hint: None, related: None, fix: None, about: About::Words }
    }

    /// The finding with its remedy.
    #[must_use]
    pub fn hint(mut self, hint: Said) -> Self {
        self.hint = Some(hint);
        self
    }

    /// The finding with what puts it right.
    #[must_use]
    pub fn fix(mut self, fix: Option<Fix>) -> Self {
        self.fix = fix;
        self
    }

    /// The finding with what tells it from others.
    #[must_use]
    pub fn about(mut self, about: About) -> Self {
        self.about = about;
        self
    }

    /// The finding, which a record has once, with what is lacking.
    #[must_use]
    pub fn parts(self, parts: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.about(About::Parts(parts.into_iter().map(Into::into).collect()))
    }

    /// The finding with a second place.
    #[must_use]
    pub fn related(mut self, place: Place, words: Said) -> Self {
        self.related = Some((place, words));
        self
    }
}
