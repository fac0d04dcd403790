//! Milestones and gates: what was promised, what is forecast, how far apart they are.

use crate::format;
use crate::model::{TaskKind, TaskNo};
use crate::page::address::Thing;
use crate::page::desk::Desk;
use crate::page::verdict::reference_heading;
use crate::page::view::{Cell, Row, Status, Table};
use crate::plan::State;

/// All milestones and gates of a project, in the order of their dates.
#[must_use]
pub fn milestones(desk: &Desk<'_>) -> Table {
    let mut table =
        Table::new(&["Milestone or gate", reference_heading(desk), "Actual or forecast", "#Slip", "State"]);
    let mut points: Vec<TaskNo> = desk
        .project
        .project
        .task_numbers()
        .filter(|number| desk.project.project.task(*number).is_point())
        .collect();
    points.sort_by_key(|number| desk.project.forecast.slot(*number).finish);
    for number in points {
        table.push(row(desk, number));
    }
    table
}

fn row(desk: &Desk<'_>, number: TaskNo) -> Row {
    let task = desk.project.project.task(number);
    let slot = desk.project.forecast.slot(number);
    let promised = desk.project.control.reference.tasks[number.0 as usize].map(|promised| promised.finish);
    let mut name = desk.task(number);
    if let TaskKind::Gate(gate) = task.kind
        && let Some(href) = desk.href_to(&Thing::Gate(gate))
    {
        name = name.href(Some(href));
    }
    // What a stopped project has not reached will not come.
    let is_given_up = desk.project.control.is_stopped && slot.state != State::Finished;
    let slip = promised.filter(|_| !is_given_up).map(|promised| desk.working_days(promised, slot.last_day()));
    let state = if is_given_up {
        Status::unknown("Given up")
    } else if slot.state == State::Finished {
        Status::done(if matches!(task.kind, TaskKind::Gate(_)) { "Passed" } else { "Reached" })
    } else if task.deadline.is_some_and(|(deadline, _)| slot.finish > deadline.last_instant()) {
        Status::red("Misses its deadline")
    } else {
        match slip {
            Some(days) if days > 0 => Status::amber("Late"),
            Some(_) => Status::green("On time"),
            None => Status::unknown(format!("Not in the {}", reference_heading(desk).to_lowercase())),
        }
    };
    Row::new(vec![
        name,
        desk.date(promised).explained(desk.explained_of(number, "promised")),
        desk.date((!is_given_up).then(|| slot.last_day()))
            .explained(desk.explained_of(number, "finish"))
            .note_if(task.deadline.map(|(deadline, _)| format!("deadline {}", format::moment(deadline)))),
        slip_cell(slip).explained(desk.explained_of(number, "slip")),
        Cell::status(state),
    ])
}

/// A slip as a cell: the days, late ones marked.
#[must_use]
pub fn slip_cell(days: Option<i64>) -> Cell {
    match days {
        None => Cell::nothing(),
        Some(days) => {
            let cell = Cell::text(crate::page::desk::slip_words(days)).sorted(&days);
            if days > 0 { cell.class("bad") } else { cell }
        }
    }
}
