//! `lmnet new`: one more record.

use std::path::PathBuf;

use anyhow::bail;
use clap::Args;
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};

use super::ask::{ask, ask_id};
use super::named::named;
use super::run::{edits, key_and_value};
use super::writing::{self, Writing};
use super::{Ask, Context, Done};
use crate::compose::{Draft, Twin};
use crate::edit::{Edit, edited};
use crate::lang::{Label, Lang, Said};
use crate::model::Kind;
use crate::names::Names;
use crate::read::RecordKind;
use crate::registry::{Registry, fields_of_kind};
use crate::say;

/// What `new` takes.
#[derive(Debug, Args)]
#[command(
    before_long_help = "\
Examples:
  lmnet new offering                              asks for what it needs
  lmnet new plan --network lm-fjordnett --kind action --year 2027
  lmnet new offering --title 'Hjarteskule' --organiser helse-ytterkyst --network lm-fjordnett --set reach=local
  lmnet new member --organisation vagvik --set background=professional --set appointment.body=lm-fjordnett
      --set appointment.role=contact --set appointment.from=2027-01-01
  lmnet new meeting --title Nettverksmøte --kind working-meeting --set body=lm-fjordnett --start 2027-03-10 -n",
    after_long_help = "\
On a terminal, what is not given is asked for, with what the last similar record says as the answer that Enter gives. The id
is made as those of the similar records, and the file stands where they stand. Values are read as by lmnet set. What check
would call an error is shown and not written; nor is a second annual report or plan of one sort for a network and a year, unless
--force insists."
)]
pub struct Arguments {
    /// The kind of record
    #[arg(value_parser = kind())]
    kind: Kind,
    /// Its title or name, in the language of the network or registry; --set title.nb=… for others
    #[arg(long, visible_alias = "name", value_name = "TEXT")]
    title: Option<String>,
    /// The network that it belongs to
    #[arg(long, value_name = "ID")]
    network: Option<String>,
    /// What sort of organisation, agreement, meeting, plan, report or matter it is
    #[arg(id = "sort", long = "kind", value_name = "WORD")]
    sort: Vec<String>,
    /// Who answers for it; several times for several
    #[arg(long, value_name = "ID")]
    organiser: Vec<String>,
    /// Of a member: the organisation
    #[arg(long, value_name = "ID")]
    organisation: Option<String>,
    /// Of a plan or report: the year
    #[arg(long, value_name = "YEAR")]
    year: Option<String>,
    /// First day, or as much as is known of it
    #[arg(long, value_name = "DATE")]
    start: Option<String>,
    /// Any other key; several times for a list. appointment.body and the like make the first part of a list
    #[arg(long, value_name = "KEY=VALUE", value_parser = key_and_value)]
    set: Vec<(String, String)>,
    /// The id [default: made as those of similar records]
    #[arg(long)]
    id: Option<String>,
    /// The folder for the file, below that of its kind [default: where similar records stand]
    #[arg(long)]
    folder: Option<PathBuf>,
    /// Ask nothing, on a terminal either
    #[arg(long)]
    no_input: bool,
    #[command(flatten)]
    writing: Writing,
}

impl Arguments {
    /// What is given on the command line.
    fn given(&self) -> Vec<Edit> {
        let title = match self.kind {
            Kind::Organisation | Kind::Network => "name",
            Kind::Member => "function",
            _ => "title",
        };
        let one = |key: &str, value: &Option<String>| value.as_ref().map(|value| Edit::set(key, value));
        let all = |key: &str, values: &[String]| {
            (!values.is_empty()).then(|| Edit { key: key.to_owned(), to: Some(values.to_vec()) })
        };
        let named = [
            one(title, &self.title),
            one("network", &self.network),
            all("kind", &self.sort),
            all("organiser", &self.organiser),
            one("organisation", &self.organisation),
            one("year", &self.year),
            one("start", &self.start),
        ];
        named.into_iter().flatten().chain(edits(&self.set)).collect()
    }
}

/// A kind by its singular, or by its folder.
fn kind() -> impl TypedValueParser<Value = Kind> {
    let words = RecordKind::ALL.iter().map(|kind| PossibleValue::new(kind.word()).alias(kind.kind().word()));
    PossibleValuesParser::new(words).map(|word| {
        let known = RecordKind::from_word(&word).map(RecordKind::kind).or_else(|| Kind::from_word(&word));
        known.unwrap_or(Kind::Offering) // the parser knows no other words
    })
}

pub(super) fn run(arguments: &Arguments, context: &Context<'_>) -> anyhow::Result<Done> {
    let loaded = context.load()?;
    let registry: &Registry = &loaded.registry;
    let lang = context.lang(registry)?;
    let given = named(registry, &fields_of_kind(arguments.kind), arguments.given(), lang)?;
    let mut draft = Draft::new(registry, arguments.kind, given);
    let folder = arguments.folder.as_deref();
    // What is wrong with what is given, is said before anything is asked.
    draft.text()?;
    draft.folder(folder)?;
    arguments.id.as_deref().map_or(Ok(()), |id| draft.usable(id))?;
    let terminal = context.world.ask.filter(|_| !arguments.no_input);
    match terminal {
        Some(terminal) => ask_for_rest(&mut draft, arguments.kind, lang, terminal)?,
        None => must_be_whole(&draft, lang)?,
    }
    if let Some(twin) = draft.twin().filter(|_| !arguments.writing.force) {
        bail!(there_already(arguments.kind, &twin, registry));
    }
    let text = draft.text()?;
    let likely = draft.id();
    let id = match (&arguments.id, terminal) {
        (Some(id), _) => id.clone(),
        (None, Some(terminal)) => ask_id(&likely, lang, terminal, &|id| draft.usable(id).err())?,
        (None, None) if likely.is_empty() => bail!(say!(
            nn: "ingen id følgjer av det som er sagt; nemn ein med --id",
            nb: "ingen id følger av det som er sagt; nevn en med --id",
            en: "no id follows from what is given; name one with --id",
        )),
        (None, None) => likely,
    };
    let path = draft.folder(folder)?.join(format!("{id}.toml"));
    let mut new = writing::Draft::new(&loaded, lang);
    new.changes.set(&path, None, text.into_bytes());
    let mut done = new.finish(arguments.writing, context)?;
    if done.changes.is_some() {
        let record = format!("lmnet {} show {id}", arguments.kind.word());
        done.talk += &say!(lang, nn: "lmnet: sjå posten med {record}\n", nb: "lmnet: se posten med {record}\n", en: "lmnet: see the record with {record}\n");
    }
    Ok(done)
}

/// That there is such a record already.
fn there_already(kind: Kind, twin: &Twin, registry: &Registry) -> Said {
    let path = format!("{}/{}", kind.word(), twin.id);
    let Twin { label: Label { nn, nb, en }, whose, year, .. } = twin;
    let whose = |lang: Lang| Names { registry, lang }.short(whose);
    let (of_nn, of_nb, of_en) = (whose(Lang::Nn), whose(Lang::Nb), whose(Lang::En));
    say!(
        nn: "{path} er alt {nn} for {year} frå {of_nn}; endre den posten med «lmnet set {path}», eller lag ein til med --force",
        nb: "{path} er allerede {nb} for {year} fra {of_nb}; endre den posten med «lmnet set {path}», eller lag en til med --force",
        en: "{path} is the {en} of {of_en} for {year} already; change that record with \"lmnet set {path}\", or make another one with --force",
    )
}

/// Asks for each key that is not given, one after the other, since what is likely follows from what was said.
fn ask_for_rest(draft: &mut Draft<'_>, kind: Kind, lang: Lang, terminal: Ask) -> anyhow::Result<()> {
    let fields = fields_of_kind(kind);
    let mut asked: Vec<&str> = Vec::new();
    loop {
        let Some(question) = draft.questions().into_iter().find(|question| !asked.contains(&question.key)) else {
            return Ok(());
        };
        asked.push(question.key);
        let choices = draft.choices(&question.shape, lang);
        let refuses = |values: &[String]| {
            let (fields, key) = match question.key.split_once('.') {
                Some((list, key)) => {
                    (fields.iter().find(|field| field.key == list).and_then(|field| field.shape.fields())?, key)
                }
                None => (fields.clone(), question.key),
            };
            edited("", &fields, &[Edit { key: key.to_owned(), to: Some(values.to_vec()) }]).err()
        };
        let values = ask(&question, &choices, lang, terminal, &refuses)?;
        if !values.is_empty() {
            draft.add(Edit { key: question.key.to_owned(), to: Some(values) });
        }
    }
}

/// That nothing is missing, where nobody can be asked.
fn must_be_whole(draft: &Draft<'_>, lang: Lang) -> anyhow::Result<()> {
    let missing: Vec<&str> =
        draft.questions().into_iter().filter(|question| question.required).map(|question| question.key).collect();
    if missing.is_empty() {
        return Ok(());
    }
    let missing = missing.join(", ");
    let flags = missing.split(", ").map(|key| format!("--set {key}=…")).collect::<Vec<_>>().join(" ");
    bail!(say!(lang,
        nn: "dette manglar, og ingen kan spørjast her: {missing}; legg til {flags}",
        nb: "dette mangler, og ingen kan spørres her: {missing}; legg til {flags}",
        en: "this is missing, and nobody can be asked here: {missing}; add {flags}",
    ))
}
