//! Duties, seats and coverage, an attachment.

use std::collections::BTreeMap;

use super::Page;
use crate::document::Chart;
use crate::mandate::Status;
use crate::mandate::wording::quoted;
use crate::names::capital;
use crate::report::annual::{BodyLine, Commitments, CoverageLine, DutyLine};
use crate::report::coverage::beginning;
use crate::say;
use crate::sheet::{Cell, Column, Sheet};

impl Page<'_> {
    pub(super) fn commitments(&mut self, content: &Commitments, year: i32) {
        let lang = self.lang;
        let title = say!(lang,
            nn: "Plikter, plassar og dekning", nb: "Plikter, plasser og dekning", en: "Duties, seats and coverage",
        );
        if !content.is_told() {
            return;
        }
        self.document.heading(3, title);
        if !content.tracked && content.judged + content.not_recorded > 0 {
            self.document.paragraph(match content.not_recorded {
                0 => say!(lang,
                    nn: "Det er ikkje ført noko for nettverket i {year}.",
                    nb: "Det er ikke ført noe for nettverket i {year}.",
                    en: "No records were kept for the network in {year}.",
                ),
                unknown => say!(lang,
                    nn: "Det er ikkje ført noko for nettverket i {year}, så korleis det gjekk med pliktene som har frist ({unknown}), er ikkje kjent.",
                    nb: "Det er ikke ført noe for nettverket i {year}, så hvordan det gikk med pliktene som har frist ({unknown}), er ikke kjent.",
                    en: "No records were kept for the network in {year}, so what became of the duties with deadlines ({unknown}) is not known.",
                ),
            });
        }
        self.duties(content);
        self.bodies(content);
        self.coverage(&content.coverage);
    }

    fn duties(&mut self, content: &Commitments) {
        let lang = self.lang;
        if let Some(day) = content.as_of.as_ref().filter(|_| !content.duties.is_empty()) {
            self.document.paragraph(
                say!(lang, nn: "Slik pliktene står {day}:", nb: "Slik pliktene står {day}:", en: "The duties as they stand on {day}:"),
            );
        }
        self.duties_by_status(content);
        let row = |line: &DutyLine| {
            let standing_duty = || Status::Standing.label().get(lang).to_owned();
            vec![
                Cell::text(&*line.standing),
                Cell {
                    lang: line.lang,
                    ..Cell::text(format!("{} ({})", quoted(&beginning(&line.text), lang), line.clauses.join("; ")))
                },
                Cell::text(&*line.who),
                Cell::text(line.period.clone().unwrap_or_else(standing_duty)),
            ]
        };
        let columns = vec![
            Column::new("standing", say!(lang, nn: "Korleis det gjekk", nb: "Hvordan det gikk", en: "How it went")),
            Column::new("duty", say!(lang, nn: "Plikt", nb: "Plikt", en: "Duty")),
            Column::new("who", say!(lang, nn: "Kven", nb: "Hvem", en: "Who")),
            Column::new("period", say!(lang, nn: "For", nb: "For", en: "For")),
        ];
        let rows = content.duties.iter().map(row).collect();
        let caption = say!(lang, nn: "Pliktene i året", nb: "Pliktene i året", en: "Duties of the year");
        self.document.table(Sheet { id: "duties", caption: caption.into(), columns, rows });
        self.trace(&["duties"]);
        let mut rest = Vec::new();
        let (withheld, judged, unknown) = (content.withheld, content.judged, content.not_recorded);
        if withheld > 0 {
            rest.push(say!(lang,
                nn: "Plikter som ikkje er oppfylte: {withheld}. Kva plikter det er, står i utgåva for nettverket sjølv.",
                nb: "Plikter som ikke er oppfylt: {withheld}. Hvilke plikter det er, står i utgaven for nettverket selv.",
                en: "Duties not met: {withheld}. Which duties they are is told in the version for the network itself.",
            ));
        }
        if content.tracked && judged > 0 {
            rest.push(say!(lang,
                nn: "Plikter som må vurderast: {judged}.",
                nb: "Plikter som må vurderes: {judged}.",
                en: "Duties to be judged: {judged}.",
            ));
        }
        if content.tracked && unknown > 0 {
            rest.push(say!(lang,
                nn: "Plikter som det ikkje er ført noko for: {unknown}.",
                nb: "Plikter som det ikke er ført noe for: {unknown}.",
                en: "Duties of which nothing is recorded: {unknown}.",
            ));
        }
        self.document.paragraph(rest.join(" "));
    }

    fn duties_by_status(&mut self, content: &Commitments) {
        let lang = self.lang;
        let mut counts: BTreeMap<Status, usize> = BTreeMap::new();
        let statuses = content.duties.iter().filter_map(|line| line.status.and_then(Status::from_word));
        statuses.for_each(|status| *counts.entry(status).or_default() += 1);
        let rows = counts.into_iter().map(|(status, count)| {
            vec![Cell::shown(capital(status.label().get(lang)), status.word()), Cell::whole(count, lang)]
        });
        let columns = vec![
            Column::new("status", say!(lang, nn: "Status", nb: "Status", en: "Status")),
            Column::new("duties", say!(lang, nn: "Plikter", nb: "Plikter", en: "Duties")),
        ];
        let caption = say!(lang, nn: "Plikter etter status", nb: "Plikter etter status", en: "Duties by status");
        let table = Sheet { id: "duties-by-status", caption: caption.into(), columns, rows: rows.collect() };
        let description = say!(lang,
            nn: "Korleis det står til med pliktene i tabellen under. Ei plikt som fleire har, tel éin gong, slik det står til med den det går dårlegast for.",
            nb: "Hvordan det står til med pliktene i tabellen under. En plikt som flere har, teller én gang, slik det står til med den det går dårligst for.",
            en: "How the duties in the table below stand. A duty owed by several counts once, by the one who is furthest behind.",
        );
        self.document.chart(Chart { description, table, series: vec![1] });
    }

    fn bodies(&mut self, content: &Commitments) {
        let lang = self.lang;
        if content.bodies.is_empty() {
            return;
        }
        let on = &content.seats_on;
        let row = |line: &BodyLine| {
            vec![
                Cell::text(&*line.body),
                Cell::whole(line.filled, lang),
                Cell::whole(line.vacant, lang),
                Cell::text(line.vacancies.join("; ")),
            ]
        };
        let columns = vec![
            Column::new("body", say!(lang, nn: "Organ", nb: "Organ", en: "Body")),
            Column::new("filled", say!(lang, nn: "Fylte", nb: "Fylt", en: "Filled")),
            Column::new("vacant", say!(lang, nn: "Ledige", nb: "Ledige", en: "Vacant")),
            Column::new("vacancies", say!(lang, nn: "Kva som er ledig", nb: "Hva som er ledig", en: "What is vacant")),
        ];
        let rows = content.bodies.iter().map(row).collect();
        let caption = say!(lang, nn: "Plassar {on}", nb: "Plasser {on}", en: "Seats on {on}");
        self.document.table(Sheet { id: "bodies", caption: caption.into(), columns, rows });
        self.trace(&["bodies"]);
    }

    fn coverage(&mut self, coverage: &[CoverageLine]) {
        let lang = self.lang;
        if coverage.is_empty() {
            return;
        }
        let row = |line: &CoverageLine| {
            let text = Cell { lang: line.lang, ..Cell::text(&*line.text) };
            vec![text, Cell::text(&*line.who), Cell::text(&*line.share)]
        };
        let columns = vec![
            Column::new("text", say!(lang, nn: "Kva", nb: "Hva", en: "What")),
            Column::new("who", say!(lang, nn: "For kven", nb: "For hvem", en: "For whom")),
            Column::new("share", say!(lang, nn: "Kor mange", nb: "Hvor mange", en: "How many")),
        ];
        let rows = coverage.iter().map(row).collect();
        let caption = say!(lang,
            nn: "Dekning: kor mange som har det dei skal", nb: "Dekning: hvor mange som har det de skal", en: "Coverage: how many have what they should",
        );
        self.document.table(Sheet { id: "coverage", caption: caption.into(), columns, rows });
        self.trace(&["coverage"]);
    }
}
