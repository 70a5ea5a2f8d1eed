//! What is in force where there is no registry.

use serde::Serialize;

use super::{Origin, Setting};
use crate::document::Document;
use crate::lang::Lang;
use crate::say;

/// That there is no registry, where one was looked for, and what is in force all the same.
#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Nowhere {
    schema: &'static str,
    version: u32,
    lmnet: &'static str,
    /// Always nothing.
    registry: Option<Setting>,
    looked_in: Vec<String>,
    today: Setting,
    language: Setting,
}

impl Nowhere {
    /// Nothing was found in these folders.
    #[must_use]
    pub fn new(looked_in: Vec<String>, today: Setting, language: Option<(Lang, Origin)>) -> Self {
        let (language, from) = language.unwrap_or((Lang::default(), Origin::Usual));
        let language = Setting { value: language.code().to_owned(), from };
        let lmnet = env!("CARGO_PKG_VERSION");
        Self { schema: "lmnet-doctor", version: 1, lmnet, registry: None, looked_in, today, language }
    }

    /// For people.
    #[must_use]
    pub fn document(&self, lang: Lang) -> Document {
        let mut document = Document::new(lang);
        document.heading(1, format!("lmnet {}", self.lmnet));
        document.heading(2, say!(lang, nn: "Inkje register", nb: "Ikke noe register", en: "No registry"));
        document.paragraph(say!(lang,
            nn: "Eit register er ei mappe med fila lmnet.toml i. Lmnet leitar herifrå og oppover til rota av git-depotet, i kvar mappe og i mappa registry i henne, og fann henne ikkje i:",
            nb: "Et register er en mappe med filen lmnet.toml i. Lmnet leter herfra og oppover til roten av git-depotet, i hver mappe og i mappen registry i den, og fant den ikke i:",
            en: "A registry is a folder with the file lmnet.toml in it. Lmnet looks from here upwards to the root of the git repository, in each folder and in the folder registry in it, and did not find it in:",
        ));
        document.list(self.looked_in.clone());
        document.paragraph(say!(lang,
            nn: "«lmnet init» byrjar eit register her, «lmnet init MAPPE» i ei anna mappe. Ligg det alt ein annan stad, så gå dit, eller nemn mappa med --registry MAPPE.",
            nb: "«lmnet init» begynner et register her, «lmnet init MAPPE» i en annen mappe. Ligger det allerede et annet sted, så gå dit, eller nevn mappen med --registry MAPPE.",
            en: "\"lmnet init\" begins a registry here, \"lmnet init DIR\" in another folder. If it lies elsewhere already, go there, or name its folder with --registry DIR.",
        ));
        document.heading(2, say!(lang, nn: "Det som gjeld", nb: "Det som gjelder", en: "What is in force"));
        document.list(vec![self.today.as_today(lang), self.language.as_language(lang)]);
        document
    }
}
