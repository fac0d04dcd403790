//! What a schedule promises if it is frozen: dates, budgets, methods and planned value of every task and budget line.
//!
//! Comes in: a measured project and the schedule to be frozen. Goes out: [`Reference`], with planned value as broken
//! lines. Not here: who allows it, how it is written into a file.

use jiff::civil::Date;

use super::planned_value::Yardstick;
use super::task_budget::{earning_base, planned_efforts, task_budgets};
use super::{Control, Position, Reference, reference};
use crate::model::{Project, TaskNo, ValueSeries};
use crate::plan::Schedule;
use crate::quantity::{Amount, Effort, Window};

/// Reads a schedule as a promise: with today's budgets, methods and budget lines. Level of effort costs what it costs over its span in
/// that schedule; other work what it costs as it is typed.
///
/// What was planned by a day is kept for every day of every task, so that neither a calendar nor a method that is edited
/// later changes the past (ANSI/EIA-748, guideline 30).
#[must_use]
pub fn promise(position: &Position, control: &Control, schedule: &Schedule) -> Reference {
    let project = position.project;
    let of_span = task_budgets(project, schedule);
    let budget = |number: TaskNo| {
        let is_of_span = project.task(number).is_level_of_effort();
        let place = number.0 as usize;
        if is_of_span { of_span[place].total() } else { control.tasks[place].budget_now }
    };
    let budgets: Vec<Amount> = project.task_numbers().map(budget).collect();
    let mut promised = reference::of_schedule(project, schedule, &budgets);
    let working_time = project.working_time();
    let yardstick =
        Yardstick { project, engine: position.engine, reference: &promised, working_time: &working_time };
    let planned: Vec<Option<ValueSeries>> = project
        .task_numbers()
        .map(|number| {
            let window = promised.dates_of(earning_base(project, &promised, number))?;
            let is_priced = promised.budget_of(number) > Amount::ZERO;
            is_priced.then(|| series(window, |day| yardstick.planned_value(number, day)))
        })
        .collect();
    let lines: Vec<ValueSeries> = promised
        .lines
        .iter()
        .map(|line| series((line.start, line.finish), |day| yardstick.planned_line(line, day)))
        .collect();
    promised.planned = planned;
    for (line, series) in promised.lines.iter_mut().zip(lines) {
        line.planned = Some(series);
    }
    promised
}

/// The time of people that each task takes in a schedule that is read as a promise, in the order of the project's list: that of the
/// same days as its budget.
#[must_use]
pub fn promised_efforts(project: &Project, (typed, promised): (&Schedule, &Schedule)) -> Vec<Effort> {
    let (typed, of_span) = (planned_efforts(project, typed), planned_efforts(project, promised));
    let both = project.tasks.iter().zip(typed.into_iter().zip(of_span));
    both.map(|(task, (typed, of_span))| if task.is_level_of_effort() { of_span } else { typed }).collect()
}

/// The values from the eve of the first day to the last.
fn series((start, finish): (Date, Date), value: impl Fn(Date) -> Amount) -> ValueSeries {
    let eve = start.yesterday().unwrap_or(start);
    let days = Window::inclusive(eve, finish).into_iter().flat_map(Window::days);
    ValueSeries::through(&days.map(|day| (day, value(day))).collect::<Vec<_>>())
}
