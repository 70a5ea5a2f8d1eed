//! `lmnet sent`: a plan or report was sent to somebody.

use clap::Args;

use super::target::Target;
use super::writing::{Draft, Writing};
use super::{Context, Done, day};
use crate::date::Date;
use crate::edit::{Edit, with_part};
use crate::model::{Kind, Sent};
use crate::registry::Stored as _;

/// What `sent` takes.
#[derive(Debug, Args)]
#[command(before_long_help = "\
Examples:
  lmnet sent fjordnett-2027 --to samhandlingssekretariatet
  lmnet sent reports/fjordnett-2026 --to samhandlingssekretariatet --on 2027-01-29

What was sent meets the duty to send it, so that it is no longer among the deadlines.")]
pub struct Arguments {
    /// The plan or report
    #[arg(value_name = "PLAN|REPORT")]
    record: String,
    /// To whom: an organisation or network; several, divided by commas
    #[arg(long, required = true, value_name = "BODY", value_delimiter = ',')]
    to: Vec<String>,
    /// The day [default: today]
    #[arg(long, value_name = "DATE", value_parser = day)]
    on: Option<Date>,
    #[command(flatten)]
    writing: Writing,
}

pub(super) fn run(arguments: &Arguments, context: &Context<'_>) -> anyhow::Result<Done> {
    let loaded = context.load()?;
    let registry = &loaded.registry;
    let mut draft = Draft::new(&loaded, context.lang(registry)?);
    let day = arguments.on.map_or_else(|| context.today(), Ok)?;
    for body in &arguments.to {
        super::known_body(registry, body)?;
        let target = Target::find_of(registry, &arguments.record, &[Kind::Plan, Kind::Report])?;
        let id = target.path.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
        let sent: &[Sent] = match target.kind {
            Some(Kind::Plan) => crate::model::Plan::table(registry).get(id).map_or(&[], |plan| &plan.sent),
            _ => crate::model::Report::table(registry).get(id).map_or(&[], |report| &report.sent),
        };
        if sent.iter().any(|sent| sent.to.id() == body && sent.on == crate::date::When::Day(day)) {
            continue;
        }
        let part = [Edit::set("to", body), Edit::set("on", day)];
        draft.change(target, |text, target| with_part(text, &target.fields, "sent", false, &part))?;
    }
    draft.finish(arguments.writing, context)
}
