//! Which forecasts of cost stay within budget and contingency and which do not: said together wherever one of them is.

use crate::control::Headline;
use crate::format;
use crate::page::desk::Desk;
use crate::quantity::Amount;

/// A forecast of what everything will have cost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CostForecast {
    /// What it is read from, for the middle of a sentence: `by the cost trend (EAC₂)`.
    pub by: &'static str,
    /// The forecast.
    pub amount: Amount,
    /// What it goes beyond budget, draws that are cost already and what is left of the contingency by; zero or less is inside.
    pub beyond: Amount,
}

impl CostForecast {
    /// Says whether budget and contingency hold.
    #[must_use]
    pub fn is_inside(&self) -> bool {
        self.beyond <= Amount::ZERO
    }
}

/// The forecasts there are: the headline first, then the rest counted piece by piece (EAC₄), then the median of the runs.
///
/// Budget 98 432 and contingency 9 000: a headline of 104 959 is inside, EAC₄ of 109 328 goes 1 896 beyond. None without a
/// budget or without recorded cost; the headline alone once the project is closed or stopped.
#[must_use]
pub fn cost_forecasts(desk: &Desk<'_>) -> Vec<CostForecast> {
    let control = &desk.project.control;
    let total = &control.total;
    if total.budget <= Amount::ZERO || !control.spending.is_recorded {
        return Vec::new();
    }
    let limit = limit(desk);
    let forecast = |by: &'static str, amount: Amount| CostForecast { by, amount, beyond: amount - limit };
    let mut forecasts = vec![forecast(
        match total.headline() {
            Headline::Trend => "by the cost trend (EAC₂)",
            Headline::OneOff => "with the rest as budgeted (EAC₁)",
        },
        total.estimate(),
    )];
    if control.is_closed || control.is_stopped {
        return forecasts;
    }
    if control.bottom_up.to_complete() > Amount::ZERO {
        forecasts.push(forecast("counted from what is left (EAC₄)", control.bottom_up.estimate));
    }
    if let Some(median) = desk.project.risk.as_ref().and_then(|risk| risk.cost.percentile(50)) {
        forecasts.push(forecast("in the median of the risk runs (P50)", median));
    }
    forecasts
}

/// What everything may cost: the budget, what was drawn from reserves for more than the budget and is cost already, and what is
/// left of the contingency. What the reserves have paid for is not missing in them once more.
fn limit(desk: &Desk<'_>) -> Amount {
    let control = &desk.project.control;
    let spending = &control.spending;
    control.total.budget + spending.draws_spent + spending.contingency.remaining.max(Amount::ZERO)
}

/// Whether budget and contingency cover what is forecast, to follow `…, 6.6 % over budget`: every forecast that says
/// otherwise than the headline is named. None without a forecast, or where all keep the budget itself.
#[must_use]
pub fn cover(desk: &Desk<'_>) -> Option<String> {
    let forecasts = cost_forecasts(desk);
    let (headline, others) = forecasts.split_first()?;
    let control = &desk.project.control;
    let contingency = &control.spending.contingency;
    let is_over = headline.amount > control.total.budget;
    let noun = if contingency.granted > Amount::ZERO { "contingency" } else { "budget" };
    let differ: Vec<&CostForecast> =
        others.iter().filter(|other| other.is_inside() != headline.is_inside()).collect();
    let headline_words = match (is_over, headline.is_inside()) {
        (false, _) => None,
        (true, _) if contingency.granted == Amount::ZERO => {
            Some("with no contingency to cover it".to_owned())
        }
        (true, true) => Some(format!("inside {noun}")),
        (true, false) => Some(format!("{} beyond {noun}", desk.money_words(headline.beyond))),
    };
    if differ.is_empty() {
        return headline_words;
    }
    let told: Vec<String> = differ
        .iter()
        .map(|other| {
            if other.is_inside() {
                other.by.to_owned()
            } else {
                format!("by {} {}", desk.money_words(other.beyond), other.by)
            }
        })
        .collect();
    let side = if headline.is_inside() { "beyond" } else { "inside" };
    let other_words =
        format!("{side} {} {}", if headline_words.is_some() { "it" } else { noun }, format::listed(&told));
    Some(match headline_words {
        Some(words) => format!("{words} {}, but {other_words}", headline.by),
        None => format!("{} but {other_words}", headline.by),
    })
}

/// All forecasts beside budget and contingency, each with its distance, and why they differ. None where there are not two
/// to compare.
#[must_use]
pub fn compared(desk: &Desk<'_>) -> Option<String> {
    let forecasts = cost_forecasts(desk);
    if forecasts.len() < 2 {
        return None;
    }
    let control = &desk.project.control;
    let contingency = control.spending.contingency.remaining.max(Amount::ZERO);
    let limit = limit(desk);
    let told: Vec<String> = forecasts
        .iter()
        .map(|one| {
            let (distance, side) =
                if one.is_inside() { (Amount::ZERO - one.beyond, "inside") } else { (one.beyond, "beyond") };
            format!("{} {}, {} {side}", desk.money_words(one.amount), one.by, desk.money_words(distance))
        })
        .collect();
    let of = match (control.spending.draws_spent > Amount::ZERO, contingency > Amount::ZERO) {
        (true, true) => "budget, draws on reserves that are cost already, and contingency left",
        (true, false) => "budget and draws on reserves that are cost already",
        (false, true) => "budget and contingency left",
        (false, false) => "the budget",
    };
    Some(format!(
        "Against {} of {of} everything will have cost: {}. They differ because the headline knows only what was spent for the \
         work done so far; the count knows the price of each task that is left; the runs know ranges and risks.",
        desk.money_words(limit),
        told.join("; ")
    ))
}

/// The forecasts beside the headline that go beyond budget and contingency, in one sentence; none where all stay inside.
#[must_use]
pub fn others_beyond(desk: &Desk<'_>) -> Option<String> {
    let forecasts = cost_forecasts(desk);
    let beyond: Vec<String> = forecasts
        .iter()
        .skip(1)
        .filter(|one| !one.is_inside())
        .map(|one| format!("{} {}", desk.money_words(one.amount), one.by))
        .collect();
    let noun = if desk.project.control.spending.contingency.granted > Amount::ZERO {
        "budget and contingency"
    } else {
        "the budget"
    };
    (!beyond.is_empty()).then(|| format!("Beyond {noun}: {}.", format::listed(&beyond)))
}
