//! One number of a report, and the records behind it.

use anyhow::bail;
use serde::Serialize;

use super::offerings::Row;
use super::{Audience, Compiled, Desk, NetworkYears, Source, Traced};
use crate::count::Count;
use crate::date::{Date, period};
use crate::document::Document;
use crate::lang::Lang;
use crate::mandate::{Found, Mandates};
use crate::model::{Kind, Network, Offering, Run};
use crate::names::Names;
use crate::registry::Entry;
use crate::report::participants::{Participants, Who};
use crate::say;
use crate::sheet::{Cell, Column, Sheet};
use crate::spelling::{meant, missing, nearest};
use crate::tally;

/// A number and the records behind it.
#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Explained {
    /// `lmnet-report-cell`.
    pub schema: &'static str,
    /// The version of the schema.
    pub version: u32,
    /// The network whose report it is, or the body that compiles it.
    #[serde(rename = "network")]
    pub of: String,
    /// The year; of several, the last.
    pub year: i32,
    /// The cell, as it was asked for.
    pub cell: String,
    /// The number, in words.
    pub value: String,
    /// What it is made of, one record or run a line.
    pub records: Vec<Behind>,
    /// Which report it is, in words.
    #[serde(skip)]
    report: String,
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
    let desk = Desk::new(mandates, network, year, audience, day, lang);
    let content = desk.report(&mandates.per_record()).content;
    let (origins, rows) = content.map_or_else(Default::default, |content| (content.origins, content.offerings.rows));
    let (id, name) = (&network.id, desk.text(&network.name));
    let report = say!(lang,
        nn: "Årsmeldinga for {year}: {name}.", nb: "Årsmeldingen for {year}: {name}.", en: "Annual report for {year}: {name}.",
    );
    let (value, records) = Teller { names: desk.names, audience, rows: &rows }.tell(&origins, cell)?;
    Ok(Explained::new(id.to_string(), year, cell, value, records, report, lang))
}

/// The same of a compiled report.
///
/// # Errors
///
/// When there is no such cell; the message names those that there are.
pub fn explain_compiled(
    mandates: &Mandates<'_>,
    compiled: &Compiled,
    cell: &str,
    audience: Audience,
) -> anyhow::Result<Explained> {
    let (lang, year, body) = (compiled.lang, compiled.year, &compiled.body);
    let names = Names { registry: mandates.registry, lang };
    let name = &compiled.name;
    let report = say!(lang,
        nn: "Den samla rapporten for {year}: {name}.",
        nb: "Den samlede rapporten for {year}: {name}.",
        en: "Compiled report for {year}: {name}.",
    );
    let (value, records) = Teller { names, audience, rows: &[] }.tell(&compiled.origins, cell)?;
    Ok(Explained::new(body.clone(), year, cell, value, records, report, lang))
}

/// The same of a network over several years.
///
/// # Errors
///
/// When there is no such cell; the message names those that there are.
pub fn explain_years(
    mandates: &Mandates<'_>,
    spans: &NetworkYears,
    (first, last): (i32, i32),
    cell: &str,
    audience: Audience,
) -> anyhow::Result<Explained> {
    let (lang, id) = (spans.lang, &spans.network);
    let names = Names { registry: mandates.registry, lang };
    let report = format!("{}, {first}–{last}.", spans.name);
    let (value, records) = Teller { names, audience, rows: &[] }.tell(&spans.origins, cell)?;
    Ok(Explained::new(id.clone(), last, cell, value, records, report, lang))
}

/// Who looks up the records, and for whom.
struct Teller<'a> {
    names: Names<'a>,
    audience: Audience,
    /// What the report tells of each offering.
    rows: &'a [Row],
}

/// The cells of a row: `reach/local/runs`; only the row where it has one number.
fn cells(origin: &Traced) -> impl Iterator<Item = (String, &str, &str)> {
    let cell = |column: &str| match origin.values.len() {
        1 => origin.row.clone(),
        _ => format!("{}/{column}", origin.row),
    };
    origin.values.iter().map(move |(column, value)| (cell(column), *column, &**value))
}

/// All cells of a row in one word: `reach/local/{offerings,runs}`.
fn braced(origin: &Traced) -> String {
    let columns: Vec<&str> = origin.values.iter().map(|(column, _)| *column).collect();
    match columns.len() {
        1 => origin.row.clone(),
        _ => format!("{}/{{{}}}", origin.row, columns.join(",")),
    }
}

impl Teller<'_> {
    fn tell(&self, origins: &[Traced], asked: &str) -> anyhow::Result<(String, Vec<Behind>)> {
        for origin in origins {
            if let Some((_, column, value)) = cells(origin).find(|(cell, ..)| cell == asked) {
                return Ok((value.to_owned(), self.behind(&origin.of, column)));
            }
        }
        if let Some(row) = origins.iter().find(|origin| origin.row == asked) {
            let cells = braced(row);
            bail!(say!(
                nn: "«{asked}» er ei rad; cellene i henne er {cells}",
                nb: "«{asked}» er en rad; cellene i den er {cells}",
                en: "'{asked}' is a row; its cells are {cells}",
            ));
        }
        let known: Vec<String> = origins.iter().flat_map(cells).map(|(cell, ..)| cell).collect();
        let way = match nearest(asked, known.iter().map(String::as_str), 3) {
            near if !near.is_empty() => meant(&near),
            _ => {
                let rows = origins.iter().filter(|origin| !origin.values.is_empty()).map(braced);
                let rows = rows.collect::<Vec<_>>().join("\n  ");
                say!(nn: "det finst:\n  {rows}", nb: "det finnes:\n  {rows}", en: "there are:\n  {rows}")
            }
        };
        bail!(missing(asked, &say!(nn: "inga celle", nb: "ingen celle", en: "no cell")).and(&way))
    }

    fn behind(&self, of: &Source, column: &str) -> Vec<Behind> {
        match of {
            Source::Offerings(ids, year) => {
                let offerings = ids.iter().filter_map(|id| self.names.registry.offerings.get(id));
                match (column, self.audience) {
                    ("offerings", _) => offerings.map(|offering| self.offering(offering)).collect(),
                    ("runs", _) => offerings.flat_map(|offering| self.runs(offering, *year, None)).collect(),
                    // What is told of single runs may be less than what may be told.
                    (_, Audience::Public) => {
                        offerings.map(|offering| self.counted(offering, *year, who(column))).collect()
                    }
                    (_, Audience::Internal) => {
                        offerings.flat_map(|offering| self.runs(offering, *year, Some(who(column)))).collect()
                    }
                }
            }
            Source::Figure(figure) => vec![Behind {
                part: Some(match &figure.source {
                    Some(source) => format!("{}, {source}", figure.label.text),
                    None => figure.label.text.clone(),
                }),
                adds: (!figure.hidden).then(|| figure.text(self.names.lang)),
                ..self.record(&figure.record)
            }],
            Source::Records(records, members) => {
                let mut told: Vec<Behind> = records.iter().map(|path| self.record(path)).collect();
                if *members > 0 {
                    let lang = self.names.lang;
                    let how_many = match members {
                        1 => say!(lang, nn: "1 medlem", nb: "1 medlem", en: "1 member"),
                        _ => say!(lang, nn: "{members} medlemer", nb: "{members} medlemmer", en: "{members} members"),
                    };
                    let title = say!(lang,
                        nn: "{how_many}; kven det er, står berre i det som er for nettverket sjølv (--audience internal)",
                        nb: "{how_many}; hvem det er, står bare i det som er for nettverket selv (--audience internal)",
                        en: "{how_many}; who they are is told only in what is for the network itself (--audience internal)",
                    );
                    told.push(Behind { title, ..self.record(Kind::Member.word()) });
                }
                told
            }
        }
    }

    fn record(&self, path: &str) -> Behind {
        let title = path.split_once('/').and_then(|(folder, id)| Some(self.names.title(Kind::from_word(folder)?, id)));
        Behind { record: path.to_owned(), title: title.unwrap_or_default(), part: None, adds: None }
    }

    fn offering(&self, offering: &Entry<Offering>) -> Behind {
        self.record(&Found::Offering(offering).path())
    }

    /// What the report itself tells of an offering.
    fn counted(&self, offering: &Entry<Offering>, year: i32, who: Who) -> Behind {
        let told = |row: &&Row| row.id == *offering.id && row.year == year;
        let number = self.rows.iter().find(told).map(|row| {
            let Participants { patients, relatives, all } = row.participants;
            match who {
                Who::Patients => patients,
                Who::Relatives => relatives,
                Who::All => all,
            }
        });
        Behind { adds: number.map(|number| number.cell(self.names.lang).text), ..self.offering(offering) }
    }

    /// The runs of a year, with the participants of each where somebody asks for them.
    fn runs(&self, offering: &Entry<Offering>, year: i32, who: Option<Who>) -> Vec<Behind> {
        let lang = self.names.lang;
        let of_year = |(_, run): &(usize, &Run)| tally::counts(run) && run.start.year() == year;
        let line = |(at, run): (usize, &Run)| {
            let (number, when) = (at + 1, period(run.start, run.end, lang));
            let part = say!(lang,
                nn: "gjennomføring {number}, {when}", nb: "gjennomføring {number}, {when}", en: "run {number}, {when}",
            );
            Behind {
                part: Some(part),
                adds: who.map(|who| self.participants(offering, run, who)),
                ..self.offering(offering)
            }
        };
        offering.run.iter().enumerate().filter(of_year).map(line).collect()
    }

    fn participants(&self, offering: &Offering, run: &Run, who: Who) -> String {
        let lang = self.names.lang;
        let count = |count: Option<&Count>, counts: bool| match counts {
            true => count.cloned().unwrap_or_default().in_words(lang),
            false => {
                say!(lang, nn: "tilbodet er for andre", nb: "tilbudet er for andre", en: "the offering is for others")
            }
        };
        let patients = count(run.patients.as_ref(), tally::counts_patients(offering, run));
        let relatives = count(run.relatives.as_ref(), tally::counts_relatives(offering, run));
        match who {
            Who::Patients => patients,
            Who::Relatives => relatives,
            Who::All => say!(lang,
                nn: "pasientar: {patients}; pårørande: {relatives}",
                nb: "pasienter: {patients}; pårørende: {relatives}",
                en: "patients: {patients}; relatives: {relatives}",
            ),
        }
    }
}

/// Whom a column counts.
fn who(column: &str) -> Who {
    match column {
        "patients" => Who::Patients,
        "relatives" => Who::Relatives,
        _ => Who::All,
    }
}

impl Explained {
    fn new(of: String, year: i32, cell: &str, value: String, records: Vec<Behind>, report: String, lang: Lang) -> Self {
        Self { schema: "lmnet-report-cell", version: 1, of, year, cell: cell.to_owned(), value, records, report, lang }
    }

    /// The number and its records as a document.
    #[must_use]
    pub fn document(&self) -> Document {
        let lang = self.lang;
        let mut document = Document::new(lang);
        document.heading(1, format!("{}: {}", self.cell, self.value));
        document.paragraph(&self.report);
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
