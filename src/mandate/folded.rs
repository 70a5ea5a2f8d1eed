//! Several occurrences in one line: who owes the same by the same day, and how a duty stands as a whole.

use chrono::{Datelike, Months};

use super::period::later;
use super::wording::{NAMED, distance, listed, some_of};
use super::{How, Line, Mandates, Occurrence, Status, What};
use crate::date::Date;
use crate::lang::Lang;
use crate::names::Names;
use crate::say;

impl<'a> Mandates<'a> {
    /// The occurrences of a line that matter on a day: all that are overdue, and the next due; the last one, where there is
    /// neither. Of a line without dates its one state. Nothing where it is not owed on the day and nothing is due or was left
    /// open.
    #[must_use]
    pub fn current(&self, line: &Line<'a>, day: Date) -> Vec<Occurrence<'a>> {
        let obligation = line.duty.obligation;
        let length = obligation.every.or(obligation.gap);
        let year = Months::new(12);
        let until = length.map_or(day, |length| later(day, length)).checked_add_months(year).unwrap_or(Date::MAX);
        let found = self.of_line(line, day, Date::MIN, until);
        let overdue = |one: &Occurrence<'a>| one.status == Status::Overdue;
        let due = |one: &Occurrence<'a>| one.status == Status::Due;
        // One who is not there yet owes what is due already when they are there on its day.
        if !line.days.holds(day) && !found.iter().any(|one| overdue(one) || due(one)) {
            return Vec::new();
        }
        let next = found.iter().position(|one| one.due.is_none_or(|due| due >= day));
        let last = if found.iter().any(overdue) { None } else { found.len().checked_sub(1) };
        let kept = next.or(last);
        let all = found.into_iter().enumerate();
        all.filter(|(at, one)| overdue(one) || Some(*at) == kept).map(|(_, one)| one).collect()
    }
}

/// Occurrences by due date and period, those together that differ only in who owes them.
#[must_use]
pub fn by_period<'o, 'a>(occurrences: &'o [Occurrence<'a>]) -> Vec<Vec<&'o Occurrence<'a>>> {
    let mut all: Vec<&Occurrence<'a>> = occurrences.iter().collect();
    let role = |one: &Occurrence<'_>| match &one.what {
        What::Seat(of) => Some((0, of.role)),
        What::Term(of, _) => Some((1, of.role)),
        What::Duty(..) | What::Record(..) => None,
    };
    let key = |one: &Occurrence<'_>| (one.due, one.period, role(one));
    all.sort_by_key(|one| key(one));
    let mut folds: Vec<Vec<&Occurrence<'a>>> = Vec::new();
    for one in all {
        match folds.last_mut() {
            Some(fold) if key(fold[0]) == key(one) => fold.push(one),
            _ => folds.push(vec![one]),
        }
    }
    folds
}

/// How all who owe a standing duty stand, for everybody to read: nobody is named who has nothing to show for it.
#[must_use]
pub fn standing_for_all_to_read(all: &[&Occurrence<'_>], names: &Names<'_>) -> String {
    documented(all, names).0
}

/// How all who owe the same stand: `over fristen 2 av 8: Havnøy, Reinvik; oppfylt i tide 6 av 8`. One alone is told in full.
#[must_use]
pub fn standing_of_all(all: &[&Occurrence<'_>], names: &Names<'_>) -> String {
    let lang = names.lang;
    if let [one] = all {
        return if one.status == Status::Standing { documented(all, names).0 } else { one.standing(names) };
    }
    if all.iter().all(|one| one.status == Status::Standing) {
        let (share, lacking) = documented(all, names);
        return match lacking {
            Some(lacking) => {
                say!(lang, nn: "{share} (ikkje {lacking})", nb: "{share} (ikke {lacking})", en: "{share} (not {lacking})")
            }
            None => share,
        };
    }
    let of = all.len();
    let mut parts = Vec::new();
    for status in Status::ALL {
        let here: Vec<&Occurrence<'_>> = all.iter().copied().filter(|one| one.status == *status).collect();
        let (count, label) = (here.len(), status.label().get(lang));
        if count == 0 {
            continue;
        }
        let share =
            say!(lang, nn: "{label} {count} av {of}", nb: "{label} {count} av {of}", en: "{label} {count} of {of}");
        let told = matches!(status, Status::Overdue | Status::NotMet | Status::Due | Status::MetLate | Status::Excused);
        let late = *status == Status::MetLate;
        if !told || (count == of && !late) {
            parts.push(share);
            continue;
        }
        let each = here.iter().map(|one| {
            let own = own_names(one, all, names);
            match one.late_by.map(|late| late.words(lang)).or_else(|| one.partly(names)) {
                Some(how) => format!("{own} ({how})"),
                None => own,
            }
        });
        parts.push(format!("{share}: {}", some_of(&each.collect::<Vec<_>>(), NAMED, lang)));
    }
    parts.join("; ")
}

/// How long ago something was, as people say it: in days, then in months, then in years.
#[must_use]
pub fn age(then: Date, day: Date, lang: Lang) -> String {
    let months = (day.year() - then.year()) * 12 + day.month() as i32 - then.month() as i32;
    let months = months - i32::from(day.day() < then.day());
    let years = months / 12;
    match months {
        i32::MIN..=1 => distance((then - day).num_days(), lang),
        2..=23 => say!(lang,
            nn: "for {months} månader sidan", nb: "for {months} måneder siden", en: "{months} months ago",
        ),
        _ => say!(lang, nn: "for {years} år sidan", nb: "for {years} år siden", en: "{years} years ago"),
    }
}

/// How standing duties stand: with how many there is something to show for it, and with whom, of few, there is not.
fn documented(all: &[&Occurrence<'_>], names: &Names<'_>) -> (String, Option<String>) {
    let lang = names.lang;
    let (with, without): (Vec<&Occurrence<'_>>, Vec<_>) = all.iter().copied().partition(|one| !one.evidence.is_empty());
    let (count, of) = (with.len(), all.len());
    if count == 0 {
        let none = say!(lang,
            nn: "varig, ingen dokumentasjon i registeret",
            nb: "varig, ingen dokumentasjon i registeret",
            en: "standing, no evidence in the registry",
        );
        return (none, None);
    }
    if of == 1 {
        return (say!(lang, nn: "varig, dokumentert", nb: "varig, dokumentert", en: "standing, evidenced"), None);
    }
    let share = say!(lang,
        nn: "varig, dokumentert hos {count} av {of}",
        nb: "varig, dokumentert hos {count} av {of}",
        en: "standing, evidenced for {count} of {of}",
    );
    let few = !without.is_empty() && without.len() <= NAMED;
    let lacking = few.then(|| listed(&without.iter().map(|one| own_names(one, all, names)).collect::<Vec<_>>(), lang));
    (share, lacking)
}

/// Who owes it, without those whom all have in common; the networks, where nobody else sets it apart.
fn own_names(one: &Occurrence<'_>, all: &[&Occurrence<'_>], names: &Names<'_>) -> String {
    let common = |id: &&str| all.iter().all(|other| other.by.ids.contains(id));
    let mut own: Vec<&str> = one.by.ids.iter().copied().filter(|id| !common(id)).collect();
    if own.is_empty() {
        own.clone_from(&one.networks);
    }
    let own: Vec<String> = own.iter().map(|id| names.short(id)).collect();
    if one.by.how == How::Pair { own.join("–") } else { listed(&own, names.lang) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ages_are_told_as_people_tell_them() {
        let day = "2026-03-31".parse().unwrap();
        for (then, words) in [
            ("2026-03-31", "i dag"),
            ("2026-03-30", "i går"),
            ("2026-02-01", "for 58 dagar sidan"),
            ("2026-01-31", "for 2 månader sidan"),
            ("2024-04-01", "for 23 månader sidan"),
            ("2024-03-31", "for 2 år sidan"),
            ("2016-04-01", "for 9 år sidan"),
        ] {
            assert_eq!(age(then.parse().unwrap(), day, Lang::Nn), words, "{then}");
        }
    }
}
