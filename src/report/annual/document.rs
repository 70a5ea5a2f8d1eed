//! The annual report as a document. Sections without data say so in one line.

mod attached;
mod commitments;
mod compiled;
mod offered;
mod years;

pub use compiled::compiled_document;

use super::{
    Annual, Content, CourseLine, Figure, MatterLine, NetworkReport, NetworkYears, Parties, Source, Spans, Traced,
    lines, prose,
};
use crate::count::Count;
use crate::document::Document;
use crate::lang::{Lang, Phrase};
use crate::model::{Measure, Section};
use crate::names::{capital, label};
use crate::report::appointments;
use crate::report::participants::{Number, Totals};
use crate::say;
use crate::sheet::{Cell, Column, Sheet};
use crate::threads::by_halves;

/// Each network's report as a document, in its language.
#[must_use]
pub fn document(annual: &Annual) -> Vec<Document> {
    by_halves(&annual.networks, 4, |network| vec![of_network(network)])
}

/// Each network over several years as a document, in its language.
#[must_use]
pub fn years_document(spans: &Spans) -> Vec<Document> {
    spans.networks.iter().map(|network| years_of(network, spans.years)).collect()
}

fn years_of(network: &NetworkYears, (first, last): (i32, i32)) -> Document {
    let (lang, name) = (network.lang, &network.name);
    let mut page = Page { document: Document::new(lang), lang, origins: &network.origins };
    let Some(years) = &network.content else {
        page.document.paragraph(say!(lang,
            nn: "{name}: Nettverket fanst ikkje i åra {first}–{last}.",
            nb: "{name}: Nettverket fantes ikke i årene {first}–{last}.",
            en: "{name}: The network did not exist in {first}–{last}.",
        ));
        return page.document;
    };
    page.document.heading(
        1,
        say!(lang, nn: "{name}: {first}–{last}", nb: "{name}: {first}–{last}", en: "{name}: {first}–{last}"),
    );
    let before = page.document.blocks.len();
    years::chart(&mut page.document, years, lang);
    let caption = say!(lang,
        nn: "Tilbod og deltakarar {first}–{last}",
        nb: "Tilbud og deltakere {first}–{last}",
        en: "Offerings and participants {first}–{last}",
    );
    years::table(&mut page, caption, years);
    if page.document.blocks.len() == before {
        page.document.paragraph(say!(lang,
            nn: "Ingenting er registrert for desse åra.",
            nb: "Ingenting er registrert for disse årene.",
            en: "Nothing is recorded for these years.",
        ));
    }
    page.document.explain_signs();
    page.document
}

fn of_network(report: &NetworkReport) -> Document {
    let lang = report.lang;
    let (name, year) = (&report.name, report.year);
    let origins = report.content.as_ref().map_or(&[][..], |content| &content.origins);
    let mut page = Page { document: Document::new(lang), lang, origins };
    match &report.content {
        None => page.document.paragraph(say!(lang,
            nn: "{name}: Nettverket fanst ikkje i {year}.",
            nb: "{name}: Nettverket fantes ikke i {year}.",
            en: "{name}: The network did not exist in {year}.",
        )),
        Some(content) => {
            let title = say!(lang,
                nn: "Årsmelding {year}: {name}",
                nb: "Årsmelding {year}: {name}",
                en: "Annual report {year}: {name}",
            );
            page.document.heading(1, title);
            page.content(content, year);
        }
    }
    page.document
}

struct Page<'a> {
    document: Document,
    lang: Lang,
    origins: &'a [Traced],
}

impl Page<'_> {
    /// Says where the numbers of the table that was added last come from: those rows that are called so.
    fn trace(&mut self, tables: &[&str]) {
        let is_of = |traced: &&Traced| {
            tables.iter().any(|table| {
                traced.row.strip_prefix(table).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
            })
        };
        self.document.trace(self.origins.iter().filter(is_of).map(|traced| traced.told(self.lang)));
    }

    fn section(&mut self, number: usize, title: &str, empty: bool) {
        self.document.heading(2, format!("{number}. {title}"));
        if empty {
            self.document.paragraph(say!(self.lang, nn: "Ingenting er registrert.", nb: "Ingenting er registrert.", en: "Nothing is recorded."));
        }
    }

    fn title(&self, section: Section) -> &'static str {
        section.label().get(self.lang)
    }

    fn phrases(&mut self, phrases: &[Phrase]) {
        phrases.iter().for_each(|phrase| self.document.phrase(phrase));
    }

    fn column(&self, key: &'static str) -> Column {
        Column::new(key, label(key).map_or(key, |label| label.get(self.lang)))
    }

    fn content(&mut self, content: &Content, year: i32) {
        self.about(content);
        if content.is_bare() {
            let line = say!(self.lang,
                nn: "Ingenting anna er registrert for {year}.",
                nb: "Ingenting annet er registrert for {year}.",
                en: "Nothing else is recorded for {year}.",
            );
            return self.document.paragraph(line);
        }
        self.section(2, self.title(Section::StrategyAreas), content.strategy_areas.is_empty());
        let mut agreement = &Phrase::default();
        for area in &content.strategy_areas {
            if area.agreement != *agreement {
                agreement = &area.agreement;
                self.document.phrase(agreement);
                self.document.phrase(&area.purpose.clone().unwrap_or_default());
                let points = content.strategy_areas.iter().filter(|other| other.agreement == *agreement);
                self.document.list(points.map(|area| area.title.clone()).collect());
            }
        }
        self.representation(content);
        self.meetings(content);
        self.matters(content, year);
        self.offerings(&content.offerings);
        self.courses(content);
        self.section(8, self.title(Section::Assessment), content.assessment.is_empty());
        self.phrases(&content.assessment);
        self.cooperation(content, year);
        self.attachments(content, year);
        self.signatures(&content.signatures);
    }

    fn about(&mut self, content: &Content) {
        let about = &content.about;
        self.section(1, self.title(Section::About), false);
        match about.narrative.is_empty() {
            true => self.document.phrase(&about.description.clone().unwrap_or_default()),
            false => self.phrases(&about.narrative),
        }
        let lang = self.lang;
        let running = prose::sentences(&about.figures, &[Measure::YearsRunning], lang);
        self.document.paragraph(running.unwrap_or_default());
        for tasks in &about.tasks {
            let purpose = tasks.purpose.clone().unwrap_or_default();
            self.document.phrase(&purpose);
            if !purpose.text.ends_with(':') {
                let agreement = &tasks.agreement;
                self.document.paragraph(say!(lang,
                    nn: "Etter «{agreement}» skal nettverket:",
                    nb: "Etter «{agreement}» skal nettverket:",
                    en: "Under “{agreement}” the network is to:",
                ));
            }
            self.document.list(tasks.tasks.clone());
        }
        let governed = about.governed_by.join("; ");
        let funders = about.funded_by.join(", ");
        let mut parts = Vec::new();
        if !governed.is_empty() {
            parts.push(
                say!(lang, nn: "Styrt av: {governed}.", nb: "Styrt av: {governed}.", en: "Governed by: {governed}."),
            );
        }
        if !funders.is_empty() {
            parts.push(say!(lang, nn: "Finansiert av: {funders}.", nb: "Finansiert av: {funders}.", en: "Funded by: {funders}."));
        }
        parts.iter().for_each(|part| self.document.paragraph(part));
        self.parties(&about.parties);
        let caption = say!(lang,
            nn: "Publiserte tal om nettverket", nb: "Publiserte tall om nettverket", en: "Published figures on the network",
        );
        self.figures("network-figures", caption, &about.figures);
    }

    fn parties(&mut self, parties: &[Parties]) {
        let lang = self.lang;
        let row = |parties: &Parties| {
            vec![
                Cell::text(capital(&parties.label)),
                Cell::whole(parties.names.len(), lang),
                Cell::text(parties.names.join("; ")),
            ]
        };
        let columns = vec![
            Column::new("kind", say!(lang, nn: "Partar", nb: "Parter", en: "Parties")),
            Column::new("count", say!(lang, nn: "Kor mange", nb: "Hvor mange", en: "How many")),
            Column::new("names", say!(lang, nn: "Kven", nb: "Hvem", en: "Who")),
        ];
        let rows = parties.iter().map(row).collect();
        let caption = say!(lang, nn: "Partar i nettverket", nb: "Parter i nettverket", en: "Parties of the network");
        self.document.table(Sheet { id: "parties", caption: caption.into(), columns, rows });
        self.trace(&["parties"]);
    }

    /// Published figures: what, how many in the words of the quality and of the source, and remarks.
    fn figures(&mut self, id: &'static str, caption: String, figures: &[Figure]) {
        let lang = self.lang;
        let rows = figures
            .iter()
            .map(|figure| {
                let note = figure.note.clone().unwrap_or_default();
                vec![
                    Cell::from(&figure.label),
                    figure.cell(lang),
                    Cell::text(if figure.hidden { String::new() } else { lines::quality(&figure.value, lang) }),
                    Cell::from(&note),
                ]
            })
            .collect();
        let columns = vec![
            Column::new("figure", say!(lang, nn: "Publisert tal", nb: "Publisert tall", en: "Published figure")),
            Column::new("value", say!(lang, nn: "Verdi", nb: "Verdi", en: "Value")),
            Column::new("quality", say!(lang, nn: "Kor sikkert", nb: "Hvor sikkert", en: "How certain")),
            Column::new("note", say!(lang, nn: "Merknad", nb: "Merknad", en: "Remark")),
        ];
        self.document.table(Sheet { id, caption: caption.into(), columns, rows });
        let told = |traced: &&Traced| matches!(&traced.of, Source::Figure(figure) if figures.contains(figure));
        self.document.trace(self.origins.iter().filter(told).map(|traced| traced.told(self.lang)));
    }

    fn representation(&mut self, content: &Content) {
        let representation = &content.representation;
        let empty = representation.narrative.is_empty() && representation.seats.is_empty();
        self.section(3, self.title(Section::Representation), empty);
        self.phrases(&representation.narrative);
        let rows = representation
            .seats
            .iter()
            .map(|seat| {
                let (role, period) = (Cell::text(&*seat.role), Cell::text(&*seat.period));
                vec![(&seat.body).into(), role, (&seat.organisation).into(), (&seat.function).into(), period]
            })
            .collect();
        let period = say!(self.lang, nn: "Periode", nb: "Periode", en: "Period");
        let mut columns: Vec<_> = ["body", "role", "organisation", "function"].map(|key| self.column(key)).to_vec();
        columns.push(Column::new("period", period));
        let caption = say!(self.lang,
            nn: "Verv i nettverket, i organa til nettverket og andre stader",
            nb: "Verv i nettverket, i nettverkets organer og andre steder",
            en: "Offices in the network, its bodies and elsewhere",
        );
        self.document.table(Sheet { id: "seats", caption: caption.into(), columns, rows });
        self.trace(&["appointments"]);
        let begun = appointments::words(std::slice::from_ref(&representation.appointments), self.lang);
        self.document.paragraph(begun.unwrap_or_default());
    }

    fn meetings(&mut self, content: &Content) {
        let lang = self.lang;
        let meetings = &content.meetings;
        let empty = meetings.narrative.is_empty() && meetings.groups.is_empty() && meetings.figures.is_empty();
        self.section(4, self.title(Section::Meetings), empty);
        self.phrases(&meetings.narrative);
        for group in &meetings.groups {
            let name = group
                .body
                .clone()
                .unwrap_or_else(|| say!(lang, nn: "Andre møte", nb: "Andre møter", en: "Other meetings").into());
            let held = group.held.in_words(lang);
            self.document.heading(3, name.within(|name| format!("{name} ({held})")));
            self.document.list(group.meetings.iter().map(|meeting| lines::meeting(meeting, lang)).collect());
        }
        let caption = say!(lang, nn: "Publiserte tal om møte", nb: "Publiserte tall om møter", en: "Published figures on meetings");
        self.figures("meeting-figures", caption, &meetings.figures);
    }

    fn matters(&mut self, content: &Content, year: i32) {
        let lang = self.lang;
        let matters = &content.matters;
        let title = say!(lang, nn: "Saker i {year}", nb: "Saker i {year}", en: "Matters in {year}");
        let nothing = matters.areas.iter().all(|part| part.matters.is_empty() && part.narrative.is_empty());
        self.section(5, &title, nothing);
        if nothing {
            return;
        }
        self.phrases(&matters.narrative);
        for part in &matters.areas {
            let title = part.area.as_ref().map_or_else(
                || say!(lang, nn: "Andre saker", nb: "Andre saker", en: "Other matters").into(),
                |area| area.title.clone(),
            );
            self.document.heading(3, title);
            self.phrases(&part.narrative);
            if part.matters.is_empty() && part.narrative.is_empty() {
                self.document.paragraph(say!(lang, nn: "Ingen saker er registrerte.", nb: "Ingen saker er registrert.", en: "No matters are recorded."));
            }
            self.document.list(part.matters.iter().map(|matter| lines::matter(matter, lang)).collect());
        }
    }

    fn courses(&mut self, content: &Content) {
        let courses = &content.courses;
        let empty = courses.narrative.is_empty() && courses.figures.is_empty() && courses.courses.is_empty();
        self.section(7, self.title(Section::Courses), empty);
        self.phrases(&courses.narrative);
        let lang = self.lang;
        let held = prose::sentences(&courses.figures, &[Measure::TrustsWithBasicCourse], lang);
        self.document.paragraph(held.unwrap_or_default());
        let caption =
            say!(lang, nn: "Publiserte tal om kurs", nb: "Publiserte tall om kurs", en: "Published figures on courses");
        self.figures("course-figures", caption, &courses.figures);
        let count = |count: Option<&Count>| count.map_or_else(Cell::default, |count| Cell::count(count, lang));
        let row = |course: &CourseLine| {
            vec![
                Cell::from(&course.title),
                Cell::text(&*course.module),
                Cell::text(course.organisers.join(", ")),
                Cell::text(&*course.when),
                count(course.held.as_ref()),
                Cell::published(course.participants.as_ref(), lang),
            ]
        };
        let mut columns: Vec<_> = ["title", "module", "organiser"].map(|key| self.column(key)).to_vec();
        columns.push(Column::new("when", say!(lang, nn: "Tid", nb: "Tid", en: "When")));
        columns.extend(["held", "participants"].map(|key| self.column(key)));
        let rows = courses.courses.iter().map(row).collect();
        let caption = say!(lang, nn: "Kurs i året", nb: "Kurs i året", en: "Courses of the year");
        self.document.table(Sheet { id: "courses", caption: caption.into(), columns, rows });
        self.trace(&["courses"]);
    }

    fn cooperation(&mut self, content: &Content, year: i32) {
        let lang = self.lang;
        let cooperation = &content.cooperation;
        let empty =
            cooperation.narrative.is_empty() && cooperation.carried_over.is_empty() && cooperation.planned.is_empty();
        self.section(9, self.title(Section::Cooperation), empty);
        self.phrases(&cooperation.narrative);
        let next = year + 1;
        if !cooperation.carried_over.is_empty() {
            self.document.paragraph(
                say!(lang, nn: "Vidareført til {next}:", nb: "Videreført til {next}:", en: "Carried over to {next}:"),
            );
            // What stands among the matters of its area is only named here.
            let told = |id: &str| {
                let mut areas = content.matters.areas.iter().flat_map(|part| &part.matters);
                areas.any(|matter| matter.id == id)
            };
            let line = |matter: &MatterLine| {
                if told(&matter.id) {
                    matter.title.within(|title| format!("{title}."))
                } else {
                    lines::matter(matter, lang)
                }
            };
            self.document.list(cooperation.carried_over.iter().map(line).collect());
        }
        if !cooperation.planned.is_empty() {
            self.document
                .paragraph(say!(lang, nn: "Planlagt i {next}:", nb: "Planlagt i {next}:", en: "Planned for {next}:"));
            self.document.list(cooperation.planned.clone());
        }
    }
}

fn number(number: &Number, lang: Lang) -> Cell {
    number.cell(lang)
}

/// Offerings, runs and participants.
fn totals(totals: &Totals, lang: Lang) -> [Cell; 3] {
    [Cell::whole(totals.offerings, lang), Cell::whole(totals.runs, lang), number(&totals.participants.all, lang)]
}
