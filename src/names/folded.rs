//! The one form in which spellings are compared: Nynorsk and Bokmål, å and aa, small and capital letters alike.

use std::borrow::Cow;

use icu_normalizer::ComposingNormalizerBorrowed;

/// Word parts that differ between the two written forms, and other words for the same thing, by their first letter:
/// Bokmål (or the other word) first, Nynorsk second. A part that begins another comes after it.
const fn pairs(first: u8) -> &'static [(&'static str, &'static str)] {
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
    const SECONDS: [u32; 256] = seconds();
    second.is_ascii_lowercase() && SECONDS[first as usize] >> (second - b'a') & 1 == 1
}

/// For each first letter, a bit for each second one.
const fn seconds() -> [u32; 256] {
    let mut seconds = [0; 256];
    let mut first = 0;
    while first < 256 {
        let mut pairs = pairs(first as u8);
        while let [(from, _), rest @ ..] = pairs {
            seconds[first] |= 1 << (from.as_bytes()[1] - b'a');
            pairs = rest;
        }
        first += 1;
    }
    let mut beginnings = BEGINNINGS;
    while let [(from, _), rest @ ..] = beginnings {
        seconds[from.as_bytes()[0] as usize] |= 1 << (from.as_bytes()[1] - b'a');
        beginnings = rest;
    }
    seconds
}

/// Text in the one form in which spellings are compared: small letters, å as a, æ as ae, ø as o, Nynorsk forms.
#[must_use]
pub fn folded(text: &str) -> String {
    let plain = plain(text);
    let mut folded = String::with_capacity(plain.len() + 8);
    let mut done = 0;
    for (at, two) in plain.as_bytes().windows(2).enumerate() {
        if may_begin(two[0], two[1])
            && at >= done
            && let Some((from, to)) = pair_at(&plain, at)
        {
            folded.push_str(&plain[done..at]);
            folded.push_str(to);
            done = at + from.len();
        }
    }
    folded.push_str(&plain[done..]);
    folded
}

/// The pair that is to be changed at a place where small letters stand.
fn pair_at(plain: &str, at: usize) -> Option<&'static (&'static str, &'static str)> {
    let starts = |(from, _): &&(&str, &str)| plain[at..].starts_with(from);
    let begins = || !plain[..at].ends_with(char::is_alphanumeric);
    let of_word = || BEGINNINGS.iter().find(starts).filter(|_| begins());
    pairs(plain.as_bytes()[at]).iter().find(starts).or_else(of_word)
}

/// Small letters without å, æ and ø, however they are written.
fn plain(text: &str) -> String {
    // What has nothing from the marks that are put over letters on is composed already, as nearly all is: they begin with 0xCC.
    let text = match text.bytes().all(|byte| byte < 0xcc) {
        true => Cow::Borrowed(text),
        false => ComposingNormalizerBorrowed::new_nfc().normalize(text),
    };
    let mut plain = String::with_capacity(text.len() + 4);
    let mut rest = &*text;
    while let Some(at) = rest.bytes().position(|byte| !byte.is_ascii()) {
        plain.push_str(&rest[..at]);
        let mut after = rest[at..].chars();
        match after.next().unwrap_or_default() {
            'å' | 'Å' => plain.push('a'),
            'æ' | 'Æ' | 'ä' | 'Ä' => plain.push_str("ae"),
            'ø' | 'Ø' | 'ö' | 'Ö' => plain.push('o'),
            char => plain.extend(char.to_lowercase()),
        }
        rest = after.as_str();
    }
    plain.push_str(rest);
    plain.make_ascii_lowercase();
    if plain.contains("aa") || plain.contains("oe") { once(&plain) } else { plain }
}

/// aa as a, oe as o, however many there are.
fn once(plain: &str) -> String {
    let mut once = String::with_capacity(plain.len());
    for char in plain.chars() {
        let again = char == 'a' && once.ends_with('a') || char == 'e' && once.ends_with('o');
        once.extend((!again).then_some(char));
    }
    once
}

#[cfg(test)]
mod tests {
    use super::*;

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
        // Whoever goes through it once for each would not come to an end.
        assert_eq!(folded(&format!("o{}", "e".repeat(1_000_000))), "o");
        assert_eq!(folded(&"å".repeat(1_000_000)), "a");
        assert_eq!(folded("Luke i Rohost"), "luke i rohost", "only where a word begins");
    }
}
