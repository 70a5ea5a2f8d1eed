//! `lmnet coverage`: who has done what in a year, worked out by hand from the files.

mod common;

use std::collections::BTreeMap;

use common::{Tree, printed, run};
use serde_json::{Value, json};

/// The grid of the fictional network as people see it: for each who, the words under each heading.
fn grid(year: &str, today: &str, lang: &str) -> BTreeMap<String, BTreeMap<String, String>> {
    let ask = ["coverage", "--network", "lm-fjordnett", "--format", "md"];
    let out = printed(&[&ask[..], &["--year", year, "--today", today, "--lang", lang]].concat());
    table(&out)
}

/// The first table of a page of Markdown.
fn table(markdown: &str) -> BTreeMap<String, BTreeMap<String, String>> {
    let cells = |line: &str| -> Vec<String> {
        line.trim_matches('|').split('|').map(|cell| cell.replace('\\', "").trim().to_owned()).collect()
    };
    let mut lines = markdown.lines().skip_while(|line| !line.starts_with('|')).take_while(|line| line.starts_with('|'));
    let heads = cells(lines.next().unwrap());
    let rows = lines.skip(1).map(cells);
    rows.map(|row| (row[0].clone(), heads.iter().cloned().zip(row).skip(1).collect())).collect()
}

/// What stands in one column, who by who.
fn column(grid: &BTreeMap<String, BTreeMap<String, String>>, head: &str) -> Vec<(String, String)> {
    let cells = grid.iter().map(|(who, cells)| (who.clone(), cells[head].clone()));
    cells.filter(|(_, cell)| !cell.is_empty()).collect()
}

fn pairs(list: &[(&str, &str)]) -> Vec<(String, String)> {
    let mut list: Vec<_> = list.iter().map(|(who, cell)| ((*who).to_owned(), (*cell).to_owned())).collect();
    list.sort();
    list
}

#[test]
fn the_grid_of_2025_is_the_one_worked_out_by_hand() {
    // Cooperation meetings: the islands on 11 June (Havnøy, Reinvik), the outer fjord on 28 October (Vågvik, Ytterfjord),
    // Øyfjord on 4 November; Innervåg did not come. Needs, due on 31 May: the islands on 12 May, Vågvik on 4 June.
    // The contact person of Innervåg left on 30 June.
    let grid = grid("2025", "2026-11-23", "nn");
    let meetings = [
        ("Havnøy", "✓ 11.6."),
        ("Innervåg", "✗ manglar"),
        ("Reinvik", "✓ 11.6."),
        ("Vågvik", "✓ 28.10."),
        ("Ytterfjord", "✓ 28.10."),
        ("Øyfjord", "✓ 4.11."),
        ("I alt", "5 av 6"),
    ];
    assert_eq!(column(&grid, "Dialogmote"), pairs(&meetings));
    let needs = [
        ("Havnøy", "✓ 12.5."),
        ("Innervåg", "– ikkje gjort"),
        ("Reinvik", "✓ 12.5."),
        ("Vågvik", "for seint 4 dagar"),
        ("Ytterfjord", "– ikkje gjort"),
        ("Øyfjord", "– ikkje gjort"),
        ("I alt", "3 av 6"),
    ];
    assert_eq!(column(&grid, "Behov"), pairs(&needs));
    let contacts = column(&grid, "Kontaktperson");
    assert_eq!(contacts.len(), 7, "six municipalities and the sum: {contacts:?}");
    for (who, cell) in contacts {
        let expected = match &*who {
            "Innervåg" => "✗ ledig",
            "I alt" => "5 av 6",
            _ => "✓ fylt",
        };
        assert_eq!(cell, expected, "{who}");
    }
}

#[test]
fn what_is_dated_after_the_day_is_not_seen() {
    let grid = grid("2025", "2025-06-01", "nb");
    for who in ["Havnøy", "Innervåg", "Reinvik", "Vågvik", "Ytterfjord", "Øyfjord"] {
        assert_eq!(grid[who]["Dialogmote"], "skal gjøres", "{who}");
        assert_eq!(grid[who]["Kontaktperson"], "✓ fylt", "{who}");
    }
    assert_eq!(grid["Vågvik"]["Behov"], "– ikke gjort", "reported on 4 June");
    assert_eq!(grid["Havnøy"]["Behov"], "✓ 12.5.");
    assert_eq!(grid["I alt"]["Dialogmote"], "0 av 6");
}

#[test]
fn an_excuse_is_shown_with_its_reason_until_it_lapses() {
    let ask = ["coverage", "--year", "2024", "--network", "lm-fjordnett", "--format", "md", "--lang", "nn"];
    let on = |today: &str| printed(&[&ask[..], &["--today", today]].concat());
    let last = on("2025-06-30");
    let cells = table(&last);
    assert_eq!(cells["Havnøy"]["Dialogmote"], "unnateke ¹");
    assert_eq!(cells["I alt"]["Dialogmote"], "6 av 6", "who is excused does not count");
    let reason = "- ¹ Unnateke til 30. juni 2025: Hurtigbåten var innstilt heile hausten";
    assert_eq!(last.lines().filter(|line| line.starts_with(reason)).count(), 1, "{last}");
    let after = on("2025-07-01");
    let cells = table(&after);
    assert_eq!(cells["Havnøy"]["Dialogmote"], "✗ manglar");
    assert_eq!(cells["I alt"]["Dialogmote"], "6 av 7");
    assert!(!after.contains("Hurtigbåten"), "{after}");
}

#[test]
fn municipalities_are_those_of_the_year_and_a_published_figure_answers_by_number() {
    let cells = grid("2024", "2026-11-23", "en");
    for (who, there) in [("Nordvåg", true), ("Sørvik", true), ("Vågvik", false)] {
        assert_eq!(cells.contains_key(who), there, "{who} in 2024");
    }
    let later = grid("2025", "2026-11-23", "en");
    for (who, there) in [("Nordvåg", false), ("Sørvik", false), ("Vågvik", true)] {
        assert_eq!(later.contains_key(who), there, "{who} in 2025");
    }
    // The report of 2024 says that 4 of 7 told what they need; who the other three are is not told.
    assert_eq!(cells["In all"]["Behov"], "4 of 7 (reported)");
    for (who, cell) in
        [("Sørvik", "✓ 30 May"), ("Øyfjord", "✓ 28 May"), ("Nordvåg", "not rec."), ("Innervåg", "not rec.")]
    {
        assert_eq!(cells[who]["Behov"], cell, "{who}");
    }
}

/// What stands of a duty or a seat outside the grid.
fn other(markdown: &str, words: &str) -> Vec<String> {
    let lines = markdown.lines().filter(|line| line.starts_with('|') && line.contains(words));
    lines.map(|line| line.split('|').skip(3).take(2).map(str::trim).collect::<Vec<_>>().join(": ")).collect()
}

#[test]
fn what_one_alone_owes_stands_below_the_grid() {
    let ask = ["coverage", "--year", "2025", "--network", "lm-fjordnett", "--format", "md", "--lang", "nb"];
    let out = printed(&[&ask[..], &["--today", "2026-11-23"]].concat());
    for (words, standing) in [
        ("handlingsplan for neste år", &["2025: Oppfylt i tide"][..]),
        // One course in each semester of 2025.
        ("helsepedagogikk kvart semester", &["våren 2025: Oppfylt i tide", "høsten 2025: Oppfylt i tide"]),
        ("vitje kvart av dei tre områda", &["2025: Forfalt, 2 av 3"]),
        ("orientere samhandlingsutvalet", &["2025: Mottakeren er avviklet"]),
        ("minst eitt tilbod av sitt eige", &["varig: Varig, dokumentert hos 5 av 6 (ikke Havnøy)"]),
        ("| Koordinator i Fjordnett", &["31. desember 2025: 3 av 3 fylt"]),
    ] {
        assert_eq!(other(&out, words), standing, "{words}\n{out}");
    }
}

#[test]
fn machines_get_the_same_and_ids() {
    let ask = ["coverage", "--year", "2025", "--network", "lm-fjordnett", "--today", "2026-11-23", "--format"];
    let value: Value = serde_json::from_str(&printed(&[&ask[..], &["json"]].concat())).unwrap();
    assert_eq!((&value["schema"], &value["version"]), (&json!("lmnet-coverage"), &json!(1)));
    let network = &value["networks"][0];
    let columns = network["columns"].as_array().unwrap();
    let at = columns.iter().position(|column| column["path"] == "mandat-fjordnett/behov").unwrap();
    assert_eq!(columns[at]["share"], json!({ "done": 3, "of": 6, "not-recorded": 0 }));
    assert_eq!((&columns[at]["strength"], &columns[at]["periods"]), (&json!("should"), &json!(["2025"])));
    let row = |who: &str| network["rows"].as_array().unwrap().iter().find(|row| row["by"] == who).unwrap().clone();
    assert_eq!(
        row("vagvik")["cells"][at],
        json!([{ "status": "met-late", "period": "2025", "on": "2025-06-04", "late-by": 4, "got": 1, "of": 1,
            "evidence": ["matters/behov-vagvik-2025"] }])
    );
    assert_eq!(row("helse-ytterkyst")["cells"][at], json!([]), "a trust owes no needs");
    assert_eq!(network["judged"].as_array().unwrap().len(), 2);
    let csv = printed(&[&ask[..], &["csv"]].concat());
    let late =
        "lm-fjordnett,duty,mandat-fjordnett/behov,vagvik,2025,2025-05-31,met-late,4,1,1,matters/behov-vagvik-2025,";
    assert!(csv.lines().any(|line| line == late), "{csv}");
    assert_eq!(csv.lines().next().unwrap().split(',').count(), 12);
}

/// A network of two trusts and three municipalities, with rhythms that need more than one column.
const RHYTHMS: &str = r#"
~~~toml lmnet.toml
format = 1
~~~
~~~toml organisations/a-hf.toml
name = "A HF"
kind = "health-trust"
~~~
~~~toml organisations/b-hf.toml
name = "B HF"
kind = "health-trust"
~~~
~~~toml organisations/nord.toml
name = "Nord"
kind = "municipality"
~~~
~~~toml organisations/sor.toml
name = "Sør"
kind = "municipality"
~~~
~~~toml organisations/vest.toml
name = "Vest"
kind = "municipality"
~~~
~~~toml networks/lm.toml
name = "LM"
from = 2020-01-01
parties = ["a-hf", "b-hf", "nord", { organisation = "sor", to = 2024-06-30 }, "vest"]
governed-by = ["mandat"]
tracked = { from = 2024-01-01 }
~~~
~~~toml networks/still.toml
name = "Stille"
from = 2020-01-01
parties = ["nord", "vest"]
governed-by = ["mandat-stille"]
~~~
~~~toml agreements/mandat-stille.toml
title = "Mandat"
kind = "mandate"
from = 2020-01-01

[[obligation]]
id = "mote"
by = { each = "municipality" }
every = "semester"
evidence = { record = "meeting" }
~~~
~~~toml agreements/mandat.toml
title = "Mandat"
kind = "mandate"
parties = ["lm"]
from = 2020-01-01

[[obligation]]
id = "kurs"
by = { each = "health-trust" }
every = "semester"
evidence = { record = "course", where = { organiser = "self" } }

[[obligation]]
id = "nytt"
by = { each = "municipality" }
every = "month"
evidence = { record = "matter", where = { kind = "information", by = "self" } }

[[obligation]]
id = "samtale"
by = { pair = ["health-trust", "municipality"] }
every = "year"
evidence = { record = "meeting", where = { "attended.organisation" = "self" } }
~~~
~~~toml courses/var.toml
title = "Kurs"
module = "grunnkurs"
network = "lm"
organiser = "a-hf"
start = 2024-03-01
~~~
~~~toml matters/januar.toml
title = "Nytt"
kind = "information"
network = "lm"
by = "vest"
opened = 2024-01-10
~~~
~~~toml matters/februar.toml
title = "Nytt"
kind = "information"
network = "lm"
by = "vest"
opened = 2024-02-10
~~~
~~~toml meetings/samtale.toml
title = "Samtale"
kind = "cooperation-meeting"
network = "lm"
start = 2024-05-02
attended = ["a-hf", "nord"]
~~~
"#;

#[test]
fn semesters_stand_side_by_side_months_are_counted_and_pairs_are_told_apart() {
    let tree = Tree::empty();
    tree.lay(RHYTHMS);
    let ask =
        ["coverage", "--year", "2024", "--network", "lm", "--format", "md", "--lang", "nb", "--today", "2024-10-15"];
    let ran = run(&mut tree.command(&ask));
    assert_eq!((ran.code, &*ran.talk), (Some(0), ""));
    let cells = table(&ran.out);
    let of = |who: &str| cells[who].iter().map(|(head, cell)| (&**head, &**cell)).collect::<Vec<_>>();
    let (spring, autumn) = ("Kurs våren 2024", "Kurs høsten 2024");
    let blank = [("Nytt", ""), ("Samtale", "")];
    assert_eq!(of("A HF"), [&[(autumn, "skal gjøres"), (spring, "✓ 1.3.")][..], &blank].concat());
    assert_eq!(of("B HF"), [&[(autumn, "skal gjøres"), (spring, "✗ mangler")][..], &blank].concat());
    // Of the twelve months nine are over, October runs and two are to come. Nord has met one of the two trusts.
    let months = "✗ mangler 9; skal gjøres 1; kommer 2";
    assert_eq!(
        of("Nord"),
        [(autumn, ""), (spring, ""), ("Nytt", months), ("Samtale", "A HF: ✓ 2.5.; B HF: skal gjøres")]
    );
    // Sør took part to the end of June: six months, and no longer when the year's meeting falls due.
    assert_eq!(of("Sør"), [(autumn, ""), (spring, ""), ("Nytt", "✗ mangler 6"), ("Samtale", "")]);
    let months = "✓ gjort 2; ✗ mangler 7; skal gjøres 1; kommer 2";
    assert_eq!(
        of("Vest"),
        [(autumn, ""), (spring, ""), ("Nytt", months), ("Samtale", "A HF: skal gjøres; B HF: skal gjøres")]
    );
    assert_eq!(of("I alt"), [(autumn, "0 av 2"), (spring, "1 av 2"), ("Nytt", "2 av 30"), ("Samtale", "1 av 4")]);
}

#[test]
fn a_network_of_which_nothing_was_kept_gets_one_line() {
    let tree = Tree::empty();
    tree.lay(RHYTHMS);
    for (lang, line) in [
        ("nn", "Ikkje registrert for 2024, sidan det fell utanfor registreringsperioden («tracked»): plikter (1)."),
        ("nb", "Ikke registrert for 2024, siden det faller utenfor registreringsperioden («tracked»): plikter (1)."),
        ("en", "Not recorded for 2024, since it falls outside the tracked period (“tracked”): duties (1)."),
    ] {
        let ask = ["coverage", "--year", "2024", "--network", "still", "--lang", lang, "--today", "2025-03-01"];
        let out = run(&mut tree.command(&ask)).out;
        let said: Vec<&str> = out.lines().skip(2).filter(|line| !line.is_empty()).collect();
        assert_eq!(said, ["Stille", line], "{lang}");
    }
    let ask = ["coverage", "--year", "2019", "--network", "still", "--lang", "en"];
    assert!(run(&mut tree.command(&ask)).out.ends_with("The network did not exist in 2019.\n"));
}

#[test]
fn many_who_stand_alike_share_a_row() {
    let tree = Tree::empty();
    tree.lay(RHYTHMS);
    let who = |names: &[String]| {
        let names: Vec<String> = names.iter().map(|name| format!("\"{name}\"")).collect();
        names.join(", ")
    };
    let all: Vec<String> = (10..23).map(|number| format!("kommune-{number}")).collect();
    for name in &all {
        tree.file(format!("organisations/{name}.toml"), format!("name = \"{name}\"\nkind = \"municipality\"\n"));
    }
    // Of thirteen, ten tell news in January and three do not.
    let told = format!(
        "title = \"Nytt\"\nkind = \"information\"\nnetwork = \"lm\"\nopened = 2024-01-02\nby = [{}]\n",
        who(&all[..10])
    );
    tree.file("matters/januar.toml", told);
    let ask =
        ["coverage", "--year", "2024", "--network", "lm", "--format", "md", "--lang", "nn", "--today", "2024-02-15"];
    let rows_with = |parties: &[String]| {
        let network = "name = \"LM\"\nfrom = 2020-01-01\ngoverned-by = [\"mandat\"]\ntracked = { from = 2024-01-01 }\n";
        tree.file("networks/lm.toml", format!("{network}parties = [{}]\n", who(parties)));
        table(&run(&mut tree.command(&ask)).out).into_keys().collect::<Vec<_>>()
    };
    let ten = format!("10: {} og kommune-19", all[..9].join(", "));
    assert_eq!(rows_with(&all), [&*ten, "I alt", "kommune-20", "kommune-21", "kommune-22"]);
    // Twelve are few enough to be read one by one.
    assert_eq!(rows_with(&all[..12]).len(), 13);
}

#[test]
fn an_unknown_network_is_told_what_was_meant() {
    let ran = run(&mut common::on_fjordnett(&["coverage", "--year", "2025", "--network", "lm-fjordnet"]));
    assert_eq!(ran.code, Some(2));
    assert!(ran.talk.contains("lm-fjordnett"), "{}", ran.talk);
}

/// Two networks whose reports a secretariat compiles, and offerings that may have an order.
const COMPILED: &str = r#"
~~~toml lmnet.toml
format = 1
~~~
~~~toml organisations/sv.toml
name = "SV"
kind = "other"
~~~
~~~toml organisations/su.toml
name = "SU"
kind = "other"
~~~
~~~toml organisations/nord.toml
name = "Nord"
kind = "municipality"
~~~
~~~toml networks/n1.toml
name = "N1"
from = 2020-01-01
parties = ["nord"]
governed-by = ["felles"]
tracked = { from = 2024-01-01 }
~~~
~~~toml networks/n2.toml
name = "N2"
from = 2020-01-01
parties = ["nord"]
governed-by = ["felles"]
tracked = { from = 2024-01-01 }
~~~
~~~toml agreements/felles.toml
title = "Fellesavtale"
kind = "mandate"
from = 2020-01-01

[[obligation]]
id = "rapport"
text = { nn = "Kvart nettverk rapporterer." }
every = "year"
due = "01-31"
covers = "previous"
evidence = { record = "report", where = { kind = "annual" } }

[[obligation]]
id = "samla"
text = { nn = "Sekretariatet samlar rapportane." }
by = "sv"
receiver = "su"
every = "year"
due = "02-28"
covers = "previous"
compiles = ["felles/rapport"]
evidence = { record = "report", where = { kind = "compiled" } }

[[obligation]]
id = "kan"
text = { nn = "Tilbod kan ha merknad." }
strength = "may"
per = { record = "offering" }
require = ["note"]

[[obligation]]
id = "bor"
text = { nn = "Tilbod bør ha tilstand." }
strength = "should"
per = { record = "offering" }
require = ["condition"]
~~~
~~~toml reports/n1.toml
title = "Årsmelding for N1"
kind = "annual"
network = "n1"
year = 2024
sent = [{ to = "sv", on = 2025-01-20 }]
~~~
~~~toml reports/samla.toml
title = "Samla rapport"
kind = "compiled"
by = "sv"
year = 2024
sent = [{ to = "su", on = 2025-02-20 }]
~~~
~~~toml offerings/o.toml
title = "Kurs O"
network = "n1"
organiser = "nord"
run = [{ start = 2025-02-01 }]
~~~
"#;

#[test]
fn a_compiled_report_that_was_handed_in_still_names_what_was_not_in_it() {
    let tree = Tree::empty();
    tree.lay(COMPILED);
    for (lang, standing) in [
        ("nn", "2024: Oppfylt i tide; manglar frå N2"),
        ("nb", "2024: Oppfylt i tide; mangler fra N2"),
        ("en", "2024: Met on time; missing from N2"),
    ] {
        let ask = ["coverage", "--year", "2024", "--network", "n1", "--today", "2025-06-01", "--format", "md"];
        let out = run(&mut tree.command(&[&ask[..], &["--lang", lang]].concat())).out;
        assert_eq!(other(&out, "Sekretariatet samlar"), [standing], "{out}");
        let ask = ["report", "--year", "2024", "--network", "n1", "--today", "2025-06-01", "--lang", lang];
        let out = run(&mut tree.command(&ask)).out;
        let words = standing.split_once(": ").unwrap().1;
        assert!(out.contains(words), "{words}\n{out}");
    }
}

#[test]
fn what_a_record_may_have_is_not_missing() {
    let tree = Tree::empty();
    tree.lay(COMPILED);
    let ask = ["coverage", "--year", "2025", "--network", "n1", "--today", "2025-06-01", "--lang", "en", "--format"];
    let out = run(&mut tree.command(&[&ask[..], &["md"]].concat())).out;
    assert_eq!(other(&out, "bør ha tilstand"), ["2025: Met for 0 of 1; missing: Kurs O"], "{out}");
    assert_eq!(other(&out, "kan ha merknad"), ["2025: Met for 0 of 1"], "{out}");
    // Machines get both.
    let value: Value = serde_json::from_str(&run(&mut tree.command(&[&ask[..], &["json"]].concat())).out).unwrap();
    for records in value["networks"][0]["per-record"].as_array().unwrap() {
        assert_eq!(records["lacking"], json!(["offerings/o"]));
    }
}
