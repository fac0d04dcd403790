//! Tasks that a few days would make critical.

use crate::declare_rule;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::format;
use crate::report::ProjectReport;

declare_rule! {
    /// Lists the open tasks that are not critical and have no more float than `near_critical` under `schedule:`, five working
    /// days unless the project says otherwise.
    ///
    /// **Why it matters.** The next delay of any of them makes a critical path that nobody has watched.
    ///
    /// **What to do.** Watch them like critical ones. There is nothing to mend.
    pub static NEAR_CRITICAL: Rule =
        ("I307", "near-critical", Info, "0.1.0", "tasks with little float");
}

/// Lists near-critical work, that with the least float first.
pub(super) fn look(report: &ProjectReport, found: &mut Diagnostics) {
    let limit = report.project.scheduling.near_critical;
    let mut near: Vec<_> = report
        .tasks()
        .filter(|(number, task, slot)| {
            let is_open = task.is_work() && report.is_left(*number);
            is_open && !slot.critical && report.project.is_room_within(*number, slot.total_float, limit)
        })
        .collect();
    near.sort_by_key(|(number, _, slot)| {
        (report.project.comparable_room(*number, slot.total_float), *number)
    });
    let Some((_, first, _)) = near.first() else { return };
    let listed: Vec<String> = near
        .iter()
        .map(|(number, task, slot)| {
            let days = report.project.room_days_of(*number);
            format!("`{}` ({})", task.id, format::room(slot.total_float, days))
        })
        .collect();
    found.push(
        Diagnostic::new(
            &NEAR_CRITICAL,
            first.origin,
            format!(
                "{} near-critical: {}",
                crate::diagnostic::spelling::count(near.len(), "task"),
                listed.join(", ")
            ),
        )
        .hint("watch them like critical ones"),
    );
}
