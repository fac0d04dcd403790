//! Work that nothing comes before.

use crate::declare_rule;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::model::{Project, TaskNo};
use crate::plan::State;
use crate::report::ProjectReport;

declare_rule! {
    /// A task waits for nothing: it has no `after:`, and neither has a summary above it.
    ///
    /// **Why it matters.** Such a task is scheduled at the project's start, whatever really has to come first, so its
    /// date and its float mean little. The first task of the plan is exempt, and so is a task whose start is given from
    /// outside by `starts_not_before:` or `must_start:`.
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

/// Looks at unfinished work and points; the first task of the plan may begin the plan.
pub(super) fn look(report: &ProjectReport, found: &mut Diagnostics) {
    let first =
        report.tasks().find(|(_, task, _)| task.is_work() || task.is_point()).map(|(number, _, _)| number);
    for (number, task, slot) in report.tasks() {
        let counts = task.is_work() || task.is_point();
        if !counts || Some(number) == first || slot.state != State::NotStarted {
            continue;
        }
        if waits_for_nothing(&report.project, number) && task.constraints.is_empty() {
            found.push(
                Diagnostic::new(&OPEN_START, task.origin, format!("`{}` waits for nothing", task.id))
                    .hint("say what comes before it with `after:`"),
            );
        }
    }
}

fn waits_for_nothing(project: &Project, number: TaskNo) -> bool {
    let mut place = Some(number);
    while let Some(number) = place {
        let task = project.task(number);
        // A link that could not be read has been reported; something comes before all the same.
        if !task.links.is_empty() || task.has_unread_links {
            return false;
        }
        place = task.parent;
    }
    true
}
