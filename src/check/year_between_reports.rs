//! A newest report that lies a year behind the one before.

use crate::declare_rule;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::format;
use crate::quantity::days_between;
use crate::report::ProjectReport;

declare_rule! {
    /// The newest report lies 300 days or more behind the one before it, and two periods of the reporting rhythm or more. Nothing is found
    /// once the project was closed or stopped.
    ///
    /// **Why it matters.** The newest report sets the clock: with a wrong year in its day the forecast of everything that is not done
    /// begins a year later, and a whole year was planned to be earned.
    ///
    /// **What to do.** Put the year right, in the name of the file and in `status_date`. Where nobody has reported for so long, say so in
    /// the report, and let the finding pass with a waiver.
    ///
    /// Wrong, after `updates/2026-06-05.md`:
    /// ```yaml
    /// status_date: 2027-06-19
    /// ```
    pub static YEAR_BETWEEN_REPORTS: Rule =
        ("W624", "year-between-reports", Warning, "0.1.0", "the newest report lies about a year behind the one before");
}

/// So many days between two reports are more likely a slip of the year than silence.
const ABOUT_A_YEAR: i64 = 300;

/// Compares the newest report up to the status date with the one before.
pub(super) fn look(report: &ProjectReport, found: &mut Diagnostics) {
    // Nothing more is to be reported of what has ended.
    if report.control.is_closed || report.control.is_stopped {
        return;
    }
    let project = &report.project;
    let days = project.report_days();
    let mut newest_first = days.range(..=report.status_date).rev();
    let (Some(newest), Some(before)) = (newest_first.next(), newest_first.next()) else { return };
    let apart = days_between(*before, *newest);
    // A project that reports but once a year is asked for two reports.
    if apart < ABOUT_A_YEAR.max(project.reporting.days_from(*before, 2)) {
        return;
    }
    let update = project.updates.iter().find(|one| one.status_date == *newest).map(|one| one.origin);
    let told = || project.progress.iter().find(|one| one.status_date == *newest).map(|one| one.origin);
    found.push(
        Diagnostic::new(
            &YEAR_BETWEEN_REPORTS,
            update.or_else(told).unwrap_or(project.origin),
            format!(
                "the newest report, of {}, lies {} days behind the one before, of {}",
                format::iso(*newest),
                format::whole(apart),
                format::iso(*before)
            ),
        )
        .hint("put the year right, or say in the report why nothing was reported"),
    );
}
