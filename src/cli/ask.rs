//! Questions on a terminal: a line with what is asked, numbered choices, a line as answer. Nothing is drawn or moved, so that
//! it can be read aloud, written down and answered from anywhere.

use std::fmt::Write as _;

use anyhow::{Context as _, bail};

use super::Ask;
use crate::compose::{Choice, Question};
use crate::lang::{Lang, Said};
use crate::model::OutputLanguage;
use crate::names::{folded, label};
use crate::read::Shape;
use crate::say;
use crate::spelling::{escaped, likeliest};

/// How many choices are shown unasked.
const SHOWN: usize = 12;

/// Asks for the values of a key until they are ones; none if it may be left out and is. `refuses` tells why values are none.
pub(super) fn ask(
    question: &Question,
    choices: &[Choice],
    lang: Lang,
    ask: Ask,
    refuses: &dyn Fn(&[String]) -> Option<Said>,
) -> anyhow::Result<Vec<String>> {
    let mut offered: Vec<&Choice> = if choices.len() <= SHOWN { choices.iter().collect() } else { Vec::new() };
    let mut said = heading(question, choices, lang);
    loop {
        for (index, Choice { word, name, .. }) in offered.iter().enumerate() {
            let name = if name.is_empty() || name == word { String::new() } else { format!("  {}", escaped(name)) };
            let _ = writeln!(said, "  {:>2}  {word}{name}", index + 1);
        }
        let _ = write!(said, "{} > ", question.key);
        let answer = line(ask, &said, lang)?;
        said.clear();
        let values = match &*answer {
            "" if !question.likely.is_empty() => question.likely.clone(),
            "" | "-" if !question.required => return Ok(Vec::new()),
            "" | "-" => {
                said = say!(lang, nn: "Dette må vere med.\n", nb: "Dette må være med.\n", en: "This is needed.\n");
                continue;
            }
            "?" if !choices.is_empty() => {
                offered = choices.iter().collect();
                continue;
            }
            answer if choices.is_empty() => vec![answer.to_owned()],
            answer => match chosen(answer, question, choices, &offered) {
                Ok(values) => values,
                Err(Unclear::Several(words)) => {
                    said = say!(lang, nn: "Kva for ein?\n", nb: "Hvilken?\n", en: "Which one?\n");
                    offered = choices.iter().filter(|choice| words.contains(&choice.word)).collect();
                    continue;
                }
                Err(Unclear::Nothing(answer)) => {
                    said = nothing(&answer, choices, lang);
                    continue;
                }
            },
        };
        match refuses(&values) {
            Some(why) => said = format!("{}\n", why.get(lang)),
            None => return Ok(values),
        }
    }
}

/// Asks for an id, with one to take.
pub(super) fn ask_id(
    likely: &str,
    lang: Lang,
    ask: Ask,
    refuses: &dyn Fn(&str) -> Option<Said>,
) -> anyhow::Result<String> {
    let mut said = say!(lang,
        nn: "\nId: namnet på fila, som andre postar viser til (Enter: {likely})\n",
        nb: "\nId: navnet på filen, som andre poster viser til (Enter: {likely})\n",
        en: "\nId: the name of the file, to which other records refer (Enter: {likely})\n",
    );
    loop {
        said += "id > ";
        let answer = line(ask, &said, lang)?;
        let id = if answer.is_empty() { likely.to_owned() } else { answer };
        match refuses(&id) {
            Some(why) => said = format!("{}\n", why.get(lang)),
            None => return Ok(id),
        }
    }
}

fn line(ask: Ask, said: &str, lang: Lang) -> anyhow::Result<String> {
    match ask(said).context("terminal")? {
        Some(line) => Ok(line.trim().to_owned()),
        None => bail!(
            say!(lang, nn: "avbrote; ingenting er skrive", nb: "avbrutt; ingenting er skrevet", en: "broken off; nothing was written")
        ),
    }
}

/// What is asked, and what Enter does.
fn heading(question: &Question, choices: &[Choice], lang: Lang) -> String {
    let key = question.key.rsplit('.').next().unwrap_or_default();
    let name = label(key).map_or(key, |label| label.get(lang));
    let mut hints = Vec::new();
    if let Some(language) = question.lang.and_then(|lang| OutputLanguage::from_word(lang.code())) {
        hints.push(language.label().get(lang).to_owned());
    }
    if matches!(question.shape, Shape::List(_)) && !choices.is_empty() {
        hints.push(say!(lang, nn: "fleire med komma imellom", nb: "flere med komma imellom", en: "several with commas between"));
    }
    if choices.len() > SHOWN {
        hints.push(say!(lang,
            nn: "id, eller noko av namnet; ? viser alle",
            nb: "id, eller noe av navnet; ? viser alle",
            en: "id, or some of the name; ? shows all",
        ));
    }
    if matches!(question.shape, Shape::When) {
        hints.push(say!(lang,
            nn: "2026-11-30, 2026-11, 2026-haust eller 2026",
            nb: "2026-11-30, 2026-11, 2026-høst eller 2026",
            en: "2026-11-30, 2026-11, 2026-autumn or 2026",
        ));
    }
    let likely = question.likely.iter().map(|word| escaped(word)).collect::<Vec<_>>().join(", ");
    match (likely.is_empty(), question.required) {
        (false, true) => hints.push(format!("Enter: {likely}")),
        (false, false) => hints.push(say!(lang,
            nn: "Enter: {likely}; - for ingen", nb: "Enter: {likely}; - for ingen", en: "Enter: {likely}; - for none",
        )),
        (true, false) => {
            hints.push(say!(lang, nn: "Enter: ikkje kjent", nb: "Enter: ikke kjent", en: "Enter: not known"))
        }
        (true, true) => {}
    }
    let hints = if hints.is_empty() { String::new() } else { format!(" ({})", hints.join("; ")) };
    format!("\n{name}{hints}\n")
}

/// Why an answer is no choice.
enum Unclear {
    /// These words could be meant.
    Several(Vec<String>),
    /// Nothing is called so.
    Nothing(String),
}

/// The words that an answer means: several between commas where a list is asked for.
fn chosen(answer: &str, question: &Question, choices: &[Choice], offered: &[&Choice]) -> Result<Vec<String>, Unclear> {
    let several = matches!(question.shape, Shape::List(_));
    let parts: Vec<&str> = if several { answer.split(',').map(str::trim).collect() } else { vec![answer] };
    parts.into_iter().filter(|part| !part.is_empty()).map(|part| one(part, choices, offered)).collect()
}

fn one(answer: &str, choices: &[Choice], offered: &[&Choice]) -> Result<String, Unclear> {
    let number = answer.parse::<usize>().ok().and_then(|number| offered.get(number.checked_sub(1)?));
    if let Some(choice) = number.copied().or_else(|| choices.iter().find(|choice| choice.word == answer)) {
        return Ok(choice.word.clone());
    }
    let wanted = folded(answer);
    let own = |choice: &Choice, is_it: &dyn Fn(&str) -> bool| is_it(&choice.word) || is_it(&choice.name);
    let also = |choice: &Choice, is_it: &dyn Fn(&str) -> bool| choice.also.iter().any(|name| is_it(name));
    let (is, holds) = (|name: &str| folded(name) == wanted, |name: &str| folded(name).contains(&wanted));
    let words = |means: &dyn Fn(&Choice) -> bool| -> Vec<String> {
        choices.iter().filter(|choice| means(choice)).map(|choice| choice.word.clone()).collect()
    };
    let ways: [&dyn Fn(&Choice) -> bool; 3] =
        [&|choice| own(choice, &is) || also(choice, &is), &|choice| own(choice, &holds), &|choice| {
            also(choice, &holds)
        }];
    let mut found = ways.iter().map(|means| words(means)).find(|found| !found.is_empty()).unwrap_or_default();
    match found.len() {
        0 => Err(Unclear::Nothing(answer.to_owned())),
        1 => Ok(found.remove(0)),
        _ => Err(Unclear::Several(found)),
    }
}

fn nothing(answer: &str, choices: &[Choice], lang: Lang) -> String {
    let words = choices.iter().map(|choice| choice.word.as_str());
    let meant = crate::spelling::did_you_mean(&likeliest(answer, words)).map(|said| format!("; {}", said.get(lang)));
    let (answer, meant) = (escaped(answer), meant.unwrap_or_default());
    say!(lang,
        nn: "Ingenting heiter «{answer}»{meant}\n",
        nb: "Ingenting heter «{answer}»{meant}\n",
        en: "Nothing is called \"{answer}\"{meant}\n",
    )
}
