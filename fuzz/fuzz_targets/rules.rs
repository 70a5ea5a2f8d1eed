//! Waivers, conditions and ids. A waiver takes out what its own rule finds in its own record, and nothing of a protected rule; a
//! record is found by the id that its file's name gives; whatever a condition asks, twice the same is found.

#![no_main]

use std::path::{Path, PathBuf};

use libfuzzer_sys::fuzz_target;
use lmnet::check::{Finding, Outcome, Silence, compare, run};
use lmnet::date::When;
use lmnet::lang::Lang;
use lmnet::mandate::Mandates;
use lmnet::model::Record;
use lmnet::names::{Names, condition};
use lmnet::read::Value;
use lmnet::registry::Registry;
use lmnet::render::findings::{self, Shown};
use lmnet::rules;
use lmnet_fuzz::{SOUND, is_safe, laid, only_fewer, parts};

/// An offering in which many rules find something, a protected one too.
fn offering(waive: &str) -> String {
    format!(
        "title = {{ nb = \"Kurs\" }}\norganiser = \"nordvik\"\npartners = \"sorvik\"\nnetwork = \"lm-fjord\"\n\
         care-level = \"specialist\"\nscope = \"cross-diagnosis\"\nintensity = \"long-running\"\nto = 2020-12-31\n\
         source = [\"ola@nordvik.example\", \"17851430040\"]\nwaive = [\n{waive}\n]\n\n\
         [referral]\nrequired = true\n\n[[run]]\nstart = 2021-03-02\npatients = 12\nrelatives = 3\n"
    )
}

/// Duties that ask a condition of records of every kind.
fn agreement(asked: &str) -> String {
    let record = "record = [\"organisation\", \"agreement\", \"network\", \"member\", \"offering\", \"course\", \"meeting\", \
                  \"plan\", \"report\", \"matter\"]";
    format!(
        "title = \"Avtale\"\nkind = \"cooperation-agreement\"\nparties = [\"nordvik\", \"fjord-hf\"]\nfrom = 2015-01-01\n\n\
         [[obligation]]\nid = \"eitt\"\nby = {{ each = \"municipality\" }}\nreceiver = \"fjord-hf\"\nevery = \"1 year\"\n\
         evidence = [{{ {record}, where = {{ {asked} }} }}]\n\n\
         [[obligation]]\nid = \"kvar\"\nper = {{ {record}, where = {{ {asked} }} }}\nrequire = [\"involvement.planning\"]\n\n\
         [[obligation]]\nid = \"krav\"\nper = {{ record = \"offering\" }}\nrequire = [[\"involvement.planning\", {{ {asked} }}]]\n"
    )
}

fn transfer(id: &str) -> String {
    let id = toml::Value::from(id);
    format!(
        "network = \"lm-fjord\"\nkind = \"transfer\"\nyear = 2018\n\n\
         [[transfer]]\noffering = {id}\nto = [\"nordvik\"]\ndue = \"2018\"\nstatus = \"planned\"\n"
    )
}

/// Rule, file, key and message of a finding.
fn named(finding: &Finding) -> [&str; 4] {
    [finding.rule.id, &finding.place.path, &finding.place.key, &finding.message.en]
}

fn found(outcome: &Outcome) -> Vec<[&str; 4]> {
    outcome.findings.iter().map(named).collect()
}

fn day(text: &str) -> lmnet::date::Date {
    When::parse(text).expect("a day").first(&Default::default())
}

fuzz_target!(|data: &[u8]| {
    let parts = parts(data);
    let part = |name: &str| {
        let bytes = parts.iter().find(|(path, _)| path == Path::new(name)).map(|(_, bytes)| bytes.trim_ascii_end());
        bytes.map(String::from_utf8_lossy)
    };
    let (waive, asked, id) = (part("waive").unwrap_or_default(), part("where").unwrap_or_default(), part("id"));
    let id = id.as_deref().unwrap_or("kurs");
    let path = PathBuf::from(format!("offerings/{id}.toml"));
    let registry = |waive: &str| {
        let network = SOUND.replace(
            "governed-by = [{ agreement = \"mandat-fjord\", from = 2015-01-01 }]",
            "governed-by = [\"mandat-fjord\", \"avtale\"]",
        );
        let files = [
            (path.clone(), offering(waive)),
            ("agreements/avtale.toml".into(), agreement(&asked)),
            ("plans/overforing.toml".into(), transfer(id)),
        ];
        Registry::from_texts(laid(&network, files.into_iter().map(|(path, text)| (path, text.into_bytes())).collect()))
    };
    let with = registry(&waive);
    let mut outcome = run(&with);
    let text = |outcome: &Outcome| findings::human(&Shown { outcome, lang: Lang::Nn, prefix: "" }, Some(80), None);
    let shown = text(&outcome);
    assert!(is_safe(&shown), "{shown:?}");
    assert_eq!(shown, text(&run(&with)));

    // What a condition asks, in words, and who meets it when.
    for obligation in with.agreements.get("avtale").iter().flat_map(|agreement| &agreement.obligation) {
        for lang in Lang::ALL {
            let names = Names { registry: &with, lang };
            let selections = obligation.evidence.iter().chain(&obligation.per);
            selections.for_each(|selection| drop(condition::selection(selection, &names)));
            let kinds = obligation.per.iter().flat_map(|per| per.record.iter().copied()).collect::<Vec<_>>();
            let entries: Vec<&Value> = obligation.require.iter().collect();
            let _ = condition::requirements(&kinds, &entries, &names);
        }
    }
    drop(Mandates::new(&with).dated(day("2019-02-03"), day("2015-01-01"), day("2021-12-31")));

    // The record, by the id of its file.
    let Some(entry) = with.offerings.iter().find(|entry| with.place(entry.file) == path) else { return };
    let own = with.path(entry.file);
    let has = |rule: &str, path: &str| outcome.findings.iter().any(|one| one.rule.id == rule && one.place.path == path);
    if !has("unusable-file-name", &own) && path.parent() == Some(Path::new("offerings")) {
        assert!(!has("unknown-reference", "plans/overforing.toml"), "{id:?} is not found");
    }

    // What the waivers take out. One that can't be read may leave more of the record unread.
    let arena = toml_spanner::Arena::new();
    let alone = format!("waive = [\n{waive}\n]");
    let is_alone = toml_spanner::parse(&alone, &arena).is_ok_and(|document| document.table().len() == 1);
    if entry.broken || !is_alone {
        return;
    }
    let without = registry("");
    let before = run(&without);
    if outcome.omitted + before.omitted > 0 {
        return;
    }
    let waivers = entry.remarks().waive;
    let may_go = |rule: &str| {
        waivers.iter().any(|waiver| *waiver.rule == *rule) && rules::find(rule).is_some_and(|rule| !rule.protected)
    };
    let mut stays = found(&before);
    stays.retain(|[rule, path, ..]| !(*path == own && may_go(rule)));
    assert!(only_fewer(&found(&outcome), &stays), "{stays:#?} {:#?}", found(&outcome));
    let waived = outcome.waived;
    let gone = compare(&mut outcome, &with, before, &without);
    let fixed: Vec<_> = gone.fixed.iter().map(named).collect();
    assert!(fixed.is_empty(), "{fixed:#?}");
    assert!(gone.silenced.len() <= waived, "{} of {waived}", gone.silenced.len());
    for (finding, why) in &gone.silenced {
        let as_told = may_go(finding.rule.id) && finding.place.path == own && *why == Silence::Waived;
        assert!(as_told, "{:?} {why:?}", named(finding));
    }
});
