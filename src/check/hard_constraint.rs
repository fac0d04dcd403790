//! Dates that hold whatever the logic says.

use crate::check::fourteen_points::hard_constraints;
use crate::declare_rule;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::report::ProjectReport;

declare_rule! {
    /// An incomplete task must start or finish on a date, or not after one, whatever comes before it. It is point 5 of plan
    /// quality.
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

/// Names each constraint of the tasks that point 5 counts.
pub(super) fn look(report: &ProjectReport, found: &mut Diagnostics) {
    for number in hard_constraints(report).offenders {
        let task = report.project.task(number);
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
