//! The day on which cost, earned and planned value stand, so that all three speak of the same work.

use jiff::ToSpan;
use jiff::civil::Date;

use crate::model::Project;

/// The data date: the status date where something was reported on it, else the newest day before it on which an update was
/// written or progress recorded.
///
/// Between two reports nobody knows what was earned, while hours and invoices go on being booked: cost of a later day held
/// against earned value of an earlier one would call the work dear that nobody has reported yet. So all three values stand
/// still until the next report. They go on to the status date once that report is overdue by the reporting rhythm, as silence
/// makes nothing cheaper; before the first report; and once everything is done, as nothing more is earned then.
///
/// Reports of 11 and 25 September, fortnightly: on 21 September the data date is 11 September. Without the report of
/// 25 September it is still that on 25 September, and 26 September on the day after.
pub(super) fn data_date(project: &Project, status_date: Date, is_all_done: bool) -> Date {
    let updates = project.updates.iter().map(|update| update.status_date);
    let recorded = project.progress.iter().map(|entry| entry.status_date);
    let newest = updates.chain(recorded).filter(|day| *day <= status_date).max();
    let is_due = |told: Date| {
        let next = told.checked_add(project.reporting.days().days());
        next.is_ok_and(|next| next < status_date)
    };
    newest.filter(|told| !is_all_done && !is_due(*told)).unwrap_or(status_date)
}

#[cfg(test)]
mod tests {
    use super::super::golden::{branch_network, measured_on};
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
