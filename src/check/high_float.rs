//! Tasks that nothing seems to need for months.

use crate::check::fourteen_points::high_float;
use crate::declare_rule;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::format;
use crate::report::ProjectReport;

declare_rule! {
    /// An incomplete task has more than 44 working days of total float (`float_days` under `thresholds:`). It is point 6 of plan
    /// quality.
    ///
    /// **Why it matters.** Work that can wait for two months without harm is rare; more often what needs its result is missing
    /// from the plan, and a delay will not be seen.
    ///
    /// **What to do.** Look for what waits for it and add the link. Where it really can wait, say so in a waiver.
    pub static HIGH_FLOAT: Rule =
        ("W301", "high-float", Warning, "0.1.0", "a task has more than two months of float");
}

/// Names the tasks that point 6 counts.
pub(super) fn look(report: &ProjectReport, found: &mut Diagnostics) {
    for number in high_float(report).offenders {
        let task = report.project.task(number);
        let float = report.forecast.slot(number).total_float;
        let days = report.project.room_days_of(number);
        found.push(
            Diagnostic::new(
                &HIGH_FLOAT,
                task.origin,
                format!("`{}` has {} of float", task.id, format::room_in_words(float, days)),
            )
            .hint("look for what needs its result, and add the link"),
        );
    }
}
