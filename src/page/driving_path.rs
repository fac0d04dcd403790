//! The driving path in words: each step to the finish, and what holds it where it is.

use serde::Serialize;

use crate::format;
use crate::model::{Calendar, Closure, Lag, TaskNo};
use crate::page::desk::{Desk, days_of, task_name};
use crate::page::view::{Cell, Status};
use crate::plan::{Driver, State};

/// A step of the driving path.
#[derive(Clone, Debug, Serialize)]
pub struct PathStep {
    /// The task.
    pub task: Cell,
    /// From when to when.
    pub dates: String,
    /// How far it has come.
    pub state: Status,
    /// Whether it lies behind us.
    pub is_finished: bool,
    /// What holds its start: `follows Pilot`, `starts with the project`.
    pub why: String,
    /// What it has to wait for or is interrupted by; none where nothing is.
    pub waits: Option<String>,
}

/// The driving path to the finish, first step first.
#[must_use]
pub fn driving_path(desk: &Desk<'_>) -> Vec<PathStep> {
    let path = &desk.project.forecast.longest_path;
    path.iter()
        .enumerate()
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
        is_finished: slot.state == State::Finished,
        state: match slot.state {
            State::Finished => Status::done("Finished"),
            State::InProgress => Status::amber(format!("{} left", desk.days(slot.remaining))),
            State::NotStarted if slot.critical => Status::red("Critical"),
            State::NotStarted => Status::unknown("Open"),
        },
        why: why(desk, number, before),
        waits: if slot.state == State::Finished { None } else { waits(desk, number, before) },
    }
}

/// What holds the start of a task, in words.
fn why(desk: &Desk<'_>, number: TaskNo, before: Option<TaskNo>) -> String {
    let project = &desk.project.project;
    let slot = desk.project.forecast.slot(number);
    match slot.drivers.first() {
        Some(Driver::Link { holder, place }) => {
            let link = &project.task(*holder).links[*place as usize];
            let name = task_name(project.task(link.predecessor));
            let tie = match link.kind {
                crate::model::LinkKind::FinishStart => format!("follows “{name}”"),
                crate::model::LinkKind::StartStart => format!("starts with “{name}”"),
                crate::model::LinkKind::FinishFinish => format!("finishes with “{name}”"),
                crate::model::LinkKind::StartFinish => format!("ends when “{name}” starts"),
            };
            match lag_words(desk, link.lag) {
                Some(lag) => format!("{tie}, {lag}"),
                None => tie,
            }
        }
        Some(Driver::Constraint(place)) => {
            let constraint = &project.task(number).constraints[*place as usize];
            let reason =
                project.task(number).because.as_ref().map(|text| crate::prose::plain_text(&text.markdown));
            let day = constraint.at.map(format::moment).unwrap_or_default();
            let words = constraint.kind.key().replace('_', " ");
            match reason {
                Some(reason) => format!("{words} {day}: {}", reason.trim()),
                None => format!("{words} {day}"),
            }
        }
        Some(Driver::StatusDate) => "what is left is done after the status date".to_owned(),
        Some(Driver::ProjectStart) => "starts with the project".to_owned(),
        Some(Driver::Follows(other)) => format!("lasts as long as “{}”", project.task(*other).name),
        Some(Driver::Actual) | None => match before {
            Some(before) => format!("came after “{}”", task_name(project.task(before))),
            None => "began the project".to_owned(),
        },
    }
}

fn lag_words(desk: &Desk<'_>, lag: Lag) -> Option<String> {
    let time = match lag {
        Lag::Time(time) => time,
        Lag::Share { hundredths: 0, .. } => return None,
        Lag::Share { hundredths, elapsed } => {
            let share = format::share(hundredths.abs() as f64 / 10_000.0);
            let clock = if elapsed { " by the clock" } else { "" };
            let way = if hundredths > 0 { "after" } else { "before" };
            return Some(format!("{share} of its length{clock} {way}"));
        }
    };
    let minutes = time.minutes(desk.project.project.work_time());
    if minutes == 0 {
        return None;
    }
    let text = if lag.is_elapsed() {
        format!("{} calendar days", format::number(minutes.abs() as f64 / 1_440.0, 0))
    } else {
        desk.days_words(minutes.abs())
    };
    Some(if minutes > 0 { format!("{text} after") } else { format!("{text} before") })
}

/// Closures of a task's calendar that keep it from starting or stretch it.
fn waits(desk: &Desk<'_>, number: TaskNo, before: Option<TaskNo>) -> Option<String> {
    let project = &desk.project.project;
    let calendar = &project.calendars[project.task(number).calendar];
    let slot = desk.project.forecast.slot(number);
    let free_from = before
        .map_or(slot.first_day(), |before| desk.project.forecast.slot(before).last_day())
        .max(desk.project.status_date);
    let words: Vec<String> = calendar
        .closures
        .iter()
        .filter(|closure| closure.window.end() > free_from && closure.window.first() <= slot.last_day())
        .filter(|closure| {
            closure.window.first() > desk.project.status_date || closure.window.end() > free_from
        })
        .filter_map(|closure| {
            let lost = lost_days(calendar, closure);
            (lost >= 2).then(|| {
                let verb = if closure.window.end() <= slot.first_day() {
                    "waits for the end of"
                } else {
                    "is interrupted by"
                };
                format!("{verb} {} ({}, {})", closure.reason, format::window(closure.window), days_of(lost))
            })
        })
        .collect();
    (!words.is_empty()).then(|| {
        let name = if project.task(number).has_own_calendar {
            format!(" — calendar `{}`", calendar.id)
        } else {
            String::new()
        };
        format!("{}{name}", format::listed(&words))
    })
}

/// Days of a closure that would be worked by the week alone.
fn lost_days(calendar: &Calendar, closure: &Closure) -> i64 {
    let worked = closure
        .window
        .days()
        .filter(|day| {
            !calendar.week[usize::from(day.weekday().to_monday_zero_offset().unsigned_abs())].is_empty()
        })
        .count();
    i64::try_from(worked).unwrap_or(i64::MAX)
}
