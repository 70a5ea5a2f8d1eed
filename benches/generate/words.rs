//! What names and texts are put together from.

pub(super) const FIRST: [&str; 41] = [
    "Ås", "Bjørke", "Blå", "Bær", "Dyr", "Eid", "Fager", "Fiske", "Furu", "Gjøv", "Granne", "Grøn", "Hall", "Harde",
    "Hauke", "Hjelme", "Høy", "Ise", "Klepp", "Kråke", "Kvam", "Lang", "Laks", "Lær", "Mark", "Mid", "Mo", "Myr",
    "Nord", "Næs", "Odd", "Rav", "Rød", "Sand", "Sjø", "Skog", "Stor", "Sør", "Tjøm", "Træ", "Våg",
];
pub(super) const LAST: [&str; 20] = [
    "fjord", "dal", "vik", "nes", "øy", "sund", "strand", "voll", "heim", "haug", "land", "stad", "bygd", "lid", "våg",
    "mark", "berg", "os", "holm", "vær",
];
pub(super) const USERS: [(&str, &str); 6] = [
    ("LHL", "lhl"),
    ("Diabetesforbundet", "diabetesforbundet"),
    ("Kreftforeininga", "kreftforeininga"),
    ("Revmatikarforbundet", "revmatikarforbundet"),
    ("Mental Helse", "mental-helse"),
    ("Høyrselshemma", "hoyrselshemma"),
];
pub(super) const TOPICS: &[(&str, &str, &str)] = &[
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
pub(super) const TITLES: &[(&str, &str)] = &[
    ("Meistringskurs ved §", "Mestringskurs ved §"),
    ("Å leve med §: kurs for pasientar og pårørande", "Å leve med §: kurs for pasienter og pårørende"),
    ("Skule om §", "Skole om §"),
    ("Startkurs for deg som nyleg har fått §", "Startkurs for deg som nylig har fått §"),
    ("Samtalegruppe om §", "Samtalegruppe om §"),
];
pub(super) const MODULES: &[&str] =
    &["grunnkurs", "helsepedagogikk", "endring", "meistring", "brukarmedverknad", "brukarrepresentant"];
pub(super) const COURSES: &[(&str, &str)] = &[
    ("Grunnkurs i helsepedagogikk, §", "Grunnkurs i helsepedagogikk, §"),
    ("Kurs for brukarrepresentantar i §", "Kurs for brukerrepresentanter i §"),
    ("Kurs i endringsarbeid og rettleiing, §", "Kurs i endringsarbeid og veiledning, §"),
];
pub(super) const MEETINGS: &[(&str, &str)] = &[
    ("Arbeidsmøte i lærings- og meistringsnettverket §", "Arbeidsmøte i lærings- og mestringsnettverket §"),
    ("Fagdag om helsekompetanse, §", "Fagdag om helsekompetanse, §"),
    ("Nettverkssamling hausten i §", "Nettverkssamling høsten i §"),
];
pub(super) const MEETING_KINDS: &[&str] = &[
    "working-meeting",
    "network-meeting",
    "gathering",
    "professional-day",
    "seminar",
    "cooperation-meeting",
    "cooperation-meeting",
    "review",
];
pub(super) const AGENDA: &[(&str, &str)] = &[
    ("Tilvisingsrutinar mellom nivåa", "Henvisningsrutiner mellom nivåene"),
    ("Handlingsplan for neste år", "Handlingsplan for neste år"),
    ("Brukarmedverknad i planlegging og evaluering", "Brukermedvirkning i planlegging og evaluering"),
    ("Rekruttering til kurs i kommunane", "Rekruttering til kurs i kommunene"),
    ("Opplæring av nye likepersonar", "Opplæring av nye likepersoner"),
];
pub(super) const MATTERS: &[&str] =
    &["case", "assignment", "proposal", "deviation", "guidance", "contact", "information", "need", "follow-up"];
pub(super) const AREAS: &[(&str, &str, &str)] = &[
    ("fagutvikling", "Fagutvikling", "Fagutvikling"),
    ("pasientforlop", "Pasientforløp på tvers av nivå", "Pasientforløp på tvers av nivåer"),
    ("brukarmedverknad", "Brukarmedverknad", "Brukermedvirkning"),
];
pub(super) const FUNCTIONS: &[(&str, &str)] = &[
    ("Kontaktperson for lærings- og meistringstilbod i §", "Kontaktperson for lærings- og mestringstilbud i §"),
    ("Fagkonsulent med ansvar for pasientopplæring, §", "Fagkonsulent med ansvar for pasientopplæring, §"),
    ("Representant for brukarane i nettverket §", "Representant for brukerne i nettverket §"),
];
pub(super) const PROSE: &[(&str, &str)] = &[
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
