//! A project as one JSON file, and the schema that says what is in it.
//!
//! Both are made from the same types, so that the schema cannot lag behind. Additions keep [`FORMAT`]; it grows when a field is
//! renamed, removed or comes to mean something else. Not here: the rows of the tables (`tables`).

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io;

use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde::Serialize;
use serde_json::ser::Formatter;

use super::Export;
use super::tables::Tables;
use super::value::{Day, Money, Number, maybe_words};
use crate::control::DimensionKind;
use crate::model::Task;
use crate::page::downloads::DownloadKind;
use crate::page::explain::{Book, Figure};
use crate::page::frame::{project_status, stage_words};
use crate::page::unread::{grounds_of, is_known};
use crate::page::verdict::{finish_slip_days, sentence};
use crate::page::{Address, Desk};
use crate::quantity::{Amount, Ratio};

/// The version of the format.
///
/// 2: figures of tasks that are fields of `tasks` are no longer repeated in `figures`; lengths and room of tasks that run by the clock are
/// days by the clock.
pub const FORMAT: u32 = 2;

/// A project as of its status date, as milepost computed it.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[schemars(title = "milepost project")]
pub struct ProjectFile {
    /// Where the schema lies, from this file.
    #[serde(rename = "$schema")]
    pub schema: String,
    /// The version of this format: it grows when a field is renamed, removed or comes to mean something else.
    #[schemars(extend("const" = FORMAT))]
    pub format: u32,
    /// The program that wrote it.
    pub generator: String,
    /// The day it is all about.
    pub status_date: Day,
    /// The day that planned value, earned value and cost stand at: the status date, or the newest report before it where nothing was
    /// reported since.
    pub data_date: Day,
    /// The revision of the sources, where it is known.
    pub revision: Option<String>,
    /// What was asked, where the figures answer a what-if and are not those of the plan.
    pub what_if: Vec<String>,
    /// The project itself.
    pub project: ProjectHead,
    /// How it stands, in all and by dimension.
    pub health: HealthView,
    /// The chief figures as numbers.
    pub measures: Vec<Measure>,
    /// The figures that the pages explain, as they show them; those of a task that are fields of `tasks` stand there alone.
    pub figures: Vec<FigureView>,
    /// Where the figures of each task are explained, by its id: `explain/tasks.html#task-pilot`, and behind a dot a single one:
    /// `start`, `finish`, `promised`, `slip`, `duration`, `float`, `free-float`, `done`, `budget`, `pv`, `ev`, `ac`, `effort`, `hours`.
    pub tasks_explained_at: BTreeMap<String, String>,
    /// Everybody the pages name.
    pub people: Vec<PersonView>,
    /// All tables; each but the empty ones is a file of CSV too.
    #[serde(flatten)]
    pub tables: Tables,
}

/// A project in its own words.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct ProjectHead {
    /// The name of its folder, under which its pages live.
    pub folder: String,
    /// Its name.
    pub name: String,
    /// Its code.
    pub code: Option<String>,
    /// What it is for.
    pub goal: Option<String>,
    /// Confidentiality label, as typed.
    pub classification: Option<String>,
    /// The first day on which work may start.
    pub start: Day,
    /// The currency of all money in this file, by ISO 4217.
    pub currency: String,
    /// Working minutes of a day of its calendar: what `_days` of sums over tasks are counted in.
    pub minutes_per_day: i64,
    /// The stage it is in.
    pub stage: String,
    /// Gates that have been passed.
    pub gates_passed: Vec<&'static str>,
    /// The baseline that is measured against; null where it is the plan as typed.
    pub baseline: Option<String>,
    /// Who pays and decides.
    pub sponsor: Option<String>,
    /// Who leads.
    pub project_manager: Option<String>,
    /// Who receives ownership at G5.
    pub operations_owner: Option<String>,
    /// Date, lateness and money in a sentence.
    pub verdict: String,
}

/// How a project stands.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct HealthView {
    /// `Green`, `Amber`, `Red`, `Not rated`, `Closed` or `Stopped`.
    pub overall: String,
    /// The colour its newest report declares.
    pub declared: Option<&'static str>,
    /// One entry for each dimension.
    pub dimensions: Vec<DimensionView>,
}

/// How a project stands in one dimension.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct DimensionView {
    /// `time`, `cost`, `scope`, `quality`, `risk`, `benefits` or `data`.
    pub dimension: &'static str,
    /// `green`, `amber`, `red` or `unrated`.
    pub colour: &'static str,
}

/// A chief figure as a number.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Measure {
    /// The key under which the pages explain it.
    pub key: &'static str,
    /// The value; null where there is nothing to compute it from.
    pub value: Option<Value>,
    /// `currency`, `days` (working days of the project's calendar), `ratio` or `date`.
    pub unit: &'static str,
}

/// The value of a chief figure.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(untagged)]
pub enum Value {
    /// A sum of money.
    Money(Money),
    /// A day.
    Day(Day),
    /// A number.
    Number(Number),
}

/// A figure as the pages show it.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct FigureView {
    /// Its key: the anchor of its explanation, and what `milepost why` takes.
    pub key: String,
    /// What readers call it.
    pub name: String,
    /// The value with its unit, as pages show it.
    pub shown: String,
    /// The formula in words and symbols; empty where it is only typed.
    pub formula: Cow<'static, str>,
    /// The page that explains it, with what goes in, from this file.
    pub explained_at: Option<String>,
}

/// Somebody the pages name. Prices and absences are not here.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct PersonView {
    /// The id.
    pub id: String,
    /// The name.
    pub name: String,
    /// The role.
    pub role: Option<String>,
    /// The team.
    pub team: Option<String>,
}

/// The file of a project.
pub(super) fn project(desk: &Desk<'_>, tables: Tables) -> Export {
    let folder = Some(desk.folder());
    let address = Address::file(folder, "project.json");
    let file = project_file(desk, tables, &address);
    Export::new(DownloadKind::Project, address, folder, in_rows(&file))
}

/// The schema of the files of projects.
pub(super) fn schema() -> Export {
    // Fields that are always written are required, also those that may be null.
    let generator = SchemaSettings::draft2020_12().for_serialize().into_generator();
    let schema = generator.into_root_schema_for::<ProjectFile>();
    Export::new(DownloadKind::Schema, Address::schema(), None, pretty(&schema))
}

/// A line for each entry of each list, as in a table: a file of a thousand tasks can be read, compared line by line, and has
/// half the size of one that is indented to the last field.
fn in_rows<T: Serialize>(value: &T) -> Vec<u8> {
    let mut bytes = Vec::new();
    // Text and numbers always serialise, and memory can always be written to.
    let _ = value.serialize(&mut serde_json::Serializer::with_formatter(&mut bytes, Rows::default()));
    bytes.push(b'\n');
    bytes
}

/// Breaks lines down to the entries of the lists of a file.
#[derive(Debug, Default)]
struct Rows {
    /// How many lists and objects are open.
    depth: usize,
    /// Whether the innermost has anything in it.
    is_filled: bool,
}

impl Rows {
    /// How many levels have lines of their own.
    const BROKEN: usize = 2;

    fn open<W: ?Sized + io::Write>(&mut self, writer: &mut W, sign: &[u8]) -> io::Result<()> {
        self.depth += 1;
        self.is_filled = false;
        writer.write_all(sign)
    }

    fn close<W: ?Sized + io::Write>(&mut self, writer: &mut W, sign: &[u8]) -> io::Result<()> {
        let is_broken = self.is_filled && self.depth <= Self::BROKEN;
        self.depth -= 1;
        if is_broken {
            self.line(writer)?;
        }
        self.is_filled = true;
        writer.write_all(sign)
    }

    fn entry<W: ?Sized + io::Write>(&mut self, writer: &mut W, is_first: bool) -> io::Result<()> {
        let is_broken = self.depth <= Self::BROKEN;
        match (is_first, is_broken) {
            (true, _) => {}
            (false, true) => writer.write_all(b",")?,
            (false, false) => writer.write_all(b", ")?,
        }
        if is_broken { self.line(writer) } else { Ok(()) }
    }

    fn line<W: ?Sized + io::Write>(&self, writer: &mut W) -> io::Result<()> {
        writer.write_all(b"\n")?;
        (0..self.depth).try_for_each(|_| writer.write_all(b"  "))
    }
}

impl Formatter for Rows {
    fn begin_array<W: ?Sized + io::Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.open(writer, b"[")
    }

    fn end_array<W: ?Sized + io::Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.close(writer, b"]")
    }

    fn begin_array_value<W: ?Sized + io::Write>(&mut self, writer: &mut W, is_first: bool) -> io::Result<()> {
        self.entry(writer, is_first)
    }

    fn end_array_value<W: ?Sized + io::Write>(&mut self, _: &mut W) -> io::Result<()> {
        self.is_filled = true;
        Ok(())
    }

    fn begin_object<W: ?Sized + io::Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.open(writer, b"{")
    }

    fn end_object<W: ?Sized + io::Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.close(writer, b"}")
    }

    fn begin_object_key<W: ?Sized + io::Write>(&mut self, writer: &mut W, is_first: bool) -> io::Result<()> {
        self.entry(writer, is_first)
    }

    fn begin_object_value<W: ?Sized + io::Write>(&mut self, writer: &mut W) -> io::Result<()> {
        writer.write_all(b": ")
    }

    fn end_object_value<W: ?Sized + io::Write>(&mut self, _: &mut W) -> io::Result<()> {
        self.is_filled = true;
        Ok(())
    }
}

fn pretty<T: Serialize>(value: &T) -> Vec<u8> {
    let mut text = serde_json::to_string_pretty(value).unwrap_or_default();
    text.push('\n');
    text.into_bytes()
}

fn project_file(desk: &Desk<'_>, tables: Tables, address: &Address) -> ProjectFile {
    let what_if = desk.report.what_if.as_ref();
    ProjectFile {
        schema: address.href_to(&Address::schema()),
        format: FORMAT,
        generator: format!("milepost {}", env!("CARGO_PKG_VERSION")),
        status_date: Day(desk.project.status_date),
        data_date: Day(desk.project.control.data_date),
        revision: desk.report.revision.clone(),
        what_if: what_if.map(|what_if| what_if.asked.clone()).unwrap_or_default(),
        project: head(desk),
        health: health(desk),
        measures: measures(desk),
        figures: figures(desk, address),
        tasks_explained_at: tasks_explained_at(desk, address),
        people: people(desk),
        tables,
    }
}

fn head(desk: &Desk<'_>) -> ProjectHead {
    let (report, project) = (desk.project, &desk.project.project);
    let name = |person: Option<_>| person.map(|person| project.person_name(person).to_owned());
    ProjectHead {
        folder: project.folder.clone(),
        name: project.name.clone(),
        code: project.code.clone(),
        goal: maybe_words(project.goal.as_ref()),
        classification: project.classification.clone(),
        start: Day(project.start.day),
        currency: project.currency.to_string(),
        minutes_per_day: report.minutes_per_day(),
        stage: stage_words(report),
        gates_passed: report.control.gates_passed.iter().map(|gate| gate.key()).collect(),
        baseline: match &report.control.reference.source {
            crate::control::ReferenceSource::Baseline { id, .. } => Some(id.to_string()),
            crate::control::ReferenceSource::Plan => None,
        },
        sponsor: name(project.sponsor),
        project_manager: name(project.project_manager),
        operations_owner: name(project.operations_owner),
        verdict: sentence(desk),
    }
}

fn health(desk: &Desk<'_>) -> HealthView {
    let health = &desk.project.control.health;
    let dimension = |kind: DimensionKind| DimensionView {
        dimension: kind.key(),
        colour: health.dimension(kind).colour.word(),
    };
    HealthView {
        overall: project_status(desk.project).word,
        declared: health.declared.as_ref().map(|declared| declared.colour.word()),
        dimensions: DimensionKind::ALL.into_iter().map(dimension).collect(),
    }
}

/// The chief figures; those that the pages do not explain, because there is nothing to explain, are left out.
fn measures(desk: &Desk<'_>) -> Vec<Measure> {
    let control = &desk.project.control;
    let (total, schedule, spending) = (&control.total, &control.total_schedule, &control.spending);
    let currency = desk.project.project.currency;
    let money = |key, amount: Option<Amount>| Measure {
        key,
        value: amount.map(|amount| Value::Money(Money::new(amount, currency))),
        unit: "currency",
    };
    let ratio = |key, ratio: Option<Ratio>| Measure {
        key,
        value: ratio.map(|ratio| Value::Number(Number::index(ratio))),
        unit: "ratio",
    };
    let days =
        |key, days: f64| Measure { key, value: Some(Value::Number(Number::rounded(days))), unit: "days" };
    let date = |key, day| Measure { key, value: Some(Value::Day(Day(day))), unit: "date" };
    let estimate = control.estimate();
    let all = vec![
        money("bac", Some(total.budget)),
        money("pv", Some(total.planned)),
        money("ev", Some(total.earned)),
        money("ac", Some(total.actual)),
        money("sv", Some(total.schedule_variance())),
        money("cv", Some(total.cost_variance())),
        ratio("spi", total.spi()),
        ratio("cpi", total.cpi()),
        money("eac", estimate),
        money("eac-1", estimate.map(|_| total.estimate_one_off())),
        money("eac-2", estimate.and_then(|_| total.estimate_trend())),
        money("eac-3", estimate.and_then(|_| total.estimate_pressure())),
        money("eac-4", estimate.map(|_| control.bottom_up.estimate)),
        money("over", estimate.map(|estimate| estimate - total.budget)),
        days("at", schedule.actual_time),
        days("es", schedule.earned),
        ratio("spi-t", schedule.index),
        days("pd", schedule.planned_duration),
        Measure {
            key: "finish",
            value: (!control.is_stopped).then(|| Value::Day(Day(desk.project.forecast.finish_day()))),
            unit: "date",
        },
        date("promised", control.reference.finish),
        Measure {
            key: "slip",
            value: (!control.is_stopped)
                .then(|| Value::Number(Number::of_thousandths(finish_slip_days(desk) * 1_000))),
            unit: "days",
        },
        money("threats", Some(control.threats)),
        money("opportunities", Some(control.opportunities)),
        money("contingency-left", Some(spending.contingency.remaining)),
        money("contingency-needed", Some(spending.contingency.forecast_use)),
        money("reserve-left", Some(spending.management_reserve.remaining)),
        money("released", spending.release.map(|release| release.amount)),
        money("authority-left", spending.authority_left()),
    ];
    let is_explained = |measure: &Measure| desk.book().is_some_and(|book| book.get(measure.key).is_some());
    let known = |mut measure: Measure| {
        measure.value = measure.value.filter(|_| is_known(desk, grounds_of(measure.key)));
        measure
    };
    all.into_iter().filter(is_explained).map(known).collect()
}

/// What a task's figures are called that are fields of `tasks`.
const FIELDS_OF_TASKS: [&str; 14] = [
    "start",
    "finish",
    "promised",
    "slip",
    "duration",
    "float",
    "free-float",
    "done",
    "budget",
    "pv",
    "ev",
    "ac",
    "effort",
    "hours",
];

/// Whether a figure is a field of `tasks`.
fn is_field_of_task(key: &str) -> bool {
    let name = key.strip_prefix("task-").and_then(|rest| rest.rsplit_once('.'));
    name.is_some_and(|(_, name)| FIELDS_OF_TASKS.contains(&name))
}

fn figures(desk: &Desk<'_>, address: &Address) -> Vec<FigureView> {
    let Some(book) = desk.book() else { return Vec::new() };
    let view = |figure: &Figure| FigureView {
        key: figure.key.clone(),
        name: figure.name.clone(),
        shown: figure.value.clone(),
        formula: figure.formula.clone(),
        explained_at: explained_at(desk, book, address, &figure.key),
    };
    let figures = book.figures().iter().filter(|figure| !is_field_of_task(&figure.key));
    figures.map(|figure| view(figure)).collect()
}

/// The place of an explanation from a file; none where the page has none.
fn explained_at(desk: &Desk<'_>, book: &Book, address: &Address, key: &str) -> Option<String> {
    let page = book.address_of(key).filter(|page| desk.map.has(page))?;
    Some(format!("{}#{key}", address.href_to(page)))
}

fn tasks_explained_at(desk: &Desk<'_>, address: &Address) -> BTreeMap<String, String> {
    let Some(book) = desk.book() else { return BTreeMap::new() };
    let place = |task: &Task| {
        let at = explained_at(desk, book, address, &format!("task-{}.finish", task.id))?;
        Some((task.id.to_string(), at.strip_suffix(".finish")?.to_owned()))
    };
    desk.project.project.tasks.iter().filter_map(place).collect()
}

fn people(desk: &Desk<'_>) -> Vec<PersonView> {
    let team = &desk.project.project.team;
    let shown = crate::page::people::shown(desk).into_iter();
    shown
        .map(|(_, person)| PersonView {
            id: person.id.to_string(),
            name: person.name.clone(),
            role: person.role.map(|role| team.roles[role.0 as usize].name.clone()),
            team: person.team.clone(),
        })
        .collect()
}
