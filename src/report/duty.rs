//! One duty or seat, explained: its wording and clause, how it is computed, how it stands around a day.

mod ground;
mod how;
mod rhythm;
mod seat;

use chrono::Months;
use serde_json::{Value, json};

use crate::count::whole;
use crate::date::{Date, day_words};
use crate::document::Document;
use crate::mandate::folded::{age, by_period, standing_of_all};
use crate::mandate::wording::{distance, quoted, seat as seat_words, some_of, source, who};
use crate::mandate::{Duty, Evidence, Found, Line, Mandates, Occurrence, SeatOf, Status, What};
use crate::model::{Agreement, Obligation, Seat};
use crate::names::{Names, capital};
use crate::registry::{Entry, Registry};
use crate::say;

/// More records than these are counted rather than named.
const NAMED: usize = 6;

/// How far around the day occurrences are shown.
const SPAN: Around = Around { before: Months::new(24), after: Months::new(12) };

struct Around {
    before: Months,
    after: Months,
}

impl Around {
    fn around(&self, day: Date) -> (Date, Date) {
        let from = day.checked_sub_months(self.before).unwrap_or(Date::MIN);
        (from, day.checked_add_months(self.after).unwrap_or(Date::MAX))
    }
}

/// A duty or a seat.
#[derive(Clone, Copy, Debug)]
pub enum Asked<'a> {
    /// A duty.
    Duty(Duty<'a>),
    /// A seat.
    Seat(&'a Entry<Agreement>, &'a Seat),
}

/// What is said of a duty or seat.
#[derive(Debug)]
pub struct Explained<'a> {
    /// What was asked about.
    pub asked: Asked<'a>,
    /// The day.
    pub day: Date,
    body: Body,
}

/// What a duty and a seat have in common.
#[derive(Debug, Default)]
struct Body {
    /// How it is computed, a sentence each.
    how: Vec<String>,
    /// How it stands on the day.
    standing: Vec<String>,
    /// What was and will be due around the day, a line each.
    occurrences: Vec<String>,
    /// Fields for machines.
    json: Vec<(&'static str, Value)>,
    /// The occurrences for machines.
    around: Value,
}

/// The duty or seat at a path such as `mandat-fjordnett/handlingsplan`.
#[must_use]
pub fn find<'a>(registry: &'a Registry, path: &str) -> Option<Asked<'a>> {
    let (agreement, id) = path.split_once('/')?;
    let agreement = registry.agreements.get(agreement)?;
    let duty = agreement.obligation.iter().find(|obligation| *obligation.id == *id);
    let seat = agreement.seat.iter().find(|seat| *seat.id == *id);
    duty.map(|obligation| Asked::Duty(Duty { agreement, obligation })).or(seat.map(|seat| Asked::Seat(agreement, seat)))
}

/// The paths of all duties and seats.
#[must_use]
pub fn paths(registry: &Registry) -> Vec<String> {
    let of = |agreement: &Entry<Agreement>| {
        let duties = agreement.obligation.iter().map(|obligation| &obligation.id);
        let ids = duties.chain(agreement.seat.iter().map(|seat| &seat.id));
        ids.map(|id| format!("{}/{id}", agreement.id)).collect::<Vec<_>>()
    };
    registry.agreements.iter().flat_map(of).collect()
}

/// Explains a duty or a seat, as it stands on a day.
#[must_use]
pub fn explain<'a>(mandates: &Mandates<'a>, asked: Asked<'a>, names: &Names<'_>, day: Date) -> Explained<'a> {
    let body = match asked {
        Asked::Duty(duty) => of_duty(mandates, duty, names, day),
        Asked::Seat(agreement, seat) => seat::explain(mandates, agreement, seat, names, day),
    };
    Explained { asked, day, body }
}

impl Explained<'_> {
    /// For people.
    #[must_use]
    pub fn document(&self, names: &Names<'_>) -> Document {
        let lang = names.lang;
        let (path, agreement, clause, text, note) = match self.asked {
            Asked::Duty(Duty { agreement, obligation }) => (
                format!("{}/{}", agreement.id, obligation.id),
                agreement,
                &obligation.clause,
                &obligation.text,
                &obligation.note,
            ),
            Asked::Seat(agreement, seat) => {
                (format!("{}/{}", agreement.id, seat.id), agreement, &seat.clause, &seat.text, &seat.note)
            }
        };
        let day = day_words(self.day, lang);
        let mut document = Document::new(lang);
        document.heading(1, path);
        if let Some(text) = text {
            document.paragraph(quoted(text.get(lang), lang));
        }
        document.paragraph(source(&agreement.id, clause.as_deref(), names));
        document.heading(2, say!(lang, nn: "Slik blir det rekna", nb: "Slik regnes det", en: "How it is computed"));
        document.list(self.body.how.clone());
        if let Some(note) = note {
            document.paragraph(how::note(note, lang));
        }
        document
            .heading(2, say!(lang, nn: "Slik står det {day}", nb: "Slik står det {day}", en: "How it stands on {day}"));
        document.list(self.body.standing.clone());
        if !self.body.occurrences.is_empty() {
            document.heading(
                2,
                say!(lang,
                    nn: "Fristar frå to år før til eitt år etter",
                    nb: "Frister fra to år før til ett år etter",
                    en: "Deadlines from two years before to one year after",
                ),
            );
            document.list(self.body.occurrences.clone());
        }
        document
    }

    /// For machines: lmnet-explain version 1.
    #[must_use]
    pub fn json(&self) -> Value {
        let (key, path, record) = match self.asked {
            Asked::Duty(duty) => ("duty", duty.path(), json!(duty.obligation)),
            Asked::Seat(agreement, seat) => ("seat", format!("{}/{}", agreement.id, seat.id), json!(seat)),
        };
        let (from, until) = SPAN.around(self.day);
        let mut value = json!({
            "schema": "lmnet-explain",
            "version": 1,
            key: path,
            "record": record,
            "how": self.body.how,
            "today": self.day.to_string(),
            "standing": self.body.standing,
            "from": from.to_string(),
            "until": until.to_string(),
            "occurrences": self.body.around,
        });
        if let Value::Object(map) = &mut value {
            map.extend(self.body.json.iter().map(|(key, value)| ((*key).to_owned(), value.clone())));
        }
        value
    }
}

fn of_duty<'a>(mandates: &Mandates<'a>, duty: Duty<'a>, names: &Names<'_>, day: Date) -> Body {
    let is = |other: &Obligation| std::ptr::eq(other, duty.obligation);
    let own = mandates.lines.iter().any(|line| is(line.duty.obligation));
    // A duty that another one says again is counted there.
    let lines: Vec<&Line<'a>> = mandates
        .lines
        .iter()
        .filter(|line| if own { is(line.duty.obligation) } else { line.also.iter().any(|also| is(also.obligation)) })
        .collect();
    let how = how::sentences(mandates, duty, names, day);
    if duty.obligation.per.is_some() {
        let (standing, json) = of_records(mandates, duty, names, day);
        return Body { how, standing, json: vec![("records", json)], ..Body::default() };
    }
    let current: Vec<Occurrence<'a>> = lines.iter().flat_map(|line| mandates.current(line, day)).collect();
    let mut standing = Vec::new();
    if current.is_empty() {
        let on = day_words(day, names.lang);
        standing.push(say!(names.lang,
            nn: "Ingen har plikta {on}.", nb: "Ingen har plikten {on}.", en: "Nobody owes it on {on}.",
        ));
    }
    for fold in by_period(&current) {
        let dated = fold[0].due.is_some();
        standing.push(if dated {
            line_of(&fold, lines.len() > 1, names, day)
        } else {
            capital(&standing_of_all(&fold, names))
        });
    }
    let dateless = current.iter().filter(|one| one.due.is_none());
    standing.extend(newest(dateless, mandates.registry, names, day));
    let (from, until) = SPAN.around(day);
    let around: Vec<Occurrence<'a>> = lines
        .iter()
        .flat_map(|line| mandates.of_line(line, day, from, until))
        .filter(|one| one.due.is_some())
        .collect();
    let occurrences = lines_of(&around, lines.len() > 1, names, day);
    let all = if around.is_empty() { all_json(&current) } else { all_json(&around) };
    Body { how, standing, occurrences, json: Vec::new(), around: all }
}

/// A line for each due date and period, with who owes it where several do; those of which nothing is known together, before the others.
fn lines_of(occurrences: &[Occurrence<'_>], several: bool, names: &Names<'_>, day: Date) -> Vec<String> {
    let lang = names.lang;
    let (unknown, known): (Vec<_>, Vec<_>) = by_period(occurrences).into_iter().partition(|fold| {
        fold.iter().all(|one| one.status == Status::NotRecorded) && fold.iter().all(|one| one.evidence.is_empty())
    });
    let mut lines = Vec::new();
    if let (Some(first), Some(last)) = (unknown.first(), unknown.last()) {
        let ends = [first, last].map(|fold| fold[0].due.map(|due| day_words(due, lang)).unwrap_or_default());
        let (count, [first, last]) = (unknown.len(), ends);
        lines.push(match count {
            1 => {
                say!(lang, nn: "{first}: ikkje registrert", nb: "{first}: ikke registrert", en: "{first}: not recorded")
            }
            _ => say!(lang,
                nn: "{first} til {last}: ikkje registrert ({count} fristar)",
                nb: "{first} til {last}: ikke registrert ({count} frister)",
                en: "{first} to {last}: not recorded ({count} deadlines)",
            ),
        });
    }
    lines.extend(known.iter().map(|fold| line_of(fold, several, names, day)));
    lines
}

/// Those who owe the same by the same day on a line: when, for which period, how they stand, what shows it.
fn line_of(fold: &[&Occurrence<'_>], several: bool, names: &Names<'_>, day: Date) -> String {
    let lang = names.lang;
    let first = fold[0];
    let mut line = first.due.map(|due| day_words(due, lang)).unwrap_or_default();
    if let Some(days) = first.days_from(day) {
        line += &format!(" ({})", distance(days, lang));
    }
    if let Some(period) = first.period {
        let period = period.words(lang);
        line += &say!(lang, nn: ", for {period}", nb: ", for {period}", en: ", for {period}");
    }
    let what = match &first.what {
        What::Duty(..) | What::Record(..) => String::new(),
        What::Seat(of) | What::Term(of, _) => {
            let seat = seat_words(&SeatOf { of: of.of.filter(|_| fold.len() == 1), ..*of }, names);
            match (&first.what, first.due.is_some_and(|due| due < day)) {
                (What::Seat(_), _) => format!("{seat}, "),
                (_, true) => say!(lang,
                    nn: "{seat}, perioden gjekk ut; ny oppnemning: ",
                    nb: "{seat}, perioden gikk ut; ny oppnevning: ",
                    en: "{seat}, the term ended; new appointment: ",
                ),
                (_, false) => say!(lang,
                    nn: "{seat}, perioden går ut; ny oppnemning: ",
                    nb: "{seat}, perioden går ut; ny oppnevning: ",
                    en: "{seat}, the term ends; new appointment: ",
                ),
            }
        }
    };
    line += &format!(": {what}{}", standing_of_all(fold, names));
    if several && fold.len() == 1 && first.kind() == "duty" {
        line += &format!(" ({})", who(&first.by, names));
    }
    let mut records: Vec<String> =
        fold.iter().flat_map(|one| &one.evidence).map(|evidence| evidence.found.path()).collect();
    records.sort_unstable();
    records.dedup();
    if !records.is_empty() {
        let records = some_of(&records, NAMED, lang);
        line += &say!(lang, nn: " – dokumentasjon: {records}", nb: " – dokumentasjon: {records}", en: " – evidence: {records}");
    }
    let mut remarks: Vec<String> = fold.iter().flat_map(|one| one.remarks(names, day)).collect();
    remarks.dedup();
    if remarks.is_empty() { line } else { format!("{line} ({})", remarks.join("; ")) }
}

/// The newest records that show a duty without dates, newest first.
fn newest<'o, 'a: 'o>(
    occurrences: impl Iterator<Item = &'o Occurrence<'a>>,
    registry: &Registry,
    names: &Names<'_>,
    day: Date,
) -> Vec<String> {
    let lang = names.lang;
    let mut all: Vec<(&Evidence<'_>, Vec<String>)> = Vec::new();
    for one in occurrences.filter(|one| one.status == Status::Standing) {
        for evidence in &one.evidence {
            let same = all
                .iter_mut()
                .find(|(other, _)| (other.found.path(), other.on) == (evidence.found.path(), evidence.on));
            match same {
                Some((_, who_all)) => who_all.push(who(&one.by, names)),
                None => all.push((evidence, vec![who(&one.by, names)])),
            }
        }
    }
    all.sort_by_key(|(evidence, _)| (evidence.on.map(|_| evidence.last), evidence.found.path()));
    all.reverse();
    let more = all.len().saturating_sub(NAMED);
    let line = |(evidence, who): &(&Evidence<'_>, Vec<String>)| {
        let path = evidence.found.path();
        let who = some_of(who, NAMED, lang);
        let Some(on) = evidence.on else { return format!("{path} ({who})") };
        let (words, last) = (on.words(lang), on.last(&registry.semesters()));
        let age = if last > day { String::new() } else { format!(", {}", age(last, day, lang)) };
        format!("{words}{age}: {path} ({who})")
    };
    let mut lines: Vec<String> = all.iter().take(NAMED).map(line).collect();
    if more > 0 {
        lines.push(say!(lang, nn: "… og {more} eldre", nb: "… og {more} eldre", en: "… and {more} older"));
    }
    lines
}

/// How many records have what they must, and what the others lack.
fn of_records(mandates: &Mandates<'_>, duty: Duty<'_>, names: &Names<'_>, day: Date) -> (Vec<String>, Value) {
    let lang = names.lang;
    let per = mandates.per_record().into_iter().find(|per| std::ptr::eq(per.duty.obligation, duty.obligation));
    let kept: Vec<_> = per.iter().flat_map(|per| per.on(mandates.registry, None, day)).collect();
    let (hold, of) = (kept.iter().filter(|kept| kept.lacks.is_empty()).count(), kept.len());
    let kinds = duty.obligation.per.as_ref().map(|per| per.record.clone()).unwrap_or_default();
    let [met, all] = [hold, of].map(|number| whole(number, lang));
    let mut lines = vec![say!(lang,
        nn: "Oppfylt for {met} av {all} postar", nb: "Oppfylt for {met} av {all} poster", en: "Met for {met} of {all} records",
    )];
    let lacking = kept.iter().filter(|kept| !kept.lacks.is_empty());
    let mut values = Vec::new();
    for kept in lacking {
        let (path, lacks) = (kept.found.path(), crate::names::condition::requirements(&kinds, &kept.lacks, names));
        values.push(json!({ "record": path, "lacks": kept.lacks, "tracked": kept.tracked }));
        lines.push(match kept.tracked {
            true => say!(lang, nn: "{path} manglar {lacks}", nb: "{path} mangler {lacks}", en: "{path} lacks {lacks}"),
            false => say!(lang,
                nn: "{path} har ikkje {lacks}, men ligg utanfor registreringsperiodane",
                nb: "{path} har ikke {lacks}, men ligger utenfor registreringsperiodene",
                en: "{path} does not have {lacks}, but lies outside the tracked periods",
            ),
        });
    }
    let records: Vec<String> = kept.iter().map(|kept: &&_| Found::path(&kept.found)).collect();
    (lines, json!({ "hold": hold, "of": of, "records": records, "lacking": values }))
}

fn all_json(occurrences: &[Occurrence<'_>]) -> Value {
    let one = |one: &Occurrence<'_>| {
        let evidence = one.evidence.iter().map(
            |evidence| json!({ "record": evidence.found.path(), "on": evidence.on.map(|on| on.to_string()), "to": evidence.to }),
        );
        let mut value = json!({
            "kind": one.kind(),
            "networks": one.networks,
            "by": one.by.ids,
            "to": one.to,
            "period": one.period.map(|period| period.code()),
            "due": one.due.map(|due| due.to_string()),
            "status": one.status.word(),
            "late-by": one.late_by.map(|late| late.days),
            "late-by-at-least": one.late_by.filter(|late| late.at_least).map(|_| true),
            "got": one.got,
            "of": one.of,
            "evidence": evidence.collect::<Vec<_>>(),
            "outstanding": one.outstanding,
            "missing": one.missing,
        });
        if let Value::Object(map) = &mut value {
            map.retain(|_, value| !value.is_null() && value.as_array().is_none_or(|list| !list.is_empty()));
        }
        value
    };
    occurrences.iter().map(one).collect()
}
