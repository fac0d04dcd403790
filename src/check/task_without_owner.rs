//! Work that nobody by name answers for.

use crate::declare_rule;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::plan::State;
use crate::report::ProjectReport;

declare_rule! {
    /// An unfinished task has means, a cost or heads of a role, but no `owner:` and nobody assigned by name.
    ///
    /// **Why it matters.** What belongs to everybody is done by nobody: there is no one to ask how far it is, and nobody
    /// notices that it is late.
    ///
    /// **What to do.** Name who answers for it in `owner:`, or assign a person. A task with neither people nor cost is
    /// reported as `without-resource`.
    ///
    /// ```yaml
    /// order-hw: {duration: 25d, cost: 41_300 EUR hardware, owner: anna}
    /// ```
    pub static TASK_WITHOUT_OWNER: Rule =
        ("W106", "task-without-owner", Warning, "0.1.0", "nobody by name answers for a task");
}

/// Looks at unfinished work with means, in projects that name anybody at all.
pub(super) fn look(report: &ProjectReport, found: &mut Diagnostics) {
    if report.project.team.people.is_empty() {
        return;
    }
    for (_, task, slot) in report.tasks() {
        let has_means = !task.assignments.is_empty() || !task.costs.is_empty();
        if task.is_work()
            && slot.state != State::Finished
            && has_means
            && !task.has_owner()
            && !task.has_unread_means
        {
            found.push(
                Diagnostic::new(
                    &TASK_WITHOUT_OWNER,
                    task.origin,
                    format!("nobody by name answers for `{}`", task.id),
                )
                .hint("name who answers for it in `owner:`, or assign a person"),
            );
        }
    }
}
