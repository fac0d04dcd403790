//! A critical path that swallows delays.

use crate::check::fourteen_points::{Measured, critical_path_test};
use crate::declare_rule;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::plan::TEST_DAYS;
use crate::report::ProjectReport;

declare_rule! {
    /// A critical task was made 600 working days longer on a copy of the plan, and the finish of the project did not move as
    /// far. It is point 12 of plan quality. Room before work that lies as late as possible is used up first, so that it is no
    /// fault of the plan.
    ///
    /// **Why it matters.** Somewhere between that task and the finish a link is missing or a date is held fast, so that delays
    /// are swallowed and every forecast is too good.
    ///
    /// **What to do.** Follow the path from the task to the end: the place is a hard constraint, a `manual` task, or a task that
    /// nothing waits for.
    pub static CRITICAL_PATH_BROKEN: Rule =
        ("W305", "critical-path-broken", Warning, "0.1.0", "a delay on the critical path does not reach the finish");
}

/// Says what point 12 says.
pub(super) fn look(report: &ProjectReport, found: &mut Diagnostics) {
    // Where a link could not be read, the path is broken there, which has been reported.
    if report.project.has_unread_links() {
        return;
    }
    let point = critical_path_test(report);
    let (Some(true), Measured::Moved(days)) = (point.flagged, point.measured) else { return };
    for number in point.offenders {
        let task = report.project.task(number);
        found.push(
            Diagnostic::new(
                &CRITICAL_PATH_BROKEN,
                task.origin,
                format!("{TEST_DAYS} days more on `{}` move the finish by {days}", task.id),
            )
            .hint("look on the way to the finish for a date held fast or a task that nothing waits for"),
        );
    }
}
