//! A long task that earns nothing until it is finished.

use crate::declare_rule;
use crate::diagnostic::spelling::count;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::model::Earning;
use crate::plan::State;
use crate::report::ProjectReport;

declare_rule! {
    /// Open work that earns `0/100`, all at its finish, spans more than one reporting period.
    ///
    /// **Why it matters.** For more than one report it counts as nothing, whatever has been done; then it jumps. Earned value
    /// and pace say "late" of work that is on time, and nothing of work that is stuck.
    ///
    /// **What to do.** Let it earn by weighted steps with a criterion each, by units, or `50/50` up to two periods; or divide it
    /// into shorter tasks. A purchase (a cost and nobody assigned) is rightly earned when it is received: of it nothing is said.
    ///
    /// Wrong (with `reporting: every 2w`): `{duration: 15d, assign: tom, earned_value: 0/100}`
    pub static EARNED_AT_FINISH_TOO_LONG: Rule = (
        "W416",
        "earned-at-finish-too-long",
        Warning,
        "0.1.0",
        "work that earns all at its finish spans more than one reporting period"
    );
}

/// Looks at open work that somebody does, by the dates that it is measured by.
pub(super) fn look(report: &ProjectReport, found: &mut Diagnostics) {
    for (number, task, slot) in report.tasks() {
        let is_asked = task.is_work()
            && task.earning == Earning::AtFinish
            && !task.assignments.is_empty()
            && slot.state != State::Finished;
        if !is_asked {
            continue;
        }
        let reference = &report.control.reference;
        let Some((days, (start, _))) = reference.calendar_days_of(number).zip(reference.dates_of(number))
        else {
            continue;
        };
        let rhythm = report.project.reporting;
        let most = usize::try_from(rhythm.days_from(start, 1)).unwrap_or(usize::MAX);
        if days > most {
            let message = format!(
                "`{}` earns nothing for {}, longer than a reporting period of {}",
                task.id,
                count(days, "day"),
                rhythm.length_words()
            );
            found.push(
                Diagnostic::new(
                    &EARNED_AT_FINISH_TOO_LONG,
                    task.estimate_origin.unwrap_or(task.origin),
                    message,
                )
                .hint("let it earn by `milestones:` or `units`, or divide it into shorter tasks"),
            );
        }
    }
}
