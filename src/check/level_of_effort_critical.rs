//! Level of effort on the critical path.

use crate::declare_rule;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::plan::State;
use crate::report::ProjectReport;

declare_rule! {
    /// A task that earns with time alone (`earned_value: loe`) is critical.
    ///
    /// **Why it matters.** Leading and supporting last as long as the work does; they cannot drive a date. On the critical path
    /// they hide the task that does, and a delay of nothing in particular moves the finish.
    ///
    /// **What to do.** Write it with `span:`, so that it follows the work, and let nothing wait for it.
    ///
    /// ```yaml
    /// project-management: {span: business-case .. handover, earned_value: loe}
    /// ```
    pub static LEVEL_OF_EFFORT_CRITICAL: Rule =
        ("W304", "level-of-effort-critical", Warning, "0.1.0", "level of effort drives the finish");
}

/// Looks at unfinished level of effort that has a length of its own.
pub(super) fn look(report: &ProjectReport, found: &mut Diagnostics) {
    for (_, task, slot) in report.tasks() {
        if task.is_work() && task.is_level_of_effort() && slot.state != State::Finished && slot.critical {
            found.push(
                Diagnostic::new(
                    &LEVEL_OF_EFFORT_CRITICAL,
                    task.origin,
                    format!("`{}` is level of effort and drives the finish", task.id),
                )
                .hint("write it with `span:`, and let nothing wait for it"),
            );
        }
    }
}
