//! `check --since`: on real histories, what is new, fixed and kept, and nothing that the repository holds is carried out.

mod common;
#[path = "common/repository.rs"]
mod repository;

use std::fs;
use std::process::Command;

use common::{Item, Tree, run};
use repository::{Repository, Told, git};

/// A record with a finding for each of these.
fn offering(title: &str, organisers: &[&str]) -> String {
    format!(
        "title = \"{title}\"\norganiser = {organisers:?}\nnote = \"Eit kurs om {title} i Nordvik, over to dagar\"\n"
    )
}

fn unknown(path: &str, id: &str) -> String {
    format!("registry/{path} unknown-reference \"{id}\" does not exist in organisations/")
}

fn sorted(mut told: Vec<String>) -> Vec<String> {
    told.sort();
    told
}

/// A branch on which findings move about, are fixed and made, while main goes on.
fn history() -> Repository {
    let repository = Repository::with("registry", |tree| {
        tree.file("offerings/moved-lines.toml", offering("Linjer", &["a-nobody"]))
            .file("offerings/laid-out.toml", offering("Oppsett", &["fjord-hf", "b-nobody", "b-nobody"]))
            .file("offerings/moved.toml", offering("Mappe", &["c-nobody"]))
            .file("offerings/old-name.toml", offering("Namn", &["d-nobody"]))
            .file("offerings/fixed.toml", offering("Retta", &["e-nobody"]))
            .file("offerings/deleted.toml", offering("Sletta", &["f-nobody"]))
            .file("offerings/fixed-on-main.toml", offering("Retta der", &["g-nobody"]))
            .file("offerings/stays.toml", offering("Står", &["h-nobody"]));
        tree.lay(
            "~~~toml agreements/old-mandate.toml\ntitle = \"Mandat utan dato\"\nkind = \"mandate\"\n[[seat]]\nid = \"leiar\"\n\
             body = \"lm-old\"\nrole = \"leader\"\ncount = 1\n~~~\n\
             ~~~toml networks/lm-old.toml\nname = \"LM\"\nparties = [\"nordvik\"]\ngoverned-by = [\"old-mandate\"]\n~~~\n\
             ~~~toml members/two.toml\norganisation = \"nordvik\"\nbackground = \"professional\"\nappointment = [\n\
             { body = \"lm-old\", role = \"leader\" },\n{ body = \"lm-old\", role = \"leader\" },\n]\n~~~\n",
        );
    });
    repository.commit("base");
    repository.git(&["tag", "base"]);

    repository.git(&["checkout", "--quiet", "-b", "feature"]);
    repository.file(
        "offerings/moved-lines.toml",
        &format!("# Merknad\n\n\n{}", repository.read("offerings/moved-lines.toml")),
    );
    repository.commit("move lines");
    repository.file(
        "offerings/laid-out.toml",
        "organiser = [\n  'lungelaget', # ny\n  'b-nobody',\n  'fjord-hf',\n  'b-nobody',\n  'b-nobody',\n]\ntitle = 'Oppsett'\n",
    );
    repository.rename("offerings/moved.toml", "offerings/2016/haust/moved.toml");
    repository.rename("offerings/old-name.toml", "offerings/new-name.toml");
    repository.file(
        "offerings/new-name.toml",
        "note = 'Eit kurs om Namn i Nordvik, over to dagar'\norganiser = \"d-nobody\"\n\ntitle = 'Nytt Namn'\n",
    );
    repository.rename("agreements/old-mandate.toml", "agreements/new-mandate.toml");
    repository
        .file("networks/lm-old.toml", &repository.read("networks/lm-old.toml").replace("old-mandate", "new-mandate"));
    repository.commit("lay out anew, move and rename");
    repository.file("offerings/fixed.toml", &offering("Retta", &["nordvik"]));
    fs::remove_file(repository.tree.path("registry/offerings/deleted.toml")).unwrap();
    repository.file("offerings/made.toml", &offering("Eit heilt anna tilbod", &["f-nobody"]));
    repository.commit("fix, delete and make");

    repository.git(&["checkout", "--quiet", "main"]);
    repository.file("offerings/fixed-on-main.toml", &offering("Retta der", &["nordvik"]));
    repository.file("offerings/made-on-main.toml", &offering("Laga der", &["i-nobody"]));
    repository.commit("main goes on");
    repository.git(&["checkout", "--quiet", "feature"]);
    repository
}

/// What is kept on the branch, whatever it is held against.
fn kept() -> Vec<String> {
    vec![
        unknown("offerings/moved-lines.toml", "a-nobody"),
        unknown("offerings/laid-out.toml", "b-nobody"),
        unknown("offerings/laid-out.toml", "b-nobody"),
        "registry/offerings/laid-out.toml repeated-value \"b-nobody\" stands more than once in \"organiser\""
            .to_owned(),
        unknown("offerings/2016/haust/moved.toml", "c-nobody"),
        unknown("offerings/new-name.toml", "d-nobody"),
        unknown("offerings/stays.toml", "h-nobody"),
        "registry/members/two.toml crowded-seat there are 2 in the seat new-mandate/leiar, which holds 1".to_owned(),
    ]
}

#[test]
fn a_branch_is_held_against_where_it_began() {
    let repository = history();
    let wanted = Told {
        new: sorted(vec![
            unknown("offerings/laid-out.toml", "b-nobody"),
            // It has the rule, key and words of the one that was deleted, but the record is another one.
            unknown("offerings/made.toml", "f-nobody"),
        ]),
        kept: sorted([kept(), vec![unknown("offerings/fixed-on-main.toml", "g-nobody")]].concat()),
        fixed: sorted(vec![unknown("offerings/fixed.toml", "e-nobody"), unknown("offerings/deleted.toml", "f-nobody")]),
    };
    assert_eq!(repository.since("base"), wanted);
    assert_eq!(repository.since("main..."), wanted);
}

#[test]
fn after_a_merge_main_is_what_counts() {
    let repository = history();
    repository.git(&["merge", "--quiet", "--no-edit", "main"]);
    let wanted = Told {
        new: sorted(vec![unknown("offerings/laid-out.toml", "b-nobody"), unknown("offerings/made.toml", "f-nobody")]),
        kept: sorted([kept(), vec![unknown("offerings/made-on-main.toml", "i-nobody")]].concat()),
        fixed: sorted(vec![unknown("offerings/fixed.toml", "e-nobody"), unknown("offerings/deleted.toml", "f-nobody")]),
    };
    assert_eq!(repository.since("main"), wanted);
    assert_eq!(repository.since("HEAD^2"), wanted);
    assert_eq!(repository.since("main..."), wanted);
    let since_base = repository.since("base");
    assert!(since_base.new.contains(&unknown("offerings/made-on-main.toml", "i-nobody")));
    assert!(since_base.fixed.contains(&unknown("offerings/fixed-on-main.toml", "g-nobody")));
    let since_itself = repository.since("HEAD");
    assert_eq!((since_itself.new, since_itself.fixed), (vec![], vec![]));
}

#[test]
fn what_is_not_committed_counts_as_it_lies_there() {
    let repository = history();
    repository.file("offerings/stays.toml", &offering("Står", &["nordvik"]));
    repository.file("offerings/untracked.toml", &offering("Ny", &["nobody"]));
    let told = repository.since("HEAD");
    assert_eq!(told.new, [unknown("offerings/untracked.toml", "nobody")]);
    assert_eq!(told.fixed, [unknown("offerings/stays.toml", "h-nobody")]);
}

#[test]
fn the_tree_of_a_commit_is_read_as_the_folder_is() {
    let planted = Tree::planted();
    planted.put(&Item::Size("offerings/large.toml".to_owned(), (1 << 20) + 1));
    planted
        .file("matters/.hidden.toml", "x")
        .file(".hidden/a.toml", "x")
        .file("other/a/b.txt", "")
        .file("other/c.txt", "");
    planted.file("mappings/a.csv", "").file("offerings/note.md", "").file("offerings/.git-keep/a.toml", "x");
    for registry in ["", "Læring, 50 %/a b/registry"] {
        let repository = Repository::with(registry, |_| ());
        let root = repository.tree.path(registry);
        let copied = Command::new("cp").arg("-a").arg(planted.path(".")).arg(&root).status().unwrap();
        assert!(copied.success());
        repository.commit("all mistakes");
        let told = repository.since("HEAD");
        assert_eq!((told.new, told.fixed), (vec![], vec![]), "{registry}");
        let all = repository.json(&[])["findings"].as_array().unwrap().len();
        assert!(told.kept.len() == all && all > 100, "{registry}: {} of {all}", told.kept.len());
    }
}

#[test]
fn exit_code_and_formats_are_about_what_is_new() {
    let repository = history();
    let formats = ["human", "concise", "sarif", "github", "gitlab", "junit"];
    for format in formats {
        let ran = repository.check(&["--since", "base", "--format", format]);
        assert_eq!(ran.code, Some(1), "{format}");
        assert!(ran.out.contains("offerings/made.toml") && ran.out.contains("f-nobody"), "{format}");
        assert!(!ran.out.contains("h-nobody") && !ran.out.contains("e-nobody"), "{format}");
        assert_eq!(repository.check(&["--since", "HEAD", "--format", format]).code, Some(0), "{format}");
    }
    let value = repository.json(&["--since", "base"]);
    assert_eq!((value["errors"].as_u64(), value["warnings"].as_u64()), (Some(2), Some(0)));
    assert_eq!(value["since"]["revision"], "base");
    assert_eq!(value["since"]["commit"], repository.git(&["rev-parse", "base"]));
    let commit = &repository.git(&["rev-parse", "base"])[..10];
    let human = repository.check(&["--since", "base"]).out;
    let end = format!(", new since base ({commit}): 2 errors, 0 warnings\nfixed since then: 2\nleft from before: 9\n");
    assert!(human.ends_with(&end), "{human}");
    let human = repository.check(&["--since", "HEAD"]).out;
    assert!(human.contains("no new findings since HEAD (") && human.contains("fixed since then: 0\n"), "{human}");
    let part = repository.json(&["--since", "base", "registry/offerings/made.toml", "registry/offerings/stays.toml"]);
    let states: Vec<&str> =
        part["findings"].as_array().unwrap().iter().map(|one| one["state"].as_str().unwrap()).collect();
    assert_eq!((states, part["fixed"].as_array().unwrap().len()), (vec!["new", "kept"], 0));
    assert!(repository.json(&[])["findings"][0].get("state").is_none());
}

/// How many findings of the folder as it lies there are new, kept and fixed since the last commit.
fn since_commit(repository: &Repository) -> (usize, usize, usize) {
    let told = repository.since("HEAD");
    (told.new.len(), told.kept.len(), told.fixed.len())
}

#[test]
fn a_finding_with_less_in_it_is_the_same_one() {
    let joint = "title = \"Felles kurs\"\norganiser = [\"fjord-hf\", \"nordvik\"]\ncare-level = \"joint\"\n\
                 involvement = { planning = [], delivery = [], evaluation = [] }\n";
    let other = joint.replace("Felles kurs", "Noko heilt anna");
    let texts = "[[run]]\nstart = 2016-02-01\nnote = { en = \"One\" }\n";
    let repository = Repository::with("registry", |tree| {
        tree.file("offerings/joint.toml", joint).file("offerings/texts.toml", format!("{other}{texts}"));
    });
    repository.commit("base");
    assert_eq!(since_commit(&repository), (0, 3, 0));
    // One of the three parts is settled, and a run comes before the other.
    let settled = format!("{joint}[arrangement]\nfinancing = {{ agreement = \"avtale\", clause = \"1\" }}\n");
    repository.file("offerings/joint.toml", &settled);
    repository.file("offerings/texts.toml", &format!("{other}[[run]]\nstart = 2015-02-01\n{texts}"));
    let told = repository.since("HEAD");
    assert_eq!((told.kept.len(), told.fixed), (3, vec![]), "{:?}", told.new);
    // With more in it, it is another one.
    repository.commit("less");
    repository.file("offerings/joint.toml", joint);
    repository.file("offerings/texts.toml", &format!("{other}{texts}{}", texts.replace("2016", "2017")));
    // Only the reference to an agreement that there is none of is gone.
    assert_eq!(since_commit(&repository), (2, 1, 1));
}

#[test]
fn what_tells_of_another_person_is_new_although_it_is_shown_alike() {
    let repository = Repository::with("registry", |tree| {
        tree.file("offerings/number.toml", "# 01810010068\ntitle = \"Kurs\"\norganiser = \"nordvik\"\n");
        tree.file("offerings/mail.toml", "# kari@nordvik.example\ntitle = \"Eit anna\"\norganiser = \"nordvik\"\n");
    });
    repository.commit("base");
    let before = repository.json(&[]);
    for (path, old, new, wanted) in [
        ("offerings/number.toml", "01810010068", "01810000690", (1, 1, 1)),
        ("offerings/mail.toml", "kari", "ola", (2, 0, 2)),
    ] {
        repository.file(path, &repository.read(path).replace(old, new));
        assert_eq!(since_commit(&repository), wanted, "{new}");
    }
    // What may not be shown is in no fingerprint.
    let prints = |value: &serde_json::Value| {
        let all = value["findings"].as_array().unwrap();
        all.iter().map(|finding| finding["fingerprint"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(prints(&before), prints(&repository.json(&[])));
}

#[test]
fn severities_of_the_command_line_hold_for_both_sides() {
    let repository = history();
    let value = repository.json(&["--since", "base", "-A", "unknown-reference"]);
    assert_eq!(value["findings"].as_array().unwrap().len(), 2);
    assert_eq!((&value["findings"][0]["state"], value["fixed"].as_array().unwrap().len()), (&"kept".into(), 0));
}

#[test]
fn a_registry_that_moved_is_found_where_it_was() {
    let repository = Repository::with("data/old", |tree| {
        tree.file("offerings/a.toml", offering("A", &["a-nobody"]))
            .file("offerings/b.toml", offering("B", &["b-nobody"]));
    });
    // Another registry, which stays where it is, and one that has gone but has little in common.
    for (path, text) in [("other/lmnet.toml", "format = 1\n"), ("gone/lmnet.toml", "format = 1\n")] {
        repository.tree.file(path, text);
    }
    repository.tree.file("gone/organisations/x.toml", "name = \"X\"\nkind = \"other\"\n");
    repository.commit("base");
    for new in ["registry", "."] {
        let moved = if new == "." { "registry" } else { "data/old" };
        let root = repository.tree.path(moved);
        for file in fs::read_dir(&root).unwrap().map(|file| file.unwrap().file_name()) {
            let to = repository.tree.place(std::path::Path::new(new).join(&file));
            fs::rename(root.join(file), to).unwrap();
        }
        let _ = fs::remove_dir_all(repository.tree.path("gone"));
        let repository = Repository { tree: Tree { root: repository.tree.root.clone() }, registry: new.to_owned() };
        let repository = std::mem::ManuallyDrop::new(repository);
        repository.file("offerings/b.toml", &offering("B", &["nordvik"]));
        repository.commit("moved");
        let told = repository.since(if new == "." { "HEAD~2" } else { "HEAD~1" });
        assert_eq!(told.new.iter().filter(|told| told.contains("nobody")).count(), 0, "{told:#?}");
        assert_eq!(told.kept.iter().filter(|told| told.contains("a-nobody")).count(), 1, "{told:#?}");
        let fixed = "data/old/offerings/b.toml unknown-reference \"b-nobody\" does not exist in organisations/";
        assert_eq!(told.fixed, [fixed], "{told:#?}");
    }
}

#[test]
fn a_registry_that_was_not_there_makes_everything_new() {
    let repository = Repository::with("registry", |tree| {
        tree.file("offerings/a.toml", offering("A", &["a-nobody"]));
    });
    repository.git(&["commit", "--quiet", "--allow-empty", "-m", "empty"]);
    repository.commit("registry");
    let ran = repository.check(&["--since", "HEAD~1", "--format", "concise"]);
    assert!(ran.code == Some(1) && ran.out.contains("a-nobody"), "{ran:?}");
    assert!(ran.talk.contains("did not exist in HEAD~1"), "{ran:?}");
}

#[test]
fn a_shallow_clone_works_or_says_what_it_needs() {
    let repository = history();
    let clones = Tree::empty();
    let clone = |name: &str, depth: &str| {
        let from = format!("file://{}", repository.tree.root.display());
        git(
            &clones.root,
            &["clone", "--quiet", "--depth", depth, "--no-single-branch", "--branch", "feature", &from, name],
        );
        Repository { tree: Tree { root: clones.path(name) }, registry: "registry".to_owned() }
    };
    let shallow = clone("one", "1");
    let ran = shallow.check(&["--since", "HEAD~3"]);
    assert!(ran.code == Some(2) && ran.out.is_empty(), "{ran:?}");
    for words in ["shallow", "git fetch --deepen=100", "git fetch --unshallow", "fetch-depth: 0"] {
        assert!(ran.talk.contains(words), "{}", ran.talk);
    }
    let parting = shallow.check(&["--since", "origin/main..."]);
    assert!(
        parting.code == Some(2) && parting.talk.contains("no commit in common") && parting.talk.contains("--deepen")
    );
    // The tip of main is there, and that is all that a comparison with it takes.
    assert_eq!(shallow.since("origin/main").fixed.len(), 3);
    shallow.git(&["fetch", "--quiet", "--deepen=100"]);
    assert_eq!(shallow.since("HEAD~3"), repository.since("base"));
    assert_eq!(shallow.since("origin/main..."), repository.since("base"));
}

#[test]
fn a_partial_clone_is_not_filled_from_the_network() {
    let repository = history();
    repository.git(&["config", "uploadpack.allowFilter", "true"]);
    let clones = Tree::empty();
    let from = format!("file://{}", repository.tree.root.display());
    git(&clones.root, &["clone", "--quiet", "--filter=blob:none", "--branch", "feature", &from, "partial"]);
    let partial = Repository { tree: Tree { root: clones.path("partial") }, registry: "registry".to_owned() };
    let objects = || partial.git(&["count-objects", "-v"]);
    let before = objects();
    let ran = partial.check(&["--since", "HEAD~3"]);
    assert!(ran.code == Some(2) && ran.talk.contains("git fetch --refetch --no-filter"), "{ran:?}");
    assert_eq!(objects(), before);
    partial.git(&["fetch", "--quiet", "--refetch", "--no-filter"]);
    assert_eq!(partial.since("HEAD~3"), repository.since("base"));
}

#[test]
fn what_cannot_be_compared_is_said_and_everything_else_works() {
    let repository = history();
    for (revision, words) in [
        ("nothing", "there is no revision 'nothing'"),
        ("--output=x", "is not a revision"),
        ("", "is not a revision"),
        ("...", "is not a revision"),
        ("HEAD:registry", "there is no revision"),
    ] {
        let ran = repository.check(&[&format!("--since={revision}")]);
        assert!(ran.code == Some(2) && ran.talk.contains(words) && ran.out.is_empty(), "{revision}: {ran:?}");
    }
    let ran = run(repository.command(&["check", "--since", "HEAD", "--lang", "en"]).env("PATH", "/nowhere"));
    assert!(ran.code == Some(2) && ran.talk.contains("git was not found"), "{ran:?}");
    assert_eq!(run(repository.command(&["check"]).env("PATH", "/nowhere")).code, Some(1));
    let outside = Tree::sound();
    let ran = run(&mut outside.command(&["check", "--since", "HEAD", "--lang", "en"]));
    assert!(ran.code == Some(2) && ran.talk.contains("is in no git repository"), "{ran:?}");
    assert_eq!(run(&mut outside.command(&["check"])).code, Some(0));
    fs::create_dir(outside.path(".git")).unwrap();
    let ran = run(&mut outside.command(&["check", "--since", "HEAD", "--lang", "en"]));
    assert!(ran.code == Some(2) && ran.talk.contains("not a git repository"), "{ran:?}");
}

#[test]
fn nothing_that_a_repository_holds_is_carried_out() {
    let repository = history();
    let trap = repository.tree.path("trap.sh");
    fs::write(&trap, "#!/bin/sh\ntouch \"$(dirname \"$0\")/caught\"\n").unwrap();
    assert!(Command::new("chmod").arg("+x").arg(&trap).status().unwrap().success());
    let trap = trap.to_str().unwrap();
    for key in [
        "core.fsmonitor",
        "core.pager",
        "core.editor",
        "core.sshCommand",
        "core.askPass",
        "diff.external",
        "diff.trap.textconv",
        "filter.trap.smudge",
        "filter.trap.clean",
        "filter.trap.process",
        "credential.helper",
        "pager.ls-tree",
        "pager.cat-file",
        "alias.rev-parse",
        "gpg.program",
        "uploadpack.packObjectsHook",
    ] {
        repository.git(&["config", key, trap]);
    }
    repository.tree.file(".gitattributes", "* diff=trap filter=trap\n");
    for hook in ["post-checkout", "reference-transaction", "post-index-change", "fsmonitor-watchman"] {
        fs::copy(trap, repository.tree.place(format!(".git/hooks/{hook}"))).unwrap();
    }
    // A registry that is made up to look like a repository of its own.
    for (path, text) in
        [("HEAD", "ref: refs/heads/main\n"), ("config", "[core]\n\tbare = true\n"), ("objects/x", ""), ("refs/x", "")]
    {
        repository.file(path, text);
    }
    let index = fs::read(repository.tree.path(".git/index")).unwrap();
    let value = repository.json(&["--since", "base"]);
    assert_eq!(value["since"]["commit"].as_str().map(str::len), Some(40));
    assert!(!repository.tree.path("caught").exists());
    assert!(fs::read(repository.tree.path(".git/index")).unwrap() == index, "the index was written");
    // The trap does work.
    let status = Command::new("git").arg("-C").arg(&repository.tree.root).arg("status").output();
    assert!(status.is_ok() && repository.tree.path("caught").exists());
}

#[test]
fn a_hook_of_another_repository_does_not_mislead() {
    let (repository, other) = (history(), history());
    let mut command = repository.command(&["check", "--format", "json", "--since", "feature~3"]);
    for (name, value) in [("GIT_DIR", ".git"), ("GIT_INDEX_FILE", ".git/index"), ("GIT_WORK_TREE", "")] {
        command.env(name, other.tree.path(value));
    }
    other.git(&["update-ref", "refs/heads/feature", "base"]);
    let ran = run(&mut command);
    assert!(ran.code == Some(1) && ran.out.contains(&repository.git(&["rev-parse", "base"])), "{ran:?}");
}

#[test]
fn what_is_silenced_is_not_fixed() {
    let repository = Repository::with("registry", |_| {});
    repository.file("offerings/made.toml", "title = \"Made\"\norganiser = \"nobody\"\n");
    repository.commit("base");
    let manifest = repository.read("lmnet.toml");
    repository.file("lmnet.toml", &manifest.replace("[rules]", "[rules]\nunknown-reference = \"off\""));
    let human = repository.check(&["--since", "HEAD"]).out;
    assert!(human.contains("fixed since then: 0\n") && human.contains("switched off since then: 1\n"), "{human}");
    assert!(repository.since("HEAD").fixed.is_empty());
    repository.file("lmnet.toml", &manifest);
    let offering = repository.read("offerings/made.toml");
    let waiver = "[[waive]]\nrule = \"unknown-reference\"\nreason = \"Trial.\"\n";
    repository.file("offerings/made.toml", &format!("{offering}{waiver}"));
    let human = repository.check(&["--since", "HEAD"]).out;
    assert!(human.contains("fixed since then: 0\n") && human.contains("waived since then: 1\n"), "{human}");
    // A file whose name can't be an id has another id than its name.
    repository.file("offerings/made.toml", &offering);
    repository.rename("offerings/made.toml", "offerings/Made it.toml");
    repository.commit("an impossible name");
    repository.file("offerings/Made it.toml", &format!("{offering}{waiver}"));
    let human = repository.check(&["--since", "HEAD"]).out;
    assert!(human.contains("fixed since then: 0\n") && human.contains("waived since then: 1\n"), "{human}");
}
