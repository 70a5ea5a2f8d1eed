//! Cross tables of offerings: against tables worked out by hand, against each other, against the annual report, and against
//! somebody who wants to know what is hidden.

#[path = "common/workbook.rs"]
mod workbook;

mod common;

#[path = "stats/attack.rs"]
mod attack;

use std::collections::BTreeSet;

use common::{Tree, on_fjordnett, printed, run};
use lmnet::report::stats::Dimension;
use serde_json::Value as Json;
use workbook::{Value, Workbook};

/// Two trusts of which one has a hospital, and a municipality with a unit.
const ORGANISATIONS: &str = r#"
~~~toml lmnet.toml
format = 1
title = "Prøve"
language = "nn"
[[condition]]
id = "kols"
title = { nn = "KOLS", nb = "KOLS", en = "COPD" }
[[condition]]
id = "astma"
title = { nn = "Astma", nb = "Astma", en = "Asthma" }
~~~
~~~toml organisations/aust-hf.toml
name = "Aust HF"
kind = "health-trust"
~~~
~~~toml organisations/vest-hf.toml
name = "Vest HF"
kind = "health-trust"
~~~
~~~toml organisations/aust-sjukehus.toml
name = "Aust sjukehus"
kind = "hospital"
part-of = [{ organisation = "vest-hf", to = 2014-12-31 }, { organisation = "aust-hf", from = 2015-01-01 }]
~~~
~~~toml organisations/vik.toml
name = "Vik"
kind = "municipality"
~~~
~~~toml organisations/vik-friskliv.toml
name = "Vik friskliv"
kind = "healthy-life-centre"
part-of = "vik"
~~~
"#;

/// One offering by both trusts, one by one of them, two in the municipality, and information meetings.
const OFFERINGS: &str = r#"
~~~toml offerings/alfa.toml
title = "Alfa"
organiser = ["aust-sjukehus", "vest-hf"]
care-level = "joint"
reach = "local"
form = "group"
condition = ["kols", "astma"]
audience = ["patients", "relatives"]
[[run]]
start = 2016-01-11
patients = 10
relatives = 5
[[run]]
start = 2016-05-11
status = "cancelled"
[[run]]
start = 2017-03-11
patients = { at-least = 8 }
relatives = "not-recorded"
~~~
~~~toml offerings/beta.toml
title = "Beta"
organiser = "aust-hf"
care-level = "specialist"
reach = "regional"
form = "group"
condition = "kols"
audience = ["patients"]
[[run]]
start = 2016-12-31
end = 2017-01-02
patients = 6
relatives = 0
~~~
~~~toml offerings/gamma.toml
title = "Gamma"
organiser = "vik-friskliv"
care-level = "municipal"
continuous = true
from = "2015"
to = "2016"
~~~
~~~toml offerings/delta.toml
title = "Delta"
organiser = "aust-hf"
form = "information-meeting"
[[run]]
start = 2016-02-02
[[run]]
start = 2016-03-02
~~~
~~~toml offerings/epsilon.toml
title = "Epsilon"
organiser = "vik"
care-level = "municipal"
reach = "local"
[[run]]
start = 2016-04-04
patients = 2
~~~
"#;

fn tree() -> Tree {
    let tree = Tree::empty();
    tree.lay(ORGANISATIONS);
    tree.lay(OFFERINGS);
    tree
}

fn stats(tree: &Tree, arguments: &[&str]) -> String {
    let ran = run(&mut tree.command(&[&["offerings", "stats"], arguments].concat()));
    assert_eq!(ran.code, Some(0), "{arguments:?}: {}", ran.talk);
    ran.out
}

/// The lines of a CSV below its header, which is always the same.
fn lines(tree: &Tree, arguments: &[&str]) -> Vec<String> {
    let text = stats(tree, &[arguments, &["--format", "csv"]].concat());
    let (header, rest) = text.split_once('\n').unwrap();
    assert!(header.ends_with("offerings,runs,patients,relatives,participants"), "{header}");
    rest.lines().map(str::to_owned).collect()
}

#[test]
fn tables_are_as_worked_out_by_hand() {
    let tree = tree();
    let internal = |arguments: &[&str]| lines(&tree, &[arguments, &["--audience", "internal"]].concat());
    assert_eq!(
        internal(&["--by", "reach", "--year", "2016"]),
        ["local,2,2,12,>=5,>=17", "regional,1,1,6,0,6", "unclassified,1,0,,,", "total,4,3,18,>=5,>=23"]
    );
    // Alfa stands under both trusts, and counts once in the total.
    assert_eq!(
        internal(&["--by", "trust", "--year", "2016"]),
        ["aust-hf,2,2,16,5,21", "vest-hf,1,1,10,5,15", "unclassified,2,1,2,not-recorded,>=2", "total,4,3,18,>=5,>=23"]
    );
    assert_eq!(
        internal(&["--by", "municipality", "--year", "2016"]),
        ["vik,2,1,2,not-recorded,>=2", "unclassified,2,2,16,5,21", "total,4,3,18,>=5,>=23"]
    );
    assert_eq!(
        internal(&["--by", "audience,condition", "--year", "2016"]),
        [
            "patients,astma,1,1,10,5,15",
            "patients,kols,2,2,16,5,21",
            "relatives,astma,1,1,10,5,15",
            "relatives,kols,1,1,10,5,15",
            "unclassified,unclassified,2,1,2,not-recorded,>=2",
            "patients,total,2,2,16,5,21",
            "relatives,total,1,1,10,5,15",
            "unclassified,total,2,1,2,not-recorded,>=2",
            "total,astma,1,1,10,5,15",
            "total,kols,2,2,16,5,21",
            "total,unclassified,2,1,2,not-recorded,>=2",
            "total,total,4,3,18,>=5,>=23",
        ]
    );
    // A run counts in the year in which it starts; years with nothing are there; over the years each offering counts once.
    assert_eq!(
        internal(&["--by", "year", "--years", "2014..2018"]),
        [
            "2014,0,0,,,",
            "2015,1,0,,,",
            "2016,4,3,18,>=5,>=23",
            "2017,1,1,>=8,not-recorded,>=8",
            "2018,0,0,,,",
            "total,4,4,>=26,>=5,>=31"
        ]
    );
    assert_eq!(internal(&["--by", "reach", "--year", "2014"]), ["total,0,0,,,"]);
    assert_eq!(
        internal(&["--by", "year,reach", "--years", "2016..2017", "--trust", "vest-hf"]),
        [
            "2016,local,1,1,10,5,15",
            "2017,local,1,1,>=8,not-recorded,>=8",
            "2016,total,1,1,10,5,15",
            "2017,total,1,1,>=8,not-recorded,>=8",
            "total,local,1,2,>=18,>=5,>=23",
            "total,total,1,2,>=18,>=5,>=23"
        ]
    );
    assert_eq!(
        internal(&["--by", "form", "--year", "2016", "--for", "relatives"]),
        ["group,1,1,10,5,15", "total,1,1,10,5,15"]
    );
}

#[test]
fn what_is_small_is_hidden_with_what_would_give_it_away() {
    let tree = tree();
    // The two of Epsilon are not alone in any part.
    assert_eq!(
        lines(&tree, &["--by", "reach", "--year", "2016"]),
        ["local,2,2,12,>=5,>=17", "regional,1,1,6,0,6", "unclassified,1,0,,,", "total,4,3,18,>=5,>=23"]
    );
    // Here they are, and 8 can be shared among two in seven ways.
    assert_eq!(
        lines(&tree, &["--by", "care-level", "--year", "2016"]),
        ["specialist,1,1,:,0,:", "municipal,2,1,:,not-recorded,:", "joint,1,1,10,5,15", "total,4,3,18,>=5,>=23"]
    );
    // Alfa is in both trusts, so that 8 is left for Beta, which is in the first one too, and for Epsilon, which has none.
    assert_eq!(
        lines(&tree, &["--by", "trust", "--year", "2016"]),
        ["aust-hf,2,2,:,5,:", "vest-hf,1,1,10,5,15", "unclassified,2,1,:,not-recorded,:", "total,4,3,18,>=5,>=23"]
    );
    assert_eq!(
        lines(&tree, &["--by", "reach", "--year", "2016", "--municipality", "vik"]),
        ["local,1,1,:,not-recorded,:", "unclassified,1,0,,,", "total,2,1,:,not-recorded,:"]
    );
    tree.file(
        "lmnet.toml",
        std::fs::read_to_string(tree.path("lmnet.toml")).unwrap() + "[publish]\nsuppress-below = 2\n",
    );
    assert_eq!(lines(&tree, &["--by", "care-level", "--year", "2016"])[1], "municipal,2,1,2,not-recorded,>=2");
}

#[test]
fn documents_tell_in_three_languages_what_they_show() {
    let tree = tree();
    let page = |lang: &str| stats(&tree, &["--by", "trust,reach", "--year", "2016", "--lang", lang, "--format", "md"]);
    let [nn, nb, en] = ["nn", "nb", "en"].map(page);
    let has =
        |page: &str, words: &[&str]| words.iter().for_each(|word| assert!(page.contains(word), "{word} in {page}"));
    has(
        &nn,
        &[
            "# Lærings- og meistringstilbod 2016 etter helseføretak og rekkjevidd",
            "**Gjennomføringar**",
            "| Utan helseføretak |",
            "Ikkje kategorisert",
            "I alt",
            "Avlyste gjennomføringar tel ikkje",
        ],
    );
    has(
        &nn,
        &[
            "Eit tilbod kan stå fleire stader etter helseføretak;",
            "Tilbod: 1; gjennomføringar: 2.",
            "«:» talet er skjerma",
        ],
    );
    has(
        &nb,
        &[
            "# Lærings- og mestringstilbud 2016 etter helseforetak og rekkevidde",
            "**Gjennomføringer**",
            "| Uten helseforetak |",
            "Ikke kategorisert",
            "skjermet",
        ],
    );
    has(
        &en,
        &[
            "# Learning and coping offerings 2016 by hospital trust and reach",
            "**Runs**",
            "| No hospital trust |",
            "Unclassified",
            "suppressed",
        ],
    );
    let row = "| Aust HF | 1 | 1 | 0 | 2 |";
    [nn, nb, en].iter().for_each(|page| assert_eq!(page.matches(row).count(), 2, "offerings and runs in {page}"));
    let plain =
        stats(&tree, &["--by", "reach", "--year", "2016", "--format", "md", "--organiser", "vik", "--lang", "nb"]);
    assert!(!plain.contains("flere steder") && plain.contains("Arrangører: Vik."), "{plain}");
}

#[test]
fn a_workbook_has_the_table_of_the_csv() {
    let tree = tree();
    let path = tree.path("out.xlsx");
    let ask = ["--by", "reach", "--year", "2016", "--audience", "internal", "--lang", "en"];
    stats(&tree, &[&ask[..], &["-o", path.to_str().unwrap()]].concat());
    let book = Workbook::open(&path);
    assert_eq!(book.sheets[1].0, "Offerings and participants");
    let row: Vec<Value> = book.sheets[1].1.last().unwrap().clone();
    let text = |text: &str| Value::Text(text.to_owned());
    let numbers = [4.0, 3.0, 18.0].map(Value::Number);
    let doubtful = [
        text("at least 5 (1 of 3 not recorded)"),
        Value::Number(5.0),
        text("at least 23 (1 of 6 not recorded)"),
        Value::Number(23.0),
    ];
    assert_eq!(row, [&[text("Total")], &numbers[..], &doubtful[..]].concat());
}

#[test]
fn what_makes_no_sense_is_refused() {
    let tree = tree();
    for (arguments, why) in [
        (&["--by", "reach"][..], "required"),
        (&["--year", "2016"], "required"),
        (&["--by", "colour", "--year", "2016"], "invalid value"),
        (&["--by", "reach,reach", "--year", "2016"], "twice"),
        (&["--by", "reach,form,trust", "--year", "2016"], "one property or two"),
        (&["--by", "reach", "--years", "2017..2016"], "end before they begin"),
        (&["--by", "reach", "--years", "2016"], "no years such as"),
        (&["--by", "reach", "--years", "2016..2017", "--year", "2016"], "cannot be used with"),
        (&["--by", "reach", "--year", "2016", "--trust", "aust"], "there is no trust"),
        (&["--by", "reach", "--year", "2016", "--network", "x"], "there is no network"),
    ] {
        let ran = run(tree.command(&[&["offerings", "stats"], arguments].concat()).args(["--lang", "en"]));
        assert_eq!((ran.code, &*ran.out), (Some(2), ""), "{arguments:?}");
        assert!(ran.talk.contains(why), "{arguments:?}: {}", ran.talk);
    }
    tree.file("offerings/wrong.toml", "title = 1\n");
    let ran = run(&mut tree.command(&["offerings", "stats", "--by", "reach", "--year", "2016"]));
    assert_eq!((ran.code, &*ran.out), (Some(2), ""));
    assert!(
        lines(&tree, &["--by", "reach", "--year", "2016", "--partial"]).contains(&"total,4,3,18,>=5,>=23".to_owned())
    );
}

const MEASURES: [&str; 5] = ["offerings", "runs", "patients", "relatives", "participants"];

fn on_example(arguments: &[&str]) -> Json {
    let ask = [&["offerings", "stats", "--format", "json", "--audience", "internal"], arguments].concat();
    serde_json::from_str(&printed(&ask)).unwrap()
}

fn number(value: &Json) -> u64 {
    value.as_u64().or_else(|| value["value"].as_u64()).unwrap_or(0)
}

fn sum(lines: &Json, measure: &str) -> u64 {
    lines.as_array().unwrap().iter().map(|line| number(&line[measure])).sum()
}

#[test]
fn parts_add_up_to_the_total_unless_they_overlap_and_then_it_is_said() {
    let (mut overlapping, mut apart) = (BTreeSet::new(), BTreeSet::new());
    for by in Dimension::ALL.map(Dimension::word) {
        for years in ["2024..2024", "2025..2025", "2015..2026"] {
            let stats = on_example(&["--by", by, "--years", years]);
            let overlaps = stats["axes"][0]["overlaps"].as_bool().unwrap();
            let parts = sum(&stats["groups"], "offerings");
            assert_eq!(parts > number(&stats["total"]["offerings"]), overlaps, "{by} {years}");
            for measure in MEASURES.iter().filter(|_| !overlaps) {
                assert_eq!(sum(&stats["groups"], measure), number(&stats["total"][measure]), "{by} {years} {measure}");
            }
            if overlaps {
                overlapping.insert(by)
            } else {
                apart.insert(by)
            };
        }
    }
    assert!(["trust", "municipality", "audience", "year"].iter().any(|by| overlapping.contains(by)), "{overlapping:?}");
    assert!(["reach", "care-level", "form", "scope"].iter().all(|by| apart.contains(by) && !overlapping.contains(by)));
}

#[test]
fn each_part_is_what_the_filter_finds() {
    let mut compared = 0;
    for (by, filter) in [
        ("reach", "--reach"),
        ("care-level", "--care-level"),
        ("form", "--form"),
        ("scope", "--scope"),
        ("condition", "--condition"),
        ("audience", "--for"),
        ("trust", "--trust"),
        ("municipality", "--municipality"),
    ] {
        let all = on_example(&["--by", by, "--year", "2025"]);
        for part in all["groups"].as_array().unwrap().iter().filter(|part| part[by].is_string()) {
            let alone = on_example(&["--by", "year", "--year", "2025", filter, part[by].as_str().unwrap()]);
            for measure in MEASURES {
                assert_eq!(alone["total"][measure], part[measure], "{by}: {part}");
            }
            compared += 1;
        }
    }
    assert!(compared > 15, "{compared}");
}

#[test]
fn tables_of_two_properties_have_the_sums_of_tables_of_one() {
    let mut compared = 0;
    let words = Dimension::ALL.map(Dimension::word);
    for (at, first) in words.iter().enumerate() {
        for second in &words[at + 1..] {
            let both = on_example(&["--by", &format!("{first},{second}"), "--years", "2024..2025"]);
            for by in [first, second] {
                let one = on_example(&["--by", by, "--years", "2024..2025"]);
                let is_of = |line: &&Json| line.get(*by).is_some();
                let sums: Vec<&Json> = both["sums"].as_array().unwrap().iter().filter(is_of).collect();
                assert_eq!(
                    sums,
                    one["groups"].as_array().unwrap().iter().collect::<Vec<_>>(),
                    "{first},{second}: {by}"
                );
                assert_eq!(both["total"], one["total"]);
                compared += sums.len();
            }
        }
    }
    assert!(compared > 200, "{compared}");
}

#[test]
fn totals_are_those_of_the_annual_report() {
    let report = |arguments: &[&str]| {
        serde_json::from_str::<Json>(&printed(
            &[&["report", "--audience", "internal", "--format", "json"], arguments].concat(),
        ))
        .unwrap()
    };
    for year in ["2023", "2024", "2025"] {
        for network in ["lm-fjordnett", "lm-skognett"] {
            let content = &report(&["--year", year, "--network", network])["networks"][0]["content"]["offerings"];
            if content.is_null() {
                assert_eq!((network, year), ("lm-skognett", "2023"), "only this was not there yet");
                continue;
            }
            let stats = on_example(&["--by", "reach", "--year", year, "--network", network]);
            for (ours, theirs) in [("offerings", &content["offerings"]), ("runs", &content["runs"])] {
                assert_eq!(stats["total"][ours], *theirs, "{network} {year}");
            }
            for (ours, theirs) in [("patients", "patients"), ("relatives", "relatives"), ("participants", "all")] {
                assert_eq!(
                    number(&stats["total"][ours]),
                    number(&content["participants"][theirs]),
                    "{network} {year} {ours}"
                );
            }
            assert_eq!(stats["information-meetings"]["runs"], content["information-meetings"][1]);
        }
    }
    let ran = run(&mut on_fjordnett(&["offerings", "stats", "--by", "reach", "--year", "2025"]));
    assert!(ran.out.contains("«:» talet er skjerma"), "the public is the default");
}
