//! `text-without-language`: a text by language, without the one in which its readers get everything else.

use super::Found;
use super::identity::without_indexes;
use crate::diagnostic::{Diagnostic, Place};
use crate::lang::{Lang, Text};
use crate::mandate::wording::some_of;
use crate::mandate::{Found as Held, Ground, Mandates};
use crate::model::{Kind, Network, OutputLanguage};
use crate::read::Trail;
use crate::registry::{Registry, Site};
use crate::source::{FileId, KeyPath, Step};
use crate::{rules, say};

/// How many keys of a record are named.
const NAMED: usize = 3;

/// Looks at texts one by one, record after record.
pub(super) struct Check<'c, 'a> {
    registry: &'a Registry,
    grounds: &'c [Ground<'a>],
    /// The languages that any record may be read in: a text that has them all needs no second look.
    used: Vec<OutputLanguage>,
    /// What each record with such a text is read in, and where the texts are.
    lacking: Vec<(FileId, Vec<OutputLanguage>, Vec<KeyPath>)>,
}

impl<'c, 'a> Check<'c, 'a> {
    pub(super) fn new(registry: &'a Registry, mandates: &'c Mandates<'a>) -> Self {
        let networks = registry.networks.iter().filter_map(|network| network.language);
        let mut used: Vec<OutputLanguage> = networks.chain(registry.manifest.language).collect();
        used.sort_unstable();
        used.dedup();
        Self { registry, grounds: &mandates.grounds, used, lacking: Vec::new() }
    }

    pub(super) fn check(&mut self, site: Site<'_>, trail: &Trail, text: &Text) {
        let Text::ByLanguage(texts) = text else { return };
        let has = |language: &OutputLanguage| {
            texts.iter().any(|(code, text)| *code == language.word() && !text.trim().is_empty())
        };
        if self.used.iter().all(has) || is_quoted(site.kind, &trail.path) {
            return;
        }
        if self.lacking.last().is_none_or(|(file, ..)| *file != site.file) {
            self.lacking.push((site.file, self.languages(site), Vec::new()));
        }
        if let Some((_, languages, paths)) = self.lacking.last_mut()
            && !languages.is_empty()
            && !languages.iter().any(has)
        {
            paths.push(trail.path.clone());
        }
    }

    /// The languages in which a record is read: those of the networks that it concerns, or else that of the registry.
    fn languages(&self, site: Site<'_>) -> Vec<OutputLanguage> {
        let own = |network: &Network| network.language.or(self.registry.manifest.language);
        let held = Held::get(self.registry, site.kind, site.id);
        let concerns = |ground: &&Ground<'a>| match &held {
            Some(Held::Agreement(agreement)) => ground.governed.contains_key(&*agreement.id),
            Some(held) => ground.concerns(held),
            None => false,
        };
        let near: Vec<_> = self.grounds.iter().filter(concerns).map(|ground| own(ground.network)).collect();
        if near.is_empty() {
            return self.registry.manifest.language.into_iter().collect();
        }
        // Where one of the networks has no language, any will do.
        let mut languages: Vec<OutputLanguage> = near.into_iter().collect::<Option<_>>().unwrap_or_default();
        languages.sort_unstable();
        languages.dedup();
        languages
    }

    pub(super) fn finish(self, found: &mut Found) {
        let lacking = self.lacking.into_iter().filter(|(.., paths)| !paths.is_empty());
        found.extend(lacking.map(|(file, languages, paths)| lacks(file, &languages, paths)));
    }
}

/// Whether a text has the words of a document, or is a name: it stands as it is.
fn is_quoted(kind: Kind, path: &KeyPath) -> bool {
    let mut keys = path.0.iter().filter_map(|step| if let Step::Key(key) = step { Some(*key) } else { None });
    let first = keys.next().unwrap_or_default();
    let last = keys.next_back().unwrap_or(first);
    match (kind, first) {
        (_, "documents" | "attachments" | "waive") => true,
        (Kind::Organisation | Kind::Network, "name" | "abbreviation" | "also-called" | "formerly") => true,
        (Kind::Agreement, "title" | "abbreviation" | "purpose" | "tasks") => true,
        (Kind::Agreement, "seat" | "obligation") => last == "text",
        (Kind::Plan, "title") | (Kind::Report, "title" | "narrative" | "signed") => true,
        (Kind::Report, "figure") => last == "title",
        _ => false,
    }
}

fn lacks(file: FileId, languages: &[OutputLanguage], paths: Vec<KeyPath>) -> Diagnostic {
    let keys = |lang, open, close| {
        let keys: Vec<String> = paths.iter().map(|path| format!("{open}{path}{close}")).collect();
        some_of(&keys, NAMED, lang)
    };
    let named = |lang: Lang, or| {
        let names: Vec<&str> = languages.iter().map(|language| language.label().get(lang)).collect();
        names.join(or)
    };
    let (nn, nb, en) = (keys(Lang::Nn, "«", "»"), keys(Lang::Nb, "«", "»"), keys(Lang::En, "\"", "\""));
    let (nynorsk, bokmal, english) = (named(Lang::Nn, " eller "), named(Lang::Nb, " eller "), named(Lang::En, " or "));
    let message = say!(
        nn: "{nn} manglar på {nynorsk}; rapportar og lister viser eit anna språk i staden",
        nb: "{nb} mangler på {bokmal}; rapporter og lister viser et annet språk i stedet",
        en: "no {english} for {en}; reports and lists show another language instead",
    );
    let code = languages.first().map_or("", |language| language.word());
    let hint = say!(
        nn: "legg til {code} = \"…\"; er teksten lik på alle språk, skriv han utan språk: \"…\"",
        nb: "legg til {code} = \"…\"; er teksten lik på alle språk, skriv den uten språk: \"…\"",
        en: "add {code} = \"…\"; if the text is the same in all languages, write it without one: \"…\"",
    );
    let parts: Vec<String> = paths.iter().map(|path| without_indexes(&path.to_string())).collect();
    let first = paths.into_iter().next().unwrap_or_default();
    Diagnostic::new(&rules::TEXT_WITHOUT_LANGUAGE, Place::key(file, first), message).hint(hint).parts(parts)
}
