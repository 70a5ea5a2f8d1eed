//! Organisations and bodies: trusts, municipalities, user organisations, committees, working groups.

use super::common::{Body, Clause, Condition, DatedOrganisation, kind};
use super::manifest::OutputLanguage;
use crate::date::When;
use crate::lang::Text;
use crate::read::{Dates, List, Ref};
use crate::{record, words};

kind! {
    /// An organisation, or a body such as a committee.
    dates |this| Dates::Validity(this.from, this.to);
    title name;
    pub struct Organisation {
        /// Its name.
        name: Text,
        /// What people write instead of the name: HYK, TDS.
        abbreviation: Option<Text>,
        /// Other names and spellings, Sámi and Kven names among them, for searches.
        also_called: List<Text>,
        /// Earlier names, each with its last day.
        formerly: List<FormerName>,
        /// What it is.
        kind: OrganisationKind,
        /// Organisation number of the national register, nine digits.
        number: Option<Box<str>>,
        /// Municipality or county codes over time, as text.
        codes: List<Code>,
        /// First day, where it has not always been there.
        from: Option<When>,
        /// Last day, where it is gone.
        to: Option<When>,
        /// Whom it carries on from.
        succeeds: List<Succession>,
        /// What it is a part of: hospital of trust, trust of regional authority, unit of municipality.
        part_of: List<DatedOrganisation>,
        /// Of a municipality: the trust in whose catchment it lies.
        trust: List<DatedOrganisation>,
        /// Of a joint unit: who owns it.
        owners: List<DatedOrganisation>,
        /// Of a joint unit: who employs and houses it.
        hosted_by: List<DatedOrganisation>,
        /// Of a body: the agreement that set it up.
        set_up_by: Option<Clause>,
        /// Of a body: the bodies whose contact point it is.
        contact_for: List<Ref<Body>>,
        /// Of a user organisation: the condition that it is about.
        condition: List<Ref<Condition>>,
        /// The language in which it is written to.
        language: Option<OutputLanguage>,
        /// Its web page.
        url: Option<Box<str>>,
        /// Addresses of the office; never of a person.
        contact: Option<Contact>,
    }
}

record! {
    /// Addresses of an office.
    pub struct Contact {
        /// E-mail address of the office.
        email: Option<Box<str>>,
        /// Telephone of the office.
        phone: Option<Box<str>>,
    }
}

record! {
    /// A name that was left.
    dates |this| Dates::Validity(this.from, Some(this.to));
    pub struct FormerName {
        /// The name.
        name: Text,
        /// Since when.
        from: Option<When>,
        /// Its last day.
        to: When,
    }
}

record! {
    /// A code of the national classification, for as long as it was valid.
    dates |this| Dates::Validity(this.from, this.to);
    pub struct Code {
        /// The code, as text: leading zeros count.
        code: Box<str>,
        /// Since when.
        from: Option<When>,
        /// Its last day.
        to: Option<When>,
    }
}

record! {
    /// That one carries on from another.
    pub struct Succession {
        /// The organisation that was there before.
        organisation: Ref<Organisation>,
        /// The first day of the new order.
        on: When,
        /// Whether only a part of it was carried on, as when a municipality was split.
        part: bool,
    }
}

words! {
    /// What an organisation is.
    pub enum OrganisationKind {
        RegionalAuthority = "regional-authority", "regionalt helseføretak", "regionalt helseforetak", "regional health authority";
        HealthTrust = "health-trust", "helseføretak", "helseforetak", "hospital trust";
        Hospital = "hospital", "sjukehus", "sykehus", "hospital";
        Lms = "lms", "lærings- og meistringssenter", "lærings- og mestringssenter", "learning and coping centre";
        Clinic = "clinic", "klinikk", "klinikk", "clinic";
        CoordinatingUnit = "coordinating-unit", "koordinerande eining", "koordinerende enhet", "coordinating unit";
        Municipality = "municipality", "kommune", "kommune", "municipality";
        County = "county", "fylkeskommune", "fylkeskommune", "county authority";
        CountyGovernor = "county-governor", "statsforvaltar (tidlegare fylkesmann)", "statsforvalter (tidligere fylkesmann)", "county governor";
        Committee = "committee", "utval", "utvalg", "committee";
        WorkingGroup = "working-group", "arbeidsgruppe", "arbeidsgruppe", "working group";
        Secretariat = "secretariat", "sekretariat", "sekretariat", "secretariat";
        Council = "council", "råd", "råd", "council";
        UserCommittee = "user-committee", "brukarutval", "brukerutvalg", "user committee";
        UserOrganisation = "user-organisation", "brukarorganisasjon", "brukerorganisasjon", "user organisation";
        UmbrellaOrganisation = "umbrella-organisation", "paraplyorganisasjon", "paraplyorganisasjon", "umbrella organisation";
        VoluntaryOrganisation = "voluntary-organisation", "frivillig organisasjon", "frivillig organisasjon", "voluntary organisation";
        Foundation = "foundation", "stifting", "stiftelse", "foundation";
        GeneralPractice = "general-practice", "fastlegepraksis", "fastlegepraksis", "general practice";
        HealthyLifeCentre = "healthy-life-centre", "frisklivssentral", "frisklivssentral", "healthy life centre";
        RehabilitationInstitution = "rehabilitation-institution", "rehabiliteringsinstitusjon", "rehabiliteringsinstitusjon", "rehabilitation institution";
        College = "college", "høgskule", "høgskole", "college";
        Education = "education", "utdanningsinstitusjon", "utdanningsinstitusjon", "educational institution";
        LabourAndWelfare = "labour-and-welfare", "arbeids- og velferdskontor (Nav)", "arbeids- og velferdskontor (Nav)", "labour and welfare office (Nav)";
        NationalService = "national-service", "nasjonal teneste", "nasjonal tjeneste", "national service";
        Authority = "authority", "styresmakt", "myndighet", "authority";
        Supplier = "supplier", "leverandør", "leverandør", "supplier";
        Other = "other", "anna", "annet", "other";
    }
}
