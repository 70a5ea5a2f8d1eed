//! What people say for a value, as TOML.

use toml_edit::{Array, Value};

use super::place::parts_of;
use crate::date::{Date, When, month_name};
use crate::lang::{Lang, Said};
use crate::read::{Shape, short_names};
use crate::say;
use crate::spelling::{did_you_mean, likeliest, quoted};

/// The value that `said` means under a key that wants `shape`.
pub(super) fn value(shape: &Shape, said: &[String]) -> Result<Value, Said> {
    match (parts_of(shape), said) {
        (Some(_), [one]) if one.trim_start().starts_with('[') => toml(one.trim()),
        (Some(each), all) if all.len() > 1 || matches!(shape, Shape::List(_)) => {
            all.iter().map(|one| single(each, one)).collect::<Result<Array, Said>>().map(Value::Array)
        }
        (_, [one]) => single(shape, one),
        _ => Err(say!(
            nn: "her kan det berre stå éin verdi",
            nb: "her kan det bare stå én verdi",
            en: "only one value can stand here",
        )),
    }
}

fn single(shape: &Shape, said: &str) -> Result<Value, Said> {
    let said = said.trim();
    let wanted = |value: Option<Value>| value.ok_or_else(|| unfit(shape, said));
    match shape {
        Shape::Text | Shape::Either(..) | Shape::Table(_) | Shape::Settings(_) | Shape::Count { .. }
            if said.starts_with('{') =>
        {
            toml(said)
        }
        Shape::Text | Shape::String | Shape::Id | Shape::Reference(_) if said.is_empty() => Err(say!(
            nn: "ein tom tekst seier ingenting; skal nøkkelen bort, så skriv --unset",
            nb: "en tom tekst sier ingenting; skal nøkkelen bort, så skriv --unset",
            en: "an empty text says nothing; if the key is to go, write --unset",
        )),
        Shape::Text | Shape::String | Shape::Id | Shape::Reference(_) => Ok(said.into()),
        Shape::ClockTime => Ok(clock(said).unwrap_or_else(|| said.to_owned()).into()),
        // How these are written, `check` says.
        Shape::MonthDay | Shape::Duration => Ok(said.into()),
        Shape::Choice(words, label) => {
            let same = |index: &usize| {
                let label = label(*index);
                let labels = label.map(|label| [label.nn, label.nb, label.en]).into_iter().flatten();
                let short = short_names(words[*index]).iter().copied();
                labels.chain([words[*index]]).chain(short).any(|word| word.to_lowercase() == said.to_lowercase())
            };
            wanted((0..words.len()).find(same).map(|index| words[index].into()))
        }
        Shape::When => wanted(when(said)),
        Shape::Day => wanted(day(said).map(date)),
        Shape::Year | Shape::Whole(_) => wanted(number(said, false)),
        Shape::Count { decimals } => wanted(count(said, *decimals)),
        Shape::Flag => wanted(match &*said.to_lowercase() {
            "true" | "ja" | "yes" => Some(true.into()),
            "false" | "nei" | "no" => Some(false.into()),
            _ => None,
        }),
        Shape::Either(short, _) => single(short, said).map_err(|_| unfit(shape, said)),
        Shape::Free => Ok(said.parse().unwrap_or_else(|_| said.into())),
        Shape::List(each) => single(each, said),
        Shape::Table(_) | Shape::Settings(_) => Err(unfit(shape, said)),
    }
}

/// A value that is written as TOML has it.
fn toml(said: &str) -> Result<Value, Said> {
    said.parse().map_err(|_| {
        let said = quoted(said);
        say!(
            nn: "«{said}» er ikkje rett TOML: sjå etter klammer, komma og hermeteikn",
            nb: "«{said}» er ikke riktig TOML: se etter klammer, komma og anførselstegn",
            en: "\"{said}\" is not valid TOML: look for brackets, commas and quotes",
        )
    })
}

fn unfit(shape: &Shape, said: &str) -> Said {
    let near = match shape {
        Shape::Choice(words, _) => likeliest(said, words.iter().copied()),
        _ => Vec::new(),
    };
    let meant = did_you_mean(&near).unwrap_or_default();
    let with =
        |wanted: &str, meant: &str| if meant.is_empty() { wanted.to_owned() } else { format!("{wanted}; {meant}") };
    let (said, wanted) = (quoted(said), shape.wanted());
    let (nn, nb, en) = (with(&wanted.nn, &meant.nn), with(&wanted.nb, &meant.nb), with(&wanted.en, &meant.en));
    say!(
        nn: "«{said}» kan ikkje stå her; det skal vere {nn}",
        nb: "«{said}» kan ikke stå her; det skal være {nb}",
        en: "\"{said}\" cannot stand here; it must be {en}",
    )
}

/// A day as people say it: 2026-11-30, 30.11.2026 or 30. november 2026.
#[must_use]
pub fn day(said: &str) -> Option<Date> {
    if let Some(When::Day(day)) = When::parse(said) {
        return Some(day);
    }
    let parts: Vec<&str> = said.split(['.', ' ']).filter(|part| !part.is_empty()).collect();
    let [day, month, year] = parts[..] else { return None };
    let is_number = |text: &str, digits: std::ops::RangeInclusive<usize>| {
        digits.contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
    };
    let month = match month_number(month) {
        Some(number) => number.to_string(),
        None if is_number(month, 1..=2) && said.matches('.').count() == 2 => month.to_owned(),
        None => return None,
    };
    if !is_number(day, 1..=2) || !is_number(year, 4..=4) {
        return None;
    }
    match When::parse(&format!("{year}-{month:0>2}-{day:0>2}")) {
        Some(When::Day(day)) => Some(day),
        _ => None,
    }
}

/// The number of a month that is named, in full or by its first three letters.
fn month_number(said: &str) -> Option<u32> {
    let said = said.to_lowercase();
    let is = |month: &u32| {
        Lang::ALL.into_iter().any(|lang| {
            let name = month_name(*month, lang).to_lowercase();
            said == name || said.len() == 3 && name.starts_with(&said)
        })
    };
    (1..=12).find(is)
}

/// A time of day as people say it: 18:00, 18.00, kl. 18.
fn clock(said: &str) -> Option<String> {
    let lower = said.to_lowercase();
    let named = lower.strip_prefix("kl");
    let plain = named.map_or(&*lower, |rest| rest.trim_start_matches('.')).trim();
    let (hour, minute) = plain.split_once([':', '.']).or_else(|| Some((plain, "00")).filter(|_| named.is_some()))?;
    let is_number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    ((1..=2).contains(&hour.len()) && minute.len() == 2 && is_number(hour) && is_number(minute))
        .then(|| format!("{hour:0>2}:{minute}"))
}

fn date(day: Date) -> Value {
    day.to_string().parse().unwrap_or_else(|_| day.to_string().into())
}

/// A day, or as much of it as is known: 2016, 2016-05, 2016-autumn, and `haust 2016` or `mai 2016` as people say it.
fn when(said: &str) -> Option<Value> {
    if let Some(day) = day(said) {
        return Some(date(day));
    }
    let by_words = said.split_once(['-', ' ']).and_then(|(first, second)| {
        let is_year = first.starts_with(|char: char| char.is_ascii_digit());
        let (year, part) = if is_year { (first, second) } else { (second, first) };
        let part = part.trim().to_lowercase();
        let season = match &*part {
            "vår" | "våren" | "spring" => Some("spring".to_owned()),
            "haust" | "hausten" | "høst" | "høsten" | "autumn" => Some("autumn".to_owned()),
            month => month_number(month.trim_end_matches('.')).map(|month| format!("{month:02}")),
        };
        season.map(|season| format!("{}-{season}", year.trim()))
    });
    let said = by_words.unwrap_or_else(|| said.to_owned());
    When::parse(&said).map(|_| said.into())
}

/// What people put before a number that is not exact, and the key for it; whether the words say more than the key.
const QUALITIES: [(&str, &str, bool); 12] = [
    ("about ", "about", false),
    ("ca. ", "about", false),
    ("ca ", "about", false),
    ("om lag ", "about", false),
    ("omtrent ", "about", false),
    ("~", "about", false),
    ("at least ", "at-least", false),
    ("minst ", "at-least", false),
    (">=", "at-least", false),
    ("≥", "at-least", false),
    ("vel ", "at-least", true),
    ("over ", "at-least", true),
];

/// A count with its quality: 12, `ca. 12`, `minst 12`, `vel 12`, `not-recorded`.
fn count(said: &str, decimals: bool) -> Option<Value> {
    let lower = said.to_lowercase();
    if matches!(&*lower, "not-recorded" | "not recorded" | "ikkje registrert" | "ikke registrert") {
        return Some("not-recorded".into());
    }
    for (start, key, has_words) in QUALITIES {
        if let Some(rest) = lower.strip_prefix(start) {
            let mut table = toml_edit::InlineTable::new();
            table.insert(key, number(rest.trim(), decimals)?);
            if has_words {
                table.insert("words", said.into());
            }
            return Some(table.into());
        }
    }
    number(&lower, decimals)
}

/// A number: whole, in groups as `3 550`, or with decimals as `12,5` where there may be any.
fn number(said: &str, decimals: bool) -> Option<Value> {
    let plain: String = said.chars().filter(|char| !matches!(char, ' ' | '\u{a0}' | '\u{202f}')).collect();
    if let Ok(whole) = plain.parse::<u32>() {
        return Some(i64::from(whole).into());
    }
    let (whole, rest) = plain.split_once([',', '.'])?;
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    // As programs write a whole number of a column that has decimals; 1.000 may be a thousand.
    if matches!(rest, "0" | "00") {
        return whole.parse::<u32>().ok().map(|whole| i64::from(whole).into());
    }
    (decimals && digits(whole) && digits(rest)).then(|| format!("{whole}.{rest}").parse().ok()).flatten()
}
