//! Percentages that do not move.

use std::collections::BTreeMap;

use crate::declare_rule;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::format;
use crate::model::{ProgressEntry, TaskNo};
use crate::plan::State;
use crate::quantity::{Percent, days_between};
use crate::report::ProjectReport;

declare_rule! {
    /// The reports of an open task give the same percentage for a reporting period or longer, neither 0 nor 100 %.
    ///
    /// **Why it matters.** Tasks that are ninety percent done for weeks are the oldest joke of the trade: the rest is unknown, or
    /// nobody works on it.
    ///
    /// **What to do.** Report `remaining:`, what is still to be done, instead of a percentage; or say in the note what holds it
    /// up.
    pub static STUCK_PERCENT: Rule =
        ("W407", "stuck-percent", Warning, "0.1.0", "a task reports the same percentage again and again");
}

/// Looks at the newest reports of each open task.
pub(super) fn look(report: &ProjectReport, found: &mut Diagnostics) {
    // For each task the first of the newest reports that give one and the same percentage, and the last.
    let mut runs: BTreeMap<TaskNo, (&ProgressEntry, &ProgressEntry)> = BTreeMap::new();
    for entry in report.project.progress.iter().filter(|entry| entry.status_date <= report.status_date) {
        if entry.percent_complete.is_none() {
            continue;
        }
        let run = runs.entry(entry.task).or_insert((entry, entry));
        let is_same =
            run.1.percent_complete == entry.percent_complete && run.1.units_done == entry.units_done;
        *run = if is_same { (run.0, entry) } else { (entry, entry) };
    }
    for (number, (first, last)) in runs {
        let Some(percent) = last.percent_complete else { continue };
        let days = days_between(first.status_date, last.status_date);
        let is_open = report.forecast.slot(number).state == State::InProgress;
        let is_between = percent > Percent::ZERO && percent < Percent::WHOLE;
        if is_open && is_between && days >= report.project.reporting.days_from(first.status_date, 1) {
            let task = report.project.task(number);
            found.push(
                Diagnostic::new(
                    &STUCK_PERCENT,
                    last.origin,
                    format!(
                        "`{}` has been at {} since {}",
                        task.id,
                        format::percent(percent),
                        format::iso(first.status_date)
                    ),
                )
                .also(first.origin, "the first report of it")
                .hint("report `remaining:` instead of a percentage, or say in the note what holds it up"),
            );
        }
    }
}
