//! Reads findings back out of each format, the way its readers do.

#![allow(dead_code, reason = "no test file uses all of it")]

use quick_xml::Reader;
use quick_xml::events::Event;
use serde_json::Value;

/// What every format tells of a finding.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Told {
    pub(crate) path: String,
    pub(crate) line: u64,
    pub(crate) level: String,
    pub(crate) rule: String,
}

impl Told {
    fn new(path: &str, line: u64, level: &str, rule: &str) -> Self {
        Self { path: path.to_owned(), line, level: level.to_owned(), rule: rule.to_owned() }
    }
}

fn sorted(told: impl Iterator<Item = Told>) -> Vec<Told> {
    let mut told: Vec<Told> = told.collect();
    told.sort();
    told
}

fn text<'v>(value: &'v Value, pointer: &str) -> &'v str {
    value.pointer(pointer).and_then(Value::as_str).unwrap_or_else(|| panic!("{pointer} in {value:#}"))
}

fn number(value: &Value, pointer: &str) -> u64 {
    value.pointer(pointer).and_then(Value::as_u64).unwrap_or_else(|| panic!("{pointer} in {value:#}"))
}

pub(crate) fn json(out: &str) -> Vec<Told> {
    let value: Value = serde_json::from_str(out).unwrap();
    sorted(value["findings"].as_array().unwrap().iter().map(|finding| {
        Told::new(text(finding, "/path"), number(finding, "/line"), text(finding, "/severity"), text(finding, "/rule"))
    }))
}

pub(crate) fn sarif(out: &str) -> Vec<Told> {
    let value: Value = serde_json::from_str(out).unwrap();
    let run = &value["runs"][0];
    sorted(run["results"].as_array().unwrap().iter().map(|result| {
        let place = &result["locations"][0]["physicalLocation"];
        let rule = text(result, "/ruleId");
        assert_eq!(run["tool"]["driver"]["rules"][number(result, "/ruleIndex") as usize]["id"], rule);
        let path = without_percents(text(place, "/artifactLocation/uri"));
        Told::new(&path, number(place, "/region/startLine"), text(result, "/level"), rule)
    }))
}

fn without_percents(address: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = address.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let code = String::from_utf8(rest.by_ref().take(2).collect()).unwrap();
            bytes.push(u8::from_str_radix(&code, 16).unwrap());
        } else {
            assert!(byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte), "{byte} in {address}");
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).unwrap()
}

pub(crate) fn gitlab(out: &str) -> Vec<Told> {
    let value: Value = serde_json::from_str(out).unwrap();
    sorted(value.as_array().unwrap().iter().map(|issue| {
        let level = match text(issue, "/severity") {
            "major" => "error",
            "minor" => "warning",
            "info" => "note",
            other => panic!("{other}"),
        };
        Told::new(
            text(issue, "/location/path"),
            number(issue, "/location/lines/begin"),
            level,
            text(issue, "/check_name"),
        )
    }))
}

/// `path:line:column: level[rule] message`; other lines are none.
pub(crate) fn concise_line(line: &str) -> Option<Told> {
    let (head, rest) = line.split_once('[').filter(|(head, _)| !head.starts_with(' '))?;
    let (place, level) = head.rsplit_once(": ")?;
    let mut parts = place.rsplitn(3, ':');
    let (_column, line): (u64, u64) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
    Some(Told::new(parts.next()?, line, level, rest.split_once(']')?.0))
}

pub(crate) fn concise(out: &str) -> Vec<Told> {
    let lines: Vec<&str> = out.trim_end().lines().collect();
    let (closing, lines) = lines.split_last().unwrap();
    assert!(concise_line(closing).is_none(), "{closing}");
    sorted(lines.iter().map(|line| concise_line(line).unwrap_or_else(|| panic!("{line}"))))
}

pub(crate) fn human(out: &str) -> Vec<Told> {
    let (mut told, mut title) = (Vec::new(), None);
    for line in out.lines() {
        if let Some((level, rest)) = line.split_once('[')
            && let "error" | "warning" | "note" = level
        {
            title = Some((level, rest.split_once(']').unwrap().0));
        } else if let Some((_, place)) = line.split_once("▸ ") {
            let (level, rule) = title.take().unwrap();
            let mut parts = place.rsplitn(3, ':');
            let numbers = (parts.next().map(str::parse::<u64>), parts.next().map(str::parse::<u64>), parts.next());
            told.push(match numbers {
                (Some(Ok(_)), Some(Ok(line)), Some(path)) => Told::new(path, line, level, rule),
                _ => Told::new(place, 1, level, rule),
            });
        }
    }
    sorted(told.into_iter())
}

/// A command of GitHub Actions.
#[derive(Debug)]
pub(crate) struct Command {
    pub(crate) name: String,
    pub(crate) properties: Vec<(String, String)>,
    pub(crate) message: String,
}

/// The commands in what a step printed, read by the rules that @actions/core writes them by: a line `::name k=v,k=v::data`
/// in which `%25`, `%0D` and `%0A`, in properties also `%3A` and `%2C`, stand for what would end it.
pub(crate) fn commands(out: &str) -> Vec<Command> {
    let data = |text: &str| text.replace("%0A", "\n").replace("%0D", "\r").replace("%25", "%");
    let property = |text: &str| data(&text.replace("%3A", ":").replace("%2C", ","));
    let read = |line: &str| {
        let (head, message) = line.strip_prefix("::")?.split_once("::")?;
        let (name, properties) = head.split_once(' ').unwrap_or((head, ""));
        let pairs = properties.split(',').map(|pair| pair.split_once('=').unwrap());
        let properties = pairs.map(|(key, value)| (key.to_owned(), property(value))).collect();
        Some(Command { name: name.to_owned(), properties, message: data(message) })
    };
    out.lines().filter_map(read).collect()
}

impl Command {
    pub(crate) fn get(&self, key: &str) -> &str {
        let mut found = self.properties.iter().filter(|(known, _)| known == key);
        let (_, value) = found.next().unwrap_or_else(|| panic!("{key} in {self:#?}"));
        assert!(found.next().is_none(), "{key} stands twice in {self:#?}");
        value
    }
}

/// The commands, and the rows of the page of the run.
pub(crate) fn github(out: &str) -> Vec<Told> {
    let commands = commands(out).into_iter().map(|command| {
        let level = if command.name == "notice" { "note" } else { &command.name };
        assert!(!command.message.is_empty());
        Told::new(command.get("file"), command.get("line").parse().unwrap(), level, command.get("title"))
    });
    let rows = out.lines().filter(|line| line.starts_with("| ")).skip(2).map(|line| {
        let cells: Vec<String> = line
            .trim_matches('|')
            .split(" | ")
            .map(|cell| cell.trim().replace('\\', "").replace("<!-- -->", ""))
            .collect();
        let (path, line) = cells[1].rsplit_once(':').unwrap();
        Told::new(path, line.parse().unwrap(), &cells[0], &cells[4])
    });
    sorted(commands.chain(rows))
}

/// What stands in failures and in the output of tests.
pub(crate) fn junit(out: &str) -> Vec<Told> {
    let mut reader = Reader::from_str(out);
    let (mut told, mut text) = (Vec::new(), None);
    loop {
        match reader.read_event().unwrap() {
            Event::Start(tag) if matches!(tag.name().as_ref(), "failure" | "system-out") => text = Some(String::new()),
            Event::Text(part) => {
                if let Some(text) = &mut text {
                    text.push_str(&part);
                }
            }
            Event::GeneralRef(name) => {
                if let Some(text) = &mut text {
                    text.push_str(quick_xml::escape::resolve_predefined_entity(&name).unwrap());
                }
            }
            Event::End(_) => told.extend(text.take().iter().flat_map(|text| text.lines().filter_map(concise_line))),
            Event::Eof => return sorted(told.into_iter()),
            _ => {}
        }
    }
}
