//! A project whose last report is older than its rhythm.

use crate::control::ReportAge;
use crate::declare_rule;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::format;
use crate::model::Limit;
use crate::quantity::days_between;
use crate::report::ProjectReport;

declare_rule! {
    /// The newest report in `updates/` is older than the rhythm that `reporting:` promises, or than as many periods as `report_green`
    /// allows. Where nobody writes reports, what is recorded in `progress.csv` is one; where somebody does, progress in between makes no
    /// report newer.
    ///
    /// **Why it matters.** Figures that are not kept up look as sure as those that are.
    ///
    /// **What to do.** Write the report, or change the rhythm.
    pub static STALE_REPORT: Rule =
        ("W601", "stale-report", Warning, "0.1.0", "the newest report is older than the rhythm promised");
}

/// Compares the newest report with the status date; silent where nobody reports at all.
pub(super) fn look(report: &ProjectReport, found: &mut Diagnostics) {
    let project = &report.project;
    // Nothing more is to be reported of what has ended.
    if report.control.is_closed || report.control.is_stopped {
        return;
    }
    let age = ReportAge::of(project, report.status_date).filter(|age| age.is_stale);
    let Some(ReportAge { newest, .. }) = age else { return };
    let update =
        project.updates.iter().find(|update| update.status_date == newest).map(|update| update.origin);
    let closed =
        project.snapshots.iter().find(|closed| closed.status_date == newest).map(|closed| closed.origin);
    let recorded =
        project.progress.iter().rfind(|entry| entry.status_date == newest).map(|entry| entry.origin);
    let rhythm = project.reporting;
    let allowed = project.thresholds.get(Limit::ReportGreen);
    let periods = if allowed > 1.0 {
        format!(", and {} periods are allowed", format::number(allowed, 0))
    } else {
        String::new()
    };
    found.push(
        Diagnostic::new(
            &STALE_REPORT,
            update.or(closed).or(recorded).unwrap_or(project.origin),
            format!(
                "the newest report, of {}, is {} old; the rhythm is {}{periods}",
                format::iso(newest),
                crate::diagnostic::spelling::count(
                    usize::try_from(days_between(newest, report.status_date)).unwrap_or(0),
                    "day"
                ),
                rhythm.length_words(),
            ),
        )
        .hint("write the report, or change `reporting:` in project.yaml"),
    );
}
