//! What stands at the foot of a document: the day, the state of the registry in git, and the version of the program.

use crate::date::{Date, day_words};
use crate::document::Document;
use crate::lang::Lang;
use crate::registry::{Registry, Tree};
use crate::say;

/// What a foot says, in any language.
pub(super) struct Footer {
    day: Date,
    tree: Option<Tree>,
}

impl Footer {
    /// The foot of what is made of a registry on a day.
    pub(super) fn new(registry: &Registry, day: Date) -> Self {
        Self { day, tree: registry.tree() }
    }

    /// The document with its foot.
    pub(super) fn under(&self, mut document: Document) -> Document {
        document.footer = Some(self.words(document.lang));
        document
    }

    fn words(&self, lang: Lang) -> String {
        let (day, version) = (day_words(self.day, lang), env!("CARGO_PKG_VERSION"));
        let made = say!(lang,
            nn: "Laga {day} med lmnet {version}.",
            nb: "Laget {day} med lmnet {version}.",
            en: "Made on {day} with lmnet {version}.",
        );
        let Some(Tree { id, changed }) = &self.tree else { return made };
        let tree = match changed {
            false => {
                say!(lang, nn: "Registeret: git-tre {id}.", nb: "Registeret: git-tre {id}.", en: "Registry: git tree {id}.")
            }
            true => say!(lang,
                nn: "Registeret: git-tre {id}, med endringar som ikkje er lagra i git.",
                nb: "Registeret: git-tre {id}, med endringer som ikke er lagret i git.",
                en: "Registry: git tree {id}, with changes that are not committed.",
            ),
        };
        format!("{made} {tree}")
    }
}
