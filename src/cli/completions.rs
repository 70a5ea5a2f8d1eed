//! `lmnet completions`: what a shell needs to complete commands and options.

use clap::{Args, CommandFactory};
use clap_complete::Shell;

use super::{Cli, Done};

/// What `completions` takes.
#[derive(Debug, Args)]
#[command(before_long_help = "\
Examples:
  lmnet completions bash -o ~/.local/share/bash-completion/completions/lmnet
  lmnet completions fish -o ~/.config/fish/completions/lmnet.fish
  lmnet completions zsh -o ~/.zfunc/_lmnet                     for a folder that is in $fpath
  lmnet completions powershell >> $PROFILE")]
pub struct Arguments {
    /// The shell
    shell: Shell,
}

pub(super) fn run(arguments: &Arguments) -> Done {
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut Cli::command(), "lmnet", &mut script);
    Done::with(String::from_utf8_lossy(&script).into_owned())
}
