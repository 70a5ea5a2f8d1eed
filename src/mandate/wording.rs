//! How people read an occurrence: who owes it, to whom, what, when, how far off.

mod record;
mod seat;

use chrono::{Datelike, Weekday};

pub use seat::{preposition, role, seat, unshared};

pub use crate::names::listed;

use super::line::{By, Duty, How};
use super::occurrence::{Late, Occurrence, Status, What};
use super::period::is_free;
use super::seat::SeatOf;
use crate::date::{Date, day_words};
use crate::lang::Lang;
use crate::model::Kind;
use crate::names::Names;
use crate::say;

/// More than these are counted rather than named.
pub(super) const NAMED: usize = 20;

/// Who owes something.
#[must_use]
pub fn who(by: &By<'_>, names: &Names<'_>) -> String {
    if by.how == How::Parties {
        return say!(names.lang, nn: "alle partane", nb: "alle partene", en: "all parties");
    }
    let list: Vec<String> = by.ids.iter().map(|id| names.short(id)).collect();
    let all = listed(&list, names.lang);
    match by.how {
        How::Jointly => say!(names.lang, nn: "{all} saman", nb: "{all} sammen", en: "{all} together"),
        How::Pair => list.join("–"),
        _ => all,
    }
}

/// `A, B og C`; of more than `most` the first, and how many more there are.
#[must_use]
pub fn some_of(list: &[String], most: usize, lang: Lang) -> String {
    if list.len() <= most {
        return listed(list, lang);
    }
    let (first, more) = (list[..most].join(", "), list.len() - most);
    say!(lang, nn: "{first} og {more} til", nb: "{first} og {more} til", en: "{first} and {more} more")
}

/// How far a day is from today: `om 8 dagar`, `i dag`, `for 3 dagar sidan`.
#[must_use]
pub fn distance(days: i64, lang: Lang) -> String {
    let number = days.abs();
    match days {
        0 => say!(lang, nn: "i dag", nb: "i dag", en: "today"),
        1 => say!(lang, nn: "i morgon", nb: "i morgen", en: "tomorrow"),
        -1 => say!(lang, nn: "i går", nb: "i går", en: "yesterday"),
        2.. => say!(lang, nn: "om {number} dagar", nb: "om {number} dager", en: "in {number} days"),
        _ => say!(lang, nn: "for {number} dagar sidan", nb: "for {number} dager siden", en: "{number} days ago"),
    }
}

impl Late {
    /// By how much: `4 dagar`, `minst 32 dagar`.
    #[must_use]
    pub fn words(self, lang: Lang) -> String {
        let days = self.days;
        let words = match days {
            1 => say!(lang, nn: "1 dag", nb: "1 dag", en: "1 day"),
            _ => say!(lang, nn: "{days} dagar", nb: "{days} dager", en: "{days} days"),
        };
        if !self.at_least {
            return words;
        }
        say!(lang, nn: "minst {words}", nb: "minst {words}", en: "at least {words}")
    }
}

/// An agreement and a clause of it.
#[must_use]
pub fn source(agreement: &str, clause: Option<&str>, names: &Names<'_>) -> String {
    let record = names.registry.agreements.get(agreement);
    let short = record.and_then(|record| record.abbreviation.as_ref()).map(|short| short.get(names.lang).to_owned());
    let title = short.unwrap_or_else(|| names.title(Kind::Agreement, agreement));
    match clause {
        Some(clause) => format!("{title}, {clause}"),
        None => title,
    }
}

/// The agreements and clauses of a duty and of those that say it again, each agreement named once.
#[must_use]
pub fn sources(duty: &Duty<'_>, also: &[Duty<'_>], names: &Names<'_>) -> Vec<String> {
    let mut sources: Vec<String> = Vec::new();
    let mut named: Vec<&str> = Vec::new();
    for Duty { agreement, obligation } in std::iter::once(duty).chain(also) {
        let clause = obligation.clause.as_deref();
        if !named.contains(&&*agreement.id) {
            named.push(&agreement.id);
            sources.push(source(&agreement.id, clause, names));
        } else if let Some(clause) = clause {
            sources.push(say!(names.lang, nn: "òg {clause}", nb: "også {clause}", en: "also {clause}"));
        }
    }
    sources
}

/// A document's own words, in the quotation marks of the language.
#[must_use]
pub fn quoted(text: &str, lang: Lang) -> String {
    if lang == Lang::En { format!("“{text}”") } else { format!("«{text}»") }
}

/// The beginning of a wording of which no more than `most` characters fit, up to the end of a word.
#[must_use]
pub fn beginning(text: &str, most: usize) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if text.chars().count() <= most {
        return text;
    }
    let cut: String = text.chars().take(most).collect();
    let whole = cut.rsplit_once(' ').map_or(&*cut, |(whole, _)| whole);
    format!("{}\u{a0}…", whole.trim_end_matches([',', ';', ':', '–']))
}

/// The wording of a duty; its id where it has none.
#[must_use]
pub fn wording(duty: &Duty<'_>, lang: Lang) -> String {
    let text = duty.obligation.text.as_ref().map(|text| text.get(lang)).filter(|text| !text.is_empty());
    text.map_or_else(|| duty.path(), ToOwned::to_owned)
}

impl Duty<'_> {
    /// The language of its wording, where it is another one than asked for.
    #[must_use]
    pub fn language(&self, lang: Lang) -> Option<&'static str> {
        self.obligation.text.as_ref().and_then(|text| text.found(lang).1)
    }
}

impl Occurrence<'_> {
    /// What is due, in the document's own words.
    #[must_use]
    pub fn words(&self, names: &Names<'_>) -> String {
        let lang = names.lang;
        match &self.what {
            What::Duty(duty, _) => wording(duty, lang),
            What::Seat(of) => {
                let seat = seat(of, names);
                say!(lang, nn: "{seat} er ledig", nb: "{seat} er ledig", en: "{seat} is vacant")
            }
            What::Term(of, _) => seat::term(of, self, names),
            What::Record(dated, found, part) => record::words(self.is_past, *dated, found, *part, names),
        }
    }

    /// The agreements and clauses that it stands in; those that say it again after the first.
    #[must_use]
    pub fn clauses(&self, names: &Names<'_>) -> Vec<String> {
        match &self.what {
            What::Duty(duty, also) => sources(duty, also, names),
            What::Seat(seat) | What::Term(seat, _) => {
                vec![source(&seat.agreement.id, seat.seat.clause.as_deref(), names)]
            }
            What::Record(..) => Vec::new(),
        }
    }

    /// Who is to get it: `Samhandlingsutvalet og Sekretariatet`.
    #[must_use]
    pub fn whom(&self, names: &Names<'_>) -> String {
        listed(&self.to.iter().map(|id| names.short(id)).collect::<Vec<_>>(), names.lang)
    }

    /// How it stands, with by how much, how many, why.
    #[must_use]
    pub fn standing(&self, names: &Names<'_>) -> String {
        let lang = names.lang;
        let mut words = self.status.label().get(lang).to_owned();
        if let (What::Seat(_), Status::Overdue | Status::Due) = (&self.what, self.status) {
            words = say!(lang, nn: "ledig", nb: "ledig", en: "vacant");
        }
        if let Some(late) = self.late_by {
            let late = late.words(lang);
            words = say!(lang, nn: "{words} ({late})", nb: "{words} ({late})", en: "{words} ({late})");
        }
        if let Some(partly) = self.partly(names) {
            words = format!("{words}, {partly}");
        }
        if let (Status::Excused, Some((reason, until))) = (self.status, self.reason) {
            let reason = reason.get(lang);
            words = match until.map(|until| day_words(until, lang)) {
                None => format!("{words}: {reason}"),
                Some(until) => say!(lang,
                    nn: "{words} til {until}: {reason}",
                    nb: "{words} til {until}: {reason}",
                    en: "{words} until {until}: {reason}",
                ),
            };
        }
        words
    }

    /// How much of it is done, where that is a part, and who has not got it: `5 av 6, ikkje til Havnøy`.
    #[must_use]
    pub fn partly(&self, names: &Names<'_>) -> Option<String> {
        if self.of < 2 || self.got == 0 || self.status.is_met() {
            return None;
        }
        let (lang, got, of) = (names.lang, self.got, self.of);
        let share = say!(lang, nn: "{got} av {of}", nb: "{got} av {of}", en: "{got} of {of}");
        if self.outstanding.is_empty() {
            return Some(share);
        }
        let whom: Vec<String> = self.outstanding.iter().map(|id| names.short(id)).collect();
        let whom = some_of(&whom, NAMED, lang);
        Some(say!(lang, nn: "{share}, ikkje til {whom}", nb: "{share}, ikke til {whom}", en: "{share}, not to {whom}"))
    }

    /// Of a compiled report, whose part is not there.
    #[must_use]
    pub fn parts_missing(&self, names: &Names<'_>) -> Option<String> {
        let missing = listed(&self.missing.iter().map(|id| names.short(id)).collect::<Vec<_>>(), names.lang);
        (!missing.is_empty()).then(
            || say!(names.lang, nn: "manglar frå {missing}", nb: "mangler fra {missing}", en: "missing from {missing}"),
        )
    }

    /// What else there is to know: what is missing, that the day is free, that who owes it is gone.
    #[must_use]
    pub fn remarks(&self, names: &Names<'_>, day: Date) -> Vec<String> {
        let lang = names.lang;
        let mut remarks: Vec<String> = self.parts_missing(names).into_iter().collect();
        if let Some(due) =
            self.due.filter(|due| matches!(self.what, What::Duty(..)) && self.status.is_open() && is_free(*due))
        {
            let weekday = weekday(due, lang);
            remarks.push(say!(lang,
                nn: "{weekday}, men fristen blir ikkje flytta",
                nb: "{weekday}, men fristen flyttes ikke",
                en: "a {weekday}; the deadline does not move",
            ));
        }
        if let What::Seat(SeatOf { of: Some(of), .. }) = self.what {
            remarks.extend(not_inherited(of, names));
        }
        if self.status == Status::Overdue {
            for id in &self.by.ids {
                remarks.extend(left_behind(id, names, day));
            }
        }
        remarks
    }
}

/// That whoever a seat is for carries on from others, whose appointments did not come along.
fn not_inherited(id: &str, names: &Names<'_>) -> Option<String> {
    let organisation = names.registry.organisations.get(id)?;
    let before: Vec<String> =
        organisation.succeeds.iter().map(|succession| names.short(succession.organisation.id())).collect();
    let (after, before) = (names.short(id), listed(&before, names.lang));
    (!before.is_empty()).then(|| {
        say!(names.lang,
            nn: "{after} følgjer etter {before}; oppnemningane derifrå gjeld ikkje vidare",
            nb: "{after} følger etter {before}; oppnevningene derfra gjelder ikke videre",
            en: "{after} carries on from {before}; appointments from there do not carry over",
        )
    })
}

/// That a body is gone, who carries on from it, and that nobody has taken over what it left open.
fn left_behind(id: &str, names: &Names<'_>, day: Date) -> Option<String> {
    let last = super::ground::existence(names.registry, id).last().filter(|last| *last < day)?;
    let successors: Vec<String> =
        super::successors(names.registry, id).map(|(successor, _)| names.short(&successor.id)).collect();
    let (gone, last) = (names.short(id), day_words(last, names.lang));
    let after = listed(&successors, names.lang);
    Some(match &*after {
        "" => say!(names.lang,
            nn: "{gone} fanst til {last}", nb: "{gone} fantes til {last}", en: "{gone} existed until {last}",
        ),
        after => say!(names.lang,
            nn: "{gone} fanst til {last}; {after} følgjer etter, men arvar ikkje plikta av seg sjølv",
            nb: "{gone} fantes til {last}; {after} følger etter, men arver ikke plikten av seg selv",
            en: "{gone} existed until {last}; {after} carries on from it but does not inherit the duty by itself",
        ),
    })
}

fn weekday(day: Date, lang: Lang) -> String {
    match day.weekday() {
        Weekday::Sat => say!(lang, nn: "laurdag", nb: "lørdag", en: "Saturday"),
        Weekday::Sun => say!(lang, nn: "søndag", nb: "søndag", en: "Sunday"),
        _ => say!(lang, nn: "heilagdag", nb: "helligdag", en: "public holiday"),
    }
}
