//! Work that nobody does and nothing pays.

use crate::check::fourteen_points::length_of;
use crate::declare_rule;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::report::ProjectReport;

declare_rule! {
    /// A task of a day or more has nobody assigned and no cost, and no team outside the project does it.
    ///
    /// **Why it matters.** It has no budget, so it earns nothing and counts for nothing in the figures, and nobody knows
    /// that it is theirs.
    ///
    /// **What to do.** Name who works on it in `assign:`, or what it costs in `cost:`. Work of another team that the project waits for
    /// and does not pay names it in `team:`; who answers for it may belong to that team, which says the same. A wait for nobody is no
    /// task but a lag with a reason.
    ///
    /// ```yaml
    /// firewall: {name: Firewall rules, duration: 5d, team: security, owner: anna}
    /// ```
    pub static WITHOUT_RESOURCE: Rule =
        ("W501", "without-resource", Warning, "0.1.0", "a task has nobody assigned and no cost");
}

/// Looks at unfinished work, in projects that name anybody at all.
pub(super) fn look(report: &ProjectReport, found: &mut Diagnostics) {
    if report.project.team.people.is_empty() && report.project.team.roles.is_empty() {
        return;
    }
    for (number, task, slot) in report.tasks() {
        let is_bare = task.assignments.is_empty() && task.costs.is_empty() && !task.has_unread_means;
        let (length, per_day) = length_of(report, number, slot);
        let is_of_others = report.project.outside_team_of(task).is_some();
        if task.is_work() && is_bare && !is_of_others && report.is_left(number) && length >= per_day {
            found.push(
                Diagnostic::new(
                    &WITHOUT_RESOURCE,
                    task.origin,
                    format!("`{}` has nobody assigned and no cost", task.id),
                )
                .hint(
                    "name who works on it in `assign:`, what it costs in `cost:`, or the team outside the project that does it in `team:`",
                ),
            );
        }
    }
}
