//! The action plan ready to send, and lists of what is new.

mod common;

use common::{Tree, printed, run};

fn plan(id: &str, lang: &str) -> String {
    printed(&["plans", "show", id, "--format", "md", "--lang", lang])
}

#[test]
fn a_plan_tells_what_is_to_be_done_by_whom_and_when_in_three_languages() {
    for (lang, lines) in [
        (
            "nn",
            [
                "## Tiltak",
                "### Nær der folk bur",
                "| Tilbod om langvarig smerte for øyane | Behovet har stått på lista i to år. | Reinvik, Lærings- og meistringssenteret i Helse Ytterkyst | 1. oktober 2026 | planlagt |",
                "| Pårørandeskule om demens | Fjordbyen sjukehus, Øyfjord | felles | Øyfjord | 2027 | planlagt |  |",
                "- Hjarteskule (Tindehøgda diakonale sjukehus)",
                "| Samhandlingssekretariatet | 30. november 2025 | 4. desember 2025 |",
            ],
        ),
        (
            "nb",
            [
                "## Tiltak",
                "### Nær der folk bor",
                "| Tilbud om langvarig smerte for øyene | Behovet har stått på listen i to år. | Reinvik, Lærings- og mestringssenteret i Helse Ytterkyst | 1. oktober 2026 | planlagt |",
                "| Pårørendeskole om demens | Fjordbyen sykehus, Øyfjord | felles | Øyfjord | 2027 | planlagt |  |",
                "- Hjerteskole (Tindehøgda diakonale sykehus)",
                "| Samhandlingssekretariatet | 30. november 2025 | 4. desember 2025 |",
            ],
        ),
        (
            "en",
            [
                "## Actions",
                "## Transfer between levels",
                "| An offering on long-term pain for the islands | The need has been on the list for two years. | Reinvik, Learning and coping centre of Helse Ytterkyst | 1 October 2026 | planned |",
                "## Stays in the specialist health service",
                "**To whom the plan is sent, and when**",
                "| The cooperation secretariat | 30 November 2025 | 4 December 2025 |",
            ],
        ),
    ] {
        let text = plan("fjordnett-2026", lang);
        for line in lines {
            assert!(text.lines().any(|found| found == line), "{lang}: {line}\n{text}");
        }
    }
}

#[test]
fn a_plan_is_in_the_language_of_its_network_and_the_terminal_shows_the_record() {
    assert!(printed(&["plans", "show", "skognett-2025", "--format", "md"]).contains("\n## Tiltak\n"));
    let terminal = printed(&["plans", "show", "fjordnett-2026"]);
    assert!(terminal.contains("plans/fjordnett-2026"), "{terminal}");
}

#[test]
fn a_plan_that_is_not_sent_says_to_whom_it_goes_and_when() {
    let tree = Tree::empty();
    tree.file("lmnet.toml", "format = 1\n");
    tree.file("organisations/nord.toml", "name = \"Nord\"\nkind = \"municipality\"\n");
    tree.file("organisations/utval.toml", "name = \"Utvalet\"\nkind = \"committee\"\n");
    tree.file("networks/lm.toml", "name = \"LM\"\nparties = [\"nord\"]\ngoverned-by = [\"mandat\"]\ntracked = {}\n");
    let duty = |id: &str, kind: &str, month: u32| {
        format!(
            "[[obligation]]\nid = \"{id}\"\nreceiver = \"utval\"\nevery = \"year\"\nmonth = {month}\ncovers = \"next\"\n\
             evidence = {{ record = \"plan\", where = {{ kind = \"{kind}\" }} }}\n"
        )
    };
    let mandate = format!(
        "title = \"Mandat\"\nkind = \"mandate\"\nfrom = 2020-01-01\n{}{}",
        duty("plan", "action", 11),
        duty("kompetanse", "competence", 6)
    );
    tree.file("agreements/mandat.toml", mandate);
    tree.file("plans/p.toml", "network = \"lm\"\nkind = \"action\"\nyear = 2027\n");
    let shown = || run(&mut tree.command(&["plans", "show", "p", "--format", "md", "--lang", "en"])).out;
    assert!(shown().contains("| Utvalet | 30 November 2026 | not sent |"), "{}", shown());
    assert!(!shown().contains("30 June"), "the competence plan is another one: {}", shown());
    tree.file(
        "plans/p.toml",
        "network = \"lm\"\nkind = \"action\"\nyear = 2027\nsent = { to = \"utval\", on = 2026-12-02 }\n",
    );
    assert!(shown().contains("| Utvalet | 30 November 2026 | 2 December 2026 |"), "{}", shown());
}

#[test]
fn what_is_new_since_a_day_is_listed() {
    let tree = Tree::empty();
    tree.file("lmnet.toml", "format = 1\n");
    tree.file("organisations/nord.toml", "name = \"Nord\"\nkind = \"municipality\"\n");
    let offering = |id: &str, rest: &str| {
        let head = "title = \"Kurs\"\norganiser = \"nord\"\n";
        tree.file(format!("offerings/{id}.toml"), format!("{head}{rest}"));
    };
    offering("before", "[[run]]\nstart = 2025-07-31\n");
    offering("on-the-day", "[[run]]\nstart = 2024-01-01\n[[run]]\nstart = 2025-08-01\n");
    offering("cancelled", "[[run]]\nstart = 2025-09-01\nstatus = \"cancelled\"\n");
    offering("vague", "[[run]]\nstart = \"2025\"\n");
    offering("begins", "from = 2025-09-01\ncontinuous = true\n");
    offering("old", "from = 2020-01-01\ncontinuous = true\n");
    let since = |day: &str| {
        let ask = [
            "offerings",
            "list",
            "--all",
            "--municipality",
            "nord",
            "--since",
            day,
            "--format",
            "csv",
            "--columns",
            "id",
        ];
        let ran = run(&mut tree.command(&ask));
        assert_eq!(ran.code, Some(0), "{}", ran.talk);
        ran.out.lines().skip(1).map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(since("2025-08-01"), ["begins", "on-the-day", "vague"]);
    assert_eq!(since("2025-08-02"), ["begins", "vague"]);
    assert_eq!(since("2026-01-01"), Vec::<String>::new());
}
