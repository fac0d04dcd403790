//! Work begun before its predecessors allowed it.

use crate::declare_rule;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::plan::State;
use crate::report::ProjectReport;

declare_rule! {
    /// A task has been reported as started although a link to an unfinished predecessor did not allow it yet.
    ///
    /// **Why it matters.** Either the link is not true, or work was begun on shaky ground. The rest of the task is
    /// scheduled after the predecessor (retained logic), which may be later than everybody expects.
    ///
    /// **What to do.** Correct the link if the work really did not need it; otherwise expect to do some of it again.
    pub static OUT_OF_SEQUENCE: Rule =
        ("W405", "out-of-sequence", Warning, "0.1.0", "a task began before its predecessors allowed it");
}

/// Looks at tasks in progress.
pub(super) fn look(report: &ProjectReport, found: &mut Diagnostics) {
    for (number, task, slot) in report.tasks() {
        if slot.out_of_sequence && slot.state == State::InProgress {
            let progress = &report.facts.progress[number.0 as usize];
            found.push(
                Diagnostic::new(
                    &OUT_OF_SEQUENCE,
                    progress.origin.unwrap_or(task.origin),
                    match slot.overtook {
                        Some(before) => format!(
                            "`{}` began before `{}` allowed it",
                            task.id,
                            report.project.task(before).id
                        ),
                        None => format!("`{}` began before its predecessors allowed it", task.id),
                    },
                )
                .also(task.origin, "its logic")
                .hint("correct the link if the work did not need it; the rest waits for the predecessor"),
            );
        }
    }
}
