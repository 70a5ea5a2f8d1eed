//! Filters that fit each kind of record.

use anyhow::bail;

use super::{View, must_exist, no_body, none_of};
use crate::date::{Date, Span, When};
use crate::lang::Said;
use crate::model::{
    Agreement, AgreementKind, Audience, Background, CareLevel, Course, Form, Kind, Matter, MatterKind, MatterStatus,
    Meeting, MeetingKind, Member, Module, Network, Offering, Organisation, OrganisationKind, Plan, PlanKind, Reach,
    Report, ReportKind, Role, Scope, Side,
};
use crate::names::Names;
use crate::registry::{Entry, Registry};
use crate::say;
use crate::spelling::{meant, missing, nearest};
use crate::tally;

/// What a record must be like to be listed.
pub trait Filter<T> {
    /// Refuses what was named on the command line and does not exist.
    ///
    /// # Errors
    ///
    /// When something does not exist.
    fn check(&self, registry: &Registry) -> anyhow::Result<()>;

    /// What of the choice a reader of the list has to know, in sentences.
    fn words(&self, _: &View<'_>) -> Vec<String> {
        Vec::new()
    }

    /// Whether the record is listed.
    fn keeps(&self, view: &View<'_>, entry: &Entry<T>) -> bool;
}

/// Whether a wish is absent or comes true.
fn wished<T>(wish: Option<&T>, comes_true: impl FnOnce(&T) -> bool) -> bool {
    wish.is_none_or(comes_true)
}

fn no_trust() -> Said {
    say!(nn: "ikkje noko helseføretak", nb: "ikke noe helseforetak", en: "no trust")
}

fn no_organiser() -> Said {
    say!(nn: "ingen arrangør", nb: "ingen arrangør", en: "no organiser")
}

const BODY: [Kind; 2] = [Kind::Organisation, Kind::Network];

/// Offerings.
#[derive(Clone, Debug, Default)]
pub struct OfferingFilter {
    /// Who answers for it.
    pub organiser: Option<String>,
    /// A municipality that answers for it or takes part, itself or through a part of it, houses a run, or whose people it is
    /// open to.
    pub municipality: Option<String>,
    /// A trust that answers for it, itself or through a part.
    pub trust: Option<String>,
    /// The level of the service.
    pub care_level: Option<CareLevel>,
    /// How far it reaches; the inner nothing is for offerings that nobody has classified.
    pub reach: Option<Option<Reach>>,
    /// How it is given.
    pub form: Option<Form>,
    /// For one diagnosis or across.
    pub scope: Option<Scope>,
    /// The condition.
    pub condition: Option<String>,
    /// Whom it is for.
    pub audience: Option<Audience>,
    /// The day since which it is new, or has new runs.
    pub since: Option<Date>,
}

impl OfferingFilter {
    /// Whether a run begins on this day or later, or the offering itself does. A time that is not known to the day counts
    /// as late as it can be, so that nothing new is left out.
    fn is_new(view: &View<'_>, offering: &Offering, since: Date) -> bool {
        let semesters = view.registry.semesters();
        let late = |when: When| when.last(&semesters) >= since;
        let mut runs = offering.run.iter().filter(|run| tally::counts(run));
        runs.any(|run| late(run.start)) || offering.from.is_some_and(late)
    }
}

impl Filter<Offering> for OfferingFilter {
    fn check(&self, registry: &Registry) -> anyhow::Result<()> {
        let municipality = say!(nn: "ingen kommune", nb: "ingen kommune", en: "no municipality");
        for (none, id) in [
            (none_of(Kind::Organisation), &self.organiser),
            (municipality, &self.municipality),
            (no_trust(), &self.trust),
        ] {
            must_exist(registry, &[Kind::Organisation], &none, id.as_ref())?;
        }
        let mut conditions = registry.manifest.condition.iter().map(|condition| &*condition.id);
        match &self.condition {
            Some(id) if !conditions.clone().any(|known| known == id) => {
                let none = say!(nn: "ingen tilstand", nb: "ingen tilstand", en: "no condition");
                bail!(super::unknown(id, &none, &mut conditions))
            }
            _ => Ok(()),
        }
    }

    fn words(&self, view: &View<'_>) -> Vec<String> {
        let names = Names { registry: view.registry, lang: view.lang };
        let mut words = Vec::new();
        for (id, of) in [(&self.municipality, "municipality"), (&self.trust, "trust"), (&self.organiser, "organiser")] {
            let Some(name) = id.as_ref().map(|id| names.body(id)) else { continue };
            words.push(match of {
                "municipality" => say!(view.lang, nn: "For {name}.", nb: "For {name}.", en: "For {name}."),
                "trust" => {
                    say!(view.lang, nn: "Helseføretak: {name}.", nb: "Helseforetak: {name}.", en: "Trust: {name}.")
                }
                _ => say!(view.lang, nn: "Arrangør: {name}.", nb: "Arrangør: {name}.", en: "Organiser: {name}."),
            });
        }
        if let Some(since) = self.since {
            let since = crate::date::day_words(since, view.lang);
            words.push(say!(view.lang,
                nn: "Nye tilbod og nye gjennomføringar frå og med {since}.",
                nb: "Nye tilbud og nye gjennomføringer fra og med {since}.",
                en: "New offerings and new runs from {since} on.",
            ));
        }
        words
    }

    fn keeps(&self, view: &View<'_>, entry: &Entry<Offering>) -> bool {
        wished(self.organiser.as_ref(), |id| entry.organiser.iter().any(|organiser| organiser.id() == id))
            && wished(self.trust.as_ref(), |id| {
                entry.organiser.iter().any(|organiser| tally::is_part_of(view.registry, organiser.id(), id, None))
            })
            && wished(self.municipality.as_ref(), |id| {
                let mut taking_part = entry.organiser.iter().chain(&entry.partners);
                taking_part.any(|one| tally::is_part_of(view.registry, one.id(), id, None))
                    || entry.open_to.iter().any(|municipality| municipality.id() == id)
                    || entry.run.iter().any(|run| run.municipality.as_ref().is_some_and(|place| place.id() == id))
            })
            && wished(self.care_level.as_ref(), |level| entry.care_level == Some(*level))
            && wished(self.reach.as_ref(), |reach| entry.reach == *reach)
            && wished(self.form.as_ref(), |form| entry.form == Some(*form))
            && wished(self.scope.as_ref(), |scope| entry.scope == Some(*scope))
            && wished(self.condition.as_ref(), |id| entry.condition.iter().any(|condition| condition.id() == id))
            && wished(self.audience.as_ref(), |audience| entry.audience.contains(audience))
            && wished(self.since.as_ref(), |since| Self::is_new(view, entry, *since))
    }
}

/// Organisations.
#[derive(Clone, Debug, Default)]
pub struct OrganisationFilter {
    /// What it is.
    pub kind: Option<OrganisationKind>,
    /// A trust that it is a part of or in whose catchment it lies.
    pub trust: Option<String>,
    /// A municipality or county code that it has or had.
    pub code: Option<String>,
}

impl Filter<Organisation> for OrganisationFilter {
    fn check(&self, registry: &Registry) -> anyhow::Result<()> {
        must_exist(registry, &[Kind::Organisation], &no_trust(), self.trust.as_ref())
    }

    fn keeps(&self, view: &View<'_>, entry: &Entry<Organisation>) -> bool {
        wished(self.kind.as_ref(), |kind| entry.kind == *kind)
            && wished(self.code.as_ref(), |code| entry.codes.iter().any(|own| *own.code == **code))
            && wished(self.trust.as_ref(), |id| {
                let day = Span { from: Some(view.today), to: Some(view.today) };
                let lies_in = entry
                    .trust
                    .iter()
                    .any(|trust| trust.organisation.id() == id && tally::touches(view.registry, trust.dates(), &day));
                lies_in || (&*entry.id != id.as_str() && tally::is_part_of(view.registry, &entry.id, id, None))
            })
    }
}

/// Networks.
#[derive(Clone, Debug, Default)]
pub struct NetworkFilter {
    /// An organisation that takes part, now or at some time.
    pub party: Option<String>,
}

impl Filter<Network> for NetworkFilter {
    fn check(&self, registry: &Registry) -> anyhow::Result<()> {
        must_exist(registry, &[Kind::Organisation], &none_of(Kind::Organisation), self.party.as_ref())
    }

    fn keeps(&self, _: &View<'_>, entry: &Entry<Network>) -> bool {
        wished(self.party.as_ref(), |id| entry.parties.iter().any(|party| party.organisation.id() == id))
    }
}

/// Agreements.
#[derive(Clone, Debug, Default)]
pub struct AgreementFilter {
    /// What it is.
    pub kind: Option<AgreementKind>,
    /// Whom it binds.
    pub party: Option<String>,
}

impl Filter<Agreement> for AgreementFilter {
    fn check(&self, registry: &Registry) -> anyhow::Result<()> {
        must_exist(registry, &BODY, &no_body(), self.party.as_ref())
    }

    fn keeps(&self, _: &View<'_>, entry: &Entry<Agreement>) -> bool {
        wished(self.kind.as_ref(), |kind| entry.kind == *kind)
            && wished(self.party.as_ref(), |id| entry.parties.iter().any(|party| party.body.id() == id))
    }
}

/// Members.
#[derive(Clone, Debug, Default)]
pub struct MemberFilter {
    /// Where they come from.
    pub organisation: Option<String>,
    /// Where they sit.
    pub body: Option<String>,
    /// The role.
    pub role: Option<Role>,
    /// Professional or user representative.
    pub background: Option<Background>,
}

impl Filter<Member> for MemberFilter {
    fn check(&self, registry: &Registry) -> anyhow::Result<()> {
        must_exist(registry, &[Kind::Organisation], &none_of(Kind::Organisation), self.organisation.as_ref())?;
        must_exist(registry, &BODY, &no_body(), self.body.as_ref())
    }

    fn keeps(&self, _: &View<'_>, entry: &Entry<Member>) -> bool {
        wished(self.organisation.as_ref(), |id| entry.organisation.id() == id)
            && wished(self.background.as_ref(), |background| entry.background == *background)
            && entry.appointment.iter().any(|seat| {
                wished(self.body.as_ref(), |id| seat.body.id() == id)
                    && wished(self.role.as_ref(), |role| seat.role == *role)
            })
    }
}

/// Courses.
#[derive(Clone, Debug, Default)]
pub struct CourseFilter {
    /// The module.
    pub module: Option<Module>,
    /// Who holds it.
    pub organiser: Option<String>,
    /// Whom it is for.
    pub audience: Option<Side>,
}

impl Filter<Course> for CourseFilter {
    fn check(&self, registry: &Registry) -> anyhow::Result<()> {
        must_exist(registry, &BODY, &no_organiser(), self.organiser.as_ref())
    }

    fn keeps(&self, view: &View<'_>, entry: &Entry<Course>) -> bool {
        wished(self.module.as_ref(), |module| entry.module == *module)
            && wished(self.organiser.as_ref(), |id| {
                let mut organisers = entry.organiser.iter().chain(&entry.co_organisers);
                organisers.any(|organiser| tally::is_part_of(view.registry, organiser.id(), id, None))
            })
            && wished(self.audience.as_ref(), |side| entry.audience.contains(side))
    }
}

/// Meetings.
#[derive(Clone, Debug, Default)]
pub struct MeetingFilter {
    /// What it is.
    pub kind: Option<MeetingKind>,
    /// Who meets.
    pub body: Option<String>,
    /// Who arranges it.
    pub organiser: Option<String>,
    /// Whom it is for.
    pub audience: Option<Side>,
}

impl Filter<Meeting> for MeetingFilter {
    fn check(&self, registry: &Registry) -> anyhow::Result<()> {
        must_exist(registry, &BODY, &no_body(), self.body.as_ref())?;
        must_exist(registry, &BODY, &no_organiser(), self.organiser.as_ref())
    }

    fn keeps(&self, view: &View<'_>, entry: &Entry<Meeting>) -> bool {
        wished(self.kind.as_ref(), |kind| entry.kind == *kind)
            && wished(self.body.as_ref(), |id| entry.body.as_ref().is_some_and(|body| body.id() == id))
            && wished(self.organiser.as_ref(), |id| {
                let mut organisers = entry.organiser.iter().chain(&entry.co_organisers);
                organisers.any(|organiser| tally::is_part_of(view.registry, organiser.id(), id, None))
            })
            && wished(self.audience.as_ref(), |side| entry.audience.contains(side))
    }
}

/// Plans.
#[derive(Clone, Debug, Default)]
pub struct PlanFilter {
    /// What it plans.
    pub kind: Option<PlanKind>,
}

impl Filter<Plan> for PlanFilter {
    fn check(&self, _: &Registry) -> anyhow::Result<()> {
        Ok(())
    }

    fn keeps(&self, _: &View<'_>, entry: &Entry<Plan>) -> bool {
        wished(self.kind.as_ref(), |kind| entry.kind.contains(kind))
    }
}

/// Reports.
#[derive(Clone, Debug, Default)]
pub struct ReportFilter {
    /// What it is.
    pub kind: Option<ReportKind>,
    /// Who compiles it.
    pub by: Option<String>,
}

impl Filter<Report> for ReportFilter {
    fn check(&self, registry: &Registry) -> anyhow::Result<()> {
        must_exist(registry, &BODY, &no_body(), self.by.as_ref())
    }

    fn keeps(&self, _: &View<'_>, entry: &Entry<Report>) -> bool {
        wished(self.kind.as_ref(), |kind| entry.kind == *kind)
            && wished(self.by.as_ref(), |id| entry.by.as_ref().is_some_and(|by| by.id() == id))
    }
}

/// Matters.
#[derive(Clone, Debug, Default)]
pub struct MatterFilter {
    /// What it is.
    pub kind: Option<MatterKind>,
    /// How it stands.
    pub status: Option<MatterStatus>,
    /// The focus area, as agreement/area.
    pub focus_area: Option<String>,
    /// Who has it, did it, got it or took part.
    pub body: Option<String>,
}

impl Filter<Matter> for MatterFilter {
    fn check(&self, registry: &Registry) -> anyhow::Result<()> {
        must_exist(registry, &BODY, &no_body(), self.body.as_ref())?;
        let Some(id) = &self.focus_area else { return Ok(()) };
        let areas = registry
            .agreements
            .iter()
            .flat_map(|agreement| agreement.focus_areas.iter().map(|area| format!("{}/{}", agreement.id, area.id)));
        let areas: Vec<String> = areas.collect();
        if areas.contains(id) {
            return Ok(());
        }
        // Of an agreement that is there, its own areas are meant.
        let agreement = id.split_inclusive('/').next().unwrap_or(id);
        let near = nearest(id, areas.iter().map(String::as_str), 3);
        let near = if near.is_empty() { super::alike(agreement, areas.iter().map(String::as_str)) } else { near };
        let none = say!(nn: "ikkje noko satsingsområde", nb: "ikke noe satsingsområde", en: "no focus area");
        let way = match near.is_empty() {
            true => say!(
                nn: "det blir skrive avtale/område",
                nb: "det skrives avtale/område",
                en: "it is written agreement/area",
            ),
            false => meant(&near),
        };
        bail!(missing(id, &none).and(&way))
    }

    fn keeps(&self, _: &View<'_>, entry: &Entry<Matter>) -> bool {
        wished(self.kind.as_ref(), |kind| entry.kind == *kind)
            && wished(self.status.as_ref(), |status| entry.status == Some(*status))
            && wished(self.focus_area.as_ref(), |id| entry.focus_area.as_ref().is_some_and(|area| area.id() == id))
            && wished(self.body.as_ref(), |id| {
                let mut bodies =
                    entry.by.iter().chain(&entry.to).chain(&entry.with).chain(&entry.body).chain(&entry.ordered_by);
                bodies.any(|body| body.id() == id)
            })
    }
}
