//! Matters: cases, and whatever else is done and noted.

use super::agreement::Agreement;
use super::common::{Area, Body, Condition, Document, FocusArea, kind};
use super::network::Network;
use crate::count::Count;
use crate::date::When;
use crate::lang::Text;
use crate::read::{Dates, List, Ref};
use crate::words;

kind! {
    /// Something that a network or body works on or takes note of.
    dates |this| Dates::Validity(this.opened, this.closed);
    title title;
    network network;
    pub struct Matter {
        /// What it is about.
        title: Text,
        /// What it is.
        kind: MatterKind,
        /// The network that follows it up.
        network: Option<Ref<Network>>,
        /// The body that follows it up, where it is not the network as a whole.
        body: Option<Ref<Body>>,
        /// The focus area that it belongs to, as agreement/area.
        focus_area: Option<Ref<FocusArea>>,
        /// Its place among the matters of the area, where reports keep an order.
        order: Option<u32>,
        /// Who did it or has it.
        by: List<Ref<Body>>,
        /// To whom it went.
        to: List<Ref<Body>>,
        /// With whom.
        with: List<Ref<Body>>,
        /// Who ordered it.
        ordered_by: Option<Ref<Body>>,
        /// A word to find it by.
        topic: Option<Box<str>>,
        /// Of a need: the condition.
        condition: List<Ref<Condition>>,
        /// Of a need: the area of the network.
        area: Option<Ref<Area>>,
        /// The agreements that it is about.
        agreement: List<Ref<Agreement>>,
        /// When it began, or as much as is known of it.
        opened: Option<When>,
        /// When it ended.
        closed: Option<When>,
        /// How it stands.
        status: Option<MatterStatus>,
        /// What it is, in words.
        description: Option<Text>,
        /// What came of it.
        outcome: Option<Text>,
        /// How many, where it counts something: placements, deviations, contacts.
        count: Option<Count>,
        /// The matter that it carries on from an earlier year.
        continues: Option<Ref<Matter>>,
        /// Its web page.
        url: Option<Box<str>>,
        /// Documents that belong to it.
        documents: List<Document>,
    }
}

words! {
    /// What a matter is.
    pub enum MatterKind {
        Case = "case", "sak", "sak", "matter";
        Assignment = "assignment", "oppdrag", "oppdrag", "assignment";
        Application = "application", "søknad", "søknad", "application";
        Proposal = "proposal", "forbetringsforslag", "forbedringsforslag", "proposal";
        Deviation = "deviation", "avvik", "avvik", "deviation";
        Bottleneck = "bottleneck", "flaskehals", "flaskehals", "bottleneck";
        Guidance = "guidance", "rettleiing", "veiledning", "guidance";
        Contact = "contact", "kontakt", "kontakt", "contact";
        Information = "information", "informasjonsarbeid", "informasjonsarbeid", "information";
        Hospitation = "hospitation", "hospitering", "hospitering", "hospitation";
        Routine = "routine", "rutine", "rutine", "routine";
        Need = "need", "behov", "behov", "need";
        Review = "review", "gjennomgang", "gjennomgang", "review";
        RevisionRequest = "revision-request", "krav om revisjon", "krav om revisjon", "revision request";
        FollowUp = "follow-up", "oppfølging", "oppfølging", "follow-up";
        Declaration = "declaration", "erklæring", "erklæring", "declaration";
        Other = "other", "anna", "annet", "other";
    }
}

words! {
    /// How a matter stands.
    pub enum MatterStatus {
        Open = "open", "open", "åpen", "open";
        Ongoing = "ongoing", "i gang", "i gang", "ongoing";
        Granted = "granted", "innvilga", "innvilget", "granted";
        Refused = "refused", "avslått", "avslått", "refused";
        Done = "done", "utført", "utført", "done";
        CarriedOver = "carried-over", "vidareført", "videreført", "carried over";
    }
}
