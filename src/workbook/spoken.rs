//! What `check` says of records, in the words of a sheet: headings for keys, names for words, and nothing about TOML.

use super::columns::Column;
use crate::lang::{Lang, Said};
use crate::read::Shape;

/// A sentence of `check` as it is told of a row. What is to be done in a file is left out: whoever fills in a sheet has none.
#[must_use]
pub fn spoken(said: &Said, columns: &[Column]) -> Said {
    let of = |lang| in_headings(said.get(lang), columns, lang);
    Said { nn: of(Lang::Nn), nb: of(Lang::Nb), en: of(Lang::En) }
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
    let words = without_toml(&words);
    match lang {
        Lang::Nn => words.replace("-spring", "-vår").replace("-autumn", "-haust"),
        Lang::Nb => words.replace("-spring", "-vår").replace("-autumn", "-høst"),
        Lang::En => words,
    }
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
    use crate::say;
    use crate::workbook::{Part, columns};

    #[test]
    fn keys_become_headings_and_what_is_about_files_goes() {
        let said = say!(
            nn: "«organiser» nemner begge, men «care-level» er «x»; skriv care-level = \"joint\", eller rett «to». Elles: waive = [{{ rule = \"r\" }}]",
            nb: "skriv «routine» eller «criteria», eller required = false; vis under [[run]]",
            en: "\"start\" is late; \"lmnet explain\" says why",
        );
        let words = spoken(&said, &columns(Part::Offerings));
        assert_eq!(words.nn, "«Arrangørar» nemner begge, men «Nivå» er «x»; skriv «Nivå»: felles, eller rett «Til»");
        assert_eq!(
            words.nb,
            "skriv «Henvisning: rutine» eller «Henvisning: kriterier», eller «Henvisning kreves»: nei"
        );
        assert_eq!(spoken(&said, &columns(Part::Runs)).en, "\"Start\" is late");
    }
}
