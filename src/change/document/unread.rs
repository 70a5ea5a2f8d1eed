//! What could not be read, so that nobody takes it for unchanged or gone.

use super::Page;
use crate::change::{Met, Unread};
use crate::mandate::wording::some_of;
use crate::registry::MANIFEST;
use crate::say;

impl Page<'_> {
    pub(super) fn unread(&mut self) {
        let lang = self.brief.lang;
        let changed: Vec<&Unread> = self.brief.unread.iter().filter(|one| one.changed).collect();
        if changed.is_empty() && self.brief.comparable {
            return;
        }
        let mut points = Vec::new();
        if !self.brief.comparable {
            points.push(say!(lang,
                nn: "Registeret er skrive i eit format som denne utgåva av lmnet ikkje les, så det er uvisst kva som er endra.",
                nb: "Registeret er skrevet i et format som denne utgaven av lmnet ikke leser, så det er uvisst hva som er endret.",
                en: "The registry is written in a format that this version of lmnet does not read, so it is not known what changed.",
            ));
        }
        for met in [
            [Met::Read, Met::Lost],
            [Met::Absent, Met::Lost],
            [Met::Lost, Met::Lost],
            [Met::Lost, Met::Read],
            [Met::Lost, Met::Absent],
        ] {
            let of: Vec<String> = changed.iter().filter(|one| one.met == met).map(|one| one.record.clone()).collect();
            if of.is_empty() || !self.brief.comparable {
                continue;
            }
            self.is_cut |= of.len() > self.shown.most;
            let some = some_of(&of, self.shown.most.max(1), lang);
            points.push(match met {
                [Met::Read, _] => say!(lang,
                    nn: "{some} kan ikkje lesast no, så det er uvisst kva som er endra.",
                    nb: "{some} kan ikke leses nå, så det er uvisst hva som er endret.",
                    en: "{some} cannot be read now, so it is not known what changed.",
                ),
                [Met::Absent, _] => say!(lang,
                    nn: "{some} er kome til, men kan ikkje lesast.",
                    nb: "{some} er kommet til, men kan ikke leses.",
                    en: "{some}: added, but cannot be read.",
                ),
                [_, Met::Lost] => say!(lang,
                    nn: "{some} kan ikkje lesast, men er endra.",
                    nb: "{some} kan ikke leses, men er endret.",
                    en: "{some} cannot be read, but changed.",
                ),
                [_, Met::Read] => say!(lang,
                    nn: "{some} kunne ikkje lesast før, så det er uvisst kva som er endra.",
                    nb: "{some} kunne ikke leses før, så det er uvisst hva som er endret.",
                    en: "{some} could not be read before, so it is not known what changed.",
                ),
                [_, Met::Absent] => say!(lang,
                    nn: "{some} kunne ikkje lesast før, og er borte no.",
                    nb: "{some} kunne ikke leses før, og er borte nå.",
                    en: "{some} could not be read before, and is gone now.",
                ),
            });
        }
        self.page.heading(
            2,
            say!(lang, nn: "Kan ikkje samanliknast", nb: "Kan ikke sammenlignes", en: "Cannot be compared"),
        );
        self.page.list(points);
        if !self.brief.comparable {
            return;
        }
        if changed.iter().any(|one| one.record != MANIFEST) {
            self.page.paragraph(say!(lang,
                nn: "Slike postar er haldne utanfor tala, fristane og plassane under, både før og no.",
                nb: "Slike poster er holdt utenfor tallene, fristene og plassene under, både før og nå.",
                en: "Such records are left out of the figures, deadlines and seats below, both before and now.",
            ));
        }
        if changed.iter().any(|one| one.record == MANIFEST && one.met.contains(&Met::Read)) {
            self.page.paragraph(say!(lang,
                nn: "Det som stod i {MANIFEST} då fila kunne lesast, gjeld her både før og no.",
                nb: "Det som stod i {MANIFEST} da filen kunne leses, gjelder her både før og nå.",
                en: "What {MANIFEST} said when it could be read holds here both before and now.",
            ));
        }
    }
}
