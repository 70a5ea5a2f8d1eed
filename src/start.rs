//! A new registry: what lies in its folder before anybody has entered anything.

use std::path::PathBuf;

use toml_edit::Value;

use crate::compose::Draft;
use crate::edit::Edit;
use crate::lang::{Lang, Said};
use crate::layout::layout;
use crate::model::{FORMAT, Kind, OutputLanguage};
use crate::registry::{MANIFEST, Registry, fields_of_file};
use crate::{say, schema, words};

/// What is asked of whoever begins.
#[derive(Clone, Debug)]
pub struct Start {
    /// The language of the registry, its network and its README.
    pub lang: Lang,
    /// What the registry is called.
    pub title: String,
    /// What the first network is called.
    pub network: String,
}

words! {
    /// Where a change is looked at before it is taken in.
    pub enum Ci {
        GitHub = "github", "GitHub Actions", "GitHub Actions", "GitHub Actions";
        GitLab = "gitlab", "GitLab CI", "GitLab CI", "GitLab CI";
        None = "none", "ingen av dei", "ingen av dem", "none of them";
    }
}

/// The files of this project's own registry, of which a new one is made, so that there is no second copy to keep.
const README: &str = include_str!("../registry/README.md");
const CONDITIONS: &str = include_str!("../registry/lmnet.toml");
const TAPLO: &str = include_str!("../registry/.taplo.toml");
const TOMBI: &str = include_str!("../registry/.tombi.toml");

/// For editors that know nothing else: how text files are kept.
const EDITOR: &str = "# How editors keep these files.\nroot = true\n\n[*]\ncharset = utf-8\nend_of_line = lf\n\
                      insert_final_newline = true\nindent_style = space\nindent_size = 2\n";

impl Ci {
    /// The files, by where they lie below the root of the repository, for a registry that lies there in this folder and is
    /// spoken of in this language.
    #[must_use]
    pub fn files(self, registry: &str, lang: Lang) -> Vec<(&'static str, String)> {
        let fitted = |text: &str| {
            let text = text.replace("LMNET_LANG: nn", &format!("LMNET_LANG: {lang}"));
            // There it is found without being named.
            if matches!(registry, "" | "registry") {
                return text;
            }
            let folder = format!("'{}'", registry.replace('\'', "'\\''"));
            ["check", "diff", "deadlines"].iter().fold(text, |text, command| {
                text.replace(&format!("lmnet {command} "), &format!("lmnet --registry {folder} {command} "))
            })
        };
        let files: &[(&str, &str)] = match self {
            Self::GitHub => &[
                (
                    ".github/workflows/registry.yml",
                    include_str!("../examples/ci/github/.github/workflows/registry.yml"),
                ),
                (".github/workflows/brief.yml", include_str!("../examples/ci/github/.github/workflows/brief.yml")),
                (
                    ".github/workflows/deadlines.yml",
                    include_str!("../examples/ci/github/.github/workflows/deadlines.yml"),
                ),
            ],
            Self::GitLab => &[(".gitlab-ci.yml", include_str!("../examples/ci/gitlab/.gitlab-ci.yml"))],
            Self::None => &[],
        };
        files.iter().map(|(path, text)| (*path, fitted(text))).collect()
    }
}

impl Start {
    /// The files of the registry, by where they lie below its root.
    ///
    /// # Errors
    ///
    /// When the network's name gives no id.
    pub fn files(&self) -> Result<Vec<(PathBuf, String)>, Said> {
        let manifest = self.manifest();
        let (id, network) = self.network(&manifest)?;
        let mut files = vec![
            (MANIFEST.into(), manifest),
            ("README.md".into(), self.readme()),
            (".editorconfig".into(), EDITOR.to_owned()),
            (".taplo.toml".into(), TAPLO.to_owned()),
            (".tombi.toml".into(), TOMBI.to_owned()),
            (format!("{}/{id}.toml", Kind::Network.word()).into(), network),
        ];
        let schemas = schema::names().into_iter().filter_map(|name| Some((name, schema::named(name)?)));
        files.extend(schemas.map(|(name, schema)| (format!("schema/{name}.json").into(), format!("{schema:#}\n"))));
        // Git keeps no folder without a file.
        let empty = Kind::ALL.iter().filter(|kind| **kind != Kind::Network);
        files.extend(empty.map(|kind| (format!("{}/.gitkeep", kind.word()).into(), String::new())));
        Ok(files)
    }

    /// The network's id.
    ///
    /// # Errors
    ///
    /// When its name gives none.
    pub fn network_id(&self) -> Result<String, Said> {
        self.network(&self.manifest()).map(|(id, _)| id)
    }

    fn manifest(&self) -> String {
        let conditions = CONDITIONS.find("[[condition]]").map_or("", |at| &CONDITIONS[at..]);
        let conditions: Vec<&str> = conditions.lines().filter(|line| !line.starts_with('#')).collect();
        let about = say!(self.lang,
            nn: "Manifestet: det som gjeld for heile registeret. README.md fortel kva som kan stå her.",
            nb: "Manifestet: det som gjelder for hele registeret. README.md forteller hva som kan stå her.",
            en: "The manifest: what holds for the whole registry. README.md tells what may stand here.",
        );
        let hidden = say!(self.lang,
            nn: "Deltakartal frå 1 til under dette blir skjerma i det som er for alle.",
            nb: "Deltakertall fra 1 til under dette skjermes i det som er for alle.",
            en: "Numbers of participants from 1 to below this are hidden in what is for everybody.",
        );
        let known = say!(self.lang,
            nn: "Tilstandane som tilboda kan gjelde. Stryk og legg til; «also» er andre ord som folk søkjer på.",
            nb: "Tilstandene som tilbudene kan gjelde. Stryk og legg til; «also» er andre ord som folk søker på.",
            en: "The conditions that offerings can be about. Strike out and add; \"also\" are other words that people search for.",
        );
        let (lang, title) = (self.lang, Value::from(&*self.title));
        let text = format!(
            "# {about}\nformat = {FORMAT}\ntitle = {{ {lang} = {title} }}\nlanguage = \"{lang}\"\n\n[publish]\n# {hidden}\n\
             suppress-below = 5\n\n# {known}\n\n{}\n",
            conditions.join("\n")
        );
        laid_out(MANIFEST, text)
    }

    fn network(&self, manifest: &str) -> Result<(String, String), Said> {
        let registry = Registry::from_texts([(MANIFEST.into(), manifest.as_bytes().to_vec())]);
        let language = OutputLanguage::from_word(self.lang.code()).unwrap_or_default();
        let name = Edit::set(&format!("name.{}", self.lang), &self.network);
        let draft = Draft::new(&registry, Kind::Network, vec![name, Edit::set("language", language.word())]);
        let id = draft.id();
        if id.is_empty() {
            return Err(say!(
                nn: "namnet på nettverket må ha bokstavar a–å eller siffer",
                nb: "navnet på nettverket må ha bokstaver a–å eller siffer",
                en: "the name of the network must have letters a–å or digits",
            ));
        }
        Ok((id, draft.text()?))
    }

    /// What this project's own README says in the language, and the lists of keys and words.
    fn readme(&self) -> String {
        let heading = match self.lang {
            Lang::Nn => "## Nynorsk\n",
            Lang::Nb => "## Bokmål\n",
            Lang::En => "## English\n",
        };
        let after = |heading: &str| README.split_once(heading).map_or("", |(_, after)| after);
        let own = after(heading).split("\n## ").next().unwrap_or_default().trim();
        // Each heading moves up one, since the one above them is the title now.
        let line = |line: &str| line.strip_prefix('#').filter(|rest| rest.starts_with("##")).unwrap_or(line).to_owned();
        let own: Vec<String> = own.lines().map(line).collect();
        // There, headings that are the same in two languages are told apart by a number.
        let own = own.join("\n");
        let mut parts = own.split("](#");
        let before = parts.next().unwrap_or_default().to_owned();
        let own = parts.fold(before, |before, link| {
            let (target, after) = link.split_once(')').unwrap_or((link, ""));
            format!("{before}](#{}){after}", target.trim_end_matches("-1").trim_end_matches("-2"))
        });
        let lists = after("\n## Nøklar, nøkler, keys\n").trim();
        let title = self.title.replace(['\n', '\r'], " ");
        format!("# {title}\n\n{own}\n\n## Nøklar, nøkler, keys\n\n{lists}\n")
    }
}

fn laid_out(path: &str, text: String) -> String {
    let fields = fields_of_file(path.as_ref()).unwrap_or_default();
    layout(&text, Some(&fields)).unwrap_or(text)
}
