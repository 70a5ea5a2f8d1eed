//! What records of several kinds share.

use crate::count::Count;
use crate::date::{Date, When};
use crate::lang::Text;
use crate::read::{Dates, Field, Id, Kind, List, Pointed, Ref, Target};
use crate::{record, words};

/// A record: one file of the registry.
pub trait Record: Field {
    /// The kind.
    const KIND: Kind;

    /// Its name, where it has one of its own.
    fn title(&self) -> Option<&Text>;

    /// When it holds or happens.
    fn when(&self) -> Dates;

    /// What every record may say besides.
    fn remarks(&self) -> Remarks<'_>;

    /// Shows the id of every part that has one: the list it stands in, its place there, its id.
    fn parts<'a>(&'a self, _visit: &mut dyn FnMut(&'static str, usize, &'a str)) {}

    /// The network that it belongs to, for kinds that name one.
    fn network(&self) -> Option<&Ref<super::Network>> {
        None
    }
}

/// A title that every record of a kind has, or only some.
pub(super) trait IntoTitle<'a> {
    fn into_title(self) -> Option<&'a Text>;
}

impl<'a> IntoTitle<'a> for Option<&'a Text> {
    fn into_title(self) -> Option<&'a Text> {
        self
    }
}

impl<'a> IntoTitle<'a> for Option<&'a Option<Text>> {
    fn into_title(self) -> Option<&'a Text> {
        self.and_then(Option::as_ref)
    }
}

/// The id of a part of a record, which some lists demand and others leave open.
pub(super) trait PartId {
    fn part_id(&self) -> Option<&str>;
}

impl PartId for Id {
    fn part_id(&self) -> Option<&str> {
        Some(&**self).filter(|id| !id.is_empty())
    }
}

impl PartId for Option<Id> {
    fn part_id(&self) -> Option<&str> {
        self.as_ref().and_then(PartId::part_id)
    }
}

/// The keys that every record may have.
#[derive(Clone, Copy, Debug)]
pub struct Remarks<'a> {
    /// Free remarks.
    pub note: Option<&'a Text>,
    /// Where the facts are from.
    pub source: &'a [Box<str>],
    /// When somebody last looked and it was still true.
    pub verified: Option<Date>,
    /// Duties of which the record is evidence.
    pub shows: &'a [Shows],
    /// Rules that don't apply to the record.
    pub waive: &'a [Waiver],
}

/// Declares a kind of record: a table with the keys that every record may have, and what [`Record`] asks.
macro_rules! kind {
    (
        $(#[doc = $doc:literal])*
        $(dates |$this:ident| $dates:expr;)?
        title $title:ident;
        $(network $network:ident;)?
        $(parts $($list:ident),+;)?
        pub struct $name:ident { $($fields:tt)* }
    ) => {
        $crate::record! {
            $(#[doc = $doc])*
            $(dates |$this| $dates;)?
            pub struct $name {
                $($fields)*
                /// Free remarks.
                note: Option<$crate::lang::Text>,
                /// Where the facts are from: documents, web addresses.
                source: $crate::read::List<Box<str>>,
                /// The day when somebody last looked and it was still true.
                verified: Option<$crate::date::Date>,
                /// Duties of which the record is evidence, where no field could show it.
                shows: $crate::read::List<$crate::model::Shows>,
                /// Rules that do not apply to the record, with the reason.
                waive: $crate::read::List<$crate::model::Waiver>,
            }
        }

        impl $crate::read::Pointed for $name {
            const TARGET: $crate::read::Target =
                $crate::read::Target::Record(<Self as $crate::model::Record>::KIND);
        }

        impl $crate::model::Record for $name {
            const KIND: $crate::model::Kind = $crate::model::Kind::$name;

            fn title(&self) -> Option<&$crate::lang::Text> {
                $crate::model::common::IntoTitle::into_title(Some(&self.$title))
            }

            fn when(&self) -> $crate::read::Dates {
                self.dates()
            }

            fn remarks(&self) -> $crate::model::Remarks<'_> {
                $crate::model::Remarks {
                    note: self.note.as_ref(),
                    source: &self.source,
                    verified: self.verified,
                    shows: &self.shows,
                    waive: &self.waive,
                }
            }

            $(
                fn parts<'a>(&'a self, visit: &mut dyn FnMut(&'static str, usize, &'a str)) {
                    use $crate::model::common::PartId;
                    $(
                        for (index, part) in self.$list.iter().enumerate() {
                            if let Some(id) = part.id.part_id() {
                                visit($crate::key_of!($list), index, id);
                            }
                        }
                    )+
                }
            )?

            $(
                fn network(&self) -> Option<&$crate::read::Ref<$crate::model::Network>> {
                    self.$network.as_ref()
                }
            )?
        }
    };
}
pub(super) use kind;

/// Names what a reference points to, where that is no record of one kind.
macro_rules! pointed {
    ($($(#[doc = $doc:literal])* $name:ident;)*) => {$(
        $(#[doc = $doc])*
        #[derive(Debug)]
        pub enum $name {}

        impl Pointed for $name {
            const TARGET: Target = Target::$name;
        }
    )*};
}

pointed! {
    /// An organisation or a network: whatever can owe, own, meet or receive.
    Body;
    /// `agreement/area`: a focus area that an agreement sets.
    FocusArea;
    /// `agreement/duty`: an obligation.
    Duty;
    /// `offerings/kols-skule`: a record of any kind.
    AnyRecord;
    /// A condition of the list in the manifest.
    Condition;
    /// An area of a network.
    Area;
}

record! {
    /// Evidence by declaration: this record shows that a duty was met.
    short duty: Ref<Duty>;
    pub struct Shows {
        /// The duty, as agreement/duty.
        duty: Ref<Duty>,
        /// Whose duty was met, where several owe it.
        by: List<Ref<Body>>,
    }
}

record! {
    /// A rule that does not apply here, and why.
    pub struct Waiver {
        /// The rule.
        rule: Box<str>,
        /// Why it does not apply.
        reason: Text,
        /// The last day of the exception; shown when it has passed.
        until: Option<Date>,
    }
}

record! {
    /// A place in an agreement.
    short agreement: Ref<super::Agreement>;
    pub struct Clause {
        /// The agreement.
        agreement: Ref<super::Agreement>,
        /// The clause, as the document numbers or heads it.
        clause: Option<Box<str>>,
    }
}

record! {
    /// An organisation or network, for as long as it was so.
    dates |this| Dates::Validity(this.from, this.to);
    short body: Ref<Body>;
    pub struct DatedBody {
        /// The organisation or network.
        body: Ref<Body>,
        /// Since when.
        from: Option<When>,
        /// Until when.
        to: Option<When>,
        /// Remarks.
        note: Option<Text>,
    }
}

record! {
    /// An organisation, for as long as it was so.
    dates |this| Dates::Validity(this.from, this.to);
    short organisation: Ref<super::Organisation>;
    pub struct DatedOrganisation {
        /// The organisation.
        organisation: Ref<super::Organisation>,
        /// Since when.
        from: Option<When>,
        /// Until when.
        to: Option<When>,
        /// Remarks.
        note: Option<Text>,
    }
}

record! {
    /// That something was sent to somebody.
    dates |this| Dates::Held(Some(this.on), Some(this.on));
    pub struct Sent {
        /// The receiver.
        to: Ref<Body>,
        /// The day, or as much as is known of it.
        on: When,
    }
}

record! {
    /// That somebody decided something.
    dates |this| Dates::Held(Some(this.on), Some(this.on));
    pub struct Decision {
        /// Who decided.
        by: Ref<Body>,
        /// The day, or as much as is known of it.
        on: When,
    }
}

record! {
    /// A document beside the record.
    pub struct Document {
        /// Its title.
        title: Text,
        /// Its web address.
        url: Option<Box<str>>,
        /// Its date.
        date: Option<When>,
    }
}

record! {
    /// Those who came from one organisation.
    short organisation: Ref<super::Organisation>;
    pub struct Attendance {
        /// The organisation.
        organisation: Ref<super::Organisation>,
        /// How many came.
        participants: Option<Count>,
    }
}

record! {
    /// Participants by where they come from.
    pub struct Breakdown {
        /// From the specialist health service.
        specialist: Option<Count>,
        /// From municipalities.
        municipal: Option<Count>,
        /// User representatives.
        user_representatives: Option<Count>,
        /// Everybody else.
        other: Option<Count>,
    }
}

/// How many took part: one count, or counts by where people come from.
#[derive(Clone, Debug)]
pub enum Participants {
    /// `participants = 18`
    Total(Count),
    /// `participants = { specialist = 12, municipal = 8 }`
    By(Box<Breakdown>),
}

impl Default for Participants {
    fn default() -> Self {
        Self::Total(Count::default())
    }
}

impl Participants {
    /// All of them.
    #[must_use]
    pub fn total(&self) -> Count {
        match self {
            Self::Total(count) => count.clone(),
            Self::By(by) => {
                let mut sum = crate::count::Sum::default();
                for count in [&by.specialist, &by.municipal, &by.user_representatives, &by.other].into_iter().flatten()
                {
                    sum.add(Some(count));
                }
                sum.count()
            }
        }
    }
}

impl serde::Serialize for Participants {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Total(count) => count.serialize(serializer),
            Self::By(by) => by.serialize(serializer),
        }
    }
}

impl Field for Participants {
    fn read(item: &toml_spanner::Item<'_>, cx: &mut crate::read::Reader<'_>) -> Option<Self> {
        let keys = crate::read::keys_of(&Breakdown::fields());
        let by = item.as_table().is_some_and(|table| table.iter().any(|(key, _)| keys.contains(&key.name)));
        if by {
            Breakdown::read(item, cx).map(|by| Self::By(Box::new(by)))
        } else {
            Count::read(item, cx).map(Self::Total)
        }
    }

    fn shape() -> crate::read::Shape {
        crate::read::Shape::Either(Box::new(Count::shape()), Box::new(Breakdown::shape()))
    }

    fn met(&self) -> crate::read::Met<'_> {
        match self {
            Self::Total(count) => count.met(),
            Self::By(by) => by.met(),
        }
    }
}

words! {
    /// How people meet.
    pub enum Mode {
        InPerson = "in-person", "fysisk", "fysisk", "in person";
        Digital = "digital", "digitalt", "digitalt", "digital";
        Hybrid = "hybrid", "fysisk og digitalt", "fysisk og digitalt", "in person and digital";
    }
}

words! {
    /// Whether something that was to happen did.
    pub enum EventStatus {
        Planned = "planned", "planlagd", "planlagt", "planned";
        Held = "held", "gjennomført", "gjennomført", "held";
        Cancelled = "cancelled", "avlyst", "avlyst", "cancelled";
    }
}

words! {
    /// Whom a course or meeting is for.
    pub enum Side {
        Specialist = "specialist", "spesialisthelsetenesta", "spesialisthelsetjenesten", "specialist health service";
        Municipal = "municipal", "kommunehelsetenesta", "kommunehelsetjenesten", "municipal health service";
        UserRepresentatives = "user-representatives", "brukarrepresentantar", "brukerrepresentanter", "user representatives";
        Education = "education", "utdanninga", "utdanningen", "education";
        Public = "public", "ålmenta", "allmennheten", "the public";
        Other = "other", "andre", "andre", "others";
    }
}
