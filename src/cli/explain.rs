//! `lmnet explain`: why a rule exists, with a wrong and a right example.

use std::fmt::Write;

use anyhow::bail;
use clap::Args;

use super::{Context, Done};
use crate::lang::Lang;
use crate::spelling::nearest;
use crate::{rules, say};

/// What `explain` takes.
#[derive(Debug, Args)]
#[command(before_long_help = "\
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
    out += &heading(say!(lang, nn: "Slik blir det feil", nb: "Slik blir det feil", en: "Wrong"));
    out += &readable(page.wrong, lang);
    out += &heading(say!(lang, nn: "Slik blir det rett", nb: "Slik blir det riktig", en: "Right"));
    out += &readable(page.right, lang);
    Ok(Done::with(out))
}

/// Examples hold a few lines for the tests that make files of them; people read what those lines mean.
fn readable(example: &str, lang: Lang) -> String {
    let mut out = String::new();
    for line in example.lines() {
        let words: Vec<&str> = line.split(' ').collect();
        let said = match &*words {
            ["file", path, "bytes", bytes @ ..] => {
                let bytes: Vec<u8> = bytes.iter().filter_map(|byte| u8::from_str_radix(byte, 16).ok()).collect();
                let text = String::from_utf8_lossy(&bytes).replace('\u{feff}', "<BOM>");
                Some(format!("~~~toml {path}\n{}\n~~~", text.trim_end()))
            }
            ["file", path, "size", size] => Some(
                say!(lang, nn: "(Fila {path} er på {size} byte.)", nb: "(Filen {path} er på {size} byte.)", en: "(The file {path} has {size} bytes.)"),
            ),
            ["link", path, "to", target] => Some(
                say!(lang, nn: "({path} er ei lenkje til {target}.)", nb: "({path} er en lenke til {target}.)", en: "({path} is a link to {target}.)"),
            ),
            ["fifo", path] => Some(
                say!(lang, nn: "({path} er ein kanal, FIFO.)", nb: "({path} er en kanal, FIFO.)", en: "({path} is a pipe, FIFO.)"),
            ),
            ["without", path] => {
                Some(say!(lang, nn: "({path} manglar.)", nb: "({path} mangler.)", en: "({path} is missing.)"))
            }
            ["unreadable", path] => Some(say!(lang,
                nn: "(Ingen har løyve til å lese {path}.)",
                nb: "(Ingen har tillatelse til å lese {path}.)",
                en: "(Nobody is permitted to read {path}.)",
            )),
            _ => None,
        };
        out += said.as_deref().unwrap_or(line);
        out.push('\n');
    }
    out
}

fn all(lang: Lang) -> String {
    let mut out = String::new();
    let width = rules::ALL.iter().map(|rule| rule.id.len()).max().unwrap_or(0);
    for rule in rules::ALL {
        let why = rules::Page::of(rule).why(lang).replace('\n', " ");
        let first = why.split_inclusive(". ").next().unwrap_or(&why).trim();
        let _ = writeln!(out, "{:width$}  {:7}  {first}", rule.id, rule.severity.code());
    }
    out
}
