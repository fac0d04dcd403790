//! A hammock whose end comes before its start.

use crate::declare_rule;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::format;
use crate::model::{TaskKind, TaskNo};
use crate::report::ProjectReport;

declare_rule! {
    /// The task that a `span:` ends with is forecast to finish before the one that it begins with starts.
    ///
    /// **Why it matters.** Such a task has no length: whatever is spread over it has nowhere to go.
    ///
    /// **What to do.** Swap the two ends, or name others.
    ///
    /// ```yaml
    /// support: {span: build .. launch}   # not launch .. build
    /// ```
    pub static REVERSED_HAMMOCK: Rule =
        ("W310", "reversed-hammock", Warning, "0.1.0", "a span ends before it begins");
}

/// Looks at each task with a span.
pub(super) fn look(report: &ProjectReport, found: &mut Diagnostics) {
    for (_, task, _) in report.tasks() {
        let TaskKind::Hammock { from, to } = &task.kind else { continue };
        let slot = |task: &TaskNo| report.forecast.slot(*task);
        let from = from.iter().min_by_key(|task| slot(task).start);
        let to = to.iter().max_by_key(|task| slot(task).finish);
        let (Some(from), Some(to)) = (from, to) else { continue };
        let (first, last) = (slot(from), slot(to));
        if last.finish < first.start {
            found.push(
                Diagnostic::new(
                    &REVERSED_HAMMOCK,
                    task.origin,
                    format!(
                        "`{}` ends with `{}` on {}, before it begins with `{}` on {}",
                        task.id,
                        report.project.task(*to).id,
                        format::iso(last.last_day()),
                        report.project.task(*from).id,
                        format::iso(first.first_day()),
                    ),
                )
                .hint("swap the ends of the span, or name others"),
            );
        }
    }
}
