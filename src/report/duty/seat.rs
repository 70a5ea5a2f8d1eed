//! How a seat is computed, and how it stands: who must sit there, who does, which terms end.

use serde_json::{Value, json};

use super::ground;
use super::how::kinds;
use super::rhythm::duration;
use super::{Body, SPAN, lines_of};
use crate::date::{Date, day_words};
use crate::lang::Lang;
use crate::mandate::wording::{listed, preposition, seat as seat_words};
use crate::mandate::{Mandates, SeatLine, SeatStatus, What};
use crate::model::{Agreement, EachSeat, Role, Seat, Strength};
use crate::names::{Names, capital};
use crate::read::Target;
use crate::registry::Entry;
use crate::say;

/// What there is to say of a seat.
pub(super) fn explain<'a>(
    mandates: &Mandates<'a>,
    agreement: &'a Entry<Agreement>,
    seat: &'a Seat,
    names: &Names<'_>,
    day: Date,
) -> Body {
    let lines: Vec<&SeatLine<'a>> =
        mandates.seats.iter().filter(|line| std::ptr::eq(line.of.seat, seat) && line.days.holds(day)).collect();
    let mut how = sentences(seat, names);
    for network in &mandates.grounds {
        if let Some(days) = network.governed.get(&*agreement.id) {
            how.push(ground::words(network, days, names));
        }
    }
    let standing = standing(mandates, &lines, names, day);
    let (from, until) = SPAN.around(day);
    let around = mandates.dated(day, from, until).into_iter().filter(|one| match &one.what {
        What::Seat(of) | What::Term(of, _) => std::ptr::eq(of.seat, seat),
        _ => false,
    });
    let around: Vec<_> = around.collect();
    let sitting: Vec<Value> = lines
        .iter()
        .map(|line| {
            let members: Vec<&str> = line.on(day).map(|sitting| &*sitting.member.id).collect();
            let status = mandates.seat_status(line, day);
            json!({ "for": line.of.of, "role": line.of.role.map(|role| role.word()), "status": status.word(), "held-by": members })
        })
        .collect();
    let occurrences = lines_of(&around, false, names, day);
    Body { how, standing, occurrences, json: vec![("seats", Value::Array(sitting))], around: super::all_json(&around) }
}

/// How many are filled, vacant and so on, with whom the seats are for.
fn standing(mandates: &Mandates<'_>, lines: &[&SeatLine<'_>], names: &Names<'_>, day: Date) -> Vec<String> {
    let lang = names.lang;
    let of = lines.len();
    let mut all = Vec::new();
    for status in SeatStatus::ALL {
        let here: Vec<String> = lines
            .iter()
            .filter(|line| mandates.seat_status(line, day) == *status)
            .map(|line| {
                let whom = match (&line.of.seat.each, line.of.of) {
                    (Some(EachSeat::Area), Some(area)) => names.reference(Target::Area, area),
                    (_, Some(of)) => names.short(of),
                    (_, None) => seat_words(&line.of, names),
                };
                let from = line.on(day).map(|sitting| names.short(sitting.member.organisation.id()));
                let from: Vec<String> = from.filter(|from| *from != whom).collect();
                if from.is_empty() { whom } else { format!("{whom} ({})", from.join(", ")) }
            })
            .collect();
        if here.is_empty() {
            continue;
        }
        let (count, label, here) = (here.len(), capital(status.label().get(lang)), here.join(", "));
        all.push(say!(lang,
            nn: "{label} {count} av {of}: {here}", nb: "{label} {count} av {of}: {here}", en: "{label} {count} of {of}: {here}",
        ));
    }
    if all.is_empty() {
        let on = day_words(day, lang);
        all.push(say!(lang, nn: "Plassen finst ikkje {on}.", nb: "Plassen finnes ikke {on}.", en: "There is no such seat on {on}."));
    }
    all
}

/// A sentence for each key of the seat.
fn sentences(seat: &Seat, names: &Names<'_>) -> Vec<String> {
    let lang = names.lang;
    let body = names.body(seat.body.id());
    let mut all = vec![match seat.strength.unwrap_or(Strength::Shall) {
        Strength::Shall => say!(lang,
            nn: "Plassen skal vere fylt. Er han ikkje det, er han ledig.",
            nb: "Plassen skal være fylt. Er den ikke det, er den ledig.",
            en: "The seat shall be filled. If it is not, it is vacant.",
        ),
        Strength::Should | Strength::Aim => say!(lang,
            nn: "Plassen bør vere fylt. Er han ikkje det, står det «ikkje fylt».",
            nb: "Plassen bør være fylt. Er den ikke det, står det «ikke fylt».",
            en: "The seat should be filled. If it is not, it reads “not filled”.",
        ),
        Strength::May => say!(lang,
            nn: "Plassen kan stå tom. Han blir aldri rekna som ledig.",
            nb: "Plassen kan stå tom. Den regnes aldri som ledig.",
            en: "The seat may stay empty. It is never counted as vacant.",
        ),
    }];
    let roles: Vec<String> =
        seat.role.iter().chain(&*seat.roles).map(|role| role.label().get(lang).to_owned()).collect();
    all.push(match &*roles {
        [] => say!(lang, nn: "Plassen er i {body}.", nb: "Plassen er i {body}.", en: "The seat is in {body}."),
        [role] => {
            let single = seat.role.or(seat.roles.first().copied());
            let (article, of) = (article(single, role, lang), preposition(single, lang));
            say!(lang,
                nn: "Plassen er for {article} {of} {body}.",
                nb: "Plassen er for {article} {of} {body}.",
                en: "The seat is for {article} {of} {body}.",
            )
        }
        roles => {
            let roles = listed(roles, lang);
            say!(lang,
                nn: "Det er éin plass for kvar rolle i {body}: {roles}.",
                nb: "Det er én plass for hver rolle i {body}: {roles}.",
                en: "There is one seat for each role in {body}: {roles}.",
            )
        }
    });
    all.extend(each(seat, names));
    all.extend(how_many(seat, names));
    if let Some(holder) = &seat.holder {
        let mut from = Vec::new();
        if !holder.kind.is_empty() {
            from.push(kinds(&holder.kind, lang));
        }
        from.extend(holder.organisation.iter().map(|organisation| names.body(organisation.id())));
        let from = crate::names::condition::either(&from, lang);
        if !from.is_empty() {
            all.push(say!(lang, nn: "Den som sit der, må kome frå: {from}.", nb: "Den som sitter der, må komme fra: {from}.", en: "Whoever sits there must come from: {from}."));
        }
        if let Some(background) = holder.background {
            let background = background.label().get(lang);
            all.push(say!(lang, nn: "Den som sit der, må vere {background}.", nb: "Den som sitter der, må være {background}.", en: "Whoever sits there must be a {background}."));
        }
    }
    if let Some(among) = &seat.among {
        let among = names.body(among.id());
        all.push(say!(lang, nn: "Den som sit der, blir vald blant dei som sit i {among}.", nb: "Den som sitter der, velges blant dem som sitter i {among}.", en: "Whoever sits there is chosen from those who sit in {among}."));
    }
    if !seat.sides.is_empty() {
        let sides = listed(&seat.sides.iter().map(|side| side.label().get(lang).to_owned()).collect::<Vec<_>>(), lang);
        all.push(say!(lang,
            nn: "Rollene skal vere delte mellom {sides}.",
            nb: "Rollene skal være delt mellom {sides}.",
            en: "The roles are to be shared between {sides}.",
        ));
    }
    if let Some(term) = seat.term {
        let term = duration(term, names);
        all.push(say!(lang,
            nn: "Ein periode varer {term}. Sit nokon lenger, står det «fylt, perioden er ute».",
            nb: "En periode varer {term}. Sitter noen lenger, står det «fylt, perioden er ute».",
            en: "A term lasts {term}. Of whoever stays longer it says “filled, term ended”.",
        ));
    }
    if let Some(by) = &seat.appointed_by {
        let by = names.body(by.id());
        all.push(say!(lang, nn: "Den som sit der, blir oppnemnd av {by}.", nb: "Den som sitter der, oppnevnes av {by}.", en: "Whoever sits there is appointed by {by}."));
    }
    if seat.remunerated {
        all.push(say!(lang, nn: "Vervet er honorert.", nb: "Vervet er honorert.", en: "The office is remunerated."));
    }
    all
}

/// A role with its article: `ein leiar`, `et medlem`, `an adviser`.
fn article(role: Option<Role>, label: &str, lang: Lang) -> String {
    match role {
        Some(Role::Other) => say!(lang, nn: "ei anna rolle", nb: "en annen rolle", en: "another role"),
        Some(Role::Member) => say!(lang, nn: "ein {label}", nb: "et {label}", en: "a {label}"),
        _ if lang == Lang::En && label.starts_with(['a', 'o']) => format!("an {label}"),
        _ => say!(lang, nn: "ein {label}", nb: "en {label}", en: "a {label}"),
    }
}

fn each(seat: &Seat, names: &Names<'_>) -> Option<String> {
    let lang = names.lang;
    Some(match seat.each.as_ref()? {
        EachSeat::Party => {
            say!(lang, nn: "Det er éin slik plass for kvar part som kan ha han.", nb: "Det er én slik plass for hver part som kan ha den.", en: "There is one such seat for each party that can hold it.")
        }
        EachSeat::Area => {
            say!(lang, nn: "Det er éin slik plass for kvart område i nettverket.", nb: "Det er én slik plass for hvert område i nettverket.", en: "There is one such seat for each area of the network.")
        }
        EachSeat::Of(of) => {
            let kind = kinds(&of.kind, lang);
            let wholes = of.part_of.iter().map(|whole| names.short(whole.id()));
            let wholes = crate::names::condition::either(&wholes.collect::<Vec<_>>(), lang);
            let trusts = of.catchment_of.iter().map(|trust| match &**trust {
                "parties" => say!(lang, nn: "partane", nb: "partene", en: "the parties"),
                trust => names.short(trust),
            });
            let trusts = crate::names::condition::either(&trusts.collect::<Vec<_>>(), lang);
            let place = match (wholes.is_empty(), trusts.is_empty()) {
                (false, _) => {
                    say!(lang, nn: " som er del av {wholes}", nb: " som er del av {wholes}", en: " that is part of {wholes}")
                }
                (_, false) => say!(lang,
                    nn: " i føretaksområdet til {trusts}",
                    nb: " i foretaksområdet til {trusts}",
                    en: " in the catchment area of {trusts}",
                ),
                _ => String::new(),
            };
            say!(lang,
                nn: "Det er éin slik plass for kvar organisasjon av typen {kind}{place}.",
                nb: "Det er én slik plass for hver organisasjon av typen {kind}{place}.",
                en: "There is one such seat for each organisation of the kind {kind}{place}.",
            )
        }
    })
}

fn how_many(seat: &Seat, names: &Names<'_>) -> Option<String> {
    let lang = names.lang;
    let words = |count: u32| match count {
        1 => say!(lang, nn: "éin", nb: "én", en: "one"),
        _ => count.to_string(),
    };
    Some(match (seat.count.map(|count| words(count.0)), seat.min.map(words), seat.max.map(words)) {
        (Some(count), ..) => say!(lang,
            nn: "Nøyaktig {count} skal sitje der.",
            nb: "Nøyaktig {count} skal sitte der.",
            en: "Exactly {count} shall sit there.",
        ),
        (None, Some(min), Some(max)) => say!(lang,
            nn: "Minst {min} og høgst {max} skal sitje der.",
            nb: "Minst {min} og høyst {max} skal sitte der.",
            en: "At least {min} and at most {max} shall sit there.",
        ),
        (None, Some(min), None) => say!(lang,
            nn: "Minst {min} skal sitje der.",
            nb: "Minst {min} skal sitte der.",
            en: "At least {min} shall sit there.",
        ),
        (None, None, Some(max)) => say!(lang,
            nn: "Høgst {max} kan sitje der.",
            nb: "Høyst {max} kan sitte der.",
            en: "At most {max} can sit there.",
        ),
        (None, None, None) => return None,
    })
}
