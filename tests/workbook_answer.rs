//! The answer to a sheet in which something is wrong is the same workbook, with remarks in it.

mod common;

#[path = "docx/read.rs"]
mod parts;
#[path = "common/sheets.rs"]
mod sheets;
#[path = "common/workbook.rs"]
mod workbook;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use common::{Ran, Tree, run};
use parts::Word as Parts;
use rust_xlsxwriter::{Color, ConditionalFormatCell, ConditionalFormatCellRule, Format, Note};
use sheets::{exported, import, network, read, text};
use workbook::{Value, Workbook};

fn answer(tree: &Tree, file: &Path, answer: &Path, arguments: &[&str]) -> Ran {
    run(tree.command(&["import", "--lang", "nn"]).arg(file).arg("-o").arg(answer).args(arguments))
}

fn parts(file: &Path) -> Parts {
    Parts::open(&std::fs::read(file).unwrap())
}

/// The remarks in the cells of a sheet: notes that begin with the name of the program, and which cells are red.
fn remarks(file: &Path, sheet: &str) -> (BTreeMap<String, String>, BTreeSet<String>) {
    let parts = parts(file);
    let part = part_of(&parts, sheet);
    let xml = parts.xml(&part);
    let red = xml.descendants().filter(|node| node.text() == Some("N(\"lmnet\")=0") && node.is_element());
    let red = red.flat_map(|node| node.parent()?.parent()?.attribute("sqref")).flat_map(|cells| cells.split(' '));
    let red = red.map(str::to_owned).collect();
    let mut notes = BTreeMap::new();
    for (_, target) in relations(&parts, &part).iter().filter(|(kind, _)| kind == "comments") {
        let xml = parts.xml(target);
        for note in xml.descendants().filter(|node| node.tag_name().name() == "comment") {
            let words: String =
                note.descendants().filter(|node| node.is_text()).filter_map(|node| node.text()).collect();
            if let Some(words) = words.strip_prefix("lmnet: ") {
                notes.insert(note.attribute("ref").unwrap().to_owned(), words.to_owned());
            }
        }
    }
    (notes, red)
}

fn part_of(parts: &Parts, sheet: &str) -> String {
    let xml = parts.xml("xl/workbook.xml");
    let own = xml.descendants().find(|node| node.attribute("name") == Some(sheet)).unwrap();
    let id = own.attributes().find(|one| one.name() == "id").unwrap().value().to_owned();
    let rels = parts.xml("xl/_rels/workbook.xml.rels");
    let relation = rels.descendants().find(|node| node.attribute("Id") == Some(&id)).unwrap();
    whole("xl", relation.attribute("Target").unwrap())
}

/// The kinds of what a part refers to, and the parts.
fn relations(parts: &Parts, part: &str) -> Vec<(String, String)> {
    let (folder, name) = part.rsplit_once('/').unwrap();
    let path = format!("{folder}/_rels/{name}.rels");
    if !parts.parts.contains_key(&path) {
        return Vec::new();
    }
    let xml = parts.xml(&path);
    let own = xml.descendants().filter(|node| node.tag_name().name() == "Relationship");
    let pair = |node: roxmltree::Node<'_, '_>| {
        let kind = node.attribute("Type").unwrap().rsplit('/').next().unwrap().to_owned();
        (kind, whole(folder, node.attribute("Target").unwrap()))
    };
    own.map(pair).collect()
}

fn whole(folder: &str, target: &str) -> String {
    match (target.strip_prefix('/'), target.strip_prefix("../")) {
        (Some(whole), _) => whole.to_owned(),
        (_, Some(rest)) => format!("{}/{rest}", folder.rsplit_once('/').unwrap().0),
        _ => format!("{folder}/{target}"),
    }
}

#[test]
fn the_answer_is_the_workbook_with_remarks_in_the_cells() {
    let tree = network();
    let (folder, file, mut book) = exported(&tree);
    book.put("Tilbod", "offerings/kols-skule", "Rekkjevidd", text("over alt"));
    book.put("Tilbod", "offerings/kols-skule", "Form", text("gruppebasert"));
    book.put("Gjennomføringar", "offerings/kols-skule/0", "Start", text("i haust"));
    book.put("Gjennomføringar", "offerings/kols-skule/1", "Slutt", text("01.09.2025"));
    book.add("Kurs", &[("Tittel", text("Utan modul"))]);
    book.save(&file);
    let back = folder.path("answer.xlsx");
    let ran = answer(&tree, &file, &back, &[]);
    assert_eq!(ran.code, Some(1), "{}", ran.talk);
    let (notes, red) = remarks(&back, "Tilbod");
    let wrong = "ingenting her heiter «over alt»; vel mellom desse: lokalt, regionalt, nasjonalt";
    assert_eq!(notes, BTreeMap::from([("H2".to_owned(), wrong.to_owned())]));
    assert_eq!(red, BTreeSet::from(["H2".to_owned()]));
    let (notes, _) = remarks(&back, "Gjennomføringar");
    assert!(notes["D2"].starts_with("«i haust» er inga tid; skriv 30.11.2026"), "{notes:?}");
    assert_eq!(
        notes["E3"],
        "perioden sluttar 01.09.2025, før han byrjar 07.10.2025; rett «Start» eller «Slutt»; er slutten ukjend, sløyf «Slutt»",
        "what check finds is told in the words of the sheet"
    );
    let mut answered = Workbook::open(&back);
    assert_eq!(answered.sheets[0].0, "Må rettast");
    let first = answered.rows("Må rettast").clone();
    assert_eq!(first[0][0], text("Dette må rettast (6)"));
    assert_eq!(first[3], [text("Tilbod H2 (Rekkjevidd)"), text("over alt"), text(wrong)]);
    assert_eq!(answered.sheets[1..], Workbook::open(&file).sheets, "all cells are as they came");
    // Corrected, the answer comes back like the workbook itself.
    answered.put("Tilbod", "offerings/kols-skule", "Rekkjevidd", text("nasjonalt"));
    answered.put("Gjennomføringar", "offerings/kols-skule/0", "Start", Value::Day("2025-03-05".into()));
    answered.put("Gjennomføringar", "offerings/kols-skule/1", "Slutt", text("01.11.2025"));
    answered.rows("Kurs").pop();
    answered.save(&back);
    let ran = import(&tree, &back, &[]);
    assert_eq!(ran.code, Some(0), "{}{}", ran.out, ran.talk);
    let offering = read(&tree, "offerings/kols-skule.toml");
    for said in ["reach = \"national\"", "form = \"group\"", "start = 2025-03-05", "end = 2025-11-01"] {
        assert!(offering.contains(said), "{said}: {offering}");
    }
}

/// What an answer brings back is what is left to do: correcting it and importing it again doubles nothing.
#[test]
fn what_was_taken_in_is_emptied_in_the_answer() {
    let tree = network();
    let (folder, file, mut book) = exported(&tree);
    let offering = |title: &str| {
        [
            ("Tittel", text(title)),
            ("Arrangørar", text("Vågvik")),
            ("Rekkjevidd", text("lokalt")),
            ("Form", text("gruppebasert")),
        ]
    };
    book.add("Tilbod", &offering("Ny skule"));
    book.add("Gjennomføringar", &[("Tilbod", text("Ny skule")), ("Start", text("3.3.2026"))]);
    book.add("Gjennomføringar", &[("Tilbod", text("Ny skule")), ("Start", text("i haust"))]);
    book.save(&file);
    let answer = folder.path("answer.xlsx");
    let ran = run(tree.command(&["import", "--partly", "--lang", "nn"]).arg(&file).arg("-o").arg(&answer));
    assert_eq!(ran.code, Some(1), "{}", ran.talk);
    let mut answered = Workbook::open(&answer);
    let title = answered.column("Tilbod", "Tittel");
    let titles = answered.rows("Tilbod").iter().map(|row| row[title].clone());
    let titles: Vec<Value> = titles.filter(|title| *title != Value::Nothing).collect();
    assert_eq!(titles, [text("Tittel *"), text("KOLS-skule")], "what was there before");
    let column = answered.column("Gjennomføringar", "Start");
    let last = answered.rows("Gjennomføringar").last_mut().unwrap();
    last[column] = text("1.9.2026");
    answered.save(&answer);
    let again = import(&tree, &answer, &[]);
    assert_eq!(again.code, Some(0), "{}{}", again.out, again.talk);
    let made = read(&tree, "offerings/ny-skule.toml");
    assert_eq!(made.matches("[[run]]").count(), 2, "{made}");
    assert!(!tree.path("offerings/ny-skule-2.toml").exists());
}

/// A sheet as somebody keeps it, with colours, a note, a filter and a sheet of their own.
fn own_workbook(file: &Path, module: &str) {
    let mut book = rust_xlsxwriter::Workbook::new();
    let other = book.add_worksheet();
    other.set_name("Hugs").unwrap().write_string(0, 0, "Ring Kari").unwrap();
    let sheet = book.add_worksheet();
    sheet.set_name("Ola's kurs").unwrap();
    for (column, heading) in (0..).zip(["Tittel", "Kursmodul", "Arrangørar", "Start", "Kaffi"]) {
        sheet.write_string(0, column, heading).unwrap();
    }
    let green = Format::new().set_background_color(Color::Green);
    for (column, value) in (0..).zip(["Endring", module, "vagvik", "3.11.2026", "mykje"]) {
        sheet.write_string_with_format(1, column, value, &green).unwrap();
    }
    let rule = ConditionalFormatCell::new().set_rule(ConditionalFormatCellRule::EqualTo("mykje")).set_format(&green);
    sheet.add_conditional_format(1, 4, 9, 4, &rule).unwrap();
    sheet.insert_note(1, 0, &Note::new("mi eiga")).unwrap();
    sheet.autofilter(0, 0, 9, 4).unwrap();
    sheet.set_active(true);
    book.save(file).unwrap();
}

#[test]
fn what_is_ones_own_in_a_workbook_stays() {
    let tree = network();
    let folder = Tree::empty();
    let (file, back) = (folder.path("own.xlsx"), folder.path("answer.xlsx"));
    own_workbook(&file, "finst ikkje");
    let ran = answer(&tree, &file, &back, &["--rows", "courses"]);
    assert_eq!(ran.code, Some(1), "{}", ran.talk);
    let (before, after) = (parts(&file), parts(&back));
    let sheet = part_of(&after, "Ola's kurs");
    // Only what must be is another part than before: the list of sheets, the sheet and what is drawn over it, the styles.
    let is_other = |(name, text): &(&String, &String)| after.parts.get(*name) != Some(*text);
    let changed: BTreeSet<&str> = before.parts.iter().filter(is_other).map(|(name, _)| &**name).collect();
    let drawn = ["xl/comments1.xml", "xl/drawings/vmlDrawing1.vml"];
    let listed = ["[Content_Types].xml", "xl/_rels/workbook.xml.rels", "xl/workbook.xml", "xl/styles.xml", &sheet];
    assert_eq!(changed, drawn.into_iter().chain(listed).collect());
    let rows = |parts: &Parts| {
        let xml = &parts.parts[&sheet];
        xml[xml.find("<sheetData>").unwrap()..xml.find("</sheetData>").unwrap()].to_owned()
    };
    assert_eq!(rows(&before), rows(&after));
    assert!(after.parts["xl/workbook.xml"].contains("localSheetId=\"2\""), "the filter moved with its sheet");
    assert!(!after.parts[&sheet].contains("tabSelected"), "one sheet is chosen");
    let (notes, red) = remarks(&back, "Ola's kurs");
    assert_eq!(notes.keys().collect::<Vec<_>>(), ["B2"]);
    assert_eq!(red, BTreeSet::from(["B2".to_owned()]));
    assert!(after.parts["xl/comments1.xml"].contains("mi eiga"));
    let first = after.xml("xl/worksheets/answer1.xml");
    let link = first.descendants().find(|node| node.tag_name().name() == "hyperlink").unwrap();
    assert_eq!(link.attribute("location"), Some("'Ola''s kurs'!B2"));
}

#[test]
fn an_answer_to_an_answer_forgets_the_first() {
    let tree = network();
    let folder = Tree::empty();
    let (file, first, second) = (folder.path("own.xlsx"), folder.path("first.xlsx"), folder.path("second.xlsx"));
    own_workbook(&file, "finst ikkje");
    assert_eq!(answer(&tree, &file, &first, &["--rows", "courses"]).code, Some(1));
    assert_eq!(answer(&tree, &first, &second, &["--rows", "courses"]).code, Some(1));
    assert_eq!(Workbook::open(&first).sheets, Workbook::open(&second).sheets);
    assert_eq!(remarks(&first, "Ola's kurs"), remarks(&second, "Ola's kurs"));
    let shapes = |file: &Path| parts(file).parts["xl/drawings/vmlDrawing1.vml"].matches("</v:shape>").count();
    assert_eq!((shapes(&first), shapes(&second)), (2, 2));
    // What is right is neither red nor spoken of, and can't come back as new.
    own_workbook(&file, "endring");
    let right = folder.path("right.xlsx");
    assert_eq!(answer(&tree, &file, &right, &["--rows", "courses"]).code, Some(0));
    assert!(remarks(&right, "Ola's kurs").1.is_empty());
    let mut book = Workbook::open(&right);
    assert_eq!(book.sheets[0].1[0][0], text("Ingenting å rette"));
    assert!(book.sheets[0].1[1][2].text().ends_with("Nye rader som er tekne inn, er tømde i arka."));
    let empty = [Value::Nothing, Value::Nothing, Value::Nothing, Value::Nothing];
    assert_eq!(book.rows("Ola's kurs")[1], [&empty[..], &[text("mykje")]].concat());
}

#[test]
fn a_conflict_is_resolved_in_the_answer() {
    let tree = network();
    let (folder, file, mut book) = exported(&tree);
    book.put("Tilbod", "offerings/kols-skule", "Rekkjevidd", text("nasjonalt"));
    book.put("Gjennomføringar", "offerings/kols-skule/0", "Pasientar", Value::Number(14.0));
    book.save(&file);
    for (key, value) in [("reach", "regional"), ("run[0].patients", "ca. 20")] {
        assert_eq!(run(&mut tree.command(&["set", "offerings/kols-skule", key, value])).code, Some(0));
    }
    let back = folder.path("answer.xlsx");
    let ran = answer(&tree, &file, &back, &[]);
    assert_eq!(ran.code, Some(1), "{}", ran.talk);
    let (notes, _) = remarks(&back, "Tilbod");
    assert!(
        ran.talk.contains("i svaret (-o) har cella det som registeret har, så skriv «nasjonalt» der"),
        "{}",
        ran.talk
    );
    let told = "cella har no det som registeret har, så skriv «nasjonalt» der om det er det som skal gjelde";
    assert!(notes["H2"].ends_with(told), "{notes:?}");
    let kept = read(&tree, "offerings/kols-skule.toml");
    // Left alone, the registry stays as it is.
    let ran = import(&tree, &back, &[]);
    assert_eq!(ran.code, Some(0), "{}{}", ran.out, ran.talk);
    assert_eq!(read(&tree, "offerings/kols-skule.toml"), kept);
    // Written again, it holds.
    let mut answered = Workbook::open(&back);
    answered.put("Tilbod", "offerings/kols-skule", "Rekkjevidd", text("nasjonalt"));
    answered.save(&back);
    let ran = import(&tree, &back, &[]);
    assert_eq!(ran.code, Some(0), "{}{}", ran.out, ran.talk);
    assert_eq!(read(&tree, "offerings/kols-skule.toml"), kept.replace("regional", "national"));
}

/// What a workbook said and was written is known to its answer: what comes back then is held against that.
#[test]
fn an_answer_remembers_what_was_written() {
    let tree = network();
    let (folder, file, mut book) = exported(&tree);
    book.put("Gjennomføringar", "offerings/kols-skule/0", "Pasientar", Value::Number(8.0));
    book.put("Gjennomføringar", "offerings/kols-skule/1", "Start", text("i morgon"));
    book.save(&file);
    let back = folder.path("answer.xlsx");
    assert_eq!(answer(&tree, &file, &back, &["--partly"]).code, Some(1));
    assert!(read(&tree, "offerings/kols-skule.toml").contains("patients = 8\n"));
    for (patients, written) in [(9.0, "patients = 9\n"), (12.0, "patients = 12\n")] {
        let mut answered = Workbook::open(&back);
        answered.put("Gjennomføringar", "offerings/kols-skule/0", "Pasientar", Value::Number(patients));
        answered.put("Gjennomføringar", "offerings/kols-skule/1", "Start", text("2025-10-07"));
        answered.save(&file);
        let ran = answer(&tree, &file, &back, &[]);
        assert_eq!(ran.code, Some(0), "{}", ran.talk);
        assert!(read(&tree, "offerings/kols-skule.toml").contains(written), "{patients}");
    }
}

/// What was taken out once is not looked for again: a run that somebody else has added since stays.
#[test]
fn what_was_taken_out_is_forgotten() {
    let tree = network();
    let (folder, file, mut book) = exported(&tree);
    book.rows("Gjennomføringar").remove(2);
    book.put("Tilbod", "offerings/kols-skule", "Rekkjevidd", text("over alt"));
    book.save(&file);
    let back = folder.path("answer.xlsx");
    assert_eq!(answer(&tree, &file, &back, &["--delete", "--partly"]).code, Some(1));
    assert!(!read(&tree, "offerings/kols-skule.toml").contains("2025-10-07"));
    let run = "\n[[run]]\nstart = 2026-10-07\npatients = { about = 9 }\n";
    let before = read(&tree, "offerings/kols-skule.toml") + run;
    tree.file("offerings/kols-skule.toml", &before);
    for handed_in in [&back, &file] {
        let ran = import(&tree, handed_in, &["--delete", "--partly"]);
        assert!(ran.talk.contains("taken out: 0"), "{}", ran.talk);
        assert_eq!(read(&tree, "offerings/kols-skule.toml"), before);
    }
}

#[test]
fn a_long_text_in_conflict_is_in_the_answer_whole() {
    let tree = network();
    let (folder, file, mut book) = exported(&tree);
    let long = "Heile teksten. ".repeat(60).trim_end().to_owned();
    book.put("Tilbod", "offerings/kols-skule", "Omtale", text(&long));
    book.put("Tilbod", "offerings/kols-skule", "Rekkjevidd", Value::Nothing);
    book.save(&file);
    for (key, value) in [("description.nn", "Noko anna\npå to linjer"), ("reach", "regional")] {
        assert_eq!(run(&mut tree.command(&["set", "offerings/kols-skule", key, value])).code, Some(0));
    }
    let back = folder.path("answer.xlsx");
    assert_eq!(answer(&tree, &file, &back, &[]).code, Some(1));
    let (notes, _) = remarks(&back, "Tilbod");
    let first = format!("{:?}", Workbook::open(&back).sheets[0]);
    assert!(notes.values().any(|note| note.ends_with(&format!("\n\n{long}"))), "{notes:?}");
    assert!(first.contains(&long), "{first}");
    assert!(notes["H2"].ends_with("så tøm cella der om ingenting skal stå der"), "{notes:?}");
    assert!(notes.values().all(|note| !note.contains("\\u{")), "{notes:?}");
}

/// A name that another has taken over since is not what is meant: left alone, a cell in conflict changes nothing.
#[test]
fn a_conflict_over_a_name_that_moved_is_left_alone() {
    let tree = network();
    let (folder, file, mut book) = exported(&tree);
    book.put("Tilbod", "offerings/kols-skule", "Samarbeidspartnarar", text("Vågvik"));
    book.save(&file);
    tree.file("organisations/sukkerlaget.toml", "name = \"Gamle Sukkerlaget\"\nkind = \"user-organisation\"\n");
    tree.file("organisations/nye.toml", "name = \"Sukkerlaget\"\nkind = \"user-organisation\"\n");
    assert_eq!(run(&mut tree.command(&["set", "offerings/kols-skule", "partners", "nye"])).code, Some(0));
    let back = folder.path("answer.xlsx");
    assert_eq!(answer(&tree, &file, &back, &[]).code, Some(1));
    let ran = import(&tree, &back, &["--dry-run"]);
    assert_eq!((ran.code, &*ran.out), (Some(0), ""), "{}", ran.talk);
}

#[test]
fn nothing_is_written_where_the_answer_cannot_be() {
    let tree = network();
    let (folder, file, mut book) = exported(&tree);
    book.put("Gjennomføringar", "offerings/kols-skule/0", "Pasientar", Value::Number(8.0));
    book.save(&file);
    let before = read(&tree, "offerings/kols-skule.toml");
    for place in ["nowhere/answer.xlsx", "there.xlsx"] {
        std::fs::create_dir_all(folder.path("there.xlsx")).unwrap();
        let ran = answer(&tree, &file, &folder.path(place), &[]);
        assert_eq!(ran.code, Some(2), "{}", ran.talk);
        assert_eq!(read(&tree, "offerings/kols-skule.toml"), before, "{place}");
    }
}

/// What others have in the file in whatever form stays, and what lmnet itself put there goes.
#[test]
fn other_forms_of_the_same_file_are_annotated_too() {
    let tree = network();
    let folder = Tree::empty();
    let (file, other, back) = (folder.path("own.xlsx"), folder.path("other.xlsx"), folder.path("answer.xlsx"));
    own_workbook(&file, "finst ikkje");
    type Change<'a> = &'a dyn Fn(&str, &str) -> String;
    let forms: [(&str, Change<'_>); 6] = [
        ("a mark at the start of every part", &|_, text| format!("\u{feff}{text}")),
        ("a comment after the root", &|_, text| format!("{text}<!-- </oops> -->")),
        ("other prefixes", &|name, text| match name.ends_with(".rels") {
            true => text
                .replace("<Relationship", "<t:Relationship")
                .replace("</Relationship", "</t:Relationship")
                .replace("xmlns=", "xmlns:t="),
            false => text.to_owned(),
        }),
        ("the largest numbers", &|_, text| {
            text.replace("sheetId=\"2\"", "sheetId=\"4294967295\"").replace("priority=\"1\"", "priority=\"2147483647\"")
        }),
        ("own rules for the same cells", &|name, text| match name.contains("sheet2.xml") {
            true => text.replace("sqref=\"E2:E10\"", "sqref=\"B2\""),
            false => text.to_owned(),
        }),
        ("a shape in which nothing stands", &|name, text| match name.ends_with(".vml") {
            true => text.replace("<v:shape ", "<v:shape id=\"x\"/><v:shape "),
            false => text.to_owned(),
        }),
    ];
    for (form, change) in forms {
        let parts = parts(&file).parts;
        let parts: Vec<(String, String)> =
            parts.into_iter().map(|(name, text)| (name.clone(), change(&name, &text))).collect();
        packed(&other, &parts);
        for from in [&other, &back.clone()] {
            let from = from.clone();
            let ran = answer(&tree, &from, &back, &["--rows", "courses"]);
            if from != back {
                assert_eq!(ran.code, Some(1), "{form}: {}", ran.talk);
            }
        }
        let (notes, red) = remarks(&back, "Ola's kurs");
        assert_eq!((notes.len(), red), (1, BTreeSet::from(["B2".to_owned()])), "{form}");
        let after = Parts::open(&std::fs::read(&back).unwrap());
        let sheet = &after.parts[&part_of(&after, "Ola's kurs")];
        assert!(sheet.contains("mykje"), "{form}: the rule of one's own stays");
    }
}

fn packed(file: &Path, parts: &[(String, String)]) {
    use std::io::Write as _;
    let mut zip = zip::ZipWriter::new(std::fs::File::create(file).unwrap());
    for (name, text) in parts {
        zip.start_file(&**name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap();
}

#[test]
fn rows_of_csv_are_counted_whatever_ends_its_lines() {
    let tree = network();
    let folder = Tree::empty();
    let (file, back) = (folder.path("kurs.csv"), folder.path("answer.xlsx"));
    for end in ["\n", "\r\n", "\r"] {
        let lines = [
            "Tittel;Kursmodul;Arrangørar;Start",
            "",
            "Endring;finst ikkje;vagvik;3.11.2026",
            "Ny;endring;vagvik;i går",
        ];
        std::fs::write(&file, lines.join(end) + end).unwrap();
        let ran = answer(&tree, &file, &back, &["--rows", "courses"]);
        assert_eq!(ran.code, Some(1), "{}", ran.talk);
        let mut cells: Vec<String> = remarks(&back, "Kurs").1.into_iter().collect();
        cells.sort();
        assert_eq!(cells, ["B3", "D4"], "{end:?}");
        assert_eq!(Workbook::open(&back).rows("Kurs").len(), 4);
    }
}

#[test]
fn the_answer_to_csv_is_a_workbook_of_the_same_cells() {
    let tree = network();
    let folder = Tree::empty();
    let (file, back) = (folder.path("kurs.csv"), folder.path("answer.xlsx"));
    std::fs::write(&file, "Tittel;Kursmodul;Arrangørar;Start\n\nEndring;finst ikkje;vagvik;3.11.2026\n").unwrap();
    assert_eq!(answer(&tree, &file, &back, &["--rows", "courses"]).code, Some(1));
    let mut book = Workbook::open(&back);
    assert_eq!(book.rows("Kurs")[2], ["Endring", "finst ikkje", "vagvik", "3.11.2026"].map(text));
    assert_eq!(remarks(&back, "Kurs").1, BTreeSet::from(["B3".to_owned()]));
}
