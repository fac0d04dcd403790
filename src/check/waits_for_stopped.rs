//! Work that waits for what a stopped project was to do.

use crate::check::tie::ties;
use crate::declare_rule;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::plan::State;
use crate::report::ProjectReport;

declare_rule! {
    /// A task that has not begun waits for a task of another project, and the board has stopped that project before the task was
    /// finished.
    ///
    /// **Why it matters.** The dates count on work that nobody will do: what was given up ends with the decision, so that nothing seems to
    /// hold the task any more. Work by which the stopped project is closed goes on and is waited for.
    ///
    /// **What to do.** Take the link out, or plan the work that is needed here as a task of this project and wait for that.
    ///
    /// ```yaml
    /// adapt: {duration: 5d, after: [build, trial]}      # not: other-project/trial
    /// ```
    pub static WAITS_FOR_STOPPED: Rule =
        ("W214", "waits-for-stopped", Warning, "0.1.0", "a task waits for a project that was stopped");
}

/// Looks at what has not begun.
pub(super) fn look(report: &ProjectReport, found: &mut Diagnostics) {
    for (_, task, _) in report.tasks().filter(|(_, _, slot)| slot.state == State::NotStarted) {
        for link in ties(task) {
            let Some(other) = link.external(report).filter(|other| other.is_given_up) else { continue };
            let before = link.before(report);
            let message = format!(
                "`{}` waits for `{before}`, but the board has stopped {}",
                task.id, other.project_name
            );
            let hint = "take the link out, or plan what is needed of it as a task of this project";
            found.push(Diagnostic::new(&WAITS_FOR_STOPPED, link.origin, message).hint(hint));
        }
    }
}
