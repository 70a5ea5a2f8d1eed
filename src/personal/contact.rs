//! E-mail addresses and Norwegian telephone numbers, as people write them.

use std::ops::Range;

use super::plain::Plain;

/// A way to reach somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Contact {
    /// An e-mail address.
    Email,
    /// A telephone number of the Norwegian plan.
    Phone,
}

/// Where e-mail addresses and telephone numbers stand in a text, in order. Escapes as in the strings of TOML are understood.
#[must_use]
pub fn contacts(text: &str) -> Vec<(Range<usize>, Contact)> {
    Plain::of(text).contacts()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<&str> {
        contacts(text).into_iter().map(|(range, _)| &text[range]).collect()
    }

    #[test]
    fn addresses_are_found_as_people_write_them() {
        for (text, address) in [
            ("skriv til kari.eksempel@nordvik.example.", "kari.eksempel@nordvik.example"),
            ("<post@nordvik.example>", "post@nordvik.example"),
            ("mailto:kari+kurs@post.nordvik.example?subject=Kurs", "kari+kurs@post.nordvik.example"),
            ("https://nordvik.example/kurs?svar=kari@nordvik.example&dag=2", "kari@nordvik.example"),
            ("url = \"kåre@blåbær.example\"", "kåre@blåbær.example"),
            ("to: a@b.example/c@b.example", "a@b.example"),
            ("kari@nordvik.xn--p1ai", "kari@nordvik.xn--p1ai"),
            ("skriv til kari (at) nordvik.example.", "kari (at) nordvik.example"),
            ("kari[AT]nordvik.example", "kari[AT]nordvik.example"),
            ("kari\\u0040nordvik.example", "kari\\u0040nordvik.example"),
        ] {
            assert_eq!(found(text).first(), Some(&address), "{text}");
        }
    }

    #[test]
    fn what_only_has_the_sign_is_no_address() {
        for text in [
            "https://nordvik.example/logo@2x.png",
            "https://kart.example/@60.39,5.32,15z",
            "https://brukar@nordvik.example/kurs",
            "@nordvik",
            "@ nordvik.example",
            "kari@nordvik",
            "kari @nordvik.example",
            "12 stk @ 40.50",
            "kari@-.example",
            "kari@nordvik.42",
            "møte (at) nordvik",
            "(at) nordvik.example",
            "kurs (att.example)",
        ] {
            assert!(found(text).is_empty(), "{text}: {:?}", found(text));
        }
    }

    #[test]
    fn telephone_numbers_are_found_as_people_write_them() {
        for (text, number) in [
            ("55 00 00 00", "55 00 00 00"),
            ("mobil 900 00 000.", "900 00 000"),
            ("(55 00 00 00)", "55 00 00 00"),
            ("55\u{a0}00\u{a0}00\u{a0}00", "55\u{a0}00\u{a0}00\u{a0}00"),
            ("55 00 00 00/55 00 00 01", "55 00 00 00"),
            ("+47 55000000", "47 55000000"),
            ("tel:+4790000000", "4790000000"),
            ("0047 900 00 000", "0047 900 00 000"),
            ("004755000000", "004755000000"),
            ("(+47) 55000000", "55000000"),
            ("Tlf.: 55000000 17. mai", "55000000"),
            ("mobil 9000 0000", "9000 0000"),
            ("phone = \"55000000\"", "55000000"),
            ("sidan 2016  55 00 00 00", "55 00 00 00"),
            ("mobiltelefon 90000000", "90000000"),
            ("Tlf.nr. 55000000", "55000000"),
            ("tlf nr: 55000000", "55000000"),
            ("telefon nr 55000000", "55000000"),
            ("Kontakttelefon: 55000000", "55000000"),
            ("T: 55000000", "55000000"),
            ("SMS 90000000", "90000000"),
            ("Mobil: 900-00-000", "900-00-000"),
            ("tlf. 55-00-00-00", "55-00-00-00"),
            ("tlf 55.00.00.00", "55.00.00.00"),
            ("tlf. 55 00 00 00-01", "55 00 00 00"),
            ("+47-900-00-000", "47-900-00-000"),
            ("47 90 00 00 00", "47 90 00 00 00"),
            ("47 900 00 000", "47 900 00 000"),
            ("tlf. 4790000000", "4790000000"),
            ("90\\u002000 00 00", "90\\u002000 00 00"),
            ("22 33 44 55", "22 33 44 55"),
        ] {
            for lead in 0..9 {
                let text = format!("{} {text}", "x".repeat(lead));
                assert_eq!(found(&text).first(), Some(&number), "{text}");
            }
        }
    }

    #[test]
    fn other_numbers_are_no_telephone_numbers() {
        for text in [
            "999 999 999", // an organisation number
            "999999999",
            "2013 2018", // years
            "2016 2017 2018 2019",
            "2016-02-03 2016-02-17",
            "03.02.2016",
            "4601 4602",    // municipality codes
            "55000000",     // a count, a number of a case
            "2 500 000 kr", // sums
            "45 000 000",
            "1 234 567,50",
            "20 30 40 50 60", // more of them
            "12 34 56 78",    // numbers that nobody has
            "58 00 00 00",
            "00 00 00 00",
            "§ 3-8 og §§ 6-1, 6-2",
            "LOV-2011-06-24-30",
            "kl. 18.00 22 33",
            "20 30 40 50,5",
            "rom22 33 44 55",
            "+46 70 12 34 56", // abroad
            "tlf. 116 117",    // the same for everybody
            "tlf. 02000",
            "tlf. 5500000",
            "tlf. 550000001",
            "tlf. 2016-05-31",
            "Telefon 2013-2018",
            "t 55000000",
            "55-00-00-00",
            "uke 32 34 36 38",
            "Veke 40 42 44 46",
            "veke 34 36 39 42",
            "Rom 20 21 22 23",
            "Alder: 20 30 40 50",
            "Bussane 20 30 40 50",
            "47 48 49 50 51",
            "kl 20 30 21 30",
            "Kl. 20 30 21 30",
            "Kr 250 00 000",
            "kr. 25 00 00 00",
            "250 00 000 kr",
            "250 00 000 kroner",
            "250 00 000,-",
            "https://nordvik.example/55/00/00/00",
        ] {
            for lead in 0..9 {
                let text = format!("{} {text}", "x".repeat(lead));
                assert!(found(&text).is_empty(), "{text}: {:?}", found(&text));
            }
        }
    }
}
