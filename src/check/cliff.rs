//! A day on an open task that moves the finish by weeks.

use crate::declare_rule;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::format;
use crate::report::ProjectReport;

declare_rule! {
    /// One to three days on an open critical task move the project's finish at least five times as far, because a
    /// closure, such as a year-end change freeze, lies just behind.
    ///
    /// **Why it matters.** Such a day is worth weeks, and nothing in a plain list of tasks shows it.
    ///
    /// **What to do.** Decide about that day now: add people, shorten the work, or accept the later finish knowingly.
    pub static CLIFF: Rule = ("W308", "cliff", Warning, "0.1.0", "a day on this task moves the finish by weeks");
}

/// Looks at the levers.
pub(super) fn look(report: &ProjectReport, found: &mut Diagnostics) {
    for lever in report.levers.iter().filter(|lever| lever.cliff.is_some()) {
        let task = report.project.task(lever.task);
        let finish = report.forecast.finish_day();
        let message = match (lever.one_day_less, lever.one_day_more) {
            (Some(less), _) if less < finish => format!(
                "one day less on `{}` moves the finish from {} to {}",
                task.id,
                format::iso(finish),
                format::iso(less)
            ),
            (_, more) if more > finish => format!(
                "one day more on `{}` moves the finish from {} to {}",
                task.id,
                format::iso(finish),
                format::iso(more)
            ),
            _ => format!("a few days on `{}` move the finish by weeks", task.id),
        };
        found.push(
            Diagnostic::new(&CLIFF, task.estimate_origin.unwrap_or(task.origin), message)
                .hint("decide about this day now: add people, shorten the work, or accept the later finish"),
        );
    }
}
