//! Runs of text and fields.

use quick_xml::escape::escape;

use crate::lang::{Lang, Phrase};
use crate::package::is_held;
use crate::personal::masked;
use crate::spelling::is_obeyed;

/// The language of a code as Word names it, of the Sámi languages and Kven too.
pub(super) fn tag(code: &str) -> String {
    if code == "en" { "en-GB".to_owned() } else { format!("{code}-NO") }
}

/// A text on one line, without whole national identity numbers and without what XML can't hold or what turns lines round.
pub(super) fn shown(text: &str) -> String {
    let broken = |char: char| matches!(char, '\n' | '\r' | '\t' | '\u{2028}' | '\u{2029}');
    let lines: Vec<&str> = text.split(broken).map(str::trim).filter(|line| !line.is_empty()).collect();
    masked(&lines.join(" ")).chars().filter(|char| is_held(char) && !is_obeyed(*char)).collect()
}

/// A text as it stands between tags and in attributes.
pub(super) fn escaped(text: &str) -> String {
    escape(shown(text)).into_owned()
}

/// How the parts of a document are written whose language may differ from that of the file.
#[derive(Clone, Copy, Debug)]
pub(super) struct Tongue {
    /// The language that holds where nothing is said.
    pub(super) file: Lang,
    /// The language of the document.
    pub(super) document: Lang,
}

impl Tongue {
    /// The properties of a run in this language, or in that of the document, and others that come before the language.
    pub(super) fn properties_in(self, lang: Option<&str>, others: &str) -> String {
        let lang = lang.unwrap_or(self.document.code());
        match lang == self.file.code() {
            true if others.is_empty() => String::new(),
            true => format!("<w:rPr>{others}</w:rPr>"),
            false => format!("<w:rPr>{others}<w:lang w:val=\"{}\"/></w:rPr>", tag(lang)),
        }
    }

    /// A run in the language of the document.
    pub(super) fn run(self, text: &str) -> String {
        self.run_in(None, text)
    }

    /// A phrase in its language.
    pub(super) fn phrase(self, phrase: &Phrase) -> String {
        self.run_in(phrase.lang, &phrase.text)
    }

    /// A text in this language, or in that of the document.
    pub(super) fn run_in(self, lang: Option<&str>, text: &str) -> String {
        let properties = self.properties_in(lang, "");
        let text = quoted(text);
        format!("<w:r>{properties}<w:t xml:space=\"preserve\">{text}</w:t></w:r>")
    }

    /// A field, and what it shows until somebody has it computed anew.
    pub(super) fn field(self, instruction: &str, shows: &str) -> String {
        self.begin_field(instruction) + &self.run(shows) + &self.end_field()
    }

    /// The beginning of a field; what it shows comes after it.
    pub(super) fn begin_field(self, instruction: &str) -> String {
        let (properties, begin, separate) = (self.properties_in(None, ""), self.sign("begin"), self.sign("separate"));
        format!(
            "{begin}<w:r>{properties}<w:instrText xml:space=\"preserve\"> {instruction} </w:instrText></w:r>{separate}"
        )
    }

    /// The end of a field.
    pub(super) fn end_field(self) -> String {
        self.sign("end")
    }

    fn sign(self, kind: &str) -> String {
        format!("<w:r>{}<w:fldChar w:fldCharType=\"{kind}\"/></w:r>", self.properties_in(None, ""))
    }
}

/// Like [`escaped`], but blanks at the ends stay: they divide what stands beside each other.
fn quoted(text: &str) -> String {
    let ends = |at_end: bool| if at_end { " " } else { "" };
    let (before, after) = (ends(text.starts_with(' ')), ends(text.len() > 1 && text.ends_with(' ')));
    format!("{before}{}{after}", escaped(text))
}
