//! What commands ask of the command line and the world: the day, the language, the format, and the registry, loaded.

use std::mem::ManuallyDrop;
use std::path::{Path, PathBuf};

use anyhow::bail;
use clap::ValueEnum;
use serde_json::Value;

use super::{Cli, Colour, LangChoice, World, day};
use crate::date::Date;
use crate::diagnostic::{Diagnostic, Severity};
use crate::document::Document;
use crate::lang::{Lang, Said};
use crate::mandate::wording::some_of;
use crate::model;
use crate::registry::{Entry, LARGEST, MANIFEST, Registry, handed_in, record_of};
use crate::say;

/// What commands ask of the command line and the world.
pub(super) struct Context<'a> {
    pub(super) cli: &'a Cli,
    pub(super) world: &'a World,
}

impl Context<'_> {
    /// The day that counts as today.
    pub(super) fn today(&self) -> anyhow::Result<Date> {
        if let Some(day) = self.cli.today {
            return Ok(day);
        }
        match (self.world.variable)("LMNET_TODAY") {
            Some(text) => Ok(day(&text).map_err(|error| {
                say!(
                    nn: "LMNET_TODAY: «{text}» er ingen dato som 2026-11-30 eller 30.11.2026",
                    nb: "LMNET_TODAY: «{text}» er ingen dato som 2026-11-30 eller 30.11.2026",
                    en: "LMNET_TODAY: '{text}' {error}",
                )
            })?),
            None => Ok(self.world.today),
        }
    }

    /// The language asked for, on the command line or in the environment.
    pub(super) fn asked(&self) -> anyhow::Result<Option<Lang>> {
        if let Some(choice) = self.cli.lang {
            return Ok(Some(match choice {
                LangChoice::Nn => Lang::Nn,
                LangChoice::Nb => Lang::Nb,
                LangChoice::En => Lang::En,
            }));
        }
        let Some(code) = (self.world.variable)("LMNET_LANG") else { return Ok(None) };
        let lang = Lang::from_code(&code).ok_or_else(|| {
            say!(
                nn: "LMNET_LANG: «{code}» er ikkje nn, nb eller en",
                nb: "LMNET_LANG: «{code}» er ikke nn, nb eller en",
                en: "LMNET_LANG: '{code}' is none of nn, nb, en",
            )
        })?;
        Ok(Some(lang))
    }

    /// The language of what concerns the whole registry.
    pub(super) fn lang(&self, registry: &Registry) -> anyhow::Result<Lang> {
        Ok(self.asked()?.or(registry.manifest.language.map(Lang::from)).unwrap_or_default())
    }

    /// The language of what concerns a network, or the whole registry where there is none.
    pub(super) fn lang_of(&self, registry: &Registry, network: Option<&Entry<model::Network>>) -> anyhow::Result<Lang> {
        match (self.asked()?, network.and_then(|network| network.language)) {
            (None, Some(language)) => Ok(language.into()),
            _ => self.lang(registry),
        }
    }

    /// The root folder of the registry.
    pub(super) fn root(&self) -> anyhow::Result<PathBuf> {
        let folder = &self.world.folder;
        match &self.cli.registry {
            Some(root) => {
                let root = folder.join(root);
                if !root.is_dir() {
                    let root = root.display();
                    bail!(say!(
                        nn: "{root}: det finst inga slik mappe",
                        nb: "{root}: det finnes ingen slik mappe",
                        en: "{root}: there is no such folder",
                    ));
                }
                Ok(root)
            }
            None => Ok(Registry::find(folder).ok_or_else(|| no_registry(folder))?),
        }
    }

    /// The language of the registry, if there is one, whatever else it says.
    pub(super) fn language_of_manifest(&self) -> Option<Lang> {
        let bytes = handed_in(&self.root().ok()?.join(MANIFEST), LARGEST).ok()?;
        Registry::from_texts([(MANIFEST.into(), bytes)]).manifest.language.map(Lang::from)
    }

    /// How wide tables may be; as wide as they need where the result goes to a file or another program.
    pub(super) fn width(&self) -> Option<usize> {
        self.world.width.filter(|_| self.world.terminal && self.cli.output.is_none())
    }

    /// The registry, and what to print before the paths of its files.
    pub(super) fn load(&self) -> anyhow::Result<Loaded> {
        let root = self.root()?;
        let registry = ManuallyDrop::new(Registry::load(&root));
        Ok(Loaded { registry, root })
    }

    /// The registry as far as it could be read whole.
    pub(super) fn load_readable(&self) -> anyhow::Result<Readable> {
        let mut loaded = self.load()?;
        let left_out = loaded.registry.leave_out_broken();
        Ok(Readable { registry: loaded.registry, left_out })
    }

    /// The registry without errors: what half a registry says is worse than nothing.
    pub(super) fn load_sound(&self) -> anyhow::Result<Readable> {
        let loaded = self.load()?;
        let lang = self.lang(&loaded.registry)?;
        let errors = crate::check::run(&loaded.registry).count(Severity::Error);
        if errors > 0 {
            let message = say!(lang,
                nn: "ingenting er laga, for registeret har feil ({errors}), og tal frå eit halvt register er verre enn ingen; «lmnet check» viser feila",
                nb: "ingenting er laget, for registeret har feil ({errors}), og tall fra et halvt register er verre enn ingen; «lmnet check» viser feilene",
                en: "nothing was made: the registry has errors ({errors}), and figures from half a registry are worse than none; \"lmnet check\" shows the errors",
            );
            bail!(message);
        }
        Ok(Readable { registry: loaded.registry, left_out: Vec::new() })
    }

    /// Whether the result may hold links: on a terminal of this machine, unless it is to be plain.
    pub(super) fn links(&self) -> bool {
        let plain = matches!(self.cli.color, Colour::Never) || (self.world.variable)("TERM").as_deref() == Some("dumb");
        // From another machine, a link would lead to a file of the same name on the reader's own.
        let elsewhere = (self.world.variable)("SSH_CONNECTION").is_some();
        self.world.terminal && self.cli.output.is_none() && !plain && !elsewhere
    }

    /// The ending of the output file.
    pub(super) fn ending(&self) -> Option<&str> {
        self.cli.output.as_ref()?.extension()?.to_str()
    }

    /// The format asked for, by `--format` or by the ending of the output file.
    pub(super) fn format<F: ValueEnum>(&self, asked: Option<F>, default: F) -> anyhow::Result<F> {
        let ending = self.ending();
        let by_ending = ending.and_then(|ending| F::from_str(ending, true).ok());
        if let (Some(ending), None, None) = (ending, by_ending.as_ref(), asked.as_ref()) {
            let known: Vec<String> = F::value_variants()
                .iter()
                .filter_map(|format| format.to_possible_value().map(|value| value.get_name().to_owned()))
                .collect();
            let known = known.join(", ");
            bail!(say!(
                nn: "det finst ikkje noko format for endinga .{ending}; nemn eit med --format: {known}",
                nb: "det finnes ikke noe format for endelsen .{ending}; nevn et med --format: {known}",
                en: "there is no format for the ending .{ending}; name one with --format: {known}",
            ));
        }
        match (asked, by_ending) {
            (Some(asked), Some(by_ending)) => {
                let name = |format: &F| format.to_possible_value().map(|value| value.get_name().to_owned());
                if name(&asked) != name(&by_ending) {
                    let ending = ending.unwrap_or_default();
                    let asked = name(&asked).unwrap_or_default();
                    bail!(say!(
                        nn: "--format {asked} og endinga .{ending} seier ikkje det same",
                        nb: "--format {asked} og endelsen .{ending} sier ikke det samme",
                        en: "--format {asked} and the ending .{ending} do not agree",
                    ));
                }
                Ok(asked)
            }
            (Some(format), None) | (None, Some(format)) => Ok(format),
            (None, None) => Ok(default),
        }
    }
}

/// More records left out than these are counted rather than named.
const NAMED: usize = 5;

/// A registry without the records that could not be read whole: nothing stands in for what is not known.
pub(super) struct Readable {
    pub(super) registry: ManuallyDrop<Registry>,
    /// What was left out, by kind and id.
    pub(super) left_out: Vec<(model::Kind, Box<str>)>,
}

impl Readable {
    /// Whether nothing in the registry was left unread. What only stands where it should not is read.
    pub(super) fn is_whole(&self) -> bool {
        let is_error = |problem: &Diagnostic| problem.rule.severity == Severity::Error;
        self.left_out.is_empty() && !self.registry.problems.iter().any(is_error)
    }

    pub(super) fn is_left_out(&self, kind: model::Kind, id: &str) -> bool {
        self.left_out.iter().any(|(of, left_out)| *of == kind && **left_out == *id)
    }

    /// What was left out, as paths such as `meetings/x`.
    pub(super) fn left_out(&self) -> Vec<String> {
        self.left_out.iter().map(|(kind, id)| format!("{}/{id}", kind.word())).collect()
    }

    /// A result for machines, with what was left out of it.
    pub(super) fn machine(&self, mut value: Value) -> Value {
        if let Value::Object(map) = &mut value {
            map.insert("left-out".to_owned(), self.left_out().into());
        }
        value
    }

    /// That something was left out of a document, as its last line; nothing where all could be read.
    pub(super) fn remark(&self, lang: Lang) -> Document {
        let mut document = Document::new(lang);
        let left_out = self.left_out();
        if left_out.is_empty() {
            return document;
        }
        let (count, some) = (left_out.len(), some_of(&left_out, NAMED, lang));
        document.paragraph(match count {
            1 => say!(lang,
                nn: "1 post kunne ikkje lesast og er ikkje med her: {some}. «lmnet check» viser kvifor.",
                nb: "1 post kunne ikke leses og er ikke med her: {some}. «lmnet check» viser hvorfor.",
                en: "1 record could not be read and is left out here: {some}. “lmnet check” shows why.",
            ),
            _ => say!(lang,
                nn: "{count} postar kunne ikkje lesast og er ikkje med her: {some}. «lmnet check» viser kvifor.",
                nb: "{count} poster kunne ikke leses og er ikke med her: {some}. «lmnet check» viser hvorfor.",
                en: "{count} records could not be read and are left out here: {some}. “lmnet check” shows why.",
            ),
        });
        document
    }
}

/// A registry with the folder that it was read from.
pub(super) struct Loaded {
    /// Never taken apart: the program ends when the command does, and freeing every record would only cost time.
    pub(super) registry: ManuallyDrop<Registry>,
    pub(super) root: PathBuf,
}

impl Loaded {
    /// A file of which no record could be read at all.
    pub(super) fn unread(&self) -> Option<String> {
        let is_unread = |path: &String| {
            record_of(path)
                .and_then(|record| {
                    let (kind, id) = record.split_once('/')?;
                    Some(self.registry.pointed(model::Kind::from_word(kind)?, id).is_none())
                })
                .unwrap_or(false)
        };
        self.registry.files().map(|(_, path)| path).find(is_unread)
    }

    /// What machine formats print before the paths of files: the way from the root of the git repository.
    pub(super) fn git_prefix(&self) -> String {
        let Ok(root) = self.root.canonicalize() else { return String::new() };
        let git = Registry::git_root(&root);
        prefix(git.as_deref().and_then(|git| root.strip_prefix(git).ok()))
    }

    /// What people see before the paths of files: the way from where they are, if that is above the registry or within it.
    pub(super) fn near_prefix(&self, folder: &Path) -> String {
        match folder.strip_prefix(&self.root) {
            Ok(within) => "../".repeat(within.components().count()),
            Err(_) => prefix(self.root.strip_prefix(folder).ok().or(Some(&self.root))),
        }
    }
}

/// A list shows what could be read; that something could not is said beside it.
pub(super) fn unsound(loaded: &Readable, lang: Lang) -> String {
    if loaded.is_whole() {
        return String::new();
    }
    let left_out = loaded.left_out.len();
    let line = say!(lang,
        nn: "lmnet: noko i registeret kunne ikkje lesast (postar som er utelatne: {left_out}); «lmnet check» viser kva",
        nb: "lmnet: noe i registeret kunne ikke leses (poster som er utelatt: {left_out}); «lmnet check» viser hva",
        en: "lmnet: something in the registry could not be read (records left out: {left_out}); \"lmnet check\" shows what",
    );
    line + "\n"
}

/// That no registry was found, and where it was looked for.
fn no_registry(folder: &Path) -> Said {
    let folder = folder.display();
    say!(
        nn: "fann ikkje noko register: korkje lmnet.toml eller registry/lmnet.toml i {folder} eller over, opp til rota av git-depotet; nemn mappa med --registry MAPPE",
        nb: "fant ikke noe register: verken lmnet.toml eller registry/lmnet.toml i {folder} eller over, opp til roten av git-depotet; nevn mappen med --registry MAPPE",
        en: "no registry found: neither lmnet.toml nor registry/lmnet.toml in {folder} or above it, up to the root of the git repository; name its folder with --registry DIR",
    )
}

fn prefix(folder: Option<&Path>) -> String {
    let parts: Vec<_> =
        folder.into_iter().flat_map(Path::iter).map(|part| part.to_string_lossy()).filter(|part| part != ".").collect();
    let joined = parts.join("/").replace("//", "/");
    if joined.is_empty() { joined } else { format!("{joined}/") }
}
