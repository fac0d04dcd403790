//! Tasks at which many paths meet.

use crate::check::tie::ties;
use crate::declare_rule;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::model::Limit;
use crate::plan::State;
use crate::report::ProjectReport;

declare_rule! {
    /// A task that has not begun waits for more than six others (`predecessors` under `thresholds:`). GAO asks for such merge
    /// points to be listed.
    ///
    /// **Why it matters.** The task begins when the *last* of them ends. With seven predecessors, each in time in nine cases of
    /// ten, it begins in time in fewer than five of ten; a plan of single dates does not show that (merge bias).
    ///
    /// **What to do.** Leave a margin before it, bring the paths together in steps with milestones of their own, and look at the
    /// range of the finish on the schedule page.
    pub static MERGE_POINT: Rule =
        ("W210", "merge-point", Warning, "0.1.0", "a task waits for many others at once");
}

/// Looks at whatever has not begun.
pub(super) fn look(report: &ProjectReport, found: &mut Diagnostics) {
    let most = report.project.thresholds.get(Limit::Predecessors);
    for (_, task, slot) in report.tasks() {
        let n_before = ties(task).count();
        if slot.state == State::NotStarted && n_before as f64 > most {
            found.push(
                Diagnostic::new(
                    &MERGE_POINT,
                    task.origin,
                    format!("`{}` waits for {n_before} others at once", task.id),
                )
                .hint("leave a margin before it, or bring the paths together in steps"),
            );
        }
    }
}
