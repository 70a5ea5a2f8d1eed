//! Where the numbers of a report come from: the records behind each row of its tables.

use std::collections::HashMap;

use super::{Audience, Compiled, Content, Desk, Figure, Offerings};
use crate::count::whole;
use crate::document::Origin;
use crate::lang::{Lang, Phrase};
use crate::model::Kind;
use crate::names::capital;
use crate::report::participants::{Participants, Totals};
use crate::say;

/// A row of a report's tables, with the records that its numbers come from.
#[derive(Debug)]
pub struct Traced {
    /// The row, as it is asked for: `reach/local`.
    pub row: String,
    /// What people call it.
    pub label: Phrase,
    /// Its numbers in words, each by its column.
    pub values: Vec<(&'static str, String)>,
    /// What they come from.
    pub of: Source,
}

/// What a row comes from.
#[derive(Debug)]
pub enum Source {
    /// Offerings, by id, in a year.
    Offerings(Vec<String>, i32),
    /// A published figure.
    Figure(Figure),
    /// Records, by path, and how many members besides whom the public is not told.
    Records(Vec<String>, usize),
}

impl Traced {
    /// What a document says of it.
    pub(super) fn told(&self, lang: Lang) -> Origin {
        let members = match self.of {
            Source::Records(_, members) => members,
            _ => 0,
        };
        Origin { of: self.label.clone(), row: self.row.clone(), records: in_words(&self.records(), members, lang) }
    }

    /// The records, by path.
    fn records(&self) -> Vec<String> {
        match &self.of {
            Source::Offerings(ids, _) => ids.iter().map(|id| format!("{}/{id}", Kind::Offering.word())).collect(),
            Source::Figure(figure) => vec![figure.record.clone()],
            Source::Records(records, _) => records.clone(),
        }
    }
}

/// `tilbod: diabetes, kols; rapportar: fjordnett-2025; medlemer: 5`
fn in_words(records: &[String], members: usize, lang: Lang) -> String {
    if records.is_empty() && members == 0 {
        return say!(lang, nn: "ingen", nb: "ingen", en: "none");
    }
    let mut kinds: Vec<(&str, Vec<&str>)> = Vec::new();
    for (folder, id) in records.iter().filter_map(|path| path.split_once('/')) {
        match kinds.iter_mut().find(|(known, _)| *known == folder) {
            Some((_, ids)) => ids.push(id),
            None => kinds.push((folder, vec![id])),
        }
    }
    let kind = |(folder, ids): (&str, Vec<&str>)| {
        let label = Kind::from_word(folder).map_or(folder, |kind| kind.label().get(lang));
        format!("{label}: {}", ids.join(", "))
    };
    let mut told: Vec<String> = kinds.into_iter().map(kind).collect();
    if members > 0 {
        told.push(format!("{}: {members}", Kind::Member.label().get(lang)));
    }
    told.join("; ")
}

/// The rows of a report while they are gathered.
struct Origins {
    lang: Lang,
    audience: Audience,
    rows: Vec<Traced>,
    /// How many rows have a name.
    names: HashMap<String, usize>,
}

impl Origins {
    fn new(lang: Lang, audience: Audience) -> Self {
        Self { lang, audience, rows: Vec::new(), names: HashMap::new() }
    }

    fn add(&mut self, row: String, label: impl Into<Phrase>, values: Vec<(&'static str, String)>, of: Source) {
        // Rows of the same name are numbered from the second on.
        let same = self.names.entry(row.clone()).or_default();
        *same += 1;
        let row = if *same == 1 { row } else { format!("{row}~{same}") };
        self.rows.push(Traced { row, label: label.into(), values, of });
    }

    fn totals(&mut self, row: String, label: impl Into<Phrase>, totals: &Totals, ids: &[String], year: i32) {
        let values = vec![
            ("offerings", whole(totals.offerings, self.lang)),
            ("runs", whole(totals.runs, self.lang)),
            ("participants", totals.participants.all.cell(self.lang).text),
        ];
        self.add(row, label, values, Source::Offerings(ids.to_vec(), year));
    }

    fn participants(&self, participants: &Participants) -> impl Iterator<Item = (&'static str, String)> + use<> {
        let lang = self.lang;
        let columns = ["patients", "relatives", "participants"];
        columns.into_iter().zip(participants.columns()).map(move |(column, number)| (column, number.cell(lang).text))
    }

    fn registered(&mut self, offerings: &Offerings, year: i32) {
        let lang = self.lang;
        let (meetings, meeting_runs) = offerings.information_meetings;
        let mut values = vec![("offerings", whole(offerings.offerings, lang)), ("runs", whole(offerings.runs, lang))];
        values.extend(self.participants(&offerings.participants));
        let ids = offerings.rows.iter().map(|row| row.id.clone()).collect();
        let label = say!(lang, nn: "Registrert", nb: "Registrert", en: "Recorded");
        self.add("registered".to_owned(), label, values, Source::Offerings(ids, year));
        let values = vec![("offerings", whole(meetings, lang)), ("runs", whole(meeting_runs, lang))];
        let label = say!(lang, nn: "Informasjonsmøte", nb: "Informasjonsmøter", en: "Information meetings");
        let ids = offerings.information_meeting_ids.clone();
        self.add("information-meetings".to_owned(), label, values, Source::Offerings(ids, year));
    }

    fn offerings(&mut self, offerings: &Offerings, year: i32) {
        if offerings.offerings + offerings.information_meetings.0 > 0 {
            self.registered(offerings, year);
        }
        self.years(&offerings.years);
        for breakdown in &offerings.breakdowns {
            for part in &breakdown.parts {
                let row = format!("{}/{}", breakdown.by, part.key);
                self.totals(row, &*part.name, &part.totals, &part.ids, year);
            }
        }
        for row in &offerings.rows {
            let mut values = vec![("runs", whole(row.runs, self.lang))];
            values.extend(self.participants(&row.participants));
            let of = Source::Offerings(vec![row.id.clone()], year);
            self.add(format!("each/{}", row.id), row.title.clone(), values, of);
        }
    }

    fn years(&mut self, years: &super::Years) {
        for line in &years.years {
            let year = line.year;
            let [all, like] = &line.ids;
            self.totals(format!("years/{year}"), year.to_string(), &line.all, all, year);
            if let Some(totals) = &line.like_with_like {
                let label = say!(self.lang,
                    nn: "{year}, partane som er med heile tida",
                    nb: "{year}, partene som er med hele tiden",
                    en: "{year}, parties present throughout",
                );
                self.totals(format!("like-with-like/{year}"), label, totals, like, year);
            }
        }
    }

    /// Published figures, each in a row of its own: `published/participants`.
    fn figures(&mut self, of: &str, figures: &[Figure]) {
        for figure in figures {
            let value = if figure.hidden { figure.cell(self.lang).text } else { figure.text(self.lang) };
            let whose = figure.organisation.as_ref().map_or_else(String::new, |of| format!("/{of}"));
            let row = format!("{of}/{}{whose}", figure.measure);
            self.add(row, figure.label.clone(), vec![("value", value)], Source::Figure(figure.clone()));
        }
    }

    fn records(
        &mut self,
        row: String,
        label: impl Into<Phrase>,
        values: Vec<(&'static str, String)>,
        records: Vec<String>,
    ) {
        let is_member = |path: &String| path.split('/').next() == Some(Kind::Member.word());
        let (members, others): (Vec<_>, Vec<_>) = records.into_iter().partition(is_member);
        let of = match self.audience {
            Audience::Public => Source::Records(others, members.len()),
            Audience::Internal => Source::Records([others, members].concat(), 0),
        };
        self.add(row, label, values, of);
    }
}

impl Desk<'_> {
    /// The rows of an annual report.
    pub(super) fn origins(&self, content: &Content) -> Vec<Traced> {
        let lang = self.lang;
        let mut origins = Origins::new(lang, self.audience);
        let own = || vec![format!("{}/{}", Kind::Network.word(), self.network.id)];
        for parties in &content.about.parties {
            let count = whole(parties.names.len(), lang);
            origins.records(
                format!("parties/{}", parties.kind),
                capital(&parties.label),
                vec![("count", count)],
                own(),
            );
        }
        origins.offerings(&content.offerings, self.year);
        for figures in
            [&content.about.figures, &content.meetings.figures, &content.offerings.figures, &content.courses.figures]
        {
            origins.figures("published", figures);
        }
        let begun = &content.representation.appointments;
        if begun.began > 0 {
            let labels = [
                say!(lang, nn: "Oppnemningar", nb: "Oppnevninger", en: "Appointments"),
                say!(lang, nn: "Nyrekrutterte", nb: "Nyrekruttert", en: "Newly recruited"),
                say!(lang, nn: "Rekrutterte frå kurs", nb: "Rekruttert fra kurs", en: "Recruited from courses"),
            ];
            let counts = [("began", begun.began), ("new", begun.new), ("recruited", begun.recruited)];
            for (((name, count), label), records) in counts.into_iter().zip(labels).zip(&begun.records) {
                let values = vec![("count", whole(count, lang))];
                origins.records(format!("appointments/{name}"), label, values, records.clone());
            }
        }
        for group in &content.meetings.groups {
            let other = || say!(lang, nn: "Andre møte", nb: "Andre møter", en: "Other meetings").into();
            let (id, label) = (group.id.as_deref().unwrap_or("others"), group.body.clone().unwrap_or_else(other));
            let records = group.meetings.iter().map(|meeting| format!("{}/{}", Kind::Meeting.word(), meeting.id));
            let held = vec![("held", group.held.in_words(lang))];
            origins.records(format!("meetings/{id}"), label, held, records.collect());
        }
        for course in &content.courses.courses {
            let counts = [("held", course.held.as_ref()), ("participants", course.participants.as_ref())];
            let values = counts.into_iter().filter_map(|(column, count)| Some((column, count?.in_words(lang))));
            let record = format!("{}/{}", Kind::Course.word(), course.id);
            origins.records(format!("courses/{}", course.id), course.title.clone(), values.collect(), vec![record]);
        }
        let commitments = &content.commitments;
        for line in &commitments.duties {
            let period = line.period_code.as_ref().map_or_else(String::new, |period| format!("/{period}"));
            let row = format!("duties/{}{period}", line.duty);
            let label = crate::report::coverage::beginning(&line.text);
            let mut label = crate::mandate::wording::quoted(&label, lang);
            if let Some(period) = &line.period {
                label = format!("{label}, {period}");
            }
            let label = Phrase { text: label, lang: line.lang };
            origins.records(row, label, vec![("standing", line.standing.clone())], line.records.clone());
        }
        for line in &commitments.bodies {
            let values = vec![("filled", whole(line.filled, lang))];
            origins.records(format!("bodies/{}", line.id), &*line.body, values, line.records.clone());
        }
        for line in &commitments.coverage {
            let row = format!("coverage/{}", line.path);
            let label = Phrase { text: line.text.clone(), lang: line.lang };
            origins.records(row, label, vec![("share", line.share.clone())], line.records.clone());
        }
        origins.rows
    }
}

impl super::Years {
    /// The rows of several years side by side.
    pub(super) fn origins(&self, lang: Lang, audience: Audience) -> Vec<Traced> {
        let mut origins = Origins::new(lang, audience);
        origins.years(self);
        for line in &self.years {
            origins.figures(&format!("published/{}", line.year), &line.figures);
        }
        origins.rows
    }
}

impl Compiled {
    /// The rows of a compiled report.
    pub(super) fn origins(&self, audience: Audience) -> Vec<Traced> {
        let (lang, year) = (self.lang, self.year);
        let mut origins = Origins::new(lang, audience);
        let mut all: Vec<String> = Vec::new();
        for part in &self.networks {
            origins.totals(format!("networks/{}", part.network), &*part.short, &part.totals, &part.ids, year);
            all.extend_from_slice(&part.ids);
        }
        let label = say!(lang, nn: "Alle", nb: "Alle", en: "All");
        origins.totals("networks".to_owned(), label, &self.sum, &all, year);
        for part in &self.networks {
            origins.figures(&format!("published/{}", part.network), &part.figures);
        }
        for trust in &self.trusts {
            origins.totals(format!("trusts/{}", trust.trust), &*trust.name, &trust.totals, &trust.ids, year);
        }
        for step in &self.chain {
            let values = vec![("standing", step.standing.clone())];
            origins.records(format!("chain/{}", step.duty), &*step.who, values, step.records.clone());
        }
        origins.rows
    }
}
