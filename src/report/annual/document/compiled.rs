//! The compiled report as a document.

use super::offered::COUNTED_IN_TEXT;
use super::{Page, totals};
use crate::date::day_words;
use crate::document::{Chart, Document};
use crate::model::Measure;
use crate::names::{capital, listed};
use crate::report::annual::content::{about_all, counted};
use crate::report::annual::{Compiled, Delivery, NetworkPart, Step, TrustPart, prose};
use crate::report::participants::Totals;
use crate::say;
use crate::sheet::{Cell, Column, Sheet};

/// The compiled report, in its language.
#[must_use]
pub fn compiled_document(compiled: &Compiled) -> Document {
    let lang = compiled.lang;
    let (name, year) = (&compiled.name, compiled.year);
    let mut page = Page { document: Document::new(lang), lang, origins: &compiled.origins };
    page.document.heading(
        1,
        say!(lang, nn: "Samla rapport {year}: {name}", nb: "Samlet rapport {year}: {name}", en: "Compiled report {year}: {name}"),
    );
    if compiled.networks.is_empty() {
        page.document.paragraph(say!(lang,
            nn: "Ingen nettverk rapporterer til {name} for {year}.",
            nb: "Ingen nettverk rapporterer til {name} for {year}.",
            en: "No network reports to {name} for {year}.",
        ));
    } else {
        page.handed_in(compiled);
        page.in_sum(compiled);
        page.networks(compiled);
    }
    page.trusts(compiled);
    if !compiled.networks.is_empty() {
        page.parts(compiled);
    }
    page.document.explain_signs();
    page.document
}

impl Page<'_> {
    fn handed_in(&mut self, compiled: &Compiled) {
        let lang = self.lang;
        let (year, all) = (compiled.year, compiled.networks.len());
        self.section(
            1,
            &say!(lang, nn: "Kven som har rapportert", nb: "Hvem som har rapportert", en: "Who has reported"),
            false,
        );
        let day = day_words(compiled.day, lang);
        let named = |delivery: Delivery| {
            let found = compiled.networks.iter().filter(|part| part.delivery == delivery);
            found.map(|part| part.short.clone()).collect::<Vec<_>>()
        };
        let [in_time, late, unsure] =
            [Delivery::InTime, Delivery::Late, Delivery::Unsure].map(|one| compiled.count(one));
        let there = in_time + late + unsure;
        let name = &compiled.name;
        self.document.paragraph(match compiled.count(Delivery::NoDuty) == all {
            true => say!(lang,
                nn: "Ingen frist for rapport til {name} er registrert. Det som følgjer, er frå nettverk som rapporterer dit eller har partar derfrå ({all}).",
                nb: "Ingen frist for rapport til {name} er registrert. Det som følger, er fra nettverk som rapporterer dit eller har parter derfra ({all}).",
                en: "No deadline for reports to {name} is recorded. What follows is from networks that report to it or have parties from it ({all}).",
            ),
            false => say!(lang,
                nn: "Per {day} har {there} av {all} nettverk levert rapport for {year}: i tide {in_time}, for seint {late}.",
                nb: "Per {day} har {there} av {all} nettverk levert rapport for {year}: i tide {in_time}, for sent {late}.",
                en: "As of {day}, {there} of {all} networks have handed in a report for {year}: on time {in_time}, late {late}.",
            ),
        });
        if unsure > 0 {
            self.document.paragraph(say!(lang,
                nn: "Levert, men dagen er ikkje kjend nøyaktig nok: {unsure}.",
                nb: "Levert, men dagen er ikke kjent nøyaktig nok: {unsure}.",
                en: "Handed in, but the day is not known exactly enough: {unsure}.",
            ));
        }
        let with_days = compiled.networks.iter().filter(|part| part.delivery == Delivery::Late);
        let late = with_days.map(|part| match &part.late {
            Some(late) => format!("{} ({late})", part.short),
            None => part.short.clone(),
        });
        let late = listed(&late.collect::<Vec<_>>(), lang);
        let mut points = Vec::new();
        let missing = listed(&named(Delivery::Missing), lang);
        if !missing.is_empty() {
            points.push(say!(lang, nn: "Manglar: {missing}.", nb: "Mangler: {missing}.", en: "Missing: {missing}."));
        }
        if !late.is_empty() {
            points.push(say!(lang, nn: "For seint: {late}.", nb: "For sent: {late}.", en: "Late: {late}."));
        }
        let open = listed(&named(Delivery::Open), lang);
        if !open.is_empty() {
            points.push(say!(lang,
                nn: "Ikkje komne, men fristen er ikkje ute: {open}.",
                nb: "Ikke kommet, men fristen er ikke ute: {open}.",
                en: "Not there, and not due yet: {open}.",
            ));
        }
        let unknown = listed(&named(Delivery::NotRecorded), lang);
        if !unknown.is_empty() {
            points.push(say!(lang,
                nn: "Ikkje kjent, for det er ikkje ført noko: {unknown}.",
                nb: "Ikke kjent, for det er ikke ført noe: {unknown}.",
                en: "Not known, since no records were kept: {unknown}.",
            ));
        }
        self.document.list(points);
        self.chain(&compiled.chain);
        for step in compiled.chain.iter().filter(|step| step.onward) {
            let (to, due) = (listed(&step.to, lang), step.due.map(|due| day_words(due, lang)).unwrap_or_default());
            self.document.paragraph(match &step.sent {
                Some(sent) => say!(lang,
                    nn: "Den samla rapporten vart send til {to} {sent}; fristen var {due}.",
                    nb: "Den samlede rapporten ble sendt til {to} {sent}; fristen var {due}.",
                    en: "The compiled report was sent to {to} on {sent}; the deadline was {due}.",
                ),
                None => say!(lang,
                    nn: "Den samla rapporten skal vere send til {to} innan {due}.",
                    nb: "Den samlede rapporten skal være sendt til {to} innen {due}.",
                    en: "The compiled report is to be sent to {to} by {due}.",
                ),
            });
        }
    }

    fn chain(&mut self, chain: &[Step]) {
        let lang = self.lang;
        let row = |step: &Step| {
            let missing = listed(&step.missing, lang);
            let standing = match missing.is_empty() {
                true => step.standing.clone(),
                false => {
                    let standing = &step.standing;
                    say!(lang,
                        nn: "{standing}; manglar frå {missing}",
                        nb: "{standing}; mangler fra {missing}",
                        en: "{standing}; missing from {missing}",
                    )
                }
            };
            vec![
                Cell::text(&*step.who),
                Cell::text(step.to.join(", ")),
                step.due.map_or_else(Cell::default, |due| Cell::shown(day_words(due, lang), due.to_string())),
                Cell::text(step.sent.clone().unwrap_or_default()),
                Cell::text(capital(&standing)),
            ]
        };
        let columns = vec![
            Column::new("who", say!(lang, nn: "Frå", nb: "Fra", en: "From")),
            Column::new("to", say!(lang, nn: "Til", nb: "Til", en: "To")),
            Column::new("due", say!(lang, nn: "Frist", nb: "Frist", en: "Deadline")),
            Column::new("sent", say!(lang, nn: "Sendt", nb: "Sendt", en: "Sent")),
            Column::new("standing", say!(lang, nn: "Korleis det gjekk", nb: "Hvordan det gikk", en: "How it went")),
        ];
        let caption = say!(lang,
            nn: "Rapportane steg for steg, frå nettverka og vidare",
            nb: "Rapportene steg for steg, fra nettverkene og videre",
            en: "The reports step by step, from the networks onwards",
        );
        self.document.table(Sheet {
            id: "chain",
            caption: caption.into(),
            columns,
            rows: chain.iter().map(row).collect(),
        });
        self.trace(&["chain"]);
    }

    fn in_sum(&mut self, compiled: &Compiled) {
        let lang = self.lang;
        self.section(2, &say!(lang, nn: "Tala samla", nb: "Tallene samlet", en: "The figures taken together"), false);
        let row = |name: String, sums: &Totals, offerings: Cell, participants: Cell| {
            let mut row = vec![Cell::text(name)];
            row.extend(totals(sums, lang));
            row.extend([offerings, participants]);
            row
        };
        let mut rows: Vec<Vec<Cell>> = compiled
            .networks
            .iter()
            .map(|part| {
                let [offerings, participants] = [Measure::Offerings, Measure::Participants]
                    .map(|measure| counted(about_all(&part.figures, measure), lang));
                row(part.short.clone(), &part.totals, offerings, participants)
            })
            .collect();
        let published =
            |measure| compiled.published(measure).map_or_else(Cell::hidden, |count| Cell::count(&count, lang));
        rows.push(row(
            say!(lang, nn: "Alle", nb: "Alle", en: "All"),
            &compiled.sum,
            published(Measure::Offerings),
            published(Measure::Participants),
        ));
        let mut columns = vec![Column::new("network", say!(lang, nn: "Nettverk", nb: "Nettverk", en: "Network"))];
        columns.extend(self.total_columns());
        columns.push(Column::new(
            "published-offerings",
            say!(lang, nn: "Tilbod (publisert)", nb: "Tilbud (publisert)", en: "Offerings (published)"),
        ));
        columns.push(Column::new(
            "published-participants",
            say!(lang, nn: "Deltakarar (publisert)", nb: "Deltakere (publisert)", en: "Participants (published)"),
        ));
        let caption = say!(lang,
            nn: "Tilbod og deltakarar per nettverk og samla",
            nb: "Tilbud og deltakere per nettverk og samlet",
            en: "Offerings and participants by network and in sum",
        );
        self.document.table(Sheet { id: "networks", caption: caption.into(), columns, rows });
        self.trace(&["networks"]);
    }

    fn total_columns(&self) -> [Column; 3] {
        let lang = self.lang;
        [
            Column::new("offerings", say!(lang, nn: "Tilbod", nb: "Tilbud", en: "Offerings")),
            Column::new("runs", say!(lang, nn: "Gjennomføringar", nb: "Gjennomføringer", en: "Runs")),
            Column::new("participants", say!(lang, nn: "Deltakarar", nb: "Deltakere", en: "Participants")),
        ]
    }

    fn networks(&mut self, compiled: &Compiled) {
        let lang = self.lang;
        self.section(3, &say!(lang, nn: "Frå nettverka", nb: "Fra nettverkene", en: "From the networks"), false);
        for part in &compiled.networks {
            self.document.heading(3, part.name.clone());
            self.network(part);
        }
    }

    fn network(&mut self, part: &NetworkPart) {
        let lang = self.lang;
        let standing = &part.standing;
        self.document.paragraph(
            say!(lang, nn: "Rapporten: {standing}.", nb: "Rapporten: {standing}.", en: "The report: {standing}."),
        );
        self.document.paragraph(prose::sentences(&part.figures, &COUNTED_IN_TEXT, lang).unwrap_or_default());
        for (title, told) in &part.areas {
            let lead = told[0].within(|first| format!("{}: {first}", title.text));
            self.document.phrase(&lead);
            self.phrases(&told[1..]);
        }
        self.phrases(&part.narrative);
        let name = &part.short;
        let caption = say!(lang,
            nn: "Publiserte tal frå {name}", nb: "Publiserte tall fra {name}", en: "Published figures of {name}",
        );
        self.figures("published", caption, &part.figures);
    }

    fn trusts(&mut self, compiled: &Compiled) {
        if compiled.trusts.is_empty() {
            return;
        }
        let lang = self.lang;
        self.section(4, &say!(lang, nn: "Helseføretaka", nb: "Helseforetakene", en: "The trusts"), false);
        let row = |part: &TrustPart| {
            let mut row = vec![Cell::text(&*part.name)];
            row.extend(totals(&part.totals, lang));
            row
        };
        let rows: Vec<Vec<Cell>> = compiled.trusts.iter().map(row).collect();
        let mut columns = vec![Column::new("trust", say!(lang, nn: "Helseføretak", nb: "Helseforetak", en: "Trust"))];
        columns.extend(self.total_columns());
        let caption = say!(lang,
            nn: "Tilbod og deltakarar etter helseføretak",
            nb: "Tilbud og deltakere etter helseforetak",
            en: "Offerings and participants by trust",
        );
        let table = Sheet { id: "trusts", caption: caption.into(), columns, rows };
        let description = say!(lang,
            nn: "Kor mange tilbod og deltakarar kvart helseføretak har.",
            nb: "Hvor mange tilbud og deltakere hvert helseforetak har.",
            en: "How many offerings and participants each trust has.",
        );
        self.document.chart(Chart { description, table, series: vec![1, 3] });
        self.trace(&["trusts"]);
        self.document.paragraph(say!(lang,
            nn: "Eit felles tilbod står under kvart av føretaka som svarar for det.",
            nb: "Et felles tilbud står under hvert av foretakene som svarer for det.",
            en: "A joint offering stands under each of the trusts that answer for it.",
        ));
    }

    /// The reports that it is made of, and who signed it.
    fn parts(&mut self, compiled: &Compiled) {
        let lang = self.lang;
        let number = if compiled.trusts.is_empty() { 4 } else { 5 };
        let titles = compiled.networks.iter().flat_map(|part| part.reports.iter().map(|(_, title)| title.clone()));
        let titles: Vec<String> = titles.collect();
        self.section(number, &say!(lang, nn: "Vedlegg", nb: "Vedlegg", en: "Attachments"), titles.is_empty());
        self.document.list(titles);
        if !compiled.signatures.is_empty() {
            self.signed(number + 1, &compiled.signatures);
        }
    }
}
