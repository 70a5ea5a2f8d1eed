//! The calendar of duties, terms and notices: what `deadlines` says on a day, held against answers worked out by hand from
//! the meaning of the keys.
//!
//! `calendar/*.md` has files that all its scenes share, then a heading for each scene, with files of its own, a line
//! `range FROM UNTIL` and a table of answers. In a cell `-` is nothing, `?` is not asked, ids stand in any order with spaces
//! between them; `none` as status says that there is no such element.

mod common;

use std::collections::{BTreeMap, BTreeSet};

use common::{Tree, run};
use serde_json::{Value, json};

const PAGES: [(&str, &str); 15] = [
    ("compiled", include_str!("calendar/compiled.md")),
    ("declared", include_str!("calendar/declared.md")),
    ("gaps", include_str!("calendar/gaps.md")),
    ("lapses", include_str!("calendar/lapses.md")),
    ("meetings", include_str!("calendar/meetings.md")),
    ("nord", include_str!("calendar/nord.md")),
    ("owners", include_str!("calendar/owners.md")),
    ("parties", include_str!("calendar/parties.md")),
    ("plans", include_str!("calendar/plans.md")),
    ("receivers", include_str!("calendar/receivers.md")),
    ("reports", include_str!("calendar/reports.md")),
    ("reviews", include_str!("calendar/reviews.md")),
    ("semesters", include_str!("calendar/semesters.md")),
    ("terms", include_str!("calendar/terms.md")),
    ("tracked", include_str!("calendar/tracked.md")),
];

/// The columns that a table may have; `kind` is duty unless given.
const COLUMNS: [&str; 13] =
    ["day", "kind", "duty", "by", "period", "due", "status", "late-by", "got", "missing", "networks", "to", "days"];

/// Columns of ids, in any order.
const IDS: [&str; 4] = ["by", "missing", "networks", "to"];

/// A small registry and what is asked of it.
struct Scene {
    name: String,
    files: [&'static str; 2],
    range: [&'static str; 2],
    answers: Vec<Answer>,
}

/// A line of a table, cell by column.
#[derive(Debug)]
struct Answer(BTreeMap<&'static str, &'static str>);

fn scenes(page: &str) -> Vec<Scene> {
    let (name, text) = PAGES.into_iter().find(|(name, _)| *name == page).unwrap();
    let mut sections = text.split("\n## ");
    let shared = sections.next().unwrap();
    sections.map(|section| Scene::read(name, shared, section)).collect()
}

fn all_scenes() -> impl Iterator<Item = Scene> {
    PAGES.into_iter().flat_map(|(page, _)| scenes(page))
}

impl Scene {
    fn read(page: &str, shared: &'static str, section: &'static str) -> Self {
        let (title, text) = section.split_once('\n').unwrap();
        let name = format!("{page}: {title}");
        let range = text.lines().find_map(|line| line.strip_prefix("range ")).expect(&name);
        let (from, until) = range.split_once(' ').expect(&name);
        let mut table = text.lines().filter(|line| line.starts_with('|')).map(cells);
        let columns = table.next().expect(&name);
        assert!(columns.iter().all(|column| COLUMNS.contains(column)), "{name}: {columns:?}");
        assert!(table.next().is_some_and(|cells| cells.iter().all(|cell| *cell == "---")), "{name}: head of the table");
        let answers = table.map(|cells| Answer::read(&name, &columns, &cells)).collect();
        Self { name, files: [shared, text], range: [from, until], answers }
    }

    fn tree(&self) -> Tree {
        let tree = Tree::empty();
        self.files.iter().for_each(|files| tree.lay(files));
        tree
    }

    fn days(&self) -> BTreeSet<&'static str> {
        self.answers.iter().map(|answer| answer.0["day"]).collect()
    }
}

fn cells(line: &'static str) -> Vec<&'static str> {
    line.trim_matches('|').split('|').map(str::trim).collect()
}

impl Answer {
    fn read(scene: &str, columns: &[&'static str], cells: &[&'static str]) -> Self {
        assert_eq!(cells.len(), columns.len(), "{scene}: {cells:?}");
        let mut answer: BTreeMap<_, _> = columns.iter().copied().zip(cells.iter().copied()).collect();
        answer.entry("kind").or_insert("duty");
        Self(answer)
    }

    /// What is wrong with it, held against all that was said on its day.
    fn wrong(&self, deadlines: &[Value]) -> Option<String> {
        let meant = |element: &&Value| {
            ["kind", "duty", "by", "period", "due"].iter().all(|column| self.agrees(column, element))
        };
        let found: Vec<&Value> = deadlines.iter().filter(meant).collect();
        let told = match &*found {
            [] if self.0["status"] == "none" => return None,
            [one] if self.0["status"] != "none" => {
                let off: Vec<_> = self.0.keys().filter(|column| !self.agrees(column, one)).collect();
                if off.is_empty() {
                    return None;
                }
                format!("not so: {off:?} in {one}")
            }
            [] => format!("there is no such element, only\n    {}", self.like(deadlines).join("\n    ")),
            several => format!("{} elements: {several:?}", several.len()),
        };
        Some(format!("  {:?}\n    {told}", self.0))
    }

    fn agrees(&self, column: &str, element: &Value) -> bool {
        let Some(&cell) = self.0.get(column) else { return true };
        cell == "?" || column == "day" || said(column, element) == words(column, cell)
    }

    /// The elements of the same kind and duty.
    fn like(&self, deadlines: &[Value]) -> Vec<String> {
        let alike = |element: &&Value| self.agrees("kind", element) && self.agrees("duty", element);
        deadlines.iter().filter(alike).map(Value::to_string).collect()
    }
}

/// A cell as [`said`] has it.
fn words(column: &str, cell: &str) -> Vec<String> {
    let mut words: Vec<_> = cell.split(' ').map(str::to_owned).collect();
    words.sort();
    if IDS.contains(&column) { words } else { vec![cell.to_owned()] }
}

/// What an element says in a column.
fn said(column: &str, element: &Value) -> Vec<String> {
    let value = &element[column];
    if column == "got" {
        let [got, of] = ["got", "of"].map(|key| element[key].as_u64());
        return vec![match (got, of) {
            (Some(got), Some(of)) if of > 1 => format!("{got} of {of}"),
            (None, None) => "-".to_owned(),
            (Some(got), Some(1)) if (got > 0) == status(element).starts_with("met") => "-".to_owned(),
            odd => format!("{odd:?}"),
        }];
    }
    match value {
        Value::Null => vec!["-".to_owned()],
        Value::Array(ids) if ids.is_empty() => vec!["-".to_owned()],
        Value::Array(ids) => {
            let mut ids: Vec<_> = ids.iter().map(|id| id.as_str().unwrap().to_owned()).collect();
            ids.sort();
            ids
        }
        Value::String(text) => vec![text.clone()],
        other => vec![other.to_string()],
    }
}

fn status(element: &Value) -> &str {
    element["status"].as_str().unwrap_or_default()
}

/// The elements that the command gives on a day, once the frame around them is found in order.
fn ask(scene: &Scene, tree: &Tree, day: &str) -> Vec<Value> {
    let [from, until] = scene.range;
    let arguments =
        ["--today", day, "deadlines", "--all", "--from", from, "--until", until, "--format", "json", "--lang", "en"];
    let ran = run(&mut tree.command(&arguments));
    let json: Value = serde_json::from_str(&ran.out).unwrap_or_else(|error| panic!("{}: {error}: {ran:?}", scene.name));
    let frame = ["schema", "version", "today", "from", "until"].map(|key| json[key].clone());
    assert_eq!(frame, [json!("lmnet-deadlines"), json!(1), json!(day), json!(from), json!(until)], "{}", scene.name);
    let deadlines = json["deadlines"].as_array().unwrap().clone();
    let due: Vec<_> = deadlines.iter().map(|element| element["due"].as_str().unwrap_or_default()).collect();
    assert!(due.is_sorted() && due.iter().all(|due| (from..=until).contains(due)), "{} on {day}: {due:?}", scene.name);
    deadlines
}

fn hold(page: &str) {
    let mut wrong = Vec::new();
    for scene in scenes(page) {
        let tree = scene.tree();
        for day in scene.days() {
            let deadlines = ask(&scene, &tree, day);
            let asked = scene.answers.iter().filter(|answer| answer.0["day"] == day);
            let told: Vec<_> = asked.filter_map(|answer| answer.wrong(&deadlines)).collect();
            if !told.is_empty() {
                wrong.push(format!("{} on {day}\n{}", scene.name, told.join("\n")));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

macro_rules! pages {
    ($($page:ident)+) => {
        $(
            #[test]
            fn $page() {
                hold(stringify!($page));
            }
        )+

        #[test]
        fn every_page_is_held() {
            assert_eq!(PAGES.map(|(page, _)| page).as_slice(), [$(stringify!($page)),+]);
        }
    };
}

pages! { compiled declared gaps lapses meetings nord owners parties plans receivers reports reviews semesters terms tracked }

#[test]
fn no_scene_has_errors() {
    let mut errors = Vec::new();
    for scene in all_scenes() {
        let check = scene.tree().check();
        if check.number("errors") > 0 {
            errors.push(format!("{}: {:#?}", scene.name, check.findings));
        }
    }
    assert!(errors.is_empty(), "{}", errors.join("\n"));
}

#[test]
fn every_scene_is_asked_on_six_days_and_every_status_is_asked_for() {
    let mut statuses = BTreeSet::new();
    for scene in all_scenes() {
        assert!(scene.days().len() >= 6, "{}: {:?}", scene.name, scene.days());
        statuses.extend(scene.answers.iter().map(|answer| answer.0["status"]));
    }
    let wanted = [
        "due",
        "excused",
        "met",
        "met-late",
        "met-on-time",
        "none",
        "not-met",
        "not-recorded",
        "overdue",
        "passed",
        "receiver-ended",
        "upcoming",
    ];
    assert_eq!(statuses.into_iter().collect::<Vec<_>>(), wanted);
}

/// Answers in which one thing is not so, held against one element.
#[test]
fn a_wrong_answer_is_noticed() {
    let late = json!({
        "kind": "duty", "duty": "m/plan", "by": ["b", "a"], "period": "2017", "due": "2016-11-30",
        "status": "met-late", "late-by": 3, "got": 2, "of": 2, "missing": ["d", "c"],
    });
    let columns = ["day", "duty", "by", "period", "due", "status", "late-by", "got", "missing"];
    let right = ["2017-01-01", "m/plan", "a b", "2017", "2016-11-30", "met-late", "3", "2 of 2", "c d"];
    let wrong = |cells: &[&'static str], deadlines: &[Value]| Answer::read("", &columns, cells).wrong(deadlines);
    let one = [late.clone()];
    assert_eq!(wrong(&right, &one), None);
    for (index, other) in [
        (1, "m/rapport"),
        (2, "a"),
        (2, "a b c"),
        (2, "-"),
        (3, "2016"),
        (3, "-"),
        (4, "2016-11-29"),
        (5, "met-on-time"),
        (5, "none"),
        (6, "4"),
        (6, "-"),
        (7, "1 of 2"),
        (7, "-"),
        (8, "c"),
        (8, "-"),
    ] {
        let mut cells = right;
        cells[index] = other;
        assert!(wrong(&cells, &one).is_some(), "{cells:?}");
    }
    assert!(wrong(&right, &[]).is_some());
    assert!(wrong(&right, &[late.clone(), late]).is_some());
}
