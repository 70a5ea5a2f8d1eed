//! A duty as it stands on a day, over all who owe it: in one line for people, whole for machines.

use serde_json::{Map, Value, json};

use crate::count::whole;
use crate::date::{Date, day_words};
use crate::mandate::folded::{age, standing_of_all};
use crate::mandate::wording::{self, distance, listed, some_of};
use crate::mandate::{Duty, Evidence, Found, Line, Mandates, Occurrence, Status};
use crate::model::{OrganisationKind, Owner};
use crate::names::Names;
use crate::say;
use crate::view::View;

/// More records than these are counted rather than named.
const NAMED: usize = 4;

/// A duty as it stands on a day, over all who owe it here.
pub(super) struct State<'a> {
    pub(super) duty: Duty<'a>,
    pub(super) also: Vec<Duty<'a>>,
    pub(super) networks: Vec<&'a str>,
    pub(super) stand: Stand<'a>,
    /// Where it is counted instead, for a duty that says another one again.
    pub(super) counted_in: Option<String>,
    /// Whether whoever asks has got it, although it is not done as a whole.
    pub(super) reached: bool,
}

pub(super) enum Stand<'a> {
    /// One occurrence for each who owes it: the one that matters on the day.
    Owed(Vec<Occurrence<'a>>),
    /// Owed for each record: how many have what they must, how many there are, which of them lack something.
    EachRecord { hold: usize, of: usize, lacking: Vec<Found<'a>>, unrecorded: usize },
    /// Nobody owes it on the day.
    Idle,
}

/// The duties of the lines that are meant, each as it stands on the day.
pub(super) fn states<'a>(mandates: &Mandates<'a>, day: Date, meant: &dyn Fn(&Line<'a>) -> bool) -> Vec<State<'a>> {
    states_of(mandates, day, meant, &|_| true)
}

/// The same of those occurrences alone that are meant.
pub(super) fn states_of<'a>(
    mandates: &Mandates<'a>,
    day: Date,
    meant: &dyn Fn(&Line<'a>) -> bool,
    counts: &dyn Fn(&Occurrence<'a>) -> bool,
) -> Vec<State<'a>> {
    let mut found: Vec<State<'a>> = Vec::new();
    for line in mandates.lines.iter().filter(|line| meant(line)) {
        for current in mandates.current(line, day).into_iter().filter(|one| counts(one)) {
            add(&mut found, line, current, mandates.ids(&line.grounds));
        }
    }
    found
}

/// Adds an occurrence to the state of those who owe the same for the same period.
fn add<'a>(found: &mut Vec<State<'a>>, line: &Line<'a>, current: Occurrence<'a>, networks: Vec<&'a str>) {
    let same = found.iter_mut().find(|state| {
        let alike = |all: &[Occurrence<'a>]| (all[0].due, all[0].period) == (current.due, current.period);
        std::ptr::eq(state.duty.obligation, line.duty.obligation)
            && matches!(&state.stand, Stand::Owed(all) if alike(all))
    });
    if let Some(State { stand: Stand::Owed(all), networks: known, .. }) = same {
        all.push(current);
        known.extend(networks);
        known.sort_unstable();
        known.dedup();
        return;
    }
    found.push(State {
        duty: line.duty,
        also: line.also.clone(),
        networks,
        stand: Stand::Owed(vec![current]),
        counted_in: None,
        reached: false,
    });
}

/// The duties that are owed for each record: those in force on the day with the records that are meant.
pub(super) fn each_record<'a>(
    mandates: &Mandates<'a>,
    day: Date,
    ground: Option<usize>,
    meant: &dyn Fn(&Found<'a>) -> bool,
) -> Vec<State<'a>> {
    let mut found = Vec::new();
    for per in mandates.per_record() {
        let governs = |at: &usize| mandates.grounds[*at].governed[&*per.duty.agreement.id].holds(day);
        if !per.grounds.iter().any(|at| ground.is_none_or(|ground| ground == *at) && governs(at)) {
            continue;
        }
        let kept: Vec<_> = per.on(mandates.registry, ground, day).filter(|kept| meant(&kept.found)).collect();
        let lacking = |tracked: bool| {
            kept.iter().filter(move |kept| !kept.lacks.is_empty() && kept.tracked == tracked).map(|kept| kept.found)
        };
        let stand = Stand::EachRecord {
            hold: kept.iter().filter(|kept| kept.lacks.is_empty()).count(),
            of: kept.len(),
            lacking: lacking(true).collect(),
            unrecorded: lacking(false).count(),
        };
        let networks = mandates.ids(&per.grounds);
        found.push(State { duty: per.duty, also: Vec::new(), networks, stand, counted_in: None, reached: false });
    }
    found
}

impl<'a> State<'a> {
    /// The occurrence that needs attention first.
    pub(super) fn first(&self) -> Option<&Occurrence<'a>> {
        match &self.stand {
            Stand::Owed(all) => all.iter().min_by_key(|one| (one.status, one.due)),
            _ => None,
        }
    }

    /// Whether nothing but a person can say how it stands.
    pub(super) fn is_judged(&self) -> bool {
        self.first().is_some_and(|first| first.status == Status::ToBeJudged)
    }

    /// Whether it is owed for each record of a kind of which there is none.
    pub(super) fn has_no_record(&self) -> bool {
        matches!(self.stand, Stand::EachRecord { of: 0, .. })
    }

    /// What needs doing first stands on top, what only a person can judge at the end.
    pub(super) fn order(&self) -> (u8, Option<Status>, Option<Date>) {
        match (&self.stand, self.first()) {
            (Stand::Owed(_), Some(first)) => {
                let last = matches!(first.status, Status::Standing | Status::ToBeJudged);
                (if last { 2 } else { 0 }, Some(first.status), first.due)
            }
            (Stand::EachRecord { .. }, _) => (1, None, None),
            _ => (3, None, None),
        }
    }

    /// How it stands, in words.
    pub(super) fn standing(&self, names: &Names<'_>) -> String {
        let lang = names.lang;
        let words = match &self.stand {
            Stand::Owed(all) => standing_of_all(&all.iter().collect::<Vec<_>>(), names),
            Stand::EachRecord { hold, of, lacking, unrecorded } => {
                let (all, hold) = (whole(*of, lang), whole(*hold, lang));
                let mut words = match of {
                    1 => {
                        say!(lang, nn: "oppfylt for {hold} av 1 post", nb: "oppfylt for {hold} av 1 post", en: "met for {hold} of 1 record")
                    }
                    _ => say!(lang,
                        nn: "oppfylt for {hold} av {all} postar",
                        nb: "oppfylt for {hold} av {all} poster",
                        en: "met for {hold} of {all} records",
                    ),
                };
                if *unrecorded > 0 {
                    words += &say!(lang,
                        nn: ", {unrecorded} utanfor registreringsperiodane",
                        nb: ", {unrecorded} utenfor registreringsperiodene",
                        en: ", {unrecorded} outside the tracked periods",
                    );
                }
                if !lacking.is_empty() {
                    let lacking = some_of(&lacking.iter().map(Found::path).collect::<Vec<_>>(), NAMED, lang);
                    words += &say!(lang, nn: "; manglar noko: {lacking}", nb: "; mangler noe: {lacking}", en: "; lacking something: {lacking}");
                }
                words
            }
            Stand::Idle => say!(lang, nn: "gjeld ikkje no", nb: "gjelder ikke nå", en: "not owed now"),
        };
        if self.reached {
            return say!(lang,
                nn: "{words} (er kome hit)",
                nb: "{words} (har kommet hit)",
                en: "{words} (has come here)",
            );
        }
        match &self.counted_in {
            Some(path) => say!(lang,
                nn: "{words} (det same som {path})",
                nb: "{words} (det samme som {path})",
                en: "{words} (the same as {path})",
            ),
            None => words,
        }
    }

    /// The due date; the period, where nothing is to be done; the newest evidence and its age, where there is no date.
    pub(super) fn when(&self, view: &View<'_>) -> String {
        let lang = view.lang;
        if let Some(first) = self.first() {
            let open = first.status.is_open() || first.status == Status::NotMet;
            match (first.due, first.period) {
                _ if first.status == Status::ReceiverEnded => return String::new(),
                (Some(due), _) if open => {
                    return format!("{} ({})", day_words(due, lang), distance((due - view.today).num_days(), lang));
                }
                (_, Some(period)) => {
                    let period = period.words(lang);
                    return say!(lang, nn: "for {period}", nb: "for {period}", en: "for {period}");
                }
                _ => {}
            }
        }
        let Some(on) = self.newest().and_then(|newest| newest.on) else { return String::new() };
        let (words, semesters) = (on.words(lang), view.registry.semesters());
        let last = on.last(&semesters);
        if last > view.today {
            // Spring in the midst of spring: nobody knows how long ago.
            return say!(lang, nn: "sist {words}", nb: "sist {words}", en: "last {words}");
        }
        let age = age(last, view.today, lang);
        say!(lang, nn: "sist {words} ({age})", nb: "sist {words} ({age})", en: "last {words} ({age})")
    }

    /// The newest evidence of a duty without dates.
    fn newest(&self) -> Option<&Evidence<'a>> {
        let Stand::Owed(all) = &self.stand else { return None };
        let standing = all.iter().filter(|one| one.status == Status::Standing);
        standing.flat_map(|one| &one.evidence).filter(|evidence| evidence.on.is_some()).max_by_key(|one| one.last)
    }

    /// Its own clause, and those of duties that say the same again.
    pub(super) fn clause(&self) -> String {
        let own = self.duty.obligation.clause.as_deref().unwrap_or_default().to_owned();
        let also = self.also.iter().map(|duty| {
            let clause = duty.obligation.clause.as_deref().unwrap_or(&duty.obligation.id);
            format!("{} {clause}", duty.agreement.id)
        });
        std::iter::once(own).chain(also).filter(|clause| !clause.is_empty()).collect::<Vec<_>>().join("; ")
    }

    pub(super) fn json(&self, names: &Names<'_>) -> Value {
        let obligation = self.duty.obligation;
        let mut map = Map::new();
        map.insert("duty".to_owned(), json!(self.duty.path()));
        map.insert("text".to_owned(), json!(obligation.text.as_ref().map(|text| text.get(names.lang))));
        map.insert("clause".to_owned(), json!(obligation.clause));
        let also: Vec<Value> =
            self.also.iter().map(|duty| json!({ "duty": duty.path(), "clause": duty.obligation.clause })).collect();
        map.insert("also".to_owned(), json!(also));
        map.insert("counted-in".to_owned(), json!(self.counted_in));
        map.insert("strength".to_owned(), json!(obligation.strength.unwrap_or_default().word()));
        map.insert("networks".to_owned(), json!(self.networks));
        match &self.stand {
            Stand::Owed(all) => {
                let first = self.first();
                let statuses = Status::ALL.iter().map(|status| {
                    let count = all.iter().filter(|one| one.status == *status).count();
                    (status.word().to_owned(), json!(count))
                });
                let statuses: Map<String, Value> = statuses.filter(|(_, count)| *count != json!(0)).collect();
                map.insert("status".to_owned(), json!(first.map(|first| first.status.word())));
                map.insert("due".to_owned(), json!(first.and_then(|first| first.due).map(|due| due.to_string())));
                map.insert("statuses".to_owned(), Value::Object(statuses));
                map.insert("of".to_owned(), json!(all.len()));
                map.insert("newest".to_owned(), self.newest().map_or(Value::Null, shown));
                map.insert("owners".to_owned(), all.iter().map(owner_json).collect());
            }
            Stand::EachRecord { hold, of, lacking, unrecorded } => {
                let lacking: Vec<String> = lacking.iter().map(Found::path).collect();
                map.insert("status".to_owned(), json!("per-record"));
                map.insert(
                    "records".to_owned(),
                    json!({ "hold": hold, "of": of, "lacking": lacking, "not-recorded": unrecorded }),
                );
            }
            Stand::Idle => {
                map.insert("status".to_owned(), json!("not-owed"));
            }
        }
        map.retain(|_, value| !value.is_null() && value.as_array().is_none_or(|list| !list.is_empty()));
        Value::Object(map)
    }
}

fn shown(evidence: &Evidence<'_>) -> Value {
    json!({ "record": evidence.found.path(), "on": evidence.on.map(|on| on.to_string()) })
}

fn owner_json(one: &Occurrence<'_>) -> Value {
    let mut value = json!({
        "by": one.by.ids,
        "to": one.to,
        "status": one.status.word(),
        "due": one.due.map(|due| due.to_string()),
        "period": one.period.map(|period| period.code()),
        "late-by": one.late_by.map(|late| late.days),
        "late-by-at-least": one.late_by.filter(|late| late.at_least).map(|_| true),
        "outstanding": one.outstanding,
        "evidence": one.evidence.iter().map(shown).collect::<Vec<_>>(),
    });
    if let Value::Object(map) = &mut value {
        map.retain(|_, value| !value.is_null() && value.as_array().is_none_or(|list| !list.is_empty()));
    }
    value
}

/// Who owes a duty, in few words: by name, or of which kind where they are many.
pub(super) fn who(state: &State<'_>, names: &Names<'_>) -> String {
    let lang = names.lang;
    let kinds = |kinds: &[OrganisationKind]| {
        listed(&kinds.iter().map(|kind| kind.label().get(lang).to_owned()).collect::<Vec<_>>(), lang)
    };
    if let Stand::Owed(all) = &state.stand
        && all.len() <= 2
    {
        let mut each: Vec<String> = all.iter().map(|one| wording::who(&one.by, names)).collect();
        each.dedup();
        return listed(&each, lang);
    }
    match &state.duty.obligation.by {
        None if state.duty.obligation.per.is_some() => {
            say!(lang, nn: "den som står for posten", nb: "den som står for posten", en: "whoever answers for the record")
        }
        None | Some(Owner::Network) => say!(lang, nn: "nettverket", nb: "nettverket", en: "the network"),
        Some(Owner::Body(body)) => names.short(body.id()),
        Some(Owner::Each(each)) => {
            let kinds = kinds(each);
            say!(lang, nn: "kvar part ({kinds})", nb: "hver part ({kinds})", en: "each party ({kinds})")
        }
        Some(Owner::Jointly(bodies)) => {
            let all = listed(&bodies.iter().map(|body| names.short(body.id())).collect::<Vec<_>>(), lang);
            say!(lang, nn: "{all} saman", nb: "{all} sammen", en: "{all} together")
        }
        Some(Owner::JointlyParties) => say!(lang, nn: "alle partane", nb: "alle partene", en: "all parties"),
        Some(Owner::Pair(pair)) => {
            let pair = kinds(pair);
            say!(lang, nn: "kvart par av {pair}", nb: "hvert par av {pair}", en: "each pair of {pair}")
        }
    }
}
