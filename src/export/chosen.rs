//! Which records an export has.

use std::collections::{HashMap, HashSet};

use crate::date::{Date, Span};
use crate::lang::Lang;
use crate::model::{Kind, Network};
use crate::read::{Link, Seen, Target};
use crate::registry::{Entry, Registry, for_each_kind};
use crate::view::{Listed, View, none_of, unknown};

/// What is wanted of a registry.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    /// Only what belongs to this network, and what that refers to.
    pub network: Option<String>,
    /// Only what holds or happens in this year, and what that refers to.
    pub year: Option<i32>,
    /// Only these tables.
    pub tables: Vec<String>,
}

impl Wanted {
    fn network<'a>(&self, registry: &'a Registry) -> anyhow::Result<Option<&'a Entry<Network>>> {
        let known = |id: &String| {
            registry.networks.get(id).ok_or_else(|| unknown(id, &none_of(Kind::Network), registry.ids(Kind::Network)))
        };
        Ok(self.network.as_ref().map(known).transpose()?)
    }
}

/// The records of an export, by kind and id; nothing where it has them all.
#[derive(Debug)]
pub(super) struct Chosen<'a>(Option<HashSet<(Kind, &'a str)>>);

impl<'a> Chosen<'a> {
    /// Those that are wanted, and whatever they refer to, so that each reference leads to something.
    pub(super) fn of(registry: &'a Registry, wanted: &Wanted, lang: Lang) -> anyhow::Result<Self> {
        let Self(Some(mut chosen)) = Self::wanted(registry, wanted, lang)? else { return Ok(Self(None)) };
        let mut references: HashMap<(Kind, &str), Vec<(Kind, &str)>> = HashMap::new();
        registry.walk(|site, _, seen| {
            if let Seen::Reference(link) = seen {
                references.entry((site.kind, site.id)).or_default().extend(records(registry, link));
            }
        });
        let mut open: Vec<(Kind, &str)> = chosen.iter().copied().collect();
        while let Some(record) = open.pop() {
            open.extend(references.get(&record).into_iter().flatten().filter(|other| chosen.insert(**other)));
        }
        Ok(Self(Some(chosen)))
    }

    /// Those that are wanted alone.
    pub(super) fn wanted(registry: &'a Registry, wanted: &Wanted, lang: Lang) -> anyhow::Result<Self> {
        let network = wanted.network(registry)?;
        if network.is_none() && wanted.year.is_none() {
            return Ok(Self(None));
        }
        let mut chosen = HashSet::new();
        let view = View { registry, lang, today: Date::default(), year: wanted.year };
        macro_rules! choose {
            ($($kind:ident $table:ident,)*) => {$(
                let entries = registry.$table.iter().filter(|entry| is_wanted(&view, entry, network));
                chosen.extend(entries.map(|entry| (Kind::$kind, &*entry.id)));
            )*};
        }
        for_each_kind!(choose);
        Ok(Self(Some(chosen)))
    }

    /// These, with one more.
    pub(super) fn add(&mut self, kind: Kind, id: &'a str) {
        if let Self(Some(chosen)) = self {
            chosen.insert((kind, id));
        }
    }

    pub(super) fn has(&self, kind: Kind, id: &str) -> bool {
        self.0.as_ref().is_none_or(|chosen| chosen.contains(&(kind, id)))
    }
}

fn is_wanted<T: Listed>(view: &View<'_>, entry: &Entry<T>, network: Option<&Entry<Network>>) -> bool {
    network.is_none_or(|network| T::in_network(view.registry, entry, network))
        && view.year.is_none_or(|year| T::in_force(view, entry, &Span::year(year)))
}

/// The records that a reference leads to.
fn records<'a>(registry: &'a Registry, link: Link<'a>) -> Vec<(Kind, &'a str)> {
    let there = |kinds: &[Kind], id: &'a str| {
        kinds.iter().filter(|kind| registry.pointed(**kind, id).is_some()).map(|kind| (*kind, id)).collect()
    };
    match link.target {
        Target::Record(kind) => there(&[kind], link.id),
        Target::Body => there(&[Kind::Organisation, Kind::Network], link.id),
        Target::FocusArea | Target::Duty => {
            link.id.split_once('/').map_or_else(Vec::new, |(agreement, _)| there(&[Kind::Agreement], agreement))
        }
        Target::AnyRecord => match link.id.split_once('/').and_then(|(kind, id)| Some((Kind::from_word(kind)?, id))) {
            Some((kind, id)) => there(&[kind], id),
            None => Vec::new(),
        },
        Target::Condition | Target::Area => Vec::new(),
    }
}
