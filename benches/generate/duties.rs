//! What a mandate demands: seats and duties of every form, as the mandates of real networks have them.

use super::*;

/// The seats of a network and of its working group.
pub(super) fn seats(at: &str, name: &str, random: &mut Random) -> String {
    let mut text = String::new();
    let _ = write!(
        text,
        "\n[[seat]]\nid = \"kontaktpersonar\"\ntext = {}\nclause = \"3.2\"\nbody = \"lm-{at}\"\nrole = \"contact\"\n",
        random.prose(1, name)
    );
    text += "holder = { kind = \"municipality\" }\neach = \"party\"\nmin = 1\n";
    let _ = write!(
        text,
        "\n[[seat]]\nid = \"leiing\"\nclause = \"3.4\"\nbody = \"lm-{at}\"\nroles = [\"leader\", \"deputy\"]\namong = \"lm-{at}\"\nterm = \"2 years\"\n"
    );
    let group = format!("body = \"arbeidsgruppe-lm-{at}\"\nterm = \"2 years\"\n");
    let _ = write!(
        text,
        "\n[[seat]]\nid = \"fagpersonar\"\nclause = \"3.5\"\n{group}role = \"member\"\nholder = {{ kind = \"municipality\" }}\neach = \"area\"\nmin = 1\n"
    );
    let _ = write!(
        text,
        "\n[[seat]]\nid = \"brukarrepresentant\"\nclause = \"3.6\"\n{group}role = \"user-representative\"\n"
    );
    text += "holder = { background = \"user-representative\" }\nremunerated = true\n";
    text
}

/// The duties of a network: to whom a plan and a report go, and what is held for whom, how often.
pub(super) fn duties(at: &str, name: &str, random: &mut Random) -> String {
    let mut text = String::new();
    let trust = format!("helse-{at}");
    let both = format!("by = {{ jointly = [\"{trust}\", \"lms-{at}\"] }}");
    let each = "by = { each = \"municipality\" }";
    let mut add = |id: &str, strength: &str, keys: &[&str]| {
        let clause = 1 + random.below(9);
        let _ = write!(
            text,
            "\n[[obligation]]\nid = \"{id}\"\ntext = {}\nclause = \"4.{clause}\"\nstrength = \"{strength}\"\n",
            random.prose(1, name)
        );
        keys.iter().for_each(|key| _ = writeln!(text, "{key}"));
    };
    let to_trust = &*format!("receiver = [\"{trust}\"]");
    add(
        "handlingsplan",
        "shall",
        &[
            "by = \"network\"",
            to_trust,
            "every = \"year\"\ndue = \"11-30\"\ncovers = \"next\"",
            "evidence = { record = \"plan\", where = { kind = \"action\" } }",
        ],
    );
    add(
        "arsrapport",
        "shall",
        &[
            "by = \"network\"",
            to_trust,
            "every = \"year\"\ndue = \"01-31\"\ncovers = \"previous\"",
            "evidence = { record = \"report\", where = { kind = \"annual\" } }",
        ],
    );
    add(
        "samla-rapport",
        "shall",
        &[
            &format!("by = \"{trust}\""),
            &format!(
                "every = \"year\"\ndue = \"02-28\"\ncovers = \"previous\"\ncompiles = [\"mandat-{at}/arsrapport\"]"
            ),
            "evidence = { record = \"report\", where = { kind = \"compiled\" } }",
        ],
    );
    add(
        "helsepedagogikk",
        "shall",
        &[
            &both,
            "every = \"semester\"",
            "evidence = { record = \"course\", where = { module = [\"helsepedagogikk\", \"grunnkurs\"], organiser = \"self\" } }",
        ],
    );
    for module in ["endring", "meistring"] {
        let evidence = format!("evidence = {{ record = \"course\", where = {{ module = \"{module}\" }} }}");
        add(module, "shall", &[&both, "gap = \"2 semesters\"", &evidence]);
    }
    add(
        "arbeidsmote",
        "shall",
        &[
            "by = \"network\"",
            "every = \"year\"\nat-least = 2",
            "evidence = { record = \"meeting\", where = { kind = \"working-meeting\" } }",
        ],
    );
    add(
        "fagdag",
        "shall",
        &[
            &both,
            "every = \"year\"",
            "evidence = { record = \"meeting\", where = { kind = [\"professional-day\", \"gathering\"], organiser = \"self\" } }",
        ],
    );
    add(
        "gjennomgang",
        "shall",
        &[
            "by = { jointly = \"parties\" }",
            "every = \"2 years\"\nmonth = 12\nfirst = 2013",
            "evidence = { record = \"meeting\", where = { kind = \"review\" } }",
        ],
    );
    add(
        "dialog",
        "should",
        &[
            "by = { pair = [\"health-trust\", \"municipality\"] }",
            "every = \"year\"",
            "evidence = { record = \"meeting\", where = { kind = \"cooperation-meeting\", \"attended.organisation\" = \"self\" } }",
        ],
    );
    add(
        "behov",
        "should",
        &[
            each,
            "every = \"year\"\nmonth = 5",
            "evidence = { record = \"matter\", where = { kind = \"need\", by = \"self\" } }",
        ],
    );
    add(
        "kurskatalog",
        "shall",
        &[
            &format!("by = \"lms-{at}\"\nreceiver = {{ each = \"municipality\" }}"),
            "every = \"year\"\ndue = \"06-15\"\nshift = \"next-working-day\"",
            "evidence = { record = \"plan\", where = { kind = \"action\" } }",
        ],
    );
    add(
        "informasjon",
        "shall",
        &[each, "evidence = { record = \"matter\", where = { kind = \"information\", by = \"self\" } }"],
    );
    add("likeverd", "aim", &["by = \"network\"", "judged = true"]);
    add(
        "avklart-ansvar",
        "should",
        &[
            "per = { record = \"offering\", where = { care-level = \"joint\" } }",
            "require = [\"arrangement.responsibility\", \"arrangement.financing\"]",
        ],
    );
    text
}
