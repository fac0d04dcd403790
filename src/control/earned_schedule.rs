//! Earned schedule: how many days of the plan have been earned, which stays honest after SPI has healed.

use jiff::civil::Date;

use super::curve::CurvePoint;
use super::planned_value::Yardstick;
use super::standing::Standing;
use super::{Curve, EarnedValue, FlatStretch, Position};
use crate::model::{Task, TaskNo};
use crate::quantity::{Amount, Ratio};

/// Schedule performance in time instead of money (Lipke, *Earned Schedule*).
///
/// All lengths are working days of the project's calendar, counted from the reference's first day.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct EarnedSchedule {
    /// Actual time (AT): working days from the reference's first day to the end of the data date, or to the day on
    /// which all was done.
    pub actual_time: f64,
    /// Earned schedule (ES): the day of the plan by which today's earned value should have been earned.
    pub earned: f64,
    /// Planned duration (PD): working days until all work is planned to be earned. A budget line that goes on after the work,
    /// as a licence for a year, makes no plan longer.
    pub planned_duration: f64,
    /// The flat stretch of the plan on which earned value lies, where no pace can be told; none elsewhere. Either it reaches beyond today and is
    /// wide enough to make something of the index: nothing more is planned to be earned for days, earned schedule is the last of them, and
    /// the pace would be that of nobody's work. Or nothing was to be earned yet and nothing is: earned schedule is actual time then, since
    /// nobody is late. No index and no estimate is told on either.
    pub plateau: Option<FlatStretch>,
    /// Schedule variance in time, SV(t): ES − AT. Negative is late.
    pub variance: f64,
    /// Schedule performance index in time, SPI(t): ES ÷ AT; none before the first day, on a plateau, and without a budget: what
    /// has no price earns nothing, however much of it is done.
    pub index: Option<Ratio>,
    /// Independent estimate at completion in time, IEAC(t): PD ÷ SPI(t); none while nothing is earned.
    pub estimate_days: Option<f64>,
    /// The working day on which `estimate_days` ends, rounded to the nearest; none where it lies out of sight.
    pub estimate_finish: Option<Date>,
    /// To-complete schedule performance index, TSPI: (PD − ES) ÷ (PD − AT); none once the planned time is over.
    /// Above 1.10 the reference finish is no longer realistic.
    pub to_complete_index: Option<Ratio>,
    /// Estimated duration (ED): working days until the network's forecast finish; none where no network is asked.
    pub forecast_duration: Option<f64>,
    /// TSPI towards the network's forecast: (PD − ES) ÷ (ED − AT), the pace that the forecast counts on for the rest;
    /// none once the forecast finish has passed.
    pub to_complete_index_forecast: Option<Ratio>,
    /// The estimate if the rest goes as planned, AT + (PD − ES): pace factor 1.
    pub as_planned: Option<TimeEstimate>,
    /// The estimate if cost presses on time too, AT + (PD − ES) ÷ (SPI(t) × CPI); none where either index is missing
    /// or zero.
    pub under_pressure: Option<TimeEstimate>,
}

/// A duration in working days of the project's calendar, and the day on which it ends.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TimeEstimate {
    /// Working days from the reference's first day.
    pub days: f64,
    /// The working day on which they end, rounded to the nearest; none where it lies out of sight.
    pub finish: Option<Date>,
}

/// What earned schedule is measured on.
#[derive(Clone, Copy, Debug)]
pub(super) struct ScheduleSource<'a> {
    pub yardstick: Yardstick<'a>,
    /// The working days of the reference, to the planned end of its work.
    pub days: &'a [Date],
    /// Planned value at the end of each of them.
    pub planned: &'a [Amount],
    /// Earned value and cost as of the status date, of what counts to the planned end of the work.
    pub value: EarnedValue,
    /// The day up to which time counts.
    pub until: Date,
    /// When the network says that the project ends.
    pub forecast_finish: Date,
}

/// Earned schedule with and without level of effort. Time stands still once everything is done, and what budget lines spend
/// after the planned end of the work says nothing about it.
pub(super) fn schedules(
    position: &Position,
    standing: &Standing,
    curve: &Curve,
    (total, discrete): (EarnedValue, EarnedValue),
) -> (EarnedSchedule, EarnedSchedule) {
    let (yardstick, day) = (standing.yardstick, standing.day);
    let points = points_of_work(yardstick, curve);
    let days: Vec<Date> = points.iter().map(|point| point.date).collect();
    let all: Vec<Amount> = points.iter().map(|point| point.planned).collect();
    let without: Vec<Amount> = points.iter().map(|point| point.planned_discrete).collect();
    let measured = |planned: &[Amount], value: EarnedValue, is_measured: &dyn Fn(&Task) -> bool| {
        let budget = planned.last().copied().unwrap_or_default();
        let is_done = budget > Amount::ZERO && value.earned >= budget;
        let until = match last_finish(position, yardstick, is_measured) {
            Some(last) if is_done => last.min(day),
            _ => day,
        };
        earned_schedule(&ScheduleSource {
            yardstick,
            days: &days,
            planned,
            value,
            until,
            forecast_finish: position.forecast.finish_day(),
        })
    };
    let later = yardstick.lines_after_work(day);
    let of_work = EarnedValue { earned: total.earned - later, ..total };
    let is_discrete = |task: &Task| !task.is_level_of_effort();
    (measured(&all, of_work, &|_| true), measured(&without, discrete, &is_discrete))
}

/// The last actual finish among tasks that are measured and have a budget in the reference: work without a price earns nothing, so that
/// it does not make the rest late.
fn last_finish(
    position: &Position,
    yardstick: Yardstick,
    is_measured: &dyn Fn(&Task) -> bool,
) -> Option<Date> {
    let project = yardstick.project;
    let counts = |number: &TaskNo| {
        is_measured(project.task(*number)) && yardstick.reference.budget_of(*number) != Amount::ZERO
    };
    let finishes = project
        .task_numbers()
        .filter(counts)
        .filter_map(|number| position.facts.progress[number.0 as usize].actual_finish);
    finishes.map(|at| at.day).max()
}

/// The planned line to the end of the work, its last day with it even where it is not worked.
fn points_of_work(yardstick: Yardstick, curve: &Curve) -> Vec<CurvePoint> {
    let end = yardstick.work_end();
    let n_days = curve.days.partition_point(|point| point.date <= end);
    let mut points = curve.days[..n_days].to_vec();
    if let Some(next) = curve.days.get(n_days).filter(|_| points.last().is_none_or(|last| last.date < end)) {
        let planned = next.planned - yardstick.lines_after_work(next.date);
        points.push(CurvePoint { date: end, planned, ..*next });
    }
    points
}

/// Beyond so many working days (about 40 years) a date says nothing.
const FURTHEST_DAY: f64 = 10_000.0;

/// Places earned value on the plan's own axis of working days.
fn earned_schedule(source: &ScheduleSource) -> EarnedSchedule {
    let (yardstick, days) = (&source.yardstick, source.days);
    let series: Vec<f64> = source.planned.iter().map(|amount| amount.as_f64()).collect();
    let passed = days_passed(yardstick, days, source.until);
    let schedule = EarnedSchedule::of_series(&series, source.value.earned.as_f64(), passed);
    let before = FlatStretch::before_the_first(days, source.planned, source.value.earned);
    if let Some(plateau) = before.filter(|stretch| stretch.is_not_over(passed)) {
        // Nothing was to be earned yet and nothing is: every one of these days fits, and today does.
        let on_plan = EarnedSchedule { earned: passed, variance: 0.0, ..schedule };
        return on_plan.on_plateau(plateau, days_passed(yardstick, days, source.forecast_finish));
    }
    let stretch = FlatStretch::of(days, source.planned, source.value.earned);
    if let Some(plateau) = stretch.filter(|stretch| stretch.hides_pace(schedule.earned, schedule.actual_time))
    {
        return schedule.on_plateau(plateau, days_passed(yardstick, days, source.forecast_finish));
    }
    let mut schedule = schedule;
    schedule.estimate_finish = schedule.estimate_days.and_then(|count| day_number(yardstick, days, count));
    if schedule.is_undefined() {
        return schedule;
    }
    let forecast_duration = days_passed(yardstick, days, source.forecast_finish);
    schedule.forecast_duration = Some(forecast_duration);
    schedule.to_complete_index_forecast = schedule.to_complete_index_by(forecast_duration);
    let estimate = |pace: Option<f64>| {
        let days_in_all = schedule.estimate_at_pace(pace?)?;
        Some(TimeEstimate { days: days_in_all, finish: day_number(yardstick, days, days_in_all) })
    };
    let both = match (schedule.index, source.value.cpi()) {
        (Some(pace), Some(cost)) => Some(pace.get() * cost.get()),
        _ => None,
    };
    (schedule.as_planned, schedule.under_pressure) = (estimate(Some(1.0)), estimate(both));
    schedule
}

/// Working days from the reference's first day to the end of a day, before its end or after.
fn days_passed(yardstick: &Yardstick, days: &[Date], until: Date) -> f64 {
    let within = days.partition_point(|day| *day <= until) as f64;
    let beyond = match days.last() {
        Some(last) if *last < until => yardstick.working_time.working_days_after(*last, until) as f64,
        _ => 0.0,
    };
    within + beyond
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 0 and 10 000")]
fn whole(count: f64) -> usize {
    count.round() as usize
}

/// The working day with a number, the first of the reference being 1; rounded to the nearest.
fn day_number(yardstick: &Yardstick, days: &[Date], count: f64) -> Option<Date> {
    if !(0.0..=FURTHEST_DAY).contains(&count) {
        return None;
    }
    let place = whole(count).max(1);
    if let Some(day) = days.get(place - 1) {
        return Some(*day);
    }
    let mut left = place - days.len();
    let mut day = *days.last()?;
    // Even a calendar with one working day in a month gets there; one that never works again does not.
    for _ in 0..left.saturating_mul(40) {
        day = day.tomorrow().ok()?;
        if yardstick.working_time.is_working_day(day) {
            left -= 1;
            if left == 0 {
                return Some(day);
            }
        }
    }
    None
}

impl EarnedSchedule {
    /// Computes everything but the date from plain series, periods of any one length.
    ///
    /// `planned[n]` is planned value at the end of period n + 1, never falling.
    pub(super) fn of_series(planned: &[f64], earned: f64, actual_time: f64) -> Self {
        let planned_duration = planned_duration(planned);
        let earned = earned_periods(planned, earned);
        let index = if planned_duration > 0.0 { Ratio::of(earned, actual_time) } else { None };
        let bare = Self {
            actual_time,
            earned,
            planned_duration,
            plateau: None,
            variance: if planned_duration > 0.0 { earned - actual_time } else { 0.0 },
            index,
            estimate_days: index
                .filter(|index| index.get() > 0.0)
                .map(|index| planned_duration / index.get()),
            estimate_finish: None,
            to_complete_index: None,
            forecast_duration: None,
            to_complete_index_forecast: None,
            as_planned: None,
            under_pressure: None,
        };
        Self { to_complete_index: bare.to_complete_index_by(planned_duration), ..bare }
    }

    /// The same without what a plateau makes meaningless.
    fn on_plateau(self, plateau: FlatStretch, forecast_duration: f64) -> Self {
        Self {
            plateau: Some(plateau),
            index: None,
            estimate_days: None,
            to_complete_index: None,
            forecast_duration: Some(forecast_duration),
            ..self
        }
    }

    /// The pace that ends the rest after a duration, TSPI(ED): (PD − ES) ÷ (duration − AT); none once it is over.
    ///
    /// PD 6, ES 3.28 and AT 4 give 1.36 to end after 6 months, 0.68 to end after 8.
    #[must_use]
    pub fn to_complete_index_by(&self, duration: f64) -> Option<Ratio> {
        let time_left = duration - self.actual_time;
        if time_left > 0.0 { Ratio::of(self.planned_duration - self.earned, time_left) } else { None }
    }

    /// The estimate of the duration at a pace (a performance factor), IEAC(t): AT + (PD − ES) ÷ pace; none at no pace.
    ///
    /// At the pace so far, SPI(t), it is PD ÷ SPI(t). PD 20, ES 13.3 and AT 15 give 21.7 at pace 1, 22.6 at 0.887.
    #[must_use]
    pub fn estimate_at_pace(&self, pace: f64) -> Option<f64> {
        (pace > 0.0).then(|| self.actual_time + (self.planned_duration - self.earned) / pace)
    }

    /// Says whether there is no budget that time could be measured by: then no figure of it means anything.
    #[must_use]
    pub fn is_undefined(&self) -> bool {
        self.planned_duration <= 0.0
    }
}

/// Periods until the whole budget is planned to be earned.
fn planned_duration(planned: &[f64]) -> f64 {
    let budget = planned.last().copied().unwrap_or(0.0);
    if budget <= 0.0 { 0.0 } else { 1.0 + planned.partition_point(|value| *value < budget) as f64 }
}

/// Earned schedule (ES) in periods: C + (EV − PV of C) ÷ (PV of C + 1 − PV of C), C the last period with PV ≤ EV.
///
/// Nothing earned is 0, even where nothing was planned at first; everything earned is the planned duration.
fn earned_periods(planned: &[f64], earned: f64) -> f64 {
    let budget = planned.last().copied().unwrap_or(0.0);
    if earned <= 0.0 || budget <= 0.0 {
        return 0.0;
    }
    if earned >= budget {
        return planned_duration(planned);
    }
    let whole = planned.partition_point(|value| *value <= earned);
    let before = whole.checked_sub(1).map_or(0.0, |place| planned[place]);
    let step = planned[whole] - before;
    whole as f64 + if step > 0.0 { (earned - before) / step } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::golden::{euros, measured_on, text};
    use super::*;
    use crate::diagnostic::Span;
    use crate::model::{BudgetLine, ProgressEntry, TaskCost};
    use crate::plan::sketch::{Sketch, date};
    use crate::quantity::{Moment, Window};

    #[track_caller]
    fn near(found: f64, expected: f64, digits: i32) {
        assert!((found - expected).abs() < 0.51 * 10f64.powi(-digits), "{found} is not {expected}");
    }

    #[test]
    fn two_tasks_in_sequence_are_13_3_days_along() {
        let planned: Vec<f64> = (1..=20).map(|day| f64::from(day) * 100.0).collect();
        let schedule = EarnedSchedule::of_series(&planned, 1_330.0, 15.0);
        near(schedule.earned, 13.3, 9);
        near(schedule.variance, -1.7, 9);
        near(schedule.index.unwrap().get(), 0.886_667, 6);
        near(schedule.estimate_days.unwrap(), 22.5564, 4);
        near(schedule.estimate_at_pace(schedule.index.unwrap().get()).unwrap(), 22.5564, 4);
        near(schedule.estimate_at_pace(1.0).unwrap(), 21.7, 9);
        assert_eq!(schedule.estimate_at_pace(0.0), None);
    }

    #[test]
    fn the_index_in_time_stays_honest_while_spi_heals() {
        let planned = [10.0, 25.0, 45.0, 70.0, 90.0, 100.0];
        let earned = [8.0, 19.0, 34.0, 52.0, 69.0, 83.0, 94.0, 100.0];
        let expected = [
            (0.80, 0.800, 7.50),
            (1.60, 0.800, 7.50),
            (2.45, 0.817, 7.35),
            (3.28, 0.820, 7.32),
            (3.96, 0.792, 7.58),
            (4.65, 0.775, 7.74),
            (5.40, 0.771, 7.78),
            (6.00, 0.750, 8.00),
        ];
        for ((earned, expected), time) in earned.into_iter().zip(expected).zip(1..) {
            let schedule = EarnedSchedule::of_series(&planned, earned, f64::from(time));
            near(schedule.earned, expected.0, 2);
            near(schedule.index.unwrap().get(), expected.1, 3);
            near(schedule.estimate_days.unwrap(), expected.2, 2);
        }
        let fourth = EarnedSchedule::of_series(&planned, 52.0, 4.0);
        near(fourth.to_complete_index.unwrap().get(), 1.36, 2);
        near(fourth.to_complete_index_by(8.0).unwrap().get(), 0.68, 2);
        assert_eq!(fourth.to_complete_index_by(4.0), None);
    }

    #[test]
    fn flat_stretches_and_edges() {
        let lumps = [0.0, 0.0, 50.0, 50.0, 50.0, 100.0, 100.0];
        let earned = |value: f64| EarnedSchedule::of_series(&lumps, value, 4.0).earned;
        near(earned(0.0), 0.0, 9);
        near(earned(25.0), 2.5, 9);
        near(earned(50.0), 5.0, 9);
        near(earned(100.0), 6.0, 9);
        near(earned(120.0), 6.0, 9);
        assert_eq!(EarnedSchedule::of_series(&lumps, 10.0, 0.0).index, None);
        assert_eq!(EarnedSchedule::of_series(&lumps, 0.0, 4.0).estimate_days, None);
        assert_eq!(EarnedSchedule::of_series(&lumps, 10.0, 6.0).to_complete_index, None);
        near(EarnedSchedule::of_series(&[], 0.0, 0.0).planned_duration, 0.0, 9);
        let without_budget = EarnedSchedule::of_series(&[0.0, 0.0], 0.0, 1.0);
        assert!(without_budget.is_undefined());
        assert_eq!((without_budget.index, without_budget.estimate_days), (None, None));
    }

    /// Racks are there in the first week, cables are laid in the fifth; three weeks between are planned for nothing.
    #[test]
    fn a_plateau_that_reaches_beyond_today_gives_no_pace() {
        let mut sketch = Sketch::starting("2026-08-03", &[]);
        let cost =
            || TaskCost { amount: euros(5_000), category: "hardware".to_owned(), origin: Span::default() };
        sketch.work("racks", "5d", &[]).costs.push(cost());
        sketch.work("wait", "15d", &["racks"]);
        sketch.work("cables", "5d", &["wait"]).costs.push(cost());
        sketch.project.progress.push(finished(&sketch, ("2026-08-03", "2026-08-07")));
        let schedule = measured_on(&sketch.project, "2026-08-14").total_schedule;
        near(schedule.earned, 20.0, 9);
        let plateau = schedule.plateau.unwrap();
        assert_eq!((plateau.first, plateau.last), (date("2026-08-07"), date("2026-08-28")));
        assert_eq!((schedule.index, schedule.estimate_finish), (None, None));
        // Behind today it tells how late the work is, as ever.
        let schedule = measured_on(&sketch.project, "2026-09-04").total_schedule;
        assert_eq!(schedule.plateau, None);
        near(schedule.index.unwrap().get(), 20.0 / 25.0, 9);
    }

    fn finished(sketch: &Sketch, (start, finish): (&str, &str)) -> ProgressEntry {
        ProgressEntry {
            actual_start: Some(Moment::on(date(start))),
            actual_finish: Some(Moment::on(date(finish))),
            ..ProgressEntry::silent(date(finish), sketch.number("racks"))
        }
    }

    /// Two weeks of work for 10 000 from Monday 3 August 2026, and a licence of 1 200 that is paid to the end of August.
    #[test]
    fn a_budget_line_that_goes_on_after_the_work_makes_the_plan_no_longer() {
        let mut sketch = Sketch::starting("2026-08-03", &[]);
        let amount = euros(10_000);
        let hardware = TaskCost { amount, category: "hardware".to_owned(), origin: Span::default() };
        sketch.work("racks", "10d", &[]).costs.push(hardware);
        sketch.project.budget.lines.push(BudgetLine {
            name: text("Licence"),
            amount: euros(1_200),
            category: "licences".to_owned(),
            window: Window::inclusive(date("2026-08-17"), date("2026-08-31")),
            origin: Span::default(),
        });
        let schedule = measured_on(&sketch.project, "2026-08-07").total_schedule;
        near(schedule.planned_duration, 10.0, 9);
        near(schedule.to_complete_index.unwrap().get(), 2.0, 9);
        // Three weeks on nothing is done: what the licence has cost meanwhile is no progress.
        let schedule = measured_on(&sketch.project, "2026-08-21").total_schedule;
        near(schedule.earned, 0.0, 9);
        // Done as planned, and looked at later: the time that it took is that of the plan.
        sketch.project.progress.push(finished(&sketch, ("2026-08-03", "2026-08-14")));
        let schedule = measured_on(&sketch.project, "2026-08-21").total_schedule;
        near(schedule.earned, 10.0, 9);
        near(schedule.actual_time, 10.0, 9);
    }

    proptest! {
        #[test]
        fn what_was_planned_by_a_day_is_earned_on_that_day(steps in prop::collection::vec(1i64..1_000, 1..60)) {
            let planned: Vec<f64> = steps
                .iter()
                .scan(0, |sum, step| {
                    *sum += step;
                    Some(*sum as f64)
                })
                .collect();
            for (place, value) in planned.iter().enumerate() {
                prop_assert!((earned_periods(&planned, *value) - (place + 1) as f64).abs() < 1e-9);
            }
        }
    }
}
