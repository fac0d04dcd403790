//! Work that has been almost done for three reports.

use crate::declare_rule;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::format;
use crate::model::{Earning, ProgressEntry};
use crate::quantity::Percent;
use crate::report::ProjectReport;

declare_rule! {
    /// Work that earns by the percentage reported has stood above 90 % in its last three reports and is not finished.
    ///
    /// **Why it matters.** The last tenth of work takes as long as people have not looked at it: "90 % done" is where
    /// estimates go to rest. Earned value counts nearly all of it, and the forecast almost none of the time left.
    ///
    /// **What to do.** Ask what is left, piece by piece, and report it as `remaining`; or let the rest earn by weighted steps.
    pub static ALMOST_DONE_FOR_LONG: Rule =
        ("W418", "almost-done-for-long", Warning, "0.2.0", "more than 90 % done in three reports running");
}

/// So many reports running make it a pattern.
const REPORTS: usize = 3;

/// Above this, in hundredths of a percent, work is almost done.
const ALMOST: i64 = 9_000;

/// Looks at the last reports of unfinished work.
pub(super) fn look(report: &ProjectReport, found: &mut Diagnostics) {
    for number in report.project.task_numbers() {
        let task = report.project.task(number);
        let known = &report.facts.progress[number.0 as usize];
        if task.earning != Earning::Percent || known.actual_finish.is_some() {
            continue;
        }
        let entries: Vec<&ProgressEntry> = report
            .project
            .progress
            .iter()
            .filter(|entry| entry.task == number && entry.status_date <= report.status_date)
            .filter(|entry| entry.percent_complete.is_some())
            .collect();
        let Some(last) = entries.len().checked_sub(REPORTS).and_then(|from| entries.get(from..)) else {
            continue;
        };
        let is_almost = |entry: &&ProgressEntry| {
            entry.percent_complete.map(Percent::hundredths).is_some_and(|percent| percent > ALMOST)
        };
        if let (true, Some(first), Some(newest)) = (last.iter().all(is_almost), last.first(), last.last()) {
            let message =
                format!("`{}` has been more than 90% done since {}", task.id, format::iso(first.status_date));
            found.push(
                Diagnostic::new(&ALMOST_DONE_FOR_LONG, newest.origin, message)
                    .also(first.origin, "the first of three reports")
                    .hint("ask what is left, piece by piece, and report it as `remaining`"),
            );
        }
    }
}
