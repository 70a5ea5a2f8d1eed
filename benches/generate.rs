//! Writes a registry of any size that looks like a real one and in which `lmnet check` finds nothing.
//!
//! Each record depends on its kind and number alone, so that the same count always gives the same files.

use std::collections::HashSet;
use std::fmt::Write as _;
use std::path::Path;
use std::{fs, io};

/// What was written.
pub(crate) struct Written {
    pub(crate) records: usize,
    pub(crate) bytes: usize,
}

/// Writes `count` records (at least [`FEWEST`]) and a manifest into the folder `root`.
pub(crate) fn write(count: usize, root: &Path) -> io::Result<Written> {
    let shares = Shares::of(count.max(FEWEST));
    let mut folders = HashSet::new();
    let mut written = Written { records: 0, bytes: 0 };
    let mut put = |path: String, text: String| {
        let path = root.join(path);
        let folder = path.parent().unwrap_or(root);
        if !folders.contains(folder) {
            fs::create_dir_all(folder)?;
            folders.insert(folder.to_owned());
        }
        written.bytes += text.len();
        written.records += 1;
        fs::write(path, text)
    };
    put("lmnet.toml".to_owned(), manifest())?;
    for (make, number) in [
        (organisation as fn(&Shares, usize) -> (String, String), shares.organisations),
        (agreement, shares.agreements),
        (network, shares.networks),
        (member, shares.members),
        (offering, shares.offerings),
        (course, shares.courses),
        (meeting, shares.meetings),
        (plan, shares.plans),
        (report, shares.reports),
        (matter, shares.matters),
    ] {
        for index in 0..number {
            let (path, text) = make(&shares, index);
            put(path, text)?;
        }
    }
    written.records -= 1; // the manifest
    Ok(written)
}

/// With fewer, a record would have nobody to refer to.
pub(crate) const FEWEST: usize = 40;

/// How many records there are of each kind.
struct Shares {
    organisations: usize,
    agreements: usize,
    networks: usize,
    members: usize,
    offerings: usize,
    courses: usize,
    meetings: usize,
    plans: usize,
    reports: usize,
    matters: usize,
}

impl Shares {
    fn of(count: usize) -> Self {
        let share = |thousandths: usize| count * thousandths / 1000;
        let networks = share(3).max(1);
        let mut shares = Self {
            networks,
            organisations: share(40).max(networks * (BODIES + 3)),
            agreements: share(10).max(networks),
            members: share(150),
            offerings: 0,
            courses: share(75).max(networks),
            meetings: share(100),
            plans: share(35).max(networks),
            reports: share(35).max(networks),
            matters: share(70).max(networks),
        };
        shares.offerings = count
            - (networks + shares.organisations + shares.agreements + shares.members)
            - (shares.courses + shares.meetings + shares.plans + shares.reports + shares.matters);
        shares
    }

    /// The network that a record belongs to, and its number there.
    fn split(&self, index: usize) -> (usize, usize) {
        (index % self.networks, index / self.networks)
    }

    /// How many municipalities a network has. The last one ended in 2019.
    fn municipalities(&self, network: usize) -> usize {
        (self.organisations - network).div_ceil(self.networks) - BODIES
    }
}

/// Organisations of a network that are no municipality: trust, centre, user organisation, working group.
const BODIES: usize = 4;

/// Numbers that look random and are not: xorshift64*, started from a kind and a number.
struct Random(u64);

impl Random {
    fn new(kind: &str, index: usize) -> Self {
        let seed = kind
            .bytes()
            .fold(index as u64 + 1, |seed, byte| (seed ^ u64::from(byte)).wrapping_mul(0x9E37_79B9_7F4A_7C15));
        let mut random = Self(seed | 1);
        random.next();
        random.next();
        random
    }

    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D)
    }

    /// From 0 up to but not including `limit`.
    fn below(&mut self, limit: usize) -> usize {
        ((self.next() >> 33) % limit as u64) as usize
    }

    fn percent(&mut self, chance: usize) -> bool {
        self.below(100) < chance
    }

    fn pick<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.below(of.len())]
    }

    /// A day that every month has.
    fn day(&mut self, year: usize, months: std::ops::Range<usize>) -> String {
        let month = months.start + self.below(months.len());
        format!("{year}-{month:02}-{:02}", 1 + self.below(28))
    }

    /// Sentences in both languages.
    fn prose(&mut self, sentences: usize, place: &str) -> String {
        let (mut nn, mut nb) = (String::new(), String::new());
        let mut at = self.below(PROSE.len());
        for number in 0..sentences {
            let (one, other) = PROSE[at];
            let gap = if number == 0 { "" } else { " " };
            nn += &format!("{gap}{}", one.replace('§', place));
            nb += &format!("{gap}{}", other.replace('§', place));
            at = (at + 1 + self.below(3)) % PROSE.len();
        }
        both(&nn, &nb)
    }
}

fn both(nn: &str, nb: &str) -> String {
    format!("{{ nn = \"{nn}\", nb = \"{nb}\" }}")
}

fn list<S: AsRef<str>>(ids: &[S]) -> String {
    let quoted: Vec<_> = ids.iter().map(|id| format!("\"{}\"", id.as_ref())).collect();
    format!("[{}]", quoted.join(", "))
}

/// A place: its name and what ids have of it.
fn place(index: usize) -> (String, String) {
    let (first, last) = (FIRST[index % FIRST.len()], LAST[index / FIRST.len() % LAST.len()]);
    let round = index / (FIRST.len() * LAST.len());
    let name = if round == 0 { format!("{first}{last}") } else { format!("{first}{last} {}", round + 1) };
    let id = name.to_lowercase().replace('æ', "ae").replace('ø', "o").replace('å', "a").replace(' ', "-");
    (name, id)
}

/// The municipality of a network with this number.
fn municipality(shares: &Shares, network: usize, number: usize) -> (String, String) {
    place(shares.networks * (number + 1) + network)
}

/// A municipality of a network that still exists.
fn some_municipality(shares: &Shares, network: usize, random: &mut Random) -> String {
    municipality(shares, network, random.below(shares.municipalities(network) - 1)).1
}

fn user_organisation(network: usize) -> (&'static str, String) {
    let (name, id) = USERS[network % USERS.len()];
    (name, format!("{id}-{}", place(network).1))
}

/// An organisation number with its check digit.
fn number(random: &mut Random) -> String {
    loop {
        let digits: Vec<usize> = [9].into_iter().chain((0..7).map(|_| random.below(10))).collect();
        let sum: usize = digits.iter().zip([3, 2, 7, 6, 5, 4, 3, 2]).map(|(digit, weight)| digit * weight).sum();
        let check = (11 - sum % 11) % 11;
        if check < 10 {
            return digits.iter().chain([&check]).map(usize::to_string).collect();
        }
    }
}

fn manifest() -> String {
    let mut text = "# Laga av benches/generate.rs.\nformat = 1\nlanguage = \"nn\"\n".to_owned();
    let _ = writeln!(text, "title = {}", both("Lærings- og meistringsnettverk", "Lærings- og mestringsnettverk"));
    text += "semesters = { spring = \"01-01\", autumn = \"08-01\" }\n\n[publish]\nsuppress-below = 5\n";
    for (id, nn, nb) in TOPICS {
        let _ = write!(text, "\n[[condition]]\nid = \"{id}\"\ntitle = {}\n", both(nn, nb));
    }
    text
}

fn organisation(shares: &Shares, index: usize) -> (String, String) {
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
            let code = 1000 + random.below(900);
            if own == last {
                let _ = write!(text, "to = 2019-12-31\ncodes = [{{ code = \"{code}\", to = 2019-12-31 }}]\n");
                let _ = writeln!(text, "trust = [{{ organisation = \"helse-{at}\", from = 2002-01-01 }}]");
            } else {
                let new = 4000 + random.below(900);
                let _ = write!(
                    text,
                    "codes = [\n  {{ code = \"{code}\", to = 2019-12-31 }},\n  {{ code = \"{new}\", from = 2020-01-01 }},\n]\n"
                );
                let _ = writeln!(text, "trust = [{{ organisation = \"helse-{at}\", from = 2002-01-01 }}]");
            }
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

fn agreement(shares: &Shares, index: usize) -> (String, String) {
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
    let _ = write!(
        text,
        "\n[[seat]]\nid = \"kontaktpersonar\"\ntext = {}\nclause = \"3.2\"\nbody = \"lm-{at}\"\nrole = \"contact\"\n",
        random.prose(1, &name)
    );
    text += "holder = { kind = \"municipality\" }\neach = \"party\"\ncount = 1\n";
    let _ = write!(
        text,
        "\n[[seat]]\nid = \"leiing\"\nclause = \"3.4\"\nbody = \"lm-{at}\"\nroles = [\"leader\", \"deputy\"]\namong = \"lm-{at}\"\nterm = \"2 years\"\n"
    );
    let _ = write!(
        text,
        "\n[[obligation]]\nid = \"handlingsplan\"\ntext = {}\nclause = \"4.1\"\nstrength = \"shall\"\n",
        random.prose(1, &name)
    );
    let _ = write!(
        text,
        "by = \"network\"\nreceiver = [\"helse-{at}\"]\nevery = \"year\"\ndue = \"11-30\"\ncovers = \"next\"\n"
    );
    text += "evidence = { record = \"plan\", where = { kind = \"action\" } }\n";
    let _ = write!(
        text,
        "\n[[obligation]]\nid = \"arsrapport\"\ntext = {}\nclause = \"4.2\"\nstrength = \"shall\"\n",
        random.prose(1, &name)
    );
    let _ = write!(
        text,
        "by = \"network\"\nreceiver = [\"helse-{at}\"]\nevery = \"year\"\ndue = \"02-01\"\ncovers = \"previous\"\nevidence = {{ record = \"report\" }}\n"
    );
    let _ = write!(
        text,
        "\n[[obligation]]\nid = \"avklart-ansvar\"\ntext = {}\nclause = \"4.5\"\nstrength = \"should\"\n",
        random.prose(1, &name)
    );
    text += "per = { record = \"offering\", where = { care-level = \"joint\" } }\nrequire = [\"arrangement.responsibility\", \"arrangement.financing\"]\n";
    (format!("agreements/mandat-{at}.toml"), text)
}

fn network(shares: &Shares, index: usize) -> (String, String) {
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
        "]\ngoverned-by = [\"mandat-{at}\"]\nreports-to = [\"helse-{at}\"]\ntracked = {{ from = 2026-01-01 }}\n"
    );
    (format!("networks/lm-{at}.toml"), text)
}

fn member(shares: &Shares, index: usize) -> (String, String) {
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

/// What an offering is about and who answers for it: enough for its id.
struct Subject {
    topic: (&'static str, &'static str, &'static str),
    organiser: String,
    id: String,
}

fn subject(shares: &Shares, index: usize, random: &mut Random) -> Subject {
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

fn offering(shares: &Shares, index: usize) -> (String, String) {
    let mut random = Random::new("offering", index);
    let Subject { topic, organiser, id } = subject(shares, index, &mut random);
    let network = shares.split(index).0;
    let (name, at) = place(network);
    let users = user_organisation(network).1;
    let municipal = !organiser.contains("helse-") && !organiser.contains("lms-");
    let joint = !municipal && random.percent(20);
    let ended = !joint && random.percent(8);
    let (nn, nb) = random.pick(TITLES);
    let mut text = String::new();
    if random.percent(15) {
        text += "# Sida seier berre «kurs»; at det er gruppebasert, er ei slutning.\n";
    }
    let _ = writeln!(text, "title = {}", both(&nn.replace('§', topic.1), &nb.replace('§', topic.2)));
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
    let _ = writeln!(
        text,
        "scope = \"{}\"\nintensity = \"{}\"",
        random.pick(&["diagnosis-specific", "cross-diagnosis"]),
        random.pick(&["short", "long-running"])
    );
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
    if random.percent(55) {
        let _ = write!(text, "\n[involvement]\nplanning = [\"{users}\"]\ndelivery = [\"{users}\"]\nevaluation = []\n");
    }
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
fn course_id(shares: &Shares, index: usize) -> String {
    let module = Random::new("course", index).pick(MODULES);
    let (network, number) = shares.split(index);
    format!("{module}-{}-{number}", place(network).1)
}

fn course(shares: &Shares, index: usize) -> (String, String) {
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

fn meeting(shares: &Shares, index: usize) -> (String, String) {
    let mut random = Random::new("meeting", index);
    let (network, number) = shares.split(index);
    let (name, at) = place(network);
    let year = 2014 + random.below(12);
    let kind = random.pick(&["working-meeting", "network-meeting", "gathering", "professional-day", "seminar"]);
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

fn plan(shares: &Shares, index: usize) -> (String, String) {
    let mut random = Random::new("plan", index);
    let (network, number) = shares.split(index);
    let (name, at) = place(network);
    let year = 2014 + number;
    let transfers = random.percent(30);
    let kinds = if transfers { list(&["action", "transfer"]) } else { list(&["action"]) };
    let mut text = format!("network = \"lm-{at}\"\nkind = {kinds}\nyear = {year}\n");
    let _ = writeln!(text, "sent = [{{ to = \"helse-{at}\", on = {} }}]", random.day(year - 1, 10..12));
    let _ = writeln!(text, "focus-areas = [\"mandat-{at}/pasientforlop\", \"mandat-{at}/fagutvikling\"]");
    for action in 0..2 + random.below(3) {
        let _ = write!(text, "\n[[action]]\nid = \"tiltak-{}\"\ntitle = {}\n", action + 1, random.prose(1, &name));
        let _ = write!(
            text,
            "focus-area = \"mandat-{at}/{}\"\nresponsible = [\"{}\"]\n",
            random.pick(AREAS).0,
            some_municipality(shares, network, &mut random)
        );
        let _ = write!(
            text,
            "due = {}\nstatus = \"{}\"\n",
            random.day(year, 3..13),
            random.pick(&["planned", "ongoing", "done"])
        );
    }
    let offerings = shares.offerings.saturating_sub(network).div_ceil(shares.networks);
    if transfers && offerings > 0 {
        let index = network + shares.networks * random.below(offerings);
        let offering = subject(shares, index, &mut Random::new("offering", index)).id;
        let to = some_municipality(shares, network, &mut random);
        let _ = write!(
            text,
            "\n[[transfer]]\noffering = \"{offering}\"\nto = [\"{to}\"]\ndue = {year}-12-31\nstatus = \"planned\"\n"
        );
    }
    (format!("plans/lm-{at}-{year}.toml"), text)
}

fn report(shares: &Shares, index: usize) -> (String, String) {
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
    let _ = writeln!(text, "sent = [{{ to = \"helse-{at}\", on = {} }}]", random.day(year + 1, 1..3));
    let _ = writeln!(
        text,
        "signed = {{ on = {}, place = \"{name}\", by = [\"arbeidsgruppe-lm-{at}\"] }}",
        random.day(year + 1, 1..3)
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
fn matter_id(shares: &Shares, index: usize) -> String {
    let (network, number) = shares.split(index);
    let at = place(network).1;
    if number == 0 {
        return format!("rutine-tilvising-{at}");
    }
    format!("{}-{at}-{number}", Random::new("matter", index).pick(MATTERS))
}

fn matter(shares: &Shares, index: usize) -> (String, String) {
    let mut random = Random::new("matter", index);
    let (network, number) = shares.split(index);
    let (name, at) = place(network);
    let kind = random.pick(MATTERS);
    let kind = if number == 0 { "routine" } else { kind };
    let (nn, nb) = random.pick(AGENDA);
    let year = 2014 + random.below(11);
    let mut text = format!("title = {}\nkind = \"{kind}\"\nnetwork = \"lm-{at}\"\n", both(nn, nb));
    let _ = write!(text, "focus-area = \"mandat-{at}/{}\"\norder = {}\n", random.pick(AREAS).0, 1 + random.below(9));
    let _ = write!(
        text,
        "by = [\"lms-{at}\"]\nwith = {}\n",
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

const FIRST: [&str; 41] = [
    "Ås", "Bjørke", "Blå", "Bær", "Dyr", "Eid", "Fager", "Fiske", "Furu", "Gjøv", "Granne", "Grøn", "Hall", "Harde",
    "Hauke", "Hjelme", "Høy", "Ise", "Klepp", "Kråke", "Kvam", "Lang", "Laks", "Lær", "Mark", "Mid", "Mo", "Myr",
    "Nord", "Næs", "Odd", "Rav", "Rød", "Sand", "Sjø", "Skog", "Stor", "Sør", "Tjøm", "Træ", "Våg",
];
const LAST: [&str; 20] = [
    "fjord", "dal", "vik", "nes", "øy", "sund", "strand", "voll", "heim", "haug", "land", "stad", "bygd", "lid", "våg",
    "mark", "berg", "os", "holm", "vær",
];
const USERS: [(&str, &str); 6] = [
    ("LHL", "lhl"),
    ("Diabetesforbundet", "diabetesforbundet"),
    ("Kreftforeininga", "kreftforeininga"),
    ("Revmatikarforbundet", "revmatikarforbundet"),
    ("Mental Helse", "mental-helse"),
    ("Høyrselshemma", "hoyrselshemma"),
];
const TOPICS: &[(&str, &str, &str)] = &[
    ("hjarte-kar", "hjartesjukdom", "hjertesykdom"),
    ("kols", "kols", "kols"),
    ("astma", "astma", "astma"),
    ("ms", "multippel sklerose", "multippel sklerose"),
    ("parkinson", "Parkinsons sjukdom", "Parkinsons sykdom"),
    ("epilepsi", "epilepsi", "epilepsi"),
    ("coliaki", "cøliaki", "cøliaki"),
    ("stomi", "stomi", "stomi"),
    ("nyre", "nyresjukdom", "nyresykdom"),
    ("diabetes-type-2", "diabetes type 2", "diabetes type 2"),
    ("overvekt", "overvekt", "overvekt"),
    ("artrose", "artrose", "artrose"),
    ("tinnitus", "øyresus", "øresus"),
    ("depresjon", "depresjon", "depresjon"),
    ("kreft", "kreft", "kreft"),
];
const TITLES: &[(&str, &str)] = &[
    ("Meistringskurs ved §", "Mestringskurs ved §"),
    ("Å leve med §: kurs for pasientar og pårørande", "Å leve med §: kurs for pasienter og pårørende"),
    ("Skule om §", "Skole om §"),
    ("Startkurs for deg som nyleg har fått §", "Startkurs for deg som nylig har fått §"),
    ("Samtalegruppe om §", "Samtalegruppe om §"),
];
const MODULES: &[&str] =
    &["grunnkurs", "helsepedagogikk", "endring", "meistring", "brukarmedverknad", "brukarrepresentant"];
const COURSES: &[(&str, &str)] = &[
    ("Grunnkurs i helsepedagogikk, §", "Grunnkurs i helsepedagogikk, §"),
    ("Kurs for brukarrepresentantar i §", "Kurs for brukerrepresentanter i §"),
    ("Kurs i endringsarbeid og rettleiing, §", "Kurs i endringsarbeid og veiledning, §"),
];
const MEETINGS: &[(&str, &str)] = &[
    ("Arbeidsmøte i lærings- og meistringsnettverket §", "Arbeidsmøte i lærings- og mestringsnettverket §"),
    ("Fagdag om helsekompetanse, §", "Fagdag om helsekompetanse, §"),
    ("Nettverkssamling hausten i §", "Nettverkssamling høsten i §"),
];
const AGENDA: &[(&str, &str)] = &[
    ("Tilvisingsrutinar mellom nivåa", "Henvisningsrutiner mellom nivåene"),
    ("Handlingsplan for neste år", "Handlingsplan for neste år"),
    ("Brukarmedverknad i planlegging og evaluering", "Brukermedvirkning i planlegging og evaluering"),
    ("Rekruttering til kurs i kommunane", "Rekruttering til kurs i kommunene"),
    ("Opplæring av nye likepersonar", "Opplæring av nye likepersoner"),
];
const MATTERS: &[&str] =
    &["case", "assignment", "proposal", "deviation", "guidance", "contact", "information", "follow-up"];
const AREAS: &[(&str, &str, &str)] = &[
    ("fagutvikling", "Fagutvikling", "Fagutvikling"),
    ("pasientforlop", "Pasientforløp på tvers av nivå", "Pasientforløp på tvers av nivåer"),
    ("brukarmedverknad", "Brukarmedverknad", "Brukermedvirkning"),
];
const FUNCTIONS: &[(&str, &str)] = &[
    ("Kontaktperson for lærings- og meistringstilbod i §", "Kontaktperson for lærings- og mestringstilbud i §"),
    ("Fagkonsulent med ansvar for pasientopplæring, §", "Fagkonsulent med ansvar for pasientopplæring, §"),
    ("Representant for brukarane i nettverket §", "Representant for brukerne i nettverket §"),
];
const PROSE: &[(&str, &str)] = &[
    (
        "Partane skal sikre gode overgangar mellom sjukehus og kommune.",
        "Partene skal sikre gode overganger mellom sykehus og kommune.",
    ),
    (
        "Kurset gjev kunnskap om sjukdomen og øving i å meistre kvardagen.",
        "Kurset gir kunnskap om sykdommen og øvelse i å mestre hverdagen.",
    ),
    (
        "Brukarrepresentantar er med i planlegging, gjennomføring og evaluering i §.",
        "Brukerrepresentanter er med i planlegging, gjennomføring og evaluering i §.",
    ),
    (
        "Deltakarane møter andre i same situasjon og deler erfaringar.",
        "Deltakerne møter andre i samme situasjon og deler erfaringer.",
    ),
    (
        "Kommunane rundt § får rettleiing når dei startar eigne tilbod.",
        "Kommunene rundt § får veiledning når de starter egne tilbud.",
    ),
    (
        "Arbeidet heldt fram som året før, med færre avlysingar enn venta.",
        "Arbeidet fortsatte som året før, med færre avlysninger enn ventet.",
    ),
    (
        "Fastlegar og frisklivssentral får melding om ledige plassar.",
        "Fastleger og frisklivssentral får melding om ledige plasser.",
    ),
    ("Pårørande er velkomne, og tolk blir tinga ved behov.", "Pårørende er velkomne, og tolk blir bestilt ved behov."),
    (
        "Nettverket går gjennom rutinane for tilvising kvar vår.",
        "Nettverket går gjennom rutinene for henvisning hver vår.",
    ),
];
