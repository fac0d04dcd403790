//! A report between closed ones that has no snapshot.

use crate::declare_rule;
use crate::diagnostic::spelling::for_shell;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::report::ProjectReport;

declare_rule! {
    /// A report lies between two that were closed, and nothing of it is frozen.
    ///
    /// **Why it matters.** Trends go from the report before to the report after it as if it had never been. Either nobody closed it,
    /// or its snapshot was taken away.
    ///
    /// **What to do.** Restore the file from your version control; or let `milepost report rebuild` compute it from the commit of
    /// that day.
    pub static MISSING_SNAPSHOT: Rule =
        ("W619", "missing-snapshot", Warning, "0.1.0", "a report between closed ones has no snapshot");
}

/// Looks at the reports up to the newest that was closed.
pub(super) fn look(report: &ProjectReport, found: &mut Diagnostics) {
    let closed = || report.project.snapshots.iter().map(|snapshot| snapshot.status_date);
    let Some((first, last)) = closed().min().zip(closed().max()) else { return };
    for update in &report.project.updates {
        let day = update.status_date;
        if first < day && day < last && closed().all(|closed| closed != day) {
            let folder = &report.project.folder;
            found.push(
                Diagnostic::new(
                    &MISSING_SNAPSHOT,
                    update.origin,
                    format!("the report of {day} has no snapshot, those before and after it have"),
                )
                .hint(format!(
                    "restore it, or rebuild it from history: `milepost report rebuild --project {}`",
                    for_shell(folder)
                )),
            );
        }
    }
}
