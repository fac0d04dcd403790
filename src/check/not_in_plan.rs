//! Work of the approved baseline that the plan has lost.

use crate::declare_rule;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::report::ProjectReport;

declare_rule! {
    /// A task of the baseline in force is no longer in the plan, and no approved change names it.
    ///
    /// **Why it matters.** Deleting a task takes nothing out of what was approved: its budget and its planned value stay, and
    /// nothing is earned for it. Less work than was promised is a change of scope, which somebody has to decide.
    ///
    /// **What to do.** Put the task back into the plan, or record a change that names it in `tasks:` and have it decided. The
    /// sums stay as they were frozen until another baseline is frozen.
    ///
    /// ```yaml
    /// C3:
    ///   change: No training on site
    ///   tasks: [training]
    ///   status: approved
    ///   decided: 2026-11-02
    /// ```
    pub static NOT_IN_PLAN: Rule =
        ("W428", "not-in-plan", Warning, "0.1.0", "a task of the approved baseline is no longer in the plan");
}

/// Looks at what the baseline in force knows and the plan does not.
pub(super) fn look(report: &ProjectReport, found: &mut Diagnostics) {
    let project = &report.project;
    let Some(baseline) = project.baseline_as_of(report.status_date) else { return };
    for task in &baseline.dropped {
        let changes = &project.registers.changes;
        let is_approved = changes
            .iter()
            .any(|change| change.is_approved(report.status_date) && change.dropped.contains(&task.id));
        if !is_approved {
            found.push(
                Diagnostic::new(
                    &NOT_IN_PLAN,
                    task.origin,
                    format!(
                        "`{}` of baseline `{}` is no longer in the plan, and no approved change says so",
                        task.id, baseline.id
                    ),
                )
                .hint("put it back into the plan, or record a change that names it in `tasks:`"),
            );
        }
    }
}
