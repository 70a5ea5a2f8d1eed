//! Agreements, mandates, strategies, guidelines and laws: what binds, and the seats and obligations they set up.
//!
//! The names are frozen; `registry/README.md` gives each its meaning.

use super::common::{Body, DatedBody, Decision, Document, kind};
use super::member::{Background, Role};
use super::obligation::{Obligation, Strength};
use super::organisation::{Organisation, OrganisationKind};
use crate::date::{Date, When};
use crate::lang::{Label, Text};
use crate::read::{Dates, Duration, Field, Id, List, Reader, Ref, Seen, Several, Shape, Trail};
use crate::{record, words};

kind! {
    /// What binds: an agreement, a mandate, a strategy, a guideline, a law.
    dates |this| Dates::Validity(this.from, this.to);
    title title;
    parts focus_areas, seat, obligation;
    pub struct Agreement {
        /// Its title.
        title: Text,
        /// What people write instead of the title.
        abbreviation: Option<Text>,
        /// What it is.
        kind: AgreementKind,
        /// Whom it binds: organisations, or a network, which stands for its parties on the day.
        parties: List<DatedBody>,
        /// First day in force.
        from: Option<When>,
        /// Last day in force.
        to: Option<When>,
        /// What it stands under, clause by clause.
        under: List<Under>,
        /// What it carries on from.
        replaces: List<Ref<Agreement>>,
        /// Who adopted it, and when.
        decided: Option<Decision>,
        /// The agreement that settles disputes and breaches.
        disputes: Option<Ref<Agreement>>,
        /// What it regulates, in single words such as lm-offerings, where others ask for it.
        regulates: List<Box<str>>,
        /// Its web page.
        url: Option<Box<str>>,
        /// When the document was last updated, by its own words.
        updated: Option<When>,
        /// The document itself.
        documents: List<Document>,
        /// How it is terminated.
        notice: Option<Notice>,
        /// What it is for, in a sentence that leads to its tasks or focus areas.
        purpose: Option<Text>,
        /// What it sets out to do, in its own words: its aims and tasks.
        tasks: List<Text>,
        /// The focus areas that it sets; referred to as agreement/area.
        focus_areas: List<FocusAreaEntry>,
        /// Who must sit where.
        seat: List<Seat>,
        /// Who owes what.
        obligation: List<Obligation>,
    }
}

words! {
    /// What an agreement is.
    pub enum AgreementKind {
        CooperationAgreement = "cooperation-agreement", "samarbeidsavtale", "samarbeidsavtale", "cooperation agreement";
        ServiceAgreement = "service-agreement", "tenesteavtale", "tjenesteavtale", "service agreement";
        SpecialAgreement = "special-agreement", "særavtale", "særavtale", "special agreement";
        Mandate = "mandate", "mandat", "mandat", "mandate";
        Strategy = "strategy", "strategi", "strategi", "strategy";
        Guideline = "guideline", "rettleiar", "veileder", "guideline";
        Law = "law", "lov", "lov", "law";
        Regulation = "regulation", "forskrift", "forskrift", "regulation";
        Decision = "decision", "vedtak", "vedtak", "decision";
        Other = "other", "anna", "annet", "other";
    }
}

record! {
    /// An agreement above this one.
    short agreement: Ref<Agreement>;
    pub struct Under {
        /// The agreement above.
        agreement: Ref<Agreement>,
        /// The clause of it.
        clause: Option<Box<str>>,
        /// Whether the one above prevails in a conflict.
        prevails: bool,
    }
}

record! {
    /// How an agreement is terminated.
    pub struct Notice {
        /// How long before.
        period: Duration,
        /// Notices that were given.
        given: List<NoticeGiven>,
    }
}

record! {
    /// A notice that was given.
    pub struct NoticeGiven {
        /// By whom.
        by: Ref<Body>,
        /// When.
        on: Date,
        /// For whom alone it ends; for all, unless given.
        r#for: List<Ref<Body>>,
    }
}

record! {
    /// A focus area.
    pub struct FocusAreaEntry {
        /// Its id, unique in the agreement.
        id: Id,
        /// Its title.
        title: Text,
        /// Its number or clause in the document.
        clause: Option<Box<str>>,
    }
}

record! {
    /// Who must sit where.
    pub struct Seat {
        /// Its id, unique among the seats and obligations of the agreement.
        id: Id,
        /// The document's wording.
        text: Option<Text>,
        /// The clause.
        clause: Option<Box<str>>,
        /// How binding it is; shall, unless given.
        strength: Option<Strength>,
        /// The body or network that the seat is in.
        body: Ref<Body>,
        /// The role.
        role: Option<Role>,
        /// Several roles: one seat for each.
        roles: List<Role>,
        /// Who can hold it.
        holder: Option<Holder>,
        /// One seat for each of these.
        each: Option<EachSeat>,
        /// Exactly how many.
        count: Option<Several>,
        /// At least how many.
        min: Option<u32>,
        /// At most how many.
        max: Option<u32>,
        /// The body in which whoever holds it sits too at some time of the appointment. A colleague of the same organisation
        /// counts, since records have no names.
        among: Option<Ref<Body>>,
        /// The sides that the roles are divided between, one for each.
        sides: List<SeatSide>,
        /// How long an appointment lasts.
        term: Option<Duration>,
        /// Who appoints or elects.
        appointed_by: Option<Ref<Body>>,
        /// Whether whoever holds it is remunerated.
        remunerated: bool,
        /// First day of the seat, where it is not that of the agreement.
        from: Option<When>,
        /// Last day of the seat.
        to: Option<When>,
        /// Remarks.
        note: Option<Text>,
    }
}

record! {
    /// Who can hold a seat.
    pub struct Holder {
        /// Kinds of organisation.
        kind: List<OrganisationKind>,
        /// Single organisations.
        organisation: List<Ref<Organisation>>,
        /// Professional or user representative.
        background: Option<Background>,
    }
}

words! {
    /// A side of a network.
    pub enum SeatSide {
        Municipality = "municipality", "kommunane", "kommunene", "the municipalities";
        Specialist = "specialist", "spesialisthelsetenesta", "spesialisthelsetjenesten", "the specialist health service";
        UserRepresentative = "user-representative", "brukarsida", "brukersiden", "the users' side";
    }
}

/// What a seat is repeated for.
#[derive(Clone, Debug, Default)]
pub enum EachSeat {
    /// Each party that can hold it.
    #[default]
    Party,
    /// Each area of the network.
    Area,
    /// Each organisation that fits.
    Of(Box<EachOf>),
}

record! {
    /// Organisations that a seat is repeated for.
    pub struct EachOf {
        /// Kinds of organisation.
        kind: List<OrganisationKind>,
        /// In whose catchment they lie: the word parties, or organisations.
        catchment_of: List<Box<str>>,
        /// Whose parts they are.
        part_of: List<Ref<Organisation>>,
    }
}

const EACH: [&str; 2] = ["party", "area"];
const EACH_LABELS: [Label; 2] = [
    Label { nn: "partane", nb: "partene", en: "the parties" },
    Label { nn: "områda", nb: "områdene", en: "the areas" },
];

impl serde::Serialize for EachSeat {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Party => serializer.serialize_str(EACH[0]),
            Self::Area => serializer.serialize_str(EACH[1]),
            Self::Of(of) => of.serialize(serializer),
        }
    }
}

impl Field for EachSeat {
    const WALKS: bool = true;

    fn read(item: &toml_spanner::Item<'_>, cx: &mut Reader<'_>) -> Option<Self> {
        if item.as_table().is_some() {
            return EachOf::read(item, cx).map(|of| Self::Of(Box::new(of)));
        }
        cx.choice(item, &EACH).map(|index| if index == 0 { Self::Party } else { Self::Area })
    }

    fn shape() -> Shape {
        Shape::Either(
            Box::new(Shape::Choice(&EACH, |index| EACH_LABELS.get(index).copied())),
            Box::new(EachOf::shape()),
        )
    }

    fn walk<'a>(&'a self, trail: &mut Trail, visit: &mut dyn FnMut(&Trail, Seen<'a>)) {
        if let Self::Of(of) = self {
            of.walk(trail, visit);
        }
    }
}
