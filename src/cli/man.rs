//! `lmnet man`: the manual pages.

use clap::{Args, Command, CommandFactory};
use clap_mangen::Man;

use super::{Cli, Context, Done};

/// What `man` takes.
#[derive(Debug, Args)]
#[command(before_long_help = "\
Examples:
  lmnet man | man -l -                    the page of lmnet
  lmnet man -o ~/.local/share/man/man1    the pages of all commands, a file each")]
pub struct Arguments {}

pub(super) fn run(context: &Context<'_>) -> anyhow::Result<Done> {
    let mut lmnet = Cli::command();
    lmnet.build();
    if context.cli.output.is_none() {
        return Ok(Done::with(page(lmnet)?.1));
    }
    let mut files = Vec::new();
    gather(&lmnet, &mut files)?;
    Ok(Done { files, ..Done::default() })
}

/// The pages of a command and of those below it.
fn gather(command: &Command, pages: &mut Vec<(String, String)>) -> anyhow::Result<()> {
    pages.push(page(command.clone())?);
    let shown = command.get_subcommands().filter(|below| !below.is_hide_set() && below.get_name() != "help");
    for below in shown {
        gather(below, pages)?;
    }
    Ok(())
}

/// The file name of a page, and the page.
fn page(command: Command) -> anyhow::Result<(String, String)> {
    let man = Man::new(command);
    let mut page = Vec::new();
    man.render(&mut page)?;
    Ok((man.get_filename(), String::from_utf8(page)?))
}
