//! Finished work on which nobody has booked an hour.

use crate::control::labour_category;
use crate::declare_rule;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::format;
use crate::model::{Project, TaskNo};
use crate::quantity::{Amount, Effort};
use crate::report::ProjectReport;

declare_rule! {
    /// A task was finished a reporting period ago, or hours of other work are booked for a later week than that of its finish; its plan has
    /// people whose time costs money, and neither an hour of theirs is booked on it nor an invoice for it. Level of effort is told by
    /// `W422`; where no work at all has hours, nobody books any, and nothing is said.
    ///
    /// **Why it matters.** Its budget is earned and has cost nothing: the whole of it looks like a saving, CPI gets better, and the estimate at
    /// completion falls by it and more. Most often the hours are still missing, or were booked on another task, which looks dear instead.
    ///
    /// **What to do.** Book the hours that were worked, or the invoice of those who did it, on the task; or, where it took nobody's time, take
    /// the people out of its plan by a change.
    ///
    /// ```csv
    /// week,person,task,time
    /// 2026-W16,eva,mount,3d
    /// ```
    pub static FINISHED_UNBOOKED: Rule =
        ("W531", "finished-unbooked", Warning, "0.1.0", "finished work with people on it has no hours booked");
}

/// Looks at finished work with people on it.
pub(super) fn look(report: &ProjectReport, found: &mut Diagnostics) {
    let (project, control) = (&report.project, &report.control);
    let booked = project.timesheets.iter().map(|entry| entry.period.first());
    let Some(booked_to) = booked.filter(|first| *first <= control.data_date).max() else { return };
    for number in project.task_numbers() {
        let task = project.task(number);
        let Some(value) = control.tasks.get(number.0 as usize) else { continue };
        let known = report.facts.progress.get(number.0 as usize);
        let Some(finish) = known.and_then(|known| known.actual_finish).map(|finish| finish.day) else {
            continue;
        };
        let is_period_over = project.reporting.after(finish, 1).is_some_and(|due| due <= control.data_date);
        let to_sunday = i64::from(7 - finish.weekday().to_monday_one_offset());
        let week_ends = finish.saturating_add(jiff::Span::new().days(to_sunday));
        let is_due = is_period_over || booked_to > week_ends;
        let is_work = task.is_work() && !task.is_level_of_effort() && value.planned_effort > Effort::ZERO;
        let labour = value.budget_now - task.costs.iter().map(|cost| cost.amount).sum();
        if !is_due || !is_work || labour <= Amount::ZERO || has_labour(report, number) {
            continue;
        }
        let earned = if value.earned_value > Amount::ZERO {
            format!(
                ": {} are earned for {}",
                money(project, value.earned_value),
                money(project, value.actual_cost)
            )
        } else {
            String::new()
        };
        found.push(
            Diagnostic::new(
                &FINISHED_UNBOOKED,
                task.origin,
                format!(
                    "`{}` was finished on {} and no hour is booked on it{earned}",
                    task.id,
                    format::iso(finish)
                ),
            )
            .hint("book the hours that were worked, or the invoice of those who did the work"),
        );
    }
}

fn money(project: &Project, amount: Amount) -> String {
    format::money_with_currency(amount, project.currency)
}

/// Whether hours are booked on a task, or an invoice or receipt that can be for them: of the category of labour, or where more was
/// paid than is planned for other money.
fn has_labour(report: &ProjectReport, number: TaskNo) -> bool {
    let project = &report.project;
    let value = &report.control.tasks[number.0 as usize];
    let category = labour_category(project);
    let mut costs = project.costs.iter().filter(|entry| {
        entry.task == Some(number) && entry.entry_type.is_cost() && entry.date <= report.control.data_date
    });
    let other: Amount = project.task(number).costs.iter().map(|cost| cost.amount).sum();
    value.actual_effort > Effort::ZERO
        || value.actual_cost > other
        || costs.any(|entry| entry.category == category)
}
