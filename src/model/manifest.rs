//! `lmnet.toml`: what holds for the whole registry.

use crate::date::{MonthDay, Semesters};
use crate::lang::{Lang, Text};
use crate::read::{Duration, Field, FieldInfo, Id, List, Reader, Shape};
use crate::rules::Page;
use crate::{record, words};

words! {
    /// A language for output.
    pub enum OutputLanguage {
        Nn = "nn", "nynorsk", "nynorsk", "Nynorsk";
        Nb = "nb", "bokmål", "bokmål", "Bokmål";
        En = "en", "engelsk", "engelsk", "English";
    }
}

impl From<OutputLanguage> for Lang {
    fn from(language: OutputLanguage) -> Self {
        match language {
            OutputLanguage::Nn => Self::Nn,
            OutputLanguage::Nb => Self::Nb,
            OutputLanguage::En => Self::En,
        }
    }
}

record! {
    /// The manifest.
    pub struct Manifest {
        /// The version of the format; 1.
        format: u32,
        /// What the registry is called.
        title: Option<Text>,
        /// Default language of output; a network may have its own.
        language: Option<OutputLanguage>,
        /// First days of the semesters.
        semesters: Option<SemesterStarts>,
        /// How long it holds that somebody looked and a record was still true; for ever, unless given.
        verified_for: Option<Duration>,
        /// What published output hides.
        publish: Option<Publish>,
        /// What stands above and below messages that are sent.
        messages: Option<Messages>,
        /// Severity per rule: error, warning, note or off.
        rules: RuleSettings,
        /// The conditions that offerings are about.
        condition: List<ConditionEntry>,
    }
}

/// The newest format that this program reads.
pub const FORMAT: u32 = 1;

record! {
    /// First days of the semesters, as month and day.
    pub struct SemesterStarts {
        /// First day of spring; 01-01 unless given.
        spring: Option<MonthDay>,
        /// First day of autumn; 08-01 unless given.
        autumn: Option<MonthDay>,
    }
}

impl SemesterStarts {
    /// The semesters, with the usual limits where none are given.
    #[must_use]
    pub fn semesters(&self) -> Semesters {
        let usual = Semesters::default();
        Semesters { spring: self.spring.unwrap_or(usual.spring), autumn: self.autumn.unwrap_or(usual.autumn) }
    }
}

record! {
    /// Rules for published output.
    pub struct Publish {
        /// Participant counts from 1 to below this are hidden; 5 unless given, 0 hides none.
        suppress_below: Option<u32>,
    }
}

record! {
    /// What stands above and below messages to those who owe something (`lmnet nag`).
    pub struct Messages {
        /// The first line; a short greeting, unless given.
        greeting: Option<Text>,
        /// The last lines: who writes, and where to answer.
        signature: Option<Text>,
    }
}

record! {
    /// A condition, or group of conditions.
    pub struct ConditionEntry {
        /// Its id, as offerings name it.
        id: Id,
        /// What people call it.
        title: Text,
        /// Other words for it, for searches.
        also: List<Box<str>>,
    }
}

words! {
    /// How much a rule matters in this registry.
    pub enum Level {
        Error = "error", "feil", "feil", "error";
        Warning = "warning", "åtvaring", "advarsel", "warning";
        Note = "note", "merknad", "merknad", "note";
        Off = "off", "av", "av", "off";
    }
}

/// Severity per rule; rules that are not named keep their own.
#[derive(Clone, Debug, Default)]
pub struct RuleSettings(pub Vec<(&'static str, Level)>);

impl serde::Serialize for RuleSettings {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(rule, level)| (rule, level)))
    }
}

impl Field for RuleSettings {
    const OPTIONAL: bool = true;

    fn read(item: &toml_spanner::Item<'_>, cx: &mut Reader<'_>) -> Option<Self> {
        let Some(table) = item.as_table() else { return cx.wrong_type(item, &Self::shape()) };
        let ids = crate::read::keys_of(&rule_fields());
        let mut settings = Vec::new();
        for (key, item) in table {
            match ids.iter().find(|id| **id == key.name) {
                Some(id) => settings.extend(cx.field::<Level>(id, item).map(|level| (*id, level))),
                None => cx.unknown(key, table, &ids),
            }
        }
        Some(Self(settings))
    }

    fn shape() -> Shape {
        Shape::Settings(rule_fields)
    }

    fn is_unset(&self) -> bool {
        self.0.is_empty()
    }
}

fn rule_fields() -> Vec<FieldInfo> {
    let doc = |rule| Page::of(rule).why(Lang::En);
    crate::rules::ALL
        .iter()
        .map(|rule| FieldInfo {
            key: rule.id,
            doc: doc(rule),
            required: false,
            parts: Level::PARTS,
            shape: Level::shape(),
        })
        .collect()
}
