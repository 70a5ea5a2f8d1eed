//! What can be chosen in a column, and what people call it.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::rc::Rc;

use super::columns::{Column, Part};
use crate::lang::{Lang, Said};
use crate::model::Kind;
use crate::names::{Names, folded, norwegian};
use crate::read::{Shape, Target, short_names};
use crate::registry::Registry;
use crate::say;
use crate::spelling::{did_you_mean, likeliest, quoted};

/// Words that can be chosen, each with what people call it.
#[derive(Debug, Default)]
pub struct Choices {
    /// Whether nothing else can stand there.
    pub is_closed: bool,
    /// Word and name, in the order of names.
    pub all: Vec<(String, String)>,
    /// Which of them are offered; all, unless some are named.
    offered: Option<Vec<usize>>,
    /// Where each word is.
    places: HashMap<String, usize>,
    /// Where that is which is shown so.
    names: HashMap<String, usize>,
    /// What a spelling means; several where it is not clear.
    meant: HashMap<String, Vec<usize>>,
}

impl Choices {
    /// What can stand at a key, such as the records that it can refer to.
    #[must_use]
    pub fn of(registry: &Registry, shape: &Shape, lang: Lang) -> Self {
        choices(registry, shape, lang)
    }

    /// The words with what they are shown as, and with their other spellings.
    fn new(is_closed: bool, words: Vec<(String, String, Vec<String>)>) -> Self {
        let mut shown_as: HashMap<String, usize> = HashMap::new();
        for (_, name, _) in &words {
            *shown_as.entry(folded(name)).or_default() += 1;
        }
        let mut choices = Self { is_closed, ..Self::default() };
        for (index, (word, name, others)) in words.into_iter().enumerate() {
            for spelling in others.iter().chain([&name, &word]) {
                let meant = choices.meant.entry(folded(spelling)).or_default();
                if !meant.contains(&index) {
                    meant.push(index);
                }
            }
            let is_clear = shown_as.get(&folded(&name)) == Some(&1) && !name.is_empty() && !name.contains(';');
            let name = if is_clear || is_closed { name } else { format!("{} [{word}]", name.replace(';', ",")) };
            choices.places.insert(word.clone(), index);
            choices.names.insert(name.trim().to_owned(), index);
            choices.all.push((word, name.trim().to_owned()));
        }
        choices
    }

    /// Word and name of those that are offered.
    pub(super) fn offered(&self) -> Vec<&(String, String)> {
        match &self.offered {
            Some(offered) => offered.iter().map(|index| &self.all[*index]).collect(),
            None => self.all.iter().collect(),
        }
    }

    /// What a word is shown as; the word itself where nothing is known of it.
    #[must_use]
    pub fn shown<'a>(&'a self, word: &'a str) -> &'a str {
        self.places.get(word).map_or(word, |index| &self.all[*index].1)
    }

    /// The word that is meant.
    ///
    /// # Errors
    ///
    /// When nothing is called so, or several are.
    pub fn word(&self, said: &str) -> Result<&str, Said> {
        let said = said.trim();
        if let Some(index) = self.names.get(said).or_else(|| self.places.get(said)) {
            return Ok(&self.all[*index].0);
        }
        let bracketed = said.strip_suffix(']').and_then(|rest| rest.rsplit_once('[')).map(|(_, word)| word.trim());
        if let Some(index) = bracketed.and_then(|word| self.places.get(word)) {
            return Ok(&self.all[*index].0);
        }
        self.spelt(said)?.ok_or_else(|| self.nothing(said))
    }

    /// The word that is meant, if anything is called so. A word itself means nothing else.
    ///
    /// # Errors
    ///
    /// When several are called so.
    pub fn called(&self, said: &str) -> Result<Option<&str>, Said> {
        let said = said.trim();
        match self.places.get(said) {
            Some(index) => Ok(Some(&self.all[*index].0)),
            None => self.spelt(said),
        }
    }

    fn spelt(&self, said: &str) -> Result<Option<&str>, Said> {
        match self.meant.get(&folded(said)).map(Vec::as_slice) {
            Some(&[index]) => Ok(Some(&self.all[index].0)),
            Some(several) if !several.is_empty() => Err(self.several(said, several)),
            _ => Ok(None),
        }
    }

    fn several(&self, said: &str, which: &[usize]) -> Said {
        let (said, list) = (quoted(said), self.some(which.iter().copied()));
        say!(
            nn: "«{said}» kan vere fleire; skriv éin av desse: {list}",
            nb: "«{said}» kan være flere; skriv én av disse: {list}",
            en: "\"{said}\" can be several; write one of these: {list}",
        )
    }

    fn nothing(&self, said: &str) -> Said {
        let mut near = likeliest(said, self.all.iter().map(|(_, name)| name.as_str()));
        if near.is_empty() {
            // «Vågvik» for «Vågvik kommune».
            const FEW: usize = 3;
            let start = folded(said);
            let longer = self.all.iter().map(|(_, name)| name.as_str()).filter(|name| folded(name).starts_with(&start));
            near = longer.take(FEW + 1).collect();
            near.truncate(if near.len() > FEW { 0 } else { FEW });
        }
        let meant = match did_you_mean(&near) {
            Some(meant) => meant,
            None if self.is_closed => {
                let list = self.some(0..self.all.len());
                say!(nn: "vel mellom desse: {list}", nb: "velg mellom disse: {list}", en: "choose from these: {list}")
            }
            None => say!(
                nn: "skriv namnet slik det står i registeret, eller vel frå lista i cella om ho har ei",
                nb: "skriv navnet slik det står i registeret, eller velg fra listen i cellen om den har en",
                en: "write the name as the registry has it, or choose from the list of the cell if it has one",
            ),
        };
        let (said, Said { nn, nb, en }) = (quoted(said), meant);
        say!(
            nn: "ingenting her heiter «{said}»; {nn}",
            nb: "ingenting her heter «{said}»; {nb}",
            en: "nothing here is called \"{said}\"; {en}",
        )
    }

    /// Names one after the other, not too many.
    fn some(&self, which: impl Iterator<Item = usize>) -> String {
        const SHOWN: usize = 12;
        let mut names: Vec<String> = which.take(SHOWN + 1).map(|index| quoted(&self.all[index].1)).collect();
        if names.len() > SHOWN {
            names[SHOWN] = "…".to_owned();
        }
        names.join(", ")
    }
}

/// All that can be chosen in the columns of a workbook, in its language.
#[derive(Debug)]
pub struct Vocabulary {
    lists: BTreeMap<String, Rc<Choices>>,
}

impl Vocabulary {
    /// What can be chosen in these columns.
    #[must_use]
    pub fn of(registry: &Registry, columns: &[(Part, Vec<Column>)], lang: Lang) -> Self {
        let mut lists = BTreeMap::new();
        for (part, columns) in columns {
            for column in columns {
                let Some(key) = list_key(*part, column) else { continue };
                lists.entry(key).or_insert_with(|| Rc::new(choices(registry, column.each(), lang)));
            }
        }
        Self { lists }
    }

    /// What can be chosen in a column; nothing where anything can stand.
    #[must_use]
    pub fn list(&self, part: Part, column: &Column) -> Option<&Choices> {
        self.lists.get(&list_key(part, column)?).map(|choices| &**choices)
    }

    /// Offers only these records of a kind.
    pub(super) fn offer(&mut self, kind: Kind, ids: &HashSet<&str>) {
        if let Some(choices) = self.lists.get_mut(kind.word()).and_then(Rc::get_mut) {
            let is_own = |index: &usize| ids.contains(choices.all[*index].0.as_str());
            choices.offered = Some((0..choices.all.len()).filter(is_own).collect());
        }
    }

    /// The lists by their names.
    pub fn lists(&self) -> impl Iterator<Item = (&str, &Choices)> {
        self.lists.iter().map(|(key, choices)| (&**key, &**choices))
    }
}

/// The name of the list that a column chooses from.
pub(super) fn list_key(part: Part, column: &Column) -> Option<String> {
    match column.each() {
        Shape::Choice(..) => Some(format!("{}.{}", part.word(), column.key)),
        Shape::Flag => Some("flag".to_owned()),
        Shape::Reference(Target::Record(kind)) => Some(kind.word().to_owned()),
        Shape::Reference(Target::Body) => Some("bodies".to_owned()),
        Shape::Reference(Target::Condition) => Some("conditions".to_owned()),
        Shape::Reference(Target::Area) => Some("areas".to_owned()),
        _ => None,
    }
}

fn choices(registry: &Registry, shape: &Shape, lang: Lang) -> Choices {
    let own = |word: &str, name: &str, others: Vec<String>| (word.to_owned(), name.to_owned(), others);
    match shape {
        Shape::Choice(words, label) => {
            let with_label = |(index, word): (usize, &&str)| match label(index) {
                Some(label) => {
                    let others = [label.nn, label.nb, label.en].into_iter().chain(short_names(word).iter().copied());
                    own(word, label.get(lang), others.map(str::to_owned).collect())
                }
                None => own(word, word, Vec::new()),
            };
            Choices::new(true, words.iter().enumerate().map(with_label).collect())
        }
        Shape::Flag => {
            let yes = say!(lang, nn: "ja", nb: "ja", en: "yes");
            let no = say!(lang, nn: "nei", nb: "nei", en: "no");
            let words = |words: [&str; 3]| words.map(str::to_owned).to_vec();
            Choices::new(
                true,
                vec![own("true", &yes, words(["ja", "yes", "x"])), own("false", &no, words(["nei", "no", "-"]))],
            )
        }
        Shape::Reference(target) => Choices::new(false, references(registry, *target, lang)),
        _ => Choices::default(),
    }
}

/// What a reference can point to, in the order of names.
fn references(registry: &Registry, target: Target, lang: Lang) -> Vec<(String, String, Vec<String>)> {
    let names = Names { registry, lang };
    let kinds: &[Kind] = match target {
        Target::Body => &[Kind::Network, Kind::Organisation],
        Target::Record(kind) => &[kind],
        _ => &[],
    };
    let mut found: Vec<(String, String, Vec<String>)> = Vec::new();
    for kind in kinds {
        for id in registry.ids(*kind) {
            let spellings = Lang::ALL.into_iter().flat_map(|lang| {
                let names = Names { registry, lang };
                [names.title(*kind, id), names.reference(target, id)]
            });
            let spellings = spellings.chain(registry.called(*kind, id).map(str::to_owned));
            let name = match kind {
                Kind::Member => member(&names, id),
                kind => names.title(*kind, id),
            };
            found.push((id.to_owned(), name, spellings.collect()));
        }
    }
    if target == Target::Condition {
        let all = registry.manifest.condition.iter();
        found.extend(all.map(|one| {
            let also = one.also.iter().map(|also| &**also);
            let spellings = one.title.wordings().chain(also).map(str::to_owned).collect();
            (one.id.to_string(), one.title.get(lang).to_owned(), spellings)
        }));
    }
    if target == Target::Area {
        let all = registry.networks.iter().flat_map(|network| &network.areas);
        found.extend(all.map(|one| {
            (one.id.to_string(), one.title.get(lang).to_owned(), one.title.wordings().map(str::to_owned).collect())
        }));
        let mut seen = HashSet::new();
        found.retain(|(id, ..)| seen.insert(id.clone()));
    }
    let collator = norwegian();
    found.sort_by(|a, b| collator.compare(&a.1, &b.1).then_with(|| a.0.cmp(&b.0)));
    found
}

/// A member by office and organisation; never by name.
fn member(names: &Names<'_>, id: &str) -> String {
    let title = names.title(Kind::Member, id);
    let from = names.registry.members.get(id).map(|member| names.short(member.organisation.id())).unwrap_or_default();
    if title.contains(&from) { title } else { format!("{title} ({from})") }
}
