//! Dates that hold whatever the logic says.

use crate::declare_rule;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::plan::State;
use crate::report::ProjectReport;

declare_rule! {
    /// A task, milestone or gate that is not finished must start or finish on a date, or not after one, whatever comes before it.
    /// Point 5 of plan quality counts those that are work.
    ///
    /// **Why it matters.** A hard constraint stops delays from showing: the plan keeps the date and the contradiction turns into
    /// negative float, or nobody sees it at all.
    ///
    /// **What to do.** Write the date as `deadline:`, which moves nothing and shows the margin; an appointment fixed from outside
    /// is `starts_not_before:` with a deadline. A date that no delay can move, such as an election, may be let pass.
    ///
    /// ```yaml
    /// go-live: {milestone: Go-live, after: test, deadline: 2026-12-18}   # not: must_finish: 2026-12-18
    /// ```
    pub static HARD_CONSTRAINT: Rule =
        ("W211", "hard-constraint", Warning, "0.1.0", "a task is bound by a hard constraint");
}

/// Names each hard constraint of what is not finished.
pub(super) fn look(report: &ProjectReport, found: &mut Diagnostics) {
    for (_, task, slot) in report.tasks() {
        if slot.state == State::Finished {
            continue;
        }
        for constraint in task.constraints.iter().filter(|constraint| constraint.kind.is_hard()) {
            found.push(
                Diagnostic::new(
                    &HARD_CONSTRAINT,
                    constraint.origin,
                    format!("`{}` is bound by `{}`", task.id, constraint.kind.key()),
                )
                .hint("write the date as `deadline:`, which moves nothing and shows the margin"),
            );
        }
    }
}
