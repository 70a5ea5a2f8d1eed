//! A record of any kind, as duties look at it: what it concerns, and when it showed something.

use crate::date::{Semesters, When};
use crate::model::{
    Agreement, Appointment, Course, EventStatus, Kind, Matter, Meeting, Member, Network, Offering, Organisation, Plan,
    Record, Remarks, Report, Sent,
};
use crate::read::{Dates, Keys, Link, Met, Target};
use crate::registry::{Entry, Registry, for_each_kind};
use crate::tally;

macro_rules! any {
    ($($type:ident $table:ident,)*) => {
        /// A record of any kind.
        #[derive(Clone, Copy, Debug)]
        pub enum Found<'a> {
            $( #[doc = concat!("Of ", stringify!($table), ".")] $type(&'a Entry<$type>), )*
        }

        impl<'a> Found<'a> {
            /// The record of a kind with this id.
            #[must_use]
            pub fn get(registry: &'a Registry, kind: Kind, id: &str) -> Option<Self> {
                match kind {
                    $( Kind::$type => registry.$table.get(id).map(Self::$type), )*
                }
            }

            /// All records of a registry, kind by kind.
            pub fn all(registry: &'a Registry) -> impl Iterator<Item = Self> {
                std::iter::empty() $( .chain(registry.$table.iter().map(Self::$type)) )*
            }

            /// Its kind.
            #[must_use]
            pub fn kind(&self) -> Kind {
                match self {
                    $( Self::$type(_) => Kind::$type, )*
                }
            }

            /// Its id.
            #[must_use]
            pub fn id(&self) -> &'a str {
                match self {
                    $( Self::$type(entry) => &entry.id, )*
                }
            }

            /// Its file.
            #[must_use]
            pub fn file(&self) -> crate::source::FileId {
                match self {
                    $( Self::$type(entry) => entry.file, )*
                }
            }

            /// Its fields.
            #[must_use]
            pub fn keys(&self) -> &'a dyn Keys {
                match self {
                    $( Self::$type(entry) => &entry.record, )*
                }
            }

            /// What every record may say besides.
            #[must_use]
            pub fn remarks(&self) -> Remarks<'a> {
                match self {
                    $( Self::$type(entry) => entry.record.remarks(), )*
                }
            }

            /// When it holds or happens.
            #[must_use]
            pub fn when(&self) -> Dates {
                match self {
                    $( Self::$type(entry) => entry.record.when(), )*
                }
            }

            /// The network that it names.
            #[must_use]
            pub fn network(&self) -> Option<&'a str> {
                match self {
                    $( Self::$type(entry) => entry.record.network().map(|network| network.id()), )*
                }
            }
        }
    };
}

for_each_kind!(any);

impl<'a> Found<'a> {
    /// What a reference leads to.
    #[must_use]
    pub fn linked(registry: &'a Registry, link: Link<'_>) -> Option<Self> {
        match link.target {
            Target::Record(kind) => Self::get(registry, kind, link.id),
            Target::Body => {
                Self::get(registry, Kind::Organisation, link.id).or_else(|| Self::get(registry, Kind::Network, link.id))
            }
            Target::AnyRecord => {
                let (folder, id) = link.id.split_once('/')?;
                Self::get(registry, Kind::from_word(folder)?, id)
            }
            _ => None,
        }
    }

    /// `plans/fjordnett-2027`
    #[must_use]
    pub fn path(&self) -> String {
        format!("{}/{}", self.kind().word(), self.id())
    }

    /// The bodies whose record it is: who meets, has it, sits there, is it.
    pub fn bodies(&self) -> Box<dyn Iterator<Item = &'a str> + 'a> {
        match self {
            Self::Organisation(entry) => Box::new(std::iter::once(&*entry.id)),
            Self::Network(entry) => Box::new(std::iter::once(&*entry.id)),
            Self::Agreement(entry) => Box::new(entry.parties.iter().map(|party| party.body.id())),
            Self::Member(entry) => Box::new(entry.appointment.iter().map(|seat| seat.body.id())),
            Self::Meeting(entry) => Box::new(entry.body.iter().map(|body| body.id())),
            Self::Report(entry) => Box::new(entry.by.iter().map(|body| body.id())),
            Self::Matter(entry) => Box::new(entry.body.iter().chain(&entry.by).map(|body| body.id())),
            Self::Offering(_) | Self::Course(_) | Self::Plan(_) => Box::new(std::iter::empty()),
        }
    }

    /// Who answers for it, where a duty is owed for each record.
    #[must_use]
    pub fn owners(&self) -> Vec<&'a str> {
        match self {
            Self::Member(entry) => vec![entry.organisation.id()],
            Self::Offering(entry) => entry.organiser.iter().map(|body| body.id()).collect(),
            Self::Course(entry) => entry.organiser.iter().map(|body| body.id()).collect(),
            Self::Meeting(entry) if !entry.organiser.is_empty() => {
                entry.organiser.iter().map(|body| body.id()).collect()
            }
            Self::Plan(_) | Self::Report(_) => self.network().into_iter().chain(self.bodies()).collect(),
            _ => self.bodies().collect(),
        }
    }

    /// The years that it is for.
    #[must_use]
    pub fn years(&self) -> Option<(i32, i32)> {
        match self {
            Self::Plan(plan) => Some((plan.year.0, plan.until.unwrap_or(plan.year).0)),
            Self::Report(report) => Some((report.year.0, report.year.0)),
            _ => None,
        }
    }

    /// Whether it was called off.
    #[must_use]
    pub fn is_cancelled(&self) -> bool {
        matches!(
            self,
            Self::Course(Entry { record: Course { status: Some(EventStatus::Cancelled), .. }, .. })
                | Self::Meeting(Entry { record: Meeting { status: Some(EventStatus::Cancelled), .. }, .. })
        )
    }

    /// Whether it can show anything at all: what is only planned, or was called off, can't.
    fn happened(&self) -> bool {
        let status = match self {
            Self::Course(course) => course.status,
            Self::Meeting(meeting) => meeting.status,
            _ => None,
        };
        !matches!(status, Some(EventStatus::Planned | EventStatus::Cancelled))
    }

    /// When it showed something, and how many times over; sent to `receiver` where there is one.
    #[must_use]
    pub fn times(&self, receiver: Option<&str>) -> Vec<(Option<When>, u32)> {
        let verified = || self.remarks().verified.map(When::Day);
        if !self.happened() {
            return Vec::new();
        }
        if let Some(receiver) = receiver {
            return match self {
                Self::Plan(plan) => sent(&plan.sent, receiver),
                Self::Report(report) => sent(&report.sent, receiver),
                Self::Matter(matter) if matter.to.iter().any(|to| to.id() == receiver) => vec![(matter.opened, 1)],
                Self::Meeting(meeting) if meeting.attended.iter().any(|by| by.organisation.id() == receiver) => {
                    vec![(Some(meeting.start), 1)]
                }
                _ => Vec::new(),
            };
        }
        let held = |count: Option<&crate::count::Count>| {
            count.and_then(|count| count.thousandths()).map_or(1, |held| (held / 1000) as u32)
        };
        match self {
            Self::Course(course) => vec![(Some(course.start), held(course.held.as_ref()))],
            Self::Meeting(meeting) => vec![(Some(meeting.start), held(meeting.held.as_ref()))],
            Self::Offering(offering) => {
                let held = |status| status != Some(EventStatus::Planned);
                let runs = offering.run.iter().filter(|run| tally::counts(run) && held(run.status));
                let runs: Vec<_> = runs.map(|run| (Some(run.start), 1)).collect();
                if runs.is_empty() { vec![(offering.from.or_else(verified), 1)] } else { runs }
            }
            Self::Plan(plan) => {
                let first = plan.sent.iter().map(|sent| sent.on).min_by_key(|on| on.first(&Semesters::default()));
                vec![(plan.decided.as_ref().map(|decided| decided.on).or(first).or_else(verified), 1)]
            }
            Self::Report(report) => {
                let first = report.sent.iter().map(|sent| sent.on).min_by_key(|on| on.first(&Semesters::default()));
                vec![(report.signed.as_ref().map(|signed| signed.on).or(first).or_else(verified), 1)]
            }
            Self::Matter(matter) => vec![(matter.opened.or_else(verified), 1)],
            Self::Member(member) => member.appointment.iter().map(|seat| (seat.from.or_else(verified), 1)).collect(),
            Self::Organisation(organisation) => vec![(organisation.from.or_else(verified), 1)],
            Self::Agreement(agreement) => vec![(agreement.from.or_else(verified), 1)],
            Self::Network(network) => vec![(network.from.or_else(verified), 1)],
        }
    }

    /// The appointments of a member.
    #[must_use]
    pub fn appointments(&self) -> &'a [Appointment] {
        match self {
            Self::Member(member) => &member.appointment,
            _ => &[],
        }
    }

    /// What stands under a key of the record; its id is a key too.
    #[must_use]
    pub fn key(&self, key: &str) -> Option<Met<'a>> {
        if key == "id" { Some(Met::Text(self.id())) } else { self.keys().key(key) }
    }
}

fn sent(sent: &[Sent], receiver: &str) -> Vec<(Option<When>, u32)> {
    sent.iter().filter(|sent| sent.to.id() == receiver).map(|sent| (Some(sent.on), 1)).collect()
}

/// The empty text of a field stands for nothing.
#[must_use]
pub(super) fn is_there(met: Met<'_>) -> bool {
    !matches!(met, Met::Nothing | Met::Flag(false))
}
