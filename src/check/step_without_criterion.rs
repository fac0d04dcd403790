//! A weighted step of which nobody can tell when it is done.

use crate::declare_rule;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::model::{Earning, EarningStep};
use crate::plan::State;
use crate::report::ProjectReport;

declare_rule! {
    /// Open work earns by weighted steps, and a step does not say when it counts as done (`done_when`).
    ///
    /// **Why it matters.** A step earns its weight whole or not at all. Without a criterion "done" is an opinion, and weighted
    /// steps are percentages by another name.
    ///
    /// **What to do.** Say who has to have signed, seen or measured what.
    ///
    /// Wrong: `Documentation accepted: 40%`
    ///
    /// Right: `Documentation accepted: {weight: 40%, done_when: operations has signed the acceptance list}`
    pub static STEP_WITHOUT_CRITERION: Rule =
        ("W421", "step-without-criterion", Warning, "0.1.0", "a weighted step without a criterion of being done");
}

/// Looks at the steps of unfinished tasks; one finding a task, at its first such step.
pub(super) fn look(report: &ProjectReport, found: &mut Diagnostics) {
    for (_, task, slot) in report.tasks() {
        let Earning::Steps(steps) = &task.earning else { continue };
        if slot.state == State::Finished {
            continue;
        }
        let bare: Vec<&EarningStep> = steps.iter().filter(|step| step.done_when.is_none()).collect();
        let Some(first) = bare.first() else { continue };
        let message = match bare.as_slice() {
            [one] => format!("step `{}` of `{}` does not say when it is done", one.name, task.id),
            several => {
                format!(
                    "{} of {} steps of `{}` do not say when they are done",
                    several.len(),
                    steps.len(),
                    task.id
                )
            }
        };
        found.push(
            Diagnostic::new(&STEP_WITHOUT_CRITERION, first.origin, message)
                .hint("write `{weight: …, done_when: …}`: who has signed, seen or measured what"),
        );
    }
}
