//! Exports of random registries, which tell of single runs, read together with the annual report.

use lmnet::export::{Wanted, tables};
use lmnet::lang::Lang;
use lmnet::registry::Registry;
use lmnet::report::participants::{Audience, Who};
use lmnet::tables::Table;
use serde_json::Value;

use crate::attack::{Attack, Seen, Sum};
use crate::world::{Dice, Known, NETWORKS, World};
use crate::{FEW, WHO, annual_report, attack_on_report, count, is_caught, naive_report};

/// The counts of runs of offerings in years that a number is the sum of, by their names.
fn atoms(of: &[&Known], wanted: &dyn Fn(usize, i32) -> bool, who: Who) -> Vec<String> {
    let kinds: &[&str] = match who {
        Who::Patients => &["patients"],
        Who::Relatives => &["relatives"],
        Who::All => &["patients", "relatives"],
    };
    let runs = of.iter().flat_map(|known| known.runs.iter().enumerate().map(move |(at, (year, _))| (known, at, *year)));
    let runs = runs.filter(|(_, at, year)| wanted(*at, *year));
    runs.flat_map(|(known, at, year)| kinds.iter().map(move |kind| format!("{} {year} {kind} {at}", known.id)))
        .collect()
}

/// What is known of sums of offerings in 2024, said of the sums of their runs. What the report tells of the year before, it
/// hides by itself, whatever that year's own report hides.
fn by_run(world: &World, attack: Attack) -> Attack {
    let runs: Vec<String> = world.offerings.iter().flat_map(|known| atoms(&[known], &|_, _| true, Who::All)).collect();
    let mut finer = Attack::default();
    let of_2024 = |sum: &Sum| sum.iter().all(|name| name.contains(" 2024 "));
    for (place, sum, seen) in attack.seen.into_iter().filter(|(_, sum, _)| of_2024(sum)) {
        let is_in = |run: &&String| run.rsplit_once(' ').is_some_and(|(name, _)| sum.contains(name));
        finer.see(place, runs.iter().filter(is_in).cloned(), seen);
    }
    finer
}

/// The rows of a table as objects.
fn rows(tables: &[Table], name: &str) -> Vec<Value> {
    let table = tables.iter().find(|table| table.name == name);
    table.into_iter().flat_map(|table| table.objects().map(Value::Object)).collect()
}

/// What a reader sees in the columns of a count.
fn seen(row: &Value, column: &str) -> Seen {
    let number = &row[column];
    match row[format!("{column}.quality")].as_str() {
        Some("hidden") => {
            assert!(number.is_null() && row[format!("{column}.words")].is_null(), "{row}");
            Seen::Hidden
        }
        _ => Seen::Number(number.as_u64().unwrap_or(0)),
    }
}

/// What the reader sees who has the export and the annual report of 2024.
fn attack_on_export(world: &World, registry: &Registry, audience: Audience, report: &Value) -> Attack {
    let tables = tables(registry, &Wanted::default(), audience, Lang::Nb).unwrap().tables;
    let mut attack = by_run(world, attack_on_report(world, report));
    for row in rows(&tables, "offerings.run") {
        let known = world.known(row["record"].as_str().unwrap());
        let at = row["position"].as_u64().unwrap() as usize - 1;
        for ((who, column), value) in WHO[..2].iter().zip(known.runs[at].1) {
            let sum = atoms(&[known], &|run, _| run == at, *who);
            let place = format!("{column} of {} run {at}", known.id);
            match seen(&row, column) {
                // Beside a small one, nobody is told which of the others are 0.
                Seen::Hidden if value == 0 || value as i64 >= world.limit => {}
                Seen::Hidden => attack.see(place, sum, Seen::Unprinted),
                seen => attack.see(place, sum, seen),
            }
        }
    }
    attack_on_figures(world, &tables, &mut attack);
    attack
}

/// What the reader sees of published figures that are sums of what is registered.
fn attack_on_figures(world: &World, tables: &[Table], attack: &mut Attack) {
    let reports = rows(tables, "reports");
    for figure in rows(tables, "reports.figure") {
        let report = reports.iter().find(|report| report["id"] == figure["record"]).unwrap();
        let year = report["year"].as_i64().unwrap() as i32;
        let measure = figure["measure"].as_str().unwrap();
        let who = WHO.iter().find(|(_, name)| *name == measure).map_or(Who::All, |(who, _)| *who);
        let whose = figure["organisation"].as_str();
        let is_about = |known: &&Known| {
            report["network"] == NETWORKS[known.network]
                && whose.is_none_or(|id| known.trusts.iter().any(|trust| crate::TRUSTS[*trust] == id))
        };
        let of: Vec<&Known> = world.offerings.iter().filter(is_about).collect();
        let kinds = if who == Who::Relatives { 1..2 } else { 0..if who == Who::Patients { 1 } else { 2 } };
        let sum: u64 = of.iter().flat_map(|known| &known.counts[&year][kinds.clone()]).sum();
        match seen(&figure, "value") {
            Seen::Number(number) if number == sum => {
                attack.see(format!("{figure}"), atoms(&of, &|_, other| other == year, who), Seen::Number(number));
            }
            _ => {}
        }
    }
}

#[test]
fn nobody_works_out_what_an_export_hides() {
    let (mut hidden, mut shown, mut caught) = (0, 0, 0);
    for seed in 5000..5150 {
        let world = World::random(&mut Dice::new(seed), FEW, 1);
        let registry = world.registry();
        let attack = attack_on_export(&world, &registry, Audience::Public, &annual_report(&registry, Audience::Public));
        assert_eq!(attack.leaks(world.limit), Vec::<String>::new(), "seed {seed}: {:#?}", attack.seen);
        hidden += count(&attack, |seen| *seen == Seen::Hidden);
        shown += count(&attack, |seen| matches!(seen, Seen::Number(1..)));
        let naive = attack_on_export(&world, &registry, Audience::Internal, &naive_report(&registry));
        caught += u32::from(is_caught(naive, world.limit));
    }
    assert!(hidden > 500 && shown > 500 && caught > 30, "{hidden} hidden, {shown} shown, {caught} naive ones caught");
}

#[test]
fn what_is_chosen_does_not_change_what_is_hidden() {
    for seed in 6000..6020 {
        let world = World::random(&mut Dice::new(seed), FEW, 2);
        let registry = world.registry();
        let runs = |wanted: &Wanted| {
            rows(&tables(&registry, wanted, Audience::Public, Lang::Nb).unwrap().tables, "offerings.run")
        };
        let all = runs(&Wanted::default());
        for network in NETWORKS {
            let part = runs(&Wanted { network: Some(network.to_owned()), ..Wanted::default() });
            assert!(part.len() < all.len() || world.offerings.iter().all(|known| NETWORKS[known.network] == network));
            assert!(part.iter().all(|run| all.contains(run)), "seed {seed}: {network}");
        }
    }
}
