//! Members: who sits where, for how long. A seat belongs to an organisation; a name is the exception.

use super::common::{Area, Body, kind};
use super::course::Course;
use super::organisation::Organisation;
use crate::date::{Date, When};
use crate::lang::Text;
use crate::read::{Dates, OneOrMore, Ref};
use crate::{record, words};

kind! {
    /// Somebody who sits in bodies or networks for an organisation.
    title function;
    pub struct Member {
        /// The organisation that the member comes from.
        organisation: Ref<Organisation>,
        /// Professional or user representative.
        background: Background,
        /// Responsibility and function in learning and coping work: the office, not the person.
        function: Option<Text>,
        /// The name. A user representative's name needs `consent`: beside the organisation it can reveal a diagnosis.
        name: Option<Box<str>>,
        /// The day of consent to the name being kept here.
        consent: Option<Date>,
        /// Whether the work is remunerated.
        remunerated: bool,
        /// Where the description of the role is to be found.
        role_description: Option<Box<str>>,
        /// The course from which the member was recruited.
        recruited_from: Option<Ref<Course>>,
        /// The appointments, current and past.
        appointment: OneOrMore<Appointment>,
    }
}

record! {
    /// A seat in a body for a time.
    dates |this| Dates::Validity(this.from, this.to);
    pub struct Appointment {
        /// The body or network.
        body: Ref<Body>,
        /// The role in it.
        role: Role,
        /// The area of the network that the seat is for; that of the organisation, unless given.
        area: Option<Ref<Area>>,
        /// First day, or as much as is known of it.
        from: Option<When>,
        /// Last day.
        to: Option<When>,
        /// The network or body that the seat is held for, where it is not the organisation itself.
        represents: Option<Ref<Body>>,
        /// Whether this was a new recruitment rather than a renewal.
        new: bool,
        /// Remarks.
        note: Option<Text>,
    }
}

words! {
    /// Where a member's competence comes from.
    pub enum Background {
        Professional = "professional", "fagperson", "fagperson", "professional";
        UserRepresentative = "user-representative", "brukarrepresentant", "brukerrepresentant", "user representative";
    }
}

words! {
    /// A role in a body or network.
    pub enum Role {
        Leader = "leader", "leiar", "leder", "leader";
        Deputy = "deputy", "nestleiar", "nestleder", "deputy leader";
        Member = "member", "medlem", "medlem", "member";
        Contact = "contact", "kontaktperson", "kontaktperson", "contact person";
        Coordinator = "coordinator", "koordinator", "koordinator", "coordinator";
        UserRepresentative = "user-representative", "brukarrepresentant", "brukerrepresentant", "user representative";
        Adviser = "adviser", "rådgjevar", "rådgiver", "adviser";
        Secretary = "secretary", "sekretær", "sekretær", "secretary";
        PatientEducationOfficer = "patient-education-officer", "pasientopplæringsansvarleg", "pasientopplæringsansvarlig", "officer for patient education";
        Other = "other", "anna", "annet", "other";
    }
}
