//! What commands that write have in common: what is shown first, what is refused, what is said afterwards.

use std::collections::HashSet;
use std::path::Path;

use clap::Args;

use super::target::Target;
use super::{Context, Done, Loaded};
use crate::check;
use crate::diagnostic::Severity;
use crate::lang::{Lang, Said};
use crate::registry::Registry;
use crate::render::diff;
use crate::render::findings::{self, Shown};
use crate::say;
use crate::spelling::shown_path;
use crate::store::ChangeSet;

/// What every command that writes takes.
#[derive(Clone, Copy, Debug, Args)]
pub(super) struct Writing {
    /// Show as a unified diff what would be written, and write nothing
    #[arg(short = 'n', long)]
    pub(super) dry_run: bool,
    /// Write even if that makes an error in what is written
    #[arg(short, long)]
    pub(super) force: bool,
}

/// What is to be written, gathered record by record.
pub(super) struct Draft<'a> {
    pub(super) loaded: &'a Loaded,
    pub(super) lang: Lang,
    pub(super) changes: ChangeSet,
}

impl<'a> Draft<'a> {
    pub(super) fn new(loaded: &'a Loaded, lang: Lang) -> Self {
        Self { loaded, lang, changes: ChangeSet::default() }
    }

    /// Gives a record another text.
    pub(super) fn change(
        &mut self,
        target: Target,
        change: impl FnOnce(&str, &Target) -> Result<String, Said>,
    ) -> anyhow::Result<()> {
        let before = self.changes.of(&target.path).map(|change| change.after.clone());
        let target = Target { bytes: before.unwrap_or(target.bytes), ..target };
        let text = target.text()?;
        let after = change(text, &target)
            .map_err(|said| anyhow::anyhow!("{}: {}", shown_path(&target.path), said.get(self.lang)))?;
        if after != text {
            let before = target.bytes.clone();
            self.changes.set(&target.path, Some(before), after.into_bytes());
        }
        Ok(())
    }

    /// Hands the changes over, unless they make an error in what is written; tells what `check` finds then that it did not
    /// find before.
    pub(super) fn finish(self, writing: Writing, context: &Context<'_>) -> anyhow::Result<Done> {
        let outcome = self.judged();
        self.finish_judged(outcome, writing, context)
    }

    /// What `check` finds after the changes that it did not find before.
    pub(super) fn judged(&self) -> check::Outcome {
        if self.changes.is_empty() {
            return check::Outcome::default();
        }
        let after = Registry::load_changed(&self.loaded.root, &self.changes);
        let mut outcome = check::run(&after);
        let _ = check::compare(&mut outcome, &after, check::run(&self.loaded.registry), &self.loaded.registry);
        outcome.findings.retain(|finding| !finding.kept);
        (outcome.waived, outcome.omitted) = (0, 0);
        outcome
    }

    /// The same as `finish`, where it was judged already.
    pub(super) fn finish_judged(
        self,
        outcome: check::Outcome,
        writing: Writing,
        context: &Context<'_>,
    ) -> anyhow::Result<Done> {
        let Self { loaded, lang, changes } = self;
        let near = loaded.near_prefix(&context.world.folder);
        if changes.is_empty() {
            let talk = say!(lang,
                nn: "lmnet: det står slik frå før",
                nb: "lmnet: det står slik fra før",
                en: "lmnet: it says so already",
            );
            return Ok(Done { talk: talk + "\n", ..Done::default() });
        }
        let places: HashSet<String> = changes.iter().map(|(path, change)| shown_path(change.place(path))).collect();
        let is_own_error =
            |finding: &check::Finding| finding.severity == Severity::Error && places.contains(&finding.place.path);
        let refused = !writing.force && outcome.findings.iter().any(is_own_error);
        let shown = Shown { outcome: &outcome, lang, prefix: &near };
        let found = excerpts(&shown, context.width(), context.links().then_some(&*loaded.root));
        if writing.dry_run {
            let prefix = loaded.git_prefix();
            let out = diff::unified(&changes, &|path| format!("{prefix}{path}"));
            return Ok(Done { talk: found, code: u8::from(refused), ..Done::with(out) });
        }
        if refused {
            let talk = say!(lang,
                nn: "lmnet: ingenting er skrive, for det hadde gjeve feil; --force skriv likevel",
                nb: "lmnet: ingenting er skrevet, for det hadde gitt feil; --force skriver likevel",
                en: "lmnet: nothing was written, since it would make errors; --force writes all the same",
            );
            return Ok(Done { talk: talk + "\n", code: 1, ..Done::with(found) });
        }
        let written = say!(lang, nn: "skrive", nb: "skrevet", en: "written");
        let talk = changes
            .iter()
            .map(|(path, change)| shown_path(change.place(path)))
            .map(|path| format!("lmnet: {near}{path}: {written}\n"))
            .collect();
        Ok(Done { talk, changes: Some((loaded.root.clone(), changes)), ..Done::with(found) })
    }
}

/// Findings, without the line that counts them.
pub(super) fn excerpts(shown: &Shown<'_>, width: Option<usize>, links: Option<&Path>) -> String {
    let all = findings::human(shown, width, links);
    let counted = findings::closing_line(shown.outcome, shown.lang) + "\n";
    all.strip_suffix(&counted).unwrap_or(&all).to_owned()
}
