//! Random cross tables, and somebody who wants to know what is hidden in them.

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

/// What somebody can tell of each hidden number who adds and subtracts, and what it is. They know that it is at least 1, unless
/// that is not even true.
fn bounds(public: &Json, internal: &Json, measure: &str) -> Vec<(u64, u64, u64)> {
    let lines = |table: &Json| -> Vec<Json> {
        let lists = ["groups", "sums"].map(|key| table[key].as_array().unwrap().clone());
        [lists.concat(), vec![table["total"].clone()]].concat()
    };
    let (shown, truth) = (lines(public), lines(internal));
    let keys: Vec<&str> = public["axes"].as_array().unwrap().iter().map(|axis| axis["by"].as_str().unwrap()).collect();
    let is_hidden = |line: &Json| line[measure]["hidden"] == true;
    let least =
        u64::from(!shown.iter().zip(&truth).any(|(line, truth)| is_hidden(line) && number(&truth[measure]) == 0));
    let mut bounds: Vec<(u64, u64)> = shown
        .iter()
        .map(|line| match is_hidden(line) {
            true => (least, 100_000),
            false => (number(&line[measure]), number(&line[measure])),
        })
        .collect();
    // Each sum with what it is the sum of: over one property, for each part of the other. Runs tell where parts overlap.
    let mut equations: Vec<(usize, Vec<usize>)> = Vec::new();
    for over in &keys {
        for (at, sum) in shown.iter().enumerate().filter(|(_, line)| line.get(over).is_none()) {
            let is_part = |line: &Json| {
                keys.iter().all(|key| line.get(key).is_some() == (key == over || sum.get(key).is_some()))
                    && keys.iter().filter(|key| *key != over).all(|key| line.get(key) == sum.get(key))
            };
            let parts: Vec<usize> = (0..shown.len()).filter(|part| is_part(&shown[*part])).collect();
            if parts.iter().map(|part| number(&shown[*part]["runs"])).sum::<u64>() == number(&sum["runs"]) {
                equations.push((at, parts));
            }
        }
    }
    for _ in 0..100 {
        for (sum, parts) in &equations {
            let low: u64 = parts.iter().map(|part| bounds[*part].0).sum();
            let high: u64 = parts.iter().map(|part| bounds[*part].1).sum();
            bounds[*sum] = (bounds[*sum].0.max(low), bounds[*sum].1.min(high));
            for part in parts {
                let (own_low, own_high) = bounds[*part];
                let others = (low - own_low, high - own_high);
                bounds[*part] =
                    (own_low.max(bounds[*sum].0.saturating_sub(others.1)), own_high.min(bounds[*sum].1 - others.0));
                break_if_impossible(bounds[*part]);
                if bounds[*part] != (own_low, own_high) {
                    break; // the sums of the others are no longer right
                }
            }
        }
    }
    let hidden = (0..shown.len()).filter(|at| is_hidden(&shown[*at]));
    hidden.map(|at| (bounds[at].0, bounds[at].1, number(&truth[at][measure]))).collect()
}

fn break_if_impossible((low, high): (u64, u64)) {
    assert!(low <= high, "what is printed contradicts itself: {low} to {high}");
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
    fn nobody_can_tell_what_is_hidden(offerings in prop::collection::vec(made(), 1..7), by in prop::sample::subsequence(vec![Dimension::Trust, Dimension::Reach, Dimension::Condition, Dimension::Year], 1..3)) {
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
            for (lowest, highest, truth) in bounds(&public, &internal, measure) {
                prop_assert!(
                    (lowest, highest, truth) == (0, 0, 0) || highest - lowest + 1 >= BELOW,
                    "{truth} {measure} lie between {lowest} and {highest} in {public}"
                );
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
