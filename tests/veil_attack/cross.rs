//! Cross tables of random registries.

use lmnet::lang::Lang;
use lmnet::names::Names;
use lmnet::registry::Registry;
use lmnet::report::participants::Audience;
use lmnet::report::stats::{Dimension, Query, compute, json};

use crate::attack::{Attack, Seen};
use crate::world::{Dice, Known, REACHES, TRUSTS, World, YEARS};
use crate::{FEW, WHO, atoms, count, is_caught, know, seen_in_json};

/// What the reader sees in a cross table over both years.
fn attack_on_cross_table(world: &World, registry: &Registry, by: &[Dimension], audience: Audience) -> Attack {
    let offerings: Vec<_> = registry.offerings.iter().collect();
    let query = Query { by: by.to_vec(), years: YEARS[0]..=YEARS[1], audience, selection: Vec::new() };
    let table = json(&compute(&Names { registry, lang: Lang::Nb }, &offerings, query));
    let mut attack = Attack::default();
    let lists = ["groups", "sums"].into_iter().flat_map(|key| table[key].as_array().unwrap());
    for line in lists.chain([&table["total"]]) {
        let is = |key: &str, own: &str| line.get(key).is_none_or(|code| code == own);
        let trusts = |known: &Known| known.trusts.iter().any(|trust| is("trust", TRUSTS[*trust]));
        let mut of = Vec::new();
        for known in world.offerings.iter().filter(|known| trusts(known) && is("reach", REACHES[known.reach])) {
            of.extend(YEARS.into_iter().filter(|year| is("year", &year.to_string())).map(|year| (known, year)));
        }
        for (who, column) in WHO {
            let column = if column == "all" { "participants" } else { column };
            attack.see(format!("{column} of {line}"), atoms(&of, who), seen_in_json(&line[column]));
        }
    }
    know(world, &mut attack, &YEARS);
    attack
}

#[test]
fn nobody_works_out_what_cross_tables_hide() {
    use Dimension::{Reach, Trust, Year};
    let ways: [&[Dimension]; 6] = [&[Trust], &[Reach], &[Year], &[Trust, Reach], &[Year, Trust], &[Reach, Year]];
    let (mut hidden, mut shown, mut caught) = (0, 0, 0);
    for seed in 4000..4300 {
        let world = World::random(&mut Dice::new(seed), FEW, 2);
        let registry = world.registry();
        let by = ways[seed as usize % ways.len()];
        let attack = attack_on_cross_table(&world, &registry, by, Audience::Public);
        assert_eq!(attack.leaks(world.limit), Vec::<String>::new(), "seed {seed}: {:#?}", attack.seen);
        hidden += count(&attack, |seen| *seen == Seen::Hidden);
        shown += count(&attack, |seen| matches!(seen, Seen::Number(1..)));
        let naive = attack_on_cross_table(&world, &registry, by, Audience::Internal);
        caught += u32::from(is_caught(naive, world.limit));
    }
    assert!(hidden > 500 && shown > 500 && caught > 40, "{hidden} hidden, {shown} shown, {caught} naive ones caught");
}

#[test]
fn the_total_of_a_cross_table_is_that_of_the_registry() {
    let world = World::random(&mut Dice::new(7), FEW, 1);
    let attack = attack_on_cross_table(&world, &world.registry(), &[Dimension::Reach], Audience::Internal);
    let all: u64 = world.offerings.iter().flat_map(|known| known.counts.values().flatten()).sum();
    let (_, sum, seen) = attack.seen.iter().rfind(|(place, ..)| place.starts_with("participants of")).unwrap();
    assert_eq!((*seen, sum.len()), (Seen::Number(all), world.offerings.len() * 4));
    assert!(all > 0);
}
