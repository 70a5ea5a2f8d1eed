//! Ids of new records, made as those of the records beside them.

use chrono::Datelike as _;
use serde_json::Value;

use super::sibling::{Family, Sibling, value_of, when, words};
use crate::date::When;
use crate::lang::{Lang, Said};
use crate::model::{Kind, Role};
use crate::read::{is_id, is_keyword, is_reserved};
use crate::registry::{Registry, slug};
use crate::say;
use crate::spelling::quoted;

/// How long an id is made, which leaves room for what tells it from others.
const LONGEST: usize = 52;

/// The id that a record would have: after the title, with the year for what happens in one; of members after role and
/// organisation, of plans and reports after the network. Where a sibling is called otherwise, after the sibling.
pub(super) fn made(family: &Family<'_>, new: &Value, lang: Lang) -> String {
    let kind = family.kind;
    let word = |key: &str| value_of(new, key).and_then(|value| words(value).into_iter().next());
    let year: String = when(new).chars().take(4).collect();
    let title = short(&slug(&title(new, lang)));
    let base = match kind {
        Kind::Plan | Kind::Report => {
            let of = word("network").or_else(|| word("by")).unwrap_or_default();
            after_sibling(family, new, "year", &["network", "kind"]).unwrap_or_else(|| joined(&of, &year))
        }
        Kind::Member => after_sibling(family, new, "organisation", &["appointment.role"]).unwrap_or_else(|| {
            let role = word("appointment.role").unwrap_or_default();
            let role = Role::from_word(&role).map_or(role, |role| slug(role.label().get(lang)));
            joined(&role, &word("organisation").unwrap_or_default())
        }),
        Kind::Course | Kind::Meeting | Kind::Matter if !title.contains(&year) => {
            let base = joined(&title, &year);
            season(family.registry, kind, &title, new).map_or(base.clone(), |season| joined(&base, season))
        }
        _ => title,
    };
    if base.is_empty() {
        return base;
    }
    let month: String = when(new).chars().skip(5).take(2).filter(char::is_ascii_digit).collect();
    let with_month = (month.len() == 2 && base.ends_with(&year)).then(|| joined(&base, &month));
    let numbered = (2..).map(|number| format!("{base}-{number}"));
    let mut all = std::iter::once(base.clone()).chain(with_month).chain(numbered);
    all.find(|id| !family.is_taken(id)).unwrap_or(base)
}

fn title(new: &Value, lang: Lang) -> String {
    let text = value_of(new, "title").or_else(|| value_of(new, "name"));
    let in_lang = text.and_then(|text| text.get(lang.code())).or(text);
    in_lang.map(words).unwrap_or_default().into_iter().next().unwrap_or_default()
}

/// The id of the last sibling that is the same in the keys of `same`, with its own word under `key` replaced by the new
/// record's.
fn after_sibling(family: &Family<'_>, new: &Value, key: &str, same: &[&str]) -> Option<String> {
    let word = |value: &Value, key: &str| value_of(value, key).and_then(|value| words(value).into_iter().next());
    let own = word(new, key)?;
    let alike = |value: &Value| same.iter().all(|key| word(value, key) == word(new, key));
    let mut siblings: Vec<&Sibling> = family.all().iter().filter(|sibling| alike(&sibling.value)).collect();
    siblings.sort_by_key(|sibling| when(&sibling.value));
    let replaced = |id: &str, old: &str| {
        let parts = format!("-{id}-").replace(&format!("-{old}-"), &format!("-{own}-"));
        (id.split('-').count() > 1 && parts != format!("-{id}-")).then(|| parts.trim_matches('-').to_owned())
    };
    siblings.iter().rev().find_map(|sibling| replaced(&sibling.id, &word(&sibling.value, key)?))
}

/// The word for the semester, where siblings of the same title have one: `grunnkurs-2025-haust`.
fn season(registry: &Registry, kind: Kind, title: &str, new: &Value) -> Option<&'static str> {
    let seasons = |id: &str| {
        let rest = id.strip_prefix(title).and_then(|rest| rest.strip_prefix('-'))?;
        let (_, season) = rest.split_once('-')?;
        SEASONS.into_iter().flatten().find(|word| *word == season)
    };
    let used: Vec<&str> = registry.ids(kind).filter_map(seasons).collect();
    let semesters = registry.semesters();
    let first = When::parse(&when(new))?.first(&semesters);
    let half = SEASONS[usize::from((first.month(), first.day()) >= (semesters.autumn.month, semesters.autumn.day))];
    let own = half.into_iter().find(|word| used.contains(word));
    own.or_else(|| used.first().map(|_| half[0]))
}

/// The words for spring and autumn in ids.
const SEASONS: [[&str; 2]; 2] = [["var", "spring"], ["haust", "host"]];

fn joined(one: &str, other: &str) -> String {
    [one, other].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("-")
}

/// An id that is not too long, cut between words.
fn short(id: &str) -> String {
    match id.get(..LONGEST) {
        Some(start) => start.rsplit_once('-').map_or(start, |(whole, _)| whole).to_owned(),
        None => id.to_owned(),
    }
}

/// That a new record may be called so.
pub(super) fn usable(family: &Family<'_>, id: &str) -> Result<(), Said> {
    let shown = quoted(id);
    if is_reserved(id) || is_keyword(id) {
        return Err(say!(
            nn: "«{shown}» kan ikkje vere ein id: ordet tyder noko anna i pliktene, eller er reservert i Windows; vel eit anna",
            nb: "«{shown}» kan ikke være en id: ordet betyr noe annet i pliktene, eller er reservert i Windows; velg et annet",
            en: "\"{shown}\" can be no id: the word means something else in duties, or Windows keeps it; choose another",
        ));
    }
    if !is_id(id) {
        return Err(say!(
            nn: "«{shown}» kan ikkje vere ein id: bruk små bokstavar a–z, siffer og bindestrek, høgst 64 teikn",
            nb: "«{shown}» kan ikke være en id: bruk små bokstaver a–z, siffer og bindestrek, høyst 64 tegn",
            en: "\"{shown}\" can be no id: use small letters a–z, digits and hyphens, at most 64 characters",
        ));
    }
    if family.is_taken(id) {
        return Err(say!(
            nn: "id-en «{shown}» er i bruk; vel ein annan",
            nb: "id-en «{shown}» er i bruk; velg en annen",
            en: "the id \"{shown}\" is taken; choose another",
        ));
    }
    Ok(())
}
