//! Who takes part: organisations, agreements, networks, members.

use super::duties::{duties, seats};
use super::words::*;
use super::*;

pub(super) fn organisation(shares: &Shares, index: usize) -> (String, String) {
    let mut random = Random::new("organisation", index);
    let (network, part) = shares.split(index);
    let (name, at) = place(network);
    let mut text = String::new();
    let (folder, id) = match part {
        0 => {
            let _ = write!(
                text,
                "name = {}\nabbreviation = \"H{}\"\n",
                both(&format!("Helse {name}"), &format!("Helse {name}")),
                &at[..2].to_uppercase()
            );
            let _ = write!(text, "kind = \"health-trust\"\nnumber = \"{}\"\nfrom = 2002-01-01\n", number(&mut random));
            ("helseforetak", format!("helse-{at}"))
        }
        1 => {
            let title = both(
                &format!("Lærings- og meistringssenteret i Helse {name}"),
                &format!("Lærings- og mestringssenteret i Helse {name}"),
            );
            let _ = write!(
                text,
                "name = {title}\nabbreviation = \"LMS\"\nkind = \"lms\"\nfrom = 2005-08-01\npart-of = [\"helse-{at}\"]\n"
            );
            let _ = writeln!(
                text,
                "contact = {{ email = \"lms@helse-{at}.example\", phone = \"55 {} 00\" }}",
                10 + random.below(90)
            );
            ("helseforetak", format!("lms-{at}"))
        }
        2 => {
            let (users, id) = user_organisation(network);
            let _ = write!(
                text,
                "name = {}\nkind = \"user-organisation\"\n",
                both(&format!("{users} {name}"), &format!("{users} {name}"))
            );
            let _ = writeln!(text, "condition = [\"{}\"]", random.pick(TOPICS).0);
            ("andre", id)
        }
        3 => {
            let title = both(
                &format!("Arbeidsgruppa for LM-nettverket {name}"),
                &format!("Arbeidsgruppen for LM-nettverket {name}"),
            );
            let _ = write!(
                text,
                "# Vald av partane kvart andre år.\nname = {title}\nkind = \"working-group\"\nfrom = 2012-05-01\n"
            );
            let _ = write!(
                text,
                "set-up-by = {{ agreement = \"mandat-{at}\", clause = \"5.1\" }}\ncontact-for = [\"lm-{at}\"]\n"
            );
            ("organ", format!("arbeidsgruppe-lm-{at}"))
        }
        part => {
            let own = part - BODIES;
            let last = shares.municipalities(network) - 1;
            let (name, id) = municipality(shares, network, own);
            let _ = write!(
                text,
                "name = \"{name}\"\nalso-called = [\"{name} herad\"]\nkind = \"municipality\"\nnumber = \"{}\"\n",
                number(&mut random)
            );
            // A code belongs to one municipality at a time.
            let place = own * shares.networks + network;
            let code = 1000 + place;
            let has_codes = place < 6000; // there are no more of four digits
            if own == last {
                text += "to = 2019-12-31\n";
                if has_codes {
                    let _ = writeln!(text, "codes = [{{ code = \"{code}\", to = 2019-12-31 }}]");
                }
            } else if has_codes {
                let new = 4000 + place;
                let _ = write!(
                    text,
                    "codes = [\n  {{ code = \"{code}\", to = 2019-12-31 }},\n  {{ code = \"{new}\", from = 2020-01-01 }},\n]\n"
                );
            }
            let _ = writeln!(text, "trust = [{{ organisation = \"helse-{at}\", from = 2002-01-01 }}]");
            if own == 0 {
                let _ = writeln!(
                    text,
                    "succeeds = [{{ organisation = \"{}\", on = 2020-01-01 }}]",
                    municipality(shares, network, last).1
                );
            }
            text += "source = [\"Kartverket og SSB: kommuneinndeling, namn og organisasjonsnummer\", \"SKDE, opptaksområde\"]\n";
            ("kommunar", id)
        }
    };
    if random.percent(30) {
        let _ = write!(text, "verified = {}\nnote = {}\n", random.day(2025, 1..13), random.prose(1, &name));
    }
    (format!("organisations/{folder}/{id}.toml"), text)
}

pub(super) fn agreement(shares: &Shares, index: usize) -> (String, String) {
    let mut random = Random::new("agreement", index);
    let (network, part) = shares.split(index);
    let (name, at) = place(network);
    let mut text = String::new();
    if part > 0 {
        let title = both(
            &format!("Tenesteavtale {part} mellom Helse {name} og kommunane"),
            &format!("Tjenesteavtale {part} mellom Helse {name} og kommunene"),
        );
        let _ = write!(text, "title = {title}\nkind = \"service-agreement\"\n");
        let _ = write!(
            text,
            "parties = [\"helse-{at}\", \"{}\"]\nfrom = 2012-07-01\n",
            some_municipality(shares, network, &mut random)
        );
        let _ =
            write!(text, "notice = {{ period = \"1 year\" }}\nurl = \"https://helse-{at}.example/avtalar/{part}\"\n");
        let _ = writeln!(text, "tasks = [\n  {},\n  {},\n]", random.prose(2, &name), random.prose(1, &name));
        let _ = write!(text, "\n[[obligation]]\nid = \"rapportering\"\nclause = \"5.{part}\"\n");
        let _ = writeln!(text, "restates = \"mandat-{at}/arsrapport\"");
        return (format!("agreements/tenesteavtale-{part}-{at}.toml"), text);
    }
    let title = both(
        &format!("Mandat for lærings- og meistringsnettverket {name}"),
        &format!("Mandat for lærings- og mestringsnettverket {name}"),
    );
    let _ =
        write!(text, "# Punkt for punkt etter dokumentet.\ntitle = {title}\nkind = \"mandate\"\nfrom = 2012-01-01\n");
    let _ = writeln!(text, "parties = [\"helse-{at}\", \"{}\"]", municipality(shares, network, 0).1);
    let _ = write!(
        text,
        "decided = {{ by = \"helse-{at}\", on = 2011-11-09 }}\nurl = \"https://helse-{at}.example/mandat\"\nfocus-areas = [\n"
    );
    for (id, nn, nb) in AREAS {
        let _ = writeln!(text, "  {{ id = \"{id}\", title = {}, clause = \"2\" }},", both(nn, nb));
    }
    text += "]\n";
    text += &seats(&at, &name, &mut random);
    text += &duties(&at, &name, &mut random);
    (format!("agreements/mandat-{at}.toml"), text)
}

pub(super) fn network(shares: &Shares, index: usize) -> (String, String) {
    let mut random = Random::new("network", index);
    let (name, at) = place(index);
    let title =
        both(&format!("Lærings- og meistringsnettverket {name}"), &format!("Lærings- og mestringsnettverket {name}"));
    let mut text =
        format!("name = {title}\nabbreviation = \"LM {name}\"\nlanguage = \"{}\"\n", random.pick(&["nn", "nb"]));
    let _ = write!(text, "from = 2012-01-01\ndescription = {}\nareas = [\n", random.prose(3, &name));
    let _ = write!(
        text,
        "  {{ id = \"indre\", title = \"Indre {name}\" }},\n  {{ id = \"ytre\", title = \"Ytre {name}\" }},\n]\n"
    );
    let _ = write!(text, "parties = [\n  {{ organisation = \"helse-{at}\" }},\n");
    let municipalities = shares.municipalities(index);
    for number in 0..municipalities {
        let until = if number + 1 == municipalities { ", to = 2019-12-31" } else { "" };
        let (id, area) = (municipality(shares, index, number).1, random.pick(&["indre", "ytre"]));
        let _ = writeln!(text, "  {{ organisation = \"{id}\", area = \"{area}\"{until} }},");
    }
    let _ = write!(
        text,
        "]\ngoverned-by = [\"mandat-{at}\"]\nreports-to = [\"helse-{at}\"]\ntracked = {{ from = 2016-01-01 }}\n"
    );
    (format!("networks/lm-{at}.toml"), text)
}

pub(super) fn member(shares: &Shares, index: usize) -> (String, String) {
    let mut random = Random::new("member", index);
    let (network, number) = shares.split(index);
    let (name, at) = place(network);
    let users = random.percent(25);
    let (organisation, background) = if users {
        (user_organisation(network).1, "user-representative")
    } else if random.percent(30) {
        (format!("lms-{at}"), "professional")
    } else {
        (some_municipality(shares, network, &mut random), "professional")
    };
    let mut text = format!("organisation = \"{organisation}\"\nbackground = \"{background}\"\n");
    let (nn, nb) = if users { FUNCTIONS[2] } else { random.pick(&FUNCTIONS[..2]) };
    let _ = writeln!(text, "function = {}", both(&nn.replace('§', &name), &nb.replace('§', &name)));
    let _ = writeln!(
        text,
        "source = [\"Årsmelding {}, LM-nettverket {name}\", \"https://helse-{at}.example/lm-nettverk/medlemer\"]",
        2014 + random.below(12)
    );
    if random.percent(20) {
        let _ = writeln!(text, "recruited-from = \"{}\"", course_id(shares, network));
    }
    if random.percent(35) {
        let _ = write!(text, "verified = {}\nnote = {}\n", random.day(2025, 1..13), random.prose(1, &name));
    }
    let appointments = 1 + random.below(4);
    for seat in 0..appointments {
        let from = 2014 + seat * 3 + random.below(2);
        let (group, role) = (
            random.percent(30),
            if users { "user-representative" } else { random.pick(&["contact", "member", "coordinator", "leader"]) },
        );
        let body = if group { format!("arbeidsgruppe-lm-{at}") } else { format!("lm-{at}") };
        let _ = write!(text, "\n[[appointment]]\nbody = \"{body}\"\nrole = \"{role}\"\n");
        if !group {
            let _ = writeln!(text, "area = \"{}\"", random.pick(&["indre", "ytre"]));
        }
        let _ = writeln!(text, "from = {}", random.day(from, 1..13));
        if seat + 1 < appointments {
            let _ = writeln!(text, "to = {}-12-31", from + 2);
        } else {
            text += "new = true\n";
        }
        if random.percent(30) {
            let _ = writeln!(text, "note = {}", random.prose(1, &name));
        }
    }
    (format!("members/lm-{at}/{organisation}-{number}.toml"), text)
}
