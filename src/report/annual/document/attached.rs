//! Sections 10 and 11: the attachments, with the table of offerings and the duties of the year, and the signatures.

use super::{Page, number};
use crate::lang::{Lang, Phrase};
use crate::report::annual::offerings::Row;
use crate::report::annual::{Content, Signature};
use crate::say;
use crate::sheet::{Cell, Column, Sheet};

impl Page<'_> {
    pub(super) fn attachments(&mut self, content: &Content, year: i32) {
        let lang = self.lang;
        let rows = &content.offerings.rows;
        let commitments = &content.commitments;
        let title = say!(lang, nn: "Vedlegg", nb: "Vedlegg", en: "Attachments");
        let nothing = rows.is_empty() && content.attachments.is_empty() && !commitments.is_told();
        self.section(10, &title, nothing);
        self.document.list(content.attachments.clone());
        if !rows.is_empty() {
            let caption = say!(lang, nn: "Tilbod i {year}", nb: "Tilbud i {year}", en: "Offerings in {year}");
            self.document.heading(3, caption.clone());
            self.document.table(self.offering_table(caption, rows));
            self.trace(&["each"]);
            self.document.paragraph(self.letters());
        }
        self.commitments(commitments, year);
        self.document.explain_signs();
    }

    /// What the letters in the table of offerings mean.
    fn letters(&self) -> String {
        let lang = self.lang;
        say!(lang,
            nn: "Brukarmedverknad: P planlegging, G gjennomføring, E evaluering; – tyder at ingen var med, ? at det ikkje er registrert.",
            nb: "Brukermedvirkning: P planlegging, G gjennomføring, E evaluering; – betyr at ingen var med, ? at det ikke er registrert.",
            en: "User involvement: P planning, D delivery, E evaluation; – means that nobody took part, ? that it is not recorded.",
        )
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
                Cell::from(&row.title),
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
        Sheet { id: "offerings", caption: caption.into(), columns, rows: rows.iter().map(cells).collect() }
    }

    pub(super) fn signatures(&mut self, signatures: &[Signature]) {
        self.signed(11, signatures);
    }

    pub(super) fn signed(&mut self, section: usize, signatures: &[Signature]) {
        let title = say!(self.lang, nn: "Underskrift", nb: "Underskrift", en: "Signature");
        self.section(section, &title, signatures.is_empty());
        for signature in signatures {
            let place = signature.place.as_ref().map(|place| format!("{place}, ")).unwrap_or_default();
            self.document.paragraph(format!("{place}{}", signature.on));
            self.document.list::<Phrase>(signature.offices.clone());
        }
    }
}
