//! An assumption that was to be tested by a day that has passed.

use crate::declare_rule;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::format;
use crate::report::ProjectReport;

declare_rule! {
    /// An assumption was to be tested by a day that has passed, and nothing says that it was proven.
    ///
    /// **Why it matters.** The plan is built as if it were true. The later it turns out wrong, the less can be done.
    ///
    /// **What to do.** Test it and write `proven:` with the day; if it is wrong, raise an issue or a change; else agree a new
    /// `test_by:`.
    ///
    /// Wrong:
    /// ```yaml
    /// assumptions:
    ///   - {assumption: The uplink carries both systems, test_by: 2026-11-06}
    /// ```
    /// Right:
    /// ```yaml
    /// assumptions:
    ///   - {assumption: The uplink carries both systems, test_by: 2026-11-06, proven: 2026-11-05}
    /// ```
    pub static UNTESTED_ASSUMPTION: Rule =
        ("W616", "untested-assumption", Warning, "0.1.0", "an assumption was not tested by its day");
}

/// Looks at the assumptions of the project.
pub(super) fn look(report: &ProjectReport, found: &mut Diagnostics) {
    let today = report.status_date;
    for assumption in &report.project.assumptions {
        let is_proven = assumption.proven.is_some_and(|proven| proven <= today);
        let Some(by) = assumption.test_by.filter(|by| *by < today && !is_proven) else { continue };
        let days = report.project.working_time().working_days_between(by, today);
        let days = crate::diagnostic::spelling::count(usize::try_from(days).unwrap_or(0), "working day");
        let message = format!("this assumption was to be tested by {}, {days} ago", format::iso(by));
        found.push(
            Diagnostic::new(&UNTESTED_ASSUMPTION, assumption.assumption.origin, message)
                .hint("test it and write `proven:` with the day, or agree a new `test_by:`"),
        );
    }
}
