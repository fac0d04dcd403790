//! Planned, earned and actual value over time: the S-curve.

use jiff::civil::Date;

use super::actual_cost::totals_by_day;
use super::planned_value::{RunningSum, Yardstick};
use super::standing::Standing;
use crate::model::TaskProgress;
use crate::plan::Schedule;
use crate::quantity::Amount;

/// The three lines of the S-curve.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Curve {
    /// Planned value at the end of each working day of the project's calendar, from the reference's first day to
    /// its last; empty without dated work. Rises to the budget at completion.
    pub days: Vec<CurvePoint>,
    /// Earned value at each report date up to the status date, in order.
    pub earned: Vec<(Date, Amount)>,
    /// Earned value without level of effort, at the same dates.
    pub earned_discrete: Vec<(Date, Amount)>,
    /// Actual cost at the same dates.
    pub actual: Vec<(Date, Amount)>,
}

/// Planned value at the end of a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CurvePoint {
    /// The day.
    pub date: Date,
    /// What was to be earned by its end.
    pub planned: Amount,
    /// The same without level of effort.
    pub planned_discrete: Amount,
}

/// Draws the planned line: each task within its own dates, each budget line within its window.
pub(super) fn planned_curve(yardstick: &Yardstick) -> Vec<CurvePoint> {
    let (project, reference) = (yardstick.project, yardstick.reference);
    let days = yardstick.days();
    let mut total = RunningSum::new(&days);
    let mut discrete = RunningSum::new(&days);
    for number in project.task_numbers() {
        let base = super::task_budget::earning_base(project, reference, number);
        let Some(window) = reference.dates_of(base).filter(|_| reference.budget_of(number) != Amount::ZERO)
        else {
            continue;
        };
        total.add(window, |day| yardstick.planned_value(number, day));
        if !project.task(number).is_level_of_effort() {
            discrete.add(window, |day| yardstick.planned_value(number, day));
        }
    }
    for line in &reference.lines {
        total.add((line.start, line.finish), |day| yardstick.planned_line(line, day));
        if line.is_discrete() {
            discrete.add((line.start, line.finish), |day| yardstick.planned_line(line, day));
        }
    }
    let (total, discrete) = (total.totals(), discrete.totals());
    days.iter()
        .zip(total.into_iter().zip(discrete))
        .map(|(date, (planned, planned_discrete))| CurvePoint { date: *date, planned, planned_discrete })
        .collect()
}

/// Draws all three lines; the past at each day on which something was reported.
pub(super) fn curve(yardstick: Yardstick, forecast: &Schedule, reports: &[(Date, &[TaskProgress])]) -> Curve {
    let mut curve = Curve { days: planned_curve(&yardstick), ..Curve::default() };
    for (day, progress) in reports {
        let standing = Standing { yardstick, forecast, progress, day: *day };
        let (total, discrete) = standing.earned_sums();
        curve.earned.push((*day, total));
        curve.earned_discrete.push((*day, discrete));
    }
    let days: Vec<Date> = reports.iter().map(|(day, _)| *day).collect();
    let totals = totals_by_day(yardstick.project, &days);
    curve.actual = days.into_iter().zip(totals).collect();
    curve
}

impl Curve {
    /// Planned value at the end of a day: that of the last working day up to it; nothing before the first.
    ///
    /// On a Sunday it is Friday's.
    #[must_use]
    pub fn planned_on(&self, day: Date) -> Amount {
        let after = self.days.partition_point(|point| point.date <= day);
        after.checked_sub(1).map_or(Amount::ZERO, |place| self.days[place].planned)
    }
}
