//! Where a number of the annual report comes from: the records behind it.

use anyhow::bail;
use serde::Serialize;

use super::breakdown::PROPERTIES;
use super::offerings::who;
use super::{Audience, Desk};
use crate::count::Count;
use crate::date::{Date, period};
use crate::document::Document;
use crate::lang::Lang;
use crate::mandate::Mandates;
use crate::model::{Kind, Network, Offering, Run};
use crate::names::Names;
use crate::registry::Entry;
use crate::report::participants::{Number, Participants, Who};
use crate::say;
use crate::sheet::{Cell, Column, Sheet};
use crate::spelling::nearest;
use crate::tally;

/// A number and the records behind it.
#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Explained {
    /// `lmnet-report-cell`.
    pub schema: &'static str,
    /// The version of the schema.
    pub version: u32,
    /// The network.
    pub network: String,
    /// The year.
    pub year: i32,
    /// The cell, as it was asked for.
    pub cell: String,
    /// The number, in words.
    pub value: String,
    /// What it is made of, one record or run a line.
    pub records: Vec<Behind>,
    #[serde(skip)]
    lang: Lang,
}

/// A record behind a number.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Behind {
    /// Its path.
    pub record: String,
    /// Its title.
    pub title: String,
    /// The part of it: which run, which figure.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub part: Option<String>,
    /// What it adds, in words; nothing where it must not be told.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub adds: Option<String>,
}

/// A number that can be asked about.
struct Asked<'a> {
    cell: String,
    year: i32,
    value: String,
    behind: Source<'a>,
}

/// What a number is made of.
enum Source<'a> {
    /// Offerings.
    Offerings(Vec<&'a Entry<Offering>>),
    /// The runs of offerings.
    Runs(Vec<&'a Entry<Offering>>),
    /// The participants of those runs.
    Participants(Vec<&'a Entry<Offering>>, Who),
    /// A published figure: the report, the place of the figure in it, and whether it may be told.
    Figure(String, usize, bool),
}

/// The records behind a cell of a network's report. Cells are named by table, row and column as in `reach/local/runs`.
///
/// # Errors
///
/// When there is no such cell; the message names those that there are.
pub fn explain(
    mandates: &Mandates<'_>,
    network: &Entry<Network>,
    lang: Lang,
    (year, cell): (i32, &str),
    audience: Audience,
    day: Date,
) -> anyhow::Result<Explained> {
    let registry = mandates.registry;
    let desk = Desk { mandates, registry, network, lang, year, day, names: Names { registry, lang } };
    // Where anything has to be hidden, no participants are told here.
    let told = desk.is_open(audience, &[year - 1, year]);
    // What the report hides of what was published is hidden here too.
    let published = !desk.offerings(audience).figures.iter().any(|figure| figure.hidden);
    let cells = desk.cells(told, published);
    let Some(found) = cells.iter().find(|one| one.cell == cell) else {
        match nearest(cell, cells.iter().map(|one| &*one.cell), 3) {
            near if !near.is_empty() => bail!("there is no cell '{cell}'; did you mean {}?", near.join(" or ")),
            _ => bail!("there is no cell '{cell}'; there are:\n  {}", rows(&cells).join("\n  ")),
        }
    };
    Ok(Explained {
        schema: "lmnet-report-cell",
        version: 1,
        network: network.id.to_string(),
        year,
        cell: cell.to_owned(),
        value: found.value.clone(),
        records: desk.in_year(found.year).behind(&found.behind, told),
        lang,
    })
}

/// The cells row by row: `reach/local/{offerings,runs}`.
fn rows(cells: &[Asked<'_>]) -> Vec<String> {
    let mut rows: Vec<(&str, Vec<&str>)> = Vec::new();
    for (row, column) in cells.iter().filter_map(|one| one.cell.rsplit_once('/')) {
        match rows.last_mut().filter(|(known, _)| *known == row) {
            Some((_, columns)) => columns.push(column),
            None => rows.push((row, vec![column])),
        }
    }
    let written = |(row, columns): (&str, Vec<&str>)| match &columns[..] {
        [one] => format!("{row}/{one}"),
        columns => format!("{row}/{{{}}}", columns.join(",")),
    };
    rows.into_iter().map(written).collect()
}

impl<'a> Desk<'a> {
    fn cells(&self, told: bool, published: bool) -> Vec<Asked<'a>> {
        let counted = self.counted();
        let mut cells = Vec::new();
        self.add("registered", &counted, told, true, &mut cells);
        for by in PROPERTIES {
            for group in self.groups(by, &counted) {
                self.add(&format!("{by}/{}", group.key), &group.offerings, told, false, &mut cells);
            }
        }
        let before = self.in_year(self.year - 1);
        before.add(&format!("years/{}", before.year), &before.counted(), told, false, &mut cells);
        self.add(&format!("years/{}", self.year), &counted, told, false, &mut cells);
        for report in self.reports() {
            for (at, figure) in report.figure.iter().enumerate() {
                let of = figure.organisation.as_ref().map_or_else(String::new, |of| format!("/{}", of.id()));
                let name = format!("published/{}{of}", figure.measure.word());
                let same = |one: &Asked<'_>| one.cell == name || one.cell.starts_with(&format!("{name}#"));
                let cell = match cells.iter().filter(|one| same(one)).count() {
                    0 => name,
                    others => format!("{name}#{}", others + 1),
                };
                let told = published || who(figure.measure).is_none();
                let value = match told {
                    true => figure.value.0.as_published(self.lang),
                    false => Number::Hidden.cell(self.lang).text,
                };
                let behind = Source::Figure(report.id.to_string(), at, told);
                cells.push(Asked { cell, year: self.year, value, behind });
            }
        }
        cells
    }

    fn add(&self, row: &str, counted: &[&'a Entry<Offering>], told: bool, each: bool, cells: &mut Vec<Asked<'a>>) {
        let mut total = tally::Total::default();
        counted.iter().for_each(|offering| total.add(self.registry, offering, self.year));
        let Participants { patients, relatives, all } = total.participants.into();
        let mut push = |column: &str, value: String, behind: Source<'a>| {
            cells.push(Asked { cell: format!("{row}/{column}"), year: self.year, value, behind });
        };
        let whole = |count: usize| crate::count::whole(count, self.lang);
        push("offerings", whole(total.offerings), Source::Offerings(counted.to_vec()));
        push("runs", whole(total.runs), Source::Runs(counted.to_vec()));
        let participants = [("patients", patients, Who::Patients), ("relatives", relatives, Who::Relatives)];
        let participants = participants.into_iter().filter(|_| each).chain([("participants", all, Who::All)]);
        for (column, number, who) in participants {
            let value = if told { number } else { Number::Hidden };
            push(column, value.cell(self.lang).text, Source::Participants(counted.to_vec(), who));
        }
    }

    fn behind(&self, behind: &Source<'a>, told: bool) -> Vec<Behind> {
        let line = |offering: &Entry<Offering>| Behind {
            record: format!("offerings/{}", offering.id),
            title: self.text(&offering.title),
            part: None,
            adds: None,
        };
        let each_run = |offerings: &[&'a Entry<Offering>], adds: &dyn Fn(&Run) -> Option<String>| {
            let mut lines = Vec::new();
            for offering in offerings {
                let numbered = offering.run.iter().enumerate();
                let of_year = numbered.filter(|(_, run)| tally::counts(run) && run.start.year() == self.year);
                lines.extend(of_year.map(|(at, run)| {
                    let (number, when) = (at + 1, period(run.start, run.end, self.lang));
                    let part = say!(self.lang,
                        nn: "gjennomføring {number}, {when}", nb: "gjennomføring {number}, {when}", en: "run {number}, {when}",
                    );
                    Behind { part: Some(part), adds: adds(run), ..line(offering) }
                }));
            }
            lines
        };
        match behind {
            Source::Offerings(offerings) => offerings.iter().map(|offering| line(offering)).collect(),
            Source::Runs(offerings) => each_run(offerings, &|_| None),
            Source::Participants(offerings, who) => {
                each_run(offerings, &|run| told.then(|| self.participants(run, *who)))
            }
            Source::Figure(report, at, told) => {
                let figures = self.registry.reports.get(report).map(|report| &report.figure);
                let figure = figures.and_then(|figures| figures.get(*at));
                vec![Behind {
                    record: format!("reports/{report}"),
                    title: self.names.title(Kind::Report, report),
                    part: figure.map(|figure| match &figure.source {
                        Some(source) => format!("{}, {source}", self.figure_label(figure).text),
                        None => self.figure_label(figure).text,
                    }),
                    adds: figure.filter(|_| *told).map(|figure| figure.value.0.as_published(self.lang)),
                }]
            }
        }
    }

    fn participants(&self, run: &Run, who: Who) -> String {
        let count = |count: Option<&Count>| count.cloned().unwrap_or_default().in_words(self.lang);
        let (patients, relatives) = (count(run.patients.as_ref()), count(run.relatives.as_ref()));
        match who {
            Who::Patients => patients,
            Who::Relatives => relatives,
            Who::All => say!(self.lang,
                nn: "pasientar: {patients}; pårørande: {relatives}",
                nb: "pasienter: {patients}; pårørende: {relatives}",
                en: "patients: {patients}; relatives: {relatives}",
            ),
        }
    }
}

impl Explained {
    /// The number and its records as a document.
    #[must_use]
    pub fn document(&self) -> Document {
        let lang = self.lang;
        let mut document = Document::new(lang);
        document.heading(1, format!("{}: {}", self.cell, self.value));
        let (network, year) = (&self.network, self.year);
        document.paragraph(say!(lang,
            nn: "Årsmeldinga for {network}, {year}.", nb: "Årsmeldingen for {network}, {year}.", en: "Annual report of {network}, {year}.",
        ));
        if self.records.is_empty() {
            document.paragraph(say!(lang, nn: "Ingen postar.", nb: "Ingen poster.", en: "No records."));
        }
        let parts = self.records.iter().any(|one| one.part.is_some());
        let adds = self.records.iter().any(|one| one.adds.is_some());
        let row = |one: &Behind| {
            let mut row = vec![Cell::text(&*one.record), Cell::text(&*one.title)];
            row.extend(parts.then(|| Cell::text(one.part.clone().unwrap_or_default())));
            row.extend(adds.then(|| Cell::text(one.adds.clone().unwrap_or_default())));
            row
        };
        let mut columns = vec![
            Column::new("record", say!(lang, nn: "Post", nb: "Post", en: "Record")),
            Column::new("title", say!(lang, nn: "Tittel", nb: "Tittel", en: "Title")),
        ];
        columns.extend(parts.then(|| Column::new("part", say!(lang, nn: "Del", nb: "Del", en: "Part"))));
        columns.extend(adds.then(|| Column::new("adds", say!(lang, nn: "Gir", nb: "Gir", en: "Adds"))));
        let caption =
            say!(lang, nn: "Postane bak talet", nb: "Postene bak tallet", en: "The records behind the number");
        document.table(Sheet {
            id: "records",
            caption: caption.into(),
            columns,
            rows: self.records.iter().map(row).collect(),
        });
        document
    }
}
