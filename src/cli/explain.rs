//! `lmnet explain`: why a rule exists, with a wrong and a right example; how a duty or seat is computed and stands.

use std::fmt::Write;

use anyhow::bail;
use clap::{Args, ValueEnum};
use serde_json::{Value, json};

use super::{Context, Done, Readable};
use crate::diagnostic::Rule;
use crate::lang::{Lang, Said};
use crate::mandate::Mandates;
use crate::model::Kind;
use crate::names::Names;
use crate::registry::Registry;
use crate::render::{markdown, table, text};
use crate::report::duty::{self, Asked};
use crate::spelling::{meant, missing, nearest};
use crate::{rules, say};

/// What `explain` takes.
#[derive(Debug, Args)]
#[command(before_long_help = "\
Examples:
  lmnet explain                             all rules, a line each
  lmnet explain unknown-reference           why a rule exists, with a wrong and a right example
  lmnet explain mandat-fjordnett/fagdag     a duty: its wording, how it is computed, how it stands
  lmnet explain mandat-fjordnett/kontaktpersonar --lang en")]
pub struct Arguments {
    /// The rule, or the duty or seat as AGREEMENT/ID; without it, all rules are listed
    #[arg(value_name = "RULE|AGREEMENT/DUTY")]
    what: Option<String>,
    /// How to print [default: human, or by the ending of --output]
    #[arg(long, value_enum)]
    format: Option<Format>,
}

/// Formats of explanations.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people
    #[value(alias = "txt")]
    Human,
    /// Markdown
    Md,
    /// lmnet-explain version 1
    Json,
}

pub(super) fn run(arguments: &Arguments, context: &Context<'_>) -> anyhow::Result<Done> {
    let format = context.format(arguments.format, Format::Human)?;
    let id = match &arguments.what {
        Some(id) if rules::find(id).is_none() => id,
        rule => {
            // A rule is the same everywhere; a registry is only asked for its language, if there is one.
            let lang = context.asked()?.or_else(|| context.language_of_manifest()).unwrap_or_default();
            return Ok(Done::with(match (rule.as_deref().and_then(rules::find), format) {
                (Some(rule), Format::Json) => table::pretty_json(&rule_json(rule, lang)),
                (Some(rule), _) => page(rule, lang),
                (None, Format::Json) => table::pretty_json(&all_json(lang)),
                (None, _) => all(lang),
            }));
        }
    };
    if !id.contains('/') {
        bail!(unknown(id, context));
    }
    let loaded = context.load_readable()?;
    let registry: &Registry = &loaded.registry;
    let Some(asked) = duty::find(registry, id) else { bail!(unknown_duty(id, &loaded)) };
    let (lang, day) = (context.lang(registry)?, context.today()?);
    let out = explained(registry, asked, lang, day, (format, context.width()));
    Ok(Done { out: out.into(), talk: super::unsound(&loaded, lang), ..Done::default() })
}

fn explained(
    registry: &Registry,
    asked: Asked<'_>,
    lang: Lang,
    day: crate::date::Date,
    (format, width): (Format, Option<usize>),
) -> String {
    let names = Names { registry, lang };
    let mandates = Mandates::new(registry);
    let explained = duty::explain(&mandates, asked, &names, day);
    match format {
        Format::Human => text::document(&explained.document(&names), width),
        Format::Md => markdown::document(&explained.document(&names)),
        Format::Json => table::pretty_json(&explained.json()),
    }
}

/// That there is no such rule; a duty or seat of that name, or an agreement, where there is a registry, may be meant.
fn unknown(id: &str, context: &Context<'_>) -> Said {
    let near = nearest(id, rules::ALL.iter().map(|rule| rule.id), 1);
    let none = missing(id, &say!(nn: "ingen regel", nb: "ingen regel", en: "no rule"));
    if let Some(near) = near.first() {
        return none.and(&say!(nn: "meinte du «{near}»?", nb: "mente du «{near}»?", en: "did you mean '{near}'?"));
    }
    if let Ok(loaded) = context.load_readable() {
        if let Some(unread) = unread(id, &loaded) {
            return unread;
        }
        if loaded.registry.agreements.get(id).is_some() {
            return say!(
                nn: "«{id}» er ein avtale; «lmnet agreements show {id}» listar pliktene og plassane i han",
                nb: "«{id}» er en avtale; «lmnet agreements show {id}» lister pliktene og plassene i den",
                en: "'{id}' is an agreement; 'lmnet agreements show {id}' lists its duties and seats",
            );
        }
        let paths = duty::paths(&loaded.registry);
        let own: Vec<&str> =
            paths.iter().map(String::as_str).filter(|path| path.rsplit('/').next() == Some(id)).take(3).collect();
        if !own.is_empty() {
            return none.and(&meant(&own));
        }
    }
    none.and(&say!(
        nn: "«lmnet explain» listar alle",
        nb: "«lmnet explain» lister alle",
        en: "'lmnet explain' lists them all",
    ))
}

/// That an agreement is there but could not be read.
fn unread(agreement: &str, loaded: &Readable) -> Option<Said> {
    let unread = loaded.registry.agreements.get(agreement).is_none() && loaded.is_left_out(Kind::Agreement, agreement);
    unread.then(|| {
        say!(
            nn: "avtalen «{agreement}» kunne ikkje lesast heil; «lmnet check» viser kvifor",
            nb: "avtalen «{agreement}» kunne ikke leses i sin helhet; «lmnet check» viser hvorfor",
            en: "the agreement '{agreement}' could not be read whole; 'lmnet check' shows why",
        )
    })
}

/// That there is no such duty or seat, with those that are nearly called so.
fn unknown_duty(path: &str, loaded: &Readable) -> Said {
    let registry: &Registry = &loaded.registry;
    let paths = duty::paths(registry);
    let (agreement, id) = path.split_once('/').unwrap_or_default();
    if let Some(unread) = unread(agreement, loaded) {
        let Said { nn, nb, en } = unread;
        return say!(
            nn: "«{path}» kan ikkje forklarast: {nn}",
            nb: "«{path}» kan ikke forklares: {nb}",
            en: "'{path}' cannot be explained: {en}",
        );
    }
    let known = registry.agreements.get(agreement).is_some();
    // The same name in another agreement, one nearly called so in the same agreement, or nearly the same path.
    let namesakes = paths.iter().filter(|path| path.rsplit('/').next() == Some(id)).take(3).cloned();
    let within = paths.iter().filter_map(|path| path.split_once('/')).filter(|(own, _)| *own == agreement);
    let alike = nearest(id, within.map(|(_, id)| id), 3).into_iter().map(|id| format!("{agreement}/{id}"));
    let near = nearest(path, paths.iter().map(String::as_str), 3).into_iter().map(str::to_owned);
    let (namesakes, alike, near): (Vec<_>, Vec<_>, Vec<_>) = (namesakes.collect(), alike.collect(), near.collect());
    let order = if known { [namesakes, alike, near] } else { [near, namesakes, alike] };
    let meant = order.into_iter().find(|meant| !meant.is_empty()).unwrap_or_default();
    let none =
        missing(path, &say!(nn: "inga plikt og ingen plass", nb: "ingen plikt og ingen plass", en: "no duty or seat"));
    if !meant.is_empty() {
        return none.and(&crate::spelling::meant(&meant));
    }
    match known {
        true => none.and(&say!(
            nn: "«lmnet agreements show {agreement}» listar dei",
            nb: "«lmnet agreements show {agreement}» lister dem",
            en: "'lmnet agreements show {agreement}' lists them",
        )),
        false => say!(
            nn: "det finst inga plikt og ingen plass «{path}», og ingen avtale «{agreement}»; «lmnet agreements list» listar dei",
            nb: "det finnes ingen plikt og ingen plass «{path}», og ingen avtale «{agreement}»; «lmnet agreements list» lister dem",
            en: "there is no duty or seat '{path}', and no agreement '{agreement}'; 'lmnet agreements list' lists them",
        ),
    }
}

/// The whole page of a rule as Markdown.
pub(super) fn page(rule: &Rule, lang: Lang) -> String {
    let page = rules::Page::of(rule);
    let mut out = format!("# {} ({})\n\n{}\n", rule.id, rule.severity.code(), page.why(lang));
    let heading = |text: String| format!("\n## {text}\n\n");
    out += &heading(say!(lang, nn: "Slik blir det feil", nb: "Slik blir det feil", en: "Wrong"));
    out += &readable(page.wrong, lang);
    out += &heading(say!(lang, nn: "Slik blir det rett", nb: "Slik blir det riktig", en: "Right"));
    out += &readable(page.right, lang);
    out
}

fn rule_json(rule: &Rule, lang: Lang) -> Value {
    let page = rules::Page::of(rule);
    json!({
        "schema": "lmnet-explain",
        "version": 1,
        "rule": rule.id,
        "severity": rule.severity.code(),
        "why": page.why(lang),
        "wrong": readable(page.wrong, lang),
        "right": readable(page.right, lang),
    })
}

fn all_json(lang: Lang) -> Value {
    let rules = rules::ALL.iter().map(
        |rule| json!({ "rule": rule.id, "severity": rule.severity.code(), "why": rules::Page::of(rule).why(lang) }),
    );
    json!({ "schema": "lmnet-explain", "version": 1, "rules": rules.collect::<Vec<_>>() })
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
