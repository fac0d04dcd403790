//! A measure of plan quality as a reader sees it: what it counts, what it found, and the tasks to look at.

use serde::Serialize;

use crate::check::{Measured, Point, Practice};
use crate::format;
use crate::model::TaskNo;
use crate::page::address::Thing;
use crate::page::desk::Desk;
use crate::page::explain::{point_key, practice_key};
use crate::page::view::{Cell, Link, Row, Status, Table};

/// One of the fourteen points, or a practice beyond them.
#[derive(Debug, Serialize)]
pub struct MeasureView {
    /// Its anchor: `point-9a`; none for practices.
    id: Option<String>,
    /// Its number and name: `9a Forecasts in the past`.
    name: String,
    /// What is counted, in words.
    definition: String,
    /// What was measured.
    measured: String,
    /// Where it is explained.
    explained: Option<String>,
    /// The figures that were put in.
    inputs: Option<String>,
    /// What raises the flag; none where the definition says it.
    limit: Option<String>,
    /// Whether it is raised.
    flag: Status,
    /// The tasks to look at, each leading to its row in the schedule.
    tasks: Vec<Link>,
    /// Those that are listed when the reader asks for them.
    more: Vec<Link>,
}

/// Tasks that a measure names at once; the rest is folded.
const NAMED_AT_ONCE: usize = 5;

/// What a point measured, in words: `3 of 12`, `0.85`, `+600 d`.
#[must_use]
pub fn measured_words(measured: Measured) -> String {
    match measured {
        Measured::Share { count, of } => format!("{count} of {of}"),
        Measured::Index(index) => format::number(index, 2),
        Measured::Moved(days) => format!("+{}\u{a0}d", format::whole(days)),
        Measured::Nothing => format::NOTHING.to_owned(),
    }
}

/// A point as a reader sees it.
pub(super) fn point_view(desk: &Desk<'_>, point: &Point) -> MeasureView {
    let (tasks, more) = links(desk, &point.offenders);
    MeasureView {
        id: Some(format!("point-{}", point.label)),
        name: format!("{} {}", point.label, point.name),
        definition: format::sentence_start(&point.definition),
        measured: measured_words(point.measured),
        explained: desk.explained(&point_key(point.label)),
        inputs: point.inputs.clone(),
        limit: Some(match point.flagged {
            None if point.limit.starts_with("no ") => format::sentence_start(&point.limit),
            _ => format!("Flag: {}", point.limit),
        }),
        flag: flag(point.flagged),
        tasks,
        more,
    }
}

/// The fourteen points as rows of a table: what is looked at, what was measured, what raises the flag, whether it is raised.
#[must_use]
pub fn points_table(desk: &Desk<'_>) -> Table {
    let mut table = Table::new(&["Point", "", "Measured", "Flag", "State"]);
    for point in crate::check::fourteen_points(desk.project) {
        let shown =
            Cell::text(measured_words(point.measured)).explained(desk.explained(&point_key(point.label)));
        table.push(Row::new(vec![
            Cell::text(point.label).class("nowrap"),
            Cell::text(point.name),
            shown,
            Cell::text(format::sentence_start(&point.limit)),
            Cell::status(flag(point.flagged)),
        ]));
    }
    table
}

/// How many of the fourteen flags are raised, in words.
#[must_use]
pub fn points_sentence(desk: &Desk<'_>) -> String {
    flag_words(crate::check::fourteen_points(desk.project).iter().map(|point| point.flagged))
}

/// A practice as a reader sees it.
pub(super) fn practice_view(desk: &Desk<'_>, practice: &Practice) -> MeasureView {
    let (tasks, more) = links(desk, &practice.offenders);
    MeasureView {
        id: None,
        name: practice.name.to_owned(),
        definition: format::sentence_start(&practice.definition),
        measured: practice.measured.clone(),
        explained: desk.explained(&practice_key(practice.name)),
        inputs: None,
        limit: None,
        flag: flag(practice.flagged),
        tasks,
        more,
    }
}

fn flag(flagged: Option<bool>) -> Status {
    match flagged {
        Some(true) => Status::amber("Raised"),
        Some(false) => Status::green("Clear"),
        None => Status::unknown("Not judged"),
    }
}

fn links(desk: &Desk<'_>, offenders: &[TaskNo]) -> (Vec<Link>, Vec<Link>) {
    let link = |number: &TaskNo| {
        let id = &desk.project.project.task(*number).id;
        Link { label: id.to_string(), href: desk.href_to(&Thing::Task(id)) }
    };
    let (first, rest) = offenders.split_at(offenders.len().min(NAMED_AT_ONCE));
    (first.iter().map(link).collect(), rest.iter().map(link).collect())
}

/// How many flags are raised, in words.
pub(super) fn flag_words(flags: impl Iterator<Item = Option<bool>>) -> String {
    match flags.filter(|flag| *flag == Some(true)).count() {
        0 => "No flag is raised.".to_owned(),
        n => format!("{} raised: to be talked about, not limits to comply with.", format::count(n, "flag")),
    }
}
