//! `lmnet init`: a new registry.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, anyhow, bail};
use clap::Args;
use clap::builder::{PossibleValuesParser, TypedValueParser};

use super::ask::ask;
use super::{Ask, Context, Done};
use crate::check;
use crate::compose::{Choice, Question};
use crate::lang::{Lang, Said};
use crate::model::OutputLanguage;
use crate::read::Shape;
use crate::registry::{MANIFEST, Registry};
use crate::render::findings::Shown;
use crate::say;
use crate::spelling::shown_path;
use crate::start::{Ci, Start};
use crate::store::ChangeSet;

/// What `init` takes.
#[derive(Debug, Args)]
#[command(
    before_long_help = "\
Examples:
  lmnet init                                    asks for what it needs, and begins a registry in this folder
  lmnet init registry --lang nb --network 'Læring og mestring i Fjordnett'
  lmnet init registry --network 'LM-nettverket' --ci gitlab --no-input",
    after_long_help = "\
Makes lmnet.toml, a folder for each kind of record, the first network, a README in the language, settings for editors with the
schemas of the records, and at the root of the git repository the files for CI. What is there already is left as it is."
)]
pub struct Arguments {
    /// The folder of the registry [default: this one]
    #[arg(value_name = "DIR", default_value = ".", hide_default_value = true)]
    folder: PathBuf,
    /// What the registry is called
    #[arg(long, value_name = "TEXT")]
    title: Option<String>,
    /// What the first network is called
    #[arg(long, value_name = "TEXT")]
    network: Option<String>,
    /// Where changes are checked [default: github]
    #[arg(long, value_parser = ci())]
    ci: Option<Ci>,
    /// Ask nothing, on a terminal either
    #[arg(long)]
    no_input: bool,
}

fn ci() -> impl TypedValueParser<Value = Ci> {
    PossibleValuesParser::new(Ci::WORDS).try_map(|word| Ci::from_word(&word).ok_or("unknown word"))
}

pub(super) fn run(arguments: &Arguments, context: &Context<'_>) -> anyhow::Result<Done> {
    let folder = match &context.cli.registry {
        Some(folder) if arguments.folder == Path::new(".") => folder,
        Some(_) => bail!(say!(
            nn: "--registry og DIR nemner mappa begge to; ta bort det eine",
            nb: "--registry og DIR nevner mappen begge to; ta bort den ene",
            en: "--registry and DIR both name the folder; leave one of them out",
        )),
        None => &arguments.folder,
    };
    let place = Place::new(&context.world.folder, folder, context.asked()?.unwrap_or_default())?;
    let (start, ci) = wanted(arguments, context)?;
    let lang = start.lang;
    let told = |said: Said| anyhow!(said.get(lang).to_owned());
    let mut changes = ChangeSet::default();
    let mut own = ChangeSet::default();
    let mut kept = Vec::new();
    let mut put = |path: PathBuf, text: &str| {
        let is_new = !place.root.join(&path).exists();
        match is_new {
            true => changes.set(&path, None, text.as_bytes().to_vec()),
            false => kept.push(path),
        }
        is_new
    };
    for (path, text) in start.files().map_err(told)? {
        if put(place.within.join(&path), &text) {
            own.set(&path, None, text.into_bytes());
        }
    }
    let within = place.within.strip_prefix(&place.repository).unwrap_or(&place.within).display().to_string();
    for (path, text) in ci.files(&within, lang) {
        put(place.repository.join(path), &text);
    }
    let outcome = place.check(&own);
    let shown = Shown { outcome: &outcome, lang, prefix: &prefix(&place.within) };
    let found = super::writing::excerpts(&shown, context.width(), None);
    let mut talk: String = kept
        .iter()
        .map(|path| {
            let path = shown_path(path);
            say!(lang,
                nn: "lmnet: {path}: finst frå før, og er ikkje rørt\n",
                nb: "lmnet: {path}: finnes fra før, og er ikke rørt\n",
                en: "lmnet: {path}: is there already, and was left as it is\n",
            )
        })
        .collect();
    talk += &next(&start.network_id().map_err(told)?, folder, ci, lang);
    Ok(Done { talk, changes: Some((place.root, changes)), ..Done::with(found) })
}

/// What is to be made: as the command line says, or as somebody answers.
fn wanted(arguments: &Arguments, context: &Context<'_>) -> anyhow::Result<(Start, Ci)> {
    let terminal = context.world.ask.filter(|_| !arguments.no_input);
    let lang = match (context.asked()?, terminal) {
        (Some(lang), _) => lang,
        (None, Some(terminal)) => asked_language(terminal)?,
        (None, None) => Lang::default(),
    };
    let likely = say!(lang,
        nn: "Register for lærings- og meistringsnettverk",
        nb: "Register for lærings- og mestringsnettverk",
        en: "Registry of learning and coping networks",
    );
    let text = |key, given: &Option<String>, likely: Option<String>| match (given, terminal) {
        (Some(given), _) => Ok(given.trim().to_owned()),
        (None, Some(terminal)) => {
            let likely = likely.into_iter().collect();
            let question = Question { key, shape: Shape::Text, required: true, likely, lang: Some(lang) };
            let answer = ask(&question, &[], lang, terminal, &|_| None)?;
            Ok::<_, anyhow::Error>(answer.into_iter().next().unwrap_or_default())
        }
        (None, None) => Ok(likely.unwrap_or_default()),
    };
    let title = text("title", &arguments.title, Some(likely))?;
    let network = text("network", &arguments.network, None)?;
    if network.is_empty() {
        bail!(say!(lang,
            nn: "nettverket må ha eit namn, og ingen kan spørjast her; legg til --network NAMN",
            nb: "nettverket må ha et navn, og ingen kan spørres her; legg til --network NAVN",
            en: "the network must have a name, and nobody can be asked here; add --network NAME",
        ));
    }
    let ci = match (arguments.ci, terminal) {
        (Some(ci), _) => ci,
        (None, Some(terminal)) => asked_ci(lang, terminal)?,
        (None, None) => Ci::GitHub,
    };
    Ok((Start { lang, title, network }, ci))
}

/// In which language somebody wants to go on; each is named in itself.
fn asked_language(terminal: Ask) -> anyhow::Result<Lang> {
    let choices = [("nn", "nynorsk"), ("nb", "bokmål"), ("en", "English")].map(|(word, name)| Choice {
        word: word.to_owned(),
        name: name.to_owned(),
        also: Vec::new(),
    });
    let shape = Shape::Choice(OutputLanguage::WORDS, |_| None);
    let question = Question { key: "language", shape, required: true, likely: vec!["nn".to_owned()], lang: None };
    let answer = ask(&question, &choices, Lang::Nn, terminal, &|_| None)?;
    Ok(answer.first().and_then(|code| Lang::from_code(code)).unwrap_or_default())
}

fn asked_ci(lang: Lang, terminal: Ask) -> anyhow::Result<Ci> {
    let choices: Vec<Choice> = Ci::ALL.iter().map(|ci| Choice::of(ci.word(), Some(ci.label()), lang)).collect();
    let shape = Shape::Choice(Ci::WORDS, |_| None);
    let likely = vec![Ci::GitHub.word().to_owned()];
    let question = Question { key: "CI", shape, required: true, likely, lang: None };
    let answer = ask(&question, &choices, lang, terminal, &|_| None)?;
    Ok(answer.first().and_then(|word| Ci::from_word(word)).unwrap_or(Ci::GitHub))
}

/// Where a new registry is to lie.
struct Place {
    /// The folder below which everything is written, and which is there.
    root: PathBuf,
    /// The way from there to the registry.
    within: PathBuf,
    /// The way from there to where CI looks: the root of the git repository, or of what will be one.
    repository: PathBuf,
}

impl Place {
    fn new(here: &Path, folder: &Path, lang: Lang) -> anyhow::Result<Self> {
        let asked = here.join(folder);
        let there = asked.ancestors().find(|folder| folder.exists()).unwrap_or(here);
        let below = asked.strip_prefix(there).unwrap_or(Path::new(""));
        if !there.is_dir() {
            let there = there.display();
            bail!(say!(lang,
                nn: "{there}: dette er ei fil, inga mappe",
                nb: "{there}: dette er en fil, ingen mappe",
                en: "{there}: this is a file, not a folder",
            ));
        }
        let there = there.canonicalize().with_context(|| there.display().to_string())?;
        let repository = Registry::git_root(&there);
        if let Some(known) = already(&there, repository.as_deref()) {
            let known = known.display();
            bail!(say!(lang,
                nn: "{known}: her ligg det alt eit register; «lmnet new» legg til postar i det",
                nb: "{known}: her ligger det allerede et register; «lmnet new» legger til poster i det",
                en: "{known}: there is a registry already; \"lmnet new\" adds records to it",
            ));
        }
        let registry = there.join(below);
        let from_root = if repository.is_some() { PathBuf::new() } else { below.to_owned() };
        let root = repository.unwrap_or(there);
        let within = registry.strip_prefix(&root).map(Path::to_owned).unwrap_or_default();
        Ok(Self { root, within, repository: from_root })
    }

    /// What is wrong with the registry as it will be, with what lies in its folder already.
    fn check(&self, own: &ChangeSet) -> check::Outcome {
        let folder = self.root.join(&self.within);
        let new = || own.iter().map(|(path, change)| (path.to_owned(), change.after.clone()));
        let registry = if folder.is_dir() { Registry::load_changed(&folder, own) } else { Registry::from_texts(new()) };
        check::run(&registry)
    }
}

/// A registry in which the folder would lie, or that lies in the folder where it is looked for.
fn already(folder: &Path, repository: Option<&Path>) -> Option<PathBuf> {
    let within = folder.ancestors().take_while(|above| repository.is_none_or(|root| above.starts_with(root)));
    let mut all = within.map(Path::to_owned).chain([folder.join("registry")]);
    all.find(|folder| folder.join(MANIFEST).is_file())
}

fn prefix(within: &Path) -> String {
    if within.as_os_str().is_empty() { String::new() } else { format!("{}/", shown_path(within)) }
}

/// What to do next, ending with the command to type.
fn next(network: &str, folder: &Path, ci: Ci, lang: Lang) -> String {
    let folder = folder.display().to_string();
    let before = if ci == Ci::None {
        String::new()
    } else {
        let ci = ci.label().get(lang);
        say!(lang,
            nn: "lmnet: set LMNET_SOURCE og LMNET_VERSION i filene for {ci}, så kontrollen finn lmnet\n",
            nb: "lmnet: sett LMNET_SOURCE og LMNET_VERSION i filene for {ci}, så kontrollen finner lmnet\n",
            en: "lmnet: set LMNET_SOURCE and LMNET_VERSION in the files for {ci}, so that the checks find lmnet\n",
        )
    };
    let plain = folder.chars().all(|char| char.is_alphanumeric() || "/._-".contains(char));
    let go = match &*folder {
        "." => String::new(),
        _ if plain => format!("cd {folder} && "),
        _ => format!("cd '{}' && ", folder.replace('\'', "'\\''")),
    };
    before
        + &say!(lang,
            nn: "lmnet: registeret er klart, med nettverket «{network}». README.md fortel korleis postar ser ut. No treng det partar: lag organisasjonane, og set dei inn med «lmnet set networks/{network} parties ID ID …». Skriv:\n{go}lmnet new organisation\n",
            nb: "lmnet: registeret er klart, med nettverket «{network}». README.md forteller hvordan poster ser ut. Nå trenger det parter: lag organisasjonene, og sett dem inn med «lmnet set networks/{network} parties ID ID …». Skriv:\n{go}lmnet new organisation\n",
            en: "lmnet: the registry is ready, with the network \"{network}\". README.md tells what records look like. Now it needs parties: make the organisations, and enter them with \"lmnet set networks/{network} parties ID ID …\". Type:\n{go}lmnet new organisation\n",
        )
}
