//! What `check` says of records, in the words of a sheet: headings for keys, names for words, and nothing about TOML.

use super::columns::Column;
use crate::date::When;
use crate::lang::{Lang, Said};
use crate::model::Kind;
use crate::names::{Names, label};
use crate::read::{Shape, is_id};
use crate::registry::{Registry, slug};
use crate::spelling::quoted;

/// A sentence of `check` as it is told of a row. What is to be done in a file is left out: whoever fills in a sheet has none.
#[must_use]
pub fn spoken(said: &Said, columns: &[Column], registry: &Registry) -> Said {
    let of = |lang| named(&in_headings(said.get(lang), columns, lang), &Names { registry, lang });
    Said { nn: of(Lang::Nn), nb: of(Lang::Nb), en: of(Lang::En) }
}

/// The words with what stands in the cell for the id that was made of it.
#[must_use]
pub fn as_written(words: Said, value: &str) -> Said {
    let id = slug(value);
    if id.is_empty() {
        return words;
    }
    let put = |said: &str, open: char, close: char| {
        said.replace(&format!("{open}{id}{close}"), &format!("{open}{}{close}", quoted(value.trim())))
    };
    Said { nn: put(&words.nn, '«', '»'), nb: put(&words.nb, '«', '»'), en: put(&words.en, '"', '"') }
}

fn in_headings(said: &str, columns: &[Column], lang: Lang) -> String {
    let (open, close) = if lang == Lang::En { ("\"", "\"") } else { ("«", "»") };
    let mut words = said.to_owned();
    for column in columns {
        let heading = format!("{open}{}{close}", column.heading.get(lang));
        for key in [&*column.key, column.key.rsplit('.').next().unwrap_or_default()] {
            words = words.replace(&format!("{open}{key}{close}"), &heading);
            words = assigned(&words, column, key, &heading, lang);
        }
    }
    let words = match lang {
        Lang::Nn => words.replace("rett id-en", "rett namnet"),
        Lang::Nb => words.replace("rett id-en", "rett navnet"),
        Lang::En => words.replace("correct the id", "correct the name"),
    };
    without_toml(&words)
}

/// The words with what people call whatever stands in quotation marks: a key that the sheet has no column for, or a record; and
/// times as they are said.
fn named(said: &str, names: &Names<'_>) -> String {
    let lang = names.lang;
    let (open, close) = if lang == Lang::En { ('"', '"') } else { ('«', '»') };
    let mut out = String::new();
    let mut rest = said;
    while let Some((before, after)) = rest.split_once(open) {
        let Some((word, then)) = after.split_once(close) else { break };
        out += before;
        let is_id = is_id(word);
        let name = label(word).map(|label| label.get(lang).to_owned()).filter(|_| is_id);
        let record = || Kind::ALL.iter().copied().find(|kind| names.registry.pointed(*kind, word).is_some());
        let name = name.or_else(|| record().filter(|_| is_id).map(|kind| names.title(kind, word)));
        out.push(open);
        out += name.as_deref().unwrap_or(word);
        out.push(close);
        rest = then;
    }
    in_words(&(out + rest), lang)
}

/// The text with days as the sheet shows them, and semesters in words.
fn in_words(said: &str, lang: Lang) -> String {
    let is_of_time = |char: char| char.is_ascii_alphanumeric() || char == '-';
    let mut out = String::new();
    let mut rest = said;
    while let Some(start) = rest.find(|char: char| char.is_ascii_digit()) {
        let end = rest[start..].find(|char| !is_of_time(char)).map_or(rest.len(), |end| start + end);
        let word = &rest[start..end];
        let begins = rest[..start].chars().next_back().is_none_or(|char| !char.is_alphanumeric());
        out += &rest[..start];
        match When::parse(word).filter(|_| begins) {
            Some(When::Day(day)) => out += &day.format("%d.%m.%Y").to_string(),
            Some(when @ When::Semester(..)) => out += &when.words(lang),
            _ => out += word,
        }
        rest = &rest[end..];
    }
    out + rest
}

/// `reach = "local"` as `«Rekkjevidd»: lokalt`.
fn assigned(said: &str, column: &Column, key: &str, heading: &str, lang: Lang) -> String {
    let start = format!("{key} = ");
    let Some(at) =
        said.match_indices(&start).map(|(at, _)| at).find(|at| said[..*at].ends_with([' ', '(']) || *at == 0)
    else {
        return said.to_owned();
    };
    let rest = &said[at + start.len()..];
    if rest.starts_with(['[', '{', '…']) {
        return said.to_owned();
    }
    let end = rest.find([' ', ',', ';', ')']).unwrap_or(rest.len());
    let value = rest[..end].trim_end_matches('.').trim_matches('"');
    let shown = match column.each() {
        Shape::Choice(words, label) => {
            let label = words.iter().position(|word| *word == value).and_then(label);
            label.map_or(value, |label| label.get(lang)).to_owned()
        }
        Shape::Flag => match (value, lang) {
            ("true", Lang::En) => "yes".to_owned(),
            ("false", Lang::En) => "no".to_owned(),
            ("true", _) => "ja".to_owned(),
            ("false", _) => "nei".to_owned(),
            _ => value.to_owned(),
        },
        _ => value.to_owned(),
    };
    format!("{}{heading}: {shown}{}", &said[..at], &rest[end..])
}

/// Without the clauses that tell what to write into a file, or to type.
fn without_toml(said: &str) -> String {
    let is_toml = |clause: &str| [" = ", "[[", "[{", "lmnet "].iter().any(|sign| clause.contains(sign));
    let sentences = said.split(". ").map(|sentence| {
        let clauses: Vec<&str> = sentence.split("; ").filter(|clause| !is_toml(clause)).collect();
        clauses.join("; ")
    });
    sentences.filter(|sentence| !sentence.is_empty()).collect::<Vec<_>>().join(". ")
}

#[cfg(test)]
mod tests {
    use super::spoken;
    use crate::registry::Registry;
    use crate::say;
    use crate::workbook::{Part, columns};

    #[test]
    fn keys_become_headings_and_what_is_about_files_goes() {
        let said = say!(
            nn: "«organiser» nemner begge, men «care-level» er «x»; skriv care-level = \"joint\", eller rett «to». Elles: waive = [{{ rule = \"r\" }}]",
            nb: "skriv «routine» eller «criteria», eller required = false; vis under [[run]]",
            en: "\"start\" 2025-02-03 is after 2024-autumn, and \"from\" too; \"lmnet explain\" says why",
        );
        let registry = Registry::default();
        let words = spoken(&said, &columns(Part::Offerings), &registry);
        assert_eq!(words.nn, "«Arrangørar» nemner begge, men «Nivå» er «x»; skriv «Nivå»: felles, eller rett «Til»");
        assert_eq!(
            words.nb,
            "skriv «Henvisning: rutine» eller «Henvisning: kriterier», eller «Henvisning kreves»: nei"
        );
        let runs = spoken(&said, &columns(Part::Runs), &registry);
        assert_eq!(runs.en, "\"Start\" 03.02.2025 is after autumn 2024, and \"From\" too");
    }
}
