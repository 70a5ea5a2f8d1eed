//! Writes a registry of any size that looks like a real one and in which `lmnet check` finds nothing.
//!
//! Each record depends on its kind and number alone, so that the same count always gives the same files.

mod bodies;
mod deeds;
mod duties;
mod words;

use std::collections::HashSet;
use std::fmt::Write as _;
use std::path::Path;
use std::{fs, io};

use bodies::*;
use deeds::*;
use words::*;

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
        let networks = share(2).max(1);
        let mut shares = Self {
            networks,
            organisations: share(40).max(networks * (BODIES + 3)),
            agreements: share(10).max(networks),
            members: share(150),
            offerings: 0,
            courses: share(75).max(networks),
            meetings: share(100),
            plans: share(20).max(networks),
            reports: share(25).max(networks),
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
    let mut text = "# Laga av benches/generate.\nformat = 1\nlanguage = \"nn\"\n".to_owned();
    let _ = writeln!(text, "title = {}", both("Lærings- og meistringsnettverk", "Lærings- og mestringsnettverk"));
    text += "semesters = { spring = \"01-01\", autumn = \"08-01\" }\n\n[publish]\nsuppress-below = 5\n";
    for (id, nn, nb) in TOPICS {
        let _ = write!(text, "\n[[condition]]\nid = \"{id}\"\ntitle = {}\n", both(nn, nb));
    }
    text
}
