//! Links of a summary instead of its tasks.

use crate::check::tie::ties;
use crate::declare_rule;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::plan::State;
use crate::report::ProjectReport;

declare_rule! {
    /// A summary waits for something by its own `after:`. The link holds for every task below it, and all dates are right;
    /// `after:` on a summary is allowed.
    ///
    /// **Why it matters.** The trade ties work to work: DCMA and GAO discourage logic on summaries, because it hides which
    /// task really waits and for what, floats below it are smaller than they need be, and other programs treat such links
    /// differently or lose them.
    ///
    /// **What to do.** Move the link to the tasks below that wait. Where everything below really waits, let the rule pass.
    ///
    /// ```yaml
    /// build:
    ///   after: design            # wrong: what in it waits?
    ///   tasks:
    ///     server: {duration: 3d}
    ///     client: {duration: 4d, after: server}
    /// ```
    pub static SUMMARY_WITH_LOGIC: Rule =
        ("W107", "summary-with-logic", Warning, "0.1.0", "a summary has logic of its own");
}

/// Looks at summaries that are not finished.
pub(super) fn look(report: &ProjectReport, found: &mut Diagnostics) {
    for (_, task, slot) in report.tasks() {
        if !task.is_summary() || slot.state == State::Finished {
            continue;
        }
        let Some(link) = ties(task).next() else { continue };
        let before = link.before(report);
        found.push(
            Diagnostic::new(
                &SUMMARY_WITH_LOGIC,
                link.origin,
                format!("the summary `{}` waits for `{before}` itself", task.id),
            )
            .hint("move the link to the tasks below it that wait"),
        );
    }
}
