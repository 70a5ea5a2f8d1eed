//! What must not be known of persons: it is found wherever it stands, and never repeated by what is said about it.

mod common;

use std::path::PathBuf;

use common::{Tree, run};
use lmnet::personal::identity_numbers;
use lmnet::registry::Registry;

/// A number of a test system: month + 80.
const NUMBER: &str = "01810010068";
const MASKED: &str = "018100*****";
const RULE: &str = "national-identity-number";

/// The mistakes of `planted/person.md`, all in one tree.
fn planted() -> Tree {
    let tree = Tree::sound();
    let page = include_str!("planted/person.md").replace('⟫', "⟪");
    let plain: String = page.split('⟪').enumerate().filter(|(at, _)| at % 2 == 0).map(|(_, text)| text).collect();
    tree.lay(&plain);
    tree
}

#[test]
fn no_output_shows_a_whole_number() {
    let tree = planted();
    for lang in ["nn", "nb", "en"] {
        for arguments in [
            &["check", "--color", "never"][..],
            &["check", "--color", "always"],
            &["check", "--format", "json"],
            &["matters", "list", "--color", "never"],
            &["matters", "list", "--format", "md"],
            &["matters", "list", "--format", "csv"],
            &["matters", "list", "--format", "json"],
            &["matters", "list", "--format", "yaml"],
        ] {
            let out = run(tree.command(arguments).args(["--lang", lang])).out;
            let plain: String =
                out.split('\u{1b}').map(|part| part.split_once('m').map_or(part, |(_, rest)| rest)).collect();
            let plain = if arguments.contains(&"always") { plain } else { out };
            assert!(
                plain.replace('\\', "").contains(MASKED) && identity_numbers(&plain).is_empty(),
                "{arguments:?}: {plain}"
            );
            // The list also has a title full of what looks alike.
            let last =
                ["10068", "10076", "10084", "10051", "50060", "20057", "30040", "30059", "70019", "70027", "70035"];
            let shown = last.iter().find(|last| arguments[0] == "check" && plain.contains(**last));
            assert!(shown.is_none(), "{shown:?}: {plain}");
        }
    }
}

#[test]
fn no_cut_leaves_more_than_the_first_six_digits() {
    let tree = Tree::sound();
    for lead in 0..90 {
        let before = "x".repeat(lead);
        let name: String = before.chars().take(50).collect();
        let value = format!("{before}-{NUMBER}");
        tree.file(
            format!("matters/cut-{lead}.toml"),
            format!(
                "title = \"T\"\nkind = \"{value}\"\nnetwork = \"{value}\"\ncount = \"{value}\"\n\"{value}\" = 1\n\
                 shows = [\"{value}/{value}\"]\nwaive = [{{ rule = \"{value}\", reason = \"\" }}]\n"
            ),
        );
        tree.file(format!("matters/syntax-{lead}.toml"), format!("title = {value}\n[{value}]\n[{value}]\n"));
        tree.file(format!("matters/Name {name} {NUMBER}.toml"), "title = \"T\"\nkind = \"case\"\n");
        tree.file(
            format!("networks/areas-{lead}.toml"),
            format!(
                "name = \"N\"\nareas = [{{ id = \"{before} {NUMBER}\", title = \"\" }}]\n{}form = 1 # {NUMBER}\n",
                "#".repeat(lead)
            ),
        );
        let long = " ".repeat(200 + lead);
        tree.file(format!("plans/line-{lead}.toml"), format!("kind = [1,{long}\"{NUMBER}\"]\n"));
    }
    for format in ["human", "json"] {
        let out = run(&mut tree.command(&["check", "--format", format, "--color", "never", "--lang", "en"])).out;
        assert!(out.len() > 100_000, "{} bytes", out.len());
        let shown =
            out.match_indices("018100").find(|(at, _)| out[at + 6..].starts_with(|char: char| char.is_ascii_digit()));
        assert!(shown.is_none(), "{}", &out[shown.unwrap().0 - 200..][..400]);
    }
}

#[test]
fn numbers_are_found_in_what_is_no_record() {
    let tree = Tree::sound();
    let manifest = std::fs::read_to_string(tree.path("lmnet.toml")).unwrap();
    tree.file("lmnet.toml", format!("{manifest}# {NUMBER}\n"));
    tree.file("README.md", format!("Ring\n{NUMBER}\n"));
    tree.file("offerings/long.md", format!("{NUMBER}{}", " ".repeat(1 << 20)));
    tree.file(
        "offerings/latin.toml",
        [b"title = \"Bl\xe5b\xe6r 018100\xa010068\"\n".as_slice(), b"organiser = \"nordvik\"\n"].concat(),
    );
    let wide: Vec<u8> = format!("title = \"Kos {NUMBER}\"\n").encode_utf16().flat_map(u16::to_le_bytes).collect();
    tree.file("offerings/utf16.toml", [b"\xff\xfe".as_slice(), &wide].concat());
    tree.file("offerings/zeros.toml", wide);
    tree.file(format!("{NUMBER}/kurs.toml"), "title = \"K\"\n");
    std::os::unix::fs::symlink("kols-skule.toml", tree.place(format!("offerings/{NUMBER}.toml"))).unwrap();
    let check = tree.check();
    let mut wanted = vec![
        ("018100*****", RULE),
        ("018100*****", "stray-file"),
        ("README.md", RULE),
        ("lmnet.toml", RULE),
        ("offerings/018100*****.toml", "linked-file"),
        ("offerings/018100*****.toml", RULE),
        ("offerings/latin.toml", "foreign-encoding"),
        ("offerings/latin.toml", RULE),
        ("offerings/long.md", RULE),
        ("offerings/long.md", "oversized-file"),
        ("offerings/utf16.toml", "foreign-encoding"),
        ("offerings/utf16.toml", RULE),
        ("offerings/zeros.toml", "broken-syntax"),
        ("offerings/zeros.toml", RULE),
    ];
    let mut found = check.rules();
    found.sort_unstable();
    wanted.sort_unstable();
    assert_eq!(found, wanted);
}

#[test]
fn neither_waiver_nor_manifest_nor_format_silences_a_number() {
    let level = |word: &str| {
        format!("format = 1\n[rules]\n{RULE} = \"{word}\"\nprotected-rule = \"{word}\"\nwrong-type = \"off\"\n")
    };
    for word in ["off", "note", "error"] {
        let tree = Tree::sound();
        tree.file("lmnet.toml", level(word) + "[[condition]]\nid = \"kols\"\ntitle = \"KOLS\"\n");
        tree.file(
            "matters/waived.toml",
            format!("title = \"{NUMBER}\"\nkind = \"case\"\nwaive = [{{ rule = \"{RULE}\", reason = \"R\" }}]\n"),
        );
        let check = tree.check();
        let wanted = [
            ("lmnet.toml", "protected-rule"),
            ("lmnet.toml", "protected-rule"),
            ("matters/waived.toml", RULE),
            ("matters/waived.toml", "protected-rule"),
        ];
        assert_eq!((check.rules(), check.number("errors"), check.number("waived")), (wanted.to_vec(), 4, 0), "{word}");
    }
    let tree = Tree::sound();
    tree.file("lmnet.toml", format!("format = 2\ntitle = \"{NUMBER} post@nordvik.example\"\n"));
    assert_eq!(tree.check().rules(), [("lmnet.toml", "unsupported-format"), ("lmnet.toml", RULE)]);
}

#[test]
fn a_number_has_the_key_of_its_value() {
    let tree = Tree::sound();
    tree.file(
        "matters/keys.toml",
        format!(
            "# {NUMBER}\ntitle = {{ nn = \"{NUMBER}\" }}\nkind = \"case\"\nsource = [\"a\", \"{NUMBER}\"]\n\
             to = \"nordvik\"\n[[documents]]\ntitle = \"T\"\n[[documents]]\ntitle = \"T\"\nurl = \"https://x.example/{NUMBER}\"\n"
        ),
    );
    let check = tree.check();
    let keys: Vec<_> =
        check.json["findings"].as_array().unwrap().iter().map(|finding| finding["key"].as_str().unwrap()).collect();
    assert_eq!(keys, ["", "title.nn", "source[1]", "documents[1].url"]);
}

#[test]
fn a_number_is_not_hidden_by_many_other_mistakes() {
    let tree = Tree::sound();
    let keys: String = (0..3000).map(|number| format!("key-{number} = {number}\n")).collect();
    tree.file("matters/many.toml", format!("title = \"T\"\nkind = \"case\"\n{keys}# {NUMBER}\n"));
    assert!(tree.check().rules().contains(&("matters/many.toml", RULE)));
}

#[test]
fn files_full_of_what_looks_personal_end_soon() {
    let line = |text: &str| text.repeat((1 << 20) / text.len() - 1);
    for (text, found) in [
        (line(&format!("{NUMBER} ")), true),
        (line(&format!("{NUMBER}\\u00a0")), true),
        (line("a@b.no "), true),
        (line("a@b.no/"), true),
        (line("@"), false),
        (line("a@"), false),
        (line("1"), false),
        (line("1 "), false),
        (line("55 00 00 00, "), true),
        (line("018100 "), false),
        (line("01.81.00."), false),
        (line("\\"), false),
        (line("://@x.no/"), false),
    ] {
        let tree = Tree::sound();
        tree.file("matters/full.md", &text);
        tree.file("matters/full.toml", format!("title = \"T\"\nkind = \"case\"\n# {}\n", &text[..(1 << 20) - 100]));
        let check = tree.check();
        let rules = check.rules();
        assert_eq!(!rules.is_empty(), found, "{}: {:?}", &text[..20], rules.first());
        assert!(rules.iter().all(|(_, rule)| [RULE, "personal-contact"].contains(rule)), "{}: {rules:?}", &text[..20]);
    }
}

#[test]
fn words_of_conditions_are_known_by_their_beginning_and_short_ones_by_their_capitals() {
    let texts = |function: &str| {
        let member = format!(
            "organisation = \"nordvik\"\nbackground = \"user-representative\"\nfunction = {{ nb = \"{function}\" }}\nname = \"Eksempel\"\n\
             consent = 2020-01-01\nappointment = {{ body = \"lm\", role = \"member\" }}\n"
        );
        let files = [
            (
                "lmnet.toml",
                "format = 1\n[[condition]]\nid = \"ms\"\ntitle = \"Multippel sklerose (MS)\"\nalso = [\"hjarte\", \"KOLS\", \"Lunge- og karsjukdom\"]\n",
            ),
            ("organisations/nordvik.toml", "name = \"Nordvik\"\nkind = \"municipality\"\n"),
            ("networks/lm.toml", "name = \"LM\"\n"),
            ("members/a.toml", &member),
        ];
        let texts = files.map(|(path, text)| (PathBuf::from(path), text.as_bytes().to_vec()));
        let outcome = lmnet::check::run(&Registry::from_texts(texts));
        outcome.findings.iter().map(|finding| finding.rule.id).collect::<Vec<_>>()
    };
    for function in [
        "Leiar i Hjartelaget",
        "om MS",
        "MS-kontakt",
        "for multippel sklerose",
        "Leder i Hjertelaget",
        "bur med kols",
        "KOLS-kontakt",
        "Kolsskulen",
        "lungegruppa",
    ] {
        assert_eq!(texts(function), ["name-beside-condition"], "{function}");
    }
    for function in
        ["Leiar i Ms. Hansens råd", "EMS", "uhjarteleg", "sklerose", "Kolstad bydel", "Kolsås", "karsjukepleiar", ""]
    {
        assert_eq!(texts(function), [""; 0], "{function}");
    }
}
