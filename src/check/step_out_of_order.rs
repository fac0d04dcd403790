//! A weighted step planned for a day before that of a step above it.

use crate::declare_rule;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::format;
use crate::model::Earning;
use crate::plan::State;
use crate::report::ProjectReport;

declare_rule! {
    /// Open work earns by weighted steps, and a step is planned (`planned`) before a step that stands above it.
    ///
    /// **Why it matters.** Steps are done in the order in which they are listed: reporting a step takes those above it as done.
    /// A plan in another order promises value that the reports cannot show, and then shows a variance that nobody caused.
    ///
    /// **What to do.** List the steps in the order in which they are done, or correct the day.
    ///
    /// Wrong: `Built: {weight: 60%, planned: 2026-08-14}` above `Drawn: {weight: 40%, planned: 2026-08-07}`
    pub static STEP_OUT_OF_ORDER: Rule =
        ("W425", "step-out-of-order", Warning, "0.1.0", "a weighted step is planned before a step above it");
}

/// Looks at the steps of unfinished tasks that have a day of their own.
pub(super) fn look(report: &ProjectReport, found: &mut Diagnostics) {
    for (_, task, slot) in report.tasks() {
        let Earning::Steps(steps) = &task.earning else { continue };
        if slot.state == State::Finished {
            continue;
        }
        let mut latest = None;
        for step in steps {
            let Some(day) = step.planned else { continue };
            match latest {
                Some((above, since)) if day < since => {
                    let message = format!(
                        "step `{}` of `{}` is planned for {}, before `{above}` on {}",
                        step.name,
                        task.id,
                        format::date(day),
                        format::date(since)
                    );
                    found.push(
                        Diagnostic::new(&STEP_OUT_OF_ORDER, step.origin, message)
                            .hint("list the steps in the order in which they are done, or correct the day"),
                    );
                }
                _ => latest = Some((&step.name, day)),
            }
        }
    }
}
