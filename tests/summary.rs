//! The summary of networks, and the handover note, against what can be worked out by hand from the invented network in
//! `examples/fjordnett`, from the real registry, and from copies of both with one thing changed.

mod common;

use std::fs;
use std::path::Path;

use common::{Tree, printed, run};
use serde_json::{Value, json};

/// A copy of a registry, to be changed.
fn copy(registry: &str) -> Tree {
    fn lay(tree: &Tree, from: &Path, to: &str) {
        for entry in fs::read_dir(from).unwrap() {
            let entry = entry.unwrap();
            let path = format!("{to}{}", entry.file_name().to_str().unwrap());
            if entry.file_type().unwrap().is_dir() {
                lay(tree, &entry.path(), &format!("{path}/"));
            } else {
                tree.file(&path, fs::read(entry.path()).unwrap());
            }
        }
    }
    let tree = Tree::empty();
    lay(&tree, &Path::new(env!("CARGO_MANIFEST_DIR")).join(registry), "");
    tree
}

/// What a tree prints.
fn of_tree(tree: &Tree, arguments: &[&str]) -> String {
    let ran = run(&mut tree.command(arguments));
    assert_eq!(ran.code, Some(0), "{arguments:?}: {}", ran.talk);
    ran.out
}

fn network(tree: Option<&Tree>, network: &str, day: &str) -> Value {
    let ask = ["summary", "--network", network, "--today", day, "--format", "json", "--lang", "en"];
    let out = tree.map_or_else(|| printed(&ask), |tree| of_tree(tree, &ask));
    let summary: Value = serde_json::from_str(&out).unwrap();
    assert_eq!((&summary["schema"], &summary["version"]), (&json!("lmnet-summary"), &json!(1)));
    assert_eq!(summary["networks"].as_array().unwrap().len(), 1);
    summary["networks"][0].clone()
}

fn fjordnett(day: &str) -> Value {
    network(None, "lm-fjordnett", day)
}

fn note(id: &str, day: &str) -> Value {
    serde_json::from_str(&printed(&["summary", "--for", id, "--today", day, "--format", "json", "--lang", "en"]))
        .unwrap()
}

/// The value of a key in each element of a list.
fn each(list: &Value, key: &str) -> Vec<String> {
    let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    list.as_array().unwrap().iter().map(|one| text(&one[key])).collect()
}

/// The element of a list whose key has this value.
fn one<'v>(list: &'v Value, key: &str, value: impl Into<Value>) -> &'v Value {
    let value = value.into();
    let found: Vec<&Value> = list.as_array().unwrap().iter().filter(|one| one[key] == value).collect();
    assert_eq!(found.len(), 1, "{key} = {value}");
    found[0]
}

#[test]
fn the_three_next_things_are_the_first_due() {
    // 15 June 2025 is a Sunday, and the catalogue is due on the next working day. The others are due on 30 June.
    let next = &fjordnett("2025-06-01")["next"];
    assert_eq!(
        each(next, "duty"),
        [
            "mandat-fjordnett/kurskatalog",
            "mandat-fjordnett/tilbakemelding-til-unge",
            "mandat-fjordnett/kontaktpersonar"
        ]
    );
    assert_eq!(each(next, "due"), ["2025-06-16", "2025-06-30", "2025-06-30"]);
}

#[test]
fn what_is_overdue_comes_before_what_is_due_sooner_or_later() {
    // Furuåsen never had a contact person; evidence is kept again from 1 August 2024.
    let next = &network(None, "lm-skognett", "2025-06-01")["next"];
    assert_eq!(each(next, "status"), ["overdue", "due", "due"]);
    assert_eq!((&next[0]["duty"], &next[0]["due"]), (&json!("mandat-skognett/kontaktpersoner"), &json!("2024-08-01")));
}

#[test]
fn one_duty_of_many_is_one_thing_to_do() {
    let tree = copy("registry");
    let file = "networks/lm-fonna.toml";
    let text = fs::read_to_string(tree.path(file)).unwrap();
    tree.file(file, format!("tracked = {{ from = 2026-01-01 }}\n{text}"));
    let fonna = network(Some(&tree), "lm-fonna", "2026-11-22");
    let contacts = one(&fonna["next"], "duty", "mandat-fonna/kontaktpersonar");
    assert_eq!(contacts["deadlines"].as_array().unwrap().len(), 16, "16 municipalities since 2020");
    assert!(contacts["text"].as_str().unwrap().contains("16 vacant"), "{contacts}");
    let cover = one(&fonna["coverage"], "path", "mandat-fonna/kontaktpersonar");
    assert_eq!(cover["years"], json!([null, { "have": 0, "of": 16 }]), "nothing is known of 2025");
    assert_eq!(each(&cover["remaining"], "name")[..3], ["Bokn", "Bømlo", "Etne"]);
    let coordinators = one(&fonna["coverage"], "path", "mandat-fonna/koordinatorar");
    assert_eq!(coordinators["years"][1], json!({ "have": 3, "of": 3 }));
}

#[test]
fn seats_are_counted_body_by_body() {
    //                        contacts coordinators leader, deputy user representatives youth adviser
    // lm-fjordnett           6        3            2              2                    1     1       = 15
    //                        areas hospitals user leader secretary
    // arbeidsgruppe          3     2         1    1      1                                           = 8
    // brukarradet            hjartelaget, pusterommet, ungdomsradet, brukarforum                     = 4
    let bodies = &fjordnett("2025-06-01")["bodies"];
    let filled: Vec<(&str, u64, u64)> = bodies
        .as_array()
        .unwrap()
        .iter()
        .map(|body| {
            let number = |key: &str| body[key].as_u64().unwrap();
            (body["body"]["id"].as_str().unwrap(), number("filled"), number("vacant"))
        })
        .collect();
    assert_eq!(
        filled,
        [
            ("lm-fjordnett", 15, 0),
            ("arbeidsgruppe-fjordnett", 8, 0),
            ("brukarradet-fjordnett", 4, 0),
            ("helse-ytterkyst", 1, 0)
        ]
    );
    // From September 2026 one user representative is left of at least two; the youth seat only should be filled.
    let bodies = &fjordnett("2026-11-23")["bodies"];
    assert_eq!((&bodies[0]["body"]["id"], &bodies[0]["vacant"]), (&json!("lm-fjordnett"), &json!(1)));
    assert_eq!(
        each(&bodies[0]["vacancies"], "seat"),
        ["mandat-fjordnett/brukarrepresentantar", "mandat-fjordnett/ungdomsrepresentant"]
    );
    assert_eq!(each(&bodies[0]["vacancies"], "strength"), ["shall", "should"]);
}

#[test]
fn deadlines_are_counted_by_status_for_this_year_and_last() {
    // Due in 2024: action plan, report, catalogue, two courses in health pedagogy, endring, meistring, user course,
    // professional day, 7 dialogue meetings, 7 needs, area visits, 2 answers to the youth council, the committee, the
    // review: 28. One dialogue meeting was excused; the report says that 4 of 7 told their needs.
    let duties = &fjordnett("2025-06-01")["duties"];
    assert_eq!(duties["years"], json!([2024, 2025]));
    let of = |status: &str| one(&duties["by-status"], "status", status)["deadlines"].clone();
    let total: u64 =
        duties["by-status"].as_array().unwrap().iter().map(|of| of["deadlines"][0].as_u64().unwrap()).sum();
    assert_eq!(total, 28);
    assert_eq!((of("excused"), of("not-recorded")), (json!([1, 0]), json!([3, 0])));
    assert_eq!(of("receiver-ended"), json!([0, 1]), "the committee is gone since 2025");
    assert_eq!(duties["judged"], 2);
    // Before the report was there, the three who told nothing had not done it.
    let duties = &fjordnett("2025-01-15")["duties"];
    assert_eq!(one(&duties["by-status"], "status", "not-met")["deadlines"], json!([3, 0]));
}

#[test]
fn coverage_is_told_of_each_repeated_seat_and_duty() {
    let coverage = &fjordnett("2025-06-01")["coverage"];
    let years = |path: &str| one(coverage, "path", path)["years"].clone();
    assert_eq!(years("mandat-fjordnett/kontaktpersonar"), json!([{ "have": 7, "of": 7 }, { "have": 6, "of": 6 }]));
    assert_eq!(years("mandat-fjordnett/koordinatorar"), json!([{ "have": 3, "of": 3 }, { "have": 3, "of": 3 }]));
    // Havnøy was excused in 2024.
    assert_eq!(
        years("mandat-fjordnett/dialogmote"),
        json!([{ "have": 6, "of": 6, "excused": 1 }, { "have": 0, "of": 6 }])
    );
    let needs = one(coverage, "path", "mandat-fjordnett/behov");
    assert_eq!(needs["years"][0]["reported"], json!({ "value": { "quality": "exact", "value": 4 }, "of": 7 }));
    assert_eq!(needs["years"][1], json!({ "have": 2, "of": 6 }));
    assert_eq!(each(&needs["remaining"], "id"), ["innervag", "vagvik", "ytterfjord", "oyfjord"], "as Norwegian sorts");
    // Of a pair, only the one is named that tells the pairs apart.
    let dialogue = one(coverage, "path", "mandat-fjordnett/dialogmote");
    assert!(!each(&dialogue["remaining"], "id").contains(&"helse-ytterkyst".to_owned()));
    // Seats that may be filled are never missing.
    assert!(!each(coverage, "path").contains(&"mandat-fjordnett/observatorar".to_owned()));
}

#[test]
fn a_published_share_is_told_as_reported() {
    let nord = |day: &str| {
        let ask = ["summary", "--network", "lms-nord", "--today", day, "--lang", "en"];
        of_tree(&copy("registry"), &ask)
    };
    assert!(nord("2017-12-31").contains("3 of 4 (reported)"));
    assert!(!nord("2016-12-31").contains("reported"), "the report of 2016 was signed in 2017");
}

#[test]
fn offerings_and_participants_are_those_begun_by_the_day() {
    //                        runs patients     relatives
    // friskliv-vagvik        1    14           0
    // hjarteskule            1    17           11
    // kols-skule             1    16           9
    // meistring-i-kvardagen  1    12           0
    // pustetreff             1    about 25     about 5
    // samtalegruppe-reinvik  1    5            0
    // sosken                 1    0            12
    // startkurs-diabetes     1    12           6
    // strikkekafe-havnoy     1    at least 4   not recorded
    //                        9    105          43
    // Later in 2025: friskliv-vagvik, hjarteskule, two of kols-skule, meistring-i-kvardagen, parorandeskule-demens,
    // samtalegruppe-reinvik, startkurs-diabetes. With frisklivssamtale and nettkurs-smerte, 12 offerings.
    let [last, this] = [0, 1].map(|at| fjordnett("2025-06-01")["offerings"][at].clone());
    assert_eq!(
        [&this["year"], &this["offerings"], &this["runs"], &this["runs-ahead"]],
        [&json!(2025), &json!(12), &json!(9), &json!(8)]
    );
    assert_eq!(this["patients"], json!({ "quality": "about", "value": 105, "not-recorded": 0, "of": 9 }));
    assert_eq!(this["relatives"], json!({ "quality": "at-least-about", "value": 43, "not-recorded": 1, "of": 9 }));
    assert_eq!([&last["offerings"], &last["runs"], &last["runs-ahead"]], [&json!(13), &json!(18), &json!(0)]);
}

#[test]
fn involvement_tells_nobody_from_not_stated() {
    // Planning: nobody at frisklivssamtale. Delivery: nobody at friskliv-vagvik, nettkurs-smerte, samtalegruppe-reinvik;
    // frisklivssamtale, parorandeskule-demens and strikkekafe-havnoy do not say.
    let this = fjordnett("2025-06-01")["offerings"][1].clone();
    let part = |somebody: u64, nobody: u64, not_stated: u64| json!({ "somebody": somebody, "nobody": nobody, "not-stated": not_stated });
    assert_eq!(this["planning"], part(11, 1, 0));
    assert_eq!(this["delivery"], part(6, 3, 3));
    assert_eq!(this["evaluation"], part(5, 3, 4));
}

#[test]
fn needs_are_answered_in_their_own_area_only() {
    let summary = fjordnett("2025-06-01");
    let needs = &summary["needs"];
    let ids: Vec<&str> = needs.as_array().unwrap().iter().map(|need| need["matter"]["id"].as_str().unwrap()).collect();
    assert_eq!(
        ids,
        ["matters/behov-sovn-2024", "matters/behov-parorande-ytre-2024", "matters/behov-smerte-oyane-2025"],
        "the oldest first; the one of 2024 for the islands was carried over"
    );
    assert_eq!(each(&needs[2]["elsewhere"], "id"), ["offerings/nettkurs-smerte"], "for the whole network, not there");
    assert_eq!(each(&needs[1]["elsewhere"], "id"), ["offerings/parorandeskule-demens"], "in the inner fjord");
    // The need of 4 June 2025 names no condition.
    let later = fjordnett("2025-06-10");
    assert_eq!(
        (&later["needs"][3]["matter"]["id"], &later["needs"][3]["conditions"]),
        (&json!("matters/behov-vagvik-2025"), &json!([]))
    );
    // A course on sleep in the inner fjord answers the first; one that was last held in 2023 does not.
    let tree = copy("examples/fjordnett");
    let course = |start: &str| {
        format!(
            "title = \"Søvn\"\norganiser = \"oyfjord\"\nnetwork = \"lm-fjordnett\"\ncare-level = \"municipal\"\n\
             condition = \"psykisk-helse\"\n[[run]]\nstart = {start}\n"
        )
    };
    for (start, left) in [("2023-04-01", 3), ("2025-04-01", 2)] {
        tree.file("offerings/sovn.toml", course(start));
        let needs = network(Some(&tree), "lm-fjordnett", "2025-06-01")["needs"].clone();
        assert_eq!(needs.as_array().unwrap().len(), left, "{start}");
    }
}

#[test]
fn a_condition_at_both_levels_is_told_where_both_are_in_one_area() {
    assert_eq!(
        fjordnett("2025-06-01")["both-levels"],
        json!([]),
        "of both levels, only joint offerings share a condition"
    );
    let tree = copy("examples/fjordnett");
    let course = |organiser: &str| {
        format!(
            "title = \"Pust\"\norganiser = \"{organiser}\"\nnetwork = \"lm-fjordnett\"\ncare-level = \"municipal\"\n\
             condition = \"kols\"\n[[run]]\nstart = 2025-04-01\n"
        )
    };
    // The hospital's course was held in the inner and the outer fjord, not on the islands.
    for (organiser, areas) in [("oyfjord", vec!["indre"]), ("havnoy", vec![])] {
        tree.file("offerings/pust.toml", course(organiser));
        let both = network(Some(&tree), "lm-fjordnett", "2025-06-01")["both-levels"].clone();
        let found: Vec<String> = both.as_array().unwrap().iter().flat_map(|both| each(&both["areas"], "id")).collect();
        assert_eq!(found, areas, "{organiser}");
        if !areas.is_empty() {
            assert_eq!(each(&both[0]["specialist"], "id"), ["offerings/kols-skule"]);
            assert_eq!(each(&both[0]["municipal"], "id"), ["offerings/pust"]);
        }
    }
}

#[test]
fn what_lapses_is_told_ninety_days_ahead() {
    // The excuse of Havnøy holds until 30 June 2025: 90 days before is 1 April.
    let excuses = |day: &str| {
        let lapses = fjordnett(day)["lapses"].clone();
        lapses.as_array().unwrap().iter().filter(|one| one["deadlines"][0]["kind"] == "excuse").count()
    };
    assert_eq!((excuses("2025-03-31"), excuses("2025-04-01"), excuses("2025-07-01")), (0, 1, 0));
}

#[test]
fn records_to_be_verified_again_are_one_line() {
    let tree = copy("examples/fjordnett");
    let manifest = fs::read_to_string(tree.path("lmnet.toml")).unwrap();
    tree.file(
        "lmnet.toml",
        manifest.replacen("language = \"nn\"\n", "language = \"nn\"\nverified-for = \"1 year\"\n", 1),
    );
    let summary = network(Some(&tree), "lm-fjordnett", "2026-11-23");
    let lines: Vec<String> =
        each(&summary["lapses"], "text").into_iter().filter(|text| text.contains("verified again")).collect();
    assert_eq!(lines.len(), 1, "{lines:?}");
    assert!(lines[0].contains("records have to be verified again"), "{lines:?}");
}

#[test]
fn what_a_merger_leaves_open_is_told_once() {
    // Nordvåg and Sørvik became Vågvik in 2025, which had no contact person until 1 February.
    let left = fjordnett("2025-01-15")["left-open"].clone();
    assert_eq!(each(&left[0]["organisations"], "id"), ["nordvag", "sorvik"]);
    assert_eq!(each(&left[0]["successors"], "id"), ["vagvik"]);
    assert_eq!(each(&left[0]["seats"], "duty"), ["mandat-fjordnett/kontaktpersonar"]);
    // The committee that was to be told before Christmas is gone, too.
    assert_eq!(each(&left[1]["organisations"], "id"), ["samhandlingsutvalet"]);
    assert_eq!(each(&left[1]["without-receiver"], "duty"), ["samarbeidsavtale-ytterkyst/orientering-su"]);
    let left = fjordnett("2025-02-01")["left-open"].clone();
    assert_eq!(left.as_array().unwrap().len(), 1, "only the committee's: {left}");
    // Without a last day, the appointment of a municipality that is gone is still there.
    let tree = copy("examples/fjordnett");
    let file = "members/kontakt-sorvik.toml";
    let text = fs::read_to_string(tree.path(file)).unwrap().replace("to = 2024-12-31\n", "");
    tree.file(file, text);
    let left = network(Some(&tree), "lm-fjordnett", "2025-02-01")["left-open"].clone();
    let sorvik = one(&left, "organisations", json!([{ "id": "sorvik", "name": "Sørvik" }]));
    assert_eq!(each(&sorvik["appointments"], "id"), ["members/kontakt-sorvik"]);
}

#[test]
fn nothing_is_missing_where_nothing_is_recorded() {
    let tree = copy("registry");
    let fonna = network(Some(&tree), "lm-fonna", "2026-11-23");
    assert_eq!((&fonna["tracked"], &fonna["next"], &fonna["duties"]), (&json!(false), &json!([]), &Value::Null));
    let vacant: u64 = fonna["bodies"].as_array().unwrap().iter().map(|body| body["vacant"].as_u64().unwrap()).sum();
    assert_eq!(vacant, 0);
    assert!(fonna["coverage"].as_array().unwrap().iter().all(|cover| cover["remaining"] == json!([])), "{fonna}");
    let text = of_tree(&tree, &["summary", "--network", "lm-fonna", "--today", "2026-11-23"]);
    assert_eq!(text.matches("Det er ikkje ført noko").count(), 1);
    assert!(text.lines().count() < 40, "{text}");
}

#[test]
fn a_handover_note_holds_what_is_open_for_one() {
    let note = note("vagvik", "2025-06-01");
    assert_eq!((&note["schema"], &note["for"]["id"]), (&json!("lmnet-summary"), &json!("vagvik")));
    assert_eq!(note["overdue"], json!([]));
    // One dialogue meeting in 2025, and next year's needs by the end of May; those of others are not told.
    assert_eq!(each(&note["ahead"], "duty"), ["mandat-fjordnett/dialogmote", "mandat-fjordnett/behov"]);
    assert_eq!(each(&note["ahead"], "due"), ["2025-12-31", "2026-05-31"]);
    assert!(note["ahead"].as_array().unwrap().iter().all(|thing| thing["deadlines"].as_array().unwrap().len() == 1));
    // The contact person, and the adviser of the healthy life centre, which is a part of the municipality.
    let mut seats = each(&note["seats"], "member");
    seats.sort();
    assert_eq!(seats, ["members/frisklivsradgjevar-vagvik", "members/kontakt-vagvik"]);
    assert_eq!(note["vacant"], json!([]));
    let matters: Vec<&str> =
        note["matters"].as_array().unwrap().iter().map(|matter| matter["matter"]["id"].as_str().unwrap()).collect();
    assert_eq!(matters, ["matters/revisjon-mandat-2025"]);
    // The catalogue is to come from the learning and coping centre.
    assert_eq!(each(&note["awaited"], "duty"), ["mandat-fjordnett/kurskatalog"]);
    assert!(each(&note["standing"], "duty").contains(&"mandat-fjordnett/gjere-kjent".to_owned()));
}

#[test]
fn a_handover_note_tells_what_is_overdue_and_vacant() {
    let note = note("helse-ytterkyst", "2026-11-23");
    // The meeting with Havnøy in 2024, whose excuse ran out, and the one with Innervåg in 2025.
    let meetings = one(&note["overdue"], "duty", "mandat-fjordnett/dialogmote");
    assert_eq!(each(&meetings["deadlines"], "due")[0], "2024-12-31");
    assert_eq!(meetings["status"], "overdue");
    // Its own seat in the working group ends with the year.
    let seat = one(&note["vacant"], "duty", "mandat-fjordnett/arbeidsgruppe-sjukehus");
    assert_eq!((&seat["due"], &seat["status"]), (&json!("2026-12-31"), &json!("due")));
}

#[test]
fn a_handover_note_of_one_that_is_gone_says_who_carries_on() {
    let note = note("nordvag", "2025-01-15");
    assert_eq!(
        (&note["ended"], &each(&note["successors"], "id")[..]),
        (&json!("2024-12-31"), &["vagvik".to_owned()][..])
    );
    assert_eq!([&note["ahead"], &note["standing"], &note["seats"]], [&json!([]), &json!([]), &json!([])]);
    let text = printed(&["summary", "--for", "nordvag", "--today", "2025-01-15"]);
    assert!(text.contains("Nordvåg fanst til 31. desember 2024; Vågvik følgjer etter."), "{text}");
}

#[test]
fn a_handover_note_can_be_of_one_network() {
    let ask = |network: &str| {
        let ask = ["summary", "--for", "samhandlingssekretariatet", "--network", network, "--today", "2025-01-15"];
        printed(&[&ask[..], &["--format", "json"]].concat())
    };
    let (fjord, skog) = (ask("lm-fjordnett"), ask("lm-skognett"));
    // Its secretary sits in the working group of one; both send it their reports.
    assert!(fjord.contains("members/sekretaer-arbeidsgruppa") && !skog.contains("members/sekretaer-arbeidsgruppa"));
    assert!(skog.contains("mandat-skognett/arsrapport") && !fjord.contains("mandat-skognett/arsrapport"));
}

#[test]
fn each_network_is_told_in_its_own_language() {
    let text = printed(&["summary", "--today", "2025-06-01"]);
    assert!(text.contains("Gjer dette fyrst") && text.contains("Gjør dette først"), "{text}");
    let english = printed(&["summary", "--today", "2025-06-01", "--lang", "en"]);
    assert!(english.contains("Do this first") && !english.contains("fyrst\n"), "{english}");
    for (lang, heading) in [("nn", "## Dekning"), ("nb", "## Dekning"), ("en", "## Coverage")] {
        let page = printed(&["summary", "--today", "2025-06-01", "--lang", lang, "--format", "md"]);
        assert_eq!(page.matches(heading).count(), 2, "{lang}");
    }
}

#[test]
fn networks_that_are_only_named_are_only_named() {
    let tree = copy("registry");
    let out = of_tree(&tree, &["summary", "--today", "2026-11-23", "--format", "json"]);
    let summary: Value = serde_json::from_str(&out).unwrap();
    let ids = |list: &Value| each(list, "id");
    assert!(ids(&summary["only-named"]).contains(&"nordisk-lm".to_owned()));
    let shown: Vec<&str> = summary["networks"]
        .as_array()
        .unwrap()
        .iter()
        .map(|network| network["network"]["id"].as_str().unwrap())
        .collect();
    assert_eq!(shown, ["lm-bergen", "lm-fonna", "lms-nord"]);
}

#[test]
fn two_in_one_seat_fill_one_seat() {
    let tree = copy("examples/fjordnett");
    let filled = |tree: &Tree| {
        let body = network(Some(tree), "lm-fjordnett", "2025-06-01")["bodies"][0].clone();
        (body["body"]["id"].clone(), body["filled"].clone(), body["too-many"].clone())
    };
    assert_eq!(filled(&tree), (json!("lm-fjordnett"), json!(15), json!(0)));
    // Reinvik's seat is for exactly one; the agreement says no number of a coordinator for the islands.
    tree.file(
        "members/kontakt-reinvik-2.toml",
        "organisation = \"reinvik\"\nbackground = \"professional\"\n\
         [[appointment]]\nbody = \"lm-fjordnett\"\nrole = \"contact\"\nfrom = 2025-01-01\n",
    );
    tree.file(
        "members/koordinator-oyane-2.toml",
        "organisation = \"helse-ytterkyst\"\nbackground = \"professional\"\n\
         [[appointment]]\nbody = \"lm-fjordnett\"\nrole = \"coordinator\"\narea = \"oyane\"\nfrom = 2025-01-01\n",
    );
    assert_eq!(filled(&tree), (json!("lm-fjordnett"), json!(15), json!(1)));
    let ask = ["report", "--year", "2025", "--network", "lm-fjordnett", "--today", "2026-06-01", "--format", "json"];
    let seats = |tree: &Tree| {
        let report: Value = serde_json::from_str(&of_tree(tree, &ask)).unwrap();
        report["networks"][0]["content"]["commitments"]["bodies"][0]["filled"].clone()
    };
    assert_eq!(seats(&tree), seats(&copy("examples/fjordnett")));
    assert!(seats(&tree).as_u64().unwrap() > 10);
}

#[test]
fn the_rest_is_told_of_only_where_there_is_one() {
    let tree = copy("examples/fjordnett");
    let told = |tree: &Tree, lang: &str, start: &str| {
        let ask = ["summary", "--network", "lm-fjordnett", "--today", "2026-06-01", "--lang", lang];
        of_tree(tree, &ask).lines().find(|line| line.starts_with(start)).unwrap().to_owned()
    };
    assert_eq!(told(&tree, "nb", "- Krav til hver post"), "- Krav til hver post: 23 av 23 er oppfylt");
    let file = "offerings/parorandeskule-demens.toml";
    let text = fs::read_to_string(tree.path(file)).unwrap();
    tree.file(file, text.replacen("financing = \"samarbeidsavtale-ytterkyst\"\n", "", 1));
    assert_eq!(
        told(&tree, "nb", "- Krav til hver post"),
        "- Krav til hver post: 22 av 23 er oppfylt («lmnet check» viser resten)"
    );
    assert_eq!(
        told(&tree, "en", "- What each record"),
        "- What each record must have: 22 of 23 met (“lmnet check” shows the rest)"
    );
}

#[test]
fn a_waiver_that_lapses_is_told_in_words() {
    let waiver = |day: &str, lang: &str| {
        let out = printed(&["summary", "--network", "lm-fjordnett", "--today", day, "--lang", lang]);
        out.lines().find(|line| line.contains("reference-outside-validity")).map(str::to_owned)
    };
    assert_eq!(waiver("2026-10-02", "nb"), None, "it lapses on 1 January 2027, which is 91 days ahead");
    assert_eq!(
        waiver("2026-12-01", "nb").unwrap(),
        "- 1. januar 2027 (om 31 dager) – Unntaket for «Overlevering fra Samhandlingsutvalget» går ut. Regelen: Posten viser \
         til noe som ikke fantes, eller ikke lenger fantes, på den tiden posten gjelder (reference-outside-validity). \
         Begrunnelsen: Utvalget var lagt ned tre uker før, men medlemmene møttes en siste gang for å levere over sakene sine"
    );
    let english = waiver("2027-01-02", "en").unwrap();
    assert!(
        english
            .contains("The waiver for “Handover from the cooperation committee” lapsed. The rule: The record refers")
    );
}

#[test]
fn what_could_not_be_read_stands_in_the_result_itself() {
    let tree = copy("examples/fjordnett");
    tree.file("meetings/dialogmote-reinvik-2024.toml", "title = \"Ope\nstart = \n");
    let path = "members/kontakt-reinvik.toml";
    let text = fs::read_to_string(tree.path(path)).unwrap();
    tree.file(path, text.replacen("role = \"contact\"", "role = 7", 1));
    let left_out = ["meetings/dialogmote-reinvik-2024", "members/kontakt-reinvik"];
    let line = "2 records could not be read and are left out here: members/kontakt-reinvik and \
                meetings/dialogmote-reinvik-2024. “lmnet check” shows why.";
    for command in [&["deadlines"][..], &["summary"], &["summary", "--for", "reinvik"], &["coverage", "--year", "2025"]]
    {
        let ask =
            |more: &[&str]| of_tree(&tree, &[command, &["--today", "2026-06-01", "--lang", "en", "-q"], more].concat());
        assert_eq!(ask(&[]).trim_end().lines().last().unwrap(), line, "{command:?}");
        assert_eq!(ask(&["--format", "md"]).trim_end().lines().last().unwrap(), line, "{command:?}");
        let value: Value = serde_json::from_str(&ask(&["--format", "json"])).unwrap();
        let mut paths: Vec<&str> =
            value["left-out"].as_array().unwrap().iter().map(|path| path.as_str().unwrap()).collect();
        paths.sort_unstable();
        assert_eq!(paths, left_out, "{command:?}");
        let whole: Value =
            serde_json::from_str(&printed(&[command, &["--today", "2026-06-01", "--format", "json"]].concat()))
                .unwrap();
        assert_eq!(whole["left-out"], json!([]), "{command:?}");
    }
    let ran = run(&mut tree.command(&["deadlines", "--format", "csv", "--lang", "nn"]));
    assert!(ran.code == Some(0) && !ran.out.contains("kontakt-reinvik."), "{}", ran.out);
    assert!(ran.talk.contains("postar som er utelatne: 2"), "{}", ran.talk);
}

#[test]
fn a_handover_note_leaves_no_deadline_out() {
    let day = ["--today", "2025-12-31"];
    let note = note("helse-ytterkyst", "2025-12-31");
    let told = |list: &Value| -> Vec<String> {
        let all = list.as_array().unwrap().iter().flat_map(|thing| thing["deadlines"].as_array().unwrap().clone());
        all.map(|one| format!("{} {} {} {}", one["kind"], one["duty"], one["by"], one["due"])).collect()
    };
    let mut all: Vec<String> = ["overdue", "ahead", "vacant"].iter().flat_map(|part| told(&note[part])).collect();
    let ask = ["deadlines", "--within", "365", "--owed-by", "helse-ytterkyst", "--format", "json"];
    let deadlines: Value = serde_json::from_str(&printed(&[&ask[..], &day].concat())).unwrap();
    let mut wanted = told(&json!([{ "deadlines": deadlines["deadlines"] }]));
    all.sort();
    wanted.sort();
    assert!(wanted.len() > 15, "{wanted:#?}");
    assert_eq!(all, wanted);
    // What stands in the deadlines of the note stands on its lines: who else owes it, who leaves, how often.
    let text = printed(&[&["summary", "--for", "helse-ytterkyst", "--lang", "nn"][..], &day].concat());
    let line = |words: &str| text.lines().filter(|line| line.contains(words)).collect::<Vec<_>>();
    let [_, innervag, others] = line("mandat-fjordnett/dialogmote")[..] else { panic!("{text}") };
    assert!(innervag.contains("for 2025 – HYK–Innervåg: "), "{innervag}");
    let pairs = "for 2026 – HYK–Havnøy, HYK–Øyfjord, HYK–Reinvik, HYK–Vågvik og HYK–Ytterfjord: ";
    assert!(others.contains(pairs), "{others}");
    assert_eq!(
        line("2026 (om 365 dagar) – ").iter().filter(|line| line.contains("perioden går ut")).count(),
        3,
        "{text}"
    );
    let [spring] = line("mandat-fjordnett/helsepedagogikk")[..] else { panic!("{text}") };
    assert!(
        spring.contains("for våren 2026") && spring.ends_with("; fleire fristar for det same innan eit år: 1"),
        "{spring}"
    );
}

#[test]
fn what_check_shows_of_records_is_what_the_summary_says_it_shows() {
    let tree = copy("registry");
    let file = "networks/lm-fonna.toml";
    let text = fs::read_to_string(tree.path(file)).unwrap();
    tree.file(file, format!("tracked = {{ from = 2026-01-01 }}\n{text}"));
    let duties = &network(Some(&tree), "lm-fonna", "2026-11-22")["duties"];
    let number = |key: &str| duties[key].as_u64().unwrap() as usize;
    let check = tree.check();
    let unmet = check.rules().iter().filter(|(_, rule)| rule.starts_with("unmet-")).count();
    assert!(unmet > 50, "{unmet}");
    assert_eq!(number("per-record-binding") - number("per-record-binding-met"), unmet);
    // Aims and permissions are counted, and are no findings.
    let ask = ["summary", "--network", "lm-fonna", "--today", "2026-11-22", "--lang"];
    let (all, met) = (number("per-record"), number("per-record-met"));
    let (binding, binding_met) = (number("per-record-binding"), number("per-record-binding-met"));
    for (lang, line) in [
        ("nn", "- Mål og valfrie krav til kvar post: {met} av {of} er oppfylte (blir berre talde)"),
        ("nb", "- Mål og valgfrie krav til hver post: {met} av {of} er oppfylt (telles bare)"),
        ("en", "- Aims and options for each record: {met} of {of} met (only counted)"),
    ] {
        let line = line.replace("{met}", &(met - binding_met).to_string());
        let line = line.replace("{of}", &(all - binding).to_string());
        let out = of_tree(&tree, &[&ask[..], &[lang]].concat());
        assert!(all > binding && out.contains(&line), "{line}\n{out}");
    }
}

#[test]
fn appointments_that_began_are_counted_with_those_that_are_new() {
    let ask = ["summary", "--network", "lm-fjordnett", "--today", "2025-06-01", "--lang"];
    for (lang, line) in [
        (
            "nn",
            "Oppnemningar som tok til i 2024: 7 (nyrekrutterte: 2; rekrutterte frå kurs: 2); 2025: 13 (nyrekrutterte: 5; rekrutterte frå kurs: 1).",
        ),
        (
            "nb",
            "Oppnevninger som begynte i 2024: 7 (nyrekruttert: 2; rekruttert fra kurs: 2); 2025: 13 (nyrekruttert: 5; rekruttert fra kurs: 1).",
        ),
        (
            "en",
            "Appointments that began in 2024: 7 (newly recruited: 2; recruited from courses: 2); 2025: 13 (newly recruited: 5; recruited from courses: 1).",
        ),
    ] {
        let out = printed(&[&ask[..], &[lang]].concat());
        assert_eq!(out.lines().filter(|own| *own == line).count(), 1, "{out}");
    }
    let told = |tree: &Tree, day: &str| network(Some(tree), "lm-fjordnett", day)["appointments"].clone();
    let tree = copy("examples/fjordnett");
    let before = told(&tree, "2025-06-01");
    assert_eq!(before[0], json!({ "year": 2024, "began": 7, "new": 2, "recruited": 2 }));
    // One that began the day before counts, one that begins tomorrow does not, and neither does one elsewhere.
    tree.file(
        "members/ny.toml",
        "organisation = \"havnoy\"\nbackground = \"professional\"\nrecruited-from = \"endring-2024\"\n\n\
         [[appointment]]\nbody = \"lm-fjordnett\"\nrole = \"other\"\nfrom = 2025-05-31\nnew = true\n\n\
         [[appointment]]\nbody = \"lm-fjordnett\"\nrole = \"other\"\nfrom = 2025-06-02\n\n\
         [[appointment]]\nbody = \"au-skognett\"\nrole = \"other\"\nfrom = 2025-05-01\n",
    );
    let count = |key: &str| before[1][key].as_u64().unwrap() + 1;
    let wanted = json!({ "year": 2025, "began": count("began"), "new": count("new"), "recruited": count("recruited") });
    assert_eq!(told(&tree, "2025-06-01")[1], wanted);
    // The annual report counts the whole year.
    let report =
        of_tree(&tree, &["report", "--year", "2025", "--network", "lm-fjordnett", "--lang", "en", "--partial"]);
    let line = report.lines().find(|line| line.starts_with("Appointments that began in 2025: ")).unwrap();
    let began: u64 = line["Appointments that began in 2025: ".len()..].split(' ').next().unwrap().parse().unwrap();
    assert!(began > count("began"), "{line}");
}
