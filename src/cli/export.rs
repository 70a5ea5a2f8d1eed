//! `lmnet export`: the registry for others, as tables, as a calendar, and as a workbook that comes back.

mod workbook;

use anyhow::bail;
use chrono::Days;
use clap::{Args, ValueEnum};
use serde_json::{Map, Value, json};

use super::context::Readable;
use super::footer::Footer;
use super::report::Audience;
use super::{Context, Done, Folder, Parts};
use crate::date::Date;
use crate::document::Document;
use crate::export::{self, ByYear, Tables, Wanted, Written};
use crate::lang::Lang;
use crate::names::Names;
use crate::read::is_id;
use crate::registry::{MANIFEST, slug};
use crate::render::datapackage::{DESCRIPTOR, descriptor, file_of, parts};
use crate::render::{ics, table, xlsx};
use crate::say;
use crate::store::Make;
use crate::tables::Table;

/// What `export` takes.
#[derive(Debug, Args)]
#[command(
    before_long_help = "\
Examples:
  lmnet export --format datapackage -o eksport     CSV files with keys, and a datapackage.json that tells of them
  lmnet export --format csv --table offerings.run  one table
  lmnet export --format csv --excel -o til-excel   for a Norwegian Excel: semicolons, decimal commas
  lmnet export --network lm-fjordnett -o fjordnett.xlsx
  lmnet export --year 2025 -o 2025.json
  lmnet export --network lm-fjordnett -o tilbod.ics --lang nn
  lmnet export --format ndjson --partition-by year -o felles   beside those of other registries, for DuckDB or Spark
  lmnet export --workbook vagvik.xlsx --organisation vagvik    to be filled in, and taken back with lmnet import",
    after_long_help = "\
There is a table for each kind of record, and one for each list in it: offerings.run has a row for each run, with the id of
its offering under 'record' and its place in the list under 'position'. 'bodies' has organisations and networks, which many
columns lead to, 'records' all records. A list that no record has gives no table unless it is named. Beside a list stands how many parts it has: 0 says that there are none, nothing says
nothing. A text stands in the language of the export, and in each language under .nn, .nb, .en. A time stands as recorded
(2016, 2016-autumn), with the first and the last day that it can be. A count has its quality beside it: exact, at-least,
about, at-least-about, not-recorded, or hidden.

An export is for the public unless it says --audience internal: without names, ways to reach people, remarks and exceptions;
numbers of participants of runs are hidden where they are small or would give a small one away, the same ones whatever is chosen.
Those of courses and meetings are about staff and representatives, and shown.

With --partition-by year, each table is a folder with a part for each year: offerings/registry=NAME/year=2016/part-0.ndjson, as DuckDB,
Spark and others read it, with registry and year as columns. A part has the records that hold or happen in its year, and of their
lists what begins in it (runs) or holds in it (appointments). Several registries can stand side by side in one folder, each under
its own name (--as); an export replaces its own parts, and tells of them in _lmnet/NAME.json: columns, types, keys, years.

The folder of an export is replaced as a whole, and may hold nothing but an earlier one. A calendar has all that is to come and
what was in the last 90 days; a run without an id is known by its first day, and one with an id stays the same event if it is moved.
Deadlines have a calendar of their own ('lmnet deadlines --format ics')."
)]
pub struct Arguments {
    /// How to write it [default: by the ending of --output]
    #[arg(long, value_enum)]
    format: Option<Format>,
    /// Only these tables, divided by commas; a single one as csv needs no folder
    #[arg(long, value_name = "NAMES", value_delimiter = ',')]
    table: Vec<String>,
    /// Only what belongs to this network, and the records that it refers to
    #[arg(long, value_name = "ID")]
    network: Option<String>,
    /// Only records that hold or happen in this year, and those that they refer to; each of them whole
    #[arg(long, value_name = "YEAR", value_parser = clap::value_parser!(i32).range(1800..3000))]
    year: Option<i32>,
    /// Who will read it
    #[arg(long, value_enum, default_value_t = Audience::Public)]
    audience: Audience,
    /// Of csv only: as a Norwegian Excel wants it
    #[arg(long)]
    excel: bool,
    /// Of ics only: the first day
    #[arg(long, value_name = "DATE", value_parser = super::day)]
    from: Option<Date>,
    /// Of ics only: the last day
    #[arg(long, value_name = "DATE", value_parser = super::day)]
    until: Option<Date>,
    /// Of csv and ndjson only: tidy tables in the folder named by --output, a part for each year
    #[arg(long, value_name = "WHAT", conflicts_with = "year")]
    partition_by: Option<PartitionBy>,
    /// What the registry is called there, where several stand side by side [default: after its title]
    #[arg(long = "as", value_name = "NAME", requires = "partition_by")]
    name: Option<String>,
    /// Export what could be read of a registry with errors
    #[arg(long)]
    partial: bool,
    #[command(flatten)]
    workbook: workbook::Workbook,
}

/// Formats of exports.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// A folder of CSV files as RFC 4180 has them, or one table
    Csv,
    /// lmnet-export version 1
    Json,
    /// A line of JSON for each row, with the name of its table
    Ndjson,
    /// A workbook with a sheet for each table
    Xlsx,
    /// A folder of CSV files and a datapackage.json (Data Package version 2)
    Datapackage,
    /// iCalendar: runs, courses and meetings
    Ics,
}

/// What tables are divided by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum PartitionBy {
    /// A part for each year
    Year,
}

/// How far back a calendar goes, so that what was cancelled lately is still in it.
const BACK: u64 = 90;

pub(super) fn run(arguments: &Arguments, context: &Context<'_>) -> anyhow::Result<Done> {
    if let Some(file) = &arguments.workbook.workbook {
        return workbook::run(&arguments.workbook, file, context);
    }
    let format = format(arguments, context)?;
    let loaded = if arguments.partial { context.load_readable()? } else { context.load_sound()? };
    let registry = &*loaded.registry;
    let network = super::asked_network(registry, arguments.network.as_deref())?;
    let lang = context.lang_of(registry, network)?;
    if arguments.partition_by.is_some() {
        return partitioned(arguments, format, context, loaded, lang);
    }
    let wanted = Wanted { network: arguments.network.clone(), year: arguments.year, tables: arguments.table.clone() };
    let mut done = match format {
        Format::Ics => agenda(arguments, &wanted, context, &Names { registry, lang })?,
        _ => {
            let exported = export::tables(registry, &wanted, arguments.audience.into(), lang)?;
            let mut done = written(arguments, format, &exported, (context, &loaded, lang))?;
            done.talk = dangling(&exported.dangling, lang);
            done
        }
    };
    done.talk.insert_str(0, &super::unsound(&loaded, lang));
    Ok(done)
}

/// The format, with which all other options must make sense.
fn format(arguments: &Arguments, context: &Context<'_>) -> anyhow::Result<Format> {
    let asked =
        arguments.format.is_some() || context.cli.output.as_ref().is_some_and(|path| path.extension().is_some());
    if !asked {
        bail!(say!(
            nn: "nemn formatet med --format: csv, json, ndjson, xlsx, datapackage eller ics",
            nb: "nevn formatet med --format: csv, json, ndjson, xlsx, datapackage eller ics",
            en: "name the format with --format: csv, json, ndjson, xlsx, datapackage or ics",
        ));
    }
    let format = context.format(arguments.format, Format::Csv)?;
    if arguments.partition_by.is_some() && !matches!(format, Format::Csv | Format::Ndjson) {
        bail!(say!(
            nn: "--partition-by er berre for csv og ndjson",
            nb: "--partition-by er bare for csv og ndjson",
            en: "--partition-by is for csv and ndjson only",
        ));
    }
    if arguments.partition_by.is_some() && context.cli.output.is_none() {
        bail!(say!(
            nn: "tabellar i delar er ei mappe: nemn henne med -o MAPPE",
            nb: "tabeller i deler er en mappe: nevn den med -o MAPPE",
            en: "tables in parts are a folder: name it with -o DIR",
        ));
    }
    let to_folder = format == Format::Datapackage || (format == Format::Csv && arguments.table.len() != 1);
    match (&context.cli.output, to_folder) {
        (None, true) if format == Format::Csv && arguments.partition_by.is_none() => {
            bail!(say!(
                nn: "csv av fleire tabellar er ei mappe: nemn henne med -o MAPPE, eller éin tabell med --table NAMN",
                nb: "csv av flere tabeller er en mappe: nevn den med -o MAPPE, eller én tabell med --table NAVN",
                en: "csv of several tables is a folder: name it with -o DIR, or one table with --table NAME",
            ))
        }
        (None, true) => bail!(say!(
            nn: "ei datapakke er ei mappe: nemn henne med -o MAPPE",
            nb: "en datapakke er en mappe: nevn den med -o MAPPE",
            en: "a datapackage is a folder: name it with -o DIR",
        )),
        (Some(path), true) if context.ending() == Some("csv") => {
            let path = path.display();
            bail!(say!(
                nn: "{path} er namnet på ei fil, og csv av fleire tabellar er ei mappe; nemn ei mappe, eller éin tabell med --table NAMN",
                nb: "{path} er navnet på en fil, og csv av flere tabeller er en mappe; nevn en mappe, eller én tabell med --table NAVN",
                en: "{path} is the name of a file, and csv of several tables is a folder; name a folder, or one table with --table NAME",
            ))
        }
        _ => {}
    }
    if arguments.excel && (format != Format::Csv || arguments.partition_by.is_some()) {
        bail!(say!(
            nn: "--excel er berre for csv; ei arbeidsbok skriv du med «--format xlsx»",
            nb: "--excel er bare for csv; en arbeidsbok skriver du med «--format xlsx»",
            en: "--excel is for csv only; a workbook is written with '--format xlsx'",
        ));
    }
    if format != Format::Ics && (arguments.from.is_some() || arguments.until.is_some()) {
        bail!(say!(
            nn: "--from og --until er berre for kalendrar; tabellar tek --year",
            nb: "--from og --until er bare for kalendere; tabeller tar --year",
            en: "--from and --until are for calendars only; tables take --year",
        ));
    }
    if format == Format::Ics && (!arguments.table.is_empty() || arguments.year.is_some()) {
        bail!(say!(
            nn: "ein kalender har ingen tabellar og tek --from og --until i staden for --year",
            nb: "en kalender har ingen tabeller og tar --from og --until i stedet for --year",
            en: "a calendar has no tables and takes --from and --until instead of --year",
        ));
    }
    Ok(format)
}

/// The tables in parts for each year, in the layout of Hive: programs read `registry` and `year` from the names of folders.
fn partitioned(
    arguments: &Arguments,
    format: Format,
    context: &Context<'_>,
    loaded: Readable,
    lang: Lang,
) -> anyhow::Result<Done> {
    let title = loaded.registry.manifest.title.as_ref().map(|title| title.get(lang));
    let name = arguments.name.clone().unwrap_or_else(|| slug(title.unwrap_or_default()));
    if !is_id(&name) {
        bail!(say!(lang,
            nn: "«{name}» kan ikkje vere namnet til registeret der; skriv små bokstavar, siffer og bindestrek etter --as",
            nb: "«{name}» kan ikke være navnet til registeret der; skriv små bokstaver, sifre og bindestrek etter --as",
            en: "\"{name}\" cannot be what the registry is called there; write small letters, digits and hyphens after --as",
        ));
    }
    let output = context.cli.output.as_ref().map(|output| context.world.folder.join(output)).unwrap_or_default();
    if let Some(registry) = output.ancestors().find(|folder| folder.join(MANIFEST).exists()) {
        let registry = registry.display();
        bail!(say!(
            nn: "{registry} er eit register, og tabellar høyrer ikkje heime i det; nemn ei mappe utanfor",
            nb: "{registry} er et register, og tabeller hører ikke hjemme i det; nevn en mappe utenfor",
            en: "{registry} is a registry, and tables do not belong in it; name a folder outside of it",
        ));
    }
    let talk = super::unsound(&loaded, lang);
    let years = export::years(&loaded.registry, context.today()?);
    let mut about = about(arguments, &loaded, lang);
    about.insert("registry".to_owned(), json!(name));
    let (network, tables) = (arguments.network.clone(), arguments.table.clone());
    let audience = arguments.audience.into();
    let make: Make = Box::new(move |take| {
        let wanted = Wanted { network, year: None, tables };
        let by_year = ByYear::of(&loaded.registry, wanted, audience, lang);
        let mut written = Written::default();
        let ending = if format == Format::Csv { "csv" } else { "ndjson" };
        for year in years {
            for one in by_year.tables(year)? {
                let text = match format {
                    Format::Csv => table::csv(&one.sheet())?,
                    _ => one.objects().map(|row| table::json_line(&row.into())).collect(),
                };
                take(&format!("{}/year={year}/part-0.{ending}", one.name), &text)?;
                written.add(one, year);
            }
        }
        Ok(table::pretty_json(&parts(about, ending, written.tables())))
    });
    Ok(Done { parts: Some(Parts { name, make }), talk, ..Done::default() })
}

fn written(
    arguments: &Arguments,
    format: Format,
    Tables { tables, .. }: &Tables,
    (context, loaded, lang): (&Context<'_>, &Readable, Lang),
) -> anyhow::Result<Done> {
    let csv = |one: &Table| if arguments.excel { table::csv_for_excel(&one.sheet()) } else { table::csv(&one.sheet()) };
    let head = || loaded.machine(json!({ "schema": "lmnet-export", "version": 1, "audience": audience(arguments) }));
    match format {
        Format::Csv => match &tables[..] {
            [one] if arguments.table.len() == 1 => return Ok(Done::with(csv(one)?)),
            _ => {}
        },
        Format::Json => {
            let mut whole = head();
            whole["tables"] = tables.iter().map(|one| (one.name.clone(), one.objects().collect::<Value>())).collect();
            return Ok(Done::with(table::pretty_json(&whole)));
        }
        Format::Ndjson => {
            let mut lines = table::json_line(&head());
            for one in tables {
                lines.extend(one.objects().map(|row| table::json_line(&json!({ "table": one.name, "row": row }))));
            }
            return Ok(Done::with(lines));
        }
        Format::Xlsx => {
            let footer = Footer::new(&loaded.registry, context.today()?);
            return Ok(Done::with(xlsx::documents(&[footer.under(document(arguments, tables, loaded, lang))])?));
        }
        Format::Datapackage | Format::Ics => {}
    }
    let mut files =
        tables.iter().map(|one| Ok((file_of(one), csv(one)?))).collect::<anyhow::Result<Vec<(String, String)>>>()?;
    if format == Format::Datapackage {
        let about = about(arguments, loaded, lang);
        files.push((DESCRIPTOR.to_owned(), table::pretty_json(&descriptor(about, tables))));
    }
    Ok(Done { folder: Some(Folder { files, is_own: is_own_file }), ..Done::default() })
}

/// Whether a file can be one of an earlier export.
fn is_own_file(name: &str) -> bool {
    name == DESCRIPTOR || name.strip_suffix(".csv").is_some_and(export::is_table)
}

fn audience(arguments: &Arguments) -> &'static str {
    match arguments.audience {
        Audience::Public => "public",
        Audience::Internal => "internal",
    }
}

/// What a data package says of itself.
fn about(arguments: &Arguments, loaded: &Readable, lang: Lang) -> Map<String, Value> {
    let mut about = Map::new();
    about.insert("name".to_owned(), json!("lmnet-export"));
    about.insert("title".to_owned(), json!(title(arguments, loaded, lang)));
    about.insert("description".to_owned(), json!(description(arguments, lang)));
    about.insert("version".to_owned(), json!("1"));
    about.insert("audience".to_owned(), json!(audience(arguments)));
    about.insert("language".to_owned(), json!(lang.code()));
    about.insert("left-out".to_owned(), loaded.left_out().into());
    about
}

/// What an export is called.
fn title(arguments: &Arguments, loaded: &Readable, lang: Lang) -> String {
    let registry = &*loaded.registry;
    let of = arguments.network.as_ref().map(|id| Names { registry, lang }.body(id));
    let title = registry.manifest.title.as_ref().map(|title| title.get(lang).to_owned());
    let of = of.or(title).unwrap_or_else(|| say!(lang, nn: "Registeret", nb: "Registeret", en: "The registry"));
    match arguments.year {
        Some(year) => format!("{of}, {year}"),
        None => of,
    }
}

/// For whom an export is, and what is not in it.
fn description(arguments: &Arguments, lang: Lang) -> String {
    match arguments.audience {
        Audience::Public => say!(lang,
            nn: "For alle: utan namn på personar, kontaktopplysningar og merknader. Deltakartal for tilbod som er små, eller som ville ha røpt eit lite tal, er skjerma («hidden»).",
            nb: "For alle: uten navn på personer, kontaktopplysninger og merknader. Deltakertall for tilbud som er små, eller som ville ha røpet et lite tall, er skjermet («hidden»).",
            en: "For everybody: without names of persons, ways to reach them and remarks. Numbers of participants of offerings that are small, or would give a small one away, are suppressed (“hidden”).",
        ),
        Audience::Internal => say!(lang,
            nn: "Til bruk i nettverket: ingenting er skjerma. Skal ikkje delast vidare.",
            nb: "Til bruk i nettverket: ingenting er skjermet. Skal ikke deles videre.",
            en: "For use in the network: nothing is suppressed. Not to be passed on.",
        ),
    }
}

/// The tables as a document, for a workbook.
fn document(arguments: &Arguments, tables: &[Table], loaded: &Readable, lang: Lang) -> Document {
    let mut document = Document::new(lang);
    document.heading(1, title(arguments, loaded, lang));
    document.paragraph(description(arguments, lang));
    tables.iter().for_each(|one| document.table(one.for_people(lang)));
    document.explain_signs();
    document.then(loaded.remark(lang))
}

fn agenda(arguments: &Arguments, wanted: &Wanted, context: &Context<'_>, names: &Names<'_>) -> anyhow::Result<Done> {
    let today = context.today()?;
    let from = arguments.from.or_else(|| today.checked_sub_days(Days::new(BACK))).unwrap_or(today);
    if let Some(until) = arguments.until.filter(|until| *until < from) {
        bail!(say!(
            nn: "--until {until} ligg før den fyrste dagen, {from}",
            nb: "--until {until} ligger før den første dagen, {from}",
            en: "--until {until} lies before the first day, {from}",
        ));
    }
    let agenda = export::agenda(names, wanted, export::Days { today, from, until: arguments.until })?;
    let vague = agenda.vague;
    let talk = match vague {
        0 => String::new(),
        _ => say!(names.lang,
            nn: "lmnet: utan dag i kalenderen, og difor ikkje med (gjennomføringar, kurs og møte): {vague}\n",
            nb: "lmnet: uten dag i kalenderen, og derfor ikke med (gjennomføringer, kurs og møter): {vague}\n",
            en: "lmnet: without a day in the calendar, and so left out (runs, courses and meetings): {vague}\n",
        ),
    };
    Ok(Done { talk, ..Done::with(ics::ics(&agenda.calendar, None)) })
}

/// That columns are no keys since some of their values lead nowhere.
fn dangling(columns: &[String], lang: Lang) -> String {
    let list = columns.join("; ");
    match columns.is_empty() {
        true => String::new(),
        false => say!(lang,
            nn: "lmnet: desse kolonnane viser til noko som ikkje finst, og er difor ikkje nøklar: {list}\n",
            nb: "lmnet: disse kolonnene viser til noe som ikke finnes, og er derfor ikke nøkler: {list}\n",
            en: "lmnet: these columns lead to something that is not there, and are therefore no keys: {list}\n",
        ),
    }
}
