//! Meetings, professional days and gatherings.

use super::common::{Attendance, Body, EventStatus, Mode, Participants, Side, kind};
use super::matter::Matter;
use super::network::Network;
use crate::count::Count;
use crate::date::{Date, When};
use crate::lang::Text;
use crate::read::{Amount, Dates, List, Ref};
use crate::{record, words};

kind! {
    /// A meeting, held once or as often as the source only counts.
    dates |this| Dates::Held(Some(this.start), this.end);
    title title;
    network network;
    pub struct Meeting {
        /// Its title.
        title: Text,
        /// What it is.
        kind: MeetingKind,
        /// The body or network that meets.
        body: Option<Ref<Body>>,
        /// The network that counts it, where it is not the one that meets.
        network: Option<Ref<Network>>,
        /// First day, or as much as is known of it.
        start: When,
        /// Last day, where it is another.
        end: Option<When>,
        /// How many times, where the source only counts them.
        held: Option<Count>,
        /// Hours of one meeting.
        hours: Option<Amount>,
        /// In person, digital, or both.
        mode: Option<Mode>,
        /// Where.
        place: Option<Text>,
        /// Whether it was held.
        status: Option<EventStatus>,
        /// What it was about.
        theme: Option<Text>,
        /// Who arranged it.
        organiser: List<Ref<Body>>,
        /// Who arranged it with them.
        co_organisers: List<Ref<Body>>,
        /// Who paid for it.
        funded_by: List<Ref<Body>>,
        /// Whom it was for.
        audience: List<Side>,
        /// When it was announced.
        announced: Option<Date>,
        /// How many took part.
        participants: Option<Participants>,
        /// Organisations that took part, with how many where that is known.
        attended: List<Attendance>,
        /// What was on the agenda.
        agenda: List<AgendaItem>,
        /// Its web page.
        url: Option<Box<str>>,
        /// What it was, in words.
        description: Option<Text>,
    }
}

record! {
    /// A point of the agenda.
    pub struct AgendaItem {
        /// Its title.
        title: Text,
        /// The matter that it was about.
        matter: Option<Ref<Matter>>,
    }
}

words! {
    /// What a meeting is.
    pub enum MeetingKind {
        WorkingMeeting = "working-meeting", "arbeidsmøte", "arbeidsmøte", "working meeting";
        CommitteeMeeting = "committee-meeting", "utvalsmøte", "utvalgsmøte", "committee meeting";
        NetworkMeeting = "network-meeting", "nettverksmøte", "nettverksmøte", "network meeting";
        Gathering = "gathering", "nettverkssamling", "nettverkssamling", "gathering";
        ProfessionalDay = "professional-day", "fagdag", "fagdag", "professional day";
        Seminar = "seminar", "seminar", "seminar", "seminar";
        Conference = "conference", "konferanse", "konferanse", "conference";
        CooperationMeeting = "cooperation-meeting", "samarbeidsmøte", "samarbeidsmøte", "cooperation meeting";
        Review = "review", "gjennomgang", "gjennomgang", "review";
        Other = "other", "anna", "annet", "other";
    }
}
