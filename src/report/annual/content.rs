//! What an annual report holds, section by section.

use serde::ser::{Serialize, SerializeStruct, Serializer};
use serde_json::{Value, json};

use super::{Commitments, Offerings, Traced};
use crate::count::Count;
use crate::lang::{Lang, Phrase};
use crate::model::{Measure, Report};
use crate::names::Names;
use crate::report::appointments::Appointments;
use crate::sheet::Cell;

/// The sections.
#[derive(Debug, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Content {
    /// Section 1.
    pub about: About,
    /// Section 2.
    pub strategy_areas: Vec<Area>,
    /// Section 3.
    pub representation: Representation,
    /// Section 4.
    pub meetings: Meetings,
    /// Section 5.
    pub matters: Matters,
    /// Section 6.
    pub offerings: Offerings,
    /// Section 7.
    pub courses: Courses,
    /// Section 8.
    pub assessment: Vec<Phrase>,
    /// Section 9.
    pub cooperation: Cooperation,
    /// Section 10.
    pub commitments: Commitments,
    /// Section 11, beside the table of offerings.
    pub attachments: Vec<Phrase>,
    /// Section 12.
    pub signatures: Vec<Signature>,
    /// Where the numbers come from.
    #[serde(skip)]
    pub origins: Vec<Traced>,
}

impl Content {
    /// Whether nothing is known of the year but what the network is.
    pub(super) fn is_bare(&self) -> bool {
        self.strategy_areas.is_empty()
            && self.representation.narrative.is_empty()
            && self.representation.seats.is_empty()
            && self.meetings.narrative.is_empty()
            && self.meetings.groups.is_empty()
            && self.meetings.figures.is_empty()
            && self.matters.narrative.is_empty()
            && self.matters.areas.is_empty()
            && self.offerings.narrative.is_empty()
            && self.offerings.figures.is_empty()
            && self.offerings.offerings + self.offerings.information_meetings.0 == 0
            && self.courses.narrative.is_empty()
            && self.courses.figures.is_empty()
            && self.courses.courses.is_empty()
            && self.assessment.is_empty()
            && self.cooperation.narrative.is_empty()
            && self.cooperation.carried_over.is_empty()
            && self.cooperation.planned.is_empty()
            && self.commitments.is_bare()
            && self.attachments.is_empty()
            && self.signatures.is_empty()
    }
}

/// A published figure, as printed.
#[derive(Clone, Debug, PartialEq)]
pub struct Figure {
    /// What it measures.
    pub measure: &'static str,
    /// What people call it.
    pub label: Phrase,
    /// The number with its quality and the words as printed.
    pub value: Count,
    /// Out of how many.
    pub of: Option<u32>,
    /// The organisation that it is about, where not all.
    pub organisation: Option<String>,
    /// Where it stands in the source.
    pub source: Option<String>,
    /// Remarks.
    pub note: Option<Phrase>,
    /// The record that it stands in.
    pub record: String,
    /// Whether it counts participants of offerings, whose small numbers are hidden.
    pub counts_participants: bool,
    /// Whether it is hidden.
    pub hidden: bool,
}

impl Figure {
    /// Takes out the number, and what is told about it.
    pub(super) fn hide(&mut self) {
        (self.hidden, self.value, self.of, self.note) = (true, Count::default(), None, None);
    }

    /// The number for a table: for people, and for machines.
    #[must_use]
    pub fn cell(&self, lang: Lang) -> Cell {
        if self.hidden {
            return Cell::hidden();
        }
        Cell { text: self.text(lang), ..Cell::count(&self.value, lang) }
    }

    fn machine_value(&self) -> Value {
        if self.hidden { json!({ "hidden": true }) } else { serde_json::to_value(&self.value).unwrap_or_default() }
    }

    /// The number as a report prints it.
    #[must_use]
    pub fn text(&self, lang: Lang) -> String {
        let value = self.value.as_published(lang);
        match self.of {
            Some(of) => crate::say!(lang, nn: "{value} av {of}", nb: "{value} av {of}", en: "{value} of {of}"),
            None => value,
        }
    }
}

/// The figure of a measure that is about all, not about one organisation.
pub(super) fn about_all(figures: &[Figure], measure: Measure) -> Option<&Figure> {
    figures.iter().find(|figure| figure.organisation.is_none() && figure.measure == measure.word())
}

/// The number of a figure, without the words of its source; that it is not recorded where there is none.
pub(super) fn counted(figure: Option<&Figure>, lang: Lang) -> Cell {
    match figure {
        Some(figure) if figure.hidden => Cell::hidden(),
        Some(figure) => Cell::count(&figure.value, lang),
        None => Cell::count(&Count::default(), lang),
    }
}

impl Serialize for Figure {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut figure = serializer.serialize_struct("Figure", 7 + usize::from(self.organisation.is_some()))?;
        figure.serialize_field("measure", self.measure)?;
        figure.serialize_field("label", &self.label)?;
        figure.serialize_field("value", &self.machine_value())?;
        figure.serialize_field("of", &self.of)?;
        if let Some(organisation) = &self.organisation {
            figure.serialize_field("organisation", organisation)?;
        }
        figure.serialize_field("source", &self.source)?;
        figure.serialize_field("note", &self.note)?;
        figure.serialize_field("record", &self.record)?;
        figure.end()
    }
}

/// What the network is.
#[derive(Debug, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct About {
    /// What it is for.
    pub description: Option<Phrase>,
    /// What its report tells.
    pub narrative: Vec<Phrase>,
    /// The agreements that governed it that year.
    pub governed_by: Vec<String>,
    /// What they set it to do.
    pub tasks: Vec<Tasks>,
    /// Staff, age and the like, as published.
    pub figures: Vec<Figure>,
    /// Who took part that year, by kind.
    pub parties: Vec<Parties>,
    /// Who paid.
    pub funded_by: Vec<String>,
}

/// What an agreement sets a network to do.
#[derive(Debug, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Tasks {
    /// The agreement.
    pub agreement: String,
    /// What it is for, in a sentence that leads to the tasks.
    pub purpose: Option<Phrase>,
    /// The tasks.
    pub tasks: Vec<Phrase>,
}

/// The parties of a kind.
#[derive(Debug, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Parties {
    /// The kind.
    pub kind: &'static str,
    /// What people call it.
    pub label: String,
    /// Their names, as they were that year.
    pub names: Vec<String>,
}

/// A strategy area.
#[derive(Clone, Debug, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Area {
    /// As agreement/area.
    pub id: String,
    /// The title.
    pub title: Phrase,
    /// The agreement that sets it.
    pub agreement: Phrase,
    /// What that agreement is for, where it sets areas but no tasks.
    pub purpose: Option<Phrase>,
}

/// Who sat where.
#[derive(Debug, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Representation {
    /// What the report tells.
    pub narrative: Vec<Phrase>,
    /// Seats in the network, in its bodies, and elsewhere.
    pub seats: Vec<Seat>,
    /// Appointments to the network and its bodies that began.
    pub appointments: Appointments,
}

/// A seat that somebody held that year.
#[derive(Debug, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Seat {
    /// The body.
    pub body: Phrase,
    /// The role.
    pub role: String,
    /// The organisation.
    pub organisation: Phrase,
    /// The office.
    pub function: Phrase,
    /// The period, as well as it is known.
    pub period: String,
}

/// The meetings of the year.
#[derive(Debug, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Meetings {
    /// What the report tells.
    pub narrative: Vec<Phrase>,
    /// Who met.
    pub groups: Vec<MeetingGroup>,
    /// Figures about meetings, as published.
    pub figures: Vec<Figure>,
}

/// The meetings of one body.
#[derive(Debug, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct MeetingGroup {
    /// The body's id; nothing for meetings of nobody in particular.
    pub id: Option<String>,
    /// The body's name.
    pub body: Option<Phrase>,
    /// How many meetings.
    pub held: Count,
    /// Each, in the order of the year.
    pub meetings: Vec<MeetingLine>,
}

/// A meeting, or several that are counted together.
#[derive(Debug, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct MeetingLine {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: Phrase,
    /// What it was.
    pub kind: String,
    /// When.
    pub when: String,
    /// How many, where several are counted together.
    pub held: Option<Count>,
    /// Hours of one.
    pub hours: Option<Count>,
    /// In person, digital.
    pub mode: Option<String>,
    /// Where.
    pub place: Option<String>,
    /// Theme.
    pub theme: Option<String>,
    /// Who arranged it.
    pub organisers: Vec<String>,
    /// Whom it was for.
    pub audience: Vec<String>,
    /// How many took part.
    pub participants: Option<Count>,
    /// What was on the agenda.
    pub agenda: Vec<String>,
    /// What it was, and remarks.
    pub remarks: Vec<String>,
}

/// The matters of the year.
#[derive(Debug, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Matters {
    /// What the report tells.
    pub narrative: Vec<Phrase>,
    /// By strategy area; the last part without one.
    pub areas: Vec<MatterArea>,
}

/// The matters of one area.
#[derive(Debug, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct MatterArea {
    /// The area; nothing for matters of none.
    pub area: Option<Area>,
    /// What the report tells of it.
    pub narrative: Vec<Phrase>,
    /// Its matters.
    pub matters: Vec<MatterLine>,
}

/// A matter.
#[derive(Debug, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct MatterLine {
    /// Its id.
    pub id: String,
    /// Its title, with the language of what is told of the matter.
    pub title: Phrase,
    /// What it is.
    pub kind: String,
    /// How it stands; nothing where nobody wrote it down.
    pub status: Option<String>,
    /// The year in which it began, where it is an earlier one.
    pub since: Option<i32>,
    /// What it is.
    pub description: Option<String>,
    /// What came of it.
    pub outcome: Option<String>,
    /// With whom.
    pub with: Vec<String>,
    /// To whom it went.
    pub to: Vec<String>,
}

/// Courses for professionals and user representatives.
#[derive(Debug, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Courses {
    /// What the report tells.
    pub narrative: Vec<Phrase>,
    /// As published.
    pub figures: Vec<Figure>,
    /// As registered.
    pub courses: Vec<CourseLine>,
}

/// A course.
#[derive(Debug, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct CourseLine {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: Phrase,
    /// The module.
    pub module: String,
    /// Who held it.
    pub organisers: Vec<String>,
    /// When.
    pub when: String,
    /// How many, where several are counted together.
    pub held: Option<Count>,
    /// How many took part.
    pub participants: Option<Count>,
}

/// Cooperation, and what goes on next year.
#[derive(Debug, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Cooperation {
    /// What the report tells.
    pub narrative: Vec<Phrase>,
    /// Matters that are carried over.
    pub carried_over: Vec<MatterLine>,
    /// Actions planned for the next year.
    pub planned: Vec<Phrase>,
}

/// A signature.
#[derive(Debug, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Signature {
    /// The day.
    pub on: String,
    /// The place.
    pub place: Option<String>,
    /// The offices.
    pub offices: Vec<Phrase>,
}

impl Signature {
    /// The signature of a report, if it has one.
    pub(super) fn of(report: &Report, names: &Names<'_>) -> Option<Self> {
        let signed = report.signed.as_ref()?;
        let offices = signed.offices.iter().map(|office| Phrase::of(office, names.lang)).collect();
        let by = || signed.by.iter().map(|id| names.body_phrase_in(id.id(), signed.on.year())).collect();
        Some(Self {
            on: signed.on.words(names.lang),
            place: signed.place.as_ref().map(|place| place.get(names.lang).trim().to_owned()),
            offices: if signed.offices.is_empty() { by() } else { offices },
        })
    }
}
