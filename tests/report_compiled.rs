//! The report that a body compiles: who is missing, who was late, what becomes of it. Worked out by hand from the files.

mod common;

use std::process::Command;

use common::{on_fjordnett, printed, run, without_feet};
use serde_json::{Value, json};

fn compiled(body: &str, year: &str, today: &str, more: &[&str]) -> Value {
    let ask = ["report", "--compiled-for", body, "--year", year, "--today", today, "--format", "json"];
    let report: Value = serde_json::from_str(&printed(&[&ask[..], more].concat())).unwrap();
    assert_eq!((&report["schema"], &report["version"]), (&json!("lmnet-compiled-report"), &json!(1)));
    report
}

/// Each network with whether its report is there.
fn deliveries(report: &Value) -> Vec<(&str, &str)> {
    let networks = report["networks"].as_array().unwrap().iter();
    networks.map(|one| (one["network"].as_str().unwrap(), one["delivery"].as_str().unwrap())).collect()
}

#[test]
fn one_network_is_missing_and_one_was_late() {
    let of = |today: &str| compiled("samhandlingssekretariatet", "2024", today, &[]);
    // Fjordnett sent its report on 29 January 2025, Skognett on 10 February; Lyngnett never did.
    let late = of("2026-11-30");
    assert_eq!(deliveries(&late), [("lm-lyngnett", "missing"), ("lm-skognett", "late"), ("lm-fjordnett", "in-time")]);
    let before = of("2025-02-09");
    assert_eq!(
        deliveries(&before),
        [("lm-lyngnett", "missing"), ("lm-skognett", "missing"), ("lm-fjordnett", "in-time")]
    );
    let early = of("2025-01-28");
    assert!(deliveries(&early).iter().all(|(_, delivery)| *delivery == "open"), "{early}");
}

#[test]
fn the_chain_goes_from_the_networks_to_the_committee() {
    let report = compiled("samhandlingssekretariatet", "2024", "2026-11-30", &["--lang", "en"]);
    let chain: Vec<[&str; 4]> = report["chain"]
        .as_array()
        .unwrap()
        .iter()
        .map(|step| [&step["who"], &step["due"], &step["sent"], &step["status"]].map(|one| one.as_str().unwrap_or("-")))
        .collect();
    assert_eq!(
        chain,
        [
            ["Fjordnett", "2025-01-31", "29 January 2025", "met-on-time"],
            ["Lyngnett", "2025-01-31", "-", "overdue"],
            ["Skognett", "2025-01-31", "10 February 2025", "met-late"],
            ["The cooperation secretariat", "2025-02-28", "27 February 2025", "met-on-time"],
        ]
    );
    let last = &report["chain"][3];
    assert_eq!((&last["to"], &last["missing"]), (&json!(["SSU"]), &json!(["Lyngnett"])));
}

#[test]
fn the_document_says_it_in_three_languages() {
    for (lang, lines) in [
        (
            "nn",
            [
                "Per 30. november 2026 har 2 av 3 nettverk levert rapport for 2024: i tide 1, for seint 1.",
                "- Manglar: Lyngnett.",
                "- For seint: Skognett (10 dagar).",
                "Den samla rapporten vart send til SSU 27. februar 2025; fristen var 28. februar 2025.",
            ],
        ),
        (
            "nb",
            [
                "Per 30. november 2026 har 2 av 3 nettverk levert rapport for 2024: i tide 1, for sent 1.",
                "- Mangler: Lyngnett.",
                "- For sent: Skognett (10 dager).",
                "Den samlede rapporten ble sendt til SSU 27. februar 2025; fristen var 28. februar 2025.",
            ],
        ),
        (
            "en",
            [
                "As of 30 November 2026, 2 of 3 networks have handed in a report for 2024: on time 1, late 1.",
                "- Missing: Lyngnett.",
                "- Late: Skognett (10 days).",
                "The compiled report was sent to SSU on 27 February 2025; the deadline was 28 February 2025.",
            ],
        ),
    ] {
        let ask = ["report", "--compiled-for", "samhandlingssekretariatet", "--year", "2024", "--lang", lang];
        let text = without_feet(&printed(&ask));
        for line in lines {
            assert!(text.lines().any(|found| found == line), "{lang}: {line}\n{text}");
        }
    }
}

#[test]
fn sums_are_as_good_as_their_weakest_part() {
    // Published: Fjordnett 14 offerings and at least 262 participants, Skognett at least 20; Lyngnett nothing.
    let ask = ["report", "--compiled-for", "samhandlingssekretariatet", "--year", "2024", "--lang", "nb"];
    let text = without_feet(&printed(&ask));
    let all = "| Alle | 15 | 20 | minst ca. 282 (ikke registrert: 5 av 40) | minst 14 | minst 282 |";
    assert!(text.contains(all), "{text}");
    let internal = compiled("samhandlingssekretariatet", "2024", "2026-11-30", &["--audience", "internal"]);
    // 262 of Fjordnett, with 4 of 36 not recorded; of Skognett 20, with 1 of 4 not recorded.
    let all = json!({ "quality": "at-least-about", "value": 282, "not-recorded": 5, "of": 40 });
    assert_eq!(internal["sum"]["participants"]["all"], all);
    let public = compiled("samhandlingssekretariatet", "2024", "2026-11-30", &[]);
    assert_eq!(public["sum"]["participants"]["all"], all, "sums over so many offerings give no small count away");
}

#[test]
fn a_regional_authority_sees_its_trusts() {
    let report = compiled("helse-havgap-rhf", "2024", "2026-11-30", &["--audience", "internal"]);
    // Nothing is owed to it; its trusts take part in two of the networks.
    assert_eq!(deliveries(&report), [("lm-fjordnett", "no-duty"), ("lm-skognett", "no-duty")]);
    let trusts = report["trusts"].as_array().unwrap().iter();
    let trusts: Vec<(&str, u64, u64)> = trusts
        .map(|one| {
            let totals = &one["totals"];
            (one["trust"].as_str().unwrap(), totals["offerings"].as_u64().unwrap(), totals["runs"].as_u64().unwrap())
        })
        .collect();
    // Granskog: the COPD school. Ytterkyst: diabetesleir 1 run, kols-skule 2, nettkurs-smerte 0, parorandeskule-demens 1,
    // sosken 1, startkurs-diabetes 2.
    assert_eq!(trusts, [("helse-granskog", 1, 1), ("helse-ytterkyst", 6, 7)]);
    assert_eq!((&report["sum"]["offerings"], &report["sum"]["runs"]), (&json!(15), &json!(20)));
}

#[test]
fn the_real_chain_is_all_data() {
    let mut command = Command::new(env!("CARGO_BIN_EXE_lmnet"));
    common::quiet_environment(&mut command);
    command.args(["report", "--compiled-for", "fousam", "--year", "2016", "--format", "json"]);
    let ran = run(command.current_dir(env!("CARGO_MANIFEST_DIR")));
    let report: Value = serde_json::from_str(&ran.out).unwrap();
    let fonna = &report["networks"].as_array().unwrap()[0];
    // No records were kept: not known, rather than missing.
    assert_eq!((&fonna["network"], &fonna["delivery"]), (&json!("lm-fonna"), &json!("not-recorded")));
    let due: Vec<&str> = report["chain"].as_array().unwrap().iter().map(|step| step["due"].as_str().unwrap()).collect();
    assert_eq!(due, ["2017-01-31", "2017-02-28"]);
    assert_eq!(report["chain"][1]["to"], json!(["SU"]));
}

#[test]
fn what_is_no_body_or_a_network_besides_is_refused() {
    for more in [
        &["--compiled-for", "nobody"][..],
        &["--compiled-for", "samhandlingssekretariatet", "--network", "lm-fjordnett"],
    ] {
        assert_eq!(run(&mut on_fjordnett(&[&["report", "--year", "2024"], more].concat())).code, Some(2), "{more:?}");
    }
    // A body to which nobody reports gets a line that says so.
    let ask = ["report", "--compiled-for", "hjartelaget", "--year", "2024", "--lang", "en"];
    assert!(printed(&ask).contains("No network reports to"), "{}", printed(&ask));
}
