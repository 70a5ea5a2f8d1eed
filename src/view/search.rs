//! Free-text search that finds Nynorsk and Bokmål spellings alike.

use serde::Serialize;
use serde_json::Value;

use crate::names::folded;
use crate::registry::{Entry, Registry};

/// Words to look for.
#[derive(Debug)]
pub struct Search<'a> {
    words: Vec<String>,
    registry: &'a Registry,
}

impl<'a> Search<'a> {
    /// A search for records that hold every word.
    #[must_use]
    pub fn new(words: &str, registry: &'a Registry) -> Self {
        Self { words: words.split_whitespace().map(folded).collect(), registry }
    }

    /// Whether the record holds every word somewhere: in its id, its texts, or another name of its condition.
    #[must_use]
    pub fn finds<T: Serialize>(&self, entry: &Entry<T>) -> bool {
        let mut hay = String::from(&*entry.id);
        let record = serde_json::to_value(&entry.record).unwrap_or_default();
        self.gather(&record, &mut hay);
        let hay = folded(&hay);
        self.words.iter().all(|word| hay.contains(word))
    }

    fn gather(&self, value: &Value, hay: &mut String) {
        match value {
            Value::String(text) => {
                hay.push('\n');
                hay.push_str(text);
            }
            Value::Array(values) => values.iter().for_each(|value| self.gather(value, hay)),
            Value::Object(map) => {
                for (key, value) in map {
                    self.gather(value, hay);
                    if key == "condition" {
                        self.gather_conditions(value, hay);
                    }
                }
            }
            _ => {}
        }
    }

    fn gather_conditions(&self, ids: &Value, hay: &mut String) {
        let named = |id: &str| ids.as_array().is_some_and(|ids| ids.iter().any(|named| named.as_str() == Some(id)));
        for condition in self.registry.manifest.condition.iter().filter(|condition| named(&condition.id)) {
            for words in condition.title.wordings().chain(condition.also.iter().map(|also| &**also)) {
                hay.push('\n');
                hay.push_str(words);
            }
        }
    }
}
