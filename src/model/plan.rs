//! Action plans, competence plans, and plans for gradual transfer between levels.

use super::common::{AnyRecord, Body, Decision, Document, FocusArea, Sent, kind};
use super::network::Network;
use super::offering::Offering;
use super::organisation::Organisation;
use crate::date::When;
use crate::lang::Text;
use crate::read::{Dates, Id, List, OneOrMore, Ref, Year};
use crate::{record, words};

kind! {
    /// A plan of a network, for one year or several.
    dates |this| Dates::Held(Some(When::Year(this.year.0)), Some(When::Year(this.until.unwrap_or(this.year).0)));
    title title;
    network network;
    parts action;
    pub struct Plan {
        /// Its title, where it has one of its own.
        title: Option<Text>,
        /// The network whose plan it is.
        network: Option<Ref<Network>>,
        /// What it plans; one document may be several.
        kind: OneOrMore<PlanKind>,
        /// The year that it is for; the first one, if it is for several.
        year: Year,
        /// The last year that it is for.
        until: Option<Year>,
        /// To whom it was sent, and when.
        sent: List<Sent>,
        /// Who adopted it, and when.
        decided: Option<Decision>,
        /// The focus areas that it follows, as agreement/area.
        focus_areas: List<Ref<FocusArea>>,
        /// Offerings that stay in the specialist health service.
        remains_specialist: List<Ref<Offering>>,
        /// What is to be done.
        action: List<Action>,
        /// Offerings that pass from one level to another.
        transfer: List<Transfer>,
        /// The document itself and what comes with it.
        documents: List<Document>,
    }
}

record! {
    /// One thing to be done.
    pub struct Action {
        /// Its id within the plan.
        id: Option<Id>,
        /// What is to be done.
        title: Text,
        /// What it is to lead to.
        goal: Option<Text>,
        /// The focus area that it serves, as agreement/area.
        focus_area: Option<Ref<FocusArea>>,
        /// Who does it.
        responsible: List<Ref<Body>>,
        /// By when.
        due: Option<When>,
        /// How it goes.
        status: ActionStatus,
        /// When it was done.
        done: Option<When>,
        /// Records that come of it, as offerings/id.
        delivers: List<Ref<AnyRecord>>,
        /// Remarks.
        note: Option<Text>,
    }
}

record! {
    /// An offering that passes from one level to another.
    pub struct Transfer {
        /// The offering.
        offering: Ref<Offering>,
        /// Who takes it over.
        to: List<Ref<Organisation>>,
        /// By when.
        due: Option<When>,
        /// How it goes.
        status: ActionStatus,
        /// Remarks.
        note: Option<Text>,
    }
}

words! {
    /// What a plan plans.
    pub enum PlanKind {
        Action = "action", "handlingsplan", "handlingsplan", "action plan";
        Competence = "competence", "plan for kompetanseutvikling", "plan for kompetanseutvikling", "competence plan";
        Transfer = "transfer", "plan for gradvis overføring", "plan for gradvis overføring", "transfer plan";
        Other = "other", "anna", "annet", "other";
    }
}

words! {
    /// How an action goes.
    pub enum ActionStatus {
        Planned = "planned", "planlagt", "planlagt", "planned";
        Ongoing = "ongoing", "i gang", "i gang", "ongoing";
        Done = "done", "utført", "utført", "done";
        Dropped = "dropped", "lagt bort", "lagt bort", "dropped";
    }
}
