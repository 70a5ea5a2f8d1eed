//! `lmnet explain`: why a rule exists, with a wrong and a right example.

use std::fmt::Write;

use anyhow::bail;
use clap::Args;

use super::{Context, Done};
use crate::lang::Lang;
use crate::read::nearest;
use crate::{rules, say};

/// What `explain` takes.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  lmnet explain                     all rules, a line each
  lmnet explain unknown-reference")]
pub struct Arguments {
    /// The rule; without it, all rules are listed
    rule: Option<String>,
}

pub(super) fn run(arguments: &Arguments, context: &Context<'_>) -> anyhow::Result<Done> {
    // A rule is the same everywhere; a registry is only asked for its language, if there is one.
    let lang = match context.asked()? {
        Some(lang) => lang,
        None => context.load().ok().and_then(|loaded| context.lang(&loaded.registry).ok()).unwrap_or_default(),
    };
    let Some(id) = &arguments.rule else { return Ok(Done::with(all(lang))) };
    let Some(rule) = rules::find(id) else {
        let near = nearest(id, rules::ALL.iter().map(|rule| rule.id), 1);
        match near.first() {
            Some(near) => bail!("there is no rule '{id}'; did you mean '{near}'?"),
            None => bail!("there is no rule '{id}'; 'lmnet explain' lists them all"),
        }
    };
    let page = rules::Page::of(rule);
    let mut out = format!("# {} ({})\n\n{}\n", rule.id, rule.severity.code(), page.why(lang));
    let heading = |text: String| format!("\n## {text}\n\n");
    out += &heading(say!(lang, nn: "Feil", nb: "Feil", en: "Wrong"));
    out += page.wrong;
    out += &heading(say!(lang, nn: "Rett", nb: "Riktig", en: "Right"));
    out += page.right;
    Ok(Done::with(out))
}

fn all(lang: Lang) -> String {
    let mut out = String::new();
    let width = rules::ALL.iter().map(|rule| rule.id.len()).max().unwrap_or(0);
    for rule in rules::ALL {
        let why = rules::Page::of(rule).why(lang);
        let first = why.split_inclusive(". ").next().unwrap_or(why).trim();
        let _ = writeln!(out, "{:width$}  {:7}  {first}", rule.id, rule.severity.code());
    }
    out
}
