//! A day on an open task that moves the finish by weeks.

use crate::declare_rule;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::format;
use crate::report::ProjectReport;

declare_rule! {
    /// One to three days on an open task that drives the finish, or is critical or near-critical, move the project's
    /// finish at least five times as far as they would in a normal week (on five working days a week: by seven calendar days each), because a closure, such as a
    /// year-end change freeze, lies just behind.
    ///
    /// **Why it matters.** Such a day is worth weeks, and nothing in a plain list of tasks shows it.
    ///
    /// **What to do.** Decide about that day now: add people, shorten the work, or accept the later finish knowingly.
    pub static CLIFF: Rule = ("W308", "cliff", Warning, "0.1.0", "a day on this task moves the finish by weeks");
}

/// Looks at the levers.
pub(super) fn look(report: &ProjectReport, found: &mut Diagnostics) {
    for lever in &report.levers {
        let Some(cliff) = lever.cliff else { continue };
        let task = report.project.task(lever.task);
        let finish = report.forecast.finish_day();
        let then = cliff.finish_beyond(finish);
        let message = format!(
            "{} {} on `{}` {} the finish from {} to {}",
            crate::diagnostic::spelling::count(
                usize::try_from(cliff.working_days.abs()).unwrap_or(0),
                "working day"
            ),
            if cliff.working_days < 0 { "less" } else { "more" },
            task.id,
            if cliff.working_days.abs() == 1 { "moves" } else { "move" },
            format::iso(finish),
            format::iso(then),
        );
        found.push(
            Diagnostic::new(&CLIFF, task.estimate_origin.unwrap_or(task.origin), message)
                .hint("decide about this day now: add people, shorten the work, or accept the later finish"),
        );
    }
}
