//! An option of an open decision leaves out work that was begun.

use crate::declare_rule;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::format;
use crate::model::{AskedChange, TaskNo};
use crate::quantity::Amount;
use crate::report::ProjectReport;

declare_rule! {
    /// An option of an open decision leaves a task out of the plan (`without: [tasks.rollout]`) on which work was reported or money
    /// was spent.
    ///
    /// **Why it matters.** What is left out of the plan is no longer forecast, but what it cost stays spent: the option is not as cheap as
    /// it looks, and somebody has to say what becomes of what was built.
    ///
    /// **What to do.** Say in the option what becomes of it, and keep in the plan what is left to do to take it out.
    ///
    /// ```yaml
    /// D-03:
    ///   options:
    ///     cut: {option: No roll-out this year, without: [tasks.rollout]}
    /// ```
    pub static OPTION_DROPS_WORK: Rule =
        ("W663", "option-drops-work", Warning, "0.1.0", "an option leaves out work that was begun");
}

/// Looks at what the options of open decisions leave out.
pub(super) fn look(report: &ProjectReport, found: &mut Diagnostics) {
    let open = report.project.registers.decisions.iter().filter(|entry| entry.is_open(report.status_date));
    for (decision, option) in open.flat_map(|entry| entry.options.iter().map(move |option| (entry, option))) {
        for asked in &option.changes {
            let Some(task) = left_out(report, asked) else { continue };
            let (is_begun, spent) = done_on(report, task);
            if !is_begun && spent == Amount::ZERO {
                continue;
            }
            let task = report.project.task(task);
            let spent = if spent == Amount::ZERO {
                "which was begun".to_owned()
            } else {
                format!("on which {} were spent", format::money_with_currency(spent, report.project.currency))
            };
            found.push(
                Diagnostic::new(
                    &OPTION_DROPS_WORK,
                    asked.origin,
                    format!(
                        "option `{}` of `{}` leaves out `{}`, {spent}",
                        option.name, decision.id, task.id
                    ),
                )
                .hint("say in the option what becomes of what was built, and plan what it takes to undo it"),
            );
        }
    }
}

/// The task of the project that is left out; none for people, links and what belongs to another project.
fn left_out(report: &ProjectReport, asked: &AskedChange) -> Option<TaskNo> {
    let project = &report.project;
    let own: Vec<&str> = [project.folder.as_str()].into_iter().chain(project.code.as_deref()).collect();
    project.task_by_id(&asked.task_left_out(&own)?)
}

/// Whether a task, or one below it, was begun, and what was spent on all of them.
fn done_on(report: &ProjectReport, task: TaskNo) -> (bool, Amount) {
    let project = &report.project;
    let is_below = |at: &TaskNo| {
        let above = std::iter::successors(Some(*at), |at| project.task(*at).parent);
        above.take(project.tasks.len()).any(|at| at == task)
    };
    let own: Vec<TaskNo> = project.task_numbers().filter(is_below).collect();
    let is_begun = own.iter().any(|at| report.facts.progress[at.0 as usize].actual_start.is_some());
    let work = own.iter().filter(|at| !project.task(**at).is_summary());
    (is_begun, work.map(|at| report.control.tasks[at.0 as usize].actual_cost).sum())
}
