//! `lmnet merge`: one organisation carries on from several.

use std::collections::{BTreeMap, HashSet};

use anyhow::bail;
use clap::Args;

use super::target::Target;
use super::writing::{Draft, Writing};
use super::{Context, Done, Out, day};
use crate::check::{Finding, Outcome};
use crate::compose;
use crate::date::Date;
use crate::lang::Lang;
use crate::mandate::Mandates;
use crate::merge::{Merger, New};
use crate::model::Kind;
use crate::registry::Registry;
use crate::render::text;
use crate::report::summary::{handover, merged_document};
use crate::say;
use crate::spelling::shown_path;
use crate::store::ChangeSet;

/// What `merge` takes.
#[derive(Debug, Args)]
#[command(
    before_long_help = "\
Examples:
  lmnet merge organisations vagvik oyfjord --into nordfjorden --name Nordfjorden --code 9999 --on 2028-01-01
  lmnet merge organisations vagvik --into oyfjord --on 2028-01-01 -n      into one that stays; show what would be written

Those that are merged get their last day; the new one carries on from them. What held of them for a time (parties of networks
and agreements, parts, owners) ends with them and begins for the new one, in the same area.",
    after_long_help = "\
Then the handover note of each that is gone shows what people have to decide: seats, matters, actions, duties; many duties are
counted, and lmnet summary --for lists them. What still names one that is gone after its last day, seats and duties too, lmnet
check tells."
)]
pub struct Arguments {
    /// What is merged
    #[arg(value_parser = ["organisations"])]
    what: String,
    /// Those that are merged
    #[arg(required = true, value_name = "ID")]
    before: Vec<String>,
    /// The one that carries on: a new id, or one that is there
    #[arg(long, value_name = "ID")]
    into: String,
    /// Its first day
    #[arg(long, value_name = "DATE", value_parser = day)]
    on: Date,
    /// Its name, if it is new
    #[arg(long, value_name = "TEXT")]
    name: Option<String>,
    /// Its municipality code, if it is new
    #[arg(long, value_name = "CODE")]
    code: Option<String>,
    /// Its organisation number, if it is new
    #[arg(long, value_name = "NUMBER")]
    number: Option<String>,
    #[command(flatten)]
    writing: Writing,
}

pub(super) fn run(arguments: &Arguments, context: &Context<'_>) -> anyhow::Result<Done> {
    let loaded = context.load()?;
    let registry: &Registry = &loaded.registry;
    let lang = context.lang(registry)?;
    if let Some(path) = loaded.unread() {
        bail!(say!(lang,
            nn: "{path} kunne ikkje lesast, og det som står der, høyrer kan hende med; rett fila fyrst («lmnet check» viser kvifor)",
            nb: "{path} kunne ikke leses, og det som står der, hører kanskje med; rett filen først («lmnet check» viser hvorfor)",
            en: "{path} could not be read, and what it says may be part of this; mend it first (\"lmnet check\" shows why)",
        ));
    }
    let id = |id: &String| id.strip_prefix("organisations/").unwrap_or(id).to_owned();
    let into = id(&arguments.into);
    let mut before = Vec::new();
    for id in arguments.before.iter().map(id) {
        let ids = registry.organisations.iter().map(|known| &*known.id);
        before.push(
            registry
                .organisations
                .get(&id)
                .ok_or_else(|| crate::view::unknown(&id, &crate::view::none_of(Kind::Organisation), ids))?,
        );
    }
    let merger = Merger::new(registry, before, &into, arguments.on)?;
    let mut draft = Draft::new(&loaded, lang);
    for (file, changes) in merger.changes() {
        let target = Target::of(registry, Some(file), &registry.path(file), None)?;
        draft.change(target, |text, target| changes.made(text, &target.fields))?;
    }
    let new =
        New { name: arguments.name.as_deref(), code: arguments.code.as_deref(), number: arguments.number.as_deref() };
    match (registry.organisations.get(&into), new) {
        (Some(_), New { name: None, code: None, number: None }) => {}
        (Some(_), _) => bail!(say!(lang,
            nn: "{into} finst alt; --name, --code og --number er for ein ny organisasjon",
            nb: "{into} finnes allerede; --name, --code og --number er for en ny organisasjon",
            en: "{into} is there already; --name, --code and --number are for a new organisation",
        )),
        (None, new) => {
            compose::usable(registry, Kind::Organisation, &into)?;
            if new.name.is_none() {
                bail!(say!(lang,
                    nn: "{into} er ny; sei kva organisasjonen heiter, med --name",
                    nb: "{into} er ny; si hva organisasjonen heter, med --name",
                    en: "{into} is new; say what it is called with --name",
                ));
            }
            let beside = merger.gone().next().and_then(|gone| registry.place(gone.file).parent());
            let path = beside.map(|folder| folder.join(format!("{into}.toml"))).unwrap_or_default();
            draft.changes.set(&path, None, merger.text(&new)?.into_bytes());
        }
    }
    let (without_area, demands) = (merger.without_area(), merger.demands());
    let changes_nothing = draft.changes.is_empty();
    let after = Registry::load_changed(&loaded.root, &draft.changes);
    let mut outcome = draft.judged();
    let elsewhere = counted_elsewhere(&mut outcome, &draft.changes, lang);
    let mut done = draft.finish_judged(outcome, arguments.writing, context)?;
    if done.code == 0 && !changes_nothing {
        let notes = notes(&after, &merger, arguments.on.min(context.today()?), lang, context.width());
        let notes = notes + &elsewhere;
        match &mut done.out {
            Out::Text(found) if done.changes.is_some() => *found += &notes,
            _ => done.talk += &notes,
        }
        for network in without_area {
            done.talk += &say!(lang,
                nn: "lmnet: {network}: dei som blir slått saman, høyrer ikkje til same område; sei kva område {into} høyrer til: lmnet set networks/{network} 'parties[{into}].area' OMRÅDE\n",
                nb: "lmnet: {network}: de som slås sammen, hører ikke til samme område; si hvilket område {into} hører til: lmnet set networks/{network} 'parties[{into}].area' OMRÅDE\n",
                en: "lmnet: {network}: those that merge are not in one area; say which area {into} is in: lmnet set networks/{network} 'parties[{into}].area' AREA\n",
            );
        }
        if !demands.is_empty() {
            let demands = demands.join(", ");
            done.talk += &say!(lang,
                nn: "lmnet: desse pliktene og plassane nemner ein som er borte då, og må endrast i avtalen: {demands}\n",
                nb: "lmnet: disse pliktene og plassene nevner en som er borte da, og må endres i avtalen: {demands}\n",
                en: "lmnet: these duties and seats name one that is gone then, and must be changed in the agreement: {demands}\n",
            );
        }
    }
    Ok(done)
}

/// The handover notes of those that are gone, as things stand on a day.
fn notes(registry: &Registry, merger: &Merger<'_>, day: Date, lang: Lang, width: Option<usize>) -> String {
    let mandates = Mandates::new(registry);
    let note = |id: &str| {
        let list = format!("lmnet summary --for {id} --today {day}");
        merged_document(&handover(&mandates, id, None, day, lang), &list)
    };
    merger.gone().map(|gone| text::document(&note(&gone.id), width)).collect::<Vec<_>>().join("\n")
}

/// More findings in other records than these are counted rather than shown.
const SHOWN: usize = 5;

/// Takes what is found in other records out of an outcome where it is much, and counts it by kind of record.
fn counted_elsewhere(outcome: &mut Outcome, changes: &ChangeSet, lang: Lang) -> String {
    let written: HashSet<String> = changes.iter().map(|(path, change)| shown_path(change.place(path))).collect();
    let is_own = |finding: &Finding| written.contains(&finding.place.path);
    let many = outcome.findings.iter().filter(|finding| !is_own(finding)).count();
    if many <= SHOWN {
        return String::new();
    }
    let (own, others): (Vec<_>, Vec<_>) = std::mem::take(&mut outcome.findings).into_iter().partition(is_own);
    outcome.findings = own;
    let mut counted: BTreeMap<&str, usize> = BTreeMap::new();
    for finding in &others {
        let folder = finding.place.path.split('/').next().unwrap_or_default();
        *counted.entry(Kind::from_word(folder).map_or(folder, |kind| kind.label().get(lang))).or_default() += 1;
    }
    let counted = counted.iter().map(|(kind, count)| format!("{kind} {count}")).collect::<Vec<_>>().join(", ");
    say!(lang,
        nn: "\nÅ rette i andre postar ({many}): {counted}. «lmnet check» viser kvar og korleis.\n",
        nb: "\nÅ rette i andre poster ({many}): {counted}. «lmnet check» viser hvor og hvordan.\n",
        en: "\nTo be put right in other records ({many}): {counted}. \"lmnet check\" shows where and how.\n",
    )
}
