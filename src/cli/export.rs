//! `lmnet export`: the registry for other programs.

mod workbook;

use clap::Args;

use super::{Context, Done};

/// What `export` takes.
#[derive(Debug, Args)]
#[command(before_long_help = "\
Examples:
  lmnet export --workbook vagvik.xlsx --organisation vagvik    to be filled in, and taken back with lmnet import
  lmnet export --workbook alle.xlsx --lang nb                  everybody's rows, in Bokmål")]
pub struct Arguments {
    #[command(flatten)]
    workbook: workbook::Workbook,
}

pub(super) fn run(arguments: &Arguments, context: &Context<'_>) -> anyhow::Result<Done> {
    workbook::run(&arguments.workbook, context)
}
