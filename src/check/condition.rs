//! Conditions of obligations that no record could ever meet: a key that records of the kind don't have, a word that is no
//! choice, a reference to nothing. They would not be noticed otherwise: the duty would just never be met.

use super::{Found, reference};
use crate::diagnostic::{Diagnostic, Place};
use crate::lang::Said;
use crate::model::{Agreement, Kind, Obligation, Selection};
use crate::read::{Link, Shape, Target, Value};
use crate::registry::{Entry, Registry, Resolved, keys_of, led_to, slug};
use crate::source::{KeyPath, Step};
use crate::spelling::{nearest, quoted};
use crate::{rules, say};

/// How many ids may be looked at for suggestions: each unknown reference costs a look at every id of its kind.
const SUGGESTIONS: usize = 1_500_000;

pub(super) fn check(registry: &Registry, found: &mut Found) {
    let mut budget = SUGGESTIONS;
    for agreement in &registry.agreements {
        for (at, obligation) in agreement.obligation.iter().enumerate() {
            let place = vec![Step::Key("obligation"), Step::Index(at)];
            Look { registry, agreement, place, found, budget: &mut budget }.obligation(obligation);
        }
    }
}

struct Look<'l, 'a> {
    registry: &'a Registry,
    agreement: &'a Entry<Agreement>,
    place: Vec<Step>,
    found: &'l mut Found,
    budget: &'l mut usize,
}

impl Look<'_, '_> {
    fn obligation(&mut self, obligation: &Obligation) {
        for (at, selection) in obligation.evidence.iter().enumerate() {
            self.within([Step::Key("evidence"), Step::Index(at)], |look| look.selection(selection));
        }
        if let Some(per) = &obligation.per {
            self.within([Step::Key("per")], |look| look.selection(per));
            for (at, entry) in obligation.require.iter().enumerate() {
                self.within([Step::Key("require"), Step::Index(at)], |look| look.required(&shapes(per), entry));
            }
        }
    }

    fn within<const N: usize>(&mut self, steps: [Step; N], look: impl FnOnce(&mut Self)) {
        self.place.extend(steps);
        look(self);
        self.place.truncate(self.place.len() - N);
    }

    fn selection(&mut self, selection: &Selection) {
        if let Some(wanted) = &selection.r#where {
            self.within([Step::Key("where")], |look| look.wanted(&shapes(selection), wanted));
        }
    }

    fn required(&mut self, shapes: &[Shape], entry: &Value) {
        match entry {
            Value::Text(path) => {
                self.follow(shapes, path);
            }
            Value::List(any) => any.iter().for_each(|entry| self.required(shapes, entry)),
            wanted => self.wanted(shapes, wanted),
        }
    }

    fn wanted(&mut self, shapes: &[Shape], wanted: &Value) {
        let Value::Table(conditions) = wanted else { return };
        for (path, wanted) in conditions {
            if let Some(ends) = self.follow(shapes, path) {
                self.value(&ends, wanted);
            }
        }
    }

    /// Where a path leads; nothing if it leads nowhere, which is said.
    fn follow(&mut self, shapes: &[Shape], path: &str) -> Option<Vec<Shape>> {
        let mut here = shapes.to_vec();
        for key in path.split('.') {
            let next = led_to(&here, key);
            if next.is_empty() {
                let mut known: Vec<&str> = Vec::new();
                for field in here.iter().flat_map(keys_of) {
                    if !known.contains(&field.key) {
                        known.push(field.key);
                    }
                }
                let (key, hint) = (quoted(key), instead_of(key, &known));
                self.say(
                    &rules::UNKNOWN_KEY,
                    say!(
                        nn: "vilkåret spør etter «{key}», som slike postar ikkje har, så det kan aldri bli oppfylt",
                        nb: "vilkåret spør etter «{key}», som slike poster ikke har, så det kan aldri bli oppfylt",
                        en: "the condition asks for \"{key}\", which such records don't have, so it can never be met",
                    ),
                    hint,
                );
                return None;
            }
            here = next;
        }
        Some(here)
    }

    fn value(&mut self, shapes: &[Shape], wanted: &Value) {
        match wanted {
            Value::List(any) => any.iter().for_each(|wanted| self.value(shapes, wanted)),
            Value::Table(_) => self.wanted(shapes, wanted),
            Value::Text(word) if !matches!(&**word, "self" | "receiver") => self.word(shapes, word),
            _ => {}
        }
    }

    fn word(&mut self, shapes: &[Shape], word: &str) {
        let mut words: Vec<&str> = Vec::new();
        let mut target = None;
        for shape in shapes {
            match shape.innermost() {
                Shape::Choice(choices, _) if choices.contains(&word) => return,
                Shape::Choice(choices, _) => words.extend(*choices),
                Shape::Reference(to) => match self.registry.resolve(Link { target: *to, id: word }) {
                    Resolved::Nothing => target = target.or(Some(*to)),
                    _ => return,
                },
                _ => return,
            }
        }
        let quoted = quoted(word);
        if let Some(target) = target {
            let hint = reference::remedy(target, &self.near(target, word));
            self.say(
                &rules::UNKNOWN_REFERENCE,
                say!(
                    nn: "vilkåret nemner «{quoted}», som ikkje finst i registeret",
                    nb: "vilkåret nevner «{quoted}», som ikke finnes i registeret",
                    en: "the condition names \"{quoted}\", which is not in the registry",
                ),
                hint,
            );
        } else if !words.is_empty() {
            let hint = another_word(word, &words);
            self.say(
                &rules::UNKNOWN_CHOICE,
                say!(
                    nn: "vilkåret spør etter «{quoted}», som ikkje er eit av orda for dette",
                    nb: "vilkåret spør etter «{quoted}», som ikke er et av ordene for dette",
                    en: "the condition asks for \"{quoted}\", which is none of the words for this",
                ),
                hint,
            );
        }
    }

    /// The id nearest to a word, of what it should refer to.
    fn near(&mut self, target: Target, word: &str) -> Vec<String> {
        let ids: Box<dyn Iterator<Item = &str>> = match target {
            Target::Record(kind) => self.registry.ids(kind),
            Target::Body => Box::new(self.registry.ids(Kind::Organisation).chain(self.registry.ids(Kind::Network))),
            _ => return Vec::new(),
        };
        let ids: Vec<&str> = ids.take(*self.budget).collect();
        *self.budget -= ids.len();
        nearest(&slug(word), ids.into_iter(), 1).into_iter().map(quoted).collect()
    }

    fn say(&mut self, rule: &'static crate::diagnostic::Rule, message: Said, hint: Said) {
        let place = Place::key(self.agreement.file, KeyPath(self.place.clone()));
        self.found.push(Diagnostic::new(rule, place, message).hint(hint));
    }
}

/// What to ask for instead of a key that is not there.
fn instead_of(key: &str, known: &[&str]) -> Said {
    if let Some(near) = nearest(key, known.iter().copied(), 1).first() {
        return say!(nn: "meinte du «{near}»?", nb: "mente du «{near}»?", en: "did you mean \"{near}\"?");
    }
    let (key, keys) = (quoted(key), known.join(", "));
    if known.is_empty() {
        return say!(
            nn: "det som står framfor punktumet, har ingen nøklar; sløyf «.{key}»",
            nb: "det som står foran punktumet, har ingen nøkler; sløyf «.{key}»",
            en: "what stands before the full stop has no keys; leave out \".{key}\"",
        );
    }
    say!(nn: "du kan spørje etter {keys}", nb: "du kan spørre etter {keys}", en: "you can ask for {keys}")
}

/// What to ask for instead of a word that is no choice.
fn another_word(word: &str, words: &[&str]) -> Said {
    let all = words.join(", ");
    match nearest(word, words.iter().copied(), 1).first() {
        Some(near) => say!(
            nn: "meinte du «{near}»? Du kan velje mellom: {all}",
            nb: "mente du «{near}»? Du kan velge mellom: {all}",
            en: "did you mean \"{near}\"? You can choose from: {all}",
        ),
        None => say!(nn: "vel mellom: {all}", nb: "velg mellom: {all}", en: "choose from: {all}"),
    }
}

/// The records that a selection means.
fn shapes(selection: &Selection) -> Vec<Shape> {
    selection.record.iter().map(|kind| Shape::Reference(Target::Record(kind.kind()))).collect()
}
