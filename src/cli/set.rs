//! `lmnet set`: the value of a key.

use clap::Args;

use super::target::Target;
use super::writing::{Draft, Writing};
use super::{Context, Done};
use crate::edit::{Edit, edited};

/// What `set` takes.
#[derive(Debug, Args)]
#[command(
    before_long_help = "\
Examples:
  lmnet set offerings/startkurs-diabetes reach regional
  lmnet set offerings/startkurs-diabetes 'run[2025-03-04].patients' 'ca. 12'
  lmnet set offerings/startkurs-diabetes title.nb 'Startkurs for deg med diabetes'
  lmnet set offerings/startkurs-diabetes audience patients relatives
  lmnet set members/kontakt-vagvik 'appointment[0].to' 2026-12-31
  lmnet set organisations/vagvik url --unset
  lmnet set lmnet language nb                             in lmnet.toml",
    after_long_help = "\
The value is read as the key wants it: 2026-11-30 or 30.11.2026, 2026-11, 2026-autumn or 2026 for a time; 12, 'ca. 12',
'minst 12', 'vel 12' or not-recorded for a count; the word of a list or what people call it for a choice. [ and { begin
lists and tables as TOML writes them. A part of a list is named by its number from 0 or by what stands in it: its id, its
first day, its organisation. Comments and layout are kept."
)]
pub struct Arguments {
    /// The record, as KIND/ID; lmnet for lmnet.toml
    #[arg(value_name = "KIND/ID")]
    record: String,
    /// The key, such as reach, title.nb or run[0].patients
    key: String,
    /// The value; several for a list
    #[arg(required_unless_present = "unset", conflicts_with = "unset")]
    value: Vec<String>,
    /// Take the key out, or a part of a list
    #[arg(long)]
    unset: bool,
    #[command(flatten)]
    writing: Writing,
}

pub(super) fn run(arguments: &Arguments, context: &Context<'_>) -> anyhow::Result<Done> {
    let loaded = context.load()?;
    let mut draft = Draft::new(&loaded, context.lang(&loaded.registry)?);
    let target = Target::find(&loaded.registry, &arguments.record)?;
    let to = (!arguments.unset).then(|| arguments.value.clone());
    let edit = Edit { key: arguments.key.clone(), to };
    draft.change(target, |text, target| edited(text, &target.fields, &[edit]))?;
    draft.finish(arguments.writing, context)
}
