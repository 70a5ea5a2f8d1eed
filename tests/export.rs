//! Exports: nothing is lost on the way into tables, every format says the same, and the public sees nothing that is internal.

mod common;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

use common::{KINDS, Tree, on_fjordnett, printed, quiet_environment, run};
use serde_json::{Map, Value, json};

/// `lmnet … --registry registry`.
fn on_registry(arguments: &[&str]) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_lmnet"));
    quiet_environment(&mut command);
    command.args(arguments).args(["--registry", "registry"]).current_dir(env!("CARGO_MANIFEST_DIR"));
    let ran = run(&mut command);
    assert_eq!((ran.code, &*ran.talk), (Some(0), ""), "{arguments:?}");
    ran.out
}

/// The two registries of the repository, each by what runs a command on it.
const REGISTRIES: [fn(&[&str]) -> String; 2] = [printed, on_registry];

fn json_of(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}: {text}"))
}

/// Adds every text, number and flag in a value.
fn leaves(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::Array(values) => values.iter().for_each(|value| leaves(value, found)),
        Value::Object(map) => map.values().for_each(|value| leaves(value, found)),
        value => found.push(value.to_string()),
    }
}

/// Whether a column is computed.
fn is_computed(column: &str) -> bool {
    column == "ref" || matches!(column.rsplit('.').next(), Some("parts" | "earliest" | "latest"))
}

/// What an export says of each record, but for what is computed.
fn told(export: &Value) -> BTreeMap<(String, String), Vec<String>> {
    let mut told: BTreeMap<(String, String), Vec<String>> = BTreeMap::new();
    for (table, rows) in export["tables"].as_object().unwrap() {
        let kind = table.split('.').next().unwrap();
        for row in rows.as_array().unwrap() {
            let row = row.as_object().unwrap();
            let record = if table == kind { &row["id"] } else { &row["record"] };
            let told = told.entry((kind.to_owned(), record.as_str().unwrap().to_owned())).or_default();
            // Of a part of a record, the first columns say where in it the part stands.
            let place = row.keys().position(|column| column == "position").map_or(0, |position| position + 1);
            for (column, value) in row.iter().skip(place).filter(|(column, _)| !is_computed(column)) {
                // Beside its languages, a text stands in that of the export once more.
                let repeats = ["nn", "nb", "en", "se", "smj", "sma", "fkv"]
                    .iter()
                    .any(|code| row.contains_key(&format!("{column}.{code}")));
                if !repeats {
                    leaves(value, told);
                }
            }
        }
    }
    told
}

#[test]
fn nothing_of_a_record_is_lost() {
    let mut seen = 0;
    for registry in REGISTRIES {
        let export = json_of(&registry(&["export", "--format", "json", "--audience", "internal"]));
        let mut told = told(&export);
        for kind in KINDS {
            let list = json_of(&registry(&[kind, "list", "--all", "--format", "json"]));
            for record in list["records"].as_array().unwrap() {
                let id = record["id"].as_str().unwrap();
                let told = told.get_mut(&(kind.to_owned(), id.to_owned())).unwrap_or_else(|| panic!("{kind}/{id}"));
                let mut wanted = Vec::new();
                leaves(record, &mut wanted);
                for leaf in wanted {
                    let at = told.iter().position(|told| *told == leaf);
                    told.swap_remove(at.unwrap_or_else(|| panic!("{kind}/{id} lost {leaf}: {told:?}")));
                    seen += 1;
                }
                // What is left is what records leave unsaid: flags that are not set.
                assert!(told.iter().all(|left| left == "false"), "{kind}/{id}: {told:?}");
            }
        }
    }
    assert!(seen > 5000, "{seen} values");
}

#[test]
fn an_empty_list_and_an_absent_one_differ() {
    let tree = Tree::sound();
    let offering = "title = \"A\"\norganiser = \"hf\"\n[involvement]\nplanning = []\ndelivery = [\"lag\"]\n";
    let organisation = |kind: &str| format!("name = \"X\"\nkind = \"{kind}\"\n");
    tree.file("organisations/hf.toml", organisation("health-trust"));
    tree.file("organisations/lag.toml", organisation("user-organisation"));
    tree.file("offerings/tomt.toml", offering);
    let export = exported(&tree, &["--format", "json"]);
    let row = find(&export, "offerings", "id", "tomt");
    let parts = ["planning", "delivery", "evaluation"].map(|key| row[&format!("involvement.{key}.parts")].clone());
    assert_eq!(parts, [json!(0), json!(1), Value::Null]);
    assert_eq!(find(&export, "offerings.involvement.delivery", "record", "tomt")["delivery"], "lag");
}

/// What `lmnet export` gives of a tree, as JSON.
fn exported(tree: &Tree, arguments: &[&str]) -> Value {
    let ran = run(&mut tree.command(&[&["export"], arguments].concat()));
    assert_eq!(ran.code, Some(0), "{}", ran.talk);
    json_of(&ran.out)
}

fn find(export: &Value, table: &str, column: &str, value: &str) -> Value {
    let rows = export["tables"][table].as_array().unwrap_or_else(|| panic!("there is no {table}"));
    rows.iter().find(|row| row[column] == value).unwrap_or_else(|| panic!("no {value} in {table}")).clone()
}

#[test]
fn times_and_counts_say_how_well_they_are_known() {
    let tree = Tree::sound();
    tree.file("organisations/hf.toml", "name = \"X\"\nkind = \"health-trust\"\n").file(
        "offerings/kurs.toml",
        "title = { nb = \"Kurs\", se = \"Gursa\" }\norganiser = \"hf\"\n\
         [[run]]\nstart = \"2016-autumn\"\nstarts-at = \"18:00\"\nhours = 2.5\npatients = { at-least = 12, words = \"vel 12\" }\n\
         [[run]]\nstart = 2017-02-03\npatients = \"not-recorded\"\n[referral]\nrequired = true\n",
    );
    let export = exported(&tree, &["--format", "json", "--audience", "internal", "--lang", "nn"]);
    let runs = export["tables"]["offerings.run"].as_array().unwrap().iter();
    let [first, second] = &runs.filter(|run| run["record"] == "kurs").collect::<Vec<_>>()[..] else { panic!() };
    let expected = json!({
        "record": "kurs", "position": 1,
        "start": "2016-autumn", "start.earliest": "2016-08-01", "start.latest": "2016-12-31", "starts-at": "18:00",
        "hours": 2.5, "hours.quality": "exact",
        "patients": 12, "patients.quality": "at-least", "patients.words": "vel 12",
    });
    assert_eq!(**first, expected);
    let day = json!("2017-02-03");
    assert_eq!([&second["start"], &second["start.earliest"], &second["start.latest"]], [&day; 3]);
    assert_eq!((&second["patients"], &second["patients.quality"]), (&Value::Null, &json!("not-recorded")));
    let offering = find(&export, "offerings", "id", "kurs");
    let texts = ["title", "title.nb", "title.se", "title.nn"].map(|column| offering[column].clone());
    assert_eq!(texts, [json!("Kurs"), json!("Kurs"), json!("Gursa"), Value::Null], "Bokmål stands in for Nynorsk");
    // A flag that is not stated is not set, but in a table that is not there nothing is stated.
    assert_eq!((&offering["continuous"], &offering["referral.required"]), (&json!(false), &json!(true)));
    assert_eq!(offering["involvement.peer-led"], Value::Null);
}

/// A CSV file, as objects without what is empty.
fn csv_rows(bytes: &[u8], delimiter: u8) -> Vec<Map<String, Value>> {
    let mut reader = csv::ReaderBuilder::new().delimiter(delimiter).from_reader(bytes);
    let header = reader.headers().unwrap().clone();
    let row = |record: csv::StringRecord| {
        let cells = header.iter().zip(&record).filter(|(_, cell)| !cell.is_empty());
        cells.map(|(column, cell)| (column.to_owned(), json!(cell))).collect()
    };
    reader.records().map(|record| row(record.unwrap())).collect()
}

/// The values of a row as CSV writes them.
fn as_texts(row: &Value) -> Map<String, Value> {
    let cells = row.as_object().unwrap().iter().filter(|(_, value)| **value != json!(""));
    let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    cells.map(|(column, value)| (column.clone(), json!(text(value)))).collect()
}

#[test]
fn every_format_says_the_same() {
    let tree = Tree::empty();
    let tables = json_of(&printed(&["export", "--format", "json"]))["tables"].as_object().unwrap().clone();

    let folder = tree.path("eksport");
    for format in ["csv", "datapackage", "csv"] {
        printed(&["export", "--format", format, "-o", folder.to_str().unwrap()]);
        assert_eq!(folder.join("datapackage.json").exists(), format == "datapackage", "what is old goes");
    }
    assert_eq!(fs::read_dir(&folder).unwrap().count(), tables.len());
    for (name, rows) in &tables {
        let found = csv_rows(&fs::read(folder.join(format!("{name}.csv"))).unwrap(), b',');
        assert_eq!(found, rows.as_array().unwrap().iter().map(as_texts).collect::<Vec<_>>(), "{name}");
    }

    let lines = printed(&["export", "--format", "ndjson"]);
    let mut lines = lines.lines().map(json_of);
    assert_eq!(lines.next().unwrap()["schema"], "lmnet-export");
    let mut by_table: Map<String, Value> =
        tables.iter().filter(|(_, rows)| rows == &&json!([])).map(|(name, _)| (name.clone(), json!([]))).collect();
    for line in lines {
        let rows = by_table.entry(line["table"].as_str().unwrap()).or_insert_with(|| json!([]));
        rows.as_array_mut().unwrap().push(line["row"].clone());
    }
    by_table.sort_keys();
    assert_eq!(by_table, tables);
}

#[test]
fn a_workbook_has_a_sheet_for_each_table_that_has_rows() {
    use calamine::{Data, DataType, Reader, Xlsx, open_workbook};
    let tree = Tree::empty();
    let file = tree.path("eksport.xlsx");
    printed(&["export", "--audience", "internal", "-o", file.to_str().unwrap(), "--lang", "nb"]);
    let tables = json_of(&printed(&["export", "--audience", "internal", "--format", "json"]));
    let filled = tables["tables"].as_object().unwrap().values().filter(|rows| !rows.as_array().unwrap().is_empty());
    let mut book: Xlsx<_> = open_workbook(&file).unwrap();
    // One that tells what the workbook is, and one of the text.
    assert!((filled.count()..).take(3).any(|sheets| sheets == book.sheet_names().len()), "{:?}", book.sheet_names());
    let name = book.sheet_names().iter().find(|name| name.contains("Gjennomføringer")).unwrap().clone();
    let sheet = book.worksheet_range(&name).unwrap();
    let header = sheet.rows().position(|row| row.iter().any(|cell| cell == &Data::String("Nr.".to_owned()))).unwrap();
    let column = |label: &str| {
        sheet.rows().nth(header).unwrap().iter().position(|cell| cell == &Data::String(label.to_owned())).unwrap()
    };
    let rows = tables["tables"]["offerings.run"].as_array().unwrap();
    let (patients, start) = (column("Pasienter"), column("Start"));
    let mut numbers = 0;
    for (row, run) in sheet.rows().skip(header + 1).zip(rows) {
        match (run["patients.quality"].as_str(), run["patients"].as_f64()) {
            (Some("exact"), number) => {
                assert_eq!(row[patients].as_f64(), number, "{run}");
                numbers += 1;
            }
            // What is not exact is not added up as if it were.
            (Some(_), _) => assert!(matches!(row[patients], Data::String(_)), "{run}: {:?}", row[patients]),
            (None, _) => assert_eq!(row[patients], Data::Empty, "{run}"),
        }
        let is_day = run["start"].as_str().unwrap().len() == 10;
        assert_eq!(matches!(row[start], Data::DateTime(_)), is_day, "{run}");
    }
    assert!(numbers > 20);
}

#[test]
fn csv_for_excel_is_safe_to_open_and_csv_for_machines_is_as_it_stands() {
    let tree = Tree::sound();
    tree.file("organisations/hf.toml", "name = \"=1+1\"\nabbreviation = \"-x;y\"\nkind = \"health-trust\"\n").file(
        "offerings/kurs.toml",
        "title = \"@kurs\"\norganiser = \"hf\"\n[[run]]\nstart = 2017-02-03\nhours = 2.5\nplace = \"Sal 2.5\"\n",
    );
    let table = |name: &str, arguments: &[&str]| {
        let ran = run(&mut tree.command(&[&["export", "--format", "csv", "--table", name], arguments].concat()));
        assert_eq!(ran.code, Some(0), "{}", ran.talk);
        ran.out
    };
    let cell = |text: &str, delimiter, column: &str, id: &str| {
        let key = |row: &Map<String, Value>| row.get("record").or(row.get("id")) == Some(&json!(id));
        let rows = csv_rows(text.trim_start_matches('\u{feff}').as_bytes(), delimiter);
        rows.into_iter().find(key).unwrap()[column].as_str().unwrap().to_owned()
    };
    let excel = table("organisations", &["--excel"]);
    assert!(excel.starts_with("\u{feff}id;name;") && excel.ends_with("\r\n") && excel.matches('\n').count() > 2);
    assert!(excel.matches('\n').count() == excel.matches("\r\n").count());
    let names = ["name", "abbreviation"].map(|column| cell(&excel, b';', column, "hf"));
    assert_eq!(names, ["'=1+1", "'-x;y"]);
    let runs = table("offerings.run", &["--excel"]);
    assert_eq!(["hours", "place"].map(|column| cell(&runs, b';', column, "kurs")), ["2,5", "Sal 2.5"]);

    let plain = table("organisations", &[]);
    assert!(plain.starts_with("id,name,") && !plain.contains('\r'));
    assert_eq!(["name", "abbreviation"].map(|column| cell(&plain, b',', column, "hf")), ["=1+1", "-x;y"]);
    assert_eq!(cell(&table("offerings.run", &[]), b',', "hours", "kurs"), "2.5");
    assert_eq!(cell(&table("offerings", &[]), b',', "title", "kurs"), "@kurs");
}

/// A record of each kind with something in it that is not for the public, marked by a word; and numbers to be hidden.
const INSIDE: &str = r#"
~~~toml organisations/hf.toml
name = "HF"
kind = "health-trust"
contact = { email = "LØYND1@example.org", phone = "LØYND2" }
note = "LØYND3"
waive = [{ rule = "unstated-involvement", reason = "LØYND4", until = 2030-01-01 }]
part-of = [{ organisation = "rhf", note = "LØYND5" }]
~~~
~~~toml organisations/rhf.toml
name = "RHF"
kind = "regional-authority"
~~~
~~~toml agreements/mandat.toml
title = "Mandat"
kind = "mandate"
[[obligation]]
id = "plan"
text = "Plan"
every = "year"
note = "LØYND6"
evidence = [{ record = ["plan"] }]
~~~
~~~toml networks/nett.toml
name = "Nett"
parties = [{ organisation = "hf", note = "LØYND7" }]
governed-by = ["mandat"]
excuse = [{ duty = "mandat/plan", covers = "2024", reason = "LØYND8" }]
~~~
~~~toml members/nokon.toml
organisation = "hf"
background = "user-representative"
function = "Synleg"
name = "LØYND9"
consent = 2024-01-01
role-description = "LØYND10"
source = ["LØYND11"]
recruited-from = "kurs"
[[appointment]]
body = "nett"
role = "member"
note = "LØYND12"
~~~
~~~toml courses/kurs.toml
title = "Kurs"
module = "grunnkurs"
organiser = ["hf"]
start = 2024-01-01
note = "LØYND13"
~~~
~~~toml offerings/tilbod.toml
title = "Tilbod"
organiser = ["hf"]
network = "nett"
form = "group"
[[run]]
start = 2024-01-01
patients = { at-least = 20, words = "LØYND14" }
relatives = 3
note = "LØYND15"
[[run]]
start = 2024-06-01
patients = 9
relatives = 14
[[run]]
start = 2024-07-01
status = "cancelled"
patients = 2
~~~
~~~toml offerings/infomote.toml
title = "Informasjonsmøte"
organiser = ["hf"]
form = "information-meeting"
[[run]]
start = 2024-01-01
patients = 4
~~~
~~~toml reports/nett-2024.toml
network = "nett"
kind = "annual"
year = 2024
[[figure]]
measure = "relatives"
value = 3
of = 17
note = "LØYND16"
[[figure]]
measure = "offerings"
value = 1
~~~
"#;

#[test]
fn the_public_sees_nothing_that_is_internal() {
    let tree = Tree::empty();
    tree.lay(INSIDE);
    tree.file("lmnet.toml", "format = 1\n");
    let output = tree.path("ut");
    let export = |format: &str, audience: &str| {
        let path = output.join(format!("{format}-{audience}"));
        fs::create_dir_all(&output).unwrap();
        let arguments = ["export", "--format", format, "--audience", audience, "-o", path.to_str().unwrap()];
        let ran = run(&mut tree.command(&arguments));
        assert_eq!(ran.code, Some(0), "{}", ran.talk);
        let mut files = vec![path.clone()];
        if path.is_dir() {
            files = fs::read_dir(&path).unwrap().map(|entry| entry.unwrap().path()).collect();
        }
        files.iter().map(|file| fs::read_to_string(file).unwrap()).collect::<String>()
    };
    let secrets: Vec<String> = (1..=16).map(|number| format!("LØYND{number}")).collect();
    for format in ["json", "ndjson", "csv", "datapackage"] {
        let inside = export(format, "internal");
        assert!(secrets.iter().all(|secret| inside.contains(secret)), "{format}: {inside}");
        let outside = export(format, "public");
        assert!(!outside.contains("LØYND") && outside.contains("Synleg"), "{format}: {outside}");
        assert!(!outside.contains("consent") && !outside.contains("recruited-from"), "{format}");
    }
    let ics = run(&mut tree.command(&["export", "--format", "ics", "--from", "2020-01-01"])).out;
    assert!(ics.contains("Informasjonsmøte") && !ics.contains("LØYND"), "{ics}");
}

#[test]
fn small_numbers_are_told_to_be_hidden() {
    let tree = Tree::empty();
    tree.lay(INSIDE);
    tree.file("lmnet.toml", "format = 1\n");
    let export = exported(&tree, &["--format", "json"]);
    let quality = |record: &str, position: u64, column: &str| {
        let rows = export["tables"]["offerings.run"].as_array().unwrap().iter();
        let row = rows.clone().find(|row| row["record"] == record && row["position"] == position).unwrap().clone();
        let [number, quality] = ["", ".quality"].map(|after| row[format!("{column}{after}")].clone());
        assert_eq!(number.is_null(), quality == "hidden", "{row}");
        quality.as_str().map(str::to_owned)
    };
    let hidden = Some("hidden".to_owned());
    // 3 and 14 follow from each other beside the 17 of the annual report.
    assert_eq!([1, 2].map(|run| quality("tilbod", run, "relatives")), [hidden.clone(), hidden.clone()]);
    // A cancelled run is in no sum, so that its 2 gives nothing away of the others.
    let [first, second, cancelled] = [1, 2, 3].map(|run| quality("tilbod", run, "patients"));
    assert_eq!(
        [first.as_deref(), second.as_deref(), cancelled.as_deref()],
        [Some("at-least"), Some("exact"), Some("hidden")]
    );
    assert_eq!(quality("infomote", 1, "patients"), hidden, "not counted in any report, and small");
    let figures = export["tables"]["reports.figure"].as_array().unwrap();
    let values: Vec<_> = figures.iter().map(|row| (&row["value"], &row["value.quality"], &row["of"])).collect();
    let [null, hides, one, exact] = [Value::Null, json!("hidden"), json!(1), json!("exact")];
    assert_eq!(values, [(&null, &hides, &null), (&one, &exact, &null)], "what is no number of participants stays");

    tree.file("lmnet.toml", "format = 1\n[publish]\nsuppress-below = 0\n");
    assert!(!exported(&tree, &["--format", "json"]).to_string().contains("hidden"));
}

#[test]
fn a_part_of_a_registry_comes_with_all_that_it_refers_to() {
    let whole = json_of(&printed(&["export", "--format", "json", "--lang", "nn"]));
    for arguments in
        [&["--network", "lm-skognett"][..], &["--year", "2024"], &["--network", "lm-lyngnett", "--year", "2025"]]
    {
        let ran = run(&mut on_fjordnett(&[&["export", "--format", "json", "--lang", "nn"], arguments].concat()));
        assert_eq!((ran.code, &*ran.talk), (Some(0), ""), "no reference leads nowhere");
        let part = json_of(&ran.out);
        for (name, rows) in part["tables"].as_object().unwrap() {
            let all = whole["tables"][name].as_array().unwrap();
            let rows = rows.as_array().unwrap();
            // A column for a language may be there only where some row has it; rows tell of what is there alone.
            assert!(rows.iter().all(|row| all.contains(row)), "{arguments:?}: {name}");
        }
        assert!(
            part["tables"]["records"].as_array().unwrap().len() < whole["tables"]["records"].as_array().unwrap().len()
        );
    }
    let skognett = json_of(&printed(&["export", "--format", "json", "--network", "lm-skognett"]));
    let networks = skognett["tables"]["offerings"].as_array().unwrap().iter().map(|row| row["network"].clone());
    assert_eq!(networks.collect::<Vec<_>>(), [json!("lm-skognett"), json!("lm-skognett")]);
}

#[test]
fn a_folder_is_replaced_as_a_whole_or_not_at_all() {
    let tree = Tree::sound();
    let folder = tree.path("ut/eksport");
    let export = |arguments: &[&str]| {
        let output = ["-o", folder.to_str().unwrap()];
        run(&mut tree.command(&[&["export", "--format", "datapackage"], &output[..], arguments].concat()))
    };
    let names = || {
        let mut names: Vec<String> =
            fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    };
    assert_eq!(export(&[]).code, Some(0), "folders are made");
    let all = names();
    fs::write(folder.join(".gitkeep"), "").unwrap();
    assert_eq!(export(&["--table", "offerings,bodies"]).code, Some(0));
    assert_eq!(names(), [".gitkeep", "bodies.csv", "datapackage.json", "offerings.csv"], "{all:?}");

    // What is not from an export stays, and so does all else.
    let before = fs::read(folder.join("datapackage.json")).unwrap();
    fs::write(folder.join("notat.txt"), "mitt").unwrap();
    let ran = export(&[]);
    assert_eq!(ran.code, Some(2));
    assert!(ran.talk.contains("'notat.txt'"), "{}", ran.talk);
    assert_eq!(names(), [".gitkeep", "bodies.csv", "datapackage.json", "notat.txt", "offerings.csv"]);
    assert_eq!(fs::read(folder.join("datapackage.json")).unwrap(), before);

    // Nor is a registry taken for a folder to export to.
    let onto = run(&mut tree.command(&["export", "--format", "csv", "-o", tree.root.to_str().unwrap()]));
    assert_eq!(onto.code, Some(2), "{}", onto.talk);
    assert!(tree.path("lmnet.toml").exists());
}

#[test]
fn the_same_bytes_come_out_each_time() {
    let tree = Tree::empty();
    let bytes = |name: &str, format: &str| {
        let path = tree.path(name);
        printed(&["export", "--format", format, "-o", path.to_str().unwrap()]);
        let files = |path: &Path| match path.is_dir() {
            true => fs::read_dir(path).unwrap().map(|entry| entry.unwrap().path()).collect(),
            false => vec![path.to_owned()],
        };
        let mut files: Vec<_> =
            files(&path).iter().map(|file| (file.file_name().unwrap().to_owned(), fs::read(file).unwrap())).collect();
        files.iter_mut().filter(|_| !path.is_dir()).for_each(|(name, _)| name.clear());
        files.sort();
        files
    };
    for format in ["json", "ndjson", "xlsx", "datapackage"] {
        assert_eq!(bytes(&format!("a-{format}"), format), bytes(&format!("b-{format}"), format), "{format}");
    }
}

#[test]
fn half_a_registry_is_exported_on_request_alone() {
    let tree = Tree::sound();
    tree.file("organisations/half.toml", "name = \"Halvlest\"\nkind = \"othr\"\n");
    tree.file("offerings/heil.toml", "title = \"Heil\"\norganiser = [\"half\"]\n");
    let ran = run(&mut tree.command(&["export", "--format", "json"]));
    assert_eq!((ran.code, &*ran.out), (Some(2), ""), "{}", ran.talk);
    let ran = run(&mut tree.command(&["export", "--format", "json", "--partial", "--lang", "en"]));
    assert_eq!(ran.code, Some(0));
    assert_eq!(json_of(&ran.out)["left-out"], json!(["organisations/half"]));
    // The organiser is not there, so that the column can be no key, which is said.
    assert!(
        ran.talk.contains("records left out: 1") && ran.talk.contains("offerings.organiser: organiser"),
        "{}",
        ran.talk
    );
    let package = tree.path("pakke");
    run(&mut tree.command(&["export", "--format", "datapackage", "--partial", "-o", package.to_str().unwrap()]));
    let package = json_of(&fs::read_to_string(package.join("datapackage.json")).unwrap());
    assert_eq!(package["left-out"], json!(["organisations/half"]));
    let table =
        package["resources"].as_array().unwrap().iter().find(|one| one["name"] == "offerings.organiser").unwrap();
    let keys = &table["schema"]["foreignKeys"];
    assert_eq!(keys, &json!([{ "fields": ["record"], "reference": { "resource": "offerings", "fields": ["id"] } }]));
}

#[test]
fn what_people_read_is_in_their_language() {
    let tree = Tree::empty();
    let mut labels = Vec::new();
    for lang in ["nn", "nb", "en"] {
        let path = tree.path(lang);
        printed(&["export", "--format", "datapackage", "--lang", lang, "-o", path.to_str().unwrap()]);
        let package = json_of(&fs::read_to_string(path.join("datapackage.json")).unwrap());
        let table = package["resources"].as_array().unwrap().iter().find(|one| one["name"] == "offerings.run").unwrap();
        let title = |name: &str| {
            let fields = table["schema"]["fields"].as_array().unwrap();
            fields.iter().find(|field| field["name"] == name).unwrap()["title"].as_str().unwrap().to_owned()
        };
        labels.push([
            table["title"].as_str().unwrap().to_owned(),
            title("record"),
            title("start.latest"),
            title("patients.quality"),
        ]);
    }
    assert_eq!(
        labels,
        [
            ["Tilbod: Gjennomføringar", "Tilbod", "Start, seinast", "Pasientar, kor sikkert"],
            ["Tilbud: Gjennomføringer", "Tilbud", "Start, senest", "Pasienter, hvor sikkert"],
            ["Offerings: Runs", "Offering", "Start, latest", "Patients, how certain"],
        ]
    );
}

#[test]
fn what_makes_no_sense_is_refused_with_a_way_out() {
    for (arguments, says) in [
        (&[][..], "--format: csv"),
        (&["--format", "csv"], "-o DIR, or one table with --table NAME"),
        (&["--format", "csv", "-o", "x.csv"], "is the name of a file"),
        (&["--format", "datapackage"], "-o DIR"),
        (&["--format", "csv", "--table", "offering"], "did you mean offerings?"),
        (&["--format", "json", "--table", "members.waive"], "there is no table"),
        (&["--format", "xlsx", "--excel"], "--excel is for csv"),
        (&["--format", "json", "--from", "2025-01-01"], "--year"),
        (&["--format", "ics", "--year", "2025"], "--from and --until"),
        (&["--format", "ics", "--until", "2026-01-01"], "lies before the first day"),
        (&["--format", "json", "--network", "lm-fjord"], "lm-fjordnett"),
    ] {
        let ran = run(&mut on_fjordnett(&[&["export"], arguments].concat()));
        assert_eq!((ran.code, &*ran.out), (Some(2), ""), "{arguments:?}");
        assert!(ran.talk.contains(says), "{arguments:?}: {}", ran.talk);
    }
}

#[test]
fn a_table_without_rows_can_be_asked_for() {
    let out = on_registry(&["export", "--format", "csv", "--table", "offerings.run"]);
    assert!(out.starts_with("record,position,ref,id,start,") && out.lines().count() == 1, "{out}");
}
