//! What comes back is taken in row by row: what is new, what was changed twice, what is missing, what is wrong.

mod common;

#[path = "common/sheets.rs"]
mod sheets;
#[path = "common/workbook.rs"]
mod workbook;

use common::{Tree, run};
use sheets::{exported, import, network, read, text};
use workbook::{Value, Workbook};

#[test]
fn new_rows_become_records_and_parts() {
    let tree = network();
    let (_folder, file, mut book) = exported(&tree);
    book.add(
        "Tilbod",
        &[
            ("Tittel", text("Startkurs for pårørande")),
            ("Arrangørar", text("Vågvik kommune; Sukkerlaget")),
            ("Nettverk", text("LM-nettverket Fjord")),
            ("For kven", text("pårørande")),
        ],
    );
    book.add(
        "Gjennomføringar",
        &[
            ("Tilbod", text("Startkurs for pårørande")),
            ("Start", Value::Day("2026-02-03".into())),
            ("Pårørande", text("minst 7")),
        ],
    );
    book.add(
        "Gjennomføringar",
        &[("Tilbod", text("KOLS-skule")), ("Start", text("2026-vår")), ("Møteform", text("digitalt"))],
    );
    book.add(
        "Kurs",
        &[
            ("Tittel", text("Endring")),
            ("Kursmodul", text("endring")),
            ("Arrangørar", text("vagvik")),
            ("Start", text("3.11.2026")),
        ],
    );
    let member = book.rows("Plassar")[1][2].text().to_owned();
    book.add(
        "Plassar",
        &[
            ("Medlem", text(&member)),
            ("Organ", text("LM-nettverket Fjord")),
            ("Rolle", text("leiar")),
            ("Frå", text("2026")),
        ],
    );
    book.save(&file);
    let ran = import(&tree, &file, &[]);
    assert_eq!(ran.code, Some(0), "{}{}", ran.out, ran.talk);
    assert!(ran.talk.contains("rows changed: 0, new: 5, taken out: 0"), "{}", ran.talk);
    assert_eq!(
        read(&tree, "offerings/startkurs-for-parorande.toml"),
        r#"title = { nn = "Startkurs for pårørande" }
organiser = ["vagvik", "sukkerlaget"]
network = "lm-fjord"
audience = ["relatives"]

[[run]]
start = 2026-02-03
relatives = { at-least = 7 }
"#
    );
    assert!(
        read(&tree, "offerings/kols-skule.toml")
            .ends_with("\n\n[[run]]\nstart = \"2026-spring\"\nmode = \"digital\"\n")
    );
    assert_eq!(
        read(&tree, "courses/endring-2026.toml"),
        "title = \"Endring\"\nmodule = \"endring\"\norganiser = [\"vagvik\"]\nstart = 2026-11-03\n"
    );
    assert!(
        read(&tree, "members/kontakt-vagvik.toml")
            .ends_with("\n\n[[appointment]]\nbody = \"lm-fjord\"\nrole = \"leader\"\nfrom = \"2026\"\n")
    );
}

#[test]
fn a_text_goes_to_its_language_and_leaves_the_others_alone() {
    let tree = network();
    let (_folder, file, mut book) = exported(&tree);
    book.put("Tilbod", "offerings/kols-skule", "Tittel", text("KOLS-skulen"));
    book.put("Kurs", "courses/helsepedagogikk-2025", "Tittel", text("Helsepedagogikk for alle"));
    book.save(&file);
    assert_eq!(import(&tree, &file, &[]).code, Some(0));
    assert!(
        read(&tree, "offerings/kols-skule.toml").starts_with("title = { nn = \"KOLS-skulen\", nb = \"KOLS-skole\" }\n")
    );
    assert!(read(&tree, "courses/helsepedagogikk-2025.toml").starts_with("title = \"Helsepedagogikk for alle\"\n"));
}

#[test]
fn what_was_changed_in_both_is_a_conflict_with_all_values() {
    let tree = network();
    let (_folder, file, mut book) = exported(&tree);
    book.put("Tilbod", "offerings/kols-skule", "Rekkjevidd", text("nasjonalt"));
    book.put("Gjennomføringar", "offerings/kols-skule/0", "Pasientar", Value::Number(14.0));
    book.save(&file);
    let set = |key: &str, value: &str| run(&mut tree.command(&["set", "offerings/kols-skule", key, value])).code;
    assert_eq!(set("reach", "regional"), Some(0));
    // What somebody else did to other keys is no conflict, nor that a run came in between.
    assert_eq!(set("form", "group"), Some(0));
    let kept = read(&tree, "offerings/kols-skule.toml");
    let with_run = kept.replacen("[[run]]", "[[run]]\nstart = 2024-09-03\n\n[[run]]", 1);
    tree.file("offerings/kols-skule.toml", &with_run);
    let ran = import(&tree, &file, &[]);
    assert_eq!(ran.code, Some(1), "{}", ran.talk);
    for said in ["Tilbod H2 (Reach)", "then \"lokalt\", in the registry now \"regionalt\", here \"nasjonalt\""] {
        assert!(ran.out.contains(said), "{said}: {}", ran.out);
    }
    assert_eq!(ran.out.lines().count(), 1, "{}", ran.out);
    assert_eq!(read(&tree, "offerings/kols-skule.toml"), with_run, "nothing was written");
    let ran = import(&tree, &file, &["--partly"]);
    assert_eq!(ran.code, Some(1));
    assert_eq!(read(&tree, "offerings/kols-skule.toml"), with_run.replace("patients = 12", "patients = 14"));
}

#[test]
fn what_looks_like_something_that_is_there_is_shown_and_not_guessed() {
    let tree = network();
    let (_folder, file, mut book) = exported(&tree);
    let kols = [("Tittel", text("kols-skole")), ("Arrangørar", text("Vågvik"))];
    book.add("Tilbod", &kols);
    book.add("Gjennomføringar", &[("Tilbod", text("KOLS-skule")), ("Start", text("07.10.2025"))]);
    book.save(&file);
    let ran = import(&tree, &file, &[]);
    assert_eq!(ran.code, Some(1));
    for said in [
        "Tilbod 3: the row looks like \"KOLS-skule\",",
        "Gjennomføringar 4: the row looks like \"KOLS-skule, 7. oktober 2025\",",
    ] {
        assert!(ran.out.contains(said), "{said}: {}", ran.out);
    }
    assert!(!tree.path("offerings/kols-skole.toml").exists());
    let ran = import(&tree, &file, &["--accept-duplicates", "--dry-run"]);
    assert!(ran.talk.contains("new: 2"), "{}", ran.talk);
    assert!(ran.out.contains("+++ b/offerings/kols-skole.toml"), "{}", ran.out);
}

#[test]
fn what_is_missing_stays_unless_it_is_to_go() {
    let tree = network();
    let (_folder, file, mut book) = exported(&tree);
    let before = read(&tree, "offerings/kols-skule.toml");
    let (run_row, offering) =
        (book.row("Gjennomføringar", "offerings/kols-skule/0"), book.row("Tilbod", "offerings/kols-skule"));
    book.rows("Gjennomføringar").remove(run_row);
    // Emptied is as good as gone.
    book.rows("Tilbod")[offering].truncate(2);
    book.save(&file);
    let ran = import(&tree, &file, &[]);
    assert_eq!(ran.code, Some(0), "{}", ran.talk);
    assert!(ran.talk.contains("offerings/kols-skule: run no. 1 is missing from the sheet and stays"), "{}", ran.talk);
    assert!(ran.talk.contains("offerings/kols-skule is missing from the sheet and stays"), "{}", ran.talk);
    assert_eq!(read(&tree, "offerings/kols-skule.toml"), before);
    let ran = import(&tree, &file, &["--delete"]);
    assert!(ran.talk.contains("taken out: 1"), "{}", ran.talk);
    let after = before.replace("[[run]]\nstart = 2025-03-04\nend = 2025-03-18\npatients = 12\n\n", "");
    assert_eq!(read(&tree, "offerings/kols-skule.toml"), after);
}

#[test]
fn what_was_renamed_meanwhile_is_no_edit() {
    let tree = network();
    let (_folder, file, mut book) = exported(&tree);
    book.put("Tilbod", "offerings/kols-skule", "Arrangørar", text("Vågvik kommune; Sukkerlaget"));
    book.sheets.retain(|(name, _)| name != "Kurs");
    book.save(&file);
    for record in ["organisations/vagvik", "organisations/sukkerlaget", "networks/lm-fjord"] {
        assert_eq!(run(&mut tree.command(&["set", record, "name", "Heilt nytt namn på noko"])).code, Some(0));
    }
    let ran = import(&tree, &file, &[]);
    assert_eq!(ran.code, Some(0), "{}{}", ran.out, ran.talk);
    assert!(ran.talk.contains("the sheet \"Courses\" is missing; nothing in it was changed"), "{}", ran.talk);
    assert!(ran.talk.contains("rows changed: 1, new: 0, taken out: 0, as before: 3"), "{}", ran.talk);
    assert!(read(&tree, "offerings/kols-skule.toml").contains("\norganiser = [\"vagvik\", \"sukkerlaget\"]\n"));
}

#[test]
fn participants_are_given_in_all_or_by_where_they_come_from() {
    let tree = network();
    let (_folder, file, mut book) = exported(&tree);
    book.put("Kurs", "courses/helsepedagogikk-2025", "Deltakarar: frå kommunane", Value::Number(3.0));
    book.save(&file);
    let ran = import(&tree, &file, &[]);
    assert_eq!(ran.code, Some(1));
    assert!(ran.out.contains("the participants are given in all"), "{}", ran.out);
}

#[test]
fn a_workbook_has_the_rows_of_one_organisation_and_no_names_of_persons() {
    let tree = network();
    tree.file("organisations/friskliv.toml", "name = \"Frisklivssentralen\"\nkind = \"other\"\npart-of = \"vagvik\"\n");
    tree.file("offerings/gatur.toml", "title = \"Gåtur\"\norganiser = \"friskliv\"\n");
    tree.file("offerings/sukkerfri.toml", "title = \"Sukkerfri\"\norganiser = \"sukkerlaget\"\n");
    let member =
        read(&tree, "members/kontakt-vagvik.toml").replacen("background", "name = \"Kari Døme\"\nbackground", 1);
    tree.file("members/kontakt-vagvik.toml", member);
    let folder = Tree::empty();
    let file = folder.path("vagvik.xlsx");
    let ran = run(tree.command(&["export", "--lang", "nn", "--organisation", "vagvik"]).arg("--workbook").arg(&file));
    assert_eq!((ran.code, ran.out.as_str()), (Some(0), ""), "{}", ran.talk);
    let mut book = Workbook::open(&file);
    let titles: Vec<String> = book.rows("Tilbod")[1..].iter().map(|row| row[2].text().to_owned()).collect();
    assert_eq!(titles, ["Gåtur", "KOLS-skule"]);
    let lists = format!("{:?}", book.rows("lmnet-lists"));
    assert!(lists.contains("Gåtur") && !lists.contains("Sukkerfri"), "nor what others offer: {lists}");
    assert!(!format!("{:?}", book.sheets).contains("Kari"), "the name is nowhere, not in hidden sheets either");
    let unknown = run(tree.command(&["export", "--organisation", "vågvik"]).arg("--workbook").arg(&file));
    assert!(unknown.code == Some(2) && unknown.talk.contains("vagvik"), "{}", unknown.talk);
}

#[test]
fn a_record_that_cannot_be_read_is_neither_gone_nor_changed() {
    let tree = network();
    // A day of 1906 that was exported is no year that was typed into a cell for days.
    assert_eq!(run(&mut tree.command(&["set", "offerings/kols-skule", "from", "1906-05-01"])).code, Some(0));
    let (_folder, file, mut book) = exported(&tree);
    book.save(&file);
    assert_eq!(import(&tree, &file, &[]).code, Some(0));
    book.put("Tilbod", "offerings/kols-skule", "Rekkjevidd", text("nasjonalt"));
    book.save(&file);
    let broken = read(&tree, "offerings/kols-skule.toml").replace("\"local\"", "\"lokal\"");
    tree.file("offerings/kols-skule.toml", &broken);
    let ran = import(&tree, &file, &["--partly"]);
    assert_eq!(ran.code, Some(1), "{}", ran.talk);
    assert!(ran.talk.contains("Tilbod 2: the record cannot be read whole"), "{}", ran.talk);
    assert!(ran.talk.contains("Gjennomføringar 2: the record cannot be read whole"), "{}", ran.talk);
    assert_eq!(read(&tree, "offerings/kols-skule.toml"), broken);
}

#[test]
fn what_check_finds_is_told_of_its_own_row_when_others_go() {
    let tree = network();
    let (_folder, file, mut book) = exported(&tree);
    let row = book.row("Gjennomføringar", "offerings/kols-skule/0");
    book.rows("Gjennomføringar").remove(row);
    book.put("Gjennomføringar", "offerings/kols-skule/1", "Slutt", text("1.1.2025"));
    book.save(&file);
    let ran = import(&tree, &file, &["--delete"]);
    assert_eq!(ran.code, Some(1), "{}", ran.talk);
    assert!(ran.out.starts_with("Gjennomføringar E2 (End): "), "{}", ran.out);
}

/// What a seat says can be wrong because of something that stands outside of it.
#[test]
fn what_a_row_makes_wrong_elsewhere_in_its_record_is_told_of_the_row() {
    let tree = network();
    tree.file("organisations/nyvik.toml", "name = \"Nyvik\"\nkind = \"municipality\"\nfrom = 2025-01-01\n");
    let member = "organisation = \"nyvik\"\nbackground = \"professional\"\n\n[[appointment]]\nbody = \"nyvik\"\n\
                  role = \"contact\"\nfrom = 2025-02-01\n";
    tree.file("members/kontakt-nyvik.toml", member);
    let (_folder, file, mut book) = exported(&tree);
    book.put("Plassar", "members/kontakt-nyvik/0", "Frå", text("1.1.2024"));
    book.put("Gjennomføringar", "offerings/kols-skule/1", "Pasientar", text("77"));
    book.save(&file);
    let ran = import(&tree, &file, &["--partly"]);
    assert_eq!(ran.code, Some(1), "{}", ran.talk);
    assert!(ran.talk.starts_with("Plassar "), "{ran:?}");
    assert_eq!(read(&tree, "members/kontakt-nyvik.toml"), member);
    assert!(read(&tree, "offerings/kols-skule.toml").contains("patients = 77\n"), "what is right is taken in");
}

#[test]
fn a_run_of_what_is_called_like_something_else_is_given_to_neither() {
    for titles in [&["Ny skule", "Ny skule"][..], &["KOLS-skule"]] {
        let tree = network();
        tree.file("organisations/oyfjord.toml", "name = \"Øyfjord kommune\"\nkind = \"municipality\"\n");
        let (_folder, file, mut book) = exported(&tree);
        for (title, organiser) in titles.iter().zip(["Øyfjord kommune", "Vågvik"]) {
            book.add(
                "Tilbod",
                &[("Tittel", text(title)), ("Arrangørar", text(organiser)), ("Form", text("gruppebasert"))],
            );
        }
        book.add("Gjennomføringar", &[("Tilbod", text(titles[0])), ("Start", text("3.3.2026"))]);
        book.save(&file);
        let ran = import(&tree, &file, &[]);
        assert!(ran.code == Some(1) && ran.out.contains("several are called this"), "{titles:?}: {ran:?}");
    }
}

#[test]
fn what_people_write_is_understood() {
    for (heading, said, written) in [
        ("Start", "31. desember 2025", "start = 2025-12-31"),
        ("Start", "3 nov. 2025", "start = 2025-11-03"),
        ("Start", "1 August 2025", "start = 2025-08-01"),
        ("Start", "haust 2027", "start = \"2027-autumn\""),
        ("Start", "våren 2027", "start = \"2027-spring\""),
        ("Start", "2027 høst", "start = \"2027-autumn\""),
        ("Start", "mai 2027", "start = \"2027-05\""),
        ("Start", "2027 okt.", "start = \"2027-10\""),
        ("Klokkeslett", "18.00", "starts-at = \"18:00\""),
        ("Klokkeslett", "kl. 9", "starts-at = \"09:00\""),
        ("Klokkeslett", "9:30", "starts-at = \"09:30\""),
        ("Pasientar", "12,0", "patients = 12"),
        ("Pasientar", "minst 7,00", "patients = { at-least = 7 }"),
        ("Kapasitet", "14,0", "capacity = 14"),
    ] {
        let tree = network();
        let (_folder, file, mut book) = exported(&tree);
        let mut row = vec![("Tilbod", text("KOLS-skule")), (heading, text(said))];
        if heading != "Start" {
            row.push(("Start", text("3.3.2026")));
        }
        book.add("Gjennomføringar", &row);
        book.save(&file);
        let ran = import(&tree, &file, &[]);
        assert_eq!(ran.code, Some(0), "{said}: {}{}", ran.out, ran.talk);
        let offering = read(&tree, "offerings/kols-skule.toml");
        assert!(offering.lines().any(|line| line == written), "{said}: {offering}");
    }
    for (heading, said) in [
        ("Start", "32. desember 2025"),
        ("Start", "31. desember"),
        ("Start", "2027 ju"),
        ("Klokkeslett", "kl. halv ni"),
        ("Klokkeslett", "25.00"),
        ("Kapasitet", "1.000"),
        ("Pasientar", "12,5"),
    ] {
        let tree = network();
        let (_folder, file, mut book) = exported(&tree);
        book.put("Gjennomføringar", "offerings/kols-skule/0", heading, text(said));
        book.save(&file);
        let ran = import(&tree, &file, &[]);
        assert_eq!(ran.code, Some(1), "{said}: {}", ran.talk);
        assert!(ran.out.starts_with("Gjennomføringar ") && !ran.out.contains(" = "), "{said}: {}", ran.out);
    }
}

#[test]
fn half_a_name_is_asked_about() {
    let tree = network();
    tree.file("organisations/ny.toml", "name = \"Øyfjord kommune\"\nkind = \"municipality\"\n");
    let (_folder, file, mut book) = exported(&tree);
    book.put("Tilbod", "offerings/kols-skule", "Arrangørar", text("Øyfjord"));
    book.save(&file);
    let ran = import(&tree, &file, &[]);
    assert!(ran.out.contains("did you mean \"Øyfjord kommune\"?"), "{ran:?}");
}

#[test]
fn lines_are_lines_however_they_are_parted() {
    let tree = network();
    let (_folder, file, mut book) = exported(&tree);
    book.put("Gjennomføringar", "offerings/kols-skule/0", "Merknad", text("ei\rto\u{2028}tre\u{200e}"));
    book.save(&file);
    let ran = import(&tree, &file, &[]);
    assert_eq!(ran.code, Some(0), "{}{}", ran.out, ran.talk);
    let offering: toml::Value = toml::from_str(&read(&tree, "offerings/kols-skule.toml")).unwrap();
    assert_eq!(offering["run"][0]["note"]["nn"].as_str(), Some("ei\nto\ntre"));
}

#[test]
fn what_must_be_there_cannot_be_emptied() {
    let tree = network();
    let (_folder, file, mut book) = exported(&tree);
    // In Bokmål the title is still there, and the workbook shows the one that is emptied.
    book.put("Tilbod", "offerings/kols-skule", "Tittel", Value::Nothing);
    book.put("Tilbod", "offerings/kols-skule", "Arrangørar", Value::Nothing);
    book.save(&file);
    let ran = import(&tree, &file, &[]);
    let told: Vec<&str> = ran.out.lines().collect();
    assert_eq!(
        told,
        [
            "Tilbod C2 (Title): cannot be left empty; if it is wrong, write what is right",
            "Tilbod D2 (Organisers): cannot be left empty; if it is wrong, write what is right",
        ]
    );
}

#[test]
fn rows_for_others_than_those_asked_are_told() {
    let tree = network();
    tree.file("organisations/oyfjord.toml", "name = \"Øyfjord kommune\"\nkind = \"municipality\"\n");
    let folder = Tree::empty();
    let file = folder.path("book.xlsx");
    let export = ["export", "--lang", "nn", "--organisation", "vagvik"];
    assert_eq!(run(tree.command(&export).arg("--workbook").arg(&file)).code, Some(0));
    // What was exported may have been filled in.
    let again = run(tree.command(&export).arg("--workbook").arg(&file));
    assert!(again.code == Some(2) && again.talk.contains("--replace"), "{}", again.talk);
    let mut book = Workbook::open(&file);
    for (title, organiser) in [("Vår skule", "Vågvik"), ("Deira skule", "Øyfjord kommune")] {
        book.add("Tilbod", &[("Tittel", text(title)), ("Arrangørar", text(organiser)), ("Form", text("gruppebasert"))]);
    }
    book.save(&file);
    let ran = import(&tree, &file, &[]);
    assert_eq!(ran.code, Some(0), "{}{}", ran.out, ran.talk);
    let told: Vec<&str> = ran.talk.lines().filter(|line| line.contains("none of those")).collect();
    assert_eq!(told.len(), 1, "{}", ran.talk);
    assert!(told[0].starts_with("lmnet: Tilbod 4: "), "{told:?}");
}
