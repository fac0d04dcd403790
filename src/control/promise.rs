//! What a schedule promises if it is frozen: dates, budgets, methods and planned value of every task and budget line.
//!
//! Comes in: a measured project and the schedule to be frozen. Goes out: [`Reference`], with planned value as broken
//! lines. Not here: who allows it, how it is written into a file.

use jiff::civil::Date;

use super::planned_value::Yardstick;
use super::task_budget::{TaskBudget, earning_base, task_budgets};
use super::{Position, Reference, reference};
use crate::model::{Project, Task, ValueSeries};
use crate::plan::Schedule;
use crate::quantity::{Amount, Effort, Window};

/// Reads a schedule as a promise: with today's budgets, methods and budget lines. Level of effort costs what it costs over its span in
/// that schedule; other work what it costs as it is typed.
///
/// What was planned by a day is kept for every day of every task, so that neither a calendar nor a method that is edited
/// later changes the past (ANSI/EIA-748, guideline 30).
#[must_use]
pub fn promise(position: &Position, schedule: &Schedule) -> Reference {
    let project = position.project;
    let budgets = promised_budgets(project, (position.planned, schedule));
    let budgets: Vec<Amount> = budgets.iter().map(TaskBudget::total).collect();
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
/// same days as its budget. `typed` is the plan as typed.
#[must_use]
pub fn promised_efforts(project: &Project, (typed, promised): (&Schedule, &Schedule)) -> Vec<Effort> {
    promised_budgets(project, (typed, promised)).into_iter().map(|budget| budget.effort).collect()
}

/// Level of effort by its span in a promised schedule, other work as it is typed.
fn promised_budgets(project: &Project, (typed, promised): (&Schedule, &Schedule)) -> Vec<TaskBudget> {
    let both = task_budgets(project, typed).into_iter().zip(task_budgets(project, promised));
    let of_task =
        |(task, (typed, of_span)): (&Task, _)| if task.is_level_of_effort() { of_span } else { typed };
    project.tasks.iter().zip(both).map(of_task).collect()
}

/// The values from the eve of the first day to the last.
fn series((start, finish): (Date, Date), value: impl Fn(Date) -> Amount) -> ValueSeries {
    let eve = start.yesterday().unwrap_or(start);
    let days = Window::inclusive(eve, finish).into_iter().flat_map(Window::days);
    ValueSeries::through(&days.map(|day| (day, value(day))).collect::<Vec<_>>())
}
