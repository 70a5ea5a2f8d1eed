//! Nobody works out a small count from what a document prints: random registries become documents, and a reader who knows
//! everything that stands in one bounds each hidden number by integer programming.
//!
//! The reader knows more than a document tells: which counts are 0 or not recorded.

#[path = "veil_attack/attack.rs"]
mod attack;
#[path = "veil_attack/cross.rs"]
mod cross;
#[path = "veil_attack/export.rs"]
mod export;
#[path = "veil_attack/world.rs"]
mod world;

use attack::{Attack, Seen};
use lmnet::document::Block;
use lmnet::lang::Lang;
use lmnet::mandate::Mandates;
use lmnet::registry::Registry;
use lmnet::render::markdown;
use lmnet::report::annual;
use lmnet::report::ledger::Ledger;
use lmnet::report::participants::{Audience, Number, Who};
use lmnet::report::veil::Worth;
use lmnet::sheet::Cell;
use serde_json::Value;
use world::{Dice, Known, NETWORKS, REACHES, TRUSTS, World, YEARS};

/// With so few offerings, many of them are alone in their part of a table.
const FEW: u64 = 9;
/// With so many, sums are over many things.
const MANY: u64 = 60;

/// How JSON tells that a number is hidden.
const HIDDEN: &str = r#"{"hidden":true}"#;

const WHO: [(Who, &str); 3] = [(Who::Patients, "patients"), (Who::Relatives, "relatives"), (Who::All, "all")];

/// The counts that a number about offerings in years is the sum of, by their names.
fn atoms(of: &[(&Known, i32)], who: Who) -> Vec<String> {
    let kinds: &[&str] = match who {
        Who::Patients => &["patients"],
        Who::Relatives => &["relatives"],
        Who::All => &["patients", "relatives"],
    };
    of.iter().flat_map(|(known, year)| kinds.iter().map(move |kind| format!("{} {year} {kind}", known.id))).collect()
}

/// What the reader sees in a cell. What is not recorded, or can't be counted, adds nothing to any sum.
fn seen(cell: &Cell) -> Seen {
    match &*cell.text {
        ":" => Seen::Hidden,
        "-" | ".." | "." => Seen::Number(0),
        text => {
            let number = text.split('(').next().unwrap();
            Seen::Number(number.chars().filter(char::is_ascii_digit).collect::<String>().parse().unwrap())
        }
    }
}

/// What the reader sees in JSON.
fn seen_in_json(number: &Value) -> Seen {
    match (number.get("hidden"), number.get("value")) {
        (Some(_), value) => {
            assert_eq!((value, number.as_object().unwrap().len()), (None, 1), "{number}");
            Seen::Hidden
        }
        (None, value) => Seen::Number(value.and_then(Value::as_u64).unwrap_or(0)),
    }
}

/// What the reader knows besides: which counts are 0. And what nobody is to know: small counts that stand nowhere.
fn know(world: &World, attack: &mut Attack, years: &[i32]) {
    for known in &world.offerings {
        for year in years {
            let [patients, relatives] = known.counts[year];
            for ((who, name), value) in WHO.iter().zip([patients, relatives, patients + relatives]) {
                let place = format!("{name} of {} in {year}", known.id);
                if value == 0 {
                    attack.see(place, atoms(&[(known, *year)], *who), Seen::Number(0));
                } else if (value as i64) < world.limit {
                    attack.see(place, atoms(&[(known, *year)], *who), Seen::Unprinted);
                }
            }
        }
    }
}

/// The annual report of 2024 as JSON. As a document, it hides the same.
fn annual_report(registry: &Registry, audience: Audience) -> Value {
    let networks: Vec<_> = registry.networks.iter().map(|network| (network, Lang::Nn)).collect();
    let day = "2026-11-30".parse().unwrap();
    let report = annual::compute(&Mandates::new(registry), &networks, 2024, audience, day);
    let json = serde_json::to_value(&report).unwrap()["networks"][0]["content"]["offerings"].clone();
    let documents = annual::document(&report);
    let sheets = documents.iter().flat_map(|document| &document.blocks).filter_map(|block| match block {
        Block::Table(sheet) => Some(sheet),
        Block::Chart(chart) => Some(&chart.table),
        _ => None,
    });
    let told = sheets.flat_map(|sheet| {
        // What the change from one year to the next is, machines work out themselves.
        let columns = sheet.columns.iter().map(|column| &*column.key != "change");
        let columns: Vec<bool> = columns.collect();
        sheet
            .rows
            .iter()
            .flat_map(move |row| row.iter().zip(columns.clone()).filter(|(_, told)| *told).map(|(cell, _)| cell))
    });
    let signs = told.filter(|cell| cell.text == ":").count();
    assert_eq!(signs, hidden_in_tables(&json));
    let explained = markdown::document(&documents[0]).contains("«:»");
    assert_eq!(explained, signs > 0, "the sign is explained where it stands");
    json
}

/// The same report with nothing hidden yet, and without published figures.
fn naive_report(registry: &Registry) -> Value {
    let mut naive = annual_report(registry, Audience::Internal);
    naive["figures"] = Value::Array(Vec::new());
    for line in naive["years"]["years"].as_array_mut().unwrap() {
        line["figures"] = Value::Array(Vec::new());
    }
    naive
}

/// How many hidden numbers of the JSON stand in the tables of the document: of sums by year and by property these tell all
/// participants, not patients and relatives, and of figures in several years those about the whole network.
fn hidden_in_tables(json: &Value) -> usize {
    let each = |value: &Value| value.as_array().unwrap().clone();
    let sums = |totals: &Value| is_hidden(&totals["participants"]["all"]);
    let all = ["participants", "rows", "figures", "beside"].map(|key| json[key].to_string().matches(HIDDEN).count());
    // The years have a table only where something is known of the year before.
    let lines = each(&json["years"]["years"]);
    let of_all = |line: &Value| each(&line["figures"]).iter().any(|one| one["organisation"].is_null());
    let have_table = lines[0]["all"]["offerings"] != 0 || of_all(&lines[0]);
    let years = lines.into_iter().filter(|_| have_table).map(|line| {
        let figures = each(&line["figures"]).into_iter().filter(|one| one["organisation"].is_null());
        let figures = figures.filter(|one| is_hidden(&one["value"])).count();
        figures + usize::from(sums(&line["all"])) + usize::from(sums(&line["like-with-like"]))
    });
    let parts = each(&json["breakdowns"]).into_iter().flat_map(|one| each(&one["parts"]));
    all.iter().sum::<usize>() + years.sum::<usize>() + parts.filter(sums).count()
}

/// What the reader sees in an annual report.
fn attack_on_report(world: &World, report: &Value) -> Attack {
    let mut attack = Attack::default();
    let year = 2024;
    let rows = report["rows"].as_array().unwrap();
    let held: Vec<(&Known, i32)> = rows.iter().map(|row| (world.known(row["id"].as_str().unwrap()), year)).collect();
    for (who, column) in WHO {
        attack.see(format!("{column} in all"), atoms(&held, who), seen_in_json(&report["participants"][column]));
        for (row, of) in rows.iter().zip(&held) {
            let place = format!("{column} of {}", row["id"]);
            attack.see(place, atoms(&[*of], who), seen_in_json(&row["participants"][column]));
        }
    }
    let all: Vec<&Known> = world.offerings.iter().collect();
    let own = |known: &&Known, parties: &[usize]| known.trusts.iter().all(|trust| parties.contains(trust));
    let like: Vec<&Known> = all.iter().copied().filter(|known| own(known, &world.parties)).collect();
    for (line, year) in report["years"]["years"].as_array().unwrap().iter().zip(YEARS) {
        attack_on_totals(&mut attack, &format!("{year}"), &all, year, &line["all"]);
        if !world.parties.is_empty() {
            attack_on_totals(&mut attack, &format!("{year}, like"), &like, year, &line["like-with-like"]);
        }
        attack_on_figures(world, &mut attack, &all, year, &line["figures"]);
    }
    for breakdown in report["breakdowns"].as_array().unwrap() {
        for part in breakdown["parts"].as_array().unwrap() {
            let (by, key) = (breakdown["by"].as_str().unwrap(), part["key"].as_str().unwrap());
            let is_in = |known: &&Known| match by {
                "reach" => REACHES[known.reach] == key,
                "organiser" | "trust" => known.trusts.iter().any(|trust| TRUSTS[*trust] == key),
                _ => key == "unclassified",
            };
            let of: Vec<&Known> = all.iter().copied().filter(is_in).collect();
            attack_on_totals(&mut attack, &format!("{by} {key}"), &of, year, part);
        }
    }
    attack_on_figures(world, &mut attack, &all, year, &report["figures"]);
    know(world, &mut attack, &YEARS);
    attack
}

/// What the reader sees of sums over offerings in a year.
fn attack_on_totals(attack: &mut Attack, place: &str, of: &[&Known], year: i32, totals: &Value) {
    let of: Vec<(&Known, i32)> = of.iter().map(|known| (*known, year)).collect();
    for (who, column) in WHO {
        attack.see(format!("{column} of {place}"), atoms(&of, who), seen_in_json(&totals["participants"][column]));
    }
}

/// What the reader sees of published figures.
fn attack_on_figures(world: &World, attack: &mut Attack, all: &[&Known], year: i32, figures: &Value) {
    for figure in figures.as_array().unwrap() {
        let (label, measure) = (figure["label"].as_str().unwrap(), figure["measure"].as_str().unwrap());
        let whose = label.split_once(": ").map(|(_, name)| TRUSTS.iter().position(|trust| *trust == name).unwrap());
        let who = WHO.iter().find(|(_, name)| *name == measure).map_or(Who::All, |(who, _)| *who);
        let of = all.iter().filter(|known| whose.is_none_or(|trust| known.trusts.contains(&trust)));
        let of: Vec<(&Known, i32)> = of.map(|known| (*known, year)).collect();
        // A published figure that is not the registry's says nothing about the registry.
        let kinds = match who {
            Who::Patients => 0..1,
            Who::Relatives => 1..2,
            Who::All => 0..2,
        };
        let sum: u64 = of.iter().flat_map(|(known, _)| &known.counts[&year][kinds.clone()]).sum();
        match seen_in_json(&figure["value"]) {
            Seen::Number(number) => {
                assert!(number == 0 || number as i64 >= world.limit, "{label} is {number}");
                if number == sum {
                    attack.see(format!("published {label} {year}"), atoms(&of, who), Seen::Number(number));
                }
            }
            _ => assert_eq!((&figure["note"], &figure["of"]), (&Value::Null, &Value::Null)),
        }
    }
}

/// What the reader sees in a compiled report of 2024; the network itself is not shown what was published.
fn compiled_report(world: &World, registry: &Registry, audience: Audience) -> Attack {
    let day = "2026-11-30".parse().unwrap();
    let report = annual::compile(&Mandates::new(registry), "region", 2024, audience, day, Lang::Nn);
    let json = serde_json::to_value(&report).unwrap();
    let mut attack = Attack::default();
    let all: Vec<&Known> = world.offerings.iter().collect();
    attack_on_totals(&mut attack, "all", &all, 2024, &json["sum"]);
    for part in json["networks"].as_array().unwrap() {
        let at = NETWORKS.iter().position(|network| *network == part["network"]).unwrap();
        let own: Vec<&Known> = all.iter().copied().filter(|known| known.network == at).collect();
        attack_on_totals(&mut attack, NETWORKS[at], &own, 2024, &part["totals"]);
        if audience == Audience::Public {
            attack_on_figures(world, &mut attack, &own, 2024, &part["figures"]);
        }
    }
    for (at, part) in json["trusts"].as_array().unwrap().iter().enumerate() {
        let at = TRUSTS.iter().position(|trust| *trust == part["trust"]).unwrap_or(at);
        let own: Vec<&Known> = all.iter().copied().filter(|known| known.trusts.contains(&at)).collect();
        attack_on_totals(&mut attack, TRUSTS[at], &own, 2024, &part["totals"]);
    }
    assert_eq!(json["trusts"].as_array().unwrap().len(), TRUSTS.len());
    know(world, &mut attack, &[2024]);
    attack
}

/// Who asks where a published figure comes from is not told what the report hides. Gives how many are hidden.
fn explanations_keep_quiet(registry: &Registry, report: &Value) -> usize {
    let mandates = Mandates::new(registry);
    let network = registry.networks.iter().next().unwrap();
    let figures = report["figures"].as_array().unwrap().iter();
    let hidden = figures.filter(|figure| is_hidden(&figure["value"]) && figure["organisation"].is_null());
    hidden
        .map(|figure| {
            let cell = format!("published/{}", figure["measure"].as_str().unwrap());
            let (asked, day) = ((2024, &*cell), "2026-11-30".parse().unwrap());
            let told = annual::explain(&mandates, network, Lang::Nn, asked, Audience::Public, day).unwrap();
            assert_eq!(told.value, ":", "{cell}");
            assert!(told.records.iter().all(|behind| behind.adds.is_none()), "{cell}: {told:?}");
        })
        .count()
}

fn is_hidden(value: &Value) -> bool {
    value["hidden"] == true
}

#[test]
fn nobody_works_out_what_an_annual_report_hides() {
    let (mut hidden, mut caught, mut shown, mut asked) = (0, 0, 0, 0);
    for seed in 0..150 {
        let world = World::random(&mut Dice::new(seed), FEW, 1);
        let registry = world.registry();
        let report = annual_report(&registry, Audience::Public);
        asked += explanations_keep_quiet(&registry, &report);
        let attack = attack_on_report(&world, &report);
        assert_eq!(attack.leaks(world.limit), Vec::<String>::new(), "seed {seed}: {:#?}", attack.seen);
        hidden += count(&attack, |seen| *seen == Seen::Hidden);
        shown += count(&attack, |seen| matches!(seen, Seen::Number(1..)));
        caught += u32::from(is_caught(attack_on_report(&world, &naive_report(&registry)), world.limit));
    }
    assert!(hidden > 300 && shown > 300 && caught > 30, "{hidden} hidden, {shown} shown, {caught} naive ones caught");
    assert!(asked > 20, "{asked} published figures are hidden");
}

#[test]
fn nobody_works_out_what_a_compiled_report_hides() {
    let (mut hidden, mut caught, mut shown) = (0, 0, 0);
    for seed in 3000..3150 {
        let world = World::random(&mut Dice::new(seed), FEW, 2);
        let registry = world.registry();
        let attack = compiled_report(&world, &registry, Audience::Public);
        assert_eq!(attack.leaks(world.limit), Vec::<String>::new(), "seed {seed}: {:#?}", attack.seen);
        hidden += count(&attack, |seen| *seen == Seen::Hidden);
        shown += count(&attack, |seen| matches!(seen, Seen::Number(1..)));
        let naive = compiled_report(&world, &registry, Audience::Internal);
        caught += u32::from(is_caught(naive, world.limit));
    }
    assert!(hidden > 100 && shown > 300 && caught > 10, "{hidden} hidden, {shown} shown, {caught} naive ones caught");
}

fn count(attack: &Attack, wanted: impl Fn(&Seen) -> bool) -> usize {
    attack.seen.iter().filter(|(.., seen)| wanted(seen)).count()
}

/// Whether the attack succeeds where the small numbers alone are hidden.
fn is_caught(mut attack: Attack, limit: i64) -> bool {
    for (.., seen) in &mut attack.seen {
        if matches!(seen, Seen::Number(number) if (1..limit).contains(&(*number as i64))) {
            *seen = Seen::Hidden;
        }
    }
    !attack.leaks(limit).is_empty()
}

/// Something that a line of a table is about.
struct Group<'w> {
    name: String,
    of: Vec<(&'w Known, i32)>,
    worth: Worth,
}

/// The lines of a random choice of tables: offerings, trusts, reaches, both, all; by year and over the years.
fn groups<'w>(world: &'w World, dice: &mut Dice) -> Vec<Group<'w>> {
    let years: Vec<Vec<i32>> = match dice.below(3) {
        0 => vec![vec![2024]],
        1 => YEARS.iter().map(|year| vec![*year]).collect(),
        _ => vec![vec![2023], vec![2024], YEARS.to_vec()],
    };
    let [offerings, trusts, reaches, crossed, all] = [50, 70, 60, 50, 90].map(|percent| dice.percent(percent));
    let mut groups = Vec::new();
    for years in &years {
        let mut add = |name: String, worth, wanted: &dyn Fn(&Known) -> bool| {
            let of = world.offerings.iter().filter(|known| wanted(known));
            let of = of.flat_map(|known| years.iter().map(move |year| (known, *year))).collect();
            groups.push(Group { name: format!("{name} {years:?}"), of, worth });
        };
        if offerings {
            world.offerings.iter().for_each(|one| add(one.id.clone(), Worth::Detail, &|known| known.id == one.id));
        }
        for (trust, name) in TRUSTS.iter().enumerate() {
            if trusts {
                add((*name).to_owned(), Worth::Part, &|known| known.trusts.contains(&trust));
            }
            for (reach, other) in REACHES.iter().enumerate().filter(|_| crossed) {
                let wanted = |known: &Known| known.trusts.contains(&trust) && known.reach == reach;
                add(format!("{name} {other}"), Worth::Detail, &wanted);
            }
        }
        for (reach, name) in REACHES.iter().enumerate().filter(|_| reaches) {
            add((*name).to_owned(), Worth::Part, &|known| known.reach == reach);
        }
        if all {
            add("all".to_owned(), Worth::Whole, &|_| true);
        }
    }
    groups
}

/// What the reader sees in a document of tables.
fn attack_on_tables(world: &World, registry: &Registry, audience: Audience, dice: &mut Dice) -> Attack {
    let groups = groups(world, dice);
    let columns = if dice.percent(60) { &WHO[..] } else { &WHO[2..] };
    let mut ledger = Ledger::new(registry, audience);
    let mut entered = Vec::new();
    for group in &groups {
        for (who, column) in columns {
            let of = group.of.iter().map(|(known, year)| (registry.offerings.get(&known.id).unwrap(), *year));
            entered.push((group, *who, *column, ledger.number(*who, of, group.worth)));
        }
    }
    let shown = ledger.veil();
    let mut attack = Attack::default();
    for (group, who, column, number) in entered {
        let cell = shown.number(&number).cell(Lang::Nn);
        attack.see(format!("{column} of {}", group.name), atoms(&group.of, who), seen(&cell));
    }
    know(world, &mut attack, &YEARS);
    attack
}

#[test]
fn nobody_works_out_what_tables_of_all_kinds_hide() {
    let (mut hidden, mut shown, mut caught) = (0, 0, 0);
    for (seed, most) in (1000..1200).map(|seed| (seed, FEW)).chain((2000..2012).map(|seed| (seed, MANY))) {
        let world = World::random(&mut Dice::new(seed), most, 1);
        let registry = world.registry();
        let attack = attack_on_tables(&world, &registry, Audience::Public, &mut Dice::new(seed));
        assert_eq!(attack.leaks(world.limit), Vec::<String>::new(), "seed {seed}: {:#?}", attack.seen);
        hidden += count(&attack, |seen| *seen == Seen::Hidden);
        shown += count(&attack, |seen| matches!(seen, Seen::Number(1..)));
        let naive = attack_on_tables(&world, &registry, Audience::Internal, &mut Dice::new(seed));
        caught += u32::from(is_caught(naive, world.limit));
    }
    assert!(hidden > 500 && shown > 500 && caught > 40, "{hidden} hidden, {shown} shown, {caught} naive ones caught");
}

#[test]
fn the_network_itself_sees_all() {
    for seed in 0..10 {
        let world = World::random(&mut Dice::new(seed), FEW, 1);
        let report = annual_report(&world.registry(), Audience::Internal);
        assert!(!report.to_string().contains("hidden\":true"), "seed {seed}");
    }
    assert_eq!(seen(&Number::Hidden.cell(Lang::Nb)), Seen::Hidden);
}
