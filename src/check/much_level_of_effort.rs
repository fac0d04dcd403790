//! Much of the budget earns as planned, whatever happens.

use crate::declare_rule;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::format;
use crate::quantity::Amount;
use crate::report::ProjectReport;

declare_rule! {
    /// More than 15 % of the budget is level of effort (`loe`): leading, supporting, work without a product of its own.
    ///
    /// **Why it matters.** Level of effort earns with time. The more of it there is, the nearer earned value follows the plan by
    /// itself, and the less a delay shows. Indices are read without it, but then they speak of a part of the money only.
    ///
    /// **What to do.** Measure what has a product by units or steps, let tests and reviews earn with the work they follow
    /// (`apportioned`), and keep `loe` for leading.
    pub static MUCH_LEVEL_OF_EFFORT: Rule = (
        "W419",
        "much-level-of-effort",
        Warning,
        "0.1.0",
        "more than 15 % of the budget earns as planned, whatever happens"
    );
}

/// Above this share indices no longer speak of the project.
const MOST: f64 = 0.15;

/// Adds up the budgets of level of effort; the finding stands at the largest.
pub(super) fn look(report: &ProjectReport, found: &mut Diagnostics) {
    let control = &report.control;
    let mut tasks: Vec<(Amount, &crate::model::Task)> = report
        .tasks()
        .filter(|(_, task, _)| task.is_level_of_effort())
        .map(|(number, task, _)| (control.tasks[number.0 as usize].budget, task))
        .filter(|(budget, _)| *budget > Amount::ZERO)
        .collect();
    tasks.sort_by_key(|(budget, _)| -budget.0);
    let (sum, all) = (tasks.iter().map(|(budget, _)| *budget).sum::<Amount>(), control.total.budget);
    let Some((_, largest)) = tasks.first().filter(|_| sum.as_f64() > MOST * all.as_f64()) else { return };
    let message = format!(
        "{} of the budget is level of effort, more than {}",
        format::share(sum.as_f64() / all.as_f64()),
        format::share(MOST)
    );
    let mut diagnostic = Diagnostic::new(&MUCH_LEVEL_OF_EFFORT, largest.origin, message);
    for (_, task) in tasks.iter().skip(1) {
        diagnostic = diagnostic.also(task.origin, format!("`{}` is level of effort too", task.id));
    }
    found
        .push(diagnostic.hint("measure what has a product by `units` or `milestones:`, or as `apportioned`"));
}
