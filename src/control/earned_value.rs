//! Earned value: what the work done so far was budgeted at, against the plan and against what it cost.

use crate::quantity::{Amount, Effort, Fraction, Ratio};

/// Value of one task as of the status date.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TaskValue {
    /// Budget at completion from the reference; nothing for a task that the baseline does not know.
    pub budget: Amount,
    /// Planned value (PV, BCWS): the part of the budget that was to be earned by the end of the status date.
    pub planned_value: Amount,
    /// Earned value (EV, BCWP): budget × `earned`; never above the budget.
    pub earned_value: Amount,
    /// Actual cost (AC, ACWP): labour and other cost booked on the task by the status date.
    pub actual_cost: Amount,
    /// The share earned by the task's own method (0/100, units, steps …).
    pub earned: Fraction,
    /// The share of the work that is physically done, whatever the method allows to earn.
    pub physical: Fraction,
    /// Effort of the plan as typed; nothing for points and summaries.
    pub planned_effort: Effort,
    /// Effort booked by the status date.
    pub actual_effort: Effort,
    /// Booked effort × rates; part of `actual_cost`.
    pub labour_cost: Amount,
    /// Invoices and open accruals; part of `actual_cost`.
    pub other_cost: Amount,
    /// What the plan as typed costs now: labour and other; differs from `budget` where the plan has moved.
    pub budget_now: Amount,
    /// Whether the task is in the reference.
    pub is_in_reference: bool,
}

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

impl EarnedValue {
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

    /// The headline estimate at completion: EAC₂, or EAC₁ while there is no cost trend.
    #[must_use]
    pub fn estimate(&self) -> Amount {
        self.estimate_trend().unwrap_or_else(|| self.estimate_one_off())
    }

    /// The lowest and the highest of the three estimates that can be made. Never print the headline without it.
    #[must_use]
    pub fn estimate_range(&self) -> (Amount, Amount) {
        let one_off = self.estimate_one_off();
        [self.estimate_trend(), self.estimate_pressure()]
            .into_iter()
            .flatten()
            .fold((one_off, one_off), |(low, high), estimate| (low.min(estimate), high.max(estimate)))
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

    /// Budgeted value of the work that is left: BAC − EV.
    #[must_use]
    pub fn left(&self) -> Amount {
        self.budget - self.earned
    }
}

/// Below this share of the budget, indices jump with every booking; studies of their stability agree on no less.
const TOO_EARLY: f64 = 0.15;

/// Takes amount × numerator ÷ denominator exactly, rounded half to even.
fn scaled(amount: Amount, numerator: i128, denominator: i128) -> Amount {
    // 128 bits hold three sums of up to ten trillion minor units; beyond that the nearest float is near enough.
    let Some(product) = i128::from(amount.0).checked_mul(numerator) else {
        return Amount::from_f64(amount.as_f64() * (numerator as f64 / denominator as f64));
    };
    let (quotient, remainder) = (product.div_euclid(denominator), product.rem_euclid(denominator));
    let up = match (remainder * 2).cmp(&denominator) {
        std::cmp::Ordering::Less => 0,
        std::cmp::Ordering::Greater => 1,
        std::cmp::Ordering::Equal => quotient & 1,
    };
    Amount(i64::try_from(quotient + up).unwrap_or(i64::MAX))
}
