//! Dates of the future that have passed.

use crate::check::fourteen_points::early_forecasts;
use crate::declare_rule;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::format;
use crate::report::ProjectReport;

declare_rule! {
    /// An incomplete task is forecast to start or finish before the status date (point 9a of plan quality), or a gate is planned
    /// for a day that has passed without a decision.
    ///
    /// By the rules of this program what is left of a task always lies after the status date; plans that keep the conventions of
    /// Microsoft Project (`conventions: microsoft project`) leave it where it was.
    ///
    /// **Why it matters.** What should have happened has not, and nobody has said when it will. Everything that waits for it is
    /// forecast too early.
    ///
    /// **What to do.** Report progress, or move what is left. For a gate record the decision, or write a new day in `planned:`.
    pub static FORECAST_IN_PAST: Rule =
        ("W404", "forecast-in-past", Warning, "0.1.0", "a date of the future lies in the past");
}

/// Names the tasks that point 9a counts, and gates whose day has passed.
pub(super) fn look(report: &ProjectReport, found: &mut Diagnostics) {
    for number in early_forecasts(report).offenders {
        let task = report.project.task(number);
        let slot = report.forecast.slot(number);
        found.push(
            Diagnostic::new(
                &FORECAST_IN_PAST,
                task.origin,
                format!(
                    "what is left of `{}` is forecast for {} to {}, before the status date",
                    task.id,
                    format::iso(slot.first_day()),
                    format::iso(slot.last_day())
                ),
            )
            .hint("report its progress, or move what is left"),
        );
    }
    for gate in report.project.gates.values() {
        let is_open = gate.decided.is_none_or(|day| report.status_date < day);
        if let Some(planned) = gate.planned.filter(|day| is_open && *day < report.status_date) {
            found.push(
                Diagnostic::new(
                    &FORECAST_IN_PAST,
                    gate.origin,
                    format!("`{}` was planned for {} and is not decided", gate.gate, format::iso(planned)),
                )
                .hint("record the decision, or write a new day in `planned:`"),
            );
        }
    }
}
