//! Points 5 to 8 and 10: constraints, float, length and means of the incomplete tasks.

use super::{Point, Share, incomplete};
use crate::format;
use crate::model::{Limit, Task, TaskNo};
use crate::plan::Slot;
use crate::report::ProjectReport;

fn share_of_tasks(
    report: &ProjectReport,
    (label, name): (&'static str, &'static str),
    definition: String,
    limit: Option<Limit>,
    counts: impl Fn(TaskNo, &Task, &Slot) -> bool,
) -> Point {
    let mut of = 0;
    let mut offenders = Vec::new();
    for (number, task, slot) in incomplete(report) {
        of += 1;
        if counts(number, task, slot) {
            offenders.push(number);
        }
    }
    let count = offenders.len();
    Share { label, name, definition, limit, offenders, count, of }.point(&report.project.thresholds)
}

/// Point 5: incomplete tasks with a hard constraint ÷ incomplete tasks.
#[must_use]
pub fn hard_constraints(report: &ProjectReport) -> Point {
    let definition =
        "incomplete tasks that must start, must finish, start not after or finish not after a date ÷ \
                      incomplete tasks; a deadline moves nothing and is none"
            .to_owned();
    share_of_tasks(
        report,
        ("5", "Hard constraints"),
        definition,
        Some(Limit::HardConstraints),
        |_, task, _| task.constraints.iter().any(|constraint| constraint.kind.is_hard()),
    )
}

/// Point 6: incomplete tasks with more total float than two months ÷ incomplete tasks.
#[must_use]
pub fn high_float(report: &ProjectReport) -> Point {
    let days = report.project.thresholds.get(Limit::FloatDays);
    let definition = format!(
        "incomplete tasks with total float above {} working days, on the task's own calendar ÷ incomplete tasks",
        format::number(days, 0)
    );
    share_of_tasks(report, ("6", "High float"), definition, Some(Limit::HighFloat), |number, _, slot| {
        slot.total_float as f64 > days * report.project.room_days_of(number).minutes() as f64
    })
}

/// Point 7: incomplete tasks with negative float ÷ incomplete tasks.
#[must_use]
pub fn negative_float(report: &ProjectReport) -> Point {
    let definition =
        "incomplete tasks with float below zero, to the finish of the project or to a deadline ÷ \
                      incomplete tasks"
            .to_owned();
    share_of_tasks(report, ("7", "Negative float"), definition, Some(Limit::NegativeFloat), |_, _, slot| {
        slot.total_float < 0 || slot.deadline_margin.is_some_and(|margin| margin < 0)
    })
}

/// Point 8: incomplete tasks that take longer than two months ÷ incomplete tasks. The duration is that of the baseline,
/// where it has one, else that of the plan; packages to be planned later are exempt.
#[must_use]
pub fn high_duration(report: &ProjectReport) -> Point {
    let project = &report.project;
    let days = project.thresholds.get(Limit::DurationDays);
    let baseline = project.baseline_as_of(report.status_date);
    let definition = format!(
        "incomplete tasks with a duration above {} working days, by the baseline, else by the plan ÷ incomplete tasks; \
         planning packages are exempt",
        format::number(days, 0)
    );
    share_of_tasks(
        report,
        ("8", "High duration"),
        definition,
        Some(Limit::HighDuration),
        |number, task, _| {
            let promised = baseline.and_then(|baseline| baseline.tasks.get(&number)?.duration);
            let promised = promised.filter(|length| !length.is_elapsed).map(|length| length.minutes);
            let (length, per_day) = length_of(report, number, report.planned.slot(number));
            !task.planning_package && promised.unwrap_or(length) as f64 > days * per_day as f64
        },
    )
}

/// Working minutes from the start to the finish of a task, and those of a day. What runs by the clock takes as many
/// working days of the project as lie between its dates, whatever the calendar that it merely starts on.
pub(crate) fn length_of(report: &ProjectReport, number: TaskNo, slot: &Slot) -> (i64, i64) {
    let project = &report.project;
    if project.task(number).runs_by_the_clock() {
        let between = project.working_time().between(slot.start, slot.finish);
        return (between, project.work_time().minutes_per_day);
    }
    (slot.duration, project.minutes_per_day_of(number))
}

/// Point 10: incomplete tasks of a day or more with neither resource nor cost ÷ incomplete tasks.
#[must_use]
pub fn without_resource(report: &ProjectReport) -> Point {
    let definition =
        "incomplete tasks of a working day or more with nobody assigned and no cost ÷ incomplete tasks"
            .to_owned();
    share_of_tasks(report, ("10", "No resource and no cost"), definition, None, |number, task, slot| {
        task.assignments.is_empty() && task.costs.is_empty() && {
            let (length, per_day) = length_of(report, number, slot);
            length >= per_day
        }
    })
}
