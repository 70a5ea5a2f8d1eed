//! Calendars as iCalendar (RFC 5545 with the properties of RFC 7986): the same calendar always gives the same bytes.

use std::fmt::Write;

use chrono::{Days, NaiveTime};
use uuid::{Uuid, uuid};

use crate::calendar::{Calendar, Event};
use crate::date::Date;
use crate::personal::masked;
use crate::spelling::is_obeyed;

/// The namespace of all UIDs. With another one, every subscriber would get every event a second time.
const NAMESPACE: Uuid = uuid!("4d153382-bbe8-4f83-b589-4b32d42df24c");

/// The longest line in octets, its end not counted (RFC 5545, 3.1).
const WIDTH: usize = 75;

/// What times of day in Norway are. A calendar must have a component (RFC 5545, 3.6), so it stands in one without events too.
const NORWAY: [&str; 17] = [
    "BEGIN:VTIMEZONE",
    "TZID:Europe/Oslo",
    "BEGIN:STANDARD",
    "DTSTART:19961027T030000",
    "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU",
    "TZOFFSETFROM:+0200",
    "TZOFFSETTO:+0100",
    "TZNAME:CET",
    "END:STANDARD",
    "BEGIN:DAYLIGHT",
    "DTSTART:19960331T020000",
    "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU",
    "TZOFFSETFROM:+0100",
    "TZOFFSETTO:+0200",
    "TZNAME:CEST",
    "END:DAYLIGHT",
    "END:VTIMEZONE",
];

/// The calendar as a file to import or subscribe to. With `alarm_days`, each event that is not over on the calendar's
/// day reminds that many days before it begins.
#[must_use]
pub fn ics(calendar: &Calendar, alarm_days: Option<u32>) -> String {
    let code = calendar.lang.code();
    let (major, minor) = (env!("CARGO_PKG_VERSION_MAJOR"), env!("CARGO_PKG_VERSION_MINOR"));
    let mut lines = Lines { out: String::new(), code };
    lines.put("BEGIN:VCALENDAR");
    lines.put("VERSION:2.0");
    lines.put(&format!("PRODID:-//lmnet//lmnet {major}.{minor}//{}", code.to_uppercase()));
    lines.put("CALSCALE:GREGORIAN");
    lines.text("NAME", &calendar.name);
    lines.put(&format!("X-WR-CALNAME:{}", text(&calendar.name)));
    lines.put("X-WR-TIMEZONE:Europe/Oslo");
    lines.put("REFRESH-INTERVAL;VALUE=DURATION:P1D");
    lines.put("X-PUBLISHED-TTL:P1D");
    if calendar.events.is_empty() || calendar.events.iter().any(|event| event.starts_at.is_some()) {
        for line in NORWAY {
            lines.put(line);
        }
    }
    for event in &calendar.events {
        let alarm = alarm_days.filter(|_| !event.cancelled && last_day(event) >= calendar.day);
        put_event(&mut lines, event, calendar.day, alarm);
    }
    lines.put("END:VCALENDAR");
    lines.out
}

fn put_event(lines: &mut Lines, event: &Event, stamp: Date, alarm_days: Option<u32>) {
    lines.put("BEGIN:VEVENT");
    lines.put(&format!("UID:{}", uid(&event.identity)));
    lines.put(&format!("DTSTAMP:{}T000000Z", digits(stamp)));
    put_time(lines, event);
    lines.text("SUMMARY", &event.summary);
    if !text(&event.place).is_empty() {
        lines.text("LOCATION", &event.place);
    }
    if !text(&event.description).is_empty() {
        lines.text("DESCRIPTION", &event.description);
    }
    let categories = event.categories.iter().map(|category| text(category)).filter(|category| !category.is_empty());
    let categories: Vec<String> = categories.collect();
    if !categories.is_empty() {
        lines.put(&format!("CATEGORIES;LANGUAGE={}:{}", lines.code, categories.join(",")));
    }
    if let Some(url) = event.url.as_deref().and_then(web_address) {
        lines.put(&format!("URL:{url}"));
    }
    if event.cancelled {
        lines.put("STATUS:CANCELLED");
    }
    lines.put("TRANSP:TRANSPARENT");
    if let Some(days) = alarm_days {
        lines.put("BEGIN:VALARM");
        lines.put("ACTION:DISPLAY");
        lines.text("DESCRIPTION", &event.summary);
        lines.put(&format!("TRIGGER:-P{days}D"));
        lines.put("END:VALARM");
    }
    lines.put("END:VEVENT");
}

/// When it is. Without an end, a time of day is the beginning of something that nobody knows the length of.
fn put_time(lines: &mut Lines, event: &Event) {
    let Some(starts_at) = event.starts_at else {
        let first_day_after = last_day(event).checked_add_days(Days::new(1)).unwrap_or(event.day);
        lines.put(&format!("DTSTART;VALUE=DATE:{}", digits(event.day)));
        lines.put(&format!("DTEND;VALUE=DATE:{}", digits(first_day_after)));
        return;
    };
    let at = |time: NaiveTime| format!("TZID=Europe/Oslo:{}T{}", digits(event.day), time.format("%H%M00"));
    lines.put(&format!("DTSTART;{}", at(starts_at)));
    if let Some(ends_at) = event.ends_at.filter(|ends_at| *ends_at > starts_at) {
        lines.put(&format!("DTEND;{}", at(ends_at)));
    }
}

/// Content lines, each ended by CRLF and folded where it is too long.
struct Lines {
    out: String,
    code: &'static str,
}

impl Lines {
    /// A property whose value is text in the calendar's language.
    fn text(&mut self, property: &str, value: &str) {
        self.put(&format!("{property};LANGUAGE={}:{}", self.code, text(value)));
    }

    fn put(&mut self, line: &str) {
        let mut width = 0;
        for char in line.chars() {
            if width + char.len_utf8() > WIDTH {
                self.out.push_str("\r\n ");
                width = 1;
            }
            self.out.push(char);
            width += char.len_utf8();
        }
        self.out.push_str("\r\n");
    }
}

fn last_day(event: &Event) -> Date {
    event.until.map_or(event.day, |until| until.max(event.day))
}

fn digits(day: Date) -> String {
    day.format("%Y%m%d").to_string()
}

/// The name of an event for all time. Each part tells its length, so that no two lists have one name.
fn uid(identity: &[String]) -> Uuid {
    let name = identity.iter().fold(String::new(), |mut name, part| {
        let _ = write!(name, "{}:{part},", part.len());
        name
    });
    Uuid::new_v5(&NAMESPACE, name.as_bytes())
}

/// A value of the type TEXT: what divides values is escaped, every break of a line is `\n`, and characters that a
/// program would obey rather than show are left out. No national identity number is whole in it. It has no blanks at its ends, where readers differ.
fn text(value: &str) -> String {
    let value = masked(value.trim_matches(|char: char| char.is_whitespace() || is_obeyed(char)));
    let mut out = String::with_capacity(value.len());
    let mut chars = value.chars().peekable();
    while let Some(char) = chars.next() {
        match char {
            '\\' | ';' | ',' => out.extend(['\\', char]),
            '\r' if chars.peek() == Some(&'\n') => {}
            '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}' => out.push_str("\\n"),
            '\t' => out.push(' '),
            char if is_obeyed(char) => {}
            char => out.push(char),
        }
    }
    out
}

/// A value of the type URI, in which what may not stand in one is percent-encoded; nothing for what is no web address.
fn web_address(url: &str) -> Option<String> {
    let url = masked(url.trim());
    if !["https://", "http://"].iter().any(|start| url.starts_with(start) && url.len() > start.len()) {
        return None;
    }
    Some(url.bytes().fold(String::new(), |mut out, byte| {
        match byte {
            b'"' | b'<' | b'>' | b'\\' | b'^' | b'`' | b'{' | b'|' | b'}' => _ = write!(out, "%{byte:02X}"),
            0x21..=0x7e => out.push(char::from(byte)),
            _ => _ = write!(out, "%{byte:02X}"),
        }
        out
    }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lang::Lang;

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    fn words(words: &[&str]) -> Vec<String> {
        words.iter().map(|&word| word.to_owned()).collect()
    }

    fn plan() -> Event {
        Event {
            identity: words(&["lm-fjord", "mandat-fjord/handlingsplan", "lm-fjord", "2027"]),
            day: day("2026-11-30"),
            summary: "Handlingsplan".to_owned(),
            ..Event::default()
        }
    }

    fn calendar(lang: Lang, events: Vec<Event>) -> Calendar {
        Calendar { lang, name: "Fristar".to_owned(), day: day("2026-11-22"), events }
    }

    /// The lines that a reader sees after unfolding.
    fn unfolded(ics: &str) -> Vec<String> {
        ics.replace("\r\n ", "").split_terminator("\r\n").map(str::to_owned).collect()
    }

    /// What a reader sees of one event.
    fn seen(event: Event) -> Vec<String> {
        let lines = unfolded(&ics(&calendar(Lang::Nn, vec![event]), None));
        let begin = lines.iter().position(|line| line == "BEGIN:VEVENT").unwrap();
        lines[begin + 1..lines.len() - 2].to_vec()
    }

    #[test]
    fn a_whole_calendar() {
        let event = Event {
            description: "Øyane; Indre, Vik\nC:\\plan".to_owned(),
            categories: words(&["handlingsplan", "a,b"]),
            url: Some("https://example.org/plan?år=2027&x={1}".to_owned()),
            ..plan()
        };
        let expected = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//lmnet//lmnet 0.1//NB\r\nCALSCALE:GREGORIAN\r\n\
             NAME;LANGUAGE=nb:Fristar\r\nX-WR-CALNAME:Fristar\r\nX-WR-TIMEZONE:Europe/Oslo\r\n\
             REFRESH-INTERVAL;VALUE=DURATION:P1D\r\nX-PUBLISHED-TTL:P1D\r\n\
             BEGIN:VEVENT\r\nUID:9d520106-c30c-59e2-8ff5-a43c883742f9\r\nDTSTAMP:20261122T000000Z\r\n\
             DTSTART;VALUE=DATE:20261130\r\nDTEND;VALUE=DATE:20261201\r\n\
             SUMMARY;LANGUAGE=nb:Handlingsplan\r\nDESCRIPTION;LANGUAGE=nb:Øyane\\; Indre\\, Vik\\nC:\\\\plan\r\n\
             CATEGORIES;LANGUAGE=nb:handlingsplan,a\\,b\r\nURL:https://example.org/plan?%C3%A5r=2027&x=%7B1%7D\r\n\
             TRANSP:TRANSPARENT\r\n\
             BEGIN:VALARM\r\nACTION:DISPLAY\r\nDESCRIPTION;LANGUAGE=nb:Handlingsplan\r\nTRIGGER:-P14D\r\nEND:VALARM\r\n\
             END:VEVENT\r\nEND:VCALENDAR\r\n";
        assert_eq!(ics(&calendar(Lang::Nb, vec![event]), Some(14)), expected);
    }

    #[test]
    fn lines_fold_at_75_octets_between_characters() {
        // "SUMMARY;LANGUAGE=nn:" has 20 octets, so 55 are left on the first line.
        for (summary, first_end, second_start) in [
            ("x".repeat(55), 75, None),
            ("x".repeat(56), 75, Some(" x")),
            ("x".repeat(54) + "æøå", 74, Some(" æøå")),
            ("x".repeat(53) + "æøå", 75, Some(" øå")),
            ("x".repeat(52) + "😀b", 72, Some(" 😀b")),
            ("x".repeat(51) + "😀b", 75, Some(" b")),
            ("x".repeat(54) + ",b", 75, Some(" ,b")),
        ] {
            let out = ics(&calendar(Lang::Nn, vec![Event { summary: summary.clone(), ..plan() }]), None);
            let at = out.find("SUMMARY").unwrap();
            let mut lines = out[at..].split("\r\n");
            assert_eq!(lines.next().map(str::len), Some(first_end), "{summary}");
            let second = lines.next().filter(|line| line.starts_with(' '));
            assert_eq!(second, second_start, "{summary}");
        }
    }

    #[test]
    fn long_text_comes_back_whole() {
        let description = "Læring og meistring på Sørøya 👩‍👩‍👧".repeat(40);
        let out = ics(&calendar(Lang::Nn, vec![Event { description: description.clone(), ..plan() }]), None);
        assert!(out.split("\r\n").all(|line| line.len() <= 75), "{out}");
        assert!(out.split("\r\n").filter(|line| line.len() >= 72).count() > 20, "lines are folded too early: {out}");
        assert!(unfolded(&out).contains(&format!("DESCRIPTION;LANGUAGE=nn:{description}")));
    }

    #[test]
    fn the_end_is_the_day_after_the_last() {
        for (first, last, end) in [
            ("2026-11-30", None, "20261201"),
            ("2026-12-31", None, "20270101"),
            ("2027-02-28", None, "20270301"),
            ("2028-02-28", None, "20280229"),
            ("2028-02-29", None, "20280301"),
            ("2026-05-30", Some("2026-05-31"), "20260601"),
            ("2026-05-30", Some("2026-05-29"), "20260531"),
        ] {
            let event = seen(Event { day: day(first), until: last.map(day), ..plan() });
            assert_eq!(
                event[2..4],
                [format!("DTSTART;VALUE=DATE:{}", first.replace('-', "")), format!("DTEND;VALUE=DATE:{end}")]
            );
        }
    }

    #[test]
    fn the_uid_depends_on_the_identity_alone() {
        let expected = "UID:9d520106-c30c-59e2-8ff5-a43c883742f9";
        assert_eq!(seen(plan())[0], expected);
        let moved = Event { day: day("2027-01-15"), summary: "Action plan".to_owned(), cancelled: true, ..plan() };
        assert_eq!(seen(moved)[0], expected);
    }

    #[test]
    fn no_two_identities_have_one_uid() {
        let mut uids: Vec<String> = [
            &["ab", "c"][..],
            &["a", "bc"],
            &["abc"],
            &["a", "b", "c"],
            &["abc", ""],
            &["", "abc"],
            &["1:a,", "bc"],
            &["1:a,2:bc,"],
            &["a", "2:bc,"],
            &["a,2:bc"],
            &[],
            &[""],
        ]
        .iter()
        .map(|identity| seen(Event { identity: words(identity), ..plan() })[0].clone())
        .collect();
        let number = uids.len();
        uids.sort();
        uids.dedup();
        assert_eq!(uids.len(), number);
    }

    #[test]
    fn nothing_in_a_text_begins_a_line() {
        for newline in ["\n", "\r\n", "\r", "\u{85}", "\u{2028}", "\u{2029}"] {
            let payload = format!("a{newline}END:VEVENT{newline}BEGIN:VEVENT");
            let event = Event {
                summary: payload.clone(),
                description: payload.clone(),
                categories: vec![payload.clone(), "x".to_owned()],
                url: Some(format!("https://example.org/{payload}")),
                ..plan()
            };
            let calendar = Calendar { name: payload, ..calendar(Lang::En, vec![event]) };
            let lines = unfolded(&ics(&calendar, Some(1)));
            let same = |name: &str| lines.iter().filter(|line| *line == name).count();
            assert_eq!((same("BEGIN:VEVENT"), same("END:VEVENT"), same("END:VCALENDAR")), (1, 1, 1), "{newline:?}");
            for line in [
                "NAME;LANGUAGE=en:a\\nEND:VEVENT\\nBEGIN:VEVENT",
                "X-WR-CALNAME:a\\nEND:VEVENT\\nBEGIN:VEVENT",
                "SUMMARY;LANGUAGE=en:a\\nEND:VEVENT\\nBEGIN:VEVENT",
                "CATEGORIES;LANGUAGE=en:a\\nEND:VEVENT\\nBEGIN:VEVENT,x",
            ] {
                assert_eq!(same(line), 1, "{newline:?}: {line} is not in {lines:?}");
            }
            assert!(lines.iter().all(|line| line.chars().all(|char| !char.is_control())), "{newline:?}: {lines:?}");
        }
    }

    #[test]
    fn texts_are_escaped_and_lose_what_programs_obey() {
        for (summary, expected) in [
            ("a,b;c\\d:e\"f", "a\\,b\\;c\\\\d:e\"f"),
            ("\\n is no line break", "\\\\n is no line break"),
            ("a\tb\u{0}\u{7}\u{1b}[31m\u{7f}\u{9f}c", "a b[31mc"),
            ("\u{202e}olleh\u{2066}\u{feff}", "olleh"),
            ("a\r\n\r\nb", "a\\n\\nb"),
            (" \n a \u{7}\n", "a"),
            ("", ""),
            ("Kari 01810010068", "Kari 018100*****"),
        ] {
            let event = seen(Event { summary: summary.to_owned(), ..plan() });
            assert_eq!(event[4], format!("SUMMARY;LANGUAGE=nn:{expected}"));
        }
    }

    #[test]
    fn what_has_no_text_is_not_written() {
        let event = Event { description: " \n".to_owned(), categories: words(&["", " "]), ..plan() };
        assert_eq!(seen(event), seen(plan()));
        let some = seen(Event { categories: words(&["", "frist"]), ..plan() });
        assert_eq!(some[5], "CATEGORIES;LANGUAGE=nn:frist");
    }

    #[test]
    fn only_web_addresses_are_written() {
        let url = |url: &str| {
            let event = seen(Event { url: Some(url.to_owned()), ..plan() });
            event.iter().find_map(|line| line.strip_prefix("URL:")).map(str::to_owned)
        };
        for none in ["", "https://", "javascript:alert(1)", "file:///etc/passwd", "example.org", "HTTPS", "data:x"] {
            assert_eq!(url(none), None, "{none}");
        }
        assert_eq!(url(" https://a.no/x;y,z?q=%20#b ").as_deref(), Some("https://a.no/x;y,z?q=%20#b"));
        assert_eq!(url("http://a.no/ø\"<\\\u{7f}").as_deref(), Some("http://a.no/%C3%B8%22%3C%5C%7F"));
    }

    #[test]
    fn what_is_cancelled_says_so_and_reminds_nobody() {
        let event = Event { cancelled: true, ..plan() };
        let lines = unfolded(&ics(&calendar(Lang::Nn, vec![event]), Some(14)));
        assert!(lines.contains(&"STATUS:CANCELLED".to_owned()) && !lines.contains(&"BEGIN:VALARM".to_owned()));
        assert!(!seen(plan()).iter().any(|line| line.starts_with("STATUS")));
    }

    #[test]
    fn only_what_is_not_over_reminds() {
        // The calendar's day is 22 November 2026.
        for (first, last, reminds) in [
            ("2026-11-21", None, false),
            ("2026-11-22", None, true),
            ("2026-11-23", None, true),
            ("2026-11-20", Some("2026-11-22"), true),
            ("2026-11-20", Some("2026-11-21"), false),
        ] {
            let event = Event { day: day(first), until: last.map(day), ..plan() };
            let calendar = calendar(Lang::Nn, vec![event]);
            assert_eq!(ics(&calendar, Some(3)).contains("TRIGGER:-P3D\r\n"), reminds, "{first}");
            assert!(!ics(&calendar, None).contains("VALARM"));
        }
    }

    #[test]
    fn a_calendar_without_events_still_has_a_component() {
        let lines = unfolded(&ics(&calendar(Lang::En, Vec::new()), None));
        assert_eq!(lines[9], "BEGIN:VTIMEZONE");
        assert_eq!(lines[lines.len() - 2..], ["END:VTIMEZONE", "END:VCALENDAR"]);
        let with_events = ics(&calendar(Lang::En, vec![plan()]), None);
        assert!(!with_events.contains("VTIMEZONE"));
    }
}
