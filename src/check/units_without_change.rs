//! More units to do than were agreed, and no change that says why.

use crate::declare_rule;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::format;
use crate::report::ProjectReport;

declare_rule! {
    /// A task that is counted in units has more of them than its baseline, by the plan or by a report, and no approved change
    /// brings them in.
    ///
    /// **Why it matters.** The total is frozen with the baseline: earned value divides by it. Units that come in without a
    /// change are work that nobody agreed to and nobody pays for; the burn chart shows them, the budget does not.
    ///
    /// **What to do.** Write a change that names the task and how many units come in (`impact: {scope: 2 branches}`), and have it
    /// decided; or correct the count.
    pub static UNITS_WITHOUT_CHANGE: Rule =
        ("W420", "units-without-change", Warning, "0.1.0", "more units than agreed without an approved change");
}

/// Looks at the steps of scope of each task that is counted in units, where a baseline froze its total.
pub(super) fn look(report: &ProjectReport, found: &mut Diagnostics) {
    if !report.control.reference.is_baseline() {
        return;
    }
    for burn in &report.control.unit_burns {
        let Some(number) = burn.task() else { continue };
        let task = report.project.task(number);
        // What came in before a new baseline is agreed with it.
        let is_later = |day| burn.agreed_since.is_none_or(|since| since < day);
        let more = burn.scope_steps.iter().filter(|step| step.is_unexplained() && step.amount > 0.0);
        for step in more.filter(|step| is_later(step.date)) {
            let row = report.project.progress.iter().find(|entry| {
                entry.task == number && entry.status_date == step.date && entry.units_total.is_some()
            });
            let message = format!(
                "`{}` has {} more than agreed since {}, and no approved change says so",
                task.id,
                format::number(step.amount, 0),
                format::iso(step.date)
            );
            found.push(
                Diagnostic::new(&UNITS_WITHOUT_CHANGE, row.map_or(task.origin, |row| row.origin), message)
                    .hint("write a change with `tasks` and `impact: {scope: …}`, or correct the count"),
            );
        }
    }
}
