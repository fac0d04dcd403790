//! Earned value: what the work done so far was budgeted at, against the plan and against what it cost.

use super::TaskValue;
use crate::model::{Project, Task};
use crate::quantity::{Amount, Ratio, divide_half_even, saturated};

/// The four figures of earned value, and what follows from them.
///
/// The names and formulas are those of ANSI/EIA-748 and the PMI practice standard; each method gives its acronym.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct EarnedValue {
    /// Budget at completion (BAC).
    pub budget: Amount,
    /// Planned value (PV).
    pub planned: Amount,
    /// Earned value (EV).
    pub earned: Amount,
    /// Actual cost (AC).
    pub actual: Amount,
    /// The estimate counted piece by piece (EAC₄), where more is spent and on order than the performance so far leads to, or where
    /// everything is done and the ledger still expects something; none elsewhere, and of parts of the work.
    pub counted: Option<Amount>,
}

/// The efficiency that the remaining work needs to end on budget.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum ToComplete {
    /// Budgeted value that each unit of money still to be spent must earn.
    Index(Ratio),
    /// The budget is spent and work is left: no efficiency helps.
    BudgetCannotBeMet,
    /// Nothing is left to do.
    NothingLeft,
}

/// Which estimate at completion is the one that pages lead with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Headline {
    /// EAC₁: the rest costs what was budgeted, as there is no trend of cost yet.
    OneOff,
    /// EAC₂: the trend of cost goes on.
    Trend,
    /// EAC₄: the rest counted piece by piece, as orders refute what the performance so far leads to.
    Counted,
}

impl Headline {
    /// Its letters: `EAC₁`, `EAC₂` or `EAC₄`.
    #[must_use]
    pub fn letters(self) -> &'static str {
        match self {
            Self::OneOff => "EAC₁",
            Self::Trend => "EAC₂",
            Self::Counted => "EAC₄",
        }
    }
}

impl EarnedValue {
    /// Whether it is made of other work than another one is: the four figures are not the same.
    #[must_use]
    pub fn is_of_other_work(&self, other: &Self) -> bool {
        Self { counted: None, ..*self } != Self { counted: None, ..*other }
    }

    /// The same with less earned: what of it is in doubt taken away.
    #[must_use]
    pub fn without_earned(&self, doubtful: Amount) -> Self {
        Self { earned: self.earned - doubtful, ..*self }
    }

    /// Schedule variance (SV): earned − planned. Positive is ahead.
    #[must_use]
    pub fn schedule_variance(&self) -> Amount {
        self.earned - self.planned
    }

    /// Cost variance (CV): earned − actual. Positive is cheaper than budgeted.
    #[must_use]
    pub fn cost_variance(&self) -> Amount {
        self.earned - self.actual
    }

    /// Schedule variance as a share of what was planned: SV ÷ PV; none while nothing was to be done.
    ///
    /// PV 110 000 and EV 92 000 give −16.36 %.
    #[must_use]
    pub fn schedule_variance_share(&self) -> Option<Ratio> {
        Ratio::of_amounts(self.schedule_variance(), self.planned)
    }

    /// Cost variance as a share of what was earned: CV ÷ EV; none while nothing is earned.
    ///
    /// EV 92 000 and AC 104 000 give −13.04 %.
    #[must_use]
    pub fn cost_variance_share(&self) -> Option<Ratio> {
        Ratio::of_amounts(self.cost_variance(), self.earned)
    }

    /// Schedule performance index (SPI): earned ÷ planned. 1 is as planned; none while nothing was to be done.
    ///
    /// It returns to 1 when everything is done, however late: read [`super::EarnedSchedule::index`] beside it.
    #[must_use]
    pub fn spi(&self) -> Option<Ratio> {
        Ratio::of_amounts(self.earned, self.planned)
    }

    /// Cost performance index (CPI): earned ÷ actual. 0.8 means that 1 spent bought 0.8 of budgeted work;
    /// none while nothing has been spent.
    #[must_use]
    pub fn cpi(&self) -> Option<Ratio> {
        Ratio::of_amounts(self.earned, self.actual)
    }

    /// Share of the budget that is earned: EV ÷ BAC; none without a budget.
    #[must_use]
    pub fn percent_complete(&self) -> Option<Ratio> {
        Ratio::of_amounts(self.earned, self.budget)
    }

    /// Share of the budget that is spent: AC ÷ BAC, above 1 when overspent; none without a budget.
    #[must_use]
    pub fn percent_spent(&self) -> Option<Ratio> {
        Ratio::of_amounts(self.actual, self.budget)
    }

    /// Estimate at completion if the deviation so far was a one-off (EAC₁): AC + (BAC − EV).
    #[must_use]
    pub fn estimate_one_off(&self) -> Amount {
        self.actual + self.left()
    }

    /// Estimate at completion if cost goes on as it did (EAC₂): AC + (BAC − EV) ÷ CPI, which is BAC ÷ CPI.
    ///
    /// None while nothing is earned or nothing is spent. BAC 100, EV 40, AC 45 gives 112.5.
    #[must_use]
    pub fn estimate_trend(&self) -> Option<Amount> {
        let (actual, earned) = (i128::from(self.actual.0), i128::from(self.earned.0));
        (actual > 0 && earned > 0).then(|| self.actual + scaled(self.left(), actual, earned))
    }

    /// Estimate at completion if cost and schedule both press (EAC₃): AC + (BAC − EV) ÷ (CPI × SPI).
    ///
    /// None where either index is missing or zero. BAC 100, PV 50, EV 40, AC 45 gives 129.375.
    #[must_use]
    pub fn estimate_pressure(&self) -> Option<Amount> {
        let [planned, earned, actual] = [self.planned, self.earned, self.actual].map(|sum| i128::from(sum.0));
        (actual > 0 && earned > 0 && planned > 0)
            .then(|| self.actual + scaled(self.left(), actual * planned, earned * earned))
    }

    /// Says whether EAC₃ is no forecast, although its formula has a value: less than half of what was due is earned (SPI below
    /// [`PRESSURE_MEANS_FROM`]).
    ///
    /// The formula divides the cost of what is left by SPI, which tells how much of the work that was due is earned and nothing of what
    /// work costs. Below one half it more than doubles the rest for being late alone, and towards zero it grows without end: BAC 100 000,
    /// PV 40 000, EV 2 000, AC 2 000 gives 1 962 000, though each work cost what was budgeted.
    #[must_use]
    pub fn is_pressure_no_forecast(&self) -> bool {
        self.estimate_pressure().is_some() && self.spi().is_some_and(|spi| spi.get() < PRESSURE_MEANS_FROM)
    }

    /// The headline estimate at completion: what the performance so far leads to, or where orders refute that, the rest counted piece
    /// by piece (EAC₄).
    ///
    /// The performance so far knows no orders, and a signed order has its price however cheap the work was: an estimate holds
    /// commitments (ANSI/EIA-748, guideline 27). EAC₂ of 53 333 with 40 000 spent and 20 000 on order is refuted; with 20 000 of work
    /// that is neither done nor ordered, EAC₄ and thereby the headline is 80 000.
    #[must_use]
    pub fn estimate(&self) -> Amount {
        let by_performance = self.estimate_by_performance();
        self.counted.map_or(by_performance, |counted| counted.max(by_performance))
    }

    /// The estimate at completion that the performance so far leads to: EAC₂, or EAC₁ while there is no cost trend worth the name.
    ///
    /// Below 15 % complete ([`EarnedValue::is_too_early`]) a trend swings wildly: one dear day at the start would
    /// multiply the whole budget. BAC 98 432, EV 1 152, AC 5 880 gives 103 160, where EAC₂ would say 502 413.
    #[must_use]
    pub fn estimate_by_performance(&self) -> Amount {
        match self.estimate_trend() {
            Some(trend) if !self.is_too_early() => trend,
            _ => self.estimate_one_off(),
        }
    }

    /// Which estimate at completion [`EarnedValue::estimate`] is.
    #[must_use]
    pub fn headline(&self) -> Headline {
        if self.counted.is_some_and(|counted| counted > self.estimate_by_performance()) {
            Headline::Counted
        } else if self.is_too_early() || self.estimate_trend().is_none() {
            Headline::OneOff
        } else {
            Headline::Trend
        }
    }

    /// The estimates that can be made of the performance so far, each with the letters of its formula: EAC₁, and EAC₂ and EAC₃ where
    /// they are defined; EAC₃ only where it is a forecast ([`EarnedValue::is_pressure_no_forecast`]).
    #[must_use]
    pub fn estimates(&self) -> Vec<(Amount, &'static str)> {
        let one_off = Some((self.estimate_one_off(), "EAC₁"));
        let trend = self.estimate_trend().map(|amount| (amount, "EAC₂"));
        let pressure = self.estimate_pressure().filter(|_| !self.is_pressure_no_forecast());
        let pressure = pressure.map(|amount| (amount, "EAC₃"));
        one_off.into_iter().chain(trend).chain(pressure).collect()
    }

    /// Estimate to complete (ETC): headline estimate − AC.
    #[must_use]
    pub fn estimate_to_complete(&self) -> Amount {
        self.estimate() - self.actual
    }

    /// Variance at completion (VAC): BAC − headline estimate. Negative is over budget.
    #[must_use]
    pub fn variance_at_completion(&self) -> Amount {
        self.budget - self.estimate()
    }

    /// To-complete performance index against the budget, TCPI(BAC): (BAC − EV) ÷ (BAC − AC).
    #[must_use]
    pub fn to_complete_index_budget(&self) -> ToComplete {
        if self.left() <= Amount::ZERO {
            return ToComplete::NothingLeft;
        }
        let unspent = self.budget - self.actual;
        match Ratio::of_amounts(self.left(), unspent) {
            Some(index) if unspent > Amount::ZERO => ToComplete::Index(index),
            _ => ToComplete::BudgetCannotBeMet,
        }
    }

    /// To-complete performance index against the headline estimate, TCPI(EAC): (BAC − EV) ÷ (EAC − AC).
    ///
    /// With the trend estimate it equals CPI. None when nothing is left to spend.
    #[must_use]
    pub fn to_complete_index_estimate(&self) -> Option<Ratio> {
        Ratio::of_amounts(self.left(), self.estimate_to_complete())
    }

    /// Says whether the indices are still too young to be trusted: less than 15 % of the budget earned.
    #[must_use]
    pub fn is_too_early(&self) -> bool {
        self.percent_complete().is_none_or(|share| share.get() < TOO_EARLY)
    }

    /// Says whether SPI has stopped telling the time: all of the budget was to be earned by now, or is earned.
    ///
    /// Then SPI only repeats the share complete and ends at 1 however late: of 100 planned in 6 months and earned in
    /// 8 it says 0.94 after 7 and 1.00 after 8, where SPI(t) says 0.77 and 0.75.
    #[must_use]
    pub fn is_past_telling_time(&self) -> bool {
        self.budget > Amount::ZERO && (self.planned >= self.budget || self.earned >= self.budget)
    }

    /// Budgeted value of the work that is left: BAC − EV.
    #[must_use]
    pub fn left(&self) -> Amount {
        self.budget - self.earned
    }
}

/// Below this share of the budget, indices jump with every booking; studies of their stability agree on no less.
const TOO_EARLY: f64 = 0.15;

/// From this SPI on EAC₃ is a forecast; below it lateness alone more than doubles what is left.
pub const PRESSURE_MEANS_FROM: f64 = 0.5;

/// Takes amount × numerator ÷ denominator exactly, rounded half to even.
fn scaled(amount: Amount, numerator: i128, denominator: i128) -> Amount {
    // 128 bits hold three sums of up to ten trillion minor units; beyond that the nearest float is near enough.
    let Some(product) = i128::from(amount.0).checked_mul(numerator) else {
        return Amount::from_f64(amount.as_f64() * (numerator as f64 / denominator as f64));
    };
    Amount(saturated(divide_half_even(product, denominator)))
}

impl EarnedValue {
    /// Adds up the tasks that a condition lets through.
    pub(super) fn of_tasks(project: &Project, tasks: &[TaskValue], counts: impl Fn(&Task) -> bool) -> Self {
        let mut sum = Self::default();
        // A summary holds money only where it was a task when the baseline was frozen: what was promised for it stays promised.
        for (_, value) in project.tasks.iter().zip(tasks).filter(|(task, _)| counts(task)) {
            sum.budget += value.budget;
            sum.planned += value.planned_value;
            sum.earned += value.earned_value;
            sum.actual += value.actual_cost;
        }
        sum
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn value(budget: i64, planned: i64, earned: i64, actual: i64) -> EarnedValue {
        let [budget, planned, earned, actual] =
            [budget, planned, earned, actual].map(|units| Amount(units * 100));
        EarnedValue { budget, planned, earned, actual, counted: None }
    }

    #[track_caller]
    fn near(found: Option<Ratio>, expected: f64) {
        let found = found.unwrap().get();
        assert!((found - expected).abs() < 0.000_051, "{found} is not {expected}");
    }

    /// The work that is done cost what was budgeted, little of what was due is: EAC₃ was printed as the upper end of the range.
    #[test]
    fn estimates_of_pressure_are_no_forecast_where_less_than_half_of_what_was_due_is_earned() {
        let late = value(100_000, 40_000, 2_000, 2_000);
        // 2 000 + 98 000 ÷ (1 × 0.05)
        assert_eq!(late.estimate_pressure(), Some(Amount(196_200_000)));
        assert!(late.is_pressure_no_forecast());
        assert_eq!(late.estimates(), [(Amount(10_000_000), "EAC₁"), (Amount(10_000_000), "EAC₂")]);
        // SPI 0.5 is a forecast: 20 000 + 80 000 ÷ 0.5.
        let half = value(100_000, 40_000, 20_000, 20_000);
        assert!(!half.is_pressure_no_forecast());
        assert_eq!(half.estimates()[2], (Amount(18_000_000), "EAC₃"));
        assert!(!value(100_000, 0, 0, 0).is_pressure_no_forecast(), "there is none");
    }

    #[test]
    fn the_published_vector_comes_out() {
        let value = value(100, 50, 40, 45);
        assert_eq!((value.schedule_variance(), value.cost_variance()), (Amount(-1_000), Amount(-500)));
        near(value.spi(), 0.8);
        near(value.cpi(), 0.8889);
        assert_eq!(value.estimate_one_off(), Amount(10_500));
        assert_eq!(value.estimate_trend(), Some(Amount(11_250)));
        assert_eq!(value.estimate_pressure(), Some(Amount(12_938)));
        assert_eq!(
            value.estimates(),
            [(Amount(10_500), "EAC₁"), (Amount(11_250), "EAC₂"), (Amount(12_938), "EAC₃")]
        );
        assert_eq!(value.estimate_to_complete(), Amount(6_750));
        assert_eq!(value.variance_at_completion(), Amount(-1_250));
        assert_eq!(value.to_complete_index_budget(), ToComplete::Index(Ratio::of(60.0, 55.0).unwrap()));
        near(value.to_complete_index_estimate(), 0.8889);
    }

    #[test]
    fn the_house_vector_comes_out() {
        let value = value(200_000, 110_000, 92_000, 104_000);
        near(value.spi(), 0.8364);
        near(value.cpi(), 0.8846);
        assert_eq!(value.estimate_one_off(), Amount(21_200_000));
        assert_eq!(value.estimate_trend(), Some(Amount(22_608_696)));
        assert_eq!(value.estimate_pressure(), Some(Amount(24_997_353)));
        assert_eq!(value.to_complete_index_budget(), ToComplete::Index(Ratio::new(1.125).unwrap()));
        near(value.schedule_variance_share(), -0.1636);
        near(value.cost_variance_share(), -0.1304);
    }

    #[test]
    fn what_cannot_be_said_is_not_said() {
        let nothing_planned = value(100, 0, 10, 10);
        assert_eq!((nothing_planned.spi(), nothing_planned.estimate_pressure()), (None, None));
        let nothing_spent = value(100, 10, 10, 0);
        assert_eq!((nothing_spent.cpi(), nothing_spent.estimate()), (None, Amount(9_000)));
        let nothing_earned = value(100, 10, 0, 20);
        near(nothing_earned.cpi(), 0.0);
        assert_eq!((nothing_earned.estimate_trend(), nothing_earned.estimate()), (None, Amount(12_000)));
        assert_eq!(value(100, 50, 90, 100).to_complete_index_budget(), ToComplete::BudgetCannotBeMet);
        assert_eq!(value(100, 100, 100, 130).to_complete_index_budget(), ToComplete::NothingLeft);
        assert_eq!(value(100, 100, 100, 130).to_complete_index_estimate(), None);
        assert!(value(100, 50, 14, 20).is_too_early());
        assert!(!value(100, 50, 15, 20).is_too_early());
        assert!(EarnedValue::default().is_too_early());
        assert_eq!(nothing_planned.schedule_variance_share(), None);
        assert_eq!(nothing_earned.cost_variance_share(), None);
        assert_eq!(nothing_earned.headline(), Headline::OneOff);
        assert_eq!(value(100, 50, 14, 20).headline(), Headline::OneOff);
        assert_eq!(value(100, 50, 15, 20).headline(), Headline::Trend);
    }

    /// Racks of 60 000 are finished for 40 000, and 20 000 of work are left; counted piece by piece it comes to 80 000.
    #[test]
    fn what_orders_refute_is_counted_piece_by_piece() {
        let racks = value(80_000, 60_000, 60_000, 40_000);
        assert_eq!((racks.headline(), racks.estimate()), (Headline::Trend, Amount(5_333_333)));
        let counted = EarnedValue { counted: Some(Amount(8_000_000)), ..racks };
        assert_eq!((counted.headline(), counted.estimate()), (Headline::Counted, Amount(8_000_000)));
        assert_eq!(counted.estimate_by_performance(), Amount(5_333_333));
        assert_eq!(counted.estimate_to_complete(), Amount(4_000_000));
        near(counted.to_complete_index_estimate(), 0.5);
        // With 40 000 of its earned value in doubt, the trend leads to more than the count.
        let in_doubt = counted.without_earned(Amount(4_000_000));
        assert_eq!((in_doubt.headline(), in_doubt.estimate()), (Headline::Trend, Amount(16_000_000)));
    }

    #[test]
    fn spi_heals_at_the_end_however_late() {
        // Months 1 to 8 of a plan of six months: planned, earned, actual, SPI, BAC ÷ CPI.
        let months = [
            (10, 8, 9, 0.800, 112.5),
            (25, 19, 22, 0.760, 115.8),
            (45, 34, 40, 0.756, 117.6),
            (70, 52, 61, 0.743, 117.3),
            (90, 69, 82, 0.767, 118.8),
            (100, 83, 100, 0.830, 120.5),
            (100, 94, 114, 0.940, 121.3),
            (100, 100, 122, 1.000, 122.0),
        ];
        for (month, (planned, earned, actual, spi, estimate)) in (1..).zip(months) {
            let value = value(100, planned, earned, actual);
            assert!((value.spi().unwrap().get() - spi).abs() < 0.000_51, "month {month}: {:?}", value.spi());
            let found = value.estimate_trend().unwrap().as_f64() / 100.0;
            assert!((found - estimate).abs() < 0.051, "month {month}: {found} is not {estimate}");
            assert_eq!(value.is_past_telling_time(), month >= 6, "month {month}");
        }
    }

    proptest! {
        #[test]
        fn pressure_orders_the_estimates(
            budget in 1i64..10_000_000_000, earned in 1i64..10_000_000_000,
            late in 0i64..1_000_000_000, dear in 0i64..1_000_000_000,
        ) {
            let earned = earned.min(budget);
            let value = EarnedValue {
                budget: Amount(budget),
                planned: Amount(earned + late),
                earned: Amount(earned),
                actual: Amount(earned + dear),
                counted: None,
            };
            let (one_off, trend) = (value.estimate_one_off(), value.estimate_trend().unwrap());
            prop_assert!(one_off <= trend && trend <= value.estimate_pressure().unwrap());
            // TCPI(EAC₂) is CPI, up to the rounding of the estimate to a minor unit; early on the headline is EAC₁.
            let is_trend = !value.is_too_early();
            if let (Some(index), Some(cpi), true) = (value.to_complete_index_estimate(), value.cpi(), is_trend) {
                let slack = 1.0 / (value.estimate_to_complete().as_f64() - 1.0).max(0.5);
                prop_assert!((index.get() - cpi.get()).abs() <= slack);
            }
        }
    }
}
