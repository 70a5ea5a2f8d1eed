//! Where a number of the annual report comes from.

mod common;

use common::{Tree, on_fjordnett, printed, run};
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
    let mut ids: Vec<&str> =
        records.map(|one| one["record"].as_str().unwrap().trim_start_matches("offerings/")).collect();
    ids.sort_unstable();
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
fn the_public_is_told_no_more_than_the_report_tells() {
    let report: Value = serde_json::from_str(&printed(&[&ASK[..], &["--format", "json"]].concat())).unwrap();
    let offerings = &report["networks"][0]["content"]["offerings"];
    let rows = offerings["rows"].as_array().unwrap();
    let hidden = |number: &Value| number["hidden"] == true;
    let mut seen = 0;
    for (column, key) in [("patients", "patients"), ("relatives", "relatives"), ("participants", "all")] {
        let found = explained(&format!("registered/{column}"), "public");
        assert_eq!(found["value"] == ":", hidden(&offerings["participants"][key]), "{column}");
        for behind in found["records"].as_array().unwrap() {
            let id = behind["record"].as_str().unwrap().trim_start_matches("offerings/");
            let row = rows.iter().find(|row| row["id"] == id).unwrap();
            assert_eq!(behind["adds"] == ":", hidden(&row["participants"][key]), "{id}");
            assert!(behind.get("part").is_none(), "a run may be smaller than its offering: {behind}");
            seen += usize::from(behind["adds"] == ":");
        }
    }
    assert!(seen > 3, "{seen} are hidden");
    for cell in cells().iter().filter(|cell| cell.starts_with("years/2023") && cell.ends_with("/participants")) {
        let found = explained(cell, "public");
        let told = found["records"].as_array().unwrap().iter().any(|one| one.get("adds").is_some());
        assert!(!told, "the report tells of single offerings of its own year alone");
    }
}

#[test]
fn duties_seats_and_meetings_name_their_records() {
    let records = |cell: &str, audience: &str| {
        let found = explained(cell, audience);
        let all = found["records"].as_array().unwrap().iter();
        let all: Vec<String> = all.map(|one| one["record"].as_str().unwrap().to_owned()).collect();
        (found["value"].as_str().unwrap().to_owned(), all)
    };
    let (standing, plans) = records("duties/mandat-fjordnett/kurskatalog/2024", "public");
    assert_eq!((&*standing, &plans[..]), ("Met on time", &["plans/kurskatalog-2024".to_owned()][..]));
    // Four of seven reported needs, says the report; three of the needs are recorded.
    let (_, needs) = records("coverage/mandat-fjordnett/behov", "public");
    assert_eq!((needs.len(), needs.last().map(String::as_str)), (4, Some("reports/fjordnett-2024")));
    // Four meetings are told in one record.
    let (held, meetings) = records("meetings/arbeidsgruppe-fjordnett", "public");
    assert_eq!((&*held, &meetings[..]), ("4", &["meetings/arbeidsgruppemote-2024".to_owned()][..]));
    // Who sits where is for the network itself. One of the group has two seats.
    let (filled, members) = records("bodies/arbeidsgruppe-fjordnett", "internal");
    assert_eq!((&*filled, members.len()), ("8", 7));
    assert!(members.iter().all(|path| path.starts_with("members/")), "{members:?}");
    assert_eq!(records("bodies/arbeidsgruppe-fjordnett", "public").1, ["members"]);
}

#[test]
fn a_compiled_report_can_be_asked_too() {
    let ask =
        ["report", "--compiled-for", "samhandlingssekretariatet", "--year", "2024", "--format", "json", "--explain"];
    let found: Value =
        serde_json::from_str(&printed(&[&ask[..], &["networks/lm-skognett/offerings"]].concat())).unwrap();
    assert_eq!((&found["value"], found["records"].as_array().unwrap().len()), (&json!("2"), 2));
    let found: Value = serde_json::from_str(&printed(&[&ask[..], &["networks/participants"]].concat())).unwrap();
    assert_eq!(found["records"].as_array().unwrap().len(), 15);
    assert!(found["records"].as_array().unwrap().iter().all(|one| one.get("adds").is_none()), "{found:#}");
}

#[test]
fn the_year_before_can_be_asked_where_nothing_is_recorded_of_this_one() {
    // Its one offering was given twice in 2016.
    let tree = Tree::sound();
    let ask = ["report", "--network", "lm-fjord", "--year", "2017", "--format", "json", "--explain"];
    let before = run(&mut tree.command(&[&ask[..], &["years/2016/runs"]].concat()));
    let found: Value = serde_json::from_str(&before.out).unwrap();
    assert_eq!((&found["value"], found["records"].as_array().unwrap().len()), (&json!("2"), 2));
    let ran = run(&mut tree.command(&[&ask[..], &["registered/offerings"]].concat()));
    assert_eq!(ran.code, Some(2), "the report has no such table");
}

#[test]
fn several_years_can_be_asked_too() {
    let ask = ["report", "--network", "lm-fjordnett", "--years", "2023..2025", "--format", "json", "--explain"];
    let found = |cell: &str| -> Value { serde_json::from_str(&printed(&[&ask[..], &[cell]].concat())).unwrap() };
    let (all, like) = (found("years/2024/offerings"), found("like-with-like/2024/offerings"));
    let count = |found: &Value| found["records"].as_array().unwrap().len();
    assert_eq!((&all["value"], count(&all)), (&json!("13"), 13));
    assert_eq!(like["value"], json!(count(&like).to_string()));
    assert_eq!(found("published/2025/offerings")["records"][0]["record"], "reports/fjordnett-2025");
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
