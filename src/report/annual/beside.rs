//! What was published beside what is registered. The one is never made to fit the other: where they differ, it is said by
//! how much and what can explain it.

use serde::Serialize;

use super::{Desk, Figure, Offerings};
use crate::count::{Count, Quality, Sum, number};
use crate::lang::Phrase;
use crate::model::Measure;
use crate::report::participants::Number;
use crate::say;

/// A published figure beside the registered one.
#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Beside {
    /// What is measured.
    pub measure: &'static str,
    /// What people call it.
    pub label: Phrase,
    /// As published.
    pub published: Count,
    /// As registered; nothing where no offering of the year is.
    pub registered: Option<Number>,
    /// Whether they differ, by how much, and what can explain it.
    pub explanation: String,
}

impl Desk<'_> {
    pub(super) fn beside(&self, offerings: &Offerings) -> Vec<Beside> {
        let of_all = offerings.figures.iter().filter(|figure| figure.organisation.is_none() && !figure.hidden);
        of_all.filter_map(|figure| self.one_beside(figure, offerings)).collect()
    }

    fn one_beside(&self, figure: &Figure, offerings: &Offerings) -> Option<Beside> {
        let lang = self.lang;
        let (meetings, meeting_runs) = offerings.information_meetings;
        let exact = |count: usize| {
            let mut sum = Sum::default();
            sum.add(Some(&Count::exact(count)));
            Number::Sum(sum)
        };
        let is = |measure: Measure| figure.measure == measure.word();
        let (registered, beside) = if is(Measure::Offerings) {
            (exact(offerings.offerings), Some((offerings.offerings, meetings)))
        } else if is(Measure::Runs) {
            (exact(offerings.runs), Some((offerings.runs, meeting_runs)))
        } else if is(Measure::Participants) {
            (offerings.participants.all, None)
        } else if is(Measure::Patients) {
            (offerings.participants.patients, None)
        } else if is(Measure::Relatives) {
            (offerings.participants.relatives, None)
        } else {
            return None;
        };
        let nothing = offerings.offerings + meetings == 0;
        let explanation = match &registered {
            _ if nothing => say!(lang,
                nn: "Ikkje noko å halde talet opp mot.",
                nb: "Ikke noe å holde tallet opp mot.",
                en: "Nothing to hold the figure against.",
            ),
            Number::Hidden => say!(lang,
                nn: "Det registrerte talet er skjerma.", nb: "Det registrerte tallet er skjermet.", en: "The recorded number is suppressed.",
            ),
            Number::Nobody => String::new(),
            Number::Sum(sum) => {
                let other = is(Measure::Offerings).then_some(offerings.runs);
                self.difference(&figure.value, &sum.count(), beside, other)
            }
        };
        Some(Beside {
            measure: figure.measure,
            label: figure.label.clone(),
            published: figure.value.clone(),
            registered: (!nothing).then_some(registered),
            explanation,
        })
    }

    /// `beside` is what is registered without and of information meetings; `runs` what else could have been counted.
    fn difference(
        &self,
        published: &Count,
        registered: &Count,
        beside: Option<(usize, usize)>,
        runs: Option<usize>,
    ) -> String {
        let lang = self.lang;
        let (Some(own), Some(ours)) = (published.thousandths(), registered.thousandths()) else { return String::new() };
        let same_words = own == ours && published.quality() == registered.quality();
        if same_words {
            return say!(lang, nn: "Som registrert.", nb: "Som registrert.", en: "As recorded.");
        }
        if [published, registered].iter().any(|count| count.quality() != Quality::Exact) {
            return say!(lang,
                nn: "Minst eitt av tala er ikkje nøyaktig, så skilnaden kan ikkje reknast ut.",
                nb: "Minst ett av tallene er ikke nøyaktig, så forskjellen kan ikke regnes ut.",
                en: "At least one of the numbers is not exact, so the difference cannot be worked out.",
            );
        }
        let is = |count: usize| own == count as u64 * 1000;
        if let Some((offerings, meetings)) =
            beside.filter(|(offerings, meetings)| *meetings > 0 && is(offerings + meetings))
        {
            return say!(lang,
                nn: "Det same som er registrert når informasjonsmøta er med ({offerings} + {meetings}).",
                nb: "Det samme som er registrert når informasjonsmøtene er med ({offerings} + {meetings}).",
                en: "The same as recorded if information meetings are included ({offerings} + {meetings}).",
            );
        }
        let difference = number(own.abs_diff(ours), lang);
        let mut text = if own > ours {
            say!(lang,
                nn: "{difference} fleire enn registrert: noko er ikkje registrert, eller noko anna er talt.",
                nb: "{difference} flere enn registrert: noe er ikke registrert, eller noe annet er talt.",
                en: "{difference} more than recorded: something is not recorded, or something else was counted.",
            )
        } else {
            say!(lang,
                nn: "{difference} færre enn registrert: noko er registrert i ettertid, eller noko anna er talt.",
                nb: "{difference} færre enn registrert: noe er registrert i ettertid, eller noe annet er talt.",
                en: "{difference} fewer than recorded: something was recorded afterwards, or something else was counted.",
            )
        };
        if let Some(runs) = runs.filter(|runs| is(*runs)) {
            text += &say!(lang,
                nn: " Så mange gjennomføringar er registrerte ({runs}).",
                nb: " Så mange gjennomføringer er registrert ({runs}).",
                en: " So many runs are recorded ({runs}).",
            );
        }
        text
    }
}
