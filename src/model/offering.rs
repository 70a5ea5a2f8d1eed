//! Offerings, and the runs in which they are delivered. Participants are counts; nothing here is about a person.

use super::common::{Body, Clause, Condition, EventStatus, Mode, kind};
use super::matter::Matter;
use super::network::Network;
use super::organisation::Organisation;
use crate::count::Count;
use crate::date::When;
use crate::lang::Text;
use crate::read::{Amount, ClockTime, Dates, Id, List, OneOrMore, Ref};
use crate::{record, words};

kind! {
    /// A learning and coping offering.
    dates |this| Dates::Validity(this.from, this.to);
    title title;
    network network;
    parts run;
    pub struct Offering {
        /// Its title.
        title: Text,
        /// Who answers for it; several for a joint offering.
        organiser: OneOrMore<Ref<Organisation>>,
        /// Who else takes part in making it.
        partners: List<Ref<Organisation>>,
        /// The network that counts it.
        network: Option<Ref<Network>>,
        /// Which level of the service answers for it.
        care_level: Option<CareLevel>,
        /// Whether it is for the local area, the region or the country; absent is unclassified.
        reach: Option<Reach>,
        /// How it is given.
        form: Option<Form>,
        /// For one diagnosis or across.
        scope: Option<Scope>,
        /// Short and intensive, or over time.
        intensity: Option<Intensity>,
        /// What it is for.
        purpose: List<Purpose>,
        /// The condition, from the list in the manifest.
        condition: List<Ref<Condition>>,
        /// Whom it is for.
        audience: List<Audience>,
        /// Whom it is for, in words.
        target_group: Option<Text>,
        /// What it holds.
        description: Option<Text>,
        /// The patient pathway that it is part of.
        pathway: Option<Text>,
        /// The phases of the pathway that it is given in.
        phase: List<Phase>,
        /// The department that is medically responsible, where it is not the organiser.
        department: Option<Text>,
        /// Languages that it is held in, where not only in Norwegian: codes such as se.
        languages: List<Box<str>>,
        /// Municipalities that it is open to, where not the organiser's whole area.
        open_to: List<Ref<Organisation>>,
        /// Whether it runs all the time, without dated runs.
        continuous: bool,
        /// How often it is held, in words.
        frequency: Option<Text>,
        /// First day of the offering as such.
        from: Option<When>,
        /// Last day of the offering as such.
        to: Option<When>,
        /// Its web page.
        url: Option<Box<str>>,
        /// How people are referred to it.
        referral: Option<Referral>,
        /// Users' part in making it.
        involvement: Option<Involvement>,
        /// Of a joint offering: where responsibility, organisation and financing were settled.
        arrangement: Option<Arrangement>,
        /// Times that it was or will be held.
        run: List<Run>,
    }
}

record! {
    /// How people get to an offering.
    pub struct Referral {
        /// Whether a referral is needed.
        required: bool,
        /// To whom it is sent.
        to: Option<Text>,
        /// The matter of kind routine that describes it.
        routine: Option<Ref<Matter>>,
        /// The criteria, in words.
        criteria: Option<Text>,
    }
}

record! {
    /// Who of the users' side took part. An empty list says that nobody did; an absent one says nothing.
    pub struct Involvement {
        /// In planning.
        planning: List<Ref<Organisation>>,
        /// In delivery.
        delivery: List<Ref<Organisation>>,
        /// In evaluation.
        evaluation: List<Ref<Organisation>>,
        /// Whether users take part as individuals, through organisations, or both.
        level: List<InvolvementLevel>,
        /// Whether somebody with lived experience leads the course.
        peer_led: bool,
    }
}

record! {
    /// Where a joint offering was settled.
    pub struct Arrangement {
        /// Responsibility.
        responsibility: Option<Clause>,
        /// Organisation.
        organisation: Option<Clause>,
        /// Financing.
        financing: Option<Clause>,
    }
}

record! {
    /// One delivery of an offering.
    dates |this| Dates::Held(Some(this.start), this.end);
    pub struct Run {
        /// Its id within the offering, where something refers to it.
        id: Option<Id>,
        /// First day. A run counts in the year in which it starts.
        start: When,
        /// Last day, where it is another.
        end: Option<When>,
        /// When on the day it starts.
        starts_at: Option<ClockTime>,
        /// Where.
        place: Option<Text>,
        /// The municipality in which the place lies.
        municipality: Option<Ref<Organisation>>,
        /// In person, digital, or both.
        mode: Option<Mode>,
        /// Whether it was held.
        status: Option<EventStatus>,
        /// Organisations that took part in making this run.
        partners: List<Ref<Body>>,
        /// How many can take part.
        capacity: Option<u32>,
        /// How many times people meet.
        sessions: Option<u32>,
        /// Hours of teaching in all.
        hours: Option<Amount>,
        /// Patients who took part.
        patients: Option<Count>,
        /// Relatives who took part.
        relatives: Option<Count>,
        /// Remarks.
        note: Option<Text>,
    }
}

words! {
    /// Level of the health service.
    pub enum CareLevel {
        Specialist = "specialist", "spesialisthelseteneste", "spesialisthelsetjeneste", "specialist health service";
        Municipal = "municipal", "kommunehelseteneste", "kommunehelsetjeneste", "municipal health service";
        Joint = "joint", "felles", "felles", "joint";
    }
}

words! {
    /// How far an offering reaches.
    pub enum Reach {
        Local = "local", "lokalt", "lokalt", "local";
        Regional = "regional", "regionalt", "regionalt", "regional";
        National = "national", "nasjonalt", "nasjonalt", "national";
    }
}

words! {
    /// How an offering is given.
    pub enum Form {
        Group = "group", "gruppebasert", "gruppebasert", "group-based";
        Individual = "individual", "individuelt", "individuelt", "individual";
        Peer = "peer", "likepersonsarbeid", "likepersonsarbeid", "peer support";
        InformationMeeting = "information-meeting", "informasjonsmøte", "informasjonsmøte", "information meeting";
        ELearning = "e-learning", "e-læring", "e-læring", "e-learning";
        Other = "other", "anna", "annet", "other";
    }
}

words! {
    /// Whether an offering is about one diagnosis.
    pub enum Scope {
        DiagnosisSpecific = "diagnosis-specific", "diagnosespesifikt", "diagnosespesifikt", "diagnosis-specific";
        CrossDiagnosis = "cross-diagnosis", "på tvers av diagnosar", "på tvers av diagnoser", "cross-diagnosis";
    }
}

words! {
    /// How an offering is spread over time.
    pub enum Intensity {
        Short = "short", "kort og intensivt", "kort og intensivt", "short, intensive";
        LongRunning = "long-running", "over tid", "over tid", "long-running";
    }
}

words! {
    /// What an offering is for.
    pub enum Purpose {
        Prevention = "prevention", "førebygging og helsefremjing", "forebygging og helsefremming", "prevention and health promotion";
        LivingWithIllness = "living-with-illness", "å leve med langvarig sjukdom", "å leve med langvarig sykdom", "living with long-term illness";
        Specialist = "specialist", "behov for spesialistkompetanse", "behov for spesialistkompetanse", "need for specialist competence";
        Other = "other", "anna", "annet", "other";
    }
}

words! {
    /// Whom an offering is for.
    pub enum Audience {
        Patients = "patients", "pasientar", "pasienter", "patients";
        Relatives = "relatives", "pårørande", "pårørende", "relatives";
        Parents = "parents", "foreldre", "foreldre", "parents";
        Children = "children", "barn og unge", "barn og unge", "children and young people";
        Siblings = "siblings", "søsken", "søsken", "siblings";
        Other = "other", "andre", "andre", "others";
    }
}

words! {
    /// Phases of a patient pathway.
    pub enum Phase {
        Before = "before", "før behandling", "før behandling", "before treatment";
        During = "during", "under behandling", "under behandling", "during treatment";
        After = "after", "etter behandling", "etter behandling", "after treatment";
        Living = "living", "i kvardagen", "i hverdagen", "in daily life";
        Other = "other", "anna", "annet", "other";
    }
}

words! {
    /// How users take part.
    pub enum InvolvementLevel {
        Individual = "individual", "individnivå", "individnivå", "individual level";
        Organisation = "organisation", "organisasjonsnivå", "organisasjonsnivå", "organisational level";
    }
}
