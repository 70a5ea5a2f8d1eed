//! What engines for many machines work out from the tables of several registries is what the annual reports say.
//!
//! `.ci/run` installs both engines.

#![cfg(feature = "outside")]

mod common;

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

use common::{Tree, run};
use serde_json::Value as Json;

/// The registries that are gathered, with what they are called.
const REGISTRIES: [(&str, &str); 2] = [("lms-nord", "registry"), ("fjordnett", "examples/fjordnett")];
/// What stands in each line after year, registry and network.
const COUNTED: [&str; 8] = [
    "offerings",
    "runs",
    "patients",
    "patients_missing",
    "patients_quality",
    "relatives",
    "relatives_missing",
    "relatives_quality",
];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn lmnet(registry: &str, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_lmnet"));
    command
        .arg("--registry")
        .arg(root().join(registry))
        .args(["--today", "2026-11-26", "--lang", "nn"])
        .args(arguments);
    command
}

fn gathered(format: &str) -> Tree {
    let folder = Tree::empty();
    for (name, registry) in REGISTRIES {
        let export =
            ["export", "--partition-by", "year", "--format", format, "--audience", "internal", "--as", name, "-o"];
        let ran = run(lmnet(registry, &export).arg(&folder.root));
        assert_eq!(ran.code, Some(0), "{}", ran.talk);
    }
    folder
}

fn computed(engine: &[&str], folder: &Tree) -> String {
    let mut command = Command::new(root().join("target/outside/python/bin/python"));
    command.arg(root().join("examples/national/national.py")).arg(engine[0]).arg(&folder.root).args(&engine[1..]);
    // Nothing listens on anything but this machine, and what workers write goes with the folder.
    command.env("SPARK_LOCAL_IP", "127.0.0.1").env("SPARK_WORKER_DIR", folder.path("_work"));
    let done = command.output().unwrap();
    let [out, talk] = [done.stdout, done.stderr].map(|bytes| String::from_utf8(bytes).unwrap());
    assert!(done.status.success(), "{talk}");
    if engine.len() > 1 {
        assert!(talk.contains("executors: 2"), "both workers took part: {talk}");
    }
    out
}

/// The lines of a result by year, registry and network.
fn lines(out: &str) -> BTreeMap<[String; 3], BTreeMap<String, String>> {
    let mut reader = csv::Reader::from_reader(out.as_bytes());
    let headings = reader.headers().unwrap().clone();
    let line = |record: csv::StringRecord| {
        let [year, registry, network] = [0, 1, 2].map(|place| record[place].to_owned());
        let counted = headings.iter().zip(&record).skip(3).map(|(heading, cell)| (heading.to_owned(), cell.to_owned()));
        ([year, registry, network], counted.collect())
    };
    reader.records().map(|record| line(record.unwrap())).collect()
}

/// What the annual reports of a year say, by network.
fn reported(registry: &str, year: &str) -> BTreeMap<String, BTreeMap<String, String>> {
    let ran = run(&mut lmnet(registry, &["report", "--year", year, "--audience", "internal", "--format", "json"]));
    let report: Json = serde_json::from_str(&ran.out).unwrap_or_else(|error| panic!("{error}: {}", ran.talk));
    let networks = report["networks"].as_array().unwrap();
    let of = |network: &Json| {
        let offerings = &network["content"]["offerings"];
        let sum = |who: &str, what: &str| match &offerings["participants"][who][what] {
            Json::String(text) => text.clone(),
            Json::Null => String::new(),
            number => number.to_string(),
        };
        let told = [
            offerings["offerings"].to_string(),
            offerings["runs"].to_string(),
            sum("patients", "value"),
            sum("patients", "not-recorded"),
            sum("patients", "quality"),
            sum("relatives", "value"),
            sum("relatives", "not-recorded"),
            sum("relatives", "quality"),
        ];
        let told = COUNTED.into_iter().map(str::to_owned).zip(told).collect();
        (network["network"].as_str().unwrap().to_owned(), told)
    };
    networks.iter().map(of).collect()
}

#[test]
fn duckdb_and_a_spark_cluster_find_the_totals_of_the_reports() {
    let ndjson = gathered("ndjson");
    let first = computed(&["duckdb"], &ndjson);
    let csv = gathered("csv");
    assert_eq!(computed(&["duckdb"], &csv), first, "csv says the same");
    assert_eq!(computed(&["spark", "--master", "local-cluster[2,1,1024]"], &csv), first, "Spark finds the same");
    let lines = lines(&first);
    let mut compared = 0;
    for (name, registry) in REGISTRIES {
        let years = lines.keys().filter(|[_, registry, network]| registry == name && network == "*");
        for [year, ..] in years {
            let mut offerings = 0;
            for (network, told) in reported(registry, year) {
                let found = lines.get(&[year.clone(), name.to_owned(), network.clone()]);
                let Some(found) = found else {
                    // Before it was there, a network has no report.
                    assert!(matches!(&*told["offerings"], "0" | "null"), "{name} {network} {year}: {told:?}");
                    continue;
                };
                for counted in COUNTED {
                    // Without a run, a report says nothing of participants.
                    if told["runs"] != "0" || ["offerings", "runs"].contains(&counted) {
                        assert_eq!(found[counted], told[counted], "{name} {network} {year}: {counted}");
                    }
                }
                offerings += found["offerings"].parse::<u32>().unwrap();
                compared += 1;
            }
            let whole = &lines[&[year.clone(), name.to_owned(), "*".to_owned()]];
            assert_eq!(whole["offerings"], offerings.to_string(), "{name} {year}");
        }
    }
    assert!(compared >= 6, "{compared}: {first}");
}
