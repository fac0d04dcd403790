//! Work in progress of which nobody says anything.

use crate::declare_rule;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::format;
use crate::plan::State;
use crate::quantity::days_between;
use crate::report::ProjectReport;

declare_rule! {
    /// A task has begun and is not finished, and its newest line in `progress.csv` is older than two reporting periods.
    ///
    /// **Why it matters.** Its forecast rests on what somebody knew a month ago. No news is not good news.
    ///
    /// **What to do.** Add a line for it, even where nothing has changed.
    pub static SILENT_TASK: Rule =
        ("W408", "silent-task", Warning, "0.1.0", "nobody has reported on active work for two periods");
}

/// Looks at work in progress that is measured.
pub(super) fn look(report: &ProjectReport, found: &mut Diagnostics) {
    for (number, task, slot) in report.tasks() {
        if !task.is_work() || task.is_level_of_effort() || slot.state != State::InProgress {
            continue;
        }
        let progress = &report.facts.progress[number.0 as usize];
        let Some(reported) = progress.reported else { continue };
        let age = days_between(reported, report.status_date);
        if age > report.project.reporting.days_from(reported, 2) {
            found.push(
                Diagnostic::new(
                    &SILENT_TASK,
                    progress.origin.unwrap_or(task.origin),
                    format!("`{}` was last reported on {}, {age} days ago", task.id, format::iso(reported)),
                )
                .hint("add a line for it to `progress.csv`, even where nothing has changed"),
            );
        }
    }
}
