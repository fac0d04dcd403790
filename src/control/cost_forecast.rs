//! What everything may have cost in the end, by each way of counting, and which of them status, tolerance and exception judge.

use super::{Control, EarnedValue, Headline};
use crate::plan::risk::ScheduleRisk;
use crate::quantity::Amount;

/// The letters of the estimate that is counted piece by piece.
const COUNTED: &str = "EAC₄";

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

    /// The same without the letters of its formula, for those who decide: `by the cost trend`.
    #[must_use]
    pub fn short_words(self) -> &'static str {
        match self {
            Self::OneOff => "with the rest as budgeted",
            Self::Trend => "by the cost trend",
            Self::AsBooked => self.words(),
            Self::Counted => "counted from what is left",
            Self::Median => "in half of the runs",
        }
    }

    /// Under what condition it comes true, for the first cell of a row: `If the rest costs as much as the work so far`.
    #[must_use]
    pub fn condition(self) -> &'static str {
        match self {
            Self::OneOff => "If the rest costs what was budgeted",
            Self::Trend => "If the rest costs as much as the work so far",
            Self::AsBooked => "Without what level of effort earned since its last hours",
            Self::Counted => "If each task left costs what is planned for it",
            Self::Median => "With ranges and risks, in half of the runs",
        }
    }

    /// The letters of its formula alone, for a place that leads to its words: `EAC₂`.
    #[must_use]
    pub fn letters(self) -> &'static str {
        match self {
            Self::OneOff => "EAC₁",
            Self::Trend => "EAC₂",
            Self::AsBooked => "the cost that is booked",
            Self::Counted => "EAC₄",
            Self::Median => "P50",
        }
    }

    /// That of the estimate which the performance so far leads to.
    #[must_use]
    pub fn by_performance(value: &EarnedValue) -> Self {
        let is_trend = !value.is_too_early() && value.estimate_trend().is_some();
        if is_trend { Self::Trend } else { Self::OneOff }
    }

    /// That of the headline estimate of a value.
    fn of_headline(value: &EarnedValue) -> Self {
        match value.headline() {
            Headline::Trend => Self::Trend,
            Headline::OneOff => Self::OneOff,
            Headline::Counted => Self::Counted,
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
    /// What was granted from reserves for work that is not done, and the forecast therefore does not hold: it comes on top. The
    /// trend knows only the work of the budget; the rest counted piece by piece, and the runs over it, hold every task of the plan.
    pub to_come: Amount,
    /// What both go beyond the cost baseline by, which is the budget with its contingency; zero or less is inside.
    pub beyond: Amount,
}

impl CostForecast {
    /// What it is read from, for the middle of a sentence.
    #[must_use]
    pub fn by(&self) -> &'static str {
        self.basis.words()
    }

    /// The same without the letters of its formula: `by the cost trend`.
    #[must_use]
    pub fn by_in_short(&self) -> &'static str {
        self.basis.short_words()
    }

    /// What it comes to with what was granted and it does not hold yet.
    #[must_use]
    pub fn with_granted(&self) -> Amount {
        self.amount + self.to_come
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

    /// By how much what is spent and on order together is more than the performance so far leads to; none where it is not, where no
    /// cost is recorded, and once the project has ended.
    ///
    /// A trend that leads to 67 954, with 55 480 spent and 20 920 on order, is 8 446 too low: a signed order has its price.
    #[must_use]
    pub fn orders_beyond_trend(&self) -> Option<Amount> {
        let is_told = self.total.counted.is_some() && self.spending.is_recorded;
        let beyond = self.total.actual + self.bottom_up.orders - self.total.estimate_by_performance();
        Some(beyond).filter(|beyond| is_told && *beyond > Amount::ZERO)
    }

    /// Whether a cost at completion can be forecast: the board has not stopped the project, and cost is recorded where work is done.
    #[must_use]
    pub fn is_cost_forecast(&self) -> bool {
        self.spending.is_recorded && !self.is_stopped
    }

    /// The cost baseline: budget at completion with its contingency. A change that is paid from contingency moves money inside it.
    ///
    /// 640 000 of budget and 75 000 of contingency: 715 000, however much of the contingency is drawn.
    #[must_use]
    pub fn cost_baseline(&self) -> Amount {
        self.total.budget + self.spending.over_budget_in_cost_baseline()
    }

    /// The lowest and the highest estimate at completion, each with the letters of its formula, be they made of the performance so far
    /// (EAC₁ to EAC₃, without EAC₃ where it is no forecast) or counted piece by piece (EAC₄). Never print the headline without it. Of two that come to the same the lowest is
    /// named by the first, the highest by the last.
    ///
    /// EAC₁ 659 000, EAC₂ 674 545, EAC₃ 717 663 and EAC₄ 738 552: from 659 000 (EAC₁) to 738 552 (EAC₄).
    #[must_use]
    pub fn estimate_range(&self) -> [(Amount, &'static str); 2] {
        let mut estimates = self.total.estimates();
        if let (true, Some(counted)) = (self.is_finished, self.total.counted) {
            for estimate in estimates.iter_mut().filter(|(amount, _)| *amount < counted) {
                *estimate = (counted, COUNTED);
            }
        } else if !self.is_finished && self.bottom_up.to_complete() > Amount::ZERO {
            estimates.push((self.bottom_up.estimate, COUNTED));
        }
        let first = estimates[0];
        let low = estimates.iter().min_by_key(|(amount, _)| *amount).unwrap_or(&first);
        let high = estimates.iter().max_by_key(|(amount, _)| *amount).unwrap_or(&first);
        [*low, *high]
    }

    /// The dearest of all forecasts of cost that are printed, ranges and the cost that eight of ten runs keep (P80) among them, with
    /// what was granted and it does not hold yet, and the letters of its formula; none where there is no forecast.
    ///
    /// EAC₂ 161 489, EAC₃ 189 271 and 1 800 granted for work that is not done: 191 071 by EAC₃.
    #[must_use]
    pub fn dearest_forecast(&self, risk: Option<&ScheduleRisk>) -> Option<(Amount, &'static str)> {
        let forecasts = self.cost_forecasts(risk);
        let headline = forecasts.first()?;
        let of_runs = risk.filter(|_| !self.is_finished).and_then(|risk| risk.cost.percentile(80));
        let is_forecast = !self.is_finished && !self.total.is_pressure_no_forecast();
        let pressure = self.total.estimate_pressure().filter(|_| is_forecast);
        let by_performance = pressure.map(|amount| (amount + headline.to_come, "EAC₃"));
        let of_runs = of_runs.map(|amount| (amount, "P80"));
        let all = forecasts.iter().map(|one| (one.with_granted(), one.basis.letters()));
        // Of two that come to the same the one that is told first is named.
        let all: Vec<_> = all.chain(by_performance).chain(of_runs).collect();
        all.into_iter().rev().max_by_key(|(amount, _)| *amount)
    }

    /// The forecasts there are: the headline first, then the rest counted piece by piece (EAC₄), then the median of the runs.
    ///
    /// Budget 98 432 and contingency 9 000: a headline of 104 959 is inside, EAC₄ of 109 328 goes 1 896 beyond. Budget 640 000 and
    /// contingency 75 000, of which 34 595 are granted for work that is not done: a headline of 674 545 comes to 709 140 and is
    /// inside of 715 000, EAC₄ of 738 552, which holds that work, goes 23 552 beyond. None without a
    /// budget, without recorded cost or once the board has stopped the project; the headline alone once it is finished.
    #[must_use]
    pub fn cost_forecasts(&self, risk: Option<&ScheduleRisk>) -> Vec<CostForecast> {
        let total = &self.total;
        if total.budget <= Amount::ZERO || !self.spending.is_recorded || self.is_stopped {
            return Vec::new();
        }
        let limit = self.cost_baseline();
        let forecast = |basis: ForecastBasis, amount: Amount, to_come: Amount| CostForecast {
            basis,
            amount,
            to_come,
            beyond: amount + to_come - limit,
        };
        let headline = ForecastBasis::of_headline(total);
        let mut forecasts = vec![forecast(headline, total.estimate(), self.spending.granted_to_come())];
        if self.is_finished {
            return forecasts;
        }
        if headline != ForecastBasis::Counted && self.bottom_up.to_complete() > Amount::ZERO {
            forecasts.push(forecast(ForecastBasis::Counted, self.bottom_up.estimate, Amount::ZERO));
        }
        if let Some(median) = risk.and_then(|risk| risk.cost.percentile(50)) {
            forecasts.push(forecast(ForecastBasis::Median, median, Amount::ZERO));
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
        let value = EarnedValue {
            budget: euros(1_000),
            planned: euros(500),
            earned: euros(500),
            actual: euros(520),
            ..EarnedValue::default()
        };
        let judged = |doubtful| {
            let judged = JudgedCost::of(&value, euros(doubtful));
            (judged.amount, judged.basis)
        };
        assert_eq!(judged(0), (euros(1_040), ForecastBasis::Trend));
        assert_eq!(judged(100), (euros(1_300), ForecastBasis::AsBooked));
    }
}
