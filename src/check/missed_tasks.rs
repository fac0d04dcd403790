//! Tasks that missed the finish the baseline promised.

use crate::check::fourteen_points::{Measured, missed};
use crate::declare_rule;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::format;
use crate::report::ProjectReport;

declare_rule! {
    /// Of the tasks whose baseline finish has passed, more than 5 % finished later or will (`missed_tasks` under `thresholds:`).
    /// It is point 11 of plan quality, and looked at where there is a baseline.
    ///
    /// **Why it matters.** A plan whose tasks are all a little late is not believed any more, long before its finish slips.
    ///
    /// **What to do.** Name the cause in the report; where estimates were too short throughout, estimate the rest anew.
    pub static MISSED_TASKS: Rule =
        ("W412", "missed-tasks", Warning, "0.1.0", "more tasks missed their promised finish than may");
}

/// How many tasks are named.
const NAMED: usize = 5;

/// Says what point 11 says, where there is a baseline.
pub(super) fn look(report: &ProjectReport, found: &mut Diagnostics) {
    let point = missed(report);
    let (Some(true), Measured::Share { count, of }) = (point.flagged, point.measured) else { return };
    let Some(baseline) = report.project.baseline_as_of(report.status_date) else { return };
    let mut names: Vec<String> = point
        .offenders
        .iter()
        .take(NAMED)
        .map(|number| format!("`{}`", report.project.task(*number).id))
        .collect();
    if count > NAMED {
        names.push(format!("{} more", count - NAMED));
    }
    found.push(
        Diagnostic::new(
            &MISSED_TASKS,
            baseline.origin,
            format!("{count} of {of} tasks due missed their promised finish: {}", format::listed(&names)),
        )
        .hint("name the cause in the report, and estimate the rest anew where it was too short throughout"),
    );
}
