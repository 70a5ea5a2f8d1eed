//! What is done: offerings, courses, meetings, plans, reports, matters.

use super::words::*;
use super::*;

/// What an offering is about and who answers for it: enough for its id.
pub(super) struct Subject {
    topic: (&'static str, &'static str, &'static str),
    organiser: String,
    id: String,
}

pub(super) fn subject(shares: &Shares, index: usize, random: &mut Random) -> Subject {
    let (network, number) = shares.split(index);
    let at = place(network).1;
    let topic = random.pick(TOPICS);
    let organiser = match random.below(100) {
        0..25 => format!("helse-{at}"),
        25..60 => format!("lms-{at}"),
        _ => some_municipality(shares, network, random),
    };
    let id = format!("{}-{organiser}-{number}", topic.0);
    Subject { topic, organiser, id }
}

fn is_municipal(organiser: &str) -> bool {
    !organiser.contains("helse-") && !organiser.contains("lms-")
}

pub(super) fn offering(shares: &Shares, index: usize) -> (String, String) {
    let mut random = Random::new("offering", index);
    let Subject { topic, organiser, id } = subject(shares, index, &mut random);
    let (network, number) = shares.split(index);
    let (name, at) = place(network);
    let users = user_organisation(network).1;
    let municipal = is_municipal(&organiser);
    let joint = !municipal && random.percent(20);
    let ended = !joint && random.percent(8);
    let (nn, nb) = random.pick(TITLES);
    let mut text = String::new();
    if random.percent(15) {
        text += "# Sida seier berre «kurs»; at det er gruppebasert, er ei slutning.\n";
    }
    let title = |words: &str, topic| format!("{}, kull {number}", words.replace('§', topic));
    let _ = writeln!(text, "title = {}", both(&title(nn, topic.1), &title(nb, topic.2)));
    let second = some_municipality(shares, network, &mut random);
    let organisers = if joint { vec![organiser.clone(), second.clone()] } else { vec![organiser.clone()] };
    let _ = writeln!(text, "organiser = {}", list(&organisers));
    if ended {
        let gone = municipality(shares, network, shares.municipalities(network) - 1).1;
        let _ = writeln!(text, "partners = {}", list(&[gone, users.clone()]));
    } else if random.percent(60) {
        let _ = writeln!(text, "partners = {}", list(&[second, users.clone()]));
    }
    let level = if joint {
        "joint"
    } else if municipal {
        "municipal"
    } else {
        "specialist"
    };
    let _ = write!(
        text,
        "network = \"lm-{at}\"\ncare-level = \"{level}\"\nreach = \"{}\"\nform = \"group\"\n",
        random.pick(&["local", "regional"])
    );
    let scope = random.pick(&["diagnosis-specific", "cross-diagnosis"]);
    let intensity = random.pick(&["short", "long-running"]);
    // The specialist health service has the short ones on one diagnosis.
    let (scope, intensity) = if level == "specialist" { ("diagnosis-specific", "short") } else { (scope, intensity) };
    let _ = writeln!(text, "scope = \"{scope}\"\nintensity = \"{intensity}\"");
    let _ = write!(
        text,
        "purpose = [\"{}\"]\ncondition = [\"{}\"]\naudience = [\"patients\", \"relatives\"]\n",
        random.pick(&["prevention", "living-with-illness", "specialist"]),
        topic.0
    );
    if random.percent(30) {
        let sentences = 1 + random.below(2);
        let _ = writeln!(text, "description = {}", random.prose(sentences, &name));
    }
    if ended {
        text += "from = 2014-01-01\nto = 2019-06-30\n";
    }
    if random.percent(50) {
        let _ = writeln!(text, "url = \"https://{organiser}.example/kurs/{}\"", topic.0);
    }
    if random.percent(3) {
        let _ = writeln!(text, "shows = [\"mandat-{at}/avklart-ansvar\"]");
    }
    if random.percent(50) {
        let _ = write!(text, "\n[referral]\nrequired = true\nroutine = \"rutine-tilvising-{at}\"\n");
    }
    let evaluation = if random.percent(55) { list(&[&users]) } else { "[]".to_owned() };
    let _ = write!(
        text,
        "\n[involvement]\nplanning = [\"{users}\"]\ndelivery = [\"{users}\"]\nevaluation = {evaluation}\n"
    );
    if joint {
        let clause = |number| format!("{{ agreement = \"mandat-{at}\", clause = \"{number}\" }}");
        let _ = write!(
            text,
            "\n[arrangement]\nresponsibility = {}\norganisation = {}\nfinancing = {}\n",
            clause(4),
            clause(5),
            clause(6)
        );
    }
    for run in 0..random.below(5) {
        let year = if ended { 2014 + run } else { 2016 + run * 2 + random.below(2) };
        let start = random.day(year, 1..7);
        let _ = write!(text, "\n[[run]]\nstart = {start}\nend = {}\nplace = \"{name}\"\n", random.day(year, 8..13));
        let _ = write!(
            text,
            "mode = \"{}\"\nsessions = {}\nhours = {}\n",
            random.pick(&["in-person", "digital", "hybrid"]),
            2 + random.below(8),
            6 + random.below(30)
        );
        let patients = 4 + random.below(20);
        let patients = match random.below(10) {
            0 => "\"not-recorded\"".to_owned(),
            1 => format!("{{ at-least = {patients}, words = \"over {patients}\" }}"),
            _ => patients.to_string(),
        };
        let _ = write!(text, "patients = {patients}\nrelatives = {}\n", random.below(9));
    }
    (format!("offerings/{organiser}/{id}.toml"), text)
}

/// The id of a course of a network; each has one with this number.
pub(super) fn course_id(shares: &Shares, index: usize) -> String {
    let module = Random::new("course", index).pick(MODULES);
    let (network, number) = shares.split(index);
    format!("{module}-{}-{number}", place(network).1)
}

pub(super) fn course(shares: &Shares, index: usize) -> (String, String) {
    let mut random = Random::new("course", index);
    let module = random.pick(MODULES);
    let network = shares.split(index).0;
    let (name, at) = place(network);
    let users = user_organisation(network).1;
    let (nn, nb) = random.pick(COURSES);
    let year = 2014 + random.below(12);
    let month = 1 + random.below(10);
    let mut text = format!(
        "title = {}\nmodule = \"{module}\"\nnetwork = \"lm-{at}\"\n",
        both(&nn.replace('§', &name), &nb.replace('§', &name))
    );
    let _ = write!(
        text,
        "organiser = [\"lms-{at}\"]\nco-organisers = [\"{users}\"]\naudience = [\"specialist\", \"municipal\", \"user-representatives\"]\n"
    );
    let _ = write!(
        text,
        "start = {}\nend = {}\nhours = {}.5\n",
        random.day(year, month..month + 1),
        random.day(year, month + 1..month + 2),
        6 + random.below(20)
    );
    let _ = write!(text, "mode = \"{}\"\nplace = \"{name}\"\n", random.pick(&["in-person", "digital", "hybrid"]));
    let _ = writeln!(
        text,
        "participants = {{ specialist = {}, municipal = {}, user-representatives = {} }}",
        random.below(20),
        random.below(20),
        1 + random.below(5)
    );
    let _ = writeln!(
        text,
        "attended = [{{ organisation = \"helse-{at}\", participants = {} }}, \"{}\"]",
        5 + random.below(9),
        some_municipality(shares, network, &mut random)
    );
    let _ = writeln!(text, "description = {}", random.prose(1, &name));
    let _ = writeln!(text, "source = [\"Årsmelding {year}, LM-nettverket {name}\"]");
    (format!("courses/{year}/{}.toml", course_id(shares, index)), text)
}

pub(super) fn meeting(shares: &Shares, index: usize) -> (String, String) {
    let mut random = Random::new("meeting", index);
    let (network, number) = shares.split(index);
    let (name, at) = place(network);
    let year = 2014 + random.below(12);
    let kind = random.pick(MEETING_KINDS);
    let (nn, nb) = random.pick(MEETINGS);
    let mut text = format!(
        "title = {}\nkind = \"{kind}\"\nbody = \"lm-{at}\"\n",
        both(&nn.replace('§', &name), &nb.replace('§', &name))
    );
    let _ = write!(
        text,
        "start = {}\nmode = \"in-person\"\nplace = \"{name}\"\norganiser = [\"lms-{at}\"]\n",
        random.day(year, 1..13)
    );
    if random.percent(40) {
        let _ = writeln!(text, "co-organisers = [\"{}\"]", user_organisation(network).1);
    }
    text += "audience = [\"specialist\", \"municipal\", \"user-representatives\"]\n";
    let _ = writeln!(
        text,
        "attended = {}",
        list(&[format!("helse-{at}"), some_municipality(shares, network, &mut random), user_organisation(network).1])
    );
    let people = 8 + random.below(60);
    if random.percent(30) {
        let _ = writeln!(text, "participants = {{ about = {people}, words = \"ca. {people}\" }}");
    } else {
        let _ = writeln!(text, "participants = {people}");
    }
    let _ = writeln!(text, "description = {}\nsource = [\"Referat frå møtet, {name}\"]", random.prose(1, &name));
    let points = 1 + random.below(3);
    for _ in 0..points {
        let (nn, nb) = random.pick(AGENDA);
        let _ = write!(text, "\n[[agenda]]\ntitle = {}\n", both(nn, nb));
        if random.percent(40) {
            let matters = (shares.matters - network).div_ceil(shares.networks);
            let _ =
                writeln!(text, "matter = \"{}\"", matter_id(shares, network + shares.networks * random.below(matters)));
        }
    }
    (format!("meetings/lm-{at}/{kind}-{at}-{number}.toml"), text)
}

pub(super) fn plan(shares: &Shares, index: usize) -> (String, String) {
    let mut random = Random::new("plan", index);
    let (network, number) = shares.split(index);
    let (name, at) = place(network);
    let year = 2014 + number;
    let offerings = shares.offerings.saturating_sub(network).div_ceil(shares.networks);
    let transfers = random.percent(30) && offerings > 0;
    let kinds = if transfers { list(&["action", "transfer"]) } else { list(&["action"]) };
    let mut text = format!("network = \"lm-{at}\"\nkind = {kinds}\nyear = {year}\n");
    let _ = writeln!(text, "sent = [{{ to = \"helse-{at}\", on = {} }}]", random.day(year - 1, 10..12));
    let subject_of = |index| subject(shares, index, &mut Random::new("offering", index));
    if transfers {
        let all = (0..offerings).map(|number| subject_of(network + shares.networks * number));
        let of_trust = all.filter(|subject| !is_municipal(&subject.organiser)).map(|subject| subject.id);
        let _ = writeln!(text, "remains-specialist = {}", list(&of_trust.collect::<Vec<_>>()));
    }
    let area = |action: usize| AREAS[(number + action) % AREAS.len()].0;
    let _ = writeln!(text, "focus-areas = [\"mandat-{at}/{}\", \"mandat-{at}/{}\"]", area(0), area(1));
    for action in 0..2 + random.below(3) {
        let _ = write!(text, "\n[[action]]\nid = \"tiltak-{}\"\ntitle = {}\n", action + 1, random.prose(1, &name));
        let _ = write!(
            text,
            "focus-area = \"mandat-{at}/{}\"\nresponsible = [\"{}\"]\n",
            area(action),
            some_municipality(shares, network, &mut random)
        );
        let _ = write!(
            text,
            "due = {}\nstatus = \"{}\"\n",
            random.day(year, 3..13),
            random.pick(&["planned", "ongoing", "done"])
        );
    }
    if transfers {
        let offering = subject_of(network + shares.networks * random.below(offerings)).id;
        let to = some_municipality(shares, network, &mut random);
        let _ = write!(
            text,
            "\n[[transfer]]\noffering = \"{offering}\"\nto = [\"{to}\"]\ndue = {year}-12-31\nstatus = \"planned\"\n"
        );
    }
    (format!("plans/lm-{at}-{year}.toml"), text)
}

pub(super) fn report(shares: &Shares, index: usize) -> (String, String) {
    let mut random = Random::new("report", index);
    let (network, number) = shares.split(index);
    let (name, at) = place(network);
    let compiled = number % 6 == 5;
    let year = 2014 + number - number / 6 - usize::from(compiled);
    let mut text = String::new();
    let id = if compiled {
        let _ = write!(
            text,
            "by = \"helse-{at}\"\nkind = \"compiled\"\nyear = {year}\ncompiles = [\"arsmelding-{at}-{year}\"]\n"
        );
        format!("samla-rapport-{at}-{year}")
    } else {
        let _ = write!(text, "network = \"lm-{at}\"\nkind = \"annual\"\nyear = {year}\n");
        format!("arsmelding-{at}-{year}")
    };
    let _ = writeln!(text, "sent = [{{ to = \"helse-{at}\", on = {} }}]", random.day(year + 1, 2..3));
    let _ = writeln!(
        text,
        "signed = {{ on = {}, place = \"{name}\", by = [\"arbeidsgruppe-lm-{at}\"] }}",
        random.day(year + 1, 1..2)
    );
    for measure in ["offerings", "participants"] {
        let value = 20 + random.below(900);
        let _ = write!(
            text,
            "\n[[figure]]\nmeasure = \"{measure}\"\nvalue = {{ at-least = {value}, words = \"vel {value}\" }}\nsource = \"Årsmelding {year}\"\n"
        );
    }
    for _ in 0..1 + random.below(2) {
        let area = random.pick(AREAS).0;
        let _ =
            write!(text, "\n[[narrative]]\nfocus-area = \"mandat-{at}/{area}\"\ntext = {}\n", random.prose(2, &name));
    }
    (format!("reports/{id}.toml"), text)
}

/// The first matter of each network is its routine for referrals.
pub(super) fn matter_id(shares: &Shares, index: usize) -> String {
    let (network, number) = shares.split(index);
    let at = place(network).1;
    if number == 0 {
        return format!("rutine-tilvising-{at}");
    }
    format!("{}-{at}-{number}", Random::new("matter", index).pick(MATTERS))
}

pub(super) fn matter(shares: &Shares, index: usize) -> (String, String) {
    let mut random = Random::new("matter", index);
    let (network, number) = shares.split(index);
    let (name, at) = place(network);
    let kind = random.pick(MATTERS);
    let kind = if number == 0 { "routine" } else { kind };
    let (nn, nb) = random.pick(AGENDA);
    let year = 2014 + random.below(11);
    let mut text = format!("title = {}\nkind = \"{kind}\"\nnetwork = \"lm-{at}\"\n", both(nn, nb));
    let _ = write!(text, "focus-area = \"mandat-{at}/{}\"\norder = {}\n", random.pick(AREAS).0, 1 + random.below(9));
    let told = matches!(kind, "need" | "information");
    let by = if told { some_municipality(shares, network, &mut random) } else { format!("lms-{at}") };
    let _ = write!(
        text,
        "by = [\"{by}\"]\nwith = {}\n",
        list(&[user_organisation(network).1, some_municipality(shares, network, &mut random)])
    );
    if random.percent(50) {
        let _ = writeln!(
            text,
            "opened = \"{year}-{}\"\nclosed = {}",
            random.pick(&["03", "05", "spring"]),
            random.day(year + 1, 1..13)
        );
    } else {
        let _ = writeln!(text, "opened = \"{year}\"");
    }
    let sentences = 1 + random.below(2);
    let _ = write!(
        text,
        "status = \"{}\"\ndescription = {}\n",
        random.pick(&["ongoing", "done", "open"]),
        random.prose(sentences, &name)
    );
    let _ =
        write!(text, "outcome = {}\nsource = [\"Årsmelding {year}, LM-nettverket {name}\"]\n", random.prose(1, &name));
    (format!("matters/{kind}/{}.toml", matter_id(shares, index)), text)
}
