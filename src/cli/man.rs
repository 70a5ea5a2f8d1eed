//! `lmnet man`: the manual pages.

use std::fmt::Write;

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
    // `lmnet help deadlines` has no page of its own.
    let mut lmnet = Cli::command().disable_help_subcommand(true);
    lmnet.build();
    if context.cli.output.is_none() {
        return Ok(Done::with(page(&lmnet)?));
    }
    let mut files = Vec::new();
    gather(&lmnet, &mut files)?;
    Ok(Done { files, ..Done::default() })
}

/// The pages of a command and of those below it, by file name.
fn gather(command: &Command, pages: &mut Vec<(String, String)>) -> anyhow::Result<()> {
    pages.push((format!("{}.1", name(command)), page(command)?));
    command.get_subcommands().try_for_each(|below| gather(below, pages))
}

/// `lmnet-offerings-list`.
fn name(command: &Command) -> &str {
    command.get_display_name().unwrap_or(command.get_name())
}

fn page(command: &Command) -> anyhow::Result<String> {
    let man = Man::new(command.clone())
        .title(name(command))
        .date(" ") // pages are the same on every day; without anything here the source would stand in its place
        .source(concat!("lmnet ", env!("CARGO_PKG_VERSION")))
        .manual("lmnet");
    let mut page = Vec::new();
    man.render(&mut page)?;
    let mut page = String::from_utf8(page)?;
    if let Some(examples) = command.get_before_long_help() {
        page += ".SH EXAMPLES\n.nf\n";
        for line in examples.to_string().lines().skip(1) {
            // A full stop or an apostrophe at its beginning would make a line an instruction.
            let _ = writeln!(page, "\\&{}", line.replace('\\', "\\e").replace('-', "\\-"));
        }
        page += ".fi\n";
    }
    Ok(page)
}
