//! `lmnet init`: a registry that others can begin with.

mod common;

use std::fs;
use std::io::Write as _;
use std::process::{Command, Stdio};

use common::{Ran, Tree, quiet_environment, run, terminal};

/// `lmnet …` in a folder.
fn lmnet(tree: &Tree, arguments: &[&str]) -> Ran {
    let mut command = Command::new(env!("CARGO_BIN_EXE_lmnet"));
    quiet_environment(&mut command);
    run(command.args(arguments).current_dir(&tree.root))
}

fn text(tree: &Tree, path: &str) -> String {
    fs::read_to_string(tree.path(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

#[test]
fn a_new_registry_checks_clean_and_everything_works_in_it() {
    for (lang, title, readme) in [
        ("nn", "Register for lærings- og meistringsnettverk", "## Slik er registeret bygt opp"),
        ("nb", "Register for lærings- og mestringsnettverk", "## Slik er registeret organisert"),
        ("en", "Registry of learning and coping networks", "## How the registry is organised"),
    ] {
        let tree = Tree::empty();
        let ran = lmnet(&tree, &["init", "--network", "LM-nettverket i \"Ørland\"", "--lang", lang]);
        assert_eq!((ran.code, &*ran.out), (Some(0), ""), "{ran:?}");
        assert!(ran.talk.ends_with("\nlmnet new organisation\n"), "{ran:?}");
        let network = text(&tree, "networks/lm-nettverket-i-orland.toml");
        assert!(network.contains("LM-nettverket i \"Ørland\"") && network.contains(&format!("language = \"{lang}\"")));
        let own = text(&tree, "README.md");
        assert!(own.starts_with(&format!("# {title}\n")) && own.contains(readme), "{own}");
        for arguments in [
            &["check", "--fail-on", "note"][..],
            &["fmt", "--check"],
            &["summary"],
            &["deadlines"],
            &["report", "--year", "2026"],
            &["networks", "list"],
            &["new", "organisation", "--title", "Ørland", "--kind", "municipality"],
            &["check", "--fail-on", "note"],
        ] {
            let ran = lmnet(&tree, arguments);
            assert_eq!(ran.code, Some(0), "{arguments:?}: {ran:?}");
        }
        for kind in ["agreements", "members", "offerings", "courses", "meetings", "plans", "reports", "matters"] {
            assert!(tree.path(kind).is_dir() && tree.path(format!("schema/{kind}.json")).is_file(), "{kind}");
        }
        assert!(text(&tree, ".taplo.toml").contains("schema/offerings.json") && tree.path(".editorconfig").is_file());
    }
}

#[test]
fn every_link_of_the_readme_leads_somewhere() {
    for lang in ["nn", "nb", "en"] {
        let tree = Tree::empty();
        lmnet(&tree, &["init", "--network", "N", "--lang", lang]);
        let readme = text(&tree, "README.md");
        // As GitHub and GitLab make names of headings.
        let anchor = |heading: &str| -> String {
            let kept = heading.trim_start_matches('#').trim().to_lowercase();
            let kept = kept.chars().filter(|char| char.is_alphanumeric() || matches!(char, ' ' | '-' | '_'));
            kept.map(|char| if char == ' ' { '-' } else { char }).collect()
        };
        let anchors: Vec<String> = readme.lines().filter(|line| line.starts_with('#')).map(anchor).collect();
        let links: Vec<&str> = readme.split("](").skip(1).filter_map(|rest| rest.split(')').next()).collect();
        assert!(links.len() > 3, "{links:?}");
        for link in links.iter().filter(|link| !link.starts_with("http")) {
            let known = link.strip_prefix('#').is_some_and(|link| anchors.iter().any(|anchor| anchor == link));
            assert!(known || tree.path(link).exists(), "{lang}: {link}");
        }
    }
}

#[test]
fn files_for_ci_lie_where_ci_looks_for_them() {
    for (ci, file) in [("github", ".github/workflows/registry.yml"), ("gitlab", ".gitlab-ci.yml")] {
        // A folder that is to be a repository of its own, and one within a repository.
        let alone = Tree::empty();
        let ran = lmnet(&alone, &["init", "a/register", "--network", "N", "--ci", ci, "--lang", "en"]);
        assert!(ran.code == Some(0) && ran.talk.ends_with("\ncd a/register && lmnet new organisation\n"), "{ran:?}");
        assert!(alone.path("a/register").join(file).is_file(), "{ran:?}");
        let within = Tree::empty();
        assert!(Command::new("git").args(["init", "-q"]).current_dir(&within.root).status().unwrap().success());
        within.file("README.md", "# Other things\n");
        let ran = lmnet(&within, &["init", "registry", "--network", "N", "--ci", ci]);
        assert_eq!(ran.code, Some(0), "{ran:?}");
        assert!(within.path(file).is_file() && within.path("registry/lmnet.toml").is_file(), "{ran:?}");
        assert_eq!(text(&within, "README.md"), "# Other things\n");
        assert_eq!(lmnet(&within, &["check"]).code, Some(0));
    }
    // Where it is not found by itself, CI is told where it lies; messages are in the language of the registry.
    let deep = Tree::empty();
    assert!(Command::new("git").args(["init", "-q"]).current_dir(&deep.root).status().unwrap().success());
    let ran = lmnet(&deep, &["init", "mitt æøå", "--network", "N", "--ci", "gitlab", "--lang", "en"]);
    let told = text(&deep, ".gitlab-ci.yml");
    assert!(told.contains("lmnet --registry 'mitt æøå' check ") && told.contains("LMNET_LANG: en"), "{told}");
    assert!(
        !told.contains("lmnet check") && ran.talk.contains("LMNET_SOURCE") && ran.talk.contains("cd 'mitt æøå' && ")
    );
    let named = Tree::empty();
    assert_eq!(lmnet(&named, &["init", "--registry", "m", "--network", "N"]).code, Some(0));
    assert!(named.path("m/lmnet.toml").is_file() && !named.path("lmnet.toml").exists());
    let none = Tree::empty();
    lmnet(&none, &["init", "--network", "N", "--ci", "none"]);
    assert!(!none.path(".github").exists() && !none.path(".gitlab-ci.yml").exists());
}

#[test]
fn what_is_there_is_left_and_what_cannot_be_is_refused() {
    let tree = Tree::empty();
    tree.file("README.md", "# Mine\n").file("saker.docx", "…");
    let ran = lmnet(&tree, &["init", "--network", "N", "--lang", "en"]);
    assert!(ran.code == Some(0) && ran.talk.contains("README.md: is there already"), "{ran:?}");
    assert!(ran.out.contains("warning[stray-file]") && ran.out.contains("saker.docx"), "{ran:?}");
    assert_eq!(text(&tree, "README.md"), "# Mine\n");
    for (folder, says) in [(".", "there is a registry already"), ("below", "there is a registry already")] {
        let ran = lmnet(&tree, &["init", folder, "--network", "N", "--lang", "en"]);
        assert!(ran.code == Some(2) && ran.talk.contains(says), "{folder}: {ran:?}");
    }
    let other = Tree::empty();
    other.file("file", "");
    for (arguments, says) in [
        (&["init", "file", "--network", "N"][..], "this is a file, not a folder"),
        (&["init", "file/below", "--network", "N"], "this is a file, not a folder"),
        (&["init", "--network", "…"], "must have letters"),
        (&["init"], "add --network NAME"),
    ] {
        let ran = lmnet(&other, &[arguments, &["--lang", "en"]].concat());
        assert!(ran.code == Some(2) && ran.talk.contains(says), "{arguments:?}: {ran:?}");
    }
    assert_eq!(fs::read_dir(&other.root).unwrap().count(), 1, "nothing was written");
}

#[test]
fn somebody_at_the_terminal_is_asked() {
    let tree = Tree::empty();
    let (done, shown) = terminal::asked(&tree.root, &["init"], &["2", "", "Fjordnett", "gitlab"]);
    let (root, changes) = done.unwrap().changes.unwrap();
    let paths: Vec<String> = changes.iter().map(|(path, _)| path.display().to_string()).collect();
    assert_eq!(root, tree.root.canonicalize().unwrap());
    for path in ["lmnet.toml", "networks/fjordnett.toml", ".gitlab-ci.yml"] {
        assert!(paths.iter().any(|known| known == path), "{path}: {paths:?}");
    }
    for says in ["nynorsk", "bokmål", "English", "Register for lærings- og mestringsnettverk", "GitLab CI"] {
        assert!(shown.contains(says), "{says}: {shown}");
    }
}

/// `script` runs a command in a terminal of its own.
#[test]
fn questions_are_asked_on_a_real_terminal() {
    let tree = Tree::empty();
    let typed = |command: &str, answers: &str| {
        let mut script = Command::new("script");
        quiet_environment(&mut script);
        let line = format!("'{}' {command}", env!("CARGO_BIN_EXE_lmnet"));
        script.args(["-qec", &line, "/dev/null"]).current_dir(&tree.root);
        let mut child = script.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        child.stdin.take().unwrap().write_all(answers.as_bytes()).unwrap();
        let shown = child.wait_with_output().unwrap();
        assert!(shown.status.success(), "{}", String::from_utf8_lossy(&shown.stdout));
        String::from_utf8_lossy(&shown.stdout).into_owned()
    };
    let shown = typed("init", "2\n\nLæring og mestring i Ørland\nnone\n");
    assert!(shown.contains("Tittel (bokmål; Enter: Register for lærings- og mestringsnettverk)"), "{shown}");
    assert!(tree.path("networks/laering-og-mestring-i-orland.toml").is_file(), "{shown}");
    typed("new organisation", "Ørland\nkommune\n\n\n\n");
    assert_eq!(text(&tree, "organisations/orland.toml"), "name = \"Ørland\"\nkind = \"municipality\"\n");
}
