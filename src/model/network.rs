//! Networks: who takes part, what governs them, and since when evidence is kept.

use super::agreement::Agreement;
use super::common::{Area, Body, DatedBody, Duty, kind};
use super::manifest::OutputLanguage;
use super::organisation::Organisation;
use crate::date::{Date, When};
use crate::lang::Text;
use crate::read::{Dates, Id, List, Ref};
use crate::record;

kind! {
    /// A learning and coping network.
    dates |this| Dates::Validity(this.from, this.to);
    title name;
    parts areas;
    pub struct Network {
        /// Its name.
        name: Text,
        /// What people write instead of the name.
        abbreviation: Option<Text>,
        /// Other names, for searches.
        also_called: List<Text>,
        /// Language of its reports.
        language: Option<OutputLanguage>,
        /// What it is for, in a paragraph, for the head of its reports.
        description: Option<Text>,
        /// First day.
        from: Option<When>,
        /// Last day.
        to: Option<When>,
        /// Geographic areas, where it has such.
        areas: List<AreaEntry>,
        /// Who takes part, for how long. This list is what counts for seats and duties.
        parties: List<Party>,
        /// The agreements that govern it.
        governed_by: List<GoverningAgreement>,
        /// The bodies that it reports to.
        reports_to: List<Ref<Body>>,
        /// Who pays for it.
        funded_by: List<DatedBody>,
        /// Since when evidence is kept here; what lies before is "not recorded", never overdue.
        tracked: List<Tracked>,
        /// Duties that are not owed for a time, with the reason.
        excuse: List<Excuse>,
        /// Its web page.
        url: Option<Box<str>>,
    }
}

record! {
    /// A geographic area of a network.
    pub struct AreaEntry {
        /// Its id.
        id: Id,
        /// Its name.
        title: Text,
        /// Remarks.
        note: Option<Text>,
    }
}

record! {
    /// An organisation that takes part in a network.
    dates |this| Dates::Validity(this.from, this.to);
    short organisation: Ref<Organisation>;
    pub struct Party {
        /// The organisation.
        organisation: Ref<Organisation>,
        /// The area of the network that it belongs to.
        area: Option<Ref<Area>>,
        /// Since when.
        from: Option<When>,
        /// Until when.
        to: Option<When>,
        /// Remarks, such as that the area is inferred.
        note: Option<Text>,
    }
}

record! {
    /// An agreement that governs a network, for as long as it did.
    dates |this| Dates::Validity(this.from, this.to);
    short agreement: Ref<Agreement>;
    pub struct GoverningAgreement {
        /// The agreement.
        agreement: Ref<Agreement>,
        /// Since when.
        from: Option<When>,
        /// Until when.
        to: Option<When>,
    }
}

record! {
    /// A period in which evidence is kept.
    dates |this| Dates::Validity(this.from, this.to);
    pub struct Tracked {
        /// First day.
        from: Option<When>,
        /// Last day.
        to: Option<When>,
    }
}

record! {
    /// A duty that is not owed for a time.
    pub struct Excuse {
        /// The duty.
        duty: Ref<Duty>,
        /// The period that it is excused for: the one that the evidence would be for.
        covers: When,
        /// Who is excused; all who owe it, unless given.
        by: List<Ref<Body>>,
        /// Why.
        reason: Text,
        /// The last day on which the excuse holds.
        until: Option<Date>,
    }
}
