//! Planted mistakes: each is found exactly once, at its own place and by its own rule, alone and among all the others.
//!
//! `planted/*.md` has a heading for each mistake, words of what is said about it, and its files. `⟪rule⟫` stands where
//! the rule must point to; `finds PATH LINE:COLUMN RULE` says it for what is no text.

mod common;

use common::{At, Check, Finding, Item, Tree, items, run};
use lmnet::check::fix::Fixing;
use lmnet::diagnostic::Severity;

const PAGES: [&str; 8] = [
    include_str!("planted/write.md"),
    include_str!("planted/value.md"),
    include_str!("planted/refer.md"),
    include_str!("planted/duty.md"),
    include_str!("planted/plan.md"),
    include_str!("planted/number.md"),
    include_str!("planted/person.md"),
    include_str!("planted/offering.md"),
];

/// A mistake on its page.
struct Plant {
    name: &'static str,
    says: &'static str,
    items: Vec<Item>,
    finds: Vec<At>,
}

fn plants() -> Vec<Plant> {
    PAGES.iter().flat_map(|page| page.split("\n## ").skip(1)).map(Plant::read).collect()
}

impl Plant {
    fn read(section: &'static str) -> Self {
        let (name, rest) = section.split_once('\n').unwrap();
        let says = rest.lines().next().and_then(|line| line.strip_prefix("says: ")).expect(name);
        let mut finds: Vec<At> = rest.lines().filter_map(told).collect();
        let mut items = items(rest);
        for item in &mut items {
            if let Item::Bytes(path, bytes) = item
                && let Ok(text) = std::str::from_utf8(bytes)
            {
                *bytes = unmarked(path, text, &mut finds).into_bytes();
            }
        }
        finds.sort();
        Self { name, says, items, finds }
    }

    fn lay(&self, tree: &Tree) {
        self.items.iter().for_each(|item| tree.put(item));
    }
}

/// `finds PATH LINE:COLUMN RULE`
fn told(line: &str) -> Option<At> {
    let mut parts = line.strip_prefix("finds ")?.split(' ');
    let path = parts.next()?.to_owned();
    let (line, column) = parts.next()?.split_once(':')?;
    Some(At { path, line: line.parse().ok()?, column: column.parse().ok()?, rule: parts.next()?.to_owned() })
}

/// A text without its marks, whose places are put down.
fn unmarked(path: &str, text: &str, finds: &mut Vec<At>) -> String {
    let mut plain = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('⟪') {
        let (rule, after) = after.split_once('⟫').unwrap();
        plain += before;
        let line = plain.split('\n').count() as u64;
        let column = plain.split('\n').next_back().unwrap().chars().count() as u64 + 1;
        finds.push(At { path: path.to_owned(), line, column, rule: rule.to_owned() });
        rest = after;
    }
    plain + rest
}

/// Every mistake at once.
fn all() -> (Tree, Vec<At>) {
    let (tree, mut finds) = (Tree::sound(), Vec::new());
    for plant in plants() {
        plant.lay(&tree);
        finds.extend(plant.finds);
    }
    finds.sort();
    (tree, finds)
}

fn missing_and_surplus(wanted: &[At], found: &Check) -> Option<String> {
    let places = found.places();
    if places == wanted {
        return None;
    }
    let missing: Vec<_> = wanted.iter().filter(|at| !places.contains(at)).collect();
    let surplus: Vec<&Finding> = found.findings.iter().filter(|finding| !wanted.contains(&finding.at)).collect();
    Some(format!("missing {missing:#?}\nsurplus {surplus:#?}\nin all {} for {}", places.len(), wanted.len()))
}

#[test]
fn the_sound_registry_has_no_findings() {
    let check = Tree::sound().check();
    assert_eq!((check.rules(), check.code), (vec![], Some(0)));
    assert_eq!(check.number("records"), 15);
}

#[test]
fn each_mistake_alone_is_found_once_where_it_stands() {
    let plants = plants();
    assert!(plants.len() >= 60, "{} mistakes", plants.len());
    let mut wrong = Vec::new();
    for plant in plants {
        let tree = Tree::sound();
        plant.lay(&tree);
        let check = tree.check();
        let errors = u64::from(check.number("errors") > 0);
        if let Some(difference) = missing_and_surplus(&plant.finds, &check) {
            wrong.push(format!("# {}\n{difference}", plant.name));
        } else if plant.finds.is_empty() || check.code != Some(errors as i32) {
            wrong.push(format!("# {}\nexit code {:?}, {} findings", plant.name, check.code, check.findings.len()));
        } else if !check.findings.iter().any(|finding| says(finding, plant.says)) {
            wrong.push(format!("# {}\nnothing says {:?} in {:#?}", plant.name, plant.says, check.findings));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

fn says(finding: &Finding, words: &str) -> bool {
    finding.message.contains(words) || finding.hint.contains(words)
}

#[test]
fn all_mistakes_together_are_found_once_and_nothing_else() {
    let (tree, wanted) = all();
    let check = tree.check();
    let difference = missing_and_surplus(&wanted, &check);
    assert!(difference.is_none(), "{}", difference.unwrap());
    assert_eq!((check.number("omitted"), check.code), (0, Some(1)));
}

/// A fix takes findings away and brings no error: also with every other mistake around it.
#[test]
fn fixes_bring_no_new_error() {
    let mut fixed = Vec::new();
    let rest = |tree: &Tree| {
        let before = Fixing::all(&tree.root).none().outcome;
        let after = Fixing::all(&tree.root).run();
        after.changes.write(&tree.root).unwrap();
        let there = Fixing::all(&tree.root).none().outcome;
        let [mut left, after_all, there] = [&before, &after.outcome, &there].map(|outcome| {
            let errors = outcome.findings.iter().filter(|finding| finding.severity == Severity::Error);
            errors.map(|finding| (finding.rule.id, finding.message.en.clone())).collect::<Vec<_>>()
        });
        assert_eq!(after_all, there, "what was foretold is not there");
        for finding in there {
            let known = left.iter().position(|known| *known == finding);
            left.swap_remove(known.unwrap_or_else(|| panic!("{finding:?} is new: {:?}", after.made)));
        }
        assert!(Fixing::all(&tree.root).run().changes.is_empty(), "fixed twice");
        assert!(left.is_empty() || !after.made.is_empty());
        after.made.len()
    };
    for plant in plants() {
        let tree = Tree::sound();
        plant.lay(&tree);
        if rest(&tree) > 0 {
            fixed.push(plant.name);
        }
    }
    for name in ["a reference by name", "a byte order mark", "a file name with an underscore", "a key with a slip"] {
        assert!(fixed.contains(&name), "{name} is not fixed; fixed are {fixed:#?}");
    }
    let (tree, _) = all();
    assert!(rest(&tree) >= fixed.len(), "together fewer are fixed than alone");
}

#[test]
fn every_mistake_is_explained_in_three_languages() {
    let (tree, _) = all();
    let [nn, nb, en] = ["nn", "nb", "en"]
        .map(|lang| Check::of(&run(&mut tree.command(&["check", "--format", "json", "--lang", lang]))));
    assert_eq!((nn.places(), nb.places()), (en.places(), en.places()));
    for ((nn, nb), en) in nn.findings.iter().zip(&nb.findings).zip(&en.findings) {
        assert_eq!((&nn.at, &nb.at), (&en.at, &en.at));
        for (nn, nb, en) in [(&nn.message, &nb.message, &en.message), (&nn.hint, &nb.hint, &en.hint)] {
            assert!(!nn.is_empty() && !nb.is_empty(), "something is said of {en:?}");
            assert!(nn != en && nb != en, "{nn:?} is in English as well as in Norwegian");
        }
    }
    let differ = |(nn, nb): (&Finding, &Finding)| nn.message != nb.message || nn.hint != nb.hint;
    let differing = nn.findings.iter().zip(&nb.findings).filter(|pair| differ(*pair)).count();
    assert!(differing * 4 > nn.findings.len() * 3, "Nynorsk and Bokmål differ in only {differing}");
}

#[test]
fn the_mistakes_are_of_every_rule_that_a_file_can_break() {
    let (_, wanted) = all();
    let elsewhere = [
        "missing-manifest",   // a tree without lmnet.toml
        "unsupported-format", // of which nothing else is read
        "unreadable-file",
        "special-file",
        "oversized-file",
    ];
    for rule in lmnet::rules::ALL {
        let planted = wanted.iter().any(|at| at.rule == rule.id);
        assert!(planted != elsewhere.contains(&rule.id), "{}: planted {planted}", rule.id);
    }
}

#[test]
fn columns_count_code_points_and_a_second_place_explains_the_first() {
    let tree = Tree::sound();
    tree.file(
        "offerings/two.toml",
        "title = { nn = \"Blåbær\", nb = \"Bær\" }\norganiser = [\"fjord-hf\", \"sørvik\"]\n\
         run = [{ place = \"Å\", start = 2016-02-17, end = 2016-02-03 }]\n",
    );
    let check = tree.check();
    let [unknown, reversed] = &check.json["findings"].as_array().unwrap()[..] else { panic!("{check:#?}") };
    let place = |value: &serde_json::Value| ["line", "column", "end-line", "end-column"].map(|key| value[key].as_u64());
    assert_eq!(place(unknown), [2, 26, 2, 34].map(Some));
    assert_eq!(unknown["key"], "organiser[1]");
    assert_eq!(place(reversed), [3, 49, 3, 59].map(Some));
    assert_eq!(reversed["key"], "run[0].end");
    assert_eq!(place(&reversed["related"]), [3, 31, 3, 41].map(Some));
}

#[test]
fn what_holds_on_every_day_is_told_without_a_day() {
    let tree = Tree::sound();
    plants().iter().find(|plant| plant.name == "two for whom not even the agreement has a day").unwrap().lay(&tree);
    let messages: Vec<_> = tree.check().findings.into_iter().map(|finding| finding.message).collect();
    assert_eq!(messages, ["there are 2 in the seat crowded-ever/leiar, which holds 1"]);
}

#[test]
fn a_broken_record_hides_nothing_and_keeps_its_id() {
    let tree = Tree::sound();
    tree.file("organisations/nordvik.toml", "name = \"Nordvik\nkind = [\n\0");
    tree.file("networks/lm-fjord.toml", b"\xff\xfe");
    tree.file("agreements/mandat-fjord.toml", "title = 1\nkind = \"mandate\"\n");
    tree.file("offerings/new.toml", "title = \"Kurs\"\norganiser = \"nordvikk\"\n");
    let check = tree.check();
    let rules = check.rules();
    assert!(rules.contains(&("offerings/new.toml", "unknown-reference")), "{rules:?}");
    let broken = ["organisations/nordvik.toml", "networks/lm-fjord.toml", "agreements/mandat-fjord.toml"];
    for path in broken {
        assert!(rules.iter().any(|(found, _)| *found == path), "{path}: {rules:?}");
    }
    let others: Vec<_> = rules.iter().filter(|(path, _)| !broken.contains(path)).collect();
    assert_eq!(others.len(), 1, "{others:?}");
}
