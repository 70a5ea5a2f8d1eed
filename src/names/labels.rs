//! What people call the keys of records.

use crate::lang::Label;

/// The heading of a key; nothing for a key that no record has.
#[must_use]
pub fn label(key: &str) -> Option<Label> {
    LABELS.binary_search_by(|(known, _)| known.cmp(&key)).ok().map(|index| LABELS[index].1)
}

/// The heading of a key in the table under another key, where it means something else than elsewhere.
#[must_use]
pub fn label_within(outer: &str, key: &str) -> Option<Label> {
    label(&format!("{outer}.{key}")).or_else(|| label(key))
}

const fn of(nn: &'static str, nb: &'static str, en: &'static str) -> Label {
    Label { nn, nb, en }
}

/// By key, in byte order; `outer.key` is a key that means something else under another.
const LABELS: &[(&str, Label)] = &[
    ("abbreviation", of("Forkorting", "Forkortelse", "Abbreviation")),
    ("action", of("Tiltak", "Tiltak", "Actions")),
    ("actions", of("Tiltak", "Tiltak", "Actions")),
    ("agenda", of("Saksliste", "Saksliste", "Agenda")),
    ("agreement", of("Avtale", "Avtale", "Agreement")),
    ("also", of("Andre ord", "Andre ord", "Other words")),
    ("also-called", of("Også kalla", "Også kalt", "Also called")),
    ("among", of("Blant medlemene i", "Blant medlemmene i", "From the members of")),
    ("announced", of("Kunngjort", "Kunngjort", "Announced")),
    ("answers", of("Svarar på", "Svarer på", "Answers")),
    ("appointed-by", of("Oppnemnd av", "Oppnevnt av", "Appointed by")),
    ("appointment", of("Oppnemningar", "Oppnevninger", "Appointments")),
    ("area", of("Område", "Område", "Area")),
    ("areas", of("Område", "Områder", "Areas")),
    ("arrangement", of("Ordning", "Ordning", "Arrangement")),
    ("arrangement.organisation", of("Organisering", "Organisering", "Organisation")),
    ("at-least", of("Gonger, minst", "Ganger, minst", "Times, at least")),
    ("attachments", of("Vedlegg", "Vedlegg", "Attachments")),
    ("attended", of("Deltakarar frå", "Deltakere fra", "Participants from")),
    ("audience", of("For kven", "For hvem", "For whom")),
    ("autumn", of("Haustsemester", "Høstsemester", "Autumn semester")),
    ("background", of("Bakgrunn", "Bakgrunn", "Background")),
    ("body", of("Organ", "Organ", "Body")),
    ("by", of("Av", "Av", "By")),
    ("capacity", of("Kapasitet", "Kapasitet", "Capacity")),
    ("care-level", of("Nivå", "Nivå", "Care level")),
    ("catchment-of", of("I føretaksområdet til", "I foretaksområdet til", "In the catchment area of")),
    ("clause", of("Punkt", "Punkt", "Clause")),
    ("closed", of("Avslutta", "Avsluttet", "Closed")),
    ("co-developers", of("Medutviklarar", "Medutviklere", "Co-developers")),
    ("co-organisers", of("Medarrangørar", "Medarrangører", "Co-organisers")),
    ("code", of("Kode", "Kode", "Code")),
    ("codes", of("Kodar", "Koder", "Codes")),
    ("coming-runs", of("Neste gjennomføringar", "Neste gjennomføringer", "Coming runs")),
    ("compiles", of("Samlar", "Samler", "Compiles")),
    ("condition", of("Tilstand", "Tilstand", "Condition")),
    ("consent", of("Samtykke", "Samtykke", "Consent")),
    ("contact", of("Kontakt", "Kontakt", "Contact")),
    ("contact-for", of("Kontaktpunkt for", "Kontaktpunkt for", "Contact point for")),
    ("continues", of("Framhald av", "Fortsettelse av", "Continues")),
    ("continuous", of("Går heile tida", "Går hele tiden", "Continuous")),
    ("count", of("Kor mange", "Hvor mange", "How many")),
    ("covers", of("Gjeld", "Gjelder", "Covers")),
    ("criteria", of("Kriterium", "Kriterier", "Criteria")),
    ("date", of("Dato", "Dato", "Date")),
    ("decided", of("Vedteke", "Vedtatt", "Adopted")),
    ("delivers", of("Leverer", "Leverer", "Delivers")),
    ("delivery", of("I gjennomføringa", "I gjennomføringen", "In delivery")),
    ("department", of("Avdeling", "Avdeling", "Department")),
    ("description", of("Omtale", "Beskrivelse", "Description")),
    ("disputes", of("Tvisteløysing", "Tvisteløsning", "Dispute resolution")),
    ("documents", of("Dokument", "Dokumenter", "Documents")),
    ("done", of("Utført", "Utført", "Done")),
    ("due", of("Frist", "Frist", "Deadline")),
    ("duty", of("Plikt", "Plikt", "Duty")),
    ("each", of("Kvar av desse", "Hver av disse", "Each of these")),
    ("email", of("E-post", "E-post", "E-mail")),
    ("end", of("Slutt", "Slutt", "End")),
    ("evaluation", of("I evalueringa", "I evalueringen", "In evaluation")),
    ("every", of("Éin gong per", "Én gang per", "Once per")),
    ("evidence", of("Dokumentasjon", "Dokumentasjon", "Evidence")),
    ("excuse", of("Fritak frå plikter", "Fritak fra plikter", "Excused duties")),
    ("figure", of("Tal", "Tall", "Figures")),
    ("figures", of("Tal", "Tall", "Figures")),
    ("financing", of("Finansiering", "Finansiering", "Financing")),
    ("first", of("Fyrste år", "Første år", "First year")),
    ("focus-area", of("Satsingsområde", "Satsingsområde", "Strategy area")),
    ("focus-areas", of("Satsingsområde", "Satsingsområder", "Strategy areas")),
    ("for", of("For", "For", "For")),
    ("form", of("Form", "Form", "Form")),
    ("format", of("Format", "Format", "Format")),
    ("formerly", of("Tidlegare namn", "Tidligere navn", "Former names")),
    ("frequency", of("Kor ofte", "Hvor ofte", "How often")),
    ("from", of("Frå", "Fra", "From")),
    ("function", of("Funksjon", "Funksjon", "Function")),
    ("funded-by", of("Finansiert av", "Finansiert av", "Funded by")),
    ("gap", of("Lengste tid imellom", "Lengste tid imellom", "Longest interval")),
    ("given", of("Gjevne oppseiingar", "Gitte oppsigelser", "Notices given")),
    ("goal", of("Mål", "Mål", "Goal")),
    ("governed-by", of("Styrt av", "Styrt av", "Governed by")),
    ("greeting", of("Helsing", "Hilsen", "Greeting")),
    ("held", of("Gonger", "Ganger", "Times held")),
    ("holder", of("Kan ha plassen", "Kan ha plassen", "Can hold the seat")),
    ("hosted-by", of("Vertsorganisasjonar", "Vertsorganisasjoner", "Host organisations")),
    ("hours", of("Timar", "Timer", "Hours")),
    ("id", of("Id", "Id", "ID")),
    ("intensity", of("Intensitet", "Intensitet", "Intensity")),
    ("involvement", of("Brukarmedverknad", "Brukermedvirkning", "User involvement")),
    ("jointly", of("Saman", "Sammen", "Jointly")),
    ("judged", of("Må vurderast", "Må vurderes", "To be judged")),
    ("kind", of("Type", "Type", "Kind")),
    ("language", of("Språk", "Språk", "Language")),
    ("languages", of("Språk", "Språk", "Languages")),
    ("level", of("Medverknadsnivå", "Medvirkningsnivåer", "Levels of involvement")),
    ("matter", of("Sak", "Sak", "Matter")),
    ("max", of("Høgst", "Høyst", "At most")),
    ("measure", of("Kva som er målt", "Hva som er målt", "Measure")),
    ("messages", of("Meldingar", "Meldinger", "Messages")),
    ("min", of("Minst", "Minst", "At least")),
    ("mode", of("Møteform", "Møteform", "Mode")),
    ("module", of("Kursmodul", "Kursmodul", "Module")),
    ("month", of("Månad", "Måned", "Month")),
    ("municipal", of("Frå kommunane", "Fra kommunene", "From municipalities")),
    ("municipality", of("Kommune", "Kommune", "Municipality")),
    ("name", of("Namn", "Navn", "Name")),
    ("narrative", of("Tekstdelar", "Tekstdeler", "Narrative parts")),
    ("network", of("Nettverk", "Nettverk", "Network")),
    ("new", of("Nyrekruttert", "Nyrekruttert", "Newly recruited")),
    ("note", of("Merknad", "Merknad", "Note")),
    ("notice", of("Oppseiing", "Oppsigelse", "Notice")),
    ("number", of("Organisasjonsnummer", "Organisasjonsnummer", "Organisation number")),
    ("obligation", of("Plikter", "Plikter", "Duties")),
    ("obligations", of("Plikter", "Plikter", "Duties")),
    ("of", of("Av totalt", "Av totalt", "Out of")),
    ("offering", of("Tilbod", "Tilbud", "Offering")),
    ("offices", of("Verv", "Verv", "Offices")),
    ("on", of("Dato", "Dato", "Date")),
    ("open-to", of("Ope for", "Åpent for", "Open to")),
    ("opened", of("Opna", "Åpnet", "Opened")),
    ("order", of("Rekkjefølgje", "Rekkefølge", "Order")),
    ("ordered-by", of("Oppdragsgjevar", "Oppdragsgiver", "Ordered by")),
    ("organisation", of("Organisasjon", "Organisasjon", "Organisation")),
    ("organiser", of("Arrangørar", "Arrangører", "Organisers")),
    ("other", of("Andre", "Andre", "Others")),
    ("outcome", of("Utfall", "Utfall", "Outcome")),
    ("owners", of("Eigarar", "Eiere", "Owners")),
    ("pair", of("Par", "Par", "Pair")),
    ("part", of("Berre ein del", "Bare en del", "Only a part")),
    ("part-of", of("Del av", "Del av", "Part of")),
    ("participants", of("Deltakarar", "Deltakere", "Participants")),
    ("parties", of("Partar", "Parter", "Parties")),
    ("partners", of("Samarbeidspartnarar", "Samarbeidspartnere", "Partners")),
    ("pathway", of("Pasientforløp", "Pasientforløp", "Patient pathway")),
    ("patients", of("Pasientar", "Pasienter", "Patients")),
    ("peer-led", of("Leidd av likeperson", "Ledet av likeperson", "Led by a peer supporter")),
    ("per", of("For kvar", "For hver", "For each")),
    ("period", of("Periode", "Periode", "Period")),
    ("phase", of("Fasar", "Faser", "Phases")),
    ("phone", of("Telefon", "Telefon", "Telephone")),
    ("place", of("Stad", "Sted", "Place")),
    ("planning", of("I planlegginga", "I planleggingen", "In planning")),
    ("prevails", of("Har forrang", "Har forrang", "Has precedence")),
    ("publish", of("Publisering", "Publisering", "Publication")),
    ("purpose", of("Føremål", "Formål", "Purposes")),
    ("reach", of("Rekkjevidd", "Rekkevidde", "Reach")),
    ("reason", of("Grunngjeving", "Begrunnelse", "Reason")),
    ("receiver", of("Mottakarar", "Mottakere", "Receivers")),
    ("record", of("Postar", "Poster", "Records")),
    ("recruited-from", of("Rekruttert frå", "Rekruttert fra", "Recruited from")),
    ("referral", of("Tilvising", "Henvisning", "Referral")),
    ("referred-to-by", of("Postar som viser hit", "Poster som viser hit", "Referred to by")),
    ("regulates", of("Regulerer", "Regulerer", "Regulates")),
    ("relatives", of("Pårørande", "Pårørende", "Relatives")),
    (
        "remains-specialist",
        of(
            "Blir i spesialisthelsetenesta",
            "Blir i spesialisthelsetjenesten",
            "Stays in the specialist health service",
        ),
    ),
    ("remunerated", of("Honorert", "Honorert", "Remunerated")),
    ("replaces", of("Erstattar", "Erstatter", "Replaces")),
    ("reports-to", of("Rapporterer til", "Rapporterer til", "Reports to")),
    ("represents", of("Representerer", "Representerer", "Represents")),
    ("require", of("Krav", "Krav", "Requirements")),
    ("required", of("Tilvising krevst", "Henvisning kreves", "Referral required")),
    ("responsibility", of("Ansvar", "Ansvar", "Responsibility")),
    ("responsible", of("Ansvarlege", "Ansvarlige", "Responsible")),
    ("restates", of("Gjentek", "Gjentar", "Restates")),
    ("role", of("Rolle", "Rolle", "Role")),
    ("role-description", of("Rolleomtale", "Rollebeskrivelse", "Role description")),
    ("roles", of("Roller", "Roller", "Roles")),
    ("routine", of("Rutine", "Rutine", "Routine")),
    ("rule", of("Regel", "Regel", "Rule")),
    ("rules", of("Reglar", "Regler", "Rules")),
    ("run", of("Gjennomføringar", "Gjennomføringer", "Runs")),
    ("runs", of("Gjennomføringar", "Gjennomføringer", "Runs")),
    ("scope", of("Avgrensing", "Avgrensning", "Scope")),
    ("seat", of("Plassar", "Plasser", "Seats")),
    ("seats", of("Plassar", "Plasser", "Seats")),
    ("section", of("Kapittel", "Kapittel", "Section")),
    ("semesters", of("Semester", "Semestre", "Semesters")),
    ("sent", of("Sendt", "Sendt", "Sent")),
    ("sessions", of("Økter", "Økter", "Sessions")),
    ("set-up-by", of("Oppretta ved", "Opprettet ved", "Set up by")),
    ("shift", of("Ved helg og heilagdag", "Ved helg og helligdag", "At weekends and on public holidays")),
    ("shows", of("Dokumenterer", "Dokumenterer", "Shows")),
    ("sides", of("Sider", "Sider", "Sides")),
    ("signature", of("Underskrift", "Underskrift", "Signature")),
    ("signed", of("Underskrift", "Underskrift", "Signature")),
    ("source", of("Kjelder", "Kilder", "Sources")),
    (
        "specialist",
        of("Frå spesialisthelsetenesta", "Fra spesialisthelsetjenesten", "From the specialist health service"),
    ),
    ("spring", of("Vårsemester", "Vårsemester", "Spring semester")),
    ("start", of("Start", "Start", "Start")),
    ("starts-at", of("Klokkeslett", "Klokkeslett", "Starts at")),
    ("status", of("Status", "Status", "Status")),
    ("strength", of("Kor bindande", "Hvor bindende", "How binding")),
    ("succeeds", of("Tok over etter", "Tok over etter", "Took over from")),
    ("suppress-below", of("Skjerma under", "Skjermet under", "Suppressed below")),
    ("target-group", of("Målgruppe", "Målgruppe", "Target group")),
    ("tasks", of("Mål og oppgåver", "Mål og oppgaver", "Aims and tasks")),
    ("term", of("Periode", "Periode", "Term of office")),
    ("text", of("Tekst", "Tekst", "Text")),
    ("theme", of("Tema", "Tema", "Theme")),
    ("title", of("Tittel", "Tittel", "Title")),
    ("to", of("Til", "Til", "To")),
    ("topic", of("Emne", "Emne", "Topic")),
    ("tracked", of("Registreringsperiodar", "Registreringsperioder", "Tracked periods")),
    ("transfer", of("Overføringar", "Overføringer", "Transfers")),
    ("trust", of("Helseføretak", "Helseforetak", "Hospital trusts")),
    ("under", of("Høyrer under", "Hører under", "Comes under")),
    ("until", of("Til og med", "Til og med", "Until")),
    ("updated", of("Oppdatert", "Oppdatert", "Updated")),
    ("url", of("Nettadresse", "Nettadresse", "Web address")),
    ("user-representatives", of("Brukarrepresentantar", "Brukerrepresentanter", "User representatives")),
    ("value", of("Verdi", "Verdi", "Value")),
    ("verified", of("Stadfesta", "Bekreftet", "Verified")),
    ("verified-for", of("Ei stadfesting held i", "En bekreftelse holder i", "A verification holds for")),
    ("waive", of("Unntak", "Unntak", "Waivers")),
    ("where", of("Vilkår", "Vilkår", "Conditions")),
    ("with", of("Saman med", "Sammen med", "With")),
    ("year", of("År", "År", "Year")),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lang::Lang;
    use crate::model::{
        Agreement, Course, Manifest, Matter, Meeting, Member, Network, Offering, Organisation, Plan, Report,
    };
    use crate::read::{FieldInfo, Shape};

    #[test]
    fn labels_stand_in_the_order_of_their_keys_and_each_once() {
        for pair in LABELS.windows(2) {
            assert!(pair[0].0 < pair[1].0, "{} and {}", pair[0].0, pair[1].0);
        }
    }

    #[test]
    fn no_label_is_empty_or_begins_with_a_small_letter() {
        for (key, label) in LABELS {
            for lang in Lang::ALL {
                assert!(label.get(lang).chars().next().is_some_and(char::is_uppercase), "{key} in {lang}");
            }
        }
    }

    #[test]
    fn every_key_of_a_record_has_a_label() {
        let tables = [
            Organisation::fields(),
            Agreement::fields(),
            Network::fields(),
            Member::fields(),
            Offering::fields(),
            Course::fields(),
            Meeting::fields(),
            Plan::fields(),
            Report::fields(),
            Matter::fields(),
            Manifest::fields(),
        ];
        let mut bare = Vec::new();
        for fields in &tables {
            unlabelled(fields, &mut bare);
        }
        assert!(bare.is_empty(), "without a label: {}", bare.join(", "));
    }

    /// The keys without a label, in these fields and in the tables inside them.
    fn unlabelled(fields: &[FieldInfo], bare: &mut Vec<&'static str>) {
        for field in fields {
            if label(field.key).is_none() {
                bare.push(field.key);
            }
            unlabelled_inside(&field.shape, bare);
        }
    }

    fn unlabelled_inside(shape: &Shape, bare: &mut Vec<&'static str>) {
        match shape {
            Shape::Table(fields) => unlabelled(&fields(), bare),
            Shape::List(each) => unlabelled_inside(each, bare),
            Shape::Either(short, long) => {
                unlabelled_inside(short, bare);
                unlabelled_inside(long, bare);
            }
            _ => {}
        }
    }
}
