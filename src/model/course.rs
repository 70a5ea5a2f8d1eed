//! Courses for professionals and user representatives.

use super::common::{Attendance, Body, EventStatus, Mode, Participants, Side, kind};
use super::network::Network;
use crate::count::Count;
use crate::date::{Date, When};
use crate::lang::Text;
use crate::read::{Amount, Dates, List, OneOrMore, Ref};
use crate::words;

kind! {
    /// A course, held once or as often as the source only counts.
    dates |this| Dates::Held(Some(this.start), this.end);
    title title;
    network network;
    pub struct Course {
        /// Its title.
        title: Text,
        /// Which module of the competence programme it is.
        module: Module,
        /// The network that counts it.
        network: Option<Ref<Network>>,
        /// Who holds it; several when they hold it together.
        organiser: OneOrMore<Ref<Body>>,
        /// Who holds it with them.
        co_organisers: List<Ref<Body>>,
        /// Who helped to develop it.
        co_developers: List<Ref<Body>>,
        /// Whom it is for.
        audience: List<Side>,
        /// First day, or as much as is known of it.
        start: When,
        /// Last day, where it is another.
        end: Option<When>,
        /// How many times it was held, where the source only counts them.
        held: Option<Count>,
        /// Hours of teaching of one course.
        hours: Option<Amount>,
        /// In person, digital, or both.
        mode: Option<Mode>,
        /// Where.
        place: Option<Text>,
        /// Whether it was held.
        status: Option<EventStatus>,
        /// When it was announced.
        announced: Option<Date>,
        /// Its web page.
        url: Option<Box<str>>,
        /// How many took part.
        participants: Option<Participants>,
        /// Organisations that people came from, with how many where that is known.
        attended: List<Attendance>,
        /// What it holds.
        description: Option<Text>,
    }
}

words! {
    /// A module of the competence programme.
    pub enum Module {
        Helsepedagogikk = "helsepedagogikk", "helsepedagogikk", "helsepedagogikk", "health pedagogy";
        Endring = "endring", "endring", "endring", "change";
        Meistring = "meistring", "meistring", "mestring", "coping";
        Brukarmedverknad = "brukarmedverknad", "brukarmedverknad", "brukermedvirkning", "user involvement";
        Brukarrepresentant = "brukarrepresentant", "kurs for brukarrepresentantar", "kurs for brukerrepresentanter", "course for user representatives";
        Grunnkurs = "grunnkurs", "grunnkurs i helsepedagogikk", "grunnkurs i helsepedagogikk", "basic course in health pedagogy";
        ELearning = "e-learning", "e-læring", "e-læring", "e-learning";
        Other = "other", "anna", "annet", "other";
    }
}
