//! Lags so long that somebody must be doing something.

use crate::check::fourteen_points::{lag_minutes, minutes_per_day};
use crate::check::tie::ties;
use crate::declare_rule;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::format;
use crate::model::Limit;
use crate::plan::State;
use crate::report::ProjectReport;

declare_rule! {
    /// A lag is longer than ten working days (`lag_days` under `thresholds:`), or than as many days of the calendar where it
    /// runs through weekends.
    ///
    /// **Why it matters.** Nobody is responsible for a lag, it cannot be reported on, and it cannot get shorter. In two weeks
    /// somebody does something: delivers, checks, dries, decides.
    ///
    /// **What to do.** Make it a task with an owner, or with a cost where it is bought.
    ///
    /// ```yaml
    /// order:    {duration: 1d}
    /// delivery: {duration: 25d, after: order, owner: anna}   # not: install after: order +25d
    /// install:  {duration: 3d, after: delivery}
    /// ```
    pub static LONG_LAG: Rule =
        ("W206", "long-lag", Warning, "0.1.0", "a lag is longer than two weeks");
}

/// Looks at the links of whatever has not begun.
pub(super) fn look(report: &ProjectReport, found: &mut Diagnostics) {
    let most = report.project.thresholds.get(Limit::LagDays);
    for (_, task, _) in report.tasks().filter(|(_, _, slot)| slot.state == State::NotStarted) {
        for link in ties(task) {
            let days =
                lag_minutes(report, task, &link) as f64 / minutes_per_day(report, task, &link).max(1) as f64;
            if days <= most {
                continue;
            }
            let before = link.before(report);
            let kind = if link.lag.is_elapsed() { "days" } else { "working days" };
            let message = format!("`{}` waits {} {kind} after `{before}`", task.id, format::number(days, 0));
            found.push(
                Diagnostic::new(&LONG_LAG, link.origin, message)
                    .hint("make what happens in that time a task with an owner"),
            );
        }
    }
}
