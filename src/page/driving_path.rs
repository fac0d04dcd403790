//! The driving path in words: each step to the finish, and what holds it where it is.

use serde::Serialize;

use crate::format;
use crate::model::TaskNo;
use crate::page::desk::{Desk, days_of, task_name};
use crate::page::view::{Cell, Status};
use crate::plan::{Reason, State};

/// A step of the driving path.
#[derive(Clone, Debug, Serialize)]
pub struct PathStep {
    /// The task.
    pub task: Cell,
    /// From when to when.
    pub dates: String,
    /// How far it has come.
    pub state: Status,
    /// Whether what leads to the finish lies behind us: it is finished, or led on by its start alone.
    pub is_behind: bool,
    /// What holds its start: `follows Pilot`, `starts with the project`.
    pub why: String,
    /// What it has to wait for or is interrupted by; none where nothing is.
    pub waits: Option<String>,
    /// What the project would gain if it took no time; none where that is nothing.
    pub drag: Option<String>,
}

/// The driving path to the finish, first step first; empty where days are not known.
#[must_use]
pub fn driving_path(desk: &Desk<'_>) -> Vec<PathStep> {
    let path = &desk.project.forecast.longest_path;
    path.iter()
        .enumerate()
        .filter(|_| desk.project.are_days_known)
        .map(|(place, number)| step(desk, *number, place.checked_sub(1).map(|before| path[before])))
        .collect()
}

fn step(desk: &Desk<'_>, number: TaskNo, before: Option<TaskNo>) -> PathStep {
    let slot = desk.project.forecast.slot(number);
    let task = desk.project.project.task(number);
    let dates = if task.is_point() {
        format::date(slot.last_day())
    } else {
        format::span_of_days(slot.first_day(), slot.last_day())
    };
    PathStep {
        task: desk.task(number),
        dates,
        is_behind: slot.state == State::Finished || !slot.on_longest_path,
        state: match slot.state {
            State::Finished => Status::done("Finished"),
            State::InProgress => Status::half(format!("{} left", desk.left_of(number))),
            State::NotStarted if slot.critical => Status::red("Critical"),
            State::NotStarted => Status::open("Open"),
        },
        why: why(desk, number, before),
        waits: desk.teller().gaps(desk.project.reasons.step(number)),
        drag: drag(desk, number),
    }
}

/// What holds the start of a task, in words; what has begun came after the step before it.
fn why(desk: &Desk<'_>, number: TaskNo, before: Option<TaskNo>) -> String {
    match desk.project.reasons.step(number).reasons.first() {
        Some(Reason::Reported { .. }) | None => match before {
            Some(before) => format!("came after “{}”", task_name(desk.project.project.task(before))),
            None => "began the project".to_owned(),
        },
        Some(reason) => desk.teller().reason(number, reason).text,
    }
}

/// What the project would gain if the task took no time.
fn drag(desk: &Desk<'_>, number: TaskNo) -> Option<String> {
    let drag = desk.project.drags.iter().find(|drag| drag.task == number)?;
    (drag.working_days > 0).then(|| format!("drag {}", days_of(drag.working_days)))
}
