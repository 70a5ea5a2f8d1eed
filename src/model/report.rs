//! Reports handed in: their narrative, their published figures, their signatures.

use super::common::{Body, Document, Duty, FocusArea, Sent, kind};
use super::network::Network;
use crate::date::When;
use crate::lang::Text;
use crate::read::{Amount, Dates, List, Ref, Year};
use crate::{record, words};

kind! {
    /// A report of a network or body for a year.
    dates |this| Dates::Held(Some(When::Year(this.year.0)), Some(When::Year(this.year.0)));
    title title;
    network network;
    pub struct Report {
        /// Its title, where it has one of its own.
        title: Option<Text>,
        /// The network that it is about.
        network: Option<Ref<Network>>,
        /// Of a compiled report: the body that compiles it.
        by: Option<Ref<Body>>,
        /// What it is.
        kind: ReportKind,
        /// The year that it is about.
        year: Year,
        /// To whom it was sent, and when.
        sent: List<Sent>,
        /// Who signed it, where and when.
        signed: Option<Signature>,
        /// Of a compiled report: the reports in it.
        compiles: List<Ref<Report>>,
        /// What was attached.
        attachments: List<Document>,
        /// Figures that it gives.
        figure: List<Figure>,
        /// What it tells, part by part.
        narrative: List<Narrative>,
        /// The published report.
        url: Option<Box<str>>,
    }
}

record! {
    /// A signature: the day, the place, the offices.
    dates |this| Dates::Held(Some(this.on), Some(this.on));
    pub struct Signature {
        /// The day.
        on: When,
        /// The place.
        place: Option<Text>,
        /// The bodies whose officers signed.
        by: List<Ref<Body>>,
        /// The offices, in words: never the persons.
        offices: List<Text>,
    }
}

record! {
    /// A published figure. It is kept as printed and never made to fit what is registered.
    pub struct Figure {
        /// What was measured.
        measure: Measure,
        /// What was measured, in words, where the measure is other or needs it.
        title: Option<Text>,
        /// The number, with its quality and the words as printed.
        value: Amount,
        /// Out of how many.
        of: Option<u32>,
        /// The organisation that it is about, where not all.
        organisation: Option<Ref<Body>>,
        /// The duty that it answers, and for which period.
        answers: Option<Answers>,
        /// Where in the source it stands.
        source: Option<Box<str>>,
        /// Remarks.
        note: Option<Text>,
    }
}

record! {
    /// A duty that a figure answers by number.
    pub struct Answers {
        /// The duty, as agreement/duty.
        duty: Ref<Duty>,
        /// The period.
        period: When,
    }
}

record! {
    /// A part of what the report tells.
    pub struct Narrative {
        /// The section that it belongs to, unless it belongs to a focus area.
        section: Option<Section>,
        /// The focus area, as agreement/area.
        focus_area: Option<Ref<FocusArea>>,
        /// The text.
        text: Text,
    }
}

words! {
    /// What a report is.
    pub enum ReportKind {
        Annual = "annual", "årsmelding", "årsmelding", "annual report";
        Activity = "activity", "aktivitetsrapport", "aktivitetsrapport", "activity report";
        Compiled = "compiled", "samla rapport", "samlet rapport", "compiled report";
        Other = "other", "anna", "annet", "other";
    }
}

words! {
    /// What a figure measures.
    pub enum Measure {
        Offerings = "offerings", "lærings- og meistringstilbod", "lærings- og mestringstilbud", "learning and coping offerings";
        Runs = "runs", "gjennomføringar", "gjennomføringer", "runs";
        Participants = "participants", "pasientar og pårørande i gruppebasert opplæring", "pasienter og pårørende i gruppebasert opplæring", "patients and relatives in group training";
        Patients = "patients", "pasientar", "pasienter", "patients";
        Relatives = "relatives", "pårørande", "pårørende", "relatives";
        MeetingParticipants = "meeting-participants", "deltakarar på møte og samlingar", "deltakere på møter og samlinger", "participants in meetings and gatherings";
        Fte = "fte", "årsverk", "årsverk", "full-time equivalents";
        TrustsWithBasicCourse = "trusts-with-basic-course", "helseføretak med grunnkurs i helsepedagogikk", "helseforetak med grunnkurs i helsepedagogikk", "hospital trusts with a basic course in health pedagogy";
        YearsRunning = "years-running", "år i drift", "år i drift", "years running";
        Municipalities = "municipalities", "kommunar", "kommuner", "municipalities";
        Networks = "networks", "nettverk", "nettverk", "networks";
        Projects = "projects", "prosjekt", "prosjekter", "projects";
        Meetings = "meetings", "møte", "møter", "meetings";
        Other = "other", "anna", "annet", "other";
    }
}

words! {
    /// Sections of the annual report, in their order.
    pub enum Section {
        About = "about", "Om nettverket", "Om nettverket", "About the network";
        StrategyAreas = "strategy-areas", "Satsingsområde", "Satsingsområder", "Strategy areas";
        Representation = "representation", "Arbeidsutval og representasjon", "Arbeidsutvalg og representasjon", "Working committee and representation";
        Meetings = "meetings", "Møte i nettverket", "Møter i nettverket", "Meetings of the network";
        Matters = "matters", "Saker i året", "Saker i året", "Matters of the year";
        Offerings = "offerings", "Tilbod og deltakarar", "Tilbud og deltakere", "Offerings and participants";
        Courses = "courses", "Helsepedagogikk og kurs for brukarrepresentantar", "Helsepedagogikk og kurs for brukerrepresentanter", "Health pedagogy and courses for user representatives";
        Assessment = "assessment", "Vurdering", "Vurdering", "Assessment";
        Cooperation = "cooperation", "Samarbeid med kommunane og vegen vidare", "Samarbeid med kommunene og veien videre", "Cooperation with municipalities and the way ahead";
    }
}
