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
        ("W418", "almost-done-for-long", Warning, "0.1.0", "more than 90 % done in three reports running");
}

/// So many reports running make it a pattern.
const REPORTS: usize = 3;

/// Above this, in hundredths of a percent, work is almost done.
const ALMOST: i64 = 9_000;

/// Looks at the reports of unfinished work, back to the last that was not above the mark.
pub(super) fn look(report: &ProjectReport, found: &mut Diagnostics) {
    let told = report.project.told_by_task(report.status_date);
    for (number, told) in report.project.task_numbers().zip(told) {
        let task = report.project.task(number);
        let known = &report.facts.progress[number.0 as usize];
        if task.earning != Earning::Percent || known.actual_finish.is_some() {
            continue;
        }
        let entries: Vec<&ProgressEntry> =
            told.into_iter().filter(|entry| entry.percent_complete.is_some()).collect();
        let running = running(&entries);
        if let (true, Some(first), Some(newest)) = (running.len() >= REPORTS, running.first(), running.last())
        {
            let message =
                format!("`{}` has been more than 90% done since {}", task.id, format::iso(first.status_date));
            found.push(
                Diagnostic::new(&ALMOST_DONE_FOR_LONG, newest.origin, message)
                    .also(first.origin, format!("the first of {} reports", running.len()))
                    .hint("ask what is left, piece by piece, and report it as `remaining`"),
            );
        }
    }
}

/// The newest reports that are all above the mark, in order.
fn running<'a>(entries: &'a [&'a ProgressEntry]) -> &'a [&'a ProgressEntry] {
    let is_almost = |entry: &&&ProgressEntry| {
        entry.percent_complete.map(Percent::hundredths).is_some_and(|percent| percent > ALMOST)
    };
    let n_running = entries.iter().rev().take_while(is_almost).count();
    entries.get(entries.len() - n_running..).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::model::TaskNo;

    /// Of 92, 94, 95 and 95 % it said that work was almost done since the report of 94 %.
    #[test]
    fn work_is_almost_done_since_the_first_report_of_the_run() {
        let reports = [(7, 96), (14, 90), (21, 92), (28, 94), (29, 95), (30, 95)];
        let entries = reports.map(|(day, percent)| ProgressEntry {
            percent_complete: Some(Percent::from_hundredths(percent * 100)),
            ..ProgressEntry::silent(date(2026, 8, day), TaskNo(0))
        });
        let entries: Vec<&ProgressEntry> = entries.iter().collect();
        assert_eq!(running(&entries).first().map(|entry| entry.status_date), Some(date(2026, 8, 21)));
        assert_eq!(running(&entries[..2]).len(), 0);
    }
}
