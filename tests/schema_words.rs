//! Schemas and `check` agree on words that are nearly right: times, lengths of time, days of the year, ids, with a few
//! characters changed.

#[path = "common/records.rs"]
mod records;

use proptest::prelude::*;
use records::{json_of, kind, validator};

/// Words of each form that is more than a type, and where each stands.
const FORMS: [(&str, &str, &[&str]); 5] = [
    (
        "plans",
        "kind = \"action\"\nyear = 2016\n[decided]\nby = \"x\"\non = ?",
        &["2016", "2016-06", "2016-spring", "2016-06-30"],
    ),
    ("lmnet", "format = 1\nverified-for = ?", &["year", "1 month", "12 weeks", "100 days"]),
    ("lmnet", "format = 1\nsemesters = { spring = ? }", &["01-01", "12-31", "08-15"]),
    (
        "offerings",
        "title = \"x\"\norganiser = \"x\"\n[[run]]\nstart = \"2016\"\nstarts-at = ?",
        &["18:00", "00:59", "23:01"],
    ),
    ("networks", "name = \"x\"\nareas = [{ title = \"x\", id = ? }]", &["x", "con", "a-1", "lpt10"]),
];

thread_local! {
    static VALIDATORS: [jsonschema::Validator; 5] = FORMS.map(|(schema, ..)| validator(schema));
}

/// What is put into words.
const CHARACTERS: &str = " -+:/01239aApslyå٣\n";

proptest! {
    #![proptest_config(ProptestConfig { cases: 3000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn schema_and_check_agree_on_words_that_are_nearly_right(
        (form, word) in (0..FORMS.len(), any::<prop::sample::Index>()),
        edits in prop::collection::vec(
            (any::<prop::sample::Index>(), 0..3_u8, prop::sample::select(CHARACTERS.chars().collect::<Vec<_>>())),
            0..4,
        ),
    ) {
        let (schema, text, words) = FORMS[form];
        let mut word: Vec<char> = word.get(words).chars().collect();
        for (at, edit, char) in edits {
            let at = at.index(word.len() + 1);
            match edit {
                0 => word.insert(at, char),
                1 if at < word.len() => word[at] = char,
                _ if at < word.len() => drop(word.remove(at)),
                _ => {}
            }
        }
        let word: String = word.into_iter().collect();
        let text = text.replace('?', &serde_json::to_string(&word).unwrap());
        let found = kind(schema).0(&text);
        let valid = VALIDATORS.with(|known| known[form].is_valid(&json_of(&text.parse().unwrap())));
        // The day that some years do not have.
        let leap_day = word.len() == 10 && word.ends_with("-02-29");
        prop_assert!(found.is_empty() == valid || leap_day && valid, "{}: {:?}, valid: {}", text, found, valid);
    }
}
