//! `lmnet schema`: JSON Schemas for editors.

use clap::Args;
use clap::builder::PossibleValuesParser;
use serde_json::{Map, Value};

use super::{Context, Done};
use crate::render::table::pretty_json;
use crate::schema;

/// What `schema` takes.
#[derive(Debug, Args)]
#[command(before_long_help = "\
Examples:
  lmnet schema offerings             the JSON Schema (draft 7) of offerings
  lmnet schema -o registry/schema    those of all kinds and of lmnet.toml, a file each

registry/.taplo.toml and registry/.tombi.toml tell editors which files each of them is for.")]
pub struct Arguments {
    /// The kind of record, or lmnet for lmnet.toml; all of them unless given, with -o DIR as files of a folder
    #[arg(value_parser = PossibleValuesParser::new(schema::names()))]
    kind: Option<String>,
}

pub(super) fn run(arguments: &Arguments, context: &Context<'_>) -> Done {
    if let Some(schema) = arguments.kind.as_deref().and_then(schema::named) {
        return Done::with(pretty_json(&schema));
    }
    let all = schema::names().into_iter().filter_map(|name| Some((name, schema::named(name)?)));
    if context.cli.output.is_some() {
        let files = all.map(|(name, schema)| (format!("{name}.json"), pretty_json(&schema))).collect();
        return Done { files, ..Done::default() };
    }
    let all: Map<String, Value> = all.map(|(name, schema)| (name.to_owned(), schema)).collect();
    Done::with(pretty_json(&Value::Object(all)))
}
