//! What names mean: the ids that a title, an abbreviation or another name stands for.

use std::collections::{BTreeSet, HashMap};

use icu_normalizer::ComposingNormalizerBorrowed;

use crate::lang::Text;
use crate::model::Kind;
use crate::read::Target;
use crate::registry::{Registry, slug};

/// Every name of the registry, with what it can stand for. Made when the first name has to be looked up.
pub(super) struct Named<'a> {
    ids: HashMap<(Space<'a>, String), BTreeSet<&'a str>>,
}

/// Among what a name is looked up.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Space<'a> {
    Records(Kind),
    Conditions,
    FocusAreas(&'a str),
    Areas(&'a str),
}

impl<'a> Named<'a> {
    pub(super) fn new(registry: &'a Registry) -> Self {
        let mut named = Self { ids: HashMap::new() };
        for kind in Kind::ALL {
            for id in registry.ids(*kind) {
                let title = registry.pointed(*kind, id).and_then(|record| record.title);
                named.add(Space::Records(*kind), id, wordings(title));
            }
        }
        for organisation in &registry.organisations {
            let names = wordings(&organisation.abbreviation)
                .chain(wordings(&organisation.also_called))
                .chain(organisation.formerly.iter().flat_map(|former| former.name.wordings()));
            named.add(Space::Records(Kind::Organisation), &organisation.id, names);
        }
        for network in &registry.networks {
            let names = wordings(&network.abbreviation).chain(wordings(&network.also_called));
            named.add(Space::Records(Kind::Network), &network.id, names);
            for area in &network.areas {
                named.add(Space::Areas(&network.id), &area.id, area.title.wordings());
            }
        }
        for agreement in &registry.agreements {
            named.add(Space::Records(Kind::Agreement), &agreement.id, wordings(&agreement.abbreviation));
            for area in &agreement.focus_areas {
                named.add(Space::FocusAreas(&agreement.id), &area.id, area.title.wordings());
            }
        }
        for condition in &registry.manifest.condition {
            let names = condition.title.wordings().chain(condition.also.iter().map(|name| &**name));
            named.add(Space::Conditions, &condition.id, names);
        }
        named
    }

    fn add(&mut self, space: Space<'a>, id: &'a str, names: impl Iterator<Item = &'a str>) {
        for name in names.map(folded).chain([id.to_owned()]) {
            self.ids.entry((space, name)).or_default().insert(id);
        }
    }

    /// What a reference by name can mean, as references are written. `networks` are those whose areas may be meant.
    pub(super) fn meant(&self, target: Target, word: &str, networks: &[&str]) -> Vec<String> {
        let found = match target {
            Target::Record(kind) => self.among(&[Space::Records(kind)], word),
            Target::Body => self.among(&[Space::Records(Kind::Organisation), Space::Records(Kind::Network)], word),
            Target::Condition => self.among(&[Space::Conditions], word),
            Target::Area => {
                let spaces: Vec<_> = networks.iter().map(|network| Space::Areas(network)).collect();
                self.among(&spaces, word)
            }
            Target::FocusArea | Target::AnyRecord => {
                let Some((first, word)) = word.split_once('/') else { return Vec::new() };
                let space = match target {
                    Target::FocusArea => Some(Space::FocusAreas(first)),
                    _ => Kind::from_word(first).map(Space::Records),
                };
                let found = space.map(|space| self.among(&[space], word)).unwrap_or_default();
                return found.into_iter().map(|id| format!("{first}/{id}")).collect();
            }
            Target::Duty => BTreeSet::new(), // duties have no names
        };
        found.into_iter().map(str::to_owned).collect()
    }

    fn among(&self, spaces: &[Space<'_>], word: &str) -> BTreeSet<&'a str> {
        // An id made of a word with æ, ø or å may also have been made of another word.
        let made = Some(word).filter(|word| word.is_ascii()).map(slug);
        let forms = [Some(folded(word)), made];
        let forms = forms.iter().flatten();
        forms
            .flat_map(|form| spaces.iter().filter_map(|space| self.ids.get(&(*space, form.clone()))))
            .flatten()
            .copied()
            .collect()
    }
}

fn wordings<'a>(texts: impl IntoIterator<Item = &'a Text>) -> impl Iterator<Item = &'a str> {
    texts.into_iter().flat_map(Text::wordings)
}

/// A name without what does not tell names apart: capitals, spaces too many, Unicode forms.
fn folded(name: &str) -> String {
    let words: Vec<&str> = name.split_whitespace().collect();
    ComposingNormalizerBorrowed::new_nfc().normalize(&words.join(" ")).to_lowercase()
}
