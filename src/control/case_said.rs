//! What is said of a business case beside its net present value: as it is frozen, and as it was said then.
//!
//! Comes in: the figures of an option. Goes out: those that a baseline keeps, in whole thousandths, and the figures with what one kept.

use super::cash_flow::CrossingYear;
use super::feasibility::OptionFigures;
use super::internal_rate::InternalRates;
use crate::model::CaseMeasures;
use crate::quantity::Ratio;

/// What is kept of the figures of an option. A rate of 17.5318 % is 17 532.
#[must_use]
pub fn case_measures(figures: &OptionFigures) -> CaseMeasures {
    let rates = match &figures.internal_rates {
        InternalRates::None | InternalRates::TooHigh => &[][..],
        InternalRates::One(rate) => std::slice::from_ref(rate),
        InternalRates::Several(rates) => rates,
    };
    CaseMeasures {
        npv_cashable: Some(figures.npv_cashable_only),
        pv_costs: Some(figures.pv_costs),
        pv_benefits: Some(figures.pv_benefits),
        internal_rates: rates.iter().map(|rate| thousandths(rate * 100.0)).collect(),
        benefit_cost_ratio: figures.bcr.map(|ratio| thousandths(ratio.get())),
        discounted_payback: match figures.discounted_payback {
            CrossingYear::Never => None,
            CrossingYear::Year(year) | CrossingYear::LastOfSeveral(year) => Some(thousandths(year)),
        },
        life: Some(figures.life),
    }
}

/// Puts what was said then in place of what is computed, wherever that comes to something else to the thousandth.
///
/// What was not kept stands as it is computed from the amounts that were.
pub(super) fn say_as_then(figures: &mut OptionFigures, said: &CaseMeasures) {
    let computed = case_measures(figures);
    figures.npv_cashable_only = said.npv_cashable.unwrap_or(figures.npv_cashable_only);
    figures.pv_costs = said.pv_costs.unwrap_or(figures.pv_costs);
    figures.pv_benefits = said.pv_benefits.unwrap_or(figures.pv_benefits);
    if !said.internal_rates.is_empty() && said.internal_rates != computed.internal_rates {
        let rates: Vec<f64> = said.internal_rates.iter().map(|rate| *rate as f64 / 100_000.0).collect();
        figures.internal_rates = match rates.as_slice() {
            [rate] => InternalRates::One(*rate),
            _ => InternalRates::Several(rates),
        };
    }
    if let Some(ratio) = said.benefit_cost_ratio.filter(|ratio| Some(*ratio) != computed.benefit_cost_ratio) {
        figures.bcr = Ratio::new(ratio as f64 / 1_000.0);
    }
    if let Some(years) = said.discounted_payback.filter(|years| Some(*years) != computed.discounted_payback) {
        let years = years as f64 / 1_000.0;
        figures.discounted_payback = match figures.discounted_payback {
            CrossingYear::LastOfSeveral(_) => CrossingYear::LastOfSeveral(years),
            CrossingYear::Never | CrossingYear::Year(_) => CrossingYear::Year(years),
        };
    }
}

#[allow(
    clippy::cast_possible_truncation,
    reason = "rates, ratios and years of a case are far below the limit"
)]
fn thousandths(number: f64) -> i64 {
    (number * 1_000.0).round() as i64
}
