//! The annual report as a document. Sections without data say so in one line.

mod commitments;

use super::offerings::{Number, Participants, Row};
use super::{Annual, Content, CourseLine, Figure, MatterLine, NetworkReport, Offerings, Parties, Signature, lines};
use crate::count::Count;
use crate::document::Document;
use crate::lang::Lang;
use crate::model::Section;
use crate::names::{capital, label};
use crate::report::appointments;
use crate::say;
use crate::sheet::{Cell, Column, Sheet};

/// Each network's report as a document, in its language.
#[must_use]
pub fn document(annual: &Annual) -> Vec<Document> {
    annual.networks.iter().map(of_network).collect()
}

fn of_network(report: &NetworkReport) -> Document {
    let lang = report.lang;
    let (name, year) = (&report.name, report.year);
    let mut page = Page { document: Document::new(lang), lang };
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

struct Page {
    document: Document,
    lang: Lang,
}

impl Page {
    fn section(&mut self, number: usize, title: &str, empty: bool) {
        self.document.heading(2, format!("{number}. {title}"));
        if empty {
            self.document.paragraph(say!(self.lang, nn: "Ingenting er registrert.", nb: "Ingenting er registrert.", en: "Nothing is recorded."));
        }
    }

    fn title(&self, section: Section) -> &'static str {
        section.label().get(self.lang)
    }

    fn paragraphs(&mut self, paragraphs: &[String]) {
        paragraphs.iter().for_each(|paragraph| self.document.paragraph(paragraph));
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
        let mut agreement = "";
        for area in &content.strategy_areas {
            if area.agreement != agreement {
                agreement = &area.agreement;
                self.document.paragraph(agreement);
                self.document.paragraph(area.purpose.as_deref().unwrap_or_default());
                let points = content.strategy_areas.iter().filter(|other| other.agreement == agreement);
                self.document.list(points.map(|area| area.title.clone()).collect());
            }
        }
        self.representation(content);
        self.meetings(content);
        self.matters(content, year);
        self.offerings(&content.offerings);
        self.courses(content);
        self.section(8, self.title(Section::Assessment), content.assessment.is_empty());
        self.paragraphs(&content.assessment);
        self.cooperation(content, year);
        self.commitments(&content.commitments, year);
        self.attachments(content);
        self.signatures(&content.signatures);
    }

    fn about(&mut self, content: &Content) {
        let about = &content.about;
        self.section(1, self.title(Section::About), false);
        match about.narrative.is_empty() {
            true => self.document.paragraph(about.description.as_deref().unwrap_or_default()),
            false => self.paragraphs(&about.narrative),
        }
        let lang = self.lang;
        for tasks in &about.tasks {
            let purpose = tasks.purpose.as_deref().unwrap_or_default();
            self.document.paragraph(purpose);
            if !purpose.ends_with(':') {
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
        self.paragraphs(&parts);
        self.parties(&about.parties);
        self.figures(&about.figures);
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
        self.document.table(Sheet { id: "parties", caption: String::new(), columns, rows });
    }

    /// Published figures: what, how many in the words of the quality and of the source, and remarks.
    fn figures(&mut self, figures: &[Figure]) {
        let lang = self.lang;
        let rows = figures
            .iter()
            .map(|figure| {
                let note = figure.note.clone().unwrap_or_default();
                let number = Cell { text: figure.text(lang), ..Cell::count(&figure.value, lang) };
                vec![
                    Cell::text(&*figure.label),
                    number,
                    Cell::text(lines::quality(&figure.value, lang)),
                    Cell::text(note),
                ]
            })
            .collect();
        let columns = vec![
            Column::new("figure", say!(lang, nn: "Publisert tal", nb: "Publisert tall", en: "Published figure")),
            Column::new("value", say!(lang, nn: "Verdi", nb: "Verdi", en: "Value")),
            Column::new("quality", say!(lang, nn: "Kor sikkert", nb: "Hvor sikkert", en: "How certain")),
            Column::new("note", say!(lang, nn: "Merknad", nb: "Merknad", en: "Remark")),
        ];
        self.document.table(Sheet { id: "figures", caption: String::new(), columns, rows });
    }

    fn representation(&mut self, content: &Content) {
        let representation = &content.representation;
        let empty = representation.narrative.is_empty() && representation.seats.is_empty();
        self.section(3, self.title(Section::Representation), empty);
        self.paragraphs(&representation.narrative);
        let rows = representation
            .seats
            .iter()
            .map(|seat| {
                [&seat.body, &seat.role, &seat.organisation, &seat.function, &seat.period].map(Cell::text).to_vec()
            })
            .collect();
        let period = say!(self.lang, nn: "Periode", nb: "Periode", en: "Period");
        let mut columns: Vec<_> = ["body", "role", "organisation", "function"].map(|key| self.column(key)).to_vec();
        columns.push(Column::new("period", period));
        self.document.table(Sheet { id: "seats", caption: String::new(), columns, rows });
        let begun = appointments::words(std::slice::from_ref(&representation.appointments), self.lang);
        self.document.paragraph(begun.unwrap_or_default());
    }

    fn meetings(&mut self, content: &Content) {
        let lang = self.lang;
        let meetings = &content.meetings;
        let empty = meetings.narrative.is_empty() && meetings.groups.is_empty() && meetings.figures.is_empty();
        self.section(4, self.title(Section::Meetings), empty);
        self.paragraphs(&meetings.narrative);
        for group in &meetings.groups {
            let name = group
                .body
                .clone()
                .unwrap_or_else(|| say!(lang, nn: "Andre møte", nb: "Andre møter", en: "Other meetings"));
            let held = group.held.in_words(lang);
            self.document.heading(3, format!("{name} ({held})"));
            self.document.list(group.meetings.iter().map(|meeting| lines::meeting(meeting, lang)).collect());
        }
        self.figures(&meetings.figures);
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
        self.paragraphs(&matters.narrative);
        for part in &matters.areas {
            let title = part.area.as_ref().map_or_else(
                || say!(lang, nn: "Andre saker", nb: "Andre saker", en: "Other matters"),
                |area| area.title.clone(),
            );
            self.document.heading(3, title);
            self.paragraphs(&part.narrative);
            if part.matters.is_empty() && part.narrative.is_empty() {
                self.document.paragraph(say!(lang, nn: "Ingen saker er registrerte.", nb: "Ingen saker er registrert.", en: "No matters are recorded."));
            }
            self.document.list(part.matters.iter().map(|matter| lines::matter(matter, lang)).collect());
        }
    }

    fn offerings(&mut self, offerings: &Offerings) {
        let lang = self.lang;
        let registered = offerings.offerings + offerings.information_meetings.0;
        let empty = registered == 0 && offerings.figures.is_empty() && offerings.narrative.is_empty();
        self.section(6, self.title(Section::Offerings), empty);
        if empty {
            return;
        }
        self.paragraphs(&offerings.narrative);
        self.figures(&offerings.figures);
        if registered == 0 {
            self.document.paragraph(say!(lang,
                nn: "Ingen tilbod frå dette året er registrerte eitt for eitt.",
                nb: "Ingen tilbud fra dette året er registrert ett for ett.",
                en: "No offerings of this year are recorded one by one.",
            ));
            return;
        }
        if !offerings.figures.is_empty() {
            self.document.paragraph(say!(lang,
                nn: "Publiserte tal står slik dei stod på trykk. Registrerte tal er rekna ut frå postane i registeret og kan vere ufullstendige.",
                nb: "Publiserte tall står slik de sto på trykk. Registrerte tall er regnet ut fra postene i registeret og kan være ufullstendige.",
                en: "Published figures are given as they were printed. Recorded figures are worked out from the records in the registry and may be incomplete.",
            ));
        }
        self.registered(offerings);
        let (meetings, runs) = offerings.information_meetings;
        if meetings > 0 {
            self.document.paragraph(say!(lang,
                nn: "I tillegg kjem informasjonsmøte, der deltakarane ikkje blir talde. Tilbod: {meetings}; gjennomføringar: {runs}.",
                nb: "I tillegg kommer informasjonsmøter, der deltakerne ikke telles. Tilbud: {meetings}; gjennomføringer: {runs}.",
                en: "Information meetings come in addition; their participants are not counted. Offerings: {meetings}; runs: {runs}.",
            ));
        }
        for breakdown in &offerings.breakdowns {
            let rows = breakdown
                .parts
                .iter()
                .map(|(name, offerings, runs)| {
                    vec![Cell::text(name), Cell::whole(*offerings, lang), Cell::whole(*runs, lang)]
                })
                .collect();
            let columns = vec![self.column(breakdown.by), self.offerings_column(), self.column("runs")];
            self.document.table(Sheet { id: breakdown.by, caption: String::new(), columns, rows });
        }
    }

    fn offerings_column(&self) -> Column {
        Column::new("offerings", say!(self.lang, nn: "Tilbod", nb: "Tilbud", en: "Offerings"))
    }

    fn registered(&mut self, offerings: &Offerings) {
        let lang = self.lang;
        let Participants { patients, relatives, all } = &offerings.participants;
        let row = |label: String, cell: Cell| vec![Cell::text(label), cell];
        let rows = vec![
            row(say!(lang, nn: "Tilbod", nb: "Tilbud", en: "Offerings"), Cell::whole(offerings.offerings, lang)),
            row(
                say!(lang, nn: "Gjennomføringar", nb: "Gjennomføringer", en: "Runs"),
                Cell::whole(offerings.runs, lang),
            ),
            row(say!(lang, nn: "Pasientar", nb: "Pasienter", en: "Patients"), number(patients, lang)),
            row(say!(lang, nn: "Pårørande", nb: "Pårørende", en: "Relatives"), number(relatives, lang)),
            row(
                say!(lang, nn: "Deltakarar i alt", nb: "Deltakere i alt", en: "Participants in all"),
                number(all, lang),
            ),
        ];
        let columns = vec![
            Column::new("figure", say!(lang, nn: "Registrert", nb: "Registrert", en: "Recorded")),
            Column::new("value", say!(lang, nn: "Tal", nb: "Tall", en: "Number")),
        ];
        self.document.table(Sheet { id: "registered", caption: String::new(), columns, rows });
    }

    fn courses(&mut self, content: &Content) {
        let courses = &content.courses;
        let empty = courses.narrative.is_empty() && courses.figures.is_empty() && courses.courses.is_empty();
        self.section(7, self.title(Section::Courses), empty);
        self.paragraphs(&courses.narrative);
        self.figures(&courses.figures);
        let lang = self.lang;
        let count = |count: Option<&Count>| count.map_or_else(Cell::default, |count| Cell::count(count, lang));
        let row = |course: &CourseLine| {
            vec![
                Cell::text(&*course.title),
                Cell::text(&*course.module),
                Cell::text(course.organisers.join(", ")),
                Cell::text(&*course.when),
                count(course.held.as_ref()),
                count(course.participants.as_ref()),
            ]
        };
        let mut columns: Vec<_> = ["title", "module", "organiser"].map(|key| self.column(key)).to_vec();
        columns.push(Column::new("when", say!(lang, nn: "Tid", nb: "Tid", en: "When")));
        columns.extend(["held", "participants"].map(|key| self.column(key)));
        let rows = courses.courses.iter().map(row).collect();
        self.document.table(Sheet { id: "courses", caption: String::new(), columns, rows });
    }

    fn cooperation(&mut self, content: &Content, year: i32) {
        let lang = self.lang;
        let cooperation = &content.cooperation;
        let empty =
            cooperation.narrative.is_empty() && cooperation.carried_over.is_empty() && cooperation.planned.is_empty();
        self.section(9, self.title(Section::Cooperation), empty);
        self.paragraphs(&cooperation.narrative);
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
                if told(&matter.id) { format!("{}.", matter.title) } else { lines::matter(matter, lang) }
            };
            self.document.list(cooperation.carried_over.iter().map(line).collect());
        }
        if !cooperation.planned.is_empty() {
            self.document
                .paragraph(say!(lang, nn: "Planlagt i {next}:", nb: "Planlagt i {next}:", en: "Planned for {next}:"));
            self.document.list(cooperation.planned.clone());
        }
    }

    fn attachments(&mut self, content: &Content) {
        let lang = self.lang;
        let rows = &content.offerings.rows;
        let title = say!(lang, nn: "Vedlegg", nb: "Vedlegg", en: "Attachments");
        self.section(11, &title, rows.is_empty() && content.attachments.is_empty());
        self.document.list(content.attachments.clone());
        if rows.is_empty() {
            return;
        }
        let caption = say!(lang, nn: "Tilbod i året", nb: "Tilbud i året", en: "Offerings of the year");
        self.document.table(self.offering_table(caption, rows));
        let mut signs = say!(lang,
            nn: "Brukarmedverknad: P planlegging, G gjennomføring, E evaluering; – tyder at ingen var med, ? at det ikkje er registrert.",
            nb: "Brukermedvirkning: P planlegging, G gjennomføring, E evaluering; – betyr at ingen var med, ? at det ikke er registrert.",
            en: "User involvement: P planning, D delivery, E evaluation; – means that nobody took part, ? that it is not recorded.",
        );
        if rows.iter().any(|row| row.participants.all == Number::Hidden) {
            signs += &say!(lang,
                nn: " Kolon (:) tyder at talet er skjerma: det er lite, eller det ville ha røpt eit lite tal.",
                nb: " Kolon (:) betyr at tallet er skjermet: det er lite, eller det ville ha røpet et lite tall.",
                en: " A colon (:) means that the number is suppressed: it is small, or would give a small one away.",
            );
        }
        self.document.paragraph(signs);
    }

    fn offering_table(&self, caption: String, rows: &[Row]) -> Sheet {
        let lang = self.lang;
        let letters = if lang == Lang::En { ["P", "D", "E"] } else { ["P", "G", "E"] };
        let involvement = |row: &Row| {
            let parts = row.involvement.iter().zip(letters).map(|(stated, letter)| match stated {
                Some(true) => letter,
                Some(false) => "–",
                None => "?",
            });
            parts.collect::<Vec<_>>().join("/")
        };
        let unclassified = say!(lang, nn: "ikkje kategorisert", nb: "ikke kategorisert", en: "unclassified");
        let cells = |row: &Row| {
            vec![
                Cell::text(row.organisers.join(", ")),
                Cell::text(&*row.title),
                Cell::text(row.conditions.join(", ")),
                Cell::text(row.audience.join(", ")),
                Cell::text(row.reach.clone().unwrap_or_else(|| unclassified.clone())),
                Cell::text(row.form.clone().unwrap_or_default()),
                Cell::whole(row.runs, lang),
                number(&row.participants.patients, lang),
                number(&row.participants.relatives, lang),
                number(&row.participants.all, lang),
                Cell::text(involvement(row)),
                Cell::text(row.partners.join(", ")),
            ]
        };
        let mut columns: Vec<_> =
            ["organiser", "title", "condition", "audience", "reach", "form", "runs", "patients", "relatives"]
                .map(|key| self.column(key))
                .to_vec();
        columns.push(Column::new("participants", say!(lang, nn: "Sum", nb: "Sum", en: "Sum")));
        columns.extend(["involvement", "partners"].map(|key| self.column(key)));
        Sheet { id: "offerings", caption, columns, rows: rows.iter().map(cells).collect() }
    }

    fn signatures(&mut self, signatures: &[Signature]) {
        let title = say!(self.lang, nn: "Underskrift", nb: "Underskrift", en: "Signature");
        self.section(12, &title, signatures.is_empty());
        for signature in signatures {
            let place = signature.place.as_ref().map(|place| format!("{place}, ")).unwrap_or_default();
            self.document.paragraph(format!("{place}{}", signature.on));
            self.document.list(signature.offices.clone());
        }
    }
}

fn number(number: &Number, lang: Lang) -> Cell {
    let cell = match number {
        Number::Nobody => Cell::default(),
        Number::Hidden => Cell::hidden(),
        Number::Sum(sum) => Cell::count(&sum.count(), lang),
    };
    Cell { text: number.text(lang), value: serde_json::to_value(number).unwrap_or_default(), ..cell }
}
