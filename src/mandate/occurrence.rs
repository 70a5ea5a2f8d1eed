//! What is due, was due or will be: one occurrence of a duty, a term, an action, or whatever else has a day.

use super::line::{By, Duty, Evidence, Line};
use super::period::Period;
use super::record::Found;
use super::seat::SeatOf;
use crate::date::Date;
use crate::lang::Text;
use crate::model::Strength;
use crate::words;

/// One occurrence.
#[derive(Clone, Debug)]
pub struct Occurrence<'a> {
    /// What it is an occurrence of.
    pub what: What<'a>,
    /// The networks that it belongs to.
    pub networks: Vec<&'a str>,
    /// Who owes it.
    pub by: By<'a>,
    /// Who is to get it: only those who exist on the due date.
    pub to: Vec<&'a str>,
    /// Which period the evidence is for.
    pub period: Option<Period>,
    /// The first day on which it is due rather than upcoming.
    pub opens: Date,
    /// The last day on which it is in time. Nothing for what has no day.
    pub due: Option<Date>,
    /// Whether that day lies before the one on which it is asked.
    pub is_past: bool,
    /// How it stands on the day.
    pub status: Status,
    /// By how much it was late.
    pub late_by: Option<Late>,
    /// How binding it is.
    pub strength: Strength,
    /// How many records, or receivers, there are.
    pub got: usize,
    /// How many there must be.
    pub of: usize,
    /// The records that show it.
    pub evidence: Vec<Evidence<'a>>,
    /// Of several receivers, those who have not got it where others have.
    pub outstanding: Vec<&'a str>,
    /// Of a compiled report: the networks whose part is not there.
    pub missing: Vec<&'a str>,
    /// Why it is excused, and until when.
    pub reason: Option<(&'a Text, Option<Date>)>,
}

/// By how many days something was late.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Late {
    /// The days: of what shows it, the last is known to lie no earlier.
    pub days: i64,
    /// Whether it may have been more, since the day is not known exactly.
    pub at_least: bool,
}

/// What an occurrence is one of.
#[derive(Clone, Debug)]
pub enum What<'a> {
    /// A duty, and those that say the same again.
    Duty(Duty<'a>, Vec<Duty<'a>>),
    /// A seat that is vacant.
    Seat(SeatOf<'a>),
    /// A term that ends.
    Term(SeatOf<'a>, &'a str),
    /// Something with a day of its own in a record: the record, and the part of it.
    Record(Dated, Found<'a>, Option<usize>),
}

words! {
    /// What has a day of its own in a record.
    pub enum Dated {
        Action = "action", "tiltak", "tiltak", "action";
        Transfer = "transfer", "overføring", "overføring", "transfer";
        AgreementEnd = "agreement-end", "avtalen tek slutt", "avtalen tar slutt", "the agreement ends";
        Notice = "notice", "oppseiinga går ut", "oppsigelsen går ut", "the notice runs out";
        Waiver = "waiver", "unntaket går ut", "unntaket går ut", "the waiver lapses";
        Excuse = "excuse", "fritaket går ut", "fritaket går ut", "the excuse lapses";
        Verification = "verification", "må stadfestast på nytt", "må bekreftes på nytt", "to be verified again";
    }
}

words! {
    /// How an occurrence stands on a day.
    pub enum Status {
        Overdue = "overdue", "over fristen", "forfalt", "overdue";
        Due = "due", "skal gjerast", "skal gjøres", "due";
        Upcoming = "upcoming", "kjem", "kommer", "upcoming";
        NotMet = "not-met", "ikkje oppfylt", "ikke oppfylt", "not met";
        MetOnTime = "met-on-time", "oppfylt i tide", "oppfylt i tide", "met on time";
        MetLate = "met-late", "oppfylt for seint", "oppfylt for sent", "met late";
        Met = "met", "oppfylt, dag usikker", "oppfylt, dag usikker", "met, day unsure";
        Excused = "excused", "unnateke", "unntatt", "excused";
        NotRecorded = "not-recorded", "ikkje registrert", "ikke registrert", "not recorded";
        ReceiverEnded = "receiver-ended", "mottakaren er avvikla", "mottakeren er avviklet", "receiver ended";
        ToBeJudged = "to-be-judged", "må vurderast", "må vurderes", "to be judged";
        Standing = "standing", "varig", "varig", "standing";
        Passed = "passed", "over", "over", "passed";
    }
}

impl Status {
    /// Whether it was met, be it late.
    #[must_use]
    pub fn is_met(self) -> bool {
        matches!(self, Self::MetOnTime | Self::MetLate | Self::Met)
    }

    /// Whether something is still to be done about it.
    #[must_use]
    pub fn is_open(self) -> bool {
        matches!(self, Self::Overdue | Self::Due | Self::Upcoming)
    }
}

impl<'a> Occurrence<'a> {
    /// An occurrence of a line, of which nothing is known yet.
    pub(super) fn of_line(line: &Line<'a>, networks: Vec<&'a str>) -> Self {
        Self {
            what: What::Duty(line.duty, line.also.clone()),
            networks,
            by: line.by.clone(),
            to: Vec::new(),
            period: None,
            opens: Date::MIN,
            due: None,
            is_past: false,
            status: Status::Standing,
            late_by: None,
            strength: line.duty.obligation.strength.unwrap_or(Strength::Shall),
            got: 0,
            of: 1,
            evidence: Vec::new(),
            outstanding: Vec::new(),
            missing: Vec::new(),
            reason: None,
        }
    }

    /// The word for what it is, in machine formats.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match &self.what {
            What::Duty(..) => "duty",
            What::Seat(_) => "seat",
            What::Term(..) => "term",
            What::Record(dated, ..) => dated.word(),
        }
    }

    /// `agreement/duty` or `agreement/seat`.
    #[must_use]
    pub fn path(&self) -> Option<String> {
        match &self.what {
            What::Duty(duty, _) => Some(duty.path()),
            What::Seat(seat) | What::Term(seat, _) => Some(seat.path()),
            What::Record(..) => None,
        }
    }

    /// The record that it is about, and the part of it: `plans/x#3`.
    #[must_use]
    pub fn subject(&self) -> Option<String> {
        match &self.what {
            What::Record(_, found, part) => {
                Some(found.path() + &part.map_or_else(String::new, |part| format!("#{}", part + 1)))
            }
            What::Term(_, member) => Some(format!("members/{member}")),
            _ => None,
        }
    }

    /// What makes it stand differently from another occurrence of the same duty: by how much it was late, why it is excused,
    /// what is not there.
    #[must_use]
    pub fn standing_apart(&self) -> impl Eq + std::hash::Hash + use<'_, 'a> {
        let reason = self.reason.map(|(reason, _)| std::ptr::from_ref(reason));
        (self.status, self.late_by, self.got, self.of, reason, [&self.outstanding, &self.missing])
    }

    /// The records that show it, each once.
    #[must_use]
    pub fn shown_by(&self) -> Vec<String> {
        let mut paths: Vec<String> = Vec::new();
        for evidence in &self.evidence {
            let path = evidence.found.path();
            if !paths.contains(&path) {
                paths.push(path);
            }
        }
        paths
    }

    /// Days from a day to the due date; negative when it has passed.
    #[must_use]
    pub fn days_from(&self, day: Date) -> Option<i64> {
        self.due.map(|due| (due - day).num_days())
    }
}

impl<'a> Occurrence<'a> {
    /// The order of what is no duty: by what it is, by the seat or the record, then who has to do with it.
    pub(super) fn order(&self) -> impl Ord + use<'a> {
        let seat = match &self.what {
            What::Seat(seat) | What::Term(seat, _) => Some((&*seat.agreement.id, &*seat.seat.id)),
            What::Duty(..) | What::Record(..) => None,
        };
        (self.kind(), seat, self.subject(), self.by.ids.first().copied(), self.networks.first().copied())
    }
}
