//! What the annual reports of the invented network in `examples/fjordnett` add up to, and what they must not give away.
//!
//! The sums are worked out by hand from the files, and once more by a small reader of its own.

mod common;

use std::collections::BTreeMap;
use std::process::Command;

use common::{Tree, run};
use serde_json::{Value, json};

fn lmnet(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_lmnet"));
    common::quiet_environment(&mut command);
    command.args(arguments).args(["--registry", "examples/fjordnett"]).current_dir(env!("CARGO_MANIFEST_DIR"));
    command
}

fn printed(arguments: &[&str]) -> String {
    let ran = run(&mut lmnet(arguments));
    assert_eq!((ran.code, &*ran.talk), (Some(0), ""), "{arguments:?}");
    ran.out
}

/// A report as JSON: what the year held.
fn content(year: &str, network: &str, audience: &str) -> Value {
    let ask = ["report", "--year", year, "--network", network, "--audience", audience, "--format", "json"];
    let report: Value = serde_json::from_str(&printed(&ask)).unwrap();
    report["networks"][0]["content"].clone()
}

fn offerings(year: &str, network: &str, audience: &str) -> Value {
    content(year, network, audience)["offerings"].clone()
}

/// A sum as JSON has it.
fn sum(quality: &str, value: u64, not_recorded: u64, of: u64) -> Value {
    json!({ "quality": quality, "value": value, "not-recorded": not_recorded, "of": of })
}

#[test]
fn the_sums_of_2024_are_those_worked_out_by_hand() {
    //                        runs patients          relatives
    // diabetesleir            1   22                0
    // friskliv-sorvik         2   9+7               0+0
    // frisklivssamtale        0   all year, no runs
    // hjarteskule             2   18+15             13 + at least 10
    // kols-skule              2   14+12             8+7
    // meistring-i-kvardagen   2   10+13             0+0
    // nettkurs-smerte         0   all year from May, no runs
    // parorandeskule-demens   1   0                 21
    // pustetreff              2   at least 20 + about 15, relatives not recorded
    // samtalegruppe-reinvik   2   4+3               2+1
    // sosken                  1   0                 9
    // startkurs-diabetes      2   11+9              5+4
    // strikkekafe-havnoy      1   not recorded      not recorded
    // 13 offerings           18   182               80
    let offerings = offerings("2024", "lm-fjordnett", "public");
    assert_eq!((&offerings["offerings"], &offerings["runs"]), (&json!(13), &json!(18)));
    let participants = &offerings["participants"];
    assert_eq!(
        participants["patients"],
        sum("at-least-about", 182, 1, 18),
        "at least, about, and one run not recorded"
    );
    assert_eq!(participants["relatives"], sum("at-least", 80, 3, 18), "both of pustetreff, and strikkekafe-havnoy");
    assert_eq!(participants["all"], sum("at-least-about", 262, 4, 36));
}

#[test]
fn the_sums_of_2025_are_those_worked_out_by_hand() {
    //                        runs patients                relatives
    // friskliv-vagvik         2   14+11                   0+0
    // frisklivssamtale        0   all year, no runs
    // hjarteskule             2   17+19                   11+12
    // kols-skule              3   16+13 + about 20        9+6, the third not recorded
    // meistring-i-kvardagen   2   12 + at least 11        0+0
    // nettkurs-smerte         0   all year, no runs
    // parorandeskule-demens   1   0                       18
    // pustetreff              1   about 25                about 5
    // samtalegruppe-reinvik   2   5+6                     0+2
    // sosken                  1   0                       12
    // startkurs-diabetes      2   12+8                    6+3
    // strikkekafe-havnoy      1   at least 4              not recorded
    // 12 offerings           17   193                     84
    let offerings = offerings("2025", "lm-fjordnett", "public");
    assert_eq!((&offerings["offerings"], &offerings["runs"]), (&json!(12), &json!(17)));
    let participants = &offerings["participants"];
    assert_eq!(participants["patients"], sum("about", 193, 0, 17), "about and at least, nothing missing: about");
    assert_eq!(participants["relatives"], sum("at-least-about", 84, 2, 17), "about and not recorded");
    assert_eq!(participants["all"], sum("at-least-about", 277, 2, 34));
}

#[test]
fn markdown_prints_the_sums_with_their_quality() {
    for (lang, lines) in [
        (
            "nn",
            [
                "| Pasientar | minst om lag 182 (ikkje registrert: 1 av 18) |",
                "| Pårørande | minst 80 (ikkje registrert: 3 av 18) |",
            ],
        ),
        (
            "nb",
            [
                "| Pasienter | minst ca. 182 (ikke registrert: 1 av 18) |",
                "| Pårørende | minst 80 (ikke registrert: 3 av 18) |",
            ],
        ),
        (
            "en",
            [
                "| Patients | at least about 182 (1 of 18 not recorded) |",
                "| Relatives | at least 80 (3 of 18 not recorded) |",
            ],
        ),
    ] {
        let markdown = printed(&["report", "--year", "2024", "--network", "lm-fjordnett", "--lang", lang]);
        let plain = markdown.replace('\u{a0}', " ");
        for line in lines {
            assert!(plain.lines().any(|found| found == line), "{lang}: {line}");
        }
    }
}

#[test]
fn information_meetings_stand_outside() {
    for year in ["2024", "2025"] {
        let offerings = offerings(year, "lm-fjordnett", "internal");
        assert_eq!(offerings["information-meetings"], json!([1, 1]), "{year}: one offering, one run");
        let rows = offerings["rows"].as_array().unwrap();
        assert!(rows.iter().all(|row| row["id"] != "infomote-demens"), "{year}");
        assert_eq!(rows.len(), offerings["offerings"].as_u64().unwrap() as usize, "{year}");
    }
}

#[test]
fn a_cancelled_run_does_not_count() {
    // The camp of 2025 was cancelled, and it had no other run that year.
    let held = |year| offerings(year, "lm-fjordnett", "internal")["rows"].to_string().contains("\"diabetesleir\"");
    assert!(held("2024"));
    assert!(!held("2025"));
}

#[test]
fn a_joint_offering_counts_once_in_all_and_under_each_organiser() {
    // parorandeskule-demens has two organisers and one run, startkurs-diabetes three organisers and two runs:
    // 1 + 2 offerings and 1 × 1 + 2 × 2 runs more than in all, in either year.
    for (year, more) in [("2024", (3, 5)), ("2025", (3, 5))] {
        let offerings = offerings(year, "lm-fjordnett", "public");
        let all = (offerings["offerings"].as_u64().unwrap(), offerings["runs"].as_u64().unwrap());
        for breakdown in offerings["breakdowns"].as_array().unwrap() {
            let parts = breakdown["parts"].as_array().unwrap();
            let total = |key: &str| parts.iter().map(|part| part[key].as_u64().unwrap()).sum::<u64>();
            // Each of the two stands under a trust and under the municipalities: 1 + 1 offerings and 1 + 2 runs more.
            let more = match breakdown["by"].as_str().unwrap() {
                "organiser" => more,
                "trust" => (2, 3),
                _ => (0, 0),
            };
            assert_eq!(
                (total("offerings"), total("runs")),
                (all.0 + more.0, all.1 + more.1),
                "{year} {}",
                breakdown["by"]
            );
        }
        let organisers = &offerings["breakdowns"]
            .as_array()
            .unwrap()
            .iter()
            .find(|part| part["by"] == "organiser")
            .unwrap()["parts"];
        for (name, offered) in [("Øyfjord", (2, 3)), ("Ytterfjord", (1, 2)), ("Fjordbyen sjukehus", (1, 1))] {
            let part = organisers.as_array().unwrap().iter().find(|part| part["name"] == name).unwrap();
            assert_eq!((&part["offerings"], &part["runs"]), (&json!(offered.0), &json!(offered.1)), "{year}: {name}");
        }
    }
}

#[test]
fn a_figure_of_one_organisation_says_whose_it_is() {
    // In 2024 the 18 patients are those of Tindehøgda, the 3.5 posts those of LMS Ytterkyst.
    let markdown = printed(&["report", "--year", "2024", "--network", "lm-fjordnett", "--lang", "nb"]);
    for (figure, whose) in [("| 18 |", "Tindehøgda"), ("3,5", "Ytterkyst")] {
        let line = markdown.lines().find(|line| line.starts_with('|') && line.contains(figure)).unwrap();
        assert!(line.contains(whose), "{line} does not name {whose}");
    }
}

/// The participants of an offering in a year, read with another reader: patients, relatives, both.
#[derive(Clone, Copy, Debug, Default)]
struct Raw {
    total: u64,
    about: bool,
    at_least: bool,
    recorded: u64,
    of: u64,
}

impl Raw {
    fn add(&mut self, count: Option<&toml::Value>) {
        self.of += 1;
        let table = count.and_then(|count| count.as_table());
        let exact = count.and_then(|count| count.as_integer());
        let (at_least, about) =
            (table.and_then(|table| table.get("at-least")), table.and_then(|table| table.get("about")));
        let Some(number) = exact.or(at_least.or(about).and_then(|number| number.as_integer())) else { return };
        self.recorded += 1;
        self.total += u64::try_from(number).unwrap();
        self.at_least |= at_least.is_some();
        self.about |= about.is_some();
    }

    fn json(&self) -> Value {
        let missing = self.of - self.recorded;
        let quality = match (self.about, self.at_least, missing > 0) {
            _ if self.of == 0 => return Value::Null,
            _ if self.recorded == 0 => {
                return json!({ "quality": "not-recorded", "not-recorded": missing, "of": self.of });
            }
            (true, _, true) => "at-least-about",
            (true, _, false) => "about",
            (false, false, false) => "exact",
            (false, _, _) => "at-least",
        };
        sum(quality, self.total, missing, self.of)
    }
}

/// A time as it is written, be it a day or `"2024-spring"`.
fn text(time: &toml::Value) -> String {
    time.as_str().map_or_else(|| time.as_datetime().unwrap().to_string(), str::to_owned)
}

const COLUMNS: [&str; 3] = ["patients", "relatives", "all"];

/// Each offering of the network with participants to count, by id.
fn raw(root: &std::path::Path, year: &str, network: &str) -> BTreeMap<String, [Raw; 3]> {
    let files = walkdir::WalkDir::new(root.join("offerings")).into_iter().map(Result::unwrap);
    let mut found = BTreeMap::new();
    for file in files.filter(|file| file.path().extension().is_some_and(|ending| ending == "toml")) {
        let record: toml::Table = std::fs::read_to_string(file.path()).unwrap().parse().unwrap();
        let is = |key: &str, word: &str| record.get(key).and_then(|value| value.as_str()) == Some(word);
        if !is("network", network) || is("form", "information-meeting") {
            continue;
        }
        let mut sums = [Raw::default(); 3];
        for run in record.get("run").and_then(|runs| runs.as_array()).into_iter().flatten() {
            let cancelled = run.get("status").and_then(|status| status.as_str()) == Some("cancelled");
            if !cancelled && text(&run["start"]).starts_with(year) {
                for (column, keys) in [&["patients"][..], &["relatives"], &["patients", "relatives"]].iter().enumerate()
                {
                    keys.iter().for_each(|key| sums[column].add(run.get(*key)));
                }
            }
        }
        if sums[0].of > 0 {
            found.insert(file.path().file_stem().unwrap().to_str().unwrap().to_owned(), sums);
        }
    }
    found
}

const REPORTS: [(&str, &str); 4] =
    [("2024", "lm-fjordnett"), ("2025", "lm-fjordnett"), ("2024", "lm-skognett"), ("2025", "lm-skognett")];

fn example() -> std::path::PathBuf {
    std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/fjordnett")
}

#[test]
fn the_network_itself_sees_every_number() {
    let mut small = 0;
    for (year, network) in REPORTS {
        let offerings = offerings(year, network, "internal");
        let raw = raw(&example(), year, network);
        assert!(!raw.is_empty());
        let rows = offerings["rows"].as_array().unwrap();
        let held = rows.iter().filter(|row| row["runs"] != 0).map(|row| row["id"].as_str().unwrap());
        assert_eq!(held.collect::<std::collections::BTreeSet<_>>(), raw.keys().map(String::as_str).collect());
        for (id, sums) in &raw {
            let row = rows.iter().find(|row| row["id"] == **id).unwrap();
            for (column, sum) in COLUMNS.iter().zip(sums) {
                assert_eq!(row["participants"][column], sum.json(), "{year} {id} {column}");
                small += u32::from((1..5).contains(&sum.total));
            }
        }
        assert_eq!(offerings["hidden"], 0, "{year} {network}");
        let markdown = printed(&["report", "--year", year, "--network", network, "--audience", "internal"]);
        assert!(!markdown.contains("| : |"), "{year} {network}");
    }
    assert!(small >= 4, "the example has small counts to hide");
}

/// What a public report gives away of small counts, told by the true ones.
fn leaks(public: &Value, raw: &BTreeMap<String, [Raw; 3]>, below: u64) -> Vec<String> {
    let small = |number: u64| (1..below).contains(&number);
    let mut leaks = Vec::new();
    let rows = public["rows"].as_array().unwrap();
    for (at, column) in COLUMNS.iter().enumerate() {
        let shown = |participants: &Value| participants[column].get("value").and_then(Value::as_u64);
        for row in rows.iter().filter(|row| shown(&row["participants"]).is_some_and(small)) {
            leaks.push(format!("{column} of {} is shown", row["id"]));
        }
        let Some(total) = shown(&public["participants"]) else { continue };
        if small(total) {
            leaks.push(format!("{column} in all is shown"));
        }
        // What is left when the numbers that are shown are taken from the total is the sum of the hidden ones.
        let hidden: Vec<u64> = rows
            .iter()
            .filter(|row| row["participants"][column].get("hidden").is_some())
            .map(|row| raw[row["id"].as_str().unwrap()][at].total)
            .collect();
        let left = total - rows.iter().filter_map(|row| shown(&row["participants"])).sum::<u64>();
        assert_eq!(left, hidden.iter().sum::<u64>(), "{column}: total and rows do not agree");
        let somebody = hidden.iter().filter(|number| **number > 0).count();
        if small(left) {
            leaks.push(format!("{column}: {left} is left for the hidden rows"));
        }
        if somebody == 1 {
            leaks.push(format!("{column}: {left} is left for a single row"));
        }
    }
    leaks
}

#[test]
fn the_public_sees_no_small_count_and_cannot_work_one_out() {
    for (year, network) in REPORTS {
        let public = offerings(year, network, "public");
        let raw = raw(&example(), year, network);
        assert_eq!(leaks(&public, &raw, 5), Vec::<String>::new(), "{year} {network}");
        let small = raw.values().any(|sums| sums.iter().any(|sum| (1..5).contains(&sum.total)));
        assert_eq!(public["hidden"].as_u64().unwrap() > 0, small, "{year} {network}: hidden only where it must be");
    }
    // Unhidden, the same reports would leak: the search for leaks finds them.
    let internal = offerings("2025", "lm-fjordnett", "internal");
    assert!(!leaks(&internal, &raw(&example(), "2025", "lm-fjordnett"), 5).is_empty());
}

#[test]
fn the_public_works_out_no_small_count_of_sixty_invented_registries() {
    let mut state = 2016_u32;
    let mut random = |below: u32| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 16) % below
    };
    let (mut hidden, mut totals) = (0, 0);
    for number in 0..60 {
        let below = [5, 5, 3, 10][number % 4];
        let tree = Tree::empty();
        tree.file("lmnet.toml", format!("format = 1\n[publish]\nsuppress-below = {below}\n"));
        tree.file("organisations/fjord.toml", "name = \"Fjord\"\nkind = \"municipality\"\n");
        tree.file("networks/lm.toml", "name = \"LM\"\nparties = [\"fjord\"]\n");
        for offering in 0..1 + random(6) {
            let mut text = String::from("title = \"Kurs\"\norganiser = \"fjord\"\nnetwork = \"lm\"\n");
            for _ in 0..1 + random(2) {
                let mut count = || match (random(10), random(13)) {
                    (0, _) => "\"not-recorded\"".to_owned(),
                    (1, number) => format!("{{ at-least = {number} }}"),
                    (2, number) => format!("{{ about = {number} }}"),
                    (3..=5, _) => "0".to_owned(),
                    (_, number) => number.to_string(),
                };
                text += &format!("[[run]]\nstart = 2024-02-01\npatients = {}\nrelatives = {}\n", count(), count());
            }
            tree.file(format!("offerings/kurs-{offering}.toml"), text);
        }
        let ran = run(&mut tree.command(&["report", "--year", "2024", "--format", "json"]));
        let report: Value = serde_json::from_str(&ran.out).unwrap_or_else(|error| panic!("{error}: {ran:?}"));
        let public = &report["networks"][0]["content"]["offerings"];
        let raw = raw(&tree.root, "2024", "lm");
        assert_eq!(leaks(public, &raw, below), Vec::<String>::new(), "registry {number}: {raw:?}");
        hidden += u32::from(public["hidden"].as_u64().unwrap() > 0);
        totals += u32::from(public["participants"]["all"].get("value").is_some());
    }
    assert!(hidden > 20 && totals > 20, "{hidden} with hidden rows and {totals} with totals: both are tried");
}
