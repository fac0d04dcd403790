//! Milestones and gates: what was promised, what is forecast, how far apart they are.

use jiff::civil::Date;

use crate::format;
use crate::model::{Decision, Limit, TaskKind, TaskNo};
use crate::page::address::Thing;
use crate::page::desk::Desk;
use crate::page::verdict::reference_heading;
use crate::page::view::{Cell, Row, Status, Table};
use crate::plan::State;
use crate::plan::risk::{Promise, PromiseSource};
use crate::quantity::{GateId, Instant};
use crate::report::ProjectReport;

/// All milestones and gates of a project, in the order of their dates.
#[must_use]
pub fn milestones(desk: &Desk<'_>) -> Table {
    let mut table =
        Table::new(&["Milestone or gate", reference_heading(desk), "Actual or forecast", "#Slip", "State"]);
    for number in points_by_date(desk.project) {
        table.push(row(desk, number));
    }
    table
}

/// Milestones and gates in the order of their dates.
#[must_use]
pub fn points_by_date(project: &ProjectReport) -> Vec<TaskNo> {
    let mut points: Vec<TaskNo> =
        project.project.task_numbers().filter(|number| project.project.task(*number).is_point()).collect();
    points.sort_by_key(|number| project.forecast.slot(*number).finish);
    points
}

/// How a milestone or gate stands.
#[derive(Clone, Debug)]
pub struct MilestoneState {
    /// Whether it will not come any more: what a stopped project has not reached.
    pub is_given_up: bool,
    /// The day on which it was reached, else its forecast; none where it is given up, and where that is not known.
    pub day: Option<Date>,
    /// Working days that it lies behind the promise; none where nothing was promised, and without a day.
    pub slip: Option<i64>,
    /// The state with its word.
    pub status: Status,
}

/// Says how a milestone or gate stands against what was promised.
#[must_use]
pub fn milestone_state(desk: &Desk<'_>, number: TaskNo) -> MilestoneState {
    let task = desk.project.project.task(number);
    let slot = desk.project.forecast.slot(number);
    let is_given_up = desk.project.is_given_up(number);
    let day = desk.project.last_day(number).filter(|_| !is_given_up);
    let slip = desk.slip_of(number);
    let status = if is_given_up {
        Status::unknown("Given up")
    } else if day.is_none() {
        Status::unknown("Not known")
    } else if slot.state == State::Finished {
        match task.kind {
            TaskKind::Gate(gate) => settled(desk, gate),
            _ => Status::done("Reached"),
        }
    } else if task.deadline.is_some_and(|(deadline, _)| {
        slot.is_behind(deadline, desk.project.engine().calendar_of(number), task)
    }) {
        Status::red("Misses its deadline")
    } else {
        match slip {
            Some(days) if days > 0 => Status::amber("Late"),
            Some(_) if is_unlikely(desk, number) => Status::amber("On time unlikely"),
            // Nobody promised the day: that the plan keeps what it says is no praise.
            Some(_) if !desk.project.control.reference.is_baseline() => Status::open("As planned"),
            Some(_) => Status::green("On time"),
            None => Status::unknown(format!("Not in the {}", reference_heading(desk).to_lowercase())),
        }
    };
    MilestoneState { is_given_up, day, slip, status }
}

/// Whether fewer of the runs reach a milestone by the day that its baseline promises than green asks of a promise
/// ([`Limit::ChanceGreen`]). False without a baseline, and where nothing varies.
fn is_unlikely(desk: &Desk<'_>, number: TaskNo) -> bool {
    let reference = &desk.project.control.reference;
    let promised = reference.tasks[number.0 as usize].filter(|_| reference.is_baseline());
    let (Some(promised), Some(risk)) = (promised, desk.project.risk.as_ref()) else { return false };
    let by = Instant::end_of(promised.finish);
    let watched = risk.watched.iter().find(|one| one.promise.task == number);
    let least = desk.project.project.thresholds.get(Limit::ChanceGreen);
    watched.is_some_and(|one| one.finish.chance_of(by).as_f64() < least)
}

/// All milestones and gates with how sure they are: the days by which half and four of five runs reach them, and the float that
/// is left. Days of runs are there where ranges or risks are typed and the milestone was watched; the last of all is the finish.
#[must_use]
pub fn milestone_ranges(desk: &Desk<'_>) -> Table {
    let mut table = Table::new(&[
        "Milestone or gate",
        reference_heading(desk),
        "Actual or forecast",
        "P50",
        "P80",
        "#Float",
    ]);
    let points = points_by_date(desk.project);
    let last = points.last().copied();
    for number in points {
        let task = desk.project.project.task(number);
        let slot = desk.project.forecast.slot(number);
        let is_open = slot.state != State::Finished;
        let promised = desk.project.control.reference.tasks[number.0 as usize];
        let day = |percent: usize| {
            let risk = desk.project.risk.as_ref().filter(|_| is_open)?;
            let watched = risk.watched.iter().find(|one| one.promise.task == number);
            let is_last = Some(number) == last && slot.finish == desk.project.forecast.finish;
            let spread = watched.map(|one| &one.finish).or_else(|| is_last.then_some(&risk.finish))?;
            spread.day(percent)
        };
        let key = match risk_key(desk, number) {
            Some(key) => desk.explained(&key),
            None => desk.explained("p80-finish"),
        };
        let float = (is_open && desk.project.are_days_known).then(|| desk.room_of(number, slot.total_float));
        table.push(Row::new(vec![
            desk.task(number)
                .note_if(task.deadline.map(|(at, _)| format!("deadline {}", format::moment(at)))),
            desk.date(promised.map(|promised| promised.finish))
                .explained(desk.explained_of(number, "promised")),
            desk.last_day(number),
            desk.date(day(50)).explained(key.clone()),
            desk.date(day(80)).explained(key),
            Cell::maybe(float).explained(desk.explained_of(number, "float")),
        ]));
    }
    table
}

/// The key of the figure that tells how often the runs keep a promise. A milestone may have two: its baseline and its deadline.
pub(crate) fn chance_key(desk: &Desk<'_>, promise: &Promise) -> String {
    let id = &desk.project.project.task(promise.task).id;
    match promise.source {
        PromiseSource::Reference => format!("chance-{id}"),
        PromiseSource::Deadline => format!("chance-of-deadline-{id}"),
    }
}

/// The key under which the runs tell of a milestone; none where it was not watched.
fn risk_key(desk: &Desk<'_>, number: TaskNo) -> Option<String> {
    let risk = desk.project.risk.as_ref()?;
    let watched = risk.watched.iter().find(|one| one.promise.task == number)?;
    Some(chance_key(desk, &watched.promise))
}

fn row(desk: &Desk<'_>, number: TaskNo) -> Row {
    let task = desk.project.project.task(number);
    let promised = desk.project.control.reference.tasks[number.0 as usize].map(|promised| promised.finish);
    let mut name = desk.task(number);
    if let TaskKind::Gate(gate) = task.kind
        && let Some(href) = desk.href_to(&Thing::Gate(gate))
    {
        name = name.href(Some(href));
    }
    let MilestoneState { day, slip, status, .. } = milestone_state(desk, number);
    Row::new(vec![
        name,
        desk.date(promised).explained(desk.explained_of(number, "promised")),
        desk.date(day)
            .explained(desk.explained_of(number, "finish"))
            .note_if(task.deadline.map(|(deadline, _)| format!("deadline {}", format::moment(deadline)))),
        slip_cell_of(desk, slip).explained(desk.explained_of(number, "slip")),
        Cell::status(status),
    ])
}

/// What became of a gate that is settled.
#[must_use]
pub fn settled(desk: &Desk<'_>, gate: GateId) -> Status {
    let record = desk.project.project.gates.get(&gate);
    match record.and_then(|record| record.decision_on(desk.project.status_date)) {
        Some(Decision::Stop) => Status::stopped("Stopped"),
        _ => Status::done("Passed"),
    }
}

/// A slip as a cell: the days, late ones marked.
#[must_use]
pub fn slip_cell(days: Option<i64>) -> Cell {
    moved_or(days, "on time")
}

/// The same beside what the project is measured by: `as planned` instead of `on time` where no baseline promises a day.
#[must_use]
pub fn slip_cell_of(desk: &Desk<'_>, days: Option<i64>) -> Cell {
    moved_or(days, if desk.project.control.reference.is_baseline() { "on time" } else { "as planned" })
}

/// How far a forecast has moved from one day to another: a slip, or `no change`, for it may be late all the same.
#[must_use]
pub fn moved_cell(days: Option<i64>) -> Cell {
    moved_or(days, "no change")
}

fn moved_or(days: Option<i64>, stays: &str) -> Cell {
    match days {
        None => Cell::nothing(),
        Some(days) => {
            let words = if days == 0 { stays.to_owned() } else { crate::page::desk::slip_words(days) };
            let cell = Cell::text(words).sorted(&days);
            if days > 0 { cell.class("bad") } else { cell }
        }
    }
}
