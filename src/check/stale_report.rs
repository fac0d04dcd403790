//! A project whose last report is older than its rhythm.

use jiff::civil::Date;

use crate::declare_rule;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::format;
use crate::report::ProjectReport;

declare_rule! {
    /// The newest report in `updates/` is older than the rhythm that `reporting:` promises.
    ///
    /// **Why it matters.** Figures that are not kept up look as sure as those that are.
    ///
    /// **What to do.** Write the report, or change the rhythm.
    pub static STALE_REPORT: Rule =
        ("W601", "stale-report", Warning, "0.1.0", "the newest report is older than the rhythm promised");
}

/// Compares the newest report with the status date; silent where nobody reports at all.
pub(super) fn look(report: &ProjectReport, found: &mut Diagnostics) {
    let newest = report.project.updates.iter().rfind(|update| update.status_date <= report.status_date);
    let Some(newest) = newest else { return };
    let age = days_between(newest.status_date, report.status_date);
    let rhythm = report.project.reporting;
    if rhythm.between(newest.status_date, report.status_date) > 1.0 {
        found.push(
            Diagnostic::new(
                &STALE_REPORT,
                newest.origin,
                format!(
                    "the newest report, of {}, is {} old; the rhythm is {}",
                    format::iso(newest.status_date),
                    crate::diagnostic::spelling::count(usize::try_from(age).unwrap_or(0), "day"),
                    rhythm.length_words(),
                ),
            )
            .hint("write the report, or change `reporting:` in project.yaml"),
        );
    }
}

fn days_between(from: Date, to: Date) -> i64 {
    from.until(to).map_or(0, |span| i64::from(span.get_days()))
}
