//! The one form in which spellings are compared: Nynorsk and Bokmål, å and aa, small and capital letters alike.

use std::borrow::Cow;

use icu_normalizer::ComposingNormalizerBorrowed;

/// Word parts that differ between the two written forms, and other words for the same thing, by their first letter:
/// Bokmål (or the other word) first, Nynorsk second. A part that begins another comes after it.
fn pairs(first: u8) -> &'static [(&'static str, &'static str)] {
    match first {
        b'a' => &[("ansvarlig", "ansvarleg")],
        b'b' => &[("bruker", "brukar")],
        b'd' => &[("deltaker", "deltakar")],
        b'e' => &[("egenandel", "eigendel"), ("enhet", "eining")],
        b'f' => &[("forebyggende", "forebyggande")],
        b'h' => &[("henvisning", "tilvising"), ("hoyskole", "hogskule"), ("hjerte", "hjarte"), ("hverdag", "kvardag")],
        b'l' => &[("leder", "leiar")],
        b'm' => &[("medvirkning", "medverknad"), ("mestring", "meistring"), ("mestre", "meistre")],
        b'o' => &[("oppnevning", "oppnemning")],
        b'p' => &[("parorende", "parorande")],
        b's' => &[
            ("selvhjelp", "sjolvhjelp"),
            ("skole", "skule"),
            ("sykehus", "sjukehus"),
            ("sykdom", "sjukdom"),
            ("syk", "sjuk"),
        ],
        b't' => &[("tilbud", "tilbod"), ("tjeneste", "teneste")],
        b'u' => &[("utvalg", "utval")],
        b'v' => &[("veiledning", "rettleiing"), ("veileder", "rettleiar"), ("voksen", "vaksen"), ("voksne", "vaksne")],
        _ => &[],
    }
}

/// The same for short words, which only count where a word begins.
const BEGINNINGS: &[(&str, &str)] = &[("uke", "veke"), ("host", "haust")];

/// Whether any of all these begins with two letters, of which most words have none.
fn may_begin(first: u8, second: u8) -> bool {
    let seconds: &[u8] = match first {
        b'a' => b"n",
        b'b' => b"r",
        b'd' | b'l' | b'm' => b"e",
        b'e' => b"gn",
        b'f' => b"o",
        b'h' => b"ejov",
        b'o' => b"p",
        b'p' => b"a",
        b's' => b"eky",
        b't' => b"ij",
        b'u' => b"kt",
        b'v' => b"eo",
        _ => b"",
    };
    seconds.contains(&second)
}

/// Text in the one form in which spellings are compared: small letters, å as a, æ as ae, ø as o, Nynorsk forms.
#[must_use]
pub fn folded(text: &str) -> String {
    let plain = plain(text);
    let mut folded = String::with_capacity(plain.len() + 8);
    let (mut done, mut at, mut begins) = (0, 0, true);
    while let Some(first) = plain.as_bytes().get(at) {
        let rest = &plain.as_bytes()[at..];
        let starts = |(from, _): &&(&str, &str)| rest.starts_with(from.as_bytes());
        let of_word = if begins { BEGINNINGS } else { &[] };
        let pair = match rest.get(1).is_some_and(|second| may_begin(*first, *second)) {
            true => pairs(*first).iter().find(starts).or_else(|| of_word.iter().find(starts)),
            false => None,
        };
        if let Some((from, to)) = pair {
            folded.push_str(&plain[done..at]);
            folded.push_str(to);
            (at, begins) = (at + from.len(), false);
            done = at;
        } else if first.is_ascii() {
            (at, begins) = (at + 1, !first.is_ascii_alphanumeric());
        } else {
            let char = plain[at..].chars().next().unwrap_or_default();
            (at, begins) = (at + char.len_utf8(), !char.is_alphanumeric());
        }
    }
    folded.push_str(&plain[done..]);
    folded
}

/// Small letters without å, æ and ø, however they are written.
fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len() + 4);
    // What has nothing from the marks that are put over letters on is composed already, as nearly all is.
    const FIRST_MARK: char = '\u{300}';
    let text = match text.chars().all(|char| char < FIRST_MARK) {
        true => Cow::Borrowed(text),
        false => ComposingNormalizerBorrowed::new_nfc().normalize(text),
    };
    for char in text.chars() {
        match char {
            'a' | 'A' if plain.ends_with('a') => {}
            'e' | 'E' if plain.ends_with('o') => {}
            'å' | 'Å' => plain.push('a'),
            'æ' | 'Æ' | 'ä' | 'Ä' => plain.push_str("ae"),
            'ø' | 'Ø' | 'ö' | 'Ö' => plain.push('o'),
            char if char.is_ascii() => plain.push(char.to_ascii_lowercase()),
            char => plain.extend(char.to_lowercase()),
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_pair_begins_with_is_known() {
        let all = (b'a'..=b'z').flat_map(pairs).chain(BEGINNINGS);
        for (from, _) in all {
            let [first, second, ..] = from.as_bytes() else { panic!("{from}") };
            assert!(may_begin(*first, *second), "{from}");
        }
    }

    #[test]
    fn both_written_forms_find_each_other() {
        for (bokmal, nynorsk) in [
            ("Læring og mestring", "Læring og meistring"),
            ("pårørende", "pårørande"),
            ("henvisning", "tilvising"),
            ("tilbud", "tilbod"),
            ("uke 48", "veke 48"),
            ("helseforetak", "helseføretak"),
            ("brukermedvirkning", "brukarmedverknad"),
            ("oppnevning", "oppnemning"),
            ("egenandel", "eigendel"),
            ("KOLS-skole", "KOLS-skule"),
            ("hjerteskole", "hjarteskule"),
            ("Ålesund", "Aalesund"),
            ("Bømlo", "Boemlo"),
            ("samarbeidsutvalg", "samarbeidsutval"),
            ("mestring i hverdagen", "meistring i kvardagen"),
            ("høyskole", "høgskule"),
            ("sykehus for de syke", "sjukehus for de sjuke"),
            ("veileder og leder", "rettleiar og leiar"),
        ] {
            assert_eq!(folded(bokmal), folded(nynorsk), "{bokmal}");
        }
        assert_ne!(folded("kurs"), folded("skule"));
        assert_eq!(folded("Luke i Rohost"), "luke i rohost", "only where a word begins");
    }
}
