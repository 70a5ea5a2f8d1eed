//! stub
use clap::Args;
use super::{Context, Done};
/// x
#[derive(Debug, Args)]
pub struct Arguments {}
pub(super) fn run(_arguments: &Arguments, _context: &Context<'_>) -> anyhow::Result<Done> { Ok(Done::default()) }
