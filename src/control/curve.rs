//! Planned, earned and actual value over time: the S-curve.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::actual_cost::{totals_by_day, weeks_under_way};
use super::in_force::{InForce, said_on};
use super::planned_value::{RunningSum, Yardstick};
use super::standing::Standing;
use crate::model::TaskProgress;
use crate::plan::Schedule;
use crate::quantity::{Amount, Id};

/// The three lines of the S-curve.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Curve {
    /// Planned value at the end of each working day of the project's calendar, from the reference's first day to
    /// its last; empty without dated work. Rises to the budget at completion.
    pub days: Vec<CurvePoint>,
    /// The same by each baseline that was in force before today's, for reports that were measured by it.
    pub before: Vec<(Id, Vec<CurvePoint>)>,
    /// Planned value as it was in force: on days before today's baseline that of the baseline in force then, on the day of a
    /// closed report what it said. Without an earlier baseline and closed reports it is that of `days`. Before the first baseline it
    /// is that of this baseline throughout: a closed report was measured against a plan then that nobody had approved, and what it said
    /// would be a peak of one day.
    pub planned: Vec<(Date, Amount)>,
    /// Earned value at each report date up to the status date, in order: what the report said where it was closed, else as
    /// measured against the baseline in force on that day.
    pub earned: Vec<(Date, Amount)>,
    /// Earned value without level of effort, at the same dates.
    pub earned_discrete: Vec<(Date, Amount)>,
    /// Earned value without level of effort at the same dates by the files of today, whatever was said then.
    pub told_discrete: Vec<(Date, Amount)>,
    /// Actual cost at the same dates: what the report said where it was closed.
    pub actual: Vec<(Date, Amount)>,
    /// Actual cost at the same dates by the books of today, whatever was said then.
    pub booked: Vec<(Date, Amount)>,
    /// What of hours whose week goes beyond the day `booked` counts by it, and after it, at the same dates: whoever booked them may
    /// have worked all of them by then, or none.
    pub booked_in_week: Vec<(Amount, Amount)>,
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

/// Draws all three lines; the past at each day on which something was reported. What reports said that were closed before the data
/// date stays.
pub(super) fn curve(
    (yardstick, in_force): (Yardstick, &InForce),
    forecast: &Schedule,
    (reports, data_date): (&[(Date, &[TaskProgress])], Date),
) -> Curve {
    let mut curve = Curve { days: planned_curve(&yardstick), ..Curve::default() };
    curve.before = in_force
        .before()
        .filter_map(|then| {
            Some((then.baseline_id()?.clone(), planned_curve(&Yardstick { reference: then, ..yardstick })))
        })
        .collect();
    let days: Vec<Date> = reports.iter().map(|(day, _)| *day).collect();
    let totals = totals_by_day(yardstick.project, &days);
    curve.booked_in_week = weeks_under_way(yardstick.project, &days);
    let mut planned = planned_as_in_force(yardstick, in_force, &curve.days);
    for ((day, progress), actual) in reports.iter().zip(totals) {
        let then = Yardstick { reference: in_force.on(*day), ..yardstick };
        let (total, discrete) = Standing { yardstick: then, forecast, progress, day: *day }.earned_sums();
        let said = said_on(yardstick.project, *day, data_date);
        let (of_all, of_discrete) = (said.map(|said| &said.total), said.map(|said| &said.discrete));
        curve.earned.push((*day, of_all.and_then(|said| said.earned).unwrap_or(total)));
        curve.earned_discrete.push((*day, of_discrete.and_then(|said| said.earned).unwrap_or(discrete)));
        curve.told_discrete.push((*day, discrete));
        curve.booked.push((*day, actual));
        curve.actual.push((*day, of_all.and_then(|said| said.actual).unwrap_or(actual)));
        if let Some(said) = of_all.and_then(|said| said.planned).filter(|_| !in_force.stands_in_on(*day)) {
            planned.insert(*day, said);
        }
    }
    curve.planned = planned.into_iter().collect();
    curve
}

/// Planned value at the end of each working day by the baseline in force on it.
fn planned_as_in_force(
    yardstick: Yardstick,
    in_force: &InForce,
    today: &[CurvePoint],
) -> BTreeMap<Date, Amount> {
    let mut planned = BTreeMap::new();
    let mut since = Date::MIN;
    for until in in_force.changes() {
        let then = Yardstick { reference: in_force.on(since), ..yardstick };
        let days = planned_curve(&then).into_iter().filter(|point| since <= point.date && point.date < until);
        planned.extend(days.map(|point| (point.date, point.planned)));
        since = until;
    }
    planned.extend(today.iter().filter(|point| since <= point.date).map(|point| (point.date, point.planned)));
    planned
}

impl Curve {
    /// The days of the planned line.
    #[must_use]
    pub fn dates(&self) -> Vec<Date> {
        self.days.iter().map(|point| point.date).collect()
    }

    /// Planned value at the end of a day: that of the last working day up to it; nothing before the first.
    ///
    /// On a Sunday it is Friday's.
    #[must_use]
    pub fn planned_on(&self, day: Date) -> Amount {
        let after = self.days.partition_point(|point| point.date <= day);
        after.checked_sub(1).map_or(Amount::ZERO, |place| self.days[place].planned)
    }
}
