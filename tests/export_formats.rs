//! Exports in every format: each says the same, is safe to open, and comes out the same each time; folders are replaced whole.

mod common;

use std::fs;
use std::path::Path;

use common::{Tree, printed, run};
use serde_json::{Map, Value, json};

fn json_of(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}: {text}"))
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
    let shown = |entry: &fs::DirEntry| !entry.file_name().to_string_lossy().starts_with('.');
    assert_eq!(fs::read_dir(&folder).unwrap().filter(|entry| shown(entry.as_ref().unwrap())).count(), tables.len());
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

#[test]
fn a_folder_is_replaced_as_a_whole_or_not_at_all() {
    let tree = Tree::sound();
    let folder = tree.path("ut/eksport");
    let export = |arguments: &[&str]| {
        let output = ["--lang", "en", "-o", folder.to_str().unwrap()];
        run(&mut tree.command(&[&["export", "--format", "datapackage"], &output[..], arguments].concat()))
    };
    let names = || {
        let mut names: Vec<String> =
            fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.retain(|name| name != ".lmnet-export"); // by which the folder is known again
        names.sort();
        names
    };
    assert_eq!(export(&[]).code, Some(0), "folders are made");
    let all = names();
    fs::write(folder.join(".gitkeep"), "").unwrap();
    assert_eq!(export(&["--table", "offerings,bodies"]).code, Some(0));
    assert_eq!(names(), [".gitkeep", "bodies.csv", "datapackage.json", "offerings.csv"], "{all:?}");

    // A folder that only looks like an export is somebody else's.
    let others = tree.path("ut/andre");
    fs::create_dir_all(&others).unwrap();
    fs::write(others.join("records.csv"), "mitt").unwrap();
    let ran = run(&mut tree.command(&["export", "--lang", "en", "--format", "csv", "-o", others.to_str().unwrap()]));
    assert!(ran.code == Some(2) && ran.talk.contains("lmnet did not write 'records.csv'"), "{ran:?}");
    assert_eq!(fs::read_to_string(others.join("records.csv")).unwrap(), "mitt");

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
