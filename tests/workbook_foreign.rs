//! Files as people have them: CSV in any of its forms, sheets from elsewhere, and files that are no good.

mod common;

#[path = "common/sheets.rs"]
mod sheets;
#[path = "common/workbook.rs"]
mod workbook;

use std::io::Write as _;
use std::path::Path;

use common::Tree;
use rust_xlsxwriter::{Format, Formula};
use sheets::{exported, import, network, read, text};
use workbook::Value;

/// 30.11.2026
fn norwegian(day: &str) -> String {
    day.split('-').rev().collect::<Vec<_>>().join(".")
}

const SHEETS: [&str; 4] = ["Tilbod", "Gjennomføringar", "Kurs", "Plassar"];

#[test]
fn a_sheet_saved_as_csv_is_the_sheet() {
    let tree = network();
    let (folder, _, mut book) = exported(&tree);
    let before = read(&tree, "offerings/kols-skule.toml");
    book.put("Kurs", "courses/helsepedagogikk-2025", "Timar", Value::Number(4.5));
    for (delimiter, windows) in [(';', true), (',', false), ('\t', true), (';', false)] {
        for sheet in SHEETS.into_iter().filter(|sheet| delimiter == ';' || *sheet != "Kurs") {
            let csv = book.csv(sheet, delimiter, norwegian);
            let file = folder.path(format!("{sheet}.csv"));
            let bytes = match windows {
                true => encoding_rs::WINDOWS_1252.encode(&csv).0.into_owned(),
                false => format!("\u{feff}{csv}").into_bytes(),
            };
            std::fs::write(&file, bytes).unwrap();
            let ran = import(&tree, &file, &[]);
            assert_eq!(ran.code, Some(0), "{sheet} {delimiter:?}: {}{}", ran.out, ran.talk);
        }
    }
    assert_eq!(read(&tree, "offerings/kols-skule.toml"), before);
    assert!(read(&tree, "courses/helsepedagogikk-2025.toml").contains("hours = 4.5\n"));
}

#[test]
fn headings_are_known_in_three_languages_and_in_any_order() {
    let tree = network();
    let folder = Tree::empty();
    let sheets = [
        ("nn", "Arrangørar;Kunngjort;Start;TITTEL;Kursmodul;Timar\nVågvik;1.2.2026;3.2.2026;Kurs æ;endring;4,5\n"),
        ("nb", "Kursmodul,Tittel,Arrangører,Timer,Start\nmestring,Kurs ø,Vågvik kommune,\"4,5\",2026-høst\n"),
        ("en", "start\torganiser\ttitle\tmodule\thours\n2026-03\tvagvik\tKurs å\tcoping\t4.5\n"),
    ];
    for (lang, csv) in sheets {
        let file = folder.path(format!("{lang}.csv"));
        std::fs::write(&file, csv).unwrap();
        let ran = import(&tree, &file, &[]);
        assert_eq!(ran.code, Some(0), "{lang}: {}{}", ran.out, ran.talk);
    }
    let course = |id: &str| read(&tree, &format!("courses/{id}.toml"));
    let plain = "organiser = [\"vagvik\"]\n";
    assert_eq!(
        course("kurs-ae-2026"),
        format!(
            "title = \"Kurs æ\"\nmodule = \"endring\"\n{plain}start = 2026-02-03\nhours = 4.5\nannounced = 2026-02-01\n"
        )
    );
    assert_eq!(
        course("kurs-o-2026"),
        format!("title = \"Kurs ø\"\nmodule = \"meistring\"\n{plain}start = \"2026-autumn\"\nhours = 4.5\n")
    );
    assert_eq!(
        course("kurs-a-2026"),
        format!("title = \"Kurs å\"\nmodule = \"meistring\"\n{plain}start = \"2026-03\"\nhours = 4.5\n")
    );
}

#[test]
fn csv_in_one_language_is_no_edit_of_another() {
    // The registry speaks Nynorsk, the headings Bokmål: it is the text in Bokmål that was changed.
    let tree = network();
    let file = tree.path("nb.csv");
    let (_folder, _, mut book) = exported(&tree);
    let row = book.row("Tilbod", "offerings/kols-skule");
    let rev = book.rows("Tilbod")[row][1].text().to_owned();
    std::fs::write(&file, format!("id;rev;Tittel;Arrangører\nofferings/kols-skule;{rev};KOLS-skolen;Vågvik\n"))
        .unwrap();
    let ran = import(&tree, &file, &[]);
    assert_eq!(ran.code, Some(0), "{}{}", ran.out, ran.talk);
    assert!(
        read(&tree, "offerings/kols-skule.toml")
            .starts_with("title = { nn = \"KOLS-skule\", nb = \"KOLS-skolen\" }\norganiser = \"vagvik\"\n")
    );
    // What was exported is not known from CSV, but the revision tells that the row is not that any more.
    let ran = import(&tree, &file, &[]);
    assert_eq!(ran.code, Some(0), "as it is already: {}", ran.out);
    std::fs::write(&file, format!("id;rev;Tittel;Rekkevidde\nofferings/kols-skule;{rev};KOLS-skolen;nasjonalt\n"))
        .unwrap();
    let ran = import(&tree, &file, &[]);
    assert_eq!(ran.code, Some(1));
    assert!(ran.out.contains("in the registry now \"lokalt\", here \"nasjonalt\""), "{}", ran.out);
}

#[test]
fn a_sheet_from_elsewhere_is_mapped_once() {
    let tree = network();
    tree.file(
        "lmnet.toml",
        "format = 1\nlanguage = \"nn\"\n\n[[condition]]\nid = \"kols\"\ntitle = { nn = \"KOLS\", nb = \"KOLS\" }\n",
    );
    tree.file(
        "mappings/kursliste.toml",
        r#"rows = "offerings"

[columns]
"Namn på tilbodet" = "title"
"Målgruppe" = "audience"
"Diagnose" = "condition"
"Krev tilvising" = "referral.required"
"Tilvising sendast til" = "referral.to"
"Ansvarleg avdeling" = "department"
"Kor ofte" = "frequency"
"Innhald" = "description"

[values.audience]
"pasient" = "patients"
"pårørande til vaksne" = "relatives"

[fixed]
organiser = "vagvik"
"#,
    );
    let file = tree.path("mappings/kursliste.csv");
    let csv = "Kurs og tilbod 2026;;;;;;;\n;;;;;;;\nNr;Diagnose;NAMN PÅ TILBODET;Målgruppe;Krev tilvising;Tilvising sendast til;Ansvarleg avdeling;Kor ofte\n\
               1;KOLS;Meistring av KOLS;Pasient, pårørande til vaksne;ja;Lungepoliklinikken;Lungeavdelinga;Kvart halvår\n";
    std::fs::write(&file, csv).unwrap();
    let ran = import(&tree, &file, &["--from", "kursliste", "--partly"]);
    assert_eq!(ran.code, Some(0), "{}{}", ran.out, ran.talk);
    assert!(ran.talk.contains("these columns are not known here, and were not read: \"Nr\""), "{}", ran.talk);
    assert_eq!(
        read(&tree, "offerings/meistring-av-kols.toml"),
        r#"title = { nn = "Meistring av KOLS" }
organiser = ["vagvik"]
condition = ["kols"]
audience = ["patients", "relatives"]
department = { nn = "Lungeavdelinga" }
frequency = { nn = "Kvart halvår" }

[referral]
required = true
to = { nn = "Lungepoliklinikken" }
"#
    );
    for (mapping, why) in [
        (
            "rows = \"offerings\"\n[columns]\n\"Namn\" = \"titel\"\n",
            "there is no key \"titel\" here; did you mean \"title\"?",
        ),
        ("rows = \"patients\"\n", "\"rows\" must say what the rows are: offerings, runs, courses, seats"),
        ("rows =", "the file is not valid TOML"),
    ] {
        tree.file("mappings/kursliste.toml", mapping);
        let ran = import(&tree, &file, &["--from", "kursliste"]);
        assert_eq!(ran.code, Some(2));
        assert!(ran.talk.starts_with("lmnet: mappings/kursliste.toml: ") && ran.talk.contains(why), "{}", ran.talk);
    }
    let ran = import(&tree, &file, &["--from", "../lmnet"]);
    assert!(ran.code == Some(2) && ran.talk.contains("no name of a file in mappings/"), "{}", ran.talk);
}

/// A workbook with one sheet, made by hand.
fn made(path: &Path, make: impl FnOnce(&mut rust_xlsxwriter::Worksheet)) {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    for (column, heading) in (0..).zip(["Tittel", "Kursmodul", "Arrangørar", "Start", "Timar"]) {
        sheet.write_string(0, column, heading).unwrap();
    }
    make(sheet);
    book.save(path).unwrap();
}

#[test]
fn a_cell_that_cannot_be_relied_on_is_told_with_its_place() {
    let tree = network();
    let file = tree.path("mappings/made.xlsx");
    std::fs::create_dir_all(tree.path("mappings")).unwrap();
    made(&file, |sheet| {
        let day = Format::new().set_num_format("dd.mm.yyyy");
        let course = |sheet: &mut rust_xlsxwriter::Worksheet, row: u32, title: &str| {
            for (column, cell) in (0..).zip([title, "endring", "Vågvik", "3.2.2026"]) {
                sheet.write_string(row, column, cell).unwrap();
            }
        };
        for row in 1..=6 {
            course(sheet, row, &format!("=\"Kurs {row}\""));
        }
        sheet.write_formula(1, 4, Formula::new("=2+2").set_result("4")).unwrap();
        sheet.write_number_with_format(2, 3, 2026, &day).unwrap();
        sheet.write_string(3, 3, "neste veke").unwrap();
        sheet.merge_range(4, 4, 5, 4, "6", &Format::new()).unwrap();
        sheet.set_row_hidden(6).unwrap();
    });
    let ran = import(&tree, &file, &[]);
    assert_eq!(ran.code, Some(1), "{}", ran.talk);
    for said in [
        "Sheet1 E2 (Hours): the cell has a formula, and what it gives cannot be relied on; write the value itself",
        "Sheet1 D3 (Start): 18.07.1905 is probably the year 2026",
        "Sheet1 D4 (Start): \"neste veke\" is no time; write 30.11.2026",
        "Sheet1 5: the cells E5:E6 are merged",
        "Sheet1 6: the cells E5:E6 are merged",
    ] {
        assert!(ran.out.contains(said), "{said}: {}", ran.out);
    }
    assert!(ran.talk.contains("Sheet1: hidden rows were read like the others: 7"), "{}", ran.talk);
    let ran = import(&tree, &file, &["--partly"]);
    assert_eq!(ran.code, Some(1));
    assert!(
        read(&tree, "courses/kurs-6-2026.toml").starts_with("title = '=\"Kurs 6\"'\n"),
        "text that looks like a formula is text"
    );
    assert!(ran.talk.contains("new: 1,"), "{}", ran.talk);
}

#[test]
fn sheets_in_another_order_are_the_same_sheets() {
    let tree = network();
    let (_folder, file, mut book) = exported(&tree);
    book.put("Kurs", "courses/helsepedagogikk-2025", "Deltakarar", Value::Number(20.0));
    book.sheets.reverse();
    // One that was renamed is known by its headings, and a note on a sheet of its own is no harm.
    let courses = book.sheets.iter_mut().find(|(name, _)| name == "Kurs").unwrap();
    courses.0 = "Ark1".to_owned();
    book.sheets.push(("Lause tankar".to_owned(), vec![vec![text("Hugs kaffi")]]));
    // Nor is a list of one's own that looks like one of the sheets.
    book.sheets.insert(
        0,
        ("Mine kurs".to_owned(), vec![vec![text("Tittel"), text("Start")], vec![text("Hjartekurs"), text("2024")]]),
    );
    book.save(&file);
    let ran = import(&tree, &file, &[]);
    assert_eq!(ran.code, Some(0), "{}{}", ran.out, ran.talk);
    assert!(ran.talk.contains("rows changed: 1, new: 0"), "{}", ran.talk);
    assert!(ran.talk.contains("the sheet \"Mine kurs\" was not read"), "{}", ran.talk);
    assert!(read(&tree, "courses/helsepedagogikk-2025.toml").contains("participants = 20\n"));
}

#[test]
fn a_copied_row_is_a_new_one() {
    let tree = network();
    let (_folder, file, mut book) = exported(&tree);
    let row = book.row("Kurs", "courses/helsepedagogikk-2025");
    let copy = book.rows("Kurs")[row].clone();
    book.rows("Kurs").insert(row, copy);
    let start = book.column("Kurs", "Start");
    book.rows("Kurs")[row][start] = Value::Day("2026-05-05".into());
    book.save(&file);
    let ran = import(&tree, &file, &[]);
    assert_eq!(ran.code, Some(0), "{}{}", ran.out, ran.talk);
    assert!(ran.talk.contains("Kurs 2: the row is a copy of another one, and was taken as new"), "{}", ran.talk);
    assert!(read(&tree, "courses/helsepedagogikk-2026.toml").contains("start = 2026-05-05\n"));
}

#[test]
fn a_file_that_is_no_good_is_told_why() {
    let tree = network();
    let (folder, file, _) = exported(&tree);
    let whole = std::fs::read(&file).unwrap();
    let zip = |parts: &[(&str, usize)]| {
        let mut bytes = std::io::Cursor::new(Vec::new());
        let mut archive = zip::ZipWriter::new(&mut bytes);
        for (name, zeros) in parts {
            archive.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
            for _ in 0..zeros.div_ceil(1 << 20) {
                archive.write_all(&vec![b' '; (*zeros).min(1 << 20)]).unwrap();
            }
        }
        archive.finish().unwrap();
        bytes.into_inner()
    };
    let bomb = zip(&[("xl/worksheets/sheet1.xml", 130 << 20)]);
    // The same with a small size written down.
    let mut liar = bomb.clone();
    let size = (130_u32 << 20).to_le_bytes();
    let places: Vec<usize> = (0..liar.len() - 4).filter(|at| liar[*at..at + 4] == size).collect();
    assert!(!places.is_empty());
    places.iter().for_each(|at| liar[*at..at + 4].copy_from_slice(&10_u32.to_le_bytes()));
    let mut far = rust_xlsxwriter::Workbook::new();
    far.add_worksheet().set_name("Kurs").unwrap().write_string(1_048_575, 16_383, "x").unwrap();
    let lines = "Tittel;Kursmodul\n".to_owned() + &"a;b\n".repeat(50_001);
    let bad: [(&str, Vec<u8>, &str); 12] = [
        ("cut.xlsx", whole[..whole.len() / 2].to_vec(), "the workbook is cut off or damaged"),
        ("bent.xlsx", [&whole[..900], &[0; 200], &whole[1100..]].concat(), "the workbook is cut off or damaged"),
        ("bomb.xlsx", bomb, "more than 128 MB unpacked"),
        ("liar.xlsx", liar, "the workbook is"),
        ("other.xlsx", zip(&[("word/document.xml", 10)]), "the file is no workbook; save it as .xlsx or .csv"),
        ("old.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec(), "locked with a password, or saved as an old .xls"),
        ("far.xlsx", far.save_to_buffer().unwrap(), "something outside of the first 50000 rows"),
        ("long.csv", lines.into_bytes(), "something outside of the first 50000 rows"),
        ("picture.csv", b"\x89PNG\0\0\0".to_vec(), "neither a workbook nor text"),
        ("empty.csv", Vec::new(), "no headings were found that are known here"),
        ("foreign.csv", b"Farge;Storleik\nraud;stor\n".to_vec(), "no headings were found that are known here"),
        ("twice.csv", b"Tittel;Start;tittel;Kursmodul\na;b;c;d\n".to_vec(), "two columns are called \"tittel\""),
    ];
    for (name, bytes, why) in bad {
        let file = folder.path(name);
        std::fs::write(&file, bytes).unwrap();
        let ran = import(&tree, &file, &[]);
        assert_eq!((ran.code, &*ran.out), (Some(2), ""), "{name}");
        assert!(ran.talk.contains(why) && ran.talk.contains(name), "{name}: {}", ran.talk);
    }
}

/// A workbook whose one sheet, of courses, is written so.
fn written(sheet: &str) -> Vec<u8> {
    let relations = |kind: &str, target: &str| {
        format!(
            "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"r1\" \
             Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}\" Target=\"{target}\"/></Relationships>"
        )
    };
    let main = "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"";
    let own = "xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"";
    let parts = [
        ("_rels/.rels", relations("officeDocument", "xl/workbook.xml")),
        ("xl/_rels/workbook.xml.rels", relations("worksheet", "worksheets/sheet1.xml")),
        (
            "xl/workbook.xml",
            format!(
                "<workbook {main} {own}><sheets><sheet name=\"Kurs\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>"
            ),
        ),
        ("xl/worksheets/sheet1.xml", format!("<worksheet {main}>{sheet}</worksheet>")),
    ];
    let mut bytes = std::io::Cursor::new(Vec::new());
    let mut archive = zip::ZipWriter::new(&mut bytes);
    for (name, text) in parts {
        archive.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        archive.write_all(text.as_bytes()).unwrap();
    }
    archive.finish().unwrap();
    bytes.into_inner()
}

#[test]
fn cells_and_areas_that_are_nowhere_are_not_looked_for() {
    let sheet = |cell: &str, rest: &str| {
        written(&format!(
            "<sheetData><row r=\"1\"><c r=\"{cell}\" t=\"inlineStr\"><is><t>Tittel</t></is></c>\
             <c r=\"B1\" t=\"inlineStr\"><is><t>Kursmodul</t></is></c></row></sheetData>{rest}"
        ))
    };
    let read = |bytes: &[u8]| lmnet::workbook::read(bytes, None, None).map_err(|said| said.en);
    assert_eq!(read(&sheet("A1", "<mergeCells><mergeCell ref=\"A4:B5\"/></mergeCells>")).unwrap().sheets.len(), 1);
    for (cell, rest) in [
        ("AAAAAAAAAA1", ""),
        ("A99999999999", ""),
        ("ingenstad", ""),
        ("A1", "<mergeCells><mergeCell ref=\"A8:B5\"/></mergeCells>"),
        ("A1", "<dimension ref=\"B2:A1\"/>"),
        // What is no XML any more was not looked through to its end.
        ("A1", "<a></b><mergeCells><mergeCell ref=\"A8:B5\"/></mergeCells>"),
    ] {
        let why = read(&sheet(cell, rest)).unwrap_err();
        assert!(why.contains("written in a way that cannot be read"), "{cell} {rest}: {why}");
    }
}

#[test]
fn ten_thousand_rows_are_no_trouble() {
    let tree = network();
    let row = |number: usize| {
        let (year, month, day) = (1900 + number / 336, 1 + number / 28 % 12, 1 + number % 28);
        format!("KOLS-skule;{day}.{month}.{year};{number}\n")
    };
    let csv: String = std::iter::once("Tilbod;Start;Pasientar\n".to_owned()).chain((0..10_000).map(row)).collect();
    let file = tree.path("mappings/runs.csv");
    std::fs::create_dir_all(tree.path("mappings")).unwrap();
    std::fs::write(&file, csv).unwrap();
    let ran = import(&tree, &file, &["--dry-run"]);
    assert_eq!(ran.code, Some(0), "{}", ran.talk);
    assert!(ran.talk.contains("new: 10000,"), "{}", ran.talk);
    assert_eq!(ran.out.matches("\n+[[run]]\n").count(), 10_000);
}

/// What is wrong with a text is told where it stands, rather than taken in as something else.
#[test]
fn nothing_of_a_csv_file_is_swallowed() {
    let tree = network();
    let folder = Tree::empty();
    let before = read(&tree, "offerings/kols-skule.toml");
    for (rows, says) in [
        (
            "KOLS-skule;5.11.2026;12;\"Vågvik\nKOLS-skule;6.11.2026;14;Vågvik\n",
            "line 2: a quotation mark is opened and never closed",
        ),
        ("KOLS-skule;5.11.2026;12;Vågvik; rådhuset\n", "the row has 5 cells, but there are only 4 headings"),
        ("KOLS-skule;5.11.2026;12;fnr 41810010051\n", "a national identity number stands here"),
    ] {
        let file = folder.path("runs.csv");
        std::fs::write(&file, format!("Tilbod;Start;Pasientar;Stad\n{rows}")).unwrap();
        let ran = import(&tree, &file, &[]);
        assert!(ran.code != Some(0) && format!("{}{}", ran.out, ran.talk).contains(says), "{says}: {ran:?}");
        assert!(!format!("{ran:?}").contains("41810010051"), "the number is told to nobody: {ran:?}");
        assert_eq!(read(&tree, "offerings/kols-skule.toml"), before);
    }
    // The answer never takes the place of what came, and a diff is no workbook.
    let (_folder, file, _) = exported(&tree);
    let bytes = std::fs::read(&file).unwrap();
    let path = file.to_str().unwrap();
    for (options, says) in [
        (&["-o", path][..], "the answer would take the place of the file"),
        (&["-n", "-o", path], "choose one of them"),
    ] {
        let ran = import(&tree, &file, options);
        assert!(ran.code == Some(2) && ran.talk.contains(says), "{ran:?}");
        assert_eq!(std::fs::read(&file).unwrap(), bytes);
    }
}
