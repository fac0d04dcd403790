//! Work that the approved baseline does not know.

use crate::control::unapproved_work;
use crate::declare_rule;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::report::ProjectReport;

declare_rule! {
    /// A task is in the plan but not in the baseline in force, and no approved change names it.
    ///
    /// **Why it matters.** Work that nobody approved is scope creep: it takes time and money that the baseline gave to
    /// something else.
    ///
    /// A baseline may be abridged: where its budget comes out to the cent with the tasks it leaves out, they are in it.
    ///
    /// **What to do.** Record a change that names the task in `tasks:`, and have it decided.
    ///
    /// ```yaml
    /// C2:
    ///   change: Second survey of branch 9
    ///   tasks: [survey-again]
    ///   status: approved
    ///   decided: 2026-11-02
    /// ```
    pub static NOT_IN_BASELINE: Rule =
        ("W409", "not-in-baseline", Warning, "0.1.0", "a task is not in the approved baseline");
}

/// Looks at work, where there is a baseline.
pub(super) fn look(report: &ProjectReport, found: &mut Diagnostics) {
    let project = &report.project;
    let Some(baseline) = project.baseline_as_of(report.status_date) else { return };
    for number in unapproved_work(project, &report.control.tasks, report.status_date) {
        let task = project.task(number);
        found.push(
            Diagnostic::new(
                &NOT_IN_BASELINE,
                task.origin,
                format!("`{}` is not in baseline `{}`", task.id, baseline.id),
            )
            .also(baseline.origin, "the baseline in force")
            .hint("record a change that names it in `tasks:`, and have it decided"),
        );
    }
}
