//! Tasks so long that nobody can say how far they are.

use crate::check::fourteen_points::{high_duration, incomplete, length_of};
use crate::declare_rule;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::format;
use crate::model::{Earning, TaskNo};
use crate::report::ProjectReport;

declare_rule! {
    /// An incomplete task takes longer than 44 working days (`duration_days` under `thresholds:`; point 8 of plan quality), or
    /// longer than two reporting periods although nothing is counted in between: it earns by its finish, its start or a
    /// percentage, not by units or steps. Packages to be planned later (`package: planning`) and level of effort are exempt.
    ///
    /// **Why it matters.** Of a task that spans several reports the first ones can only say “on the way”. When the trouble shows,
    /// half the time is gone.
    ///
    /// **What to do.** Split it, or let it earn by what can be counted.
    ///
    /// ```yaml
    /// rollout:
    ///   duration: 30d
    ///   earned_value: units 12 branches
    /// ```
    pub static LONG_TASK: Rule =
        ("W303", "long-task", Warning, "0.1.0", "a task is too long to be followed");
}

/// Names the tasks that point 8 counts, and those that span more than two reports without a count.
pub(super) fn look(report: &ProjectReport, found: &mut Diagnostics) {
    let counted = high_duration(report).offenders;
    // Periods are weeks of the calendar, tasks are worked in days of it.
    let week = report.project.work_time().minutes_per_week;
    for (number, task, _) in incomplete(report) {
        let slot = report.planned.slot(number);
        let (length, _) = length_of(report, number, slot);
        let two_periods = report.project.reporting.days_from(slot.first_day(), 2).saturating_mul(week) / 7;
        let is_measured =
            matches!(task.earning, Earning::Steps(_) | Earning::Units { .. } | Earning::Apportioned(_));
        let message = if counted.contains(&number) {
            format!("`{}` takes {}", task.id, days(report, number))
        } else if length > two_periods && !is_measured && !task.planning_package {
            format!(
                "`{}` takes {}, more than two reporting periods, and nothing is counted in between",
                task.id,
                days(report, number)
            )
        } else {
            continue;
        };
        let remedy = if is_measured { "split it" } else { "split it, or let it earn by units or steps" };
        found.push(
            Diagnostic::new(&LONG_TASK, task.estimate_origin.unwrap_or(task.origin), message).hint(remedy),
        );
    }
}

fn days(report: &ProjectReport, number: TaskNo) -> String {
    let slot = report.planned.slot(number);
    if report.project.task(number).runs_by_the_clock() {
        return format::days_by_clock_in_words(slot.duration_by_clock());
    }
    format::working_days_in_words(slot.duration, report.project.minutes_per_day_of(number))
}
