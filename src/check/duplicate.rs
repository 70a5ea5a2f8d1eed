//! `duplicate-offering`: the same offering entered twice, so that it counts twice.

use super::Found;
use crate::diagnostic::{About, Diagnostic, Place};
use crate::lang::Text;
use crate::model::{Offering, Record, Run};
use crate::names::folded;
use crate::read::Ref;
use crate::registry::{Entry, Registry};
use crate::source::KeyPath;
use crate::spelling::quoted;
use crate::{rules, say, tally};

/// With how many others of the same organiser and title an offering is compared at most: the nearest by id. A course that has
/// had a record of its own each year for sixty years is still compared with all of them.
const COMPARED: usize = 64;

pub(super) fn check(registry: &Registry, found: &mut Found) {
    let offerings: Vec<&Entry<Offering>> = registry.offerings.iter().filter(|offering| !offering.broken).collect();
    let titles: Vec<Vec<Title>> = offerings.iter().map(|offering| Title::all(&offering.title)).collect();
    // Each offering stands under each of its organisers and titles, so that only those under the same key are compared.
    let mut keys: Vec<(u64, usize, &str)> = Vec::with_capacity(offerings.len() * 8);
    for (at, (offering, titles)) in offerings.iter().zip(&titles).enumerate() {
        // Who does not exist is nobody that they could share.
        let organisers = offering.organiser.iter().filter(|id| registry.organisations.get(id.id()).is_some());
        for organiser in organisers.map(|organiser| hash(0, organiser.id())) {
            titles.iter().for_each(|title| title.keys(|key, word| keys.push((mixed(key, organiser), at, word))));
        }
    }
    keep_repeated(&mut keys);
    keys.sort_unstable();
    let mut twice: Vec<(usize, usize)> = Vec::new();
    for alike in keys.chunk_by(|one, other| one.0 == other.0).filter(|alike| alike.len() > 1) {
        for (place, (_, second, word)) in alike.iter().enumerate() {
            let nearest = &alike[place.saturating_sub(COMPARED)..place];
            let same = |(_, first, other): &&(u64, usize, &str)| {
                first != second && is_slip(word, other) && is_same(registry, offerings[*first], offerings[*second])
            };
            twice.extend(nearest.iter().find(same).map(|(_, first, _)| (*second, *first)));
        }
    }
    twice.sort_unstable();
    twice.dedup_by_key(|(second, _)| *second);
    found.extend(twice.into_iter().map(|(second, first)| words(offerings[second], offerings[first])));
}

/// Leaves out keys that stand there once, as nearly all do. Some of them are left, since several keys share a mark.
fn keep_repeated(keys: &mut Vec<(u64, usize, &str)>) {
    const SPREAD: usize = 16;
    let marks = (keys.len() * SPREAD).next_power_of_two().max(64);
    let (mut once, mut again) = (vec![0_u64; marks / 64], vec![0_u64; marks / 64]);
    // The highest bits are the best mixed.
    let shift = u64::BITS - marks.trailing_zeros();
    let mark = |key: u64| ((key >> shift) as usize / 64, 1 << (key >> shift & 63));
    for (key, ..) in &*keys {
        let (at, bit) = mark(*key);
        again[at] |= once[at] & bit;
        once[at] |= bit;
    }
    keys.retain(|(key, ..)| {
        let (at, bit) = mark(*key);
        again[at] & bit != 0
    });
}

/// A title in the form in which spellings are compared.
#[derive(PartialEq, Eq)]
struct Title(String);

impl Title {
    /// The Norwegian wordings of a title, each once.
    fn all(title: &Text) -> Vec<Self> {
        let mut titles: Vec<Self> = Vec::new();
        let mut add = |wording: &str| {
            let title = Self(folded(wording));
            if !titles.contains(&title) {
                titles.push(title);
            }
        };
        match title {
            Text::Plain(text) => add(text),
            Text::ByLanguage(texts) => {
                let own = texts.iter().filter(|(code, _)| matches!(*code, "nn" | "nb") || texts.len() == 1);
                own.for_each(|(_, text)| add(text));
            }
        }
        titles
    }

    /// What titles have in common that may be alike: all their letters, whatever stands between them, or all their words but
    /// a long one, which is shown too.
    fn keys<'t>(&'t self, mut add: impl FnMut(u64, &'t str)) {
        let words = self.0.split(|char: char| !char.is_alphanumeric()).filter(|word| !word.is_empty());
        let words: Vec<(&str, u64)> = words.map(|word| (word, hash(0, word))).collect();
        if words.is_empty() {
            return;
        }
        add(words.iter().fold(0, |letters, (word, _)| hash(letters, word)), "");
        // A number or a letter is no slip: «type 1» and «type 2», «del A» and «del B» are two.
        let long = |word: &str| word.len() >= LONG && !word.contains(|char: char| char.is_ascii_digit());
        for (left_out, (word, _)) in words.iter().enumerate().filter(|(_, (word, _))| long(word)) {
            let others = words.iter().enumerate().map(|(at, (_, hash))| if at == left_out { 0 } else { *hash });
            add(others.fold(1, mixed), word);
        }
    }
}

/// How many letters a word has at least in which one letter is taken for a slip.
const LONG: usize = 7;

/// A number for a text that goes on after others: the same for the same letters, however they are divided. Nobody gains by making
/// two alike, since what is alike is compared.
fn hash(before: u64, text: &str) -> u64 {
    text.bytes().fold(before, |sum, byte| mixed(sum, u64::from(byte)))
}

fn mixed(one: u64, other: u64) -> u64 {
    (one.rotate_left(5) ^ other).wrapping_mul(0x9E37_79B9_7F4A_7C15)
}

/// Whether two words are the same, or one with a slip: a letter too many, another one, or two that have changed places.
fn is_slip(one: &str, other: &str) -> bool {
    let before = one.bytes().zip(other.bytes()).take_while(|(one, other)| one == other).count();
    let after = one.bytes().rev().zip(other.bytes().rev()).take_while(|(one, other)| one == other).count();
    // Most words differ in more, which is seen soon.
    before + after + 2 >= one.len().max(other.len()) && strsim::osa_distance(one, other) <= 1
}

/// Whether two offerings with the same title and organiser are one: nothing tells them apart, and they are there at the same
/// time.
fn is_same(registry: &Registry, first: &Offering, second: &Offering) -> bool {
    let apart = differ(&first.condition, &second.condition, Ref::id)
        || differ(&first.audience, &second.audience, |audience| *audience)
        || first.form.zip(second.form).is_some_and(|(one, other)| one != other)
        || differ_in_words(first.department.as_ref(), second.department.as_ref());
    if apart {
        return false;
    }
    let [held, again] = [first, second].map(|it| it.run.iter().filter(|run| tally::counts(run)).collect::<Vec<_>>());
    let span = |run: &Run| registry.span(run.dates());
    match (&*held, &*again) {
        // All that was planned was cancelled: nothing is counted twice.
        ([], _) if !first.run.is_empty() => false,
        (_, []) if !second.run.is_empty() => false,
        ([], []) => registry.span(first.when()).meets(&registry.span(second.when())),
        (runs, []) => runs.iter().any(|run| span(run).meets(&registry.span(second.when()))),
        ([], runs) => runs.iter().any(|run| span(run).meets(&registry.span(first.when()))),
        (runs, others) => {
            runs.iter().any(|one| others.iter().any(|other| span(one).meets(&span(other)) && !elsewhere(one, other)))
        }
    }
}

/// Whether two runs were held in different places.
fn elsewhere(one: &Run, other: &Run) -> bool {
    one.municipality.as_ref().zip(other.municipality.as_ref()).is_some_and(|(one, other)| one != other)
        || differ_in_words(one.place.as_ref(), other.place.as_ref())
}

/// Whether both lists say something, and nothing that is the same.
fn differ<'a, T, K: PartialEq>(one: &'a [T], other: &'a [T], key: impl Fn(&'a T) -> K) -> bool {
    !one.is_empty() && !other.is_empty() && !one.iter().any(|a| other.iter().any(|b| key(a) == key(b)))
}

/// Whether both texts say something, and nothing that is the same.
fn differ_in_words(one: Option<&Text>, other: Option<&Text>) -> bool {
    one.zip(other).is_some_and(|(one, other)| {
        !one.wordings().any(|a| other.wordings().any(|b| a.trim() == b.trim() || folded(a.trim()) == folded(b.trim())))
    })
}

fn words(second: &Entry<Offering>, first: &Entry<Offering>) -> Diagnostic {
    let (id, title) = (&first.id, quoted(first.title.get(crate::lang::Lang::Nn)));
    let message = say!(
        nn: "tilbodet ser ut til å vere ført to gonger: «{title}» ({id}) har same arrangør og går på same tid",
        nb: "tilbudet ser ut til å være ført to ganger: «{title}» ({id}) har samme arrangør og går på samme tid",
        en: "the offering seems to be entered twice: \"{title}\" ({id}) has the same organiser and runs at the same time",
    );
    let hint = say!(
        nn: "samle gjennomføringane i {id}; er det to tilbod, skriv i titlane kva som skil dei",
        nb: "samle gjennomføringene i {id}; er det to tilbud, skriv i titlene hva som skiller dem",
        en: "gather the runs in {id}; if there are two offerings, say in their titles what tells them apart",
    );
    let title = |offering: &Entry<Offering>| Place::key(offering.file, KeyPath::default().key("title"));
    Diagnostic::new(&rules::DUPLICATE_OFFERING, title(second), message)
        .hint(hint)
        .about(About::Parts(Vec::new()))
        .related(title(first), say!(nn: "ført fyrste gong her", nb: "ført første gang her", en: "first entered here"))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whether two titles, of one organiser, would be compared and found alike.
    fn alike(one: &str, other: &str) -> bool {
        let [one, other] = [one, other].map(|title| Title(folded(title)));
        let mut found = false;
        one.keys(|key, word| other.keys(|same, again| found |= key == same && is_slip(word, again)));
        found
    }

    #[test]
    fn spellings_and_slips_of_a_title_are_alike() {
        for (one, other) in [
            ("KOLS-skule", "kols skole"),
            ("KOLS-skule", "Kolsskule"),
            ("Meistring i kvardagen", "Mestring i hverdagen"),
            ("Kurs på Ås", "Kurs paa Aas"),
            ("Skule for pårørande", "Skole for pårørende"),
            ("Kurs om epilepsi", "Kurs om epilespi"),
            ("Kurs om epilepsi", "Kurs om eplepsi"),
            ("Hjartekurs", "Hjartekkurs"),
        ] {
            assert!(alike(one, other) && alike(other, one), "{one} / {other}");
        }
    }

    #[test]
    fn other_words_numbers_and_letters_are_no_slips() {
        for (one, other) in [
            ("Startkurs diabetes type 1", "Startkurs diabetes type 2"),
            ("Samtalegruppe A", "Samtalegruppe B"),
            ("Kurs for menn", "Kurs for mann"),
            ("KOLS-kurs", "MS-kurs"),
            ("Kurs om epilepsi", "Kurs om epilepsi for foreldre"),
            ("Samling 2015vår", "Samling 2016vår"),
            ("Kurs om epilepsi", "Kurs om astma"),
            ("–", "…"),
        ] {
            assert!(!alike(one, other) && !alike(other, one), "{one} / {other}");
        }
    }
}
