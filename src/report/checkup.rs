//! What is in force in a registry, and what its files are like: for whoever wonders why lmnet does what it does.

mod nowhere;

use std::collections::BTreeMap;

pub use nowhere::Nowhere;
use serde::Serialize;

use crate::document::Document;
use crate::lang::{Lang, Said};
use crate::model::{Kind, Level, Manifest, SemesterStarts};
use crate::registry::{ManifestRead, Registry, for_each_kind};
use crate::rules;
use crate::say;

/// Where a setting comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Origin {
    /// An option.
    CommandLine,
    /// A variable of the environment.
    Environment,
    /// `lmnet.toml`.
    Manifest,
    /// The clock.
    Clock,
    /// The folders from the working directory upwards.
    Folders,
    /// Nobody said anything else.
    Usual,
}

/// A setting, and where it comes from.
#[derive(Clone, Debug, Serialize)]
pub struct Setting {
    /// What holds.
    pub value: String,
    /// Since who said so.
    pub from: Origin,
}

/// What is in force, and the state of the files.
#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Checkup {
    /// `lmnet-doctor`.
    pub schema: &'static str,
    /// The version of the schema.
    pub version: u32,
    /// The version of the program.
    pub lmnet: &'static str,
    /// The folder of the registry.
    pub registry: Setting,
    /// The day that counts as today.
    pub today: Setting,
    /// The language of output.
    pub language: Setting,
    /// First days of spring and autumn.
    pub semesters: Setting,
    /// Participant counts from 1 to below this are hidden in public.
    pub suppress_below: Setting,
    /// How much of the manifest could be read: `whole`, `partly`, `missing`, `other-format`.
    pub manifest: &'static str,
    /// The state of the folder in git; nothing where it is in none, or nothing was committed.
    pub git: Option<Git>,
    /// How many records of each kind.
    pub records: BTreeMap<&'static str, usize>,
    /// What the files are like.
    pub files: Files,
    /// Rules with another severity than their own.
    pub rules: BTreeMap<&'static str, &'static str>,
    /// How many exceptions from each rule stand in records.
    pub waived: BTreeMap<String, usize>,
}

/// The state of the registry's folder in git.
#[derive(Debug, Serialize)]
pub struct Git {
    /// The id of its tree at the commit that is checked out.
    pub tree: String,
    /// Whether there are changes that are not committed.
    pub changed: bool,
}

/// What the files of a registry are like.
#[derive(Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Files {
    /// How many were met.
    pub all: usize,
    /// Their size together, in bytes.
    pub bytes: u64,
    /// Those that are not UTF-8.
    pub not_utf8: usize,
    /// Those that begin with a byte order mark.
    pub byte_order_mark: usize,
    /// Those in which lines end as on Windows.
    pub windows_line_ends: usize,
    /// Those that could not be opened.
    pub unreadable: usize,
}

/// What only the command line and the environment know.
#[derive(Debug)]
pub struct Given {
    /// The folder of the registry.
    pub registry: Setting,
    /// The day that counts as today.
    pub today: Setting,
    /// The language, unless the manifest says it.
    pub language: Option<(Lang, Origin)>,
}

/// Looks at a registry.
#[must_use]
pub fn checkup(registry: &Registry, given: Given) -> Checkup {
    let manifest = &registry.manifest;
    let (language, from) = given.language.unwrap_or_else(|| match manifest.language {
        Some(language) => (language.into(), Origin::Manifest),
        None => (Lang::default(), Origin::Usual),
    });
    let said = |is_said: bool| if is_said { Origin::Manifest } else { Origin::Usual };
    let semesters = registry.semesters();
    let named = |one: fn(&SemesterStarts) -> bool| manifest.semesters.as_ref().is_some_and(one);
    let limit = manifest.publish.as_ref().and_then(|publish| publish.suppress_below);
    Checkup {
        schema: "lmnet-doctor",
        version: 1,
        lmnet: env!("CARGO_PKG_VERSION"),
        registry: given.registry,
        today: given.today,
        language: Setting { value: language.code().to_owned(), from },
        semesters: Setting {
            value: format!("{} / {}", semesters.spring, semesters.autumn),
            from: said(named(|starts| starts.spring.is_some() || starts.autumn.is_some())),
        },
        suppress_below: Setting { value: registry.suppress_below().to_string(), from: said(limit.is_some()) },
        manifest: match registry.manifest_read() {
            ManifestRead::Missing => "missing",
            ManifestRead::Whole => "whole",
            ManifestRead::Partly => "partly",
            ManifestRead::OtherFormat => "other-format",
        },
        git: registry.tree().map(|tree| Git { tree: tree.id, changed: tree.changed }),
        records: Kind::ALL.iter().map(|kind| (kind.word(), registry.count(*kind))).collect(),
        files: files(registry),
        rules: levels(manifest),
        waived: waived(registry),
    }
}

fn files(registry: &Registry) -> Files {
    let mut files = Files::default();
    for (file, _) in registry.files() {
        files.all += 1;
        let Some(bytes) = registry.bytes_again(file) else {
            files.unreadable += 1;
            continue;
        };
        files.bytes += bytes.len() as u64;
        files.not_utf8 += usize::from(std::str::from_utf8(&bytes).is_err());
        files.byte_order_mark += usize::from(bytes.starts_with("\u{feff}".as_bytes()));
        files.windows_line_ends += usize::from(memchr::memmem::find(&bytes, b"\r\n").is_some());
    }
    files
}

/// The rules whose severity the manifest changes.
fn levels(manifest: &Manifest) -> BTreeMap<&'static str, &'static str> {
    let own = |id: &str| rules::find(id).map(|rule| rule.severity.code());
    let changed = manifest.rules.0.iter().filter(|(id, level)| own(id) != Some(level.word()));
    changed.map(|(id, level)| (*id, level.word())).collect()
}

fn waived(registry: &Registry) -> BTreeMap<String, usize> {
    use crate::model::Record as _;
    let mut waived = BTreeMap::new();
    macro_rules! count {
        ($($type:ident $table:ident,)*) => {
            $( for waiver in registry.$table.iter().flat_map(|entry| entry.remarks().waive) {
                *waived.entry(waiver.rule.to_string()).or_default() += 1;
            } )*
        };
    }
    for_each_kind!(count);
    waived
}

impl Origin {
    fn words(self) -> Said {
        match self {
            Self::CommandLine => say!(nn: "kommandolinja", nb: "kommandolinjen", en: "the command line"),
            Self::Environment => say!(nn: "miljøvariabel", nb: "miljøvariabel", en: "the environment"),
            Self::Manifest => say!(nn: "lmnet.toml", nb: "lmnet.toml", en: "lmnet.toml"),
            Self::Clock => say!(nn: "klokka", nb: "klokken", en: "the clock"),
            Self::Folders => {
                say!(nn: "funne herifrå og oppover", nb: "funnet herfra og oppover", en: "found from here upwards")
            }
            Self::Usual => say!(nn: "det vanlege", nb: "det vanlige", en: "the usual"),
        }
    }
}

impl Setting {
    fn as_today(&self, lang: Lang) -> String {
        self.line(say!(nn: "Dagen i dag", nb: "Dagen i dag", en: "Today"), lang)
    }

    fn as_language(&self, lang: Lang) -> String {
        self.line(say!(nn: "Språk", nb: "Språk", en: "Language"), lang)
    }

    fn line(&self, what: Said, lang: Lang) -> String {
        format!("{}: {} ({})", what.get(lang), self.value, self.from.words().get(lang))
    }
}

impl Checkup {
    /// For people.
    #[must_use]
    pub fn document(&self, lang: Lang) -> Document {
        let mut document = Document::new(lang);
        document.heading(1, format!("lmnet {}", self.lmnet));
        document.heading(2, say!(lang, nn: "Det som gjeld", nb: "Det som gjelder", en: "What is in force"));
        document.list(vec![
            self.registry.line(say!(nn: "Registeret", nb: "Registeret", en: "Registry"), lang),
            self.today.as_today(lang),
            self.language.as_language(lang),
            self.semesters.line(
                say!(nn: "Fyrste dag i vår- og haustsemesteret", nb: "Første dag i vår- og høstsemesteret", en: "First days of spring and autumn semester"),
                lang,
            ),
            self.suppress_below.line(
                say!(
                    nn: "Deltakartal under dette blir skjerma", nb: "Deltakertall under dette skjermes",
                    en: "Numbers of participants below this are hidden",
                ),
                lang,
            ),
        ]);
        document.heading(2, "Git");
        document.paragraph(self.git_words(lang));
        document.heading(2, say!(lang, nn: "Filer", nb: "Filer", en: "Files"));
        document.list(self.file_lines(lang));
        document.heading(
            2,
            say!(lang,
                nn: "Slått av eller endra", nb: "Slått av eller endret", en: "Switched off or changed",
            ),
        );
        document.list(self.changed_lines(lang));
        document
    }

    fn git_words(&self, lang: Lang) -> String {
        match &self.git {
            None => say!(lang,
                nn: "Ikkje i git, eller ingenting er lagra der enno: «check --since» og «diff» har ingenting å samanlikne med.",
                nb: "Ikke i git, eller ingenting er lagret der ennå: «check --since» og «diff» har ingenting å sammenligne med.",
                en: "Not in git, or nothing is committed yet: \"check --since\" and \"diff\" have nothing to compare with.",
            ),
            Some(Git { tree, changed: false }) => say!(lang,
                nn: "Git-tre {tree}, utan endringar.", nb: "Git-tre {tree}, uten endringer.", en: "Git tree {tree}, without changes.",
            ),
            Some(Git { tree, changed: true }) => say!(lang,
                nn: "Git-tre {tree}, med endringar som ikkje er lagra i git.",
                nb: "Git-tre {tree}, med endringer som ikke er lagret i git.",
                en: "Git tree {tree}, with changes that are not committed.",
            ),
        }
    }

    fn file_lines(&self, lang: Lang) -> Vec<String> {
        let Files { all, bytes, not_utf8, byte_order_mark, windows_line_ends, unreadable } = self.files;
        let kinds: Vec<String> = Kind::ALL
            .iter()
            .filter_map(|kind| self.records.get(kind.word()).map(|count| (kind, count)))
            .filter(|(_, count)| **count > 0)
            .map(|(kind, count)| format!("{} {count}", kind.label().get(lang)))
            .collect();
        let (records, kinds) = (self.records.values().sum::<usize>(), kinds.join(", "));
        let kib = bytes.div_ceil(1024);
        let kinds = if kinds.is_empty() { kinds } else { format!(" ({kinds})") };
        let mut lines = vec![
            say!(lang,
                nn: "Postar: {records}{kinds}", nb: "Poster: {records}{kinds}", en: "Records: {records}{kinds}",
            ),
            say!(lang, nn: "Filer: {all}, {kib} KiB", nb: "Filer: {all}, {kib} KiB", en: "Files: {all}, {kib} KiB"),
        ];
        let manifest = match self.manifest {
            "missing" => Some(say!(lang,
                nn: "lmnet.toml manglar; «lmnet init» lagar henne",
                nb: "lmnet.toml mangler; «lmnet init» lager den",
                en: "lmnet.toml is missing; \"lmnet init\" makes it",
            )),
            "partly" => Some(say!(lang,
                nn: "lmnet.toml kunne ikkje lesast heil", nb: "lmnet.toml kunne ikke leses hel", en: "lmnet.toml could not be read whole",
            )),
            "other-format" => Some(say!(lang,
                nn: "lmnet.toml er i eit format som denne utgåva ikkje kjenner, så ingen post er lesen",
                nb: "lmnet.toml er i et format som denne utgaven ikke kjenner, så ingen post er lest",
                en: "lmnet.toml is in a format that this version does not know, so that no record was read",
            )),
            _ => None,
        };
        lines.extend(manifest);
        for (count, what) in [
            (not_utf8, say!(nn: "ikkje UTF-8", nb: "ikke UTF-8", en: "not UTF-8")),
            (byte_order_mark, say!(nn: "med byte order mark", nb: "med byte order mark", en: "with a byte order mark")),
            (
                windows_line_ends,
                say!(nn: "med Windows-linjeslutt", nb: "med Windows-linjeslutt", en: "with Windows line ends"),
            ),
            (unreadable, say!(nn: "som ikkje kan opnast", nb: "som ikke kan åpnes", en: "that cannot be opened")),
        ] {
            if count > 0 {
                let what = what.get(lang);
                lines.push(
                    say!(lang, nn: "Filer {what}: {count}", nb: "Filer {what}: {count}", en: "Files {what}: {count}"),
                );
            }
        }
        lines
    }

    fn changed_lines(&self, lang: Lang) -> Vec<String> {
        let level = |word: &str| Level::from_word(word).map_or(word, |level| level.label().get(lang)).to_owned();
        let mut lines: Vec<String> = self.rules.iter().map(|(rule, word)| format!("{rule}: {}", level(word))).collect();
        lines.extend(self.waived.iter().map(|(rule, count)| {
            say!(lang,
                nn: "{rule}: unntak i postar: {count}", nb: "{rule}: unntak i poster: {count}", en: "{rule}: exceptions in records: {count}",
            )
        }));
        if lines.is_empty() {
            lines.push(say!(lang, nn: "Ingenting.", nb: "Ingenting.", en: "Nothing."));
        }
        lines
    }
}
