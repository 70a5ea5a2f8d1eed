//! Dated events in one language: what deadlines become before they become a calendar file.

use chrono::NaiveTime;

use crate::date::Date;
use crate::lang::Lang;

/// A calendar that people subscribe to or import.
#[derive(Clone, Debug)]
pub struct Calendar {
    /// The language of its texts.
    pub lang: Lang,
    /// What the calendar is called in the reader's list of calendars.
    pub name: String,
    /// The day that it tells of: what stands in for the time of writing.
    pub day: Date,
    /// The events, in the order in which they are written.
    pub events: Vec<Event>,
}

/// Something that fills whole days, or begins at a time of day in Norway.
#[derive(Clone, Debug, Default)]
pub struct Event {
    /// What makes it this event and no other, whatever its date and words: networks, duty, owner, period. Each position
    /// means the same in all events of all calendars; where there is nothing for it, it is empty.
    pub identity: Vec<String>,
    /// The day, or the first of several.
    pub day: Date,
    /// The last day, where there are several.
    pub until: Option<Date>,
    /// When on the day it begins; with it, there is only one day.
    pub starts_at: Option<NaiveTime>,
    /// When on the day it ends, where that is known too.
    pub ends_at: Option<NaiveTime>,
    /// Where it is.
    pub place: String,
    /// One line.
    pub summary: String,
    /// As many lines as it takes.
    pub description: String,
    /// Words to colour and filter by.
    pub categories: Vec<String>,
    /// Where to read more. Only web addresses are written.
    pub url: Option<String>,
    /// Whether it no longer holds. It stays in the calendar for a while, so that it goes from the readers' calendars too.
    pub cancelled: bool,
}
