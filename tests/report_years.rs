//! Figures in the text, published beside recorded, last year beside this one, and several years side by side: worked out by
//! hand from the files of the fictional network.

mod common;

use common::{Tree, printed, run, without_feet};
use lmnet::document::Block;
use lmnet::lang::Lang;
use lmnet::mandate::Mandates;
use lmnet::registry::Registry;
use lmnet::report::annual;
use serde_json::{Value, json};

fn markdown(arguments: &[&str]) -> String {
    without_feet(&printed(&[&["report"], arguments].concat())).replace('\u{a0}', " ")
}

/// The cells of the row that begins so.
fn row(markdown: &str, first: &str) -> Vec<String> {
    let start = format!("| {first} |");
    let Some(line) = markdown.lines().find(|line| line.starts_with(&start)) else { panic!("{first}\n{markdown}") };
    line.trim_matches('|').split('|').skip(1).map(|cell| cell.trim().to_owned()).collect()
}

/// The years of a network as JSON.
fn years(network: &str, span: &str, audience: &str) -> Value {
    let ask = ["report", "--network", network, "--years", span, "--audience", audience, "--format", "json"];
    let report: Value = serde_json::from_str(&printed(&ask)).unwrap();
    assert_eq!((&report["schema"], &report["version"]), (&json!("lmnet-report-years"), &json!(1)));
    report["networks"][0]["content"].clone()
}

#[test]
fn like_is_compared_with_like() {
    // Of 13 offerings of 2024 with 18 runs, and 12 of 2025 with 17, only pustetreff has an organiser that is no party: two
    // runs with at least 20 + about 15 in 2024, one with about 25 + 5 in 2025. The centre of Sørvik, which gave two runs in
    // 2024, is of the same parties as that of Vågvik: Sørvik and Nordvåg became Vågvik.
    let years = years("lm-fjordnett", "2024..2025", "internal");
    let of = |year: usize, which: &str| years["years"][year][which].clone();
    let told = |totals: Value| (totals["offerings"].clone(), totals["runs"].clone());
    assert_eq!([0, 1].map(|year| told(of(year, "all"))), [(json!(13), json!(18)), (json!(12), json!(17))]);
    assert_eq!([0, 1].map(|year| told(of(year, "like-with-like"))), [(json!(12), json!(16)), (json!(11), json!(16))]);
    let participants = |year| of(year, "like-with-like")["participants"]["all"].clone();
    // 262 less 35, 277 less 30; none of the relatives at pustetreff in 2024 were recorded.
    assert_eq!(participants(0), json!({ "quality": "at-least", "value": 227, "not-recorded": 2, "of": 32 }));
    assert_eq!(participants(1), json!({ "quality": "at-least-about", "value": 247, "not-recorded": 2, "of": 32 }));
    let parties = years["parties"].as_array().unwrap();
    assert!(parties.contains(&json!("Vågvik")) && !parties.contains(&json!("Høgskulen i Kystland")), "{parties:?}");
}

#[test]
fn last_year_stands_beside_this_year_in_three_languages() {
    for (lang, offerings, same, uncertain, new) in [
        ("nn", "Tilbod", "Tilbod, partane som er med begge åra", "uviss", "ny"),
        ("nb", "Tilbud", "Tilbud, partene som er med begge årene", "usikker", "ny"),
        ("en", "Offerings", "Offerings, parties present in both years", "not certain", "new"),
    ] {
        let ask = ["--network", "lm-fjordnett", "--year", "2025", "--audience", "internal", "--lang", lang];
        let text = markdown(&ask);
        let (_, table) = text.split_once("| 2024 | 2025 |").unwrap();
        assert_eq!(row(table, offerings), ["13", "12", "−1"], "{lang}");
        assert_eq!(row(table, same), ["12", "11", "−1"], "{lang}");
        let participants = table.lines().find(|line| line.contains("262") && line.contains("277")).unwrap();
        assert!(participants.ends_with(&format!("| {uncertain} |")), "{participants}");
        // Skognett began in 2024, and nothing is there to compare it with but what was published.
        let skognett = ["report", "--network", "lm-skognett", "--year", "2024", "--lang", lang];
        let tree = Tree::fjordnett();
        assert!(!run(&mut tree.command(&skognett)).out.contains("| 2023 | 2024 |"), "{lang}");
        tree.file(
            "reports/skognett-2023.toml",
            "network = \"lm-skognett\"\nkind = \"annual\"\nyear = 2023\n[[figure]]\nmeasure = \"runs\"\nvalue = 3\n",
        );
        let first = run(tree.command(&skognett).arg("--partial")).out;
        let (_, table) = first.split_once("| 2023 | 2024 |").unwrap();
        assert_eq!(row(table, offerings)[1..], ["2", new], "{lang}");
        assert!(!table.contains(&format!("| {same} |")), "{lang}: no party was there in both years");
    }
}

#[test]
fn participants_of_several_years_are_published_where_nothing_small_follows() {
    // Havnøy's knitting café had at least 4 in 2025, and the conversation group of Reinvik 3 + 1 in a run of 2024; neither
    // follows from sums over a dozen offerings.
    let public = years("lm-fjordnett", "2024..2025", "public");
    assert_eq!(public["years"][1]["all"]["participants"]["all"]["value"], 277);
    let text = markdown(&["--network", "lm-fjordnett", "--year", "2025", "--lang", "nb"]);
    let (_, table) = text.split_once("| 2024 | 2025 |").unwrap();
    let (table, rest) = table.split_once("\n\n").unwrap();
    assert!(table.contains("| Deltakere |") && table.contains("| Deltakere (publisert) |"), "{table}");
    // By organiser some are alone, and hidden.
    let by_organiser = rest.split_once("**Tilbud etter arrangør**").unwrap().1.split("\n\n").nth(1).unwrap();
    assert_eq!(row(by_organiser, "Havnøy"), ["1", "1", ":"]);
    assert_eq!(row(by_organiser, "Ytterfjord"), ["1", "2", "29"]);
}

#[test]
fn three_years_stand_side_by_side() {
    let text = markdown(&["--network", "lm-fjordnett", "--years", "2023..2025", "--lang", "en"]);
    assert!(text.starts_with("# Fjordnett, learning and coping network for Ytterkyst: 2023–2025\n"), "{text}");
    let (chart, table) = text.split_once("| Figure | 2023 | 2024 | 2025 | Change from 2024 |").unwrap();
    assert_eq!(row(chart, "2024"), ["13", "18", "at least about 262 (4 of 36 not recorded)"]);
    assert_eq!(row(chart, "2025"), ["12", "17", "at least about 277 (2 of 34 not recorded)"]);
    assert_eq!(row(table, "Offerings (published)"), ["not recorded", "14", "13", "−1"]);
    assert_eq!(row(table, "Runs")[1..], ["18", "17", "−1"]);
    assert_eq!(row(table, "Runs, parties present in all years")[1..], ["16", "16", "0"]);
}

#[test]
fn years_that_are_none_are_refused() {
    for span in ["2016", "2016..2014", "2016..2016", "16..18", "1900..2000", "2014...2016"] {
        let ran = run(&mut common::on_fjordnett(&["report", "--years", span]));
        assert_eq!(ran.code, Some(2), "{span}");
        assert!(ran.talk.contains("--years"), "{span}: {}", ran.talk);
    }
    for other in [&["--year", "2024"][..], &["--compiled-for", "samhandlingssekretariatet"]] {
        let ran = run(&mut common::on_fjordnett(&[&["report", "--years", "2024..2025"], other].concat()));
        assert_eq!(ran.code, Some(2), "{other:?}");
    }
    assert_eq!(run(&mut common::on_fjordnett(&["report"])).code, Some(2), "some year must be named");
}

#[test]
fn what_was_published_stands_beside_what_is_recorded_with_why_they_differ() {
    // 13 offerings and an information meeting; 18 runs and one meeting.
    let text = markdown(&["--network", "lm-fjordnett", "--year", "2024", "--lang", "nn"]);
    let (_, table) = text.split_once("**Publiserte tal ved sida av det som er registrert**").unwrap();
    let same = |numbers| format!("Det same som er registrert når informasjonsmøta er med ({numbers}).");
    assert_eq!(row(table, "Lærings- og meistringstilbod"), ["14", "13", &same("13 + 1")]);
    assert_eq!(row(table, "Gjennomføringar"), ["19", "18", &same("18 + 1")]);
    // The 18 patients of one hospital are not held against all.
    assert!(!table.split("\n\n").nth(1).unwrap().contains("Tindehøgda"));
}

/// A network with one offering with two runs, and a report that published other numbers of offerings.
fn published(offerings: u32) -> Tree {
    let tree = Tree::empty();
    tree.file("lmnet.toml", "format = 1\n");
    tree.file("organisations/nord.toml", "name = \"Nord\"\nkind = \"health-trust\"\n");
    tree.file("networks/lm.toml", "name = \"LM\"\nlanguage = \"nn\"\nparties = [\"nord\"]\n");
    tree.file(
        "offerings/kurs.toml",
        "title = \"Kurs\"\norganiser = \"nord\"\nnetwork = \"lm\"\nform = \"group\"\n[[run]]\nstart = 2024-02-01\n\
         patients = 10\n[[run]]\nstart = 2024-09-01\npatients = 12\n",
    );
    tree.file(
        "reports/lm-2024.toml",
        format!(
            "network = \"lm\"\nkind = \"annual\"\nyear = 2024\n[[figure]]\nmeasure = \"offerings\"\nvalue = {offerings}\n\
             [[narrative]]\nsection = \"assessment\"\ntext = {{ nb = \"Et godt år.\" }}\n\
             [[narrative]]\nsection = \"offerings\"\ntext = {{ nn = \"Mange kom.\" }}\n"
        ),
    );
    tree
}

#[test]
fn a_difference_is_told_and_never_made_to_fit() {
    for (offerings, explanation) in [
        (1, "As recorded."),
        (
            2,
            "1 more than recorded: something is not recorded, or something else was counted. So many runs are recorded (2).",
        ),
        (5, "4 more than recorded: something is not recorded, or something else was counted."),
        (0, "1 fewer than recorded: something was recorded afterwards, or something else was counted."),
    ] {
        let tree = published(offerings);
        let ran = run(&mut tree.command(&["report", "--year", "2024", "--lang", "en", "--partial"]));
        let (_, table) = ran.out.split_once("**Published figures beside what is recorded**").unwrap();
        let found = row(table, "Learning and coping offerings");
        assert_eq!(found, [&offerings.to_string(), "1", explanation], "{offerings}");
    }
}

#[test]
fn figures_stand_in_the_text_as_the_source_said_them() {
    let nord = |lang: &str| {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_lmnet"));
        common::quiet_environment(&mut command);
        let ask = ["report", "--year", "2016", "--network", "lms-nord", "--lang", lang];
        run(command.args(ask).current_dir(env!("CARGO_MANIFEST_DIR"))).out.replace('\u{a0}', " ")
    };
    for (lang, sentences) in [
        (
            "nn",
            [
                "Vel 3 550 pasientar og pårørande deltok i gruppebasert opplæring. Det var til saman 284 tilbod.",
                "Nettverket har vore i drift i 12 år.",
                "Grunnkurs i helsepedagogikk vart gjennomført ved 3 av 4 helseføretak.",
            ],
        ),
        (
            "nb",
            [
                "Vel 3 550 pasienter og pårørende deltok i gruppebasert opplæring. Det var til sammen 284 tilbud.",
                "Nettverket har vært i drift i 12 år.",
                "Grunnkurs i helsepedagogikk ble gjennomført ved 3 av 4 helseforetak.",
            ],
        ),
        (
            "en",
            [
                "Just over 3,550 patients and relatives took part in group training. There were 284 offerings in all.",
                "The network has been running for 12 years.",
                "A basic course in health pedagogy was held at 3 of 4 hospital trusts.",
            ],
        ),
    ] {
        let text = nord(lang);
        for sentence in sentences {
            assert!(text.contains(&format!("\n\n{sentence}\n\n")), "{lang}: {sentence}");
        }
    }
}

#[test]
fn a_text_in_another_language_is_marked_and_every_table_has_a_caption_of_its_own() {
    let tree = published(2);
    let registry = Registry::load(&tree.root);
    let mandates = Mandates::new(&registry);
    let network = registry.networks.get("lm").unwrap();
    let day = "2026-11-30".parse().unwrap();
    let report = annual::compute(&mandates, &[(network, Lang::Nn)], 2024, annual::Audience::Public, day);
    let documents = annual::document(&report);
    let marked = documents[0].blocks.iter().filter_map(|block| match block {
        Block::Paragraph(phrase) => phrase.lang.map(|lang| (lang, &*phrase.text)),
        _ => None,
    });
    assert_eq!(marked.collect::<Vec<_>>(), [("nb", "Et godt år.")]);
    // Duties are quoted in the language of their document.
    for lang in Lang::ALL {
        let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/fjordnett");
        let registry = Registry::load(&root);
        let mandates = Mandates::new(&registry);
        let network = registry.networks.get("lm-fjordnett").unwrap();
        let report = annual::compute(&mandates, &[(network, lang)], 2024, annual::Audience::Internal, day);
        let blocks = annual::document(&report).remove(0).blocks;
        let captions = blocks.iter().filter_map(|block| match block {
            Block::Table(sheet) => Some((sheet.id, &*sheet.caption.text)),
            Block::Chart(chart) => Some((chart.table.id, &*chart.table.caption.text)),
            _ => None,
        });
        let captions: Vec<(&str, &str)> = captions.collect();
        assert!(captions.len() > 12, "{captions:?}");
        for (at, (id, caption)) in captions.iter().enumerate() {
            assert!(!caption.is_empty(), "{id}");
            let others = captions.iter().enumerate().filter(|(other, _)| *other != at);
            assert!(others.clone().all(|(_, (other, text))| id != other && caption != text), "{id}: {caption}");
        }
        let duties = blocks.iter().find_map(|block| match block {
            Block::Table(sheet) if sheet.id == "duties" => Some(&sheet.rows),
            _ => None,
        });
        let quoted: Vec<Option<&str>> = duties.unwrap().iter().map(|row| row[1].lang).collect();
        let own = if lang == Lang::Nn { None } else { Some("nn") };
        assert!(quoted.iter().all(|found| *found == own), "{lang}: {quoted:?}");
        let charts = blocks.iter().filter(|block| matches!(block, Block::Chart(_))).count();
        assert_eq!(charts, 3, "by reach, by trust, duties by status");
    }
}

#[test]
fn a_year_before_of_which_nothing_is_known_is_told_of_in_a_sentence() {
    for (lang, sentence, heading) in [
        ("nn", "Registeret har ingen tilbod og ingen publiserte tal frå 2023 å setje ved sida av desse.", "året før"),
        ("nb", "Registeret har ingen tilbud og ingen publiserte tall fra 2023 å sette ved siden av disse.", "året før"),
        (
            "en",
            "The registry has no offerings and no published figures of 2023 to set beside these.",
            "the year before",
        ),
    ] {
        let report = |tree: &Tree, year: &str| {
            let ran = run(&mut tree.command(&["report", "--year", year, "--lang", lang, "--partial"]));
            assert_eq!(ran.code, Some(0), "{}", ran.talk);
            ran.out
        };
        let tree = published(2);
        let text = report(&tree, "2024");
        assert!(text.contains(sentence) && !text.contains(heading) && !text.contains("| 2023 |"), "{text}");
        // Of the next year, that one is known.
        tree.file(
            "offerings/yngre.toml",
            "title = \"Yngre\"\norganiser = \"nord\"\nnetwork = \"lm\"\nform = \"group\"\n[[run]]\nstart = 2025-02-01\n",
        );
        assert!(report(&tree, "2025").contains("| 2024 | 2025 |"));
        // A published figure is something, and so is an offering.
        tree.file(
            "reports/lm-2023.toml",
            "network = \"lm\"\nkind = \"annual\"\nyear = 2023\n[[figure]]\nmeasure = \"participants\"\nvalue = 40\n",
        );
        let text = report(&tree, "2024");
        assert!(!text.contains(sentence) && text.contains(heading) && text.contains("| 2023 | 2024 |"), "{text}");
        let tree = published(2);
        tree.file(
            "offerings/eldre.toml",
            "title = \"Eldre\"\norganiser = \"nord\"\nnetwork = \"lm\"\nform = \"group\"\n[[run]]\nstart = 2023-02-01\n",
        );
        assert!(report(&tree, "2024").contains("| 2023 | 2024 |"));
    }
}
