//! A risk that adds days to work whose forecast waits for the same thing already.

use jiff::civil::Date;

use crate::declare_rule;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::format::count;
use crate::model::{Task, WorkingTime};
use crate::plan::{Slot, State};
use crate::report::ProjectReport;

declare_rule! {
    /// An open risk adds days to work in the runs of the schedule, and the forecast of that work already waits about as long for a
    /// closure of its calendar: half of the risk's days or more.
    ///
    /// **Why it matters.** If the risk is that the work runs into the closure, the plan has counted it: the runs add it a second
    /// time, and P50 and P80 come out too late by all of it.
    ///
    /// **What to do.** Write `time_in_plan: true` where the days of the risk are those of the closure; the runs then take its money
    /// and leave its days to the plan. Where the risk is another one, write `time_in_plan: false`.
    ///
    /// ```yaml
    /// R1:
    ///   risk: Roll-out not finished before the year-end freeze
    ///   probability: 70%
    ///   impact: {cost: 6_500 EUR, time: 19d}   # the forecast lies behind the freeze already
    ///   links: [rollout]
    /// ```
    pub static DELAY_COUNTED_TWICE: Rule = (
        "W632",
        "delay-counted-twice",
        Warning,
        "0.1.0",
        "a risk adds days for which the forecast waits already"
    );
}

/// Looks at open risks of which nobody has said whether the plan holds their time.
pub(super) fn look(report: &ProjectReport, found: &mut Diagnostics) {
    let project = &report.project;
    let open = project.registers.risks.iter().filter(|risk| risk.is_open(report.status_date));
    for risk in open.filter(|risk| risk.is_time_in_plan.is_none() && risk.current.time > 0) {
        let days = risk.current.time / report.minutes_per_day().max(1);
        let hurt = risk.links.iter().filter_map(|id| project.task_by_id(id));
        let waiting = hurt
            .map(|number| (project.task(number), report.forecast.slot(number)))
            .filter(|(task, slot)| task.is_work() && slot.state != State::Finished)
            .map(|(task, slot)| (task, days_closed(report, task, slot)))
            .find(|(_, closed)| *closed > 0 && 2 * closed >= days);
        let Some((task, closed)) = waiting else { continue };
        let message = format!(
            "risk `{}` adds {} to `{}`, whose forecast waits {} for its calendar already",
            risk.id,
            count(usize::try_from(days).unwrap_or(0), "day"),
            task.id,
            count(usize::try_from(closed).unwrap_or(0), "working day")
        );
        found.push(
            Diagnostic::new(&DELAY_COUNTED_TWICE, risk.origin, message).also(task.origin, "the work").hint(
                "write `time_in_plan: true` if it is the same delay, `time_in_plan: false` if it is another",
            ),
        );
    }
}

/// Working days of the project between what is left of a task and its end on which the task's own calendar is closed. Weekdays that it
/// never works on, as those between two weekends, are none.
fn days_closed(report: &ProjectReport, task: &Task, slot: &Slot) -> i64 {
    let project = &report.project;
    let calendar = &project.calendars[task.calendar];
    let own: WorkingTime = calendar.compile();
    let whole = project.working_time();
    let (from, to) = (slot.resume.day(), slot.last_day());
    let days =
        crate::quantity::Window::inclusive(from, to).into_iter().flat_map(crate::quantity::Window::days);
    let is_worked = |day: Date| {
        !calendar.week[usize::from(day.weekday().to_monday_zero_offset().unsigned_abs())].is_empty()
    };
    let closed =
        days.filter(|day| whole.is_working_day(*day) && is_worked(*day) && !own.is_working_day(*day)).count();
    i64::try_from(closed).unwrap_or(i64::MAX)
}
