//! Findings for people: excerpts in the style of rustc.

use std::path::Path;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{Annotation, AnnotationKind, Group, Level, Origin, Renderer, Snippet};

use super::{Shown, closing_line, in_address, severity_name};
use crate::check::{Finding, Silence, Spot};
use crate::diagnostic::Severity;
use crate::lang::Lang;
use crate::say;

/// For people, with colour codes; whoever prints takes them out where they are not wanted. `links` is the folder of the
/// registry if the terminal may be given links to its files.
#[must_use]
pub fn human(shown: &Shown<'_>, width: Option<usize>, links: Option<&Path>) -> String {
    let renderer = Renderer::styled().decor_style(DecorStyle::Unicode).term_width(width.unwrap_or(140));
    let mut text = String::new();
    for finding in shown.outcome.new_findings() {
        let excerpt = renderer.render(&groups(finding, shown));
        text.push_str(&match links {
            Some(root) => linked(&excerpt, finding, shown, root),
            None => excerpt,
        });
        text.push_str("\n\n");
    }
    text.push_str(&closing_line(shown.outcome, shown.lang));
    text.push('\n');
    if let Some(since) = &shown.outcome.since {
        let gone = &since.gone;
        let (fixed, kept) = (gone.fixed.len(), shown.outcome.findings.iter().filter(|finding| finding.kept).count());
        text += &say!(shown.lang,
            nn: "retta sidan då: {fixed}\nstår att frå før: {kept}\n",
            nb: "rettet siden da: {fixed}\nstår igjen fra før: {kept}\n",
            en: "fixed since then: {fixed}\nleft from before: {kept}\n",
        );
        for why in Silence::ALL {
            let count = gone.silenced.iter().filter(|(_, of)| of == why).count();
            if count > 0 {
                text += &match why {
                    Silence::Waived => say!(shown.lang,
                        nn: "fått unntak sidan då: {count}\n",
                        nb: "fått unntak siden da: {count}\n",
                        en: "waived since then: {count}\n",
                    ),
                    Silence::Off => say!(shown.lang,
                        nn: "slått av sidan då: {count}\n",
                        nb: "slått av siden da: {count}\n",
                        en: "switched off since then: {count}\n",
                    ),
                };
            }
        }
    }
    text
}

fn groups<'a>(finding: &'a Finding, shown: &Shown<'a>) -> Vec<Group<'a>> {
    let lang = shown.lang;
    let name = severity_name(finding.severity, lang);
    let level = match finding.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    };
    let title = level.with_name(name).primary_title(finding.message.get(lang)).id(finding.rule.id);
    let mut group = place(Group::with_title(title), &finding.place, AnnotationKind::Primary, None, shown);
    if let Some((spot, words)) = &finding.related {
        group = place(group, spot, AnnotationKind::Context, Some(words.get(lang)), shown);
    }
    let mut groups = vec![group];
    if let Some(hint) = &finding.hint {
        let help = match lang {
            Lang::Nn => "hjelp",
            Lang::Nb => "hjelp",
            Lang::En => "help",
        };
        groups.push(Group::with_title(Level::HELP.with_name(help).secondary_title(hint.get(lang))));
    }
    groups
}

fn place<'a>(
    group: Group<'a>,
    spot: &'a Spot,
    kind: AnnotationKind,
    label: Option<&'a str>,
    shown: &Shown<'_>,
) -> Group<'a> {
    let path = shown.path(spot);
    let Some(excerpt) = &spot.excerpt else { return group.element(Origin::path(path)) };
    let annotation: Annotation<'a> = kind.span(excerpt.bytes.clone()).label(label);
    let snippet = Snippet::source(&*excerpt.line).line_start(excerpt.start.line).annotation(annotation);
    let whole_line = excerpt.line[..excerpt.bytes.start].chars().count() + 1 == excerpt.start.column;
    if whole_line {
        return group.element(snippet.path(path));
    }
    // Of a very long line only a part is shown, so that its column must be told.
    group.element(Origin::path(path).line(excerpt.start.line).char_column(excerpt.start.column)).element(snippet)
}

/// What stands before the path in the line that tells a place.
const ARROWS: [&str; 2] = ["▸ ", "⸬  "];

/// The excerpt with its paths as links (OSC 8) to the files. Links take no room, so they are put in afterwards.
fn linked(excerpt: &str, finding: &Finding, shown: &Shown<'_>, root: &Path) -> String {
    let spots = [Some(&finding.place), finding.related.as_ref().map(|(spot, _)| spot)];
    let mut lines: Vec<String> = excerpt.split('\n').map(str::to_owned).collect();
    let mut rest = lines.iter_mut();
    for spot in spots.into_iter().flatten() {
        let path = shown.path(spot);
        let link = format!("\x1b]8;;{}\x1b\\{path}\x1b]8;;\x1b\\", file_address(&root.join(&spot.path)));
        if let Some(line) = rest.find(|line| ARROWS.iter().any(|arrow| line.contains(arrow)) && line.contains(&path)) {
            *line = line.replacen(&path, &link, 1);
        }
    }
    lines.join("\n")
}

/// The address of a file on this machine. A drive of Windows comes after a slash.
fn file_address(path: &Path) -> String {
    let path = path.to_string_lossy().replace('\\', "/");
    let path = in_address(&path).replacen("%3A/", ":/", 1);
    format!("file://{}{path}", if path.starts_with('/') { "" } else { "/" })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_have_addresses_on_every_system() {
        assert_eq!(file_address(Path::new("/srv/Blåbær/a b.toml")), "file:///srv/Bl%C3%A5b%C3%A6r/a%20b.toml");
        assert_eq!(file_address(Path::new("C:\\data\\a.toml")), "file:///C:/data/a.toml");
    }
}
