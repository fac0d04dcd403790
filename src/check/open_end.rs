//! Work that nothing waits for.

use crate::check::ends::{Ends, counts};
use crate::declare_rule;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::plan::State;
use crate::report::ProjectReport;

declare_rule! {
    /// Nothing waits for a task: no other names it in `after:`, nor a summary above it.
    ///
    /// **Why it matters.** A delay of such a task moves nothing on paper, so its float is far too large and nobody is
    /// warned. One task is exempt, which ends the plan: of those that nothing waits for the last gate, else the one that
    /// finishes last in the plan as typed; of several a milestone, then the last written. So is level of effort.
    ///
    /// **What to do.** Name it in the `after:` of what needs its result, if need be of the next gate.
    pub static OPEN_END: Rule = ("W202", "open-end", Warning, "0.1.0", "nothing waits for a task");
}

/// Looks at unfinished work and points; one task may end the plan.
pub(super) fn look(report: &ProjectReport, found: &mut Diagnostics) {
    // What a link that could not be read names is not known: it may be any task.
    if report.project.has_unread_links() {
        return;
    }
    let ends = Ends::of(report);
    for (number, task, slot) in report.tasks() {
        if !counts(task) || Some(number) == ends.finish || slot.state == State::Finished {
            continue;
        }
        if !ends.is_awaited(number) {
            found.push(
                Diagnostic::new(&OPEN_END, task.origin, format!("nothing waits for `{}`", task.id))
                    .hint("name it in the `after:` of what needs its result, if need be of the next gate"),
            );
        }
    }
}
