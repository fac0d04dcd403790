//! Fewer tasks finished than the baseline wanted.

use crate::check::fourteen_points::{Measured, baseline_execution};
use crate::declare_rule;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::format;
use crate::report::ProjectReport;

declare_rule! {
    /// The baseline execution index (BEI), tasks finished ÷ tasks that were due, lies below 0.95 (`bei` under `thresholds:`). It
    /// is point 14 of plan quality, and looked at where there is a baseline.
    ///
    /// **Why it matters.** It counts tasks, not money: a project that finishes the dear ones and leaves the many small ones looks
    /// well by its value and is late by its work.
    ///
    /// **What to do.** Look at the tasks due on the plan-quality page, and say in the report how the rest will be caught up.
    pub static EXECUTION_INDEX_LOW: Rule =
        ("W410", "execution-index-low", Warning, "0.1.0", "fewer tasks are finished than were due");
}

/// Says what point 14 says, where there is a baseline.
pub(super) fn look(report: &ProjectReport, found: &mut Diagnostics) {
    let point = baseline_execution(report);
    let (Some(true), Measured::Index(index)) = (point.flagged, point.measured) else { return };
    let Some(baseline) = report.project.baseline_as_of(report.status_date) else { return };
    found.push(
        Diagnostic::new(
            &EXECUTION_INDEX_LOW,
            baseline.origin,
            format!(
                "{} as many tasks are finished as were due (BEI {}: {})",
                format::share(index),
                format::number(index, 2),
                point.inputs.unwrap_or_default()
            ),
        )
        .hint("say in the report how the tasks that were due will be caught up"),
    );
}
