//! Published figures where they belong in the text: in sentences, in the source's way of saying them, with the numbers as
//! the language writes them.

use super::Figure;
use crate::count::{Count, Quality, number};
use crate::lang::Lang;
use crate::model::Measure;
use crate::names::capital;
use crate::say;

/// Sentences of the figures of these measures, in this order; of those that are about all.
pub(super) fn sentences(figures: &[Figure], measures: &[Measure], lang: Lang) -> Option<String> {
    let figures = |measure: &Measure| {
        let word = measure.word();
        figures.iter().filter(move |figure| figure.measure == word && figure.organisation.is_none())
    };
    let told =
        measures.iter().flat_map(|measure| figures(measure).filter_map(|figure| sentence(*measure, figure, lang)));
    let told: Vec<String> = told.map(|sentence| capital(&sentence)).collect();
    (!told.is_empty()).then(|| told.join(" "))
}

fn sentence(measure: Measure, figure: &Figure, lang: Lang) -> Option<String> {
    let count = in_text(&figure.value, lang)?;
    let one = figure.value == Count::exact(1);
    Some(match (measure, figure.of) {
        (Measure::Participants, _) => say!(lang,
            nn: "{count} pasientar og pårørande deltok i gruppebasert opplæring.",
            nb: "{count} pasienter og pårørende deltok i gruppebasert opplæring.",
            en: "{count} patients and relatives took part in group training.",
        ),
        (Measure::Patients, _) => {
            say!(lang, nn: "{count} pasientar deltok.", nb: "{count} pasienter deltok.", en: "{count} patients took part.")
        }
        (Measure::Relatives, _) => {
            say!(lang, nn: "{count} pårørande deltok.", nb: "{count} pårørende deltok.", en: "{count} relatives took part.")
        }
        (Measure::Offerings, _) if one => {
            say!(lang, nn: "Det var eitt tilbod.", nb: "Det var ett tilbud.", en: "There was one offering.")
        }
        (Measure::Offerings, _) => say!(lang,
            nn: "Det var til saman {count} tilbod.",
            nb: "Det var til sammen {count} tilbud.",
            en: "There were {count} offerings in all.",
        ),
        (Measure::Runs, _) if one => say!(lang,
            nn: "Det var éi gjennomføring.", nb: "Det var én gjennomføring.", en: "There was one run.",
        ),
        (Measure::Runs, _) => say!(lang,
            nn: "Det var til saman {count} gjennomføringar.",
            nb: "Det var til sammen {count} gjennomføringer.",
            en: "There were {count} runs in all.",
        ),
        (Measure::YearsRunning, _) => say!(lang,
            nn: "Nettverket har vore i drift i {count} år.",
            nb: "Nettverket har vært i drift i {count} år.",
            en: "The network has been running for {count} years.",
        ),
        (Measure::TrustsWithBasicCourse, Some(of)) => say!(lang,
            nn: "Grunnkurs i helsepedagogikk vart gjennomført ved {count} av {of} helseføretak.",
            nb: "Grunnkurs i helsepedagogikk ble gjennomført ved {count} av {of} helseforetak.",
            en: "A basic course in health pedagogy was held at {count} of {of} hospital trusts.",
        ),
        _ => return None,
    })
}

/// A count as it stands in running text; nothing for one that is not recorded. Where the source said "vel" or "over", so
/// does the text.
fn in_text(count: &Count, lang: Lang) -> Option<String> {
    let figure = number(count.thousandths()?, lang);
    let said = count.words().and_then(|words| {
        let words = words.trim();
        let (said, rest) = words.split_at(words.find(|char: char| char.is_ascii_digit())?);
        let digits: String = rest.chars().filter(char::is_ascii_digit).collect();
        // Other words may mean another number, or something of it only.
        let same = digits.parse::<u64>().ok().and_then(|number| number.checked_mul(1000)) == count.thousandths();
        same.then(|| said.trim().to_lowercase())
    });
    Some(match (said.as_deref(), count.quality()) {
        (Some("vel"), Quality::AtLeast) => say!(lang, nn: "vel {figure}", nb: "vel {figure}", en: "just over {figure}"),
        (Some("over"), Quality::AtLeast) => {
            say!(lang, nn: "over {figure}", nb: "over {figure}", en: "more than {figure}")
        }
        _ => count.in_words(lang),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_count_keeps_the_words_of_its_source_only_where_they_are_about_the_number() {
        let count = |words: &str, quality| Count::new(3_550_000, quality, Some(words.into()));
        let text = |words: &str, quality| in_text(&count(words, quality), Lang::Nn).unwrap();
        assert_eq!(text("vel 3550", Quality::AtLeast), "vel 3\u{a0}550");
        assert_eq!(in_text(&count("Vel 3 550", Quality::AtLeast), Lang::En).unwrap(), "just over 3,550");
        assert_eq!(text("over 3550", Quality::AtLeast), "over 3\u{a0}550");
        assert_eq!(text("over 35", Quality::AtLeast), "minst 3\u{a0}550");
        assert_eq!(text("vel 3550", Quality::About), "om lag 3\u{a0}550");
        assert_eq!(text("fleire tusen", Quality::AtLeast), "minst 3\u{a0}550");
        assert_eq!(in_text(&Count::default(), Lang::Nb), None);
    }
}
