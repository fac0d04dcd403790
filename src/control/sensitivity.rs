//! What would turn a business case: one driver at a time, all together, and how far each may go.

use super::case_series::Series;
use super::cash_flow::present_value;
use crate::quantity::{Amount, Ratio};

/// What NPV becomes when one driver moves.
#[derive(Clone, Debug, PartialEq)]
pub struct Sensitivity {
    /// What moves.
    pub driver: SensitivityDriver,
    /// How far it moves, in the driver's unit, and the NPV then; in rising order of the move.
    pub npvs: Vec<(i64, Amount)>,
}

impl Sensitivity {
    /// The move to the lowest NPV and the one to the highest, of ±20 %, ±2 points and one year; wider moves of the rate
    /// are in the table alone. None where it has no move.
    #[must_use]
    pub fn ends(&self) -> Option<[(i64, Amount); 2]> {
        let most = if self.driver == SensitivityDriver::Rate { 2 } else { i64::MAX };
        let usual = || self.npvs.iter().copied().filter(|(step, _)| step.abs() <= most);
        Some([usual().min_by_key(|(_, npv)| *npv)?, usual().max_by_key(|(_, npv)| *npv)?])
    }
}

/// What moves in a sensitivity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum SensitivityDriver {
    /// All benefits, by percent.
    Benefits,
    /// Costs of year 0, by percent.
    UpFrontCost,
    /// Costs of later years, by percent.
    RunningCost,
    /// The discount rate, by percentage points.
    Rate,
    /// All benefits, by years later; what falls behind the horizon is lost.
    Delay,
}

/// The moves of the sensitivity: percent for amounts, percentage points for the rate, years for the delay.
const AMOUNT_MOVES: [i64; 4] = [-20, -10, 10, 20];
const RATE_MOVES: [i64; 4] = [-4, -2, 2, 4];
const DELAY_MOVES: [i64; 1] = [1];

/// What all drivers do together in the joint worst case.
pub const WORST_TOGETHER: [(SensitivityDriver, i64); 5] = [
    (SensitivityDriver::Benefits, -20),
    (SensitivityDriver::UpFrontCost, 20),
    (SensitivityDriver::RunningCost, 20),
    (SensitivityDriver::Rate, 2),
    (SensitivityDriver::Delay, 1),
];

/// What all drivers do together in the joint best case: each as far for the option as in the worst one against it. Benefits come no
/// earlier than typed.
pub const BEST_TOGETHER: [(SensitivityDriver, i64); 4] = [
    (SensitivityDriver::Benefits, 20),
    (SensitivityDriver::UpFrontCost, -20),
    (SensitivityDriver::RunningCost, -20),
    (SensitivityDriver::Rate, -2),
];

/// Moves one driver at a time, widest swing first: the tornado.
pub(super) fn sensitivity(series: &Series, rate: f64) -> Vec<Sensitivity> {
    let base = Amount::from_f64(series.npv(rate));
    let mut table: Vec<(Amount, Sensitivity)> = [
        (SensitivityDriver::Benefits, AMOUNT_MOVES.as_slice()),
        (SensitivityDriver::UpFrontCost, &AMOUNT_MOVES),
        (SensitivityDriver::RunningCost, &AMOUNT_MOVES),
        (SensitivityDriver::Rate, &RATE_MOVES),
        (SensitivityDriver::Delay, &DELAY_MOVES),
    ]
    .into_iter()
    .map(|(driver, moves)| {
        let npv = |step: i64| Amount::from_f64(npv_after(series, rate, &[(driver, step)]));
        let line = Sensitivity { driver, npvs: moves.iter().map(|step| (*step, npv(*step))).collect() };
        let swing = line.ends().map_or(Amount::ZERO, |[(_, low), (_, high)]| high.max(base) - low.min(base));
        (swing, line)
    })
    .collect();
    table.sort_by_key(|(swing, _)| std::cmp::Reverse(*swing));
    table.into_iter().map(|(_, line)| line).collect()
}

/// The NPV when some drivers have moved.
pub(super) fn npv_after(series: &Series, rate: f64, moves: &[(SensitivityDriver, i64)]) -> f64 {
    let mut rate = rate;
    let mut changed = series.clone();
    for (driver, step) in moves {
        let factor = 1.0 + *step as f64 / 100.0;
        let costs = changed.costs.iter_mut();
        match driver {
            SensitivityDriver::Benefits => {
                changed.benefits.iter_mut().for_each(|benefit| benefit.flow.amount *= factor);
            }
            SensitivityDriver::UpFrontCost => {
                costs.filter(|cost| cost.year == 0).for_each(|cost| cost.flow.amount *= factor);
            }
            SensitivityDriver::RunningCost => {
                costs.filter(|cost| cost.year > 0).for_each(|cost| cost.flow.amount *= factor);
            }
            // A rate of −100 % has no meaning; nobody discounts below −50 %.
            SensitivityDriver::Rate => rate = (rate + *step as f64 / 100.0).max(-0.5),
            SensitivityDriver::Delay => changed = changed.delayed(*step as f64),
        }
    }
    changed.npv(rate)
}

/// By how many years benefits may come later before NPV is zero; none where NPV is not above zero, or where nothing is
/// lost by waiting to the end of the horizon.
///
/// NPV falls piecewise straight, so it is halved in on. The house example of 20 092 loses 61 073 in a year: 0.33 years.
pub(super) fn switching_delay(series: &Series, rate: f64) -> Option<Ratio> {
    let (mut early, mut late) = (0.0, series.horizon as f64 + 1.0);
    if series.npv(rate) <= 0.0 || series.delayed(late).npv(rate) >= 0.0 {
        return None;
    }
    for _ in 0..60 {
        let middle = f64::midpoint(early, late);
        if series.delayed(middle).npv(rate) > 0.0 {
            early = middle;
        } else {
            late = middle;
        }
    }
    Ratio::new(late)
}

/// The discount rate at which NPV turns, looked for upwards where it is above zero and downwards where it is below, by
/// halving; none where it does not turn between −50 % and 1000 %.
///
/// The house example turns at its internal rate, 14.65 %.
pub(super) fn switching_rate(series: &Series, rate: f64) -> Option<Ratio> {
    let flows = series.net();
    let npv = |rate: f64| present_value(rate, &flows);
    let is_above = npv(rate) > 0.0;
    // The nearest turn is wanted, so the way is walked in steps before it is halved.
    let step = if is_above { 0.01 } else { -0.01 };
    let mut near = rate;
    loop {
        let next = near + step;
        if !(-0.5..=super::internal_rate::HIGHEST_RATE).contains(&next) {
            return None;
        }
        if (npv(next) > 0.0) != is_above {
            return Ratio::new(halve(near, next, |rate| (npv(rate) > 0.0) == is_above));
        }
        near = next;
    }
}

/// The place between `same` and `other` where something ceases to hold.
fn halve(mut same: f64, mut other: f64, holds: impl Fn(f64) -> bool) -> f64 {
    for _ in 0..60 {
        let middle = f64::midpoint(same, other);
        if holds(middle) {
            same = middle;
        } else {
            other = middle;
        }
    }
    other
}
