//! `lmnet offerings run add`: one more delivery of an offering.

use clap::{Args, ValueEnum};

use super::named::named;
use super::target::Target;
use super::writing::{Draft, Writing};
use super::{Context, Done};
use crate::edit::{Edit, with_part};
use crate::model::Kind;

/// What `run` takes.
#[derive(Debug, Args)]
#[command(before_long_help = "\
Examples:
  lmnet offerings run add startkurs-diabetes --start 2027-02-02 --end 2027-02-16 --place 'Vågvik' --mode in-person
  lmnet offerings run add startkurs-diabetes --start 2026-10-06 --patients 'ca. 12' --relatives not-recorded
  lmnet offerings run add startkurs-diabetes --start 2027-autumn --status planned --set capacity=14

Values are read as by lmnet set.")]
pub struct Arguments {
    /// What to do
    #[arg(value_enum)]
    action: Action,
    /// The offering
    #[arg(value_name = "ID")]
    offering: String,
    /// First day, or as much as is known of it
    #[arg(long, value_name = "DATE")]
    start: String,
    /// Last day, where it is another
    #[arg(long, value_name = "DATE")]
    end: Option<String>,
    /// When on the day it starts, as 18:00
    #[arg(long, value_name = "TIME")]
    starts_at: Option<String>,
    /// Where
    #[arg(long)]
    place: Option<String>,
    /// The municipality in which the place lies
    #[arg(long, value_name = "ID")]
    municipality: Option<String>,
    /// In person, digital, or hybrid
    #[arg(long)]
    mode: Option<String>,
    /// Whether it was held: planned, held, cancelled
    #[arg(long)]
    status: Option<String>,
    /// Patients who took part
    #[arg(long, value_name = "COUNT")]
    patients: Option<String>,
    /// Relatives who took part
    #[arg(long, value_name = "COUNT")]
    relatives: Option<String>,
    /// Any other key of a run
    #[arg(long, value_name = "KEY=VALUE", value_parser = key_and_value)]
    set: Vec<(String, String)>,
    #[command(flatten)]
    writing: Writing,
}

/// What can be done with the runs of an offering. A word rather than a command, since not every shell completes commands
/// that stand three deep.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum Action {
    /// Add one that was or will be held
    Add,
}

pub(super) fn run(arguments: &Arguments, context: &Context<'_>) -> anyhow::Result<Done> {
    let Action::Add = arguments.action;
    let loaded = context.load()?;
    let mut draft = Draft::new(&loaded, context.lang(&loaded.registry)?);
    let target = Target::find_of(&loaded.registry, &arguments.offering, &[Kind::Offering])?;
    let given = [
        ("start", Some(&arguments.start)),
        ("end", arguments.end.as_ref()),
        ("starts-at", arguments.starts_at.as_ref()),
        ("place", arguments.place.as_ref()),
        ("municipality", arguments.municipality.as_ref()),
        ("mode", arguments.mode.as_ref()),
        ("status", arguments.status.as_ref()),
        ("patients", arguments.patients.as_ref()),
        ("relatives", arguments.relatives.as_ref()),
    ];
    let given = given.into_iter().filter_map(|(key, value)| Some(Edit::set(key, value?)));
    let own = target.fields.iter().find(|field| field.key == "run").and_then(|field| field.shape.fields());
    let part = given.chain(edits(&arguments.set)).collect();
    let part = named(&loaded.registry, &own.unwrap_or_default(), part, draft.lang)?;
    draft.change(target, |text, target| with_part(text, &target.fields, "run", true, &part))?;
    draft.finish(arguments.writing, context)
}

/// `KEY=VALUE` as edits; a key that stands several times is a list.
pub(super) fn edits(pairs: &[(String, String)]) -> Vec<Edit> {
    let mut edits: Vec<Edit> = Vec::new();
    for (key, value) in pairs {
        match edits.iter_mut().find(|edit| edit.key == *key) {
            Some(Edit { to: Some(values), .. }) => values.push(value.clone()),
            _ => edits.push(Edit::set(key, value)),
        }
    }
    edits
}

/// `KEY=VALUE` on the command line.
pub(super) fn key_and_value(text: &str) -> Result<(String, String), String> {
    let (key, value) = text.split_once('=').ok_or("is not KEY=VALUE")?;
    Ok((key.trim().to_owned(), value.trim().to_owned()))
}
