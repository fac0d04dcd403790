//! Hours booked on work that had ended.

use std::collections::BTreeMap;

use crate::declare_rule;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::format;
use crate::model::{TaskNo, TimeEntry};
use crate::report::ProjectReport;

declare_rule! {
    /// Hours are booked on a task in a week, or on a day, that begins after the task was reported finished.
    ///
    /// **Why it matters.** Either the task was not finished, or the hours belong to another: its cost is wrong, and so is
    /// that of the task that really took them.
    ///
    /// **What to do.** Book them where they were worked, or correct `actual_finish`. Wrong, where `progress.csv` says that
    /// `survey` ended on 2026-08-27:
    ///
    /// ```csv
    /// week,person,task,time
    /// 2026-W37,tom,survey,2d
    /// ```
    pub static HOURS_ON_CLOSED_TASK: Rule =
        ("W504", "hours-on-closed-task", Warning, "0.1.0", "hours are booked on a task that had ended");
}

/// Looks at each task once: its first late row stands for all of them.
pub(super) fn look(report: &ProjectReport, found: &mut Diagnostics) {
    let mut late: BTreeMap<TaskNo, Vec<&TimeEntry>> = BTreeMap::new();
    for entry in &report.project.timesheets {
        let first = entry.period.first();
        let finish = report.facts.progress.get(entry.task.0 as usize).and_then(|told| told.actual_finish);
        if first <= report.status_date && finish.is_some_and(|finish| first > finish.day) {
            late.entry(entry.task).or_default().push(entry);
        }
    }
    for (number, entries) in late {
        let Some(first) = entries.first() else { continue };
        let finish = report.facts.progress.get(number.0 as usize).and_then(|told| told.actual_finish);
        let Some(finish) = finish else { continue };
        let others = match entries.len() - 1 {
            0 => String::new(),
            more => format!("; so {} {more} more", if more == 1 { "is" } else { "are" }),
        };
        let task = report.project.task(number);
        found.push(
            Diagnostic::new(
                &HOURS_ON_CLOSED_TASK,
                first.origin,
                format!(
                    "hours of {} are booked on `{}`, which ended on {}{others}",
                    first.written,
                    task.id,
                    format::iso(finish.day)
                ),
            )
            .hint("book them on the task that they were worked on, or correct `actual_finish`"),
        );
    }
}
