//! Links that tie a finish to a later start.

use crate::check::tie::ties;
use crate::declare_rule;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::model::LinkKind;
use crate::plan::State;
use crate::report::ProjectReport;

declare_rule! {
    /// A link is of the kind SF: a task may not end before another has begun.
    ///
    /// **Why it matters.** The kind is almost always a mistake, FS written the wrong way round, and readers misunderstand it
    /// even where it is meant. Point 4 of plan quality asks for a reason for each.
    ///
    /// **What to do.** Write FS from the task that comes first in time. Where the old thing really runs until the new one
    /// begins, say so in `because:` and let the rule pass.
    ///
    /// ```yaml
    /// new-service: {duration: 5d}
    /// old-service: {duration: 20d, after: new-service SF, because: it runs until the new one has begun}
    /// ```
    pub static START_TO_FINISH: Rule =
        ("W207", "start-to-finish", Warning, "0.1.0", "a link from start to finish");
}

/// Looks at the links of whatever is not finished.
pub(super) fn look(report: &ProjectReport, found: &mut Diagnostics) {
    for (_, task, slot) in report.tasks() {
        if slot.state == State::Finished || task.because.is_some() {
            continue;
        }
        for link in ties(task).filter(|link| link.kind == LinkKind::StartFinish) {
            let before = link.before(report);
            found.push(
                Diagnostic::new(
                    &START_TO_FINISH,
                    link.origin,
                    format!("`{}` may not end before `{before}` begins, without a reason", task.id),
                )
                .hint("write FS from what comes first in time, or say in `because:` why the one runs until the other"),
            );
        }
    }
}
