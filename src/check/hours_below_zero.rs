//! Hours taken back that were never booked.

use std::collections::BTreeMap;

use crate::declare_rule;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::format;
use crate::model::{TaskNo, TimeEntry, Worker};
use crate::quantity::Effort;
use crate::report::ProjectReport;

declare_rule! {
    /// Rows below zero in `timesheets.csv` take back more of a person's hours on a task than the person has booked on it by the
    /// status date. A correction that leaves the sum at zero or above is fine.
    ///
    /// **Why it matters.** Nobody works less than nothing: cost falls below what was paid, and forecast and colours with it.
    ///
    /// **What to do.** Take the minus sign away, or take back no more than was booked. Wrong:
    ///
    /// ```csv
    /// week,person,task,time
    /// 2026-W46,tom,pilot,3d
    /// 2026-W47,tom,pilot,-30d
    /// ```
    pub static HOURS_BELOW_ZERO: Rule =
        ("E518", "hours-below-zero", Error, "0.1.0", "more hours are taken back than were booked");
}

/// Looks at each person and role on each task: the last row below zero stands for all of them.
pub(super) fn look(report: &ProjectReport, found: &mut Diagnostics) {
    let project = &report.project;
    let mut rows: BTreeMap<(TaskNo, Worker), Vec<&TimeEntry>> = BTreeMap::new();
    for entry in project.timesheets.iter().filter(|entry| entry.period.first() <= report.status_date) {
        rows.entry((entry.task, entry.worker)).or_default().push(entry);
    }
    for ((task, worker), rows) in rows {
        let sum = |is_wanted: fn(&Effort) -> bool| -> Effort {
            rows.iter().map(|entry| entry.effort).filter(is_wanted).sum()
        };
        let booked = sum(|effort| *effort >= Effort::ZERO);
        let back = Effort::ZERO - sum(|effort| *effort < Effort::ZERO);
        let Some(last) = rows.iter().rev().find(|entry| entry.effort < Effort::ZERO) else { continue };
        if back <= booked {
            continue;
        }
        let [back, booked] = [back, booked].map(|effort| format::effort(effort, report.minutes_per_day()));
        let (task, person) = (&project.task(task).id, project.worker_id(worker));
        found.push(
            Diagnostic::new(
                &HOURS_BELOW_ZERO,
                last.origin,
                format!("`{person}` has {booked} booked on `{task}` and {back} taken back"),
            )
            .hint("take the minus sign away, or take back no more than was booked"),
        );
    }
}
