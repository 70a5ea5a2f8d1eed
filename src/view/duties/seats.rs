//! Seats as they stand on a day: those that differ only in whom they are for, in one line.

use serde_json::{Map, Value, json};

use crate::date::{Date, day_words};
use crate::mandate::wording::{distance, seat};
use crate::mandate::{Mandates, SeatLine, SeatOf, SeatStatus, Sitting};
use crate::model::{EachSeat, Strength};
use crate::names::{Names, capital};
use crate::read::Target;
use crate::say;

/// The seats of one place in an agreement, with one role, each with how it stands.
pub(super) struct Fold<'l, 'a> {
    lines: Vec<(&'l SeatLine<'a>, SeatStatus)>,
}

/// The seats of the lines that are meant and that are there on the day.
pub(super) fn of<'l, 'a>(
    mandates: &'l Mandates<'a>,
    day: Date,
    meant: &dyn Fn(&SeatLine<'a>) -> bool,
) -> Vec<Fold<'l, 'a>> {
    let mut folds: Vec<Fold<'l, 'a>> = Vec::new();
    for line in mandates.seats.iter().filter(|line| line.days.holds(day) && meant(line)) {
        let status = mandates.seat_status(line, day);
        let same = folds.iter_mut().find(|fold| {
            let of = &fold.lines[0].0.of;
            std::ptr::eq(of.seat, line.of.seat) && of.role == line.of.role
        });
        match same {
            Some(fold) => fold.lines.push((line, status)),
            None => folds.push(Fold { lines: vec![(line, status)] }),
        }
    }
    folds
}

/// Whether a seat concerns an organisation: it is in it, for it, meant for it, or somebody of it sits there.
pub(super) fn is_of(line: &SeatLine<'_>, id: &str, day: Date, is_own: &dyn Fn(&str) -> bool) -> bool {
    let seat = line.of.seat;
    let repeated = !matches!(seat.each, None | Some(EachSeat::Area));
    seat.body.id() == id
        || (repeated && line.of.of.is_some_and(is_own))
        || (!repeated && seat.holder.iter().flat_map(|holder| &*holder.organisation).any(|holder| is_own(holder.id())))
        || line.on(day).any(|sitting| is_own(sitting.member.organisation.id()))
}

fn words_of_end(end: Date, names: &Names<'_>, day: Date) -> String {
    let (lang, words) = (names.lang, day_words(end, names.lang));
    let away = distance((end - day).num_days(), lang);
    if end < day {
        return say!(lang,
            nn: "; perioden gjekk ut {words} ({away})",
            nb: "; perioden gikk ut {words} ({away})",
            en: "; the term ended on {words} ({away})",
        );
    }
    say!(lang,
        nn: "; perioden går ut {words} ({away})",
        nb: "; perioden går ut {words} ({away})",
        en: "; the term ends on {words} ({away})",
    )
}

impl<'a> Fold<'_, 'a> {
    /// What is vacant stands on top.
    pub(super) fn order(&self) -> usize {
        let place = |status: &SeatStatus| URGENT.iter().position(|urgent| urgent == status).unwrap_or(URGENT.len());
        let first = self.lines.iter().map(|(_, status)| place(status)).min().unwrap_or_default();
        let optional = self.lines.iter().all(|(line, _)| line.strength() == Strength::May);
        if optional { URGENT.len() } else { first }
    }

    /// On a line: how they stand, what they are, when the first term ends, where it is written.
    pub(super) fn line(&self, names: &Names<'_>, day: Date) -> String {
        let of = self.lines[0].0.of;
        let single = if self.lines.len() == 1 { of } else { SeatOf { of: None, ..of } };
        let (standing, seat) = (capital(&self.standing(names, day)), seat(&single, names));
        let end = self.next_end(day).map(|end| words_of_end(end, names, day)).unwrap_or_default();
        let mut more: Vec<String> = of.seat.clause.iter().map(ToString::to_string).collect();
        more.push(of.path());
        format!("{standing} – {seat}{end} ({})", more.join("; "))
    }

    /// How they stand: `ledig 2 av 8: Havnøy, Reinvik; fylt 6 av 8`.
    fn standing(&self, names: &Names<'_>, day: Date) -> String {
        let (lang, of) = (names.lang, self.lines.len());
        let mut parts = Vec::new();
        for status in URGENT {
            let here: Vec<&SeatLine<'a>> =
                self.lines.iter().filter(|(_, own)| own == status).map(|(line, _)| *line).collect();
            let (count, label) = (here.len(), status.label().get(lang));
            if count == 0 {
                continue;
            }
            if let [only] = &*self.lines {
                return alone(only.0, *status, names, day);
            }
            let share =
                say!(lang, nn: "{label} {count} av {of}", nb: "{label} {count} av {of}", en: "{label} {count} of {of}");
            let told = !matches!(status, SeatStatus::Filled | SeatStatus::NotRecorded) && count < of;
            if told {
                let whom: Vec<String> = here.iter().map(|line| for_whom(line, names)).collect();
                parts.push(format!("{share}: {}", whom.join(", ")));
            } else {
                parts.push(share);
            }
        }
        parts.join("; ")
    }

    /// The term that ends first.
    fn next_end(&self, day: Date) -> Option<Date> {
        self.lines.iter().flat_map(|(line, _)| line.on(day)).filter_map(end).min()
    }

    pub(super) fn json(&self, mandates: &Mandates<'a>, day: Date) -> Value {
        let of = self.lines[0].0.of;
        let statuses = SeatStatus::ALL.iter().map(|status| {
            let count = self.lines.iter().filter(|(_, own)| own == status).count();
            (status.word().to_owned(), json!(count))
        });
        let statuses: Map<String, Value> = statuses.filter(|(_, count)| *count != json!(0)).collect();
        let seats = self.lines.iter().map(|(line, status)| {
            let sitting: Vec<Value> = line.on(day).map(sitting_json).collect();
            json!({ "for": line.of.of, "networks": mandates.ids(&line.grounds), "status": status.word(), "held-by": sitting })
        });
        json!({
            "seat": of.path(),
            "body": of.seat.body.id(),
            "role": of.role.map(|role| role.word()),
            "clause": of.seat.clause,
            "strength": of.seat.strength.unwrap_or_default().word(),
            "of": self.lines.len(),
            "statuses": statuses,
            "seats": seats.collect::<Vec<_>>(),
        })
    }
}

/// In the order in which they need attention.
const URGENT: &[SeatStatus] = &[
    SeatStatus::Vacant,
    SeatStatus::TermEnded,
    SeatStatus::TooMany,
    SeatStatus::OneSide,
    SeatStatus::Open,
    SeatStatus::NotRecorded,
    SeatStatus::Filled,
];

/// How a seat that is not repeated stands, with how many sit there and from where.
fn alone(line: &SeatLine<'_>, status: SeatStatus, names: &Names<'_>, day: Date) -> String {
    let label = status.label().get(names.lang);
    let lang = names.lang;
    let (count, min) = (line.on(day).count(), line.min);
    let label = match (status, count) {
        (SeatStatus::Vacant, 1..) => say!(lang,
            nn: "{label}, {count} av {min} fylt",
            nb: "{label}, {count} av {min} fylt",
            en: "{label}, {count} of {min} filled",
        ),
        _ => label.to_owned(),
    };
    let from = line.on(day).map(|sitting| sitting.member.organisation.id()).filter(|from| line.of.of != Some(from));
    let from: Vec<String> = from.map(|from| names.short(from)).collect();
    if from.is_empty() { label } else { format!("{label}: {}", from.join(", ")) }
}

fn for_whom(line: &SeatLine<'_>, names: &Names<'_>) -> String {
    match (&line.of.seat.each, line.of.of) {
        (Some(EachSeat::Area), Some(area)) => names.reference(Target::Area, area),
        (_, Some(of)) => names.short(of),
        (_, None) => names.short(line.of.seat.body.id()),
    }
}

fn end(sitting: &Sitting<'_>) -> Option<Date> {
    Some(sitting.last).filter(|last| *last < Date::MAX).into_iter().chain(sitting.term).min()
}

fn sitting_json(sitting: &Sitting<'_>) -> Value {
    let ends = end(sitting).map(|end| end.to_string());
    json!({ "member": sitting.member.id, "organisation": sitting.member.organisation.id(), "term-ends": ends })
}
