//! The words of coverage: marks that are read without colour, what each means, seats and records in a few words.

use chrono::Datelike;

use super::grid::{Column, Mark, Standing};
use super::{Chair, DutyYear, RecordYear, SeatYear};
use crate::count::whole;
use crate::date::{When, day_words};
use crate::lang::{Lang, Text};
use crate::mandate::wording::{listed, quoted, seat, source, wording};
use crate::mandate::{Period, SeatStatus, Status};
use crate::model::{EachSeat, Figure, Owner, Strength};
use crate::names::{Names, capital};
use crate::read::{Target, Unit};
use crate::report::deadlines::some_names;
use crate::say;

/// Why something is excused, numbered as the marks refer to it.
#[derive(Debug, Default)]
pub(super) struct Notes<'a>(Vec<(&'a Text, Option<crate::date::Date>)>);

impl<'a> Notes<'a> {
    fn number(&mut self, reason: (&'a Text, Option<crate::date::Date>)) -> usize {
        let known = self.0.iter().position(|(text, until)| std::ptr::eq(*text, reason.0) && *until == reason.1);
        known.unwrap_or_else(|| {
            self.0.push(reason);
            self.0.len() - 1
        }) + 1
    }

    /// Each with its number: why, and until when.
    pub(super) fn lines(&self, lang: Lang) -> Vec<String> {
        let line = |(at, (text, until)): (usize, &(&Text, Option<crate::date::Date>))| {
            let (number, reason) = (raised(at + 1), text.get(lang).trim());
            match until.map(|until| day_words(until, lang)) {
                None => say!(lang,
                    nn: "{number} Unnateke: {reason}", nb: "{number} Unntatt: {reason}", en: "{number} Excused: {reason}",
                ),
                Some(until) => say!(lang,
                    nn: "{number} Unnateke til {until}: {reason}",
                    nb: "{number} Unntatt til {until}: {reason}",
                    en: "{number} Excused until {until}: {reason}",
                ),
            }
        };
        self.0.iter().enumerate().map(line).collect()
    }
}

/// A number as it is raised above the line.
fn raised(number: usize) -> String {
    const DIGITS: [char; 10] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
    let digits = number.to_string();
    digits.bytes().map(|digit| DIGITS[usize::from(digit - b'0')]).collect()
}

/// What stands in a cell of the grid.
pub(super) fn cell<'a>(marks: &[Mark<'a>], year: i32, notes: &mut Notes<'a>, names: &Names<'_>) -> String {
    if marks.len() <= 2 {
        let parts = marks.iter().map(|one| {
            let text = mark(one, year, notes, names);
            if marks.len() == 1 || one.with.is_empty() {
                return text;
            }
            let with = listed(&one.with.iter().map(|id| names.short(id)).collect::<Vec<_>>(), names.lang);
            format!("{with}: {text}")
        });
        return parts.collect::<Vec<_>>().join("; ");
    }
    let mut counts: Vec<(String, usize)> = Vec::new();
    for one in marks {
        let text = sign(one.standing, names.lang);
        match counts.iter_mut().find(|(known, _)| *known == text) {
            Some((_, count)) => *count += 1,
            None => counts.push((text, 1)),
        }
    }
    counts.iter().map(|(text, count)| format!("{text} {count}")).collect::<Vec<_>>().join("; ")
}

fn mark<'a>(mark: &Mark<'a>, year: i32, notes: &mut Notes<'a>, names: &Names<'_>) -> String {
    let lang = names.lang;
    let text = sign(mark.standing, lang);
    let (got, of) = mark.share;
    let when = mark.on.map(|on| short_when(on, year, lang));
    match (mark.standing, when, mark.late_by) {
        (Standing::Duty(Status::MetLate), _, Some(late)) => {
            let late = late.words(lang);
            format!("{text} {late}")
        }
        (Standing::Duty(status), Some(when), _) if status.is_met() => match status {
            Status::MetOnTime => format!("✓ {when}"),
            _ => format!("(✓) {when}"),
        },
        (Standing::Duty(Status::Excused), ..) => match mark.reason {
            Some(reason) => format!("{text} {}", raised(notes.number(reason))),
            None => text,
        },
        (Standing::Duty(status), ..) if of > 1 && got > 0 && !status.is_met() => {
            say!(lang, nn: "{text} ({got} av {of})", nb: "{text} ({got} av {of})", en: "{text} ({got} of {of})")
        }
        _ => text,
    }
}

/// The mark for how something stands.
fn sign(standing: Standing, lang: Lang) -> String {
    match standing {
        Standing::Duty(Status::Overdue) => say!(lang, nn: "✗ manglar", nb: "✗ mangler", en: "✗ missing"),
        Standing::Duty(Status::NotMet) => say!(lang, nn: "– ikkje gjort", nb: "– ikke gjort", en: "– not done"),
        Standing::Duty(Status::MetOnTime) => say!(lang, nn: "✓ gjort", nb: "✓ gjort", en: "✓ done"),
        Standing::Duty(Status::Met) => say!(lang, nn: "(✓) gjort", nb: "(✓) gjort", en: "(✓) done"),
        Standing::Duty(Status::MetLate) => say!(lang, nn: "for seint", nb: "for sent", en: "late by"),
        Standing::Duty(Status::NotRecorded) | Standing::Seat(SeatStatus::NotRecorded) => {
            say!(lang, nn: "ikkje reg.", nb: "ikke reg.", en: "not rec.")
        }
        Standing::Duty(Status::ReceiverEnded) => {
            say!(lang, nn: "ingen mottakar", nb: "ingen mottaker", en: "no receiver")
        }
        Standing::Duty(status) => status.label().get(lang).to_owned(),
        Standing::Seat(SeatStatus::Filled) => say!(lang, nn: "✓ fylt", nb: "✓ fylt", en: "✓ filled"),
        Standing::Seat(SeatStatus::Vacant) => say!(lang, nn: "✗ ledig", nb: "✗ ledig", en: "✗ vacant"),
        Standing::Seat(SeatStatus::Open) => say!(lang, nn: "– ikkje fylt", nb: "– ikke fylt", en: "– not filled"),
        Standing::Seat(SeatStatus::TermEnded) => {
            say!(lang, nn: "(✓) perioden ute", nb: "(✓) perioden ute", en: "(✓) term ended")
        }
        Standing::Seat(status) => status.label().get(lang).to_owned(),
    }
}

/// What a mark means; nothing for one that says it itself.
pub(super) fn meaning(standing: Standing, lang: Lang) -> Option<String> {
    let text = sign(standing, lang);
    let means = match standing {
        Standing::Duty(Status::MetOnTime) => {
            return Some(say!(lang,
                nn: "✓ og ein dag: gjort i tide, den dagen",
                nb: "✓ og en dag: gjort i tide, den dagen",
                en: "✓ and a day: done in time, on that day",
            ));
        }
        Standing::Duty(Status::Met) => {
            return Some(say!(lang,
                nn: "(✓): gjort, men dagen er ikkje kjend nok til å seie om det var i tide",
                nb: "(✓): gjort, men dagen er ikke kjent nok til å si om det var i tide",
                en: "(✓): done, but the day is not known well enough to say whether it was in time",
            ));
        }
        Standing::Duty(Status::MetLate) => {
            say!(lang, nn: "gjort, så lenge etter fristen", nb: "gjort, så lenge etter fristen", en: "done, so long after the deadline")
        }
        Standing::Duty(Status::Overdue) => {
            say!(lang, nn: "fristen er ute, og ingenting viser at det er gjort", nb: "fristen er ute, og ingenting viser at det er gjort", en: "the deadline has passed, and nothing shows that it was done")
        }
        Standing::Duty(Status::NotMet) => {
            say!(lang, nn: "tida er ute, men dette er noko ein bør, ikkje må", nb: "tiden er ute, men dette er noe man bør, ikke må", en: "the time has passed, but this is something one should, not must")
        }
        Standing::Duty(Status::Due) => {
            say!(lang, nn: "tida for det er no, og fristen er ikkje ute", nb: "tiden for det er nå, og fristen er ikke ute", en: "the time for it is now, and the deadline has not passed")
        }
        Standing::Duty(Status::Upcoming) => {
            say!(lang, nn: "tida for det er ikkje komen", nb: "tiden for det er ikke kommet", en: "the time for it has not come")
        }
        Standing::Duty(Status::NotRecorded) | Standing::Seat(SeatStatus::NotRecorded) => {
            say!(lang, nn: "ingen førte noko då", nb: "ingen førte noe da", en: "nobody kept records then")
        }
        Standing::Duty(Status::ReceiverEnded) => {
            say!(lang, nn: "den som skulle ha det, finst ikkje lenger", nb: "den som skulle ha det, finnes ikke lenger", en: "whoever was to get it no longer exists")
        }
        Standing::Seat(SeatStatus::Vacant) => {
            say!(lang, nn: "plassen skal vere fylt og er det ikkje", nb: "plassen skal være fylt og er det ikke", en: "the seat must be filled and is not")
        }
        Standing::Seat(SeatStatus::TermEnded) => {
            say!(lang, nn: "nokon sit der framleis, men oppnemninga har gått ut", nb: "noen sitter der fremdeles, men oppnevningen har gått ut", en: "somebody still sits there, but the appointment has run out")
        }
        _ => return None,
    };
    Some(format!("{text}: {means}"))
}

/// A time as short as a cell needs it: without the year where it is the one asked for.
fn short_when(when: When, year: i32, lang: Lang) -> String {
    let When::Day(day) = when else { return when.words(lang) };
    let words = day_words(day, lang);
    match (lang, day.year() == year) {
        (Lang::En, true) => words.trim_end_matches(|char: char| char.is_ascii_digit()).trim_end().to_owned(),
        (Lang::En, false) => words,
        (_, true) => format!("{}.{}.", day.day(), day.month()),
        (_, false) => format!("{}.{}.{}", day.day(), day.month(), day.year()),
    }
}

/// What stands above a column: the duty's id, with the period where that is not the year; the role of a seat.
pub(super) fn head(column: &Column<'_, '_>, network: &str, names: &Names<'_>) -> String {
    match column {
        Column::Duty(duties) => {
            let id = capital(&duties[0].duty.obligation.id);
            match (&duties[..], duties[0].period) {
                ([_], Some(period)) if !is_one_year(period) => format!("{id} {}", period.words(names.lang)),
                _ => id,
            }
        }
        Column::Seat(of) => seat_head(of, network, names),
    }
}

fn seat_head(of: &SeatYear<'_>, network: &str, names: &Names<'_>) -> String {
    match of.of.role {
        Some(role) if of.of.seat.body.id() == network => capital(role.label().get(names.lang)),
        _ => seat(&of.of, names),
    }
}

fn is_one_year(period: Period) -> bool {
    period.unit == Unit::Year && period.from == period.to
}

/// What a column is about: the wording and where it stands.
pub(super) fn key(column: &Column<'_, '_>, names: &Names<'_>) -> String {
    let (agreement, clause, text) = match column {
        Column::Duty(duties) => {
            let duty = duties[0].duty;
            (&duty.agreement.id, duty.obligation.clause.as_deref(), Some(wording(&duty, names.lang)))
        }
        Column::Seat(seat) => {
            let text = seat.of.seat.text.as_ref().map(|text| text.get(names.lang).to_owned());
            (&seat.of.agreement.id, seat.of.seat.clause.as_deref(), text)
        }
    };
    let source = source(agreement, clause, names);
    match text.map(|text| quoted(text.trim(), names.lang)) {
        Some(text) => format!("{text} ({source})"),
        None => source,
    }
}

/// `3 av 8`, with how many nothing is recorded of, or what was published instead.
pub(super) fn share(column: &Column<'_, '_>, names: &Names<'_>) -> String {
    let lang = names.lang;
    let (done, of, unknown) = column.share();
    let reported = match column {
        Column::Duty(duties) => duties.iter().find_map(|duty| duty.reported).filter(|_| unknown > 0),
        Column::Seat(_) => None,
    };
    match (reported, unknown) {
        (Some(figure), _) => published(figure, lang),
        (None, 0) => out_of(done, of, lang),
        (None, unknown) => {
            let share = out_of(done, of, lang);
            say!(lang, nn: "{share} ({unknown} ikkje reg.)", nb: "{share} ({unknown} ikke reg.)", en: "{share} ({unknown} not rec.)")
        }
    }
}

/// `3 av 8`
pub(crate) fn out_of(done: usize, of: usize, lang: Lang) -> String {
    let [done, of] = [done, of].map(|number| whole(number, lang));
    say!(lang, nn: "{done} av {of}", nb: "{done} av {of}", en: "{done} of {of}")
}

/// A published figure that answers a duty by number: `3 av 4 (rapportert)`.
pub(crate) fn published(figure: &Figure, lang: Lang) -> String {
    let value = figure.value.0.as_published(lang);
    match figure.of {
        Some(of) => {
            say!(lang, nn: "{value} av {of} (rapportert)", nb: "{value} av {of} (rapportert)", en: "{value} of {of} (reported)")
        }
        None => say!(lang, nn: "{value} (rapportert)", nb: "{value} (rapportert)", en: "{value} (reported)"),
    }
}

/// How a seat, or all that are repeated, stand: `fylt`; `2 av 3 fylte; ledig: Øyane`.
pub(crate) fn seat_standing(seat: &SeatYear<'_>, names: &Names<'_>) -> String {
    let lang = names.lang;
    if let [chair] = &seat.chairs[..] {
        return chair_standing(chair, lang);
    }
    let share = out_of(seat.share().0, seat.share().1, lang);
    let share = say!(lang, nn: "{share} fylte", nb: "{share} fylt", en: "{share} filled");
    let lacking = lacking(seat, names);
    if lacking.is_empty() || seat.strength() == Strength::May {
        return share;
    }
    let lacking = some_names(&lacking, lang);
    match seat.strength() {
        Strength::Shall => {
            say!(lang, nn: "{share}; ledig: {lacking}", nb: "{share}; ledig: {lacking}", en: "{share}; vacant: {lacking}")
        }
        _ => {
            say!(lang, nn: "{share}; ikkje fylt: {lacking}", nb: "{share}; ikke fylt: {lacking}", en: "{share}; not filled: {lacking}")
        }
    }
}

/// For whom a repeated seat stands empty, as far as that is known.
pub(crate) fn lacking(seat: &SeatYear<'_>, names: &Names<'_>) -> Vec<String> {
    let empty = seat.chairs.iter().filter(|chair| matches!(chair.status, SeatStatus::Vacant | SeatStatus::Open));
    let mut places: Vec<String> = empty.filter_map(|chair| Some(place(seat, chair.of?, names))).collect();
    let order = crate::names::norwegian();
    places.sort_by(|a, b| order.compare(a, b));
    places
}

fn place(seat: &SeatYear<'_>, id: &str, names: &Names<'_>) -> String {
    match seat.of.seat.each {
        Some(EachSeat::Area) => names.reference(Target::Area, id),
        _ => names.short(id),
    }
}

fn chair_standing(chair: &Chair<'_>, lang: Lang) -> String {
    let label = chair.status.label().get(lang);
    let (filled, min) = (chair.filled, chair.min);
    match (chair.is_filled(), filled) {
        (true, 2..) => format!("{label} ({filled})"),
        (false, 1..) => {
            say!(lang, nn: "{label} ({filled} av {min})", nb: "{label} ({filled} av {min})", en: "{label} ({filled} of {min})")
        }
        _ => label.to_owned(),
    }
}

/// Who each owes a duty: `kommune (8)`, `helseføretak + kommune (8)`; nothing where it is not owed by each of a kind.
pub(crate) fn each(duty: &DutyYear<'_>, names: &Names<'_>) -> Option<String> {
    let label = |kinds: &[crate::model::OrganisationKind], between: &str| {
        kinds.iter().map(|kind| kind.label().get(names.lang)).collect::<Vec<_>>().join(between)
    };
    let kinds = match &duty.duty.obligation.by {
        Some(Owner::Each(kinds)) => label(kinds, ", "),
        Some(Owner::Pair(kinds)) => label(kinds, " + "),
        _ => return None,
    };
    Some(format!("{kinds} ({})", duty.all.len()))
}

/// How many records have what they must: `11 av 13`.
pub(crate) fn record_share(records: &RecordYear<'_>, lang: Lang) -> String {
    out_of(records.holding.len(), records.holding.len() + records.lacking.len(), lang)
}

/// For what kinds of record a duty is owed: `For kvar post: tilbod`.
pub(crate) fn each_record(records: &RecordYear<'_>, lang: Lang) -> String {
    let kinds = records.duty.obligation.per.iter().flat_map(|per| &per.record);
    let kinds = listed(&kinds.map(|kind| kind.label().get(lang).to_owned()).collect::<Vec<_>>(), lang);
    say!(lang, nn: "For kvar post: {kinds}", nb: "For hver post: {kinds}", en: "For each record: {kinds}")
}

/// The beginning of a wording, as much as fits into a cell.
pub(crate) fn beginning(text: &str) -> String {
    crate::mandate::wording::beginning(text, 90)
}
