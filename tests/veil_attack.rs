//! Nobody works out a small count from what a document prints: random registries become documents, and a reader who knows
//! everything that stands in one bounds each hidden number by integer programming.
//!
//! The reader knows more than a document tells: which counts are 0 or not recorded.

#[path = "veil_attack/attack.rs"]
mod attack;
#[path = "veil_attack/world.rs"]
mod world;

use attack::{Attack, Seen};
use lmnet::document::Block;
use lmnet::lang::Lang;
use lmnet::mandate::Mandates;
use lmnet::registry::Registry;
use lmnet::render::markdown;
use lmnet::report::annual;
use lmnet::report::participants::{Audience, Ledger, Number, Who};
use lmnet::report::veil::Worth;
use lmnet::sheet::Cell;
use serde_json::Value;
use world::{Dice, Known, REACHES, TRUSTS, World, YEARS};

/// With so few offerings, many of them are alone in their part of a table.
const FEW: u64 = 9;
/// With so many, sums are over many things.
const MANY: u64 = 60;

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
    let signs = sheets.flat_map(|sheet| sheet.rows.iter().flatten()).filter(|cell| cell.text == ":").count();
    // The table of years leaves out figures about single organisations, which JSON has.
    let single = |figure: &&Value| !figure["organisation"].is_null() && is_hidden(&figure["value"]);
    let lines = json["years"]["years"].as_array().unwrap().iter();
    let left_out = lines.flat_map(|line| line["figures"].as_array().unwrap()).filter(single).count();
    assert_eq!(signs + left_out, json.to_string().matches(r#"{"hidden":true}"#).count());
    let explained = markdown::document(&documents[0]).contains("«:»");
    assert_eq!(explained, signs > 0, "the sign is explained where it stands");
    json
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
    for figure in report["figures"].as_array().unwrap() {
        let (label, measure) = (figure["label"].as_str().unwrap(), figure["measure"].as_str().unwrap());
        let whose = label.split_once(": ").map(|(_, name)| TRUSTS.iter().position(|trust| *trust == name).unwrap());
        let who = WHO.iter().find(|(_, name)| *name == measure).map_or(Who::All, |(who, _)| *who);
        let of: Vec<_> =
            held.iter().filter(|(known, _)| whose.is_none_or(|trust| known.trusts.contains(&trust))).copied().collect();
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
                    attack.see(format!("published {label}"), atoms(&of, who), Seen::Number(number));
                }
            }
            _ => assert_eq!((&figure["note"], &figure["of"]), (&Value::Null, &Value::Null)),
        }
    }
    know(world, &mut attack, &[year]);
    attack
}

/// Where something is hidden, the years side by side and the parts by trust and the like tell no participants, and what was
/// published is hidden there as it is elsewhere. Gives whether something is hidden.
fn rest_keeps_quiet(report: &Value) -> bool {
    let hides = report["hidden"] != 0 || report["participants"].as_object().unwrap().values().any(is_hidden);
    for line in report["years"]["years"].as_array().unwrap() {
        for totals in [&line["all"], &line["like-with-like"]] {
            assert!(!hides || totals["participants"].is_null(), "{line:#}");
        }
        let published = |figures: &Value| {
            let all = figures.as_array().unwrap().iter().filter(|figure| {
                WHO.iter().any(|(_, name)| *name == figure["measure"]) || figure["measure"] == "participants"
            });
            all.cloned().collect::<Vec<_>>()
        };
        if line["year"] == 2024 {
            assert_eq!(published(&line["figures"]), published(&report["figures"]));
        }
    }
    for part in report["breakdowns"].as_array().unwrap() {
        assert!(!hides || part["participants"].is_null(), "{part:#}");
    }
    hides
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
    let (mut hidden, mut caught, mut shown, mut quiet, mut asked) = (0, 0, 0, 0, 0);
    for seed in 0..150 {
        let world = World::random(&mut Dice::new(seed), FEW);
        let registry = world.registry();
        let report = annual_report(&registry, Audience::Public);
        quiet += u32::from(rest_keeps_quiet(&report));
        asked += explanations_keep_quiet(&registry, &report);
        let attack = attack_on_report(&world, &report);
        assert_eq!(attack.leaks(world.limit), Vec::<String>::new(), "seed {seed}: {:#?}", attack.seen);
        hidden += count(&attack, |seen| *seen == Seen::Hidden);
        shown += count(&attack, |seen| matches!(seen, Seen::Number(1..)));
        // The same report with nothing but the small numbers hidden.
        let mut naive = annual_report(&registry, Audience::Internal);
        naive["figures"] = Value::Array(Vec::new());
        caught += u32::from(is_caught(attack_on_report(&world, &naive), world.limit));
    }
    assert!(hidden > 300 && shown > 300 && caught > 30, "{hidden} hidden, {shown} shown, {caught} naive ones caught");
    assert!((50..150).contains(&quiet) && asked > 20, "{quiet} of 150 hide something, {asked} figures among it");
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
        let world = World::random(&mut Dice::new(seed), most);
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
        let world = World::random(&mut Dice::new(seed), FEW);
        let report = annual_report(&world.registry(), Audience::Internal);
        assert!(!report.to_string().contains("hidden\":true"), "seed {seed}");
    }
    assert_eq!(seen(&Number::Hidden.cell(Lang::Nb)), Seen::Hidden);
}
