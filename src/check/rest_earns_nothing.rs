//! Work of which only the rest is reported, so that it earns nothing.

use crate::declare_rule;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::format;
use crate::model::Earning;
use crate::plan::State;
use crate::quantity::Amount;
use crate::report::ProjectReport;

declare_rule! {
    /// A task has begun and `remaining` of its newest report is shorter than its plan, but no report says how much is done: no
    /// `percent_complete`, no units, no step. Dates follow from what remains; earned value follows from what is done, and is nothing. What is
    /// bought, and earns when it comes, is left out.
    ///
    /// **Why it matters.** What is left says when the work ends, not how much of what was agreed is there: two days may be left of work that
    /// took twice as long. So nothing is earned until somebody says so, while cost runs: CPI falls, and the estimate at completion rises.
    ///
    /// **What to do.** Report beside it how much is physically done:
    ///
    /// ```csv
    /// status_date,task,actual_start,percent_complete,remaining
    /// 2026-03-13,build,2026-03-02,90%,1d
    /// ```
    pub static REST_EARNS_NOTHING: Rule = (
        "W434",
        "rest-earns-nothing",
        Warning,
        "0.1.0",
        "what remains of a task is reported and not how much is done, so nothing is earned"
    );
}

/// Looks at work in progress whose newest report says what remains.
pub(super) fn look(report: &ProjectReport, found: &mut Diagnostics) {
    for (number, task, slot) in report.tasks() {
        let place = number.0 as usize;
        let (Some(value), Some(known)) = (report.control.tasks.get(place), report.facts.progress.get(place))
        else {
            continue;
        };
        let earns_by_report = matches!(
            report.control.reference.method_of(number),
            Earning::Percent | Earning::Units { .. } | Earning::Steps(_)
        );
        let is_silent =
            known.percent_complete.is_none() && known.units_done.is_none() && known.steps_done.is_empty();
        let planned = report.planned.slot(number).duration;
        let is_asked = task.is_work()
            && !task.is_purchase()
            && slot.state == State::InProgress
            && earns_by_report
            && is_silent
            && value.budget > Amount::ZERO
            && slot.remaining < planned;
        let (Some(rest), true) = (known.remaining, is_asked) else { continue };
        let share = format::share((planned - slot.remaining) as f64 / planned as f64);
        found.push(
            Diagnostic::new(
                &REST_EARNS_NOTHING,
                known.origin.unwrap_or(task.origin),
                format!(
                    "{rest} of `{}` are left and no report says how much is done: nothing is earned",
                    task.id
                ),
            )
            .hint(format!(
                "write how much is done: `percent_complete`, which is {share} where it went as planned"
            )),
        );
    }
}
