//! Work that nothing comes before.

use crate::check::ends::{Ends, counts};
use crate::declare_rule;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::plan::State;
use crate::report::ProjectReport;

declare_rule! {
    /// A task waits for nothing: it has no `after:`, and neither has a summary above it.
    ///
    /// **Why it matters.** Such a task is scheduled at the project's start, whatever really has to come first, so its
    /// date and its float mean little. One task is exempt: of those that wait for nothing the one that starts first, which
    /// begins the plan; where several start together, the first written. So is a task whose start is given from outside by
    /// `starts_not_before:` or `must_start:`, and level of effort.
    ///
    /// **What to do.** Say what it waits for.
    ///
    /// ```yaml
    /// training:
    ///   duration: 4d
    ///   after: pilot
    /// ```
    pub static OPEN_START: Rule = ("W201", "open-start", Warning, "0.1.0", "a task waits for nothing");
}

/// Looks at unfinished work and points; one task may begin the plan.
pub(super) fn look(report: &ProjectReport, found: &mut Diagnostics) {
    let ends = Ends::of(report);
    for (number, task, slot) in report.tasks() {
        if !counts(task) || Some(number) == ends.start || slot.state != State::NotStarted {
            continue;
        }
        if !ends.is_fed(number) && task.constraints.is_empty() {
            found.push(
                Diagnostic::new(&OPEN_START, task.origin, format!("`{}` waits for nothing", task.id))
                    .hint("say what comes before it with `after:`"),
            );
        }
    }
}
