//! Hostile trees: whatever lies in the folder, the check ends soon, within 200 MiB, with findings and exit code 1.

#![allow(clippy::print_stderr, reason = "a test that cannot be made here says why")]

mod common;
#[path = "hostile/many.rs"]
mod many;

use std::ffi::OsStr;
use std::fs;
use std::os::unix::ffi::OsStrExt;
use std::process::Command;

use common::{Check, Ran, Tree, run};

/// Runs a command of lmnet with at most 200 MiB of memory.
fn confined(tree: &Tree, arguments: &[&str]) -> Ran {
    let inner = tree.command(arguments);
    let mut shell = Command::new("sh");
    common::quiet_environment(&mut shell);
    // One arena, since each new one reserves 64 MiB of addresses, though not of memory.
    shell.env("MALLOC_ARENA_MAX", "1").current_dir(std::env::temp_dir());
    shell.args(["-c", "ulimit -v 204800 && exec \"$0\" \"$@\""]).arg(inner.get_program()).args(inner.get_args());
    run(&mut shell)
}

/// Checks a hostile tree in every language and format: findings, exit code 1, silence on stderr, nothing that a terminal
/// would obey.
pub(crate) fn check(tree: &Tree) -> Check {
    let ran = confined(tree, &["check", "--format", "json", "--lang", "en"]);
    assert_eq!((ran.code, &*ran.talk), (Some(1), ""), "{}", shortened(&ran.out));
    let check = Check::of(&ran);
    assert!(check.number("errors") > 0 && ran.out.len() < 2_000_000, "{} bytes", ran.out.len());
    for colour in ["always", "never"] {
        let ran = confined(tree, &["check", "--color", colour]);
        assert_eq!((ran.code, &*ran.talk), (Some(1), ""), "{}", shortened(&ran.out));
        assert!(ran.out.len() < 2_000_000, "{} bytes", ran.out.len());
        assert_inert(&ran.out, colour == "always");
    }
    check
}

fn shortened(text: &str) -> String {
    text.chars().take(2000).collect()
}

/// Nothing that a terminal obeys stands in the text, other than our own colours: `ESC [ digits m`.
fn assert_inert(text: &str, coloured: bool) {
    let mut chars = text.char_indices();
    while let Some((at, char)) = chars.next() {
        let around = || shortened(&text[at..]);
        if coloured && char == '\u{1b}' {
            let colour: String = chars.by_ref().map(|(_, char)| char).take_while(|char| *char != 'm').collect();
            let own =
                colour.strip_prefix('[').is_some_and(|codes| codes.chars().all(|char| matches!(char, '0'..='9' | ';')));
            assert!(own, "an escape that is no colour: {:?}", around());
            continue;
        }
        let obeyed = char.is_control() && char != '\n';
        let turning =
            matches!(char, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{61c}');
        assert!(!obeyed && !turning, "{char:?} in {:?}", around());
    }
}

fn mkfifo_like(program: &str, arguments: &[&str], path: &std::path::Path) -> bool {
    let mut command = Command::new(program);
    command.arg(path).args(arguments).stderr(std::process::Stdio::null());
    command.status().is_ok_and(|status| status.success())
}

pub(crate) const COURSE: &str = "title = \"Kurs\"\norganiser = \"nordvik\"\n";

#[test]
fn links_are_named_and_never_followed() {
    let tree = Tree::sound();
    let outside = Tree::empty();
    outside.file("secret.toml", "title = 1\n").file("folder/also.toml", "title = 2\n");
    for (path, target) in [
        ("offerings/loop", "."),
        ("offerings/up", ".."),
        ("offerings/itself.toml", "itself.toml"),
        ("offerings/dangling.toml", "nowhere.toml"),
        ("offerings/outside.toml", outside.path("secret.toml").to_str().unwrap()),
        ("offerings/folder", outside.root.to_str().unwrap()),
        ("offerings/passwd.toml", "/etc/passwd"),
        ("agreements/beside.toml", "mandat-fjord.toml"),
        ("plans-linked", "plans"),
    ] {
        std::os::unix::fs::symlink(target, tree.place(path)).unwrap();
    }
    let mut wanted = vec!["agreements/beside.toml"];
    let offerings = ["dangling.toml", "folder", "itself.toml", "loop", "outside.toml", "passwd.toml", "up"];
    let offerings = offerings.map(|name| format!("offerings/{name}"));
    wanted.extend(offerings.iter().map(String::as_str));
    wanted.push("plans-linked");
    let wanted: Vec<_> = wanted.into_iter().map(|path| (path, "linked-file")).collect();
    assert_eq!(check(&tree).rules(), wanted);
}

#[test]
fn a_linked_manifest_is_no_manifest() {
    let tree = Tree::sound();
    fs::rename(tree.path("lmnet.toml"), tree.path("real.md")).unwrap();
    std::os::unix::fs::symlink("real.md", tree.path("lmnet.toml")).unwrap();
    let check = check(&tree);
    let manifest: Vec<_> = check.rules().into_iter().filter(|(path, _)| *path == "lmnet.toml").collect();
    assert!(manifest.contains(&("lmnet.toml", "linked-file")), "{manifest:?}");
}

#[test]
fn the_registry_itself_may_be_a_link() {
    let tree = Tree::sound();
    let beside = Tree::empty();
    std::os::unix::fs::symlink(&tree.root, beside.path("link")).unwrap();
    let linked = Tree { root: beside.path("link") };
    let check = linked.check();
    assert_eq!((check.rules(), check.number("records"), check.code), (vec![], 15, Some(0)));
    std::mem::forget(linked);
}

#[test]
fn channels_devices_and_sockets_are_not_opened() {
    let tree = Tree::sound();
    let folder = tree.path("offerings");
    assert!(mkfifo_like("mkfifo", &[], &folder.join("a-fifo.toml")), "no mkfifo");
    assert!(mkfifo_like("mkfifo", &[], &folder.join("b-fifo.txt")), "no mkfifo");
    let socket = std::os::unix::net::UnixListener::bind(folder.join("c-socket.toml")).unwrap();
    let mut wanted = vec!["offerings/a-fifo.toml", "offerings/b-fifo.txt", "offerings/c-socket.toml"];
    for (name, path, minor) in
        [("d-zero.toml", "offerings/d-zero.toml", "5"), ("e-null.toml", "offerings/e-null.toml", "3")]
    {
        if mkfifo_like("mknod", &["c", "1", minor], &folder.join(name)) {
            wanted.push(path);
        } else {
            eprintln!("{name}: not tried, for mknod is not permitted here");
        }
    }
    let wanted: Vec<_> = wanted.into_iter().map(|path| (path, "special-file")).collect();
    assert_eq!(check(&tree).rules(), wanted);
    drop(socket);
}

#[test]
fn a_manifest_that_is_a_channel_is_no_manifest() {
    let tree = Tree::sound();
    fs::remove_file(tree.path("lmnet.toml")).unwrap();
    assert!(mkfifo_like("mkfifo", &[], &tree.path("lmnet.toml")), "no mkfifo");
    assert!(check(&tree).rules().contains(&("lmnet.toml", "special-file")));
}

#[test]
fn folders_named_like_files_are_folders() {
    let tree = Tree::sound();
    tree.file("offerings/folder.toml/inside.toml", COURSE);
    fs::remove_file(tree.path("lmnet.toml")).unwrap();
    fs::create_dir(tree.path("lmnet.toml")).unwrap();
    let check = check(&tree);
    let wanted = vec![("lmnet.toml", "stray-file"), ("lmnet.toml", "missing-manifest")];
    assert_eq!((check.rules(), check.number("records")), (wanted, 16));
}

#[test]
fn names_that_are_no_text_are_told() {
    let tree = Tree::sound();
    tree.file(
        std::path::Path::new("organisations").join(OsStr::from_bytes(b"v\xe5g.toml")),
        "name = \"V\"\nkind = \"other\"\n",
    );
    tree.file(OsStr::from_bytes(b"\xff\xfe"), "");
    tree.file(std::path::Path::new("offerings").join(OsStr::from_bytes(b"\x1b[31m\xe2\x80\xaered.toml")), COURSE);
    tree.file("offerings/two\nlines.toml", COURSE.replace("Kurs", "To linjer"));
    let check = check(&tree);
    let mut rules: Vec<_> = check.findings.iter().map(|finding| &*finding.at.rule).collect();
    rules.sort_unstable();
    assert_eq!(rules, ["stray-file", "unusable-file-name", "unusable-file-name", "unusable-file-name"]);
    assert_inert(&check.findings.iter().map(|finding| &*finding.at.path).collect::<String>(), false);
}

#[test]
fn names_that_are_the_same_elsewhere_are_told() {
    let tree = Tree::sound();
    for name in ["vik", "Vik", "bl\u{e5}", "bla\u{30a}"] {
        tree.file(format!("organisations/{name}.toml"), "name = \"Vik\"\nkind = \"other\"\n");
    }
    let wanted = [
        ("organisations/Vik.toml", "unusable-file-name"),
        ("organisations/bla\u{30a}.toml", "unusable-file-name"),
        ("organisations/bl\u{e5}.toml", "duplicate-id"),
        ("organisations/bl\u{e5}.toml", "unusable-file-name"),
        ("organisations/vik.toml", "duplicate-id"),
    ];
    assert_eq!(check(&tree).rules(), wanted);
}

#[test]
fn windows_line_ends_are_no_mistake() {
    let tree = Tree::sound();
    let mut folders = vec![tree.root.clone()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let text = fs::read_to_string(&path).unwrap().replace('\n', "\r\n");
                fs::write(&path, text).unwrap();
            }
        }
    }
    let check = tree.check();
    assert_eq!((check.rules(), check.code), (vec![], Some(0)));
}

#[test]
fn texts_in_other_encodings_are_told() {
    let utf16: Vec<u8> = [0xff, 0xfe].into_iter().chain(COURSE.bytes().flat_map(|byte| [byte, 0])).collect();
    let marked = [b"\xef\xbb\xbf", COURSE.as_bytes()].concat();
    for (bytes, rule) in [
        (&*marked, "byte-order-mark"),
        (b"title = \"Kurs\"\rorganiser = \"nordvik\"\r", "broken-syntax"),
        (b"title = \"\0\"\norganiser = \"nordvik\"\n", "broken-syntax"),
        (b"\0\0\0\0\0\0\0\0", "broken-syntax"),
        (b"title = \"Bl\xe5b\xe6r\"\norganiser = \"nordvik\"\n", "foreign-encoding"),
        (&*utf16, "foreign-encoding"),
        (b"title = \"\xed\xa0\x80\"\norganiser = \"nordvik\"\n", "foreign-encoding"),
        (b"\xff", "foreign-encoding"),
    ] {
        let tree = Tree::sound();
        tree.file("offerings/odd.toml", bytes);
        // A byte order mark is only a warning, so that something else has to be an error.
        tree.file("offerings/other.toml", "");
        let check = check(&tree);
        let rules: Vec<_> = check.rules().into_iter().filter(|(path, _)| *path == "offerings/odd.toml").collect();
        assert!(!rules.is_empty() && rules.iter().all(|(_, found)| *found == rule), "{rule}: {rules:?}");
    }
}

#[test]
fn files_without_end_are_not_read() {
    for path in ["offerings/huge.toml", "lmnet.toml"] {
        let tree = Tree::sound();
        fs::File::create(tree.path(path)).unwrap().set_len(1 << 30).unwrap();
        let check = check(&tree);
        let rules = check.rules();
        assert!(rules.contains(&(path, "oversized-file")), "{rules:?}");
        assert!(rules.iter().all(|(found, _)| *found == path), "{rules:?}");
    }
}

#[test]
fn deep_nesting_ends_in_findings() {
    const DEEP: usize = 10_000;
    let dotted = vec!["a"; DEEP].join(".");
    for (name, text) in [
        ("lists", format!("{COURSE}partners = {}{}\n", "[".repeat(DEEP), "]".repeat(DEEP))),
        ("open lists", format!("{COURSE}partners = {}", "[".repeat(DEEP))),
        ("tables", format!("{COURSE}referral = {}1{}\n", "{ a = ".repeat(DEEP), " }".repeat(DEEP))),
        ("dotted keys", format!("{COURSE}{dotted} = 1\n")),
        ("dotted keys of a known one", format!("{COURSE}referral.{dotted} = 1\n")),
        ("dotted title", format!("organiser = \"nordvik\"\ntitle.{dotted} = 1\n")),
        ("headers", format!("{COURSE}[{dotted}]\nb = 1\n")),
        ("headers of lists", format!("{COURSE}[[run.{dotted}]]\nb = 1\n")),
    ] {
        let tree = Tree::sound();
        tree.file("offerings/deep.toml", text);
        let check = check(&tree);
        assert!(check.findings.iter().all(|finding| finding.at.path == "offerings/deep.toml"), "{name}: {check:?}");
    }
}

#[test]
fn deep_values_that_any_value_may_be_end_in_findings() {
    let dotted = vec!["a"; 10_000].join(".");
    let tree = Tree::sound();
    let duty = "[[obligation]]\nid = \"plan\"\n";
    tree.file(
        "agreements/free.toml",
        format!("title = \"M\"\nkind = \"mandate\"\n{duty}require = [{{ {dotted} = 1 }}]\n"),
    );
    let check = check(&tree);
    assert!(check.findings.iter().all(|finding| finding.at.path == "agreements/free.toml"), "{check:?}");
}

#[test]
fn ten_thousand_folders_in_each_other_end_in_findings() {
    let tree = Tree::sound();
    tree.file("offerings/wrong.toml", "title = 1\n");
    // Paths have a limit, folders have none: pieces are hung below each other.
    let piece = vec!["d"; 1000].join("/");
    let bottom = tree.path("piece");
    fs::create_dir_all(bottom.join(&piece)).unwrap();
    for _ in 1..10 {
        let above = tree.path("above");
        fs::create_dir_all(above.join(&piece)).unwrap();
        fs::rename(&bottom, above.join(&piece).join("d")).unwrap();
        fs::rename(&above, &bottom).unwrap();
    }
    fs::rename(&bottom, tree.path("offerings/d")).unwrap();
    let check = check(&tree);
    let rules: Vec<_> = check.findings.iter().map(|finding| &*finding.at.rule).collect();
    assert!(rules.contains(&"missing-key") && rules.contains(&"unreadable-file"), "{rules:?}");
}

#[test]
fn an_empty_tree_lacks_its_manifest() {
    assert_eq!(check(&Tree::empty()).rules(), [("lmnet.toml", "missing-manifest")]);
}

#[test]
fn without_a_manifest_the_records_are_checked_all_the_same() {
    let tree = Tree::sound();
    fs::remove_file(tree.path("lmnet.toml")).unwrap();
    tree.file("offerings/wrong.toml", "title = 1\norganiser = \"nordvik\"\ncondition = \"kols\"\n");
    let wanted = [("lmnet.toml", "missing-manifest"), ("offerings/wrong.toml", "wrong-type")];
    assert_eq!(check(&tree).rules(), wanted);
}

#[test]
fn a_manifest_of_a_newer_format_stops_the_reading() {
    let tree = Tree::sound();
    tree.file("lmnet.toml", "format = 2\n").file("offerings/wrong.toml", "title = 1\n");
    let check = check(&tree);
    assert_eq!(check.rules(), [("lmnet.toml", "unsupported-format")]);
}

#[test]
fn a_newer_format_is_told_whatever_else_its_manifest_has() {
    let tree = Tree::sound();
    tree.file("lmnet.toml", "format = 2\nnew-key = true\n").file("offerings/wrong.toml", "title = 1\n");
    let check = check(&tree);
    assert_eq!(check.rules(), [("lmnet.toml", "unsupported-format")]);
}

#[test]
fn a_broken_manifest_hides_no_record() {
    let list = "\n[[condition]]\nid = \"hjarte\"\ntitle = \"Hjarte\"\n";
    for text in ["format = ", "[", "\u{0}", "format = \"1\"\n", "format = 1\nlanguage = \"no\"\n", ""] {
        for (list, conditions) in [("", 0), (list, if text.is_empty() || text.ends_with('\n') { 2 } else { 0 })] {
            let tree = Tree::sound();
            tree.file("lmnet.toml", format!("{text}{list}"));
            tree.file("offerings/wrong.toml", "title = 1\norganiser = \"nordvik\"\n");
            let check = check(&tree);
            let (manifest, others): (Vec<_>, Vec<_>) =
                check.rules().into_iter().partition(|(path, _)| *path == "lmnet.toml");
            assert!(!manifest.is_empty(), "{text:?}");
            // Only a list that could be read as a whole tells that a condition is not in it.
            let unknown = others.iter().filter(|(_, rule)| *rule == "unknown-reference").count();
            assert!(others.contains(&("offerings/wrong.toml", "wrong-type")), "{text:?}: {others:?}");
            assert_eq!((unknown, others.len()), (conditions, conditions + 1), "{text:?}: {others:?}");
        }
    }
}

#[test]
fn one_line_of_900_kb_is_shown_in_part() {
    let long = "å".repeat(450_000);
    let tree = Tree::sound();
    tree.file("offerings/a.toml", format!("title = \"{long}\"\norganiser = \"{long}\"\nform = \"x\"\n"));
    tree.file("offerings/b.toml", format!("organiser = \"nordvik\"\ntitle = \"Kurs\"\nform = \"{long}\"\n"));
    tree.file("offerings/c.toml", format!("{COURSE}{} = 1\n", "k".repeat(900_000)));
    tree.file("offerings/d.toml", format!("{COURSE}condition = [\"{long}\", 1]\n"));
    tree.file("offerings/e.toml", format!("{COURSE}to = 2016-02-30{}\n", " ".repeat(900_000)));
    let check = check(&tree);
    for finding in &check.findings {
        assert!(finding.message.len() + finding.hint.len() < 2000, "{:?}: a message that nobody reads", finding.at);
    }
    assert!(check.findings.len() >= 6, "{:?}", check.rules());
}

#[test]
fn escapes_in_keys_and_values_come_out_inert() {
    let tree = Tree::sound();
    tree.file(
        "offerings/values.toml",
        "title = \"Kurs\"\norganiser = \"\\u001b[2J\\u001b]0;x\\u0007\\u202enordvik\"\nform = \"\\u009b31m\"\n",
    );
    tree.file("offerings/keys.toml", format!("{COURSE}\"\\u001b[31m\\u2066key\" = 1\n"));
    tree.file(
        "offerings/raw.toml",
        format!("{COURSE}form = \"\u{1b}[31m\u{202e}raw\u{200f}\"\n\u{1b}]8;;http://x\u{7} = 1\n"),
    );
    tree.file("offerings/turned.toml", format!("{COURSE}form = \"\u{202e}\u{2066}turned\u{61c}\u{9b}31m\"\n"));
    tree.file(
        "offerings/beside.toml",
        "title = \"\u{202e}Kurs\" # \u{9b}31m\norganiser = \"x\"\nform = 1 # \u{202e}\u{2067}\n",
    );
    let id = "\\u001b[2J";
    let areas = format!("[{{ id = \"{id}\", title = \"\" }}, {{ id = \"{id}\", title = \"\" }}]");
    let party = "parties = [{ organisation = \"nordvik\", area = \"2j\" }]";
    tree.file("networks/twice.toml", format!("name = \"N\"\nareas = {areas}\n{party}\n"));
    let case = "title = \"S\"\nkind = \"case\"\n";
    tree.file("matters/shows.toml", format!("{case}shows = [\"mandat-fjor/{id}\"]\n"));
    tree.file("matters/waives.toml", format!("{case}waive = [{{ rule = \"{id}\", reason = \"\" }}]\n"));
    let check = check(&tree);
    for name in ["values", "keys", "raw", "turned", "beside"] {
        let path = format!("offerings/{name}.toml");
        assert!(check.findings.iter().any(|finding| finding.at.path == path), "{path}");
    }
    let said: String = check.findings.iter().flat_map(|finding| [&*finding.message, &*finding.hint]).collect();
    assert_inert(&said, false);
}

#[test]
fn a_registry_that_is_not_there_is_no_finding() {
    let tree = Tree::empty();
    tree.file("file.toml", "format = 1\n");
    for name in ["nowhere", "file.toml"] {
        let root = tree.path(name);
        let mut command = Command::new(env!("CARGO_BIN_EXE_lmnet"));
        common::quiet_environment(&mut command);
        let ran = run(command.args(["check", "--registry"]).arg(&root).current_dir(&tree.root));
        assert_eq!((ran.code, &*ran.out), (Some(2), ""));
        assert!(ran.talk.starts_with("lmnet: ") && ran.talk.contains(name), "{}", ran.talk);
    }
    let ran = run(Command::new(env!("CARGO_BIN_EXE_lmnet")).arg("check").current_dir(&tree.root));
    assert_eq!((ran.code, &*ran.out), (Some(2), ""));
}
