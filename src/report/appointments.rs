//! Appointments that began in a year: how many, how many of them new, how many of people from courses.

use serde::Serialize;

use crate::date::Date;
use crate::lang::Lang;
use crate::model::{Kind, Network};
use crate::registry::{Entry, Registry};
use crate::{say, tally};

/// The appointments to the bodies of a network that began in a year.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Appointments {
    /// The year.
    pub year: i32,
    /// How many began.
    pub began: usize,
    /// How many of them were new recruitments rather than renewals.
    pub new: usize,
    /// How many of them were of somebody who was recruited from a course.
    pub recruited: usize,
    /// Whose they are, by path: of all, of the new and of the recruited.
    #[serde(skip)]
    pub records: [Vec<String>; 3],
}

/// Counts them, as far as they had begun on a day.
#[must_use]
pub fn begun(registry: &Registry, network: &Entry<Network>, year: i32, day: Date) -> Appointments {
    let mut counts = Appointments { year, began: 0, new: 0, recruited: 0, records: Default::default() };
    for (member, appointment) in tally::appointments_begun(registry, network, year, day) {
        counts.began += 1;
        counts.new += usize::from(appointment.new);
        counts.recruited += usize::from(member.recruited_from.is_some());
        let path = format!("{}/{}", Kind::Member.word(), member.id);
        let is_one = [true, appointment.new, member.recruited_from.is_some()];
        for (records, _) in counts.records.iter_mut().zip(is_one).filter(|(_, is_one)| *is_one) {
            if !records.contains(&path) {
                records.push(path.clone());
            }
        }
    }
    counts
}

/// In words, those years left out in which none began; nothing where there is none at all.
#[must_use]
pub fn words(years: &[Appointments], lang: Lang) -> Option<String> {
    let told: Vec<String> =
        years.iter().filter(|counts| counts.began > 0).map(|counts| of_year(counts, lang)).collect();
    let years = told.join("; ");
    (!told.is_empty()).then(|| {
        say!(lang,
            nn: "Oppnemningar som tok til i {years}.",
            nb: "Oppnevninger som begynte i {years}.",
            en: "Appointments that began in {years}.",
        )
    })
}

/// `2025: 5 (nyrekrutterte: 2; rekrutterte frå kurs: 1)`
fn of_year(counts: &Appointments, lang: Lang) -> String {
    let Appointments { year, began, new, recruited, .. } = counts;
    let mut more = Vec::new();
    if *new > 0 {
        more.push(say!(lang, nn: "nyrekrutterte: {new}", nb: "nyrekruttert: {new}", en: "newly recruited: {new}"));
    }
    if *recruited > 0 {
        more.push(say!(lang,
            nn: "rekrutterte frå kurs: {recruited}",
            nb: "rekruttert fra kurs: {recruited}",
            en: "recruited from courses: {recruited}",
        ));
    }
    if more.is_empty() { format!("{year}: {began}") } else { format!("{year}: {began} ({})", more.join("; ")) }
}
