//! Section 6, offerings and participants: published, recorded, the two beside each other, this year beside the last, and
//! what tells offerings apart.

use super::{Page, number, totals, years};
use crate::document::Chart;
use crate::model::Section;
use crate::report::annual::offerings::{Breakdown, COUNTED};
use crate::report::annual::{Beside, Offerings, prose};
use crate::report::participants::Participants;
use crate::say;
use crate::sheet::{Cell, Column, Sheet};

impl Page<'_> {
    pub(super) fn offerings(&mut self, offerings: &Offerings) {
        let lang = self.lang;
        let registered = offerings.offerings + offerings.information_meetings.0;
        let empty = registered == 0 && offerings.figures.is_empty() && offerings.narrative.is_empty();
        self.section(6, self.title(Section::Offerings), empty);
        if empty {
            return;
        }
        self.document.paragraph(prose::sentences(&offerings.figures, &COUNTED_IN_TEXT, lang).unwrap_or_default());
        self.phrases(&offerings.narrative);
        let caption = say!(lang,
            nn: "Publiserte tal for tilbod og deltakarar",
            nb: "Publiserte tall for tilbud og deltakere",
            en: "Published figures on offerings and participants",
        );
        self.figures("offering-figures", caption, &offerings.figures);
        if registered > 0 {
            self.registered(offerings);
        } else {
            self.document.paragraph(say!(lang,
                nn: "Ingen tilbod frå dette året er registrerte eitt for eitt.",
                nb: "Ingen tilbud fra dette året er registrert ett for ett.",
                en: "No offerings of this year are recorded one by one.",
            ));
        }
        self.beside(&offerings.beside);
        self.year_before(offerings);
        for breakdown in &offerings.breakdowns {
            self.breakdown(breakdown);
        }
    }

    /// The year before beside this one, or that nothing is known of it.
    fn year_before(&mut self, offerings: &Offerings) {
        let lang = self.lang;
        if let [before, this] = &offerings.years.years[..]
            && !years::is_known(before)
        {
            let before = before.year;
            return match years::is_known(this) {
                false => (),
                true => self.document.paragraph(say!(lang,
                    nn: "Registeret har ingen tilbod og ingen publiserte tal frå {before} å setje ved sida av desse.",
                    nb: "Registeret har ingen tilbud og ingen publiserte tall fra {before} å sette ved siden av disse.",
                    en: "The registry has no offerings and no published figures of {before} to set beside these.",
                )),
            };
        }
        let caption = say!(lang,
            nn: "Tilbod og deltakarar, året før og dette året",
            nb: "Tilbud og deltakere, året før og dette året",
            en: "Offerings and participants, the year before and this year",
        );
        years::table(self, caption, &offerings.years);
    }

    fn registered(&mut self, offerings: &Offerings) {
        let lang = self.lang;
        if !offerings.figures.is_empty() {
            self.document.paragraph(say!(lang,
                nn: "Publiserte tal står slik dei stod på trykk. Registrerte tal er rekna ut frå postane i registeret og kan vere ufullstendige.",
                nb: "Publiserte tall står slik de sto på trykk. Registrerte tall er regnet ut fra postene i registeret og kan være ufullstendige.",
                en: "Published figures are given as they were printed. Recorded figures are worked out from the records in the registry and may be incomplete.",
            ));
        }
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
        let caption = say!(lang,
            nn: "Registrerte tilbod og deltakarar",
            nb: "Registrerte tilbud og deltakere",
            en: "Recorded offerings and participants",
        );
        self.document.table(Sheet { id: "registered", caption: caption.into(), columns, rows });
        self.trace(&["registered", "information-meetings"]);
        let (meetings, runs) = offerings.information_meetings;
        if meetings > 0 {
            self.document.paragraph(say!(lang,
                nn: "I tillegg kjem informasjonsmøte, der deltakarane ikkje blir talde. Tilbod: {meetings}; gjennomføringar: {runs}.",
                nb: "I tillegg kommer informasjonsmøter, der deltakerne ikke telles. Tilbud: {meetings}; gjennomføringer: {runs}.",
                en: "Information meetings come in addition; their participants are not counted. Offerings: {meetings}; runs: {runs}.",
            ));
        }
    }

    fn beside(&mut self, beside: &[Beside]) {
        let lang = self.lang;
        let row = |one: &Beside| {
            let not_recorded = || say!(lang, nn: "ikkje registrert", nb: "ikke registrert", en: "not recorded");
            vec![
                Cell::from(&one.label),
                Cell { text: one.published.as_published(lang), ..Cell::count(&one.published, lang) },
                one.registered
                    .as_ref()
                    .map_or_else(|| Cell::text(not_recorded()), |registered| number(registered, lang)),
                Cell::text(&*one.explanation),
            ]
        };
        let columns = vec![
            Column::new("figure", say!(lang, nn: "Tal", nb: "Tall", en: "Figure")),
            Column::new("published", say!(lang, nn: "Publisert", nb: "Publisert", en: "Published")),
            Column::new("registered", say!(lang, nn: "Registrert", nb: "Registrert", en: "Recorded")),
            Column::new("explanation", say!(lang, nn: "Skilnaden", nb: "Forskjellen", en: "The difference")),
        ];
        let caption = say!(lang,
            nn: "Publiserte tal ved sida av det som er registrert",
            nb: "Publiserte tall ved siden av det som er registrert",
            en: "Published figures beside what is recorded",
        );
        self.document.table(Sheet {
            id: "beside",
            caption: caption.into(),
            columns,
            rows: beside.iter().map(row).collect(),
        });
    }

    fn breakdown(&mut self, breakdown: &Breakdown) {
        let lang = self.lang;
        let by = match breakdown.by {
            "reach" => say!(lang, nn: "rekkjevidd", nb: "rekkevidde", en: "reach"),
            "care-level" => say!(lang, nn: "tenestenivå", nb: "tjenestenivå", en: "level of care"),
            "form" => say!(lang, nn: "form", nb: "form", en: "form"),
            "trust" => say!(lang, nn: "helseføretak", nb: "helseforetak", en: "trust"),
            _ => say!(lang, nn: "arrangør", nb: "arrangør", en: "organiser"),
        };
        let caption = say!(lang, nn: "Tilbod etter {by}", nb: "Tilbud etter {by}", en: "Offerings by {by}");
        let rows = breakdown.parts.iter().map(|part| {
            let mut row = vec![Cell::text(&*part.name)];
            row.extend(totals(&part.totals, lang));
            row
        });
        let first = match breakdown.by {
            "trust" => Column::new("trust", say!(lang, nn: "Helseføretak", nb: "Helseforetak", en: "Trust")),
            by => self.column(by),
        };
        let offerings = Column::new("offerings", say!(lang, nn: "Tilbod", nb: "Tilbud", en: "Offerings"));
        let columns = vec![first, offerings, self.column("runs"), self.column("participants")];
        let table = Sheet { id: breakdown.by, caption: caption.into(), columns, rows: rows.collect() };
        let description = match breakdown.by {
            "reach" => say!(lang,
                nn: "Kor mange tilbod som er lokale, regionale og nasjonale.",
                nb: "Hvor mange tilbud som er lokale, regionale og nasjonale.",
                en: "How many offerings are local, regional and national.",
            ),
            "trust" => say!(lang,
                nn: "Kor mange tilbod kvart helseføretak og kommunane svarar for; eit felles tilbod står hos kvar av dei.",
                nb: "Hvor mange tilbud hvert helseforetak og kommunene svarer for; et felles tilbud står hos hver av dem.",
                en: "How many offerings each trust and the municipalities answer for; a joint offering stands under each of them.",
            ),
            _ => {
                self.document.table(table);
                return self.trace(&[breakdown.by]);
            }
        };
        self.document.chart(Chart { description, table, series: vec![1, 3] });
        self.trace(&[breakdown.by]);
    }
}

/// What is said in the text: all that is counted.
pub(super) const COUNTED_IN_TEXT: [crate::model::Measure; 5] = {
    let [offerings, runs, participants, patients, relatives] = COUNTED;
    [participants, patients, relatives, offerings, runs]
};
