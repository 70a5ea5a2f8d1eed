//! Tables in parts for each year: what is in which, and how several registries share a folder.

mod common;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use common::{Ran, Tree, run};
use serde_json::Value as Json;

/// A network with an offering that ran in two years, one that is open all the time, and a member whose seat ended.
fn network() -> Tree {
    let tree = Tree::empty();
    tree.file("lmnet.toml", "format = 1\ntitle = \"Fjord\"\n")
        .file("organisations/vagvik.toml", "name = \"Vågvik kommune\"\nkind = \"municipality\"\n")
        .file("networks/lm-fjord.toml", "name = \"LM-nettverket Fjord\"\n")
        .file(
            "offerings/kols-skule.toml",
            "title = \"KOLS-skule\"\norganiser = [\"vagvik\"]\nnetwork = \"lm-fjord\"\n\n\
             [[run]]\nstart = 2024-11-05\npartners = [\"vagvik\"]\npatients = 9\n\n\
             [[run]]\nstart = \"2026-spring\"\npatients = { at-least = 12 }\n\n\
             [[run]]\nstart = 2025-03-03\nstatus = \"cancelled\"\n",
        )
        .file(
            "offerings/kafe.toml",
            "title = \"Kafé\"\norganiser = [\"vagvik\"]\nnetwork = \"lm-fjord\"\ncontinuous = true\nfrom = \"2025\"\n",
        )
        .file(
            "members/kontakt-vagvik.toml",
            "organisation = \"vagvik\"\nbackground = \"professional\"\n\n[[appointment]]\nbody = \"lm-fjord\"\nrole = \"contact\"\nfrom = 2024-01-01\nto = 2025-06-30\n\n\
             [[appointment]]\nbody = \"lm-fjord\"\nrole = \"leader\"\nfrom = 2025-07-01\n",
        );
    tree
}

fn export(tree: &Tree, folder: &Path, arguments: &[&str]) -> Ran {
    let lang = if arguments.contains(&"--lang") { &[][..] } else { &["--lang", "en"] };
    let partition = [&["export", "--partition-by", "year", "--today", "2026-11-26"], lang].concat();
    run(tree.command(&partition).arg("-o").arg(folder).args(arguments))
}

/// The rows of a table by year.
fn rows(folder: &Path, table: &str, registry: &str) -> BTreeMap<String, Vec<Json>> {
    let Ok(years) = fs::read_dir(folder.join(table).join(format!("registry={registry}"))) else {
        return BTreeMap::new();
    };
    let of_year = |year: fs::DirEntry| {
        let name = year.file_name().into_string().unwrap();
        let text = fs::read_to_string(year.path().join("part-0.ndjson")).unwrap();
        let rows = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        (name.strip_prefix("year=").unwrap().to_owned(), rows)
    };
    years.map(|year| of_year(year.unwrap())).collect()
}

/// Which records the rows of each year are of, with their places in their lists.
fn named(folder: &Path, table: &str) -> Vec<String> {
    let text = |row: &Json, key: &str| row[key].as_str().map(str::to_owned).unwrap_or_else(|| row[key].to_string());
    let of = |row: &Json| match row.get("position") {
        Some(_) => format!("{} {}", text(row, "record"), row["position"]),
        None => text(row, "id"),
    };
    let year = |(year, rows): (String, Vec<Json>)| {
        let own: Vec<String> = rows.iter().map(of).collect();
        format!("{year}: {}", own.join(", "))
    };
    rows(folder, table, "fjord").into_iter().map(year).collect()
}

#[test]
fn a_year_has_what_counts_in_it() {
    let tree = network();
    let out = Tree::empty();
    let folder = out.path("hive");
    let ran = export(&tree, &folder, &["--format", "ndjson"]);
    assert_eq!((ran.code, &*ran.talk), (Some(0), ""));
    assert_eq!(named(&folder, "offerings"), ["2024: kols-skule", "2025: kafe, kols-skule", "2026: kafe, kols-skule"]);
    // What was cancelled is told too.
    assert_eq!(named(&folder, "offerings.run"), ["2024: kols-skule 1", "2025: kols-skule 3", "2026: kols-skule 2"]);
    assert_eq!(named(&folder, "offerings.run.partners"), ["2024: kols-skule 1"], "what belongs to a run goes with it");
    assert_eq!(
        named(&folder, "members.appointment"),
        ["2024: kontakt-vagvik 1", "2025: kontakt-vagvik 1, kontakt-vagvik 2", "2026: kontakt-vagvik 2"]
    );
    let told: Json = serde_json::from_str(&fs::read_to_string(folder.join("_lmnet/fjord.json")).unwrap()).unwrap();
    let table = |name: &str| told["tables"].as_array().unwrap().iter().find(|one| one["name"] == name).unwrap().clone();
    let runs = table("offerings.run");
    assert_eq!(runs["years"], serde_json::json!([2024, 2025, 2026]));
    assert_eq!(runs["schema"]["primaryKey"], serde_json::json!(["registry", "year", "record", "position"]));
    // Every column that is written is told of, and small numbers are not for the public.
    let columns: Vec<&str> =
        runs["schema"]["fields"].as_array().unwrap().iter().map(|field| field["name"].as_str().unwrap()).collect();
    let written = rows(&folder, "offerings.run", "fjord");
    for row in written.values().flatten() {
        assert!(row.as_object().unwrap().keys().all(|key| columns.contains(&&**key)), "{row}");
    }
    assert_eq!(written["2024"][0]["patients.quality"], "exact");
    assert_eq!(told["audience"], "public");
}

#[test]
fn registries_share_a_folder_and_leave_each_other_alone() {
    let tree = network();
    let out = Tree::empty();
    let folder = out.path("hive");
    assert_eq!(export(&tree, &folder, &["--format", "ndjson"]).code, Some(0));
    assert_eq!(export(&tree, &folder, &["--format", "ndjson", "--as", "nabo"]).code, Some(0));
    // Again, without the runs: the other one's stay.
    tree.file(
        "offerings/kols-skule.toml",
        "title = \"KOLS-skule\"\norganiser = [\"vagvik\"]\nnetwork = \"lm-fjord\"\n",
    );
    assert_eq!(export(&tree, &folder, &["--format", "ndjson"]).code, Some(0));
    assert!(rows(&folder, "offerings.run", "fjord").is_empty());
    assert_eq!(rows(&folder, "offerings.run", "nabo").len(), 3);
    // What a program that was ended left behind is put in order: what it had put aside comes back, if nothing new is made.
    let aside = folder.join("_lmnet/.nabo.old");
    fs::create_dir_all(folder.join("_lmnet/.nabo.new/offerings/year=1999")).unwrap();
    fs::create_dir_all(&aside).unwrap();
    fs::rename(folder.join("offerings/registry=nabo"), aside.join("offerings")).unwrap();
    let ran = export(&tree, &folder, &["--format", "ndjson", "--as", "nabo", "--table", "nope"]);
    assert_eq!(ran.code, Some(2), "{}", ran.talk);
    assert_eq!(rows(&folder, "offerings", "nabo").len(), 3);
    // A table that somebody else made of it stays.
    fs::create_dir_all(folder.join("mine/registry=nabo")).unwrap();
    assert_eq!(export(&tree, &folder, &["--format", "ndjson", "--as", "nabo"]).code, Some(0));
    let names = |path: &str| {
        let mut names: Vec<String> = fs::read_dir(folder.join(path))
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    };
    assert_eq!(names("_lmnet"), ["fjord.json", "nabo.json"]);
    assert_eq!(names("offerings"), ["registry=fjord", "registry=nabo"]);
    assert!(!folder.join("offerings.run").exists(), "a table that nobody has any longer");
    assert!(folder.join("mine/registry=nabo").exists());
    // What lmnet did not write stays, whatever is said of it.
    fs::write(folder.join("_lmnet/ingen.json"), "hello").unwrap();
    let ran = export(&tree, &folder, &["--format", "ndjson", "--as", "ingen"]);
    assert!(ran.code == Some(2) && ran.talk.contains("lmnet did not write"), "{}", ran.talk);
    fs::create_dir_all(folder.join("offerings/registry=andre/year=2024")).unwrap();
    let ran = export(&tree, &folder, &["--format", "ndjson", "--as", "andre"]);
    assert!(ran.code == Some(2) && ran.talk.contains("lmnet did not write"), "{}", ran.talk);
    assert!(folder.join("offerings/registry=andre/year=2024").exists());
}

#[test]
fn what_makes_no_sense_is_refused() {
    let tree = network();
    let out = Tree::empty();
    for (arguments, why) in [
        (&["--format", "json"][..], "csv and ndjson only"),
        (&["--format", "ndjson", "--as", "Å/.."], "what the registry is called"),
        (&["--format", "ndjson", "--table", "offering"], "did you mean offerings"),
        (&["--format", "ndjson", "--network", "fjord"], "no network 'fjord'"),
    ] {
        let ran = export(&tree, &out.path("hive"), arguments);
        assert!(ran.code == Some(2) && ran.talk.contains(why), "{arguments:?}: {}", ran.talk);
        assert!(!out.path("hive").exists(), "{arguments:?}: nothing is left of it");
    }
    let ran = export(&tree, &out.path("hive"), &["--format", "ndjson", "--table", "nope", "--lang", "nn"]);
    assert!(ran.talk.ends_with("det finst ingen tabell «nope»; utan --table kjem alle med\n"), "{}", ran.talk);
    let ran = export(&tree, &tree.root, &["--format", "ndjson"]);
    assert!(ran.code == Some(2) && ran.talk.contains("is a registry") && !tree.path("_lmnet").exists(), "{}", ran.talk);
    fs::create_dir(out.path("hive")).unwrap();
    fs::write(out.path("hive/offerings"), "").unwrap();
    let ran = export(&tree, &out.path("hive"), &["--format", "ndjson"]);
    assert!(ran.code == Some(2) && ran.talk.contains("offerings is not a folder"), "{}", ran.talk);
    assert!(!out.path("hive/members").join("registry=fjord").exists(), "nothing is moved then");
    let ran = run(&mut tree.command(&["export", "--partition-by", "year", "--format", "csv", "--lang", "en"]));
    assert!(ran.code == Some(2) && ran.talk.contains("-o DIR"), "{}", ran.talk);
}
