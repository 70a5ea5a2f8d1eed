//! The annual report's attachment on duties, seats and coverage: worked out by hand from the files of the fictional network.

mod common;

use common::{Tree, on_fjordnett, printed, run, without_feet};
use serde_json::{Value, json};

fn markdown(network: &str, year: &str, today: &str, lang: &str) -> String {
    let ask =
        ["report", "--network", network, "--year", year, "--today", today, "--lang", lang, "--audience", "internal"];
    without_feet(&printed(&ask)).replace('\u{a0}', " ")
}

/// The cells of each row of the section that holds all these words.
fn rows(markdown: &str, words: &[&str]) -> Vec<Vec<String>> {
    let lines = section(markdown).lines().filter(|line| line.starts_with('|'));
    let found = lines.filter(|line| words.iter().all(|words| line.contains(words)));
    found.map(|line| line.trim_matches('|').split('|').map(|cell| cell.trim().to_owned()).collect()).collect()
}

/// Section 10, the attachments.
fn section(markdown: &str) -> &str {
    let after = markdown.split_once("\n## 10. ").unwrap().1;
    after.split_once("\n## 11. ").unwrap().0
}

fn commitments(year: &str, today: &str) -> Value {
    let ask = ["report", "--network", "lm-fjordnett", "--format", "json", "--lang", "nn", "--audience", "internal"];
    let report: Value =
        serde_json::from_str(&printed(&[&ask[..], &["--year", year, "--today", today]].concat())).unwrap();
    report["networks"][0]["content"]["commitments"].clone()
}

#[test]
fn each_duty_of_the_year_stands_once_with_how_it_went() {
    let report = markdown("lm-fjordnett", "2025", "2026-11-23", "nb");
    for (words, standing) in [
        // The plan for 2025 was due in November 2024; it belongs to the year that it is for.
        ("handlingsplan for neste år", "Oppfylt i tide"),
        // The catalogue reached five of six; the council visited two of three areas.
        ("sende kurskatalogen", "Forfalt, 5 av 6, ikke til Havnøy"),
        ("vitje kvart av dei tre områda", "Forfalt, 2 av 3"),
        // Cooperation meetings: all but Innervåg. Needs: two in time, Vågvik four days late, three none (only «should»).
        ("skal møtast minst ein gong i året", "Forfalt 1 av 6: Innervåg; oppfylt i tide 5 av 6"),
        (
            "melde kva ho saknar",
            "Ikke oppfylt 3 av 6: Innervåg, Øyfjord og Ytterfjord; oppfylt i tide 2 av 6; oppfylt for sent 1 av 6: Vågvik (4 dager)",
        ),
        // The committee was replaced at the turn of 2024/2025.
        ("orientere samhandlingsutvalet", "Mottakeren er avviklet"),
    ] {
        let found = rows(&report, &[words, " | 2025 |"]);
        let standings: Vec<&str> = found.iter().map(|row| &*row[0]).collect();
        assert_eq!(standings, [standing], "{words}\n{}", section(&report));
    }
    // The agreement and the mandate say the same of the annual report: one row, both clauses.
    let [yearly] = &rows(&report, &["gjere greie for arbeidet sitt"])[..] else { panic!("one row") };
    assert!(yearly[1].ends_with("(Samarbeidsavtale for Ytterkyst, 8; Mandat for Fjordnett, 7.2)"), "{yearly:?}");
    assert_eq!(yearly[2], "Fjordnett → Samhandlingssekretariatet");
    // What must be had by each record: two joint offerings counted in 2025, both with the three agreed.
    assert_eq!(rows(&report, &["For kvart felles tilbod"])[0][0], "Oppfylt for 2 av 2");
    assert!(section(&report).contains("Plikter som må vurderes: 2."));
}

#[test]
fn what_is_worst_stands_first_and_what_is_not_over_says_of_which_day_it_is() {
    let report = markdown("lm-fjordnett", "2025", "2025-06-01", "nn");
    assert!(section(&report).contains("\n\nSlik pliktene står 1. juni 2025:\n\n"), "{report}");
    assert!(section(&report).contains("**Plassar 1. juni 2025**\n"));
    let of_2025 = rows(&report, &[" 2025 |"]);
    let rank = |standing: &str| {
        ["Skal gjerast", "Kjem", "Ikkje oppfylt", "Oppfylt"].iter().position(|word| standing.starts_with(word))
    };
    let ranks: Vec<usize> = of_2025
        .iter()
        .filter(|row| row.len() == 4 && !row[2].starts_with("For kvar"))
        .filter_map(|row| rank(&row[0]))
        .collect();
    assert!(ranks.len() > 8 && ranks.is_sorted(), "{ranks:?}");
    // The meeting on the islands on 11 June is not seen yet, nor the late need of Vågvik.
    assert_eq!(rows(&report, &["skal møtast minst", "Skal gjerast"])[0][0], "Skal gjerast 6 av 6");
    assert_eq!(
        rows(&report, &["melde kva ho saknar", "Ikkje oppfylt"])[0][0],
        "Ikkje oppfylt 4 av 6: Innervåg, Øyfjord, Vågvik og Ytterfjord; oppfylt i tide 2 av 6"
    );
}

#[test]
fn seats_are_those_of_the_last_day() {
    // Fjordnett has a contact person for each municipality, three coordinators, a leader and a deputy, two to four user
    // representatives and one of the youth council. In 2024: 7 + 3 + 2 + 2 + 1. In 2025 Innervåg's seat fell vacant in
    // July, one of six; an adviser came besides.
    let bodies = |year, today| commitments(year, today)["bodies"].clone();
    assert_eq!(bodies("2024", "2026-11-23")[0]["vacant"], 0);
    assert_eq!(bodies("2024", "2026-11-23")[0]["filled"], 15);
    let later = bodies("2025", "2026-11-23");
    assert_eq!((&later[0]["filled"], &later[0]["vacant"]), (&json!(14), &json!(1)));
    assert_eq!(later[0]["vacancies"], json!(["Kontaktperson: Innervåg"]));
    assert_eq!(bodies("2025", "2025-06-30")[0]["vacancies"], json!([]), "on the last day of the appointment");
    assert_eq!(bodies("2025", "2025-07-01")[0]["vacancies"], json!(["Kontaktperson: Innervåg"]));
    // In January 2025 the new municipality had not chosen yet.
    assert_eq!(bodies("2025", "2025-01-31")[0]["vacancies"], json!(["Kontaktperson: Vågvik"]));
}

#[test]
fn coverage_counts_who_has_it_of_whom_it_is_asked() {
    let found = commitments("2024", "2026-11-23");
    let share = |path: &str| {
        let lines = found["coverage"].as_array().unwrap().iter().filter(|line| line["path"] == path);
        lines.map(|line| line["share"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(share("mandat-fjordnett/kontaktpersonar"), ["7 av 7"]);
    assert_eq!(share("mandat-fjordnett/koordinatorar"), ["3 av 3"]);
    assert_eq!(share("mandat-fjordnett/dialogmote"), ["6 av 7"], "the excuse of Havnøy has lapsed");
    assert_eq!(share("mandat-fjordnett/behov"), ["4 av 7 (rapportert)"], "as the report of 2024 says");
    assert!(share("mandat-fjordnett/handlingsplan").is_empty(), "owed by one alone");
    assert!(share("mandat-fjordnett/observatorar").is_empty(), "nobody need sit there");
    let found = commitments("2024", "2025-06-30");
    let meetings =
        found["coverage"].as_array().unwrap().iter().find(|line| line["path"] == "mandat-fjordnett/dialogmote");
    assert_eq!(meetings.unwrap()["share"], "6 av 6", "Havnøy is excused to the end of June");
}

#[test]
fn a_published_figure_answers_from_the_day_it_was_published() {
    // The report of 2024, which says that four of seven reported needs, was signed on 28 January 2025.
    let needs = |today| {
        rows(&markdown("lm-fjordnett", "2024", today, "nb"), &["melde kva ho saknar", "| 2024 |"])[0][0].clone()
    };
    assert_eq!(needs("2025-01-28"), "Oppfylt i tide 4 av 7; ikke registrert 3 av 7; 4 av 7 (rapportert)");
    assert_eq!(needs("2025-01-27"), "Ikke oppfylt 3 av 7: Innervåg, Nordvåg og Ytterfjord; oppfylt i tide 4 av 7");
}

#[test]
fn the_public_is_told_how_many_duties_are_not_met_but_not_which() {
    let ask = ["report", "--network", "lm-fjordnett", "--year", "2025", "--today", "2026-11-23"];
    let public = |more: &[&str]| printed(&[&ask[..], more].concat());
    let json: Value = serde_json::from_str(&public(&["--format", "json"])).unwrap();
    let told = &json["networks"][0]["content"]["commitments"];
    let statuses = |duties: &Value| -> Vec<String> {
        duties.as_array().unwrap().iter().filter_map(|line| line["status"].as_str().map(str::to_owned)).collect()
    };
    let unmet = |status: &String| ["overdue", "not-met"].contains(&&**status);
    let all = commitments("2025", "2026-11-23");
    let (met, others): (Vec<_>, Vec<_>) = statuses(&all["duties"]).into_iter().partition(|status| !unmet(status));
    assert_eq!(statuses(&told["duties"]), met);
    assert_eq!((told["withheld"].as_u64(), all["withheld"].as_u64()), (Some(others.len() as u64), Some(0)));
    let text = public(&["--lang", "nb"]);
    assert!(text.contains(&format!("Plikter som ikke er oppfylt: {}. Hvilke plikter det er, står i", others.len())));
    assert!(!section(&text).contains("Forfalt") && !section(&text).contains("| Ikke oppfylt"), "{}", section(&text));
}

#[test]
fn the_public_is_told_how_many_have_something_to_show_but_not_who_has_not() {
    let ask = ["report", "--year", "2025", "--network", "lm-fjordnett", "--lang", "nb", "--today", "2026-02-01"];
    let of = |audience| without_feet(&printed(&[&ask[..], &["--audience", audience]].concat()));
    let known = ["gjere nettverket kjent"];
    let how = |page: &str| rows(page, &known)[0][0].split(';').next().unwrap().to_owned();
    assert_eq!(how(&of("internal")), "Varig, dokumentert hos 3 av 6 (ikke Havnøy, Innervåg og Reinvik)");
    assert_eq!(how(&of("public")), "Varig, dokumentert hos 3 av 6");
}

#[test]
fn nobody_is_named() {
    // One member of the example has a name, for those who may see it.
    let name = "Eksempel Eksempelsen";
    assert!(std::fs::read_to_string("examples/fjordnett/members/leiar-brukarradet.toml").unwrap().contains(name));
    for year in ["2024", "2025", "2026"] {
        for format in ["md", "json"] {
            let out = run(&mut on_fjordnett(&["report", "--year", year, "--format", format])).out;
            assert!(out.contains("Fjordnett") && !out.contains(name), "{year} {format}");
            let section = if format == "md" { section(&out).to_owned() } else { out };
            assert!(!section.contains("members/"), "{year} {format}");
        }
    }
}

#[test]
fn a_year_that_can_change_no_more_is_told_alike_on_every_day() {
    let told = |today| markdown("lm-skognett", "2024", today, "nb");
    // The report for 2024 was sent ten days late, on 10 February 2025; the compiled one on the last day of February.
    assert_eq!(told("2025-03-01"), told("2031-12-31"));
    assert!(!section(&told("2025-03-01")).contains("Slik pliktene står"));
    assert_eq!(rows(&told("2025-03-01"), &["for året som gikk"])[0][0], "Oppfylt for sent (10 dager)");
    assert!(section(&told("2025-02-09")).contains("Slik pliktene står 9. februar 2025:"));
    assert_eq!(rows(&told("2025-02-09"), &["for året som gikk"])[0][0], "Forfalt");
}

#[test]
fn a_network_of_which_nothing_was_kept_gets_one_line() {
    let tree = Tree::empty();
    tree.file("lmnet.toml", "format = 1\n");
    tree.file("organisations/nord.toml", "name = \"Nord\"\nkind = \"municipality\"\n");
    tree.file("networks/lm.toml", "name = \"LM\"\nparties = [\"nord\"]\ngoverned-by = [\"mandat\"]\n");
    let mandate = "title = \"Mandat\"\nkind = \"mandate\"\nfrom = 2020-01-01\ntasks = [\"Møtast\"]\n\
                   focus-areas = [{ id = \"ein\", title = \"Ein\" }]\n";
    let duty = "[[obligation]]\nid = \"plan\"\nevery = \"year\"\nevidence = { record = \"plan\" }\n";
    tree.file("agreements/mandat.toml", format!("{mandate}{duty}"));
    let report = |year: &str, lang: &str| {
        let ask = ["report", "--year", year, "--lang", lang, "--today", "2026-11-23", "--audience", "internal"];
        let out = run(&mut tree.command(&ask)).out;
        section(&out).split_once("### ").unwrap().1.trim().to_owned()
    };
    for (lang, title, line) in [
        (
            "nn",
            "Plikter, plassar og dekning",
            "Det er ikkje ført noko for nettverket i 2024, så korleis det gjekk med pliktene som har frist (1), er ikkje kjent.",
        ),
        (
            "nb",
            "Plikter, plasser og dekning",
            "Det er ikke ført noe for nettverket i 2024, så hvordan det gikk med pliktene som har frist (1), er ikke kjent.",
        ),
        (
            "en",
            "Duties, seats and coverage",
            "No records were kept for the network in 2024, so what became of the duties with deadlines (1) is not known.",
        ),
    ] {
        assert_eq!(report("2024", lang), format!("{title}\n\n{line}"));
    }
    let early = run(&mut tree.command(&["report", "--year", "2019", "--lang", "nn", "--today", "2026-11-23"])).out;
    assert!(
        without_feet(&early).ends_with("\n\nIngenting anna er registrert for 2019.\n"),
        "before the agreement: {early}"
    );
    tree.file(
        "networks/lm.toml",
        "name = \"LM\"\nparties = [\"nord\"]\ngoverned-by = [\"mandat\"]\ntracked = { from = 2024-01-01 }\n",
    );
    assert!(
        report("2024", "nn").contains("| Over fristen | «mandat/plan» (Mandat) | LM | 2024 |"),
        "{}",
        report("2024", "nn")
    );
}
