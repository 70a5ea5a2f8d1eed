//! Where a number of the annual report comes from.

mod common;

use common::{on_fjordnett, printed, run};
use serde_json::{Value, json};

const ASK: [&str; 5] = ["report", "--network", "lm-fjordnett", "--year", "2024"];

fn explained(cell: &str, audience: &str) -> Value {
    let more = ["--explain", cell, "--audience", audience, "--format", "json", "--lang", "en"];
    serde_json::from_str(&printed(&[&ASK[..], &more].concat())).unwrap()
}

/// Every cell that there is, as the message about one that is none names them.
fn cells() -> Vec<String> {
    let ran = run(&mut on_fjordnett(&[&ASK[..], &["--explain", "zzz"]].concat()));
    assert_eq!((ran.code, &*ran.out), (Some(2), ""));
    let rows = ran.talk.lines().skip(1).map(str::trim);
    rows.flat_map(|row| match row.split_once('{') {
        Some((row, columns)) => {
            columns.trim_end_matches('}').split(',').map(|column| format!("{row}{column}")).collect()
        }
        None => vec![row.to_owned()],
    })
    .collect()
}

#[test]
fn a_number_of_offerings_or_runs_has_so_many_records_behind_it() {
    let cells = cells();
    let mut seen = 0;
    for cell in cells.iter().filter(|cell| !cell.starts_with("published/")) {
        let found = explained(cell, "internal");
        let records = found["records"].as_array().unwrap();
        if cell.ends_with("/offerings") || cell.ends_with("/runs") {
            assert_eq!(found["value"], json!(records.len().to_string()), "{cell}");
            seen += 1;
        }
    }
    assert!(seen > 40, "{cells:?}");
    for (cell, number) in [("registered/offerings", 13), ("registered/runs", 18), ("years/2024/runs", 18)] {
        assert_eq!(explained(cell, "public")["records"].as_array().unwrap().len(), number, "{cell}");
    }
    // Those of healthy life centres are the municipalities' too, and the joint ones.
    let municipal = explained("trust/municipalities/offerings", "public");
    let records = municipal["records"].as_array().unwrap().iter();
    let ids: Vec<&str> = records.map(|one| one["record"].as_str().unwrap().trim_start_matches("offerings/")).collect();
    assert_eq!(
        ids,
        [
            "friskliv-sorvik",
            "frisklivssamtale",
            "meistring-i-kvardagen",
            "parorandeskule-demens",
            "samtalegruppe-reinvik",
            "startkurs-diabetes",
            "strikkekafe-havnoy",
        ]
    );
}

#[test]
fn participants_are_the_sum_of_what_each_run_adds() {
    let found = explained("registered/patients", "internal");
    assert_eq!(found["value"], "at least about 182 (1 of 18 not recorded)");
    let number = |text: &str| text.rsplit(' ').next().unwrap().parse::<u64>().unwrap_or(0);
    let adds: Vec<u64> =
        found["records"].as_array().unwrap().iter().map(|one| number(one["adds"].as_str().unwrap())).collect();
    assert_eq!((adds.len(), adds.iter().sum::<u64>()), (18, 182));
}

#[test]
fn the_public_is_told_no_counts_where_something_is_hidden() {
    for cell in cells().iter().filter(|cell| cell.ends_with("/participants") && !cell.starts_with("published/")) {
        let found = explained(cell, "public");
        assert_eq!(found["value"], ":", "{cell}");
        assert!(found["records"].as_array().unwrap().iter().all(|one| one.get("adds").is_none()), "{cell}");
    }
}

#[test]
fn a_published_figure_names_its_report_and_place() {
    let found = explained("published/participants", "public");
    let record = &found["records"][0];
    assert_eq!(record["record"], "reports/fjordnett-2024");
    assert!(record["part"].as_str().unwrap().ends_with(", s. 3"), "{record}");
    let text = printed(&[&ASK[..], &["--explain", "published/offerings", "--lang", "nb"]].concat());
    assert!(text.starts_with("# published/offerings: 14\n"), "{text}");
}

#[test]
fn a_cell_that_is_none_is_told_what_is_near() {
    let ran = run(&mut on_fjordnett(&[&ASK[..], &["--explain", "registered/run"]].concat()));
    assert_eq!(ran.code, Some(2));
    assert!(ran.talk.contains("registered/runs"), "{}", ran.talk);
    let ran = run(&mut on_fjordnett(&["report", "--year", "2024", "--explain", "registered/runs"]));
    assert_eq!(ran.code, Some(2), "one network must be named");
}
