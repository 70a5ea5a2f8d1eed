//! What happens, as a calendar: runs of offerings, courses, meetings.

use std::collections::HashMap;

use chrono::NaiveTime;

use super::chosen::{Chosen, Wanted};
use crate::calendar::{Calendar, Event};
use crate::count::Count;
use crate::date::{Date, When, day_words};
use crate::lang::Text;
use crate::model::{Course, EventStatus, Kind, Meeting, Mode, Network, Offering, Run};
use crate::names::{Names, capital, listed};
use crate::read::{Dates, Ref};
use crate::registry::Entry;
use crate::say;

/// What happens in a stretch of time.
#[derive(Clone, Debug)]
pub struct Agenda {
    /// The events of which the day is known.
    pub calendar: Calendar,
    /// How many there are besides, of which only the month, semester or year is known, or how many there were.
    pub vague: usize,
}

/// The first day of an agenda, and the last where there is one.
#[derive(Clone, Copy, Debug)]
pub struct Days {
    /// The day on which it is asked for.
    pub today: Date,
    /// What ended before is left out.
    pub from: Date,
    /// What begins later is left out.
    pub until: Option<Date>,
}

/// What happens on some days: of a network, where one is wanted.
///
/// # Errors
///
/// When there is no such network.
pub fn agenda(names: &Names<'_>, wanted: &Wanted, days: Days) -> anyhow::Result<Agenda> {
    let registry = names.registry;
    let chosen = Chosen::wanted(registry, wanted, names.lang)?;
    let mut gathered = Gathered { names, days, events: Vec::new(), vague: 0 };
    for offering in registry.offerings.iter().filter(|entry| chosen.has(Kind::Offering, &entry.id)) {
        gathered.runs(offering);
    }
    for course in registry.courses.iter().filter(|entry| chosen.has(Kind::Course, &entry.id)) {
        gathered.course(course);
    }
    for meeting in registry.meetings.iter().filter(|entry| chosen.has(Kind::Meeting, &entry.id)) {
        gathered.meeting(meeting);
    }
    let Gathered { mut events, vague, .. } = gathered;
    events.sort_by(|a, b| (a.day, a.starts_at, &a.identity).cmp(&(b.day, b.starts_at, &b.identity)));
    let title = registry.manifest.title.as_ref().map(|title| title.get(names.lang).to_owned());
    let of = wanted.network.as_ref().map(|id| names.short(id)).or(title).unwrap_or_default();
    let name = say!(names.lang,
        nn: "Kva som skjer – {of}",
        nb: "Hva som skjer – {of}",
        en: "What is on – {of}",
    );
    Ok(Agenda { calendar: Calendar { lang: names.lang, name, day: days.today, events }, vague })
}

struct Gathered<'n, 'a> {
    names: &'n Names<'a>,
    days: Days,
    events: Vec<Event>,
    vague: usize,
}

/// Something that happens.
struct Happening<'r> {
    kind: Kind,
    id: &'r str,
    /// What tells it from others of the same record.
    which: String,
    title: &'r Text,
    start: When,
    end: Option<When>,
    time: Time,
    place: String,
    status: Option<EventStatus>,
    description: Vec<String>,
    network: Option<&'r Ref<Network>>,
    url: Option<&'r str>,
}

/// The days and hours that something fills for sure.
#[derive(Default)]
struct Time {
    until: Option<Date>,
    starts_at: Option<NaiveTime>,
    ends_at: Option<NaiveTime>,
}

impl Gathered<'_, '_> {
    fn runs(&mut self, offering: &Entry<Offering>) {
        let names = self.names;
        let mut same: HashMap<String, usize> = HashMap::new();
        for run in &offering.run {
            // A run without an id is known by its first day.
            let mut which = run.id.as_ref().map_or_else(|| run.start.to_string(), |id| id.to_string());
            let before = same.entry(which.clone()).or_default();
            *before += 1;
            if *before > 1 {
                which = format!("{which} {before}");
            }
            let place = run.place.as_ref().map(|place| place.get(names.lang).to_owned());
            let municipality = run.municipality.as_ref().map(|id| names.short(id.id()));
            let mut description = vec![self.organisers(offering.organiser.iter().map(|organiser| organiser.id()))];
            description.extend(self.days_of(run));
            description.extend(self.mode(run.mode));
            self.add(Happening {
                kind: Kind::Offering,
                id: &offering.id,
                which,
                title: &offering.title,
                start: run.start,
                end: run.end,
                time: Time::of(run),
                place: place.or(municipality).unwrap_or_default(),
                status: run.status,
                description,
                network: offering.network.as_ref(),
                url: offering.url.as_deref(),
            });
        }
    }

    fn course(&mut self, course: &Entry<Course>) {
        let organisers = self.organisers(course.organiser.iter().map(|organiser| organiser.id()));
        self.add(Happening {
            kind: Kind::Course,
            id: &course.id,
            which: String::new(),
            title: &course.title,
            start: once(course.start, course.held.as_ref()),
            end: course.end,
            time: Time { until: day(course.end), ..Time::default() },
            place: self.place(course.place.as_ref()),
            status: course.status,
            description: [organisers].into_iter().chain(self.mode(course.mode)).collect(),
            network: course.network.as_ref(),
            url: course.url.as_deref(),
        });
    }

    fn meeting(&mut self, meeting: &Entry<Meeting>) {
        let names = self.names;
        let theme = meeting.theme.as_ref().map(|theme| theme.get(names.lang).to_owned());
        let bodies = meeting.body.iter().chain(&meeting.organiser).map(|body| body.id());
        let mut description: Vec<String> = theme.into_iter().collect();
        description.push(self.organisers(bodies));
        description.extend(self.mode(meeting.mode));
        self.add(Happening {
            kind: Kind::Meeting,
            id: &meeting.id,
            which: String::new(),
            title: &meeting.title,
            start: once(meeting.start, meeting.held.as_ref()),
            end: meeting.end,
            time: Time { until: day(meeting.end), ..Time::default() },
            place: self.place(meeting.place.as_ref()),
            status: meeting.status,
            description,
            network: meeting.network.as_ref(),
            url: meeting.url.as_deref(),
        });
    }

    fn add(&mut self, one: Happening<'_>) {
        let span = self.names.registry.span(Dates::Held(Some(one.start), one.end));
        let ended = span.to.is_some_and(|last| last < self.days.from);
        if ended || self.days.until.zip(span.from).is_some_and(|(until, first)| first > until) {
            return;
        }
        let When::Day(day) = one.start else {
            self.vague += 1;
            return;
        };
        let names = self.names;
        let cancelled = one.status == Some(EventStatus::Cancelled);
        let title = one.title.get(names.lang);
        let kind = match one.kind {
            Kind::Offering => say!(names.lang, nn: "Gjennomføring", nb: "Gjennomføring", en: "Run"),
            kind => capital(kind.label().get(names.lang)),
        };
        self.events.push(Event {
            // The places mean the same as in the calendar of deadlines: kind, subject, period.
            identity: ["", "event", "", &format!("{}/{}", one.kind.word(), one.id), "", &one.which, ""]
                .map(str::to_owned)
                .to_vec(),
            day,
            until: one.time.until,
            starts_at: one.time.starts_at,
            ends_at: one.time.ends_at,
            place: one.place,
            summary: match cancelled {
                true => say!(names.lang, nn: "Avlyst: {title}", nb: "Avlyst: {title}", en: "Cancelled: {title}"),
                false => title.to_owned(),
            },
            description: one.description.iter().filter(|line| !line.is_empty()).cloned().collect::<Vec<_>>().join("\n"),
            categories: [kind].into_iter().chain(one.network.map(|network| names.short(network.id()))).collect(),
            url: one.url.map(str::to_owned),
            cancelled,
        });
    }

    fn organisers<'i>(&self, ids: impl Iterator<Item = &'i str>) -> String {
        let mut named: Vec<String> = Vec::new();
        for name in ids.map(|id| self.names.body(id)) {
            if !named.contains(&name) {
                named.push(name);
            }
        }
        listed(&named, self.names.lang)
    }

    fn mode(&self, mode: Option<Mode>) -> Option<String> {
        mode.map(|mode| capital(mode.label().get(self.names.lang)))
    }

    fn place(&self, place: Option<&Text>) -> String {
        place.map(|place| place.get(self.names.lang).to_owned()).unwrap_or_default()
    }

    /// Of a run that is held on some of its days only: how many, and the last.
    fn days_of(&self, run: &Run) -> Option<String> {
        let lang = self.names.lang;
        let until = match run.end {
            Some(When::Day(end)) if When::Day(end) != run.start => day_words(end, lang),
            _ => return None,
        };
        match run.sessions.filter(|sessions| *sessions > 1) {
            Some(sessions) => Some(say!(lang,
                nn: "Samlingar: {sessions}, den siste {until}",
                nb: "Samlinger: {sessions}, den siste {until}",
                en: "Sessions: {sessions}, the last on {until}",
            )),
            None => Some(say!(lang, nn: "Til og med {until}", nb: "Til og med {until}", en: "Until {until}")),
        }
    }
}

impl Time {
    /// Of a run that is held at a time of day, or on fewer days than there are, only the first day is known.
    fn of(run: &Run) -> Self {
        let until = day(run.end).filter(|until| When::Day(*until) != run.start);
        let Some(starts_at) = run.starts_at else {
            let days = day(Some(run.start)).zip(until).map(|(first, last)| (last - first).num_days() + 1);
            let some_days = run.sessions.zip(days).is_some_and(|(sessions, days)| i64::from(sessions) < days);
            return Self { until: until.filter(|_| !some_days), ..Self::default() };
        };
        let minute = u32::from(starts_at.hour) * 60 + u32::from(starts_at.minute);
        let single = run.end.is_none_or(|end| end == run.start) && run.sessions.is_none_or(|sessions| sessions == 1);
        let hours = run.hours.as_ref().and_then(|hours| hours.0.thousandths()).filter(|_| single);
        let end = hours.and_then(|hours| u32::try_from(hours * 60 / 1000).ok()).map(|minutes| minute + minutes);
        let time = |minute: u32| NaiveTime::from_hms_opt(minute / 60, minute % 60, 0);
        Self { until: None, starts_at: time(minute), ends_at: end.and_then(time) }
    }
}

fn day(when: Option<When>) -> Option<Date> {
    when.and_then(|when| if let When::Day(day) = when { Some(day) } else { None })
}

/// When it was. What was held several times has no day of its own.
fn once(start: When, held: Option<&Count>) -> When {
    match held.and_then(Count::thousandths) {
        Some(times) if times > 1000 => When::Year(start.year()),
        _ => start,
    }
}
