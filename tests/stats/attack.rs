//! Random cross tables: what is small is hidden, and no difference of two parts is small where nothing is. What can be
//! worked out of the rest is attacked in `tests/veil_attack.rs`.

use std::collections::BTreeSet;

use lmnet::lang::Lang;
use lmnet::model::Offering;
use lmnet::names::Names;
use lmnet::registry::{Entry, Registry};
use lmnet::report::participants::Audience;
use lmnet::report::stats::{Dimension, Query, compute, json};
use proptest::prelude::*;
use serde_json::Value as Json;

use crate::{ORGANISATIONS, common, number};

/// An offering as random choices: organisers, reach, condition, and runs with year, patients and relatives.
type Made = (Vec<bool>, usize, Vec<bool>, Vec<(i32, u32, u32)>);

fn made() -> impl Strategy<Value = Made> {
    let people = || prop_oneof![4 => 1_u32..5, 1 => Just(0), 2 => 5_u32..9, 2 => 9_u32..60];
    let runs = prop::collection::vec((2016..2018, people(), people()), 1..3);
    (prop::collection::vec(any::<bool>(), 3), 0_usize..4, prop::collection::vec(any::<bool>(), 2), runs)
}

fn chosen<'a>(which: &[bool], of: &[&'a str]) -> Vec<&'a str> {
    which.iter().zip(of).filter(|(chosen, _)| **chosen).map(|(_, id)| *id).collect()
}

fn written((organisers, reach, conditions, runs): &Made) -> String {
    let organisers = match &chosen(organisers, &["aust-hf", "vest-hf", "vik"])[..] {
        [] => vec!["vik-friskliv"],
        some => some.to_vec(),
    };
    let mut text = format!(
        "title = \"Prøve\"\norganiser = {organisers:?}\ncondition = {:?}\n",
        chosen(conditions, &["kols", "astma"])
    );
    if let Some(reach) = ["local", "regional", "national"].get(*reach) {
        text += &format!("reach = \"{reach}\"\n");
    }
    for (year, patients, relatives) in runs {
        text += &format!("[[run]]\nstart = {year}-03-01\npatients = {patients}\nrelatives = {relatives}\n");
    }
    text
}

fn registry(offerings: &[Made]) -> Registry {
    let files = common::items(ORGANISATIONS).into_iter().map(|item| match item {
        common::Item::Bytes(path, bytes) => (path.into(), bytes),
        other => panic!("{other:?}"),
    });
    let offerings = offerings.iter().enumerate();
    let offerings = offerings.map(|(at, made)| (format!("offerings/o{at}.toml").into(), written(made).into_bytes()));
    Registry::from_texts(files.chain(offerings))
}

/// How many there are of each measure in the offerings that are in one set of parts and not in another.
fn only_in(lines: &[(BTreeSet<usize>, [u64; 3])], within: usize, without: Option<usize>) -> [u64; 3] {
    let mut sums = [0; 3];
    for (parts, people) in lines.iter().filter(|(parts, _)| parts.contains(&within)) {
        if without.is_none_or(|without| !parts.contains(&without)) {
            sums.iter_mut().zip(people).for_each(|(sum, people)| *sum += people);
        }
    }
    sums
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1500, failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn what_is_small_is_not_shown(offerings in prop::collection::vec(made(), 1..7), by in prop::sample::subsequence(vec![Dimension::Trust, Dimension::Reach, Dimension::Condition, Dimension::Year], 1..3)) {
        const BELOW: u64 = 5;
        let registry = registry(&offerings);
        prop_assert!(registry.problems.is_empty());
        let names = Names { registry: &registry, lang: Lang::Nb };
        let entries: Vec<&Entry<Offering>> = registry.offerings.iter().collect();
        let table = |audience: Audience| json(&compute(&names, &entries, Query { by: by.clone(), years: 2016..=2017, audience, selection: Vec::new() }));
        let (public, internal) = (table(Audience::Public), table(Audience::Internal));
        for measure in ["patients", "relatives", "participants"] {
            let shown: Vec<(&Json, u64)> = ["groups", "sums"]
                .iter()
                .flat_map(|key| public[key].as_array().unwrap().iter().zip(internal[key].as_array().unwrap()))
                .chain([(&public["total"], &internal["total"])])
                .map(|(public, internal)| (&public[measure], number(&internal[measure])))
                .collect();
            for (public, truth) in &shown {
                let is_hidden = public["hidden"] == true;
                prop_assert!(is_hidden || number(public) == *truth);
                prop_assert!(is_hidden || !(1..BELOW).contains(truth), "{measure} {truth} is shown in {public}");
            }
        }
        // Where nothing is hidden, no part less another is a small group.
        if !public.to_string().contains("hidden") {
            let parts = |made: &Made, year: i32, by: Dimension| -> BTreeSet<usize> {
                let bits = |bits: &[bool]| bits.iter().enumerate().filter(|(_, bit)| **bit).map(|(at, _)| at).collect::<BTreeSet<_>>();
                let some = match by {
                    Dimension::Trust => bits(&made.0[..2]),
                    Dimension::Reach => BTreeSet::from([made.1]),
                    Dimension::Condition => bits(&made.2),
                    _ => BTreeSet::from([usize::try_from(year).unwrap()]),
                };
                if some.is_empty() { BTreeSet::from([9]) } else { some }
            };
            for by in &by {
                let lines: Vec<_> = offerings.iter().flat_map(|made| made.3.iter().map(move |run| (made, run))).map(|(made, (year, patients, relatives))| {
                    (parts(made, *year, *by), [u64::from(*patients), u64::from(*relatives), u64::from(patients + relatives)])
                }).collect();
                let all: BTreeSet<usize> = lines.iter().flat_map(|(parts, _)| parts).copied().collect();
                for within in &all {
                    for without in all.iter().map(Some).chain([None]).filter(|without| *without != Some(within)) {
                        let sums = only_in(&lines, *within, without.copied());
                        prop_assert!(sums.iter().all(|sum| !(1..BELOW).contains(sum)), "{sums:?} in {within} and not in {without:?}");
                    }
                }
            }
        }
    }
}
