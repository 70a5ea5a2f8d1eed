//! `lmnet confirm`: somebody looked, and it is still true.

use clap::Args;

use super::target::Target;
use super::writing::{Draft, Writing};
use super::{Context, Done};
use crate::edit::{Edit, edited};

/// What `confirm` takes.
#[derive(Debug, Args)]
#[command(before_long_help = "\
Examples:
  lmnet confirm members/kontakt-vagvik
  lmnet confirm startkurs-diabetes hjarteskule            several at once; KIND/ may be left out where only one has the id
  lmnet confirm members/kontakt-vagvik --today 2026-11-20 on another day

Sets verified to today. With verified-for in lmnet.toml, deadlines tells which records nobody has looked at for long.")]
pub struct Arguments {
    /// The records, as KIND/ID
    #[arg(required = true, value_name = "ID")]
    records: Vec<String>,
    #[command(flatten)]
    writing: Writing,
}

pub(super) fn run(arguments: &Arguments, context: &Context<'_>) -> anyhow::Result<Done> {
    let loaded = context.load()?;
    let mut draft = Draft::new(&loaded, context.lang(&loaded.registry)?);
    let verified = Edit::set("verified", context.today()?);
    for record in &arguments.records {
        let target = Target::find(&loaded.registry, record)?;
        draft.change(target, |text, target| edited(text, &target.fields, std::slice::from_ref(&verified)))?;
    }
    draft.finish(arguments.writing, context)
}
