//! Severities of rules on the command line. They win over the manifest's, and of several for one rule the last wins.

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Arg, ArgAction, ArgMatches, Args, Command, FromArgMatches, ValueEnum};

use crate::diagnostic::Severity;
use crate::model::{Level, Manifest};
use crate::rules;

/// The options, each with its letter, what it makes of a rule, and its help.
const OPTIONS: [(&str, char, Level, &str); 4] = [
    ("allow", 'A', Level::Off, "Switch a rule off"),
    ("note", 'N', Level::Note, "Make findings of a rule notes"),
    ("warn", 'W', Level::Warning, "Make findings of a rule warnings"),
    ("deny", 'D', Level::Error, "Make findings of a rule errors"),
];

/// What the options say of rules, in the order in which they stand.
#[derive(Clone, Debug, Default)]
pub(super) struct Levels(Vec<(&'static str, Level)>);

impl Levels {
    /// Puts the levels in the place of what the manifest says.
    pub(super) fn apply(&self, manifest: &mut Manifest) {
        for (rule, level) in &self.0 {
            manifest.rules.0.retain(|(known, _)| known != rule);
            manifest.rules.0.push((rule, *level));
        }
    }
}

/// A rule whose level can be set.
fn settable(id: String) -> Result<String, String> {
    match rules::find(&id).is_some_and(|rule| rule.protected) {
        true => Err(format!("the rule holds in every registry and cannot be set; see lmnet explain {id}")),
        false => Ok(id),
    }
}

impl Args for Levels {
    fn augment_args(command: Command) -> Command {
        OPTIONS.iter().fold(command, |command, (name, letter, _, help)| {
            let rules = PossibleValuesParser::new(rules::ALL.iter().map(|rule| rule.id)).try_map(settable);
            let option = Arg::new(*name).long(*name).short(*letter).value_name("RULE").help(*help);
            command.arg(option.action(ArgAction::Append).value_parser(rules).hide_possible_values(true))
        })
    }

    fn augment_args_for_update(command: Command) -> Command {
        Self::augment_args(command)
    }
}

impl FromArgMatches for Levels {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, clap::Error> {
        let mut given = Vec::new();
        for (name, _, level, _) in OPTIONS {
            let places = matches.indices_of(name).into_iter().flatten();
            let ids = matches.get_many::<String>(name).into_iter().flatten();
            let known = ids.filter_map(|id| rules::find(id)).map(|rule| (rule.id, level));
            given.extend(places.zip(known));
        }
        given.sort_by_key(|(place, _)| *place);
        Ok(Self(given.into_iter().map(|(_, level)| level).collect()))
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
        *self = Self::from_arg_matches(matches)?;
        Ok(())
    }
}

/// From which severity on findings make the command fail.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum FailOn {
    /// Errors
    Error,
    /// Errors and warnings
    Warning,
    /// Whatever is found
    Note,
    /// Nothing
    Never,
}

impl FailOn {
    /// The least severity that fails; nothing if none does.
    pub(super) fn least(self) -> Option<Severity> {
        match self {
            Self::Error => Some(Severity::Error),
            Self::Warning => Some(Severity::Warning),
            Self::Note => Some(Severity::Note),
            Self::Never => None,
        }
    }
}
