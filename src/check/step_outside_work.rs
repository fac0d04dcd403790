//! A weighted step planned for a day on which its task is not worked on.

use jiff::civil::Date;

use crate::declare_rule;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::format;
use crate::model::Earning;
use crate::plan::State;
use crate::report::ProjectReport;

declare_rule! {
    /// Open work earns by weighted steps, and a step is planned (`planned`) before the task begins, after it ends, or on a day
    /// that its calendar does not work. The dates are those of the plan; after the first report, those of the forecast where
    /// they lie later.
    ///
    /// **Why it matters.** Planned value cannot begin before the task nor last longer: `milepost baseline freeze` puts such a
    /// step on the first or last day, and the promise that is frozen is not the one that was typed.
    ///
    /// **What to do.** Correct the day, or the plan that has moved away from it. Without `planned` a step follows the time of
    /// the task.
    ///
    /// Wrong, in a task from 3 to 14 August: `Signed: {weight: 40%, planned: 2026-08-21}`
    pub static STEP_OUTSIDE_WORK: Rule = (
        "W423",
        "step-outside-work",
        Warning,
        "0.1.0",
        "a weighted step is planned for a day on which its task is not worked on"
    );
}

/// Looks at the steps of unfinished tasks that have a day of their own.
pub(super) fn look(report: &ProjectReport, found: &mut Diagnostics) {
    let engine = report.engine();
    for (number, task, slot) in report.tasks() {
        let Earning::Steps(steps) = &task.earning else { continue };
        if slot.state == State::Finished {
            continue;
        }
        let planned = report.planned.slot(number);
        let (first, last) = (planned.first_day(), planned.last_day().max(slot.last_day()));
        for step in steps {
            let Some(day) = step.planned else { continue };
            let is_worked = engine.working_time(number).is_working_day(day);
            let Some(why) = fault(day, (first, last), is_worked) else { continue };
            let message =
                format!("step `{}` of `{}` is planned for {}, {why}", step.name, task.id, format::date(day));
            let hint = format!(
                "name a working day from {} to {}, or leave `planned` out",
                format::date(first),
                format::date(last)
            );
            found.push(Diagnostic::new(&STEP_OUTSIDE_WORK, step.origin, message).hint(hint));
        }
    }
}

/// Why nobody works on the task on a day; none where somebody does.
fn fault(day: Date, (first, last): (Date, Date), is_worked: bool) -> Option<String> {
    if day < first {
        Some(format!("before the task begins on {}", format::date(first)))
    } else if day > last {
        Some(format!("after the task ends on {}", format::date(last)))
    } else if !is_worked {
        Some("a day that its calendar does not work".to_owned())
    } else {
        None
    }
}
