//! What everything may have cost in the end, by each way of counting, and which of them status, tolerance and exception judge.

use super::{Control, EarnedValue, Headline};
use crate::plan::risk::ScheduleRisk;
use crate::quantity::Amount;

/// What a forecast of cost is read from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ForecastBasis {
    /// EAC₁: the rest costs what was budgeted.
    OneOff,
    /// EAC₂: the trend of cost goes on.
    Trend,
    /// The headline without what level of effort has earned since its last hours, as far as no report vouches for it.
    AsBooked,
    /// EAC₄: the rest counted piece by piece.
    Counted,
    /// The median of the runs of the schedule (P50).
    Median,
}

impl ForecastBasis {
    /// What it is read from, for the middle of a sentence: `by the cost trend (EAC₂)`.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::OneOff => "with the rest as budgeted (EAC₁)",
            Self::Trend => "by the cost trend (EAC₂)",
            Self::AsBooked => "without what level of effort earned since its last hours",
            Self::Counted => "counted from what is left (EAC₄)",
            Self::Median => "in the median of the risk runs (P50)",
        }
    }

    /// That of the headline estimate of a value.
    fn of_headline(value: &EarnedValue) -> Self {
        match value.headline() {
            Headline::Trend => Self::Trend,
            Headline::OneOff => Self::OneOff,
        }
    }
}

/// The forecast of cost that colour, tolerance and exception judge.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct JudgedCost {
    /// The forecast.
    pub amount: Amount,
    /// What it is read from.
    pub basis: ForecastBasis,
}

impl JudgedCost {
    /// The dearer of the headline estimate and the headline without earned value in doubt. On the same sum the headline leads.
    ///
    /// The rest counted piece by piece (EAC₄) is no part of it: it keeps the colour of cost from green where it leaves what the
    /// judged figure keeps, and says so beside the colour.
    #[must_use]
    pub fn of(value: &EarnedValue, doubtful: Amount) -> Self {
        let headline = Self { amount: value.estimate(), basis: ForecastBasis::of_headline(value) };
        let as_booked =
            Self { amount: value.without_earned(doubtful).estimate(), basis: ForecastBasis::AsBooked };
        if as_booked.amount > headline.amount { as_booked } else { headline }
    }
}

/// A forecast of what everything will have cost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CostForecast {
    /// What it is read from.
    pub basis: ForecastBasis,
    /// The forecast.
    pub amount: Amount,
    /// What it goes beyond the budget, what reserves have paid already, and what is left of the contingency by; zero or less is
    /// inside.
    pub beyond: Amount,
}

impl CostForecast {
    /// What it is read from, for the middle of a sentence.
    #[must_use]
    pub fn by(&self) -> &'static str {
        self.basis.words()
    }

    /// Says whether budget and contingency hold.
    #[must_use]
    pub fn is_inside(&self) -> bool {
        self.beyond <= Amount::ZERO
    }
}

impl Control {
    /// The forecast of cost that colour, tolerance and exception judge.
    #[must_use]
    pub fn judged_cost(&self) -> JudgedCost {
        JudgedCost::of(&self.total, super::unbooked_sum(&self.unbooked))
    }

    /// The forecasts there are: the headline first, then the rest counted piece by piece (EAC₄), then the median of the runs.
    ///
    /// Budget 98 432 and contingency 9 000: a headline of 104 959 is inside, EAC₄ of 109 328 goes 1 896 beyond. None without a
    /// budget, without recorded cost or once the board has stopped the project; the headline alone once it is finished.
    #[must_use]
    pub fn cost_forecasts(&self, risk: Option<&ScheduleRisk>) -> Vec<CostForecast> {
        let total = &self.total;
        if total.budget <= Amount::ZERO || !self.spending.is_recorded || self.is_stopped {
            return Vec::new();
        }
        let limit = total.budget + self.spending.within_contingency();
        let forecast =
            |basis: ForecastBasis, amount: Amount| CostForecast { basis, amount, beyond: amount - limit };
        let mut forecasts = vec![forecast(ForecastBasis::of_headline(total), total.estimate())];
        if self.is_finished {
            return forecasts;
        }
        if self.bottom_up.to_complete() > Amount::ZERO {
            forecasts.push(forecast(ForecastBasis::Counted, self.bottom_up.estimate));
        }
        if let Some(median) = risk.and_then(|risk| risk.cost.percentile(50)) {
            forecasts.push(forecast(ForecastBasis::Median, median));
        }
        forecasts
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn euros(whole: i64) -> Amount {
        Amount(whole * 100)
    }

    #[test]
    fn earned_value_in_doubt_makes_the_judged_cost_dearer() {
        let value =
            EarnedValue { budget: euros(1_000), planned: euros(500), earned: euros(500), actual: euros(520) };
        let judged = |doubtful| {
            let judged = JudgedCost::of(&value, euros(doubtful));
            (judged.amount, judged.basis)
        };
        assert_eq!(judged(0), (euros(1_040), ForecastBasis::Trend));
        assert_eq!(judged(100), (euros(1_300), ForecastBasis::AsBooked));
    }
}
