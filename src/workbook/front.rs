//! The first sheet: what to do. And what may stand in a column.

use rust_xlsxwriter::{Url, Worksheet};

use super::book::{About, Page};
use super::columns::Column;
use super::style::Styles;
use crate::date::When;
use crate::lang::{Lang, Said};
use crate::read::Shape;
use crate::say;
use crate::spelling::escaped;

/// What a workbook is called.
pub(super) fn title(about: &About) -> String {
    let lang = about.lang;
    let what =
        say!(lang, nn: "Tilbod, kurs og plassar", nb: "Tilbud, kurs og plasser", en: "Offerings, courses and seats");
    match &about.whose {
        Some(whose) => format!("{what}: {}", escaped(whose)),
        None => what,
    }
}

/// What to do, step by step.
fn steps() -> [Said; 7] {
    [
        say!(
            nn: "Sjå gjennom arka nedst. Kvar rad er noko som registeret kjenner frå før. Rett det som er feil, og skriv det som er nytt på dei tomme radene under.",
            nb: "Se gjennom arkene nederst. Hver rad er noe som registeret kjenner fra før. Rett det som er feil, og skriv det som er nytt på de tomme radene under.",
            en: "Look through the sheets at the bottom. Each row is something that the registry knows already. Correct what is wrong, and write what is new on the empty rows below.",
        ),
        say!(
            nn: "Kolonnar med * må fyllast ut på ei ny rad. Veit du ikkje det andre, lat cella stå tom.",
            nb: "Kolonner med * må fylles ut på en ny rad. Vet du ikke det andre, la cellen stå tom.",
            en: "Columns with * must be filled in on a new row. What you do not know of the others, leave empty.",
        ),
        say!(
            nn: "Har cella ei liste, vel frå lista. Skal det stå fleire, skriv semikolon imellom: pasientar; pårørande. «Ingen» tyder at det ikkje var nokon; ei tom celle seier ingenting.",
            nb: "Har cellen en liste, velg fra den. Skal det stå flere, skriv semikolon imellom: pasienter; pårørende. «Ingen» betyr at det ikke var noen; en tom celle sier ingenting.",
            en: "If the cell has a list, choose from it. If there are several, write a semicolon between: patients; relatives. \"None\" means that there was nobody; an empty cell says nothing.",
        ),
        say!(
            nn: "Datoar: 30.11.2026. Er ikkje heile datoen kjend: 2026-11, 2026-haust eller 2026. Tal på deltakarar: 12, om lag 12, minst 12, eller ikkje registrert.",
            nb: "Datoer: 30.11.2026. Er ikke hele datoen kjent: 2026-11, 2026-høst eller 2026. Antall deltakere: 12, ca. 12, minst 12, eller ikke registrert.",
            en: "Dates: 30.11.2026. If the whole date is not known: 2026-11, 2026-autumn or 2026. Numbers of participants: 12, about 12, at least 12, or not recorded.",
        ),
        say!(
            nn: "Skriv aldri namn på personar, og ikkje telefonnummer, e-postadresser eller fødselsnummer.",
            nb: "Skriv aldri navn på personer, og ikke telefonnummer, e-postadresser eller fødselsnummer.",
            en: "Never write names of persons, nor telephone numbers, e-mail addresses or national identity numbers.",
        ),
        say!(
            nn: "Du kan sortere, filtrere og gøyme rader og kolonnar. Lat overskriftene stå, og bruk ikkje formlar eller samanslegne celler. Det som berre manglar når arbeidsboka kjem tilbake, blir ikkje sletta: sei frå om noko skal bort.",
            nb: "Du kan sortere, filtrere og skjule rader og kolonner. La overskriftene stå, og bruk ikke formler eller sammenslåtte celler. Det som bare mangler når arbeidsboken kommer tilbake, blir ikke slettet: si fra om noe skal bort.",
            en: "You can sort, filter and hide rows and columns. Leave the headings as they are, and use neither formulas nor merged cells. What is only missing when the workbook comes back is not deleted: say so if something is to go.",
        ),
        say!(
            nn: "Lagre, og send arbeidsboka tilbake. Er det noko å spørje om, får du den same arbeidsboka att, med merknader i cellene det gjeld.",
            nb: "Lagre, og send arbeidsboken tilbake. Er det noe å spørre om, får du den samme arbeidsboken igjen, med merknader i cellene det gjelder.",
            en: "Save, and send the workbook back. If there is something to ask, you get the same workbook again, with remarks in the cells in question.",
        ),
    ]
}

pub(super) fn write(sheet: &mut Worksheet, about: &About, pages: &[Page<'_>], styles: &Styles) -> anyhow::Result<()> {
    let lang = about.lang;
    sheet.set_name(say!(lang, nn: "Slik gjer du", nb: "Slik gjør du", en: "What to do"))?;
    sheet.set_column_width(0, 28)?.set_column_width(1, 38)?.set_column_width(2, 62)?;
    sheet.set_paper_size(9).set_landscape().set_print_fit_to_pages(1, 0).set_screen_gridlines(false);
    let mut row = 0;
    sheet.write_string_with_format(row, 0, title(about), &styles.title)?;
    sheet.set_row_height(row, 24)?;
    row += 1;
    let day = When::Day(about.day).words(lang);
    let (of, none) = (escaped(&about.registry), about.registry.is_empty());
    let made = match none {
        false => {
            say!(lang, nn: "Henta ut {day} frå {of}.", nb: "Hentet ut {day} fra {of}.", en: "Taken from {of} on {day}.")
        }
        true => say!(lang, nn: "Henta ut {day}.", nb: "Hentet ut {day}.", en: "Taken out on {day}."),
    };
    sheet.write_string_with_format(row, 0, made, &styles.subtitle)?;
    row += 2;
    for (number, step) in (1..).zip(steps()) {
        const SIGNS: usize = 150;
        let text = format!("{number}.  {}", step.get(lang));
        sheet.merge_range(row, 0, row, 2, &text, &styles.plain)?;
        sheet.set_row_height(row, 15.0 * text.chars().count().div_ceil(SIGNS) as f64 + 4.0)?;
        row += 1;
    }
    row += 1;
    sheet.write_string_with_format(row, 0, say!(lang, nn: "Ark", nb: "Ark", en: "Sheets"), &styles.heading)?;
    row += 1;
    for page in pages {
        let (name, count) = (page.part.label().get(lang), page.lines.len());
        let target = Url::new(format!("internal:'{name}'!A1")).set_text(name);
        sheet.write_url_with_format(row, 0, target, &styles.link)?;
        let rows = match count {
            1 => say!(lang, nn: "1 rad", nb: "1 rad", en: "1 row"),
            _ => say!(lang, nn: "{count} rader", nb: "{count} rader", en: "{count} rows"),
        };
        sheet.write_string_with_format(row, 1, rows, &styles.plain)?;
        row += 1;
    }
    Ok(())
}

/// What may stand in a column, for the note at its heading.
pub(super) fn help(column: &Column, lang: Lang) -> String {
    let what = if column.is_parent {
        say!(
            nn: "Kva rada høyrer til. Vel frå lista på ei ny rad; på dei andre kan det ikkje endrast.",
            nb: "Hva raden hører til. Velg fra listen på en ny rad; på de andre kan det ikke endres.",
            en: "What the row belongs to. Choose from the list on a new row; on the others it cannot be changed.",
        )
    } else {
        match column.each() {
            Shape::Choice(..) | Shape::Flag => {
                say!(nn: "Vel frå lista.", nb: "Velg fra listen.", en: "Choose from the list.")
            }
            Shape::Reference(_) => say!(
                nn: "Vel frå lista, eller skriv namnet.",
                nb: "Velg fra listen, eller skriv navnet.",
                en: "Choose from the list, or write the name.",
            ),
            Shape::When => say!(
                nn: "30.11.2026; er ikkje heile datoen kjend: 2026-11, 2026-haust eller 2026.",
                nb: "30.11.2026; er ikke hele datoen kjent: 2026-11, 2026-høst eller 2026.",
                en: "30.11.2026; if the whole date is not known: 2026-11, 2026-autumn or 2026.",
            ),
            Shape::Day => say!(nn: "Ein dato: 30.11.2026.", nb: "En dato: 30.11.2026.", en: "A date: 30.11.2026."),
            Shape::ClockTime => {
                say!(nn: "Eit klokkeslett: 18:00.", nb: "Et klokkeslett: 18:00.", en: "A time of day: 18:00.")
            }
            Shape::Count { .. } => say!(
                nn: "12, om lag 12, minst 12, eller ikkje registrert.",
                nb: "12, ca. 12, minst 12, eller ikke registrert.",
                en: "12, about 12, at least 12, or not recorded.",
            ),
            Shape::Whole(_) => say!(nn: "Eit heiltal.", nb: "Et heltall.", en: "A whole number."),
            Shape::Text => say!(
                nn: "Tekst. Står teksten på fleire språk i registeret, er det den nynorske du ser og endrar her.",
                nb: "Tekst. Står teksten på flere språk i registeret, er det den på bokmål du ser og endrer her.",
                en: "Text. If the registry has it in several languages, you see and change the English one here.",
            ),
            _ => say!(nn: "Tekst.", nb: "Tekst.", en: "Text."),
        }
    };
    let mut words = vec![what.get(lang).to_owned()];
    if column.is_list() {
        words.push(say!(lang,
            nn: "Fleire med semikolon imellom.",
            nb: "Flere med semikolon imellom.",
            en: "Several with semicolons between.",
        ));
    }
    if column.required {
        words.push(say!(lang, nn: "Må fyllast ut.", nb: "Må fylles ut.", en: "Must be filled in."));
    }
    words.join("\n")
}
