//! The work of a stage, line by line: promised, as it stands, slip, state and how far.

use crate::format;
use crate::model::{TaskKind, TaskNo};
use crate::page::address::Thing;
use crate::page::desk::Desk;
use crate::page::milestones::slip_cell;
use crate::page::verdict::reference_heading;
use crate::page::view::{Cell, Row, Status, Table};
use crate::plan::State;
use crate::quantity::Stage;

/// Of a stage with more lines than this those are listed that somebody may have to act on.
const MANY: usize = 300;

/// The work of a stage.
#[derive(Clone, Debug)]
pub struct StageWork {
    /// Its lines, in the order of the plan.
    pub table: Table,
    /// Which of very many lines are listed, in a sentence; none where all are.
    pub listed: Option<String>,
}

/// The work of a stage. Of more than 300 lines those are listed that are under way, late, or open without float, with points in
/// time and whatever they lie below: nobody reads thousands on the page of a stage, and the schedule has them all.
#[must_use]
pub fn stage_work(desk: &Desk<'_>, stage: Stage) -> StageWork {
    let project = &desk.project.project;
    let all: Vec<TaskNo> =
        project.task_numbers().filter(|number| project.task(*number).stage == stage).collect();
    let listed = if all.len() > MANY { pressing(desk, &all) } else { all.clone() };
    let mut table = Table::new(&[
        "Task",
        "Who",
        reference_heading(desk),
        "Actual or forecast",
        "#Slip",
        "#Done",
        "State",
    ]);
    table.rows = listed.iter().map(|number| task_row(desk, *number)).collect();
    let words = || {
        format!(
            "Of {} those that are under way, late, or open without float are listed, with gates and milestones; the schedule has \
             them all.",
            format::count(all.len(), "line")
        )
    };
    StageWork { listed: (listed.len() < all.len()).then(words), table }
}

/// The lines that somebody may have to act on, and those that they lie below.
fn pressing(desk: &Desk<'_>, all: &[TaskNo]) -> Vec<TaskNo> {
    let project = &desk.project.project;
    let mut is_listed = vec![false; project.tasks.len()];
    for number in all {
        let task = project.task(*number);
        let slot = desk.project.forecast.slot(*number);
        let is_open_without_float = slot.critical && slot.state != State::Finished;
        let is_pressing = slot.state == State::InProgress || is_late(desk, *number) || is_open_without_float;
        if task.is_summary() || (task.is_work() && !is_pressing) {
            continue;
        }
        let mut line = Some(*number);
        while let Some(number) = line.filter(|number| !is_listed[number.0 as usize]) {
            is_listed[number.0 as usize] = true;
            line = project.task(number).parent;
        }
    }
    all.iter().copied().filter(|number| is_listed[number.0 as usize]).collect()
}

/// Whether a task that is not finished ends after the day that was promised for it.
fn is_late(desk: &Desk<'_>, number: TaskNo) -> bool {
    let is_open = desk.project.forecast.slot(number).state != State::Finished;
    let promised = desk.project.control.reference.dates_of(number);
    let last = desk.project.last_day(number).filter(|_| is_open);
    promised.zip(last).is_some_and(|((_, promised), last)| last > promised)
}

fn task_row(desk: &Desk<'_>, number: TaskNo) -> Row {
    let task = desk.project.project.task(number);
    let slot = desk.project.forecast.slot(number);
    let promised = desk.project.control.reference.tasks[number.0 as usize];
    let mut name = match task.kind {
        TaskKind::Gate(gate) => {
            let href = desk.href_to(&Thing::Gate(gate)).or_else(|| desk.task(number).href);
            Cell::text(format!("{gate} {}", task.name)).href(href)
        }
        _ => desk.task(number),
    };
    name.class = [None, Some("indent-1"), Some("indent-2"), Some("indent-3"), Some("indent-4")]
        [(task.depth as usize).min(4)];
    let done = &desk.project.control.tasks[number.0 as usize].physical;
    let row = Row::new(vec![
        name,
        desk.workers(task),
        Cell::maybe(promised.map(|promised| format::span_of_days(promised.start, promised.finish)))
            .class("date")
            .explained(desk.explained_of(number, "promised")),
        desk.day_cell(number, "finish", format::span_of_days(slot.first_day(), slot.last_day())),
        slip_cell(desk.slip_of(number)).explained(desk.explained_of(number, "slip")),
        if task.is_work() {
            // What was finished since the newest report had not been earned by then.
            let is_behind = slot.state == State::Finished && done.as_f64() < 1.0;
            let of_day = is_behind.then(|| format::date(desk.project.control.data_date));
            Cell::text(format::share(done.as_f64()))
                .note_if(of_day)
                .explained(desk.explained_of(number, "done"))
        } else {
            Cell::default()
        },
        Cell::status(task_status(desk, number)),
    ]);
    if task.is_summary() {
        row.class("summary")
    } else if slot.critical && slot.state != State::Finished {
        row.class("critical")
    } else {
        row
    }
}

/// Where a task stands, in a word; amber is what is late and has no more room than a nearly critical task.
#[must_use]
pub fn task_status(desk: &Desk<'_>, number: TaskNo) -> Status {
    let slot = desk.project.forecast.slot(number);
    let is_late = is_late(desk, number);
    let project = &desk.project.project;
    let near = project.scheduling.near_critical;
    let hurts = is_late && project.is_room_within(number, slot.total_float, near);
    match slot.state {
        State::Finished => Status::done("Finished"),
        State::InProgress if hurts => Status::amber("Under way, late"),
        State::InProgress if is_late => Status::half("Under way, late"),
        State::InProgress => Status::half("Under way"),
        State::NotStarted if hurts => Status::amber("To come, late"),
        State::NotStarted if is_late => Status::open("To come, late"),
        State::NotStarted => Status::open("To come"),
    }
}
