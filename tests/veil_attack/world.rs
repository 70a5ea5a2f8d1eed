//! Random registries: networks of three trusts with mostly small offerings over two years.

use std::collections::BTreeMap;
use std::path::PathBuf;

use lmnet::registry::Registry;

pub(crate) const TRUSTS: [&str; 3] = ["fjord", "dal", "vidde"];
pub(crate) const REACHES: [&str; 3] = ["local", "regional", "national"];
pub(crate) const YEARS: [i32; 2] = [2023, 2024];
pub(crate) const NETWORKS: [&str; 2] = ["lm", "lm-to"];

/// Numbers that look random and are the same on every run.
pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) fn new(seed: u64) -> Self {
        let mut dice = Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) + 1);
        dice.below(2);
        dice
    }

    pub(crate) fn below(&mut self, below: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % below
    }

    pub(crate) fn percent(&mut self, percent: u64) -> bool {
        self.below(100) < percent
    }
}

/// An offering as the reader knows it from the document, with the counts that it may or may not show.
#[derive(Clone, Debug)]
pub(crate) struct Known {
    pub(crate) id: String,
    pub(crate) trusts: Vec<usize>,
    pub(crate) reach: usize,
    pub(crate) network: usize,
    /// Patients and relatives by year; what is not recorded is 0.
    pub(crate) counts: BTreeMap<i32, [u64; 2]>,
    /// The same of each run, with its year, in the order of the record.
    pub(crate) runs: Vec<(i32, [u64; 2])>,
}

/// A registry, and what its offerings are.
pub(crate) struct World {
    pub(crate) texts: Vec<(PathBuf, Vec<u8>)>,
    pub(crate) limit: i64,
    pub(crate) offerings: Vec<Known>,
    /// The trusts that take part in the networks.
    pub(crate) parties: Vec<usize>,
}

impl World {
    /// A registry of up to `most` offerings in so many networks, which report to the authority that the trusts belong to.
    pub(crate) fn random(dice: &mut Dice, most: u64, networks: usize) -> Self {
        let limit = [5, 5, 3, 10][dice.below(4) as usize];
        let mut texts = vec![
            ("lmnet.toml".to_owned(), format!("format = 1\n[publish]\nsuppress-below = {limit}\n")),
            ("organisations/region.toml".to_owned(), "name = \"R\"\nkind = \"regional-health-authority\"\n".to_owned()),
        ];
        let parties: Vec<usize> = (0..TRUSTS.len()).filter(|_| dice.percent(60)).collect();
        let named: Vec<String> = parties.iter().map(|party| format!("\"{}\"", TRUSTS[*party])).collect();
        for network in &NETWORKS[..networks] {
            let text = format!("name = \"{network}\"\nparties = [{}]\nreports-to = [\"region\"]\n", named.join(", "));
            texts.push((format!("networks/{network}.toml"), text));
        }
        texts.extend(TRUSTS.iter().map(|trust| {
            let text = format!("name = \"{trust}\"\nkind = \"health-trust\"\npart-of = [\"region\"]\n");
            (format!("organisations/{trust}.toml"), text)
        }));
        let offerings: Vec<Known> = (0..1 + dice.below(most))
            .map(|number| {
                let (known, text) = offering(number, dice.below(networks as u64) as usize, dice);
                texts.push((format!("offerings/{}.toml", known.id), text));
                known
            })
            .collect();
        for (at, network) in NETWORKS[..networks].iter().enumerate() {
            let own: Vec<&Known> = offerings.iter().filter(|known| known.network == at).collect();
            for year in YEARS {
                texts.push((format!("reports/{network}-{year}.toml"), report(network, year, &own, dice)));
            }
        }
        let texts = texts.into_iter().map(|(path, text)| (PathBuf::from(path), text.into_bytes())).collect();
        Self { texts, limit, offerings, parties }
    }

    pub(crate) fn registry(&self) -> Registry {
        let registry = Registry::from_texts(self.texts.clone());
        assert_eq!(registry.offerings.iter().filter(|offering| !offering.broken).count(), self.offerings.len());
        registry
    }

    pub(crate) fn known(&self, id: &str) -> &Known {
        self.offerings.iter().find(|known| known.id == id).unwrap()
    }
}

fn offering(number: u64, network: usize, dice: &mut Dice) -> (Known, String) {
    let mut trusts = vec![dice.below(3) as usize];
    if dice.percent(25) {
        trusts.push((trusts[0] + 1) % 3);
    }
    let reach = dice.below(3) as usize;
    let names: Vec<String> = trusts.iter().map(|trust| format!("\"{}\"", TRUSTS[*trust])).collect();
    let mut text = format!(
        "title = \"Kurs {number}\"\norganiser = [{}]\nnetwork = \"{}\"\nreach = \"{}\"\n",
        names.join(", "),
        NETWORKS[network],
        REACHES[reach]
    );
    let mut counts: BTreeMap<i32, [u64; 2]> = YEARS.iter().map(|year| (*year, [0; 2])).collect();
    let mut runs = Vec::new();
    for year in YEARS {
        for month in 1..=dice.below(3) {
            text += &format!("[[run]]\nstart = {year}-0{month}-01\n");
            let mut run = [0; 2];
            for (at, kind) in ["patients", "relatives"].iter().enumerate() {
                let (value, written) = count(dice);
                counts.get_mut(&year).unwrap()[at] += value;
                run[at] = value;
                text += &format!("{kind} = {written}\n");
            }
            runs.push((year, run));
        }
    }
    (Known { id: format!("kurs-{number}"), trusts, reach, network, counts, runs }, text)
}

/// A count, and how a record writes it.
fn count(dice: &mut Dice) -> (u64, String) {
    let value = if dice.percent(60) { dice.below(8) } else { dice.below(40) };
    match dice.below(10) {
        0 => (0, "\"not-recorded\"".to_owned()),
        1 => (value, format!("{{ at-least = {value} }}")),
        2 => (value, format!("{{ about = {value} }}")),
        3 | 4 => (0, "0".to_owned()),
        _ => (value, value.to_string()),
    }
}

/// What the network published: often what the registry says, sometimes something else.
fn report(network: &str, year: i32, offerings: &[&Known], dice: &mut Dice) -> String {
    let mut text = format!("network = \"{network}\"\nkind = \"annual\"\nyear = {year}\n");
    for (measure, kinds) in [("participants", 0..2), ("patients", 0..1), ("relatives", 1..2)] {
        for trust in [None, Some(0), Some(1)] {
            if !dice.percent(30) {
                continue;
            }
            let of = offerings.iter().filter(|known| trust.is_none_or(|trust| known.trusts.contains(&trust)));
            let sum: u64 = of.flat_map(|known| &known.counts[&year][kinds.clone()]).sum();
            let value = if dice.percent(80) { sum } else { sum + dice.below(9) };
            text += &format!(
                "[[figure]]\nmeasure = \"{measure}\"\nvalue = {{ at-least = {value}, words = \"vel {value}\" }}\n"
            );
            if let Some(trust) = trust {
                text += &format!("organisation = \"{}\"\n", TRUSTS[trust]);
            }
        }
    }
    text
}
