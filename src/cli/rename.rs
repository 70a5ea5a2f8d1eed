//! `lmnet rename`: another id for a record, and every reference follows.

use anyhow::bail;
use clap::Args;

use super::target::Target;
use super::writing::{Draft, Writing};
use super::{Context, Done};
use crate::compose;
use crate::read::{is_id, is_keyword};
use crate::rename::Rename;
use crate::{rules, say};

/// What `rename` takes.
#[derive(Debug, Args)]
#[command(
    before_long_help = "\
Examples:
  lmnet rename organisations/vagvik vagvik-kommune
  lmnet rename agreements/mandat-fjordnett mandat-lm-fjordnett -n     show what would be written

The file gets the new name, and every reference to the record follows, also in the conditions of obligations; comments and
layout are kept.",
    after_long_help = "\
What stands in comments, texts and notes (*.md) is left as it is. If a file cannot be read and mentions the old id, nothing is
renamed, since a reference in it would be lost."
)]
pub struct Arguments {
    /// The record, as KIND/ID
    #[arg(value_name = "KIND/ID")]
    record: String,
    /// The new id
    #[arg(value_name = "NEW")]
    new: String,
    #[command(flatten)]
    writing: Writing,
}

pub(super) fn run(arguments: &Arguments, context: &Context<'_>) -> anyhow::Result<Done> {
    let loaded = context.load()?;
    let registry = &loaded.registry;
    let lang = context.lang(registry)?;
    let target = Target::find(registry, &arguments.record)?;
    let Some(kind) = target.kind else {
        let record = &arguments.record;
        bail!(say!(
            nn: "{record}: berre postar har id",
            nb: "{record}: bare poster har id",
            en: "{record}: only records have ids",
        ))
    };
    let old = target.path.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default().to_owned();
    // The new name may be KIND/ID too.
    let new = arguments.new.strip_prefix(kind.word()).and_then(|rest| rest.strip_prefix('/')).unwrap_or(&arguments.new);
    let mut draft = Draft::new(&loaded, lang);
    if new != old {
        if !is_id(&old) || is_keyword(&old) {
            let path = &arguments.record;
            bail!(say!(lang,
                nn: "{path}: «{old}» kan ikkje vere ein id, så ingenting kan vise til han; «lmnet check --fix» gjev fila eit anna namn",
                nb: "{path}: «{old}» kan ikke være en id, så ingenting kan vise til den; «lmnet check --fix» gir filen et annet navn",
                en: "{path}: \"{old}\" cannot be an id, so nothing can refer to it; \"lmnet check --fix\" gives the file another name",
            ));
        }
        compose::usable(registry, kind, new)?;
        if let Some(problem) = registry.problems.iter().find(|problem| problem.rule.id == rules::UNREADABLE_FILE.id) {
            let path = registry.path(problem.place.file);
            bail!(say!(lang,
                nn: "{path} kan ikkje opnast, og ei tilvising der kunne gå tapt; gje deg sjølv løyve til å lese fila fyrst",
                nb: "{path} kan ikke åpnes, og en henvisning der kunne gå tapt; gi deg selv tillatelse til å lese filen først",
                en: "{path} cannot be opened, and a reference in it could be lost; give yourself the right to read it first",
            ));
        }
        let rename = Rename { kind, old: &old, new };
        draft.changes.relocate(&target.path, &target.bytes, target.path.with_file_name(format!("{new}.toml")));
        for (file, path) in registry.files() {
            let Ok(target) = Target::of(registry, Some(file), &path, None) else { continue };
            if target.mentions(&old) {
                draft.change(target, |text, target| rename.followed(text, &target.fields))?;
            }
        }
    }
    draft.finish(arguments.writing, context)
}
