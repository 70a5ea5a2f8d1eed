//! `lmnet set`: the value of a key.

use clap::Args;

use super::named::named;
use super::run::edits;
use super::target::Target;
use super::writing::{Draft, Writing};
use super::{Context, Done};
use crate::edit::{Edit, edited, key_and_value};
use crate::lang::Said;
use crate::say;
use crate::spelling::quoted;

/// What `set` takes.
#[derive(Debug, Args)]
#[command(
    before_long_help = "\
Examples:
  lmnet set offerings/startkurs-diabetes reach regional
  lmnet set offerings/startkurs-diabetes 'run[2025-03-04].patients' 'ca. 12'
  lmnet set offerings/startkurs-diabetes title.nb 'Startkurs for deg med diabetes'
  lmnet set offerings/startkurs-diabetes audience patients relatives
  lmnet set offerings/startkurs-diabetes reach=regional form=group organiser='Helse Ytterkyst HF'
  lmnet set members/kontakt-vagvik 'appointment[0].to' 2026-12-31
  lmnet set organisations/vagvik url --unset
  lmnet set lmnet language nb                             in lmnet.toml",
    after_long_help = "\
The value is read as the key wants it: 2026-11-30 or 30.11.2026, 2026-11, 2026-autumn or 2026 for a time; 12, 'ca. 12',
'minst 12', 'vel 12' or not-recorded for a count; the word of a list or what people call it for a choice. [ and { begin
lists and tables as TOML writes them. A part of a list is named by its number from 0 or by what stands in it: its id, its
first day, its organisation. What a reference points to can be said by id, by title or name, or by its abbreviation. As
KEY=VALUE, several keys are set at once; a key that stands several times is a list. Comments and layout are kept."
)]
pub struct Arguments {
    /// The record, as KIND/ID; lmnet for lmnet.toml
    #[arg(value_name = "KIND/ID")]
    record: String,
    /// The key, such as reach, title.nb or run[0].patients; or KEY=VALUE, and then all that follows is so too
    key: String,
    /// The value; several for a list
    #[arg(conflicts_with = "unset")]
    value: Vec<String>,
    /// Take the key out, or a part of a list
    #[arg(long)]
    unset: bool,
    #[command(flatten)]
    writing: Writing,
}

pub(super) fn run(arguments: &Arguments, context: &Context<'_>) -> anyhow::Result<Done> {
    let loaded = context.load()?;
    let mut draft = Draft::new(&loaded, context.lang(&loaded.registry)?);
    let target = Target::find(&loaded.registry, &arguments.record)?;
    let edits = named(&loaded.registry, &target.fields, arguments.edits()?, draft.lang)?;
    draft.change(target, |text, target| edited(text, &target.fields, &edits))?;
    draft.finish(arguments.writing, context)
}

impl Arguments {
    /// What is to become of which keys.
    fn edits(&self) -> Result<Vec<Edit>, Said> {
        let key = &self.key;
        if self.unset {
            return Ok(vec![Edit { key: key.clone(), to: None }]);
        }
        if key_and_value(key).is_some() {
            let pairs =
                std::iter::once(key).chain(&self.value).map(|said| pair(said)).collect::<Result<Vec<_>, Said>>()?;
            return Ok(edits(&pairs));
        }
        if self.value.is_empty() {
            let key = quoted(key);
            return Err(say!(
                nn: "{key}: verdien manglar; skriv han etter nøkkelen, eller ta bort nøkkelen med --unset",
                nb: "{key}: verdien mangler; skriv den etter nøkkelen, eller ta bort nøkkelen med --unset",
                en: "{key}: a value is required; write it after the key, or take the key out with --unset",
            ));
        }
        Ok(vec![Edit { key: key.clone(), to: Some(self.value.clone()) }])
    }
}

/// One of several `KEY=VALUE`.
fn pair(said: &str) -> Result<(String, String), Said> {
    let (key, value) = key_and_value(said).ok_or_else(|| {
        let said = quoted(said);
        say!(
            nn: "«{said}» er ikkje NØKKEL=VERDI, slik det som står føre, er; set verdiar med mellomrom i hermeteikn",
            nb: "«{said}» er ikke NØKKEL=VERDI, slik det som står foran, er; sett verdier med mellomrom i anførselstegn",
            en: "\"{said}\" is not KEY=VALUE as what stands before it is; put values with blanks in quotes",
        )
    })?;
    Ok((key.to_owned(), value.to_owned()))
}
