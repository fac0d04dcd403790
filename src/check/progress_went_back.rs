//! A percentage or a count that fell from one report to the next.

use std::collections::BTreeMap;

use crate::declare_rule;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::format;
use crate::model::{ProgressEntry, TaskNo};
use crate::quantity::Percent;
use crate::report::ProjectReport;

declare_rule! {
    /// A later report gives a smaller percentage, or fewer units done, than an earlier one.
    ///
    /// **Why it matters.** Work that was counted has been undone, or one of the reports is wrong. Earned value falls,
    /// and curves that should only rise have a dent.
    ///
    /// **What to do.** Correct the wrong line, or say in its note what was undone.
    pub static PROGRESS_WENT_BACK: Rule =
        ("W406", "progress-went-back", Warning, "0.1.0", "a later report gives less progress than an earlier one");
}

/// Compares each report with the one before it on the same task.
pub(super) fn look(report: &ProjectReport, found: &mut Diagnostics) {
    let mut before: BTreeMap<TaskNo, &ProgressEntry> = BTreeMap::new();
    for entry in report.project.progress.iter().filter(|entry| entry.status_date <= report.status_date) {
        if let Some(earlier) = before.insert(entry.task, entry) {
            let fell =
                |now: Option<i64>, then: Option<i64>| matches!((now, then), (Some(a), Some(b)) if a < b);
            let percent = |entry: &ProgressEntry| entry.percent_complete.map(Percent::hundredths);
            if fell(percent(entry), percent(earlier)) || fell(entry.units_done, earlier.units_done) {
                let task = report.project.task(entry.task);
                found.push(
                    Diagnostic::new(
                        &PROGRESS_WENT_BACK,
                        entry.origin,
                        format!(
                            "`{}` has less progress than on {}",
                            task.id,
                            format::iso(earlier.status_date)
                        ),
                    )
                    .also(earlier.origin, "the earlier report")
                    .hint("correct the wrong line, or say in its note what was undone"),
                );
            }
        }
    }
}
