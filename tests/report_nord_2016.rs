//! The annual report of LMS Fagnettverk Nord for 2016 holds all that the network's own report told (rows R150–R192 of
//! the obligations), each fact in its section, with its quality and the words of the source, in three languages.

mod common;

use std::collections::BTreeMap;
use std::process::Command;

use common::{Ran, Tree, run};
use serde_json::{Value, json};

/// What must stand where: row, section, and the words in each language.
const FACTS: &str = include_str!("report_nord_2016/facts.md");

const LANGUAGES: [&str; 3] = ["nn", "nb", "en"];

/// `lmnet … ` in the root of the repository, whose registry it finds by itself.
fn lmnet(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_lmnet"));
    common::quiet_environment(&mut command);
    command.args(arguments).current_dir(env!("CARGO_MANIFEST_DIR"));
    command
}

/// The result of a command that must go well.
fn printed(arguments: &[&str]) -> String {
    let ran = run(&mut lmnet(arguments));
    assert_eq!((ran.code, &*ran.talk), (Some(0), ""), "{arguments:?}");
    ran.out
}

/// The report without its foot.
fn report(lang: &str) -> String {
    common::without_feet(&printed(&["report", "--year", "2016", "--network", "lms-nord", "--lang", lang]))
}

/// The sections of a report by number, as a reader of the Markdown sees their text.
fn sections(markdown: &str) -> BTreeMap<u32, String> {
    let plain = markdown.replace('\\', "").replace('\u{a0}', " ");
    let parts = plain.split("\n## ").skip(1);
    parts.map(|part| (part.split('.').next().unwrap().parse().unwrap(), part.to_owned())).collect()
}

/// Whether the parts of `words` stand in the text one after another.
fn holds(text: &str, words: &str) -> bool {
    words.split('…').map(str::trim).try_fold(text, |rest, part| Some(rest.split_once(part)?.1)).is_some()
}

#[test]
fn every_row_of_the_obligations_stands_in_its_section_in_three_languages() {
    let reports: BTreeMap<&str, _> = LANGUAGES.into_iter().map(|lang| (lang, sections(&report(lang)))).collect();
    let (mut row, mut number, mut rows, mut missing) = ("", 0, BTreeMap::new(), Vec::new());
    for line in FACTS.split("~~~").nth(1).unwrap().lines().filter(|line| !line.is_empty()) {
        match line.strip_prefix("  ") {
            None => {
                let (id, section) = line.split_once(" §").unwrap();
                (row, number) = (id, section.parse().unwrap());
            }
            Some(words) => {
                let (lang, words) = words.split_once(": ").unwrap();
                *rows.entry((row, number)).or_insert(0) += 1;
                if !holds(&reports[lang][&number], words) {
                    missing.push(format!("{row} section {number} {lang}: {words}"));
                }
            }
        }
    }
    assert!(missing.is_empty(), "{}", missing.join("\n"));
    assert!(rows.values().all(|languages| *languages == 3), "{rows:?}");
    for number in 150..=192 {
        assert!(rows.keys().any(|(row, _)| **row == format!("R{number}")), "R{number} is not looked for");
    }
}

/// The 17 matters in the order of the document: area, record, and status (`-` where the document tells none).
const MATTERS: [(u32, &str, &str); 17] = [
    (1, "dips-arena-2016", "-"),
    (1, "fylkesmenn-frisklivssentraler-2016", "-"),
    (1, "pasientopplaringsansvarleg-2016", "ongoing"),
    (1, "gruppeopplaring-i-planlegginga-2016", "ongoing"),
    (1, "pasientreiser-praksis-2016", "ongoing"),
    (2, "registrering-av-tilbod-2016", "done"),
    (2, "fagdag-salutogenese-2016", "done"),
    (2, "henvending-samarbeidsavtalar-2015", "-"),
    (2, "samarbeidsmote-friskliv-2016", "-"),
    (3, "samarbeid-er-samhandling-2016", "refused"),
    (4, "grunnkurs-prosjekt-2016", "carried over"),
    (4, "nasjonal-e-laring-2016", "-"),
    (4, "nk-lmh-arbeidsgruppe-2016", "ongoing"),
    (5, "e-laring-e-mestring-2016", "ongoing"),
    (5, "forskarstilling-2016", "ongoing"),
    (5, "dokumentasjonssystem-2016", "done"),
    (5, "samisk-helsepark-radgjevar-2016", "ongoing"),
];

fn json_report(lang: &str) -> Value {
    let text = printed(&["report", "--year", "2016", "--network", "lms-nord", "--lang", lang, "--format", "json"]);
    let report: Value = serde_json::from_str(&text).unwrap();
    assert_eq!((&report["schema"], &report["version"]), (&json!("lmnet-report"), &json!(1)));
    assert_eq!(report["networks"][0]["language"], lang);
    report["networks"][0]["content"].clone()
}

#[test]
fn the_matters_stand_under_their_areas_in_the_order_of_the_document() {
    let content = json_report("en");
    let mut found = Vec::new();
    for area in content["matters"]["areas"].as_array().unwrap() {
        let number: u32 =
            area["area"]["id"].as_str().unwrap().strip_prefix("strategi-helse-nord/").unwrap().parse().unwrap();
        for matter in area["matters"].as_array().unwrap() {
            found.push((number, matter["id"].as_str().unwrap(), matter["status"].as_str().unwrap_or("-")));
        }
    }
    assert_eq!(found, MATTERS);

    let not_told = ["status ikkje registrert", "status ikke registrert", "status not recorded"];
    for (lang, not_told) in LANGUAGES.into_iter().zip(not_told) {
        let matters = &sections(&report(lang))[&5];
        let per_area: Vec<_> = matters
            .split("\n### ")
            .skip(1)
            .map(|area| area.lines().filter(|line| line.starts_with("- ")).count())
            .collect();
        assert_eq!(per_area, [5, 4, 1, 3, 4], "{lang}");
        assert_eq!(matters.matches(not_told).count(), 5, "{lang}: what nobody told is not made up");
    }
}

#[test]
fn json_holds_the_same_figures_in_every_language() {
    let exact = |number: u32| json!({ "quality": "exact", "value": number });
    let figures = [
        ("/about/figures/0/value", json!({ "quality": "about", "value": 13, "words": "ca. 13 årsverk" })),
        ("/about/figures/1/value", exact(12)),
        ("/meetings/groups/0/held", exact(3)),
        ("/meetings/groups/0/meetings/0/held", exact(2)),
        ("/meetings/groups/0/meetings/0/hours", exact(2)),
        ("/meetings/groups/1/held", exact(8)),
        ("/meetings/groups/1/meetings/0/held", exact(7)),
        ("/meetings/groups/2/meetings/0/participants", exact(18)),
        (
            "/meetings/groups/3/meetings/0/participants",
            json!({ "quality": "at-least", "value": 200, "words": "over 200" }),
        ),
        ("/meetings/figures/0/value", json!({ "quality": "at-least", "value": 200, "words": "over 200" })),
        ("/offerings/figures/0/value", json!({ "quality": "at-least", "value": 3550, "words": "vel 3550" })),
        ("/offerings/figures/1/value", exact(284)),
        ("/offerings/figures/2/value", json!({ "quality": "not-recorded" })),
        ("/courses/figures/0/value", exact(3)),
        ("/courses/figures/0/of", json!(4)),
        ("/matters/areas/1/matters/2/since", json!(2015)),
        ("/offerings/offerings", json!(0)),
        ("/offerings/runs", json!(0)),
    ];
    for lang in LANGUAGES {
        let content = json_report(lang);
        for (place, figure) in &figures {
            assert_eq!(content.pointer(place), Some(figure), "{lang} {place}");
        }
        assert_eq!(content["meetings"]["groups"].as_array().unwrap().len(), 4, "{lang}");
        assert_eq!(content["strategy-areas"].as_array().unwrap().len(), 5, "{lang}");
        assert_eq!(content["attachments"].as_array().unwrap().len(), 2, "{lang}");
        assert_eq!(content["signatures"][0]["offices"].as_array().unwrap().len(), 2, "{lang}");
    }
}

/// Whether a text could hold an e-mail address or, with or without spaces, a telephone number of eight digits.
fn has_contact(text: &str) -> bool {
    let digits = text.split(|char: char| !char.is_ascii_digit() && char != ' ' && char != '\u{a0}');
    text.contains('@') || digits.into_iter().any(|run| run.chars().filter(char::is_ascii_digit).count() >= 8)
}

#[test]
fn nobody_is_named_and_nobody_can_be_rung_up() {
    assert!(has_contact("tlf. 123 45678") && has_contact("mob. nr. 12345678") && has_contact("post@nord.example"));
    assert!(!has_contact("minst 3 550 i 2016, 284 i 2017"));
    for lang in LANGUAGES {
        let markdown = report(lang);
        let json = printed(&["report", "--year", "2016", "--network", "lms-nord", "--lang", lang, "--format", "json"]);
        for text in [&markdown, &json] {
            assert!(!has_contact(text), "{lang}");
            for before_a_name in ["tlf", "mob.", "e-post", "professor"] {
                assert!(!text.contains(before_a_name), "{lang}: {before_a_name}");
            }
        }
        // Below place and day there are two offices and nothing else.
        assert_eq!(sections(&markdown)[&11].lines().filter(|line| !line.is_empty()).count(), 4, "{lang}");
    }
    for member in std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/registry/members")).unwrap() {
        let path = member.unwrap().path();
        let record: toml::Table = std::fs::read_to_string(&path).unwrap().parse().unwrap();
        assert!(!record.contains_key("name"), "{}", path.display());
    }
}

/// The networks of the registry, as another reader finds them: id, name in Nynorsk, Bokmål and English, language.
fn networks() -> Vec<(String, [String; 3], String)> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/registry/networks");
    let read = |path: &std::path::Path| {
        let record: toml::Table = std::fs::read_to_string(path).unwrap().parse().unwrap();
        let name = LANGUAGES.map(|lang| match &record["name"] {
            toml::Value::Table(names) => names[lang].as_str().unwrap().to_owned(),
            name => name.as_str().unwrap().to_owned(),
        });
        let language = record.get("language").and_then(|language| language.as_str()).unwrap_or("nn");
        (path.file_stem().unwrap().to_str().unwrap().to_owned(), name, language.to_owned())
    };
    let mut networks: Vec<_> = std::fs::read_dir(folder).unwrap().map(|file| read(&file.unwrap().path())).collect();
    networks.sort();
    assert!(networks.len() > 3);
    networks
}

#[test]
fn every_network_reports_once_in_its_own_language() {
    let titles = ["Årsmelding 2016", "Årsmelding 2016", "Annual report 2016"];
    for asked in [None, Some("en"), Some("nb")] {
        let mut arguments = vec!["report", "--year", "2016"];
        arguments.extend(asked.iter().flat_map(|lang| ["--lang", lang]));
        let markdown = printed(&arguments);
        assert_eq!(markdown.lines().filter(|line| line.starts_with("# ")).count(), networks().len());
        for (id, names, language) in networks() {
            let at = LANGUAGES.iter().position(|lang| *lang == asked.unwrap_or(&language)).unwrap();
            let title = format!("# {}: {}", titles[at], names[at]);
            assert_eq!(markdown.lines().filter(|line| **line == title).count(), 1, "{id} {asked:?}");
        }
        arguments.extend(["--format", "json"]);
        let json: Value = serde_json::from_str(&printed(&arguments)).unwrap();
        let reports = json["networks"].as_array().unwrap();
        let mut languages: Vec<_> = reports
            .iter()
            .map(|report| (report["network"].as_str().unwrap(), report["language"].as_str().unwrap()))
            .collect();
        languages.sort_unstable();
        let networks = networks();
        let expected: Vec<_> = networks.iter().map(|(id, _, own)| (&**id, asked.unwrap_or(own))).collect();
        assert_eq!(languages, expected, "{asked:?}");
    }
}

#[test]
fn a_network_that_did_not_exist_gets_one_line() {
    // lms-nord had run for 12 years in 2016; lm-fonna was set up in 2013.
    let own = printed(&["report", "--year", "2003"]);
    for (network, line) in [
        ("LMS Fagnettverk Nord", "LMS Fagnettverk Nord: Nettverket fantes ikke i 2003."),
        (
            "Nettverk for lærings- og meistringstilbod",
            "Nettverk for lærings- og meistringstilbod: Nettverket fanst ikkje i 2003.",
        ),
    ] {
        assert_eq!(own.lines().filter(|text| text.contains(network)).collect::<Vec<_>>(), [line]);
    }
    let english = printed(&["report", "--year", "2003", "--network", "lms-nord", "--lang", "en"]);
    assert_eq!(english, "LMS Fagnettverk Nord: The network did not exist in 2003.\n");
    let there = printed(&["report", "--year", "2004", "--network", "lms-nord", "--lang", "en"]);
    assert!(there.starts_with("# Annual report 2004: LMS Fagnettverk Nord\n"), "{there}");
}

/// A report without the cells in which duties are quoted, which are in the language of their document.
fn without_quoted_duties(markdown: &str) -> String {
    let line = |line: &str| match line.strip_prefix("| ") {
        Some(row) => row.split(" | ").filter(|cell| !cell.starts_with('“')).collect::<Vec<_>>().join(" | "),
        None => line.to_owned(),
    };
    markdown.lines().map(line).collect::<Vec<_>>().join("\n")
}

#[test]
fn english_headings_and_lead_ins_stand_in_an_english_report_of_all() {
    let markdown = without_quoted_duties(&printed(&["report", "--year", "2016", "--lang", "en"]));
    for norwegian in
        ["Om nettverket", "Møter i nettverket", "Møte i nettverket", "Vedlegg", "skal nettverket:", "Styrt av:"]
    {
        assert!(printed(&["report", "--year", "2016"]).contains(norwegian), "{norwegian} is no lead-in any more");
        assert!(!markdown.contains(norwegian), "{norwegian}");
    }
    for norwegian in ["Ingenting", "ikkje", "ikke ", " av 4", "Kor sikkert", "Hvor sikkert", "Saman med", "Sammen med"]
    {
        assert!(!markdown.contains(norwegian), "{norwegian}");
    }
}

#[test]
fn half_a_registry_is_refused_unless_somebody_insists() {
    let tree = Tree::sound();
    let ask = ["report", "--year", "2016", "--network", "lm-fjord", "--lang", "nb"];
    let sound = run(&mut tree.command(&ask));
    assert_eq!((sound.code, &*sound.talk), (Some(0), ""));
    assert!(sound.out.contains("minst 355 («vel 355»)"), "{}", sound.out);
    tree.file("offerings/odelagd.toml", "title = ");
    for format in [&[][..], &["--format", "json"]] {
        let refused = run(&mut tree.command(&[&ask[..], format].concat()));
        assert_eq!((refused.code, &*refused.out), (Some(2), ""), "{format:?}");
        assert!(refused.talk.contains("«lmnet check»"), "{}", refused.talk);
    }
    // What is left out is said in the document, beside it and to machines.
    let partial = run(&mut tree.command(&[&ask[..], &["--partial"]].concat()));
    let remark = "1 post kunne ikke leses og er ikke med her: offerings/odelagd. «lmnet check» viser hvorfor.\n\n";
    assert_eq!((partial.code, partial.out.replace(remark, "")), (Some(0), sound.out));
    assert!(partial.out.contains(remark) && partial.talk.contains("«lmnet check»"), "{}", partial.talk);
    let json = run(&mut tree.command(&[&ask[..], &["--partial", "--format", "json"]].concat())).out;
    let json: Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["left-out"], json!(["offerings/odelagd"]));
}

/// A report without its attachments, of which duties, seats and coverage alone depend on the day.
fn without_commitments(markdown: &str) -> String {
    let parts = markdown.split("\n## ").filter(|part| !part.starts_with("10. "));
    parts.collect::<Vec<_>>().join("\n## ")
}

#[test]
fn two_runs_and_other_days_give_the_same_bytes() {
    let ask = ["report", "--year", "2016"];
    let whole = run(&mut lmnet(&ask));
    assert_eq!(run(&mut lmnet(&ask)), whole);
    // Only the feet name the day.
    let run = |command: &mut Command| {
        let ran = run(command);
        Ran { out: common::without_feet(&ran.out), ..ran }
    };
    let first = run(&mut lmnet(&ask));
    let titles = first.out.lines().filter(|line| line.starts_with("# ")).count();
    assert_eq!(whole.out.matches(" 30. november 2026 med lmnet ").count(), titles);
    // In April 2017 the last report for 2016 was signed; since then no day changes anything.
    for day in ["2017-12-31", "2024-02-29", "2031-12-31"] {
        assert_eq!(run(lmnet(&ask).env("LMNET_TODAY", day)), first, "LMNET_TODAY={day}");
        assert_eq!(run(lmnet(&ask).args(["--today", day])), first, "--today {day}");
    }
    assert_eq!(run(lmnet(&ask).env_remove("LMNET_TODAY")), first, "by the clock");
    let rest = without_commitments(&first.out);
    assert!(rest.len() < first.out.len());
    for day in ["1999-01-01", "2017-01-01"] {
        let early = run(lmnet(&ask).args(["--today", day]));
        assert_eq!(early.code, Some(0), "--today {day}");
        assert_eq!(without_commitments(&early.out), rest, "--today {day}");
        assert_ne!(early.out, first.out, "--today {day}: what was not there yet is not told");
    }
}
