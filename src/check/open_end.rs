//! Work that nothing waits for.

use std::collections::BTreeSet;

use crate::declare_rule;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::model::TaskNo;
use crate::plan::State;
use crate::report::ProjectReport;

declare_rule! {
    /// Nothing waits for a task: no other names it in `after:`, nor a summary above it.
    ///
    /// **Why it matters.** A delay of such a task moves nothing on paper, so its float is far too large and nobody is
    /// warned. The last task of the plan is exempt.
    ///
    /// **What to do.** Name it in the `after:` of what needs its result, if need be of the next gate.
    pub static OPEN_END: Rule = ("W202", "open-end", Warning, "0.1.0", "nothing waits for a task");
}

/// Looks at unfinished work; the last task of the plan may end it.
pub(super) fn look(report: &ProjectReport, found: &mut Diagnostics) {
    let project = &report.project;
    // What a link that could not be read names is not known: it may be any task.
    if project.tasks.iter().any(|task| task.has_unread_links) {
        return;
    }
    let awaited: BTreeSet<TaskNo> =
        project.tasks.iter().flat_map(|task| task.links.iter().map(|link| link.predecessor)).collect();
    let last = report.tasks().filter(|(_, task, _)| task.is_work() || task.is_point()).last();
    let last = last.map(|(number, _, _)| number);
    for (number, task, slot) in report.tasks() {
        let counts = task.is_work() || task.is_point();
        if !counts || Some(number) == last || slot.state == State::Finished {
            continue;
        }
        let mut place = Some(number);
        let mut is_awaited = false;
        while let Some(number) = place {
            is_awaited |= awaited.contains(&number);
            place = project.task(number).parent;
        }
        if !is_awaited {
            found.push(
                Diagnostic::new(&OPEN_END, task.origin, format!("nothing waits for `{}`", task.id))
                    .hint("name it in the `after:` of what needs its result, if need be of the next gate"),
            );
        }
    }
}
