//! A long task that earns at its start and at its finish only.

use crate::declare_rule;
use crate::diagnostic::spelling::count;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::model::Earning;
use crate::plan::State;
use crate::report::ProjectReport;

declare_rule! {
    /// Open work that earns a share at its start and the rest at its finish (`50/50`, `25/75`) spans more than two reporting
    /// periods.
    ///
    /// **Why it matters.** The share at the start is a guess that evens out over short tasks. Over a long one it stands for
    /// reports on end, says half done on the first day, and hides a standstill.
    ///
    /// **What to do.** Let it earn by weighted steps with a criterion each or by units, or divide it into shorter tasks.
    ///
    /// Wrong (with `reporting: every 2w`): `{duration: 25d, earned_value: 50/50}`
    pub static EARNED_AT_ENDS_TOO_LONG: Rule = (
        "W417",
        "earned-at-ends-too-long",
        Warning,
        "0.1.0",
        "work that earns at start and finish only spans more than two reporting periods"
    );
}

/// Looks at open work by the dates that it is measured by.
pub(super) fn look(report: &ProjectReport, found: &mut Diagnostics) {
    for (number, task, slot) in report.tasks() {
        let is_asked = task.is_work()
            && matches!(task.earning, Earning::AtStartAndFinish(_))
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
        let most = usize::try_from(rhythm.days_from(start, 2)).unwrap_or(usize::MAX);
        if days > most {
            let message = format!(
                "`{}` earns at its ends only for {}, longer than two reporting periods of {}",
                task.id,
                count(days, "day"),
                rhythm.length_words()
            );
            found.push(
                Diagnostic::new(
                    &EARNED_AT_ENDS_TOO_LONG,
                    task.estimate_origin.unwrap_or(task.origin),
                    message,
                )
                .hint("let it earn by `milestones:` or `units`, or divide it into shorter tasks"),
            );
        }
    }
}
