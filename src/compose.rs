//! New records: what a kind asks for, what is likely, where the file stands and what it is called.
//!
//! What is likely follows from the records that are there: the *sibling* of a new record is the last one that is most like
//! it. Asks nobody and writes nothing.

mod id;
mod sibling;
mod twin;

use std::cell::OnceCell;
use std::path::{Component, Path, PathBuf};
use std::rc::Rc;

use serde_json::Value;
pub use sibling::Family;
use sibling::{Sibling, value_of};
pub use twin::Twin;

use crate::edit::{Edit, edited, with_part};
use crate::lang::{Label, Lang, Said};
use crate::model::{ConditionEntry, Kind};
use crate::read::{FieldInfo, Shape, Target, short_names};
use crate::registry::{Registry, fields_of_kind};
use crate::say;

/// The keys that are asked for, in this order, besides those that must be there; `list.key` is a key of the one part of a
/// list.
const fn asked(kind: Kind) -> &'static [&'static str] {
    match kind {
        Kind::Organisation => &["name", "kind", "part-of", "trust"],
        Kind::Agreement => &["title", "kind", "parties", "from"],
        Kind::Network => &["name", "language", "governed-by", "reports-to"],
        Kind::Member => {
            &["organisation", "background", "function", "appointment.body", "appointment.role", "appointment.from"]
        }
        Kind::Offering => {
            &["network", "title", "organiser", "care-level", "reach", "form", "scope", "condition", "audience"]
        }
        Kind::Course => &["network", "module", "title", "organiser", "start", "end"],
        Kind::Meeting => &["body", "kind", "title", "start", "end", "mode", "place"],
        Kind::Plan => &["network", "kind", "year"],
        Kind::Report => &["network", "kind", "year"],
        Kind::Matter => &["network", "kind", "title", "opened", "status"],
    }
}

/// Keys in which a new record is not like its sibling.
const OF_ITS_OWN: [&str; 8] = ["title", "name", "function", "start", "end", "year", "opened", "organisation"];

/// A key that is asked for.
#[derive(Clone, Debug)]
pub struct Question {
    /// The key.
    pub key: &'static str,
    /// What may stand there.
    pub shape: Shape,
    /// Whether it must be there.
    pub required: bool,
    /// What it is likely to be: the values of the sibling.
    pub likely: Vec<String>,
    /// The language that the text is to be in, where it is a text by language.
    pub lang: Option<Lang>,
}

/// A word that can be chosen, with what people call it.
#[derive(Clone, Debug)]
pub struct Choice {
    /// The word, or the id of a record.
    pub word: String,
    /// What it is shown as.
    pub name: String,
    /// What else it is called: abbreviations, other languages.
    pub also: Vec<String>,
}

impl Choice {
    /// A word of a closed list.
    #[must_use]
    pub fn of(word: &str, label: Option<Label>, lang: Lang) -> Self {
        let labels = label.map(|label| [label.nn, label.nb, label.en]).into_iter().flatten();
        Self {
            word: word.to_owned(),
            name: label.map_or("", |label| label.get(lang)).to_owned(),
            also: labels.chain(short_names(word).iter().copied()).map(str::to_owned).collect(),
        }
    }
}

/// That a new record of a kind may be called so.
///
/// # Errors
///
/// When it can be no id, or is taken.
pub fn usable(registry: &Registry, kind: Kind, id: &str) -> Result<(), Said> {
    id::usable(&Family::new(registry, kind), id)
}

/// A record that is being made.
pub struct Draft<'r> {
    family: Rc<Family<'r>>,
    registry: &'r Registry,
    kind: Kind,
    fields: Vec<FieldInfo>,
    edits: Vec<Edit>,
    /// The record as JSON, as far as it is known.
    value: OnceCell<Value>,
}

impl<'r> Draft<'r> {
    /// A record of a kind, of which these keys are known. Where the siblings have texts by language, texts are in the language
    /// of the network, or of the registry.
    #[must_use]
    pub fn new(registry: &'r Registry, kind: Kind, edits: Vec<Edit>) -> Self {
        Self::of(&Rc::new(Family::new(registry, kind)), edits)
    }

    /// The same for one of many records of a kind.
    #[must_use]
    pub fn of(family: &Rc<Family<'r>>, edits: Vec<Edit>) -> Self {
        let (registry, kind) = (family.registry, family.kind);
        Self { family: Rc::clone(family), registry, kind, fields: fields_of_kind(kind), edits, value: OnceCell::new() }
    }

    /// The language of the texts.
    fn lang(&self) -> Lang {
        let of = ["network", "body"].iter().filter_map(|key| self.edits.iter().find(|edit| edit.key == *key));
        let mut networks = of.filter_map(|edit| self.registry.networks.get(edit.to.as_ref()?.first()?));
        let of_network = networks.find_map(|network| network.language);
        of_network.or(self.registry.manifest.language).map(Lang::from).unwrap_or_default()
    }

    /// Adds what is to stand under a key.
    pub fn add(&mut self, edit: Edit) {
        self.edits.push(edit);
        self.value = OnceCell::new();
    }

    /// Whether a text stands under its language: if the sibling has it so, or most others.
    fn is_by_language(&self, key: &str, sibling: Option<&Sibling>) -> bool {
        let is_text = self.shape(key).is_some_and(|(shape, _)| matches!(shape, Shape::Text));
        let like = sibling.and_then(|sibling| value_of(&sibling.value, key)).map(Value::is_object);
        let most = || {
            let others = self.family.all();
            let texts = others.iter().filter_map(|other| value_of(&other.value, key));
            let (by_language, plain): (Vec<_>, Vec<_>) = texts.partition(|text| text.is_object());
            by_language.len() > plain.len()
        };
        is_text && like.unwrap_or_else(most)
    }

    /// Puts a text under its language, unless it is written with it.
    fn with_language(&self, edit: &Edit, sibling: Option<&Sibling>) -> Edit {
        let is_table = edit.to.iter().flatten().any(|said| said.trim().starts_with('{'));
        let by_language = !is_table && self.is_by_language(&edit.key, sibling);
        let key = if by_language { format!("{}.{}", edit.key, self.lang()) } else { edit.key.clone() };
        Edit { key, to: edit.to.clone() }
    }

    /// The keys that are not known yet and are asked for.
    #[must_use]
    pub fn questions(&self) -> Vec<Question> {
        let given = |key: &str| {
            let below =
                |edit: &Edit| edit.key.strip_prefix(key).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'));
            self.edits.iter().any(below)
        };
        let sibling = self.sibling();
        let question = |key: &'static str| {
            let (shape, required) = self.shape(key)?;
            let likely = sibling.filter(|_| !OF_ITS_OWN.contains(&key));
            let likely =
                likely.and_then(|sibling| value_of(&sibling.value, key)).map(sibling::words).unwrap_or_default();
            let lang = self.is_by_language(key, sibling).then(|| self.lang());
            Some(Question { key, shape, required, likely, lang })
        };
        asked(self.kind).iter().filter(|key| !given(key)).filter_map(|key| question(key)).collect()
    }

    /// What may stand under a key, and whether it must be there.
    fn shape(&self, key: &str) -> Option<(Shape, bool)> {
        let (mut fields, mut required, mut shape) = (Some(self.fields.clone()), true, None);
        for part in key.split('.') {
            let field = fields?.into_iter().find(|field| field.key == part)?;
            required &= field.required;
            fields = field.shape.fields();
            shape = Some(field.shape);
        }
        Some((shape?, required))
    }

    /// What can be chosen under a key; nothing where anything can stand.
    #[must_use]
    pub fn choices(&self, shape: &Shape, lang: Lang) -> Vec<Choice> {
        let records = |kind: Kind| -> Vec<Choice> {
            let title =
                |id: &str| self.registry.pointed(kind, id).and_then(|found| found.title).map(|title| title.get(lang));
            let choice = |id: &str| Choice {
                word: id.to_owned(),
                name: title(id).unwrap_or_default().to_owned(),
                also: self.registry.called(kind, id).map(str::to_owned).collect(),
            };
            self.registry.ids(kind).map(choice).collect()
        };
        match shape.innermost() {
            Shape::Choice(words, label) => {
                words.iter().enumerate().map(|(index, word)| Choice::of(word, label(index), lang)).collect()
            }
            Shape::Reference(Target::Record(kind)) => records(*kind),
            Shape::Reference(Target::Body) => {
                records(Kind::Network).into_iter().chain(records(Kind::Organisation)).collect()
            }
            Shape::Reference(Target::Condition) => {
                let conditions = self.registry.manifest.condition.iter();
                let choice = |one: &ConditionEntry| Choice {
                    word: one.id.to_string(),
                    name: one.title.get(lang).to_owned(),
                    also: one.title.wordings().chain(one.also.iter().map(|also| &**also)).map(str::to_owned).collect(),
                };
                conditions.map(choice).collect()
            }
            _ => Vec::new(),
        }
    }

    /// The text of the record, laid out.
    ///
    /// # Errors
    ///
    /// When a key is unknown or a value does not fit it.
    pub fn text(&self) -> Result<String, Said> {
        let sibling = self.sibling();
        let edits: Vec<Edit> = self.edits.iter().map(|edit| self.with_language(edit, sibling)).collect();
        self.with(&edits)
    }

    fn with(&self, edits: &[Edit]) -> Result<String, Said> {
        let list = |edit: &Edit| {
            let (list, rest) = edit.key.split_once('.')?;
            let each = match self.fields.iter().find(|field| field.key == list).map(|field| &field.shape) {
                Some(Shape::List(each)) => each,
                _ => return None,
            };
            Some((
                list.to_owned(),
                matches!(**each, Shape::Table(_)),
                Edit { key: rest.to_owned(), to: edit.to.clone() },
            ))
        };
        let plain: Vec<Edit> = edits.iter().filter(|edit| list(edit).is_none()).cloned().collect();
        let mut text = edited("", &self.fields, &plain)?;
        let mut parts: Vec<(String, bool, Vec<Edit>)> = Vec::new();
        for (list, header, edit) in edits.iter().filter_map(list) {
            match parts.iter_mut().find(|(known, ..)| *known == list) {
                Some((_, _, edits)) => edits.push(edit),
                None => parts.push((list, header, vec![edit])),
            }
        }
        for (list, header, part) in parts {
            text = with_part(&text, &self.fields, &list, header, &part)?;
        }
        Ok(text)
    }

    fn sibling(&self) -> Option<&Sibling> {
        self.family.last_like(self.value())
    }

    /// The record as JSON, as far as it is known; what stands in for a key that is missing does not count.
    fn value(&self) -> &Value {
        self.value.get_or_init(|| self.read_value())
    }

    fn read_value(&self) -> Value {
        let mut value = self.with(&self.edits).map(|text| sibling::read(self.kind, text)).unwrap_or_default();
        if let Value::Object(keys) = &mut value {
            keys.retain(|key, _| self.edits.iter().any(|edit| edit.key.split('.').next() == Some(key)));
        }
        value
    }

    /// The id that the record would have after those of its siblings.
    #[must_use]
    pub fn id(&self) -> String {
        id::made(&self.family, self.value(), self.lang())
    }

    /// The record that is there already, where it is one of which there is one a year.
    #[must_use]
    pub fn twin(&self) -> Option<Twin> {
        twin::twin(&self.family, self.value())
    }

    /// That the record may be called so.
    ///
    /// # Errors
    ///
    /// When it can be no id, or is taken.
    pub fn usable(&self, id: &str) -> Result<(), Said> {
        id::usable(&self.family, id)
    }

    /// The folder for the file, relative to the root: `asked` below that of the kind, or that of the sibling.
    ///
    /// # Errors
    ///
    /// When it lies elsewhere.
    pub fn folder(&self, asked: Option<&Path>) -> Result<PathBuf, Said> {
        let own = Path::new(self.kind.word());
        let Some(asked) = asked else {
            let beside = self.sibling().and_then(|sibling| sibling.path.parent().map(Path::to_owned));
            return Ok(beside.unwrap_or_else(|| own.to_owned()));
        };
        let inner = asked.strip_prefix(own).unwrap_or(asked);
        if !inner.components().all(|part| matches!(part, Component::Normal(_))) {
            let own = self.kind.word();
            return Err(say!(
                nn: "mappa må liggje i {own}/",
                nb: "mappen må ligge i {own}/",
                en: "the folder must lie in {own}/",
            ));
        }
        Ok(own.join(inner))
    }
}
