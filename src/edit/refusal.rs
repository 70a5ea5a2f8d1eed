//! Why a key leads nowhere, and what to write instead.

use toml_edit::Item;

use crate::lang::Said;
use crate::say;
use crate::spelling::{did_you_mean, likeliest, quoted};

pub(super) fn no_key(key: &str) -> Said {
    let key = quoted(key);
    say!(
        nn: "«{key}» er ingen nøkkel; skriv til dømes title.nb eller run[0].patients",
        nb: "«{key}» er ingen nøkkel; skriv for eksempel title.nb eller run[0].patients",
        en: "\"{key}\" is no key; write for example title.nb or run[0].patients",
    )
}

pub(super) fn unknown(key: &str, known: &[&'static str]) -> Said {
    let near = likeliest(key, known.iter().copied());
    let meant = did_you_mean(&near).unwrap_or_else(|| {
        let known = known.join(", ");
        say!(nn: "det finst {known}", nb: "det finnes {known}", en: "there are {known}")
    });
    let Said { nn, nb, en } = meant;
    say!(nn: "nøkkelen finst ikkje; {nn}", nb: "nøkkelen finnes ikke; {nb}", en: "there is no such key; {en}")
}

pub(super) fn absent(key: &str) -> Said {
    let key = quoted(key);
    say!(nn: "posten har ikkje noko i {key}", nb: "posten har ingenting i {key}", en: "the record has nothing in {key}")
}

pub(super) fn no_list(key: &str) -> Said {
    let key = quoted(key);
    say!(nn: "{key} er inga liste", nb: "{key} er ingen liste", en: "{key} is no list")
}

pub(super) fn no_table(key: &str) -> Said {
    let key = quoted(key);
    say!(nn: "{key} har ingen nøklar i seg", nb: "{key} har ingen nøkler i seg", en: "{key} has no keys in it")
}

pub(super) fn whole_part(key: &str, part: &str) -> Said {
    let (key, part) = (quoted(key), quoted(part));
    say!(
        nn: "ein heil del kan ikkje setjast; sei kva nøkkel i han, til dømes {key}[{part}].start",
        nb: "en hel del kan ikke settes; si hvilken nøkkel i den, for eksempel {key}[{part}].start",
        en: "a whole part cannot be set; say which key in it, such as {key}[{part}].start",
    )
}

pub(super) fn several_languages(key: &str, old: &Item) -> Said {
    let there =
        old.as_table_like().map(|table| table.iter().map(|(code, _)| format!("{key}.{code}")).collect::<Vec<_>>());
    let there = there.unwrap_or_default().join(", ");
    say!(
        nn: "teksten står på fleire språk; set kvart for seg: {there}",
        nb: "teksten står på flere språk; sett hvert for seg: {there}",
        en: "the text stands in several languages; set each of them: {there}",
    )
}

pub(super) fn one_language(key: &str) -> Said {
    let key = quoted(key);
    say!(
        nn: "teksten er den same på alle språk; skriv alle på nytt: {key} '{{ nn = \"…\", nb = \"…\" }}'",
        nb: "teksten er den samme på alle språk; skriv alle på nytt: {key} '{{ nn = \"…\", nb = \"…\" }}'",
        en: "the text is the same in all languages; write them all anew: {key} '{{ nn = \"…\", nb = \"…\" }}'",
    )
}
