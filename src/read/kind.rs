//! The kinds of record, which references point to.

use crate::words;

words! {
    /// The ten kinds of record; the word is the folder.
    pub enum Kind {
        Organisation = "organisations", "organisasjonar", "organisasjoner", "organisations";
        Agreement = "agreements", "avtalar", "avtaler", "agreements";
        Network = "networks", "nettverk", "nettverk", "networks";
        Member = "members", "medlemer", "medlemmer", "members";
        Offering = "offerings", "tilbod", "tilbud", "offerings";
        Course = "courses", "kurs", "kurs", "courses";
        Meeting = "meetings", "møte", "møter", "meetings";
        Plan = "plans", "planar", "planer", "plans";
        Report = "reports", "rapportar", "rapporter", "reports";
        Matter = "matters", "saker", "saker", "matters";
    }
}

impl Kind {
    /// The word for one of the kind, in English, as in `evidence = { record = "plan" }`.
    #[must_use]
    pub fn singular(self) -> &'static str {
        RecordKind::WORDS[self as usize]
    }
}

words! {
    /// The kinds of record by their singular, as obligations name them.
    pub enum RecordKind {
        Organisation = "organisation", "organisasjon", "organisasjon", "organisation";
        Agreement = "agreement", "avtale", "avtale", "agreement";
        Network = "network", "nettverk", "nettverk", "network";
        Member = "member", "medlem", "medlem", "member";
        Offering = "offering", "tilbod", "tilbud", "offering";
        Course = "course", "kurs", "kurs", "course";
        Meeting = "meeting", "møte", "møte", "meeting";
        Plan = "plan", "plan", "plan", "plan";
        Report = "report", "rapport", "rapport", "report";
        Matter = "matter", "sak", "sak", "matter";
    }
}

impl RecordKind {
    /// The kind, as the folder names it.
    #[must_use]
    pub fn kind(self) -> Kind {
        Kind::ALL[self as usize]
    }
}
