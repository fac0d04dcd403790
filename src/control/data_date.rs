//! The day on which cost, earned and planned value stand, so that all three speak of the same work.

use std::borrow::Cow;

use jiff::civil::Date;

use super::Position;
use crate::model::TaskProgress;

/// What was reported of the tasks by the data date.
pub(super) fn progress<'a>(position: &Position<'a>, data_date: Date) -> Cow<'a, [TaskProgress]> {
    if data_date == position.status_date {
        Cow::Borrowed(&position.facts.progress)
    } else {
        Cow::Owned(position.project.progress_as_of(data_date))
    }
}

/// The data date: the status date where something was reported on it, else the newest day before it on which an update was
/// written or progress recorded.
///
/// Between two reports nobody knows what was earned, while hours and invoices go on being booked: cost of a later day held
/// against earned value of an earlier one would call the work dear that nobody has reported yet. So all three values stand
/// still until the next report. They go on to the status date once that report is overdue by the reporting rhythm, as silence
/// makes nothing cheaper; before the first report; and once everything is done, as nothing more is earned then.
///
/// What a later report told of a day before a decision counts as a report of that day where it leaves no work open: how far open
/// work had come by then, nobody wrote down.
///
/// Reports of 11 and 25 September, fortnightly: on 21 September the data date is 11 September. Without the report of
/// 25 September it is still that on 25 September, and 26 September on the day after.
pub(super) fn data_date(position: &Position, is_all_done: bool) -> Date {
    let (project, status_date) = (position.project, position.status_date);
    let updates = project.updates.iter().map(|update| update.status_date);
    let is_whole = !leaves_work_open(position);
    let recorded = project.progress.iter().filter(|entry| is_whole || !entry.is_told_later);
    let recorded = recorded.map(|entry| entry.status_date);
    let newest = updates.chain(recorded).filter(|day| *day <= status_date).max();
    let is_overdue = |told: Date| project.reporting.after(told, 1).is_some_and(|next| next < status_date);
    newest.filter(|told| !is_all_done && !is_overdue(*told)).unwrap_or(status_date)
}

/// Whether work other than level of effort has begun and is not finished, as far as is known on the status date.
fn leaves_work_open(position: &Position) -> bool {
    let is_open = |known: &TaskProgress| known.actual_start.is_some() && known.actual_finish.is_none();
    let mut numbers = position.project.task_numbers();
    numbers.any(|number| {
        let task = position.project.task(number);
        task.is_work() && !task.is_level_of_effort() && is_open(&position.facts.progress[number.0 as usize])
    })
}

#[cfg(test)]
mod tests {
    use super::super::golden::{branch_network, measured_on};
    use crate::model::Rhythm;
    use crate::plan::sketch::date;

    #[track_caller]
    fn check(day: &str, expected: &str) {
        let control = measured_on(&branch_network().project, day);
        assert_eq!(control.data_date, date(expected), "on {day}");
        assert_eq!(control.curve.earned.last(), Some(&(control.data_date, control.total.earned)));
        assert_eq!(control.curve.actual.last(), Some(&(control.data_date, control.total.actual)));
    }

    #[test]
    fn values_stand_at_the_newest_report_until_the_next_is_overdue() {
        check("2026-08-03", "2026-08-03");
        check("2026-09-11", "2026-09-11");
        check("2026-09-21", "2026-09-11");
        check("2026-11-20", "2026-11-20");
        check("2026-12-04", "2026-11-20");
        check("2026-12-05", "2026-12-05");
    }

    /// The report of 25 September, as a board of 21 September is told of it afterwards.
    /// A month after 28 August is 28 September, 31 days later.
    #[test]
    fn a_monthly_report_is_overdue_a_month_after_the_one_before() {
        let mut project = branch_network().project;
        project.reporting = Rhythm::Monthly;
        project.progress.retain(|entry| entry.status_date <= date("2026-08-28"));
        project.updates.retain(|update| update.status_date <= date("2026-08-28"));
        assert_eq!(measured_on(&project, "2026-09-28").data_date, date("2026-08-28"));
        assert_eq!(measured_on(&project, "2026-09-29").data_date, date("2026-09-29"));
    }

    #[test]
    fn what_was_told_later_is_a_report_where_it_leaves_no_work_open() {
        let mut project = branch_network().project;
        project.progress.retain(|entry| entry.status_date <= date("2026-09-25"));
        project.updates.clear();
        for entry in project.progress.iter_mut().filter(|entry| entry.status_date == date("2026-09-25")) {
            (entry.status_date, entry.is_told_later) = (date("2026-09-21"), true);
        }
        assert_eq!(measured_on(&project, "2026-09-21").data_date, date("2026-09-21"));
        project.progress.last_mut().unwrap().actual_finish = None;
        project.progress.last_mut().unwrap().percent_complete = None;
        let control = measured_on(&project, "2026-09-21");
        assert_eq!(control.data_date, date("2026-09-11"));
        assert_eq!(control.total, measured_on(&branch_network().project, "2026-09-11").total);
    }

    /// It used to hold the hours of 21 September against the progress of 11 September: CPI 0.80, 24.9 % over budget.
    #[test]
    fn cost_between_two_reports_is_not_held_against_what_was_earned_before() {
        let project = branch_network().project;
        let (reported, between) = (measured_on(&project, "2026-09-11"), measured_on(&project, "2026-09-21"));
        assert_eq!(between.total, reported.total);
        assert_eq!(between.discrete_schedule.index, reported.discrete_schedule.index);
        assert_eq!(between.spending.total.spent, between.total.actual);
        assert_eq!(between.ledger.months.last().unwrap().spent_so_far, between.total.actual);
    }
}
