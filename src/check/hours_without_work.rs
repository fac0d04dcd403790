//! Hours where no work can have been.

use std::collections::BTreeSet;

use crate::declare_rule;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::format;
use crate::model::{TaskKind, TimeEntry};
use crate::report::ProjectReport;

declare_rule! {
    /// Hours are booked on a milestone or a gate, in a week or on a day before the project's `start:`, or on a task before the day on
    /// which the reports say that it began. A task of which no report speaks yet is told once a report covers the days.
    ///
    /// **Why it matters.** The hours cost money, and nothing is earned for them: pace and forecast are worse than they are, and the
    /// task on which the work was done looks cheap.
    ///
    /// **What to do.** Book the hours on the task and the day on which they were worked, or report the `actual_start` that is
    /// missing. Wrong, where `progress.csv` says that `survey` began on 2026-08-13:
    ///
    /// ```csv
    /// week,person,task,time
    /// 2026-W31,tom,survey,2d
    /// ```
    pub static HOURS_WITHOUT_WORK: Rule =
        ("W522", "hours-without-work", Warning, "0.1.0", "hours are booked where no work can have been");
}

/// Looks at each row; of several on one task for one reason, the first stands for all.
pub(super) fn look(report: &ProjectReport, found: &mut Diagnostics) {
    let mut told = BTreeSet::new();
    for entry in report.known_hours() {
        let Some((reason, hint)) = fault_of(report, entry) else { continue };
        if !told.insert((entry.task, hint)) {
            continue;
        }
        let task = &report.project.task(entry.task).id;
        let message = format!("hours of {} are booked on `{task}`, {reason}", entry.written);
        found.push(Diagnostic::new(&HOURS_WITHOUT_WORK, entry.origin, message).hint(hint));
    }
}

/// Why no work can have been there, and what to do.
fn fault_of(report: &ProjectReport, entry: &TimeEntry) -> Option<(String, &'static str)> {
    let project = &report.project;
    let task = project.task(entry.task);
    if task.is_point() {
        return Some(("which takes no time".to_owned(), "book them on the work that leads to it"));
    }
    let last = entry.period.last_day();
    if last < project.start.day {
        let start = format::iso(project.start.day);
        let reason = format!("before the project, which starts on {start}");
        return Some((reason, "correct the week or the day, or `start:` in `project.yaml`"));
    }
    // Summaries and work without an end of its own are not reported on.
    if !matches!(task.kind, TaskKind::Work(_)) || task.is_level_of_effort() {
        return None;
    }
    let hint = "book them on the task that they were worked on, or correct `actual_start`";
    match report.facts.progress.get(entry.task.0 as usize)?.actual_start {
        Some(began) if last < began.day => Some((format!("which began on {}", format::iso(began.day)), hint)),
        Some(_) => None,
        None => {
            let is_reported = project
                .progress
                .iter()
                .any(|told| told.status_date >= last && told.status_date <= report.status_date);
            is_reported.then(|| ("which no report says has begun".to_owned(), hint))
        }
    }
}
